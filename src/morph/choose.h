// SPDX-License-Identifier: Apache-2.0
/// \file
/// Choosing one reading a token from what stands around it.
#ifndef KHUTWA_MORPH_CHOOSE_H
#define KHUTWA_MORPH_CHOOSE_H

#include "morph/model.h"

/// A word that occurs in the document, however often.
typedef struct kh_word_kind {
  uint32_t form; // hash of its letters
  uint32_t from; // candidates
  uint32_t to;
  uint32_t code; // of the likeliest reading
  uint8_t never; // KH_NEVER_..., KH_MAY_TELL
} kh_word_kind;

typedef struct kh_chooser {
  const kh_document *document;
  const int16_t *weights; // KH_TAG_WEIGHTS of them; NULL: rules alone
  const kh_word_kind *kinds;
  const uint32_t *kind_at; // of each token; UINT32_MAX for what is no word
  bool careful;            // the document prints its hamzas
} kh_chooser;

/// Sets `careful` from the document.
void kh_chooser_init(kh_chooser *chooser);

/// What stands around token `t` of a sentence [first, last), whose words before it are chosen.
kh_tag_context kh_context_of(const kh_chooser *chooser, uint32_t t, uint32_t first, uint32_t last);

/// What rules and signs say of a reading of token `t`, in points (KH_TAG_SCALE weights each).
/// `before`: the reading chosen for the word before, NULL at the beginning or after a mark.
int kh_points_of(const kh_chooser *chooser, uint32_t t, const kh_word *before, const kh_word *word);

/// Fills best[] of the morph layer from its candidates, sentence by sentence.
void kh_choose_readings(const kh_chooser *chooser, kh_morph_layer *layer);

/// The first part of kh_morph_stage: readings and phrases, nothing chosen yet (for the trainer).
kh_chooser kh_morph_read(kh_document *document);

#endif
