// SPDX-License-Identifier: Apache-2.0
// Candidates for the roles of an event, and the facts that speak for each.
#include "claim/event_rank.h"

#include <string.h>

// Whom the rules do not name and who is less likely actor and recipient by how he stands to the
// word is not looked at any further: half of them are spared, and one role in a thousand is lost.
static const float HOPELESS = -2.09F; // the logit of 0.11

// In tokens, events, candidates: how far back another telling of a happening is looked for.
enum { MAX_BACK_EVENTS = 24, MAX_INNER = 12, MAX_EXTRA = 24, MAX_TELLINGS = 40, MAX_TIES = 64 };

// Events that are less likely ask no more of their roles.
static const float MIN_EVENT = 0.1F;

// Kinds of facts. The numbers are hashed into the model: never give one another meaning.
enum fact {
  F_BIAS = 1,
  F_RULE,
  F_RULE_FRAME,
  F_RULE_REL,
  F_REL,
  F_REL_TYPE,
  F_REL_PART,
  F_REL_KIND,
  F_REL_FRAME,
  F_REL_LEMMA,
  F_GAP,
  F_KIND,
  F_KIND_TYPE,
  F_KIND_LEMMA,
  F_VERB,
  F_VERB_REL,
  F_BEFORE,
  F_BEFORE_TYPE,
  F_HEAD,
  F_HEAD_TYPE,
  F_JOINED,
  F_SPEAKER,
  F_SPEAKER_TYPE,
  F_ANTECEDENT,
  F_ANTECEDENT_TYPE,
  F_DONE,
  F_DONE_TYPE,
  F_COUNTED,
  F_RULE_COUNT,
  F_RULE_COUNT_REL,
  F_DEFINITE,
  F_NAMED,
  F_NEXT,
  F_PLACE,
  F_PLACE_GAP,
  F_PLACE_TYPE,
  F_TIME,
  F_TIME_GAP,
  F_TIME_TYPE,
  F_SELF,
  F_PREP_TYPE_PART,
  F_CLUSTER_REL,
  F_CLUSTER_KIND,
  F_CLUSTER_VERB,
  F_CLUSTER_BEFORE,
  F_CLUSTER_NEXT,
  // those of event_sure.c begin at 64
};

// ------------------------------------------------------------------ candidates

// Counts the words of violence in each sentence and, last, in all.
static void count_violence(kh_event_judge *j) {
  kh_document *d = j->document;
  const uint32_t sentences = d->tokens->sentence_count;
  j->violence = kh_arena_zero(&d->arena, (sentences + 1) * sizeof *j->violence);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->morph->inside_phrase[t]) continue;
    if (!kh_cue_at(d, t, KH_CLASS_EV_ASSAULT)) continue;
    j->violence[d->tokens->at[t].sentence]++;
    j->violence[sentences]++;
  }
}

static bool is_time(const kh_document *d, uint32_t t) { return d->mentions->time_at[t] >= 0; }

typedef struct gatherer {
  kh_document *document;
  kh_candidate *at;
  uint32_t count;
} gatherer;

static void add_candidate(gatherer *g, const kh_slot *slot, uint32_t np, uint32_t last,
                          int32_t joined) {
  if (g->count >= KH_MAX_CANDIDATES) return;
  const int32_t entity = kh_entity_of(g->document, np, last, false);
  if (entity < 0) return;
  if (g->count && g->at[g->count - 1].entity == entity && g->at[g->count - 1].last == last) return;
  g->at[g->count++] = (kh_candidate){.entity = entity,
                                     .first = slot->first,
                                     .np = np,
                                     .last = last,
                                     .head = slot->np,
                                     .prep = kh_slot_prep(g->document, slot),
                                     .joined = joined};
}

// «مجموعتين مسلحتين»: the adjective is nobody of its own.
static bool only_describes(const kh_document *d, uint32_t t) {
  return d->mentions->name_at[t] < 0 && kh_reading(d, t)->pos == KH_POS_ADJ &&
         !kh_word_has(d, t, KH_CLASS_NISBA_STATE);
}

uint32_t kh_candidates(kh_document *d, uint32_t sentence, kh_candidate at[KH_MAX_CANDIDATES]) {
  const struct kh_phrases *p = d->claims->phrases;
  const kh_sentence *s = &d->tokens->sentences[sentence];
  gatherer g = {d, at, 0};
  kh_slot slot;
  uint32_t t = s->first;
  uint32_t before_end = 0; // end of the slot before, and its first candidate
  int32_t before = KH_NONE;
  while (g.count < KH_MAX_CANDIDATES && kh_slot_next(d, t, s->last, &slot)) {
    t = slot.last > t ? slot.last : t + 1;
    const bool joins = before != KH_NONE && kh_conjunct(d, before_end) == slot.np;
    const uint32_t least = g.count;
    for (uint32_t i = slot.np; i < slot.last && i < slot.np + MAX_INNER; i++)
      if (p->end[i] && p->end[i] <= slot.last && !is_time(d, i) &&
          !(i != slot.np && only_describes(d, i)))
        add_candidate(&g, &slot, i, p->end[i], joins && i == slot.np ? before : KH_NONE);
    before = g.count > least ? (int32_t)least : KH_NONE;
    before_end = slot.last;
  }
  return g.count;
}

// Is it an adjective of what happens: «الغارات الجوية التركية»? Gives where that is named, or the
// adjective itself.
static uint32_t head_of_adjective(const kh_document *d, uint32_t t, uint32_t first) {
  for (uint32_t i = t; i-- > first && t - i <= 3;) {
    if (!kh_is_word(d, i) || d->mentions->name_at[i] >= 0) return t;
    if (kh_has_sign(d, i, KH_SIGN_EVENT) && d->claims->phrases->end[i] > t) return i;
  }
  return t;
}

