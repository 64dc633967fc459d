// SPDX-License-Identifier: Apache-2.0
// The verb: past and present of sound, geminate, hollow and defective verbs of all forms.
#include "lexicon/lexicon.h"
#include "spelling.h"

#include <string.h>

typedef enum weakness { SOUND, GEMINATE, HOLLOW, DEFECTIVE } weakness;

int khc_verb_form_of(const char *name) {
  static const char *const names[] = {"I",   "II",   "III", "IV", "V", "VI",
                                      "VII", "VIII", "IX",  "X",  "Q"};
  for (int i = 0; i < (int)(sizeof names / sizeof *names); ++i)
    if (strcmp(names[i], name) == 0) return i + 1;
  return 0;
}

bool khc_is_defective(const khc_spelling *past) {
  const uint8_t last = khc_last(past);
  return past->len > 2 &&
         (last == KH_LETTER_ALEF || last == KH_LETTER_ALEF_MAQSURA || last == KH_LETTER_YA);
}

static bool is_infix(uint8_t letter) {
  return letter == KH_LETTER_TA || letter == KH_LETTER_TAH || letter == KH_LETTER_DAL;
}

// Geminate verbs have one letter less than sound ones of their form: مد, أعد, انضم, احتل, استمر.
static bool is_geminate(const khc_verb *verb) {
  const khc_spelling *past = &verb->past;
  if (past->doubled) return true;
  switch (verb->form) {
  case KHC_FORM_I:
    return past->len == 2;
  case KHC_FORM_III:
    return past->len == 3;
  case KHC_FORM_IV:
    return past->len == 3 && past->at[0] == KHC_ALEF_HAMZA;
  case KHC_FORM_VI:
    return past->len == 4;
  case KHC_FORM_VII:
  case KHC_FORM_IX:
    return past->len == 4;
  case KHC_FORM_VIII:
    return past->len == 4 && past->at[1] != KH_LETTER_TA && is_infix(past->at[2]);
  case KHC_FORM_X:
    return past->len == 5;
  default:
    return false;
  }
}

// Where a hollow verb of the form has its long vowel, or 0.
static uint8_t hollow_place(khc_verb_form form, uint8_t len) {
  switch (form) {
  case KHC_FORM_I:
    return len == 3 ? 1 : 0;
  case KHC_FORM_IV:
    return len == 4 ? 2 : 0;
  case KHC_FORM_VII:
  case KHC_FORM_VIII:
    return len == 5 ? 3 : 0;
  case KHC_FORM_X:
    return len == 6 ? 4 : 0;
  default:
    return 0;
  }
}

static weakness weakness_of(const khc_verb *verb) {
  if (khc_is_defective(&verb->past)) return DEFECTIVE;
  if (is_geminate(verb)) return GEMINATE;
  const uint8_t place = hollow_place(verb->form, verb->past.len);
  return place && verb->past.at[place] == KH_LETTER_ALEF ? HOLLOW : SOUND;
}

// ---- past

typedef struct person_ending {
  const char *letters;
  uint32_t features;
} person_ending;

// Endings that begin with a consonant.
static const person_ending past_closed[] = {
    {"t", KH_F_FIRST | KH_F_SECOND | KH_F_SING},
    {"nA", KH_F_FIRST | KH_F_PLUR},
    {"tm", KH_F_SECOND | KH_F_PLUR},
    {"n", KH_F_THIRD | KH_F_FEM | KH_F_PLUR},
};

// The stem before those endings.
static khc_spelling past_closed_stem(const khc_verb *verb, const khc_spelling *past,
                                     weakness kind) {
  const uint8_t last = khc_last(past);
  if (kind == GEMINATE) return khc_with(past, last);
  if (kind == DEFECTIVE) {
    const bool waw = last == KH_LETTER_ALEF && verb->form == KHC_FORM_I;
    return khc_replace_last(past, waw ? KH_LETTER_WAW : KH_LETTER_YA);
  }
  if (kind != HOLLOW) return *past;
  const khc_spelling stem = khc_without_at(past, (uint8_t)(past->len - 2));
  if (last != KH_LETTER_HAMZA) return stem;
  // جاء, جئت; أساء, أسأت
  return khc_replace_last(&stem, verb->form == KHC_FORM_I ? KH_LETTER_YA_HAMZA : KHC_ALEF_HAMZA);
}

