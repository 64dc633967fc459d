// SPDX-License-Identifier: Apache-2.0
/// \file
/// Texts as a row of numbered words, and how far one repeats another. Spelling that outlets change
/// (hamza, ta marbuta, digits, diacritics, marks) makes no difference.
#ifndef KHUTWA_STORE_NEAR_TEXT_H
#define KHUTWA_STORE_NEAR_TEXT_H

#include <khutwa/engine.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
  KH_NEAR_WORDS = 4096, // of a text that count
  KH_NEAR_PRINT = 16,   // numbers of a fingerprint
  KH_NEAR_BYTES = 4 * KH_NEAR_PRINT,
  KH_NEAR_SLOTS = 8192, // a power of two above KH_NEAR_WORDS
};

/// A text's words: a hash each, and which are written as numbers.
typedef struct kh_near_text {
  uint32_t count;
  uint32_t word[KH_NEAR_WORDS];
  bool number[KH_NEAR_WORDS];
} kh_near_text;

/// Memory that comparing takes; its content means nothing between calls.
typedef struct kh_near_room {
  uint32_t slot[KH_NEAR_SLOTS]; // first place of three words, plus one
  uint32_t next[KH_NEAR_WORDS]; // the next place of the same slot, plus one
} kh_near_room;

/// Takes a text apart. What is beyond KH_NEAR_WORDS words is left out.
void kh_near_words(const char *text, size_t len, kh_near_text *words);

/// The fingerprint: the smallest hashes of eight words in a row, ascending, without repetitions.
/// Returns how many there are; 0 for texts too short to be told apart.
size_t kh_near_print(const kh_near_text *words, uint32_t print[KH_NEAR_PRINT]);

/// How two texts agree.
typedef struct kh_near_match {
  uint32_t shared;  // words of the second in rows that the first has, too
  uint32_t shorter; // words of the shorter text
  uint32_t rows;    // how many such rows there are
  uint32_t changed; // places in shared passages where words were replaced
  uint32_t numbers; // ... by other numbers
} kh_near_match;

kh_near_match kh_near_compare(const kh_near_text *first, const kh_near_text *second,
                              kh_near_room *room);

/// Does the one repeat the other? Most of the shorter text is the other's, in long rows, and what
/// differs inside of them is an editor's work, not the facts of another day in one form of words.
bool kh_near_is_copy(const kh_near_match *match);

#endif
