// SPDX-License-Identifier: Apache-2.0
// The status of a step: from the noun that governs it («انتهاك الهدنة», «تعليق المحادثات»), the
// verb of its clause («رفضت», «وقع», «مددت»), and the scope it stands in (demand, plan, condition).
#include "claim/step.h"
#include "text/text.h"

enum {
  MAX_GOVERN = 18,
  MAX_BREACH = 15,
  MAX_CHAIN = 7,
  MAX_UNTIL = 30,
  MAX_TERMS = 5,
  MAX_WAIT = 6
};

_Static_assert((int)KH_CLASS_STATUS_SUSPENDED - (int)KH_CLASS_STATUS_DEMANDED ==
                   KH_STATUS_SUSPENDED,
               "classes status_* follow kh_step_status");

static bool give(kh_move *m, kh_step_status status, const char *rule) {
  m->status = status;
  m->rule = rule;
  return true;
}

static int status_class(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return -1;
  const kh_class cue = kh_class_between(d->claims->phrases->cues[t], KH_CLASS_STATUS_DEMANDED,
                                        KH_CLASS_STATUS_SUSPENDED);
  return cue == KH_CLASS_COUNT ? -1 : (int)cue - (int)KH_CLASS_STATUS_DEMANDED;
}

static bool is_preposition(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && kh_reading(d, t)->pos == KH_POS_PREP;
}

// ------------------------------------------------------------------ the governing noun

// Does the noun at t govern what begins at `step`: by idafa or by one preposition («الالتزام
// بالهدنة», «تمديد وقف إطلاق النار», «بدء سريان وقف إطلاق النار»)?
static bool governs(const kh_document *d, uint32_t t, uint32_t step) {
  const uint32_t end = d->claims->phrases->end[t];
  if (end > step) return true;
  if (end == step) {
    if (kh_reading(d, step)->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI)) return true;
    // «إعلان الحكومة وقفا»: the object after the masdar's subject
    return end > t + 1 && !(kh_reading(d, step)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA));
  }
  return end + 1 == step && is_preposition(d, end);
}

// The nearest noun with a status that governs the phrase, over a chain of nouns.
static int status_of_noun(const kh_document *d, kh_move *m) {
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  uint32_t head = m->first;
  for (uint32_t t = m->first; t > least && m->first - t < MAX_CHAIN;) {
    t--;
    if (!kh_is_word(d, t)) {
      if (kh_is_mark(d, t, KH_MARK_QUOTE)) continue;
      break;
    }
    if (kh_clause_of(d, t)) break;
    if (d->morph->inside_phrase[t]) continue;
    const int status = status_class(d, t);
    if (is_preposition(d, t)) {
      // «بعد», «عقب»: what they introduce is done
      if (status == KH_STATUS_MET && t + 1 == head) return KH_STATUS_MET;
      continue;
    }
    // «مستعدة لمحادثات»: the adjective governs as a noun does
    const bool adjective = status >= 0 && t + 1 == head && kh_reading(d, t)->pos == KH_POS_ADJ &&
                           kh_reading(d, head)->proclitics & (KH_CLITIC_LI | KH_CLITIC_BI);
    if (!adjective && !d->claims->phrases->end[t]) continue;
    if (!adjective && !governs(d, t, head)) break;
    if (status >= 0) {
      m->governor = t;
      // «عدم الالتزام بالاتفاق»
      const bool kept =
          status == KH_STATUS_MET && t > least && kh_word_has(d, t - 1, KH_CLASS_NEG_NOUN);
      return kept ? KH_STATUS_VIOLATED : status;
    }
    head = t;
  }
  return -1;
}

// «اتفاق لوقف النار», «تنفيذا للهدنة», «توصلتا لاتفاق»: what follows is agreed, not aimed at.
static bool is_agreed_word(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return false;
  if (kh_cue_at(d, t, KH_CLASS_ST_AGREEMENT) || kh_word_has(d, t, KH_CLASS_REACH)) return true;
  const int status = status_class(d, t);
  return status == KH_STATUS_MET || status == KH_STATUS_AGREED;
}

