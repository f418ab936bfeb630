"""Time of geoparsing and extraction: ``python benchmarks/bench_reading.py [--articles N] [--only-geomap]``.

The articles are made, the same ones in every run: about 4,000 characters each, a third of the sentences tell events
(those of the passages in tests/batches, with other places of the same country and other numbers), a third are the
other sentences of those passages, a third are diplomacy, economy, sport and culture with place names. Prints articles
a second of one process, the most memory it took, how long ``geomap --help`` takes, and what a blank spaCy pipeline
with an EntityRuler over the same names does in the same run; fails where a target is missed.
"""

from __future__ import annotations

import argparse
import json
import random
import resource
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from geomap.analysis import Analyzer  # noqa: E402
from geomap.codebook import feature_of  # noqa: E402
from geomap.collecting import collecting_seldom  # noqa: E402
from geomap.gazetteer import Gazetteer  # noqa: E402
from geomap.model import Document, Source  # noqa: E402
from geomap.text import tokenize  # noqa: E402

ARTICLES, LENGTH, SEED = 2000, 4000, 11
TARGET_PER_SECOND, TARGET_MB, TARGET_HELP_S = 300.0, 300.0, 0.5

#: Sentences without events: {p} a place, {c} a country, {n} a number, {d} a weekday, {y} a year.
PEACE = """
ارتفعت أسعار القمح في أسواق {p} بنسبة {n} في المئة خلال الأسبوع الماضي، وفق غرفة التجارة والصناعة
وقّعت {c} و{c} اتفاقية لتصدير الغاز الطبيعي لمدة {n} عاما، على أن يبدأ العمل بها مطلع العام المقبل
فاز فريق {p} على ضيفه فريق {p} بهدفين مقابل هدف في الجولة {n} من الدوري الممتاز لكرة القدم
افتتح وزير الثقافة في {p} معرض الكتاب بمشاركة {n} دار نشر من مختلف الدول العربية والأجنبية
يزور رئيس وزراء {c} العاصمة {p} يوم {d} لبحث التعاون الاقتصادي وفرص الاستثمار المشترك
قال البنك المركزي في {c} إن احتياطي النقد الأجنبي بلغ {n} مليار دولار في نهاية الشهر
تستضيف {p} بطولة آسيا للسباحة بمشاركة {n} رياضيا من بينهم أبطال أولمبيون سابقون
أعلنت شركة الطيران الوطنية تسيير {n} رحلات أسبوعية بين {p} و{p} ابتداء من يوم {d}
أكد وزير خارجية {c} خلال مؤتمر صحفي أن المحادثات كانت بناءة وأن الحوار سيستمر في الأسابيع المقبلة
شهدت مدينة {p} أمطارا غزيرة يوم {d} وتوقعت هيئة الأرصاد أن تستمر الموجة الباردة حتى نهاية الأسبوع
بدأت في جامعة {p} أعمال المؤتمر الدولي للغة العربية بحضور {n} باحثا وباحثة من {c} و{c}
تراجع سعر صرف العملة المحلية في {c} أمام الدولار إلى أدنى مستوى له منذ عام {y}
رحبت الأمم المتحدة بالخطوة ودعت جميع الأطراف إلى مواصلة المفاوضات التي تستضيفها {p}
دشن محافظ {p} مشروع الطاقة الشمسية الذي يوفر الكهرباء لأكثر من {n} ألف منزل في القرى المجاورة
حصد فيلم المخرج الشاب من {p} جائزة أفضل عمل في مهرجان {p} السينمائي الذي اختتم أعماله يوم {d}
أوضح خبراء في {p} أن الموسم السياحي هذا العام هو الأفضل منذ {y} وأن نسبة إشغال الفنادق تجاوزت {n} في المئة
اجتمع وفد من {c} مع مسؤولين في {p} لمناقشة ملف المياه وتقاسم مياه النهر بين البلدين
تضم المدينة القديمة في {p} متاحف ومكتبات يعود بعضها إلى القرن الثالث عشر وتستقبل آلاف الزوار كل عام
أجل الاتحاد المحلي لكرة السلة المباراة المقررة في {p} يوم {d} بسبب سوء الأحوال الجوية
تسعى {c} إلى رفع صادراتها من الفواكه والخضر إلى {n} ألف طن عبر ميناء {p}
أظهرت نتائج الانتخابات البلدية في {p} تقدم القائمة المستقلة بفارق {n} نقطة عن أقرب منافسيها
قالت منظمة الصحة العالمية إن حملة التطعيم في {c} شملت {n} ألف طفل وستمتد إلى {p} ومحيطها
استأنفت القطارات رحلاتها بين {p} و{p} بعد انتهاء أعمال الصيانة التي استمرت {n} يوما
أعرب سفير {c} عن أمله في أن تفتح الزيارة صفحة جديدة في العلاقات بين البلدين
تراجعت البورصة في {p} بنحو {n} نقطة عند الإغلاق وسط ترقب قرار المصرف المركزي بشأن الفائدة
يشارك منتخب {c} في تصفيات كأس العالم وسيواجه منتخب {c} على أرضه في {p} يوم {d}
روى كاتب من {p} في كتابه الجديد سيرة عائلته التي هاجرت إلى {c} في عام {y}
وعدت الحكومة في {c} بزيادة رواتب المعلمين بنسبة {n} في المئة بعد إضراب دام أسبوعين
تعمل البلدية في {p} على ترميم الجسر القديم الذي بني عام {y} ويربط ضفتي المدينة
ناقش مجلس الوزراء في {c} مشروع الموازنة العامة التي تتضمن عجزا يقدر بنحو {n} مليون دينار
""".strip().split("\n")
WEEKDAYS = "الأحد الاثنين الثلاثاء الأربعاء الخميس الجمعة السبت".split()


