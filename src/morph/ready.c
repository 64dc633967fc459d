// SPDX-License-Identifier: Apache-2.0
#include "morph/ready.h"
#include "lexicon/index.h"
#include "morph/model.h"

#include <string.h>

_Static_assert(sizeof(kh_ready) == 40, "a frequent word has 40 bytes in the tables");
_Static_assert(sizeof(kh_word) == 16, "a reading has 16 bytes in the tables");

enum { LONGEST = 64 };

static bool reading_holds(const kh_lexicon *lexicon, const kh_word *word, uint32_t len) {
  const uint32_t lemmas = kh_lexicon_lemma_count(lexicon);
  if (word->known ? word->lemma >= lemmas : word->lemma != UINT32_MAX) return false;
  return word->known <= 1 && word->stem_len > 0 && word->pos <= KH_POS_INTJ &&
         word->enclitic <= KH_ENC_3FP && word->stem_at + (uint32_t)word->stem_len <= len;
}

static bool word_holds(const kh_lexicon *lexicon, const kh_morph_tables *tables,
                       const kh_ready *word, uint64_t letters, uint64_t readings) {
  if (word->len == 0 || word->len > LONGEST || word->letters + (uint64_t)word->len > letters ||
      word->count == 0 || word->from + (uint64_t)word->count > readings ||
      word->phrase_states > KH_READY_PHRASES)
    return false;
  for (uint32_t i = 0; i < word->count; ++i)
    if (!reading_holds(lexicon, &tables->readings[word->from + i], word->len)) return false;
  const kh_automaton *phrases = &kh_lexicon_phrases(lexicon)->keys;
  for (uint32_t i = 0; i < word->phrase_states; ++i)
    if (!kh_automaton_holds(phrases, word->phrases[i])) return false;
  return true;
}

static kh_status open_ready(const kh_engine *engine, kh_morph_tables *tables, kh_error *error) {
  size_t slots;
  size_t words;
  size_t letters;
  size_t readings;
  tables->slots = kh_tables_section(engine->tables, "RDYS", &slots);
  tables->words = kh_tables_section(engine->tables, "RDYT", &words);
  tables->letters = kh_tables_section(engine->tables, "RDYL", &letters);
  tables->readings = kh_tables_section(engine->tables, "RDYW", &readings);
  if (!tables->slots) return KH_OK;
  const uint64_t room = slots / sizeof *tables->slots;
  if (!tables->words || !tables->letters || !tables->readings || slots % sizeof *tables->slots ||
      words % sizeof *tables->words || readings % sizeof *tables->readings || !room ||
      room & (room - 1) || room > UINT32_MAX)
    return kh_tables_damaged(error, "RDYS", "its size is wrong");
  tables->mask = (uint32_t)room - 1;
  tables->word_count = (uint32_t)(words / sizeof *tables->words);
  for (uint32_t i = 0; i < room; ++i)
    if (tables->slots[i] > tables->word_count)
      return kh_tables_damaged(error, "RDYS", "a slot leads nowhere");
  for (uint32_t i = 0; i < tables->word_count; ++i)
    if (!word_holds(engine->lexicon, tables, &tables->words[i], letters,
                    readings / sizeof *tables->readings))
      return kh_tables_damaged(error, "RDYT", "a word is broken");
  return KH_OK;
}

kh_status kh_morph_open(kh_engine *engine, kh_error *error) {
  kh_morph_tables *tables = kh_arena_zero(&engine->arena, sizeof *tables);
  size_t size;
  tables->weights = kh_tables_section(engine->tables, "POSM", &size);
  if (tables->weights && size != KH_TAG_WEIGHTS * sizeof *tables->weights)
    return kh_tables_damaged(error, "POSM", "its size is wrong");
  const kh_status status = open_ready(engine, tables, error);
  if (status == KH_OK) engine->morph = tables;
  return status;
}

