"""Claims of an article: what, when, where, who, who was hit, who says so, who denies it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from geomap.codebook import EVENT_TYPE_OF
from geomap.extract.bulletins import Running, follow
from geomap.extract.claimants import reporters
from geomap.extract.denials import Told, denials, held_by
from geomap.extract.doers import acting_party, other_than_hit, told_doer
from geomap.extract.events import (
    Event,
    certain_type,
    event_range,
    goes_on,
    group_heads,
    link_features,
    type_features,
)
from geomap.extract.headlines import without_headlines
from geomap.extract.heads import Article, Head, cut_clauses, find_heads, head_features
from geomap.extract.losses import Loss, find_losses
from geomap.extract.owners import two_sides
from geomap.extract.parties import Parties, Party, find_parties
from geomap.extract.places import place_word_in, places_of
from geomap.extract.scene import Scene, holders_of
from geomap.extract.sequels import adds_losses
from geomap.extract.sides import choose_side
from geomap.extract.speakers import Hearing
from geomap.extract.speakers import choose as choose_reporters
from geomap.extract.speech import Speeches
from geomap.extract.statuses import status_features
from geomap.extract.times import Context, Dated, date_of
from geomap.extract.voices import find_speeches
from geomap.gazetteer import Gazetteer
from geomap.geoparse import Parsed
from geomap.linear import Linear
from geomap.model import Casualty, Claim, ClaimPlace, Document, Equipment, Mention, Reason, content_id
from geomap.punctuation import COMMAS
from geomap.theatre import Actors, Theatre

#: A head is kept where the model gives it at least this probability.
KEEP = 0.45
#: One that adds losses to what was just told, at least this.
KEEP_ON = 0.2
TOGETHER = 0.6
#: A group of heads tells no event where the type model gives that more than this probability,
DOUBT = 0.05
#: and so much more for what the head model's probability is over ``KEEP``.
TRUST = 0.5
#: and this much more for a fight that is told of as going on: to say so is the news.
STILL = 0.35
#: Losses that are added to what was just told need less trust.
DOUBT_ON = 0.35
_NON_STATE = frozenset({"group"})
#: Sub-types of what is fought or agreed as a whole: told without a place, they are where the article began.
_OF_THE_WHOLE = frozenset({"Armed clash", "Agreement"})
#: Sub-types under which a state's measures fall.
MEASURES = frozenset({"Change to group/activity"})
#: Sub-types that only crowds have.
CROWDS = frozenset(name for name, event_type in EVENT_TYPE_OF.items() if event_type in ("Protests", "Riots")) | {
    "Excessive force against protesters"
}
_CROWD = frozenset({"protest", "riot", "disperse", "arrest", "fire", "displace"})
_WAR = frozenset({"shelling", "airstrike", "attack", "shootdown", "mine", "explosion"})
#: Kinds of party that may stand for a state whose ground they order things on.
_STATES = frozenset({"state", "people"})


@dataclass(frozen=True, slots=True)
class Models:
    """The models of one language."""

    roles: Linear
    heads: Linear
    links: Linear
    types: Linear
    sides: Linear
    statuses: Linear
    reporters: Linear
    denials: Linear


@dataclass(slots=True)
class _State:
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


def article_of(parsed: Parsed, published: date | None) -> Article:
    """The extraction's view of a geoparsed document."""
    tagged = parsed.tagged
    clause_of, clauses = cut_clauses(tagged)
    return Article(
        tagged,
        parsed.mentions,
        [s.first for s in parsed.spans],
        [s.stop for s in parsed.spans],
        list(parsed.whens),
        published,
        clause_of,
        clauses,
        {number: view.features for number, view in parsed.views.items()},
    )


