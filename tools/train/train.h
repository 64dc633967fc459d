// SPDX-License-Identifier: Apache-2.0
/// \file
/// The trainer of the name model: corpora read with the library's own eyes, a linear chain
/// trained on them, its weights written for the library.
///
/// It is a tool: it prints, and ends the program on bad input.
#ifndef KHUTWA_TRAIN_H
#define KHUTWA_TRAIN_H

#include "mention/names.h"

#include <stdio.h>

/// Prints "train: message" and ends the program with status 1.
_Noreturn void die(const char *format, ...) __attribute__((format(printf, 1, 2)));
/// Like malloc, realloc; never NULL.
void *must_alloc(size_t size);
void *must_grow(void *at, size_t size);

// ---- corpora

/// A text with its true tags, analysed by the library's own stages.
typedef struct sample {
  kh_document document; ///< owns its arena
  jmp_buf guard;
  kh_features *features;
  uint32_t *spots;      ///< hashes of the features of all places
  uint32_t *first_spot; ///< per token, and one more
  uint8_t *gold;        ///< a kh_name tag for each token
  uint8_t *units;       ///< for CoNLL: 1 where a token begins a token of the corpus
  double weight;
  bool own; ///< annotated by our guidelines (JSON), not a CoNLL corpus
} sample;

typedef struct corpus {
  sample **at;
  size_t count;
} corpus;

/// Adds the sentences of a CoNLL file (token TAB tag) as one document each, or, when
/// `as_one_document`, groups of twenty (the corpus is running text).
void read_conll(corpus *to, const kh_engine *engine, const char *path, double weight,
                bool as_one_document);
/// Adds a gold file (JSON) as one document.
void read_gold(corpus *to, const kh_engine *engine, const char *path, double weight);
/// Reads a text up to the features of names. `bytes` is copied.
sample *analyse(const kh_engine *engine, const char *bytes, size_t len);
void free_sample(sample *s);

// ---- weights

typedef struct weights {
  float *words; ///< [word_slots][KH_WORD_ROW]
  float *spots; ///< [spot_slots][KH_TAG_ROOM]
  float steps[KH_TAG_ROOM * KH_TAG_ROOM];
  float bold; ///< added to every tag of a name
  uint32_t word_slots;
  uint32_t spot_slots;
} weights;

typedef struct plan {
  unsigned rounds;
  double rate;
  double decay; ///< pull towards zero of what is touched
  double drop;  ///< share of the features left out at each step, to make the rest learn
  double bold;  ///< how much names are favoured: more are found, fewer are right
  uint32_t word_slots;
  uint32_t spot_slots;
  bool verbose;
} plan;

/// Trains on those samples of the corpus for which `skip` (may be NULL) is false. `general` gets
/// what all corpora share, `own` that and what our guidelines add; both are yours to free.
void train(const corpus *from, const bool *skip, const plan *how, weights *general, weights *own);
void free_weights(weights *w);

/// The weights as the library reads them: a section (kh_name_model_head), malloc'd.
uint8_t *pack(const weights *w, const kh_word_fact *facts, uint32_t fact_slots, size_t *size);

// ---- facts of words

/// Learns clusters and frequencies of word forms from JSON Lines with "title" and "text".
kh_word_fact *learn_facts(const char *path, uint32_t *slots);
/// How often a form stood where a model saw each kind of name, or none; one a slot of facts.
typedef struct leanings {
  uint32_t (*counts)[4]; ///< person, place, body, all
} leanings;

/// Counts how often the model takes each form for a name in a text. The engine's own facts must
/// be these.
leanings learn_leanings(const kh_engine *engine, const char *path, const kh_name_model *model,
                        const kh_word_fact *facts, uint32_t slots);
/// Writes the shares of one count, or of two together (`b` may be NULL), into facts[].leaning.
void set_leanings(kh_word_fact *facts, uint32_t slots, const leanings *a, const leanings *b);
void free_leanings(leanings *l);
/// Makes the features of a sample again, after facts have changed.
void look_again(sample *s);
void write_facts(const char *path, const kh_word_fact *facts, uint32_t slots);
kh_word_fact *read_facts(const char *path, uint32_t *slots);

#endif
