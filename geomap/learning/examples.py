"""Examples of all decisions, made of annotated passages as extraction sees them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise
from typing import Any, NamedTuple

from geomap.dates import times_of
from geomap.extract import active_theatres
from geomap.extract.article import Article, cut_clauses
from geomap.extract.assembly import hear
from geomap.extract.denials.features import features as denial_features
from geomap.extract.denials.told import Told, tells_himself, within_reach
from geomap.extract.events.event import Event, event_range
from geomap.extract.events.head_features import head_features
from geomap.extract.events.heads import Head, find_heads
from geomap.extract.events.links import link_features
from geomap.extract.events.types import type_features
from geomap.extract.losses import Loss, find_losses
from geomap.extract.parties.doers import acting_party
from geomap.extract.places import places_of
from geomap.extract.reading import Reading
from geomap.extract.reading import read as find_speakers
from geomap.extract.speech.bulletins import Running, follow
from geomap.extract.speech.speakers import ARTICLE, Hearing
from geomap.extract.speech.speakers import candidates as reporter_candidates
from geomap.extract.speech.speakers import features as reporter_features
from geomap.extract.victims.scene import Scene
from geomap.extract.victims.sides import Earlier, candidates, side_features
from geomap.extract.victims.statuses import status_features
from geomap.gazetteer import Gazetteer
from geomap.geoparse import roles
from geomap.geoparse.candidates import Span, find_spans
from geomap.geoparse.names import NameIndex
from geomap.geoparse.resolve import article_context
from geomap.learning.fitting import SETTINGS, Examples, cross_guess
from geomap.learning.parts import part_examples
from geomap.learning.strangers import without_some
from geomap.model import ClaimPlace, Mention
from geomap.tagging import Tagged, tag
from geomap.text import tokenize
from geomap.theatre import Actors, Theatre

NONE = "none"


class Read(NamedTuple):
    """An annotated document as it was read, with the role that the annotators gave each name that stands in it."""

    record: dict[str, Any]
    tagged: Tagged
    spans: list[Span]
    labels: list[str]
    published: date | None

    @property
    def name(self) -> str:
        """What the document is called."""
        return str(self.record["doc"])


def read(record: dict[str, Any], index: NameIndex) -> Read:
    """An annotated document with the names that an index finds in it."""
    tagged = tag(tokenize(record["text"]), index.lexicon)
    spans = find_spans(tagged, index)
    published = date.fromisoformat(record["published"]) if record.get("published") else None
    return Read(record, tagged, spans, [_role(tagged, span, record) for span in spans], published)


@dataclass(slots=True)
class TrainingSet:
    """Examples of all decisions."""

    roles: Examples = field(default_factory=Examples)
    heads: Examples = field(default_factory=Examples)
    links: Examples = field(default_factory=Examples)
    types: Examples = field(default_factory=Examples)
    sides: Examples = field(default_factory=Examples)
    statuses: Examples = field(default_factory=Examples)
    reporters: Examples = field(default_factory=Examples)
    denials: Examples = field(default_factory=Examples)
    parts: Examples = field(default_factory=Examples)


def examples(
    documents: Sequence[dict[str, Any]],
    index: NameIndex,
    theatres: Sequence[Theatre] = (),
    actors: Actors | None = None,
) -> TrainingSet:
    """Examples of all decisions from annotated documents.

    Event examples are made on mentions with the roles that a model of the other documents gives them.
    """
    made = TrainingSet()
    texts = [read(record, index) for record in documents]
    for text in texts:
        _role_examples(made.roles, text, index)
    guessed = cross_guess(made.roles, *SETTINGS["roles"])
    _stranger_examples(made.roles, documents, without_some(index))
    articles = []
    at = 0
    for text in texts:
        article = article_of(text._replace(labels=guessed[at : at + len(text.spans)]), index.gazetteer)
        at += len(text.spans)
        articles.append((text.record, article, _head_examples(made.heads, text.record, article)))
    _group_examples(made, articles)
    if actors is not None:
        for record, article, _ in articles:
            reading = find_speakers(article, actors, index.gazetteer, active_theatres(theatres, article.mentions))
            _loss_examples(made, record, reading)
            _denial_examples(made.denials, record, reading)
    return made


#: Sides that count as one where the annotators write either.
_SAME = {"nagorno-karabakh": "armenia", "artsakh": "armenia"}


def _same_side(name: str) -> str:
    return _SAME.get(name.lower(), name.lower())


def _annotated_events(article: Article, record: dict[str, Any]) -> Iterator[tuple[Event, dict[str, Any]]]:
    """The annotated incidents that have heads, in order, as the events that extraction would make of them."""
    heads = find_heads(article)
    gold = sorted(record["incidents"], key=lambda x: x["end"] - x["start"])
    owner = [_owner(article, head, gold) for head in heads]
    for number, incident in sorted(enumerate(gold), key=lambda x: x[1]["start"]):
        mine = tuple(head for head, o in zip(heads, owner, strict=True) if o == number)
        if mine:
            first, stop = event_range(article, mine, None, None)
            yield Event(mine, first, stop, incident["sub_event_type"], 1.0, 1.0), incident


def _loss_examples(made: TrainingSet, record: dict[str, Any], reading: Reading) -> None:
    """Sides and statuses, learnt where a loss that was found is one that was annotated."""
    article, parties, speeches = reading.article, reading.parties, reading.speeches
    before: tuple[ClaimPlace, ...] = ()
    running, sentence, reporter = Running(None, None), 0, ""
    for event, incident in _annotated_events(article, record):
        attacker = acting_party(article, event.heads, parties)
        places = before = places_of(article, event.first, event.stop, before)
        while sentence < article.tagged.tokens.sentence_of[event.heads[0].first]:
            running = follow(article, parties, speeches, sentence, running)
            sentence += 1
        denied, holders = incident["denied_by"], reading.holders(places)
        hearing = hear(reading, event, running, denied, attacker, reporter, holders)
        _reporter_examples(made.reporters, record["doc"], hearing, incident["reported_by"])
        reporter = incident["reported_by"][0] if incident["reported_by"] else ""
        told = incident["reported_by"]
        scene = Scene(
            article, event, parties, places, told, denied, attacker, reading.gazetteer, reading.theatres, speeches
        )
        _scene_examples(made, record["doc"], scene, incident)
        part_examples(made.parts, record["doc"], scene, incident)


_ORGANS = ("ministry", "army", "government", "military", "president", "parliament", "forces")


def _claimant(name: str) -> str:
    """A claimant as compared: a state's organ counts as the state, one source as several."""
    text = _same_side(name).removesuffix("s")
    return text.split()[0][:5] if text and (" " not in text or any(w in text for w in _ORGANS)) else text


