// SPDX-License-Identifier: Apache-2.0
// Joining the nodes of all documents. Those that say most come first and found clusters, the vaguer
// ones look for the one cluster they fit. Clusters are found again by keys of place, day and who
// took part; the list behind a key is cut, so that a day full of happenings stays quick.
#include "store/cluster.h"

#include <stdlib.h>
#include <string.h>

enum {
  CHAIN = 48,       ///< Clusters behind one key that are compared.
  VAGUE_MARGIN = 8, ///< By so much a vague node must fit one cluster better than the next.
  LOOK_BACK = 1,    ///< Days around a node's own in which its cluster may be entered.
  LOOK_AHEAD = 3,
  SLICE_DAYS = 92, ///< Nodes are joined so many days at a time, to keep few clusters in memory.
  FIRST_DAY = -1000000, ///< Before all days.
  SLOTS = 1 << 16,
  LONG_DAYS = 9, ///< A longer time is looked up by its two ends alone.
};

typedef enum key_kind {
  BY_PLACE,
  BY_DIVISION,
  BY_VAGUE_DIVISION,
  BY_COUNTRY,
  BY_VAGUE_COUNTRY,
  BY_PART
} key_kind;

/// A cluster entered under a key.
typedef struct entry {
  uint32_t cluster;
  uint32_t next; // older entry of the same slot, or KH_NOBODY
  uint32_t check;
} entry;

typedef struct joiner {
  kh_clusters *out;
  const kh_merge_record *record;
  kh_heap *heap;
  uint32_t *slots;
  uint32_t slot_count; // a power of two
  KH_LIST(entry) entries;
  KH_LIST(kh_profile) profiles; // of the clusters that a node can still belong to
  KH_LIST(uint32_t) seen;       // of each of them: who last looked at it
  uint32_t base;                // number of the first one
  KH_LIST(uint32_t) joined;     // of all clusters: the one that it was joined to; itself mostly
} joiner;

static uint64_t mix(uint64_t key) {
  key ^= key >> 31;
  key *= 0x9E3779B97F4A7C15ULL;
  key ^= key >> 29;
  key *= 0xBF58476D1CE4E5B9ULL;
  return key ^ key >> 32;
}

static uint64_t key_of(key_kind kind, uint32_t what, int32_t day) {
  return mix(mix((uint64_t)what << 4 | kind) ^ (uint32_t)day);
}

static void enter(joiner *j, uint64_t key, uint32_t cluster) {
  entry *e = KH_LIST_ADD(j->heap, &j->entries);
  if (!e) return;
  uint32_t *slot = &j->slots[key & (j->slot_count - 1)];
  *e = (entry){cluster, *slot, (uint32_t)(key >> 32)};
  *slot = j->entries.count - 1;
}

static bool is_vague_place(const kh_merge_record *record, uint32_t place) {
  return place == KH_NOBODY || record->entities.at[place].width < KH_WIDTH_SEAT;
}

/// The keys under which something is entered, or looked for.
typedef struct keys {
  struct {
    key_kind kind;
    uint32_t what;
  } at[2 * KH_SIDE_PARTS + 6];
  uint32_t count;
} keys;

static void add_key(keys *k, key_kind kind, uint32_t what) {
  k->at[k->count].kind = kind;
  k->at[k->count++].what = what;
}

static void part_keys(const joiner *j, const kh_profile *p, keys *k) {
  for (uint32_t i = 0; i < p->actor_count; i++)
    if (j->record->entities.at[p->actors[i]].kind != KH_KIND_ACTOR)
      add_key(k, BY_PART, p->actors[i]);
  for (uint32_t i = 0; i < p->recipient_count; i++)
    if (j->record->entities.at[p->recipients[i]].kind != KH_KIND_ACTOR)
      add_key(k, BY_PART, p->recipients[i]);
}

static void keys_to_enter(const joiner *j, const kh_profile *p, keys *k) {
  k->count = 0;
  part_keys(j, p, k);
  if (p->place == KH_NOBODY) return;
  const kh_merge_entity *place = &j->record->entities.at[p->place];
  add_key(k, BY_PLACE, place->name);
  if (place->admin1) add_key(k, BY_DIVISION, place->admin1);
  if (place->admin1 && place->width == KH_WIDTH_SEAT) add_key(k, BY_VAGUE_DIVISION, place->admin1);
  if (place->country) add_key(k, BY_COUNTRY, place->country);
  if (place->country && is_vague_place(j->record, p->place))
    add_key(k, BY_VAGUE_COUNTRY, place->country);
}

