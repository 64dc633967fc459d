// SPDX-License-Identifier: Apache-2.0
// docs/merging.md tells these rules so that they can be applied by hand.
#include "store/series.h"

#include <float.h>
#include <stdlib.h>
#include <string.h>

enum {
  SAME_NEWS_DAYS = 7, ///< Figures of no happening and no period: a longer silence ends a series.
  LATEST_DAYS = 1,    ///< Sources this long before the last one still vote for the best value.
};

/// What sorts figures into series; the rest of the order is that of time.
typedef struct row {
  uint64_t thing; // happening, or place and period, or document
  uint32_t sort;  // what, counted and part
  int32_t day;    // of publication
  uint32_t count; // place in `counts`
} row;

void kh_series_gather(kh_all_series *all, const kh_report *report, const uint32_t *cluster_of) {
  kh_merge_record *record = all->record;
  for (uint32_t i = 0; i < report->figures.count; i++) {
    const kh_merge_figure *f = &report->figures.at[i];
    kh_count *c = KH_LIST_ADD(&record->heap, &all->counts);
    if (!c) return;
    *c = (kh_count){.value = f->value,
                    .high = f->high,
                    .document = report->document,
                    .n = f->n,
                    .cluster = cluster_of[i],
                    .place = f->place,
                    .source = f->source,
                    .since = f->since,
                    .until = f->until,
                    .part = f->part,
                    .bound = f->bound,
                    .counted = f->counted,
                    .what = f->what};
  }
}

// ---- which figures belong together

enum { OF_HAPPENING, OF_PERIOD, OF_DOCUMENT, OF_NEWS };

static uint64_t thing_of(const kh_all_series *all, const kh_count *c) {
  if (c->cluster != KH_NOBODY) return (uint64_t)OF_HAPPENING << 62 | c->cluster;
  const uint32_t place = kh_one(all->record, c->place);
  if (c->since != KH_NO_DAY)
    return (uint64_t)OF_PERIOD << 62 | (uint64_t)((uint32_t)c->since & 0x3FFFFFFF) << 32 | place;
  if (place != KH_NOBODY) return (uint64_t)OF_NEWS << 62 | place;
  return (uint64_t)OF_DOCUMENT << 62 | c->document;
}

static uint32_t sort_of(const kh_count *c, bool as_persons) {
  const uint32_t counted =
      as_persons && c->counted == KH_COUNTED_CIVILIANS ? KH_COUNTED_PERSONS : c->counted;
  return (uint32_t)c->what << 16 | (uint32_t)c->part << 8 | counted;
}

static int by_thing(const void *a, const void *b) {
  const row *x = a, *y = b;
  if (x->thing != y->thing) return x->thing < y->thing ? -1 : 1;
  if (x->sort != y->sort) return x->sort < y->sort ? -1 : 1;
  if (x->day != y->day) return x->day < y->day ? -1 : 1;
  return x->count < y->count ? -1 : x->count > y->count;
}

/// Civilians are the same count as persons, unless some report of the same thing gives civilians
/// as a part of them. Rows of one thing and harm, totals before parts.
static void join_civilians(const kh_all_series *all, row *rows, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    const kh_count *c = &all->counts.at[rows[i].count];
    if (c->part && c->counted == KH_COUNTED_CIVILIANS) return;
  }
  for (uint32_t i = 0; i < count; i++)
    rows[i].sort = sort_of(&all->counts.at[rows[i].count], !all->counts.at[rows[i].count].part);
}

static void join_civilians_everywhere(const kh_all_series *all, row *rows, uint32_t count) {
  for (uint32_t i = 0, end; i < count; i = end) {
    for (end = i + 1; end < count && rows[end].thing == rows[i].thing &&
                      rows[end].sort >> 16 == rows[i].sort >> 16;)
      end++;
    join_civilians(all, rows + i, end - i);
  }
}

// ---- the values of one series

/// The last word of a source.
typedef struct voice {
  uint32_t source;
  uint32_t at; // figure
  int32_t day;
} voice;

/// Whether a figure takes the place of an earlier one of the same source: a later report does, in
/// one report the higher value.
static bool supersedes(const kh_count *now, int32_t day, const kh_count *then, int32_t then_day) {
  if (now->document != then->document) return day >= then_day;
  return now->value > then->value;
}

static uint32_t gather_voices(const kh_all_series *all, const row *rows, uint32_t count,
                              voice *voices) {
  uint32_t n = 0;
  for (uint32_t i = 0; i < count; i++) {
    const kh_count *c = &all->counts.at[rows[i].count];
    const uint32_t source = all->record->documents.at[c->document].source;
    uint32_t v = 0;
    while (v < n && voices[v].source != source) v++;
    if (v == n)
      voices[n++] = (voice){source, rows[i].count, rows[i].day};
    else if (supersedes(c, rows[i].day, &all->counts.at[voices[v].at], voices[v].day))
      voices[v] = (voice){source, rows[i].count, rows[i].day};
  }
  return n;
}

