// SPDX-License-Identifier: Apache-2.0
#include "store/merge_model.h"

#include "store/seats.h"

#include <stdlib.h>
#include <string.h>

void kh_merge_record_free(kh_merge_record *record) {
  KH_LIST_FREE(&record->heap, &record->documents);
  KH_LIST_FREE(&record->heap, &record->entities);
  KH_LIST_FREE(&record->heap, &record->parts);
}

static int by_value(const void *a, const void *b) {
  uint64_t x, y;
  memcpy(&x, a, sizeof x);
  memcpy(&y, b, sizeof y);
  return x < y ? -1 : x > y;
}

void kh_sort_pairs(uint64_t *pairs, uint32_t count) {
  if (count) qsort(pairs, count, sizeof *pairs, by_value);
}

/// A number of `digits` decimal digits, or -1.
static int digits_at(const char *text, int digits) {
  int value = 0;
  for (int i = 0; i < digits; i++) {
    if (text[i] < '0' || text[i] > '9') return -1;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

// Years are counted from March, so that the leap day is the last one of a year.
int32_t kh_day_number(const char *iso) {
  if (!iso || strlen(iso) < 10 || iso[4] != '-' || iso[7] != '-') return KH_NO_DAY;
  const int year = digits_at(iso, 4);
  const int month = digits_at(iso + 5, 2);
  const int day = digits_at(iso + 8, 2);
  if (year < 0 || month < 1 || month > 12 || day < 1 || day > 31) return KH_NO_DAY;
  const int since_march = (month + 9) % 12;
  const int y = year - (month <= 2);
  return y * 365 + y / 4 - y / 100 + y / 400 + (since_march * 306 + 5) / 10 + day - 1;
}

void kh_day_write(int32_t day, char iso[11]) {
  int year = (int)(((int64_t)day * 10000 + 14780) / 3652425);
  int rest = day - (year * 365 + year / 4 - year / 100 + year / 400);
  if (rest < 0) {
    year--;
    rest = day - (year * 365 + year / 4 - year / 100 + year / 400);
  }
  const int since_march = (rest * 100 + 52) / 3060;
  const int month = (since_march + 2) % 12 + 1;
  const int of_month = rest - (since_march * 306 + 5) / 10 + 1;
  year += month <= 2;
  const int parts[] = {year, month, of_month};
  const int at[] = {3, 6, 9};
  const int digits[] = {4, 2, 2};
  memcpy(iso, "0000-00-00", 11);
  for (int p = 0; p < 3; p++)
    for (int i = 0, value = parts[p]; i < digits[p]; i++, value /= 10)
      iso[at[p] - i] = (char)('0' + value % 10);
}

// ---- modes

enum { ARMED = 1 }; // one attack is told as shelling here and as an explosion there

static const struct {
  const char *name;
  int family; // 0: a deed of its own
} modes[] = {
    {"abduct", 0},        {"access", 0},
    {"aerial", ARMED},    {"arrest", 0},
    {"beat", 0},          {"boycott", 0},
    {"ceasefire", 0},     {"censor", 0},
    {"convict", 0},       {"crowd_control", ARMED},
    {"curfew", 0},        {"cyber", 0},
    {"demo", 0},          {"deport", 0},
    {"destroy", 0},       {"disarm", 0},
    {"discontinue", 0},   {"drone", ARMED},
    {"expel", 0},         {"explosives", ARMED},
    {"firearms", ARMED},  {"heavy", ARMED},
    {"hunger", 0},        {"investigate", 0},
    {"martial_law", 0},   {"misinformation", 0},
    {"multilateral", 0},  {"obstruct", 0},
    {"phone", 0},         {"police", 0},
    {"primitive", ARMED}, {"release", 0},
    {"resign", 0},        {"restrict", 0},
    {"riot", 0},          {"seize", 0},
    {"sexual", 0},        {"strike", 0},
    {"suicide", ARMED},   {"targeted", ARMED},
    {"third_party", 0},   {"torture", 0},
    {"troops", 0},        {"unconventional", ARMED},
    {"vandalize", 0},     {"visit", 0},
    {"weapons", 0},       {"withdraw", 0},
    {"withhold", 0},
};

uint8_t kh_mode_number(const char *mode) {
  if (!mode) return 0;
  size_t low = 0, high = sizeof modes / sizeof *modes;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    const int order = strcmp(mode, modes[middle].name);
    if (!order) return (uint8_t)(middle + 1);
    if (order < 0)
      high = middle;
    else
      low = middle + 1;
  }
  return 0;
}

const char *kh_mode_name(uint8_t mode) {
  return mode && mode <= sizeof modes / sizeof *modes ? modes[mode - 1].name : NULL;
}

bool kh_modes_agree(uint8_t a, uint8_t b) {
  if (!a || !b || a == b) return true;
  return modes[a - 1].family && modes[a - 1].family == modes[b - 1].family;
}

// ---- places

bool kh_is_seat(const char *place_code) {
  static const char prefix[] = "geonames:";
  if (!place_code || strncmp(place_code, prefix, sizeof prefix - 1) != 0) return false;
  const unsigned long code = strtoul(place_code + sizeof prefix - 1, NULL, 10);
  size_t low = 0, high = sizeof kh_seats / sizeof *kh_seats;
  while (low < high) {
    const size_t middle = (low + high) / 2;
    if (kh_seats[middle] == code) return true;
    if (kh_seats[middle] < code)
      low = middle + 1;
    else
      high = middle;
  }
  return false;
}
