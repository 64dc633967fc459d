// SPDX-License-Identifier: Apache-2.0
/// \file
/// The compiled rules of claims (rules/claim/*.tsv).
#ifndef KHUTWA_CLAIM_FRAMES_H
#define KHUTWA_CLAIM_FRAMES_H

#include "claim/phrase.h"

/// Prepositions that slots of a frame may name. A bit set; KH_PREP_OTHER is any other.
enum {
  KH_PREP_BI = 1,      // ب
  KH_PREP_LI = 2,      // ل
  KH_PREP_KA = 4,      // ك
  KH_PREP_ILA = 8,     // إلى
  KH_PREP_AN = 16,     // عن
  KH_PREP_ALA = 32,    // على
  KH_PREP_MIN = 64,    // من
  KH_PREP_FI = 128,    // في
  KH_PREP_MAA = 256,   // مع
  KH_PREP_BAYNA = 512, // بين
  KH_PREP_DIDD = 1024, // ضد
  KH_PREP_OTHER = 2048,
};

/// Parts of a cue's paradigm that a frame reads.
enum { KH_PART_VERB = 1, KH_PART_PARTICIPLE = 2, KH_PART_NOUN = 4 };

/// Forms that the content of a statement may take.
enum {
  KH_COMPLEMENT_CLAUSE = 1, // أن / إن / بأن
  KH_COMPLEMENT_QUOTE = 2,  // a quotation after it
  KH_COMPLEMENT_COLON = 4,
  KH_COMPLEMENT_OBJECT = 8, // a noun phrase
  KH_COMPLEMENT_BEFORE = 16, // a quotation before it: «...»، قال فلان
};

typedef struct kh_speech_frame {
  const char *id;
  kh_class cue;
  uint8_t parts;
  uint8_t complements;
  uint16_t preps;    // prepositions that introduce the content
  uint16_t to;       // prepositions of the addressee
  bool to_object;    // the verb's object is the addressee
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
