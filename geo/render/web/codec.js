// Reads what geo/render/topology.py encodes: differences, zigzag, five bits a letter.
const DIGIT = new Uint8Array(128);
[..."ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"].forEach((letter, value) => {
  DIGIT[letter.charCodeAt(0)] = value;
});

/** Flat list x0, y0, x1, y1 ... of integers; with one axis a plain list of numbers. */
export function decode(text, axes = 2) {
  const out = [];
  const last = [0, 0];
  let value = 0;
  let shift = 0;
  let axis = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = DIGIT[text.charCodeAt(i)];
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      last[axis] += value & 1 ? ~(value >> 1) : value >> 1;
      out.push(last[axis]);
      axis = (axis + 1) % axes;
      value = shift = 0;
    }
  }
  return out;
}

/** The same for a long column of `n` numbers. */
export function decodeColumn(text, n) {
  const out = new Int32Array(n);
  let last = 0;
  let value = 0;
  let shift = 0;
  for (let i = 0, row = 0; row < n; i++) {
    const digit = DIGIT[text.charCodeAt(i)];
    value |= (digit & 31) << shift;
    shift += 5;
    if (digit < 32) {
      out[row++] = last += value & 1 ? ~(value >> 1) : value >> 1;
      value = shift = 0;
    }
  }
  return out;
}

/** Web Mercator in pixels of a world 256 wide, y down. */
export function mercator(lon, lat) {
  const sin = Math.sin((Math.max(-85, Math.min(85, lat)) * Math.PI) / 180);
  return [((lon + 180) / 360) * 256, (0.5 - Math.log((1 + sin) / (1 - sin)) / (4 * Math.PI)) * 256];
}

/** The turn of the world on which `x` (Mercator pixels) is nearest to another point. */
export function nearest(x, to) {
  return x + 256 * Math.round((to - x) / 256);
}
