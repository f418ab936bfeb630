"""Commands of the curator: ``places`` near, missing, add, import, map, a closer find and check; and ``cache``.

``add_to(group)`` adds them to the group of ``geomap.cli.places``. ``app`` and ``cache`` are groups of their own.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import typer

    app: typer.Typer
    cache: typer.Typer


def add_to(group: typer.Typer) -> None:
    """Add the commands to the group of places, in place of those of the same name."""
    from geomap.places_cli import growing, looking

    taken = {"find", "check"}
    group.registered_commands = [c for c in group.registered_commands if c.name not in taken]
    group.command("find", no_args_is_help=True)(looking.find_place)
    # a southern latitude is no option
    loose = {"ignore_unknown_options": True}
    group.command("near", no_args_is_help=True, context_settings=loose)(looking.near_point)
    group.command("check")(looking.check_places)
    group.command("missing", no_args_is_help=True)(growing.missing_places)
    group.command("add", no_args_is_help=True)(growing.add_place)
    group.command("import", no_args_is_help=True)(growing.import_places)
    group.command("map")(looking.map_places)


def __getattr__(name: str) -> Any:
    if name == "app":
        # the command line comes first: it asks this module for its commands while it is made
        places = import_module("geomap.cli.places")
        found = import_module("typer").Typer(help="The gazetteer.", no_args_is_help=True)
        found.command("list")(places.list_places)
        found.command("show", no_args_is_help=True)(places.show_place)
        add_to(found)
        return found
    if name == "cache":
        import_module("geomap.cli")
        # the module of this name would stand in for the group
        return import_module("geomap.places_cli.answers").cache
    raise AttributeError(name)
