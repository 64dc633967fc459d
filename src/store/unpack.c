// SPDX-License-Identifier: Apache-2.0
// The reverse of pack.c. What is read may have been altered: every number is checked before use,
// and the counts of lists against the bytes that are left.
#include "base/error.h"
#include "store/pack.h"
#include "store/packed.h"
#include "text/text.h"

#include <string.h>

typedef struct unpacker {
  kh_store *store;
  kh_arena *arena;
  const kh_text_layer *text;
  kh_record *record;
  const unsigned char *at;
  const unsigned char *end;
  uint32_t last;
  int64_t *entities;
  kh_status status;
  kh_error *error;
} unpacker;

static void damaged(unpacker *u) {
  u->at = u->end;
  if (u->status == KH_OK)
    u->status = kh_fail(u->error, KH_ERROR_STORE, KH_STAGE_STORE,
                        "the stored record of this document is damaged; khutwa verify tells more");
}

static unsigned get_byte(unpacker *u) {
  if (u->at < u->end) return *u->at++;
  damaged(u);
  return 0;
}

static unsigned get_below(unpacker *u, unsigned limit) {
  const unsigned byte = get_byte(u);
  if (byte < limit) return byte;
  damaged(u);
  return 0;
}

static uint64_t get_uint(unpacker *u) {
  uint64_t value = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const unsigned byte = get_byte(u);
    value |= (uint64_t)(byte & 0x7F) << shift;
    if (!(byte & 0x80)) return value;
  }
  damaged(u);
  return 0;
}

// How many items follow; each takes a byte at least.
static uint32_t get_count(unpacker *u) {
  const uint64_t count = get_uint(u);
  if (count <= (uint64_t)(u->end - u->at)) return (uint32_t)count;
  damaged(u);
  return 0;
}

static const char *get_text(unpacker *u) {
  const uint64_t len = get_uint(u);
  if (len == 0) return NULL;
  if (len - 1 > (uint64_t)(u->end - u->at)) {
    damaged(u);
    return NULL;
  }
  const char *text = kh_arena_copy(u->arena, (const char *)u->at, (size_t)len - 1);
  u->at += len - 1;
  return text;
}

static bool at_edge(const unpacker *u, uint32_t byte) {
  return byte == u->text->len || ((unsigned char)u->text->bytes[byte] & 0xC0U) != 0x80U;
}

static kh_span get_span(unpacker *u) {
  const uint64_t len = get_uint(u);
  if (len == 0) return (kh_span){0, 0};
  const uint64_t way = get_uint(u);
  const int64_t start = (int64_t)u->last + ((way & 1) ? -(int64_t)(way >> 1) : (int64_t)(way >> 1));
  const int64_t size = u->text->len;
  if (len > (uint64_t)size || start < 0 || start > size - (int64_t)len) {
    damaged(u);
    return (kh_span){0, 0};
  }
  const kh_span span = {(uint32_t)start, (uint32_t)(start + (int64_t)len)};
  if (!at_edge(u, span.start) || !at_edge(u, span.end)) damaged(u);
  u->last = span.start;
  return span;
}

static kh_span get_some_span(unpacker *u) {
  const kh_span span = get_span(u);
  if (span.end == span.start) damaged(u);
  return span;
}

// An index below `count`, or KH_NONE.
static int32_t get_ref(unpacker *u, uint64_t count) {
  const uint64_t ref = get_uint(u);
  if (ref <= count) return (int32_t)((int64_t)ref - 1);
  damaged(u);
  return KH_NONE;
}

static int32_t get_entity_ref(unpacker *u) { return get_ref(u, u->record->entity_count); }

static kh_refs get_refs(unpacker *u) {
  const uint32_t count = get_count(u);
  if (!count) return (kh_refs){0};
  int32_t *at = kh_arena_alloc(u->arena, count * sizeof *at);
  for (uint32_t i = 0; i < count; i++) {
    at[i] = get_entity_ref(u);
    if (at[i] == KH_NONE) damaged(u);
  }
  return (kh_refs){at, count};
}

static double get_bits(unpacker *u) {
  uint64_t bits = 0;
  for (int i = 0; i < 8; i++) bits |= (uint64_t)get_byte(u) << (8 * i);
  double value = 0;
  memcpy(&value, &bits, sizeof value);
  return value;
}

static double get_real(unpacker *u) {
  const uint64_t value = get_uint(u);
  if (value == 0) return -1;
  return value == 1 ? get_bits(u) : (double)(value - 2);
}

static void get_day(unpacker *u, char day[11]) {
  day[0] = '\0';
  const uint64_t packed = get_uint(u);
  if (packed == 0) return;
  const unsigned d = (unsigned)((packed - 1) % 32);
  const unsigned m = (unsigned)((packed - 1) / 32 % 13);
  const uint64_t y = (packed - 1) / 32 / 13;
  if (y > 9999) {
    damaged(u);
    return;
  }
  const unsigned digits[] = {(unsigned)y / 1000,
                             (unsigned)y / 100 % 10,
                             (unsigned)y / 10 % 10,
                             (unsigned)y % 10,
                             m / 10,
                             m % 10,
                             d / 10,
                             d % 10};
  static const unsigned char places[] = {0, 1, 2, 3, 5, 6, 8, 9};
  for (size_t i = 0; i < sizeof places; i++) day[places[i]] = (char)('0' + digits[i]);
  day[4] = day[7] = '-';
  day[10] = '\0';
}

