// SPDX-License-Identifier: Apache-2.0
// Who makes a step, asks for it and tells of it, and where it is made, judged over all who are
// mentioned in its sentence and those that its statement tells of.
#include "claim/step_rank.h"
#include "mention/entity.h"

#include <math.h>

enum { MAX_STEP_PARTIES = 64, MAX_BACK = 12, MAX_ABSENT = 6, MAX_NAMED = 6 };

// Kinds of facts. Never give a number another meaning.
enum fact {
  F_RULED = 240,
  F_WHO,
  F_PLACE,
  F_NEAR,
  F_SUBJECT,
  F_WORD,
  F_PREP,
  F_OLD,
  F_SAID,
  F_CUE,
  F_MOVE,
  F_RANK,
  F_OWN,
  F_VERB,
  F_SALIENT,
};

// What is asked of each of them.
enum { BY, ASKED, TELLS, AT, SLOTS };
static const kh_rank_task task_of[SLOTS] = {KH_RANK_BY, KH_RANK_ASKED, KH_RANK_TELLS, KH_RANK_AT};

typedef struct party {
  int32_t entity;
  uint32_t np; // tokens [np, last) of its likeliest doer's mention; empty: it stands nowhere
  uint32_t last;
  float likely[SLOTS];
} party;

typedef struct parties {
  party at[MAX_STEP_PARTIES];
  uint32_t count;
} parties;

// The move whose parties are asked for.
typedef struct asked_move {
  const kh_step_judge *judge;
  const kh_move *move;
  const kh_step *step; // as the rules read it
  kh_step_kind kind;   // as the model has it
  kh_step_status status;
  uint32_t form; // what word names it
  uint32_t cue;  // of the statement over it, as a fact
  // what the verb and the noun that govern it tell, a bit each
  uint32_t verb_signs;
  uint32_t noun_signs;
  uint32_t subject; // how the verb tells its subject: see subject_of
  int32_t implied;  // whom a verb without a subject means, or KH_NONE
} asked_move;

static bool among(kh_refs refs, int32_t entity) {
  for (uint32_t i = 0; i < refs.count; i++)
    if (refs.at[i] == entity) return true;
  return false;
}

// Where the mention stands: before or after, inside the phrase, subject of the governing verb.
static uint32_t place_of(const asked_move *a, const kh_candidate *c) {
  const kh_document *d = a->judge->document;
  const kh_move *m = a->move;
  const kh_clause *verb = m->verb == KH_NO_TOKEN ? NULL : kh_clause_of(d, m->verb);
  uint32_t place = c->np < m->first ? 1 : c->np < d->claims->phrases->end[m->token] ? 2 : 3;
  if (verb && verb->subject <= c->np && c->np < verb->subject_last)
    place = 4 + (c->np != verb->subject);
  else if (verb && verb->object <= c->np && c->np < verb->object_last)
    place = 6 + (c->np != verb->object);
  return place;
}

static uint32_t at_most_two(uint32_t n) { return n > 2 ? 2 : n; }

// The verb that the mention belongs to, before it or after, and what it is to it.
static void own_verb_facts(const asked_move *a, const kh_candidate *c, kh_facts *f) {
  const kh_event_judge *people = &a->judge->people;
  const kh_standing *s = &people->standing[c - people->at];
  const uint32_t role = s->role;
  if (s->verb == KH_NO_VERB) {
    kh_fact(f, F_OWN, 0, role, 0);
    return;
  }
  const uint32_t lemma = kh_lemma_fact(people->document, s->verb);
  const uint32_t signs = kh_step_signs(a->judge, s->verb);
  const kh_move *m = a->move;
  const uint32_t side = s->verb == m->verb    ? 1
                        : s->verb == m->token ? 2
                        : s->verb < m->token  ? 3
                                              : 4;
  const uint32_t how = role | side << 4;
  kh_fact(f, F_SUBJECT, lemma, role, 1);
  kh_fact(f, F_SUBJECT, kh_cluster_fact(people->document, s->verb), how, 16);
  kh_fact(f, F_SUBJECT, lemma, role, 2 + (uint32_t)a->status);
  kh_fact(f, F_OWN, signs, how, 1);
  kh_fact(f, F_OWN, signs, role | (uint32_t)a->status << 4, 2);
  kh_fact(f, F_OWN, how, (uint32_t)a->status, 3);
  kh_fact(f, F_OWN, how, (uint32_t)a->kind, 4);
  kh_fact(f, F_OWN, how, c->prep, 5);
  kh_fact(f, F_OWN, lemma, c->prep, 64 + how);
}

