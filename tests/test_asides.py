"""What stands between a speaker and his words, and who goes on where a verb names nobody."""

from __future__ import annotations

import pytest

from geomap.extract.speech.voices import find_speeches
from tests.support.reading import article, claims, parties, tagged


def speakers(text: str) -> list[tuple[str, str]]:
    """Each word of speech with its speaker's name, empty for none."""
    found = article(text)
    words = found.tagged.tokens.words
    said = find_speeches(found, parties(text)).found
    return [(words[s.at], s.speaker.name if s.speaker else "") for s in said]


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("قالت الوزارة، في بيان نشر صباحا؛ إن مركزا حدوديا قصف.", 1),
        ("وأكدت الوزارة؛ في منشور على صفحتها؛ أن المركز قصف.", 1),
        # what is told next is a sentence of its own
        ("قالت الوزارة إن المركز قصف؛ وإن جنديا جرح.", 2),
        ("قصف المركز مساء؛ سقط جندي.", 2),
    ],
)
def test_a_semicolon_before_that_ends_no_sentence(text: str, count: int) -> None:
    tokens = tagged(text).tokens
    assert len(tokens.sentences) == count
    assert [tokens.sentence_of[first] for first, _ in tokens.sentences] == list(range(count))
    assert len(tokens.sentence_of) == len(tokens.words)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "أعلنت يريفان مقتل جنديين. وقالت وزارة الدفاع في باكو، في بيان وزع ظهرا؛ إن الجيش الأرميني قصف أمس كلبجر.",
            "Azerbaijan",
        ),
        (
            "أعلنت يريفان مقتل جنديين. وقالت باكو، في بيان نقلته وكالة محلية، إن مسيرة أرمينية أسقطت أمس فوق فضولي.",
            "Azerbaijan",
        ),
        ("أعلنت يريفان مقتل جنديين. وقالت باكو - التي نشرت صورا - إن مسيرة أرمينية أسقطت أمس فوق فضولي.", "Azerbaijan"),
    ],
)
def test_an_aside_does_not_cut_the_speaker_off(text: str, name: str) -> None:
    assert claims(text)[-1].reported_by == (name,)


def test_a_statement_between_a_verb_and_that_is_its_subject_s() -> None:
    text = "قال متحدث باسم الحوثيين، خلال مؤتمر صحفي في صنعاء، إن قاعدة قصفت."
    assert {name for _, name in speakers(text)} == {"Houthis"}


@pytest.mark.parametrize(
    "text",
    [
        "قالت أوكرانيا إن مدينة خاركيف قصفت مساء السبت وقتل ثلاثة مدنيين، وفق ما نقلته وكالة الأنباء الفرنسية.",
        "أعلن الجيش الأوكراني إسقاط مسيرة روسية فوق أوديسا، بحسب وكالة محلية.",
    ],
)
def test_a_medium_that_passes_on_a_claim_is_no_second_claimant(text: str) -> None:
    assert claims(text)[0].reported_by == ("Ukraine",)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # in a new paragraph
        ("قالت الحكومة اللبنانية إن بلدة قصفت.\n\nوأضافت أن جنديا جرح.", "Lebanon"),
        ("قالت الحكومة اللبنانية إن بلدة قصفت، وفق وكالة محلية.\n\nكما ذكرت أن جنديا جرح.", "Lebanon"),
        # by a surname alone
        (
            "أعلن رئيس الإدارة العسكرية الأوكرانية بيترو هافرون، أمس، أن بلدة قصفت. وأوضح هافرون أن اثنين جرحا.",
            "Ukraine",
        ),
        # of whom it was said that he kept silent
        ("أعلنت روسيا دخول بلدة. ولم تعلق أوكرانيا على ذلك. وقالت لاحقا إن جنديا جرح.", "Ukraine"),
    ],
)
def test_who_goes_on(text: str, name: str) -> None:
    assert speakers(text)[-1][1] == name


def test_who_is_named_for_the_first_time_is_nobody_told_before() -> None:
    text = "أعلنت روسيا دخول بلدة. وأوضح هافرون أن اثنين جرحا."
    assert speakers(text)[-1][1] == ""


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # who is stood by does not speak
        ("وكانت سلطات ناغورني قره باغ الموالية لأرمينيا أكدت أمس أن بلدة قصفت.", "Nagorno-Karabakh"),
        # the press of a country is not its government; its own agency is
        ("وقالت صحف أرمينية إن بلدة قصفت.", "media reports"),
        ("وقالت وكالة الأنباء السعودية إن صاروخا اعترض.", "Saudi Arabia"),
        # military sources in the seat of a government
        ("تحدثت مصادر عسكرية في يريفان عن معارك.", "Armenia"),
        # sources of which nothing more is said
        ("وذكرت مصادر للقناة أن بلدة قصفت.", "media reports"),
        ("وأوضح المصدر الطبي أن خمسة جرحى وصلوا.", "medical sources"),
        # a spokesman in the name of whom the sentence tells
        ("استعادت قوات حكومة الوفاق المدينة، وأعلن ناطق باسمها أسر عشرة.", "Government of National Accord forces"),
    ],
)
def test_whom_a_word_of_speech_means(text: str, name: str) -> None:
    assert speakers(text)[0][1] == name


