// Symbols of events, and where they go: one group per place, moved apart, clustered when there are many.
import { Icon, Marker } from "./parts.js";
import { cellGroups } from "./cells.js";
import { el, svg } from "./dom.js";

const MOST = 4;
/** More groups than this in sight are gathered, one mark per cell of so many pixels. */
const CROWD = 160;
const CELL = 56;
/** Most events of one place that are fanned out around it. */
export const FAN = 24;

/** Side of a symbol by its number of reports: 26, 30 or 34 pixels. */
const side = (reports) => (reports >= 5 ? 34 : reports >= 2 ? 30 : 26);

/** The symbol of one type and status. */
export function symbol(data, type, status, className = "") {
  const kind = data.types[type];
  return svg(
    "svg",
    { class: `symbol ${className}`, viewBox: "-14 -14 28 28", "aria-hidden": "true", focusable: "false" },
    svg(
      "g",
      { class: `m f-${kind.family} s-${status}` },
      svg("path", { class: "o", d: data.shapes[kind.shape] }),
      svg("path", { class: "g", d: kind.glyph }),
      status === "denied" ? svg("path", { class: "x", d: "M-11 11L11-11" }) : null,
    ),
  );
}

/** Different (type, status) pairs of some events: [type, status, events, reports], the most frequent first. */
function kinds(data, events) {
  const found = new Map();
  for (const event of events) add(found, data.events.type[event], data.events.status[event], 1, data.reported(event));
  return ranked(found);
}

/** Count some events of a type and status; `found` has them by status and type, so that no key is put together. */
function add(found, type, status, events, reports) {
  const types = found.get(status) || found.set(status, []).get(status);
  const entry = (types[type] ||= [type, status, 0, 0]);
  entry[2] += events;
  entry[3] += reports;
}

const ranked = (found) => [...found.values()].flatMap((types) => types.filter(Boolean)).sort((a, b) => b[2] - a[2] || a[0] - b[0]);

/** Events by place; an event at several places is in several groups. */
export function group(data, passing, state) {
  if (data.cells) return cellGroups(data, state);
  const groups = [];
  for (const event of passing)
    for (const place of data.events.places[event]) {
      groups[place] ||= { place, events: [], area: Boolean(data.places.area[place]) };
      groups[place].events.push(event);
    }
  const found = groups.filter(Boolean).sort((a, b) => b.events.length - a.events.length || a.place - b.place);
  for (const item of found) Object.assign(item, { n: item.events.length, kinds: kinds(data, item.events) });
  return found;
}

/**
 * Give each group a box near its point: [x, y, width, height] in pixels of the zoom, and `at`, the point.
 * A group that finds no room joins the nearest one, which then shows a number; very many are gathered by cells.
 */
export function arrange(groups, at, inside, size, frame, blocked) {
  const seen = groups.map((item) => ({ ...item, at: at(item.place), joined: [] })).filter((item) => inside(item.at));
  if (seen.length > CROWD) return gathered(seen);
  const boxes = [...blocked];
  const placed = [];
  // Points first: their symbols must stay close, an area's box may stand anywhere in it.
  seen.sort((a, b) => a.area - b.area || b.n - a.n || a.place - b.place);
  for (const item of seen) if (!item.area) boxes.push([item.at[0] - 4, item.at[1] - 4, 8, 8]);
  for (const item of seen) {
    const box = room(boxes, item, size(item), frame);
    // An area without room for its box and name has a round mark.
    const small = !box && item.area && room(boxes, { at: item.at, round: true }, [36, 36], frame);
    if (small) {
      join(item, item.at);
      item.box = small;
      boxes.push(small);
      placed.push(item);
    } else if (box || !placed.length) {
      item.box = box || [item.at[0] - 13, item.at[1] - 13, 26, 26];
      boxes.push(item.box);
      placed.push(item);
    } else {
      const near = placed.reduce((a, b) => (distance(a.at, item.at) <= distance(b.at, item.at) ? a : b));
      near.joined.push(item);
    }
  }
  for (const item of placed) if (item.joined.length) join(item, item.at);
  return { placed, boxes, gathered: 0 };
}

