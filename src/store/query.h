// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a person types into a search: words, "phrases", OR, -not, prefix*, and filters (actor:,
/// type:, place:, from:, to:, outlet:). Every word must be found, unless OR stands between.
#ifndef KHUTWA_STORE_QUERY_H
#define KHUTWA_STORE_QUERY_H

#include "store/fold.h"

#include <khutwa/status.h>

enum {
  KH_QUERY_BYTES = 1000,              // longest query
  KH_QUERY_TERMS = 32,                // words and phrases of one
  KH_QUERY_FILTERS = 16,              // filters of one
  KH_QUERY_PREFIX = 2,                // letters that must stand before a *
  KH_PHRASE_WORDS = 16,               // words of a phrase
  KH_QUERY_ROOM = 4 * KH_QUERY_BYTES, // for an expression of FTS5
};

/// A word or phrase: bytes of the query, without quotation marks and *.
typedef struct kh_query_term {
  kh_span span;
  bool prefix;   // the last word may go on
  bool excluded; // must not be found
  uint8_t group; // terms of one group are alternatives; groups rise from 0
} kh_query_term;

typedef enum kh_query_key {
  KH_QUERY_ACTOR,
  KH_QUERY_TYPE,
  KH_QUERY_PLACE,
  KH_QUERY_FROM,
  KH_QUERY_TO,
  KH_QUERY_OUTLET,
  KH_QUERY_KEYS
} kh_query_key;

typedef struct kh_query {
  const char *text; // borrowed
  kh_query_term terms[KH_QUERY_TERMS];
  unsigned count;
  unsigned wanted;                                 // terms that are not excluded
  char filters[KH_QUERY_KEYS][KH_QUERY_BYTES + 1]; // "" where not told
} kh_query;

/// Reads a query. KH_ERROR_ARGUMENT says what cannot be understood, and where (error->span);
/// KH_ERROR_LIMIT that it is too long.
kh_status kh_query_parse(kh_query *query, const char *text, kh_error *error);

/// Writes the query as an expression of FTS5 whose words reach so far; `out` has KH_QUERY_ROOM
/// bytes. "" where nothing is wanted but filters.
void kh_query_compile(const kh_query *query, kh_reach reach, char *out);

#endif
