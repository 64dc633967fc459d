// SPDX-License-Identifier: Apache-2.0
#include "claim/rank.h"

#include "base/error.h"
#include "claim/frames.h"
#include "lexicon/tables.h"
#include "mention/entity.h"
#include "mention/names.h"

#include <math.h>
#include <string.h>

// models/claims.bin and its like: "KHRK", u32 version, u32 bits, u32 questions; for each
// question i32 scale (in 2^-24), bias and threshold (in 2^-16); then the weights. In version 2
// the weights of actor and recipient come before the others, in pairs, after u32 bits of theirs:
// they have the same facts, which are many, and share no room with other questions.
enum { SINGLE_VERSION = 1, PAIRED_VERSION = 2 };
enum { AHEAD = 12 }; // how many tokens ahead lemmas are fetched
enum { HEADER = 16, PER_QUESTION = 12, MOST_BITS = 21 };

static int32_t weight_at(const uint8_t *w) { return (int16_t)(uint16_t)(w[0] | w[1] << 8); }

// Those of actor and recipient lie side by side: where the first of them does.
static bool is_paired(const kh_ranker *ranker, kh_rank_task question) {
  return ranker->singles && question <= KH_RANK_RECIPIENT;
}

static kh_weights weights_for(const kh_ranker *ranker, kh_rank_task question) {
  static const uint8_t none[4]; // what stands in where there is no model
  if (!ranker->weights) return (kh_weights){none, 0, 0, 0};
  if (is_paired(ranker, question))
    return (kh_weights){ranker->weights, ranker->pair_mask, KH_RANK_ACTOR + 1, 4};
  return (kh_weights){ranker->weights + 2 * (size_t)ranker->singles, ranker->mask, question + 1, 2};
}

void kh_facts_begin(kh_facts *facts, const kh_ranker *ranker, kh_rank_task question,
                    kh_rank_task second) {
  facts->ranker = ranker;
  facts->asked[0] = question;
  facts->asked[1] = second;
  facts->count = 0;
  facts->summed = 0;
  facts->sums[0] = facts->sums[1] = 0;
  facts->weights = weights_for(ranker, question);
}

void kh_facts_ask(kh_facts *facts, kh_rank_task question) {
  const uint32_t count = facts->count;
  kh_facts_begin(facts, facts->ranker, question, question);
  while (facts->count < count) kh_fact_add(facts, facts->at[facts->count]);
}

uint32_t kh_bucket(uint32_t count) {
  if (count < 3) return count;
  return count < 5 ? 3 : count < 9 ? 4 : count < 17 ? 5 : 6;
}

