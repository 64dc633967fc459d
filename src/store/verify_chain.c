// SPDX-License-Identifier: Apache-2.0
// The chain itself, from its first line to its last.
#include "base/error.h"
#include "store/decision.h"
#include "store/verify.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

// ------------------------------------------------------------------ what lines tell

int64_t kh_told(const kh_told_lines *lines, int64_t number) {
  return number > 0 && (uint64_t)number < lines->room ? lines->at[number] : 0;
}

void kh_told_free(kh_told_lines *lines, kh_store *store) {
  const kh_allocator *a = &store->allocator;
  if (lines->at) a->resize(a->context, lines->at, lines->room * sizeof *lines->at, 0);
  *lines = (kh_told_lines){0};
}

static kh_status tell(kh_verifying *v, kh_told_lines *lines, int64_t number, int64_t line) {
  const kh_allocator *a = &v->store->allocator;
  const size_t wanted = (size_t)number;
  if (wanted >= lines->room) {
    size_t room = lines->room ? lines->room : 1024;
    while (room <= wanted) room *= 2;
    int64_t *at = a->resize(a->context, lines->at, lines->room * sizeof *at, room * sizeof *at);
    if (!at) return kh_fail(v->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
    memset(at + lines->room, 0, (room - lines->room) * sizeof *at);
    lines->at = at;
    lines->room = room;
  }
  lines->at[number] = line;
  return KH_OK;
}

void kh_verify_missing(kh_verifying *v, const kh_told_lines *lines, const char *prefix,
                       int64_t from, int64_t below) {
  for (int64_t number = from; number < below && (uint64_t)number < lines->room; number++) {
    if (!lines->at[number]) continue;
    char id[40];
    (void)snprintf(id, sizeof id, "%s%lld", prefix, (long long)number);
    kh_verify_found(v, lines->at[number], id, "this line of the chain tells of it, and it is gone");
    return;
  }
}

static bool is_one_of(const char *word, const char *const *words, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (strcmp(word, words[i]) == 0) return true;
  }
  return false;
}

// Numbers greater than that of the line itself lead nowhere: each needs a line of its own.
static kh_status note(kh_verifying *v, int64_t line, const char *action, const char *subject) {
  static const char *const readings[] = {"import", "reread"};
  static const char *const decisions[] = {"accept", "correct", "reject",  "add",
                                          "split",  "merge",   "unmerge", "note"};
  static const char *const turns[] = {"undo", "redo"};
  kh_target target;
  if (is_one_of(action, decisions, sizeof decisions / sizeof *decisions)) v->decisions++;
  if (strcmp(action, "reread") == 0) v->reread = true;
  if (is_one_of(action, readings, 2) && kh_target_read(subject, &target) && target.layer == 'D' &&
      target.n == 0 && target.doc <= line)
    return tell(v, &v->documents, target.doc, line);
  const bool refusal = strcmp(action, "refuse") == 0;
  if (!refusal && !is_one_of(action, turns, 2)) return KH_OK;
  const int64_t number = strtoll(subject + strcspn(subject, "0123456789"), NULL, 10);
  if (number < 1 || number > line) return KH_OK;
  if (refusal) return tell(v, &v->refusals, number, line);
  return tell(v, &v->undone, number, action[0] == 'u' ? line : -line);
}

// ------------------------------------------------------------------ walking

static const char *text(sqlite3_stmt *row, int column) {
  return (const char *)sqlite3_column_text(row, column);
}

static kh_status check_line(kh_verifying *v, kh_row *at_hand, int64_t wanted) {
  sqlite3_stmt *row = at_hand->statement;
  const int64_t seq = sqlite3_column_int64(row, 0);
  const char *at = text(row, 1);
  const char *user = text(row, 2);
  const kh_audit_line line = {.action = text(row, 3),
                              .subject = text(row, 4),
                              .detail = text(row, 5),
                              .digest = sqlite3_column_blob(row, 6)};
  const void *stored = sqlite3_column_blob(row, 7);
  const kh_status check = kh_row_check(at_hand);
  if (check != KH_OK) return check;
  if (seq != wanted) {
    kh_verify_found(v, wanted, "chain", "this line of the chain is missing");
    return KH_OK;
  }
  const bool whole = at && user && line.action && line.subject && line.detail && line.digest &&
                     stored && sqlite3_column_bytes(row, 6) == KH_DIGEST &&
                     sqlite3_column_bytes(row, 7) == KH_DIGEST;
  unsigned char hash[KH_DIGEST] = {0};
  if (whole) kh_audit_hash(v->head, seq, at, user, &line, hash);
  if (!whole || memcmp(hash, stored, KH_DIGEST) != 0) {
    kh_verify_found(v, seq, line.subject,
                    "this line of the chain, or the one before it, is not as it was written");
    return KH_OK;
  }
  memcpy(v->head, hash, KH_DIGEST);
  return note(v, seq, line.action, line.subject);
}

