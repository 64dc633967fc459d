// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "record/record.h"
#include "text/text.h"

#include <string.h>

// The stages in their order; each reads what the earlier ones left.
static kh_status run_stages(kh_document *document, const char *bytes, size_t len,
                            const kh_source *source, kh_error *error) {
  const kh_status status = kh_text_stage(document, bytes, len, source, error);
  if (status != KH_OK) return status;
  if (document->text->arabic) {
    kh_token_stage(document);
    kh_morph_stage(document);
    kh_mention_stage(document);
    kh_claim_stage(document);
  }
  kh_record_stage(document);
  return KH_OK;
}

static kh_status read_guarded(kh_document *document, const char *bytes, size_t len,
                              const kh_source *source, kh_error *error) {
  jmp_buf guard;
  document->arena.guard = &guard;
  kh_status status;
  if (setjmp(guard) == 0)
    status = run_stages(document, bytes, len, source, error);
  else
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  document->arena.guard = NULL;
  return status;
}

kh_status kh_document_read(kh_document **out, const kh_engine *engine, const char *bytes,
                           size_t len, const kh_source *source, kh_error *error) {
  if (!out || !engine || (!bytes && len))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_READ, "a null pointer was given");
  *out = NULL;
  if (len > engine->max_document)
    return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_READ,
                   "%zu bytes are more than the limit of %zu; raise the limit, or split the report",
                   len, engine->max_document);
  const kh_allocator *allocator = &engine->allocator;
  kh_document *document = allocator->resize(allocator->context, NULL, 0, sizeof *document);
  if (!document) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  memset(document, 0, sizeof *document);
  kh_arena_init(&document->arena, allocator);
  document->engine = engine;
  const kh_status status = read_guarded(document, bytes ? bytes : "", len, source, error);
  if (status != KH_OK) {
    kh_document_close(document);
    return status;
  }
  *out = document;
  return KH_OK;
}

void kh_document_close(kh_document *document) {
  if (!document) return;
  const kh_allocator allocator = document->arena.allocator;
  kh_arena_free(&document->arena);
  allocator.resize(allocator.context, document, sizeof *document, 0);
}

const char *kh_document_text(const kh_document *document, size_t *len) {
  if (len) *len = document->text->len;
  return document->text->bytes;
}

const char *kh_document_id(const kh_document *document) { return document->text->id; }
const char *kh_document_outlet(const kh_document *document) { return document->text->outlet; }
const char *kh_document_title(const kh_document *document) { return document->text->title; }
const char *kh_document_published(const kh_document *document) {
  const char *day = kh_report_day(document);
  return day[0] ? day : NULL;
}

kh_published_from kh_document_published_from(const kh_document *document) {
  const bool from_text = !document->text->published[0] && kh_report_day(document)[0];
  return from_text ? KH_PUBLISHED_TEXT : document->text->published_from;
}
const char *kh_document_uri(const kh_document *document) { return document->text->uri; }
const char *kh_document_fetched(const kh_document *document) { return document->text->fetched; }
const char *kh_document_lang(const kh_document *document) { return document->text->lang; }
const char *kh_document_raw_sha256(const kh_document *document) {
  return document->text->raw_sha256;
}
const char *kh_document_text_sha256(const kh_document *document) {
  return document->text->text_sha256;
}
size_t kh_document_withheld(const kh_document *document) { return document->record->withheld; }

const kh_entity *kh_document_entities(const kh_document *document, size_t *count) {
  if (count) *count = document->record->entity_count;
  return document->record->entities;
}
const kh_time *kh_document_times(const kh_document *document, size_t *count) {
  if (count) *count = document->record->time_count;
  return document->record->times;
}
const kh_figure *kh_document_figures(const kh_document *document, size_t *count) {
  if (count) *count = document->record->figure_count;
  return document->record->figures;
}
const kh_statement *kh_document_statements(const kh_document *document, size_t *count) {
  if (count) *count = document->record->statement_count;
  return document->record->statements;
}
const kh_event *kh_document_events(const kh_document *document, size_t *count) {
  if (count) *count = document->record->event_count;
  return document->record->events;
}
const kh_step *kh_document_steps(const kh_document *document, size_t *count) {
  if (count) *count = document->record->step_count;
  return document->record->steps;
}
