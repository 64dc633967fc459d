// SPDX-License-Identifier: Apache-2.0
// Reads numbers: digits, words, and the two mixed («425 ألفا و438», «مليون ونصف المليون»).
#include "mention/calendar_lex.h"

#include <math.h>
#include <string.h>

enum { MAX_PARTS = 24 }; // words of one number; the longest real ones have about 20

// ------------------------------------------------------------------ digits

static bool groups_of_three(const uint8_t *letters, uint32_t from, uint32_t len, uint8_t mark) {
  uint32_t run = 0;
  for (uint32_t i = from; i < len; i++) {
    if (letters[i] == mark) {
      if (run != 3) return false;
      run = 0;
    } else {
      run++;
    }
  }
  return run == 3;
}

// Where the decimals begin; len when there are none; 0 when the token is no number.
static uint32_t find_decimals(const uint8_t *letters, uint32_t len) {
  uint32_t marks = 0;
  uint32_t kinds = 0;
  uint32_t first = len;
  uint32_t last = len;
  for (uint32_t i = 0; i < len; i++) {
    if (kh_letter_is_digit(letters[i])) continue;
    if (first == len) first = i;
    marks++;
    kinds |= letters[i] == '.' ? 1 : 2;
    last = i;
  }
  if (marks == 0) return len;
  const uint8_t mark = letters[first];
  const bool thousands = first > 0 && first <= 3 && letters[0] != '0';
  if (marks == 1) return thousands && len - last - 1 == 3 ? len : last + 1;
  if (kinds != 3) {
    if (thousands && groups_of_three(letters, first + 1, len, mark)) return len;
    // «26،013,94»: the last group is too short for thousands
    if (thousands && mark == ',' && len - last - 1 < 3 &&
        groups_of_three(letters, first + 1, last, mark))
      return last + 1;
    return 0; // «10.2.1», a version or a date
  }
  if (letters[last] == mark || !groups_of_three(letters, first + 1, last, mark)) return 0;
  return last + 1;
}

bool kh_read_digits(const kh_time_words *r, uint32_t token, double *value, bool *plain) {
  if (token >= r->count || r->tokens[token].kind != KH_TOKEN_NUMBER) return false;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  const uint32_t len = r->tokens[token].fold_len;
  const uint32_t decimals = find_decimals(letters, len);
  if (decimals == 0) return false;
  double whole = 0;
  double part = 0;
  double share = 1;
  *plain = true;
  for (uint32_t i = 0; i < len; i++) {
    if (!kh_letter_is_digit(letters[i])) {
      *plain = false;
    } else if (i < decimals) {
      whole = whole * 10 + (letters[i] - '0');
    } else {
      part = part * 10 + (letters[i] - '0');
      share *= 10;
    }
  }
  *value = whole + part / share;
  return true;
}

// ------------------------------------------------------------------ cardinals

typedef enum part_kind { PART_NONE, PART_UNIT, PART_TENS, PART_HUNDRED, PART_SCALE } part_kind;

// A number in the making: finished groups and the group below the last scale.
typedef struct sum {
  double total;
  double group;
  double cap;  // the next scale must be smaller
  double room; // the next part of the group must be smaller
  double unit; // the last unit read, 3 to 9 may take a hundred
  part_kind last;
  uint32_t parts;
} sum;

static double ten_to(int32_t power) { return pow(10, power); }

static bool add_scale(sum *s, double scale) {
  if (scale >= s->cap) return false;
  const double value = (s->group > 0 ? s->group : 1) * scale;
  const double whole = nearbyint(value);
  // 8.3 million is a whole number, whatever binary fractions say
  s->total += value < 1e15 && fabs(value - whole) < 1e-6 * value ? whole : value;
  s->group = 0;
  s->cap = scale;
  s->room = 1000;
  s->last = PART_SCALE;
  return true;
}