def _reporter_examples(made: Examples, document: str, hearing: Hearing, wanted: Sequence[str]) -> None:
    right = {_claimant(w) for w in wanted} or {ARTICLE}
    options = reporter_candidates(hearing)
    if not any(_claimant(o) in right for o in options):
        return
    for option in options:
        made.add(reporter_features(hearing, option), "yes" if _claimant(option) in right else "no", document)


def _denial_examples(made: Examples, record: dict[str, Any], reading: Reading) -> None:
    """Which events each denial means, learnt on the annotated ones."""
    article = reading.article
    told = list(_annotated_events(article, record))
    events = [event for event, _ in told]
    view = Told.of(reading, events, [acting_party(article, event.heads, reading.parties) for event in events])
    deniers = view.denials
    known = {_claimant(denial.name) for denial in deniers}
    # who says outright that he denies, and what he can mean by it.
    outright = {
        (_claimant(denial.name), k)
        for denial in deniers
        if denial.speech.value == "deny"
        for k in within_reach(article, events, denial)
    }
    for denial in deniers:
        name = _claimant(denial.name)
        for k in within_reach(article, events, denial):
            if tells_himself(view, k, denial):
                continue
            denied = {_claimant(n) for n in told[k][1]["denied_by"]}
            said = name in (denied if denied & known or not denied else known)
            told_by = {_claimant(n) for n in told[k][1]["reported_by"]}
            right = said and bool(denied) and name not in told_by
            if right and denial.speech.value != "deny" and (name, k) in outright:
                continue  # whoever denies it outright need not mean it by what else he says
            made.add(denial_features(view, k, denial), "yes" if right else "no", record["doc"])


