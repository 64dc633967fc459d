// SPDX-License-Identifier: Apache-2.0
// Whatever is altered behind khutwa's back is found, and the first of it named.
#include "store/tests.h"

#include <unistd.h>

static void copy_file(const char *from, const char *to) {
  FILE *in = fopen(from, "rb");
  FILE *out = fopen(to, "wb");
  assert_non_null(in);
  assert_non_null(out);
  char bytes[65536];
  size_t got;
  while ((got = fread(bytes, 1, sizeof bytes, in)) > 0)
    assert_int_equal(fwrite(bytes, 1, got, out), got);
  (void)fclose(in);
  (void)fclose(out);
}

static void decide(kh_store *store, const char *action, const char *target, const char *after,
                   const char *other) {
  const kh_decision_request request = {.action = action,
                                       .target = target,
                                       .others = &other,
                                       .other_count = other ? 1 : 0,
                                       .after = after,
                                       .seen = -1};
  kh_error error;
  if (kh_store_decide(store, &request, NULL, &error) != KH_OK) fail_msg("%s", error.message);
}

static kh_verified verify(const char *path, const char *seal) {
  const kh_store_options reading = {.read_only = true};
  kh_store *store = NULL;
  kh_error error;
  kh_verified result;
  kh_status status = kh_store_open(&store, path, &reading, &error);
  if (status == KH_OK) status = kh_store_verify(store, seal, &result, &error);
  if (status != KH_OK) {
    // so broken that it cannot be read is found, too
    result = (kh_verified){.sound = false};
    (void)snprintf(result.what, sizeof result.what, "%.150s", error.message);
  }
  OK(kh_store_close(store, NULL));
  return result;
}

static void refuse(kh_store *store, uint64_t position, const char *message) {
  kh_error why = {.code = KH_ERROR_FORMAT, .line = 7};
  (void)snprintf(why.message, sizeof why.message, "%s", message);
  OK(kh_store_refuse(store, 1, position, &why, NULL));
}

// Lines: 1 create, 2 to 5 imports, 6 to 9 decisions, 10 to 12 undo, redo, undo, 13 and 14 refusals.
static void build(const char *name, char path[PATH_BYTES]) {
  kh_store *store = full_store(name, path);
  decide(store, "accept", "D1.f1", NULL, NULL);
  decide(store, "correct", "D1.v1", "{\"type\": \"AID\", \"actors\": [\"e2\"]}", NULL);
  decide(store, "reject", "D2.v1", NULL, NULL);
  decide(store, "merge", "E1", NULL, "E2");
  OK(kh_store_undo(store, 8, -1, NULL, NULL));
  OK(kh_store_redo(store, 8, -1, NULL, NULL));
  OK(kh_store_undo(store, 6, -1, NULL, NULL));
  refuse(store, 5, "this line is no JSON");
  refuse(store, 6, "this line has no text");
  OK(kh_store_close(store, NULL));
}

static void sound(void **state) {
  (void)state;
  char path[PATH_BYTES];
  build("sound", path);
  kh_verified result = verify(path, NULL);
  if (!result.sound) fail_msg("%s: %s", result.subject, result.what);
  assert_int_equal(result.lines, 14);
  assert_int_equal(result.documents, REPORTS);
  assert_int_equal(result.decisions, 4);
  kh_store *store = open_as(path, "amal");
  char seal[KH_SEAL_BYTES];
  OK(kh_store_seal(store, seal, NULL));
  assert_string_equal(seal, result.seal);
  assert_memory_equal(seal, "14:", 3);
  decide(store, "accept", "D1.f2", NULL, NULL);
  // a store that writes can be verified as well, and is none the worse for it
  OK(kh_store_verify(store, seal, &result, NULL));
  assert_true(result.sound);
  decide(store, "accept", "D1.s1", NULL, NULL);
  OK(kh_store_close(store, NULL));
  assert_true(verify(path, seal).sound);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM figure WHERE state = 'accepted'"), 1);
  (void)unlink(path);
}

typedef struct change {
  const char *sql;
  int64_t line;        // that must be named; -1: whatever
  const char *subject; // NULL: whatever
} change;