// The states that adjectives of happenings name, if the report names them too.
static void add_states(kh_event_judge *j) {
  kh_document *d = j->document;
  const kh_sentence *s = &d->tokens->sentences[j->sentence];
  for (uint32_t t = s->first + 1; t < s->last && j->count < KH_MAX_CANDIDATES; t++) {
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || kh_reading(d, t)->pos != KH_POS_ADJ ||
        !kh_word_has(d, t, KH_CLASS_NISBA_STATE))
      continue;
    const uint32_t head = head_of_adjective(d, t, s->first);
    const int32_t state = head < t ? kh_state_of_adjective(d, t, false) : KH_NONE;
    if (state < 0) continue;
    j->at[j->count++] = (kh_candidate){
        .entity = state, .first = t, .np = t, .last = t + 1, .head = head, .joined = KH_NONE};
  }
}

static void gather(kh_event_judge *j, uint32_t sentence) {
  j->sentence = sentence;
  j->count = kh_candidates(j->document, sentence, j->at);
  add_states(j);
  kh_event_stand(j);
}

// ------------------------------------------------------------------ relations

// How a candidate stands to the trigger, as one small number for facts.
typedef struct relation {
  uint32_t place; // before, after or inside the trigger's phrase, and as what
  uint32_t prep;  // number of the preposition's bit; 0: bare
  uint32_t gap;   // tokens between, as a bucket
  uint32_t verbs; // finite verbs between, at most 2
  uint32_t marks; // commas between, at most 2
} relation;

enum { R_BEFORE = 1, R_AFTER, R_INSIDE, R_SUBJECT, R_OBJECT, R_RELATIVE, R_ELSEWHERE, R_OVER };

static uint32_t bit_number(unsigned bits) {
  uint32_t n = 0;
  for (; bits; bits >>= 1) n++;
  return n;
}

static uint32_t at_most_two(uint32_t n) { return n > 2 ? 2 : n; }

static void count_between(const kh_document *d, uint32_t from, uint32_t to, relation *r) {
  r->verbs = at_most_two(kh_verbs_between(d, from, to));
  r->marks = at_most_two(kh_commas_between(d, from, to));
}

static relation relate(const kh_event_judge *j, const kh_trigger *t, const kh_candidate *c) {
  const kh_document *d = j->document;
  const kh_clause *clause = t->clause;
  relation r = {.prep = bit_number(c->prep)};
  if (c->np < t->token) {
    r.place = c->last > t->token ? R_OVER : R_BEFORE;
    r.gap = kh_bucket(c->last < t->token ? t->token - c->last : 0);
    count_between(d, c->last < t->token ? c->last : t->token, t->token, &r);
  } else {
    r.place = c->np < d->claims->phrases->end[t->last - 1] ? R_INSIDE : R_AFTER;
    r.gap = kh_bucket(c->np > t->last ? c->np - t->last : 0);
    count_between(d, t->last, c->np, &r);
  }
  if (!clause) return r;
  if (clause->subject <= c->np && c->np < clause->subject_last && r.place != R_INSIDE)
    r.place = R_SUBJECT + 16 * (c->np != clause->subject);
  else if (clause->object <= c->np && c->np < clause->object_last && r.place != R_INSIDE)
    r.place = R_OBJECT + 16 * (c->np != clause->object);
  else if (clause->subject_relative && clause->first > 0 && c->last == clause->first - 1)
    r.place = R_RELATIVE;
  return r;
}

static uint32_t relation_number(const relation *r) {
  return r->place | r->prep << 6 | r->verbs << 11;
}

// ------------------------------------------------------------------ facts of a candidate

static bool holds(const kh_role_list *list, int32_t entity) {
  for (uint32_t i = 0; i < list->count; i++)
    if (list->at[i] == entity) return true;
  return false;
}

static bool among(kh_refs refs, int32_t entity) {
  for (uint32_t i = 0; i < refs.count; i++)
    if (refs.at[i] == entity) return true;
  return false;
}

static uint32_t kind_of(const kh_document *d, int32_t entity) {
  const kh_draft *e = &d->mentions->entities.at[entity];
  return (uint32_t)e->kind << 5 | (uint32_t)e->sector;
}

static uint32_t lemma_at(const kh_document *d, uint32_t t) { return kh_lemma_fact(d, t); }

const kh_event *kh_told_before(const kh_event_judge *j, const kh_trigger *t, uint32_t event,
                               bool *same) {
  const uint32_t lemma = lemma_at(j->document, t->token);
  const kh_event *found = NULL;
  *same = false;
  for (uint32_t i = event, n = 0; i-- > 0 && n < MAX_BACK_EVENTS;) {
    if (!kh_leads(j, i)) continue;
    n++;
    const kh_event *e = &j->ruled[i];
    if ((int)e->type != (int)t->frame->type) continue;
    if (lemma_at(j->document, j->tellings[i].trigger.token) == lemma) {
      *same = true;
      return e;
    }
    if (!found) found = e;
  }
  return found;
}

typedef struct question {
  kh_event_judge *judge;
  const kh_trigger *t;
  const kh_event_roles *roles;
  const kh_statement *over; // the statement that holds the trigger, or NULL
  const kh_event *before;   // the earlier telling, or NULL
  bool same_before;         // ... with the same word
  uint32_t lemma;
  uint32_t cluster;
  uint32_t verb_cluster; // of `verb`; 0
  uint32_t definite;
  uint32_t verb; // lemma of the clause's verb when the trigger is a noun; 0
  // earlier events of the type, the last one first
  const kh_event *earlier[MAX_BACK_EVENTS];
  uint32_t earlier_count;
  kh_agreement agreement;
  // what facts weigh that hang on the ties of a candidate alone, as actor and as recipient: most
  // candidates have none, and what they share is summed once
  uint64_t summed; // a bit for each ties of which the sums are known
  int32_t sums[MAX_TIES][2];
} question;