/// How many sources say the same as `v` in their last word.
static uint32_t votes_for(const kh_all_series *all, const voice *voices, uint32_t n, uint32_t v) {
  uint32_t votes = 0;
  const double value = all->counts.at[voices[v].at].value;
  for (uint32_t i = 0; i < n; i++) {
    const double other = all->counts.at[voices[i].at].value;
    votes += !(other < value) && !(other > value);
  }
  return votes;
}

/// The highest value that two sources have as their last word; below all values when there is none.
static double confirmed(const kh_all_series *all, const voice *voices, uint32_t n) {
  double most = -DBL_MAX;
  for (uint32_t i = 0; i < n; i++) {
    const double value = all->counts.at[voices[i].at].value;
    if (value > most && votes_for(all, voices, n, i) >= 2) most = value;
  }
  return most;
}

/// Whether voice `a` with so many votes is to be believed rather than `b`.
static bool is_better(const kh_all_series *all, const voice *a, uint32_t a_votes, const voice *b,
                      uint32_t b_votes) {
  if (a_votes != b_votes) return a_votes > b_votes;
  if (a->day != b->day) return a->day > b->day;
  return all->counts.at[a->at].value < all->counts.at[b->at].value;
}

/// Of the sources that spoke last the value that most give; of equals the later, then the lower.
/// What two sources count does not become less because a later report tells of some of them. Exact
/// values come before approximate ones.
static void choose_best(const kh_all_series *all, kh_one_series *s, const voice *voices,
                        uint32_t n) {
  int32_t last = KH_NO_DAY;
  for (uint32_t i = 0; i < n; i++) last = voices[i].day > last ? voices[i].day : last;
  const double least = confirmed(all, voices, n);
  uint32_t best = KH_NOBODY, best_votes = 0;
  for (int pass = 0; pass < 3 && best == KH_NOBODY; pass++)
    for (uint32_t i = 0; i < n; i++) {
      const kh_count *c = &all->counts.at[voices[i].at];
      if (c->value < least || (pass == 0 && c->bound != KH_BOUND_EXACT)) continue;
      if (pass < 2 && (int64_t)voices[i].day < (int64_t)last - LATEST_DAYS) continue;
      const uint32_t votes = votes_for(all, voices, n, i);
      if (best != KH_NOBODY && !is_better(all, &voices[i], votes, &voices[best], best_votes))
        continue;
      best = i;
      best_votes = votes;
    }
  s->best = all->counts.at[voices[best].at].value;
  s->best_at = voices[best].at;
}

/// Two sources contradict when neither value fits the other's bound, and the smaller one cannot be
/// an earlier stage of the greater.
static bool contradict(const kh_all_series *all, const voice *less, const voice *more) {
  const kh_count *a = &all->counts.at[less->at], *b = &all->counts.at[more->at];
  if (a->high >= b->value) return false;
  if (a->bound == KH_BOUND_AT_LEAST || b->bound == KH_BOUND_AT_MOST) return false;
  if ((a->bound == KH_BOUND_ABOUT || b->bound == KH_BOUND_ABOUT) && b->value <= a->high * 1.25)
    return false;
  if (less->day >= more->day) return true;
  const uint32_t x = kh_one(all->record, a->source), y = kh_one(all->record, b->source);
  return x != KH_NOBODY && y != KH_NOBODY && x != y;
}

static void find_contradiction(const kh_all_series *all, kh_one_series *s, const voice *voices,
                               uint32_t n) {
  s->least_at = s->most_at = KH_NOBODY;
  double widest = 0;
  for (uint32_t i = 0; i < n; i++)
    for (uint32_t k = 0; k < n; k++) {
      const double gap = all->counts.at[voices[k].at].value - all->counts.at[voices[i].at].value;
      if (gap > widest && contradict(all, &voices[i], &voices[k])) {
        widest = gap;
        s->least_at = voices[i].at;
        s->most_at = voices[k].at;
      }
    }
}

enum { VOICES = 64 }; ///< Sources that are heard; a record has few outlets.

static void count_series(const kh_all_series *all, const row *rows, uint32_t count,
                         kh_one_series *s) {
  voice voices[VOICES];
  uint32_t n = 0;
  for (uint32_t i = 0; i < count; i++) {
    const kh_count *c = &all->counts.at[rows[i].count];
    if (!i || c->value < s->low) s->low = c->value;
    if (!i || c->high > s->high) s->high = c->high;
    if (rows[i].count < s->first || !i) s->first = rows[i].count;
    if (kh_place_narrower(all->record, c->place, s->place)) s->place = c->place;
    if (c->until != KH_NO_DAY && (s->until == KH_NO_DAY || c->until > s->until))
      s->until = c->until;
    bool said = false; // the same value by the same source
    const uint32_t source = all->record->documents.at[c->document].source;
    for (uint32_t k = i; k-- > 0 && i - k < VOICES && !said;) {
      const kh_count *other = &all->counts.at[rows[k].count];
      said = all->record->documents.at[other->document].source == source &&
             !(other->value < c->value) && !(other->value > c->value);
    }
    s->figures += !said;
  }
  n = gather_voices(all, rows + (count > VOICES ? count - VOICES : 0),
                    count > VOICES ? VOICES : count, voices);
  s->sources = n;
  choose_best(all, s, voices, n);
  find_contradiction(all, s, voices, n);
}

