// SPDX-License-Identifier: Apache-2.0
// What befell the counted: from the masdar or verb that governs the count («مقتل 3», «قتل 3»), the
// verb or participle that follows it («3 جنود قتلوا»), the counted noun itself («3 قتلى»), or the
// tally that it is the amount of («ارتفع عدد القتلى إلى 3»).
#include "claim/figure.h"

enum { MAX_VERB_BACK = 30, MAX_VERB_AHEAD = 16, MAX_TALLY = 30, MAX_SUBJECT = 6 };

static bool is_people(int counted) { return counted < KH_COUNTED_STRIKES; }

// Does the harm befall what is counted? Gives the harm as the counted suffer it, or -1.
static int fitting(int harm, int counted) {
  if (harm < 0) return -1;
  if (counted == KH_COUNTED_DETAINEES && harm == KH_HARM_DISPLACED)
    return KH_HARM_OTHER; // «فرار مئات السجناء»: they broke out
  if (counted < 0 || is_people(counted))
    return harm == KH_HARM_DESTROYED || harm == KH_HARM_DAMAGED || harm == KH_HARM_SHOT_DOWN ||
                   harm == KH_HARM_ATTACKS
               ? -1
               : harm;
  const bool hit = counted == KH_COUNTED_FACILITIES || counted == KH_COUNTED_VILLAGES ||
                   counted == KH_COUNTED_HOUSES || counted == KH_COUNTED_TENTS ||
                   counted == KH_COUNTED_OTHER;
  switch (harm) {
  case KH_HARM_DESTROYED:
  case KH_HARM_DAMAGED:
  case KH_HARM_DEPLOYED:
    return harm;
  case KH_HARM_SHOT_DOWN:
    return counted == KH_COUNTED_AIRCRAFT || counted == KH_COUNTED_ROCKETS ? harm : -1;
  case KH_HARM_ATTACKS:
    return hit ? harm : -1;
  case KH_HARM_WOUNDED: // «أصاب مركبة»
    return hit || counted == KH_COUNTED_VEHICLES ? KH_HARM_DAMAGED : -1;
  default:
    return -1;
  }
}

// Harms that a noun tells of its own («مخطوف») but that a governor may change («إطلاق 3 مخطوفين»).
static bool gives_way(int harm) {
  return harm == KH_HARM_DETAINED || harm == KH_HARM_ABDUCTED || harm == KH_HARM_DISPLACED ||
         harm == KH_HARM_REFUGEES || harm == KH_HARM_RETURNED || harm == KH_HARM_BESIEGED ||
         harm == KH_HARM_IN_NEED || harm == KH_HARM_MISSING;
}

static kh_fate one(int what, const char *rule) {
  return (kh_fate){.what = {what, -1}, .count = what >= 0 ? 1 : 0, .counted = -1, .rule = rule};
}

// The first token of the fixed phrase that a token stands in, or the token itself.
static uint32_t phrase_start(const kh_document *d, uint32_t t, uint32_t least) {
  while (t > least && d->morph->inside_phrase[t]) t--;
  return t;
}

static bool is_preposition(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && !d->morph->inside_phrase[t] && kh_reading(d, t)->pos == KH_POS_PREP;
}

// A finite verb, or a fixed phrase with one, that tells a harm.
static bool is_verb(const kh_document *d, uint32_t t) { return kh_clause_of(d, t) != NULL; }

// ------------------------------------------------------------------ the governing noun

static bool is_harm_noun(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (!kh_is_word(d, t) || w->pos == KH_POS_VERB) return false;
  return w->enclitic == KH_ENC_NONE && !(w->proclitics & KH_CLITIC_AL);
}

// «قضت محكمة بإعدام 16 امرأة»: a court has spoken, and nobody is dead yet.
static bool is_only_sentenced(const kh_document *d, uint32_t t) {
  if (!kh_word_has(d, t, KH_CLASS_BY_SENTENCE)) return false;
  const uint32_t first = kh_sentence_of(d, t)->first;
  for (uint32_t i = t; i-- > first;) {
    if (kh_word_has(d, i, KH_CLASS_SEC_JUD) || kh_word_has(d, i, KH_CLASS_JUDGEMENT)) return true;
  }
  return false;
}

// «سقوط 3 طائرات»
static int harm_of_noun(const kh_document *d, uint32_t t, int counted) {
  if (!is_harm_noun(d, t) || is_only_sentenced(d, t)) return -1;
  // «أسر 5 جنود» are no families
  if (kh_counted_of(d, t) == KH_COUNTED_FAMILIES && kh_reading(d, t)->features & KH_F_PLUR &&
      kh_word_any(d, t, KH_CLASS_HM_DETAINED, KH_POS_NOUN))
    return fitting(KH_HARM_DETAINED, counted);
  if (counted == KH_COUNTED_AIRCRAFT && kh_word_has(d, t, KH_CLASS_FALL)) return KH_HARM_SHOT_DOWN;
  const int harm = fitting(kh_harm_of(d, t), counted);
  const int own = kh_counted_of(d, t);
  if (harm == KH_HARM_ATTACKS && own >= 0 && !(kh_reading(d, t)->features & KH_F_MASDAR)) return -1;
  // «قتلى وجرحى» are counted themselves and govern nothing
  return own >= 0 && own != KH_COUNTED_STRIKES && own != KH_COUNTED_OTHER ? -1 : harm;
}

// «سقوط 15 من المسلحين», «جثث 34 طالبا»: nouns after which people that are counted are dead.
static int harm_of_fallen(const kh_document *d, const kh_count *c, uint32_t t) {
  const bool troops = c->counted == KH_COUNTED_AIRCRAFT || c->counted == KH_COUNTED_SOLDIERS;
  if (troops && c->kind == KH_COUNT_NUMBER && kh_word_has(d, t, KH_CLASS_ARRIVE))
    return KH_HARM_DEPLOYED; // «وصول 8 طائرات»
  if (c->kind != KH_COUNT_NUMBER || (c->counted >= 0 && !is_people(c->counted))) return -1;
  if (c->head == c->last) return -1;
  const kh_word *w = kh_reading(d, t);
  if (kh_word_has(d, t, KH_CLASS_GIVE_BACK) && w->pos == KH_POS_NOUN) return KH_HARM_RETURNED;
  if (w->enclitic != KH_ENC_NONE || w->proclitics & KH_CLITIC_AL) return -1;
  if (kh_word_has(d, t, KH_CLASS_LIVES) && t > 0 && kh_word_has(d, t - 1, KH_CLASS_HM_MISSING))
    return KH_HARM_KILLED; // «فقدان أرواح 100 فلسطيني»
  if (kh_word_has(d, t, KH_CLASS_BEREAVER)) return w->features & KH_F_SING ? -1 : KH_HARM_KILLED;
  return kh_word_has(d, t, KH_CLASS_FALL) && w->pos == KH_POS_NOUN ? KH_HARM_KILLED : -1;
}

