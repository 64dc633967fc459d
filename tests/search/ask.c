// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include "store/docset.h"
#include "store/find.h"

#include <string.h>

#define ASK(question, ...) rows_of((question), &(kh_selection){__VA_ARGS__}, NULL)
#define COUNT(question, ...) count_of((question), &(kh_selection){__VA_ARGS__})
#define REFUSED(question, word, ...) refused((question), &(kh_selection){__VA_ARGS__}, (word))

static const char *text_at(const json_t *rows, size_t row, const char *key) {
  const char *text = json_string_value(json_object_get(json_array_get(rows, row), key));
  return text ? text : "";
}

static void search_ranks_exact_first(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_SEARCH, .text = "مدينة");
  assert_int_equal(json_array_size(rows), 2);
  assert_string_equal(text_at(rows, 0, "id"), "D2"); // the newest
  assert_string_equal(text_at(rows, 0, "match"), "letters");
  json_decref(rows);
  rows = ASK(KH_ASK_SEARCH, .text = "\"المدينه حلب\"");
  assert_int_equal(json_array_size(rows), 2);
  assert_string_equal(text_at(rows, 0, "match"), "part");
  assert_true(json_is_false(json_object_get(json_array_get(rows, 0), "exact")));
  json_decref(rows);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "عمان"), 1);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "قصف -مدنيين"), 1);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "الصليب OR نظيره"), 2);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "لاشيءهنا"), 0);
}

static void search_is_filtered(void **state) {
  (void)state;
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "حلب"), 3);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "حلب", .outlet = "صدى الوادي"), 2);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "حلب outlet:\"أخبار الساحل\""), 1);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "حلب", .from = "2019-05-14", .to = "2019-05-31"),
                   1);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "حلب", .actor = "الحكومه السوريه"), 3);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "place:حلب"), 3);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "قال", .place = "SYR"), 2);
  assert_true(COUNT(KH_ASK_SEARCH, .text = "حلب", .type = "killed,CONSULT") >= 2);
  json_t *rows = ASK(KH_ASK_SEARCH, .text = "حلب", .brief = true);
  assert_null(json_object_get(json_array_get(rows, 0), "text"));
  json_decref(rows);
  REFUSED(KH_ASK_SEARCH, "no word", .text = NULL);
  REFUSED(KH_ASK_SEARCH, "is no day", .text = "حلب from:2019");
  REFUSED(KH_ASK_SEARCH, "nobody", .text = "حلب", .actor = "لا أحد");
  REFUSED(KH_ASK_SEARCH, "nobody", .text = "حلب", .place = "لا مكان");
  static const char *const no_countries[] = {"syr", "SYRI", "1YR", "S1R", "SY1", "Syr",
                                             "SyR", "SYr",  "~YR", "S~R", "SY~", "D1"};
  for (size_t i = 0; i < sizeof no_countries / sizeof *no_countries; i++)
    REFUSED(KH_ASK_SEARCH, "nobody", .text = "حلب", .place = no_countries[i]);
  static const char *const no_ids[] = {"D1.", "D1.x1", "D1.f", "E1.f1", "H1", "x", "D1.f1.", "1"};
  for (size_t i = 0; i < sizeof no_ids / sizeof *no_ids; i++)
    REFUSED(KH_ASK_SHOW, "", .id = no_ids[i]);
  REFUSED(KH_ASK_SEARCH, "no list of words", .text = "حلب", .type = "a\"b");
}

static void pages_follow_one_another(void **state) {
  (void)state;
  kh_answer answer;
  json_t *rows = rows_of(KH_ASK_SEARCH, &(kh_selection){.text = "حلب", .limit = 2}, &answer);
  assert_int_equal(answer.rows, 2);
  assert_true(answer.more);
  assert_int_equal(answer.total, 3);
  json_decref(rows);
  rows = rows_of(KH_ASK_SEARCH, &(kh_selection){.text = "حلب", .limit = 2, .offset = 2}, &answer);
  assert_int_equal(answer.rows, 1);
  assert_false(answer.more);
  json_decref(rows);
  rows = rows_of(KH_ASK_DOCUMENTS, &(kh_selection){.limit = 3}, &answer);
  assert_true(answer.more && answer.total == 4);
  json_decref(rows);
  rows = rows_of(KH_ASK_TIMELINE, &(kh_selection){.type = "ASSAULT"}, &answer);
  assert_int_equal(answer.total, answer.rows); // known at the last page
  json_decref(rows);
  assert_true(COUNT(KH_ASK_ACTORS, .limit = 5000) > 3);
}