def extract_claims(
    document: Document,
    parsed: Parsed,
    models: Models,
    gazetteer: Gazetteer,
    actors: Actors,
    theatres: Sequence[Theatre],
) -> list[Claim]:
    """Claims of one geoparsed document, in order."""
    article = article_of(parsed, document.source.published)
    heads = find_heads(article)
    kept = _keep(article, heads, models)
    if not kept:
        return []
    active = active_theatres(theatres, parsed.mentions)
    parties = find_parties(article, actors, gazetteer, active)
    events = _events(article, [h for h, _ in kept], [p for _, p in kept], models, parties)
    speeches = find_speeches(article, parties)
    acting = [acting_party(article, event.heads, parties) for event in events]
    held = held_by(article, events, gazetteer, active)
    told = Told(article, events, [p.side if p else "" for p in acting], held, parties, speeches)
    denied = denials(models.denials, told)
    war = max((s for t in active if (s := t.war_start(document.source.published))), default=None)
    state = _State()
    heads_at = [e.heads[0].first for e in events] + [len(parsed.tagged.tags)]
    for k, event in enumerate(events):
        state.next_head = heads_at[k + 1]
        said = denied.get(k, [])
        _claim(document, article, event, acting[k], parties, speeches, said, gazetteer, active, war, models, state)
    return without_headlines(article.tagged, state.claims)


def active_theatres(theatres: Sequence[Theatre], mentions: Sequence[Mention]) -> list[Theatre]:
    """Theatres that the article plays in, the most named first: a state of the theatre is named at least twice."""
    count: dict[str, int] = {}
    for mention in mentions:
        if mention.place and mention.place.country:
            count[mention.place.country] = count.get(mention.place.country, 0) + 1
    weight = {t.name: sum(count.get(c, 0) for c in t.countries) for t in theatres}
    ranked = sorted((t for t in theatres if weight[t.name] >= 2), key=lambda t: (-weight[t.name], t.name))
    top = weight[ranked[0].name] if ranked else 0
    return [t for t in ranked if weight[t.name] * 3 >= top]


def _keep(article: Article, heads: Sequence[Head], models: Models) -> list[tuple[Head, float]]:
    kept: list[tuple[Head, float]] = []
    sentence_of = article.tagged.tokens.sentence_of
    at = models.heads.classes.index("event")
    for j, head in enumerate(heads):
        view = article.view(sentence_of[head.first])
        share = models.heads.probabilities(head_features(article, heads, j, view))[at]
        if share >= KEEP or share >= KEEP_ON and adds_losses(article, head, kept[-1][0] if kept else None):
            kept.append((head, share))
    return kept


def _events(article: Article, heads: list[Head], shares: list[float], models: Models, parties: Parties) -> list[Event]:
    one = models.links.classes.index("one")
    sentence_of = article.tagged.tokens.sentence_of
    together = [1.0]
    for a, b in pairwise(heads):
        near = sentence_of[a.first] == sentence_of[b.first]
        together.append(models.links.probabilities(link_features(article, a, b))[one] if near else 0.0)
    groups = group_heads(article, heads, together, TOGETHER)
    classes = models.types.classes
    known = [k for k, name in enumerate(classes) if name in EVENT_TYPE_OF]
    unknown = [k for k, name in enumerate(classes) if name not in EVENT_TYPE_OF]
    events = []
    for g, group in enumerate(groups):
        mine = [heads[k] for k in group]
        before = heads[groups[g - 1][-1]].stop if g else None
        after = heads[groups[g + 1][0]].first if g + 1 < len(groups) else None
        first, stop = event_range(article, mine, before, after)
        chances = models.types.probabilities(type_features(article, mine, first, stop))
        doubt = sum([chances[k] for k in unknown])
        share = max(shares[k] for k in group)
        trusted = DOUBT + TRUST * (share - KEEP) if share >= KEEP else DOUBT_ON
        if doubt > trusted + (STILL if goes_on(article, mine) else 0.0):
            continue
        best = max(known, key=chances.__getitem__)
        if EVENT_TYPE_OF[classes[best]] == "Protests" and _violent(mine):
            best = max((k for k in known if classes[k] not in CROWDS), key=chances.__getitem__)
        settled = certain_type(article, mine)
        if settled in classes:
            best = classes.index(settled)
        events.append(
            Event(
                tuple(mine),
                first,
                stop,
                _by_actor(classes[best], article, mine, parties),
                share,
                chances[best],
            )
        )
    return events


