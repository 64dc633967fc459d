// SPDX-License-Identifier: Apache-2.0
#include "morph/choose.h"

enum { PREPOSITIONS = KH_CLITIC_BI | KH_CLITIC_LI | KH_CLITIC_KA };

static bool is_verb(const kh_word *word) { return word->pos == KH_POS_VERB; }

static bool is_nominal(const kh_word *word) {
  return word->pos == KH_POS_NOUN || word->pos == KH_POS_ADJ || word->pos == KH_POS_NUM ||
         word->pos == KH_POS_PROPN;
}

static bool is_function_word(const kh_word *word) {
  return word->pos == KH_POS_PREP || word->pos == KH_POS_CONJ || word->pos == KH_POS_PART ||
         word->pos == KH_POS_PRON || word->pos == KH_POS_ADV;
}

static bool has(const kh_chooser *c, const kh_word *word, kh_class class_id) {
  return word->known && kh_lexicon_has(c->document->engine->lexicon, word->lemma, class_id);
}

// A hamza that is printed decides; one that is missing was perhaps only left out.
static int score_hamza(const kh_chooser *c, uint32_t t, const kh_word *word) {
  const kh_token *token = &c->document->tokens->at[t];
  if (!word->known) return 0;
  const bool entry_above = word->features & KH_F_HAMZA_ABOVE;
  const bool entry_below = word->features & KH_F_HAMZA_BELOW;
  if (token->flags & KH_TOKEN_HAMZA_BELOW) return entry_above ? -60 : entry_below ? 10 : -25;
  if (token->flags & KH_TOKEN_HAMZA_ABOVE) return entry_below ? -40 : entry_above ? 5 : -20;
  if (!entry_above && !entry_below) return 0;
  const uint8_t first = kh_token_letters(c->document->tokens, t)[word->stem_at];
  const bool closed = is_function_word(word) || word->pos == KH_POS_NUM;
  if (closed && first == KH_LETTER_ALEF) // «ان», «الى», «الف» are printed everywhere
    return c->careful ? -8 : 0;
  return c->careful ? -30 : -4;
}

// What the signs written on the word say.
static int score_signs(const kh_chooser *c, uint32_t t, const kh_word *word) {
  const kh_token *token = &c->document->tokens->at[t];
  int score = score_hamza(c, t, word);
  const uint32_t speaker = KH_F_FIRST | KH_F_SECOND;
  if (is_verb(word) && word->features & speaker && !(word->features & KH_F_THIRD) &&
      token->quote < 0)
    score -= 20; // a report does not say I
  if ((token->flags & KH_TOKEN_TANWIN) && (is_verb(word) || word->proclitics & KH_CLITIC_AL))
    score -= 40;
  if ((token->flags & KH_TOKEN_DAMMA_FIRST) && word->features & (KH_F_PASSIVE | KH_F_MAYBE_PASSIVE))
    score += 40;
  return score;
}

// Gender and number of an adjective after its noun; plurals of things take the feminine singular.
static bool agrees(const kh_word *noun, const kh_word *adjective) {
  const uint32_t n = noun->features;
  const uint32_t a = adjective->features;
  const uint32_t genders = KH_F_MASC | KH_F_FEM;
  const uint32_t numbers = KH_F_SING | KH_F_DUAL | KH_F_PLUR;
  if ((n & KH_F_PLUR) && (a & KH_F_FEM) && (a & KH_F_SING)) return true;
  if ((n & genders) && (a & genders) && !(n & a & genders)) return false;
  return !(n & numbers) || !(a & numbers) || (n & a & numbers);
}

