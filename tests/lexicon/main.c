// SPDX-License-Identifier: Apache-2.0
// The compiled tables: opened, refused when damaged, looked up.
#include "lexicon/index.h"
#include "lexicon/lexicon.h"
#include "token/letters.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

typedef struct block {
  uint8_t *bytes;
  size_t size;
  kh_tables tables;
} block;

static block whole;

static int read_block(void **state) {
  block *b = &whole;
  FILE *file = fopen(KH_TABLES_FILE, "rb");
  if (!file) return -1;
  fseek(file, 0, SEEK_END);
  b->size = (size_t)ftell(file);
  rewind(file);
  b->bytes = malloc(b->size);
  if (!b->bytes || fread(b->bytes, 1, b->size, file) != b->size) return -1;
  fclose(file);
  *state = b;
  return 0;
}

static int free_block(void **state) {
  block *b = *state;
  free(b->bytes);
  return 0;
}

static kh_status check(block *b, size_t size, bool with_digest) {
  kh_error error;
  return kh_tables_check(&b->tables, b->bytes, size, with_digest, &error);
}

static void whole_tables_open(void **state) {
  block *b = *state;
  assert_int_equal(check(b, b->size, true), KH_OK);
  assert_int_equal(strlen(b->tables.digest), 64);
  assert_string_equal(kh_tables_text(&b->tables, 0), "");
  assert_string_equal(kh_tables_text(&b->tables, UINT32_MAX), "");
  size_t size = 1;
  assert_null(kh_tables_section(&b->tables, "NONE", &size));
  assert_int_equal(size, 0);
  kh_tables mapped;
  kh_error error;
  assert_int_equal(kh_tables_map(&mapped, KH_TABLES_FILE, &error), KH_OK);
  assert_string_equal(mapped.digest, b->tables.digest);
  kh_tables_close(&mapped);
  assert_int_equal(kh_tables_map(&mapped, KH_TABLES_FILE ".missing", &error), KH_ERROR_IO);
  assert_int_equal(kh_tables_map(&mapped, "/", &error), KH_ERROR_IO);
}

static void cut_tables_are_refused(void **state) {
  block *b = *state;
  const size_t sizes[] = {0, 1, 8, 55, 56, 100, b->size / 2, b->size - 1};
  for (size_t i = 0; i < sizeof sizes / sizeof *sizes; ++i)
    assert_int_equal(check(b, sizes[i], false), KH_ERROR_TABLE);
}

static void refuse_with(block *b, size_t at, uint8_t with) {
  const uint8_t before = b->bytes[at];
  b->bytes[at] = with;
  assert_int_equal(check(b, b->size, true), KH_ERROR_TABLE);
  b->bytes[at] = before;
}

static void damaged_tables_are_refused(void **state) {
  block *b = *state;
  refuse_with(b, 0, 'K');               // magic
  refuse_with(b, 8, 0xFF);              // version
  refuse_with(b, 12, 0xFF);             // sections
  refuse_with(b, 16, b->bytes[16] ^ 1); // size
  refuse_with(b, 64 + 1, 0x01);         // an offset that is not aligned
  refuse_with(b, b->size - 1, (uint8_t)(b->bytes[b->size - 1] ^ 0x80)); // digest
  assert_int_equal(check(b, b->size, true), KH_OK);
}

static kh_engine engine_of(block *b, jmp_buf *guard) {
  kh_engine engine = {.tables = &b->tables};
  kh_arena_init(&engine.arena, NULL);
  engine.arena.guard = guard;
  return engine;
}

// Any byte of the lexicon's sections may be wrong: it is refused, or is harmless.
static void damaged_sections_do_no_harm(void **state) {
  block *b = *state;
  assert_int_equal(check(b, b->size, false), KH_OK);
  static const char *const tags[] = {"FORM", "FRMA", "ANLS", "LEMM",
                                     "CLAS", "PHRS", "PHRK", "PHRV"};
  for (size_t i = 0; i < sizeof tags / sizeof *tags; ++i) {
    size_t size;
    const uint8_t *section = kh_tables_section(&b->tables, tags[i], &size);
    assert_non_null(section);
    for (size_t j = 0; j < 24; ++j) {
      const size_t place = j < 16 ? j : (size / 24 * j) & ~(size_t)3;
      if (place >= size) continue;
      uint8_t *at = b->bytes + (section - b->bytes) + place;
      const uint8_t before = *at;
      *at = (uint8_t)(before ^ 0xFF);
      jmp_buf guard;
      kh_engine engine = engine_of(b, &guard);
      kh_error error = {0};
      const kh_status status = kh_lexicon_open(&engine, &error);
      assert_true(status == KH_OK || status == KH_ERROR_TABLE);
      if (status == KH_OK) {
        uint8_t letters[16];
        uint32_t count;
        const size_t len = kh_fold_utf8("المدينة", strlen("المدينة"), letters, sizeof letters);
        for (size_t k = 0; k <= len; ++k)
          kh_lexicon_find(engine.lexicon, letters + k, len - k, &count);
      }
      kh_arena_free(&engine.arena);
      *at = before;
    }
  }
}

static void forms_are_found(void **state) {
  block *b = *state;
  assert_int_equal(check(b, b->size, false), KH_OK);
  jmp_buf guard;
  kh_engine engine = engine_of(b, &guard);
  kh_error error = {0};
  assert_int_equal(kh_lexicon_open(&engine, &error), KH_OK);
  uint8_t letters[16];
  uint32_t count;
  size_t len = kh_fold_utf8("أعلنت", strlen("أعلنت"), letters, sizeof letters);
  const kh_analysis *analyses = kh_lexicon_find(engine.lexicon, letters, len, &count);
  assert_non_null(analyses);
  assert_true(count >= 1);
  assert_int_equal(analyses[0].pos, KH_POS_VERB);
  assert_string_equal(kh_lexicon_lemma(engine.lexicon, analyses[0].lemma), "أعلن");
  assert_true(kh_lexicon_has(engine.lexicon, analyses[0].lemma, KH_CLASS_DECLARE));
  assert_false(kh_lexicon_has(engine.lexicon, analyses[0].lemma, KH_CLASS_NEGATION));
  len = kh_fold_utf8("ززززز", strlen("ززززز"), letters, sizeof letters);
  assert_null(kh_lexicon_find(engine.lexicon, letters, len, &count));
  assert_null(kh_lexicon_find(engine.lexicon, letters, 0, &count));
  assert_string_equal(kh_lexicon_lemma(engine.lexicon, UINT32_MAX), "");
  assert_false(kh_lexicon_has(engine.lexicon, UINT32_MAX, KH_CLASS_SAY));
  assert_false(kh_phrase_has(engine.lexicon, UINT32_MAX, KH_CLASS_SAY));
  assert_string_equal(kh_phrase_id(engine.lexicon, UINT32_MAX), "");
  kh_arena_free(&engine.arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whole_tables_open),
      cmocka_unit_test(cut_tables_are_refused),
      cmocka_unit_test(damaged_tables_are_refused),
      cmocka_unit_test(damaged_sections_do_no_harm),
      cmocka_unit_test(forms_are_found),
  };
  return cmocka_run_group_tests(tests, read_block, free_block);
}
