// SPDX-License-Identifier: Apache-2.0
#include "claim/frames.h"

#include <string.h>

// In tokens. Longer "phrases" are lists run together, longer "sentences" text without stops.
enum { MAX_PHRASE = 40, MAX_COMPLEMENT = 400, MAX_DATELINE = 14 };

// The index of the name, time or quantity that covers a token; KH_NONE when none.
static int32_t name_at(const kh_document *d, uint32_t t) { return d->mentions->name_at[t]; }

static bool name_begins(const kh_document *d, uint32_t t) {
  const int32_t n = name_at(d, t);
  return n >= 0 && d->mentions->names.at[n].first == t;
}

static bool time_begins(const kh_document *d, uint32_t t) {
  const int32_t n = d->mentions->time_at[t];
  return n >= 0 && d->mentions->times.at[n].first == t;
}

static bool quantity_begins(const kh_document *d, uint32_t t) {
  const int32_t n = d->mentions->quantity_at[t];
  return n >= 0 && d->mentions->quantities.at[n].first == t && d->mentions->time_at[t] < 0;
}

enum { PREPOSITION_CLITICS = KH_CLITIC_BI | KH_CLITIC_LI | KH_CLITIC_KA };

static bool takes_adjective(const kh_word *w) {
  return w->pos == KH_POS_ADJ ||
         (w->features & (KH_F_NISBA | KH_F_ACTIVE_PART | KH_F_PASSIVE_PART)) != 0;
}

// May an adjective with features `a` describe a noun with features `n`? Only plain contradictions
// of number, gender and case are refused. Plurals also take the feminine singular.
static bool adjective_agrees(uint32_t n, uint32_t a) {
  enum { GENDER = KH_F_MASC | KH_F_FEM };
  if (!(a & (KH_F_SING | KH_F_DUAL | KH_F_PLUR))) return true;
  if (n & KH_F_DUAL) return (a & KH_F_DUAL) != 0;
  if (n & KH_F_PLUR) return a & (KH_F_PLUR | KH_F_FEM);
  if (!(n & KH_F_SING)) return true;
  if (a & KH_F_DUAL) return false;
  if ((n & GENDER) == KH_F_MASC && (a & GENDER) == KH_F_FEM) return false;
  if ((n & GENDER) == KH_F_FEM && (a & GENDER) == KH_F_MASC) return false;
  // «هجوما كبيرا», but not «غارة موقعا»
  return !(a & KH_F_ACC) || n & (KH_F_ACC | KH_F_FEM);
}

// Can any reading of the token be an adjective with (or without) the article of the noun?
static bool can_be_adjective(const kh_document *d, uint32_t noun, uint32_t t, bool definite) {
  const kh_morph_layer *m = d->morph;
  if (!kh_is_word(d, t) || name_begins(d, t)) return false;
  const kh_word *chosen = kh_reading(d, t);
  if (chosen->pos == KH_POS_PREP || chosen->pos == KH_POS_PART || chosen->pos == KH_POS_CONJ)
    return false;
  if (chosen->known && !takes_adjective(chosen)) return false;
  const bool plain = name_at(d, noun) < 0 && kh_reading(d, noun)->known;
  const uint32_t features = plain ? kh_reading(d, noun)->features : 0;
  for (uint32_t c = m->from[t]; c < m->to[t]; c++) {
    const kh_word *w = &m->candidates[c];
    const bool al = (w->proclitics & KH_CLITIC_AL) != 0;
    if (al == definite && !(w->proclitics & (PREPOSITION_CLITICS | KH_CLITIC_WA | KH_CLITIC_FA)) &&
        w->enclitic == KH_ENC_NONE && takes_adjective(w) && adjective_agrees(features, w->features))
      return true;
  }
  return false;
}

bool kh_is_nominal(const kh_document *d, uint32_t t) {
  if (name_at(d, t) >= 0) return name_begins(d, t);
  if (quantity_begins(d, t)) return true;
  if (!kh_is_word(d, t)) return d->tokens->at[t].kind == KH_TOKEN_LATIN;
  switch (kh_reading(d, t)->pos) {
  case KH_POS_NOUN:
  case KH_POS_ADJ:
  case KH_POS_PROPN:
  case KH_POS_NUM:
  case KH_POS_NONE:
    return true;
  case KH_POS_PRON:
    return kh_word_has(d, t, KH_CLASS_DEMONSTRATIVE);
  default:
    return false;
  }
}

// Does the phrase so far count as definite, so that its adjectives carry the article?
static bool is_definite(const kh_document *d, uint32_t first, uint32_t end) {
  if (kh_is_mark(d, end - 1, KH_MARK_QUOTE)) return true; // «مجموعة "دايملر" الألمانية»
  const kh_word *w = kh_reading(d, first);
  if (w->proclitics & KH_CLITIC_AL || w->enclitic != KH_ENC_NONE) return true;
  if (name_at(d, first) >= 0) return true;
  if (end - first < 2) return false;
  return is_definite(d, end - 1, end);
}

// Adjectives after the phrase: «القوات السورية», «قرارات حازمة وموحدة», «الأمريكي- الروسي».
static uint32_t with_adjectives(const kh_document *d, uint32_t first, uint32_t end) {
  const bool definite = is_definite(d, first, end);
  for (uint32_t n = 0; n < 6 && kh_share_sentence(d, first, end); n++) {
    if (time_begins(d, end)) break;
    if (can_be_adjective(d, first, end, definite)) {
      // after an indefinite noun an adjective may as well begin a clause («قوات روسية»)
      end++;
      continue;
    }
    if (kh_is_mark(d, end, KH_MARK_DASH) && kh_share_sentence(d, first, end + 1) &&
        can_be_adjective(d, first, end + 1, definite)) {
      end += 2;
      continue;
    }
    const kh_word *w = kh_reading(d, end);
    if (!definite && kh_is_word(d, end) && w->proclitics == 0 && w->enclitic == KH_ENC_NONE &&
        kh_word_has(d, end, KH_CLASS_OTHER_ONE) && name_at(d, end) < 0 && name_at(d, first) < 0) {
      end++; // «مواطن عراقي آخر»
      continue;
    }
    if (n > 0 && kh_is_word(d, end) && w->proclitics & KH_CLITIC_WA && takes_adjective(w) &&
        !(w->proclitics & PREPOSITION_CLITICS) && name_at(d, end) < 0 &&
        ((w->proclitics & KH_CLITIC_AL) != 0) == definite && w->pos == KH_POS_ADJ) {
      end++;
      continue;
    }
    break;
  }
  return end;
}

