// SPDX-License-Identifier: Apache-2.0
/// \file
/// Frequent words whose readings were worked out when the tables were made (section names RDY*):
/// what kh_read_word and the model would say again for each document.
#ifndef KHUTWA_MORPH_READY_H
#define KHUTWA_MORPH_READY_H

#include "morph/cut.h"

enum { KH_READY_PHRASES = 2 };

/// One frequent word, 40 bytes in the tables.
typedef struct kh_ready {
  uint32_t form;    // kh_tag_form of its letters
  uint32_t letters; // where they begin in section RDYL
  uint32_t from;    // its readings in section RDYW, likeliest first
  uint32_t code;    // kh_tag_code of the likeliest
  uint16_t count;   // of readings
  uint8_t len;
  uint8_t phrase_states;
  kh_automaton_state phrases[KH_READY_PHRASES]; // see src/morph/morph.c
  uint32_t never;                               // KH_NEVER_..., KH_MAY_TELL of src/morph/morph.h
} kh_ready;

/// What the stage reads from the tables. All NULL and 0 where a section is missing.
typedef struct kh_morph_tables {
  const int16_t *weights; // of the model, KH_TAG_WEIGHTS
  const uint32_t *slots;  // hash table: number of a word + 1, or 0; mask + 1 of them
  uint32_t mask;
  const kh_ready *words;
  uint32_t word_count;
  const uint8_t *letters;
  const kh_word *readings;
} kh_morph_tables;

/// Checks the sections and sets engine->morph. Without it (engine->morph NULL) words are read
/// letter by letter and rules choose alone.
kh_status kh_morph_open(kh_engine *engine, kh_error *error);

/// A frequent word, or NULL.
const kh_ready *kh_ready_find(const kh_morph_tables *tables, uint32_t form, const uint8_t *letters,
                              uint32_t len);

/// Ask the memory, in this order and some words ahead, for what kh_ready_find will read.
void kh_ready_fetch_slot(const kh_morph_tables *tables, uint32_t form);
void kh_ready_fetch_word(const kh_morph_tables *tables, uint32_t form);
void kh_ready_fetch_rest(const kh_morph_tables *tables, uint32_t form);

/// Where a phrase may stand after its first word, for each way to cut و ف ب ل before the word:
/// states of the phrases' automaton. Returns how many.
uint8_t kh_phrase_starts(const kh_lexicon *lexicon, const uint8_t *letters, uint32_t len,
                         kh_automaton_state out[KH_READY_PHRASES]);

/// Scales the points of readings and adds what the model (`weights`, or NULL) says of the word
/// alone.
void kh_score_alone(const int16_t *weights, const uint8_t *letters, uint32_t form,
                    kh_readings *readings);
/// KH_MAY_TELL, or 0.
uint8_t kh_may_tell(const kh_lexicon *lexicon, const kh_word *readings, uint32_t count);
/// The reading with the highest score; `readings` has at least one.
const kh_word *kh_likeliest(const kh_readings *readings);

#endif
