// SPDX-License-Identifier: Apache-2.0
// What became of the steps: their entries, latest statuses, contradictions and conditions.
#include "store/ledger.h"

#include <string.h>

bool kh_status_is_wish(uint8_t status) {
  return status == KH_STATUS_DEMANDED || status == KH_STATUS_CONDITIONAL;
}

bool kh_statuses_clash(uint8_t a, uint8_t b) {
  const bool holds_a = a == KH_STATUS_MET || a == KH_STATUS_UNDER_WAY;
  const bool holds_b = b == KH_STATUS_MET || b == KH_STATUS_UNDER_WAY;
  const bool broken_a = a == KH_STATUS_VIOLATED || a == KH_STATUS_NOT_MET;
  const bool broken_b = b == KH_STATUS_VIOLATED || b == KH_STATUS_NOT_MET;
  if ((holds_a && broken_b) || (holds_b && broken_a)) return true;
  const bool agreed_a = a == KH_STATUS_AGREED || a == KH_STATUS_PROMISED;
  const bool agreed_b = b == KH_STATUS_AGREED || b == KH_STATUS_PROMISED;
  return (agreed_a && b == KH_STATUS_REFUSED) || (agreed_b && a == KH_STATUS_REFUSED);
}

/// Whether `now` gives the entry its status rather than `then`. What is only wished does not undo
/// what was done, however late it is wished. Of one day, what the report itself says counts more
/// than what somebody says, else the later line.
static bool is_later(const kh_ledger *ledger, uint32_t now, uint32_t then) {
  const kh_line *a = &ledger->lines.at[now], *b = &ledger->lines.at[then];
  const bool wish_a = kh_status_is_wish(a->status), wish_b = kh_status_is_wish(b->status);
  if (wish_a != wish_b) return wish_b;
  if (a->day != b->day) return a->day > b->day;
  const bool quoted_a = a->according_to != KH_NOBODY, quoted_b = b->according_to != KH_NOBODY;
  if (quoted_a != quoted_b) return quoted_b;
  return true;
}

bool kh_ledger_number(kh_ledger *ledger, uint32_t count) {
  kh_heap *heap = &ledger->record->heap;
  KH_LIST(uint32_t) renamed = {0};
  ledger->entries.count = 0;
  if (!KH_LIST_RESERVE(heap, &renamed, count ? count : 1)) return false;
  memset(renamed.at, 0xFF, (count ? count : 1) * sizeof *renamed.at);
  for (uint32_t i = 0; i < ledger->lines.count; i++) {
    kh_line *line = &ledger->lines.at[i];
    if (renamed.at[line->entry] == KH_NOBODY) {
      kh_entry *fresh = KH_LIST_ADD(heap, &ledger->entries);
      if (!fresh) break;
      *fresh = (kh_entry){.first = i,
                          .latest = i,
                          .place = KH_NOBODY,
                          .first_day = line->day,
                          .last_day = line->day,
                          .clash_a = KH_NOBODY,
                          .clash_b = KH_NOBODY};
      renamed.at[line->entry] = ledger->entries.count - 1;
    }
    line->entry = renamed.at[line->entry];
    kh_entry *entry = &ledger->entries.at[line->entry];
    entry->lines++;
    if (kh_place_narrower(ledger->record, line->place, entry->place)) entry->place = line->place;
    if (line->day != KH_NO_DAY) {
      if (entry->first_day == KH_NO_DAY || line->day < entry->first_day)
        entry->first_day = line->day;
      if (line->day > entry->last_day) entry->last_day = line->day;
    }
    if (entry->latest != i && is_later(ledger, i, entry->latest)) entry->latest = i;
  }
  KH_LIST_FREE(heap, &renamed);
  return !heap->failed;
}

// ---- conditions

