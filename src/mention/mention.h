// SPDX-License-Identifier: Apache-2.0
/// \file
/// Names, roles, times and quantities; entities and who is who.
#ifndef KHUTWA_MENTION_MENTION_H
#define KHUTWA_MENTION_MENTION_H

#include "morph/morph.h"

/// A mention in the making: tokens [first, last), bytes without proclitics.
typedef struct kh_name {
  uint32_t first;
  uint32_t last;
  kh_span span;
  int32_t entity;
  kh_mention_form form;
  uint8_t kind;         // kh_entity_kind
  const char *relation; // of a place: where by it («شمالي»); NULL
} kh_name;

/// An entity in the making. Strings live in the document's arena or in the tables.
typedef struct kh_draft {
  kh_entity_kind kind;
  const char *name;
  const char *name_en;
  bool name_en_transliterated;
  const char *known_id;
  char country[4];
  kh_sector sector;
  bool located;
  double latitude;
  double longitude;
  const char *place_code;
  const char *admin1;
  const char *admin2;
  const char *relation;
  KH_ARRAY(const char *) candidates;
  KH_ARRAY(kh_role) roles;
  uint32_t gender; // KH_F_MASC, KH_F_FEM, or 0
  bool used;       // some claim refers to it (unnamed actors are dropped otherwise)
  const char *rule;
  float confidence;
} kh_draft;

/// What was found of the phrase that begins at a token: that it refers to nobody. Claims ask for
/// most phrases several times.
typedef struct kh_nobody {
  uint32_t last; // where the phrase ends; 0: nothing was found out yet
  uint8_t head;  // bit of `actor_heads` that would change it; KH_NO_HEAD: nothing can
} kh_nobody;

enum { KH_NO_HEAD = 0xFF };

/// A time expression: tokens [first, last).
typedef struct kh_time_mention {
  uint32_t first;
  uint32_t last;
  kh_time time;
} kh_time_mention;

typedef enum kh_quantity_kind {
  KH_QUANTITY_NUMBER,
  KH_QUANTITY_ORDINAL,
  KH_QUANTITY_PERCENT,
  KH_QUANTITY_FRACTION,
  KH_QUANTITY_MONEY,
  KH_QUANTITY_VAGUE, // عشرات, مئات: `value` is the low end
} kh_quantity_kind;

/// A quantity in words or digits: tokens [first, last), without the counted noun.
typedef struct kh_quantity {
  uint32_t first;
  uint32_t last;
  kh_span span;
  kh_quantity_kind kind;
  double value;
  double high; // negative: none
  kh_bound bound;
  uint32_t bound_first; // tokens of the bound words (أكثر من) before it; == first when none
  bool in_time;         // part of a time expression: no count of things
  bool in_name;         // part of a name («قناة 12»)
  uint32_t unit_first;  // of a currency or percent sign before it; == first when none
  uint32_t unit_last;   // end of the currency or percent sign after it; == last when none
  const char *unit;     // ISO 4217 code, "%" or "‰"; NULL
} kh_quantity;

typedef struct kh_mention_layer {
  KH_ARRAY(kh_draft) entities;
  KH_ARRAY(kh_name) names;          // sorted by first token, not nested, forms NAME only
  KH_ARRAY(kh_name) others;         // role, nominal and pronoun mentions, in order of discovery
  KH_ARRAY(kh_time_mention) times;  // sorted
  KH_ARRAY(kh_quantity) quantities; // sorted
  struct kh_features *features;     // src/mention/names.h: forms and known names; NULL
  struct kh_entity_state *states;   // src/mention/entity.h: one an entity
  uint32_t state_room;
  char country[4];            // the state that the report speaks of most; ""
  struct kh_anchors *anchors; // src/mention/entity_place.c: places that can be no other
  int32_t *next_name;         // per name: the next of the same entity, or -1
  int32_t *other_at;          // per token: index into others of the last that begins there, or -1
  uint64_t surnames;          // a bit for the surname of each person: hash modulo 64
  kh_nobody *nobody;          // per token
  uint64_t actor_heads;       // a bit for the head noun of each unnamed actor: hash modulo 64
  uint64_t called[4];         // a bit for each word that named entities are called by: modulo 256
  char dateline[11];          // the day that the report gives itself, "YYYY-MM-DD"; "" when none
  int32_t *name_at;           // per token: index into names, or -1
  int32_t *time_at;           // per token: index into times, or -1
  int32_t *quantity_at;       // per token: index into quantities, or -1
  const struct kh_time_words *time_words; // src/mention/calendar_lex.h: words of time and number
} kh_mention_layer;

/// The day of the report: what its source told, else its dateline; "" when neither is known.
const char *kh_report_day(const kh_document *document);

/// The stage: quantities, then times, then names, then entities. Fills document->mentions.
void kh_mention_stage(kh_document *document);

/// Parts of the stage, in this order: the layer with quantities and times, then names, then
/// entities.
void kh_mention_begin(kh_document *document);
void kh_quantities(kh_document *document);
void kh_times(kh_document *document);
void kh_names(kh_document *document);    // names and their kinds
void kh_entities(kh_document *document); // which names are one entity; country, sector, roles

/// Which entity does the noun phrase of tokens [first, last) refer to? A name in its head or in
/// apposition; a role phrase that points back to a person; a nisba adjective or capital; else,
/// when the head is somebody (class `actor`), a new unnamed actor whose mention is the phrase.
/// KH_NONE when it is nobody. `speaker`: the phrase stands as a speaker or doer, so that places
/// count as governments. Marks the entity as used.
int32_t kh_entity_of(kh_document *document, uint32_t first, uint32_t last, bool speaker);

/// The state that the report names, whose adjective stands at the token («التركية»), or KH_NONE.
/// Marks it as used; `speaker` as above.
int32_t kh_state_of_adjective(kh_document *document, uint32_t token, bool speaker);

/// The same as kh_entity_of for the subject of a verb of speech, which is somebody whatever its
/// head: an unnamed actor is made when nothing else fits.
int32_t kh_entity_of_speaker(kh_document *document, uint32_t first, uint32_t last);

/// The unnamed actor, mentioned before, that a definite noun alone points back to («المصادر»
/// after «مصادر محلية»), or KH_NONE.
int32_t kh_entity_called(const kh_document *document, uint32_t first, uint32_t last);

/// The entity that a dropped or pronominal subject at `token` points back to, by gender and
/// number, or KH_NONE.
int32_t kh_entity_before(kh_document *document, uint32_t token, uint32_t features);

#endif
