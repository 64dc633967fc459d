// SPDX-License-Identifier: Apache-2.0
/// \file
/// One word of a name in Latin letters, by its letters alone.
#ifndef KHUTWA_MENTION_LATIN_H
#define KHUTWA_MENTION_LATIN_H

#include <stddef.h>

/// Writes a word (`len` bytes of UTF-8, no blanks, without article) as English newspapers would:
/// IJMES without its dots and strokes, with likely short vowels, a capital first. Words without
/// Arabic letters are copied. Returns the bytes written; no NUL is added, and what finds no room
/// is left out.
size_t kh_latin_word(const char *word, size_t len, char *out, size_t room);

#endif
