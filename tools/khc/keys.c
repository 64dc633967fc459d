// SPDX-License-Identifier: Apache-2.0
// Builds the minimal acyclic automaton of src/lexicon/automaton.h from sorted keys, after Daciuk
// et al. (2000): equal tails are shared as soon as no later key can change them. Its nodes are
// first written one after another, children before parents, as words:
//   final << 16 | arcs; the arcs' letters, rising, four a word; then two words an arc: the node
//   it leads to, and the words of this node before the arc.
// Then each gets a base, and its arcs their cells.
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

enum { MAX_KEY = 256, HEAD = 4, BLOCK = 256, BASE_AT = 9, MOST_CELLS = 1 << 23 };

typedef struct arc {
  uint8_t letter;
  uint32_t target; // place of a finished node, in words
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
  khc_buffer nodes_at; // the finished ones
  open_node *path;     // MAX_KEY + 1 of them
  uint32_t *slots;     // hash table: places of finished nodes
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
  khc_put_u32(to, (uint32_t)node->final << 16 | node->count);
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
  memcpy(&head, b->nodes_at.at + (size_t)place * 4, sizeof head);
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
        hash_of(b->nodes_at.at + (size_t)old[i] * 4, size_of_node_at(b, old[i])) & (b->room - 1);
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
        memcmp(b->nodes_at.at + (size_t)place * 4, b->scratch.at, b->scratch.len) == 0)
      return place;
  }
  const uint32_t place = (uint32_t)(b->nodes_at.len / 4);
  khc_put_bytes(&b->nodes_at, b->scratch.at, b->scratch.len);
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

// ---- cells

/// A finished node as it lies among the words.
typedef struct node_view {
  bool final;
  uint32_t arcs;
  const uint8_t *letters;
  const uint32_t *pairs; // an arc's target and the words before it
  uint32_t size;         // in words
} node_view;

static node_view view_node(const builder *b, uint32_t place) {
  const uint32_t *words = (const uint32_t *)(const void *)b->nodes_at.at + place;
  const uint32_t arcs = words[0] & 0xFFFF;
  return (node_view){.final = words[0] >> 16 & 1,
                     .arcs = arcs,
                     .letters = (const uint8_t *)(words + 1),
                     .pairs = words + 1 + (arcs + 3) / 4,
                     .size = 1 + (arcs + 3) / 4 + 2 * arcs};
}

/// Where the arcs of all nodes go.
typedef struct placer {
  const builder *b;
  kh_arena *arena;
  uint32_t *base;  // of the node at a place
  bool *used;      // of each cell: holds an arc
  bool *is_base;   // of each cell's number: some node has it
  uint32_t *block; // of each block: its used cells
  uint32_t cells;
  uint32_t room;
  uint32_t from; // blocks before it are as good as full
} placer;

static void add_block(placer *p) {
  if (p->cells == p->room) {
    const uint32_t room = p->room ? 2 * p->room : 64U * BLOCK;
    bool *used = kh_arena_zero(p->arena, room);
    bool *is_base = kh_arena_zero(p->arena, room);
    uint32_t *block = kh_arena_zero(p->arena, room / BLOCK * sizeof *block);
    if (p->cells) {
      memcpy(used, p->used, p->cells);
      memcpy(is_base, p->is_base, p->cells);
      memcpy(block, p->block, p->cells / BLOCK * sizeof *block);
    }
    p->used = used;
    p->is_base = is_base;
    p->block = block;
    p->room = room;
  }
  p->cells += BLOCK;
}

static bool fits(const placer *p, uint32_t base, const node_view *node) {
  if (p->is_base[base]) return false;
  for (uint32_t i = 0; i < node->arcs; ++i)
    if (p->used[base ^ node->letters[i]]) return false;
  return true;
}

