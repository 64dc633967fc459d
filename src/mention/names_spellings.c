// SPDX-License-Identifier: Apache-2.0
// The table of English spellings, checked.
#include "mention/spellings.h"

kh_status kh_spellings_open(kh_spellings *spellings, const kh_tables *tables, kh_error *error) {
  size_t size;
  const kh_spelling *lines = kh_tables_section(tables, "SPEL", &size);
  if (!lines) return KH_OK; // tables without spellings
  if (size % sizeof *lines || size / sizeof *lines > UINT32_MAX)
    return kh_tables_damaged(error, "SPEL", "its size is odd");
  const uint32_t count = (uint32_t)(size / sizeof *lines);
  for (uint32_t i = 0; i < count; i++)
    if (lines[i].kind >= KH_SPELL_KINDS)
      return kh_tables_damaged(error, "SPEL", "a line is out of range");
  const kh_status status = kh_index_open(&spellings->keys, tables, "SPEK", "SPEV", count, error);
  if (status != KH_OK) return status;
  spellings->lines = lines;
  spellings->count = count;
  return KH_OK;
}

const kh_spelling *kh_spelling_find(const kh_spellings *spellings, kh_spelling_kind kind,
                                    const uint8_t *letters, size_t len) {
  if (!spellings->count) return NULL;
  uint32_t count;
  const uint32_t *line = kh_index_find(&spellings->keys, letters, len, &count);
  for (uint32_t i = 0; i < count; i++)
    if (spellings->lines[line[i]].kind == (uint32_t)kind) return &spellings->lines[line[i]];
  return NULL;
}
