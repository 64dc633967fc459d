// SPDX-License-Identifier: Apache-2.0
/// \file
/// A small model that weighs candidates which the rules of claims propose: who fills a role, where
/// and when it was, whether a happening is told at all. A candidate is a bag of hashed facts, each
/// fact has a weight for each question. Those of events are in section "RANK" (models/claims.bin),
/// those of steps in section "STEP" (models/steps.bin), those of statements in section "SAID"
/// (models/statements.bin).
#ifndef KHUTWA_CLAIM_RANK_H
#define KHUTWA_CLAIM_RANK_H

#include "claim/phrase.h"

/// The questions that the model answers.
typedef enum kh_rank_task {
  KH_RANK_ACTOR,     // does the entity do it?
  KH_RANK_RECIPIENT, // is it done to the entity?
  KH_RANK_PLACE,     // is it done there?
  KH_RANK_TIME,      // is it done then?
  KH_RANK_EVENT,     // is the happening told as one of the report?
  KH_RANK_FORCE,     // the same of violence and protest: KH_RANK_EVENT with a threshold of its own
  KH_RANK_STEP,      // is the move one of the process?
  KH_RANK_BY,        // does the entity make the move, or have to?
  KH_RANK_ASKED,     // does the entity ask for the move?
  KH_RANK_SPEAKER,   // did the entity say it?
  KH_RANK_SECOND,    // does a further word of the sentence tell a happening of its own?
  KH_RANK_UNREAL,    // is it to come, possible, demanded or conditional?
  KH_RANK_LISTED,    // KH_RANK_EVENT of words that only a list proposes: a threshold of its own
  // the model of statements goes on with numbers of its own
  KH_RANK_SAID = KH_RANK_LISTED + 1, // is it told as said?
  // so does the model of steps
  KH_RANK_TELLS = KH_RANK_SPEAKER + 1, // does the entity say so?
  KH_RANK_AT,                          // is the move made there?
  KH_RANK_KIND, // is the move of the first kh_step_kind? Then one question for each of the others
  KH_RANK_STATUS = KH_RANK_KIND + KH_STEP_OTHER + 1, // the same of kh_step_status
  KH_RANK_TASKS = KH_RANK_STATUS + KH_STATUS_SUSPENDED + 1
} kh_rank_task;

enum { KH_MAX_FACTS = 192 };

typedef struct kh_ranker {
  const uint8_t *weights; // 16-bit little-endian, signed; 1 << bits of them; NULL: no model
  uint32_t mask;          // number of weights, but for those in pairs, - 1
  uint32_t pair_mask;     // number of pairs of actor and recipient - 1
  uint32_t singles;       // where the weights that are not in pairs begin; 0: all are such
  uint32_t questions;     // that the model answers
  struct {
    float scale;
    float bias;
    float least; // a candidate that is less likely is not taken
  } question[KH_RANK_TASKS];
} kh_ranker;

static inline uint32_t kh_fact_mix(uint32_t hash, uint32_t value) {
  hash = (hash ^ value) * 0x9E3779B1U;
  return hash ^ hash >> 15;
}

/// Where the weights for a question lie, or those for actor and recipient side by side.
typedef struct kh_weights {
  const uint8_t *at;
  uint32_t mask;   // 0 without a model
  uint32_t salt;   // mixed into facts
  uint32_t stride; // in bytes
} kh_weights;

/// What speaks for or against a candidate. Facts beyond KH_MAX_FACTS are left out.
typedef struct kh_facts {
  const kh_ranker *ranker; // that weighs them
  kh_rank_task asked[2];   // the questions that it will be asked; twice the same: one alone
  kh_weights weights;      // for the first
  uint32_t count;
  uint32_t at[KH_MAX_FACTS];
  uint32_t offset[KH_MAX_FACTS]; // of each one's weight, in bytes
  uint32_t summed;               // how many of them are in `sums`
  int32_t sums[2];               // for the first question; for actor and recipient
} kh_facts;

static inline uint32_t kh_weight_offset(const kh_weights *weights, uint32_t fact) {
  return (kh_fact_mix(fact, weights->salt) & weights->mask) * weights->stride;
}

/// Begins without any facts. The questions are told beforehand, as the weights lie far apart in a
/// table that no cache holds: those for the first are fetched while the next facts are found.
void kh_facts_begin(kh_facts *facts, const kh_ranker *ranker, kh_rank_task question,
                    kh_rank_task second);

/// Asks another question of the facts that there are, and of those that come, in place of the
/// first.
void kh_facts_ask(kh_facts *facts, kh_rank_task question);

/// Adds a fact by its hash.
static inline void kh_fact_add(kh_facts *facts, uint32_t fact) {
  if (facts->count >= KH_MAX_FACTS) return;
  const uint32_t offset = kh_weight_offset(&facts->weights, fact);
  __builtin_prefetch(facts->weights.at + offset);
  facts->offset[facts->count] = offset;
  facts->at[facts->count++] = fact;
}

