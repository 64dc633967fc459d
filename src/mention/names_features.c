// SPDX-License-Identifier: Apache-2.0
// What the name model sees of each word form.
//
// Features of a form are made once for all its occurrences, and count for the tags of its
// neighbours as well.
#include "mention/names_templates.h"

typedef struct maker {
  kh_document *document;
  kh_features *features;
} maker;

/// How many features a form has at most; room is made for all beforehand.
enum { MOST_ROWS = 24 };

static void add_row(maker *m, uint32_t template, uint32_t value) {
  m->features->rows.at[m->features->rows.count++] = kh_name_mix(template, value);
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

/// Kinds of the lines that are this word alone, and what all of them have in common.
static void known_row(maker *m, const kh_form *form) {
  if (!form->known_count) return;
  const kh_known *known = m->document->engine->names->known;
  uint32_t kinds = 0;
  uint32_t flags = UINT32_MAX;
  for (uint32_t e = 0; e < form->known_count; e++) {
    if (!kh_tells_of_names(&known[form->known[e]])) continue;
    kinds |= 1U << known[form->known[e]].kind;
    flags &= known[form->known[e]].flags;
  }
  if (!kinds) return;
  add_row(m, WORD_KNOWN, kinds | (flags & 15U) << 20);
}

static void form_rows(maker *m, kh_form *form) {
  form->first_row = m->features->rows.count;
  add_row(m, WORD_FORM, kh_name_pair(form->hash, form->kind));
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

kh_features *kh_name_features(kh_document *document, const kh_ready_names *ready) {
  kh_features *features = kh_arena_zero(&document->arena, sizeof *features);
  maker m = {document, features};
  kh_name_forms(document, features, ready);
  kh_known_hits(document, features);
  size_t fresh = 0;
  for (uint32_t f = 0; f < features->form_count; f++) fresh += !features->forms[f].weights;
  features->rows.at =
      kh_arena_alloc(&document->arena, fresh * MOST_ROWS * sizeof *features->rows.at);
  for (uint32_t f = 0; f < features->form_count; f++)
    if (!features->forms[f].weights) form_rows(&m, &features->forms[f]);
  return features;
}
