// SPDX-License-Identifier: Apache-2.0
// Is a happening told as one of the report, or only spoken of: history, law, opinion, a name?
#include "claim/event_rank.h"
#include "claim/figure.h"

#include <string.h>

// In tokens: the words around the trigger that are looked at; in tellings: other words of its
// sentence.
enum { NEAR = 6, MOST_BESIDE = 24 };

// Of the words that only a list proposes, few are kept. One that is this far from what it must
// reach by its own form, or with what stands around it, is not looked at any further: of the
// reports that the model learns from, no event is lost by it.
static const float HOPELESS_FORM = 0.33F;
static const float HOPELESS_AROUND = 0.47F;

// Kinds of facts, beside those of event_rank.c. Never give a number another meaning.
enum fact {
  F_FRAME = 64,
  F_LEMMA,
  F_FORM,
  F_WORD_BEFORE,
  F_WORD_AFTER,
  F_GOVERNOR,
  F_WHERE,
  F_SCOPE,
  F_STATEMENT,
  F_FILLED,
  F_FIGURE,
  F_DAY,
  F_TOLD,
  F_OTHERS,
  F_BAG,
  F_CLAUSE,
  F_LENGTH,
  F_PERSON,
  F_MARK,
  F_DOUBT,
  F_BESIDE,
  F_RIVAL,
  F_CLUSTER,
  // those of event_more.c begin at 87
};

static uint32_t lemma_at(const kh_document *d, uint32_t t) { return kh_lemma_fact(d, t); }

static uint32_t hash_of(const char *text) {
  uint32_t hash = 0;
  for (; *text; text++) hash = hash * 31U + (uint8_t)*text;
  return hash;
}

// Words of violence in the document, but for those of the sentence: what is the report about?
static uint32_t violence_elsewhere(const kh_event_judge *j, uint32_t sentence) {
  const uint32_t *counts = j->violence;
  return counts ? counts[j->document->tokens->sentence_count] - counts[sentence] : 0;
}

static uint32_t age_of(const kh_document *d, int32_t time) {
  if (time < 0) return 0;
  const char *day = kh_report_day(d);
  const char *value = d->mentions->times.at[time].time.value;
  if (!day[0] || !value || strlen(value) < 4) return 1;
  if (value[0] < '0' || value[0] > '9') return 2 + (uint32_t)(value[0] == 'P');
  if (strncmp(day, value, 4) != 0) return 4;
  return strlen(value) >= 7 && strncmp(day, value, 7) == 0 ? 5 : 6;
}

static void form_facts(const kh_document *d, const kh_trigger *t, kh_facts *f) {
  const kh_word *w = kh_reading(d, t->token);
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t form =
      w->proclitics | (uint32_t)(w->enclitic != KH_ENC_NONE) << 8 |
      (w->features & KH_F_PAST ? 1U << 9 : 0) | (w->features & KH_F_PLUR ? 1U << 10 : 0) |
      (w->features & KH_F_PASSIVE ? 1U << 11 : 0) | (w->features & KH_F_FIRST ? 1U << 12 : 0);
  kh_fact(f, F_FRAME, t->frame->fact, 0, 0);
  kh_fact(f, F_LEMMA, lemma_at(d, t->token), 0, 0);
  kh_fact(f, F_LEMMA, lemma_at(d, t->token), form & KH_CLITIC_AL, 1);
  kh_fact(f, F_FORM, form, t->part, 0);
  kh_fact(f, F_FORM, form, t->part, type + 1);
  kh_fact(f, F_FORM, t->part, type, 99);
}

