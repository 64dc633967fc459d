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
  assert_int_equal(kh_search_register(db), SQLITE_OK);
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
  run("INSERT INTO t(rowid, text) VALUES (4, NULL), (5, ''), (6, 'a')");
  matches("a", "6");
  matches("\"\xEE\x81\x81z\"", "");
}

// The sentence of a span, and its marks.
static void quotes(const char *text, int start, int end, const char *sentence, const char *marks) {
  sqlite3_stmt *statement = NULL;
  assert_int_equal(
      sqlite3_prepare_v2(db, "SELECT khutwa_sentence(?1, ?2, ?3), khutwa_marks(?1, ?2, ?3)", -1,
                         &statement, NULL),
      SQLITE_OK);
  sqlite3_bind_text(statement, 1, text, -1, SQLITE_STATIC);
  sqlite3_bind_int(statement, 2, start);
  sqlite3_bind_int(statement, 3, end);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  const char *got = (const char *)sqlite3_column_text(statement, 0);
  if (sentence)
    assert_string_equal(got, sentence);
  else
    assert_null(got);
  assert_string_equal((const char *)sqlite3_column_text(statement, 1), marks);
  sqlite3_finalize(statement);
}

static void spans_are_shown_in_their_sentence(void **state) {
  (void)state;
  quotes("One. Two three! Four", 9, 14, "Two three!", "[{\"start\":4,\"end\":9}]");
  quotes("One. Two 3.5 x\nFour", 5, 8, "Two 3.5 x", "[{\"start\":0,\"end\":3}]");
  quotes("هل؟ نعم. لا", 7, 13, "نعم.", "[{\"start\":0,\"end\":3}]");
  quotes("متى؟", 0, 6, "متى؟", "[{\"start\":0,\"end\":3}]");
  quotes("a\nb c", 2, 3, "b c", "[{\"start\":0,\"end\":1}]");
  quotes("a? b", 3, 4, "b", "[{\"start\":0,\"end\":1}]");
  quotes("abc", 2, 1, NULL, "[]");
  quotes("abc", 0, 9, NULL, "[]");
  quotes("abc", -1, 2, NULL, "[]");
  quotes(NULL, 0, 0, NULL, "[]");
  char longest[3000]; // no end of a sentence for a long way
  for (size_t i = 0; i + 2 < sizeof longest; i += 2) memcpy(longest + i, "\xD8\xA8", 2);
  longest[sizeof longest - 2] = '\0';
  sqlite3_stmt *statement = NULL;
  sqlite3_prepare_v2(db, "SELECT length(khutwa_sentence(?1, 1400, 1402))", -1, &statement, NULL);
  sqlite3_bind_text(statement, 1, longest, -1, SQLITE_STATIC);
  assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
  assert_int_equal(sqlite3_column_int(statement, 0), 601); // 600 bytes on either side
  sqlite3_finalize(statement);
}

static void titles_have_words(void **state) {
  (void)state;
  static const struct {
    const char *sql;
    int has;
  } cases[] = {
      {"SELECT khutwa_has('قصف المدينة', 'مدينه')", 1},
      {"SELECT khutwa_has('قصف', 'قصف حلب')", 0},
      {"SELECT khutwa_has('قصف حلب', 'حلب قصف')", 1},
      {"SELECT khutwa_has(NULL, 'a')", 0},
      {"SELECT khutwa_has('a', NULL)", 0},
      {"SELECT khutwa_has('a', '')", 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    sqlite3_stmt *statement = NULL;
    assert_int_equal(sqlite3_prepare_v2(db, cases[i].sql, -1, &statement, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), cases[i].has);
    sqlite3_finalize(statement);
  }
}

int tokenize_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(marks_set_the_reach),
      cmocka_unit_test(phrases_take_every_spelling),
      cmocka_unit_test(spans_are_shown_in_their_sentence),
      cmocka_unit_test(titles_have_words),
  };
  return cmocka_run_group_tests_name("tokenize", tests, open_db, close_db);
}