static void find_conditions(kh_ledger *ledger) {
  ledger->conditions.count = 0;
  for (uint32_t i = 0; i < ledger->lines.count; i++) {
    const kh_line *line = &ledger->lines.at[i];
    if (line->waits == KH_WAITS_NOT) continue;
    kh_condition *c = KH_LIST_ADD(&ledger->record->heap, &ledger->conditions);
    if (!c) return;
    const uint32_t waiting =
        line->waits == KH_WAITS_OTHER ? KH_NOBODY : ledger->lines.at[line->waits].entry;
    // Nothing waits for itself.
    *c = (kh_condition){waiting == line->entry ? KH_NOBODY : waiting, line->entry, i};
  }
}

// ---- contradictions

enum {
  CLASH_DAYS = 3, ///< Statuses further apart in time are a course of things, no contradiction.
  REMEMBERED = 8, ///< Lines of an entry that a later one is compared with.
};

static bool lines_clash(const kh_ledger *ledger, uint32_t a, uint32_t b) {
  const kh_line *x = &ledger->lines.at[a], *y = &ledger->lines.at[b];
  if (!kh_statuses_clash(x->status, y->status)) return false;
  if (x->day == KH_NO_DAY || y->day == KH_NO_DAY) return false;
  const int32_t gap = x->day < y->day ? y->day - x->day : x->day - y->day;
  if (gap > CLASH_DAYS) return false;
  // One voice that takes back its word does not contradict another.
  const uint32_t by_x = kh_one(ledger->record, x->according_to);
  const uint32_t by_y = kh_one(ledger->record, y->according_to);
  if (by_x != KH_NOBODY || by_y != KH_NOBODY) return by_x != by_y;
  return ledger->record->documents.at[x->document].source !=
         ledger->record->documents.at[y->document].source;
}

/// What the walk over all lines keeps of each entry.
typedef struct memory {
  uint32_t last[REMEMBERED];
  uint32_t count;
} memory;

static void remember_lines(kh_ledger *ledger, memory *memories, uint64_t *pairs) {
  for (uint32_t i = 0; i < ledger->lines.count; i++) {
    const kh_line *line = &ledger->lines.at[i];
    kh_entry *entry = &ledger->entries.at[line->entry];
    memory *m = &memories[line->entry];
    pairs[i] = (uint64_t)line->entry << 32 | ledger->record->documents.at[line->document].source;
    const uint32_t kept = m->count < REMEMBERED ? m->count : REMEMBERED;
    for (uint32_t k = 0; k < kept && entry->clash_a == KH_NOBODY; k++)
      if (lines_clash(ledger, m->last[k], i)) {
        entry->clash_a = m->last[k];
        entry->clash_b = i;
      }
    m->last[m->count++ % REMEMBERED] = i;
  }
}

bool kh_ledger_conclude(kh_ledger *ledger) {
  kh_heap *heap = &ledger->record->heap;
  KH_LIST(memory) memories = {0};
  KH_LIST(uint64_t) pairs = {0};
  const uint32_t count = ledger->entries.count, lines = ledger->lines.count;
  find_conditions(ledger);
  if (count && KH_LIST_RESERVE(heap, &memories, count) && KH_LIST_RESERVE(heap, &pairs, lines)) {
    memset(memories.at, 0, count * sizeof *memories.at);
    remember_lines(ledger, memories.at, pairs.at);
    kh_sort_pairs(pairs.at, lines);
    for (uint32_t i = 0; i < lines; i++)
      if (!i || pairs.at[i] != pairs.at[i - 1]) ledger->entries.at[pairs.at[i] >> 32].sources++;
  }
  KH_LIST_FREE(heap, &pairs);
  KH_LIST_FREE(heap, &memories);
  return !heap->failed;
}

void kh_ledger_free(kh_ledger *ledger) {
  kh_heap *heap = &ledger->record->heap;
  KH_LIST_FREE(heap, &ledger->lines);
  KH_LIST_FREE(heap, &ledger->entries);
  KH_LIST_FREE(heap, &ledger->conditions);
}
