// SPDX-License-Identifier: Apache-2.0
#include "morph/model.h"

enum {
  CODE_EDGE = 0x10000,
  CODE_MARK = 0x20000,
  CODE_NUMBER = 0x30000,
};

static uint32_t mix(uint32_t hash, uint32_t value) {
  hash = (hash ^ value) * 0x9E3779B1u;
  return hash ^ hash >> 15;
}

static uint16_t index_of(uint32_t hash) { return (uint16_t)(hash >> 3 & (KH_TAG_WEIGHTS - 1)); }

uint32_t kh_tag_form(const uint8_t *letters, uint32_t len) {
  uint32_t hash = 2166136261u;
  for (uint32_t i = 0; i < len; ++i) hash = (hash ^ letters[i]) * 16777619u;
  return hash ^ hash >> 15;
}

uint32_t kh_tag_code(const kh_word *word) {
  const uint32_t f = word->features;
  const unsigned p = word->proclitics;
  uint32_t code = word->pos;
  code |= p & KH_CLITIC_AL ? 1u << 4 : 0;
  code |= p & (KH_CLITIC_BI | KH_CLITIC_KA) ? 1u << 5 : 0;
  code |= p & KH_CLITIC_LI ? 1u << 6 : 0;
  code |= word->enclitic ? 1u << 7 : 0;
  code |= f & KH_F_PAST ? 1u << 8 : 0;
  code |= f & KH_F_PRESENT ? 1u << 9 : 0;
  code |= f & KH_F_CONSTRUCT ? 1u << 10 : 0;
  code |= f & KH_F_ACC ? 1u << 11 : 0;
  return code;
}

// What the model may tell apart: noun, adjective, verb, function word, and their clitics and tense.
// Within a group the lexicon's order and the rules decide, which know more than a treebank does of
// which «من» or «إن» our rules mean.
static uint32_t group_of(const kh_word *word) {
  uint32_t code = kh_tag_code(word) & ~0xFu;
  switch (word->pos) {
  case KH_POS_VERB:
  case KH_POS_ADJ:
    return code | word->pos;
  case KH_POS_NOUN:
  case KH_POS_NUM:
  case KH_POS_PROPN:
    return code | KH_POS_NOUN;
  default:
    return code | KH_POS_PART;
  }
}

uint32_t kh_tag_code_of_mark(unsigned mark) { return CODE_MARK | mark; }
uint32_t kh_tag_code_of_edge(void) { return CODE_EDGE; }
uint32_t kh_tag_code_of_number(void) { return CODE_NUMBER; }

void kh_tag_own_features(const kh_word *word, const uint8_t *letters, uint32_t form,
                         uint16_t out[KH_TAG_OWN]) {
  const uint32_t code = group_of(word);
  const uint32_t end = word->stem_at + (uint32_t)word->stem_len;
  const uint32_t last = word->stem_len ? letters[end - 1] : 0;
  const uint32_t before = word->stem_len > 1 ? letters[end - 2] : 0;
  // not person, voice, masdar or participle: of such readings the lexicon's order and the rules
  // decide, since a small treebank shows them too seldom
  const uint32_t kind = word->features & (KH_F_NISBA | KH_F_ELATIVE);
  out[0] = index_of(mix(mix(1, code), word->known));
  out[1] = index_of(mix(mix(2, code), form));
  out[2] = index_of(mix(mix(3, code), last << 8 | before));
  out[3] = index_of(mix(mix(4, code & 0xF), kind));
}

// How an adjective agrees with the word before: gender, number.
static uint32_t agreement(const kh_word *word, const kh_tag_context *context) {
  if (word->pos != KH_POS_ADJ) return 0;
  const uint32_t genders = KH_F_MASC | KH_F_FEM;
  const uint32_t numbers = KH_F_SING | KH_F_DUAL | KH_F_PLUR;
  const uint32_t a = word->features;
  const uint32_t b = context->before_features;
  const bool known = (a & genders) && (b & genders);
  const uint32_t gender = !known ? 0 : a & b & genders ? 1 : 2;
  const bool counted = (a & numbers) && (b & numbers);
  const uint32_t number = !counted ? 0 : a & b & numbers ? 1 : 2;
  return gender << 2 | number;
}

void kh_tag_features(const kh_word *word, const kh_tag_context *context,
                     uint16_t out[KH_TAG_AROUND]) {
  const uint32_t code = group_of(word);
  const uint32_t brief = code & 0x3F;
  out[0] = index_of(mix(mix(11, code), context->before));
  out[1] = index_of(mix(mix(13, code), context->before_form));
  out[2] = index_of(mix(mix(14, code), context->after));
  out[3] = index_of(mix(mix(mix(17, brief), context->before & 0x3003F), agreement(word, context)));
}
