// SPDX-License-Identifier: Apache-2.0
// Facts about an event beyond whether it is told: does a further word of the sentence tell another
// happening, and has it happened at all?
#include "claim/event_rank.h"

// In tokens: the words before the trigger that are looked at.
enum { REAL_NEAR = 8 };

// Kinds of facts, beside those of event_rank.c and event_sure.c. Never give a number another
// meaning.
enum fact {
  F_PAIR = 87,
  F_PAIR_COUNT,
  F_PAIR_GAP,
  F_PAIR_WHO,
  F_REAL,
  F_REAL_BAG,
  F_REAL_VERB,
  F_REAL_WAY,
};

// How a further word of what the rules take for one happening stands to the first word, and to the
// one before it.
void kh_pair_facts(const kh_event_judge *j, uint32_t own, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_telling *t = &j->tellings[own];
  const uint32_t type = (uint32_t)t->trigger.frame->type;
  uint32_t count = 0;
  const kh_telling *last = &j->tellings[t->event];
  for (uint32_t i = t->event; i < own; i++)
    if (j->tellings[i].event == t->event) {
      last = &j->tellings[i];
      count++;
    }
  kh_fact(f, F_PAIR_COUNT, kh_bucket(count), type, 0);
  for (uint32_t way = 0; way < 2; way++) {
    const kh_telling *other = way ? &j->tellings[t->event] : last;
    const uint32_t a = kh_lemma_fact(d, other->trigger.token);
    const uint32_t b = kh_lemma_fact(d, t->trigger.token);
    const uint32_t parts = other->trigger.part | t->trigger.part << 4;
    kh_fact(f, F_PAIR, a, b, way);
    kh_fact(f, F_PAIR, kh_cluster_fact(d, other->trigger.token),
            kh_cluster_fact(d, t->trigger.token), 2 + way);
    kh_fact(f, F_PAIR, a == b, parts, type << 4 | (4 + way));
    kh_fact(f, F_PAIR, a == b, type, 6 + way);
    kh_fact(f, F_PAIR, a, type, 8 + way);
    const uint32_t commas = kh_commas_between(d, other->trigger.last, t->trigger.token);
    const uint32_t verbs = kh_verbs_between(d, other->trigger.last, t->trigger.token);
    const uint32_t gap = t->trigger.token - other->trigger.last;
    kh_fact(f, F_PAIR_GAP, kh_bucket(gap), way, 0);
    kh_fact(f, F_PAIR_GAP, kh_bucket(gap), way, type + 1);
    kh_fact(f, F_PAIR_GAP, kh_bucket(commas), kh_bucket(verbs), 64 + way);
    kh_fact(f, F_PAIR_GAP, kh_bucket(verbs), parts, 66 + way);
    const kh_event_roles *x = &other->roles;
    const kh_event_roles *y = &t->roles;
    const uint32_t who = (uint32_t)(x->actors.count > 0) | (uint32_t)(y->actors.count > 0) << 1 |
                         (uint32_t)(x->recipients.count > 0) << 2 |
                         (uint32_t)(y->recipients.count > 0) << 3;
    const uint32_t shared =
        (uint32_t)(x->actors.count && y->actors.count && x->actors.at[0] == y->actors.at[0]) |
        (uint32_t)(x->recipients.count && y->recipients.count &&
                   x->recipients.at[0] == y->recipients.at[0])
            << 1 |
        (uint32_t)(x->place >= 0 && x->place == y->place) << 2;
    kh_fact(f, F_PAIR_WHO, who, shared, way);
    kh_fact(f, F_PAIR_WHO, who, type, 2 + way);
    kh_fact(f, F_PAIR_WHO, shared, type, 4 + way);
  }
  const uint32_t token = t->trigger.token;
  const uint32_t joined = kh_reading(d, token)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA);
  kh_fact(f, F_PAIR_GAP, joined, type, 99);
  if (token > 0) kh_fact(f, F_PAIR_GAP, kh_lemma_fact(d, token - 1), joined, 98);
}

// What tells whether it has happened: what the rules make of it, the words that lead to it, the
// verb that it depends on and what parts the two.
void kh_real_facts(const kh_document *d, const kh_trigger *t, const kh_event *e, uint32_t age,
                   kh_facts *f) {
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const uint32_t rule = (uint32_t)e->reality | (uint32_t)e->negated << 3;
  const uint32_t scope = d->claims->phrases->scope[t->token];
  const kh_word *w = kh_reading(d, t->token);
  const uint32_t tense = w->features & (KH_F_PAST | KH_F_PRESENT);
  const uint32_t form = t->part | (uint32_t)w->proclitics << 4 | tense << 12;
  kh_fact(f, F_REAL, rule, 0, 0);
  kh_fact(f, F_REAL, rule, form, 1);
  kh_fact(f, F_REAL, scope, form, 2);
  kh_fact(f, F_REAL, rule, kh_lemma_fact(d, t->token), 3);
  kh_fact(f, F_REAL, s->first == 0, form, rule << 3 | 4);
  kh_fact(f, F_REAL, age, rule, 5);
  uint32_t way = 0; // particles and pronouns between
  for (uint32_t i = t->token, n = 0; i-- > s->first && n < REAL_NEAR; n++) {
    if (!kh_is_word(d, i)) {
      if (kh_is_mark(d, i, KH_MARK_COMMA)) way |= 1;
      continue;
    }
    if (kh_word_has(d, i, KH_CLASS_RELATIVE)) way |= 2;
    if (kh_word_has(d, i, KH_CLASS_COMPLEMENT)) way |= 4;
    const uint32_t near = n < 2 ? n : 2;
    const uint32_t lemma = kh_lemma_fact(d, i);
    kh_fact(f, F_REAL_BAG, lemma, way, near);
    kh_fact(f, F_REAL_BAG, lemma, rule, 8);
    kh_fact(f, F_REAL_BAG, kh_cluster_fact(d, i), way, 9);
  }
  const kh_clause *c = t->clause;
  if (!c) return;
  const kh_word *verb = kh_reading(d, c->verb);
  const uint32_t tenses =
      (verb->features & (KH_F_PAST | KH_F_PRESENT)) | (verb->proclitics & KH_CLITIC_SA);
  const uint32_t role = c->verb == t->token                                    ? 0
                        : c->subject <= t->token && t->token < c->subject_last ? 1
                        : c->object <= t->token && t->token < c->object_last   ? 2
                        : c->verb < t->token                                   ? 3
                                                                               : 4;
  kh_fact(f, F_REAL_VERB, tenses, role, rule);
  kh_fact(f, F_REAL_VERB, kh_lemma_fact(d, c->verb), role, 64U | tenses << 8);
  kh_fact(f, F_REAL_VERB, kh_lemma_fact(d, c->verb), way, 65U);
  kh_fact(f, F_REAL_VERB, kh_cluster_fact(d, c->verb), way, 66U);
  kh_fact(f, F_REAL_VERB, d->claims->phrases->scope[c->verb], role, 67U);
  kh_fact(f, F_REAL_WAY, way, role, rule);
  if (c->first > s->first && kh_is_word(d, c->first - 1))
    kh_fact(f, F_REAL_WAY, kh_lemma_fact(d, c->first - 1), role, 64U);
}
