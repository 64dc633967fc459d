// SPDX-License-Identifier: Apache-2.0
// Whether a record is what its chain says. The chain is walked first: numbers, hashes, and what
// each line tells of documents and decisions. Then every document and decision is held against the
// last line about it, and what can be made again (claims, joins of entities) is made again, in
// temporary tables that hide the real ones by their names, and compared.
#include "store/verify.h"

#include "base/error.h"
#include "store/decision.h"
#include "store/digest.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void kh_verify_found(kh_verifying *v, int64_t line, const char *subject, const char *what) {
  kh_verified *r = v->result;
  if (!r->sound) return; // the first is named
  r->sound = false;
  r->line = line;
  (void)snprintf(r->subject, sizeof r->subject, "%s", subject ? subject : "");
  (void)snprintf(r->what, sizeof r->what, "%s", what);
}

// ------------------------------------------------------------------ documents

kh_status kh_verify_digest(kh_verifying *v, int64_t seq, unsigned char digest[KH_DIGEST]) {
  memset(digest, 0, KH_DIGEST);
  kh_row row = kh_row_of(v->store, "SELECT digest FROM audit WHERE seq = ?", v->error);
  kh_row_int(&row, seq);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  const void *bytes = sqlite3_column_blob(row.statement, 0);
  if (bytes && sqlite3_column_bytes(row.statement, 0) == KH_DIGEST)
    memcpy(digest, bytes, KH_DIGEST);
  const kh_status check = kh_row_check(&row);
  kh_row_end(&row);
  return check;
}

enum { CLAIM_TABLES = 6 };

static kh_status digest_of(kh_verifying *v, const char *const tables[CLAIM_TABLES], int64_t doc,
                           unsigned char digest[KH_DIGEST]) {
  kh_digest d;
  (void)crypto_hash_sha256_init(&d);
  for (size_t i = 0; i < CLAIM_TABLES; i++) {
    const kh_status status = kh_digest_rows(v->store, tables[i], doc, &d, v->error);
    if (status != KH_OK && status != KH_END) return status;
  }
  (void)crypto_hash_sha256_final(&d, digest);
  return KH_OK;
}

static kh_status compare_claims(kh_verifying *v, int64_t doc, const char *id) {
  static const char *const stored[CLAIM_TABLES] = {
      "SELECT " KH_FIGURE_COLUMNS " FROM main.figure WHERE doc = ? ORDER BY n",
      "SELECT " KH_STATEMENT_COLUMNS " FROM main.statement WHERE doc = ? ORDER BY n",
      "SELECT " KH_EVENT_COLUMNS " FROM main.event WHERE doc = ? ORDER BY n",
      "SELECT " KH_STEP_COLUMNS " FROM main.step WHERE doc = ? ORDER BY n",
      "SELECT " KH_PART_COLUMNS " FROM main.part WHERE doc = ? ORDER BY n, role_code, entity",
      "SELECT * FROM main.document_entity WHERE doc = ? ORDER BY n"};
  static const char *const made[CLAIM_TABLES] = {
      "SELECT " KH_FIGURE_COLUMNS " FROM temp.figure WHERE doc = ? ORDER BY n",
      "SELECT " KH_STATEMENT_COLUMNS " FROM temp.statement WHERE doc = ? ORDER BY n",
      "SELECT " KH_EVENT_COLUMNS " FROM temp.event WHERE doc = ? ORDER BY n",
      "SELECT " KH_STEP_COLUMNS " FROM temp.step WHERE doc = ? ORDER BY n",
      "SELECT " KH_PART_COLUMNS " FROM temp.part WHERE doc = ? ORDER BY n, role_code, entity",
      "SELECT * FROM temp.document_entity WHERE doc = ? ORDER BY n"};
  unsigned char before[KH_DIGEST];
  unsigned char after[KH_DIGEST];
  kh_error own;
  kh_loaded l = {0};
  kh_status status = kh_load(&l, v->store, doc, KH_STORE_EFFECTIVE, &own);
  if (status == KH_OK) status = kh_loaded_rebuild(&l, &own);
  if (status == KH_OK) status = kh_verify_note_roles(&l, &own);
  kh_document_close(l.document);
  if (status == KH_ERROR_STORE || status == KH_ERROR_ARGUMENT) {
    kh_verify_found(v, 0, id, own.message);
    return KH_OK;
  }
  if (status != KH_OK && v->error) *v->error = own;
  if (status == KH_OK) status = digest_of(v, stored, doc, before);
  if (status == KH_OK) status = digest_of(v, made, doc, after);
  if (status == KH_OK && memcmp(before, after, KH_DIGEST) != 0)
    kh_verify_found(v, 0, id, "its claims are not those of its record and the decisions on it");
  return status == KH_OK ? kh_verify_empty(v) : status;
}

