// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include "store/fold.h"

#include <stdbool.h>
#include <stdio.h>
#include <string.h>

// The words of a text, folded, joined by blanks.
static void folds_to(const char *text, const char *expected) {
  char out[512];
  const size_t len = kh_search_fold(text, strlen(text), out, sizeof out);
  assert_string_equal(out, expected);
  assert_int_equal(len, strlen(expected));
}

static void fold_brings_spellings_together(void **state) {
  (void)state;
  folds_to("أَحْمَدُ", "احمد");
  folds_to("إدلب", "ادلب");
  folds_to("آذار", "اذار");
  folds_to("الرقّة", "الرقه");
  folds_to("مصطفى", "مصطفي");
  folds_to("ســـوريا", "سوريا");
  folds_to("مسؤول", "مسوول");
  folds_to("علماء", "علما");
  folds_to("\xEF\xBB\xBB\xD9\x8A\xD8\xA9", "لايه");             // lam-alef ligature
  folds_to("\xEF\xB7\xB2", "الله");                             // one character
  folds_to("\xD8\xA7\xD9\x94\xD8\xAD\xD9\x85\xD8\xAF", "احمد"); // hamza as its own character
  folds_to("\xE2\x80\x8F\xE2\x81\xA7غزة\xE2\x81\xA9\xE2\x80\x8E", "غزه"); // bidi marks
  folds_to("کرکوک", "كركوك");
  folds_to("چرمگا", "جرمكا");
  folds_to("Élysée ÇA", "elysee ca");
  folds_to("ڤيينا پاريس ژنو", "فيينا باريس زنو");
  folds_to("\xD8\xA7\xD9\x93\xD8\xB0\xD8\xA7\xD8\xB1", "اذار");        // madda
  folds_to("\xD8\xA7\xD9\x95\xD8\xAF\xD9\x84\xD8\xA8", "ادلب");        // hamza below
  folds_to("\xD9\x88\xD9\x94\xD9\x8A\xD9\x94", "وي");                  // on waw and ya
  folds_to("\xD8\xA8\xD9\x94\xD8\xA8\xD9\x93\xD8\xA8\xD9\x95", "ببب"); // on no seat
  folds_to("\xEF\xAF\xBC\xEF\xAE\xA6", "يه");                          // forms of Persian ya, ha
  folds_to("ٹیپو ۆ", "ٹيبو ۆ");                                        // Urdu, Kurdish
  folds_to("Москва Ωmega ½ 東京", "москва ωmega 1⁄2 東京");
  folds_to("\xEF\xB4\xBE\xD8\xA8\xEF\xB4\xBF", "ب"); // ornate brackets
  folds_to("e\xCC\x81t\xC3\xA9 a\xC2\xAD"
           "b",
           "ete ab");
}

static void fold_reads_numbers(void **state) {
  (void)state;
  folds_to("١٢٠٠", "1200");
  folds_to("1,200", "1200");
  folds_to("١٬٢٠٠", "1200");
  folds_to("1,200,300", "1200300");
  folds_to("1,20", "1 20");
  folds_to("1,2000", "1 2000");
  folds_to("الـ13", "ال 13");
  folds_to("13قتيلا", "13 قتيلا");
  folds_to("F16", "f16");
}

static void fold_separates_words(void **state) {
  (void)state;
  folds_to("«قال»: (نعم)، لا.", "قال نعم لا");
  folds_to("", "");
  folds_to("،؛!", "");
  folds_to("\xFF\xFE أ \x80", "ا");
  folds_to("a\xEE\x80\x81\x62", "a b"); // private use
}

static void fold_is_cut_at_a_word(void **state) {
  (void)state;
  char out[12];
  assert_int_equal(kh_search_fold("سلام عليكم", strlen("سلام عليكم"), out, sizeof out), 8);
  assert_string_equal(out, "سلام");
  assert_int_equal(kh_search_fold("سلام", strlen("سلام"), out, 0), 0);
}

static void words_know_their_place(void **state) {
  (void)state;
  const char *text = "، وَقالَ";
  kh_spelling spelling = {.text = text, .len = strlen(text)};
  kh_spelt word;
  assert_true(kh_next_spelt(&spelling, &word));
  assert_int_equal(word.start, 3);
  assert_int_equal(word.count, 4);
  assert_true(word.end >= 3 + 4 * 2 && word.end <= strlen(text));
  assert_false(kh_next_spelt(&spelling, &word));
}

static void long_words_are_cut(void **state) {
  (void)state;
  char text[400];
  memset(text, 'x', sizeof text);
  kh_spelling spelling = {.text = text, .len = sizeof text};
  kh_spelt word;
  assert_true(kh_next_spelt(&spelling, &word));
  assert_int_equal(word.count, KH_WORD_LETTERS);
  assert_int_equal(word.end, sizeof text);
}

// Is there a term that a text's word and a query's word share?
static bool meet(const char *in_text, const char *in_query, kh_reach reach) {
  kh_spelling a = {.text = in_text, .len = strlen(in_text)};
  kh_spelling b = {.text = in_query, .len = strlen(in_query)};
  kh_spelt word;
  static kh_terms left;
  static kh_terms right;
  assert_true(kh_next_spelt(&a, &word));
  kh_terms_of(&word, KH_REACH_INDEX, &left);
  assert_true(kh_next_spelt(&b, &word));
  kh_terms_of(&word, reach, &right);
  for (int i = 0; i < left.count; i++)
    for (int k = 0; k < right.count; k++)
      if (left.len[i] == right.len[k] && memcmp(left.at[i], right.at[k], left.len[i]) == 0)
        return true;
  return false;
}

