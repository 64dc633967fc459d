// SPDX-License-Identifier: Apache-2.0
// Which mentions of steps are one entry. docs/merging.md has the rules in words.
#include "store/ledger.h"

#include "store/cluster.h"

#include <stdlib.h>
#include <string.h>

enum {
  JOIN = 40, ///< From this on two mentions are one step.
  VETO = -1000,
  BY_SHARED = 40,
  BY_ALIKE = 35,
  BY_KIN = 10,
  BY_RIVAL = -10,
  PLACE_SAME = 30,
  PLACE_NEAR = 25,
  PLACE_INSIDE = 15,
  PLACE_WIDE = 8,
  PLACE_UNSURE = -25,
  ASKED_SHARED = 20,
  WITHIN_WEEK = 20,
  WITHIN_MONTH = 10,
  SILENCE_DAYS = 120, ///< After so long it is another step.
  SLOTS = 1 << 16,
  SAME_REPORT = 20,
  DONE_BEFORE = -30, ///< A step that was done and is asked anew is another one.
  DONE_DAYS = 14,
  CHAIN = 64,
  NEIGHBOURS = 64, ///< Steps before and after one that may wait for it.
};

/// The line of the step whose words overlap those that step `i` is a condition for.
static uint32_t waits_for(const kh_report *report, uint32_t i, uint32_t begin) {
  const kh_merge_step *s = &report->steps.at[i];
  if (s->for_end <= s->for_start) return KH_WAITS_NOT;
  const uint32_t end = report->steps.count < i + NEIGHBOURS ? report->steps.count : i + NEIGHBOURS;
  for (uint32_t k = i > NEIGHBOURS ? i - NEIGHBOURS : 0; k < end; k++) {
    const kh_merge_step *other = &report->steps.at[k];
    if (k != i && other->start < s->for_end && other->end > s->for_start) return begin + k;
  }
  return KH_WAITS_OTHER;
}

/// Who does it: as told; what somebody promises he does himself.
static kh_parts doers_of(kh_merge_record *record, const kh_merge_step *s) {
  if (s->by.count || s->status != KH_STATUS_PROMISED || s->according_to == KH_NOBODY) return s->by;
  uint32_t *part = KH_LIST_ADD(&record->heap, &record->parts);
  if (!part) return s->by;
  *part = s->according_to;
  return (kh_parts){record->parts.count - 1, 1};
}

void kh_ledger_gather(kh_ledger *ledger, const kh_report *report) {
  kh_merge_record *record = ledger->record;
  const uint32_t begin = ledger->lines.count;
  const int32_t published = record->documents.at[report->document].day;
  for (uint32_t i = 0; i < report->steps.count; i++) {
    const kh_merge_step *s = &report->steps.at[i];
    const kh_parts by = doers_of(record, s);
    kh_line *line = KH_LIST_ADD(&record->heap, &ledger->lines);
    if (!line) return;
    *line = (kh_line){.document = report->document,
                      .n = s->n,
                      .waits = waits_for(report, i, begin),
                      .place = s->place,
                      .according_to = s->according_to,
                      .same_as = KH_NOBODY,
                      .day = s->day == KH_NO_DAY ? published : s->day,
                      .by = by,
                      .asked_by = s->asked_by,
                      .entry = KH_NOBODY,
                      .kind = s->kind,
                      .status = s->status};
    for (uint32_t k = begin; s->same_as != KH_NOBODY && k + 1 < ledger->lines.count; k++)
      if (ledger->lines.at[k].n == s->same_as) line->same_as = k;
  }
}

// ---- how alike two are

/// Steps that two sides take together: whom a report names depends on whom it asks.
static bool is_mutual(uint8_t kind) {
  return kind == KH_STEP_CEASEFIRE || kind == KH_STEP_TALKS || kind == KH_STEP_AGREEMENT ||
         kind == KH_STEP_POLITICAL_PROCESS || kind == KH_STEP_SAFE_ZONE ||
         kind == KH_STEP_ELECTIONS;
}

