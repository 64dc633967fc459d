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

/// What a token may be to the readers of claims. A bit set, told from its classes once for all; the
/// first ones from those of the word itself, KH_SIGN_SCOPE and KH_SIGN_EVENT from what it is a cue
/// of (see kh_cue_at).
enum {
  KH_SIGN_COMPLEMENT = 1,
  KH_SIGN_RELATIVE = 2,
  KH_SIGN_OPENS_CLAUSE = 4,
  KH_SIGN_SPEECH = 8,   // a frame of statements begins with one of its classes
  KH_SIGN_STEP = 16,    // it may name a step
  KH_SIGN_COUNTED = 32, // it may be counted
  KH_SIGN_SCOPE = 64,   // it may open a scope
  KH_SIGN_EVENT = 128,  // a frame of events begins with one of its classes
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
  uint32_t *end;         // per token: end of the noun phrase that begins there; 0 when none does
  uint8_t *scope;        // per token: KH_SCOPE_ bits
  int32_t *clause_at;    // per token: the clause whose verb it is, or KH_NONE
  const uint64_t **cues; // per token: classes of the fixed phrase that begins there, else of the
                         // word; of words inside a fixed phrase none
  uint8_t *signs;        // per token: KH_SIGN_ bits; 0 for what is no word
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

/// Chooses other readings for words whose clause tells more than their neighbours do. Comes before
/// phrases are found.
void kh_phrase_readings(kh_document *document);

/// Is the token the dash that ends a dateline: «دبي (رويترز) - »?
bool kh_ends_dateline(const kh_document *document, uint32_t token);

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

/// The reading chosen for a token.
static inline const kh_word *kh_reading(const kh_document *document, uint32_t token) {
  return &document->morph->best[token];
}

static inline bool kh_is_word(const kh_document *document, uint32_t token) {
  return document->tokens->at[token].kind == KH_TOKEN_WORD;
}

static inline bool kh_is_mark(const kh_document *document, uint32_t token, kh_mark mark) {
  const kh_token *t = &document->tokens->at[token];
  return t->kind == KH_TOKEN_PUNCT && t->mark == mark;
}

/// Is there a token `b`, and does it stand in the sentence of `a`?
static inline bool kh_share_sentence(const kh_document *document, uint32_t a, uint32_t b) {
  const kh_token_layer *tokens = document->tokens;
  return b < tokens->count && tokens->at[a].sentence == tokens->at[b].sentence;
}

static inline const kh_sentence *kh_sentence_of(const kh_document *document, uint32_t token) {
  return &document->tokens->sentences[document->tokens->at[token].sentence];
}

/// The clause whose finite verb the token is, or NULL.
static inline const kh_clause *kh_clause_of(const kh_document *document, uint32_t token) {
  const struct kh_phrases *phrases = document->claims->phrases;
  const int32_t clause = phrases->clause_at[token];
  return clause < 0 ? NULL : &phrases->clauses.at[clause];
}

/// The clause among whose own words the token stands: of the nearest verb at or before it in its
/// sentence that reaches it, else of the verb whose clause begins before it. NULL when none.
const kh_clause *kh_clause_around(const kh_document *document, uint32_t token);

/// Bytes of tokens [first, last) without the proclitics of the first; {0, 0} when empty.
kh_span kh_phrase_span(const kh_document *document, uint32_t first, uint32_t last);

/// The innermost statement whose content holds the token, or KH_NONE.
int32_t kh_statement_over(const kh_document *document, uint32_t token);

/// Does the word, or a fixed phrase that begins there, belong to the class? Words inside a fixed
/// phrase belong to nothing of their own.
static inline bool kh_cue_at(const kh_document *document, uint32_t token, kh_class class_id) {
  return kh_in_class_set(document->claims->phrases->cues[token], class_id);
}

/// Has the token one of the KH_SIGN_ bits?
static inline bool kh_has_sign(const kh_document *document, uint32_t token, unsigned signs) {
  return (document->claims->phrases->signs[token] & signs) != 0;
}

/// A set of classes, to test a word for all of them at once.
typedef struct kh_class_set {
  uint64_t bits[KH_CLASS_WORDS];
} kh_class_set;

/// Adds classes `first` to `last`, both included.
void kh_class_set_add(kh_class_set *set, kh_class first, kh_class last);

/// Has the lemma of the word's chosen reading a class of the set?
bool kh_word_in_set(const kh_document *document, uint32_t token, const kh_class_set *set);

/// Adds the classes that open a scope.
void kh_scope_cues(kh_class_set *set);

/// May the word, or the fixed phrase that begins there, belong to a class of the set? False is
/// certain; the quick way past words that are no cue.
bool kh_class_set_at(const kh_document *document, uint32_t token, const kh_class_set *set);

/// The phrase that a relative pronoun points back to: begins at the token returned and ends
/// before the pronoun. Returns the pronoun itself when there is none.
uint32_t kh_antecedent(const kh_document *document, uint32_t relative);

/// Do a verb (features of its reading) and the noun that heads [first, last) agree? `before`:
/// the noun stands before the verb, where number counts too.
bool kh_agrees(const kh_document *document, uint32_t verb_features, uint32_t first, bool before);

#endif
