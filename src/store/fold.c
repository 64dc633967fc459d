// SPDX-License-Identifier: Apache-2.0
#include "store/fold.h"

#include "token/letters.h"

#include <string.h>
#include <utf8proc.h>

enum {
  HAMZA = 0x621,
  ALEF_MADDA = 0x622,
  ALEF_HAMZA = 0x623,
  WAW_HAMZA = 0x624,
  ALEF_HAMZA_BELOW = 0x625,
  YA_HAMZA = 0x626,
  ALEF = 0x627,
  BA = 0x628,
  TA_MARBUTA = 0x629,
  TA = 0x62A,
  SIN = 0x633,
  FA = 0x641,
  KAF = 0x643,
  LAM = 0x644,
  NUN = 0x646,
  HA = 0x647,
  WAW = 0x648,
  ALEF_MAQSURA = 0x649,
  YA = 0x64A,
  MADDA_ABOVE = 0x653,
  HAMZA_ABOVE = 0x654,
  HAMZA_BELOW = 0x655,
  THOUSANDS = 0x66C,
  PIECES = 18, // the longest ligature, U+FDFA, has so many
};

static const uint32_t INVALID = UINT32_MAX;

// ------------------------------------------------------------------ characters

static uint32_t decode(const char *text, size_t left, size_t *width) {
  utf8proc_int32_t c = 0;
  const utf8proc_ssize_t size =
      utf8proc_iterate((const utf8proc_uint8_t *)text, left < 4 ? (utf8proc_ssize_t)left : 4, &c);
  *width = size > 0 ? (size_t)size : 1;
  return size > 0 ? (uint32_t)c : INVALID;
}

typedef enum kind { BREAK, VANISHES, DIGIT, LETTER, ARABIC } kind;

static bool is_word_category(utf8proc_category_t category) {
  return (category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_LO) ||
         (category >= UTF8PROC_CATEGORY_ND && category <= UTF8PROC_CATEGORY_NO);
}

// Scripts that the engine does not fold: letters without case and accents.
static kind other_letter(uint32_t c, uint32_t *pieces, size_t *count) {
  const utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)c);
  if (category >= UTF8PROC_CATEGORY_MN && category <= UTF8PROC_CATEGORY_ME) return VANISHES;
  if (category == UTF8PROC_CATEGORY_CF) return VANISHES;
  if (!is_word_category(category)) return BREAK;
  utf8proc_int32_t out[PIECES];
  int last = 0;
  const utf8proc_ssize_t made = utf8proc_decompose_char(
      (utf8proc_int32_t)c, out, PIECES,
      UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_CASEFOLD | UTF8PROC_STRIPMARK, &last);
  *count = 0;
  for (utf8proc_ssize_t i = 0; i < made && i < PIECES; i++)
    if (out[i] > ' ') pieces[(*count)++] = (uint32_t)out[i];
  return *count ? LETTER : VANISHES;
}

// Presentation forms and ligatures of Arabic: the letters they stand for. Marks among them compose
// with their letters again where they are appended.
static kind presentation_form(uint32_t c, uint32_t *pieces, size_t *count) {
  utf8proc_int32_t out[PIECES];
  int last = 0;
  const utf8proc_ssize_t made = utf8proc_decompose_char(
      (utf8proc_int32_t)c, out, PIECES, UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE, &last);
  *count = 0;
  for (utf8proc_ssize_t i = 0; i < made && i < PIECES; i++) {
    if (out[i] < HAMZA || out[i] >= 0x700) continue;
    const uint8_t letter = out[i] > YA ? kh_fold_of((uint32_t)out[i]).letter : 0;
    pieces[(*count)++] = kh_letter_is_arabic(letter) ? 0x600U + (letter - 0xA0U) : (uint32_t)out[i];
  }
  return *count ? ARABIC : BREAK;
}