/// Adds a fact: kind `name` with up to three values. Here, so that what is constant of it is hashed
/// when the library is built.
static inline void kh_fact(kh_facts *facts, unsigned name, uint32_t a, uint32_t b, uint32_t c) {
  const uint32_t kind = kh_fact_mix(0x811C9DC5U, name);
  kh_fact_add(facts, kh_fact_mix(kh_fact_mix(kh_fact_mix(kind, a), b), c));
}

/// A number of things as a small number: 0, 1, 2, 3 (3-4), 4 (5-8), 5 (9-16), 6.
uint32_t kh_bucket(uint32_t count);

/// What candidates are asked of a token again and again. Numbers of what stands between two tokens
/// of a sentence are told by those before each.
typedef struct kh_token_fact {
  uint32_t lemma;     // see kh_lemma_fact
  uint32_t cluster;   // see kh_cluster_fact
  uint16_t verbs;     // finite verbs before the token in the report, modulo 2^16
  uint16_t commas;    // the same of commas
  uint16_t marks;     // ... and of all marks
  uint16_t types;     // see kh_lemma_trait
  bool may_name_step; // the same
} kh_token_fact;

/// Fills document->claims->facts, once phrases are found.
void kh_token_facts(kh_document *document);

/// The lemma of a word as a value of facts; other numbers for marks, names and unknown words.
static inline uint32_t kh_lemma_fact(const kh_document *document, uint32_t token) {
  return document->claims->facts[token].lemma;
}

/// The same of the word's cluster, which gathers words that stand in like company; a lemma's number
/// is never taken for one.
static inline uint32_t kh_cluster_fact(const kh_document *document, uint32_t token) {
  return document->claims->facts[token].cluster;
}

/// Finite verbs, and commas, among tokens [from, to) of a sentence; 0 when empty.
static inline uint32_t kh_verbs_between(const kh_document *document, uint32_t from, uint32_t to) {
  const kh_token_fact *facts = document->claims->facts;
  return from < to ? (uint16_t)(facts[to].verbs - facts[from].verbs) : 0;
}

static inline uint32_t kh_commas_between(const kh_document *document, uint32_t from, uint32_t to) {
  const kh_token_fact *facts = document->claims->facts;
  return from < to ? (uint16_t)(facts[to].commas - facts[from].commas) : 0;
}

/// The same of all marks.
static inline uint32_t kh_marks_between(const kh_document *document, uint32_t from, uint32_t to) {
  const kh_token_fact *facts = document->claims->facts;
  return from < to ? (uint16_t)(facts[to].marks - facts[from].marks) : 0;
}

/// What is known of a lemma, side by side.
typedef struct kh_lemma_trait {
  uint32_t fact;      // its value in facts
  uint16_t types;     // a bit for each kh_event_type that rules/claim/proposed.tsv lists for it
  bool may_name_step; // the model of steps has seen it naming some
} kh_lemma_trait;

/// Per lemma of the lexicon, what is known of it, of which `fact` is filled in: allocated in the
/// engine's arena.
kh_lemma_trait *kh_lemma_traits(kh_engine *engine);

/// Reads the section of that name. Without it `weights` stays NULL and the rules alone decide. A
/// section may answer fewer questions than there are: the first ones.
kh_status kh_ranker_open(kh_ranker *ranker, kh_engine *engine, const char *section,
                         kh_error *error);

/// How likely the answer to question number `which` (0 or 1) of the facts is yes, 0..1; negative
/// when there is no model.
float kh_rank(kh_facts *facts, unsigned which);

/// The sum of a question that was not told beforehand, with its scale and bias: the logit of how
/// likely the answer is yes. Call it with a model only.
float kh_rank_unforeseen(const kh_facts *facts, kh_rank_task question);

/// The same in two parts, for facts that several candidates share: the sum of the weights of some
/// facts (0 without a model), and how likely a sum of such sums makes it.
int32_t kh_rank_sum(kh_facts *facts, unsigned which);
float kh_rank_likely(const kh_ranker *ranker, kh_rank_task question, int32_t sum);

/// The logit of it; 0 without a model.
float kh_rank_logit(const kh_ranker *ranker, kh_rank_task question, int32_t sum);

/// What the trainer is told of a candidate.
typedef struct kh_learn_item {
  kh_rank_task question;
  kh_span trigger; // of the event or step
  int type;        // kh_event_type or kh_step_kind
  int32_t entity;  // the candidate: a draft of an entity, or a time; KH_NONE
  uint32_t item;   // which event or step of the report it is asked for
  kh_span span;    // of the candidate; {0, 0} when it stands nowhere
  bool ruled;      // the rules say yes
  bool proposed;   // only a list of words says that it may be
} kh_learn_item;

/// Whoever trains the model is shown every candidate. Set by tools alone (engine->learner).
typedef struct kh_learner {
  void *context;
  void (*see)(void *context, const kh_learn_item *item, const kh_facts *facts);
} kh_learner;

#endif
