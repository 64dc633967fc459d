// SPDX-License-Identifier: Apache-2.0
// What `khutwa help` says of the commands that ask a record, in both languages.
#include "app/cli/cli.h"

#include <khutwa/export.h>
#include <stdio.h>
#include <string.h>

typedef struct topic {
  const char *name;
  const char *english;
  const char *arabic;
} topic;

#define VIEW                                                                                       \
  "  --json               a JSON object a line (the default where output is no terminal)\n"        \
  "  --text               for people (the default on a terminal)\n"                                \
  "  --lang en|ar         language of the labels of --text\n"
#define VIEW_AR                                                                                                            \
  "  --json               كائن JSON في كل سطر (وهو الأصل حين لا يكون الخرج طرفية)\n" \
  "  --text               ليقرأه الناس (وهو الأصل على الطرفية)\n"                             \
  "  --lang en|ar         لغة العناوين في ‎--text\n"
#define PAGE                                                                                       \
  "  --limit N            rows at most (100; 20 with --text)\n"                                    \
  "  --offset N           pass over the first N rows\n"
#define PAGE_AR                                                                                    \
  "  --limit N            أقصى عدد للصفوف (100، أو 20 مع ‎--text)\n"           \
  "  --offset N           تجاوز أول N من الصفوف\n"
#define REVERSE "  --reverse            the other order\n"
#define REVERSE_AR "  --reverse            الترتيب المعاكس\n"
#define WHEN                                                                                       \
  "  --from YYYY-MM-DD    on that day or later\n"                                                  \
  "  --to YYYY-MM-DD      on that day or earlier\n"                                                \
  "  --outlet NAME        reported by this outlet\n"
#define WHEN_AR                                                                                    \
  "  --from YYYY-MM-DD    في ذلك اليوم أو بعده\n"                                  \
  "  --to YYYY-MM-DD      في ذلك اليوم أو قبله\n"                                  \
  "  --outlet NAME        ما نشره هذا الناشر\n"
#define ACTOR "  --actor NAME|ID      this one takes part, in any role\n"
#define ACTOR_AR "  --actor NAME|ID      ما شارك فيه، بأي دور\n"
#define PLACE "  --place NAME|ID      there, or inside it (a country also as SYR)\n"
#define PLACE_AR "  --place NAME|ID      هناك أو في داخله (والدولة أيضا مثل SYR)\n"
#define NAMES                                                                                      \
  "\nA name may be written in any spelling; an id is one that these commands show: E77.\n"
#define NAMES_AR "\nيُكتب الاسم بأي إملاء، والمعرّف كما تعرضه هذه الأوامر: E77.\n"

