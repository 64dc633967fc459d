// SPDX-License-Identifier: Apache-2.0
// The forms of exports are checked from outside, by readers of others (tests/check/exports.py);
// here is what only a caller of the library sees.
#include "tests.h"

#include "store/store.h"
#include "view/plover.h"

#include <stdlib.h>
#include <string.h>

typedef struct taken {
  size_t len;
  size_t room; // bytes taken before it says no
} taken;

static bool take(void *context, const char *bytes, size_t len) {
  taken *t = context;
  (void)bytes;
  if (len > t->room - t->len) return false;
  t->len += len;
  return true;
}

static int64_t exports_noted(void) {
  int64_t count = 0;
  assert_int_equal(
      kh_sql_int(store, "SELECT count(*) FROM audit WHERE action = 'export'", 0, &count, NULL),
      KH_OK);
  return count;
}

static void every_export_is_noted_or_fails_whole(void **state) {
  (void)state;
  kh_error error;
  for (int f = 0; f < KH_EXPORT_FORMATS; f++) {
    const kh_export_options options = {.format = (kh_export_format)f, .layer = "events"};
    taken t = {.room = SIZE_MAX};
    uint64_t rows = 0;
    const int64_t before = exports_noted();
    if (kh_export(store, &options, take, &t, &rows, &error) != KH_OK) fail_msg("%s", error.message);
    assert_true(t.len > 50 && rows > 0);
    assert_int_equal(exports_noted(), before + 1);
    // stopped at the first byte, and in the middle
    for (size_t room = 0; room <= t.len / 2; room += t.len / 2 ? t.len / 2 : 1) {
      taken cut = {.room = room};
      assert_int_equal(kh_export(store, &options, take, &cut, &rows, &error), KH_ERROR_IO);
      assert_int_equal(exports_noted(), before + 1);
    }
  }
}

static void selections_hold(void **state) {
  (void)state;
  kh_error error;
  const kh_selection one = {.id = "D1"};
  const kh_selection killed = {.type = "killed", .place = "حلب", .actor = "وزارة الصحة"};
  const kh_selection nobody = {.actor = "لا أحد"};
  const kh_selection words = {.text = "نظيره", .from = "2019-01-01", .to = "2020-01-01"};
  const kh_selection filters = {.type = "ASSAULT,CONSULT",
                                .from = "2019-01-01",
                                .to = "2020-01-01",
                                .place = "حلب",
                                .actor = "قوات المعارضة"};
  static const char *const layers[] = {"documents", "entities", "statements",
                                       "events",    "figures",  "steps"};
  taken t = {.room = SIZE_MAX};
  uint64_t rows = 0;
  kh_export_options o = {.format = KH_EXPORT_JSONL, .selection = &one};
  assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_OK);
  assert_int_equal(rows, 1);
  static const char *const no_reports[] = {"x", "E1", "D1.v1", "D"};
  for (size_t i = 0; i < sizeof no_reports / sizeof *no_reports; i++) {
    const kh_selection none = {.id = no_reports[i]};
    o.selection = &none;
    assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_ERROR_ARGUMENT);
    assert_non_null(strstr(error.message, no_reports[i]));
  }
  o = (kh_export_options){.format = KH_EXPORT_CSV, .layer = "figures", .selection = &killed};
  assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_OK);
  assert_int_equal(rows, 1);
  o = (kh_export_options){.format = KH_EXPORT_CSV, .layer = "documents", .selection = &words};
  assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_OK);
  assert_int_equal(rows, 1);
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    o = (kh_export_options){
        .format = KH_EXPORT_CSV, .layer = layers[i], .selection = &filters, .bom = true};
    assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_OK);
  }
  for (int f = 0; f < KH_EXPORT_FORMATS; f++) {
    o = (kh_export_options){
        .format = (kh_export_format)f, .layer = "events", .selection = &filters};
    assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_OK);
    o.selection = &nobody;
    assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_ERROR_ARGUMENT);
  }
  const kh_selection wrong = {.id = "E1"};
  o.selection = &wrong;
  assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_ERROR_ARGUMENT);
  const kh_selection day = {.from = "x"};
  o.selection = &day;
  assert_int_equal(kh_export(store, &o, take, &t, &rows, &error), KH_ERROR_ARGUMENT);
}

