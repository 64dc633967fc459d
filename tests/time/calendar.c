// SPDX-License-Identifier: Apache-2.0
// Days, weeks, Hijri months, Easter.
#include "tests.h"

#include "mention/calendar.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void days_count_without_gap(void **state) {
  (void)state;
  int32_t day = kh_day_of_date((kh_date){1, 1, 1});
  kh_date expected = {1, 1, 1};
  for (; expected.year < 4000; day++) {
    const kh_date date = kh_date_of_day(day);
    assert_int_equal(date.year, expected.year);
    assert_int_equal(date.month, expected.month);
    assert_int_equal(date.day, expected.day);
    assert_int_equal(kh_day_of_date(date), day);
    if (++expected.day > kh_days_of_month(expected.year, expected.month)) {
      expected.day = 1;
      if (++expected.month > 12) {
        expected.month = 1;
        expected.year++;
      }
    }
  }
}

static void known_weekdays_and_weeks(void **state) {
  (void)state;
  int32_t year;
  int32_t week;
  assert_int_equal(kh_weekday(kh_day_parse("2019-05-29")), 3);
  assert_int_equal(kh_weekday(kh_day_parse("1970-01-01")), 4);
  assert_int_equal(kh_weekday(kh_day_parse("1924-08-01")), 5);
  kh_iso_week(kh_day_parse("2018-12-31"), &year, &week);
  assert_int_equal(year, 2019);
  assert_int_equal(week, 1);
  kh_iso_week(kh_day_parse("2016-01-03"), &year, &week);
  assert_int_equal(year, 2015);
  assert_int_equal(week, 53);
  for (int32_t day = kh_day_parse("1999-01-01"); day < kh_day_parse("2031-01-01"); day++) {
    kh_iso_week(day, &year, &week);
    const int32_t monday = kh_iso_week_monday(year, week);
    assert_true(monday <= day && day < monday + 7);
    assert_int_equal(kh_weekday(monday), 1);
  }
}

