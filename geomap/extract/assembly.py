"""The claims of a document, one after the other: date, places, victims, speakers and reasons of each event."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from geomap.codebook import EVENT_TYPE_OF
from geomap.extract.article import Article
from geomap.extract.events.event import Event
from geomap.extract.events.heads import Head
from geomap.extract.ground import off_held_ground, over_the_country, own_country
from geomap.extract.losses import Loss, find_losses
from geomap.extract.losses.running import has_new_figure, is_running
from geomap.extract.models import Models
from geomap.extract.parties.cast import Cast
from geomap.extract.parties.doers import Acting
from geomap.extract.parties.named import CLAIMANTS, Party
from geomap.extract.parties.parts import parts
from geomap.extract.places import destination, places_of
from geomap.extract.reading import Reading
from geomap.extract.speech.bulletins import Running, follow
from geomap.extract.speech.claimants import reporters
from geomap.extract.speech.speakers import Hearing
from geomap.extract.speech.speakers import choose as choose_reporters
from geomap.extract.times import Context, Dated, date_of, is_history, of_a_rumour
from geomap.extract.victims.casualties import victims_and_equipment
from geomap.extract.victims.scene import Scene
from geomap.model import Claim, ClaimPlace, Document, Reason, content_id

#: Sub-types of what is fought or agreed as a whole: told without a place, they are where the article began.
_OF_THE_WHOLE = frozenset({"Armed clash", "Agreement"})
#: Sub-types under which a state's measures fall.
MEASURES = frozenset({"Change to group/activity"})


@dataclass(slots=True)
class Assembly:
    """The claims of a document in the making: what is known of all of it, and what each event leaves to the next."""

    document: Document
    reading: Reading
    models: Models
    #: The first day of the war.
    war: date | None
    claims: list[Claim] = field(default_factory=list)
    #: The first token of the event that is told next.
    next_head: int = 0
    _dated: Dated | None = None
    _told_at: int = 0
    _places: tuple[ClaimPlace, ...] = ()
    _lead: tuple[ClaimPlace, ...] = ()
    _running: Running = field(default_factory=lambda: Running(None, None))
    _reporter: str = ""
    _sentence: int = 0

    def add(self, event: Event, acting: Acting, denied_by: list[str]) -> None:
        """Make the claim of the next event, if it is news, and keep what it leaves to those behind it."""
        document, reading, models = self.document, self.reading, self.models
        article, gazetteer, theatres = reading.article, reading.gazetteer, reading.theatres
        attacker = acting.party
        sentence = article.tagged.tokens.sentence_of[event.heads[0].first]
        while self._sentence < sentence:
            self._running = follow(article, reading.parties, reading.speeches, self._sentence, self._running)
            self._sentence += 1
        before = self._lead if event.sub_event_type in _OF_THE_WHOLE else self._places
        places = told = places_of(article, event.first, event.stop, before)
        holders = reading.holders(places)
        hearing = hear(reading, event, self._running, denied_by, attacker, self._reporter, holders)
        chosen = choose_reporters(models.reporters, hearing)
        reported = [r for r in chosen.names if r not in denied_by]
        if denied_by and not reported:
            reported = [CLAIMANTS["media"]]
        losses = find_losses(article, event.first, event.stop)
        cumulative = [is_running(article, loss, event) for loss in losses]
        dated = self._date(event, hearing, losses, cumulative)
        if is_history(dated, article.published):
            return
        if event.sub_event_type in MEASURES:
            places = self._where_measured(event, attacker, places)
        scene = Scene(
            article,
            event,
            reading.parties,
            places,
            reported,
            denied_by,
            attacker,
            gazetteer,
            theatres,
            reading.speeches,
        )
        casualties, equipment = victims_and_equipment(scene, losses, cumulative, models)
        cast = Cast(scene, acting, casualties, equipment)
        who = parts(models.parts, cast)
        places = off_held_ground(places, holders, casualties, gazetteer)
        places = over_the_country(article, event, cast.doer, places, equipment, gazetteer)
        start, end = article.tagged.tokens.span(event.first, _last_word(article, event.first, event.stop))
        claim = Claim(
            id=content_id(document.id, start, end, event.sub_event_type),
            source=document.source,
            start=start,
            end=end,
            text=document.text[start:end],
            event_type=EVENT_TYPE_OF[event.sub_event_type],
            sub_event_type=event.sub_event_type,
            date=dated.date,
            date_end=dated.end,
            date_precision=dated.precision,
            places=places,
            actors=who.actors,
            targets=who.targets,
            reported_by=tuple(reported),
            denied_by=tuple(denied_by),
            casualties=casualties,
            equipment=equipment,
            confidence=round(event.p_event * max(0.5, event.p_type), 3),
            reasons=(
                *_reasons(event, dated, places, reported, chosen.share, denied_by),
                Reason("doer", cast.doer.name if cast.doer else ""),
                *_measures(article, event),
            ),
        )
        self.claims.append(claim)
        self._reporter = reported[0] if reported else ""
        # What is fought for goes on where it was, whatever a state orders at home.
        self._dated = dated if dated.date else self._dated
        # where an accord was made, nobody fights: what is told next is where the talk was before
        if event.sub_event_type != "Agreement" or not self._places:
            self._places = told or self._places
        self._lead = self._lead or told
        self._told_at = event.heads[0].first

    def _date(self, event: Event, hearing: Hearing, losses: Sequence[Loss], cumulative: Sequence[bool]) -> Dated:
        """When an event was, by its losses too; ``cumulative`` tells which of them are running tolls."""
        article = self.reading.article
        people = all(c for c, loss in zip(cumulative, losses, strict=True) if loss.person)
        context = Context(self._dated, self._told_at, self.next_head, self.war)
        daily = has_new_figure(article, losses)
        things = any(not loss.person for loss in losses)
        dated = date_of(article, event, context, cumulative=any(cumulative) and people, daily=daily, things=things)
        if hearing.denied_by and hearing.talk in _NOBODY and _NOBODY.issuperset(hearing.by_rule):
            outbreaks = (theatre.outbreak(article.published) for theatre in self.reading.theatres)
            return of_a_rumour(article, event, dated, max((day for day in outbreaks if day), default=None))
        return dated

    def _where_measured(
        self, event: Event, attacker: Party | None, places: tuple[ClaimPlace, ...]
    ) -> tuple[ClaimPlace, ...]:
        """Where a state's measures take place: where troops are sent to, else at home."""
        article = self.reading.article
        if any("deploy" in head.values for head in event.heads):
            behind = max(event.stop, min(article.sentence(event.first)[1], self.next_head))
            if to := destination(article, event.first, behind):
                return to
        return own_country(article, event, attacker, places, self.reading.gazetteer)


