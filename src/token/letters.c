// SPDX-License-Identifier: Apache-2.0
#include "token/letters.h"

enum { NONE = KH_LETTER_NONE, OTHER = KH_LETTER_OTHER };

// U+0621 .. U+064A; 0 vanishes (tatweel)
static const uint8_t basic[0x4A - 0x21 + 1] = {
    [0x21 - 0x21] = KH_LETTER_HAMZA,        [0x22 - 0x21] = KH_LETTER_ALEF,
    [0x23 - 0x21] = KH_LETTER_ALEF,         [0x24 - 0x21] = KH_LETTER_WAW_HAMZA,
    [0x25 - 0x21] = KH_LETTER_ALEF,         [0x26 - 0x21] = KH_LETTER_YA_HAMZA,
    [0x27 - 0x21] = KH_LETTER_ALEF,         [0x28 - 0x21] = KH_LETTER_BA,
    [0x29 - 0x21] = KH_LETTER_TA_MARBUTA,   [0x2A - 0x21] = KH_LETTER_TA,
    [0x2B - 0x21] = KH_LETTER_THA,          [0x2C - 0x21] = KH_LETTER_JIM,
    [0x2D - 0x21] = KH_LETTER_HAH,          [0x2E - 0x21] = KH_LETTER_KHAH,
    [0x2F - 0x21] = KH_LETTER_DAL,          [0x30 - 0x21] = KH_LETTER_THAL,
    [0x31 - 0x21] = KH_LETTER_RA,           [0x32 - 0x21] = KH_LETTER_ZAY,
    [0x33 - 0x21] = KH_LETTER_SIN,          [0x34 - 0x21] = KH_LETTER_SHIN,
    [0x35 - 0x21] = KH_LETTER_SAD,          [0x36 - 0x21] = KH_LETTER_DAD,
    [0x37 - 0x21] = KH_LETTER_TAH,          [0x38 - 0x21] = KH_LETTER_ZAH,
    [0x39 - 0x21] = KH_LETTER_AYN,          [0x3A - 0x21] = KH_LETTER_GHAYN,
    [0x3B - 0x21] = KH_LETTER_FOREIGN,      [0x3C - 0x21] = KH_LETTER_FOREIGN,
    [0x3D - 0x21] = KH_LETTER_FOREIGN,      [0x3E - 0x21] = KH_LETTER_FOREIGN,
    [0x3F - 0x21] = KH_LETTER_FOREIGN,      [0x40 - 0x21] = NONE,
    [0x41 - 0x21] = KH_LETTER_FA,           [0x42 - 0x21] = KH_LETTER_QAF,
    [0x43 - 0x21] = KH_LETTER_KAF,          [0x44 - 0x21] = KH_LETTER_LAM,
    [0x45 - 0x21] = KH_LETTER_MIM,          [0x46 - 0x21] = KH_LETTER_NUN,
    [0x47 - 0x21] = KH_LETTER_HA,           [0x48 - 0x21] = KH_LETTER_WAW,
    [0x49 - 0x21] = KH_LETTER_ALEF_MAQSURA, [0x4A - 0x21] = KH_LETTER_YA,
};

// Letters beyond the basic ones that stand for one of them or for a sound of its own.
static uint8_t extended_letter(uint32_t c) {
  switch (c) {
  case 0x0671:
  case 0x0672:
  case 0x0673:
  case 0x0675:
    return KH_LETTER_ALEF;
  case 0x0676:
    return KH_LETTER_WAW_HAMZA;
  case 0x0678:
    return KH_LETTER_YA_HAMZA;
  case 0x067E:
    return KH_LETTER_PEH;
  case 0x0686:
    return KH_LETTER_CHEH;
  case 0x0698:
    return KH_LETTER_ZHEH;
  case 0x06AF:
    return KH_LETTER_GAF;
  case 0x06A4:
    return KH_LETTER_VEH;
  case 0x06A9:
  case 0x06AA:
    return KH_LETTER_KAF;
  case 0x06CC:
    return KH_LETTER_YA;
  case 0x06C0:
  case 0x06C1:
  case 0x06C2:
  case 0x06BE:
    return KH_LETTER_HA;
  case 0x06C3:
    return KH_LETTER_TA_MARBUTA;
  default:
    return KH_LETTER_FOREIGN;
  }
}