/// What is known of an entry while lines are still joined to it.
typedef struct draft {
  uint32_t by[KH_SIDE_PARTS], asked_by[KH_SIDE_PARTS];
  uint8_t by_count, asked_count;
  uint32_t place;
  uint32_t document; // of the last line
  int32_t last_day;
  int32_t done_day; // when it was last told to be done; KH_NO_DAY
  uint8_t kind;
} draft;

static const uint32_t *parts_at(const kh_merge_record *record, kh_parts list) {
  return list.count ? record->parts.at + list.first : NULL;
}

static int by_score(const kh_merge_record *record, const draft *d, const kh_line *line) {
  switch (
      kh_parts_compare(record, d->by, d->by_count, parts_at(record, line->by), line->by.count)) {
  case KH_PARTS_SHARED:
    return BY_SHARED;
  case KH_PARTS_ALIKE:
    return BY_ALIKE;
  case KH_PARTS_KIN:
    return is_mutual(d->kind) ? BY_KIN : BY_RIVAL;
  case KH_PARTS_RIVAL:
    return is_mutual(d->kind) ? BY_RIVAL : VETO;
  default:
    return 0;
  }
}

static int place_score(const kh_merge_record *record, uint32_t a, uint32_t b) {
  switch (kh_places(record, a, b)) {
  case KH_PLACES_SAME:
    return PLACE_SAME;
  case KH_PLACES_NEAR:
    return PLACE_NEAR;
  case KH_PLACES_INSIDE:
    return PLACE_INSIDE;
  case KH_PLACES_WIDE:
    return PLACE_WIDE;
  case KH_PLACES_UNSURE:
    return PLACE_UNSURE;
  case KH_PLACES_APART:
    return VETO;
  default:
    return 0;
  }
}

static int day_score(const draft *d, const kh_line *line) {
  if (d->last_day == KH_NO_DAY || line->day == KH_NO_DAY) return 0;
  const int64_t gap = (int64_t)line->day - d->last_day;
  const int64_t days = gap < 0 ? -gap : gap;
  if (days > SILENCE_DAYS) return VETO;
  return days <= 7 ? WITHIN_WEEK : days <= 31 ? WITHIN_MONTH : 0;
}

static int alike(const kh_merge_record *record, const draft *d, const kh_line *line) {
  const int by = by_score(record, d, line);
  const int place = place_score(record, d->place, line->place);
  const int day = day_score(d, line);
  if (by == VETO || place == VETO || day == VETO) return VETO;
  int score = by + place + day;
  if (kh_parts_compare(record, d->asked_by, d->asked_count, parts_at(record, line->asked_by),
                       line->asked_by.count) == KH_PARTS_SHARED)
    score += ASKED_SHARED;
  if (d->document == line->document) score += SAME_REPORT;
  const bool anew = kh_status_is_wish(line->status) || line->status == KH_STATUS_PROMISED;
  if (anew && d->done_day != KH_NO_DAY && line->day != KH_NO_DAY &&
      (int64_t)line->day - d->done_day > DONE_DAYS)
    score += DONE_BEFORE;
  return score;
}

static void add_to_side(const kh_merge_record *record, uint32_t *side, uint8_t *count,
                        kh_parts list) {
  for (uint32_t i = 0; i < list.count && *count < KH_SIDE_PARTS; i++) {
    const uint32_t one = kh_one(record, record->parts.at[list.first + i]);
    bool there = false;
    for (uint32_t k = 0; k < *count; k++) there |= side[k] == one;
    if (!there) side[(*count)++] = one;
  }
}

static void take_line(const kh_merge_record *record, draft *d, const kh_line *line) {
  add_to_side(record, d->by, &d->by_count, line->by);
  add_to_side(record, d->asked_by, &d->asked_count, line->asked_by);
  if (kh_place_narrower(record, line->place, d->place)) d->place = kh_one(record, line->place);
  if (line->day != KH_NO_DAY && (d->last_day == KH_NO_DAY || line->day > d->last_day))
    d->last_day = line->day;
  if (line->status == KH_STATUS_MET) d->done_day = line->day;
  d->document = line->document;
}