static void around_facts(const kh_document *d, const kh_trigger *t, kh_facts *f) {
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t before = t->token > s->first ? lemma_at(d, t->token - 1) : 1;
  const uint32_t before2 = t->token > s->first + 1 ? lemma_at(d, t->token - 2) : 1;
  kh_fact(f, F_WORD_BEFORE, before, t->part, 0);
  kh_fact(f, F_WORD_BEFORE, before, type, 1);
  kh_fact(f, F_WORD_BEFORE, before2, t->part, 2);
  kh_fact(f, F_WORD_AFTER, t->last < s->last ? lemma_at(d, t->last) : 1, t->part, type);
  const uint32_t from = t->token > s->first + NEAR ? t->token - NEAR : s->first;
  const uint32_t to = t->last + NEAR < s->last ? t->last + NEAR : s->last;
  for (uint32_t i = from; i < to; i++)
    if ((i < t->token || i >= t->last) && kh_is_word(d, i))
      kh_fact(f, F_BAG, lemma_at(d, i), type == KH_EVENT_ASSAULT, 0);
  const kh_clause *c = t->clause;
  if (c && t->part != KH_PART_VERB) {
    const uint32_t role = c->subject <= t->token && t->token < c->subject_last ? 1
                          : c->object <= t->token && t->token < c->object_last ? 2
                          : c->verb < t->token                                 ? 3
                                                                               : 4;
    kh_fact(f, F_GOVERNOR, lemma_at(d, c->verb), role, 0);
    kh_fact(f, F_GOVERNOR, lemma_at(d, c->verb), type, 1);
    kh_fact(f, F_CLAUSE, role, (kh_reading(d, c->verb)->features & KH_F_PAST) != 0, type);
  } else {
    kh_fact(f, F_CLAUSE, c ? c->subject_relative + 8U : 9U, t->part, type);
    if (c) kh_fact(f, F_CLAUSE, c->first == s->first, c->passive, 10);
  }
  // the head of the phrase that it completes
  for (uint32_t i = t->token; i-- > s->first && t->token - i < 5;)
    if (d->claims->phrases->end[i] > t->token)
      kh_fact(f, F_GOVERNOR, lemma_at(d, i), t->token - i, 2);
}

static void report_facts(const kh_event_judge *j, const kh_trigger *t, const kh_event *e,
                         kh_facts *f) {
  const kh_document *d = j->document;
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t sentence = d->tokens->at[t->token].sentence;
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const uint32_t others = kh_bucket(violence_elsewhere(j, sentence));
  const uint32_t definite = (kh_reading(d, t->token)->proclitics & KH_CLITIC_AL) != 0;
  const uint32_t part = t->part | definite << 5;
  kh_fact(f, F_OTHERS, others, type, 0);
  kh_fact(f, F_OTHERS, others, type, part);
  kh_fact(f, F_WHERE, sentence < 3 ? sentence : 3, type, 0);
  kh_fact(f, F_LENGTH, kh_bucket(s->last - s->first),
          (t->token - s->first) * 4 / (s->last - s->first), type == KH_EVENT_ASSAULT);
  const kh_statement *over = e->statement >= 0 ? &d->claims->statements.at[e->statement] : NULL;
  const uint32_t said = over ? hash_of(over->origin.rule) + (uint32_t)over->mode : 0;
  kh_fact(f, F_STATEMENT, said, 0, 0);
  kh_fact(f, F_STATEMENT, over != NULL, type, part);
  const uint32_t reality = (uint32_t)e->reality | (uint32_t)e->negated << 3;
  kh_fact(f, F_SCOPE, reality, type, 0);
  kh_fact(f, F_SCOPE, d->claims->phrases->scope[t->token], type, t->part);
  const uint32_t filled = (uint32_t)(e->actors.count > 0) | (uint32_t)(e->recipients.count > 0)
                                                                << 1;
  const uint32_t set = (uint32_t)(e->place >= 0) | (uint32_t)(e->time >= 0) << 1;
  kh_fact(f, F_FILLED, filled, type, part);
  kh_fact(f, F_FILLED, set, type, part | 64);
  kh_fact(f, F_FILLED, filled | set << 2, type == KH_EVENT_ASSAULT, 128);
  const uint32_t age = age_of(d, e->time);
  kh_fact(f, F_DAY, age, type, 0);
  kh_fact(f, F_DAY, age, part, type == KH_EVENT_ASSAULT);
}

