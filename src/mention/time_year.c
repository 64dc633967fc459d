// SPDX-License-Identifier: Apache-2.0
// Years, decades, centuries, seasons, halves and quarters; weeks and months near the report.
#include "mention/time_parts.h"

bool kh_read_year_phrase(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  kh_year_words y;
  if (!kh_date_year_phrase(c->r, token, &y)) return false;
  kh_moment *m = &out->moment;
  *m = (kh_moment){.grain = KH_GRAIN_YEAR};
  if (y.hijri) {
    if (!kh_date_from_hijri(c, y.year, 6, 0, m)) return false;
    m->grain = KH_GRAIN_YEAR;
    m->month = 0;
  } else {
    kh_date_set_year(c, m, &y);
  }
  if (!m->year) return false;
  out->last = y.last;
  out->rule = "time/year";
  return true;
}

// «أكثر من 2000», «ما بين 2000»: does a bound of a count end before the token?
static bool after_bound(const kh_time_words *r, uint32_t token) {
  enum { LONGEST = 4 };
  for (uint32_t back = 2; back <= LONGEST && back <= token; back++) {
    const uint32_t t = token - back;
    const bool bound = kh_has_sense(r, t, KH_SENSE_at_least) ||
                       kh_has_sense(r, t, KH_SENSE_at_most) || kh_has_sense(r, t, KH_SENSE_about);
    if (bound && r->at[t].tokens == back && r->tokens[t].sentence == r->tokens[token].sentence)
      return !kh_has_sense(r, token - 1, KH_SENSE_between);
  }
  return false;
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
  if (after_bound(r, token)) return false;
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

bool kh_read_bare_year(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_year_words y;
  if (!kh_date_plain_digits(r, token, 4) || !kh_date_year_number(r, token, &y)) return false;
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
  if (y.hijri && !kh_date_from_hijri(c, y.year, 6, 0, m)) return false;
  m->grain = KH_GRAIN_YEAR;
  m->month = 0;
  out->last = y.last;
  out->rule = "time/bare-year";
  return true;
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

// «اليوم التالي», «اليوم السابق», «العام نفسه»: told from the last date before, when there is one
// close by.
bool kh_read_anaphor(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  enum { REACH = 80 };
  const kh_time_words *r = c->r;
  const int32_t unit = kh_sense_at(r, token, KH_SENSE_time_unit);
  if (unit < KH_UNIT_YEAR || unit > KH_UNIT_DAY || !kh_has_al(r, token) || c->last_at >= token ||
      token - c->last_at > REACH || !kh_same_sentence(r, token, token + 2))
    return false;
  const bool same = kh_has_sense(r, token + 1, KH_SENSE_same_one);
  const bool following = kh_has_sense(r, token + 1, KH_SENSE_following);
  // only a day: «العام السابق» may be the one before the present as well
  const bool preceding = unit == KH_UNIT_DAY && kh_has_sense(r, token + 1, KH_SENSE_preceding);
  if ((!same && !following && !preceding) || kh_has_proclitic(r, token + 1)) return false;
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
    *m = kh_moment_of_day(day + following - preceding);
    m->inferred = true;
  } else {
    m->grain = KH_GRAIN_WEEK;
    kh_iso_week(day + 7 * following, &m->year, &m->month);
  }
  out->last = token + 2;
  out->rule = "time/anaphor";
  return true;
}

// «الأسبوع الماضي», «هذا الشهر», «القرن الماضي»
bool kh_read_unit_date(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
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
    which = kh_date_modifier(r, &past);
  if (!this && which == KH_WHICH_NONE) return false;
  if (c->today == KH_DAY_NONE) {
    out->moment = (kh_moment){.grain = grain_of((kh_unit)unit)};
    if (out->moment.grain > KH_GRAIN_YEAR) return false;
  } else {
    kh_date_shift_unit(c, (kh_unit)unit,
                       (which == KH_WHICH_NEXT) - (which == KH_WHICH_PAST) - before_last,
                       &out->moment);
  }
  out->last = past;
  out->rule = "time/unit";
  return true;
}

// «الثمانينات», «ثمانينيات القرن الماضي»
bool kh_read_decade(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
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
    const kh_which which = kh_date_modifier(r, &past);
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
  // «رجلان في العشرينات من العمر»
  if (kh_has_sense(r, next, KH_SENSE_from) && kh_has_sense(r, next + 1, KH_SENSE_age)) return false;
  out->moment = (kh_moment){.grain = KH_GRAIN_DECADE, .year = century * 10 + tens / 10};
  out->rule = "time/decade";
  return true;
}

// «القرن التاسع عشر»
bool kh_read_century(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  kh_numeral n;
  if (kh_sense_at(r, token, KH_SENSE_time_unit) != KH_UNIT_CENTURY || !kh_has_al(r, token))
    return false;
  // «القرن الـ19», «القرن 19»
  uint32_t at = token + 1;
  if (kh_number_at(r, at + 1) && r->tokens[at].kind == KH_TOKEN_WORD && r->tokens[at].fold_len == 2)
    at++;
  const bool digits = kh_number_at(r, at) && kh_read_cardinal(r, at, &n) && n.digits;
  if (!digits && (!kh_read_ordinal(r, at, &n) || !n.article)) return false;
  if (n.value > 21) return false;
  out->moment = (kh_moment){.grain = KH_GRAIN_CENTURY, .year = (int32_t)n.value - 1};
  out->last = n.last;
  out->rule = "time/century";
  return out->moment.year > 0;
}

// The year that tells which season, half or quarter.
static bool year_of_stretch(const kh_time_context *c, uint32_t token, kh_moment *m,
                            uint32_t *last) {
  kh_year_words y;
  uint32_t at = token;
  const kh_which which = kh_date_modifier(c->r, &at);
  if (which != KH_WHICH_NONE) {
    const kh_year_words told = {.which = which};
    kh_date_set_year(c, m, &told);
    *last = at;
    return m->year != 0;
  }
  if (!kh_date_year_after(c->r, token, &y)) {
    // «الربع الأول من العام»: of this one
    if (kh_sense_at(c->r, token, KH_SENSE_time_unit) != KH_UNIT_YEAR || !kh_has_al(c->r, token))
      return false;
    y = (kh_year_words){.last = token + 1, .which = KH_WHICH_CURRENT};
  }
  kh_date_set_year(c, m, &y);
  *last = y.last;
  return m->year != 0;
}

bool kh_read_season(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
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
    const kh_which which = kh_date_modifier(r, &past);
    if (which != KH_WHICH_NONE || this) {
      kh_date_season_year(c, m, which, false);
      out->last = past;
      return m->year != 0;
    }
  }
  kh_year_words y;
  if (kh_date_year_after(r, at + 1, &y)) {
    kh_date_set_year(c, m, &y);
    out->last = y.last;
    return m->year != 0;
  }
  // alone only after a preposition: «خلال الصيف»
  if (!al || token == 0 || kh_has_proclitic(r, at) ||
      !(kh_has_sense(r, token - 1, KH_SENSE_during) || kh_has_sense(r, token - 1, KH_SENSE_in)) ||
      (at + 1 < r->count && r->tokens[at + 1].kind == KH_TOKEN_WORD &&
       kh_token_letters(r->document->tokens, at + 1)[0] == KH_LETTER_ALEF))
    return false;
  kh_date_season_year(c, m, KH_WHICH_NONE, kh_time_to_come(c, token, out->last));
  return m->year != 0;
}

// «النصف الأول من العام 2015», «الربع الثالث من 2018»
bool kh_read_share_of_year(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
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
  kh_year_words y;
  if (kh_number_at(r, at) && kh_date_year_number(r, at, &y) && y.year >= YEAR_LOW) {
    m->year = y.year;
    out->last = y.last;
    return true;
  }
  return year_of_stretch(c, at, m, &out->last);
}
