// SPDX-License-Identifier: Apache-2.0
// From drafts to the record. Items that keep their promises are kept, sorted as they stand in the
// text and renumbered; the others are left out and counted.
#include "record/record.h"
#include "text/text.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum {
  MAX_REFS = 64, // parties of one item; more are noise
  MAX_NEST = 64, // statements inside statements
};

// Where an item stands, and its number among the drafts.
typedef struct place {
  uint32_t start;
  uint32_t end;
  uint32_t draft;
} place;

// The numbering of one kind of item.
typedef struct order {
  place *at; // the kept ones, as in the text
  uint32_t count;
  int32_t *number; // draft -> record, or KH_NONE
  uint32_t drafts;
} order;

typedef struct assembly {
  kh_document *document;
  const kh_text_layer *text;
  kh_record *record;
  order entities;
  order times;
  order figures;
  order statements;
  order events;
  order steps;
  bool *exists;         // per drafted entity: has a mention in the text
  bool *named;          // ... has a name among them
  bool *wanted;         // ... some kept claim refers to it
  kh_mention **mention; // per drafted entity: its mentions, in order
  uint32_t *mentions;   // ... how many
} assembly;

static const kh_mention_layer no_mentions;
static const kh_claim_layer no_claims;

static const kh_mention_layer *mention_layer(const assembly *a) {
  return a->document->mentions ? a->document->mentions : &no_mentions;
}

static const kh_claim_layer *claim_layer(const assembly *a) {
  return a->document->claims ? a->document->claims : &no_claims;
}

static void *alloc(assembly *a, size_t count, size_t size) {
  return kh_arena_zero(&a->document->arena, count * size);
}

// ------------------------------------------------------------------ promises

static bool at_boundary(const kh_text_layer *text, uint32_t at) {
  return at <= text->len && ((unsigned char)text->bytes[at] & 0xC0U) != 0x80U;
}

static bool span_holds(const assembly *a, kh_span span) {
  return span.start < span.end && at_boundary(a->text, span.start) &&
         at_boundary(a->text, span.end);
}

static bool is_none(kh_span span) { return span.start == 0 && span.end == 0; }

static bool in_range(int32_t value, int32_t last) { return value >= 0 && value <= last; }

static bool entity_exists(const assembly *a, int32_t draft) {
  return draft >= 0 && (uint32_t)draft < a->entities.drafts && a->exists[draft];
}

static bool figure_holds(const assembly *a, const kh_figure *f) {
  return span_holds(a, f->span) && isfinite(f->value) && !isnan(f->high) &&
         in_range((int32_t)f->bound, KH_BOUND_AT_MOST) &&
         in_range((int32_t)f->counted, KH_COUNTED_OTHER) &&
         in_range((int32_t)f->what, KH_HARM_OTHER);
}

static bool statement_holds(const assembly *a, const kh_statement *s) {
  return span_holds(a, s->cue) && span_holds(a, s->content) && entity_exists(a, s->speaker) &&
         in_range((int32_t)s->mode, KH_MODE_MIXED);
}

static bool event_holds(const assembly *a, const kh_event *v) {
  return span_holds(a, v->trigger) && in_range((int32_t)v->type, KH_EVENT_ASSAULT) &&
         in_range((int32_t)v->reality, KH_REALITY_CONDITIONAL);
}

static bool step_holds(const assembly *a, const kh_step *p) {
  return span_holds(a, p->what) && in_range((int32_t)p->kind, KH_STEP_OTHER) &&
         in_range((int32_t)p->status, KH_STATUS_SUSPENDED);
}

static bool time_holds(const assembly *a, const kh_time *t) {
  return span_holds(a, t->span) && in_range((int32_t)t->type, KH_TIME_SET) && t->value;
}

// Items whose confidence was never measured pass.
static bool sure_enough(const assembly *a, const kh_origin *origin) {
  return origin->confidence < 0.0F || origin->confidence >= a->document->engine->min_confidence;
}

// ------------------------------------------------------------------ order

static int by_place(const void *left, const void *right) {
  const place *l = left;
  const place *r = right;
  if (l->start != r->start) return l->start < r->start ? -1 : 1;
  if (l->end != r->end) return l->end < r->end ? -1 : 1;
  return l->draft < r->draft ? -1 : l->draft > r->draft;
}