// The first base that leaves every arc of the node a free cell.
static uint32_t find_base(placer *p, const node_view *node) {
  enum { NEARLY_FULL = BLOCK - 8, BLOCKS_TRIED = 64 };
  while (p->from < p->cells / BLOCK && p->block[p->from] > NEARLY_FULL) p->from++;
  uint32_t block = p->from;
  if (block + BLOCKS_TRIED < p->cells / BLOCK) p->from = block = p->cells / BLOCK - BLOCKS_TRIED;
  for (;; ++block) {
    if (block == p->cells / BLOCK) add_block(p);
    if (p->block[block] + node->arcs > BLOCK) continue;
    for (uint32_t base = block * BLOCK; base < (block + 1) * BLOCK; ++base)
      if (fits(p, base, node)) return base;
  }
}

static void place_node(placer *p, uint32_t place, bool root) {
  const node_view node = view_node(p->b, place);
  if (!node.arcs && !root) return; // base 0: the first block is left free
  const uint32_t base = find_base(p, &node);
  p->base[place] = base;
  p->is_base[base] = true;
  for (uint32_t i = 0; i < node.arcs; ++i) p->used[base ^ node.letters[i]] = true;
  p->block[base / BLOCK] += node.arcs;
}

static void put_cells(const placer *p, uint32_t end, uint8_t *cells) {
  const builder *b = p->b;
  for (uint32_t place = 0; place < end;) {
    const node_view node = view_node(b, place);
    for (uint32_t i = 0; i < node.arcs; ++i) {
      const uint32_t target = node.pairs[2 * (size_t)i];
      const uint32_t low =
          node.letters[i] | (uint32_t)view_node(b, target).final << 8 | p->base[target] << BASE_AT;
      const uint32_t cell[2] = {low, node.pairs[2 * (size_t)i + 1]};
      memcpy(cells + (size_t)(p->base[place] ^ node.letters[i]) * sizeof cell, cell, sizeof cell);
    }
    place += node.size;
  }
}

// Gives every node its base and writes the section.
static void put_section(khc_out *out, khc_buffer *to, const builder *b, uint32_t root,
                        uint32_t words, const char *tag) {
  const uint32_t end = (uint32_t)(b->nodes_at.len / 4);
  placer p = {.b = b, .arena = out->arena};
  p.base = kh_arena_zero(out->arena, (end + 1) * sizeof *p.base);
  add_block(&p);
  p.block[0] = BLOCK; // no arc is there, so that base 0 leads nowhere
  memset(p.used, true, BLOCK);
  // Parents, which come later, first: what is passed often lies close together.
  uint32_t *places = kh_arena_alloc(out->arena, (b->nodes + 2) * sizeof *places);
  uint32_t count = 0;
  for (uint32_t place = 0; place < end; place += view_node(b, place).size) places[count++] = place;
  while (count-- > 0) place_node(&p, places[count], places[count] == root);
  if (p.cells > MOST_CELLS)
    khc_fault(out->rules, NULL, "section %.4s: its keys need %u cells; %d are possible", tag,
              p.cells, (int)MOST_CELLS);
  uint64_t *cells = kh_arena_zero(out->arena, p.cells * sizeof *cells);
  put_cells(&p, end, (uint8_t *)cells);
  khc_put_u32(to, words);
  khc_put_u32(to, p.base[root]);
  khc_put_u32(to, p.cells);
  khc_put_u32(to, 0);
  khc_put_bytes(to, cells, p.cells * sizeof *cells);
}

static void build(khc_out *out, khc_buffer *to, const key *keys, uint32_t count, uint32_t words,
                  const char *tag) {
  builder b = {
      .arena = out->arena, .nodes_at = {.arena = out->arena}, .scratch = {.arena = out->arena}};
  b.path = kh_arena_alloc(out->arena, (MAX_KEY + 1) * sizeof *b.path);
  khc_put_u32(&b.nodes_at, 0); // place 0 stands for none in the hash table: an empty node
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
  put_section(out, to, &b, root, words, tag);
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
  build(keys->out, khc_section(keys->out, tag), all, count, words, tag);
}

void khc_keys_write(khc_keys *keys, const char *tag, const char *values_tag) {
  khc_keys_write_plain(keys, tag, values_tag);
  khc_buffer *values = keys->out->sections.at[keys->out->sections.count - 2];
  for (uint32_t i = 0; i < keys->all.count; ++i) khc_put_u32(values, keys->all.at[i].value);
}
