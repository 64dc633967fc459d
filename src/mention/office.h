// SPDX-License-Identifier: Apache-2.0
/// \file
/// Offices and who held them when (rules/names/offices.tsv, office-names.tsv).
#ifndef KHUTWA_MENTION_OFFICE_H
#define KHUTWA_MENTION_OFFICE_H

#include "lexicon/index.h"

#include <stdbool.h>
#include <stdint.h>

struct kh_document;
struct kh_known;

/// A way to name an office.
typedef struct kh_office {
  uint32_t office; ///< its number: lines of one number are one office
  char country[4]; ///< "": the adjective or state that follows tells it
} kh_office;

/// A term: days are numbers such as 20180426, both inside the term.
typedef struct kh_term {
  uint32_t office;
  uint32_t person; ///< a line of the gazetteer
  uint32_t from;
  uint32_t until;
  char country[4];
} kh_term;

typedef struct kh_offices {
  kh_index keys;
  const kh_office *offices;
  uint32_t office_count;
  const kh_term *terms; ///< sorted by office and country
  uint32_t term_count;
} kh_offices;

struct kh_names;
/// Reads and checks the sections of offices; tables without any have none. Errors:
/// KH_ERROR_TABLE.
kh_status kh_offices_open(struct kh_names *names, const kh_tables *tables, kh_error *error);

/// What a phrase of tokens [first, last) says of an office.
typedef struct kh_office_phrase {
  uint32_t office;
  const char *country;
  uint32_t end; ///< where the phrase ends; not before the last token asked for
} kh_office_phrase;

/// Is the whole phrase, with what may follow it, the name of an office of one state or body («وزير
/// الخارجية الأمريكي»)? «السابق» or any other word that it does not know makes it none.
bool kh_office_named(const struct kh_document *document, uint32_t first, uint32_t last,
                     kh_office_phrase *phrase);

/// Who held the office on the day of the report; NULL when that is not known for certain.
const struct kh_known *kh_office_holder(const struct kh_document *document,
                                        const kh_office_phrase *phrase);

/// Did the person of a gazetteer line ever hold the office?
bool kh_office_ever_held(const struct kh_document *document, const kh_office_phrase *phrase,
                         const struct kh_known *person);

#endif
