// SPDX-License-Identifier: Apache-2.0
// A record of form 1, kept as it was (two of the sample reports, a refused one, nine decisions, one
// of them undone), opened by this version. And the words that rows of form 2 keep as numbers.
#include "store/tests.h"

#include "store/codes.h"

#include <zstd.h>

static void unpack_form_1(const char *path) {
  FILE *in = fopen(KH_SOURCE_DIR "/tests/store/record-1.khutwa.zst", "rb");
  assert_non_null(in);
  static char packed[1 << 16];
  const size_t len = fread(packed, 1, sizeof packed, in);
  assert_int_equal(fclose(in), 0);
  const size_t room = (size_t)ZSTD_getFrameContentSize(packed, len);
  assert_true(room > 0 && room < (size_t)1 << 24);
  char *bytes = malloc(room);
  assert_int_equal(ZSTD_decompress(bytes, room, packed, len), room);
  FILE *out = fopen(path, "wb");
  assert_non_null(out);
  assert_int_equal(fwrite(bytes, 1, room, out), room);
  assert_int_equal(fclose(out), 0);
  free(bytes);
}

static void assert_answer(const char *path, const char *sql, const char *wanted) {
  char *is = ask(path, sql);
  if (!is || strcmp(is, wanted) != 0) fail_msg("%s: %s, not %s", sql, is ? is : "NULL", wanted);
  free(is);
}

static const char *const counts = "SELECT (SELECT count(*) FROM statements) || ' ' || "
                                  "(SELECT count(*) FROM events) || ' ' || "
                                  "(SELECT count(*) FROM figures) || ' ' || "
                                  "(SELECT count(*) FROM steps) || ' ' || "
                                  "(SELECT count(*) FROM parts) || ' ' || "
                                  "(SELECT count(*) FROM happenings) || ' ' || "
                                  "(SELECT count(*) FROM figure_series) || ' ' || "
                                  "(SELECT count(*) FROM ledger_entries)";
static const char *const contents =
    "SELECT group_concat(line, char(10)) FROM (SELECT id || coalesce(speaker, '-') || mode || "
    "coalesce(day, '-') || content || state AS line FROM statements UNION ALL SELECT id || type || "
    "coalesce(mode, '-') || reality || coalesce(day, '-') || coalesce(until, '-') || "
    "coalesce(day_from, '-') || coalesce(place, '-') || coalesce(confidence, '-') || state FROM "
    "events UNION ALL SELECT id || value || bound || what || counted || coalesce(since, '-') || "
    "state FROM figures UNION ALL SELECT id || kind || status || coalesce(as_of, '-') || "
    "coalesce(according_to, '-') || state FROM steps UNION ALL SELECT claim || role || entity FROM "
    "(SELECT * FROM parts ORDER BY 1, 2, 3) UNION ALL SELECT id || type || coalesce(mode, '-') || "
    "coalesce(day, '-') || coalesce(until, '-') || mentions || denied "
    "FROM happenings UNION ALL SELECT id || what || counted || low || high || coalesce(since, '-') "
    "FROM figure_series UNION ALL SELECT id || kind || status || coalesce(status_day, '-') || "
    "coalesce(first_day, '-') FROM ledger_entries UNION ALL SELECT entry || step || status || "
    "coalesce(day, '-') FROM ledger_history)";

static bool count_row(void *context, const char *json, size_t len) {
  (void)json;
  assert_true(len > 2);
  ++*(unsigned *)context;
  return true;
}

static void from_form_1(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("migrate", path);
  unpack_form_1(path);
  char *were = ask(path, counts);
  char *held = ask(path, contents);
  assert_int_equal(ask_number(path, "PRAGMA user_version"), 1);
  kh_store *store = open_as(path, "amal");
  assert_int_equal(ask_number(path, "PRAGMA user_version"), 2);
  assert_answer(path, counts, were);
  assert_answer(path, contents, held);
  free(were);
  free(held);
  // decisions hold, what was undone does not
  assert_answer(path, "SELECT state FROM events WHERE id = 'D1.v4'", "corrected");
  assert_answer(path, "SELECT state FROM events WHERE id = 'D1.v9'", "machine");
  assert_answer(path, "SELECT state FROM all_claims WHERE id = 'D1.v5'", "rejected");
  assert_answer(path, "SELECT value || bound || state FROM figures WHERE id = 'D1.f1'",
                "6.0aboutcorrected");
  assert_answer(path, "SELECT status FROM steps WHERE id = 'D1.p1'", "agreed");
  assert_answer(path, "SELECT state FROM events WHERE id = 'D2.v11'", "added");
  assert_answer(path, "SELECT merged_into FROM entity WHERE entity = 3", "2");
  // and the chain tells of it
  assert_answer(path, "SELECT detail FROM audit WHERE action = 'migrate'",
                "{\"from\":1,\"version\":2}");
  kh_verified verified;
  OK(kh_store_verify(store, NULL, &verified, NULL));
  if (!verified.sound) fail_msg("%s: %s", verified.subject, verified.what);
  assert_int_equal(verified.documents, 2);
  assert_int_equal(verified.decisions, 9);
  // the full text was kept, and indexes were made again
  unsigned rows = 0;
  kh_answer answer;
  const kh_selection selection = {.text = "الهدنة"};
  OK(kh_ask(store, KH_ASK_SEARCH, &selection, count_row, &rows, &answer, NULL));
  assert_true(rows > 0);
  assert_int_equal(
      ask_number(path, "SELECT count(*) FROM sqlite_schema WHERE name = 'happening_by_day'"), 1);
  // reports go on from there
  assert_int_equal(add_report(store, &reports[0], 7), 3);
  OK(kh_store_merge(store, NULL));
  OK(kh_store_verify(store, NULL, &verified, NULL));
  assert_true(verified.sound);
  OK(kh_store_close(store, NULL));
}

