// SPDX-License-Identifier: Apache-2.0
// Days of months and months: «29 من أيار», «الرابع من حزيران عام 1967», «نيسان الماضي».
#include "mention/time_parts.h"

#include <string.h>

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
    if (!kh_date_plain_digits(r, at, 2)) return false;
    d->day = kh_date_digits_of(r, at, 0, r->tokens[at].fold_len);
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
static bool month_of_day(const kh_time_context *c, uint32_t token, kh_month_words *m,
                         kh_moment *moment, bool *resolved) {
  const kh_time_words *r = c->r;
  *resolved = false;
  if (kh_date_month_phrase(r, token, m)) return true;
  uint32_t at = token;
  const bool this = kh_has_sense(r, at, KH_SENSE_this);
  if (this) at++;
  if (!kh_date_is_month_word(r, at) || !kh_has_al(r, at) || c->today == KH_DAY_NONE) return false;
  uint32_t past = at + 1;
  if (kh_has_sense(r, past, KH_SENSE_same_one) && c->last.year && c->last.month &&
      (c->last.grain == KH_GRAIN_DAY || c->last.grain == KH_GRAIN_MONTH)) {
    // «في السادس من الشهر نفسه»
    moment->year = c->last.year;
    moment->month = c->last.month;
    moment->inferred = true;
    *m = (kh_month_words){past + 1, c->last.month, false, true};
    *resolved = true;
    return true;
  }
  const kh_which which = this ? KH_WHICH_CURRENT : kh_date_modifier(r, &past);
  if (which == KH_WHICH_NONE) return false;
  kh_date month = kh_date_today_of(c);
  month.day = 1;
  month = kh_date_add_months(month, (which == KH_WHICH_NEXT) - (which == KH_WHICH_PAST));
  moment->year = month.year;
  moment->month = month.month;
  moment->inferred = true;
  *m = (kh_month_words){past, month.month, false, true};
  *resolved = true;
  return true;
}

// After a Hijri date its Gregorian one in brackets, or «الموافق», and the other way round.
static uint32_t paired_date(const kh_time_context *c, uint32_t at, kh_moment *m);

// From the month on: year or modifier, then resolution.
static void finish_day(const kh_time_context *c, kh_time_expression *out,
                       const kh_month_words *month, int32_t day) {
  const kh_time_words *r = c->r;
  kh_moment *m = &out->moment;
  uint32_t at = month->last;
  kh_year_words y;
  kh_which which = kh_date_modifier(r, &at);
  const bool year = which == KH_WHICH_NONE && kh_date_year_after(r, at, &y);
  if (year) at = y.last;
  m->month = month->month;
  m->day = day;
  out->last = at;
  if (month->hijri) {
    m->grain =
        kh_date_from_hijri(c, year ? y.year : 0, month->month, day, m) ? m->grain : KH_GRAIN_NONE;
    out->rule = "time/hijri";
  } else {
    if (year)
      kh_date_set_year(c, m, &y);
    else
      kh_date_choose_year(c, m, which, kh_time_to_come(c, out->first, at),
                          !day && kh_time_gone_by(c, out->first, at));
    if (m->year && day && day > kh_days_of_month(m->year, m->month)) m->grain = KH_GRAIN_NONE;
    if (!m->year && day > kh_days_of_month(2000, m->month)) m->grain = KH_GRAIN_NONE;
    out->rule = day ? "time/day-month" : "time/month";
  }
}

// «29 من أيار», «الرابع من حزيران عام 1967», «1 محرم 1440»
bool kh_read_day_month(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  day_words d;
  kh_month_words month;
  bool resolved;
  if (!day_number(r, token, &d)) return false;
  if (!d.digits && token > 0 && kh_has_sense(r, token - 1, KH_SENSE_time_unit) &&
      kh_sense_at(r, token - 1, KH_SENSE_time_unit) != KH_UNIT_DAY)
    return false; // «الأسبوع الأول من آذار»
  uint32_t at = d.last;
  bool joined = false;
  const bool of_day = token > 0 && kh_has_sense(r, token - 1, KH_SENSE_time_unit);
  if (!d.digits && !of_day && kh_has_sense(r, at, KH_SENSE_in))
    return false; // «الجولة الثانية في أكتوبر», «المؤتمر الخامس في يونيو»
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
        kh_number_at(r, month.last + 1) && kh_date_plain_digits(r, month.last + 1, 4) &&
        r->tokens[month.last + 1].fold_len == 4 && kh_mark_at(r, d.last, KH_MARK_FULL_STOP))
      month.last++; // «16. نوفمبر. 2016»
    finish_day(c, out, &month, d.day);
  }
  out->last = paired_date(c, out->last, &out->moment);
  return out->moment.grain != KH_GRAIN_NONE;
}

// «يناير الثاني والعشرين، 2018», «سبتمبر 10, 2001»
bool kh_read_month_day(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_month_words month;
  day_words d;
  kh_year_words y;
  if (!kh_date_month_name(r, token, &month) || month.hijri || !day_number(r, month.last, &d) ||
      d.bare_ordinal || kh_has_proclitic(r, month.last) || !kh_date_comma(r, d.last))
    return false;
  if (!kh_date_year_after(r, d.last, &y)) {
    kh_numeral n; // in words after the comma
    if (!kh_read_cardinal(r, d.last + 1, &n) || n.value < YEAR_LOW || n.value > YEAR_HIGH)
      return false;
    y = (kh_year_words){.last = n.last, .year = (int32_t)n.value};
  }
  if (!y.year || d.day > kh_days_of_month(y.year, month.month)) return false;
  out->moment =
      (kh_moment){.grain = KH_GRAIN_DAY, .year = y.year, .month = month.month, .day = d.day};
  out->last = y.last;
  out->rule = "time/day-month";
  return true;
}

// «15 حتى 17 يونيو», «بين 20 و25 أيار», «29 و30 من نيسان»: a day whose month comes later.
bool kh_read_shared_month(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
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
  if (!kh_read_day_month(c, at, &later) || !kh_same_sentence(r, token, later.last)) return false;
  if (first.day >= later.moment.day && later.moment.grain == KH_GRAIN_DAY) return false;
  out->moment = later.moment;
  out->moment.day = first.day;
  out->last = first.last;
  out->rule = "time/day-range";
  return out->moment.grain == KH_GRAIN_DAY;
}

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

bool kh_read_month(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_month_words month;
  const bool told = kh_date_is_month_word(r, token);
  if (!kh_date_month_phrase(r, token, &month)) return false;
  if (month.hijri) {
    // months are no Gregorian stretch; with «نهاية» the caller takes their last day
    kh_year_words y;
    const bool year = kh_date_year_after(r, month.last, &y) && (y.year > 1300 && y.year < 1500);
    if (!year && !(told && c->inside)) return false;
    if (!kh_date_from_hijri(c, year ? y.year : 0, month.month, 0, &out->moment)) return false;
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
    if (!(kh_read_numeric(&inner, next, &same) || kh_read_day_month(&inner, next, &same)) ||
        !kh_date_join_pair(m, &same.moment))
      return at;
    return same.last;
  }
  kh_time_expression other = {.first = at + 1};
  if (at + 1 >= r->count || kh_has_proclitic(r, at + 1) ||
      !(kh_read_numeric(&inner, at + 1, &other) || kh_read_day_month(&inner, at + 1, &other)) ||
      other.moment.grain != KH_GRAIN_DAY || !kh_mark_at(r, other.last, KH_MARK_CLOSE))
    return at;
  if (!kh_date_join_pair(m, &other.moment)) return at;
  return other.last + 1;
}
