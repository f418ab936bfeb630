"""Who speaks by each word of speech, where the speaker has no name, and whose statement a whole text is."""

from __future__ import annotations

import pytest

from geomap.extract.events.event import Event, event_range
from geomap.extract.events.heads import find_heads
from geomap.extract.speech.bulletins import Running, follow
from geomap.extract.speech.signatures import signed
from geomap.extract.speech.voices import find_speeches
from geomap.extract.speech.words import reporter_name
from tests.support.reading import article, parties


def speakers(text: str) -> list[tuple[str, str]]:
    """Each word of speech that has a speaker, with the speaker's name."""
    found = article(text)
    words = found.tagged.tokens.words
    return [(words[s.at], s.speaker.name) for s in find_speeches(found, parties(text)).found if s.speaker]


def reporter_name_of_last(text: str) -> str:
    """Who speaks by the last verb of speech of a text, as a claimant."""
    found = find_speeches(article(text), parties(text)).found
    last = [s for s in found if s.form != "noun" and s.value != "claim" and s.speaker][-1]
    assert last.speaker is not None
    return reporter_name(last.speaker)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قال بائع خضار لصحيفة محلية إن مسلحين أحرقوا السوق.", "witnesses"),
        ("وروى أحدهم أن المسلحين جاؤوا ليلا.", "witnesses"),
        ("قال عقيد طلب عدم ذكر اسمه إن الهجوم استمر ساعتين.", "military sources"),
        ("قال جندي أوكراني إن القصف لم يتوقف.", "Ukraine"),
        ("أفادت مراسلة بأن الجسر دمر.", "media reports"),
        ("أعلن الوجهاء التوصل إلى هدنة.", "local notables"),
        ("قالت شركة نفط إن حقلا تعرض لهجوم.", "company"),
    ],
)
def test_people_of_a_plain_kind_tell_what_they_saw(text: str, name: str) -> None:
    assert speakers(text)[0][1] == name


@pytest.mark.parametrize(
    "text",
    [
        # the makers of a shell, what stands between, what is loaded: nobody speaks
        "سقطت قذيفة مصدرها الجانب السوري على بلدة.",
        "دارت معارك بين حركة فتح وفصيل آخر.",
        "انفجرت شاحنة محملة بذخائر قرب كييف.",
        "أسقط الدفاع الجوي مسيرة من طراز «شاهد» فوق كييف.",
    ],
)
def test_what_looks_like_speech_and_is_none(text: str) -> None:
    assert speakers(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("وفي يريفان قال المتحدث باسم وزارة الدفاع إن جنديين قتلا.", "Armenia"),
        ("قتل مدني في مدينة كابان الأرمينية، بحسب الدفاع المدني هناك.", "Armenia"),
        ("سقطت صواريخ أمس على ستيباناكيرت في ناغورني قره باغ، وفق السلطات المحلية.", "Nagorno-Karabakh"),
        ("قال بيان صادر في باكو إن الهدنة انتهكت.", "Azerbaijan"),
        ("وبحسب التقارير فقد قصفت أنقرة بلدة عفرين.", "media reports"),
        ("قال المتحدث باسم الشرطة الأوكرانية إن شخصين قتلا.", "Ukraine"),
    ],
)
def test_whose_a_body_is(text: str, name: str) -> None:
    assert speakers(text)[0][1] == name


def test_a_noun_alone_points_back_to_the_group_named_by_it() -> None:
    text = "أعلنت كتائب القسام قصف عسقلان، وقال الجيش الإسرائيلي إنه رد. وأكدت الكتائب أنها دمرت دبابة."
    assert speakers(text)[-1] == ("واكدت", "Hamas")


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("نشرة وزارة الدفاع الروسية ليوم الأحد\nدمرت وحداتنا دبابتين قرب كوبيانسك.", "Russia"),
        ("بسم الله الرحمن الرحيم\nكتائب القسام\nقصفنا عسقلان أمس.", "Hamas"),
        ("القيادة العامة للقوات المسلحة - مكتب الناطق الرسمي\nدمرنا عربتين للعدو في الفاشر ونيالا.", "Sudanese army"),
        ("لجان مقاومة الفاشر\nقصفت المليشيا السوق أمس.", "resistance committees"),
        (
            "المكتب الصحفي لوزارة الدفاع\nأسقطنا مسيرة للعدو. وقصفت القوات الأرمينية مدينة ترتر وقرى في منطقة بردة.",
            "Azerbaijan",
        ),
    ],
)
def test_the_line_over_a_statement_tells_whose_it_is(text: str, name: str) -> None:
    behind = find_speeches(article(text), parties(text)).masthead
    assert behind is not None
    assert behind.name == name


