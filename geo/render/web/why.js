// "Why here?": the words behind an event's places, what they can mean and why one place was taken.
import { el, fillIn, said } from "./dom.js";

/** A folded part of a card; null where no words are known. Made when it is opened. */
export function why(data, event) {
  const rows = data.whyOf.get(event);
  if (!rows) return null;
  const made = el("details", { class: "why" }, el("summary", {}, data.words.why));
  made.addEventListener("toggle", () => {
    if (made.open && !made.children[1]) made.append(...rows.map((row) => mention(data, row)));
  });
  return made;
}

function mention(data, row) {
  const { words } = data;
  const [, numbers, inherited] = data.why.of;
  const [text, chosen, score, reasons, candidates] = data.why.mentions[numbers[row]];
  const told = reasons.map((reason) => data.text(reason));
  if (inherited[row] >= 0) told.push(fillIn(words.why_inherited, { reason: data.text(inherited[row]) }));
  return el(
    "div",
    {},
    el("p", {}, said("q", data.text(text)), " → ", said("b", data.text(chosen) || words.why_none), ` · ${words.belief} ${percent(score)}`),
    told.length ? el("ul", {}, ...told.map((reason) => el("li", {}, said("bdi", reason)))) : null,
    candidates.length ? table(data, candidates) : null,
  );
}

function table(data, candidates) {
  const { words } = data;
  const heads = [words.place, words.kind, words.country, words.belief];
  return el(
    "table",
    {},
    el("caption", {}, words.why_candidates),
    el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
    el(
      "tbody",
      {},
      ...candidates.map(([name, kind, country, score]) =>
        el("tr", {}, ...[name, kind, country].map((n) => said("td", data.text(n))), el("td", {}, percent(score))),
      ),
    ),
  );
}

function percent(score) {
  return `${Math.round(score * 100)} %`;
}
