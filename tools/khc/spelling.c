// SPDX-License-Identifier: Apache-2.0
#include "spelling.h"

#include <string.h>

enum { SHADDA = 0x0651 };

bool khc_spell(const char *word, khc_spelling *out) {
  memset(out, 0, sizeof *out);
  const unsigned char *p = (const unsigned char *)word;
  for (; *p; p += 2) {
    if (p[0] < 0xD8 || p[0] > 0xDB || (p[1] & 0xC0) != 0x80) return false;
    const uint32_t c = (p[0] & 0x1Fu) << 6 | (p[1] & 0x3Fu);
    if (c == SHADDA) out->doubled = true;
    if (c >= 0x064B && c <= 0x0652) continue;
    if (c < 0x0621 || c > 0x064A || (c > 0x063A && c < 0x0641)) return false;
    if (out->len == KHC_SPELLING_MAX - 8) return false; // leaves room for affixes
    out->at[out->len++] = (uint8_t)(c - 0x0600 + 0xA0);
    out->doubled = false;
  }
  return out->len > 0;
}

size_t khc_spelling_fold(const khc_spelling *word, uint8_t *letters) {
  for (uint8_t i = 0; i < word->len; ++i) {
    const uint8_t letter = word->at[i];
    const bool alef =
        letter == KHC_ALEF_MADDA || letter == KHC_ALEF_HAMZA || letter == KHC_ALEF_BELOW;
    letters[i] = alef ? KH_LETTER_ALEF : letter;
  }
  return word->len;
}

uint8_t khc_last(const khc_spelling *word) { return word->len ? word->at[word->len - 1] : 0; }

uint8_t khc_before_last(const khc_spelling *word) {
  return word->len > 1 ? word->at[word->len - 2] : 0;
}

khc_spelling khc_without_last(const khc_spelling *word) {
  khc_spelling shorter = *word;
  if (shorter.len) --shorter.len;
  shorter.doubled = false;
  return shorter;
}

khc_spelling khc_with(const khc_spelling *word, uint8_t letter) {
  khc_spelling longer = *word;
  if (longer.len < KHC_SPELLING_MAX) longer.at[longer.len++] = letter;
  longer.doubled = false;
  return longer;
}

khc_spelling khc_replace_at(const khc_spelling *word, uint8_t at, uint8_t letter) {
  khc_spelling changed = *word;
  if (at < changed.len) changed.at[at] = letter;
  return changed;
}

khc_spelling khc_replace_last(const khc_spelling *word, uint8_t letter) {
  return khc_replace_at(word, word->len ? (uint8_t)(word->len - 1) : 0, letter);
}

khc_spelling khc_without_at(const khc_spelling *word, uint8_t at) {
  khc_spelling shorter = *word;
  if (at >= shorter.len) return shorter;
  memmove(shorter.at + at, shorter.at + at + 1, shorter.len - at - 1u);
  --shorter.len;
  return shorter;
}

// Alef with hamza before another is written with madda: أ + أخذ is آخذ.
khc_spelling khc_prefixed(uint8_t letter, const khc_spelling *word) {
  khc_spelling longer = *word;
  const uint8_t first = word->len ? word->at[0] : 0;
  if (letter == KHC_ALEF_HAMZA &&
      (first == KHC_ALEF_HAMZA || first == KHC_ALEF_MADDA || first == KH_LETTER_WAW_HAMZA)) {
    longer.at[0] = first == KH_LETTER_WAW_HAMZA ? KH_LETTER_WAW : KHC_ALEF_MADDA;
    return first == KH_LETTER_WAW_HAMZA ? khc_prefixed(letter, &longer) : longer;
  }
  if (longer.len == KHC_SPELLING_MAX) return longer;
  memmove(longer.at + 1, longer.at, longer.len);
  longer.at[0] = letter;
  ++longer.len;
  return longer;
}

static uint8_t letter_of(char latin) {
  switch (latin) {
  case 'A':
    return KH_LETTER_ALEF;
  case '\'':
    return KH_LETTER_HAMZA;
  case 'p':
    return KH_LETTER_TA_MARBUTA;
  case 't':
    return KH_LETTER_TA;
  case 'm':
    return KH_LETTER_MIM;
  case 'n':
    return KH_LETTER_NUN;
  case 'w':
    return KH_LETTER_WAW;
  case 'Y':
    return KH_LETTER_ALEF_MAQSURA;
  case 'y':
    return KH_LETTER_YA;
  default:
    return KH_LETTER_OTHER;
  }
}

static void emit_joined(const khc_sink *sink, const khc_spelling *stem, const char *ending,
                        uint32_t features) {
  khc_spelling form = *stem;
  form.doubled = false;
  for (; *ending; ++ending) form = khc_with(&form, letter_of(*ending));
  sink->emit(sink->context, &form, features);
}

static bool joins_forward(uint8_t letter) {
  switch (letter) {
  case KH_LETTER_ALEF:
  case KH_LETTER_DAL:
  case KH_LETTER_THAL:
  case KH_LETTER_RA:
  case KH_LETTER_ZAY:
  case KH_LETTER_WAW:
    return false;
  default:
    return true;
  }
}

void khc_join(const khc_sink *sink, const khc_spelling *stem, const char *ending,
              uint32_t features) {
  const uint8_t last = khc_last(stem);
  const char next = *ending;
  if (last == KHC_ALEF_HAMZA && next == 'A') {
    const khc_spelling madda = khc_replace_last(stem, KHC_ALEF_MADDA);
    emit_joined(sink, &madda, ending + 1, features);
    return;
  }
  if (last == KHC_ALEF_HAMZA && next == 'y') {
    const khc_spelling seated = khc_replace_last(stem, KH_LETTER_YA_HAMZA);
    emit_joined(sink, &seated, ending, features);
    return;
  }
  if (last == KHC_ALEF_HAMZA && next == 'w') {
    const khc_spelling seated = khc_replace_last(stem, KH_LETTER_WAW_HAMZA);
    emit_joined(sink, &seated, ending, features);
  }
  if (last == KH_LETTER_HAMZA && next) {
    // after a letter that joins, the hamza takes a seat: شيء, شيئان; جزء, جزأين is left to جزءين
    if (joins_forward(khc_before_last(stem)) || next == 'y') {
      const khc_spelling seated = khc_replace_last(stem, KH_LETTER_YA_HAMZA);
      emit_joined(sink, &seated, ending, features);
      if (next != 'y') return;
    } else if (next == 'w') {
      const khc_spelling seated = khc_replace_last(stem, KH_LETTER_WAW_HAMZA);
      emit_joined(sink, &seated, ending, features);
    }
  }
  emit_joined(sink, stem, ending, features);
}

void khc_join_closed(const khc_sink *sink, const khc_spelling *stem, const char *ending,
                     uint32_t features) {
  const bool same = *ending && khc_last(stem) == letter_of(*ending);
  emit_joined(sink, stem, ending + same, features);
}
