// SPDX-License-Identifier: Apache-2.0
#include "store/snippet.h"

#include <string.h>

enum {
  BEFORE = 120,    // bytes shown before the first hit
  HITS_READ = 256, // hits of a text that are weighed
  SLACK = 24,      // bytes by which the snippet may be cut short, to end between words
};

static const uint64_t HASH_BASIS = 0xCBF29CE484222325ULL;
static const uint64_t HASH_PRIME = 0x100000001B3ULL;

static uint64_t hash_of(const char *bytes, size_t len) {
  uint64_t hash = HASH_BASIS;
  for (size_t i = 0; i < len; i++) hash = (hash ^ (unsigned char)bytes[i]) * HASH_PRIME;
  return hash;
}

// ------------------------------------------------------------------ what is looked for

static void add_word(kh_matcher *m, const kh_spelt *word, bool first, kh_terms *terms) {
  kh_terms_of(word, KH_REACH_PART, terms);
  m->words[m->count].count = terms->count;
  m->words[m->count].first = first;
  m->words[m->count].last = m->words[m->count].prefix = false;
  for (uint8_t i = 0; i < terms->count; i++)
    m->words[m->count].variants[i] =
        (kh_variant){hash_of(terms->at[i], terms->len[i]), terms->len[i]};
  m->count++;
}

void kh_matcher_prepare(kh_matcher *matcher, const kh_query *query) {
  kh_terms terms;
  kh_spelt word;
  matcher->count = 0;
  for (unsigned i = 0; i < query->count; i++) {
    const kh_query_term *term = &query->terms[i];
    if (term->excluded) continue;
    kh_spelling spelling = {.text = query->text + term->span.start,
                            .len = term->span.end - term->span.start};
    const unsigned from = matcher->count;
    while (kh_next_spelt(&spelling, &word)) {
      if (matcher->count == KH_MATCHER_WORDS) {
        matcher->count = from; // no half phrases
        return;
      }
      add_word(matcher, &word, matcher->count == from, &terms);
    }
    matcher->words[matcher->count - 1].last = true;
    matcher->words[matcher->count - 1].prefix = term->prefix;
  }
}

// ------------------------------------------------------------------ hits

static bool has_variant(const kh_matcher *m, unsigned word, const kh_terms *terms,
                        const uint64_t *hashes) {
  for (uint8_t i = 0; i < m->words[word].count; i++) {
    const kh_variant *v = &m->words[word].variants[i];
    for (uint8_t k = 0; k < terms->count; k++) {
      if (v->len == terms->len[k] && v->hash == hashes[k]) return true;
      if (m->words[word].prefix && terms->len[k] > v->len &&
          hash_of(terms->at[k], v->len) == v->hash)
        return true;
    }
  }
  return false;
}

typedef struct hit {
  kh_span span;
  uint8_t term; // which word or phrase
} hit;

typedef struct hits {
  hit at[HITS_READ];
  unsigned count;
} hits;

// Phrases are followed word by word: begun[w] is where the phrase began whose words up to number w
// stand before, or NOT_BEGUN.
static void find_hits(const kh_matcher *m, const char *text, size_t len, hits *found) {
  enum { NOT_BEGUN = -1 };
  int64_t begun[KH_MATCHER_WORDS];
  for (unsigned w = 0; w < KH_MATCHER_WORDS; w++) begun[w] = NOT_BEGUN;
  kh_spelling spelling = {.text = text, .len = len};
  kh_spelt word;
  kh_terms terms;
  uint64_t hashes[KH_TERMS_MAX];
  while (found->count < HITS_READ && kh_next_spelt(&spelling, &word)) {
    kh_terms_of(&word, KH_REACH_INDEX, &terms);
    for (uint8_t k = 0; k < terms.count; k++) hashes[k] = hash_of(terms.at[k], terms.len[k]);
    uint8_t term = (uint8_t)m->count;
    for (unsigned w = m->count; w-- > 0;) { // backwards: begun[w - 1] is still the word before's
      if (m->words[w].last) term--;
      int64_t from = m->words[w].first ? (int64_t)word.start : begun[w - 1];
      if (from != NOT_BEGUN && !has_variant(m, w, &terms, hashes)) from = NOT_BEGUN;
      begun[w] = from;
      if (from == NOT_BEGUN || !m->words[w].last || found->count == HITS_READ) continue;
      found->at[found->count++] = (hit){{(uint32_t)from, word.end}, term};
    }
  }
}

// ------------------------------------------------------------------ the piece shown

// The hit from which on the most different words stand within one snippet.
static unsigned best_start(const hits *found) {
  unsigned best = 0;
  unsigned most = 0;
  for (unsigned i = 0; i < found->count; i++) {
    uint64_t seen = 0;
    unsigned different = 0;
    for (unsigned k = i; k < found->count; k++) {
      if (found->at[k].span.end - found->at[i].span.start > KH_SNIPPET_BYTES - BEFORE) break;
      const uint64_t bit = 1ULL << (found->at[k].term % 64);
      if (!(seen & bit)) different++;
      seen |= bit;
    }
    if (different > most) {
      most = different;
      best = i;
    }
  }
  return best;
}

static bool is_blank(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r'; }

// The window around a hit, begun and ended between words where that is near.
static kh_span window(const char *text, size_t len, uint32_t from) {
  size_t start = from > BEFORE ? from - BEFORE : 0;
  while (start && start < from && !is_blank(text[start - 1])) start++;
  // not from another paragraph
  for (size_t i = from; i > start; i--) {
    if (text[i - 1] == '\n') start = i;
  }
  size_t end = start + KH_SNIPPET_BYTES < len ? start + KH_SNIPPET_BYTES : len;
  if (end < len) {
    const size_t wanted = end;
    while (end > wanted - SLACK && !is_blank(text[end])) end--;
    if (!is_blank(text[end])) end = wanted;
    while (end > start && ((unsigned char)text[end] & 0xC0) == 0x80) end--;
  }
  while (end > start && is_blank(text[end - 1])) end--;
  return (kh_span){(uint32_t)start, (uint32_t)end};
}

static void take_hits(const hits *found, kh_snippet *snippet) {
  uint32_t after = 0;
  for (unsigned i = 0; i < found->count && snippet->count < KH_SNIPPET_HITS; i++) {
    const kh_span span = found->at[i].span;
    if (span.start < snippet->span.start || span.end > snippet->span.end || span.start < after)
      continue;
    snippet->hits[snippet->count++] = span;
    after = span.end;
  }
}

void kh_snippet_find(const kh_matcher *matcher, const char *text, size_t len, kh_snippet *snippet) {
  hits found;
  found.count = 0;
  snippet->count = 0;
  if (matcher->count) find_hits(matcher, text, len, &found);
  snippet->span = window(text, len, found.count ? found.at[best_start(&found)].span.start : 0);
  take_hits(&found, snippet);
}
