// SPDX-License-Identifier: Apache-2.0
/// \file
/// The merging of all reports of a record into one: happenings, series of figures, the ledger of
/// steps, contradictions, and who is who over reports. The derived tables are a function of what
/// the machine read and what persons decided; merging twice changes nothing.
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

/// All that a merging makes.
typedef struct kh_merged {
  kh_merge_record record;
  kh_clusters clusters;
  kh_all_series series;
  kh_ledger ledger;
  KH_LIST(kh_happening) happenings;
} kh_merged;

/// Sums up every cluster. False without memory.
bool kh_happenings_sum(kh_merged *merged);

/// Writes the derived tables.
kh_status kh_merge_write(sqlite3 *db, kh_merged *merged, kh_error *error);

// ---- contradictions

typedef struct kh_contradiction {
  enum { KH_CONTRADICT_FIGURES, KH_CONTRADICT_EVENTS, KH_CONTRADICT_STEPS } kind;
  uint32_t of;   ///< Series, happening or entry.
  uint32_t a, b; ///< Two figures, mentions of events, lines.
} kh_contradiction;

typedef KH_LIST(kh_contradiction) kh_contradictions;

/// Gathers the contradictions of figures, happenings and steps. False without memory.
bool kh_contradictions_find(kh_merged *merged, kh_contradictions *found);

#endif
