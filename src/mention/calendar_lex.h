// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the words of a text mean for times and numbers, token by token, from the letters alone:
/// clitics are cut here, so that neither an analyser nor a lexicon is needed.
#ifndef KHUTWA_MENTION_CALENDAR_LEX_H
#define KHUTWA_MENTION_CALENDAR_LEX_H

#include "lexicon/index.h"
#include "mention/calendar.h"
#include "mention/calendar_kinds.h"
#include "mention/mention.h"

typedef struct kh_feast {
  uint8_t calendar; // 'g' Gregorian, 'h' Hijri, 'e' and 'o' days from Easter
  uint8_t month;
  int16_t day;
} kh_feast;

/// Kinds of a key, as bits: [0] without the article, [1] with it.
typedef struct kh_sense_masks {
  uint64_t bits[2][2];
} kh_sense_masks;

/// Arabic letters as numbers from 1, all others 0.
enum { KH_PAIR_LETTERS = 43 };

/// The rules of times and numbers, opened from the tables.
struct kh_calendar {
  const kh_tables *tables;
  kh_index words;
  const kh_sense *senses;
  uint32_t sense_count;
  const kh_sense_masks *masks;                                 // one a key
  kh_automaton_state starts[KH_PAIR_LETTERS][KH_PAIR_LETTERS]; // after two letters; node 0: none
  kh_umm_al_qura hijri;
  const kh_feast *feasts;
  uint32_t feast_count;
  const uint32_t *money; // offsets of currency codes in the text section
  uint32_t money_count;
};

/// Fills engine->calendar from engine->tables.
kh_status kh_calendar_open(kh_engine *engine, kh_error *error);
/// The same without an engine.
kh_status kh_calendar_load(struct kh_calendar *calendar, const kh_tables *tables, kh_error *error);

/// The reading of a token: a word or phrase that begins at it.
typedef struct kh_time_word {
  uint16_t word;   // 1 + number of the key; 0: neither time nor number
  uint8_t tokens;  // how many the key covers
  uint8_t clitics; // KH_CLITIC_...
  uint8_t bare;    // letters before the article or, without one, before the word
  uint8_t stem;    // letters before the word
} kh_time_word;

typedef struct kh_time_words {
  const struct kh_calendar *calendar;
  const kh_document *document;
  const kh_token *tokens;
  uint32_t count;
  kh_time_word *at;
} kh_time_words;

/// No meaning of the kind.
#define KH_NO_SENSE INT32_MIN

/// The readings of a document, made on first use and kept in its mention layer.
const kh_time_words *kh_time_words_of(kh_document *document);

/// The kinds of a token's word as 128 bits; none for tokens that mean nothing here.
static inline const uint64_t *kh_sense_bits(const kh_time_words *r, uint32_t token) {
  static const uint64_t none[2] = {0, 0};
  if (token >= r->count || !r->at[token].word) return none;
  const kh_time_word *word = &r->at[token];
  return r->calendar->masks[word->word - 1U].bits[(word->clitics & KH_CLITIC_AL) != 0];
}

static inline bool kh_has_sense(const kh_time_words *r, uint32_t token, kh_sense_kind kind) {
  return kh_sense_bits(r, token)[kind / 64U] >> (kind % 64U) & 1;
}

/// The value of a meaning that kh_has_sense has found.
int32_t kh_sense_value(const kh_time_words *r, uint32_t token, kh_sense_kind kind);

/// The value of the token's meaning of a kind, or KH_NO_SENSE. An article that the meaning forbids
/// or lacks excludes it. Tokens past the end mean nothing.
static inline int32_t kh_sense_at(const kh_time_words *r, uint32_t token, kh_sense_kind kind) {
  return kh_has_sense(r, token, kind) ? kh_sense_value(r, token, kind) : KH_NO_SENSE;
}

/// Do the tokens [from, to) stand in one sentence? Expressions do not run over.
static inline bool kh_same_sentence(const kh_time_words *r, uint32_t from, uint32_t to) {
  return to <= r->count && from < to && r->tokens[from].sentence == r->tokens[to - 1].sentence;
}

/// Byte where an expression that begins at the token starts: after its conjunctions and
/// prepositions, at its article.
uint32_t kh_time_word_start(const kh_time_words *r, uint32_t token);

// ------------------------------------------------------------------ numbers

/// A number as it is read from tokens [first, last).
typedef struct kh_numeral {
  uint32_t first;
  uint32_t last;
  double value;
  kh_quantity_kind kind;
  bool digits;  // written in digits only, without a scale
  bool article; // الخمسة, الـ13
  uint8_t size; // digits when `digits`
} kh_numeral;

/// Reads the longest cardinal, fraction or vague number that begins at a token (with or without
/// proclitics). False when there is none.
bool kh_read_numeral(const kh_time_words *r, uint32_t token, kh_numeral *number);
/// Reads a cardinal alone.
bool kh_read_cardinal(const kh_time_words *r, uint32_t token, kh_numeral *number);
/// Reads an ordinal of words («الثالث عشر», «الحادي والعشرين»).
bool kh_read_ordinal(const kh_time_words *r, uint32_t token, kh_numeral *number);
/// Value of the digits of a NUMBER token with its separators; false when they make no number
/// («10.2.1»). `plain`: digits only.
bool kh_read_digits(const kh_time_words *r, uint32_t token, double *value, bool *plain);

#endif