// May token t continue an idafa: a noun or name right after an indefinite noun, no preposition?
static bool continues_idafa(const kh_document *d, uint32_t t, const uint32_t *ends) {
  if (!ends[t]) return false;
  if (name_begins(d, t)) {
    // a clitic before the name makes it another phrase
    const uint32_t start = d->mentions->names.at[name_at(d, t)].span.start;
    return start == d->tokens->at[t].start;
  }
  if (time_begins(d, t))
    return (kh_reading(d, t)->proclitics & KH_CLITIC_AL) != 0; // «هجوم الثلاثاء»
  if (quantity_begins(d, t)) return !(kh_reading(d, t)->proclitics & ~KH_CLITIC_AL);
  const kh_word *w = kh_reading(d, t);
  if (w->proclitics & ~KH_CLITIC_AL) return false;
  if (d->tokens->at[t].kind == KH_TOKEN_LATIN) return false;
  if (w->features & KH_F_ACC) return false; // «متطرفون هجوما»: what completes is genitive
  if (w->enclitic != KH_ENC_NONE && kh_word_has(d, t, KH_CLASS_REFLEXIVE)) return false;
  return w->pos != KH_POS_ADJ || w->proclitics & KH_CLITIC_AL || w->features & KH_F_ELATIVE ||
         w->features & (KH_F_ACTIVE_PART | KH_F_PASSIVE_PART);
}

// A quoted name after its generic head: «تنظيم "الدولة الإسلامية"». Gives the token after the
// closing mark, or `end` when there is none.
static uint32_t with_quoted_name(const kh_document *d, uint32_t first, uint32_t end,
                                 const uint32_t *ends) {
  if (!kh_share_sentence(d, first, end + 1) || !kh_is_mark(d, end, KH_MARK_QUOTE)) return end;
  const int32_t q = d->tokens->at[end + 1].quote;
  if (q < 0 || d->tokens->quotes[q].first != end + 1 || d->tokens->quotes[q].open) return end;
  const uint32_t close = d->tokens->quotes[q].last;
  if (close - end > 6 || !name_begins(d, end + 1) || ends[end + 1] != close) return end;
  return close + 1;
}

// Bodies and crowds, whom no single person's name can be: «المعارضة», «الحكومة», «المتظاهرون».
static bool is_collective(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (w->features & KH_F_PLUR) return true;
  if (kh_word_has(d, t, KH_CLASS_PERSON_ROLE) || kh_word_has(d, t, KH_CLASS_TITLE)) return false;
  return kh_word_has(d, t, KH_CLASS_BODY) || kh_word_has(d, t, KH_CLASS_FORCE) ||
         kh_word_has(d, t, KH_CLASS_STATE_NOUN);
}

// A name in apposition to the role before it: «الرئيس دونالد ترامب», «وزير الدفاع خلوصي آكار».
static uint32_t with_apposition(const kh_document *d, uint32_t first, uint32_t end,
                                const uint32_t *ends) {
  const uint32_t role_end = end;
  while (kh_share_sentence(d, first, end) && end < role_end + 3 && kh_is_word(d, end) &&
         name_at(d, end) < 0 && kh_word_has(d, end, KH_CLASS_TITLE))
    end++; // «اللواء الركن»
  if (!kh_share_sentence(d, first, end) || !name_begins(d, end)) return role_end;
  const kh_name *name = &d->mentions->names.at[name_at(d, end)];
  if (name->kind != KH_KIND_PERSON && name->kind != KH_KIND_MEDIA && name->kind != KH_KIND_ORG &&
      name->kind != KH_KIND_ARMED && name->kind != KH_KIND_PLACE)
    return role_end;
  if (name->span.start != d->tokens->at[end].start) return role_end; // a clitic stands between
  // «طالب الأردنيون الاتحاد الأوروبي»: several are not one body
  if (name->kind != KH_KIND_PERSON && role_end == first + 1 &&
      kh_reading(d, first)->features & KH_F_NOM &&
      !(kh_reading(d, first)->features & KH_F_CONSTRUCT))
    return role_end;
  // «تتهم المعارضة نتنياهو»: no body is a person
  if (name->kind == KH_KIND_PERSON && kh_reading(d, first)->proclitics & KH_CLITIC_AL &&
      is_collective(d, first))
    return role_end;
  // «العاصمة صنعاء», but «زار الرئيس الفرنسي موسكو»
  if (name->kind == KH_KIND_PLACE && !kh_word_has(d, first, KH_CLASS_PLACE_HEAD)) return role_end;
  return ends[end];
}

// «نفسه», «ذاتها» after a definite noun.
static bool is_itself(const kh_document *d, uint32_t first, uint32_t end) {
  return kh_share_sentence(d, first, end) && kh_is_word(d, end) && name_at(d, end) < 0 &&
         kh_reading(d, end)->proclitics == 0 && kh_reading(d, end)->enclitic >= KH_ENC_3MS &&
         kh_word_has(d, end, KH_CLASS_REFLEXIVE) && is_definite(d, first, end);
}

