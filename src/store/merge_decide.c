// SPDX-License-Identifier: Apache-2.0
#include "store/merge_decide.h"

#include "base/error.h"
#include "store/merge_read.h"

#include <string.h>

/// A claim that a decision names: `number` 0 is what it is about, the others follow.
typedef struct named_claim {
  int64_t decision;
  uint32_t number;
  uint32_t item; // its place among the claims of the layer; KH_NOBODY: no longer there
  enum { MERGE, SPLIT, APART } action;
} named_claim;

/// A claim that a person took out of its group.
typedef struct moved_claim {
  uint32_t item, group;
} moved_claim;

/// The claims of a layer and the groups that the rules sorted them into.
typedef struct layer {
  kh_merge_record *record;
  void *claims;
  uint32_t claim_count;
  uint32_t (*document_of)(const void *claims, uint32_t item);
  uint32_t (*n_of)(const void *claims, uint32_t item);
  uint32_t (*group_of)(const void *claims, uint32_t item);
  /// Whether two claims of one group go together when one is taken out.
  bool (*inseparable)(const void *claims, uint32_t a, uint32_t b);
  KH_LIST(uint32_t) parents; // of groups: the one that a person joined it to
  KH_LIST(moved_claim) moved;
  KH_LIST(named_claim) named;
} layer;

// ---- reading

/// The place of a claim, or KH_NOBODY. Claims are sorted by document and n.
static uint32_t find_item(const layer *l, int64_t doc, uint32_t n) {
  const uint32_t document = kh_document_number(l->record, doc);
  uint32_t low = 0, high = document == KH_NOBODY ? 0 : l->claim_count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    const uint32_t d = l->document_of(l->claims, middle), m = l->n_of(l->claims, middle);
    if (d == document && m == n) return middle;
    if (d < document || (d == document && m < n))
      low = middle + 1;
    else
      high = middle;
  }
  return KH_NOBODY;
}

static kh_status read_named(sqlite3 *db, layer *l, const char *sql, kh_error *error) {
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(db, sql, -1, &row, NULL) != SQLITE_OK) return kh_merge_failed(db, error);
  int step;
  while ((step = sqlite3_step(row)) == SQLITE_ROW) {
    named_claim *c = KH_LIST_ADD(&l->record->heap, &l->named);
    if (!c) break;
    const char *action = (const char *)sqlite3_column_text(row, 1);
    *c = (named_claim){
        .decision = sqlite3_column_int64(row, 0),
        .number = (uint32_t)sqlite3_column_int64(row, 2),
        .item = find_item(l, sqlite3_column_int64(row, 3), (uint32_t)sqlite3_column_int64(row, 4)),
        .action = !action || *action == 'm' ? MERGE
                  : *action == 's'          ? SPLIT
                                            : APART};
  }
  const kh_status status =
      step == SQLITE_DONE || l->record->heap.failed ? KH_OK : kh_merge_failed(db, error);
  sqlite3_finalize(row);
  return status;
}

// ---- groups

static uint32_t root_of(const layer *l, uint32_t group) {
  while (l->parents.at[group] != group) group = l->parents.at[group];
  return group;
}

static uint32_t group_now(const layer *l, uint32_t item) {
  for (uint32_t i = l->moved.count; i-- > 0;)
    if (l->moved.at[i].item == item) return root_of(l, l->moved.at[i].group);
  return root_of(l, l->group_of(l->claims, item));
}

static uint32_t new_group(layer *l) {
  uint32_t *group = KH_LIST_ADD(&l->record->heap, &l->parents);
  if (!group) return KH_NOBODY;
  *group = l->parents.count - 1;
  return *group;
}

static void move(layer *l, uint32_t item, uint32_t group) {
  moved_claim *m = KH_LIST_ADD(&l->record->heap, &l->moved);
  if (m) *m = (moved_claim){item, group};
}

static void join(layer *l, uint32_t a, uint32_t b) {
  const uint32_t x = group_now(l, a), y = group_now(l, b);
  l->parents.at[x < y ? y : x] = x < y ? x : y;
}

/// Takes a claim, and what goes with it, out of the group that it shares with `from`.
static void set_apart(layer *l, uint32_t from, uint32_t item) {
  if (group_now(l, from) != group_now(l, item)) return;
  const uint32_t group = new_group(l);
  if (group == KH_NOBODY) return;
  const uint32_t document = l->document_of(l->claims, item);
  uint32_t first = item;
  while (first > 0 && l->document_of(l->claims, first - 1) == document) first--;
  for (uint32_t i = first; i < l->claim_count && l->document_of(l->claims, i) == document; i++)
    if (i == item || (i != from && l->inseparable(l->claims, i, item))) move(l, i, group);
}

