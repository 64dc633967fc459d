// SPDX-License-Identifier: Apache-2.0
#include "store/migrate.h"

#include "base/error.h"
#include "store/audit.h"
#include "store/decision.h"

#include <khutwa/ask.h>
#include <stdio.h>

extern const char kh_store_schema[]; // embed.S
extern const char kh_store_views[];

// Makes what is not there. The views are made anew with each version; nothing depends on them.
static kh_status make_tables(kh_store *store, kh_error *error) {
  const kh_status status = kh_sql_run(store, kh_store_schema, error);
  return status == KH_OK ? kh_sql_run(store, kh_store_views, error) : status;
}

static kh_status note_created(kh_store *store, kh_error *error) {
  kh_row row = kh_row_of(store, "INSERT INTO meta(key, value) VALUES('created', ?)", error);
  kh_row_text(&row, store->at);
  return kh_row_run(&row);
}

static kh_status mark(kh_store *store, kh_error *error) {
  char pragma[80];
  (void)snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 KH_STORE_APPLICATION, KH_STORE_VERSION);
  return kh_sql_run(store, pragma, error);
}

// ------------------------------------------------------------------ from version 1

// Words and days of claims were texts. Claims follow from the packed records and the decisions,
// and the derived tables from the claims: all of them are made again in the new form.
static const char *const no_longer[] = {
    "statement",   "event",           "figure",   "step",          "part",
    "happening",   "series",          "ledger",   "ledger_part",   "condition",
    "ledger_step", "happening_event", "proposal", "contradiction", "series_figure"};

// One after the other: nothing may be read from the list while something of it is dropped.
static kh_status drop_views(kh_store *store, kh_error *error) {
  for (;;) {
    char sql[160];
    kh_row row =
        kh_row_of(store, "SELECT name FROM sqlite_schema WHERE type = 'view' LIMIT 1", error);
    const kh_status status = kh_row_next(&row);
    if (status != KH_OK) return status == KH_END ? KH_OK : status;
    (void)sqlite3_snprintf((int)sizeof sql, sql, "DROP VIEW \"%w\"",
                           (const char *)sqlite3_column_text(row.statement, 0));
    kh_row_end(&row);
    const kh_status dropped = kh_sql_run(store, sql, error);
    if (dropped != KH_OK) return dropped;
  }
}

static kh_status drop_tables(kh_store *store, kh_error *error) {
  kh_status status = drop_views(store, error);
  for (size_t i = 0; i < sizeof no_longer / sizeof *no_longer && status == KH_OK; i++) {
    char sql[64];
    (void)snprintf(sql, sizeof sql, "DROP TABLE IF EXISTS %s", no_longer[i]);
    status = kh_sql_run(store, sql, error);
  }
  // the one stood there twice, the other is made anew
  return status == KH_OK ? kh_sql_run(store,
                                      "DROP INDEX IF EXISTS entity_by_merged; "
                                      "DROP INDEX IF EXISTS document_raw",
                                      error)
                         : status;
}

static kh_status rebuild_claims(kh_store *store, kh_error *error) {
  kh_row row = kh_row_of(store, "SELECT doc FROM body ORDER BY doc", error);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    status = kh_document_rebuild(store, sqlite3_column_int64(row.statement, 0), 0, error);
    if (status == KH_OK) continue;
    kh_row_end(&row);
    return status;
  }
  return status == KH_END ? KH_OK : status;
}

static kh_status upgrade(kh_store *store, int64_t version, kh_error *error) {
  kh_status status = drop_tables(store, error);
  if (status == KH_OK) status = make_tables(store, error);
  if (status == KH_OK) status = rebuild_claims(store, error);
  if (status == KH_OK) status = mark(store, error);
  if (status == KH_OK) {
    char detail[40];
    (void)snprintf(detail, sizeof detail, "{\"from\":%d,\"version\":%d}", (int)version,
                   KH_STORE_VERSION);
    const kh_audit_line line = {.action = "migrate", .subject = "record", .detail = detail};
    status = kh_audit_add(store, &line, NULL, error);
  }
  if (status == KH_OK) status = kh_store_merge(store, error);
  if (status == KH_OK) status = kh_store_index(store, error);
  return status;
}

// ------------------------------------------------------------------ a new one

static kh_status create(kh_store *store, kh_error *error) {
  kh_status status = make_tables(store, error);
  if (status == KH_OK) status = note_created(store, error);
  if (status == KH_OK) status = mark(store, error);
  if (status == KH_OK) {
    char detail[40];
    (void)snprintf(detail, sizeof detail, "{\"version\":%d}", KH_STORE_VERSION);
    const kh_audit_line line = {.action = "create", .subject = "record", .detail = detail};
    status = kh_audit_add(store, &line, NULL, error);
  }
  return status;
}

// In one change, which the caller has begun for it.
static kh_status bring_up(kh_store *store, kh_error *error) {
  // another process may have done so while this one waited
  int64_t version = 0;
  const kh_status status = kh_sql_int(store, "PRAGMA user_version", 0, &version, error);
  if (status != KH_OK || version == KH_STORE_VERSION) return status;
  return version == 0 ? create(store, error) : upgrade(store, version, error);
}

kh_status kh_migrate(kh_store *store, int64_t version, kh_error *error) {
  if (version == KH_STORE_VERSION) return KH_OK;
  if (version > KH_STORE_VERSION || version < 0)
    return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE,
                   "the record has form %lld, and this khutwa knows forms up to %d; use a newer "
                   "khutwa",
                   (long long)version, KH_STORE_VERSION);
  if (store->read_only)
    return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE,
                   "the record is empty or of an older form; khutwa add brings it up to date");
  kh_status status = kh_store_begin(store, error);
  if (status != KH_OK) return status;
  status = bring_up(store, error);
  if (status == KH_OK) return kh_store_commit(store, error);
  kh_store_rollback(store);
  return status;
}