static bool add_part(sum *s, double value, double room, part_kind kind) {
  if (value >= s->room || value >= s->cap) return false;
  s->group += value;
  s->room = room;
  s->last = kind;
  s->unit = kind == PART_UNIT ? value : 0;
  return true;
}

// A part that begins a number or comes after «و».
static bool add_joined(const kh_time_words *r, uint32_t token, sum *s) {
  int32_t v;
  double digits;
  bool plain;
  if (kh_read_digits(r, token, &digits, &plain))
    return (plain || s->parts == 0) && digits >= 1 && add_part(s, digits, 1, PART_NONE);
  if (s->last == PART_UNIT) // «خمسة وعشرون»
    return (v = kh_sense_at(r, token, KH_SENSE_tens)) > 0 && s->unit < 10 && s->room >= 10 &&
           (s->group += v, s->room = 1, s->unit = 0, s->last = PART_TENS, true);
  if ((v = kh_sense_at(r, token, KH_SENSE_unit)) > 0) return add_part(s, v, 10, PART_UNIT);
  if ((v = kh_sense_at(r, token, KH_SENSE_ten)) > 0) return add_part(s, v, 1, PART_TENS);
  if ((v = kh_sense_at(r, token, KH_SENSE_teen)) > 0) return add_part(s, v, 1, PART_TENS);
  if ((v = kh_sense_at(r, token, KH_SENSE_tens)) > 0) return add_part(s, v, 1, PART_TENS);
  if ((v = kh_sense_at(r, token, KH_SENSE_hundred)) > 0)
    return add_part(s, 100.0 * v, 100, PART_HUNDRED);
  if (s->group > 0) return false;
  if ((v = kh_sense_at(r, token, KH_SENSE_scale_dual)) > 0) {
    s->group = 2;
    return add_scale(s, ten_to(v));
  }
  if ((v = kh_sense_at(r, token, KH_SENSE_scale)) > 0) return add_scale(s, ten_to(v));
  return false;
}

// The token after «و», be it written to the word or alone; 0 when there is none.
static uint32_t after_and(const kh_time_words *r, uint32_t token) {
  if (token >= r->count) return 0;
  if (r->at[token].clitics == KH_CLITIC_WA || r->at[token].clitics == (KH_CLITIC_WA | KH_CLITIC_AL))
    return token;
  // «وأحد عشر» looks like «واحد»
  if (kh_sense_at(r, token, KH_SENSE_unit) == 1 && kh_has_sense(r, token + 1, KH_SENSE_ten) &&
      kh_token_letters(r->document->tokens, token)[0] == KH_LETTER_WAW)
    return token;
  return kh_has_sense(r, token, KH_SENSE_and) && token + 1 < r->count &&
                 !(r->at[token + 1].clitics & ~KH_CLITIC_AL)
             ? token + 1
             : 0;
}

// A part that follows without «و»: عشر after a unit, مئة after one, a scale, the «ستة وأربعين»
// of «مئتين ستة وأربعين».
static bool add_direct(const kh_time_words *r, uint32_t token, sum *s) {
  int32_t v;
  if (r->at[token].clitics & ~KH_CLITIC_AL) return false;
  if (s->last == PART_UNIT && s->unit > 0) {
    if (kh_has_sense(r, token, KH_SENSE_ten)) {
      s->group += 10;
      s->room = 1;
      s->last = PART_TENS;
      s->unit = 0;
      return true;
    }
    if (s->unit >= 3 && kh_sense_at(r, token, KH_SENSE_hundred) == 1) {
      s->group += s->unit * 99;
      s->room = 100;
      s->last = PART_HUNDRED;
      s->unit = 0;
      return true;
    }
  }
  v = kh_sense_at(r, token, KH_SENSE_scale);
  if (v < 0) v = kh_sense_at(r, token, KH_SENSE_scales);
  if (v > 0 && s->group > 0) return add_scale(s, ten_to(v));
  // «ألف مليار»
  if (v > 0 && s->last == PART_SCALE && s->group == 0 && s->parts <= 2 && s->total < 1e6) {
    s->group = s->total;
    s->total = 0;
    s->cap = INFINITY;
    return add_scale(s, ten_to(v));
  }
  if (s->last == PART_HUNDRED && (v = kh_sense_at(r, token, KH_SENSE_unit)) > 0) {
    const uint32_t joined = after_and(r, token + 1);
    if (joined && kh_has_sense(r, joined, KH_SENSE_tens)) return add_part(s, v, 10, PART_UNIT);
  }
  return false;
}

