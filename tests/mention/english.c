// SPDX-License-Identifier: Apache-2.0
// Names that nobody has written in English yet: spelt, translated, or read off their letters.
#include "mention/entity.h"
#include "mention/latin.h"
#include "who.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "mention/engine.h"

typedef struct english_case {
  const char *arabic;
  const char *english;
} english_case;

static void expect_all(void **state, kh_entity_kind kind, const english_case *cases, size_t count) {
  kh_document *document;
  assert_int_equal(kh_document_read(&document, *state, "نص", strlen("نص"), NULL, NULL), KH_OK);
  for (size_t i = 0; i < count; i++) {
    const char *english = kh_transliterate(document, cases[i].arabic, kind);
    if (strcmp(english, cases[i].english) != 0)
      fail_msg("%s is %s, not %s", cases[i].arabic, english, cases[i].english);
  }
  kh_document_close(document);
}

#define EXPECT_ALL(state, kind, cases)                                                             \
  expect_all(state, kind, cases, sizeof(cases) / sizeof *(cases))

static void persons_are_spelt_as_usual(void **state) {
  static const english_case cases[] = {
      {"محمود عباس", "Mahmoud Abbas"},
      {"أحمد خلف", "Ahmad Khalaf"},
      {"احمد خلف", "Ahmad Khalaf"},
      {"سليم الحوراني", "Salim al-Hawrani"},
      {"السيد يوسف بن علي", "Al-Sayyid Yusuf bin Ali"},
      {"ابن عمر الشريف", "Ibn Omar al-Sharif"},
      {"أبو بكر التونسي", "Abu Bakr al-Tounsi"},
      {"فلاح آل ثاني", "Falah Al Thani"},
      // servants of God, in two words and in one, listed and not
      {"عبد الله الحلبي", "Abdullah al-Halabi"},
      {"عبدالله الحلبي", "Abdullah al-Halabi"},
      {"عبد الرحمن صادق", "Abd al-Rahman Sadiq"},
      {"عبدالحكيم صادق", "Abd al-Hakim Sadiq"},
      {"عبدالشافي", "Abd al-Shafi"},
      {"صلاح الدين ناصر", "Salah al-Din Nasser"},
      {"نصر الله بدران", "Nasrallah Badran"},
      // ya and alef maqsura, ta marbuta and ha, hamzas, points
      {"مصطفي حمزه", "Mustafa Hamza"},
      {"محمّد فُؤاد", "Muhammad Fuad"},
      {"إلياس إيهاب", "Elias Ihab"},
      // other lands
      {"دلشاد بارزاني", "Dilshad Barzani"},
      {"أوزغور يلماز", "Uzghur Yilmaz"},
      {"حسين شيرازي", "Hussein Shirazi"},
      {"مامادو تراوري", "Mamadu Traore"},
      // an article that is none
      {"ألماز", "Almaz"},
  };
  EXPECT_ALL(state, KH_KIND_PERSON, cases);
}

static void unlisted_words_get_likely_vowels(void **state) {
  static const english_case cases[] = {
      {"قطف", "Qataf"},        // three consonants
      {"ثلاج", "Thalaj"},      // a long vowel after two
      {"شخير", "Shakhir"},     //
      {"قادم", "Qadim"},       // an «i» after a long «a»
      {"نادلي", "Nadili"},     //
      {"مدكوك", "Madkuk"},     // three before a long vowel
      {"مرافق", "Murafiq"},    // who does
      {"محتضن", "Muhtadin"},   // the same, with a ta
      {"مرصاد", "Mirsad"},     // what something is done with
      {"طوفل", "Tawfal"},      // a weak letter between
      {"شيصب", "Shaysab"},     //
      {"لوم", "Lum"},          //
      {"ضيم", "Daym"},         //
      {"هيلان", "Haylan"},     //
      {"خيشة", "Khaysha"},     //
      {"ذكوان", "Dhakwan"},    // a semivowel between a consonant and an alef
      {"ظبيان", "Zabyan"},     //
      {"مطلبية", "Matlabiya"}, // the ending of adjectives
      {"دعبل", "Da'bal"},      // an ayn inside, and none at the head
      {"عندم", "Andam"},       //
      {"بيداء", "Bayda"},      // no hamza at the end
      {"انتقاد", "Intiqad"},   // masdars
      {"استعداد", "Isti'dad"}, //
      {"إحصان", "Ihsan"},      // a hamza below
      {"أشهل", "Ashhal"},      // and above
      {"مُدَرِّس", "Mudarris"},    // vowel signs go first
      {"مفضّل", "Mafaddal"},    //
      {"پيچك", "Pichak"},      // letters of Persian and its neighbours
      {"أرچگ", "Archag"},      //
      {"BBC", "BBC"},          // no Arabic at all
      {"كي-مون", "Ki-Mun"},    // marks stay
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char out[64];
    const size_t len = kh_latin_word(cases[i].arabic, strlen(cases[i].arabic), out, 63);
    out[len] = '\0';
    if (strcmp(out, cases[i].english) != 0)
      fail_msg("%s is %s, not %s", cases[i].arabic, out, cases[i].english);
  }
  (void)state;
}

