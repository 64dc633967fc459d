// SPDX-License-Identifier: Apache-2.0
/// \file
/// Inflected forms of verbs, nouns and adjectives, without clitics and without vowel signs, with
/// their hamzas where a careful newspaper prints them.
#ifndef KHUTWA_KHC_PARADIGM_H
#define KHUTWA_KHC_PARADIGM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// A spelling in the letters of ISO 8859-6: like folded letters (src/token/letters.h), but with
/// the hamzas on their alefs told apart, since they decide how endings are joined.
enum { KHC_ALEF_MADDA = 0xC2, KHC_ALEF_HAMZA = 0xC3, KHC_ALEF_BELOW = 0xC5, KHC_SPELLING_MAX = 40 };

typedef struct khc_spelling {
  uint8_t at[KHC_SPELLING_MAX];
  uint8_t len;
  bool doubled; // written with a shadda on its last letter
} khc_spelling;

/// Reads an Arabic word; vowel signs vanish. False when it is empty, too long or holds anything
/// else.
bool khc_spell(const char *word, khc_spelling *out);
/// The letters as the tables have them: alefs without hamza.
size_t khc_spelling_fold(const khc_spelling *word, uint8_t *letters);

/// Takes each form as it is made, with features (KH_F_..., src/lexicon/lexicon.h).
typedef void khc_emit(void *context, const khc_spelling *form, uint32_t features);

typedef enum khc_verb_form {
  KHC_FORM_I = 1,
  KHC_FORM_II,
  KHC_FORM_III,
  KHC_FORM_IV,
  KHC_FORM_V,
  KHC_FORM_VI,
  KHC_FORM_VII,
  KHC_FORM_VIII,
  KHC_FORM_IX,
  KHC_FORM_X,
  KHC_FORM_Q, // four radicals, with or without the prefix ta
} khc_verb_form;

/// "I" ... "X", "Q"; 0 for anything else.
int khc_verb_form_of(const char *name);

typedef struct khc_verb {
  khc_verb_form form;
  khc_spelling past;         // third person masculine singular
  khc_spelling present;      // the same, with its prefix
  bool passive;              // is used in the passive
  khc_spelling passive_past; // where it looks different; len 0: it looks the same
} khc_verb;

/// All finite forms of the news: past and present of the third person, the first, and the second
/// plural; long and short moods.
void khc_conjugate(const khc_verb *verb, khc_emit *emit, void *context);
/// Does the past end in a weak letter («دعا»، «رمى»، «بقي»)?
bool khc_is_defective(const khc_spelling *past);

/// A noun in the singular: its duals and tanwin, and what `plurals` says (broken ones in full, or
/// the endings of the sound ones). `gender` is KH_F_MASC or KH_F_FEM.
void khc_decline_singular(const khc_spelling *noun, uint32_t gender, khc_emit *emit, void *context);
void khc_decline_plural(const khc_spelling *singular, const khc_spelling *plural, uint32_t gender,
                        khc_emit *emit, void *context);
/// An adjective or participle: masculine, feminine, dual and sound plurals.
void khc_decline_adjective(const khc_spelling *adjective, khc_emit *emit, void *context);

/// An active participle of a defective verb, without its last ya (قاض for القاضي).
void khc_decline_defective(const khc_spelling *base, khc_emit *emit, void *context);

#endif