/// What a series counts: persons where civilians are counted among them.
static uint8_t counted_as(const kh_all_series *all, const row *rows, uint32_t count) {
  const uint8_t counted = all->counts.at[rows[0].count].counted;
  for (uint32_t i = 0; i < count && counted == KH_COUNTED_CIVILIANS; i++)
    if (all->counts.at[rows[i].count].counted == KH_COUNTED_PERSONS) return KH_COUNTED_PERSONS;
  return counted;
}

static bool add_series(kh_all_series *all, const row *rows, uint32_t count) {
  kh_one_series *s = KH_LIST_ADD(&all->record->heap, &all->series);
  if (!s) return false;
  const kh_count *c = &all->counts.at[rows[0].count];
  *s = (kh_one_series){.cluster = c->cluster,
                       .place = KH_NOBODY,
                       .since = c->since,
                       .until = KH_NO_DAY,
                       .counted = counted_as(all, rows, count),
                       .what = c->what};
  count_series(all, rows, count, s);
  for (uint32_t i = 0; i < count; i++) all->counts.at[rows[i].count].series = all->series.count - 1;
  return true;
}

static int by_first(const void *a, const void *b) {
  const kh_one_series *x = a, *y = b;
  return x->first < y->first ? -1 : x->first > y->first;
}

/// Orders the series by their first figures, and renames them in the figures.
static void order_series(kh_all_series *all) {
  if (!all->series.count) return;
  // A series' first figure leads to it: the other figures follow through their old number.
  KH_LIST(uint32_t) renamed = {0};
  if (!KH_LIST_RESERVE(&all->record->heap, &renamed, all->series.count)) return;
  for (uint32_t i = 0; i < all->series.count; i++) renamed.at[i] = all->series.at[i].first;
  qsort(all->series.at, all->series.count, sizeof *all->series.at, by_first);
  for (uint32_t i = 0; i < all->counts.count; i++) {
    kh_count *c = &all->counts.at[i];
    const uint32_t first = renamed.at[c->series];
    uint32_t low = 0, high = all->series.count;
    while (high - low > 1) {
      const uint32_t middle = low + (high - low) / 2;
      if (all->series.at[middle].first <= first)
        low = middle;
      else
        high = middle;
    }
    c->series = low;
  }
  KH_LIST_FREE(&all->record->heap, &renamed);
}

bool kh_series_join(kh_all_series *all) {
  kh_heap *heap = &all->record->heap;
  KH_LIST(row) rows = {0};
  const uint32_t count = all->counts.count;
  all->groups = 0;
  if (KH_LIST_RESERVE(heap, &rows, count + 1)) {
    for (uint32_t i = 0; i < count; i++) {
      const kh_count *c = &all->counts.at[i];
      rows.at[i] =
          (row){thing_of(all, c), sort_of(c, false), all->record->documents.at[c->document].day, i};
    }
    qsort(rows.at, count, sizeof *rows.at, by_thing);
    join_civilians_everywhere(all, rows.at, count);
    qsort(rows.at, count, sizeof *rows.at, by_thing);
    for (uint32_t i = 0; i < count; i++) {
      const bool news = rows.at[i].thing >> 62 == OF_NEWS;
      const bool same = i && rows.at[i].thing == rows.at[i - 1].thing &&
                        rows.at[i].sort == rows.at[i - 1].sort &&
                        !(news && (int64_t)rows.at[i].day - rows.at[i - 1].day > SAME_NEWS_DAYS);
      all->groups += !same;
      all->counts.at[rows.at[i].count].series = all->groups - 1;
    }
  }
  KH_LIST_FREE(heap, &rows);
  return !heap->failed;
}

bool kh_series_make(kh_all_series *all) {
  kh_heap *heap = &all->record->heap;
  KH_LIST(row) rows = {0};
  const uint32_t count = all->counts.count;
  if (KH_LIST_RESERVE(heap, &rows, count + 1)) {
    for (uint32_t i = 0; i < count; i++) {
      const kh_count *c = &all->counts.at[i];
      rows.at[i] = (row){c->series, 0, all->record->documents.at[c->document].day, i};
    }
    qsort(rows.at, count, sizeof *rows.at, by_thing);
    for (uint32_t i = 0, end; i < count; i = end) {
      for (end = i + 1; end < count && rows.at[end].thing == rows.at[i].thing;) end++;
      if (!add_series(all, rows.at + i, end - i)) break;
    }
  }
  KH_LIST_FREE(heap, &rows);
  if (!heap->failed) order_series(all);
  return !heap->failed;
}

void kh_series_free(kh_all_series *all) {
  KH_LIST_FREE(&all->record->heap, &all->counts);
  KH_LIST_FREE(&all->record->heap, &all->series);
}
