// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"
#include "base/error.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static void spans_convert(void **state) {
  (void)state;
  const char text[] = "a\xD9\x82\xF0\x9F\x95\x8A.";
  assert_int_equal(kh_span_code_points(text, 7), 3);
  assert_int_equal(kh_span_utf16_units(text, 7), 4);
  assert_int_equal(kh_span_byte_of_code_point(text, 8, 3), 7);
  assert_int_equal(kh_span_byte_of_utf16_unit(text, 8, 3), 3);
  assert_int_equal(kh_span_byte_of_utf16_unit(text, 8, 4), 7);
  assert_int_equal(kh_span_byte_of_utf16_unit(text, 8, 9), 8);
}

// ---- gate 2: positions as bytes, code points and UTF-16 units agree

static uint64_t random_next(uint64_t *seed) {
  *seed ^= *seed << 13;
  *seed ^= *seed >> 7;
  *seed ^= *seed << 17;
  return *seed;
}

/// A code point of any length in UTF-8, the borders of the lengths more often than chance has it.
static uint32_t random_code_point(uint64_t *seed) {
  static const uint32_t borders[] = {0x00,   0x7F,   0x80,    0x7FF,   0x800,    0xD7FF,
                                     0xE000, 0xFFFF, 0x10000, 0x1F54A, 0x10FFFF, 0x200F};
  const uint64_t r = random_next(seed);
  const uint32_t pick = (uint32_t)(r >> 32);
  switch (r % 6) {
  case 0:
    return borders[pick % (sizeof borders / sizeof *borders)];
  case 1:
    return pick % 0x80;
  case 2:
    return 0x600 + pick % 0x100;
  case 3:
    return 0x10000 + pick % 0x100000;
  default: {
    const uint32_t any = pick % 0x10000;
    return any >= 0xD800 && any <= 0xDFFF ? 0x064B : any;
  }
  }
}

static size_t put_utf8(char *at, uint32_t c) {
  if (c < 0x80) return at[0] = (char)c, 1;
  size_t len = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  for (size_t i = len - 1; i > 0; i--, c >>= 6) at[i] = (char)(0x80 | (c & 0x3F));
  at[0] = (char)((0xF00 >> len & 0xF0) | c);
  return len;
}

enum { CASES = 1000000, PER_TEXT = 40 };

static void positions_agree(void **state) {
  (void)state;
  uint64_t seed = 0x6B68757477610001;
  unsigned cases = 0;
  while (cases < CASES) {
    char text[PER_TEXT * 4 + 1];
    size_t bytes[PER_TEXT + 1];
    size_t units[PER_TEXT + 1];
    const size_t count = random_next(&seed) % PER_TEXT;
    size_t len = 0;
    size_t unit = 0;
    for (size_t i = 0; i <= count; i++) {
      bytes[i] = len;
      units[i] = unit;
      if (i == count) break;
      const uint32_t c = random_code_point(&seed);
      len += put_utf8(text + len, c);
      unit += c >= 0x10000 ? 2 : 1;
    }
    text[len] = '\0';
    for (size_t i = 0; i <= count; i++, cases++) {
      assert_int_equal(kh_span_code_points(text, bytes[i]), i);
      assert_int_equal(kh_span_utf16_units(text, bytes[i]), units[i]);
      assert_int_equal(kh_span_byte_of_code_point(text, len, i), bytes[i]);
      assert_int_equal(kh_span_byte_of_utf16_unit(text, len, units[i]), bytes[i]);
      if (i < count && units[i + 1] == units[i] + 2)
        assert_int_equal(kh_span_byte_of_utf16_unit(text, len, units[i] + 1), bytes[i]);
    }
    assert_int_equal(kh_span_byte_of_code_point(text, len, count + 7), len);
    assert_int_equal(kh_span_byte_of_utf16_unit(text, len, unit + 7), len);
  }
  print_message("# %u cases of conversions\n", cases);
}

// ---- errors

static void errors_are_values(void **state) {
  (void)state;
  kh_error error;
  assert_int_equal(kh_fail(&error, KH_ERROR_LIMIT, KH_STAGE_TEXT, "%d bytes", 7), KH_ERROR_LIMIT);
  assert_int_equal(error.code, KH_ERROR_LIMIT);
  assert_int_equal(error.stage, KH_STAGE_TEXT);
  assert_string_equal(error.message, "7 bytes");
  assert_int_equal(error.line, 0);
  assert_int_equal(kh_fail(NULL, KH_ERROR_IO, KH_STAGE_READ, "nobody listens"), KH_ERROR_IO);
}