// «ونصف» after a scale, with the scale said again («ونصف المليون»).
static uint32_t add_fraction(const kh_time_words *r, uint32_t token, sum *s) {
  const int32_t part = kh_sense_at(r, token, KH_SENSE_fraction);
  // «وتسع وثمانون» goes on, it is no ninth
  if (part <= 0 || part > 4 || s->group > 0 || s->last != PART_SCALE) return 0;
  s->total += s->cap / part;
  const int32_t again = kh_sense_at(r, token + 1, KH_SENSE_scale);
  const bool same =
      again > 0 && ten_to(again) == s->cap && !(r->at[token + 1].clitics & ~KH_CLITIC_AL);
  return token + (same ? 2 : 1);
}

static bool begins_cardinal(const kh_time_words *r, uint32_t token) {
  // «أحد» and «إحدى» mean one only in 11 and 21, 31 ...
  if (r->tokens[token].kind == KH_TOKEN_NUMBER) return true;
  return r->at[token].word != 0;
}

// Is the number that begins here a weekday, «one of», or another word?
static bool doubtful(const kh_time_words *r, uint32_t token, const sum *s) {
  if (s->parts != 1) return false;
  if (kh_has_sense(r, token, KH_SENSE_weekday)) return true;
  return kh_has_sense(r, token, KH_SENSE_one_of);
}

// «2،6 مليون», «34،6%»: the Arabic comma misused for a decimal point, which what follows tells.
// The tokens that the number takes, or 0.
static uint32_t comma_decimals(const kh_time_words *r, uint32_t token, double *value) {
  enum { TAKES = 3 };
  const uint32_t comma = token + 1;
  const uint32_t next = token + TAKES;
  double part = 0;
  bool plain = false;
  if (!kh_same_sentence(r, token, next + 1) || r->tokens[comma].mark != KH_MARK_COMMA) return 0;
  if (r->tokens[comma].flags & KH_TOKEN_SPACE_BEFORE ||
      r->tokens[comma + 1].flags & KH_TOKEN_SPACE_BEFORE)
    return 0;
  const uint32_t len = r->tokens[comma + 1].fold_len;
  if (!kh_read_digits(r, comma + 1, &part, &plain) || !plain || len > 2) return 0;
  const bool told = kh_sense_at(r, next, KH_SENSE_scale) >= 6 ||
                    r->tokens[next].mark == KH_MARK_PERCENT ||
                    kh_has_sense(r, next, KH_SENSE_percent);
  if (!told) return 0;
  *value += part / (len == 2 ? 100 : 10);
  return TAKES;
}

