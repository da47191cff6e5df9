// What makes the form of a file handier: a new item behind each that is begun, keys to save, jumping to a line,
// and a word before what was typed is left behind. Without it everything works by buttons.
const form = document.getElementById("kept");
const NUMBER = /\[(\d+)\]$/;

// A list ends in one new item. When that is begun, another stands behind it; it is made of what the first was.
const fresh = new WeakMap();
for (const item of form.querySelectorAll("[data-new]")) fresh.set(item, item.outerHTML);

form.addEventListener("input", (event) => {
  changed = true;
  for (let item = event.target.closest("[data-new]"); item; item = item.parentElement.closest("[data-new]")) {
    begin(item);
  }
});

function begin(item) {
  const html = fresh.get(item);
  if (!html) return;
  fresh.delete(item);
  const name = item.dataset.new;
  const next = name.replace(NUMBER, (_, n) => `[${Number(n) + 1}]`);
  const template = document.createElement("template");
  template.innerHTML = html.replaceAll(name, next);
  const other = template.content.firstElementChild;
  other.open = false;
  for (const each of other.querySelectorAll("[autofocus]")) each.removeAttribute("autofocus");
  item.after(other);
  for (const each of [other, ...other.querySelectorAll("[data-new]")]) fresh.set(each, each.outerHTML);
}

// Which page is shown beside is of the form, but stands elsewhere.
for (const each of form.elements) {
  if (!form.contains(each)) each.addEventListener("change", () => form.dispatchEvent(new Event("change")));
}

form.addEventListener(
  "toggle",
  (event) => {
    if (event.target.matches(".away[open]") && event.newState !== event.oldState && arrived) {
      event.target.querySelector("textarea, input:not([type=hidden]), select")?.focus();
    }
  },
  true,
);
// What the page itself opens takes no focus.
let arrived = false;
setTimeout(() => (arrived = true));

// After it was saved a form is as open as it was, and stands where it stood.
const MEMORY = `keep ${form.action}`;
const parts = () => [...form.querySelectorAll("details[id]")];
const before = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
sessionStorage.removeItem(MEMORY);
if (before) {
  for (const each of parts()) if (before.open.includes(each.id)) each.open = true;
  scrollTo(0, before.y);
}
form.addEventListener("submit", () => {
  const open = parts().flatMap((each) => (each.open ? [each.id] : []));
  sessionStorage.setItem(MEMORY, JSON.stringify({ open, y: scrollY }));
});

// Nothing that was typed is left behind unsaid.
let changed = Boolean(form.dataset.changed);
let leaves = false;
form.addEventListener("submit", (event) => (leaves = Boolean(event.submitter?.name)));
addEventListener("beforeunload", (event) => {
  if (changed && !leaves) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey)) return;
  event.preventDefault();
  form.querySelector("[name=_do][value=save]")?.click();
});

// A problem's line number leads to the line.
document.addEventListener("click", (event) => {
  const to = event.target.closest("[data-line]");
  if (!to) return;
  event.preventDefault();
  const area = document.getElementById("text");
  const lines = area.value.split("\n");
  const number = Math.min(Number(to.dataset.line), lines.length) - 1;
  const start = lines.slice(0, number).reduce((sum, line) => sum + line.length + 1, 0);
  const end = start + lines[number].length;
  // An editor in the place of the area knows better how to get there.
  if (!area.dispatchEvent(new CustomEvent("lead", { detail: { start, end }, cancelable: true }))) return;
  area.focus();
  area.setSelectionRange(start, end);
  const height = parseFloat(getComputedStyle(area).lineHeight);
  area.scrollTop = Math.max(0, number * height - area.clientHeight / 3);
});

// A line of the page beside leads to the field that says it.
const plain = (text) => text.replaceAll(/[\u00AD\u2060]/g, "").replaceAll(/\s+/g, " ").trim();

addEventListener("message", (event) => {
  const frames = [...document.querySelectorAll("[data-frame] iframe")];
  const line = frames.some((frame) => frame.contentWindow === event.source) && event.data.line;
  if (!line) return;
  const said = plain(line);
  const fields = [...form.querySelectorAll("textarea:not(.code), input[type=text]")];
  const found = fields.find((field) => {
    const text = plain(field.value);
    return text.length > 3 && (said.includes(text) || text.includes(said));
  });
  found?.focus();
  found?.scrollIntoView({ block: "center" });
});
