// SPDX-License-Identifier: Apache-2.0
#include "store/find.h"

#include "base/error.h"
#include "store/entity.h"
#include "store/select.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

// ------------------------------------------------------------------ ids

static bool read_number(const char **at, int64_t *number) {
  int64_t value = 0;
  int digits = 0;
  for (; **at >= '0' && **at <= '9' && digits < 18; digits++, (*at)++)
    value = value * 10 + (**at - '0');
  *number = value;
  return digits > 0 && !(**at >= '0' && **at <= '9');
}

bool kh_id_read(const char *text, kh_name_of *id) {
  *id = (kh_name_of){0};
  if (!text || !*text) return false;
  id->kind = (char)toupper((unsigned char)*text);
  if (!strchr("DEHRL", id->kind)) return false;
  const char *at = text + 1;
  if (!read_number(&at, &id->doc)) return false;
  const bool pair = strchr("HRL", id->kind);
  if (*at == '\0') return !pair;
  if (*at++ != '.' || id->kind == 'E') return false;
  if (!pair) {
    id->layer = (char)tolower((unsigned char)*at++);
    if (!id->layer || !strchr("fsvp", id->layer)) return false;
  }
  return read_number(&at, &id->n) && *at == '\0';
}

// ------------------------------------------------------------------ entities

static void add(kh_found *found, int64_t entity) {
  char text[24];
  const int len = snprintf(text, sizeof text, "%s%lld", found->count ? "," : "", (long long)entity);
  const size_t used = strlen(found->json);
  if (found->count == KH_FOUND_MOST || used + (size_t)len + 2 > sizeof found->json) return;
  memcpy(found->json + used, text, (size_t)len + 1);
  found->count++;
}

static kh_status gather(kh_select *s, kh_found *found) {
  kh_status status;
  found->count = 0;
  (void)snprintf(found->json, sizeof found->json, "[");
  while ((status = kh_select_next(s)) == KH_OK) add(found, kh_select_number(s, 0));
  (void)strcat(found->json, "]"); // add() left room
  return status == KH_END ? KH_OK : status;
}

// Those that a name or id means, before what was joined is added: a SELECT of canonical entities.
static void select_meant(kh_select *s, const char *name, const char *folded, bool place) {
  kh_name_of id;
  kh_select_add(s, "WITH meant AS MATERIALIZED (SELECT DISTINCT "
                   "coalesce(e.merged_into, e.entity) AS entity FROM ");
  if (kh_id_read(name, &id) && id.kind == 'E') {
    kh_select_int(s, "entity e WHERE e.entity = ?)", id.doc);
    return;
  }
  kh_select_text(s, "entity_name m JOIN entity e USING (entity) WHERE m.folded = ?", folded);
  kh_select_add(s, place ? " AND m.kind = 'place'" : "");
  kh_select_text(s,
                 " UNION SELECT coalesce(e.merged_into, e.entity) FROM entity e "
                 "WHERE e.name_en = ? COLLATE NOCASE",
                 name);
  kh_select_add(s, place ? " AND e.kind = 'place')" : ")");
}

static kh_status none(const char *name, const char *what, const kh_found *found, kh_error *error) {
  if (found->count) return KH_OK;
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                 "%s \"%.200s\": nobody and nothing of this name is in the record; khutwa actors "
                 "lists names",
                 what, name);
}

static bool is_country(const char *name) {
  return strlen(name) == 3 && name[0] >= 'A' && name[0] <= 'Z' && name[1] >= 'A' &&
         name[1] <= 'Z' && name[2] >= 'A' && name[2] <= 'Z';
}

kh_status kh_find_actors(kh_store *store, const char *name, const char *what, kh_found *found,
                         kh_error *error) {
  char folded[KH_FOLDED_BYTES];
  kh_name_fold(name, folded);
  kh_select s;
  kh_select_begin(&s, store, error);
  select_meant(&s, name, folded, false);
  kh_select_add(&s, " SELECT entity FROM meant UNION SELECT j.entity FROM meant "
                    "JOIN entity j ON j.merged_into = meant.entity");
  const kh_status status = gather(&s, found);
  kh_select_end(&s);
  return status == KH_OK ? none(name, what, found, error) : status;
}

kh_status kh_find_places(kh_store *store, const char *name, const char *what, kh_found *found,
                         kh_error *error) {
  char folded[KH_FOLDED_BYTES];
  kh_name_fold(name, folded);
  kh_select s;
  kh_select_begin(&s, store, error);
  if (is_country(name)) {
    kh_select_text(&s, "SELECT entity FROM entity WHERE kind = 'place' AND country = ?", name);
  } else {
    select_meant(&s, name, folded, true);
    kh_select_add(&s, " SELECT entity FROM meant UNION SELECT j.entity FROM meant "
                      "JOIN entity j ON j.merged_into = meant.entity "
                      "UNION SELECT i.entity FROM meant JOIN entity c ON c.entity = meant.entity "
                      "AND c.known_id LIKE 'c-%' JOIN entity i ON i.kind = 'place' "
                      "AND i.country = c.country");
  }
  const kh_status status = gather(&s, found);
  kh_select_end(&s);
  return status == KH_OK ? none(name, what, found, error) : status;
}
