// SPDX-License-Identifier: Apache-2.0
// What the row of an entity says of it, back into a document's entity.
#include "base/error.h"
#include "store/entity.h"

#include <string.h>

static const char *text_of(kh_arena *arena, sqlite3_stmt *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row, column);
  return text ? kh_arena_copy(arena, text, strlen(text)) : NULL;
}

bool kh_kind_named(const char *name, kh_entity_kind *kind) {
  for (int i = 0; name && i <= KH_KIND_ACTOR; i++) {
    if (strcmp(name, kh_entity_kind_name((kh_entity_kind)i)) != 0) continue;
    *kind = (kh_entity_kind)i;
    return true;
  }
  return false;
}

bool kh_sector_named(const char *name, kh_sector *sector) {
  *sector = KH_SECTOR_NONE;
  if (!name) return true;
  for (int i = KH_SECTOR_GOV; i <= KH_SECTOR_LAB; i++) {
    if (strcmp(name, kh_sector_name((kh_sector)i)) != 0) continue;
    *sector = (kh_sector)i;
    return true;
  }
  return false;
}

static bool fill(kh_entity *e, sqlite3_stmt *row, kh_arena *arena) {
  const char *country = (const char *)sqlite3_column_text(row, 4);
  if (!kh_kind_named((const char *)sqlite3_column_text(row, 0), &e->kind) ||
      !kh_sector_named((const char *)sqlite3_column_text(row, 5), &e->sector) || !country ||
      strlen(country) >= sizeof e->country)
    return false;
  memcpy(e->country, country, strlen(country) + 1);
  e->name_en = text_of(arena, row, 1);
  e->name_en_transliterated = sqlite3_column_int(row, 2) != 0;
  e->known_id = text_of(arena, row, 3);
  e->located = sqlite3_column_type(row, 6) != SQLITE_NULL;
  if (e->located) {
    e->latitude = sqlite3_column_double(row, 6);
    e->longitude = sqlite3_column_double(row, 7);
  }
  e->place_code = text_of(arena, row, 8);
  e->admin1 = text_of(arena, row, 9);
  e->admin2 = text_of(arena, row, 10);
  if (!e->name) e->name = text_of(arena, row, 11);
  return true;
}

kh_status kh_entity_fill(kh_store *store, int64_t row_number, kh_entity *entity, kh_arena *arena,
                         kh_error *error) {
  kh_row row = kh_row_of(store,
                         "SELECT kind, name_en, name_en_transliterated, known_id, country, sector, "
                         "latitude, longitude, place_code, admin1, admin2, name FROM entity "
                         "WHERE entity = ?",
                         error);
  kh_row_int(&row, row_number);
  const kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status;
  const bool filled = fill(entity, row.statement, arena);
  const kh_status check = kh_row_check(&row);
  kh_row_end(&row);
  if (filled || check != KH_OK) return check;
  return kh_fail(error, KH_ERROR_STORE, KH_STAGE_STORE, "entity E%lld is damaged",
                 (long long)row_number);
}
