// SPDX-License-Identifier: Apache-2.0
// Reading stored documents again.
#include "store/tests.h"

#include <unistd.h>

static void decide(kh_store *store, const char *action, const char *target, const char *layer,
                   const char *after) {
  const kh_decision_request request = {
      .action = action, .target = target, .layer = layer, .after = after, .seen = -1};
  kh_error error;
  if (kh_store_decide(store, &request, NULL, &error) != KH_OK) fail_msg("%s", error.message);
}

static char *rows(const char *path) {
  return ask(path,
             "SELECT group_concat(line, char(10)) FROM (SELECT id || start || end || state AS "
             "line FROM all_claims UNION ALL SELECT claim || role || entity FROM parts UNION "
             "ALL SELECT id || value || what FROM figures UNION ALL SELECT id || type || "
             "ifnull(day, '-') FROM events UNION ALL SELECT document || id || entity FROM "
             "document_entities)");
}

static bool count_unattached(void *context, const kh_decision *decision) {
  assert_false(decision->attached);
  ++*(unsigned *)context;
  return true;
}

static void sound(kh_store *store) {
  kh_verified result;
  OK(kh_store_verify(store, NULL, &result, NULL));
  if (!result.sound) fail_msg("%s: %s", result.subject, result.what);
}

// An engine that leaves out all whose confidence is known, however sure it is.
static kh_engine *other_engine(void) {
  const kh_engine_options options = {.min_confidence = 1.0F};
  kh_engine *other = NULL;
  OK(kh_engine_open(&other, &options, NULL));
  return other;
}

static kh_store_reread again(kh_store *store, int64_t doc, const kh_engine *with) {
  kh_store_reread result;
  kh_error error;
  const kh_status status = kh_store_reread_document(store, doc, with, true, &result, &error);
  if (status != KH_OK) fail_msg("D%lld: %s", (long long)doc, error.message);
  assert_true(result.read);
  return result;
}

static void decisions_stay(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("stay", path);
  decide(store, "correct", "D1.f1", NULL, "{\"value\": 7, \"place\": \"e2\"}");
  decide(store, "reject", "D1.v1", NULL, NULL);
  decide(store, "add", "D1", "v",
         "{\"trigger\": {\"start\": 0, \"end\": 3}, \"type\": \"PROTEST\"}");
  decide(store, "split", "D1.f2", NULL, "[{\"value\": 1}, {\"value\": 1}]");
  decide(store, "correct", "D1.e1", NULL, "{\"entity\": \"E3\"}");
  decide(store, "accept", "D2.v1", NULL, NULL);
  char *before = rows(path);
  sound(store);
  // the same rules say the same
  for (int64_t doc = 1; doc <= REPORTS; doc++)
    assert_int_equal(again(store, doc, engine).unattached, 0);
  char *same = rows(path);
  assert_string_equal(same, before);
  sound(store);
  // other rules say something else; what persons said remains
  kh_engine *other = other_engine();
  uint32_t lost = 0;
  for (int64_t doc = 1; doc <= REPORTS; doc++) lost += again(store, doc, other).unattached;
  sound(store);
  assert_int_equal(ask_number(path,
                              "SELECT count(*) FROM events WHERE type = 'PROTEST' AND state = "
                              "'added'"),
                   1);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM decision"), 6);
  unsigned listed = 0;
  const kh_decision_filter unattached = {.unattached = true};
  OK(kh_store_decisions(store, &unattached, count_unattached, &listed, NULL));
  assert_true(listed <= lost);
  assert_true((listed > 0) == (lost > 0));
  // and is where it was once the first rules read again
  for (int64_t doc = 1; doc <= REPORTS; doc++)
    assert_int_equal(again(store, doc, engine).unattached, 0);
  char *back = rows(path);
  assert_string_equal(back, before);
  sound(store);
  kh_engine_close(other);
  free(before);
  free(same);
  free(back);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// A document that has lost a claim keeps the decision on it, without effect.
static void without_a_place(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("lost", path);
  decide(store, "correct", "D1.f1", NULL, "{\"value\": 7}");
  OK(kh_store_close(store, NULL));
  // as if the words had been read as something else before
  tamper(path, "UPDATE decision_target SET start = 0, end = 3, type = 'nothing'");
  store = open_as(path, "amal");
  assert_int_equal(again(store, 1, engine).unattached, 1);
  assert_int_equal(ask_number(path, "SELECT value FROM figures WHERE id = 'D1.f1'"), 5);
  unsigned listed = 0;
  const kh_decision_filter unattached = {.unattached = true};
  OK(kh_store_decisions(store, &unattached, count_unattached, &listed, NULL));
  assert_int_equal(listed, 1);
  OK(kh_store_close(store, NULL));
  tamper(path, "UPDATE decision_target SET start = (SELECT start FROM figure WHERE doc = 1 AND n = "
               "1) + 2, end = (SELECT end FROM figure WHERE doc = 1 AND n = 1), type = 'killed'");
  store = open_as(path, "amal");
  assert_int_equal(again(store, 1, engine).unattached, 0); // other ends, the same kind
  assert_int_equal(ask_number(path, "SELECT value FROM figures WHERE id = 'D1.f1'"), 7);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static void only_where_needed(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("need", path);
  kh_store_reread result;
  OK(kh_store_reread_document(store, 1, engine, false, &result, NULL));
  assert_false(result.read);
  assert_int_equal(kh_store_reread_document(store, 99, engine, true, &result, NULL), KH_END);
  int64_t doc = 0;
  unsigned count = 0;
  while (kh_store_next_document(store, doc, &doc, NULL) == KH_OK) count++;
  assert_int_equal(count, REPORTS);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM audit WHERE action = 'reread'"), 0);
  OK(kh_store_close(store, NULL));
  tamper(path, "UPDATE engine SET version = '0.0.1'");
  store = open_as(path, "amal");
  OK(kh_store_reread_document(store, 1, engine, false, &result, NULL));
  assert_true(result.read);
  OK(kh_store_close(store, NULL));
  char *by = ask(path, "SELECT read_by FROM documents WHERE id = 'D1'");
  assert_string_equal(by, kh_version());
  free(by);
  (void)unlink(path);
}

const struct CMUnitTest reread_tests[] = {
    cmocka_unit_test(decisions_stay),
    cmocka_unit_test(without_a_place),
    cmocka_unit_test(only_where_needed),
};
const size_t reread_test_count = sizeof reread_tests / sizeof *reread_tests;
