// The data island, with what is reckoned from it once.
import { decode, decodeColumn, mercator } from "./codec.js";

export function read(id) {
  const data = JSON.parse(document.getElementById(id).textContent);
  for (const name of ["events", "reports", "documents", "unplaced", "places"])
    data[name] = unpacked(data[name]);
  const { cells, events, places, reports } = data;
  for (const name of cells ? ["counts", "units", "totals"] : []) cells[name] = unpacked(cells[name]);
  events.count = events.type.length;
  let known;
  data.find = (name) => (known ||= new Map(events.id.map((text, number) => [text, number]))).get(name);
  const first = offsets(reports.event, events.count);
  data.reportsOf = (event) => Array.from({ length: first[event + 1] - first[event] }, (_, i) => first[event] + i);
  data.reported = (event) => first[event + 1] - first[event] || 1;
  data.whyOf = groupBy(data.why.of[0]);
  data.point = places.lon.map((lon, i) => mercator(lon, places.lat[i]));
  data.regionOf = new Map(data.regions.id.map((name, number) => [name, number]));
  data.unitOf = Int32Array.from(places.id, (_, place) => unitOf(data, place));
  data.text = (number) => (number < 0 ? "" : data.texts[number]);
  data.paths = new Paths(data.base);
  if (data.control)
    data.held = data.control.areas.map(([party, lon, lat, rings]) => ({ party, at: mercator(lon, lat), ...data.paths.areaOf(rings.map((text) => data.paths.project(decode(text)))) }));
  return data;
}

/** Number of the first-level unit that a place is or lies in, -1 for none that is counted. */
function unitOf({ places, regionOf }, place) {
  const id = places.kind[place] === "admin1" ? places.id[place] : `iso:${places.admin1[place]}`;
  return regionOf.get(id) ?? -1;
}

/** The columns of a table, each unpacked when it is first read: those of time, the longest, not before a day is chosen. */
function unpacked(packed) {
  const table = {};
  for (const [key, column] of Object.entries(packed)) {
    const get = () => Object.defineProperty(table, key, { value: unpack(column, packed) })[key];
    Object.defineProperty(table, key, { get, configurable: true });
  }
  return table;
}

/** A column as packed in geo/render/data.py: one value for all, numbers in a row, numbers into a list of texts, ... */
function unpack(column, table) {
  const { n } = column;
  if (Array.isArray(column)) return column;
  if ("steps" in column) return decodeColumn(column.steps, n);
  if ("at" in column) return Array.from(unpack(column.at), (number) => column.of[number]);
  if ("wide" in column) return column.text.match(new RegExp(`[^]{${column.wide}}`, "g"));
  if ("lists" in column) return lists(unpack(column.lists), column);
  if ("like" in column) {
    const out = unpack(table[column.like]).slice();
    for (const i in column.but) out[i] = column.but[i];
    return out;
  }
  return "from" in column ? Int32Array.from({ length: n }, (_, i) => column.from + i) : new Array(n).fill(column.all);
}

/** Lists of numbers; those of the same one number are the same list. */
function lists(flat, { many, n }) {
  const single = new Map();
  const out = new Array(n);
  let at = 0;
  for (let i = 0; i < n; i++) {
    const length = many[i] ?? 1;
    const number = flat[at];
    if (length !== 1) out[i] = Array.from(flat.subarray(at, at + length));
    else if (!(out[i] = single.get(number))) single.set(number, (out[i] = [number]));
    at += length;
  }
  return out;
}

/** Where each group of an ascending column begins, and at last where the column ends. */
function offsets(ascending, groups) {
  const first = new Int32Array(groups + 1);
  for (const group of ascending) first[group + 1]++;
  for (let i = 0; i < groups; i++) first[i + 1] += first[i];
  return first;
}

function groupBy(keys) {
  const groups = new Map();
  keys.forEach((group, number) => {
    if (!groups.has(group)) groups.set(group, []);
    groups.get(group).push(number);
  });
  return groups;
}

