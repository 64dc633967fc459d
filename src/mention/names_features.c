// SPDX-License-Identifier: Apache-2.0
// What the name model sees: features of each word form, and of each place in the text.
//
// A feature is a hash; the model's rows are found by its low bits. Features of a form are made
// once for all its occurrences, and count for the tags of its neighbours as well.
#include "mention/names.h"

#include <string.h>

/// Numbers of the templates. A change of meaning raises KH_NAME_FEATURES.
enum {
  WORD_FORM = 1,
  WORD_STEM,
  WORD_BARE,
  WORD_PREFIX,     // + length 1..3
  WORD_SUFFIX = 8, // + length 1..4
  WORD_SHAPE = 16,
  WORD_FINE,
  WORD_MIDDLE,
  WORD_COARSE,
  WORD_FORM_FINE,
  WORD_LEANING,
  WORD_MORPH,
  WORD_CLASS,
  WORD_KNOWN,
  WORD_SUFFIX_COARSE,
  SPOT_PAIR_BEFORE = 40,
  SPOT_PAIR_AFTER,
  SPOT_MIDDLE_BEFORE,
  SPOT_MIDDLE_AFTER,
  SPOT_COARSE_AROUND,
  SPOT_KNOWN,
  SPOT_KNOWN_BEFORE,
  SPOT_KNOWN_AFTER,
  SPOT_QUOTE,
  SPOT_PLACE,
  SPOT_SECOND_AFTER,
  SPOT_SECOND_MIDDLE,
  SPOT_KNOWN_FORM,
  SPOT_AROUND,
  SPOT_POS_BEFORE,
  SPOT_POS_AROUND,
};

static uint32_t mix(uint32_t template, uint32_t value) {
  uint32_t hash = value * 0x9E3779B1U + template * 0x85EBCA77U;
  hash ^= hash >> 16;
  hash *= 0x7FEB352DU;
  hash ^= hash >> 15;
  hash *= 0x846CA68BU;
  return hash ^ hash >> 16;
}

static uint32_t pair(uint32_t a, uint32_t b) { return a * 0x01000193U ^ (b + 0x7F4A7C15U); }

typedef struct maker {
  kh_document *document;
  kh_features *features;
} maker;

/// How many features a form has at most; room is made for all beforehand.
enum { MOST_ROWS = 24 };

static void add_row(maker *m, uint32_t template, uint32_t value) {
  m->features->rows.at[m->features->rows.count++] = mix(template, value);
}

static void affix_rows(maker *m, const uint8_t *bare, uint32_t len) {
  for (uint32_t n = 1; n <= 3 && n < len; n++) add_row(m, WORD_PREFIX + n, kh_name_hash(bare, n));
  for (uint32_t n = 1; n <= 4 && n < len; n++)
    add_row(m, WORD_SUFFIX + n, kh_name_hash(bare + len - n, n));
}

static void fact_rows(maker *m, const kh_form *form) {
  if (form->stem) {
    add_row(m, WORD_FINE, form->stem->fine);
    add_row(m, WORD_MIDDLE, form->stem->middle);
    add_row(m, WORD_COARSE, form->stem->coarse);
    add_row(m, WORD_LEANING, form->stem->leaning);
  } else {
    add_row(m, WORD_COARSE, 0xFFFFU);
  }
  if (form->fact && form->fact != form->stem) add_row(m, WORD_FORM_FINE, form->fact->fine);
}

static void morph_rows(maker *m, const kh_form *form) {
  const kh_morph_layer *morph = m->document->morph;
  if (!morph) return;
  uint32_t positions = 0;
  uint32_t known = 0;
  uint32_t nisba = 0;
  for (uint32_t c = morph->from[form->token]; c < morph->to[form->token]; c++) {
    const kh_word *word = &morph->candidates[c];
    if (!word->known) continue;
    known |= word->features & KH_F_GENERAL ? 1U : 2U;
    positions |= 1U << word->pos;
    nisba |= word->features & KH_F_NISBA ? 1U : 0U;
  }
  add_row(m, WORD_MORPH, known << 20 | positions << 1 | nisba);
}

/// Does the model see the line? Words that only help to judge what is a name already are not
/// shown to it.
static bool tells_of_names(const kh_known *line) { return line->kind < KH_KNOWN_PARTNER; }

