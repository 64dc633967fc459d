// SPDX-License-Identifier: Apache-2.0
#include "fuzz.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "broken promise: %s\n", what);
  abort();
}

static kh_engine *kept;

static void close_kept(void) { kh_engine_close(kept); }

const kh_engine *fuzz_engine(void) {
  if (!kept) {
    kh_error error = {0};
    if (kh_engine_open(&kept, NULL, &error) != KH_OK) {
      fprintf(stderr, "no engine: %s\n", error.message);
      abort();
    }
    atexit(close_kept);
  }
  return kept;
}

typedef struct text_of {
  const char *bytes;
  size_t len;
} text_of;

static bool at_character(text_of text, size_t at) {
  return at == text.len || ((unsigned char)text.bytes[at] & 0xC0) != 0x80;
}

static void check_span(text_of text, kh_span span, bool may_be_none) {
  if (may_be_none && span.start == 0 && span.end == 0) return;
  demand(span.start < span.end && span.end <= text.len, "a span lies in the text");
  demand(at_character(text, span.start) && at_character(text, span.end),
         "a span begins and ends between characters");
}

static void check_ref(int32_t index, size_t count) {
  demand(index >= KH_NONE && index < (int64_t)count, "a reference names an item");
}

static void check_refs(kh_refs refs, size_t count) {
  for (uint32_t i = 0; i < refs.count; i++)
    demand(refs.at[i] >= 0 && (size_t)refs.at[i] < count, "a list of references names items");
}

static void check_record(const kh_document *document) {
  text_of text = {0};
  text.bytes = kh_document_text(document, &text.len);
  demand(text.bytes[text.len] == '\0', "the text ends in NUL");
  size_t entities, times, figures, statements, events, steps;
  const kh_entity *entity = kh_document_entities(document, &entities);
  const kh_time *time = kh_document_times(document, &times);
  const kh_figure *figure = kh_document_figures(document, &figures);
  const kh_statement *statement = kh_document_statements(document, &statements);
  const kh_event *event = kh_document_events(document, &events);
  const kh_step *step = kh_document_steps(document, &steps);
  for (size_t i = 0; i < entities; i++) {
    demand(entity[i].mention_count > 0, "an entity has a mention");
    for (uint32_t m = 0; m < entity[i].mention_count; m++)
      check_span(text, entity[i].mentions[m].span, false);
    for (uint32_t r = 0; r < entity[i].role_count; r++)
      check_span(text, entity[i].roles[r].span, false);
  }
  for (size_t i = 0; i < times; i++) check_span(text, time[i].span, false);
  for (size_t i = 0; i < figures; i++) {
    check_span(text, figure[i].span, false);
    check_ref(figure[i].part_of, figures);
    check_ref(figure[i].restates, figures);
    check_ref(figure[i].place, entities);
    check_ref(figure[i].source, entities);
  }
  for (size_t i = 0; i < statements; i++) {
    check_span(text, statement[i].cue, false);
    check_span(text, statement[i].content, false);
    check_span(text, statement[i].speaker_span, true);
    check_ref(statement[i].speaker, entities);
    check_refs(statement[i].with, entities);
    check_refs(statement[i].to, entities);
    check_ref(statement[i].via, entities);
    check_ref(statement[i].time, times);
    check_ref(statement[i].inside, statements);
  }
  for (size_t i = 0; i < events; i++) {
    check_span(text, event[i].trigger, false);
    check_refs(event[i].actors, entities);
    check_refs(event[i].recipients, entities);
    check_ref(event[i].place, entities);
    check_ref(event[i].time, times);
    check_ref(event[i].statement, statements);
  }
  for (size_t i = 0; i < steps; i++) {
    check_span(text, step[i].what, false);
    check_span(text, step[i].condition_for, true);
    check_refs(step[i].by, entities);
    check_refs(step[i].asked_by, entities);
    check_ref(step[i].place, entities);
    check_ref(step[i].according_to, entities);
    check_ref(step[i].statement, statements);
    check_ref(step[i].same_as, steps);
  }
  if (strcmp(kh_document_lang(document), "ar") != 0)
    demand(statements + events + figures + steps == 0, "no claims in another language");
}

/// Takes anything, up to a limit now and then, as a full disk would.
static bool sink(void *context, const char *bytes, size_t len) {
  size_t *left = context;
  demand(bytes || len == 0, "bytes to write");
  if (len > *left) return false;
  *left -= len;
  return true;
}

void fuzz_document(const kh_engine *engine, const uint8_t *data, size_t size,
                   const kh_source *source) {
  kh_document *document = NULL;
  kh_error error = {0};
  const kh_status status =
      kh_document_read(&document, engine, (const char *)data, size, source, &error);
  if (status != KH_OK) {
    demand(!document, "no document after an error");
    demand(error.code == status && error.message[0], "an error says what it is");
    demand(status != KH_ERROR_INVARIANT, "the record keeps its own promises");
    return;
  }
  check_record(document);
  size_t room = SIZE_MAX;
  demand(kh_view_json(document, sink, &room, &error) == KH_OK, "JSON is written");
  room = SIZE_MAX;
  const kh_view_text_options options = {KH_VIEW_ARABIC, true, true};
  demand(kh_view_text(document, &options, sink, &room, &error) == KH_OK, "text is written");
  room = size;
  const kh_status cut = kh_view_json(document, sink, &room, &error);
  demand(cut == KH_OK || cut == KH_ERROR_IO, "a full disk is told");
  kh_document_close(document);
}

// ------------------------------------------------------------------ streams

enum { MOST_REPORTS = 200 };

typedef struct pieces {
  const uint8_t *at;
  size_t left;
  size_t size;
} pieces;

static ptrdiff_t give(void *context, char *into, size_t room) {
  pieces *p = context;
  size_t len = p->size < room ? p->size : room;
  if (len > p->left) len = p->left;
  if (len) memcpy(into, p->at, len);
  p->at += len;
  p->left -= len;
  return (ptrdiff_t)len;
}

void fuzz_stream(kh_container container, const uint8_t *data, size_t size) {
  if (size == 0) return;
  pieces p = {data + 1, size - 1, (size_t)data[0] + 1};
  const kh_reader_options options = {
      .container = container,
      .max_document = 65536,
      .defaults = {.outlet = "o"},
  };
  kh_reader *reader = NULL;
  kh_error error = {0};
  if (kh_reader_open(&reader, give, &p, &options, &error) != KH_OK) return;
  for (int i = 0; i < MOST_REPORTS; i++) {
    kh_item item = {0};
    const kh_status status = kh_reader_next(reader, &item, &error);
    if (status == KH_END) break;
    if (status == KH_OK)
      fuzz_document(fuzz_engine(), (const uint8_t *)item.bytes, item.len, &item.source);
  }
  kh_reader_close(reader);
}
