// SPDX-License-Identifier: Apache-2.0
/// \file
/// Words as the search knows them: where they stand in a text, and the spellings under which each
/// is found. The same folding as the engine's (token/letters.h), carried further where writers of
/// Arabic are careless: ta marbuta and ha, alef maqsura and ya, hamza and its seats.
///
/// A word is indexed under up to three kinds of terms, told apart by a first byte that no text has:
///   exact  the letters as written, without diacritics, tatweel, joiners and bidi marks, digits in
///          ASCII, ligatures and presentation forms resolved: «المسؤولة»
///   whole  the same, folded; only where that changes something: «المسووله», «المسءوله»
///   part   folded, and without و ف ب ل ك س ال before it: «مسووله», «مسءوله»
#ifndef KHUTWA_STORE_FOLD_H
#define KHUTWA_STORE_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  KH_WORD_LETTERS = 48, // longer words are cut there
  KH_TERM_BYTES = 4 * KH_WORD_LETTERS + 2,
  KH_TERMS_MAX = 64, // of one word
  KH_TERM_WHOLE = 1, // first bytes; exact terms begin with their first letter
  KH_TERM_PART = 2,
};

/// A word of a text: its place in bytes, and its letters as written (code points).
typedef struct kh_spelt {
  uint32_t start;
  uint32_t end;
  uint32_t letters[KH_WORD_LETTERS];
  uint8_t count;
} kh_spelt;

/// Walks over the words of a text. Set `text`, `len` and zero the rest.
typedef struct kh_spelling {
  const char *text; // UTF-8; bytes that are none separate words
  size_t len;
  size_t at;
} kh_spelling;

/// The next word, or false at the end. Digit groups belong together: «1,200» and «١٬٢٠٠» are 1200.
bool kh_next_spelt(kh_spelling *spelling, kh_spelt *word);

/// How far a query may leave the letters as written.
typedef enum kh_reach {
  KH_REACH_INDEX = 0, ///< What a word of a text is indexed under.
  KH_REACH_EXACT,     ///< A query's word: the same letters.
  KH_REACH_WHOLE,     ///< ... or other spellings of the same word.
  KH_REACH_PART,      ///< ... or the same word behind و ف ب ل ك س ال, in query or text.
  KH_REACH_WITHIN,    ///< As PART, but nothing is cut from the query's word (for what is excluded).
} kh_reach;

typedef struct kh_terms {
  char at[KH_TERMS_MAX][KH_TERM_BYTES]; // not NUL-terminated
  uint8_t len[KH_TERMS_MAX];
  uint8_t count;
} kh_terms;

/// The terms of a word, without repetitions. The first is its exact term.
void kh_terms_of(const kh_spelt *word, kh_reach reach, kh_terms *terms);

/// A name for comparison: its words folded, one blank between two, NUL-terminated. Returns the
/// bytes without NUL; cut at a word where `room` is small.
size_t kh_search_fold(const char *text, size_t len, char *out, size_t room);

#endif