static void mention_facts(const asked_move *a, const kh_candidate *c, kh_facts *f) {
  const kh_document *d = a->judge->document;
  const kh_move *m = a->move;
  const uint32_t place = place_of(a, c);
  const uint32_t from = c->np < m->first ? c->last : m->last;
  const uint32_t to = c->np < m->first ? m->first : c->np;
  const uint32_t verbs = at_most_two(kh_verbs_between(d, from, to));
  const uint32_t marks = at_most_two(kh_commas_between(d, from, to));
  const uint32_t gap = kh_bucket(to > from ? to - from : 0);
  const uint32_t kind = (uint32_t)a->kind;
  const uint32_t status = (uint32_t)a->status;
  const uint32_t where = place | verbs << 4;
  const uint32_t inner = c->np != c->head;
  kh_fact(f, F_PLACE, where, status, inner);
  kh_fact(f, F_PLACE, where, kind, 1);
  kh_fact(f, F_PLACE, where, c->prep, 2);
  kh_fact(f, F_PLACE, where, kh_text_fact(m->rule), 3);
  kh_fact(f, F_PLACE, where, (uint32_t)(c->joined >= 0), 4);
  kh_fact(f, F_PLACE, where, a->form, 5);
  kh_fact(f, F_PLACE, where | marks << 8, gap, 6);
  kh_fact(f, F_PREP, c->prep, kind, place);
  kh_fact(f, F_PREP, c->prep, a->form, 16 + place);
  kh_fact(f, F_PREP, c->prep, kh_lemma_fact(d, m->token), 32 + place);
  kh_fact(f, F_NEAR, gap, place, verbs);
  kh_fact(f, F_NEAR, gap, place, status + 16);
  const uint32_t word = c->np ? kh_lemma_fact(d, c->np - 1) : 1;
  kh_fact(f, F_WORD, word, place, 0);
  if (c->np) kh_fact(f, F_WORD, kh_cluster_fact(d, c->np - 1), place, 2);
  if (inner) kh_fact(f, F_WORD, kh_lemma_fact(d, c->head), place, 1);
  if (inner) kh_fact(f, F_WORD, kh_cluster_fact(d, c->head), place, 3);
  kh_fact(f, F_WORD, kh_cluster_fact(d, c->np), place, 4);
  if (m->verb != KH_NO_TOKEN) {
    kh_fact(f, F_SUBJECT, kh_lemma_fact(d, m->verb), place, 0);
    kh_fact(f, F_SUBJECT, kh_cluster_fact(d, m->verb), place, 17);
  }
  own_verb_facts(a, c, f);
}

static uint32_t who_is(const kh_document *d, int32_t entity) {
  if (entity < 0) return 0;
  const kh_draft *e = &d->mentions->entities.at[entity];
  return 1U + ((uint32_t)e->kind << 5 | (uint32_t)e->sector);
}

// Did the entity make, or ask for, a step of the kind before?
static uint32_t told_of(const asked_move *a, int32_t entity) {
  const kh_claim_layer *claims = a->judge->document->claims;
  uint32_t old = 0;
  for (uint32_t i = claims->steps.count, n = 0; i-- > 0 && n < MAX_BACK; n++)
    if (claims->steps.at[i].kind == a->step->kind)
      old |= (uint32_t)among(claims->steps.at[i].by, entity) |
             (uint32_t)among(claims->steps.at[i].asked_by, entity) << 1;
  return old;
}

// How often the entity is named, and whether the report begins with it.
static uint32_t salience_of(const kh_document *d, int32_t entity) {
  uint32_t named = 0;
  const kh_entity_state *state = kh_entity_state_of(d, entity);
  for (int32_t at = state->first_name; at >= 0 && named < MAX_NAMED; named++)
    at = d->mentions->next_name[at];
  const bool lead = d->tokens->at[state->first_token].sentence < 2;
  return kh_bucket(named) << 1 | (uint32_t)lead;
}

