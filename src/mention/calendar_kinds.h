// SPDX-License-Identifier: Apache-2.0
/// \file
/// What words of time and number mean: the kinds that rules/time/words.tsv and
/// rules/number/words.tsv name, with the meaning of their value.
#ifndef KHUTWA_MENTION_CALENDAR_KINDS_H
#define KHUTWA_MENTION_CALENDAR_KINDS_H

#include <stdint.h>

// X(kind, smallest value, largest value)
#define KH_SENSES(X)                                                                               \
  /* numbers */                                                                                    \
  X(zero, 0, 0)                                                                                    \
  X(unit, 1, 9)                                                                                    \
  X(one_of, 1, 1) /* أحد, إحدى: one only in 11, 21, 31 ... */                               \
  X(ten, 10, 10)  /* alone 10, after a unit the teens */                                           \
  X(tens, 20, 90)                                                                                  \
  X(hundred, 1, 9)  /* 2: مئتان, 3..9: written together */                                    \
  X(hundreds, 2, 2) /* مئات */                                                                 \
  X(scale, 3, 42)   /* power of ten */                                                             \
  X(scale_dual, 3, 42)                                                                             \
  X(scales, 3, 42)      /* plural: a scale after a number, vague alone */                          \
  X(tens_vague, 20, 20) /* عشرات */                                                           \
  X(ordinal, 1, 100)                                                                               \
  X(teen, 11, 19)      /* written as one word */                                                   \
  X(ordinal_one, 1, 1) /* الحادي, الواحد before tens */                                \
  X(fraction, 2, 10)   /* its denominator */                                                       \
  X(fraction_dual, 3, 10)                                                                          \
  X(fractions, 3, 10)                                                                              \
  X(final, 1, 1) /* نهائي: a half before it is a round of games */                            \
  X(minus, 1, 1)                                                                                   \
  X(point, 1, 1)                                                                                   \
  X(over, 1, 1) /* على between numerator and denominator */                                     \
  X(percent, 1, 1)                                                                                 \
  X(per_mille, 1, 1)                                                                               \
  X(about, 1, 1)                                                                                   \
  X(at_least, 1, 1)                                                                                \
  X(at_most, 1, 1)                                                                                 \
  X(about_after, 1, 1)                                                                             \
  X(at_least_after, 1, 1)                                                                          \
  X(at_most_after, 1, 1)                                                                           \
  X(several, 1, 2) /* 1 بضعة, 2 عدة */                                                      \
  X(named, 1, 2)   /* a number after it is part of a name; 2: always */                            \
  X(money, 1, 200)                                                                                 \
  X(coin, 10, 1000) /* hundredth, thousandth of the money */                                       \
  /* times */                                                                                      \
  X(month, 1, 12)                                                                                  \
  X(month_maybe, 1, 12) /* also another word: only beside a day, year or second name */            \
  X(hijri_month, 1, 12)                                                                            \
  X(hijri_maybe, 1, 12)                                                                            \
  X(weekday, 1, 7)                                                                                 \
  X(weekday_bare, 1, 7) /* without the article: after an ordinal */                                \
  X(night_unit, 1, 3)   /* ليلة ليلتين ليال */                                       \
  X(decade_of, 20, 90)  /* العشرينات */                                                   \
  X(time_unit, 1, 9)    /* year month week day hour minute second decade century */                \
  X(time_unit_dual, 1, 9)                                                                          \
  X(time_unit_pair, 1, 9) /* عامي, يومي before two names */                                \
  X(time_units, 1, 9)                                                                              \
  X(day, -2, 2)     /* days from the report's */                                                   \
  X(day_part, 1, 4) /* morning afternoon evening night */                                          \
  X(day_part_adverb, 1, 4)                                                                         \
  X(last_night, 1, 2)                                                                              \
  X(tonight, 1, 1)                                                                                 \
  X(early_hours, 1, 1) /* الساعات الأولى, وقت مبكر */                          \
  X(late_hours, 1, 1)  /* وقت متأخر */                                                     \
  X(weekend, 1, 1)                                                                                 \
  X(midnight, 1, 1)                                                                                \
  X(noon, 1, 1)                                                                                    \
  X(past, 1, 1)                                                                                    \
  X(before_last, 1, 1) /* قبل الماضي */                                                   \
  X(same_one, 1, 1)    /* نفسه, ذاته */                                                    \
  X(following, 1, 1)   /* التالي: after the time told last */                                \
  X(preceding, 1, 1)   /* السابق: before the time told last */                               \
  X(next, 1, 1)                                                                                    \
  X(current, 1, 1)                                                                                 \
  X(recent, 1, 1) /* الأخير */                                                               \
  X(this, 1, 1)                                                                                    \
  X(part, 1, 3)   /* start middle end */                                                           \
  X(season, 1, 4) /* spring summer autumn winter */                                                \
  X(feast, 1, 60)                                                                                  \
  X(present_ref, 1, 1)                                                                             \
  X(past_ref, 1, 1)                                                                                \
  X(future_ref, 1, 1)                                                                              \
  X(set, 1, 9) /* of units as time_unit */                                                         \
  X(set_adjective, 1, 9)                                                                           \
  X(nearly, 1, 1) /* شبه before يومي */                                                     \
  X(every, 1, 1)                                                                                   \
  X(ago, 1, 1)                                                                                     \
  X(since, 1, 1)                                                                                   \
  X(after, 1, 1)                                                                                   \
  X(before, 1, 1)                                                                                  \
  X(during, 1, 2) /* 2: part of the expression (طوال) */                                       \
  X(until, 1, 1)                                                                                   \
  X(from, 1, 1)                                                                                    \
  X(to, 1, 1)                                                                                      \
  X(in, 1, 1)                                                                                      \
  X(between, 1, 1)                                                                                 \
  X(and, 1, 1)                                                                                     \
  X(hour, 1, 1)    /* الساعة */                                                              \
  X(exactly, 1, 1) /* تمام */                                                                  \
  X(zone, 1, 1)                                                                                    \
  X(at_time, 1, 2)   /* وقت سابق, وقت لاحق */                                        \
  X(year_head, 1, 1) /* a number after it is a year: حرب 2014 */                                \
  X(age, 1, 1)                                                                                     \
  X(age_before, 1, 1) /* right before an age: توفي عن 90 عاما */                         \
  X(less, 1, 1)       /* إلا ربعا */                                                        \
  X(both, 1, 1)       /* معا */                                                                 \
  X(era, 1, 3)        /* Hijri, of our era, before our era */                                      \
  X(few, 1, 1)        /* adjective of vague durations: قليلة، طويلة */                  \
  X(whole, 1, 1)      /* كامل */                                                               \
  X(no_day, 1, 1)     /* after «اليوم» it is not today */                                   \
  X(may, 1, 1)        /* قد: before a present verb the time is to come */                        \
  X(will, 1, 1)       /* a word of plans and arrangements: the time is to come */                  \
  X(not_after, 1, 1)  /* before «اليوم»: a newspaper */                                     \
  X(elapsed, 1, 1)    /* من الزمن after عقد */                                           \
  X(holiday, 1, 1)    /* عطلة before a feast */                                                \
  X(same_day, 1, 1)   /* الموافق between two dates of one day */

#define KH_SENSE_ENUM(kind, low, high) KH_SENSE_##kind,
typedef enum kh_sense_kind { KH_SENSE_NONE, KH_SENSES(KH_SENSE_ENUM) KH_SENSE_KINDS } kh_sense_kind;
#undef KH_SENSE_ENUM

_Static_assert(KH_SENSE_KINDS <= 128, "bit sets of kinds have 128 bits");

/// Does a meaning hold only with, or only without, the article?
typedef enum kh_article { KH_ARTICLE_ANY, KH_ARTICLE_WITH, KH_ARTICLE_WITHOUT } kh_article;

/// One meaning, as it stands in the section of senses.
typedef struct kh_sense {
  uint8_t kind;
  uint8_t article;
  uint16_t reserved;
  int32_t value;
} kh_sense;

#endif
