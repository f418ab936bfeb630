"""Which parties beside a word of speech may speak by it, and where what is said begins."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.parties.named import Parties, Party
from geomap.extract.speech.bodies import is_there
from geomap.extract.speech.words import SPEAKERS
from geomap.punctuation import QUOTES, SAYING_ENDS
from geomap.tagging import SIGN, Tag, mark

#: Tokens behind a noun of speech within which whose it is stands: "a statement of the ministry".
OF = 4
#: Tokens behind "the statement" within which an adjective begins that tells whose it is.
_ADJECTIVE = 1
#: Bodies that a place before a verb may be the seat of.
_BODIES = frozenset({"state", "force", "office"})
#: Tokens behind "the statement" within which stands by whom it was issued.
_ISSUED = 3
#: What may open that which is said, or end it.
_OPENING = mark("speech", "link") | SIGN


def statement_end(article: Article, at: int, limit: int) -> int:
    """Where the words end that may tell whose "the statement" is: only an adjective or "issued by" follows it."""
    tags = article.tagged.tags
    noun = next((t for t in tags[at] if t.tag == "speech" and t.form == "noun"), None)
    if noun is None or not article.tagged.has_article(at, noun) or any(t.tag == "organ" for t in tags[at]):
        return limit
    stop = at + noun.width
    issued = any(article.tagged.has(k, "prep", "from") for k in range(stop, min(limit, stop + _ISSUED)))
    return limit if issued else min(limit, stop + _ADJECTIVE)


def may_precede(article: Article, party: Party) -> bool:
    """Whether a place before a verb may be who speaks: no place that something happens in, but the seat of a body."""
    branches = article.tagged.lexicon.labels["branches"]
    return not is_there(article, party) or any(
        (t.tag == "organ" and t.value in _BODIES or t.lemma in branches) and k + t.width == party.first - 1
        for k in range(max(0, party.first - OF), party.first - 1)
        for t in article.tagged.tags[k]
    )


def sided(article: Article, party: Party) -> bool:
    """Whether a party is only whom another stands by: "the authorities loyal to X"."""
    return any(article.tagged.is_one(k, "sided") for k in range(max(0, party.first - 2), party.first))


def addressed(article: Article, party: Party) -> bool:
    """Whether a medium is whom somebody talks to: "told the agency"."""
    word, tags = article.tagged.tokens.words[party.first], article.tagged.tags[party.first]
    to = article.tagged.lexicon.labels["addressing_letters"]
    return party.kind == "claimant" and any(t.tag == "organ" and word[: t.cut].startswith(tuple(to)) for t in tags)


def bare_body(article: Article, stop: int, party: int) -> bool:
    """Whether a body without a name speaks and the party behind it belongs to what it tells."""
    tags = article.tagged.tags
    body = next((t for t in tags[stop] if t.tag == "organ"), None) if stop < len(tags) else None
    if body is None or stop + body.width > party:
        return False
    return any(t.tag in ("event", "loss", "number") for k in range(stop + body.width, party) for t in tags[k])


def next_to(article: Article, stop: int, at: int) -> bool:
    """Whether a verb follows its subject with no more than a word between."""
    return at - stop <= 2 and all(w[0].isalnum() or w in QUOTES for w in article.tagged.tokens.words[stop:at])


def has_object(article: Article, i: int, speech: Tag) -> bool:
    """Whether a verb has its object as an ending ("accused it"), so that the party behind it is its subject."""
    word, shortest = article.tagged.tokens.words[i], speech.cut + len(speech.lemma)
    return any(
        word.endswith(ending) and len(word) - len(ending) >= shortest
        for ending in article.tagged.lexicon.labels["possessives"]
    )


def accused(article: Article, party: Party) -> bool:
    """Whether a party behind a verb of accusing is what is accused: the deed follows at once ("of shelling")."""
    return deed_follows(article, party.stop)


def deed_follows(article: Article, at: int) -> bool:
    """Whether a deed that somebody is accused of stands at a token, with its preposition."""
    tags = article.tagged.tags
    while at < len(tags) and article.tagged.tokens.words[at] in QUOTES:
        at += 1
    return at < len(tags) and any(t.cut and t.tag in ("event", "loss") for t in tags[at])


def may_speak(article: Article, party: Party, stop: int, stated: bool) -> bool:
    """Whether a party behind a speech word ending at ``stop`` can be who speaks; ``stated``, by a statement.

    An adjective speaks for its state where only the words for a body stand between.
    """
    gap = party.first - stop
    if party.kind in SPEAKERS:
        return gap <= 9
    between = range(stop, party.first)
    if party.kind == "latent":
        told = any(t.tag == "event" for k in between for t in article.tagged.tags[k])
        return gap <= (OF if stated and not told else 1)
    return (
        party.kind == "people"
        and 1 <= gap <= 5
        and not any(article.tagged.tokens.words[k] in SAYING_ENDS for k in between)
        and not any(
            t.tag in ("event", "loss", "prep", "person", "number") for k in between for t in article.tagged.tags[k]
        )
    )


def topic(article: Article, first: int) -> bool:
    """Whether a sentence names its subject first ("as for X, it said")."""
    tags = article.tagged.tags
    return any(t.tag == "link" and t.value == "contrast" for k in (first, first + 1) if k < len(tags) for t in tags[k])


def reported_from(article: Article, parties: Parties, at: int, last: int) -> int:
    """Where the reported clause begins: at "that", a colon, a quotation mark or another speech word."""
    words, tags, marks = article.tagged.tokens.words, article.tagged.tags, article.tagged.marks
    named = {k for p in parties.within(at, last) for k in range(p.first, p.stop)}
    for k in range(at, last):
        if not marks[k] & _OPENING or k in named:
            continue
        if any(t.tag == "speech" and t.value == "according" for t in tags[k]):
            continue
        if words[k] == ":" or any(t.tag == "link" and t.value == "that" for t in tags[k]):
            return k
        if (
            words[k] == '"'
            and k - at > 6
            or k > at
            and any(t.tag == "speech" and t.form in ("past", "present") for t in tags[k])
        ):
            return k
    return min(last, at + 12)
