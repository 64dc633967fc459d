// SPDX-License-Identifier: Apache-2.0
#include "text/around.h"

#include "text/around_phrases.h" // made at build time
#include <stdint.h>
#include <string.h>

enum { MOST_BYTES = 260, MOST_LETTERS = 64 };

// One letter of a phrase or a line; 0 is nothing. Only what two bytes hold is folded.
static uint32_t letter_at(const char *text, size_t len, size_t *at) {
  const unsigned char first = (unsigned char)text[*at];
  if ((first & 0xE0) != 0xC0 || *at + 1 == len) {
    ++*at;
    return first;
  }
  const uint32_t c = (first & 0x1FU) << 6 | ((unsigned char)text[*at + 1] & 0x3FU);
  *at += 2;
  const bool alef = c == 0x622 || c == 0x623 || c == 0x625;
  const bool mark = (c >= 0x64B && c <= 0x652) || c == 0x640;
  return alef ? 0x627 : mark ? 0 : c;
}

static size_t folded(const char *text, size_t len, uint32_t *out, size_t room) {
  size_t count = 0;
  for (size_t at = 0; at < len && count < room;) {
    const uint32_t letter = letter_at(text, len, &at);
    if (letter) out[count++] = letter;
  }
  return count;
}

static bool ends_word(uint32_t letter) {
  return letter < 0x80 || letter == 0x60C || letter == 0x61B || letter == 0xAB || letter == 0xBB;
}

// Marks and blanks that such lines are set off with.
static size_t begin_of(const char *line, size_t len) {
  size_t at = 0;
  while (at < len && strchr(" -*>|[(", line[at])) at++;
  return at;
}

bool kh_is_around(const char *line, size_t len) {
  if (len > MOST_BYTES) return false;
  const size_t begin = begin_of(line, len);
  uint32_t letters[MOST_LETTERS];
  const size_t count = folded(line + begin, len - begin, letters, MOST_LETTERS);
  for (size_t i = 0; i < sizeof kh_around_phrases / sizeof *kh_around_phrases; i++) {
    uint32_t phrase[MOST_LETTERS];
    const size_t width =
        folded(kh_around_phrases[i], strlen(kh_around_phrases[i]), phrase, MOST_LETTERS);
    if (width > count || memcmp(letters, phrase, width * sizeof *phrase) != 0) continue;
    if (width == count || ends_word(letters[width]) || ends_word(phrase[width - 1])) return true;
  }
  return false;
}
