// SPDX-License-Identifier: Apache-2.0
// What is packed comes back as it was; bytes and rows that somebody damaged do no harm.
#include "store/store.h"
#include "store/tests.h"

#include "base/layers.h"
#include "record/record.h"
#include "text/text.h"

#include <unistd.h>

static int64_t add(kh_store *store, const kh_document *document) {
  kh_error error;
  kh_store_added added;
  kh_store_progress progress;
  const kh_store_container container = {.path = "in", .kind = "text", .size = 1, .mtime = 1};
  OK(kh_store_open_container(store, &container, &progress, NULL));
  const kh_store_item item = {.document = document, .container = progress.container};
  if (kh_store_add(store, &item, &added, &error) != KH_OK) fail_msg("%s", error.message);
  assert_false(added.known);
  return added.doc;
}

// ------------------------------------------------------------------ every kind of value

// Report 1, told apart from others by its words; its record is ours to change.
static kh_document *another(int number) {
  char text[4096];
  (void)snprintf(text, sizeof text, "%s\nرقم التقرير %d.", reports[0].text, number);
  const report r = {"r", reports[0].outlet, reports[0].published, reports[0].title, text};
  return read_report(&r);
}

static kh_entity *first_of(kh_document *d, bool located) {
  kh_record *r = d->record;
  for (uint32_t i = 0; i < r->entity_count; i++)
    if (r->entities[i].located == located) return &r->entities[i];
  fail_msg("the report has no such entity");
  return NULL;
}

enum { CHANGES = 30 };

static void change(kh_document *d, int which) {
  static const char *const codes[] = {"geonames:1", "geonames:2"};
  kh_record *r = d->record;
  kh_entity *e = first_of(d, false);
  kh_entity *place = first_of(d, true);
  assert_true(r->figure_count > 1 && r->event_count > 1 && r->statement_count && r->step_count);
  switch (which) {
  case 0:
    e->relation = "شمالي";
    break;
  case 1:
    e->candidates = codes, e->candidate_count = 2;
    break;
  case 2:
    e->name = "a name that no mention has";
    break;
  case 3:
    e->name_en = "Another Name";
    break;
  case 4:
    e->name_en_transliterated = !e->name_en_transliterated;
    break;
  case 5:
    e->admin1 = "R01", e->admin2 = "R0102";
    break;
  case 6:
    e->sector = KH_SECTOR_LAB;
    break;
  case 7:
    e->located = true, e->latitude = 33.5102, e->longitude = -7.0;
    break;
  case 8:
    place->latitude += 0.25;
    break;
  case 9:
    place->longitude -= 0.25;
    break;
  case 10:
    place->located = false;
    break;
  case 11:
    place->admin2 = "another";
    break;
  case 12:
    e->known_id = "Q1", e->place_code = NULL;
    break;
  case 13:
    memcpy(e->country, "LBY", 4);
    break;
  case 14:
    e->kind = KH_KIND_ACTOR;
    break;
  case 15:
    r->times[0].conflict = r->times[0].inferred = true;
    break;
  case 16:
    r->times[0].value = "2019-W19";
    break;
  case 17:
    memcpy(r->times[0].until, "2019-05-31", 11);
    break;
  case 18:
    r->times[0].begin[0] = r->times[0].until[0] = '\0';
    break;
  case 19:
    r->figures[0].value = 2.5, r->figures[0].high = 1e300;
    break;
  case 20:
    r->figures[0].since = "2019-04", r->figures[0].until = "2019-05-05";
    break;
  case 21:
    r->figures[1].part_of = 0, r->figures[1].restates = 0;
    break;
  case 22:
    r->events[0].mode = "a mode", r->events[0].negated = true;
    break;
  case 23:
    r->statements[0].inside = KH_NONE, r->statements[0].via = 0;
    break;
  case 24:
    r->steps[0].same_as = 0, memcpy(r->steps[0].as_of, "2019-01-01", 11);
    break;
  case 25:
    r->events[0].origin = (kh_origin){"a rule with a name so long that nobody would keep it "
                                      "in mind, let alone in a table",
                                      0.125F};
    break;
  case 26:
    place->latitude -= 0.25, place->longitude += 0.5;
    break;
  case 27:
    place->place_code = "geonames:999999";
    break;
  case 28: // described, not named
    for (uint32_t i = 0; i < e->mention_count; i++)
      ((kh_mention *)(uintptr_t)e->mentions)[i].form = KH_FORM_NOMINAL;
    e->known_id = NULL;
    break;
  case 29:
    e->known_id = NULL, e->place_code = NULL;
    break;
  default:
    fail();
  }
}