/** Paths of the basemap in Mercator pixels relative to `origin`, made once. */
class Paths {
  constructor(base) {
    const [west, south, step] = base.grid;
    this.base = base;
    this.origin = mercator(west, south);
    this.lonlat = (x, y) => {
      const [px, py] = mercator(west + x * step, south + y * step);
      return [px - this.origin[0], py - this.origin[1]];
    };
    this.arcs = base.arcs.map((text) => this.project(decode(text)));
    this.rings = base.rings.map((text) => text.split(" ").map((ring) => decode(ring, 1)));
    this.units = this.rings.map((rings) => this.areaOf(rings.map((ring) => this.stitch(ring))));
    this.land = new Path2D();
    this.units.forEach((unit) => this.land.addPath(unit.path));
    const far = this.areaOf(base.far.map((text) => this.project(decode(text), base.far_step)));
    this.far = far.path;
    // From where to where the world is drawn, Mercator pixels: beyond it begins its next turn.
    const boxes = [far, ...this.units].map((area) => area.box);
    this.span = [0, 2].map((i) => this.origin[0] + Math[i ? "max" : "min"](...boxes.map((box) => box[i])));
    this.lakes = this.areaOf(base.lakes.map((text) => this.project(decode(text)))).path;
    this.rivers = this.linesOf(base.rivers.map((text) => this.project(decode(text))));
    this.lines = {};
    for (const [kind, numbers] of Object.entries(this.kinds()))
      this.lines[kind] = this.linesOf(numbers.map((number) => this.arcs[number]));
    this.byId = new Map();
    base.units.forEach((unit, number) => this.byId.set(unit[0], [number]));
    base.units.forEach((unit, number) => {
      const country = unit[0].split("-")[0];
      if (country === unit[0]) return;
      if (!this.byId.has(country)) this.byId.set(country, []);
      this.byId.get(country).push(number);
    });
    this.shapes = {};
    for (const [area, rings] of Object.entries(base.shapes))
      this.shapes[area] = this.areaOf(rings.map((text) => this.project(decode(text))));
    this.cache = new Map();
  }

  /** Arc numbers by what they are: border of countries, unit line within one, coast, cut by the edge of the detail. */
  kinds() {
    const { base } = this;
    const owners = base.arcs.map(() => new Set());
    this.rings.forEach((rings, unit) => {
      for (const ring of rings) for (const number of ring) owners[number < 0 ? ~number : number].add(unit);
    });
    const found = { border: [], unit: [], coast: [], cut: [] };
    const [west, south, east, north] = base.frame;
    base.arcs.forEach((text, number) => {
      const countries = new Set([...owners[number]].map((unit) => base.units[unit][0].split("-")[0]));
      const [x0, y0, x1, y1] = decode(text);
      const edge = (x0 === x1 && (x0 === west || x0 === east)) || (y0 === y1 && (y0 === south || y0 === north));
      const kind = countries.size > 1 ? "border" : owners[number].size > 1 ? "unit" : edge ? "cut" : "coast";
      found[kind].push(number);
    });
    this.cut = new Set(found.cut);
    return found;
  }

  project(flat, factor = 1) {
    const out = new Float64Array(flat.length);
    for (let i = 0; i < flat.length; i += 2) {
      const [x, y] = this.lonlat(flat[i] * factor, flat[i + 1] * factor);
      out[i] = x;
      out[i + 1] = y;
    }
    return out;
  }

  stitch(numbers) {
    const out = [];
    for (const number of numbers) {
      const arc = this.arcs[number < 0 ? ~number : number];
      const n = arc.length / 2;
      for (let k = out.length ? 1 : 0; k < n; k++) {
        const i = number < 0 ? n - 1 - k : k;
        out.push(arc[2 * i], arc[2 * i + 1]);
      }
    }
    return out;
  }

  areaOf(rings) {
    const path = new Path2D();
    const box = [Infinity, Infinity, -Infinity, -Infinity];
    for (const ring of rings) {
      this.trace(path, ring);
      path.closePath();
      for (let i = 0; i < ring.length; i += 2) {
        box[0] = Math.min(box[0], ring[i]);
        box[1] = Math.min(box[1], ring[i + 1]);
        box[2] = Math.max(box[2], ring[i]);
        box[3] = Math.max(box[3], ring[i + 1]);
      }
    }
    return { path, line: path, box };
  }

  /** Outline of several units together: the arcs that only one of them has. */
  outer(numbers) {
    const count = new Map();
    for (const unit of numbers)
      for (const ring of this.rings[unit])
        for (const number of ring) {
          const arc = number < 0 ? ~number : number;
          count.set(arc, (count.get(arc) || 0) + 1);
        }
    return this.linesOf([...count].filter(([arc, n]) => n === 1 && !this.cut.has(arc)).map(([arc]) => this.arcs[arc]));
  }

  linesOf(lines) {
    const path = new Path2D();
    lines.forEach((line) => this.trace(path, line));
    return path;
  }

  trace(path, flat) {
    path.moveTo(flat[0], flat[1]);
    for (let i = 2; i < flat.length; i += 2) path.lineTo(flat[i], flat[i + 1]);
  }

  /** Path and box of a unit, a country or another outline; null where there is none. */
  area(id) {
    if (this.cache.has(id)) return this.cache.get(id);
    let found = this.shapes[id] || null;
    const numbers = this.byId.get(id);
    if (!found && numbers) {
      found = { path: new Path2D(), line: this.outer(numbers), box: [Infinity, Infinity, -Infinity, -Infinity] };
      for (const number of numbers) {
        const unit = this.units[number];
        found.path.addPath(unit.path);
        for (const k of [0, 1]) found.box[k] = Math.min(found.box[k], unit.box[k]);
        for (const k of [2, 3]) found.box[k] = Math.max(found.box[k], unit.box[k]);
      }
    }
    this.cache.set(id, found);
    return found;
  }
}
