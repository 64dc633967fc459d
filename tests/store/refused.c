// SPDX-License-Identifier: Apache-2.0
// Everything that a store does, refused at each of its statements in turn, at its allocations, by
// another writer, by a store that only reads: a clean error each time, and a record that is what it
// was.
#include "store/faults.h"
#include "store/store.h"
#include "store/tests.h"

#include <unistd.h>

// Composed for these tests: the first repeats report one of the others under another title, with a
// sentence of its own, the second repeats both.
static const report more[] = {
    {"copy", "صدى المرفأ", "2019-05-10", "قتلى وجرحى شمالي سوريا",
     "قال وزير الخارجية سالم الحداد الخميس إن خمسة مدنيين، بينهم طفلان، قتلوا في قصف نفذته "
     "الطائرات "
     "الحربية على أطراف حلب في 5 أيار/مايو 2019.\nوطالب الحداد الأمم المتحدة بوقف إطلاق النار في "
     "ريف حلب، مقابل الإفراج عن المعتقلين.\nوأعلنت الأمم المتحدة أن نحو 3,200 شخص نزحوا من "
     "المنطقة.\nوكان المراسل قد زار البلدة."},
    {"copy of it", "راديو الضفة", "2019-05-11", "من الشمال",
     "قال وزير الخارجية سالم الحداد الخميس إن خمسة مدنيين، بينهم طفلان، قتلوا في قصف نفذته "
     "الطائرات "
     "الحربية على أطراف حلب في 5 أيار/مايو 2019.\nوطالب الحداد الأمم المتحدة بوقف إطلاق النار في "
     "ريف حلب، مقابل الإفراج عن المعتقلين.\nوأعلنت الأمم المتحدة أن نحو 3,200 شخص نزحوا من "
     "المنطقة.\nوكان المراسل قد زار البلدة أول أمس."},
};
enum { MORE = sizeof more / sizeof *more };
static kh_document *new_documents[MORE];
static kh_document *old_document;

// ------------------------------------------------------------------ what is done

typedef struct deed deed;
struct deed {
  kh_status (*run)(kh_store *, const deed *, kh_error *);
  kh_decision_request request;
  int64_t number;
  bool reads; // changes nothing
  bool alone; // not within a batch
};

static kh_status add_document(kh_store *store, const kh_document *document, int64_t position,
                              kh_error *error) {
  const kh_store_item item = {.document = document,
                              .container = 1,
                              .position = (uint64_t)position,
                              .raw = "<p>as it came</p>",
                              .raw_len = 17};
  return kh_store_add(store, &item, NULL, error);
}

static kh_status add_new(kh_store *store, const deed *d, kh_error *error) {
  kh_status status = KH_OK;
  for (int i = 0; i < MORE && status == KH_OK; i++)
    status = add_document(store, new_documents[i], d->number + i, error);
  return status;
}

static kh_status add_known(kh_store *store, const deed *d, kh_error *error) {
  return add_document(store, old_document, d->number, error);
}

static kh_status enter(kh_store *store, const deed *d, kh_error *error) {
  (void)d;
  kh_store_progress progress;
  const kh_store_container container = {.path = "new", .kind = "rss", .size = -1, .mtime = -1};
  kh_status status = kh_store_open_container(store, &container, &progress, error);
  progress.items = 4;
  if (status == KH_OK) status = kh_store_set_progress(store, &progress, error);
  return status;
}

static kh_status set_progress(kh_store *store, const deed *d, kh_error *error) {
  const kh_store_progress progress = {.container = d->number, .items = 2};
  return kh_store_set_progress(store, &progress, error);
}

static kh_status refuse(kh_store *store, const deed *d, kh_error *error) {
  const kh_error why = {.code = KH_ERROR_FORMAT, .line = 3, .message = "no JSON"};
  return kh_store_refuse(store, d->number, 9, &why, error);
}

static kh_status decide(kh_store *store, const deed *d, kh_error *error) {
  return kh_store_decide(store, &d->request, NULL, error);
}

static kh_status undo(kh_store *store, const deed *d, kh_error *error) {
  kh_decided decided;
  return kh_store_undo(store, d->number, 9999, &decided, error);
}