const kh_ready *kh_ready_find(const kh_morph_tables *tables, uint32_t form, const uint8_t *letters,
                              uint32_t len) {
  if (!tables || !tables->slots) return NULL;
  uint32_t at = form & tables->mask;
  for (uint32_t tried = 0; tried <= tables->mask && tables->slots[at]; ++tried) {
    const kh_ready *word = &tables->words[tables->slots[at] - 1];
    if (word->form == form && word->len == len &&
        memcmp(tables->letters + word->letters, letters, len) == 0)
      return word;
    at = (at + 1) & tables->mask;
  }
  return NULL;
}

void kh_ready_fetch_slot(const kh_morph_tables *tables, uint32_t form) {
  if (tables && tables->slots) __builtin_prefetch(&tables->slots[form & tables->mask]);
}

// The word that is likely the one: the first slot's.
static const kh_ready *first_word(const kh_morph_tables *tables, uint32_t form) {
  if (!tables || !tables->slots) return NULL;
  const uint32_t word = tables->slots[form & tables->mask];
  return word ? &tables->words[word - 1] : NULL;
}

void kh_ready_fetch_word(const kh_morph_tables *tables, uint32_t form) {
  const kh_ready *word = first_word(tables, form);
  if (word) __builtin_prefetch(word);
}

void kh_ready_fetch_rest(const kh_morph_tables *tables, uint32_t form) {
  const kh_ready *word = first_word(tables, form);
  if (!word) return;
  __builtin_prefetch(tables->letters + word->letters);
  __builtin_prefetch(tables->readings + word->from);
}

// ---- what is kept of a word, worked out

uint8_t kh_phrase_starts(const kh_lexicon *lexicon, const uint8_t *letters, uint32_t len,
                         kh_automaton_state out[KH_READY_PHRASES]) {
  const kh_automaton *keys = &kh_lexicon_phrases(lexicon)->keys;
  kh_start starts[KH_STARTS_MAX];
  const uint32_t count = kh_word_starts(letters, len, starts);
  uint8_t found = 0;
  uint32_t seen = 0; // starts differ in their clitics, not always in their place
  for (uint32_t i = 0; i < count && found < KH_READY_PHRASES; ++i) {
    const uint8_t at = starts[i].at;
    if (starts[i].proclitics & (KH_CLITIC_AL | KH_CLITIC_SA | KH_CLITIC_KA)) continue;
    if (at < 32 && seen >> at & 1) continue;
    if (at < 32) seen |= 1u << at;
    kh_automaton_state state = kh_automaton_start(keys);
    bool spelt = true;
    for (uint32_t j = at; spelt && j < len; ++j)
      spelt = kh_automaton_step(keys, &state, letters[j]);
    if (spelt && kh_automaton_step(keys, &state, ' ')) out[found++] = state;
  }
  return found;
}

void kh_score_alone(const int16_t *weights, const uint8_t *letters, uint32_t form,
                    kh_readings *readings) {
  for (uint32_t i = 0; i < readings->count; ++i) {
    kh_word *word = &readings->at[i];
    int score = word->score * KH_TAG_SCALE;
    uint16_t features[KH_TAG_OWN];
    if (weights) kh_tag_own_features(word, letters, form, features);
    for (int j = 0; weights && j < KH_TAG_OWN; ++j) score += weights[features[j]];
    word->score = (int16_t)(score < INT16_MIN ? INT16_MIN : score > INT16_MAX ? INT16_MAX : score);
  }
}

uint8_t kh_may_tell(const kh_lexicon *lexicon, const kh_word *readings, uint32_t count) {
  for (uint32_t i = 0; i < count; ++i) {
    if (!readings[i].known) continue;
    const uint64_t *classes = kh_lexicon_classes(lexicon, readings[i].lemma);
    if (kh_in_class_set(classes, KH_CLASS_COMPLEMENT) ||
        (readings[i].pos == KH_POS_VERB && kh_in_class_set(classes, KH_CLASS_UTTER)))
      return KH_MAY_TELL;
  }
  return 0;
}

const kh_word *kh_likeliest(const kh_readings *readings) {
  const kh_word *likeliest = &readings->at[0];
  for (uint32_t i = 1; i < readings->count; ++i)
    if (readings->at[i].score > likeliest->score) likeliest = &readings->at[i];
  return likeliest;
}
