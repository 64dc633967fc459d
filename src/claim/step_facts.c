// SPDX-License-Identifier: Apache-2.0
// What speaks for or against a word naming a step of some kind and status: the word and what it
// goes with, what governs it, who says it, which events stand there, and where in the report it is.
#include "claim/step_rank.h"
#include "mention/names.h"
#include "text/text.h"

enum {
  MAX_AROUND = 6,
  MAX_TOLD = 24,
  MAX_BACK = 12,
  MAX_INSIDE = 6,
  MAX_AFTER = 3,
  MAX_SIGNS = 14,
  MAX_LINKS = 4,
  MAX_OUTER = 40,
  MAX_SENTENCE = 80
};

// A word that is less likely a step by what it is itself is not looked at any further: one step in
// two hundred is lost, and a third of the words are spared.
static const float HOPELESS = 0.05F;
// The same with what stands inside and around it: none is lost, and a third is spared.
static const float HOPELESS_AROUND = 0.08F;

// Kinds of facts. Never give a number another meaning.
enum fact {
  F_LEMMA = 200,
  F_STEM,
  F_CLUSTER,
  F_FORM,
  F_NEXT,
  F_BEFORE,
  F_AROUND,
  F_HEAD,
  F_VERB,
  F_SUBJECT,
  F_SAID,
  F_SPEAKER,
  F_EVENT,
  F_RULE,
  F_SCOPE,
  F_WHERE,
  F_TOLD,
  F_DENSITY,
  F_IDAFA,
  F_MARK,
  F_INSIDE,
  F_SIGN,
  F_CHAIN,
  F_OUTER,
};

uint32_t kh_text_fact(const char *text) {
  uint32_t hash = 0;
  for (; *text; text++) hash = hash * 31U + (uint8_t)*text;
  return hash;
}

void kh_step_lemma_fact(kh_facts *f, uint32_t lemma) { kh_fact(f, F_LEMMA, lemma, 0, 0); }

// The cluster of a word's stem, or 0.
static uint32_t cluster_of(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return 0;
  const kh_features *features = d->mentions->features;
  const kh_form *form = &features->forms[features->form_of[t]];
  return form->stem ? form->stem->fine + 1U : 0;
}

static uint32_t stem_of(const kh_document *d, uint32_t t) {
  const kh_features *features = d->mentions->features;
  return features->forms[features->form_of[t]].stem_hash;
}

// What form the word has: verb with its tense, masdar, noun; number, clitics, article.
static uint32_t form_of(const kh_document *d, const kh_move *m) {
  const kh_word *w = kh_reading(d, m->token);
  const uint32_t part = m->is_verb                          ? w->features & KH_F_PAST ? 1 : 2
                        : w->features & KH_F_MASDAR         ? 3
                        : w->pos == KH_POS_ADJ              ? 4
                        : d->morph->phrase_tokens[m->token] ? 5
                                                            : 6;
  const uint32_t number = w->features & KH_F_PLUR ? 2 : w->features & KH_F_DUAL ? 1 : 0;
  return part | number << 3 | (uint32_t)(w->enclitic != KH_ENC_NONE) << 5;
}

static uint32_t clitics_of(const kh_document *d, uint32_t t) {
  return kh_reading(d, t)->proclitics;
}

// The entity that is named at the token, as kind and sector; 0: none.
static uint32_t who_at(const kh_document *d, uint32_t t) {
  const int32_t name = d->mentions->name_at[t];
  if (name < 0 || d->mentions->names.at[name].entity < 0) return 0;
  const kh_draft *e = &d->mentions->entities.at[d->mentions->names.at[name].entity];
  return 1U + ((uint32_t)e->kind << 5 | (uint32_t)e->sector);
}

