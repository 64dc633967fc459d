// SPDX-License-Identifier: Apache-2.0
#include "app/cli/options.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

enum { MAX_WORKERS = 256 };

bool kh_wrong_value(const char *option, const char *value, const char *what) {
  kh_say("%s %s: %s", option, value, what);
  return false;
}

bool kh_size_option(const char *value, size_t *size) {
  char *end = NULL;
  errno = 0;
  const unsigned long long number = strtoull(value, &end, 10);
  unsigned shift = 0;
  if (*end == 'K' || *end == 'k') shift = 10;
  if (*end == 'M' || *end == 'm') shift = 20;
  if (*end == 'G' || *end == 'g') shift = 30;
  const bool known = end != value && end[shift ? 1 : 0] == '\0' && value[0] != '-';
  if (!known || errno || number == 0 || number > (1ULL << 30 >> shift))
    return kh_wrong_value("--max-size", value,
                          "a number of bytes up to 1G is wanted (K, M, G may follow)");
  *size = (size_t)(number << shift);
  return true;
}

bool kh_workers_option(const char *value, unsigned *workers) {
  char *end = NULL;
  const long number = strtol(value, &end, 10);
  if (end == value || *end || number < 0 || number > MAX_WORKERS)
    return kh_wrong_value("-j", value, "a number from 0 to 256 is wanted");
  const long cores = sysconf(_SC_NPROCESSORS_ONLN);
  *workers = number ? (unsigned)number : cores > 1 ? (unsigned)cores : 1;
  if (*workers > MAX_WORKERS) *workers = MAX_WORKERS;
  return true;
}