static void get_origin(unpacker *u, kh_origin *origin) {
  const uint64_t rule = get_uint(u);
  const uint64_t confidence = get_uint(u);
  if (confidence > 1001) damaged(u);
  origin->confidence = confidence ? (float)(confidence - 1) / 1000.0F : -1;
  origin->rule = "";
  if (u->status != KH_OK) return;
  u->status = kh_rule_name(u->store, (int64_t)rule, &origin->rule, u->arena, u->error);
}

// ------------------------------------------------------------------ items

static void get_description(unpacker *u, kh_entity *e, unsigned flags) {
  const uint64_t kind = get_uint(u);
  const uint64_t sector = get_uint(u);
  if (kind > KH_KIND_ACTOR || sector > KH_SECTOR_LAB) {
    damaged(u);
    return;
  }
  e->kind = (kh_entity_kind)kind;
  e->sector = (kh_sector)sector;
  e->name_en = get_text(u);
  e->name_en_transliterated = (flags & KH_PACKED_TRANSLITERATED) != 0;
  e->known_id = get_text(u);
  const char *country = get_text(u);
  if (country && strlen(country) < sizeof e->country)
    memcpy(e->country, country, strlen(country) + 1);
  else
    damaged(u);
  e->located = (flags & KH_PACKED_LOCATED) != 0;
  if (e->located) {
    e->latitude = get_bits(u);
    e->longitude = get_bits(u);
  }
  e->place_code = get_text(u);
  e->admin1 = get_text(u);
  e->admin2 = get_text(u);
}

static void get_mentions(unpacker *u, kh_entity *e) {
  const uint32_t count = get_count(u);
  kh_mention *mentions = kh_arena_alloc(u->arena, count * sizeof *mentions);
  for (uint32_t i = 0; i < count; i++) {
    mentions[i].span = get_some_span(u);
    const unsigned form = (unsigned)get_below(u, 2 * (KH_FORM_PRONOUN + 1));
    mentions[i].form = (kh_mention_form)(form / 2);
    mentions[i].relation = form % 2 ? get_text(u) : NULL;
  }
  e->mentions = mentions;
  e->mention_count = count;
  const uint64_t name = get_uint(u);
  if (name > count) {
    damaged(u);
  } else if (name) {
    const kh_span span = mentions[name - 1].span;
    e->name = kh_arena_copy(u->arena, u->text->bytes + span.start, span.end - span.start);
  } else {
    e->name = get_text(u);
  }
  if (!e->name) e->name = "";
}

static void get_lists(unpacker *u, kh_entity *e, unsigned flags) {
  if (flags & KH_PACKED_RELATION) e->relation = get_text(u);
  if (flags & KH_PACKED_CANDIDATES) {
    const uint32_t count = get_count(u);
    const char **candidates = kh_arena_alloc(u->arena, count * sizeof *candidates);
    for (uint32_t i = 0; i < count; i++) candidates[i] = get_text(u);
    e->candidates = candidates;
    e->candidate_count = count;
  }
  if (flags & KH_PACKED_ROLES) {
    const uint32_t count = get_count(u);
    kh_role *roles = kh_arena_alloc(u->arena, count * sizeof *roles);
    for (uint32_t i = 0; i < count; i++) roles[i].span = get_some_span(u);
    e->roles = roles;
    e->role_count = count;
  }
}

static void fill_from_row(unpacker *u, kh_entity *e, int64_t row) {
  u->status = kh_entity_fill(u->store, row, e, u->arena, u->error);
  if (u->status == KH_END)
    u->status = kh_fail(u->error, KH_ERROR_STORE, KH_STAGE_STORE, "entity E%lld is missing",
                        (long long)row);
}

static void get_entity(unpacker *u, kh_entity *e, uint32_t index) {
  const unsigned flags = get_byte(u);
  const uint64_t number = get_uint(u);
  u->entities[index] = number <= INT64_MAX ? (int64_t)number : 0;
  get_mentions(u, e);
  if (!(flags & KH_PACKED_AS_ROW))
    get_description(u, e, flags);
  else if (u->status == KH_OK)
    fill_from_row(u, e, u->entities[index]);
  get_lists(u, e, flags);
  get_origin(u, &e->origin);
}

static void get_time(unpacker *u, kh_time *t) {
  const unsigned flags = get_byte(u);
  t->type = (kh_time_type)(flags & KH_PACKED_TIME_TYPE);
  t->inferred = (flags & KH_PACKED_INFERRED) != 0;
  t->conflict = (flags & KH_PACKED_CONFLICT) != 0;
  t->span = get_some_span(u);
  if (!(flags & KH_PACKED_VALUE_IS_BEGIN)) t->value = get_text(u);
  get_day(u, t->begin);
  if (flags & KH_PACKED_VALUE_IS_BEGIN)
    t->value = kh_arena_copy(u->arena, t->begin, strlen(t->begin));
  if (flags & KH_PACKED_UNTIL_IS_BEGIN)
    memcpy(t->until, t->begin, sizeof t->until);
  else
    get_day(u, t->until);
  get_origin(u, &t->origin);
}

