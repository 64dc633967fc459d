// SPDX-License-Identifier: Apache-2.0
#include "text/language.h"

#include "tests.h"

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

int run_language_tests(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(languages),
                                     cmocka_unit_test(presentation_forms_are_letters)};
  return cmocka_run_group_tests_name("language", tests, NULL, NULL);
}
