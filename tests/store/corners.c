// SPDX-License-Identifier: Apache-2.0
// Ids that are none, files that are no records, seals, chains that tell nonsense, raw bytes, texts
// that are too long.
#include "store/audit.h"
#include "store/tests.h"

#include <unistd.h>
#include <zstd.h>

static void names_that_are_none(void **state) {
  (void)state;
  static const char *const ids[] = {
      "D",
      "E",
      "H",
      "H1",
      "H1x1",
      "H1.0",
      "H.1",
      "R1.0",
      "L1.1x",
      "E01",
      "E1x",
      "E1.1",
      "D1x",
      "D1.",
      "D1.q1",
      "D1.f",
      "D1.f4294967296",
      "D1.f0",
      "D-1.f1",
      "D1.f-1",
      "D1 .f1",
      "X1",
      "D1..1",
      "D:1.f1",
      "D/",
      "D1234567890123456.f1",                     // more than fifteen digits
      "D1.f99999999999999999999999999999999999"}; // more than any number has
  char path[PATH_BYTES];
  kh_store *store = full_store("names", path);
  for (size_t i = 0; i < sizeof ids / sizeof *ids; i++) {
    const kh_decision_request request = {
        .action = "note", .target = ids[i], .note = "x", .seen = -1};
    kh_error error;
    assert_int_equal(kh_store_decide(store, &request, NULL, &error), KH_ERROR_ARGUMENT);
    if (!strstr(error.message, "names nothing")) fail_msg("%s: %s", ids[i], error.message);
  }
  static const struct {
    const char *action, *target, *layer, *after;
  } requests[] = {{"add", "D1.f1", "f", "{}"},       {"add", "D1", NULL, "{}"},
                  {"reject", "E1", NULL, NULL}, // of whom?
                  {"split", "E1", NULL, NULL},       {"correct", "D4.f1", NULL, "{}"},
                  {"unmerge", "E99999", NULL, NULL}, {"accept", "D1", NULL, NULL}};
  for (size_t i = 0; i < sizeof requests / sizeof *requests; i++) {
    const kh_decision_request request = {.action = requests[i].action,
                                         .target = requests[i].target,
                                         .layer = requests[i].layer,
                                         .after = requests[i].after,
                                         .seen = 0};
    const kh_status status = kh_store_decide(store, &request, NULL, NULL);
    if (i != 2) assert_int_equal(status, KH_ERROR_ARGUMENT);
  }
  // a report in which nothing was read takes claims all the same
  const kh_decision_request add = {
      .action = "add",
      .target = "D4",
      .layer = "s",
      .after = "{\"cue\": {\"start\": 0, \"end\": 7}, \"content\": {\"start\": 8, \"end\": 10}, "
               "\"speaker\": \"E1\", \"time\": {\"start\": 11, \"end\": 15, \"begin\": "
               "\"2019-05-02\"}}",
      .seen = -1};
  kh_error error;
  if (kh_store_decide(store, &add, NULL, &error) != KH_OK) fail_msg("%s", error.message);
  char *content = ask(path, "SELECT content || mode FROM statements WHERE document = 'D4'");
  assert_non_null(content);
  assert_memory_equal(content, "of", 2);
  free(content);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

static kh_status open_with(const char *path, const kh_store_options *options, kh_error *error) {
  kh_store *store = NULL;
  memset(error, 0, sizeof *error);
  const kh_status status = kh_store_open(&store, path, options, error);
  assert_true((status == KH_OK) == (store != NULL));
  OK(kh_store_close(store, NULL));
  return status;
}

static void files_that_are_none(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_error error;
  fresh_path("none", path);
  const kh_store_options signed_by = {.user = "amal", .at = "2026-01-02T03:04:05Z"};
  const kh_store_options only_user = {.user = "amal"};
  const kh_store_options only_at = {.at = "2026-01-02T03:04:05Z"};
  const kh_store_options existing = {.existing = true};
  const kh_store_options reading = {.read_only = true};
  const kh_store_options strange = {.vfs = "no such system"};
  assert_int_equal(open_with(path, &only_user, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(open_with(path, &only_at, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(open_with(path, &existing, &error), KH_ERROR_IO);
  assert_non_null(strstr(error.message, "no such record"));
  assert_int_equal(open_with(path, &reading, &error), KH_ERROR_IO);
  assert_int_equal(open_with("/nowhere/at/all.khutwa", &signed_by, &error), KH_ERROR_IO);
  assert_non_null(strstr(error.message, "folder"));
  assert_int_equal(open_with(path, &strange, &error), KH_ERROR_STORE);
  assert_int_not_equal(open_with(path, NULL, &error), KH_OK); // nobody has signed
  static const char *const others[] = {"PRAGMA application_id = 5", "PRAGMA user_version = 1",
                                       "CREATE TABLE t(x)",
                                       "PRAGMA application_id = 27496; PRAGMA user_version = 99",
                                       "PRAGMA application_id = 27496; PRAGMA user_version = -1"};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
    fresh_path("none", path);
    tamper(path, others[i]);
    assert_int_equal(open_with(path, &signed_by, &error), KH_ERROR_STORE);
    assert_true(error.message[0]);
  }
  fresh_path("none", path);
  tamper(path, "PRAGMA application_id = 27496");
  assert_int_equal(open_with(path, &reading, &error), KH_ERROR_STORE); // empty as yet
  OK(open_with(path, &signed_by, &error));
  OK(open_with(path, &reading, &error));
  (void)unlink(path);
}

// Whoever reads meanwhile keeps a writer from gathering the file, and nothing else.
static void closed_beside_a_reader(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("beside", path);
  sqlite3 *reader = NULL;
  sqlite3_stmt *row = NULL;
  assert_int_equal(sqlite3_open(path, &reader), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(reader, "SELECT doc FROM document", -1, &row, NULL), 0);
  assert_int_equal(sqlite3_step(row), SQLITE_ROW);
  const kh_decision_request accept = {.action = "accept", .target = "D1.f1", .seen = -1};
  OK(kh_store_decide(store, &accept, NULL, NULL));
  OK(kh_store_close(store, NULL));
  sqlite3_finalize(row);
  sqlite3_close(reader);
  assert_int_equal(ask_number(path, "SELECT count(*) FROM decision"), 1);
  (void)unlink(path);
}

// ------------------------------------------------------------------ the chain

static kh_verified verified(kh_store *store, const char *seal) {
  kh_verified v;
  kh_error error;
  if (kh_store_verify(store, seal, &v, &error) != KH_OK) fail_msg("%s", error.message);
  return v;
}

static void seals(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("seals", path);
  char seal[KH_SEAL_BYTES];
  OK(kh_store_seal(store, seal, NULL));
  assert_true(verified(store, seal).sound);
  static const char *const heads[] = {" 5:", "+5:", "05:", "5;", "5:x", "a:", "-5:", "0:"};
  const char *hash = strchr(seal, ':') + 1;
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++) {
    char wrong[KH_SEAL_BYTES + 8];
    kh_verified unused;
    (void)snprintf(wrong, sizeof wrong, "%s%s", heads[i], hash);
    assert_int_equal(kh_store_verify(store, wrong, &unused, NULL), KH_ERROR_ARGUMENT);
  }
  char spoilt[KH_SEAL_BYTES];
  memcpy(spoilt, seal, sizeof spoilt);
  spoilt[strlen(spoilt) - 1] = 'g'; // no hexadecimal digit
  kh_verified unused;
  assert_int_equal(kh_store_verify(store, spoilt, &unused, NULL), KH_ERROR_ARGUMENT);
  spoilt[strlen(spoilt) - 1] = '\0';
  assert_int_equal(kh_store_verify(store, spoilt, &unused, NULL), KH_ERROR_ARGUMENT);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// Lines that are sealed as they should be, and tell of what cannot be.
static void lines_of_nonsense(void **state) {
  (void)state;
  static const struct {
    const char *action, *subject;
    bool sound;
  } lines[] = {{"import", "E5", true},         {"import", "D1.f1", true},
               {"import", "D99999", true},     {"reread", "nobody", true},
               {"undo", "decision 0", true},   {"undo", "decision 99999", true},
               {"redo", "no number", true},    {"refuse", "refusal 0", true},
               {"refuse", "refusal -7", true}, {"praise", "everything", true},
               {"import", "D5", false},        {"accept", "D1.f1", false}};
  char path[PATH_BYTES];
  for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
    kh_store *store = full_store("nonsense", path);
    const kh_audit_line line = {.action = lines[i].action, .subject = lines[i].subject};
    int64_t seq = 0;
    OK(kh_store_begin(store, NULL));
    OK(kh_audit_add(store, &line, &seq, NULL));
    OK(kh_store_commit(store, NULL));
    assert_int_equal(seq, 6);
    const kh_verified v = verified(store, NULL);
    if (v.sound != lines[i].sound) fail_msg("%s %s: %s", line.action, line.subject, v.what);
    assert_int_equal(v.lines, 6);
    OK(kh_store_close(store, NULL));
  }
  // a head that somebody broke: nothing is put behind it
  tamper(path, "UPDATE audit SET hash = x'0102' WHERE seq = 6");
  kh_store *store = open_as(path, "amal");
  const kh_decision_request accept = {.action = "accept", .target = "D1.f1", .seen = -1};
  kh_error error;
  assert_int_equal(kh_store_decide(store, &accept, NULL, &error), KH_ERROR_STORE);
  assert_non_null(strstr(error.message, "chain"));
  char seal[KH_SEAL_BYTES];
  assert_int_equal(kh_store_seal(store, seal, NULL), KH_ERROR_STORE);
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM decision"), 0);
  (void)unlink(path);
}

static void many_lines(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("many", path);
  const kh_error why = {.code = KH_ERROR_FORMAT, .line = 3, .message = "no JSON"};
  OK(kh_store_begin(store, NULL));
  for (uint64_t i = 0; i < 5000; i++) OK(kh_store_refuse(store, 1, i, &why, NULL));
  OK(kh_store_commit(store, NULL));
  kh_verified v = verified(store, NULL);
  assert_true(v.sound);
  assert_int_equal(v.lines, 5005);
  OK(kh_store_close(store, NULL));
  tamper(path, "DELETE FROM refusal WHERE refusal = 4321");
  store = open_as(path, "amal");
  v = verified(store, NULL);
  assert_false(v.sound);
  assert_string_equal(v.subject, "refusal 4321");
  assert_int_equal(v.line, 4326);
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// ------------------------------------------------------------------ bytes

// The bytes as they came are kept where they are not the text, and come back; without the option,
// or where they are the text, their digest is enough.
static void raw_bytes(void **state) {
  (void)state;
  enum { LONG = 300000 };
  static char noise[LONG];
  unsigned number = 3;
  for (size_t i = 0; i < LONG; i++) {
    number = number * 1103515245U + 12345U;
    noise[i] = (char)(number >> 16);
  }
  char path[PATH_BYTES];
  fresh_path("raw", path);
  const kh_store_options options = {.keep_raw = true, .user = "amal", .at = "2026-01-02T03:04:05Z"};
  kh_store *store = NULL;
  OK(kh_store_open(&store, path, &options, NULL));
  for (int i = 0; i < REPORTS; i++) {
    kh_document *document = read_report(&reports[i]);
    kh_store_progress progress;
    const kh_store_container container = {.path = "in", .kind = "html", .size = 1, .mtime = 1};
    OK(kh_store_open_container(store, &container, &progress, NULL));
    size_t len = 0;
    const char *text = kh_document_text(document, &len);
    const kh_store_item item = {.document = document,
                                .container = progress.container,
                                .raw = i == 0   ? noise
                                       : i == 1 ? text
                                       : i == 2 ? NULL
                                                : "x",
                                .raw_len = i == 0   ? LONG
                                           : i == 1 ? len
                                                    : 1};
    OK(kh_store_add(store, &item, NULL, NULL));
    kh_document_close(document);
  }
  assert_true(verified(store, NULL).sound);
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM body WHERE raw IS NOT NULL"), 2);
  sqlite3 *db = NULL;
  sqlite3_stmt *row = NULL;
  assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
  assert_int_equal(sqlite3_prepare_v2(db, "SELECT raw FROM body WHERE doc = 1", -1, &row, NULL), 0);
  assert_int_equal(sqlite3_step(row), SQLITE_ROW);
  char *back = malloc(LONG);
  assert_int_equal(ZSTD_decompress(back, LONG, sqlite3_column_blob(row, 0),
                                   (size_t)sqlite3_column_bytes(row, 0)),
                   LONG);
  assert_memory_equal(back, noise, LONG);
  free(back);
  sqlite3_finalize(row);
  sqlite3_close(db);
  // whoever alters them is found
  tamper(path, "UPDATE body SET raw = zeroblob(9) WHERE doc = 1");
  OK(kh_store_open(&store, path, &options, NULL));
  const kh_verified v = verified(store, NULL);
  assert_false(v.sound);
  assert_string_equal(v.subject, "D1");
  OK(kh_store_close(store, NULL));
  (void)unlink(path);
}

// A text that is longer than SQLite takes is refused in words, and leaves nothing behind.
static void too_long(void **state) {
  (void)state;
  char path[PATH_BYTES];
  kh_store *store = full_store("long", path);
  (void)sqlite3_limit(store->db, SQLITE_LIMIT_LENGTH, 300);
  const report r = {"long", "", NULL, NULL, reports[0].text};
  kh_document *document = read_report(&r);
  const kh_store_item item = {.document = document, .container = 1, .position = 20};
  kh_error error;
  char longer[4096];
  (void)snprintf(longer, sizeof longer, "%s\nوزار الوفد البلدة.", reports[1].text);
  const report same = {"other", "", NULL, NULL, longer};
  kh_document *other = read_report(&same);
  const kh_store_item more = {.document = other, .container = 1, .position = 21};
  assert_int_equal(kh_store_add(store, &more, NULL, &error), KH_ERROR_LIMIT);
  assert_non_null(strstr(error.message, "too long"));
  kh_store_added added;
  OK(kh_store_add(store, &item, &added, &error)); // its bytes are known
  assert_true(added.known);
  kh_document_close(document);
  kh_document_close(other);
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM document"), REPORTS);
  (void)unlink(path);
}

const struct CMUnitTest corners_tests[] = {
    cmocka_unit_test(names_that_are_none),
    cmocka_unit_test(files_that_are_none),
    cmocka_unit_test(closed_beside_a_reader),
    cmocka_unit_test(seals),
    cmocka_unit_test(lines_of_nonsense),
    cmocka_unit_test(many_lines),
    cmocka_unit_test(raw_bytes),
    cmocka_unit_test(too_long),
};
const size_t corners_test_count = sizeof corners_tests / sizeof *corners_tests;