// Arabic Presentation Forms-B, U+FE80 .. U+FEF4: runs of the forms of one letter.
static uint8_t presentation_b(uint32_t c) {
  static const struct {
    uint16_t from;
    uint8_t letter;
  } runs[] = {
      {0xFE80, KH_LETTER_HAMZA},     {0xFE81, KH_LETTER_ALEF},
      {0xFE85, KH_LETTER_WAW_HAMZA}, {0xFE87, KH_LETTER_ALEF},
      {0xFE89, KH_LETTER_YA_HAMZA},  {0xFE8D, KH_LETTER_ALEF},
      {0xFE8F, KH_LETTER_BA},        {0xFE93, KH_LETTER_TA_MARBUTA},
      {0xFE95, KH_LETTER_TA},        {0xFE99, KH_LETTER_THA},
      {0xFE9D, KH_LETTER_JIM},       {0xFEA1, KH_LETTER_HAH},
      {0xFEA5, KH_LETTER_KHAH},      {0xFEA9, KH_LETTER_DAL},
      {0xFEAB, KH_LETTER_THAL},      {0xFEAD, KH_LETTER_RA},
      {0xFEAF, KH_LETTER_ZAY},       {0xFEB1, KH_LETTER_SIN},
      {0xFEB5, KH_LETTER_SHIN},      {0xFEB9, KH_LETTER_SAD},
      {0xFEBD, KH_LETTER_DAD},       {0xFEC1, KH_LETTER_TAH},
      {0xFEC5, KH_LETTER_ZAH},       {0xFEC9, KH_LETTER_AYN},
      {0xFECD, KH_LETTER_GHAYN},     {0xFED1, KH_LETTER_FA},
      {0xFED5, KH_LETTER_QAF},       {0xFED9, KH_LETTER_KAF},
      {0xFEDD, KH_LETTER_LAM},       {0xFEE1, KH_LETTER_MIM},
      {0xFEE5, KH_LETTER_NUN},       {0xFEE9, KH_LETTER_HA},
      {0xFEED, KH_LETTER_WAW},       {0xFEEF, KH_LETTER_ALEF_MAQSURA},
      {0xFEF1, KH_LETTER_YA},        {0xFEF5, 0},
  };
  uint8_t letter = 0;
  for (size_t i = 0; i < sizeof runs / sizeof *runs && runs[i].from <= c; i++)
    letter = runs[i].letter;
  return letter;
}

static kh_fold one(uint8_t letter) { return (kh_fold){letter, 0}; }

kh_fold kh_fold_of(uint32_t c) {
  if (c < 0x80) {
    if (c >= 'a' && c <= 'z') return one((uint8_t)c);
    if (c >= 'A' && c <= 'Z') return one((uint8_t)(c + 32));
    if ((c >= '0' && c <= '9') || c == ' ') return one((uint8_t)c);
    return one(OTHER);
  }
  if (c >= 0x0621 && c <= 0x064A) return one(basic[c - 0x0621]);
  if (c >= 0x0660 && c <= 0x0669) return one((uint8_t)('0' + (c - 0x0660)));
  if (c >= 0x06F0 && c <= 0x06F9) return one((uint8_t)('0' + (c - 0x06F0)));
  // tashkeel, Quranic marks, superscript alef, Arabic letter mark
  if ((c >= 0x064B && c <= 0x065F) || c == 0x0670 || (c >= 0x0610 && c <= 0x061A) || c == 0x061C ||
      (c >= 0x06D6 && c <= 0x06ED && c != 0x06DD && c != 0x06DE && c != 0x06E9))
    return one(NONE);
  // zero-width and bidi controls, word joiner, byte order mark, soft hyphen, variation selectors
  if ((c >= 0x200B && c <= 0x200F) || (c >= 0x202A && c <= 0x202E) ||
      (c >= 0x2060 && c <= 0x206F) || c == 0xFEFF || c == 0xAD || (c >= 0xFE00 && c <= 0xFE0F) ||
      (c >= 0x08D3 && c <= 0x08FF && c != 0x08E2))
    return one(NONE);
  if ((c >= 0x066E && c <= 0x06D5) || (c >= 0x06EE && c <= 0x06FF) ||
      (c >= 0x0750 && c <= 0x077F) || (c >= 0x08A0 && c <= 0x08C9))
    return one(extended_letter(c));
  if (c >= 0xFE70 && c <= 0xFE7F) return one(NONE);
  if (c >= 0xFE80 && c <= 0xFEF4) return one(presentation_b(c));
  if (c >= 0xFEF5 && c <= 0xFEFC) return (kh_fold){KH_LETTER_LAM, KH_LETTER_ALEF};
  if (c >= 0xFB56 && c <= 0xFB59) return one(KH_LETTER_PEH);
  if (c >= 0xFB7A && c <= 0xFB7D) return one(KH_LETTER_CHEH);
  if (c >= 0xFB8A && c <= 0xFB8B) return one(KH_LETTER_ZHEH);
  if (c >= 0xFB8E && c <= 0xFB91) return one(KH_LETTER_KAF);
  if (c >= 0xFB92 && c <= 0xFB95) return one(KH_LETTER_GAF);
  if (c >= 0xFBA6 && c <= 0xFBAD) return one(KH_LETTER_HA);
  if (c >= 0xFBFC && c <= 0xFBFF) return one(KH_LETTER_YA);
  if (c >= 0xFB50 && c <= 0xFDFB) return one(KH_LETTER_FOREIGN);
  return one(OTHER);
}

