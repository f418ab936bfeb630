"""Whether the people of a loss were soldiers or civilians."""

from __future__ import annotations

from geomap.codebook import feature_of
from geomap.extract.losses import Loss
from geomap.extract.owners import loser_of
from geomap.extract.running import is_running
from geomap.extract.scene import Scene
from geomap.punctuation import PAUSES


def status_features(scene: Scene, loss: Loss, before: str) -> list[str]:
    """What speaks for soldiers, civilians or neither; ``before`` is the status of the loss told just before."""
    tags, words = scene.article.tagged.tags, scene.article.tagged.tokens.words
    # what a party that fights has lost are its soldiers, unless it says who they were
    rule = "military" if loss.status == "unknown" and loser_of(scene, loss) else loss.status
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
    people = sorted({t.value for k in range(scene.event.first, scene.event.stop) for t in tags[k] if t.tag == "person"})
    out.append("people=" + "+".join(people))
    out += _around(scene, loss)
    out += [f"value={v}" for h in scene.event.heads for v in h.values]
    if scene.places:
        out.append(f"place={feature_of(scene.places[0].place.feature_code)}|{scene.event.sub_event_type}")
    return out


def _around(scene: Scene, loss: Loss) -> list[str]:
    """What else tells: whose ground it was, who says so, what stands there, whether it is a total since a day."""
    sub, tags = scene.event.sub_event_type, scene.article.tagged.tags
    out = [f"holder={scene.holders[0] if scene.holders else ''}|{sub}", *(f"by={name}" for name in scene.reported)]
    if is_running(scene.article, loss, scene.event):
        out += ["running", f"running|{sub}"]
    event = range(scene.event.first, scene.event.stop)
    return [*out, *sorted({f"there={t.lemma}" for k in event for t in tags[k] if t.tag in ("class", "body")})]
