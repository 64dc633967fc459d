// SPDX-License-Identifier: Apache-2.0
// Decisions of persons.
#include "store/tests.h"

#include <unistd.h>

typedef struct listed {
  unsigned count;
  char text[4096]; // one decision a line
} listed;

static bool note(void *context, const kh_decision *d) {
  listed *s = context;
  const size_t used = strlen(s->text);
  (void)snprintf(s->text + used, sizeof s->text - used, "%s %s %s%s\n", d->user, d->action,
                 d->target, d->undone ? " undone" : "");
  s->count++;
  return true;
}

static kh_status decide(kh_store *store, const char *action, const char *target, const char *after,
                        kh_decided *decided, kh_error *error) {
  const kh_decision_request request = {
      .action = action, .target = target, .after = after, .seen = -1};
  return kh_store_decide(store, &request, decided, error);
}

static int64_t decided(kh_store *store, const char *action, const char *target, const char *after) {
  kh_error error;
  kh_decided done;
  const kh_status status = decide(store, action, target, after, &done, &error);
  if (status != KH_OK) print_error("%s %s: %s\n", action, target, error.message);
  assert_int_equal(status, KH_OK);
  assert_int_equal(done.version, done.decision);
  return done.decision;
}

static void assert_value(const char *path, const char *sql, const char *wanted) {
  char *is = ask(path, sql);
  if (!is || strcmp(is, wanted) != 0) fail_msg("%s: %s, not %s", sql, is ? is : "nothing", wanted);
  free(is);
}

static char *claim_rows(const char *path) {
  return ask(path,
             "SELECT group_concat(line, char(10)) FROM (SELECT layer || doc || n || start || "
             "end || state AS line FROM all_claims UNION ALL SELECT doc || layer || n || role "
             "|| entity FROM part UNION ALL SELECT n || value || bound || what || "
             "ifnull(place, '-') FROM figure UNION ALL SELECT n || type || ifnull(mode, '-') "
             "|| ifnull(day, '-') || ifnull(place, '-') FROM event UNION ALL SELECT entity || "
             "ifnull(merged_into, '-') FROM entity UNION ALL SELECT doc || n || entity FROM "
             "document_entity)");
}

static void states(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("states", path);
  (void)decided(store, "accept", "D1.f1", NULL);
  (void)decided(store, "reject", "D1.v1", NULL);
  assert_value(path, "SELECT state FROM figures WHERE id = 'D1.f1'", "accepted");
  assert_value(path, "SELECT count(*) FROM events WHERE id = 'D1.v1'", "0");
  assert_value(path, "SELECT state FROM all_claims WHERE id = 'D1.v1'", "rejected");
  // accepting changes no value: the record as decided is the machine's
  char *machine = stored_json(store, 1, KH_STORE_MACHINE);
  char *effective = stored_json(store, 1, KH_STORE_EFFECTIVE);
  assert_string_equal(machine, effective);
  free(machine);
  free(effective);
  OK(kh_store_close(store, NULL));
  assert_value(path,
               "SELECT group_concat(action) FROM (SELECT action FROM audit_log WHERE seq > 5 "
               "ORDER BY seq)",
               "accept,reject");
  (void)unlink(path);
}

