# SPDX-License-Identifier: Apache-2.0
"""Stories and reports about them, recomposed from sentences of the project's own with other names,
places and dates. Nothing in them happened. The same seed gives the same reports.

A story is told over some days by several outlets: each tells it in its own sentences (`tell`), and
some print what another has written, edited as outlets do (copies.py).
"""
import datetime

FIRST = """سالم نادية يوسف هدى مراد رنا عادل ليلى طارق سعاد كريم فاطمة حسن منى وليد سميرة جمال أمل نبيل
ريم فؤاد سلمى باسم عبير أنور دعاء رشيد هناء زياد لمى صلاح نجوى عمار وفاء خالد إيمان مازن سهى فادي جمانة
ماهر رباب أيمن شيماء لؤي هبة عصام بسمة غسان ميساء""".split()
LAST = """الحداد العمري بركات الزبيدي الخطيب منصور الشامي الدوري المبروك حمدان الأنصاري النجار القاضي
الصالح العلي الجبوري الورفلي الحسني السعدي الكردي المصري الحلبي البغدادي الطرابلسي الترهوني الزنتاني
المقدسي النابلسي الغزي الخليلي العدني التعزي الصنعاني الحضرمي الإدريسي الفاسي التونسي القيرواني الجزائري
الوهراني السوداني الكردفاني النوبي البدري الشمري الدليمي العبيدي الهاشمي الموسوي الفتلاوي""".split()
# country: towns, its forces, its bodies, its months
LEVANT = "كانون الثاني,شباط,آذار,نيسان,أيار,حزيران,تموز,آب,أيلول,تشرين الأول,تشرين الثاني,كانون الأول"
EGYPT = "يناير,فبراير,مارس,أبريل,مايو,يونيو,يوليو,أغسطس,سبتمبر,أكتوبر,نوفمبر,ديسمبر"
MAGHREB = "جانفي,فيفري,مارس,أفريل,ماي,جوان,جويلية,أوت,سبتمبر,أكتوبر,نوفمبر,ديسمبر"
COUNTRIES = {
    "سوريا": ("حلب,إدلب,درعا,حماة,حمص,الرقة,القامشلي,منبج,الباب,عفرين,دوما,السويداء,تدمر,الحسكة",
              "قوات النظام,فصائل المعارضة,قوات سوريا الديمقراطية,الطيران الحربي",
              "الدفاع المدني,مجلس مدينة {town},لجنة الوساطة,مديرية الصحة", LEVANT),
    "العراق": ("بغداد,الموصل,البصرة,كركوك,الفلوجة,الرمادي,تكريت,بعقوبة,النجف,كربلاء,الحويجة,سنجار",
               "القوات العراقية,الحشد الشعبي,تنظيم الدولة,الشرطة الاتحادية",
               "خلية الإعلام الأمني,مفوضية حقوق الإنسان,مجلس محافظة {town},وزارة الداخلية العراقية", LEVANT),
    "ليبيا": ("طرابلس,بنغازي,مصراتة,سرت,سبها,درنة,الزنتان,الزاوية,غريان,ترهونة,البيضاء",
              "قوات الجيش الوطني,قوات حكومة الوفاق,مسلحون مجهولون,كتائب مصراتة",
              "الهلال الأحمر الليبي,بعثة الأمم المتحدة,لجنة المصالحة,المجلس الرئاسي", EGYPT),
    "اليمن": ("صنعاء,عدن,تعز,الحديدة,مأرب,صعدة,المكلا,إب,الضالع,حجة,شبوة",
              "جماعة الحوثي,القوات الحكومية,التحالف العربي,المجلس الانتقالي الجنوبي",
              "منظمة أطباء بلا حدود,لجنة شؤون الأسرى,مكتب الصحة في {town},مكتب المبعوث الأممي", EGYPT),
    "السودان": ("الخرطوم,أم درمان,الأبيض,نيالا,الفاشر,بورتسودان,كسلا,مدني,الجنينة,كادقلي",
                "قوات الدعم السريع,الجيش السوداني,مجموعات مسلحة,الطيران الحربي",
                "لجنة أطباء السودان,لجان المقاومة,مفوضية العون الإنساني,مجلس السيادة", EGYPT),
    "فلسطين": ("غزة,رفح,خان يونس,جنين,نابلس,الخليل,رام الله,طولكرم,القدس,بيت لحم",
               "الجيش الإسرائيلي,المستوطنون,كتائب القسام,الطائرات الإسرائيلية",
               "وزارة الصحة الفلسطينية,الهلال الأحمر الفلسطيني,وكالة الأونروا,نادي الأسير", LEVANT),
    "لبنان": ("بيروت,طرابلس,صيدا,صور,بعلبك,النبطية,زحلة,عكار",
              "مسلحون,الجيش اللبناني,عناصر حزب الله,مجموعة مسلحة",
              "الصليب الأحمر اللبناني,هيئة العلماء,بلدية {town},قوات اليونيفيل", LEVANT),
    "تونس": ("تونس,صفاقس,القصرين,سيدي بوزيد,قفصة,بنزرت,سوسة,جندوبة",
             "قوات الأمن,وحدات الحرس,مجموعة إرهابية,محتجون",
             "الاتحاد الجهوي للشغل,وزارة الداخلية التونسية,رابطة حقوق الإنسان,ولاية {town}", MAGHREB),
}
OUTLETS = ["صوت المرفأ", "الديوان", "أنباء النيلين", "الساحل للأنباء", "نسائم", "صدى البلد", "الضفاف",
           "مرصد الجنوب"]
