"""Completing ``data/places.geojson`` from others' tables: ids, second sources, what places lie in, names."""
