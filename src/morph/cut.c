// SPDX-License-Identifier: Apache-2.0
#include "morph/cut.h"

#include <string.h>

enum {
  CONJUNCTIONS = KH_CLITIC_WA | KH_CLITIC_FA,
  PREPOSITIONS = KH_CLITIC_BI | KH_CLITIC_LI | KH_CLITIC_KA,
  LONGEST = 64, // letters of a word, as the token layer cuts it
};

// ---- proclitics

static void add_start(kh_start *out, uint32_t *count, uint32_t at, unsigned proclitics,
                      uint32_t len) {
  if (at < len && *count < KH_STARTS_MAX)
    out[(*count)++] = (kh_start){(uint8_t)at, (uint8_t)proclitics};
}

static bool is_present_prefix(uint8_t letter) {
  return letter == KH_LETTER_YA || letter == KH_LETTER_TA || letter == KH_LETTER_NUN ||
         letter == KH_LETTER_ALEF;
}

static bool article_at(const uint8_t *letters, uint32_t len, uint32_t at) {
  return at + 2 < len && letters[at] == KH_LETTER_ALEF && letters[at + 1] == KH_LETTER_LAM;
}

// Starts after the conjunction, if any.
static void starts_from(const uint8_t *letters, uint32_t len, uint32_t at, unsigned set,
                        kh_start *out, uint32_t *count) {
  add_start(out, count, at, set, len);
  if (article_at(letters, len, at)) add_start(out, count, at + 2, set | KH_CLITIC_AL, len);
  switch (letters[at]) {
  case KH_LETTER_SIN:
    if (at + 2 < len && is_present_prefix(letters[at + 1]))
      add_start(out, count, at + 1, set | KH_CLITIC_SA, len);
    break;
  case KH_LETTER_BA:
  case KH_LETTER_KAF: {
    const unsigned clitic = letters[at] == KH_LETTER_BA ? KH_CLITIC_BI : KH_CLITIC_KA;
    add_start(out, count, at + 1, set | clitic, len);
    if (article_at(letters, len, at + 1))
      add_start(out, count, at + 3, set | clitic | KH_CLITIC_AL, len);
    break;
  }
  case KH_LETTER_LAM:
    add_start(out, count, at + 1, set | KH_CLITIC_LI, len);
    if (at + 2 < len && letters[at + 1] == KH_LETTER_LAM) {
      add_start(out, count, at + 2, set | KH_CLITIC_LI | KH_CLITIC_AL, len);
      // of three lams one is not written: ل + اللجنة is للجنة
      add_start(out, count, at + 1, set | KH_CLITIC_LI | KH_CLITIC_AL, len);
    }
    break;
  default:
    break;
  }
}

uint32_t kh_word_starts(const uint8_t *letters, uint32_t len, kh_start *out) {
  uint32_t count = 0;
  if (!len) return 0;
  starts_from(letters, len, 0, 0, out, &count);
  if (len > 1 && letters[0] == KH_LETTER_WAW)
    starts_from(letters, len, 1, KH_CLITIC_WA, out, &count);
  if (len > 1 && letters[0] == KH_LETTER_FA)
    starts_from(letters, len, 1, KH_CLITIC_FA, out, &count);
  return count;
}

// ---- enclitics

typedef struct ending {
  uint8_t enclitic;
  uint8_t len;
} ending;

enum { ENDINGS_MAX = 4 };

// The pronouns that the last letters may be; the first is none.
static uint32_t endings_of(const uint8_t *letters, uint32_t len, ending *out) {
  uint32_t count = 0;
  out[count++] = (ending){KH_ENC_NONE, 0};
  const uint8_t last = letters[len - 1];
  const uint8_t before = len > 1 ? letters[len - 2] : 0;
  const uint8_t third = len > 2 ? letters[len - 3] : 0;
  switch (last) {
  case KH_LETTER_HA:
    out[count++] = (ending){KH_ENC_3MS, 1};
    break;
  case KH_LETTER_KAF:
    out[count++] = (ending){KH_ENC_2S, 1};
    break;
  case KH_LETTER_YA:
    out[count++] = (ending){KH_ENC_1S, 1};
    if (before == KH_LETTER_NUN) out[count++] = (ending){KH_ENC_1S, 2};
    break;
  case KH_LETTER_ALEF:
    if (before == KH_LETTER_HA) out[count++] = (ending){KH_ENC_3FS, 2};
    if (before == KH_LETTER_NUN) out[count++] = (ending){KH_ENC_1P, 2};
    if (before == KH_LETTER_MIM && third == KH_LETTER_HA) out[count++] = (ending){KH_ENC_3D, 3};
    break;
  case KH_LETTER_MIM:
    if (before == KH_LETTER_HA) out[count++] = (ending){KH_ENC_3MP, 2};
    if (before == KH_LETTER_KAF) out[count++] = (ending){KH_ENC_2P, 2};
    break;
  case KH_LETTER_NUN:
    if (before == KH_LETTER_HA) out[count++] = (ending){KH_ENC_3FP, 2};
    break;
  default:
    break;
  }
  return count;
}

