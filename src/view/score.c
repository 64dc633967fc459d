// SPDX-License-Identifier: Apache-2.0
#include <khutwa/score.h>

#include "base/error.h"
#include "view/compare.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct kept { // JSON values that the scorer owns
  json_t **at;
  size_t count;
  size_t room;
} kept;

struct kh_score {
  kept gold;
  kept records;
};

// Takes over `value`, also on failure.
static bool keep(kept *list, json_t *value) {
  if (list->count == list->room) {
    const size_t room = list->room ? list->room * 2 : 64;
    json_t **wider = realloc(list->at, room * sizeof(json_t *));
    if (!wider) {
      json_decref(value);
      return false;
    }
    list->at = wider;
    list->room = room;
  }
  list->at[list->count++] = value;
  return true;
}

static void drop(kept *list) {
  for (size_t i = 0; i < list->count; i++) json_decref(list->at[i]);
  free(list->at);
}

static kh_status no_memory(kh_error *error) {
  return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_VIEW, "out of memory");
}

kh_status kh_score_open(kh_score **out, kh_error *error) {
  if (!out) return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_VIEW, "no place for the scorer");
  *out = calloc(1, sizeof **out);
  return *out ? KH_OK : no_memory(error);
}

void kh_score_close(kh_score *score) {
  if (!score) return;
  drop(&score->gold);
  drop(&score->records);
  free(score);
}

size_t kh_score_gold_count(const kh_score *score) { return score->gold.count; }

static json_t *parse(const char *json, size_t len, kh_error *error) {
  json_error_t why;
  json_t *value = json_loadb(json, len, JSON_ALLOW_NUL, &why);
  if (json_is_object(value)) return value;
  json_decref(value);
  kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW, "not a JSON object (%.120s)",
          value ? "a list" : why.text);
  if (error && !value && why.line > 0) error->line = (unsigned)why.line;
  return NULL;
}

// Runs a check or a comparison with working memory of its own.
static kh_status check_guarded(const json_t *gold, kh_error *error) {
  kh_arena arena;
  jmp_buf guard;
  kh_arena_init(&arena, NULL);
  arena.guard = &guard;
  kh_status status;
  if (setjmp(guard) == 0)
    status = kh_gold_check(&arena, gold, error);
  else
    status = no_memory(error);
  kh_arena_free(&arena);
  return status;
}

static kh_status compare_guarded(const json_t *gold, const json_t *record, kh_tallies *tallies,
                                 kh_error *error) {
  kh_arena arena;
  jmp_buf guard;
  kh_arena_init(&arena, NULL);
  arena.guard = &guard;
  kh_status status;
  if (setjmp(guard) == 0)
    status = kh_compare(&arena, gold, record, tallies, error);
  else
    status = no_memory(error);
  kh_arena_free(&arena);
  return status;
}

kh_status kh_score_add_gold(kh_score *score, const char *json, size_t len, kh_error *error) {
  json_t *gold = parse(json, len, error);
  if (!gold) return KH_ERROR_FORMAT;
  const kh_status status = check_guarded(gold, error);
  if (status != KH_OK) {
    json_decref(gold);
    return status;
  }
  return keep(&score->gold, gold) ? KH_OK : no_memory(error);
}

static const char *record_id(const json_t *record) {
  return json_string_value(json_object_get(json_object_get(record, "document"), "id"));
}

kh_status kh_score_add_record(kh_score *score, const char *json, size_t len, kh_error *error) {
  json_t *record = parse(json, len, error);
  if (!record) return KH_ERROR_FORMAT;
  if (!record_id(record)) {
    json_decref(record);
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW, "no record: its document has no id");
  }
  return keep(&score->records, record) ? KH_OK : no_memory(error);
}

// ------------------------------------------------------------------ reading the gold's reports

typedef struct growing { // malloc'ed
  char *at;
  size_t len;
  size_t room;
} growing;

static bool append(void *context, const char *bytes, size_t len) {
  growing *t = context;
  if (len >= t->room - t->len) {
    size_t room = t->room ? t->room : 4096;
    while (room - t->len <= len) room *= 2;
    char *wider = realloc(t->at, room);
    if (!wider) return false;
    t->at = wider;
    t->room = room;
  }
  memcpy(t->at + t->len, bytes, len);
  t->len += len;
  t->at[t->len] = '\0';
  return true;
}

static bool join_paragraphs(const json_t *gold, growing *out) {
  const json_t *paragraphs = json_object_get(gold, "paragraphs");
  bool fits = append(out, "", 0);
  for (size_t i = 0; fits && i < json_array_size(paragraphs); i++) {
    const json_t *paragraph = json_array_get(paragraphs, i);
    if (i) fits = append(out, "\n\n", 2);
    fits = fits && append(out, json_string_value(paragraph), json_string_length(paragraph));
  }
  return fits;
}