/** One mark per cell: exact numbers, near the middle of what it stands for, never on its neighbours. */
function gathered(seen) {
  const cells = new Map();
  for (const item of seen) {
    const cell = item.at.map((n) => Math.floor(n / CELL));
    const key = cell.join();
    if (!cells.has(key)) cells.set(key, { ...item, cell, joined: [] });
    else cells.get(key).joined.push(item);
  }
  const placed = [...cells.values()];
  for (const item of placed) {
    const parts = [item, ...item.joined];
    const middle = [0, 1].map((i) => {
      const mean = parts.reduce((sum, part) => sum + part.at[i], 0) / parts.length;
      return Math.max(item.cell[i] * CELL + 21, Math.min((item.cell[i] + 1) * CELL - 21, mean));
    });
    join(item, middle);
  }
  return { placed, boxes: placed.map((item) => item.box), gathered: seen.length };
}

/** Make a group with those that joined it one round mark. */
function join(item, at) {
  const found = new Map();
  item.parts = [item, ...item.joined].map(({ place, at: point }) => ({ place, at: point }));
  for (const part of [item, ...item.joined])
    for (const kind of part.kinds) add(found, ...kind);
  item.kinds = ranked(found);
  item.events = item.joined.length ? [...new Set([item, ...item.joined].flatMap((part) => part.events))] : item.events;
  item.n = item.events.length || item.kinds.reduce((sum, kind) => sum + kind[2], 0);
  item.at = at;
  item.many = item.n > 1;
  item.vague = item.area && !item.joined.length;
  item.area = false;
  const half = item.n > 99999 ? 26 : item.n > 999 ? 21 : 18;
  item.box = [at[0] - half, at[1] - half, 2 * half, 2 * half];
}

/** The events of a group in a ring, or a spiral, around its point: an item for each. */
export function fan(data, item) {
  const n = item.events.length;
  const ring = Math.max(46, (n * 34) / (2 * Math.PI));
  return item.events.map((event, i) => {
    const turn = (2 * Math.PI * i) / n - Math.PI / 2;
    const [x, y] = [item.at[0] + ring * Math.cos(turn), item.at[1] + ring * Math.sin(turn)];
    const events = [event];
    return { place: item.place, events, n: 1, kinds: kinds(data, events), at: item.at, box: [x - 14, y - 14, 28, 28], joined: [], fanned: true };
  });
}

