// Paints the canvas: land, water, tints, lines, claims, areas, movements, labels.
import { el, fillIn } from "./dom.js";
import { mercator, nearest } from "./codec.js";

const FONT = '"Helvetica Neue", Arial, "Liberation Sans", sans-serif';

/** A painter bound to the data; `state` says what is shown and selected. */
export function painter(data, state) {
  return (context, view) => {
    const brush = new Brush(context, view, data, state);
    brush.sea();
    for (const turn of brush.turns()) {
      brush.turn = turn;
      if (!state.tiles) brush.ground();
      if (state.show.regions) brush.tints();
      if (!state.tiles) brush.water();
      if (!state.tiles) brush.borders();
      if (data.control && state.show.control) brush.control();
      if (state.show.claims) brush.claims();
      brush.areas();
    }
    if (state.show.flows) brush.flows();
    brush.labels();
  };
}

/** One dot of an area of control, as a tile. */
function dot(colour) {
  const tile = el("canvas", { width: 8, height: 8 });
  const context = tile.getContext("2d");
  context.fillStyle = colour;
  context.arc(4, 4, 1.3, 0, 7);
  context.fill();
  return tile;
}

class Brush {
  constructor(context, view, data, state) {
    Object.assign(this, { context, view, data, state });
    const { paths } = data;
    this.paths = paths;
    this.turn = 0;
    this.middle = (view.left + view.width / 2) / view.scale;
    this.dark = state.dark();
    this.paper = data.paper[this.dark ? 1 : 0];
    context.setTransform(1, 0, 0, 1, 0, 0);
    context.clearRect(0, 0, context.canvas.width, context.canvas.height);
    context.lineJoin = "round";
    context.lineCap = "round";
  }

  /** Coordinates of the paths: Mercator pixels from the data's origin. */
  inMap() {
    const { ratio, scale, left, top } = this.view;
    const [ox, oy] = this.paths.origin;
    const k = ratio * scale;
    this.context.setTransform(k, 0, 0, k, ratio * ((ox + this.turn) * scale - left), ratio * (oy * scale - top));
  }

  /** By how many Mercator pixels the world must be moved to fill the view: once, or again across the antimeridian. */
  turns() {
    const { left, scale, width } = this.view;
    const [from, to] = this.paths.span;
    const found = [];
    for (let n = Math.floor((left / scale - to) / 256); n <= Math.ceil(((left + width) / scale - from) / 256); n++)
      if (to + 256 * n > left / scale && from + 256 * n < (left + width) / scale) found.push(256 * n);
    return found;
  }

  /** Coordinates of the screen: CSS pixels from the canvas's corner. */
  onScreen() {
    const { ratio } = this.view;
    this.context.setTransform(ratio, 0, 0, ratio, 0, 0);
  }

  /** Where a Mercator point stands on the canvas, CSS pixels: on the turn of the world nearest to `middle`. */
  at([x, y], middle = this.middle) {
    const { scale, left, top } = this.view;
    return [nearest(x, middle) * scale - left, y * scale - top];
  }

  width(pixels) {
    this.context.lineWidth = pixels / this.view.scale;
  }

  dash(pattern) {
    const parts = pattern ? pattern.split(" ").map((part) => Number(part) / this.view.scale) : [];
    this.context.setLineDash(parts);
  }

  sea() {
    const { context, paper, state } = this;
    if (state.tiles) return;
    context.fillStyle = paper.water;
    context.fillRect(0, 0, context.canvas.width, context.canvas.height);
  }

  ground() {
    const { context, paper, paths } = this;
    this.inMap();
    context.fillStyle = paper.far;
    context.fill(paths.far, "evenodd");
    // Its edges are rounded to its grid: a line in its own colour shuts the seam to the land with detail.
    context.strokeStyle = paper.far;
    this.width(1.5);
    this.dash("");
    context.stroke(paths.far);
    context.fillStyle = paper.land;
    context.strokeStyle = paper.land;
    this.width(0.6);
    for (const unit of paths.units) {
      context.fill(unit.path, "evenodd");
      context.stroke(unit.path);
    }
  }

  tints() {
    const { context, data, state } = this;
    const [steps, light, dark] = data.tints;
    const { regions } = data;
    this.inMap();
    regions.id.forEach((id, number) => {
      const step = steps.filter((least) => state.inUnit[number] >= least).length - 1;
      const area = step >= 0 && this.paths.area(id);
      if (!area) return;
      context.fillStyle = (this.dark ? dark : light)[step];
      context.globalAlpha = state.tiles ? 0.6 : 1;
      context.fill(area.path, "evenodd");
      context.globalAlpha = 1;
    });
  }

