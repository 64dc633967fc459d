// SPDX-License-Identifier: Apache-2.0
// Readings that only the clause decides. One word at a time a verbal noun, a participle and a verb
// that are spelt alike cannot be told apart; what stands around them can.
#include "claim/frames.h"

enum { MAX_BACK = 24, MAX_AHEAD = 10 };

// The reading of the token that has one of the features and none of `without`, or NULL.
static const kh_word *reading_with(const kh_document *d, uint32_t t, kh_pos pos, uint32_t features,
                                   uint32_t without) {
  const kh_morph_layer *m = d->morph;
  for (uint32_t c = m->from[t]; c < m->to[t]; c++) {
    const kh_word *w = &m->candidates[c];
    if ((pos == KH_POS_NONE || w->pos == pos) && (!features || w->features & features) &&
        !(w->features & without))
      return w;
  }
  return NULL;
}

static bool is_free_word(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && d->mentions->name_at[t] < 0 && d->mentions->time_at[t] < 0 &&
         !d->morph->inside_phrase[t];
}

// Does a verb that takes what is said as its object stand before, with nothing but its subject and
// a time between: «نفت الوزارة، الخميس، توصل الطرفين إلى اتفاق»?
static bool object_is_due(const kh_document *d, uint32_t t) {
  static const kh_class takers[] = {KH_CLASS_DECLARE, KH_CLASS_DENY, KH_CLASS_CONFIRM};
  const uint32_t first = kh_sentence_of(d, t)->first;
  const int32_t quote = d->tokens->at[t].quote;
  for (uint32_t b = t; b-- > first && t - b < MAX_BACK;) {
    if (d->tokens->at[b].quote != quote && d->tokens->at[b].kind != KH_TOKEN_PUNCT) continue;
    if (d->tokens->at[b].kind == KH_TOKEN_PUNCT) {
      if (d->tokens->at[b].mark == KH_MARK_COLON || d->tokens->at[b].mark == KH_MARK_SEMICOLON)
        return false;
      continue;
    }
    if (!kh_is_word(d, b) || d->mentions->name_at[b] >= 0 || d->mentions->time_at[b] >= 0) continue;
    if (kh_word_has(d, b, KH_CLASS_COMPLEMENT) || kh_word_has(d, b, KH_CLASS_RELATIVE) ||
        kh_word_has(d, b, KH_CLASS_OPENS_CLAUSE))
      return false;
    const kh_word *w = kh_reading(d, b);
    if (w->features & KH_F_ACTIVE_PART && w->features & KH_F_ACC) return false;
    if (w->pos == KH_POS_PREP && d->mentions->time_at[b + 1] < 0) return false; // «في وقت سابق»
    if (w->pos != KH_POS_VERB) continue;
    if (w->enclitic != KH_ENC_NONE || t - b < 2) return false;
    for (size_t i = 0; i < sizeof takers / sizeof *takers; i++)
      if (kh_word_has(d, b, takers[i])) return true;
    return false;
  }
  return false;
}

// «توصل», «تبنيه», and «تورط» that is known as a noun alone; NULL.
static const kh_word *masdar_reading(const kh_document *d, uint32_t t) {
  enum { LETTERS = 4 };
  const kh_word *w = kh_reading(d, t);
  const kh_word *masdar = reading_with(d, t, KH_POS_NOUN, KH_F_MASDAR, 0);
  if (masdar || w->enclitic != KH_ENC_NONE) return masdar;
  const bool fits =
      w->stem_len == LETTERS && kh_token_letters(d->tokens, t)[w->stem_at] == KH_LETTER_TA;
  return fits ? reading_with(d, t, KH_POS_NOUN, KH_F_MASC, KH_F_PLUR | KH_F_DUAL | KH_F_FEM) : NULL;
}

