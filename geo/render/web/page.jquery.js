// jQuery as a global, for popups of folium.
import $ from "jquery";

window.$ = window.jQuery = $;
