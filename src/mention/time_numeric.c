// SPDX-License-Identifier: Apache-2.0
// Dates in digits: «22/2/2018», «2018-02-22», «12.5.2018», Hijri ones too.
#include "mention/time_parts.h"

typedef struct numeric {
  int32_t part[3];
  uint32_t digits[3];
  uint32_t count;
  uint32_t last;
  kh_mark mark;
} numeric;

// «12.5.2018» is one token.
static bool split_at_points(const kh_time_words *r, uint32_t token, numeric *n) {
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  const uint32_t len = r->tokens[token].fold_len;
  uint32_t from = 0;
  n->count = 0;
  for (uint32_t i = 0; i <= len; i++) {
    if (i < len && letters[i] != '.') {
      if (!kh_letter_is_digit(letters[i])) return false;
      continue;
    }
    if (n->count == 3 || i == from || i - from > 4) return false;
    n->part[n->count] = kh_date_digits_of(r, token, from, i);
    n->digits[n->count++] = i - from;
    from = i + 1;
  }
  n->last = token + 1;
  n->mark = KH_MARK_FULL_STOP;
  return n->count == 3;
}

static bool split_at_marks(const kh_time_words *r, uint32_t token, numeric *n) {
  n->count = 0;
  uint32_t at = token;
  n->mark = KH_MARK_NONE;
  while (n->count < 3 && kh_date_plain_digits(r, at, 4)) {
    n->part[n->count] = kh_date_digits_of(r, at, 0, r->tokens[at].fold_len);
    n->digits[n->count++] = r->tokens[at].fold_len;
    n->last = ++at;
    if (at >= r->count ||
        (r->tokens[at].mark != KH_MARK_SLASH && r->tokens[at].mark != KH_MARK_DASH) ||
        (n->mark && r->tokens[at].mark != n->mark) || !kh_number_at(r, at + 1) ||
        !kh_touches(r, at) || !kh_touches(r, at + 1))
      break;
    n->mark = (kh_mark)r->tokens[at].mark;
    at++;
  }
  return n->count >= 2;
}

// Which of the three is the year, and is the day or the month first? Day first unless it cannot be.
static bool order_parts(numeric *n, kh_date *date) {
  const bool year_first = n->digits[0] == 4;
  if (n->count == 3 && year_first) {
    *date = (kh_date){n->part[0], n->part[1], n->part[2]};
  } else if (n->count == 3 && n->digits[2] >= 2 && n->digits[0] <= 2 && n->digits[1] <= 2) {
    *date = (kh_date){n->part[2], n->part[1], n->part[0]};
    if (n->digits[2] == 2) date->year += date->year < 70 ? 2000 : 1900;
    if (n->digits[2] == 3) return false;
  } else if (n->count == 2 && n->digits[0] <= 2 && n->digits[1] <= 2) {
    *date = (kh_date){0, n->part[1], n->part[0]};
  } else {
    return false;
  }
  if (date->month > 12 && date->day <= 12) {
    const int32_t day = date->month;
    date->month = date->day;
    date->day = day;
  }
  return date->month >= 1 && date->month <= 12 && date->day >= 1 && date->day <= 31;
}

static bool told_as_date(const kh_time_words *r, uint32_t token) {
  if (token == 0) return false;
  const uint32_t before = token - 1;
  if (r->tokens[before].fold_len < 2) return false; // «بـ2-1»
  return kh_has_sense(r, before, KH_SENSE_in) || kh_has_sense(r, before, KH_SENSE_since) ||
         kh_has_sense(r, before, KH_SENSE_until) ||
         kh_sense_at(r, before, KH_SENSE_time_unit) == KH_UNIT_DAY ||
         kh_has_sense(r, before, KH_SENSE_weekday);
}

bool kh_read_numeric(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  numeric n;
  kh_date date;
  if (!kh_number_at(r, token)) return false;
  if (!split_at_points(r, token, &n) && !split_at_marks(r, token, &n)) return false;
  if (!order_parts(&n, &date)) return false;
  kh_moment *m = &out->moment;
  uint32_t last = n.last;
  if (n.count == 2) { // a fraction, a score or a date
    const bool padded = n.digits[0] == 2 && n.digits[1] == 2 && (n.part[0] < 10 || n.part[1] < 10);
    const bool high = n.part[0] > 12 || n.part[1] > 12;
    kh_year_words y;
    const bool year = kh_date_comma(r, last) && kh_date_year_after(r, last, &y) && y.year;
    const bool told = told_as_date(r, token) && (n.mark == KH_MARK_SLASH || padded || high);
    if (!year && !told && (n.mark != KH_MARK_SLASH || (!padded && !high)) &&
        !(high && token > 0 && kh_time_tense(r, token - 1) > 0))
      return false;
    if (date.day > kh_days_of_month(2000, date.month)) return false;
    if (year) {
      date.year = y.year;
      last = y.last;
    }
  }
  const int32_t era = kh_date_era_at(r, last, &last);
  *m = (kh_moment){.grain = KH_GRAIN_DAY, .year = date.year, .month = date.month, .day = date.day};
  if (era == 1 || (date.year >= 1300 && date.year < 1500)) {
    if (!kh_date_from_hijri(c, date.year, date.month, date.day, m)) return false;
    out->rule = "time/hijri";
  } else if (date.year && (!kh_date_valid(date) || date.year < YEAR_LOW || date.year > YEAR_HIGH)) {
    return false;
  } else if (!date.year) {
    kh_date_choose_year(c, m, KH_WHICH_NONE, kh_time_to_come(c, token, last), false);
  }
  out->last = last;
  if (!out->rule) out->rule = "time/numeric";
  return true;
}