// Words right before the count, quotation marks passed over.
static uint32_t word_before(const kh_document *d, const kh_count *c, uint32_t least) {
  uint32_t t = c->outer;
  while (t > least && kh_is_mark(d, t - 1, KH_MARK_QUOTE)) t--;
  return t;
}

// A masdar whose doer stands between: «قصف الطيران 7 معسكرات».
static int masdar_with_doer(const kh_document *d, const kh_count *c, uint32_t least, uint32_t end) {
  for (uint32_t t = end; t-- > least && end - t <= MAX_SUBJECT;) {
    if (d->claims->phrases->end[t] != end || d->morph->inside_phrase[t]) continue;
    const int harm = harm_of_noun(d, t, c->counted);
    if (harm == KH_HARM_RELEASED || (harm >= 0 && kh_reading(d, t)->features & KH_F_MASDAR))
      return harm;
  }
  return -1;
}

static kh_fate fate_of_noun(const kh_document *d, const kh_count *c) {
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  uint32_t t = word_before(d, c, least);
  if (t == least) return one(-1, NULL);
  const bool joined = c->outer == c->first && kh_reading(d, c->first)->proclitics & KH_CLITIC_WA;
  if (joined) return one(-1, NULL); // «و3 جنود» goes on a list
  t--;
  if (is_preposition(d, t) && t > least) {
    // «اعتقال», «قبض على», «إفراج عن»: with their own prepositions
    const uint32_t noun = phrase_start(d, t - 1, least);
    const int harm = harm_of_noun(d, noun, c->counted);
    const bool on = harm == KH_HARM_DETAINED && kh_word_has(d, t, KH_CLASS_P_ALA);
    const bool off = harm == KH_HARM_RELEASED && kh_word_has(d, t, KH_CLASS_P_AN);
    if (on || off) return one(harm, "fg.masdar");
    // «إفراج الحكومة عن 1500 معتقل»
    const int done = masdar_with_doer(d, c, least, t);
    const bool freed = done == KH_HARM_RELEASED && kh_word_has(d, t, KH_CLASS_P_AN);
    return one(freed ? done : -1, "fg.masdar");
  }
  t = phrase_start(d, t, least);
  // «القبض على», «القضاء على»: fixed phrases that end in the preposition
  if (d->morph->phrase_tokens[t] && t + d->morph->phrase_tokens[t] >= c->outer &&
      kh_reading(d, t)->proclitics & KH_CLITIC_AL)
    return one(fitting(kh_harm_of(d, t), c->counted), "fg.masdar");
  int harm = harm_of_noun(d, t, c->counted);
  if (harm < 0) harm = harm_of_fallen(d, c, t);
  if (harm < 0 && kh_word_has(d, t, KH_CLASS_QUANTIFIER) && t > least)
    harm = harm_of_noun(d, --t, c->counted); // «مقتل نحو», «مقتل عدد»
  if (harm < 0) return one(masdar_with_doer(d, c, least, t + 1), "fg.masdar");
  kh_fate fate = one(harm, "fg.masdar");
  // «مقتل وإصابة العشرات»: two figures; with an exact number one that does not tell them apart
  if (kh_reading(d, t)->proclitics & KH_CLITIC_WA && t > least && !d->morph->inside_phrase[t - 1]) {
    const int first = harm_of_noun(d, t - 1, c->counted);
    if (first >= 0 && first != harm) {
      if (!c->vague) return one(KH_HARM_OTHER, "fg.masdars");
      fate.what[0] = first;
      fate.what[1] = harm;
      fate.count = 2;
    }
  }
  return fate;
}

// «إن القتلى هم ثلاثة», «المخطوفون من القرية وهم 20 سيدة»: whom the pronoun points back to.
static int harm_of_named(const kh_document *d, const kh_count *c, uint32_t pronoun,
                         uint32_t least) {
  enum { REACH = 12 };
  for (uint32_t t = pronoun; t-- > least && pronoun - t < REACH;) {
    if (is_verb(d, t) || d->mentions->quantity_at[t] >= 0) return -1;
    if (!kh_is_word(d, t)) continue;
    const kh_word *w = kh_reading(d, t);
    if (!(w->proclitics & KH_CLITIC_AL) || !(w->features & KH_F_PLUR)) continue;
    for (int i = 0; i <= KH_HARM_REFUGEES; i++)
      if (kh_word_any(d, t, (kh_class)(KH_CLASS_HM_KILLED + i), KH_POS_NONE))
        return fitting(i, c->counted);
    if (kh_counted_of(d, t) >= 0) return -1;
  }
  return -1;
}

// «إن القتلى أربعة مدنيين»: the dead, named by a noun, are told apart.
static int fate_of_nominal(const kh_document *d, const kh_count *c) {
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  const uint32_t t = word_before(d, c, least);
  if (t == least || !kh_is_word(d, t - 1) || d->morph->inside_phrase[t - 1]) return -1;
  const kh_word *w = kh_reading(d, t - 1);
  if (kh_word_has(d, t - 1, KH_CLASS_THEY)) return harm_of_named(d, c, t - 1, least);
  if (!(w->proclitics & KH_CLITIC_AL) || !(w->features & KH_F_PLUR)) return -1;
  if (w->proclitics & KH_CLITIC_WA) return -1; // «عدد القتلى والجرحى 50»
  const int harm = kh_harm_of(d, t - 1);
  return harm == KH_HARM_KILLED || harm == KH_HARM_WOUNDED ? fitting(harm, c->counted) : -1;
}

// «حكمت على سبعة متهمين بالسجن», «السجن 15 عاما على 374 متهما»: those on whom prison is laid.
static int fate_of_sentence(const kh_document *d, const kh_count *c) {
  enum { REACH = 8 };
  if (c->kind != KH_COUNT_NUMBER || c->outer == 0 || !is_people(c->counted)) return -1;
  if (!kh_share_sentence(d, c->outer - 1, c->first) ||
      !kh_word_has(d, c->outer - 1, KH_CLASS_P_ALA))
    return -1;
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  const uint32_t from = c->outer > least + REACH ? c->outer - REACH : least;
  for (uint32_t t = from; t < c->phrase_end + 4 && kh_share_sentence(d, c->first, t); t++)
    if (kh_is_word(d, t) && kh_reading(d, t)->proclitics & KH_CLITIC_AL &&
        kh_word_has(d, t, KH_CLASS_HM_DETAINED) && kh_word_has(d, t, KH_CLASS_PLACE_HEAD))
      return KH_HARM_DETAINED;
  return -1;
}

