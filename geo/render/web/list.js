// The side list: the text twin of the map.
import { tally } from "./cells.js";
import { el, fillIn, said } from "./dom.js";
import { Filters } from "./filters.js";
import { symbol } from "./marks.js";
import { why } from "./why.js";

const STEP = 200;
/** Cards at first where events are counted: the map has to stand before them. */
const FEW = 50;

/** Builds the list; `act` has select(event), place(number), region(id). */
export class List {
  constructor(data, state, act) {
    Object.assign(this, { data, state, act, cards: new Map(), limit: data.cells ? FEW : STEP });
    this.root = document.getElementById("list");
    this.items = el("ol", { class: "events" });
    this.count = el("p", { class: "shown", role: "status" });
    this.filters = new Filters(data, state, () => act.filter());
    this.clear = el("button", { type: "button", class: "clear", hidden: true }, data.words.reset);
    this.clear.addEventListener("click", () => {
      this.filters.clear();
      act.filter();
      this.filters.search.focus();
    });
    const line = el("div", { class: "tally" }, this.count, this.clear);
    this.root.replaceChildren(this.filters.root, line, this.items, ...this.sections());
    this.update();
  }

  /** Filter anew from the first row on. */
  filter() {
    this.limit = STEP;
    this.update();
  }

  update() {
    const { data, items } = this;
    const { words } = data;
    const total = data.events.count;
    // The data has them in the order of the list: the newest first, undated last.
    this.seen = new Uint8Array(total).fill(1);
    if (!this.filters.idle()) for (let event = 0; event < total; event++) this.seen[event] = this.filters.passes(event);
    const passing = [];
    for (let event = 0; event < total; event++) if (this.seen[event]) passing.push(event);
    this.passing = passing;
    this.filters.sync();
    this.clear.hidden = this.filters.idle();
    const kept = passing.slice(0, this.limit);
    items.replaceChildren(...kept.map((event) => this.card(event)));
    if (passing.length > kept.length) {
      const more = () => {
        this.limit += STEP;
        this.update();
      };
      const text = fillIn(words.more, { n: Math.min(STEP, passing.length - kept.length) });
      items.append(el("li", { class: "more" }, el("button", { type: "button", onclick: more }, text)));
    }
    const none = total ? words.none : words.empty;
    if (data.cells) return this.tally(total);
    this.count.textContent = passing.length ? fillIn(words.shown, { n: passing.length, total }) : none;
  }

  /** Numbers of very many events: on the map all of them, in the list the newest. */
  tally(kept) {
    const { cells, words } = this.data;
    let n = 0;
    tally(this.data, "totals", this.state, (_, events) => (n += events));
    const none = n && !this.passing.length ? ` ${words.cells_none}` : "";
    this.count.textContent = fillIn(words.cells_list, { n, kept, total: cells.total }) + none;
  }

  card(event) {
    if (!this.cards.has(event)) this.cards.set(event, this.makeCard(event));
    return this.cards.get(event);
  }

  makeCard(event) {
    const { data, act } = this;
    const { events, words } = data;
    const type = data.types[events.type[event]];
    const places = events.places[event].map((place) => data.places.name[place]).join(", ");
    const area = places && events.places[event].every((place) => data.places.area[place]);
    const where = events.near[event] && places ? fillIn(words.near, { place: places }) : places;
    const head = el(
      "button",
      { type: "button", class: "head", onclick: () => act.select(event, true) },
      symbol(data, events.type[event], events.status[event]),
      el(
        "span",
        { class: "title" },
        el("b", {}, type.label),
        " ",
        said("span", where || words.no_place, "where"),
        area ? el("span", { class: "note" }, words.area_note) : null,
      ),
    );
    const when = data.text(events.when[event]);
    const facts = el(
      "p",
      { class: "facts" },
      el("span", { class: `tag s-${events.status[event]}` }, words[`status.${events.status[event]}`]),
      ...this.standing(event),
      el("span", {}, said("bdi", when || words.no_date)),
    );
    const details = [said("p", data.text(events.route[event]), "route")];
    details.push(said("p", this.source(events.source[event], events.chain[event]), "by"));
    for (const key of ["actors", "quantities"]) {
      const text = data.text(events[key][event]);
      if (text) details.push(el("p", { class: "by" }, `${words[key]}: `, said("bdi", text)));
    }
    const reports = data.reportsOf(event).map((report) => this.report(report));
    return el("li", { id: `e-${events.id[event]}`, class: "card" }, head, facts, ...details.filter((p) => p.textContent), ...reports, why(data, event));
  }

  standing(event) {
    const { events, words } = this.data;
    const value = events.standing[event];
    if (value === "reported" || value === "claimed" || value === events.status[event]) return [];
    return [el("span", { class: "tag" }, words[`standing.${value}`] || value)];
  }