static uint32_t noun_phrase_end(const kh_document *d, uint32_t t, const uint32_t *ends) {
  uint32_t end;
  if (name_begins(d, t)) {
    end = d->mentions->names.at[name_at(d, t)].last;
    return with_adjectives(d, t, end);
  }
  if (quantity_begins(d, t)) {
    end = d->mentions->quantities.at[d->mentions->quantity_at[t]].last;
    if (!kh_share_sentence(d, t, end)) return end;
    if (kh_word_has(d, end, KH_CLASS_FROM) && kh_share_sentence(d, t, end + 1) && ends[end + 1])
      return ends[end + 1];
    if (ends[end] && !(kh_reading(d, end)->proclitics & ~KH_CLITIC_AL) && !time_begins(d, end))
      return ends[end];
    return end;
  }
  if (time_begins(d, t)) return d->mentions->times.at[d->mentions->time_at[t]].last;
  const kh_word *w = kh_reading(d, t);
  end = t + 1;
  if (d->tokens->at[t].kind == KH_TOKEN_LATIN) {
    while (kh_share_sentence(d, t, end) && d->tokens->at[end].kind == KH_TOKEN_LATIN) end++;
    return end;
  }
  if (!kh_share_sentence(d, t, end)) return end;
  if (w->pos == KH_POS_PRON) // a demonstrative with its noun: «هذه الخطوات»
    return ends[end] && kh_reading(d, end)->proclitics == KH_CLITIC_AL ? ends[end] : end;
  // dual and plural keep their ن only when nothing completes them
  const bool whole = (w->features & (KH_F_NOM | KH_F_OBL)) && !(w->features & KH_F_CONSTRUCT);
  const bool bare = !(w->proclitics & KH_CLITIC_AL) && w->enclitic == KH_ENC_NONE && !whole &&
                    !(w->features & KH_F_ACC && w->stem_len > 0) &&
                    !(d->tokens->at[t].flags & KH_TOKEN_TANWIN);
  if (bare && continues_idafa(d, end, ends)) {
    end = ends[end];
  } else if (kh_word_has(d, t, KH_CLASS_QUANTIFIER) && kh_word_has(d, end, KH_CLASS_FROM) &&
             kh_share_sentence(d, t, end + 1) && ends[end + 1]) {
    return ends[end + 1]; // «عدد من المدنيين»
  }
  end = with_quoted_name(d, t, end, ends);
  if (is_itself(d, t, end)) end++; // «في الوقت نفسه»
  end = with_adjectives(d, t, end);
  return with_apposition(d, t, end, ends);
}

static void find_noun_phrases(kh_document *d, struct kh_phrases *p) {
  for (uint32_t t = d->tokens->count; t-- > 0;) {
    if (!kh_is_nominal(d, t)) continue;
    uint32_t end = noun_phrase_end(d, t, p->end);
    if (end - t > MAX_PHRASE) end = t + MAX_PHRASE;
    p->end[t] = end;
  }
}

uint32_t kh_conjunct(const kh_document *d, uint32_t last) {
  const struct kh_phrases *p = d->claims->phrases;
  if (last == 0 || !kh_share_sentence(d, last - 1, last)) return 0;
  uint32_t t = last;
  if (kh_is_mark(d, t, KH_MARK_COMMA) && kh_share_sentence(d, t, t + 1)) t++;
  if (p->end[t] && kh_reading(d, t)->proclitics & KH_CLITIC_WA) return t;
  // «أو», «ثم», «ولا» between two phrases
  if (kh_is_word(d, t) && kh_reading(d, t)->pos == KH_POS_CONJ && kh_share_sentence(d, t, t + 1) &&
      !kh_word_has(d, t, KH_CLASS_OPENS_CLAUSE) && !kh_word_has(d, t, KH_CLASS_COMPLEMENT) &&
      p->end[t + 1] && !(kh_reading(d, t + 1)->proclitics & ~KH_CLITIC_AL))
    return t + 1;
  return 0;
}

// A token that governs the phrase after it: a preposition, or a fixed phrase that ends in one.
static bool is_preposition(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && kh_reading(d, t)->pos == KH_POS_PREP && name_at(d, t) < 0 &&
         kh_reading(d, t)->enclitic == KH_ENC_NONE;
}

// Tokens of a fixed phrase that governs like a preposition («على يد», «من قبل»); 0 when none.
static uint32_t prepositional_phrase(const kh_document *d, uint32_t t) {
  static const kh_class classes[] = {KH_CLASS_AGENT_BY, KH_CLASS_BETWEEN, KH_CLASS_AGAINST,
                                     KH_CLASS_WITH};
  if (!d->morph->phrase_tokens[t]) return 0;
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
    if (kh_phrase_at(d, t, classes[i])) return d->morph->phrase_tokens[t];
  return 0;
}

bool kh_slot_next(const kh_document *d, uint32_t at, uint32_t limit, kh_slot *slot) {
  const struct kh_phrases *p = d->claims->phrases;
  for (uint32_t t = at; t < limit; t++) {
    const uint32_t fixed = prepositional_phrase(d, t);
    if (fixed || is_preposition(d, t)) {
      uint32_t np = t + (fixed ? fixed : 1);
      while (np < limit && is_preposition(d, np)) np++; // «من خلال», «إلى جانب»
      const uint32_t prep = np - 1;
      if (np < limit && kh_is_mark(d, np, KH_MARK_QUOTE)) np++; // «إلى "تحقيق مستقل"»
      if (np < limit && p->end[np]) {
        *slot = (kh_slot){t, np, p->end[np], (int32_t)prep, 0};
        if (slot->last > limit) slot->last = limit;
        return true;
      }
      continue;
    }
    if (p->end[t]) {
      uint8_t clitic = kh_reading(d, t)->proclitics & PREPOSITION_CLITICS;
      const int32_t name = name_at(d, t);
      if (name >= 0 && d->mentions->names.at[name].span.start == d->tokens->at[t].start) clitic = 0;
      *slot = (kh_slot){t, t, p->end[t] > limit ? limit : p->end[t], KH_NONE, clitic};
      return true;
    }
  }
  return false;
}

// ------------------------------------------------------------------ clauses

static bool is_finite_verb(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && kh_reading(d, t)->pos == KH_POS_VERB && name_at(d, t) < 0 &&
         d->mentions->time_at[t] < 0 && !d->morph->inside_phrase[t];
}

// The last word of «على أن» is one as well.
static bool is_complementizer(const kh_document *d, uint32_t t) {
  if (!kh_has_sign(d, t, KH_SIGN_COMPLEMENT)) return false;
  return !d->morph->inside_phrase[t] ||
         (d->morph->phrase_tokens[t - 1] == 2 && kh_phrase_at(d, t - 1, KH_CLASS_COMPLEMENT));
}

static bool is_relative(const kh_document *d, uint32_t t) {
  return kh_has_sign(d, t, KH_SIGN_RELATIVE) && !d->morph->inside_phrase[t];
}