static void word_facts(const kh_document *d, const kh_move *m, kh_facts *f) {
  const uint32_t t = m->token;
  const kh_sentence *s = kh_sentence_of(d, t);
  const uint32_t lemma = kh_lemma_fact(d, t);
  const uint32_t form = form_of(d, m);
  const uint32_t clitics = clitics_of(d, t);
  const uint32_t fixed = d->morph->phrase_tokens[t];
  const uint32_t next = t + (fixed ? fixed : 1);
  const uint32_t after = next < s->last ? kh_lemma_fact(d, next) : 1;
  const uint32_t after2 = next + 1 < s->last ? kh_lemma_fact(d, next + 1) : 1;
  kh_fact(f, F_LEMMA, lemma, 0, 0);
  kh_fact(f, F_LEMMA, lemma, form, 1);
  kh_fact(f, F_LEMMA, lemma, clitics, 2);
  kh_fact(f, F_LEMMA, lemma, after, 3);
  kh_fact(f, F_STEM, stem_of(d, t), 0, 0);
  kh_fact(f, F_CLUSTER, cluster_of(d, t), 0, 0);
  kh_fact(f, F_CLUSTER, cluster_of(d, t), form, 1);
  kh_fact(f, F_FORM, form, clitics, 0);
  kh_fact(f, F_FORM, form, (uint32_t)m->kind, 1);
  kh_fact(f, F_NEXT, after, 0, 0);
  kh_fact(f, F_NEXT, after, form, 1);
  kh_fact(f, F_NEXT, after2, 0, 2);
  kh_fact(f, F_NEXT, next < s->last ? cluster_of(d, next) : 1, 0, 3);
  kh_fact(f, F_NEXT, m->last < s->last ? kh_lemma_fact(d, m->last) : 1, 0, 4);
  kh_fact(f, F_IDAFA, next < s->last ? who_at(d, next) : 0, form, 0);
  kh_fact(f, F_IDAFA, kh_bucket(m->last - m->first), clitics, 1);
}

// Words of the phrase and right after it: what is done to what.
static void inside_facts(const kh_document *d, const kh_move *m, kh_facts *f) {
  const kh_sentence *s = kh_sentence_of(d, m->token);
  const uint32_t lemma = kh_lemma_fact(d, m->token);
  const uint32_t form = form_of(d, m);
  const uint32_t fixed = d->morph->phrase_tokens[m->token];
  const uint32_t end = m->is_verb ? m->last + MAX_INSIDE : m->last + MAX_AFTER;
  for (uint32_t t = m->token + (fixed ? fixed : 1); t < s->last && t < end; t++) {
    if (!kh_is_word(d, t)) continue;
    if (t >= m->last && kh_clause_of(d, t)) break;
    if (d->morph->inside_phrase[t]) continue;
    kh_fact(f, F_INSIDE, kh_lemma_fact(d, t), 0, 0);
    kh_fact(f, F_INSIDE, cluster_of(d, t), 0, 1);
    if (d->mentions->name_at[t] >= 0) continue;
    for (uint32_t kind = 0; kind <= KH_STEP_OTHER; kind++)
      if (kh_cue_at(d, t, (kh_class)(KH_CLASS_ST_CEASEFIRE + kind))) {
        kh_fact(f, F_INSIDE, kind, form, 2);
        kh_fact(f, F_INSIDE, kind, lemma, 3);
        kh_fact(f, F_INSIDE, kind, 0, 4);
        break;
      }
  }
}

static void context_facts(const kh_document *d, const kh_move *m, kh_facts *f) {
  const uint32_t t = m->token;
  const kh_sentence *s = kh_sentence_of(d, t);
  const uint32_t lemma = kh_lemma_fact(d, t);
  const uint32_t form = form_of(d, m);
  const uint32_t before = m->first > s->first ? kh_lemma_fact(d, m->first - 1) : 1;
  const uint32_t before2 = m->first > s->first + 1 ? kh_lemma_fact(d, m->first - 2) : 1;
  const uint32_t before3 = m->first > s->first + 2 ? kh_lemma_fact(d, m->first - 3) : 1;
  kh_fact(f, F_BEFORE, before, 0, 0);
  kh_fact(f, F_BEFORE, before, form, 1);
  kh_fact(f, F_BEFORE, before2, 0, 2);
  kh_fact(f, F_BEFORE, before3, 0, 3);
  kh_fact(f, F_BEFORE, before, before2, 4);
  kh_fact(f, F_BEFORE, before, lemma, 5);
  kh_fact(f, F_BEFORE, m->first > s->first ? cluster_of(d, m->first - 1) : 1, 0, 6);
  const uint32_t from = m->first > s->first + MAX_AROUND ? m->first - MAX_AROUND : s->first;
  for (uint32_t at = from; at < s->last && at < m->last + MAX_AROUND; at++) {
    if (!kh_is_word(d, at) || (at >= m->first && at < m->last)) continue;
    kh_fact(f, F_AROUND, kh_lemma_fact(d, at), at > m->first, 0);
    kh_fact(f, F_AROUND, cluster_of(d, at), at > m->first, 1);
  }
  uint32_t marks = 0;
  if (m->first > s->first && !kh_is_word(d, m->first - 1)) marks |= 1;
  if (d->tokens->at[t].quote >= 0) marks |= 2;
  if (m->last < s->last && !kh_is_word(d, m->last)) marks |= 4;
  kh_fact(f, F_MARK, marks, form, 0);
}

