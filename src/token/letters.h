// SPDX-License-Identifier: Apache-2.0
/// \file
/// Folded letters: one byte each, so that a word is a short byte string and the compiled tables
/// are small. The code is ISO 8859-6 for Arabic letters (0xC1 hamza ... 0xEA ya), ASCII for
/// digits, lower-case Latin letters and the blank, and 0x80..0x9F for letters of Persian and its
/// neighbours.
///
/// Folding: diacritics, tatweel, joiners and bidi marks vanish; alef with hamza, madda or wasla
/// becomes bare alef; Persian kaf, ya and Urdu variants become Arabic ones; presentation forms
/// become their letters; digits of all kinds become ASCII digits. Kept apart: ta marbuta and ha,
/// alef maqsura and ya, hamza on waw and ya (the lexicon tries their confusions only when a word
/// is not found as written).
#ifndef KHUTWA_TOKEN_LETTERS_H
#define KHUTWA_TOKEN_LETTERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  KH_LETTER_NONE = 0,     // vanishes
  KH_LETTER_OTHER = 0x01, // any other character of a word
  KH_LETTER_HAMZA = 0xC1,
  KH_LETTER_WAW_HAMZA = 0xC4,
  KH_LETTER_YA_HAMZA = 0xC6,
  KH_LETTER_ALEF = 0xC7,
  KH_LETTER_BA = 0xC8,
  KH_LETTER_TA_MARBUTA = 0xC9,
  KH_LETTER_TA = 0xCA,
  KH_LETTER_THA = 0xCB,
  KH_LETTER_JIM = 0xCC,
  KH_LETTER_HAH = 0xCD,
  KH_LETTER_KHAH = 0xCE,
  KH_LETTER_DAL = 0xCF,
  KH_LETTER_THAL = 0xD0,
  KH_LETTER_RA = 0xD1,
  KH_LETTER_ZAY = 0xD2,
  KH_LETTER_SIN = 0xD3,
  KH_LETTER_SHIN = 0xD4,
  KH_LETTER_SAD = 0xD5,
  KH_LETTER_DAD = 0xD6,
  KH_LETTER_TAH = 0xD7,
  KH_LETTER_ZAH = 0xD8,
  KH_LETTER_AYN = 0xD9,
  KH_LETTER_GHAYN = 0xDA,
  KH_LETTER_FA = 0xE1,
  KH_LETTER_QAF = 0xE2,
  KH_LETTER_KAF = 0xE3,
  KH_LETTER_LAM = 0xE4,
  KH_LETTER_MIM = 0xE5,
  KH_LETTER_NUN = 0xE6,
  KH_LETTER_HA = 0xE7,
  KH_LETTER_WAW = 0xE8,
  KH_LETTER_ALEF_MAQSURA = 0xE9,
  KH_LETTER_YA = 0xEA,
  // letters of other languages in the Arabic script
  KH_LETTER_PEH = 0x81,
  KH_LETTER_CHEH = 0x82,
  KH_LETTER_ZHEH = 0x83,
  KH_LETTER_GAF = 0x84,
  KH_LETTER_VEH = 0x85,
  KH_LETTER_FOREIGN = 0x86, // any other (Urdu, Kurdish, Pashto)
};

/// What one character contributes to a folded word.
typedef struct kh_fold {
  uint8_t letter; // first folded letter; KH_LETTER_NONE vanishes
  uint8_t second; // lam-alef ligatures give two; else 0
} kh_fold;

kh_fold kh_fold_of(uint32_t code_point);

/// Folds `len` bytes of UTF-8 into `out` (room bytes; cut when full). Returns the letters written.
size_t kh_fold_utf8(const char *text, size_t len, uint8_t *out, size_t room);

/// Writes folded letters back as UTF-8 (alefs bare). Returns bytes written, NUL added; cut at room.
size_t kh_unfold_utf8(const uint8_t *letters, size_t len, char *out, size_t room);

static inline bool kh_letter_is_arabic(uint8_t letter) { return letter >= 0xC1 && letter <= 0xEA; }
static inline bool kh_letter_is_digit(uint8_t letter) { return letter >= '0' && letter <= '9'; }

#endif
