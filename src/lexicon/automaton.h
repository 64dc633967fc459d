// SPDX-License-Identifier: Apache-2.0
/// \file
/// A minimal acyclic automaton over byte strings that numbers its words (a perfect hash in
/// lexicographic order). After Daciuk et al., "Incremental Construction of Minimal Acyclic
/// Finite-State Automata", Computational Linguistics 26(1), 2000.
#ifndef KHUTWA_LEXICON_AUTOMATON_H
#define KHUTWA_LEXICON_AUTOMATON_H

#include <khutwa/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kh_automaton {
  const void *section; // read-only words, checked by kh_automaton_open
  size_t size;
  uint32_t root; // the state's node at the start
  uint32_t words;
  uint32_t cells;
} kh_automaton;

/// A place in the automaton while a key is spelt.
typedef struct kh_automaton_state {
  uint32_t node;
  uint32_t number; // words that come before
} kh_automaton_state;

/// Checks that no cell of the section leads outside it. The section stands at a multiple of eight
/// bytes.
kh_status kh_automaton_open(kh_automaton *automaton, const void *section, size_t size,
                            kh_error *error);

kh_automaton_state kh_automaton_start(const kh_automaton *automaton);
/// One letter on. Returns false when no word continues so; `state` is then unchanged.
bool kh_automaton_step(const kh_automaton *automaton, kh_automaton_state *state, uint8_t letter);
/// Several letters on. Returns false when no word continues so; `state` is then unchanged.
bool kh_automaton_spell(const kh_automaton *automaton, kh_automaton_state *state,
                        const uint8_t *letters, size_t len);
/// May a state that came from outside (another section) be used? Looks at its node only.
bool kh_automaton_holds(const kh_automaton *automaton, kh_automaton_state state);
/// Is a word complete here? Its number goes to `*number`.
bool kh_automaton_accepts(const kh_automaton *automaton, kh_automaton_state state,
                          uint32_t *number);
/// Looks up a whole key.
bool kh_automaton_find(const kh_automaton *automaton, const uint8_t *key, size_t len,
                       uint32_t *number);

#endif