// «..., ووصف الخطة بأنها»: between the word and a complementizer stand nouns alone.
static bool complement_follows(const kh_document *d, uint32_t t) {
  for (uint32_t n = t + 1; kh_share_sentence(d, t, n) && n < t + MAX_AHEAD; n++) {
    if (!kh_is_word(d, n)) {
      if (kh_is_mark(d, n, KH_MARK_COMMA) || kh_is_mark(d, n, KH_MARK_COLON)) return false;
      continue;
    }
    if (kh_word_has(d, n, KH_CLASS_COMPLEMENT))
      return n > t + 1 && kh_token_letters(d->tokens, n)[0] == KH_LETTER_BA; // «بأنه»
    if (kh_reading(d, n)->pos == KH_POS_VERB) return false;
  }
  return false;
}

// «تعهد الرئيس بمواصلة الدعم»: at the head of a sentence, no headline, a word of speech before
// somebody definite.
static bool begins_report(const kh_document *d, uint32_t t) {
  enum { HEADLINE = 14 };
  const kh_word *w = kh_reading(d, t);
  const kh_sentence *s = kh_sentence_of(d, t);
  if (w->proclitics || w->enclitic != KH_ENC_NONE || s->last - s->first < HEADLINE) return false;
  if (!kh_share_sentence(d, t, t + 1) || !kh_is_word(d, t + 1)) return false;
  const bool definite =
      d->mentions->name_at[t + 1] >= 0 || kh_reading(d, t + 1)->proclitics == KH_CLITIC_AL;
  if (!definite || kh_reading(d, t + 1)->pos == KH_POS_PREP) return false;
  const kh_word *verb = reading_with(d, t, KH_POS_VERB, KH_F_PAST, KH_F_PASSIVE);
  if (!verb || !verb->known) return false;
  return kh_lexicon_has(d->engine->lexicon, verb->lemma, KH_CLASS_PROMISE) ||
         kh_lexicon_has(d->engine->lexicon, verb->lemma, KH_CLASS_EXPECT) ||
         kh_lexicon_has(d->engine->lexicon, verb->lemma, KH_CLASS_THREATEN);
}

// «على أي هجوم»: «any», not «that is», between a word and an indefinite noun.
static const kh_word *quantifier_reading(const kh_document *d, uint32_t t) {
  if (t == 0 || !kh_share_sentence(d, t - 1, t + 1)) return NULL;
  if (!kh_is_word(d, t - 1) || !kh_is_word(d, t + 1)) return NULL;
  const kh_word *next = kh_reading(d, t + 1);
  if ((next->pos != KH_POS_NOUN && next->pos != KH_POS_ADJ) || next->proclitics) return NULL;
  const kh_word *w = reading_with(d, t, KH_POS_NOUN, 0, 0);
  return w && w->known && kh_lexicon_has(d->engine->lexicon, w->lemma, KH_CLASS_QUANTIFIER) ? w
                                                                                            : NULL;
}

// «..., مؤكدا أن»: he who says so, neither two of them nor what is said, where all are spelt alike.
static const kh_word *speaking_reading(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (!(w->features & (KH_F_ACTIVE_PART | KH_F_PASSIVE_PART))) return NULL;
  if (w->features & KH_F_ACTIVE_PART && w->features & (KH_F_ACC | KH_F_FEM)) return NULL;
  if (w->enclitic != KH_ENC_NONE || w->proclitics & ~(KH_CLITIC_WA | KH_CLITIC_FA)) return NULL;
  if (!kh_share_sentence(d, t, t + 1) || !kh_word_has(d, t, KH_CLASS_SAY)) return NULL;
  const bool follows = kh_is_word(d, t + 1) && (kh_word_has(d, t + 1, KH_CLASS_COMPLEMENT) ||
                                                kh_reading(d, t + 1)->pos == KH_POS_PREP);
  if (!follows) return NULL;
  const kh_word *active = reading_with(d, t, KH_POS_NONE, KH_F_ACC, KH_F_PASSIVE_PART);
  return active && active->features & KH_F_ACTIVE_PART && active->lemma == w->lemma ? active : NULL;
}

