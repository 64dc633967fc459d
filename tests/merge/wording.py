# SPDX-License-Identifier: Apache-2.0
"""Arabic wordings of the composed reports: numbers, days, and several ways to tell each kind of happening.

Everything told here is invented. Slots: {town} {gov} {land} {doer} {side} {person} ..., {killed} and {wounded} (counted
persons, subject), {killed_of} and {wounded_of} (the same after a noun or preposition), {when} (a day, empty when untold).
"""

WORDS = {3: "ثلاثة", 4: "أربعة", 5: "خمسة", 6: "ستة", 7: "سبعة", 8: "ثمانية", 9: "تسعة", 10: "عشرة"}
DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
EAST = ["كانون الثاني", "شباط", "آذار", "نيسان", "أيار", "حزيران", "تموز", "آب", "أيلول", "تشرين الأول", "تشرين الثاني",
        "كانون الأول"]
WEST = ["يناير", "فبراير", "مارس", "أبريل", "مايو", "يونيو", "يوليو", "أغسطس", "سبتمبر", "أكتوبر", "نوفمبر", "ديسمبر"]

# singular, dual (subject), dual (after a noun), plural, singular accusative
NOUNS = {
    "persons": ("شخص", "شخصان", "شخصين", "أشخاص", "شخصا"),
    "civilians": ("مدني", "مدنيان", "مدنيين", "مدنيين", "مدنيا"),
    "dead": ("قتيل", "قتيلان", "قتيلين", "قتلى", "قتيلا"),
    "hurt": ("جريح", "جريحان", "جريحين", "جرحى", "جريحا"),
    "soldiers": ("جندي", "جنديان", "جنديين", "جنود", "جنديا"),
    "students": ("طالب", "طالبان", "طالبين", "طلاب", "طالبا"),
    "detainees": ("محتجز", "محتجزان", "محتجزين", "محتجزين", "محتجزا"),
    "prisoners": ("أسير", "أسيران", "أسيرين", "أسرى", "أسيرا"),
    "others": ("آخر", "آخران", "آخرين", "آخرون", "آخرين"),
}


def counted(n, noun, after=False, digits=False):
    one, two, two_after, many, single = NOUNS[noun]
    if noun == "others":
        if n == 1:
            return one
        if n == 2:
            return two_after if after else two
        return f"{n if digits or n > 10 else WORDS[n]} {'آخرين' if after else 'آخرون'}"
    if n == 1:
        return f"{one} واحد" if noun in ("dead", "hurt") else one
    if n == 2:
        return two_after if after else two
    if n <= 10:
        if noun == "civilians":
            many = "مدنيين"
        return f"{n if digits else WORDS[n]} {many}"
    if n % 100 == 0:
        return f"{n} {one}"
    return f"{n} {single}"


# ---- wordings: lists of (sentence, event types told in it)
# Each kind has headlines, leads, sentences that tell it again, and backgrounds (told weeks later).

KINDS = {}

