"""Where names of places and peoples stand in the tokens, before anything decides what they mean."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer, Name
from geomap.lexicon import Lexicon
from geomap.memo import Memo, PerObject
from geomap.punctuation import COMMAS
from geomap.tagging import DIGIT, Tagged, mark
from geomap.text import fold_name, past_words


class Span(NamedTuple):
    """A candidate mention: tokens ``first`` to ``stop``, letters of clitics before it, and what it may name.

    ``kind`` is ``name``, ``demonym``, ``border`` (a border without a name), ``variant`` (a name by its consonants only)
    or ``unknown`` (a word behind a place noun that no gazetteer has; its places, if any, have few of its consonants).
    """

    first: int
    stop: int
    cut: int
    kind: str
    key: str
    places: tuple[str, ...]

    @property
    def is_known(self) -> bool:
        """Whether a place's name or demonym stands here as a gazetteer writes it, or a border."""
        return self.kind not in ("unknown", "variant")


class _Opening(NamedTuple):
    cut: int
    names: tuple[Name, ...]
    demonym: str | None
    stem: str


class _Stranger(NamedTuple):
    cut: int
    stem: str
    places: tuple[str, ...]
    #: Places of the consonants of the whole word, however few.
    whole: tuple[str, ...]


class _Form(NamedTuple):
    """What a written word may have to do with a name.

    ``openings`` are the names that it can begin. ``decoys`` are what must follow it to make it no place, after its
    clitics are off: the rest of a phrase. ``stranger`` is what it may be where it has no tags, and ``compound`` whether
    a name of two words may begin with it.
    """

    openings: tuple[_Opening, ...]
    decoys: tuple[tuple[str, ...], ...]
    stranger: _Stranger | None
    compound: bool


_NOTHING = _Form((), (), None, False)


