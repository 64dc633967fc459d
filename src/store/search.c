// SPDX-License-Identifier: Apache-2.0
// Full text: which documents a query finds, in which order, and where its words stand in them.
// Documents that have the words exactly as typed come first, then other spellings, then words
// behind proclitics; within each of these the newest first.
#include "store/search.h"

#include "base/error.h"
#include "store/asking.h"
#include "store/codes.h"
#include "store/docset.h"
#include "store/json_text.h"
#include "store/snippet.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum {
  TIERS = 4,        // letter by letter, exact, whole, part
  SORTED = 4096,    // answers up to this size are sorted in memory, larger ones read in order
  VERBATIM = 200,   // exact answers of up to this size are told from those letter by letter
  PAGE_MOST = 20000 // rows that may be passed over in large answers
};

typedef struct ranked {
  int64_t doc;
  char day[11];
  uint8_t tier;
} ranked;

typedef struct search {
  kh_asking *asking;
  kh_query query;
  kh_matcher matcher;
  kh_selection filters; // the query's before the selection's
  kh_docset all;
  kh_docset whole;
  kh_docset exact;
  kh_docset scratch;
  size_t total;
  ranked *list; // what is found: all of it, or as much as the page needs
  size_t room;
  size_t count;
  char expression[KH_QUERY_ROOM];
} search;

// ------------------------------------------------------------------ finding

static kh_status match(search *f, kh_docset *set, kh_reach reach) {
  kh_select s;
  kh_query_compile(&f->query, reach, f->expression);
  kh_select_begin(&s, f->asking->store, f->asking->error);
  kh_select_text(&s, "SELECT rowid FROM search WHERE search MATCH ?", f->expression);
  const kh_status status = kh_docset_add(set, &s);
  kh_select_end(&s);
  return status;
}

// Documents that a SELECT gives are all that remain.
static kh_status keep(search *f, kh_select *s) {
  memset(f->scratch.bits, 0, f->scratch.room);
  const kh_status status = kh_docset_add(&f->scratch, s);
  if (status == KH_OK) kh_docset_keep(&f->all, &f->scratch);
  return status;
}

static kh_status keep_published(search *f) {
  const kh_selection *w = &f->filters;
  kh_select s;
  kh_select_begin(&s, f->asking->store, f->asking->error);
  kh_select_add(&s, "SELECT doc FROM document WHERE 1");
  if (kh_told(w->from)) kh_select_text(&s, " AND published >= ?", w->from);
  if (kh_told(w->to)) kh_select_text(&s, " AND substr(published, 1, 10) <= ?", w->to);
  if (kh_told(w->outlet))
    kh_select_text(&s, " AND outlet IN (SELECT outlet FROM outlet WHERE name = ?)", w->outlet);
  const kh_status status = keep(f, &s);
  kh_select_end(&s);
  return status;
}