/// Kinds of the lines that are this word alone, and what all of them have in common.
static void known_row(maker *m, const kh_form *form) {
  if (!form->known_count) return;
  const kh_known *known = m->document->engine->names->known;
  uint32_t kinds = 0;
  uint32_t flags = UINT32_MAX;
  for (uint32_t e = 0; e < form->known_count; e++) {
    if (!tells_of_names(&known[form->known[e]])) continue;
    kinds |= 1U << known[form->known[e]].kind;
    flags &= known[form->known[e]].flags;
  }
  if (!kinds) return;
  add_row(m, WORD_KNOWN, kinds | (flags & 15U) << 20);
}

static void form_rows(maker *m, kh_form *form) {
  form->first_row = m->features->rows.count;
  add_row(m, WORD_FORM, pair(form->hash, form->kind));
  uint32_t shape = form->kind | (uint32_t)form->mark << 4;
  if (form->kind == KH_TOKEN_WORD) {
    const uint32_t at = form->cut + form->article;
    const uint8_t *bare = form->letters + at;
    const uint32_t len = form->len - at;
    const uint32_t size = len > 8 ? 8 : len;
    shape |= (form->article ? 1U : 0U) << 12 | (form->cut ? 1U : 0U) << 13 | size << 16;
    add_row(m, WORD_STEM, form->stem_hash);
    add_row(m, WORD_BARE, kh_name_hash(bare, len));
    affix_rows(m, bare, len);
    fact_rows(m, form);
    morph_rows(m, form);
    known_row(m, form);
  }
  add_row(m, WORD_SHAPE, shape);
  form->last_row = m->features->rows.count;
}

// ---- places in the text

enum { EDGE = 0x5EED };

/// What is read to make the features of one place.
typedef struct looker {
  const kh_document *document;
  const kh_features *features;
  uint32_t *out;
  uint32_t count;
} looker;

static void add_spot(looker *m, uint32_t template, uint32_t value) {
  m->out[m->count++] = mix(template, value);
}

static const kh_form *form_at(const looker *m, const kh_sentence *sentence, int64_t token) {
  if (token < (int64_t)sentence->first || token >= (int64_t)sentence->last) return NULL;
  return &m->features->forms[m->features->form_of[token]];
}

static uint32_t stem_of(const kh_form *form) { return form ? form->stem_hash : EDGE; }
static uint32_t middle_of(const kh_form *form) {
  if (!form) return EDGE;
  if (form->stem) return form->stem->middle;
  return form->kind == KH_TOKEN_WORD ? 0x1000U : 0x2000U + form->kind * 32U + form->mark;
}
static uint32_t coarse_of(const kh_form *form) {
  if (!form) return EDGE;
  if (form->stem) return form->stem->coarse;
  return form->kind == KH_TOKEN_WORD ? 0x1000U : 0x2000U + form->kind * 32U + form->mark;
}

/// What the gazetteer says of a token: kinds of the name that covers it, and the token's part.
static uint32_t known_of(const looker *m, const kh_sentence *sentence, int64_t token) {
  if (token < (int64_t)sentence->first || token >= (int64_t)sentence->last) return EDGE;
  const int32_t at = m->features->hit_at[token];
  if (at < 0) return 0;
  const kh_known_hit *hit = &m->features->hits.at[at];
  const kh_known *known = m->document->engine->names->known;
  uint32_t kinds = 0;
  uint32_t flags = UINT32_MAX;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (!tells_of_names(line)) continue;
    const bool pattern = line->kind == KH_KNOWN_PATTERN;
    kinds |= 1U << (pattern ? line->level : line->kind);
    flags &= pattern ? (hit->state ? 16U : 0U) : line->flags;
  }
  if (!kinds) return 0;
  const uint32_t place = hit->tokens == 1                        ? 0
                         : token == hit->first                   ? 1
                         : token == hit->first + hit->tokens - 1 ? 2
                                                                 : 3;
  return kinds | place << 16 | (flags & 31U) << 20;
}

/// Where a token stands in a quotation: 0 outside; else whether first, last, and how long.
static uint32_t quote_of(const looker *m, uint32_t token) {
  const kh_token_layer *tokens = m->document->tokens;
  const int32_t q = tokens->at[token].quote;
  if (q < 0) return 0;
  const kh_quote *quote = &tokens->quotes[q];
  const uint32_t size = quote->last - quote->first;
  if (size > 6) return 1;
  return 2U + size * 4U + (token == quote->first ? 1U : 0U) + (token + 1 == quote->last ? 2U : 0U);
}

