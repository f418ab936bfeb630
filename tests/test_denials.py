"""Words that contradict, who speaks by them, what they say is denied, and how many events that is."""

from __future__ import annotations

import pytest

from geomap.extract.denials.choice import denials
from geomap.extract.denials.told import Told
from geomap.extract.denials.words import Denial, find_denials
from geomap.extract.events.event import Event, event_range
from geomap.extract.events.heads import find_heads
from geomap.extract.events.links import group_heads
from geomap.extract.speech.voices import find_speeches
from geomap.linear import Linear
from tests.support.reading import article, parties


def found_in(text: str) -> list[Denial]:
    """The denials of a text."""
    read = article(text)
    named = parties(text)
    return find_denials(read, named, find_speeches(read, named))


def denied(text: str, odds: float) -> list[int]:
    """Which heads of a text, each an event, are denied where the model gives each of them the same odds."""
    read, named = article(text), parties(text)
    events = [Event((h,), *event_range(read, (h,), None, None), "Armed clash", 1.0, 1.0) for h in find_heads(read)]
    told = Told(read, events, [""] * len(events), [[]] * len(events), named, find_speeches(read, named))
    return sorted(denials(Linear(("no", "yes"), (0.0, odds), {}), told))


@pytest.mark.parametrize(
    "text",
    [
        "قالت باكو إن قذائف أرمينية سقطت على ترتر، وهو ما وصفته يريفان بأنه «محض كذب».",
        "اتهمت باكو القوات الأرمينية بقصف قرى في أغدام، وهو ما اعتبرته يريفان كذبة.",
        "أعلنت باكو أنها أسقطت مسيّرة قرب توفوز، وهو ما وصفته وزارة الدفاع الأرمينية بأنه لا أساس له.",
    ],
)
def test_what_is_called_a_lie_is_denied_by_who_calls_it_so(text: str) -> None:
    assert {(d.name, d.speech.value) for d in found_in(text) if d.speech.value != "answer"} == {("Armenia", "deny")}


def test_who_tells_does_not_deny_by_what_another_says_of_it() -> None:
    text = "قصفت أذربيجان غوريس. واتهمت باكو الجيش الأرميني بقصف داشكسن، وهذا ما وصفته يريفان بأنه كذبة."
    assert all(d.name == "Armenia" for d in found_in(text))


def test_what_is_called_a_provocation_is_not_denied() -> None:
    assert not found_in("ردت القوات على ما وصفته باكو بالاستفزاز، وهو ما وصفته يريفان بالعدوان.")


@pytest.mark.parametrize(
    "text",
    [
        "سقط صاروخ على كنجة.\nوزارة الدفاع الأرمينية: لم نقصف كنجة، وهذا تلفيق",
        "سقط صاروخ على كنجة.\nيريفان: لم تطلق قواتنا أي صاروخ على كنجة، هذه أكاذيب",
    ],
)
def test_what_a_line_denies_stands_before_the_word_that_ends_it(text: str) -> None:
    [denial] = found_in(text)
    words = article(text).tagged.tokens.words
    assert denial.name == "Armenia"
    assert "كنجه" in words[denial.start : denial.end]


@pytest.mark.parametrize(
    "text",
    [
        "قُتل جندي برصاص قناص في أغدام. وسقطت قذائف على ترتر. ونفت يريفان الروايتين.",
        "قُتل جندي برصاص قناص في أغدام. وسقطت قذائف على ترتر. وقالت يريفان إن الخبرين مختلقان.",
        "قُتل جندي برصاص قناص في أغدام. وسقطت قذائف على ترتر. وأنكرت يريفان صلتها بالحادثتين.",
    ],
)
def test_of_two_accounts_both_are_denied(text: str) -> None:
    one = text.replace("الروايتين", "الرواية").replace("الخبرين مختلقان", "الخبر مختلق").replace("الحادثتين", "الحادثة")
    assert len(denied(text, -2.5)) == 2
    assert not denied(one, -2.5)