@dataclass(slots=True)
class NameIndex:
    """Names of a gazetteer as one language writes them, with a memo per written word."""

    gazetteer: Gazetteer
    lexicon: Lexicon
    demonyms: dict[str, str] = field(default_factory=dict)
    weak_demonyms: set[str] = field(default_factory=set)
    skeletons: dict[str, tuple[str, ...]] = field(default_factory=dict)
    #: Phrases that hold a place's name and name no place: what follows their first word.
    no_places: dict[str, tuple[tuple[str, ...], ...]] = field(default_factory=dict)
    #: Names and demonyms that can begin with a written word, fewest clitics first.
    openings: Memo[str, tuple[_Opening, ...]] = field(init=False, repr=False)
    #: The first meanings that the lexicon gives a written word.
    meanings: Memo[str, tuple[str, ...]] = field(init=False, repr=False)
    #: What a written word may have to do with a name; nothing for most of the words that the lexicon knows.
    forms: Memo[str, _Form | None] = field(init=False, repr=False)
    #: Whether a place's name behind a written word is part of the name of a unit, a school or a paper.
    bodies: Memo[str, bool] = field(init=False, repr=False)
    #: What the ending of a written word would have an adjective behind it agree with.
    agreement: Memo[str, str] = field(init=False, repr=False)
    #: News agencies that are called like places.
    agencies: frozenset[str] = field(init=False, repr=False)
    #: The articles that a family name does not have, and the endings that it has.
    surnames: tuple[tuple[str, ...], tuple[str, ...]] = field(init=False, repr=False)
    #: The country that all these places lie in; "?" where there is none.
    lands: Memo[tuple[str, ...], str] = field(init=False, repr=False)
    #: What a span of this kind, key and places may name, in a word.
    kinds: Memo[tuple[str, str, tuple[str, ...]], str] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        self.meanings = Memo(self._meanings)
        self.kinds = Memo(self._kind)
        self.lands = Memo(self._land)
        self.openings = Memo(lambda word: tuple(self._openings(word)))
        self.forms = Memo(self._form)
        self.bodies = Memo(self._names_body)
        self.agreement = Memo(self._agreement)
        self.agencies = frozenset(fold_name(name) for name in self.lexicon.labels.get("agencies", ()))
        articles = tuple(c for c in self.lexicon.labels.get("light_clitics", ()) if len(c) > 1)
        self.surnames = articles, tuple(self.lexicon.labels.get("surname_endings", ()))
        phrases: dict[str, list[tuple[str, ...]]] = {}
        for phrase in self.lexicon.labels.get("no_places", ()):
            first, *rest = fold_name(phrase).split(" ")
            phrases.setdefault(first, []).append(tuple(rest))
        self.no_places = {first: tuple(rests) for first, rests in phrases.items()}
        suffixes = self.lexicon.demonym_affixes.get("suffixes", ("",))
        language = self.lexicon.language
        for place in self.gazetteer:
            for stem in place.demonyms.get(language, ()):
                self._add_demonym(stem, place.id, suffixes)
        skeletons: dict[str, set[str]] = {}
        native = frozenset(self.lexicon.labels.get("native_countries", ()))
        for place in self.gazetteer:
            for name in place.names.get(language, ()):
                if key := self._bones(fold_name(name), exact=place.country in native):
                    skeletons.setdefault(key, set()).add(place.id)
        self.skeletons = {k: tuple(sorted(v)) for k, v in skeletons.items()}

    def _add_demonym(self, stem: str, place_id: str, suffixes: tuple[str, ...]) -> None:
        bare = fold_name(stem.strip("=*"))
        forms = [bare] if stem.startswith("=") else [bare + s for s in suffixes] + [bare[:-1] + s for s in ("",) if s]
        for form in forms:
            self.demonyms.setdefault(form, place_id)
            if "*" in stem:
                self.weak_demonyms.add(form)

    def conjunction(self, word: str) -> int:
        """1 where the word may begin with a glued conjunction, else 0."""
        return int(word[:1] in self.lexicon.labels.get("conjunction_letters", ""))

    def is_surname(self, word: str) -> bool:
        """Whether an unknown word ends as family names do, and has no article."""
        articles, ends = self.surnames
        return len(word) >= _SURNAME and word.endswith(ends) and not word.startswith(articles)

    def _form(self, word: str) -> _Form | None:
        stems = [stem for _, stem in self.lexicon.stems(word)]
        openings, compound = self.openings[word], self.opens_compound(word)
        decoys = tuple(rest for stem in stems for rest in self.no_places.get(stem, ()))
        known = any(a.entries for a in self.lexicon.analyses(word))
        # a constraint may leave a known word without a tag
        stranger = None if known and not any(s in self.lexicon.constraints for s in stems) else self._stranger(word)
        useful = openings or decoys or compound or stranger
        return _Form(openings, decoys, stranger, compound) if useful else None

    def _names_body(self, word: str) -> bool:
        labels = self.lexicon.labels
        article, bodies = labels.get("article", "\n"), labels.get("bodies", ())
        return any(stem in bodies and not word[:cut].endswith(article) for cut, stem in self.lexicon.stems(word))

    def _agreement(self, word: str) -> str:
        labels = self.lexicon.labels
        if word.isdecimal():
            return "number"
        kinds = ("indefinite_letter", "feminine_letter")
        return next((kind for kind in kinds if word.endswith(labels.get(kind, "\n"))), "other")

    def may_describe(self, word: str) -> bool:
        """Whether an unknown word may describe the noun before it: it has an article, or agrees with the noun."""
        article, agrees = (self.lexicon.labels.get(k, "\n") for k in ("article", "feminine_letter"))
        return word.startswith(article) or word.endswith(agrees)

    def opens_compound(self, stem: str) -> bool:
        """Whether a name of two words may begin with this one."""
        return stem in self.lexicon.labels.get("compound_openers", ())

    def _meanings(self, word: str) -> tuple[str, ...]:
        first = self.lexicon.analyses(word)[:1]
        return tuple(f"{entry.tag}.{entry.value}" for analysis in first for entry in analysis.entries[:3])

    def _land(self, places: tuple[str, ...]) -> str:
        countries = {self.gazetteer.places[place].country for place in places}
        code = countries.pop() if len(countries) == 1 else None
        return "?" if code is None else code

    def _kind(self, named: tuple[str, str, tuple[str, ...]]) -> str:
        how, key, places = named
        if how == "demonym":
            return "weak-demonym" if key in self.weak_demonyms else "demonym"
        if how in ("unknown", "border") or not places:
            return how
        found = (self.gazetteer.places[p] for p in places)
        best = max(found, key=lambda p: (p.feature_code == "PCLI", p.feature_code == "PPLC", p.population))
        kind = "capital" if best.feature_code == "PPLC" else feature_of(best.feature_code)
        if best.needs_cue:
            kind += "-cue"
        return kind + ("-variant" if how == "variant" else "")

    def _stranger(self, word: str) -> _Stranger | None:
        if len(word) < 3 or not word.isalpha():
            return None
        cut = self.conjunction(word)
        stem = word[cut:]
        if cut and (len(stem) < 3 or self.lexicon.analyses(stem)):
            cut, stem = 0, word
        enough = len(stem) >= 5 and len(skeleton(stem, self.lexicon)) >= _ENOUGH
        places = self.alike(stem) if enough else ()
        whole = places if enough and stem == word else self.alike(word)
        return _Stranger(cut, stem, places if len(places) <= 3 else (), whole)

    def alike(self, name: str) -> tuple[str, ...]:
        """Places that a name may mean by its consonants alone, wherever they lie."""
        keys = [self._bones(name, exact=exact) for exact in (False, True)]
        return tuple(sorted({place for key in keys for place in self.skeletons.get(key, ())}))

    def _bones(self, name: str, *, exact: bool) -> str:
        """What spellings of a name share; of few consonants the first letter counts too, of too few nothing.

        A name that comes from this language itself (``exact``) keeps its consonants: none is exchanged for another.
        """
        key = skeleton(name, self.lexicon, exact=exact)
        same = {} if exact else self.lexicon.labels.get("skeleton", {})
        if len(key) < _ENOUGH:
            key = f"{same.get(name[0], name[0])} {key}" if len(key) >= _FEWEST else ""
        return f"={key}" if exact and key else key

    def _openings(self, word: str) -> Iterator[_Opening]:
        if not word[0].isalpha():
            return
        is_word = any(a.cut == 0 and a.entries for a in self.lexicon.analyses(word))
        for cut, stem in self.lexicon.stems(word):
            if cut and (is_word or word[:cut] in self.lexicon.labels.get("verb_clitics", ())):
                continue
            if (
                cut
                and len(stem) < _RARE
                and word[:cut].endswith(tuple(self.lexicon.labels.get("rare_clitics", ("\n",))))
            ):
                continue
            names = self.gazetteer.starting_with(stem)
            demonym = self.demonyms.get(stem)
            if names or demonym:
                yield _Opening(cut, names, demonym, stem)