bool kh_read_cardinal(const kh_time_words *r, uint32_t token, kh_numeral *number) {
  if (token >= r->count || !begins_cardinal(r, token)) return false;
  sum s = {.cap = INFINITY, .room = INFINITY};
  double digits = 0;
  bool plain = false;
  const bool is_digits = kh_read_digits(r, token, &digits, &plain);
  const uint32_t misprinted = is_digits && plain ? comma_decimals(r, token, &digits) : 0;
  memset(number, 0, sizeof *number);
  number->first = token;
  number->article = (r->at[token].clitics & KH_CLITIC_AL) != 0;
  if (kh_has_sense(r, token, KH_SENSE_zero)) {
    number->last = token + 1;
    return true;
  }
  if (is_digits) {
    // «1.279 تريليون»: before a scale a point is a decimal one
    const uint8_t *letters = kh_token_letters(r->document->tokens, token);
    const uint8_t *point = memchr(letters, '.', r->tokens[token].fold_len);
    const uint32_t len = r->tokens[token].fold_len;
    if (point && memchr(letters, ',', len) == NULL && letters + len - point == 4 &&
        kh_sense_at(r, token + 1, KH_SENSE_scale) >= 6 && digits == floor(digits))
      digits /= 1000;
    s.group = digits;
    s.room = 1;
    s.last = PART_NONE;
  } else {
    s.room = 1000;
    if (!add_joined(r, token, &s)) return false;
  }
  s.parts = 1;
  uint32_t at = token + (misprinted ? misprinted : is_digits ? 1 : r->at[token].tokens);
  while (s.parts < MAX_PARTS && at < r->count && kh_same_sentence(r, token, at + 1)) {
    const uint32_t joined = after_and(r, at);
    if (joined && (r->at[joined].word || r->tokens[joined].kind == KH_TOKEN_NUMBER)) {
      const uint32_t past = add_fraction(r, joined, &s);
      if (past) {
        at = past;
        s.parts++;
        break;
      }
      if (!add_joined(r, joined, &s)) break;
      at = joined + 1;
    } else if (!r->at[at].word || !add_direct(r, at, &s)) {
      break;
    } else {
      at++;
    }
    s.parts++;
  }
  if (doubtful(r, token, &s)) return false;
  number->last = at;
  number->value = s.total + s.group;
  number->digits = is_digits && s.parts == 1 && plain;
  number->size = (uint8_t)(number->digits ? r->tokens[token].fold_len : 0);
  return true;
}

// ------------------------------------------------------------------ ordinals

bool kh_read_ordinal(const kh_time_words *r, uint32_t token, kh_numeral *number) {
  if (token >= r->count || !r->at[token].word) return false;
  const bool article = (r->at[token].clitics & KH_CLITIC_AL) != 0;
  int32_t unit = kh_sense_at(r, token, KH_SENSE_ordinal);
  const bool short_one = unit < 0;
  if (short_one) unit = kh_sense_at(r, token, KH_SENSE_ordinal_one);
  memset(number, 0, sizeof *number);
  *number = (kh_numeral){token, token + 1, unit, KH_QUANTITY_ORDINAL, false, article, 0};
  if (unit < 0) {
    // «العشرون», and the feminine «الإحدى عشرة» of the hours
    const int32_t tens = article ? kh_sense_at(r, token, KH_SENSE_tens) : KH_NO_SENSE;
    if (tens > 0) {
      number->value = tens;
      return true;
    }
    unit = kh_sense_at(r, token, KH_SENSE_unit);
    if (unit < 0 || unit > 2 || !article || !kh_has_sense(r, token + 1, KH_SENSE_ten)) return false;
  }
  if (token + 1 < r->count && kh_same_sentence(r, token, token + 2)) {
    if (unit < 10 && kh_has_sense(r, token + 1, KH_SENSE_ten) &&
        !(r->at[token + 1].clitics & ~KH_CLITIC_AL)) {
      number->value = unit + 10;
      number->last = token + 2;
      return true;
    }
    const uint32_t joined = after_and(r, token + 1);
    const int32_t tens = joined ? kh_sense_at(r, joined, KH_SENSE_tens) : KH_NO_SENSE;
    if (unit < 10 && tens > 0 && (article || (r->at[joined].clitics & KH_CLITIC_AL))) {
      number->value = unit + tens;
      number->last = joined + 1;
      return true;
    }
  }
  return !short_one;
}

// ------------------------------------------------------------------ the rest

