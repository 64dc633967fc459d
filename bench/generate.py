#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""generate.py MEGABYTES [--text] [--seed N]: reports recomposed from templates, to standard output.

JSON Lines, a report of some 200 words a line, or with --text one long plain text. The same
arguments give the same bytes. The sentences are the project's own and their facts invented; they
have the make of newswire (statements, attacks, figures, dates, steps, names), so that every stage
of khutwa has its usual share of work.
"""
import argparse
import json
import random
import sys

PEOPLE = ["سالم الحداد", "نادية العمري", "يوسف بركات", "هدى الزبيدي", "مراد بن صالح", "رنا الخطيب",
          "عادل منصور", "ليلى الشامي", "طارق الدوري", "سعاد المبروك", "كريم حمدان", "فاطمة الأنصاري"]
ROLES = ["وزير الخارجية", "المتحدث باسم الجيش", "رئيس الوزراء", "المبعوث الأممي", "مدير المشفى",
         "قائد الشرطة", "محافظ المدينة", "رئيس لجنة الإغاثة", "الناطق باسم الحكومة", "وزيرة الصحة"]
ORGS = ["الأمم المتحدة", "الهلال الأحمر", "الدفاع المدني", "وزارة الداخلية", "منظمة الصحة العالمية",
        "الاتحاد الأوروبي", "مجلس الأمن", "لجنة التفاوض", "نقابة الأطباء", "المجلس المحلي"]
FORCES = ["قوات الجيش", "مسلحون مجهولون", "فصائل المعارضة", "قوات الأمن", "الطائرات الحربية",
          "عناصر التنظيم", "القوات الحكومية", "مقاتلو الفصيل"]
PLACES = ["حلب", "الموصل", "طرابلس", "عدن", "تعز", "بنغازي", "الخرطوم", "غزة", "بغداد", "درعا",
          "إدلب", "صنعاء", "البصرة", "سرت", "القامشلي", "مصراتة", "الحديدة", "الرقة"]
DAYS = ["السبت", "الأحد", "الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة"]
MONTHS = ["كانون الثاني/يناير", "شباط/فبراير", "آذار", "نيسان/أبريل", "مايو", "جوان", "تموز",
          "أغسطس", "أيلول/سبتمبر", "أكتوبر", "نوفمبر", "كانون الأول"]
SAY = ["قال", "أكد", "أوضح", "أضاف", "أعلن", "ذكر", "صرح"]
NUMBERS = ["ثلاثة", "خمسة", "سبعة", "12", "17", "٢٤", "أكثر من 30", "نحو 140", "عشرات", "1,250"]
HARMED = ["مدنيين", "أشخاص", "عناصر", "أطفال", "جنود", "متظاهرين"]
STEPS = ["وقف إطلاق النار", "الانسحاب من الميناء", "إطلاق سراح المعتقلين", "فتح المعبر",
         "استئناف المحادثات", "إدخال المساعدات", "تشكيل لجنة تحقيق", "إجراء الانتخابات"]
FILL = ["وتشهد المنطقة هدوءا حذرا منذ ساعات الصباح مع عودة الحركة إلى الأسواق والطرق الرئيسية.",
        "ولم يصدر تعليق من الأطراف الأخرى حتى ساعة إعداد هذا الخبر.",
        "ويعاني السكان من نقص في المياه والكهرباء والأدوية في ظل ارتفاع الأسعار.",
        "وكانت جولات سابقة من الحوار قد انتهت من دون نتيجة تذكر بسبب خلافات على جدول الأعمال."]

TEMPLATES = [
    "{say} {role} {person} {day} إن الحكومة تعمل على {step} في {place}.",
    "{say} {role} {person} أن {n} {harmed} قتلوا في قصف نفذته {force} على أطراف {place} {day}.",
    "قتل {n} {harmed} وأصيب {n2} آخرون في هجوم شنته {force} على بلدة قرب {place} {date}، بحسب {org}.",
    "ونقلت وكالة محلية عن {person} قوله: «نريد {step} قبل نهاية الشهر، ولن نقبل بأقل من ذلك».",
    "وطالب {role} {person} {org} بالضغط من أجل {step}، محذرا من موجة نزوح جديدة من {place}.",
    "واتهمت {org} {force} بعرقلة {step} في محيط {place}، وهو ما نفاه {role}.",
    "وأجرى {person} محادثات مع {role} {person2} في {place} {date} تناولت {step}.",
    "ونزح {n} شخص من {place} إلى القرى المجاورة خلال {n2} أيام، وفق {org}.",
    "وتعهد {person} بـ{step} إذا التزمت {force} بالهدنة، بينما رفضت {org} هذا الشرط.",
    "وقالت {org} في بيان \"ندين استهداف المشافي في {place}، وندعو إلى {step} فورا\".",
    "وكان {role} قد وقّع في {date} اتفاقا مع {org} ينص على {step}.",
    "وذكرت {org} أن {force} اعتقلت {n} {harmed} في حي من أحياء {place} ليل {day}.",
    "{fill}",
]


def sentence(rng):
    return rng.choice(TEMPLATES).format(
        say=rng.choice(SAY), role=rng.choice(ROLES), person=rng.choice(PEOPLE),
        person2=rng.choice(PEOPLE), org=rng.choice(ORGS), force=rng.choice(FORCES),
        place=rng.choice(PLACES), day=rng.choice(DAYS), n=rng.choice(NUMBERS),
        n2=rng.choice(NUMBERS), harmed=rng.choice(HARMED), step=rng.choice(STEPS),
        fill=rng.choice(FILL),
        date="%d %s %d" % (rng.randint(1, 28), rng.choice(MONTHS), rng.randint(2012, 2023)))


def report(rng):
    """Paragraphs of one to three sentences, some 200 words in all."""
    lines = []
    for _ in range(rng.randint(5, 8)):
        lines.append(" ".join(sentence(rng) for _ in range(rng.randint(1, 3))))
    return "\n".join(lines)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("megabytes", type=float)
    parser.add_argument("--text", action="store_true")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    # a stock of reports is dealt out again: composing 100 MB anew would take minutes
    stock = [report(rng) for _ in range(1500)]
    left = int(options.megabytes * 1e6)
    out = sys.stdout.buffer
    number = 0
    while left > 0:
        text = rng.choice(stock)
        if options.text:
            data = (text + "\n").encode()
        else:
            number += 1
            data = (json.dumps({"id": "g%d" % number, "source": "bench",
                                "published": "20%02d-%02d-%02d" % (rng.randint(12, 23),
                                                                   rng.randint(1, 12),
                                                                   rng.randint(1, 28)),
                                "title": "", "text": text}, ensure_ascii=False) + "\n").encode()
        out.write(data)
        left -= len(data)


if __name__ == "__main__":
    main()