// Finds the earlier events of the type.
static void look_back(question *q) {
  q->earlier_count = 0;
  for (uint32_t i = q->judge->event, n = 0; i-- > 0 && n < MAX_BACK_EVENTS;) {
    if (!kh_leads(q->judge, i)) continue;
    n++;
    const kh_event *e = &q->judge->ruled[i];
    if ((int)e->type == (int)q->t->frame->type) q->earlier[q->earlier_count++] = e;
  }
}

// How often the entity has done, and suffered, what the type names so far: 0, 1, 2 or more each.
static uint32_t record_of(const question *q, int32_t entity) {
  uint32_t did = 0;
  uint32_t was = 0;
  for (uint32_t i = 0; i < q->earlier_count; i++) {
    did += among(q->earlier[i]->actors, entity);
    was += among(q->earlier[i]->recipients, entity);
  }
  return (did > 2 ? 2 : did) | (was > 2 ? 2 : was) << 2;
}

static uint32_t rule_of(const question *q, int32_t entity) {
  return (uint32_t)holds(&q->roles->actors, entity) | (uint32_t)holds(&q->roles->recipients, entity)
                                                          << 1;
}

// How the rules, an earlier telling and the statement around it tie the entity to the event: bits
// of rule_of, then whether it did it before, suffered it before, speaks and is spoken to.
static uint32_t ties_of(const question *q, int32_t entity) {
  uint32_t ties = rule_of(q, entity);
  if (q->before)
    ties |= (uint32_t)among(q->before->actors, entity) << 2 |
            (uint32_t)among(q->before->recipients, entity) << 3;
  if (q->over)
    ties |= (uint32_t)(q->over->speaker == entity) << 4 | (uint32_t)among(q->over->to, entity) << 5;
  return ties;
}

// Facts of whoever has these ties.
static void tie_facts(const question *q, uint32_t ties, kh_facts *f) {
  const uint32_t type = (uint32_t)q->t->frame->type;
  const uint32_t rule = ties & 3;
  const uint32_t was = ties >> 2 & 3;
  const uint32_t said = ties >> 4;
  const uint32_t frame = q->t->frame->fact;
  const uint32_t counts = (q->roles->actors.count > 2 ? 2 : q->roles->actors.count) |
                          (q->roles->recipients.count > 2 ? 2 : q->roles->recipients.count) << 2;
  kh_fact(f, F_BIAS, type, 0, 0);
  kh_fact(f, F_RULE, rule, 0, 0);
  kh_fact(f, F_RULE, rule, type, q->t->part);
  kh_fact(f, F_RULE_FRAME, rule, frame, 0);
  kh_fact(f, F_RULE_COUNT, rule, counts, 0);
  kh_fact(f, F_RULE_COUNT, rule, counts, type);
  if (q->over) {
    kh_fact(f, F_SPEAKER, said, rule, 0);
    kh_fact(f, F_SPEAKER_TYPE, said, type, counts);
  }
  if (q->before) {
    kh_fact(f, F_ANTECEDENT, was, q->same_before, q->definite);
    kh_fact(f, F_ANTECEDENT, was, rule, counts);
    kh_fact(f, F_ANTECEDENT_TYPE, was, type, (uint32_t)q->same_before | q->definite << 1);
  } else {
    kh_fact(f, F_ANTECEDENT, 8, q->definite, rule);
  }
}

// Further facts of the entity whatever its mention: its kind, what it did before.
static void entity_facts(const question *q, int32_t entity, uint32_t rule, kh_facts *f) {
  const kh_document *d = q->judge->document;
  const uint32_t type = (uint32_t)q->t->frame->type;
  const uint32_t kind = kind_of(d, entity);
  const uint32_t done = record_of(q, entity);
  kh_fact(f, F_KIND, kind, rule, 0);
  kh_fact(f, F_KIND_TYPE, kind, type, 0);
  kh_fact(f, F_KIND_LEMMA, kind >> 5, q->lemma, 0);
  kh_fact(f, F_CLUSTER_KIND, kind >> 5, q->cluster, 1);
  kh_fact(f, F_DONE, done, rule, 0);
  kh_fact(f, F_DONE_TYPE, done, type, q->definite);
}

static uint32_t word_before(const kh_document *d, const kh_candidate *c) {
  if (c->np > c->first) return lemma_at(d, c->np - 1);
  return c->np == 0 ? 0 : lemma_at(d, c->np - 1) * 8 + kh_reading(d, c->np)->proclitics % 32 / 4;
}

