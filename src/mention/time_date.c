// SPDX-License-Identifier: Apache-2.0
// Dates: days, weeks, months, years and larger, resolved against the report's day.
#include "mention/time_read.h"

#include "text/text.h"

#include <string.h>

enum {
  YEAR_LOW = 1700, // bare numbers below are no years
  YEAR_HIGH = 2150,
};

// ------------------------------------------------------------------ pieces

kh_which kh_which_at(const kh_time_words *r, uint32_t token) {
  if (kh_has_sense(r, token, KH_SENSE_past)) return KH_WHICH_PAST;
  if (kh_has_sense(r, token, KH_SENSE_next)) return KH_WHICH_NEXT;
  if (kh_has_sense(r, token, KH_SENSE_current)) return KH_WHICH_CURRENT;
  return KH_WHICH_NONE;
}

// «الماضي» as a modifier after a noun with the article or a month's name.
static kh_which modifier(const kh_time_words *r, uint32_t *at) {
  if (*at >= r->count || kh_has_proclitic(r, *at) || !kh_has_al(r, *at)) return KH_WHICH_NONE;
  const kh_which which = kh_which_at(r, *at);
  if (which != KH_WHICH_NONE) *at = kh_after(r, *at);
  return which;
}

static bool comma(const kh_time_words *r, uint32_t token) {
  return kh_mark_at(r, token, KH_MARK_COMMA);
}

typedef struct year_words {
  uint32_t last;
  int32_t year;
  kh_which which; // when the year is told by «الماضي» instead
  bool hijri;
  bool same; // «العام نفسه»
} year_words;

static int32_t era_at(const kh_time_words *r, uint32_t token, uint32_t *last) {
  const int32_t era = kh_sense_at(r, token, KH_SENSE_era);
  if (era > 0) *last = kh_after(r, token);
  return era > 0 ? era : 0;
}

// A year in digits or words that stands alone: «2019», «ألفين وتسعة عشر», «1440 هـ».
static bool year_number(const kh_time_words *r, uint32_t token, year_words *y) {
  kh_numeral n;
  if (!kh_read_cardinal(r, token, &n)) return false;
  if (kh_number_at(r, token) && (!n.digits || n.size != 4)) return false;
  if (n.value < 1 || n.value > 2999 || n.value != (double)(int32_t)n.value) return false;
  y->year = (int32_t)n.value;
  y->last = n.last;
  y->which = KH_WHICH_NONE;
  y->same = false;
  const int32_t era = era_at(r, n.last, &y->last);
  y->hijri = era == 1 || (era == 0 && y->year >= 1300 && y->year < 1500 && n.digits && false);
  if (era == 3) return false;
  return y->hijri || (y->year >= 1000 && y->year <= YEAR_HIGH) || era == 2;
}

// «عام 2011», «العام الماضي», «هذا العام», «العام نفسه»
static bool year_phrase(const kh_time_words *r, uint32_t token, year_words *y) {
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
  if (two) return kh_number_at(r, at + 1) && year_number(r, at + 1, y);
  const uint32_t next = at + 1;
  if (next >= r->count || r->tokens[next].sentence != r->tokens[token].sentence) return false;
  if (!(r->at[next].clitics & ~KH_CLITIC_AL) && year_number(r, next, y)) {
    if (y->year >= 1000 || y->hijri) return true;
  }
  if (kh_number_at(r, next) && r->tokens[next].fold_len == 2 && !kh_has_al(r, at)) return false;
  if (!kh_has_al(r, at)) return false;
  uint32_t past = next;
  y->which = modifier(r, &past);
  y->last = past;
  return y->which != KH_WHICH_NONE;
}

// The year that a date may have after it: «2019», «من العام الماضي», «، 2018», «لعام 2014».
static bool year_after(const kh_time_words *r, uint32_t token, year_words *y) {
  uint32_t at = token;
  if (at >= r->count) return false;
  if (comma(r, at) && at + 1 < r->count && kh_number_at(r, at + 1)) {
    if (!year_number(r, at + 1, y)) return false;
    return y->year >= YEAR_LOW && y->year <= YEAR_HIGH;
  }
  if (kh_number_at(r, at)) {
    if (!year_number(r, at, y)) return false;
    return y->hijri || y->year >= 1000;
  }
  if (kh_has_sense(r, at, KH_SENSE_from) || kh_has_sense(r, at, KH_SENSE_in)) at++;
  if (at >= r->count) return false;
  if (year_phrase(r, at, y)) return true;
  if (at == token && r->at[at].word && !kh_has_proclitic(r, at) && !kh_has_al(r, at) &&
      year_number(r, at, y))
    return y->year >= YEAR_LOW;
  if (comma(r, token) && year_phrase(r, token + 1, y)) return y->which == KH_WHICH_NONE;
  return false;
}

// ------------------------------------------------------------------ months

typedef struct month_words {
  uint32_t last;
  int32_t month;
  bool hijri;
  bool sure; // not also another word
} month_words;

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