static void reach_decides_what_is_found(void **state) {
  (void)state;
  static const struct {
    const char *text;
    const char *query;
    kh_reach least; // the first reach that finds it; KH_REACH_INDEX: none does
  } cases[] = {
      {"مدينة", "مدينة", KH_REACH_EXACT},     {"مَدينة", "مدينة", KH_REACH_EXACT},
      {"مدينه", "مدينة", KH_REACH_WHOLE},     {"مدينة", "مدينه", KH_REACH_WHOLE},
      {"أحمد", "احمد", KH_REACH_WHOLE},       {"احمد", "أحمد", KH_REACH_WHOLE},
      {"مسئول", "مسؤول", KH_REACH_WHOLE},     {"مؤتمر", "موتمر", KH_REACH_WHOLE},
      {"هيأة", "هيئة", KH_REACH_WHOLE},       {"بدا", "بدأ", KH_REACH_WHOLE},
      {"ماء", "ما", KH_REACH_WHOLE},          {"مصطفي", "مصطفى", KH_REACH_WHOLE},
      {"المدينة", "مدينة", KH_REACH_PART},    {"وبالمدينة", "مدينة", KH_REACH_PART},
      {"للمدينة", "المدينة", KH_REACH_PART},  {"مدينة", "والمدينة", KH_REACH_PART},
      {"بمدينة", "المدينه", KH_REACH_PART},   {"والمسئول", "مسؤول", KH_REACH_PART},
      {"سيقول", "يقول", KH_REACH_PART},       {"للجنة", "لجنة", KH_REACH_PART},
      {"فإسرائيل", "اسرائيل", KH_REACH_PART}, {"حرب", "سلم", KH_REACH_INDEX},
      {"وجه", "جه", KH_REACH_INDEX},          {"بعد", "عد", KH_REACH_INDEX},
      {"سنقصف", "نقصف", KH_REACH_PART},       {"سأعود", "أعود", KH_REACH_PART},
      {"ساعود", "اعود", KH_REACH_PART},       {"ستعود", "تعود", KH_REACH_PART},
      {"سلام", "لام", KH_REACH_INDEX},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (kh_reach reach = KH_REACH_EXACT; reach <= KH_REACH_PART; reach++) {
      const bool expected = cases[i].least && reach >= cases[i].least;
      if (meet(cases[i].text, cases[i].query, reach) != expected)
        fail_msg("%s / %s at reach %d", cases[i].text, cases[i].query, (int)reach);
    }
  }
  assert_true(meet("والمدينة", "مدينة", KH_REACH_WITHIN));
  assert_false(meet("مدينة", "والمدينة", KH_REACH_WITHIN));
}

// Each character between two letters, in every place of a word: it separates them, joins them, or
// vanishes, and what comes out is text again.
static void every_character_is_taken(void **state) {
  (void)state;
  for (uint32_t c = 1; c < 0x110000; c++) {
    char text[16] = "\xD8\xA8";
    char out[256];
    size_t n = 2;
    if (c >= 0xD800 && c < 0xE000) continue;
    if (c < 0x80) {
      text[n++] = (char)c;
    } else if (c < 0x800) {
      text[n++] = (char)(0xC0 | c >> 6);
    } else if (c < 0x10000) {
      text[n++] = (char)(0xE0 | c >> 12);
      text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    } else {
      text[n++] = (char)(0xF0 | c >> 18);
      text[n++] = (char)(0x80 | (c >> 12 & 0x3F));
      text[n++] = (char)(0x80 | (c >> 6 & 0x3F));
    }
    if (c >= 0x80) text[n++] = (char)(0x80 | (c & 0x3F));
    memcpy(text + n, "\xD8\xA8", 2);
    n += 2;
    const size_t len = kh_search_fold(text, n, out, sizeof out);
    assert_true(len >= 4 && len < 200);
    assert_memory_equal(out, "\xD8\xA8", 2);
    assert_memory_equal(out + len - 2, "\xD8\xA8", 2);
    (void)kh_search_fold(text, n - 3, out, sizeof out); // cut in the middle
  }
}

static void numbers_end_where_groups_do(void **state) {
  (void)state;
  folds_to("1,", "1");
  folds_to("1,2", "1 2");
  folds_to("1'000 2،000", "1000 2000");
  folds_to("12,345x", "12345x");
  folds_to("سيتناول وسنلتقي لللجنة ببيروت ككل", "سيتناول وسنلتقي لللجنه ببيروت ككل");
}

int fold_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(fold_brings_spellings_together), cmocka_unit_test(fold_reads_numbers),
      cmocka_unit_test(fold_separates_words),           cmocka_unit_test(fold_is_cut_at_a_word),
      cmocka_unit_test(words_know_their_place),         cmocka_unit_test(long_words_are_cut),
      cmocka_unit_test(reach_decides_what_is_found),    cmocka_unit_test(every_character_is_taken),
      cmocka_unit_test(numbers_end_where_groups_do),
  };
  return cmocka_run_group_tests_name("fold", tests, NULL, NULL);
}
