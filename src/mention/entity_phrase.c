// SPDX-License-Identifier: Apache-2.0
// Whom a noun phrase or a dropped subject points to.
#include "mention/entity.h"

#include "text/text.h"

#include <string.h>

enum { MAX_PHRASE = 40, LOOK_BACK_SENTENCES = 3 };

// ---- phrases

/// Skips what stands before the head: marks and prepositions are the caller's business, but a
/// quotation mark or a demonstrative may open the phrase.
static uint32_t head_token(const kh_document *document, uint32_t first, uint32_t last) {
  while (first < last && document->tokens->at[first].kind == KH_TOKEN_PUNCT) first++;
  return first;
}

static void refer(kh_document *document, int32_t entity, uint32_t token, bool speaker) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  draft->used = true;
  if (token > state->last_token) state->last_token = token;
  const bool stands_for_state =
      state->known && (state->known->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL));
  if (speaker && draft->kind == KH_KIND_PLACE && stands_for_state &&
      draft->sector == KH_SECTOR_NONE)
    draft->sector = KH_SECTOR_GOV;
}

/// Does the token let a person's name follow in apposition? A definite word, an adjective of
/// nationality, the end of another name, a mark, or a title.
static bool opens_apposition(const kh_document *document, uint32_t token) {
  if (document->tokens->at[token].kind == KH_TOKEN_PUNCT) return true;
  if (kh_form_of(document, token)->article) return true;
  if (document->mentions->name_at[token] != KH_NONE) return true;
  return kh_known_word(document, token, KH_KNOWN_NISBA) != NULL ||
         kh_known_word(document, token, KH_KNOWN_TITLE) != NULL;
}

/// The name that the phrase is about: one that begins it (but for a generic head and marks), or a
/// person in apposition to a role.
static int32_t name_in_phrase(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  uint32_t at = first;
  while (at < last &&
         (document->tokens->at[at].kind == KH_TOKEN_PUNCT ||
          (mentions->name_at[at] == KH_NONE && (kh_known_word(document, at, KH_KNOWN_HEAD) ||
                                                kh_known_word(document, at, KH_KNOWN_TITLE)))))
    at++;
  if (at < last && mentions->name_at[at] != KH_NONE) return mentions->name_at[at];
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  if (!role || !(role->flags & KH_KNOWN_ONE_PERSON)) return KH_NONE;
  for (uint32_t t = first + 1; t < last; t++) {
    const int32_t name = mentions->name_at[t];
    if (name == KH_NONE || mentions->names.at[name].kind != KH_KIND_PERSON) continue;
    if (mentions->names.at[name].first == t && opens_apposition(document, t - 1)) return name;
  }
  return KH_NONE;
}