static bool month_name(const kh_time_words *r, uint32_t token, month_words *m) {
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

static bool is_month_word(const kh_time_words *r, uint32_t token) {
  return kh_sense_at(r, token, KH_SENSE_time_unit) == KH_UNIT_MONTH;
}

// A month's name with or without «شهر» before it.
static bool month_phrase(const kh_time_words *r, uint32_t token, month_words *m) {
  if (month_name(r, token, m)) return true;
  if (!is_month_word(r, token) || kh_has_al(r, token)) return false;
  if (token + 1 < r->count && !kh_has_proclitic(r, token + 1) && month_name(r, token + 1, m)) {
    m->sure = true;
    return true;
  }
  // «شهر عشرة», of speech
  kh_numeral n;
  if (token + 1 < r->count && !kh_has_proclitic(r, token + 1) &&
      kh_read_cardinal(r, token + 1, &n) && n.value >= 2 && n.value <= 12 && !n.article) {
    *m = (month_words){n.last, (int32_t)n.value, false, true};
    return true;
  }
  return false;
}

// ------------------------------------------------------------------ which year, which day

static kh_date today_of(const kh_time_context *c) { return kh_date_of_day(c->today); }

// A date told with its year earlier in the report settles one told without.
static int32_t known_year(const kh_time_context *c, int32_t month, int32_t day) {
  for (uint32_t i = c->known_count; i-- > 0;)
    if (c->known[i].month == month && c->known[i].day == day) return c->known[i].year;
  return 0;
}

static int32_t order_of(kh_date a) { return (a.year * 16 + a.month) * 32 + a.day; }

// The year of a month or a day of it that is told without.
static void choose_year(const kh_time_context *c, kh_moment *m, kh_which which, bool to_come) {
  if (c->today == KH_DAY_NONE) return;
  m->inferred = true;
  const kh_date now = today_of(c);
  const kh_date here = {now.year, m->month, m->day};
  const kh_date today = {now.year, now.month, m->day ? now.day : 0};
  const int32_t before = order_of(here) - order_of(today); // negative: earlier this year
  switch (which) {
  case KH_WHICH_PAST:
    m->year = before < 0 ? now.year : now.year - 1;
    return;
  case KH_WHICH_NEXT:
    m->year = before > 0 ? now.year : now.year + 1;
    return;
  case KH_WHICH_CURRENT:
    m->year = m->month - now.month > 6 ? now.year - 1 : now.year;
    return;
  default:
    break;
  }
  const int32_t known = known_year(c, m->month, m->day);
  if (known)
    m->year = known;
  else if (to_come && before < 0 && now.month - m->month <= 3)
    m->year = now.year; // eleven months ahead is too far: «صعد في تموز» with another verb near
  else if (to_come)
    m->year = before < 0 && m->month != now.month ? now.year + 1 : now.year;
  else if (m->month == now.month)
    m->year = now.year;
  else
    m->year = before <= 0 ? now.year : now.year - 1;
}

static void set_year(const kh_time_context *c, kh_moment *m, const year_words *y) {
  if (y->year) {
    m->year = y->year;
    return;
  }
  if (y->same) {
    m->year = c->last.year;
    return;
  }
  if (c->today == KH_DAY_NONE) return;
  m->year = today_of(c).year + (y->which == KH_WHICH_NEXT) - (y->which == KH_WHICH_PAST);
  m->inferred = true;
}

static void check_weekday(kh_moment *m) {
  const int32_t day = kh_moment_day(m);
  if (day != KH_DAY_NONE && m->weekday && kh_weekday(day) != m->weekday) m->conflict = true;
}

// A Hijri date as a Gregorian moment. Without a day the month that holds most of it.
static bool from_hijri(const kh_time_context *c, int32_t year, int32_t month, int32_t day,
                       kh_moment *m) {
  const kh_umm_al_qura *table = &c->r->calendar->hijri;
  if (!year) {
    if (c->today == KH_DAY_NONE) return false;
    // the nearest one that has begun, or is about to
    const kh_date now = kh_hijri_of_day(table, c->today);
    year = month <= now.month + 1 ? now.year : now.year - 1;
    m->inferred = true;
  }
  int32_t found = kh_day_of_hijri(table, (kh_date){year, month, day ? day : 15});
  if (found == KH_DAY_NONE && day == 30) {
    // where the moon was sighted a day later the month had 30 days
    found = kh_day_of_hijri(table, (kh_date){year, month, 29});
    if (found != KH_DAY_NONE) found++;
    m->conflict = true;
  }
  if (found == KH_DAY_NONE) return false;
  const kh_moment told = *m;
  *m = kh_moment_of_day(found);
  m->inferred = told.inferred;
  m->conflict = told.conflict;
  m->weekday = told.weekday;
  if (!day) m->grain = KH_GRAIN_MONTH; // m->day stays the month's middle
  return true;
}

// ------------------------------------------------------------------ numeric dates

typedef struct numeric {
  int32_t part[3];
  uint32_t digits[3];
  uint32_t count;
  uint32_t last;
  kh_mark mark;
} numeric;

static int32_t digits_of(const kh_time_words *r, uint32_t token, uint32_t from, uint32_t to) {
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  int32_t value = 0;
  for (uint32_t i = from; i < to; i++) value = value * 10 + (letters[i] - '0');
  return value;
}

static bool plain_digits(const kh_time_words *r, uint32_t token, uint32_t most) {
  if (!kh_number_at(r, token) || r->tokens[token].fold_len > most) return false;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token);
  for (uint32_t i = 0; i < r->tokens[token].fold_len; i++)
    if (!kh_letter_is_digit(letters[i])) return false;
  return true;
}

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
    n->part[n->count] = digits_of(r, token, from, i);
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
  while (n->count < 3 && plain_digits(r, at, 4)) {
    n->part[n->count] = digits_of(r, at, 0, r->tokens[at].fold_len);
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

static bool read_numeric(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
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
    year_words y;
    const bool year = comma(r, last) && year_after(r, last, &y) && y.year;
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
  const int32_t era = era_at(r, last, &last);
  *m = (kh_moment){.grain = KH_GRAIN_DAY, .year = date.year, .month = date.month, .day = date.day};
  if (era == 1 || (date.year >= 1300 && date.year < 1500)) {
    if (!from_hijri(c, date.year, date.month, date.day, m)) return false;
    out->rule = "time/hijri";
  } else if (date.year && (!kh_date_valid(date) || date.year < YEAR_LOW || date.year > YEAR_HIGH)) {
    return false;
  } else if (!date.year) {
    choose_year(c, m, KH_WHICH_NONE, kh_time_to_come(c, token, last));
  }
  out->last = last;
  if (!out->rule) out->rule = "time/numeric";
  return true;
}

// ------------------------------------------------------------------ day of a month

typedef struct day_words {
  uint32_t last;
  int32_t day;
  bool digits;
  bool bare_ordinal; // «أول شباط»
} day_words;

// «29», «الـ 14», «الرابع», «السادس والعشرين», «الخامس عشر»
static bool day_number(const kh_time_words *r, uint32_t token, day_words *d) {
  kh_numeral n;
  memset(d, 0, sizeof *d);
  if (token >= r->count) return false;
  uint32_t at = token;
  if (r->tokens[at].kind == KH_TOKEN_WORD && !r->at[at].word && kh_number_at(r, at + 1)) {
    const uint8_t *letters = kh_token_letters(r->document->tokens, at);
    const uint32_t len = r->tokens[at].fold_len;
    if (len < 2 || len > 3 || letters[len - 2] != KH_LETTER_ALEF ||
        letters[len - 1] != KH_LETTER_LAM)
      return false;
    at++;
  }
  if (kh_number_at(r, at)) {
    if (!plain_digits(r, at, 2)) return false;
    d->day = digits_of(r, at, 0, r->tokens[at].fold_len);
    d->digits = true;
    d->last = at + 1;
  } else if (kh_read_ordinal(r, at, &n)) {
    d->day = (int32_t)n.value;
    d->bare_ordinal = !kh_has_al(r, at);
    d->last = n.last;
  } else if (kh_has_al(r, at) && kh_read_cardinal(r, at, &n)) {
    d->day = n.value <= 31 ? (int32_t)n.value : 0;
    d->last = n.last;
  } else {
    return false;
  }
  return d->day >= 1 && d->day <= 31;
}

// The month of a day: its name, or «الشهر الجاري», «هذا الشهر», «الشهر المقبل».
static bool month_of_day(const kh_time_context *c, uint32_t token, month_words *m,
                         kh_moment *moment, bool *resolved) {
  const kh_time_words *r = c->r;
  *resolved = false;
  if (month_phrase(r, token, m)) return true;
  uint32_t at = token;
  const bool this = kh_has_sense(r, at, KH_SENSE_this);
  if (this) at++;
  if (!is_month_word(r, at) || !kh_has_al(r, at) || c->today == KH_DAY_NONE) return false;
  uint32_t past = at + 1;
  const kh_which which = this ? KH_WHICH_CURRENT : modifier(r, &past);
  if (which == KH_WHICH_NONE) return false;
  kh_date month = today_of(c);
  month.day = 1;
  month = kh_date_add_months(month, (which == KH_WHICH_NEXT) - (which == KH_WHICH_PAST));
  moment->year = month.year;
  moment->month = month.month;
  moment->inferred = true;
  *m = (month_words){past, month.month, false, true};
  *resolved = true;
  return true;
}

// After a Hijri date its Gregorian one in brackets, or «الموافق», and the other way round.
static uint32_t paired_date(const kh_time_context *c, uint32_t at, kh_moment *m);

// From the month on: year or modifier, then resolution.
static void finish_day(const kh_time_context *c, kh_time_expression *out, const month_words *month,
                       int32_t day) {
  const kh_time_words *r = c->r;
  kh_moment *m = &out->moment;
  uint32_t at = month->last;
  year_words y;
  kh_which which = modifier(r, &at);
  const bool year = which == KH_WHICH_NONE && year_after(r, at, &y);
  if (year) at = y.last;
  m->month = month->month;
  m->day = day;
  out->last = at;
  if (month->hijri) {
    m->grain = from_hijri(c, year ? y.year : 0, month->month, day, m) ? m->grain : KH_GRAIN_NONE;
    out->rule = "time/hijri";
  } else {
    if (year)
      set_year(c, m, &y);
    else
      choose_year(c, m, which, kh_time_to_come(c, out->first, at));
    if (m->year && day && day > kh_days_of_month(m->year, m->month)) m->grain = KH_GRAIN_NONE;
    if (!m->year && day > kh_days_of_month(2000, m->month)) m->grain = KH_GRAIN_NONE;
    out->rule = day ? "time/day-month" : "time/month";
  }
}

// «29 من أيار», «الرابع من حزيران عام 1967», «1 محرم 1440»
static bool read_day_month(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  day_words d;
  month_words month;
  bool resolved;
  if (!day_number(r, token, &d)) return false;
  uint32_t at = d.last;
  bool joined = false;
  if (kh_has_sense(r, at, KH_SENSE_from) || kh_has_sense(r, at, KH_SENSE_in)) {
    at = kh_after(r, at);
    joined = true;
  } else if (d.digits && kh_mark_at(r, at, KH_MARK_DASH) &&
             kh_has_sense(r, at + 1, KH_SENSE_zero)) {
    return false; // «2-صفر», a score
  } else if (d.digits && (kh_mark_at(r, at, KH_MARK_SLASH) || kh_mark_at(r, at, KH_MARK_DASH) ||
                          (kh_mark_at(r, at, KH_MARK_FULL_STOP) && kh_touches(r, at)))) {
    at++;
  }
  out->moment.grain = KH_GRAIN_DAY;
  if (at >= r->count || kh_has_proclitic(r, at) ||
      !month_of_day(c, at, &month, &out->moment, &resolved))
    return false;
  if (!kh_same_sentence(r, token, month.last) && !kh_mark_at(r, d.last, KH_MARK_FULL_STOP))
    return false;
  if (d.bare_ordinal && d.day != 1 && !joined) return false;
  if (d.bare_ordinal && month.hijri && !joined) return false;
  if (resolved) {
    out->moment.day = d.day;
    out->last = month.last;
    out->rule = "time/day-month";
    if (d.day > kh_days_of_month(out->moment.year, out->moment.month)) return false;
  } else {
    if (kh_mark_at(r, month.last, KH_MARK_FULL_STOP) && d.digits &&
        kh_number_at(r, month.last + 1) && plain_digits(r, month.last + 1, 4) &&
        r->tokens[month.last + 1].fold_len == 4 && kh_mark_at(r, d.last, KH_MARK_FULL_STOP))
      month.last++; // «16. نوفمبر. 2016»
    finish_day(c, out, &month, d.day);
  }
  out->last = paired_date(c, out->last, &out->moment);
  return out->moment.grain != KH_GRAIN_NONE;
}

// «يناير الثاني والعشرين، 2018», «سبتمبر 10, 2001»
static bool read_month_day(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  month_words month;
  day_words d;
  year_words y;
  if (!month_name(r, token, &month) || month.hijri || !day_number(r, month.last, &d) ||
      d.bare_ordinal || kh_has_proclitic(r, month.last) || !comma(r, d.last))
    return false;
  if (!year_after(r, d.last, &y)) {
    kh_numeral n; // in words after the comma
    if (!kh_read_cardinal(r, d.last + 1, &n) || n.value < YEAR_LOW || n.value > YEAR_HIGH)
      return false;
    y = (year_words){.last = n.last, .year = (int32_t)n.value};
  }
  if (!y.year || d.day > kh_days_of_month(y.year, month.month)) return false;
  out->moment =
      (kh_moment){.grain = KH_GRAIN_DAY, .year = y.year, .month = month.month, .day = d.day};
  out->last = y.last;
  out->rule = "time/day-month";
  return true;
}

// «15 حتى 17 يونيو», «بين 20 و25 أيار», «29 و30 من نيسان»: a day whose month comes later.
static bool read_shared_month(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  day_words first;
  if (!day_number(r, token, &first) || first.bare_ordinal) return false;
  if (!first.digits && token > 0 && kh_has_sense(r, token - 1, KH_SENSE_time_unit) &&
      kh_sense_at(r, token - 1, KH_SENSE_time_unit) != KH_UNIT_DAY)
    return false; // «الأسبوع الأول والثاني من أبريل»
  uint32_t at = first.last;
  if (at >= r->count) return false;
  const bool dash = first.digits && kh_mark_at(r, at, KH_MARK_DASH) && kh_number_at(r, at + 1);
  if (dash || kh_has_sense(r, at, KH_SENSE_to) || kh_has_sense(r, at, KH_SENSE_until) ||
      kh_has_sense(r, at, KH_SENSE_and))
    at++;
  else if (!(r->at[at].clitics & KH_CLITIC_WA))
    return false;
  kh_time_expression later = {.first = at};
  // «16 و17 و18 مارس»
  day_words next;
  for (int more = 0; more < 4 && day_number(r, at, &next) && !next.bare_ordinal; more++) {
    uint32_t past = next.last;
    if (kh_has_sense(r, past, KH_SENSE_and))
      past++;
    else if (past >= r->count || !(r->at[past].clitics & KH_CLITIC_WA))
      break;
    at = past;
  }
  if (!read_day_month(c, at, &later) || !kh_same_sentence(r, token, later.last)) return false;
  if (first.day >= later.moment.day && later.moment.grain == KH_GRAIN_DAY) return false;
  out->moment = later.moment;
  out->moment.day = first.day;
  out->last = first.last;
  out->rule = "time/day-range";
  return out->moment.grain == KH_GRAIN_DAY;
}

// ------------------------------------------------------------------ months and years

static bool month_expected(const kh_time_context *c, uint32_t token, bool sure) {
  const kh_time_words *r = c->r;
  static const kh_sense_kind before[] = {KH_SENSE_in,    KH_SENSE_since,  KH_SENSE_until,
                                         KH_SENSE_from,  KH_SENSE_to,     KH_SENSE_ago,
                                         KH_SENSE_after, KH_SENSE_during, KH_SENSE_between};
  if (c->alone) return true;
  const uint32_t count = sure ? sizeof before / sizeof *before : 3;
  if (kh_has_proclitic(r, token)) {
    // «بنيسان»; «وأيار» after another month
    const uint8_t clitics = r->at[token].clitics;
    if (clitics & (KH_CLITIC_BI | KH_CLITIC_LI)) return sure;
    return sure && c->last.grain == KH_GRAIN_MONTH && c->last_at + 3 >= token;
  }
  if (token == 0 || r->tokens[token - 1].sentence != r->tokens[token].sentence) return false;
  if (kh_has_sense(r, token - 1, KH_SENSE_and)) return c->last_at + 3 >= token;
  for (uint32_t i = 0; i < count; i++)
    if (r->tokens[token - 1].fold_len > 1 && kh_has_sense(r, token - 1, before[i])) return true;
  return false;
}

static bool read_month(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  month_words month;
  const bool told = is_month_word(r, token);
  if (!month_phrase(r, token, &month)) return false;
  if (month.hijri) {
    // months are no Gregorian stretch; with «نهاية» the caller takes their last day
    year_words y;
    const bool year = year_after(r, month.last, &y) && (y.year > 1300 && y.year < 1500);
    if (!year && !(told && c->inside)) return false;
    if (!from_hijri(c, year ? y.year : 0, month.month, 0, &out->moment)) return false;
    out->last = year ? y.last : month.last;
    out->rule = "time/hijri-month";
    return true;
  }
  out->moment.grain = KH_GRAIN_MONTH;
  finish_day(c, out, &month, 0);
  if (out->last > month.last || c->inside || told) return true;
  // «مارس», «ماي» and «آب» are other words as well, «آذار» and «نيسان» people's names: a month
  // alone has a preposition before it
  const bool father = (r->tokens[token].flags & KH_TOKEN_HAMZA_ABOVE) != 0 &&
                      kh_has_sense(r, token, KH_SENSE_month_maybe); // «أب»
  return !father && month_expected(c, token, month.sure);
}

static bool read_year_phrase(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  year_words y;
  if (!year_phrase(c->r, token, &y)) return false;
  kh_moment *m = &out->moment;
  *m = (kh_moment){.grain = KH_GRAIN_YEAR};
  if (y.hijri) {
    if (!from_hijri(c, y.year, 6, 0, m)) return false;
    m->grain = KH_GRAIN_YEAR;
    m->month = 0;
  } else {
    set_year(c, m, &y);
  }
  if (!m->year) return false;
  out->last = y.last;
  out->rule = "time/year";
  return true;
}

// May a bare number be a year here? After a preposition, in brackets, after «حرب», after a year.
static bool year_expected(const kh_time_context *c, uint32_t token, uint32_t last) {
  const kh_time_words *r = c->r;
  static const kh_sense_kind before[] = {KH_SENSE_since,   KH_SENSE_until,     KH_SENSE_in,
                                         KH_SENSE_ago,     KH_SENSE_after,     KH_SENSE_from,
                                         KH_SENSE_to,      KH_SENSE_year_head, KH_SENSE_during,
                                         KH_SENSE_between, KH_SENSE_season};
  if (token == 0 || r->tokens[token - 1].sentence != r->tokens[token].sentence)
    return kh_mark_at(r, last, KH_MARK_DASH) || kh_mark_at(r, last, KH_MARK_COLON);
  const uint32_t prev = token - 1;
  for (size_t i = 0; i < sizeof before / sizeof *before; i++)
    if (kh_has_sense(r, prev, before[i])) return true;
  if (kh_mark_at(r, prev, KH_MARK_OPEN) &&
      (kh_mark_at(r, last, KH_MARK_CLOSE) || kh_mark_at(r, last, KH_MARK_DASH)))
    return true;
  // «عامي 2009 و2010», «2006-2014»
  const bool after_year = c->last.grain == KH_GRAIN_YEAR && c->last_at + 3 >= token;
  return after_year && (kh_has_sense(r, prev, KH_SENSE_and) || kh_mark_at(r, prev, KH_MARK_DASH) ||
                        kh_mark_at(r, prev, KH_MARK_COMMA));
}

static bool read_bare_year(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  year_words y;
  if (!plain_digits(r, token, 4) || !year_number(r, token, &y)) return false;
  if (!y.hijri && (y.year < YEAR_LOW || y.year > YEAR_HIGH)) return false;
  if (!year_expected(c, token, y.last)) return false;
  // a count after all: «في 2014 ألف», «من 2000 إلى 3000 شخص», «2000 متر»
  const uint32_t next = y.last;
  if (next < r->count) {
    if (kh_mark_at(r, next, KH_MARK_PERCENT) || kh_mark_at(r, next, KH_MARK_SLASH)) return false;
    if (r->at[next].word && !kh_has_proclitic(r, next) &&
        (kh_has_sense(r, next, KH_SENSE_scale) || kh_has_sense(r, next, KH_SENSE_money) ||
         (!kh_has_al(r, next) && (kh_has_sense(r, next, KH_SENSE_time_unit) ||
                                  kh_has_sense(r, next, KH_SENSE_time_units)))))
      return false;
    kh_numeral high;
    if ((kh_has_sense(r, next, KH_SENSE_to) || kh_has_sense(r, next, KH_SENSE_and)) &&
        kh_read_cardinal(r, next + 1, &high) && high.value > YEAR_HIGH)
      return false;
  }
  if (y.year % 100 == 0 && y.year != 2000 && !kh_has_sense(r, token - 1, KH_SENSE_since) &&
      !kh_has_sense(r, token - 1, KH_SENSE_in))
    return false;
  kh_moment *m = &out->moment;
  *m = (kh_moment){.grain = KH_GRAIN_YEAR, .year = y.year};
  if (y.hijri && !from_hijri(c, y.year, 6, 0, m)) return false;
  m->grain = KH_GRAIN_YEAR;
  m->month = 0;
  out->last = y.last;
  out->rule = "time/bare-year";
  return true;
}

// ------------------------------------------------------------------ units near the report's day

static void shift_unit(const kh_time_context *c, kh_unit unit, int32_t by, kh_moment *m) {
  const kh_date now = today_of(c);
  *m = (kh_moment){.inferred = true};
  switch (unit) {
  case KH_UNIT_YEAR:
    m->grain = KH_GRAIN_YEAR;
    m->year = now.year + by;
    return;
  case KH_UNIT_MONTH: {
    const kh_date month = kh_date_add_months((kh_date){now.year, now.month, 1}, by);
    m->grain = KH_GRAIN_MONTH;
    m->year = month.year;
    m->month = month.month;
    return;
  }
  case KH_UNIT_WEEK:
    m->grain = KH_GRAIN_WEEK;
    kh_iso_week(c->today + 7 * by, &m->year, &m->month);
    return;
  case KH_UNIT_DECADE:
    m->grain = KH_GRAIN_DECADE;
    m->year = now.year / 10 + by;
    return;
  case KH_UNIT_CENTURY:
    m->grain = KH_GRAIN_CENTURY;
    m->year = now.year / 100 + by;
    return;
  default:
    return;
  }
}

static kh_grain grain_of(kh_unit unit) {
  switch (unit) {
  case KH_UNIT_YEAR:
    return KH_GRAIN_YEAR;
  case KH_UNIT_MONTH:
    return KH_GRAIN_MONTH;
  case KH_UNIT_WEEK:
    return KH_GRAIN_WEEK;
  case KH_UNIT_DECADE:
    return KH_GRAIN_DECADE;
  case KH_UNIT_CENTURY:
    return KH_GRAIN_CENTURY;
  default:
    return KH_GRAIN_NONE;
  }
}

// «الأسبوع الماضي», «هذا الشهر», «القرن الماضي»
// «اليوم التالي», «العام نفسه»: told from the last date before, when there is one close by.
static bool read_anaphor(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  enum { REACH = 80 };
  const kh_time_words *r = c->r;
  const int32_t unit = kh_sense_at(r, token, KH_SENSE_time_unit);
  if (unit < KH_UNIT_YEAR || unit > KH_UNIT_DAY || !kh_has_al(r, token) || c->last_at >= token ||
      token - c->last_at > REACH || !kh_same_sentence(r, token, token + 2))
    return false;
  const bool same = kh_has_sense(r, token + 1, KH_SENSE_same_one);
  const bool following = kh_has_sense(r, token + 1, KH_SENSE_following);
  if ((!same && !following) || kh_has_proclitic(r, token + 1)) return false;
  const kh_moment *last = &c->last;
  kh_moment *m = &out->moment;
  *m = (kh_moment){.year = last->year, .inferred = true};
  const int32_t day = kh_moment_day(last);
  if (unit == KH_UNIT_YEAR) {
    if (!last->year || last->grain > KH_GRAIN_YEAR) return false;
    m->grain = KH_GRAIN_YEAR;
    m->year += following;
  } else if (unit == KH_UNIT_MONTH) {
    if (!last->year || !last->month ||
        (last->grain != KH_GRAIN_MONTH && last->grain != KH_GRAIN_DAY))
      return false;
    const kh_date month =
        kh_date_add_months((kh_date){last->year, last->month, 1}, following ? 1 : 0);
    m->grain = KH_GRAIN_MONTH;
    m->year = month.year;
    m->month = month.month;
  } else if (day == KH_DAY_NONE) {
    return false;
  } else if (unit == KH_UNIT_DAY) {
    *m = kh_moment_of_day(day + following);
    m->inferred = true;
  } else {
    m->grain = KH_GRAIN_WEEK;
    kh_iso_week(day + 7 * following, &m->year, &m->month);
  }
  out->last = token + 2;
  out->rule = "time/anaphor";
  return true;
}

static bool read_unit_date(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  uint32_t at = token;
  const bool this = kh_has_sense(r, at, KH_SENSE_this);
  if (this) at++;
  const int32_t unit = kh_sense_at(r, at, KH_SENSE_time_unit);
  if (unit < 0 || !kh_has_al(r, at) || grain_of((kh_unit)unit) == KH_GRAIN_NONE) return false;
  if (this && kh_has_proclitic(r, at)) return false;
  uint32_t past = at + 1;
  const bool before_last = kh_has_sense(r, past, KH_SENSE_before_last);
  kh_which which = KH_WHICH_PAST;
  if (before_last)
    past = kh_after(r, past);
  else
    which = modifier(r, &past);
  if (!this && which == KH_WHICH_NONE) return false;
  if (c->today == KH_DAY_NONE) {
    out->moment = (kh_moment){.grain = grain_of((kh_unit)unit)};
    if (out->moment.grain > KH_GRAIN_YEAR) return false;
  } else {
    shift_unit(c, (kh_unit)unit, (which == KH_WHICH_NEXT) - (which == KH_WHICH_PAST) - before_last,
               &out->moment);
  }
  out->last = past;
  out->rule = "time/unit";
  return true;
}

// «الثمانينات», «ثمانينيات القرن الماضي»
static bool read_decade(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const int32_t tens = kh_sense_at(r, token, KH_SENSE_decade_of);
  if (tens < 0) return false;
  uint32_t next = token + 1;
  int32_t century = tens >= 30 ? 19 : 20;
  out->last = next;
  if (kh_has_sense(r, next, KH_SENSE_from) &&
      kh_sense_at(r, next + 1, KH_SENSE_time_unit) == KH_UNIT_CENTURY)
    next++;
  if (kh_sense_at(r, next, KH_SENSE_time_unit) == KH_UNIT_CENTURY && kh_has_al(r, next)) {
    uint32_t past = next + 1;
    kh_numeral n;
    const kh_which which = modifier(r, &past);
    if (which == KH_WHICH_PAST)
      century = 19;
    else if (which == KH_WHICH_CURRENT)
      century = 20;
    else if (kh_read_ordinal(r, past, &n) && n.value < 30) {
      century = (int32_t)n.value - 1;
      past = n.last;
    }
    out->last = past;
  } else if (!kh_has_al(r, token)) {
    return false;
  }
  out->moment = (kh_moment){.grain = KH_GRAIN_DECADE, .year = century * 10 + tens / 10};
  out->rule = "time/decade";
  return true;
}

// «القرن التاسع عشر»
static bool read_century(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  if (kh_sense_at(r, token, KH_SENSE_time_unit) != KH_UNIT_CENTURY ||
      !kh_read_ordinal(r, token + 1, &n) || !n.article || n.value > 21)
    return false;
  out->moment = (kh_moment){.grain = KH_GRAIN_CENTURY, .year = (int32_t)n.value - 1};
  out->last = n.last;
  out->rule = "time/century";
  return out->moment.year > 0;
}

// The year that tells which season, half or quarter.
static bool year_of_stretch(const kh_time_context *c, uint32_t token, kh_moment *m,
                            uint32_t *last) {
  year_words y;
  uint32_t at = token;
  const kh_which which = modifier(c->r, &at);
  if (which != KH_WHICH_NONE) {
    const year_words told = {.which = which};
    set_year(c, m, &told);
    *last = at;
    return m->year != 0;
  }
  if (!year_after(c->r, token, &y)) return false;
  set_year(c, m, &y);
  *last = y.last;
  return m->year != 0;
}

static void season_year(const kh_time_context *c, kh_moment *m, kh_which which, bool to_come) {
  if (c->today == KH_DAY_NONE) return;
  const kh_date now = today_of(c);
  // spring begins in March; a season that has not begun was last year's
  const int32_t begins = m->month * 3;
  m->inferred = true;
  m->year = now.month >= begins ? now.year : now.year - 1;
  const bool under_way = now.month >= begins && now.month < begins + 3;
  if (which == KH_WHICH_PAST && under_way) m->year--;
  if (which == KH_WHICH_NEXT || (to_come && !under_way))
    m->year = now.month >= begins ? now.year + 1 : now.year;
}

static bool read_season(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  uint32_t at = token;
  const bool this = kh_has_sense(r, at, KH_SENSE_this);
  if (this) at++;
  const int32_t season = kh_sense_at(r, at, KH_SENSE_season);
  if (season < 0) return false;
  kh_moment *m = &out->moment;
  *m = (kh_moment){.grain = KH_GRAIN_SEASON, .month = season};
  out->last = at + 1;
  out->rule = "time/season";
  const bool al = kh_has_al(r, at);
  if (al) {
    uint32_t past = at + 1;
    const kh_which which = modifier(r, &past);
    if (which != KH_WHICH_NONE || this) {
      season_year(c, m, which, false);
      out->last = past;
      return m->year != 0;
    }
  }
  year_words y;
  if (year_after(r, at + 1, &y)) {
    set_year(c, m, &y);
    out->last = y.last;
    return m->year != 0;
  }
  // alone only after a preposition: «خلال الصيف»
  if (!al || token == 0 || kh_has_proclitic(r, at) ||
      !(kh_has_sense(r, token - 1, KH_SENSE_during) || kh_has_sense(r, token - 1, KH_SENSE_in)) ||
      (at + 1 < r->count && r->tokens[at + 1].kind == KH_TOKEN_WORD &&
       kh_token_letters(r->document->tokens, at + 1)[0] == KH_LETTER_ALEF))
    return false;
  season_year(c, m, KH_WHICH_NONE, kh_time_to_come(c, token, out->last));
  return m->year != 0;
}

// «النصف الأول من العام 2015», «الربع الثالث من 2018»
static bool read_share_of_year(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  const int32_t share = kh_sense_at(r, token, KH_SENSE_fraction);
  if ((share != 2 && share != 4) || !kh_has_al(r, token) || !kh_read_ordinal(r, token + 1, &n) ||
      n.value > share || n.value < 1)
    return false;
  kh_moment *m = &out->moment;
  *m = (kh_moment){.grain = share == 2 ? KH_GRAIN_HALF : KH_GRAIN_QUARTER,
                   .month = (int32_t)n.value};
  uint32_t at = n.last;
  if (kh_has_sense(r, at, KH_SENSE_from)) at++;
  out->rule = "time/share-of-year";
  year_words y;
  if (kh_number_at(r, at) && year_number(r, at, &y) && y.year >= YEAR_LOW) {
    m->year = y.year;
    out->last = y.last;
    return true;
  }
  return year_of_stretch(c, at, m, &out->last);
}

// ------------------------------------------------------------------ days near the report's

static int32_t nearest_weekday(const kh_time_context *c, int32_t weekday, kh_which which,
                               bool to_come) {
  const int32_t today = kh_weekday(c->today);
  const int32_t back = (today - weekday + 7) % 7;
  switch (which) {
  case KH_WHICH_PAST:
    return c->today - (back ? back : 7);
  case KH_WHICH_NEXT:
    return c->today + (back ? 7 - back : 7);
  case KH_WHICH_CURRENT:
    return c->today + weekday - today;
  default:
    if (c->alone) return c->today + 7 - back;
    return to_come && back ? c->today + 7 - back : c->today - back;
  }
}

// A date that names the same day again: «، الأربعاء 29 من أيار», «(27 يوليو تموز)», «الأحد».
static uint32_t same_day_again(const kh_time_context *c, uint32_t at, kh_moment *m);

static bool weekday_at(const kh_time_words *r, uint32_t token, int32_t *weekday) {
  *weekday = kh_sense_at(r, token, KH_SENSE_weekday);
  return *weekday > 0 && !(r->at[token].clitics & ~(uint32_t)KH_CLITIC_AL);
}

static bool read_deictic(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const int32_t by = kh_sense_at(r, token, KH_SENSE_day);
  if (by == KH_NO_SENSE) return false;
  out->last = kh_after(r, token);
  if (by == 0 && !kh_has_sense(r, out->last - 1, KH_SENSE_this)) {
    const uint32_t next = out->last;
    int32_t weekday;
    if (kh_has_sense(r, next, KH_SENSE_no_day) && r->at[token].tokens == 1) return false;
    if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_in) && r->at[token].tokens == 1 &&
        r->tokens[token - 1].sentence == r->tokens[token].sentence &&
        !(next < r->count && weekday_at(r, next, &weekday)))
      return false; // «مرتين في اليوم»
    if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_not_after) &&
        r->tokens[token - 1].sentence == r->tokens[token].sentence)
      return false;
  }
  if (c->today == KH_DAY_NONE) {
    out->moment = (kh_moment){.grain = KH_GRAIN_DAY};
  } else {
    out->moment = kh_moment_of_day(c->today + by);
    out->moment.inferred = true;
  }
  out->rule = "time/deictic";
  out->last = same_day_again(c, out->last, &out->moment);
  return true;
}

