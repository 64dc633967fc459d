// SPDX-License-Identifier: Apache-2.0
// What is put into a record comes out again.
#include "store/tests.h"

#include <sys/stat.h>
#include <unistd.h>

static void comes_back(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("back", path);
  for (int i = 0; i < REPORTS; i++) {
    kh_document *document = read_report(&reports[i]);
    char *was = json_of(document);
    char *is = stored_json(store, i + 1, KH_STORE_MACHINE);
    assert_string_equal(is, was);
    char *effective = stored_json(store, i + 1, KH_STORE_EFFECTIVE);
    assert_string_equal(effective, was);
    free(was);
    free(is);
    free(effective);
    kh_document_close(document);
  }
  kh_document *none = NULL;
  assert_int_equal(kh_store_document(&none, store, 99, KH_STORE_MACHINE, NULL), KH_END);
  assert_null(none);
  OK(kh_store_close(store, NULL));
}

static void one_file_when_closed(void **state) {
  (void)state;
  char path[PATH_BYTES];
  char beside[PATH_BYTES + 8];
  OK(kh_store_close(full_store("closed", path), NULL));
  struct stat about;
  (void)snprintf(beside, sizeof beside, "%s-wal", path);
  assert_int_equal(stat(path, &about), 0);
  assert_int_not_equal(stat(beside, &about), 0);
  assert_int_equal(ask_number(path, "PRAGMA user_version"), 2);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM documents"), REPORTS);
  char *check = ask(path, "PRAGMA integrity_check");
  assert_string_equal(check, "ok");
  free(check);
  (void)unlink(path);
}

// Views say what the record says, with the words of the text.
static void views(void **state) {
  (void)state;
  char path[PATH_BYTES];
  OK(kh_store_close(full_store("views", path), NULL));
  char *what = ask(path, "SELECT quote FROM figures WHERE id = 'D1.f1'");
  assert_string_equal(what, "خمسة مدنيين");
  free(what);
  assert_int_equal(ask_number(path, "SELECT value FROM figures WHERE id = 'D1.f1'"), 5);
  char *who = ask(path, "SELECT speaker_name FROM statements WHERE id = 'D1.s1'");
  assert_string_equal(who, "سالم الحداد");
  free(who);
  char *outlet = ask(path, "SELECT outlet FROM documents WHERE id = 'D2'");
  assert_string_equal(outlet, "صحيفة المرفأ");
  free(outlet);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM all_claims"),
                   ask_number(path, "SELECT (SELECT count(*) FROM event) + (SELECT count(*) FROM "
                                    "step) + (SELECT count(*) FROM figure) + (SELECT count(*) FROM "
                                    "statement)"));
  (void)unlink(path);
}

// The same bytes are one document, whatever they are called.
static void known_items(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("known", path);
  kh_document *document = read_report(&reports[1]);
  kh_store_progress progress;
  const kh_store_container container = {.path = "other", .kind = "text", .size = -1, .mtime = -1};
  OK(kh_store_open_container(store, &container, &progress, NULL));
  const kh_store_item item = {.document = document, .container = progress.container};
  kh_store_added added;
  OK(kh_store_add(store, &item, &added, NULL));
  assert_true(added.known);
  assert_int_equal(added.doc, 2);
  kh_document_close(document);
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM documents"), REPORTS);
  assert_int_equal(ask_number(path, "SELECT doc FROM again"), 2);
  (void)unlink(path);
}

static void taken_back(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("rollback", path);
  kh_store *store = open_as(path, "amal");
  OK(kh_store_begin(store, NULL));
  assert_int_equal(add_report(store, &reports[0], 0), 1);
  kh_store_rollback(store);
  assert_int_equal(add_report(store, &reports[1], 0), 1);
  char *json = stored_json(store, 1, KH_STORE_MACHINE);
  assert_non_null(strstr(json, "إدلب"));
  free(json);
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM audit"), 2);
  (void)unlink(path);
}

static void containers(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("containers", path);
  kh_store *store = open_as(path, "amal");
  kh_store_container container = {.path = "a.jsonl", .kind = "jsonl", .size = 10, .mtime = 20};
  kh_store_progress progress;
  OK(kh_store_open_container(store, &container, &progress, NULL));
  progress.items = 5;
  progress.refused = 1;
  OK(kh_store_set_progress(store, &progress, NULL));
  const kh_error why = {.code = KH_ERROR_FORMAT, .line = 4, .message = "\"text\" is missing"};
  OK(kh_store_refuse(store, progress.container, 3, &why, NULL));
  kh_store_progress again;
  OK(kh_store_open_container(store, &container, &again, NULL));
  assert_int_equal(again.container, progress.container);
  assert_int_equal(again.items, 5);
  assert_int_equal(again.refused, 1);
  assert_false(again.done);
  container.mtime = 21; // another file of that name
  OK(kh_store_open_container(store, &container, &again, NULL));
  assert_int_equal(again.container, progress.container);
  assert_int_equal(again.items, 0);
  OK(kh_store_close(store, NULL));
  char *code = ask(path, "SELECT code || line FROM refusal");
  assert_string_equal(code, "format error4");
  free(code);
  (void)unlink(path);
}

