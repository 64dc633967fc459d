// SPDX-License-Identifier: Apache-2.0
// The word forms of a document: each is folded, hashed and cut once, however often it stands.
#include "mention/name_letters.h"
#include "mention/names.h"

#include <string.h>

uint32_t kh_name_hash(const uint8_t *letters, size_t len) {
  uint32_t hash = 2166136261U;
  for (size_t i = 0; i < len; i++) hash = (hash ^ letters[i]) * 16777619U;
  hash ^= hash >> 15;
  hash *= 0x85EBCA6BU;
  hash ^= hash >> 13;
  return hash ? hash : 1;
}

static const kh_word_fact *fact_of(const kh_name_model *model, uint32_t hash) {
  if (!model->facts) return NULL;
  for (uint32_t i = hash & model->fact_mask, n = 0; n <= model->fact_mask; n++) {
    const kh_word_fact *fact = &model->facts[i];
    if (fact->hash == hash) return fact;
    if (!fact->hash) return NULL;
    i = (i + 1) & model->fact_mask;
  }
  return NULL;
}

static bool same_form(const kh_form *form, const uint8_t *letters, uint32_t len, uint8_t kind,
                      uint8_t mark) {
  return form->len == len && form->kind == kind && form->mark == mark &&
         memcmp(form->letters, letters, len) == 0;
}

/// A table of the forms seen so far, by hash; slots hold the number of a form plus one.
typedef struct form_table {
  uint32_t *slots;
  uint32_t mask;
} form_table;

static form_table new_table(kh_document *document, uint32_t tokens) {
  uint32_t size = 64;
  while (size < tokens * 2) size *= 2;
  return (form_table){kh_arena_zero(&document->arena, size * sizeof(uint32_t)), size - 1};
}

static const kh_form *find_form(const kh_features *features, const form_table *table,
                                const uint8_t *letters, uint32_t len) {
  const uint32_t hash = kh_name_hash(letters, len);
  for (uint32_t i = hash & table->mask; table->slots[i]; i = (i + 1) & table->mask) {
    const kh_form *form = &features->forms[table->slots[i] - 1];
    if (form->hash == hash && same_form(form, letters, len, KH_TOKEN_WORD, KH_MARK_NONE))
      return form;
  }
  return NULL;
}

// The form of each different word, UINT32_MAX as long as it was not met; NULL without words.
static uint32_t *forms_of_kinds(kh_document *document) {
  const kh_morph_layer *morph = document->morph;
  if (!morph) return NULL;
  uint32_t *forms = kh_arena_alloc(&document->arena, (morph->kind_count + 1) * sizeof *forms);
  for (uint32_t k = 0; k < morph->kind_count; k++) forms[k] = UINT32_MAX;
  return forms;
}

static void intern_all(kh_document *document, kh_features *features, form_table *table) {
  const kh_token_layer *tokens = document->tokens;
  uint32_t *of_kind = forms_of_kinds(document);
  uint8_t *letters = kh_arena_alloc(&document->arena, tokens->letter_count);
  size_t used = 0;
  for (uint32_t t = 0; t < tokens->count; t++) {
    const kh_token *token = &tokens->at[t];
    const uint32_t kind = of_kind ? document->morph->kind_at[t] : UINT32_MAX;
    if (kind != UINT32_MAX && of_kind[kind] != UINT32_MAX) {
      features->form_of[t] = of_kind[kind];
      continue;
    }
    const uint8_t *from = kh_token_letters(tokens, t);
    uint8_t *to = letters + used;
    uint32_t len = token->fold_len > 64 ? 64 : token->fold_len;
    for (uint32_t i = 0; i < len; i++)
      to[i] = token->kind == KH_TOKEN_NUMBER ? '0' : kh_name_letter(from[i]);
    if (token->kind == KH_TOKEN_NUMBER && len > 4) len = 4; // numbers matter by length only
    const uint32_t hash = kh_name_hash(to, len);
    uint32_t slot = hash & table->mask;
    while (table->slots[slot]) {
      const kh_form *form = &features->forms[table->slots[slot] - 1];
      if (form->hash == hash && same_form(form, to, len, token->kind, token->mark)) break;
      slot = (slot + 1) & table->mask;
    }
    if (!table->slots[slot]) {
      kh_form *form = &features->forms[features->form_count++];
      *form = (kh_form){.letters = to,
                        .hash = hash,
                        .token = t,
                        .len = (uint8_t)len,
                        .kind = token->kind,
                        .mark = token->mark};
      table->slots[slot] = features->form_count;
      used += len;
    }
    features->form_of[t] = table->slots[slot] - 1;
    if (kind != UINT32_MAX) of_kind[kind] = features->form_of[t];
  }
}