def _scene_examples(made: TrainingSet, document: str, scene: Scene, incident: dict[str, Any]) -> None:
    wanted = [
        ("killed" if c["kind"] == "killed" else c["kind"], c["count"], c["side"], c["status"])
        for c in incident["casualties"]
    ]
    wanted += [(e["item"], e["count"], e["side"], "") for e in incident["equipment"]]
    side, status = "", ""
    before: Loss | None = None
    for loss in find_losses(scene.article, scene.event.first, scene.event.stop):
        match = next((w for w in wanted if w[0] == loss.kind and w[1] == loss.count), None)
        if match is None:
            continue
        wanted.remove(match)
        if loss.person:
            made.statuses.add(status_features(scene, loss, status), match[3], document)
            status = match[3]
            told = loss._replace(status=status)
        else:
            told = loss
        options = candidates(scene, told)
        right = next((c for c in options if c.lower() == match[2].lower()), None) or next(
            (c for c in options if _same_side(c) == _same_side(match[2])), None
        )
        for option in options:
            found = side_features(scene, told, option, Earlier(side, before))
            made.sides.add(found, "yes" if option == right else "no", document)
        side, before = right or "", loss


def _role(tagged: Tagged, span: Span, record: dict[str, Any]) -> str:
    start, end = tagged.tokens.span(span.first, span.stop - 1)
    start += span.cut
    return next((m["role"] for m in record["mentions"] if min(end, m["end"]) > max(start, m["start"])), NONE)


def _role_examples(made: Examples, text: Read, index: NameIndex) -> None:
    _, tagged, spans, labels, published = text
    views: dict[int, roles.SentenceView] = {}
    whole = roles.article_view(article_context(tagged, spans, index.gazetteer).countries)
    whens = times_of(tagged, published)
    for j, span in enumerate(spans):
        number = tagged.tokens.sentence_of[span.first]
        if number not in views:
            views[number] = roles.sentence_view(tagged, number, whens, published)
        found = roles.features(tagged, spans, j, labels, views[number], whole, index)
        made.add(found, labels[j], text.name)


def _stranger_examples(made: Examples, documents: Sequence[dict[str, Any]], index: NameIndex) -> None:
    """Roles of the names that an index lacks, of words that may be such names."""
    for record in documents:
        text = read(record, index)
        if all(span.is_known for span in text.spans):
            continue
        found = Examples()
        _role_examples(found, text, index)
        for span, features, label in zip(text.spans, found.features, text.labels, strict=True):
            if not span.is_known:
                made.add(features, label, text.name)


def article_of(text: Read, gazetteer: Gazetteer) -> Article:
    """The extraction's view of a document, with mentions of the roles that it holds."""
    _, tagged, spans, labels, published = text
    mentions, first, stop = [], [], []
    for span, role in zip(spans, labels, strict=True):
        if role == NONE:
            continue
        start, end = tagged.tokens.span(span.first, span.stop - 1)
        place = gazetteer.get(span.places[0]) if span.places else None
        mentions.append(Mention(text.name, start + span.cut, end, "", role, place))  # type: ignore[arg-type]
        first.append(span.first)
        stop.append(span.stop)
    clause_of, clauses = cut_clauses(tagged)
    whens = list(times_of(tagged, published))
    return Article(tagged, mentions, first, stop, whens, published, clause_of, clauses)


