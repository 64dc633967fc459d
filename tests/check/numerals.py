#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""numerals.py KHUTWA: reads 20,000 words of resolutions, telephone numbers, scores, versions, names with
numerals, verses and the like, in which there is neither a number that counts nor a time, and demands that
`khutwa number` and `khutwa time` find at most one in 1,000 words."""
import json
import random
import subprocess
import sys

PLACES = "حلب عدن طرابلس الموصل غزة نيالا صفاقس إربد تعز درنة البصرة مراكش".split()
PEOPLE = ["شعبان الفارس", "رجب النجار", "رمضان الخطيب", "خميس العلي", "جمعة السالم", "صباح الحمدان",
          "ربيع الحداد", "فجر المهنا", "سحر القاضي", "آذار حسن", "نيسان مراد", "محرم أوغلو"]
TEMPLATES = [
    "اعتمد المجلس القرار {r} بعد نقاش طويل حول {p}.",
    "يستند البيان إلى القرار رقم {r} والمادة {a} من الميثاق.",
    "خالفت الشركة المادة {a} من القانون رقم {a} بحسب المحامي.",
    "للاستفسار يرجى الاتصال على الهاتف {t} أو الفاكس {t}.",
    "انتهى اللقاء بفوز فريق {p} بنتيجة {s}-{l} على ضيفه.",
    "تعادل الفريقان {l}-{l} في ملعب {p} أمام الجمهور.",
    "صدر الإصدار {v}.{v}.{v} من البرنامج وفيه إصلاحات للواجهة.",
    "بثت قناة {a} لقاء مع الوزير في استوديو {p}.",
    "تتمركز الكتيبة {a} قرب المطار مع اللواء {a} في {p}.",
    "أسقط الدفاع الجوي طائرة من طراز إف-{a} فوق {p}.",
    "حلقت طائرة بوينغ {r} وطائرة إيرباص {r} فوق المدينة.",
    "تلا الخطيب قوله تعالى (البقرة: {a}) ثم فسر الآية للحاضرين.",
    "استقل الركاب الطريق {a} المؤدي إلى {p} بسبب الازدحام.",
    "قال {n} إن المياه وصلت إلى الحي القديم في {p}.",
    "التقى {n} وفدا من وجهاء {p} في منزله.",
    "أكد {n} أن الأمين العام سيرد على الرسالة.",
    "نشرت صحيفة المصري اليوم مقالا عن الزراعة في {p}.",
    "مارس الوفد ضغوطا على الحكومة من أجل فتح معبر {p}.",
    "عقد أهل السنة في {p} لقاء مع ممثلي الطوائف الأخرى.",
    "يرى أحد السكان أن إحدى المدارس في {p} تحتاج إلى ترميم.",
    "ظهر المتحدث على الشاشة ونفى ما تردد عن {p}.",
    "رفع المتظاهرون العلم وسط ساحة {p} وهتفوا للحرية.",
    "تعمل اللجنة على ترميم الجامع الكبير في {p} بدعم أهلي.",
    "ترك اللاعب رقم {a} الملعب مصابا وسط تصفيق الجمهور.",
    "نظام التشغيل ويندوز {a} لا يعمل على أجهزة البلدية في {p}.",
]


def text(rng, words):
    lines, count = [], 0
    while count < words:
        line = rng.choice(TEMPLATES).format(
            r=rng.randint(200, 2900), a=rng.randint(3, 99), p=rng.choice(PLACES), n=rng.choice(PEOPLE),
            t="0" + str(rng.randint(10**8, 10**9 - 1)), s=rng.randint(3, 5), l=rng.randint(0, 2), v=rng.randint(0, 9))
        lines.append(line)
        count += len(line.split())
    return "\n".join(lines), count


def main(program):
    body, words = text(random.Random(2026), 20000)
    line = json.dumps({"id": "numerals", "published": "2019-05-30", "text": body}, ensure_ascii=False) + "\n"
    bad = 0
    for command in ("number", "time"):
        out = subprocess.run([program, command, "--json", "--from", "jsonl", "-"], input=line.encode(), stdout=subprocess.PIPE,
                             check=True).stdout
        items = json.loads(out)["items"]
        seen = {}
        for item in items:
            around = body[max(0, item["start"] - 20):item["end"] + 20].replace("\n", " ")
            seen.setdefault(item["text"], around)
        print(f"# {command}: {len(items)} spurious in {words} words")
        if len(items) > words / 1000:
            bad += 1
            for found, around in list(seen.items())[:40]:
                print(f"  «{found}» in «{around}»")
    return bad


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