// Is the step introduced by «لـ» after such a word, or the content of an agreement before it?
static bool is_agreed(const kh_document *d, const kh_move *m) {
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  if (m->first == least) return false;
  const kh_word *w = kh_reading(d, m->first);
  uint32_t before = m->first - 1;
  if (is_preposition(d, before) && before > least)
    before--;
  else if (!(w->proclitics & (KH_CLITIC_LI | KH_CLITIC_BI)))
    return false;
  if (!is_agreed_word(d, before)) return false;
  // «للتوصل إلى هدنة» is still an aim
  return !(kh_reading(d, before)->proclitics & KH_CLITIC_LI);
}

// «بموجب اتفاق», «تنفيذا لوقف إطلاق النار»: what is carried out has been agreed.
static bool is_in_terms(const kh_document *d, const kh_move *m) {
  if (m->kind != KH_STEP_AGREEMENT && m->kind != KH_STEP_CEASEFIRE) return false;
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  for (uint32_t t = m->first; t > least && m->first - t < MAX_TERMS;) {
    t--;
    if (!kh_is_word(d, t) || kh_clause_of(d, t)) return false;
    if (kh_word_has(d, t, KH_CLASS_TERMS)) return true;
    if (!d->claims->phrases->end[t] && !is_preposition(d, t)) return false;
  }
  return false;
}

static bool holds_agreement(const kh_document *d, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++)
    if (kh_is_word(d, t) &&
        (kh_cue_at(d, t, KH_CLASS_ST_AGREEMENT) || kh_cue_at(d, t, KH_CLASS_ST_CEASEFIRE)))
      return true;
  return false;
}

// «ينص الاتفاق على انسحاب», «الاتفاق الذي يقضي بتخفيف العقوبات»: laid down by an agreement.
static bool is_laid_down(const kh_document *d, const kh_move *m) {
  if (m->verb == KH_NO_TOKEN || m->is_verb || m->verb > m->token) return false;
  const kh_clause *c = kh_clause_of(d, m->verb);
  if (!c || !kh_word_has(d, c->verb, KH_CLASS_STIPULATE) || c->passive) return false;
  uint32_t first = c->subject;
  uint32_t last = c->subject_last;
  if (first == last && c->first > 0) { // what the relative pronoun points back to, or a bare noun
    last = c->subject_relative ? c->first - 1 : c->verb;
    first = kh_antecedent(d, last);
  }
  if (first <= m->token && m->token < last) return false;
  // «إلى اتفاق يقضي بـ»: what stands right before the verb may be its subject too
  return holds_agreement(d, first, last) || holds_agreement(d, kh_antecedent(d, c->verb), c->verb);
}

// «للتوصل إلى هدنة», «من أجل وقف النار»: aimed at. The chain of nouns before the step may carry
// the preposition.
static bool is_aim(const kh_document *d, const kh_move *m) {
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  // «تمهيدا لـ... بموجب اتفاق»: the agreement stands, whatever it is named for
  const bool stands = m->kind == KH_STEP_AGREEMENT && m->first > least &&
                      is_preposition(d, m->first - 1) &&
                      !kh_word_has(d, m->first - 1, KH_CLASS_P_ILA) &&
                      !kh_word_has(d, m->first - 1, KH_CLASS_PURPOSE);
  if (!stands && d->claims->phrases->scope[m->token] & KH_SCOPE_PURPOSE) return true;
  uint32_t head = m->first;
  for (uint32_t t = m->first + 1; t-- > least && m->first - t < MAX_CHAIN;) {
    if (!kh_is_word(d, t) || kh_clause_of(d, t)) return false;
    if (t != m->first) {
      if (is_preposition(d, t)) continue;
      if (!d->claims->phrases->end[t] || !governs(d, t, head)) return false;
      head = t;
    }
    const kh_word *w = kh_reading(d, t);
    if (w->proclitics & KH_CLITIC_LI && !(w->proclitics & KH_CLITIC_AL))
      return t == least || (!is_agreed_word(d, t - 1) && !kh_word_has(d, t - 1, KH_CLASS_PLANNED));
  }
  return false;
}

// ------------------------------------------------------------------ the governing verb

