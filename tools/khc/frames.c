// SPDX-License-Identifier: Apache-2.0
// Claims: the frames of rules/claim/*.tsv.
#include "claim/frame_bits.h"
#include "khc.h"

#include <stdlib.h>
#include <string.h>

typedef struct bit_name {
  const char *name;
  unsigned bit;
} bit_name;

// Adds up the bits that a field names ("ب|إلى"); an unknown name is a fault.
static unsigned bits_of(const khc_rules *rules, const khc_row *row, const char *field,
                        const bit_name *names, size_t count, const char *what) {
  uint32_t pieces;
  const char **piece = khc_split(rules, field, '|', &pieces);
  unsigned bits = 0;
  for (uint32_t i = 0; i < pieces; i++) {
    size_t n = 0;
    while (n < count && strcmp(names[n].name, piece[i]) != 0) n++;
    if (n == count)
      khc_fault(rules, row, "unknown %s \"%s\"; see docs/rules.md for those there are", what,
                piece[i]);
    else
      bits |= names[n].bit;
  }
  return bits;
}

static const bit_name prepositions[] = {
    {"ب", KH_PREP_BI},   {"ل", KH_PREP_LI},      {"ك", KH_PREP_KA},    {"إلى", KH_PREP_ILA},
    {"عن", KH_PREP_AN},  {"على", KH_PREP_ALA},   {"من", KH_PREP_MIN},  {"في", KH_PREP_FI},
    {"مع", KH_PREP_MAA}, {"بين", KH_PREP_BAYNA}, {"ضد", KH_PREP_DIDD}, {"object", KH_PREP_OBJECT},
};

static const bit_name parts[] = {
    {"v", KH_PART_VERB},
    {"p", KH_PART_PARTICIPLE},
    {"n", KH_PART_NOUN},
    {"m", KH_PART_MASDAR},
};

static const bit_name complements[] = {
    {"an", KH_COMPLEMENT_CLAUSE},     {"quote", KH_COMPLEMENT_QUOTE},
    {"colon", KH_COMPLEMENT_COLON},   {"object", KH_COMPLEMENT_OBJECT},
    {"before", KH_COMPLEMENT_BEFORE},
};

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { ID, CUE, PART, COMPLEMENT, PREPS, TO };

static void speech_frames(const khc_rules *rules, khc_out *out) {
  const khc_table table =
      khc_read(rules, "claim/statements.tsv", "id cue part complement preps to example counter");
  khc_buffer *section = khc_section(out, "SPCH");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    const int cue = khc_class(rules, row->at[CUE], strlen(row->at[CUE]));
    if (cue < 0)
      khc_fault(rules, row, "no class \"%s\" in rules/classes.tsv; add it there", row->at[CUE]);
    const unsigned part = bits_of(rules, row, row->at[PART], parts, COUNT(parts), "part");
    const unsigned complement =
        bits_of(rules, row, row->at[COMPLEMENT], complements, COUNT(complements), "complement");
    const unsigned preps =
        bits_of(rules, row, row->at[PREPS], prepositions, COUNT(prepositions), "preposition");
    const unsigned to =
        bits_of(rules, row, row->at[TO], prepositions, COUNT(prepositions), "preposition");
    if (!part || (!complement && !preps))
      khc_fault(rules, row, "a frame needs a part and a complement; without them it never fires");
    khc_put_u32(section, khc_text(out, row->at[ID]));
    khc_put_u16(section, cue < 0 ? 0 : (unsigned)cue);
    khc_put_u16(section, preps);
    khc_put_u16(section, to);
    khc_put_u8(section, part);
    khc_put_u8(section, complement);
  }
}

// ---- events

static const bit_name roles[] = {
    {"subject", KH_ROLE_SUBJECT},
    {"idafa", KH_ROLE_IDAFA},
    {"idafa-doer", KH_ROLE_IDAFA_DOER},
    {"idafa-other", KH_ROLE_IDAFA_OTHER},
    {"by", KH_PREP_BY},
    {"governor", KH_ROLE_GOVERNOR},
    {"speaker", KH_ROLE_SPEAKER},
    {"to", KH_ROLE_TO},
    {"noun", KH_ROLE_NOUN},
    {"clause", KH_ROLE_CLAUSE},
    {"ب", KH_PREP_BI},
    {"ل", KH_PREP_LI},
    {"إلى", KH_PREP_ILA},
    {"عن", KH_PREP_AN},
    {"على", KH_PREP_ALA},
    {"من", KH_PREP_MIN},
    {"في", KH_PREP_FI},
    {"مع", KH_PREP_MAA},
    {"بين", KH_PREP_BAYNA},
    {"ضد", KH_PREP_DIDD},
    {"object", KH_PREP_OBJECT},
};

static const bit_name needs[] = {
    {"actor", KH_NEED_ACTOR}, {"recipient", KH_NEED_RECIPIENT}, {"place", KH_NEED_PLACE},
    {"doer", KH_NEED_DOER},   {"figure", KH_NEED_FIGURE},       {"both", KH_NEED_BOTH},
    {"idafa", KH_NEED_IDAFA}, {"pact", KH_NEED_PACT},           {"weapon", KH_NEED_WEAPON},
    {"crowd", KH_NEED_CROWD}, {"model", KH_NEED_MODEL},         {"freed", KH_NEED_FREED},
    {"blame", KH_NEED_BLAME}, {"listed", KH_NEED_LISTED},       {"speaker", KH_NEED_SPEAKER},
};

// In the order of kh_event_type.
static const char *const event_types[] = {
    "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
    "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT",
};