@dataclass(slots=True)
class Pool:
    """What articles are made of: sentences by country, and names."""

    events: dict[str, list[Sentence]] = field(default_factory=lambda: defaultdict(list))
    others: dict[str, list[Sentence]] = field(default_factory=lambda: defaultdict(list))
    towns: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    countries: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence as pieces: text, or the country whose town stands there."""

    pieces: tuple[tuple[str, str], ...]


def made_of(gazetteer: Gazetteer) -> Pool:
    """Sentences of the passages and Arabic names of the gazetteer."""
    pool = Pool()
    for place in gazetteer:
        feature, names = feature_of(place.feature_code), place.names.get("ar")
        if names and feature == "country":
            pool.countries.append(names[0])
        elif names and feature == "settlement" and place.country and not place.needs_cue:
            pool.towns[place.country].append(names[0])
    for path in sorted((ROOT / "tests" / "batches").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            record = json.loads(line)
            for tells, sentence in sentences_of(record, pool.towns):
                (pool.events if tells else pool.others)[country_of(record)].append(sentence)
    return pool


def country_of(record: dict[str, Any]) -> str:
    """The country that a passage names most."""
    named = [m["country"] for m in record["mentions"] if m.get("country")]
    return max(sorted(set(named)), key=named.count, default="")


def sentences_of(record: dict[str, Any], towns: dict[str, list[str]]) -> Iterator[tuple[bool, Sentence]]:
    """Sentences of a passage, and whether each tells an event."""
    text = record["text"]
    tokens = tokenize(text)
    for first, stop in tokens.sentences:
        start, end = tokens.span(first, stop - 1)
        if end - start < 25:
            continue
        tells = any(i["start"] < end and start < i["end"] for i in record["incidents"])
        pieces, at = [], start
        for m in record["mentions"]:
            swap = m["role"] == "location" and m.get("feature") == "settlement" and towns.get(m.get("country"))
            if swap and at <= m["start"] and m["end"] <= end:
                pieces += [("", text[at : m["start"]]), (m["country"], "")]
                at = m["end"]
        yield tells, Sentence((*pieces, ("", text[at:end].rstrip())))


def articles(count: int, pool: Pool, seed: int = SEED) -> list[Document]:
    """Articles of about ``LENGTH`` characters."""
    rng = random.Random(seed)
    homes = [c for c, found in pool.events.items() if len(found) >= 6]
    weights = [len(pool.events[c]) for c in homes]
    made = []
    for number in range(count):
        home = rng.choices(homes, weights)[0]
        published = date(2023, 1, 1) + timedelta(rng.randrange(700))
        source = Source(f"a{number}", "ar", published=published, published_basis="given")
        made.append(Document(article(rng, pool, home), source))
    return made


def article(rng: random.Random, pool: Pool, home: str) -> str:
    """A headline and paragraphs of one to four sentences."""
    out, length, left = [sentence(rng, pool, home).rstrip(".") + "\n"], 0, 0
    while length < LENGTH:
        if left == 0 and length:
            out.append("\n")
            left = rng.randint(1, 4)
        text = sentence(rng, pool, home)
        out.append(text + (" " if text.endswith((".", "!", "؟", "…")) else ". "))
        length += len(out[-1])
        left = max(0, left - 1)
    return "".join(out)


def sentence(rng: random.Random, pool: Pool, home: str) -> str:
    """One sentence: a third tell events."""
    kind = rng.randrange(3)
    if kind == 2:
        return peace(rng, pool, home)
    near = (pool.events if kind == 0 else pool.others)[home]
    chosen = rng.choice(near) if near else rng.choice(pool.events[home])
    text = "".join(rng.choice(pool.towns[country]) if country else piece for country, piece in chosen.pieces)
    if rng.random() < 0.5:
        text = " ".join(str(rng.randint(2, 99)) if w.isdigit() and len(w) <= 2 else w for w in text.split(" "))
    return text.strip()


def peace(rng: random.Random, pool: Pool, home: str) -> str:
    """A sentence of diplomacy, economy, sport or culture."""
    out = []
    for piece in rng.choice(PEACE).replace("}", "{").split("{"):
        match piece:
            case "p":
                country = home if pool.towns.get(home) and rng.random() < 0.7 else rng.choice(sorted(pool.towns))
                out.append(rng.choice(pool.towns[country]))
            case "c":
                out.append(rng.choice(pool.countries))
            case "n":
                out.append(str(rng.randint(2, 60)))
            case "y":
                out.append(str(rng.randint(1970, 2021)))
            case "d":
                out.append(rng.choice(WEEKDAYS))
            case _:
                out.append(piece)
    return "".join(out)


def timed(job: Callable[[], object]) -> tuple[float, float]:
    """Wall and CPU seconds."""
    wall, cpu = time.perf_counter(), time.process_time()
    job()
    return time.perf_counter() - wall, time.process_time() - cpu


def rates(count: int, seconds: tuple[float, float]) -> str:
    wall, cpu = seconds
    return f"{count / cpu:.0f} articles/s of CPU time ({count / wall:.0f} by the clock)"


def megabytes() -> float:
    """The most memory that the process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def help_seconds(repeat: int = 5) -> float:
    """Start-up: the best of some runs of ``geomap --help``."""
    command = [sys.executable, "-m", "geomap", "--help"]

    def run() -> None:
        subprocess.run(command, check=True, capture_output=True, cwd=ROOT)

    return min(timed(run)[0] for _ in range(repeat))


