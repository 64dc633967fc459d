// SPDX-License-Identifier: Apache-2.0
// What reports say against each other. Which figures and statuses clash is settled where they are
// sorted (series.c, ledger_status.c); here are the denials, and two sides that both hold one place.
#include "store/merge.h"

#include <stdlib.h>

static bool add(kh_merged *merged, kh_contradictions *found, int kind, uint32_t of, uint32_t a,
                uint32_t b) {
  kh_contradiction *c = KH_LIST_ADD(&merged->record.heap, found);
  if (c) *c = (kh_contradiction){kind, of, a < b ? a : b, a < b ? b : a};
  return c;
}

enum { HOLD_DAYS = 2 }; ///< A place that changes hands later than that is no contradiction.

/// A claim that somebody holds a place.
typedef struct hold {
  uint32_t place;
  int32_t day;
  uint32_t happening;
} hold;

static int by_place(const void *a, const void *b) {
  const hold *x = a, *y = b;
  if (x->place != y->place) return x->place < y->place ? -1 : 1;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  return x->happening < y->happening ? -1 : x->happening > y->happening;
}

static bool other_holder(const kh_merged *merged, const hold *a, const hold *b) {
  const kh_merge_record *record = &merged->record;
  kh_profile x, y;
  kh_profile_of(record, &merged->clusters.nodes.at[merged->happenings.at[a->happening].first], &x);
  kh_profile_of(record, &merged->clusters.nodes.at[merged->happenings.at[b->happening].first], &y);
  const kh_kinship kin = kh_parts_compare(record, x.actors, x.actor_count, y.actors, y.actor_count);
  return kin == KH_PARTS_RIVAL || kin == KH_PARTS_KIN;
}

static void find_holders(kh_merged *merged, kh_contradictions *found) {
  kh_heap *heap = &merged->record.heap;
  KH_LIST(hold) holds = {0};
  const uint8_t seize = kh_mode_number("seize");
  for (uint32_t i = 0; i < merged->happenings.count; i++) {
    const kh_happening *h = &merged->happenings.at[i];
    if (h->mode != seize || h->type != KH_EVENT_COERCE || h->place == KH_NOBODY ||
        h->agreed_at == KH_NOBODY || h->hi == KH_NO_DAY)
      continue;
    hold *one = KH_LIST_ADD(heap, &holds);
    if (one) *one = (hold){kh_one(&merged->record, h->place), h->hi, i};
  }
  if (holds.count) qsort(holds.at, holds.count, sizeof *holds.at, by_place);
  for (uint32_t i = 1; i < holds.count && !heap->failed; i++) {
    const hold *a = &holds.at[i - 1], *b = &holds.at[i];
    if (a->place == b->place && b->day - a->day <= HOLD_DAYS && other_holder(merged, a, b)) {
      const uint32_t first = a->happening < b->happening ? a->happening : b->happening;
      add(merged, found, KH_CONTRADICT_EVENTS, first, merged->happenings.at[a->happening].agreed_at,
          merged->happenings.at[b->happening].agreed_at);
    }
  }
  KH_LIST_FREE(heap, &holds);
}

bool kh_contradictions_find(kh_merged *merged, kh_contradictions *found) {
  for (uint32_t i = 0; i < merged->series.series.count; i++) {
    const kh_one_series *s = &merged->series.series.at[i];
    if (s->least_at != KH_NOBODY)
      add(merged, found, KH_CONTRADICT_FIGURES, i, s->least_at, s->most_at);
  }
  for (uint32_t i = 0; i < merged->happenings.count; i++) {
    const kh_happening *h = &merged->happenings.at[i];
    if (h->agreed_at != KH_NOBODY && h->denied_at != KH_NOBODY)
      add(merged, found, KH_CONTRADICT_EVENTS, i, h->agreed_at, h->denied_at);
  }
  find_holders(merged, found);
  for (uint32_t i = 0; i < merged->ledger.entries.count; i++) {
    const kh_entry *e = &merged->ledger.entries.at[i];
    if (e->clash_a != KH_NOBODY) add(merged, found, KH_CONTRADICT_STEPS, i, e->clash_a, e->clash_b);
  }
  return !merged->record.heap.failed;
}