// «الأحد الأول من تشرين», «آخر اثنين من الشهر», «ثالث ثلاثاء في أيلول»
static bool read_nth_weekday(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  int32_t weekday;
  uint32_t at;
  int32_t nth;
  if ((weekday = kh_sense_at(r, token, KH_SENSE_weekday)) > 0) {
    if (!kh_read_ordinal(r, token + 1, &n) || n.value > 5) return false;
    nth = (int32_t)n.value;
    at = n.last;
  } else if ((weekday = kh_sense_at(r, token + 1, KH_SENSE_weekday_bare)) > 0 &&
             !kh_has_proclitic(r, token + 1)) {
    if (kh_sense_at(r, token, KH_SENSE_part) == 3)
      nth = -1;
    else if (kh_read_ordinal(r, token, &n) && n.value <= 5 && !kh_has_al(r, token))
      nth = (int32_t)n.value;
    else
      return false;
    at = token + 2;
  } else {
    return false;
  }
  if (!kh_has_sense(r, at, KH_SENSE_from) && !kh_has_sense(r, at, KH_SENSE_in)) return false;
  at++;
  kh_time_expression month = {.first = at};
  if ((!read_month(c, at, &month) && !read_unit_date(c, at, &month)) ||
      month.moment.grain != KH_GRAIN_MONTH || !month.moment.year)
    return false;
  int32_t begin;
  int32_t until;
  kh_moment_bounds(&month.moment, &begin, &until);
  int32_t day = nth > 0 ? begin + (weekday - kh_weekday(begin) + 7) % 7 + (nth - 1) * 7
                        : until - (kh_weekday(until) - weekday + 7) % 7;
  if (day > until) return false;
  out->moment = kh_moment_of_day(day);
  out->moment.inferred = month.moment.inferred;
  out->last = month.last;
  out->rule = "time/nth-weekday";
  return true;
}

