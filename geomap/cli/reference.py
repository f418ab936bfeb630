"""The reference of the command line from its own help: ``python -m geomap.cli.reference > docs/cli.md``."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from geomap.cli.talk import emit

WIDTH = 100
_HEAD = """# Command line

This page is the help of `geomap` itself (`python -m geomap.cli.reference > docs/cli.md`); a test holds them together.

Data go to stdout, talk to stderr. Messages read `where: what is wrong (the value). what to do.`

| exit code | means |
|---|---|
| 0 | done |
| 1 | failed, and nothing was written; `check` found something, `find` nothing |
| 2 | the call makes no sense |
| 3 | written, with warnings or errors among the issues, under `--strict` |
| 130 | interrupted, and nothing was written |

The steps make the same incidents as `map`:

```
geomap read seeds | geomap geoparse - | geomap extract - | geomap merge - | geomap export - incidents.geojson
```

`read`, `geoparse` and `extract` all take articles, so `geomap extract seeds` does in one go what the first three do.
`extract` takes the mentions of `geoparse`'s lines as they stand there, so what you correct between the two counts:
delete a mention, give it another `role` or `place` (the id of a curated place is enough), or add one by its `start` and
`end`.
Each line of `extract` follows the JSON Schema `schema/document.schema.json` of the data. Files given with `--places`
are wanted by every step that comes after.
"""


def reference() -> str:
    """The page as Markdown."""
    from geomap.cli.application import app

    return "\n".join((_HEAD, *_sections(get_command(app), "geomap", None)))


def _sections(command: Any, name: str, parent: Any) -> Iterator[str]:
    options = {"terminal_width": WIDTH, "max_content_width": WIDTH, "help_option_names": ["-h", "--help"]}
    context = command.context_class(command, info_name=name, parent=parent, **options)
    title = context.command_path
    yield f"## `{title}`\n\n```text\n{command.get_help(context).rstrip()}\n```\n"
    for child in getattr(command, "commands", {}).values():
        yield from _sections(child, child.name, context)


if __name__ == "__main__":
    emit(reference().rstrip("\n"))
