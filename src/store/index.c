// SPDX-License-Identifier: Apache-2.0
// What makes answers quick: the full text, indexes, and counts. All of it follows from the rest,
// is made after reports were added, not while, and may be dropped and made again.
#include "base/error.h"
#include "store/asking.h"
#include "store/tokenize.h"

// The text stands in body alone; the index holds words and their places.
static const char *const full_text =
    "CREATE VIRTUAL TABLE IF NOT EXISTS search USING fts5(text, content='body', "
    "content_rowid='doc', columnsize=0, tokenize='" KH_TOKENIZER "')";

// So many bytes of words are gathered in memory before they are written, and so many are a piece of
// the index: eight of them fill a page of the file.
static const char *const full_text_sizes =
    "INSERT INTO search(search, rank) VALUES('hashsize', 8388608);"
    "INSERT INTO search(search, rank) VALUES('pgsz', 8000)";

static const char *const tables =
    "CREATE TABLE IF NOT EXISTS entity_count ("
    "entity INTEGER PRIMARY KEY, documents INTEGER NOT NULL, first_day TEXT, last_day TEXT, "
    "statements INTEGER NOT NULL DEFAULT 0, events INTEGER NOT NULL DEFAULT 0, "
    "steps INTEGER NOT NULL DEFAULT 0) STRICT";

// What `unkept` asks of an entry's history.
#define PROMISED "ledger_step_promised ON ledger_step(entry) WHERE status_code IN (2, 3, 4)"

static const char *const indexes[] = {
    "document_by_day ON document(published)",
    "document_of_outlet ON document(outlet, published, copy_of)",
    "document_by_copy ON document(copy_of) WHERE copy_of IS NOT NULL",
    "document_entity_by_entity ON document_entity(entity)",
    "entity_name_by_entity ON entity_name(entity)",
    "entity_by_name_en ON entity(name_en COLLATE NOCASE)",
    "entity_count_by_documents ON entity_count(documents)",
    "part_by_entity ON part(entity) WHERE role_code IN (3, 4)",
    "figure_by_source ON figure(source) WHERE source IS NOT NULL",
    "happening_by_day ON happening(day_number, type_code)",
    "happening_by_place ON happening(place, day_number)",
    "happening_event_by_happening ON happening_event(happening)",
    "series_by_day ON series(since_number)",
    "series_by_what ON series(what_code, since_number)",
    "series_by_place ON series(place, since_number)",
    "series_by_happening ON series(happening) WHERE happening IS NOT NULL",
    "series_figure_by_series ON series_figure(series)",
    "ledger_by_day ON ledger(last_day_number)",
    "ledger_by_kind ON ledger(kind_code, last_day_number)",
    "ledger_part_by_entity ON ledger_part(entity)",
    "ledger_step_of_entry ON ledger_step(entry, day_number)",
    PROMISED,
    "ledger_step_by_day ON ledger_step(day_number)",
    "condition_by_entry ON condition(entry)",
    "condition_by_needs ON condition(needs)",
    "contradiction_by_what ON contradiction(kind, of)",
    "statement_open ON statement(permille, doc, n) WHERE state_code = 0",
    "event_open ON event(permille, doc, n) WHERE state_code = 0",
    "figure_open ON figure(permille, doc, n) WHERE state_code = 0",
    "step_open ON step(permille, doc, n) WHERE state_code = 0",
};

enum { MANY = 1000 }; // reports

int kh_search_register(sqlite3 *db) {
  const int code = kh_tokenizer_register(db);
  return code == SQLITE_OK ? kh_functions_register(db) : code;
}

static kh_status make_indexes(kh_store *store, kh_error *error) {
  int64_t known = 0;
  kh_status status = kh_sql_int(store, "SELECT count(*) FROM sqlite_schema WHERE name = 'search'",
                                0, &known, error);
  if (status == KH_OK && !known) {
    status = kh_sql_run(store, full_text, error);
    if (status == KH_OK) status = kh_sql_run(store, full_text_sizes, error);
  }
  if (status == KH_OK) status = kh_sql_run(store, tables, error);
  for (size_t i = 0; status == KH_OK && i < sizeof indexes / sizeof *indexes; i++) {
    kh_select s;
    kh_select_begin(&s, store, error);
    kh_select_add(&s, "CREATE INDEX IF NOT EXISTS ");
    kh_select_add(&s, indexes[i]);
    status = kh_select_next(&s);
    if (status == KH_END) status = KH_OK;
    kh_select_end(&s);
  }
  return status;
}

// A number kept in `meta`.
static kh_status get(kh_store *store, const char *key, int64_t *number, kh_error *error) {
  kh_row row = kh_row_of(store, "SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?", error);
  kh_row_text(&row, key);
  const kh_status status = kh_row_next(&row);
  *number = status == KH_OK ? sqlite3_column_int64(row.statement, 0) : 0;
  if (status == KH_OK) kh_row_end(&row);
  return status == KH_END ? KH_OK : status;
}

static kh_status set(kh_store *store, const char *key, int64_t number, kh_error *error) {
  kh_row row = kh_row_of(store,
                         "INSERT INTO meta(key, value) VALUES(?, CAST(? AS TEXT)) "
                         "ON CONFLICT(key) DO UPDATE SET value = excluded.value",
                         error);
  kh_row_text(&row, key);
  kh_row_int(&row, number);
  return kh_row_run(&row);
}

