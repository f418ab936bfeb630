"""Whether the people of a loss were soldiers or civilians."""

from __future__ import annotations

from geomap.codebook import feature_of
from geomap.extract.losses import Loss
from geomap.extract.losses.running import is_running
from geomap.extract.victims.owners import is_foes, loser_of
from geomap.extract.victims.scene import Scene
from geomap.punctuation import PAUSES
from geomap.tagging import mark


def status_features(scene: Scene, loss: Loss, before: str) -> list[str]:
    """What speaks for soldiers, civilians or neither; ``before`` is the status of the loss told just before."""
    tags, words, marks = scene.article.tagged.tags, scene.article.tagged.tokens.words, scene.article.tagged.marks
    # what a party that fights has lost are its soldiers, unless it says who they were
    rule = "military" if (loss.status == "unknown" or _are_men(scene, loss)) and loser_of(scene, loss) else loss.status
    out = [
        "b",
        f"rule={rule}",
        f"type={scene.event.sub_event_type}",
        f"rule={rule}|{scene.event.sub_event_type}",
        f"kind={loss.kind}",
        f"before={before}",
        f"before={before}|{rule}|{loss.kind}",
    ]
    for k in range(loss.first, loss.stop):
        out += [f"n={t.tag}.{t.lemma}" for t in tags[k] if t.tag in ("person", "loss", "number", "bound")]
    for k in range(loss.stop, min(scene.event.stop, loss.stop + 4)):
        if words[k] in PAUSES:
            break
        out.append(f"w={words[k]}")
        out += [f"a={t.tag}.{t.value}" for t in tags[k] if t.tag in ("person", "organ", "party", "link")]
    if 0 <= loss.head < len(tags):
        out += [f"f={t.lemma}" for t in tags[loss.head] if t.tag == "loss"]
    event = [k for k in range(scene.event.first, scene.event.stop) if marks[k] & _PERSON]
    people = sorted({t.value for k in event for t in tags[k] if t.tag == "person"})
    out.append("people=" + "+".join(people))
    out += _around(scene, loss)
    out += [*_ahead(scene, loss), *_parts(scene, loss), *_toll(scene, loss), *_of_whom(scene, loss)]
    if is_foes(scene, loss):
        out.append("foes")
    if scene.places:
        out.append(f"place={feature_of(scene.places[0].place.feature_code)}|{scene.event.sub_event_type}")
    return out


def _around(scene: Scene, loss: Loss) -> list[str]:
    """What else tells: whose ground it was, who says so, what stands there, whether it is a total since a day."""
    sub, tags, marks = scene.event.sub_event_type, scene.article.tagged.tags, scene.article.tagged.marks
    out = [f"holder={scene.holders[0] if scene.holders else ''}|{sub}", *(f"by={name}" for name in scene.reported)]
    if is_running(scene.article, loss, scene.event):
        out += ["running", f"running|{sub}"]
    event = [k for k in range(scene.event.first, scene.event.stop) if marks[k] & _GROUND]
    return [*out, *sorted({f"there={t.lemma}" for k in event for t in tags[k] if t.tag in ("class", "body")})]


def _are_men(scene: Scene, loss: Loss) -> bool:
    """Whether the noun tells no more than that they were men."""
    plain = scene.article.tagged.lexicon.labels.get("plain_people", ())
    tags = scene.article.tagged.tags
    return any(t.tag == "person" and t.lemma in plain for k in range(loss.first, loss.stop) for t in tags[k])


_NAMED = ("person", "organ", "party", "weapon", "class", "body")


def _ahead(scene: Scene, loss: Loss) -> list[str]:
    """What stands right before the number: "their crew, dead and wounded"."""
    tags, words = scene.article.tagged.tags, scene.article.tagged.tokens.words
    out: list[str] = []
    for k in range(loss.first - 1, max(scene.event.first, loss.first - _CLOSE) - 1, -1):
        if words[k] in PAUSES:
            break
        out += [f"p={t.tag}.{t.value}" for t in tags[k] if t.tag in _NAMED]
    return sorted(set(out))


def _parts(scene: Scene, loss: Loss) -> list[str]:
    """Who is told among them: "27 people, among them two soldiers"."""
    tags, words = scene.article.tagged.tags, scene.article.tagged.tokens.words
    tagged = scene.article.tagged
    link = tagged.first("link", "subset", loss.stop, min(scene.event.stop, loss.stop + _CLOSE))
    if link is None:
        return []
    found: set[str] = set()
    lemmas: set[str] = set()
    for k in range(link + 1, min(scene.event.stop, link + _FAR)):
        if words[k] in PAUSES or any(t.tag in ("loss", "event") and t.cut for t in tags[k]):
            break
        found |= {t.value for t in tags[k] if t.tag == "person" and t.value != "any"}
        lemmas |= {t.lemma for t in tags[k] if t.tag == "person"}
    return [f"parts={'+'.join(sorted(found))}", *(f"part={x}" for x in sorted(lemmas))]


def _toll(scene: Scene, loss: Loss) -> list[str]:
    """Whose toll it is: "the number of dead civilians rose to 91, and the wounded to 405"."""
    tags, marks = scene.article.tagged.tags, scene.article.tagged.marks
    first, _ = scene.article.sentence(loss.first)
    for k in range(loss.first - 1, max(first, loss.first - _TOLL) - 1, -1):
        if not marks[k] & _LOSS or not any(
            t.tag == "loss" and (t.value == "toll" or t.form == "noun") for t in tags[k]
        ):
            continue
        told = [
            t for j in range(k + 1, min(loss.first, k + _FAR)) for t in tags[j] if t.tag in ("person", "organ", "party")
        ]
        if told:
            return sorted({f"toll={t.tag}.{t.value}" for t in told if t.value != "any"})
    return []


def _of_whom(scene: Scene, loss: Loss) -> list[str]:
    """Who was told of last, where the number counts some of them: "two of them"."""
    tagged = scene.article.tagged
    if tagged.first("link", "subset", max(0, loss.first - 1), loss.stop + 1) is None:
        return []
    first, _ = scene.article.sentence(loss.first)
    for k in range(loss.first - 1, first - 1, -1):
        last = next((t.value for t in tagged.tags[k] if t.tag == "person" and t.value != "any"), "")
        if last:
            return [f"of={last}"]
    return []


_CLOSE, _FAR, _TOLL = 4, 8, 18
_LOSS, _PERSON, _GROUND = mark("loss"), mark("person"), mark("class", "body")