static void conjugate_past(const khc_verb *verb, const khc_spelling *past, weakness kind,
                           uint32_t features, const khc_sink *sink) {
  const uint32_t third = features | KH_F_PAST | KH_F_THIRD;
  const uint8_t last = khc_last(past);
  const bool vowel_drops = kind == DEFECTIVE && last != KH_LETTER_YA;
  // the stem before endings of the third person
  const khc_spelling cut = kind == DEFECTIVE ? khc_without_last(past) : *past;
  const khc_spelling feminine = vowel_drops ? cut : *past;
  khc_spelling dual = *past;
  if (vowel_drops)
    dual = khc_with(&cut, last == KH_LETTER_ALEF && verb->form == KHC_FORM_I ? KH_LETTER_WAW
                                                                             : KH_LETTER_YA);
  sink->emit(sink->context, past, third | KH_F_MASC | KH_F_SING);
  khc_join(sink, &feminine, "t", third | KH_F_FEM | KH_F_SING);
  khc_join(sink, &dual, "A", third | KH_F_MASC | KH_F_DUAL);
  khc_join(sink, &feminine, "tA", third | KH_F_FEM | KH_F_DUAL);
  khc_join(sink, &cut, "wA", third | KH_F_MASC | KH_F_PLUR);
  const khc_spelling closed = past_closed_stem(verb, past, kind);
  for (size_t i = 0; i < sizeof past_closed / sizeof *past_closed; ++i)
    khc_join_closed(sink, &closed, past_closed[i].letters,
                    features | KH_F_PAST | past_closed[i].features);
}

// ---- present

static void present_singulars(const khc_spelling *stem, uint32_t features, const khc_sink *sink) {
  const struct {
    uint8_t prefix;
    uint32_t features;
  } persons[] = {
      {KH_LETTER_YA, KH_F_THIRD | KH_F_MASC | KH_F_SING},
      {KH_LETTER_TA, KH_F_THIRD | KH_F_FEM | KH_F_SING},
      {KHC_ALEF_HAMZA, KH_F_FIRST | KH_F_SING},
      {KH_LETTER_NUN, KH_F_FIRST | KH_F_PLUR},
  };
  for (size_t i = 0; i < sizeof persons / sizeof *persons; ++i) {
    const khc_spelling form = khc_prefixed(persons[i].prefix, stem);
    sink->emit(sink->context, &form, features | persons[i].features);
  }
}

// The stem of a hollow verb without its long vowel: يقل; يجئ, يشأ.
static khc_spelling shortened(const khc_spelling *stem) {
  const khc_spelling shorter = khc_without_at(stem, (uint8_t)(stem->len - 2));
  if (khc_last(&shorter) != KH_LETTER_HAMZA) return shorter;
  const bool ya = khc_before_last(stem) == KH_LETTER_YA;
  return khc_replace_last(&shorter, ya ? KH_LETTER_YA_HAMZA : KHC_ALEF_HAMZA);
}

// Jussive singulars of hollow and defective verbs are shorter: يقل, يدع.
static void present_short(const khc_spelling *stem, weakness kind, uint32_t features,
                          const khc_sink *sink) {
  if (kind == HOLLOW) {
    const khc_spelling shorter = shortened(stem);
    present_singulars(&shorter, features, sink);
  } else if (kind == DEFECTIVE && stem->len > 1) {
    const khc_spelling shorter = khc_without_last(stem);
    present_singulars(&shorter, features, sink);
  } else if (kind == GEMINATE) {
    const khc_spelling longer = khc_with(stem, khc_last(stem));
    present_singulars(&longer, features, sink);
  }
}

static khc_spelling present_closed_stem(const khc_spelling *stem, weakness kind) {
  const uint8_t last = khc_last(stem);
  if (kind == GEMINATE) return khc_with(stem, last);
  if (kind == HOLLOW) return shortened(stem);
  if (kind == DEFECTIVE && (last == KH_LETTER_ALEF_MAQSURA || last == KH_LETTER_ALEF))
    return khc_replace_last(stem, KH_LETTER_YA);
  return *stem;
}

static void present_plurals(const khc_spelling *stem, weakness kind, uint32_t features,
                            const khc_sink *sink) {
  const uint8_t last = khc_last(stem);
  const khc_spelling cut = kind == DEFECTIVE ? khc_without_last(stem) : *stem;
  khc_spelling dual = *stem;
  if (kind == DEFECTIVE && last != KH_LETTER_WAW) dual = khc_with(&cut, KH_LETTER_YA);
  const khc_spelling closed = present_closed_stem(stem, kind);
  const khc_spelling masculine = khc_prefixed(KH_LETTER_YA, &cut);
  const khc_spelling second = khc_prefixed(KH_LETTER_TA, &cut);
  const khc_spelling dual_masculine = khc_prefixed(KH_LETTER_YA, &dual);
  const khc_spelling dual_feminine = khc_prefixed(KH_LETTER_TA, &dual);
  const khc_spelling feminine = khc_prefixed(KH_LETTER_YA, &closed);
  const uint32_t third = features | KH_F_THIRD;
  khc_join(sink, &masculine, "wn", third | KH_F_MASC | KH_F_PLUR);
  khc_join(sink, &masculine, "wA", third | KH_F_MASC | KH_F_PLUR);
  khc_join(sink, &dual_masculine, "An", third | KH_F_MASC | KH_F_DUAL);
  khc_join(sink, &dual_masculine, "A", third | KH_F_MASC | KH_F_DUAL);
  khc_join(sink, &dual_feminine, "An", third | KH_F_FEM | KH_F_DUAL);
  khc_join(sink, &dual_feminine, "A", third | KH_F_FEM | KH_F_DUAL);
  khc_join(sink, &second, "wn", features | KH_F_SECOND | KH_F_PLUR);
  khc_join(sink, &second, "wA", features | KH_F_SECOND | KH_F_PLUR);
  khc_join_closed(sink, &feminine, "n", third | KH_F_FEM | KH_F_PLUR);
}