function distance(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Width and height of a group's button; `counts` stands below an area's name. */
export function measure(data, item, counts) {
  const shown = item.kinds.slice(0, MOST);
  const symbols = shown.reduce((sum, kind) => sum + side(kind[3]) + 1, item.kinds.length > MOST ? 20 : 0);
  const height = Math.max(...shown.map((kind) => side(kind[3])));
  if (!item.area) return [symbols + 2, height + 2];
  return [Math.max(symbols + 14, data.places.name[item.place].length * 6.4 + 18, counts.length * 5.3 + 16), height + (counts ? 36 : 22)];
}

function room(boxes, item, [w, h], [left, top, width, height]) {
  const [x, y] = item.at;
  const seen = ([bx, by]) => bx >= left && by >= top && bx + w < left + width + 1 && by + h < top + height + 1;
  const free = ([bx, by]) => boxes.every(([a, b, c, d]) => bx + w < a || a + c < bx || by + h < b || b + d < by);
  const spots = item.area || item.round ? [[x - w / 2, y - h / 2]] : [];
  for (const r of item.area ? [20, 40, 64, 90, ...(width > 600 ? [125] : [])] : item.round ? [9, 24] : [9, 24, 42, 64, 90])
    for (const [ux, uy] of [[0, -1], [1, -0.5], [-1, -0.5], [0, 1], [1, 0.6], [-1, 0.6], [1, 0], [-1, 0]])
      spots.push([x + ux * (r + w / 2) - w / 2, y + uy * (r + h / 2) - h / 2]);
  const sight = x > left && y > top && x < left + width && y < top + height;
  // An area's box that would be cut by the edge stands at the edge; so does one whose middle is just out of sight.
  const clamp = ([bx, by]) => [Math.max(left, Math.min(bx, left + width - w)), Math.max(top, Math.min(by, top + height - h))];
  if (item.area) spots.push(...(sight ? spots : spots.slice(0, 1)).map(clamp));
  const spot = spots.find((at) => free(at) && seen(at)) || ((item.area ? !sight : !item.round) && spots.find(free));
  return spot && [...spot, w, h];
}

/** What a group's button says to those who do not see it. */
export function name(data, item) {
  const { words } = data;
  const parts = item.kinds.slice(0, 8).map(([type, status, n]) => {
    const text = `${data.types[type].label} (${words[`status.${status}`]})`;
    return n > 1 ? `${n} × ${text}` : text;
  });
  if (item.kinds.length > 8) parts.push("…");
  const area = item.area || item.vague ? `, ${words.area_note}` : "";
  const where = data.places.name[item.place] + (item.joined.length ? ` +${item.joined.length}` : "");
  return `${where}${area}: ${parts.join(", ")}`;
}

const Element = Icon.extend({
  options: {},
  createIcon() {
    return this.options.element;
  },
  createShadow() {
    return null;
  },
});

/** A ring that shows which families of types a gathered mark is made of, and in what shares. */
function ring(data, item) {
  const shares = new Map();
  for (const [type, , n] of item.kinds) {
    const { family } = data.types[type];
    shares.set(family, (shares.get(family) || 0) + n);
  }
  const total = [...shares.values()].reduce((a, b) => a + b, 0);
  let from = 0;
  const arcs = [...shares].map(([family, n]) => {
    const part = (100 * n) / total;
    const arc = svg("circle", { class: `arc f-${family}`, r: 15.9155, "stroke-dasharray": `${part} ${100 - part}`, "stroke-dashoffset": 25 - from });
    from += part;
    return arc;
  });
  return svg("svg", { class: "ring", viewBox: "-18.5 -18.5 37 37", "aria-hidden": "true" }, svg("circle", { r: 18.2, class: "disc" }), ...arcs);
}

/** What stands in a group's button. */
function content(data, item) {
  if (item.many) return [ring(data, item), el("span", { class: "count" }, item.n)];
  const shown = item.kinds.slice(0, MOST);
  const symbols = shown.map(([type, status, n, reports]) =>
    el("span", { class: `one z${side(reports)}` }, symbol(data, type, status), n > 1 ? el("span", { class: "n" }, n) : null),
  );
  const rest = item.kinds.length - shown.length;
  return [
    item.area ? el("span", { class: "where", dir: "auto" }, data.places.name[item.place]) : null,
    el("span", { class: "row" }, ...symbols, rest > 0 ? el("span", { class: "rest" }, `+${rest}`) : null),
    item.area && item.counts ? el("span", { class: "counts" }, item.counts) : null,
  ];
}

/** A Leaflet marker with the group's button, a dot on the exact point and a line between them. */
export function marker(map, data, item, zoom, onclick) {
  const [x, y, w, h] = item.box;
  const dx = x - item.at[0];
  const dy = y - item.at[1];
  const look = item.many || item.vague ? `group many${item.vague ? " vague" : ""}` : item.area ? "group area" : item.fanned ? "group fanned" : "group";
  const button = el("button", { type: "button", class: look, "aria-label": name(data, item) }, ...content(data, item));
  Object.assign(button.style, { left: `${dx}px`, top: `${dy}px`, width: `${w}px`, height: `${h}px` });
  const root = el("div", { class: "pin" });
  const away = dx > 0 || dy > 0 || dx + w < 0 || dy + h < 0;
  const area = item.area || item.vague;
  if (area ? away : !item.many) {
    const [cx, cy] = [Math.max(dx, Math.min(0, dx + w)), Math.max(dy, Math.min(0, dy + h))];
    root.append(
      svg(
        "svg",
        { class: area ? "lead dotted" : "lead", width: "1", height: "1", "aria-hidden": "true" },
        svg("line", { x1: 0, y1: 0, x2: cx, y2: cy, class: "halo" }),
        svg("line", { x1: 0, y1: 0, x2: cx, y2: cy }),
        area ? null : svg("circle", { r: 3 }),
      ),
    );
  }
  root.append(button);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    onclick(item);
  });
  const made = new Marker(map.unproject(item.at, zoom), {
    icon: new Element({ element: root }),
    keyboard: false,
    interactive: false,
    zIndexOffset: item.fanned ? 2000 : item.area ? 0 : 1000,
  });
  made.button = button;
  return made;
}
