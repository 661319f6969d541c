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

/** A number with the form of its noun in the page's language: "one|more" or "one|few|many". */
export function plural(forms, n) {
  const listed = forms.split("|");
  const rule = { one: 0, few: 1, many: 2 }[new Intl.PluralRules(document.documentElement.lang).select(n)];
  return fillIn(listed[Math.min(rule ?? 1, listed.length - 1)], { n });
}

/** An ISO day, month or year in words; no Date, which knows time zones and century rules that nobody asked for. */
export function spoken(words, iso) {
  const [year, month, day] = iso.split("-");
  if (!day) return month ? `${words.months_alone.split(" ")[month - 1]} ${year}` : year;
  return `${Number(day)} ${words.months.split(" ")[month - 1] || month} ${year}`;
}