  water() {
    const { context, paper, paths } = this;
    this.inMap();
    context.fillStyle = paper.water;
    context.fill(paths.lakes, "evenodd");
    context.strokeStyle = paper.river;
    this.width(1.3);
    this.dash("");
    context.stroke(paths.rivers);
  }

  borders() {
    const { context, paper, paths } = this;
    this.inMap();
    this.dash("");
    const line = (kind, colour, width) => {
      context.strokeStyle = colour;
      this.width(width);
      context.stroke(paths.lines[kind]);
    };
    if (this.view.zoom >= 4) line("unit", paper.unit, 0.8);
    line("coast", paper.coast, 0.9);
    line("border", paper.border, this.view.zoom < 4 ? 0.8 : 1.5);
  }

  claims() {
    const { context, data, state } = this;
    const [angles, light, dark] = data.hatch;
    for (const claim of state.claims) {
      const colour = (this.dark ? dark : light)[claim.hatch];
      for (const id of claim.areas) {
        const area = this.paths.area(id);
        if (!area) continue;
        this.hatch(area, angles[claim.hatch], colour);
        this.inMap();
        context.strokeStyle = colour;
        this.width(1.8);
        this.dash(data.lines[claim.line]);
        context.stroke(area.line);
      }
    }
    this.dash("");
  }

  /** Areas of control: tinted and dotted, never hatched, with a solid edge. */
  control() {
    const { context, data, view } = this;
    const colours = data.controls[this.dark ? 1 : 0];
    for (const area of data.held) {
      const colour = colours[area.party % colours.length];
      context.save();
      this.inMap();
      context.clip(area.path, "evenodd");
      this.onScreen();
      context.fillStyle = colour;
      context.globalAlpha = 0.28;
      context.fillRect(0, 0, view.width, view.height);
      context.globalAlpha = 1;
      context.fillStyle = context.createPattern(dot(colour), "repeat");
      context.fillRect(0, 0, view.width, view.height);
      context.restore();
      this.inMap();
      context.strokeStyle = colour;
      this.width(2);
      this.dash("");
      context.stroke(area.line);
    }
  }

  /** Parallel lines over an area, 9 px apart, fixed to the map so that they do not swim when it moves. */
  hatch(area, angle, colour) {
    const { context } = this;
    context.save();
    this.inMap();
    context.clip(area.path, "evenodd");
    context.setTransform(1, 0, 0, 1, 0, 0);
    this.onScreen();
    const corners = [0, 2].flatMap((i) => [1, 3].map((j) => this.exactly(area.box[i], area.box[j])));
    const turn = (-angle * Math.PI) / 180;
    const normal = [-Math.sin(turn), Math.cos(turn)];
    const along = [Math.cos(turn), Math.sin(turn)];
    const clamp = ([x, y]) => [
      Math.max(-50, Math.min(this.view.width + 50, x)),
      Math.max(-50, Math.min(this.view.height + 50, y)),
    ];
    const seen = corners.map(clamp);
    const heights = seen.map(([x, y]) => x * normal[0] + y * normal[1]);
    const lengths = seen.map(([x, y]) => x * along[0] + y * along[1]);
    const gap = 9;
    const anchor = this.exactly(0, 0);
    const offset = (anchor[0] * normal[0] + anchor[1] * normal[1]) % gap;
    const [from, to] = [Math.min(...lengths), Math.max(...lengths)];
    context.beginPath();
    const first = Math.floor((Math.min(...heights) - offset) / gap) * gap + offset;
    for (let h = first; h <= Math.max(...heights) + gap; h += gap) {
      context.moveTo(normal[0] * h + along[0] * from, normal[1] * h + along[1] * from);
      context.lineTo(normal[0] * h + along[0] * to, normal[1] * h + along[1] * to);
    }
    context.strokeStyle = colour;
    context.globalAlpha = this.dark ? 0.7 : 0.6;
    context.lineWidth = 1.1;
    context.setLineDash([]);
    context.stroke();
    context.restore();
  }

  /** Where a point of the paths stands on the canvas, on this turn of the world. */
  exactly(x, y) {
    const { scale, left, top } = this.view;
    return [(x + this.paths.origin[0] + this.turn) * scale - left, (y + this.paths.origin[1]) * scale - top];
  }

  /** Outlines of regions that events are only known to, and of what is selected. */
  areas() {
    const { context, data, state } = this;
    const ink = this.dark ? "#f2f2f2" : "#1d1d1d";
    for (const group of state.groups || []) {
      if (!(group.area || group.vague) || (!group.selected && this.quietArea(group.place))) continue;
      this.outline(group.place, ink, group.selected ? 2.6 : 1.2, group.selected ? "" : "1 3");
    }
    const chosen = state.selected;
    if (chosen === null || chosen === undefined) return;
    for (const place of data.events.places[chosen]) {
      if (data.places.area[place]) this.outline(place, ink, 2.6, "");
      else if (data.places.precision_km[place] > 1) this.circle(place, ink, 1.4, "4 3");
    }
    context.setLineDash([]);
  }