// What the word before says. NULL at the beginning of a sentence or after a mark.
static int score_after(const kh_chooser *c, const kh_word *before, const kh_word *word) {
  int score = 0;
  const bool verb = is_verb(word);
  if (!before) return verb && word->features & KH_F_THIRD ? 4 : 0;
  if (before->pos == KH_POS_PREP && before->enclitic == KH_ENC_NONE) {
    if (verb) score -= 40;
    if (is_nominal(word) && !(word->features & (KH_F_NOM | KH_F_ACC))) score += 4;
    if (word->features & KH_F_NOM) score -= 15;
  }
  if (before->pos == KH_POS_PART && before->enclitic == KH_ENC_NONE) {
    const bool negation = has(c, before, KH_CLASS_NEGATION);
    if (negation || has(c, before, KH_CLASS_FUTURE) || has(c, before, KH_CLASS_MODAL_CAN)) {
      const bool future = word->proclitics & KH_CLITIC_SA; // «لا سيما» is no verb
      score += future ? -40 : verb ? 12 : 0;
    }
  }
  // «إن وقف القتال»: what «that» opens does not begin with a past verb
  if (verb && word->features & KH_F_PAST && !word->proclitics && before->enclitic == KH_ENC_NONE &&
      has(c, before, KH_CLASS_COMPLEMENT))
    score -= 14;
  const bool before_definite = (before->proclitics & KH_CLITIC_AL) != 0;
  const bool definite = (word->proclitics & KH_CLITIC_AL) != 0;
  if (before->pos == KH_POS_NOUN && word->pos == KH_POS_ADJ && before_definite == definite &&
      !(word->proclitics & ~KH_CLITIC_AL))
    score += agrees(before, word) ? 16 : 6;
  if (before->pos == KH_POS_NOUN && before_definite && !definite && verb) score += 4;
  if (is_verb(before) && verb && !(word->proclitics) && !has(c, before, KH_CLASS_AUXILIARY))
    score -= 8;
  if (before->proclitics & KH_CLITIC_SA && verb) score -= 4;
  return score;
}

static bool is_number(const kh_chooser *c, uint32_t t) {
  return t < c->document->tokens->count && c->document->tokens->at[t].kind == KH_TOKEN_NUMBER;
}

// Does a count begin at token t: «16», «خمسة», «نحو 30»?
static bool count_begins(const kh_chooser *c, uint32_t t) {
  if (is_number(c, t) || is_number(c, t + 1)) return true;
  if (t >= c->document->tokens->count || c->kind_at[t] == UINT32_MAX) return false;
  return (c->kinds[c->kind_at[t]].code & 0xF) == KH_POS_NUM;
}

// «قتل 16» is a verb, in the passive; after a number stands the noun that is counted.
static int score_numbers(const kh_chooser *c, uint32_t t, const kh_word *before,
                         const kh_word *word) {
  int score = 0;
  if (t > 0 && is_number(c, t - 1)) {
    if (word->pos == KH_POS_NOUN) score += 10;
    if (is_verb(word)) score -= 10;
  }
  const bool after_preposition = before && before->pos == KH_POS_PREP;
  if (count_begins(c, t + 1) && !after_preposition && !(word->proclitics & PREPOSITIONS) &&
      word->features & KH_F_PAST && word->features & (KH_F_PASSIVE | KH_F_MAYBE_PASSIVE))
    score += 12;
  return score;
}

// Reports say «I» and «you» only in quotations.
static int score_person(const kh_chooser *c, uint32_t t, const kh_word *word) {
  if (!is_verb(word) || !(word->features & (KH_F_FIRST | KH_F_SECOND))) return 0;
  return c->document->tokens->at[t].quote < 0 ? -15 : 0;
}

// Is every reading of the word nominative, so that it completes no noun?
static bool is_nominative(const kh_chooser *c, uint32_t t) {
  const kh_morph_layer *layer = c->document->morph;
  for (uint32_t i = layer->from[t]; i < layer->to[t]; ++i) {
    const uint32_t features = layer->candidates[i].features;
    if (!(features & KH_F_NOM) || features & KH_F_CONSTRUCT) return false;
  }
  return layer->from[t] < layer->to[t];
}

// «قتل حوثيان» is a verb: no nominative completes a verbal noun.
static int score_next(const kh_chooser *c, uint32_t t, const kh_word *word) {
  const kh_token_layer *tokens = c->document->tokens;
  if (word->features & KH_F_MASDAR && word->enclitic != KH_ENC_NONE &&
      has(c, word, KH_CLASS_LIGHT_VERB)) // «هجوم شنه مسلحون»
    return -12;
  if (!(word->features & KH_F_MASDAR) || word->proclitics & KH_CLITIC_AL) return 0;
  if (t + 1 >= tokens->count || tokens->at[t + 1].sentence != tokens->at[t].sentence) return 0;
  return is_nominative(c, t + 1) ? -12 : 0;
}