static void order_begin(assembly *a, order *o, uint32_t drafts) {
  o->at = alloc(a, drafts, sizeof *o->at);
  o->number = alloc(a, drafts, sizeof *o->number);
  o->drafts = drafts;
  for (uint32_t i = 0; i < drafts; i++) o->number[i] = KH_NONE;
}

static void order_keep(order *o, uint32_t draft, kh_span span) {
  o->at[o->count++] = (place){span.start, span.end, draft};
}

static void order_end(order *o) {
  if (o->count > 1) qsort(o->at, o->count, sizeof *o->at, by_place);
  for (uint32_t i = 0; i < o->count; i++) o->number[o->at[i].draft] = (int32_t)i;
}

// A reference among drafts as one of the record.
static int32_t renumbered(const order *o, int32_t draft) {
  return draft >= 0 && (uint32_t)draft < o->drafts ? o->number[draft] : KH_NONE;
}

// Keeps what `holds` of `items` (an array of a layer), by the span that `SPAN` names.
#define KEEP(a, order, items, holds, SPAN)                                                         \
  do {                                                                                             \
    order_begin((a), (order), (items).count);                                                      \
    for (uint32_t i = 0; i < (items).count; i++) {                                                 \
      if (!holds((a), &(items).at[i]))                                                             \
        (a)->record->withheld++;                                                                   \
      else if (sure_enough((a), &(items).at[i].origin))                                            \
        order_keep((order), i, (items).at[i].SPAN);                                                \
    }                                                                                              \
    order_end(order);                                                                              \
  } while (0)

// ------------------------------------------------------------------ mentions

static int by_mention(const void *left, const void *right) {
  const kh_mention *l = left;
  const kh_mention *r = right;
  if (l->span.start != r->span.start) return l->span.start < r->span.start ? -1 : 1;
  if (l->span.end != r->span.end) return l->span.end < r->span.end ? -1 : 1;
  return l->form < r->form ? -1 : l->form > r->form;
}

// Sorts an entity's mentions and drops what stands twice, names first.
static uint32_t tidy(kh_mention *at, uint32_t count) {
  qsort(at, count, sizeof *at, by_mention);
  uint32_t kept = 0;
  for (uint32_t i = 0; i < count; i++) {
    const bool again = kept && at[kept - 1].span.start == at[i].span.start &&
                       at[kept - 1].span.end == at[i].span.end;
    if (!again) at[kept++] = at[i];
  }
  return kept;
}

static bool mention_holds(const assembly *a, const kh_name *name) {
  return name->entity >= 0 && (uint32_t)name->entity < mention_layer(a)->entities.count &&
         span_holds(a, name->span) && in_range((int32_t)name->form, KH_FORM_PRONOUN);
}

static void count_mentions(assembly *a, const kh_name *at, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (mention_holds(a, &at[i]))
      a->mentions[at[i].entity]++;
    else if (at[i].entity >= 0) // a name that no entity has taken is no defect
      a->record->withheld++;
  }
}

static void place_mentions(assembly *a, const kh_name *at, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    if (!mention_holds(a, &at[i])) continue;
    const int32_t entity = at[i].entity;
    a->mention[entity][a->mentions[entity]++] =
        (kh_mention){at[i].span, at[i].form, at[i].relation};
    a->exists[entity] = true;
    if (at[i].form == KH_FORM_NAME) a->named[entity] = true;
  }
}

static void gather_mentions(assembly *a) {
  const kh_mention_layer *layer = mention_layer(a);
  const uint32_t drafts = layer->entities.count;
  a->exists = alloc(a, drafts, sizeof *a->exists);
  a->named = alloc(a, drafts, sizeof *a->named);
  a->wanted = alloc(a, drafts, sizeof *a->wanted);
  a->mention = alloc(a, drafts, sizeof *a->mention);
  a->mentions = alloc(a, drafts, sizeof *a->mentions);
  count_mentions(a, layer->names.at, layer->names.count);
  count_mentions(a, layer->others.at, layer->others.count);
  for (uint32_t i = 0; i < drafts; i++) {
    if (!a->mentions[i]) continue;
    a->mention[i] = alloc(a, a->mentions[i], sizeof **a->mention);
    a->mentions[i] = 0;
  }
  place_mentions(a, layer->names.at, layer->names.count);
  place_mentions(a, layer->others.at, layer->others.count);
  for (uint32_t i = 0; i < drafts; i++) {
    if (a->mentions[i]) a->mentions[i] = tidy(a->mention[i], a->mentions[i]);
  }
}

