// The side list: the text twin of the map.
import { el, fillIn, said } from "./dom.js";
import { symbol } from "./marks.js";

const STEP = 200;

/** Builds the list; `act` has select(event), place(number), region(id). */
export class List {
  constructor(data, state, act) {
    Object.assign(this, { data, state, act, cards: new Map(), limit: STEP });
    this.root = document.getElementById("list");
    this.items = el("ol", { class: "events" });
    this.count = el("p", { class: "shown", role: "status" });
    this.order = this.sorted();
    this.root.replaceChildren(this.filters(), this.count, this.items, ...this.sections());
    this.update();
  }

  /** Events, the newest first, undated last. */
  sorted() {
    const { events } = this.data;
    const key = (i) => events.start[i] || events.end[i] || "";
    return events.id.map((_, i) => i).sort((a, b) => (key(a) > key(b) ? -1 : key(a) < key(b) ? 1 : a - b));
  }

  filters() {
    const { data, state } = this;
    const { words } = data;
    const change = () => {
      state.filter.text = search.value.trim().toLowerCase();
      state.filter.status = status.value;
      this.limit = STEP;
      this.act.filter();
    };
    const search = el("input", { type: "search", placeholder: words.search, "aria-label": words.search, oninput: change });
    const choose = (label, all, options) =>
      el(
        "select",
        { "aria-label": label, onchange: change },
        el("option", { value: "" }, all),
        ...options.map(([value, text]) => el("option", { value }, text)),
      );
    const statuses = [...new Set(data.events.status)].sort();
    const status = choose(words.status, words.all_status, statuses.map((s) => [s, words[`status.${s}`]]));
    return el("form", { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() }, search, status, this.chips(change));
  }

  /** Types with their symbols and numbers: the key to the map, and switches of the filter. */
  chips(change) {
    const { data, state } = this;
    const numbers = new Map();
    for (const type of data.events.type) numbers.set(type, (numbers.get(type) || 0) + 1);
    const chips = [...numbers].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([type, n]) => {
      const chip = el(
        "button",
        { type: "button", class: "chip", "aria-pressed": "false" },
        symbol(data, type, "happened"),
        data.types[type].label,
        el("span", { class: "number" }, n),
      );
      chip.addEventListener("click", () => {
        const on = !state.filter.types.delete(type);
        if (on) state.filter.types.add(type);
        chip.setAttribute("aria-pressed", String(on));
        change();
      });
      return chip;
    });
    return el("div", { class: "chips", role: "group", "aria-label": data.words.type }, ...chips);
  }

  /** Whether an event passes the filters (not whether its layer is on). */
  passes(event) {
    const { data } = this;
    const { text, types, status } = this.state.filter;
    if (types.size && !types.has(data.events.type[event])) return false;
    if (status !== "" && data.events.status[event] !== status) return false;
    return !text || this.haystack(event).includes(text);
  }

  haystack(event) {
    const { data } = this;
    this.stacks ||= new Map();
    if (!this.stacks.has(event)) {
      const { events, reports } = data;
      const parts = [data.types[events.type[event]].label, data.text(events.source[event])];
      parts.push(...events.places[event].map((place) => data.places.name[place]));
      for (const report of data.reportsOf.get(event) || [])
        parts.push(data.text(reports.text[report]), data.text(reports.document[report]));
      this.stacks.set(event, parts.join("\n").toLowerCase());
    }
    return this.stacks.get(event);
  }

  update() {
    const { data, items } = this;
    const { words } = data;
    const passing = this.order.filter((event) => this.passes(event));
    this.passing = passing;
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
    const total = data.events.count;
    const none = total ? words.none : words.empty;
    this.count.textContent = passing.length ? fillIn(words.shown, { n: passing.length, total }) : none;
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
    const reports = (data.reportsOf.get(event) || []).map((report) => this.report(report));
    return el("li", { id: `e-${events.id[event]}`, class: "card" }, head, facts, ...details.filter((p) => p.textContent), ...reports);
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
    const rows = regions.id.map((id, i) => [
      el("button", { type: "button", class: "link", dir: "auto", onclick: () => act.region(id) }, regions.name[i]),
      regions.mentions[i],
      regions.events[i],
    ]);
    const heads = [words.region, words.mention_count, words.event_count];
    return this.fold(words.regions, rows.length, this.table(heads, rows));
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
    return this.fold(words.mentions, order.length, this.table([words.place, words.mention_count], rows));
  }

  unplaced() {
    const { data } = this;
    const { unplaced, words } = data;
    if (!unplaced.text.length) return null;
    const items = unplaced.text.slice(0, 500).map((text, i) =>
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
    return this.fold(words.unplaced, unplaced.text.length, help, el("ul", { class: "unplaced" }, ...items));
  }

  documents() {
    const { data } = this;
    const { documents, words } = data;
    if (!documents.title.length) return null;
    const rows = documents.title.slice(0, 500).map((title, i) => {
      const url = data.text(documents.url[i]);
      const rest = [data.text(documents.published[i]), documents.date[i]].filter(Boolean).join(", ");
      return [el("span", {}, this.link(url, data.text(title)), said("span", rest, "note")), documents.events[i]];
    });
    return this.fold(words.documents, documents.title.length, this.table([words.document, words.event_count], rows));
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
    if (event === null) return;
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