static void party_facts(const asked_move *a, int32_t entity, const kh_candidate *c, kh_facts *f) {
  const kh_document *d = a->judge->document;
  const kh_step *s = a->step;
  const int32_t at = a->move->statement;
  const kh_statement *over = at >= 0 ? &d->claims->statements.at[at] : NULL;
  const uint32_t said = over ? 1U + (uint32_t)(over->speaker == entity) +
                                   2U * (uint32_t)among(over->to, entity) +
                                   4U * (uint32_t)(over->via == entity)
                             : 0;
  const uint32_t ruled =
      (uint32_t)among(s->by, entity) | (uint32_t)among(s->asked_by, entity) << 1 |
      (uint32_t)(s->according_to == entity) << 2 | (uint32_t)(s->place == entity) << 3;
  const uint32_t counts =
      (s->by.count > 2 ? 2U : s->by.count) | (s->asked_by.count > 2 ? 2U : s->asked_by.count) << 2;
  const uint32_t who = who_is(d, entity);
  const uint32_t rule = kh_text_fact(a->move->rule);
  const uint32_t status = (uint32_t)a->status;
  const uint32_t kind = (uint32_t)a->kind;
  const uint32_t old = told_of(a, entity);
  const uint32_t where = c ? place_of(a, c) : 15;
  kh_fact(f, F_RULED, ruled, status, 0);
  kh_fact(f, F_RULED, ruled, kind, 1);
  kh_fact(f, F_RULED, ruled, counts, 2);
  kh_fact(f, F_RULED, ruled, rule, 3);
  kh_fact(f, F_RULED, ruled, where, 4);
  kh_fact(f, F_RULED, ruled, said, 5);
  kh_fact(f, F_RULED, ruled, a->form, 6);
  kh_fact(f, F_WHO, who, ruled, 0);
  kh_fact(f, F_WHO, who >> 5, status, 1);
  kh_fact(f, F_WHO, who, kind, 2);
  kh_fact(f, F_WHO, who, where, 3);
  kh_fact(f, F_WHO, who >> 5, where, 4);
  kh_fact(f, F_SAID, said, status, 2);
  kh_fact(f, F_SAID, said, ruled, 3);
  kh_fact(f, F_SAID, said, rule, 4);
  kh_fact(f, F_SAID, said, where, 5);
  kh_fact(f, F_SAID, said, a->form, 6);
  kh_fact(f, F_SAID, said, kind, 7);
  kh_fact(f, F_SAID, said, who, 8);
  kh_fact(f, F_CUE, a->cue, said, 0);
  kh_fact(f, F_CUE, a->cue, said, 1 + status);
  kh_fact(f, F_OLD, old, ruled, 0);
  kh_fact(f, F_OLD, old, status, 1);
  kh_fact(f, F_OLD, old, counts, 2);
  kh_fact(f, F_MOVE, kh_lemma_fact(d, a->move->token), where, 0);
  kh_fact(f, F_MOVE, kh_lemma_fact(d, a->move->token), said, 1);
  kh_fact(f, F_MOVE, kh_cluster_fact(d, a->move->token), where, 2);
  kh_fact(f, F_MOVE, kh_cluster_fact(d, a->move->token), who, 3);
  const uint32_t told = a->subject | (uint32_t)(entity == a->implied) << 3;
  kh_fact(f, F_VERB, told, said, 0);
  kh_fact(f, F_VERB, told, where, 1);
  kh_fact(f, F_VERB, told, status, 2);
  kh_fact(f, F_VERB, a->verb_signs, said, 3);
  kh_fact(f, F_VERB, a->verb_signs, where, 4);
  kh_fact(f, F_VERB, a->verb_signs, told, 5);
  kh_fact(f, F_VERB, a->noun_signs, said, 6);
  kh_fact(f, F_VERB, a->noun_signs, where, 7);
  const uint32_t known = salience_of(d, entity);
  kh_fact(f, F_SALIENT, known, ruled, 0);
  kh_fact(f, F_SALIENT, known, where, 1);
  kh_fact(f, F_SALIENT, known, kind, 2);
  if (c)
    mention_facts(a, c, f);
  else
    kh_fact(f, F_PLACE, 15, ruled, said);
}

