// SPDX-License-Identifier: Apache-2.0
/// \file
/// Days, weeks and months on the calendar, Gregorian and Hijri. No text here.
///
/// A day is a number: days since 1970-01-01 in the proleptic Gregorian calendar.
#ifndef KHUTWA_MENTION_CALENDAR_H
#define KHUTWA_MENTION_CALENDAR_H

#include <stdbool.h>
#include <stdint.h>

/// Stands for "no day".
#define KH_DAY_NONE INT32_MIN

enum {
  KH_YEAR_FIRST = 1, ///< years that dates may have
  KH_YEAR_LAST = 9999,
  KH_UMM_AL_QURA_FIRST = 1343, ///< first Hijri year of the table
};

typedef struct kh_date {
  int32_t year;
  int32_t month; // 1..12
  int32_t day;   // 1..31
} kh_date;

/// The Umm al-Qura table (1343 to 1500 AH): first days of its months, and the day after its end.
typedef struct kh_umm_al_qura {
  const int32_t *first; // years * 12 + 1 of them
  int32_t years;
} kh_umm_al_qura;

bool kh_is_leap_year(int32_t year);
int32_t kh_days_of_month(int32_t year, int32_t month);
/// Is it a date of the Gregorian calendar, years 1 to 9999?
bool kh_date_valid(kh_date date);
int32_t kh_day_of_date(kh_date date);
kh_date kh_date_of_day(int32_t day);
/// 1 Monday ... 7 Sunday.
int32_t kh_weekday(int32_t day);
/// The date `months` later; a day past the month's end becomes its last day.
kh_date kh_date_add_months(kh_date date, int32_t months);
/// ISO 8601 week and the year it belongs to.
void kh_iso_week(int32_t day, int32_t *year, int32_t *week);
/// Monday of an ISO week.
int32_t kh_iso_week_monday(int32_t year, int32_t week);
/// Reads "YYYY-MM-DD" (what follows it is not looked at); KH_DAY_NONE when it is none.
int32_t kh_day_parse(const char *text);
/// Writes "YYYY-MM-DD" with its NUL.
void kh_day_print(int32_t day, char out[11]);

/// First day of a Hijri month by the Umm al-Qura table, outside it by the tabular calendar
/// (leap years 2 5 7 10 13 16 18 21 24 26 29, civil epoch). `table` NULL: tabular throughout.
int32_t kh_hijri_month_first(const kh_umm_al_qura *table, int32_t year, int32_t month);
int32_t kh_hijri_days_of_month(const kh_umm_al_qura *table, int32_t year, int32_t month);
/// KH_DAY_NONE when there is no such day.
int32_t kh_day_of_hijri(const kh_umm_al_qura *table, kh_date hijri);
kh_date kh_hijri_of_day(const kh_umm_al_qura *table, int32_t day);

/// Easter Sunday of the Gregorian or the Orthodox reckoning.
int32_t kh_easter(int32_t year, bool orthodox);

#endif