static void verb_facts(const kh_document *d, const kh_move *m, kh_facts *f) {
  const kh_sentence *s = kh_sentence_of(d, m->token);
  const uint8_t *scopes = d->claims->phrases->scope;
  const uint32_t scope = scopes[m->token];
  const uint32_t kind = (uint32_t)m->kind;
  const uint32_t form = form_of(d, m);
  kh_fact(f, F_SCOPE, scope, 0, 0);
  kh_fact(f, F_SCOPE, scope, form, 1);
  kh_fact(f, F_SCOPE, scope, kind, 2);
  if (m->governor != KH_NO_TOKEN) {
    const uint32_t governor = kh_lemma_fact(d, m->governor);
    kh_fact(f, F_HEAD, governor, 0, 5);
    kh_fact(f, F_HEAD, cluster_of(d, m->governor), kind, 9);
    kh_fact(f, F_HEAD, governor, kind, 6);
    kh_fact(f, F_HEAD, governor, scopes[m->governor], 7);
  }
  if (m->verb == KH_NO_TOKEN) {
    kh_fact(f, F_VERB, 0, form, 9);
  } else {
    const uint32_t verb = kh_lemma_fact(d, m->verb);
    const uint32_t features = kh_reading(d, m->verb)->features;
    const uint32_t tense = (features & (KH_F_PAST | KH_F_PRESENT)) |
                           (features & KH_F_FIRST ? 4U : 0) |
                           (kh_reading(d, m->verb)->proclitics & KH_CLITIC_SA ? 8U : 0);
    const uint32_t side = m->is_verb ? 0 : m->verb < m->token ? 1 : 2;
    const kh_clause *c = kh_clause_of(d, m->verb);
    uint32_t role = side;
    if (c && c->subject <= m->token && m->token < c->subject_last) role = 3;
    if (c && c->object <= m->token && m->token < c->object_last) role = 4;
    if (c && c->passive) role |= 8;
    kh_fact(f, F_VERB, verb, 0, 0);
    kh_fact(f, F_VERB, verb, role, 1);
    kh_fact(f, F_VERB, verb, tense, 2);
    kh_fact(f, F_VERB, verb, scopes[m->verb], 3);
    kh_fact(f, F_VERB, verb, kind, 4);
    kh_fact(f, F_VERB, tense, scopes[m->verb], role);
    kh_fact(f, F_VERB, tense, role, 32 + kind);
    kh_fact(f, F_VERB, cluster_of(d, m->verb), role, 5);
    kh_fact(f, F_VERB, cluster_of(d, m->verb), tense, 10);
    kh_fact(f, F_VERB, cluster_of(d, m->verb), scopes[m->verb], 11);
    kh_fact(f, F_VERB, cluster_of(d, m->verb), kind, 12);
    kh_fact(f, F_VERB, role, form, 6);
    const uint32_t far = m->verb < m->token ? m->token - m->verb : m->verb - m->token;
    kh_fact(f, F_VERB, role, kh_bucket(far), 7);
    if (m->verb > s->first) kh_fact(f, F_VERB, kh_lemma_fact(d, m->verb - 1), tense, 8);
    if (c && c->subject != c->subject_last) {
      kh_fact(f, F_SUBJECT, who_at(d, c->subject), role, 0);
      kh_fact(f, F_SUBJECT, kh_lemma_fact(d, c->subject), role, 1);
    }
  }
}

