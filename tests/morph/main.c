// SPDX-License-Identifier: Apache-2.0
// Words read with their clitics, and one reading chosen in context.
#include "morph/cut.h"
#include "morph/model.h"
#include "morph/ready.h"
#include "text/text.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef struct reader {
  kh_tables tables;
  kh_engine engine;
  jmp_buf guard;
} reader;

static reader shared;

static int open_reader(void **state) {
  kh_error error;
  if (kh_tables_builtin(&shared.tables, &error) != KH_OK) return -1;
  shared.engine.tables = &shared.tables;
  kh_arena_init(&shared.engine.arena, NULL);
  shared.engine.arena.guard = &shared.guard;
  if (kh_lexicon_open(&shared.engine, &error) != KH_OK) return -1;
  if (kh_morph_open(&shared.engine, &error) != KH_OK) return -1;
  *state = &shared;
  return 0;
}

static int close_reader(void **state) {
  (void)state;
  kh_arena_free(&shared.engine.arena);
  kh_tables_close(&shared.tables);
  return 0;
}

// ---- clitics

/// A word, and a reading it must have.
typedef struct cut_case {
  const char *word;
  unsigned proclitics;
  unsigned enclitic;
  const char *lemma;
  kh_pos pos;
  unsigned stem_at;
  unsigned stem_len;
} cut_case;

static const cut_case cut_cases[] = {
    {"وقال", KH_CLITIC_WA, KH_ENC_NONE, "قال", KH_POS_VERB, 1, 3},
    {"فسيقولون", KH_CLITIC_FA | KH_CLITIC_SA, KH_ENC_NONE, "قال", KH_POS_VERB, 2, 6},
    {"والمدينة", KH_CLITIC_WA | KH_CLITIC_AL, KH_ENC_NONE, "مدينة", KH_POS_NOUN, 3, 5},
    {"بالمدينة", KH_CLITIC_BI | KH_CLITIC_AL, KH_ENC_NONE, "مدينة", KH_POS_NOUN, 3, 5},
    {"للحكومة", KH_CLITIC_LI | KH_CLITIC_AL, KH_ENC_NONE, "حكومة", KH_POS_NOUN, 2, 5},
    {"للجنة", KH_CLITIC_LI | KH_CLITIC_AL, KH_ENC_NONE, "لجنة", KH_POS_NOUN, 1, 4},
    {"ولمدينتهم", KH_CLITIC_WA | KH_CLITIC_LI, KH_ENC_3MP, "مدينة", KH_POS_NOUN, 2, 5},
    {"قتلوه", 0, KH_ENC_3MS, "قتل", KH_POS_VERB, 0, 4},
    {"وزرائه", 0, KH_ENC_3MS, "وزير", KH_POS_NOUN, 0, 5},
    {"وزراؤها", 0, KH_ENC_3FS, "وزير", KH_POS_NOUN, 0, 5},
    {"عليهم", 0, KH_ENC_3MP, "على", KH_POS_PREP, 0, 3},
    {"لديها", 0, KH_ENC_3FS, "لدى", KH_POS_PREP, 0, 3},
    {"له", 0, KH_ENC_3MS, "ل", KH_POS_PREP, 0, 1},
    {"فيها", 0, KH_ENC_3FS, "في", KH_POS_PREP, 0, 2},
    {"أنهم", 0, KH_ENC_3MP, "أن", KH_POS_PART, 0, 2},
    {"المدينه", KH_CLITIC_AL, KH_ENC_NONE, "مدينة", KH_POS_NOUN, 2, 5},
    {"بهذا", KH_CLITIC_BI, KH_ENC_NONE, "هذا", KH_POS_PRON, 1, 3},
    {"ليعلن", KH_CLITIC_LI, KH_ENC_NONE, "أعلن", KH_POS_VERB, 1, 4},
};

static bool matches(const kh_word *word, const cut_case *wanted) {
  return word->known && word->proclitics == wanted->proclitics &&
         word->enclitic == wanted->enclitic && word->pos == wanted->pos &&
         word->stem_at == wanted->stem_at && word->stem_len == wanted->stem_len &&
         strcmp(kh_lexicon_lemma(shared.engine.lexicon, word->lemma), wanted->lemma) == 0;
}

