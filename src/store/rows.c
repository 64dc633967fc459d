// SPDX-License-Identifier: Apache-2.0
#include "store/rows.h"

#include "store/codes.h"

#include <math.h>
#include <string.h>

static int state_of(const kh_claims *c, int layer, uint32_t index) {
  const char *state = c->states && c->states[layer] ? c->states[layer][index] : NULL;
  return state ? kh_code_of(KH_CODE_STATE, state, strlen(state)) : KH_STATE_MACHINE;
}

static void put_entity(kh_row *row, const kh_claims *c, int32_t index) {
  kh_row_id(row, index == KH_NONE ? 0 : c->entities[index]);
}

static void put_day(kh_row *row, const char *day) {
  const int32_t number = kh_day_number(day);
  if (number == KH_NO_DAY)
    kh_row_null(row);
  else
    kh_row_int(row, kh_row_day(number));
}

// What all claims end with: rule, confidence, state.
static kh_status put_tail(kh_row *row, const kh_claims *c, const kh_origin *origin, int layer,
                          uint32_t index) {
  int64_t rule = 0;
  const kh_status status = kh_rule_number(row->store, origin->rule, &rule, row->error);
  if (status != KH_OK) return status;
  kh_row_int(row, rule);
  if (origin->confidence < 0)
    kh_row_null(row);
  else
    kh_row_int(row, lround((double)origin->confidence * 1000));
  kh_row_int(row, state_of(c, layer, index));
  return kh_row_run(row);
}

static kh_status put_parts(kh_store *store, const kh_claims *c, uint32_t index, kh_part_role role,
                           kh_refs entities, kh_error *error) {
  kh_status status = KH_OK;
  for (uint32_t i = 0; i < entities.count && status == KH_OK; i++) {
    kh_row row = kh_row_of(store, "INSERT OR IGNORE INTO part VALUES(?, ?, ?, ?)", error);
    kh_row_int(&row, c->doc);
    kh_row_int(&row, (int64_t)index + 1);
    kh_row_int(&row, role);
    put_entity(&row, c, entities.at[i]);
    status = kh_row_run(&row);
  }
  return status;
}

