// SPDX-License-Identifier: Apache-2.0
#include "lexicon/lexicon.h"
#include "lexicon/index.h"

#include <string.h>

typedef struct lemma_row {
  uint32_t text;
  uint32_t set;
} lemma_row;

typedef struct phrase_row {
  uint32_t id;
  uint32_t set;
} phrase_row;

struct kh_lexicon {
  const kh_tables *tables;
  kh_automaton forms;
  const uint32_t *heads; // forms.words + 1: where the analyses of a form begin
  const kh_analysis *analyses;
  const lemma_row *lemmas;
  uint32_t lemma_count;
  const uint64_t *sets; // KH_CLASS_WORDS each
  uint32_t set_count;
  kh_index phrase_index;
  const phrase_row *phrases;
  uint32_t phrase_count;
};

// A section of rows of one size.
static kh_status open_rows(const kh_tables *tables, const char *tag, size_t row, const void **at,
                           uint32_t *count, kh_error *error) {
  size_t size;
  *at = kh_tables_section(tables, tag, &size);
  if (!*at) return kh_tables_damaged(error, tag, "it is missing");
  if (size % row || size / row > UINT32_MAX)
    return kh_tables_damaged(error, tag, "its size is wrong");
  *count = (uint32_t)(size / row);
  return KH_OK;
}

static kh_status open_classes(kh_lexicon *lexicon, kh_error *error) {
  size_t size;
  const uint32_t *head = kh_tables_section(lexicon->tables, "CLAS", &size);
  const size_t row = KH_CLASS_WORDS * sizeof(uint64_t);
  if (!head || size < 2 * sizeof *head + row || (size - 2 * sizeof *head) % row)
    return kh_tables_damaged(error, "CLAS", "its size is wrong");
  if (head[0] != KH_CLASS_WORDS || head[1] != KH_CLASS_COUNT)
    return kh_tables_damaged(error, "CLAS", "it was made for other classes");
  lexicon->sets = (const uint64_t *)(const void *)(head + 2);
  lexicon->set_count = (uint32_t)((size - 2 * sizeof *head) / row);
  return KH_OK;
}

static kh_status open_lemmas(kh_lexicon *lexicon, kh_error *error) {
  const void *at;
  kh_status status =
      open_rows(lexicon->tables, "LEMM", sizeof(lemma_row), &at, &lexicon->lemma_count, error);
  if (status != KH_OK) return status;
  lexicon->lemmas = at;
  for (uint32_t i = 0; i < lexicon->lemma_count; ++i)
    if (lexicon->lemmas[i].set >= lexicon->set_count)
      return kh_tables_damaged(error, "LEMM", "a lemma has classes that are not there");
  status =
      open_rows(lexicon->tables, "PHRS", sizeof(phrase_row), &at, &lexicon->phrase_count, error);
  if (status != KH_OK) return status;
  lexicon->phrases = at;
  for (uint32_t i = 0; i < lexicon->phrase_count; ++i)
    if (lexicon->phrases[i].set >= lexicon->set_count)
      return kh_tables_damaged(error, "PHRS", "a phrase has classes that are not there");
  return kh_index_open(&lexicon->phrase_index, lexicon->tables, "PHRK", "PHRV",
                       lexicon->phrase_count, error);
}

static kh_status open_forms(kh_lexicon *lexicon, kh_error *error) {
  size_t size;
  const void *section = kh_tables_section(lexicon->tables, "FORM", &size);
  kh_status status = kh_automaton_open(&lexicon->forms, section, size, error);
  if (status != KH_OK) return status;
  const void *at;
  uint32_t count = 0;
  uint32_t heads = 0;
  status = open_rows(lexicon->tables, "FRMA", sizeof(uint32_t), &at, &heads, error);
  if (status != KH_OK) return status;
  lexicon->heads = at;
  status = open_rows(lexicon->tables, "ANLS", sizeof(kh_analysis), &at, &count, error);
  if (status != KH_OK) return status;
  lexicon->analyses = at;
  if (heads != (uint64_t)lexicon->forms.words + 1 || lexicon->heads[0] != 0 ||
      lexicon->heads[heads - 1] != count)
    return kh_tables_damaged(error, "FRMA", "it does not fit its forms");
  for (uint32_t i = 0; i + 1 < heads; ++i)
    if (lexicon->heads[i] > lexicon->heads[i + 1])
      return kh_tables_damaged(error, "FRMA", "its order is broken");
  for (uint32_t i = 0; i < count; ++i)
    if (lexicon->analyses[i].lemma >= lexicon->lemma_count ||
        lexicon->analyses[i].pos > KH_POS_INTJ)
      return kh_tables_damaged(error, "ANLS", "a form leads nowhere");
  return KH_OK;
}