static const char *gold_string(const json_t *gold, const char *key) {
  return json_string_value(json_object_get(gold, key));
}

static kh_status read_gold(kh_score *score, const kh_engine *engine, const json_t *gold,
                           growing *in, growing *out, kh_error *error) {
  in->len = out->len = 0;
  if (!join_paragraphs(gold, in)) return no_memory(error);
  const kh_source source = {.id = gold_string(gold, "id"),
                            .outlet = gold_string(gold, "source"),
                            .title = gold_string(gold, "title"),
                            .published = gold_string(gold, "published"),
                            .published_from = KH_PUBLISHED_INPUT,
                            .charset = "utf-8",
                            .format = KH_FORMAT_TEXT};
  kh_document *document = NULL;
  kh_status status = kh_document_read(&document, engine, in->at, in->len, &source, error);
  if (status == KH_OK) status = kh_view_json(document, append, out, error);
  kh_document_close(document);
  if (status != KH_OK) return status;
  return kh_score_add_record(score, out->at, out->len, error);
}

kh_status kh_score_read(kh_score *score, const kh_engine *engine, kh_error *error) {
  growing in = {0};
  growing out = {0};
  kh_status status = KH_OK;
  for (size_t i = 0; status == KH_OK && i < score->gold.count; i++)
    status = read_gold(score, engine, score->gold.at[i], &in, &out, error);
  free(in.at);
  free(out.at);
  return status;
}

// ------------------------------------------------------------------ reporting

bool kh_score_layer(const char *name) {
  for (int i = 0; i < KH_LAYER_COUNT; i++) {
    if (strcmp(name, kh_layer_name((kh_layer)i)) == 0) return true;
  }
  return false;
}

static kh_layer layer_named(const char *name) {
  int i = 0;
  while (i < KH_LAYER_COUNT - 1 && strcmp(name, kh_layer_name((kh_layer)i)) != 0) i++;
  return (kh_layer)i;
}

static const json_t *record_of(const kh_score *score, const char *id) {
  for (size_t i = score->records.count; i-- > 0;) {
    if (strcmp(record_id(score->records.at[i]), id) == 0) return score->records.at[i];
  }
  return NULL;
}

static double ratio(size_t part, size_t all) { return all ? (double)part / (double)all : 0.0; }

static double harmonic(double p, double r) { return p + r > 0 ? 2 * p * r / (p + r) : 0.0; }

typedef struct figures {
  double p;
  double r;
  double f;
} figures;

static figures figures_of(const kh_tallies *t, kh_layer layer) {
  if (layer == KH_LAYER_COREF) {
    const double all = t->coref_mentions ? (double)t->coref_mentions : 1.0;
    const double p = t->coref_precision / all;
    const double r = t->coref_recall / all;
    return (figures){p, r, harmonic(p, r)};
  }
  const kh_tally *tally = &t->layer[layer];
  const double p = ratio(tally->both, tally->system);
  const double r = ratio(tally->both, tally->gold);
  return (figures){p, r, harmonic(p, r)};
}

static double overall(const kh_tallies *t) {
  double sum = 0;
  for (int i = 0; i < KH_LAYER_COUNT; i++) sum += figures_of(t, (kh_layer)i).f;
  return sum / KH_LAYER_COUNT;
}

static double share_of(const kh_share *share) { return ratio(share->right, share->all); }

// printf into a writer, for short lines.
__attribute__((format(printf, 2, 3))) static void put_format(kh_writer *out, const char *format,
                                                             ...) {
  char line[256];
  va_list values;
  va_start(values, format);
  (void)vsnprintf(line, sizeof line, format, values);
  va_end(values);
  kh_puts(out, line);
}

// 0 to 1 with `decimals` decimals, the point a point in every locale.
static void put_share(kh_writer *out, double value, int decimals) {
  char text[32];
  (void)snprintf(text, sizeof text, "%.*f", decimals, value);
  text[1] = '.';
  kh_puts(out, text);
}