static kh_status check_document(kh_verifying *v, int64_t doc) {
  char id[32];
  (void)snprintf(id, sizeof id, "D%lld", (long long)doc);
  const int64_t line = kh_told(&v->documents, doc);
  if (!line) {
    kh_verify_found(v, 0, id, "the chain knows of no import of this document");
    return KH_OK;
  }
  unsigned char wanted[KH_DIGEST];
  unsigned char is[KH_DIGEST];
  kh_status status = kh_verify_digest(v, line, wanted);
  if (status == KH_OK) status = kh_document_digest(v->store, doc, is, v->error);
  if (status == KH_END || (status == KH_OK && memcmp(wanted, is, KH_DIGEST) != 0)) {
    kh_verify_found(v, line, id,
                    "it is not as this line of the chain has it: its text, its data, what was read "
                    "in it, or an entity that it brought in was altered");
    return KH_OK;
  }
  if (status == KH_OK) status = compare_claims(v, doc, id);
  return status;
}

static kh_status check_documents(kh_verifying *v) {
  kh_row row = kh_row_of(v->store, "SELECT doc FROM document ORDER BY doc", v->error);
  int64_t next = 1;
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK && v->result->sound) {
    const int64_t doc = sqlite3_column_int64(row.statement, 0);
    kh_verify_missing(v, &v->documents, "D", next, doc);
    if (v->result->sound) status = check_document(v, doc);
    if (status != KH_OK) break;
    next = doc + 1;
    v->result->documents++;
  }
  kh_row_end(&row);
  if (status == KH_END) kh_verify_missing(v, &v->documents, "D", next, INT64_MAX);
  return status == KH_END ? KH_OK : status;
}

// ------------------------------------------------------------------ decisions

static kh_status check_decision(kh_verifying *v, int64_t decision, int undone) {
  unsigned char wanted[KH_DIGEST];
  unsigned char is[KH_DIGEST];
  char subject[40];
  (void)snprintf(subject, sizeof subject, "decision %lld", (long long)decision);
  kh_status status = kh_verify_digest(v, decision, wanted);
  if (status == KH_OK) status = kh_decision_digest(v->store, decision, is, v->error);
  if (status != KH_OK) return status;
  if (memcmp(wanted, is, KH_DIGEST) != 0)
    kh_verify_found(v, decision, subject, "it is not as this line of the chain has it");
  if ((kh_told(&v->undone, decision) > 0 ? 1 : 0) != undone)
    kh_verify_found(v, 0, subject, "whether it is undone is not as the chain has it");
  return KH_OK;
}

static kh_status check_decisions(kh_verifying *v) {
  kh_row row =
      kh_row_of(v->store,
                "SELECT decision, CASE undone WHEN 0 THEN 0 WHEN 1 THEN 1 ELSE 2 END FROM decision "
                "ORDER BY decision",
                v->error);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK && v->result->sound) {
    status = check_decision(v, sqlite3_column_int64(row.statement, 0),
                            sqlite3_column_int(row.statement, 1));
    if (status != KH_OK) break;
    v->result->decisions++;
  }
  kh_row_end(&row);
  if (status == KH_END && v->result->decisions != v->decisions)
    kh_verify_found(v, 0, "decisions", "the chain knows of decisions that are not there");
  return status == KH_END ? KH_OK : status;
}

// ------------------------------------------------------------------ the rest

kh_status kh_verify_none(kh_verifying *v, const char *sql, const char *what) {
  kh_row row = kh_row_of(v->store, sql, v->error);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  kh_verify_found(v, 0, (const char *)sqlite3_column_text(row.statement, 0), what);
  kh_row_end(&row);
  return KH_OK;
}

