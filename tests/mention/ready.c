// SPDX-License-Identifier: Apache-2.0
// Frequent words that the tables have ready: the same as what is found anew; refused when damaged.
#include "mention/names.h"
#include "who.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static int open_engine(void **state) {
  return kh_engine_open((kh_engine **)state, NULL, NULL) == KH_OK ? 0 : -1;
}

static int close_engine(void **state) {
  kh_engine_close(*state);
  return 0;
}

static void assert_same_form(const kh_form *ready, const kh_form *fresh) {
  assert_int_equal(ready->len, fresh->len);
  assert_memory_equal(ready->letters, fresh->letters, fresh->len);
  assert_int_equal(ready->hash, fresh->hash);
  assert_int_equal(ready->stem_hash, fresh->stem_hash);
  assert_int_equal(ready->token, fresh->token);
  assert_int_equal(ready->cut, fresh->cut);
  assert_int_equal(ready->article, fresh->article);
  assert_int_equal(ready->middle, fresh->middle);
  assert_int_equal(ready->coarse, fresh->coarse);
  assert_int_equal(ready->known_count, fresh->known_count);
  for (uint32_t i = 0; i < fresh->known_count; i++)
    assert_int_equal(ready->known[i], fresh->known[i]);
  assert_int_equal(ready->start_count, fresh->start_count);
  for (uint32_t i = 0; i < fresh->start_count; i++) {
    assert_int_equal(ready->starts[i].state.node, fresh->starts[i].state.node);
    assert_int_equal(ready->starts[i].state.number, fresh->starts[i].state.number);
    assert_int_equal(ready->starts[i].cut, fresh->starts[i].cut);
    assert_int_equal(ready->starts[i].goes_on, fresh->starts[i].goes_on);
  }
}

// Reads `text` twice more within its document, with and without what is ready.
static void ready_words_are_as_found_anew(void **state) {
  static const char text[] =
      "قال وزير الخارجية التركي للصحفيين في أنقرة، الأربعاء، إن وفدا من الأمم المتحدة سيزور حلب "
      "وإدلب وللجنة الدولية مكتب فيهما منذ 2019. وأضاف أن فرانس برس وبيدرسون تحدثا لوزيرة "
      "الدفاع، وتقدر الخسائر بنحو 12 مليون دولار.\nولم يعلق الجيش على التقرير (BBC).";
  kh_document *document;
  assert_int_equal(kh_document_read(&document, *state, text, sizeof text - 1, NULL, NULL), KH_OK);
  jmp_buf guard;
  document->arena.guard = &guard;
  if (setjmp(guard) != 0) fail();
  const struct kh_names *names = document->engine->names;
  assert_non_null(names->ready.words);
  const kh_features *ready = kh_name_features(document, &names->ready);
  const kh_features *fresh = kh_name_features(document, NULL);
  assert_int_equal(ready->form_count, fresh->form_count);
  assert_int_equal(ready->hits.count, fresh->hits.count);
  uint32_t taken = 0;
  for (uint32_t f = 0; f < fresh->form_count; f++) {
    assert_same_form(&ready->forms[f], &fresh->forms[f]);
    assert_null(fresh->forms[f].weights);
    if (!ready->forms[f].weights) continue;
    int16_t sum[KH_WORD_ROW];
    kh_name_form_weights(&names->model, fresh, &fresh->forms[f], sum);
    assert_memory_equal(ready->forms[f].weights, sum, sizeof sum);
    taken++;
  }
  assert_in_range(taken, fresh->form_count / 2, fresh->form_count - 3); // not «2019», «BBC», «.»
  const size_t scores = (size_t)document->tokens->count * KH_TAG_ROOM * sizeof(int32_t);
  assert_memory_equal(kh_name_scores(document, &names->model, ready),
                      kh_name_scores(document, &names->model, fresh), scores);
  document->arena.guard = NULL;
  kh_document_close(document);
}

/// A copy of an engine's tables, to be damaged.
typedef struct copy {
  kh_engine engine;
  kh_tables tables;
  struct kh_names names;
  uint8_t *bytes;
} copy;

static void *section_of(const copy *c, const char *tag) {
  size_t size;
  void *section = (void *)(uintptr_t)kh_tables_section(&c->tables, tag, &size);
  assert_non_null(section);
  return section;
}

static kh_status open_again(copy *c) {
  memset(&c->names.ready, 0, sizeof c->names.ready);
  const kh_status status = kh_ready_names_open(&c->names, &c->engine, NULL);
  assert_int_equal(c->names.ready.words != NULL, status == KH_OK);
  return status;
}

static void damaged_words_are_refused(void **state) {
  const kh_engine *engine = *state;
  copy c = {.engine = *engine, .tables = *engine->tables, .names = *engine->names};
  c.bytes = malloc(c.tables.size);
  assert_non_null(c.bytes);
  memcpy(c.bytes, engine->tables->bytes, c.tables.size);
  c.tables.bytes = c.bytes;
  c.engine.tables = &c.tables;
  assert_int_equal(open_again(&c), KH_OK);
  kh_ready_name *word = section_of(&c, "RDYN");
  while (!word->start_count || !word->known_count) word++;
  const kh_ready_name whole = *word;
  word->letters = UINT32_MAX;
  assert_int_equal(open_again(&c), KH_ERROR_TABLE);
  *word = whole;
  word->known = UINT32_MAX;
  assert_int_equal(open_again(&c), KH_ERROR_TABLE);
  *word = whole;
  word->starts = UINT32_MAX;
  assert_int_equal(open_again(&c), KH_ERROR_TABLE);
  *word = whole;
  word->cut = word->len;
  assert_int_equal(open_again(&c), KH_ERROR_TABLE);
  *word = whole;
  word->len = 0;
  assert_int_equal(open_again(&c), KH_ERROR_TABLE);
  *word = whole;
  kh_key_start *start = (kh_key_start *)section_of(&c, "RDYA") + whole.starts;
  start->state.node = UINT32_MAX;
  assert_int_equal(open_again(&c), KH_ERROR_TABLE);
  free(c.bytes);
}

int ready_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(ready_words_are_as_found_anew),
      cmocka_unit_test(damaged_words_are_refused),
  };
  return cmocka_run_group_tests_name("ready", tests, open_engine, close_engine);
}
