// SPDX-License-Identifier: Apache-2.0
/// \file
/// The rules compiler: reads rules/*.tsv and writes one block of tables (src/lexicon/tables.h).
///
/// How to add a family of tables (names, calendar, frames, ...):
///  1. write `tools/khc/<family>.c` with `int khc_<family>(const khc_rules *rules, khc_out *out)`;
///  2. declare it at the end of this header and add it to `families` in tools/khc/main.c;
///  3. in it read the files with khc_files() and khc_read(), complain with khc_fault() (file and
///     line are added; say how to mend it), and write sections with khc_section() and khc_put_*();
///  4. read the sections in your own stage with kh_tables_section(), checking every index; strings
///     put with khc_text() are read with kh_tables_text(); key sets written with khc_keys_write()
///     are read with kh_index_open() of src/lexicon/index.h.
/// A family function returns 0. It may stop early after a fault, but better goes on, so that
/// one run shows all mistakes. All memory comes from rules->arena and is never freed singly.
#ifndef KHUTWA_KHC_H
#define KHUTWA_KHC_H

#include "base/arena.h"
#include "token/letters.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

// ---- reading

/// One line of a rule file. `at` has as many fields as the file has columns; a field is never
/// NULL; an empty one or "-" is "".
typedef struct khc_row {
  const char *file;
  unsigned line;
  const char *const *at;
} khc_row;

typedef struct khc_table {
  const char *file;
  khc_row *rows;
  uint32_t count;
} khc_table;

enum { KHC_CLASS_WORDS_MAX = 8, KHC_CLASS_MAX = 64 * KHC_CLASS_WORDS_MAX };

/// What went wrong so far. Faults make khc fail at its end; warnings do not.
typedef struct khc_log {
  unsigned faults;
  unsigned warnings;
  uint64_t used[KHC_CLASS_WORDS_MAX]; ///< classes that some entry carries
} khc_log;

typedef struct khc_rules {
  kh_arena *arena;
  const char *folder;   ///< rules/
  const char *hunspell; ///< folder with ar.aff and ar.dic; NULL: no general lexicon
  const char *models;   ///< models/; NULL: none
  khc_log *log;
  khc_table classes; ///< rules/classes.tsv: row number is the class number
} khc_rules;

