// SPDX-License-Identifier: Apache-2.0
// Numbers in words, written by the rules of grammar, and read back.
#include "tests.h"

#include <stdio.h>
#include <string.h>

// ------------------------------------------------------------------ writing

static const char *const masculine[] = {"",    "واحد", "اثنان",  "ثلاثة", "أربعة", "خمسة",
                                        "ستة", "سبعة", "ثمانية", "تسعة",  "عشرة"};
static const char *const feminine_units[] = {"",   "واحدة", "اثنتان", "ثلاث", "أربع", "خمس",
                                             "ست", "سبع",   "ثماني",  "تسع",  "عشر"};

static void add(char out[SPELT_MAX], const char *word) {
  const size_t at = strlen(out);
  (void)snprintf(out + at, SPELT_MAX - at, "%s", word);
}

static void join(char out[SPELT_MAX]) {
  if (*out) add(out, " و");
}

static void add_unit(char out[SPELT_MAX], int unit, bool feminine, spell_case form) {
  if (unit == 2 && form == SPELL_OBLIQUE)
    add(out, feminine ? "اثنتين" : "اثنين");
  else
    add(out, feminine ? feminine_units[unit] : masculine[unit]);
}

static void add_teen(char out[SPELT_MAX], int unit, bool feminine, spell_case form) {
  if (unit == 1)
    add(out, feminine ? "إحدى" : "أحد");
  else if (unit == 2 && form == SPELL_OBLIQUE)
    add(out, feminine ? "اثنتي" : "اثني");
  else if (unit == 2)
    add(out, feminine ? "اثنتا" : "اثنا");
  else
    add(out, feminine ? feminine_units[unit] : masculine[unit]);
  add(out, feminine ? " عشرة" : " عشر");
}

static void add_below_hundred(char out[SPELT_MAX], int value, bool feminine, spell_case form) {
  static const char *const nominative[] = {"عشرون", "ثلاثون", "أربعون", "خمسون",
                                           "ستون",  "سبعون",  "ثمانون", "تسعون"};
  static const char *const oblique[] = {"عشرين", "ثلاثين", "أربعين", "خمسين",
                                        "ستين",  "سبعين",  "ثمانين", "تسعين"};
  const int tens = value / 10;
  const int unit = value % 10;
  if (value <= 10) {
    add_unit(out, value, feminine, form);
  } else if (value < 20) {
    add_teen(out, unit, feminine, form);
  } else {
    if (unit == 1)
      add(out, feminine ? "إحدى" : "واحد");
    else if (unit)
      add_unit(out, unit, feminine, form);
    if (unit) add(out, " و");
    add(out, form == SPELL_NOMINATIVE ? nominative[tens - 2] : oblique[tens - 2]);
  }
}

static void add_below_thousand(char out[SPELT_MAX], int value, bool feminine, spell_case form) {
  static const char *const stems[] = {"ثلاث", "أربع", "خمس", "ست", "سبع", "ثمان", "تسع"};
  const int hundreds = value / 100;
  if (hundreds == 1) add(out, "مئة");
  if (hundreds == 2) add(out, form == SPELL_NOMINATIVE ? "مئتان" : "مئتين");
  if (hundreds > 2) {
    add(out, stems[hundreds - 3]);
    add(out, "مئة");
  }
  if (hundreds && value % 100) add(out, " و");
  if (value % 100) add_below_hundred(out, value % 100, feminine, form);
}

typedef struct scale {
  uint64_t value;
  const char *one;
  const char *two[2]; // nominative, oblique
  const char *many;   // after 3 to 10
  const char *other;  // after 11 and more, accusative
} scale;

static void add_scale(char out[SPELT_MAX], const scale *s, int count, spell_case form) {
  join(out);
  const int last = count % 100;
  if (count == 1) {
    add(out, s->one);
  } else if (count == 2) {
    add(out, s->two[form]);
  } else {
    add_below_thousand(out, count, false, form);
    add(out, " ");
    add(out, last >= 3 && last <= 10 ? s->many : last > 10 ? s->other : s->one);
  }
}

