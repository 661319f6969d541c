/*! geodispatch page for maps with folium layers, Apache-2.0. Contains the whole of Leaflet 1.9.4:
BSD 2-Clause License. Copyright (c) 2010-2023, Volodymyr Agafonkin. Copyright (c) 2010-2011, CloudMade.
All rights reserved. Redistribution and use in source and binary forms, with or without modification, are
permitted provided that the following conditions are met: 1. Redistributions of source code must retain the
above copyright notice, this list of conditions and the following disclaimer. 2. Redistributions in binary
form must reproduce the above copyright notice, this list of conditions and the following disclaimer in the
documentation and/or other materials provided with the distribution.
THIS SOFTWARE IS PROVIDED BY THE COPYRIGHT HOLDERS AND CONTRIBUTORS "AS IS" AND ANY EXPRESS OR IMPLIED
WARRANTIES, INCLUDING, BUT NOT LIMITED TO, THE IMPLIED WARRANTIES OF MERCHANTABILITY AND FITNESS FOR A
PARTICULAR PURPOSE ARE DISCLAIMED. IN NO EVENT SHALL THE COPYRIGHT HOLDER OR CONTRIBUTORS BE LIABLE FOR ANY
DIRECT, INDIRECT, INCIDENTAL, SPECIAL, EXEMPLARY, OR CONSEQUENTIAL DAMAGES (INCLUDING, BUT NOT LIMITED TO,
PROCUREMENT OF SUBSTITUTE GOODS OR SERVICES; LOSS OF USE, DATA, OR PROFITS; OR BUSINESS INTERRUPTION) HOWEVER
CAUSED AND ON ANY THEORY OF LIABILITY, WHETHER IN CONTRACT, STRICT LIABILITY, OR TORT (INCLUDING NEGLIGENCE
OR OTHERWISE) ARISING IN ANY WAY OUT OF THE USE OF THIS SOFTWARE, EVEN IF ADVISED OF THE POSSIBILITY OF SUCH
DAMAGE. */
// The page with all of Leaflet as `L`: what scripts of folium's layers and online tiles need.
import * as Leaflet from "leaflet/src/Leaflet.js";
import { icon, pin } from "./pins.js";
import { start } from "./start.js";

const L = { ...Leaflet };
L.Icon.Default.mergeOptions({ ...pin("#2a81cb", ""), shadowUrl: "", shadowRetinaUrl: "", iconRetinaUrl: "", imagePath: "data:" });
L.Icon.Default.prototype._getIconUrl = () => pin("#2a81cb", "").iconUrl;
L.AwesomeMarkers = { icon, Icon: L.Icon };
window.L = L;
if (document.getElementById("data")) start();