@pytest.mark.parametrize(
    "text",
    [
        "الجيش الروسي يقصف كييف\nدمرت الصواريخ محطتين أمس.",
        "أنقرة - الأناضول\nقتل جنديان في إدلب أمس.",
        "قصف في غزة\nقالت وزارة الصحة إن خمسة قتلوا.",
    ],
)
def test_a_headline_or_dateline_is_nobody_s_statement(text: str) -> None:
    assert find_speeches(article(text), parties(text)).masthead is None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("قصف مدفعي على خيرسون يقتل شخصين - الإدارة العسكرية", "Ukraine"),
        ("مقتل فلسطيني برصاص مستوطنين قرب نابلس (الهلال الأحمر الفلسطيني)", "Palestinian Red Crescent"),
        ("قصف على غزة يقتل خمسة (رويترز)", ""),
        ("قصف على غزة ليل السبت - الأحد", ""),
    ],
)
def test_who_signs_a_line_tells_it(text: str, name: str) -> None:
    found, known = article(text), parties(text)
    heads = tuple(find_heads(found))
    event = Event(heads, *event_range(found, heads[:1], None, None), "Other", 1.0, 1.0)
    by = signed(found, known, find_speeches(found, known).found, event.heads[0].stop)
    assert (by.name if by else "") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        (
            "سيطرت وحدات من الجيش السوري على بلدتين بعد القضاء على الإرهابيين، وارتقاء شهيدين. "
            "وأكد مصدر عسكري تدمير ثلاث عربات.",
            "Syria",
        ),
        ("سيطر الجيش السوري على بلدتين. وأكد مصدر عسكري تدمير ثلاث عربات.", "military sources"),
    ],
)
def test_a_soldier_without_a_name_speaks_for_the_army_a_text_sides_with(text: str, name: str) -> None:
    assert speakers(text)[-1][1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("نقلت وكالة الأنباء السعودية عن الحوثيين أن قذيفة قتلت راعيا في صعدة.", "Houthis"),
        ("نقلت وكالة الأنباء السعودية عن شهود أن قذيفة قتلت راعيا في صعدة.", "witnesses"),
        ("قالت وكالة الأنباء السعودية إن قذيفة قتلت راعيا في جازان.", "Saudi Arabia"),
        ("وفق ما ذكرت مصادر طبية للجزيرة، قتل خمسة في قصف على مأرب.", "medical sources"),
        ("قالت لجنة المفقودين الأذربيجانية إن جنديا قتل قرب أغدام.", "Azerbaijan"),
        ("نشرت باكو قائمة بأسماء جنودها الذين سقطوا في سوتك.", "Azerbaijan"),
        ("ولم تعلق باكو على الغارة، مكتفية بإعلان السيطرة على قريتين.", "Azerbaijan"),
        # whom the holder of an office serves
        ("قال رئيس دونيتسك دينيس بوشيلين إن قذيفتين سقطتا على سوق.", "Donetsk People's Republic"),
        ("سقطت قذيفتان على سوق، وفق حاكم دونيتسك فاديم فيلاشكين.", "Ukraine"),
        # what somebody noted
        ("ورصدت قوات حفظ السلام الروسية قصفا قرب عسكران.", "Russian peacekeepers"),
        ("قتل راعيان بلغم قرب فضولي، على ما شاهد مراسلون.", "media reports"),
        ("زفّ الرئيس إلهام علييف إلى مواطنيه نبأ دخول قريتين قرب جبرائيل.", "Azerbaijan"),
        ("قُتل مقاتلان من «حزب الله» في عيتا الشعب، ينعاهما ثم تنعاه قريته، كما قال حزب الله.", "Hezbollah"),
        ("أعلن قائممقام قضاء الحويجة في العراق سقوط صاروخ.", "Iraq"),
        ("قال مدير مستشفى العودة إن جثتين وصلتا من مخيم جباليا في غزة.", "medical sources"),
        ("وصلت جثتان من خان يونس في غزة، بحسب مجمع ناصر الطبي.", "medical sources"),
        ("أعلنت حركة إم 23 السيطرة على بلدتين قرب غوما.", "M23"),
        ("وأعلن جيش أراكان أسر ستين جنديا في ميانمار.", "Arakan Army"),
        ("قالت «سوريا الديمقراطية» إن مقاتليها صدوا هجوما في منبج.", "Syrian Democratic Forces"),
    ],
)
def test_the_first_speech_has_its_speaker(text: str, name: str) -> None:
    assert speakers(text)[0][1] == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # a hospital is named, but makes no statement
        (
            "أعلنت وزارة الدفاع الأرمينية أن قصفا أصاب سوتك. وقال مستشفى إن جريحين وصلا. وأضاف البيان أن جنديا قتل.",
            "Armenia",
        ),
        ("أعلنت باكو أن جنديا قتل. ونقل الجرحى إلى المستشفى. وأضاف البيان أن القصف مستمر.", "Azerbaijan"),
        # the verb of the second speaker is left out
        ("تحدثت يريفان عن مقتل ثلاثة جنود في سوتك، وباكو عن مقتل سبعة.", "Azerbaijan"),
        # who denied speaks on
        ("قال حاجييف إن القصف أصاب كنجة. لكن المتحدثة الأرمينية نفت ذلك. وأضافت أن مسيرة أسقطت.", "Armenia"),
        # the organisation is the one named before
        ("أعلنت باكو هدنة. وقتل ثلاثة من العاملين في «أطباء بلا حدود»، بحسب المنظمة.", "Médecins Sans Frontières"),
        # whoever fights the one that spoke
        (
            "قالت القوات الأرمينية إنها أسقطت مسيرة. وقصفت القوات الأذربيجانية سوتك. وقال الطرف الآخر إن جنديا قتل.",
            "Azerbaijani forces",
        ),
        # a body of a group
        ("هاجمت جماعة الحوثي ناقلة. وقالت وزارة الصحة التابعة للجماعة إن غارة قتلت اثنين في صنعاء.", "Houthis"),
        # a statement goes on, and who is named behind it belongs to what it says
        ("قالت باكو في بيان إن هجوما صُدّ. وأكد البيان انسحاب القوات الأرمينية. وأشارت إلى أسر جندي.", "Azerbaijan"),
        ("ذكرت يريفان أن مسيّرة سقطت. وأضاف البيان خسارة الجيش الأذربيجاني دبابتين. وأوضحت أن اثنين جرحا.", "Armenia"),
        # a capital speaks for its government, which goes on
        (
            "أعلن الجيش في كاراباخ مقتل جندي. وقالت باكو إن مدنيا قتل. وجاء في بيان وزارة الدفاع أن دبابة دمرت.",
            "Azerbaijan",
        ),
        # who acts behind the office is not who holds it
        (
            "قال باشينيان إن جنديا قتل. وردت باكو بالنفي. وبحسب رئيس الوزراء سيطرت قوات الخصم على تلة قرب جرموك.",
            "Armenia",
        ),
        # the alliance against the rebels who are named
        ("أعلن الحوثيون قصف ميناء. وقال المتحدث باسم التحالف إن ثلاث مسيّرات دُمّرت.", "Saudi-led coalition"),
        # a state's own agency
        ("نفت يريفان القصف. وأفادت وكالة «أذرتاج» بمقتل مزارع قرب ترتر.", "Azerbaijan"),
        ("قُتل مزارع قرب سوتك، وفق «أرمنبريس».", "Armenia"),
        # who found the dead tells of them
        ("سكت الجيش. وعثر الهلال الأحمر الفلسطيني على ثلاث جثث في خان يونس.", "Palestinian Red Crescent"),
    ],
)
def test_the_last_speech_has_its_speaker(text: str, name: str) -> None:
    assert speakers(text)[-1][1] == name