// «اليوم الثالث من أكتوبر», «ثالث يوم من شهر عشرة», «اليوم الأخير من شهر»
static bool read_nth_day(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  uint32_t at = token;
  bool last_day = false;
  const bool day_word = kh_sense_at(r, at, KH_SENSE_time_unit) == KH_UNIT_DAY ||
                        kh_sense_at(r, at, KH_SENSE_day) == 0;
  if (day_word && kh_has_sense(r, at + 1, KH_SENSE_recent)) {
    last_day = true;
    at += 2;
  } else if (day_word && kh_read_ordinal(r, at + 1, &n) && n.value <= 31) {
    at = n.last;
  } else if (kh_read_ordinal(r, at, &n) && n.value <= 31 &&
             kh_sense_at(r, n.last, KH_SENSE_time_unit) == KH_UNIT_DAY && !kh_has_al(r, n.last)) {
    at = n.last + 1;
  } else {
    return false;
  }
  if (!kh_has_sense(r, at, KH_SENSE_from)) return false;
  kh_time_expression month = {.first = ++at};
  if (!read_month(c, at, &month) || month.moment.grain != KH_GRAIN_MONTH || !month.moment.year)
    return false;
  const int32_t days = kh_days_of_month(month.moment.year, month.moment.month);
  const int32_t day = last_day ? days : (int32_t)n.value;
  if (day < 1 || day > days) return false;
  out->moment = month.moment;
  out->moment.grain = KH_GRAIN_DAY;
  out->moment.day = day;
  out->last = month.last;
  out->rule = "time/nth-day";
  return true;
}

