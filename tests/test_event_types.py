"""Which type an event has: who was shot at, what was lost, who came; and the rules that the codebook gives."""

from __future__ import annotations

import pytest

from geomap.extract.events.event import event_range
from geomap.extract.events.evidence import evidence
from geomap.extract.events.heads import find_heads
from geomap.extract.events.links import group_heads
from geomap.extract.events.subtypes import by_rule
from geomap.extract.events.types import certain_type
from geomap.extract.losses import find_losses
from tests.support.reading import article, claims

NONE: frozenset[str] = frozenset()


@pytest.mark.parametrize(
    ("values", "weapons", "persons", "lost", "fell", "expected"),
    [
        # a sniper is a soldier; the shepherd who fell is none
        ({"fire", "loss-killed"}, {"smallarms"}, {"military", "civilian"}, NONE, {"civilian"}, "Attack"),
        ({"fire", "loss-killed"}, {"smallarms"}, {"military", "civilian"}, NONE, {"military"}, "Armed clash"),
        # guns and launchers that were lost did not fire
        ({"lose"}, {"artillery", "armoured_vehicle"}, NONE, {"artillery"}, NONE, "Disrupted weapons use"),
        ({"destroy"}, {"artillery"}, NONE, {"artillery"}, NONE, "Disrupted weapons use"),
        # drones that destroyed a house, and drones that were destroyed
        ({"destroy"}, {"drone"}, NONE, NONE, NONE, "Air/drone strike"),
        ({"destroy"}, {"drone"}, NONE, {"drone"}, NONE, "Disrupted weapons use"),
        # some were killed and some taken
        ({"arrest", "loss-killed"}, NONE, {"military"}, NONE, {"military"}, "Armed clash"),
        ({"arrest"}, NONE, {"military"}, NONE, NONE, "Arrests"),
    ],
)
def test_what_was_lost_tells_the_type(
    values: set[str], weapons: set[str], persons: set[str], lost: set[str], fell: set[str], expected: str
) -> None:
    assert by_rule(values, weapons, persons, NONE, non_state=False, lost=lost, fell=fell) == expected


def features(text: str) -> set[str]:
    found = article(text)
    stop = len(found.tagged.tokens.words)
    return set(evidence(found, find_heads(found), find_losses(found, 0, stop), 0, stop))


def test_evidence_names_what_was_lost_and_what_is_missing() -> None:
    found = features("دمرت قواتنا دبابتين قرب سوتك.")
    assert {"lo=things", "lot=tank", "no-person", "cj=destroy&weapon.tank"} <= found
    assert not any(f.startswith("lop=") for f in found)
    assert {"lo=people", "lop=killed", "no-weapon"} <= features("قتل ثلاثة جنود في اشتباك قرب سوتك.")


def test_evidence_of_the_rest_of_the_text() -> None:
    found = article("قصفت المدفعية القرية. قتل جندي. وتجدد القصف ليلا.")
    killed = [h for h in find_heads(found) if "loss-killed" in h.values]
    first, stop = found.sentence(killed[0].first)
    assert "doc=shelling" in set(evidence(found, killed, [], first, stop))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("وصل إلى المدينة ثلاثة آلاف نازح.", "arrive"),
        ("وتدفق الأهالي على المطار.", "displace"),
        ("سحبت الدولة جنودها من القرية.", "withdraw"),
        ("وسيّر الجيش دوريات على الطريق.", "deploy"),
        ("وأقيمت نقطة تفتيش على الجسر.", "base"),
        ("وساق المسلحون عشرة من الأهالي إلى الغابة.", "abduct"),
        ("وجاب العشرات شوارع المدينة هاتفين.", "protest"),
    ],
)
def test_words_that_tell_events(text: str, value: str) -> None:
    found = article(text)
    assert any(value in head.values for head in find_heads(found))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("أوقفت الشرطة مساء أمس أربعين متظاهرا في الساحة.", "Protest with intervention"),
        ("أوقفت الشرطة مساء أمس أربعين مزارعا في الساحة.", ""),
        ("أوقف الجنود سائقا قرب متظاهرين.", ""),
        ("دمر الجيش دبابتين وثلاث مدرعات.", "Disrupted weapons use"),
        ("دمر الجيش دبابتين وقتل ستة جنود.", ""),
        ("دمرت غارات على الطريق دبابتين.", "Air/drone strike"),
        ("فجر انتحاري سيارة أمام الثكنة.", "Suicide bomb"),
        # the time may stand between the fire and the village, and the positions may be in one
        ("أطلقت القوات النار بكثافة، مساء السبت، على قرية موفسيس.", "Shelling/artillery/missile attack"),
        ("أطلقت القوات النار بكثافة، مساء السبت، على مواقع في قرية موفسيس.", ""),
    ],
)
def test_what_words_settle(text: str, expected: str) -> None:
    found = article(text)
    assert certain_type(found, find_heads(found), 0, len(found.tagged.tokens.words)) == expected


