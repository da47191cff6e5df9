// Where a position in the text of a YAML file stands: by which keys and numbers its value is found.
import { yamlLanguage } from "@codemirror/lang-yaml";

const WORD = /[^\s[\]{},:#'"]*$/;
const IN_TEXT = new Set(["Comment", "QuotedLiteral", "BlockLiteral", "BlockLiteralContent", "BlockLiteralHeader"]);

const keyOf = (pair, text) => {
  const key = pair.getChild("Key");
  return key && text.slice(key.from, key.to).trim().replace(/^(["'])(.*)\1$/, "$2");
};

function numberOf(item) {
  let number = 0;
  for (let each = item.prevSibling; each; each = each.prevSibling) if (each.name === "Item") number++;
  return number;
}

// The way to what holds a node: ["needs", 0].
function wayTo(node, text) {
  const way = [];
  for (let inner = node, outer = node.parent; outer; inner = outer, outer = outer.parent) {
    if (outer.name === "Item") way.unshift(numberOf(outer));
    else if (outer.name === "Pair" && inner.name !== "Key") way.unshift(keyOf(outer, text));
  }
  return way;
}

// What is being typed at a position: from where on, in what, beside which keys, whether it may be a key, a
// value or either, and the text with something for it; null inside of sentences and remarks.
export function typedAt(text, position) {
  const from = position - WORD.exec(text.slice(0, position))[0].length;
  // Something stands there for sure, so that the parser says where.
  const filled = `${text.slice(0, position)}x${text.slice(position)}`;
  const tree = yamlLanguage.parser.parse(filled);
  let node = tree.resolveInner(position + 1, -1);
  if (IN_TEXT.has(node.name) || (node.name === "Literal" && node.from !== from)) return null;
  let isKey = false;
  if (node.parent?.name === "Key") {
    node = node.parent.parent;
    isKey = true;
  }
  const group = node.parent;
  if (node.type.isError && group?.name === "BlockMapping") isKey = true;
  const pairs = isKey ? group.getChildren("Pair") : [];
  const begins = text.lastIndexOf("\n", from - 1) + 1;
  const isInBlock = /^[\s-]*$/.test(text.slice(begins, from));
  return {
    from,
    way: wayTo(node, filled),
    beside: pairs.filter((pair) => pair.from !== node.from).map((pair) => keyOf(pair, filled)),
    mayBeKey: isKey || isInBlock,
    mayBeValue: !isKey,
    // Where what stands below it is indented from.
    column: isInBlock ? from - begins : null,
    filled,
  };
}

// The key whose value, or which itself, stands at a position, and the way to it; null for none.
export function keyAt(tree, text, position, side) {
  let pair = tree.resolveInner(position, side);
  while (pair && pair.name !== "Pair") pair = pair.parent;
  const key = pair?.getChild("Key");
  return key ? { from: key.from, to: key.to, way: [...wayTo(pair, text), keyOf(pair, text)] } : null;
}