static void documents_are_listed(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_DOCUMENTS, 0);
  assert_int_equal(json_array_size(rows), 4);
  assert_string_equal(text_at(rows, 0, "source_id"), "c");
  assert_string_equal(text_at(rows, 3, "source_id"), "d"); // without a day
  json_decref(rows);
  rows = ASK(KH_ASK_DOCUMENTS, .reverse = true, .from = "2019-01-01");
  assert_string_equal(text_at(rows, 0, "source_id"), "a");
  json_decref(rows);
  assert_int_equal(COUNT(KH_ASK_DOCUMENTS, .text = "حلب"), 1); // in the title
  assert_int_equal(COUNT(KH_ASK_DOCUMENTS, .outlet = "صدى الوادي", .to = "2019-05-31"), 1);
  assert_int_equal(COUNT(KH_ASK_DOCUMENTS, .actor = "الحكومة السورية", .place = "حلب"), 3);
  REFUSED(KH_ASK_DOCUMENTS, "no partner", .text = "\"a");
  REFUSED(KH_ASK_DOCUMENTS, "nobody", .actor = "لا أحد");
  rows = ASK(KH_ASK_OUTLETS, 0);
  assert_int_equal(json_array_size(rows), 2);
  assert_string_equal(text_at(rows, 0, "name"), "صدى الوادي");
  assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 0), "documents")), 2);
  json_decref(rows);
}

static void timeline_tells_each_happening_once(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_TIMELINE, .type = "ASSAULT", .place = "حلب");
  assert_true(json_array_size(rows) >= 1);
  const json_t *first = json_array_get(rows, 0);
  assert_string_equal(text_at(rows, 0, "layer"), "h");
  assert_string_equal(text_at(rows, 0, "day"), "2019-05-12");
  assert_true(json_integer_value(json_object_get(first, "mentions")) >= 2);
  const char *id = text_at(rows, 0, "id");
  json_t *whole = ASK(KH_ASK_SHOW, .id = id);
  const json_t *quotes = json_object_get(json_array_get(whole, 0), "quotes");
  assert_int_equal(json_array_size(quotes), json_integer_value(json_object_get(first, "mentions")));
  json_decref(whole);
  json_decref(rows);
  const size_t all = COUNT(KH_ASK_TIMELINE, 0);
  assert_true(COUNT(KH_ASK_TIMELINE, .from = "2019-05-13") < all);
  assert_true(COUNT(KH_ASK_TIMELINE, .to = "2019-05-12") < all);
  assert_true(COUNT(KH_ASK_TIMELINE, .outlet = "أخبار الساحل") < all);
  assert_int_equal(COUNT(KH_ASK_TIMELINE, .actor = "الصليب الأحمر", .type = "ASSAULT"), 0);
  assert_true(COUNT(KH_ASK_TIMELINE, .by = "قوات المعارضة") >= 1);
  assert_int_equal(COUNT(KH_ASK_TIMELINE, .asked_by = "قوات المعارضة", .type = "ASSAULT"), 0);
  assert_true(COUNT(KH_ASK_TIMELINE, .disputed = true) <= all);
  rows = ASK(KH_ASK_TIMELINE, .reverse = true, .limit = 1, .from = "2019-01-01");
  assert_true(strcmp(text_at(rows, 0, "day"), "2019-05-13") > 0);
  json_decref(rows);
  REFUSED(KH_ASK_TIMELINE, "is no day", .to = "2019-13-01");
  REFUSED(KH_ASK_TIMELINE, "by \"", .by = "لا أحد");
  REFUSED(KH_ASK_TIMELINE, "asked-by \"", .asked_by = "لا أحد");
}