static void comes_back(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("packed", path);
  kh_store *store = open_as(path, "amal");
  for (int i = -1; i < CHANGES; i++) {
    kh_document *document = another(i);
    if (i >= 0) change(document, i);
    char *before = json_of(document);
    const int64_t doc = add(store, document);
    kh_document_close(document);
    char *after = stored_json(store, doc, KH_STORE_MACHINE);
    if (strcmp(before, after) != 0) fail_msg("change %d:\n%s\n%s", i, before, after);
    free(before);
    free(after);
    if (i == 18) { // a time without days can be named, too
      char target[40];
      (void)snprintf(target, sizeof target, "D%lld.v1", (long long)doc);
      const kh_decision_request timed = {
          .action = "correct", .target = target, .after = "{\"time\": \"t1\"}", .seen = -1};
      OK(kh_store_decide(store, &timed, NULL, NULL));
    }
  }
  kh_verified verified;
  OK(kh_store_verify(store, NULL, &verified, NULL));
  if (!verified.sound) fail_msg("%s: %s", verified.subject, verified.what);
  // one who is described otherwise is somebody else only where kind, name and country are told
  // apart
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM document"), CHANGES + 1);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM entity WHERE known_id = 'Q1'"), 1);
  assert_true(ask_number(path, "SELECT count(*) FROM entity WHERE country = 'LBY'") > 0);
  (void)unlink(path);
}

// ------------------------------------------------------------------ damaged bytes

static kh_status load_with(kh_store *store, const unsigned char *bytes, int len) {
  sqlite3_stmt *put = NULL;
  assert_int_equal(
      sqlite3_prepare_v2(store->db, "UPDATE body SET record = ? WHERE doc = 1", -1, &put, NULL), 0);
  sqlite3_bind_blob(put, 1, bytes, len, SQLITE_STATIC);
  assert_int_equal(sqlite3_step(put), SQLITE_DONE);
  sqlite3_finalize(put);
  kh_document *document = NULL;
  kh_error error = {0};
  const kh_status status = kh_store_document(&document, store, 1, KH_STORE_EFFECTIVE, &error);
  assert_true(status == KH_OK || (status == KH_ERROR_STORE && error.message[0] && !document));
  if (document) free(json_of(document)); // whatever it says, it can be shown
  kh_document_close(document);
  return status;
}

static void any_bytes(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("bytes", path);
  kh_store *store = open_as(path, "amal");
  kh_document *document = another(1);
  for (int i = 0; i < CHANGES; i++)
    if (i < 12 || i > 14) change(document, i);
  assert_int_equal(add(store, document), 1);
  kh_document_close(document);
  sqlite3_stmt *get = NULL;
  assert_int_equal(sqlite3_prepare_v2(store->db, "SELECT record FROM body", -1, &get, NULL), 0);
  assert_int_equal(sqlite3_step(get), SQLITE_ROW);
  const int len = sqlite3_column_bytes(get, 0);
  unsigned char *whole = malloc((size_t)len + 1);
  memcpy(whole, sqlite3_column_blob(get, 0), (size_t)len);
  sqlite3_finalize(get);
  sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL);
  OK(load_with(store, whole, len));
  // shorter or longer, it is no record
  for (int cut = 0; cut < len; cut++)
    assert_int_equal(load_with(store, whole, cut), KH_ERROR_STORE);
  whole[len] = 0;
  assert_int_equal(load_with(store, whole, len + 1), KH_ERROR_STORE);
  static const unsigned char values[] = {0, 1, 2, 0x3F, 0x7F, 0x80, 0xC8, 0xFF};
  int refused = 0;
  for (int at = 0; at < len; at++) {
    const unsigned char was = whole[at];
    for (size_t v = 0; v < sizeof values; v++) {
      whole[at] = values[v];
      refused += load_with(store, whole, len) != KH_OK;
      if (at + 9 < len) { // a number without an end
        unsigned char kept[10];
        memcpy(kept, whole + at, sizeof kept);
        memset(whole + at, values[v] | 0x80, sizeof kept);
        refused += load_with(store, whole, len) != KH_OK;
        memcpy(whole + at, kept, sizeof kept);
      }
    }
    whole[at] = was;
  }
  assert_true(refused > len);
  OK(load_with(store, whole, len));
  sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
  free(whole);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// ------------------------------------------------------------------ damaged rows

static bool count_two(void *context, const kh_decision *d) {
  assert_non_null(d->target);
  assert_true(d->other_count < 256);
  return ++*(unsigned *)context < 2;
}