static void conjugate_present(const khc_spelling *stem, weakness kind, uint32_t features,
                              const khc_sink *sink) {
  features |= KH_F_PRESENT;
  present_singulars(stem, features, sink);
  present_short(stem, kind, features, sink);
  present_plurals(stem, kind, features, sink);
}

// The present stem of the passive: يقول, يقال; يدعو, يدعى; يجد, يوجد; يأخذ, يؤخذ; يهنئ, يهنأ.
static khc_spelling passive_stem(const khc_verb *verb, const khc_spelling *stem, weakness past) {
  const uint8_t last = khc_last(stem);
  if (past == HOLLOW && stem->len > 2)
    return khc_replace_at(stem, (uint8_t)(stem->len - 2), KH_LETTER_ALEF);
  khc_spelling passive = *stem;
  if (past == DEFECTIVE && (last == KH_LETTER_WAW || last == KH_LETTER_YA))
    passive = khc_replace_last(&passive, KH_LETTER_ALEF_MAQSURA);
  else if (last == KH_LETTER_YA_HAMZA)
    passive = khc_replace_last(&passive, KHC_ALEF_HAMZA);
  if (verb->form != KHC_FORM_I) return passive;
  if (verb->past.at[0] == KH_LETTER_WAW && passive.at[0] != KH_LETTER_WAW)
    return khc_prefixed(KH_LETTER_WAW, &passive);
  if (passive.at[0] == KHC_ALEF_HAMZA) return khc_replace_at(&passive, 0, KH_LETTER_WAW_HAMZA);
  return passive;
}

static bool same_spelling(const khc_spelling *a, const khc_spelling *b) {
  return a->len == b->len && memcmp(a->at, b->at, a->len) == 0;
}

static weakness present_weakness(const khc_spelling *stem, weakness past) {
  const uint8_t last = khc_last(stem);
  const uint8_t middle = khc_before_last(stem);
  const bool weak_end = last == KH_LETTER_WAW || last == KH_LETTER_YA ||
                        last == KH_LETTER_ALEF_MAQSURA || last == KH_LETTER_ALEF;
  if (past == DEFECTIVE) return weak_end ? DEFECTIVE : SOUND;
  if (past == HOLLOW)
    return middle == KH_LETTER_WAW || middle == KH_LETTER_YA || middle == KH_LETTER_ALEF ? HOLLOW
                                                                                         : SOUND;
  return past;
}

// A hamza on alef changes its seat in the passive: سئل, استؤنف, قرئ.
static khc_spelling reseated(const khc_spelling *past) {
  for (uint8_t i = 1; i < past->len; ++i) {
    if (past->at[i] != KHC_ALEF_HAMZA) continue;
    const bool before_i = i == 1 || i + 1 == past->len;
    return khc_replace_at(past, i, before_i ? KH_LETTER_YA_HAMZA : KH_LETTER_WAW_HAMZA);
  }
  return *past;
}

void khc_conjugate(const khc_verb *given, khc_emit *emit, void *context) {
  const khc_sink sink = {emit, context};
  khc_verb with_passive = *given;
  const khc_verb *verb = &with_passive;
  const weakness kind = weakness_of(verb);
  if (given->passive && given->passive_past.len == 0) {
    const khc_spelling changed = reseated(&given->past);
    if (!same_spelling(&changed, &given->past)) with_passive.passive_past = changed;
  }
  const khc_spelling stem = khc_without_at(&verb->present, 0);
  const weakness present = present_weakness(&stem, kind);
  const khc_spelling passive = passive_stem(verb, &stem, kind);
  const bool past_same = verb->passive && verb->passive_past.len == 0;
  const bool present_same = verb->passive && same_spelling(&passive, &stem);
  conjugate_past(verb, &verb->past, kind, past_same ? KH_F_MAYBE_PASSIVE : 0, &sink);
  conjugate_present(&stem, present, present_same ? KH_F_MAYBE_PASSIVE : 0, &sink);
  if (verb->passive && !past_same)
    conjugate_past(verb, &verb->passive_past, kind, KH_F_PASSIVE, &sink);
  if (verb->passive && !present_same) conjugate_present(&passive, present, KH_F_PASSIVE, &sink);
}