// Facts of one mention of it: how it stands to the trigger, which is returned.
static relation relation_facts(const question *q, const kh_candidate *c, uint32_t rule,
                               kh_facts *f) {
  const kh_document *d = q->judge->document;
  const kh_event_judge *j = q->judge;
  const uint32_t type = (uint32_t)q->t->frame->type;
  const uint32_t kind = kind_of(d, c->entity);
  relation r = relate(j, q->t, c);
  // what is joined stands as its first one does
  if (c->joined >= 0 && c->joined < (int32_t)j->count) {
    const kh_candidate *head = &j->at[c->joined];
    const relation first = relate(j, q->t, head);
    kh_fact(f, F_JOINED, relation_number(&first), type, rule_of(q, head->entity));
    kh_fact(f, F_JOINED, rule_of(q, head->entity), rule, 1);
    r = first;
  }
  const uint32_t rel = relation_number(&r);
  const uint32_t part = q->t->part | (uint32_t)(q->t->clause && q->t->clause->passive) << 5;
  const uint32_t inner = c->np != c->head;
  kh_fact(f, F_REL, rel, inner, r.marks);
  kh_fact(f, F_REL_TYPE, rel, type, inner);
  kh_fact(f, F_REL_PART, rel, part, type);
  kh_fact(f, F_REL_KIND, rel, kind, 0);
  kh_fact(f, F_REL_LEMMA, rel, q->lemma, 0);
  kh_fact(f, F_CLUSTER_REL, rel, q->cluster, 0);
  kh_fact(f, F_CLUSTER_KIND, r.place, q->cluster, kind);
  if (c->np > c->first || c->np > 0)
    kh_fact(f, F_CLUSTER_BEFORE, kh_cluster_fact(d, c->np - 1), r.place, type);
  if (c->last < d->tokens->count)
    kh_fact(f, F_CLUSTER_NEXT, kh_cluster_fact(d, c->last), r.place, 0);
  kh_fact(f, F_PREP_TYPE_PART, r.prep | (uint32_t)r.place << 5, type, part);
  kh_fact(f, F_RULE_REL, rel, rule, type);
  kh_fact(f, F_RULE_COUNT_REL, rel, q->roles->actors.count > 0,
          rule | (uint32_t)(q->roles->recipients.count > 0) << 2);
  kh_fact(f, F_GAP, r.gap, r.place, r.verbs);
  kh_fact(f, F_GAP, r.gap, r.place, rule | r.prep << 2);
  if (q->verb) {
    kh_fact(f, F_VERB, q->verb, r.place, 0);
    kh_fact(f, F_VERB_REL, q->verb, rel, type);
    kh_fact(f, F_CLUSTER_VERB, q->verb_cluster, rel, 0);
    kh_fact(f, F_CLUSTER_VERB, q->verb_cluster, r.place, type + 1);
  }
  const uint32_t before = word_before(d, c);
  kh_fact(f, F_BEFORE, before, r.place, 0);
  kh_fact(f, F_BEFORE_TYPE, before, r.place, type);
  if (inner) {
    const uint32_t head = lemma_at(d, c->head);
    kh_fact(f, F_HEAD, head, r.place, c->head == q->t->token);
    kh_fact(f, F_HEAD_TYPE, head, type, 0);
  }
  kh_fact(f, F_NEXT, c->last < d->tokens->count ? lemma_at(d, c->last) : 0, r.place, 0);
  kh_fact(f, F_NAMED, d->mentions->name_at[c->np] >= 0, r.place, type);
  const int32_t quantity = d->mentions->quantity_at[c->np];
  kh_fact(f, F_COUNTED, quantity >= 0, r.place, type);
  return r;
}

// ------------------------------------------------------------------ who

static void tell(const question *q, kh_rank_task ask, int32_t entity, kh_span span, bool ruled,
                 const kh_facts *facts) {
  const kh_document *d = q->judge->document;
  const kh_learner *learner = d->engine->learner;
  if (!learner) return;
  const kh_learn_item item = {.question = ask,
                              .trigger = kh_phrase_span(d, q->t->token, q->t->last),
                              .type = (int)q->t->frame->type,
                              .entity = entity,
                              .item = q->judge->event,
                              .span = span,
                              .ruled = ruled};
  learner->see(learner->context, &item, facts);
}

typedef struct party {
  int32_t entity;
  float likely[2]; // as actor, as recipient
  uint32_t np;     // where the likeliest mention of it stands: tokens [np, last); empty if nowhere
  uint32_t last;
} party;

typedef struct parties {
  party at[KH_MAX_CANDIDATES + MAX_EXTRA];
  uint32_t count;
} parties;

// What the learner is told of somebody: all facts, those of his ties first.
static void tell_party(const question *q, int32_t entity, const kh_candidate *c, uint32_t ties,
                       const kh_facts *own) {
  const kh_document *d = q->judge->document;
  if (!d->engine->learner) return;
  kh_facts all;
  kh_facts_begin(&all, own->ranker, KH_RANK_ACTOR, KH_RANK_RECIPIENT);
  tie_facts(q, ties, &all);
  for (uint32_t i = 0; i < own->count && all.count < KH_MAX_FACTS; i++)
    all.at[all.count++] = own->at[i];
  const kh_span span = c ? kh_phrase_span(d, c->np, c->last) : (kh_span){0, 0};
  tell(q, KH_RANK_ACTOR, entity, span, ties & 1, &all);
  tell(q, KH_RANK_RECIPIENT, entity, span, ties & 2, &all);
}

static const int32_t *sums_of_ties(question *q, uint32_t ties) {
  if (!(q->summed >> ties & 1)) {
    const kh_ranker *ranker = &q->judge->document->engine->frames->ranker;
    kh_facts facts;
    kh_facts_begin(&facts, ranker, KH_RANK_ACTOR, KH_RANK_RECIPIENT);
    tie_facts(q, ties, &facts);
    for (unsigned which = 0; which < 2; which++) q->sums[ties][which] = kh_rank_sum(&facts, which);
    q->summed |= 1ULL << ties;
  }
  return q->sums[ties];
}

static float likely(kh_facts *own, unsigned which, int32_t shared) {
  return kh_rank_likely(own->ranker, own->asked[which], shared + kh_rank_sum(own, which));
}

