"""What the form of a noun tells: whether it names victims, and how many it is."""

from __future__ import annotations

import unicodedata

from geomap.extract.article import Article
from geomap.lexicon import Lexicon
from geomap.memo import PerObject
from geomap.tagging import Tag
from geomap.text import fold_name


def victim_nouns(article: Article) -> frozenset[str]:
    """Lemmas of loss nouns that name the victims themselves (they are tagged as persons too)."""
    return _victims(article.tagged.lexicon)


def _victims_of(lexicon: Lexicon) -> frozenset[str]:
    entries = (entry for known in lexicon.forms.values() for entry in known)
    return frozenset([entry.lemma for entry in entries if entry.tag == "person" and entry.value == "any"])


_victims = PerObject(_victims_of)


def grammatical_number(article: Article, i: int, noun: Tag) -> int | None:
    """Number that the noun's form gives: 2 for a dual, 1 for a singular, None for a plural."""
    word = article.tagged.tokens.words[i][noun.cut :]
    lexicon = article.tagged.lexicon
    duals = lexicon.labels.get("dual_endings", ())
    full = tuple(lexicon.labels.get("dual_full", ()))
    lemma = noun.lemma.split(" ")[0]
    base = fold_name(lemma)
    stem = base[:-1] if base[-1:] in lexicon.labels.get("feminine_letter", "") else base
    if noun.form == "people":
        return _people_number(article, word)
    if _is_voiced_dual(article, i):
        return 2
    if noun.lemma in lexicon.labels.get("collectives", ()):
        return None
    if lemma in lexicon.sound_plurals and any(word == stem + e for e in lexicon.labels.get("plural_endings", ())):
        return 2 if _two_follows(article, i) else None
    if word == base or word in (base + s for s in lexicon.labels.get("singular_endings", ())):
        return 1
    if _is_adjective(article, i, word, base):
        return None
    bare = article.tagged.has_article(i, noun)  # behind it, a dual keeps its last letter
    for ending in duals:
        if word == stem + ending and not (bare and not ending.endswith(full)):
            return 2
    if word.startswith(stem) and word[len(stem) :] in lexicon.labels.get("possessive_singular", ()):
        return 1
    return None


def _is_voiced_dual(article: Article, i: int) -> bool:
    """Whether a written vowel tells the dual from the plural that is spelt like it."""
    sign = article.tagged.lexicon.labels.get("dual_sign", "")
    if not sign:
        return False
    written = _written(article, i)
    at = written.rfind(unicodedata.lookup(sign))
    return at > 0 and fold_name(written[at:]) in article.tagged.lexicon.labels.get("plural_endings", ())


def _is_adjective(article: Article, i: int, word: str, base: str) -> bool:
    """Whether a word ends in the letter of a feminine adjective, where a pronoun would be spelt like it."""
    written = article.tagged.lexicon.labels.get("feminine_written", "")
    return bool(written) and word != base and _written(article, i).endswith(written)


def _written(article: Article, i: int) -> str:
    """A word as it stands in the text, with its vowels."""
    start, stop = article.tagged.tokens.span(i, i)
    return article.tagged.tokens.folded.original[start:stop]


def _two_follows(article: Article, i: int) -> bool:
    tags = article.tagged.tags
    return i + 1 < len(tags) and any(t.tag == "number" and t.value == "2" for t in tags[i + 1])


def _people_number(article: Article, word: str) -> int | None:
    """Number of a people's name by its ending."""
    labels = article.tagged.lexicon.labels
    if any(word.endswith(e) for e in labels.get("people_dual", ())):
        return 2
    return None if any(word.endswith(e) for e in labels.get("people_plural", ())) else 1


def is_passive(article: Article, i: int, verb: Tag) -> bool:
    """Whether a written vowel over a verb's first letter tells that something was done to what follows."""
    sign = article.tagged.lexicon.labels.get("passive_sign", "")
    if not sign or verb.form != "past":
        return False
    letters = 0
    for letter in _written(article, i):
        if letter == unicodedata.lookup(sign):
            return letters == verb.cut + 1
        letters += not unicodedata.combining(letter)
    return False