ROLES = ["وزير الخارجية", "المتحدث باسم الجيش", "رئيس الوزراء", "المبعوث الأممي", "مدير المشفى",
         "قائد الشرطة", "محافظ {town}", "رئيس لجنة الإغاثة", "الناطق باسم الحكومة", "وزيرة الصحة",
         "رئيس وفد المعارضة", "عضو لجنة التفاوض", "مدير المكتب الإعلامي", "رئيس بلدية {town}"]
SAY = ["قال", "أكد", "أوضح", "أعلن", "ذكر", "صرح", "أفاد"]
QUARTERS = ["الحي الشرقي", "حي السوق", "المنطقة الصناعية", "حي الزهور", "المدينة القديمة", "حي المطار",
            "ضاحية الجامعة", "مخيم النازحين", "طريق المطار", "محيط القلعة", "حي النصر", "الميناء"]
HARMED = ["مدنيين", "أشخاص", "عناصر", "أطفال", "جنود", "متظاهرين", "عمال", "مسعفين"]
WORDS = {3: "ثلاثة", 4: "أربعة", 5: "خمسة", 6: "ستة", 7: "سبعة", 8: "ثمانية", 9: "تسعة", 10: "عشرة"}
DAYS = ["الاثنين", "الثلاثاء", "الأربعاء", "الخميس", "الجمعة", "السبت", "الأحد"]
STEPS = ["وقف إطلاق النار", "إطلاق سراح المعتقلين", "فتح المعبر أمام المسافرين", "إدخال المساعدات",
         "تشكيل لجنة تحقيق", "استئناف المحادثات", "الانسحاب من {quarter}", "تبادل الأسرى",
         "إعادة فتح الطريق الدولي", "نشر مراقبين"]

