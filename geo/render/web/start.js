// Puts the page together: map, list, legend; without this code the page stays its static self.
import { Control, LeafletMap, Popup, latLng, latLngBounds, scale, zoom } from "./parts.js";
import { keep, restore } from "./address.js";
import { tally } from "./cells.js";
import { nearest } from "./codec.js";
import { painter } from "./draw.js";
import { el, fillIn, said } from "./dom.js";
import { List } from "./list.js";
import { FAN, arrange, fan, group, marker, measure } from "./marks.js";
import { read } from "./model.js";
import { Sheet } from "./sheet.js";
import { Time } from "./time.js";

/** Room that the first view leaves for what stands around the points: buttons, boxes of areas, the scale. */
const MARGIN = { paddingTopLeft: [46, 26], paddingBottomRight: [16, 40] };
const still = () => window.matchMedia("(prefers-reduced-motion: reduce)").matches;

export function start() {
  const data = read("data");
  document.documentElement.classList.add("live");
  const page = new Page(data);
  page.open();
  // For those who embed the page or test it: where a place is on the screen.
  window.geodispatch = {
    map: page.map,
    screen(lon, lat) {
      const { x, y } = page.map.latLngToContainerPoint(page.spot(lon, lat));
      return [x, y];
    },
  };
}

class Page {
  constructor(data) {
    this.data = data;
    this.markers = [];
    this.state = {
      show: { events: true, regions: true, claims: true, control: true, flows: true, mentions: false },
      filter: { text: "", types: new Set(), status: "", source: "", side: "", place: "", document: "" },
      day: "",
      undated: true,
      claims: data.claims,
      selected: null,
      groups: [],
      boxes: [],
      inUnit: [],
      tiles: Boolean(data.tiles),
      dark: () => window.matchMedia("(prefers-color-scheme: dark)").matches,
      family: (name) => this.colour(name),
      visible: (event) => this.list.seen[event],
    };
    this.fanned = null;
  }

  /** The line colour of a family, as the style sheet has it. */
  colour(family) {
    this.probe ||= document.getElementById("map").appendChild(el("i", { class: "probe", "aria-hidden": "true" }));
    this.probe.className = `probe f-${family}`;
    return getComputedStyle(this.probe).color;
  }

  open() {
    const { data } = this;
    this.legend();
    this.list = new List(data, this.state, {
      select: (event, fly) => this.select(event, fly),
      region: (id) => this.region(id),
      place: (number) => this.place(number),
      filter: () => this.filter(),
    });
    this.time = new Time(data, this.state, () => this.filter());
    this.time.sync(this.list.passing);
    this.count();
    this.makeMap(); // last: the others leave it its room
    this.map.on("click", (event) => (this.fanned === null ? this.onMap(event.latlng) : this.fold()));
    this.map.getContainer().addEventListener("keydown", (event) => event.key === "Escape" && this.fold());
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", () => this.refresh());
    window.addEventListener("hashchange", () => this.fromAddress());
    // The foot of the page stands after this code and takes some of the map's room when it is read: drawn is then, once.
    document.addEventListener("DOMContentLoaded", () => this.draw());
  }

  /** Draw the map for the first time, in the room that the whole page leaves it, and after each move. */
  draw() {
    const { data, map } = this;
    const before = map.getSize();
    if (!map.invalidateSize(false).getSize().equals(before)) this.fit(false);
    this.sheet = new Sheet(painter(data, this.state)).addTo(map);
    map.on("moveend resize", () => this.refresh());
    if (!this.fromAddress()) this.refresh();
  }

  /** Take the state from the address: filters, day, selected event. */
  fromAddress() {
    const { data, list, state } = this;
    if (!restore(data, state, location.hash, (key) => list.filters.values(key))) return false;
    if (data.cells) {
      state.day = this.time.snap(state.day);
      Object.assign(state.filter, { text: "", source: "", side: "", place: "", document: "" }); // not counted apart
    }
    this.filter();
    if (state.selected === null) list.mark(null);
    else this.select(state.selected, true, true);
    return true;
  }