// Classes of words that tell how far a step has come.
static const kh_class signs[] = {
    KH_CLASS_STATUS_DEMANDED,
    KH_CLASS_STATUS_CONDITIONAL,
    KH_CLASS_STATUS_PROMISED,
    KH_CLASS_STATUS_AGREED,
    KH_CLASS_STATUS_UNDER_WAY,
    KH_CLASS_STATUS_MET,
    KH_CLASS_STATUS_NOT_MET,
    KH_CLASS_STATUS_REFUSED,
    KH_CLASS_STATUS_VIOLATED,
    KH_CLASS_STATUS_SUSPENDED,
    KH_CLASS_REFUSE,
    KH_CLASS_DENY,
    KH_CLASS_PROMISE,
    KH_CLASS_PLANNED,
    KH_CLASS_DEMAND,
    KH_CLASS_ASK,
    KH_CLASS_HOPE,
    KH_CLASS_EXPECT,
    KH_CLASS_CONDITION,
    KH_CLASS_UNLESS,
    KH_CLASS_NEGATION,
    KH_CLASS_NEG_NOUN,
    KH_CLASS_FUTURE,
    KH_CLASS_MODAL_MUST,
    KH_CLASS_MODAL_CAN,
    KH_CLASS_POSSIBLE,
    KH_CLASS_HELD,
    KH_CLASS_HAPPEN,
    KH_CLASS_REACH,
    KH_CLASS_STIPULATE,
    KH_CLASS_THREATEN,
    KH_CLASS_DECLARE,
};
enum { SIGNS = sizeof signs / sizeof *signs };

// The signs that each word carries, a bit each.
static void find_signs(kh_step_judge *j) {
  kh_document *d = j->document;
  kh_class_set any = {{0}};
  for (uint32_t i = 0; i < SIGNS; i++) kh_class_set_add(&any, signs[i], signs[i]);
  j->sign_at = kh_arena_zero(&d->arena, (d->tokens->count + 1) * sizeof *j->sign_at);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t) || d->morph->inside_phrase[t] || !kh_class_set_at(d, t, &any)) continue;
    for (uint32_t i = 0; i < SIGNS; i++)
      if (kh_cue_at(d, t, signs[i])) j->sign_at[t] |= 1U << i;
  }
}

static void sign_facts(const kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_sentence *s = kh_sentence_of(d, m->token);
  const uint8_t *scopes = d->claims->phrases->scope;
  const uint32_t own = kh_step_signs(j, m->token);
  const uint32_t verb = m->verb == KH_NO_TOKEN || m->is_verb ? 0 : kh_step_signs(j, m->verb);
  const uint32_t governor = m->governor == KH_NO_TOKEN ? 0 : kh_step_signs(j, m->governor);
  const uint32_t tense =
      m->verb == KH_NO_TOKEN ? 0 : kh_reading(d, m->verb)->features & (KH_F_PAST | KH_F_PRESENT);
  const uint32_t not = m->verb == KH_NO_TOKEN ? 0 : scopes[m->verb];
  kh_fact(f, F_SIGN, own, m->is_verb ? tense : 9, 0);
  kh_fact(f, F_SIGN, verb, not, 1);
  kh_fact(f, F_SIGN, verb, tense, 2);
  kh_fact(f, F_SIGN, verb, governor, 3);
  kh_fact(f, F_SIGN, verb, (uint32_t)m->kind, 4);
  kh_fact(f, F_SIGN, governor, scopes[m->token], 5);
  kh_fact(f, F_SIGN, governor, (uint32_t)m->kind, 6);
  // the nearest before and after it, then all of the sentence around it
  uint32_t before = 0;
  uint32_t before2 = 0;
  for (uint32_t t = m->first, n = 0; t > s->first && n < MAX_SIGNS && !before2; n++) {
    const uint32_t bits = kh_step_signs(j, --t);
    if (!bits) continue;
    if (before)
      before2 = bits;
    else
      before = bits;
    kh_fact(f, F_SIGN, bits, n < 2 ? 0 : n < 5 ? 1 : 2, 7);
  }
  uint32_t after = 0;
  for (uint32_t t = m->last, n = 0; t < s->last && n < MAX_SIGNS && !after; t++, n++)
    after = kh_step_signs(j, t);
  kh_fact(f, F_SIGN, before, before2, 8);
  kh_fact(f, F_SIGN, before, after, 9);
  kh_fact(f, F_SIGN, after, own, 10);
  kh_fact(f, F_SIGN, after, m->is_verb, 11);
  uint32_t all = 0;
  for (uint32_t t = s->first; t < s->last && t < s->first + MAX_SENTENCE; t++) {
    if (t < m->first || t >= m->last) all |= kh_step_signs(j, t);
  }
  for (uint32_t i = 0; i < SIGNS; i++)
    if (all & 1U << i) kh_fact(f, F_SIGN, i, 0, 12);
}

