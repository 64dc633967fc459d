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
  bool faint;         // only its word or what governs it tells that it may be one
  const char *rule;
} kh_move;

/// What the reader of steps remembers while it goes through a report.
typedef struct kh_step_finder {
  kh_document *d;
  const struct kh_phrases *phrases;
  kh_class_set demands;   // of words whose complement is a move, though no word of steps names it
  kh_class_set governors; // ... and of those where its kind is known
  uint32_t last_end;      // end of the last move read; 0: none yet
} kh_step_finder;

// ------------------------------------------------------------------ words (step_words.c)

void kh_step_finder_init(kh_step_finder *finder, kh_document *document);

/// Adds the classes of words that may name a step.
void kh_step_cues(kh_class_set *set);

/// May the word, or a fixed phrase that begins there, be of such a class? False is certain.
bool kh_may_be_step_word(const kh_document *document, uint32_t token);

/// The kind of step that the word or fixed phrase names, or -1.
int kh_step_kind_at(const kh_document *document, uint32_t token);

/// The same of a word with what it is done to, whose phrase ends at `*last` then.
int kh_step_kind_by_matter(const kh_document *document, uint32_t token, uint32_t *last);

bool kh_is_masdar_or_noun(const kh_document *document, uint32_t token);

/// «اجتماع اللجنة الدستورية»: the body's step, not talks between sides.
bool kh_meets_as_body(const kh_step_finder *finder, uint32_t token);

/// «اتفاق وقف إطلاق النار»: the ceasefire is the step.
bool kh_lends_to_next(const kh_step_finder *finder, uint32_t token);

/// «الانسحاب من الاتفاق»: no withdrawal of forces.
bool kh_leaves_agreement(const kh_step_finder *finder, uint32_t token);

/// The kind of a move that no word of steps names.
kh_step_kind kh_kind_of_masdar(const kh_step_finder *finder, uint32_t token);

/// May the noun name a deed: a masdar, or a noun in the construct that is nobody and no time?
bool kh_may_be_deed(const kh_step_finder *finder, uint32_t token);

/// Does the word complete a demand, a promise, a decision? `any`: of a demand alone.
bool kh_completes_wish(const kh_step_finder *finder, uint32_t token, bool any);

/// Is a word that names a step of its own in the phrase of the token?
bool kh_names_step_inside(const kh_step_finder *finder, uint32_t token);

// ------------------------------------------------------------------ parties (step_party.c)

/// Who makes the move, or has to.
kh_refs kh_step_doers(kh_step_finder *finder, const kh_move *move);

/// Fills asked_by and according_to.
void kh_step_speaker(kh_step_finder *finder, const kh_move *move, kh_step *step);

// ------------------------------------------------------------------ status (step_status.c)

/// «على دمشق أن توافق»: the noun phrase of him who must do what the finite verb names, or 0.
uint32_t kh_must_do(const kh_document *document, uint32_t verb);

/// Gives the move its status from what governs it. False when nothing does: the status is then
/// the usual one of its kind.
bool kh_move_status(const kh_document *document, kh_move *move);

/// The day on which the move came to its status, where its sentence tells one; else "".
void kh_move_day(const kh_document *document, const kh_move *move, char day[11]);

#endif
