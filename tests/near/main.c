// SPDX-License-Identifier: Apache-2.0
// How far one text repeats another, whatever editors did to it.
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "store/near_text.h"

#include <cmocka.h>

static kh_near_text one;
static kh_near_text two;
static kh_near_room room;

static kh_near_match compare(const char *a, const char *b) {
  kh_near_words(a, strlen(a), &one);
  kh_near_words(b, strlen(b), &two);
  return kh_near_compare(&one, &two, &room);
}

static bool is_copy(const char *a, const char *b) {
  const kh_near_match match = compare(a, b);
  return kh_near_is_copy(&match);
}

static void words_are_the_same_however_spelt(void **state) {
  (void)state;
  static const char *const same[][2] = {
      {"المدرسة", "المدرسه"},       {"أحمد", "احمد"}, {"على", "علي"},     {"قُتِل", "قتل"},
      {"مسـؤول", "مسوول"},          {"١٢٠٠", "1200"}, {"1,200", "١٬٢٠٠"}, {"٣٫٥", "3.5"},
      {"\xEF\xBB\xBBقال", "لاقال"}, {"Abc", "aBC"},   {"1،200", "1200"}};
  static const char *const other[][2] = {
      {"قتل", "قتيل"}, {"12", "13"}, {"12", "1 2"}, {"3", "ثلاثة"}};
  for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
    kh_near_words(same[i][0], strlen(same[i][0]), &one);
    kh_near_words(same[i][1], strlen(same[i][1]), &two);
    assert_int_equal(one.count, 1);
    assert_int_equal(two.count, 1);
    assert_int_equal(one.word[0], two.word[0]);
  }
  for (size_t i = 0; i < sizeof other / sizeof *other; i++) {
    kh_near_words(other[i][0], strlen(other[i][0]), &one);
    kh_near_words(other[i][1], strlen(other[i][1]), &two);
    assert_int_not_equal(one.word[0], two.word[0]);
  }
  static const char cut[] = "قال: «12» شخصا، 5, و\xD8";
  kh_near_words(cut, strlen(cut), &one);
  assert_int_equal(one.count, 5);
  assert_true(one.number[1]);
  assert_false(one.number[2]);
  assert_true(one.number[3]);
  kh_near_words("", 0, &one);
  assert_int_equal(one.count, 0);
}

static void long_texts_are_cut(void **state) {
  (void)state;
  enum { WORDS = KH_NEAR_WORDS + 100 };
  char *text = malloc((size_t)WORDS * 8);
  assert_non_null(text);
  size_t len = 0;
  for (int i = 0; i < WORDS; i++) len += (size_t)snprintf(text + len, 8, "w%d ", i);
  kh_near_words(text, len, &one);
  assert_int_equal(one.count, KH_NEAR_WORDS);
  kh_near_words(text, len, &two);
  const kh_near_match match = kh_near_compare(&one, &two, &room);
  assert_int_equal(match.shared, KH_NEAR_WORDS);
  assert_int_equal(match.rows, 1);
  // the same three words all over: bounded, and still the same text
  for (len = 0; len < (size_t)WORDS * 6; len += 6) memcpy(text + len, "a b c ", 6);
  kh_near_words(text, len, &one);
  kh_near_words(text, len, &two);
  assert_int_equal(kh_near_compare(&one, &two, &room).shared, KH_NEAR_WORDS);
  free(text);
}

static void prints(void **state) {
  (void)state;
  uint32_t a[KH_NEAR_PRINT];
  uint32_t b[KH_NEAR_PRINT];
  kh_near_words("خبر عاجل من مدينة درعا", 40, &one);
  assert_int_equal(kh_near_print(&one, a), 0); // too short to be told apart
  static const char text[] = "a b c d e f g h i j k l m n o p q r s t u v w x y z";
  kh_near_words(text, strlen(text), &one);
  assert_int_equal(kh_near_print(&one, a), KH_NEAR_PRINT);
  for (size_t i = 1; i < KH_NEAR_PRINT; i++) assert_true(a[i - 1] < a[i]);
  kh_near_words(text, strlen(text), &two);
  assert_int_equal(kh_near_print(&two, b), KH_NEAR_PRINT);
  assert_memory_equal(a, b, sizeof a);
  static const char same[] = "a a a a a a a a a a a a a a a a";
  kh_near_words(same, strlen(same), &one);
  assert_int_equal(kh_near_print(&one, a), 1); // without repetitions
}

#define FIRST                                                                                                                                                               \
  "قال رئيس لجنة الوساطة في درعا سالم الحداد أمس الثلاثاء إن الطرفين وافقا على هدنة لمدة أسبوع " \
  "تبدأ "                                                                                                                                                               \
  "صباح الخميس. "
#define SECOND                                                                                                                                                            \
  "وأضاف الحداد أن اللجنة طلبت من الطرفين فتح المعبر أمام قوافل الإغاثة ولم تتلق ردا حتى الآن " \
  "على "                                                                                                                                                               \
  "طلبها. "
#define THIRD                                                                                                                                                          \
  "وقتل 5 مدنيين بينهم طفلان وأصيب 9 آخرون في قصف على حي شمالي المدينة بحسب مديرية الصحة التي " \
  "ناشدت المنظمات. "
#define BACKGROUND                                                                                                                                                           \
  "وتشهد البلاد منذ سنوات أزمة خلفت آلاف القتلى ودفعت ملايين السكان إلى مغادرة منازلهم نحو دول " \
  "الجوار. "