static bool read_weekday(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  int32_t weekday;
  if ((weekday = kh_sense_at(r, token, KH_SENSE_weekday)) < 0) return false;
  if (kh_has_sense(r, token + 1, KH_SENSE_both)) return false;
  uint32_t at = token + 1;
  kh_moment *m = &out->moment;
  const bool before_last = kh_has_sense(r, at, KH_SENSE_before_last);
  const kh_which which = before_last ? KH_WHICH_PAST : modifier(r, &at);
  if (before_last) at = kh_after(r, at);
  out->last = at;
  out->rule = "time/weekday";
  // with its date: «الأربعاء 29 من أيار», «الاثنين، 5 شوال»
  if (which == KH_WHICH_NONE) {
    kh_time_expression date = {.first = token};
    uint32_t next = comma(r, at) || kh_mark_at(r, at, KH_MARK_OPEN) ? at + 1 : at;
    const bool open = kh_mark_at(r, at, KH_MARK_OPEN);
    if (kh_has_sense(r, next, KH_SENSE_in) && next == at) next++; // «يوم الاثنين في 18 شباط»
    const bool may =
        next < r->count && !kh_has_proclitic(r, next) && kh_same_sentence(r, token, next + 1);
    if (may &&
        (read_day_month(c, next, &date) || read_numeric(c, next, &date) ||
         read_month_day(c, next, &date)) &&
        date.moment.grain == KH_GRAIN_DAY && (!open || kh_mark_at(r, date.last, KH_MARK_CLOSE))) {
      *m = date.moment;
      m->weekday = weekday;
      check_weekday(m);
      out->last = open ? date.last + 1 : date.last;
      return true;
    }
  }
  if (c->today == KH_DAY_NONE) {
    *m = (kh_moment){.grain = KH_GRAIN_DAY, .weekday = weekday};
    return true;
  }
  // «الأحد من الأسبوع الماضي»
  kh_time_expression week = {.first = at};
  if (which == KH_WHICH_NONE && kh_has_sense(r, at, KH_SENSE_from) &&
      read_unit_date(c, at + 1, &week) && week.moment.grain == KH_GRAIN_WEEK) {
    *m = kh_moment_of_day(kh_iso_week_monday(week.moment.year, week.moment.month) + weekday - 1);
    out->last = week.last;
  } else {
    const bool to_come = which == KH_WHICH_NONE && kh_time_to_come(c, token, at);
    *m = kh_moment_of_day(nearest_weekday(c, weekday, which, to_come) - 7 * before_last);
  }
  m->weekday = weekday;
  m->inferred = true;
  if (kh_mark_at(r, out->last, KH_MARK_OPEN)) {
    const uint32_t again = out->last + 1; // «الأحد (أمس)»
    if (kh_sense_at(r, again, KH_SENSE_day) != KH_NO_SENSE &&
        kh_mark_at(r, kh_after(r, again), KH_MARK_CLOSE))
      out->last = kh_after(r, again) + 1;
  }
  return true;
}