// Is it plain by these facts already that the entity is neither actor nor recipient?
static bool is_hopeless(kh_facts *own, const int32_t *shared) {
  for (unsigned which = 0; which < 2; which++)
    if (kh_rank_logit(own->ranker, own->asked[which], shared[which] + kh_rank_sum(own, which)) >=
        HOPELESS)
      return false;
  return true;
}

static float greater(float a, float b) { return a > b ? a : b; }

static void judge_party(question *q, parties *all, int32_t entity, const kh_candidate *c) {
  const kh_document *d = q->judge->document;
  const uint32_t ties = ties_of(q, entity);
  const uint32_t rule = ties & 3;
  const int32_t *shared = sums_of_ties(q, ties);
  kh_facts facts;
  kh_facts_begin(&facts, &d->engine->frames->ranker, KH_RANK_ACTOR, KH_RANK_RECIPIENT);
  entity_facts(q, entity, rule, &facts);
  kh_report_facts(q->judge, q->t, entity, rule, &facts);
  if (c) {
    const relation r = relation_facts(q, c, rule, &facts);
    if (!rule && !d->engine->learner && is_hopeless(&facts, shared)) return;
    kh_near_facts(q->judge, q->t, (uint32_t)(c - q->judge->at), r.place, rule, &facts);
    kh_agree_facts(q->judge, q->t, &q->agreement, (uint32_t)(c - q->judge->at), r.place, &facts);
  } else {
    kh_fact(&facts, F_REL_TYPE, R_ELSEWHERE, (uint32_t)q->t->frame->type, rule);
  }
  tell_party(q, entity, c, ties, &facts);
  if (!d->engine->frames->ranker.weights) return;
  // the dead and the wounded have done nothing
  const bool victims =
      c && d->mentions->name_at[c->np] < 0 &&
      (kh_word_has(d, c->np, KH_CLASS_HM_KILLED) || kh_word_has(d, c->np, KH_CLASS_HM_WOUNDED));
  const float actor = victims ? 0.0F : likely(&facts, 0, shared[0]);
  const float recipient = likely(&facts, 1, shared[1]);
  const party now = {entity, {actor, recipient}, c ? c->np : 0, c ? c->last : 0};
  for (uint32_t i = 0; i < all->count; i++) {
    party *p = &all->at[i];
    if (p->entity != entity) continue;
    if (greater(actor, recipient) > greater(p->likely[0], p->likely[1])) {
      p->np = now.np;
      p->last = now.last;
    }
    p->likely[0] = greater(actor, p->likely[0]);
    p->likely[1] = greater(recipient, p->likely[1]);
    return;
  }
  if (all->count < sizeof all->at / sizeof *all->at) all->at[all->count++] = now;
}

// Those whom no mention in the sentence names: found by the rules, told before, or speaking.
static void judge_absent(question *q, parties *all, int32_t entity) {
  const kh_event_judge *j = q->judge;
  if (entity < 0) return;
  for (uint32_t i = 0; i < j->count; i++)
    if (j->at[i].entity == entity) return;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].entity == entity) return;
  judge_party(q, all, entity, NULL);
}

// How likely who fills a role of an event must be: a role is right if the event is, too.
static float least_of_role(const kh_ranker *ranker, kh_rank_task ask, float event) {
  return ranker->question[ask].least / (event > MIN_EVENT ? event : MIN_EVENT);
}

// Is it a government, or who speaks and acts for one?
static bool is_of_state(const kh_draft *e) {
  return e->country[0] && (e->sector == KH_SECTOR_GOV || e->sector == KH_SECTOR_MIL);
}

// Do two who would fill one role name the same side: a state and its capital or president, «عناصر
// الحركة» and the movement in it?
static bool one_side(const kh_document *d, const party *a, const party *b) {
  if (a->np < b->last && b->np < a->last) return true;
  const kh_draft *x = &d->mentions->entities.at[a->entity];
  const kh_draft *y = &d->mentions->entities.at[b->entity];
  if (x->kind != KH_KIND_PLACE && y->kind != KH_KIND_PLACE) return false;
  return is_of_state(x) && is_of_state(y) && strcmp(x->country, y->country) == 0;
}

// Which role the party fills: 0 it acts, 1 it suffers, -1 none.
static int role_of(const party *p, const float least[2]) {
  const float over[2] = {p->likely[0] - least[0], p->likely[1] - least[1]};
  if (over[0] >= 0 && (over[1] < 0 || over[0] >= over[1])) return 0;
  return over[1] >= 0 ? 1 : -1;
}

static void choose_parties(const kh_document *d, const parties *all, float event,
                           kh_event_roles *roles) {
  const kh_ranker *ranker = &d->engine->frames->ranker;
  const float least[2] = {least_of_role(ranker, KH_RANK_ACTOR, event),
                          least_of_role(ranker, KH_RANK_RECIPIENT, event)};
  int role[KH_MAX_CANDIDATES + MAX_EXTRA];
  for (uint32_t i = 0; i < all->count; i++) role[i] = role_of(&all->at[i], least);
  roles->actors.count = 0;
  roles->recipients.count = 0;
  for (uint32_t i = 0; i < all->count; i++) {
    const party *p = &all->at[i];
    if (role[i] < 0) continue;
    bool best = true; // of its side
    for (uint32_t k = 0; k < all->count && best; k++) {
      if (k == i || role[k] != role[i] || !one_side(d, p, &all->at[k])) continue;
      const float other = all->at[k].likely[role[k]];
      best = p->likely[role[i]] > other || (p->likely[role[i]] == other && i < k);
    }
    if (best) kh_role_add(role[i] ? &roles->recipients : &roles->actors, p->entity);
  }
}

