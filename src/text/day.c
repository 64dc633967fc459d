// SPDX-License-Identifier: Apache-2.0
#include "text/day.h"

#include <string.h>

static int digits(const char *at, int count) {
  int value = 0;
  for (int i = 0; i < count; i++) {
    if (at[i] < '0' || at[i] > '9') return -1;
    value = value * 10 + (at[i] - '0');
  }
  return value;
}

static int days_of(int year, int month) {
  static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
  return month == 2 && leap ? 29 : days[month - 1];
}

// What may follow the day: nothing, or a time of day.
static bool time_follows(const char *at) {
  if (*at == '\0') return true;
  if (*at != 'T' && *at != 't' && *at != ' ') return false;
  const int hour = digits(at + 1, 2);
  if (hour < 0 || hour > 24) return false;
  for (const char *c = at + 3; *c; c++) {
    if (!strchr("0123456789:.,+-Zz ", *c)) return false;
  }
  return true;
}

bool kh_day_read(const char *iso, char day[11]) {
  day[0] = '\0';
  if (strlen(iso) < 10 || iso[4] != '-' || iso[7] != '-') return false;
  const int year = digits(iso, 4);
  const int month = digits(iso + 5, 2);
  const int date = digits(iso + 8, 2);
  if (year < 1 || month < 1 || month > 12 || date < 1 || date > days_of(year, month)) return false;
  if (!time_follows(iso + 10)) return false;
  memcpy(day, iso, 10);
  day[10] = '\0';
  return true;
}
