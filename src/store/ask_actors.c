// SPDX-License-Identifier: Apache-2.0
// Who and what the record knows: persons, organisations, armed groups, outlets, places, peoples.
#include "base/error.h"
#include "store/asking.h"
#include "store/fold.h"

#include <string.h>

// Those who were joined to it count as itself: `c` is the entity, `u` any of them.
#define ALL_OF_IT                                                                                  \
  "(SELECT e.entity FROM entity e WHERE e.entity = c.entity OR e.merged_into = c.entity)"

static const char *const row =
    "SELECT json_object('id', 'E' || c.entity, 'kind', c.kind, 'name', c.name, 'name_en', "
    "c.name_en, "
    "'transliterated', " KH_JSON_BOOL(
        "c.name_en_transliterated") ", 'known_id', c.known_id, "
                                    "'country', nullif(c.country, ''), 'sector', c.sector, 'lat', "
                                    "c.latitude, 'lon', c.longitude, "
                                    "'place_code', c.place_code, 'mentions', p.documents, "
                                    "'first_day', p.first_day, "
                                    "'last_day', p.last_day";

static const char *const details =
    ", 'names', json((SELECT json_group_array(name) FROM (SELECT DISTINCT name FROM entity_name "
    "WHERE entity IN " ALL_OF_IT " LIMIT 50))), "
    "'roles', json((SELECT json_group_array(json_object('role', role, 'first_day', first_day, "
    "'last_day', last_day, 'document', 'D' || doc)) FROM (SELECT * FROM entity_role "
    "WHERE entity IN " ALL_OF_IT " ORDER BY last_day DESC LIMIT 24)))";

static const char *const more_details =
    ", 'statements', p.statements, 'events', p.events, 'steps', p.steps, "
    "'proposals', json((SELECT json_group_array(json_object('other', " KH_JSON_REF(
        "x.other") ", "
                   "'reason', x.reason, 'score', x.score)) FROM (SELECT a AS other, reason, score "
                   "FROM proposal "
                   "WHERE b = c.entity UNION ALL SELECT b, reason, score FROM proposal WHERE a = "
                   "c.entity "
                   "ORDER BY score DESC LIMIT 24) x)), "
                   "'merged', " KH_JSON_REFS(
                       "SELECT e.entity FROM entity e WHERE e.merged_into = c.entity");

static void add_filters(const kh_asking *a, kh_select *s, const char *folded) {
  const kh_selection *w = a->selection;
  kh_select_add(s, "FROM entity_count k CROSS JOIN entity c ON c.entity = k.entity "
                   "WHERE c.merged_into IS NULL");
  kh_select_words(s, "c.kind", w->type);
  kh_select_words(s, "c.country", w->country);
  kh_select_words(s, "c.sector", w->sector);
  if (kh_told(w->from)) kh_select_text(s, " AND k.last_day >= ?", w->from);
  if (kh_told(w->to)) kh_select_text(s, " AND k.first_day <= ?", w->to);
  if (*folded)
    kh_select_text(s,
                   " AND c.entity IN (SELECT coalesce(e.merged_into, e.entity) FROM entity_name m "
                   "JOIN entity e USING (entity) WHERE instr(m.folded, ?) > 0",
                   folded);
  if (*folded)
    kh_select_text(s,
                   " UNION SELECT coalesce(e.merged_into, e.entity) FROM entity e "
                   "WHERE instr(lower(e.name_en), lower(?)) > 0)",
                   w->text);
  if (kh_told(w->outlet))
    kh_select_text(s,
                   " AND EXISTS (SELECT 1 FROM document_entity t JOIN document d ON d.doc = t.doc "
                   "JOIN outlet o ON o.outlet = d.outlet WHERE t.entity = c.entity "
                   "AND o.name = ?)",
                   w->outlet);
}

static kh_status count(kh_asking *a, const char *folded) {
  if (kh_told(a->selection->outlet)) return KH_OK;
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT count(*) ");
  add_filters(a, &s, folded);
  const kh_status status = kh_asking_number(&s, &a->answer->total);
  kh_select_end(&s);
  return status;
}

static kh_status give(kh_asking *a, const char *folded) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  if (!a->selection->brief) kh_select_add(&s, details);
  kh_select_add(&s, ") FROM (SELECT k.entity, k.documents, k.first_day, k.last_day ");
  add_filters(a, &s, folded);
  kh_select_add(&s, a->selection->reverse ? " ORDER BY k.documents, k.entity DESC"
                                          : " ORDER BY k.documents DESC, k.entity");
  kh_asking_page(a, &s);
  kh_select_add(&s, ") p CROSS JOIN entity c ON c.entity = p.entity");
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

kh_status kh_ask_actors(kh_asking *a) {
  char folded[KH_FOLDED_BYTES] = "";
  const char *text = a->selection->text;
  if (kh_told(text)) {
    if (kh_search_fold(text, strlen(text), folded, sizeof folded) == 0)
      return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                     "\"%.200s\" has no letters to look for", text);
    kh_name_fold(text, folded);
  }
  const kh_status status = count(a, folded);
  return status == KH_OK ? give(a, folded) : status;
}

kh_status kh_show_actor(kh_asking *a, int64_t entity) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  kh_select_add(&s, details);
  kh_select_add(&s, more_details);
  kh_select_int(&s,
                ") FROM entity w JOIN entity c ON c.entity = coalesce(w.merged_into, w.entity) "
                "LEFT JOIN entity_count p ON p.entity = c.entity WHERE w.entity = ?",
                entity);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}
