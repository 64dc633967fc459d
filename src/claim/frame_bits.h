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
/// KH_PART_MASDAR is told from other nouns by frames of events only.
enum { KH_PART_VERB = 1, KH_PART_PARTICIPLE = 2, KH_PART_NOUN = 4, KH_PART_MASDAR = 8 };

/// Further slots that a frame of events may name beside KH_PREP_ bits (KH_PREP_OBJECT included).
enum {
  KH_ROLE_SUBJECT = 1 << 14,     // of the finite verb
  KH_ROLE_IDAFA = 1 << 15,       // the noun or pronoun that completes the trigger
  KH_ROLE_IDAFA_DOER = 1 << 16,  // the same, when it is armed or a state
  KH_ROLE_IDAFA_OTHER = 1 << 17, // the same, when it is not
  KH_ROLE_GOVERNOR = 1 << 18,    // subject of the verb whose object or complement the trigger is
  KH_ROLE_SPEAKER = 1 << 19,     // speaker of the statement whose cue the trigger is
  KH_ROLE_TO = 1 << 20,          // addressees of that statement
  KH_ROLE_NOUN = 1 << 21,        // the noun that a participle describes
  KH_ROLE_CLAUSE = 1 << 22, // subject of the clause that a noun with «ب» stands in: «بدعم من»
};

/// What an event must have to count; any of them suffices.
enum {
  KH_NEED_ACTOR = 1,
  KH_NEED_RECIPIENT = 2,
  KH_NEED_PLACE = 4,
  KH_NEED_DOER = 8,    // an actor that is armed or a state
  KH_NEED_FIGURE = 16, // a count of people harmed in the trigger's clause
  KH_NEED_BOTH = 32,   // actor and recipient
  KH_NEED_IDAFA = 64, // something that completes the noun: «اغتيال القائد», not «الاغتيال»
  KH_NEED_PACT = 128, // an agreement or body that «من» names: «انسحب من الاتفاق»
  KH_NEED_WEAPON = 256, // a weapon right after it: «أطلق صاروخا»
  KH_NEED_CROWD = 512,  // demonstrators do it, or banners and slogans stand beside it
  KH_NEED_FREED = 2048, // «سراح» after it: «أطلقت السلطات سراح السجناء»
  KH_NEED_BLAME = 4096, // responsibility after it: «حملت الحركة الجيش مسؤولية الحادث»
  KH_NEEDS_STRICT = KH_NEED_FREED | KH_NEED_BLAME,
  KH_NEED_LISTED = 8192,   // a word of rules/claim/proposed.tsv that no frame fits
  KH_NEED_SPEAKER = 16384, // an actor that attacks with words: a politician, an outlet
  KH_NEED_MODEL = 1024,    // never met: the model of claims alone may think it an event
};

/// Forms that the content of a statement may take.
enum {
  KH_COMPLEMENT_CLAUSE = 1, // أن / إن / بأن
  KH_COMPLEMENT_QUOTE = 2,  // a quotation after it
  KH_COMPLEMENT_COLON = 4,
  KH_COMPLEMENT_OBJECT = 8,  // a noun phrase
  KH_COMPLEMENT_BEFORE = 16, // a quotation before it: «...»، قال فلان
};

#endif