static void read_word(const char *word, kh_readings *readings) {
  uint8_t letters[64];
  const size_t len = kh_fold_utf8(word, strlen(word), letters, sizeof letters);
  kh_read_word(shared.engine.lexicon, letters, (uint32_t)len, readings);
}

static void clitics_are_cut(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof cut_cases / sizeof *cut_cases; ++i) {
    kh_readings readings;
    read_word(cut_cases[i].word, &readings);
    bool found = false;
    for (uint32_t j = 0; j < readings.count; ++j) found |= matches(&readings.at[j], &cut_cases[i]);
    if (!found) fail_msg("%s is not read as it should", cut_cases[i].word);
  }
}

static void impossible_cuts_are_left_out(void **state) {
  (void)state;
  kh_readings readings;
  read_word("المدينتي", &readings); // no article beside a pronoun or a construct
  for (uint32_t i = 0; i < readings.count; ++i)
    assert_false(readings.at[i].known && readings.at[i].proclitics & KH_CLITIC_AL);
  read_word("سقال", &readings); // no future of a past
  for (uint32_t i = 0; i < readings.count; ++i)
    assert_false(readings.at[i].known && readings.at[i].proclitics & KH_CLITIC_SA);
}

static void unknown_words_are_guessed(void **state) {
  (void)state;
  kh_readings readings;
  read_word("زغبطوش", &readings);
  assert_true(readings.count >= 1);
  assert_false(readings.at[0].known);
  assert_int_equal(readings.at[0].lemma, UINT32_MAX);
  assert_int_equal(readings.at[0].pos, KH_POS_PROPN);
  read_word("الزغبطوشية", &readings);
  assert_int_equal(readings.at[0].pos, KH_POS_ADJ);
  assert_int_equal(readings.at[0].proclitics, KH_CLITIC_AL);
  const uint8_t none = 0;
  kh_read_word(shared.engine.lexicon, &none, 0, &readings);
  assert_int_equal(readings.count, 0);
}

static void any_letters_are_read(void **state) {
  (void)state;
  uint64_t seed = 88172645463325252u;
  for (int i = 0; i < 20000; ++i) {
    uint8_t letters[64];
    const uint32_t len = 1 + (uint32_t)(seed >> 33) % 64;
    for (uint32_t j = 0; j < len; ++j) {
      seed ^= seed << 13;
      seed ^= seed >> 7;
      seed ^= seed << 17;
      letters[j] = (uint8_t)(i % 2 ? 0xC1 + (seed >> 20) % 42 : seed >> 20);
    }
    kh_readings readings;
    kh_read_word(shared.engine.lexicon, letters, len, &readings);
    assert_true(readings.count >= 1);
    for (uint32_t j = 0; j < readings.count; ++j)
      assert_true(readings.at[j].stem_at + readings.at[j].stem_len <= len);
  }
}

// ---- choice in context

typedef struct kh_reading_case {
  const char *text; // tokens count from 0
  uint32_t token;
  kh_pos pos;
  const char *lemma;
} reading_case;

static const reading_case reading_cases[] = {
    {"قال الوزير إن بلاده لم تقصف المدينة.", 0, KH_POS_VERB, "قال"},
    {"قال الوزير إن بلاده لم تقصف المدينة.", 2, KH_POS_PART, "إن"},
    {"قال الوزير إن بلاده لم تقصف المدينة.", 5, KH_POS_VERB, "قصف"},
    {"بعد قصف المدينة أعلن الجيش هدنة.", 1, KH_POS_NOUN, "قصف"},
    {"بعد قصف المدينة أعلن الجيش هدنة.", 3, KH_POS_VERB, "أعلن"},
    {"كان الوفد قد وصل إلى العاصمة.", 0, KH_POS_VERB, "كان"},
    {"كان الوفد قد وصل إلى العاصمة.", 3, KH_POS_VERB, "وصل"},
    {"قتل ثلاثة مدنيين في غارة جوية.", 0, KH_POS_VERB, "قتل"},
    {"قتل ثلاثة مدنيين في غارة جوية.", 5, KH_POS_ADJ, "جوي"},
};

static void with_document(const char *text, void (*check)(kh_document *, const void *),
                          const void *context) {
  kh_document document = {.engine = &shared.engine};
  jmp_buf guard;
  kh_arena_init(&document.arena, NULL);
  document.arena.guard = &guard;
  kh_text_layer layer = {.bytes = text, .len = (uint32_t)strlen(text), .arabic = true};
  document.text = &layer;
  kh_token_stage(&document);
  kh_morph_stage(&document);
  check(&document, context);
  kh_arena_free(&document.arena);
}

