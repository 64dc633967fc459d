// SPDX-License-Identifier: Apache-2.0
#include "mention/names_ready.h"

#include "mention/names.h"
#include "morph/ready.h"

_Static_assert(sizeof(kh_ready_name) == 32, "a frequent word has 32 bytes in the tables");
_Static_assert(sizeof(kh_key_start) == 12, "a way to begin a name has 12 bytes in the tables");

/// Room of the other sections, to which words point.
typedef struct limits {
  uint64_t letters;
  uint64_t starts;
  uint64_t values;
} limits;

static bool word_holds(const kh_ready_names *ready, const kh_automaton *keys,
                       const kh_ready_name *word, const limits *most) {
  if (!word->len || word->letters + (uint64_t)word->len > most->letters ||
      word->known + (uint64_t)word->known_count > most->values ||
      word->starts + (uint64_t)word->start_count > most->starts ||
      word->cut + word->article >= word->len)
    return false;
  for (uint32_t i = 0; i < word->start_count; i++) {
    const kh_key_start *start = &ready->starts[word->starts + i];
    if (!kh_automaton_holds(keys, start->state) || start->cut >= word->len) return false;
  }
  return true;
}

kh_status kh_ready_names_open(struct kh_names *names, const kh_engine *engine, kh_error *error) {
  const uint32_t count = engine->morph ? engine->morph->word_count : 0;
  if (!count || !names->has_known || !names->has_model) return KH_OK;
  size_t words;
  size_t letters;
  size_t starts;
  size_t weights;
  kh_ready_names ready = {
      .words = kh_tables_section(engine->tables, "RDYN", &words),
      .letters = kh_tables_section(engine->tables, "RDYM", &letters),
      .starts = kh_tables_section(engine->tables, "RDYA", &starts),
      .weights = kh_tables_section(engine->tables, "RDYR", &weights),
  };
  if (!ready.words) return KH_OK;
  if (!ready.letters || !ready.starts || !ready.weights ||
      words != (size_t)count * sizeof *ready.words || starts % sizeof *ready.starts ||
      weights != (size_t)count * KH_WORD_ROW * sizeof *ready.weights)
    return kh_tables_damaged(error, "RDYN", "its size is wrong");
  const kh_index *keys = &names->keys;
  const limits most = {letters, starts / sizeof *ready.starts, keys->first[keys->keys.words]};
  for (uint32_t i = 0; i < count; i++)
    if (!word_holds(&ready, &keys->keys, &ready.words[i], &most))
      return kh_tables_damaged(error, "RDYN", "a word is broken");
  names->ready = ready;
  return KH_OK;
}
