// One of our layers on any Leaflet map: made by geo/render/folium_layer.py, drawn with the map's own global `L`.
import { el, said, svg } from "./dom.js";

/** Popup or tooltip: a title and lines, all as text. */
function sheet(title, lines) {
  return el("div", { class: "geodispatch" }, title ? said("b", title) : null, ...lines.map((line) => el("div", { dir: "auto" }, line)));
}

function symbol({ shape, glyph, fill, line, ink, dash, size, struck }) {
  const stroke = { fill: "none", "stroke-linecap": "round", "stroke-linejoin": "round" };
  return svg(
    "svg",
    { viewBox: "-14 -14 28 28", width: size, height: size, "aria-hidden": "true" },
    svg("path", { d: shape, fill, stroke: line, "stroke-width": 1.6, "stroke-dasharray": dash }),
    svg("path", { d: glyph, ...stroke, stroke: ink, "stroke-width": 1.8 }),
    struck ? svg("path", { d: "M-11 11L11-11", ...stroke, stroke: "#161616", "stroke-width": 2.2 }) : null,
  );
}

/** Patterns of the hatches, once in the page. */
function hatches(list) {
  for (const [id, angle, colour] of list) {
    if (document.getElementById(id)) continue;
    const line = svg("line", { x1: 0, y1: 0, x2: 12, y2: 0, stroke: colour, "stroke-width": 2.4 });
    const pattern = svg("pattern", { id, patternUnits: "userSpaceOnUse", width: 12, height: 12, patternTransform: `rotate(${-angle})` }, line);
    document.body.append(svg("svg", { width: 0, height: 0, "aria-hidden": "true" }, svg("defs", {}, pattern)));
  }
}

function place(L, feature, latlng) {
  const { style, title } = feature.properties;
  if (!style.symbol) return L.circleMarker(latlng, style);
  const { size, shift } = style.symbol;
  const iconAnchor = shift.map((by) => size / 2 - by);
  const icon = L.divIcon({ className: "", html: symbol(style.symbol), iconSize: [size, size], iconAnchor });
  return L.marker(latlng, { icon, alt: title, title });
}

window.geodispatchLayer = (L, data) => {
  hatches(data.hatches);
  const renderer = L.svg(); // hatches are SVG patterns, which a canvas does not know
  return L.geoJSON(data.features, {
    renderer,
    style: (feature) => ({ ...feature.properties.style, renderer }),
    pointToLayer: (feature, latlng) => place(L, feature, latlng),
    onEachFeature(feature, layer) {
      const { title, tooltip, popup } = feature.properties;
      if (popup) layer.bindPopup(() => sheet(title, popup), { maxWidth: 320 });
      if (tooltip) layer.bindTooltip(() => sheet(title, tooltip), { sticky: true });
    },
  });
};