// ------------------------------------------------------------------ entities

static void want(assembly *a, int32_t draft) {
  if (entity_exists(a, draft)) a->wanted[draft] = true;
}

static void want_all(assembly *a, kh_refs refs) {
  for (uint32_t i = 0; i < refs.count && i < MAX_REFS; i++) want(a, refs.at[i]);
}

// Whom the kept claims speak of.
static void want_parties(assembly *a) {
  const kh_claim_layer *claims = claim_layer(a);
  for (uint32_t i = 0; i < a->figures.count; i++) {
    const kh_figure *f = &claims->figures.at[a->figures.at[i].draft];
    want(a, f->place);
    want(a, f->source);
  }
  for (uint32_t i = 0; i < a->statements.count; i++) {
    const kh_statement *s = &claims->statements.at[a->statements.at[i].draft];
    want(a, s->speaker);
    want_all(a, s->with);
    want_all(a, s->to);
    want(a, s->via);
  }
  for (uint32_t i = 0; i < a->events.count; i++) {
    const kh_event *v = &claims->events.at[a->events.at[i].draft];
    want_all(a, v->actors);
    want_all(a, v->recipients);
    want(a, v->place);
  }
  for (uint32_t i = 0; i < a->steps.count; i++) {
    const kh_step *p = &claims->steps.at[a->steps.at[i].draft];
    want_all(a, p->by);
    want_all(a, p->asked_by);
    want(a, p->place);
    want(a, p->according_to);
  }
}

// Entities of the record: whoever is named, and the unnamed of whom something is told.
static void keep_entities(assembly *a) {
  const kh_mention_layer *layer = mention_layer(a);
  for (uint32_t i = 0; i < layer->entities.count; i++) {
    const kh_draft *draft = &layer->entities.at[i];
    if (!a->exists[i] || !in_range((int32_t)draft->kind, KH_KIND_ACTOR)) continue;
    const bool by_name = a->named[i] && draft->kind != KH_KIND_ACTOR;
    if (by_name || a->wanted[i]) order_keep(&a->entities, i, a->mention[i][0].span);
  }
  order_end(&a->entities);
}

static kh_origin origin_of(const char *rule, float confidence) {
  const bool measured = confidence >= 0.0F && confidence <= 1.0F;
  return (kh_origin){.rule = rule ? rule : "unnamed", .confidence = measured ? confidence : -1.0F};
}

static void settle(kh_origin *origin) { *origin = origin_of(origin->rule, origin->confidence); }

static const char *name_of(assembly *a, uint32_t draft) {
  const char *name = mention_layer(a)->entities.at[draft].name;
  if (name && *name) return name;
  const kh_span first = a->mention[draft][0].span;
  return kh_arena_copy(&a->document->arena, a->text->bytes + first.start, first.end - first.start);
}

static void fill_roles(assembly *a, kh_entity *entity, const kh_draft *draft) {
  kh_role *roles = alloc(a, draft->roles.count, sizeof *roles);
  for (uint32_t i = 0; i < draft->roles.count; i++) {
    if (span_holds(a, draft->roles.at[i].span)) roles[entity->role_count++] = draft->roles.at[i];
  }
  entity->roles = roles;
}

static void fill_entities(assembly *a) {
  kh_record *record = a->record;
  record->entity_count = a->entities.count;
  record->entities = alloc(a, record->entity_count, sizeof *record->entities);
  for (uint32_t i = 0; i < record->entity_count; i++) {
    const uint32_t from = a->entities.at[i].draft;
    const kh_draft *draft = &mention_layer(a)->entities.at[from];
    kh_entity *e = &record->entities[i];
    e->kind = draft->kind;
    e->name = name_of(a, from);
    e->name_en = draft->name_en;
    e->name_en_transliterated = draft->name_en_transliterated;
    e->known_id = draft->known_id;
    memcpy(e->country, draft->country, sizeof e->country);
    e->country[sizeof e->country - 1] = '\0';
    e->sector = in_range((int32_t)draft->sector, KH_SECTOR_LAB) ? draft->sector : KH_SECTOR_NONE;
    e->mentions = a->mention[from];
    e->mention_count = a->mentions[from];
    e->located = draft->located && isfinite(draft->latitude) && isfinite(draft->longitude);
    e->latitude = draft->latitude;
    e->longitude = draft->longitude;
    e->place_code = draft->place_code;
    e->admin1 = draft->admin1;
    e->admin2 = draft->admin2;
    e->candidates = draft->candidates.at;
    e->candidate_count = draft->candidates.count;
    e->relation = draft->relation;
    e->origin = origin_of(draft->rule, draft->confidence);
    fill_roles(a, e, draft);
  }
}