enum { NO_CLASS = 0xFFFF, EVENT_CUES = 3, EVENT_WITHOUT = 5 };

// Writes the numbers of the classes that a field names, filled up to `room`.
static void put_classes(const khc_rules *rules, const khc_row *row, const char *field,
                        char separator, uint32_t room, khc_buffer *section) {
  uint32_t pieces;
  const char **piece = khc_split(rules, field, separator, &pieces);
  if (pieces > room) khc_fault(rules, row, "at most %u classes here", (unsigned)room);
  for (uint32_t i = 0; i < room; i++) {
    int number = NO_CLASS;
    if (i < pieces) {
      number = khc_class(rules, piece[i], strlen(piece[i]));
      if (number < 0)
        khc_fault(rules, row, "no class \"%s\" in rules/classes.tsv; add it there", piece[i]);
    }
    khc_put_u16(section, number < 0 ? NO_CLASS : (unsigned)number);
  }
}

// One more than kh_event_type; 0 for "none".
static unsigned event_type(const khc_rules *rules, const khc_row *row, const char *name) {
  if (!*name) return 0;
  for (unsigned i = 0; i < COUNT(event_types); i++)
    if (strcmp(event_types[i], name) == 0) return i + 1;
  khc_fault(rules, row, "unknown type of event \"%s\"", name);
  return 0;
}

enum { EV_ID, EV_CUE, EV_WITHOUT, EV_PART, EV_TYPE, EV_ACTOR, EV_RECIPIENT, EV_NEEDS };

static void event_frames(const khc_rules *rules, khc_out *out) {
  const khc_table table = khc_read(
      rules, "claim/events.tsv", "id cue without part type actor recipient needs example counter");
  khc_buffer *section = khc_section(out, "EVNT");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    if (!*row->at[EV_CUE]) khc_fault(rules, row, "a frame of events needs a cue");
    const unsigned part = bits_of(rules, row, row->at[EV_PART], parts, COUNT(parts), "part");
    if (!part) khc_fault(rules, row, "a frame needs a part; without it it never fires");
    khc_put_u32(section, khc_text(out, row->at[EV_ID]));
    khc_put_u32(section, bits_of(rules, row, row->at[EV_ACTOR], roles, COUNT(roles), "slot"));
    khc_put_u32(section, bits_of(rules, row, row->at[EV_RECIPIENT], roles, COUNT(roles), "slot"));
    put_classes(rules, row, row->at[EV_CUE], '+', EVENT_CUES, section);
    put_classes(rules, row, row->at[EV_WITHOUT], '|', EVENT_WITHOUT, section);
    khc_put_u8(section, part);
    khc_put_u8(section, event_type(rules, row, row->at[EV_TYPE]));
    const unsigned need = bits_of(rules, row, row->at[EV_NEEDS], needs, COUNT(needs), "need");
    khc_put_u8(section, need & 0xFF);
    khc_put_u8(section, need >> 8);
  }
}

// ---- words that may tell events

typedef struct proposed {
  uint32_t hash; // of the lemma's letters, as facts of the model of claims have it
  unsigned types;
} proposed;

static uint32_t hash_lemma(const char *at) {
  uint32_t hash = 2166136261U;
  for (; *at; at++) hash = (hash ^ (uint8_t)*at) * 16777619U;
  return hash;
}

static int by_hash(const void *a, const void *b) {
  const uint32_t x = ((const proposed *)a)->hash;
  const uint32_t y = ((const proposed *)b)->hash;
  return x < y ? -1 : x > y;
}

static proposed read_proposed(const khc_rules *rules, const khc_row *row) {
  uint32_t pieces;
  const char **piece = khc_split(rules, row->at[1], '|', &pieces);
  proposed word = {.hash = hash_lemma(row->at[0])};
  for (uint32_t k = 0; k < pieces; k++) {
    const unsigned type = event_type(rules, row, piece[k]);
    if (type) word.types |= 1U << (type - 1);
  }
  return word;
}

static void proposed_words(const khc_rules *rules, khc_out *out) {
  const khc_table table = khc_read(rules, "claim/proposed.tsv", "lemma types");
  khc_buffer *section = khc_section(out, "PROP");
  proposed *words = kh_arena_alloc(rules->arena, (table.count + 1) * sizeof *words);
  for (uint32_t i = 0; i < table.count; i++) words[i] = read_proposed(rules, &table.rows[i]);
  qsort(words, table.count, sizeof *words, by_hash);
  for (uint32_t i = 0; i < table.count; i++) {
    khc_put_u32(section, words[i].hash);
    khc_put_u16(section, words[i].types);
  }
}

// The names of modes: those of the classes mode_*.
static void modes(const khc_rules *rules, khc_out *out) {
  static const char prefix[] = "mode_";
  khc_buffer *section = khc_section(out, "MODE");
  for (uint32_t i = 0; i < rules->classes.count; i++) {
    const char *name = rules->classes.rows[i].at[0];
    if (strncmp(name, prefix, strlen(prefix)) != 0) continue;
    khc_put_u32(section, i);
    khc_put_u32(section, khc_text(out, name + strlen(prefix)));
  }
}

int khc_frames(const khc_rules *rules, khc_out *out) {
  speech_frames(rules, out);
  event_frames(rules, out);
  proposed_words(rules, out);
  modes(rules, out);
  khc_model(rules, out, "claims.bin", "RANK");
  khc_model(rules, out, "steps.bin", "STEP");
  khc_model(rules, out, "statements.bin", "SAID");
  return 0;
}
