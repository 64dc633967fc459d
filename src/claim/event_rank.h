// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who fills the roles of an event, judged over all who are mentioned around it: the rules' own
/// answer is one fact among others.
#ifndef KHUTWA_CLAIM_EVENT_RANK_H
#define KHUTWA_CLAIM_EVENT_RANK_H

#include "claim/event.h"

enum { KH_MAX_CANDIDATES = 48 };

/// Somebody or something mentioned in a sentence.
typedef struct kh_candidate {
  int32_t entity;
  uint32_t first; // of the slot, preposition included
  uint32_t np;    // tokens [np, last) mention it
  uint32_t last;
  uint32_t head;  // the noun phrase that holds it begins here; np when it stands by itself
  unsigned prep;  // KH_PREP_ bit of the slot; 0: bare
  int32_t joined; // the candidate that it is joined to with «و», or KH_NONE
} kh_candidate;

#define KH_NO_VERB UINT32_MAX

/// What a candidate is among the others of its sentence.
typedef struct kh_standing {
  uint32_t verb; // the nearest finite verb that it belongs to; KH_NO_VERB
  uint8_t role;  // what it is to the verb: see event_near.c
  bool doer;     // armed, or a state
  bool led;      // another is joined to it with «و»
} kh_standing;

/// What gender, number and pronouns at a trigger tell of those whom it is about.
typedef struct kh_agreement {
  uint32_t verb;        // the form of the verb that it is or belongs to
  uint32_t pronoun;     // kh_enclitic at the trigger; 0
  uint32_t after;       // kh_enclitic at a preposition behind it; 0
  uint32_t after_lemma; // that preposition
  uint32_t relative;    // where it begins, if it is a verb that may belong to a relative clause
  bool subject;         // the verb has a subject of its own
  bool passive;
} kh_agreement;

/// How often an entity does, and suffers, force ([1]) and other things ([0]) in the whole report,
/// as the rules read it.
typedef struct kh_tally {
  uint8_t did[2];
  uint8_t was[2];
} kh_tally;

/// Everybody mentioned in the sentence, at most KH_MAX_CANDIDATES: noun phrases, and phrases inside
/// them. Gives how many.
uint32_t kh_candidates(kh_document *document, uint32_t sentence,
                       kh_candidate at[KH_MAX_CANDIDATES]);

/// A trigger and the event that it tells of, alone or beside others. While a model judges, each
/// telling has an event of the layer for itself, of the same number; those that the rules take for
/// one happening know the first of them.
typedef struct kh_telling {
  kh_trigger trigger;
  uint32_t event;       // index in the layer of the first telling's event
  kh_event_roles roles; // as the rules fill them for this word alone
  float likely;         // that a happening is told; negative: another type suits the word better
  float unreal;         // how likely it has not happened; negative: nobody knows
  bool second;          // tells a happening of its own, though the rules say it does not
} kh_telling;

/// What the judge remembers while it goes through a report.
typedef struct kh_event_judge {
  kh_document *document;
  kh_telling *tellings; // in the order of the text
  uint32_t telling_count;
  uint32_t sentence; // whose candidates are gathered; UINT32_MAX: none yet
  kh_candidate at[KH_MAX_CANDIDATES];
  kh_standing standing[KH_MAX_CANDIDATES]; // of the candidates
  uint32_t count;
  kh_tally *tallies; // per entity
  uint32_t tally_count;
  const kh_event *ruled; // the events as the rules told them, which later ones look back to: the
                         // model learnt from these
  uint32_t event;        // the telling that is judged
  uint32_t *violence;    // words of violence in each sentence and, last, in all
  const uint16_t *left_out;
} kh_event_judge;

/// Corrects the roles that the rules filled, and drops events that are only spoken of. Without a
/// model nothing changes. `tellings` in the order of the text, one an event. `left_out`: per token,
/// the types that a list proposes for it and that have no telling, a bit each.
void kh_judge_events(kh_document *document, kh_telling *tellings, uint32_t count,
                     const uint16_t *left_out);

/// Does the word alone tell that it is no event, which only a list says that it may be? False
/// without a model.
bool kh_is_vain_proposal(const kh_document *document, const kh_trigger *trigger);

/// How likely the telling must be to count.
float kh_least_of(const kh_ranker *ranker, const kh_telling *telling);

/// Fills in how likely telling number `judge->event` tells a happening of the report, and one of
/// its own.
void kh_judge_telling(const kh_event_judge *judge);

/// Facts of whether telling number `own`, which the rules take for a further word of a happening,
/// tells one of its own.
void kh_pair_facts(const kh_event_judge *judge, uint32_t own, kh_facts *facts);

/// Facts of whether the event is told as a fact. `age`: how its time stands to the report's day.
void kh_real_facts(const kh_document *document, const kh_trigger *trigger, const kh_event *event,
                   uint32_t age, kh_facts *facts);

/// Is the telling one that others look back to: not one of a happening told before in its sentence,
/// nor of a word that may tell none?
static inline bool kh_leads(const kh_event_judge *judge, uint32_t telling) {
  const kh_telling *t = &judge->tellings[telling];
  return t->event == telling && !(t->trigger.doubts & KH_DOUBT_PROPOSED);
}

/// Tells how the gathered candidates stand to the verbs of their sentence.
void kh_event_stand(kh_event_judge *judge);

/// Counts what the rules say that each entity does and suffers.
void kh_event_tally(kh_event_judge *judge);

/// Facts of candidate number `n` among the others; `place` and `rule` as in event_rank.c.
void kh_near_facts(const kh_event_judge *judge, const kh_trigger *trigger, uint32_t n,
                   uint32_t place, uint32_t rule, kh_facts *facts);

/// What the trigger tells by its form.
kh_agreement kh_agreement_of(const kh_document *document, const kh_trigger *trigger);

/// Facts of how candidate number `n` agrees with the trigger; `place` as in event_rank.c.
void kh_agree_facts(const kh_event_judge *judge, const kh_trigger *trigger,
                    const kh_agreement *agreement, uint32_t n, uint32_t place, kh_facts *facts);

/// Facts of how a place or time (`time`; NULL) at tokens [first, last) stands to the verbs and
/// happenings of the trigger's sentence.
void kh_setting_facts(const kh_event_judge *judge, const kh_trigger *trigger, uint32_t first,
                      uint32_t last, const kh_time *time, kh_facts *facts);

/// Facts of what the entity does in the rest of the report.
void kh_report_facts(const kh_event_judge *judge, const kh_trigger *trigger, int32_t entity,
                     uint32_t rule, kh_facts *facts);

/// The earlier telling of what the trigger names: the last event of its type before number `event`,
/// of the same word if there is one (`*same`); NULL when there is none.
const kh_event *kh_told_before(const kh_event_judge *judge, const kh_trigger *trigger,
                               uint32_t event, bool *same);

#endif
