// SPDX-License-Identifier: Apache-2.0
// Facts about those who may fill a role that look beyond the trigger: where they stand among the
// others of the sentence, what their own verb is, what they do in the rest of the report.
#include "claim/event_rank.h"
#include "mention/entity.h"

// Kinds of facts, beside those of event_rank.c and event_sure.c. Never give a number another
// meaning.
enum fact {
  F_HEAD_WORD = 128,
  F_OWN_CLAUSE,
  F_OWN_VERB,
  F_ORDER,
  F_BETWEEN,
  F_PATH,
  F_KIND_PLACE,
  F_LEFT,
  F_RIGHT,
  F_TALLY,
  F_SALIENT,
  F_LEMMA_KIND,
  F_HEAD_CLUSTER,
  F_OWN_CLUSTER,
  F_PATH_CLUSTER,
};

// What a candidate is to the nearest verb.
enum { AS_SUBJECT = 1, AS_OBJECT = 3, AFTER_VERB = 5, BEFORE_VERBS = 6 };

// In tokens: how long a way between trigger and candidate is told word by word, and by lemmas.
enum { MAX_PATH = 6, MAX_WORDS = 2 };

// ------------------------------------------------------------------ standing

static void stand_in_clause(kh_event_judge *j, const kh_clause *c) {
  for (uint32_t i = 0; i < j->count; i++) {
    const kh_candidate *at = &j->at[i];
    kh_standing *s = &j->standing[i];
    if (c->subject <= at->np && at->np < c->subject_last)
      *s = (kh_standing){c->verb, AS_SUBJECT + (at->np != c->subject), s->doer, s->led};
    else if (c->object <= at->np && at->np < c->object_last)
      *s = (kh_standing){c->verb, AS_OBJECT + (at->np != c->object), s->doer, s->led};
    else if (at->np > c->verb && (s->role == BEFORE_VERBS || s->role == AFTER_VERB))
      *s = (kh_standing){c->verb, AFTER_VERB, s->doer, s->led};
  }
}

void kh_event_stand(kh_event_judge *j) {
  const kh_document *d = j->document;
  const kh_sentence *s = &d->tokens->sentences[j->sentence];
  for (uint32_t i = 0; i < j->count; i++)
    j->standing[i] = (kh_standing){KH_NO_VERB, BEFORE_VERBS, kh_is_doer(d, j->at[i].entity), false};
  for (uint32_t i = 0; i < j->count; i++)
    if (j->at[i].joined >= 0) j->standing[j->at[i].joined].led = true;
  for (uint32_t t = s->first; t < s->last; t++) {
    const kh_clause *c = kh_clause_of(d, t);
    if (c) stand_in_clause(j, c);
  }
}

// ------------------------------------------------------------------ what they do elsewhere

static bool is_force(kh_event_type type) {
  return type == KH_EVENT_ASSAULT || type == KH_EVENT_COERCE;
}

static void count_one(uint8_t *counter) {
  if (*counter < UINT8_MAX) ++*counter;
}

void kh_event_tally(kh_event_judge *j) {
  kh_document *d = j->document;
  j->tally_count = d->mentions->entities.count;
  j->tallies = kh_arena_zero(&d->arena, (j->tally_count + 1) * sizeof *j->tallies);
  for (uint32_t i = 0; i < d->claims->events.count; i++) {
    if (!kh_leads(j, i)) continue;
    const kh_event *e = &d->claims->events.at[i];
    const bool force = is_force(e->type);
    for (uint32_t k = 0; k < e->actors.count; k++)
      count_one(&j->tallies[e->actors.at[k]].did[force]);
    for (uint32_t k = 0; k < e->recipients.count; k++)
      count_one(&j->tallies[e->recipients.at[k]].was[force]);
  }
}

static uint32_t at_most_two(uint32_t n) { return n > 2 ? 2 : n; }

// How often the entity is named, at most 6.
static uint32_t names_of(const kh_document *d, int32_t entity) {
  uint32_t n = 0;
  for (int32_t at = kh_entity_state_of(d, entity)->first_name; at >= 0 && n < 6; n++)
    at = d->mentions->next_name[at];
  return n;
}

void kh_report_facts(const kh_event_judge *j, const kh_trigger *t, int32_t entity, uint32_t rule,
                     kh_facts *f) {
  const kh_document *d = j->document;
  const uint32_t type = (uint32_t)t->frame->type;
  const bool force = is_force((kh_event_type)type);
  // who is first met while candidates are gathered has done nothing so far
  static const kh_tally nothing;
  const kh_tally *tally = (uint32_t)entity < j->tally_count ? &j->tallies[entity] : &nothing;
  // the event itself does not count
  const uint32_t did = at_most_two(tally->did[force] - (tally->did[force] && rule & 1));
  const uint32_t was = at_most_two(tally->was[force] - (tally->was[force] && rule & 2));
  const uint32_t other = (uint32_t)(tally->did[!force] > 0) | (uint32_t)(tally->was[!force] > 0)
                                                                  << 1;
  kh_fact(f, F_TALLY, did | was << 2, rule, type);
  kh_fact(f, F_TALLY, did | was << 2 | other << 4, rule, 64U + force);
  const uint32_t lead = d->tokens->at[kh_entity_state_of(d, entity)->first_token].sentence < 2;
  const uint32_t named = kh_bucket(names_of(d, entity));
  kh_fact(f, F_SALIENT, named | lead << 3, rule, force);
  kh_fact(f, F_SALIENT, lead, type, rule | 8U);
}