static void keys_to_look(const joiner *j, const kh_profile *p, keys *k) {
  k->count = 0;
  part_keys(j, p, k);
  if (p->place == KH_NOBODY) return;
  const kh_merge_entity *place = &j->record->entities.at[p->place];
  add_key(k, BY_PLACE, place->name);
  if (place->admin1)
    add_key(k, place->width == KH_WIDTH_SEAT ? BY_DIVISION : BY_VAGUE_DIVISION, place->admin1);
  if (place->country)
    add_key(k, is_vague_place(j->record, p->place) ? BY_COUNTRY : BY_VAGUE_COUNTRY, place->country);
}

/// The day under which a profile is entered: the last it may be.
static int32_t entry_day(const kh_profile *p) {
  return p->hi - p->lo > LONG_DAYS ? (int32_t)((uint32_t)p->lo ^ (uint32_t)p->hi << 12) : p->hi;
}

static void enter_cluster(joiner *j, uint32_t cluster) {
  const kh_profile *p = &j->profiles.at[cluster - j->base];
  if (p->lo == KH_NO_DAY) return;
  keys k;
  keys_to_enter(j, p, &k);
  for (uint32_t i = 0; i < k.count; i++)
    enter(j, key_of(k.at[i].kind, k.at[i].what, entry_day(p)), cluster);
}

/// What a search has found so far.
typedef struct choice {
  uint32_t cluster;
  int score, second;
} choice;

static uint32_t root_of(const joiner *j, uint32_t cluster) {
  while (j->joined.at[cluster] != cluster) cluster = j->joined.at[cluster];
  return cluster;
}

static void look_behind(joiner *j, uint64_t key, const kh_profile *p, uint32_t stamp,
                        choice *best) {
  uint32_t left = CHAIN;
  for (uint32_t at = j->slots[key & (j->slot_count - 1)]; at != KH_NOBODY && left;
       at = j->entries.at[at].next) {
    const entry *e = &j->entries.at[at];
    if (e->check != (uint32_t)(key >> 32)) continue;
    left--;
    const uint32_t cluster = root_of(j, e->cluster);
    if (cluster < j->base) continue;
    uint32_t *seen = &j->seen.at[cluster - j->base];
    if (*seen == stamp) continue;
    *seen = stamp;
    const int score = kh_profile_alike(j->record, &j->profiles.at[cluster - j->base], p);
    if (score > best->score || (score == best->score && cluster < best->cluster)) {
      best->second = best->score;
      best->score = score;
      best->cluster = cluster;
    } else if (score > best->second) {
      best->second = score;
    }
  }
}

static choice look_for(joiner *j, const kh_profile *p, uint32_t stamp) {
  choice best = {KH_NOBODY, KH_VETO, KH_VETO};
  keys k;
  keys_to_look(j, p, &k);
  const bool is_long = p->hi - p->lo > LONG_DAYS;
  for (uint32_t i = 0; i < k.count; i++) {
    if (is_long) look_behind(j, key_of(k.at[i].kind, k.at[i].what, entry_day(p)), p, stamp, &best);
    const int32_t until = is_long && p->hi > p->lo + 31 ? p->lo + 31 : p->hi + LOOK_AHEAD;
    for (int32_t day = p->lo - LOOK_BACK; day <= until; day++)
      look_behind(j, key_of(k.at[i].kind, k.at[i].what, day), p, stamp, &best);
  }
  return best;
}

enum { WIDE = 4 }; ///< Vagueness from which a node knows no town.

/// How much a node says: the ones that say most are joined first.
static int vagueness(const kh_merge_record *record, const kh_node *node) {
  const int day = !node->told || node->days;
  const uint32_t place = kh_one(record, node->place);
  if (place == KH_NOBODY) return WIDE + day;
  const uint8_t width = record->entities.at[place].width;
  if (width < KH_WIDTH_SEAT && width != KH_WIDTH_UNKNOWN) return WIDE + day;
  return width == KH_WIDTH_SEAT ? 2 + day : day;
}

/// Whether what was found is the one: a vague profile must not fit another one nearly as well.
static bool is_the_one(const choice *found, bool vague) {
  if (found->score < KH_JOIN) return false;
  return !vague || found->second < KH_JOIN || found->score - found->second >= VAGUE_MARGIN;
}

