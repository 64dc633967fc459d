// SPDX-License-Identifier: Apache-2.0
#include "lexicon/index.h"

#include <string.h>

kh_status kh_index_open(kh_index *index, const kh_tables *tables, const char *tag,
                        const char *values_tag, uint32_t limit, kh_error *error) {
  memset(index, 0, sizeof *index);
  size_t size;
  const void *section = kh_tables_section(tables, tag, &size);
  if (!section) return kh_tables_damaged(error, tag, "it is missing");
  kh_automaton keys;
  const kh_status status = kh_automaton_open(&keys, section, size, error);
  if (status != KH_OK) return status;
  const uint32_t *first = kh_tables_section(tables, values_tag, &size);
  if (!first) return kh_tables_damaged(error, values_tag, "it is missing");
  const uint64_t heads = (uint64_t)keys.words + 1;
  if (size % sizeof *first || size / sizeof *first < heads)
    return kh_tables_damaged(error, values_tag, "it is too short");
  const uint64_t count = size / sizeof *first - heads;
  const uint32_t *values = first + heads;
  for (uint32_t i = 0; i < keys.words; ++i)
    if (first[i] > first[i + 1]) return kh_tables_damaged(error, values_tag, "its order is broken");
  if (first[0] != 0 || first[keys.words] != count)
    return kh_tables_damaged(error, values_tag, "its lists do not fill it");
  for (uint64_t i = 0; i < count; ++i)
    if (values[i] >= limit) return kh_tables_damaged(error, values_tag, "a key leads nowhere");
  index->keys = keys;
  index->first = first;
  index->values = values;
  return KH_OK;
}

const uint32_t *kh_index_find(const kh_index *index, const uint8_t *key, size_t len,
                              uint32_t *count) {
  uint32_t word;
  *count = 0;
  if (!index->keys.section || !kh_automaton_find(&index->keys, key, len, &word)) return NULL;
  return kh_index_values(index, word, count);
}