kh_status kh_lexicon_open(kh_engine *engine, kh_error *error) {
  kh_lexicon *lexicon = kh_arena_zero(&engine->arena, sizeof *lexicon);
  lexicon->tables = engine->tables;
  kh_status status = open_classes(lexicon, error);
  if (status == KH_OK) status = open_lemmas(lexicon, error);
  if (status == KH_OK) status = open_forms(lexicon, error);
  if (status == KH_OK) engine->lexicon = lexicon;
  return status;
}

const kh_automaton *kh_lexicon_forms(const kh_lexicon *lexicon) { return &lexicon->forms; }

const kh_analysis *kh_lexicon_analyses(const kh_lexicon *lexicon, uint32_t form, uint32_t *count) {
  *count = lexicon->heads[form + 1] - lexicon->heads[form];
  return lexicon->analyses + lexicon->heads[form];
}

void kh_lexicon_fetch_head(const kh_lexicon *lexicon, uint32_t form) {
  __builtin_prefetch(&lexicon->heads[form]);
}

void kh_lexicon_fetch_analyses(const kh_lexicon *lexicon, uint32_t form) {
  __builtin_prefetch(&lexicon->analyses[lexicon->heads[form]]);
}

const kh_analysis *kh_lexicon_find(const kh_lexicon *lexicon, const uint8_t *letters, size_t len,
                                   uint32_t *count) {
  uint32_t form;
  *count = 0;
  if (!kh_automaton_find(&lexicon->forms, letters, len, &form)) return NULL;
  return kh_lexicon_analyses(lexicon, form, count);
}

uint32_t kh_lexicon_lemma_count(const kh_lexicon *lexicon) { return lexicon->lemma_count; }

const char *kh_lexicon_lemma(const kh_lexicon *lexicon, uint32_t lemma) {
  if (lemma >= lexicon->lemma_count) return "";
  return kh_tables_text(lexicon->tables, lexicon->lemmas[lemma].text);
}

const uint64_t *kh_lexicon_classes(const kh_lexicon *lexicon, uint32_t lemma) {
  // set 0 is empty
  const uint32_t set = lemma < lexicon->lemma_count ? lexicon->lemmas[lemma].set : 0;
  return lexicon->sets + (size_t)set * KH_CLASS_WORDS;
}

bool kh_lexicon_has(const kh_lexicon *lexicon, uint32_t lemma, kh_class class_id) {
  return kh_in_class_set(kh_lexicon_classes(lexicon, lemma), class_id);
}

const kh_index *kh_lexicon_phrases(const kh_lexicon *lexicon) { return &lexicon->phrase_index; }

uint32_t kh_class_set_count(const kh_lexicon *lexicon) { return lexicon->set_count; }

const uint64_t *kh_class_set_numbered(const kh_lexicon *lexicon, uint32_t number) {
  return lexicon->sets + (size_t)number * KH_CLASS_WORDS;
}

uint32_t kh_class_set_number(const kh_lexicon *lexicon, const uint64_t *set) {
  return (uint32_t)((size_t)(set - lexicon->sets) / KH_CLASS_WORDS);
}

kh_class kh_class_between(const uint64_t *set, kh_class first, kh_class last) {
  uint32_t at = first;
  while (at <= (uint32_t)last) {
    const uint64_t rest = set[at / 64] >> at % 64;
    if (rest & 1) return (kh_class)at;
    at = rest ? at + 1 : (at / 64 + 1) * 64;
  }
  return KH_CLASS_COUNT;
}

const uint64_t *kh_phrase_classes(const kh_lexicon *lexicon, uint32_t phrase) {
  // set 0 is empty
  const uint32_t set = phrase < lexicon->phrase_count ? lexicon->phrases[phrase].set : 0;
  return lexicon->sets + (size_t)set * KH_CLASS_WORDS;
}

bool kh_phrase_has(const kh_lexicon *lexicon, uint32_t phrase, kh_class class_id) {
  return kh_in_class_set(kh_phrase_classes(lexicon, phrase), class_id);
}

const char *kh_phrase_id(const kh_lexicon *lexicon, uint32_t phrase) {
  if (phrase >= lexicon->phrase_count) return "";
  return kh_tables_text(lexicon->tables, lexicon->phrases[phrase].id);
}