static kh_status redo(kh_store *store, const deed *d, kh_error *error) {
  return kh_store_redo(store, d->number, -1, NULL, error);
}

static kh_status reread(kh_store *store, const deed *d, kh_error *error) {
  return kh_store_reread_document(store, d->number, engine, true, NULL, error);
}

static kh_status merge(kh_store *store, const deed *d, kh_error *error) {
  (void)d;
  return kh_store_merge(store, error);
}

static kh_status index_all(kh_store *store, const deed *d, kh_error *error) {
  (void)d;
  return kh_store_index(store, error);
}

static bool pass(void *context, const char *bytes, size_t len) {
  (void)context;
  (void)bytes;
  (void)len;
  return true;
}

static kh_status export_all(kh_store *store, const deed *d, kh_error *error) {
  const kh_export_options options = {.format = (kh_export_format)d->number, .layer = "figures"};
  return kh_export(store, &options, pass, NULL, NULL, error);
}

static kh_status document(kh_store *store, const deed *d, kh_error *error) {
  kh_document *out = NULL;
  const kh_status status = kh_store_document(&out, store, d->number, KH_STORE_EFFECTIVE, error);
  assert_true(status == KH_OK ? out != NULL : out == NULL);
  kh_document_close(out);
  return status;
}

static kh_status version(kh_store *store, const deed *d, kh_error *error) {
  int64_t out = 0;
  return kh_store_version(store, d->number, &out, error);
}

static bool pass_decision(void *context, const kh_decision *decision) {
  (void)context;
  assert_non_null(decision->target);
  return true;
}

static kh_status decisions(kh_store *store, const deed *d, kh_error *error) {
  const kh_decision_filter filter = {.doc = d->number, .limit = 50};
  return kh_store_decisions(store, &filter, pass_decision, NULL, error);
}

static bool pass_state(void *context, const kh_claim_state *state) {
  (void)context;
  return state->n > 0;
}

static kh_status states(kh_store *store, const deed *d, kh_error *error) {
  return kh_store_states(store, d->number, pass_state, NULL, error);
}

static kh_status seal(kh_store *store, const deed *d, kh_error *error) {
  (void)d;
  char out[KH_SEAL_BYTES];
  return kh_store_seal(store, out, error);
}

static kh_status next(kh_store *store, const deed *d, kh_error *error) {
  int64_t out = 0;
  return kh_store_next_document(store, d->number, &out, error);
}

static kh_status verify(kh_store *store, const deed *d, kh_error *error) {
  (void)d;
  kh_verified verified;
  const kh_status status = kh_store_verify(store, NULL, &verified, error);
  if (status == KH_OK && !verified.sound) fail_msg("%s: %s", verified.subject, verified.what);
  return status;
}

static const char *const e1[] = {"E1"};
static const char *const e3[] = {"E3", "E4"};
static const char *const h2[] = {"H2.1"};
static const char *const r2[] = {"R2.1"};
static const char *const l2[] = {"L3.1"};
static const char *const v3[] = {"D1.v3"};
static const char *const f2[] = {"D1.f2"};

#define DECIDE(act, about, ...)                                                                    \
  {                                                                                                \
    .run = decide, .request = {.action = act, .target = about, __VA_ARGS__ }                       \
  }
#define OTHERS(list) .others = list, .other_count = sizeof list / sizeof *list