/// One decision: the claims `named[0]` to `named[count - 1]`.
static void decide(layer *l, const named_claim *named, uint32_t count) {
  const uint32_t about = named[0].number == 0 ? named[0].item : KH_NOBODY;
  uint32_t together = KH_NOBODY;
  for (uint32_t i = 1; i < count && !l->record->heap.failed; i++) {
    const uint32_t other = named[i].item;
    if (other == KH_NOBODY) continue;
    if (named[0].action == MERGE) {
      if (about != KH_NOBODY) join(l, about, other);
    } else if (named[0].action == APART) {
      if (about != KH_NOBODY) set_apart(l, about, other);
    } else {
      if (together == KH_NOBODY) together = new_group(l);
      if (together != KH_NOBODY) move(l, other, together);
    }
  }
}

/// Applies all decisions. `groups` of them are there so far.
static kh_status decide_all(sqlite3 *db, layer *l, uint32_t groups, const char *sql,
                            kh_error *error) {
  kh_status status = read_named(db, l, sql, error);
  if (status != KH_OK || !l->named.count) return status;
  for (uint32_t i = 0; i < groups && new_group(l) != KH_NOBODY;) i++;
  for (uint32_t i = 0, end; i < l->named.count && !l->record->heap.failed; i = end) {
    for (end = i + 1; end < l->named.count && l->named.at[end].decision == l->named.at[i].decision;)
      end++;
    decide(l, l->named.at + i, end - i);
  }
  return KH_OK;
}

static kh_status finish(layer *l, bool done, kh_status status, kh_error *error) {
  kh_heap *heap = &l->record->heap;
  KH_LIST_FREE(heap, &l->parents);
  KH_LIST_FREE(heap, &l->moved);
  KH_LIST_FREE(heap, &l->named);
  if (status == KH_OK && (!done || heap->failed))
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  return status;
}

#define DECISIONS_ON(layer)                                                                        \
  "SELECT d.decision, d.action, t.number, t.doc, t.n FROM decision d JOIN decision_target t "      \
  "ON t.decision = d.decision WHERE d.layer = '" layer "' AND NOT d.undone AND t.attached "        \
  "AND d.action IN ('merge', 'split', 'reject') ORDER BY d.decision, t.number"

// ---- happenings

static uint32_t mention_document(const void *claims, uint32_t item) {
  const kh_clusters *c = claims;
  return c->nodes.at[c->mentions.at[item].node].document;
}

static uint32_t mention_n(const void *claims, uint32_t item) {
  return ((const kh_clusters *)claims)->mentions.at[item].n;
}

static uint32_t mention_group(const void *claims, uint32_t item) {
  const kh_clusters *c = claims;
  return c->nodes.at[c->mentions.at[item].node].cluster;
}

static bool same_node(const void *claims, uint32_t a, uint32_t b) {
  const kh_clusters *c = claims;
  return c->mentions.at[a].node == c->mentions.at[b].node;
}

/// Gives a claim that was moved a node of its own, with all that its old one says. Gives the old
/// one.
static uint32_t move_mention(const layer *l, kh_clusters *clusters, uint32_t item) {
  const uint32_t group = group_now(l, item);
  kh_mention_of *mention = &clusters->mentions.at[item];
  const uint32_t before = mention->node;
  const kh_node old = clusters->nodes.at[before];
  kh_node *node = KH_LIST_ADD(&l->record->heap, &clusters->nodes);
  if (!node) return before;
  *node = old;
  node->cluster = group;
  mention->node = clusters->nodes.count - 1;
  return before;
}

/// The figures of a node whose mentions were all moved follow its first one.
static void move_figures(kh_clusters *clusters, uint32_t from, uint32_t to) {
  if (clusters->nodes.at[from].n != KH_NOBODY) return;
  for (uint32_t i = 0; i < clusters->counted.count; i++)
    if (clusters->counted.at[i] == from) clusters->counted.at[i] = to;
}