HEADLINES = {
    "attack": ["قتلى وجرحى في قصف على {quarter} في {town}", "{town}: {dead} قتلى في هجوم على {quarter}",
               "{force} تستهدف {quarter} في {town}", "مقتل {dead} {harmed} في {town} و{org} تطالب بتحقيق"],
    "talks": ["جولة جديدة من المحادثات في {town} بشأن {step}", "{role} يبحث في {town} {step}",
              "خلافات تؤجل {step} في {town}", "{org} تعلن التوصل إلى تفاهم حول {step}"],
    "protest": ["احتجاجات في {town} تطالب بتحسين الخدمات", "{force} تفرق متظاهرين في {town}",
                "اعتقال {dead} {harmed} خلال مظاهرات {town}"],
    "displaced": ["نزوح مئات العائلات من {town}", "{org}: {many} شخص غادروا {town} خلال أيام",
                  "أزمة نزوح في {town} مع تواصل المعارك"],
    "release": ["{force} تفرج عن {dead} محتجزا في {town}", "تعثر صفقة تبادل في {town}",
                "{role} يعلن موعد الإفراج عن محتجزين في {town}"],
}
LEADS = {
    "attack": [
        "قتل {dead} {harmed} وأصيب {hurt} آخرون، {day}، في قصف نفذته {force} على {quarter} في مدينة {town}، بحسب ما أعلنت {org}.",
        "أعلنت {org}، {day}، مقتل {dead} {harmed} وإصابة {hurt} بجروح جراء قصف استهدف {quarter} في {town}.",
        "ارتفعت إلى {dead} قتلى حصيلة الهجوم الذي شنته {force} على {quarter} بمدينة {town} {day}، وفق مصدر طبي.",
        "تعرض {quarter} في {town} {day} لقصف من {force} أوقع {dead} قتلى و{hurt} جريحا، بينهم نساء وأطفال."],
    "talks": [
        "انطلقت في {town} {day} جولة من المحادثات بين الأطراف المتنازعة تتناول {step}، برعاية {org}.",
        "بحث {role} {person} {day} مع {role2} {person2} في {town} سبل التوصل إلى {step}.",
        "{say} {role} {person} {day} إن المحادثات الجارية في {town} أحرزت تقدما في ملف {step}."],
    "protest": [
        "خرج مئات المتظاهرين {day} في {quarter} بمدينة {town} احتجاجا على انقطاع الكهرباء والمياه.",
        "فرقت {force} {day} مظاهرة في {town} واعتقلت {dead} {harmed}، بحسب {org}.",
        "شهدت {town} {day} إضرابا عاما دعت إليه {org} للمطالبة بـ{step}."],
    "displaced": [
        "نزح نحو {many} شخص من {quarter} في {town} خلال الأيام الأخيرة، بحسب ما قالت {org} {day}.",
        "{say} {role} {person} {day} إن {many} شخص وصلوا إلى القرى المحيطة بمدينة {town} هربا من المعارك."],
    "release": [
        "أفرجت {force} {day} عن {dead} محتجزا في {town} بموجب اتفاق رعته {org}.",
        "{say} {role} {person} {day} إن الإفراج عن {hurt} محتجزا لدى {force} سيتم في {town} خلال أسبوع."],
}
BODY = [
    "{say} {role} {person} إن «الوضع في {quarter} صعب، ولا يمكن الانتظار أكثر»، داعيا {org} إلى التحرك.",
    "وأضاف {person} أن {hurt} جريحا نقلوا إلى مشفى {town}، وأن حالة {dead} منهم حرجة.",
    "من جهته، نفى {role2} {person2} أن تكون {force} قد استهدفت مدنيين في {quarter}.",
    "وطالبت {org} بـ{step}، محذرة من موجة نزوح جديدة من {town}.",
    "واتهم {person2} {force} بعرقلة {step} في محيط {town}، وهو ما لم تعلق عليه {force} حتى الآن.",
    "وتعهد {role} {person} بـ{step} إذا التزمت {force} بالتهدئة، بينما رفض {person2} هذا الشرط.",
    "وقالت {org} في بيان إن {many} شخص في {town} بحاجة إلى مساعدات عاجلة، بينهم {hurt} طفلا.",
    "وكان {role} قد أعلن في {date} اتفاقا مع {org} ينص على {step} خلال {dead} أيام.",
    "وأشار مصدر محلي في {town} إلى أن {force} أغلقت الطريق المؤدي إلى {quarter} منذ صباح {weekday}.",
    "ونقلت «{outlet}» عن {person2} قوله: «نريد {step} قبل نهاية الشهر، ولن نقبل بأقل من ذلك».",
    "وأجرى {person} اتصالا مع {role2} {person2} تناول {step} والأوضاع في {quarter}.",
    "وذكر شهود أن {force} اعتقلت {dead} {harmed} في {quarter} ليل {weekday}.",
    "وتوقع {role2} {person2} أن تبدأ {org} عملية {step} في {town} قبل {date2}.",
    "ولم يصدر تعليق فوري من {force} على ما أعلنته {org} بشأن {quarter}.",
    "وفي {town2}، قتل {dead2} {harmed} بانفجار لغم على طريق {quarter2}، حسب مصدر طبي.",
    "ودعا {role} {person} سكان {quarter} إلى البقاء في منازلهم، مؤكدا أن «الساعات المقبلة ستكون حاسمة».",
    "وقدرت {org} عدد المنازل المتضررة في {quarter} بنحو {hurt2} منزلا، إضافة إلى مدرستين ومركز صحي.",
    "ورحب {person2} بموقف {org}، لكنه شدد على أن {step} «لا يكفي وحده».",
    "وأفادت {org} بوصول {hurt2} شاحنة إلى {town} {day}، وهي الأولى منذ {date}.",
    "وبحسب {role2}، فإن {force} سلمت قائمة بأسماء {hurt} محتجزا تطالب بإطلاقهم مقابل {step}.",
    "وأوضح {person} أن اللجنة المشتركة ستجتمع في {town2} في {date2} لمتابعة {step}.",
    "وقال أحد سكان {quarter}، طالبا عدم ذكر اسمه، إن القصف استمر {dead2} ساعات من دون توقف.",
]
BACKGROUND = [
    "وسبق أن شهدت {town} مواجهات مماثلة في {date0}، قتل فيها {hurt2} شخصا وفق {org}.",
    "وتخضع {town} لسيطرة {force} منذ {date0}، فيما تتوسط {org} للتوصل إلى {step}.",
    "وكانت جولة سابقة قد انتهت في {date0} من دون اتفاق بسبب خلافات حول {step}.",
    "ويعاني سكان {town} من نقص المياه والدواء منذ أغلقت {force} الطرق المؤدية إليها في {date0}.",
    "ويعيش في {quarter} نحو {many2} شخص، معظمهم نازحون من {town2} وريفها.",
]