// What a character adds to a word: its letters as written.
static kind letters_of(uint32_t c, uint32_t *pieces, size_t *count) {
  pieces[0] = c;
  *count = 1;
  if (c >= HAMZA && c <= YA && c != 0x640) return ARABIC;
  if (c >= MADDA_ABOVE && c <= HAMZA_BELOW) return ARABIC; // composes with the letter before
  if (c == INVALID) return BREAK;
  if ((c >= 0xFB50 && c <= 0xFDFB) || (c >= 0xFE80 && c <= 0xFEFC))
    return presentation_form(c, pieces, count);
  const uint8_t letter = kh_fold_of(c).letter;
  if (letter == KH_LETTER_NONE) return VANISHES;
  if (letter == ' ') return BREAK;
  if (kh_letter_is_digit(letter)) {
    pieces[0] = letter;
    return DIGIT;
  }
  if (letter < 0x80 && letter != KH_LETTER_OTHER) {
    pieces[0] = letter;
    return LETTER;
  }
  if (kh_letter_is_arabic(letter)) {
    pieces[0] = 0x600U + (letter - 0xA0U);
    return ARABIC;
  }
  if (letter != KH_LETTER_OTHER) return ARABIC; // Persian and its neighbours, as they are
  return c < 0x80 ? BREAK : other_letter(c, pieces, count);
}

// ------------------------------------------------------------------ words

// A hamza or madda that follows its seat as a character of its own.
static uint32_t composed(uint32_t letter, uint32_t mark) {
  if (mark == MADDA_ABOVE) return letter == ALEF ? ALEF_MADDA : 0;
  if (mark == HAMZA_BELOW) return letter == ALEF ? ALEF_HAMZA_BELOW : 0;
  if (mark != HAMZA_ABOVE) return 0;
  if (letter == ALEF) return ALEF_HAMZA;
  if (letter == WAW) return WAW_HAMZA;
  return letter == YA ? YA_HAMZA : 0;
}

static void append(kh_spelt *word, const uint32_t *pieces, size_t count) {
  for (size_t i = 0; i < count; i++) {
    if (pieces[i] >= 0x64B && pieces[i] <= 0x65F) { // diacritics
      const uint32_t one = word->count ? composed(word->letters[word->count - 1], pieces[i]) : 0;
      if (one) word->letters[word->count - 1] = one;
    } else if (word->count < KH_WORD_LETTERS && pieces[i] != 0x640) {
      word->letters[word->count++] = pieces[i];
    }
  }
}

static bool is_digit_at(const kh_spelling *s, size_t at, size_t *width) {
  uint32_t pieces[PIECES];
  size_t count;
  *width = 0;
  if (at >= s->len) return false;
  return letters_of(decode(s->text + at, s->len - at, width), pieces, &count) == DIGIT;
}

// After digits: a mark of thousands, then exactly three digits?
static bool goes_on_with_thousands(const kh_spelling *s, uint32_t mark, size_t at) {
  if (mark != ',' && mark != THOUSANDS && mark != 0x60C && mark != '\'') return false;
  size_t width;
  for (int i = 0; i < 3; i++) {
    if (!is_digit_at(s, at, &width)) return false;
    at += width;
  }
  return !is_digit_at(s, at, &width);
}

bool kh_next_spelt(kh_spelling *s, kh_spelt *word) {
  word->count = 0;
  bool digits = false; // all letters so far are digits
  bool arabic = false;
  while (s->at < s->len) {
    size_t width;
    uint32_t pieces[PIECES];
    size_t count;
    const uint32_t c = decode(s->text + s->at, s->len - s->at, &width);
    const kind what = letters_of(c, pieces, &count);
    if (what == BREAK) {
      if (word->count && !(digits && goes_on_with_thousands(s, c, s->at + width))) break;
      s->at += width;
      continue;
    }
    // «الـ13»: the article and the number are two words
    if (word->count && ((what == DIGIT && arabic) || (what == ARABIC && digits))) break;
    const uint8_t before = word->count;
    if (what != VANISHES) append(word, pieces, count);
    if (!before && word->count) {
      word->start = (uint32_t)s->at;
      digits = what == DIGIT;
      arabic = what == ARABIC;
    }
    s->at += width;
    digits = digits && (what == DIGIT || what == VANISHES);
    if (word->count && what != VANISHES) word->end = (uint32_t)s->at;
  }
  return word->count > 0;
}

