# SPDX-License-Identifier: Apache-2.0
"""Reports edited as outlets edit what an agency sends them; the facts stay as they are."""
import re


INDIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
LATIN = str.maketrans("٠١٢٣٤٥٦٧٨٩", "0123456789")
SPELLINGS = [("أ", "ا"), ("إ", "ا"), ("ة ", "ه "), ("ى ", "ي "), ("«", "\""), ("»", "\""),
             ("أيار", "مايو"), ("حزيران", "يونيو"), ("المشفى", "المستشفى"), ("مشفى", "مستشفى"),
             ("نحو", "حوالي"), ("وقال", "وذكر"), ("الدواء", "الأدوية"), ("بحسب", "وفق"),
             ("قتلى", "قتلي"), ("مظاهرة", "تظاهرة"), ("متظاهرين", "محتجين"), ("شدد", "شدّد")]
OWN_LINES = ["أفادت مصادر {outlet} اليوم بتطورات جديدة في {place} نعرض تفاصيلها في هذا التقرير.",
             "تتابع {outlet} آخر المستجدات في {place} لحظة بلحظة مع مراسليها في الميدان.",
             "خاص {outlet}: تطورات متسارعة تشهدها {place} منذ ساعات الفجر الأولى."]
HEADLINES = ["آخر المستجدات في {place}: ماذا جرى؟", "{place} تحت المجهر من جديد",
             "تطورات متسارعة في {place}", "بالتفاصيل.. ما يحدث في {place}"]
OTHER_BACKGROUND = [
    "وتشهد البلاد منذ سنوات أزمة سياسية وأمنية خلفت آلاف القتلى ودفعت ملايين السكان إلى مغادرة منازلهم.",
    "وترعى الأمم المتحدة مسارا سياسيا يهدف إلى إنهاء الأزمة، لكن الجولات السابقة لم تحقق اختراقا يذكر.",
    "وتحذر منظمات دولية منذ أشهر من تدهور الأوضاع الإنسانية في المنطقة مع اقتراب فصل الشتاء.",
    "يذكر أن المنطقة شهدت خلال الأعوام الماضية موجات متكررة من العنف والهدن القصيرة التي لم تصمد طويلا.",
]


def other_headline(rng, title, text, outlet, place):
    return rng.choice(HEADLINES).format(place=place), text


def cut_tail(rng, title, text, outlet, place):
    parts = text.split("\n\n")
    keep = max(2, int(len(parts) * rng.uniform(0.5, 0.85)))
    return title, "\n\n".join(parts[:keep])


def own_first_line(rng, title, text, outlet, place):
    line = rng.choice(OWN_LINES).format(outlet=outlet, place=place)
    return title, line + "\n\n" + text


def other_spelling(rng, title, text, outlet, place):
    for old, new in rng.sample(SPELLINGS, 6):
        text = text.replace(old, new)
    return title, text


def other_digits(rng, title, text, outlet, place):
    return title, text.translate(LATIN if re.search("[٠-٩]", text) else INDIC)


def other_dateline(rng, title, text, outlet, place):
    first, _, rest = text.partition("\n\n")
    bare = first.split(" – ")[-1]
    form = rng.choice(["{outlet} / {place}: ", "{place} ({outlet}) - ", "{outlet} – وكالات – ", ""])
    return title, form.format(outlet=outlet, place=place) + bare + "\n\n" + rest


def reordered(rng, title, text, outlet, place):
    parts = text.split("\n\n")
    tail = parts[1:]
    rng.shuffle(tail)
    return title, "\n\n".join(parts[:1] + tail)


def dropped(rng, title, text, outlet, place):
    parts = text.split("\n\n")
    for _ in range(rng.randint(1, max(1, len(parts) // 3))):
        if len(parts) > 3:
            del parts[rng.randrange(1, len(parts))]
    return title, "\n\n".join(parts)


def added_background(rng, title, text, outlet, place):
    more = rng.sample(OTHER_BACKGROUND, rng.randint(1, 3))
    return title, text + "\n\n" + "\n\n".join(more)


EDITS = [other_headline, cut_tail, own_first_line, other_spelling, other_digits, other_dateline,
         reordered, dropped, added_background]


def copy(rng, title, text, outlet, place, most=4):
    """One to `most` edits, each of another kind, in the order in which an editor would make them."""
    chosen = rng.sample(range(len(EDITS)), rng.randint(1, most))
    for i in sorted(chosen):
        title, text = EDITS[i](rng, title, text, outlet, place)
    return title, text