  makeMap() {
    const { data } = this;
    const { words } = data;
    const calm = still();
    this.map = new LeafletMap("map", {
      zoomControl: false,
      attributionControl: false,
      zoomSnap: 0.125,
      zoomDelta: 0.5,
      minZoom: 1,
      maxZoom: 12,
      zoomAnimation: !calm,
      fadeAnimation: !calm,
      inertia: !calm,
      maxBounds: latLngBounds([-88, -1e5], [88, 1e5]), // round and round
    });
    if (data.tiles?.url) window.L.tileLayer(data.tiles.url, { maxZoom: 19, maxNativeZoom: data.tiles.max, subdomains: data.tiles.sub, attribution: "" }).addTo(this.map);
    const [west, south, east, north] = data.focus;
    this.home = latLngBounds([south, west], [north, east]);
    this.fit(false);
    const bar = zoom({ zoomInTitle: words.zoom_in, zoomOutTitle: words.zoom_out }).addTo(this.map);
    const whole = el("a", { href: "#", role: "button", title: words.whole, "aria-label": words.whole, class: "whole" }, "⤢");
    whole.addEventListener("click", (event) => {
      event.preventDefault();
      event.stopPropagation();
      this.fit(!still());
    });
    bar.getContainer().append(whole);
    scale({ imperial: false, maxWidth: 120 }).addTo(this.map);
    const Note = Control.extend({
      options: { position: "bottomright" },
      onAdd: () => el("div", { class: "face day-note" }, document.querySelector("#face .paper").textContent),
    });
    this.gathered = document.getElementById("map").appendChild(el("p", { class: "gathered", hidden: true }));
    const face = document.getElementById("face");
    face.replaceChildren(el("span", { class: "day-note" }, face.textContent), el("span", { class: "paper" }, face.textContent));
    new Note().addTo(this.map);
    const box = this.map.getContainer();
    box.setAttribute("aria-label", words.map);
    box.setAttribute("role", "region");
    box.setAttribute("aria-describedby", "map-help");
  }

  /** Show what the map shows at first. */
  fit(animate) {
    this.map.fitBounds(this.home, { animate, ...MARGIN });
  }

  /** Where the places of visible events are, and how many events each first-level unit has. */
  count() {
    const { data, state } = this;
    this.grouped = group(data, this.list.passing, state);
    state.inUnit = data.regions.id.map(() => 0);
    if (data.cells)
      tally(data, "units", state, (line, n) => {
        const unit = data.regionOf.get(data.cells.units.of[line]);
        if (unit !== undefined) state.inUnit[unit] += n;
      });
    else for (const event of this.list.passing) {
      const places = data.events.places[event];
      const units = places.length === 1 ? [data.unitOf[places[0]]] : new Set(places.map((place) => data.unitOf[place]));
      for (const unit of units) if (unit >= 0) state.inUnit[unit]++;
    }
    this.list.recount(state.inUnit);
  }

  /** Arrange the groups anew for this zoom, set their markers, paint. */
  refresh() {
    const { data, map, state } = this;
    const zoom = map.getZoom();
    const scale = 2 ** zoom;
    const size = map.getSize();
    const seen = map.getPixelBounds();
    const middle = (seen.min.x + seen.max.x) / 2 / scale;
    const at = (place) => [nearest(data.point[place][0], middle) * scale, data.point[place][1] * scale];
    const inside = ([x, y]) =>
      x > seen.min.x - size.x / 3 && x < seen.max.x + size.x / 3 && y > seen.min.y - size.y / 3 && y < seen.max.y + size.y / 3;
    const chosen = new Set(state.selected === null ? [] : data.events.places[state.selected]);
    const frame = [seen.min.x + 4, seen.min.y + 4, size.x - 8, size.y - 8];
    const heads = state.show.flows ? data.flows.to.filter((place) => place >= 0).map((place) => at(place)) : [];
    const blocked = [...heads.map(([x, y]) => [x - 9, y - 9, 18, 18]), ...this.corners(seen.min)];
    const found = arrange(state.show.events ? this.grouped : [], at, inside, (item) => measure(data, item, (item.counts = this.counts(item))), frame, blocked);
    const open = found.placed.find((item) => item.place === this.fanned);
    if (!open) this.fanned = null;
    const spread = open ? fan(data, open) : [];
    const focused = this.markers.find((made) => made.button === document.activeElement)?.key;
    this.markers.forEach((made) => made.remove());
    this.markers = [...found.placed, ...spread].map((item) => {
      item.selected = item.fanned ? item.events[0] === state.selected : (item.parts || [item]).some((part) => chosen.has(part.place));
      const made = marker(map, data, item, zoom, (one) => this.openGroup(one));
      made.key = item.fanned ? `e${item.events[0]}` : item.place;
      made.addTo(map);
      if (item.selected) made.button.classList.add("selected");
      return made;
    });
    this.markers.find((made) => made.key === focused)?.button.focus({ preventScroll: true });
    state.groups = found.placed;
    state.boxes = [...found.boxes, ...spread.map((item) => item.box), ...(found.gathered ? blocked : [])];
    this.gathered.hidden = !found.gathered;
    this.gathered.textContent = fillIn(data.cells ? data.words.cells_gathered : data.words.gathered, { places: found.gathered, marks: found.placed.length });
    this.sheet?.redraw();
  }