def _violent(heads: Sequence[Head]) -> bool:
    """Whether heads tell of war, and of no crowd."""
    told = {value for head in heads for value in head.values}
    return bool(told & _WAR) and not told & _CROWD


def _by_actor(sub: str, article: Article, heads: Sequence[Head], parties: Parties) -> str:
    """Ground taken is the government's or the other side's, by who takes it."""
    if sub not in CROWDS and sub not in ("Government regains territory", "Non-state actor overtakes territory"):
        return sub
    acting = acting_party(article, heads, parties)
    if acting is None:
        return sub
    only = all("raid" in head.values for head in heads)
    if (only or sub not in CROWDS) and _raids_abroad(article, heads, acting):
        return "Arrests" if any("arrest" in head.values for head in heads) else "Armed clash"
    if sub in CROWDS:
        return sub
    return "Non-state actor overtakes territory" if acting.kind in _NON_STATE else "Government regains territory"


def _raids_abroad(article: Article, heads: Sequence[Head], acting: Party) -> bool:
    """Whether a state's force only storms in, on ground that is not its state's, and does not stay."""
    storms = [head for head in heads if "capture" in head.values]
    if acting.kind != "state" or not storms or any("raid" not in head.values for head in storms):
        return False
    first, stop = article.sentence(heads[0].first)
    here = [
        m.place.country
        for k in article.mentions_in(first, stop)
        if (m := article.mentions[k]).place and m.role == "location"
    ]
    return bool(here) and acting.country not in here


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


def _claim(
    document: Document,
    article: Article,
    event: Event,
    attacker: Party | None,
    parties: Parties,
    speeches: Speeches,
    denied_by: list[str],
    gazetteer: Gazetteer,
    theatres: Sequence[Theatre],
    war: date | None,
    models: Models,
    state: _State,
) -> None:
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
        reported = ["media reports"]
    losses = find_losses(article, event.first, event.stop)
    cumulative = [_is_running(article, loss, event) for loss in losses]
    all_running = (
        bool(losses) and all(c for c, loss in zip(cumulative, losses, strict=True) if loss.person) and any(cumulative)
    )
    context = Context(state.dated, state.told_at, state.next_head, war)
    dated = date_of(article, event, context, cumulative=all_running, daily=_has_new_figure(article, losses))
    if event.sub_event_type in MEASURES:
        places = _own_country(article, event, attacker, places, gazetteer)
    scene = Scene(article, event, parties, places, reported, denied_by, attacker, gazetteer, theatres)
    casualties, equipment = _losses(scene, losses, cumulative, models)
    hit = [*(c.side for c in casualties), *(e.side for e in equipment)]
    doer = told_doer(article, event.heads, parties) or other_than_hit(attacker, event.heads, hit, parties)
    places = _off_held_ground(places, holders, casualties, gazetteer)
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
        actors=(doer.name,) if doer else (),
        targets=(),
        reported_by=tuple(reported),
        denied_by=tuple(denied_by),
        casualties=casualties,
        equipment=equipment,
        confidence=round(event.p_event * max(0.5, event.p_type), 3),
        reasons=(*_reasons(event, dated, places, reported, denied_by), *_measures(article, event)),
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


def _own_country(
    article: Article, event: Event, acting: Party | None, places: tuple[ClaimPlace, ...], gazetteer: Gazetteer
) -> tuple[ClaimPlace, ...]:
    """Places of a measure: a call-up or martial law holds in the country of the state that orders it.

    Only ground of its own that the clause names is finer than that; what was told before, or what it arms for, is not
    where it calls up.
    """
    home = gazetteer.country(acting.country) if acting and acting.kind in _STATES else None
    if home is None:
        return places
    if places and not any("mobilise" in head.values for head in event.heads):
        return places
    own = tuple(p for p in places if not p.inferred and p.place.country == home.country)
    if own or (places and place_word_in(article, event.first, event.stop)):
        return own or places
    return (ClaimPlace(home, 3, None, None, True),)


