// SPDX-License-Identifier: Apache-2.0
// Whole numbers are LEB128; those that may be negative have their sign in the lowest bit. A span is
// its length and, where that is not 0, the way from the last span's start. A reference to another
// item is its number from 1, 0 for none. Counts stand before lists.
#include "store/pack.h"

#include "base/error.h"
#include "store/packed.h"

#include <math.h>
#include <string.h>

typedef struct packer {
  kh_store *store;
  const char *text;
  size_t len;
  uint32_t last; // start of the last span
  kh_status status;
  kh_error *error;
} packer;

static void put_byte(packer *p, unsigned char byte) {
  unsigned char *bytes = kh_room(p->store, p->len + 1);
  if (bytes)
    bytes[p->len++] = byte;
  else if (p->status == KH_OK)
    p->status = kh_fail(p->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

static void put_uint(packer *p, uint64_t value) {
  while (value >= 0x80) {
    put_byte(p, (unsigned char)(value | 0x80));
    value >>= 7;
  }
  put_byte(p, (unsigned char)value);
}

static void put_bytes(packer *p, const char *bytes, size_t len) {
  unsigned char *room = kh_room(p->store, p->len + len);
  if (room) {
    if (len) memcpy(room + p->len, bytes, len);
    p->len += len;
  } else if (p->status == KH_OK) {
    p->status = kh_fail(p->error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
  }
}

// NULL is 0, else the length and 1 more.
static void put_text(packer *p, const char *text) {
  if (!text) {
    put_uint(p, 0);
    return;
  }
  const size_t len = strlen(text);
  put_uint(p, len + 1);
  put_bytes(p, text, len);
}

static void put_span(packer *p, kh_span span) {
  put_uint(p, span.end - span.start);
  if (span.end == span.start) return;
  const int64_t way = (int64_t)span.start - (int64_t)p->last;
  put_uint(p, way < 0 ? ((uint64_t)(-way) << 1) | 1 : (uint64_t)way << 1);
  p->last = span.start;
}

static void put_ref(packer *p, int32_t index) { put_uint(p, (uint64_t)((int64_t)index + 1)); }

static void put_refs(packer *p, kh_refs refs) {
  put_uint(p, refs.count);
  for (uint32_t i = 0; i < refs.count; i++) put_ref(p, refs.at[i]);
}

static void put_bits(packer *p, double value) {
  uint64_t bits = 0;
  memcpy(&bits, &value, sizeof bits);
  for (int i = 0; i < 8; i++) put_byte(p, (unsigned char)(bits >> (8 * i)));
}

// A whole number that is not negative is twice itself and 1 more than 1; 0: none; 1: bits follow.
static void put_real(packer *p, double value) {
  if (value < 0) {
    put_uint(p, 0);
  } else if (value < 4503599627370496.0 && floor(value) == value) {
    put_uint(p, (uint64_t)value + 2);
  } else {
    put_uint(p, 1);
    put_bits(p, value);
  }
}

static void put_day(packer *p, const char *day) { put_uint(p, kh_packed_day(day)); }

static void put_origin(packer *p, const kh_origin *origin) {
  int64_t rule = 0;
  if (p->status == KH_OK) p->status = kh_rule_number(p->store, origin->rule, &rule, p->error);
  put_uint(p, (uint64_t)rule);
  put_uint(p, kh_packed_confidence(origin->confidence));
}

// ------------------------------------------------------------------ items

// A name is mostly one of its mentions: then 1 more than the mention's number stands for it.
static void put_name(packer *p, const kh_entity *e) {
  const size_t len = strlen(e->name);
  for (uint32_t i = 0; i < e->mention_count; i++) {
    const kh_span span = e->mentions[i].span;
    if (span.end - span.start != len || memcmp(p->text + span.start, e->name, len) != 0) continue;
    put_uint(p, (uint64_t)i + 1);
    return;
  }
  put_uint(p, 0);
  put_text(p, e->name);
}

static void put_description(packer *p, const kh_entity *e) {
  put_uint(p, e->kind);
  put_uint(p, e->sector);
  put_text(p, e->name_en);
  put_text(p, e->known_id);
  put_text(p, e->country);
  if (e->located) {
    put_bits(p, e->latitude);
    put_bits(p, e->longitude);
  }
  put_text(p, e->place_code);
  put_text(p, e->admin1);
  put_text(p, e->admin2);
}

static void put_entity(packer *p, const kh_entity *e, const kh_resolved *resolved) {
  const bool as_row = resolved->as_row;
  unsigned flags = as_row ? KH_PACKED_AS_ROW : 0;
  if (!as_row && e->located) flags |= KH_PACKED_LOCATED;
  if (!as_row && e->name_en_transliterated) flags |= KH_PACKED_TRANSLITERATED;
  if (e->relation) flags |= KH_PACKED_RELATION;
  if (e->candidate_count) flags |= KH_PACKED_CANDIDATES;
  if (e->role_count) flags |= KH_PACKED_ROLES;
  put_byte(p, (unsigned char)flags);
  put_uint(p, (uint64_t)resolved->entity);
  put_uint(p, e->mention_count);
  for (uint32_t i = 0; i < e->mention_count; i++) {
    put_span(p, e->mentions[i].span);
    const char *relation = e->mentions[i].relation;
    put_byte(p, (unsigned char)(e->mentions[i].form * 2 + (relation != NULL)));
    if (relation) put_text(p, relation);
  }
  put_name(p, e);
  if (!as_row) put_description(p, e);
  if (e->relation) put_text(p, e->relation);
  if (e->candidate_count) put_uint(p, e->candidate_count);
  for (uint32_t i = 0; i < e->candidate_count; i++) put_text(p, e->candidates[i]);
  if (e->role_count) put_uint(p, e->role_count);
  for (uint32_t i = 0; i < e->role_count; i++) put_span(p, e->roles[i].span);
  put_origin(p, &e->origin);
}

static void put_time(packer *p, const kh_time *t) {
  const bool plain = t->value && strcmp(t->value, t->begin) == 0;
  const bool same = strcmp(t->until, t->begin) == 0;
  put_byte(p, (unsigned char)((unsigned)t->type | (t->inferred ? KH_PACKED_INFERRED : 0U) |
                              (t->conflict ? KH_PACKED_CONFLICT : 0U) |
                              (plain ? KH_PACKED_VALUE_IS_BEGIN : 0U) |
                              (same ? KH_PACKED_UNTIL_IS_BEGIN : 0U)));
  put_span(p, t->span);
  if (!plain) put_text(p, t->value);
  put_day(p, t->begin);
  if (!same) put_day(p, t->until);
  put_origin(p, &t->origin);
}

static void put_figure(packer *p, const kh_figure *f) {
  put_span(p, f->span);
  put_real(p, f->value);
  put_real(p, f->high);
  put_byte(p, (unsigned char)f->bound);
  put_byte(p, (unsigned char)f->counted);
  put_byte(p, (unsigned char)f->what);
  put_ref(p, f->part_of);
  put_ref(p, f->restates);
  put_ref(p, f->place);
  put_ref(p, f->source);
  put_text(p, f->since);
  put_text(p, f->until);
  put_origin(p, &f->origin);
}

static void put_statement(packer *p, const kh_statement *s) {
  put_span(p, s->cue);
  put_ref(p, s->speaker);
  put_refs(p, s->with);
  put_span(p, s->speaker_span);
  put_byte(p, (unsigned char)s->mode);
  put_span(p, s->content);
  put_refs(p, s->to);
  put_ref(p, s->via);
  put_ref(p, s->time);
  put_ref(p, s->inside);
  put_origin(p, &s->origin);
}

static void put_event(packer *p, const kh_event *v) {
  put_span(p, v->trigger);
  put_byte(p, (unsigned char)v->type);
  put_text(p, v->mode);
  put_refs(p, v->actors);
  put_refs(p, v->recipients);
  put_byte(p, (unsigned char)((unsigned)v->reality << 1 | (v->negated ? 1U : 0U)));
  put_ref(p, v->place);
  put_ref(p, v->time);
  put_ref(p, v->statement);
  put_origin(p, &v->origin);
}

static void put_step(packer *p, const kh_step *s) {
  put_span(p, s->what);
  put_byte(p, (unsigned char)s->kind);
  put_byte(p, (unsigned char)s->status);
  put_refs(p, s->by);
  put_refs(p, s->asked_by);
  put_span(p, s->condition_for);
  put_ref(p, s->place);
  put_ref(p, s->according_to);
  put_ref(p, s->statement);
  put_day(p, s->as_of);
  put_ref(p, s->same_as);
  put_origin(p, &s->origin);
}

kh_status kh_record_pack(kh_store *store, const kh_record *record, const char *text,
                         const kh_resolved *entities, size_t *len, kh_error *error) {
  packer p = {.store = store, .text = text, .error = error};
  put_byte(&p, KH_PACK_VERSION);
  put_uint(&p, record->withheld);
  put_uint(&p, record->entity_count);
  for (uint32_t i = 0; i < record->entity_count; i++)
    put_entity(&p, &record->entities[i], &entities[i]);
  put_uint(&p, record->time_count);
  for (uint32_t i = 0; i < record->time_count; i++) put_time(&p, &record->times[i]);
  put_uint(&p, record->figure_count);
  for (uint32_t i = 0; i < record->figure_count; i++) put_figure(&p, &record->figures[i]);
  put_uint(&p, record->statement_count);
  for (uint32_t i = 0; i < record->statement_count; i++) put_statement(&p, &record->statements[i]);
  put_uint(&p, record->event_count);
  for (uint32_t i = 0; i < record->event_count; i++) put_event(&p, &record->events[i]);
  put_uint(&p, record->step_count);
  for (uint32_t i = 0; i < record->step_count; i++) put_step(&p, &record->steps[i]);
  *len = p.len;
  return p.status;
}