static const topic topics[] = {
    {"search",
     "khutwa search RECORD QUERY [OPTION...]\n"
     "\n"
     "Finds reports by their words, in every spelling: without diacritics, with any hamza, ta\n"
     "marbuta, alef maqsura or digits, and behind و ف ب ل ك س ال. What stands there exactly as\n"
     "typed comes first, then other spellings, then words behind those letters; within each the\n"
     "newest first.\n"
     "\n"
     "  قصف المشفى           both words         \"وقف إطلاق النار\"  the phrase\n"
     "  قصف OR غارة          one of them        -هدنة               not this word\n"
     "  مفاوض*               any ending         actor:NAME type:ASSAULT place:NAME outlet:NAME\n"
     "                                          from:2016-01-01 to:2016-12-31\n"
     "\n" ACTOR "  --type WORD          with such an event, figure or step (ASSAULT, killed, "
     "ceasefire)\n" PLACE WHEN
     "  --brief              without pieces of the texts\n" PAGE VIEW NAMES,
     "khutwa search سجل كلمات [خيار...]\n"
     "\n"
     "تجد التقارير بكلماتها مهما كان إملاؤها: بلا تشكيل، وبأي همزة أو تاء مربوطة أو ألف مقصورة أو\n"
     "أرقام، وبعد و ف ب ل ك س ال. يأتي المكتوب كما كُتب أولا، ثم الإملاءات الأخرى، ثم ما جاء بعد "
     "تلك\n"
     "الحروف، والأحدث أولا في كل منها.\n"
     "\n"
     "  قصف المشفى           الكلمتان معا       \"وقف إطلاق النار\"  العبارة\n"
     "  قصف OR غارة          إحداهما (أو |)     -هدنة               من دون هذه الكلمة\n"
     "  مفاوض*               أي نهاية           جهة:اسم نوع:ASSAULT مكان:اسم ناشر:اسم\n"
     "                                          من:2016-01-01 إلى:2016-12-31\n"
     "\n" ACTOR_AR "  --type WORD          فيها حدث أو عدد أو خطوة كهذه (ASSAULT أو killed أو "
     "ceasefire)\n" PLACE_AR WHEN_AR
     "  --brief              من دون مقاطع من النصوص\n" PAGE_AR VIEW_AR NAMES_AR},
    {"documents",
     "khutwa documents RECORD [WORDS] [OPTION...]\n"
     "\n"
     "Lists reports, those with WORDS in the title, the newest first.\n"
     "\n" ACTOR PLACE WHEN REVERSE PAGE VIEW NAMES,
     "khutwa documents سجل [كلمات] [خيار...]\n"
     "\n"
     "تسرد التقارير، وتلك التي في عنوانها الكلمات، الأحدث أولا.\n"
     "\n" ACTOR_AR PLACE_AR WHEN_AR REVERSE_AR PAGE_AR VIEW_AR NAMES_AR},
    {"timeline",
     "khutwa timeline RECORD [OPTION...]\n"
     "\n"
     "What happened, each happening once however many reports tell it, in the order of days.\n"
     "\n" ACTOR "  --by NAME|ID         this one did it\n"
     "  --on NAME|ID         this one it was done to\n"
     "  --type TYPE          ASSAULT, CONSULT ...; several with commas\n" PLACE WHEN
     "  --disputed           only what some report denies or tells otherwise\n"
     "  --reverse            the latest first\n" PAGE VIEW NAMES,
     "khutwa timeline سجل [خيار...]\n"
     "\n"
     "ما حدث، كل حدث مرة واحدة مهما كثرت التقارير عنه، بترتيب الأيام.\n"
     "\n" ACTOR_AR "  --by NAME|ID         ما فعله\n"
     "  --on NAME|ID         ما وقع عليه\n"
     "  --type TYPE          ASSAULT أو CONSULT ...، ويُفصل بينها بفواصل\n" PLACE_AR WHEN_AR
     "  --disputed           ما ينفيه تقرير أو يرويه على غير ذلك فقط\n"
     "  --reverse            الأحدث أولا\n" PAGE_AR VIEW_AR NAMES_AR},
    {"figures",
     "khutwa figures RECORD [OPTION...]\n"
     "\n"
     "Counts of what befell whom, where, in one period: lowest, highest and best figure, and what\n"
     "each source says, the latest first.\n"
     "\n"
     "  --actor NAME|ID      counted by this one\n"
     "  --type WHAT          killed, wounded, displaced ...; several with commas\n"
     "  --counted WHOM       civilians, children, families ...; several with commas\n" PLACE WHEN
     "  --disputed           only those with a contradiction\n"
     "  --brief              without the single figures\n" REVERSE PAGE VIEW NAMES,
     "khutwa figures سجل [خيار...]\n"
     "\n"
     "أعداد ما أصاب قوما في مكان ومدة: الأدنى والأعلى والأرجح، وما يقوله كل مصدر، الأحدث أولا.\n"
     "\n"
     "  --actor NAME|ID      ما أحصاه\n"
     "  --type WHAT          killed أو wounded أو displaced ...، ويُفصل بينها بفواصل\n"
     "  --counted WHOM       civilians أو children أو families ...\n" PLACE_AR WHEN_AR
     "  --disputed           ما فيه تناقض فقط\n"
     "  --brief              من دون الأعداد المفردة\n" REVERSE_AR PAGE_AR VIEW_AR NAMES_AR},
    {"steps",
     "khutwa steps RECORD [OPTION...]\n"
     "\n"
     "The ledger of steps: each step once, with its history of statuses, who says so, and what it\n"
     "waits for; the latest first.\n"
     "\n"
     "  --asked-of NAME|ID   what is asked of this one, promised by it or agreed, and still open\n"
     "  --blocks ID|NAME     what is not met and stands before this step (L12.3), or before the\n"
     "                       steps of this one, directly or through others\n"
     "  --not-kept           promised or agreed, and not kept\n"
     "  --changed-since DAY  whose status changed since, the latest change first\n"
     "  --open               neither met nor refused yet\n"
     "  --by NAME|ID         this one is to do it\n"
     "  --asked-by NAME|ID   this one asks for it\n" ACTOR
     "  --type KIND          ceasefire, detainees, withdrawal ...; several with commas\n"
     "  --status WORD        demanded, promised, met, violated ...; several with commas\n" PLACE
         WHEN "  --disputed           only those that reports contradict\n"
     "  --brief              without the history\n" REVERSE PAGE VIEW NAMES,
     "khutwa steps سجل [خيار...]\n"
     "\n"
     "دفتر الخطوات: كل خطوة مرة واحدة، مع تاريخ أحوالها وقائلها وما تنتظره، الأحدث أولا.\n"
     "\n"
     "  --asked-of NAME|ID   ما يُطلب منه أو وعد به أو وافق عليه ولم يُحسم\n"
     "  --blocks ID|NAME     ما لم يتحقق وتنتظره هذه الخطوة (L12.3) أو خطوات هذه الجهة، مباشرة أو\n"
     "                       عبر غيرها\n"
     "  --not-kept           ما وُعد به أو اتُّفق عليه ولم يُوفَ به\n"
     "  --changed-since DAY  ما تغيّر حاله منذ ذلك اليوم، آخر تغيّر أولا\n"
     "  --open               ما لم يتحقق ولم يُرفض بعد\n"
     "  --by NAME|ID         ما عليه أن يفعله\n"
     "  --asked-by NAME|ID   ما يطلبه\n" ACTOR_AR
     "  --type KIND          ceasefire أو detainees أو withdrawal ...\n"
     "  --status WORD        demanded أو promised أو met أو violated ...\n" PLACE_AR WHEN_AR
     "  --disputed           ما تتناقض فيه التقارير فقط\n"
     "  --brief              من دون التاريخ\n" REVERSE_AR PAGE_AR VIEW_AR NAMES_AR},
    {"actors",
     "khutwa actors RECORD [NAME] [OPTION...]\n"
     "\n"
     "Persons, organisations, armed groups, outlets, places and peoples; those with NAME in one "
     "of\n"
     "their names, in any spelling; those in most reports first.\n"
     "\n"
     "  --type KIND          person, org, armed, media, place, people, actor; with commas\n"
     "  --country CODE       SYR, YEM ...\n"
     "  --sector CODE        GOV, MIL, REB ...\n" WHEN
     "  --brief              without names and roles\n" REVERSE PAGE VIEW,
     "khutwa actors سجل [اسم] [خيار...]\n"
     "\n"
     "الأشخاص والمنظمات والجماعات المسلحة ووسائل الإعلام والأماكن والجماعات، ومن كان الاسم في أحد\n"
     "أسمائه بأي إملاء، والأكثر ورودا أولا.\n"
     "\n"
     "  --type KIND          person أو org أو armed أو media أو place أو people أو actor\n"
     "  --country CODE       SYR أو YEM ...\n"
     "  --sector CODE        GOV أو MIL أو REB ...\n" WHEN_AR
     "  --brief              من دون الأسماء والأدوار\n" REVERSE_AR PAGE_AR VIEW_AR},
    {"outlets",
     "khutwa outlets RECORD [OPTION...]\n"
     "\n"
     "Who published the reports, with how many, since when and until when.\n"
     "\n" PAGE VIEW,
     "khutwa outlets سجل [خيار...]\n"
     "\n"
     "من نشر التقارير، وكم، ومنذ متى وإلى متى.\n"
     "\n" PAGE_AR VIEW_AR},
    {"show",
     "khutwa show RECORD ID... [OPTION...]\n"
     "\n"
     "Everything about one thing: a report (D12), a claim of it (D12.v3), somebody (E77), a\n"
     "happening with all its mentions (H12.3), a series of figures (R12.3), a step (L12.3).\n"
     "\n" VIEW,
     "khutwa show سجل معرّف... [خيار...]\n"
     "\n"
     "كل شيء عن شيء واحد: تقرير (D12) أو بند منه (D12.v3) أو شخص أو جهة (E77) أو حدث بكل ذكر له\n"
     "(H12.3) أو سلسلة أعداد (R12.3) أو خطوة (L12.3).\n"
     "\n" VIEW_AR},
    {"diff",
     "khutwa diff RECORD A B [OPTION...]\n"
     "\n"
     "What two reports (D1, D2) claim alike (=), of the same thing but not alike (≠), and what\n"
     "only one of them claims (A, B): the same happening, series of figures, step or saying.\n"
     "\n" PAGE VIEW,
     "khutwa diff سجل أ ب [خيار...]\n"
     "\n"
     "ما يتفق فيه تقريران (D1 وD2) =، وما يختلفان فيه عن الشيء نفسه ≠، وما ينفرد به أحدهما A أو "
     "B:\n"
     "الحدث نفسه أو سلسلة الأعداد أو الخطوة أو القول.\n"
     "\n" PAGE_AR VIEW_AR},
};