// "12:9f86..." to a line's number and hash.
static bool read_seal(const char *seal, int64_t *seq, unsigned char hash[KH_DIGEST]) {
  char *colon = NULL;
  *seq = strtoll(seal, &colon, 10);
  size_t len = 0;
  return *seq > 0 && seal[0] >= '1' && seal[0] <= '9' && *colon == ':' &&
         strlen(colon + 1) == 2 * (size_t)KH_DIGEST &&
         sodium_hex2bin(hash, KH_DIGEST, colon + 1, 2 * (size_t)KH_DIGEST, NULL, &len, NULL) == 0 &&
         len == KH_DIGEST;
}

static void write_seal(int64_t seq, const unsigned char hash[KH_DIGEST], char seal[KH_SEAL_BYTES]) {
  const int used = snprintf(seal, KH_SEAL_BYTES, "%lld:", (long long)seq);
  (void)sodium_bin2hex(seal + used, (size_t)(KH_SEAL_BYTES - used), hash, KH_DIGEST);
}

kh_status kh_verify_chain(kh_verifying *v, const char *seal) {
  int64_t sealed = 0;
  unsigned char sealed_hash[KH_DIGEST] = {0};
  if (seal && !read_seal(seal, &sealed, sealed_hash))
    return kh_fail(v->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"%.40s\" is no seal; one looks like 12:9f86d0... (khutwa seal prints it)",
                   seal);
  kh_row row = kh_row_of(v->store,
                         "SELECT seq, at, user, action, subject, detail, digest, hash FROM audit "
                         "ORDER BY seq",
                         v->error);
  int64_t seq = 0;
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    status = check_line(v, &row, seq + 1);
    if (status != KH_OK || !v->result->sound) break;
    seq++;
    if (seq == sealed && memcmp(v->head, sealed_hash, KH_DIGEST) != 0)
      kh_verify_found(v, seq, "chain", "the hash of this line is not the sealed one");
  }
  kh_row_end(&row);
  if (status == KH_END) status = KH_OK;
  if (seq < sealed)
    kh_verify_found(v, seq + 1, "chain", "the chain ends before the line that was sealed");
  if (seq == 0) kh_verify_found(v, 1, "chain", "the chain is empty");
  v->result->lines = seq;
  write_seal(seq, v->head, v->result->seal);
  return status;
}

kh_status kh_store_seal(kh_store *store, char seal[KH_SEAL_BYTES], kh_error *error) {
  if (!store || !seal)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  int64_t seq = 0;
  unsigned char hash[KH_DIGEST];
  const kh_status status = kh_audit_head(store, &seq, hash, error);
  if (status == KH_OK) write_seal(seq, hash, seal);
  return status;
}

// ------------------------------------------------------------------ temporary tables

// The columns that are kept; the others are made of them.
kh_status kh_verify_shadow(kh_verifying *v) {
  return kh_sql_run(
      v->store,
      "CREATE TEMP TABLE figure AS SELECT " KH_FIGURE_COLUMNS " FROM main.figure WHERE 0;"
      "CREATE TEMP TABLE statement AS SELECT " KH_STATEMENT_COLUMNS " FROM main.statement WHERE 0;"
      "CREATE TEMP TABLE event AS SELECT " KH_EVENT_COLUMNS " FROM main.event WHERE 0;"
      "CREATE TEMP TABLE step AS SELECT " KH_STEP_COLUMNS " FROM main.step WHERE 0;"
      "CREATE TEMP TABLE part AS SELECT " KH_PART_COLUMNS " FROM main.part WHERE 0;"
      "CREATE UNIQUE INDEX temp.part_once ON part(doc, n, role_code, entity);"
      "CREATE TEMP TABLE document_entity AS SELECT * FROM main.document_entity WHERE 0;"
      "CREATE TEMP TABLE entity_role AS SELECT * FROM main.entity_role WHERE 0;"
      "CREATE UNIQUE INDEX temp.role_once ON entity_role(entity, role)",
      v->error);
}

kh_status kh_verify_empty(kh_verifying *v) {
  static const char *const tables[] = {
      "DELETE FROM temp.figure", "DELETE FROM temp.statement", "DELETE FROM temp.event",
      "DELETE FROM temp.step",   "DELETE FROM temp.part",      "DELETE FROM temp.document_entity"};
  kh_status status = KH_OK;
  for (size_t i = 0; i < sizeof tables / sizeof *tables && status == KH_OK; i++) {
    kh_row row = kh_row_of(v->store, tables[i], v->error);
    status = kh_row_run(&row);
  }
  return status;
}