/// A way to cut proclitics off: `letters` of them, then an article of `article` letters.
typedef struct cut {
  uint8_t letters;
  uint8_t article;
  uint8_t first; // the outermost proclitic
  uint8_t last;  // the innermost
} cut;

enum { MAX_CUTS = 4 };

/// Fills `cuts` with the proclitics that the letters allow, shortest first.
static uint32_t possible_cuts(const kh_form *form, cut *cuts) {
  const uint8_t *at = form->letters;
  const uint32_t len = form->len;
  uint32_t count = 0;
  uint32_t i = 0;
  uint8_t first = 0;
  if (len > 3 && (at[0] == KH_LETTER_WAW || at[0] == KH_LETTER_FA)) {
    first = at[0];
    cuts[count++] = (cut){.letters = 1, .first = first, .last = first};
    i = 1;
  }
  if (len > i + 2 && (at[i] == KH_LETTER_BA || at[i] == KH_LETTER_LAM || at[i] == KH_LETTER_KAF)) {
    if (!first) first = at[i];
    const bool lams = at[i] == KH_LETTER_LAM && at[i + 1] == KH_LETTER_LAM;
    cuts[count++] =
        (cut){.letters = (uint8_t)(i + 1), .article = lams ? 1 : 0, .first = first, .last = at[i]};
  }
  for (uint32_t c = 0; c < count; c++) {
    const uint32_t n = cuts[c].letters;
    if (len > n + 3 && at[n] == KH_LETTER_ALEF && at[n + 1] == KH_LETTER_LAM) cuts[c].article = 2;
  }
  return count;
}

/// The fact of what stays after a cut; the article that «لل» swallowed is put back.
static const kh_word_fact *stem_fact(const kh_name_model *model, const kh_form *form, cut how) {
  uint8_t with_article[66];
  const uint8_t *stem = form->letters + how.letters;
  uint32_t len = (uint32_t)form->len - how.letters;
  if (how.article == 1) {
    with_article[0] = KH_LETTER_ALEF;
    memcpy(with_article + 1, stem, len);
    stem = with_article;
    len++;
  }
  return fact_of(model, kh_name_hash(stem, len));
}

/// How much more frequent (in steps of the square root of 2) the stem must be than the whole
/// word before the proclitic is believed. «ك» and «ف» seldom stand before names.
static int needed(cut how) {
  if (how.article) return -8;
  if (how.last == KH_LETTER_KAF) return 10;
  if (how.first == KH_LETTER_FA && how.last == KH_LETTER_FA) return 6;
  return 3;
}

static bool unknown_and_waw(const kh_form *form, cut how) {
  // «و» before consonants: hardly a name begins so, and conjunction is its commonest use
  const uint8_t next = form->letters[how.letters];
  return how.letters == 1 && how.first == KH_LETTER_WAW && form->len >= 5 &&
         next != KH_LETTER_ALEF && next != KH_LETTER_YA && next != KH_LETTER_LAM;
}

