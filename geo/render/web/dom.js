// The only way this page makes elements: text is always text, never markup.
const SVG = "http://www.w3.org/2000/svg";

export function el(name, attributes, ...children) {
  return fill(document.createElement(name), attributes, children);
}

export function svg(name, attributes, ...children) {
  return fill(document.createElementNS(SVG, name), attributes, children);
}

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes || {})) {
    if (value === null || value === undefined || value === false) continue;
    if (key.startsWith("on")) node.addEventListener(key.slice(2), value);
    else node.setAttribute(key, value === true ? "" : value);
  }
  for (const child of children) {
    if (child === null || child === undefined || child === "") continue;
    node.append(child instanceof Node ? child : document.createTextNode(String(child)));
  }
  return node;
}

/** A text of a document or of the gazetteer: its own direction, shut off from its surroundings. */
export function said(name, text, className) {
  return el(name, { dir: "auto", class: className }, text);
}

/** A word of the catalogue with its places filled; values are inserted as text. */
export function fillIn(pattern, values) {
  return pattern.replace(/\{(\w+)\}/g, (whole, key) => (key in values ? values[key] : whole));
}