// ---- which stem goes with which clitics

/// How the stem in the word differs from the form in the lexicon.
typedef enum change { AS_IT_IS, BEFORE_PRONOUN, MISSPELT } change;

typedef struct cut {
  kh_start start;
  ending end;
  change change;
  uint8_t stem_len;
} cut;

static bool is_nominal(unsigned pos) {
  return pos == KH_POS_NOUN || pos == KH_POS_ADJ || pos == KH_POS_NUM || pos == KH_POS_PROPN;
}

static bool article_fits(const kh_analysis *analysis, const cut *way) {
  if (!(way->start.proclitics & KH_CLITIC_AL)) return true;
  return is_nominal(analysis->pos) && !(analysis->features & (KH_F_CONSTRUCT | KH_F_ACC)) &&
         way->end.enclitic == KH_ENC_NONE;
}

static bool preposition_fits(const kh_lexicon *lexicon, const kh_analysis *analysis,
                             const cut *way) {
  const unsigned proclitics = way->start.proclitics;
  if (!(proclitics & PREPOSITIONS)) return true;
  switch (analysis->pos) {
  case KH_POS_VERB:
    return (proclitics & KH_CLITIC_LI) && (analysis->features & KH_F_PRESENT);
  case KH_POS_PREP:
  case KH_POS_INTJ:
    return false;
  case KH_POS_PRON: // «بهذا», «لمن»; never «كهو»
    return kh_lexicon_has(lexicon, analysis->lemma, KH_CLASS_DEMONSTRATIVE) ||
           kh_lexicon_has(lexicon, analysis->lemma, KH_CLASS_RELATIVE);
  case KH_POS_PART:
  case KH_POS_CONJ: // «لأن»
    return kh_lexicon_has(lexicon, analysis->lemma, KH_CLASS_COMPLEMENT);
  case KH_POS_ADV:
    return !(proclitics & KH_CLITIC_KA);
  default:
    return !(analysis->features & (KH_F_NOM | KH_F_ACC));
  }
}

static bool pronoun_fits(const kh_analysis *analysis, const cut *way) {
  const unsigned enclitic = way->end.enclitic;
  if (enclitic == KH_ENC_NONE) return true;
  const uint32_t features = analysis->features;
  const bool me = enclitic == KH_ENC_1S;
  const bool with_nun = me && way->end.len == 2;
  switch (analysis->pos) {
  case KH_POS_VERB:
    // «أعلنها», but a reflexive object is a noun: the first person takes none of its own
    return (!me || with_nun) && !((features & KH_F_FIRST) && (me || enclitic == KH_ENC_1P));
  case KH_POS_NOUN:
  case KH_POS_ADJ:
  case KH_POS_NUM:
    if (with_nun || (features & KH_F_ACC)) return false;
    return !(features & (KH_F_NOM | KH_F_OBL)) || (features & KH_F_CONSTRUCT);
  case KH_POS_PREP:
  case KH_POS_PART:
  case KH_POS_CONJ: // «لكنه»
    return true;
  default:
    return false;
  }
}