static void figures_stand_side_by_side(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_FIGURES, .type = "killed", .counted = "civilians", .place = "حلب");
  assert_int_equal(json_array_size(rows), 1);
  const json_t *series = json_array_get(rows, 0);
  assert_true(json_number_value(json_object_get(series, "low")) == 5);
  assert_true(json_number_value(json_object_get(series, "high")) == 7);
  assert_int_equal(json_array_size(json_object_get(series, "figures")), 2);
  const char *id = text_at(rows, 0, "id");
  assert_int_equal(COUNT(KH_ASK_SHOW, .id = id), 1);
  json_decref(rows);
  rows = ASK(KH_ASK_FIGURES, .brief = true, .reverse = true);
  assert_null(json_object_get(json_array_get(rows, 0), "figures"));
  json_decref(rows);
  assert_true(COUNT(KH_ASK_FIGURES, .actor = "وزارة الصحة") >= 1);
  assert_true(COUNT(KH_ASK_FIGURES, .outlet = "أخبار الساحل") >= 1);
  assert_true(COUNT(KH_ASK_FIGURES, .disputed = true) >= 1);
  assert_int_equal(COUNT(KH_ASK_FIGURES, .from = "2030-01-01"), 0);
  REFUSED(KH_ASK_FIGURES, "nobody", .place = "لا مكان");
}

// The ids of entries, one letter each: L1.1 is a, L1.2 b, L2.1 c, L2.2 d.
static void steps_are(const kh_selection *selection, const char *expected) {
  static const char *const ids[] = {"L1.1", "L1.2", "L2.1", "L2.2"};
  char found[16] = "";
  json_t *rows = rows_of(KH_ASK_STEPS, selection, NULL);
  for (size_t i = 0; i < json_array_size(rows); i++)
    for (size_t k = 0; k < 4; k++)
      if (strcmp(text_at(rows, i, "id"), ids[k]) == 0)
        strncat(found, (const char[]){(char)('a' + k), '\0'}, 1);
  json_decref(rows);
  assert_string_equal(found, expected);
}
#define STEPS(expected, ...) steps_are(&(kh_selection){__VA_ARGS__}, (expected))

static void the_ledger_answers(void **state) {
  (void)state;
  STEPS("dcba", 0);
  STEPS("abcd", .reverse = true);
  STEPS("ca", .by = "الحكومة السورية", .open = true); // what is asked of it
  STEPS("ca", .actor = "الحكومة السورية");
  STEPS("", .asked_by = "الحكومة السورية");
  STEPS("cb", .blocks = "L1.1"); // what stands before it, directly or through others
  STEPS("c", .blocks = "L1.2");
  STEPS("cb", .blocks = "الحكومة السورية");
  STEPS("d", .unkept = true);
  STEPS("d", .disputed = true);
  STEPS("cba", .open = true);
  STEPS("da", .type = "opening, ceasefire");
  STEPS("c", .status = "promised");
  STEPS("d", .from = "2019-05-20");
  STEPS("ba", .to = "2019-05-13");
  STEPS("dc", .outlet = "أخبار الساحل");
  STEPS("", .process = "جنيف");
  REFUSED(KH_ASK_STEPS, "nobody", .place = "لا مكان");
  REFUSED(KH_ASK_STEPS, "blocks", .blocks = "لا أحد");
  json_t *rows = ASK(KH_ASK_STEPS, .blocks = "L1.1", .type = "talks");
  const json_t *row = json_array_get(rows, 0);
  assert_int_equal(json_integer_value(json_object_get(row, "waits_for")), 1);
  assert_string_equal(
      json_string_value(json_object_get(json_array_get(json_object_get(row, "needs"), 0), "needs")),
      "L2.1");
  assert_string_equal(json_string_value(json_object_get(
                          json_array_get(json_object_get(row, "needed_by"), 0), "entry")),
                      "L1.1");
  json_decref(rows);
  rows = ASK(KH_ASK_STEPS, .brief = true, .limit = 1);
  assert_null(json_object_get(json_array_get(rows, 0), "history"));
  json_decref(rows);
  rows = ASK(KH_ASK_SHOW, .id = "l3.1"); // a later mention, in any case
  assert_string_equal(text_at(rows, 0, "id"), "L2.2");
  assert_int_equal(json_array_size(json_object_get(json_array_get(rows, 0), "contradictions")), 1);
  json_decref(rows);
}

static void changes_are_told(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_CHANGES, .from = "2019-05-14");
  assert_int_equal(json_array_size(rows), 3);
  assert_string_equal(text_at(rows, 0, "before"), "promised");
  assert_string_equal(text_at(rows, 0, "status"), "violated");
  json_decref(rows);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .reverse = true), 5);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .to = "2019-05-13"), 2);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .by = "الحكومة السورية"), 2);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .actor = "الحكومة السورية"), 2);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .type = "opening"), 2);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .outlet = "صدى الوادي"), 3);
  assert_int_equal(COUNT(KH_ASK_CHANGES, .from = "2019-01-01", .place = "حلب"), 0);
  REFUSED(KH_ASK_CHANGES, "since which day", 0);
  REFUSED(KH_ASK_CHANGES, "nobody", .from = "2019-01-01", .actor = "لا أحد");
}