// ------------------------------------------------------------------ folding

typedef struct letters {
  uint32_t at[KH_WORD_LETTERS];
  uint8_t count;
} letters;

// How a hamza inside a word is folded: writers leave it out, or seat it otherwise.
typedef enum hamza { LEFT_OUT, UNSEATED } hamza;

static bool is_hamza(uint32_t c, bool first) {
  return c == HAMZA || c == WAW_HAMZA || c == YA_HAMZA ||
         (!first && (c == ALEF_HAMZA || c == ALEF_HAMZA_BELOW));
}

// The letter that stands for it, or 0 where it vanishes.
static uint32_t folded(uint32_t c, bool first, hamza how) {
  if (how == UNSEATED && is_hamza(c, first)) return HAMZA;
  switch (c) {
  case ALEF_MADDA:
  case ALEF_HAMZA:
  case ALEF_HAMZA_BELOW:
    return ALEF;
  case WAW_HAMZA:
    return WAW;
  case YA_HAMZA:
  case ALEF_MAQSURA:
    return YA;
  case HAMZA:
    return 0;
  case TA_MARBUTA:
    return HA;
  case 0x67E: // peh
    return BA;
  case 0x686: // cheh
    return 0x62C;
  case 0x698: // zheh
    return 0x632;
  case 0x6A4: // veh
    return FA;
  case 0x6AF: // gaf
    return KAF;
  default:
    return c;
  }
}

static letters fold_from(const kh_spelt *word, uint32_t from, hamza how) {
  letters out = {.count = 0};
  for (uint32_t i = from; i < word->count; i++) {
    const uint32_t c = folded(word->letters[i], i == from, how);
    if (c) out.at[out.count++] = c;
  }
  return out;
}

static bool has_inner_hamza(const kh_spelt *word, uint32_t from) {
  for (uint32_t i = from; i < word->count; i++)
    if (is_hamza(word->letters[i], i == from)) return true;
  return false;
}

// ------------------------------------------------------------------ proclitics

enum { STARTS_MAX = 10, SHORTEST = 3, SHORTEST_AFTER_ARTICLE = 2 };

typedef struct starts {
  uint8_t at[STARTS_MAX];
  uint8_t count;
} starts;

static void add_start(starts *out, const kh_spelt *word, uint32_t at, uint32_t shortest) {
  if (at + shortest > word->count || out->count == STARTS_MAX) return;
  for (uint8_t i = 0; i < out->count; i++)
    if (out->at[i] == at) return;
  out->at[out->count++] = (uint8_t)at;
}

static uint32_t letter_at(const kh_spelt *word, uint32_t at) {
  return at < word->count ? word->letters[at] : 0;
}

static bool article_at(const kh_spelt *word, uint32_t at) {
  return letter_at(word, at) == ALEF && letter_at(word, at + 1) == LAM;
}

// By letters alone: what is cut too much only adds terms that rank last.
static void starts_from(const kh_spelt *word, uint32_t at, starts *out) {
  const uint32_t first = letter_at(word, at);
  const uint32_t second = letter_at(word, at + 1);
  if (article_at(word, at)) add_start(out, word, at + 2, SHORTEST_AFTER_ARTICLE);
  if (first == BA || first == KAF || first == LAM) {
    add_start(out, word, at + 1, SHORTEST);
    if (article_at(word, at + 1)) add_start(out, word, at + 3, SHORTEST_AFTER_ARTICLE);
  }
  if (first == LAM && second == LAM) add_start(out, word, at + 2, SHORTEST_AFTER_ARTICLE);
  if (first == SIN &&
      (second == YA || second == TA || second == NUN || second == ALEF || second == ALEF_HAMZA))
    add_start(out, word, at + 1, SHORTEST);
}

static starts starts_of(const kh_spelt *word) {
  starts out = {.count = 0};
  starts_from(word, 0, &out);
  const uint32_t first = letter_at(word, 0);
  if (first == WAW || first == FA) {
    add_start(&out, word, 1, SHORTEST);
    starts_from(word, 1, &out);
  }
  return out;
}

// ------------------------------------------------------------------ terms

