// SPDX-License-Identifier: Apache-2.0
// Every field of every layer: what it takes, what it refuses, and that what was there before is
// kept so that it can be put back.
#include "store/tests.h"

#include <unistd.h>

#define SPAN "{\"start\": 0, \"end\": 3}"

static const struct {
  const char *target;
  const char *name;
  const char *good[3];
  bool may_be_empty;
  const char *bad[9];
} fields[] = {
    {"D1.f1",
     "span",
     {SPAN, "{\"start\": 0, \"end\": 3, \"text\": \"قصف\"}"},
     false,
     {"3", "{}", "{\"start\": 0}", "{\"start\": \"0\", \"end\": 3}", "{\"start\": 0, \"end\": 3.5}",
      "{\"start\": -1, \"end\": 3}", "{\"start\": 3, \"end\": 3}",
      "{\"start\": 0, \"end\": 3, \"text\": \"قصد\"}"}},
    {"D1.f1", "value", {"0", "2.5", "1e17"}, false, {"-1", "\"7\"", "true", "[]"}},
    {"D1.f1", "high", {"9", "9.25"}, true, {"-3", "\"9\"", "{}"}},
    {"D1.f1", "bound", {"\"at_most\"", "\"exact\""}, false, {"\"\"", "3", "\"Exact\""}},
    {"D1.f1", "counted", {"\"women\""}, false, {"\"planets\"", "null"}},
    {"D1.f1", "what", {"\"displaced\""}, false, {"\"praised\"", "[]"}},
    {"D1.f1",
     "part_of",
     {"\"f2\"", "{\"start\": 0, \"end\": 3}"},
     true,
     {"\"f0\"", "\"f99\"", "\"v1\"", "7", "\"f1x\"", "\"f01\"", "{\"start\": 5}"}},
    {"D1.f1", "restates", {"\"f2\""}, true, {"\"F2\"", "\"f-1\""}},
    {"D1.f1", "place", {"\"e1\"", "\"E5\""}, true, {"\"e0\"", "\"e\"", "\"E0\"", "[]"}},
    {"D1.f1", "source", {"\"e2\""}, true, {"\"e99\"", "\"E99999\"", "\"E99999999999\""}},
    {"D1.f1", "since", {"\"2019-04-29\"", "\"2019\""}, true, {"2019", "{}"}},
    {"D1.f1", "until", {"\"2019-05-01\""}, true, {"false"}},
    {"D1.s1", "cue", {SPAN}, false, {"null", "\"قال\""}},
    {"D1.s1", "speaker", {"\"e2\""}, false, {"\"s1\"", "[\"e1\"]"}},
    {"D1.s1", "with", {"[]", "[\"e1\", \"e2\"]", "[\"E4\"]"}, false, {"\"e1\"", "[\"e0\"]", "{}"}},
    {"D1.s1", "speaker_span", {SPAN}, true, {"true"}},
    {"D1.s1", "mode", {"\"direct\"", "\"mixed\""}, false, {"\"sung\""}},
    {"D1.s1", "content", {SPAN}, false, {"{\"start\": 1}"}},
    {"D1.s1", "to", {"[\"e1\"]"}, false, {"[null]", "3"}},
    {"D1.s1", "via", {"\"e2\""}, true, {"\"t1\""}},
    {"D1.s1",
     "time",
     {"\"t1\"", "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05-02\"}",
      "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05-02\", \"until\": "
      "\"2019-05-04\"}"},
     true,
     {"\"t0\"", "\"t99\"", "{\"start\": 0, \"end\": 3}",
      "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05\"}",
      "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05-02T10\"}",
      "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05-02\", \"until\": \"2019-05-01\"}",
      "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05-02\", \"until\": \"then\"}",
      "{\"start\": 0, \"end\": 3, \"begin\": \"2019-05-02\", \"until\": \"2019-05-03T1\"}"}},
    {"D1.s1", "inside", {"\"s2\"", SPAN}, true, {"\"s77\"", "\"p1\""}},
    {"D1.v1", "trigger", {SPAN}, false, {"null", "[]"}},
    {"D1.v1", "type", {"\"AID\"", "\"PROTEST\""}, false, {"\"aid\"", "1"}},
    {"D1.v1", "mode", {"\"shelling\""}, true, {"7"}},
    {"D1.v1", "actors", {"[\"e1\"]", "[]"}, false, {"null", "\"e1\""}},
    {"D1.v1", "recipients", {"[\"e2\"]"}, false, {"[[]]"}},
    {"D1.v1", "reality", {"\"future\"", "\"conditional\""}, false, {"\"dreamt\""}},
    {"D1.v1", "negated", {"true", "false"}, false, {"1", "null", "\"true\""}},
    {"D1.v1", "place", {"\"e2\""}, true, {"\"place\""}},
    {"D1.v1", "time", {"\"t1\""}, true, {"[]"}},
    {"D1.v1", "statement", {"\"s1\""}, true, {"\"e1\""}},
    {"D1.p1", "what", {SPAN}, false, {"null"}},
    {"D1.p1", "kind", {"\"talks\"", "\"other\""}, false, {"\"dance\""}},
    {"D1.p1", "by", {"[\"e1\"]"}, false, {"null"}},
    {"D1.p1", "asked_by", {"[\"e2\", \"E3\"]"}, false, {"{}"}},
    {"D1.p1", "for", {SPAN}, true, {"\"x\""}},
    {"D1.p1", "place", {"\"e1\""}, true, {"true"}},
    {"D1.p1", "status", {"\"met\"", "\"suspended\""}, false, {"\"sung\"", "null"}},
    {"D1.p1", "according_to", {"\"e2\""}, true, {"\"E\""}},
    {"D1.p1", "statement", {"\"s1\""}, true, {"\"s\""}},
    {"D1.p1",
     "as_of",
     {"\"2019-05-30\""},
     true,
     {"\"2019-05\"", "\"2019-13-01\"", "\"2019-05-30T\"", "20190530"}},
    {"D1.p1", "same_as", {"\"p1\"", SPAN}, true, {"\"p\"", "\"p99999999999\""}},
};
enum { FIELDS = sizeof fields / sizeof *fields };

