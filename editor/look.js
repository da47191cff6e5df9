// How the text looks: as the page does, whose colours come in from outside, light or dark.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags } from "@lezer/highlight";

const LETTERS = 'ui-monospace, "Liberation Mono", monospace';
const WORDS = '"Fira Sans", sans-serif';
const waves = (color) => ({
  backgroundImage: "none",
  textDecoration: `underline wavy var(${color}) 1px`,
  textUnderlineOffset: "0.2em",
});
const marker = (color) => ({
  content: '""',
  width: "0.55rem",
  height: "0.55rem",
  margin: "0.5rem auto 0",
  borderRadius: "50%",
  background: `var(${color})`,
});

const theme = EditorView.theme({
  "&": {
    height: "100%",
    color: "var(--ink)",
    backgroundColor: "var(--ground)",
    border: "1px solid #85898b",
    borderRadius: "0.35rem",
    fontSize: "0.9rem",
  },
  "&.cm-focused": { outline: "3px solid var(--accent)", outlineOffset: "2px" },
  ".cm-scroller": { fontFamily: LETTERS, lineHeight: "1.55", borderRadius: "inherit" },
  ".cm-content": { caretColor: "var(--ink)", padding: "0.6rem 0" },
  ".cm-line": { padding: "0 0.75rem 0 0.5rem" },
  ".cm-gutters": { color: "var(--soft)", backgroundColor: "transparent", border: "0" },
  ".cm-lineNumbers .cm-gutterElement": { padding: "0 0.25rem 0 0.5rem" },
  ".cm-gutter-lint": { width: "1rem" },
  ".cm-gutter-lint .cm-gutterElement": { padding: "0" },
  ".cm-activeLineGutter": { backgroundColor: "transparent" },
  "&.cm-focused .cm-activeLineGutter": { color: "var(--ink)", fontWeight: "700" },
  ".cm-lintRange-error": waves("--wrong"),
  ".cm-lintRange-warning": waves("--doubt"),
  ".cm-lintRange-info": waves("--soft"),
  ".cm-lintRange-active": { backgroundColor: "transparent" },
  ".cm-lintPoint-error:after": { borderBottomColor: "var(--wrong)" },
  ".cm-lintPoint-warning:after": { borderBottomColor: "var(--doubt)" },
  ".cm-lint-marker-error": marker("--wrong"),
  ".cm-lint-marker-warning": marker("--doubt"),
  ".cm-lint-marker-info": marker("--soft"),
  ".cm-diagnostic": { padding: "0.5rem 0.75rem", borderLeft: "3px solid var(--soft)", whiteSpace: "normal" },
  ".cm-diagnostic .hint": { display: "block", color: "var(--soft)" },
  ".cm-diagnostic-error": { borderLeftColor: "var(--wrong)" },
  ".cm-diagnostic-warning": { borderLeftColor: "var(--doubt)" },
  ".cm-tooltip": {
    maxWidth: "min(26rem, 90vw)",
    color: "var(--ink)",
    backgroundColor: "var(--field)",
    border: "1px solid var(--line)",
    borderRadius: "0.35rem",
    boxShadow: "0 0.25rem 1rem rgb(0 0 0 / 0.18)",
    font: `400 0.9rem/1.45 ${WORDS}`,
    overflow: "hidden",
  },
  ".cm-tooltip .about": { padding: "0.5rem 0.75rem" },
  ".cm-tooltip .about p": { margin: "0.15rem 0 0" },
  ".cm-tooltip-section:not(:first-child)": { borderTop: "1px solid var(--line)" },
  ".cm-tooltip.cm-tooltip-autocomplete": {
    overflow: "visible",
    "& > ul": { fontFamily: LETTERS, maxHeight: "17rem", maxWidth: "min(32rem, 90vw)" },
    "& > ul > li": { display: "flex", gap: "0 1rem", alignItems: "baseline", padding: "0.3rem 0.75rem", lineHeight: "1.4" },
    "& > ul > li[aria-selected]": { color: "var(--ground)", backgroundColor: "var(--brand)" },
  },
  ".cm-completionLabel": { flex: "none" },
  ".cm-completionMatchedText": { textDecoration: "none", fontWeight: "700" },
  ".cm-completionDetail": {
    marginLeft: "auto",
    font: `400 0.85rem/1.4 ${WORDS}`,
    color: "var(--soft)",
    overflow: "hidden",
    textOverflow: "ellipsis",
  },
  "li[aria-selected] .cm-completionDetail": { color: "inherit" },
  ".cm-tooltip.cm-completionInfo": { padding: "0.5rem 0.75rem", width: "max-content", maxWidth: "min(22rem, 90vw)" },
  // On a phone it would cover what else is offered; the line below says it as well.
  ".cm-completionInfo-left-narrow, .cm-completionInfo-right-narrow": { display: "none" },
  ".cm-panels": { color: "var(--ink)", backgroundColor: "var(--ground)" },
  ".cm-panels-top": { borderBottom: "1px solid var(--line)" },
  ".find": {
    display: "flex",
    flexWrap: "wrap",
    gap: "0.5rem",
    padding: "0.5rem",
    font: `400 0.9rem/1.4 ${WORDS}`,
    "& input, & button": {
      font: "inherit",
      minHeight: "2.5rem",
      padding: "0.25rem 0.75rem",
      border: "1px solid var(--line)",
      borderRadius: "0.35rem",
    },
    "& input": { flex: "1 1 10rem", minWidth: "0", color: "inherit", backgroundColor: "var(--field)", borderColor: "#85898b" },
    "& button": { color: "var(--brand)", background: "none", cursor: "pointer" },
    "& button:hover": { borderColor: "var(--brand)" },
    "& :focus-visible": { outline: "3px solid var(--accent)" },
  },
  ".cm-searchMatch": { backgroundColor: "transparent", outline: "1px solid var(--soft)" },
  ".cm-searchMatch-selected": { outline: "2px solid var(--accent)" },
});

const letters = HighlightStyle.define([
  { tag: [tags.propertyName, tags.definition(tags.propertyName)], color: "var(--brand)", fontWeight: "700" },
  { tag: tags.comment, color: "var(--soft)", fontStyle: "italic" },
  { tag: [tags.punctuation, tags.separator, tags.bracket, tags.meta], color: "var(--soft)" },
]);

export const look = [theme, syntaxHighlighting(letters)];