/// Moves the mentions and numbers the clusters anew.
static bool move_mentions(layer *l, kh_clusters *clusters) {
  KH_LIST(uint32_t) from = {0};
  for (uint32_t i = 0; i < l->moved.count && !l->record->heap.failed; i++) {
    uint32_t *node = KH_LIST_ADD(&l->record->heap, &from);
    if (node) *node = move_mention(l, clusters, l->moved.at[i].item);
  }
  const bool done = !l->record->heap.failed && kh_clusters_number(clusters, l->parents.count);
  for (uint32_t i = 0; from.at && i < from.count && done; i++)
    move_figures(clusters, from.at[i], clusters->mentions.at[l->moved.at[i].item].node);
  KH_LIST_FREE(&l->record->heap, &from);
  return done;
}

kh_status kh_decide_happenings(sqlite3 *db, kh_clusters *clusters, kh_error *error) {
  layer l = {.record = clusters->record,
             .claims = clusters,
             .claim_count = clusters->mentions.count,
             .document_of = mention_document,
             .n_of = mention_n,
             .group_of = mention_group,
             .inseparable = same_node};
  const kh_status status = decide_all(db, &l, clusters->count, DECISIONS_ON("h"), error);
  bool done = true;
  if (status == KH_OK && l.named.count && !l.record->heap.failed) {
    for (uint32_t i = 0; i < clusters->nodes.count; i++)
      clusters->nodes.at[i].cluster = root_of(&l, clusters->nodes.at[i].cluster);
    done = move_mentions(&l, clusters);
  }
  return finish(&l, done, status, error);
}

// ---- series

static uint32_t count_document(const void *claims, uint32_t item) {
  return ((const kh_all_series *)claims)->counts.at[item].document;
}

static uint32_t count_n(const void *claims, uint32_t item) {
  return ((const kh_all_series *)claims)->counts.at[item].n;
}

static uint32_t count_group(const void *claims, uint32_t item) {
  return ((const kh_all_series *)claims)->counts.at[item].series;
}

static bool same_series(const void *claims, uint32_t a, uint32_t b) {
  return count_group(claims, a) == count_group(claims, b);
}

kh_status kh_decide_series(sqlite3 *db, kh_all_series *all, kh_error *error) {
  layer l = {.record = all->record,
             .claims = all,
             .claim_count = all->counts.count,
             .document_of = count_document,
             .n_of = count_n,
             .group_of = count_group,
             .inseparable = same_series};
  const kh_status status = decide_all(db, &l, all->groups, DECISIONS_ON("r"), error);
  if (status == KH_OK && l.named.count && !l.record->heap.failed) {
    for (uint32_t i = 0; i < all->counts.count; i++)
      all->counts.at[i].series = root_of(&l, all->counts.at[i].series);
    for (uint32_t i = 0; i < l.moved.count; i++)
      all->counts.at[l.moved.at[i].item].series = root_of(&l, l.moved.at[i].group);
    all->groups = l.parents.count;
  }
  return finish(&l, true, status, error);
}

// ---- the ledger

static uint32_t line_document(const void *claims, uint32_t item) {
  return ((const kh_ledger *)claims)->lines.at[item].document;
}

static uint32_t line_n(const void *claims, uint32_t item) {
  return ((const kh_ledger *)claims)->lines.at[item].n;
}

static uint32_t line_group(const void *claims, uint32_t item) {
  return ((const kh_ledger *)claims)->lines.at[item].entry;
}

static bool same_entry(const void *claims, uint32_t a, uint32_t b) {
  return line_group(claims, a) == line_group(claims, b);
}

kh_status kh_decide_ledger(sqlite3 *db, kh_ledger *ledger, kh_error *error) {
  layer l = {.record = ledger->record,
             .claims = ledger,
             .claim_count = ledger->lines.count,
             .document_of = line_document,
             .n_of = line_n,
             .group_of = line_group,
             .inseparable = same_entry};
  const kh_status status = decide_all(db, &l, ledger->entries.count, DECISIONS_ON("l"), error);
  bool done = true;
  if (status == KH_OK && l.named.count && !l.record->heap.failed) {
    for (uint32_t i = 0; i < ledger->lines.count; i++)
      ledger->lines.at[i].entry = root_of(&l, ledger->lines.at[i].entry);
    for (uint32_t i = 0; i < l.moved.count; i++)
      ledger->lines.at[l.moved.at[i].item].entry = root_of(&l, l.moved.at[i].group);
    done = kh_ledger_number(ledger, l.parents.count);
  }
  return finish(&l, done, status, error);
}