static uint32_t verb_of(const kh_document *d, const kh_move *m) {
  if (m->is_verb) return m->token;
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  for (uint32_t t = m->token, n = 0; t > least && n < MAX_GOVERN; n++) {
    t--;
    if (kh_is_mark(d, t, KH_MARK_SEMICOLON)) break;
    const kh_clause *c = kh_clause_of(d, t);
    if (c && !kh_word_has(d, t, KH_CLASS_AUXILIARY)) return t;
    if (kh_is_word(d, t) && !d->morph->inside_phrase[t] &&
        (kh_word_has(d, t, KH_CLASS_COMPLEMENT) || kh_word_has(d, t, KH_CLASS_RELATIVE)))
      break;
  }
  // «المحادثات ستجري», «الهدنة انهارت»: the step is the subject of the verb that follows
  const kh_sentence *s = kh_sentence_of(d, m->token);
  for (uint32_t t = m->last; t < s->last && t < m->last + MAX_GOVERN; t++) {
    const kh_clause *c = kh_clause_of(d, t);
    if (!c) continue;
    // «محاربة الإرهاب ينبغي أن»: a verb of obligation right after it
    if (t < m->last + 3 && kh_word_has(d, t, KH_CLASS_STATUS_DEMANDED)) return t;
    return c->subject <= m->token && m->token < c->subject_last ? t : KH_NO_TOKEN;
  }
  return KH_NO_TOKEN;
}

static bool is_negated(const kh_document *d, uint32_t t) {
  return (d->claims->phrases->scope[t] & KH_SCOPE_NEGATED) != 0;
}

// «لن»: a negation that is future too.
static bool is_never(const kh_document *d, uint32_t verb) {
  for (uint32_t n = 1; n <= 3 && verb >= n; n++)
    if (kh_is_word(d, verb - n) && kh_word_has(d, verb - n, KH_CLASS_NEGATION))
      return kh_word_has(d, verb - n, KH_CLASS_FUTURE);
  return false;
}

// «ما لم يتم الإفراج عن», «إلا بعد انسحاب», «لن ... قبل رفع»: what something else waits for.
static bool is_waited_for(const kh_document *d, const kh_move *m) {
  const uint32_t least = kh_sentence_of(d, m->token)->first;
  bool met = false; // «بعد» stands between
  for (uint32_t t = m->first; t > least && m->first - t < MAX_WAIT;) {
    t--;
    if (!kh_is_word(d, t)) return false;
    if (kh_cue_at(d, t, KH_CLASS_UNLESS))
      return d->morph->phrase_tokens[t] > 1 || (met && kh_reading(d, t)->pos != KH_POS_PREP) ||
             (m->verb != KH_NO_TOKEN && m->verb < t && is_never(d, m->verb));
    if (d->morph->inside_phrase[t]) continue;
    if (is_preposition(d, t)) met = met || status_class(d, t) == KH_STATUS_MET;
  }
  return false;
}

// «لن ... قبل», «لن ... ما لم», «لا ... إلا بعد»: the step waits for something.
static uint32_t waits_for(const kh_document *d, const kh_move *m) {
  const kh_sentence *s = kh_sentence_of(d, m->token);
  for (uint32_t t = m->last; t + 1 < s->last && t < m->last + MAX_UNTIL; t++) {
    if (!kh_is_word(d, t)) continue;
    if (kh_cue_at(d, t, KH_CLASS_UNLESS)) {
      const uint32_t fixed = d->morph->phrase_tokens[t];
      uint32_t next = t + (fixed ? fixed : 1);
      if (next < s->last && is_preposition(d, next)) next++; // «إلا بعد»
      return next < s->last && d->mentions->time_at[next] < 0 ? next : KH_NO_TOKEN;
    }
  }
  return KH_NO_TOKEN;
}

// What is not kept is broken: a truce or an agreement before the verb's objects.
static bool can_break(const kh_document *d, const kh_move *m, uint32_t verb) {
  return !m->is_verb && verb < m->token && status_class(d, verb) == KH_STATUS_MET &&
         (m->kind == KH_STEP_CEASEFIRE || m->kind == KH_STEP_AGREEMENT);
}

static bool status_of_negation(const kh_document *d, kh_move *m) {
  const uint32_t verb = m->verb == KH_NO_TOKEN ? m->token : m->verb;
  if (is_never(d, verb)) {
    m->condition = waits_for(d, m);
    return give(m, m->condition == KH_NO_TOKEN ? KH_STATUS_REFUSED : KH_STATUS_CONDITIONAL,
                "sp.never");
  }
  if (can_break(d, m, verb)) return give(m, KH_STATUS_VIOLATED, "sp.negated");
  return give(m, KH_STATUS_NOT_MET, "sp.negated");
}

