// SPDX-License-Identifier: Apache-2.0
#include "store/patch.h"

#include "base/error.h"
#include "text/day.h"
#include "text/text.h"

#include <math.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef enum field_kind {
  SPAN,           // kh_span that must be there
  SPAN_OR_NONE,   //
  WHO,            // index of an entity
  WHO_OR_NONE,    //
  WHOM,           // kh_refs of entities
  WORD,           // an enumeration
  FLAG,           // bool
  NUMBER,         // double that is not negative
  NUMBER_OR_NONE, // ... or -1
  TEXT,           // const char *, or NULL
  DAY,            // char[11]
  TIME,           // index of a time
  CLAIM,          // index of a claim of layer `layer`
} field_kind;

typedef struct field {
  const char *name;
  field_kind kind;
  size_t offset;
  const char *(*word)(int value); // WORD
  int words;
  int layer; // CLAIM
} field;

// ------------------------------------------------------------------ the fields of each layer

static const char *bound_word(int v) { return kh_bound_name((kh_bound)v); }
static const char *counted_word(int v) { return kh_counted_name((kh_counted)v); }
static const char *harm_word(int v) { return kh_harm_name((kh_harm)v); }
static const char *mode_word(int v) { return kh_statement_mode_name((kh_statement_mode)v); }
static const char *type_word(int v) { return kh_event_type_name((kh_event_type)v); }
static const char *reality_word(int v) { return kh_reality_name((kh_reality)v); }
static const char *kind_word(int v) { return kh_step_kind_name((kh_step_kind)v); }
static const char *status_word(int v) { return kh_step_status_name((kh_step_status)v); }