static kh_status correct(kh_store *store, const char *target, const char *after, int64_t *decision,
                         kh_error *error) {
  const kh_decision_request request = {
      .action = "correct", .target = target, .after = after, .seen = -1};
  kh_decided decided;
  const kh_status status = kh_store_decide(store, &request, &decided, error);
  *decision = decided.decision;
  return status;
}

static char *effective(kh_store *store) { return stored_json(store, 1, KH_STORE_EFFECTIVE); }

static void object(const char *name, const char *value, char out[1024]) {
  (void)snprintf(out, 1024, "{\"%s\": %s}", name, value);
}

static void refused(kh_store *store, size_t i, const char *value) {
  char after[1024];
  int64_t decision = 0;
  kh_error error = {0};
  object(fields[i].name, value, after);
  const kh_status status = correct(store, fields[i].target, after, &decision, &error);
  if (status != KH_ERROR_ARGUMENT || decision) fail_msg("%s is taken: %s", after, error.message);
  // it is the field that is named, or the entity that there is not
  if (!strstr(error.message, fields[i].name) && !strstr(error.message, "there is no entity"))
    fail_msg("%s: \"%s\"", after, error.message);
}

// Takes a value, then what there was before, which leads back.
static void taken(kh_store *store, const char *path, size_t i, const char *value) {
  char after[1024];
  char sql[200];
  int64_t first = 0;
  int64_t second = 0;
  kh_error error = {0};
  char *machine = effective(store);
  object(fields[i].name, value, after);
  if (correct(store, fields[i].target, after, &first, &error) != KH_OK)
    fail_msg("%s: %s", after, error.message);
  char *changed = effective(store);
  (void)snprintf(sql, sizeof sql, "SELECT before FROM decision WHERE decision = %lld",
                 (long long)first);
  char *before = ask(path, sql);
  assert_non_null(before);
  assert_non_null(strstr(before, fields[i].name));
  const kh_status back = correct(store, fields[i].target, before, &second, &error);
  if (back == KH_OK) {
    char *again = effective(store);
    // entities and times that only a correction named stay listed, and nothing refers to them
    if (strlen(again) == strlen(machine)) assert_string_equal(again, machine);
    free(again);
    OK(kh_store_undo(store, second, -1, NULL, NULL));
    char *undone = effective(store);
    assert_string_equal(undone, changed);
    free(undone);
  } else {
    // only what was empty, and may not be made so by a person, does not lead back
    if (!strstr(before, "null")) fail_msg("%s: %s", before, error.message);
  }
  OK(kh_store_undo(store, first, -1, NULL, NULL));
  char *undone = effective(store);
  assert_string_equal(undone, machine);
  free(undone);
  free(before);
  free(changed);
  free(machine);
}

