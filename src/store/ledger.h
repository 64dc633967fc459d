// SPDX-License-Identifier: Apache-2.0
/// \file
/// The ledger of steps: which mentions of steps are one, what became of it, and what waits for
/// what.
#ifndef KHUTWA_STORE_LEDGER_H
#define KHUTWA_STORE_LEDGER_H

#include "store/merge_model.h"

/// A mention of a step: a line of its entry's history.
typedef struct kh_line {
  uint32_t document, n;
  uint32_t place, according_to;
  uint32_t waits;   ///< Line of the same document that waits for it; or KH_WAITS_*.
  uint32_t same_as; ///< Line of the same document, or KH_NOBODY.
  int32_t day;      ///< Of the status; of publication where the report tells none.
  kh_parts by, asked_by;
  uint32_t entry;
  uint8_t kind, status;
} kh_line;

/// What waits for a step, where it is no line.
#define KH_WAITS_NOT UINT32_MAX         ///< Nothing.
#define KH_WAITS_OTHER (UINT32_MAX - 1) ///< Something that is no step.

typedef struct kh_entry {
  uint32_t first;  ///< First line.
  uint32_t latest; ///< Line that gives the entry its status.
  uint32_t place;
  uint32_t lines, sources;
  int32_t first_day, last_day;
  uint32_t clash_a, clash_b; ///< Two lines that contradict; KH_NOBODY: none do.
} kh_entry;

/// `needs` must come before `entry`; `line` says so.
typedef struct kh_condition {
  uint32_t entry; ///< KH_NOBODY: what waits is no step of its own.
  uint32_t needs;
  uint32_t line;
} kh_condition;

typedef struct kh_ledger {
  kh_merge_record *record;
  KH_LIST(kh_line) lines;    ///< By document and n.
  KH_LIST(kh_entry) entries; ///< By first line.
  KH_LIST(kh_condition) conditions;
} kh_ledger;

void kh_ledger_gather(kh_ledger *ledger, const kh_report *report);
/// Sets kh_line.entry and makes the entries. False without memory.
bool kh_ledger_join(kh_ledger *ledger);
/// Makes entries anew from kh_line.entry, which may then have any values below `count`.
bool kh_ledger_number(kh_ledger *ledger, uint32_t count);
/// Finds conditions and contradictions among the entries. False without memory.
bool kh_ledger_conclude(kh_ledger *ledger);
void kh_ledger_free(kh_ledger *ledger);

/// Whether a step with status `a` and one with status `b` cannot both be told truly of one day.
bool kh_statuses_clash(uint8_t a, uint8_t b);
/// Whether a status only says what somebody wants or sets as a condition.
bool kh_status_is_wish(uint8_t status);

#endif
