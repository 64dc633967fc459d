// SPDX-License-Identifier: Apache-2.0
/// \file
/// Where a query's words stand in a text, and the piece of the text that shows them.
#ifndef KHUTWA_STORE_SNIPPET_H
#define KHUTWA_STORE_SNIPPET_H

#include "store/query.h"

enum {
  KH_MATCHER_WORDS = 64, // words of a query that are looked for
  KH_SNIPPET_HITS = 32,
  KH_SNIPPET_BYTES = 400, // of text, at most
};

/// One way in which a word of the query may stand in a text.
typedef struct kh_variant {
  uint64_t hash;
  uint8_t len;
} kh_variant;

/// The wanted words and phrases of a query, ready for many texts.
typedef struct kh_matcher {
  struct {
    kh_variant variants[KH_TERMS_MAX];
    uint8_t count;
    bool last;   // of its word or phrase
    bool prefix; // may go on
    bool first;
  } words[KH_MATCHER_WORDS];
  unsigned count;
} kh_matcher;

void kh_matcher_prepare(kh_matcher *matcher, const kh_query *query);

typedef struct kh_snippet {
  kh_span span; // of the text; begins and ends between words
  kh_span hits[KH_SNIPPET_HITS];
  unsigned count;
} kh_snippet;

/// The piece of `text` around the first place where most of the words stand, and the hits in it.
/// Without any, its beginning.
void kh_snippet_find(const kh_matcher *matcher, const char *text, size_t len, kh_snippet *snippet);

#endif
