// SPDX-License-Identifier: Apache-2.0
// Dates of every kind, tried in turn.
#include "mention/time_parts.h"

#include <string.h>

// «في الأسبوع المقبل يوم الجمعة»
static uint32_t weekday_of_week(const kh_time_context *c, uint32_t at, kh_moment *m) {
  const kh_time_words *r = c->r;
  uint32_t next = at;
  int32_t weekday;
  if (m->grain != KH_GRAIN_WEEK || m->part || !m->month) return at;
  if (kh_sense_at(r, next, KH_SENSE_time_unit) == KH_UNIT_DAY && !kh_has_al(r, next)) next++;
  if (!kh_date_weekday_at(r, next, &weekday)) return at;
  if (kh_after(r, next) < r->count && kh_which_at(r, next + 1) != KH_WHICH_NONE) return at;
  const bool inferred = m->inferred;
  *m = kh_moment_of_day(kh_iso_week_monday(m->year, m->month) + weekday - 1);
  m->weekday = weekday;
  m->inferred = inferred;
  return next + 1;
}

// «العام الماضي 2017»: the year that was just told in words, in digits.
static uint32_t year_again(const kh_time_words *r, uint32_t at, const kh_moment *m) {
  kh_year_words y;
  const bool again = m->grain == KH_GRAIN_YEAR && m->inferred && at < r->count &&
                     !kh_has_proclitic(r, at) && kh_date_plain_digits(r, at, 4) &&
                     kh_date_year_number(r, at, &y) && y.year == m->year;
  return again ? y.last : at;
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
      kh_read_anaphor,       kh_read_nth_day,     kh_read_nth_weekday, kh_read_deictic,
      kh_read_with_day_word, kh_read_weekday,     kh_read_day_month,   kh_read_month_day,
      kh_read_shared_month,  kh_read_numeric,     kh_read_weekend,     kh_read_part,
      kh_read_share_of_year, kh_read_year_phrase, kh_read_unit_date,   kh_read_month,
      kh_read_season,        kh_read_decade,      kh_read_century,     kh_read_feast,
      kh_read_bare_year,
  };
  for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
    memset(&out->moment, 0, sizeof out->moment);
    out->rule = NULL;
    if (!readers[i](c, token, out)) continue;
    out->last = weekday_of_week(c, out->last, &out->moment);
    out->last = year_again(r, out->last, &out->moment);
    return true;
  }
  return false;
}