static void actors_are_found_in_any_spelling(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_ACTORS, .text = "حكومه");
  assert_true(json_array_size(rows) >= 1);
  assert_string_equal(text_at(rows, 0, "name"), "الحكومة السورية");
  assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 0), "mentions")), 3);
  const char *id = text_at(rows, 0, "id");
  json_t *whole = ASK(KH_ASK_SHOW, .id = id);
  assert_non_null(json_object_get(json_array_get(whole, 0), "proposals"));
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "حلب", .actor = id), 3);
  json_decref(whole);
  json_decref(rows);
  assert_true(COUNT(KH_ASK_ACTORS, .text = "aleppo") >= 1);
  assert_true(COUNT(KH_ASK_ACTORS, .type = "place", .country = "SYR") >= 1);
  assert_true(COUNT(KH_ASK_ACTORS, .sector = "GOV", .reverse = true) >= 1);
  assert_true(COUNT(KH_ASK_ACTORS, .outlet = "أخبار الساحل", .brief = true) >= 1);
  assert_int_equal(COUNT(KH_ASK_ACTORS, .from = "2030-01-01"), 0);
  assert_int_equal(COUNT(KH_ASK_ACTORS, .to = "2001-01-01"), 0);
  REFUSED(KH_ASK_ACTORS, "no letters", .text = "...");
}

static void things_are_shown(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_SHOW, .id = "D1");
  const json_t *report = json_array_get(rows, 0);
  assert_true(json_array_size(json_object_get(report, "events")) >= 1);
  assert_true(json_array_size(json_object_get(report, "statements")) >= 1);
  assert_non_null(strstr(text_at(rows, 0, "text"), "قصف"));
  json_decref(rows);
  static const char *const claims[] = {"D1.s1", "D1.v1", "D1.f1", "D1.p1"};
  for (size_t i = 0; i < 4; i++) {
    rows = ASK(KH_ASK_SHOW, .id = claims[i]);
    assert_string_equal(text_at(rows, 0, "id"), claims[i]);
    assert_non_null(json_object_get(json_array_get(rows, 0), "quote"));
    json_decref(rows);
  }
  static const char *const none[] = {"", "x", "D", "D1.x1", "D1.v", "E1.v1", "H1", "D1.v1.", "D1v"};
  for (size_t i = 0; i < sizeof none / sizeof *none; i++)
    REFUSED(KH_ASK_SHOW, "is no id", .id = none[i]);
  static const char *const missing[] = {"D99", "D1.v999", "E9999", "H9.9", "R9.9", "L9.9"};
  for (size_t i = 0; i < sizeof missing / sizeof *missing; i++)
    REFUSED(KH_ASK_SHOW, "there is no", .id = missing[i]);
  REFUSED(KH_ASK_SHOW, "is no id", .id = NULL);
}

static void reports_are_compared(void **state) {
  (void)state;
  json_t *rows = ASK(KH_ASK_DIFF, .id = "D1", .other = "D2");
  bool differs = false;
  for (size_t i = 0; i < json_array_size(rows); i++) {
    if (strcmp(text_at(rows, i, "layer"), "f") != 0 ||
        strcmp(text_at(rows, i, "change"), "differs") != 0)
      continue;
    differs = true;
    assert_string_equal(text_at(rows, i, "a_value"), "5");
    assert_string_equal(text_at(rows, i, "b_value"), "7");
  }
  assert_true(differs);
  json_decref(rows);
  rows = ASK(KH_ASK_DIFF, .id = "D3", .other = "D3");
  for (size_t i = 0; i < json_array_size(rows); i++)
    assert_string_equal(text_at(rows, i, "change"), "same");
  json_decref(rows);
  REFUSED(KH_ASK_DIFF, "no id of a report", .id = "D1", .other = "E1");
  REFUSED(KH_ASK_DIFF, "no id of a report", .id = "D1");
  REFUSED(KH_ASK_DIFF, "there is no D77", .id = "D77", .other = "D1");
}

