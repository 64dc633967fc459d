// SPDX-License-Identifier: Apache-2.0
// Times and numbers without an engine: a document that goes as far as its words, and no further.
#include "base/error.h"
#include "mention/calendar_lex.h"
#include "text/decode.h"
#include "text/text.h"

#include <khutwa/time.h>

#include <string.h>

enum { DEFAULT_MAX_TEXT = 16 << 20, GREATEST_MAX_TEXT = 1 << 30 };

struct kh_time_reader {
  kh_allocator allocator;
  size_t max_text;
  kh_tables tables;
  struct kh_calendar calendar;
  kh_engine engine; // only its calendar is filled
  kh_document document;
  bool busy; // the document's arena holds the last answer
};

static void let_go(kh_time_reader *reader) {
  if (reader->busy) kh_arena_free(&reader->document.arena);
  reader->busy = false;
}

kh_status kh_time_reader_open(kh_time_reader **out, const kh_engine_options *options,
                              kh_error *error) {
  if (!out) return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE, "no place for the reader");
  *out = NULL;
  if (options && options->max_document > GREATEST_MAX_TEXT)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE,
                   "max_document is %zu; at most %d bytes are allowed", options->max_document,
                   GREATEST_MAX_TEXT);
  kh_arena arena;
  kh_arena_init(&arena, options ? options->allocator : NULL);
  kh_time_reader *reader = arena.allocator.resize(arena.allocator.context, NULL, 0, sizeof *reader);
  if (!reader) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_NONE, "out of memory");
  memset(reader, 0, sizeof *reader);
  reader->allocator = arena.allocator;
  reader->max_text = options && options->max_document ? options->max_document : DEFAULT_MAX_TEXT;
  kh_status status = options && options->tables
                         ? kh_tables_map(&reader->tables, options->tables, error)
                         : kh_tables_builtin(&reader->tables, error);
  if (status == KH_OK) status = kh_calendar_load(&reader->calendar, &reader->tables, error);
  if (status != KH_OK) {
    kh_time_reader_close(reader);
    return status;
  }
  reader->engine.calendar = &reader->calendar;
  *out = reader;
  return KH_OK;
}

void kh_time_reader_close(kh_time_reader *reader) {
  if (!reader) return;
  let_go(reader);
  kh_tables_close(&reader->tables);
  const kh_allocator allocator = reader->allocator;
  allocator.resize(allocator.context, reader, sizeof *reader, 0);
}

// ------------------------------------------------------------------ a text

static int32_t *no_index(kh_document *document) {
  const size_t count = document->tokens->count;
  int32_t *index = kh_arena_alloc(&document->arena, count * sizeof *index);
  for (size_t i = 0; i < count; i++) index[i] = KH_NONE;
  return index;
}

// Words, and a layer of mentions that is still empty.
static void prepare(kh_time_reader *reader, const char *text, size_t len, const char *reference) {
  kh_document *document = &reader->document;
  kh_text_layer *layer = kh_arena_zero(&document->arena, sizeof *layer);
  layer->bytes = text;
  layer->len = (uint32_t)len;
  if (reference) memcpy(layer->published, reference, sizeof layer->published - 1);
  document->text = layer;
  kh_token_stage(document);
  kh_mention_layer *mentions = kh_arena_zero(&document->arena, sizeof *mentions);
  mentions->name_at = NULL;
  mentions->time_at = no_index(document);
  mentions->quantity_at = no_index(document);
  document->mentions = mentions;
}

static kh_status check(const kh_time_reader *reader, const char *text, size_t len,
                       const char *reference, kh_error *error) {
  if (!reader || (!text && len))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE, "no reader or no text");
  if (len > reader->max_text)
    return kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_TEXT, "%zu bytes of text; at most %zu are read",
                   len, reader->max_text);
  if (reference && kh_day_parse(reference) == KH_DAY_NONE)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE,
                   "the reference day is no date; write it as YYYY-MM-DD");
  const size_t valid = kh_utf8_valid(text, len);
  if (valid == len) return KH_OK;
  const kh_status status =
      kh_fail(error, KH_ERROR_ENCODING, KH_STAGE_TEXT, "byte %zu of the text is no UTF-8", valid);
  if (error) error->span = (kh_span){(uint32_t)valid, (uint32_t)valid + 1};
  return status;
}

