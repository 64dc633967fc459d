// SPDX-License-Identifier: Apache-2.0
/// \file
/// What the parts of the entity stage share.
#ifndef KHUTWA_MENTION_ENTITY_H
#define KHUTWA_MENTION_ENTITY_H

#include "mention/names.h"

enum { KH_ENTITY_WORDS = 8, KH_ENTITY_SEARCH = 400 };

/// What is known of an entity while a document is read, beside its draft. One a draft, in the
/// same order.
typedef struct kh_entity_state {
  const kh_known *known; ///< its line of the gazetteer; NULL
  uint32_t known_name;   ///< the name (index) that was found there
  const kh_known *role;  ///< head of the role it was introduced with; NULL
  uint32_t role_first;   ///< tokens of that role [role_first, role_last)
  uint32_t role_last;
  int32_t first_name; ///< its names begin there and go on with mentions->next_name
  int32_t last_name;
  uint32_t words[KH_ENTITY_WORDS]; ///< bare words of its names and of the head before them
  uint32_t word_count;
  bool mostly_place;    ///< of a state or capital: it oftener stands as a mere place
  uint32_t surname;     ///< hash of the last word of its longest name
  uint32_t longest;     ///< the name (index) with most words
  uint32_t first_token; ///< where it is mentioned first
  uint32_t head;        ///< of unnamed actors: hash of the bare head noun
  uint32_t last_speech; ///< where it last spoke or acted; 0 never
  uint32_t last_token;  ///< where it was last mentioned or referred to
  uint32_t key;         ///< of unnamed actors: hash of the folded phrase
} kh_entity_state;

/// Adds an entity; gives its index. `rule` names what made it.
int32_t kh_entity_add(kh_document *document, kh_entity_kind kind, const char *rule);
kh_entity_state *kh_entity_state_of(const kh_document *document, int32_t entity);

/// The best line of the gazetteer for tokens [first, last), of a kind that fits `kind` (any when
/// it is KH_KIND_ACTOR); NULL. `*state` gets the state that completes a pattern.
const kh_known *kh_known_of(const kh_document *document, uint32_t first, uint32_t last,
                            kh_entity_kind kind, const kh_known **state);

/// Are two lines of the gazetteer one thing?
bool kh_same_known(const kh_document *document, const kh_known *a, const kh_known *b);

/// The line of a kind (nisba, role, head, title) that covers exactly one token; NULL.
static inline const kh_known *kh_known_word(const kh_document *document, uint32_t token,
                                            kh_known_kind kind) {
  const kh_features *features = document->mentions->features;
  const kh_form *form = &features->forms[features->form_of[token]];
  const kh_known *known = document->engine->names->known;
  for (uint32_t e = 0; e < form->known_count; e++)
    if (known[form->known[e]].kind == kind) return &known[form->known[e]];
  return NULL;
}

/// The country that tokens [first, last) name or whose adjective they hold: a code, or NULL.
const char *kh_country_in(const kh_document *document, uint32_t first, uint32_t last);

/// Fills kind, country, sector, English name and role of an entity from what surrounds its names.
void kh_entity_describe(kh_document *document, int32_t entity);

/// The phrase that tells a person's role: tokens [first, last).
typedef struct kh_role_phrase {
  const kh_known *head; ///< its head noun
  uint32_t first;
  uint32_t last;
} kh_role_phrase;

/// The role that a token begins, of one word or several («نائب عام»); NULL.
const kh_known *kh_role_at(const kh_document *document, uint32_t token);

/// Finds the role phrase before a person's name («وزير الخارجية فلان»), or after it («فلان، وزير
/// الخارجية»).
bool kh_role_before(const kh_document *document, const kh_name *name, kh_role_phrase *role);
bool kh_role_after(const kh_document *document, const kh_name *name, kh_role_phrase *role);

/// The sector of a role: its head's, unless the head is one of any body («رئيس», «متحدث»), where
/// the body tells.
kh_sector kh_role_sector(const kh_document *document, const kh_role_phrase *role);

/// Is the code that of the United Nations or another body of states?
bool kh_is_above_states(const char *country);

/// Fills roles, country, sector and gender of a person from the roles and titles at its names.
void kh_person_describe(kh_document *document, int32_t entity);

/// What speaks for a line of the gazetteer as the place meant, but for its size and what stands
/// around the name; higher is better. `shadda`: the text writes one in the name.
int kh_place_fitness(const kh_document *document, const kh_known *line, bool shadda);

/// Gathers the places that can be no other: mentions->anchors.
void kh_places_anchor(kh_document *document);

/// Chooses the place that an entity is, and gives its draft coordinates and codes, or, when several
/// places of the name remain possible, candidates and no coordinates. Gives the line chosen.
const kh_known *kh_place_resolve(kh_document *document, int32_t entity);

/// Gives a place that the gazetteer does not know the country it likeliest lies in.
void kh_place_guess_country(kh_document *document, int32_t entity);

/// Fills kind, country, sector, id and English name of a draft from a line of the gazetteer.
void kh_draft_take(kh_document *document, kh_draft *draft, const kh_known *known);

/// Where a name's bearer lies by the place: «شمالي», «ريف … الشمالي», «على بعد 120 كلم شمال»; NULL.
const char *kh_place_relation(kh_document *document, const kh_name *name);

/// Decides whether a state or capital stands for its government (sector GOV) in this report.
void kh_state_judge(kh_document *document, int32_t entity);

/// Finds the state that the report speaks of most: mentions->country.
void kh_country_of_report(kh_document *document);

/// Does the place stand as a mere place here: after «في», «شمال», «مدينة», a clitic «بـ»?
bool kh_is_located(const kh_document *document, const kh_name *name);

/// A name in English that is not known: spelt (rules/names/spellings.tsv), of bodies and places
/// translated where that is safe («المجلس الوطني» National Council). In the arena.
const char *kh_transliterate(kh_document *document, const char *arabic, kh_entity_kind kind);

/// The English of a pattern («{en} Defence Ministry») with its state in place, «Defence Ministry»
/// where `state` is NULL; NULL when it has none. In the arena or the tables.
const char *kh_pattern_in_english(kh_document *document, const kh_known *pattern,
                                  const kh_known *state);

/// The same of a draft, whose longest name is `name`. In the arena.
const char *kh_name_in_english(kh_document *document, const kh_draft *draft, const kh_name *name);

/// Hash of a word without proclitics, article and the endings of sound plurals.
uint32_t kh_bare_word(const kh_document *document, uint32_t token);

/// The text of a span that begins in token `first`, as a name is shown: with the alef that «لل» has
/// swallowed, without hashtag marks and invisible controls. NUL-terminated, in the arena.
const char *kh_entity_text(kh_document *document, kh_span span, uint32_t first);

/// Is the token the mark?
static inline bool kh_token_is(const kh_document *document, uint32_t token, kh_mark mark) {
  const kh_token *t = &document->tokens->at[token];
  return t->kind == KH_TOKEN_PUNCT && t->mark == mark;
}

static inline const kh_form *kh_form_of(const kh_document *document, uint32_t token) {
  const kh_features *features = document->mentions->features;
  return &features->forms[features->form_of[token]];
}

#endif
