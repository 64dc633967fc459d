// SPDX-License-Identifier: Apache-2.0
// Corpora of tagged names, read with the library's own stages.
#include "train.h"

#include "text/text.h"

#include <jansson.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>

_Noreturn void die(const char *format, ...) {
  va_list arguments;
  va_start(arguments, format);
  fputs("train: ", stderr);
  vfprintf(stderr, format, arguments);
  fputc('\n', stderr);
  va_end(arguments);
  exit(1);
}

void *must_grow(void *at, size_t size) {
  void *grown = realloc(at, size ? size : 1);
  if (!grown) die("out of memory");
  return grown;
}

void *must_alloc(size_t size) { return memset(must_grow(NULL, size), 0, size); }

static void look(sample *s, bool with_spots) {
  kh_document *document = &s->document;
  s->features = kh_name_features(document, NULL);
  if (!with_spots) return;
  const kh_token_layer *tokens = document->tokens;
  s->spots =
      kh_arena_alloc(&document->arena, (size_t)tokens->count * KH_MOST_SPOTS * sizeof *s->spots);
  s->first_spot = kh_arena_zero(&document->arena, (tokens->count + 1) * sizeof *s->first_spot);
  kh_spots spots = kh_spots_new(document);
  uint32_t count = 0;
  for (uint32_t n = 0; n < tokens->sentence_count; n++) {
    const kh_sentence *sentence = &tokens->sentences[n];
    kh_spots_find(document, s->features, sentence, &spots);
    for (uint32_t t = sentence->first; t < sentence->last; t++) {
      const uint32_t i = t - sentence->first;
      s->first_spot[t] = count;
      for (uint32_t f = 0; f < spots.fixed; f++) s->spots[count++] = spots.rows[f * spots.room + i];
      for (uint32_t o = spots.first_other[i]; o < spots.first_other[i + 1]; o++)
        s->spots[count++] = spots.others[o];
      s->first_spot[t + 1] = count;
    }
  }
}

sample *analyse(const kh_engine *engine, const char *bytes, size_t len) {
  sample *s = must_alloc(sizeof *s);
  kh_document *document = &s->document;
  kh_arena_init(&document->arena, NULL);
  document->engine = engine;
  if (setjmp(s->guard)) die("out of memory");
  document->arena.guard = &s->guard;
  document->text = kh_arena_zero(&document->arena, sizeof *document->text);
  document->text->bytes = kh_arena_copy(&document->arena, bytes, len);
  document->text->len = (uint32_t)len;
  document->text->arabic = true;
  kh_token_stage(document);
  if (engine->lexicon) kh_morph_stage(document);
  look(s, false);
  s->gold = kh_arena_zero(&document->arena, document->tokens->count + 1);
  s->units = kh_arena_zero(&document->arena, document->tokens->count + 1);
  s->weight = 1;
  return s;
}

void look_again(sample *s) {
  if (setjmp(s->guard)) die("out of memory");
  look(s, true);
}

void free_sample(sample *s) {
  kh_arena_free(&s->document.arena);
  free(s);
}

/// A name that our sentences or marks cut in two becomes two.
static void mend_tags(sample *s) {
  const kh_token_layer *tokens = s->document.tokens;
  for (uint32_t i = 0; i < tokens->sentence_count; i++) {
    uint8_t before = KH_TAG_O;
    for (uint32_t t = tokens->sentences[i].first; t < tokens->sentences[i].last; t++) {
      const uint8_t tag = s->gold[t];
      const bool inside = tag != KH_TAG_O && tag % 2 == 0;
      if (inside && before != tag && before + 1 != tag) s->gold[t] = (uint8_t)(tag - 1);
      before = s->gold[t];
    }
  }
}

static void add(corpus *to, sample *s) {
  look_again(s);
  mend_tags(s);
  if ((to->count & (to->count - 1)) == 0)
    to->at = must_grow(to->at, (to->count ? to->count * 2 : 1) * sizeof *to->at);
  to->at[to->count++] = s;
}

/// Tags the tokens that the bytes touch: begin, then inside.
static void tag_bytes(sample *s, uint32_t start, uint32_t end, uint8_t begin) {
  const kh_token_layer *tokens = s->document.tokens;
  bool first = true;
  for (uint32_t t = 0; t < tokens->count; t++) {
    if (tokens->at[t].start >= end || tokens->at[t].end <= start) continue;
    s->gold[t] = first ? begin : (uint8_t)(begin + 1);
    first = false;
  }
}

// ---- CoNLL

static uint8_t tag_of(const char *name) {
  if (strncmp(name, "PER", 3) == 0) return KH_TAG_B_PER;
  if (strncmp(name, "LOC", 3) == 0) return KH_TAG_B_LOC;
  if (strncmp(name, "ORG", 3) == 0) return KH_TAG_B_ORG;
  return KH_TAG_O;
}

/// Sentences under way: their text, and each corpus token's bytes and tag.
typedef struct piece {
  uint32_t start;
  uint32_t end;
  uint8_t tag; // KH_TAG_O or a begin tag
  bool begins;
} piece;

typedef struct pending {
  char text[1 << 18];
  size_t len;
  piece pieces[1 << 15];
  size_t count;
} pending;

