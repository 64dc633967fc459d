#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""The report in pages of many layouts: headline, day, outlet and paragraphs, without what stands
around them. pages.py PROGRAM [--show]"""
import difflib
import json
import os
import subprocess
import sys
import tempfile

program = os.path.abspath(sys.argv[1])
TITLE = "هدنة هشة في مدينة درعا بعد أسبوع من القصف"
PARAGRAPHS = [
    "قال رئيس لجنة الوساطة في درعا، سالم الحداد، أمس الثلاثاء، إن الطرفين وافقا على هدنة لمدة أسبوع تبدأ صباح الخميس.",
    "وأضاف الحداد: «طلبنا من الطرفين فتح المعبر أمام قوافل الإغاثة، ولم نتلق ردا حتى الآن».",
    "ونفى قائد ميداني أن يكون مقاتلوه قد خرقوا الهدنة.",
    "وقتل خمسة مدنيين، بينهم طفلان، وأصيب تسعة آخرون في قصف على حي شمالي المدينة، بحسب مديرية الصحة.",
    "وتشهد المدينة نزوحا مستمرا منذ آذار الماضي، وتقول الأمم المتحدة إن نحو 1200 عائلة غادرت منازلها إلى القرى المجاورة.",
]
TEXT = "\n\n".join([TITLE] + PARAGRAPHS)
P = ["<p>%s</p>" % p for p in PARAGRAPHS]
OTHERS = ["أسعار الخبز ترتفع مجددا في الشمال بعد أزمة الطحين", "فوز كبير لفريق المدينة في نهائي الكأس",
          "سيول تغمر قرى على الساحل وتقطع الطرق الرئيسية", "افتتاح معرض الكتاب بمشاركة مئة دار نشر"]
LINKS = "".join('<li><a href="/%d">%s</a></li>' % item for item in enumerate(OTHERS))
HEAD = ('<meta charset="utf-8"><title>%s | صوت المرفأ</title><meta property="og:title" content="%s">'
        '<meta property="og:site_name" content="صوت المرفأ">' % (TITLE, TITLE))
DATE = '<meta property="article:published_time" content="2019-05-30T09:40:00+03:00">'


def page(body, head=HEAD + DATE):
    return '<!DOCTYPE html><html lang="ar" dir="rtl"><head>%s</head><body>%s</body></html>' % (head, body)


def ld(**fields):
    return '<script type="application/ld+json">%s</script>' % json.dumps(fields, ensure_ascii=False)


NAV = '<nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/a">عرب وعالم</a></li></ul></nav>'
FOOT = ('<footer><p>جميع الحقوق محفوظة © صوت المرفأ 2019، ولا يجوز نقل أي مادة من دون إذن مكتوب من إدارة '
        'الموقع.</p></footer>')
COMMENTS = "".join("<p>تعليق من أحد القراء يقول فيه إن ما جرى في المدينة كان متوقعا منذ أشهر وإن أحدا لم يتحرك لمنعه، "
                   "ويسأل أين كان الوسطاء قبل ذلك بوقت طويل.</p>" for _ in range(12))
CASES = {}


def case(name, html, title=TITLE, day="2019-05-30", outlet="صوت المرفأ", text=TEXT):
    CASES[name] = (html, title, day, outlet, text)


case("plain article", page(NAV + "<article><h1>%s</h1>%s</article>" % (TITLE, "".join(P)) + FOOT))
case("wordpress", page(
    NAV + '<div id="page"><div class="site-content"><article class="post-12 post type-post"><header '
    'class="entry-header"><h1 class="entry-title">%s</h1><div class="entry-meta">بواسطة <a href="/u">المحرر</a> '
    '<time class="entry-date" datetime="2019-05-30T09:40:00+03:00">30 مايو، 2019</time></div></header><div '
    'class="entry-content">%s<p><strong>اقرأ أيضا: <a href="/x">%s</a></strong></p>%s<div '
    'class="sharedaddy"><h3>شارك هذا الموضوع:</h3><ul>%s</ul></div><div class="jp-relatedposts"><h3>مقالات ذات '
    'صلة</h3></div></div></article><div id="comments"><h2>3 تعليقات</h2>%s</div></div></div>' % (
        TITLE, "".join(P[:2]), OTHERS[0], "".join(P[2:]), LINKS, COMMENTS) + FOOT))
case("read also, plain", page(
    "<div class='article-body'>%s<p>اقرأ أيضا: %s</p>%s<p>شاهد أيضًا: %s</p>%s</div>" % (
        P[0], OTHERS[0], P[1] + P[2], OTHERS[1], "".join(P[3:])) + FOOT))
case("read also, heading and links", page(
    "<main><h1>%s</h1>%s<h3>اقرأ أيضاً</h3><ul>%s</ul>%s<h4>مواضيع ذات صلة:</h4><p><a href='/1'>%s</a></p><p><a "
    "href='/2'>%s</a></p></main>" % (TITLE, "".join(P[:3]), LINKS, "".join(P[3:]), OTHERS[0], OTHERS[2])))
case("read also, lines of text", page(
    "<div class='story-body'>%s<div class='x1'>إقرأ المزيد</div><div class='x2'>%s</div>%s</div>" % (
        "".join(P[:2]), "<a href='/7'>%s</a>" % OTHERS[2], "".join(P[2:]))))
case("hashed classes", page(
    '<div id="root"><header class="css-1x">%s</header><div class="css-9q"><div class="css-2a"><main '
    'role="main"><div class="css-7k"><h1 id="content" tabindex="-1">%s</h1></div>%s<section '
    'class="css-44" aria-label="مواضيع قد تهمك"><p><a href="#end">تخطى مواضيع قد تهمك وواصل القراءة</a></p><h2>مواضيع '
    'قد تهمك</h2><ul>%s</ul><p id="end">مواضيع قد تهمك نهاية</p></section>%s</main></div></div></div>' % (
        NAV, TITLE, "".join("<div class='css-8w' dir='rtl'>%s</div>" % p for p in P[:3]), LINKS,
        "".join("<div class='css-8w' dir='rtl'>%s</div>" % p for p in P[3:])) + FOOT))
case("breaks in one block", page(
    '<div class="post-body entry-content">%s</div><div class="post-footer">مرسلة بواسطة <a href="/u">المحرر</a> في '
    '9:40 ص</div><h2>هناك تعليقان (2):</h2><div class="comments">%s</div>' % (
        "<br /><br />".join(PARAGRAPHS), COMMENTS)))
case("old tables", page(
    '<table width="100%%"><tr><td colspan=2><font size=6>صوت المرفأ</font></td></tr><tr><td width=150 '
    'valign=top><a href=1>الرئيسية</a><br><a href=2>محليات</a><br><a href=3>رياضة</a></td><td><font '
    'size=4><b>%s</b></font><br>%s</td></tr><tr><td colspan=2>جميع الحقوق محفوظة</td></tr></table>' % (
        TITLE, "".join("<p><font size=3>%s</font></p>" % p for p in PARAGRAPHS))))
case("captions and credits", page(
    "<article><h1>%s</h1><figure><img src=a.jpg><figcaption>أطفال قرب مدرسة متضررة في ريف درعا في صورة من الأرشيف تعود "
    "إلى العام الماضي (رويترز)</figcaption></figure>%s<div class='image-caption'>مدخل المدينة صباح الثلاثاء بعد توقف القصف "
    "وعودة بعض السكان إلى بيوتهم</div>%s</article>" % (TITLE, "".join(P[:2]), "".join(P[2:]))))
case("newsletter and sharing within", page(
    "<article><h1>%s</h1><div class='social-share'><a href=#>فيسبوك</a> <a href=#>تويتر</a></div>%s<div "
    "class='newsletter-box'><p>اشترك في نشرتنا البريدية لتصلك أهم الأخبار كل صباح مع قراءات من مراسلينا في المنطقة "
    "العربية.</p><form><input><button>اشترك</button></form></div>%s<p>تابعونا على <a href=#>فيسبوك</a> و<a "
    "href=#>تلغرام</a></p></article>" % (TITLE, "".join(P[:3]), "".join(P[3:]))))
case("tags and sources at the end", page(
    "<article><h1>%s</h1><div class='article-content'>%s<p>المصدر: <a href=#>وكالات</a></p><p>كلمات دلالية: <a "
    "href=#>درعا</a>، <a href=#>هدنة</a></p></div></article>" % (TITLE, "".join(P))))
case("longer comments", page(
    "<div class='c1'><h1>%s</h1>%s</div><div class='comments-list'>%s</div>" % (TITLE, "".join(P), COMMENTS)))
case("teasers of others", page(
    "<div class='main-col'><h1>%s</h1>%s</div><div class='side'>%s</div>" % (TITLE, "".join(P), "".join(
        "<div class='card'><h3><a href=#>%s</a></h3><p>%s في خبر نشره الموقع أمس مع صور من المكان وتفاصيل أخرى يرويها شهود "
        "عيان.</p></div>" % (o, o) for o in OTHERS))))
case("structured data alone", page(
    "<div><h1>%s</h1>%s</div>" % (TITLE, "".join(P)), "<title>%s</title>" % TITLE + ld(**{
        "@context": "https://schema.org", "@type": "NewsArticle", "headline": TITLE,
        "datePublished": "2019-05-30T06:40:00Z", "publisher": {"@type": "Organization", "name": "صوت المرفأ"}})))
case("structured data in a graph, escaped", page(
    "<div><h1>%s</h1>%s</div>" % (TITLE, "".join(P)), "<title>%s</title>" % TITLE +
    '<script type="application/ld+json">%s</script>' % json.dumps({"@context": "https://schema.org", "@graph": [
        {"@type": "WebSite", "name": "x"}, {"@type": "NewsArticle", "datePublished": "2019-05-30",
                                            "publisher": {"logo": {"name": "شعار"}, "name": "صوت المرفأ"}}]})))
case("microdata", page(
    "<div itemscope itemtype='http://schema.org/NewsArticle'><h1 itemprop='headline'>%s</h1><meta "
    "itemprop='datePublished' content='2019-05-30'><div itemprop='articleBody'>%s</div></div>" % (
        TITLE, "".join(P)), HEAD))
case("time element", page(
    "<article><h1>%s</h1><time datetime='2019-05-30 09:40'>الخميس</time>%s</article>" % (TITLE, "".join(P)), HEAD))
case("application name", page(
    "<article><h1>%s</h1>%s</article>" % (TITLE, "".join(P)),
    "<title>%s</title><meta name='application-name' content='صوت المرفأ'>" % TITLE + DATE))
case("cookie notice and hidden text", page(
    "<div class='cookie-consent'><p>نستخدم ملفات تعريف الارتباط لتحسين تجربتك في الموقع وعرض محتوى يناسب اهتماماتك، ويمكنك "
    "تغيير الإعدادات في أي وقت.</p></div><div style='display:none'><p>%s</p></div><article><h1>%s</h1>%s</article>" % (
        PARAGRAPHS[0].replace("الحداد", "النجار"), TITLE, "".join(P))))
case("paragraphs of divs", page(
    "<div class='content'><h1>%s</h1><div>%s</div></div>" % (
        TITLE, "".join("<div><span>%s</span></div>" % p for p in PARAGRAPHS)) + FOOT))
case("subheadings stay", page(
    "<article><h1>%s</h1>%s<h2>رد الطرف الآخر</h2>%s</article>" % (TITLE, "".join(P[:2]), "".join(P[2:]))),
    text="\n\n".join([TITLE] + PARAGRAPHS[:2] + ["رد الطرف الآخر"] + PARAGRAPHS[2:]))
case("quotation stays", page(
    "<article><h1>%s</h1>%s<blockquote>%s</blockquote>%s</article>" % (
        TITLE, P[0], PARAGRAPHS[1], "".join(P[2:]))))
case("list stays", page(
    "<article><h1>%s</h1>%s<ul><li>%s</li><li>%s</li></ul>%s</article>" % (
        TITLE, "".join(P[:2]), PARAGRAPHS[2], PARAGRAPHS[3], P[4])))


def main():
    show = "--show" in sys.argv
    passed = failed = 0
    with tempfile.TemporaryDirectory() as folder:
        for number, (name, (html, title, day, outlet, text)) in enumerate(CASES.items()):
            path = os.path.join(folder, "%d.html" % number)
            with open(path, "w", encoding="utf-8") as out:
                out.write(html)
            run = subprocess.run([program, "read", "--json", path], capture_output=True)
            got = json.loads(run.stdout)["document"]
            wrong = [what for what, a, b in [("title", got["title"], title), ("day", got["published"], day),
                                             ("outlet", got["source"], outlet), ("text", got["text"], text)]
                     if a != b]
            passed, failed = passed + (not wrong), failed + bool(wrong)
            if wrong:
                print("%s: wrong %s" % (name, ", ".join(wrong)))
            if wrong and show:
                print("   ", got["title"], got["published"], got["source"])
                for line in difflib.unified_diff(text.split("\n"), got["text"].split("\n"), lineterm="", n=0):
                    print("   ", line[:150])
    print("%d passed, %d failed" % (passed, failed))
    return failed > 0


sys.exit(main())
