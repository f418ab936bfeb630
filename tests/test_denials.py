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
from geomap.text import fold
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


@pytest.mark.parametrize(
    ("text", "reached"),
    [
        ("باكو تنفي الهجوم\nسقطت قذائف على مارتوني صباح أمس. ثم اندلعت اشتباكات قرب هادروت.", ["سقطت", "اشتباكات"]),
        # no headline: what comes later is another thing
        ("ونفت باكو الهجوم. وسقطت قذائف على مارتوني صباح أمس.", []),
        # whoever tells it himself denies it not
        ("باكو تنفي الهجوم\nقالت باكو إن قذائف سقطت على ترتر صباح أمس.", []),
    ],
)
def test_a_denial_in_the_headline_means_what_is_told_below(text: str, reached: list[str]) -> None:
    read = article(text)
    heads = find_heads(read)
    found = {read.tagged.tokens.words[heads[k].first] for k in denied(text, 2.0)}
    assert found - {"الهجوم", "اندلعت"} == set(reached)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # whose verb leads to the noun, not who spoke before
        ("قُصفت مارتوني أمس، وفق سلطات قره باغ، وهي تهمة كررت باكو نفيها.", "Azerbaijan"),
        ("قالت يريفان إن مسيّرة ضربت سوقا في مارتوني، وهو ما بادرت باكو إلى نفيه.", "Azerbaijan"),
        # who is cited behind what is untrue
        ("ولا صحة لما تردد عن دخول جنود بلدة عيترون، وفق بيان لحزب الله.", "Hezbollah"),
        # who names it so, by whatever verb
        ("أعلنت يريفان إسقاط مسيّرة. وسمّت باكو هذه الرواية «مضحكة».", "Azerbaijan"),
    ],
)
def test_whose_denial_it_is(text: str, name: str) -> None:
    assert {d.name for d in found_in(text) if d.speech.value == "deny"} == {name}


@pytest.mark.parametrize("word", ["تزييف", "سخافة", "هذيان", "أكذوبة", "معلومات مغلوطة", "غير واقعية", "محض أوهام"])
def test_more_words_that_call_a_thing_untrue(word: str) -> None:
    text = f"قالت يريفان إن قذائف سقطت على غوريس. ووصفت باكو هذه الأخبار بأنها «{word}»."
    assert {(d.name, d.speech.value) for d in found_in(text)} == {("Azerbaijan", "deny")}


@pytest.mark.parametrize(
    "how", ["ونفى كل طرف رواية الآخر.", "وسارع كل منهما إلى نفي اتهامات الآخر.", "ونفى الجانبان ذلك."]
)
def test_each_side_denies_what_the_other_told(how: str) -> None:
    text = f"قالت يريفان إن قذائف سقطت على غوريس أمس. وقالت باكو إن جنديا قُتل قرب كلبجر. {how}"
    assert {d.name for d in found_in(text)} == {"Armenia", "Azerbaijan"}
    read = article(text)
    words = [read.tagged.tokens.words[find_heads(read)[k].first] for k in denied(text, 2.0)]
    assert {"سقطت", "قتل"} <= set(words)


def test_witnesses_deny_nothing_by_what_they_did_not_see() -> None:
    assert not found_in("وقال شهود إنهم لم يروا أي جندي في البلدة.")


def test_what_another_denies_is_none_of_a_speakers_words() -> None:
    text = "وقالت يريفان إن جنديا قُتل قرب غوريس، ونفت باكو ذلك وعدّته كذبا."
    assert {d.name for d in found_in(text)} == {"Azerbaijan"}


def test_what_a_denial_names_is_set_beside_the_event() -> None:
    read = article("ونفت باكو أن تكون قد خسرت أي مروحية قرب هادروت.")
    named = parties("ونفت باكو أن تكون قد خسرت أي مروحية قرب هادروت.")
    said = Told(read, [], [], [], named, find_speeches(read, named))
    contents = said.contents(said.denials[0])
    assert contents.deed == "befell"
    assert ("weapon", "helicopter") in contents.things


@pytest.mark.parametrize(
    ("text", "told", "joined"),
    [
        ("وقالت باكو إن قواتها لم تقصف مارتوني.", "shelling", False),
        ("وقالت باكو إن جنديا جُرح في ترتر ولم يُقتل أحد.", "loss", True),
    ],
)
def test_what_a_negation_negates(text: str, told: str, joined: bool) -> None:
    read, named = article(text), parties(text)
    view = Told(read, [], [], [], named, find_speeches(read, named))
    negation = view.contents(view.denials[0]).negation
    assert negation is not None
    assert (negation.told, negation.joined) == (told, joined)


def test_who_is_of_the_deniers_camp_and_who_against_it() -> None:
    text = "قالت يريفان إن باكو قصفت مارتوني. ونفت أذربيجان ذلك."
    read, named = article(text), parties(text)
    view = Told(read, [], [], [], named, find_speeches(read, named))
    [denial] = [d for d in view.denials if d.speech.value == "deny"]
    assert view.bearing("Azerbaijan", denial) == "own"
    assert view.bearing("", denial) == "nobody"


@pytest.mark.parametrize(
    "text",
    [
        "قصفت قواتنا مواقع أرمينية قرب فضولي، وأذربيجان صامدة. أما الأنباء عن سقوط طائرة لنا فوق كلبجر فلا أساس لها.",
        "قصفت قواتنا مواقع أرمينية قرب فضولي، وأذربيجان صامدة. والكلام عن إسقاط طائرة لنا فوق كلبجر محض هراء.",
    ],
)
def test_the_talk_stands_before_the_word_that_calls_it_untrue(text: str) -> None:
    read = article(text)
    [denial] = [d for d in found_in(text) if d.speech.value == "deny"]
    assert denial.end == denial.speech.at
    assert fold("كلبجر").text in read.tagged.tokens.words[denial.start : denial.end]
