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

/// The cluster of a form whose stem is in none.
static uint16_t no_cluster(const kh_form *form) {
  if (form->kind == KH_TOKEN_WORD) return 0x1000U;
  return (uint16_t)(0x2000U + form->kind * 32U + form->mark);
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

/// Letters of a token as names compare them; gives how many.
static uint32_t name_letters(const kh_token_layer *tokens, uint32_t t, uint8_t *to) {
  const kh_token *token = &tokens->at[t];
  const uint8_t *from = kh_token_letters(tokens, t);
  const uint32_t len = token->fold_len > 64 ? 64 : token->fold_len;
  for (uint32_t i = 0; i < len; i++)
    to[i] = token->kind == KH_TOKEN_NUMBER ? '0' : kh_name_letter(from[i]);
  if (token->kind == KH_TOKEN_NUMBER && len > 4) return 4; // numbers matter by length only
  return len;
}

/// What the tables say of a frequent word.
static void take_ready(kh_form *form, const struct kh_names *names, const kh_ready_names *ready,
                       const kh_ready_name *word) {
  form->letters = ready->letters + word->letters;
  form->len = word->len;
  form->hash = word->hash;
  form->stem_hash = word->stem_hash;
  form->cut = word->cut;
  form->article = word->article;
  form->middle = word->middle;
  form->coarse = word->coarse;
  form->known = names->keys.values + word->known;
  form->known_count = word->known_count;
  form->starts = ready->starts + word->starts;
  form->start_count = word->start_count;
  __builtin_prefetch(form->letters); // read later, if at all
  if (form->known_count) __builtin_prefetch(form->known);
  form->weights = ready->weights + (size_t)(word - ready->words) * KH_WORD_ROW;
}

/// The words of a document while they are made into forms.
typedef struct interner {
  kh_document *document;
  kh_features *features;
  const kh_ready_names *ready; // NULL: none is ready
  form_table *table;
  uint8_t *letters; // room for those of the next form
} interner;

/// The frequent word that a kind of words is; NULL.
static const kh_ready_name *ready_word(const interner *in, uint32_t kind) {
  if (!in->ready || kind >= in->document->morph->kind_count) return NULL;
  const uint32_t number = in->document->morph->ready[kind];
  if (number == UINT32_MAX) return NULL;
  const kh_ready_name *word = &in->ready->words[number];
  return word->flags & KH_READY_USABLE ? word : NULL;
}

/// The tables are too large for the caches near the processor: what the next words need is on its
/// way while a word is looked for.
static void fetch_ready(const interner *in, uint32_t kind) {
  const kh_morph_layer *morph = in->document->morph;
  if (!in->ready || kind >= morph->kind_count || morph->ready[kind] == UINT32_MAX) return;
  __builtin_prefetch(&in->ready->words[morph->ready[kind]]);
}

/// Where the number of a form stands in the table, or a free slot for it.
static uint32_t *slot_of(const interner *in, const kh_form *form) {
  const form_table *table = in->table;
  uint32_t slot = form->hash & table->mask;
  for (; table->slots[slot]; slot = (slot + 1) & table->mask) {
    const kh_form *other = &in->features->forms[table->slots[slot] - 1];
    if (other->hash == form->hash &&
        same_form(other, form->letters, form->len, form->kind, form->mark))
      break;
  }
  return &table->slots[slot];
}

/// The number of the form of a token whose kind (UINT32_MAX: none) was not met before.
static uint32_t form_of(interner *in, uint32_t t, uint32_t kind) {
  const kh_token *token = &in->document->tokens->at[t];
  kh_form *form = &in->features->forms[in->features->form_count];
  *form = (kh_form){.token = t, .kind = token->kind, .mark = token->mark};
  const kh_ready_name *ready = ready_word(in, kind);
  if (ready) {
    take_ready(form, in->document->engine->names, in->ready, ready);
    if (!(ready->flags & KH_READY_STEM)) form->middle = form->coarse = no_cluster(form);
  } else {
    form->letters = in->letters;
    form->len = (uint8_t)name_letters(in->document->tokens, t, in->letters);
    form->hash = kh_name_hash(form->letters, form->len);
  }
  uint32_t *slot = slot_of(in, form);
  if (!*slot) {
    *slot = ++in->features->form_count;
    if (!ready) in->letters += form->len;
  }
  return *slot - 1;
}

static void intern_all(interner *in) {
  enum { AHEAD = 8 };
  kh_document *document = in->document;
  const kh_token_layer *tokens = document->tokens;
  uint32_t *of_kind = forms_of_kinds(document);
  for (uint32_t t = 0; t < tokens->count; t++) {
    const uint32_t kind = of_kind ? document->morph->kind_at[t] : UINT32_MAX;
    if (kind == UINT32_MAX) {
      in->features->form_of[t] = form_of(in, t, kind);
      continue;
    }
    if (of_kind[kind] == UINT32_MAX) {
      fetch_ready(in, kind + AHEAD);
      of_kind[kind] = form_of(in, t, kind);
    }
    in->features->form_of[t] = of_kind[kind];
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
      if (len >= 4) {
        form->in_company = true;
        if (find_form(features, table, stem, len)) gain = 2;
      }
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

static void analyse_form(const kh_document *document, const kh_name_model *model,
                         kh_features *features, const form_table *table, kh_form *form) {
  cut_form(document, model, features, table, form);
  form->middle = form->stem ? form->stem->middle : no_cluster(form);
  form->coarse = form->stem ? form->stem->coarse : no_cluster(form);
}

void kh_name_forms(kh_document *document, kh_features *features, const kh_ready_names *ready) {
  const uint32_t count = document->tokens->count;
  static const kh_name_model none;
  const struct kh_names *names = document->engine->names;
  const kh_name_model *model = names && names->has_model ? &names->model : &none;
  features->form_of = kh_arena_alloc(&document->arena, (count + 1) * sizeof *features->form_of);
  features->forms = kh_arena_alloc(&document->arena, (count + 1) * sizeof *features->forms);
  form_table table = new_table(document, count);
  interner in = {document, features, ready, &table, NULL};
  in.letters = kh_arena_alloc(&document->arena, document->tokens->letter_count);
  intern_all(&in);
  enum { AHEAD = 8 };
  for (uint32_t f = 0; f < features->form_count; f++) {
    if (model->facts && f + AHEAD < features->form_count && !features->forms[f + AHEAD].weights)
      __builtin_prefetch(&model->facts[features->forms[f + AHEAD].hash & model->fact_mask]);
    if (!features->forms[f].weights)
      analyse_form(document, model, features, &table, &features->forms[f]);
  }
}