static uint32_t same_day_again(const kh_time_context *c, uint32_t at, kh_moment *m) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  const bool open = kh_mark_at(r, at, KH_MARK_OPEN);
  if (open || comma(r, at)) next++;
  if (next >= r->count || kh_has_proclitic(r, next) || !kh_same_sentence(r, at, next + 1))
    return at;
  kh_time_expression again = {.first = next};
  if (kh_sense_at(r, next, KH_SENSE_time_unit) == KH_UNIT_DAY) next++;
  int32_t weekday;
  const bool is_weekday = weekday_at(r, next, &weekday);
  if (is_weekday ? !read_weekday(c, next, &again)
                 : !(read_day_month(c, next, &again) || read_numeric(c, next, &again)))
    return at;
  if (again.moment.grain != KH_GRAIN_DAY) return at;
  const int32_t day = kh_moment_day(m);
  const int32_t other = kh_moment_day(&again.moment);
  const int32_t off = day == KH_DAY_NONE || !is_weekday ? 0 : (kh_weekday(day) - weekday + 7) % 7;
  if (is_weekday && off && comma(r, at)) return at;
  // after a comma another day is another time
  if (!is_weekday && comma(r, at) && day != other) return at;
  if (open) {
    if (!kh_mark_at(r, again.last, KH_MARK_CLOSE)) return at;
    again.last++;
  }
  if (is_weekday && off) {
    // «اليوم الأحد» in a report dated Monday: the day's name is the surer of the two
    if (off <= 3) *m = kh_moment_of_day(day - off);
    m->inferred = true;
    m->conflict = true;
  } else if (day != KH_DAY_NONE && other != KH_DAY_NONE && day != other && !is_weekday) {
    m->conflict = true;
  }
  m->weekday = is_weekday ? weekday : m->weekday;
  return kh_mark_at(r, again.last, KH_MARK_OPEN) && !open ? same_day_again(c, again.last, m)
                                                          : again.last;
}