static void not_for_readers(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("migrate", path);
  unpack_form_1(path);
  const kh_store_options options = {.read_only = true};
  kh_store *store = NULL;
  kh_error error;
  assert_int_equal(kh_store_open(&store, path, &options, &error), KH_ERROR_STORE);
  assert_non_null(strstr(error.message, "older form"));
  assert_int_equal(ask_number(path, "PRAGMA user_version"), 1);
}

// What cannot be brought up to date stays as it was.
static void damaged_form_1(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("migrate", path);
  unpack_form_1(path);
  tamper(path, "UPDATE body SET record = x'00' WHERE doc = 2");
  const kh_store_options options = {.user = "amal", .at = "2026-01-02T03:04:05Z"};
  kh_store *store = NULL;
  kh_error error;
  assert_int_equal(kh_store_open(&store, path, &options, &error), KH_ERROR_STORE);
  assert_non_null(strstr(error.message, "damaged"));
  assert_int_equal(ask_number(path, "PRAGMA user_version"), 1);
  assert_true(ask_number(path, "SELECT count(*) FROM event WHERE type = 'ASSAULT'") > 0);
}

// ------------------------------------------------------------------ words as numbers

// A column that shows the word of a number of its kind.
static const struct {
  kh_code_kind kind;
  const char *table, *word;
} columns[] = {
    {KH_CODE_STATE, "statement", "state"},
    {KH_CODE_STATE, "event", "state"},
    {KH_CODE_STATE, "figure", "state"},
    {KH_CODE_STATE, "step", "state"},
    {KH_CODE_ROLE, "part", "role"},
    {KH_CODE_STATEMENT_MODE, "statement", "mode"},
    {KH_CODE_EVENT_TYPE, "event", "type"},
    {KH_CODE_EVENT_TYPE, "happening", "type"},
    {KH_CODE_REALITY, "event", "reality"},
    {KH_CODE_BOUND, "figure", "bound"},
    {KH_CODE_COUNTED, "figure", "counted"},
    {KH_CODE_COUNTED, "series", "counted"},
    {KH_CODE_HARM, "figure", "what"},
    {KH_CODE_HARM, "series", "what"},
    {KH_CODE_STEP_KIND, "step", "kind"},
    {KH_CODE_STEP_KIND, "ledger", "kind"},
    {KH_CODE_STEP_STATUS, "step", "status"},
    {KH_CODE_STEP_STATUS, "ledger", "status"},
    {KH_CODE_STEP_STATUS, "ledger_step", "status"},
};

// Inserts a row that has `code` in one column and something in those that must not be empty.
static void put_row(sqlite3 *db, const char *table, const char *column, int code) {
  char *names = NULL;
  sqlite3_stmt *row = NULL;
  char *sql = sqlite3_mprintf("SELECT group_concat(name), group_concat(iif(name = '%q', %d, 1)) "
                              "FROM pragma_table_info(%Q) WHERE \"notnull\" OR name = '%q'",
                              column, code, table, column);
  assert_int_equal(sqlite3_prepare_v2(db, sql, -1, &row, NULL), SQLITE_OK);
  sqlite3_free(sql);
  assert_int_equal(sqlite3_step(row), SQLITE_ROW);
  names = sqlite3_mprintf("DELETE FROM %s; INSERT INTO %s(%s) VALUES(%s)", table, table,
                          (const char *)sqlite3_column_text(row, 0),
                          (const char *)sqlite3_column_text(row, 1));
  sqlite3_finalize(row);
  char *why = NULL;
  if (sqlite3_exec(db, names, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", names, why);
  sqlite3_free(names);
}

static void words_of_codes(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("codes", path);
  OK(kh_store_close(open_as(path, "amal"), NULL));
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  for (size_t i = 0; i < sizeof columns / sizeof *columns; i++) {
    char column[32];
    (void)snprintf(column, sizeof column, "%s_code", columns[i].word);
    int code = 0;
    for (const char *word; (word = kh_code_name(columns[i].kind, code)); code++) {
      put_row(db, columns[i].table, column, code);
      char *sql = sqlite3_mprintf("SELECT %s FROM %s", columns[i].word, columns[i].table);
      assert_answer(path, sql, word);
      sqlite3_free(sql);
      assert_int_equal(kh_code_of(columns[i].kind, word, strlen(word)), code);
    }
    assert_true(code > 1);
  }
  assert_int_equal(kh_code_of(KH_CODE_STATE, "machin", 6), -1);
  assert_int_equal(kh_code_of(KH_CODE_STATE, "", 0), -1);
  assert_null(kh_code_name(KH_CODE_ROLE, -1));
  sqlite3_close(db);
}

const struct CMUnitTest migrate_tests[] = {
    cmocka_unit_test(from_form_1),
    cmocka_unit_test(not_for_readers),
    cmocka_unit_test(damaged_form_1),
    cmocka_unit_test(words_of_codes),
};
const size_t migrate_test_count = sizeof migrate_tests / sizeof *migrate_tests;
