// SPDX-License-Identifier: Apache-2.0
/// \file
/// Keys with values: an automaton whose words lead to lists of numbers, as khc_keys_write of the
/// rules compiler makes them.
#ifndef KHUTWA_LEXICON_INDEX_H
#define KHUTWA_LEXICON_INDEX_H

#include "lexicon/automaton.h"
#include "lexicon/tables.h"

typedef struct kh_index {
  kh_automaton keys;
  const uint32_t *first;  // keys.words + 1 of them, rising
  const uint32_t *values; // each below the limit told to kh_index_open
} kh_index;

/// Checks both sections; every value must be below `limit`. KH_ERROR_TABLE when they are damaged
/// or missing.
kh_status kh_index_open(kh_index *index, const kh_tables *tables, const char *tag,
                        const char *values_tag, uint32_t limit, kh_error *error);

/// The values of key number `word` (below keys.words, as the automaton gives it).
static inline const uint32_t *kh_index_values(const kh_index *index, uint32_t word,
                                              uint32_t *count) {
  *count = index->first[word + 1] - index->first[word];
  return index->values + index->first[word];
}

/// The values of a whole key; NULL and 0 when there is none.
const uint32_t *kh_index_find(const kh_index *index, const uint8_t *key, size_t len,
                              uint32_t *count);

#endif
