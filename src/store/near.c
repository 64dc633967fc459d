// SPDX-License-Identifier: Apache-2.0
#include "store/near.h"

#include "base/error.h"
#include "store/near_text.h"
#include "text/text.h"

#include <string.h>

enum {
  FIRST_ROOM = 1 << 12,
  MOST_OF_A_HASH = 8, // documents under one number of fingerprints: the latest, since outlets print
                      // what they are sent within days
  MOST_SHARING = MOST_OF_A_HASH * KH_NEAR_PRINT, // documents that share a number with one
  MOST_COMPARED = 4,                             // texts that are compared with one
  RARE = 3,           // a number that so few have makes a candidate by itself
  WEIGHT = 720,       // of a number that one document has
  LEAST_WEIGHT = 180, // of a candidate
};

typedef struct entry {
  uint32_t hash;
  uint32_t doc; // 0: free
} entry;

struct kh_near {
  entry *table;  // open addressing
  uint32_t room; // a power of two
  uint32_t used;
  kh_near_text now; // the document at hand, and one that it is compared with
  kh_near_text other;
  kh_near_room compare;
};

typedef struct candidate {
  uint32_t doc;
  unsigned shared; // numbers of the two fingerprints
  unsigned weight; // ... of which those count more that few others have; 0: taken
} candidate;

typedef struct candidates {
  candidate at[MOST_SHARING];
  unsigned count;
} candidates;

// ------------------------------------------------------------------ the table

static void insert(struct kh_near *near, uint32_t hash, uint32_t doc) {
  unsigned same = 0;
  entry *oldest = NULL;
  uint32_t at = hash & (near->room - 1);
  for (; near->table[at].doc; at = (at + 1) & (near->room - 1)) {
    entry *e = &near->table[at];
    if (e->hash != hash) continue;
    if (!oldest || e->doc < oldest->doc) oldest = e;
    if (++same < MOST_OF_A_HASH) continue;
    oldest->doc = doc;
    return;
  }
  near->table[at] = (entry){hash, doc};
  near->used++;
}

static bool widen(kh_store *store, struct kh_near *near) {
  if (near->room && near->used + KH_NEAR_PRINT < near->room / 5 * 4) return true;
  const kh_allocator *a = &store->allocator;
  const uint32_t old_room = near->room;
  entry *old = near->table;
  const uint32_t room = old_room ? old_room * 2 : FIRST_ROOM;
  entry *table = a->resize(a->context, NULL, 0, room * sizeof *table);
  if (!table) return false;
  memset(table, 0, room * sizeof *table);
  near->table = table;
  near->room = room;
  near->used = 0;
  // from a free place on, so that rows of one hash keep their order
  uint32_t from = 0;
  while (from < old_room && old[from].doc) from++;
  for (uint32_t i = 0; i < old_room; i++) {
    const entry *e = &old[(from + i) & (old_room - 1)];
    if (e->doc) insert(near, e->hash, e->doc);
  }
  if (old) a->resize(a->context, old, old_room * sizeof *old, 0);
  return true;
}

static bool enter(kh_store *store, struct kh_near *near, const uint32_t *print, size_t count,
                  int64_t doc) {
  if (doc <= 0 || doc > UINT32_MAX) return true;
  if (!widen(store, near)) return false;
  for (size_t i = 0; i < count; i++) insert(near, print[i], (uint32_t)doc);
  return true;
}

// ------------------------------------------------------------------ bytes of fingerprints

static void pack(const uint32_t *print, size_t count, unsigned char *bytes) {
  for (size_t i = 0; i < count; i++) {
    for (int b = 0; b < 4; b++) bytes[i * 4 + (size_t)b] = (unsigned char)(print[i] >> (8 * b));
  }
}

static size_t unpack(const unsigned char *bytes, size_t len, uint32_t print[KH_NEAR_PRINT]) {
  size_t count = len / 4;
  if (count > KH_NEAR_PRINT) count = KH_NEAR_PRINT;
  for (size_t i = 0; i < count; i++) {
    const unsigned char *b = bytes + i * 4;
    print[i] = b[0] | (uint32_t)b[1] << 8 | (uint32_t)b[2] << 16 | (uint32_t)b[3] << 24;
  }
  return count;
}

// ------------------------------------------------------------------ opening

