"""Groups that make one: a mother and her two children are three; parts told behind their total are none."""

from __future__ import annotations

from geomap.extract.article import Article
from geomap.extract.losses.loss import Loss
from geomap.punctuation import COMMAS


def joined(article: Article, found: list[Loss]) -> list[Loss]:
    """Add up uncounted neighbours of one fate and status: "a mother and her two children" are three."""
    out: list[Loss] = []
    for loss in found:
        last = out[-1] if out else None
        if (
            last is not None
            and last.person
            and loss.person
            and loss.kind == last.kind
            and loss.count
            and last.count
            and max(loss.count, last.count) <= (12 if last.count > 1 else 20)
            and _near(article, last, loss)
            and _is_joined(article, loss.first)
            and (loss.status == last.status or "unknown" in (loss.status, last.status))
            and not _named_people(article, last, loss)
            and _are_police(article, last) == _are_police(article, loss)
            and not (len(out) > 1 and _named_apart(article, out[-2], last))
        ):
            status = last.status if last.status != "unknown" else loss.status
            out[-1] = last._replace(stop=loss.stop, count=last.count + loss.count, status=status)
        else:
            out.append(loss)
    return out


def _near(article: Article, last: Loss, loss: Loss) -> bool:
    """Whether people stand close enough to those before to be one group with them; a name may stand between."""
    words = article.tagged.tokens.words
    phrase = article.tagged.phrase_before(loss.first, "adding")
    far = _FAR if phrase or _companions(article, loss) else _CLOSE
    between = words[last.stop : loss.first - phrase]
    if phrase and between and between[-1] in COMMAS:
        between = between[:-1]
    return len(between) <= far and not any(word in COMMAS for word in between)


#: Tokens between two groups of people, and where names and offices stand between somebody and "his companions".
_CLOSE, _FAR = 4, 9


def _companions(article: Article, loss: Loss) -> bool:
    """Whether people are told as somebody's: "six of his comrades"."""
    known = article.tagged.lexicon.labels.get("companions", ())
    endings = tuple(article.tagged.lexicon.labels.get("possessives", ()))
    tags, words = article.tagged.tags, article.tagged.tokens.words
    return any(
        t.tag == "person" and t.lemma in known and words[k].endswith(endings)
        for k in range(loss.first, min(len(tags), loss.stop))
        for t in tags[k]
    )


def _are_police(article: Article, loss: Loss) -> bool:
    tags = article.tagged.tags
    return any(
        t.tag == "person" and t.value == "police"
        for k in range(loss.first, min(len(tags), loss.stop + 1))
        if k < loss.stop or not article.tagged.has_conjunction(k)
        for t in tags[k]
    )


def corrected(article: Article, found: list[Loss]) -> list[Loss]:
    """Without figures that the same account takes back: "63 fell, then the toll was raised to 89"."""
    out: list[Loss] = []
    for loss in found:
        told = loss
        if _corrects(article, loss):
            before = next((k for k in range(len(out) - 1, -1, -1) if out[k].person and out[k].kind == loss.kind), None)
            if before is not None and loss.first - out[before].stop <= _FORMER:
                old = out.pop(before)
                told = loss._replace(status=old.status if loss.status == "unknown" else loss.status)
        out.append(told)
    return out


def _corrects(article: Article, loss: Loss) -> bool:
    """Whether "then ... to" leads to a number, and nothing says since when it counts."""
    tagged = article.tagged
    if not loss.person or not loss.count or not tagged.has(loss.first - 1, "prep", "to"):
        return False
    later = tagged.lexicon.labels.get("later", ())
    for k in range(loss.first - 2, max(-1, loss.first - _RETOLD), -1):
        if tagged.has(k, "time", "since") or tagged.tokens.sentence_of[k] != tagged.tokens.sentence_of[loss.first]:
            return False
        if tagged.tokens.words[k] in later:
            return True
    return False


#: Tokens between a figure and the word before it that takes an older one back, and to that one.
_RETOLD, _FORMER = 9, 30


def alike(article: Article, found: list[Loss]) -> list[Loss]:
    """Losses where what stands behind the last of two joined tells of both: "two dead and 14 wounded of the army"."""
    out = list(found)
    for k in range(len(out) - 1, 0, -1):
        loss, before = out[k], out[k - 1]
        told = loss.status != "unknown" and not _tells_status(article, loss)
        if before.person and loss.person and told and before.status == "unknown" and _follows(article, before, loss):
            out[k - 1] = before._replace(status=loss.status)
    return out


def _follows(article: Article, before: Loss, loss: Loss) -> bool:
    return 0 <= loss.first - before.stop <= 1 and article.tagged.tokens.words[before.stop] not in COMMAS


def _tells_status(article: Article, loss: Loss) -> bool:
    """Whether the counted noun itself tells soldiers from civilians."""
    tags = article.tagged.tags
    return any(
        t.tag == "person" and t.value in ("military", "civilian") for k in range(loss.first, loss.stop) for t in tags[k]
    )