void spell_number(uint64_t value, bool feminine, spell_case form, char out[SPELT_MAX]) {
  static const scale scales[] = {
      {1000000000000ULL, "تريليون", {"تريليونان", "تريليونين"}, "تريليونات", "تريليونا"},
      {1000000000ULL, "مليار", {"ملياران", "مليارين"}, "مليارات", "مليارا"},
      {1000000ULL, "مليون", {"مليونان", "مليونين"}, "ملايين", "مليونا"},
      {1000ULL, "ألف", {"ألفان", "ألفين"}, "آلاف", "ألفا"},
  };
  out[0] = '\0';
  if (value == 0) add(out, "صفر");
  for (size_t i = 0; i < sizeof scales / sizeof *scales; i++) {
    const int count = (int)(value / scales[i].value % 1000);
    if (count) add_scale(out, &scales[i], count, form);
  }
  if (value % 1000) {
    join(out);
    add_below_thousand(out, (int)(value % 1000), feminine, form);
  }
}

// ------------------------------------------------------------------ reading back

static int open_reader(void **state) {
  return kh_time_reader_open((kh_time_reader **)state, NULL, NULL) == KH_OK ? 0 : -1;
}

static int close_reader(void **state) {
  kh_time_reader_close(*state);
  return 0;
}

static void read_back(kh_time_reader *reader, uint64_t value, bool feminine, spell_case form) {
  char words[SPELT_MAX];
  const kh_number *numbers;
  size_t count = 0;
  spell_number(value, feminine, form, words);
  const size_t len = strlen(words);
  assert_int_equal(kh_number_read(reader, words, len, &numbers, &count, NULL), KH_OK);
  if (count != 1 || numbers[0].value != (double)value || numbers[0].span.end != len ||
      numbers[0].span.start != 0)
    fail_msg("%llu: «%s» is read as %zu numbers, the first %.0f", (unsigned long long)value, words,
             count, count ? numbers[0].value : -1);
}

static void all_forms(kh_time_reader *reader, uint64_t value) {
  for (int i = 0; i < 4; i++)
    read_back(reader, value, i & 1, i & 2 ? SPELL_OBLIQUE : SPELL_NOMINATIVE);
}

static void whole_numbers_to_ten_thousand(void **state) {
  for (uint64_t value = 0; value <= 10000; value++) all_forms(*state, value);
}

static void samples_to_a_million_million(void **state) {
  uint64_t seed = 20260101;
  for (int i = 0; i < 4000; i++) {
    seed = seed * 6364136223846793005ULL + 1442695040888963407ULL;
    // as many small numbers as large ones, and round ones among them
    uint64_t value = (seed >> 24) % 1000000000001ULL;
    for (int cut = i % 12; cut > 0; cut--) value /= 10;
    if (i % 5 == 0) value = value / 1000 * 1000;
    all_forms(*state, value);
  }
  all_forms(*state, 1000000000000ULL);
}

static void digits_with_separators(void **state) {
  static const struct {
    const char *text;
    double value;
  } cases[] = {{"1,234,567", 1234567}, {"١٬٢٣٤٬٥٦٧", 1234567}, {"1.234.567", 1234567},
               {"٣٫٥", 3.5},           {"3.5", 3.5},           {"1234,5", 1234.5},
               {"12،345", 12345},      {"0.5", 0.5},           {"٠٫٠٥", 0.05}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const kh_number *numbers;
    size_t count = 0;
    assert_int_equal(
        kh_number_read(*state, cases[i].text, strlen(cases[i].text), &numbers, &count, NULL),
        KH_OK);
    if (count != 1 || numbers[0].value != cases[i].value)
      fail_msg("«%s» is read as %.10g", cases[i].text, count ? numbers[0].value : -1);
  }
}

int run_spelling_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(whole_numbers_to_ten_thousand, open_reader, close_reader),
      cmocka_unit_test_setup_teardown(samples_to_a_million_million, open_reader, close_reader),
      cmocka_unit_test_setup_teardown(digits_with_separators, open_reader, close_reader),
  };
  return cmocka_run_group_tests_name("numbers in words", tests, NULL, NULL);
}
