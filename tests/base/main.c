// SPDX-License-Identifier: Apache-2.0
#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void spans_convert(void **state) {
  (void)state;
  const char text[] = "a\xD9\x82\xF0\x9F\x95\x8A.";
  assert_int_equal(kh_span_code_points(text, 7), 3);
  assert_int_equal(kh_span_utf16_units(text, 7), 4);
  assert_int_equal(kh_span_byte_of_code_point(text, 8, 3), 7);
  assert_int_equal(kh_span_byte_of_utf16_unit(text, 8, 3), 3);
  assert_int_equal(kh_span_byte_of_utf16_unit(text, 8, 4), 7);
  assert_int_equal(kh_span_byte_of_utf16_unit(text, 8, 9), 8);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spans_convert),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