  /** Where the map's buttons, scale and notes stand: no place for labels. */
  corners(from) {
    const frame = this.map.getContainer().getBoundingClientRect();
    return [...document.querySelectorAll("#map .leaflet-control, .gathered")].map((node) => {
      const box = node.getBoundingClientRect();
      return [from.x + box.x - frame.x, from.y + box.y - frame.y, box.width, box.height];
    });
  }

  counts(item) {
    const { data } = this;
    const number = data.regionOf.get(data.places.id[item.place]);
    if (!item.area || number === undefined || !this.state.show.regions) return "";
    return this.countsOf(number);
  }

  filter() {
    this.list.filter();
    this.time.sync(this.list.passing);
    keep(this.data, this.state);
    this.count();
    this.refresh();
  }

  /** Shut the fan; the focus goes back to the mark it came from. */
  fold() {
    const { fanned } = this;
    if (fanned === null) return;
    this.fanned = null;
    this.refresh();
    this.markers.find((made) => made.key === fanned)?.button.focus({ preventScroll: true });
  }

  openGroup(item) {
    const { data, map } = this;
    if (item.joined.length) {
      const points = item.parts.map((part) => map.unproject(part.at, map.getZoom()));
      const bounds = latLngBounds(points);
      if (map.getZoom() < map.getMaxZoom() - 0.5 && !points.every((point) => point.equals(points[0]))) {
        map.fitBounds(bounds.pad(0.5), { maxZoom: Math.min(map.getZoom() + 3, 12), animate: !still() });
        return;
      }
    }
    const { events, place } = item;
    // Events that one point hides under each other are set around it.
    if (!item.area && events.length > Math.max(item.many ? 1 : item.kinds.length, 1) && events.length <= FAN && this.fanned !== place) {
      this.fanned = place;
      this.refresh();
      this.markers.find((made) => made.key === `e${events[0]}`)?.button.focus({ preventScroll: true });
      return;
    }
    if (data.cells) return this.popup(map.unproject(item.at, map.getZoom()), data.places.name[place], events, place, item.kinds);
    if (events.length === 1) this.select(events[0], false, true);
    else this.list.mark(events[0], true);
    this.popup(map.unproject(item.at, map.getZoom()), data.places.name[place], events, place);
  }

  popup(where, title, events, place, kinds = []) {
    const { data } = this;
    const { words } = data;
    const rows = events.slice(0, 40).map((event) => {
      const text = this.firstSentence(event);
      const row = el(
        "button",
        { type: "button", class: "row", onclick: () => this.select(event, false, true) },
        el("b", {}, data.types[data.events.type[event]].label),
        ` · ${words[`status.${data.events.status[event]}`]}`,
        said("span", data.text(data.events.when[event]) || words.no_date, "when"),
        said("span", text, "text"),
      );
      return el("li", {}, row);
    });
    const lines = [said("h2", title)];
    if (place !== undefined && data.places.area[place]) lines.push(el("p", { class: "note" }, words.area_note));
    lines.push(...this.claimLines(place === undefined ? null : data.places.id[place]));
    for (const [type, status, n] of kinds) lines.push(el("p", {}, `${n} × ${data.types[type].label} (${words[`status.${status}`]})`));
    this.show(where, el("div", { class: "sheet" }, ...lines, el("ul", {}, ...rows)));
  }

  firstSentence(event) {
    const { data } = this;
    const [first] = data.reportsOf(event);
    return first === undefined ? "" : data.text(data.reports.text[first]);
  }

  show(where, content) {
    const box = this.map.getSize();
    new Popup({ maxWidth: Math.min(330, box.x - 60), maxHeight: box.y * 0.6, autoPan: true, closeButton: false })
      .setLatLng(where)
      .setContent(content)
      .openOn(this.map);
    const shut = el("button", { type: "button", class: "shut", "aria-label": this.data.words.close }, "×");
    shut.addEventListener("click", () => this.map.closePopup());
    content.append(shut);
  }

  claimLines(id) {
    const { words } = this.data;
    return this.state.claims
      .filter((claim) => claim.areas.includes(id))
      .map((claim) => {
        const proxy = claim.proxy ? el("span", { class: "proxy" }, words.claim_proxy) : null;
        return el("p", { class: "claim" }, said("span", claim.legend), proxy);
      });
  }

  /** Select an event: mark it in the list, move the map to it when asked. */
  select(event, fly, scroll = false) {
    const { data, map, state } = this;
    state.selected = event;
    keep(data, state);
    const place = data.events.places[event][0];
    if (fly && place !== undefined) this.goTo(place);
    this.list.mark(event, scroll);
    this.refresh();
  }