static void refused_files(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = NULL;
  kh_error error;
  const kh_store_options reading = {.read_only = true};
  const kh_store_options unsigned_one = {0};
  fresh_path("refused", path);
  assert_int_equal(kh_store_open(&store, path, &reading, &error), KH_ERROR_IO);
  assert_int_equal(kh_store_open(&store, path, &unsigned_one, &error), KH_ERROR_ARGUMENT);
  fresh_path("refused", path);
  FILE *file = fopen(path, "w");
  (void)fputs("This is a letter, and no database at all; it is long enough to have a head.", file);
  (void)fclose(file);
  assert_int_equal(kh_store_open(&store, path, &reading, &error), KH_ERROR_STORE);
  fresh_path("refused", path);
  tamper(path, "CREATE TABLE letters(a)");
  assert_int_equal(kh_store_open(&store, path, &unsigned_one, &error), KH_ERROR_STORE);
  assert_non_null(strstr(error.message, "no record"));
  fresh_path("refused", path);
  OK(kh_store_close(open_as(path, "amal"), NULL));
  tamper(path, "PRAGMA user_version = 99");
  assert_int_equal(kh_store_open(&store, path, &reading, &error), KH_ERROR_STORE);
  assert_non_null(strstr(error.message, "newer"));
  assert_int_equal(kh_store_open(&store, "/no/such/folder/x.khutwa", NULL, &error), KH_ERROR_IO);
  assert_int_equal(kh_store_open(&store, "", NULL, &error), KH_ERROR_ARGUMENT);
  assert_null(store);
  OK(kh_store_close(NULL, NULL));
  (void)unlink(path);
}

static void signatures(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("sign", path);
  kh_store *store = open_as(path, "amal");
  char name[300];
  memset(name, 'a', sizeof name);
  name[299] = '\0';
  assert_int_equal(kh_store_sign(store, "", "2026-01-02T03:04:05Z", NULL), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_store_sign(store, name, "2026-01-02T03:04:05Z", NULL), KH_ERROR_ARGUMENT);
  static const char *const times[] = {"",
                                      "today",
                                      "2026-01-02",
                                      "2026-13-02T03:04:05Z",
                                      "2026-01-02T03:04:05",
                                      "2026-01-02Tnoon:05Z"};
  for (size_t i = 0; i < sizeof times / sizeof *times; i++)
    assert_int_equal(kh_store_sign(store, "amal", times[i], NULL), KH_ERROR_ARGUMENT);
  OK(kh_store_sign(store, "سعاد", "2026-01-02T03:04:05.250Z", NULL));
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// One writes, others read what was committed.
static void writer_and_reader(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *writer = full_store("beside", path);
  const kh_store_options reading = {.read_only = true};
  kh_store *reader = NULL;
  OK(kh_store_open(&reader, path, &reading, NULL));
  char *json = stored_json(reader, 1, KH_STORE_EFFECTIVE);
  assert_non_null(json);
  free(json);
  kh_error error;
  assert_int_equal(kh_store_begin(reader, &error), KH_ERROR_ARGUMENT);
  kh_store *second = open_as(path, "badr");
  OK(kh_store_begin(writer, NULL));
  assert_int_equal(kh_store_begin(second, &error), KH_ERROR_BUSY);
  OK(kh_store_commit(writer, NULL));
  OK(kh_store_begin(second, &error));
  assert_int_equal(kh_store_begin(second, &error), KH_ERROR_ARGUMENT);
  kh_store_rollback(second);
  assert_int_equal(kh_store_commit(second, &error), KH_ERROR_ARGUMENT);
  OK(kh_store_close(second, NULL));
  OK(kh_store_close(reader, NULL));
  OK(kh_store_close(writer, NULL));
  (void)unlink(path);
}

const struct CMUnitTest keep_tests[] = {
    cmocka_unit_test(comes_back),
    cmocka_unit_test(one_file_when_closed),
    cmocka_unit_test(views),
    cmocka_unit_test(known_items),
    cmocka_unit_test(taken_back),
    cmocka_unit_test(containers),
    cmocka_unit_test(refused_files),
    cmocka_unit_test(signatures),
    cmocka_unit_test(writer_and_reader),
};
const size_t keep_test_count = sizeof keep_tests / sizeof *keep_tests;
