// SPDX-License-Identifier: Apache-2.0
#include "view/writer.h"

#include "tests.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static sink out;

static void begin(kh_writer *w) {
  memset(&out, 0, sizeof out);
  kh_writer_begin(w, sink_write, &out);
}

static void numbers(void **state) {
  (void)state;
  static const struct {
    double value;
    const char *text;
  } cases[] = {{0, "0"},
               {568, "568"},
               {-3, "-3"},
               {2e6, "2000000"},
               {9007199254740991.0, "9007199254740991"},
               {0.5, "0.5"},
               {1.1, "1.1"},
               {1.0 / 3, "0.3333333333333333"},
               {1e300, "1e+300"},
               {(double)INFINITY, "null"},
               {(double)NAN, "null"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_writer w;
    begin(&w);
    kh_put_double(&w, cases[i].value);
    assert_int_equal(kh_writer_end(&w, NULL), KH_OK);
    assert_string_equal(out.at, cases[i].text);
  }
}

static void fixed_numbers(void **state) {
  (void)state;
  static const struct {
    double value;
    int decimals;
    const char *text;
  } cases[] = {{0, 3, "0"},
               {0.9, 3, "0.9"},
               {0.8999999, 3, "0.9"},
               {0.0625, 3, "0.063"},
               {36.201240, 6, "36.20124"},
               {-0.00000001, 6, "0"},
               {-1.5, 6, "-1.5"},
               {1, 3, "1"},
               {0.05, 2, "0.05"},
               {1e30, 6, "null"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_writer w;
    begin(&w);
    kh_put_fixed(&w, cases[i].value, cases[i].decimals);
    assert_int_equal(kh_writer_end(&w, NULL), KH_OK);
    assert_string_equal(out.at, cases[i].text);
  }
}

// What must be escaped is found wherever it stands among bytes that pass, whichever those are, and
// at whatever place of the buffer.
static void strings(void **state) {
  (void)state;
  static const char *const fills[] = {"a", "\xD8\xB4", "!", "\xF4\x8F\xBF\xBF", "~"};
  for (unsigned c = 1; c < 0x80; c++)
    for (size_t f = 0; f < sizeof fills / sizeof *fills; f++)
      for (size_t at = 0; at < 20; at++) {
        char text[100] = "";
        char wanted[128] = "\"";
        for (size_t i = 0; i < 20; i++) {
          const char plain[] = {(char)c, '\0'};
          char escaped[8];
          (void)snprintf(escaped, sizeof escaped, "\\u%04x", c);
          const char *as = c == '"'                ? "\\\""
                           : c == '\\'             ? "\\\\"
                           : c == '\n'             ? "\\n"
                           : c == '\r'             ? "\\r"
                           : c == '\t'             ? "\\t"
                           : c < 0x20 || c == 0x7F ? escaped
                                                   : plain;
          strcat(text, i == at ? plain : fills[f]);
          strcat(wanted, i == at ? as : fills[f]);
        }
        strcat(wanted, "\"");
        kh_writer w;
        begin(&w);
        const size_t before = 8190 - (at + c) % 40;
        for (size_t i = 0; i < before; i++) kh_putc(&w, ' ');
        kh_put_json(&w, text, strlen(text));
        assert_int_equal(kh_writer_end(&w, NULL), KH_OK);
        assert_string_equal(out.at + before, wanted);
      }
}

static void long_output_is_flushed(void **state) {
  (void)state;
  static char big[20000];
  memset(big, 'x', sizeof big);
  kh_writer w;
  begin(&w);
  for (int i = 0; i < 9000; i++) kh_putc(&w, 'a');
  kh_put(&w, big, sizeof big);
  kh_puts(&w, "end");
  kh_put_uint(&w, UINT64_MAX);
  assert_int_equal(kh_writer_end(&w, NULL), KH_OK);
  assert_int_equal(out.len, 9000 + 20000 + 3 + 20);
  assert_string_equal(out.at + 29000, "end18446744073709551615");
}

static void takers_that_stop(void **state) {
  (void)state;
  static char big[20000];
  for (size_t takes = 1; takes < 40000; takes += 7777) {
    kh_writer w;
    begin(&w);
    out.takes = takes;
    for (int i = 0; i < 3; i++) {
      kh_put(&w, big, sizeof big);
      kh_puts(&w, "more");
    }
    kh_error error;
    assert_int_equal(kh_writer_end(&w, &error), KH_ERROR_IO);
    assert_int_equal(error.stage, KH_STAGE_VIEW);
    assert_true(out.len <= takes);
  }
}

int run_writer_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(numbers), cmocka_unit_test(fixed_numbers), cmocka_unit_test(strings),
      cmocka_unit_test(long_output_is_flushed), cmocka_unit_test(takers_that_stop)};
  return cmocka_run_group_tests_name("writer", tests, NULL, NULL);
}
