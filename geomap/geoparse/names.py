"""The names of a gazetteer as one language writes them: what a written word may have to do with one of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from geomap.codebook import feature_of
from geomap.gazetteer import Gazetteer, Name
from geomap.lexicon import Lexicon
from geomap.memo import Memo, PerObject
from geomap.text import fold_name


class Opening(NamedTuple):
    """Names that can begin with a written word, behind ``cut`` letters of clitics."""

    cut: int
    names: tuple[Name, ...]
    demonym: str | None
    stem: str


class Stranger(NamedTuple):
    """What a word without tags may be: places of its consonants, behind ``cut`` letters of a conjunction."""

    cut: int
    stem: str
    places: tuple[str, ...]
    #: Places of the consonants of the whole word, however few.
    whole: tuple[str, ...]


class Form(NamedTuple):
    """What a written word may have to do with a name.

    ``openings`` are the names that it can begin. ``decoys`` are what must follow it to make it no place, after its
    clitics are off: the rest of a phrase. ``stranger`` is what it may be where it has no tags, and ``compound`` whether
    a name of two words may begin with it.
    """

    openings: tuple[Opening, ...]
    decoys: tuple[tuple[str, ...], ...]
    stranger: Stranger | None
    compound: bool


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
    openings: Memo[str, tuple[Opening, ...]] = field(init=False, repr=False)
    #: The first meanings that the lexicon gives a written word.
    meanings: Memo[str, tuple[str, ...]] = field(init=False, repr=False)
    #: What a written word may have to do with a name; nothing for most of the words that the lexicon knows.
    forms: Memo[str, Form | None] = field(init=False, repr=False)
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

    def _form(self, word: str) -> Form | None:
        stems = [stem for _, stem in self.lexicon.stems(word)]
        openings, compound = self.openings[word], self.opens_compound(word)
        decoys = tuple(rest for stem in stems for rest in self.no_places.get(stem, ()))
        known = any(a.entries for a in self.lexicon.analyses(word))
        # a constraint may leave a known word without a tag
        stranger = None if known and not any(s in self.lexicon.constraints for s in stems) else self._stranger(word)
        useful = openings or decoys or compound or stranger
        return Form(openings, decoys, stranger, compound) if useful else None

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

    def _stranger(self, word: str) -> Stranger | None:
        if len(word) < 3 or not word.isalpha():
            return None
        cut = self.conjunction(word)
        stem = word[cut:]
        if cut and (len(stem) < 3 or self.lexicon.analyses(stem)):
            cut, stem = 0, word
        enough = len(stem) >= 5 and len(skeleton(stem, self.lexicon)) >= _ENOUGH
        places = self.alike(stem) if enough else ()
        whole = places if enough and stem == word else self.alike(word)
        return Stranger(cut, stem, places if len(places) <= 3 else (), whole)

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

    def _openings(self, word: str) -> Iterator[Opening]:
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
                yield Opening(cut, names, demonym, stem)


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