bool kh_agrees(const kh_document *d, uint32_t verb, uint32_t first, bool before) {
  const kh_word *noun = kh_reading(d, first);
  if (name_at(d, first) >= 0 || quantity_begins(d, first) || !noun->known) return true;
  const uint32_t n = noun->features;
  const bool plural = (n & KH_F_PLUR) != 0;
  if (plural && n & KH_F_BROKEN) return !before || verb & (KH_F_FEM | KH_F_PLUR);
  if (before) {
    if (verb & KH_F_PLUR && n & KH_F_SING) return false;
    if (verb & KH_F_DUAL && !(n & KH_F_DUAL)) return false;
  } else if (verb & (KH_F_PLUR | KH_F_DUAL)) {
    return false; // a verb before its subject stands in the singular
  }
  if (n & KH_F_FEM && !(n & KH_F_MASC) && verb & KH_F_MASC && !(verb & KH_F_FEM)) return false;
  if (n & KH_F_MASC && !(n & KH_F_FEM) && !plural && verb & KH_F_FEM && !(verb & KH_F_MASC))
    return false;
  return true;
}

// «..., قائلا إن», «مشيرة إلى»: a participle of speech begins what is said beside the verb.
static bool is_speech_participle(const kh_document *d, uint32_t t) {
  if (!kh_has_sign(d, t, KH_SIGN_SPEECH) || name_at(d, t) >= 0) return false;
  const kh_word *w = kh_reading(d, t);
  if (!(w->features & KH_F_ACTIVE_PART) || w->proclitics || w->enclitic != KH_ENC_NONE)
    return false;
  return (w->features & (KH_F_ACC | KH_F_FEM | KH_F_OBL)) != 0;
}

// «فيما بعد»: a time, no «while».
static bool is_later(const kh_document *d, uint32_t t) {
  return d->morph->phrase_tokens[t] && kh_phrase_at(d, t, KH_CLASS_LATER);
}

// Where the words that belong to a verb end: before the next finite verb, at a complementizer, a
// relative pronoun, a conjunction that opens a clause, a quotation, or the sentence's end.
static uint32_t clause_limit(const kh_document *d, uint32_t verb, kh_clause *clause) {
  const kh_sentence *sentence = &d->tokens->sentences[d->tokens->at[verb].sentence];
  const int32_t quote = d->tokens->at[verb].quote;
  uint32_t depth = 0;
  for (uint32_t t = verb + 1; t < sentence->last; t++) {
    if (kh_is_mark(d, t, KH_MARK_OPEN)) depth++;
    if (kh_is_mark(d, t, KH_MARK_CLOSE) && depth) depth--;
    if (depth) continue;
    if (d->tokens->at[t].quote != quote && d->tokens->at[t].kind != KH_TOKEN_PUNCT) {
      // a quotation opens (the verb's content, or a quoted name: told apart by its length), or
      // the verb's own ends
      if (d->tokens->at[t].quote < 0 || d->tokens->quotes[d->tokens->at[t].quote].parent != quote)
        return t;
      const kh_quote *q = &d->tokens->quotes[d->tokens->at[t].quote];
      if (q->last - q->first > 5) {
        clause->complement = q->first;
        return t;
      }
    }
    if (is_complementizer(d, t)) {
      clause->complement = t + 1 < sentence->last ? t + 1 : 0;
      clause->particle = (int32_t)t;
      return t;
    }
    if (is_finite_verb(d, t) || is_relative(d, t) || is_speech_participle(d, t)) return t;
    if (kh_has_sign(d, t, KH_SIGN_OPENS_CLAUSE) && !is_later(d, t)) return t;
    if (kh_is_mark(d, t, KH_MARK_SEMICOLON)) return t;
    if (kh_is_mark(d, t, KH_MARK_COLON)) {
      clause->complement = t + 1 < sentence->last ? t + 1 : 0;
      return t;
    }
  }
  return sentence->last;
}

// A phrase between commas after the subject is its apposition: «وزير الخارجية، سيرغي لافروف،».
static uint32_t with_comma_apposition(const kh_document *d, uint32_t last, uint32_t limit) {
  const struct kh_phrases *p = d->claims->phrases;
  if (last + 1 >= limit || !kh_is_mark(d, last, KH_MARK_COMMA)) return last;
  uint32_t t = last + 1;
  while (t + 1 < limit && t < last + 4 && kh_is_word(d, t) && name_at(d, t) < 0 &&
         kh_word_has(d, t, KH_CLASS_TITLE))
    t++;
  if (!name_begins(d, t) || d->mentions->names.at[name_at(d, t)].kind != KH_KIND_PERSON)
    return last;
  if (d->mentions->names.at[name_at(d, t)].span.start != d->tokens->at[t].start) return last;
  return p->end[t];
}

// A name after what belongs to its role: «المتحدث باسم الحكومة، فلان», «المسؤول في الحزب فلان».
// Gives the end of the name, or `last` when none follows.
static uint32_t with_late_name(const kh_document *d, uint32_t last, uint32_t limit) {
  if (last == 0 || name_at(d, last - 1) >= 0) return last;
  uint32_t at = last;
  kh_slot slot;
  for (int n = 0; n < 3 && kh_slot_next(d, at, limit, &slot); n++) {
    if (slot.first != at || (slot.prep < 0 && !slot.clitic)) return last;
    // «تطالب المعارضة منذ شهرين برحيل الرئيس فلان»
    const bool towards = slot.clitic & KH_CLITIC_BI ||
                         (slot.prep >= 0 && kh_word_has(d, (uint32_t)slot.prep, KH_CLASS_P_ILA));
    if (time_begins(d, slot.np) ||
        (towards && name_at(d, slot.np) < 0 && kh_reading(d, slot.np)->features & KH_F_MASDAR))
      return last;
    // a person's name at the end of the phrase itself: «باسم الرئاسة المصرية فلان»
    at = slot.last;
    while (at + 1 < limit && at < slot.last + 2 && kh_is_word(d, at) && name_at(d, at) < 0 &&
           kh_word_has(d, at, KH_CLASS_TITLE))
      at++; // «باسم التحالف العقيد فلان»
    const int32_t inner = name_at(d, at - 1);
    if (inner >= 0 && d->mentions->names.at[inner].kind == KH_KIND_PERSON &&
        d->mentions->names.at[inner].first > slot.np)
      return at;
    if (at < limit && name_begins(d, at) &&
        d->mentions->names.at[name_at(d, at)].kind == KH_KIND_PERSON &&
        d->mentions->names.at[name_at(d, at)].span.start == d->tokens->at[at].start)
      return d->claims->phrases->end[at];
    const uint32_t apposed = with_comma_apposition(d, at, limit);
    if (apposed > at) return apposed;
  }
  return last;
}