  /** A point on the turn of the world that is nearest to what is seen. */
  spot(lon, lat) {
    const { lng } = this.map.getCenter();
    return latLng(lat, lon + 360 * Math.round((lng - lon) / 360));
  }

  /** Bring a place into sight, if it is not. */
  goTo(place) {
    const { data, map } = this;
    const target = this.spot(data.places.lon[place], data.places.lat[place]);
    const { x, y } = map.latLngToContainerPoint(target);
    const size = map.getSize();
    const seen = x > 50 && x < size.x - 50 && y > 50 && y < size.y - 40;
    if (!seen) map.setView(target, Math.max(map.getZoom(), 4), { animate: !still(), duration: 0.4 });
  }

  place(number) {
    const { data } = this;
    const events = data.events.id.map((_, i) => i).filter((i) => data.events.places[i].includes(number));
    this.goTo(number);
    const where = this.spot(data.places.lon[number], data.places.lat[number]);
    this.popup(where, data.places.name[number], events, number);
  }

  region(id) {
    const { data } = this;
    const number = data.regionOf.get(id);
    const unit = data.base.units.find((row) => row[0] === id);
    const named = data.places.id.map((_, i) => i).filter((i) => data.places.admin1[i] === id.slice(4) || data.places.id[i] === id);
    const inside = new Set(named);
    const events = data.events.id.map((_, i) => i).filter((i) => data.events.places[i].some((place) => inside.has(place)));
    const title = number === undefined ? unit?.[1] || id : data.regions.name[number];
    const spot = unit ? this.spot(unit[2], unit[3]) : named.length ? this.spot(data.places.lon[named[0]], data.places.lat[named[0]]) : null;
    if (!spot) return;
    if (!this.map.getBounds().contains(spot)) this.map.panTo(spot, { animate: !still() });
    const lines = [said("h2", title), ...this.claimLines(id)];
    const counts = number === undefined ? "" : this.countsOf(number);
    lines.push(el("p", { class: "note" }, counts));
    const shown = events.slice(0, 40).map((event) => {
      const label = `${data.types[data.events.type[event]].label} · ${data.events.places[event].map((p) => data.places.name[p]).join(", ")}`;
      return el("li", {}, el("button", { type: "button", class: "row", onclick: () => this.select(event, false, true) }, label));
    });
    this.show(spot, el("div", { class: "sheet" }, ...lines, el("ul", {}, ...shown)));
  }

  countsOf(number) {
    const { regions, words } = this.data;
    return fillIn(words.counts, { mentions: regions.mentions[number], events: this.state.inUnit[number] });
  }

  /** A click on the map itself: what is known of the unit under it. */
  onMap(latlng) {
    const { data } = this;
    const { paths } = data;
    const context = document.createElement("canvas").getContext("2d");
    const point = this.map.project(latlng, 0);
    const y = point.y - paths.origin[1];
    const turns = [-256, 0, 256].map((turn) => point.x - paths.origin[0] - turn);
    const unit = data.base.units.find((row, number) => turns.some((x) => context.isPointInPath(paths.units[number].path, x, y, "evenodd")));
    if (unit && (data.regionOf.has(unit[0]) || this.state.claims.some((claim) => claim.areas.includes(unit[0])))) this.region(unit[0]);
  }

  /** Make the legend's headings switches of their layers. */
  legend() {
    const { state } = this;
    document.querySelectorAll("[data-layer]").forEach((head) => {
      const layer = head.getAttribute("data-layer");
      const box = el("input", { type: "checkbox", id: `show-${layer}` });
      box.checked = state.show[layer];
      box.addEventListener("change", () => {
        state.show[layer] = box.checked;
        this.refresh();
      });
      const label = el("label", { for: `show-${layer}` }, box, head.textContent);
      head.replaceChildren(label);
    });
    const legend = document.getElementById("legend");
    if (window.matchMedia("screen and (max-width: 899px)").matches) legend.open = false;
    const paper = window.matchMedia("print");
    const print = () => {
      legend.open = true; // on paper nothing is folded
      // The table is text until it is printed; its markup is the page's own, escaped when that was made.
      const table = document.querySelector("main > noscript");
      if (table) table.outerHTML = table.textContent;
    };
    paper.addEventListener("change", () => paper.matches && print());
    window.addEventListener("beforeprint", print);
    if (paper.matches) document.addEventListener("DOMContentLoaded", print);
    legend.addEventListener("toggle", () => this.map?.invalidateSize());
  }
}