@pytest.mark.parametrize(
    "text",
    [
        # "after" is no verb with a letter glued before it
        "سقطت البلدة بعد انسحاب قوات حفتر منها.",
        "دخل الجنود القرية بعد الجيش الأرميني.",
        # nothing worth telling
        "انسحبوا من القاعدة دون قتال يُذكر أمام قوات حفتر.",
        "ولم تقع خسائر تذكر في صفوف الجيش الأذربيجاني.",
    ],
)
def test_what_only_looks_like_a_verb_of_speech(text: str) -> None:
    assert speakers(text) == []


def test_a_name_that_holds_a_word_of_speech_makes_no_statement() -> None:
    text = "استعاد الجيش السوري قرية وقتل عشرة من «جبهة النصرة». واعتدى مسلحون بالقذائف على حي في حلب."
    found = article(text)
    known = parties(text)
    assert follow(found, known, find_speeches(found, known), 0, Running(None, None)).bulletin is None


def test_people_who_are_spoken_to_tell_nothing() -> None:
    found = speakers("كان المصور يتحدث إلى السكان حين سقطت القذيفة.")
    assert "witnesses" not in {name for _, name in found}


@pytest.mark.parametrize(
    ("text", "name"),
    [
        # two of them, who hand out a list, where their words come out
        ("قال مصدران أمنيان إن مسلحين هاجموا القاعدة.", "security sources"),
        ("وتحدثت مسعفتان ومصدران طبيان عن عشرة قتلى. وأكد مصدران طبيان الحصيلة.", "medical sources"),
        ("وكانت وزارة الصحة الأرمينية قد وزعت أمس لائحة بأسماء عشرة قتلى.", "Armenia"),
        ("وذكرت دائرة الإعلام العسكري الأذربيجانية أن طائرة أسقطت.", "Azerbaijan"),
        ("وأحصت منظومة الإعلام في يريفان قتيلين.", "Armenia"),
        ("وقال محامون إن الشرطة أوقفت عشرين متظاهرا.", "lawyers"),
        ("وأفاد دبلوماسيون بأن صاروخا أصاب المطار.", "diplomats"),
        # an official of a state stands for it
        ("قال مسؤول عسكري أرميني إن مروحية أسقطت.", "Armenia"),
        ("وتحدث قادة ميدانيون أرمن عن قتال في شوشي.", "Armenia"),
        # of two who are named together
        ("تبادلت أرمينيا وأذربيجان الاتهامات. وقالت الأولى إن جنديا قتل.", "Armenia"),
        ("تبادلت أرمينيا وأذربيجان الاتهامات. ونفت الثانية إطلاق النار.", "Azerbaijan"),
        # who is accused has its deed behind it, or is an ending of the verb
        ("قالت يريفان إن قرية قصفت، واتهمتها باكو بإطلاق قذائف على جبرائيل.", "Azerbaijan"),
        ("قالت باكو إن قرية قصفت. كما اتهمت الطرف الآخر بقصف ترتر.", "Azerbaijan"),
        # the body there, before its verb, by an ending
        ("سخرت باكو من الأرقام. وقال مكتب النائب العام هناك إن ثلاثة قتلوا.", "Azerbaijan"),
        ("نفت يريفان الخبر ولحقت بها باكو. غير أن وزارة الدفاع هناك تحدثت عن إطلاق نار.", "Azerbaijan"),
        ("قالت موسكو إن مستشفى تضرر. أما سلاح الجو في كييف فأكد أنه أسقط صواريخ.", "Ukraine"),
        ("أعلن التحالف مقتل عشرين. ولا يعلن الحوثيون خسائرهم. غير أن ناطقهم العسكري قال إنهم تقدموا.", "Houthis"),
        ("دخلت القوات الروسية مدينة خيرسون، كما أقر عمدتها.", "Ukraine"),
        # the same statement, one that speaks, the subject of a denial and of what follows
        (
            "قالت باكو في إيجازها إن دبابة دمرت. ونفت يريفان ذلك. وبحسب الإيجاز نفسه خسر الطرف الأرميني مدفعا.",
            "Azerbaijan",
        ),
        ("لم تطلق أرمينيا النار، ردا على بيان أذربيجاني تحدث عن قصف مواقع.", "Azerbaijan"),
        ("أعلنت باكو السيطرة على قرية، لكن وزير الدفاع الأرميني كذب ذلك، وقال إن قواته أسرت جنديين.", "Armenia"),
        ("نفت يريفان ما أوردته باكو عن قصف قرية، وقالت إن مواقعها هي التي قصفت.", "Armenia"),
        # "he added" is not said of a "she"
        ("أكد الجيش الأوكراني أنه أسقط مسيرة. ووصفت موسكو الخبر بأنه كاذب. وأضاف أن صاروخا سقط في البحر.", "Ukraine"),
        # an account that is only called official is the acting state's
        ("سلمت أذربيجان خمسة أسرى إلى يريفان، وفق حصيلة رسمية.", "Azerbaijan"),
        # to whom a deed is ascribed does not ascribe it
        ("تضررت كنيسة جراء قصف نسبته السلطات الأرمينية إلى الجيش الأذربيجاني.", "Armenia"),
        ("ونعت وزارة الدفاع في يريفان ضابطا سقط قرب سوتك.", "Armenia"),
    ],
)
def test_whom_a_word_of_speech_means(text: str, name: str) -> None:
    assert reporter_name_of_last(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "وفي الثالثة والنصف فجرا سقطت قذيفة على قرية.",
        "فيما نقل ستة جرحى إلى مستشفيات المدينة.",
    ],
)
def test_hours_and_ambulances_tell_nothing(text: str) -> None:
    assert speakers(text) == []


def test_a_body_without_weapons_heads_its_own_statement() -> None:
    text = "شبكة أطباء السودان - تعميم صحفي\nخرج مستشفى في الأبيض عن الخدمة بعد هجوم بمسيّرة للدعم السريع."
    head = find_speeches(article(text), parties(text)).masthead
    assert head is not None
    assert head.name == "Sudan Doctors Network"


def test_our_army_near_a_place_is_not_the_places_own() -> None:
    text = "فتحت القوات المسلحة الأرمينية النار على مواقع جيشنا في اتجاه كلبجر."
    side = find_speeches(article(text), parties(text)).partisan
    assert (side.ours, side.enemy) == ("Azerbaijan", "Armenia")


def test_a_word_that_only_ends_like_our_takes_no_side() -> None:
    text = "قُتل ضابطان طعنا بالسكاكين في كنجة ثاني مدن أذربيجان."
    assert not find_speeches(article(text), parties(text)).partisan.ours