def spacy_rate(documents: Sequence[Document], names: Iterable[str]) -> str:
    """Articles a second of a blank Arabic spaCy pipeline with an EntityRuler over the same names."""
    try:
        import spacy
    except ImportError:
        return "skipped: spaCy is not installed"
    nlp = spacy.blank("ar")
    ruler: Any = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "GPE", "pattern": name} for name in names])
    found = 0

    def run() -> None:
        nonlocal found
        found = sum(len(doc.ents) for doc in nlp.pipe(d.text for d in documents))

    seconds = timed(run)
    return f"{rates(len(documents), seconds)}; {found} names found"


def read_all(analyzer: Analyzer, documents: Sequence[Document]) -> tuple[float, float]:
    """Wall and CPU seconds of reading all articles; prints what was found."""
    mentions = claims = 0

    def run() -> None:
        nonlocal mentions, claims
        with collecting_seldom():  # as a run does
            for document in documents:
                found = analyzer.analyze(document)
                mentions += len(found.mentions)
                claims += len(found.claims)

    seconds = timed(run)
    count = len(documents)
    print(f"articles           {count}, {sum(len(d.text) for d in documents) / count:.0f} characters each")
    print(f"found              {mentions / count:.1f} mentions and {claims / count:.1f} claims an article")
    return seconds


def main() -> int:
    """Print the figures; 1 where a target is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=ARTICLES)
    parser.add_argument("--only-geomap", action="store_true", help="no start-up time, no spaCy")
    options = parser.parse_args()
    gazetteer = Gazetteer.from_file()
    pool = made_of(gazetteer)
    documents = articles(options.articles, pool)
    made: list[Analyzer] = []
    load, _ = timed(lambda: made.append(Analyzer.for_language("ar", gazetteer)))
    seconds = read_all(made[0], documents)
    rate, memory = len(documents) / seconds[1], megabytes()
    print(f"load               {load:.2f} s (gazetteer loaded before)")
    print(f"geomap             {rates(len(documents), seconds)}; target {TARGET_PER_SECOND:.0f}")
    print(f"memory             {memory:.0f} MB; target {TARGET_MB:.0f}")
    if options.only_geomap:
        return 0
    start = help_seconds()
    print(f"geomap --help      {start:.2f} s; target {TARGET_HELP_S}")
    names = sorted({name for place in gazetteer for name in place.names.get("ar", ())})
    print(f"spaCy EntityRuler  {spacy_rate(documents, names)}")
    return int(rate < TARGET_PER_SECOND or memory > TARGET_MB or start > TARGET_HELP_S)


if __name__ == "__main__":
    sys.exit(main())
