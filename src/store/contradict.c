// SPDX-License-Identifier: Apache-2.0
// What reports say against each other. Which figures and statuses clash is settled where they are
// sorted (series.c, ledger_status.c); here are the denials, and two sides that both hold one place.
#include "store/merge.h"

#include <stdlib.h>

static void add(kh_merged *merged, const kh_contradiction *one) {
  kh_contradiction *c = KH_LIST_ADD(&merged->record.heap, &merged->contradictions);
  if (c) *c = *one;
}

static void add_mentions(kh_merged *merged, uint32_t of, uint32_t a, uint32_t b) {
  const kh_mention_of *x = &merged->clusters.mentions.at[a < b ? a : b];
  const kh_mention_of *y = &merged->clusters.mentions.at[a < b ? b : a];
  add(merged, &(kh_contradiction){.kind = KH_CONTRADICT_EVENTS,
                                  .of = merged->numbers.at[of],
                                  .document_a = merged->clusters.nodes.at[x->node].document,
                                  .n_a = x->n,
                                  .document_b = merged->clusters.nodes.at[y->node].document,
                                  .n_b = y->n,
                                  .word_a = x->negated ? "denied" : "told",
                                  .word_b = y->negated ? "denied" : "told"});
}

// ---- who holds a place

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

static void find_holders(kh_merged *merged) {
  kh_heap *heap = &merged->record.heap;
  KH_LIST(hold) holds = {0};
  const uint8_t seize = kh_mode_number("seize");
  for (uint32_t i = 0; i < merged->happenings.count; i++) {
    const kh_happening *h = &merged->happenings.at[i];
    if (h->mode != seize || h->type != KH_EVENT_COERCE || h->place == KH_NOBODY ||
        h->agreed_at == KH_NOBODY || h->lo == KH_NO_DAY)
      continue;
    hold *one = KH_LIST_ADD(heap, &holds);
    if (one) *one = (hold){kh_one(&merged->record, h->place), h->hi, i};
  }
  if (holds.at) qsort(holds.at, holds.count, sizeof *holds.at, by_place);
  for (uint32_t i = 1; holds.at && i < holds.count && !heap->failed; i++) {
    const hold *a = &holds.at[i - 1], *b = &holds.at[i];
    if (a->place == b->place && b->day - a->day <= HOLD_DAYS && other_holder(merged, a, b))
      add_mentions(merged, a->happening < b->happening ? a->happening : b->happening,
                   merged->happenings.at[a->happening].agreed_at,
                   merged->happenings.at[b->happening].agreed_at);
  }
  KH_LIST_FREE(heap, &holds);
}

bool kh_contradictions_of_happenings(kh_merged *merged) {
  for (uint32_t i = 0; i < merged->happenings.count; i++) {
    const kh_happening *h = &merged->happenings.at[i];
    if (h->agreed_at != KH_NOBODY && h->denied_at != KH_NOBODY)
      add_mentions(merged, i, h->agreed_at, h->denied_at);
  }
  find_holders(merged);
  return !merged->record.heap.failed;
}

bool kh_contradictions_of_series(kh_merged *merged) {
  const kh_all_series *all = &merged->series;
  for (uint32_t i = 0; i < all->series.count; i++) {
    const kh_one_series *s = &all->series.at[i];
    if (s->least_at == KH_NOBODY) continue;
    const kh_count *first = &all->counts.at[s->first];
    const kh_count *x = &all->counts.at[s->least_at], *y = &all->counts.at[s->most_at];
    add(merged, &(kh_contradiction){.kind = KH_CONTRADICT_FIGURES,
                                    .of = kh_row_number(&merged->record, first->document, first->n),
                                    .document_a = x->document,
                                    .n_a = x->n,
                                    .document_b = y->document,
                                    .n_b = y->n,
                                    .value_a = x->value,
                                    .value_b = y->value});
  }
  return !merged->record.heap.failed;
}

bool kh_contradictions_of_ledger(kh_merged *merged) {
  const kh_ledger *ledger = &merged->ledger;
  for (uint32_t i = 0; i < ledger->entries.count; i++) {
    const kh_entry *e = &ledger->entries.at[i];
    if (e->clash_a == KH_NOBODY) continue;
    const kh_line *first = &ledger->lines.at[e->first];
    const kh_line *x = &ledger->lines.at[e->clash_a], *y = &ledger->lines.at[e->clash_b];
    add(merged, &(kh_contradiction){.kind = KH_CONTRADICT_STEPS,
                                    .of = kh_row_number(&merged->record, first->document, first->n),
                                    .document_a = x->document,
                                    .n_a = x->n,
                                    .document_b = y->document,
                                    .n_b = y->n,
                                    .word_a = kh_step_status_name((kh_step_status)x->status),
                                    .word_b = kh_step_status_name((kh_step_status)y->status)});
  }
  return !merged->record.heap.failed;
}