// Figures of harm in the sentence, before or after the trigger; other words of violence.
static void company_facts(const kh_event_judge *j, const kh_trigger *t, const kh_event *e,
                          kh_facts *f) {
  const kh_document *d = j->document;
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const kh_claim_layer *claims = d->claims;
  const uint32_t from = d->tokens->at[s->first].start;
  const uint32_t to = d->tokens->at[s->last - 1].end;
  uint32_t harmed = 0;
  uint32_t counted = 0;
  for (uint32_t i = claims->figures.count, n = 0; i-- > 0 && n < 64; n++) {
    const kh_figure *figure = &claims->figures.at[i];
    if (figure->span.start < from || figure->span.start >= to) continue;
    counted++;
    harmed += figure->what == KH_HARM_KILLED || figure->what == KH_HARM_WOUNDED;
  }
  kh_fact(f, F_FIGURE, kh_bucket(harmed), e->type, t->part);
  kh_fact(f, F_FIGURE, kh_bucket(counted), e->type, 16);
  static const kh_class marks[] = {
      KH_CLASS_WEAPON,     KH_CLASS_JUDGEMENT, KH_CLASS_PAST_BACKGROUND, KH_CLASS_METAPHOR,
      KH_CLASS_SPORT,      KH_CLASS_EV_ACCUSE, KH_CLASS_CAUSE_HARM,      KH_CLASS_CAUSED_BY,
      KH_CLASS_CLAIM_RESP, KH_CLASS_OUTBREAK,  KH_CLASS_HM_KILLED,       KH_CLASS_HM_WOUNDED};
  uint64_t cues[KH_CLASS_WORDS] = {0}; // of all the words
  uint32_t violent = 0;
  uint32_t firsts = 0;
  for (uint32_t i = s->first; i < s->last; i++) {
    if (!kh_is_word(d, i) || d->mentions->name_at[i] >= 0 || d->morph->inside_phrase[i]) continue;
    if (i >= t->token && i < t->last) continue;
    const uint64_t *own = d->claims->phrases->cues[i];
    for (uint32_t w = 0; w < KH_CLASS_WORDS; w++) cues[w] |= own[w];
    violent += kh_cue_at(d, i, KH_CLASS_EV_ASSAULT);
    if (d->claims->phrases->clause_at[i] >= 0 && kh_reading(d, i)->features & KH_F_FIRST) firsts++;
  }
  for (uint32_t k = 0; k < sizeof marks / sizeof *marks; k++)
    if (kh_in_class_set(cues, marks[k])) kh_fact(f, F_MARK, k, e->type == KH_EVENT_ASSAULT, 0);
  kh_fact(f, F_OTHERS, kh_bucket(violent), e->type, 77);
  kh_fact(f, F_PERSON, firsts > 0, e->type == KH_EVENT_ASSAULT, 0);
}

// Other words of the type in the sentence that frames know, before and after it.
static void beside_facts(const kh_event_judge *j, uint32_t own, kh_facts *f) {
  const kh_document *d = j->document;
  const kh_telling *t = &j->tellings[own];
  const uint32_t type = (uint32_t)t->trigger.frame->type;
  const uint32_t token = t->trigger.token;
  uint32_t count[2] = {0, 0};
  uint32_t same = 0;
  for (uint32_t way = 0; way < 2; way++)
    for (uint32_t n = 1; n <= MOST_BESIDE; n++) {
      if (way ? own + n >= j->telling_count : n > own) break;
      const uint32_t i = way ? own + n : own - n;
      const kh_telling *other = &j->tellings[i];
      if (!kh_share_sentence(d, token, other->trigger.token)) break;
      if (other->trigger.token == token) {
        // what else the word may tell
        kh_fact(f, F_RIVAL, type, (uint32_t)other->trigger.frame->type,
                other->trigger.doubts & KH_DOUBT_PROPOSED);
        continue;
      }
      if (other->trigger.frame->type != t->trigger.frame->type || !kh_leads(j, i) || i == t->event)
        continue;
      count[way]++;
      same |= kh_lemma_fact(d, other->trigger.token) == kh_lemma_fact(d, token);
    }
  for (uint32_t left = j->left_out[token], other = 0; left; left >>= 1, other++)
    if (left & 1) kh_fact(f, F_RIVAL, type, other, KH_DOUBT_PROPOSED);
  const uint32_t beside = kh_bucket(count[0]) | kh_bucket(count[1]) << 3;
  const uint32_t proposed = t->trigger.doubts & KH_DOUBT_PROPOSED;
  kh_fact(f, F_BESIDE, beside, same | proposed, 0);
  kh_fact(f, F_BESIDE, beside, proposed, type + 1);
}

// What the words' clusters say where the words themselves are rare.
static void cluster_facts(const kh_document *d, const kh_trigger *t, kh_facts *f) {
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const uint32_t type = (uint32_t)t->frame->type;
  const uint32_t own = kh_cluster_fact(d, t->token);
  const uint32_t before = t->token > s->first ? kh_cluster_fact(d, t->token - 1) : 1;
  const uint32_t after = t->last < s->last ? kh_cluster_fact(d, t->last) : 1;
  kh_fact(f, F_CLUSTER, own, type, 0);
  kh_fact(f, F_CLUSTER, own, type, t->part);
  kh_fact(f, F_CLUSTER, before, type, 32);
  kh_fact(f, F_CLUSTER, before, t->part, 33);
  kh_fact(f, F_CLUSTER, after, type, 34);
  kh_fact(f, F_CLUSTER, after, t->part, 35);
  if (t->clause && t->part != KH_PART_VERB)
    kh_fact(f, F_CLUSTER, kh_cluster_fact(d, t->clause->verb), type, 36);
  kh_fact(f, F_LEMMA, kh_lemma_fact(d, t->token), type, 2);
}