// «من بين القتلى الخمسة عشر سبعة أطفال», «بين الضحايا 13 هناك 7 نساء»: those told before.
static int fate_among_before(const kh_document *d, const kh_count *c) {
  enum { REACH = 7 };
  if (c->kind != KH_COUNT_NUMBER || !is_people(c->counted)) return -1;
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  for (uint32_t t = c->outer; t-- > least && c->outer - t < REACH;) {
    if (is_verb(d, t) || kh_is_mark(d, t, KH_MARK_COMMA)) return -1;
    if (!kh_is_word(d, t) || !kh_word_has(d, t, KH_CLASS_BETWEEN) || t + 1 >= c->outer) continue;
    const int harm = kh_harm_of(d, t + 1);
    const bool told =
        kh_reading(d, t + 1)->proclitics & KH_CLITIC_AL && kh_counted_of(d, t + 1) >= 0;
    return told && (harm == KH_HARM_KILLED || harm == KH_HARM_WOUNDED) ? fitting(harm, c->counted)
                                                                       : -1;
  }
  return -1;
}

// «اثنين من القادة ... من بين القتلى»
static int fate_among(const kh_document *d, const kh_count *c) {
  for (uint32_t t = c->last; t < c->phrase_end + 12 && kh_share_sentence(d, c->first, t + 1); t++) {
    if (!kh_is_word(d, t) || !kh_word_has(d, t, KH_CLASS_BETWEEN)) continue;
    const int harm = kh_harm_of(d, t + 1);
    if (kh_reading(d, t + 1)->proclitics & KH_CLITIC_AL && kh_counted_of(d, t + 1) >= 0 &&
        (harm == KH_HARM_KILLED || harm == KH_HARM_WOUNDED))
      return fitting(harm, c->counted);
  }
  return -1;
}

// ------------------------------------------------------------------ the governing verb

// «ما يقدر بنحو 40 ألفا»: the estimate belongs to the number.
static bool is_estimate(const kh_document *d, uint32_t t, uint32_t count) {
  return count == t + 1 && t > 0 && kh_word_has(d, t, KH_CLASS_ESTIMATE) &&
         kh_word_any(d, t - 1, KH_CLASS_RELATIVE, KH_POS_NONE) != NULL;
}

// Does a noun that completes «met» (its death) follow the count? «لقي 37 شخصا مصرعهم»
static bool end_follows(const kh_document *d, uint32_t t) {
  for (uint32_t i = t; i < t + MAX_VERB_AHEAD && kh_share_sentence(d, t, i); i++) {
    if (kh_is_word(d, i) && kh_word_has(d, i, KH_CLASS_DEADLY_END)) return true;
    if (is_verb(d, i)) return false;
  }
  return false;
}

static bool is_people_noun(const kh_document *d, uint32_t t) {
  const int counted = kh_counted_of(d, t);
  return counted >= 0 && is_people(counted);
}

// A masdar of harm that a light verb brings about: «أجبروا على النزوح», «تعرضت للقصف».
static int harm_brought(const kh_document *d, uint32_t from, int counted) {
  for (uint32_t t = from; t < from + 3 && kh_share_sentence(d, from, t); t++) {
    if (!kh_is_word(d, t) || is_verb(d, t)) return -1;
    if (d->morph->inside_phrase[t]) continue;
    const kh_word *w = kh_reading(d, t);
    const bool governed =
        w->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI) || (t > 0 && is_preposition(d, t - 1));
    if (!governed || w->pos == KH_POS_VERB || is_people_noun(d, t)) continue;
    const int harm = fitting(kh_harm_of(d, t), counted);
    if (harm >= 0) return harm;
  }
  return -1;
}

// «سلم 30 مسلحا أنفسهم»
static bool gives_up(const kh_document *d, uint32_t verb, const kh_count *c) {
  if (!kh_word_has(d, verb, KH_CLASS_GIVE_UP) || !kh_share_sentence(d, verb, c->phrase_end))
    return false;
  return kh_is_word(d, c->phrase_end) && kh_word_has(d, c->phrase_end, KH_CLASS_REFLEXIVE);
}

static int harm_of_verb(const kh_document *d, uint32_t verb, const kh_count *c) {
  const int own = c->head < c->last ? kh_harm_of(d, c->head) : -1;
  if (kh_word_has(d, verb, KH_CLASS_VICTIM_LIGHT) && d->morph->phrase_tokens[verb] == 0)
    return end_follows(d, c->last) ? KH_HARM_KILLED : -1;
  if (kh_word_has(d, verb, KH_CLASS_RELEASE_LIGHT) &&
      (own == KH_HARM_DETAINED || own == KH_HARM_ABDUCTED ||
       kh_cue_at(d, verb, KH_CLASS_HM_RELEASED)))
    return KH_HARM_RELEASED;
  if (kh_word_has(d, verb, KH_CLASS_FALL) && c->counted == KH_COUNTED_AIRCRAFT)
    return KH_HARM_SHOT_DOWN;
  const int harm = kh_harm_of(d, verb);
  // «وفر 30 ألف شخص» fled, and provided nothing
  if (harm < 0 && is_people(c->counted) && c->kind == KH_COUNT_NUMBER &&
      kh_word_any(d, verb, KH_CLASS_HM_DISPLACED, KH_POS_VERB))
    return KH_HARM_DISPLACED;
  if (harm < 0 && gives_up(d, verb, c)) return KH_HARM_SURRENDERED;
  return harm;
}

// May the count stand behind this preposition of its verb («قبض على», «أفرج عن», «أودى بـ»)?
static bool own_preposition(const kh_document *d, uint32_t verb, uint32_t prep, int harm) {
  if (prep == UINT32_MAX) return kh_word_has(d, verb, KH_CLASS_HM_KILLED);
  if (d->morph->phrase_tokens[verb] && prep < verb + d->morph->phrase_tokens[verb]) return true;
  if (kh_word_has(d, prep, KH_CLASS_P_ALA)) return harm == KH_HARM_DETAINED;
  return kh_word_has(d, prep, KH_CLASS_P_AN) && harm == KH_HARM_RELEASED;
}

// Is another number or counted thing between verb and count, so that the verb has its victims?
static bool count_between(const kh_document *d, uint32_t from, uint32_t to) {
  for (uint32_t t = from; t < to; t++) {
    const int32_t q = d->mentions->quantity_at[t];
    if (q < 0 || d->mentions->quantities.at[q].in_time) continue;
    const kh_quantity_kind kind = d->mentions->quantities.at[q].kind;
    if (kind == KH_QUANTITY_NUMBER || kind == KH_QUANTITY_VAGUE) return true;
  }
  return false;
}