def test_the_wounded_are_brought_not_told_of() -> None:
    assert speakers("وجرح سبعة نقلوا إلى المستشفيات لتلقي العلاج.") == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قصفت مدمرة أمريكية موقعا شمال صنعاء، بعد غارات على صعدة قال الحوثيون إنها أسفرت عن مقتل خمسة.", "Houthis"),
        ("أصاب صاروخ مبنى في دنيبرو ليلا، قالت كييف إنه أوقع أربعة قتلى.", "Ukraine"),
    ],
)
def test_who_goes_on_about_what_stands_before_tells_it(text: str, name: str) -> None:
    assert claims(text)[0].reported_by[:1] == (name,)


@pytest.mark.parametrize(
    ("text", "last"),
    [
        # who denies goes on: at once, by a participle, in the next sentence of a main clause
        ("قالت أرمينيا إن بلدة قصفت. ونفت باكو ذلك، مضيفة أن جنديا لها جرح.", "Azerbaijan"),
        ("قالت أرمينيا إن بلدة قصفت، وهو ما نفته باكو ووصفته بأنه خيال.", "Azerbaijan"),
        # whoever is told to threaten goes on
        ("قالت أرمينيا إن بلدة قصفت. وتوعدت باكو برد قاس. وأضافت أن جنديا لها جرح.", "Azerbaijan"),
        # who is named behind "accusing" is accused
        ("قالت أرمينيا إن بلدة قصفت، متهمة أذربيجان بخرق الهدنة.", "Armenia"),
        # an answer that accuses
        (
            "قالت أرمينيا إن بلدة قصفت. وردت باكو باتهام القوات الأرمينية بفتح النار، وقالت إن جنديا لها جرح.",
            "Azerbaijan",
        ),
        # an account that is given
        ("قالت أرمينيا إن بلدة قصفت. وقدمت باكو رواية مختلفة. وقالت لاحقا إن جنديا لها جرح.", "Azerbaijan"),
        # "this one": who was named last
        ("قالت يريفان إن بلدة قصفت، وكذبت باكو الخبر؛ وقالت هذه إن جنديا لها جرح.", "Azerbaijan"),
        # the ministry of the president who needs no country beside him
        (
            "أعلن الرئيس إلهام علييف تحرير قرية. وقالت أرمينيا إن المعارك مستمرة. "
            "وقال الجيش الأذربيجاني إنه تقدم. وذكرت أرمينيا أنها صمدت. وأفادت وزارة الدفاع بأن دبابة دمرت.",
            "Azerbaijan",
        ),
        # whose people are told of
        ("خطف ثلاثة مهندسين هنود في مالي، وفق خارجية بلادهم.", "India"),
        # the governor, not whoever is named behind
        ("قتل عشرة قرب خاركيف في أوكرانيا، وفقا لحاكم المنطقة، ونقل مئة إلى المستشفيات.", "Ukraine"),
        # state media
        ("قصف حي في دمشق. وأعلن الإعلام الرسمي أن اثنين جرحا.", "Syria"),
    ],
)
def test_who_speaks_last(text: str, last: str) -> None:
    assert [name for _, name in speakers(text) if name][-1] == last


@pytest.mark.parametrize(
    "text",
    [
        "أفرج عن الأسرى وفق اتفاق أبرم في جنيف.",
        "سقط خمسة، بينهم مسعفان، في قصف على بلدة.",
    ],
)
def test_what_is_no_speech(text: str) -> None:
    assert speakers(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "أصيب جندي من القوات الأوكرانية أمس في هجوم بالهاون قرب خاركيف. جاء ذلك في منشور لوزارة الدفاع الأوكرانية.",
        "قالت روسيا إن قرية سقطت. وقتل ثلاثة مدنيين أمس في قصف روسي على خاركيف. أفادت بذلك النيابة الأوكرانية.",
    ],
)
def test_the_next_sentence_may_tell_who_said_it(text: str) -> None:
    assert claims(text)[-1].reported_by == ("Ukraine",)


def test_a_part_of_the_world_says_nothing() -> None:
    text = "قتل جندي أذربيجاني قرب الحدود، بحسب ما أعلن وزير دفاع هذه الدولة الواقعة في القوقاز."
    assert "Caucasus" not in {p.name for p in parties(text).found}
