// SPDX-License-Identifier: Apache-2.0
#include "store/tests.h"

#include "store/faults.h"

#include <sys/stat.h>
#include <unistd.h>

kh_engine *engine;

// Composed for these tests.
const report reports[REPORTS] = {
    {"one", "وكالة الرصيف", "2019-05-09", "قصف على أطراف حلب",
     "قال وزير الخارجية سالم الحداد الخميس إن خمسة مدنيين، بينهم طفلان، قتلوا في قصف نفذته "
     "الطائرات "
     "الحربية على أطراف حلب في 5 أيار/مايو 2019.\nوطالب الحداد الأمم المتحدة بوقف إطلاق النار في "
     "ريف حلب، مقابل الإفراج عن المعتقلين.\nوأعلنت الأمم المتحدة أن نحو 3,200 شخص نزحوا من "
     "المنطقة."},
    {"two", "صحيفة المرفأ", "2019-05-10", NULL,
     "اتهمت المعارضة السورية الحكومة بخرق الهدنة في إدلب أمس.\nوقال المتحدث باسم الجيش الوطني إن "
     "قواته «لن تنسحب قبل فتح معبر أبو الظهور».\nوقتل 12 مقاتلا وأصيب 30 آخرون في اشتباكات الليل."},
    {"three", NULL, NULL, "زيارة",
     "صنعاء – الأربعاء 6 أبريل 2022\n\nالتقى المبعوث الأممي هانس غروندبرغ وزير الدفاع في صنعاء، "
     "وبحثا تمديد الهدنة.\nووعدت الجماعة بفتح طريق تعز إذا رفع الحظر عن المطار."},
    {"empty", NULL, NULL, NULL, "Nothing of this is Arabic."},
};

void fresh_path(const char *name, char path[PATH_BYTES]) {
  static const char *const tails[] = {"", "-wal", "-shm", "-journal"};
  for (size_t i = 0; i < sizeof tails / sizeof *tails; i++) {
    char whole[PATH_BYTES + 16];
    (void)snprintf(whole, sizeof whole, "/tmp/khutwa-test-%ld-%s.khutwa%s", (long)getpid(), name,
                   tails[i]);
    (void)unlink(whole);
  }
  (void)snprintf(path, PATH_BYTES, "/tmp/khutwa-test-%ld-%s.khutwa", (long)getpid(), name);
}

kh_store *open_as(const char *path, const char *user) {
  const kh_store_options options = {.user = user, .at = "2026-01-02T03:04:05Z", .wait_ms = 50};
  kh_store *store = NULL;
  kh_error error;
  const kh_status status = kh_store_open(&store, path, &options, &error);
  if (status != KH_OK) print_error("%s\n", error.message);
  assert_int_equal(status, KH_OK);
  return store;
}

kh_document *read_report(const report *r) {
  const kh_source source = {
      .id = r->id, .outlet = r->outlet, .title = r->title, .published = r->published};
  kh_document *document = NULL;
  OK(kh_document_read(&document, engine, r->text, strlen(r->text), &source, NULL));
  return document;
}

int64_t add_report(kh_store *store, const report *r, uint64_t position) {
  kh_error error;
  kh_store_progress progress;
  const kh_store_container container = {
      .path = "reports.jsonl", .kind = "jsonl", .size = 7, .mtime = 8};
  OK(kh_store_open_container(store, &container, &progress, &error));
  kh_document *document = read_report(r);
  const kh_store_item item = {
      .document = document, .container = progress.container, .position = position, .line = 3};
  kh_store_added added;
  const kh_status status = kh_store_add(store, &item, &added, &error);
  if (status != KH_OK) print_error("%s\n", error.message);
  assert_int_equal(status, KH_OK);
  assert_false(added.known);
  kh_document_close(document);
  return added.doc;
}

kh_store *full_store(const char *name, char path[PATH_BYTES]) {
  fresh_path(name, path);
  kh_store *store = open_as(path, "amal");
  OK(kh_store_begin(store, NULL));
  for (uint64_t i = 0; i < REPORTS; i++)
    assert_int_equal(add_report(store, &reports[i], i), (int64_t)i + 1);
  OK(kh_store_commit(store, NULL));
  return store;
}

typedef struct text {
  char *at;
  size_t len;
} text;

static bool append(void *context, const char *bytes, size_t len) {
  text *t = context;
  t->at = realloc(t->at, t->len + len + 1);
  memcpy(t->at + t->len, bytes, len);
  t->len += len;
  t->at[t->len] = '\0';
  return true;
}

char *json_of(const kh_document *document) {
  text t = {0};
  OK(kh_view_json(document, append, &t, NULL));
  return t.at;
}

char *stored_json(kh_store *store, int64_t doc, kh_store_reading reading) {
  kh_document *document = NULL;
  kh_error error;
  const kh_status status = kh_store_document(&document, store, doc, reading, &error);
  if (status != KH_OK) print_error("%s\n", error.message);
  assert_int_equal(status, KH_OK);
  char *json = json_of(document);
  kh_document_close(document);
  return json;
}

char *ask(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  sqlite3_stmt *statement = NULL;
  assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, NULL), SQLITE_OK);
  if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  char *answer = NULL;
  if (sqlite3_step(statement) == SQLITE_ROW) {
    const char *value = (const char *)sqlite3_column_text(statement, 0);
    answer = value ? strdup(value) : NULL;
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return answer;
}

int64_t ask_number(const char *path, const char *sql) {
  char *answer = ask(path, sql);
  const int64_t number = answer ? strtoll(answer, NULL, 10) : -1;
  free(answer);
  return number;
}

void tamper(const char *path, const char *sql) {
  sqlite3 *db = NULL;
  char *why = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  if (sqlite3_exec(db, sql, NULL, NULL, &why) != SQLITE_OK) fail_msg("%s: %s", sql, why);
  sqlite3_close(db);
}

// With an argument only the tests whose names it matches («any_*»).
int main(int argc, char **argv) {
  if (argc > 1) cmocka_set_test_filter(argv[1]);
  faults_install();
  if (kh_engine_open(&engine, NULL, NULL) != KH_OK) return 1;
  int failed = 0;
  failed += _cmocka_run_group_tests("keep", keep_tests, keep_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("decide", decide_tests, decide_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("chain", chain_tests, chain_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("reread", reread_tests, reread_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("packed", packed_tests, packed_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("copies", copies_tests, copies_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("fields", fields_tests, fields_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("corners", corners_tests, corners_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("hostile", hostile_tests, hostile_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("refused", refused_tests, refused_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("migrate", migrate_tests, migrate_test_count, NULL, NULL);
  failed += _cmocka_run_group_tests("faults", fault_tests, fault_test_count, NULL, NULL);
  kh_engine_close(engine);
  return failed;
}