// A verb of harm that was read as a noun though a clause begins there: «قتل في التفجير 37 شخصا».
static bool is_hidden_verb(const kh_document *d, uint32_t t, uint32_t least) {
  const kh_word *w = kh_reading(d, t);
  if (w->pos != KH_POS_NOUN || !(w->features & KH_F_MASDAR) || kh_harm_of(d, t) < 0) return false;
  if (!kh_share_sentence(d, t, t + 1) || !is_preposition(d, t + 1)) return false;
  const bool opens = t == least || kh_is_mark(d, t - 1, KH_MARK_QUOTE) ||
                     kh_is_mark(d, t - 1, KH_MARK_COLON) || kh_is_mark(d, t - 1, KH_MARK_COMMA) ||
                     kh_word_has(d, t - 1, KH_CLASS_OPENS_CLAUSE);
  return opens && kh_word_any(d, t, KH_CLASS_HM_KILLED, KH_POS_VERB);
}

// «..., مشيرا إلى وجود 2500 عضو»: another speaker's or another statement's number.
static bool is_said_aside(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  return (w->features & KH_F_ACTIVE_PART) != 0 && (w->features & KH_F_ACC) != 0 &&
         kh_word_has(d, t, KH_CLASS_POINT_TO);
}

// «السكان البالغ عددهم 21 مليون نسمة»: the size of a group.
static bool is_size(const kh_document *d, uint32_t t) {
  return kh_word_has(d, t, KH_CLASS_NUMBER_NOUN) && t > 0 &&
         kh_reading(d, t)->enclitic != KH_ENC_NONE && kh_word_has(d, t - 1, KH_CLASS_AMOUNT);
}

// The finite verb before the count with no other verb between; UINT32_MAX when there is none.
static uint32_t verb_before(const kh_document *d, const kh_count *c) {
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  uint32_t depth = 0;
  for (uint32_t t = c->outer; t-- > least && c->outer - t < MAX_VERB_BACK;) {
    if (kh_is_mark(d, t, KH_MARK_CLOSE)) depth++;
    if (kh_is_mark(d, t, KH_MARK_OPEN)) {
      if (!depth) return UINT32_MAX;
      depth--;
    }
    if (depth || !kh_is_word(d, t)) {
      if (!depth && kh_is_mark(d, t, KH_MARK_SEMICOLON)) return UINT32_MAX;
      continue;
    }
    if (is_estimate(d, t, c->outer)) {
      t--;
      continue;
    }
    if (is_verb(d, t) || is_hidden_verb(d, t, least)) return t;
    if (d->morph->inside_phrase[t]) continue;
    if (is_said_aside(d, t) || is_size(d, t)) return UINT32_MAX;
    if (kh_word_has(d, t, KH_CLASS_COMPLEMENT) || kh_word_has(d, t, KH_CLASS_RELATIVE) ||
        kh_word_has(d, t, KH_CLASS_OPENS_CLAUSE))
      return UINT32_MAX;
  }
  return UINT32_MAX;
}

// Harms that people do themselves: they flee, return, leave, surrender.
static bool is_own_deed(int harm) {
  return harm == KH_HARM_SURRENDERED || harm == KH_HARM_DISPLACED || harm == KH_HARM_RETURNED ||
         harm == KH_HARM_EVACUATED;
}

// «تمكن 300 مدني من الفرار», «قام 18 مسلحا بتسليم أنفسهم»: what people do that is counted.
static int harm_done(const kh_document *d, uint32_t verb, const kh_count *c) {
  if (c->counted < 0 || !is_people(c->counted)) return -1;
  const int harm = harm_brought(d, c->phrase_end, c->counted);
  if (harm == KH_HARM_SURRENDERED) return harm;
  if (!kh_word_any(d, verb, KH_CLASS_MANAGE, KH_POS_VERB) &&
      !kh_word_has(d, verb, KH_CLASS_LIGHT_VERB))
    return -1;
  return is_own_deed(harm) ? harm : -1;
}

// «حملة اعتقالات طالت 12 ناشطا», «طالت الاعتقالات العشرات»: the harm is the verb's subject.
static int harm_of_subject(const kh_document *d, uint32_t verb, const kh_count *c) {
  const uint32_t least = kh_sentence_of(d, verb)->first;
  if (c->counted >= 0 && !is_people(c->counted)) return -1;
  for (uint32_t t = verb + 1; t < c->outer; t++)
    if (kh_harm_of(d, t) == KH_HARM_DETAINED) return KH_HARM_DETAINED;
  for (uint32_t t = verb; t-- > least && verb - t < MAX_SUBJECT;)
    if (kh_is_word(d, t) && kh_word_any(d, t, KH_CLASS_HM_DETAINED, KH_POS_NOUN))
      return KH_HARM_DETAINED;
  return -1;
}

// «نقل ثمانية أشخاص إلى المستشفى», «نقلت الحافلات 7 آلاف شخص»; aircraft and soldiers that arrive.
static int harm_of_carrying(const kh_document *d, uint32_t verb, const kh_count *c) {
  const bool troops = c->counted == KH_COUNTED_AIRCRAFT || c->counted == KH_COUNTED_SOLDIERS;
  if (kh_word_has(d, verb, KH_CLASS_ARRIVE))
    return troops && c->kind == KH_COUNT_NUMBER ? KH_HARM_DEPLOYED : -1;
  if (!kh_word_has(d, verb, KH_CLASS_CARRY) || c->counted < 0 || !is_people(c->counted)) return -1;
  if (c->kind != KH_COUNT_NUMBER) return -1;
  for (uint32_t t = c->phrase_end; t < c->phrase_end + 5 && kh_share_sentence(d, c->first, t); t++)
    if (kh_is_word(d, t) && kh_word_has(d, t, KH_CLASS_TREATMENT)) return KH_HARM_WOUNDED;
  for (uint32_t t = verb + 1; t < c->outer; t++)
    if (kh_counted_of(d, t) == KH_COUNTED_VEHICLES) return KH_HARM_EVACUATED;
  return -1;
}