def numeral(number, style):
    if number in WORDS and style != "digits":
        return WORDS[number]
    text = str(number)
    return text.translate(str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")) if style == "indic" else text


def date_words(day, months):
    return "%d %s %d" % (day.day, months[day.month - 1], day.year)


class Story:
    """What happened: the facts that all reports about it share."""

    def __init__(self, rng, number, first_day, days):
        self.number = number
        self.country = rng.choice(list(COUNTRIES))
        towns, forces, bodies, months = COUNTRIES[self.country]
        self.months = months.split(",")
        town, town2 = rng.sample(towns.split(","), 2)
        self.kind = rng.choice(list(LEADS))
        self.day = first_day + datetime.timedelta(days=rng.randrange(days))
        self.facts = {"town": town, "town2": town2, "harmed": rng.choice(HARMED)}
        self.forces = forces.split(",")
        self.bodies = [body.format(town=town) for body in bodies.split(",")]
        self.advance(rng)

    def advance(self, rng):
        """The story goes on: another quarter, other doers and counts; all can be told anew."""
        quarter, quarter2 = rng.sample(QUARTERS, 2)
        self.facts.update(quarter=quarter, quarter2=quarter2, force=rng.choice(self.forces),
                          org=rng.choice(self.bodies))
        self.dead = rng.randint(3, 20)
        self.recent = self.day - datetime.timedelta(days=rng.randint(3, 40))
        self.next = self.day + datetime.timedelta(days=rng.randint(4, 40))
        self.past = self.day - datetime.timedelta(days=rng.randint(60, 900))
        self.untold = {"lead": rng.sample(LEADS[self.kind], len(LEADS[self.kind])),
                       "body": rng.sample(BODY, len(BODY)),
                       "background": rng.sample(BACKGROUND, len(BACKGROUND))}

    def tell(self, rng, outlet, words=230, form=None):
        """One outlet's report in its own sentences, with whom it spoke to and what it counted: title
        and text. Place, doer and body are the story's. `form` (kind, lead, body, background) tells
        it in given sentences instead."""
        if not form:
            if len(self.untold["body"]) < 6 or not all(self.untold.values()):
                self.advance(rng)
            form = self.kind, self.untold["lead"].pop(), self.untold["body"], \
                self.untold["background"].pop()
        kind, lead, body, background = form
        style = rng.choice(["words", "words", "digits", "indic"])
        slots = dict(self.facts, outlet=rng.choice(OUTLETS), say=rng.choice(SAY))
        for name in ("person", "person2"):
            slots[name] = rng.choice(FIRST) + " " + rng.choice(LAST)
        for name in ("role", "role2"):
            slots[name] = rng.choice(ROLES).format(town=slots["town"])
        slots["step"] = rng.choice(STEPS).format(quarter=slots["quarter2"])
        numbers = {"dead": self.dead + rng.randint(0, 4), "dead2": rng.randint(3, 9),
                   "hurt": rng.randint(11, 90), "hurt2": rng.randint(12, 400),
                   "many": rng.randint(3, 90) * 100, "many2": rng.randint(2, 60) * 1000}
        for name, number in numbers.items():
            slots[name] = numeral(number, style)
        slots["day"] = rng.choice(["أمس %s", "يوم %s", "%s"]) % DAYS[self.day.weekday()]
        slots["weekday"] = DAYS[(self.day.weekday() - 1) % 7]
        slots["date"] = date_words(self.recent, self.months)
        slots["date0"] = self.months[self.past.month - 1] + " %d" % self.past.year
        slots["date2"] = date_words(self.next, self.months)
        title = rng.choice(HEADLINES[kind]).format(**slots)
        sentences = [lead.format(**slots)]
        if rng.random() < 0.5:
            sentences[0] = "%s – %s – %s" % (slots["town"], outlet, sentences[0])
        length = len(sentences[0].split())
        while body and length < words:
            sentences.append(body.pop().format(**slots))
            length += len(sentences[-1].split())
        sentences.append(background.format(**slots))
        return title, paragraphs(rng, sentences)


def paragraphs(rng, sentences):
    lines, at = [], 0
    while at < len(sentences):
        width = 1 if at == 0 else rng.randint(1, 2)
        lines.append(" ".join(sentences[at:at + width]))
        at += width
    return "\n\n".join(lines)