static void long_messages_keep_whole_characters(void **state) {
  (void)state;
  for (size_t before = 0; before < 4; before++) {
    char text[1024] = "";
    memset(text, 'x', before);
    for (size_t i = before; i + 3 < sizeof text; i += 3) memcpy(text + i, "\xE2\x80\x8F", 4);
    kh_error error;
    kh_fail(&error, KH_ERROR_FORMAT, KH_STAGE_TEXT, "%s", text);
    const size_t len = strlen(error.message);
    assert_true(len < sizeof error.message);
    assert_int_equal((len - before) % 3, 0);
  }
}

static void every_status_has_a_name(void **state) {
  (void)state;
  for (int status = KH_OK; status <= KH_ERROR_CONFLICT; status++) {
    const char *name = kh_status_name((kh_status)status);
    assert_non_null(name);
    assert_string_not_equal(name, "unknown status");
    for (int other = KH_OK; other < status; other++)
      assert_string_not_equal(name, kh_status_name((kh_status)other));
  }
  assert_string_equal(kh_status_name((kh_status)999), "unknown status");
}

// ---- memory

typedef struct meter {
  size_t held;
  unsigned calls;
  unsigned fail_at; // 0: never
} meter;

static void *metered_resize(void *context, void *pointer, size_t old_size, size_t size) {
  meter *m = context;
  if (size == 0) {
    m->held -= old_size;
    free(pointer);
    return NULL;
  }
  if (++m->calls == m->fail_at) return NULL;
  void *moved = realloc(pointer, size);
  assert_non_null(moved);
  m->held += size - old_size;
  return moved;
}

static void arenas_grow_and_copy(void **state) {
  (void)state;
  kh_arena arena;
  jmp_buf guard;
  kh_arena_init(&arena, NULL);
  arena.guard = &guard;
  if (setjmp(guard)) fail_msg("out of memory");
  char *copy = kh_arena_copy(&arena, "abc", 2);
  assert_string_equal(copy, "ab");
  assert_non_null(kh_arena_alloc(&arena, 0));
  KH_ARRAY(uint32_t) numbers = {0};
  for (uint32_t i = 0; i < 100000; i++) *(uint32_t *)KH_ADD(&arena, &numbers) = i;
  assert_int_equal(numbers.count, 100000);
  for (uint32_t i = 0; i < 100000; i++) assert_int_equal(numbers.at[i], i);
  const unsigned char *zero = kh_arena_zero(&arena, (size_t)9 << 20);
  for (size_t i = 0; i < (size_t)9 << 20; i += 4097) assert_int_equal(zero[i], 0);
  assert_int_equal((uintptr_t)kh_arena_alloc(&arena, 1) % _Alignof(max_align_t), 0);
  assert_int_equal((uintptr_t)kh_arena_alloc(&arena, 1) % _Alignof(max_align_t), 0);
  kh_arena_free(&arena);
}

static void arenas_report_lack_of_memory(void **state) {
  (void)state;
  for (unsigned fail_at = 1; fail_at <= 4; fail_at++) {
    meter m = {0, 0, fail_at};
    const kh_allocator allocator = {metered_resize, &m};
    kh_arena arena;
    jmp_buf guard;
    kh_arena_init(&arena, &allocator);
    arena.guard = &guard;
    if (setjmp(guard) == 0) {
      for (int i = 0; i < 1000; i++) kh_arena_alloc(&arena, 10000);
      fail_msg("allocation number %u did not fail", fail_at);
    }
    kh_arena_free(&arena);
    assert_int_equal(m.held, 0);
  }
}

static void arenas_refuse_absurd_sizes(void **state) {
  (void)state;
  kh_arena arena;
  jmp_buf guard;
  kh_arena_init(&arena, NULL);
  arena.guard = &guard;
  if (setjmp(guard) == 0) {
    kh_arena_alloc(&arena, SIZE_MAX - 8);
    fail_msg("allocated the whole address space");
  }
  kh_arena_free(&arena);
}

int main(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(spans_convert),
      cmocka_unit_test(positions_agree),
      cmocka_unit_test(errors_are_values),
      cmocka_unit_test(long_messages_keep_whole_characters),
      cmocka_unit_test(every_status_has_a_name),
      cmocka_unit_test(arenas_grow_and_copy),
      cmocka_unit_test(arenas_report_lack_of_memory),
      cmocka_unit_test(arenas_refuse_absurd_sizes),
  };
  return cmocka_run_group_tests(tests, NULL, NULL);
}