def hear(
    reading: Reading,
    event: Event,
    running: Running,
    denied_by: Sequence[str],
    attacker: Party | None,
    before: str,
    holders: Sequence[str],
) -> Hearing:
    """All that tells who reports an event."""
    article, parties, speeches = reading.article, reading.parties, reading.speeches
    by_rule = reporters(article, event, parties, speeches, running.goes_on(), bool(denied_by))
    return Hearing(
        article,
        event,
        parties,
        speeches,
        running,
        [r for r in by_rule if r not in denied_by],
        before,
        denied_by,
        attacker.side if attacker else "",
        holders,
    )


def _last_word(article: Article, first: int, stop: int) -> int:
    words = article.tagged.tokens.words
    last = stop - 1
    while last > first and not (words[last][0].isalnum() or words[last] in "\"')%"):
        last -= 1
    return last


def _measures(article: Article, event: Event) -> tuple[Reason, ...]:
    """Which measures an event tells, as a reason: merging keeps apart those of different kinds.

    What an announcement told of before is only when it happened: "hours after X's announcement of A, X began B".
    """
    if event.sub_event_type not in MEASURES:
        return ()
    known = article.tagged.lexicon.labels.get("measures", {})
    measures = [h for h in event.heads if any(h.lemma in lemmas for lemmas in known.values())]
    told = {h.lemma for h in measures if not _announced(article, h)} or {h.lemma for h in measures}
    kinds = sorted(kind for kind, lemmas in known.items() if told.intersection(lemmas))
    return (Reason("measure", ", ".join(kinds)),) if kinds else ()


def _announced(article: Article, head: Head) -> bool:
    """Whether a head is what a noun of saying just before it announces."""
    near = range(max(article.sentence(head.first)[0], head.first - _ANNOUNCED), head.first)
    return any(t.tag == "speech" and t.form == "noun" for k in near for t in article.tagged.tags[k])


#: Who spreads rumours: nobody whose word would make an event out of them.
_NOBODY = frozenset(CLAIMANTS.values())
#: Tokens from an announcement to what it announces: whose it is stands between.
_ANNOUNCED = 3


def _reasons(
    event: Event,
    dated: Dated,
    places: Sequence[ClaimPlace],
    reported: Sequence[str],
    share: float,
    denied_by: Sequence[str],
) -> tuple[Reason, ...]:
    words = ", ".join(h.lemma for h in event.heads[:4])
    found = [
        Reason("event", f"told by: {words}", round(event.p_event, 3)),
        Reason("type", f"{event.sub_event_type} by its words", round(event.p_type, 3)),
    ]
    found.append(Reason("date", f"from the {dated.basis}" if dated.basis != "none" else "no date given"))
    if places:
        found.append(
            Reason("place", "named in the clause" if not places[0].inferred else "taken over from the text before")
        )
    if reported:
        found.append(Reason("claimant", f"said by {', '.join(reported)}", round(share, 3)))
    if denied_by:
        found.append(Reason("denial", f"denied by {', '.join(denied_by)}"))
    return tuple(found)
