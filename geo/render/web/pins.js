// Pins for folium's markers, drawn here: folium takes them from web fonts and images on the network.
import { Icon } from "leaflet/src/layer/marker/Icon.js";

const COLOURS = {
  red: "#d33d2a", darkred: "#a03336", lightred: "#ff8e7f", orange: "#f69730", beige: "#ffcb92", green: "#72b026",
  darkgreen: "#728224", lightgreen: "#bbf970", blue: "#38aadd", darkblue: "#00649f", cadetblue: "#436978",
  lightblue: "#8adaff", purple: "#d252b9", darkpurple: "#5b396b", pink: "#ff91ea", white: "#fbfbfb", gray: "#575757",
  lightgray: "#a3a3a3", black: "#303030",
};
/** Characters for the icon names that have one; the same list is in geo/render/folium_assets.py. */
const SIGNS = {
  "info-sign": "i", info: "i", star: "\u2605", plus: "+", minus: "\u2212", remove: "\u00d7", times: "\u00d7", ok: "\u2713",
  check: "\u2713", flag: "\u2691", "question-sign": "?", question: "?", "exclamation-sign": "!", exclamation: "!",
  heart: "\u2665", home: "\u2302", cloud: "\u2601", envelope: "\u2709", circle: "\u25cf",
};

/** Options of a Leaflet icon: a pin as a data: image. */
export function pin(colour, sign, ink = "#fff") {
  const safe = (text) => String(text).replace(/[^#\w(),.% -]/g, "");
  const mark = sign
    ? `<text x="12.5" y="18" text-anchor="middle" font-family="Arial,sans-serif" font-weight="700" font-size="14" fill="${safe(ink)}">${sign}</text>`
    : `<circle cx="12.5" cy="12.5" r="4.5" fill="${safe(ink)}"/>`;
  const drawing =
    `<svg xmlns="http://www.w3.org/2000/svg" width="25" height="41" viewBox="0 0 25 41"><path d="M12.5 .7C5.9.7.7 5.9.7 12.5c0 9 11.8 27.3 11.8 27.3s11.8-18.3 11.8-27.3C24.3 5.9 19.1.7 12.5.7z" ` +
    `fill="${safe(colour)}" stroke="#333" stroke-width="1"/>${mark}</svg>`;
  return { iconUrl: `data:image/svg+xml,${encodeURIComponent(drawing)}`, iconSize: [25, 41], iconAnchor: [12, 41], popupAnchor: [1, -34], tooltipAnchor: [14, -26] };
}

/** What folium calls `L.AwesomeMarkers.icon`. */
export function icon(options) {
  const sign = SIGNS[String(options.icon || "").replace(/^fa-/, "")] || "";
  return new Icon({ ...pin(COLOURS[options.markerColor] || "#38aadd", sign, options.iconColor || "#fff"), className: options.className || "" });
}
