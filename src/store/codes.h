// SPDX-License-Identifier: Apache-2.0
/// \file
/// The small numbers by which rows keep words and days (schema.sql). Words of claims have the
/// numbers of their enumerations in khutwa/claim.h.
#ifndef KHUTWA_STORE_CODES_H
#define KHUTWA_STORE_CODES_H

#include "store/merge_model.h"
#include "store/select.h"

/// What a person decided about a claim.
typedef enum kh_state {
  KH_STATE_MACHINE,
  KH_STATE_ACCEPTED,
  KH_STATE_CORRECTED,
  KH_STATE_REJECTED,
  KH_STATE_ADDED,
} kh_state;

/// Who takes part in a claim, and how: statements, events, steps.
typedef enum kh_part_role {
  KH_ROLE_SPEAKER, ///< Only in the view `parts`.
  KH_ROLE_WITH,
  KH_ROLE_TO,
  KH_ROLE_ACTOR,
  KH_ROLE_RECIPIENT,
  KH_ROLE_BY,
  KH_ROLE_ASKED_BY,
} kh_part_role;

/// Words that rows keep as numbers.
typedef enum kh_code_kind {
  KH_CODE_STATE,
  KH_CODE_ROLE,
  KH_CODE_STATEMENT_MODE,
  KH_CODE_EVENT_TYPE,
  KH_CODE_REALITY,
  KH_CODE_BOUND,
  KH_CODE_COUNTED,
  KH_CODE_HARM,
  KH_CODE_STEP_KIND,
  KH_CODE_STEP_STATUS,
  KH_CODE_KINDS,
} kh_code_kind;

/// The word of a number; NULL where there is none.
const char *kh_code_name(kh_code_kind kind, int code);
/// The number of a word of `len` bytes; -1 for another word.
int kh_code_of(kh_code_kind kind, const char *word, size_t len);

/// Adds ` AND column IN (...)`, the numbers of words with commas; nothing for NULL and "". A word
/// that is none finds nothing.
void kh_select_codes(kh_select *s, const char *column, kh_code_kind kind, const char *words);

/// Days of the record are counted from here (1970-01-01), those of a merging as kh_day_number has
/// them.
enum { KH_DAYS_BEFORE_1970 = 719468 };

/// A day of kh_day_number as rows have it.
static inline int64_t kh_row_day(int32_t day) { return (int64_t)day - KH_DAYS_BEFORE_1970; }

#endif
