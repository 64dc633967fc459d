// SPDX-License-Identifier: Apache-2.0
/// \file
/// Frequent words as the name stage sees them, worked out when the tables were made (sections RDYN,
/// RDYM, RDYA, RDYR): nine in ten different words of a report are among them, and neither their
/// letters are compared with the gazetteer again, nor their features hashed, nor weights summed.
#ifndef KHUTWA_MENTION_NAMES_READY_H
#define KHUTWA_MENTION_NAMES_READY_H

#include "base/layers.h"
#include "lexicon/automaton.h"

/// Keys of the gazetteer go on from here after a form was spelt from letter `cut` on.
typedef struct kh_key_start {
  kh_automaton_state state;
  uint16_t cut;
  uint16_t goes_on; ///< 1: longer keys begin so, too; 0: the form is a key, and none goes on
} kh_key_start;

enum {
  KH_READY_USABLE = 1, ///< nothing in it depends on the other words of a document
  KH_READY_STEM = 2,   ///< its stem is among the words that the model knows
};

/// One frequent word, 32 bytes in the tables: the fields of kh_form of the same names.
typedef struct kh_ready_name {
  uint32_t hash;
  uint32_t stem_hash;
  uint32_t letters; ///< where they begin in section RDYM
  uint32_t known;   ///< its lines of the gazetteer: where they begin among the index's values
  uint32_t starts;  ///< where they begin in section RDYA
  uint16_t known_count;
  uint8_t start_count;
  uint8_t len;
  uint8_t cut;
  uint8_t article;
  uint8_t middle; ///< word clusters of the stem
  uint8_t coarse;
  uint8_t flags; ///< KH_READY_...
  uint8_t reserved[3];
} kh_ready_name;

/// All NULL where the tables have none.
typedef struct kh_ready_names {
  const kh_ready_name *words; ///< by the numbers of kh_morph_tables.words
  const uint8_t *letters;
  const kh_key_start *starts;
  const int16_t *weights; ///< KH_WORD_ROW a word: sums over its features
} kh_ready_names;

struct kh_names;
/// Checks the sections and sets names->ready; leaves it empty when the gazetteer, the model or the
/// frequent words of src/morph/ready.h are missing, without which it means nothing. Errors:
/// KH_ERROR_TABLE.
kh_status kh_ready_names_open(struct kh_names *names, const kh_engine *engine, kh_error *error);

#endif