static const char *const export_english =
    "khutwa export RECORD --format FORMAT [OPTION...]\n"
    "\n"
    "Writes the record, or what the options select of it, in a format of others, and enters that "
    "in\n"
    "the record's chain with the digest of what was written.\n"
    "\n"
    "  --format FORMAT      one of those below\n"
    "  --layer LAYER        of csv: documents entities statements events figures steps\n"
    "  --bom                of csv and its like: begin with a byte order mark, for Excel\n"
    "  -o FILE, --output FILE   to a file rather than standard output; where the format has no "
    "room\n"
    "                       for notes, FILE.notes.txt beside it says what is not in it\n"
    "  --user NAME          who exports, for the record's chain; the login name if not given\n"
    "  --search QUERY       only from reports that a search finds\n"
    "  --document ID        only from this report (D12)\n"
    "  --type WORD          such events, figures or steps (ASSAULT, killed, ceasefire)\n" ACTOR
        PLACE WHEN "\n";

static const char *const export_arabic =
    "khutwa export سجل --format صيغة [خيار...]\n"
    "\n"
    "تكتب السجل، أو ما تختاره الخيارات منه، بصيغة من صيغ غيرنا، وتقيّد ذلك في سلسلة السجل مع بصمة "
    "ما\n"
    "كُتب.\n"
    "\n"
    "  --format FORMAT      إحدى الصيغ أدناه\n"
    "  --layer LAYER        مع csv: طبقة documents أو entities أو statements أو events أو figures "
    "أو "
    "steps\n"
    "  --bom                مع csv وأمثالها: البدء بعلامة ترتيب البايتات، لإكسل\n"
    "  -o FILE, --output FILE   إلى ملف لا إلى الخرج القياسي، وما لا مكان فيه للملاحظات يوضع "
    "بجانبه\n"
    "                       FILE.notes.txt بما ليس فيه\n"
    "  --user NAME          من يصدّر، لسلسلة السجل، واسم الدخول إن لم يُذكر\n"
    "  --search QUERY       من التقارير التي يجدها البحث فقط\n"
    "  --document ID        من هذا التقرير فقط (D12)\n"
    "  --type WORD          أحداث أو أعداد أو خطوات كهذه (ASSAULT أو killed أو "
    "ceasefire)\n" ACTOR_AR PLACE_AR WHEN_AR "\n";