static int fate_of_verb_before(const kh_document *d, const kh_count *c) {
  const uint32_t verb = verb_before(d, c);
  if (verb == UINT32_MAX) return -1;
  const kh_clause *clause = kh_clause_of(d, verb);
  int harm = fitting(harm_of_verb(d, verb, c), c->counted);
  if (harm < 0 && kh_word_any(d, verb, KH_CLASS_SUFFER, KH_POS_VERB))
    return harm_brought(d, c->phrase_end, c->counted);
  if (harm < 0 && kh_word_has(d, verb, KH_CLASS_FORCE_TO))
    return harm_brought(d, c->phrase_end, c->counted);
  if (harm < 0 && kh_word_has(d, verb, KH_CLASS_SPREAD_TO)) return harm_of_subject(d, verb, c);
  if (harm < 0) harm = harm_of_carrying(d, verb, c);
  if (harm < 0 && c->kind == KH_COUNT_NUMBER) {
    const int done = harm_done(d, verb, c);
    if (done >= 0) return done;
  }
  if (harm < 0 || count_between(d, verb + 1, c->outer)) return -1;
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  const uint32_t start = word_before(d, c, least);
  if (kh_reading(d, c->first)->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI | KH_CLITIC_KA) &&
      c->outer == c->first && !own_preposition(d, verb, UINT32_MAX, harm))
    return -1;
  if (harm == KH_HARM_KILLED && start > verb + 1 && kh_word_has(d, start - 1, KH_CLASS_LIVES))
    return harm; // «أودى الصراع بحياة عشرات الآلاف»
  // «الفصل 19»: the number completes a noun
  if (!(c->head < c->last) && start > verb + 1 && kh_is_word(d, start - 1) &&
      kh_reading(d, start - 1)->pos == KH_POS_NOUN && d->mentions->time_at[start - 1] < 0 &&
      start > verb + d->morph->phrase_tokens[verb])
    return -1;
  if (start > verb + 1 && is_preposition(d, start - 1) &&
      kh_reading(d, start - 1)->enclitic == KH_ENC_NONE &&
      !own_preposition(d, verb, start - 1, harm))
    return -1;
  const bool doers = clause && !clause->passive && clause->subject <= c->first &&
                     c->first < clause->subject_last && clause->object > clause->subject_last - 1 &&
                     clause->object < clause->object_last && clause->object < c->phrase_end + 3;
  if (doers && harm == KH_HARM_BESIEGED) return -1; // «حاصر آلاف المتظاهرين المقر»
  if (c->kind == KH_COUNT_NUMBER) return harm;
  if (harm == KH_HARM_ATTACKS) return -1;
  if (!clause) return harm;
  // a bare noun must be an argument of the verb
  const bool subject = clause->subject <= c->first && c->first < clause->subject_last;
  const bool object = clause->object <= c->first && c->first < clause->object_last;
  if (object) return harm;
  if (!subject) return -1;
  return clause->passive || kh_word_has(d, verb, KH_CLASS_VICTIM_LIGHT) ||
                 clause->object == clause->object_last
             ? harm
             : -1;
}

// ------------------------------------------------------------------ the verb after

// An adjective or predicate in the phrase or right after it: «24 جنديا جريحا», «مهاجر محتجزون».
static int fate_of_predicate(const kh_document *d, const kh_count *c) {
  const uint32_t from = c->head < c->last ? c->head + 1 : c->last;
  for (uint32_t t = from; t < c->phrase_end + 1 && kh_share_sentence(d, c->first, t); t++) {
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->morph->inside_phrase[t]) continue;
    const kh_word *w = kh_reading(d, t);
    if (w->proclitics || w->enclitic != KH_ENC_NONE) continue;
    const bool several = w->features & KH_F_PLUR && w->features & (KH_F_NOM | KH_F_OBL);
    if (w->pos != KH_POS_ADJ && !(w->features & KH_F_PASSIVE_PART) && kh_counted_of(d, t) < 0 &&
        !several)
      continue;
    const int harm = kh_harm_of(d, t);
    if (harm >= 0 && is_people(c->counted)) return fitting(harm, c->counted);
  }
  return -1;
}

// «153 صحافيا خلف القضبان», «70 شخصا في عداد المفقودين»: a fixed expression for their state.
static int fate_of_phrase_after(const kh_document *d, const kh_count *c) {
  enum { REACH = 3 };
  if (!is_people(c->counted)) return -1;
  for (uint32_t t = c->last; t < c->phrase_end + REACH; t++) {
    if (!kh_share_sentence(d, c->first, t) || kh_clause_of(d, t)) return -1;
    if (!kh_is_word(d, t)) continue;
    if (!d->morph->phrase_tokens[t]) continue;
    const int harm = kh_harm_of(d, t);
    if (harm == KH_HARM_DETAINED || harm == KH_HARM_MISSING || harm == KH_HARM_IN_NEED ||
        harm == KH_HARM_BESIEGED)
      return harm;
  }
  return -1;
}

// Does nothing but adverbs and «على الأقل» stand between the phrase and the verb?
static bool close_to(const kh_document *d, uint32_t from, uint32_t verb) {
  for (uint32_t t = from; t < verb; t++)
    if (!d->morph->inside_phrase[t] && kh_is_word(d, t) && kh_reading(d, t)->pos != KH_POS_ADV &&
        kh_reading(d, t)->pos != KH_POS_PART && d->mentions->time_at[t] < 0 &&
        d->morph->phrase_tokens[t] == 0)
      return false;
  return true;
}

// «... ما زالوا مفقودين», «... كانوا محتجزين»: the predicate of an auxiliary.
static int harm_of_state(const kh_document *d, uint32_t t, const kh_count *c) {
  if (!is_people(c->counted) || !kh_share_sentence(d, c->first, t) || !kh_is_word(d, t)) return -1;
  const int harm = kh_harm_of(d, t);
  const kh_word *w = kh_reading(d, t);
  if (w->proclitics || w->enclitic != KH_ENC_NONE) return -1;
  if (is_verb(d, t)) return w->features & KH_F_PLUR ? fitting(harm, c->counted) : -1;
  const int detained = kh_counted_of(d, t) == KH_COUNTED_DETAINEES ? KH_HARM_DETAINED : -1;
  return fitting(harm >= 0 ? harm : detained, c->counted);
}

// «... أجبروا على النزوح», «... تمكنوا من الفرار»: what a verb without a harm of its own brings.
static int harm_undergone(const kh_document *d, uint32_t t, const kh_count *c) {
  const int harm = harm_brought(d, t + 1, c->counted);
  if (kh_word_has(d, t, KH_CLASS_SUFFER) || kh_word_has(d, t, KH_CLASS_FORCE_TO)) return harm;
  return is_own_deed(harm) ? harm : -1;
}

// A verb that was read as a verbal noun right after who suffers it: «أحد المهاجمين قتل خلال ...».
static int harm_of_hidden_verb(const kh_document *d, const kh_count *c, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  if (t != c->phrase_end || !(w->features & KH_F_MASDAR) || w->proclitics ||
      w->enclitic != KH_ENC_NONE)
    return -1;
  const kh_word *verb = kh_word_any(d, t, KH_CLASS_HM_KILLED, KH_POS_VERB);
  if (!verb || !(verb->features & KH_F_PAST)) return -1;
  if (kh_share_sentence(d, t, t + 1) && kh_is_word(d, t + 1) && !is_preposition(d, t + 1) &&
      !(kh_reading(d, t + 1)->proclitics & KH_CLITIC_WA))
    return -1;
  return KH_HARM_KILLED;
}