static const field figure_fields[] = {
    {"span", SPAN, offsetof(kh_figure, span), NULL, 0, 0},
    {"value", NUMBER, offsetof(kh_figure, value), NULL, 0, 0},
    {"high", NUMBER_OR_NONE, offsetof(kh_figure, high), NULL, 0, 0},
    {"bound", WORD, offsetof(kh_figure, bound), bound_word, KH_BOUND_AT_MOST + 1, 0},
    {"counted", WORD, offsetof(kh_figure, counted), counted_word, KH_COUNTED_OTHER + 1, 0},
    {"what", WORD, offsetof(kh_figure, what), harm_word, KH_HARM_OTHER + 1, 0},
    {"part_of", CLAIM, offsetof(kh_figure, part_of), NULL, 0, KH_LAYER_FIGURE},
    {"restates", CLAIM, offsetof(kh_figure, restates), NULL, 0, KH_LAYER_FIGURE},
    {"place", WHO_OR_NONE, offsetof(kh_figure, place), NULL, 0, 0},
    {"source", WHO_OR_NONE, offsetof(kh_figure, source), NULL, 0, 0},
    {"since", TEXT, offsetof(kh_figure, since), NULL, 0, 0},
    {"until", TEXT, offsetof(kh_figure, until), NULL, 0, 0},
    {NULL, SPAN, 0, NULL, 0, 0},
};
static const field statement_fields[] = {
    {"cue", SPAN, offsetof(kh_statement, cue), NULL, 0, 0},
    {"speaker", WHO, offsetof(kh_statement, speaker), NULL, 0, 0},
    {"with", WHOM, offsetof(kh_statement, with), NULL, 0, 0},
    {"speaker_span", SPAN_OR_NONE, offsetof(kh_statement, speaker_span), NULL, 0, 0},
    {"mode", WORD, offsetof(kh_statement, mode), mode_word, KH_MODE_MIXED + 1, 0},
    {"content", SPAN, offsetof(kh_statement, content), NULL, 0, 0},
    {"to", WHOM, offsetof(kh_statement, to), NULL, 0, 0},
    {"via", WHO_OR_NONE, offsetof(kh_statement, via), NULL, 0, 0},
    {"time", TIME, offsetof(kh_statement, time), NULL, 0, 0},
    {"inside", CLAIM, offsetof(kh_statement, inside), NULL, 0, KH_LAYER_STATEMENT},
    {NULL, SPAN, 0, NULL, 0, 0},
};
static const field event_fields[] = {
    {"trigger", SPAN, offsetof(kh_event, trigger), NULL, 0, 0},
    {"type", WORD, offsetof(kh_event, type), type_word, KH_EVENT_ASSAULT + 1, 0},
    {"mode", TEXT, offsetof(kh_event, mode), NULL, 0, 0},
    {"actors", WHOM, offsetof(kh_event, actors), NULL, 0, 0},
    {"recipients", WHOM, offsetof(kh_event, recipients), NULL, 0, 0},
    {"reality", WORD, offsetof(kh_event, reality), reality_word, KH_REALITY_CONDITIONAL + 1, 0},
    {"negated", FLAG, offsetof(kh_event, negated), NULL, 0, 0},
    {"place", WHO_OR_NONE, offsetof(kh_event, place), NULL, 0, 0},
    {"time", TIME, offsetof(kh_event, time), NULL, 0, 0},
    {"statement", CLAIM, offsetof(kh_event, statement), NULL, 0, KH_LAYER_STATEMENT},
    {NULL, SPAN, 0, NULL, 0, 0},
};
static const field step_fields[] = {
    {"what", SPAN, offsetof(kh_step, what), NULL, 0, 0},
    {"kind", WORD, offsetof(kh_step, kind), kind_word, KH_STEP_OTHER + 1, 0},
    {"by", WHOM, offsetof(kh_step, by), NULL, 0, 0},
    {"asked_by", WHOM, offsetof(kh_step, asked_by), NULL, 0, 0},
    {"for", SPAN_OR_NONE, offsetof(kh_step, condition_for), NULL, 0, 0},
    {"place", WHO_OR_NONE, offsetof(kh_step, place), NULL, 0, 0},
    {"status", WORD, offsetof(kh_step, status), status_word, KH_STATUS_SUSPENDED + 1, 0},
    {"according_to", WHO_OR_NONE, offsetof(kh_step, according_to), NULL, 0, 0},
    {"statement", CLAIM, offsetof(kh_step, statement), NULL, 0, KH_LAYER_STATEMENT},
    {"as_of", DAY, offsetof(kh_step, as_of), NULL, 0, 0},
    {"same_as", CLAIM, offsetof(kh_step, same_as), NULL, 0, KH_LAYER_STEP},
    {NULL, SPAN, 0, NULL, 0, 0},
};
static const field *const fields_of[KH_LAYERS] = {figure_fields, statement_fields, event_fields,
                                                  step_fields};
static const size_t sizes[KH_LAYERS] = {sizeof(kh_figure), sizeof(kh_statement), sizeof(kh_event),
                                        sizeof(kh_step)};

size_t kh_patch_size(int layer) { return sizes[layer]; }

static const field *field_named(int layer, const char *name) {
  for (const field *f = fields_of[layer]; f->name; f++) {
    if (strcmp(f->name, name) == 0) return f;
  }
  return NULL;
}

// ------------------------------------------------------------------ small readers

static kh_status wrong(kh_error *error, const char *name, const char *wanted) {
  return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "\"%.40s\": %s", name, wanted);
}

static bool read_span(const kh_loaded *l, const json_t *value, kh_span *span) {
  const json_t *start = json_object_get(value, "start");
  const json_t *end = json_object_get(value, "end");
  const kh_text_layer *text = l->document->text;
  if (!json_is_integer(start) || !json_is_integer(end)) return false;
  const json_int_t from = json_integer_value(start);
  const json_int_t to = json_integer_value(end);
  if (from < 0 || to <= from || to > (json_int_t)kh_span_code_points(text->bytes, text->len))
    return false;
  span->start = (uint32_t)kh_span_byte_of_code_point(text->bytes, text->len, (size_t)from);
  span->end = (uint32_t)kh_span_byte_of_code_point(text->bytes, text->len, (size_t)to);
  const char *words = json_string_value(json_object_get(value, "text"));
  return !words || (strlen(words) == span->end - span->start &&
                    memcmp(words, text->bytes + span->start, strlen(words)) == 0);
}

