// SPDX-License-Identifier: Apache-2.0
// The record for a person at a terminal. Every value from the report stands between U+2068 and
// U+2069, so that its direction does not disturb the line, and what could steer the terminal or
// the direction of the text is shown as a mark instead.
#include "view/isolate.h"
#include "view/labels.h"
#include "view/writer.h"

#include <string.h>

typedef struct page {
  kh_writer out;
  const kh_document *document;
  const char *text;
  const kh_entity *entities;
  const kh_time *times;
  kh_view_text_options options;
  bool any; // some item was shown
} page;

typedef enum style { PLAIN, BOLD, DIM, ACCENT } style;

static void set_style(page *p, style s) {
  static const char *const codes[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[36m"};
  if (p->options.colour) kh_puts(&p->out, codes[s]);
}

static void styled(page *p, style s, const char *text) {
  set_style(p, s);
  kh_puts(&p->out, text);
  set_style(p, PLAIN);
}

static const char *label(const page *p, kh_label which) {
  return kh_label_text(which, p->options.language);
}

static const char *term(const page *p, const char *word) {
  return kh_label_term(word, p->options.language);
}

// ------------------------------------------------------------------ values

static void put_bytes(page *p, const char *text, size_t len) {
  kh_put_isolated(&p->out, text, len);
}

static void put_value(page *p, const char *text) { put_bytes(p, text, strlen(text)); }

static void put_span(page *p, kh_span span) {
  put_bytes(p, p->text + span.start, span.end - span.start);
}

// ------------------------------------------------------------------ pieces of lines

static void put_entity(page *p, int32_t index) { put_value(p, p->entities[index].name); }

static void put_entities(page *p, kh_refs refs) {
  for (uint32_t i = 0; i < refs.count; i++) {
    if (i) kh_puts(&p->out, label(p, KH_LABEL_COMMA));
    put_entity(p, refs.at[i]);
  }
}

// Notes stand behind an item, each «· label value».
static void begin_note(page *p, kh_label which) {
  kh_puts(&p->out, " \xC2\xB7 ");
  styled(p, DIM, label(p, which));
  kh_putc(&p->out, ' ');
}

static void note_entity(page *p, kh_label which, int32_t index) {
  if (index == KH_NONE) return;
  begin_note(p, which);
  put_entity(p, index);
}

static void note_entities(page *p, kh_label which, kh_refs refs) {
  if (!refs.count) return;
  begin_note(p, which);
  put_entities(p, refs);
}

static void note_time(page *p, int32_t index) {
  if (index == KH_NONE) return;
  begin_note(p, KH_LABEL_WHEN);
  put_span(p, p->times[index].span);
  kh_putc(&p->out, ' ');
  put_value(p, p->times[index].value);
}

static void note_number(page *p, kh_label which, int32_t index) {
  if (index == KH_NONE) return;
  begin_note(p, which);
  kh_put_uint(&p->out, (uint64_t)index + 1);
}

static void note_value(page *p, kh_label which, const char *value) {
  if (!value || !*value) return;
  begin_note(p, which);
  put_value(p, value);
}

static void note_word(page *p, const char *word) {
  kh_puts(&p->out, " \xC2\xB7 ");
  kh_puts(&p->out, word);
}

static void heading(page *p, kh_label which, size_t count) {
  if (!count) return;
  p->any = true;
  kh_putc(&p->out, '\n');
  styled(p, BOLD, label(p, which));
  kh_puts(&p->out, " (");
  kh_put_uint(&p->out, count);
  kh_puts(&p->out, ")\n");
}

static void begin_item(page *p, size_t index) {
  kh_puts(&p->out, "  ");
  kh_put_uint(&p->out, index + 1);
  kh_puts(&p->out, ". ");
}

static void end_item(page *p, const kh_origin *origin) {
  if (p->options.why) {
    set_style(p, DIM);
    kh_puts(&p->out, "  [");
    kh_puts(&p->out, label(p, KH_LABEL_RULE));
    kh_putc(&p->out, ' ');
    put_value(p, origin->rule);
    if (origin->confidence >= 0) {
      kh_putc(&p->out, ' ');
      kh_put_fixed(&p->out, (double)origin->confidence, 2);
    }
    kh_putc(&p->out, ']');
    set_style(p, PLAIN);
  }
  kh_putc(&p->out, '\n');
}

// ------------------------------------------------------------------ items

static void put_statement(page *p, const kh_statement *s) {
  set_style(p, ACCENT);
  put_entity(p, s->speaker);
  set_style(p, PLAIN);
  for (uint32_t i = 0; i < s->with.count; i++) {
    kh_puts(&p->out, " + ");
    put_entity(p, s->with.at[i]);
  }
  kh_puts(&p->out, " (");
  put_span(p, s->cue);
  kh_puts(&p->out, "): ");
  put_span(p, s->content);
  note_word(p, term(p, kh_statement_mode_name(s->mode)));
  note_entities(p, KH_LABEL_TO, s->to);
  note_entity(p, KH_LABEL_VIA, s->via);
  note_time(p, s->time);
  note_number(p, KH_LABEL_IN_STATEMENT, s->inside);
}

static void put_event(page *p, const kh_event *v) {
  styled(p, ACCENT, term(p, kh_event_type_name(v->type)));
  kh_puts(&p->out, ": ");
  put_span(p, v->trigger);
  note_entities(p, KH_LABEL_BY, v->actors);
  note_entities(p, KH_LABEL_ON, v->recipients);
  note_entity(p, KH_LABEL_WHERE, v->place);
  note_time(p, v->time);
  if (v->negated)
    note_word(p, label(p, KH_LABEL_NOT));
  else if (v->reality != KH_REALITY_ACTUAL)
    note_word(p, term(p, kh_reality_name(v->reality)));
  note_number(p, KH_LABEL_IN_STATEMENT, v->statement);
}

static void put_figure(page *p, const kh_figure *f) {
  const char *bound = term(p, kh_bound_name(f->bound));
  set_style(p, ACCENT);
  if (*bound) {
    kh_puts(&p->out, bound);
    kh_putc(&p->out, ' ');
  }
  kh_put_double(&p->out, f->value);
  if (f->high >= 0) {
    kh_puts(&p->out, "\xE2\x80\x93");
    kh_put_double(&p->out, f->high);
  }
  set_style(p, PLAIN);
  kh_putc(&p->out, ' ');
  kh_puts(&p->out, term(p, kh_counted_name(f->counted)));
  note_word(p, term(p, kh_harm_name(f->what)));
  kh_puts(&p->out, ": ");
  put_span(p, f->span);
  note_entity(p, KH_LABEL_WHERE, f->place);
  note_value(p, KH_LABEL_SINCE, f->since);
  note_value(p, KH_LABEL_UNTIL, f->until);
  note_entity(p, KH_LABEL_ACCORDING_TO, f->source);
  note_number(p, KH_LABEL_PART_OF, f->part_of);
  note_number(p, KH_LABEL_RESTATES, f->restates);
}

static void put_step(page *p, const kh_step *s) {
  set_style(p, ACCENT);
  kh_puts(&p->out, term(p, kh_step_kind_name(s->kind)));
  kh_puts(&p->out, " \xE2\x80\x93 ");
  kh_puts(&p->out, term(p, kh_step_status_name(s->status)));
  set_style(p, PLAIN);
  kh_puts(&p->out, ": ");
  put_span(p, s->what);
  note_entities(p, KH_LABEL_BY, s->by);
  note_entities(p, KH_LABEL_ASKED_BY, s->asked_by);
  if (s->condition_for.end) {
    begin_note(p, KH_LABEL_FOR);
    put_span(p, s->condition_for);
  }
  note_entity(p, KH_LABEL_WHERE, s->place);
  note_entity(p, KH_LABEL_ACCORDING_TO, s->according_to);
  note_number(p, KH_LABEL_IN_STATEMENT, s->statement);
}

static void put_party(page *p, const kh_entity *e) {
  set_style(p, ACCENT);
  put_value(p, e->name);
  set_style(p, PLAIN);
  if (e->name_en) {
    kh_putc(&p->out, ' ');
    put_value(p, e->name_en);
  }
  note_word(p, term(p, kh_entity_kind_name(e->kind)));
  if (e->country[0]) {
    kh_putc(&p->out, ' ');
    kh_puts(&p->out, e->country);
  }
  if (kh_sector_name(e->sector)) {
    kh_putc(&p->out, ' ');
    kh_puts(&p->out, kh_sector_name(e->sector));
  }
  for (uint32_t i = 0; i < e->role_count; i++) {
    kh_puts(&p->out, " \xC2\xB7 ");
    put_span(p, e->roles[i].span);
  }
  begin_note(p, KH_LABEL_MENTIONS);
  kh_put_uint(&p->out, e->mention_count);
}

static void put_time(page *p, const kh_time *t) {
  set_style(p, ACCENT);
  put_value(p, t->value);
  set_style(p, PLAIN);
  kh_puts(&p->out, ": ");
  put_span(p, t->span);
  if (t->inferred) note_word(p, label(p, KH_LABEL_INFERRED));
  if (t->conflict) note_word(p, label(p, KH_LABEL_CONFLICT));
}

// ------------------------------------------------------------------ the whole

static void put_head(page *p) {
  const kh_document *d = p->document;
  const char *title = kh_document_title(d);
  const char *id = kh_document_id(d);
  set_style(p, BOLD);
  if (title)
    put_value(p, title);
  else if (id)
    put_value(p, id);
  else
    kh_puts(&p->out, label(p, KH_LABEL_UNTITLED));
  set_style(p, PLAIN);
  kh_putc(&p->out, '\n');
  kh_puts(&p->out, label(p, KH_LABEL_LANGUAGE));
  kh_putc(&p->out, ' ');
  kh_puts(&p->out, kh_document_lang(d));
  note_value(p, KH_LABEL_SOURCE, kh_document_outlet(d));
  note_value(p, KH_LABEL_PUBLISHED, kh_document_published(d));
  if (title && id) {
    kh_puts(&p->out, " \xC2\xB7 ");
    put_value(p, id);
  }
  kh_putc(&p->out, '\n');
}

// One group of items under its heading.
#define PUT_GROUP(p, which, type, items, put)                                                      \
  do {                                                                                             \
    size_t count = 0;                                                                              \
    const kh_##type *at = items((p)->document, &count);                                            \
    heading((p), (which), count);                                                                  \
    for (size_t i = 0; i < count; i++) {                                                           \
      begin_item((p), i);                                                                          \
      put((p), &at[i]);                                                                            \
      end_item((p), &at[i].origin);                                                                \
    }                                                                                              \
  } while (0)

kh_status kh_view_text(const kh_document *document, const kh_view_text_options *options,
                       kh_write_fn write, void *context, kh_error *error) {
  page p = {.document = document,
            .text = kh_document_text(document, NULL),
            .entities = kh_document_entities(document, NULL),
            .times = kh_document_times(document, NULL)};
  if (options) p.options = *options;
  kh_writer_begin(&p.out, write, context);
  put_head(&p);
  PUT_GROUP(&p, KH_LABEL_STATEMENTS, statement, kh_document_statements, put_statement);
  PUT_GROUP(&p, KH_LABEL_EVENTS, event, kh_document_events, put_event);
  PUT_GROUP(&p, KH_LABEL_FIGURES, figure, kh_document_figures, put_figure);
  PUT_GROUP(&p, KH_LABEL_STEPS, step, kh_document_steps, put_step);
  PUT_GROUP(&p, KH_LABEL_ENTITIES, entity, kh_document_entities, put_party);
  PUT_GROUP(&p, KH_LABEL_TIMES, time, kh_document_times, put_time);
  if (!p.any) {
    const bool arabic = strcmp(kh_document_lang(document), "ar") == 0;
    kh_puts(&p.out, label(&p, arabic ? KH_LABEL_NOTHING : KH_LABEL_NOT_ARABIC));
    kh_putc(&p.out, '\n');
  }
  kh_putc(&p.out, '\n');
  return kh_writer_end(&p.out, error);
}