static kh_status keep_naming(search *f, const char *name, bool place) {
  kh_found *found = malloc(sizeof *found);
  if (!found) return kh_fail(f->asking->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  kh_status status = place
                         ? kh_find_places(f->asking->store, name, "place", found, f->asking->error)
                         : kh_find_actors(f->asking->store, name, "actor", found, f->asking->error);
  if (status == KH_OK) {
    kh_select s;
    kh_select_begin(&s, f->asking->store, f->asking->error);
    kh_select_text(&s,
                   "SELECT doc FROM document_entity WHERE entity IN "
                   "(SELECT value FROM json_each(?))",
                   found->json);
    status = keep(f, &s);
    kh_select_end(&s);
  }
  free(found);
  return status;
}

static kh_status keep_types(search *f) {
  kh_select s;
  kh_select_begin(&s, f->asking->store, f->asking->error);
  kh_select_add(&s, "SELECT doc FROM event WHERE 1");
  kh_select_codes(&s, "type_code", KH_CODE_EVENT_TYPE, f->filters.type);
  kh_select_add(&s, " UNION ALL SELECT doc FROM step WHERE 1");
  kh_select_codes(&s, "kind_code", KH_CODE_STEP_KIND, f->filters.type);
  kh_select_add(&s, " UNION ALL SELECT doc FROM figure WHERE 1");
  kh_select_codes(&s, "what_code", KH_CODE_HARM, f->filters.type);
  const kh_status status = keep(f, &s);
  kh_select_end(&s);
  return status;
}

static kh_status filter(search *f) {
  const kh_selection *w = &f->filters;
  kh_status status = KH_OK;
  if (kh_told(w->from) || kh_told(w->to) || kh_told(w->outlet)) status = keep_published(f);
  if (status == KH_OK && kh_told(w->actor)) status = keep_naming(f, w->actor, false);
  if (status == KH_OK && kh_told(w->place)) status = keep_naming(f, w->place, true);
  if (status == KH_OK && kh_told(w->type)) status = keep_types(f);
  return status;
}

static kh_status open_sets(search *f) {
  kh_asking *a = f->asking;
  long long last = 0;
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT coalesce(max(doc), 0) FROM document");
  kh_status status = kh_asking_number(&s, &last);
  kh_select_end(&s);
  kh_docset *const sets[] = {&f->all, &f->whole, &f->exact, &f->scratch};
  for (size_t i = 0; status == KH_OK && i < sizeof sets / sizeof *sets; i++)
    status = kh_docset_open(sets[i], a->store, last, a->error);
  return status;
}

static kh_status find(search *f) {
  kh_status status = open_sets(f);
  if (status != KH_OK) return status;
  if (!f->query.wanted) {
    kh_select s;
    kh_select_begin(&s, f->asking->store, f->asking->error);
    kh_select_add(&s, "SELECT doc FROM document");
    status = kh_docset_add(&f->all, &s);
    kh_select_end(&s);
    return status == KH_OK ? filter(f) : status;
  }
  status = match(f, &f->all, KH_REACH_PART);
  if (status == KH_OK) status = filter(f);
  if (status == KH_OK) status = match(f, &f->exact, KH_REACH_EXACT);
  if (status != KH_OK) return status;
  kh_docset_keep(&f->exact, &f->all);
  // a page that the exact ones fill has no use for the next tier
  if (kh_docset_count(&f->exact) > (size_t)f->asking->offset + f->asking->limit) return KH_OK;
  status = match(f, &f->whole, KH_REACH_WHOLE);
  if (status == KH_OK) kh_docset_keep(&f->whole, &f->all);
  return status;
}

static uint8_t tier_of(const search *f, int64_t doc) {
  if (!f->query.wanted) return 1;
  return kh_docset_has(&f->exact, doc) ? 1 : kh_docset_has(&f->whole, doc) ? 2 : 3;
}

// ------------------------------------------------------------------ order

static int by_rank(const void *left, const void *right) {
  const ranked *a = left;
  const ranked *b = right;
  if (a->tier != b->tier) return a->tier < b->tier ? -1 : 1;
  const int days = strcmp(b->day, a->day);
  if (days) return days;
  return a->doc > b->doc ? -1 : a->doc < b->doc;
}

static kh_status make_room(search *f, size_t room) {
  const kh_allocator *a = &f->asking->store->allocator;
  f->room = room ? room : 1;
  f->list = a->resize(a->context, NULL, 0, f->room * sizeof *f->list);
  if (f->list) return KH_OK;
  return kh_fail(f->asking->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

// Does the text have every wanted word letter by letter?
static bool is_verbatim(const kh_query *query, const char *text) {
  if (!text) return false; // there was no memory for it, or it is not there
  for (unsigned i = 0; i < query->count; i++) {
    const kh_query_term *term = &query->terms[i];
    if (term->excluded) continue;
    char words[KH_QUERY_BYTES + 1];
    const size_t len = term->span.end - term->span.start;
    memcpy(words, query->text + term->span.start, len);
    words[len] = '\0';
    if (!strstr(text, words)) return false;
  }
  return true;
}

static kh_status rank_few(search *f) {
  kh_asking *a = f->asking;
  kh_status status = make_room(f, f->total);
  const bool verbatim = f->query.wanted && kh_docset_count(&f->exact) <= VERBATIM;
  for (int64_t doc = kh_docset_next(&f->all, 0); status == KH_OK && doc && f->count < f->total;
       doc = kh_docset_next(&f->all, doc)) {
    kh_row row = kh_row_of(a->store, "SELECT published FROM document WHERE doc = ?", a->error);
    kh_row_int(&row, doc);
    status = kh_row_next(&row);
    if (status == KH_END)
      status = KH_OK; // its number is free
    else if (status == KH_OK) {
      ranked *r = &f->list[f->count++];
      const char *day = (const char *)sqlite3_column_text(row.statement, 0);
      *r = (ranked){.doc = doc, .tier = tier_of(f, doc)};
      if (day) memcpy(r->day, day, strnlen(day, sizeof r->day - 1));
      kh_row_end(&row);
      if (!verbatim || r->tier != 1) continue;
      row = kh_row_of(a->store, "SELECT text FROM body WHERE doc = ?", a->error);
      kh_row_int(&row, doc);
      if (kh_row_next(&row) == KH_OK &&
          is_verbatim(&f->query, (const char *)sqlite3_column_text(row.statement, 0)))
        r->tier = 0;
      kh_row_end(&row);
    }
  }
  if (status == KH_OK) qsort(f->list, f->count, sizeof *f->list, by_rank);
  return status;
}

// Reads documents in their order until each tier has what the page may need.
static kh_status rank_many(search *f) {
  kh_asking *a = f->asking;
  const size_t need = (size_t)a->offset + a->limit + 1;
  if (a->offset > PAGE_MOST)
    return kh_fail(a->error, KH_ERROR_LIMIT, KH_STAGE_STORE,
                   "at most %d rows can be passed over; narrow the query", PAGE_MOST);
  kh_status status = make_room(f, need * TIERS);
  size_t counts[TIERS] = {0};
  kh_select s;
  kh_select_begin(&s, a->store, a->error);
  kh_select_add(&s, "SELECT doc FROM document ORDER BY published DESC, doc DESC");
  while (status == KH_OK && counts[1] < need && (status = kh_select_next(&s)) == KH_OK) {
    const int64_t doc = kh_select_number(&s, 0);
    if (!kh_docset_has(&f->all, doc)) continue;
    const uint8_t tier = tier_of(f, doc);
    if (counts[tier] == need) continue;
    f->list[tier * need + counts[tier]++] = (ranked){.doc = doc, .tier = tier};
  }
  kh_select_end(&s);
  for (size_t tier = 1; tier < TIERS; tier++) { // close the gaps between them
    memmove(f->list + f->count, f->list + tier * need, counts[tier] * sizeof *f->list);
    f->count += counts[tier];
  }
  return status == KH_END ? KH_OK : status;
}

// ------------------------------------------------------------------ rows

static json_t *marks_of(const kh_snippet *snippet, const char *text) {
  json_t *marks = json_array();
  for (unsigned i = 0; i < snippet->count; i++) {
    const char *from = text + snippet->span.start;
    json_array_append_new(
        marks,
        json_pack(
            "{s:I,s:I}", "start",
            (json_int_t)kh_span_code_points(from, snippet->hits[i].start - snippet->span.start),
            "end",
            (json_int_t)kh_span_code_points(from, snippet->hits[i].end - snippet->span.start)));
  }
  return marks;
}

static json_t *string_or_null(sqlite3_stmt *row, int column) {
  const char *text = (const char *)sqlite3_column_text(row, column);
  return text ? json_string(text) : json_null();
}

static json_t *row_of(const search *f, const ranked *r, sqlite3_stmt *row) {
  static const char *const matches[TIERS] = {"letters", "exact", "spelling", "part"};
  const char *text = (const char *)sqlite3_column_text(row, 4);
  const size_t len = (size_t)sqlite3_column_bytes(row, 4);
  char id[24];
  (void)snprintf(id, sizeof id, "D%lld", (long long)r->doc);
  json_t *hit = json_pack("{s:s,s:s,s:s,s:o,s:o,s:o,s:o}", "layer", "d", "id", id, "document", id,
                          "title", string_or_null(row, 0), "outlet", string_or_null(row, 1), "day",
                          string_or_null(row, 2), "copy_of", string_or_null(row, 3));
  if (!f->asking->selection->brief && text) {
    kh_snippet snippet;
    kh_snippet_find(&f->matcher, text, len, &snippet);
    json_object_set_new(
        hit, "text",
        json_stringn(text + snippet.span.start, snippet.span.end - snippet.span.start));
    json_object_set_new(hit, "marks", marks_of(&snippet, text));
  }
  if (f->query.wanted) {
    json_object_set_new(hit, "exact", json_boolean(r->tier <= 1));
    json_object_set_new(hit, "match", json_string(matches[r->tier]));
  }
  return hit;
}

static kh_status give(search *f, const ranked *r) {
  kh_asking *a = f->asking;
  kh_row row = kh_row_of(
      a->store,
      "SELECT d.title, o.name, d.published, 'D' || d.copy_of, b.text FROM document d "
      "LEFT JOIN outlet o ON o.outlet = d.outlet LEFT JOIN body b ON b.doc = d.doc WHERE d.doc = ?",
      a->error);
  kh_row_int(&row, r->doc);
  kh_status status = kh_row_next(&row);
  if (status != KH_OK) return status == KH_END ? KH_OK : status;
  json_t *hit = row_of(f, r, row.statement);
  char *json = hit ? kh_json_text(hit, JSON_COMPACT) : NULL;
  json_decref(hit);
  kh_row_end(&row);
  if (!json) return kh_fail(a->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  status = kh_asking_row(a, json, strlen(json));
  free(json);
  return status;
}

static kh_status give_page(search *f) {
  kh_asking *a = f->asking;
  kh_status status = KH_OK;
  a->answer->total = (long long)f->total;
  for (size_t i = a->offset; status == KH_OK && i < f->count; i++) {
    if (a->answer->rows == a->limit) {
      a->answer->more = true;
      break;
    }
    status = give(f, &f->list[i]);
  }
  return status;
}

static void take_filters(search *f) {
  f->filters = *f->asking->selection;
  const char **const into[KH_QUERY_KEYS] = {
      [KH_QUERY_ACTOR] = &f->filters.actor, [KH_QUERY_TYPE] = &f->filters.type,
      [KH_QUERY_PLACE] = &f->filters.place, [KH_QUERY_FROM] = &f->filters.from,
      [KH_QUERY_TO] = &f->filters.to,       [KH_QUERY_OUTLET] = &f->filters.outlet,
  };
  for (int i = 0; i < KH_QUERY_KEYS; i++)
    if (f->query.filters[i][0]) *into[i] = f->query.filters[i];
}

static kh_status find_filtered(search *f) {
  take_filters(f);
  kh_asking with_filters = *f->asking;
  with_filters.selection = &f->filters;
  const kh_status status = kh_asking_days(&with_filters);
  return status == KH_OK ? find(f) : status;
}

static kh_status answer(search *f) {
  kh_status status = find_filtered(f);
  if (status != KH_OK) return status;
  f->total = kh_docset_count(&f->all);
  kh_matcher_prepare(&f->matcher, &f->query);
  status = f->total <= SORTED ? rank_few(f) : rank_many(f);
  return status == KH_OK ? give_page(f) : status;
}

// Runs `what` with a search whose query is `text`; NULL: without one.
static kh_status open_and_run(kh_asking *a, const char *text, kh_status (*what)(search *f)) {
  const kh_allocator *memory = &a->store->allocator;
  search *f = memory->resize(memory->context, NULL, 0, sizeof *f);
  if (!f) return kh_fail(a->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  memset(f, 0, sizeof *f);
  f->asking = a;
  kh_status status = KH_OK;
  if (text) status = kh_query_parse(&f->query, text, a->error);
  if (status == KH_OK) status = what(f);
  kh_docset_close(&f->all, a->store);
  kh_docset_close(&f->whole, a->store);
  kh_docset_close(&f->exact, a->store);
  kh_docset_close(&f->scratch, a->store);
  if (f->list) (void)memory->resize(memory->context, f->list, f->room * sizeof *f->list, 0);
  (void)memory->resize(memory->context, f, sizeof *f, 0);
  return status;
}

kh_status kh_ask_search(kh_asking *a) {
  return open_and_run(a, kh_told(a->selection->text) ? a->selection->text : "", answer);
}

// ------------------------------------------------------------------ for exports

static kh_status choose(search *f) {
  kh_asking *a = f->asking;
  kh_name_of id = {0};
  const char *one = a->selection->id;
  if (kh_told(one) && (!kh_id_read(one, &id) || id.kind != 'D' || id.layer))
    return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "\"%.100s\" is no id of a report; they look like D12", one);
  kh_status status = find_filtered(f);
  if (status == KH_OK)
    status = kh_sql_run(a->store, "CREATE TEMP TABLE IF NOT EXISTS chosen(doc INTEGER PRIMARY KEY)",
                        a->error);
  if (status == KH_OK) status = kh_sql_run(a->store, "DELETE FROM temp.chosen", a->error);
  if (status != KH_OK) return status;
  for (int64_t doc = kh_docset_next(&f->all, 0); status == KH_OK && doc;
       doc = kh_docset_next(&f->all, doc)) {
    if (id.kind && doc != id.doc) continue;
    kh_row row = kh_row_of(a->store, "INSERT INTO temp.chosen(doc) VALUES(?)", a->error);
    kh_row_int(&row, doc);
    status = kh_row_run(&row);
  }
  return status;
}

kh_status kh_search_choose(kh_asking *a) {
  return open_and_run(a, kh_told(a->selection->text) ? a->selection->text : NULL, choose);
}
