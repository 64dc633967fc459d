// SPDX-License-Identifier: Apache-2.0
// Words of years and months as they stand: «عام 2011», «أيار/مايو», «من العام الماضي».
#include "mention/time_parts.h"

#include <string.h>

kh_which kh_which_at(const kh_time_words *r, uint32_t token) {
  if (kh_has_sense(r, token, KH_SENSE_past)) return KH_WHICH_PAST;
  if (kh_has_sense(r, token, KH_SENSE_next)) return KH_WHICH_NEXT;
  if (kh_has_sense(r, token, KH_SENSE_current)) return KH_WHICH_CURRENT;
  return KH_WHICH_NONE;
}

// «الماضي» as a modifier after a noun with the article or a month's name.
kh_which kh_date_modifier(const kh_time_words *r, uint32_t *at) {
  if (*at >= r->count || kh_has_proclitic(r, *at) || !kh_has_al(r, *at)) return KH_WHICH_NONE;
  const kh_which which = kh_which_at(r, *at);
  if (which != KH_WHICH_NONE) *at = kh_after(r, *at);
  return which;
}

bool kh_date_comma(const kh_time_words *r, uint32_t token) {
  return kh_mark_at(r, token, KH_MARK_COMMA);
}

int32_t kh_date_era_at(const kh_time_words *r, uint32_t token, uint32_t *last) {
  const int32_t era = kh_sense_at(r, token, KH_SENSE_era);
  if (era > 0) *last = kh_after(r, token);
  return era > 0 ? era : 0;
}

// A year in digits or words that stands alone: «2019», «ألفين وتسعة عشر», «1440 هـ».
bool kh_date_year_number(const kh_time_words *r, uint32_t token, kh_year_words *y) {
  kh_numeral n;
  if (!kh_read_cardinal(r, token, &n)) return false;
  if (kh_number_at(r, token) && (!n.digits || n.size != 4)) return false;
  if (n.value < 1 || n.value > 2999 || n.value != (double)(int32_t)n.value) return false;
  y->year = (int32_t)n.value;
  y->last = n.last;
  y->which = KH_WHICH_NONE;
  y->same = false;
  const int32_t era = kh_date_era_at(r, n.last, &y->last);
  y->hijri = era == 1 || (era == 0 && y->year >= 1300 && y->year < 1500 && n.digits && false);
  if (era == 3) return false;
  return y->hijri || (y->year >= 1000 && y->year <= YEAR_HIGH) || era == 2;
}

// «عام 2011», «العام الماضي», «هذا العام», «العام نفسه»
bool kh_date_year_phrase(const kh_time_words *r, uint32_t token, kh_year_words *y) {
  memset(y, 0, sizeof *y);
  uint32_t at = token;
  const bool this = kh_has_sense(r, at, KH_SENSE_this);
  if (this) at++;
  const bool one = kh_sense_at(r, at, KH_SENSE_time_unit) == KH_UNIT_YEAR;
  const bool two = (kh_sense_at(r, at, KH_SENSE_time_unit_pair) == KH_UNIT_YEAR ||
                    kh_sense_at(r, at, KH_SENSE_time_unit_dual) == KH_UNIT_YEAR) &&
                   !this;
  if (!one && !two) return false;
  y->last = at + 1;
  if (this && one && kh_has_al(r, at)) {
    y->which = KH_WHICH_CURRENT;
    return true;
  }
  if (two) return kh_number_at(r, at + 1) && kh_date_year_number(r, at + 1, y);
  const uint32_t next = at + 1;
  if (next >= r->count || r->tokens[next].sentence != r->tokens[token].sentence) return false;
  if (!(r->at[next].clitics & ~KH_CLITIC_AL) && kh_date_year_number(r, next, y)) {
    if (y->year >= 1000 || y->hijri) return true;
  }
  if (kh_number_at(r, next) && r->tokens[next].fold_len == 2 && !kh_has_al(r, at)) return false;
  if (!kh_has_al(r, at)) return false;
  uint32_t past = next;
  y->which = kh_date_modifier(r, &past);
  y->last = past;
  return y->which != KH_WHICH_NONE;
}