static void corrections(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("correct", path);
  (void)decided(store, "correct", "D1.f1",
                "{\"value\": 7, \"high\": 9.5, \"bound\": \"about\", \"counted\": \"women\", "
                "\"what\": \"wounded\", \"place\": null, \"source\": \"e1\", \"start\": 59, "
                "\"end\": 63, \"since\": \"2019-05\"}");
  assert_value(path,
               "SELECT value || high || bound || counted || what || state || ifnull(place, '') "
               "|| quote || since FROM figures WHERE id = 'D1.f1'",
               "7.09.5aboutwomenwoundedcorrectedخمسة2019-05");
  (void)decided(
      store, "correct", "D1.v1",
      "{\"type\": \"AID\", \"mode\": null, \"negated\": true, \"reality\": \"future\", "
      "\"actors\": [\"e2\", \"e1\"], \"recipients\": [], \"time\": {\"start\": 49, \"end\": "
      "55, \"begin\": \"2019-05-02\", \"until\": \"2019-05-03\"}, \"statement\": \"s1\"}");
  assert_value(path,
               "SELECT type || negated || reality || day || until || statement || "
               "ifnull(mode, '') FROM events WHERE id = 'D1.v1'",
               "AID1future2019-05-022019-05-03D1.s1");
  assert_value(path, "SELECT count(*) FROM parts WHERE claim = 'D1.v1' AND role = 'actor'", "2");
  (void)decided(store, "correct", "D1.s1",
                "{\"content\": {\"start\": 59, \"end\": 63, \"text\": \"خمسة\"}, \"mode\": "
                "\"direct\", \"to\": [\"e1\"], \"speaker\": \"e2\", \"speaker_span\": null, "
                "\"time\": null, \"inside\": null, \"via\": \"e1\"}");
  assert_value(path, "SELECT content || mode FROM statements WHERE id = 'D1.s1'", "خمسةdirect");
  (void)decided(store, "correct", "D1.p1",
                "{\"kind\": \"opening\", \"status\": \"met\", \"as_of\": \"2019-05-30\", \"by\": "
                "[\"e1\"], \"for\": {\"start\": 0, \"end\": 3}, \"same_as\": null}");
  assert_value(path,
               "SELECT kind || status || as_of || condition_for FROM steps WHERE id = 'D1.p1'",
               "openingmet2019-05-30قصف");
  // what was there before is kept, settled; references are entities over all reports
  assert_value(path,
               "SELECT before ->> '$.value' || (before ->> '$.bound') || (after ->> "
               "'$.source') LIKE '5exactE%' FROM decisions WHERE target = 'D1.f1'",
               "1");
  char *effective = stored_json(store, 1, KH_STORE_EFFECTIVE);
  assert_non_null(strstr(effective, "\"begin\":\"2019-05-02\",\"until\":\"2019-05-03\""));
  free(effective);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static void wrong_requests(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("wrong", path);
  char *before = claim_rows(path);
  static const struct {
    const char *action;
    const char *target;
    const char *after;
    const char *told; // in the message
  } cases[] = {
      {"accept", "D1.f99", NULL, "D1.f99"},
      {"accept", "D99.f1", NULL, "D99"},
      {"accept", "D1.f0", NULL, "names nothing"},
      {"accept", "D1.x1", NULL, "names nothing"},
      {"accept", "D1.f1x", NULL, "names nothing"},
      {"accept", "D01.f1", NULL, "names nothing"},
      {"accept", "", NULL, "names nothing"},
      {"accept", NULL, NULL, "names nothing"},
      {"accept", "E1", NULL, "cannot be done"},
      {"praise", "D1.f1", NULL, "cannot be done"},
      {"accept", "H1.", NULL, "names nothing"},
      {"note", "D1.f1", NULL, "words"},
      {"correct", "D1.f1", NULL, "no JSON"},
      {"correct", "D1.f1", "[]", "object"},
      {"correct", "D1.f1", "{\"value\": 1", "no JSON"},
      {"correct", "D1.f1", "{\"valeu\": 1}", "valeu"},
      {"correct", "D1.f1", "{\"value\": -1}", "value"},
      {"correct", "D1.f1", "{\"value\": null}", "value"},
      {"correct", "D1.f1", "{\"bound\": \"maybe\"}", "bound"},
      {"correct", "D1.f1", "{\"span\": {\"start\": 5, \"end\": 5}}", "span"},
      {"correct", "D1.f1", "{\"span\": {\"start\": 5, \"end\": 99999}}", "span"},
      {"correct", "D1.f1", "{\"span\": {\"start\": 0, \"end\": 3, \"text\": \"else\"}}", "span"},
      {"correct", "D1.f1", "{\"place\": \"e99\"}", "place"},
      {"correct", "D1.f1", "{\"place\": \"E9999\"}", "E9999"},
      {"correct", "D1.f1", "{\"part_of\": \"f99\"}", "part_of"},
      {"correct", "D1.f1", "{\"since\": 3}", "since"},
      {"correct", "D1.v1", "{\"negated\": \"no\"}", "negated"},
      {"correct", "D1.v1", "{\"actors\": \"e1\"}", "actors"},
      {"correct", "D1.v1", "{\"actors\": [3]}", "actors"},
      {"correct", "D1.v1", "{\"time\": \"t99\"}", "time"},
      {"correct", "D1.v1", "{\"time\": {\"start\": 0, \"end\": 3, \"begin\": \"soon\"}}", "time"},
      {"correct", "D1.v1",
       "{\"time\": {\"start\": 0, \"end\": 3, \"begin\": \"2020-01-02\", "
       "\"until\": \"2020-01-01\"}}",
       "time"},
      {"correct", "D1.s1", "{\"speaker\": null}", "speaker"},
      {"correct", "D1.p1", "{\"as_of\": \"2019-02-30\"}", "as_of"},
      {"correct", "D1.e1", "{\"entity\": \"e2\"}", "who"},
      {"correct", "D1.e1", "{\"entity\": \"E9999\"}", "E9999"},
      {"split", "D1.f1", "[{\"value\": 1}]", "two parts"},
      {"split", "D1.f1", "{}", "two parts"},
      {"add", "D1", "{}", "layer"},
      {"merge", "D1.f1", NULL, "others"},
      {"merge", "E1", NULL, "others"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_error error;
    kh_decided done;
    assert_int_equal(decide(store, cases[i].action, cases[i].target, cases[i].after, &done, &error),
                     KH_ERROR_ARGUMENT);
    if (!strstr(error.message, cases[i].told))
      fail_msg("%zu: \"%s\" does not tell of %s", i, error.message, cases[i].told);
  }
  kh_error error;
  static const char *const unfit[][2] = {{"D1.f1", "D1.f1"}, {"D1.f1", "D1.v1"}, {"D1.f1", "D2.f1"},
                                         {"E1", "D1.e1"},    {"E1", "E1"},       {"D1.f1", "x"}};
  for (size_t i = 0; i < sizeof unfit / sizeof *unfit; i++) {
    const kh_decision_request request = {.action = "merge",
                                         .target = unfit[i][0],
                                         .others = &unfit[i][1],
                                         .other_count = 1,
                                         .seen = -1};
    assert_int_equal(kh_store_decide(store, &request, NULL, &error), KH_ERROR_ARGUMENT);
  }
  const char *one[] = {"D1.f2"};
  const kh_decision_request beside = {
      .action = "accept", .target = "D1.f1", .others = one, .other_count = 1, .seen = -1};
  assert_int_equal(kh_store_decide(store, &beside, NULL, &error), KH_ERROR_ARGUMENT);
  const kh_decision_request nothing = {.target = "D1.f1"};
  assert_int_equal(kh_store_decide(store, &nothing, NULL, &error), KH_ERROR_ARGUMENT);
  const kh_decision_request bare = {
      .action = "add", .target = "D1", .layer = "v", .after = "{\"type\": \"AID\"}", .seen = -1};
  assert_int_equal(kh_store_decide(store, &bare, NULL, &error), KH_ERROR_ARGUMENT);
  assert_non_null(strstr(error.message, "trigger"));
  // nothing of all this left a trace
  char *after = claim_rows(path);
  assert_string_equal(after, before);
  free(before);
  free(after);
  assert_value(path, "SELECT count(*) FROM audit", "5");
  assert_value(path, "SELECT count(*) FROM decision", "0");
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static int64_t add_event(kh_store *store, int64_t seen) {
  const kh_decision_request request = {
      .action = "add",
      .target = "D1",
      .layer = "v",
      .after = "{\"trigger\": {\"start\": 0, \"end\": 3}, \"type\": \"PROTEST\", \"actors\": "
               "[\"e2\"]}",
      .note = "an addition",
      .seen = seen};
  kh_decided done;
  OK(kh_store_decide(store, &request, &done, NULL));
  return done.decision;
}

static void additions(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("add", path);
  const int64_t events = ask_number(path, "SELECT count(*) FROM event WHERE doc = 1");
  const int64_t decision = add_event(store, -1);
  char id[32];
  (void)snprintf(id, sizeof id, "D1.v%lld", (long long)events + 1);
  assert_value(path, "SELECT id || trigger || state FROM events WHERE type = 'PROTEST'",
               "D1.v4قصفadded");
  assert_value(path, "SELECT target || note FROM decisions", "D1.v4an addition");
  // what was added can be corrected, and keeps its place when the addition is undone
  (void)decided(store, "correct", id, "{\"type\": \"AGREE\"}");
  OK(kh_store_undo(store, decision, -1, NULL, NULL));
  assert_value(path, "SELECT count(*) FROM events WHERE id = 'D1.v4'", "1");
  OK(kh_store_redo(store, decision, -1, NULL, NULL));
  assert_value(path, "SELECT type || state FROM events WHERE id = 'D1.v4'", "AGREEcorrected");
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static void parts_and_wholes(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("split", path);
  const int64_t figures = ask_number(path, "SELECT count(*) FROM figure WHERE doc = 1");
  (void)decided(store, "split", "D1.f1", "[{\"value\": 2}, {\"value\": 3, \"what\": \"wounded\"}]");
  assert_int_equal(ask_number(path, "SELECT count(*) FROM figures WHERE document = 'D1'"),
                   figures + 1);
  assert_value(path,
               "SELECT group_concat(value || what || quote || state) FROM figures "
               "WHERE state = 'added'",
               "2.0killedخمسة مدنيينadded,3.0woundedخمسة مدنيينadded");
  const char *others[] = {"D1.v2"};
  const kh_decision_request request = {.action = "merge",
                                       .target = "D1.v1",
                                       .others = others,
                                       .other_count = 1,
                                       .after = "{\"time\": \"t1\"}",
                                       .seen = -1};
  OK(kh_store_decide(store, &request, NULL, NULL));
  assert_value(path, "SELECT count(*) FROM events WHERE id = 'D1.v2'", "0");
  assert_value(path, "SELECT day || day_from FROM events WHERE id = 'D1.v1'", "2019-05-09time");
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// Everything that was decided and taken back leaves the rows as they were, and can be made again.
static void undone(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("undo", path);
  char *before = claim_rows(path);
  const char *e2[] = {"E2"};
  const kh_decision_request join = {
      .action = "merge", .target = "E3", .others = e2, .other_count = 1, .seen = -1};
  kh_decided joined;
  const int64_t made[] = {
      decided(store, "reject", "D1.v1", NULL), decided(store, "correct", "D1.f1", "{\"value\": 7}"),
      decided(store, "correct", "D1.f1", "{\"value\": 8, \"bound\": \"about\"}"),
      decided(store, "correct", "D1.e1", "{\"entity\": \"E3\"}")};
  OK(kh_store_decide(store, &join, &joined, NULL));
  assert_value(path, "SELECT merged_into FROM entity WHERE entity = 2", "3");
  assert_value(path, "SELECT value FROM figure WHERE doc = 1 AND n = 1", "8.0");
  char *after = claim_rows(path);
  assert_string_not_equal(after, before);
  OK(kh_store_undo(store, made[1], -1, NULL, NULL)); // not the last one: the later one holds
  assert_value(path, "SELECT value || bound FROM figure WHERE doc = 1 AND n = 1", "8.0about");
  assert_int_equal(kh_store_undo(store, made[1], -1, NULL, NULL), KH_ERROR_ARGUMENT);
  OK(kh_store_undo(store, made[2], -1, NULL, NULL));
  OK(kh_store_undo(store, made[0], -1, NULL, NULL));
  OK(kh_store_undo(store, made[3], -1, NULL, NULL));
  OK(kh_store_undo(store, joined.decision, -1, NULL, NULL));
  char *back = claim_rows(path);
  assert_string_equal(back, before);
  for (size_t i = 0; i < 4; i++) OK(kh_store_redo(store, made[i], -1, NULL, NULL));
  OK(kh_store_redo(store, joined.decision, -1, NULL, NULL));
  assert_int_equal(kh_store_redo(store, joined.decision, -1, NULL, NULL), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_store_redo(store, 9999, -1, NULL, NULL), KH_ERROR_ARGUMENT);
  char *again = claim_rows(path);
  assert_string_equal(again, after);
  free(before);
  free(after);
  free(back);
  free(again);
  listed all = {0};
  OK(kh_store_decisions(store, NULL, note, &all, NULL));
  assert_string_equal(all.text, "amal merge E3\namal correct D1.e1\namal correct D1.f1\n"
                                "amal correct D1.f1\namal reject D1.v1\n");
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// Two persons at one report: what one did not see is not overwritten.
static void two_reviewers(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *amal = full_store("two", path);
  kh_store *badr = open_as(path, "badr");
  int64_t version = -1;
  OK(kh_store_version(badr, 1, &version, NULL));
  assert_int_equal(version, 0);
  const int64_t first = decided(amal, "correct", "D1.f1", "{\"value\": 7}");
  kh_decision_request request = {.action = "reject", .target = "D1.f1", .seen = version};
  kh_decided done;
  kh_error error;
  assert_int_equal(kh_store_decide(badr, &request, &done, &error), KH_ERROR_CONFLICT);
  assert_int_equal(done.decision, first);
  assert_non_null(strstr(error.message, "amal"));
  assert_value(path, "SELECT value || state FROM figures WHERE id = 'D1.f1'", "7.0corrected");
  // another claim of the same report is free, and so is this one once seen
  request.target = "D1.v1";
  OK(kh_store_decide(badr, &request, &done, &error));
  OK(kh_store_version(badr, 1, &version, NULL));
  assert_int_equal(version, done.version);
  request.target = "D1.f1";
  request.seen = version;
  OK(kh_store_decide(badr, &request, &done, &error));
  // nor is an undo blind to what came after
  kh_decided undo;
  assert_int_equal(kh_store_undo(amal, first, first, &undo, &error), KH_ERROR_CONFLICT);
  assert_int_equal(undo.decision, done.decision);
  OK(kh_store_undo(amal, first, done.version, &undo, &error));
  assert_true(undo.version > done.version);
  const kh_decision_filter by_badr = {.user = "badr", .doc = 1};
  listed all = {0};
  OK(kh_store_decisions(amal, &by_badr, note, &all, NULL));
  assert_string_equal(all.text, "badr reject D1.f1\nbadr reject D1.v1\n");
  const kh_decision_filter later = {.after = done.version};
  listed last = {0};
  OK(kh_store_decisions(amal, &later, note, &last, NULL));
  assert_string_equal(last.text, "amal correct D1.f1 undone\n");
  OK(kh_store_close(badr, NULL));
  OK(kh_store_close(amal, NULL));
  (void)unlink(path);
}

static bool take_state(void *context, const kh_claim_state *s) {
  listed *all = context;
  const size_t used = strlen(all->text);
  (void)snprintf(all->text + used, sizeof all->text - used, "%c%u %s %s\n", s->layer, s->n,
                 s->state, s->decision ? "decided" : "free");
  return ++all->count < 3;
}

static void claim_states(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("claims", path);
  (void)decided(store, "accept", "D1.v1", NULL);
  const int64_t note_id = decided(store, "accept", "D1.f1", NULL);
  (void)note_id;
  (void)decided(store, "reject", "D1.f2", NULL);
  listed all = {0};
  OK(kh_store_states(store, 1, take_state, &all, NULL));
  assert_string_equal(all.text, "f1 accepted decided\nf2 rejected decided\nv1 accepted decided\n");
  const kh_decision_request remark = {
      .action = "note", .target = "D1.f1", .note = "to be asked", .seen = 0};
  OK(kh_store_decide(store, &remark, NULL, NULL));
  // a note is no decision that others would have to see
  const kh_decision_request late = {.action = "reject", .target = "D1.f1", .seen = note_id};
  OK(kh_store_decide(store, &late, NULL, NULL));
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static void entities(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("entities", path);
  const char *others[] = {"E2", "E4"};
  const kh_decision_request join = {
      .action = "merge", .target = "E1", .others = others, .other_count = 2, .seen = -1};
  OK(kh_store_decide(store, &join, NULL, NULL));
  const char *one[] = {"E1"};
  const kh_decision_request more = {
      .action = "merge", .target = "E5", .others = one, .other_count = 1, .seen = -1};
  OK(kh_store_decide(store, &more, NULL, NULL));
  assert_value(path,
               "SELECT group_concat(entity || '>' || merged_into) FROM entity WHERE merged_into",
               "1>5,2>5,4>5");
  (void)decided(store, "unmerge", "E2", NULL);
  assert_value(path,
               "SELECT group_concat(entity || '>' || merged_into) FROM entity WHERE merged_into",
               "1>5,4>5");
  assert_value(path, "SELECT count(*) FROM entity WHERE merged_by AND merged_into IS NULL", "1");
  const kh_decision_request apart = {
      .action = "reject", .target = "E3", .others = others, .other_count = 1, .seen = -1};
  OK(kh_store_decide(store, &apart, NULL, NULL));
  assert_value(path,
               "SELECT group_concat(n_a || '-' || n_b || '=' || same) FROM links WHERE layer = "
               "'E'",
               "1-2=1,1-4=1,5-1=1,3-2=0");
  kh_error error;
  const char *nobody[] = {"E999"};
  const kh_decision_request wrong = {
      .action = "merge", .target = "E1", .others = nobody, .other_count = 1, .seen = -1};
  assert_int_equal(kh_store_decide(store, &wrong, NULL, &error), KH_ERROR_ARGUMENT);
  const kh_decision_request lost = {
      .action = "merge", .target = "E999", .others = one, .other_count = 1, .seen = -1};
  assert_int_equal(kh_store_decide(store, &lost, NULL, &error), KH_ERROR_ARGUMENT);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static void happenings(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("happenings", path);
  const char *others[] = {"H2.1"};
  const kh_decision_request join = {
      .action = "merge", .target = "H1.1", .others = others, .other_count = 1, .seen = -1};
  OK(kh_store_decide(store, &join, NULL, NULL));
  assert_value(path, "SELECT layer || doc_a || n_a || doc_b || n_b || same FROM links", "h11211");
  listed all = {0};
  OK(kh_store_decisions(store, NULL, note, &all, NULL));
  assert_string_equal(all.text, "amal merge H1.1\n");
  kh_error error;
  const char *none[] = {"H99.1"};
  const kh_decision_request lost = {
      .action = "split", .target = "H1.1", .others = none, .other_count = 1, .seen = -1};
  assert_int_equal(kh_store_decide(store, &lost, NULL, &error), KH_ERROR_ARGUMENT);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

const struct CMUnitTest decide_tests[] = {
    cmocka_unit_test(states),           cmocka_unit_test(corrections),
    cmocka_unit_test(wrong_requests),   cmocka_unit_test(additions),
    cmocka_unit_test(parts_and_wholes), cmocka_unit_test(undone),
    cmocka_unit_test(two_reviewers),    cmocka_unit_test(claim_states),
    cmocka_unit_test(entities),         cmocka_unit_test(happenings),
};
const size_t decide_test_count = sizeof decide_tests / sizeof *decide_tests;
