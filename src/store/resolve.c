// SPDX-License-Identifier: Apache-2.0
// Who is who over reports. Joined is only what is surely one; what may be one is proposed.
#include "store/resolve.h"

#include "base/error.h"
#include "store/fold.h"
#include "store/merge_read.h"
#include "store/merge_table.h"

#include <stdlib.h>
#include <string.h>

enum {
  FOLDED_BYTES = 512,
  NAME_WORDS = 8,     ///< Of a longer name the first ones are looked at.
  MOST_BEARERS = 64,  ///< Of one last name; more are not compared.
  MOST_NAMESAKES = 8, ///< A last name that more persons bear says nothing.
};

/// A person's name by its words.
typedef struct person {
  uint32_t entity;
  uint32_t words[NAME_WORDS]; // hashed
  uint8_t count;
} person;

typedef struct pair {
  uint32_t a, b; // entities
  const char *reason;
  double score;
} pair;

typedef struct resolver {
  sqlite3 *db;
  kh_merge_record *record;
  KH_LIST(person) persons;
  KH_LIST(pair) proposals;
  KH_LIST(uint32_t) fixed; // entities that a person decided on
} resolver;

static kh_status no_memory(kh_error *error) {
  return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

// ---- what persons decided

/// Reads the joins that persons made, and notes whom they decided on.
static kh_status read_decided(resolver *r, kh_error *error) {
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(r->db,
                         "SELECT entity, merged_into FROM entity WHERE merged_by IS NOT NULL "
                         "ORDER BY entity",
                         -1, &row, NULL) != SQLITE_OK)
    return kh_merge_failed(r->db, error);
  int step;
  while ((step = sqlite3_step(row)) == SQLITE_ROW) {
    const uint32_t entity = kh_entity_number(r->record, sqlite3_column_int64(row, 0));
    uint32_t *fixed = KH_LIST_ADD(&r->record->heap, &r->fixed);
    if (!fixed) break;
    *fixed = entity;
    if (sqlite3_column_type(row, 1) == SQLITE_NULL) continue;
    const uint32_t into = kh_entity_number(r->record, sqlite3_column_int64(row, 1));
    if (into != KH_NOBODY) r->record->entities.at[entity].one = into;
  }
  sqlite3_finalize(row);
  if (r->record->heap.failed) return no_memory(error);
  return step == SQLITE_DONE ? KH_OK : kh_merge_failed(r->db, error);
}

static int by_number(const void *a, const void *b) {
  uint32_t x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  return x < y ? -1 : x > y;
}

static bool is_fixed(const resolver *r, uint32_t entity) {
  return r->fixed.count &&
         bsearch(&entity, r->fixed.at, r->fixed.count, sizeof *r->fixed.at, by_number);
}

// ---- bodies told with and without a kind

typedef struct name_key {
  uint64_t name; // of one state: country and name
  uint32_t entity;
} name_key;

static int by_name(const void *a, const void *b) {
  const name_key *x = a, *y = b;
  if (x->name != y->name) return x->name < y->name ? -1 : 1;
  return x->entity < y->entity ? -1 : x->entity > y->entity;
}

static bool is_body(uint8_t kind) {
  return kind == KH_KIND_ORG || kind == KH_KIND_ARMED || kind == KH_KIND_ACTOR;
}

static void join(const resolver *r, uint32_t entity, uint32_t into) {
  if (is_fixed(r, entity) || is_fixed(r, into)) return;
  r->record->entities.at[entity].one = kh_one(r->record, into);
}

/// Bodies of one state with one name are one, whether a report named or described them: «السلطات
/// المصرية» (the Egyptian authorities).
static void join_bodies(resolver *r) {
  KH_LIST(name_key) keys = {0};
  const kh_merge_record *record = r->record;
  for (uint32_t i = 0; i < record->entities.count; i++) {
    const kh_merge_entity *e = &record->entities.at[i];
    if (!is_body(e->kind) || !e->country || e->one != i) continue;
    name_key *key = KH_LIST_ADD(&r->record->heap, &keys);
    if (key) *key = (name_key){(uint64_t)e->country << 32 | e->name, i};
  }
  if (keys.at) qsort(keys.at, keys.count, sizeof *keys.at, by_name);
  for (uint32_t i = 0, end; keys.at && i < keys.count; i = end) {
    uint32_t into = keys.at[i].entity; // the first that is named, else the first
    bool found = false;
    for (end = i; end < keys.count && keys.at[end].name == keys.at[i].name; end++) {
      const uint32_t entity = keys.at[end].entity;
      if (!found && record->entities.at[entity].kind != KH_KIND_ACTOR) {
        into = entity;
        found = true;
      }
    }
    for (uint32_t k = i; k < end; k++)
      if (keys.at[k].entity != into && record->entities.at[keys.at[k].entity].kind == KH_KIND_ACTOR)
        join(r, keys.at[k].entity, into);
  }
  KH_LIST_FREE(&r->record->heap, &keys);
}

// ---- persons

static uint32_t hash_word(const char *bytes, size_t len) {
  uint32_t hash = 2166136261U;
  for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)bytes[i]) * 16777619U;
  return hash;
}