static void judge_parties(question *q, parties *all) {
  const kh_event_judge *j = q->judge;
  const kh_event_roles *ruled = q->roles;
  for (uint32_t i = 0; i < j->count; i++) judge_party(q, all, j->at[i].entity, &j->at[i]);
  for (uint32_t i = 0; i < ruled->actors.count; i++) judge_absent(q, all, ruled->actors.at[i]);
  for (uint32_t i = 0; i < ruled->recipients.count; i++)
    judge_absent(q, all, ruled->recipients.at[i]);
  if (q->before) {
    for (uint32_t i = 0; i < q->before->actors.count && i < 4; i++)
      judge_absent(q, all, q->before->actors.at[i]);
    for (uint32_t i = 0; i < q->before->recipients.count && i < 4; i++)
      judge_absent(q, all, q->before->recipients.at[i]);
  }
  if (q->over) judge_absent(q, all, q->over->speaker);
}

// ------------------------------------------------------------------ where and when

static relation relate_tokens(const question *q, uint32_t first, uint32_t last) {
  const kh_candidate c = {.np = first, .last = last, .head = first, .joined = KH_NONE};
  return relate(q->judge, q->t, &c);
}

static void place_facts(const question *q, const kh_name *name, int32_t entity, uint32_t order,
                        kh_facts *f) {
  const kh_document *d = q->judge->document;
  const uint32_t type = (uint32_t)q->t->frame->type;
  const uint32_t rule = (uint32_t)(q->roles->place == entity) | (uint32_t)(q->roles->place >= 0)
                                                                    << 1;
  const bool before = q->before && q->before->place == entity;
  const uint32_t fills = (uint32_t)holds(&q->roles->recipients, entity) |
                         (uint32_t)holds(&q->roles->actors, entity) << 1;
  kh_fact(f, F_BIAS, type, 0, 0);
  kh_fact(f, F_PLACE, rule, type, q->t->part);
  kh_fact(f, F_PLACE, rule, before, q->same_before);
  kh_fact(f, F_PLACE, rule, fills, type);
  kh_fact(f, F_ANTECEDENT, before, q->same_before, q->definite);
  kh_fact(f, F_PLACE, d->mentions->entities.at[entity].sector, rule, 1);
  if (!name) {
    kh_fact(f, F_PLACE_GAP, 99, rule, type);
    return;
  }
  const relation r = relate_tokens(q, name->first, name->last);
  uint32_t word = 0;
  const bool clitic = name->span.start != d->tokens->at[name->first].start;
  const kh_sentence *s = kh_sentence_of(d, name->first);
  if (name->first > s->first) word = lemma_at(d, name->first - 1);
  uint32_t word2 = name->first > s->first + 1 ? lemma_at(d, name->first - 2) : 0;
  const uint32_t letter = clitic ? 1 + kh_token_letters(d->tokens, name->first)[0] : 0;
  kh_fact(f, F_PLACE_GAP, r.gap, r.place, r.verbs);
  kh_fact(f, F_PLACE_GAP, r.gap | 8U * r.marks, r.place, rule);
  kh_fact(f, F_PLACE_TYPE, r.place, type, r.verbs);
  kh_fact(f, F_REL_LEMMA, r.place, q->lemma, r.verbs);
  kh_fact(f, F_PLACE_TYPE, r.place, type, rule | 8U * q->t->part);
  kh_fact(f, F_BEFORE, clitic ? letter : word, r.place, r.verbs);
  kh_fact(f, F_BEFORE_TYPE, clitic ? letter : word, type, 0);
  kh_fact(f, F_BEFORE, clitic ? letter : word, rule, 77);
  if (!clitic) kh_fact(f, F_HEAD, word2, r.place, 0);
  kh_fact(f, F_NEXT, name->last < s->last ? lemma_at(d, name->last) : 0, r.place, 0);
  kh_fact(f, F_PLACE, order > 3 ? 3 : order, r.place, 2);
  kh_fact(f, F_PLACE, (uint32_t)(name->first == s->first), r.place, 3);
  kh_setting_facts(q->judge, q->t, name->first, name->last, NULL, f);
}

// A place or time that was found, and how likely it is.
typedef struct setting {
  int32_t at;
  float likely;
} setting;

static void judge_place(const question *q, setting *best) {
  const kh_document *d = q->judge->document;
  const kh_ranker *ranker = &d->engine->frames->ranker;
  const kh_sentence *s = kh_sentence_of(d, q->t->token);
  uint32_t order = 0;
  bool rule_seen = false;
  bool before_seen = !q->before || q->before->place < 0;
  int32_t last_name = KH_NONE;
  for (uint32_t t = s->first; t <= s->last && order < 12; t++) {
    int32_t entity = KH_NONE;
    const kh_name *name = NULL;
    if (t < s->last) {
      const int32_t n = d->mentions->name_at[t];
      if (n < 0 || n == last_name) continue;
      last_name = n;
      name = &d->mentions->names.at[n];
      if (name->kind != KH_KIND_PLACE || name->entity < 0) continue;
      entity = name->entity;
      order++;
      rule_seen = rule_seen || entity == q->roles->place;
      before_seen = before_seen || (q->before && entity == q->before->place);
    } else if (!rule_seen && q->roles->place >= 0) {
      entity = q->roles->place;
      if (q->before && entity == q->before->place) before_seen = true;
    } else if (!before_seen) {
      entity = q->before->place;
    } else {
      break;
    }
    kh_facts facts;
    kh_facts_begin(&facts, ranker, KH_RANK_PLACE, KH_RANK_PLACE);
    place_facts(q, name, entity, order, &facts);
    tell(q, KH_RANK_PLACE, entity, name ? name->span : (kh_span){0, 0}, entity == q->roles->place,
         &facts);
    const float likely = kh_rank(&facts, 0);
    if (likely > best->likely) *best = (setting){entity, likely};
  }
}