def test_what_only_its_denial_tells_is_no_part_of_what_is_told_before() -> None:
    read = article("وأقرت الوزارة بمقتل عشرة جنود قرب حلب، لكنها نفت أن يكون المسلحون قد دخلوا حماة.")
    heads = find_heads(read)
    assert len(group_heads(read, heads, [1.0] * len(heads))) == 2


@pytest.mark.parametrize(
    "text",
    [
        "وقالت باكو إن الاتهامين لا يمتان إلى الواقع بصلة.",
        "وقالت باكو إن التسجيلين مفبركان.",
        "وقالت باكو إن الروايتين كاذبتان.",
    ],
)
def test_two_things_may_be_untrue(text: str) -> None:
    assert [d.speech.value for d in found_in(text)] == ["deny"]


def test_shots_that_are_only_heard_are_a_clash() -> None:
    for text in ("سُمع دوي إطلاق نار في ستيباناكيرت ليلا.", "وسُمعت أصوات أعيرة نارية قرب غوريس فجرا."):
        assert [head.values for head in find_heads(article(text))] == [("clash",)]


@pytest.mark.parametrize(
    "text",
    [
        "قالت باكو إن مدفعية أرمينية قصفت قرية في ترتر. ولاذت يريفان بالصمت، فلا هي أكدت ولا هي نفت.",
        "أعلنت يريفان تدمير رتل قرب هادروت. أما وزارة الدفاع الأذربيجانية فلا هي نفت ولا هي أكدت ذلك.",
    ],
)
def test_who_neither_confirms_nor_denies_denies_nothing(text: str) -> None:
    assert not [d for d in found_in(text) if d.speech.value in ("deny", "confirm")]


@pytest.mark.parametrize(
    "text",
    [
        "أعلنت يريفان مقتل رجلين بقصف على مارتوني، ونفت باكو أن يكون القتيلان من المدنيين.",
        "قصفت أذربيجان غوريس فسقط ثلاثة قتلى. ونفت يريفان أن يكون القتلى عاملين في هيئة الإغاثة.",
    ],
)
def test_who_the_dead_are_is_a_detail(text: str) -> None:
    assert not found_in(text)


def test_what_the_dead_are_said_to_have_done_is_denied() -> None:
    text = "أعلنت باكو مقتل ثلاثة جنود. ونفت يريفان أن يكون القتلى قد قصفوا ترتر."
    assert [d.name for d in found_in(text)] == ["Armenia"]


def named_by(text: str) -> dict[str, str]:
    """What the words of the last denial of a text are to each word of an event: of its kind, of another, nothing."""
    read, named = article(text), parties(text)
    heads = find_heads(read)
    events = [Event((h,), *event_range(read, (h,), None, None), "Armed clash", 1.0, 1.0) for h in heads]
    told = Told(read, events, [""] * len(events), [[]] * len(events), named, find_speeches(read, named))
    words = read.tagged.tokens.words
    return {words[h.first]: told.object(k, told.denials[-1]) for k, h in enumerate(heads)}


BODY = "قالت وزارة الدفاع الأرمينية إن قواتها أسقطت مروحية قرب هادروت، وإن معارك دارت هناك. ونفت باكو صحة هذا الإعلان."


def test_a_mere_this_means_what_the_headline_says_is_denied() -> None:
    found = named_by("يريفان تعلن إسقاط مروحية وباكو تنفي\n" + BODY)
    assert (found["اسقطت"], found["معارك"]) == ("same+pointing", "other+pointing")


@pytest.mark.parametrize("headline", ["يريفان تعلن إسقاط مروحية", "باكو تعلن إسقاط مروحية ويريفان تنفي"])
def test_a_mere_this_means_nothing_of_a_headline_that_he_does_not_deny(headline: str) -> None:
    found = named_by(headline + "\n" + BODY)
    assert (found["اسقطت"], found["معارك"]) == ("nothing+pointing", "nothing+pointing")


def test_a_detail_told_with_what_the_headline_denies_is_not_denied() -> None:
    text = "يريفان تعلن إسقاط مروحية وباكو تنفي\n" + BODY
    read = article(text)
    words = [read.tagged.tokens.words[find_heads(read)[k].first] for k in denied(text, 2.0)]
    assert "اسقطت" in words
    assert "معارك" not in words
