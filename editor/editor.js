// The text of a file in an editor: what may stand where is completed and explained, what is wrong is marked. The
// text area stays the field that is sent, and what pages do without this.
import { autocompletion, closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyField, historyKeymap } from "@codemirror/commands";
import { yaml } from "@codemirror/lang-yaml";
import { syntaxTree } from "@codemirror/language";
import { diagnosticCount, lintGutter, nextDiagnostic, previousDiagnostic, setDiagnostics } from "@codemirror/lint";
import { EditorState } from "@codemirror/state";
import {
  EditorView,
  highlightActiveLineGutter,
  hoverTooltip,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { find } from "./find.js";
import { look } from "./look.js";
import { keyAt, typedAt } from "./place.js";

const QUIET = 150;
const INDENT = 2;
const WORD = /^[^\s[\]{},:#'"]*/;
const NO_MORE_THAN_A_WORD = new RegExp(`${WORD.source}$`);
const BEFORE = /^[\s-]*/;
const BEGUN = /[:-]\s+$/;
const SEVERITIES = { error: "error", warning: "warning", note: "info" };

const area = document.getElementById("text");
const label = document.querySelector("label[for=text]");
const about = document.getElementById("about");
const { form } = area;

// What may stand there, as the server knows it.
async function ask(way, text) {
  const at = way.map((part) => (typeof part === "number" ? `[${part}]` : `.${part}`)).join("");
  const answer = await fetch(area.dataset.hints, { method: "POST", body: new URLSearchParams({ at, text }) });
  return answer.ok ? answer.json() : { label: "", help: "", keys: [], values: [] };
}

async function complete({ state, pos, explicit }) {
  const text = state.doc.toString();
  const typed = typedAt(text, pos);
  if (!typed) return null;
  const { from, beside, column } = typed;
  // Without a word only where something has just been begun.
  if (!explicit && from === pos && !BEGUN.test(text.slice(0, from))) return null;
  const to = pos + WORD.exec(text.slice(pos))[0].length;
  const known = await ask(typed.way, typed.filled);
  const dash = known.isList && column !== null ? "- " : "";
  const below = `\n${" ".repeat((column ?? 0) + dash.length + INDENT)}`;
  const opened = column === null ? {} : { group: `:${below}`, list: `:${below}- ` };
  const keys = known.keys.filter(({ key }) => typed.mayBeKey && !beside.includes(key));
  const values = known.values.filter(() => typed.mayBeValue);
  const options = [
    ...keys.map(({ key, label: detail, help, opens }) => ({
      label: key,
      detail,
      info: help || undefined,
      apply: dash + key + (text[to] === ":" ? "" : (opened[opens] ?? ": ")),
      type: "property",
    })),
    ...values.map(({ value, label: detail, help }) => ({
      label: value,
      detail,
      info: help || undefined,
      apply: dash + value,
      type: "constant",
    })),
  ];
  if (!options.length) return null;
  // In the order of the forms.
  return { from, to, options: options.map((each, n) => ({ ...each, boost: 99 - n })), validFor: NO_MORE_THAN_A_WORD };
}

async function explain(view, pos, side) {
  const text = view.state.doc.toString();
  const key = keyAt(syntaxTree(view.state), text, pos, side);
  if (!key || pos < key.from || pos > key.to) return null;
  const known = await ask(key.way, text);
  if (!known.label) return null;
  const dom = document.createElement("div");
  dom.className = "about";
  dom.append(...told(known, "p"));
  return { pos: key.from, end: key.to, create: () => ({ dom }) };
}

function told({ label: name, help }, element) {
  const title = document.createElement("b");
  title.textContent = name;
  const more = document.createElement(element);
  more.textContent = help;
  return help ? [title, " ", more] : [title];
}

// The key where the caret is, in a line below: for fingers and keyboards, which hover over nothing.
const usual = about.textContent;
let timer;
let shown = "";
function tellLater(view) {
  clearTimeout(timer);
  timer = setTimeout(() => tell(view), QUIET);
}
async function tell({ state }) {
  const text = state.doc.toString();
  const { head } = state.selection.main;
  const line = state.doc.lineAt(head);
  // Before a line begins the caret is at what it begins with.
  const begins = line.from + BEFORE.exec(line.text)[0].length;
  const way = keyAt(syntaxTree(state), text, Math.max(head, begins), head > begins ? -1 : 1)?.way ?? [];
  const wanted = JSON.stringify(way);
  if (wanted === shown) return;
  shown = wanted;
  const known = way.length ? await ask(way, text) : {};
  if (wanted === shown) about.replaceChildren(...(known.label ? told(known, "span") : [usual]));
}

// The problems that are listed below, where they are.
function mark() {
  const { doc } = view.state;
  const marks = [...document.querySelectorAll("#lines [data-line]")].map((to) => {
    const line = doc.line(Math.min(Number(to.dataset.line), doc.lines));
    const characters = [...line.text];
    const end = (count) => characters.slice(0, count).join("").length;
    const before = Number(to.dataset.column) - 1;
    const from = end(before);
    // At least the word, or there would be little to see.
    const word = from + WORD.exec(line.text.slice(from))[0].length;
    const said = to.closest("li").cloneNode(true);
    for (const each of said.querySelectorAll("[data-line], .quoted")) each.remove();
    return {
      from: line.from + from,
      to: line.from + Math.max(word, end(before + Number(to.dataset.width))),
      severity: SEVERITIES[said.className],
      message: said.textContent.trim(),
      renderMessage: () => {
        const shown = document.createElement("div");
        shown.append(...said.cloneNode(true).childNodes);
        return shown;
      },
    };
  });
  view.dispatch(setDiagnostics(view.state, marks));
}

const extensions = [
  EditorView.contentAttributes.of(({ state }) => ({
    "aria-label": label.textContent,
    "aria-readonly": String(area.readOnly),
    "aria-invalid": String(diagnosticCount(state) > 0),
    // That there is a list, `aria-autocomplete` says.
    "aria-haspopup": "false",
  })),
  lineNumbers(),
  lintGutter(),
  highlightActiveLineGutter(),
  history(),
  yaml(),
  look,
  find,
  autocompletion({ override: [complete], icons: false, activateOnCompletion: ({ type }) => type === "property" }),
  closeBrackets(),
  EditorState.languageData.of(() => [{ closeBrackets: { brackets: ["[", "{"] } }]),
  hoverTooltip(explain),
  // Tab leaves.
  keymap.of([
    ...closeBracketsKeymap,
    ...defaultKeymap,
    ...historyKeymap,
    { key: "F8", run: nextDiagnostic, shift: previousDiagnostic },
  ]),
  EditorView.lineWrapping,
  EditorState.tabSize.of(INDENT),
  EditorState.readOnly.of(area.readOnly),
  EditorState.phrases.of(JSON.parse(area.dataset.phrases)),
  EditorView.domEventHandlers({
    // What is typed over something, Chromium itself would give the look of that, in a style that the policy refuses.
    beforeinput({ inputType, data }, typedInto) {
      const { state } = typedInto;
      if (inputType !== "insertText" || state.readOnly || state.selection.main.empty) return false;
      typedInto.dispatch({ ...state.replaceSelection(data), userEvent: "input.type", scrollIntoView: true });
      return true;
    },
  }),
  EditorView.updateListener.of(({ docChanged, selectionSet, focusChanged, view: changed }) => {
    if (docChanged) {
      area.value = changed.state.doc.toString();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }
    if (docChanged || selectionSet || focusChanged) tellLater(changed);
  }),
];

// After it was saved, the caret is where it was, and what was done can still be undone.
const MEMORY = `text ${form.action}`;
const KEPT = { history: historyField };
const before = JSON.parse(sessionStorage.getItem(MEMORY) ?? "null");
sessionStorage.removeItem(MEMORY);
const state =
  before?.state.doc === area.value
    ? EditorState.fromJSON(before.state, { extensions }, KEPT)
    : EditorState.create({ doc: area.value, extensions });

// In a tree of its own: there styles are constructed, which the policy of the page lets in.
const host = document.createElement("div");
host.className = "editor";
area.before(host);
const view = new EditorView({
  state,
  root: host.attachShadow({ mode: "open" }),
  scrollTo: EditorView.scrollIntoView(state.selection.main, { y: "center" }),
});
host.shadowRoot.append(view.dom);
// Who was typing in the area goes on in the editor, where the caret was.
const { activeElement } = document;
const { selectionStart: anchor, selectionEnd: head } = area;
area.hidden = true;
about.hidden = false;
mark();
if (activeElement === area) view.dispatch({ selection: { anchor, head } });
if (activeElement === area || before?.isFocused) view.focus();

form.addEventListener("submit", () => {
  // What is said of people stays nowhere.
  if ("personal" in area.dataset) return;
  const left = { state: view.state.toJSON(KEPT), isFocused: view.hasFocus };
  sessionStorage.setItem(MEMORY, JSON.stringify(left));
});
addEventListener("placed", mark);
label.addEventListener("click", () => view.focus());
area.addEventListener("lead", (event) => {
  event.preventDefault();
  const { start, end } = event.detail;
  view.dispatch({
    selection: { anchor: start, head: end },
    effects: EditorView.scrollIntoView(start, { y: "center" }),
  });
  view.focus();
});
