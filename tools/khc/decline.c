// SPDX-License-Identifier: Apache-2.0
// The noun and the adjective: gender, number, and the endings of case that are written.
#include "lexicon/lexicon.h"
#include "spelling.h"

static const struct {
  const char *ending;
  uint32_t features;
} dual_endings[] =
    {
        {"An", KH_F_DUAL | KH_F_NOM},
        {"yn", KH_F_DUAL | KH_F_OBL},
        {"A", KH_F_DUAL | KH_F_NOM | KH_F_CONSTRUCT},
        {"y", KH_F_DUAL | KH_F_OBL | KH_F_CONSTRUCT},
},
  plural_endings[] = {
      {"wn", KH_F_PLUR | KH_F_NOM},
      {"yn", KH_F_PLUR | KH_F_OBL},
      {"w", KH_F_PLUR | KH_F_NOM | KH_F_CONSTRUCT},
      {"y", KH_F_PLUR | KH_F_OBL | KH_F_CONSTRUCT},
};

static void emit_duals(const khc_sink *sink, const khc_spelling *stem, uint32_t features) {
  for (size_t i = 0; i < sizeof dual_endings / sizeof *dual_endings; ++i)
    khc_join(sink, stem, dual_endings[i].ending, features | dual_endings[i].features);
}

static void emit_masculine_plurals(const khc_sink *sink, const khc_spelling *stem,
                                   uint32_t features) {
  for (size_t i = 0; i < sizeof plural_endings / sizeof *plural_endings; ++i)
    khc_join(sink, stem, plural_endings[i].ending, features | plural_endings[i].features);
}

// Does the word write an alef for its tanwin? Not after ta marbuta, a long alef, or a hamza on or
// after an alef.
static bool takes_alef(const khc_spelling *word) {
  const uint8_t last = khc_last(word);
  if (last == KH_LETTER_TA_MARBUTA || last == KH_LETTER_ALEF || last == KH_LETTER_ALEF_MAQSURA ||
      last == KHC_ALEF_HAMZA || last == KHC_ALEF_MADDA)
    return false;
  return !(last == KH_LETTER_HAMZA && khc_before_last(word) == KH_LETTER_ALEF);
}

static void emit_with_tanwin(const khc_sink *sink, const khc_spelling *word, uint32_t features) {
  sink->emit(sink->context, word, features);
  if (takes_alef(word)) khc_join(sink, word, "A", features | KH_F_ACC);
}

// The stem to which duals and sound feminine plurals are joined: ta marbuta opens, alef maqsura
// and long alef become ya.
static khc_spelling open_stem(const khc_spelling *word) {
  switch (khc_last(word)) {
  case KH_LETTER_TA_MARBUTA:
    return khc_replace_last(word, KH_LETTER_TA);
  case KH_LETTER_ALEF_MAQSURA:
    return khc_replace_last(word, KH_LETTER_YA);
  default:
    return *word;
  }
}

// قاضي, محامي: without article they are written قاض, محام.
static bool is_defective_noun(const khc_spelling *noun) {
  if (noun->len < 4 || khc_last(noun) != KH_LETTER_YA) return false;
  return noun->at[noun->len - 3] == KH_LETTER_ALEF &&
         (noun->len == 4 || noun->at[0] == KH_LETTER_MIM);
}

void khc_decline_singular(const khc_spelling *noun, uint32_t gender, khc_emit *emit,
                          void *context) {
  const khc_sink sink = {emit, context};
  emit_with_tanwin(&sink, noun, gender | KH_F_SING);
  const khc_spelling stem = open_stem(noun);
  emit_duals(&sink, &stem, gender);
  if (!is_defective_noun(noun)) return;
  const khc_spelling shorter = khc_without_last(noun);
  emit(context, &shorter, gender | KH_F_SING);
}

// Broken plurals of nouns that end in ya lose it when indefinite: مبان, أراض.
static bool loses_ya(const khc_spelling *plural) {
  return plural->len >= 5 && khc_last(plural) == KH_LETTER_YA &&
         plural->at[plural->len - 3] == KH_LETTER_ALEF;
}

static bool ends_in(const khc_spelling *word, uint8_t before, uint8_t last) {
  return word->len > 3 && khc_before_last(word) == before && khc_last(word) == last;
}

// Is the plural the singular and an ending? مبعوثون is; شؤون and سجون are broken plurals.
static bool begins_with(const khc_spelling *plural, const khc_spelling *singular) {
  uint8_t len = singular->len;
  const uint8_t last = khc_last(singular);
  if (last == KH_LETTER_YA || last == KH_LETTER_TA_MARBUTA || last == KH_LETTER_ALEF_MAQSURA ||
      last == KH_LETTER_HAMZA)
    --len; // محام, محامون
  if (plural->len < len + 2) return false;
  for (uint8_t i = 0; i < len; ++i)
    if (plural->at[i] != singular->at[i]) return false;
  return true;
}

