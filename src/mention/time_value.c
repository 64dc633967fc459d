// SPDX-License-Identifier: Apache-2.0
// TIMEX3 values of dates, and their bounds on the calendar.
#include "mention/time_read.h"

#include <stdio.h>
#include <string.h>

int32_t kh_moment_day(const kh_moment *m) {
  const kh_date date = {m->year, m->month, m->day};
  if (m->grain != KH_GRAIN_DAY || !kh_date_valid(date)) return KH_DAY_NONE;
  return kh_day_of_date(date);
}

kh_moment kh_moment_of_day(int32_t day) {
  const kh_date date = kh_date_of_day(day);
  return (kh_moment){
      .grain = KH_GRAIN_DAY, .year = date.year, .month = date.month, .day = date.day};
}

static void put(char out[40], const char *text) {
  const size_t at = strlen(out);
  snprintf(out + at, 40 - at, "%s", text);
}

static void print_year(const kh_moment *m, char out[40]) {
  if (m->year > 0)
    snprintf(out, 40, "%04d", m->year);
  else
    snprintf(out, 40, "XXXX");
}

static void print_date(const kh_moment *m, char out[40]) {
  static const char *const seasons[] = {"-SP", "-SU", "-FA", "-WI"};
  char rest[16] = "";
  switch (m->grain) {
  case KH_GRAIN_DAY:
    if (m->month == 0 && m->weekday) {
      snprintf(out, 40, "XXXX-WXX-%d", m->weekday);
      return;
    }
    print_year(m, out);
    if (m->month == 0)
      put(out, "-XX");
    else
      snprintf(rest, sizeof rest, "-%02d", m->month), put(out, rest);
    if (m->day == 0)
      put(out, "-XX");
    else
      snprintf(rest, sizeof rest, "-%02d", m->day), put(out, rest);
    return;
  case KH_GRAIN_WEEK:
  case KH_GRAIN_WEEKEND:
    print_year(m, out);
    if (m->month)
      snprintf(rest, sizeof rest, "-W%02d", m->month);
    else
      snprintf(rest, sizeof rest, "-WXX");
    put(out, rest);
    if (m->grain == KH_GRAIN_WEEKEND) put(out, "-WE");
    return;
  case KH_GRAIN_MONTH:
    print_year(m, out);
    if (m->month)
      snprintf(rest, sizeof rest, "-%02d", m->month);
    else
      snprintf(rest, sizeof rest, "-XX");
    put(out, rest);
    return;
  case KH_GRAIN_SEASON:
    print_year(m, out);
    put(out, seasons[m->month - 1]);
    return;
  case KH_GRAIN_QUARTER:
  case KH_GRAIN_HALF:
    print_year(m, out);
    snprintf(rest, sizeof rest, "-%c%d", m->grain == KH_GRAIN_HALF ? 'H' : 'Q', m->month);
    put(out, rest);
    return;
  case KH_GRAIN_DECADE:
    snprintf(out, 40, "%03d", m->year);
    return;
  case KH_GRAIN_CENTURY:
    snprintf(out, 40, "%02d", m->year);
    return;
  default:
    print_year(m, out);
  }
}

void kh_print_moment(const kh_time_expression *e, char out[40]) {
  static const char *const parts[] = {"", "-START", "-MID", "-END"};
  static const char *const day_parts[] = {"", "TMO", "TAF", "TEV", "TNI"};
  print_date(&e->moment, out);
  if (e->moment.grain != KH_GRAIN_DAY) {
    put(out, parts[e->moment.part]);
    return;
  }
  if (e->minute >= 0) {
    char clock[16];
    snprintf(clock, sizeof clock, "T%02d:%02d", e->minute / 60, e->minute % 60);
    put(out, clock);
  } else {
    put(out, day_parts[e->day_part]);
  }
}

// The third of a stretch that «أوائل», «أواسط», «أواخر» name.
static void take_part(int32_t part, int32_t *begin, int32_t *until) {
  const int32_t days = *until - *begin + 1;
  const int32_t third = days / 3;
  if (part == 1)
    *until = *begin + third - 1;
  else if (part == 3)
    *begin = *until - third + 1;
  else if (part == 2) {
    *begin += third;
    *until -= third;
  }
}

static void month_bounds(int32_t year, int32_t month, int32_t months, int32_t *begin,
                         int32_t *until) {
  const kh_date first = {year, month, 1};
  *begin = kh_day_of_date(first);
  *until = kh_day_of_date(kh_date_add_months(first, months)) - 1;
}

void kh_moment_bounds(const kh_moment *m, int32_t *begin, int32_t *until) {
  *begin = *until = KH_DAY_NONE;
  if (m->year <= 0 || m->year > KH_YEAR_LAST) return;
  switch (m->grain) {
  case KH_GRAIN_DAY:
    *begin = *until = kh_moment_day(m);
    return;
  case KH_GRAIN_WEEK:
  case KH_GRAIN_WEEKEND:
    if (!m->month) return;
    *begin = kh_iso_week_monday(m->year, m->month);
    *until = *begin + 6;
    if (m->grain == KH_GRAIN_WEEKEND) *begin += 4; // Friday to Sunday: weekends differ by country
    break;
  case KH_GRAIN_MONTH:
    if (!m->month) return;
    month_bounds(m->year, m->month, 1, begin, until);
    break;
  case KH_GRAIN_SEASON: // winter begins in December of the year it is named after
    month_bounds(m->year, m->month * 3, 3, begin, until);
    break;
  case KH_GRAIN_QUARTER:
    month_bounds(m->year, (m->month - 1) * 3 + 1, 3, begin, until);
    break;
  case KH_GRAIN_HALF:
    month_bounds(m->year, (m->month - 1) * 6 + 1, 6, begin, until);
    break;
  case KH_GRAIN_DECADE:
    month_bounds(m->year * 10, 1, 120, begin, until);
    break;
  case KH_GRAIN_CENTURY:
    month_bounds(m->year * 100 + 1, 1, 1200, begin, until);
    break;
  case KH_GRAIN_YEAR:
    month_bounds(m->year, 1, 12, begin, until);
    break;
  default:
    return;
  }
  take_part(m->part, begin, until);
}