static bool is_bare(const kh_slot *slot) { return slot->prep < 0 && !slot->clitic; }

static bool joined_by_wa(const kh_document *d, uint32_t t) {
  if (name_at(d, t) >= 0)
    return d->mentions->names.at[name_at(d, t)].span.start != d->tokens->at[t].start;
  return (kh_reading(d, t)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
}

// «لكنه أكد», «إنها تدين»: the pronoun of the particle is the subject.
static bool pronoun_before(const kh_document *d, uint32_t verb) {
  if (verb == 0 || !kh_share_sentence(d, verb - 1, verb) || !kh_is_word(d, verb - 1)) return false;
  const kh_word *w = kh_reading(d, verb - 1);
  return (w->pos == KH_POS_PART || w->pos == KH_POS_CONJ) && w->enclitic >= KH_ENC_3MS;
}

static void find_arguments_after(const kh_document *d, kh_clause *c) {
  const kh_word *verb = kh_reading(d, c->verb);
  const bool has_subject = c->subject != c->subject_last;
  const bool needs_subject = !has_subject && !c->subject_relative && !pronoun_before(d, c->verb) &&
                             !(verb->features & (KH_F_FIRST | KH_F_SECOND));
  bool want_subject = needs_subject;
  kh_slot slot;
  uint32_t at = c->verb + 1;
  for (uint32_t seen = 0; seen < 8 && kh_slot_next(d, at, c->last, &slot); seen++) {
    at = slot.last;
    if (!is_bare(&slot) || time_begins(d, slot.np) || joined_by_wa(d, slot.np)) continue;
    const bool oblique = name_at(d, slot.np) < 0 && !quantity_begins(d, slot.np) &&
                         kh_reading(d, slot.np)->features & (KH_F_OBL | KH_F_ACC) &&
                         !(kh_reading(d, slot.np)->features & KH_F_NOM);
    if (want_subject && !oblique && kh_agrees(d, verb->features, slot.np, false)) {
      c->subject = slot.np;
      c->subject_last = with_comma_apposition(d, slot.last, c->last);
      if (c->subject_last == slot.last) c->subject_last = with_late_name(d, slot.last, c->last);
      at = c->subject_last;
      want_subject = false;
      if (verb->enclitic != KH_ENC_NONE) break; // the object is the pronoun
      continue;
    }
    c->object = slot.np;
    c->object_last = slot.last;
    break;
  }
}

// Does the token end words after which a clause begins: «وفق ما», «في الوقت الذي»?
static bool ends_opening(const kh_document *d, uint32_t t) {
  uint32_t first = t;
  while (first > 0 && d->morph->inside_phrase[first]) first--;
  if (d->mentions->time_at[t] >= 0) return false; // «في وقت سابق»
  return kh_cue_at(d, first, KH_CLASS_ACCORDING_VERB) || kh_cue_at(d, first, KH_CLASS_OPENS_CLAUSE);
}

bool kh_ends_dateline(const kh_document *d, uint32_t t) {
  const uint32_t first = kh_sentence_of(d, t)->first;
  const kh_paragraph *p = &d->tokens->paragraphs[kh_sentence_of(d, t)->paragraph];
  if (first != p->first || t - first > MAX_DATELINE || !kh_is_mark(d, t, KH_MARK_DASH))
    return false;
  while (t > first && kh_is_mark(d, t - 1, KH_MARK_DASH)) t--;
  return t > first && kh_is_mark(d, t - 1, KH_MARK_CLOSE);
}

// Where the clause of a verb begins: after the last verb, complementizer, conjunction or stop.
static uint32_t clause_start(const kh_document *d, uint32_t verb) {
  const kh_sentence *sentence = &d->tokens->sentences[d->tokens->at[verb].sentence];
  int32_t quote = d->tokens->at[verb].quote;
  uint32_t t = verb;
  // a quotation that begins with the verb belongs to a subject outside: «فلان "يدعو إلى ..."»
  if (quote >= 0 && d->tokens->quotes[quote].first == verb && verb > sentence->first) {
    quote = d->tokens->quotes[quote].parent;
    t--;
  }
  while (t > sentence->first && verb - t < MAX_PHRASE) {
    const uint32_t b = t - 1;
    if (is_finite_verb(d, b) && !kh_word_has(d, b, KH_CLASS_AUXILIARY)) break;
    if (is_complementizer(d, b) || is_relative(d, b)) break;
    if (ends_opening(d, b)) break;
    if (kh_has_sign(d, b, KH_SIGN_OPENS_CLAUSE)) break;
    if (kh_is_mark(d, b, KH_MARK_SEMICOLON) || kh_is_mark(d, b, KH_MARK_COLON)) break;
    if (kh_ends_dateline(d, b)) break;
    if (d->tokens->at[b].quote != quote && d->tokens->at[b].quote >= 0 &&
        d->tokens->quotes[d->tokens->at[b].quote].parent != quote)
      break;
    if (kh_is_mark(d, b, KH_MARK_QUOTE) && d->tokens->at[t].quote == quote && quote >= 0 &&
        t == d->tokens->quotes[quote].first)
      break;
    t = b;
  }
  return t;
}

// Does a preposition with a pronoun follow the verb, and a subject after it?
static bool resumes_after(const kh_document *d, const kh_clause *c) {
  const uint32_t t = c->verb + 1;
  if (t + 1 >= c->last || !kh_is_word(d, t)) return false;
  const kh_word *w = kh_reading(d, t);
  if (w->enclitic < KH_ENC_3MS || (w->pos != KH_POS_PREP && !(w->proclitics & PREPOSITION_CLITICS)))
    return false;
  const struct kh_phrases *p = d->claims->phrases;
  return p->end[t + 1] && !(kh_reading(d, t + 1)->proclitics & ~KH_CLITIC_AL) &&
         !time_begins(d, t + 1) && kh_agrees(d, kh_reading(d, c->verb)->features, t + 1, false);
}

// «الحرب التي تقول المنظمة إنها أودت بالآلاف»: the pronoun in what is said takes the place of the
// noun before, and who says so follows the verb.
static bool resumes_inside(const kh_document *d, const kh_clause *c) {
  const uint32_t t = c->verb + 1;
  if (c->particle < 0 || t >= (uint32_t)c->particle) return false;
  if (kh_reading(d, (uint32_t)c->particle)->enclitic < KH_ENC_3MS) return false;
  if (!kh_word_has(d, c->verb, KH_CLASS_SAY) && !kh_word_has(d, c->verb, KH_CLASS_OPINE))
    return false;
  const struct kh_phrases *p = d->claims->phrases;
  return p->end[t] && !(kh_reading(d, t)->proclitics & ~KH_CLITIC_AL) && !time_begins(d, t) &&
         kh_agrees(d, kh_reading(d, c->verb)->features, t, false);
}

static void find_subject_before(const kh_document *d, kh_clause *c) {
  const struct kh_phrases *p = d->claims->phrases;
  const kh_word *verb = kh_reading(d, c->verb);
  if (c->first > 0 && is_relative(d, c->first - 1)) {
    // a pronoun on the verb or on a preposition after it takes the relative pronoun's place:
    // «التي يحتجزها الجيش», «التي تسيطر عليها المعارضة»
    c->subject_relative =
        verb->enclitic == KH_ENC_NONE && !resumes_after(d, c) && !resumes_inside(d, c);
    return;
  }
  if (verb->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) return; // «..., وأضاف»: begins anew
  kh_slot slot;
  uint32_t at = c->first;
  uint32_t head = 0; // of the phrases joined by «و» up to here
  // the first bare phrase of the clause; what stands between it and the verb are its attributes.
  // One joined by «و» right before the verb begins a clause when nothing else is its subject.
  while (kh_slot_next(d, at, c->verb, &slot)) {
    at = slot.last;
    if (!is_bare(&slot) || time_begins(d, slot.np)) continue;
    // «وتعليقا على ذلك، قال»: an accusative is no subject unless إن or its like governs it
    const kh_word *noun = kh_reading(d, slot.np);
    if (noun->features & KH_F_ACC && !(noun->proclitics & KH_CLITIC_AL) &&
        name_at(d, slot.np) < 0 && !quantity_begins(d, slot.np) &&
        !(slot.np > 0 && kh_is_word(d, slot.np - 1) &&
          (is_complementizer(d, slot.np - 1) || kh_word_has(d, slot.np - 1, KH_CLASS_AUXILIARY) ||
           kh_word_has(d, slot.np - 1, KH_CLASS_OPENS_CLAUSE))))
      continue;
    // «هجوم تبناه التنظيم»: an indefinite noun that the verb's pronoun resumes
    if (slot.last == c->verb && verb->enclitic >= KH_ENC_3MS && name_at(d, slot.np) < 0 &&
        !is_definite(d, slot.np, slot.last) && d->mentions->time_at[slot.np] < 0)
      return;
    const bool joined = joined_by_wa(d, slot.np) && slot.np != c->first;
    if (!joined || !head || kh_conjunct(d, p->end[head]) != slot.np) head = slot.np;
    if (joined && slot.last != c->verb) continue;
    // «القوات والمتمردون يتبادلون»: several agree as plurals do
    const uint32_t features =
        head == slot.np ? verb->features : verb->features & ~(uint32_t)(KH_F_PLUR | KH_F_DUAL);
    if (!kh_agrees(d, features, slot.np, true)) continue;
    c->subject = head;
    c->subject_last = with_comma_apposition(d, head == slot.np ? slot.last : p->end[head], c->verb);
    if (c->subject_last == slot.last) c->subject_last = with_late_name(d, slot.last, c->verb);
    c->subject_before = true;
    return;
  }
}

// «وكان الوزير، الذي زار المدينة، قد أعلن»: the subject of «كان» is that of the verb behind «قد».
static void find_subject_of_auxiliary(const kh_document *d, kh_clause *c) {
  enum { REACH = 6 };
  const struct kh_phrases *p = d->claims->phrases;
  if (c->subject != c->subject_last || c->subject_relative || c->verb == 0) return;
  if (!kh_is_word(d, c->verb - 1) || kh_reading(d, c->verb - 1)->pos != KH_POS_PART ||
      !kh_word_has(d, c->verb - 1, KH_CLASS_MODAL_CAN))
    return;
  for (uint32_t i = p->clauses.count, n = 0; i-- > 0 && n < REACH; n++) {
    const kh_clause *other = &p->clauses.at[i];
    if (!kh_share_sentence(d, other->verb, c->verb)) return;
    if (!kh_word_has(d, other->verb, KH_CLASS_AUXILIARY)) continue;
    if (other->subject == other->subject_last || other->subject < other->verb) return;
    if (!kh_agrees(d, kh_reading(d, c->verb)->features, other->subject, true)) return;
    c->subject = other->subject;
    c->subject_last = other->subject_last;
    c->subject_before = true;
    return;
  }
}

static bool is_passive(const kh_document *d, uint32_t t) {
  return (kh_reading(d, t)->features & KH_F_PASSIVE) != 0 ||
         (d->tokens->at[t].flags & KH_TOKEN_DAMMA_FIRST && kh_reading(d, t)->features & KH_F_PAST);
}

static void find_clauses(kh_document *d, struct kh_phrases *p) {
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    p->clause_at[t] = KH_NONE;
    if (!is_finite_verb(d, t)) continue;
    kh_clause clause = {.verb = t, .particle = KH_NONE};
    clause.first = clause_start(d, t);
    clause.last = clause_limit(d, t, &clause);
    clause.passive = is_passive(d, t);
    find_subject_before(d, &clause);
    find_subject_of_auxiliary(d, &clause);
    find_arguments_after(d, &clause);
    *(kh_clause *)KH_ADD(&d->arena, &p->clauses) = clause;
    p->clause_at[t] = (int32_t)p->clauses.count - 1;
  }
}