// ---- joining

typedef struct link {
  uint32_t draft;
  uint32_t next;
  uint32_t check;
} link;

typedef struct joiner {
  kh_ledger *ledger;
  const kh_merge_record *record;
  kh_heap *heap;
  uint32_t *slots;
  uint32_t slot_count;
  KH_LIST(link) links;
  KH_LIST(draft) drafts; // of the kind that is worked on
  KH_LIST(uint32_t) seen;
  uint32_t base; // number of the first one
} joiner;

typedef enum key_kind { BY_DOER, BY_ASKER, BY_PLACE, BY_COUNTRY, BY_DOCUMENT } key_kind;

static uint64_t key_of(uint8_t kind, key_kind sort, uint32_t what) {
  uint64_t key = ((uint64_t)what << 16 | (uint64_t)sort << 8 | kind) + 1;
  key *= 0x9E3779B97F4A7C15ULL;
  key ^= key >> 29;
  key *= 0xBF58476D1CE4E5B9ULL;
  return key ^ key >> 32;
}

enum { KEYS = 4 * KH_SIDE_PARTS + 4 };

/// The keys of a line: who does it and asks for it, where, in which states, in which document.
static uint32_t keys_of(const joiner *j, const kh_line *line, uint64_t keys[KEYS]) {
  uint32_t count = 0;
  keys[count++] = key_of(line->kind, BY_DOCUMENT, line->document);
  for (uint32_t i = 0; i < line->by.count && i < KH_SIDE_PARTS; i++) {
    const uint32_t one = kh_one(j->record, j->record->parts.at[line->by.first + i]);
    const kh_merge_entity *e = &j->record->entities.at[one];
    if (e->kind != KH_KIND_ACTOR) keys[count++] = key_of(line->kind, BY_DOER, one);
    if (e->country) keys[count++] = key_of(line->kind, BY_COUNTRY, e->country);
  }
  for (uint32_t i = 0; i < line->asked_by.count && i < KH_SIDE_PARTS; i++) {
    const uint32_t one = kh_one(j->record, j->record->parts.at[line->asked_by.first + i]);
    if (j->record->entities.at[one].kind != KH_KIND_ACTOR)
      keys[count++] = key_of(line->kind, BY_ASKER, one);
  }
  if (line->place != KH_NOBODY) {
    const uint32_t one = kh_one(j->record, line->place);
    const uint32_t country = j->record->entities.at[one].country;
    keys[count++] = key_of(line->kind, BY_PLACE, one);
    if (country) keys[count++] = key_of(line->kind, BY_COUNTRY, country);
  }
  return count;
}

static void enter(joiner *j, const kh_line *line, uint32_t number) {
  uint64_t keys[KEYS];
  const uint32_t count = keys_of(j, line, keys);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t *slot = &j->slots[keys[i] & (j->slot_count - 1)];
    // The newest of a key is looked at first; it need not stand there twice in a row.
    if (*slot != KH_NOBODY && j->links.at[*slot].draft == number &&
        j->links.at[*slot].check == (uint32_t)(keys[i] >> 32))
      continue;
    link *l = KH_LIST_ADD(j->heap, &j->links);
    if (!l) return;
    *l = (link){number, *slot, (uint32_t)(keys[i] >> 32)};
    *slot = j->links.count - 1;
  }
}

