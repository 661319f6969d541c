// Symbols of events, and where they go: one group per place, moved apart, clustered when there are many.
import { Icon, Marker } from "./parts.js";
import { el, fillIn, svg } from "./dom.js";

export const SIZE = 26;
const MOST = 4;

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

/** Different (type, status) pairs of some events with their numbers, the most frequent first. */
function kinds(data, events) {
  const found = new Map();
  for (const event of events) {
    const key = `${data.events.type[event]} ${data.events.status[event]}`;
    found.set(key, (found.get(key) || 0) + 1);
  }
  return [...found].sort((a, b) => b[1] - a[1]).map(([key, n]) => [...key.split(" "), n]);
}

/** Events by place; an event at several places is in several groups. */
export function group(data, visible) {
  const groups = new Map();
  data.events.places.forEach((places, event) => {
    if (!visible(event)) return;
    for (const place of places) {
      if (!groups.has(place)) groups.set(place, { place, events: [], area: Boolean(data.places.area[place]) });
      groups.get(place).events.push(event);
    }
  });
  return [...groups.values()].sort((a, b) => b.events.length - a.events.length || a.place - b.place);
}

/**
 * Give each group a box near its point: [x, y, width, height] in pixels of the zoom, and `at`, the point.
 * A group that finds no room joins the nearest one, which then shows a number.
 */
export function arrange(data, groups, scale, bounds, counts) {
  const boxes = [];
  const placed = [];
  // Points first: their symbols must stay close, an area's box may stand anywhere in it.
  const order = [...groups].sort((a, b) => a.area - b.area || b.events.length - a.events.length || a.place - b.place);
  const inside = order.filter((item) => {
    const [x, y] = data.point[item.place];
    item.at = [x * scale, y * scale];
    return bounds(item.at);
  });
  for (const item of inside) if (!item.area) boxes.push([item.at[0] - 4, item.at[1] - 4, 8, 8]);
  const crowded = inside.length > 160;
  for (const item of inside) {
    item.kinds = kinds(data, item.events);
    item.counts = counts(item);
    item.joined = [];
    const box = crowded ? null : room(boxes, item, measure(data, item));
    if (box || !placed.length) {
      item.box = box || [item.at[0] - SIZE / 2, item.at[1] - SIZE / 2, SIZE, SIZE];
      boxes.push(item.box);
      placed.push(item);
    } else if (crowded) {
      const near = placed.find((other) => distance(other.at, item.at) < 44);
      if (near) near.joined.push(item);
      else {
        item.box = [item.at[0] - 17, item.at[1] - 17, 34, 34];
        placed.push(item);
      }
    } else {
      const near = placed.reduce((a, b) => (distance(a.at, item.at) <= distance(b.at, item.at) ? a : b));
      near.joined.push(item);
    }
  }
  for (const item of placed) {
    if (item.joined.length) item.box = [item.at[0] - 17, item.at[1] - 17, 34, 34];
  }
  for (const item of placed) item.all = [item, ...item.joined].flatMap((part) => part.events);
  return { placed, boxes };
}

function distance(a, b) {
  return Math.hypot(a[0] - b[0], a[1] - b[1]);
}

/** Width and height of a group's button. */
function measure(data, item) {
  const symbols = Math.min(item.kinds.length, MOST) * (SIZE + 1) + (item.kinds.length > MOST ? 20 : 0);
  if (!item.area) return [symbols + 2, SIZE + 2];
  return [Math.max(symbols + 14, data.places.name[item.place].length * 6.4 + 18, item.counts.length * 5.3 + 16), SIZE + (item.counts ? 36 : 22)];
}

function room(boxes, item, [w, h]) {
  const [x, y] = item.at;
  const free = ([bx, by]) => boxes.every(([a, b, c, d]) => bx + w < a || a + c < bx || by + h < b || b + d < by);
  const spots = item.area ? [[x - w / 2, y - h / 2]] : [];
  for (const r of item.area ? [20, 40, 64, 90] : [9, 24, 42, 64, 90])
    for (const [ux, uy] of [[0, -1], [1, -0.5], [-1, -0.5], [0, 1], [1, 0.6], [-1, 0.6], [1, 0], [-1, 0]])
      spots.push([x + ux * (r + w / 2) - w / 2, y + uy * (r + h / 2) - h / 2]);
  const spot = spots.find(free);
  return spot && [...spot, w, h];
}

/** What a group's button says to those who do not see it. */
export function name(data, item) {
  const { words } = data;
  const parts = kinds(data, item.all || item.events).map(([type, status, n]) => {
    const text = `${data.types[type].label} (${words[`status.${status}`]})`;
    return n > 1 ? `${n} × ${text}` : text;
  });
  const area = item.area ? `, ${words.area_note}` : "";
  return `${data.places.name[item.place]}${area}: ${parts.join(", ")}`;
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

/** A Leaflet marker with the group's button, a dot on the exact point and a line between them. */
export function marker(map, data, item, zoom, onclick) {
  const [x, y, w, h] = item.box;
  const dx = x - item.at[0];
  const dy = y - item.at[1];
  const many = item.joined.length > 0;
  const shown = item.kinds.slice(0, MOST);
  const symbols = shown.map(([type, status, n]) =>
    el("span", { class: "one" }, symbol(data, type, status), n > 1 ? el("span", { class: "n" }, n) : null),
  );
  const rest = item.kinds.length - shown.length;
  const button = el(
    "button",
    { type: "button", class: many ? "group many" : item.area ? "group area" : "group", "aria-label": name(data, item) },
    ...(many
      ? [el("span", { class: "count" }, item.all.length)]
      : [
          item.area ? el("span", { class: "where", dir: "auto" }, data.places.name[item.place]) : null,
          el("span", { class: "row" }, ...symbols, rest > 0 ? el("span", { class: "rest" }, `+${rest}`) : null),
          item.area && item.counts ? el("span", { class: "counts" }, item.counts) : null,
        ]),
  );
  Object.assign(button.style, { left: `${dx}px`, top: `${dy}px`, width: `${w}px`, height: `${h}px` });
  const root = el("div", { class: "pin" });
  const away = dx > 0 || dy > 0 || dx + w < 0 || dy + h < 0;
  if (!many && (!item.area || away)) {
    const [cx, cy] = [Math.max(dx, Math.min(0, dx + w)), Math.max(dy, Math.min(0, dy + h))];
    root.append(
      svg(
        "svg",
        { class: item.area ? "lead dotted" : "lead", width: "1", height: "1", "aria-hidden": "true" },
        svg("line", { x1: 0, y1: 0, x2: cx, y2: cy, class: "halo" }),
        svg("line", { x1: 0, y1: 0, x2: cx, y2: cy }),
        item.area ? null : svg("circle", { r: 3 }),
      ),
    );
  }
  root.append(button);
  button.addEventListener("click", (event) => {
    event.stopPropagation();
    onclick(item);
  });
  const latlng = map.unproject(item.at, zoom);
  const made = new Marker(latlng, {
    icon: new Element({ element: root }),
    keyboard: false,
    interactive: false,
    zIndexOffset: item.area ? 0 : 1000,
  });
  made.button = button;
  return made;
}

export function tooltip(data, item) {
  return fillIn("{name}", { name: name(data, item) });
}