static const change changes[] = {
    // the chain: flipped, deleted, swapped, inserted, cut off
    {"UPDATE audit SET user = 'eve' WHERE seq = 3", 3, "D2"},
    {"UPDATE audit SET at = '2026-01-02T03:04:06Z' WHERE seq = 7", 7, NULL},
    {"UPDATE audit SET action = 'reread' WHERE seq = 2", 2, "D1"},
    {"UPDATE audit SET subject = 'D3' WHERE seq = 2", 2, NULL},
    {"UPDATE audit SET detail = '{\"a\":1}' WHERE seq = 2", 2, "D1"},
    {"UPDATE audit SET digest = zeroblob(32) WHERE seq = 2", 2, "D1"},
    {"UPDATE audit SET digest = zeroblob(3) WHERE seq = 2", 2, "D1"},
    {"UPDATE audit SET hash = zeroblob(32) WHERE seq = 4", 4, "D3"},
    {"UPDATE audit SET hash = x'00' WHERE seq = 14", 14, NULL},
    {"DELETE FROM audit WHERE seq = 1", 1, NULL},
    {"DELETE FROM audit WHERE seq = 5", 5, NULL},
    {"DELETE FROM audit", 1, NULL},
    {"UPDATE audit SET seq = 99 WHERE seq = 3; UPDATE audit SET seq = 3 WHERE seq = 4; "
     "UPDATE audit SET seq = 4 WHERE seq = 99",
     3, NULL},
    {"INSERT INTO audit SELECT 15, at, user, action, subject, detail, digest, hash FROM audit "
     "WHERE "
     "seq = 12",
     15, NULL},
    {"INSERT INTO audit SELECT 0, at, user, action, subject, detail, digest, hash FROM audit WHERE "
     "seq = 1",
     1, NULL},
    {"DELETE FROM audit WHERE seq >= 5", -1, "D4"}, // its document is still there
    {"DELETE FROM audit WHERE seq >= 14", 0, "refusal 2"},
    {"DELETE FROM refusal; DELETE FROM audit WHERE seq >= 12", -1, "decision 6"},
    {"DELETE FROM audit WHERE seq >= 9", -1, NULL},
    // documents
    {"UPDATE document SET title = 'x' WHERE doc = 1", 2, "D1"},
    {"UPDATE document SET published = '2019-05-08' WHERE doc = 1", 2, "D1"},
    {"UPDATE document SET outlet = NULL WHERE doc = 2", 3, "D2"},
    {"UPDATE document SET uri = 'http://x' WHERE doc = 2", 3, "D2"},
    {"UPDATE document SET position = 7 WHERE doc = 2", 3, "D2"},
    {"UPDATE document SET raw_sha256 = zeroblob(32) WHERE doc = 2", 3, "D2"},
    {"UPDATE outlet SET name = 'Another' WHERE outlet = 1", 2, "D1"},
    {"UPDATE container SET path = 'elsewhere'", 2, "D1"},
    {"UPDATE engine SET version = '9'", 2, "D1"},
    {"UPDATE body SET text = replace(text, 'خمسة', 'تسعة') WHERE doc = 1", 2, "D1"},
    {"UPDATE body SET record = zeroblob(4) WHERE doc = 3", 4, "D3"},
    {"UPDATE body SET raw = x'01' WHERE doc = 3", 4, "D3"},
    {"DELETE FROM document WHERE doc = 2", 3, "D2"},
    {"DELETE FROM document WHERE doc = 4; DELETE FROM body WHERE doc = 4", 5, "D4"},
    {"DELETE FROM body WHERE doc = 2", 3, "D2"},
    {"UPDATE body SET doc = 99 WHERE doc = 1; UPDATE body SET doc = 1 WHERE doc = 2; UPDATE body "
     "SET "
     "doc = 2 WHERE doc = 99",
     2, "D1"},
    {"INSERT INTO document SELECT 5, id, container, 9, line, uri, outlet, title, published, "
     "published_from, fetched, lang, length, zeroblob(32), text_sha256, print, copy_of, engine "
     "FROM "
     "document WHERE doc = 4",
     0, "D5"},
    {"INSERT INTO body SELECT 5, text, record, raw FROM body WHERE doc = 4", 0, "D5"},
    // entities
    {"UPDATE entity SET name = 'x' WHERE entity = 1", 2, "D1"},
    {"UPDATE entity SET latitude = 1 WHERE entity = (SELECT min(entity) FROM entity WHERE "
     "latitude)",
     -1, NULL},
    {"UPDATE entity SET country = 'XXX' WHERE entity = 2", 2, "D1"},
    {"UPDATE entity SET doc = 4 WHERE entity = 1", 2, "D1"},
    {"DELETE FROM entity WHERE entity = 3", 2, "D1"},
    {"INSERT INTO entity(kind, named, name, doc) VALUES('person', 1, 'x', 1)", 2, "D1"},
    {"INSERT INTO entity(kind, named, name, doc) VALUES('person', 1, 'x', 77)", 0, NULL},
    {"UPDATE entity SET merged_into = NULL WHERE entity = 2", 0, "E2"},
    {"UPDATE entity SET merged_by = 8 WHERE entity = 4", 0, "E4"},
    {"UPDATE entity SET merged_into = 3 WHERE entity = 2", 0, "E2"},
    // spellings, roles with their days
    {"UPDATE entity_name SET name = 'x' WHERE doc = 1 AND entity = 1", 2, "D1"},
    {"UPDATE entity_name SET folded = folded || 'x' WHERE entity = 2", 2, "D1"},
    {"UPDATE entity_name SET entity = 2 WHERE entity = 1", 2, "D1"},
    {"DELETE FROM entity_name WHERE doc = 2 AND entity = (SELECT max(entity) FROM entity_name "
     "WHERE doc = 2)",
     3, "D2"},
    {"INSERT INTO entity_name VALUES('x', 'person', '', 1, 'x', 3)", 4, "D3"},
    {"INSERT INTO entity_name VALUES('x', 'person', '', 7, 'x', 77)", 0, "E7"},
    {"UPDATE entity_role SET role = 'x' WHERE doc = 1", 2, "D1"},
    {"DELETE FROM entity_role WHERE doc = 1", 2, "D1"},
    {"INSERT INTO entity_role VALUES(1, 'x', NULL, NULL, 2)", 3, "D2"},
    {"INSERT INTO entity_role VALUES(7, 'x', NULL, NULL, 77)", 0, "E7"},
    {"UPDATE entity_role SET last_day = '2031-01-01' WHERE doc = 1", 0, NULL},
    {"UPDATE entity_role SET first_day = NULL WHERE doc = 1", 0, NULL},
    {"UPDATE entity_role SET first_day = '2020-01-01', last_day = '2020-01-01' WHERE doc = 1", 0,
     NULL},
    // what could not be read
    {"UPDATE refusal SET message = 'nothing was wrong' WHERE refusal = 1", 13, "refusal 1"},
    {"UPDATE refusal SET position = 9 WHERE refusal = 2", 14, "refusal 2"},
    {"UPDATE refusal SET refusal = 5 WHERE refusal = 2", 14, "refusal 2"},
    {"DELETE FROM refusal WHERE refusal = 1", 13, "refusal 1"},
    {"DELETE FROM refusal WHERE refusal = 2", 14, "refusal 2"},
    {"INSERT INTO refusal VALUES(3, 1, 8, 9, 'format', 'x')", 0, "refusal 3"},
    {"UPDATE rule SET name = 'x' WHERE rule = 2", 2, "D1"},
    {"UPDATE rule SET name = 'x' WHERE rule = 1", 0, "rule x"},
    {"DELETE FROM rule WHERE rule = 2", 2, "D1"},
    {"UPDATE rule SET doc = 77 WHERE rule = 2", 2, "D1"},
    {"INSERT INTO rule VALUES(9999, 'y', 77)", 0, "rule y"},
    // what was read
    {"UPDATE figure SET value = 6 WHERE doc = 1 AND n = 1", 0, "D1"},
    {"UPDATE figure SET state_code = 3 WHERE doc = 1 AND n = 1", 0, "D1"},
    {"UPDATE event SET type_code = 15 WHERE doc = 1 AND n = 1", 0, "D1"},
    {"UPDATE event SET state_code = 0 WHERE doc = 2 AND n = 1", 0, "D2"},
    {"UPDATE event SET day_number = 11323 WHERE doc = 1 AND n = 2", 0, "D1"},
    {"UPDATE statement SET speaker = 1 WHERE doc = 1 AND n = 1", 0, "D1"},
    {"UPDATE step SET status_code = 8 WHERE doc = 1 AND n = 1", 0, "D1"},
    {"UPDATE step SET end = end + 2 WHERE doc = 1 AND n = 1", 0, "D1"},
    {"DELETE FROM part WHERE doc = 1 AND role_code IN (3, 4)", 0, "D1"},
    {"INSERT INTO part VALUES(1, 1, 4, 4)", 0, "D1"},
    {"INSERT INTO part VALUES(55, 1, 4, 4)", 0, "D55"},
    {"DELETE FROM event WHERE doc = 1 AND n = 2", 0, "D1"},
    {"INSERT INTO figure SELECT doc, 99, start, end, value, high, bound_code, counted_code, "
     "what_code, part_of, restates, place, source, since, until, rule, permille, state_code "
     "FROM figure WHERE doc = 1 AND n = 1",
     0, "D1"},
    {"UPDATE figure SET n = 99 WHERE doc = 1 AND n = 1; UPDATE figure SET n = 1 WHERE doc = 1 AND "
     "n "
     "= 2; UPDATE figure SET n = 2 WHERE doc = 1 AND n = 99",
     0, "D1"},
    {"UPDATE document_entity SET entity = 2 WHERE doc = 1 AND n = 1", 0, "D1"},
    // decisions
    {"UPDATE decision SET user = 'eve' WHERE decision = 7", 7, "decision 7"},
    {"UPDATE decision SET note = 'x' WHERE decision = 7", 7, "decision 7"},
    {"UPDATE decision SET before = '{}' WHERE decision = 7", 7, "decision 7"},
    {"UPDATE decision SET undone = 1 WHERE decision = 9", 0, "decision 9"},
    {"UPDATE decision SET undone = 0 WHERE decision = 6", -1, NULL},
    {"DELETE FROM decision WHERE decision = 9", 0, NULL},
    {"UPDATE decision_target SET n = 3 WHERE decision = 9 AND number = 1", 9, "decision 9"},
    {"UPDATE decision_target SET doc = 2 WHERE decision = 6", 6, "decision 6"},
    {"DELETE FROM decision_target WHERE decision = 9 AND number = 1", 9, "decision 9"},
    {"INSERT INTO decision_target VALUES(99, 0, 'v', 1, 1, 0, 0, '', 1)", 0, "decision 99"},
    {"INSERT INTO decision SELECT 5, at, user, action, layer, doc, before, after, note, undone, "
     "changed FROM decision WHERE decision = 9",
     -1, NULL},
};

