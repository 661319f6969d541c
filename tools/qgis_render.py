"""Open a GeoPackage in QGIS, without a window, and save what its default styles make of it.

Run by hand with the Python that has QGIS (on Debian: ``apt-get install python3-qgis``), not part of the tests:

    geo export seeds/ -o out/events.gpkg
    QT_QPA_PLATFORM=offscreen /usr/bin/python3 tools/qgis_render.py out/events.gpkg docs/pictures/qgis.png 28,44,42,53

The last argument is the view (west, south, east, north in degrees), by default all events.

A layer that QGIS refuses, or whose default style it does not load, ends the run with a message.
"""

from __future__ import annotations

import sys
from pathlib import Path

from qgis.core import (  # type: ignore[import-not-found]
    QgsApplication,
    QgsMapRendererSequentialJob,
    QgsMapSettings,
    QgsRectangle,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize  # type: ignore[import-not-found]
from qgis.PyQt.QtGui import QColor  # type: ignore[import-not-found]

DRAWN = ("events", "flows", "claims", "regions")
"""Layers from the top down; the others have no place of their own on this picture."""

SIZE = QSize(1280, 800)
MARGIN = 1.15


def layers(package: Path) -> list[QgsVectorLayer]:
    """Load the drawn layers that the file has, each with the style it carries."""
    loaded = []
    for name in DRAWN:
        layer = QgsVectorLayer(f"{package}|layername={name}", name, "ogr")
        if not layer.isValid() or not layer.featureCount():
            print(f"{name}: not there, or empty")
            continue
        message, found = layer.loadDefaultStyle()
        if not found:
            raise SystemExit(f"{name}: QGIS loads no default style: {message}")
        print(f"{name}: {layer.featureCount()} features, drawn by {layer.renderer().type()}")
        loaded.append(layer)
    return loaded


def main(package: Path, picture: Path, view: str | None = None) -> None:
    """Render the package into a picture."""
    QgsApplication.setPrefixPath("/usr", True)
    application = QgsApplication([], False)
    application.initQgis()
    drawn = layers(package)
    settings = QgsMapSettings()
    settings.setLayers(drawn)
    settings.setBackgroundColor(QColor("#f6f7f8"))
    settings.setOutputSize(SIZE)
    if view:
        extent = QgsRectangle(*map(float, view.split(",")))
    else:
        extent = drawn[0].extent()
        extent.scale(MARGIN)
    settings.setExtent(extent)
    job = QgsMapRendererSequentialJob(settings)
    job.start()
    job.waitForFinished()
    if not job.renderedImage().save(str(picture)):
        raise SystemExit(f"{picture} cannot be written")
    application.exitQgis()


if __name__ == "__main__":
    if len(sys.argv) not in (3, 4):
        raise SystemExit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:])