static kh_status add_text(kh_store *store, int64_t from, kh_error *error) {
  kh_row row = kh_row_of(
      store, "INSERT INTO search(rowid, text) SELECT doc, text FROM body WHERE doc > ?", error);
  kh_row_int(&row, from);
  return kh_row_run(&row);
}

static kh_status count_from(kh_store *store, int64_t from, kh_error *error) {
  kh_row row = kh_row_of(
      store,
      "INSERT INTO entity_count(entity, documents, first_day, last_day) "
      "SELECT coalesce(e.merged_into, e.entity), count(DISTINCT t.doc), "
      "substr(min(d.published), 1, 10), substr(max(d.published), 1, 10) FROM document_entity t "
      "JOIN entity e ON e.entity = t.entity JOIN document d ON d.doc = t.doc WHERE t.doc > ? "
      "GROUP BY 1 ON CONFLICT(entity) DO UPDATE SET documents = documents + excluded.documents, "
      "first_day = min(coalesce(first_day, excluded.first_day), "
      "coalesce(excluded.first_day, first_day)), "
      "last_day = max(coalesce(last_day, excluded.last_day), "
      "coalesce(excluded.last_day, last_day))",
      error);
  kh_row_int(&row, from);
  kh_status status = kh_row_run(&row);
  if (status != KH_OK) return status;
  row = kh_row_of(
      store,
      "INSERT INTO entity_count(entity, documents, statements, events, steps) "
      "SELECT coalesce(e.merged_into, e.entity), 0, sum(c.statements), sum(c.events), "
      "sum(c.steps) FROM (SELECT entity, 0 AS statements, sum(role_code IN (3, 4)) AS events, "
      "sum(role_code > 4) AS steps FROM part WHERE doc > ?1 GROUP BY entity UNION ALL "
      "SELECT speaker, count(*), 0, 0 FROM statement WHERE doc > ?1 AND speaker IS NOT NULL "
      "GROUP BY speaker) c JOIN entity e ON e.entity = c.entity GROUP BY 1 ON CONFLICT(entity) DO "
      "UPDATE SET "
      "statements = statements + excluded.statements, events = events + excluded.events, "
      "steps = steps + excluded.steps",
      error);
  kh_row_int(&row, from);
  return kh_row_run(&row);
}

// Counts of new reports are added; what joined or divided entities makes all counts anew.
static kh_status count_entities(kh_store *store, int64_t from, kh_error *error) {
  int64_t changed = 0;
  int64_t counted = 0;
  kh_status status = kh_sql_int(store,
                                "SELECT coalesce(max(seq), 0) FROM audit WHERE action IN "
                                "('reread', 'merge', 'unmerge', 'undo', 'redo', 'migrate')",
                                0, &changed, error);
  if (status == KH_OK) status = get(store, "counted_at", &counted, error);
  if (status == KH_OK && changed != counted) {
    status = kh_sql_run(store, "DELETE FROM entity_count", error);
    from = 0;
  }
  if (status == KH_OK) status = count_from(store, from, error);
  if (status == KH_OK) status = set(store, "counted_at", changed, error);
  return status;
}

// How many there are of everything, for a first screen.
static kh_status keep_counts(kh_store *store, kh_error *error) {
  static const char sql[] =
      "INSERT OR REPLACE INTO meta(key, value) SELECT 'counts', json_object('statements', s, "
      "'events', v, 'figures', f, 'steps', p, 'claims', s + v + f + p, 'entities', (SELECT "
      "count(*) "
      "FROM entity WHERE merged_into IS NULL), 'happenings', (SELECT count(*) FROM happening), "
      "'series', (SELECT count(*) FROM series), 'ledger', (SELECT count(*) FROM ledger), "
      "'contradictions', (SELECT count(*) FROM contradiction)) FROM (SELECT (SELECT count(*) FROM "
      "statement) AS s, (SELECT count(*) FROM event) AS v, (SELECT count(*) FROM figure) AS f, "
      "(SELECT count(*) FROM step) AS p)";
  return kh_sql_run(store, sql, error);
}

static kh_status update(kh_store *store, kh_error *error) {
  int64_t through = 0;
  int64_t last = 0;
  // sorting for an index goes on beside its reading
  kh_status status = kh_sql_run(store, "PRAGMA threads = 2", error);
  if (status == KH_OK) status = make_indexes(store, error);
  if (status == KH_OK) status = get(store, "indexed_through", &through, error);
  if (status == KH_OK)
    status = kh_sql_int(store, "SELECT coalesce(max(doc), 0) FROM body", 0, &last, error);
  if (status == KH_OK && last > through) status = add_text(store, through, error);
  // many small pieces of the index take more room and time than one
  if (status == KH_OK && last - through >= MANY)
    status = kh_sql_run(store, "INSERT INTO search(search) VALUES('optimize')", error);
  if (status == KH_OK) status = count_entities(store, through, error);
  if (status == KH_OK && last > through) status = set(store, "indexed_through", last, error);
  return status == KH_OK ? keep_counts(store, error) : status;
}

kh_status kh_store_index(kh_store *store, kh_error *error) {
  if (!store) return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  const kh_status status = kh_change_begin(store, error);
  return status == KH_OK ? kh_change_end(store, update(store, error), error) : status;
}