uint32_t kh_complement_end(const kh_document *d, uint32_t first) {
  uint32_t last = kh_sentence_of(d, first)->last;
  const int32_t quote = d->tokens->at[first].quote;
  if (quote >= 0 && d->tokens->quotes[quote].last < last) last = d->tokens->quotes[quote].last;
  return last - first > MAX_COMPLEMENT ? first + MAX_COMPLEMENT : last;
}

const kh_clause *kh_clause_around(const kh_document *d, uint32_t token) {
  const kh_sentence *sentence = kh_sentence_of(d, token);
  for (uint32_t t = token + 1; t-- > sentence->first && token - t < 2 * MAX_PHRASE;) {
    const kh_clause *c = kh_clause_of(d, t);
    if (!c) continue;
    if (token < c->last) return c;
    break;
  }
  for (uint32_t t = token; t < sentence->last && t < token + MAX_PHRASE; t++) {
    const kh_clause *c = kh_clause_of(d, t);
    if (c) return c->first <= token ? c : NULL;
  }
  return NULL;
}

kh_span kh_phrase_span(const kh_document *d, uint32_t first, uint32_t last) {
  if (last <= first) return (kh_span){0, 0};
  return (kh_span){kh_word_start(d, first, true), d->tokens->at[last - 1].end};
}