static void put_table(kh_writer *out, const kh_tallies *t) {
  put_format(out, "%-12s %6s %6s %6s %6s %6s\n", "layer", "P", "R", "F1", "gold", "system");
  for (int i = 0; i < KH_LAYER_COUNT; i++) {
    const figures f = figures_of(t, (kh_layer)i);
    put_format(out, "%-12s  ", kh_layer_name((kh_layer)i));
    put_share(out, f.p, 3);
    kh_puts(out, "  ");
    put_share(out, f.r, 3);
    kh_puts(out, "  ");
    put_share(out, f.f, 3);
    if (i == KH_LAYER_COREF)
      kh_puts(out, "      B-cubed, mentions found by both\n");
    else
      put_format(out, " %6zu %6zu\n", t->layer[i].gold, t->layer[i].system);
  }
  put_format(out, "%-12s %6s %6s  ", "overall", "", "");
  put_share(out, overall(t), 3);
  kh_puts(out, "      mean of the nine\nslots of matched items: ");
  bool first = true;
  for (int i = 0; i < KH_SLOT_COUNT; i++) {
    if (!t->slot[i].seen) continue;
    put_format(out, "%s%s ", first ? "" : ", ", kh_slot_name((kh_slot_kind)i));
    put_share(out, share_of(&t->slot[i]), 3);
    put_format(out, " (%zu)", t->slot[i].all);
    first = false;
  }
  kh_putc(out, '\n');
}

// Four decimals, trailing zeros but one left out.
static void put_rounded(kh_writer *out, double value) {
  char text[32];
  (void)snprintf(text, sizeof text, "%.4f", value);
  text[1] = '.';
  size_t len = strlen(text);
  while (len > 3 && text[len - 1] == '0') len--;
  kh_put(out, text, len);
}

static void put_json_string(kh_writer *out, const char *value) {
  json_t *string = json_string(value);
  char *text = string ? json_dumps(string, JSON_ENCODE_ANY | JSON_ENSURE_ASCII) : NULL;
  kh_puts(out, text ? text : "\"\"");
  free(text);
  json_decref(string);
}

static void put_missing(kh_writer *out, const kh_score *score) {
  bool first = true;
  for (size_t i = 0; i < score->gold.count; i++) {
    const char *id = gold_string(score->gold.at[i], "id");
    if (record_of(score, id)) continue;
    if (!first) kh_puts(out, ", ");
    put_json_string(out, id);
    first = false;
  }
}

static void put_json(kh_writer *out, const kh_score *score, const kh_tallies *t) {
  put_format(out, "{\"documents\": %zu, \"missing\": [", score->gold.count);
  put_missing(out, score);
  kh_puts(out, "], \"overall\": ");
  put_rounded(out, overall(t));
  kh_puts(out, ", \"f1\": {");
  for (int i = 0; i < KH_LAYER_COUNT; i++) {
    put_format(out, "%s\"%s\": ", i ? ", " : "", kh_layer_name((kh_layer)i));
    put_rounded(out, figures_of(t, (kh_layer)i).f);
  }
  kh_puts(out, "}, \"slots\": {");
  bool first = true;
  for (int i = 0; i < KH_SLOT_COUNT; i++) {
    if (!t->slot[i].seen) continue;
    put_format(out, "%s\"%s\": ", first ? "" : ", ", kh_slot_name((kh_slot_kind)i));
    put_rounded(out, share_of(&t->slot[i]));
    first = false;
  }
  kh_puts(out, "}}\n");
}

static void put_documents(kh_writer *out, const kh_score *score) {
  enum { MOST_NAMED = 5 };
  size_t missing = 0;
  for (size_t i = 0; i < score->gold.count; i++)
    missing += !record_of(score, gold_string(score->gold.at[i], "id"));
  put_format(out, "%zu documents", score->gold.count);
  if (missing) put_format(out, ", %zu without a record:", missing);
  size_t named = 0;
  for (size_t i = 0; missing && named < MOST_NAMED && i < score->gold.count; i++) {
    const char *id = gold_string(score->gold.at[i], "id");
    if (record_of(score, id)) continue;
    kh_putc(out, ' ');
    kh_puts(out, id);
    named++;
  }
  kh_putc(out, '\n');
}

kh_status kh_score_report(kh_score *score, const kh_score_options *options, kh_write_fn write,
                          void *context, kh_error *error) {
  static const kh_score_options defaults = {0};
  if (!options) options = &defaults;
  if (options->errors && !kh_score_layer(options->errors))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_VIEW, "there is no layer \"%.60s\"",
                   options->errors);
  kh_writer out;
  kh_writer_begin(&out, write, context);
  kh_tallies tallies = {0};
  if (options->errors) {
    tallies.errors = &out;
    tallies.errors_of = layer_named(options->errors);
  }
  for (size_t i = 0; i < score->gold.count; i++) {
    const json_t *gold = score->gold.at[i];
    const kh_status status =
        compare_guarded(gold, record_of(score, gold_string(gold, "id")), &tallies, error);
    if (status != KH_OK) return status;
  }
  if (options->json) {
    put_json(&out, score, &tallies);
  } else if (!options->errors) {
    put_documents(&out, score);
    put_table(&out, &tallies);
  }
  return kh_writer_end(&out, error);
}
