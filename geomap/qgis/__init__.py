"""Styles and a project for QGIS, written as QGIS writes them, without QGIS.

``style`` is a layer style (``.qml``), ``project`` a project over the layers of one GeoPackage.
"""


from geomap.qgis.style import style

__all__ = ["style"]
