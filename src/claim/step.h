// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of reading steps: which words name one, and which status the text gives it.
#ifndef KHUTWA_CLAIM_STEP_H
#define KHUTWA_CLAIM_STEP_H

#include "claim/phrase.h"

#define KH_NO_TOKEN UINT32_MAX

/// A step in the making. Token ranges are half-open.
typedef struct kh_move {
  uint32_t token; // the word that names it
  uint32_t first; // of the phrase
  uint32_t last;
  kh_step_kind kind;
  kh_step_status status;
  int32_t statement;  // the innermost one whose content holds the word, or KH_NONE
  uint32_t governor;  // the noun that gave the status, or KH_NO_TOKEN
  uint32_t verb;      // the finite verb that governs it (or its own), or KH_NO_TOKEN
  uint32_t condition; // «ما لم», «قبل»: where what it waits for begins, or KH_NO_TOKEN
  bool is_verb;       // the step is named by a finite verb
  bool wanted;        // somebody demands it, rather than merely aiming at it
  bool weak;          // no word of steps names it, or it is named in passing: the model decides
  const char *rule;
} kh_move;

/// Adds the classes of words that may name a step.
void kh_step_cues(kh_class_set *set);

/// «على دمشق أن توافق»: the noun phrase of him who must do what the finite verb names, or 0.
uint32_t kh_must_do(const kh_document *document, uint32_t verb);

/// Gives the move its status from what governs it. False when nothing does: the status is then
/// the usual one of its kind.
bool kh_move_status(const kh_document *document, kh_move *move);

/// The day on which the move came to its status, where its sentence tells one; else "".
void kh_move_day(const kh_document *document, const kh_move *move, char day[11]);

#endif
