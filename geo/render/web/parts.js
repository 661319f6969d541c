// The parts of Leaflet that the page uses, from its sources: half of the whole.
import { Map as LeafletMap } from "leaflet/src/map/Map.js";
import { BoxZoom } from "leaflet/src/map/handler/Map.BoxZoom.js";
import { DoubleClickZoom } from "leaflet/src/map/handler/Map.DoubleClickZoom.js";
import { Drag } from "leaflet/src/map/handler/Map.Drag.js";
import { Keyboard } from "leaflet/src/map/handler/Map.Keyboard.js";
import { ScrollWheelZoom } from "leaflet/src/map/handler/Map.ScrollWheelZoom.js";
import { TapHold } from "leaflet/src/map/handler/Map.TapHold.js";
import { TouchZoom } from "leaflet/src/map/handler/Map.TouchZoom.js";

Object.assign(LeafletMap, { BoxZoom, DoubleClickZoom, Drag, Keyboard, ScrollWheelZoom, TapHold, TouchZoom });

export { LeafletMap };
export { Control } from "leaflet/src/control/Control.js";
export { zoom } from "leaflet/src/control/Control.Zoom.js";
export { scale } from "leaflet/src/control/Control.Scale.js";
export { Icon } from "leaflet/src/layer/marker/Icon.js";
export { Marker } from "leaflet/src/layer/marker/Marker.js";
export { Popup } from "leaflet/src/layer/Popup.js";
export { Renderer } from "leaflet/src/layer/vector/Renderer.js";
export { toLatLng as latLng } from "leaflet/src/geo/LatLng.js";
export { toLatLngBounds as latLngBounds } from "leaflet/src/geo/LatLngBounds.js";
