// SPDX-License-Identifier: Apache-2.0
// What `khutwa help` says, in both languages.
#include "app/cli/cli.h"

#include <stdio.h>
#include <string.h>

typedef struct topic {
  const char *name; // NULL: the program
  const char *english;
  const char *arabic;
} topic;

static const topic topics[] = {
    {NULL,
     "khutwa reads Arabic news reports and writes down who said what, what happened, how many,\n"
     "and which steps are asked, promised or refused, each with the words it was read from.\n"
     "\n"
     "  khutwa read [OPTION...] FILE...    read reports (- is standard input)\n"
     "  khutwa add RECORD FILE...          read reports into a record over many reports\n"
     "  khutwa score [OPTION...] GOLD...   compare records with records made by hand\n"
     "  khutwa time [OPTION...] FILE...    dates, clock times and durations alone\n"
     "  khutwa number [OPTION...] FILE...  numbers, percentages and money alone\n"
     "  khutwa help [COMMAND] [--lang ar]  more about a command\n"
     "  khutwa --version\n"
     "\n"
     "Exit status: 0 all is well, 1 some input could not be read, 2 a mistake in the command\n"
     "line, 3 the output could not be written.\n",
     "خطوة تقرأ تقارير الأخبار العربية وتدوّن من قال ماذا، وما الذي حدث، وكم العدد، وأي خطوات\n"
     "طُلبت أو وُعد بها أو رُفضت، ومع كل منها الكلمات التي قُرئت منها.\n"
     "\n"
     "  khutwa read [خيار...] ملف...       قراءة تقارير (- هو الدخل القياسي)\n"
     "  khutwa add سجل ملف...              قراءة تقارير إلى سجل واحد يجمعها\n"
     "  khutwa score [خيار...] ذهب...      مقارنة السجلات بسجلات كُتبت باليد\n"
     "  khutwa time [خيار...] ملف...       التواريخ والأوقات والمدد وحدها\n"
     "  khutwa number [خيار...] ملف...     الأعداد والنسب والمبالغ وحدها\n"
     "  khutwa help [أمر] --lang ar        المزيد عن أمر\n"
     "  khutwa --version                   رقم الإصدار\n"
     "\n"
     "حالة الخروج: 0 كل شيء على ما يرام، 1 تعذرت قراءة بعض الدخل، 2 خطأ في سطر الأوامر،\n"
     "3 تعذرت كتابة الخرج.\n"},
    {"read",
     "khutwa read [OPTION...] FILE...\n"
     "\n"
     "Reads reports and writes their records in the order of the input. FILE is plain text, a web\n"
     "page, a feed (RSS, Atom), an archive of the web (WARC, WET), or JSON Lines with one report "
     "a\n"
     "line: {\"id\", \"source\", \"published\", \"title\", \"text\", \"uri\", \"fetched\"}; each "
     "may be\n"
     "compressed with gzip or zstd. - is standard input. What a file is, is told by its content "
     "and\n"
     "its name (.jsonl, .html).\n"
     "\n"
     "  --json               one line of JSON a report (the default where output is no terminal)\n"
     "  --text               for people (the default on a terminal)\n"
     "  --lang en|ar         language of the labels of --text\n"
     "  --why                name the rule behind each item (JSON always does)\n"
     "  --date YYYY-MM-DD    day of publication, where the report itself does not say\n"
     "  --source OUTLET      who published it, where the report itself does not say\n"
     "  --from KIND          what the files are, whatever they look like: text html jsonl rss\n"
     "                       atom warc wet\n"
     "  --charset NAME       encoding: UTF-8, UTF-16, windows-1256, ISO-8859-6, windows-1252\n"
     "  --min-confidence X   leave out items known to be right in less than X (0..1) of cases\n"
     "  --max-size BYTES     longest report (K, M, G may follow); 16M if not given\n"
     "  --tables FILE        other compiled rules than the built-in ones\n"
     "  -j N                 read N reports at once (0: one a core); the output is the same\n"
     "\n"
     "A report that cannot be read gives one line on standard error; the others go on.\n",
     "khutwa read [خيار...] ملف...\n"
     "\n"
     "تقرأ التقارير وتكتب سجلاتها بترتيب الدخل. الملف نص عادي أو صفحة ويب أو خلاصة (RSS أو Atom) "
     "أو\n"
     "أرشيف ويب (WARC أو WET) أو أسطر JSON بتقرير في كل سطر: {\"id\", \"source\", \"published\", "
     "\"title\",\n"
     "\"text\", \"uri\", \"fetched\"}، وقد يكون مضغوطا (gzip أو zstd). و- هو الدخل القياسي. يُعرف "
     "نوع "
     "الملف\n"
     "من محتواه ومن اسمه (‎.jsonl و‎.html).\n"
     "\n"
     "  --json               سطر JSON لكل تقرير (وهو الأصل حين لا يكون الخرج طرفية)\n"
     "  --text               ليقرأه الناس (وهو الأصل على الطرفية)\n"
     "  --lang en|ar         لغة العناوين في ‎--text\n"
     "  --why                ذكر القاعدة وراء كل بند (JSON يذكرها دائما)\n"
     "  --date YYYY-MM-DD    يوم النشر حين لا يذكره التقرير\n"
     "  --source OUTLET      الناشر حين لا يذكره التقرير\n"
     "  --from KIND          نوع الملفات مهما بدا محتواها: text html jsonl rss atom warc wet\n"
     "  --charset NAME       الترميز: UTF-8 أو UTF-16 أو windows-1256 أو ISO-8859-6\n"
     "  --min-confidence X   ترك البنود التي تصح في أقل من X (من 0 إلى 1) من الحالات\n"
     "  --max-size BYTES     أطول تقرير (وقد يتبعه K أو M أو G)، و16M إن لم يُذكر\n"
     "  --tables FILE        قواعد مترجمة غير المدمجة\n"
     "  -j N                 قراءة N تقارير معا (0: واحد لكل نواة)، والخرج واحد\n"
     "\n"
     "التقرير الذي تتعذر قراءته يعطي سطرا واحدا على خرج الأخطاء، وتستمر التقارير الأخرى.\n"},
    {"add",
     "khutwa add [OPTION...] RECORD.khutwa FILE...\n"
     "\n"
     "Reads reports and adds them, with what they say, to a record over many reports: one SQLite\n"
     "file, made where there is none. A report that is in the record already is not added twice.\n"
     "\n"
     "  --user NAME          who adds them, for the record's chain; the login name if not given\n"
     "  --date YYYY-MM-DD    day of publication, where the report itself does not say\n"
     "  --source OUTLET      who published it, where the report itself does not say\n"
     "  --tables FILE        other compiled rules than the built-in ones\n",
     "khutwa add [خيار...] RECORD.khutwa ملف...\n"
     "\n"
     "تقرأ التقارير وتضيفها مع ما تقوله إلى سجل يجمع تقارير كثيرة: ملف SQLite واحد يُنشأ إن لم "
     "يوجد.\n"
     "التقرير الموجود في السجل لا يضاف مرتين.\n"
     "\n"
     "  --user NAME          من يضيفها، لسلسلة السجل، واسم الدخول إن لم يُذكر\n"
     "  --date YYYY-MM-DD    يوم النشر حين لا يذكره التقرير\n"
     "  --source OUTLET      الناشر حين لا يذكره التقرير\n"
     "  --tables FILE        قواعد مترجمة غير المدمجة\n"},
    {"score",
     "khutwa score [OPTION...] GOLD...\n"
     "\n"
     "Reads the reports of gold files (records made by hand; a folder stands for its *.json) and\n"
     "tells how far khutwa's records agree with them: precision, recall and F1 of each layer.\n"
     "\n"
     "  --records FILE       score these records (JSON Lines of khutwa read) instead\n"
     "  --errors LAYER       list what was missed (-) and what was spurious (+) in a layer:\n"
     "                       names times figures statements events steps\n"
     "  --json               the figures as JSON\n"
     "  --tables FILE        other compiled rules than the built-in ones\n",
     "khutwa score [خيار...] ذهب...\n"
     "\n"
     "تقرأ تقارير الملفات الذهبية (سجلات كُتبت باليد، والمجلد يعني ملفات json فيه) وتخبر كم "
     "توافقها\n"
     "سجلات خطوة: الدقة والاستدعاء وF1 لكل طبقة.\n"
     "\n"
     "  --records FILE       قياس هذه السجلات (أسطر JSON من khutwa read) بدلا من ذلك\n"
     "  --errors LAYER       سرد ما فات (-) وما زاد (+) في طبقة\n"
     "  --json               الأرقام بصيغة JSON\n"
     "  --tables FILE        قواعد مترجمة غير المدمجة\n"},
    {"time",
     "khutwa time [OPTION...] FILE...\n"
     "\n"
     "Finds dates, clock times, durations and sets, with their TIMEX3 values and what they mean "
     "on\n"
     "the calendar. FILE is plain text or JSON Lines {\"id\", \"text\", \"published\"}; - is "
     "standard\n"
     "input.\n"
     "\n"
     "  --date YYYY-MM-DD    the day from which yesterday is counted; overrides \"published\"\n"
     "  --json               a line a text: {\"id\", \"items\": [{\"start\", \"end\", \"text\", "
     "\"type\",\n"
     "                       \"value\", \"begin\", \"until\"}]}; positions in code points\n"
     "  --from text|jsonl    what the files are, whatever they look like\n"
     "  --tables FILE        other compiled rules than the built-in ones\n",
     "khutwa time [خيار...] ملف...\n"
     "\n"
     "تجد التواريخ والأوقات والمدد والمتكررات، مع قيمها (TIMEX3) ومعناها على التقويم. الملف نص "
     "عادي\n"
     "أو أسطر JSON {\"id\", \"text\", \"published\"}، و- هو الدخل القياسي.\n"
     "\n"
     "  --date YYYY-MM-DD    اليوم الذي يُحسب منه أمس، ويغلب \"published\"\n"
     "  --json               سطر لكل نص، والمواضع بنقاط الترميز\n"
     "  --from text|jsonl    نوع الملفات مهما بدا محتواها\n"
     "  --tables FILE        قواعد مترجمة غير المدمجة\n"},
    {"number",
     "khutwa number [OPTION...] FILE...\n"
     "\n"
     "Finds numbers in digits and words, ordinals, percentages, fractions and money. Numerals of\n"
     "names, resolutions, telephones and scores are left out. FILE as in khutwa time.\n"
     "\n"
     "  --json               a line a text: {\"id\", \"items\": [{\"start\", \"end\", \"text\", "
     "\"kind\",\n"
     "                       \"value\", \"high\", \"bound\", \"unit\"}]}; positions in code "
     "points\n"
     "  --from text|jsonl    what the files are, whatever they look like\n"
     "  --tables FILE        other compiled rules than the built-in ones\n",
     "khutwa number [خيار...] ملف...\n"
     "\n"
     "تجد الأعداد أرقاما وكلمات، والترتيبية والنسب والكسور والمبالغ، وتترك ما كان جزءا من اسم أو "
     "قرار أو\n"
     "هاتف أو نتيجة مباراة. الملف كما في khutwa time.\n"
     "\n"
     "  --json               سطر لكل نص، والمواضع بنقاط الترميز\n"
     "  --from text|jsonl    نوع الملفات مهما بدا محتواها\n"
     "  --tables FILE        قواعد مترجمة غير المدمجة\n"},
};

bool kh_help(const char *command, kh_view_language language) {
  for (size_t i = 0; i < sizeof topics / sizeof *topics; i++) {
    const topic *t = &topics[i];
    const bool same = command && t->name ? strcmp(command, t->name) == 0 : command == t->name;
    if (!same) continue;
    (void)fputs(language == KH_VIEW_ARABIC ? t->arabic : t->english, stdout);
    return true;
  }
  return false;
}