static void dates_that_are_none(void **state) {
  (void)state;
  static const char *const none[] = {"2019-02-29", "2019-13-01", "2019-00-10", "2019-1-10",
                                     "20190101",   "",           "2019-04-31", "0000-01-01"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    assert_int_equal(kh_day_parse(none[i]), KH_DAY_NONE);
  assert_int_not_equal(kh_day_parse("2020-02-29"), KH_DAY_NONE);
  assert_int_not_equal(kh_day_parse("2018-07-24T10:00:00Z"), KH_DAY_NONE);
}

static void months_are_added(void **state) {
  (void)state;
  const kh_date january = {2019, 1, 31};
  const kh_date february = kh_date_add_months(january, 1);
  assert_int_equal(february.month, 2);
  assert_int_equal(february.day, 28);
  const kh_date before = kh_date_add_months(january, -14);
  assert_int_equal(before.year, 2017);
  assert_int_equal(before.month, 11);
  assert_int_equal(before.day, 30);
}

static void easter_sundays(void **state) {
  (void)state;
  char day[11];
  kh_day_print(kh_easter(2019, false), day);
  assert_string_equal(day, "2019-04-21");
  kh_day_print(kh_easter(2019, true), day);
  assert_string_equal(day, "2019-04-28");
  kh_day_print(kh_easter(2000, false), day);
  assert_string_equal(day, "2000-04-23");
  kh_day_print(kh_easter(2010, true), day);
  assert_string_equal(day, "2010-04-04");
}

static void tabular_years(void **state) {
  (void)state;
  char day[11];
  kh_day_print(kh_hijri_month_first(NULL, 1, 1), day);
  assert_string_equal(day, "0622-07-19"); // Friday 16 July 622 of the Julian calendar
  kh_day_print(kh_hijri_month_first(NULL, 1420, 1), day);
  assert_string_equal(day, "1999-04-17");
  for (int32_t n = kh_day_parse("0622-07-19"); n < kh_day_parse("2200-01-01"); n++) {
    const kh_date hijri = kh_hijri_of_day(NULL, n);
    assert_int_equal(kh_day_of_hijri(NULL, hijri), n);
  }
}

// ------------------------------------------------------------------ Umm al-Qura

// Every year of rules/time/hijri.tsv, month by month, through the public functions.
static void umm_al_qura_table(void **state) {
  kh_time_reader *reader = *state;
  FILE *file = fopen(KH_SOURCE_DIR "/rules/time/hijri.tsv", "r");
  assert_non_null(file);
  char line[256];
  int years = 0;
  while (fgets(line, sizeof line, file)) {
    int length[12];
    char *field = line;
    const int year = (int)strtol(field, &field, 10);
    if (*field != '\t' || year == 0) continue;
    const int32_t begins = kh_day_parse(field + 1);
    assert_int_not_equal(begins, KH_DAY_NONE);
    field += 11;
    for (int month = 0; month < 12; month++) length[month] = (int)strtol(field, &field, 10);
    years++;
    int32_t day = begins;
    for (int month = 1; month <= 12; month++) {
      char out[11];
      assert_int_equal(kh_time_from_hijri(reader, year, month, length[month - 1] + 1, out),
                       KH_ERROR_ARGUMENT);
      for (int d = 1; d <= length[month - 1]; d++, day++) {
        char expected[11];
        int y;
        int m;
        int n;
        kh_day_print(day, expected);
        assert_int_equal(kh_time_from_hijri(reader, year, month, d, out), KH_OK);
        assert_string_equal(out, expected);
        assert_int_equal(kh_time_to_hijri(reader, expected, &y, &m, &n), KH_OK);
        assert_true(y == year && m == month && n == d);
      }
    }
  }
  (void)fclose(file);
  assert_int_equal(years, 158);
}

static void known_hijri_days(void **state) {
  static const struct {
    int year;
    int month;
    int day;
    const char *date;
  } known[] = {{1343, 1, 1, "1924-08-01"},   {1440, 1, 1, "2018-09-11"},
               {1440, 9, 1, "2019-05-06"},   {1437, 1, 17, "2015-10-30"},
               {1430, 2, 20, "2009-02-15"},  {1500, 12, 30, "2077-11-16"},
               {1442, 12, 10, "2021-07-20"}, {1439, 10, 1, "2018-06-15"}};
  for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
    char out[11];
    assert_int_equal(kh_time_from_hijri(*state, known[i].year, known[i].month, known[i].day, out),
                     KH_OK);
    assert_string_equal(out, known[i].date);
  }
  char out[11];
  assert_int_equal(kh_time_from_hijri(*state, 1440, 13, 1, out), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_time_from_hijri(*state, 0, 1, 1, out), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_time_from_hijri(*state, INT32_MAX, 1, 1, out), KH_ERROR_ARGUMENT);
  int y;
  assert_int_equal(kh_time_to_hijri(*state, "0622-07-18", &y, &y, &y), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_time_to_hijri(*state, "tomorrow", &y, &y, &y), KH_ERROR_ARGUMENT);
}

static int open_reader(void **state) {
  return kh_time_reader_open((kh_time_reader **)state, NULL, NULL) == KH_OK ? 0 : -1;
}

static int close_reader(void **state) {
  kh_time_reader_close(*state);
  return 0;
}

int run_calendar_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(days_count_without_gap),
      cmocka_unit_test(known_weekdays_and_weeks),
      cmocka_unit_test(dates_that_are_none),
      cmocka_unit_test(months_are_added),
      cmocka_unit_test(easter_sundays),
      cmocka_unit_test(tabular_years),
      cmocka_unit_test_setup_teardown(umm_al_qura_table, open_reader, close_reader),
      cmocka_unit_test_setup_teardown(known_hijri_days, open_reader, close_reader),
  };
  return cmocka_run_group_tests_name("calendar", tests, NULL, NULL);
}