def _is_running(article: Article, loss: Loss, event: Event) -> bool:
    """A running total: "since" a day before, "so far", "rose to" behind the number or before it."""
    if not loss.person:
        return False
    near = range(max(event.first, loss.first - 14), min(event.stop, loss.stop + 10))
    since = any(w.kind in ("since", "start") and w.first in near for w in article.whens)
    return since or article.tagged.first("time", "since_start", near.start, near.stop) is not None


def _has_new_figure(article: Article, losses: Sequence[Loss]) -> bool:
    """Whether a toll since a day stands behind a new figure: ``two fell, which makes 84 since Sunday``."""
    people = [loss for loss in losses if loss.person]
    if len(people) < 2:
        return False
    words = article.tagged.tokens.words
    return any(
        any(new.stop < w.first and COMMAS & set(words[new.stop : w.first]) for new in people)
        and any(w.stop <= old.first < w.stop + 10 for old in people)
        for w in article.whens
        if w.kind in ("since", "start")
    )


def _losses(
    scene: Scene, losses: Sequence[Loss], cumulative: Sequence[bool], models: Models
) -> tuple[tuple[Casualty, ...], tuple[Equipment, ...]]:
    """Victims and equipment of an event with their sides."""
    casualties: list[Casualty] = []
    equipment: list[Equipment] = []
    side, status = "", ""
    for loss, running in zip(losses, cumulative, strict=True):
        if loss.person:
            chances = models.statuses.probabilities(status_features(scene, loss, status))
            status = models.statuses.classes[max(range(len(chances)), key=chances.__getitem__)]
            told = loss._replace(status=status)
        else:
            told = loss
        side, _ = choose_side(models.sides, scene, told, side)
        start, end = scene.article.tagged.tokens.span(loss.first, loss.stop - 1)
        if loss.person:
            # victims of both sides without a number are some of each, a number is theirs together
            each = two_sides(scene) if side == "both" and _qualifier(loss) == "none_given" else ()
            casualties += [
                Casualty(loss.kind, loss.count, _qualifier(loss), one, status, running, start, end)
                for one in each or (side,)
            ]
        else:
            equipment.append(Equipment(loss.kind, loss.count, side, start, end))
    return tuple(casualties), tuple(equipment)


def _qualifier(loss: Loss) -> str:
    return (
        "none_given"
        if loss.count is None and loss.qualifier in ("exact", "about", "at_least", "more_than")
        else loss.qualifier
    )


def _off_held_ground(
    places: tuple[ClaimPlace, ...], holders: Sequence[str], casualties: Sequence[Casualty], gazetteer: Gazetteer
) -> tuple[ClaimPlace, ...]:
    """Places, unless they are only taken over and held by others than the state whose civilians were hit.

    Its civilians are then elsewhere in that state.
    """
    home = gazetteer.country(places[0].place.country) if places and all(p.inferred for p in places) else None
    if home is None or not holders or holders[0] == home.name or not casualties:
        return places
    hit = all(c.side == home.name and c.status == "civilian" for c in casualties)
    return (ClaimPlace(home, 3, None, None, True),) if hit else places


def _measures(article: Article, event: Event) -> tuple[Reason, ...]:
    """Which measures an event tells, as a reason: merging keeps apart those of different kinds."""
    known = article.tagged.lexicon.labels.get("measures", {})
    told = {head.lemma for head in event.heads}
    kinds = sorted(kind for kind, lemmas in known.items() if told.intersection(lemmas))
    return (Reason("measure", ", ".join(kinds)),) if kinds and event.sub_event_type in MEASURES else ()


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