// A number behind `letter` ("e3", "E77"); 0: it is no such word.
static int64_t read_id(const json_t *value, char letter) {
  const char *word = json_string_value(value);
  if (!word || word[0] != letter || word[1] < '1' || word[1] > '9') return 0;
  char *end = NULL;
  const long long number = strtoll(word + 1, &end, 10);
  return *end == '\0' && number < INT32_MAX ? number : 0;
}

static int word_of(const field *f, const json_t *value) {
  const char *word = json_string_value(value);
  for (int i = 0; word && i < f->words; i++) {
    if (strcmp(f->word(i), word) == 0) return i;
  }
  return -1;
}

static json_t *span_json(const kh_loaded *l, kh_span span) {
  const kh_text_layer *text = l->document->text;
  return json_pack("{s:I, s:I, s:s%}", "start",
                   (json_int_t)kh_span_code_points(text->bytes, span.start), "end",
                   (json_int_t)kh_span_code_points(text->bytes, span.end), "text",
                   text->bytes + span.start, (size_t)(span.end - span.start));
}

static json_t *entity_json(const kh_loaded *l, int32_t index) {
  if (index == KH_NONE) return json_null();
  return json_sprintf("E%lld", (long long)l->entities[index]);
}

static json_t *whom_json(const kh_loaded *l, kh_refs refs) {
  json_t *list = json_array();
  for (uint32_t i = 0; list && i < refs.count; i++) {
    if (json_array_append_new(list, entity_json(l, refs.at[i])) == 0) continue;
    json_decref(list);
    list = NULL;
  }
  return list;
}

// Both objects as one; NULL where there is no memory.
static json_t *joined(json_t *one, json_t *other) {
  if (!one || !other || json_object_update(one, other) != 0) {
    json_decref(one);
    one = NULL;
  }
  json_decref(other);
  return one;
}

static json_t *claim_json(const kh_loaded *l, int layer, int32_t index) {
  if (index == KH_NONE) return json_null();
  const char letter[2] = {kh_layer_letter(layer), '\0'};
  const kh_span span = kh_layer_span(l->document->record, layer, (uint32_t)index);
  return joined(span_json(l, span), json_pack("{s:s}", "layer", letter));
}

static json_t *time_json(const kh_loaded *l, int32_t index) {
  if (index == KH_NONE) return json_null();
  const kh_time *t = &l->document->record->times[index];
  return joined(span_json(l, t->span),
                json_pack("{s:s, s:s?, s:s?, s:s?}", "type", kh_time_type_name(t->type), "value",
                          t->value, "begin", t->begin[0] ? t->begin : NULL, "until",
                          t->until[0] ? t->until : NULL));
}

bool kh_json_out_of_memory(kh_store *store, const json_error_t *why, const char *text) {
  if (!why->text[0]) return true; // and the code is whatever was there before
  const enum json_error_code code = json_error_code(why);
  if (code != json_error_invalid_syntax || strncmp(why->text, "invalid Unicode", 15) == 0)
    return false;
  kh_row row = kh_row_of(store, "SELECT json_valid(?)", NULL);
  kh_row_text_len(&row, text, strlen(text));
  const bool valid = kh_row_next(&row) != KH_OK || sqlite3_column_int(row.statement, 0) != 0;
  kh_row_end(&row);
  return valid;
}

// ------------------------------------------------------------------ settling references

// The index of "e3", or of "E77", which is added to the record where it is new. Nothing of JSON is
// held meanwhile, since memory may run out.
static kh_status who(kh_loaded *l, const char *name, const json_t *value, int32_t *index,
                     kh_error *error) {
  const int64_t local = read_id(value, 'e');
  if (local > 0 && local <= l->document->record->entity_count) {
    *index = (int32_t)local - 1;
    return KH_OK;
  }
  const int64_t row = read_id(value, 'E');
  if (row) return kh_loaded_entity(l, row, index, error);
  return wrong(error, name, "an entity is wanted: e3 of this report, or E77 of the record");
}