typedef struct page {
  char *at;
  size_t len;
} page;

static bool gather(void *context, const char *bytes, size_t len) {
  page *p = context;
  p->at = realloc(p->at, p->len + len + 1);
  assert_non_null(p->at);
  memcpy(p->at + p->len, bytes, len);
  p->len += len;
  p->at[p->len] = '\0';
  return true;
}

static void decide(const char *action, const char *claim) {
  kh_error error;
  const kh_decision_request request = {.action = action, .target = claim, .seen = -1};
  if (kh_store_decide(store, &request, NULL, &error) != KH_OK) fail_msg("%s", error.message);
}

static void decisions_are_in_the_reports(void **state) {
  (void)state;
  kh_error error;
  page p = {0};
  decide("reject", "D1.v1");
  decide("accept", "D1.v2");
  decide("reject", "D1.s1");
  const kh_selection one = {.id = "D1"};
  const kh_export_options o = {.format = KH_EXPORT_JSONL, .selection = &one};
  assert_int_equal(kh_export(store, &o, gather, &p, NULL, &error), KH_OK);
  json_t *record = json_loadb(p.at, p.len, 0, NULL);
  assert_non_null(record);
  const json_t *events = json_object_get(record, "events");
  bool accepted = false;
  for (size_t i = 0; i < json_array_size(events); i++) {
    const json_t *event = json_array_get(events, i);
    const char *id = json_string_value(json_object_get(event, "id"));
    const char *told = json_string_value(json_object_get(event, "state"));
    const char *statement = json_string_value(json_object_get(event, "statement"));
    assert_string_not_equal(id, "v1");
    assert_true(!statement || strcmp(statement, "s1") != 0);
    if (strcmp(id, "v2") == 0) accepted = told && strcmp(told, "accepted") == 0;
  }
  assert_true(accepted);
  json_decref(record);
  free(p.at);
}

static void formats_are_described(void **state) {
  (void)state;
  kh_error error;
  kh_export_format found;
  for (int f = 0; f < KH_EXPORT_FORMATS; f++) {
    const kh_export_about *about = kh_export_describe((kh_export_format)f);
    assert_true(strlen(about->loses) > 40 && *about->name && *about->extension && *about->type);
    assert_true(kh_export_find(about->id, &found) && (int)found == f);
  }
  assert_null(kh_export_describe(KH_EXPORT_FORMATS));
  assert_false(kh_export_find("xls", &found));
  assert_false(kh_export_find(NULL, &found));
  const kh_export_options csv = {.format = KH_EXPORT_CSV, .layer = "nothing"};
  taken t = {.room = SIZE_MAX};
  assert_int_equal(kh_export(store, &csv, take, &t, NULL, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_export(NULL, &csv, take, &t, NULL, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(
      kh_export(store, &(kh_export_options){.format = KH_EXPORT_FORMATS}, take, &t, NULL, &error),
      KH_ERROR_ARGUMENT);
}

static void types_have_codes(void **state) {
  (void)state;
  assert_string_equal(kh_plover_find("ASSAULT", "aerial")->cameo, "195");
  assert_string_equal(kh_plover_find("ASSAULT", "unheard of")->cameo, "19");
  assert_int_equal(kh_plover_find("AGREE", "")->quad, 1);
  assert_null(kh_plover_find("YIELD", ""));
  for (int i = KH_EVENT_AGREE; i <= KH_EVENT_ASSAULT; i++)
    assert_non_null(kh_plover_find(kh_event_type_name((kh_event_type)i), ""));
}

int export_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(every_export_is_noted_or_fails_whole),
      cmocka_unit_test(selections_hold),
      cmocka_unit_test(formats_are_described),
      cmocka_unit_test(decisions_are_in_the_reports),
      cmocka_unit_test(types_have_codes),
  };
  return cmocka_run_group_tests_name("export", tests, open_record, close_record);
}
