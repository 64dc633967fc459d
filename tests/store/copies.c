// SPDX-License-Identifier: Apache-2.0
// Reports that repeat others, among many that do not.
#include "store/tests.h"

#include <unistd.h>

static const char *const words[] = {
    "قال",   "الوزير",  "مدينة",  "الحكومة", "قصف",     "مدنيين",   "أعلنت", "المنظمة",
    "نزوح",  "معبر",    "اتفاق",  "هدنة",    "المبعوث", "الجيش",    "طريق",  "مستشفى",
    "طفلا",  "أمس",     "اليوم",  "مجلس",    "المياه",  "الكهرباء", "حملة",  "المدارس",
    "السوق", "الأسعار", "الوقود", "شاحنات",  "مساعدات", "القرية"};
enum { WORDS = sizeof words / sizeof *words, MANY = 300 };

// Sentences of words that a number chooses; the same number gives the same text.
static void compose(unsigned number, unsigned count, char *text, size_t room) {
  size_t len = 0;
  for (unsigned i = 0; i < count && len + 40 < room; i++) {
    number = number * 1103515245U + 12345U;
    len += (size_t)snprintf(text + len, room - len, "%s%s", words[number / 65536 % WORDS],
                            i % 12 == 11 ? ". " : " ");
  }
}

static int64_t add(kh_store *store, unsigned number, const char *title, const char *more) {
  char text[8192];
  compose(number, 90, text, sizeof text - 400);
  (void)snprintf(text + strlen(text), 400, "%s", more);
  const report r = {"r", "outlet", "2020-01-01", title, text};
  kh_document *document = read_report(&r);
  kh_store_progress progress;
  const kh_store_container container = {.path = "in", .kind = "text", .size = 1, .mtime = 1};
  OK(kh_store_open_container(store, &container, &progress, NULL));
  const kh_store_item item = {.document = document, .container = progress.container};
  kh_store_added added;
  OK(kh_store_add(store, &item, &added, NULL));
  kh_document_close(document);
  return added.known ? 0 : added.doc;
}

static int64_t original_of(const char *path, int64_t doc) {
  char sql[100];
  (void)snprintf(sql, sizeof sql, "SELECT coalesce(copy_of, 0) FROM document WHERE doc = %lld",
                 (long long)doc);
  return ask_number(path, sql);
}

static void among_many(void **state) {
  (void)state;
  char path[PATH_BYTES];
  fresh_path("copies", path);
  kh_store *store = open_as(path, "amal");
  OK(kh_store_begin(store, NULL));
  for (unsigned i = 1; i <= MANY; i++) assert_int_equal(add(store, i, NULL, "."), i);
  assert_int_equal(add(store, 7, NULL, "."), 0); // the same bytes: known
  // a title of its own, a line behind it: a copy, however many there were
  for (unsigned i = 0; i < 40; i++) {
    char line[100];
    (void)snprintf(line, sizeof line, "وأضاف المراسل %c%c.", 'a' + (int)i / 20, 'a' + (int)i % 20);
    assert_int_equal(add(store, 9, "عنوان آخر", line), MANY + 1 + i);
  }
  OK(kh_store_commit(store, NULL));
  OK(kh_store_close(store, NULL));
  assert_int_equal(ask_number(path, "SELECT count(*) FROM document WHERE copy_of IS NOT NULL"), 40);
  assert_int_equal(ask_number(path, "SELECT count(DISTINCT copy_of) FROM document"), 1);
  assert_int_equal(original_of(path, MANY + 1), 9);
  assert_int_equal(original_of(path, MANY + 40), 9);
  // what was read before is known from the file, too
  store = open_as(path, "amal");
  const int64_t later = add(store, 200, "نقلا عن الوكالة", "");
  const int64_t other = add(store, 5000, "نقلا عن الوكالة", "");
  const int64_t brief = add(store, 0, NULL, "x");
  OK(kh_store_close(store, NULL));
  assert_int_equal(original_of(path, later), 200);
  assert_int_equal(original_of(path, other), 0);
  assert_int_equal(original_of(path, brief), 0);
  // prints that somebody damaged find nothing, and do no harm
  tamper(path, "UPDATE document SET print = zeroblob(3) WHERE doc % 3 = 0; UPDATE document SET "
               "print = zeroblob(4000) WHERE doc % 3 = 1; UPDATE document SET print = NULL WHERE "
               "doc % 30 = 2; DELETE FROM body WHERE doc = 50");
  store = open_as(path, "amal");
  const int64_t last = add(store, 200, "نقلا عن وكالة أخرى", "!");
  assert_int_equal(add(store, 50, "نقلا عنها", "!"), last + 1);
  OK(kh_store_close(store, NULL));
  assert_int_equal(original_of(path, last + 1), 0); // the text that it repeats is gone
  // numbers of reports that no fingerprint can hold
  tamper(path, "UPDATE document SET doc = 5000000000 WHERE doc = (SELECT max(doc) FROM document)");
  store = open_as(path, "amal");
  const int64_t far = add(store, 201, "نقلا عنها", "!");
  assert_int_equal(far, 5000000001);
  OK(kh_store_close(store, NULL));
  assert_int_equal(original_of(path, far), 0);
  (void)unlink(path);
}

const struct CMUnitTest copies_tests[] = {cmocka_unit_test(among_many)};
const size_t copies_test_count = sizeof copies_tests / sizeof *copies_tests;