KINDS["shelling"] = {
    "head": [
        ("{killed} في قصف على {town}", ["ASSAULT"]),
        ("قصف {kind} يستهدف {town} ويوقع قتلى", ["ASSAULT"]),
        ("{town}: ارتفاع عدد ضحايا القصف إلى {killed}", ["ASSAULT"]),
        ("مقتل {killed_of} بقصف على {town}", ["ASSAULT"]),
        ("سقوط ضحايا مدنيين في قصف {kind} على {town}", ["ASSAULT"]),
    ],
    "lead": [
        ("قتل {killed} وأصيب {wounded}{when} جراء قصف {kind} شنته {doer} على {town_in}.", ["ASSAULT"]),
        ("أسفر قصف {kind} نفذته {doer}{when} على {town_in} عن مقتل {killed_of} وإصابة {wounded_of}، بحسب مصادر طبية.", ["ASSAULT"]),
        ("لقي {killed} حتفهم وجرح {wounded}{when} حين قصفت {doer} {town_in}، وفق ما أفاد مسعفون.", ["ASSAULT"]),
        ("قال مسعفون إن {killed} قتلوا{when} في قصف {kind} {doer_l} طال {town_in}.", ["ASSAULT"]),
        ("تعرضت {town_in}{when} لقصف {kind} من {doer} أدى إلى مقتل {killed_of} وإصابة {wounded_of} بجروح متفاوتة.", ["ASSAULT"]),
        ("شنت {doer}{when} قصفا {kind_acc} على {town_in}، ما أوقع {killed_acc} و{wounded_acc}.", ["ASSAULT"]),
        ("أفادت مصادر محلية بمقتل {killed_of} وجرح {wounded_of}{when} في قصف {kind} استهدف {town_in}.", ["ASSAULT"]),
    ],
    "again": [
        ("وقال شهود إن القصف على {town} استهدف سوقا شعبية وسط البلدة.", ["ASSAULT"]),
        ("وذكر أحد السكان أن {doer} قصفت {town} بأكثر من عشر قذائف.", ["ASSAULT"]),
        ("ونقل الجرحى إلى مستشفيات قريبة بعد القصف الذي تعرضت له {town}.", ["ASSAULT"]),
        ("وتسبب القصف على {town} بأضرار كبيرة في منازل المدنيين.", ["ASSAULT"]),
    ],
    "update": [
        ("ارتفعت إلى {killed_of} حصيلة القصف الذي استهدف {town_in} {on_day}، وفق مصادر طبية.", ["ASSAULT"]),
        ("توفي أحد الجرحى متأثرا بإصابته، لترتفع حصيلة قتلى القصف على {town_in} {on_day} إلى {killed_of}.", ["ASSAULT"]),
        ("أعلنت مصادر طبية ارتفاع عدد قتلى قصف {doer} على {town_in} {on_day} إلى {killed_of}.", ["ASSAULT"]),
    ],
    "deny": [
        ("ونفت {doer} أن تكون قد قصفت {town}.", ["ASSAULT"]),
        ("ونفى متحدث باسم {doer} قصف {town}، وقال إن الاتهامات باطلة.", ["ASSAULT"]),
    ],
    "background": [
        ("وكانت {doer} قصفت {town} {full_day}، ما أدى إلى مقتل {killed_of}.", ["ASSAULT"]),
        ("وكان قصف على {town} {full_day} قد أسفر عن مقتل {killed_of}.", ["ASSAULT"]),
    ],
}

KINDS["bombing"] = {
    "head": [
        ("{killed} في انفجار سيارة مفخخة في {town}", ["ASSAULT"]),
        ("تفجير يهز {town} ويوقع قتلى وجرحى", ["ASSAULT"]),
        ("قتلى وجرحى بانفجار عبوة ناسفة في {town}", ["ASSAULT"]),
        ("انفجار سيارة ملغومة وسط {town}", ["ASSAULT"]),
    ],
    "lead": [
        ("قتل {killed} وأصيب {wounded}{when} بانفجار سيارة مفخخة في {town_in}.", ["ASSAULT"]),
        ("انفجرت{when} سيارة ملغومة قرب سوق في {town_in}، ما أدى إلى مقتل {killed_of} وإصابة {wounded_of}.", ["ASSAULT"]),
        ("أعلنت الشرطة مقتل {killed_of} وجرح {wounded_of}{when} في تفجير استهدف حاجزا أمنيا في {town_in}.", ["ASSAULT"]),
        ("هز تفجير بسيارة مفخخة {town_in}{when} وأودى بحياة {killed_of} وخلف {wounded_of}، حسب مصدر أمني.", ["ASSAULT"]),
        ("فجر انتحاري نفسه{when} عند مدخل سوق في {town_in}، فقتل {killed} وجرح {wounded}.", ["ASSAULT"]),
        ("قال مصدر طبي إن {killed} قتلوا و{wounded} أصيبوا{when} في انفجار وقع في {town_in}.", ["ASSAULT"]),
    ],
    "again": [
        ("وأوضح المصدر أن التفجير في {town} وقع قرب مدرسة.", ["ASSAULT"]),
        ("ولم تتبن أي جهة حتى الآن التفجير الذي ضرب {town}.", ["ASSAULT"]),
        ("وأغلقت قوات الأمن الطرق المؤدية إلى مكان الانفجار في {town}.", ["ASSAULT"]),
    ],
    "update": [
        ("ارتفع عدد قتلى التفجير الذي استهدف {town_in} {on_day} إلى {killed_of}، بحسب دائرة الصحة.", ["ASSAULT"]),
        ("بلغت حصيلة انفجار {town} {on_day} {killed_of} و{wounded_of}، وفق حصيلة جديدة.", ["ASSAULT"]),
    ],
    "deny": [],
    "background": [
        ("وكان تفجير في {town} {full_day} قد أوقع {killed_acc}.", ["ASSAULT"]),
        ("وقتل {killed} {full_day} في انفجار سيارة مفخخة في {town}.", ["ASSAULT"]),
    ],
}