// The words with a meaning of their own that lead to the phrase, over prepositions and particles,
// the nearest first, as far as the verb: «فشلت في الحصول على موافقة ... للسماح بـ».
static void chain_facts(const kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_sentence *s = kh_sentence_of(d, m->token);
  uint32_t bridge = 0;
  uint32_t links = 0;
  for (uint32_t at = m->first, n = 0; at > s->first && n < MAX_BACK && links < MAX_LINKS; n++) {
    at--;
    if (!kh_is_word(d, at) || d->mentions->name_at[at] >= 0) continue;
    const kh_word *w = kh_reading(d, at);
    if (w->pos == KH_POS_PREP || w->pos == KH_POS_PART || w->pos == KH_POS_CONJ) {
      if (!links) bridge = bridge ? bridge : kh_lemma_fact(d, at);
      continue;
    }
    const uint32_t head = kh_lemma_fact(d, at);
    const uint32_t scope = d->claims->phrases->scope[at];
    const uint32_t told = kh_step_signs(j, at);
    if (!links) {
      kh_fact(f, F_HEAD, head, 0, 0);
      kh_fact(f, F_HEAD, head, bridge, 1);
      kh_fact(f, F_HEAD, head, clitics_of(d, m->token), 2);
      kh_fact(f, F_HEAD, cluster_of(d, at), 0, 3);
      kh_fact(f, F_HEAD, cluster_of(d, at), bridge, 8);
      kh_fact(f, F_HEAD, w->pos, bridge, 4);
    } else {
      kh_fact(f, F_CHAIN, head, links, 0);
      kh_fact(f, F_CHAIN, cluster_of(d, at), links, 2);
    }
    if (told) kh_fact(f, F_CHAIN, told, links | scope << 2, 1);
    links++;
    if (kh_clause_of(d, at)) break;
  }
}

// The verb over the governing one, in whose complement the step may stand.
static void outer_facts(const kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_sentence *s = kh_sentence_of(d, m->token);
  uint32_t t = m->verb != KH_NO_TOKEN && m->verb < m->token ? m->verb : m->token;
  for (uint32_t n = 0; t > s->first && n < MAX_OUTER; n++) {
    t--;
    if (!kh_clause_of(d, t)) continue;
    const uint32_t tense = kh_reading(d, t)->features & (KH_F_PAST | KH_F_PRESENT);
    kh_fact(f, F_OUTER, kh_lemma_fact(d, t), 0, 0);
    kh_fact(f, F_OUTER, cluster_of(d, t), 0, 3);
    kh_fact(f, F_OUTER, kh_step_signs(j, t), d->claims->phrases->scope[t], 1);
    kh_fact(f, F_OUTER, kh_step_signs(j, t), tense, 2);
    return;
  }
}

// The token at a byte of the text, among those before `t`.
static uint32_t token_before(const kh_document *d, uint32_t t, uint32_t byte) {
  uint32_t low = 0;
  uint32_t high = t + 1;
  while (high - low > 1) {
    const uint32_t mid = (low + high) / 2;
    if (d->tokens->at[mid].start <= byte)
      low = mid;
    else
      high = mid;
  }
  return low;
}

