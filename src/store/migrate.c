// SPDX-License-Identifier: Apache-2.0
#include "store/migrate.h"

#include "base/error.h"
#include "store/audit.h"

#include <stdio.h>

extern const char kh_store_schema[]; // embed.S
extern const char kh_store_views[];

// The views are made anew with each version; nothing depends on them.
static kh_status make_tables(kh_store *store, kh_error *error) {
  kh_status status = kh_sql_run(store, kh_store_schema, error);
  if (status == KH_OK) status = kh_sql_run(store, kh_store_views, error);
  if (status == KH_OK) {
    kh_row row = kh_row_of(store, "INSERT INTO meta(key, value) VALUES('created', ?)", error);
    kh_row_text(&row, store->at);
    status = kh_row_run(&row);
  }
  return status;
}

static kh_status mark(kh_store *store, kh_error *error) {
  char pragma[80];
  (void)snprintf(pragma, sizeof pragma, "PRAGMA application_id = %d; PRAGMA user_version = %d",
                 KH_STORE_APPLICATION, KH_STORE_VERSION);
  return kh_sql_run(store, pragma, error);
}

static kh_status create(kh_store *store, kh_error *error) {
  kh_status status = kh_change_begin(store, error);
  if (status != KH_OK) return status;
  // another process may have made them while this one waited
  int64_t version = 0;
  status = kh_sql_int(store, "PRAGMA user_version", 0, &version, error);
  if (status == KH_OK && version == 0) {
    status = make_tables(store, error);
    if (status == KH_OK) status = mark(store, error);
    if (status == KH_OK) {
      char detail[40];
      (void)snprintf(detail, sizeof detail, "{\"version\":%d}", KH_STORE_VERSION);
      const kh_audit_line line = {.action = "create", .subject = "record", .detail = detail};
      status = kh_audit_add(store, &line, NULL, error);
    }
  }
  return kh_change_end(store, status, error);
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
  return create(store, error);
}
