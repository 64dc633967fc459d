// SPDX-License-Identifier: Apache-2.0
/// \file
/// One record beside its gold, and the tallies over many of them.
#ifndef KHUTWA_VIEW_COMPARE_H
#define KHUTWA_VIEW_COMPARE_H

#include "view/gold.h"
#include "view/writer.h"

/// The layers that are scored. Those before KH_LAYER_COUNT make up the overall figure.
typedef enum kh_layer {
  KH_LAYER_NAMES,
  KH_LAYER_COREF,
  KH_LAYER_TIMES,
  KH_LAYER_FIGURES,
  KH_LAYER_STATEMENTS,
  KH_LAYER_EVENTS,
  KH_LAYER_ARGUMENTS,
  KH_LAYER_STEPS,
  KH_LAYER_STEP_SLOTS,
  KH_LAYER_COUNT
} kh_layer;

/// Parts of matched items, in the order of their names.
typedef enum kh_slot {
  KH_SLOT_COUNTRY,
  KH_SLOT_EVENT_IRREALIS,
  KH_SLOT_EVENT_REALITY,
  KH_SLOT_FIGURE_BOUND,
  KH_SLOT_FIGURE_PART_OF,
  KH_SLOT_FIGURE_PLACE,
  KH_SLOT_FIGURE_RESTATES,
  KH_SLOT_FIGURE_SINCE,
  KH_SLOT_FIGURE_SOURCE,
  KH_SLOT_FIGURE_VALUE,
  KH_SLOT_KILLED_PRECISION,
  KH_SLOT_SECTOR,
  KH_SLOT_STATEMENT_CONTENT,
  KH_SLOT_STATEMENT_MODE,
  KH_SLOT_STATEMENT_VIA,
  KH_SLOT_STEP_STATUS,
  KH_SLOT_TIME_SPAN,
  KH_SLOT_COUNT
} kh_slot_kind;

const char *kh_layer_name(kh_layer layer);
const char *kh_slot_name(kh_slot_kind slot);

typedef struct kh_tally {
  size_t both; // found by both sides
  size_t gold;
  size_t system;
} kh_tally;

typedef struct kh_share {
  bool seen; // is printed, even where there was nothing to count
  size_t right;
  size_t all;
} kh_share;

typedef struct kh_tallies {
  kh_tally layer[KH_LAYER_COUNT];
  kh_share slot[KH_SLOT_COUNT];
  double coref_precision; // sums over mentions
  double coref_recall;
  size_t coref_mentions;
  kh_writer *errors; // where misses of `errors_of` are listed; NULL: nowhere
  kh_layer errors_of;
} kh_tallies;

/// Adds one document: `gold` passed kh_gold_check, `record` is a record (NULL: none was made).
/// Working memory comes from the arena. KH_ERROR_FORMAT where the record's text is another, or
/// its spans lie outside.
kh_status kh_compare(kh_arena *arena, const json_t *gold, const json_t *record, kh_tallies *tallies,
                     kh_error *error);

#endif
