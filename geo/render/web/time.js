// Time: one day or all dates. Days are ISO texts that are only compared, so that no year is out of reach.
import { tally, until } from "./cells.js";
import { el, fillIn, plural, spoken } from "./dom.js";

const PACE = 1200;

/** Whether an event can have happened on the chosen day or in the chosen period; without one every date counts. */
export function onDay(data, state, event) {
  const start = data.events.start[event];
  const end = data.events.end[event];
  if (!start && !end) return state.undated;
  return state.day === "" || ((!start || start <= until(data, state.day)) && (!end || state.day <= end));
}

/** Claims of the chosen day, or the last of the chosen period; without one those of the map's own. */
export function claimsOn(data, chosen) {
  if (!chosen) return data.claims;
  const day = until(data, chosen);
  const then = [...data.claims, ...data.past].filter((claim) => made(claim.start, claim.end, day));
  return then.map((claim) => ({ ...claim, line: claim.then || claim.line }));
}

function made(start, end, day) {
  return start <= day && (!end || day <= end);
}

/** The bar under the map; `change` is called when the reader chose another time. */
export class Time {
  constructor(data, state, change) {
    Object.assign(this, { data, state, change, timer: 0 });
    const { events, words } = data;
    const { cells } = data;
    this.ends = cells ? cells.days : [...new Set(events.end)];
    this.dated = cells ? cells.days : [...new Set(events.start.map((start, i) => start || events.end[i]))].filter(Boolean).sort();
    const claimed = [...data.claims, ...data.past].map((claim) => claim.start).filter((day) => /^\d{4}-\d\d-\d\d$/.test(day));
    this.stops = cells ? cells.periods : [...new Set([...this.dated, ...claimed])].sort();
    const [dated, all] = this.numbers(events.type.map((_, i) => i));
    const undated = all - dated;
    const root = document.getElementById("time");
    if (!this.dated.length) return;
    this.range = el("input", { type: "range", min: 0, max: this.stops.length, step: 1, "aria-label": words.time_day });
    this.range.addEventListener("input", () => this.choose(this.stops[this.range.value - 1] || ""));
    const button = (name, sign, act) =>
      el("button", { type: "button", "aria-label": name, title: name, onclick: act }, el("span", { "aria-hidden": "true" }, sign));
    this.play = button(words.play, "", () => (this.timer ? this.pause() : this.start()));
    this.box = el("input", { type: "checkbox", id: "undated" });
    this.box.addEventListener("change", () => {
      state.undated = this.box.checked;
      change();
    });
    this.text = el("p", { class: "span" });
    root.append(
      button(words.time_before, "‹", () => this.step(-1)),
      this.play,
      button(words.time_after, "›", () => this.step(1)),
      this.range,
      this.text,
    );
    this.number = el("span", {}, undated);
    if (undated) root.append(el("label", { for: "undated" }, this.box, `${words.undated}: `, this.number));
    root.setAttribute("role", "group");
    root.setAttribute("aria-label", words.time);
    this.sign();
  }

  /** Where the slider stands: the last stop that is not after the chosen day, 0 for all dates. */
  at() {
    const { day } = this.state;
    return day ? Math.max(this.stops.filter((stop) => stop <= day).length, 1) : 0;
  }

  /** The stop in which a day lies, or the last before it, or the first; "" without a day. */
  snap(day) {
    return day && (this.stops.filter((stop) => stop <= day).pop() || this.stops[0] || "");
  }

  /** The chosen day or period in words. */
  spoken(day) {
    const { cells, words } = this.data;
    const text = spoken(words, cells ? day.slice(0, { month: 7, year: 4 }[cells.unit]) : day);
    return words.period ? fillIn(words.period, { date: text }) : text;
  }

  /** How many of the events that pass have a date, and how many pass. */
  numbers(passing) {
    const { data, state } = this;
    const { events } = data;
    if (!data.cells) return [passing.filter((event) => events.start[event] || events.end[event]).length, passing.length];
    const sum = (undated) => {
      let n = 0;
      tally(data, "totals", { ...state, undated }, (_, number) => (n += number));
      return n;
    };
    return [sum(false), sum(state.undated)];
  }

  choose(day, playing = false) {
    if (!playing) this.pause();
    this.state.day = day;
    this.change();
  }

  step(by) {
    const { day } = this.state;
    const at = this.at();
    const between = day && this.stops[at - 1] !== day;
    const early = between && day < this.stops[0];
    const next = by > 0 ? (early ? 1 : at + 1) : between && !early ? at : at - 1;
    this.choose(this.stops[Math.min(next, this.stops.length) - 1] || "");
  }

  /** Day after day until the last; only ever begun by the reader. Nothing glides, so it is calm as it is. */
  start() {
    const last = this.stops.length;
    if (this.at() === 0 || this.at() === last) this.choose(this.snap(this.dated[0]), true);
    this.timer = setInterval(() => {
      if (this.at() >= last) return this.pause();
      return this.choose(this.stops[this.at()], true);
    }, PACE);
    this.sign();
  }

  pause() {
    clearInterval(this.timer);
    this.timer = 0;
    this.sign();
  }

  sign() {
    const { words } = this.data;
    const name = this.timer ? words.pause : words.play;
    this.play.setAttribute("aria-label", name);
    this.play.setAttribute("title", name);
    this.play.className = this.timer ? "pause" : "play";
  }

  /** Show the state: slider, text, claims of the legend and of the frame. */
  sync(passing) {
    const { data, state } = this;
    const { words } = data;
    state.claims = claimsOn(data, state.day);
    this.legend();
    if (!this.range) return;
    const [dated, all] = this.numbers(passing);
    const parts = [state.day ? this.spoken(state.day) : this.all(), plural(words.n_events, dated)];
    if (state.claims.length) parts.push(plural(words.n_claims, state.claims.length));
    this.text.textContent = parts.join(" · ");
    this.range.value = this.at();
    this.range.setAttribute("aria-valuetext", state.day ? this.spoken(state.day) : words.time_all);
    this.box.checked = state.undated;
    if (state.undated) this.number.textContent = all - dated;
  }

  /** "All dates" with the first and the last. */
  all() {
    const { words } = this.data;
    const days = [...this.dated, ...this.ends].filter(Boolean).sort();
    const [first, last] = [days[0], days[days.length - 1]];
    const span = first === last ? spoken(words, first) : words.between.replace("{start}", spoken(words, first)).replace("{end}", spoken(words, last));
    return `${words.time_all}: ${span}`;
  }

  legend() {
    const { day } = this.state;
    const keys = [...document.querySelectorAll("[data-from]")];
    for (const key of keys)
      key.hidden = day ? !made(key.dataset.from, key.dataset.to, until(this.data, day)) : "past" in key.dataset;
    const none = document.getElementById("no-claim");
    if (none) none.hidden = keys.some((key) => !key.hidden);
    for (const note of document.querySelectorAll(".day-note")) {
      note.atFirst ||= note.textContent;
      const rest = note.atFirst.split(" · ").slice(1);
      note.textContent = day ? [this.data.words.as_of.replace("{date}", this.spoken(day)), ...rest].join(" · ") : note.atFirst;
    }
  }
}
