"""Styles and a project for QGIS, written as QGIS writes them, without QGIS.

``style`` is a layer style (``.qml``), ``project`` a project over one GeoPackage, ``archive`` the project's ``.qgz``.
"""

from geomap.qgis.project import archive, project
from geomap.qgis.style import style

__all__ = ["archive", "project", "style"]
