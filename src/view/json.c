// SPDX-License-Identifier: Apache-2.0
// The record as one line of JSON. Nothing is held in memory but a small buffer.
#include "record/record.h"
#include "view/writer.h"

#include <string.h>

typedef struct json {
  kh_writer out;
  const kh_document *document;
  const char *text;
} json;

// A piece of the output that stands here in so many letters: its length is known when the library
// is built. A record has hundreds of them.
#define PUT(out, literal) kh_put(out, literal, sizeof(literal) - 1)

// A string, or null for NULL and "".
static void put_text(kh_writer *out, const char *text) {
  if (text && *text)
    kh_put_json(out, text, strlen(text));
  else
    PUT(out, "null");
}

// Fields. `lead` is the key with its comma, brackets and colon, as it stands in the output.
#define text_field(j, lead, text) (PUT(&(j)->out, lead), put_text(&(j)->out, text))
#define bool_field(j, lead, value) (PUT(&(j)->out, lead), put_bool(&(j)->out, value))
#define id_field(j, lead, letter, index) (PUT(&(j)->out, lead), put_id(&(j)->out, letter, index))
#define refs_field(j, lead, refs) (PUT(&(j)->out, lead), put_refs(&(j)->out, refs))
#define span_field(j, lead, span) (PUT(&(j)->out, lead), put_span(j, span))

static void put_bool(kh_writer *out, bool value) {
  if (value)
    PUT(out, "true");
  else
    PUT(out, "false");
}

// An id: the letter of its kind and its number, from 1; or null.
static void put_id(kh_writer *out, char letter, int32_t index) {
  if (index == KH_NONE) {
    PUT(out, "null");
    return;
  }
  kh_putc(out, '"');
  kh_putc(out, letter);
  kh_put_uint(out, (uint64_t)index + 1);
  kh_putc(out, '"');
}

static void put_refs(kh_writer *out, kh_refs refs) {
  kh_putc(out, '[');
  for (uint32_t i = 0; i < refs.count; i++) {
    if (i) kh_putc(out, ',');
    put_id(out, 'e', refs.at[i]);
  }
  kh_putc(out, ']');
}

// "start", "end" and "text" of a span, without braces.
static void put_span_members(json *j, kh_span span) {
  PUT(&j->out, "\"start\":");
  kh_put_uint(&j->out, kh_record_code_points(j->document, span.start));
  PUT(&j->out, ",\"end\":");
  kh_put_uint(&j->out, kh_record_code_points(j->document, span.end));
  PUT(&j->out, ",\"text\":");
  kh_put_json(&j->out, j->text + span.start, span.end - span.start);
}

static void put_span(json *j, kh_span span) {
  if (span.start == span.end) {
    PUT(&j->out, "null");
    return;
  }
  kh_putc(&j->out, '{');
  put_span_members(j, span);
  kh_putc(&j->out, '}');
}

static void begin_item(json *j, size_t index, char letter) {
  if (index) kh_putc(&j->out, ',');
  PUT(&j->out, "{\"id\":");
  put_id(&j->out, letter, (int32_t)index);
}

// Closes an item with where it comes from.
static void end_item(json *j, const kh_origin *origin) {
  if (origin->confidence >= 0) {
    PUT(&j->out, ",\"confidence\":");
    kh_put_fixed(&j->out, (double)origin->confidence, 3);
  }
  text_field(j, ",\"rule\":", origin->rule);
  kh_putc(&j->out, '}');
}

static void put_document(json *j) {
  static const char *const from[] = {NULL, "input", "option", "page", "text"};
  const kh_document *d = j->document;
  size_t len = 0;
  const char *text = kh_document_text(d, &len);
  text_field(j, "{\"khutwa\":\"1\",\"document\":{\"id\":", kh_document_id(d));
  text_field(j, ",\"source\":", kh_document_outlet(d));
  text_field(j, ",\"title\":", kh_document_title(d));
  text_field(j, ",\"published\":", kh_document_published(d));
  text_field(j, ",\"published_from\":", from[kh_document_published_from(d)]);
  PUT(&j->out, ",\"text\":");
  kh_put_json(&j->out, text, len);
  text_field(j, ",\"raw_sha256\":", kh_document_raw_sha256(d));
  text_field(j, ",\"text_sha256\":", kh_document_text_sha256(d));
  text_field(j, ",\"lang\":", kh_document_lang(d));
  if (kh_document_uri(d)) text_field(j, ",\"uri\":", kh_document_uri(d));
  if (kh_document_fetched(d)) text_field(j, ",\"fetched\":", kh_document_fetched(d));
  kh_putc(&j->out, '}');
}