// The Gregorian one of two dates that are said to be one day. False when either is no day.
static bool join_pair(kh_moment *m, const kh_moment *other) {
  const int32_t day = kh_moment_day(m);
  const int32_t paired = kh_moment_day(other);
  if (day == KH_DAY_NONE || paired == KH_DAY_NONE) return false;
  if (day == paired) return true;
  const kh_moment told = *m;
  *m = *other;
  m->weekday = told.weekday;
  // the two calendars may differ by a day where the moon was sighted; more is a contradiction
  m->conflict = told.conflict || day - paired > 1 || paired - day > 1;
  return true;
}

static uint32_t paired_date(const kh_time_context *c, uint32_t at, kh_moment *m) {
  const kh_time_words *r = c->r;
  uint32_t word = at;
  if (kh_mark_at(r, word, KH_MARK_COMMA)) word++;
  const bool told = kh_has_sense(r, word, KH_SENSE_same_day);
  const bool open = kh_mark_at(r, at, KH_MARK_OPEN);
  if ((!open && !told) || c->inside) return at;
  kh_time_context inner = *c;
  inner.inside = true; // brackets within brackets are not looked into
  if (told) {
    kh_time_expression same;
    uint32_t next = kh_after(r, word);
    if (next < r->count && kh_sense_at(r, next, KH_SENSE_time_unit) == KH_UNIT_DAY) next++;
    memset(&same, 0, sizeof same);
    if (!(read_numeric(&inner, next, &same) || read_day_month(&inner, next, &same)) ||
        !join_pair(m, &same.moment))
      return at;
    return same.last;
  }
  kh_time_expression other = {.first = at + 1};
  if (at + 1 >= r->count || kh_has_proclitic(r, at + 1) ||
      !(read_numeric(&inner, at + 1, &other) || read_day_month(&inner, at + 1, &other)) ||
      other.moment.grain != KH_GRAIN_DAY || !kh_mark_at(r, other.last, KH_MARK_CLOSE))
    return at;
  if (!join_pair(m, &other.moment)) return at;
  return other.last + 1;
}

// ------------------------------------------------------------------ feasts and weekends

static int32_t feast_day(const kh_time_context *c, const kh_feast *feast, int32_t year) {
  switch (feast->calendar) {
  case 'g':
    return kh_day_of_date((kh_date){year, feast->month, feast->day});
  case 'e':
    return kh_easter(year, false) + feast->day;
  case 'o':
    return kh_easter(year, true) + feast->day;
  default: {
    const kh_umm_al_qura *table = &c->r->calendar->hijri;
    const kh_date begins = kh_hijri_of_day(table, kh_day_of_date((kh_date){year, 1, 1}));
    for (int32_t y = begins.year; y <= begins.year + 1; y++) {
      const int32_t day = kh_day_of_hijri(table, (kh_date){y, feast->month, feast->day});
      if (day != KH_DAY_NONE && kh_date_of_day(day).year == year) return day;
    }
    return KH_DAY_NONE;
  }
  }
}

