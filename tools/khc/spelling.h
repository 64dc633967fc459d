// SPDX-License-Identifier: Apache-2.0
/// \file
/// Joining stems and endings. Endings are written in Latin letters, one an Arabic letter:
/// A alef, ' hamza, b ba, p ta marbuta, t ta, m mim, n nun, h ha, w waw, Y alef maqsura, y ya.
#ifndef KHUTWA_KHC_SPELLING_H
#define KHUTWA_KHC_SPELLING_H

#include "paradigm.h"
#include "token/letters.h"

typedef struct khc_sink {
  khc_emit *emit;
  void *context;
} khc_sink;

/// The last letter, or 0.
uint8_t khc_last(const khc_spelling *word);
/// The letter before the last, or 0.
uint8_t khc_before_last(const khc_spelling *word);
khc_spelling khc_without_last(const khc_spelling *word);
khc_spelling khc_with(const khc_spelling *word, uint8_t letter);
khc_spelling khc_replace_last(const khc_spelling *word, uint8_t letter);
khc_spelling khc_replace_at(const khc_spelling *word, uint8_t at, uint8_t letter);
khc_spelling khc_without_at(const khc_spelling *word, uint8_t at);
khc_spelling khc_prefixed(uint8_t letter, const khc_spelling *word);

/// Emits stem and ending, in all spellings in use: hamza and alef become madda, a hamza at the
/// joint changes its seat.
void khc_join(const khc_sink *sink, const khc_spelling *stem, const char *ending,
              uint32_t features);
/// The same where no vowel stands between stem and ending: equal letters are written once.
void khc_join_closed(const khc_sink *sink, const khc_spelling *stem, const char *ending,
                     uint32_t features);

#endif
