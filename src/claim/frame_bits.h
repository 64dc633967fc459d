// SPDX-License-Identifier: Apache-2.0
/// \file
/// The vocabulary of rules/claim/*.tsv, shared by the rules compiler and the stage that reads them.
#ifndef KHUTWA_CLAIM_FRAME_BITS_H
#define KHUTWA_CLAIM_FRAME_BITS_H

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
  KH_PREP_BY = 8192,     // من قبل، على يد: the agent
  KH_PREP_OBJECT = 4096, // none: the verb's object
};

/// Parts of a cue's paradigm that a frame reads.
enum { KH_PART_VERB = 1, KH_PART_PARTICIPLE = 2, KH_PART_NOUN = 4 };

/// Forms that the content of a statement may take.
enum {
  KH_COMPLEMENT_CLAUSE = 1, // أن / إن / بأن
  KH_COMPLEMENT_QUOTE = 2,  // a quotation after it
  KH_COMPLEMENT_COLON = 4,
  KH_COMPLEMENT_OBJECT = 8,  // a noun phrase
  KH_COMPLEMENT_BEFORE = 16, // a quotation before it: «...»، قال فلان
};

#endif