static uint32_t stem_hash(const kh_form *form) {
  const uint8_t *stem = form->letters + form->cut;
  const uint32_t len = (uint32_t)form->len - form->cut;
  if (form->article != 1) return form->cut ? kh_name_hash(stem, len) : form->hash;
  uint8_t whole[66];
  whole[0] = KH_LETTER_ALEF;
  memcpy(whole + 1, stem, len);
  return kh_name_hash(whole, len + 1);
}

/// Is the rest of a word, after a preposition was cut off, known as a verb alone? No preposition
/// stands before a verb: «بيدرسون» is a name, not «بـ» and «they study».
static bool is_verb_alone(const kh_document *document, const kh_form *form, cut how) {
  const struct kh_lexicon *lexicon = document->engine->lexicon;
  if (!lexicon || how.last == KH_LETTER_WAW || how.last == KH_LETTER_FA) return false;
  const uint8_t *letters = kh_token_letters(document->tokens, form->token) + how.letters;
  uint32_t count;
  const kh_analysis *readings =
      kh_lexicon_find(lexicon, letters, (size_t)form->len - how.letters, &count);
  for (uint32_t i = 0; i < count; i++)
    if (readings[i].pos != KH_POS_VERB) return false;
  return count > 0;
}

static void choose_cut(const kh_document *document, const kh_name_model *model,
                       kh_features *features, const form_table *table, kh_form *form) {
  cut cuts[MAX_CUTS];
  const uint32_t count = possible_cuts(form, cuts);
  const int whole = form->fact ? form->fact->frequency : 0;
  int best = 0;
  for (uint32_t c = 0; c < count; c++) {
    const kh_word_fact *fact = stem_fact(model, form, cuts[c]);
    const uint8_t *stem = form->letters + cuts[c].letters;
    const uint32_t len = (uint32_t)form->len - cuts[c].letters;
    const int frequency = fact ? fact->frequency : 0;
    int gain = frequency - whole - needed(cuts[c]);
    if (!whole && !frequency) {
      if (unknown_and_waw(form, cuts[c]) && cuts[c].letters == 1) gain = 1;
      if (len >= 4 && find_form(features, table, stem, len)) gain = 2;
    }
    if (cuts[c].article && !whole) gain = gain > 4 ? gain : 4;
    if (gain <= best || is_verb_alone(document, form, cuts[c])) continue;
    best = gain;
    form->cut = cuts[c].letters;
    form->article = cuts[c].article;
    form->stem = fact;
  }
}

static void cut_form(const kh_document *document, const kh_name_model *model, kh_features *features,
                     const form_table *table, kh_form *form) {
  form->fact = fact_of(model, form->hash);
  form->stem = form->fact;
  form->stem_hash = form->hash;
  if (form->kind != KH_TOKEN_WORD) return;
  if (form->len > 3 && form->letters[0] == KH_LETTER_ALEF && form->letters[1] == KH_LETTER_LAM) {
    form->article = 2;
    return;
  }
  choose_cut(document, model, features, table, form);
  form->stem_hash = stem_hash(form);
}

void kh_name_forms(kh_document *document, kh_features *features) {
  const uint32_t count = document->tokens->count;
  static const kh_name_model none;
  const struct kh_names *names = document->engine->names;
  const kh_name_model *model = names && names->has_model ? &names->model : &none;
  features->form_of = kh_arena_alloc(&document->arena, (count + 1) * sizeof *features->form_of);
  features->forms = kh_arena_alloc(&document->arena, (count + 1) * sizeof *features->forms);
  form_table table = new_table(document, count);
  intern_all(document, features, &table);
  enum { AHEAD = 8 };
  for (uint32_t f = 0; f < features->form_count; f++) {
    if (model->facts && f + AHEAD < features->form_count)
      __builtin_prefetch(&model->facts[features->forms[f + AHEAD].hash & model->fact_mask]);
    cut_form(document, model, features, &table, &features->forms[f]);
  }
}