void khc_decline_plural(const khc_spelling *singular, const khc_spelling *plural, uint32_t gender,
                        khc_emit *emit, void *context) {
  const khc_sink sink = {emit, context};
  const bool feminine_ending =
      plural->len == 2 && plural->at[0] == KH_LETTER_ALEF && plural->at[1] == KH_LETTER_TA;
  const bool masculine_ending =
      plural->len == 2 && plural->at[0] == KH_LETTER_WAW && plural->at[1] == KH_LETTER_NUN;
  if (feminine_ending) {
    khc_spelling stem = open_stem(singular);
    if (khc_last(singular) == KH_LETTER_TA_MARBUTA) stem = khc_without_last(singular);
    khc_join(&sink, &stem, "At", gender | KH_F_PLUR);
  } else if (masculine_ending) {
    const khc_spelling stem = is_defective_noun(singular) ? khc_without_last(singular) : *singular;
    emit_masculine_plurals(&sink, &stem, gender);
  } else if (ends_in(plural, KH_LETTER_WAW, KH_LETTER_NUN) && begins_with(plural, singular)) {
    const khc_spelling shorter = khc_without_last(plural);
    const khc_spelling stem = khc_without_last(&shorter);
    emit_masculine_plurals(&sink, &stem, gender);
  } else {
    emit_with_tanwin(&sink, plural, gender | KH_F_PLUR | KH_F_BROKEN);
    if (loses_ya(plural)) {
      const khc_spelling shorter = khc_without_last(plural);
      emit(context, &shorter, gender | KH_F_PLUR | KH_F_BROKEN);
    }
  }
}

// أكبر, كبرى; أحمر, حمراء
static bool is_af3al(const khc_spelling *word) {
  return word->len == 4 && word->at[0] == KHC_ALEF_HAMZA && khc_last(word) != KH_LETTER_YA;
}

static void decline_af3al(const khc_spelling *adjective, const khc_sink *sink) {
  const khc_spelling root = khc_without_at(adjective, 0);
  const khc_spelling greater = khc_with(&root, KH_LETTER_ALEF_MAQSURA);
  const khc_spelling colour_stem = khc_with(&root, KH_LETTER_ALEF);
  const khc_spelling colour = khc_with(&colour_stem, KH_LETTER_HAMZA);
  sink->emit(sink->context, adjective, KH_F_ELATIVE | KH_F_MASC | KH_F_SING);
  if (khc_last(adjective) == KH_LETTER_ALEF_MAQSURA) return; // أدنى
  sink->emit(sink->context, &greater, KH_F_ELATIVE | KH_F_FEM | KH_F_SING);
  sink->emit(sink->context, &colour, KH_F_FEM | KH_F_SING);
  emit_duals(sink, adjective, KH_F_ELATIVE | KH_F_MASC);
}

void khc_decline_defective(const khc_spelling *base, khc_emit *emit, void *context) {
  const khc_sink sink = {emit, context};
  const khc_spelling full = khc_with(base, KH_LETTER_YA);
  emit(context, base, KH_F_MASC | KH_F_SING);
  emit_with_tanwin(&sink, &full, KH_F_MASC | KH_F_SING);
  emit_duals(&sink, &full, KH_F_MASC);
  emit_masculine_plurals(&sink, base, KH_F_MASC);
  khc_join(&sink, &full, "p", KH_F_FEM | KH_F_SING);
  const khc_spelling open = khc_with(&full, KH_LETTER_TA);
  emit_duals(&sink, &open, KH_F_FEM);
  khc_join(&sink, &full, "At", KH_F_FEM | KH_F_PLUR);
}

void khc_decline_adjective(const khc_spelling *adjective, khc_emit *emit, void *context) {
  const khc_sink sink = {emit, context};
  if (is_af3al(adjective)) {
    decline_af3al(adjective, &sink);
    return;
  }
  // مدعى and its like have their own feminine, مدعاة, and plurals without the ya, مدعون
  const bool maqsura = khc_last(adjective) == KH_LETTER_ALEF_MAQSURA;
  const khc_spelling base = maqsura ? khc_without_last(adjective) : *adjective;
  const khc_spelling feminine_stem = maqsura ? khc_with(&base, KH_LETTER_ALEF) : base;
  const khc_spelling dual_stem = open_stem(adjective);
  emit_with_tanwin(&sink, adjective, KH_F_MASC | KH_F_SING);
  emit_duals(&sink, &dual_stem, KH_F_MASC);
  emit_masculine_plurals(&sink, &base, KH_F_MASC);
  khc_join(&sink, &feminine_stem, "p", KH_F_FEM | KH_F_SING);
  const khc_spelling open = khc_with(&feminine_stem, KH_LETTER_TA);
  emit_duals(&sink, &open, KH_F_FEM);
  khc_join(&sink, maqsura ? &dual_stem : &base, "At", KH_F_FEM | KH_F_PLUR);
}