// The formats and what each loses, in lines of at most 92 characters.
static void list_formats(void) {
  enum { WIDTH = 92, MARGIN = 15 };
  for (int i = 0; i < KH_EXPORT_FORMATS; i++) {
    const kh_export_about *about = kh_export_describe((kh_export_format)i);
    (void)printf("  %-11s  %s\n", about->id, about->name);
    int column = 0;
    const char *word = about->loses;
    while (*word) {
      const int len = (int)strcspn(word, " ");
      if (!column || column + 1 + len > WIDTH) {
        (void)printf("%s%*s", column ? "\n" : "", MARGIN, "");
        column = MARGIN;
      } else {
        (void)putchar(' ');
        column++;
      }
      (void)printf("%.*s", len, word);
      column += len;
      word += len + (word[len] ? 1 : 0);
    }
    (void)putchar('\n');
  }
}

bool kh_help_ask(const char *command, kh_view_language language) {
  const bool arabic = language == KH_VIEW_ARABIC;
  if (strcmp(command, "export") == 0) {
    (void)fputs(arabic ? export_arabic : export_english, stdout);
    (void)fputs(arabic ? "الصيغ، وما تفقده كل منها:\n" : "Formats, and what each loses:\n", stdout);
    list_formats();
    return true;
  }
  for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
    if (strcmp(topics[i].name, command) != 0) continue;
    (void)fputs(arabic ? topics[i].arabic : topics[i].english, stdout);
    return true;
  }
  return false;
}