/// The reading chosen in context: part of speech, whether known, article, nisba.
static uint32_t reading_of(const looker *m, const kh_sentence *sentence, int64_t token) {
  if (token < (int64_t)sentence->first || token >= (int64_t)sentence->last) return EDGE;
  const kh_token *at = &m->document->tokens->at[token];
  if (at->kind != KH_TOKEN_WORD) return 0x100U + at->kind * 32U + at->mark;
  const kh_word *word = &m->document->morph->best[token];
  return word->pos | (word->known ? 16U : 0U) | (word->features & KH_F_NISBA ? 32U : 0U) |
         (word->proclitics & KH_CLITIC_AL ? 64U : 0U);
}

static void spot_rows(looker *m, const kh_sentence *sentence, uint32_t token) {
  const kh_form *here = form_at(m, sentence, token);
  const kh_form *before = form_at(m, sentence, (int64_t)token - 1);
  const kh_form *after = form_at(m, sentence, (int64_t)token + 1);
  const kh_form *second = form_at(m, sentence, (int64_t)token + 2);
  const uint32_t stem = stem_of(here);
  add_spot(m, SPOT_PAIR_BEFORE, pair(stem_of(before), stem));
  add_spot(m, SPOT_PAIR_AFTER, pair(stem, stem_of(after)));
  add_spot(m, SPOT_MIDDLE_BEFORE, pair(middle_of(before), middle_of(here)));
  add_spot(m, SPOT_MIDDLE_AFTER, pair(middle_of(here), middle_of(after)));
  add_spot(m, SPOT_COARSE_AROUND, pair(pair(coarse_of(before), coarse_of(here)), coarse_of(after)));
  add_spot(m, SPOT_AROUND, pair(middle_of(before), middle_of(after)));
  add_spot(m, SPOT_SECOND_AFTER, stem_of(second));
  add_spot(m, SPOT_SECOND_MIDDLE, middle_of(second));
  if (m->document->morph) {
    const uint32_t pos = reading_of(m, sentence, token);
    const uint32_t pos_before = reading_of(m, sentence, (int64_t)token - 1);
    const uint32_t pos_after = reading_of(m, sentence, (int64_t)token + 1);
    add_spot(m, SPOT_POS_BEFORE, pair(pos_before, pos));
    add_spot(m, SPOT_POS_AROUND, pair(pair(pos_before, pos), pos_after));
  }
  const uint32_t quote = quote_of(m, token);
  if (quote) add_spot(m, SPOT_QUOTE, quote);
  if (token == sentence->first) add_spot(m, SPOT_PLACE, sentence->paragraph ? 1 : 0);
  const uint32_t known = known_of(m, sentence, token);
  if (known) {
    add_spot(m, SPOT_KNOWN, known);
    add_spot(m, SPOT_KNOWN_FORM, pair(known, middle_of(before)));
  }
  const uint32_t known_before = known_of(m, sentence, (int64_t)token - 1);
  if (known_before) add_spot(m, SPOT_KNOWN_BEFORE, known_before);
  const uint32_t known_after = known_of(m, sentence, (int64_t)token + 1);
  if (known_after) add_spot(m, SPOT_KNOWN_AFTER, known_after);
}

uint32_t kh_name_spots(const kh_document *document, const kh_features *features,
                       const kh_sentence *sentence, uint32_t token, uint32_t out[KH_MOST_SPOTS]) {
  looker m = {document, features, out, 0};
  spot_rows(&m, sentence, token);
  return m.count;
}

kh_features *kh_name_features(kh_document *document) {
  kh_features *features = kh_arena_zero(&document->arena, sizeof *features);
  maker m = {document, features};
  kh_name_forms(document, features);
  kh_known_hits(document, features);
  const size_t room = (size_t)features->form_count * MOST_ROWS;
  features->rows.at = kh_arena_alloc(&document->arena, room * sizeof *features->rows.at);
  for (uint32_t f = 0; f < features->form_count; f++) form_rows(&m, &features->forms[f]);
  return features;
}
