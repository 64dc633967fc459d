// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include <string.h>

static void mistakes_of_the_caller(void **state) {
  (void)state;
  kh_time_reader *reader = NULL;
  kh_error error;
  const kh_time *times;
  const kh_number *numbers;
  size_t count = 1;
  assert_int_equal(kh_time_reader_open(NULL, NULL, &error), KH_ERROR_ARGUMENT);
  const kh_engine_options missing = {.tables = "/no/such/tables"};
  assert_int_not_equal(kh_time_reader_open(&reader, &missing, &error), KH_OK);
  assert_null(reader);
  const kh_engine_options small = {.max_document = 10};
  assert_int_equal(kh_time_reader_open(&reader, &small, &error), KH_OK);
  assert_int_equal(kh_time_read(reader, "abcdefghijkl", 12, NULL, &times, &count, &error),
                   KH_ERROR_LIMIT);
  assert_int_equal(count, 0);
  assert_int_equal(kh_time_read(reader, "\xFF", 1, NULL, &times, &count, &error),
                   KH_ERROR_ENCODING);
  assert_int_equal(kh_time_read(reader, "", 0, "2019-02-30", &times, &count, &error),
                   KH_ERROR_ARGUMENT);
  assert_int_equal(kh_time_read(reader, "", 0, "2019-02-28", &times, &count, &error), KH_OK);
  assert_int_equal(count, 0);
  assert_int_equal(kh_time_read(reader, NULL, 0, NULL, &times, NULL, NULL), KH_OK);
  assert_int_equal(kh_time_read(reader, "", 0, NULL, NULL, &count, NULL), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_number_read(reader, NULL, 3, &numbers, &count, NULL), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_number_read(reader, "12", 2, &numbers, &count, NULL), KH_OK);
  assert_int_equal(count, 1);
  kh_time_reader_close(reader);
  kh_time_reader_close(NULL);
}

// ------------------------------------------------------------------ memory that runs out

typedef struct purse {
  size_t left;
} purse;

static void *spend(void *context, void *pointer, size_t old_size, size_t size) {
  purse *p = context;
  (void)old_size;
  if (size == 0) {
    test_free(pointer);
    return NULL;
  }
  if (p->left == 0) return NULL;
  p->left--;
  return test_malloc(size);
}

static void memory_runs_out_cleanly(void **state) {
  (void)state;
  static const char text[] =
      "قتل خمسة وعشرون شخصا فجر أمس، الأربعاء 29 من أيار، بعد يومين من القصف.";
  for (size_t room = 0; room < 12; room++) {
    purse p = {.left = room};
    const kh_allocator allocator = {spend, &p};
    const kh_engine_options options = {.allocator = &allocator};
    kh_time_reader *reader = NULL;
    if (kh_time_reader_open(&reader, &options, NULL) != KH_OK) {
      assert_null(reader);
      continue;
    }
    const kh_time *times;
    size_t count;
    const kh_status status =
        kh_time_read(reader, text, strlen(text), "2019-05-30", &times, &count, NULL);
    assert_true(status == KH_OK || status == KH_ERROR_MEMORY);
    assert_int_equal(count, status == KH_OK ? 2 : 0);
    kh_time_reader_close(reader);
  }
}

int run_reader_tests(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(mistakes_of_the_caller),
                                     cmocka_unit_test(memory_runs_out_cleanly)};
  return cmocka_run_group_tests_name("reader of times", tests, NULL, NULL);
}

int main(void) {
  int failed = run_reader_tests();
  failed += run_calendar_tests();
  failed += run_spelling_tests();
  failed += run_case_tests();
  return failed != 0;
}
