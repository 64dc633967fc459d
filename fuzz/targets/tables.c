// SPDX-License-Identifier: Apache-2.0
// Damaged tables: the input patches a small block of tables, whose digest is then made right again,
// so that the checks of every section are reached. What opens must read a report without harm.
#include "fuzz.h"

#include "lexicon/tables.h"

#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { PATCH = 8, HEADER = 56, DIGEST_AT = 24, MOST_PATCHES = 32 };

static uint8_t *whole; // the block as it was made
static size_t whole_size;
static uint8_t *damaged;
static char path[] = "/tmp/khutwa-fuzz-XXXXXX";

static void clean_up(void) {
  unlink(path);
  free(whole);
  free(damaged);
}

static void load(void) {
  FILE *file = fopen(KH_SMALL_TABLES, "rb");
  const int target = mkstemp(path);
  if (!file || target < 0 || fseek(file, 0, SEEK_END) != 0) abort();
  close(target);
  whole_size = (size_t)ftell(file);
  rewind(file);
  whole = malloc(whole_size);
  damaged = malloc(whole_size);
  if (!whole || !damaged || fread(whole, 1, whole_size, file) != whole_size) abort();
  fclose(file);
  atexit(clean_up);
}

static uint32_t u32_at(const uint8_t *p) {
  return (uint32_t)p[0] | (uint32_t)p[1] << 8 | (uint32_t)p[2] << 16 | (uint32_t)p[3] << 24;
}

/// Applies one patch: where (4 bytes), how (1), with what (3). Returns the new size.
static size_t apply(const uint8_t *patch, size_t size) {
  if (size < 8) return size;
  const size_t at = u32_at(patch) % (size - 4);
  const size_t word = at & ~(size_t)3;
  const uint32_t value = u32_at(patch + 4) >> 8;
  uint32_t there = u32_at(damaged + word);
  switch (patch[4] % 8) {
  case 0:
    damaged[at] = patch[5];
    return size;
  case 1:
    damaged[at] ^= (uint8_t)(1u << (patch[5] & 7));
    return size;
  case 2:
    there = value;
    break;
  case 3:
    there += value;
    break;
  case 4:
    there -= value;
    break;
  case 5:
    there = 0xFFFFFFFFu - value % 16;
    break;
  case 6:
    there = u32_at(damaged + value % (size - 4));
    break;
  default:
    return patch[5] < 8 ? at : size;
  }
  memcpy(damaged + word, &there, 4);
  return size;
}

static bool write_damaged(size_t size) {
  FILE *file = fopen(path, "wb");
  if (!file) return false;
  const bool good = fwrite(damaged, 1, size, file) == size;
  return fclose(file) == 0 && good;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size) {
  static const char report[] =
      "قال وزير الخارجية سالم الحداد الخميس إن ثلاثة مدنيين قتلوا في قصف على أطراف حلب في 5 أيار "
      "2019، وطالب الأمم المتحدة بـ«وقف إطلاق النار» إذا التزم الطرفان. ولم ينسحب الجيش من دمشق.\n";
  if (!whole) load();
  memcpy(damaged, whole, whole_size);
  size_t length = whole_size;
  for (size_t i = 0; i < MOST_PATCHES && (i + 1) * PATCH <= size; i++)
    length = apply(data + i * PATCH, length);
  if (length >= HEADER) {
    // the digest covers what stands after the directory
    const uint64_t sections = u32_at(damaged + 12);
    const uint64_t from = HEADER + sections * 24;
    if (from <= length)
      crypto_hash_sha256(damaged + DIGEST_AT, damaged + from, (unsigned long long)(length - from));
  }
  if (!write_damaged(length)) abort();
  kh_engine *engine = NULL;
  kh_error error = {0};
  const kh_engine_options options = {.tables = path};
  if (kh_engine_open(&engine, &options, &error) == KH_OK) {
    const kh_source source = {.id = "f", .published = "2019-05-30"};
    fuzz_document(engine, (const uint8_t *)report, sizeof report - 1, &source);
    kh_engine_close(engine);
  }
  return 0;
}
