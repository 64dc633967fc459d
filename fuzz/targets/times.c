// SPDX-License-Identifier: Apache-2.0
// Times, numbers and Hijri days. An even first byte: the rest is text. An odd one: each byte after
// it picks a word of rules/time and rules/number, a numeral or a mark, so that the fuzzer meets
// grammar rather than letters.
#include "fuzz.h"

#include <khutwa/time.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { MOST_WORDS = 4096, LINE_BYTES = 512, MOST_TEXT = 65536 };

static kh_time_reader *reader;
static char *words[MOST_WORDS];
static size_t word_count;

static void demand(bool holds, const char *what) {
  if (holds) return;
  (void)fprintf(stderr, "broken promise: %s\n", what);
  abort();
}

static void forget(void) {
  kh_time_reader_close(reader);
  for (size_t i = 0; i < word_count; i++) free(words[i]);
}

static void learn_word(const char *word, size_t len) {
  if (word_count == MOST_WORDS) return;
  char *copy = malloc(len + 1);
  if (!copy) return;
  memcpy(copy, word, len);
  copy[len] = '\0';
  words[word_count++] = copy;
}

static void learn(const char *path) {
  FILE *file = fopen(path, "r");
  char line[LINE_BYTES];
  while (file && fgets(line, sizeof line, file)) {
    const size_t len = strcspn(line, "\t\n");
    if (*line != '#' && len) learn_word(line, len);
  }
  if (file) (void)fclose(file);
}

static void prepare(void) {
  static const char *const others[] = {
      "1", "2", "12", "31", "30", "2018", "1440", "08,30", "3.5", "1,200", "14", "99999999999",
      "/", "-", ":",  "(",  ")",  ",",    ".",    "\n",    "%",   "$",     "+",  "T"};
  if (reader) return;
  demand(kh_time_reader_open(&reader, NULL, NULL) == KH_OK, "a reader opens");
  learn(KH_SOURCE_DIR "/rules/time/words.tsv");
  learn(KH_SOURCE_DIR "/rules/number/words.tsv");
  learn(KH_SOURCE_DIR "/rules/time/feasts.tsv");
  for (int again = 0; again < 8; again++)
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
      learn_word(others[i], strlen(others[i]));
  atexit(forget);
}

// Two bytes a word: which, and whether a blank, a clitic or nothing stands before it.
static size_t compose(const uint8_t *data, size_t size, char *text) {
  static const char *const joints[] = {
      " ", " ", " ", " \xD9\x88", " \xD8\xA7\xD9\x84", "", " \xD8\xA8", " \xD9\x84"};
  size_t len = 0;
  for (size_t i = 0; i + 1 < size; i += 2) {
    const char *joint = joints[data[i] & 7];
    const char *word = words[((size_t)(data[i] >> 3) << 8 | data[i + 1]) % word_count];
    const size_t more = strlen(joint) + strlen(word);
    if (len + more >= MOST_TEXT) break;
    memcpy(text + len, joint, strlen(joint));
    memcpy(text + len + strlen(joint), word, strlen(word));
    len += more;
  }
  text[len] = '\0';
  return len;
}

static void check_span(const char *text, size_t len, kh_span span, uint32_t *last) {
  demand(span.start < span.end && span.end <= len, "a span lies in the text");
  demand(span.start >= *last, "spans come in order");
  demand(((unsigned char)text[span.start] & 0xC0) != 0x80, "a span begins at a character");
  demand(span.end == len || ((unsigned char)text[span.end] & 0xC0) != 0x80,
         "a span ends at a character");
  *last = span.end;
}

static void check_text(const char *text, size_t len, const char *reference) {
  const kh_time *times;
  const kh_number *numbers;
  size_t count;
  uint32_t last = 0;
  if (kh_time_read(reader, text, len, reference, &times, &count, NULL) != KH_OK) return;
  for (size_t i = 0; i < count; i++) {
    check_span(text, len, times[i].span, &last);
    demand(times[i].value && *times[i].value && strlen(times[i].value) < 40, "a time has a value");
    demand(!*times[i].begin == !*times[i].until, "both bounds or none");
    demand(strcmp(times[i].begin, times[i].until) <= 0, "bounds in order");
  }
  last = 0;
  demand(kh_number_read(reader, text, len, &numbers, &count, NULL) == KH_OK, "numbers are read");
  for (size_t i = 0; i < count; i++) check_span(text, len, numbers[i].span, &last);
}

static void check_hijri(const uint8_t *data, size_t size) {
  int32_t parts[3] = {0};
  if (size < sizeof parts) return;
  memcpy(parts, data, sizeof parts);
  char day[11];
  if (kh_time_from_hijri(reader, parts[0] % 12000, parts[1] % 20, parts[2] % 40, day) != KH_OK)
    return;
  int year;
  int month;
  int hijri_day;
  demand(kh_time_to_hijri(reader, day, &year, &month, &hijri_day) == KH_OK,
         "a day has a Hijri date");
  demand(year == parts[0] % 12000 && month == parts[1] % 20 && hijri_day == parts[2] % 40,
         "there and back again");
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static char text[MOST_TEXT];
  prepare();
  if (size < 2) return 0;
  const char *reference = data[0] & 2 ? "2019-05-30" : data[0] & 4 ? "9999-12-31" : NULL;
  if (data[0] & 8) reference = "0001-01-01";
  if (data[0] & 1) {
    check_text(text, compose(data + 1, size - 1, text), reference);
  } else {
    check_text((const char *)data + 1, size - 1, reference);
    check_hijri(data + 1, size - 1);
  }
  return 0;
}