// «276 فتاة اختطفهن المسلحون», «الذين قتلهم الحزب»: the pronoun of the verb are those counted.
static int harm_suffered(const kh_document *d, uint32_t verb, const kh_count *c) {
  const uint8_t enclitic = kh_reading(d, verb)->enclitic;
  if (enclitic != KH_ENC_3MP && enclitic != KH_ENC_3FP) return -1;
  if (c->kind != KH_COUNT_NUMBER || !is_people(c->counted) || c->value < 3) return -1;
  const int harm = kh_harm_of(d, verb);
  return harm == KH_HARM_DISPLACED || harm > KH_HARM_EVACUATED ? -1 : fitting(harm, c->counted);
}

// «... تم توقيفهم», «... جرى إجلاؤهم»
static int harm_carried_out(const kh_document *d, uint32_t verb, const kh_count *c) {
  const uint32_t t = verb + 1;
  if (!is_people(c->counted) || c->kind != KH_COUNT_NUMBER || !kh_share_sentence(d, verb, t))
    return -1;
  if (!kh_is_word(d, t) || kh_reading(d, t)->proclitics || d->morph->inside_phrase[t]) return -1;
  const uint8_t enclitic = kh_reading(d, t)->enclitic;
  return enclitic == KH_ENC_3MP || enclitic == KH_ENC_3FP ? fitting(kh_harm_of(d, t), c->counted)
                                                          : -1;
}

// Can the counted have done to others what the verb tells? «22 مليون شخص يحتاجون المساعدة» are in
// need themselves, «362 قرية دمرت جزئيا» have destroyed nothing.
static bool can_do(const kh_count *c, int harm) {
  const bool unmoved = c->counted == KH_COUNTED_HOUSES || c->counted == KH_COUNTED_VILLAGES ||
                       c->counted == KH_COUNTED_FACILITIES || c->counted == KH_COUNTED_TENTS;
  return harm != KH_HARM_IN_NEED && !unmoved;
}

static int fate_of_verb_after(const kh_document *d, const kh_count *c) {
  uint32_t depth = 0;
  const uint32_t from = c->phrase_end;
  for (uint32_t t = from; t < from + MAX_VERB_AHEAD && kh_share_sentence(d, c->first, t); t++) {
    if (kh_is_mark(d, t, KH_MARK_OPEN)) depth++;
    if (kh_is_mark(d, t, KH_MARK_CLOSE) && depth) depth--;
    if (depth) continue;
    if (kh_is_mark(d, t, KH_MARK_SEMICOLON) || kh_is_mark(d, t, KH_MARK_COLON)) return -1;
    if (!kh_is_word(d, t) || d->morph->inside_phrase[t]) continue;
    const kh_clause *clause = kh_clause_of(d, t);
    if (!clause && kh_phrase_at(d, t, KH_CLASS_HM_KILLED) && kh_phrase_at(d, t, KH_CLASS_EV_VICTIM))
      return KH_HARM_KILLED; // «لقيا مصرعهما»
    if (!clause) {
      if (harm_of_hidden_verb(d, c, t) >= 0) return harm_of_hidden_verb(d, c, t);
      if (kh_word_has(d, t, KH_CLASS_OPENS_CLAUSE) || kh_word_has(d, t, KH_CLASS_COMPLEMENT))
        return -1;
      continue;
    }
    const kh_word *w = kh_reading(d, t);
    if (w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) return -1;
    if (w->enclitic != KH_ENC_NONE) return harm_suffered(d, t, c);
    const bool close = close_to(d, from, t) || (!is_people(c->counted) && w->features & KH_F_FEM &&
                                                w->features & KH_F_PAST);
    if (harm_carried_out(d, t, c) >= 0) return harm_carried_out(d, t, c);
    if (!close &&
        (!(w->features & (KH_F_PLUR | KH_F_DUAL)) || (c->kind == KH_COUNT_BARE && t > from + 4)))
      return -1;
    if (kh_word_has(d, t, KH_CLASS_FALL) && kh_share_sentence(d, t, t + 1) &&
        kh_harm_of(d, t + 1) == KH_HARM_KILLED)
      return KH_HARM_KILLED; // «سقطوا قتلى»
    if (kh_word_has(d, t, KH_CLASS_VICTIM_LIGHT))
      return end_follows(d, t + 1) || kh_harm_of(d, t) == KH_HARM_KILLED ? KH_HARM_KILLED : -1;
    if (kh_word_has(d, t, KH_CLASS_AUXILIARY)) return harm_of_state(d, t + 1, c);
    if (kh_word_has(d, t, KH_CLASS_ARRIVE)) return harm_of_carrying(d, t, c);
    const int harm = fitting(kh_harm_of(d, t), c->counted);
    if (harm < 0) return harm_undergone(d, t, c);
    if (harm == KH_HARM_ATTACKS && c->kind == KH_COUNT_BARE) return -1;
    const bool has_object = clause->object != clause->object_last && clause->object > t &&
                            clause->object < t + 3 &&
                            !kh_is_mark(d, clause->object - 1, KH_MARK_COMMA);
    return has_object && can_do(c, harm) && !clause->passive && !d->morph->phrase_tokens[t] ? -1
                                                                                            : harm;
  }
  return -1;
}

// «إن ثلاثة قتلوا», «العشرات سقطوا»: does a verb in the plural follow the bare number?
static bool verb_right_after(const kh_document *d, const kh_count *c) {
  if (c->kind != KH_COUNT_NUMBER || !kh_share_sentence(d, c->first, c->last)) return false;
  return is_verb(d, c->last) && kh_reading(d, c->last)->features & (KH_F_PLUR | KH_F_DUAL);
}

// ------------------------------------------------------------------ tallies and strength

// «عدد القتلى والجرحى»: one number for two harms.
static bool joins_other_harm(const kh_document *d, uint32_t t, int harm) {
  const uint32_t next = t + (d->morph->phrase_tokens[t] ? d->morph->phrase_tokens[t] : 1);
  if (!kh_share_sentence(d, t, next) || !kh_is_word(d, next)) return false;
  if (!(kh_reading(d, next)->proclitics & KH_CLITIC_WA) || kh_clause_of(d, next)) return false;
  const int other = kh_harm_of(d, next);
  return other >= 0 && other != harm && kh_counted_of(d, next) >= 0;
}

// «عدد القتلى المدنيين»: who they are, from the adjective after the noun at t; -1 when not told.
static int told_beside(const kh_document *d, uint32_t t) {
  const uint32_t next = t + (d->morph->phrase_tokens[t] ? d->morph->phrase_tokens[t] : 1);
  if (!kh_share_sentence(d, t, next) || !kh_is_word(d, next)) return -1;
  if (kh_reading(d, next)->proclitics != KH_CLITIC_AL || kh_harm_of(d, next) >= 0) return -1;
  const int counted = kh_counted_of(d, next);
  return counted < KH_COUNTED_STRIKES ? counted : -1;
}

