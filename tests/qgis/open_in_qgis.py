"""Runs under Debian's Python with QGIS: opens files as a user would and prints what QGIS makes of them as JSON.

``/usr/bin/python3 open_in_qgis.py JOB.json``; a job has ``layers`` (name -> source), and may have ``project`` (its
address) and ``png`` (where to draw the project, or else the layers).
"""

import json
import os
import sys
from pathlib import Path

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

from qgis.core import (
    QgsApplication,
    QgsMapRendererParallelJob,
    QgsMapSettings,
    QgsProject,
    QgsVectorLayer,
)
from qgis.PyQt.QtCore import QSize
from qgis.PyQt.QtGui import QColor

MESSAGES = []


def describe(layer):
    renderer = layer.renderer()
    found = {
        "valid": layer.isValid(),
        "name": layer.name(),
        "features": layer.featureCount(),
        "geometry": int(layer.geometryType()) if layer.isValid() else None,
        "types": {f.name(): f.typeName() for f in layer.fields()},
        "aliases": {f.name(): f.alias() for f in layer.fields()},
        "renderer": renderer.type() if renderer else None,
        "map_tip": layer.mapTipTemplate(),
        "display": layer.displayExpression(),
    }
    if found["renderer"] == "categorizedSymbol":
        # Each part is kept in a name: QGIS frees what Python has no hold of, and crashes.
        categories = renderer.categories()
        found["categories"] = {c.value(): c.label() for c in categories}
        symbol = categories[0].symbol().clone()
        symbol_layer = symbol.symbolLayer(0)
        driven = symbol_layer.dataDefinedProperties()
        definitions = symbol_layer.propertyDefinitions()
        found["driven"] = sorted(definitions[key].name() for key in driven.propertyKeys() if driven.isActive(key))
    found["labels"] = layer.labeling().settings().fieldName if layer.isSpatial() and layer.labelsEnabled() else None
    temporal = layer.temporalProperties()
    found["temporal"] = {
        "active": temporal.isActive(),
        "mode": int(temporal.mode()),
        "start": temporal.startField(),
        "end": temporal.endField(),
    }
    return found


def rows(layer):
    names = [f.name() for f in layer.fields()]
    out = []
    for feature in layer.getFeatures():
        row = {}
        for name, value in zip(names, feature.attributes(), strict=True):
            row[name] = value if not hasattr(value, "isNull") else None if value.isNull() else value.toString(1)
        out.append(row)
    return out


def draw(layers, extent, path):
    settings = QgsMapSettings()
    settings.setLayers(layers)
    settings.setBackgroundColor(QColor(207, 223, 230))
    settings.setOutputSize(QSize(1200, 800))
    settings.setDestinationCrs(layers[0].crs())
    settings.setExtent(extent)
    settings.setTransformContext(QgsProject.instance().transformContext())
    job = QgsMapRendererParallelJob(settings)
    job.start()
    job.waitForFinished()
    job.renderedImage().save(path)
    return [error.message for error in job.errors()]


def main(job):
    QgsApplication.messageLog().messageReceived.connect(
        lambda text, tag, level: MESSAGES.append([tag, text]) if int(level) > 0 else None
    )
    result = {"layers": {}}
    opened = []
    for name, source in job["layers"].items():
        # As the application does it; the constructor's own way lets a guess overwrite the style's temporal fields.
        layer = QgsVectorLayer(source, name, "ogr", QgsVectorLayer.LayerOptions(loadDefaultStyle=False))
        layer.loadDefaultStyle()
        opened.append(layer)
        result["layers"][name] = describe(layer)
        if name in job.get("rows", ()):
            result["layers"][name]["rows"] = rows(layer)
    if job.get("project"):
        project = QgsProject.instance()
        result["read"] = project.read(job["project"])
        result["project"] = {layer.name(): describe(layer) for layer in project.mapLayers().values()}
        result["relations"] = {
            name: [
                r.isValid(),
                r.referencingLayer().name() if r.isValid() else "",
                r.referencedLayer().name() if r.isValid() else "",
            ]
            for name, r in project.relationManager().relations().items()
        }
        root = project.layerTreeRoot()
        result["tree"] = {group.name(): [child.name() for child in group.findLayers()] for group in root.findGroups()}
        if job.get("png"):
            shown = [layer for layer in root.checkedLayers() if layer.isSpatial()]
            extent = next(layer for layer in shown if layer.id() == "geomap_incidents").extent()
            extent.scale(1.3)
            result["draw_errors"] = draw(shown, extent, job["png"])
    result["messages"] = MESSAGES
    return result


if __name__ == "__main__":
    given = json.loads(Path(sys.argv[1]).read_text("utf-8"))
    app = QgsApplication([], False)
    app.initQgis()
    found = main(given)
    # Written to a file, as QGIS talks on stdout; left without teardown, which crashes at times.
    Path(given["answer"]).write_text(json.dumps(found, ensure_ascii=False, default=str), "utf-8")
    os._exit(0)