@pytest.mark.parametrize(
    ("text", "events"),
    [
        ("قالت أذربيجان إنها فقدت سبعة جنود، فيما تحدثت أرمينيا عن تسعة قتلى.", 2),
        ("قالت أذربيجان إنها فقدت سبعة جنود، وتحدثت عن تسعة جرحى.", 1),
        ("قالت أذربيجان إنها فقدت سبعة جنود، بينما قالت أذربيجان إن تسعة جرحوا.", 1),
    ],
)
def test_each_side_counts_its_own_losses(text: str, events: int) -> None:
    found = article(text)
    heads = find_heads(found)
    assert len(group_heads(found, heads, [1.0] * len(heads))) == events


def test_the_strikes_are_those_told_just_before() -> None:
    told = claims(
        "نفذت القوات الأوكرانية أمس ضربات بطائرات مسيرة على مدينة دونيتسك وقتلت شخصين. "
        "واستهدفت الهجمات محطة كهرباء قرب مدينة ماكيفكا."
    )
    assert [c.sub_event_type for c in told] == ["Air/drone strike", "Air/drone strike"]


def test_a_crash_on_landing_is_no_event_of_war() -> None:
    assert not claims("قالت هيئة الأركان الأوكرانية إن مروحية سقطت أمس بينما كانت تهبط، وقُتل طيارها.")
    assert claims("قالت كييف إنها أسقطت أمس مروحية روسية بصاروخ قرب ماكيفكا، وقالت موسكو إن خللا فنيا أسقطها.")


@pytest.mark.parametrize(
    ("text", "tag", "value"),
    [
        ("قال الوزير، عبر قناته على تليغرام، إن المعارك مستمرة.", "event", "capture"),
        ("قالت الشرطة إن الحادث وقع قرب السوق.", "event", "agree"),
        ("قال المتحدث باسم المجموعة إن المعارك مستمرة.", "loss", "toll"),
        ("فقدت أثر المهاجمين.", "event", "lose"),
    ],
)
def test_words_that_tell_no_event_here(text: str, tag: str, value: str) -> None:
    found = article(text).tagged
    assert found.first(tag, value, 0, len(found.tags)) is None


@pytest.mark.parametrize(
    "text",
    [
        "أطلقت وحدات من الجيش من مواقعها في سوتك، نيرانا على المواقع المقابلة.",
        "أطلقت وحدات من الجيش من مواقعها في سوتك، النيران على المواقع المقابلة.",
    ],
)
def test_a_verb_and_what_it_fires_are_one_event(text: str) -> None:
    found = article(text)
    heads = find_heads(found)
    assert len(heads) == 2
    assert group_heads(found, heads, [1.0, 0.0]) == [[0, 1]]


@pytest.mark.parametrize(
    ("text", "lemma"),
    [
        ("فتحت الوحدات المرابطة في التل النار على الموقع.", "فتح النار"),
        ("أطلقت الوحدات المرابطة في التل النار على الموقع.", "أطلق النار"),
        ("أطلقت الوحدات المرابطة في التل قذائف على الموقع.", "أطلق"),
    ],
)
def test_a_verb_makes_a_phrase_with_an_object_behind_its_subject(text: str, lemma: str) -> None:
    assert find_heads(article(text))[0].lemma == lemma


@pytest.mark.parametrize(
    ("text", "goes_on"),
    [
        ("فتح الجنود النار مرتين ليلا، السبت، على قرية موفسيس.", True),
        ("فتح الجنود النار مرتين ليلا، السبت، وغادر السكان القرية.", False),
        ("فتح الجنود النار مرتين ليلا، قرب المدرسة، على قرية موفسيس.", False),
    ],
)
def test_a_time_between_commas_does_not_end_what_is_told(text: str, goes_on: bool) -> None:
    found = article(text)
    _, stop = event_range(found, find_heads(found)[:1], None, None)
    assert (stop == len(found.tagged.tokens.words)) is goes_on
