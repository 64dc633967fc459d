// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reading of time expressions, in parts: dates, durations, clock times, and what they resolve to.
#ifndef KHUTWA_MENTION_TIME_READ_H
#define KHUTWA_MENTION_TIME_READ_H

#include "mention/calendar_lex.h"

typedef enum kh_grain {
  KH_GRAIN_NONE,
  KH_GRAIN_DAY,
  KH_GRAIN_WEEK,
  KH_GRAIN_WEEKEND,
  KH_GRAIN_MONTH,
  KH_GRAIN_SEASON,
  KH_GRAIN_QUARTER,
  KH_GRAIN_HALF,
  KH_GRAIN_YEAR,
  KH_GRAIN_DECADE,
  KH_GRAIN_CENTURY,
} kh_grain;

/// Which of several weekdays, months, years is meant.
typedef enum kh_which { KH_WHICH_NONE, KH_WHICH_PAST, KH_WHICH_CURRENT, KH_WHICH_NEXT } kh_which;

/// Units as the rules number them.
typedef enum kh_unit {
  KH_UNIT_NONE,
  KH_UNIT_YEAR,
  KH_UNIT_MONTH,
  KH_UNIT_WEEK,
  KH_UNIT_DAY,
  KH_UNIT_HOUR,
  KH_UNIT_MINUTE,
  KH_UNIT_SECOND,
  KH_UNIT_DECADE,
  KH_UNIT_CENTURY,
} kh_unit;

/// A stretch of the calendar.
typedef struct kh_moment {
  kh_grain grain;
  int32_t year;    // 0 unknown; of decades the first three digits, of centuries two
  int32_t month;   // 0 unknown; or number of the week, season, quarter, half
  int32_t day;     // of the month, 0 unknown
  int32_t weekday; // told in words, 0 unknown
  int32_t part;    // 1 start, 2 middle, 3 end
  bool inferred;
  bool conflict;
} kh_moment;

/// An expression as it is read: tokens [first, last).
typedef struct kh_time_expression {
  uint32_t first;
  uint32_t last;
  kh_time_type type;
  kh_moment moment; // DATE and TIME
  int32_t day_part; // 1 morning ... 4 night, 0 none
  int32_t minute;   // of the day, 0..1440; -1 no clock time
  char value[40];   // set at once for DURATION, SET and the like; else made of the moment
  const char *rule;
} kh_time_expression;

/// What reading needs to know beside the words.
typedef struct kh_time_context {
  const kh_time_words *r;
  int32_t today;      // the report's day, or KH_DAY_NONE
  kh_moment last;     // the last date read, for «من العام نفسه» and clock times
  uint32_t last_at;   // its token
  kh_moment known[8]; // dates told with their year, newest over oldest
  uint32_t known_count;
  bool alone;  // the text is one expression and nothing else: an appointment, so to come
  bool inside; // the second of a pair of dates is being read
} kh_time_context;

/// What the word says of time: 1 to come, -1 past, 0 nothing.
int kh_time_tense(const kh_time_words *r, uint32_t token);
/// Is something to come spoken of around tokens [first, last)? By the verb, or by words of plans.
bool kh_time_to_come(const kh_time_context *c, uint32_t first, uint32_t last);
/// Is a past verb told right before the tokens, or right behind them: «شهدت البلدة في حزيران
/// أمطارا»? True where nobody has analysed the words.
bool kh_time_gone_by(const kh_time_context *c, uint32_t first, uint32_t last);

/// Reads a date, from day to century, that begins at the token. `moment` comes out resolved as
/// far as it can be.
bool kh_read_date(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// Reads a duration, also vague («أيام») where a preposition before it says that it is one;
/// «قبل» and «بعد» before it are looked at by the caller.
typedef struct kh_duration {
  uint32_t first;
  uint32_t last;
  double count; // negative: vague
  double more;  // of the next unit: «ساعتين و10 دقائق»
  kh_unit unit;
  kh_unit more_unit;
  bool bare;     // one unit without a number: «عام»
  bool definite; // «الأيام الماضية»: of a known place in time
} kh_duration;
bool kh_read_duration(const kh_time_context *c, uint32_t token, kh_duration *out);
void kh_print_duration(const kh_duration *duration, char out[40]);
/// Reads a clock time with its day («الساعة العاشرة والنصف مساء الأربعاء»).
bool kh_read_clock(const kh_time_context *c, uint32_t token, kh_time_expression *out);
/// Reads a part of a day with its day («فجر أول من أمس»).
bool kh_read_day_part(const kh_time_context *c, uint32_t token, kh_time_expression *out);

/// Takes the clock time that follows a part of a day into it.
void kh_add_clock(const kh_time_context *c, kh_time_expression *expression);

/// The day of a moment of grain DAY, or KH_DAY_NONE.
int32_t kh_moment_day(const kh_moment *moment);
kh_moment kh_moment_of_day(int32_t day);
/// Writes the TIMEX3 value of a DATE or TIME.
void kh_print_moment(const kh_time_expression *expression, char out[40]);
/// First and last day; KH_DAY_NONE when not known.
void kh_moment_bounds(const kh_moment *moment, int32_t *begin, int32_t *until);

// ---- what the readers share

static inline bool kh_mark_at(const kh_time_words *r, uint32_t token, kh_mark mark) {
  return token < r->count && r->tokens[token].mark == mark;
}
static inline bool kh_number_at(const kh_time_words *r, uint32_t token) {
  return token < r->count && r->tokens[token].kind == KH_TOKEN_NUMBER;
}
/// Stands the token right after the one before it, without a blank?
static inline bool kh_touches(const kh_time_words *r, uint32_t token) {
  return token < r->count && !(r->tokens[token].flags & KH_TOKEN_SPACE_BEFORE);
}
static inline uint32_t kh_after(const kh_time_words *r, uint32_t token) {
  return token + (r->at[token].tokens ? r->at[token].tokens : 1U);
}
/// Has the word a proclitic other than the article?
static inline bool kh_has_proclitic(const kh_time_words *r, uint32_t token) {
  return (r->at[token].clitics & ~KH_CLITIC_AL) != 0;
}
static inline bool kh_has_al(const kh_time_words *r, uint32_t token) {
  return (r->at[token].clitics & KH_CLITIC_AL) != 0;
}
/// «الماضي», «المقبل», «الجاري» at the token.
kh_which kh_which_at(const kh_time_words *r, uint32_t token);

#endif
