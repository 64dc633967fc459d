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

static kh_document *read_text(kh_engine **engine, const char *text) {
  kh_document *document = NULL;
  assert_int_equal(kh_engine_open(engine, NULL, NULL), KH_OK);
  assert_int_equal(kh_document_read(&document, *engine, text, strlen(text), NULL, NULL), KH_OK);
  return document;
}

// Marks of either script stand by themselves, also right behind a word.
static void marks_end_words(void **state) {
  (void)state;
  static const char *const marks[] = {",", ";", ":", "!", "?", ".", ")", "،", "؛", "؟",
                                      "۔", "٪", "؞", "…", "»", "”", "-", "–", "/"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    char text[128] = "قال سالم";
    strcat(strcat(text, marks[i]), " إن الطريق إلى المدينة مقطوعة");
    kh_engine *engine = NULL;
    kh_document *document = read_text(&engine, text);
    const kh_token_layer *tokens = document->tokens;
    assert_int_equal(tokens->count, 8);
    assert_int_equal(tokens->at[1].end, strlen("قال سالم"));
    assert_int_equal(tokens->at[2].kind, KH_TOKEN_PUNCT);
    assert_int_equal(tokens->at[2].end - tokens->at[2].start, strlen(marks[i]));
    kh_document_close(document);
    kh_engine_close(engine);
  }
}

// «#عدن» is the word «عدن» (Aden); «#» before anything but a letter stays a mark.
static void hashtags_are_words(void **state) {
  (void)state;
  kh_engine *engine = NULL;
  kh_document *document = read_text(&engine, "في #عدن و#UN ثم # 5 و#7");
  const kh_token_layer *tokens = document->tokens;
  static const struct {
    kh_token_kind kind;
    uint32_t size;
  } told[] = {{KH_TOKEN_WORD, 4},  {KH_TOKEN_WORD, 6},  {KH_TOKEN_WORD, 2},   {KH_TOKEN_LATIN, 2},
              {KH_TOKEN_WORD, 4},  {KH_TOKEN_PUNCT, 1}, {KH_TOKEN_NUMBER, 1}, {KH_TOKEN_WORD, 2},
              {KH_TOKEN_PUNCT, 1}, {KH_TOKEN_NUMBER, 1}};
  assert_int_equal(tokens->count, sizeof told / sizeof *told);
  for (uint32_t t = 0; t < tokens->count; t++) {
    assert_int_equal(tokens->at[t].kind, told[t].kind);
    assert_int_equal(tokens->at[t].end - tokens->at[t].start, told[t].size);
  }
  assert_int_equal(tokens->at[1].start, strlen("في #"));
  kh_document_close(document);
  kh_engine_close(engine);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(long_sentences_are_cut),
      cmocka_unit_test(marks_end_words),
      cmocka_unit_test(hashtags_are_words),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