static void copies(void **state) {
  (void)state;
  static const char *const copies[] = {
      FIRST SECOND THIRD,
      "درعا – نسائم – " FIRST SECOND THIRD, // a dateline
      FIRST SECOND,                         // its tail cut
      FIRST THIRD SECOND,                   // in another order
      FIRST SECOND THIRD BACKGROUND,        // with more behind
      "خاص نسائم: تطورات متسارعة في درعا منذ ساعات الفجر. " FIRST SECOND THIRD,
  };
  for (size_t i = 0; i < sizeof copies / sizeof *copies; i++)
    if (!is_copy(FIRST SECOND THIRD, copies[i])) fail_msg("no copy: %zu", i);
}

static void no_copies(void **state) {
  (void)state;
  // the same form of words, other facts
  assert_false(is_copy(
      "قتل 5 مدنيين وأصيب 9 آخرون في قصف على حي السوق في حلب أمس الأحد بحسب الدفاع المدني "
      "الذي أوضح أن 12 منزلا تضرر وأن 3 عائلات نزحت إلى قرى مجاورة",
      "قتل 8 مدنيين وأصيب 17 آخرون في قصف على حي المطار في إدلب أمس السبت بحسب الدفاع المدني "
      "الذي أوضح أن 20 منزلا تضرر وأن 6 عائلات نزحت إلى قرى مجاورة"));
  // numbers alone
  const kh_near_match match =
      compare(THIRD FIRST, "وقتل 7 مدنيين بينهم طفلان وأصيب 11 آخرون في قصف "
                           "على حي شمالي المدينة بحسب مديرية الصحة التي ناشدت "
                           "المنظمات. " FIRST);
  assert_int_equal(match.numbers, 1); // before «مدنيين» no row is shared
  assert_false(kh_near_is_copy(&match));
  // a numeral in place of digits is an editor's change, and no other number
  assert_int_equal(
      compare(THIRD, "وقتل 5 مدنيين بينهم طفلان وأصيب تسعة آخرون في قصف على حي شمالي المدينة")
          .numbers,
      0);
  // the same background under two reports
  assert_false(is_copy(FIRST BACKGROUND, THIRD SECOND BACKGROUND));
  assert_false(is_copy("", ""));
  assert_false(is_copy("عاجل انفجار في درعا", "عاجل انفجار في درعا"));
}

#define ROW1 "alpha beta gamma delta epsilon zeta "
#define ROW2 "one two three four five six "

// What stands between two rows that both texts have.
static void gaps(void **state) {
  (void)state;
  static const struct {
    const char *first, *second;
    uint32_t changed, numbers;
  } cases[] = {
      {ROW1 "x " ROW2, ROW1 "y " ROW2, 1, 0},
      {ROW1 ROW2, ROW1 "y " ROW2, 0, 0}, // put in
      {ROW1 "x " ROW2, ROW1 ROW2, 0, 0}, // left out
      {ROW1 "12 " ROW2, ROW1 "13 " ROW2, 1, 1},
      {ROW1 "12 x " ROW2, ROW1 "y 12 " ROW2, 1, 0}, // the same number
      {ROW1 "12 15 " ROW2, ROW1 "15 x 12 " ROW2, 1, 0},
      {ROW1 "12 15 " ROW2, ROW1 "15 x " ROW2, 1, 1},
      {ROW1 "15 x " ROW2, ROW1 "12 15 " ROW2, 1, 1},
      {ROW1 "12 " ROW2, ROW1 "twelve " ROW2, 1, 0},
      {ROW1 "a b c d e f g " ROW2, ROW1 "x " ROW2, 0, 0}, // too much to be a change
      {ROW1 "x " ROW2, ROW1 "a b c d e f g " ROW2, 0, 0},
      {ROW1 "x " ROW2, ROW2 "y " ROW1, 0, 0}, // the other way round
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const kh_near_match match = compare(cases[i].first, cases[i].second);
    if (match.changed != cases[i].changed || match.numbers != cases[i].numbers)
      fail_msg("%zu: %u changed, %u numbers", i, match.changed, match.numbers);
    assert_int_equal(match.rows, 2);
  }
  // rows so short that they are phrases, not a text
  const kh_near_match shreds = {.shared = 40, .rows = 8, .shorter = 40};
  assert_false(kh_near_is_copy(&shreds));
  const kh_near_match whole = {.shared = 40, .rows = 3, .shorter = 40};
  assert_true(kh_near_is_copy(&whole));
  // a number whose next character is cut off
  static const char *const cut[] = {"5,\xE2", "5,\xF0\x9F", "5,", "5\xD9", "5,\xD9\xA3"};
  for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
    char *bytes = malloc(strlen(cut[i])); // without an end
    memcpy(bytes, cut[i], strlen(cut[i]));
    kh_near_words(bytes, strlen(cut[i]), &one);
    assert_int_equal(one.count, 1);
    assert_true(one.number[0]);
    free(bytes);
  }
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(gaps),
                                     cmocka_unit_test(words_are_the_same_however_spelt),
                                     cmocka_unit_test(long_texts_are_cut),
                                     cmocka_unit_test(prints),
                                     cmocka_unit_test(copies),
                                     cmocka_unit_test(no_copies)};
  return cmocka_run_group_tests_name("near", tests, NULL, NULL);
}