static void judge_party(const asked_move *a, int32_t entity, const kh_candidate *c, parties *all) {
  const kh_document *d = a->judge->document;
  const kh_ranker *ranker = &d->engine->frames->steps;
  const kh_step *s = a->step;
  kh_facts f;
  kh_facts_begin(&f, ranker, KH_RANK_BY, KH_RANK_ASKED);
  party_facts(a, entity, c, &f);
  const bool ruled[] = {among(s->by, entity), among(s->asked_by, entity), s->according_to == entity,
                        s->place == entity};
  party found = {.entity = entity, .np = c ? c->np : 0, .last = c ? c->last : 0};
  for (uint32_t i = 0; i < SLOTS; i++) {
    if (i == AT && d->mentions->entities.at[entity].kind != KH_KIND_PLACE) continue;
    const kh_learn_item item = {.question = task_of[i],
                                .trigger = s->what,
                                .type = (int)a->kind,
                                .entity = entity,
                                .item = a->judge->item,
                                .span = c ? kh_phrase_span(d, c->np, c->last) : (kh_span){0, 0},
                                .ruled = ruled[i]};
    kh_tell_learner(a->judge, &item, &f);
    // two of the questions are told to the facts beforehand
    found.likely[i] =
        i < TELLS ? kh_rank(&f, i) : 1.0F / (1.0F + expf(-kh_rank_unforeseen(&f, task_of[i])));
  }
  for (uint32_t i = 0; i < all->count; i++) {
    if (all->at[i].entity != entity) continue;
    if (found.likely[BY] > all->at[i].likely[BY]) {
      all->at[i].np = found.np;
      all->at[i].last = found.last;
    }
    for (uint32_t k = 0; k < SLOTS; k++)
      if (found.likely[k] > all->at[i].likely[k]) all->at[i].likely[k] = found.likely[k];
    return;
  }
  if (all->count < MAX_STEP_PARTIES) all->at[all->count++] = found;
}

static bool is_mentioned(const asked_move *a, int32_t entity, const parties *all) {
  for (uint32_t i = 0; i < a->judge->people.count; i++)
    if (a->judge->people.at[i].entity == entity) return true;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].entity == entity) return true;
  return false;
}

static void judge_absent(const asked_move *a, kh_refs refs, parties *all) {
  for (uint32_t i = 0; refs.at && i < refs.count && i < MAX_ABSENT; i++)
    if (refs.at[i] >= 0 && !is_mentioned(a, refs.at[i], all)) judge_party(a, refs.at[i], NULL, all);
}

// The last step of the kind: it may have the same parties.
static const kh_step *step_before(const asked_move *a) {
  const kh_claim_layer *claims = a->judge->document->claims;
  for (uint32_t i = claims->steps.count, n = 0; i-- > 0 && n < MAX_BACK; n++)
    if (claims->steps.at[i].kind == a->step->kind) return &claims->steps.at[i];
  return NULL;
}

static void judge_all(const asked_move *a, parties *all) {
  const kh_document *d = a->judge->document;
  const kh_step *s = a->step;
  for (uint32_t i = 0; i < a->judge->people.count; i++)
    judge_party(a, a->judge->people.at[i].entity, &a->judge->people.at[i], all);
  judge_absent(a, s->by, all);
  judge_absent(a, s->asked_by, all);
  judge_absent(a, (kh_refs){&s->according_to, 1}, all);
  judge_absent(a, (kh_refs){&a->implied, 1}, all);
  if (a->move->statement >= 0) {
    const kh_statement *over = &d->claims->statements.at[a->move->statement];
    judge_absent(a, (kh_refs){&over->speaker, 1}, all);
    judge_absent(a, over->to, all);
  }
  const kh_step *before = step_before(a);
  if (before) judge_absent(a, before->by, all);
  const kh_claim_layer *claims = d->claims;
  if (claims->steps.count) judge_absent(a, claims->steps.at[claims->steps.count - 1].by, all);
}

// The likeliest of all for a question that has one answer; KH_NONE when none is likely enough.
static int32_t one_of(const parties *all, const kh_ranker *ranker, uint32_t slot) {
  float most = ranker->question[task_of[slot]].least;
  int32_t best = KH_NONE;
  for (uint32_t i = 0; i < all->count; i++) {
    const float likely = all->at[i].likely[slot];
    if (likely < most || likely <= 0) continue;
    most = likely;
    best = all->at[i].entity;
  }
  return best;
}

