// SPDX-License-Identifier: Apache-2.0
// What all mentions of a happening say together.
#include "store/merge.h"

#include <string.h>

static bool add_happenings(kh_merged *merged) {
  for (uint32_t i = 0; i < merged->clusters.count; i++) {
    kh_happening *h = KH_LIST_ADD(&merged->record.heap, &merged->happenings);
    if (!h) return false;
    *h = (kh_happening){.first = merged->clusters.first[i],
                        .place = KH_NOBODY,
                        .lo = KH_NO_DAY,
                        .hi = KH_NO_DAY,
                        .agreed_at = KH_NOBODY,
                        .denied_at = KH_NOBODY,
                        .type = merged->clusters.nodes.at[merged->clusters.first[i]].type};
  }
  return true;
}

/// The narrowest told time; of reports that tell none, the days that all leave open.
static void take_day(kh_happening *h, const kh_node *node) {
  if (node->lo == KH_NO_DAY) return;
  const int32_t hi = node->lo + node->days;
  if (h->lo == KH_NO_DAY || (node->told && !h->told) ||
      (node->told && h->told && node->days < h->hi - h->lo)) {
    h->lo = node->lo;
    h->hi = hi;
    h->told = node->told;
  } else if (!node->told && !h->told && hi >= h->lo && node->lo <= h->hi) {
    if (node->lo > h->lo) h->lo = node->lo;
    if (hi < h->hi) h->hi = hi;
  }
}

static void take_nodes(kh_merged *merged) {
  for (uint32_t i = 0; i < merged->clusters.nodes.count; i++) {
    const kh_node *node = &merged->clusters.nodes.at[i];
    if (node->n == KH_NOBODY) continue; // persons moved all its mentions
    kh_happening *h = &merged->happenings.at[node->cluster];
    take_day(h, node);
    if (kh_place_narrower(&merged->record, node->place, h->place)) h->place = node->place;
    if (!h->mode) h->mode = node->mode;
  }
}

bool kh_happenings_sum(kh_merged *merged) {
  kh_heap *heap = &merged->record.heap;
  KH_LIST(uint64_t) pairs = {0};
  KH_LIST(uint32_t) last = {0}; // document of each happening's last mention
  merged->happenings.count = 0;
  const uint32_t mentions = merged->clusters.mentions.count;
  if (KH_LIST_RESERVE(heap, &pairs, mentions + 1) &&
      KH_LIST_RESERVE(heap, &last, merged->clusters.count + 1) && add_happenings(merged)) {
    memset(last.at, 0xFF, last.room * sizeof *last.at);
    take_nodes(merged);
    for (uint32_t i = 0; i < mentions; i++) {
      const kh_mention_of *m = &merged->clusters.mentions.at[i];
      const uint32_t number = merged->clusters.nodes.at[m->node].cluster;
      kh_happening *h = &merged->happenings.at[number];
      h->mentions++;
      uint32_t *said = m->negated ? &h->denied_at : &h->agreed_at;
      if (*said == KH_NOBODY) *said = i;
      const uint32_t document = merged->clusters.nodes.at[m->node].document;
      if (last.at[number] == document) continue;
      last.at[number] = document;
      h->documents++;
      pairs.at[pairs.count++] =
          (uint64_t)number << 32 | merged->record.documents.at[document].source;
    }
    kh_sort_pairs(pairs.at, pairs.count);
    for (uint32_t i = 0; i < pairs.count; i++)
      if (!i || pairs.at[i] != pairs.at[i - 1]) merged->happenings.at[pairs.at[i] >> 32].sources++;
  }
  KH_LIST_FREE(heap, &pairs);
  KH_LIST_FREE(heap, &last);
  return !heap->failed;
}