static void show(const kh_event_judge *j, kh_rank_task question, uint32_t item, kh_span trigger,
                 const kh_facts *facts) {
  const kh_document *d = j->document;
  const kh_learner *learner = d->engine->learner;
  const kh_telling *t = &j->tellings[j->event];
  if (!learner) return;
  const kh_learn_item seen = {
      .question = question,
      .trigger = trigger,
      .type = (int)d->claims->events.at[item].type,
      .entity = question == KH_RANK_SECOND ? (int32_t)t->event : KH_NONE,
      .item = item,
      .span = kh_phrase_span(d, t->trigger.token, t->trigger.last),
      .ruled = (t->trigger.doubts & ~(unsigned)KH_DOUBT_NOBODY) == 0,
      .proposed = t->trigger.doubts & KH_DOUBT_PROPOSED,
  };
  learner->see(learner->context, &seen, facts);
}

bool kh_is_vain_proposal(const kh_document *d, const kh_trigger *t) {
  const kh_ranker *ranker = &d->engine->frames->ranker;
  if (!ranker->weights || d->engine->learner) return false;
  kh_facts facts;
  kh_facts_begin(&facts, ranker, KH_RANK_EVENT, KH_RANK_EVENT);
  form_facts(d, t, &facts);
  cluster_facts(d, t, &facts);
  return kh_rank(&facts, 0) < ranker->question[KH_RANK_LISTED].least * HOPELESS_FORM;
}

// Does what stands around a word that only a list proposes tell that it is no event?
static bool is_vain(const kh_event_judge *j, const kh_telling *t, kh_facts *f) {
  if (!(t->trigger.doubts & KH_DOUBT_PROPOSED) || !f->ranker->weights ||
      j->document->engine->learner)
    return false;
  return kh_rank(f, 0) < kh_least_of(f->ranker, t) * HOPELESS_AROUND;
}

void kh_judge_telling(const kh_event_judge *judge) {
  const kh_document *d = judge->document;
  const kh_ranker *ranker = &d->engine->frames->ranker;
  kh_telling *t = &judge->tellings[judge->event];
  const kh_trigger *trigger = &t->trigger;
  const kh_event *event = &d->claims->events.at[t->event];
  const bool first = t->event == judge->event;
  kh_facts facts;
  kh_facts_begin(&facts, ranker, KH_RANK_EVENT, KH_RANK_EVENT);
  form_facts(d, trigger, &facts);
  cluster_facts(d, trigger, &facts);
  around_facts(d, trigger, &facts);
  t->likely = 0;
  if (is_vain(judge, t, &facts)) return;
  report_facts(judge, trigger, event, &facts);
  company_facts(judge, trigger, event, &facts);
  const uint32_t form = trigger->part | (uint32_t)event->reality << 4;
  kh_fact(&facts, F_DOUBT, trigger->doubts, 0, 0);
  kh_fact(&facts, F_DOUBT, trigger->doubts, event->type, form);
  if (trigger->doubts)
    kh_fact(&facts, F_DOUBT, trigger->doubts, kh_lemma_fact(d, trigger->token), 1);
  bool same;
  const kh_event *before = kh_told_before(judge, trigger, t->event, &same);
  const uint32_t definite = (kh_reading(d, trigger->token)->proclitics & KH_CLITIC_AL) != 0;
  kh_fact(&facts, F_TOLD, before ? 1U + same : 0, definite, event->type);
  kh_fact(&facts, F_TOLD, before ? 1U + same : 0, trigger->part,
          16U + (event->type == KH_EVENT_ASSAULT));
  beside_facts(judge, judge->event, &facts);
  show(judge, KH_RANK_EVENT, t->event, event->trigger, &facts);
  t->likely = kh_rank(&facts, 0);
  // what is not told is not asked further
  if (!d->engine->learner && t->likely < kh_least_of(ranker, t)) return;
  kh_facts_ask(&facts, first ? KH_RANK_UNREAL : KH_RANK_SECOND);
  if (first) {
    kh_real_facts(d, trigger, event, age_of(d, event->time), &facts);
    show(judge, KH_RANK_UNREAL, judge->event, event->trigger, &facts);
    t->unreal = kh_rank(&facts, 0);
    return;
  }
  kh_pair_facts(judge, judge->event, &facts);
  show(judge, KH_RANK_SECOND, judge->event, d->claims->events.at[judge->event].trigger, &facts);
  const float second = kh_rank(&facts, 0);
  t->second = second >= 0 && second >= ranker->question[KH_RANK_SECOND].least;
}
