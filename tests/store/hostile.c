// SPDX-License-Identifier: Apache-2.0
// A file that a stranger made: its tables hold what khutwa's never do, in every column. Nothing
// falls over; what cannot be read is said, and verifying finds what the chain proves.
#include "store/store.h"
#include "store/tests.h"

#include <unistd.h>

static void decide(kh_store *store, const char *action, const char *target, const char *after,
                   const char *other) {
  const kh_decision_request request = {.action = action,
                                       .target = target,
                                       .after = after,
                                       .others = &other,
                                       .other_count = other ? 1 : 0,
                                       .seen = -1};
  OK(kh_store_decide(store, &request, NULL, NULL));
}

// A record with decisions of all kinds, merged and indexed, whose tables take anything.
static void build(const char *name, char path[PATH_BYTES]) {
  kh_store *store = full_store(name, path);
  decide(store, "accept", "D1.f2", NULL, NULL);
  decide(store, "correct", "D1.v1", "{\"type\": \"AID\", \"actors\": [\"e2\"]}", NULL);
  decide(store, "correct", "D1.e1", "{\"entity\": \"E2\"}", NULL);
  decide(store, "merge", "E1", NULL, "E5");
  decide(store, "merge", "H1.1", NULL, "H2.1");
  const kh_error why = {.code = KH_ERROR_FORMAT, .message = "no JSON"};
  OK(kh_store_refuse(store, 1, 7, &why, NULL));
  OK(kh_store_merge(store, NULL));
  OK(kh_store_index(store, NULL));
  OK(kh_store_close(store, NULL));
  tamper(path,
         "PRAGMA writable_schema = ON; UPDATE sqlite_schema SET sql = "
         "replace(replace(replace(sql, ' NOT NULL', ''), ') STRICT, ', ') '), ') STRICT', ')') "
         "WHERE type = 'table'");
}

typedef struct columns {
  char table[400][64];
  char name[400][64];
  unsigned count;
} columns;

static void list_columns(const char *path, columns *out) {
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  out->count = 0;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(
      sqlite3_prepare_v2(db,
                         "SELECT s.name, c.name FROM sqlite_schema s, pragma_table_info(s.name) c "
                         "WHERE s.type = 'table' AND s.name NOT LIKE 'search%' AND NOT c.pk "
                         "AND s.name NOT LIKE 'sqlite%' ORDER BY 1, 2",
                         -1, &row, NULL),
      SQLITE_OK);
  while (sqlite3_step(row) == SQLITE_ROW && out->count < 400) {
    (void)snprintf(out->table[out->count], 64, "%s", (const char *)sqlite3_column_text(row, 0));
    (void)snprintf(out->name[out->count++], 64, "%s", (const char *)sqlite3_column_text(row, 1));
  }
  sqlite3_finalize(row);
  sqlite3_close(db);
  assert_in_range(out->count, 60, 399);
}

static bool pass_decision(void *context, const kh_decision *d) {
  (void)context;
  return d->target && d->action && d->user && d->at && d->layer;
}

static bool pass_state(void *context, const kh_claim_state *s) {
  (void)context;
  return s->state != NULL;
}

static bool pass_row(void *context, const char *json, size_t len) {
  (void)context;
  return json && len;
}

static void clean(kh_status status, const kh_error *error, const char *what) {
  if (status != KH_OK && status != KH_END && !error->message[0]) fail_msg("%s: %d", what, status);
}

#define TRY(call)                                                                                  \
  do {                                                                                             \
    kh_error error = {0};                                                                          \
    clean(call, &error, what);                                                                     \
  } while (0)

// All that a store does, as far as it comes.
static bool use(const char *path, const char *what) {
  const kh_store_options options = {.user = "amal", .at = "2026-01-02T03:04:05Z"};
  kh_store *store = NULL;
  kh_error failure = {0};
  const kh_status opened = kh_store_open(&store, path, &options, &failure);
  clean(opened, &failure, what);
  if (opened != KH_OK) return false;
  kh_verified verified = {.sound = true};
  TRY(kh_store_verify(store, NULL, &verified, &error));
  const bool sound = verified.sound;
  for (int64_t doc = 1; doc <= 2; doc++) {
    kh_document *document = NULL;
    TRY(kh_store_document(&document, store, doc, KH_STORE_EFFECTIVE, &error));
    if (document) free(json_of(document));
    kh_document_close(document);
    TRY(kh_store_states(store, doc, pass_state, NULL, &error));
  }
  TRY(kh_store_decisions(store, NULL, pass_decision, NULL, &error));
  const kh_decision_request accept = {.action = "accept", .target = "D1.s1", .seen = 1};
  const kh_decision_request apart = {.action = "unmerge", .target = "E5", .seen = 1};
  TRY(kh_store_decide(store, &accept, NULL, &error));
  TRY(kh_store_decide(store, &apart, NULL, &error));
  TRY(kh_store_undo(store, 6, 9999, NULL, &error));
  TRY(kh_store_undo(store, 8, 1, NULL, &error));
  TRY(kh_store_reread_document(store, 1, engine, true, NULL, &error));
  const report copy = {"copy", "outlet", "2020-01-01", "title", reports[1].text};
  kh_document *document = read_report(&copy);
  const kh_store_item item = {.document = document, .container = 1, .position = 50};
  TRY(kh_store_add(store, &item, NULL, &error));
  kh_document_close(document);
  TRY(kh_store_merge(store, &error));
  TRY(kh_store_index(store, &error));
  for (int question = 0; question < KH_ASK_QUESTIONS; question++) {
    const kh_selection selection = {.text = question == KH_ASK_SEARCH ? "حلب" : NULL,
                                    .id = question == KH_ASK_SHOW   ? "D1"
                                          : question == KH_ASK_DIFF ? "D1"
                                                                    : NULL,
                                    .other = question == KH_ASK_DIFF ? "D2" : NULL,
                                    .from = question == KH_ASK_CHANGES ? "2019-01-01" : NULL};
    TRY(kh_ask(store, (kh_question)question, &selection, pass_row, NULL, NULL, &error));
  }
  TRY(kh_store_close(store, &error));
  return sound;
}