  /** Areas whose outline is drawn already, or would only frame the map. */
  quietArea(place) {
    const { places } = this.data;
    const { claims, show } = this.state;
    if (places.kind[place] === "country" || places.kind[place] === "continent") return true;
    return show.claims && claims.some((claim) => claim.areas.includes(places.id[place]));
  }

  outline(place, colour, width, dash) {
    const { context, data } = this;
    const area = this.paths.area(data.places.id[place]);
    if (!area) {
      this.circle(place, colour, width, dash || "1 3");
      return;
    }
    this.inMap();
    context.strokeStyle = colour;
    this.width(width);
    this.dash(dash);
    context.stroke(area.line);
  }

  /** Radius of uncertainty, to scale. */
  circle(place, colour, width, dash) {
    const { context, data, view } = this;
    const km = data.places.precision_km[place];
    if (!(km > 0)) return;
    const lat = (data.places.lat[place] * Math.PI) / 180;
    const radius = ((km / 40075) * 256 * view.scale) / Math.max(Math.cos(lat), 0.05);
    const [x, y] = this.at(data.point[place]);
    this.onScreen();
    context.beginPath();
    context.arc(x, y, radius, 0, 2 * Math.PI);
    context.strokeStyle = colour;
    context.lineWidth = width;
    context.setLineDash(dash ? dash.split(" ").map(Number) : []);
    context.stroke();
    context.setLineDash([]);
  }

  flows() {
    const { context, data, state } = this;
    const { flows } = data;
    this.heads = [];
    this.onScreen();
    flows.event.forEach((name, number) => {
      const event = data.find(name);
      if (!state.visible(event) || flows.from[number] < 0 || flows.to[number] < 0) return;
      const family = state.family(data.types[flows.type[number]].family);
      const chosen = state.selected === event;
      const bend = this.bend(data.point[flows.from[number]], data.point[flows.to[number]]);
      for (const [colour, width] of [
        [this.paper.halo, chosen ? 6.5 : 5],
        [family, chosen ? 3.6 : 2.4],
      ]) {
        context.strokeStyle = colour;
        context.fillStyle = colour;
        context.lineWidth = width;
        const dash = data.dashes[flows.status[number]];
        context.setLineDash(dash && colour !== this.paper.halo ? [7, 5] : []);
        this.arrow(bend, width);
      }
      this.heads.push([bend.x1 - 9, bend.y1 - 9, 18, 18]);
    });
    context.setLineDash([]);
  }

  bend(a, b) {
    const [x0, y0] = this.at(a);
    const [x1, y1] = this.at(b, nearest(a[0], this.middle));
    const [dx, dy] = [x1 - x0, y1 - y0];
    const lift = dx >= 0 ? -0.16 : 0.16;
    return { x0, y0, x1, y1, cx: (x0 + x1) / 2 - dy * lift, cy: (y0 + y1) / 2 + dx * lift };
  }

  arrow({ x0, y0, x1, y1, cx, cy }, width) {
    const { context } = this;
    const [dx, dy] = [x1 - cx, y1 - cy];
    const length = Math.hypot(dx, dy) || 1;
    const [ux, uy] = [dx / length, dy / length];
    const head = 7 + width * 2;
    const [bx, by] = [x1 - ux * head * 0.8, y1 - uy * head * 0.8];
    context.beginPath();
    context.moveTo(x0, y0);
    context.quadraticCurveTo(cx, cy, bx, by);
    context.stroke();
    context.setLineDash([]);
    context.beginPath();
    context.moveTo(x1, y1);
    context.lineTo(x1 - ux * head - uy * head * 0.5, y1 - uy * head + ux * head * 0.5);
    context.lineTo(x1 - ux * head + uy * head * 0.5, y1 - uy * head - ux * head * 0.5);
    context.closePath();
    context.fill();
  }