int32_t kh_statement_over(const kh_document *d, uint32_t token) {
  return d->claims->statement_at[token];
}

uint32_t kh_antecedent(const kh_document *d, uint32_t relative) {
  uint32_t found = relative;
  const uint32_t first = kh_sentence_of(d, relative)->first;
  uint32_t end = relative;
  if (end > first && kh_is_mark(d, end - 1, KH_MARK_COMMA)) end--;
  for (uint32_t t = end; t-- > first && end - t < MAX_PHRASE;)
    if (d->claims->phrases->end[t] == end) found = t;
  return found;
}

// ------------------------------------------------------------------ scope

typedef enum scope_reach {
  REACH_VERB,     // the next finite verb and its clause
  REACH_PHRASE,   // the noun phrase that follows
  REACH_CLAUSE,   // to the end of the clause or its complement
  REACH_SENTENCE, // to the end of sentence or quotation
} scope_reach;

typedef struct scope_rule {
  kh_class cue;
  uint8_t bits;
  scope_reach reach;
} scope_rule;

static const scope_rule scope_rules[] = {
    {KH_CLASS_NEGATION, KH_SCOPE_NEGATED, REACH_VERB},
    {KH_CLASS_NEG_NOUN, KH_SCOPE_NEGATED, REACH_PHRASE},
    {KH_CLASS_FUTURE, KH_SCOPE_FUTURE, REACH_CLAUSE},
    {KH_CLASS_PLANNED, KH_SCOPE_FUTURE, REACH_CLAUSE},
    {KH_CLASS_EXPECT, KH_SCOPE_FUTURE, REACH_SENTENCE},
    {KH_CLASS_PROMISE, KH_SCOPE_FUTURE, REACH_SENTENCE},
    {KH_CLASS_MODAL_MUST, KH_SCOPE_DEMANDED, REACH_SENTENCE},
    {KH_CLASS_DEMAND, KH_SCOPE_DEMANDED, REACH_SENTENCE},
    {KH_CLASS_ASK, KH_SCOPE_DEMANDED, REACH_SENTENCE},
    {KH_CLASS_HOPE, KH_SCOPE_DEMANDED, REACH_SENTENCE},
    {KH_CLASS_MODAL_CAN, KH_SCOPE_POSSIBLE, REACH_CLAUSE},
    {KH_CLASS_POSSIBLE, KH_SCOPE_POSSIBLE, REACH_CLAUSE},
    {KH_CLASS_FEAR, KH_SCOPE_POSSIBLE, REACH_SENTENCE},
    {KH_CLASS_WARN, KH_SCOPE_POSSIBLE, REACH_SENTENCE},
    {KH_CLASS_THREATEN, KH_SCOPE_POSSIBLE, REACH_SENTENCE},
    {KH_CLASS_CONDITION, KH_SCOPE_CONDITIONAL, REACH_CLAUSE},
    {KH_CLASS_PURPOSE, KH_SCOPE_PURPOSE, REACH_CLAUSE},
    {KH_CLASS_REFUSE, KH_SCOPE_REFUSED, REACH_CLAUSE},
};

static void mark_scope(struct kh_phrases *p, uint32_t first, uint32_t last, uint8_t bits) {
  for (uint32_t t = first; t < last; t++) p->scope[t] |= bits;
}

// End of the clause that begins after a cue: the next comma before a verb with «و», the next
// conjunction, or the sentence's end.
static uint32_t scope_clause_end(const kh_document *d, uint32_t cue, uint32_t limit) {
  bool verb_seen = false;
  for (uint32_t t = cue + 1; t < limit; t++) {
    if (kh_has_sign(d, t, KH_SIGN_OPENS_CLAUSE)) return t;
    if (kh_is_mark(d, t, KH_MARK_SEMICOLON)) return t;
    if (t > cue + 1 && (kh_phrase_at(d, t, KH_CLASS_ASIDE) || kh_phrase_at(d, t, KH_CLASS_RESULT)))
      return t; // «..., ما أدى إلى»
    if (is_finite_verb(d, t)) {
      const bool anew = (kh_reading(d, t)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
      if (verb_seen && (anew || kh_is_mark(d, t - 1, KH_MARK_COMMA))) return t;
      verb_seen = true;
    } else if (verb_seen && kh_is_mark(d, t, KH_MARK_COMMA)) {
      return t;
    }
  }
  return limit;
}

static uint32_t scope_end(const kh_document *d, uint32_t cue, scope_reach reach) {
  const struct kh_phrases *p = d->claims->phrases;
  const uint32_t limit = kh_complement_end(d, cue);
  switch (reach) {
  case REACH_VERB:
    for (uint32_t t = cue + 1; t < limit && t < cue + 4; t++)
      if (p->clause_at[t] >= 0) {
        const kh_clause *c = &p->clauses.at[p->clause_at[t]];
        return c->last > t ? c->last : t + 1;
      }
    return cue + 1 < limit && p->end[cue + 1] ? p->end[cue + 1] : cue + 1;
  case REACH_PHRASE:
    return cue + 1 < limit && p->end[cue + 1] ? p->end[cue + 1] : cue + 1;
  case REACH_CLAUSE:
    return scope_clause_end(d, cue, limit);
  case REACH_SENTENCE:
    return limit;
  }
  return cue + 1;
}

void kh_scope_cues(kh_class_set *set) {
  for (size_t r = 0; r < sizeof scope_rules / sizeof *scope_rules; r++)
    kh_class_set_add(set, scope_rules[r].cue, scope_rules[r].cue);
}

// What a token may be a cue of is found once: it is asked many times.
static void find_cues(const kh_document *d, struct kh_phrases *p) {
  enum { OF_CUES = KH_SIGN_SCOPE | KH_SIGN_EVENT };
  const uint8_t *signs = d->engine->frames->signs;
  const kh_lexicon *lexicon = d->engine->lexicon;
  const kh_morph_layer *m = d->morph;
  const uint64_t *none = kh_lexicon_classes(lexicon, UINT32_MAX);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (m->inside_phrase[t])
      p->cues[t] = none;
    else if (m->phrase[t] >= 0)
      p->cues[t] = kh_phrase_classes(lexicon, (uint32_t)m->phrase[t]);
    else
      p->cues[t] = m->classes[t];
    p->signs[t] = (uint8_t)((signs[kh_class_set_number(lexicon, m->classes[t])] & ~OF_CUES) |
                            (signs[kh_class_set_number(lexicon, p->cues[t])] & OF_CUES));
  }
}

