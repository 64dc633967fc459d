// SPDX-License-Identifier: Apache-2.0
/// \file
/// A linear model over readings: each reading has a few features, each feature a weight.
///
/// Features are hashed into a table of KH_TAG_WEIGHTS weights (section "POSM", made from
/// models/pos.tsv). Some depend on the word alone and are summed once a document for each
/// different word; the others see the words around it.
#ifndef KHUTWA_MORPH_MODEL_H
#define KHUTWA_MORPH_MODEL_H

#include "morph/morph.h"

enum {
  KH_TAG_WEIGHTS = 1 << 15,
  KH_TAG_SCALE = 4, // a point of a reading's own cost, in units of weights
  KH_TAG_OWN = 4,
  KH_TAG_AROUND = 4,
};

/// What the context features see of a reading: part of speech, definiteness, clitics, tense.
uint32_t kh_tag_code(const kh_word *word);

/// What stands around a word.
typedef struct kh_tag_context {
  uint32_t before;      // code of the reading chosen before; or of the mark, or of the beginning
  uint32_t before_form; // hash of the written word before
  uint32_t after;       // code of the likeliest reading after
  uint32_t before_features; // KH_F_... of the reading before
} kh_tag_context;

/// Codes for what is no word.
uint32_t kh_tag_code_of_mark(unsigned mark);
uint32_t kh_tag_code_of_edge(void);
uint32_t kh_tag_code_of_number(void);

/// A hash of a written word.
uint32_t kh_tag_form(const uint8_t *letters, uint32_t len);

/// Features that depend on the word alone: indices into the weights.
void kh_tag_own_features(const kh_word *word, const uint8_t *letters, uint32_t form,
                         uint16_t out[KH_TAG_OWN]);
/// Features that depend on what stands around.
void kh_tag_features(const kh_word *word, const kh_tag_context *context,
                     uint16_t out[KH_TAG_AROUND]);

#endif
