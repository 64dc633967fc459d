// SPDX-License-Identifier: Apache-2.0
#include "merge/tests.h"

#include "store/codes.h"

extern const char kh_store_schema[];

void run(sqlite3 *db, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  char *sql = sqlite3_vmprintf(format, arguments);
  va_end(arguments);
  char *error = NULL;
  if (sqlite3_exec(db, sql, NULL, NULL, &error) != SQLITE_OK) fail_msg("%s: %s", sql, error);
  sqlite3_free(sql);
}

static sqlite3_stmt *first_row(sqlite3 *db, const char *format, va_list arguments) {
  char *sql = sqlite3_vmprintf(format, arguments);
  sqlite3_stmt *row = NULL;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK)
    fail_msg("%s: %s", sql, sqlite3_errmsg(db));
  sqlite3_free(sql);
  if (sqlite3_step(row) == SQLITE_ROW) return row;
  sqlite3_finalize(row);
  return NULL;
}

int64_t ask(sqlite3 *db, const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  sqlite3_stmt *row = first_row(db, format, arguments);
  va_end(arguments);
  if (!row) return -1;
  const int64_t value =
      sqlite3_column_type(row, 0) == SQLITE_NULL ? -1 : sqlite3_column_int64(row, 0);
  sqlite3_finalize(row);
  return value;
}

const char *ask_text(sqlite3 *db, char out[256], const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  sqlite3_stmt *row = first_row(db, format, arguments);
  va_end(arguments);
  const char *text = row ? (const char *)sqlite3_column_text(row, 0) : NULL;
  snprintf(out, 256, "%s", text ? text : "");
  sqlite3_finalize(row);
  return out;
}

static void place(sqlite3 *db, int id, const char *name, const char *country, const char *known,
                  const char *code, const char *admin1, double latitude, double longitude) {
  run(db,
      "INSERT INTO entity(entity, kind, named, name, country, known_id, place_code, admin1, "
      "latitude, longitude, doc) VALUES(%d, 'place', 1, %Q, %Q, %Q, %Q, %Q, %.5f, %.5f, 1)",
      id, name, country, known, code, admin1, latitude, longitude);
}

static void body(sqlite3 *db, int id, const char *kind, bool named, const char *name,
                 const char *country) {
  run(db,
      "INSERT INTO entity(entity, kind, named, name, country, doc) VALUES(%d, %Q, %d, %Q, %Q, 1)",
      id, kind, named, name, country);
}

static void bare_place(sqlite3 *db, int id, const char *name, const char *country,
                       const char *known) {
  run(db,
      "INSERT INTO entity(entity, kind, named, name, country, known_id, doc) "
      "VALUES(%d, 'place', 1, %Q, %Q, %Q, 1)",
      id, name, country, known);
}

sqlite3 *fresh(void) {
  sqlite3 *db = NULL;
  assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
  run(db, "%s", kh_store_schema);
  bare_place(db, SYRIA, "سوريا", "SYR", "c-SYR");
  place(db, IDLIB, "إدلب", "SYR", "g-169389", "geonames:169389", "12", 35.9306, 36.6339);
  place(db, SARAQIB, "سراقب", "SYR", "g-1", "geonames:1", "12", 35.8644, 36.8058);
  place(db, ARIHA, "أريحا", "SYR", "g-2", "geonames:2", "12", 35.8137, 36.6089);
  place(db, ALEPPO, "حلب", "SYR", "g-170063", "geonames:170063", "09", 36.2012, 37.1612);
  place(db, BINNISH, "بنش", "SYR", "g-3", "geonames:3", "12", 35.9380, 36.6400);
  bare_place(db, GAZA, "قطاع غزة", "PSE", "r-gaza-strip");
  bare_place(db, YEMEN, "اليمن", "YEM", "c-YEM");
  bare_place(db, NOWHERE, "تل مجهول", "SYR", NULL);
  body(db, ARMY, "armed", true, "الجيش السوري", "SYR");
  body(db, REBELS, "armed", true, "فصائل المعارضة", "SYR");
  body(db, HOUTHIS, "armed", true, "جماعة الحوثي", "YEM");
  body(db, UN, "org", true, "الأمم المتحدة", "UNO");
  body(db, GUNMEN, "actor", false, "مسلحون", "");
  body(db, ENVOY, "person", true, "يوسف بركات", "UNO");
  body(db, MINISTER, "person", true, "سالم الحداد", "SYR");
  body(db, DOCTOR, "person", true, "مأمون الحريري", "SYR");
  body(db, POLICE, "actor", false, "الشرطة السورية", "SYR");
  return db;
}

void document(sqlite3 *db, int doc, int outlet, const char *published) {
  run(db,
      "INSERT INTO document(doc, id, container, position, outlet, published, lang, length, "
      "raw_sha256, text_sha256, engine) VALUES(%d, 'd%d', 1, %d, nullif(%d, 0), %Q, 'ar', 1, "
      "CAST(%d AS BLOB), x'00', 1)",
      doc, doc, doc, outlet, published, doc);
}