static size_t encode(const uint32_t *at, size_t count, char *out, size_t room) {
  size_t len = 0;
  for (size_t i = 0; i < count && len + 4 <= room; i++)
    len += (size_t)utf8proc_encode_char((utf8proc_int32_t)at[i], (utf8proc_uint8_t *)out + len);
  return len;
}

// `mark` is 0 for exact terms.
static void add_term(kh_terms *terms, char mark, const uint32_t *at, size_t count) {
  if (!count || terms->count == KH_TERMS_MAX) return;
  char *out = terms->at[terms->count];
  size_t len = 0;
  if (mark) out[len++] = mark;
  len += encode(at, count, out + len, KH_TERM_BYTES - len);
  for (uint8_t i = 0; i < terms->count; i++)
    if (terms->len[i] == len && memcmp(terms->at[i], out, len) == 0) return;
  terms->len[terms->count++] = (uint8_t)len;
}

static bool same(const kh_spelt *word, const letters *other) {
  return word->count == other->count &&
         memcmp(word->letters, other->at, sizeof *other->at * other->count) == 0;
}

static void index_terms(const kh_spelt *word, kh_terms *terms) {
  const letters plain = fold_from(word, 0, LEFT_OUT);
  if (!same(word, &plain)) add_term(terms, KH_TERM_WHOLE, plain.at, plain.count);
  if (has_inner_hamza(word, 0)) {
    const letters unseated = fold_from(word, 0, UNSEATED);
    if (!same(word, &unseated)) add_term(terms, KH_TERM_WHOLE, unseated.at, unseated.count);
  }
  const starts cuts = starts_of(word);
  for (uint8_t i = 0; i < cuts.count; i++) {
    const letters stem = fold_from(word, cuts.at[i], LEFT_OUT);
    add_term(terms, KH_TERM_PART, stem.at, stem.count);
    if (!has_inner_hamza(word, cuts.at[i])) continue;
    const letters unseated = fold_from(word, cuts.at[i], UNSEATED);
    add_term(terms, KH_TERM_PART, unseated.at, unseated.count);
  }
}

// A folded word of the query may stand in the index as it is, folded, or behind proclitics.
static void add_folded(const kh_spelt *word, uint32_t from, bool parts, kh_terms *terms) {
  for (int how = LEFT_OUT; how <= UNSEATED; how++) {
    if (how == UNSEATED && !has_inner_hamza(word, from)) break;
    const letters fold = fold_from(word, from, (hamza)how);
    add_term(terms, 0, fold.at, fold.count);
    add_term(terms, KH_TERM_WHOLE, fold.at, fold.count);
    if (parts) add_term(terms, KH_TERM_PART, fold.at, fold.count);
  }
}

void kh_terms_of(const kh_spelt *word, kh_reach reach, kh_terms *terms) {
  terms->count = 0;
  add_term(terms, 0, word->letters, word->count);
  switch (reach) {
  case KH_REACH_INDEX:
    index_terms(word, terms);
    return;
  case KH_REACH_EXACT:
    return;
  case KH_REACH_WHOLE:
    add_folded(word, 0, false, terms);
    return;
  default:
    break;
  }
  add_folded(word, 0, true, terms);
  if (reach == KH_REACH_WITHIN) return;
  const starts cuts = starts_of(word);
  for (uint8_t i = 0; i < cuts.count; i++) add_folded(word, cuts.at[i], true, terms);
}

size_t kh_search_fold(const char *text, size_t len, char *out, size_t room) {
  if (!room) return 0;
  kh_spelling spelling = {.text = text, .len = len};
  kh_spelt word;
  size_t used = 0;
  while (kh_next_spelt(&spelling, &word)) {
    char term[KH_TERM_BYTES];
    letters fold = fold_from(&word, 0, LEFT_OUT);
    const size_t size = encode(fold.at, fold.count, term, sizeof term);
    const size_t blank = used && size ? 1 : 0;
    if (used + blank + size >= room) break;
    if (blank) out[used++] = ' ';
    memcpy(out + used, term, size);
    used += size;
  }
  out[used] = '\0';
  return used;
}
