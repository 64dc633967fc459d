// SPDX-License-Identifier: Apache-2.0
/// \file
/// Letters as names are compared, by the rules compiler and by the library alike.
#ifndef KHUTWA_MENTION_NAME_LETTERS_H
#define KHUTWA_MENTION_NAME_LETTERS_H

#include "token/letters.h"

/// Ya and alef maqsura, ta marbuta and ha, the seats of hamza, and foreign letters with their
/// Arabic neighbours count as one: newspapers print either.
static inline uint8_t kh_name_letter(uint8_t letter) {
  switch (letter) {
  case KH_LETTER_ALEF_MAQSURA:
  case KH_LETTER_YA_HAMZA:
    return KH_LETTER_YA;
  case KH_LETTER_TA_MARBUTA:
    return KH_LETTER_HA;
  case KH_LETTER_WAW_HAMZA:
    return KH_LETTER_WAW;
  case KH_LETTER_VEH:
    return KH_LETTER_FA;
  case KH_LETTER_PEH:
    return KH_LETTER_BA;
  case KH_LETTER_GAF:
    return KH_LETTER_GHAYN;
  case KH_LETTER_CHEH:
  case KH_LETTER_ZHEH:
    return KH_LETTER_JIM;
  default:
    return letter;
  }
}

#endif
