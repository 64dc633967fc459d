// SPDX-License-Identifier: Apache-2.0
#include "text/language.h"

#include "tests.h"
#include "text/decode.h"

static void languages(void **state) {
  (void)state;
  static const struct {
    const char *lang;
    const char *text;
  } cases[] = {
      {"ar", "قال رئيس البلدية إن المجلس سيبحث اليوم خطة لفتح الطريق بين المدينتين."},
      {"ar", "أَعْلَنَ الوَزِيرُ أَنَّ الطَّرِيقَ مَفْتُوحٌ."},
      {"ar", "عاجل: انفجار قرب الميناء"},
      {"ar",
       "التقى الوزير في بروكسل مع Jean Dupont و Maria Rossi قبل الاجتماع الذي يعقد في المدينة."},
      // names of neighbours keep their letters
      {"ar", "وصل إلى المدينة قادما من گركوك وچمچمال عدد من المسؤولين في الحكومة المحلية للبحث في "
             "الخلاف على إدارة المعابر، وقال المتحدث إن الاجتماعات المقبلة ستعقد في العاصمة."},
      {"fa", "رئیس شورا گفت که طرح گشایش راه بین دو شهر بررسی "
             "می‌شود."},
      // on an Arabic keyboard
      {"fa",
       "رئيس گفت كه اين برنامه براي باز كردن راه در دست بررسي است و پس از آن چهار نفر آزاد شدند."},
      {"ur", "وزیر نے کہا ہے کہ شہر کے درمیان سڑک کھولنے کے منصوبے پر غور ہو رہا ہے۔"},
      {"ckb", "سەرۆکی شارەوانی گوتی کە پلانێک بۆ کردنەوەی ڕێگاکە لەژێر لێکۆڵینەوەدایە."},
      {"ps", "د ښار رئیس وویل چې د دوو ښارونو ترمنځ د لارې د پرانیستلو لپاره یوه طرحه تر څېړنې "
             "لاندې ده."},
      {"und", "شەھەر باشلىقى ئىككى شەھەر ئوتتۇرىسىدىكى يولنى ئېچىش پىلانىنىڭ تەتقىق "
              "قىلىنىۋاتقانلىقىنى ئېيتتى"},
      {"en", "The mayor said that the council was looking into the opening of the road."},
      {"und", "Le maire a dit que le conseil examine un plan pour ouvrir la route."},
      {"und", "Мэр сказал, что совет рассматривает план."},
      {"und", "市长说委员会正在审议该计划。"},
      {"und", "Été à l'École × Ÿ ÷ Ɏ"},
      {"en", "THE END of THE WAR"},
      {"ar", "الوزير٬ الوزراء ٱلذين"},
      {"ar", "ھذه ھي المباراة الأخیرة للفریق في ھذا الموسم أمام جمھوره على ملعب المدینة الكبیرة"},
      {"ar", "وصل الوفد إلى سوس ثم ڨفصة"},
      {"ar", "مدرسة كبيرة، المدينة المنورة، جامعة القاهرة، محكمة پاريس"},
      {"und", "12 34 -- !"},
      {"und", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *lang = kh_language(cases[i].text, strlen(cases[i].text));
    if (strcmp(lang, cases[i].lang) != 0)
      fail_msg("%s: told as %s, is %s", cases[i].text, lang, cases[i].lang);
  }
}

static void presentation_forms_are_letters(void **state) {
  (void)state;
  static const char text[] = "\xEF\xBB\xA3\xEF\xBB\xAE\xEF\xBA\xB3\xEF\xBB\xA0\xEF\xBB\xA2";
  assert_string_equal(kh_language(text, sizeof text - 1), "ar");
}

// A text made of one letter over and over, between words with it.
static const char *of_letter(uint32_t letter) {
  static char text[400];
  size_t len = 0;
  for (int i = 0; i < 20; i++) {
    static const uint32_t word[] = {0x628, 0x631, 0, 0x646, ' '};
    for (size_t k = 0; k < sizeof word / sizeof *word; k++)
      len += kh_utf8_put(text + len, word[k] ? word[k] : letter);
  }
  return kh_language(text, len);
}

static void letters_that_tell(void **state) {
  (void)state;
  static const struct {
    uint32_t letter;
    const char *lang;
  } cases[] = {{0x67E, "fa"},  {0x686, "fa"},  {0x698, "fa"},  {0x6AF, "fa"},  {0x679, "ur"},
               {0x688, "ur"},  {0x691, "ur"},  {0x6BA, "ur"},  {0x6BE, "ur"},  {0x6C1, "ur"},
               {0x6D2, "ur"},  {0x6D3, "ur"},  {0x6C2, "ur"},  {0x6D5, "ckb"}, {0x6CE, "ckb"},
               {0x6C6, "ckb"}, {0x695, "ckb"}, {0x6B5, "ckb"}, {0x67C, "ps"},  {0x681, "ps"},
               {0x685, "ps"},  {0x689, "ps"},  {0x693, "ps"},  {0x696, "ps"},  {0x69A, "ps"},
               {0x6AB, "ps"},  {0x6BC, "ps"},  {0x6CD, "ps"},  {0x6D0, "ps"},  {0x6AA, "und"},
               {0x6C7, "und"}, {0x644, "ar"},  {0x6A9, "fa"},  {0x6CC, "fa"},  {0x640, "ar"},
               {0x670, "ar"},  {0x200C, "ar"}, {0x3B1, "ar"},  {0x1F54A, "ar"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const char *lang = of_letter(cases[i].letter);
    if (strcmp(lang, cases[i].lang) != 0)
      fail_msg("U+%04X tells %s, not %s", (unsigned)cases[i].letter, lang, cases[i].lang);
  }
}

int run_language_tests(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(languages),
                                     cmocka_unit_test(presentation_forms_are_letters),
                                     cmocka_unit_test(letters_that_tell)};
  return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
