// SPDX-License-Identifier: Apache-2.0
// The rows of a document, and the joins of entities, as decisions have them.
#include "base/error.h"
#include "store/decision.h"

// Entities that only decisions name stand in the claims' rows alone.
static kh_status write_entities(kh_store *store, const kh_loaded *l, kh_error *error) {
  kh_row row = kh_row_of(store, "DELETE FROM document_entity WHERE doc = ?", error);
  kh_row_int(&row, l->doc);
  kh_status status = kh_row_run(&row);
  for (uint32_t i = 0; i < l->machine_entities && status == KH_OK; i++)
    status = kh_document_entity_write(store, l->doc, i, l->entities[i],
                                      l->document->record->entities[i].mention_count, error);
  return status;
}

kh_status kh_loaded_rebuild(const kh_loaded *l, kh_error *error) {
  const kh_claims claims = {.doc = l->doc,
                            .published = kh_document_published(l->document),
                            .record = l->document->record,
                            .entities = l->entities,
                            .states = l->states};
  kh_status status = kh_claims_remove(l->store, l->doc, error);
  if (status == KH_OK) status = kh_claims_write(l->store, &claims, error);
  if (status == KH_OK) status = write_entities(l->store, l, error);
  return status;
}

kh_status kh_document_rebuild(kh_store *store, int64_t doc, int64_t strict, kh_error *error) {
  kh_loaded l = {.strict = strict};
  kh_status status = kh_load(&l, store, doc, KH_STORE_EFFECTIVE, error);
  if (status != KH_OK) return status;
  status = kh_loaded_rebuild(&l, error);
  kh_document_close(l.document);
  return status;
}

// ------------------------------------------------------------------ entities over reports

static kh_status root_of(kh_store *store, int64_t entity, int64_t *root, kh_error *error) {
  kh_row row =
      kh_row_of(store, "SELECT coalesce(merged_into, entity) FROM entity WHERE entity = ?", error);
  kh_row_int(&row, entity);
  const kh_status status = kh_row_next(&row);
  if (status == KH_END)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no entity E%lld",
                   (long long)entity);
  if (status != KH_OK) return status;
  *root = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  return KH_OK;
}

static kh_status join(kh_store *store, int64_t into, int64_t other, int64_t decision,
                      kh_error *error) {
  int64_t root = 0;
  int64_t gone = 0;
  kh_status status = root_of(store, into, &root, error);
  if (status == KH_OK) status = root_of(store, other, &gone, error);
  if (status != KH_OK || root == gone) return status;
  kh_row row = kh_row_of(store,
                         "UPDATE entity SET merged_into = ?1, "
                         "merged_by = CASE WHEN entity = ?2 THEN ?3 ELSE merged_by END "
                         "WHERE entity = ?2 OR merged_into = ?2",
                         error);
  kh_row_int(&row, root);
  kh_row_int(&row, gone);
  kh_row_int(&row, decision);
  return kh_row_run(&row);
}

static kh_status set_apart(kh_store *store, int64_t entity, int64_t decision, kh_error *error) {
  kh_row row = kh_row_of(
      store, "UPDATE entity SET merged_into = NULL, merged_by = ?2 WHERE entity = ?1", error);
  kh_row_int(&row, entity);
  kh_row_int(&row, decision);
  return kh_row_run(&row);
}

kh_status kh_entities_rejoin(kh_store *store, kh_error *error) {
  kh_row row = kh_row_of(store,
                         "UPDATE entity SET merged_into = NULL, merged_by = NULL "
                         "WHERE merged_by IS NOT NULL",
                         error);
  kh_status status = kh_row_run(&row);
  if (status != KH_OK) return status;
  row = kh_row_of(store,
                  "SELECT d.decision, d.action, a.n, b.n FROM decision d "
                  "JOIN decision_target a ON a.decision = d.decision AND a.number = 0 "
                  "LEFT JOIN decision_target b ON b.decision = d.decision AND b.number > 0 "
                  "WHERE d.layer = 'E' AND d.action IN ('merge', 'unmerge') AND NOT d.undone "
                  "ORDER BY d.decision, b.number",
                  error);
  while ((status = kh_row_next(&row)) == KH_OK) {
    const int64_t decision = sqlite3_column_int64(row.statement, 0);
    const unsigned char *action = sqlite3_column_text(row.statement, 1);
    const int64_t a = sqlite3_column_int64(row.statement, 2);
    const int64_t b = sqlite3_column_int64(row.statement, 3);
    const bool apart = action && action[0] == 'u';
    status = apart ? set_apart(store, a, decision, error) : join(store, a, b, decision, error);
    if (status == KH_OK) continue;
    kh_row_end(&row);
    return status;
  }
  return status == KH_END ? KH_OK : status;
}