static bool read_feast(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const int32_t number = kh_sense_at(r, token, KH_SENSE_feast);
  if (number < 1 || (uint32_t)number > r->calendar->feast_count) return false;
  const kh_feast *feast = &r->calendar->feasts[number - 1];
  if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_holiday)) return false;
  uint32_t at = kh_after(r, token);
  kh_moment year = {0};
  const kh_which which = modifier(r, &at);
  year_words y;
  int32_t day = KH_DAY_NONE;
  if (which == KH_WHICH_NONE && year_after(r, at, &y)) {
    set_year(c, &year, &y);
    at = y.last;
    if (year.year) day = feast_day(c, feast, year.year);
  } else if (c->today != KH_DAY_NONE) {
    // the nearest; «الماضي» and «المقبل» decide
    const int32_t this_year = today_of(c).year;
    for (int32_t k = this_year - 1; k <= this_year + 1; k++) {
      const int32_t found = feast_day(c, feast, k);
      if (found == KH_DAY_NONE || (which == KH_WHICH_PAST && found >= c->today) ||
          ((which == KH_WHICH_NEXT || c->alone) && found <= c->today))
        continue;
      const int32_t away = found > c->today ? found - c->today : c->today - found;
      const int32_t best = day == KH_DAY_NONE ? INT32_MAX
                           : day > c->today   ? day - c->today
                                              : c->today - day;
      if (away < best) day = found;
    }
    year.inferred = true;
  }
  if (day == KH_DAY_NONE) return false;
  out->moment = kh_moment_of_day(day);
  out->moment.inferred = year.inferred;
  out->last = at;
  out->rule = "time/feast";
  return true;
}

static bool read_weekend(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  if (!kh_has_sense(r, token, KH_SENSE_weekend)) return false;
  uint32_t at = kh_after(r, token);
  const kh_which which = modifier(r, &at);
  out->last = at;
  out->rule = "time/weekend";
  kh_moment *m = &out->moment;
  *m = (kh_moment){.grain = KH_GRAIN_WEEKEND, .inferred = true};
  if (c->today == KH_DAY_NONE) return true;
  int32_t day = c->today;
  if (which == KH_WHICH_CURRENT || which == KH_WHICH_NEXT) {
    // «نهاية الأسبوع الجاري» is told as the end of a week
    m->grain = KH_GRAIN_WEEK;
    m->part = 3;
    if (which == KH_WHICH_NEXT) day += 7;
  } else if (which == KH_WHICH_PAST || (kh_weekday(day) < 6 && !kh_time_to_come(c, token, at))) {
    day -= 7;
  }
  kh_iso_week(day, &m->year, &m->month);
  return true;
}

// ------------------------------------------------------------------ parts

// «مطلع», «منتصف», «أواخر» before a stretch.
static bool read_part(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  int32_t part = kh_sense_at(r, token, KH_SENSE_part);
  const bool half = part < 0 && kh_sense_at(r, token, KH_SENSE_fraction) == 2 &&
                    is_month_word(r, token + 1); // «نصف شهر مارس»
  if (half) part = 2;
  if (part < 1 || kh_has_al(r, token)) return false;
  uint32_t at = token + 1;
  if (at >= r->count || kh_has_proclitic(r, at) || !kh_same_sentence(r, token, at + 1))
    return false;
  kh_time_expression whole = {.first = at};
  kh_moment *m = &out->moment;
  out->rule = "time/part";
  kh_time_context inner = *c;
  inner.inside = true;
  if (read_unit_date(c, at, &whole) || read_year_phrase(c, at, &whole) ||
      read_month(&inner, at, &whole) || read_season(c, at, &whole) || read_decade(c, at, &whole) ||
      read_century(c, at, &whole)) {
    *m = whole.moment;
    out->last = whole.last;
    if (whole.rule && strcmp(whole.rule, "time/hijri-month") == 0) {
      // «نهاية شهر رمضان»: its last day
      const kh_umm_al_qura *table = &r->calendar->hijri;
      const kh_date middle = {m->year, m->month, m->day};
      const kh_date hijri = kh_hijri_of_day(table, kh_day_of_date(middle));
      const int32_t first = kh_hijri_month_first(table, hijri.year, hijri.month);
      const int32_t days = kh_hijri_days_of_month(table, hijri.year, hijri.month);
      *m = kh_moment_of_day(part == 1 ? first : part == 2 ? first + 14 : first + days - 1);
      m->inferred = true;
      return true;
    }
  } else if (kh_number_at(r, at) && plain_digits(r, at, 4)) { // «أواخر 2012»
    year_words y;
    if (!year_number(r, at, &y) || y.year < YEAR_LOW || y.hijri) return false;
    *m = (kh_moment){.grain = KH_GRAIN_YEAR, .year = y.year};
    out->last = y.last;
  } else {
    // «نهاية العام», «مطلع الأسبوع»: the one under way
    const int32_t unit = kh_sense_at(r, at, KH_SENSE_time_unit);
    if (unit < 1 || unit > KH_UNIT_WEEK || !kh_has_al(r, at) || c->today == KH_DAY_NONE)
      return false;
    shift_unit(c, (kh_unit)unit, 0, m);
    out->last = at + 1;
  }
  m->part = part;
  return true;
}

// ------------------------------------------------------------------ all of them

// «في الأسبوع المقبل يوم الجمعة»
static uint32_t weekday_of_week(const kh_time_context *c, uint32_t at, kh_moment *m) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  int32_t weekday;
  if (m->grain != KH_GRAIN_WEEK || m->part || !m->month) return at;
  if (kh_sense_at(r, next, KH_SENSE_time_unit) == KH_UNIT_DAY && !kh_has_al(r, next)) next++;
  if (!weekday_at(r, next, &weekday)) return at;
  if (kh_after(r, next) < r->count && kh_which_at(r, next + 1) != KH_WHICH_NONE) return at;
  const bool inferred = m->inferred;
  *m = kh_moment_of_day(kh_iso_week_monday(m->year, m->month) + weekday - 1);
  m->weekday = weekday;
  m->inferred = inferred;
  return next + 1;
}

static bool read_after_day(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  return read_nth_weekday(c, token, out) || read_weekday(c, token, out) ||
         read_day_month(c, token, out) || read_numeric(c, token, out) ||
         read_shared_month(c, token, out);
}

// «يوم 20 يونيو», «يومي السبت والأحد», «نهار الأحد»
static bool read_with_day_word(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const bool one = kh_sense_at(r, token, KH_SENSE_time_unit) == KH_UNIT_DAY;
  const bool two =
      kh_sense_at(r, token, KH_SENSE_time_unit_pair) == KH_UNIT_DAY ||
      (kh_sense_at(r, token, KH_SENSE_time_units) == KH_UNIT_DAY && kh_number_at(r, token + 1));
  if ((!one && !two) || kh_has_al(r, token) || token + 1 >= r->count ||
      kh_has_proclitic(r, token + 1) || !kh_same_sentence(r, token, token + 2))
    return false;
  if (!read_after_day(c, token + 1, out) && !(one && read_deictic(c, token + 1, out))) return false;
  return out->moment.grain == KH_GRAIN_DAY;
}

bool kh_read_date(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  memset(out, 0, sizeof *out);
  out->first = token;
  out->type = KH_TIME_DATE;
  out->minute = -1;
  const kh_time_words *r = c->r;
  if (token >= r->count) return false;
  typedef bool (*reader)(const kh_time_context *, uint32_t, kh_time_expression *);
  static const reader readers[] = {
      read_anaphor,   read_nth_day,   read_nth_weekday,   read_deictic,      read_with_day_word,
      read_weekday,   read_day_month, read_month_day,     read_shared_month, read_numeric,
      read_weekend,   read_part,      read_share_of_year, read_year_phrase,  read_unit_date,
      read_month,     read_season,    read_decade,        read_century,      read_feast,
      read_bare_year,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
    memset(&out->moment, 0, sizeof out->moment);
    out->rule = NULL;
    if (!readers[i](c, token, out)) continue;
    out->last = weekday_of_week(c, out->last, &out->moment);
    return true;
  }
  return false;
}
