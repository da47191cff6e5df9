// Finding a word in the text: browsers do not find what an editor has out of sight.
import {
  closeSearchPanel,
  findNext,
  findPrevious,
  getSearchQuery,
  openSearchPanel,
  search,
  SearchQuery,
  setSearchQuery,
} from "@codemirror/search";
import { keymap, runScopeHandlers } from "@codemirror/view";

function createPanel(view) {
  const said = (phrase) => view.state.phrase(phrase);
  const field = document.createElement("input");
  field.value = getSearchQuery(view.state).search;
  field.setAttribute("aria-label", said("Find"));
  field.setAttribute("main-field", "true");
  field.addEventListener("input", () => {
    view.dispatch({ effects: setSearchQuery.of(new SearchQuery({ search: field.value, literal: true })) });
  });
  const button = (phrase, command) => {
    const made = document.createElement("button");
    made.type = "button";
    made.textContent = said(phrase);
    made.addEventListener("click", () => command(view));
    return made;
  };
  const dom = document.createElement("div");
  dom.className = "find";
  dom.append(field, button("next", findNext), button("previous", findPrevious), button("close", closeSearchPanel));
  dom.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.target === field) (event.shiftKey ? findPrevious : findNext)(view);
    else if (!runScopeHandlers(view, event, "search-panel")) return;
    event.preventDefault();
  });
  return { dom, top: true, mount: () => field.select() };
}

const scope = "editor search-panel";
export const find = [
  search({ createPanel }),
  keymap.of([
    { key: "Mod-f", run: openSearchPanel, scope },
    { key: "Mod-g", run: findNext, shift: findPrevious, scope, preventDefault: true },
    { key: "F3", run: findNext, shift: findPrevious, scope, preventDefault: true },
    { key: "Escape", run: closeSearchPanel, scope },
  ]),
];
