// SPDX-License-Identifier: Apache-2.0
/// \file
/// The rows of a document's claims: statement, event, figure, step and part.
#ifndef KHUTWA_STORE_ROWS_H
#define KHUTWA_STORE_ROWS_H

#include "store/entity.h"

#include "record/record.h"

enum { KH_LAYER_FIGURE, KH_LAYER_STATEMENT, KH_LAYER_EVENT, KH_LAYER_STEP, KH_LAYERS };

// The columns that rows of claims are kept in, in order.
#define KH_FIGURE_COLUMNS                                                                          \
  "doc, n, start, end, value, high, bound_code, counted_code, what_code, part_of, restates, "      \
  "place, source, since, until, rule, permille, state_code"
#define KH_STATEMENT_COLUMNS                                                                       \
  "doc, n, cue_start, cue_end, start, end, speaker, mode_code, via, day_number, inside, rule, "    \
  "permille, state_code"
#define KH_EVENT_COLUMNS                                                                           \
  "doc, n, start, end, type_code, mode, reality_code, negated, place, day_number, until_number, "  \
  "told, statement, rule, permille, state_code"
#define KH_STEP_COLUMNS                                                                            \
  "doc, n, start, end, kind_code, status_code, for_start, for_end, place, according_to, "          \
  "statement, as_of_number, same_as, rule, permille, state_code"
#define KH_PART_COLUMNS "doc, n, role_code, entity"

/// A document's record, and what its rows need beside it.
typedef struct kh_claims {
  int64_t doc;
  const char *published; // "YYYY-MM-DD" or NULL
  const kh_record *record;
  const int64_t *entities;    // rows of its entities
  const char **const *states; // of each layer's items; NULL, as all of it: "machine"
} kh_claims;

/// Writes the rows, within a change.
kh_status kh_claims_write(kh_store *store, const kh_claims *claims, kh_error *error);
/// Writes that entity number `index` (from 0) of a document is `entity`.
kh_status kh_document_entity_write(kh_store *store, int64_t doc, uint32_t index, int64_t entity,
                                   uint32_t mentions, kh_error *error);
/// Removes the rows of a document's claims.
kh_status kh_claims_remove(kh_store *store, int64_t doc, kh_error *error);

#endif
