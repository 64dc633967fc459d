// SPDX-License-Identifier: Apache-2.0
#include "morph/choose.h"

enum { PREPOSITIONS = KH_CLITIC_BI | KH_CLITIC_LI | KH_CLITIC_KA };

typedef struct chooser {
  const kh_document *document;
  const kh_morph_layer *layer;
  const kh_lexicon *lexicon;
  bool careful; // the document prints its hamzas
} chooser;

static bool is_verb(const kh_word *word) { return word->pos == KH_POS_VERB; }

static bool is_nominal(const kh_word *word) {
  return word->pos == KH_POS_NOUN || word->pos == KH_POS_ADJ || word->pos == KH_POS_NUM ||
         word->pos == KH_POS_PROPN;
}

static bool has(const chooser *c, const kh_word *word, kh_class class_id) {
  return word->known && kh_lexicon_has(c->lexicon, word->lemma, class_id);
}

// A hamza that is printed decides; one that is missing was perhaps only left out.
static int score_hamza(const chooser *c, const kh_token *token, const kh_word *word) {
  if (!word->known) return 0;
  const bool entry_above = word->features & KH_F_HAMZA_ABOVE;
  const bool entry_below = word->features & KH_F_HAMZA_BELOW;
  if (token->flags & KH_TOKEN_HAMZA_BELOW) return entry_above ? -60 : entry_below ? 10 : -25;
  if (token->flags & KH_TOKEN_HAMZA_ABOVE) return entry_below ? -40 : entry_above ? 5 : -20;
  if (!entry_above && !entry_below) return 0;
  return c->careful ? -30 : -4;
}

// What the signs written on the word say.
static int score_signs(const chooser *c, const kh_token *token, const kh_word *word) {
  int score = score_hamza(c, token, word);
  if ((token->flags & KH_TOKEN_TANWIN) && (is_verb(word) || word->proclitics & KH_CLITIC_AL))
    score -= 40;
  if ((token->flags & KH_TOKEN_DAMMA_FIRST) && word->features & (KH_F_PASSIVE | KH_F_MAYBE_PASSIVE))
    score += 15;
  return score;
}

// What the word before says. NULL at the beginning of a sentence or after a mark.
static int score_after(const chooser *c, const kh_word *before, const kh_word *word) {
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
    if (negation || has(c, before, KH_CLASS_FUTURE)) score += verb ? 12 : 0;
  }
  const bool before_definite = (before->proclitics & KH_CLITIC_AL) != 0;
  const bool definite = (word->proclitics & KH_CLITIC_AL) != 0;
  if (before->pos == KH_POS_NOUN && word->pos == KH_POS_ADJ && before_definite == definite &&
      !(word->proclitics & ~KH_CLITIC_AL))
    score += 8;
  if (before->pos == KH_POS_NOUN && before_definite && !definite && verb) score += 4;
  if (is_verb(before) && verb && !(word->proclitics) && !has(c, before, KH_CLASS_AUXILIARY))
    score -= 8;
  if (before->proclitics & KH_CLITIC_SA && verb) score -= 4;
  return score;
}

static const kh_word *choose(const chooser *c, uint32_t t, const kh_word *before) {
  const kh_token *token = &c->document->tokens->at[t];
  const kh_word *best = NULL;
  int best_score = 0;
  for (uint32_t i = c->layer->from[t]; i < c->layer->to[t]; ++i) {
    const kh_word *word = &c->layer->candidates[i];
    const int score = word->score + score_signs(c, token, word) + score_after(c, before, word);
    if (best && score <= best_score) continue;
    best = word;
    best_score = score;
  }
  return best;
}

// One word in six has a hamza on an alef in print; where hardly one in thirty has, they are left
// out.
static bool prints_hamzas(const kh_token_layer *tokens) {
  uint32_t words = 0;
  uint32_t hamzas = 0;
  for (uint32_t t = 0; t < tokens->count; ++t) {
    if (tokens->at[t].kind != KH_TOKEN_WORD) continue;
    ++words;
    if (tokens->at[t].flags & (KH_TOKEN_HAMZA_ABOVE | KH_TOKEN_HAMZA_BELOW)) ++hamzas;
  }
  return hamzas * 30 >= words;
}

void kh_choose_readings(kh_document *document) {
  const kh_token_layer *tokens = document->tokens;
  const chooser c = {document, document->morph, document->engine->lexicon, prints_hamzas(tokens)};
  for (uint32_t s = 0; s < tokens->sentence_count; ++s) {
    const kh_word *before = NULL;
    for (uint32_t t = tokens->sentences[s].first; t < tokens->sentences[s].last; ++t) {
      const kh_word *word = choose(&c, t, before);
      if (word) document->morph->best[t] = *word;
      before = word;
    }
  }
}
