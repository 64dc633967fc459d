// SPDX-License-Identifier: Apache-2.0
#include "store/entity.h"

#include "base/error.h"
#include "token/letters.h"

#include <string.h>

// ------------------------------------------------------------------ names

void kh_name_fold(const char *name, char folded[KH_FOLDED_BYTES]) {
  uint8_t letters[KH_FOLDED_BYTES / 2];
  const size_t count = kh_fold_utf8(name, strlen(name), letters, sizeof letters);
  for (size_t i = 0; i < count; i++) {
    switch (letters[i]) {
    case KH_LETTER_TA_MARBUTA:
      letters[i] = KH_LETTER_HA;
      break;
    case KH_LETTER_ALEF_MAQSURA:
    case KH_LETTER_YA_HAMZA:
      letters[i] = KH_LETTER_YA;
      break;
    case KH_LETTER_WAW_HAMZA:
      letters[i] = KH_LETTER_WAW;
      break;
    default:
      break;
    }
  }
  (void)kh_unfold_utf8(letters, count, folded, KH_FOLDED_BYTES);
}

bool kh_entity_is_named(const kh_entity *entity) {
  if (entity->known_id || entity->place_code) return true;
  for (uint32_t i = 0; i < entity->mention_count; i++) {
    if (entity->mentions[i].form == KH_FORM_NAME) return true;
  }
  return false;
}

// ------------------------------------------------------------------ finding

#define COLUMNS                                                                                    \
  "e.entity, e.named, e.kind, e.name_en, e.name_en_transliterated, e.known_id, e.country, "        \
  "e.sector, e.latitude, e.longitude, e.place_code, e.admin1, e.admin2 "

static bool same_text(sqlite3_stmt *row, int column, const char *text) {
  const char *stored = (const char *)sqlite3_column_text(row, column);
  if (!stored || !text || !*text) return !stored && (!text || !*text);
  return strcmp(stored, text) == 0;
}

// Both come from the same tables of places: equal to the last bit, or not the same.
static bool same_position(sqlite3_stmt *row, const kh_entity *e) {
  const bool located = sqlite3_column_type(row, 8) != SQLITE_NULL;
  if (located != e->located) return false;
  if (!located) return true;
  const double latitude = sqlite3_column_double(row, 8);
  const double longitude = sqlite3_column_double(row, 9);
  return !(latitude < e->latitude) && !(latitude > e->latitude) && !(longitude < e->longitude) &&
         !(longitude > e->longitude);
}

static bool describes(sqlite3_stmt *row, const kh_entity *e) {
  const char *country = (const char *)sqlite3_column_text(row, 6);
  return same_text(row, 2, kh_entity_kind_name(e->kind)) && same_text(row, 3, e->name_en) &&
         (sqlite3_column_int(row, 4) != 0) == e->name_en_transliterated &&
         same_text(row, 5, e->known_id) && country && strcmp(country, e->country) == 0 &&
         same_text(row, 7, kh_sector_name(e->sector)) && same_position(row, e) &&
         same_text(row, 10, e->place_code) && same_text(row, 11, e->admin1) &&
         same_text(row, 12, e->admin2);
}

// Takes the first row of the answer that can be it. One that is only described is another one
// than one that is named alike; a place with a code is only that place.
static kh_status take_first(kh_row *row, const kh_entity *e, bool named, kh_resolved *resolved) {
  kh_status status;
  while ((status = kh_row_next(row)) == KH_OK) {
    sqlite3_stmt *found = row->statement;
    const bool fits = (sqlite3_column_int(found, 1) != 0) == named &&
                      (!e->place_code || same_text(found, 10, e->place_code));
    status = kh_row_check(row);
    if (status != KH_OK) break;
    if (!fits) continue;
    resolved->entity = sqlite3_column_int64(found, 0);
    resolved->as_row = describes(found, e);
    status = kh_row_check(row);
    break;
  }
  kh_row_end(row);
  return status;
}