static kh_status no_memory(kh_error *error) {
  return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

// All fingerprints of the file.
static kh_status load(kh_store *store, struct kh_near *near, kh_error *error) {
  kh_row row = kh_row_of(
      store, "SELECT doc, print FROM document WHERE print IS NOT NULL ORDER BY doc", error);
  kh_status status;
  while ((status = kh_row_next(&row)) == KH_OK) {
    uint32_t print[KH_NEAR_PRINT];
    const int64_t doc = sqlite3_column_int64(row.statement, 0);
    const unsigned char *bytes = sqlite3_column_blob(row.statement, 1);
    const size_t len = bytes ? (size_t)sqlite3_column_bytes(row.statement, 1) : 0;
    const size_t count = unpack(bytes, len, print);
    if (enter(store, near, print, count, doc)) continue;
    kh_row_end(&row);
    return no_memory(error);
  }
  return status == KH_END ? KH_OK : status;
}

static kh_status open_near(kh_store *store, kh_error *error) {
  if (store->near) return KH_OK;
  const kh_allocator *a = &store->allocator;
  struct kh_near *near = a->resize(a->context, NULL, 0, sizeof *near);
  if (!near) return no_memory(error);
  near->table = NULL;
  near->room = near->used = 0;
  store->near = near;
  kh_status status = widen(store, near) ? KH_OK : no_memory(error);
  if (status == KH_OK) status = load(store, near, error);
  if (status != KH_OK) kh_near_forget(store);
  return status;
}

void kh_near_forget(kh_store *store) {
  struct kh_near *near = store->near;
  if (!near) return;
  const kh_allocator *a = &store->allocator;
  if (near->table) a->resize(a->context, near->table, near->room * sizeof *near->table, 0);
  a->resize(a->context, near, sizeof *near, 0);
  store->near = NULL;
}

// ------------------------------------------------------------------ finding

static void note(candidates *list, uint32_t doc, unsigned weight) {
  for (unsigned i = 0; i < list->count; i++) {
    if (list->at[i].doc != doc) continue;
    list->at[i].shared++;
    list->at[i].weight += weight;
    return;
  }
  if (list->count < MOST_SHARING) list->at[list->count++] = (candidate){doc, 1, weight};
}

static void gather(const struct kh_near *near, const uint32_t *print, size_t count,
                   candidates *list) {
  for (size_t i = 0; i < count; i++) {
    uint32_t docs[MOST_OF_A_HASH];
    unsigned found = 0;
    for (uint32_t at = print[i] & (near->room - 1); near->table[at].doc;
         at = (at + 1) & (near->room - 1)) {
      if (near->table[at].hash == print[i] && found < MOST_OF_A_HASH)
        docs[found++] = near->table[at].doc;
    }
    for (unsigned k = 0; k < found; k++) note(list, docs[k], WEIGHT / found);
  }
}

// The most promising candidate that was not taken yet: much shared, then late. -1: none.
static int next_candidate(candidates *list) {
  int best = -1;
  for (unsigned i = 0; i < list->count; i++) {
    const candidate *c = &list->at[i];
    if (c->weight < LEAST_WEIGHT || (c->shared == 1 && c->weight < WEIGHT / RARE)) continue;
    const bool better = best < 0 || c->weight > list->at[best].weight ||
                        (c->weight == list->at[best].weight && c->doc > list->at[best].doc);
    if (better) best = (int)i;
  }
  return best;
}

// The words of a document's text without its title, which outlets change first.
static void words_of(const char *text, size_t len, const char *title, kh_near_text *words) {
  const size_t title_len = title ? strlen(title) : 0;
  const bool before = title_len && title_len < len && memcmp(text, title, title_len) == 0;
  const size_t skip = before ? title_len : 0;
  kh_near_words(text + skip, len - skip, words);
}

// Compares with document `doc`, and tells what that repeats itself, 0 for nothing.
static kh_status compare(kh_store *store, int64_t doc, bool *copy, int64_t *root, kh_error *error) {
  struct kh_near *near = store->near;
  kh_row row = kh_row_of(store,
                         "SELECT d.copy_of, d.title, b.text FROM document d "
                         "JOIN body b ON b.doc = d.doc WHERE d.doc = ?",
                         error);
  kh_row_int(&row, doc);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  const char *title = (const char *)sqlite3_column_text(row.statement, 1);
  const char *text = (const char *)sqlite3_column_text(row.statement, 2);
  const size_t len = text ? (size_t)sqlite3_column_bytes(row.statement, 2) : 0;
  words_of(text ? text : "", len, title, &near->other);
  const kh_near_match match = kh_near_compare(&near->other, &near->now, &near->compare);
  *copy = kh_near_is_copy(&match);
  *root = sqlite3_column_int64(row.statement, 0);
  kh_row_end(&row);
  return KH_OK;
}

static kh_status find(kh_store *store, const uint32_t *print, size_t count, int64_t *original,
                      kh_error *error) {
  candidates list;
  list.count = 0;
  gather(store->near, print, count, &list);
  for (unsigned tries = 0; tries < MOST_COMPARED && !*original; tries++) {
    const int at = next_candidate(&list);
    if (at < 0) break;
    const uint32_t doc = list.at[at].doc;
    list.at[at].weight = 0;
    bool copy = false;
    int64_t root = 0;
    kh_status status = compare(store, doc, &copy, &root, error);
    if (status != KH_OK) return status;
    if (!copy) continue;
    *original = doc;
    if (!root) continue;
    // the one that it repeats is the original of this one only if this repeats it, too
    int64_t none = 0;
    status = compare(store, root, &copy, &none, error);
    if (status != KH_OK) return status;
    if (copy) *original = root;
  }
  return KH_OK;
}

kh_status kh_near_find(kh_store *store, const kh_document *document, kh_near_found *found,
                       kh_error *error) {
  *found = (kh_near_found){0};
  const kh_status status = open_near(store, error);
  if (status != KH_OK) return status;
  struct kh_near *near = store->near;
  const kh_text_layer *text = document->text;
  words_of(text->bytes, text->len, text->title, &near->now);
  found->count = kh_near_print(&near->now, found->print);
  pack(found->print, found->count, found->bytes);
  return found->count ? find(store, found->print, found->count, &found->original, error) : KH_OK;
}

kh_status kh_near_enter(kh_store *store, const kh_near_found *found, int64_t doc, kh_error *error) {
  return enter(store, store->near, found->print, found->count, doc) ? KH_OK : no_memory(error);
}
