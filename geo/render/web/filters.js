// The filters above the list: search, status, types and, folded, source, side, place and document.
import { el, fillIn } from "./dom.js";
import { symbol } from "./marks.js";
import { onDay } from "./time.js";

/** More types than that are folded to so many. */
const FULL = 10;
const FEW = 8;
const MORE = { source: "all_sources", side: "all_sides", place: "all_places", document: "all_documents" };

export class Filters {
  constructor(data, state, change) {
    Object.assign(this, { data, state, change, known: {}, chosen: {}, chips: new Map(), stacks: new Map() });
    const { words } = data;
    const { filter } = state;
    const set = (key, control) => () => {
      filter[key] = key === "text" ? control.value.trim().toLowerCase() : control.value;
      change();
    };
    this.search = el("input", { type: "search", placeholder: words.search, "aria-label": words.search });
    this.search.addEventListener("input", set("text", this.search));
    const statuses = [...new Set((data.cells?.totals || data.events).status)].sort();
    this.status = this.select(words.status, words.all_status, statuses.map((name) => [name, words[`status.${name}`]]));
    this.status.addEventListener("change", set("status", this.status));
    this.more = el("details", { class: "further" }, el("summary", {}, words.more_filters));
    this.more.addEventListener("toggle", () => this.unfold(set));
    this.root = el(
      "form",
      { class: "filters", role: "search", onsubmit: (event) => event.preventDefault() },
      data.cells ? null : this.search,
      this.status,
      this.types(),
      data.events.count && !data.cells ? this.more : null,
    );
    this.set = set;
  }

  select(label, all, options) {
    return el(
      "select",
      { "aria-label": label },
      el("option", { value: "" }, all),
      ...options.map(([value, text]) => el("option", { value }, text)),
    );
  }

  /** Make the selects when they are first looked at: their lists can be long. */
  unfold(set) {
    if (this.selects) return;
    this.selects = {};
    for (const [key, all] of Object.entries(MORE)) {
      const options = [...this.values(key)].map(([value, { label }]) => [value, label]);
      if (options.length < 2 && !this.state.filter[key]) continue;
      options.sort((a, b) => a[1].localeCompare(b[1]));
      const made = this.select(this.data.words[key], this.data.words[all], options);
      made.addEventListener("change", set(key, made));
      made.value = this.state.filter[key];
      this.selects[key] = made;
      this.more.append(made);
    }
    if (!Object.keys(this.selects).length) this.more.remove();
  }

  /** Values of a filter with their events: Map of key to {label, events}. */
  values(key) {
    if (this.known[key]) return this.known[key];
    const { events, reports, places, sides, text } = this.data;
    const found = new Map();
    const add = (value, label, event) => {
      if (!label) return;
      if (!found.has(value)) found.set(value, { label, events: new Set() });
      found.get(value).events.add(event);
    };
    if (key === "side") sides.of[0].forEach((event, i) => add(sides.codes[sides.of[1][i]], sides.names[sides.of[1][i]], event));
    else if (key === "place") events.places.forEach((listed, event) => listed.forEach((place) => add(places.id[place], places.name[place], event)));
    else reports.event.forEach((event, i) => add(text(reports[key][i]), text(reports[key][i]), event));
    if (key === "source") events.source.forEach((source, event) => add(text(source), text(source), event));
    this.known[key] = found;
    return found;
  }

  /** Types with their symbols and numbers: the key to the map, and switches of the filter. */
  types() {
    const { data, state } = this;
    const numbers = new Map();
    const { n, type: types } = data.cells?.totals || data.events;
    types.forEach((type, row) => numbers.set(type, (numbers.get(type) || 0) + (n ? n[row] : 1)));
    const chips = [...numbers].sort((a, b) => b[1] - a[1] || a[0] - b[0]).map(([type, n]) => {
      const chip = el(
        "button",
        { type: "button", class: "chip", "aria-pressed": "false" },
        symbol(data, type, "happened"),
        data.types[type].label,
        el("span", { class: "number" }, n),
      );
      chip.addEventListener("click", () => {
        if (!state.filter.types.delete(type)) state.filter.types.add(type);
        this.change();
      });
      this.chips.set(type, chip);
      return chip;
    });
    if (chips.length > FULL) {
      const rest = chips.slice(FEW);
      const name = fillIn(data.words.more, { n: rest.length });
      this.rest = el("button", { type: "button", class: "chip", "aria-label": name, title: name }, `+${rest.length}`);
      this.all = (focus) => {
        for (const chip of rest) chip.hidden = false;
        this.rest.hidden = true;
        if (focus) rest[0].focus();
      };
      this.rest.addEventListener("click", () => this.all(true));
      for (const chip of rest) chip.hidden = true;
      chips.push(this.rest);
    }
    return el("div", { class: "chips", role: "group", "aria-label": data.words.type }, ...chips);
  }

  /** Show the state in the controls. */
  sync() {
    const { filter } = this.state;
    if (this.search.value.trim().toLowerCase() !== filter.text) this.search.value = filter.text;
    this.status.value = filter.status;
    for (const [type, chip] of this.chips) {
      chip.setAttribute("aria-pressed", String(filter.types.has(type)));
      if (chip.hidden && filter.types.has(type)) this.all();
    }
    if (Object.keys(MORE).some((key) => filter[key])) {
      this.unfold(this.set);
      this.more.open = true;
    }
    for (const [key, made] of Object.entries(this.selects || {})) made.value = filter[key];
  }

  clear() {
    const { state } = this;
    Object.assign(state, { day: "", undated: true });
    Object.assign(state.filter, { text: "", types: new Set(), status: "", source: "", side: "", place: "", document: "" });
  }

  /** Whether nothing is filtered: every event passes. */
  idle() {
    const { day, filter, undated } = this.state;
    return !day && undated && !filter.text && !filter.types.size && !filter.status && Object.keys(MORE).every((key) => !filter[key]);
  }

  /** Whether an event passes them all, the chosen day too (not whether its layer is on). */
  passes(event) {
    const { data, state } = this;
    const { filter } = state;
    if (!onDay(data, state, event)) return false;
    if (filter.types.size && !filter.types.has(data.events.type[event])) return false;
    if (filter.status && data.events.status[event] !== filter.status) return false;
    for (const key in MORE) if (filter[key] && !this.values(key).get(filter[key])?.events.has(event)) return false;
    return !filter.text || this.haystack(event).includes(filter.text);
  }

  haystack(event) {
    const { data, stacks } = this;
    if (!stacks.has(event)) {
      const { events, reports } = data;
      const parts = [data.types[events.type[event]].label, data.text(events.source[event])];
      parts.push(...events.places[event].map((place) => data.places.name[place]));
      for (const report of data.reportsOf(event))
        parts.push(data.text(reports.text[report]), data.text(reports.document[report]));
      stacks.set(event, parts.join("\n").toLowerCase());
    }
    return stacks.get(event);
  }
}