def without_parts(article: Article, found: list[Loss]) -> list[Loss]:
    """Without the parts of a total that stand right behind it: "three people, two soldiers and a boy"."""
    out: list[Loss] = []
    k = 0
    while k < len(found):
        total = found[k]
        out.append(total)
        k += 1
        apart = k < len(found) and _named_apart(article, total, found[k])
        parts = _parts(found, k - 1, _LISTED if apart else _NEAR)
        if len(parts) > 1:
            if apart:
                out += parts
            elif any(
                article.mentions[m].role == "nationality"
                for m in article.mentions_in(parts[0].first, parts[-1].stop + 2)
            ):
                out[-1:] = parts
            k += len(parts)
    return out


def _named_apart(article: Article, total: Loss, part: Loss) -> bool:
    """Whether "they are" leads from a total to its parts, which are whole groups then: "375: they are 162 ..."."""
    known = article.tagged.lexicon.labels.get("aside_many", ())
    return any(word in known for word in article.tagged.tokens.words[total.stop : part.first])


#: Tokens from a total to its parts, and where "they are" leads to them.
_NEAR, _LISTED = 3, 20


def _parts(found: list[Loss], k: int, reach: int) -> list[Loss]:
    """Losses behind ``found[k]`` that add up to it, of the same fate and close together."""
    total, parts, last = found[k], [], found[k]
    if not total.person or not total.count or total.status != "unknown":
        return []
    for part in found[k + 1 :]:
        if part.kind != total.kind or not part.count or part.first - last.stop > reach:
            break
        reach = _NEAR
        parts.append(part)
        last = part
        if sum(p.count or 0 for p in parts) == total.count:
            return parts
    return []


def _is_joined(article: Article, i: int) -> bool:
    """Whether a word adds to those before: by a conjunction, or a phrase, "two men, in addition to a woman"."""
    return _glued(article, i) or article.tagged.phrase_before(i, "adding") > 0


def _glued(article: Article, i: int) -> bool:
    """Whether a conjunction stands before a word, written together with it or alone."""
    alone = i > 0 and article.tagged.is_conjunction(i - 1)
    return alone or any(t.cut for t in article.tagged.tags[i])


def _named_people(article: Article, a: Loss, b: Loss) -> bool:
    """Whether adjectives of two countries stand with them, or one with the second: then they are of two sides."""
    named = [
        (article.mention_first[m], article.mentions[m].place)
        for m in article.mentions_in(a.first, b.stop + 2)
        if article.mentions[m].role == "nationality"
    ]
    if any(
        t.lemma in _others(article)
        for k in range(b.stop, min(len(article.tagged.tags), b.stop + 3))
        for t in article.tagged.tags[k]
    ):
        return False  # "and five others of Azerbaijan": all are
    if _attacked(article, b.first, b.stop + _OF) and not _attacked(article, a.first, a.stop):
        return True  # "three of its soldiers and one of the attackers"
    ours = article.tagged.lexicon.labels.get("our", "\n")
    own = any(
        article.tagged.has(k, "party", "own") and article.tagged.tokens.words[k].endswith(ours)
        for k in range(b.first, b.stop)
    )
    if own and any(at < b.first for at, _ in named):
        return True  # "two Russians and three of our soldiers"
    return any(at >= b.first for at, _ in named) or len({place and place.country for _, place in named}) > 1


def _attacked(article: Article, first: int, stop: int) -> bool:
    """Whether those who attacked are named in a token range, before a pause."""
    known = article.tagged.lexicon.labels.get("attackers", ())
    for k in range(first, min(len(article.tagged.tags), stop)):
        if article.tagged.tokens.words[k] in COMMAS:
            return False
        if any(t.tag == "person" and t.lemma in known for t in article.tagged.tags[k]):
            return True
    return False


#: Tokens behind a number within which it is told of whom: "one at least of the attackers".
_OF = 4


def _others(article: Article) -> tuple[str, ...]:
    return tuple(article.tagged.lexicon.labels.get("others", ()))


def without_kept(article: Article, found: list[Loss]) -> list[Loss]:
    """Without bodies that were found where the dead are kept: those fell before, elsewhere.

    "160 bodies were found in the morgue".
    """
    tagged = article.tagged
    bodies = tagged.lexicon.labels.get("bodies_found", ())
    finding, keeping = tagged.lexicon.among("finding"), tagged.lexicon.among("keeping_dead")

    def kept(loss: Loss) -> bool:
        if not any(t.lemma in bodies for k in range(loss.first, loss.stop) for t in tagged.tags[k]):
            return False
        first, last = article.sentence(loss.first)
        words = tagged.tokens.words[first:last]
        return any(finding[word] is not None for word in words) and any(keeping[word] is not None for word in words)

    return [loss for loss in found if not (loss.person and loss.kind == "killed" and kept(loss))]


def without_echoes(article: Article, found: list[Loss]) -> list[Loss]:
    """Without victims who only open a toll that is told in figures: "the number of dead may rise"."""
    words, openers = article.tagged.tokens.words, article.tagged.lexicon.labels.get("toll_openers", ())

    def echoes(loss: Loss) -> bool:
        if not loss.person or loss.count is not None or loss.first == 0:
            return False
        opened = words[loss.first - 1] in openers or article.tagged.has(loss.first - 1, "loss", "toll")
        return opened and any(x.person and x.kind == loss.kind and x.count for x in found)

    return [loss for loss in found if not echoes(loss)]