static kh_status write_statement(kh_store *store, const kh_claims *c, uint32_t i, kh_error *error) {
  const kh_statement *s = &c->record->statements[i];
  const kh_time *time = s->time == KH_NONE ? NULL : &c->record->times[s->time];
  kh_row row = kh_row_of(
      store, "INSERT INTO statement VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  kh_row_int(&row, c->doc);
  kh_row_int(&row, (int64_t)i + 1);
  kh_row_int(&row, s->cue.start);
  kh_row_int(&row, s->cue.end);
  kh_row_int(&row, s->content.start);
  kh_row_int(&row, s->content.end);
  put_entity(&row, c, s->speaker);
  kh_row_int(&row, s->mode);
  put_entity(&row, c, s->via);
  put_day(&row, time && time->begin[0] ? time->begin : c->published);
  kh_row_id(&row, (int64_t)s->inside + 1);
  kh_status status = put_tail(&row, c, &s->origin, KH_LAYER_STATEMENT, i);
  if (status == KH_OK) status = put_parts(store, c, i, KH_ROLE_WITH, s->with, error);
  if (status == KH_OK) status = put_parts(store, c, i, KH_ROLE_TO, s->to, error);
  return status;
}

static kh_status write_event(kh_store *store, const kh_claims *c, uint32_t i, kh_error *error) {
  const kh_event *v = &c->record->events[i];
  const kh_time *time = v->time == KH_NONE ? NULL : &c->record->times[v->time];
  const bool told = time && time->begin[0];
  kh_row row = kh_row_of(
      store, "INSERT INTO event VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  kh_row_int(&row, c->doc);
  kh_row_int(&row, (int64_t)i + 1);
  kh_row_int(&row, v->trigger.start);
  kh_row_int(&row, v->trigger.end);
  kh_row_int(&row, v->type);
  kh_row_text(&row, v->mode);
  kh_row_int(&row, v->reality);
  kh_row_int(&row, v->negated);
  put_entity(&row, c, v->place);
  put_day(&row, told ? time->begin : c->published);
  put_day(&row, told && strcmp(time->until, time->begin) != 0 ? time->until : NULL);
  kh_row_int(&row, told);
  kh_row_id(&row, (int64_t)v->statement + 1);
  kh_status status = put_tail(&row, c, &v->origin, KH_LAYER_EVENT, i);
  if (status == KH_OK) status = put_parts(store, c, i, KH_ROLE_ACTOR, v->actors, error);
  if (status == KH_OK) status = put_parts(store, c, i, KH_ROLE_RECIPIENT, v->recipients, error);
  return status;
}

static kh_status write_figure(kh_store *store, const kh_claims *c, uint32_t i, kh_error *error) {
  const kh_figure *f = &c->record->figures[i];
  kh_row row = kh_row_of(
      store, "INSERT INTO figure VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
      error);
  kh_row_int(&row, c->doc);
  kh_row_int(&row, (int64_t)i + 1);
  kh_row_int(&row, f->span.start);
  kh_row_int(&row, f->span.end);
  kh_row_real(&row, f->value);
  if (f->high >= 0)
    kh_row_real(&row, f->high);
  else
    kh_row_null(&row);
  kh_row_int(&row, f->bound);
  kh_row_int(&row, f->counted);
  kh_row_int(&row, f->what);
  kh_row_id(&row, (int64_t)f->part_of + 1);
  kh_row_id(&row, (int64_t)f->restates + 1);
  put_entity(&row, c, f->place);
  put_entity(&row, c, f->source);
  kh_row_text(&row, f->since);
  kh_row_text(&row, f->until);
  return put_tail(&row, c, &f->origin, KH_LAYER_FIGURE, i);
}

static kh_status write_step(kh_store *store, const kh_claims *c, uint32_t i, kh_error *error) {
  const kh_step *p = &c->record->steps[i];
  kh_row row = kh_row_of(
      store, "INSERT INTO step VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", error);
  kh_row_int(&row, c->doc);
  kh_row_int(&row, (int64_t)i + 1);
  kh_row_int(&row, p->what.start);
  kh_row_int(&row, p->what.end);
  kh_row_int(&row, p->kind);
  kh_row_int(&row, p->status);
  const bool condition = p->condition_for.end > p->condition_for.start;
  if (condition) {
    kh_row_int(&row, p->condition_for.start);
    kh_row_int(&row, p->condition_for.end);
  } else {
    kh_row_null(&row);
    kh_row_null(&row);
  }
  put_entity(&row, c, p->place);
  put_entity(&row, c, p->according_to);
  kh_row_id(&row, (int64_t)p->statement + 1);
  put_day(&row, p->as_of);
  kh_row_id(&row, (int64_t)p->same_as + 1);
  kh_status status = put_tail(&row, c, &p->origin, KH_LAYER_STEP, i);
  if (status == KH_OK) status = put_parts(store, c, i, KH_ROLE_BY, p->by, error);
  if (status == KH_OK) status = put_parts(store, c, i, KH_ROLE_ASKED_BY, p->asked_by, error);
  return status;
}

kh_status kh_claims_write(kh_store *store, const kh_claims *claims, kh_error *error) {
  const kh_record *r = claims->record;
  kh_status status = KH_OK;
  for (uint32_t i = 0; i < r->figure_count && status == KH_OK; i++)
    status = write_figure(store, claims, i, error);
  for (uint32_t i = 0; i < r->statement_count && status == KH_OK; i++)
    status = write_statement(store, claims, i, error);
  for (uint32_t i = 0; i < r->event_count && status == KH_OK; i++)
    status = write_event(store, claims, i, error);
  for (uint32_t i = 0; i < r->step_count && status == KH_OK; i++)
    status = write_step(store, claims, i, error);
  return status;
}

kh_status kh_document_entity_write(kh_store *store, int64_t doc, uint32_t index, int64_t entity,
                                   uint32_t mentions, kh_error *error) {
  kh_row row = kh_row_of(store, "INSERT INTO document_entity VALUES(?, ?, ?, ?)", error);
  kh_row_int(&row, doc);
  kh_row_int(&row, (int64_t)index + 1);
  kh_row_int(&row, entity);
  kh_row_int(&row, mentions);
  return kh_row_run(&row);
}

kh_status kh_claims_remove(kh_store *store, int64_t doc, kh_error *error) {
  static const char *const removals[] = {
      "DELETE FROM figure WHERE doc = ?", "DELETE FROM statement WHERE doc = ?",
      "DELETE FROM event WHERE doc = ?", "DELETE FROM step WHERE doc = ?",
      "DELETE FROM part WHERE doc = ?"};
  kh_status status = KH_OK;
  for (size_t i = 0; i < sizeof removals / sizeof *removals && status == KH_OK; i++) {
    kh_row row = kh_row_of(store, removals[i], error);
    kh_row_int(&row, doc);
    status = kh_row_run(&row);
  }
  return status;
}