static void statement_facts(const kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  const uint32_t form = form_of(d, m);
  if (m->statement < 0) {
    kh_fact(f, F_SAID, 0, form, 9);
    return;
  }
  const kh_statement *s = &d->claims->statements.at[m->statement];
  const uint32_t rule = kh_text_fact(s->origin.rule);
  const uint32_t cue = token_before(d, d->tokens->count - 1, s->cue.start);
  const uint32_t first = token_before(d, m->token, s->content.start);
  const uint32_t word = kh_lemma_fact(d, cue);
  const uint32_t deep = kh_bucket(m->first > first ? m->first - first : 0);
  kh_fact(f, F_SAID, rule, 0, 0);
  kh_fact(f, F_SAID, word, 0, 1);
  kh_fact(f, F_SAID, cluster_of(d, cue), 0, 8);
  kh_fact(f, F_SAID, word, deep, 2);
  kh_fact(f, F_SAID, word, form, 3);
  kh_fact(f, F_SAID, rule, deep, 4);
  kh_fact(f, F_SAID, word, d->claims->phrases->scope[m->token], 5);
  kh_fact(f, F_SAID, (uint32_t)s->mode, deep, 6);
  kh_fact(f, F_SAID, kh_step_signs(j, cue), d->claims->phrases->scope[m->token], 7);
  if (s->speaker >= 0) {
    const kh_draft *e = &d->mentions->entities.at[s->speaker];
    const uint32_t who = (uint32_t)e->kind << 5 | (uint32_t)e->sector;
    kh_fact(f, F_SPEAKER, who, 0, 0);
    kh_fact(f, F_SPEAKER, who, form, 1);
    kh_fact(f, F_SPEAKER, who, d->claims->phrases->scope[m->token], 2);
  }
}

// Which events the words tell of: reading them again is what steps share with them.
static void mark_events(kh_step_judge *j) {
  kh_document *d = j->document;
  const kh_claim_layer *claims = d->claims;
  j->event_at = kh_arena_zero(&d->arena, (d->tokens->count + 1) * sizeof *j->event_at);
  for (uint32_t i = 0; d->tokens->count && i < claims->events.count; i++)
    j->event_at[token_before(d, d->tokens->count - 1, claims->events.at[i].trigger.start)] = i + 1;
}

static void event_fact(const kh_step_judge *j, uint32_t t, uint32_t as, uint32_t lemma,
                       kh_facts *f) {
  const uint32_t number = j->event_at[t];
  if (!number) {
    kh_fact(f, F_EVENT, 0, 0, as);
    return;
  }
  const kh_event *e = &j->document->claims->events.at[number - 1];
  const uint32_t type = (uint32_t)e->type + 1;
  const uint32_t reality = (uint32_t)e->reality << 1 | (uint32_t)e->negated;
  kh_fact(f, F_EVENT, type, 0, as);
  kh_fact(f, F_EVENT, type, reality, as);
  kh_fact(f, F_EVENT, type, lemma, as + 8);
  kh_fact(f, F_EVENT, reality, 64, as);
}

static void event_facts(const kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  const uint32_t lemma = kh_lemma_fact(d, m->token);
  event_fact(j, m->token, 0, lemma, f);
  if (m->verb != KH_NO_TOKEN && !m->is_verb) event_fact(j, m->verb, 1, lemma, f);
  // an event inside the phrase, or right before it
  for (uint32_t t = m->token + 1; t < m->last; t++)
    if (j->event_at[t]) {
      event_fact(j, t, 2, lemma, f);
      break;
    }
  const kh_sentence *s = kh_sentence_of(d, m->token);
  for (uint32_t t = m->token, n = 0; t > s->first && n < 6; n++)
    if (j->event_at[--t]) {
      event_fact(j, t, 3, lemma, f);
      break;
    }
}

// How many words of steps the report has, and how many in a hundred words.
static void count_moves(kh_step_judge *j) {
  const kh_document *d = j->document;
  kh_class_set cues = {{0}};
  kh_class_set_add(&cues, KH_CLASS_ST_CEASEFIRE, KH_CLASS_ST_OTHER);
  uint32_t words = 0;
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t)) continue;
    words++;
    j->moves += !d->morph->inside_phrase[t] && kh_word_in_set(d, t, &cues);
  }
  j->density = words ? j->moves * 200 / words : 0;
}

