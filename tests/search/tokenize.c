// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include "store/tokenize.h"

#include <stdio.h>
#include <string.h>

static sqlite3 *db;

static void run(const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK) fail_msg("%s: %s", sql, message);
}

static int open_db(void **state) {
  (void)state;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  assert_int_equal(kh_tokenizer_register(db), SQLITE_OK);
  run("CREATE VIRTUAL TABLE t USING fts5(text, tokenize='" KH_TOKENIZER "')");
  run("INSERT INTO t(rowid, text) VALUES (1, 'مدينة حلب'), (2, 'والمدينة القديمة'), (3, 'مدينه "
      "حلب')");
  return 0;
}

static int close_db(void **state) {
  (void)state;
  return sqlite3_close(db);
}

// Row numbers that match, as digits.
static void matches(const char *query, const char *expected) {
  char found[32] = "";
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_prepare_v2(db, "SELECT rowid FROM t WHERE t MATCH ?1 ORDER BY rowid", -1,
                                      &statement, NULL),
                   SQLITE_OK);
  sqlite3_bind_text(statement, 1, query, -1, SQLITE_STATIC);
  while (sqlite3_step(statement) == SQLITE_ROW)
    snprintf(found + strlen(found), sizeof found - strlen(found), "%d",
             sqlite3_column_int(statement, 0));
  assert_int_equal(sqlite3_finalize(statement), SQLITE_OK);
  assert_string_equal(found, expected);
}

static void marks_set_the_reach(void **state) {
  (void)state;
  matches("\"" KH_REACH_MARK "\x81مدينة\"", "1");
  matches("\"" KH_REACH_MARK "\x82مدينة\"", "13");
  matches("\"" KH_REACH_MARK "\x83مدينة\"", "123");
  matches("\"مدينة\"", "123");
  matches("\"" KH_REACH_MARK "\xBFمدينة\"", "123"); // no reach: the widest
}

static void phrases_take_every_spelling(void **state) {
  (void)state;
  matches("\"المدينة القديمه\"", "2");
  matches("\"" KH_REACH_MARK "\x82مدينة حلب\"", "13");
  matches("\"" KH_REACH_MARK "\x81مدينة حلب\"", "1");
  matches("\"" KH_REACH_MARK "\x83مدي\" *", "123");
  matches("\"\"", "");
}

int tokenize_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks_set_the_reach),
      cmocka_unit_test(phrases_take_every_spelling),
  };
  return cmocka_run_group_tests_name("tokenize", tests, open_db, close_db);
}