// «عشرات», «مئات الآلاف», «آلاف»: the low end.
static bool read_vague(const kh_time_words *r, uint32_t token, kh_numeral *number) {
  double value;
  int32_t v;
  if (kh_has_sense(r, token, KH_SENSE_tens_vague))
    value = 20;
  else if (kh_has_sense(r, token, KH_SENSE_hundreds))
    value = 200;
  else if ((v = kh_sense_at(r, token, KH_SENSE_scales)) > 0)
    value = 2 * ten_to(v);
  else
    return false;
  uint32_t last = token + 1;
  for (int32_t more = 0; more < 2 && last < r->count && kh_same_sentence(r, token, last + 1);
       more++) {
    v = kh_sense_at(r, last, KH_SENSE_scales);
    if (v < 0) v = kh_sense_at(r, last, KH_SENSE_scale);
    if (v < 0 || (r->at[last].clitics & ~KH_CLITIC_AL)) break;
    value *= ten_to(v);
    last++;
  }
  *number = (kh_numeral){token, last, value, KH_QUANTITY_VAGUE, false, false, 0};
  return true;
}

// «بضعة آلاف» is vague like «آلاف».
static bool read_several(const kh_time_words *r, uint32_t token, kh_numeral *number) {
  if (!kh_has_sense(r, token, KH_SENSE_several) || !read_vague(r, token + 1, number)) return false;
  number->first = token;
  return true;
}

static bool article_follows(const kh_time_words *r, uint32_t token) {
  if (token >= r->count || r->tokens[token].kind != KH_TOKEN_WORD || r->tokens[token].fold_len < 4)
    return false;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  return letters[0] == KH_LETTER_ALEF && letters[1] == KH_LETTER_LAM;
}

static bool read_fraction(const kh_time_words *r, uint32_t token, kh_numeral *number) {
  const int32_t twice = kh_sense_at(r, token, KH_SENSE_fraction_dual);
  if (twice > 0) {
    *number = (kh_numeral){token, token + 1, 2.0 / twice, KH_QUANTITY_FRACTION, false, false, 0};
    return true;
  }
  const int32_t units = kh_sense_at(r, token, KH_SENSE_unit);
  const int32_t parts = kh_sense_at(r, token + 1, KH_SENSE_fractions);
  if (units > 0 && parts > 0 && !(r->at[token + 1].clitics & ~KH_CLITIC_AL)) {
    *number = (kh_numeral){token, token + 2, (double)units / parts, KH_QUANTITY_FRACTION, false,
                           false, 0};
    return true;
  }
  const int32_t part = kh_sense_at(r, token, KH_SENSE_fraction);
  if (part <= 0 || (r->at[token].clitics & (KH_CLITIC_AL | KH_CLITIC_WA))) return false;
  if (kh_has_sense(r, token + 1, KH_SENSE_final)) return false; // «نصف النهائي»
  const int32_t scale = kh_sense_at(r, token + 1, KH_SENSE_scale);
  if (scale > 0 && !(r->at[token + 1].clitics & ~KH_CLITIC_AL)) { // «نصف مليون»
    *number =
        (kh_numeral){token, token + 2, ten_to(scale) / part, KH_QUANTITY_NUMBER, false, false, 0};
    return true;
  }
  // «خمس» is five as well, «ثمن» a price: a part has its whole after it, with the article
  if (part > 4 && !article_follows(r, token + 1)) return false;
  *number = (kh_numeral){token, token + 1, 1.0 / part, KH_QUANTITY_FRACTION, false, false, 0};
  return true;
}

// «واحد فاصلة خمسة»
static void add_decimals(const kh_time_words *r, kh_numeral *number) {
  kh_numeral part;
  if (!kh_has_sense(r, number->last, KH_SENSE_point) ||
      !kh_read_cardinal(r, number->last + 1, &part))
    return;
  double share = 1;
  while (share <= part.value) share *= 10;
  number->value += part.value / share;
  number->last = part.last;
}

bool kh_read_numeral(const kh_time_words *r, uint32_t token, kh_numeral *number) {
  if (read_several(r, token, number) || read_fraction(r, token, number)) return true;
  if (kh_read_cardinal(r, token, number)) {
    add_decimals(r, number);
    return true;
  }
  return read_vague(r, token, number);
}
