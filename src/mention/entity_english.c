// SPDX-License-Identifier: Apache-2.0
// A name in letters of English, for names that the gazetteer does not know.
#include "mention/entity.h"

#include <string.h>

static const char *latin_of(uint8_t letter) {
  static const char *const LATIN[] = {
      [KH_LETTER_HAMZA - 0xC1] = "'",     [KH_LETTER_WAW_HAMZA - 0xC1] = "u'",
      [KH_LETTER_YA_HAMZA - 0xC1] = "i'", [KH_LETTER_ALEF - 0xC1] = "a",
      [KH_LETTER_BA - 0xC1] = "b",        [KH_LETTER_TA_MARBUTA - 0xC1] = "a",
      [KH_LETTER_TA - 0xC1] = "t",        [KH_LETTER_THA - 0xC1] = "th",
      [KH_LETTER_JIM - 0xC1] = "j",       [KH_LETTER_HAH - 0xC1] = "h",
      [KH_LETTER_KHAH - 0xC1] = "kh",     [KH_LETTER_DAL - 0xC1] = "d",
      [KH_LETTER_THAL - 0xC1] = "dh",     [KH_LETTER_RA - 0xC1] = "r",
      [KH_LETTER_ZAY - 0xC1] = "z",       [KH_LETTER_SIN - 0xC1] = "s",
      [KH_LETTER_SHIN - 0xC1] = "sh",     [KH_LETTER_SAD - 0xC1] = "s",
      [KH_LETTER_DAD - 0xC1] = "d",       [KH_LETTER_TAH - 0xC1] = "t",
      [KH_LETTER_ZAH - 0xC1] = "z",       [KH_LETTER_AYN - 0xC1] = "'",
      [KH_LETTER_GHAYN - 0xC1] = "gh",    [KH_LETTER_FA - 0xC1] = "f",
      [KH_LETTER_QAF - 0xC1] = "q",       [KH_LETTER_KAF - 0xC1] = "k",
      [KH_LETTER_LAM - 0xC1] = "l",       [KH_LETTER_MIM - 0xC1] = "m",
      [KH_LETTER_NUN - 0xC1] = "n",       [KH_LETTER_HA - 0xC1] = "h",
      [KH_LETTER_WAW - 0xC1] = "u",       [KH_LETTER_ALEF_MAQSURA - 0xC1] = "a",
      [KH_LETTER_YA - 0xC1] = "i",
  };
  if (!kh_letter_is_arabic(letter)) return NULL;
  return LATIN[letter - 0xC1];
}

const char *kh_transliterate(kh_document *document, const char *arabic) {
  uint8_t letters[256];
  const size_t len = kh_fold_utf8(arabic, strlen(arabic), letters, sizeof letters);
  char out[3 * sizeof letters + 1];
  size_t n = 0;
  bool start = true;
  for (size_t i = 0; i < len; i++) {
    const char *latin = latin_of(letters[i]);
    const char own[2] = {(char)letters[i], '\0'};
    if (!latin) latin = letters[i] >= ' ' && letters[i] < 0x7F ? own : "";
    for (size_t k = 0; latin[k] && n + 1 < sizeof out; k++) {
      char c = latin[k];
      if (start && c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
      if (c != '\'') start = false;
      out[n++] = c;
    }
    if (letters[i] == ' ') start = true;
  }
  return kh_arena_copy(&document->arena, out, n);
}