static const deed deeds[] = {
    {.run = add_new, .number = 20},
    {.run = add_known, .number = 30},
    {.run = enter},
    {.run = set_progress, .number = 1},
    {.run = refuse, .number = 1},
    DECIDE("accept", "D1.s1", .seen = 9999),
    DECIDE("reject", "D1.p1", .seen = 9999),
    DECIDE("note", "D1.p1", .note = "to be asked", .seen = -1),
    DECIDE("correct", "D1.f1",
           .after = "{\"value\": 7.5, \"high\": 9, \"place\": \"e2\", \"source\": \"E5\", "
                    "\"part_of\": \"f2\", \"since\": \"2019-05\", \"bound\": \"about\"}",
           .seen = -1),
    DECIDE("correct", "D1.v1",
           .after = "{\"type\": \"AID\", \"actors\": [\"e2\", \"E4\"], \"negated\": true, "
                    "\"time\": \"t1\", \"statement\": \"s1\", \"mode\": \"food\"}",
           .seen = -1),
    DECIDE("correct", "D1.s1",
           .after = "{\"time\": {\"start\": 49, \"end\": 55, \"begin\": \"2019-05-02\"}, "
                    "\"speaker\": \"e2\", \"with\": [\"e1\"], \"inside\": null}",
           .seen = -1),
    DECIDE("correct", "D1.p1",
           .after = "{\"as_of\": \"2019-05-30\", \"for\": {\"start\": 0, \"end\": 3}, "
                    "\"by\": [\"e1\"], \"same_as\": null}",
           .seen = -1),
    DECIDE("correct", "D1.e2", .after = "{\"entity\": \"E3\"}", .seen = 9999),
    DECIDE("add", "D1", .layer = "v",
           .after = "{\"trigger\": {\"start\": 0, \"end\": 3}, \"type\": \"PROTEST\"}", .seen = -1),
    DECIDE("split", "D1.f2", .after = "[{\"value\": 2}, {\"value\": 3}]", .seen = -1),
    DECIDE("merge", "D1.v2", OTHERS(v3), .after = "{\"negated\": true}", .seen = 9999),
    DECIDE("merge", "D1.f1", OTHERS(f2), .seen = -1),
    DECIDE("merge", "E2", OTHERS(e3), .seen = 9999),
    DECIDE("unmerge", "E1", .seen = -1),
    DECIDE("reject", "E2", OTHERS(e1), .seen = -1),
    DECIDE("merge", "H1.1", OTHERS(h2), .seen = -1),
    DECIDE("split", "R1.1", OTHERS(r2), .seen = -1),
    DECIDE("reject", "L1.1", OTHERS(l2), .seen = -1),
    {.run = undo, .number = 6},
    {.run = undo, .number = 9},
    {.run = redo, .number = 7},
    {.run = reread, .number = 1},
    {.run = reread, .number = 3},
    {.run = merge},
    {.run = index_all, .alone = true},
    {.run = export_all, .number = KH_EXPORT_JSONL, .alone = true},
    {.run = export_all, .number = KH_EXPORT_CSV, .alone = true},
    {.run = export_all, .number = KH_EXPORT_PROV, .alone = true},
    {.run = document, .number = 1, .reads = true},
    {.run = version, .number = 1, .reads = true},
    {.run = version, .reads = true},
    {.run = decisions, .reads = true},
    {.run = decisions, .number = 1, .reads = true},
    {.run = states, .number = 1, .reads = true},
    {.run = seal, .reads = true},
    {.run = next, .reads = true},
    {.run = verify, .reads = true, .alone = true},
};
enum { DEEDS = sizeof deeds / sizeof *deeds };

static void decided(kh_store *store, const char *action, const char *target, const char *after,
                    const char *other) {
  const kh_decision_request request = {.action = action,
                                       .target = target,
                                       .after = after,
                                       .others = &other,
                                       .other_count = other ? 1 : 0,
                                       .seen = -1};
  kh_error error;
  if (kh_store_decide(store, &request, NULL, &error) != KH_OK) fail_msg("%s", error.message);
}

// Decisions 6 to 10; 7 is undone.
static kh_store *prepared(const char *name, char path[PATH_BYTES]) {
  OK(kh_store_close(full_store(name, path), NULL));
  const kh_store_options options = {.allocator = &faults_allocator,
                                    .keep_raw = true,
                                    .user = "amal",
                                    .at = "2026-01-02T03:04:05Z",
                                    .wait_ms = 20};
  kh_store *store = NULL;
  OK(kh_store_open(&store, path, &options, NULL));
  decided(store, "correct", "D1.v1", "{\"type\": \"AID\", \"actors\": [\"e2\"]}", NULL);
  decided(store, "reject", "D2.v1", NULL, NULL);
  decided(store, "split", "D1.f1", "[{\"value\": 1}, {\"value\": 4}]", NULL);
  decided(store, "merge", "E5", NULL, "E1");
  decided(store, "merge", "H1.1", NULL, "H2.1");
  OK(kh_store_undo(store, 7, -1, NULL, NULL));
  return store;
}

static void open_documents(void) {
  for (int i = 0; i < MORE; i++) new_documents[i] = read_report(&more[i]);
  old_document = read_report(&reports[1]);
}