// «ارتفع عدد القتلى في المدينة إلى 162»
static int fate_of_tally(const kh_document *d, const kh_count *c, int *counted) {
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  const uint32_t start = word_before(d, c, least);
  if (start == least || c->kind != KH_COUNT_NUMBER) return -1;
  const uint32_t before = start - 1;
  const bool led = (kh_is_word(d, before) && (kh_word_has(d, before, KH_CLASS_P_ILA) ||
                                              kh_word_has(d, before, KH_CLASS_AMOUNT))) ||
                   kh_reading(d, c->outer)->proclitics & KH_CLITIC_BI;
  for (uint32_t t = start; t-- > least && start - t < MAX_TALLY;) {
    if (!kh_is_word(d, t) || d->morph->inside_phrase[t]) continue;
    const bool phrase = kh_phrase_at(d, t, KH_CLASS_TALLY);
    int harm = kh_harm_of(d, t);
    if (harm < 0 && phrase) harm = KH_HARM_OTHER;
    const bool force = harm < 0 && t > least && kh_word_has(d, t, KH_CLASS_FORCE) &&
                       kh_word_has(d, t - 1, KH_CLASS_NUMBER_NOUN);
    if (force) {
      harm = KH_HARM_DEPLOYED; // «تراجع عدد القوات إلى 15 ألفا»
      *counted = KH_COUNTED_SOLDIERS;
    }
    if (harm < 0) continue;
    const bool amount = t > least && c->counted >= 0 && kh_counted_of(d, t) >= 0 &&
                        kh_word_has(d, t - 1, KH_CLASS_AMOUNT); // «بلغ قتلى الجماعة 80»
    const bool number = phrase || amount ||
                        (t > least && (kh_word_has(d, t - 1, KH_CLASS_QUANTIFIER) ||
                                       kh_word_has(d, t - 1, KH_CLASS_TALLY) ||
                                       kh_word_has(d, t - 1, KH_CLASS_NUMBER_NOUN)));
    if (!number) {
      // «ارتفع عدد قتلى الانهيارات ... إلى 18»: a harm that is no number's
      if (!is_verb(d, t)) continue;
      return -1;
    }
    // the amount may also follow its verb: «بلغ عدد القتلى 12»
    if (!led && !amount && !(t > least + 1 && kh_word_has(d, t - 2, KH_CLASS_AMOUNT)) &&
        !(phrase && t > least && kh_word_has(d, t - 1, KH_CLASS_AMOUNT)))
      return -1;
    if (count_between(d, t + 1, c->outer)) return -1;
    if (!force) *counted = told_beside(d, t);
    return fitting(joins_other_harm(d, t, harm) ? KH_HARM_OTHER : harm, c->counted);
  }
  return -1;
}

// «يرتفع إلى 121 عدد الذين قتلوا», «رفع إلى 245 عدد الضحايا»: the tally behind its number.
static int fate_of_tally_behind(const kh_document *d, const kh_count *c) {
  const uint32_t t = c->last;
  if (c->kind != KH_COUNT_NUMBER || c->head < c->last) return -1;
  if (c->outer == 0 || !kh_word_has(d, c->outer - 1, KH_CLASS_P_ILA)) return -1;
  if (!kh_share_sentence(d, c->first, t) || !kh_is_word(d, t)) return -1;
  if (!kh_word_has(d, t, KH_CLASS_NUMBER_NOUN) && !kh_cue_at(d, t, KH_CLASS_TALLY)) return -1;
  for (uint32_t i = t; i < t + MAX_SUBJECT && kh_share_sentence(d, t, i); i++) {
    if (d->morph->inside_phrase[i]) continue;
    const int harm = kh_harm_of(d, i);
    if (harm >= 0) return fitting(joins_other_harm(d, i, harm) ? KH_HARM_OTHER : harm, -1);
    if (d->mentions->quantity_at[i] >= 0) return -1;
  }
  return -1;
}

// «خمسة ضحايا ما بين قتيل وجريح»: killed and wounded in one number.
static bool between_dead_and_wounded(const kh_document *d, const kh_count *c) {
  for (uint32_t t = c->last; t < c->phrase_end + 8 && kh_share_sentence(d, c->first, t + 2); t++) {
    if (!kh_is_word(d, t) || !kh_word_has(d, t, KH_CLASS_BETWEEN)) continue;
    const int a = kh_harm_of(d, t + 1);
    const int b = kh_harm_of(d, t + 2);
    return a >= 0 && b >= 0 && a != b && kh_counted_of(d, t + 1) >= 0;
  }
  return false;
}

// Is the bare noun one of «بين قتيل وجريح»?
static bool tells_the_manner(const kh_document *d, const kh_count *c) {
  for (uint32_t back = 1; back <= 2 && c->first >= back; back++)
    if (kh_is_word(d, c->first - back) && kh_word_has(d, c->first - back, KH_CLASS_BETWEEN))
      return true;
  return false;
}

// «إزالة 450 عبوة»: a masdar or verb of making mines harmless; whatever governs counts but laying.
static bool mine_cleared(const kh_document *d, const kh_count *c) {
  const uint32_t least = kh_sentence_of(d, c->first)->first;
  uint32_t t = word_before(d, c, least);
  return t > least && kh_is_word(d, t - 1) && kh_word_has(d, t - 1, KH_CLASS_CLEARING);
}

// Numbers of people under arms and of demonstrators count without a harm.
static int fate_of_strength(const kh_document *d, const kh_count *c) {
  if (c->kind != KH_COUNT_NUMBER) return -1;
  if (c->head < c->last && kh_word_has(d, c->head, KH_CLASS_DEMONSTRATOR)) return KH_HARM_OTHER;
  if (c->counted == KH_COUNTED_DETAINEES && c->head < c->last && c->value >= 2)
    return KH_HARM_DETAINED;
  if (c->counted == KH_COUNTED_REFUGEES && c->head < c->last && c->value >= 2)
    return KH_HARM_REFUGEES;
  if (c->head < c->last && kh_word_has(d, c->head, KH_CLASS_MINE) && mine_cleared(d, c))
    return KH_HARM_OTHER;
  if (c->counted == KH_COUNTED_FIGHTERS && c->head < c->last && c->value >= 2 && !c->vague)
    return KH_HARM_OTHER;
  if (c->counted == KH_COUNTED_SOLDIERS && c->head < c->last && c->value >= 100)
    return KH_HARM_DEPLOYED;
  const uint32_t verb = verb_before(d, c);
  if (verb != UINT32_MAX && c->counted >= 0 && is_people(c->counted) &&
      kh_word_has(d, verb, KH_CLASS_EV_PROTEST) && !count_between(d, verb + 1, c->outer))
    return KH_HARM_OTHER;
  return -1;
}

