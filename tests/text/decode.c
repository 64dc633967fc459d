// SPDX-License-Identifier: Apache-2.0
#include "text/decode.h"

#include "tests.h"

// Decodes; gives the text in a static buffer, or NULL with the error kept.
static kh_error last;
static char text[4096];

static const char *decoded(const char *bytes, size_t len, kh_charset declared) {
  WITH_ARENA(arena);
  const char *out = NULL;
  size_t out_len = 0;
  memset(&last, 0, sizeof last);
  const kh_status status = kh_decode(&arena, bytes, len, declared, &out, &out_len, &last);
  if (status == KH_OK) {
    assert_true(out_len < sizeof text);
    memcpy(text, out, out_len);
    text[out_len] = '\0';
  } else {
    assert_int_equal(status, last.code);
  }
  kh_arena_free(&arena);
  return status == KH_OK ? text : NULL;
}

#define DECODED(literal, declared) decoded(literal, sizeof(literal) - 1, declared)

static void names_of_charsets(void **state) {
  (void)state;
  static const struct {
    const char *name;
    kh_charset charset;
  } cases[] = {{"UTF-8", KH_CHARSET_UTF8},
               {"utf8", KH_CHARSET_UTF8},
               {"Windows-1256", KH_CHARSET_WINDOWS_1256},
               {"CP1256", KH_CHARSET_WINDOWS_1256},
               {"iso-8859-6", KH_CHARSET_ISO_8859_6},
               {"ISO_8859-6", KH_CHARSET_ISO_8859_6},
               {"utf-16", KH_CHARSET_UTF16LE},
               {"UTF-16BE", KH_CHARSET_UTF16BE},
               {"latin1", KH_CHARSET_WINDOWS_1252},
               {"koi8-r", KH_CHARSET_UNKNOWN},
               {"", KH_CHARSET_UNKNOWN},
               {"a name that is far too long for any", KH_CHARSET_UNKNOWN}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(kh_charset_named(cases[i].name, strlen(cases[i].name)), cases[i].charset);
}

static void where_utf8_breaks(void **state) {
  (void)state;
  static const struct {
    const char *bytes;
    size_t len;
    size_t good;
  } cases[] = {
      {"", 0, 0},
      {"a\0b", 3, 3},
      {"\xD9\x82\xE2\x82\xAC\xF0\x9F\x95\x8A\xF4\x8F\xBF\xBF\xC3\xA9", 15, 15},
      {"ab\xFF", 3, 2},
      {"ab\x80", 3, 2},
      {"\xD9", 1, 0}, // cut
      {"\xD9z", 2, 0},
      {"\xE2\x82", 2, 0}, // cut
      {"\xE2\x82z", 3, 0},
      {"\xC0\xAF", 2, 0}, // too long
      {"\xC1\x80", 2, 0},
      {"\xE0\x9F\xBF", 3, 0},
      {"\xF0\x8F\xBF\xBF", 4, 0},
      {"\xED\xA0\x80", 3, 0}, // a surrogate
      {"\xED\x9F\xBF", 3, 3},
      {"\xF4\x90\x80\x80", 4, 0}, // beyond U+10FFFF
      {"\xF5\x80\x80\x80", 4, 0},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(kh_utf8_valid(cases[i].bytes, cases[i].len), cases[i].good);
  // the same wherever it stands among short characters, which are looked at eight bytes at a time
  for (size_t before = 0; before < 20; before++)
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
      char around[64];
      for (size_t b = 0; b + 1 < before; b += 2) memcpy(around + b, "\xD9\x82", 2);
      if (before % 2) around[before - 1] = ' ';
      memcpy(around + before, cases[i].bytes, cases[i].len);
      memcpy(around + before + cases[i].len, "\xD8\xA7 \xC2\xAB\xD8\xA8 b", 9);
      const size_t len = before + cases[i].len + 9;
      const bool whole = cases[i].good == cases[i].len;
      assert_int_equal(kh_utf8_valid(around, len), whole ? len : before + cases[i].good);
    }
}

static void utf8_of_code_points(void **state) {
  (void)state;
  char out[4];
  assert_int_equal(kh_utf8_put(out, 'a'), 1);
  assert_int_equal(kh_utf8_put(out, 0x642), 2);
  assert_memory_equal(out, "\xD9\x82", 2);
  assert_int_equal(kh_utf8_put(out, 0x20AC), 3);
  assert_int_equal(kh_utf8_put(out, 0x1F54A), 4);
  assert_memory_equal(out, "\xF0\x9F\x95\x8A", 4);
  assert_int_equal(kh_utf8_put(out, 0xD800), 3); // U+FFFD instead
  assert_memory_equal(out, "\xEF\xBF\xBD", 3);
  assert_int_equal(kh_utf8_put(out, 0x110000), 3);
}

static void utf8_stays(void **state) {
  (void)state;
  assert_string_equal(DECODED("قال", KH_CHARSET_UNKNOWN), "قال");
  assert_string_equal(DECODED("\xEF\xBB\xBFقال", KH_CHARSET_UNKNOWN), "قال");
  assert_string_equal(DECODED("قال", KH_CHARSET_WINDOWS_1256), "قال"); // the header is wrong
  assert_string_equal(DECODED("", KH_CHARSET_UNKNOWN), "");
  assert_null(DECODED("قال\xFF", KH_CHARSET_UTF8));
  assert_int_equal(last.code, KH_ERROR_ENCODING);
  assert_int_equal(last.span.start, 6);
  assert_non_null(strstr(last.message, "byte 6"));
}

static void utf16(void **state) {
  (void)state;
  // «قال: 5» and a dove
  assert_string_equal(DECODED("\xFF\xFE\x42\x06\x27\x06\x44\x06", KH_CHARSET_UNKNOWN), "قال");
  assert_string_equal(DECODED("\xFE\xFF\x06\x42\x06\x27\x06\x44", KH_CHARSET_UNKNOWN), "قال");
  assert_string_equal(DECODED("\x42\x06\x27\x06\x44\x06\x20\x00", KH_CHARSET_UNKNOWN), "قال ");
  assert_string_equal(DECODED("\x06\x42\x06\x27\x06\x44\x00\x20", KH_CHARSET_UNKNOWN), "قال ");
  assert_string_equal(DECODED("\x42\x06", KH_CHARSET_UTF16LE), "ق");
  assert_string_equal(DECODED("\xFF\xFE\x3D\xD8\x4A\xDD", KH_CHARSET_UNKNOWN), "\xF0\x9F\x95\x8A");
  assert_null(DECODED("\xFF\xFE\x3D\xD8\x42\x06", KH_CHARSET_UNKNOWN)); // half a pair
  assert_int_equal(last.span.start, 2);
  assert_null(DECODED("\xFF\xFE\x3D\xD8\x00\xE0", KH_CHARSET_UNKNOWN));
  assert_string_equal(DECODED("\xFF\xFE\x00\xE0", KH_CHARSET_UNKNOWN), "\xEE\x80\x80");
  assert_null(DECODED("\xFF\xFE\x42\x06\x3D\xD8", KH_CHARSET_UNKNOWN));
  assert_null(DECODED("\xFF\xFE\x4A\xDD", KH_CHARSET_UNKNOWN));
  assert_null(DECODED("\xFF\xFE\x42\x06\x27", KH_CHARSET_UNKNOWN)); // half a unit
  assert_int_equal(last.code, KH_ERROR_ENCODING);
  assert_string_equal(DECODED("\xFF\xFE", KH_CHARSET_UNKNOWN), "");
}

static void one_byte_a_character(void **state) {
  (void)state;
  // «قال الوزير: "لا"» as both charsets write it
  static const char w1256[] = "\xDE\xC7\xE1 \xC7\xE1\xE6\xD2\xED\xD1: \x93\xE1\xC7\x94";
  static const char iso[] = "\xE2\xC7\xE4 \xC7\xE4\xE8\xD2\xEA\xD1: \xE4\xC7\xBF";
  assert_string_equal(DECODED(w1256, KH_CHARSET_UNKNOWN), "قال الوزير: “لا”");
  assert_string_equal(DECODED(w1256, KH_CHARSET_WINDOWS_1256), "قال الوزير: “لا”");
  assert_string_equal(DECODED(iso, KH_CHARSET_UNKNOWN), "قال الوزير: لا؟");
  assert_string_equal(DECODED(iso, KH_CHARSET_ISO_8859_6), "قال الوزير: لا؟");
  assert_string_equal(DECODED("\xAC\xA0\xE0", KH_CHARSET_ISO_8859_6), "،\xC2\xA0ـ");
  assert_string_equal(DECODED("caf\xE9 \x80", KH_CHARSET_WINDOWS_1252), "café €");
  assert_null(DECODED("ab\xFF", KH_CHARSET_ISO_8859_6));
  assert_int_equal(last.span.start, 2);
  assert_null(DECODED("ab\x81", KH_CHARSET_WINDOWS_1252));
  // Latin letters with accents are no Arabic, and not guessed at
  assert_null(DECODED("\xE9t\xE9 caf\xE9", KH_CHARSET_UNKNOWN));
  assert_int_equal(last.code, KH_ERROR_ENCODING);
}

static void each_byte_or_an_error(void **state) {
  (void)state;
  static const kh_charset charsets[] = {KH_CHARSET_WINDOWS_1256, KH_CHARSET_ISO_8859_6,
                                        KH_CHARSET_WINDOWS_1252};
  static const unsigned known[] = {128, 83, 123};
  for (size_t k = 0; k < sizeof charsets / sizeof *charsets; k++) {
    unsigned count = 0;
    for (unsigned b = 0x80; b <= 0xFF; b++) {
      const char bytes[] = {'a', (char)b, '\xFF', 'b'}; // 0xFF: no UTF-8, whatever stands before
      const char alone[] = {'a', (char)b};
      count += decoded(alone, 2, charsets[k]) != NULL;
      (void)decoded(bytes, 4, charsets[k]);
      (void)decoded(bytes, 4, KH_CHARSET_UNKNOWN);
    }
    assert_int_equal(count, known[k]);
  }
  WITH_ARENA(arena);
  const char *out = NULL;
  size_t len = 0;
  assert_int_equal(kh_decode(&arena, "\xFF", 1, KH_CHARSET_UTF8, &out, &len, NULL),
                   KH_ERROR_ENCODING);
  kh_arena_free(&arena);
}

static void no_text_at_all(void **state) {
  (void)state;
  static const char *const files[] = {"%PDF-1.7 ...",    "PK\x03\x04....", "\x89PNG\r\n",
                                      "\x1F\x8B\x08...", "\177ELF....",    "GIF89a"};
  for (size_t i = 0; i < sizeof files / sizeof *files; i++) {
    assert_null(decoded(files[i], strlen(files[i]), KH_CHARSET_UNKNOWN));
    assert_int_equal(last.code, KH_ERROR_FORMAT);
  }
  char zeros[200] = {0};
  assert_null(decoded(zeros, sizeof zeros, KH_CHARSET_UNKNOWN));
  assert_int_equal(last.code, KH_ERROR_FORMAT);
  zeros[7] = '\xFF';
  zeros[9] = '\x81';
  assert_null(decoded(zeros, sizeof zeros - 1, KH_CHARSET_UNKNOWN));
  assert_int_equal(last.code, KH_ERROR_FORMAT);
  // a NUL or two are kept
  assert_non_null(DECODED("a long enough text with one \0 in it", KH_CHARSET_UNKNOWN));
}

int run_decode_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(names_of_charsets),
      cmocka_unit_test(where_utf8_breaks),
      cmocka_unit_test(utf8_of_code_points),
      cmocka_unit_test(utf8_stays),
      cmocka_unit_test(utf16),
      cmocka_unit_test(one_byte_a_character),
      cmocka_unit_test(no_text_at_all),
      cmocka_unit_test(each_byte_or_an_error),
  };
  return cmocka_run_group_tests_name("decode", tests, NULL, NULL);
}
