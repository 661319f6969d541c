// One canvas under the markers; it follows the map, who moves that draws anew. While zooming Leaflet scales it.
import { Renderer } from "./parts.js";

export const Sheet = Renderer.extend({
  initialize(draw) {
    this._draw = draw;
    Renderer.prototype.initialize.call(this, { padding: 0.3 });
  },

  _initContainer() {
    this._container = document.createElement("canvas");
    this._container.setAttribute("aria-hidden", "true");
    this._context = this._container.getContext("2d");
  },

  _destroyContainer() {
    this._container.remove();
    delete this._context;
    delete this._container;
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    Renderer.prototype._update.call(this);
    const size = this._bounds.getSize();
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    this._container.width = Math.round(size.x * ratio);
    this._container.height = Math.round(size.y * ratio);
    this._container.style.width = `${size.x}px`;
    this._container.style.height = `${size.y}px`;
    const at = this._bounds.min;
    this._container.style.transform = `translate3d(${at.x}px,${at.y}px,0)`;
    this._container._leaflet_pos = at;
  },

  /** Leaflet tells that a view is another after it told where it ended, which `_update` has taken up. */
  _reset() {},

  redraw() {
    if (!this._context || !this._bounds) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    const origin = this._map.getPixelOrigin();
    const size = this._bounds.getSize();
    this._draw(this._context, {
      ratio,
      scale: 2 ** this._map.getZoom(),
      left: origin.x + this._bounds.min.x,
      top: origin.y + this._bounds.min.y,
      width: size.x,
      height: size.y,
      zoom: this._map.getZoom(),
      seen: this._map.getPixelBounds(),
    });
  },
});
