"""Who speaks on from sentence to sentence: within a paragraph, or through a whole statement."""

from __future__ import annotations

from typing import NamedTuple

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party
from geomap.extract.speech.words import SPEAKERS, Speeches


class Running(NamedTuple):
    """Who speaks on: the speaker of the sentences before, in this paragraph or this bulletin."""

    speaker: Party | None
    bulletin: Party | None

    def goes_on(self) -> Party | None:
        """The speaker where a sentence names none."""
        return self.speaker or self.bulletin


def follow(article: Article, parties: Parties, speeches: Speeches, sentence: int, before: Running) -> Running:
    """Who may speak on behind one more sentence.

    A line that ends in a colon, or a first line that names the body whose statement it is, opens a bulletin; a new
    paragraph ends what a speaker said.
    """
    first, stop = article.tagged.tokens.sentences[sentence]
    words, tags = article.tagged.tokens.words, article.tagged.tags
    speaker, bulletin = before
    if sentence == 0 and speeches.masthead:
        return Running(None, speeches.masthead)
    tail = next((w for w in reversed(words[first:stop]) if w != "\n"), "")
    opens = tail == ":" or sentence == 0
    named = [p for p in parties.within(first, stop) if p.kind in SPEAKERS or stands_for_state(p)] if opens else []
    if tail == ":" and named:
        return Running(None, named[-1])
    names = {k for p in parties.within(first, stop) for k in range(p.first, p.stop)}
    # a group's name may hold a word of speech
    statement = sentence == 0 and any(
        t.tag == "speech" and t.form == "noun" for k in range(first, stop) if k not in names for t in tags[k]
    )
    if (
        statement
        and named
        and not any(t.tag == "speech" and t.form in ("past", "present") for k in range(first, stop) for t in tags[k])
    ):
        return Running(None, named[-1])
    mine = [s for s in speeches.within(first, stop) if s.speaker is not None and s.value not in ("according", "deny")]
    if mine:
        speaker = mine[-1].speaker
    if "\n" in words[first:stop]:
        speaker = None
    return Running(speaker, bulletin)


def stands_for_state(party: Party) -> bool:
    """A country or capital that may stand for its government; an area's name at a line's head is only a heading."""
    return party.kind == "latent" and party.country is not None