#: Consonants that a name must have to be known by them alone, and by them where a noun says that a name follows.
_ENOUGH, _FEWEST = 4, 3
#: Before a shorter word a clitic that names seldom have is a letter of the word.
_RARE = 4
#: A shorter word is no family name.
_SURNAME = 5


def skeleton(key: str, lexicon: Lexicon, *, exact: bool = False) -> str:
    """Consonants of a name: what its spellings in another script have in common; ``exact`` exchanges none."""
    exchanging, dropping = _bones(lexicon)
    return key.translate(dropping if exact else exchanging)


def _bones_of(lexicon: Lexicon) -> tuple[dict[int, str], dict[int, str]]:
    """Letters to what a skeleton has of them: with those exchanged that pass for each other, and without."""
    bones = lexicon.labels.get("skeleton", {})
    dropping = dict.fromkeys(map(ord, bones.get("drop", "") + " "), "")
    return {ord(a): b for a, b in bones.items() if len(a) == 1} | dropping, dropping


_bones = PerObject(_bones_of)


_CLASS = mark("class")
_EVENT, _PLACED = mark("event"), mark("class", "prep")
#: What a verb of war may have as its object.
_OBJECTS = frozenset({"weapon", "person", "number"})
_OBJECT = mark(*_OBJECTS)


def find_spans(tagged: Tagged, index: NameIndex) -> list[Span]:
    """Candidate mentions in order, none overlapping another: the longest at each token wins."""
    words, tags, marks = tagged.tokens.words, tagged.tags, tagged.marks
    found: list[Span] = []
    stop = 0
    forms = map(index.forms.__getitem__, words)
    for i, form in [(i, form) for i, form in enumerate(forms) if form is not None or marks[i] & _CLASS]:
        if i < stop:
            continue
        openings, decoys, stranger, compound = form or _NOTHING
        if decoys and (passed := _decoy(words, i, decoys)):
            stop = passed
            continue
        span = _longest(words, i, openings) if openings and not _is_verb(tagged, i) else None
        if compound and (span is None or span.stop == i + 1) and names_follow(tagged, i):
            span = _compound(tagged, i, index) or span
        if span and openings:
            span = _as_adjective(tagged, span, openings, index.gazetteer)
        if span and _is_person(tagged, span, index):
            stop = span.stop + 1
            continue
        if span and (_is_agency(tagged, span, index) or _is_family_name(tagged, span, index)):
            stop = span.stop
            continue
        if span is None:
            if marks[i] & _CLASS:
                span = _border(tagged, i)
            elif stranger and not tags[i]:
                span = _strange(tagged, i, found[-1] if found else None, stranger, index)
        if span:
            found.append(span)
            stop = span.stop
    return found