// «معظم أفراد القوات الأمريكية»: of those whose words hold one another, the likeliest alone counts.
static bool is_outdone(const parties *all, uint32_t slot, uint32_t n) {
  const party *p = &all->at[n];
  for (uint32_t i = 0; i < all->count; i++) {
    const party *other = &all->at[i];
    if (i == n || other->np >= p->last || p->np >= other->last) continue;
    if (other->likely[slot] > p->likely[slot] || (other->likely[slot] == p->likely[slot] && i < n))
      return true;
  }
  return false;
}

static kh_refs all_of(kh_document *d, const parties *all, uint32_t slot) {
  const float least = d->engine->frames->steps.question[task_of[slot]].least;
  kh_role_list list = {.count = 0};
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].likely[slot] >= least && !is_outdone(all, slot, i))
      kh_role_add(&list, all->at[i].entity);
  for (uint32_t i = 0; i < list.count; i++) d->mentions->entities.at[list.at[i]].used = true;
  return kh_refs_copy(d, list.at, list.count);
}

static uint32_t form_of(const kh_document *d, const kh_move *m) {
  const kh_word *w = kh_reading(d, m->token);
  return (m->is_verb                  ? 1U
          : w->features & KH_F_MASDAR ? 2U
                                      : 0) |
         (w->proclitics & KH_CLITIC_AL ? 4U : 0) | (w->enclitic != KH_ENC_NONE ? 8U : 0) |
         (m->last - m->first > 1 ? 16U : 0);
}

// How the governing verb tells its subject: no verb, a noun, nobody but its own ending, a first
// person, a passive.
enum { NO_VERB, BY_NOUN, BY_ENDING, BY_FIRST, BY_NOBODY };

static void read_verb(asked_move *a) {
  kh_document *d = a->judge->document;
  const kh_move *m = a->move;
  if (m->governor != KH_NO_TOKEN) a->noun_signs = kh_step_signs(a->judge, m->governor);
  const kh_clause *c = m->verb == KH_NO_TOKEN ? NULL : kh_clause_of(d, m->verb);
  a->subject = NO_VERB;
  if (!c) return;
  a->verb_signs = kh_step_signs(a->judge, m->verb);
  const uint32_t features = kh_reading(d, m->verb)->features;
  a->subject = c->passive                      ? BY_NOBODY
               : features & KH_F_FIRST         ? BY_FIRST
               : c->subject == c->subject_last ? BY_ENDING
                                               : BY_NOUN;
  if (a->subject == BY_ENDING) a->implied = kh_entity_before(d, m->verb, features);
}

void kh_judge_parties(kh_step_judge *j, const kh_move *m, const kh_step *s, kh_verdict *v) {
  kh_document *d = j->document;
  const kh_ranker *ranker = &d->engine->frames->steps;
  if (!ranker->weights) return;
  const uint32_t sentence = d->tokens->at[m->token].sentence;
  kh_event_judge *people = &j->people;
  if (people->sentence != sentence) {
    people->sentence = sentence;
    people->count = kh_candidates(d, sentence, people->at);
    kh_event_stand(people);
  }
  const kh_statement *over = m->statement >= 0 ? &d->claims->statements.at[m->statement] : NULL;
  asked_move a = {.judge = j,
                  .move = m,
                  .step = s,
                  .kind = v->kind,
                  .status = v->status,
                  .form = form_of(d, m),
                  .cue = over ? kh_text_fact(over->origin.rule) : 0,
                  .implied = KH_NONE};
  read_verb(&a);
  parties all = {.count = 0};
  judge_all(&a, &all);
  // a model that does not answer a question leaves it to the rules
  if (ranker->question[KH_RANK_BY].least > 0) v->by = all_of(d, &all, BY);
  if (ranker->question[KH_RANK_ASKED].least > 0) v->asked_by = all_of(d, &all, ASKED);
  if (ranker->question[KH_RANK_TELLS].least > 0) v->according_to = one_of(&all, ranker, TELLS);
  if (ranker->question[KH_RANK_AT].least > 0) v->place = one_of(&all, ranker, AT);
}