// ------------------------------------------------------------------ claims

static kh_refs refs_of(assembly *a, kh_refs drafts) {
  const uint32_t most = drafts.count < MAX_REFS ? drafts.count : MAX_REFS;
  int32_t *at = alloc(a, most, sizeof *at);
  uint32_t count = 0;
  for (uint32_t i = 0; i < most; i++) {
    const int32_t entity = renumbered(&a->entities, drafts.at[i]);
    bool again = entity == KH_NONE;
    for (uint32_t k = 0; k < count; k++) again = again || at[k] == entity;
    if (!again) at[count++] = entity;
  }
  return (kh_refs){at, count};
}

static void fill_times(assembly *a) {
  kh_record *record = a->record;
  record->time_count = a->times.count;
  record->times = alloc(a, record->time_count, sizeof *record->times);
  for (uint32_t i = 0; i < record->time_count; i++) {
    record->times[i] = mention_layer(a)->times.at[a->times.at[i].draft].time;
    settle(&record->times[i].origin);
  }
}

static int32_t other_than(int32_t self, int32_t reference) {
  return reference == self ? KH_NONE : reference;
}

static void fill_figures(assembly *a) {
  kh_record *record = a->record;
  record->figure_count = a->figures.count;
  record->figures = alloc(a, record->figure_count, sizeof *record->figures);
  for (uint32_t i = 0; i < record->figure_count; i++) {
    kh_figure *f = &record->figures[i];
    *f = claim_layer(a)->figures.at[a->figures.at[i].draft];
    f->part_of = other_than((int32_t)i, renumbered(&a->figures, f->part_of));
    f->restates = other_than((int32_t)i, renumbered(&a->figures, f->restates));
    f->place = renumbered(&a->entities, f->place);
    f->source = renumbered(&a->entities, f->source);
    settle(&f->origin);
  }
}

// A statement inside itself, by whatever way round, is inside none.
static void cut_circles(kh_statement *statements, uint32_t count) {
  for (uint32_t i = 0; i < count; i++) {
    int32_t at = statements[i].inside;
    int depth = 0;
    while (at != KH_NONE && at != (int32_t)i && depth < MAX_NEST) {
      at = statements[at].inside;
      depth++;
    }
    if (at != KH_NONE) statements[i].inside = KH_NONE;
  }
}

static void fill_statements(assembly *a) {
  kh_record *record = a->record;
  record->statement_count = a->statements.count;
  record->statements = alloc(a, record->statement_count, sizeof *record->statements);
  for (uint32_t i = 0; i < record->statement_count; i++) {
    kh_statement *s = &record->statements[i];
    *s = claim_layer(a)->statements.at[a->statements.at[i].draft];
    s->speaker = renumbered(&a->entities, s->speaker);
    s->with = refs_of(a, s->with);
    s->to = refs_of(a, s->to);
    s->via = renumbered(&a->entities, s->via);
    s->time = renumbered(&a->times, s->time);
    s->inside = renumbered(&a->statements, s->inside);
    if (!span_holds(a, s->speaker_span)) s->speaker_span = (kh_span){0, 0};
    settle(&s->origin);
  }
  cut_circles(record->statements, record->statement_count);
}

static void fill_events(assembly *a) {
  kh_record *record = a->record;
  record->event_count = a->events.count;
  record->events = alloc(a, record->event_count, sizeof *record->events);
  for (uint32_t i = 0; i < record->event_count; i++) {
    kh_event *v = &record->events[i];
    *v = claim_layer(a)->events.at[a->events.at[i].draft];
    v->actors = refs_of(a, v->actors);
    v->recipients = refs_of(a, v->recipients);
    v->place = renumbered(&a->entities, v->place);
    v->time = renumbered(&a->times, v->time);
    v->statement = renumbered(&a->statements, v->statement);
    settle(&v->origin);
  }
}

