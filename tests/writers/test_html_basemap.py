"""The basemap packs and how one is chosen."""

from __future__ import annotations

import json

import pytest

from geomap.geo import LonLat
from geomap.writers.html.basemap import Names, choose_pack, located, packs, view_box
from geomap.writers.html.labels import load_labels
from tests.support.sample import sample_incidents, sample_places

ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"


def decode(text: str, scale: int) -> list[tuple[float, float]]:
    """What basemap.js does."""
    values, value, shift = [], 0, 0
    for letter in text:
        digit = ALPHABET.index(letter)
        value |= (digit & 31) << shift
        shift += 5
        if digit < 32:
            values.append(~(value >> 1) if value & 1 else value >> 1)
            value = shift = 0
    points, lon, lat = [], 0, 0
    for dlon, dlat in zip(values[::2], values[1::2], strict=True):
        lon, lat = lon + dlon, lat + dlat
        points.append((lon / scale, lat / scale))
    return points


@pytest.mark.parametrize("name", [p.name for p in packs()])
def test_a_pack_decodes_to_points_on_earth_and_closed_rings(name: str) -> None:
    pack = json.loads(next(p for p in packs() if p.name == name).text)
    arcs = [decode(text, pack["scale"]) for text in pack["arcs"]]
    assert all(-180.01 <= lon <= 180.01 and -90 <= lat <= 90 for arc in arcs for lon, lat in arc)
    for polygons in pack["countries"].values():
        for ring in (ring for polygon in polygons for ring in polygon):
            ends = [(arcs[a][0], arcs[a][-1]) if a >= 0 else (arcs[~a][-1], arcs[~a][0]) for a in ring]
            assert all(ends[n][1] == ends[(n + 1) % len(ends)][0] for n in range(len(ends)))
    assert pack["credit"]
    assert pack["vintage"]


@pytest.mark.parametrize(
    ("lonlat", "name"),
    [
        ((46.7, 39.8), "south-caucasus"),
        ((36.3, 33.5), "levant-iraq"),
        ((37.5, 47.1), "ukraine"),
        ((32.5, 15.6), "sudan"),
        ((44.2, 15.3), "yemen"),
        ((13.2, 32.9), "libya"),
        ((-3.0, 16.7), "sahel"),
        ((-74.0, 40.7), "world"),
    ],
)
def test_the_pack_of_the_region_is_taken(lonlat: tuple[float, float], name: str) -> None:
    assert choose_pack([LonLat(*lonlat)]).name == name


def test_a_day_in_two_regions_takes_the_world() -> None:
    assert choose_pack([LonLat(37.5, 47.1), LonLat(32.5, 15.6)]).name == "world"


def test_names_on_the_map_are_in_arabic_and_latin_with_countries_first() -> None:
    names = Names(sample_places().values()).near(view_box(located(sample_incidents())))
    assert names[0][4] == "country"
    assert all(row[0] and row[1] for row in names)
    assert not any(row[1] == "Soviet Union" for row in names)


def test_label_files_have_the_same_interface_keys() -> None:
    english, arabic = load_labels("en"), load_labels("ar")
    assert english.ui.keys() == arabic.ui.keys()
    for key, text in english.ui.items():
        assert text.count("{") == arabic.ui[key].count("{"), key


def test_own_labels_add_names_and_replace_interface_words() -> None:
    own = load_labels("en", {"Armenia": "Hayastan", "index": "Days"})
    assert own.word("Armenia") == "Hayastan"
    assert own.ui["index"] == "Days"
