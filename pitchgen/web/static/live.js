// Follows typing: posts the form as it stands, and puts what the server answers in its places. What a person is
// typing in is never touched: only elements with `data-region` are, and the frame of the letter.
const QUIET = 180;
const form = document.querySelector("form[data-live]");
document.documentElement.classList.add("has-script");

let timer;
let asked;
let posted;

export async function refresh(again = false) {
  const filled = new FormData(form);
  const said = JSON.stringify([...filled].filter(([, value]) => typeof value === "string"));
  if (said === posted && !again) return;
  posted = said;
  asked?.abort();
  asked = new AbortController();
  const waiting = asked;
  try {
    const answer = await fetch(form.action, {
      method: "POST",
      body: filled,
      headers: { "pitchgen-live": "1" },
      signal: waiting.signal,
    });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    if (waiting === asked && answer.ok) place(page);
  } catch (error) {
    if (error.name !== "AbortError") throw error;
  }
}

export function place(page) {
  // Where the focus is now is for a script to say.
  for (const each of page.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
  for (const old of document.querySelectorAll("[data-region]")) {
    const fresh = page.getElementById(old.id);
    if (fresh && fresh.innerHTML !== old.innerHTML) old.replaceChildren(...fresh.childNodes);
  }
  for (const field of form?.elements ?? []) {
    const told = document.getElementById(field.getAttribute("aria-describedby")?.split(" ")[0]);
    if (!told?.hasAttribute("data-region")) continue;
    if (told.childElementCount) field.setAttribute("aria-invalid", "true");
    else field.removeAttribute("aria-invalid");
  }
  document.title = page.title;
  // What was looked for is there again when one comes back to the page.
  const here = form && page.getElementById(form.id)?.dataset.here;
  if (here) history.replaceState(null, "", here);
  document.body.dataset.version = page.body.dataset.version;
  for (const sheet of document.querySelectorAll("[data-frame]")) show(sheet, page.getElementById(sheet.id));
  dispatchEvent(new Event("placed"));
}

// The new letter comes behind the old one and takes its place when it is there, so that nothing flickers.
function show(sheet, fresh) {
  const source = fresh.dataset.src;
  if (source === sheet.dataset.src) return;
  // While something is in its way, the last letter stays, so that nothing jumps as one types.
  sheet.classList.toggle("stale", !source);
  if (!source) return;
  sheet.querySelectorAll(".coming").forEach((frame) => frame.remove());
  sheet.dataset.src = source;
  const frame = fresh.querySelector("iframe").cloneNode();
  frame.className = "coming";
  frame.style.height = `${sheet.clientHeight}px`;
  frame.addEventListener("load", () => {
    frame.className = "";
    for (const other of sheet.querySelectorAll("iframe")) if (other !== frame) other.remove();
  });
  sheet.append(frame);
}

function later(event) {
  if (event.target.closest("[data-unheard]")) return;
  clearTimeout(timer);
  timer = setTimeout(refresh, QUIET);
}

if (form) {
  form.addEventListener("input", later);
  form.addEventListener("change", later);
  form.addEventListener("submit", (event) => {
    if (event.submitter?.name || event.submitter?.hasAttribute("formaction")) {
      // What is sent now is the last word.
      clearTimeout(timer);
      asked?.abort();
      return;
    }
    event.preventDefault();
    refresh();
  });
  form.addEventListener("toggle", opened, true);
  // Who is quicker than this script, or comes back to what a browser has kept, has typed already.
  if ([...form.elements].some(isTyped)) refresh();
}

function isTyped(field) {
  if (!field.name || field.type === "hidden" || field.type === "file") return false;
  if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
  if (field.options) return [...field.options].some((each) => each.selected !== each.defaultSelected && each.selected);
  return field.defaultValue !== undefined && field.value !== field.defaultValue;
}

// A passage that is opened has the company's words in it to begin with; left as they are, they stay the company's.
function opened(event) {
  const text = event.target.querySelector?.("summary .said");
  const area = event.target.querySelector?.("textarea");
  if (!text || !area) return;
  const usual = [...text.querySelectorAll("span")].map((each) => each.textContent).join(" ");
  if (event.target.open && !area.value) {
    area.value = usual;
    area.dataset.usual = usual;
    area.focus();
  } else if (!event.target.open && area.value === area.dataset.usual) {
    area.value = "";
  }
}

form?.addEventListener("formdata", (event) => {
  for (const area of form.querySelectorAll("textarea[data-usual]")) {
    if (area.value === area.dataset.usual) event.formData.set(area.name, "");
  }
});

// The frame of the letter says how tall it is, and which of its lines was chosen.
const plain = (text) => text.replaceAll(/[\u00AD\u2060]/g, "").replaceAll(/\s+/g, " ").trim();

window.addEventListener("message", (event) => {
  const frame = [...document.querySelectorAll("[data-frame] iframe")].find((f) => f.contentWindow === event.source);
  if (!frame) return;
  if (event.data.height) frame.style.height = `${Math.ceil(event.data.height)}px`;
  if (event.data.line) choose(plain(event.data.line));
});

function choose(line) {
  for (const passage of document.querySelectorAll("details.passage")) {
    const said = [...passage.querySelectorAll("summary .said span")].map((each) => plain(each.textContent));
    const found = said.find((sentence) => line.includes(sentence) || sentence.includes(line));
    if (!found) continue;
    passage.open = true;
    const area = passage.querySelector("textarea");
    area.scrollIntoView({ block: "center" });
    setTimeout(() => {
      area.focus();
      const at = plain(area.value).indexOf(found);
      if (at >= 0) area.setSelectionRange(at, at + found.length);
    });
    return;
  }
}

document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy]");
  if (!button) return;
  const text = await (await fetch(button.dataset.copy)).text();
  await navigator.clipboard.writeText(text);
  button.textContent = button.dataset.done;
});