static void altered(void **state) {
  (void)state;
  char path[PATH_BYTES];
  char other[PATH_BYTES];
  build("alter", path);
  for (size_t i = 0; i < sizeof changes / sizeof *changes; i++) {
    const change *c = &changes[i];
    fresh_path("altered", other);
    copy_file(path, other);
    tamper(other, c->sql);
    const kh_verified result = verify(other, NULL);
    if (result.sound) fail_msg("not found: %s", c->sql);
    if (c->line >= 0 && result.line != c->line)
      fail_msg("%s: line %lld is named (%s: %s), not %lld", c->sql, (long long)result.line,
               result.subject, result.what, (long long)c->line);
    if (c->subject && strcmp(result.subject, c->subject) != 0)
      fail_msg("%s: %s is named, not %s", c->sql, result.subject, c->subject);
  }
  (void)unlink(path);
  (void)unlink(other);
}

// Whoever cuts off the end of everything is found by a seal that was kept.
static void cut_off(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("cut", path);
  kh_store *store = open_as(path, "amal");
  assert_int_equal(add_report(store, &reports[0], 0), 1);
  char early[KH_SEAL_BYTES];
  char late[KH_SEAL_BYTES];
  OK(kh_store_seal(store, early, NULL));
  assert_int_equal(add_report(store, &reports[3], 1), 2); // brings in no entity
  OK(kh_store_seal(store, late, NULL));
  OK(kh_store_close(store, NULL));
  assert_true(verify(path, early).sound);
  assert_true(verify(path, late).sound);
  tamper(path, "DELETE FROM document WHERE doc = 2; DELETE FROM body WHERE doc = 2; DELETE FROM "
               "audit WHERE seq = 3");
  assert_true(verify(path, NULL).sound); // nothing inside can tell
  assert_true(verify(path, early).sound);
  const kh_verified result = verify(path, late);
  assert_false(result.sound);
  assert_int_equal(result.line, 3);
  early[5] = early[5] == '0' ? '1' : '0';
  assert_false(verify(path, early).sound);
  static const char *const no_seals[] = {"", "x", "2", "2:", "2:zz", "-2:00", "0:00"};
  store = open_as(path, "amal");
  for (size_t i = 0; i < sizeof no_seals / sizeof *no_seals; i++) {
    kh_verified unused;
    assert_int_equal(kh_store_verify(store, no_seals[i], &unused, NULL), KH_ERROR_ARGUMENT);
  }
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

const struct CMUnitTest chain_tests[] = {
    cmocka_unit_test(sound),
    cmocka_unit_test(altered),
    cmocka_unit_test(cut_off),
};
const size_t chain_test_count = sizeof chain_tests / sizeof *chain_tests;
