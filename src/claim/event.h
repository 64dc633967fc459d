// SPDX-License-Identifier: Apache-2.0
/// \file
/// Events in the making: a word that names a happening, and who fills its slots.
#ifndef KHUTWA_CLAIM_EVENT_H
#define KHUTWA_CLAIM_EVENT_H

#include "claim/frames.h"

enum { KH_MAX_ROLE = 8 };

/// Entities that fill a role, each once.
typedef struct kh_role_list {
  int32_t at[KH_MAX_ROLE];
  uint32_t count;
} kh_role_list;

/// Why a trigger is no event as far as the rules can tell; the model may think otherwise. A bit
/// set.
enum {
  KH_DOUBT_NEEDS = 1,     // what its frame needs is missing
  KH_DOUBT_ATTRIBUTE = 2, // it only tells what an office, body or document is about
  KH_DOUBT_WANTED = 4,    // demanded, refused or aimed at
  KH_DOUBT_HARMLESS = 8,  // nobody armed does it to what can be hurt
  KH_DOUBT_NOBODY = 16,   // its subject is nobody; without a model it counts all the same
  KH_DOUBT_PROPOSED = 32, // a list of words says that it may be, no frame
};

/// A word or fixed phrase that may name an event.
typedef struct kh_trigger {
  uint32_t token; // its first token
  uint32_t last;  // end of the word or fixed phrase
  unsigned part;  // one KH_PART_ bit
  const kh_event_frame *frame;
  const kh_clause *clause; // of a finite verb; else the clause it stands in, or NULL
  unsigned doubts;         // KH_DOUBT_ bits
} kh_trigger;

/// Who and where.
typedef struct kh_event_roles {
  kh_role_list actors;
  kh_role_list recipients;
  int32_t place;   // entity, or KH_NONE
  int32_t time;    // time mention, or KH_NONE
  bool odd_target; // what it is done to is no body, place or thing that can be hurt
  bool has_target; // something is named that it is done to
} kh_event_roles;

/// Fills the slots that the trigger's frame names.
void kh_event_roles_fill(kh_document *document, const kh_trigger *trigger, kh_event_roles *roles);

/// Is the entity armed, a state, or an office of one?
bool kh_is_doer(const kh_document *document, int32_t entity);

/// Is the entity armed: a force, a militia, a police?
bool kh_is_armed(const kh_document *document, int32_t entity);

/// Adds an entity unless it is there already; KH_NONE and a full list are ignored.
void kh_role_add(kh_role_list *list, int32_t entity);

#endif