// Rows that no document has, and entities that no document brought in.
static kh_status check_strays(kh_verifying *v) {
  static const char *const strays[] = {
      "SELECT 'D' || doc FROM main.body WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'D' || doc FROM main.figure WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'D' || doc FROM main.statement WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'D' || doc FROM main.event WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'D' || doc FROM main.step WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'D' || doc FROM main.part WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'D' || doc FROM main.document_entity WHERE doc NOT IN (SELECT doc FROM document) "
      "LIMIT 1",
      "SELECT 'E' || entity FROM main.entity WHERE doc NOT IN (SELECT doc FROM document) LIMIT 1",
      "SELECT 'E' || entity FROM main.entity_name WHERE doc NOT IN (SELECT doc FROM document) "
      "LIMIT 1",
      "SELECT 'E' || entity FROM main.entity_role WHERE doc NOT IN (SELECT doc FROM document) "
      "LIMIT 1",
      "SELECT 'rule ' || name FROM rule WHERE CASE WHEN doc = 0 THEN rule <> 1 OR name <> 'person' "
      "ELSE doc NOT IN (SELECT doc FROM document) END LIMIT 1",
      "SELECT 'decision ' || decision FROM decision_target WHERE decision NOT IN "
      "(SELECT decision FROM decision) LIMIT 1"};
  kh_status status = KH_OK;
  for (size_t i = 0; i < sizeof strays / sizeof *strays && status == KH_OK; i++)
    status = kh_verify_none(v, strays[i], "there are rows of it that belong to nothing");
  return status;
}

static kh_status check_joins(kh_verifying *v) {
  kh_status status = kh_sql_run(v->store,
                                "CREATE TEMP TABLE entity AS SELECT entity, merged_into, merged_by "
                                "FROM main.entity WHERE merged_by IS NOT NULL "
                                "OR merged_into IS NOT NULL OR entity IN (SELECT n FROM "
                                "decision_target WHERE layer = 'E')",
                                v->error);
  if (status != KH_OK) return status;
  kh_error own;
  status = kh_entities_rejoin(v->store, &own);
  if (status == KH_ERROR_ARGUMENT) {
    kh_verify_found(v, 0, "entity", own.message);
    return KH_OK;
  }
  if (status != KH_OK && v->error) *v->error = own;
  if (status == KH_OK)
    status = kh_verify_none(v,
                            "SELECT 'E' || m.entity FROM temp.entity t JOIN main.entity m "
                            "ON m.entity = t.entity WHERE (m.merged_by IS NOT NULL AND "
                            "m.merged_into IS NOT t.merged_into) OR "
                            "m.merged_by IS NOT t.merged_by ORDER BY m.entity LIMIT 1",
                            "whom it is joined to is not as decisions have it");
  return status;
}

static kh_status check_all(kh_verifying *v, const char *seal) {
  kh_status status = kh_verify_chain(v, seal);
  if (status == KH_OK && v->result->sound) status = kh_verify_shadow(v);
  if (status == KH_OK && v->result->sound) status = check_documents(v);
  if (status == KH_OK && v->result->sound) status = check_decisions(v);
  if (status == KH_OK && v->result->sound) status = kh_verify_refusals(v);
  if (status == KH_OK && v->result->sound) status = check_strays(v);
  if (status == KH_OK && v->result->sound) status = kh_verify_roles(v);
  if (status == KH_OK && v->result->sound) status = check_joins(v);
  return status;
}

kh_status kh_store_verify(kh_store *store, const char *seal, kh_verified *result, kh_error *error) {
  if (!store || !result || store->in_batch)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "a store and a place for the result are wanted, and no batch begun");
  *result = (kh_verified){.sound = true};
  kh_verifying v = {.store = store, .result = result, .error = error};
  kh_roll_back(store);
  kh_status status = kh_sql_run(store, "BEGIN", error);
  if (status == KH_OK) status = check_all(&v, seal);
  kh_roll_back(store); // the temporary tables go with it
  kh_told_free(&v.documents, store);
  kh_told_free(&v.refusals, store);
  kh_told_free(&v.undone, store);
  return status;
}
