"""The wounded who died: "a soldier was hit and soon passed away", "fatally wounded"."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.losses.loss import Loss
from geomap.numbers import number_at
from geomap.punctuation import SENTENCE_ENDS
from geomap.tagging import DIGIT, mark

_LOSS, _PEOPLE = mark("loss"), mark("person", "number", "count") | DIGIT
#: Tokens from the wounded to the verb that tells their death, and from it to the word that says when or of what.
_SOON, _NEAR = 14, 3
#: Tokens from the wounded to what their wounds were.
_WOUNDS = 6


def died(article: Article, found: list[Loss], stop: int) -> list[Loss]:
    """Losses, where those who died of what befell them are dead; the event ends at token ``stop``."""
    return [
        loss._replace(kind="killed")
        if loss.person
        and loss.kind == "injured"
        and (_died_later(article, found, loss, stop) or _fatally(article, loss))
        else loss
        for loss in found
    ]


def _died_later(article: Article, found: list[Loss], loss: Loss, stop: int) -> bool:
    """Whether a verb of dying behind one wounded man tells of him: it names nobody, and says "soon" or "of it"."""
    if loss.count != 1:
        return False
    tagged, words = article.tagged, article.tagged.tokens.words
    later = tagged.lexicon.words("dying_later")
    for k in range(loss.stop, min(stop, loss.stop + _SOON)):
        if words[k] in SENTENCE_ENDS or any(other.first <= k < other.stop for other in found if other is not loss):
            return False
        if not tagged.marks[k] & _LOSS:
            continue
        dies = next((t for t in tagged.tags[k] if _tells_death(t.tag, t.value, t.form)), None)
        if dies is None:
            continue
        behind = k + dies.width
        if behind < stop and (tagged.marks[behind] & _PEOPLE and not _is_time(article, behind)):
            return False
        near = [*range(max(loss.stop, k - _NEAR), k), *range(behind, min(stop, behind + _NEAR))]
        return any(words[j] in later for j in near)
    return False


def _tells_death(tag: str, value: str, form: str) -> bool:
    return tag == "loss" and value == "killed" and form in ("past", "present")


def _is_time(article: Article, at: int) -> bool:
    return at in article.timed


def _fatally(article: Article, loss: Loss) -> bool:
    """Whether wounds behind the wounded are told as fatal, and nobody else is counted between."""
    words, lexicon = article.tagged.tokens.words, article.tagged.lexicon
    fatal = lexicon.words("fatal")
    for k in range(loss.stop, min(len(words), loss.stop + _WOUNDS)):
        if words[k] in SENTENCE_ENDS or number_at(words, k, lexicon):
            return False
        if words[k] in fatal:
            return True
    return False
