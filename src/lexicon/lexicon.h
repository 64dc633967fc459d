// SPDX-License-Identifier: Apache-2.0
/// \file
/// What is known of word forms: lemma, part of speech, features, classes; and fixed phrases.
#ifndef KHUTWA_LEXICON_LEXICON_H
#define KHUTWA_LEXICON_LEXICON_H

#include "base/layers.h"
#include "lexicon/automaton.h"
#include "lexicon/classes.h" // made at build time from rules/classes.tsv: KH_CLASS_SAY, ...
#include "lexicon/tables.h"

typedef enum kh_pos {
  KH_POS_NONE, // unknown
  KH_POS_VERB,
  KH_POS_NOUN,
  KH_POS_ADJ,
  KH_POS_PROPN,
  KH_POS_PRON, // personal, demonstrative, relative: see classes
  KH_POS_PREP,
  KH_POS_CONJ,
  KH_POS_PART, // negation, أن, future سوف, vocative, ...
  KH_POS_ADV,
  KH_POS_NUM, // number words
  KH_POS_INTJ,
} kh_pos;

/// Features of a form, a bit set. A field that is all zero is not known.
enum {
  KH_F_PAST = 1 << 0,
  KH_F_PRESENT = 1 << 1, // imperfect, any mood
  KH_F_IMPERATIVE = 1 << 2,
  KH_F_PASSIVE = 1 << 3,       // only passive (form differs: قيل) -- or marked by damma
  KH_F_MAYBE_PASSIVE = 1 << 4, // the unvocalised form can be read as passive (قتل)
  KH_F_FIRST = 1 << 5,
  KH_F_SECOND = 1 << 6,
  KH_F_THIRD = 1 << 7,
  KH_F_MASC = 1 << 8,
  KH_F_FEM = 1 << 9,
  KH_F_SING = 1 << 10,
  KH_F_DUAL = 1 << 11,
  KH_F_PLUR = 1 << 12,
  KH_F_MASDAR = 1 << 13, // verbal noun; the lemma is its verb's
  KH_F_ACTIVE_PART = 1 << 14,
  KH_F_PASSIVE_PART = 1 << 15,
  KH_F_NISBA = 1 << 16,
  KH_F_CONSTRUCT = 1 << 17, // form of idafa only: «ممثلو», «قتيلا»
  KH_F_ACC = 1 << 18,       // tanwin alef written: «مدنيا»
  KH_F_OBL = 1 << 19,       // ين / ي(ن) of dual or plural
  KH_F_NOM = 1 << 20,       // ان / ون
  KH_F_BROKEN = 1 << 21,    // broken plural
  KH_F_ELATIVE = 1 << 22,
  KH_F_GENERAL = 1 << 23,     // from the general lexicon, not from our own
  KH_F_HAMZA_BELOW = 1 << 24, // the form's first alef with a hamza is إ
  KH_F_HAMZA_ABOVE = 1 << 25, // ... is أ
};

/// One reading of a form; 8 bytes in the tables. The analyses of a form stand likeliest first.
typedef struct kh_analysis {
  uint32_t lemma : 24; // index into the lemma table
  uint32_t cost : 8;   // how unlikely it is before its context is seen
  uint32_t features : 26;
  uint32_t pos : 6;
} kh_analysis;

typedef struct kh_lexicon kh_lexicon;

kh_status kh_lexicon_open(kh_engine *engine, kh_error *error);

/// Analyses of a form without clitics, best first; NULL and 0 when unknown.
const kh_analysis *kh_lexicon_find(const kh_lexicon *lexicon, const uint8_t *letters, size_t len,
                                   uint32_t *count);
/// The automaton of forms, for code that spells letter by letter.
const kh_automaton *kh_lexicon_forms(const kh_lexicon *lexicon);
const kh_analysis *kh_lexicon_analyses(const kh_lexicon *lexicon, uint32_t form, uint32_t *count);
/// Ask the memory ahead, in this order, for what kh_lexicon_analyses will read.
void kh_lexicon_fetch_head(const kh_lexicon *lexicon, uint32_t form);
void kh_lexicon_fetch_analyses(const kh_lexicon *lexicon, uint32_t form);

uint32_t kh_lexicon_lemma_count(const kh_lexicon *lexicon);
/// A lemma's letters as UTF-8, NUL-terminated.
const char *kh_lexicon_lemma(const kh_lexicon *lexicon, uint32_t lemma);
/// Does the lemma belong to a class of rules/classes.tsv?
bool kh_lexicon_has(const kh_lexicon *lexicon, uint32_t lemma, kh_class class_id);
/// The lemma's classes as a bit set of KH_CLASS_WORDS words, to test many at once.
const uint64_t *kh_lexicon_classes(const kh_lexicon *lexicon, uint32_t lemma);
/// Is the class in a set of KH_CLASS_WORDS words?
static inline bool kh_in_class_set(const uint64_t *set, kh_class class_id) {
  return set[class_id / 64] >> class_id % 64 & 1;
}
/// The lowest class of a set from `first` to `last`, both included; KH_CLASS_COUNT when there is
/// none. Whole words of the set are passed over at once.
kh_class kh_class_between(const uint64_t *set, kh_class first, kh_class last);

/// The different sets of classes that lemmas and phrases have are numbered: how many there are, one
/// of them, and the number of one that kh_lexicon_classes or kh_phrase_classes gave.
uint32_t kh_class_set_count(const kh_lexicon *lexicon);
const uint64_t *kh_class_set_numbered(const kh_lexicon *lexicon, uint32_t number);
uint32_t kh_class_set_number(const kh_lexicon *lexicon, const uint64_t *set);

/// A fixed phrase (rules/words/phrases.tsv) that begins at a token.
typedef struct kh_phrase_hit {
  uint32_t phrase; // index
  uint32_t tokens; // how many it covers
} kh_phrase_hit;
/// The phrases by their folded words, one blank between two; values are phrase numbers.
const struct kh_index *kh_lexicon_phrases(const kh_lexicon *lexicon);
bool kh_phrase_has(const kh_lexicon *lexicon, uint32_t phrase, kh_class class_id);
/// The phrase's classes as a bit set of KH_CLASS_WORDS words.
const uint64_t *kh_phrase_classes(const kh_lexicon *lexicon, uint32_t phrase);
const char *kh_phrase_id(const kh_lexicon *lexicon, uint32_t phrase);

#endif