static void judge_time(const question *q, setting *best) {
  const kh_document *d = q->judge->document;
  const kh_ranker *ranker = &d->engine->frames->ranker;
  const kh_sentence *s = kh_sentence_of(d, q->t->token);
  const uint32_t type = (uint32_t)q->t->frame->type;
  int32_t last_time = KH_NONE;
  uint32_t order = 0;
  for (uint32_t t = s->first; t < s->last && order < 12; t++) {
    const int32_t n = d->mentions->time_at[t];
    if (n < 0 || n == last_time) continue;
    last_time = n;
    order++;
    const kh_time_mention *m = &d->mentions->times.at[n];
    const uint32_t rule = (uint32_t)(q->roles->time == n) | (uint32_t)(q->roles->time >= 0) << 1;
    const relation r = relate_tokens(q, m->first, m->last);
    const uint32_t word = m->first > s->first ? lemma_at(d, m->first - 1) : 0;
    const uint32_t kind = (uint32_t)m->time.type;
    kh_facts f;
    kh_facts_begin(&f, ranker, KH_RANK_TIME, KH_RANK_TIME);
    kh_fact(&f, F_BIAS, type, 0, 0);
    kh_fact(&f, F_TIME, rule, type, q->t->part);
    kh_fact(&f, F_TIME, rule, kind, 1);
    kh_fact(&f, F_TIME_GAP, r.gap, r.place, r.verbs);
    kh_fact(&f, F_TIME_GAP, r.gap | 8U * r.marks, r.place, rule);
    kh_fact(&f, F_TIME_TYPE, r.place, type, r.verbs);
    kh_fact(&f, F_TIME_TYPE, r.place, type, rule | 8U * q->t->part);
    kh_fact(&f, F_REL_LEMMA, r.place, q->lemma, r.verbs);
    kh_fact(&f, F_BEFORE, word, r.place, r.verbs);
    kh_fact(&f, F_BEFORE, word, kind, 1);
    kh_fact(&f, F_BEFORE_TYPE, word, type, rule);
    kh_fact(&f, F_KIND, lemma_at(d, m->first), rule, 0);
    kh_fact(&f, F_KIND, lemma_at(d, m->last - 1), rule, 1);
    if (q->verb) kh_fact(&f, F_VERB, q->verb, r.place, 0);
    kh_fact(&f, F_TIME, order > 3 ? 3 : order, r.place, 2);
    kh_setting_facts(q->judge, q->t, m->first, m->last, &m->time, &f);
    tell(q, KH_RANK_TIME, n, m->time.span, rule & 1, &f);
    const float likely = kh_rank(&f, 0);
    if (likely > best->likely) *best = (setting){n, likely};
  }
}

// ------------------------------------------------------------------ the judge

static void ask(kh_event_judge *j, const kh_trigger *t, int32_t statement,
                const kh_event_roles *roles, question *q) {
  const kh_document *d = j->document;
  q->judge = j;
  q->t = t;
  q->roles = roles;
  q->over = statement >= 0 ? &d->claims->statements.at[statement] : NULL;
  q->before = kh_told_before(j, t, j->event, &q->same_before);
  q->lemma = lemma_at(d, t->token);
  q->definite = (kh_reading(d, t->token)->proclitics & KH_CLITIC_AL) != 0;
  q->cluster = kh_cluster_fact(d, t->token);
  const bool governed = t->clause && t->part != KH_PART_VERB;
  q->verb = governed ? lemma_at(d, t->clause->verb) : 0;
  q->verb_cluster = governed ? kh_cluster_fact(d, t->clause->verb) : 0;
  q->agreement = kh_agreement_of(d, t);
  q->summed = 0;
  look_back(q);
}

float kh_least_of(const kh_ranker *ranker, const kh_telling *t) {
  const int type = (unsigned char)t->trigger.frame->type;
  const bool force = type == KH_EVENT_ASSAULT || type == KH_EVENT_PROTEST;
  const bool listed = t->trigger.doubts & KH_DOUBT_PROPOSED;
  return ranker->question[listed ? KH_RANK_LISTED : force ? KH_RANK_FORCE : KH_RANK_EVENT].least;
}

// The types compete for a word: only the likeliest is kept, measured by what each must reach.
static void choose_types(kh_event_judge *j) {
  const kh_ranker *ranker = &j->document->engine->frames->ranker;
  uint32_t best = 0;
  for (uint32_t i = 1; i < j->telling_count; i++) {
    kh_telling *a = &j->tellings[best];
    kh_telling *b = &j->tellings[i];
    if (a->trigger.token != b->trigger.token) {
      best = i;
      continue;
    }
    const float over_a = a->likely - kh_least_of(ranker, a);
    const float over_b = b->likely - kh_least_of(ranker, b);
    kh_telling *worse = over_b > over_a ? a : b;
    worse->likely = -1;
    worse->second = false;
    if (worse == a) best = i;
  }
}

// Does telling number `at` belong to the event that is judged?
static bool is_of(const kh_event_judge *j, uint32_t at) {
  const kh_telling *t = &j->tellings[at];
  return at == j->event || (t->event == j->event && !t->second);
}

// Where the tellings that may belong to the event that is judged end: its own sentence does.
static uint32_t end_of(const kh_event_judge *j) {
  const kh_document *d = j->document;
  const uint32_t token = j->tellings[j->event].trigger.token;
  uint32_t i = j->event + 1;
  while (i < j->telling_count && i < j->event + MAX_TELLINGS &&
         kh_share_sentence(d, token, j->tellings[i].trigger.token))
    i++;
  return i;
}

