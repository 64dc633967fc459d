// SPDX-License-Identifier: Apache-2.0
// Damaged weights of the name model: the input patches a small model. What opens must tag a report
// without harm, whatever its numbers say; a size that does not agree, a full table of words or
// another number of features must be refused.
#include "fuzz.h"

#include "base/layers.h"
#include "mention/names.h"

#include <stdlib.h>
#include <string.h>

enum { FACTS = 64, WORDS = 64, SPOTS = 128, PATCH = 8, MOST_PATCHES = 64 };

enum {
  FACTS_AT = sizeof(kh_name_model_head),
  STEPS_AT = FACTS_AT + FACTS * sizeof(kh_word_fact),
  WORDS_AT = STEPS_AT + KH_TAG_ROOM * KH_TAG_ROOM * sizeof(int16_t),
  SPOTS_AT = WORDS_AT + WORDS * KH_WORD_ROW * sizeof(int16_t),
  SIZE = SPOTS_AT + SPOTS * KH_TAG_ROOM * sizeof(int16_t),
};

static _Alignas(64) uint8_t section[SIZE];

/// A whole model of arbitrary weights; every other fact is free.
static void make_section(void) {
  uint32_t random = 1;
  for (size_t i = FACTS_AT; i < SIZE; i++) {
    random = random * 1664525U + 1013904223U;
    section[i] = (uint8_t)(random >> 24);
  }
  const kh_name_model_head head = {.magic = {'k', 'h', 'n', 'a', 'm', 'e', 's', '1'},
                                   .fact_slots = FACTS,
                                   .word_slots = WORDS,
                                   .spot_slots = SPOTS,
                                   .features = KH_NAME_FEATURES};
  memcpy(section, &head, sizeof head);
  for (size_t i = 0; i < FACTS; i += 2)
    memset(section + FACTS_AT + i * sizeof(kh_word_fact), 0, sizeof(kh_word_fact));
}

static uint32_t u32_at(const uint8_t *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/// Applies one patch: where (2 bytes), how (1), how often (1), with what (4). Gives the new size.
static size_t apply(const uint8_t *patch, size_t size) {
  const uint32_t value = u32_at(patch + 4);
  size_t at = ((size_t)patch[0] | (size_t)patch[1] << 8) % SIZE;
  if (patch[2] % 4 == 3) return value % 8 ? at : size;
  for (uint32_t n = 0; n <= patch[3] && at + 4 <= SIZE; n++, at += sizeof(kh_word_fact)) {
    uint32_t there = patch[2] % 4 == 1 ? u32_at(section + at) ^ value : value;
    if (patch[2] % 4 == 2) there = value % 2 ? 0x7FFF7FFFU : 0x80008000U;
    memcpy(section + at, &there, 4);
  }
  return size;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char report[] = "وقال وزير الخارجية السوري فيصل المقداد في دمشق إن «قوات الدعم» "
                               "انسحبت من أطراف حلب، وطالب الأمم "
                               "المتحدة بفتح معبر باب الهوى.\nوللأمم المتحدة مكتب في 2019 - BBC.\n";
  make_section();
  size_t length = SIZE;
  for (size_t i = 0; i < MOST_PATCHES && (i + 1) * PATCH <= size; i++)
    length = apply(data + i * PATCH, length);
  kh_error error = {0};
  struct kh_names names = *fuzz_engine()->names;
  const kh_status status = kh_name_model_open(&names.model, section, length, &error);
  if (status == KH_OK && length != SIZE) abort();
  if (status != KH_OK) return 0;
  names.has_model = true;
  names.ready = (kh_ready_names){0}; // all words are scored by the damaged weights
  kh_engine engine = *fuzz_engine();
  engine.names = &names;
  const kh_source source = {.id = "f", .published = "2019-05-30"};
  fuzz_document(&engine, (const uint8_t *)report, sizeof report - 1, &source);
  return 0;
}