static void fill_steps(assembly *a) {
  kh_record *record = a->record;
  record->step_count = a->steps.count;
  record->steps = alloc(a, record->step_count, sizeof *record->steps);
  for (uint32_t i = 0; i < record->step_count; i++) {
    kh_step *p = &record->steps[i];
    *p = claim_layer(a)->steps.at[a->steps.at[i].draft];
    p->by = refs_of(a, p->by);
    p->asked_by = refs_of(a, p->asked_by);
    p->place = renumbered(&a->entities, p->place);
    p->according_to = renumbered(&a->entities, p->according_to);
    p->statement = renumbered(&a->statements, p->statement);
    p->same_as = renumbered(&a->steps, p->same_as);
    if (p->same_as >= (int32_t)i) p->same_as = KH_NONE;
    if (!is_none(p->condition_for) && !span_holds(a, p->condition_for))
      p->condition_for = (kh_span){0, 0};
    settle(&p->origin);
  }
}

// ------------------------------------------------------------------ code points

// A word at a time: in each byte that goes on with a character (10xxxxxx) the highest bit is set
// and the one below is not; the product sums one bit a byte in its highest byte.
static uint32_t code_points_in(const char *bytes, uint32_t len) {
  enum { WORD = sizeof(uint64_t) };
  const uint64_t ones = 0x0101010101010101U;
  uint32_t goes_on = 0;
  uint32_t at = 0;
  for (; len - at >= WORD; at += WORD) {
    uint64_t word;
    memcpy(&word, bytes + at, WORD);
    goes_on += (uint32_t)(((word >> 7 & ~word >> 6 & ones) * ones) >> 56);
  }
  for (; at < len; at++) goes_on += ((unsigned char)bytes[at] & 0xC0U) == 0x80U;
  return len - goes_on;
}

void kh_record_marks(kh_document *document) {
  const kh_text_layer *text = document->text;
  const uint32_t blocks = text->len / KH_MARK_BYTES + 1;
  uint32_t *marks = kh_arena_alloc(&document->arena, blocks * sizeof *marks);
  uint32_t before = 0;
  for (uint32_t i = 0; i < blocks; i++) {
    marks[i] = before;
    if (i + 1 < blocks)
      before += code_points_in(text->bytes + (size_t)i * KH_MARK_BYTES, KH_MARK_BYTES);
  }
  document->record->marks = marks;
}

uint32_t kh_record_code_points(const kh_document *document, uint32_t at) {
  const uint32_t block = at / KH_MARK_BYTES;
  const uint32_t from = block * KH_MARK_BYTES;
  return document->record->marks[block] + code_points_in(document->text->bytes + from, at - from);
}

void kh_record_stage(kh_document *document) {
  assembly a = {.document = document, .text = document->text};
  a.record = kh_arena_zero(&document->arena, sizeof *a.record);
  document->record = a.record;
  kh_record_marks(document);
  order_begin(&a, &a.entities, mention_layer(&a)->entities.count);
  gather_mentions(&a);
  const kh_claim_layer *claims = claim_layer(&a);
  order_begin(&a, &a.times, mention_layer(&a)->times.count);
  for (uint32_t i = 0; i < mention_layer(&a)->times.count; i++) {
    const kh_time *time = &mention_layer(&a)->times.at[i].time;
    if (!time_holds(&a, time))
      a.record->withheld++;
    else if (sure_enough(&a, &time->origin))
      order_keep(&a.times, i, time->span);
  }
  order_end(&a.times);
  KEEP(&a, &a.figures, claims->figures, figure_holds, span);
  KEEP(&a, &a.statements, claims->statements, statement_holds, cue);
  KEEP(&a, &a.events, claims->events, event_holds, trigger);
  KEEP(&a, &a.steps, claims->steps, step_holds, what);
  want_parties(&a);
  keep_entities(&a);
  fill_entities(&a);
  fill_times(&a);
  fill_figures(&a);
  fill_statements(&a);
  fill_events(&a);
  fill_steps(&a);
}