// Is the statement around it a denial («نفت الوزارة التوصل إلى اتفاق»)?
static bool is_denied(const kh_document *d, const kh_move *m) {
  if (m->verb != KH_NO_TOKEN && kh_word_has(d, m->verb, KH_CLASS_DENY)) return true;
  if (m->statement < 0) return false;
  const uint32_t cue = d->claims->statements.at[m->statement].cue.start;
  for (uint32_t t = m->token, n = 0; t-- > 0 && n < 40; n++)
    if (d->tokens->at[t].end > cue && d->tokens->at[t].start <= cue)
      return kh_is_word(d, t) && kh_word_has(d, t, KH_CLASS_DENY);
  return false;
}

// A verb that wants, refuses or breaks outweighs a noun that only carries the step out.
static bool outweighs(const kh_document *d, uint32_t verb) {
  if (verb == KH_NO_TOKEN) return false;
  const int status = status_class(d, verb);
  return status == KH_STATUS_DEMANDED || status == KH_STATUS_REFUSED ||
         status == KH_STATUS_SUSPENDED || status == KH_STATUS_VIOLATED ||
         status == KH_STATUS_NOT_MET;
}

static bool status_of_verb(const kh_document *d, kh_move *m) {
  const uint32_t verb = m->verb;
  if (verb == KH_NO_TOKEN) return false;
  const bool past = (kh_reading(d, verb)->features & KH_F_PAST) != 0;
  const uint8_t scope = d->claims->phrases->scope[verb];
  const int status = m->is_verb ? -1 : status_class(d, verb);
  if (status >= 0) {
    const bool open = scope & (KH_SCOPE_DEMANDED | KH_SCOPE_CONDITIONAL | KH_SCOPE_POSSIBLE);
    if (open) return false;
    if (is_negated(d, verb)) return status_of_negation(d, m);
    if (scope & KH_SCOPE_FUTURE && status != KH_STATUS_REFUSED && status != KH_STATUS_DEMANDED)
      return give(m, KH_STATUS_PROMISED, "sp.future");
    m->wanted = status == KH_STATUS_DEMANDED;
    // who announces that he recognises a state has done so
    if (status == KH_STATUS_PROMISED && past && m->kind == KH_STEP_RECOGNITION)
      return give(m, KH_STATUS_MET, "sp.verb");
    return give(m, (kh_step_status)status, "sp.verb");
  }
  if (kh_word_has(d, verb, KH_CLASS_REFUSE)) return give(m, KH_STATUS_REFUSED, "sp.verb");
  // «وقف العمليات سيكون مؤقتا»: what its own verb tells of it is still to come
  const kh_clause *c = kh_clause_of(d, verb);
  const bool own = c && c->subject <= m->token && m->token < c->subject_last;
  if (own && verb > m->token && !(scope & (KH_SCOPE_NEGATED | KH_SCOPE_CONDITIONAL)) &&
      kh_reading(d, verb)->proclitics & KH_CLITIC_SA)
    return give(m, KH_STATUS_PROMISED, "sp.future");
  if (!kh_word_has(d, verb, KH_CLASS_LIGHT_VERB) && !kh_word_has(d, verb, KH_CLASS_HAPPEN) &&
      !kh_word_has(d, verb, KH_CLASS_HELD))
    return false;
  if (scope & (KH_SCOPE_FUTURE | KH_SCOPE_DEMANDED | KH_SCOPE_CONDITIONAL | KH_SCOPE_NEGATED))
    return false;
  if (m->kind == KH_STEP_AGREEMENT) return give(m, KH_STATUS_AGREED, "sp.light");
  return give(m, past ? KH_STATUS_MET : KH_STATUS_UNDER_WAY, "sp.light");
}

// ------------------------------------------------------------------ scope