KINDS["abduction"] = {
    "head": [
        ("مسلحون يخطفون {job} {short} في {town}", ["ASSAULT"]),
        ("اختطاف {job} {person} في {town}", ["ASSAULT"]),
        ("مطالب بالكشف عن مصير {job} المخطوف {short}", []),
    ],
    "lead": [
        ("اختطف مسلحون مجهولون {job} {person}{when} في {town_in}.", ["ASSAULT"]),
        ("خطف مسلحون يستقلون سيارة رباعية الدفع {job} {person}{when} من أمام منزله في {town_in}.", ["ASSAULT"]),
        ("قالت عائلة {job} {person} إن مسلحين اختطفوه{when} في {town_in}.", ["ASSAULT"]),
        ("تعرض {job} {person}{when} للاختطاف على يد مسلحين في {town_in}، وفق زملائه.", ["ASSAULT"]),
        ("أقدمت مجموعة مسلحة{when} على خطف {job} {person} في {town_in}.", ["ASSAULT"]),
        ("دانت نقابة مهنية اختطاف {job} {person}{when} في {town_in}.", ["ASSAULT"]),
    ],
    "again": [
        ("وقال شقيقه إن المسلحين خطفوا {short} واقتادوه إلى جهة مجهولة.", ["ASSAULT"]),
        ("ولم تعلن أي جهة مسؤوليتها عن اختطاف {short}.", ["ASSAULT"]),
    ],
    "update": [
        ("لا يزال مصير {job} {person} مجهولا بعد أيام من اختطافه في {town_in} {on_day}.", ["ASSAULT"]),
        ("طالبت عائلة {job} {person}، الذي اختطفه مسلحون في {town_in} {on_day}، بالكشف عن مصيره.", ["ASSAULT"]),
    ],
    "deny": [],
    "background": [
        ("وكان مسلحون اختطفوا {job} {person} في {town} {full_day}.", ["ASSAULT"]),
    ],
}

KINDS["arrest"] = {
    "head": [
        ("{doer} تعتقل {held} في {town}", ["COERCE"]),
        ("حملة اعتقالات في {town}", ["COERCE"]),
        ("اعتقال {held_of} في {town}", ["COERCE"]),
    ],
    "lead": [
        ("اعتقلت {doer}{when} {held} خلال حملة دهم في {town_in}.", ["COERCE"]),
        ("شنت {doer}{when} حملة اعتقالات في {town_in} طالت {held}.", ["COERCE"]),
        ("احتجزت {doer}{when} {held} في {town_in}، وفق منظمة حقوقية محلية.", ["COERCE"]),
        ("قال ناشطون إن {doer} اعتقلت {held}{when} في {town_in} بعد مداهمة منازلهم.", ["COERCE"]),
        ("أوقفت {doer}{when} {held} في {town_in} واقتادتهم إلى مقر أمني.", ["COERCE"]),
        ("أعلنت {doer} اعتقال {held_of}{when} في {town_in}.", ["COERCE"]),
    ],
    "again": [
        ("وأضافت المنظمة أن الاعتقالات في {town} جرت من دون مذكرات قضائية.", ["COERCE"]),
        ("وجاء اعتقال الشبان في {town} بعد أيام من احتجاجات على انقطاع الكهرباء.", ["COERCE"]),
    ],
    "update": [
        ("أفادت منظمة حقوقية بأن عدد الذين اعتقلتهم {doer} في {town_in} {on_day} ارتفع إلى {held_of}.", ["COERCE"]),
    ],
    "deny": [
        ("ونفت {doer} اعتقال أي شخص في {town}.", ["COERCE"]),
    ],
    "background": [
        ("وكانت {doer} اعتقلت {held} في {town} {full_day}.", ["COERCE"]),
    ],
}

