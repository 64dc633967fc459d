// SPDX-License-Identifier: Apache-2.0
/// \file
/// The shallow syntax that claims are read from: noun phrases, clauses of finite verbs, and the
/// scope of negation, modality, demand and condition. No tree is built: for every token it is
/// known where the noun phrase that begins there ends, and for every finite verb what its
/// subject, object and complement are.
#ifndef KHUTWA_CLAIM_PHRASE_H
#define KHUTWA_CLAIM_PHRASE_H

#include "claim/claim_layer.h"

/// What stands in the way of reading a token's happening as a fact. A bit set.
enum {
  KH_SCOPE_NEGATED = 1,
  KH_SCOPE_FUTURE = 2,
  KH_SCOPE_POSSIBLE = 4,
  KH_SCOPE_DEMANDED = 8,
  KH_SCOPE_CONDITIONAL = 16,
  KH_SCOPE_PURPOSE = 32, // «من أجل», «بهدف»: aimed at
  KH_SCOPE_REFUSED = 64, // the complement of a refusal
};

/// A finite verb with what belongs to it. Token ranges are half-open; empty when first == last.
typedef struct kh_clause {
  uint32_t verb;
  uint32_t first; // where the clause begins (may be before the verb)
  uint32_t last;  // where its own words end: next verb, complement, or sentence end
  uint32_t subject, subject_last;
  uint32_t object, object_last;
  uint32_t complement; // first token after أن/إن/بأن or of the quotation; 0 when there is none
  int32_t particle;    // the token أن/إن/بأن itself, or KH_NONE
  bool passive;
  bool subject_before;   // «القوات السورية تشن»
  bool subject_relative; // the subject is what a relative pronoun points back to
} kh_clause;

struct kh_phrases {
  uint32_t *end;      // per token: end of the noun phrase that begins there; 0 when none does
  uint8_t *scope;     // per token: KH_SCOPE_ bits
  int32_t *clause_at; // per token: the clause whose verb it is, or KH_NONE
  KH_ARRAY(kh_clause) clauses;
};

/// A noun phrase with the preposition that governs it.
typedef struct kh_slot {
  uint32_t first; // where it begins, preposition included
  uint32_t np;    // where the noun phrase begins (the same token when the preposition is a clitic)
  uint32_t last;  // end of the noun phrase
  int32_t prep;   // token of the preposition (a word), or KH_NONE
  uint8_t clitic; // KH_CLITIC_BI, _LI or _KA when the preposition is a proclitic; 0
} kh_slot;

/// The next noun phrase at or after token `at` and before `limit`; phrases inside another
/// (idafa) are not visited. Returns false when there is none.
bool kh_slot_next(const kh_document *document, uint32_t at, uint32_t limit, kh_slot *slot);

/// Where the noun phrase that is joined to [first, last) by «و» or «أو» begins, or 0.
uint32_t kh_conjunct(const kh_document *document, uint32_t last);

/// End of the clause that a complement beginning at `first` fills: sentence end, or the closing
/// mark when it stands in a quotation.
uint32_t kh_complement_end(const kh_document *document, uint32_t first);

/// Is the token a noun or name that may head a noun phrase?
bool kh_is_nominal(const kh_document *document, uint32_t token);

/// Do a verb (features of its reading) and the noun that heads [first, last) agree? `before`:
/// the noun stands before the verb, where number counts too.
bool kh_agrees(const kh_document *document, uint32_t verb_features, uint32_t first, bool before);

#endif
