// SPDX-License-Identifier: Apache-2.0
// Stages that are not there yet do nothing. A stage's own definitions take precedence.
#include "claim/frames.h"
#include "mention/names.h"

#define ABSENT __attribute__((weak))

ABSENT kh_status kh_lexicon_open(kh_engine *engine, kh_error *error) {
  (void)engine;
  (void)error;
  return KH_OK;
}

ABSENT void kh_morph_stage(kh_document *document) {
  kh_morph_layer *morph = kh_arena_zero(&document->arena, sizeof *morph);
  const size_t count = document->tokens->count;
  morph->best = kh_arena_zero(&document->arena, count * sizeof *morph->best);
  morph->from = kh_arena_zero(&document->arena, count * sizeof *morph->from);
  morph->to = kh_arena_zero(&document->arena, count * sizeof *morph->to);
  morph->phrase = kh_arena_alloc(&document->arena, count * sizeof *morph->phrase);
  for (size_t i = 0; i < count; i++) {
    morph->phrase[i] = -1;
    morph->best[i].lemma = UINT32_MAX;
  }
  morph->phrase_tokens = kh_arena_zero(&document->arena, count);
  morph->inside_phrase = kh_arena_zero(&document->arena, count);
  document->morph = morph;
}

ABSENT bool kh_word_has(const kh_document *document, uint32_t token, kh_class class_id) {
  (void)document;
  (void)token;
  (void)class_id;
  return false;
}

ABSENT bool kh_phrase_at(const kh_document *document, uint32_t token, kh_class class_id) {
  (void)document;
  (void)token;
  (void)class_id;
  return false;
}

ABSENT void kh_quantities(kh_document *document) { (void)document; }
ABSENT void kh_times(kh_document *document) { (void)document; }

ABSENT uint32_t kh_word_start(const kh_document *document, uint32_t token, bool keep_article) {
  (void)keep_article;
  return document->tokens->at[token].start;
}

ABSENT const uint64_t *kh_lexicon_classes(const kh_lexicon *lexicon, uint32_t lemma) {
  (void)lexicon;
  (void)lemma;
  static const uint64_t none[KH_CLASS_WORDS];
  return none;
}
