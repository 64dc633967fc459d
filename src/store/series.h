// SPDX-License-Identifier: Apache-2.0
/// \file
/// Figures of one thing side by side: what befell whom, where, in one happening or period.
#ifndef KHUTWA_STORE_SERIES_H
#define KHUTWA_STORE_SERIES_H

#include "store/cluster.h"

/// A figure of a report, and what it counts.
typedef struct kh_count {
  double value, high;
  uint32_t document, n;
  uint32_t cluster; ///< The happening that it counts; KH_NOBODY: none.
  uint32_t place, source;
  int32_t since, until;
  uint32_t series;
  bool part;
  uint8_t bound;   ///< kh_bound
  uint8_t counted; ///< kh_counted
  uint8_t what;    ///< kh_harm
} kh_count;

typedef struct kh_one_series {
  double low, high, best;
  uint32_t first;             ///< Place of the first figure in kh_all_series.counts.
  uint32_t best_at;           ///< ... of the first figure that gives the best value.
  uint32_t least_at, most_at; ///< ... of two figures that contradict; KH_NOBODY: none do.
  uint32_t cluster;           ///< The happening, or KH_NOBODY.
  uint32_t place;
  uint32_t figures, sources;
  int32_t since, until;
  uint8_t counted, what;
} kh_one_series;

typedef struct kh_all_series {
  kh_merge_record *record;
  KH_LIST(kh_count) counts;      ///< By document and n.
  uint32_t groups;               ///< kh_count.series is below it, until the series are made.
  KH_LIST(kh_one_series) series; ///< By first figure.
} kh_all_series;

/// Takes the figures of a document. `cluster_of[i]` is the happening that figure i counts, or
/// KH_NOBODY.
void kh_series_gather(kh_all_series *all, const kh_report *report, const uint32_t *cluster_of);
/// Sorts the figures into groups, kh_count.series. False without memory.
bool kh_series_join(kh_all_series *all);
/// Makes a series of each group. False without memory.
bool kh_series_make(kh_all_series *all);
void kh_series_free(kh_all_series *all);

#endif
