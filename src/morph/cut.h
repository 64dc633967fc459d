// SPDX-License-Identifier: Apache-2.0
/// \file
/// The readings of one word: every way to cut its clitics that leaves a stem the lexicon knows.
#ifndef KHUTWA_MORPH_CUT_H
#define KHUTWA_MORPH_CUT_H

#include "morph/morph.h"

enum { KH_READINGS_MAX = 32 };

typedef struct kh_readings {
  kh_word at[KH_READINGS_MAX];
  uint32_t count;
} kh_readings;

/// Lists the readings of a folded word, likeliest first, at least one: an unknown word gets
/// guesses by its shape (`known` 0).
void kh_read_word(const kh_lexicon *lexicon, const uint8_t *letters, uint32_t len,
                  kh_readings *out);

/// A folded word.
typedef struct kh_letters {
  const uint8_t *at;
  uint32_t len;
} kh_letters;

enum { KH_FETCH_MAX = 8 };
/// Asks the memory for what kh_read_word will need for some words, at most KH_FETCH_MAX. The
/// lexicon is too large for the caches near the processor, and each letter of a word leads to
/// somewhere else in it: the words are spelt side by side, so that many such steps are under way at
/// once rather than one after another.
void kh_fetch_words(const kh_lexicon *lexicon, const kh_letters *words, uint32_t count);

/// Where a word may begin after the proclitics و ف ب ل ك س ال; 0 is always the first.
enum { KH_STARTS_MAX = 12 };
typedef struct kh_start {
  uint8_t at;
  uint8_t proclitics;
} kh_start;
uint32_t kh_word_starts(const uint8_t *letters, uint32_t len, kh_start *out);

#endif
