// SPDX-License-Identifier: Apache-2.0
// Feasts, weekends, and parts of longer stretches («مطلع», «أواخر»).
#include "mention/time_parts.h"

#include <string.h>

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

bool kh_read_feast(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  const int32_t number = kh_sense_at(r, token, KH_SENSE_feast);
  if (number < 1 || (uint32_t)number > r->calendar->feast_count) return false;
  const kh_feast *feast = &r->calendar->feasts[number - 1];
  if (token > 0 && kh_has_sense(r, token - 1, KH_SENSE_holiday)) return false;
  uint32_t at = kh_after(r, token);
  kh_moment year = {0};
  const kh_which which = kh_date_modifier(r, &at);
  kh_year_words y;
  int32_t day = KH_DAY_NONE;
  if (which == KH_WHICH_NONE && kh_date_year_after(r, at, &y)) {
    kh_date_set_year(c, &year, &y);
    at = y.last;
    if (year.year) day = feast_day(c, feast, year.year);
  } else if (c->today != KH_DAY_NONE) {
    // the nearest; «الماضي» and «المقبل» decide
    const int32_t this_year = kh_date_today_of(c).year;
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

bool kh_read_weekend(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  if (!kh_has_sense(r, token, KH_SENSE_weekend)) return false;
  uint32_t at = kh_after(r, token);
  const kh_which which = kh_date_modifier(r, &at);
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

// «مطلع», «منتصف», «أواخر» before a stretch.
bool kh_read_part(const kh_time_context *c, uint32_t token, kh_time_expression *out) {
  const kh_time_words *r = c->r;
  int32_t part = kh_sense_at(r, token, KH_SENSE_part);
  const bool half = part < 0 && kh_sense_at(r, token, KH_SENSE_fraction) == 2 &&
                    kh_date_is_month_word(r, token + 1); // «نصف شهر مارس»
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
  if (kh_read_unit_date(c, at, &whole) || kh_read_year_phrase(c, at, &whole) ||
      kh_read_month(&inner, at, &whole) || kh_read_season(c, at, &whole) ||
      kh_read_decade(c, at, &whole) || kh_read_century(c, at, &whole)) {
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
  } else if (kh_number_at(r, at) && kh_date_plain_digits(r, at, 4)) { // «أواخر 2012»
    kh_year_words y;
    if (!kh_date_year_number(r, at, &y) || y.year < YEAR_LOW || y.hijri) return false;
    *m = (kh_moment){.grain = KH_GRAIN_YEAR, .year = y.year};
    out->last = y.last;
  } else {
    // «نهاية العام», «مطلع الأسبوع»: the one under way
    const int32_t unit = kh_sense_at(r, at, KH_SENSE_time_unit);
    if (unit < 1 || unit > KH_UNIT_WEEK || !kh_has_al(r, at) || c->today == KH_DAY_NONE)
      return false;
    kh_date_shift_unit(c, (kh_unit)unit, 0, m);
    out->last = at + 1;
  }
  m->part = part;
  return true;
}