// A verb that begins a sentence is mostly a past one, and agrees in gender with the singular noun
// that follows it as its subject: «توقع المسؤول» is no «she falls».
static int score_subject(const kh_chooser *c, uint32_t t, const kh_word *word) {
  const kh_morph_layer *layer = c->document->morph;
  const kh_token_layer *tokens = c->document->tokens;
  if (!is_verb(word)) return 0;
  const uint32_t sentence = tokens->at[t].sentence;
  int score = t == tokens->sentences[sentence].first && word->features & KH_F_PAST ? 6 : 0;
  if (t + 1 >= tokens->count || tokens->at[t + 1].sentence != sentence) return score;
  if (layer->from[t + 1] == layer->to[t + 1]) return score;
  const kh_word *next = &layer->candidates[layer->from[t + 1]];
  if (next->pos != KH_POS_NOUN || !(next->features & KH_F_SING) ||
      next->proclitics & ~KH_CLITIC_AL || !(next->proclitics & KH_CLITIC_AL))
    return score;
  const uint32_t genders = KH_F_MASC | KH_F_FEM;
  const uint32_t verb = word->features & genders;
  const uint32_t noun = next->features & genders;
  if (verb && noun && !(verb & noun)) score -= 12;
  return score;
}

// Verbs of speech and «ان» are spelt like rare nouns of the general lexicon («قال», «آن»), and a
// past dual like an accusative: a dual verb wants somebody in the dual before it.
static int score_rarity(const kh_chooser *c, uint32_t t, const kh_word *word) {
  enum { REACH = 8 };
  const kh_morph_layer *layer = c->document->morph;
  if (word->features & KH_F_GENERAL && !is_verb(word))
    return layer->never[t] & KH_MAY_TELL ? -24 : 0;
  // «فتحت السلطات»: a verb, rather than «and so under»
  if (word->pos == KH_POS_PREP && word->proclitics & KH_CLITIC_FA)
    for (uint32_t i = layer->from[t]; i < layer->to[t]; ++i)
      if (is_verb(&layer->candidates[i]) && !layer->candidates[i].proclitics) return -24;
  // «"...", وتابع أن»: no adjective follows a mark with «و»
  if (word->pos == KH_POS_ADJ && word->proclitics == KH_CLITIC_WA && t > 0 &&
      c->document->tokens->at[t - 1].kind == KH_TOKEN_PUNCT)
    for (uint32_t i = layer->from[t]; i < layer->to[t]; ++i)
      if (is_verb(&layer->candidates[i]) && has(c, &layer->candidates[i], KH_CLASS_UTTER))
        return -24;
  if (!is_verb(word) || !(word->features & KH_F_DUAL) || !(word->features & KH_F_PAST) ||
      word->enclitic != KH_ENC_NONE)
    return 0;
  const uint32_t first = c->document->tokens->sentences[c->document->tokens->at[t].sentence].first;
  for (uint32_t i = t; i-- > first && t - i < REACH;)
    if (c->document->tokens->at[i].kind == KH_TOKEN_WORD && layer->best[i].features & KH_F_DUAL)
      return 0;
  return -14;
}

// «أعلنت الدولة فرض رسوم»: after an announcement and who makes it stands a verbal noun.
static int score_announced(const kh_chooser *c, uint32_t t, const kh_word *word) {
  enum { REACH = 6 };
  static const kh_class verbs[] = {KH_CLASS_DECLARE, KH_CLASS_DENY, KH_CLASS_CONFIRM,
                                   KH_CLASS_PROPOSE, KH_CLASS_REFUSE};
  const kh_morph_layer *layer = c->document->morph;
  if (!is_verb(word) || !(word->features & KH_F_PAST) || word->proclitics ||
      word->enclitic != KH_ENC_NONE)
    return 0;
  bool masdar = false;
  for (uint32_t i = layer->from[t]; i < layer->to[t] && !masdar; ++i)
    masdar = (layer->candidates[i].features & KH_F_MASDAR) != 0 && !layer->candidates[i].proclitics;
  if (!masdar) return 0;
  const uint32_t first = c->document->tokens->sentences[c->document->tokens->at[t].sentence].first;
  for (uint32_t i = t; i-- > first && t - i <= REACH;) {
    if (c->document->tokens->at[i].kind != KH_TOKEN_WORD) {
      if (c->document->tokens->at[i].mark != KH_MARK_COMMA) return 0;
      continue;
    }
    const kh_word *before = &layer->best[i];
    if (!is_verb(before)) {
      if (has(c, before, KH_CLASS_COMPLEMENT) || has(c, before, KH_CLASS_RELATIVE) ||
          has(c, before, KH_CLASS_OPENS_CLAUSE) || before->pos == KH_POS_CONJ)
        return 0;
      continue;
    }
    for (size_t k = 0; k < sizeof verbs / sizeof *verbs; k++)
      if (has(c, before, verbs[k])) return i + 1 < t ? -18 : 0;
    return 0;
  }
  return 0;
}