/// Prints "file:line: message" as an error. The message says what is wrong and how to mend it.
void khc_fault(const khc_rules *rules, const khc_row *row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));
/// The same as a warning.
void khc_warn(const khc_rules *rules, const khc_row *row, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/// Names ("names/places.tsv") of the files in a folder of rules/ whose name begins with `prefix`
/// and ends in `suffix`, sorted. A missing folder has none.
const char **khc_files(const khc_rules *rules, const char *subfolder, const char *prefix,
                       const char *suffix, uint32_t *count);

/// Reads rules/<path>, whose first line that is no comment must name exactly `columns`
/// (separated by one blank: "id phrase classes gloss"). Faults: another header, a wrong number of
/// fields, invalid UTF-8, blanks at the edge of a field, letters no Arabic newspaper prints
/// (Persian ya, kaf, tatweel) in fields of Arabic. A file that is missing is a fault; `count` is
/// then 0.
khc_table khc_read(const khc_rules *rules, const char *path, const char *columns);

/// Does rules/<path> exist? For optional files.
bool khc_exists(const khc_rules *rules, const char *path);

/// Splits "a|b|c". Empty pieces are left out.
const char **khc_split(const khc_rules *rules, const char *field, char separator, uint32_t *count);

/// Adds the classes of a field ("say|declare") to a bit set of KHC_CLASS_WORDS_MAX words.
/// An unknown class is a fault.
void khc_classes(const khc_rules *rules, const khc_row *row, const char *field, uint64_t *bits);
/// Number of a class by name, or -1.
int khc_class(const khc_rules *rules, const char *name, size_t len);

/// A non-negative or negative decimal number of a field; a fault and 0 when it is none.
double khc_number(const khc_rules *rules, const khc_row *row, const char *field);

// ---- letters

/// A word or phrase folded (src/token/letters.h), in the arena. Runs of blanks become one blank.
typedef struct khc_key {
  const uint8_t *letters;
  uint32_t len;
} khc_key;
khc_key khc_fold(const khc_rules *rules, const char *text);

/// Like printf into the arena.
const char *khc_print(const khc_rules *rules, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

// ---- writing

typedef struct khc_buffer {
  kh_arena *arena;
  char tag[5];
  uint8_t *at;
  size_t len;
  size_t room;
} khc_buffer;

/// The block in the making.
typedef struct khc_out {
  kh_arena *arena;
  const khc_rules *rules;
  KH_ARRAY(khc_buffer *) sections;
  khc_buffer *text;     // section TEXT
  uint32_t *text_slots; // hash table of the strings in it
  uint32_t text_room;
  uint32_t text_count;
} khc_out;

void khc_out_init(khc_out *out, const khc_rules *rules);
/// The block as it would be written.
void khc_out_block(const khc_out *out, khc_buffer *block);
/// Writes the block to a file. Returns 0, or 1 after a message.
int khc_out_write(const khc_out *out, const char *path);

/// A new section; `tag` has four letters, once in a block. Sections are 64-byte aligned.
khc_buffer *khc_section(khc_out *out, const char *tag);
void khc_put_u8(khc_buffer *to, unsigned value);
void khc_put_u16(khc_buffer *to, unsigned value);
void khc_put_u32(khc_buffer *to, uint32_t value);
void khc_put_u64(khc_buffer *to, uint64_t value);
void khc_put_f64(khc_buffer *to, double value);
void khc_put_bytes(khc_buffer *to, const void *bytes, size_t len);
/// Zeros up to a multiple of `to_multiple` bytes from the section's start.
void khc_put_align(khc_buffer *to, size_t to_multiple);

/// Puts a string into the text section shared by all families (each string once) and gives its
/// offset for kh_tables_text(). "" is 0.
uint32_t khc_text(khc_out *out, const char *text);

/// A set of keys with values: key to one or more numbers.
typedef struct khc_keys khc_keys;
khc_keys *khc_keys_new(khc_out *out);
void khc_keys_add(khc_keys *keys, const uint8_t *letters, size_t len, uint32_t value);
/// Writes the automaton as section `tag` and the values as section `values_tag`. The values of a
/// key keep the order in which they were added.
void khc_keys_write(khc_keys *keys, const char *tag, const char *values_tag);
/// The same for keys that were added in order, with the values 0, 1, 2 ...: only where the values
/// of each key begin is written, since the values themselves are plain.
void khc_keys_write_plain(khc_keys *keys, const char *tag, const char *heads_tag);

/// Copies models/<name> into section `tag` as it stands; nothing when there is none.
void khc_model(const khc_rules *rules, khc_out *out, const char *name, const char *tag);

// ---- families

int khc_words(const khc_rules *rules, khc_out *out);
int khc_pos(const khc_rules *rules, khc_out *out);
int khc_frames(const khc_rules *rules, khc_out *out);
int khc_names(const khc_rules *rules, khc_out *out);
/// Persons of names/persons*.tsv by id, with the number of their first line.
typedef struct khc_people {
  KH_ARRAY(const char *) ids;
  KH_ARRAY(uint32_t) lines;
} khc_people;
/// The line of a person; -1.
int64_t khc_person(const khc_people *people, const char *id);
/// Part of khc_names: offices and their holders.
void khc_offices(const khc_rules *rules, khc_out *out, const khc_people *people);
/// How words of names are written in English.
int khc_english(const khc_rules *rules, khc_out *out);
int khc_calendar(const khc_rules *rules, khc_out *out);
/// After all families, since it reads with the tables that they made.
int khc_ready(const khc_rules *rules, khc_out *out);
/// Part of khc_ready: the same words as the name stage sees them. `engine` has its tables and
/// lexicon, and gets its names.
typedef struct khc_ready_words {
  const khc_buffer *words; ///< kh_ready each
  const khc_buffer *letters;
  const khc_buffer *readings; ///< kh_word each
} khc_ready_words;
void khc_ready_names(const khc_rules *rules, khc_out *out, struct kh_engine *engine,
                     const khc_ready_words *made);
/// `khc analyse`: prints the readings of words. Returns an exit status.
int khc_analyse(int argc, char **argv);

#endif
