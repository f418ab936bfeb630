"""A QGIS project over one GeoPackage (stub until the styles are in)."""