int kh_points_of(const kh_chooser *c, uint32_t t, const kh_word *before, const kh_word *word) {
  return score_signs(c, t, word) + score_after(c, before, word) +
         score_numbers(c, t, before, word) + score_person(c, t, word) + score_next(c, t, word) +
         score_subject(c, t, word) + score_rarity(c, t, word) + score_announced(c, t, word);
}

// ---- what stands around

static uint32_t code_before(const kh_chooser *c, uint32_t t, uint32_t first) {
  if (t == first) return kh_tag_code_of_edge();
  const kh_token *token = &c->document->tokens->at[t - 1];
  if (token->kind == KH_TOKEN_PUNCT) return kh_tag_code_of_mark(token->mark);
  if (token->kind != KH_TOKEN_WORD) return kh_tag_code_of_number();
  return kh_tag_code(&c->document->morph->best[t - 1]);
}

kh_tag_context kh_context_of(const kh_chooser *c, uint32_t t, uint32_t first, uint32_t last) {
  const kh_token *tokens = c->document->tokens->at;
  kh_tag_context context = {.before = code_before(c, t, first)};
  if (t > first && c->kind_at[t - 1] != UINT32_MAX) {
    context.before_form = c->kinds[c->kind_at[t - 1]].form;
    context.before_features = c->document->morph->best[t - 1].features;
  }
  if (t + 1 >= last) {
    context.after = kh_tag_code_of_edge();
  } else if (c->kind_at[t + 1] != UINT32_MAX) {
    context.after = c->kinds[c->kind_at[t + 1]].code;
  } else {
    context.after = tokens[t + 1].kind == KH_TOKEN_PUNCT ? kh_tag_code_of_mark(tokens[t + 1].mark)
                                                         : kh_tag_code_of_number();
  }
  return context;
}

// ---- choosing

static int score_model(const kh_chooser *c, const kh_word *word, const kh_tag_context *context) {
  uint16_t features[KH_TAG_AROUND];
  kh_tag_features(word, context, features);
  int score = 0;
  for (int i = 0; i < KH_TAG_AROUND; ++i) score += c->weights[features[i]];
  return score;
}

static const kh_word *choose(const kh_chooser *c, uint32_t t, uint32_t first, uint32_t last) {
  const kh_morph_layer *layer = c->document->morph;
  const uint32_t count = layer->to[t] - layer->from[t];
  if (!layer->candidates || !count) return NULL;
  const kh_word *at = layer->candidates + layer->from[t];
  if (count == 1) return at;
  const bool after_word = t > first && c->kind_at[t - 1] != UINT32_MAX;
  const kh_word *before = after_word ? &layer->best[t - 1] : NULL;
  kh_tag_context context = {0};
  if (c->weights) context = kh_context_of(c, t, first, last);
  const kh_word *best = NULL;
  int best_score = 0;
  for (uint32_t i = 0; i < count; ++i) {
    int score = at[i].score + KH_TAG_SCALE * kh_points_of(c, t, before, &at[i]);
    if (c->weights) score += score_model(c, &at[i], &context);
    if (best && score <= best_score) continue;
    best = &at[i];
    best_score = score;
  }
  return best;
}

// One word in six has a hamza on an alef in print; where hardly one in thirty has, they are left
// out.
void kh_chooser_init(kh_chooser *c) {
  const kh_token_layer *tokens = c->document->tokens;
  uint32_t words = 0;
  uint32_t hamzas = 0;
  for (uint32_t t = 0; t < tokens->count; ++t) {
    if (tokens->at[t].kind != KH_TOKEN_WORD) continue;
    ++words;
    if (tokens->at[t].flags & (KH_TOKEN_HAMZA_ABOVE | KH_TOKEN_HAMZA_BELOW)) ++hamzas;
  }
  c->careful = hamzas * 30 >= words;
}

void kh_choose_readings(const kh_chooser *c, kh_morph_layer *layer) {
  const kh_token_layer *tokens = c->document->tokens;
  const kh_lexicon *lexicon = c->document->engine->lexicon;
  for (uint32_t s = 0; s < tokens->sentence_count; ++s) {
    const uint32_t first = tokens->sentences[s].first;
    const uint32_t last = tokens->sentences[s].last;
    for (uint32_t t = first; t < last; ++t) {
      const kh_word *word = choose(c, t, first, last);
      if (word) layer->best[t] = *word;
    }
  }
  // by themselves, so that the many looks at the table of lemmas do not wait for one another
  for (uint32_t t = 0; t < tokens->count; ++t) {
    const kh_word *word = &layer->best[t];
    layer->classes[t] = kh_lexicon_classes(lexicon, word->known ? word->lemma : UINT32_MAX);
  }
}