static void check_reading(kh_document *document, const void *context) {
  const reading_case *wanted = context;
  const kh_word *word = &document->morph->best[wanted->token];
  const char *lemma = kh_lexicon_lemma(shared.engine.lexicon, word->lemma);
  if (word->pos != wanted->pos || strcmp(lemma, wanted->lemma) != 0)
    fail_msg("%s: token %u is read as %s, %d", wanted->text, wanted->token, lemma, word->pos);
}

static void context_decides(void **state) {
  (void)state;
  for (size_t i = 0; i < sizeof reading_cases / sizeof *reading_cases; ++i)
    with_document(reading_cases[i].text, check_reading, &reading_cases[i]);
}

static void check_phrase(kh_document *document, const void *context) {
  (void)context;
  const kh_morph_layer *morph = document->morph;
  assert_true(morph->phrase[1] >= 0);
  assert_int_equal(morph->phrase_tokens[1], 2);
  assert_int_equal(morph->inside_phrase[2], 1);
  assert_true(kh_phrase_at(document, 1, KH_CLASS_ACCORDING));
  assert_false(kh_phrase_at(document, 0, KH_CLASS_ACCORDING));
}

static void phrases_are_found(void **state) {
  (void)state;
  with_document("جاء وعلى لسان الوزير", check_phrase, NULL);
}

static void check_starts(kh_document *document, const void *context) {
  (void)context;
  // «والحكومة للأمم للجنة»: bytes without proclitics, with and without article
  assert_int_equal(kh_word_start(document, 0, true), 2);
  assert_int_equal(kh_word_start(document, 0, false), 6);
  const uint32_t second = document->tokens->at[1].start;
  assert_int_equal(kh_word_start(document, 1, true), second + 2);
  assert_int_equal(kh_word_start(document, 1, false), second + 4);
  const uint32_t third = document->tokens->at[2].start;
  assert_int_equal(kh_word_start(document, 2, true), third + 2);
}

static void words_start_after_their_clitics(void **state) {
  (void)state;
  with_document("والحكومة للأمم للجنة", check_starts, NULL);
}

static void check_nothing(kh_document *document, const void *context) {
  (void)context;
  assert_int_equal(document->morph->candidate_count, 0);
}

static void empty_texts_are_read(void **state) {
  (void)state;
  with_document("", check_nothing, NULL);
  with_document("... 12 % abc", check_nothing, NULL);
}

// What was worked out at build time is what would be worked out now.
static void frequent_words_are_ready(void **state) {
  (void)state;
  const kh_morph_tables *tables = shared.engine.morph;
  assert_true(tables->word_count > 1000);
  for (uint32_t i = 0; i < tables->word_count; ++i) {
    const kh_ready *word = &tables->words[i];
    const uint8_t *letters = tables->letters + word->letters;
    assert_ptr_equal(kh_ready_find(tables, word->form, letters, word->len), word);
    kh_readings readings;
    kh_read_word(shared.engine.lexicon, letters, word->len, &readings);
    kh_score_alone(tables->weights, letters, word->form, &readings);
    assert_int_equal(readings.count, word->count);
    assert_memory_equal(readings.at, tables->readings + word->from, word->count * sizeof(kh_word));
    assert_int_equal(kh_tag_code(kh_likeliest(&readings)), word->code);
  }
  const uint8_t rare[] = {KH_LETTER_ZAY, KH_LETTER_ZAY, KH_LETTER_ZAY, KH_LETTER_ZAY};
  assert_null(kh_ready_find(tables, kh_tag_form(rare, 4), rare, 4));
  assert_null(kh_ready_find(NULL, 0, rare, 4));
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(clitics_are_cut),
      cmocka_unit_test(impossible_cuts_are_left_out),
      cmocka_unit_test(unknown_words_are_guessed),
      cmocka_unit_test(any_letters_are_read),
      cmocka_unit_test(context_decides),
      cmocka_unit_test(phrases_are_found),
      cmocka_unit_test(words_start_after_their_clitics),
      cmocka_unit_test(empty_texts_are_read),
      cmocka_unit_test(frequent_words_are_ready),
  };
  return cmocka_run_group_tests(tests, open_reader, close_reader);
}