static kh_status find(kh_store *store, const kh_entity *e, const char *folded, bool named,
                      kh_resolved *resolved, kh_error *error) {
  kh_row row;
  if (e->known_id && *e->known_id) {
    row =
        kh_row_of(store, "SELECT " COLUMNS "FROM entity e WHERE e.known_id = ? ORDER BY 1", error);
    kh_row_text(&row, e->known_id);
  } else if (e->place_code && *e->place_code) {
    row = kh_row_of(store, "SELECT " COLUMNS "FROM entity e WHERE e.place_code = ? ORDER BY 1",
                    error);
    kh_row_text(&row, e->place_code);
  } else {
    row = kh_row_of(store,
                    "SELECT " COLUMNS "FROM entity_name n JOIN entity e ON e.entity = n.entity "
                    "WHERE n.folded = ? AND n.kind = ? AND n.country = ? ORDER BY n.entity",
                    error);
    kh_row_text_len(&row, folded, strlen(folded));
    kh_row_text(&row, kh_entity_kind_name(e->kind));
    kh_row_text_len(&row, e->country, strlen(e->country));
  }
  return take_first(&row, e, named, resolved);
}

// ------------------------------------------------------------------ entering

static kh_status enter(kh_store *store, const kh_entity *e, bool named, int64_t doc,
                       kh_resolved *resolved, kh_error *error) {
  kh_row row = kh_row_of(store,
                         "INSERT INTO entity(kind, named, name, name_en, name_en_transliterated, "
                         "known_id, country, sector, latitude, longitude, place_code, admin1, "
                         "admin2, doc) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                         error);
  kh_row_text(&row, kh_entity_kind_name(e->kind));
  kh_row_int(&row, named);
  kh_row_text_len(&row, e->name, strlen(e->name));
  kh_row_text(&row, e->name_en);
  kh_row_int(&row, e->name_en_transliterated);
  kh_row_text(&row, e->known_id);
  kh_row_text_len(&row, e->country, strlen(e->country));
  kh_row_text(&row, kh_sector_name(e->sector));
  if (e->located) {
    kh_row_real(&row, e->latitude);
    kh_row_real(&row, e->longitude);
  } else {
    kh_row_null(&row);
    kh_row_null(&row);
  }
  kh_row_text(&row, e->place_code);
  kh_row_text(&row, e->admin1);
  kh_row_text(&row, e->admin2);
  kh_row_int(&row, doc);
  const kh_status status = kh_row_run(&row);
  resolved->entity = sqlite3_last_insert_rowid(store->db);
  resolved->as_row = true;
  return status;
}

static kh_status enter_name(kh_store *store, const kh_entity *e, const char *folded, int64_t entity,
                            int64_t doc, kh_error *error) {
  kh_row row =
      kh_row_of(store, "INSERT OR IGNORE INTO entity_name VALUES(?, ?, ?, ?, ?, ?)", error);
  kh_row_text_len(&row, folded, strlen(folded));
  kh_row_text(&row, kh_entity_kind_name(e->kind));
  kh_row_text_len(&row, e->country, strlen(e->country));
  kh_row_int(&row, entity);
  kh_row_text_len(&row, e->name, strlen(e->name));
  kh_row_int(&row, doc);
  return kh_row_run(&row);
}

kh_status kh_entity_resolve(kh_store *store, const kh_entity *entity, int64_t doc,
                            kh_resolved *resolved, kh_error *error) {
  const bool named = kh_entity_is_named(entity);
  if (kh_entity_met(store, entity, named, resolved)) return KH_OK;
  char folded[KH_FOLDED_BYTES];
  kh_name_fold(entity->name, folded);
  kh_status status = find(store, entity, folded, named, resolved, error);
  if (status == KH_END) status = enter(store, entity, named, doc, resolved, error);
  if (status == KH_OK) status = enter_name(store, entity, folded, resolved->entity, doc, error);
  if (status == KH_OK) kh_entity_meet(store, resolved);
  return status;
}
