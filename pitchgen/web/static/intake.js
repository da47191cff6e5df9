// A list is dropped anywhere on its page, and its cells change where they stand. Without this, forms do it.
import { place } from "./live.js";

const drop = document.querySelector("[data-drop]");

if (drop) {
  const input = drop.querySelector("input[type=file]");
  input.addEventListener("change", () => input.files.length && drop.requestSubmit());
  const over = (event, is) => {
    event.preventDefault();
    drop.classList.toggle("over", is);
  };
  document.addEventListener("dragover", (event) => over(event, true));
  document.addEventListener("dragleave", (event) => over(event, false));
  document.addEventListener("drop", (event) => {
    over(event, false);
    if (!event.dataTransfer.files.length) return;
    input.files = event.dataTransfer.files;
    drop.requestSubmit();
  });
}

async function take(address, options) {
  const answer = await fetch(address, options);
  if (!answer.ok) return location.assign(address);
  place(new DOMParser().parseFromString(await answer.text(), "text/html"));
}

async function open(address) {
  await take(address);
  history.replaceState(null, "", address);
  document.querySelector("[data-mend] [name=value]")?.focus();
}

async function close(id) {
  const address = new URL(location.href);
  address.searchParams.delete("row");
  address.searchParams.delete("column");
  history.replaceState(null, "", address);
  await take(address);
  document.querySelector(`#${id} a[data-cell]`)?.focus();
}

document.addEventListener("click", (event) => {
  if (event.ctrlKey || event.metaKey || event.shiftKey) return;
  const cell = event.target.closest("a[data-cell]");
  const cancel = event.target.closest("a[data-cancel]");
  if (!cell && !cancel) return;
  event.preventDefault();
  if (cell) open(cell.href);
  else close(cancel.dataset.cancel);
});

document.addEventListener("keydown", (event) => {
  const form = event.target.closest("[data-mend]");
  if (!form) return;
  if (event.key === "Escape") close(form.querySelector("[data-cancel]").dataset.cancel);
  if (event.key !== "Enter" || event.shiftKey || !event.target.matches("textarea")) return;
  event.preventDefault();
  form.requestSubmit();
});

document.addEventListener("submit", async (event) => {
  const form = event.target.closest("[data-mend]");
  if (!form) return;
  event.preventDefault();
  const id = form.querySelector("[data-cancel]").dataset.cancel;
  await take(form.action, { method: "POST", body: new FormData(form), headers: { "pitchgen-live": "1" } });
  const address = new URL(location.href);
  address.searchParams.delete("row");
  address.searchParams.delete("column");
  history.replaceState(null, "", address);
  document.querySelector(`#${id} a[data-cell]`)?.focus();
});