// Whether there was memory for a value.
static kh_status made(const json_t *value, kh_error *error) {
  return value ? KH_OK : kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_STORE, "out of memory");
}

static kh_status settle_who(kh_loaded *l, const char *name, const json_t *value, json_t **settled,
                            kh_error *error) {
  int32_t index = KH_NONE;
  const kh_status status = who(l, name, value, &index, error);
  if (status != KH_OK) return status;
  *settled = entity_json(l, index);
  return made(*settled, error);
}

static kh_status settle_whom(kh_loaded *l, const char *name, const json_t *value, json_t **settled,
                             kh_error *error) {
  const size_t count = json_array_size(value);
  if (json_typeof(value) != JSON_ARRAY || count > UINT16_MAX)
    return wrong(error, name, "a list of entities is wanted");
  int32_t *at = kh_arena_alloc(&l->document->arena, count * sizeof *at);
  for (size_t i = 0; i < count; i++) {
    const kh_status status = who(l, name, json_array_get(value, i), &at[i], error);
    if (status != KH_OK) return status;
  }
  *settled = whom_json(l, (kh_refs){at, (uint32_t)count});
  return made(*settled, error);
}

static kh_status settle_time(const kh_loaded *l, const char *name, const json_t *value,
                             json_t **settled, kh_error *error) {
  const int64_t local = read_id(value, 't');
  if (local > 0 && local <= l->document->record->time_count) {
    *settled = time_json(l, (int32_t)local - 1);
    return made(*settled, error);
  }
  kh_span span;
  char day[11];
  const char *begin = json_string_value(json_object_get(value, "begin"));
  const char *until = json_string_value(json_object_get(value, "until"));
  if (!read_span(l, value, &span) || !begin || !kh_day_read(begin, day) || strlen(begin) != 10 ||
      (until && (!kh_day_read(until, day) || strlen(until) != 10 || strcmp(until, begin) < 0)))
    return wrong(
        error, name,
        "a time is wanted: t2 of this report, or {\"start\", \"end\", \"begin\", \"until\"} "
        "with its words and days");
  *settled = json_deep_copy(value);
  return made(*settled, error);
}

static kh_status settle_claim(const kh_loaded *l, const field *f, const json_t *value,
                              json_t **settled, kh_error *error) {
  const int64_t local = read_id(value, kh_layer_letter(f->layer));
  if (local > 0 && local <= kh_layer_count(l->document->record, f->layer)) {
    *settled = claim_json(l, f->layer, (int32_t)local - 1);
    return made(*settled, error);
  }
  kh_span span;
  if (!read_span(l, value, &span))
    return wrong(error, f->name, "another claim of this report is wanted, as s2 or f1");
  *settled = json_deep_copy(value);
  return made(*settled, error);
}

