// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the questions share: paging, filters, and the pieces of JSON that rows are made of.
#ifndef KHUTWA_STORE_ASKING_H
#define KHUTWA_STORE_ASKING_H

#include "store/entity.h"
#include "store/find.h"
#include "store/select.h"

#include <khutwa/ask.h>

typedef struct kh_asking {
  kh_store *store;
  const kh_selection *selection;
  kh_row_fn row;
  void *context;
  kh_answer *answer;
  kh_error *error;
  unsigned limit;
  unsigned offset;
} kh_asking;

/// Gives the rows of a SELECT, whose first column is JSON, as the answer. It is to give one row
/// more than the limit where there are more (see kh_asking_page).
kh_status kh_asking_give(kh_asking *a, kh_select *s);
/// Adds ` LIMIT ... OFFSET ...` for kh_asking_give.
void kh_asking_page(const kh_asking *a, kh_select *s);
/// Gives one row.
kh_status kh_asking_row(kh_asking *a, const char *json, size_t len);
/// The first number of a SELECT: for counts.
kh_status kh_asking_number(kh_select *s, long long *number);

static inline bool kh_told(const char *text) { return text && *text; }

/// Refuses a day that is none; NULL and "" are fine.
kh_status kh_asking_days(const kh_asking *a);

kh_status kh_ask_documents(kh_asking *a);
kh_status kh_ask_search(kh_asking *a);
kh_status kh_ask_timeline(kh_asking *a);
kh_status kh_ask_figures(kh_asking *a);
kh_status kh_ask_steps(kh_asking *a);
kh_status kh_ask_changes(kh_asking *a);
kh_status kh_ask_actors(kh_asking *a);
kh_status kh_ask_outlets(kh_asking *a);
kh_status kh_ask_show(kh_asking *a);
kh_status kh_ask_diff(kh_asking *a);

/// Everything about one thing; no row where there is none.
kh_status kh_show_actor(kh_asking *a, int64_t entity);
kh_status kh_show_happening(kh_asking *a, int64_t doc, int64_t n);
kh_status kh_show_series(kh_asking *a, int64_t doc, int64_t n);
kh_status kh_show_entry(kh_asking *a, int64_t doc, int64_t n);

/// Adds ` AND column >= from AND column <= to` for those that are told; `column` holds days as
/// numbers.
void kh_asking_between(const kh_asking *a, kh_select *s, const char *column);

/// Who and where is meant by the names of a selection; looked up once a question.
typedef struct kh_meant {
  kh_found actor;
  kh_found by;
  kh_found asked_by;
  kh_found place;
} kh_meant;

/// Looks the names up; `*meant` is freed with kh_meant_close, whatever is returned.
kh_status kh_meant_open(kh_asking *a, kh_meant **meant);
void kh_meant_close(kh_asking *a, kh_meant *meant);

/// Makes the functions of KH_JSON_QUOTE known to a connection. A result code of SQLite.
int kh_functions_register(sqlite3 *db);

// ---- pieces of SQL that give JSON

/// Who an entity is, as {"id", "name", "name_en", "kind"} or null; `e` is SQL for its number.
#define KH_JSON_REF(e)                                                                             \
  "json((SELECT json_object('id', 'E' || rc.entity, 'name', rc.name, 'name_en', "                  \
  "iif(rc.name_en_transliterated, NULL, rc.name_en), "                                             \
  "'kind', rc.kind) FROM entity ro JOIN entity rc "                                                \
  "ON rc.entity = coalesce(ro.merged_into, ro.entity) WHERE ro.entity = " e "))"

/// A list of those that a SELECT of entity numbers (in its column `entity`) gives, at most 24.
#define KH_JSON_REFS(select)                                                                       \
  "json((SELECT json_group_array(json_object('id', 'E' || entity, 'name', name, 'name_en', "       \
  "name_en, 'kind', kind)) FROM (SELECT DISTINCT lc.entity, lc.name, "                             \
  "iif(lc.name_en_transliterated, NULL, lc.name_en) AS name_en, lc.kind "                          \
  "FROM (" select ") lq JOIN entity lo ON lo.entity = lq.entity JOIN entity lc "                   \
  "ON lc.entity = coalesce(lo.merged_into, lo.entity) LIMIT 24)))"

/// Those who take part in a claim.
#define KH_JSON_PART(layer, doc, n, role)                                                          \
  KH_JSON_REFS("SELECT pq.entity FROM part pq WHERE pq.layer = '" layer "' AND pq.doc = " doc      \
               " AND pq.n = " n " AND pq.role = '" role "'")

/// A claim in its sentence, as evidence. `c` is the claim's row, `letter` its layer; rows d of
/// document, o of outlet and b of body belong to it.
#define KH_JSON_QUOTE(c, letter)                                                                   \
  "json_object('claim', 'D' || " c ".doc || '." letter "' || " c ".n, 'document', 'D' || " c       \
  ".doc, 'title', d.title, 'outlet', o.name, 'published', d.published, "                           \
  "'text', khutwa_sentence(b.text, " c ".start, " c ".end), "                                      \
  "'marks', json(khutwa_marks(b.text, " c ".start, " c ".end)), "                                  \
  "'copy', json(iif(d.copy_of IS NULL, 'false', 'true')), 'state', " c ".state)"
#define KH_JOIN_QUOTE(c)                                                                           \
  " JOIN document d ON d.doc = " c ".doc JOIN body b ON b.doc = " c ".doc "                        \
  "LEFT JOIN outlet o ON o.outlet = d.outlet "

#define KH_JSON_BOOL(condition) "json(iif(" condition ", 'true', 'false'))"

#endif