static void get_figure(unpacker *u, kh_figure *f) {
  f->span = get_some_span(u);
  f->value = get_real(u);
  f->high = get_real(u);
  f->bound = (kh_bound)get_below(u, KH_BOUND_AT_MOST + 1);
  f->counted = (kh_counted)get_below(u, KH_COUNTED_OTHER + 1);
  f->what = (kh_harm)get_below(u, KH_HARM_OTHER + 1);
  f->part_of = get_ref(u, u->record->figure_count);
  f->restates = get_ref(u, u->record->figure_count);
  f->place = get_entity_ref(u);
  f->source = get_entity_ref(u);
  f->since = get_text(u);
  f->until = get_text(u);
  get_origin(u, &f->origin);
}

static void get_statement(unpacker *u, kh_statement *s) {
  s->cue = get_some_span(u);
  s->speaker = get_entity_ref(u);
  s->with = get_refs(u);
  s->speaker_span = get_span(u);
  s->mode = (kh_statement_mode)get_below(u, KH_MODE_MIXED + 1);
  s->content = get_span(u);
  s->to = get_refs(u);
  s->via = get_entity_ref(u);
  s->time = get_ref(u, u->record->time_count);
  s->inside = get_ref(u, u->record->statement_count);
  get_origin(u, &s->origin);
}

static void get_event(unpacker *u, kh_event *v) {
  v->trigger = get_some_span(u);
  v->type = (kh_event_type)get_below(u, KH_EVENT_ASSAULT + 1);
  v->mode = get_text(u);
  v->actors = get_refs(u);
  v->recipients = get_refs(u);
  const unsigned reality = get_below(u, (KH_REALITY_CONDITIONAL + 1) << 1);
  v->reality = (kh_reality)(reality >> 1);
  v->negated = (reality & 1) != 0;
  v->place = get_entity_ref(u);
  v->time = get_ref(u, u->record->time_count);
  v->statement = get_ref(u, u->record->statement_count);
  get_origin(u, &v->origin);
}

static void get_step(unpacker *u, kh_step *s) {
  s->what = get_some_span(u);
  s->kind = (kh_step_kind)get_below(u, KH_STEP_OTHER + 1);
  s->status = (kh_step_status)get_below(u, KH_STATUS_SUSPENDED + 1);
  s->by = get_refs(u);
  s->asked_by = get_refs(u);
  s->condition_for = get_span(u);
  s->place = get_entity_ref(u);
  s->according_to = get_entity_ref(u);
  s->statement = get_ref(u, u->record->statement_count);
  get_day(u, s->as_of);
  s->same_as = get_ref(u, u->record->step_count);
  get_origin(u, &s->origin);
}

// One layer: its count, room for it, its items.
#define GET_ITEMS(u, what, get)                                                                    \
  do {                                                                                             \
    (u)->record->what##_count = get_count(u);                                                      \
    (u)->record->what##s =                                                                         \
        kh_arena_zero((u)->arena, (u)->record->what##_count * sizeof *(u)->record->what##s);       \
    for (uint32_t i = 0; i < (u)->record->what##_count && (u)->status == KH_OK; i++) get;          \
  } while (0)

static void get_entities(unpacker *u) {
  const uint32_t count = get_count(u);
  u->record->entities = kh_arena_zero(u->arena, count * sizeof *u->record->entities);
  u->entities = kh_arena_zero(u->arena, count * sizeof *u->entities);
  u->record->entity_count = count;
  for (uint32_t i = 0; i < count && u->status == KH_OK; i++)
    get_entity(u, &u->record->entities[i], i);
}

kh_status kh_record_unpack(kh_store *store, kh_document *document, const unsigned char *packed,
                           size_t len, int64_t **entities, kh_error *error) {
  kh_record *record = kh_arena_zero(&document->arena, sizeof *record);
  unpacker u = {.store = store,
                .arena = &document->arena,
                .text = document->text,
                .record = record,
                .at = packed,
                .end = packed + len,
                .error = error};
  document->record = record;
  kh_record_marks(document);
  if (get_byte(&u) != KH_PACK_VERSION) damaged(&u);
  record->withheld = (uint32_t)get_uint(&u);
  get_entities(&u);
  GET_ITEMS(&u, time, get_time(&u, &record->times[i]));
  GET_ITEMS(&u, figure, get_figure(&u, &record->figures[i]));
  GET_ITEMS(&u, statement, get_statement(&u, &record->statements[i]));
  GET_ITEMS(&u, event, get_event(&u, &record->events[i]));
  GET_ITEMS(&u, step, get_step(&u, &record->steps[i]));
  if (u.at != u.end) damaged(&u);
  if (entities) *entities = u.entities;
  return u.status;
}