static void put_roles(json *j, const kh_entity *e) {
  PUT(&j->out, ",\"roles\":[");
  for (uint32_t i = 0; i < e->role_count; i++) {
    const kh_span span = e->roles[i].span;
    kh_puts(&j->out, i ? ",{\"title\":" : "{\"title\":");
    kh_put_json(&j->out, j->text + span.start, span.end - span.start);
    PUT(&j->out, ",\"start\":");
    kh_put_uint(&j->out, kh_record_code_points(j->document, span.start));
    PUT(&j->out, ",\"end\":");
    kh_put_uint(&j->out, kh_record_code_points(j->document, span.end));
    kh_putc(&j->out, '}');
  }
  kh_putc(&j->out, ']');
}

static void put_position(json *j, const kh_entity *e) {
  if (!e->located) {
    PUT(&j->out, ",\"lat\":null,\"lon\":null");
    return;
  }
  PUT(&j->out, ",\"lat\":");
  kh_put_fixed(&j->out, e->latitude, 6);
  PUT(&j->out, ",\"lon\":");
  kh_put_fixed(&j->out, e->longitude, 6);
}

static void put_candidates(json *j, const kh_entity *e) {
  PUT(&j->out, ",\"candidates\":[");
  for (uint32_t i = 0; i < e->candidate_count; i++) {
    if (i) kh_putc(&j->out, ',');
    put_text(&j->out, e->candidates[i]);
  }
  kh_putc(&j->out, ']');
}

static void put_mentions(json *j, const kh_entity *e) {
  PUT(&j->out, ",\"mentions\":[");
  for (uint32_t i = 0; i < e->mention_count; i++) {
    kh_puts(&j->out, i ? ",{" : "{");
    put_span_members(j, e->mentions[i].span);
    text_field(j, ",\"form\":", kh_mention_form_name(e->mentions[i].form));
    if (e->mentions[i].relation) text_field(j, ",\"relation\":", e->mentions[i].relation);
    kh_putc(&j->out, '}');
  }
  kh_putc(&j->out, ']');
}

static void put_entity(json *j, const kh_entity *e) {
  text_field(j, ",\"kind\":", kh_entity_kind_name(e->kind));
  text_field(j, ",\"name\":", e->name);
  text_field(j, ",\"name_en\":", e->name_en);
  if (e->name_en_transliterated) bool_field(j, ",\"name_en_transliterated\":", true);
  if (e->known_id) text_field(j, ",\"known_id\":", e->known_id);
  text_field(j, ",\"country\":", e->country);
  text_field(j, ",\"sector\":", kh_sector_name(e->sector));
  put_roles(j, e);
  put_position(j, e);
  text_field(j, ",\"place_code\":", e->place_code);
  text_field(j, ",\"admin1\":", e->admin1);
  text_field(j, ",\"admin2\":", e->admin2);
  put_candidates(j, e);
  text_field(j, ",\"relation\":", e->relation);
  put_mentions(j, e);
}

static void put_time(json *j, const kh_time *t) {
  kh_putc(&j->out, ',');
  put_span_members(j, t->span);
  text_field(j, ",\"type\":", kh_time_type_name(t->type));
  text_field(j, ",\"value\":", t->value);
  text_field(j, ",\"begin\":", t->begin);
  text_field(j, ",\"until\":", t->until);
  bool_field(j, ",\"inferred\":", t->inferred);
  bool_field(j, ",\"conflict\":", t->conflict);
}