/// The number of a word; of an odd one, an odd one.
static int code(kh_code_kind kind, const char *word) {
  const int number = kh_code_of(kind, word, strlen(word));
  return number < 0 ? 999 : number;
}

void part(sqlite3 *db, int doc, int n, const char *role, int entity) {
  if (entity)
    run(db, "INSERT INTO part(doc, n, role_code, entity) VALUES(%d, %d, %d, %d)", doc, n,
        code(KH_CODE_ROLE, role), entity);
}

void event(sqlite3 *db, int doc, int n, told t) {
  run(db,
      "INSERT INTO event(doc, n, start, end, type_code, mode, reality_code, negated, place, "
      "day_number, until_number, told, rule) VALUES(%d, %d, %d, %d, %d, %Q, %d, %d, "
      "nullif(%d, 0), unixepoch(%Q) / 86400, unixepoch(%Q) / 86400, %d, 1)",
      doc, n, t.start, t.start + 5, code(KH_CODE_EVENT_TYPE, t.type ? t.type : "ASSAULT"), t.mode,
      code(KH_CODE_REALITY, t.reality ? t.reality : "actual"), t.negated, t.place, t.day,
      t.until ? t.until : t.day, t.day != NULL);
  part(db, doc, n, "actor", t.actor);
  part(db, doc, n, "actor", t.other_actor);
  part(db, doc, n, "recipient", t.recipient);
}

void figure(sqlite3 *db, int doc, int n, figure_told t) {
  run(db,
      "INSERT INTO figure(doc, n, start, end, value, high, bound_code, counted_code, what_code, "
      "part_of, restates, "
      "place, source, since, until, rule) VALUES(%d, %d, %d, %d, %f, nullif(%f, 0), %d, %d, %d, "
      "nullif(%d, 0), nullif(%d, 0), nullif(%d, 0), nullif(%d, 0), %Q, %Q, 1)",
      doc, n, t.start, t.start + 5, t.value, t.high,
      code(KH_CODE_BOUND, t.bound ? t.bound : "exact"),
      code(KH_CODE_COUNTED, t.counted ? t.counted : "persons"),
      code(KH_CODE_HARM, t.what ? t.what : "killed"), t.part_of, t.restates, t.place, t.source,
      t.since, t.until);
}

void step(sqlite3 *db, int doc, int n, step_told t) {
  run(db,
      "INSERT INTO step(doc, n, start, end, kind_code, status_code, for_start, for_end, place, "
      "according_to, as_of_number, same_as, rule) VALUES(%d, %d, %d, %d, %d, %d, %d, %d, "
      "nullif(%d, 0), nullif(%d, 0), unixepoch(%Q) / 86400, nullif(%d, 0), 1)",
      doc, n, t.start, t.start + 5, code(KH_CODE_STEP_KIND, t.kind ? t.kind : "ceasefire"),
      code(KH_CODE_STEP_STATUS, t.status ? t.status : "demanded"), t.for_start, t.for_end, t.place,
      t.according_to, t.day, t.same_as);
  part(db, doc, n, "by", t.by);
  part(db, doc, n, "asked_by", t.asked_by);
}

void merge(sqlite3 *db) {
  kh_error error = {0};
  const kh_status status = kh_merge_run(db, NULL, &error);
  if (status != KH_OK) fail_msg("%s", error.message);
}

int64_t happening_of(sqlite3 *db, int doc, int n) {
  return ask(db, "SELECT happening FROM happening_event WHERE doc = %d AND n = %d", doc, n);
}

int64_t series_of(sqlite3 *db, int doc, int n) {
  return ask(db, "SELECT series FROM series_figure WHERE doc = %d AND n = %d", doc, n);
}

int64_t entry_of(sqlite3 *db, int doc, int n) {
  return ask(db, "SELECT entry FROM ledger_step WHERE doc = %d AND n = %d", doc, n);
}

static int add_row(void *context, int count, char **values, char **names) {
  (void)names;
  char **out = context;
  for (int i = 0; i < count; i++)
    *out = sqlite3_mprintf("%z%s|", *out, values[i] ? values[i] : "NULL");
  *out = sqlite3_mprintf("%z\n", *out);
  return 0;
}

char *derived(sqlite3 *db) {
  static const char *const tables[] = {
      "happening",   "happening_event", "series",    "series_figure", "ledger",
      "ledger_step", "ledger_part",     "condition", "contradiction", "proposal"};
  char *out = sqlite3_mprintf("");
  for (size_t i = 0; i < sizeof tables / sizeof *tables; i++) {
    char *sql = sqlite3_mprintf("SELECT '%s', * FROM %s ORDER BY 2, 3, 4", tables[i], tables[i]);
    assert_int_equal(sqlite3_exec(db, sql, add_row, &out, NULL), SQLITE_OK);
    sqlite3_free(sql);
  }
  return out;
}

int main(void) {
  int failed = 0;
#define GROUP(name) _cmocka_run_group_tests(#name, name##_tests, name##_test_count, NULL, NULL)
  failed += GROUP(model);
  failed += GROUP(happening);
  failed += GROUP(series);
  failed += GROUP(ledger);
  failed += GROUP(who);
  failed += GROUP(run);
  return failed != 0;
}
