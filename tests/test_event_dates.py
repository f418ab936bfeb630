"""Which time expression dates which event; articles of our own, published on Monday, 28 September 2020."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from geomap.theatre import theatres
from tests.support.reading import MONDAY, claims

SUNDAY = MONDAY - timedelta(1)
SATURDAY = MONDAY - timedelta(2)
WAR = date(2020, 9, 27)


def dates(text: str, published: date = MONDAY) -> list[tuple[date | None, date | None]]:
    """First and last day of each claim, in order."""
    return [(claim.date, claim.date_end) for claim in claims(text, published)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the same day is the one told before, not today
        ("قصفت القوات الأذربيجانية بلدة جرموك أمس. وفي مساء اليوم نفسه قُتل جنديان أرمنيان قرب سوتك.", SUNDAY),
        # the day after: what stands behind it is earlier
        ("قصفت القوات الأذربيجانية بلدة جرموك أمس، غداة مقتل جندي أرمني قرب سوتك.", SATURDAY),
        # another entry of a log has the day of the article
        ("08:00 قصفت القوات الأذربيجانية بلدة جرموك أمس\n09:30 مقتل جندي أرمني قرب سوتك", MONDAY),
        # dawn behind yesterday is today's
        ("قصفت القوات الأذربيجانية بلدة جرموك أمس. وقُتل جنديان أرمنيان قرب سوتك فجرا.", MONDAY),
        # without a time of its own: that of the event before
        ("قصفت القوات الأذربيجانية بلدة جرموك أمس. وقُتل جنديان أرمنيان قرب سوتك.", SUNDAY),
    ],
)
def test_the_second_event(text: str, expected: date) -> None:
    assert dates(text)[-1] == (expected, None)


def test_a_day_after_another_event_does_not_move_one_that_has_its_own_time() -> None:
    text = "شنت القوات الأذربيجانية فجر اليوم غارة جديدة على بلدة جرموك، غداة قصف طال مواقع قربها."
    assert dates(text)[0] == (MONDAY, None)


def test_the_head_of_a_list_dates_its_items() -> None:
    text = "وثقت الفرق يوم 27 أيلول ما يلي:\n- مقتل جندي أرمني قرب سوتك\n- قصف مدفعي على بلدة جرموك"
    assert {first for first, _ in dates(text)} == {SUNDAY}


def test_a_range_of_many_days_is_not_handed_on() -> None:
    text = "قُتل 84 جنديا أرمنيا منذ 20 أيلول في قره باغ. وقصفت المدفعية الأذربيجانية بلدة جرموك وأصيب مدنيان."
    assert dates(text)[-1] == (MONDAY, None)


def test_a_new_figure_goes_before_the_toll_that_it_adds_to() -> None:
    text = "قُتل 27 جنديا أرمنيا في قره باغ خلال 24 ساعة، لترتفع الخسائر منذ الأسبوع الماضي إلى 84 قتيلا."
    assert dates(text)[0][0] == SUNDAY


def test_a_running_toll_begins_with_the_war() -> None:
    text = "قُتل 84 جنديا أرمنيا في قره باغ منذ بدء الحرب بين أرمينيا وأذربيجان."
    assert dates(text, date(2020, 10, 20)) == [(WAR, date(2020, 10, 20))]


@pytest.mark.parametrize(
    ("theatre", "day", "start"),
    [
        ("syria", date(2024, 12, 5), date(2024, 11, 27)),
        ("syria", date(2016, 5, 1), date(2011, 3, 15)),
        ("israel-palestine-lebanon", date(2023, 11, 20), date(2023, 10, 7)),
        ("israel-palestine-lebanon", date(2025, 6, 20), date(2025, 6, 13)),
        ("south-caucasus", date(2022, 9, 16), date(2022, 9, 13)),
    ],
)
def test_a_campaign_that_began_lately_is_what_is_meant(theatre: str, day: date, start: date) -> None:
    assert theatres()[theatre].war_start(day) == start


def test_what_an_event_is_dated_by_is_another_event() -> None:
    found = claims("قُتل جندي روسي في انفجار لغم قرب شوشا أمس بعد يومين من دخول القوات الروسية المنطقة.")
    assert (found[0].sub_event_type, found[0].date) == ("Remote explosive/landmine/IED", SUNDAY)


def test_fighting_that_lasted_until_another_day_is_a_range() -> None:
    assert dates("اندلعت الاشتباكات يوم السبت قرب سوتك ودامت حتى صباح الأحد.") == [(SATURDAY, SUNDAY)]


def test_the_time_of_the_next_event_is_not_that_of_the_one_before() -> None:
    text = "شهدت سوتك قصفا خلال اليومين الماضيين، بعدما قُتل جندي أرمني قرب جيرموك أمس."
    assert dates(text)[0] == (SATURDAY, MONDAY)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # victims of another kind are no total that a new figure adds to
        ("قُتل 30 جنديا، بينهم ضابطان، سقطوا منذ السبت في قره باغ، وأصيب أكثر من 70.", (SATURDAY, MONDAY)),
        # a total whose victims are named before it
        ("نشر جيش قره باغ اليوم أسماء 12 جنديا قُتلوا، فصار المجموع منذ بدء الحرب 84.", (MONDAY, None)),
        # today is when it was told, since when is its time
        ("رفعت السلطات اليوم حصيلة القصف الذي يطال مدينة ستيباناكيرت منذ صباح الأحد إلى 9 قتلى.", (SUNDAY, MONDAY)),
        # from one day until another, the end named first
        ("وصل إلى غوريس حتى مساء الأحد 300 نازح منذ 26 أيلول.", (SATURDAY, SUNDAY)),
        # a district called after a day, a newspaper called after today
        ("قصفت القوات الأذربيجانية حي 7 تموز في مدينة ستيباناكيرت أمس.", (SUNDAY, None)),
        ("قصفت القوات الأذربيجانية بلدة جرموك أمس، وقال شهود لـ«سودان اليوم» إن مدنيين قُتلا فيها.", (SUNDAY, None)),
        # the hour of the night, not the night before
        ("قصفت القوات الأذربيجانية بلدة جرموك عند العاشرة ليلا.", (MONDAY, None)),
        # the third day, not today; when it was told
        ("قُتل جنديان أرمنيان قرب سوتك في حصيلة اليوم الثالث للقتال، كما أعلنت يريفان أمس.", (SUNDAY, None)),
        # when an accord was made, not when it begins
        ("اتفقت أرمينيا وأذربيجان أمس على وقف لإطلاق النار يبدأ ظهر اليوم الاثنين.", (SUNDAY, None)),
        ("قصف الطيران بلدة جرموك أول امبارح.", (SATURDAY, None)),
    ],
)
def test_the_time_that_is_meant(text: str, expected: tuple[date, date | None]) -> None:
    assert dates(text)[0] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the same day as something that goes on since
        ("يقطع محتجون منذ صباح أمس طريق لاتشين. وفي اليوم نفسه قُتل جنديان أرمنيان قرب سوتك.", (SUNDAY, None)),
        # a line with a heading of its own is another report
        ("قصفت القوات الأذربيجانية بلدة جرموك أمس.\nمنطقة سوتك: قُتل جنديان أرمنيان.", (MONDAY, None)),
        # what happened long before is not when the next event was
        (
            "قصفت القوات الأذربيجانية بلدة جرموك اليوم ردا على كمين وقع قبل خمسة أيام. وقُتل جنديان قرب سوتك.",
            (MONDAY, None),
        ),
    ],
)
def test_the_time_of_what_is_told_next(text: str, expected: tuple[date, date | None]) -> None:
    assert dates(text)[-1] == expected


@pytest.mark.parametrize(
    "text",
    [
        "قالت باكو إن أربعة من جنودها قُتلوا في هجوم قرب هادروت في 18 أيلول.",
        "وكانت بلدة جرموك قد شهدت في 20 أيلول مقتل 12 مدنيا بقصف مدفعي.",
        "أصيب جندي أرمني بشظية قرب مارتوني أوائل تموز وخرج من المستشفى بعد يومين.",
        "دعا المعارضون أنصارهم إلى مظاهرة كبرى في يريفان بعد غد الأربعاء.",
    ],
)
def test_what_is_long_past_or_to_come_is_no_news(text: str) -> None:
    assert dates(text) == []


def test_a_crowd_that_stays_until_today_is_there_on_all_days() -> None:
    assert dates("احتشد آلاف المتظاهرين في يريفان مساء السبت وحتى اليوم.") == [(SATURDAY, MONDAY)]


@pytest.mark.parametrize(
    "text",
    ["ولا تعلن أذربيجان عدد قتلاها من الجنود.", "أما موسكو فلم تعترف بأي خسائر.", "لم تنشر يريفان أي حصيلة للقتلى."],
)
def test_losses_that_nobody_tells_of_are_no_event(text: str) -> None:
    assert dates(f"قُتل جندي أرمني قرب سوتك أمس. {text}") == [(SUNDAY, None)]


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        # nothing tells when it is said to have been
        ("قُتل جندي قرب سوتك أمس. ونفت باكو ما تناقلته مواقع عن قصف قرية تشيناري.", date(2024, 3, 4), (None, None)),
        ("قُتل جندي قرب سوتك أمس. ونفت باكو شائعات عن سقوط مسيّرة لها قرب لاتشين.", date(2024, 3, 4), (None, None)),
        ("قُصفت سراقب أمس. ونفى مصدر عسكري أنباء نشرتها مواقع عن قصف سرمين.", date(2019, 10, 14), (None, None)),
        # somewhere in the war, while it is young
        (
            "قُتل جندي قرب ترتر أمس. ونفت باكو أنباء نشرتها مواقع عن قصف مدينة غوريس.",
            date(2020, 10, 12),
            (WAR, date(2020, 10, 12)),
        ),
        # it has a time of its own
        ("قُتل جندي قرب سوتك. ونفت باكو أنباء عن قصف قرية تشيناري أمس.", date(2024, 3, 4), (date(2024, 3, 3), None)),
        # what a party tells is dated like anything else
        (
            "قُتل جندي قرب سوتك أمس. وقالت يريفان إن أذربيجان قصفت قرية تشيناري، ونفت باكو ذلك.",
            date(2024, 3, 4),
            (date(2024, 3, 3), None),
        ),
    ],
)
def test_what_only_its_denial_tells(text: str, published: date, expected: tuple[date | None, date | None]) -> None:
    assert dates(text, published)[-1] == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the night before what is told, the same night, since then
        (
            "أصيب مدني بالرصاص في بلدة جرموك مساء أمس، وقُتل جندي أرمني قرب سوتك في الليلة السابقة.",
            (SATURDAY, SUNDAY),
        ),
        (
            "قصفت القوات الأذربيجانية بلدة جرموك فجر الأحد. وفي الليلة نفسها قُتل جندي أرمني قرب سوتك.",
            (SATURDAY, SUNDAY),
        ),
        (
            "قصفت القوات الأذربيجانية بلدة جرموك مساء الأحد. وفي الليلة نفسها قُتل جندي أرمني قرب سوتك.",
            (SUNDAY, None),
        ),
        (
            "قُتل 20 جنديا أرمنيا منذ بدء القتال في 27 أيلول. وقالت باكو إن سبعة مدنيين قُتلوا منذ ذلك اليوم.",
            (WAR, MONDAY),
        ),
        # things are counted since the war began as victims are
        ("قصفت المدفعية قرية تاليش. وأعلنت باكو أنها دمرت منذ بدء المعارك 20 دبابة أرمنية.", (WAR, MONDAY)),
        # until a day, since the one that was told before
        (
            "قُتل 20 جنديا أرمنيا في قره باغ منذ الجمعة. ووصل إلى غوريس ثلاثة آلاف نازح حتى مساء أمس.",
            (date(2020, 9, 25), SUNDAY),
        ),
    ],
)
def test_nights_and_spans_told_by_others(text: str, expected: tuple[date, date | None]) -> None:
    assert dates(text)[-1] == expected


@pytest.mark.parametrize("truce", ["الهدنة السارية", "وقف إطلاق النار المعمول به", "التهدئة المعلنة"])
def test_how_old_a_truce_is_dates_no_shot(truce: str) -> None:
    thursday = date(2020, 9, 10)
    text = f"قُتل جندي أرمني بنيران قناص قرب سوتك، رغم {truce} منذ الثلاثاء الماضي."
    assert dates(text, thursday)[0] == (thursday, None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # the total stands before "since"
        ("فقدت قره باغ 26 جنديا يوم أمس، مما يرفع خسائرها إلى 84 قتيلا منذ اندلاع الحرب.", (SUNDAY, None)),
        # nothing tells when those fell whose names are given: since the day before
        ("نشرت سلطات قره باغ أسماء 26 جنديا آخرين قُتلوا، فبلغ مجموع خسائرها 84 منذ 20 أيلول.", (SUNDAY, MONDAY)),
    ],
)
def test_a_new_figure_beside_its_total(text: str, expected: tuple[date, date | None]) -> None:
    assert dates(text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "قُتل ثلاثة جنود أرمن قرب سوتك خلال الساعات الـ24 الماضية. وفي وقت لاحق أسقط الدفاع الجوي مسيّرة قرب جرموك.",
        "قُتل ثلاثة جنود أرمن قرب سوتك خلال الساعات الـ24 الماضية. وسقطت قذائف على بلدة جرموك قبيل الفجر.",
    ],
)
def test_what_is_later_or_at_dawn_is_of_the_last_day(text: str) -> None:
    assert dates(text)[-1] == (MONDAY, None)
