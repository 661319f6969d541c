// The state in the fragment of the address: #e-<id>&day=...&type=...; what is as at first is left out.
const MORE = ["source", "side", "place", "document"];

export function fragment(data, state) {
  const { filter } = state;
  const parts = state.selected === null ? [] : [`e-${encodeURIComponent(data.events.id[state.selected])}`];
  const add = (key, value) => value && parts.push(`${key}=${encodeURIComponent(value)}`);
  add("day", state.day);
  add("undated", state.undated ? "" : "0");
  add("q", filter.text);
  add("type", [...filter.types].map((type) => data.types[type].name).sort().join(","));
  add("status", filter.status);
  for (const key of MORE) add(key, filter[key]);
  return parts.join("&");
}

/** Write the state into the address, where there is one to keep it in (not in a sandboxed frame). */
export function keep(data, state) {
  const text = fragment(data, state);
  try {
    if (location.hash !== `#${text}` && (text || location.hash)) history.replaceState(null, "", `#${text}`);
  } catch {
    // nothing to keep it in
  }
}

/** Set the state from an address; false where the fragment is none of ours. Unknown values are left out. */
export function restore(data, state, hash, known) {
  if (!/^#(e-|\w+=)/.test(hash)) return false;
  const told = new Map();
  for (const part of hash.slice(1).split("&")) {
    const cut = part.indexOf("=");
    const key = cut < 0 ? "event" : part.slice(0, cut);
    told.set(key, decode(cut < 0 ? part.replace(/^e-/, "") : part.slice(cut + 1)));
  }
  const get = (key) => told.get(key) || "";
  const { filter } = state;
  state.day = /^\d{4}-\d\d-\d\d$/.test(get("day")) ? get("day") : "";
  state.undated = get("undated") !== "0";
  filter.text = get("q").toLowerCase();
  const names = new Set(get("type").split(","));
  filter.types = new Set(data.types.map((_, i) => i).filter((i) => names.has(data.types[i].name)));
  filter.status = data.events.status.includes(get("status")) ? get("status") : "";
  for (const key of MORE) filter[key] = get(key) && known(key).has(get(key)) ? get(key) : "";
  const event = data.find(get("event"));
  state.selected = event === undefined ? null : event;
  return true;
}

function decode(text) {
  try {
    return decodeURIComponent(text);
  } catch {
    return "";
  }
}
