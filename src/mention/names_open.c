// SPDX-License-Identifier: Apache-2.0
// The gazetteer and the name model of an engine: their tables checked.
#include "mention/names.h"

kh_status kh_known_open(struct kh_names *names, const kh_tables *tables, kh_error *error) {
  size_t size;
  const kh_known *known = kh_tables_section(tables, "NAMS", &size);
  if (!known) return KH_OK; // tables without names
  if (size % sizeof *known || size / sizeof *known > UINT32_MAX)
    return kh_tables_damaged(error, "NAMS", "its size is odd");
  names->known = known;
  names->known_count = (uint32_t)(size / sizeof *known);
  for (uint32_t i = 0; i < names->known_count; i++) {
    const kh_known *line = &known[i];
    if (line->kind >= KH_KNOWN_KINDS || line->sector > KH_SECTOR_LAB || line->country[3] != '\0')
      return kh_tables_damaged(error, "NAMS", "a line is out of range");
    if (line->kind == KH_KNOWN_PATTERN && line->level > KH_KNOWN_ACTOR)
      return kh_tables_damaged(error, "NAMS", "a pattern makes no name");
  }
  kh_status status = kh_index_open(&names->keys, tables, "NAMK", "NAMV", names->known_count, error);
  if (status == KH_OK) status = kh_offices_open(names, tables, error);
  names->has_known = status == KH_OK;
  return status;
}

kh_status kh_names_open(kh_engine *engine, kh_error *error) {
  struct kh_names *names = kh_arena_zero(&engine->arena, sizeof *names);
  if (!engine->tables) {
    engine->names = names;
    return KH_OK;
  }
  kh_status status = kh_known_open(names, engine->tables, error);
  if (status == KH_OK) status = kh_spellings_open(&names->spellings, engine->tables, error);
  size_t size;
  const void *section = kh_tables_section(engine->tables, "NMOD", &size);
  if (status == KH_OK && section) {
    status = kh_name_model_open(&names->model, section, size, error);
    names->has_model = status == KH_OK;
  }
  if (status == KH_OK) status = kh_ready_names_open(names, engine, error);
  if (status == KH_OK) engine->names = names;
  return status;
}
