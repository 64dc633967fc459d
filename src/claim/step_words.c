// SPDX-License-Identifier: Apache-2.0
// Which words name steps, and of which kind: words of step classes, words with what they are done
// to, and whatever completes a demand or a promise.
#include "claim/frames.h"
#include "claim/step.h"

enum { MAX_MATTER = 7, MAX_AIM = 10, MAX_DEMAND = 8, MAX_LIST = 6 }; // in tokens

int kh_step_kind_at(const kh_document *d, uint32_t t) {
  const kh_class cue =
      kh_class_between(d->claims->phrases->cues[t], KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  return cue == KH_CLASS_COUNT ? -1 : (int)cue - (int)KH_CLASS_ST_CEASEFIRE;
}

// Does a word of the class follow in the phrase or clause of the token, before another verb?
// `last` gets the end of its phrase.
static bool matter_follows(const kh_document *d, uint32_t t, kh_class a, kh_class b,
                           uint32_t *last) {
  const uint32_t limit = kh_sentence_of(d, t)->last;
  const uint8_t fixed = d->morph->phrase_tokens[t];
  for (uint32_t at = t + (fixed ? fixed : 1); at < limit && at < t + MAX_MATTER; at++) {
    if (!kh_is_word(d, at)) {
      if (kh_is_mark(d, at, KH_MARK_QUOTE)) continue;
      return false;
    }
    if (kh_clause_of(d, at) || kh_word_has(d, at, KH_CLASS_RELATIVE) ||
        kh_word_has(d, at, KH_CLASS_COMPLEMENT))
      return false;
    if (!kh_cue_at(d, at, a) && !kh_cue_at(d, at, b)) continue;
    // the end of a war or conflict is an aim, no ceasefire
    if (kh_word_has(d, at, KH_CLASS_EV_FIGHT) && kh_word_has(d, at, KH_CLASS_EV_WEAK)) return false;
    const uint32_t end = d->claims->phrases->end[at];
    *last = end > at && end < at + 5 ? end : at + 1;
    return true;
  }
  return false;
}

// A word and what it is done to, which together name a step.
typedef struct step_pair {
  kh_class cue;
  kh_class matter; // either of the two
  kh_class or_matter;
  kh_step_kind kind;
} step_pair;

static const step_pair step_pairs[] = {
    {KH_CLASS_ST_STOP, KH_CLASS_ST_ARMS, KH_CLASS_ST_ARMS, KH_STEP_DISARMAMENT},
    {KH_CLASS_ST_LIMIT, KH_CLASS_ST_ARMS, KH_CLASS_ST_ARMS, KH_STEP_DISARMAMENT},
    {KH_CLASS_ST_LIFT, KH_CLASS_ST_SANCTION, KH_CLASS_ST_SANCTION, KH_STEP_SANCTIONS_RELIEF},
    {KH_CLASS_ST_DETAINEES, KH_CLASS_ST_FUNDS, KH_CLASS_ST_FUNDS, KH_STEP_SANCTIONS_RELIEF},
    {KH_CLASS_ST_LIFT, KH_CLASS_ST_SIEGE, KH_CLASS_ST_SIEGE, KH_STEP_OPENING},
    {KH_CLASS_ST_PULL, KH_CLASS_FORCE, KH_CLASS_SEC_MIL, KH_STEP_WITHDRAWAL},
    {KH_CLASS_ST_FREE, KH_CLASS_CN_DETAINEES, KH_CLASS_CN_DETAINEES, KH_STEP_DETAINEES},
    {KH_CLASS_ST_BACK, KH_CLASS_HM_DISPLACED, KH_CLASS_CN_REFUGEES, KH_STEP_RETURN},
    {KH_CLASS_ST_FORM, KH_CLASS_ST_BODY, KH_CLASS_ST_BODY, KH_STEP_POLITICAL_PROCESS},
    {KH_CLASS_ST_VOTE, KH_CLASS_ST_POLL, KH_CLASS_ST_POLL, KH_STEP_ELECTIONS},
    {KH_CLASS_ST_STOP, KH_CLASS_ST_HOSTILITY, KH_CLASS_ST_HOSTILITY, KH_STEP_CEASEFIRE},
};

void kh_step_cues(kh_class_set *set) {
  kh_class_set_add(set, KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  kh_class_set_add(set, KH_CLASS_ST_STOP, KH_CLASS_ST_LIMIT);
  kh_class_set_add(set, KH_CLASS_AGREE, KH_CLASS_AGREE);
  kh_class_set_add(set, KH_CLASS_ST_OPEN, KH_CLASS_ST_OPEN);
  for (size_t i = 0; i < sizeof step_pairs / sizeof *step_pairs; i++)
    kh_class_set_add(set, step_pairs[i].cue, step_pairs[i].cue);
}

bool kh_may_be_step_word(const kh_document *d, uint32_t t) {
  return d->morph->phrase_tokens[t] || kh_has_sign(d, t, KH_SIGN_STEP);
}

// «وقفا مؤقتا للعمليات العسكرية», «توقف تخصيب اليورانيوم»: the matter tells the kind.
int kh_step_kind_by_matter(const kh_document *d, uint32_t t, uint32_t *last) {
  const bool verb = kh_clause_of(d, t) != NULL;
  // «على دمشق أن توافق على»: assent that is asked for
  if (verb && kh_word_has(d, t, KH_CLASS_AGREE) && kh_must_do(d, t)) return KH_STEP_CONSENT;
  for (size_t i = 0; i < sizeof step_pairs / sizeof *step_pairs; i++) {
    const step_pair *pair = &step_pairs[i];
    if (kh_cue_at(d, t, pair->cue) && matter_follows(d, t, pair->matter, pair->or_matter, last))
      return (int)pair->kind;
  }
  // «فتحت السلطات معبر ...»; the verbal noun is a fixed phrase
  if (verb && kh_cue_at(d, t, KH_CLASS_ST_OPEN) &&
      matter_follows(d, t, KH_CLASS_ST_GATE, KH_CLASS_ST_GATE, last))
    return KH_STEP_OPENING;
  if (kh_cue_at(d, t, KH_CLASS_ST_STOP) &&
      matter_follows(d, t, KH_CLASS_EV_ASSAULT, KH_CLASS_EV_FIGHT, last))
    return KH_STEP_CEASEFIRE;
  return -1;
}

bool kh_is_masdar_or_noun(const kh_document *d, uint32_t t) {
  const kh_word *w = kh_reading(d, t);
  return w->pos == KH_POS_NOUN || (w->pos == KH_POS_ADJ && w->features & KH_F_MASDAR);
}

// «اجتماع اللجنة الدستورية»: the body's step, not talks between sides.
bool kh_meets_as_body(const kh_step_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t next = t + 1;
  return next < kh_sentence_of(d, t)->last && kh_is_word(d, next) &&
         d->morph->phrase_tokens[t] == 0 && kh_cue_at(d, next, KH_CLASS_ST_POLITICAL) &&
         d->morph->phrase_tokens[next] > 0 && f->phrases->end[t] > next;
}

// «اتفاق وقف إطلاق النار», «اتفاق لوقف إطلاق النار»: the ceasefire is the step.
bool kh_lends_to_next(const kh_step_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint8_t fixed = d->morph->phrase_tokens[t];
  const uint32_t next = t + (fixed ? fixed : 1);
  if (next >= kh_sentence_of(d, t)->last || !kh_is_word(d, next)) return false;
  return kh_cue_at(d, next, KH_CLASS_ST_CEASEFIRE);
}

static bool agreement_before(const kh_document *d, uint32_t t) {
  const uint32_t least = kh_sentence_of(d, t)->first;
  for (uint32_t at = t, n = 0; at > least && n < 2 * MAX_AIM; n++)
    if (kh_cue_at(d, --at, KH_CLASS_ST_AGREEMENT)) return true;
  return false;
}

// «الانسحاب من الاتفاق», «انسحبت واشنطن منه»: no withdrawal of forces.
bool kh_leaves_agreement(const kh_step_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, t)->last;
  for (uint32_t at = t + 1; at < limit && at < t + 6; at++) {
    if (!kh_is_word(d, at) || kh_clause_of(d, at)) return false;
    if (!kh_word_has(d, at, KH_CLASS_FROM)) continue;
    if (kh_reading(d, at)->enclitic != KH_ENC_NONE) return agreement_before(d, t);
    return at + 1 < limit && kh_cue_at(d, at + 1, KH_CLASS_ST_AGREEMENT);
  }
  return false;
}

// Classes of verbs and nouns whose complement is a move, whatever it names: «دعا إلى تفتيش السفن»,
// «تعهد بتحسين الخدمات», «قررت إقالة القائد».
static void add_governors(kh_class_set *set) {
  static const kh_class governors[] = {
      KH_CLASS_PROMISE,       KH_CLASS_PLANNED,         KH_CLASS_ORDER,
      KH_CLASS_STATUS_AGREED, KH_CLASS_STATUS_DEMANDED, KH_CLASS_STIPULATE,
      KH_CLASS_REFUSE,        KH_CLASS_THREATEN,        KH_CLASS_STATUS_CONDITIONAL,
      KH_CLASS_SET_CONDITION,
  };
  for (size_t i = 0; i < sizeof governors / sizeof *governors; i++)
    kh_class_set_add(set, governors[i], governors[i]);
}

// Those of them that ask: what they ask for is a move even where nothing else tells that it is.
static void add_demands(kh_class_set *set) {
  static const kh_class demands[] = {KH_CLASS_DEMAND, KH_CLASS_ASK, KH_CLASS_PROPOSE,
                                     KH_CLASS_MODAL_MUST};
  for (size_t i = 0; i < sizeof demands / sizeof *demands; i++)
    kh_class_set_add(set, demands[i], demands[i]);
}

// The kind of a move that no word of steps names: by what it does or brings about.
kh_step_kind kh_kind_of_masdar(const kh_step_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, t)->last;
  for (uint32_t at = t; at < limit && at < t + 3; at++) {
    if (!kh_is_word(d, at) || (at > t && kh_clause_of(d, at))) break;
    if (d->mentions->name_at[at] >= 0) continue;
    if (kh_word_has(d, at, KH_CLASS_ST_GUARD)) return KH_STEP_SECURITY_GUARANTEE;
    if (kh_word_has(d, at, KH_CLASS_MODE_INVESTIGATE) || kh_word_has(d, at, KH_CLASS_MODE_CONVICT))
      return KH_STEP_INVESTIGATION;
    if (kh_word_has(d, at, KH_CLASS_ST_ENVOY) ||
        (at == t && kh_word_has(d, at, KH_CLASS_EV_CONSULT)))
      return KH_STEP_TALKS;
    const int kind = at > t ? kh_step_kind_at(d, at) : -1;
    if (kind == KH_STEP_INVESTIGATION || kind == KH_STEP_DEPLOYMENT_OF_OBSERVERS ||
        kind == KH_STEP_RETURN || kind == KH_STEP_SECURITY_GUARANTEE || kind == KH_STEP_AID_ACCESS)
      return (kh_step_kind)kind;
  }
  return KH_STEP_OTHER;
}

