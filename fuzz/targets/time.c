// SPDX-License-Identifier: Apache-2.0
// Dates and numbers by themselves: the first byte chooses the day of reference.
#include "fuzz.h"

#include <khutwa/time.h>

#include <math.h>
#include <stdio.h>
#include <stdlib.h>

static kh_time_reader *kept;

static void close_kept(void) { kh_time_reader_close(kept); }

static void demand(bool holds, const char *what) {
  if (holds) return;
  fprintf(stderr, "broken promise: %s\n", what);
  abort();
}

static bool day_or_none(const char *day) {
  int year, month, date;
  char end;
  return !day[0] || (sscanf(day, "%4d-%2d-%2d%c", &year, &month, &date, &end) == 3 && month >= 1 &&
                     month <= 12 && date >= 1 && date <= 31);
}

static void check_times(const kh_time *times, size_t count, size_t size) {
  uint32_t before = 0;
  for (size_t i = 0; i < count; i++) {
    demand(times[i].span.start >= before && times[i].span.start < times[i].span.end &&
               times[i].span.end <= size,
           "times stand in order in the text");
    before = times[i].span.start;
    demand(times[i].value && times[i].value[0], "a time has a value");
    demand(day_or_none(times[i].begin) && day_or_none(times[i].until), "a day is a day");
  }
}

static void check_numbers(const kh_number *numbers, size_t count, size_t size) {
  for (size_t i = 0; i < count; i++) {
    demand(numbers[i].span.start < numbers[i].span.end && numbers[i].span.end <= size,
           "numbers stand in the text");
    demand(isfinite(numbers[i].value) && isfinite(numbers[i].high), "a number is finite");
    demand(kh_number_kind_name(numbers[i].kind), "a number has a kind");
  }
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char *const references[] = {NULL, "2019-05-30", "0001-01-01", "9999-12-31",
                                           "2020-02-29"};
  if (!kept) {
    if (kh_time_reader_open(&kept, NULL, NULL) != KH_OK) abort();
    atexit(close_kept);
  }
  if (size == 0) return 0;
  const char *reference = references[data[0] % (sizeof references / sizeof *references)];
  const char *text = (const char *)data + 1;
  const kh_time *times;
  const kh_number *numbers;
  size_t count;
  kh_error error;
  if (kh_time_read(kept, text, size - 1, reference, &times, &count, &error) == KH_OK)
    check_times(times, count, size - 1);
  if (kh_number_read(kept, text, size - 1, &numbers, &count, &error) == KH_OK)
    check_numbers(numbers, count, size - 1);
  char day[11];
  if (size > 4 && kh_time_from_hijri(kept, data[1] * 16 + data[2], data[3], data[4], day) == KH_OK)
    demand(day[0] && day_or_none(day), "a Hijri day is a Gregorian one");
  return 0;
}