static uint32_t u32_at(const uint8_t *p) {
  return p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

static float fixed_at(const uint8_t *p) { return (float)(int32_t)u32_at(p) / 65536.0F; }

// Numbers of lemmas change with the rules, so their letters are what facts are made of.
kh_lemma_trait *kh_lemma_traits(kh_engine *engine) {
  const uint32_t count = kh_lexicon_lemma_count(engine->lexicon);
  kh_lemma_trait *traits = kh_arena_zero(&engine->arena, (count + 1) * sizeof *traits);
  for (uint32_t i = 0; i < count; i++) {
    uint32_t hash = 2166136261U;
    for (const char *at = kh_lexicon_lemma(engine->lexicon, i); *at; at++)
      hash = (hash ^ (uint8_t)*at) * 16777619U;
    traits[i].fact = hash;
  }
  return traits;
}

static uint32_t lemma_fact(const kh_document *document, uint32_t token) {
  if (!kh_is_word(document, token)) return 0x100U + document->tokens->at[token].mark;
  if (document->mentions->name_at[token] >= 0) return 0x200U;
  const kh_word *word = kh_reading(document, token);
  if (!word->known) return 0x300U + word->pos;
  return document->engine->frames->lemmas[word->lemma].fact;
}

// What is known of lemmas lies far apart: it is fetched while the words before are looked at.
static void fetch_lemma(const kh_document *document, uint32_t token) {
  const kh_word *word = kh_reading(document, token);
  if (word->known) __builtin_prefetch(&document->engine->frames->lemmas[word->lemma]);
}

static uint32_t cluster_fact(const kh_document *document, uint32_t token) {
  if (!kh_is_word(document, token)) return 0x100U + document->tokens->at[token].mark;
  if (document->mentions->name_at[token] >= 0) return 0x200U;
  const kh_word_fact *fact = kh_form_of(document, token)->stem;
  return fact ? 0x10000U + fact->fine : 0x201U;
}

void kh_token_facts(kh_document *document) {
  const uint32_t count = document->tokens->count;
  const int32_t *clause_at = document->claims->phrases->clause_at;
  kh_token_fact *facts = kh_arena_alloc(&document->arena, (count + 1) * sizeof *facts);
  const kh_lemma_trait *lemmas = document->engine->frames->lemmas;
  kh_token_fact before = {0};
  for (uint32_t t = 0; t < count && t < AHEAD; t++) fetch_lemma(document, t);
  for (uint32_t t = 0; t < count; t++) {
    if (t + AHEAD < count) fetch_lemma(document, t + AHEAD);
    const kh_word *word = kh_reading(document, t);
    before.types = word->known ? lemmas[word->lemma].types : 0;
    before.may_name_step = word->known && lemmas[word->lemma].may_name_step;
    before.lemma = lemma_fact(document, t);
    before.cluster = cluster_fact(document, t);
    facts[t] = before;
    if (clause_at[t] >= 0) before.verbs++;
    if (kh_is_mark(document, t, KH_MARK_COMMA)) before.commas++;
    if (document->tokens->at[t].kind == KH_TOKEN_PUNCT) before.marks++;
  }
  before.lemma = before.cluster = before.types = 0;
  before.may_name_step = false;
  facts[count] = before;
  document->claims->facts = facts;
}

kh_status kh_ranker_open(kh_ranker *ranker, kh_engine *engine, const char *section,
                         kh_error *error) {
  size_t size;
  const uint8_t *at = kh_tables_section(engine->tables, section, &size);
  *ranker = (kh_ranker){.weights = NULL};
  if (!at || !size) return KH_OK;
  const uint32_t questions = size < HEADER ? 0 : u32_at(at + 12);
  const bool paired = questions && u32_at(at + 4) == PAIRED_VERSION;
  const size_t head = HEADER + (size_t)PER_QUESTION * questions + (paired ? 4 : 0);
  const bool whole = questions && questions <= KH_RANK_TASKS && size >= head;
  const uint32_t pair_bits = whole && paired ? u32_at(at + head - 4) : 0;
  const size_t pairs = paired && pair_bits <= MOST_BITS ? (size_t)4 << pair_bits : 0;
  if (!whole || memcmp(at, "KHRK", 4) != 0 || (u32_at(at + 4) != SINGLE_VERSION && !paired) ||
      u32_at(at + 8) > MOST_BITS || size != head + pairs + ((size_t)2 << u32_at(at + 8)) ||
      (paired && !pairs))
    return kh_tables_damaged(error, section,
                             "the model of claims is cut short or of another version");
  ranker->pair_mask = paired ? (1U << pair_bits) - 1 : 0;
  ranker->singles = (uint32_t)(pairs / 2);
  ranker->mask = (1U << u32_at(at + 8)) - 1;
  ranker->questions = questions;
  for (uint32_t i = 0; i < questions; i++) {
    const uint8_t *q = at + HEADER + (size_t)PER_QUESTION * i;
    ranker->question[i].scale = fixed_at(q) / 256.0F;
    ranker->question[i].bias = fixed_at(q + 4);
    ranker->question[i].least = fixed_at(q + 8);
  }
  ranker->weights = at + head;
  return KH_OK;
}

// The sum of the weights for a question that was not looked at from the beginning.
static int32_t sum_of(const kh_facts *facts, kh_rank_task question) {
  const kh_weights weights = weights_for(facts->ranker, question);
  int32_t sum = 0;
  if (is_paired(facts->ranker, question)) {
    const uint8_t *at = weights.at + 2 * question;
    for (uint32_t i = 0; i < facts->count; i++)
      sum += weight_at(at + kh_weight_offset(&weights, facts->at[i]));
    return sum;
  }
  for (uint32_t i = 0; i < facts->count; i++)
    sum += weight_at(weights.at + 2 * (kh_fact_mix(facts->at[i], weights.salt) & weights.mask));
  return sum;
}

// Adds the weights of the facts that came since it was asked last.
static void sum_up(kh_facts *facts, bool paired) {
  const uint8_t *at = facts->weights.at;
  int32_t first = facts->sums[0];
  int32_t second = facts->sums[1];
  for (uint32_t i = facts->summed; i < facts->count; i++) {
    first += weight_at(at + facts->offset[i]);
    if (paired) second += weight_at(at + facts->offset[i] + 2);
  }
  facts->sums[0] = first;
  facts->sums[1] = second;
  facts->summed = facts->count;
}

int32_t kh_rank_sum(kh_facts *facts, unsigned which) {
  const kh_rank_task question = facts->asked[which];
  const bool paired = is_paired(facts->ranker, question);
  if (!facts->ranker->weights) return 0;
  if (!paired && question != facts->asked[0]) return sum_of(facts, question);
  if (paired)
    sum_up(facts, true);
  else
    sum_up(facts, false);
  return facts->sums[paired ? question : 0];
}

float kh_rank_logit(const kh_ranker *ranker, kh_rank_task question, int32_t sum) {
  return (float)sum * ranker->question[question].scale + ranker->question[question].bias;
}

float kh_rank_likely(const kh_ranker *ranker, kh_rank_task question, int32_t sum) {
  if (!ranker->weights || (uint32_t)question >= ranker->questions) return -1.0F;
  return 1.0F / (1.0F + expf(-kh_rank_logit(ranker, question, sum)));
}

float kh_rank(kh_facts *facts, unsigned which) {
  return kh_rank_likely(facts->ranker, facts->asked[which], kh_rank_sum(facts, which));
}

float kh_rank_unforeseen(const kh_facts *facts, kh_rank_task question) {
  return kh_rank_logit(facts->ranker, question, sum_of(facts, question));
}