static bool status_of_scope(const kh_document *d, kh_move *m) {
  const uint8_t scope = d->claims->phrases->scope[m->token];
  if (scope & KH_SCOPE_REFUSED) return give(m, KH_STATUS_REFUSED, "sp.refused");
  if (scope & KH_SCOPE_DEMANDED) {
    m->wanted = true;
    return give(m, KH_STATUS_DEMANDED, "sp.demanded");
  }
  if (scope & KH_SCOPE_CONDITIONAL) return give(m, KH_STATUS_CONDITIONAL, "sp.if");
  if (scope & KH_SCOPE_NEGATED) return status_of_negation(d, m);
  if (scope & KH_SCOPE_FUTURE) return give(m, KH_STATUS_PROMISED, "sp.future");
  if (scope & KH_SCOPE_POSSIBLE) return give(m, KH_STATUS_PROMISED, "sp.possible");
  return false;
}

// May an outer demand or plan change what the governing noun says? «دعا إلى تطبيق الاتفاق» asks for
// what «تطبيق الاتفاق» tells.
static bool gives_way(int status) {
  return status == KH_STATUS_MET || status == KH_STATUS_AGREED || status == KH_STATUS_UNDER_WAY ||
         status == KH_STATUS_PROMISED;
}

// «شهد وقف إطلاق النار انتهاكات»: breaches told after it.
static bool is_breached(const kh_document *d, const kh_move *m) {
  if (m->kind != KH_STEP_CEASEFIRE) return false;
  const kh_sentence *s = kh_sentence_of(d, m->token);
  for (uint32_t t = m->last; t < s->last && t < m->last + MAX_BREACH; t++) {
    if (!kh_is_word(d, t) || d->morph->inside_phrase[t]) continue;
    if (kh_word_has(d, t, KH_CLASS_OPENS_CLAUSE)) return false;
    if (kh_cue_at(d, t, KH_CLASS_STATUS_VIOLATED))
      return !(d->claims->phrases->scope[t] &
               (KH_SCOPE_NEGATED | KH_SCOPE_POSSIBLE | KH_SCOPE_FUTURE));
  }
  return false;
}

uint32_t kh_must_do(const kh_document *d, uint32_t verb) {
  const uint32_t least = kh_sentence_of(d, verb)->first;
  uint32_t t = verb;
  while (t > least && verb - t < 3 && !kh_word_has(d, t - 1, KH_CLASS_COMPLEMENT)) t--; // «أن لا»
  if (t <= least + 1 || !kh_is_word(d, t - 1) || !kh_word_has(d, t - 1, KH_CLASS_COMPLEMENT))
    return 0;
  const uint32_t end = t - 1;
  for (uint32_t np = end; np-- > least + 1 && end - np < MAX_CHAIN;) {
    if (d->claims->phrases->end[np] != end || !kh_word_has(d, np - 1, KH_CLASS_P_ALA)) continue;
    // «شدد على الحكومة أن»: the preposition of a verb before it is another matter
    const bool verb_before = np >= least + 2 && kh_clause_of(d, np - 2);
    return verb_before ? 0 : np;
  }
  return 0;
}

// Does the scope of the move or of its verb tell more than the verb itself?
static bool scope_bars(const kh_document *d, const kh_move *m) {
  const uint8_t all =
      KH_SCOPE_REFUSED | KH_SCOPE_DEMANDED | KH_SCOPE_CONDITIONAL | KH_SCOPE_NEGATED;
  const uint8_t verb = KH_SCOPE_DEMANDED | KH_SCOPE_CONDITIONAL | KH_SCOPE_POSSIBLE |
                       KH_SCOPE_NEGATED | KH_SCOPE_FUTURE;
  const uint8_t *scope = d->claims->phrases->scope;
  return (scope[m->token] & all) || (scope[m->verb] & verb);
}