static void damaged_rows(void **state) {
  (void)state;
  static const struct {
    const char *sql;
    kh_status wanted;
  } cases[] = {
      {"UPDATE entity SET kind = 'planet'", KH_ERROR_STORE},
      {"UPDATE entity SET sector = 'XYZ'", KH_ERROR_STORE},
      {"UPDATE entity SET sector = NULL", KH_OK},
      {"UPDATE entity SET country = 'ABCDEFGHIJ'", KH_ERROR_STORE},
      {"DELETE FROM entity", KH_ERROR_STORE},
      {"DELETE FROM rule", KH_ERROR_STORE},
      {"DELETE FROM body", KH_END},
      {"UPDATE body SET text = ''", KH_ERROR_STORE},
      {"UPDATE body SET text = substr(text, 1, 100)", KH_ERROR_STORE},
      {"UPDATE body SET text = x'00' || text", KH_ERROR_STORE},
      {"UPDATE body SET record = x''", KH_ERROR_STORE},
      {"UPDATE document SET lang = 'a language of many letters'", KH_OK},
      {"UPDATE document SET raw_sha256 = CAST('x' || doc AS BLOB)", KH_OK},
      {"UPDATE document SET text_sha256 = x''", KH_OK},
      {"UPDATE document SET published = 'once upon a time'", KH_OK},
      {"UPDATE document SET published = NULL, published_from = NULL", KH_OK},
      {"UPDATE document SET published_from = 'hearsay'", KH_OK},
      {"UPDATE document SET title = 'another title'", KH_OK},
      {"UPDATE document SET title = NULL, outlet = NULL, uri = 'http://x', fetched = '2020'",
       KH_OK},
      {"UPDATE document SET title = (SELECT text || text FROM body WHERE body.doc = document.doc)",
       KH_OK},
      // decisions that say what cannot be
      {"UPDATE decision SET after = '{\"value\":' WHERE layer = 'f'", KH_ERROR_STORE},
      {"UPDATE decision SET after = '[]' WHERE layer = 'f'", KH_OK},
      {"UPDATE decision SET after = NULL", KH_OK},
      {"UPDATE decision SET after = '{\"entity\":\"nobody\"}' WHERE layer = 'e'", KH_OK},
      {"UPDATE decision SET after = '{\"entity\":\"E1.5\"}' WHERE layer = 'e'", KH_OK},
      {"UPDATE decision SET after = '{\"value\":-7,\"span\":{\"start\":1,\"end\":0}}'", KH_OK},
      {"UPDATE decision SET after = '{\"type\":\"NO SUCH\",\"actors\":[\"E9999\"]}'", KH_OK},
      {"UPDATE decision SET after = '{\"time\":{\"start\":0,\"end\":999999}}'", KH_OK},
      {"UPDATE decision SET after = '{\"statement\":{\"start\":0,\"end\":999999}}'", KH_OK},
      {"UPDATE decision SET after = '{\"time\":{\"start\":0,\"end\":3}}'", KH_OK},
      {"UPDATE decision SET after = '{\"time\":{\"start\":0,\"end\":3,\"begin\":\"2020-01-01\"}}'",
       KH_OK},
      {"UPDATE decision SET after = '{\"statement\":{\"start\":0,\"end\":3}}'", KH_OK},
      {"UPDATE decision SET layer = ''", KH_OK},
      {"UPDATE decision SET action = 'praise'", KH_OK},
      {"UPDATE decision_target SET n = 0", KH_OK},
      {"UPDATE decision_target SET n = 4000000000", KH_OK},
      {"UPDATE decision_target SET attached = 0", KH_OK},
      {"DELETE FROM decision_target", KH_OK},
      {"WITH RECURSIVE many(i) AS (SELECT 5 UNION ALL SELECT i + 1 FROM many WHERE i < 400) "
       "INSERT INTO decision_target SELECT (SELECT min(decision) FROM decision), i, 'f', 1, 2, 0, "
       "0, '', 1 FROM many",
       KH_OK},
  };
  char path[PATH_BYTES];
  kh_store *store = full_store("rows", path);
  static const char *const decided[][3] = {
      {"correct", "D1.f1", "{\"value\": 7, \"part_of\": \"f2\"}"},
      {"correct", "D1.v1", "{\"type\": \"AID\", \"actors\": [\"e2\"], \"time\": \"t1\"}"},
      {"correct", "D1.e1", "{\"entity\": \"E2\"}"},
      {"split", "D1.f2", "[{\"value\": 1}, {\"value\": 2}]"},
      {"accept", "D1.s1", NULL}};
  for (size_t i = 0; i < sizeof decided / sizeof *decided; i++) {
    const kh_decision_request request = {
        .action = decided[i][0], .target = decided[i][1], .after = decided[i][2], .seen = -1};
    OK(kh_store_decide(store, &request, NULL, NULL));
  }
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *why = NULL;
    if (sqlite3_exec(store->db, "BEGIN", NULL, NULL, NULL) ||
        sqlite3_exec(store->db, cases[i].sql, NULL, NULL, &why))
      fail_msg("%s: %s", cases[i].sql, why);
    kh_document *document = NULL;
    kh_error error = {0};
    const kh_status status = kh_store_document(&document, store, 1, KH_STORE_EFFECTIVE, &error);
    if (status != cases[i].wanted) fail_msg("%s: %d %s", cases[i].sql, status, error.message);
    if (document) free(json_of(document));
    kh_document_close(document);
    unsigned listed = 0;
    OK(kh_store_decisions(store, NULL, count_two, &listed, NULL));
    assert_int_equal(listed, 2);
    assert_int_equal(sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    // and verifying names it, where it is not what the chain tells
    kh_verified verified;
    OK(kh_store_verify(store, NULL, &verified, NULL));
    assert_true(verified.sound);
  }
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

const struct CMUnitTest packed_tests[] = {
    cmocka_unit_test(comes_back),
    cmocka_unit_test(any_bytes),
    cmocka_unit_test(damaged_rows),
};
const size_t packed_test_count = sizeof packed_tests / sizeof *packed_tests;
