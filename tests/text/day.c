// SPDX-License-Identifier: Apache-2.0
#include "text/day.h"

#include "tests.h"
#include "text/page.h"

static void iso_days(void **state) {
  (void)state;
  static const struct {
    const char *iso;
    const char *day; // "": none
  } cases[] = {
      {"2019-05-30", "2019-05-30"},
      {"2019-05-30T10:00:00+03:00", "2019-05-30"},
      {"2019-05-30 23:59", "2019-05-30"},
      {"2019-05-30t24:00Z", "2019-05-30"},
      {"2020-02-29", "2020-02-29"},
      {"2000-02-29", "2000-02-29"},
      {"1900-02-29", ""},
      {"2019-02-29", ""},
      {"2019-13-01", ""},
      {"2019-00-01", ""},
      {"2019-04-31", ""},
      {"2019-04-00", ""},
      {"0000-04-01", ""},
      {"2019-5-30", ""},
      {"2019/05/30", ""},
      {"2019-05-3x", ""},
      {"2019-05-30x", ""},
      {"2019-05-30T", ""},
      {"2019-05-30T99:00", ""},
      {"2019-05-30T10:00 o'clock", ""},
      {"20190530", ""},
      {"yesterday", ""},
      {"", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char day[11];
    assert_int_equal(kh_day_read(cases[i].iso, day), cases[i].day[0] != '\0');
    assert_string_equal(day, cases[i].day);
  }
}

static void days_of_pages(void **state) {
  (void)state;
  static const struct {
    const char *value;
    const char *day;
  } cases[] = {
      {"2019-05-30T10:00:00.000Z", "2019-05-30"},
      {" 2019/05/30 10:00", "2019-05-30"},
      {"20190530", "2019-05-30"},
      {"Thu, 30 May 2019 10:00:00 GMT", "2019-05-30"},
      {"30 september 2019", "2019-09-30"},
      {"201905301000", NULL},
      {"2019-13-30", NULL},
      {"1899-01-01", NULL},
      {"May 2019", NULL},
      {"99999999999 May 2019", NULL},
      {"2019-05", NULL},
      {"soon", NULL},
      {"", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char day[11] = "";
    const kh_slice value = {cases[i].value, strlen(cases[i].value)};
    assert_int_equal(kh_page_day(value, day), cases[i].day != NULL);
    if (cases[i].day) assert_string_equal(day, cases[i].day);
  }
}

int run_day_tests(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(iso_days), cmocka_unit_test(days_of_pages)};
  return cmocka_run_group_tests_name("day", tests, NULL, NULL);
}
