// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a document and an engine are made of: one pointer a layer. Each stage fills its own and
/// reads the earlier ones; the types are known only from the stage's own header.
#ifndef KHUTWA_BASE_LAYERS_H
#define KHUTWA_BASE_LAYERS_H

#include "base/arena.h"

#include <khutwa/document.h>

struct kh_document {
  kh_arena arena;
  const kh_engine *engine;
  struct kh_text_layer *text;        // src/text: bytes, paragraphs, source, language
  struct kh_token_layer *tokens;     // src/token: words, sentences, quotations
  struct kh_morph_layer *morph;      // src/morph: an analysis a token
  struct kh_mention_layer *mentions; // src/mention: names, times, quantities, entities
  struct kh_claim_layer *claims;     // src/claim: statements, figures, events, steps
  struct kh_record *record;          // src/record: the verified result
};

struct kh_engine {
  kh_arena arena;
  kh_allocator allocator;
  size_t max_document;
  float min_confidence;
  const struct kh_tables *tables;      // src/lexicon: the compiled tables, checked
  const struct kh_lexicon *lexicon;    // src/lexicon: word forms, lemmas, classes, phrases
  const struct kh_morph_tables *morph; // src/morph: weights, frequent words; NULL: none
  const struct kh_names *names;        // src/mention: gazetteer and name model
  const struct kh_calendar *calendar;  // src/mention: rules of times and numbers
  const struct kh_frames *frames;      // src/claim: rules of claims
  const struct kh_learner *learner;    // src/claim: whoever trains its model; NULL
};

#endif