class _Told(NamedTuple):
    """A head of a training document: the incident it tells (None: none), and whether it restates one."""

    head: Head
    owner: int | None
    restated: bool
    example: int | None


def _head_examples(made: Examples, record: dict[str, Any], article: Article) -> list[_Told]:
    heads = find_heads(article)
    gold = sorted(record["incidents"], key=lambda x: x["end"] - x["start"])
    views: dict[int, tuple[str, ...]] = {}
    sentence_of = article.tagged.tokens.sentence_of
    told: list[_Told] = []
    for j, head in enumerate(heads):
        owner = _owner(article, head, gold)
        restated = owner is None and _inside(article, head, record.get("restated", []))
        number = sentence_of[head.first]
        if number not in views:
            views[number] = roles.sentence_view(article.tagged, number, article.whens, article.published).features
        if not restated:
            made.add(
                head_features(article, heads, j, views[number]), "event" if owner is not None else NONE, record["doc"]
            )
        told.append(_Told(head, owner, restated, None if restated else len(made.labels) - 1))
    return told


def _group_examples(made: TrainingSet, articles: Sequence[tuple[dict[str, Any], Article, list[_Told]]]) -> None:
    """One event or two, and which type: on the heads that a model of the other documents keeps."""
    guessed = cross_guess(made.heads, *SETTINGS["heads"])
    pairs: list[list[tuple[_Told, _Told, int]]] = []
    kept_of: list[list[_Told]] = []
    for record, article, told in articles:
        kept = [t for t in told if t.example is None or guessed[t.example] == "event"]
        kept_of.append(kept)
        sentence_of = article.tagged.tokens.sentence_of
        mine = []
        for a, b in pairwise(kept):
            if sentence_of[a.head.first] == sentence_of[b.head.first]:
                made.links.add(
                    link_features(article, a.head, b.head), "one" if a.owner == b.owner else "two", record["doc"]
                )
                mine.append((a, b, len(made.links.labels) - 1))
        pairs.append(mine)
    linked = cross_guess(made.links, *SETTINGS["links"])
    for (record, article, _), kept, mine in zip(articles, kept_of, pairs, strict=True):
        together = {(a.head, b.head) for a, b, k in mine if linked[k] == "one"}
        _type_examples(made.types, record, article, kept, together)


def _type_examples(
    made: Examples, record: dict[str, Any], article: Article, kept: list[_Told], together: set[tuple[Head, Head]]
) -> None:
    gold = sorted(record["incidents"], key=lambda x: x["end"] - x["start"])
    groups: list[list[_Told]] = []
    for t in kept:
        if groups and (groups[-1][-1].head, t.head) in together:
            groups[-1].append(t)
        else:
            groups.append([t])
    for g, group in enumerate(groups):
        owners = Counter(t.owner for t in group if t.owner is not None)
        if not owners and any(t.restated for t in group):
            continue
        label = gold[owners.most_common(1)[0][0]]["sub_event_type"] if owners else NONE
        before = groups[g - 1][-1].head.stop if g else None
        after = groups[g + 1][0].head.first if g + 1 < len(groups) else None
        mine = [t.head for t in group]
        made.add(type_features(article, mine, *event_range(article, mine, before, after)), label, record["doc"])


def _owner(article: Article, head: Head, gold: list[dict[str, Any]]) -> int | None:
    start, end = _span(article, head)
    return next((k for k, g in enumerate(gold) if g["start"] <= start and end <= g["end"]), None)


def _inside(article: Article, head: Head, passages: list[dict[str, Any]]) -> bool:
    start, end = _span(article, head)
    return any(p["start"] <= start and end <= p["end"] for p in passages)


def _span(article: Article, head: Head) -> tuple[int, int]:
    """Offsets of a head without its clitics: an annotated passage may begin behind an "and"."""
    start, end = article.tagged.tokens.span(head.first, head.stop - 1)
    return start + max((t.cut for t in article.tagged.tags[head.first]), default=0), end
