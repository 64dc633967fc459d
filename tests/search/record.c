// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include "store/store.h"

#include <string.h>

kh_store *store;
static kh_engine *engine;

static const struct {
  const char *id;
  const char *outlet;
  const char *day;
  const char *title;
  const char *text;
} reports[] = {
    {"a", "صدى الوادي", "2019-05-13", "قصف في حلب",
     "قال المتحدث باسم الجيش سامر الحلبي إن 5 مدنيين قتلوا في قصف نفذته قوات المعارضة على مدينة "
     "حلب "
     "أمس. وطالب المبعوث الأممي الحكومة السورية بوقف إطلاق النار."},
    {"b", "أخبار الساحل", "2019-05-14", "حصيلة جديدة",
     "أعلنت وزارة الصحة أن 7 مدنيين قتلوا في قصف على مدينة حلب يوم 12 مايو 2019. وتعهدت الحكومة "
     "السورية بالإفراج عن 30 محتجزا."},
    {"c", "صدى الوادي", "2019-06-01", "لقاء في عمّان",
     "التقى وزير الخارجية الأردني نظيره المصري في عمّان السبت. ونفت الحكومة السورية قصف حلب."},
    {"d", NULL, NULL, NULL, "وصل وفد من الصليب الأحمر إلى دمشق، وقال مسؤولون إن المباحثات مستمرة."},
};
enum { REPORTS = sizeof reports / sizeof *reports };

void run_sql(const char *sql) {
  char *message = NULL;
  if (sqlite3_exec(store->db, sql, NULL, NULL, &message) != SQLITE_OK)
    fail_msg("%s: %s", sql, message);
}

static void add(int i) {
  kh_document *document = NULL;
  const kh_source source = {.id = reports[i].id,
                            .outlet = reports[i].outlet,
                            .published = reports[i].day,
                            .title = reports[i].title};
  const kh_store_container from = {.path = reports[i].id, .kind = "text", .size = -1, .mtime = -1};
  kh_store_progress progress = {0};
  assert_int_equal(
      kh_document_read(&document, engine, reports[i].text, strlen(reports[i].text), &source, NULL),
      KH_OK);
  assert_int_equal(kh_store_open_container(store, &from, &progress, NULL), KH_OK);
  const kh_store_item item = {.document = document, .container = progress.container};
  assert_int_equal(kh_store_add(store, &item, NULL, NULL), KH_OK);
  kh_document_close(document);
}

// Steps by hand, whatever was read: L1.1 waits for L1.2, which waits for L2.1; L2.2 was promised
// and broken. All are mentions of real claims, so that their words can be shown. Numbers of kinds:
// 0 ceasefire, 2 talks, 6 detainees, 14 opening; of statuses: 0 demanded, 1 conditional, 2
// promised, 8 violated; of days: 18029 is 13 May 2019.
static const char *const ledger =
    "DELETE FROM condition; DELETE FROM ledger_step; DELETE FROM ledger_part; DELETE FROM ledger;"
    "DELETE FROM contradiction WHERE kind = 'step'; DELETE FROM step;"
    "INSERT INTO step(doc, n, start, end, kind_code, status_code, for_start, for_end, rule) VALUES"
    "(1, 1, 0, 6, 0, 0, NULL, NULL, 1), (1, 2, 0, 6, 2, 1, 7, 11, 1),"
    "(2, 1, 0, 6, 6, 2, NULL, NULL, 1), (2, 2, 0, 6, 14, 2, NULL, NULL, 1),"
    "(3, 1, 0, 6, 14, 8, NULL, NULL, 1);"
    "INSERT INTO ledger(entry, kind_code, status_code, status_day_number, first_day_number, "
    "last_day_number, mentions, sources) VALUES (1048577, 0, 0, 18029, 18029, 18029, 1, 1),"
    "(1048578, 2, 1, 18029, 18029, 18029, 1, 1), (2097153, 6, 2, 18030, 18030, 18030, 1, 1),"
    "(2097154, 14, 8, 18048, 18030, 18048, 2, 2);"
    "INSERT INTO ledger_step(doc, n, entry, day_number, status_code) VALUES "
    "(1, 1, 1048577, 18029, 0), (1, 2, 1048578, 18029, 1), (2, 1, 2097153, 18030, 2),"
    "(2, 2, 2097154, 18030, 2), (3, 1, 2097154, 18048, 8);"
    "INSERT INTO condition(doc, n, needs, entry) VALUES (1, 1, 1048578, 1048577), "
    "(1, 2, 2097153, 1048578);"
    "INSERT INTO ledger_part(entry, role_code, entity) SELECT 1048577, 5, min(entity) "
    "FROM entity_name WHERE name = 'الحكومة السورية';"
    "INSERT INTO ledger_part(entry, role_code, entity) SELECT 2097153, 5, min(entity) "
    "FROM entity_name WHERE name = 'الحكومة السورية';"
    "INSERT INTO contradiction(kind, of, doc_a, n_a, doc_b, n_b, note) VALUES "
    "('step', 2097154, 2, 2, 3, 1, '{\"a\":\"promised\",\"b\":\"violated\"}');";

int open_record(void **state) {
  (void)state;
  const kh_store_options options = {.user = "t", .at = "2026-01-02T03:04:05Z"};
  kh_error error;
  if (kh_engine_open(&engine, NULL, &error) != KH_OK) return 1;
  if (kh_store_open(&store, ":memory:", &options, &error) != KH_OK) return 1;
  for (int i = 0; i < REPORTS; i++) add(i);
  if (kh_store_merge(store, &error) != KH_OK) return 1;
  run_sql(ledger);
  return kh_store_index(store, &error) != KH_OK;
}

int close_record(void **state) {
  (void)state;
  kh_engine_close(engine);
  return kh_store_close(store, NULL) != KH_OK;
}

static bool gather(void *context, const char *json, size_t len) {
  json_t *row = json_loads(json, 0, NULL);
  assert_non_null(row);
  assert_int_equal(strlen(json), len);
  return json_array_append_new(context, row) == 0;
}

json_t *rows_of(kh_question question, const kh_selection *selection, kh_answer *answer) {
  kh_answer own;
  kh_error error;
  json_t *rows = json_array();
  if (kh_ask(store, question, selection, gather, rows, answer ? answer : &own, &error) != KH_OK)
    fail_msg("%s: %s", kh_question_name(question), error.message);
  return rows;
}

size_t count_of(kh_question question, const kh_selection *selection) {
  json_t *rows = rows_of(question, selection, NULL);
  const size_t count = json_array_size(rows);
  json_decref(rows);
  return count;
}

void refused(kh_question question, const kh_selection *selection, const char *word) {
  json_t *rows = json_array();
  kh_error error;
  const kh_status status = kh_ask(store, question, selection, gather, rows, NULL, &error);
  assert_true(status == KH_ERROR_ARGUMENT || status == KH_ERROR_LIMIT);
  assert_int_equal(error.code, status);
  if (!strstr(error.message, word)) fail_msg("\"%s\" lacks \"%s\"", error.message, word);
  assert_int_equal(json_array_size(rows), 0);
  json_decref(rows);
}