bool kh_move_status(const kh_document *d, kh_move *m) {
  m->verb = verb_of(d, m);
  const int noun = m->is_verb ? -1 : status_of_noun(d, m);
  if (is_waited_for(d, m)) {
    m->wanted = true;
    return give(m, KH_STATUS_DEMANDED, "sp.unless");
  }
  if (noun == KH_STATUS_MET && m->governor == KH_NO_TOKEN)
    return give(m, KH_STATUS_MET, "sp.after");
  const uint8_t scope = d->claims->phrases->scope[m->token];
  if (noun == KH_STATUS_VIOLATED && scope & KH_SCOPE_NEGATED)
    return give(m, KH_STATUS_MET, "sp.kept");
  if (noun >= 0 && !gives_way(noun)) {
    m->wanted = noun == KH_STATUS_DEMANDED;
    return give(m, (kh_step_status)noun, "sp.noun");
  }
  if (is_breached(d, m) && !(scope & KH_SCOPE_DEMANDED))
    return give(m, KH_STATUS_VIOLATED, "sp.breached");
  if (m->is_verb && kh_must_do(d, m->token)) {
    m->wanted = true;
    return give(m, KH_STATUS_DEMANDED, "sp.must");
  }
  if (is_denied(d, m)) return give(m, KH_STATUS_NOT_MET, "sp.denied");
  if (!(scope & (KH_SCOPE_DEMANDED | KH_SCOPE_REFUSED | KH_SCOPE_NEGATED | KH_SCOPE_FUTURE |
                 KH_SCOPE_POSSIBLE | KH_SCOPE_CONDITIONAL | KH_SCOPE_PURPOSE)) &&
      (m->kind == KH_STEP_AGREEMENT || m->kind == KH_STEP_CEASEFIRE) && is_agreed(d, m))
    return give(m, KH_STATUS_AGREED, "sp.agreed");
  if (!(scope & KH_SCOPE_NEGATED) && is_in_terms(d, m))
    return give(m, KH_STATUS_AGREED, "sp.terms");
  if (!(scope & KH_SCOPE_NEGATED) && is_laid_down(d, m))
    return give(m, KH_STATUS_AGREED, "sp.terms");
  // a stipulation is agreed, whatever is stipulated
  if (m->verb != KH_NO_TOKEN && !m->is_verb && status_class(d, m->verb) == KH_STATUS_AGREED &&
      !(scope & (KH_SCOPE_DEMANDED | KH_SCOPE_NEGATED)))
    return give(m, KH_STATUS_AGREED, "sp.verb");
  // «أبدى استعداده لإجراء محادثات»: offered, not aimed at
  if (noun == KH_STATUS_PROMISED && !(scope & (KH_SCOPE_DEMANDED | KH_SCOPE_NEGATED)))
    return give(m, KH_STATUS_PROMISED, "sp.noun");
  if (!(scope & (KH_SCOPE_REFUSED | KH_SCOPE_DEMANDED)) && is_aim(d, m))
    return give(m, KH_STATUS_DEMANDED, "sp.aim");
  // «يسعى إلى اتفاق»: sought, whatever else the verb tells
  if (!m->is_verb && m->verb != KH_NO_TOKEN && m->verb < m->first &&
      status_class(d, m->verb) == KH_STATUS_DEMANDED && !scope_bars(d, m))
    return status_of_verb(d, m);
  if (status_of_scope(d, m)) return true;
  if (noun >= 0 && !(!m->is_verb && outweighs(d, m->verb)))
    return give(m, (kh_step_status)noun, "sp.noun");
  return status_of_verb(d, m);
}

// «رفضت الحركة أمس», «في 2 مايو»: one day in the sentence, not after the report's own, and not in a
// clause that tells of something else («معتقلين احتجزوا في 3 مارس»).
void kh_move_day(const kh_document *d, const kh_move *m, char day[11]) {
  day[0] = '\0';
  const kh_sentence *s = kh_sentence_of(d, m->token);
  const char *published = d->text->published;
  uint32_t nearest = UINT32_MAX;
  bool elsewhere = false;
  for (uint32_t t = s->first; t < s->last; t++) {
    if (t > m->token && kh_is_word(d, t) && kh_word_has(d, t, KH_CLASS_RELATIVE)) elsewhere = true;
    const int32_t number = d->mentions->time_at[t];
    if (number < 0 || elsewhere) continue;
    const kh_time *time = &d->mentions->times.at[number].time;
    if (time->type != KH_TIME_DATE || !time->begin[0] || strcmp(time->begin, time->until) != 0)
      continue;
    if (published[0] && strcmp(time->begin, published) > 0) continue;
    const uint32_t far = t < m->token ? m->token - t : t - m->token;
    if (far >= nearest) continue;
    nearest = far;
    memcpy(day, time->begin, sizeof time->begin);
  }
}