static void each_field(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("fields", path);
  for (size_t i = 0; i < FIELDS; i++) {
    for (size_t k = 0; k < 3 && fields[i].good[k]; k++) taken(store, path, i, fields[i].good[k]);
    for (size_t k = 0; k < 9 && fields[i].bad[k]; k++) refused(store, i, fields[i].bad[k]);
    if (fields[i].may_be_empty)
      taken(store, path, i, "null");
    else
      refused(store, i, "null");
  }
  char words[700];
  memset(words, 'x', sizeof words - 1);
  words[0] = words[sizeof words - 2] = '"';
  words[sizeof words - 1] = '\0';
  const size_t mode = 24;
  assert_string_equal(fields[mode].name, "mode");
  refused(store, mode, words);
  kh_verified verified;
  OK(kh_store_verify(store, NULL, &verified, NULL));
  assert_true(verified.sound);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// Claims that are added need what their layer needs, and nothing else.
static void added(void **state) {
  (void)state;
  static const struct {
    const char *layer;
    const char *after;
    const char *lacks; // NULL: nothing
  } cases[] = {
      {"f", "{\"start\": 0, \"end\": 3, \"text\": \"قصف\", \"value\": 4}", NULL},
      {"f", "{\"span\": " SPAN ", \"start\": 0, \"end\": 3, \"value\": 4}", "start"},
      {"f", "{\"start\": 0, \"value\": 4}", "start"},
      {"f", "{\"end\": 0, \"value\": 4}", "end"},
      {"f", "{\"span\": " SPAN "}", "value"},
      {"f", "{\"value\": 4}", "span"},
      {"s", "{\"cue\": " SPAN ", \"content\": " SPAN ", \"speaker\": \"E2\"}", NULL},
      {"s", "{\"cue\": " SPAN ", \"content\": " SPAN "}", "speaker"},
      {"s", "{\"content\": " SPAN ", \"speaker\": \"e1\"}", "cue"},
      {"s", "{\"cue\": " SPAN ", \"speaker\": \"e1\"}", "content"},
      {"s", "{\"start\": 0, \"end\": 3}", "start"},
      {"v", "{\"trigger\": " SPAN "}", NULL},
      {"v", "{\"negated\": true}", "trigger"},
      {"p", "{\"what\": " SPAN ", \"for\": " SPAN ", \"same_as\": \"p1\"}", NULL},
      {"p", "{\"kind\": \"talks\"}", "what"},
      {"x", "{}", "layer"},
      {"fs", "{}", "layer"},
      {"", "{}", "layer"},
  };
  char path[PATH_BYTES];
  kh_store *store = full_store("added", path);
  char *machine = effective(store);
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const kh_decision_request request = {.action = "add",
                                         .target = "D1",
                                         .layer = cases[i].layer,
                                         .after = cases[i].after,
                                         .seen = -1};
    kh_decided decided;
    kh_error error = {0};
    const kh_status status = kh_store_decide(store, &request, &decided, &error);
    if (cases[i].lacks) {
      if (status != KH_ERROR_ARGUMENT || !strstr(error.message, cases[i].lacks))
        fail_msg("%s: \"%s\"", cases[i].after, error.message);
      continue;
    }
    if (status != KH_OK) fail_msg("%s: %s", cases[i].after, error.message);
    char sql[200];
    (void)snprintf(sql, sizeof sql,
                   "SELECT count(*) FROM all_claims WHERE layer = '%s' AND state = 'added'",
                   cases[i].layer);
    assert_int_equal(ask_number(path, sql), 1);
    // corrected, it keeps its place; undone, it is no claim; its correction then holds nothing
    OK(kh_store_undo(store, decided.decision, -1, NULL, NULL));
    assert_int_equal(ask_number(path, sql), 0);
  }
  free(machine);
  kh_verified verified;
  OK(kh_store_verify(store, NULL, &verified, NULL));
  assert_true(verified.sound);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static void lists_that_are_too_long(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("long", path);
  static char after[(1 << 20) + 100];
  static const char *others[201];
  for (size_t i = 0; i < 201; i++) others[i] = "E2";
  kh_error error;
  const kh_decision_request many = {
      .action = "merge", .target = "E1", .others = others, .other_count = 201, .seen = -1};
  assert_int_equal(kh_store_decide(store, &many, NULL, &error), KH_ERROR_ARGUMENT);
  assert_non_null(strstr(error.message, "200"));
  const char *none[] = {NULL};
  const kh_decision_request nobody = {
      .action = "merge", .target = "E1", .others = none, .other_count = 1, .seen = -1};
  assert_int_equal(kh_store_decide(store, &nobody, NULL, &error), KH_ERROR_ARGUMENT);
  memset(after, ' ', sizeof after - 1);
  const kh_decision_request huge = {
      .action = "correct", .target = "D1.f1", .after = after, .seen = -1};
  assert_int_equal(kh_store_decide(store, &huge, NULL, &error), KH_ERROR_ARGUMENT);
  assert_non_null(strstr(error.message, "too long"));
  const kh_decision_request note = {.action = "note", .target = "D1.f1", .note = after, .seen = -1};
  assert_int_equal(kh_store_decide(store, &note, NULL, &error), KH_ERROR_ARGUMENT);
  const kh_decision_request empty = {.action = "note", .target = "D1.f1", .note = "", .seen = -1};
  assert_int_equal(kh_store_decide(store, &empty, NULL, &error), KH_ERROR_ARGUMENT);
  size_t len = (size_t)snprintf(after, sizeof after, "[");
  for (int i = 0; i < 201; i++)
    len += (size_t)snprintf(after + len, sizeof after - len, "%s{\"value\": 1}", i ? "," : "");
  (void)snprintf(after + len, sizeof after - len, "]");
  const kh_decision_request parts = {
      .action = "split", .target = "D1.f1", .after = after, .seen = -1};
  assert_int_equal(kh_store_decide(store, &parts, NULL, &error), KH_ERROR_ARGUMENT);
  len = (size_t)snprintf(after, sizeof after, "{\"actors\": [");
  for (int i = 0; i < 65537; i++)
    len += (size_t)snprintf(after + len, sizeof after - len, "%s\"e1\"", i ? "," : "");
  (void)snprintf(after + len, sizeof after - len, "]}");
  const kh_decision_request actors = {
      .action = "correct", .target = "D1.v1", .after = after, .seen = -1};
  assert_int_equal(kh_store_decide(store, &actors, NULL, &error), KH_ERROR_ARGUMENT);
  static const char *const no_change[] = {"{\"value\": 1, \"value\": 2}",
                                          "{\"value\": \"\\ud800\"}", "{\"value\": 1} x",
                                          "[{\"value\": 1}, 3]", "\"\""};
  for (size_t i = 0; i < sizeof no_change / sizeof *no_change; i++) {
    const kh_decision_request request = {.action = i == 3 ? "split" : "correct",
                                         .target = "D1.f1",
                                         .after = no_change[i],
                                         .seen = -1};
    assert_int_equal(kh_store_decide(store, &request, NULL, &error), KH_ERROR_ARGUMENT);
  }
  static const char *const who[] = {"{\"entity\": \"E1\", \"x\": 1}", "{\"entity\": 4}", "{}", "3"};
  for (size_t i = 0; i < sizeof who / sizeof *who; i++) {
    const kh_decision_request request = {
        .action = "correct", .target = "D1.e1", .after = who[i], .seen = -1};
    assert_int_equal(kh_store_decide(store, &request, NULL, &error), KH_ERROR_ARGUMENT);
  }
  assert_int_equal(ask_number(path, "SELECT count(*) FROM decision"), 0);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// What is missing is said, not stumbled over.
static void null_pointers(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("null", path);
  kh_store *none = NULL;
  kh_store_progress progress = {0};
  kh_store_container container = {0};
  kh_store_item item = {0};
  const kh_decision_request request = {.action = "accept", .target = "D1.f1"};
  char seal[KH_SEAL_BYTES];
  int64_t number = 0;
  kh_verified verified;
  kh_error error;
#define NO(call) assert_int_equal((call), KH_ERROR_ARGUMENT)
  NO(kh_store_open(NULL, path, NULL, &error));
  NO(kh_store_open(&none, NULL, NULL, &error));
  NO(kh_store_open(&none, "", NULL, &error));
  NO(kh_store_sign(NULL, "a", "b", &error));
  NO(kh_store_sign(store, NULL, "b", &error));
  NO(kh_store_sign(store, "a", NULL, &error));
  NO(kh_store_begin(NULL, &error));
  NO(kh_store_commit(NULL, &error));
  kh_store_rollback(NULL);
  OK(kh_store_close(NULL, &error));
  NO(kh_store_open_container(NULL, &container, &progress, &error));
  NO(kh_store_open_container(store, NULL, &progress, &error));
  NO(kh_store_open_container(store, &container, &progress, &error));
  container.path = "p";
  NO(kh_store_open_container(store, &container, &progress, &error));
  container.kind = "k";
  NO(kh_store_open_container(store, &container, NULL, &error));
  NO(kh_store_set_progress(NULL, &progress, &error));
  NO(kh_store_set_progress(store, NULL, &error));
  NO(kh_store_refuse(NULL, 1, 1, &error, &error));
  NO(kh_store_refuse(store, 1, 1, NULL, &error));
  NO(kh_store_add(NULL, &item, NULL, &error));
  NO(kh_store_add(store, NULL, NULL, &error));
  NO(kh_store_add(store, &item, NULL, &error));
  NO(kh_store_document(NULL, store, 1, KH_STORE_MACHINE, &error));
  NO(kh_store_decide(NULL, &request, NULL, &error));
  NO(kh_store_decide(store, NULL, NULL, NULL));
  NO(kh_store_undo(NULL, 1, -1, NULL, &error));
  NO(kh_store_redo(NULL, 1, -1, NULL, NULL));
  NO(kh_store_version(NULL, 1, &number, &error));
  NO(kh_store_version(store, 1, NULL, &error));
  NO(kh_store_decisions(NULL, NULL, NULL, NULL, &error));
  NO(kh_store_decisions(store, NULL, NULL, NULL, &error));
  NO(kh_store_states(NULL, 1, NULL, NULL, &error));
  NO(kh_store_states(store, 1, NULL, NULL, &error));
  NO(kh_store_reread_document(NULL, 1, engine, true, NULL, &error));
  NO(kh_store_reread_document(store, 1, NULL, true, NULL, &error));
  NO(kh_store_next_document(NULL, 1, &number, &error));
  NO(kh_store_next_document(store, 1, NULL, &error));
  NO(kh_store_seal(NULL, seal, &error));
  NO(kh_store_seal(store, NULL, &error));
  NO(kh_store_verify(NULL, NULL, &verified, &error));
  NO(kh_store_verify(store, NULL, NULL, &error));
#undef NO
  kh_document *document = NULL;
  assert_int_equal(kh_store_document(&document, store, 77, KH_STORE_MACHINE, NULL), KH_END);
  assert_null(document);
  static const char *const no_times[] = {"",
                                         "2026",
                                         "2026-01-02 03:04:05Z",
                                         "2026-01-02T03:04:05",
                                         "2026-02-30T03:04:05Z",
                                         "2026-01-02T03:04:05+1Z",
                                         "2026-01-02T03:04:05.000000000000000000Z"};
  for (size_t i = 0; i < sizeof no_times / sizeof *no_times; i++)
    assert_int_equal(kh_store_sign(store, "amal", no_times[i], &error), KH_ERROR_ARGUMENT);
  char name[300];
  memset(name, 'n', sizeof name);
  name[201] = '\0';
  assert_int_equal(kh_store_sign(store, name, "2026-01-02T03:04:05Z", &error), KH_ERROR_ARGUMENT);
  name[200] = '\0';
  OK(kh_store_sign(store, name, "2026-01-02T03:04:05.123Z", &error));
  assert_int_equal(kh_store_sign(store, "", "2026-01-02T03:04:05Z", &error), KH_ERROR_ARGUMENT);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

const struct CMUnitTest fields_tests[] = {
    cmocka_unit_test(each_field),
    cmocka_unit_test(added),
    cmocka_unit_test(lists_that_are_too_long),
    cmocka_unit_test(null_pointers),
};
const size_t fields_test_count = sizeof fields_tests / sizeof *fields_tests;