void kh_class_set_add(kh_class_set *set, kh_class first, kh_class last) {
  for (uint32_t c = first; c <= (uint32_t)last; c++) set->bits[c / 64] |= 1ULL << (c % 64);
}

bool kh_word_in_set(const kh_document *d, uint32_t t, const kh_class_set *set) {
  const uint64_t *classes = d->morph->classes[t];
  uint64_t any = 0;
  for (uint32_t i = 0; i < KH_CLASS_WORDS; i++) any |= classes[i] & set->bits[i];
  return any != 0;
}

bool kh_class_set_at(const kh_document *d, uint32_t t, const kh_class_set *set) {
  return d->morph->phrase_tokens[t] || kh_word_in_set(d, t, set);
}

// Is the token a finite verb in the past?
static bool is_past_verb(const kh_document *d, uint32_t t) {
  return is_finite_verb(d, t) && kh_reading(d, t)->features & KH_F_PAST;
}

// What is told in the past stands outside: «دعا إلى وقف القصف الذي أوقع قتلى». The governed verb
// itself may stand right after the cue.
static uint32_t before_past(const kh_document *d, uint32_t cue, uint32_t end) {
  for (uint32_t t = cue + 3; t < end; t++)
    if (is_past_verb(d, t)) return t;
  return end;
}

// Has the token a reading as a verb in the past and none in the present? A particle before it
// leaves no room for a noun («فقد قتل»).
static bool can_be_past_verb(const kh_document *d, uint32_t t) {
  bool past = false;
  for (uint32_t c = d->morph->from[t]; c < d->morph->to[t]; c++) {
    const kh_word *w = &d->morph->candidates[c];
    if (w->pos != KH_POS_VERB) continue;
    if (w->features & KH_F_PRESENT) return false;
    past = past || w->features & KH_F_PAST;
  }
  return past;
}

// Words that are cues by their company alone: «قد» before a past verb says that it is done; «ما»
// negates at the head of a clause only, and is a pronoun elsewhere («ما أدى إلى»).
static bool is_idle_cue(const kh_document *d, uint32_t t, kh_class cue) {
  if (!kh_share_sentence(d, t, t + 1)) return true;
  if (cue == KH_CLASS_MODAL_CAN && kh_reading(d, t)->pos == KH_POS_PART)
    return is_past_verb(d, t + 1) || can_be_past_verb(d, t + 1);
  if (cue == KH_CLASS_MODAL_CAN) return kh_word_any(d, t, KH_CLASS_MANAGE, KH_POS_NONE) != NULL;
  if (cue == KH_CLASS_NEGATION) // «ما لا يقل عن 42 ضربة»: part of a count
    for (uint32_t i = t + 1; i < t + 4 && kh_share_sentence(d, t, i); i++) {
      const int32_t q = d->mentions->quantity_at[i];
      if (q >= 0 && d->mentions->quantities.at[q].bound_first <= t) return true;
    }
  if (cue != KH_CLASS_NEGATION || !kh_word_any(d, t, KH_CLASS_RELATIVE, KH_POS_NONE)) return false;
  if (kh_word_has(d, t + 1, KH_CLASS_CAUSE_HARM) || kh_word_has(d, t + 1, KH_CLASS_AUXILIARY))
    return true;
  const bool joined = (kh_reading(d, t)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
  const bool heads = t == kh_sentence_of(d, t)->first || kh_is_mark(d, t - 1, KH_MARK_QUOTE) ||
                     kh_is_mark(d, t - 1, KH_MARK_COLON);
  return !((joined || heads) && is_finite_verb(d, t + 1));
}

static void find_scopes(kh_document *d, struct kh_phrases *p) {
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t) || name_at(d, t) >= 0) continue;
    if (kh_reading(d, t)->proclitics & KH_CLITIC_SA && is_finite_verb(d, t))
      mark_scope(p, t, scope_end(d, t, REACH_CLAUSE), KH_SCOPE_FUTURE);
    if (!kh_has_sign(d, t, KH_SIGN_SCOPE)) continue;
    for (size_t r = 0; r < sizeof scope_rules / sizeof *scope_rules; r++) {
      const scope_rule *rule = &scope_rules[r];
      if (!kh_cue_at(d, t, rule->cue) || is_idle_cue(d, t, rule->cue)) continue;
      uint32_t end = scope_end(d, t, rule->reach);
      if (rule->cue != KH_CLASS_CONDITION && rule->reach >= REACH_CLAUSE)
        end = before_past(d, t, end);
      mark_scope(p, t + 1, end, rule->bits);
    }
  }
}

void kh_phrases(kh_document *d) {
  const uint32_t count = d->tokens->count;
  struct kh_phrases *p = kh_arena_zero(&d->arena, sizeof *p);
  p->end = kh_arena_zero(&d->arena, (count + 1) * sizeof *p->end);
  p->scope = kh_arena_zero(&d->arena, count + 1);
  p->clause_at = kh_arena_zero(&d->arena, (count + 1) * sizeof *p->clause_at);
  p->cues = kh_arena_alloc(&d->arena, (count + 1) * sizeof *p->cues);
  p->signs = kh_arena_zero(&d->arena, count + 1);
  d->claims->phrases = p;
  kh_phrase_readings(d);
  find_cues(d, p);
  find_noun_phrases(d, p);
  find_clauses(d, p);
  find_scopes(d, p);
}