// `*settled` NULL afterwards: the value stays as it is.
static kh_status settle_value(kh_loaded *l, const field *f, const json_t *value, json_t **settled,
                              kh_error *error) {
  const json_type type = json_typeof(value);
  kh_span span;
  char day[11];
  if (type == JSON_NULL) {
    const bool may = f->kind != SPAN && f->kind != WHO && f->kind != WHOM && f->kind != WORD &&
                     f->kind != FLAG && f->kind != NUMBER;
    return may ? KH_OK : wrong(error, f->name, "it may not be empty");
  }
  switch (f->kind) {
  case SPAN:
  case SPAN_OR_NONE:
    return read_span(l, value, &span)
               ? KH_OK
               : wrong(error, f->name, "words of the text are wanted: {\"start\", \"end\"}");
  case WHO:
  case WHO_OR_NONE:
    return settle_who(l, f->name, value, settled, error);
  case WHOM:
    return settle_whom(l, f->name, value, settled, error);
  case WORD:
    return word_of(f, value) >= 0 ? KH_OK : wrong(error, f->name, "there is no such value");
  case FLAG:
    return type == JSON_TRUE || type == JSON_FALSE
               ? KH_OK
               : wrong(error, f->name, "true or false is wanted");
  case NUMBER:
  case NUMBER_OR_NONE:
    return (type == JSON_INTEGER || type == JSON_REAL) && json_number_value(value) >= 0
               ? KH_OK
               : wrong(error, f->name, "a number is wanted");
  case TEXT:
    return type == JSON_STRING && json_string_length(value) < 200
               ? KH_OK
               : wrong(error, f->name, "a short text is wanted");
  case DAY:
    return type == JSON_STRING && strlen(json_string_value(value)) == 10 &&
                   kh_day_read(json_string_value(value), day)
               ? KH_OK
               : wrong(error, f->name, "a day is wanted: YYYY-MM-DD");
  case TIME:
    return settle_time(l, f->name, value, settled, error);
  default:
    return settle_claim(l, f, value, settled, error);
  }
}

// Figures have their words as "start" and "end" in the record.
static kh_status gather_span(int layer, json_t *patch, kh_error *error) {
  json_t *start = json_object_get(patch, "start");
  json_t *end = json_object_get(patch, "end");
  if (layer != KH_LAYER_FIGURE || !start || !end || json_object_get(patch, "span")) return KH_OK;
  json_t *span = json_pack("{s:O, s:O}", "start", start, "end", end);
  if (!span || json_object_set_new(patch, "span", span) != 0) return made(NULL, error);
  (void)json_object_del(patch, "start");
  (void)json_object_del(patch, "end");
  (void)json_object_del(patch, "text");
  return KH_OK;
}

kh_status kh_patch_settle(kh_loaded *loaded, int layer, json_t *patch, kh_error *error) {
  if (!json_is_object(patch))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE,
                   "an object with the fields that change is wanted");
  const kh_status gathered = gather_span(layer, patch, error);
  if (gathered != KH_OK) return gathered;
  const char *name;
  json_t *value;
  void *next;
  json_object_foreach_safe(patch, next, name, value) {
    const field *f = field_named(layer, name);
    if (!f) return wrong(error, name, "there is no such field in this layer");
    json_t *settled = NULL;
    const kh_status status = settle_value(loaded, f, value, &settled, error);
    if (status != KH_OK) {
      json_decref(settled);
      return status;
    }
    if (settled && json_object_set_new(patch, name, settled) != 0) return made(NULL, error);
  }
  return KH_OK;
}

// ------------------------------------------------------------------ applying

kh_status kh_loaded_entity(kh_loaded *l, int64_t row, int32_t *index, kh_error *error) {
  kh_record *record = l->document->record;
  kh_arena *arena = &l->document->arena;
  for (uint32_t i = 0; i < record->entity_count; i++) {
    if (l->entities[i] != row) continue;
    *index = (int32_t)i;
    return KH_OK;
  }
  const uint32_t count = record->entity_count;
  kh_entity *entities = kh_arena_zero(arena, (count + 1) * sizeof *entities);
  int64_t *rows = kh_arena_zero(arena, (count + 1) * sizeof *rows);
  if (count) memcpy(entities, record->entities, count * sizeof *entities);
  if (count) memcpy(rows, l->entities, count * sizeof *rows);
  kh_entity *e = &entities[count];
  const kh_status status = kh_entity_fill(l->store, row, e, arena, error);
  if (status == KH_END)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_STORE, "there is no entity E%lld",
                   (long long)row);
  if (status != KH_OK) return status;
  e->origin = (kh_origin){.rule = "person", .confidence = -1};
  rows[count] = row;
  record->entities = entities;
  record->entity_count = count + 1;
  l->entities = rows;
  *index = (int32_t)count;
  return KH_OK;
}

