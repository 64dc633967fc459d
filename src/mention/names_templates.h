// SPDX-License-Identifier: Apache-2.0
/// \file
/// How the features of the name model are hashed: a feature is a template and a value. The model's
/// rows are found by the low bits.
#ifndef KHUTWA_MENTION_NAMES_TEMPLATES_H
#define KHUTWA_MENTION_NAMES_TEMPLATES_H

#include "mention/names.h"

/// Numbers of the templates. A change of meaning raises KH_NAME_FEATURES.
enum {
  WORD_FORM = 1,
  WORD_STEM,
  WORD_BARE,
  WORD_PREFIX,     // + length 1..3
  WORD_SUFFIX = 8, // + length 1..4
  WORD_SHAPE = 16,
  WORD_FINE,
  WORD_MIDDLE,
  WORD_COARSE,
  WORD_FORM_FINE,
  WORD_LEANING,
  WORD_MORPH,
  WORD_CLASS,
  WORD_KNOWN,
  WORD_SUFFIX_COARSE,
  SPOT_PAIR_BEFORE = 40,
  SPOT_PAIR_AFTER,
  SPOT_MIDDLE_BEFORE,
  SPOT_MIDDLE_AFTER,
  SPOT_COARSE_AROUND,
  SPOT_KNOWN,
  SPOT_KNOWN_BEFORE,
  SPOT_KNOWN_AFTER,
  SPOT_QUOTE,
  SPOT_PLACE,
  SPOT_SECOND_AFTER,
  SPOT_SECOND_MIDDLE,
  SPOT_KNOWN_FORM,
  SPOT_AROUND,
  SPOT_POS_BEFORE,
  SPOT_POS_AROUND,
};

static inline uint32_t kh_name_mix(uint32_t template, uint32_t value) {
  uint32_t hash = value * 0x9E3779B1U + template * 0x85EBCA77U;
  hash ^= hash >> 16;
  hash *= 0x7FEB352DU;
  hash ^= hash >> 15;
  hash *= 0x846CA68BU;
  return hash ^ hash >> 16;
}

static inline uint32_t kh_name_pair(uint32_t a, uint32_t b) {
  return a * 0x01000193U ^ (b + 0x7F4A7C15U);
}

/// Does the model see the line? Words that only help to judge what is a name already are not
/// shown to it.
static inline bool kh_tells_of_names(const kh_known *line) { return line->kind < KH_KNOWN_PARTNER; }

#endif