static void bodies_are_translated_where_that_is_safe(void **state) {
  static const english_case cases[] = {
      {"المجلس الوطني", "National Council"},
      {"المجلس الوطني الأعلى", "Supreme National Council"},
      {"الجيش الوطني", "National Army"},
      {"لجنة الطوارئ", "Emergency Committee"},
      {"اللجنة العليا للانتخابات", "Supreme Committee for Elections"},
      {"لجنة الانتخابات المحلية", "Local Election Committee"},
      {"جمعية حقوق الإنسان", "Human Rights Society"},
      {"المركز الوطني لحقوق الإنسان", "National Centre for Human Rights"},
      {"هيئة الشباب والرياضة", "Youth and Sports Authority"},
      {"قوات الدفاع والأمن الأفغانية", "Afghan Defence and Security Forces"},
      {"اللجنة السورية والعراقية", "Syrian and Iraqi Committee"},
      {"اللجنة القانونية والإدارية", "Legal and Administrative Committee"},
      {"مديرية الصحة في تعز", "Health Directorate in Taiz"},
      {"النيابة المصرية", "Egyptian Prosecution"},
      {"شرطة دبي", "Dubai Police"},
      {"مكتب رئيس الوزراء التركي", "Turkish Prime Minister's Office"},
      // what bodies are called after is spelt
      {"جامعة النجاح الوطنية", "Al-Najah National University"},
      {"حزب الفرسان", "Al-Fursan Party"},
      {"مؤسسة محمود صادق", "Mahmoud Sadiq Foundation"},
      {"مؤسسة الأمل", "Al-Amal Foundation"},
      // no head, an article where none may be, an unknown adjective: nothing is turned round
      {"فرسان الشمال", "Fursan al-Shamal"},
      {"المجلس الزهلولي", "Al-Majlis al-Zahluli"},
      {"التحالف", "Alliance"},
  };
  EXPECT_ALL(state, KH_KIND_ORG, cases);
}

static void places_are_spelt_but_for_what_they_are(void **state) {
  static const english_case cases[] = {
      {"مستشفى الشفاء", "Al-Shifa Hospital"},
      {"مطار الملك خالد الدولي", "King Khaled International Airport"},
      {"قاعدة دشمان الجوية", "Dashman Air Base"},
      {"شمال غرب كردستان", "North-Western Kurdistan"},
      {"البلدة القديمة", "Old Town"},
      {"جبل الزيتون", "Jabal al-Zaytun"},
      {"وادي القاضي", "Wadi al-Qadi"},
      {"الجامعة", "Al-Jami'a"}, // a quarter, by its name alone
  };
  EXPECT_ALL(state, KH_KIND_PLACE, cases);
}

static void odd_names_are_no_trouble(void **state) {
  kh_document *document;
  assert_int_equal(kh_document_read(&document, *state, "نص", strlen("نص"), NULL, NULL), KH_OK);
  assert_string_equal(kh_transliterate(document, "", KH_KIND_PERSON), "");
  assert_string_equal(kh_transliterate(document, "  ", KH_KIND_ORG), "");
  assert_string_equal(kh_transliterate(document, "ي", KH_KIND_PERSON), "I");
  assert_string_equal(kh_transliterate(document, "ڕو", KH_KIND_PERSON), "U");
  assert_string_equal(kh_transliterate(document, "24", KH_KIND_MEDIA), "24");
  char many[4000] = "";
  for (size_t i = 0; i < 300; i++) strcat(many, "لجنة ");
  assert_non_null(kh_transliterate(document, many, KH_KIND_ORG));
  memset(many, '\0', sizeof many);
  for (size_t i = 0; i < 900; i++) strcat(many, "ي");
  assert_non_null(kh_transliterate(document, many, KH_KIND_PERSON));
  char small[4];
  assert_in_range(kh_latin_word(many, strlen(many), small, sizeof small), 0, sizeof small);
  kh_document_close(document);
}

int english_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(persons_are_spelt_as_usual),
      cmocka_unit_test(unlisted_words_get_likely_vowels),
      cmocka_unit_test(bodies_are_translated_where_that_is_safe),
      cmocka_unit_test(places_are_spelt_but_for_what_they_are),
      cmocka_unit_test(odd_names_are_no_trouble),
  };
  return cmocka_run_group_tests_name("english", tests, open_engine, close_engine);
}