static bool stop(void *context, const char *json, size_t len) {
  (void)json;
  (void)len;
  return ++*(int *)context < 2;
}

static void answers_can_be_stopped(void **state) {
  (void)state;
  int taken = 0;
  kh_error error;
  assert_int_equal(kh_ask(store, KH_ASK_DOCUMENTS, NULL, stop, &taken, NULL, &error), KH_ERROR_IO);
  assert_int_equal(taken, 2);
  taken = 0;
  assert_int_equal(
      kh_ask(store, KH_ASK_SEARCH, &(kh_selection){.text = "حلب"}, stop, &taken, NULL, &error),
      KH_ERROR_IO);
  assert_int_equal(kh_ask(NULL, KH_ASK_SHOW, NULL, stop, &taken, NULL, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_ask(store, KH_ASK_QUESTIONS, NULL, stop, &taken, NULL, &error),
                   KH_ERROR_ARGUMENT);
  assert_string_equal(kh_question_name(KH_ASK_QUESTIONS), "");
  assert_int_equal(kh_store_index(NULL, &error), KH_ERROR_ARGUMENT);
}

static void the_index_is_brought_up_to_date(void **state) {
  (void)state;
  kh_error error;
  const size_t before = COUNT(KH_ASK_ACTORS, 0);
  assert_int_equal(kh_store_index(store, &error), KH_OK); // nothing new
  assert_int_equal(COUNT(KH_ASK_ACTORS, 0), before);
  run_sql("UPDATE meta SET value = '-1' WHERE key = 'counted_at'"); // as after a merge
  assert_int_equal(kh_store_index(store, &error), KH_OK);
  assert_int_equal(COUNT(KH_ASK_ACTORS, 0), before);
  json_t *rows = ASK(KH_ASK_ACTORS, .text = "حكومه");
  assert_int_equal(json_integer_value(json_object_get(json_array_get(rows, 0), "mentions")), 3);
  json_decref(rows);
}

static void a_record_without_index_says_so(void **state) {
  (void)state;
  const kh_store_options options = {.user = "t", .at = "2026-01-02T03:04:05Z"};
  kh_store *fresh = NULL;
  kh_error error;
  int taken = 0;
  assert_int_equal(kh_store_open(&fresh, ":memory:", &options, &error), KH_OK);
  assert_int_equal(kh_ask(fresh, KH_ASK_TIMELINE, NULL, stop, &taken, NULL, &error),
                   KH_ERROR_STORE);
  assert_non_null(strstr(error.message, "never indexed"));
  assert_int_equal(kh_store_index(fresh, &error), KH_OK);
  assert_int_equal(kh_ask(fresh, KH_ASK_TIMELINE, NULL, stop, &taken, NULL, &error), KH_OK);
  assert_int_equal(kh_store_close(fresh, &error), KH_OK);
}

// Answers beyond some thousand reports are read in the order of days rather than sorted.
static void large_answers_have_the_same_order(void **state) {
  (void)state;
  kh_error error;
  kh_answer answer;
  run_sql("WITH RECURSIVE seq(v) AS (SELECT 1 UNION ALL SELECT v + 1 FROM seq WHERE v < 5000) "
          "INSERT INTO document(id, container, position, outlet, title, published, lang, length, "
          "raw_sha256, text_sha256, engine) SELECT 'x' || v, container, 1000 + v, outlet, title, "
          "date('1990-01-01', '+' || v || ' days'), lang, length, randomblob(32), text_sha256, "
          "engine FROM document, seq WHERE doc = 1");
  run_sql("INSERT INTO body(doc, text, record) SELECT d.doc, iif(d.doc % 5 = 0, 'زرافة', "
          "iif(d.doc % 5 = 1, 'زرافه', 'والزرافة')) || ' نص', x'00' FROM document d "
          "WHERE d.id LIKE 'x%'");
  assert_int_equal(kh_store_index(store, &error), KH_OK);
  json_t *rows = rows_of(KH_ASK_SEARCH, &(kh_selection){.text = "زرافة", .limit = 3}, &answer);
  assert_int_equal(answer.total, 5000);
  assert_string_equal(text_at(rows, 0, "match"), "exact");
  assert_true(strcmp(text_at(rows, 0, "day"), text_at(rows, 1, "day")) > 0);
  json_decref(rows);
  rows = ASK(KH_ASK_SEARCH, .text = "زرافة", .offset = 999, .limit = 2);
  assert_string_equal(text_at(rows, 0, "match"), "exact");
  assert_string_equal(text_at(rows, 1, "match"), "spelling");
  json_decref(rows);
  rows = ASK(KH_ASK_SEARCH, .text = "زرافة", .offset = 1999, .limit = 2);
  assert_string_equal(text_at(rows, 1, "match"), "part");
  json_decref(rows);
  assert_int_equal(COUNT(KH_ASK_SEARCH, .text = "زرافة", .offset = 4999, .limit = 9), 1);
  REFUSED(KH_ASK_SEARCH, "passed over", .text = "زرافة", .offset = 50000);
  rows = ASK(KH_ASK_SEARCH, .text = "outlet:\"صدى الوادي\"", .limit = 2);
  assert_int_equal(json_array_size(rows), 2);
  json_decref(rows);
}

static void ids_have_bounds(void **state) {
  (void)state;
  kh_name_of id;
  assert_false(kh_id_read("D9999999999999999999999", &id));
  assert_false(kh_id_read(NULL, &id));
  assert_false(kh_id_read("H12", &id));
  assert_false(kh_id_read("H12.x", &id));
  assert_true(kh_id_read("d12.P3", &id) && id.layer == 'p' && id.n == 3);
  assert_int_equal(COUNT(KH_ASK_TIMELINE, .place = "E1", .type = "no such"), 0);
  REFUSED(KH_ASK_TIMELINE, "nobody", .place = "SYr");
  REFUSED(KH_ASK_TIMELINE, "nobody", .actor = "E999999");
}

static void many_documents_are_read_in_order(void **state) {
  (void)state;
  kh_docset set;
  kh_error error;
  assert_int_equal(kh_docset_open(&set, store, 100, &error), KH_OK);
  kh_select s;
  kh_select_begin(&s, store, &error);
  kh_select_add(&s, "SELECT 7 UNION SELECT 64 UNION SELECT 100 UNION SELECT -1 UNION SELECT 9000");
  assert_int_equal(kh_docset_add(&set, &s), KH_OK);
  kh_select_end(&s);
  assert_int_equal(kh_docset_count(&set), 3);
  assert_int_equal(kh_docset_next(&set, 0), 7);
  assert_int_equal(kh_docset_next(&set, 7), 64);
  assert_int_equal(kh_docset_next(&set, 64), 100);
  assert_int_equal(kh_docset_next(&set, 100), 0);
  kh_docset_close(&set, store);
}

static void selects_have_limits(void **state) {
  (void)state;
  kh_error error;
  kh_select s;
  kh_select_begin(&s, store, &error);
  for (int i = 0; i < 60; i++) kh_select_int(&s, "?", i);
  assert_int_equal(kh_select_next(&s), KH_ERROR_LIMIT);
  kh_select_end(&s);
  kh_select_begin(&s, store, &error);
  for (int i = 0; i < 4000; i++) kh_select_add(&s, "12345");
  assert_int_equal(kh_select_next(&s), KH_ERROR_LIMIT);
  kh_select_end(&s);
  kh_select_begin(&s, store, &error);
  kh_select_add(&s, "SELECT FROM");
  assert_int_equal(kh_select_next(&s), KH_ERROR_STORE);
  kh_select_end(&s);
}

int ask_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(search_ranks_exact_first),
      cmocka_unit_test(search_is_filtered),
      cmocka_unit_test(pages_follow_one_another),
      cmocka_unit_test(documents_are_listed),
      cmocka_unit_test(timeline_tells_each_happening_once),
      cmocka_unit_test(figures_stand_side_by_side),
      cmocka_unit_test(the_ledger_answers),
      cmocka_unit_test(changes_are_told),
      cmocka_unit_test(actors_are_found_in_any_spelling),
      cmocka_unit_test(things_are_shown),
      cmocka_unit_test(reports_are_compared),
      cmocka_unit_test(answers_can_be_stopped),
      cmocka_unit_test(the_index_is_brought_up_to_date),
      cmocka_unit_test(a_record_without_index_says_so),
      cmocka_unit_test(many_documents_are_read_in_order),
      cmocka_unit_test(ids_have_bounds),
      cmocka_unit_test(large_answers_have_the_same_order),
      cmocka_unit_test(selects_have_limits),
  };
  return cmocka_run_group_tests_name("ask", tests, open_record, close_record);
}
