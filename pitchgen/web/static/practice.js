// Says at each second which sentence is due, so that one learns where time goes.
const room = document.querySelector(".practice");
const clock = document.getElementById("clock");
const button = document.getElementById("start");
const sentences = [...room.querySelectorAll("[data-seconds]")];
const ends = [];
sentences.reduce((sum, each) => {
  ends.push(sum + Number(each.dataset.seconds));
  return ends.at(-1);
}, 0);

let before = 0;
let since = 0;
let running = false;

const elapsed = () => before + (running ? (performance.now() - since) / 1000 : 0);

function tick() {
  const now = elapsed();
  clock.textContent = `${Math.floor(now)}`;
  const due = ends.findIndex((end) => now < end);
  sentences.forEach((each, n) => each.classList.toggle("now", running && n === due));
  if (running && due < 0) toggle();
  if (running) requestAnimationFrame(tick);
}

function toggle() {
  before = elapsed();
  if (!running && before >= ends.at(-1)) before = 0;
  since = performance.now();
  running = !running;
  room.classList.toggle("is-running", running);
  button.textContent = running ? button.dataset.stop : button.dataset.start;
  tick();
}

button.addEventListener("click", toggle);
document.getElementById("again").addEventListener("click", () => {
  before = 0;
  since = performance.now();
  tick();
});
document.addEventListener("keydown", (event) => {
  if (event.key !== " " || event.target.closest("a, button, input, textarea")) return;
  event.preventDefault();
  toggle();
});
// Nothing listens before this line is reached.
button.disabled = false;
