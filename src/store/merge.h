// SPDX-License-Identifier: Apache-2.0
/// \file
/// The merging of all reports of a record into one: happenings, series of figures, the ledger of
/// steps, contradictions, and who is who over reports. The derived tables are a function of what
/// the machine read and what persons decided; merging twice changes nothing.
///
/// Layer by layer the claims are read, joined and written, and forgotten before the next layer, so
/// that a record of millions of claims needs little memory.
#ifndef KHUTWA_STORE_MERGE_H
#define KHUTWA_STORE_MERGE_H

#include "store/cluster.h"
#include "store/ledger.h"
#include "store/series.h"

#include <khutwa/status.h>
#include <sqlite3.h>

/// Brings the derived tables of the record up to date, in the transaction that the caller has
/// begun. `allocator` NULL: the C library's. `error` may be NULL.
kh_status kh_merge_run(sqlite3 *db, const kh_allocator *allocator, kh_error *error);

/// A happening, from all that its mentions say.
typedef struct kh_happening {
  uint32_t first; ///< Node with the first mention.
  uint32_t place;
  int32_t lo, hi;
  uint32_t mentions, documents, sources;
  uint32_t agreed_at, denied_at; ///< First mention that tells it, that denies it; KH_NOBODY.
  uint8_t type, mode;
  bool told;
} kh_happening;

/// What two claims say against each other.
typedef struct kh_contradiction {
  enum { KH_CONTRADICT_FIGURES, KH_CONTRADICT_EVENTS, KH_CONTRADICT_STEPS } kind;
  int64_t of; ///< Row of the series, happening or entry.
  uint32_t document_a, n_a, document_b, n_b;
  double value_a, value_b;     ///< Of figures.
  const char *word_a, *word_b; ///< Of the others. Static.
} kh_contradiction;

/// All that a merging makes. Of the layers only the one that is worked on is filled.
typedef struct kh_merged {
  kh_merge_record record;
  kh_clusters clusters;
  KH_LIST(kh_happening) happenings;
  KH_LIST(uint32_t) cluster_of; ///< Of each figure: the happening that it counts, or KH_NOBODY.
  KH_LIST(int64_t) numbers;     ///< Of each happening: its row.
  kh_all_series series;
  kh_ledger ledger;
  KH_LIST(kh_contradiction) contradictions;
} kh_merged;

/// Sums up every cluster. False without memory.
bool kh_happenings_sum(kh_merged *merged);

/// The row of what was first told in (document, n).
int64_t kh_row_number(const kh_merge_record *record, uint32_t document, uint32_t n);

/// Note what contradicts. False without memory.
bool kh_contradictions_of_happenings(kh_merged *merged);
bool kh_contradictions_of_series(kh_merged *merged);
bool kh_contradictions_of_ledger(kh_merged *merged);

/// Write the derived tables of a layer.
kh_status kh_merge_write_happenings(sqlite3 *db, kh_merged *merged, kh_error *error);
kh_status kh_merge_write_series(sqlite3 *db, kh_merged *merged, kh_error *error);
kh_status kh_merge_write_ledger(sqlite3 *db, kh_merged *merged, kh_error *error);
kh_status kh_merge_write_contradictions(sqlite3 *db, kh_merged *merged, kh_error *error);

#endif