KINDS["seizure"] = {
    "head": [
        ("{doer} تسيطر على {town}", ["COERCE"]),
        ("{doer} تعلن السيطرة على {town}", ["COERCE"]),
        ("تضارب الأنباء عن السيطرة على {town}", []),
    ],
    "lead": [
        ("سيطرت {doer}{when} على {town_in} بعد معارك عنيفة.", ["COERCE"]),
        ("أعلنت {doer} سيطرتها{when} على {town_in}.", ["COERCE"]),
        ("قالت {doer} إنها سيطرت{when} على {town_in} بالكامل.", ["COERCE"]),
        ("تمكنت {doer}{when} من السيطرة على {town_in} بعد انسحاب {side} منها.", ["COERCE"]),
        ("استولت {doer}{when} على {town_in}، بحسب مصادر ميدانية.", ["COERCE"]),
        ("أحكمت {doer}{when} سيطرتها على {town_in}.", ["COERCE"]),
    ],
    "again": [
        ("وتمنح السيطرة على {town} {doer_l} منفذا إلى الطريق الدولي.", ["COERCE"]),
        ("ونشرت {doer} صورا قالت إنها لمقاتليها بعد السيطرة على {town}.", ["COERCE"]),
    ],
    "update": [
        ("نزحت مئات العائلات من {town_in} بعد سيطرة {doer} عليها {on_day}.", ["COERCE"]),
    ],
    "deny": [
        ("ونفت {side} سيطرة {doer} على {town}.", ["COERCE"]),
        ("ونفى متحدث باسم {side} أن تكون {doer} قد سيطرت على {town}.", ["COERCE"]),
    ],
    "background": [
        ("وكانت {doer} سيطرت على {town} {full_day}.", ["COERCE"]),
    ],
}

KINDS["clash"] = {
    "head": [
        ("اشتباكات بين {doer} و{side} في {town}", ["ASSAULT"]),
        ("تجدد المعارك في {town}", ["ASSAULT"]),
        ("{killed} في اشتباكات في {town}", ["ASSAULT"]),
    ],
    "lead": [
        ("اندلعت اشتباكات عنيفة{when} بين {doer} و{side} في {town_in}، ما أسفر عن مقتل {killed_of}.", ["ASSAULT"]),
        ("دارت{when} معارك بين {doer} و{side} في {town_in} قتل فيها {killed}.", ["ASSAULT"]),
        ("قتل {killed}{when} في اشتباكات بين {doer} و{side} في {town_in}.", ["ASSAULT"]),
        ("أدت مواجهات مسلحة بين {doer} و{side}{when} في {town_in} إلى مقتل {killed_of} على الأقل.", ["ASSAULT"]),
        ("اشتبكت {doer} مع {side}{when} في {town_in}، وقتل {killed}.", ["ASSAULT"]),
        ("قال مصدر طبي إن {killed} قتلوا{when} في اشتباكات بين {doer} و{side} في {town_in}.", ["ASSAULT"]),
    ],
    "again": [
        ("واستخدمت في الاشتباكات في {town} أسلحة ثقيلة.", ["ASSAULT"]),
        ("وأغلقت المدارس أبوابها بسبب الاشتباكات في {town}.", ["ASSAULT"]),
    ],
    "update": [
        ("ارتفعت إلى {killed_of} حصيلة الاشتباكات بين {doer} و{side} في {town_in} {on_day}.", ["ASSAULT"]),
    ],
    "deny": [],
    "background": [
        ("وكانت اشتباكات بين {doer} و{side} في {town} {full_day} أوقعت {killed_acc}.", ["ASSAULT"]),
    ],
}