static kh_status apply_whom(kh_loaded *l, const json_t *value, kh_refs *refs, kh_error *error) {
  const size_t count = json_array_size(value);
  int32_t *at = kh_arena_alloc(&l->document->arena, (count + 1) * sizeof *at);
  kh_status status = KH_OK;
  for (size_t i = 0; i < count && status == KH_OK; i++)
    status = kh_loaded_entity(l, read_id(json_array_get(value, i), 'E'), &at[i], error);
  *refs = (kh_refs){at, (uint32_t)count};
  return status;
}

// The time with these words, or a new one.
static void apply_time(kh_loaded *l, const json_t *value, kh_span span, int32_t *index) {
  kh_record *record = l->document->record;
  const char *begin = json_string_value(json_object_get(value, "begin"));
  const char *until = json_string_value(json_object_get(value, "until"));
  if (!begin) begin = "";
  if (!until) until = begin;
  for (uint32_t i = 0; i < record->time_count; i++) {
    const kh_time *t = &record->times[i];
    if (t->span.start != span.start || t->span.end != span.end || strcmp(t->begin, begin) != 0 ||
        strcmp(t->until, until) != 0)
      continue;
    *index = (int32_t)i;
    return;
  }
  kh_arena *arena = &l->document->arena;
  kh_time *times = kh_arena_zero(arena, (record->time_count + 1) * sizeof *times);
  if (record->time_count) memcpy(times, record->times, record->time_count * sizeof *times);
  kh_time *t = &times[record->time_count];
  t->span = span;
  (void)snprintf(t->begin, sizeof t->begin, "%s", begin);
  (void)snprintf(t->until, sizeof t->until, "%s", until);
  t->value = kh_arena_copy(arena, begin, strlen(begin));
  t->origin = (kh_origin){.rule = "person", .confidence = -1};
  *index = (int32_t)record->time_count;
  record->times = times;
  record->time_count++;
}

static int32_t claim_at(const kh_loaded *l, int layer, kh_span span) {
  const kh_record *record = l->document->record;
  const uint32_t count = kh_layer_count(record, layer);
  for (uint32_t i = 0; i < count; i++) {
    const kh_span here = kh_layer_span(record, layer, i);
    if (here.start == span.start && here.end == span.end) return (int32_t)i;
  }
  return KH_NONE;
}

static kh_status apply_value(kh_loaded *l, const field *f, void *at, const json_t *value,
                             kh_error *error) {
  const bool none = json_typeof(value) == JSON_NULL;
  kh_arena *arena = &l->document->arena;
  kh_span span = {0, 0};
  int32_t ref = KH_NONE;
  kh_status status = KH_OK;
  switch (f->kind) {
  case SPAN:
  case SPAN_OR_NONE:
    if (!none && !read_span(l, value, &span)) return wrong(error, f->name, "it is not in the text");
    memcpy(at, &span, sizeof span);
    return KH_OK;
  case WHO:
  case WHO_OR_NONE:
    if (!none) status = kh_loaded_entity(l, read_id(value, 'E'), &ref, error);
    memcpy(at, &ref, sizeof ref);
    return status;
  case WHOM:
    return apply_whom(l, value, at, error);
  case WORD: {
    const int word = word_of(f, value);
    if (word < 0) return wrong(error, f->name, "there is no such value");
    memcpy(at, &word, sizeof word);
    return KH_OK;
  }
  case FLAG:
    *(bool *)at = json_typeof(value) == JSON_TRUE;
    return KH_OK;
  case NUMBER:
  case NUMBER_OR_NONE:
    *(double *)at = none ? -1 : json_number_value(value);
    return KH_OK;
  case TEXT:
    *(const char **)at =
        none ? NULL : kh_arena_copy(arena, json_string_value(value), json_string_length(value));
    return KH_OK;
  case DAY:
    memset(at, 0, 11);
    if (!none) memcpy(at, json_string_value(value), 10);
    return KH_OK;
  case TIME:
    if (!none && !read_span(l, value, &span)) return wrong(error, f->name, "it is not in the text");
    if (!none) apply_time(l, value, span, &ref);
    memcpy(at, &ref, sizeof ref);
    return KH_OK;
  default:
    if (!none && !read_span(l, value, &span)) return wrong(error, f->name, "it is not in the text");
    if (!none) ref = claim_at(l, f->layer, span);
    memcpy(at, &ref, sizeof ref);
    return KH_OK;
  }
}