static void copy_file(const char *from, const char *to) {
  sqlite3 *db = NULL;
  char sql[300];
  (void)unlink(to);
  assert_int_equal(sqlite3_open(from, &db), SQLITE_OK);
  (void)snprintf(sql, sizeof sql, "VACUUM INTO '%s'", to);
  assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
  sqlite3_close(db);
}

// What no digest and nothing that is made again covers: what is derived over reports, or about the
// reading itself, or how far it has come.
static bool is_proven(const char *table, const char *column) {
  static const char *const proven[] = {"audit",    "body",        "decision",    "decision_target",
                                       "document", "entity",      "event",       "figure",
                                       "outlet",   "refusal",     "rule",        "statement",
                                       "step",     "entity_name", "entity_role", "document_entity"};
  static const char *const not [] = {"print", "copy_of", "changed",     "attached",
                                     "raw",   "n",       "merged_into", "merged_by"};
  for (size_t i = 0; i < sizeof not / sizeof *not ; i++)
    if (strcmp(column, not [i]) == 0) return false;
  for (size_t i = 0; i < sizeof proven / sizeof *proven; i++)
    if (strcmp(table, proven[i]) == 0) return true;
  return false;
}

static void any_column(void **state) {
  (void)state;
  static const char *const values[] = {"NULL", "x'FF00'", "'\xD9'",         "-1",
                                       "9e99", "''",      "zeroblob(70000)"};
  enum { VALUES = sizeof values / sizeof *values };
  char path[PATH_BYTES];
  char other[PATH_BYTES];
  static columns all;
  unsigned missed = 0;
  build("hostile", path);
  fresh_path("hostile-copy", other);
  list_columns(path, &all);
  assert_true(use(path, "as it is"));
  build("hostile", path);
  const unsigned step = getenv("KHUTWA_LONG") ? 1 : VALUES - 1;
  for (unsigned i = 0; i < all.count; i++) {
    for (unsigned v = 0; v < VALUES; v += v ? step : 1 + i % step) {
      char sql[400];
      copy_file(path, other);
      (void)snprintf(sql, sizeof sql, "UPDATE OR IGNORE \"%s\" SET \"%s\" = %s", all.table[i],
                     all.name[i], values[v]);
      // what it was may be what it is set to
      char probe[600];
      (void)snprintf(probe, sizeof probe, "SELECT count(*) FROM \"%s\" WHERE \"%s\" IS NOT %s",
                     all.table[i], all.name[i], values[v]);
      const bool differs = ask_number(other, probe) > 0;
      tamper(other, sql);
      const bool altered = differs && ask_number(other, probe) == 0;
      const bool sound = use(other, sql);
      if (!altered || !sound || !is_proven(all.table[i], all.name[i])) continue;
      print_error("verifying does not find: %s\n", sql);
      missed++;
    }
  }
  assert_int_equal(missed, 0);
  (void)unlink(path);
  (void)unlink(other);
}

// The file's pages, damaged anywhere.
static void any_page(void **state) {
  (void)state;
  char path[PATH_BYTES];
  char other[PATH_BYTES];
  build("pages", path);
  fresh_path("pages-copy", other);
  copy_file(path, other);
  FILE *in = fopen(other, "rb");
  assert_non_null(in);
  static char bytes[8 << 20];
  const size_t len = fread(bytes, 1, sizeof bytes, in);
  (void)fclose(in);
  assert_in_range(len, 1000, sizeof bytes - 1);
  unsigned number = 7;
  const int rounds = getenv("KHUTWA_LONG") ? 2000 : 60;
  for (int round = 0; round < rounds; round++) {
    char what[40];
    (void)snprintf(what, sizeof what, "round %d", round);
    fresh_path("pages-copy", other);
    FILE *out = fopen(other, "wb");
    assert_non_null(out);
    assert_int_equal(fwrite(bytes, 1, round % 9 == 8 ? len - len / 3 : len, out) > 0, 1);
    for (int i = 0; i < 1 + round % 40; i++) {
      number = number * 1103515245U + 12345U;
      (void)fseek(out, (long)((number >> 4) % len), SEEK_SET);
      (void)fputc((int)(number >> 24), out);
    }
    (void)fclose(out);
    (void)use(other, what);
  }
  fresh_path("pages-copy", other);
  (void)unlink(path);
}

const struct CMUnitTest hostile_tests[] = {
    cmocka_unit_test(any_column),
    cmocka_unit_test(any_page),
};
const size_t hostile_test_count = sizeof hostile_tests / sizeof *hostile_tests;