KINDS["protest"] = {
    "head": [
        ("مظاهرات في {town} {cause}", ["PROTEST"]),
        ("احتجاجات في {town}", ["PROTEST"]),
        ("المئات يتظاهرون في {town} {cause}", ["PROTEST"]),
    ],
    "lead": [
        ("تظاهر المئات{when} في {town_in} {cause}.", ["PROTEST"]),
        ("خرجت مظاهرة حاشدة{when} في {town_in} {cause}.", ["PROTEST"]),
        ("شهدت {town_in}{when} احتجاجات شارك فيها مئات السكان {cause}.", ["PROTEST"]),
        ("احتشد مئات المحتجين{when} في {town_in} {cause}.", ["PROTEST"]),
        ("نظم سكان {town_in}{when} وقفة احتجاجية {cause}.", ["PROTEST"]),
        ("نزل مئات المتظاهرين إلى شوارع {town_in}{when} {cause}.", ["PROTEST"]),
    ],
    "again": [
        ("ورفع المتظاهرون في {town} لافتات تندد بالفساد.", []),
        ("وقطع المحتجون في {town} الطريق الرئيسي بإطارات مشتعلة.", []),
        ("وفرقت قوات الأمن الاحتجاجات في {town} من دون وقوع إصابات.", ["PROTEST"]),
        ("وهذه المظاهرات في {town} هي الأكبر منذ أسابيع.", ["PROTEST"]),
    ],
    "update": [],
    "deny": [],
    "background": [
        ("وكانت {town} شهدت {full_day} مظاهرات {cause}.", ["PROTEST"]),
    ],
}

KINDS["meeting"] = {
    "head": [
        ("{person} يلتقي {other} في {town}", ["CONSULT"]),
        ("مباحثات بين {short} و{other_short} في {town}", ["CONSULT"]),
        ("{short} يبحث مع {other_short} سبل التهدئة", ["CONSULT"]),
    ],
    "lead": [
        ("التقى {job} {person}{when} {other_job} {other} في {town_in}.", ["CONSULT"]),
        ("بحث {job} {person} مع {other_job} {other}{when} في {town_in} سبل خفض التصعيد.", ["CONSULT"]),
        ("عقد {job} {person} و{other_job} {other}{when} لقاء في {town_in}.", ["CONSULT"]),
        ("أجرى {job} {person}{when} محادثات مع {other_job} {other} في {town_in}.", ["CONSULT"]),
        ("استقبل {other_job} {other}{when} {job} {person} في {town_in}.", ["CONSULT"]),
        ("اجتمع {job} {person}{when} مع {other_job} {other} في {town_in}.", ["CONSULT"]),
    ],
    "again": [
        ("وقال بيان إن {short} و{other_short} بحثا ملف المعتقلين.", ["CONSULT"]),
        ("ووصف {short} اللقاء مع {other_short} بأنه مثمر.", ["CONSULT"]),
    ],
    "update": [
        ("تحدث {job} {person} عن نتائج اللقاء الذي جمعه مع {other} في {town_in} {on_day}.", ["CONSULT"]),
    ],
    "deny": [],
    "background": [
        ("وكان {person} التقى {other} في {town} {full_day}.", ["CONSULT"]),
    ],
}

# ---- steps: status -> wordings: (sentence, kind)
# {what_by}: who must do it; {asker}; {town_in}.

STEPS = {}

