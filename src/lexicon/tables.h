// SPDX-License-Identifier: Apache-2.0
/// \file
/// The compiled tables: one read-only block made from rules/ at build time, linked into the
/// library or mapped from a file. Sections are found by a tag of four letters.
#ifndef KHUTWA_LEXICON_TABLES_H
#define KHUTWA_LEXICON_TABLES_H

#include <khutwa/status.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/// Raised whenever the meaning of a section changes; other versions are refused.
enum { KH_TABLES_VERSION = 3, KH_TABLES_MAX_SECTIONS = 48 };

/// On disk, little-endian, at offset 0:
///   char magic[8] "khutwa\0T"; u32 version; u32 section_count; u64 total_size;
///   u8 sha256[32] of everything after the header and directory;
///   then section_count of { char tag[4]; u32 reserved; u64 offset; u64 size }.
/// Sections are 64-byte aligned, in order, without overlap.
typedef struct kh_tables {
  const uint8_t *bytes;
  size_t size;
  bool mapped;      // munmap on close
  const char *text; // strings shared by all sections: section "TEXT", ends in NUL
  size_t text_size;
  char digest[65];
} kh_tables;

/// The block linked into the library: trusted, its header checked.
kh_status kh_tables_builtin(kh_tables *tables, kh_error *error);
/// Maps a file and checks all of it: sizes, directory, digest.
kh_status kh_tables_map(kh_tables *tables, const char *path, kh_error *error);
/// Checks a block in memory in the same way (for tests and fuzzing; digest optional).
kh_status kh_tables_check(kh_tables *tables, const uint8_t *bytes, size_t size, bool with_digest,
                          kh_error *error);
void kh_tables_close(kh_tables *tables);

/// A section, or NULL with *size 0. Whoever reads a section checks its inside before use.
const void *kh_tables_section(const kh_tables *tables, const char *tag, size_t *size);

/// Fills `error` (may be NULL) for a section that is damaged and gives KH_ERROR_TABLE. `what` says
/// what is wrong with it ("a key leads nowhere").
kh_status kh_tables_damaged(kh_error *error, const char *tag, const char *what);

/// A string of the shared text section, NUL-terminated UTF-8; "" when `offset` lies outside.
static inline const char *kh_tables_text(const kh_tables *tables, uint32_t offset) {
  return offset < tables->text_size ? tables->text + offset : "";
}

#endif