// What the rules say of the event's tellings together.
static kh_event_roles roles_of(kh_event_judge *j, uint32_t to) {
  kh_telling *own = &j->tellings[j->event];
  if (own->trigger.doubts & KH_DOUBT_PROPOSED) // left out until now: few are kept
    kh_event_roles_fill(j->document, &own->trigger, &own->roles);
  kh_event_roles roles = own->roles;
  for (uint32_t i = j->event + 1; i < to; i++) {
    if (!is_of(j, i)) continue;
    const kh_event_roles *more = &j->tellings[i].roles;
    for (uint32_t k = 0; k < more->actors.count; k++)
      kh_role_add(&roles.actors, more->actors.at[k]);
    if (own->trigger.frame->type == KH_EVENT_ASSAULT || !roles.recipients.count)
      for (uint32_t k = 0; k < more->recipients.count; k++)
        kh_role_add(&roles.recipients, more->recipients.at[k]);
    if (roles.place < 0) roles.place = more->place;
    if (roles.time < 0) roles.time = more->time;
  }
  return roles;
}

// Judges who fills the roles of the event, which is `likely` told, and where and when it was.
static void judge_roles(kh_event_judge *j, uint32_t to, float likely) {
  kh_document *d = j->document;
  const kh_ranker *ranker = &d->engine->frames->ranker;
  kh_event *e = &d->claims->events.at[j->event];
  const kh_event_roles roles = roles_of(j, to);
  parties all = {.count = 0};
  setting place = {KH_NONE, least_of_role(ranker, KH_RANK_PLACE, likely)};
  setting time = {KH_NONE, least_of_role(ranker, KH_RANK_TIME, likely)};
  for (uint32_t i = j->event; i < to; i++) {
    if (!is_of(j, i)) continue;
    const kh_trigger *t = &j->tellings[i].trigger;
    const uint32_t sentence = d->tokens->at[t->token].sentence;
    if (j->sentence != sentence) gather(j, sentence);
    question q;
    ask(j, t, e->statement, &roles, &q);
    judge_parties(&q, &all);
    judge_place(&q, &place);
    judge_time(&q, &time);
  }
  if (!ranker->weights) return;
  kh_event_roles chosen = {.place = KH_NONE};
  choose_parties(d, &all, likely, &chosen);
  e->actors = kh_refs_copy(d, chosen.actors.at, chosen.actors.count);
  e->recipients = kh_refs_copy(d, chosen.recipients.at, chosen.recipients.count);
  e->place = place.at;
  e->time = time.at;
}

// What the rules take for a fact may be to come, and what they take for demanded, feared or planned
// may be told as a fact in its midst, if that is all but sure; how it is unreal stays with the
// rules.
static void judge_reality(const kh_event_judge *j, kh_event *e) {
  const kh_ranker *ranker = &j->document->engine->frames->ranker;
  const float unreal = j->tellings[j->event].unreal;
  if (unreal < 0 || e->negated) return;
  const float least = ranker->question[KH_RANK_UNREAL].least;
  if (e->reality != KH_REALITY_ACTUAL && unreal < least / 2)
    e->reality = KH_REALITY_ACTUAL;
  else if (e->reality == KH_REALITY_ACTUAL && unreal >= least)
    e->reality = KH_REALITY_FUTURE;
}

// Judges the event: whether it is to be kept, which is said, and who fills its roles.
static bool judge(kh_event_judge *j) {
  const kh_document *d = j->document;
  kh_event *e = &d->claims->events.at[j->event];
  const kh_telling *own = &j->tellings[j->event];
  if (own->event != j->event && !own->second && !d->engine->learner) return false;
  const uint32_t to = end_of(j);
  float likely = -1;
  for (uint32_t i = j->event; i < to; i++) {
    const kh_telling *t = &j->tellings[i];
    if (!is_of(j, i) || t->likely < 0) continue;
    // the word that it is named by may tell something else
    if (likely < 0) e->trigger = kh_phrase_span(d, t->trigger.token, t->trigger.last);
    if (t->likely > likely) likely = t->likely;
  }
  const bool kept = likely >= kh_least_of(&d->engine->frames->ranker, own);
  if (!kept && !d->engine->learner) return false;
  judge_roles(j, to, likely);
  judge_reality(j, e);
  e->origin.confidence = likely;
  return kept;
}

void kh_judge_events(kh_document *d, kh_telling *tellings, uint32_t count,
                     const uint16_t *left_out) {
  kh_event_judge j = {.document = d,
                      .tellings = tellings,
                      .telling_count = count,
                      .sentence = UINT32_MAX,
                      .left_out = left_out};
  const kh_ranker *ranker = &d->engine->frames->ranker;
  count_violence(&j);
  kh_event_tally(&j);
  kh_claim_layer *claims = d->claims;
  kh_event *ruled = kh_arena_alloc(&d->arena, (claims->events.count + 1) * sizeof *ruled);
  if (claims->events.count) memcpy(ruled, claims->events.at, claims->events.count * sizeof *ruled);
  j.ruled = ruled;
  for (j.event = 0; j.event < count; j.event++) {
    tellings[j.event].unreal = -1;
    kh_judge_telling(&j);
  }
  if (ranker->weights) choose_types(&j);
  bool *kept = kh_arena_zero(&d->arena, (count + 1) * sizeof *kept);
  for (j.event = 0; j.event < count; j.event++) kept[j.event] = judge(&j);
  if (!ranker->weights) return;
  claims->events.count = 0;
  for (uint32_t i = 0; i < count; i++)
    if (kept[i]) claims->events.at[claims->events.count++] = claims->events.at[i];
}