// May the noun name a deed: a masdar, or a noun in the construct that is nobody and no time?
bool kh_may_be_deed(const kh_step_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const kh_word *w = kh_reading(d, t);
  if (w->pos != KH_POS_NOUN || !f->phrases->end[t]) return false;
  if (w->features & KH_F_MASDAR) return true;
  return !(w->proclitics & KH_CLITIC_AL) && !(w->features & (KH_F_PLUR | KH_F_DUAL)) &&
         w->enclitic == KH_ENC_NONE && f->phrases->end[t] >= t + 2 && d->mentions->time_at[t] < 0 &&
         d->mentions->quantity_at[t] < 0 && !kh_word_has(d, t, KH_CLASS_ACTOR) &&
         !kh_word_has(d, t, KH_CLASS_BODY);
}

// A masdar that completes a demand, a promise, a decision is a step, whatever it names. It may
// follow the governing word with or without a preposition, or after whom it is put to.
bool kh_completes_wish(const kh_step_finder *f, uint32_t t, bool any) {
  const kh_document *d = f->d;
  const kh_word *w = kh_reading(d, t);
  if (any && kh_clause_of(d, t) && kh_must_do(d, t)) return true;
  if (!kh_may_be_deed(f, t)) return false;
  const uint32_t least = kh_sentence_of(d, t)->first;
  if (t == least) return false;
  const bool clitic = (w->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI)) != 0;
  const bool prep = kh_word_has(d, t - 1, KH_CLASS_P_ILA) ||
                    kh_word_has(d, t - 1, KH_CLASS_P_ALA) || kh_word_has(d, t - 1, KH_CLASS_P_FI);
  if (w->proclitics & KH_CLITIC_WA) { // joined to a move before it
    if (any || !f->last_end || t <= f->last_end || t > f->last_end + MAX_LIST ||
        f->last_end < least || w->proclitics & KH_CLITIC_AL || f->phrases->end[t] < t + 2)
      return false;
    for (uint32_t at = f->last_end; at < t; at++)
      if (kh_clause_of(d, at)) return false;
    return true;
  }
  for (uint32_t at = t - (prep ? 1 : 0), n = 0; at > least && n < MAX_DEMAND; n++) {
    at--;
    if (!kh_is_word(d, at)) {
      if (kh_is_mark(d, at, KH_MARK_QUOTE) || kh_is_mark(d, at, KH_MARK_COMMA)) continue;
      return false;
    }
    if (kh_class_set_at(d, at, any ? &f->demands : &f->governors)) {
      if (clitic || prep || at + 1 == t) return !any || w->features & KH_F_MASDAR;
      // the object after the subject: «قررت الحكومة إلغاء»
      return kh_clause_of(d, at) && f->phrases->end[at + 1] == t;
    }
    if (kh_clause_of(d, at) || kh_word_has(d, at, KH_CLASS_RELATIVE) ||
        kh_word_has(d, at, KH_CLASS_COMPLEMENT))
      return false;
  }
  return false;
}

// Is a word that names a step of its own in the phrase, so that the masdar only governs it?
bool kh_names_step_inside(const kh_step_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  const uint32_t end = f->phrases->end[t] + 2;
  const uint32_t limit = kh_sentence_of(d, t)->last;
  for (uint32_t at = t + 1; at < end && at < limit && at < t + 8; at++) {
    uint32_t matter = 0;
    if (!kh_is_word(d, at) || d->mentions->name_at[at] >= 0 || !kh_may_be_step_word(d, at))
      continue;
    if (kh_step_kind_at(d, at) >= 0 || kh_step_kind_by_matter(d, at, &matter) >= 0) return true;
  }
  return false;
}

void kh_step_finder_init(kh_step_finder *f, kh_document *d) {
  *f = (kh_step_finder){.d = d, .phrases = d->claims->phrases};
  add_demands(&f->demands);
  f->governors = f->demands;
  add_governors(&f->governors);
}