static void close_documents(void) {
  for (int i = 0; i < MORE; i++) kh_document_close(new_documents[i]);
  kh_document_close(old_document);
}

// ------------------------------------------------------------------ refusing

static struct {
  unsigned long count;
  unsigned long fail_at;
} statements;

// Transactions themselves cannot be interrupted.
static int on_statement(unsigned kind, void *db, void *statement, void *sql) {
  (void)kind;
  (void)sql;
  const char *text = sqlite3_sql(statement);
  if (strncmp(text, "BEGIN", 5) == 0 || strcmp(text, "COMMIT") == 0 ||
      strcmp(text, "ROLLBACK") == 0)
    return 0;
  if (++statements.count == statements.fail_at) sqlite3_interrupt(db);
  return 0;
}

static void nth_statement(kh_store *store, unsigned long at) {
  statements.count = 0;
  statements.fail_at = at;
  (void)sqlite3_trace_v2(store->db, at ? SQLITE_TRACE_STMT : 0, at ? on_statement : NULL,
                         store->db);
}

static char *state_of(const char *path) {
  return ask(path, "SELECT group_concat(line, char(10)) FROM (SELECT layer || doc || n || start || "
                   "end || state AS line FROM all_claims UNION ALL SELECT doc || layer || n || "
                   "role || entity FROM part UNION ALL SELECT entity || ifnull(merged_into, '-') "
                   "FROM entity UNION ALL SELECT doc || n || entity FROM document_entity UNION ALL "
                   "SELECT decision || undone FROM decision UNION ALL SELECT message FROM refusal "
                   "UNION ALL SELECT path || items FROM container UNION ALL SELECT hash FROM audit "
                   "WHERE action <> 'export')");
}

static kh_status do_it(kh_store *store, const deed *d, kh_error *error) {
  memset(error, 0, sizeof *error);
  return d->run(store, d, error);
}

static void assert_clean(size_t index, unsigned long at, kh_status status, const kh_error *error,
                         kh_status wanted) {
  if (status != wanted || error->code != wanted || !error->message[0])
    fail_msg("deed %zu, at %lu: status %d, \"%s\"", index, at, status, error->message);
}

static void assert_unchanged(const char *path, const char *before) {
  char *after = state_of(path);
  assert_string_equal(after, before);
  free(after);
}

// The record verifies after all that was refused; then nothing of it is left.
static void end_sound(kh_store *store, const char *path, char *before) {
  kh_error error;
  assert_int_equal(verify(store, deeds, &error), KH_OK);
  OK(kh_store_close(store, NULL));
  free(before);
  close_documents();
  (void)unlink(path);
}

static void each_statement(void **state) {
  (void)state;
  char path[PATH_BYTES];
  open_documents();
  kh_store *store = prepared("statements", path);
  char *before = state_of(path);
  kh_error error;
  for (size_t i = 0; i < DEEDS; i++) {
    const deed *d = &deeds[i];
    const bool batch = !d->alone && !d->reads;
    for (unsigned long at = 1;; at++) {
      if (batch) OK(kh_store_begin(store, NULL));
      nth_statement(store, at);
      const kh_status status = do_it(store, d, &error);
      const bool reached = statements.count >= at;
      nth_statement(store, 0);
      if (batch) kh_store_rollback(store);
      if (!reached) {
        if (status != KH_OK) fail_msg("deed %zu: %s", i, error.message);
        break;
      }
      // what SQLite had already done of it, it may call done
      const kh_status wanted = d->run == merge ? KH_ERROR_IO : KH_ERROR_STORE;
      if (status != KH_OK) assert_clean(i, at, status, &error, wanted);
    }
    assert_unchanged(path, before);
  }
  end_sound(store, path, before);
}

