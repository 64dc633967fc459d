// SPDX-License-Identifier: Apache-2.0
// Claims: the frames of rules/claim/*.tsv.
#include "claim/frame_bits.h"
#include "khc.h"

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

int khc_frames(const khc_rules *rules, khc_out *out) {
  speech_frames(rules, out);
  return 0;
}