// Decodes one code point of valid UTF-8; anything else yields U+FFFD and one byte.
static uint32_t decode(const uint8_t *p, size_t left, size_t *size) {
  const uint8_t b = p[0];
  if (b < 0x80) {
    *size = 1;
    return b;
  }
  const size_t n = b >= 0xF0 ? 4 : b >= 0xE0 ? 3 : b >= 0xC0 ? 2 : 1;
  if (n == 1 || n > left) {
    *size = 1;
    return 0xFFFD;
  }
  uint32_t c = b & (0xFFU >> (n + 1));
  for (size_t i = 1; i < n; i++) c = c << 6 | (p[i] & 0x3F);
  *size = n;
  return c;
}

size_t kh_fold_utf8(const char *text, size_t len, uint8_t *out, size_t room) {
  size_t written = 0;
  for (size_t i = 0, size; i < len; i += size) {
    const kh_fold fold = kh_fold_of(decode((const uint8_t *)text + i, len - i, &size));
    if (fold.letter == NONE) continue;
    if (written == room) break;
    out[written++] = fold.letter;
    if (fold.second && written < room) out[written++] = fold.second;
  }
  return written;
}

static uint32_t unfold(uint8_t letter) {
  if (letter < 0x80) return letter == OTHER ? 0xFFFD : letter;
  if (letter >= 0xC1 && letter <= 0xEA) return 0x0600U + (letter - 0xA0U);
  switch (letter) {
  case KH_LETTER_PEH:
    return 0x067E;
  case KH_LETTER_CHEH:
    return 0x0686;
  case KH_LETTER_ZHEH:
    return 0x0698;
  case KH_LETTER_GAF:
    return 0x06AF;
  case KH_LETTER_VEH:
    return 0x06A4;
  default:
    return 0xFFFD;
  }
}

size_t kh_unfold_utf8(const uint8_t *letters, size_t len, char *out, size_t room) {
  size_t n = 0;
  if (!room) return 0;
  for (size_t i = 0; i < len; i++) {
    const uint32_t c = unfold(letters[i]);
    const size_t size = c < 0x80 ? 1 : c < 0x800 ? 2 : 3;
    if (n + size >= room) break;
    if (size == 1) {
      out[n] = (char)c;
    } else if (size == 2) {
      out[n] = (char)(0xC0 | c >> 6);
      out[n + 1] = (char)(0x80 | (c & 0x3F));
    } else {
      out[n] = (char)(0xE0 | c >> 12);
      out[n + 1] = (char)(0x80 | (c >> 6 & 0x3F));
      out[n + 2] = (char)(0x80 | (c & 0x3F));
    }
    n += size;
  }
  out[n] = '\0';
  return n;
}
