// Hears what changes on disk while a page is open, and shows it; who is typing gets a note, and loses nothing.
import { place, refresh } from "./live.js";

const QUIET = 150;
// So long after it was left a page that is still there was not left after all: what came was a file to keep.
const LEAVING = 3000;
const body = document.body;
const main = document.querySelector("main");
const note = document.getElementById("news");
const FIELDS = "textarea, select, [contenteditable], input:not([type=checkbox], [type=radio], [type=file], [type=hidden])";

let source;
let latest = body.dataset.version;
let busy = false;
let touched = false;

const isTyping = () => touched || document.activeElement?.matches(FIELDS);

// A browser keeps only so many streams open: a page that nobody sees needs none, and asks when it is seen again.
function listen() {
  source?.close();
  source = undefined;
  if (document.hidden) return;
  source = new EventSource(body.dataset.events);
  source.addEventListener("message", (event) => heard(event.data));
}

function heard(version) {
  latest = version;
  if (latest === body.dataset.version) note.hidden = true;
  else if (isTyping() || main.querySelector("[data-still]")) note.hidden = false;
  else follow();
}

// Whatever comes while it asks is seen by asking once more.
async function follow() {
  if (busy) return;
  busy = true;
  try {
    while (source && latest !== body.dataset.version && !isTyping()) {
      const asked = latest;
      await show();
      // What the page shows may be newer than what was heard of.
      if (latest === asked) latest = body.dataset.version;
      await new Promise((resolve) => setTimeout(resolve, QUIET));
    }
  } finally {
    busy = false;
  }
}

async function show() {
  const answer = await fetch(location.href);
  if (!source) return;
  if (!answer.ok) return location.reload();
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (main.querySelector("[data-region]")) {
    place(page);
    fill(page);
  } else {
    swap(page.querySelector("main"));
    body.dataset.version = page.body.dataset.version;
  }
}

function swap(fresh) {
  if (fresh.innerHTML === main.innerHTML) return;
  const held = main.contains(document.activeElement) ? document.activeElement.outerHTML : "";
  main.replaceChildren(...fresh.childNodes);
  if (held) [...main.querySelectorAll("a, button, summary, [tabindex]")].find((each) => each.outerHTML === held)?.focus();
}

// Fields that nobody has touched say what the file says now.
function fill(page) {
  for (const field of main.querySelectorAll("input[id], textarea[id], select[id]")) {
    const fresh = page.getElementById(field.id);
    if (!fresh || field.type === "file" || field.value !== initial(field)) continue;
    field.value = fresh.value;
    field.defaultValue = fresh.defaultValue;
  }
}

const initial = (field) => field.defaultValue ?? [...field.options].find((each) => each.defaultSelected)?.value ?? field.value;

document.addEventListener("input", (event) => {
  if (event.target.closest("form, [contenteditable]")) touched = true;
});
document.addEventListener("submit", () => {
  touched = false;
});
document.addEventListener("visibilitychange", listen);
// What changes by what was just sent is for the page that comes, and to ask for this one again would keep that away.
window.addEventListener("beforeunload", () => {
  source?.close();
  source = undefined;
  setTimeout(listen, LEAVING);
});
window.addEventListener("pagehide", () => source?.close());
window.addEventListener("pageshow", (event) => event.persisted && listen());

note.querySelector("button").addEventListener("click", async () => {
  note.hidden = true;
  if (main.querySelector("[data-still]")) return location.reload();
  const typed = [...main.querySelectorAll("input[id], textarea[id], select[id]")].map((field) => [field.id, field.value]);
  if (document.querySelector("form[data-live]")) await refresh(true);
  else await show();
  for (const [id, value] of touched ? typed : []) {
    const field = document.getElementById(id);
    if (field) field.value = value;
  }
});

// What follows typing shows the files as they are, too.
new MutationObserver(() => {
  if (body.dataset.version === latest) note.hidden = true;
}).observe(body, { attributeFilter: ["data-version"] });

listen();
