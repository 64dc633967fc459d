// SPDX-License-Identifier: Apache-2.0
#include "lexicon/automaton.h"
#include "lexicon/tables.h"

#include <string.h>

// A section is four 32-bit words (words in the set, base of the root, cells, 0) and the cells, of
// 64 bits each and a multiple of 256 in number. An arc with some letter from the node with base b
// is in cell b ^ letter, so that one look tells whether there is one and where it leads:
//   bits 0-7    its letter; 0: a free cell
//   bit 8       a word ends where it leads
//   bits 9-31   base of the node where it leads; 0, which has no arcs, when none goes on from there
//   bits 32-63  words of its node before it
// After Aoe, "An Efficient Digital Search Algorithm by Using a Double-Array Structure", IEEE
// Transactions on Software Engineering 15(9), 1989; with a base of its own for each node, the
// letter is check enough.
enum { HEAD = 4, BLOCK = 256, FINAL = 1 << 8, BASE_AT = 9 };

static const uint64_t *cells_of(const kh_automaton *automaton) {
  return (const uint64_t *)(const void *)((const uint32_t *)automaton->section + HEAD);
}

// A state's node is the low half of the cell that led there, without the letter.
static uint32_t node_of(uint64_t cell) { return (uint32_t)cell & ~(uint32_t)(BLOCK - 1); }
static uint32_t base_of(uint32_t node) { return node >> BASE_AT; }

kh_status kh_automaton_open(kh_automaton *automaton, const void *section, size_t size,
                            kh_error *error) {
  memset(automaton, 0, sizeof *automaton);
  const uint32_t *head = section;
  if (!section || size < HEAD * sizeof *head || (uintptr_t)section % sizeof(uint64_t) != 0 ||
      head[2] == 0 || head[2] % BLOCK ||
      size != HEAD * sizeof *head + (size_t)head[2] * sizeof(uint64_t))
    return kh_tables_damaged(error, "of keys", "its size is wrong");
  automaton->section = section;
  automaton->size = size;
  automaton->words = head[0];
  automaton->cells = head[2];
  if (head[1] >= head[2]) return kh_tables_damaged(error, "of keys", "the automaton has no root");
  automaton->root = head[1] << BASE_AT;
  // Cells that do not lead to one another as they should spell other keys, but nothing is read
  // outside: each letter of a text is one step, and each step stays in the section.
  const uint64_t *cells = cells_of(automaton);
  for (uint32_t i = 0; i < automaton->cells; ++i)
    if (base_of((uint32_t)cells[i]) >= automaton->cells || cells[i] >> 32 > automaton->words)
      return kh_tables_damaged(error, "of keys", "a cell of the automaton leads outside");
  return KH_OK;
}

kh_automaton_state kh_automaton_start(const kh_automaton *automaton) {
  return (kh_automaton_state){automaton->root, 0};
}

static inline bool step(const uint64_t *cells, kh_automaton_state *state, uint8_t letter) {
  const uint64_t cell = cells[base_of(state->node) ^ letter];
  if ((uint8_t)cell != letter || !letter) return false;
  state->node = node_of(cell);
  state->number += (uint32_t)(cell >> 32);
  return true;
}

bool kh_automaton_step(const kh_automaton *automaton, kh_automaton_state *state, uint8_t letter) {
  return step(cells_of(automaton), state, letter);
}

bool kh_automaton_spell(const kh_automaton *automaton, kh_automaton_state *state,
                        const uint8_t *letters, size_t len) {
  const uint64_t *cells = cells_of(automaton);
  kh_automaton_state at = *state;
  for (size_t i = 0; i < len; i++)
    if (!step(cells, &at, letters[i])) return false;
  *state = at;
  return true;
}

bool kh_automaton_holds(const kh_automaton *automaton, kh_automaton_state state) {
  return base_of(state.node) < automaton->cells && !(state.node & (BLOCK - 1));
}

bool kh_automaton_accepts(const kh_automaton *automaton, kh_automaton_state state,
                          uint32_t *number) {
  if (!(state.node & FINAL) || state.number >= automaton->words) return false;
  *number = state.number;
  return true;
}

bool kh_automaton_find(const kh_automaton *automaton, const uint8_t *key, size_t len,
                       uint32_t *number) {
  kh_automaton_state state = kh_automaton_start(automaton);
  return kh_automaton_spell(automaton, &state, key, len) &&
         kh_automaton_accepts(automaton, state, number);
}