static bool is_attack_count(const kh_count *c) {
  enum { ARSENAL = 5000 }; // so many are owned, not fired
  if (c->kind != KH_COUNT_NUMBER) return false;
  if (c->counted == KH_COUNTED_STRIKES) return true;
  return (c->counted == KH_COUNTED_SHELLS || c->counted == KH_COUNTED_ROCKETS) &&
         c->value < ARSENAL;
}

// By any reading of the counted noun: «18 قتيلا» is a noun however it was read.
static int harm_of_counted(const kh_document *d, uint32_t t) {
  const int chosen = kh_harm_of(d, t);
  if (chosen >= 0 || kh_counted_of(d, t) >= 0) return chosen;
  for (int i = 0; i <= KH_HARM_OTHER; i++)
    if (kh_word_any(d, t, (kh_class)(KH_CLASS_HM_KILLED + i), KH_POS_NOUN)) return i;
  return -1;
}

// «عثر عليه مصابا», «مصابة بالضبابية»: a participle that tells how somebody is counts nobody.
static bool is_manner(const kh_document *d, const kh_count *c) {
  const kh_word *w = kh_reading(d, c->head);
  if (c->last > c->head + 1 || w->features & KH_F_DUAL) return false;
  if (w->features & KH_F_ACC) return true;
  return kh_share_sentence(d, c->head, c->last) && kh_is_word(d, c->last) &&
         kh_reading(d, c->last)->proclitics & KH_CLITIC_BI &&
         !kh_is_mark(d, c->last, KH_MARK_COMMA);
}

// «قتل وأصيب 50 شخصا»: two verbs side by side with one number, which does not tell them apart.
static kh_fate with_verb_before(const kh_document *d, const kh_count *c, int what) {
  const kh_fate fate = one(what, "fg.verb");
  const uint32_t verb = verb_before(d, c);
  if (c->vague || verb == UINT32_MAX || verb == 0 || !kh_share_sentence(d, verb - 1, verb))
    return fate;
  if (!(kh_reading(d, verb)->proclitics & KH_CLITIC_WA) || !is_verb(d, verb - 1)) return fate;
  // «رجلان قتلا وأصيب سبعة»: the first has its victims
  if (kh_reading(d, verb - 1)->features & (KH_F_PLUR | KH_F_DUAL)) return fate;
  const int first = fitting(kh_harm_of(d, verb - 1), c->counted);
  return first < 0 || first == what ? fate : one(KH_HARM_OTHER, "fg.verb");
}

// «مجزرة 1988», «قتلى 2014»: a number like a year right behind a noun, that nothing is counted by,
// tells when.
static bool may_be_year(const kh_document *d, const kh_count *c) {
  enum { FIRST_YEAR = 1900, LAST_YEAR = 2100 };
  if (c->kind != KH_COUNT_NUMBER || c->head < c->last || c->high >= 0 || c->of_before) return false;
  if (c->bound != KH_BOUND_EXACT || c->value < FIRST_YEAR || c->value > LAST_YEAR) return false;
  if (d->tokens->at[c->first].kind != KH_TOKEN_NUMBER || c->last != c->first + 1) return false;
  const uint32_t before = c->first > 0 ? c->first - 1 : 0;
  return kh_share_sentence(d, before, c->first) && kh_is_word(d, before) &&
         kh_reading(d, before)->pos == KH_POS_NOUN &&
         !kh_word_has(d, before, KH_CLASS_NUMBER_NOUN) && !kh_word_has(d, before, KH_CLASS_TALLY);
}

kh_fate kh_fate_of(const kh_document *d, const kh_count *c) {
  const bool counts = c->head < c->last; // something is counted
  if ((counts && c->counted < 0) || may_be_year(d, c)) return one(-1, NULL);
  if (c->kind == KH_COUNT_BARE && tells_the_manner(d, c)) return one(-1, NULL);
  if (is_people(c->counted) && counts && between_dead_and_wounded(d, c))
    return one(KH_HARM_OTHER, "fg.between");
  if (!counts && c->value < 2 && c->kind == KH_COUNT_NUMBER) return one(-1, NULL);
  const int own = counts ? harm_of_counted(d, c->head) : -1;
  const bool manner = c->kind == KH_COUNT_BARE && c->counted == KH_COUNTED_PERSONS &&
                      is_manner(d, c); // «سقط قتيلا»
  const bool tells_own = c->kind != KH_COUNT_ONE_OF && c->kind != KH_COUNT_DEFINITE && !manner;
  if (c->both) return one(KH_HARM_OTHER, "fg.between");
  if (own >= 0 && !gives_way(own) && tells_own) return one(own, "fg.counted");
  kh_fate fate = fate_of_noun(d, c);
  // «تحطم طائرة» tells an accident; who counts it is not known
  if (c->kind == KH_COUNT_BARE && fate.count && fate.what[0] == KH_HARM_SHOT_DOWN) fate.count = 0;
  if (c->kind == KH_COUNT_BARE && fate.count && fate.what[0] == KH_HARM_ATTACKS) fate.count = 0;
  if (fate.count) return fate;
  int what = fate_of_nominal(d, c);
  if (what >= 0) return one(what, "fg.nominal");
  int counted = -1;
  what = fate_of_tally(d, c, &counted);
  if (what < 0) what = fate_of_tally_behind(d, c);
  if (what >= 0) {
    fate = one(what, "fg.tally");
    fate.counted = counted;
    return fate;
  }
  what = fate_of_verb_before(d, c);
  if (what >= 0) return with_verb_before(d, c, what);
  if (c->kind != KH_COUNT_BARE && counts) {
    what = fate_of_predicate(d, c);
    if (what >= 0) return one(what, "fg.predicate");
  }
  if (counts && c->kind != KH_COUNT_BARE) {
    what = fate_among_before(d, c);
    if (what < 0) what = fate_among(d, c);
    if (what >= 0) return one(what, "fg.nominal");
  }
  if (counts) {
    what = fate_of_sentence(d, c);
    if (what >= 0) return one(what, "fg.sentence");
  }
  if (counts && c->kind == KH_COUNT_NUMBER) {
    what = fate_of_phrase_after(d, c);
    if (what >= 0) return one(what, "fg.predicate");
  }
  if (counts || c->of_before || verb_right_after(d, c)) {
    what = fate_of_verb_after(d, c);
    if (what >= 0) return one(what, "fg.verb-after");
  }
  if (own >= 0 && (c->kind == KH_COUNT_NUMBER || (c->kind == KH_COUNT_ONE_OF && !gives_way(own))))
    return one(own, "fg.counted");
  return is_attack_count(c) ? one(KH_HARM_ATTACKS, "fg.attacks")
                            : one(fate_of_strength(d, c), "fg.strength");
}
