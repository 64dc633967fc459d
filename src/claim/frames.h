// SPDX-License-Identifier: Apache-2.0
/// \file
/// The compiled rules of claims (rules/claim/*.tsv).
#ifndef KHUTWA_CLAIM_FRAMES_H
#define KHUTWA_CLAIM_FRAMES_H

#include "claim/frame_bits.h"
#include "claim/phrase.h"
#include "claim/rank.h"

typedef struct kh_speech_frame {
  const char *id;
  kh_class cue;
  uint8_t parts;
  uint8_t complements;
  uint16_t preps; // prepositions that introduce the content
  uint16_t to;    // prepositions of the addressee; KH_PREP_OBJECT: the verb's object
} kh_speech_frame;

enum { KH_FRAME_CUES = 3, KH_FRAME_WITHOUT = 5, KH_FRAME_PARTS = 4, KH_NO_EVENT = -2 };
enum { KH_MOST_EVENT_FRAMES = 512 };

/// A set of frames of events, by number.
typedef struct kh_frame_set {
  uint64_t bits[KH_MOST_EVENT_FRAMES / 64];
} kh_frame_set;

/// How a word of certain classes names an event.
typedef struct kh_event_frame {
  const char *id;
  kh_class cue[KH_FRAME_CUES];        // the word has all of these (unused: KH_CLASS_COUNT)
  kh_class without[KH_FRAME_WITHOUT]; // and none of these
  uint8_t parts;
  int8_t type;        // kh_event_type; -1: such a word names no event
  uint16_t needs;     // KH_NEED_ bits
  uint32_t actor;     // KH_PREP_ and KH_ROLE_ bits
  uint32_t recipient; // the same
  uint32_t fact;      // the id as a value of facts
} kh_event_frame;

struct kh_frames {
  const kh_speech_frame *speech;
  uint32_t speech_count;
  kh_class_set speech_cues; // classes of all speech frames
  const kh_event_frame *events;
  uint32_t event_count;
  uint64_t event_cues[KH_CLASS_WORDS]; // first classes of all event frames
  const uint8_t *signs;                // per set of classes of the lexicon: KH_SIGN_ bits
  const kh_frame_set *by_cue;          // per class: the event frames whose first one it is
  const char *modes[KH_CLASS_COUNT];   // name of a mode by its class; NULL for other classes
  kh_lemma_trait *lemmas;              // per lemma of the lexicon
  kh_ranker ranker;                    // weighs what the frames propose
  // by type and KH_PART_ number: the frame of what is proposed; NULL
  const kh_event_frame *proposals[KH_EVENT_ASSAULT + 1][KH_FRAME_PARTS];
  kh_ranker steps;                       // weighs steps and who makes them
  kh_ranker statements;                  // weighs who speaks
  const struct kh_learner *step_learner; // who trains the model of steps, set by tools alone; NULL
};

/// Reads the sections of claim rules; fills engine->frames.
kh_status kh_frames_open(kh_engine *engine, kh_error *error);

/// The event frames of which a set of classes has the first one.
void kh_frames_begun(const struct kh_frames *frames, const uint64_t *classes, kh_frame_set *begun);

/// The lowest number in a set of frames from `at` on; KH_MOST_EVENT_FRAMES when there is none.
uint32_t kh_frame_next(const kh_frame_set *set, uint32_t at);

/// The frame of what is proposed of a type for such a word, or NULL. `part`: one KH_PART_ bit.
const kh_event_frame *kh_frame_proposed(const struct kh_frames *frames, int type, unsigned part);

/// Fills in which lemmas the model of steps has seen naming some (step_rank.c).
void kh_mark_step_lemmas(kh_engine *engine, const kh_ranker *steps);

/// The preposition of a slot as a KH_PREP_ bit; 0 for a bare phrase.
unsigned kh_slot_prep(const kh_document *document, const kh_slot *slot);

#endif