static bool same_country(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

/// The person introduced with the same role whom a definite phrase points back to.
static int32_t person_of_role(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  if (!role || !(role->flags & KH_KNOWN_ONE_PERSON)) return KH_NONE;
  if (!kh_form_of(document, first)->article) return KH_NONE;
  const char *country = kh_country_in(document, first + 1, last);
  int32_t best = KH_NONE;
  for (uint32_t e = 0; e < mentions->entities.count; e++) {
    const kh_draft *draft = &mentions->entities.at[e];
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (draft->kind != KH_KIND_PERSON || state->role != role) continue;
    if (country && draft->country[0] && !same_country(country, draft->country)) continue;
    if (best == KH_NONE || state->last_token > kh_entity_state_of(document, best)->last_token)
      best = (int32_t)e;
  }
  return best;
}

/// Where the words of an unnamed actor end: before a relative clause, a mark, a verb.
static uint32_t actor_end(const kh_document *document, uint32_t first, uint32_t last) {
  uint32_t end = first + 1;
  while (end < last && end - first < MAX_PHRASE) {
    const kh_token *token = &document->tokens->at[end];
    if (token->kind == KH_TOKEN_PUNCT) break;
    end++;
  }
  return end;
}

static uint32_t phrase_key(const kh_document *document, uint32_t first, uint32_t last) {
  uint32_t key = 0;
  for (uint32_t t = first; t < last; t++) {
    const kh_form *form = kh_form_of(document, t);
    const uint32_t at = form->cut + (t == first ? form->article : 0U);
    key = key * 0x01000193U ^ kh_name_hash(form->letters + at, (size_t)form->len - at);
  }
  return key ? key : 1;
}

static bool is_somebody(const kh_document *document, uint32_t token) {
  if (kh_known_word(document, token, KH_KNOWN_ROLE)) return true;
  return kh_word_has(document, token, KH_CLASS_ACTOR) ||
         kh_word_has(document, token, KH_CLASS_CROWD) ||
         kh_word_has(document, token, KH_CLASS_CIVILIAN) ||
         kh_word_has(document, token, KH_CLASS_FORCE) ||
         kh_word_has(document, token, KH_CLASS_BODY) ||
         kh_word_has(document, token, KH_CLASS_PERSON_ROLE) ||
         kh_word_has(document, token, KH_CLASS_SOURCE_NOUN) ||
         kh_word_has(document, token, KH_CLASS_STATE_NOUN);
}

static void add_mention(kh_document *document, uint32_t first, uint32_t last, int32_t entity,
                        kh_mention_form form) {
  kh_name *mention = KH_ADD(&document->arena, &document->mentions->others);
  *mention =
      (kh_name){.first = first,
                .last = last,
                .span = {kh_word_start(document, first, true), document->tokens->at[last - 1].end},
                .entity = entity,
                .form = form,
                .kind = (uint8_t)document->mentions->entities.at[entity].kind};
}

/// Is the same phrase a mention already (several claims ask for it)?
static int32_t mention_at(const kh_document *document, uint32_t first) {
  const kh_mention_layer *mentions = document->mentions;
  for (uint32_t i = mentions->others.count; i-- > 0;)
    if (mentions->others.at[i].first == first) return mentions->others.at[i].entity;
  return KH_NONE;
}

static int32_t actor_of(kh_document *document, uint32_t first, uint32_t last) {
  kh_mention_layer *mentions = document->mentions;
  const uint32_t end = actor_end(document, first, last);
  const uint32_t key = phrase_key(document, first, end);
  for (uint32_t e = 0; e < mentions->entities.count; e++)
    if (mentions->entities.at[e].kind == KH_KIND_ACTOR &&
        kh_entity_state_of(document, (int32_t)e)->key == key) {
      add_mention(document, first, end, (int32_t)e, KH_FORM_NOMINAL);
      return (int32_t)e;
    }
  const int32_t entity = kh_entity_add(document, KH_KIND_ACTOR, "actor");
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  state->key = key;
  state->last_token = first;
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  if (role) draft->sector = (kh_sector)role->sector;
  const char *country = kh_country_in(document, first, end);
  if (country) memcpy(draft->country, country, 4);
  const kh_form *form = kh_form_of(document, first);
  draft->gender = form->len && form->letters[form->len - 1] == KH_LETTER_HA ? KH_F_FEM : KH_F_MASC;
  add_mention(document, first, end, entity, KH_FORM_NOMINAL);
  draft->name = kh_entity_text(document, mentions->others.at[mentions->others.count - 1].span);
  draft->name_en = NULL;
  return entity;
}

int32_t kh_entity_of(kh_document *document, uint32_t first, uint32_t last, bool speaker) {
  const kh_mention_layer *mentions = document->mentions;
  if (!mentions->features || last > document->tokens->count) return KH_NONE;
  first = head_token(document, first, last);
  if (first >= last) return KH_NONE;
  const int32_t name = name_in_phrase(document, first, last);
  if (name != KH_NONE) {
    refer(document, mentions->names.at[name].entity, first, speaker);
    return mentions->names.at[name].entity;
  }
  int32_t entity = mention_at(document, first);
  if (entity != KH_NONE) return entity;
  entity = person_of_role(document, first, last);
  if (entity != KH_NONE) {
    add_mention(document, first, actor_end(document, first, last), entity, KH_FORM_ROLE);
    refer(document, entity, first, speaker);
    return entity;
  }
  if (!is_somebody(document, first)) return KH_NONE;
  entity = actor_of(document, first, last);
  refer(document, entity, first, speaker);
  return entity;
}

// ---- dropped subjects

static bool agrees(const kh_draft *draft, uint32_t features) {
  const uint32_t gender = features & (KH_F_MASC | KH_F_FEM);
  if (features & (KH_F_FIRST | KH_F_SECOND)) return false;
  if (draft->kind == KH_KIND_PERSON)
    return !(features & KH_F_PLUR) && (!gender || gender == (KH_F_MASC | KH_F_FEM) ||
                                       !draft->gender || (gender & draft->gender));
  if (draft->kind == KH_KIND_PLACE) return draft->sector == KH_SECTOR_GOV && gender != KH_F_MASC;
  if (features & KH_F_PLUR) return draft->kind == KH_KIND_ACTOR || draft->kind == KH_KIND_PEOPLE;
  return true;
}

int32_t kh_entity_before(kh_document *document, uint32_t token, uint32_t features) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_token_layer *tokens = document->tokens;
  if (!mentions->features || token >= tokens->count) return KH_NONE;
  const uint32_t sentence = tokens->at[token].sentence;
  int32_t best = KH_NONE;
  uint32_t best_at = 0;
  for (uint32_t i = 0; i < mentions->names.count; i++) {
    const kh_name *name = &mentions->names.at[i];
    if (name->first >= token) break;
    if (tokens->at[name->first].sentence + LOOK_BACK_SENTENCES < sentence) continue;
    const kh_draft *draft = &mentions->entities.at[name->entity];
    if (!agrees(draft, features)) continue;
    // a person is the likelier subject of speech than a body or a place
    const kh_draft *rival = best == KH_NONE ? NULL : &mentions->entities.at[best];
    const bool weaker = rival && rival->kind == KH_KIND_PERSON && draft->kind != KH_KIND_PERSON;
    if (weaker && best_at + 60 > name->first) continue;
    best = name->entity;
    best_at = name->first;
  }
  if (best != KH_NONE) refer(document, best, token, true);
  return best;
}
