// SPDX-License-Identifier: Apache-2.0
/// \file
/// What packing and unpacking a record agree on.
#ifndef KHUTWA_STORE_PACKED_H
#define KHUTWA_STORE_PACKED_H

#include <math.h>
#include <stdint.h>

enum {
  // of an entity
  KH_PACKED_AS_ROW = 1,
  KH_PACKED_LOCATED = 2,
  KH_PACKED_TRANSLITERATED = 4,
  KH_PACKED_RELATION = 8,
  KH_PACKED_CANDIDATES = 16,
  KH_PACKED_ROLES = 32,
  // of a mention, beside its form
  KH_PACKED_MENTION_RELATION = 4,
  // of a time, beside its type
  KH_PACKED_TIME_TYPE = 3,
  KH_PACKED_INFERRED = 4,
  KH_PACKED_CONFLICT = 8,
  KH_PACKED_VALUE_IS_BEGIN = 16,
  KH_PACKED_UNTIL_IS_BEGIN = 32,
};

/// "YYYY-MM-DD" as a number, "" as 0.
static inline uint64_t kh_packed_day(const char day[11]) {
  if (!day[0]) return 0;
  const unsigned y = (unsigned)(day[0] - '0') * 1000 + (unsigned)(day[1] - '0') * 100 +
                     (unsigned)(day[2] - '0') * 10 + (unsigned)(day[3] - '0');
  const unsigned m = (unsigned)(day[5] - '0') * 10 + (unsigned)(day[6] - '0');
  const unsigned d = (unsigned)(day[8] - '0') * 10 + (unsigned)(day[9] - '0');
  return ((uint64_t)y * 13 + m) * 32 + d + 1;
}

/// A confidence (0..1) in thousandths and 1 more; 0: not measured.
static inline uint64_t kh_packed_confidence(float confidence) {
  return confidence < 0 ? 0 : (uint64_t)lround((double)confidence * 1000) + 1;
}

#endif