STEPS["ceasefire"] = {
    "demanded": [
        "دعا {asker} {doer} و{side} إلى وقف إطلاق النار في {town_in}.",
        "طالب {asker} بوقف فوري لإطلاق النار في {town_in} بين {doer} و{side}.",
        "حث {asker} {doer} و{side} على الالتزام بهدنة في {town_in}.",
        "جدد {asker} دعوته {doer} و{side} إلى وقف إطلاق النار في {town_in}.",
    ],
    "promised": [
        "أعلنت {doer} عزمها وقف إطلاق النار في {town_in}.",
        "تعهدت {doer} بوقف إطلاق النار في {town_in}.",
        "أبدت {doer} استعدادها لوقف إطلاق النار في {town_in}.",
    ],
    "agreed": [
        "اتفقت {doer} و{side} على وقف إطلاق النار في {town_in}.",
        "توصلت {doer} و{side} إلى اتفاق على وقف إطلاق النار في {town_in}.",
        "وقعت {doer} و{side} اتفاقا لوقف إطلاق النار في {town_in}.",
    ],
    "met": [
        "دخل وقف إطلاق النار بين {doer} و{side} في {town_in} حيز التنفيذ.",
        "بدأ سريان وقف إطلاق النار بين {doer} و{side} في {town_in}.",
    ],
    "violated": [
        "اتهمت {side} {doer} بخرق وقف إطلاق النار في {town_in}.",
        "خرقت {doer} وقف إطلاق النار في {town_in}، بحسب {side}.",
        "قالت {side} إن {doer} انتهكت وقف إطلاق النار في {town_in}.",
    ],
    "refused": [
        "رفضت {doer} وقف إطلاق النار في {town_in}.",
        "أعلنت {doer} رفضها وقف إطلاق النار في {town_in}.",
    ],
}
STEPS["detainees"] = {
    "demanded": [
        "طالبت {asker} {doer} بالإفراج عن {held_of} في {town_in}.",
        "دعت {asker} {doer} إلى الإفراج عن {held_of} في {town_in}.",
        "طالبت {asker} {doer} بإطلاق سراح {held_of} في {town_in}.",
    ],
    "promised": [
        "تعهدت {doer} بالإفراج عن {held_of} في {town_in}.",
        "وعدت {doer} بإطلاق سراح {held_of} في {town_in}.",
        "أعلنت {doer} أنها ستفرج عن {held_of} في {town_in}.",
    ],
    "met": [
        "أفرجت {doer} عن {held_of} في {town_in}.",
        "أطلقت {doer} سراح {held_of} في {town_in}.",
        "أعلنت {asker} أن {doer} أفرجت عن {held_of} في {town_in}.",
    ],
    "refused": [
        "رفضت {doer} الإفراج عن {held_of} في {town_in}.",
        "أعلنت {doer} رفضها إطلاق سراح {held_of} في {town_in}.",
    ],
    "not_met": [
        "لم تفرج {doer} عن {held_of} في {town_in}، وفق {asker}.",
        "قالت {asker} إن {doer} لم تطلق سراح {held_of} في {town_in}.",
    ],
}
STEPS["withdrawal"] = {
    "demanded": [
        "طالبت {asker} {doer} بالانسحاب من {town_in}.",
        "دعت {asker} {doer} إلى الانسحاب من {town_in}.",
        "شددت {asker} على ضرورة انسحاب {doer} من {town_in}.",
    ],
    "promised": [
        "أعلنت {doer} أنها ستنسحب من {town_in}.",
        "تعهدت {doer} بالانسحاب من {town_in}.",
    ],
    "met": [
        "انسحبت {doer} من {town_in}.",
        "أكملت {doer} انسحابها من {town_in}.",
        "قالت {asker} إن {doer} انسحبت من {town_in}.",
    ],
    "refused": [
        "رفضت {doer} الانسحاب من {town_in}.",
        "أكدت {doer} أنها لن تنسحب من {town_in}.",
    ],
    "under_way": [
        "بدأت {doer} الانسحاب من {town_in}.",
        "بدأ انسحاب {doer} من {town_in}.",
    ],
}
STEPS["opening"] = {
    "demanded": [
        "طالبت {asker} {doer} بفتح معبر {gate} أمام المدنيين.",
        "دعت {asker} {doer} إلى إعادة فتح معبر {gate}.",
        "حثت {asker} {doer} على فتح معبر {gate}.",
    ],
    "promised": [
        "تعهدت {doer} بفتح معبر {gate}.",
        "أعلنت {doer} أنها ستعيد فتح معبر {gate}.",
        "وعدت {doer} بإعادة فتح معبر {gate}.",
    ],
    "met": [
        "أعادت {doer} فتح معبر {gate} أمام حركة المسافرين.",
        "فتحت {doer} معبر {gate} أمام الحالات الإنسانية.",
    ],
    "refused": [
        "رفضت {doer} فتح معبر {gate}.",
        "أعلنت {doer} رفضها إعادة فتح معبر {gate}.",
    ],
    "suspended": [
        "أجلت {doer} فتح معبر {gate} إلى أجل غير مسمى.",
        "أرجأت {doer} فتح معبر {gate}.",
    ],
}
STEPS["talks"] = {
    "demanded": [
        "دعا {asker} {doer} و{side} إلى استئناف المحادثات في {town_in}.",
        "حث {asker} {doer} و{side} على العودة إلى المحادثات في {town_in}.",
        "طالب {asker} {doer} و{side} بعقد جولة محادثات جديدة في {town_in}.",
    ],
    "agreed": [
        "اتفقت {doer} و{side} على عقد محادثات في {town_in}.",
        "وافقت {doer} و{side} على استئناف المحادثات في {town_in}.",
    ],
    "under_way": [
        "انطلقت المحادثات بين {doer} و{side} في {town_in}.",
        "بدأت في {town_in} محادثات بين {doer} و{side}.",
    ],
    "suspended": [
        "علقت المحادثات بين {doer} و{side} في {town_in}.",
        "أرجئت المحادثات بين {doer} و{side} في {town_in}.",
    ],
    "refused": [
        "رفضت {doer} المشاركة في المحادثات مع {side} في {town_in}.",
        "أعلنت {doer} رفضها المشاركة في محادثات {town} مع {side}.",
    ],
}
STEPS["aid_access"] = {
    "demanded": [
        "طالبت {asker} {doer} بالسماح بدخول المساعدات إلى {town_in}.",
        "دعت {asker} {doer} إلى السماح بإدخال المساعدات الإنسانية إلى {town_in}.",
        "طالبت {asker} {doer} بإيصال المساعدات إلى {town_in}.",
    ],
    "promised": [
        "تعهدت {doer} بالسماح بدخول المساعدات إلى {town_in}.",
        "وعدت {doer} بإدخال المساعدات إلى {town_in}.",
    ],
    "met": [
        "سمحت {doer} بدخول المساعدات إلى {town_in}.",
        "دخلت المساعدات الإنسانية إلى {town_in} بعد موافقة {doer}.",
    ],
    "refused": [
        "رفضت {doer} السماح بدخول المساعدات إلى {town_in}.",
        "رفضت {doer} إدخال المساعدات إلى {town_in}.",
    ],
}

# Sentences that tell nothing that is counted here.
FILLERS = [
    "ويعاني سكان المنطقة من نقص في الخدمات الأساسية منذ أشهر.",
    "ويعيش في المنطقة آلاف السكان الذين يعتمدون على الزراعة.",
    "ولم يصدر تعليق رسمي حتى ساعة إعداد الخبر.",
    "وتقول منظمات إنسانية إن الأوضاع المعيشية في المنطقة صعبة.",
    "وتقع المنطقة على طريق تجاري مهم يصل بين الشمال والجنوب.",
    "وقال مراقبون إن الأسابيع المقبلة ستكون حاسمة.",
    "وتشهد البلاد أزمة اقتصادية خانقة وارتفاعا في أسعار الوقود.",
    "وأشار التقرير إلى أن الطقس البارد يزيد من صعوبة الأوضاع.",
]
