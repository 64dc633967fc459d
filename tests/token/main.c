// SPDX-License-Identifier: Apache-2.0
#include "token/token.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LONGEST_SENTENCE = 512, WORDS = 2000 };

// Text without stops: the sentence is cut, every word stays in one, and the quotation around all
// of them goes on over the cuts.
static void long_sentences_are_cut(void **state) {
  (void)state;
  static const char word[] = "قال ";
  const size_t size = sizeof word - 1;
  char *text = malloc(WORDS * size + 3);
  assert_non_null(text);
  text[0] = '"';
  for (size_t i = 0; i < WORDS; i++) memcpy(text + 1 + i * size, word, size);
  memcpy(text + WORDS * size, "\"", 2); // in place of the last blank
  kh_engine *engine = NULL;
  kh_document *document = NULL;
  assert_int_equal(kh_engine_open(&engine, NULL, NULL), KH_OK);
  assert_int_equal(kh_document_read(&document, engine, text, strlen(text), NULL, NULL), KH_OK);
  const kh_token_layer *tokens = document->tokens;
  assert_int_equal(tokens->count, WORDS + 2);
  assert_int_equal(tokens->paragraph_count, 1);
  assert_int_equal(tokens->sentence_count, (WORDS + 2 + LONGEST_SENTENCE - 1) / LONGEST_SENTENCE);
  uint32_t next = 0;
  for (uint32_t s = 0; s < tokens->sentence_count; s++) {
    const kh_sentence *sentence = &tokens->sentences[s];
    assert_int_equal(sentence->first, next);
    assert_in_range(sentence->last - sentence->first, 1, LONGEST_SENTENCE);
    for (next = sentence->first; next < sentence->last; next++)
      assert_int_equal(tokens->at[next].sentence, s);
  }
  assert_int_equal(next, tokens->count);
  assert_int_equal(tokens->quote_count, 1);
  assert_int_equal(tokens->quotes[0].first, 1);
  assert_int_equal(tokens->quotes[0].last, WORDS + 1);
  kh_document_close(document);
  kh_engine_close(engine);
  free(text);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(long_sentences_are_cut),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