  source(source, chain) {
    const { data } = this;
    const parts = [];
    if (source >= 0) parts.push(fillIn(data.words.according, { source: data.text(source) }));
    if (chain >= 0) parts.push(fillIn(data.words.via, { chain: data.text(chain) }));
    return parts.join(", ");
  }

  report(number) {
    const { data } = this;
    const { reports } = data;
    const link = this.link(data.text(reports.url[number]), data.text(reports.document[number]));
    const rest = [data.text(reports.published[number]), reports.date[number]].filter(Boolean).join(", ");
    return el(
      "figure",
      { class: "report" },
      said("blockquote", data.text(reports.text[number])),
      el("figcaption", {}, link, rest ? " · " : null, said("bdi", rest)),
    );
  }

  sections() {
    return [this.regions(), this.named(), this.unplaced(), this.documents()].filter(Boolean);
  }

  fold(title, count, ...children) {
    return el(
      "details",
      { class: "fold" },
      el("summary", {}, el("h2", {}, title), " ", el("span", { class: "number" }, count)),
      ...children,
    );
  }

  table(heads, rows) {
    return el(
      "table",
      {},
      el("thead", {}, el("tr", {}, ...heads.map((head) => el("th", { scope: "col" }, head)))),
      el("tbody", {}, ...rows.map((cells) => el("tr", {}, ...cells.map((cell) => el("td", {}, cell))))),
    );
  }

  regions() {
    const { data, act } = this;
    const { regions, words } = data;
    if (!regions.id.length) return null;
    this.inUnit = regions.id.map((_, i) => document.createTextNode(regions.events[i]));
    const rows = regions.id.map((id, i) => [
      el("button", { type: "button", class: "link", dir: "auto", onclick: () => act.region(id) }, regions.name[i]),
      regions.mentions[i],
      this.inUnit[i],
    ]);
    const heads = [words.region, words.mention_count, words.event_count];
    return this.fold(words.regions, rows.length, this.table(heads, rows));
  }

  /** Events of each region among those that pass the filters. */
  recount(numbers) {
    numbers.forEach((n, i) => (this.inUnit[i].data = n));
  }

  named() {
    const { data, act } = this;
    const { places, words } = data;
    const order = places.id.map((_, i) => i).filter((i) => places.mentions[i]);
    if (!order.length) return null;
    const rows = order.slice(0, 500).map((i) => [
      el("button", { type: "button", class: "link", dir: "auto", onclick: () => act.place(i) }, places.name[i]),
      places.mentions[i],
    ]);
    return this.fold(words.mentions, data.cells?.named ?? order.length, this.table([words.place, words.mention_count], rows));
  }

  unplaced() {
    const { data } = this;
    const { unplaced, words } = data;
    if (!unplaced.text.length) return null;
    const items = Array.from(unplaced.text.slice(0, 500), (text, i) =>
      el(
        "li",
        {},
        said("q", data.text(text)),
        " ",
        said("span", data.text(unplaced.reason[i]), "reason"),
        said("span", data.text(unplaced.document[i]), "from"),
      ),
    );
    const help = el("p", { class: "help" }, words.unplaced_help);
    return this.fold(words.unplaced, data.cells?.unplaced ?? unplaced.text.length, help, el("ul", { class: "unplaced" }, ...items));
  }

  documents() {
    const { data } = this;
    const { documents, words } = data;
    if (!documents.title.length) return null;
    const rows = Array.from(documents.title.slice(0, 500), (title, i) => {
      const url = data.text(documents.url[i]);
      const rest = [data.text(documents.published[i]), documents.date[i]].filter(Boolean).join(", ");
      return [el("span", {}, this.link(url, data.text(title)), said("span", rest, "note")), documents.events[i]];
    });
    return this.fold(words.documents, data.cells?.documents ?? documents.title.length, this.table([words.document, words.event_count], rows));
  }

  link(url, title) {
    return url ? el("a", { href: url, rel: "noopener noreferrer", target: "_blank", dir: "auto" }, title) : said("bdi", title);
  }

  /** Mark one card as selected; scroll to it when asked. */
  mark(event, scroll) {
    this.root.querySelectorAll(".card.selected").forEach((card) => {
      card.classList.remove("selected");
      card.querySelector(".head").removeAttribute("aria-current");
    });
    if (event === null || !this.seen[event]) return;
    const place = this.passing.indexOf(event);
    if (place >= this.limit) {
      this.limit = Math.ceil((place + 1) / STEP) * STEP;
      this.update();
    }
    const card = this.cards.get(event);
    if (!card || !card.isConnected) return;
    card.classList.add("selected");
    card.querySelector(".head").setAttribute("aria-current", "true");
    if (scroll) this.reveal(card);
  }

  /** Scroll the list itself, not the page, where the list scrolls on its own. */
  reveal(card) {
    const box = this.root;
    if (box.scrollHeight > box.clientHeight + 4 && getComputedStyle(box).overflowY === "auto")
      box.scrollTop = card.offsetTop - box.offsetTop - 8;
  }
}