def _decoy(words: list[str], i: int, decoys: tuple[tuple[str, ...], ...]) -> int:
    """Where a phrase ends that holds a place's name and names no place; 0 where none begins."""
    for rest in decoys:
        if tuple(words[i + 1 : i + 1 + len(rest)]) == rest:
            return i + 1 + len(rest)
    return 0


def _is_verb(tagged: Tagged, i: int) -> bool:
    """Whether a word that may tell an event is its verb: what is hit stands right behind it, as its object."""
    behind = i + 1
    if behind >= len(tagged.tags) or not tagged.marks[i] & _EVENT or not tagged.marks[behind] & (_OBJECT | DIGIT):
        return False
    if not any(t.tag == "event" and t.form == "present" and not t.cut for t in tagged.tags[i]):
        return False
    before = tagged.marks[i - 1] if i else 0
    return not before & _PLACED and all(not t.cut for t in tagged.tags[behind] if t.tag in _OBJECTS)


def _is_person(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a name of one word is a first name: a family name stands behind it."""
    words, behind = tagged.tokens.words, span.first + 1
    if span.kind == "demonym" and span.cut or span.stop != behind:
        return False
    if behind >= len(words) or tagged.tags[behind] or names_follow(tagged, span.first):
        return False
    return index.is_surname(words[behind]) and not index.openings[words[behind]]


def _is_family_name(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a demonym by its ending is a family name: a word that nothing knows stands before it, a first name."""
    if span.kind != "demonym" or span.cut or not span.first or not index.is_surname(tagged.tokens.words[span.first]):
        return False
    before = tagged.tokens.words[span.first - 1]
    return before.isalpha() and not tagged.tags[span.first - 1] and not index.openings[before]


def _is_agency(tagged: Tagged, span: Span, index: NameIndex) -> bool:
    """Whether a name is that of a news agency: it stands between marks, as in a dateline, or behind who reports."""
    if span.stop > span.first + 1 or span.key not in index.agencies:
        return False
    words, behind = tagged.tokens.words, span.stop
    before = words[span.first - 1] if span.first else ""
    if before in _OPENS_SOURCE and behind < len(words) and words[behind] in _CLOSES_SOURCE:
        return True
    return bool(span.first) and bool(tagged.marks[span.first - 1] & _SPEECH or tagged.has(span.first - 1, *_MEDIA))


#: Marks between which the source of a report stands.
_OPENS_SOURCE, _CLOSES_SOURCE = frozenset("(/-[|"), frozenset(")/-]|")
_SPEECH, _MEDIA = mark("speech"), ("organ", "media")


def _border(tagged: Tagged, i: int) -> Span | None:
    for t in tagged.tags[i]:
        if t.tag == "class" and t.value == "border":
            return Span(i, i + t.width, t.cut, "border", tagged.tokens.words[i][t.cut :], ())
    return None


def _strange(tagged: Tagged, i: int, before: Span | None, stranger: _Stranger, index: NameIndex) -> Span | None:
    """A name that no gazetteer writes so: another spelling by its consonants, or a word behind a place noun."""
    behind_noun = i > 0 and (tagged.marks[i - 1] & _CLASS or names_follow(tagged, i))
    close = before if before is not None and before.stop >= i - 1 else None
    if not (stranger.places or behind_noun or close):
        return None
    if i and tagged.tags[i - 1] and tagged.tags[i - 1][0].width > 1:
        return None
    if names_follow(tagged, i):
        return _named(tagged, i, stranger, index)
    cut, stem, places, _ = stranger
    asked = behind_noun and _asks_for_name(tagged, i - 1) or close is not None and _continues(tagged, close, i, cut)
    stop = i + 1
    if asked and index.opens_compound(stem) and stop < len(tagged.tags) and tagged.tokens.words[stop].isalpha():
        return Span(i, stop + 1, cut, "unknown", f"{stem} {tagged.tokens.words[stop]}", ())
    if places:
        return Span(i, stop, cut, "variant", stem, places)
    return Span(i, stop, cut, "unknown", stem, ()) if asked else None


def _compound(tagged: Tagged, i: int, index: NameIndex) -> Span | None:
    """A name of two words by its first one, which may be a word or a name by itself and opens such names."""
    words, stop = tagged.tokens.words, i + 1
    if stop >= len(words) or not words[stop].isalpha() or tagged.tags[stop]:
        return None
    both = f"{words[i]} {words[stop]}"
    return Span(i, stop + 1, 0, "unknown", both, index.alike(both))


def _named(tagged: Tagged, i: int, stranger: _Stranger, index: NameIndex) -> Span:
    """A word behind a noun that a name follows: the word as it stands, or with the next one where places are alike."""
    word, stop = tagged.tokens.words[i], i + 1
    if stop < len(tagged.tags) and not tagged.tags[stop] and tagged.tokens.words[stop].isalpha():
        both = f"{word} {tagged.tokens.words[stop]}"
        if places := index.alike(both):
            return Span(i, stop + 1, 0, "unknown", both, places)
    return Span(i, stop, 0, "variant" if stranger.places else "unknown", word, stranger.whole)


def names_follow(tagged: Tagged, i: int) -> bool:
    """Whether the word before token ``i``, or before its quote, is a noun that nearly always has a name behind it."""
    noun = i - 2 if i > 1 and tagged.tokens.words[i - 1] == '"' else i - 1
    if not i or not tagged.marks[noun] & _CLASS or not _asks_for_name(tagged, noun):
        return False
    nouns = tagged.lexicon.labels.get("naming_nouns", ())
    word, tags = tagged.tokens.words[noun], tagged.tags[noun]
    return tags[0].width == 1 and any(t.tag == "class" and word[t.cut :] in nouns for t in tags)


def _asks_for_name(tagged: Tagged, i: int) -> bool:
    """A place noun in the construct: it has no article."""
    article = tagged.lexicon.labels.get("article", "")
    for t in tagged.tags[i]:
        if t.tag == "class" and t.value not in ("around", "border"):
            return not (article and tagged.tokens.words[i][: t.cut].endswith(article)) and not t.lemma.startswith(
                article
            )
    return False


def _continues(tagged: Tagged, before: Span, i: int, cut: int) -> bool:
    """Whether token ``i`` goes on a list that a place noun opened."""
    if not (before.stop == i and cut or before.stop == i - 1 and tagged.tokens.words[i - 1] in COMMAS):
        return False
    if before.kind == "unknown":
        return True
    return before.kind == "name" and any(
        _asks_for_name(tagged, k) for k in range(max(0, before.first - 5), before.first)
    )


#: A line break or a hyphen inside a name does not matter.
_PASSED = frozenset("\n-")


def _longest(words: list[str], i: int, heads: tuple[_Opening, ...]) -> Span | None:
    best: Span | None = None
    behind = words[i + 1] if i + 1 < len(words) else ""
    mark_behind = behind in "\n-"
    for cut, names, demonym, stem in heads:
        for rest, key, places in names:
            if not rest:
                stop = i + 1
            elif mark_behind or rest[0] == behind:
                stop = past_words(words, i + 1, rest, _PASSED)
            else:
                continue
            if stop and (best is None or stop > best.stop):
                best = Span(i, stop, cut, "name", key, places)
                break
        if demonym and (best is None or best.stop == i + 1 and best.cut > cut):
            best = Span(i, i + 1, cut, "demonym", stem, (demonym,))
    return best


def _as_adjective(tagged: Tagged, span: Span, openings: tuple[_Opening, ...], gazetteer: Gazetteer) -> Span:
    """The span; an easily mistaken name of one word is the adjective of another country behind a noun, if it may be."""
    i = span.first
    if span.kind != "name" or span.stop > i + 1 or not i or not tagged.tokens.words[i - 1].isalpha():
        return span
    if tagged.marks[i - 1] & _PLACED:
        return span
    for cut, _, demonym, stem in openings:
        if demonym is None or cut < span.cut:
            continue
        country = gazetteer.places[demonym].country
        if all((p := gazetteer.places[k]).needs_cue and p.country != country for k in span.places):
            return Span(i, i + 1, cut, "demonym", stem, (demonym,))
    return span
