// SPDX-License-Identifier: Apache-2.0
#include "lexicon/tables.h"

#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const char magic[8] = {'k', 'h', 'u', 't', 'w', 'a', '\0', 'T'};

enum { HEADER_SIZE = 56, ENTRY_SIZE = 24, SECTION_ALIGN = 64 };

/// Linked in by src/lexicon/embed.S.
extern const uint8_t kh_builtin_tables[];
extern const uint8_t kh_builtin_tables_end[];

static uint32_t read_u32(const uint8_t *at) {
  uint32_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static uint64_t read_u64(const uint8_t *at) {
  uint64_t value;
  memcpy(&value, at, sizeof value);
  return value;
}

static kh_status refuse(kh_error *error, kh_status code, const char *message) {
  if (error) {
    memset(error, 0, sizeof *error);
    error->code = code;
    error->stage = KH_STAGE_LEXICON;
    snprintf(error->message, sizeof error->message, "%s", message);
  }
  return code;
}

kh_status kh_tables_damaged(kh_error *error, const char *tag, const char *what) {
  char message[160];
  snprintf(message, sizeof message,
           "the compiled tables are damaged: section %.4s: %s; compile the rules again", tag, what);
  return refuse(error, KH_ERROR_TABLE, message);
}

static void hex_of(const uint8_t digest[32], char hex[65]) {
  for (int i = 0; i < 32; ++i) snprintf(hex + 2 * i, 3, "%02x", digest[i]);
}

// The sections follow the directory, in order, aligned, without overlap, inside the block.
static bool directory_holds(const uint8_t *bytes, uint32_t sections, uint64_t size) {
  uint64_t free_from = HEADER_SIZE + (uint64_t)sections * ENTRY_SIZE;
  for (uint32_t i = 0; i < sections; ++i) {
    const uint8_t *entry = bytes + HEADER_SIZE + (size_t)i * ENTRY_SIZE;
    const uint64_t offset = read_u64(entry + 8);
    const uint64_t length = read_u64(entry + 16);
    if (offset < free_from || offset % SECTION_ALIGN || offset > size || length > size - offset)
      return false;
    free_from = offset + length;
  }
  return true;
}

kh_status kh_tables_check(kh_tables *tables, const uint8_t *bytes, size_t size, bool with_digest,
                          kh_error *error) {
  memset(tables, 0, sizeof *tables);
  const uint16_t order = 1;
  if (*(const uint8_t *)&order != 1)
    return refuse(error, KH_ERROR_TABLE, "compiled tables are read on little-endian machines only");
  if ((uintptr_t)bytes % sizeof(uint64_t))
    return refuse(error, KH_ERROR_ARGUMENT, "the block of tables is not aligned to 8 bytes");
  if (size < HEADER_SIZE || memcmp(bytes, magic, sizeof magic) != 0)
    return refuse(error, KH_ERROR_TABLE, "this is no file of compiled tables");
  if (read_u32(bytes + 8) != KH_TABLES_VERSION)
    return refuse(error, KH_ERROR_TABLE,
                  "the compiled tables are of another version; compile the rules again");
  const uint32_t sections = read_u32(bytes + 12);
  if (read_u64(bytes + 16) != size)
    return refuse(error, KH_ERROR_TABLE, "the file of compiled tables is cut off or too long");
  if (sections > KH_TABLES_MAX_SECTIONS || HEADER_SIZE + (size_t)sections * ENTRY_SIZE > size ||
      !directory_holds(bytes, sections, size))
    return refuse(error, KH_ERROR_TABLE, "the directory of the compiled tables is damaged");
  if (with_digest) {
    const size_t from = HEADER_SIZE + (size_t)sections * ENTRY_SIZE;
    uint8_t digest[32];
    crypto_hash_sha256(digest, bytes + from, size - from);
    if (memcmp(digest, bytes + 24, sizeof digest) != 0)
      return refuse(error, KH_ERROR_TABLE,
                    "the compiled tables are damaged: their digest does not fit");
  }
  tables->bytes = bytes;
  tables->size = size;
  hex_of(bytes + 24, tables->digest);
  tables->text = kh_tables_section(tables, "TEXT", &tables->text_size);
  if (tables->text_size && tables->text[tables->text_size - 1] != '\0')
    return kh_tables_damaged(error, "TEXT", "it does not end in NUL");
  return KH_OK;
}

kh_status kh_tables_builtin(kh_tables *tables, kh_error *error) {
  return kh_tables_check(tables, kh_builtin_tables,
                         (size_t)(kh_builtin_tables_end - kh_builtin_tables), false, error);
}

kh_status kh_tables_map(kh_tables *tables, const char *path, kh_error *error) {
  memset(tables, 0, sizeof *tables);
  const int file = open(path, O_RDONLY | O_CLOEXEC);
  struct stat about;
  if (file < 0) return refuse(error, KH_ERROR_IO, "cannot open the file of compiled tables");
  if (fstat(file, &about) != 0 || !S_ISREG(about.st_mode) || about.st_size <= 0) {
    close(file);
    return refuse(error, KH_ERROR_IO, "cannot read the file of compiled tables");
  }
  const size_t size = (size_t)about.st_size;
  void *bytes = mmap(NULL, size, PROT_READ, MAP_PRIVATE, file, 0);
  close(file);
  if (bytes == MAP_FAILED)
    return refuse(error, KH_ERROR_IO, "cannot map the file of compiled tables");
  const kh_status status = kh_tables_check(tables, bytes, size, true, error);
  if (status != KH_OK) {
    munmap(bytes, size);
    memset(tables, 0, sizeof *tables);
    return status;
  }
  tables->mapped = true;
  return KH_OK;
}

void kh_tables_close(kh_tables *tables) {
  if (tables->mapped) munmap((void *)(uintptr_t)tables->bytes, tables->size);
  memset(tables, 0, sizeof *tables);
}

const void *kh_tables_section(const kh_tables *tables, const char *tag, size_t *size) {
  const uint32_t sections = tables->bytes ? read_u32(tables->bytes + 12) : 0;
  for (uint32_t i = 0; i < sections; ++i) {
    const uint8_t *entry = tables->bytes + HEADER_SIZE + (size_t)i * ENTRY_SIZE;
    if (memcmp(entry, tag, 4) != 0) continue;
    *size = (size_t)read_u64(entry + 16);
    return tables->bytes + read_u64(entry + 8);
  }
  *size = 0;
  return NULL;
}
