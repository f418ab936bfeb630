"""One claim of an event: its date, places, victims, speakers and reasons, and what it leaves to the next."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from geomap.codebook import EVENT_TYPE_OF
from geomap.extract.events.event import Event
from geomap.extract.events.heads import Article, Head
from geomap.extract.ground import off_held_ground, over_the_country, own_country
from geomap.extract.losses import find_losses
from geomap.extract.losses.running import has_new_figure, is_running
from geomap.extract.models import Models
from geomap.extract.parties.cast import Cast
from geomap.extract.parties.doers import Acting
from geomap.extract.parties.named import CLAIMANTS, Parties, Party
from geomap.extract.parties.parts import parts
from geomap.extract.places import destination, places_of
from geomap.extract.speech.bulletins import Running, follow
from geomap.extract.speech.claimants import reporters
from geomap.extract.speech.speakers import Hearing
from geomap.extract.speech.speakers import choose as choose_reporters
from geomap.extract.speech.words import Speeches
from geomap.extract.times import Context, Dated, date_of, is_history, of_a_rumour
from geomap.extract.victims.casualties import victims_and_equipment
from geomap.extract.victims.scene import Scene, holders_of
from geomap.gazetteer import Gazetteer
from geomap.model import Claim, ClaimPlace, Document, Reason, content_id
from geomap.theatre import Theatre

#: Sub-types of what is fought or agreed as a whole: told without a place, they are where the article began.
_OF_THE_WHOLE = frozenset({"Armed clash", "Agreement"})
#: Sub-types under which a state's measures fall.
MEASURES = frozenset({"Change to group/activity"})


@dataclass(slots=True)
class State:
    """What the events told so far leave to the next one."""

    dated: Dated | None = None
    told_at: int = 0
    next_head: int = 0
    places: tuple[ClaimPlace, ...] = ()
    lead: tuple[ClaimPlace, ...] = ()
    running: Running = field(default_factory=lambda: Running(None, None))
    reporter: str = ""
    sentence: int = 0
    claims: list[Claim] = field(default_factory=list)


def hear(
    article: Article,
    event: Event,
    parties: Parties,
    speeches: Speeches,
    running: Running,
    denied_by: Sequence[str],
    attacker: Party | None,
    before: str,
    holders: Sequence[str],
) -> Hearing:
    """All that tells who reports an event."""
    by_rule = [
        r
        for r in reporters(article, event, parties, speeches, running.goes_on(), bool(denied_by))
        if r not in denied_by
    ]
    return Hearing(
        article,
        event,
        parties,
        speeches,
        running,
        by_rule,
        before,
        denied_by,
        attacker.side if attacker else "",
        holders,
    )


def add_claim(
    document: Document,
    article: Article,
    event: Event,
    acting: Acting,
    parties: Parties,
    speeches: Speeches,
    denied_by: list[str],
    gazetteer: Gazetteer,
    theatres: Sequence[Theatre],
    war: date | None,
    models: Models,
    state: State,
) -> None:
    """Make the claim of the next event, if it is news, and keep what it leaves to those behind it."""
    attacker = acting.party
    sentence = article.tagged.tokens.sentence_of[event.heads[0].first]
    while state.sentence < sentence:
        state.running = follow(article, parties, speeches, state.sentence, state.running)
        state.sentence += 1
    before = state.lead if event.sub_event_type in _OF_THE_WHOLE else state.places
    places = told = places_of(article, event.first, event.stop, before)
    holders = holders_of(places, gazetteer, theatres, article.published)
    hearing = hear(article, event, parties, speeches, state.running, denied_by, attacker, state.reporter, holders)
    reported = [r for r in choose_reporters(models.reporters, hearing) if r not in denied_by]
    if denied_by and not reported:
        reported = [CLAIMANTS["media"]]
    losses = find_losses(article, event.first, event.stop)
    cumulative = [is_running(article, loss, event) for loss in losses]
    all_running = (
        bool(losses) and all(c for c, loss in zip(cumulative, losses, strict=True) if loss.person) and any(cumulative)
    )
    context = Context(state.dated, state.told_at, state.next_head, war)
    dated = date_of(article, event, context, cumulative=all_running, daily=has_new_figure(article, losses))
    if denied_by and hearing.talk in _NOBODY and _NOBODY.issuperset(hearing.by_rule):
        outbreak = max((day for t in theatres if (day := t.outbreak(article.published))), default=None)
        dated = of_a_rumour(article, event, dated, outbreak)
    if is_history(dated, article.published):
        return
    if event.sub_event_type in MEASURES:
        sent = any("deploy" in head.values for head in event.heads)
        behind = max(event.stop, min(article.sentence(event.first)[1], state.next_head))
        to = destination(article, event.first, behind) if sent else ()
        places = to or own_country(article, event, attacker, places, gazetteer)
    scene = Scene(article, event, parties, places, reported, denied_by, attacker, gazetteer, theatres, speeches)
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
            *_reasons(event, dated, places, reported, denied_by),
            Reason("doer", cast.doer.name if cast.doer else ""),
            *_measures(article, event),
        ),
    )
    state.claims.append(claim)
    state.reporter = reported[0] if reported else ""
    # What is fought for goes on where it was, whatever a state orders at home.
    state.dated = dated if dated.date else state.dated
    # where an accord was made, nobody fights: what is told next is where the talk was before
    if event.sub_event_type != "Agreement" or not state.places:
        state.places = told or state.places
    state.lead = state.lead or told
    state.told_at = event.heads[0].first


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
    event: Event, dated: Dated, places: Sequence[ClaimPlace], reported: Sequence[str], denied_by: Sequence[str]
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
        found.append(Reason("claimant", f"said by {', '.join(reported)}"))
    if denied_by:
        found.append(Reason("denial", f"denied by {', '.join(denied_by)}"))
    return tuple(found)
