// SPDX-License-Identifier: Apache-2.0
// Builds the minimal acyclic automaton of src/lexicon/automaton.h from sorted keys, after Daciuk
// et al. (2000): equal tails are shared as soon as no later key can change them.
#include "khc.h"

#include <stdlib.h>
#include <string.h>

typedef struct key {
  const uint8_t *letters;
  uint32_t len;
  uint32_t value;
  uint32_t order;
} key;

struct khc_keys {
  khc_out *out;
  KH_ARRAY(key) all;
};

khc_keys *khc_keys_new(khc_out *out) {
  khc_keys *keys = kh_arena_zero(out->arena, sizeof *keys);
  keys->out = out;
  return keys;
}

void khc_keys_add(khc_keys *keys, const uint8_t *letters, size_t len, uint32_t value) {
  key *added = KH_ADD(keys->out->arena, &keys->all);
  added->letters = letters;
  added->len = (uint32_t)len;
  added->value = value;
  added->order = keys->all.count;
}

static int compare_letters(const key *a, const key *b) {
  const uint32_t shorter = a->len < b->len ? a->len : b->len;
  const int order = shorter ? memcmp(a->letters, b->letters, shorter) : 0;
  return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int compare_keys(const void *a, const void *b) {
  const key *x = a;
  const key *y = b;
  const int order = compare_letters(x, y);
  return order ? order : (x->order > y->order) - (x->order < y->order);
}

// ---- the automaton in the making

enum { MAX_KEY = 256, NODE_MARK = 0x4B, HEAD = 4 };

typedef struct arc {
  uint8_t letter;
  uint32_t target; // place of a finished node in the section, in words
  uint32_t words;  // words of the target
} arc;

/// A node that a later key may still change; one for each letter of the last key.
typedef struct open_node {
  bool final;
  uint32_t count;
  arc arcs[256];
} open_node;

typedef struct builder {
  kh_arena *arena;
  khc_buffer *to;
  open_node *path; // MAX_KEY + 1 of them
  uint32_t *slots; // hash table: places of finished nodes
  uint32_t room;
  uint32_t nodes;
  khc_buffer scratch;
} builder;

static uint32_t words_of(const open_node *node) {
  uint32_t words = node->final;
  for (uint32_t i = 0; i < node->count; ++i) words += node->arcs[i].words;
  return words;
}

// A node as its section words, so that equal nodes are equal bytes.
static void put_node(khc_buffer *to, const open_node *node) {
  to->len = 0;
  khc_put_u32(to, (uint32_t)NODE_MARK << 24 | (uint32_t)node->final << 16 | node->count);
  for (uint32_t i = 0; i < node->count; ++i) khc_put_u8(to, node->arcs[i].letter);
  khc_put_align(to, 4);
  uint32_t before = node->final;
  for (uint32_t i = 0; i < node->count; ++i) {
    khc_put_u32(to, node->arcs[i].target);
    khc_put_u32(to, before);
    before += node->arcs[i].words;
  }
}

static uint32_t hash_of(const uint8_t *bytes, size_t len) {
  uint32_t hash = 2166136261u;
  for (size_t i = 0; i < len; ++i) hash = (hash ^ bytes[i]) * 16777619u;
  return hash ^ hash >> 15;
}

static size_t size_of_node_at(const builder *b, uint32_t place) {
  uint32_t head;
  memcpy(&head, b->to->at + (size_t)place * 4, sizeof head);
  const uint32_t arcs = head & 0xFFFF;
  return 4 * (1 + (arcs + 3) / 4 + 2 * (size_t)arcs);
}

static void widen(builder *b) {
  const uint32_t *old = b->slots;
  const uint32_t old_room = b->room;
  b->room = old_room ? old_room * 2 : 1u << 12;
  b->slots = kh_arena_zero(b->arena, b->room * sizeof *b->slots);
  for (uint32_t i = 0; i < old_room; ++i) {
    if (!old[i]) continue;
    uint32_t at =
        hash_of(b->to->at + (size_t)old[i] * 4, size_of_node_at(b, old[i])) & (b->room - 1);
    while (b->slots[at]) at = (at + 1) & (b->room - 1);
    b->slots[at] = old[i];
  }
}

// The place of an equal finished node, or of this one, now written.
static uint32_t finish_node(builder *b, const open_node *node) {
  if (b->nodes * 2 >= b->room) widen(b);
  put_node(&b->scratch, node);
  uint32_t at = hash_of(b->scratch.at, b->scratch.len) & (b->room - 1);
  for (; b->slots[at]; at = (at + 1) & (b->room - 1)) {
    const uint32_t place = b->slots[at];
    if (size_of_node_at(b, place) == b->scratch.len &&
        memcmp(b->to->at + (size_t)place * 4, b->scratch.at, b->scratch.len) == 0)
      return place;
  }
  const uint32_t place = (uint32_t)(b->to->len / 4);
  khc_put_bytes(b->to, b->scratch.at, b->scratch.len);
  b->slots[at] = place;
  ++b->nodes;
  return place;
}

// Finishes the open nodes below `depth`.
static void close_path(builder *b, const uint8_t *letters, uint32_t len, uint32_t depth) {
  for (uint32_t i = len; i > depth; --i) {
    const open_node *child = &b->path[i];
    open_node *parent = &b->path[i - 1];
    const uint32_t words = words_of(child);
    const uint32_t target = finish_node(b, child);
    parent->arcs[parent->count++] = (arc){letters[i - 1], target, words};
  }
}

static void open_path(builder *b, uint32_t from, uint32_t to) {
  for (uint32_t i = from; i <= to; ++i) {
    b->path[i].final = false;
    b->path[i].count = 0;
  }
}

static uint32_t shared_letters(const key *a, const key *b) {
  uint32_t shared = 0;
  while (shared < a->len && shared < b->len && a->letters[shared] == b->letters[shared]) ++shared;
  return shared;
}

static void build(khc_out *out, khc_buffer *to, const key *keys, uint32_t count, uint32_t words) {
  builder b = {.arena = out->arena, .to = to, .scratch = {.arena = out->arena}};
  b.path = kh_arena_alloc(out->arena, (MAX_KEY + 1) * sizeof *b.path);
  khc_put_u32(to, words);
  for (int i = 1; i < HEAD; ++i) khc_put_u32(to, 0);
  open_path(&b, 0, 0);
  const key none = {(const uint8_t *)"", 0, 0, 0};
  const key *last = &none;
  for (uint32_t i = 0; i < count; ++i) {
    if (i && compare_letters(&keys[i], last) == 0) continue;
    const uint32_t shared = shared_letters(&keys[i], last);
    close_path(&b, last->letters, last->len, shared);
    open_path(&b, shared + 1, keys[i].len);
    b.path[keys[i].len].final = true;
    last = &keys[i];
  }
  close_path(&b, last->letters, last->len, 0);
  const uint32_t root = finish_node(&b, &b.path[0]);
  const uint32_t size = (uint32_t)(to->len / 4);
  memcpy(to->at + 4, &root, sizeof root);
  memcpy(to->at + 8, &size, sizeof size);
}

// Leaves out keys that are too long, after a fault, and sorts the others. Returns their number.
static uint32_t sort_keys(khc_keys *keys, const char *tag) {
  key *all = keys->all.at;
  uint32_t count = 0;
  for (uint32_t i = 0; i < keys->all.count; ++i) {
    if (all[i].len == 0 || all[i].len > MAX_KEY)
      khc_fault(keys->out->rules, NULL, "section %.4s: a key of %u letters; 1 to %d are possible",
                tag, all[i].len, MAX_KEY);
    else
      all[count++] = all[i];
  }
  if (count) qsort(all, count, sizeof *all, compare_keys);
  return count;
}

void khc_keys_write_plain(khc_keys *keys, const char *tag, const char *heads_tag) {
  const uint32_t count = sort_keys(keys, tag);
  const key *all = keys->all.at;
  khc_buffer *heads = khc_section(keys->out, heads_tag);
  uint32_t words = 0;
  for (uint32_t i = 0; i < count; ++i) {
    if (i && compare_letters(&all[i], &all[i - 1]) == 0) continue;
    khc_put_u32(heads, i);
    ++words;
  }
  khc_put_u32(heads, count);
  build(keys->out, khc_section(keys->out, tag), all, count, words);
}

void khc_keys_write(khc_keys *keys, const char *tag, const char *values_tag) {
  khc_keys_write_plain(keys, tag, values_tag);
  khc_buffer *values = keys->out->sections.at[keys->out->sections.count - 2];
  for (uint32_t i = 0; i < keys->all.count; ++i) khc_put_u32(values, keys->all.at[i].value);
}