static void add_to_cluster(joiner *j, uint32_t cluster, const kh_profile *profile) {
  kh_profile *p = &j->profiles.at[cluster - j->base];
  const kh_profile before = *p;
  kh_profile_add(j->record, p, profile);
  if (before.hi != p->hi || before.place != p->place || before.actor_count != p->actor_count ||
      before.recipient_count != p->recipient_count)
    enter_cluster(j, cluster);
}

static void found_cluster(joiner *j, kh_node *node, const kh_profile *profile) {
  kh_profile *founded = KH_LIST_ADD(j->heap, &j->profiles);
  uint32_t *seen = KH_LIST_ADD(j->heap, &j->seen);
  uint32_t *joined = KH_LIST_ADD(j->heap, &j->joined);
  if (!founded || !seen || !joined) return;
  *founded = *profile;
  *seen = KH_NOBODY;
  node->cluster = *joined = j->joined.count - 1;
  enter_cluster(j, node->cluster);
}

static void join_node(joiner *j, uint32_t number) {
  kh_node *node = &j->out->nodes.at[number];
  kh_profile profile;
  kh_profile_of(j->record, node, &profile);
  choice best = {KH_NOBODY, KH_VETO, KH_VETO};
  if (profile.lo != KH_NO_DAY) best = look_for(j, &profile, number);
  if (is_the_one(&best, vagueness(j->record, node) >= WIDE)) {
    node->cluster = best.cluster;
    add_to_cluster(j, best.cluster, &profile);
  } else {
    found_cluster(j, node, &profile);
  }
}

/// What was founded apart may turn out to be one, when later nodes have said more of both.
static void join_clusters(joiner *j, uint32_t first) {
  const uint32_t end = j->base + j->profiles.count;
  for (uint32_t c = first; c < end && !j->heap->failed; c++) {
    const kh_profile profile = j->profiles.at[c - j->base];
    if (profile.lo == KH_NO_DAY || root_of(j, c) != c) continue;
    const uint32_t stamp = j->out->nodes.count + c;
    j->seen.at[c - j->base] = stamp; // not with itself
    const choice best = look_for(j, &profile, stamp);
    const bool vague = is_vague_place(j->record, profile.place);
    if (!is_the_one(&best, vague)) continue;
    // A vague one looks for itself: from there it is seen whether it fits others as well.
    if (!vague && is_vague_place(j->record, j->profiles.at[best.cluster - j->base].place)) continue;
    // The earlier one stays: it was founded by a node that says more.
    const uint32_t from = best.cluster > c ? best.cluster : c;
    const uint32_t to = best.cluster > c ? c : best.cluster;
    const kh_profile moved = j->profiles.at[from - j->base];
    j->joined.at[from] = to;
    add_to_cluster(j, to, &moved);
  }
}

/// The order in which nodes are joined: by type, by slice of time, those that say most first, then
/// by day and first mention.
static uint64_t order_of(const kh_merge_record *record, const kh_node *node) {
  const uint32_t day =
      node->lo == KH_NO_DAY ? 0 : (uint32_t)((int64_t)node->lo + node->days - FIRST_DAY);
  return (uint64_t)node->type << 56 | (uint64_t)(day / SLICE_DAYS) << 36 |
         (uint64_t)vagueness(record, node) << 32 | day;
}

typedef struct sort_key {
  uint64_t order;
  uint32_t node;
} sort_key;

static int by_key(const void *a, const void *b) {
  const sort_key *x = a, *y = b;
  if (x->order != y->order) return x->order < y->order ? -1 : 1;
  return x->node < y->node ? -1 : x->node > y->node;
}

/// Forgets the clusters before `first`, and enters the others anew.
static void forget_before(joiner *j, uint32_t first) {
  const uint32_t gone = first - j->base;
  const uint32_t kept = j->profiles.count - gone;
  if (kept) {
    memmove(j->profiles.at, j->profiles.at + gone, kept * sizeof *j->profiles.at);
    memmove(j->seen.at, j->seen.at + gone, kept * sizeof *j->seen.at);
  }
  j->profiles.count = j->seen.count = kept;
  j->entries.count = 0;
  j->base = first;
  memset(j->slots, 0xFF, j->slot_count * sizeof *j->slots);
  for (uint32_t i = 0; i < kept; i++)
    if (root_of(j, first + i) == first + i) enter_cluster(j, first + i);
}