kh_status kh_patch_apply(kh_loaded *loaded, int layer, void *item, const json_t *patch,
                         kh_error *error) {
  for (const field *f = fields_of[layer]; f->name; f++) {
    const json_t *value = json_object_get(patch, f->name);
    if (!value) continue;
    const kh_status status = apply_value(loaded, f, (char *)item + f->offset, value, error);
    if (status != KH_OK) return status;
  }
  return KH_OK;
}

// ------------------------------------------------------------------ what was there before

static json_t *value_json(const kh_loaded *l, const field *f, const void *at) {
  int32_t ref = 0;
  kh_span span;
  kh_refs refs;
  switch (f->kind) {
  case SPAN:
  case SPAN_OR_NONE:
    memcpy(&span, at, sizeof span);
    return span.end > span.start ? span_json(l, span) : json_null();
  case WHOM:
    memcpy(&refs, at, sizeof refs);
    return whom_json(l, refs);
  case FLAG:
    return json_boolean(*(const bool *)at);
  case NUMBER:
  case NUMBER_OR_NONE: {
    const double value = *(const double *)at;
    if (value < 0) return json_null();
    return floor(value) == value && value < 1e15 ? json_integer((json_int_t)value)
                                                 : json_real(value);
  }
  case TEXT:
    return *(const char *const *)at ? json_string(*(const char *const *)at) : json_null();
  case DAY:
    return *(const char *)at ? json_string(at) : json_null();
  default:
    break;
  }
  memcpy(&ref, at, sizeof ref);
  if (f->kind == WORD) return json_string(f->word(ref));
  if (f->kind == TIME) return time_json(l, ref);
  return f->kind == CLAIM ? claim_json(l, f->layer, ref) : entity_json(l, ref);
}

json_t *kh_patch_before(const kh_loaded *loaded, int layer, const void *item, const json_t *patch) {
  json_t *before = json_object();
  for (const field *f = fields_of[layer]; before && f->name; f++) {
    if (!json_object_get(patch, f->name)) continue;
    if (json_object_set_new(before, f->name,
                            value_json(loaded, f, (const char *)item + f->offset)) != 0) {
      json_decref(before);
      return NULL;
    }
  }
  return before;
}

// ------------------------------------------------------------------ new claims

void kh_patch_blank(int layer, void *item) {
  static const int32_t none = KH_NONE;
  static const double open_end = -1;
  memset(item, 0, sizes[layer]);
  for (const field *f = fields_of[layer]; f->name; f++) {
    char *at = (char *)item + f->offset;
    if (f->kind == WHO || f->kind == WHO_OR_NONE || f->kind == TIME || f->kind == CLAIM)
      memcpy(at, &none, sizeof none);
    if (f->kind == NUMBER || f->kind == NUMBER_OR_NONE) memcpy(at, &open_end, sizeof open_end);
  }
}

kh_status kh_patch_complete(int layer, const void *item, kh_error *error) {
  for (const field *f = fields_of[layer]; f->name; f++) {
    const char *at = (const char *)item + f->offset;
    kh_span span;
    int32_t ref = 0;
    memcpy(&ref, at, sizeof ref);
    double number = 0;
    if (f->kind == SPAN) memcpy(&span, at, sizeof span);
    if (f->kind == NUMBER) memcpy(&number, at, sizeof number);
    if ((f->kind == SPAN && span.end <= span.start) || (f->kind == WHO && ref == KH_NONE) ||
        (f->kind == NUMBER && number < 0))
      return wrong(error, f->name, "a claim of this layer needs it");
  }
  return KH_OK;
}
