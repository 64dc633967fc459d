// SPDX-License-Identifier: Apache-2.0
// Questions and exports while memory runs out, or the file cannot be read on: a clean error each
// time, and nothing noted of an export that failed.
#include "tests.h"

#include "store/store.h"

#include <stdlib.h>
#include <string.h>

static const struct {
  kh_question question;
  kh_selection selection;
} asked[] = {
    {KH_ASK_SEARCH, {.text = "حلب قصف* -غائب", .actor = "الحكومة السورية", .type = "ASSAULT"}},
    {KH_ASK_SEARCH, {.text = "حلب", .from = "2019-01-01", .place = "SYR"}},
    {KH_ASK_SEARCH, {.text = "outlet:\"صدى الوادي\""}},
    {KH_ASK_DOCUMENTS, {.text = "حلب", .actor = "الحكومة السورية"}},
    {KH_ASK_DOCUMENTS, {.place = "حلب"}},
    {KH_ASK_TIMELINE, {.actor = "قوات المعارضة", .by = "قوات المعارضة", .place = "حلب"}},
    {KH_ASK_TIMELINE, {.from = "2019-01-01"}},
    {KH_ASK_FIGURES, {.type = "killed", .place = "حلب"}},
    {KH_ASK_STEPS, {.blocks = "الحكومة السورية", .by = "الحكومة السورية"}},
    {KH_ASK_STEPS, {.blocks = "L1.1"}},
    {KH_ASK_CHANGES, {.from = "2019-01-01", .actor = "الحكومة السورية"}},
    {KH_ASK_ACTORS, {.text = "حكومة"}},
    {KH_ASK_OUTLETS, {0}},
    {KH_ASK_SHOW, {.id = "D1"}},
    {KH_ASK_SHOW, {.id = "E1"}},
    {KH_ASK_SHOW, {.id = "L1.1"}},
    {KH_ASK_DIFF, {.id = "D1", .other = "D2"}},
};
enum { ASKED = sizeof asked / sizeof *asked };

static bool count(void *context, const char *json, size_t len) {
  (void)json;
  (void)len;
  ++*(int *)context;
  return true;
}

static bool swallow(void *context, const char *bytes, size_t len) {
  (void)context;
  (void)bytes;
  (void)len;
  return true;
}

// ------------------------------------------------------------------ memory

static int left; // allocations until one fails; negative: none does

static void *resize(void *context, void *pointer, size_t old_size, size_t size) {
  (void)context;
  (void)old_size;
  if (!size) {
    free(pointer);
    return NULL;
  }
  if (left == 0) return NULL;
  if (left > 0) left--;
  return realloc(pointer, size);
}

static void memory_may_run_out(void **state) {
  (void)state;
  const kh_allocator own = store->allocator;
  const kh_allocator failing = {resize, NULL};
  for (int i = 0; i < ASKED; i++) {
    kh_status status = KH_ERROR_MEMORY;
    for (int n = 0; status == KH_ERROR_MEMORY && n < 50; n++) {
      int rows = 0;
      kh_error error = {0};
      store->allocator = failing;
      left = n;
      status = kh_ask(store, asked[i].question, &asked[i].selection, count, &rows, NULL, &error);
      left = -1;
      store->allocator = own;
      assert_true(status == KH_OK || (status == KH_ERROR_MEMORY && error.message[0]));
    }
    assert_int_equal(status, KH_OK);
  }
}

// ------------------------------------------------------------------ the file

static int steps; // of SQLite's machine, in tens, until it is interrupted, once

static int interrupt(void *context) {
  (void)context;
  return steps-- == 0;
}

static bool is_clean(kh_status status, const kh_error *error) {
  return status == KH_OK || (status != KH_ERROR_INVARIANT && error->message[0]);
}

static void answers_may_break_off(void **state) {
  (void)state;
  for (int i = 0; i < ASKED; i++) {
    kh_status status = KH_ERROR_STORE;
    for (int n = 0; status != KH_OK && n < 4000; n += 1 + n / 20) {
      int rows = 0;
      kh_error error = {0};
      steps = n;
      sqlite3_progress_handler(store->db, 10, interrupt, NULL);
      status = kh_ask(store, asked[i].question, &asked[i].selection, count, &rows, NULL, &error);
      sqlite3_progress_handler(store->db, 0, NULL, NULL);
      assert_true(is_clean(status, &error));
    }
    assert_int_equal(status, KH_OK);
  }
}

static int64_t noted(void) {
  int64_t lines = 0;
  assert_int_equal(kh_sql_int(store, "SELECT count(*) FROM audit", 0, &lines, NULL), KH_OK);
  return lines;
}

static void exports_may_break_off(void **state) {
  (void)state;
  for (int f = 0; f < KH_EXPORT_FORMATS; f++) {
    const kh_export_options options = {.format = (kh_export_format)f, .layer = "steps"};
    kh_status status = KH_ERROR_STORE;
    for (int n = 0; status != KH_OK && n < 1000000; n += 3 + n / 8) {
      const int64_t before = noted();
      kh_error error = {0};
      steps = n;
      sqlite3_progress_handler(store->db, 10, interrupt, NULL);
      status = kh_export(store, &options, swallow, NULL, NULL, &error);
      sqlite3_progress_handler(store->db, 0, NULL, NULL);
      assert_true(is_clean(status, &error));
      // SQLite may be interrupted after COMMIT has done its work: then the line is there, too
      const int64_t lines = noted() - before;
      assert_true(status == KH_OK ? lines == 1 : lines == 0 || lines == 1);
    }
    assert_int_equal(status, KH_OK);
  }
}

static void indexing_may_break_off(void **state) {
  (void)state;
  kh_status status = KH_ERROR_STORE;
  for (int n = 0; status != KH_OK && n < 1000000; n += 2 + n / 10) {
    kh_error error = {0};
    run_sql("DELETE FROM meta WHERE key IN ('indexed_through', 'counted_at')");
    run_sql("DELETE FROM entity_count; DROP TABLE IF EXISTS search; DROP INDEX IF EXISTS "
            "happening_by_day");
    steps = n;
    sqlite3_progress_handler(store->db, 10, interrupt, NULL);
    status = kh_store_index(store, &error);
    sqlite3_progress_handler(store->db, 0, NULL, NULL);
    assert_true(is_clean(status, &error));
  }
  assert_int_equal(status, KH_OK);
  assert_int_equal(count_of(KH_ASK_SEARCH, &(kh_selection){.text = "حلب"}), 3);
}

int fault_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(memory_may_run_out),
      cmocka_unit_test(answers_may_break_off),
      cmocka_unit_test(exports_may_break_off),
      cmocka_unit_test(indexing_may_break_off),
  };
  return cmocka_run_group_tests_name("faults", tests, open_record, close_record);
}
