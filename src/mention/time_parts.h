// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the readers of dates share among themselves.
#ifndef KHUTWA_MENTION_TIME_PARTS_H
#define KHUTWA_MENTION_TIME_PARTS_H

#include "mention/time_read.h"

enum {
  YEAR_LOW = 1700, // bare numbers below are no years
  YEAR_HIGH = 2150,
};

typedef struct kh_year_words {
  uint32_t last;
  int32_t year;
  kh_which which; // when the year is told by «الماضي» instead
  bool hijri;
  bool same; // «العام نفسه»
} kh_year_words;

typedef struct kh_month_words {
  uint32_t last;
  int32_t month;
  bool hijri;
  bool sure; // not also another word
} kh_month_words;

// ---- time_words.c

/// «الماضي» as a modifier after a noun with the article or a month's name.
kh_which kh_date_modifier(const kh_time_words *r, uint32_t *at);
bool kh_date_comma(const kh_time_words *r, uint32_t token);
int32_t kh_date_era_at(const kh_time_words *r, uint32_t token, uint32_t *last);
/// A year in digits or words that stands alone: «2019», «ألفين وتسعة عشر», «1440 هـ».
bool kh_date_year_number(const kh_time_words *r, uint32_t token, kh_year_words *y);
/// «عام 2011», «العام الماضي», «هذا العام», «العام نفسه»
bool kh_date_year_phrase(const kh_time_words *r, uint32_t token, kh_year_words *y);
/// The year that a date may have after it: «2019», «من العام الماضي», «، 2018», «لعام 2014».
bool kh_date_year_after(const kh_time_words *r, uint32_t token, kh_year_words *y);
bool kh_date_month_name(const kh_time_words *r, uint32_t token, kh_month_words *m);
bool kh_date_is_month_word(const kh_time_words *r, uint32_t token);
/// A month's name with or without «شهر» before it.
bool kh_date_month_phrase(const kh_time_words *r, uint32_t token, kh_month_words *m);
int32_t kh_date_digits_of(const kh_time_words *r, uint32_t token, uint32_t from, uint32_t to);
bool kh_date_plain_digits(const kh_time_words *r, uint32_t token, uint32_t most);
bool kh_date_weekday_at(const kh_time_words *r, uint32_t token, int32_t *weekday);

// ---- time_resolve.c

kh_date kh_date_today_of(const kh_time_context *c);
/// The year of a month or a day of it that is told without.
void kh_date_choose_year(const kh_time_context *c, kh_moment *m, kh_which which, bool to_come,
                         bool gone_by);
void kh_date_set_year(const kh_time_context *c, kh_moment *m, const kh_year_words *y);
/// A Hijri date as a Gregorian moment. Without a day the month that holds most of it.
bool kh_date_from_hijri(const kh_time_context *c, int32_t year, int32_t month, int32_t day,
                        kh_moment *m);
void kh_date_shift_unit(const kh_time_context *c, kh_unit unit, int32_t by, kh_moment *m);
void kh_date_season_year(const kh_time_context *c, kh_moment *m, kh_which which, bool to_come);
int32_t kh_date_nearest_weekday(const kh_time_context *c, int32_t weekday, kh_which which,
                                bool to_come);
/// The Gregorian one of two dates that are said to be one day. False when either is no day.
bool kh_date_join_pair(kh_moment *m, const kh_moment *other);

// ---- time_numeric.c

bool kh_read_numeric(const kh_time_context *c, uint32_t token, kh_time_expression *out);

// ---- time_month.c

/// «29 من أيار», «الرابع من حزيران عام 1967», «1 محرم 1440»
bool kh_read_day_month(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «يناير الثاني والعشرين، 2018», «سبتمبر 10, 2001»
bool kh_read_month_day(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «15 حتى 17 يونيو», «بين 20 و25 أيار», «29 و30 من نيسان»: a day whose month comes later.
bool kh_read_shared_month(const kh_time_context *c, uint32_t token, kh_time_expression *out);
bool kh_read_month(const kh_time_context *c, uint32_t token, kh_time_expression *out);

// ---- time_year.c

bool kh_read_year_phrase(const kh_time_context *c, uint32_t token, kh_time_expression *out);
bool kh_read_bare_year(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «اليوم التالي», «العام نفسه»: told from the last date before, when there is one close by.
bool kh_read_anaphor(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «الأسبوع الماضي», «هذا الشهر», «القرن الماضي»
bool kh_read_unit_date(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «الثمانينات», «ثمانينيات القرن الماضي»
bool kh_read_decade(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «القرن التاسع عشر»
bool kh_read_century(const kh_time_context *c, uint32_t token, kh_time_expression *out);
bool kh_read_season(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «النصف الأول من العام 2015», «الربع الثالث من 2018»
bool kh_read_share_of_year(const kh_time_context *c, uint32_t token, kh_time_expression *out);

// ---- time_day.c

bool kh_read_deictic(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «الأحد الأول من تشرين», «آخر اثنين من الشهر», «ثالث ثلاثاء في أيلول»
bool kh_read_nth_weekday(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «اليوم الثالث من أكتوبر», «ثالث يوم من شهر عشرة», «اليوم الأخير من شهر»
bool kh_read_nth_day(const kh_time_context *c, uint32_t token, kh_time_expression *out);
bool kh_read_weekday(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «يوم 20 يونيو», «يومي السبت والأحد», «نهار الأحد»
bool kh_read_with_day_word(const kh_time_context *c, uint32_t token, kh_time_expression *out);

// ---- time_feast.c

bool kh_read_feast(const kh_time_context *c, uint32_t token, kh_time_expression *out);
bool kh_read_weekend(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// «مطلع», «منتصف», «أواخر» before a stretch.
bool kh_read_part(const kh_time_context *c, uint32_t token, kh_time_expression *out);

#endif