static void place_facts(const kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  const uint32_t t = m->token;
  const kh_sentence *s = kh_sentence_of(d, t);
  const uint32_t form = form_of(d, m);
  const uint32_t kind = (uint32_t)m->kind;
  const uint32_t paragraph = s->paragraph < 3 ? s->paragraph : s->paragraph < 6 ? 3 : 4;
  const bool titled = d->text->title_len > 0;
  const uint32_t where = paragraph | (uint32_t)titled << 3;
  kh_fact(f, F_WHERE, where, 0, 0);
  kh_fact(f, F_WHERE, where, form, 1);
  kh_fact(f, F_WHERE, where, kind, 2);
  kh_fact(f, F_WHERE, kh_bucket(t - s->first), form, 3);
  kh_fact(f, F_WHERE, kh_bucket(s->last - t), form, 4);
  kh_fact(f, F_DENSITY, kh_bucket(j->moves), 0, 0);
  kh_fact(f, F_DENSITY, kh_bucket(j->density), 0, 1);
  kh_fact(f, F_DENSITY, kh_bucket(j->density), m->weak, 2);
  kh_fact(f, F_DENSITY, kh_bucket(j->density), kind, 3);
  const kh_claim_layer *claims = d->claims;
  uint32_t told = 0; // 1: a step of the kind was told before, 2: with this status
  uint32_t last = 0; // status of the last of the kind
  for (uint32_t i = claims->steps.count, n = 0; i-- > 0 && n < MAX_TOLD; n++) {
    if (claims->steps.at[i].kind != m->kind) continue;
    const uint32_t how = claims->steps.at[i].status == m->status ? 2 : 1;
    told = how > told ? how : told;
    last = last ? last : 1U + (uint32_t)claims->steps.at[i].status;
  }
  kh_fact(f, F_TOLD, told, 0, 0);
  kh_fact(f, F_TOLD, told, form, 1);
  kh_fact(f, F_TOLD, told, kind, 2);
  kh_fact(f, F_TOLD, told, clitics_of(d, t), 3);
  kh_fact(f, F_TOLD, last, kind, 4);
  kh_fact(f, F_TOLD, last, (uint32_t)m->status, 5);
}

static void rule_facts(const kh_document *d, const kh_move *m, kh_facts *f) {
  const uint32_t rule = kh_text_fact(m->rule);
  const uint32_t status = (uint32_t)m->status;
  const uint32_t kind = (uint32_t)m->kind;
  const uint32_t weak = (uint32_t)m->weak | (uint32_t)m->faint << 1;
  kh_fact(f, F_RULE, rule, 0, 0);
  kh_fact(f, F_RULE, rule, status, 1);
  kh_fact(f, F_RULE, rule, kind, 2);
  kh_fact(f, F_RULE, weak, kind, 3);
  kh_fact(f, F_RULE, weak, status, 4);
  kh_fact(f, F_RULE, kind, status, 5);
  kh_fact(f, F_RULE, kind, 0, 6);
  kh_fact(f, F_RULE, status, form_of(d, m), 7);
  kh_fact(f, F_RULE, weak, form_of(d, m), 8);
  kh_fact(f, F_RULE, status, kh_lemma_fact(d, m->token), 9);
}

bool kh_move_facts(kh_step_judge *j, const kh_move *m, kh_facts *f) {
  const kh_document *d = j->document;
  if (!j->event_at) {
    mark_events(j);
    count_moves(j);
    find_signs(j);
  }
  word_facts(d, m, f);
  rule_facts(d, m, f);
  const bool learnt = d->engine->frames->step_learner != NULL;
  if (m->faint && !learnt && kh_rank(f, 0) < HOPELESS) return false;
  inside_facts(d, m, f);
  context_facts(d, m, f);
  if (m->faint && !learnt && kh_rank(f, 0) < HOPELESS_AROUND) return false;
  verb_facts(d, m, f);
  sign_facts(j, m, f);
  chain_facts(j, m, f);
  outer_facts(j, m, f);
  statement_facts(j, m, f);
  event_facts(j, m, f);
  place_facts(j, m, f);
  return true;
}