// «إن شرطيين قتلا في الهجوم»: what two did or suffered, not a verbal noun.
static const kh_word *dual_reading(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (t == 0 || !(w->features & KH_F_MASDAR) || !(w->features & KH_F_ACC) || w->proclitics)
    return NULL;
  if (!kh_share_sentence(d, t - 1, t) || !kh_is_word(d, t - 1)) return NULL;
  const kh_word *before = kh_reading(d, t - 1);
  if (!(before->features & KH_F_DUAL) || before->pos == KH_POS_VERB) return NULL;
  return reading_with(d, t, KH_POS_VERB, KH_F_DUAL, 0);
}

// «شرطيين قتلا»: two of them, not several, before a verb of two.
static const kh_word *two_reading(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (!(w->features & KH_F_PLUR) || !(w->features & KH_F_OBL)) return NULL;
  if (!kh_share_sentence(d, t, t + 1) || !is_free_word(d, t + 1)) return NULL;
  const kh_word *next = kh_reading(d, t + 1);
  if (next->proclitics || !reading_with(d, t + 1, KH_POS_VERB, KH_F_DUAL, 0)) return NULL;
  return reading_with(d, t, KH_POS_NOUN, KH_F_DUAL, KH_F_CONSTRUCT);
}

// «قذيفتي هاون», «سيارتي إسعاف»: two of them, not mine, before the noun that completes them.
static const kh_word *pair_reading(const kh_document *d, uint32_t t) {
  if (kh_reading(d, t)->enclitic != KH_ENC_1S || !kh_share_sentence(d, t, t + 1)) return NULL;
  if (!kh_is_word(d, t + 1) || d->tokens->at[t].quote >= 0) return NULL;
  const kh_word *next = kh_reading(d, t + 1);
  const bool completes = d->mentions->name_at[t + 1] >= 0 ||
                         (next->pos == KH_POS_NOUN && !(next->proclitics & ~KH_CLITIC_AL));
  const kh_word *pair = completes ? reading_with(d, t, KH_POS_NOUN, KH_F_DUAL, 0) : NULL;
  return pair && pair->features & KH_F_CONSTRUCT && pair->enclitic == KH_ENC_NONE ? pair : NULL;
}

// «عبر عدد من النواب عن قلقهم»: he expressed, not «across», where «عن» follows before any verb.
static const kh_word *expressing_reading(const kh_document *d, uint32_t t) {
  const kh_word *w = reading_with(d, t, KH_POS_VERB, KH_F_PAST, KH_F_PASSIVE);
  for (const kh_word *end = d->morph->candidates + d->morph->to[t]; w && w < end; w++)
    if (w->pos == KH_POS_VERB && w->known && w->features & KH_F_PAST &&
        kh_lexicon_has(d->engine->lexicon, w->lemma, KH_CLASS_EXPRESSES))
      break;
  if (!w || w >= d->morph->candidates + d->morph->to[t]) return NULL;
  for (uint32_t n = t + 1; n < t + 2 * MAX_AHEAD && kh_share_sentence(d, t, n); n++) {
    if (!kh_is_word(d, n) || d->mentions->name_at[n] >= 0) continue;
    const kh_pos pos = (kh_pos)kh_reading(d, n)->pos;
    if (pos == KH_POS_VERB || kh_word_has(d, n, KH_CLASS_COMPLEMENT)) return NULL;
    if (n > t + 1 && kh_word_has(d, n, KH_CLASS_P_AN)) return w;
  }
  return NULL;
}

// Does a frame of speech read the lemma?
static bool speaks(const kh_document *d, uint32_t lemma) {
  const uint64_t *classes = kh_lexicon_classes(d->engine->lexicon, lemma);
  for (uint32_t i = 0; i < KH_CLASS_WORDS; i++)
    if (classes[i] & d->engine->frames->speech_cues.bits[i]) return true;
  return false;
}

