// SPDX-License-Identifier: Apache-2.0
/// \file
/// Arabic times and numbers by themselves: dates, clock times, durations and sets with their
/// TIMEX3 values; numbers, ordinals, percentages, fractions and money. No engine is needed.
#ifndef KHUTWA_TIME_H
#define KHUTWA_TIME_H

#include <khutwa/claim.h>
#include <khutwa/engine.h>

#ifdef __cplusplus
extern "C" {
#endif

/// Reads times and numbers. One thread at a time may use a reader; readers share nothing.
typedef struct kh_time_reader kh_time_reader;

/// Opens a reader. Of `options` the allocator, the tables and the greatest length are used; it and
/// `error` may be NULL. `*out` is yours to close; NULL on failure. Errors: KH_ERROR_TABLE,
/// KH_ERROR_MEMORY, KH_ERROR_ARGUMENT.
kh_status kh_time_reader_open(kh_time_reader **out, const kh_engine_options *options,
                              kh_error *error);

/// NULL is allowed.
void kh_time_reader_close(kh_time_reader *reader);

/// The times of a text, in order. `reference` ("YYYY-MM-DD", what follows is not looked at) is the
/// day from which «أمس» (yesterday) is counted; NULL: unknown, nothing is resolved against it.
/// `*times` is borrowed from the reader until its next call; spans are bytes of `text`, which must
/// be valid UTF-8 (KH_ERROR_ENCODING with the span of what is not). Other errors: KH_ERROR_LIMIT,
/// KH_ERROR_MEMORY, KH_ERROR_ARGUMENT (`reference` is no date).
kh_status kh_time_read(kh_time_reader *reader, const char *text, size_t len, const char *reference,
                       const kh_time **times, size_t *count, kh_error *error);

typedef enum kh_number_kind {
  KH_NUMBER_NUMBER,
  KH_NUMBER_ORDINAL,
  KH_NUMBER_PERCENT,  ///< `value` in hundredths: 30 for «ثلاثون بالمئة».
  KH_NUMBER_FRACTION, ///< «ثلثا السكان» (two thirds of the population).
  KH_NUMBER_MONEY,
} kh_number_kind;

typedef struct kh_number {
  kh_span span; ///< Number with its percent sign or currency, without words of bounds.
  kh_number_kind kind;
  double value;
  double high; ///< Upper end of a range; negative when there is none.
  kh_bound bound;
  const char *unit; ///< ISO 4217 code, "%", "‰"; "" for money of unknown state; NULL.
} kh_number;

/// The numbers of a text, in order. Numerals that are parts of names, of phone numbers, of scores
/// and the like are left out. Otherwise as kh_time_read.
kh_status kh_number_read(kh_time_reader *reader, const char *text, size_t len,
                         const kh_number **numbers, size_t *count, kh_error *error);

/// The Gregorian day, "YYYY-MM-DD", of a Hijri one: by the Umm al-Qura calendar (1343 to 1500),
/// outside it by the tabular one. KH_ERROR_ARGUMENT when there is no such day; `out` is then "".
kh_status kh_time_from_hijri(const kh_time_reader *reader, int year, int month, int day,
                             char out[11]);

/// The Hijri day of a Gregorian one. KH_ERROR_ARGUMENT when `date` is no date or before 622-07-19.
kh_status kh_time_to_hijri(const kh_time_reader *reader, const char *date, int *year, int *month,
                           int *day);

/// "number", "ordinal", "percent", "fraction", "money". Never NULL for a value of the enum.
const char *kh_number_kind_name(kh_number_kind kind);

#ifdef __cplusplus
}
#endif
#endif
