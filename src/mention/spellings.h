// SPDX-License-Identifier: Apache-2.0
/// \file
/// How words of names are written in English (rules/names/spellings.tsv).
#ifndef KHUTWA_MENTION_SPELLINGS_H
#define KHUTWA_MENTION_SPELLINGS_H

#include "lexicon/index.h"

/// What a line is for. A word may stand on a line of each: «جميل» Jamil, and beautiful.
typedef enum kh_spelling_kind {
  KH_SPELL_NAME,        ///< part of a person's or place's name: a spelling («محمد» Muhammad)
  KH_SPELL_NOUN,        ///< of bodies and places: a translation («مجلس» Council)
  KH_SPELL_ADJECTIVE,   ///< the same («وطني» National)
  KH_SPELL_PREPOSITION, ///< between two nouns («في» in)
  KH_SPELL_FORE,        ///< a direction, which stands first in English too («شمال» Northern)
  KH_SPELL_TITLE, ///< before a person inside another name («مطار الملك خالد» King)
  KH_SPELL_KINDS,
} kh_spelling_kind;

/// How many words a line has at most.
enum { KH_SPELL_WORDS = 3 };

/// A line, as the rules compiler writes it. Offsets are into the shared text of the tables.
typedef struct kh_spelling {
  uint32_t en;
  uint32_t before; ///< of a noun: how it stands before another («الانتخابات» Election); 0: as `en`
  uint32_t kind; ///< kh_spelling_kind
} kh_spelling;

typedef struct kh_spellings {
  const kh_spelling *lines;
  uint32_t count;
  kh_index keys; ///< words as names are compared (kh_name_letter), a blank between two
} kh_spellings;

/// Reads and checks the sections; tables without them leave `spellings` empty. KH_ERROR_TABLE.
kh_status kh_spellings_open(kh_spellings *spellings, const kh_tables *tables, kh_error *error);

/// The line of a kind with exactly these letters; NULL.
const kh_spelling *kh_spelling_find(const kh_spellings *spellings, kh_spelling_kind kind,
                                    const uint8_t *letters, size_t len);

#endif