// The letter before a pronoun changes only in words of these kinds.
static bool change_fits(const kh_analysis *analysis, const cut *way, uint8_t in_lexicon,
                        uint8_t in_word) {
  if (way->change != BEFORE_PRONOUN) return true;
  const unsigned pos = analysis->pos;
  switch (in_lexicon) {
  case KH_LETTER_TA_MARBUTA:
    return pos == KH_POS_NOUN || pos == KH_POS_ADJ || pos == KH_POS_NUM;
  case KH_LETTER_ALEF_MAQSURA:
    if (in_word == KH_LETTER_YA) return pos == KH_POS_PREP || pos == KH_POS_PART;
    return pos == KH_POS_NOUN || pos == KH_POS_VERB || pos == KH_POS_ADJ;
  case KH_LETTER_HAMZA:
    return pos == KH_POS_NOUN || pos == KH_POS_ADJ;
  case KH_LETTER_ALEF: // the alef of the plural: «قتلوه»
    return pos == KH_POS_VERB && (analysis->features & KH_F_PLUR);
  default:
    return false;
  }
}

static bool fits(const kh_lexicon *lexicon, const kh_analysis *analysis, const cut *way) {
  const unsigned proclitics = way->start.proclitics;
  if ((proclitics & KH_CLITIC_SA) &&
      !(analysis->pos == KH_POS_VERB && (analysis->features & KH_F_PRESENT)))
    return false;
  return article_fits(analysis, way) && preposition_fits(lexicon, analysis, way) &&
         pronoun_fits(analysis, way);
}

// ---- scores

static int cost_of_clitics(const cut *way) {
  static const uint8_t pronoun_cost[] = {0, 14, 8, 14, 12, 4, 4, 5, 4, 8};
  const unsigned proclitics = way->start.proclitics;
  int cost = pronoun_cost[way->end.enclitic];
  if (proclitics & CONJUNCTIONS) cost += 6;
  if (proclitics & PREPOSITIONS) cost += 5;
  if (proclitics & KH_CLITIC_SA) cost += 2;
  if (proclitics & KH_CLITIC_AL) cost += 1;
  if (way->change == MISSPELT) cost += 30;
  return cost;
}

static void insert(kh_readings *out, const kh_word *word) {
  uint32_t at = out->count;
  if (at == KH_READINGS_MAX) {
    if (out->at[at - 1].score >= word->score) return;
    --at;
  } else {
    ++out->count;
  }
  while (at && out->at[at - 1].score < word->score) {
    out->at[at] = out->at[at - 1];
    --at;
  }
  out->at[at] = *word;
}

static void add_analysis(kh_readings *out, const kh_analysis *analysis, const cut *way) {
  const kh_word word = {
      .lemma = analysis->lemma,
      .features = analysis->features,
      .pos = analysis->pos,
      .proclitics = way->start.proclitics,
      .enclitic = way->end.enclitic,
      .stem_at = way->start.at,
      .stem_len = way->stem_len,
      .known = 1,
      .score = (int16_t)(200 - (int)analysis->cost - cost_of_clitics(way)),
  };
  insert(out, &word);
}

// ---- looking up

typedef struct speller {
  const kh_lexicon *lexicon;
  const kh_automaton *forms;
  const uint8_t *letters;
  kh_readings *out;
} speller;

// Adds the analyses of the form at `state`; the form's last letter is `in_lexicon` where the word
// has `in_word`.
static void take(const speller *s, kh_automaton_state state, const cut *way, uint8_t in_lexicon,
                 uint8_t in_word) {
  uint32_t form;
  uint32_t count;
  if (!kh_automaton_accepts(s->forms, state, &form)) return;
  const kh_analysis *analyses = kh_lexicon_analyses(s->lexicon, form, &count);
  for (uint32_t i = 0; i < count; ++i)
    if (fits(s->lexicon, &analyses[i], way) && change_fits(&analyses[i], way, in_lexicon, in_word))
      add_analysis(s->out, &analyses[i], way);
}

static void take_replaced(const speller *s, kh_automaton_state before, const cut *way,
                          uint8_t in_lexicon, uint8_t in_word) {
  if (kh_automaton_step(s->forms, &before, in_lexicon)) take(s, before, way, in_lexicon, in_word);
}

