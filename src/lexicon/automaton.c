// SPDX-License-Identifier: Apache-2.0
#include "lexicon/automaton.h"
#include "lexicon/tables.h"

#include <string.h>

// A section is an array of 32-bit words: words in the set, root node, size in words, 0; then the
// nodes, children before their parents. A node is at its first word:
//   NODE_MARK << 24 | final << 16 | arcs; the arcs' letters, rising, four a word;
//   then two words an arc: the node it leads to, and the words of this node before the arc.
enum { HEAD = 4, NODE_MARK = 0x4B };

static uint32_t arcs_of(uint32_t head) { return head & 0xFFFF; }
static bool is_final(uint32_t head) { return head >> 16 & 1; }
static bool is_node(uint32_t head) { return head >> 24 == NODE_MARK && arcs_of(head) <= 255; }
static uint32_t letter_words(uint32_t arcs) { return (arcs + 3) / 4; }
static uint32_t node_size(uint32_t head) {
  return 1 + letter_words(arcs_of(head)) + 2 * arcs_of(head);
}

static const uint32_t *words_of(const kh_automaton *automaton) { return automaton->section; }

static bool node_holds(const uint32_t *at, uint32_t node, uint32_t words) {
  const uint32_t arcs = arcs_of(at[node]);
  const uint8_t *letters = (const uint8_t *)(at + node + 1);
  const uint32_t *pairs = at + node + 1 + letter_words(arcs);
  for (uint32_t i = 0; i < arcs; ++i) {
    const uint32_t target = pairs[2 * i];
    const uint32_t number = pairs[2 * i + 1];
    if (target < HEAD || target >= node || !is_node(at[target]) || number > words) return false;
    if (i && (letters[i] <= letters[i - 1] || number <= pairs[2 * i - 1])) return false;
  }
  return true;
}

kh_status kh_automaton_open(kh_automaton *automaton, const void *section, size_t size,
                            kh_error *error) {
  memset(automaton, 0, sizeof *automaton);
  const uint32_t *at = section;
  if (!section || size < (HEAD + 1) * sizeof *at || size % sizeof *at || size / sizeof *at != at[2])
    return kh_tables_damaged(error, "of keys", "its size is wrong");
  uint32_t node = HEAD;
  bool root_seen = false;
  while (node < at[2]) {
    if (!is_node(at[node]) || node_size(at[node]) > at[2] - node || !node_holds(at, node, at[0]))
      return kh_tables_damaged(error, "of keys", "a node of the automaton is broken");
    root_seen |= node == at[1];
    node += node_size(at[node]);
  }
  if (!root_seen) return kh_tables_damaged(error, "of keys", "the automaton has no root");
  automaton->section = section;
  automaton->size = size;
  automaton->words = at[0];
  automaton->root = at[1];
  const uint8_t *letters = (const uint8_t *)(at + at[1] + 1);
  for (uint32_t i = 0; i < arcs_of(at[at[1]]); ++i)
    automaton->first_arc[letters[i]] = (uint8_t)(i + 1);
  return KH_OK;
}

kh_automaton_state kh_automaton_start(const kh_automaton *automaton) {
  return (kh_automaton_state){automaton->root, 0};
}

// The place of a letter among `arcs` letters, or `arcs`. Eight at a time: the words of the arcs
// follow the letters, so that reading on stays inside the node.
static uint32_t find_letter(const uint8_t *letters, uint32_t arcs, uint8_t letter) {
  const uint64_t ones = 0x0101010101010101u;
  const uint64_t wanted = ones * letter;
  for (uint32_t i = 0; i < arcs; i += 8) {
    uint64_t eight;
    memcpy(&eight, letters + i, sizeof eight);
    eight ^= wanted; // the byte that was the letter is now zero
    const uint64_t zeros = (eight - ones) & ~eight & ones << 7;
    if (zeros) {
      const uint32_t place = i + (uint32_t)__builtin_ctzll(zeros) / 8;
      return place < arcs ? place : arcs;
    }
  }
  return arcs;
}

static inline bool step(const kh_automaton *automaton, kh_automaton_state *state, uint8_t letter) {
  const uint32_t *at = words_of(automaton);
  const uint32_t node = state->node;
  // A damaged target may point into the middle of a node that looks like one: stay inside.
  if (node_size(at[node]) > at[2] - node) return false;
  const uint32_t arcs = arcs_of(at[node]);
  uint32_t arc;
  if (node == automaton->root) { // every key begins there, and it has the most arcs
    if (!automaton->first_arc[letter]) return false;
    arc = automaton->first_arc[letter] - 1U;
  } else {
    arc = find_letter((const uint8_t *)(at + node + 1), arcs, letter);
    if (arc == arcs) return false;
  }
  const uint32_t *pair = at + node + 1 + letter_words(arcs) + 2 * arc;
  if (pair[0] >= at[2]) return false;
  state->node = pair[0];
  state->number += pair[1];
  return true;
}

bool kh_automaton_step(const kh_automaton *automaton, kh_automaton_state *state, uint8_t letter) {
  return step(automaton, state, letter);
}

bool kh_automaton_spell(const kh_automaton *automaton, kh_automaton_state *state,
                        const uint8_t *letters, size_t len) {
  kh_automaton_state at = *state;
  for (size_t i = 0; i < len; i++)
    if (!step(automaton, &at, letters[i])) return false;
  *state = at;
  return true;
}

bool kh_automaton_holds(const kh_automaton *automaton, kh_automaton_state state) {
  const uint32_t *at = words_of(automaton);
  return state.node >= HEAD && state.node < at[2] && is_node(at[state.node]);
}

bool kh_automaton_accepts(const kh_automaton *automaton, kh_automaton_state state,
                          uint32_t *number) {
  if (!is_final(words_of(automaton)[state.node]) || state.number >= automaton->words) return false;
  *number = state.number;
  return true;
}

bool kh_automaton_find(const kh_automaton *automaton, const uint8_t *key, size_t len,
                       uint32_t *number) {
  kh_automaton_state state = kh_automaton_start(automaton);
  return kh_automaton_spell(automaton, &state, key, len) &&
         kh_automaton_accepts(automaton, state, number);
}
