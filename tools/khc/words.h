// SPDX-License-Identifier: Apache-2.0
/// \file
/// The word table in the making; each source of words (rules/words, the general lexicon) adds its
/// forms.
#ifndef KHUTWA_KHC_WORDS_H
#define KHUTWA_KHC_WORDS_H

#include "khc.h"
#include "lexicon/lexicon.h"
#include "paradigm.h"

typedef struct khc_classes_set {
  uint64_t bits[KHC_CLASS_WORDS_MAX];
} khc_classes_set;

typedef struct khc_lemma {
  uint32_t text; // offset in the text section
  uint32_t set;  // index into sets
} khc_lemma;

typedef struct khc_entry {
  const uint8_t *letters;
  uint32_t lemma;
  uint32_t features;
  uint8_t len;
  uint8_t pos;
  uint8_t cost; // lower is likelier
} khc_entry;

typedef struct khc_lexicon {
  const khc_rules *rules;
  khc_out *out;
  KH_ARRAY(khc_classes_set) sets;
  KH_ARRAY(khc_lemma) lemmas;
  KH_ARRAY(khc_entry) entries;
} khc_lexicon;

/// The number of a class set, each once.
uint32_t khc_class_set(khc_lexicon *lexicon, const khc_classes_set *set);
/// A new lemma.
uint32_t khc_add_lemma(khc_lexicon *lexicon, const khc_spelling *lemma, uint32_t set);
/// A form of a lemma.
void khc_add_form(khc_lexicon *lexicon, const khc_spelling *form, uint32_t lemma, kh_pos pos,
                  uint32_t features);

/// The general lexicon (hunspell-ar) in rules->hunspell.
void khc_general_words(khc_lexicon *lexicon);

#endif
