// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of reading figures: what is counted, and what befell it.
#ifndef KHUTWA_CLAIM_FIGURE_H
#define KHUTWA_CLAIM_FIGURE_H

#include "claim/phrase.h"

typedef enum kh_count_kind {
  KH_COUNT_NUMBER,   // «12 شخصا»
  KH_COUNT_ONE_OF,   // «أحد المهاجمين»
  KH_COUNT_BARE,     // «مدني», «جنديان»
  KH_COUNT_DEFINITE, // «أطفالها الثلاثة»
} kh_count_kind;

/// A quantity with its counted noun, which may become a figure. Token ranges are half-open.
typedef struct kh_count {
  uint32_t first; // of the span
  uint32_t last;
  uint32_t head;       // the counted noun; == last when there is none
  uint32_t outer;      // first token with bound words («ما لا يقل عن»)
  uint32_t phrase_end; // of the noun phrase: adjectives and what it is a part of
  double value;
  double high;
  kh_bound bound;
  kh_count_kind kind;
  int counted;    // kh_counted, or -1
  bool vague;     // عشرات, مئات
  bool both;      // «100 قتيل وجريح»: one number for two harms
  bool of_before; // «17 منهم»: of those counted before
  bool others;    // «4 آخرون»: of the same kind as those counted before
} kh_count;

/// Adds the classes of words that may be counted.
void kh_counted_cues(kh_class_set *set);

/// The count that begins at the token, if one does.
bool kh_count_at(const kh_document *document, uint32_t token, kh_count *count);

/// Who is counted by the class of the word itself, as kh_counted; -1 when nobody.
int kh_counted_of(const kh_document *document, uint32_t token);

/// What befell the counted by the class of the word or fixed phrase that begins at the token, as
/// kh_harm; -1 when nothing.
int kh_harm_of(const kh_document *document, uint32_t token);

/// Does the token say that what follows is a part of what was counted («بينهم», «من ضمنهم»)?
bool kh_is_among(const kh_document *document, uint32_t token);

enum { KH_FATES = 2 };

/// What befell a count, from the words that govern it.
typedef struct kh_fate {
  int what[KH_FATES]; // kh_harm; two for «مقتل وإصابة العشرات»
  int count;
  int counted;      // who was counted, by the words of a tally, as kh_counted; -1: not told
  const char *rule; // NULL when count is 0
} kh_fate;

/// Reads what befell the count from its own noun and what stands around it.
kh_fate kh_fate_of(const kh_document *document, const kh_count *count);

#endif