// Letters that change before a pronoun. `before` is the state before the stem's last letter,
// `whole` after it (node 0 when there is none).
static void take_changed(const speller *s, kh_automaton_state before, kh_automaton_state whole,
                         cut *way, uint8_t last) {
  way->change = BEFORE_PRONOUN;
  switch (last) {
  case KH_LETTER_TA:
    take_replaced(s, before, way, KH_LETTER_TA_MARBUTA, last);
    break;
  case KH_LETTER_ALEF:
  case KH_LETTER_YA:
    take_replaced(s, before, way, KH_LETTER_ALEF_MAQSURA, last);
    break;
  case KH_LETTER_WAW_HAMZA:
  case KH_LETTER_YA_HAMZA:
    take_replaced(s, before, way, KH_LETTER_HAMZA, last);
    break;
  case KH_LETTER_WAW:
    if (whole.node && kh_automaton_step(s->forms, &whole, KH_LETTER_ALEF))
      take(s, whole, way, KH_LETTER_ALEF, last);
    break;
  default:
    break;
  }
  way->change = AS_IT_IS;
}

// What hurried newspapers print for the last letter, or 0.
static uint8_t meant_for(uint8_t last) {
  switch (last) {
  case KH_LETTER_HA:
    return KH_LETTER_TA_MARBUTA;
  case KH_LETTER_ALEF_MAQSURA:
    return KH_LETTER_YA;
  case KH_LETTER_YA:
    return KH_LETTER_ALEF_MAQSURA;
  case KH_LETTER_TA_MARBUTA:
    return KH_LETTER_HA;
  default:
    return 0;
  }
}

static void spell_from(const speller *s, uint32_t len, kh_start start, const ending *endings,
                       uint32_t ending_count, bool misspelt) {
  kh_automaton_state states[LONGEST + 1];
  states[start.at] = kh_automaton_start(s->forms);
  uint32_t reached = start.at;
  while (reached < len) {
    states[reached + 1] = states[reached];
    if (!kh_automaton_step(s->forms, &states[reached + 1], s->letters[reached])) break;
    ++reached;
  }
  const kh_automaton_state none = {0, 0};
  for (uint32_t i = 0; i < ending_count; ++i) {
    if (endings[i].len >= len - start.at) continue;
    const uint32_t end = len - endings[i].len;
    if (reached + 1 < end) continue;
    const kh_automaton_state whole = reached >= end ? states[end] : none;
    const uint8_t last = s->letters[end - 1];
    cut way = {start, endings[i], AS_IT_IS, (uint8_t)(end - start.at)};
    if (misspelt) {
      way.change = MISSPELT;
      const uint8_t meant = meant_for(last);
      if (meant && end == len) take_replaced(s, states[end - 1], &way, meant, last);
      continue;
    }
    if (whole.node) take(s, whole, &way, last, last);
    if (endings[i].len) take_changed(s, states[end - 1], whole, &way, last);
  }
}

// ---- words that the lexicon does not know

static uint32_t shape_of(const uint8_t *stem, uint32_t len, kh_pos *pos) {
  const uint8_t last = stem[len - 1];
  const uint8_t before = len > 1 ? stem[len - 2] : 0;
  if (len > 3 && last == KH_LETTER_TA_MARBUTA) {
    *pos = before == KH_LETTER_YA ? KH_POS_ADJ : KH_POS_NOUN;
    return KH_F_FEM | KH_F_SING | (before == KH_LETTER_YA ? (uint32_t)KH_F_NISBA : 0);
  }
  if (len > 4 && last == KH_LETTER_TA && before == KH_LETTER_ALEF) {
    *pos = KH_POS_NOUN;
    return KH_F_FEM | KH_F_PLUR;
  }
  if (len > 4 && last == KH_LETTER_NUN && before == KH_LETTER_WAW) {
    *pos = KH_POS_NOUN;
    return KH_F_MASC | KH_F_PLUR | KH_F_NOM;
  }
  if (len > 4 && last == KH_LETTER_NUN && before == KH_LETTER_YA) {
    *pos = KH_POS_NOUN;
    return KH_F_MASC | KH_F_PLUR | KH_F_OBL;
  }
  *pos = KH_POS_PROPN;
  return 0;
}