static void put_figure(json *j, const kh_figure *f) {
  kh_putc(&j->out, ',');
  put_span_members(j, f->span);
  PUT(&j->out, ",\"value\":");
  kh_put_double(&j->out, f->value);
  PUT(&j->out, ",\"high\":");
  if (f->high >= 0)
    kh_put_double(&j->out, f->high);
  else
    PUT(&j->out, "null");
  text_field(j, ",\"bound\":", kh_bound_name(f->bound));
  text_field(j, ",\"counted\":", kh_counted_name(f->counted));
  text_field(j, ",\"what\":", kh_harm_name(f->what));
  id_field(j, ",\"part_of\":", 'f', f->part_of);
  id_field(j, ",\"restates\":", 'f', f->restates);
  id_field(j, ",\"place\":", 'e', f->place);
  text_field(j, ",\"since\":", f->since);
  text_field(j, ",\"until\":", f->until);
  id_field(j, ",\"source\":", 'e', f->source);
}

static void put_statement(json *j, const kh_statement *s) {
  span_field(j, ",\"cue\":", s->cue);
  id_field(j, ",\"speaker\":", 'e', s->speaker);
  refs_field(j, ",\"with\":", s->with);
  span_field(j, ",\"speaker_span\":", s->speaker_span);
  text_field(j, ",\"mode\":", kh_statement_mode_name(s->mode));
  span_field(j, ",\"content\":", s->content);
  refs_field(j, ",\"to\":", s->to);
  id_field(j, ",\"via\":", 'e', s->via);
  id_field(j, ",\"time\":", 't', s->time);
  id_field(j, ",\"inside\":", 's', s->inside);
}

static void put_event(json *j, const kh_event *v) {
  span_field(j, ",\"trigger\":", v->trigger);
  text_field(j, ",\"type\":", kh_event_type_name(v->type));
  text_field(j, ",\"mode\":", v->mode);
  refs_field(j, ",\"actors\":", v->actors);
  refs_field(j, ",\"recipients\":", v->recipients);
  text_field(j, ",\"reality\":", kh_reality_name(v->reality));
  bool_field(j, ",\"negated\":", v->negated);
  id_field(j, ",\"place\":", 'e', v->place);
  id_field(j, ",\"time\":", 't', v->time);
  id_field(j, ",\"statement\":", 's', v->statement);
}

static void put_step(json *j, const kh_step *p) {
  span_field(j, ",\"what\":", p->what);
  text_field(j, ",\"kind\":", kh_step_kind_name(p->kind));
  refs_field(j, ",\"by\":", p->by);
  refs_field(j, ",\"asked_by\":", p->asked_by);
  span_field(j, ",\"for\":", p->condition_for);
  id_field(j, ",\"place\":", 'e', p->place);
  text_field(j, ",\"status\":", kh_step_status_name(p->status));
  id_field(j, ",\"according_to\":", 'e', p->according_to);
  id_field(j, ",\"statement\":", 's', p->statement);
  text_field(j, ",\"as_of\":", p->as_of);
  id_field(j, ",\"same_as\":", 'p', p->same_as);
}

// One array of the record: each item begun with its id and ended with its origin.
#define PUT_ITEMS(j, lead, letter, items, put)                                                     \
  do {                                                                                             \
    size_t count = 0;                                                                              \
    PUT(&(j)->out, lead);                                                                          \
    const kh_##put *at = items((j)->document, &count);                                             \
    for (size_t i = 0; i < count; i++) {                                                           \
      begin_item((j), i, letter);                                                                  \
      put_##put((j), &at[i]);                                                                      \
      end_item((j), &at[i].origin);                                                                \
    }                                                                                              \
    kh_putc(&(j)->out, ']');                                                                       \
  } while (0)

kh_status kh_view_json(const kh_document *document, kh_write_fn write, void *context,
                       kh_error *error) {
  json j = {.document = document, .text = kh_document_text(document, NULL)};
  kh_writer_begin(&j.out, write, context);
  put_document(&j);
  PUT_ITEMS(&j, ",\"entities\":[", 'e', kh_document_entities, entity);
  PUT_ITEMS(&j, ",\"times\":[", 't', kh_document_times, time);
  PUT_ITEMS(&j, ",\"figures\":[", 'f', kh_document_figures, figure);
  PUT_ITEMS(&j, ",\"statements\":[", 's', kh_document_statements, statement);
  PUT_ITEMS(&j, ",\"events\":[", 'v', kh_document_events, event);
  PUT_ITEMS(&j, ",\"steps\":[", 'p', kh_document_steps, step);
  PUT(&j.out, "}\n");
  return kh_writer_end(&j.out, error);
}