static uint32_t find(joiner *j, const kh_line *line, uint32_t stamp) {
  uint64_t keys[KEYS];
  const uint32_t count = keys_of(j, line, keys);
  uint32_t best = KH_NOBODY;
  int best_score = JOIN - 1;
  for (uint32_t i = 0; i < count; i++) {
    uint32_t left = CHAIN;
    for (uint32_t at = j->slots[keys[i] & (j->slot_count - 1)]; at != KH_NOBODY && left;
         at = j->links.at[at].next) {
      const link *l = &j->links.at[at];
      if (l->check != (uint32_t)(keys[i] >> 32)) continue;
      left--;
      if (j->seen.at[l->draft] == stamp) continue;
      j->seen.at[l->draft] = stamp;
      const int score = alike(j->record, &j->drafts.at[l->draft], line);
      if (score > best_score || (score == best_score && l->draft < best)) {
        best = l->draft;
        best_score = score;
      }
    }
  }
  return best;
}

static void join_line(joiner *j, uint32_t number) {
  kh_line *line = &j->ledger->lines.at[number];
  uint32_t best = KH_NOBODY;
  if (line->same_as != KH_NOBODY) {
    // The earlier line of the report may be of another kind, or be told of a later day.
    const uint32_t entry = j->ledger->lines.at[line->same_as].entry;
    if (entry != KH_NOBODY && entry >= j->base) best = entry - j->base;
  }
  if (best == KH_NOBODY) best = find(j, line, number);
  if (best == KH_NOBODY) {
    draft *d = KH_LIST_ADD(j->heap, &j->drafts);
    uint32_t *seen = KH_LIST_ADD(j->heap, &j->seen);
    if (!d || !seen) return;
    *d = (draft){
        .place = KH_NOBODY, .last_day = KH_NO_DAY, .done_day = KH_NO_DAY, .kind = line->kind};
    *seen = KH_NOBODY;
    best = j->drafts.count - 1;
  }
  line->entry = j->base + best;
  take_line(j->record, &j->drafts.at[best], line);
  enter(j, line, best);
}

typedef struct sort_key {
  uint64_t first; // kind and day
  uint32_t line;
} sort_key;

static int by_key(const void *a, const void *b) {
  const sort_key *x = a, *y = b;
  if (x->first != y->first) return x->first < y->first ? -1 : 1;
  return x->line < y->line ? -1 : x->line > y->line;
}

/// Begins another kind of steps: entries of different kinds never meet.
static void begin_kind(joiner *j) {
  j->base += j->drafts.count;
  j->drafts.count = j->seen.count = j->links.count = 0;
  memset(j->slots, 0xFF, j->slot_count * sizeof *j->slots);
}

static void sort_and_join(joiner *j) {
  const kh_ledger *ledger = j->ledger;
  const uint32_t count = ledger->lines.count;
  KH_LIST(sort_key) sorted = {0};
  if (KH_LIST_RESERVE(j->heap, &sorted, count + 1)) {
    for (uint32_t i = 0; i < count; i++)
      sorted.at[i] = (sort_key){(uint64_t)ledger->lines.at[i].kind << 32 |
                                    (uint32_t)((int64_t)ledger->lines.at[i].day - KH_NO_DAY),
                                i};
    qsort(sorted.at, count, sizeof *sorted.at, by_key);
    for (uint32_t i = 0; i < count && !j->heap->failed; i++) {
      if (!i || sorted.at[i].first >> 32 != sorted.at[i - 1].first >> 32) begin_kind(j);
      join_line(j, sorted.at[i].line);
    }
  }
  KH_LIST_FREE(j->heap, &sorted);
}

bool kh_ledger_join(kh_ledger *ledger) {
  kh_heap *heap = &ledger->record->heap;
  joiner j = {.ledger = ledger, .record = ledger->record, .heap = heap, .slot_count = SLOTS};
  uint32_t room = 0;
  if (kh_heap_reserve(heap, &j.slots, &room, j.slot_count, sizeof *j.slots)) sort_and_join(&j);
  const uint32_t entries = j.base + j.drafts.count;
  KH_LIST_FREE(heap, &j.links);
  KH_LIST_FREE(heap, &j.drafts);
  KH_LIST_FREE(heap, &j.seen);
  kh_heap_free(heap, j.slots, room, sizeof *j.slots);
  return !heap->failed && kh_ledger_number(ledger, entries);
}
