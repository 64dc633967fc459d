// SPDX-License-Identifier: Apache-2.0
/// \file
/// Gold files: records made by hand, whose references are [paragraph, "substring", occurrence].
#ifndef KHUTWA_VIEW_GOLD_H
#define KHUTWA_VIEW_GOLD_H

#include "base/arena.h"

#include <jansson.h>
#include <stdbool.h>

/// A stretch of code points, half-open; {0, 0} where there is none.
typedef struct kh_stretch {
  int32_t start;
  int32_t end;
} kh_stretch;

/// The text of a report in code points: title and paragraphs with one blank line between.
typedef struct kh_gold_text {
  const uint32_t *at;
  int32_t count;
  int32_t title; // 1 when there is a title: it is part 0 then
  int32_t parts;
  const kh_stretch *part; // title (if any) and paragraphs
} kh_gold_text;

/// Decodes a string of jansson's (valid UTF-8) to code points in the arena.
const uint32_t *kh_code_points(kh_arena *arena, const json_t *string, int32_t *count);

/// The text of a gold object that passed kh_gold_check.
kh_gold_text kh_gold_text_of(kh_arena *arena, const json_t *gold);

/// Where a reference stands. False when it stands nowhere.
bool kh_gold_locate(kh_arena *arena, const kh_gold_text *text, const json_t *reference,
                    kh_stretch *out);

/// Is the object a gold file whose references all stand in its text? Otherwise KH_ERROR_FORMAT
/// names the first thing that is wrong.
kh_status kh_gold_check(kh_arena *arena, const json_t *gold, kh_error *error);

#endif