// ------------------------------------------------------------------ among the others

// Parts of speech and marks between, as one number.
static uint32_t path_of(const kh_document *d, uint32_t from, uint32_t to) {
  uint32_t path = 1;
  for (uint32_t t = from; t < to; t++) {
    const bool word = kh_is_word(d, t);
    const uint32_t step = !word                                   ? 16U + d->tokens->at[t].mark
                          : d->mentions->name_at[t] >= 0          ? 14U
                          : d->claims->phrases->clause_at[t] >= 0 ? 15U
                                                                  : kh_reading(d, t)->pos;
    path = path * 61U + step;
  }
  return path;
}

static void path_facts(const kh_event_judge *j, const kh_trigger *t, const kh_candidate *c,
                       uint32_t place, kh_facts *f) {
  const kh_document *d = j->document;
  const uint32_t from = c->np < t->token ? c->last : t->last;
  const uint32_t to = c->np < t->token ? t->token : c->first;
  const uint32_t type = (uint32_t)t->frame->type;
  if (to > from + MAX_PATH || to < from) return;
  const uint32_t path = path_of(d, from, to);
  kh_fact(f, F_PATH, path, place, t->part | c->prep << 4);
  kh_fact(f, F_PATH, path, type, place | 64U);
  if (to > from + MAX_WORDS) return;
  uint32_t words = place;
  uint32_t clusters = place;
  for (uint32_t i = from; i < to; i++) {
    words = words * 31U + kh_lemma_fact(d, i);
    clusters = clusters * 31U + kh_cluster_fact(d, i);
  }
  kh_fact(f, F_PATH, words, t->part, 99);
  kh_fact(f, F_PATH, words, kh_lemma_fact(d, t->token), 98);
  kh_fact(f, F_PATH_CLUSTER, clusters, kh_cluster_fact(d, t->token), 0);
}

static void order_facts(const kh_event_judge *j, const kh_trigger *t, uint32_t n, uint32_t place,
                        uint32_t rule, kh_facts *f) {
  const kh_candidate *c = &j->at[n];
  const bool before = c->np < t->token;
  uint32_t nearer = 0;
  uint32_t doers = 0;
  for (uint32_t i = 0; i < j->count; i++) {
    const kh_candidate *other = &j->at[i];
    if (i == n || other->entity == c->entity) continue;
    if (before ? other->np < c->np || other->np >= t->token
               : other->np < t->last || other->np >= c->np)
      continue;
    nearer++;
    doers += j->standing[i].doer;
  }
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t doer = j->standing[n].doer;
  kh_fact(f, F_ORDER, kh_bucket(nearer), place, type);
  kh_fact(f, F_BETWEEN, kh_bucket(doers), place, doer | rule << 1);
  kh_fact(f, F_BETWEEN, kh_bucket(doers), type, doer | (uint32_t)before << 1 | 16U);
}

void kh_near_facts(const kh_event_judge *j, const kh_trigger *t, uint32_t n, uint32_t place,
                   uint32_t rule, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_candidate *c = &j->at[n];
  const kh_draft *e = &d->mentions->entities.at[c->entity];
  const kh_standing *s = &j->standing[n];
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t kind = (uint32_t)e->kind << 5 | (uint32_t)e->sector;
  const uint32_t head =
      d->mentions->name_at[c->np] >= 0 ? 0x400U + (uint32_t)e->kind : kh_lemma_fact(d, c->np);
  kh_fact(f, F_HEAD_WORD, head, place, 0);
  kh_fact(f, F_HEAD_WORD, head, type, rule);
  const uint32_t cluster = kh_cluster_fact(d, c->np);
  kh_fact(f, F_HEAD_CLUSTER, cluster, place, type);
  kh_fact(f, F_HEAD_CLUSTER, cluster, kh_cluster_fact(d, t->token), 32);
  kh_fact(f, F_KIND_PLACE, kind, type, place);
  kh_fact(f, F_LEMMA_KIND, kh_lemma_fact(d, t->token), place, (uint32_t)e->kind);
  const bool own = t->clause && t->clause->verb == s->verb;
  kh_fact(f, F_OWN_CLAUSE, s->role, (uint32_t)own | rule << 1, type);
  kh_fact(f, F_OWN_CLAUSE, s->role, (uint32_t)own | (uint32_t)t->part << 1, place | 64U);
  if (s->verb != KH_NO_VERB) {
    const uint32_t verb = kh_lemma_fact(d, s->verb);
    kh_fact(f, F_OWN_VERB, verb, s->role, type);
    kh_fact(f, F_OWN_CLUSTER, kh_cluster_fact(d, s->verb), s->role, type);
    kh_fact(f, F_OWN_CLUSTER, kh_cluster_fact(d, s->verb), s->role, 32U + (s->verb < t->token));
    kh_fact(f, F_OWN_VERB, verb, s->role, 32U + (s->verb < t->token));
  }
  const kh_sentence *sentence = kh_sentence_of(d, t->token);
  const uint32_t left = t->token > sentence->first ? kh_lemma_fact(d, t->token - 1) : 0;
  const uint32_t right = t->last < sentence->last ? kh_lemma_fact(d, t->last) : 0;
  kh_fact(f, F_LEFT, left, place, rule);
  kh_fact(f, F_RIGHT, right, place, rule);
  path_facts(j, t, c, place, f);
  order_facts(j, t, n, place, rule, f);
}
