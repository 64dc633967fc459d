// SPDX-License-Identifier: Apache-2.0
#include "mention/calendar.h"

bool kh_is_leap_year(int32_t year) { return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0; }

int32_t kh_days_of_month(int32_t year, int32_t month) {
  static const int8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && kh_is_leap_year(year) ? 29 : days[month - 1];
}

bool kh_date_valid(kh_date date) {
  return date.year >= KH_YEAR_FIRST && date.year <= KH_YEAR_LAST && date.month >= 1 &&
         date.month <= 12 && date.day >= 1 && date.day <= kh_days_of_month(date.year, date.month);
}

// Days before March of a year counted from March make leap days come last; after E. G. Richards,
// "Mapping Time", 1998.
int32_t kh_day_of_date(kh_date date) {
  const int32_t year = date.month <= 2 ? date.year - 1 : date.year;
  const int32_t month = date.month <= 2 ? date.month + 9 : date.month - 3;
  const int32_t era = (year >= 0 ? year : year - 399) / 400;
  const int32_t year_of_era = year - era * 400;
  const int32_t day_of_year = (153 * month + 2) / 5 + date.day - 1;
  const int32_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + day_of_era - 719468;
}

kh_date kh_date_of_day(int32_t day) {
  day += 719468;
  const int32_t era = (day >= 0 ? day : day - 146096) / 146097;
  const int32_t day_of_era = day - era * 146097;
  const int32_t year_of_era =
      (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const int32_t day_of_year =
      day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const int32_t month = (5 * day_of_year + 2) / 153;
  kh_date date;
  date.day = day_of_year - (153 * month + 2) / 5 + 1;
  date.month = month < 10 ? month + 3 : month - 9;
  date.year = year_of_era + era * 400 + (date.month <= 2);
  return date;
}

static int32_t floor_mod(int32_t value, int32_t by) {
  const int32_t rest = value % by;
  return rest < 0 ? rest + by : rest;
}

int32_t kh_weekday(int32_t day) { return floor_mod(day + 3, 7) + 1; } // 1970-01-01: a Thursday

kh_date kh_date_add_months(kh_date date, int32_t months) {
  const int32_t total = date.year * 12 + date.month - 1 + months;
  date.year = (total - floor_mod(total, 12)) / 12;
  date.month = floor_mod(total, 12) + 1;
  const int32_t last = kh_days_of_month(date.year, date.month);
  if (date.day > last) date.day = last;
  return date;
}

int32_t kh_iso_week_monday(int32_t year, int32_t week) {
  const int32_t fourth = kh_day_of_date((kh_date){year, 1, 4}); // always in week 1
  return fourth - (kh_weekday(fourth) - 1) + (week - 1) * 7;
}

void kh_iso_week(int32_t day, int32_t *year, int32_t *week) {
  const int32_t thursday = day - kh_weekday(day) + 4;
  *year = kh_date_of_day(thursday).year;
  *week = (thursday - kh_day_of_date((kh_date){*year, 1, 1})) / 7 + 1;
}

static bool read_digits(const char *text, int count, int32_t *value) {
  *value = 0;
  for (int i = 0; i < count; i++) {
    if (text[i] < '0' || text[i] > '9') return false;
    *value = *value * 10 + (text[i] - '0');
  }
  return true;
}

int32_t kh_day_parse(const char *text) {
  kh_date date;
  if (!text || !read_digits(text, 4, &date.year) || text[4] != '-' ||
      !read_digits(text + 5, 2, &date.month) || text[7] != '-' ||
      !read_digits(text + 8, 2, &date.day) || !kh_date_valid(date))
    return KH_DAY_NONE;
  return kh_day_of_date(date);
}

static void put_digits(char *out, int count, int32_t value) {
  for (int i = count - 1; i >= 0; i--) {
    out[i] = (char)('0' + value % 10);
    value /= 10;
  }
}

void kh_day_print(int32_t day, char out[11]) {
  const kh_date date = kh_date_of_day(day);
  out[0] = '\0';
  if (!kh_date_valid(date)) return;
  put_digits(out, 4, date.year);
  out[4] = out[7] = '-';
  put_digits(out + 5, 2, date.month);
  put_digits(out + 8, 2, date.day);
  out[10] = '\0';
}

// ------------------------------------------------------------------ Hijri

static bool in_table(const kh_umm_al_qura *table, int32_t year) {
  return table && year >= KH_UMM_AL_QURA_FIRST && year < KH_UMM_AL_QURA_FIRST + table->years;
}

// 30 years hold 10631 days; the epoch is Friday 16 July 622 of the Julian calendar.
static int32_t tabular_first(int32_t year, int32_t month) {
  const int32_t epoch = -492148;
  const int32_t cycle = (year - 1) / 30;
  const int32_t year_of_cycle = (year - 1) % 30;
  return epoch + cycle * 10631 + year_of_cycle * 354 + (14 + 11 * year_of_cycle) / 30 +
         (59 * (month - 1) + 1) / 2;
}

int32_t kh_hijri_month_first(const kh_umm_al_qura *table, int32_t year, int32_t month) {
  if (in_table(table, year)) return table->first[(year - KH_UMM_AL_QURA_FIRST) * 12 + month - 1];
  return tabular_first(year, month);
}

int32_t kh_hijri_days_of_month(const kh_umm_al_qura *table, int32_t year, int32_t month) {
  const int32_t first = kh_hijri_month_first(table, year, month);
  if (in_table(table, year))
    return table->first[(year - KH_UMM_AL_QURA_FIRST) * 12 + month] - first;
  const int32_t next = month == 12 ? tabular_first(year + 1, 1) : tabular_first(year, month + 1);
  return next - first;
}

int32_t kh_day_of_hijri(const kh_umm_al_qura *table, kh_date hijri) {
  if (hijri.year < 1 || hijri.year > 9999 || hijri.month < 1 || hijri.month > 12 || hijri.day < 1 ||
      hijri.day > kh_hijri_days_of_month(table, hijri.year, hijri.month))
    return KH_DAY_NONE;
  return kh_hijri_month_first(table, hijri.year, hijri.month) + hijri.day - 1;
}

kh_date kh_hijri_of_day(const kh_umm_al_qura *table, int32_t day) {
  // a guess that is at most a year early, then forward by months
  kh_date hijri = {(int32_t)(((int64_t)day + 492148) * 30 / 10631), 1, 1};
  if (hijri.year < 1) hijri.year = 1;
  while (hijri.year > 1 && kh_hijri_month_first(table, hijri.year, 1) > day) hijri.year--;
  while (hijri.year < 9999 && kh_hijri_month_first(table, hijri.year + 1, 1) <= day) hijri.year++;
  while (hijri.month < 12 && kh_hijri_month_first(table, hijri.year, hijri.month + 1) <= day)
    hijri.month++;
  hijri.day = day - kh_hijri_month_first(table, hijri.year, hijri.month) + 1;
  return hijri;
}

// ------------------------------------------------------------------ Easter

// Oudin's form of the computus, as the US Naval Observatory gives it.
static int32_t western_easter(int32_t year) {
  const int32_t century = year / 100;
  const int32_t golden = year % 19;
  const int32_t k = (century - 17) / 25;
  int32_t moon = (century - century / 4 - (century - k) / 3 + 19 * golden + 15) % 30;
  moon -= (moon / 28) * (1 - (moon / 28) * (29 / (moon + 1)) * ((21 - golden) / 11));
  const int32_t weekday = (year + year / 4 + moon + 2 - century + century / 4) % 7;
  const int32_t from_21_march = moon - weekday;
  const int32_t month = 3 + (from_21_march + 40) / 44;
  return kh_day_of_date((kh_date){year, month, from_21_march + 28 - 31 * (month / 4)});
}

// Meeus's Julian algorithm, moved to the Gregorian calendar.
static int32_t orthodox_easter(int32_t year) {
  const int32_t d = (19 * (year % 19) + 15) % 30;
  const int32_t e = (2 * (year % 4) + 4 * (year % 7) - d + 34) % 7;
  const int32_t month = (d + e + 114) / 31;
  const int32_t day = (d + e + 114) % 31 + 1;
  const int32_t lag = year / 100 - year / 400 - 2;
  return kh_day_of_date((kh_date){year, month, 1}) + day - 1 + lag;
}

int32_t kh_easter(int32_t year, bool orthodox) {
  return orthodox ? orthodox_easter(year) : western_easter(year);
}