/// Goes through the nodes slice by slice. The clusters of the slice before stay within reach, so
/// that the bounds of slices matter to nobody but the vaguest nodes.
static void join_all(joiner *j, const sort_key *sorted) {
  const uint32_t count = j->out->nodes.count;
  uint32_t slice = 0; // first cluster of the slice before
  for (uint32_t i = 0, end; i < count && !j->heap->failed; i = end) {
    const bool other_type = i && sorted[i].order >> 56 != sorted[i - 1].order >> 56;
    const uint32_t first = j->base + j->profiles.count;
    forget_before(j, other_type ? first : slice);
    for (end = i; end < count && sorted[end].order >> 36 == sorted[i].order >> 36; end++)
      join_node(j, sorted[end].node);
    join_clusters(j, first);
    slice = first;
  }
}

static void sort_and_join(joiner *j) {
  KH_LIST(sort_key) sorted = {0};
  const uint32_t count = j->out->nodes.count;
  if (KH_LIST_RESERVE(j->heap, &sorted, count + 1)) {
    for (uint32_t i = 0; i < count; i++)
      sorted.at[i] = (sort_key){order_of(j->record, &j->out->nodes.at[i]), i};
    qsort(sorted.at, count, sizeof *sorted.at, by_key);
    join_all(j, sorted.at);
  }
  KH_LIST_FREE(j->heap, &sorted);
}

bool kh_clusters_join(kh_clusters *clusters) {
  kh_heap *heap = &clusters->record->heap;
  joiner j = {.out = clusters, .record = clusters->record, .heap = heap, .slot_count = SLOTS};
  uint32_t slot_room = 0;
  if (kh_heap_reserve(heap, &j.slots, &slot_room, j.slot_count, sizeof *j.slots)) sort_and_join(&j);
  KH_LIST_FREE(heap, &j.entries);
  KH_LIST_FREE(heap, &j.seen);
  KH_LIST_FREE(heap, &j.profiles);
  kh_heap_free(heap, j.slots, slot_room, sizeof *j.slots);
  for (uint32_t i = 0; i < clusters->nodes.count && !heap->failed; i++)
    clusters->nodes.at[i].cluster = root_of(&j, clusters->nodes.at[i].cluster);
  const uint32_t count = j.joined.count;
  KH_LIST_FREE(heap, &j.joined);
  return !heap->failed && kh_clusters_number(clusters, count);
}

bool kh_clusters_number(kh_clusters *clusters, uint32_t count) {
  kh_heap *heap = &clusters->record->heap;
  KH_LIST(uint32_t) renamed = {0};
  if (!KH_LIST_RESERVE(heap, &renamed, count + 1) ||
      !kh_heap_reserve(heap, &clusters->first, &clusters->first_room, count + 1,
                       sizeof *clusters->first)) {
    KH_LIST_FREE(heap, &renamed);
    return false;
  }
  memset(renamed.at, 0xFF, renamed.room * sizeof *renamed.at);
  clusters->count = 0;
  for (uint32_t i = 0; i < clusters->nodes.count; i++) clusters->nodes.at[i].n = KH_NOBODY;
  for (uint32_t i = 0; i < clusters->mentions.count; i++) {
    kh_node *node = &clusters->nodes.at[clusters->mentions.at[i].node];
    if (node->n != KH_NOBODY) continue;
    node->n = clusters->mentions.at[i].n;
    if (renamed.at[node->cluster] == KH_NOBODY) {
      renamed.at[node->cluster] = clusters->count;
      clusters->first[clusters->count++] = clusters->mentions.at[i].node;
    }
    node->cluster = renamed.at[node->cluster];
  }
  KH_LIST_FREE(heap, &renamed);
  return true;
}

void kh_clusters_free(kh_clusters *clusters) {
  kh_heap *heap = &clusters->record->heap;
  KH_LIST_FREE(heap, &clusters->nodes);
  KH_LIST_FREE(heap, &clusters->mentions);
  KH_LIST_FREE(heap, &clusters->counted);
  kh_heap_free(heap, clusters->first, clusters->first_room, sizeof *clusters->first);
  clusters->first = NULL;
  clusters->count = clusters->first_room = 0;
}
