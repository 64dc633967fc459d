// SPDX-License-Identifier: Apache-2.0
// Reports, and who published them.
#include "base/error.h"
#include "store/asking.h"
#include "store/query.h"

#define CLAIMS(what, condition)                                                                    \
  "((SELECT " what " FROM statement WHERE doc = d.doc" condition ") + (SELECT " what               \
  " FROM event WHERE doc = d.doc" condition ") + (SELECT " what                                    \
  " FROM figure WHERE doc = d.doc" condition ") + (SELECT " what                                   \
  " FROM step WHERE doc = d.doc" condition "))"

static const char *const row =
    "SELECT json_object('id', 'D' || d.doc, 'source_id', d.id, 'title', d.title, "
    "'published', d.published, 'outlet', o.name, 'uri', d.uri, 'lang', d.lang, "
    "'bytes', d.length, 'claims', " CLAIMS(
        "count(*)",
        "") ", "
            "'open', " CLAIMS(
                "count(*)",
                " AND state = 'machine'") ", "
                                          "'copy_of', 'D' || d.copy_of) FROM (SELECT d.doc ";
static const char *const row_end =
    ") p CROSS JOIN document d ON d.doc = p.doc LEFT JOIN outlet o ON o.outlet = d.outlet";

typedef struct filters {
  kh_meant *meant;
  char expression[KH_QUERY_ROOM]; // of the words in the title; "" for none
} filters;

static void add_naming(kh_select *s, const kh_found *found) {
  if (!found->count) return;
  kh_select_text(s,
                 " AND d.doc IN (SELECT t.doc FROM document_entity t WHERE t.entity IN "
                 "(SELECT value FROM json_each(?)))",
                 found->json);
}

static void add_filters(const kh_asking *a, kh_select *s, const filters *f) {
  const kh_selection *w = a->selection;
  kh_select_add(s, "FROM document d WHERE 1");
  if (*f->expression) {
    kh_select_text(s, " AND d.doc IN (SELECT rowid FROM search WHERE search MATCH ?)",
                   f->expression);
    kh_select_text(s, " AND khutwa_has(d.title, ?)", w->text);
  }
  if (kh_told(w->from)) kh_select_text(s, " AND d.published >= ?", w->from);
  if (kh_told(w->to)) kh_select_text(s, " AND substr(d.published, 1, 10) <= ?", w->to);
  if (kh_told(w->outlet))
    kh_select_text(s, " AND d.outlet IN (SELECT outlet FROM outlet WHERE name = ?)", w->outlet);
  add_naming(s, &f->meant->actor);
  add_naming(s, &f->meant->place);
}

static kh_status count(kh_asking *a, const filters *f) {
  kh_select s;
  if (*f->expression) return KH_OK; // each title would have to be read
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT count(*) ");
  add_filters(a, &s, f);
  const kh_status status = kh_asking_number(&s, &a->answer->total);
  kh_select_end(&s);
  return status;
}

static kh_status give(kh_asking *a, const filters *f) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, row);
  add_filters(a, &s, f);
  kh_select_add(&s, a->selection->reverse ? " ORDER BY d.published, d.doc"
                                          : " ORDER BY d.published DESC, d.doc DESC");
  kh_asking_page(a, &s);
  kh_select_add(&s, row_end);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}

static kh_status run(kh_asking *a, filters *f, kh_query *query) {
  f->meant = NULL;
  f->expression[0] = '\0';
  if (kh_told(a->selection->text)) {
    const kh_status status = kh_query_parse(query, a->selection->text, a->error);
    if (status != KH_OK) return status;
    kh_query_compile(query, KH_REACH_PART, f->expression);
  }
  kh_status status = kh_meant_open(a, &f->meant);
  if (status == KH_OK) status = count(a, f);
  if (status == KH_OK) status = give(a, f);
  kh_meant_close(a, f->meant);
  return status;
}

kh_status kh_ask_documents(kh_asking *a) {
  const kh_allocator *memory = &a->store->allocator;
  struct both {
    filters filters;
    kh_query query;
  } *both = memory->resize(memory->context, NULL, 0, sizeof *both);
  if (!both) return kh_fail(a->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  const kh_status status = run(a, &both->filters, &both->query);
  (void)memory->resize(memory->context, both, sizeof *both, 0);
  return status;
}

kh_status kh_ask_outlets(kh_asking *a) {
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(
      &s, "SELECT json_object('name', o.name, 'documents', p.documents, 'first_day', p.first_day, "
          "'last_day', p.last_day, 'copies', p.copies) FROM (SELECT k.outlet, "
          "count(*) AS documents, min(k.published) AS first_day, max(k.published) AS last_day, "
          "count(k.copy_of) AS copies FROM document k WHERE k.outlet IS NOT NULL "
          "GROUP BY k.outlet) p JOIN outlet o ON o.outlet = p.outlet "
          "ORDER BY p.documents DESC, o.outlet");
  kh_asking_page(a, &s);
  const kh_status status = kh_asking_give(a, &s);
  kh_select_end(&s);
  return status;
}