static void split_name(person *p, const char *name) {
  char folded[FOLDED_BYTES];
  kh_search_fold(name, strlen(name), folded, sizeof folded);
  for (const char *at = folded; *at;) {
    const size_t len = strcspn(at, " ");
    if (len) {
      // Of a long name the last word stays the last.
      if (p->count == NAME_WORDS) p->count--;
      p->words[p->count++] = hash_word(at, len);
    }
    at += len;
    if (*at) at++;
  }
}

static kh_status read_persons(resolver *r, kh_error *error) {
  sqlite3_stmt *row;
  if (sqlite3_prepare_v2(r->db,
                         "SELECT entity, name FROM entity WHERE kind = 'person' AND named "
                         "ORDER BY entity",
                         -1, &row, NULL) != SQLITE_OK)
    return kh_merge_failed(r->db, error);
  int step;
  while ((step = sqlite3_step(row)) == SQLITE_ROW) {
    person one = {.entity = kh_entity_number(r->record, sqlite3_column_int64(row, 0))};
    const char *name = (const char *)sqlite3_column_text(row, 1);
    if (name) split_name(&one, name);
    if (!one.count || one.entity == KH_NOBODY) continue;
    if (kh_one(r->record, one.entity) != one.entity) continue;
    person *p = KH_LIST_ADD(&r->record->heap, &r->persons);
    if (!p) break;
    *p = one;
  }
  sqlite3_finalize(row);
  if (r->record->heap.failed) return no_memory(error);
  return step == SQLITE_DONE ? KH_OK : kh_merge_failed(r->db, error);
}

/// By the last word of the name, long names first, equal names together.
static int by_last_word(const void *a, const void *b) {
  const person *x = a, *y = b;
  const uint32_t last_x = x->words[x->count - 1], last_y = y->words[y->count - 1];
  if (last_x != last_y) return last_x < last_y ? -1 : 1;
  if (x->count != y->count) return x->count > y->count ? -1 : 1;
  for (uint32_t i = 0; i + 1 < x->count; i++)
    if (x->words[i] != y->words[i]) return x->words[i] < y->words[i] ? -1 : 1;
  return x->entity < y->entity ? -1 : x->entity > y->entity;
}

/// Whether the words of the shorter name stand in the longer one, in their order.
static bool is_short_for(const person *brief, const person *full) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < full->count && at < brief->count; i++)
    if (full->words[i] == brief->words[at]) at++;
  return at == brief->count;
}

/// 0: of two states; 1: one is of no known state; 2: of one state.
static int states_agree(const resolver *r, uint32_t a, uint32_t b) {
  const uint32_t x = r->record->entities.at[a].country, y = r->record->entities.at[b].country;
  return x == y ? 2 - !x : !x || !y;
}

static void propose(resolver *r, uint32_t a, uint32_t b, const char *reason, double score) {
  pair *p = KH_LIST_ADD(&r->record->heap, &r->proposals);
  if (p) *p = (pair){a < b ? a : b, a < b ? b : a, reason, score};
}

/// Finds whom a short name may stand for among the bearers of its last word: the only one of its
/// state is it; else all that it may be are proposed.
static void resolve_short(resolver *r, const person *namesakes, uint32_t count,
                          const person *brief) {
  uint32_t candidates[MOST_NAMESAKES];
  uint32_t found = 0, of_state = 0, only = KH_NOBODY;
  for (uint32_t i = 0; i < count && found < MOST_NAMESAKES; i++) {
    const person *full = &namesakes[i];
    if (full->count <= brief->count || !is_short_for(brief, full)) continue;
    const int agree = states_agree(r, brief->entity, full->entity);
    if (!agree) continue;
    candidates[found++] = full->entity;
    if (agree < 2) continue;
    of_state++;
    only = full->entity;
  }
  if (found == MOST_NAMESAKES) return;
  if (of_state == 1) {
    join(r, brief->entity, only);
    return;
  }
  for (uint32_t i = 0; i < found; i++)
    propose(r, brief->entity, candidates[i],
            found > 1 ? "short name of several" : "short name, state unknown", 1.0 / (found + 1));
}

/// One full name in two states: the state may be a guess.
static void propose_same(resolver *r, const person *a, const person *b) {
  if (a->count < 2 || a->count != b->count ||
      memcmp(a->words, b->words, a->count * sizeof *a->words) != 0)
    return;
  propose(r, a->entity, b->entity, "same name, other state", 0.5);
}

static void join_persons(resolver *r) {
  const person *all = r->persons.at;
  const uint32_t count = r->persons.count;
  if (count) qsort(r->persons.at, count, sizeof *all, by_last_word);
  for (uint32_t i = 0, end; i < count; i = end) {
    const uint32_t last = all[i].words[all[i].count - 1];
    for (end = i + 1; end < count && all[end].words[all[end].count - 1] == last;) end++;
    for (uint32_t k = i; k < end && end - i <= MOST_BEARERS; k++) {
      if (is_fixed(r, all[k].entity)) continue;
      resolve_short(r, all + i, end - i, &all[k]);
      if (k > i) propose_same(r, &all[k - 1], &all[k]);
    }
  }
}