static kh_time *times_of(kh_document *document, size_t *count) {
  kh_times(document);
  const kh_mention_layer *mentions = document->mentions;
  *count = mentions->times.count;
  kh_time *times = kh_arena_alloc(&document->arena, *count * sizeof *times);
  for (size_t i = 0; i < *count; i++) times[i] = mentions->times.at[i].time;
  return times;
}

static kh_number_kind kind_of(kh_quantity_kind kind) {
  switch (kind) {
  case KH_QUANTITY_ORDINAL:
    return KH_NUMBER_ORDINAL;
  case KH_QUANTITY_PERCENT:
    return KH_NUMBER_PERCENT;
  case KH_QUANTITY_FRACTION:
    return KH_NUMBER_FRACTION;
  case KH_QUANTITY_MONEY:
    return KH_NUMBER_MONEY;
  default:
    return KH_NUMBER_NUMBER;
  }
}

static kh_number *numbers_of(kh_document *document, size_t *count) {
  kh_quantities(document);
  const kh_mention_layer *mentions = document->mentions;
  kh_number *numbers =
      kh_arena_alloc(&document->arena, mentions->quantities.count * sizeof *numbers);
  *count = 0;
  for (size_t i = 0; i < mentions->quantities.count; i++) {
    const kh_quantity *q = &mentions->quantities.at[i];
    if (q->in_name) continue;
    kh_number *number = &numbers[(*count)++];
    *number = (kh_number){q->span, kind_of(q->kind), q->value, q->high, q->bound, q->unit};
    if (q->unit_first < q->first)
      number->span.start = kh_time_word_start(mentions->time_words, q->unit_first);
    if (q->unit_last > q->last) number->span.end = document->tokens->at[q->unit_last - 1].end;
  }
  return numbers;
}

// One of `times` and `numbers` is asked for.
static kh_status answer(kh_time_reader *reader, const char *text, size_t len, const char *reference,
                        const kh_time **times, const kh_number **numbers, size_t *count,
                        kh_error *error) {
  *count = 0;
  kh_status status = check(reader, text, len, reference, error);
  if (status != KH_OK) return status;
  let_go(reader);
  kh_document *document = &reader->document;
  memset(document, 0, sizeof *document);
  kh_arena_init(&document->arena, &reader->allocator);
  reader->busy = true;
  document->engine = &reader->engine;
  jmp_buf guard;
  document->arena.guard = &guard;
  if (setjmp(guard)) {
    *count = 0;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_MENTION, "out of memory");
  }
  prepare(reader, text, len, reference);
  if (times)
    *times = times_of(document, count);
  else
    *numbers = numbers_of(document, count);
  return KH_OK;
}

kh_status kh_time_read(kh_time_reader *reader, const char *text, size_t len, const char *reference,
                       const kh_time **times, size_t *count, kh_error *error) {
  size_t unused;
  if (!times) return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE, "no place for the times");
  *times = NULL;
  return answer(reader, text, len, reference, times, NULL, count ? count : &unused, error);
}

kh_status kh_number_read(kh_time_reader *reader, const char *text, size_t len,
                         const kh_number **numbers, size_t *count, kh_error *error) {
  size_t unused;
  if (!numbers) return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE, "no place for the numbers");
  *numbers = NULL;
  return answer(reader, text, len, NULL, NULL, numbers, count ? count : &unused, error);
}

// ------------------------------------------------------------------ the calendar

kh_status kh_time_from_hijri(const kh_time_reader *reader, int year, int month, int day,
                             char out[11]) {
  out[0] = '\0';
  if (!reader) return KH_ERROR_ARGUMENT;
  const int32_t found = kh_day_of_hijri(&reader->calendar.hijri, (kh_date){year, month, day});
  if (found == KH_DAY_NONE) return KH_ERROR_ARGUMENT;
  kh_day_print(found, out);
  return out[0] ? KH_OK : KH_ERROR_ARGUMENT;
}

kh_status kh_time_to_hijri(const kh_time_reader *reader, const char *date, int *year, int *month,
                           int *day) {
  const int32_t found = reader ? kh_day_parse(date) : KH_DAY_NONE;
  if (found == KH_DAY_NONE) return KH_ERROR_ARGUMENT;
  const kh_date hijri = kh_hijri_of_day(&reader->calendar.hijri, found);
  if (hijri.day < 1) return KH_ERROR_ARGUMENT;
  *year = hijri.year;
  *month = hijri.month;
  *day = hijri.day;
  return KH_OK;
}

const char *kh_number_kind_name(kh_number_kind kind) {
  static const char *const names[] = {"number", "ordinal", "percent", "fraction", "money"};
  return names[kind];
}
