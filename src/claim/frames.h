// SPDX-License-Identifier: Apache-2.0
/// \file
/// The compiled rules of claims (rules/claim/*.tsv).
#ifndef KHUTWA_CLAIM_FRAMES_H
#define KHUTWA_CLAIM_FRAMES_H

#include "claim/frame_bits.h"
#include "claim/phrase.h"

typedef struct kh_speech_frame {
  const char *id;
  kh_class cue;
  uint8_t parts;
  uint8_t complements;
  uint16_t preps; // prepositions that introduce the content
  uint16_t to;    // prepositions of the addressee; KH_PREP_OBJECT: the verb's object
} kh_speech_frame;

struct kh_frames {
  const kh_speech_frame *speech;
  uint32_t speech_count;
  uint64_t speech_cues[KH_CLASS_WORDS]; // classes of all speech frames
};

/// Reads the sections of claim rules; fills engine->frames.
kh_status kh_frames_open(kh_engine *engine, kh_error *error);

/// The preposition of a slot as a KH_PREP_ bit; 0 for a bare phrase.
unsigned kh_slot_prep(const kh_document *document, const kh_slot *slot);

#endif
