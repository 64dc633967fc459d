// SPDX-License-Identifier: Apache-2.0
/// \file
/// Verifying a record, in parts.
#ifndef KHUTWA_STORE_VERIFY_H
#define KHUTWA_STORE_VERIFY_H

#include "store/audit.h"
#include "store/load.h"

/// Lines of the chain by the number of what they tell about.
typedef struct kh_told_lines {
  int64_t *at;
  size_t room;
} kh_told_lines;

typedef struct kh_verifying {
  kh_store *store;
  kh_verified *result;
  kh_told_lines documents; // line of the last import or reading of each
  kh_told_lines refusals;
  kh_told_lines undone; // of each decision: the line of its undo; negative: of its redo
  int64_t decisions;    // lines that are decisions
  bool reread;          // some document was read again
  unsigned char head[KH_DIGEST];
  kh_error *error;
} kh_verifying;

/// The line noted for `number`; 0: none.
int64_t kh_told(const kh_told_lines *lines, int64_t number);
void kh_told_free(kh_told_lines *lines, kh_store *store);

/// Notes the first thing that is not as it should be.
void kh_verify_found(kh_verifying *v, int64_t line, const char *subject, const char *what);

/// Walks the chain; fills `documents`, `refusals`, `undone`, `decisions`, `reread`. `seal`: see
/// kh_store_verify.
kh_status kh_verify_chain(kh_verifying *v, const char *seal);
/// Those numbered in [from, below) that the chain knows, and that are not there; `prefix` and the
/// number name them.
void kh_verify_missing(kh_verifying *v, const kh_told_lines *lines, const char *prefix,
                       int64_t from, int64_t below);
/// The digest that line `seq` of the chain has; zeros where there is no such line.
kh_status kh_verify_digest(kh_verifying *v, int64_t seq, unsigned char digest[KH_DIGEST]);
/// What `sql` gives is not as it should be: the first column of its first row names the first.
kh_status kh_verify_none(kh_verifying *v, const char *sql, const char *what);

/// What could not be read is as the chain has it.
kh_status kh_verify_refusals(kh_verifying *v);
/// Notes the roles that a document gives, in a table that hides the real one.
kh_status kh_verify_note_roles(const kh_loaded *loaded, kh_error *error);
/// The days of roles are those of the reports that tell them.
kh_status kh_verify_roles(kh_verifying *v);

/// Lays temporary tables of the same names over those of claims, and empties them.
kh_status kh_verify_shadow(kh_verifying *v);
kh_status kh_verify_empty(kh_verifying *v);

#endif