static void guess(const uint8_t *letters, uint32_t len, const kh_start *starts,
                  uint32_t start_count, kh_readings *out) {
  for (uint32_t i = 0; i < start_count; ++i) {
    const uint32_t stem_len = len - starts[i].at;
    const unsigned proclitics = starts[i].proclitics;
    if (proclitics & KH_CLITIC_SA) continue;
    if (starts[i].at && stem_len < 3) continue;
    kh_pos pos = KH_POS_PROPN;
    uint32_t features = shape_of(letters + starts[i].at, stem_len, &pos);
    int score = 40;
    if (proclitics & KH_CLITIC_AL) {
      score += 30;
      if (pos == KH_POS_PROPN) {
        const bool ya = letters[len - 1] == KH_LETTER_YA && stem_len > 3;
        pos = ya ? KH_POS_ADJ : KH_POS_NOUN;
        if (ya) features = KH_F_NISBA | KH_F_MASC | KH_F_SING;
      }
    }
    // a conjunction is likelier than a name in waw; a preposition less so
    if (proclitics & CONJUNCTIONS) score += stem_len >= 4 ? 5 : -5;
    if (proclitics & PREPOSITIONS) score -= 10;
    const kh_word word = {.lemma = UINT32_MAX,
                          .features = features,
                          .pos = (uint8_t)pos,
                          .proclitics = starts[i].proclitics,
                          .stem_at = starts[i].at,
                          .stem_len = (uint8_t)stem_len,
                          .score = (int16_t)score};
    insert(out, &word);
  }
}

void kh_read_word(const kh_lexicon *lexicon, const uint8_t *letters, uint32_t len,
                  kh_readings *out) {
  out->count = 0;
  if (len > LONGEST) len = LONGEST;
  if (!len) return;
  kh_start starts[KH_STARTS_MAX];
  ending endings[ENDINGS_MAX];
  const uint32_t start_count = kh_word_starts(letters, len, starts);
  const uint32_t ending_count = endings_of(letters, len, endings);
  const speller s = {lexicon, kh_lexicon_forms(lexicon), letters, out};
  for (uint32_t i = 0; i < start_count; ++i)
    spell_from(&s, len, starts[i], endings, ending_count, false);
  for (uint32_t i = 0; !out->count && i < start_count; ++i)
    spell_from(&s, len, starts[i], endings, ending_count, true);
  if (!out->count) guess(letters, len, starts, start_count, out);
}

// ---- asking the memory ahead

/// A way to spell a word, under way.
typedef struct walker {
  const uint8_t *at;
  const uint8_t *end;
  kh_automaton_state state;
} walker;

enum { WALKERS = KH_FETCH_MAX * 3, FORMS = WALKERS * 2, PRONOUN = 3 };

// The places at which words may begin, at most three of each.
static uint32_t begin_walks(const kh_automaton *forms, const kh_letters *words, uint32_t count,
                            walker *walkers) {
  uint32_t walking = 0;
  for (uint32_t w = 0; w < count; ++w) {
    const uint32_t len = words[w].len < LONGEST ? words[w].len : LONGEST;
    kh_start starts[KH_STARTS_MAX];
    const uint32_t start_count = kh_word_starts(words[w].at, len, starts);
    const uint32_t most = walking + WALKERS / KH_FETCH_MAX;
    for (uint32_t s = 0; s < start_count && walking < most; ++s)
      if (!s || starts[s].at != starts[s - 1].at)
        walkers[walking++] =
            (walker){words[w].at + starts[s].at, words[w].at + len, kh_automaton_start(forms)};
  }
  return walking;
}

void kh_fetch_words(const kh_lexicon *lexicon, const kh_letters *words, uint32_t count) {
  const kh_automaton *forms = kh_lexicon_forms(lexicon);
  walker walkers[WALKERS];
  uint32_t found[FORMS]; // forms that end where the word does, or before a pronoun
  uint32_t found_count = 0;
  uint32_t walking = begin_walks(forms, words, count, walkers);
  while (walking) {
    for (uint32_t i = 0; i < walking;) {
      walker *w = &walkers[i];
      if (w->at == w->end || !kh_automaton_step(forms, &w->state, *w->at)) {
        *w = walkers[--walking];
        continue;
      }
      ++w->at;
      ++i;
      if (w->end - w->at <= PRONOUN && found_count < FORMS &&
          kh_automaton_accepts(forms, w->state, &found[found_count]))
        kh_lexicon_fetch_head(lexicon, found[found_count++]);
    }
  }
  for (uint32_t i = 0; i < found_count; ++i) kh_lexicon_fetch_analyses(lexicon, found[i]);
}
