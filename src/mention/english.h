// SPDX-License-Identifier: Apache-2.0
/// \file
/// What spelling a name in English and translating it share: its words.
#ifndef KHUTWA_MENTION_ENGLISH_H
#define KHUTWA_MENTION_ENGLISH_H

#include "mention/entity.h"

enum { KH_ENGLISH_WORDS = 16, KH_ENGLISH_LETTERS = 256 };

/// A word of a name: letters [from, end) of kh_english, `text` its bytes.
typedef struct kh_english_word {
  uint32_t from;
  uint32_t end;
  const char *text;
  uint32_t bytes;
} kh_english_word;

/// A name cut into its words, and its English in the making.
typedef struct kh_english {
  const struct kh_names *names;
  const kh_tables *tables;
  kh_entity_kind kind;
  uint8_t letters[KH_ENGLISH_LETTERS]; ///< as names are compared, one blank between words
  kh_english_word words[KH_ENGLISH_WORDS];
  uint32_t count;
  char out[1024];
  size_t len;
} kh_english;

/// Writes text; what finds no room is left out.
void kh_english_put(kh_english *e, const char *text);

/// Writes words [first, last) by their spellings, as those of persons are. The first letter of
/// `out` is left as it comes («al-»).
void kh_english_spell(kh_english *e, uint32_t first, uint32_t last);

/// Writes the name of a body or place in translation («المجلس الوطني» National Council), with
/// what cannot be translated spelt («مستشفى الشفاء» al-Shifa Hospital); false, with nothing
/// written, where its words are not known well enough or stand in another order than is safe.
bool kh_english_translate(kh_english *e);

/// Letters of the article at the head of letters [from, end), 2 or 0.
uint32_t kh_english_article(const kh_english *e, uint32_t from, uint32_t end);

/// The line of a kind for letters [from, end), with or without the article; NULL. `*article` is
/// set when one was left out.
const kh_spelling *kh_english_find(const kh_english *e, kh_spelling_kind kind, uint32_t from,
                                   uint32_t end, bool *article);

#endif