  labels() {
    const { data, state, view } = this;
    this.onScreen();
    this.taken = (state.boxes || []).map(([x, y, w, h]) => [x - view.left, y - view.top, w, h]);
    this.taken.push(...(this.heads || []));
    const { paper } = this;
    const drawnArea = new Set((state.groups || []).filter((g) => g.area).map((g) => data.places.id[g.place]));
    const { units } = data.base;
    const big = view.zoom >= 4.5;
    const told = new Set(data.regions.id.map((id) => id.split("-")[0]));
    for (const [name, lon, lat, size] of data.base.countries)
      if ((size / 360) * 256 * view.scale > 34)
        this.label(mercator(lon, lat), [[name.toUpperCase(), 12, 600, paper.quiet, 1.6]], true);
    if (data.held && state.show.control)
      for (const area of data.held) this.label(area.at, [[data.control.parties[area.party], 11.5, 700, paper.label, 0]], true);
    if (state.show.mentions) this.mentions();
    for (const [id, name, lon, lat] of units) {
      const number = data.regionOf.get(id);
      if (drawnArea.has(id)) continue;
      if (number !== undefined && state.show.regions && view.zoom >= 3.5) {
        const lines = [[name, 11.5, 600, paper.label, 0]];
        if (data.regions.mentions[number] || state.inUnit[number])
          lines.push([this.counts(number), 10.5, 400, paper.quiet, 0]);
        this.label(mercator(lon, lat), lines, true);
      }
    }
    if (big)
      for (const [id, name, lon, lat] of units)
        if (id.includes("-") && data.regionOf.get(id) === undefined && view.zoom >= (told.has(id.split("-")[0]) ? 5 : 7))
          this.label(mercator(lon, lat), [[name, 10.5, 400, paper.quiet, 0]], true);
  }

  counts(number) {
    const { regions, words } = this.data;
    return fillIn(words.counts, { mentions: regions.mentions[number], events: this.state.inUnit[number] });
  }

  mentions() {
    const { context, data, state, paper } = this;
    const { places } = data;
    const used = new Set((state.groups || []).map((group) => group.place));
    places.id.forEach((_, number) => {
      if (places.area[number] || !places.mentions[number]) return;
      const [x, y] = this.at(data.point[number]);
      const radius = 2.5 + Math.sqrt(places.mentions[number]) * 1.2;
      context.beginPath();
      context.arc(x, y, radius, 0, 2 * Math.PI);
      context.fillStyle = paper.halo;
      context.strokeStyle = paper.label;
      context.lineWidth = 1.4;
      context.fill();
      context.stroke();
      this.taken.push([x - radius, y - radius, 2 * radius, 2 * radius]);
      if (used.has(number)) return;
      const text = fillIn("{name} · {n}", { name: places.name[number], n: places.mentions[number] });
      this.label(data.point[number], [[text, 11, 400, paper.label, 0]], false, radius + 4);
    });
  }

  /** Lines of text at a point, centred or beside it, where nothing else stands; else none. */
  label(point, lines, centred, gap = 0) {
    const { context } = this;
    const [x, y] = this.at(point);
    if (x < -200 || y < -100 || x > this.view.width + 200 || y > this.view.height + 100) return;
    const sizes = lines.map(([text, size, weight, , spacing]) => {
      context.font = `${weight} ${size}px ${FONT}`;
      return context.measureText(text).width + text.length * spacing;
    });
    const width = Math.max(...sizes);
    const height = lines.reduce((sum, line) => sum + line[1] + 3, 0);
    const spots = centred
      ? [0, 0.7, -0.7, 1.2, -1.2, 2, -2].map((n) => [x - width / 2, y - height / 2 + n * height])
      : [
          [x + gap, y - height / 2],
          [x - gap - width, y - height / 2],
          [x - width / 2, y + gap],
          [x - width / 2, y - gap - height],
        ];
    const spot = spots.find(([left, top]) => this.free(left - 2, top - 1, width + 4, height + 2) && this.whole(left, top, width, height));
    if (!spot) return;
    this.taken.push([spot[0] - 2, spot[1] - 1, width + 4, height + 2]);
    let top = spot[1];
    lines.forEach(([text, size, weight, colour, spacing], i) => {
      context.font = `${weight} ${size}px ${FONT}`;
      this.write(text, spot[0] + (centred ? (width - sizes[i]) / 2 : 0), top + size, colour, spacing);
      top += size + 3;
    });
  }

  write(text, x, y, colour, spacing) {
    const { context, paper } = this;
    if ("letterSpacing" in context) context.letterSpacing = `${spacing}px`;
    context.strokeStyle = paper.halo;
    context.lineWidth = 3;
    context.strokeText(text, x, y);
    context.fillStyle = colour;
    context.fillText(text, x, y);
    if ("letterSpacing" in context) context.letterSpacing = "0px";
  }

  /** Whether the edge of what is seen does not cut a box. */
  whole(x, y, w, h) {
    const { left, seen, top } = this.view;
    const cut = (from, size, low, high) => (from < low && from + size > low) || (from < high && from + size > high);
    const inside = (from, size, low, high) => from + size > low && from < high;
    const [x0, y0, x1, y1] = [seen.min.x - left, seen.min.y - top, seen.max.x - left, seen.max.y - top];
    return !(cut(x, w, x0, x1) && inside(y, h, y0, y1)) && !(cut(y, h, y0, y1) && inside(x, w, x0, x1));
  }

  free(x, y, w, h) {
    return this.taken.every(([a, b, c, d]) => x + w < a || a + c < x || y + h < b || b + d < y);
  }
}