static void flush(corpus *to, const kh_engine *engine, pending *p, double weight) {
  if (!p->count) return;
  sample *s = analyse(engine, p->text, p->len);
  s->weight = weight;
  for (size_t i = 0; i < p->count;) {
    size_t last = i + 1;
    if (p->pieces[i].tag == KH_TAG_O) {
      i++;
      continue;
    }
    while (last < p->count && p->pieces[last].tag == p->pieces[i].tag && !p->pieces[last].begins)
      last++;
    tag_bytes(s, p->pieces[i].start, p->pieces[last - 1].end, p->pieces[i].tag);
    i = last;
  }
  const kh_token_layer *tokens = s->document.tokens;
  for (uint32_t t = 0, i = 0; t < tokens->count; t++) {
    while (i < p->count && p->pieces[i].end <= tokens->at[t].start) i++;
    s->units[t] = i < p->count && p->pieces[i].start == tokens->at[t].start;
  }
  add(to, s);
  p->len = p->count = 0;
}

void read_conll(corpus *to, const kh_engine *engine, const char *path, double weight,
                bool as_one_document) {
  FILE *file = fopen(path, "r");
  if (!file) die("%s: cannot be read", path);
  pending *p = must_alloc(sizeof *p);
  char line[4096];
  unsigned sentences = 0;
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = '\0';
    char *tab = strchr(line, '\t');
    if (!tab) {
      if (p->count && p->text[p->len - 1] == ' ') p->text[p->len - 1] = '\n';
      if (!as_one_document || ++sentences % 20 == 0) flush(to, engine, p, weight);
      continue;
    }
    *tab = '\0';
    const size_t size = strlen(line);
    if (p->len + size + 1 >= sizeof p->text || p->count == sizeof p->pieces / sizeof *p->pieces)
      die("%s: a document is too long", path);
    memcpy(p->text + p->len, line, size);
    p->pieces[p->count++] = (piece){.start = (uint32_t)p->len,
                                    .end = (uint32_t)(p->len + size),
                                    .tag = tab[1] == 'O' ? KH_TAG_O : tag_of(tab + 3),
                                    .begins = tab[1] == 'B'};
    p->len += size;
    p->text[p->len++] = ' ';
  }
  flush(to, engine, p, weight);
  fclose(file);
  free(p);
}

// ---- gold files

static const char *nth(const char *in, const char *what, json_int_t n) {
  const char *at = in;
  for (json_int_t i = 0; i < n; i++) {
    at = strstr(i ? at + 1 : at, what);
    if (!at) return NULL;
  }
  return at;
}

/// The text of a gold file: title and paragraphs, one blank line between; starts[i] is where
/// part i begins.
static char *gold_text(json_t *root, size_t *starts, size_t room, size_t *len, size_t *first) {
  json_t *paragraphs = json_object_get(root, "paragraphs");
  const char *title = json_string_value(json_object_get(root, "title"));
  char *text = NULL;
  size_t size = 0;
  *first = title ? 0 : 1; // paragraph 0 is the title
  for (size_t i = *first; i <= json_array_size(paragraphs) && i < room; i++) {
    const char *part = i ? json_string_value(json_array_get(paragraphs, i - 1)) : title;
    const size_t part_len = strlen(part);
    text = must_grow(text, size + part_len + 3);
    if (size) {
      memcpy(text + size, "\n\n", 2);
      size += 2;
    }
    starts[i] = size;
    memcpy(text + size, part, part_len + 1);
    size += part_len;
  }
  *len = size;
  return text;
}

static uint8_t tag_of_kind(const char *kind) {
  if (strcmp(kind, "person") == 0) return KH_TAG_B_PER;
  if (strcmp(kind, "place") == 0) return KH_TAG_B_LOC;
  if (strcmp(kind, "org") == 0 || strcmp(kind, "armed") == 0 || strcmp(kind, "media") == 0)
    return KH_TAG_B_ORG;
  return KH_TAG_O;
}

void read_gold(corpus *to, const kh_engine *engine, const char *path, double weight) {
  json_error_t problem;
  json_t *root = json_load_file(path, 0, &problem);
  if (!root) die("%s:%d: %s", path, problem.line, problem.text);
  enum { ROOM = 1024 };
  size_t starts[ROOM] = {0};
  size_t len;
  size_t first;
  char *text = gold_text(root, starts, ROOM, &len, &first);
  sample *s = analyse(engine, text, len);
  s->weight = weight;
  s->own = true;
  size_t i;
  size_t j;
  json_t *entity;
  json_t *mention;
  json_array_foreach(json_object_get(root, "entities"), i, entity) {
    const uint8_t tag = tag_of_kind(json_string_value(json_object_get(entity, "kind")));
    if (tag == KH_TAG_O) continue;
    json_array_foreach(json_object_get(entity, "mentions"), j, mention) {
      const json_int_t part = json_integer_value(json_array_get(mention, 0));
      const char *what = json_string_value(json_array_get(mention, 1));
      const json_int_t n =
          json_array_size(mention) > 2 ? json_integer_value(json_array_get(mention, 2)) : 1;
      if (part < 0 || part >= ROOM) continue;
      const char *at = nth(text + starts[part], what, n);
      if (!at) die("%s: «%s» does not stand where it should", path, what);
      const uint32_t start = (uint32_t)(at - text);
      tag_bytes(s, start, start + (uint32_t)strlen(what), tag);
    }
  }
  add(to, s);
  free(text);
  json_decref(root);
}