static void each_allocation(void **state) {
  (void)state;
  char path[PATH_BYTES];
  open_documents();
  kh_store *store = prepared("allocations", path);
  char *before = state_of(path);
  kh_error error;
  for (size_t i = 0; i < DEEDS; i++) {
    const deed *d = &deeds[i];
    const bool batch = !d->alone && !d->reads;
    for (int kind = 0; kind < FAULTS_KINDS; kind++) {
      const unsigned long step = kind == FAULTS_SQLITE && !getenv("KHUTWA_LONG") ? 37 : 1;
      for (unsigned long at = 1 + i % step;; at += step) {
        if (batch) OK(kh_store_begin(store, NULL));
        faults_set((faults_of)kind, at);
        const kh_status status = do_it(store, d, &error);
        const bool reached = faults_count() >= at;
        faults_set(FAULTS_ANY, 0);
        if (batch) kh_store_rollback(store);
        // SQLite gets by without some of its memory
        if (status != KH_OK) assert_clean(i, at, status, &error, KH_ERROR_MEMORY);
        if (!reached) assert_int_equal(status, KH_OK);
        if (!reached) break;
      }
    }
    assert_unchanged(path, before);
  }
  end_sound(store, path, before);
}

static void others_write(void **state) {
  (void)state;
  char path[PATH_BYTES];
  open_documents();
  kh_store *store = prepared("others", path);
  kh_store *other = open_as(path, "badr");
  OK(kh_store_begin(other, NULL));
  char *before = state_of(path);
  kh_error error;
  for (size_t i = 0; i < DEEDS; i++) {
    const kh_status status = do_it(store, &deeds[i], &error);
    if (deeds[i].reads)
      assert_int_equal(status, KH_OK);
    else
      assert_clean(i, 0, status, &error, KH_ERROR_BUSY);
  }
  kh_store_rollback(other);
  OK(kh_store_close(other, NULL));
  OK(kh_store_close(store, NULL));
  char *after = state_of(path);
  assert_string_equal(after, before);
  free(before);
  free(after);
  close_documents();
  (void)unlink(path);
}

static void reading_only(void **state) {
  (void)state;
  char path[PATH_BYTES];
  open_documents();
  OK(kh_store_close(prepared("reading", path), NULL));
  const kh_store_options options[] = {
      {.user = "amal", .at = "2026-01-02T03:04:05Z", .read_only = true}, // may not write
      {.existing = true, .cache_kb = 100},                               // nobody has signed
  };
  kh_error error;
  for (size_t o = 0; o < 2; o++) {
    kh_store *store = NULL;
    OK(kh_store_open(&store, path, &options[o], NULL));
    for (size_t i = 0; i < DEEDS; i++) {
      const kh_status status = do_it(store, &deeds[i], &error);
      if (deeds[i].reads)
        assert_int_equal(status, KH_OK);
      else
        assert_clean(i, o, status, &error, KH_ERROR_ARGUMENT);
    }
    OK(kh_store_close(store, NULL));
  }
  close_documents();
  (void)unlink(path);
}

// After a change that failed nothing else of its batch comes about.
static void broken_batch(void **state) {
  (void)state;
  char path[PATH_BYTES];
  open_documents();
  kh_store *store = prepared("batch", path);
  kh_error error;
  const kh_decision_request wrong = {.action = "accept", .target = "D1.f99", .seen = -1};
  char *before = state_of(path);
  OK(kh_store_begin(store, NULL));
  assert_int_equal(kh_store_begin(store, &error), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_store_decide(store, &wrong, NULL, &error), KH_ERROR_ARGUMENT);
  for (size_t i = 0; i < DEEDS; i++) {
    const kh_status status = do_it(store, &deeds[i], &error);
    if (!deeds[i].reads || deeds[i].alone) assert_clean(i, 0, status, &error, KH_ERROR_ARGUMENT);
  }
  assert_int_equal(kh_store_commit(store, &error), KH_ERROR_ARGUMENT);
  assert_non_null(strstr(error.message, "taken back"));
  kh_store_rollback(store);
  kh_store_rollback(store); // twice is once
  assert_int_equal(kh_store_commit(store, &error), KH_ERROR_ARGUMENT);
  char *after = state_of(path);
  assert_string_equal(after, before);
  free(before);
  free(after);
  OK(kh_store_close(store, NULL));
  close_documents();
  (void)unlink(path);
}

const struct CMUnitTest refused_tests[] = {
    cmocka_unit_test(each_statement), cmocka_unit_test(each_allocation),
    cmocka_unit_test(others_write),   cmocka_unit_test(reading_only),
    cmocka_unit_test(broken_batch),
};
const size_t refused_test_count = sizeof refused_tests / sizeof *refused_tests;