// ---- writing

typedef KH_LIST(uint32_t) numbers;

static int64_t root_id(const kh_merge_record *record, uint32_t entity) {
  const uint32_t one = record->entities.at[entity].one;
  return one == entity ? 0 : record->entities.at[one].id;
}

/// The entities whose merged_into is no longer right.
static kh_status find_changed(sqlite3 *db, kh_merge_record *record, numbers *changed,
                              kh_error *error) {
  sqlite3_stmt *walk;
  if (sqlite3_prepare_v2(db, "SELECT merged_into FROM entity ORDER BY entity", -1, &walk, NULL) !=
      SQLITE_OK)
    return kh_merge_failed(db, error);
  int step = SQLITE_DONE;
  for (uint32_t i = 0; i < record->entities.count && !record->heap.failed; i++) {
    step = sqlite3_step(walk);
    if (step != SQLITE_ROW) break;
    if (sqlite3_column_int64(walk, 0) == root_id(record, i)) continue; // NULL is 0
    uint32_t *one = KH_LIST_ADD(&record->heap, changed);
    if (one) *one = i;
  }
  const bool read = step == SQLITE_ROW || step == SQLITE_DONE;
  const kh_status status = record->heap.failed ? no_memory(error)
                           : read              ? KH_OK
                                               : kh_merge_failed(db, error);
  sqlite3_finalize(walk);
  return status;
}

static kh_status write_changed(sqlite3 *db, const kh_merge_record *record, const uint32_t *changed,
                               uint32_t count, kh_error *error) {
  sqlite3_stmt *change;
  if (sqlite3_prepare_v2(db, "UPDATE entity SET merged_into = nullif(?2, 0) WHERE entity = ?1", -1,
                         &change, NULL) != SQLITE_OK)
    return kh_merge_failed(db, error);
  bool written = true;
  for (uint32_t i = 0; i < count && written; i++) {
    sqlite3_bind_int64(change, 1, record->entities.at[changed[i]].id);
    sqlite3_bind_int64(change, 2, root_id(record, changed[i]));
    written = sqlite3_step(change) == SQLITE_DONE;
    sqlite3_reset(change);
  }
  const kh_status status = written ? KH_OK : kh_merge_failed(db, error);
  sqlite3_finalize(change);
  return status;
}

/// Sets entity.merged_into of those whom the rules joined, and takes back what no longer holds.
static kh_status write_joins(resolver *r, kh_error *error) {
  kh_merge_record *record = r->record;
  // What was joined to one that is joined itself follows it.
  for (uint32_t i = 0; i < record->entities.count; i++) {
    uint32_t one = i;
    for (int hops = 0; hops < 16 && record->entities.at[one].one != one; hops++)
      one = record->entities.at[one].one;
    record->entities.at[i].one = one;
  }
  numbers changed = {0};
  kh_status status = find_changed(r->db, record, &changed, error);
  if (status == KH_OK) status = write_changed(r->db, record, changed.at, changed.count, error);
  KH_LIST_FREE(&record->heap, &changed);
  return status;
}

static int by_pair(const void *a, const void *b) {
  const pair *x = a, *y = b;
  if (x->a != y->a) return x->a < y->a ? -1 : 1;
  return x->b < y->b ? -1 : x->b > y->b;
}

static void proposal_row(const void *context, uint32_t i, kh_cell *c) {
  const resolver *r = context;
  const pair *p = &r->proposals.at[i];
  kh_cell_int(&c[0], r->record->entities.at[p->a].id);
  kh_cell_int(&c[1], r->record->entities.at[p->b].id);
  kh_cell_text(&c[2], p->reason);
  kh_cell_real(&c[3], p->score);
}

static kh_status write_proposals(resolver *r, kh_error *error) {
  static const kh_merge_table table = {"proposal", {"a", "b", "reason", "score"}, 2};
  if (r->proposals.count)
    qsort(r->proposals.at, r->proposals.count, sizeof *r->proposals.at, by_pair);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < r->proposals.count; i++)
    if (!kept || by_pair(&r->proposals.at[kept - 1], &r->proposals.at[i]))
      r->proposals.at[kept++] = r->proposals.at[i];
  r->proposals.count = kept;
  return kh_merge_table_write(r->db, &r->record->heap, &table, kept, proposal_row, r, error);
}

kh_status kh_resolve(sqlite3 *db, kh_merge_record *record, kh_error *error) {
  resolver r = {.db = db, .record = record};
  kh_status status = read_decided(&r, error);
  if (status == KH_OK) status = read_persons(&r, error);
  if (status == KH_OK) {
    join_bodies(&r);
    join_persons(&r);
    status = record->heap.failed ? no_memory(error) : write_joins(&r, error);
  }
  if (status == KH_OK) status = write_proposals(&r, error);
  KH_LIST_FREE(&record->heap, &r.persons);
  KH_LIST_FREE(&record->heap, &r.proposals);
  KH_LIST_FREE(&record->heap, &r.fixed);
  return status;
}
