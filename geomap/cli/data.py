"""``lexicon``: the words of each language."""

from __future__ import annotations

from typing import Annotated

import typer

from geomap.cli.talk import emit, tell, tell_error


def add_to(app: typer.Typer) -> None:
    """Add the group."""
    group = typer.Typer(help="The words of each language: list, check and try them.", no_args_is_help=True)
    group.command("list")(list_lexicons)
    group.command("check")(check_lexicons)
    group.command("try", no_args_is_help=True)(try_lexicon)
    app.add_typer(group, name="lexicon")


def list_lexicons() -> None:
    """Print the languages that geomap reads, with the number of their words."""
    from geomap.lexicon import languages, lexicon_for

    for code in languages():
        lexicon = lexicon_for(code)
        phrases = sum(map(len, lexicon.phrases.values()))
        emit(f"{code}  {len(lexicon.forms)} words, {phrases} phrases")


def check_lexicons(
    codes: Annotated[list[str] | None, typer.Argument(metavar="LANG", help="Codes.  [default: all]")] = None,
) -> None:
    """Check the files of words; exit code 1 where one is broken."""
    from geomap.errors import DataError
    from geomap.lexicon import languages, lexicon_for

    broken = 0
    for code in codes or languages():
        try:
            lexicon = lexicon_for(code)
        except DataError as error:
            tell_error(str(error))
            broken += 1
        else:
            tell(f"{code}: {len(lexicon.forms)} words, nothing wrong")
    if broken:
        raise typer.Exit(1)


def try_lexicon(
    code: Annotated[str, typer.Argument(metavar="LANG")], text: Annotated[str, typer.Argument(metavar="TEXT")]
) -> None:
    """Print what each word of a text can mean."""
    from geomap.lexicon import lexicon_for
    from geomap.tagging import tag
    from geomap.text import tokenize

    tagged = tag(tokenize(text), lexicon_for(code))
    for word, tags in zip(tagged.tokens.words, tagged.tags, strict=True):
        means = ", ".join(dict.fromkeys(f"{t.tag}.{t.value} ({t.form} of {t.lemma})" for t in tags))
        emit(f"{word}  {means or '—'}" if word != "\n" else "")
