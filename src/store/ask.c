// SPDX-License-Identifier: Apache-2.0
// The door to all questions, and what they share.
#include "base/error.h"
#include "store/asking.h"
#include "text/day.h"

#include <string.h>

typedef struct question {
  const char *name;
  kh_status (*ask)(kh_asking *a);
} question;

static const question questions[KH_ASK_QUESTIONS] = {
    [KH_ASK_DOCUMENTS] = {"documents", kh_ask_documents},
    [KH_ASK_SEARCH] = {"search", kh_ask_search},
    [KH_ASK_TIMELINE] = {"timeline", kh_ask_timeline},
    [KH_ASK_FIGURES] = {"figures", kh_ask_figures},
    [KH_ASK_STEPS] = {"steps", kh_ask_steps},
    [KH_ASK_CHANGES] = {"changes", kh_ask_changes},
    [KH_ASK_ACTORS] = {"actors", kh_ask_actors},
    [KH_ASK_SHOW] = {"show", kh_ask_show},
    [KH_ASK_DIFF] = {"diff", kh_ask_diff},
    [KH_ASK_OUTLETS] = {"outlets", kh_ask_outlets},
};

const char *kh_question_name(kh_question asked) {
  return (unsigned)asked < KH_ASK_QUESTIONS ? questions[asked].name : "";
}

// Without the index nothing would be found; that is told rather than SQLite's words.
static kh_status check_index(const kh_asking *a) {
  int64_t made = 0;
  const kh_status status =
      kh_sql_int(a->store, "SELECT count(*) FROM sqlite_schema WHERE name = 'entity_count'", 0,
                 &made, a->error);
  if (status != KH_OK || made) return status;
  return kh_fail(a->error, KH_ERROR_STORE, KH_STAGE_STORE,
                 "this record was never indexed; khutwa add RECORD FILE indexes it");
}

kh_status kh_ask(kh_store *store, kh_question asked, const kh_selection *selection, kh_row_fn row,
                 void *context, kh_answer *answer, kh_error *error) {
  static const kh_selection any = {0};
  kh_answer unwanted;
  if (!store || !row || (unsigned)asked >= KH_ASK_QUESTIONS)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "a null pointer was given");
  kh_asking a = {.store = store,
                 .selection = selection ? selection : &any,
                 .row = row,
                 .context = context,
                 .answer = answer ? answer : &unwanted,
                 .error = error};
  *a.answer = (kh_answer){.total = -1};
  a.limit = a.selection->limit ? a.selection->limit : KH_ASK_LIMIT;
  if (a.limit > KH_ASK_MOST) a.limit = KH_ASK_MOST;
  a.offset = a.selection->offset;
  kh_status status = kh_asking_days(&a);
  if (status == KH_OK) status = check_index(&a);
  if (status == KH_OK) status = questions[asked].ask(&a);
  // what was not counted beforehand is known at the last page
  if (status == KH_OK && a.answer->total < 0 && !a.answer->more && (a.answer->rows || !a.offset))
    a.answer->total = (long long)a.offset + a.answer->rows;
  return status;
}

// ------------------------------------------------------------------ shared

static kh_status check_day(const kh_asking *a, const char *name, const char *day) {
  char read[11];
  if (!kh_told(day) || (strlen(day) == 10 && kh_day_read(day, read))) return KH_OK;
  return kh_fail(a->error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                 "%s \"%.40s\" is no day; write it as YYYY-MM-DD", name, day);
}

kh_status kh_asking_days(const kh_asking *a) {
  const kh_status status = check_day(a, "from", a->selection->from);
  return status == KH_OK ? check_day(a, "to", a->selection->to) : status;
}

kh_status kh_asking_row(kh_asking *a, const char *json, size_t len) {
  if (!a->row(a->context, json, len))
    return kh_fail(a->error, KH_ERROR_IO, KH_STAGE_STORE, "the answer could not be written");
  a->answer->rows++;
  return KH_OK;
}

void kh_asking_page(const kh_asking *a, kh_select *s) {
  kh_select_int(s, " LIMIT ?", (int64_t)a->limit + 1);
  kh_select_int(s, " OFFSET ?", a->offset);
}

kh_status kh_asking_give(kh_asking *a, kh_select *s) {
  kh_status status;
  while ((status = kh_select_next(s)) == KH_OK) {
    if (a->answer->rows == a->limit) {
      a->answer->more = true;
      return KH_OK;
    }
    const char *json = kh_select_column(s, 0);
    status = kh_asking_row(a, json, strlen(json));
    if (status != KH_OK) return status;
  }
  return status == KH_END ? KH_OK : status;
}

kh_status kh_asking_number(kh_select *s, long long *number) {
  const kh_status status = kh_select_next(s);
  if (status == KH_OK) *number = kh_select_number(s, 0);
  return status == KH_END ? KH_OK : status;
}

void kh_asking_between(const kh_asking *a, kh_select *s, const char *column) {
  const char *const days[] = {a->selection->from, a->selection->to};
  for (int i = 0; i < 2; i++) {
    if (!kh_told(days[i])) continue;
    kh_select_add(s, " AND ");
    kh_select_add(s, column);
    kh_select_text(s, i ? " <= unixepoch(?) / 86400" : " >= unixepoch(?) / 86400", days[i]);
  }
}

kh_status kh_meant_open(kh_asking *a, kh_meant **meant) {
  const kh_selection *w = a->selection;
  const kh_allocator *memory = &a->store->allocator;
  kh_meant *m = *meant = memory->resize(memory->context, NULL, 0, sizeof *m);
  if (!m) return kh_fail(a->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  m->actor.count = m->by.count = m->asked_by.count = m->place.count = 0;
  kh_status status = KH_OK;
  if (kh_told(w->actor)) status = kh_find_actors(a->store, w->actor, "actor", &m->actor, a->error);
  if (status == KH_OK && kh_told(w->by))
    status = kh_find_actors(a->store, w->by, "by", &m->by, a->error);
  if (status == KH_OK && kh_told(w->asked_by))
    status = kh_find_actors(a->store, w->asked_by, "asked-by", &m->asked_by, a->error);
  if (status == KH_OK && kh_told(w->place))
    status = kh_find_places(a->store, w->place, "place", &m->place, a->error);
  return status;
}

void kh_meant_close(kh_asking *a, kh_meant *meant) {
  const kh_allocator *memory = &a->store->allocator;
  if (meant) (void)memory->resize(memory->context, meant, sizeof *meant, 0);
}