// The year that a date may have after it: «2019», «من العام الماضي», «، 2018», «لعام 2014».
bool kh_date_year_after(const kh_time_words *r, uint32_t token, kh_year_words *y) {
  uint32_t at = token;
  if (at >= r->count) return false;
  if (kh_date_comma(r, at) && at + 1 < r->count && kh_number_at(r, at + 1)) {
    if (!kh_date_year_number(r, at + 1, y)) return false;
    return y->year >= YEAR_LOW && y->year <= YEAR_HIGH;
  }
  if (kh_number_at(r, at)) {
    if (!kh_date_year_number(r, at, y)) return false;
    return y->hijri || y->year >= 1000;
  }
  if (kh_has_sense(r, at, KH_SENSE_from) || kh_has_sense(r, at, KH_SENSE_in)) at++;
  if (at >= r->count) return false;
  if (kh_date_year_phrase(r, at, y)) return true;
  if (at == token && r->at[at].word && !kh_has_proclitic(r, at) && !kh_has_al(r, at) &&
      kh_date_year_number(r, at, y))
    return y->year >= YEAR_LOW;
  if (kh_date_comma(r, token) && kh_date_year_phrase(r, token + 1, y))
    return y->which == KH_WHICH_NONE;
  return false;
}

static int32_t plain_month(const kh_time_words *r, uint32_t token, bool *sure) {
  int32_t m = kh_sense_at(r, token, KH_SENSE_month);
  *sure = m > 0;
  if (m < 0) m = kh_sense_at(r, token, KH_SENSE_month_maybe);
  return m;
}

// The other name of a month beside the first: «أيار/مايو», «يوليو تموز», «آذار (مارس)».
static uint32_t second_name(const kh_time_words *r, uint32_t at, int32_t month, bool *found) {
  bool sure;
  uint32_t next = at;
  *found = false;
  if (next >= r->count) return at;
  const bool open = kh_mark_at(r, next, KH_MARK_OPEN);
  if (open || kh_mark_at(r, next, KH_MARK_SLASH) || kh_mark_at(r, next, KH_MARK_DASH)) next++;
  if (next >= r->count || kh_has_proclitic(r, next) || plain_month(r, next, &sure) != month)
    return at;
  next = kh_after(r, next);
  if (open) {
    if (!kh_mark_at(r, next, KH_MARK_CLOSE)) return at;
    next++;
  }
  *found = true;
  return next;
}

bool kh_date_month_name(const kh_time_words *r, uint32_t token, kh_month_words *m) {
  if (token >= r->count || kh_has_al(r, token)) return false;
  m->hijri = false;
  m->month = plain_month(r, token, &m->sure);
  if (m->month > 0) {
    const uint32_t past = kh_after(r, token);
    bool twice;
    m->last = second_name(r, past, m->month, &twice);
    m->sure |= twice;
    return true;
  }
  m->month = kh_sense_at(r, token, KH_SENSE_hijri_month);
  m->sure = m->month > 0;
  if (m->month < 0) m->month = kh_sense_at(r, token, KH_SENSE_hijri_maybe);
  m->hijri = true;
  m->last = kh_after(r, token);
  return m->month > 0;
}

bool kh_date_is_month_word(const kh_time_words *r, uint32_t token) {
  return kh_sense_at(r, token, KH_SENSE_time_unit) == KH_UNIT_MONTH ||
         kh_sense_at(r, token, KH_SENSE_time_unit_pair) == KH_UNIT_MONTH;
}

// A month's name with or without «شهر» before it.
bool kh_date_month_phrase(const kh_time_words *r, uint32_t token, kh_month_words *m) {
  if (kh_date_month_name(r, token, m)) return true;
  if (!kh_date_is_month_word(r, token) || kh_has_al(r, token)) return false;
  if (token + 1 < r->count && !kh_has_proclitic(r, token + 1) &&
      kh_date_month_name(r, token + 1, m)) {
    m->sure = true;
    return true;
  }
  // «شهر عشرة», of speech
  kh_numeral n;
  if (token + 1 < r->count && !kh_has_proclitic(r, token + 1) &&
      kh_read_cardinal(r, token + 1, &n) && n.value >= 2 && n.value <= 12 && !n.article) {
    *m = (kh_month_words){n.last, (int32_t)n.value, false, true};
    return true;
  }
  return false;
}

int32_t kh_date_digits_of(const kh_time_words *r, uint32_t token, uint32_t from, uint32_t to) {
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  int32_t value = 0;
  for (uint32_t i = from; i < to; i++) value = value * 10 + (letters[i] - '0');
  return value;
}

bool kh_date_plain_digits(const kh_time_words *r, uint32_t token, uint32_t most) {
  if (!kh_number_at(r, token) || r->tokens[token].fold_len > most) return false;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  for (uint32_t i = 0; i < r->tokens[token].fold_len; i++)
    if (!kh_letter_is_digit(letters[i])) return false;
  return true;
}

bool kh_date_weekday_at(const kh_time_words *r, uint32_t token, int32_t *weekday) {
  *weekday = kh_sense_at(r, token, KH_SENSE_weekday);
  return *weekday > 0 && !(r->at[token].clitics & ~(uint32_t)KH_CLITIC_AL);
}