// The first preposition behind the word, where nothing but nouns stand between; KH_NONE.
static int32_t preposition_behind(const kh_document *d, uint32_t t) {
  for (uint32_t n = t + 1; n < t + MAX_AHEAD && kh_share_sentence(d, t, n); n++) {
    if (!kh_is_word(d, n) || d->mentions->name_at[n] >= 0) continue;
    const kh_pos pos = (kh_pos)kh_reading(d, n)->pos;
    if (pos == KH_POS_VERB || kh_word_has(d, n, KH_CLASS_COMPLEMENT)) return KH_NONE;
    if (pos == KH_POS_PREP && d->mentions->time_at[n + 1] < 0) return (int32_t)n;
  }
  return KH_NONE;
}

// Does a verb of the class go with the preposition?
static bool goes_with(const kh_document *d, const kh_word *verb, uint32_t prep) {
  static const struct {
    kh_class verb, prep;
  } pairs[] = {{KH_CLASS_CONFIRM, KH_CLASS_P_ALA},
               {KH_CLASS_EXPRESSES, KH_CLASS_P_AN},
               {KH_CLASS_SPEAK, KH_CLASS_P_AN},
               {KH_CLASS_CAST_DOUBT, KH_CLASS_P_FI}};
  for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
    if (kh_lexicon_has(d->engine->lexicon, verb->lemma, pairs[i].verb) &&
        kh_word_has(d, prep, pairs[i].prep))
      return true;
  return false;
}

// «تصر الحكومة على», «وتحدث شهود عن», «عبرت عن»: a verb of speech that goes with the preposition
// behind it, where another verb is spelt alike.
static const kh_word *telling_reading(const kh_document *d, uint32_t t) {
  const kh_word *own = kh_reading(d, t);
  int32_t prep = KH_NONE;
  for (uint32_t c = d->morph->from[t]; c < d->morph->to[t]; c++) {
    const kh_word *w = &d->morph->candidates[c];
    if (w->pos != KH_POS_VERB || !w->known || w->lemma == own->lemma) continue;
    if (w->features & KH_F_PASSIVE || w->enclitic != KH_ENC_NONE || !speaks(d, w->lemma)) continue;
    if (prep < 0) {
      if (kh_word_in_set(d, t, &d->engine->frames->speech_cues)) return NULL;
      prep = preposition_behind(d, t);
    }
    if (prep < 0) return NULL;
    if (goes_with(d, w, (uint32_t)prep)) return w;
  }
  return NULL;
}

// «إن رئيس الحكومة أمر بالتحقيق», «وكان الوزير تعهد بالإشراف»: who did it stands before, and no
// verb that could have the word as its object.
static bool subject_stands_before(const kh_document *d, uint32_t t) {
  const uint32_t first = kh_sentence_of(d, t)->first;
  const int32_t quote = d->tokens->at[t].quote;
  uint32_t b = t;
  while (b-- > first && t - b < MAX_AHEAD) {
    if (!kh_is_word(d, b) || d->tokens->at[b].quote != quote) return false;
    if (d->mentions->name_at[b] >= 0) continue;
    const kh_word *w = kh_reading(d, b);
    if (kh_word_has(d, b, KH_CLASS_COMPLEMENT) || kh_word_has(d, b, KH_CLASS_AUXILIARY) ||
        kh_word_has(d, b, KH_CLASS_OPENS_CLAUSE))
      return t - b > 1;
    if (w->pos != KH_POS_NOUN && w->pos != KH_POS_ADJ && w->pos != KH_POS_PROPN) return false;
  }
  return false;
}

// «بعد أن أعرب», «منذ أن تعهد»: a verb follows.
static bool is_after(const kh_document *d, uint32_t t) {
  if (t < 2 || !kh_share_sentence(d, t - 2, t) || !kh_is_word(d, t - 1)) return false;
  if (!kh_is_word(d, t - 2) || kh_reading(d, t - 2)->pos != KH_POS_PREP) return false;
  const kh_word *that = kh_reading(d, t - 1);
  return kh_word_has(d, t - 1, KH_CLASS_COMPLEMENT) && that->enclitic == KH_ENC_NONE &&
         !that->proclitics && !(that->features & KH_F_HAMZA_BELOW);
}

// A verb of speech behind its subject, where a noun without an article is spelt alike.
static const kh_word *predicate_reading(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (t == 0) return NULL;
  if (w->proclitics || w->features & (KH_F_PLUR | KH_F_ACC)) return NULL;
  if (!kh_share_sentence(d, t - 1, t + 1) || !kh_is_word(d, t - 1)) return NULL;
  const bool definite =
      d->mentions->name_at[t - 1] >= 0 || kh_reading(d, t - 1)->proclitics & KH_CLITIC_AL;
  const bool after = is_after(d, t);
  if (!definite && !after) return NULL;
  const kh_word *verb = reading_with(d, t, KH_POS_VERB, KH_F_PAST, KH_F_PASSIVE);
  if (!verb || !verb->known || verb->enclitic != KH_ENC_NONE || verb->proclitics) return NULL;
  return speaks(d, verb->lemma) && (after || subject_stands_before(d, t)) ? verb : NULL;
}

// «وزير الدفاع: ...»: a noun of our own, not a rare verb behind «و».
static const kh_word *noun_for_rare_verb(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (!(w->features & KH_F_GENERAL) || !w->proclitics) return NULL;
  const kh_word *noun = reading_with(d, t, KH_POS_NOUN, 0, KH_F_GENERAL);
  return noun && noun->known && !noun->proclitics &&
                 kh_lexicon_has(d->engine->lexicon, noun->lemma, KH_CLASS_PERSON_ROLE)
             ? noun
             : NULL;
}

static const kh_word *better_reading(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  const bool joined = (w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
  const bool comma = t > 0 && kh_is_mark(d, t - 1, KH_MARK_COMMA);
  const bool heads = t == kh_sentence_of(d, t)->first;
  if (w->pos == KH_POS_VERB) {
    if (kh_phrase_at(d, t, KH_CLASS_ST_CEASEFIRE))
      return reading_with(d, t, KH_POS_NOUN, 0, 0); // «أعلنت وقفا لإطلاق النار»
    if (joined && w->features & KH_F_GENERAL) return noun_for_rare_verb(d, t);
    if (w->enclitic == KH_ENC_NONE) {
      const kh_word *telling = telling_reading(d, t);
      if (telling) return telling;
    }
    if (joined || w->proclitics) return NULL;
    const kh_word *masdar = masdar_reading(d, t);
    return masdar && object_is_due(d, t) ? masdar : NULL;
  }
  if (w->pos == KH_POS_PART) return quantifier_reading(d, t);
  if (w->pos == KH_POS_PREP) return expressing_reading(d, t);
  if (w->pos != KH_POS_NOUN) return NULL;
  const kh_word *other = speaking_reading(d, t);
  if (!other) other = dual_reading(d, t);
  if (!other) other = two_reading(d, t);
  if (!other) other = pair_reading(d, t);
  if (!other) other = predicate_reading(d, t);
  if (other) return other;
  if (!joined && (heads || kh_ends_dateline(d, t - 1)) && begins_report(d, t))
    return reading_with(d, t, KH_POS_VERB, KH_F_PAST, KH_F_PASSIVE);
  if (!(w->features & KH_F_MASDAR)) return NULL;
  if (w->proclitics & KH_CLITIC_AL || w->enclitic != KH_ENC_NONE) return NULL;
  // «..., ووصف الخطة بأنها»
  if (joined && (comma || heads) && kh_word_in_set(d, t, &d->engine->frames->speech_cues) &&
      complement_follows(d, t))
    return reading_with(d, t, KH_POS_VERB, KH_F_PAST, KH_F_PASSIVE);
  return NULL;
}

void kh_phrase_readings(kh_document *d) {
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!is_free_word(d, t)) continue;
    const kh_pos pos = kh_reading(d, t)->pos;
    if (pos != KH_POS_VERB && pos != KH_POS_NOUN && pos != KH_POS_PART && pos != KH_POS_PREP)
      continue;
    const kh_word *better = better_reading(d, t);
    if (!better) continue;
    d->morph->best[t] = *better;
    d->morph->classes[t] =
        kh_lexicon_classes(d->engine->lexicon, better->known ? better->lemma : UINT32_MAX);
  }
}
