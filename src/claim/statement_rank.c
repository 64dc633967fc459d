// SPDX-License-Identifier: Apache-2.0
// Candidates for the speaker of a statement, and the facts that speak for each.
#include "claim/statement_rank.h"

#include "claim/event_rank.h"
#include "mention/entity.h"

#include <string.h>

enum { MAX_SPEAKERS = KH_MAX_CANDIDATES + 8, MAX_BACK = 12, MAX_SUBJECT = 40 };

// Kinds of facts. The numbers are hashed into the model: never give one another meaning.
enum fact {
  S_BIAS = 128,
  S_RULE,
  S_RULE_PART,
  S_RULE_FRAME,
  S_RULE_BACK,
  S_PLACE,
  S_PLACE_PART,
  S_PLACE_RULE,
  S_PLACE_CUE,
  S_GAP,
  S_KIND,
  S_KIND_RULE,
  S_KIND_CUE,
  S_GENDER,
  S_LAST,
  S_LAST_RULE,
  S_OUTER,
  S_BEFORE,
  S_NEXT,
  S_HEAD,
  S_NAMED,
  S_CLAUSE,
  S_ABSENT,
  S_ABSENT_RULE,
};

// The statement that is judged.
typedef struct question {
  kh_st_finder *f;
  const kh_st_cue *c;
  uint32_t item;
  uint32_t frame; // its id, hashed
  uint32_t cue;   // lemma of the cue
  uint32_t part;
  uint32_t form; // of the content: 0 a clause, 1 a quotation, 2 a phrase, 3 before the cue
  bool nested;
  kh_span content;
  int32_t subject_before; // who is the subject of the sentence before; KH_NONE
  int32_t reference;      // whom a pronoun would mean here; KH_NONE
} question;

uint32_t kh_st_form_of(const kh_st_finder *f, const kh_st_cue *c) {
  if (c->content < c->token) return 3;
  if (c->content > 0 && kh_st_quote_opened(f, c->content - 1, c->content + 1) >= 0) return 1;
  for (uint32_t t = c->content; t-- > c->last && c->content - t < 4;)
    if (kh_st_is_complementizer(f, t) || kh_is_mark(f->d, t, KH_MARK_COLON)) return 0;
  return 2;
}

uint32_t kh_st_frame_fact(const kh_st_cue *c) {
  uint32_t hash = 0;
  for (const char *at = c->frame ? c->frame->id : ""; *at; at++) hash = hash * 31U + (uint8_t)*at;
  return hash;
}

static void tell(const question *q, kh_rank_task task, int32_t entity, kh_span span, bool ruled,
                 const kh_facts *facts) {
  const kh_learner *learner = q->f->d->engine->learner;
  if (!learner) return;
  const kh_learn_item item = {.question = task,
                              .trigger = q->content,
                              .type = (int)q->form,
                              .entity = entity,
                              .item = q->item,
                              .span = span,
                              .ruled = ruled};
  learner->see(learner->context, &item, facts);
}

// ------------------------------------------------------------------ who speaks

// Somebody who may have spoken.
typedef struct speaker {
  int32_t entity;
  kh_span span;
  float likely;
} speaker;

typedef struct speakers {
  speaker at[MAX_SPEAKERS];
  uint32_t count;
  int32_t ruled; // the rules' choice, or KH_NONE
  kh_span ruled_span;
} speakers;

// What the entity was among the speakers of the report so far: 1 the last, 2 one before, 0 none.
static uint32_t spoke_before(const kh_st_finder *f, int32_t entity) {
  if (entity == f->speaker) return 1;
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < MAX_BACK;)
    if (claims->statements.at[i].speaker == entity) return 2;
  return 0;
}

// Who spoke before the last speaker did; KH_NONE.
static int32_t speaker_before_last(const kh_st_finder *f) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < MAX_BACK;)
    if (claims->statements.at[i].speaker != f->speaker) return claims->statements.at[i].speaker;
  return KH_NONE;
}

// The subject of the first clause of the sentence before, in the same paragraph or not; KH_NONE.
static int32_t subject_before(const kh_st_finder *f, uint32_t t) {
  const uint32_t sentence = f->tokens[t].sentence;
  if (sentence == 0) return KH_NONE;
  const kh_sentence *s = &f->d->tokens->sentences[sentence - 1];
  for (uint32_t i = s->first; i < s->last && i < s->first + MAX_SUBJECT; i++) {
    const kh_clause *clause = kh_clause_of(f->d, i);
    if (clause && clause->subject != clause->subject_last)
      return kh_entity_of(f->d, clause->subject, clause->subject_last, false);
  }
  return KH_NONE;
}

static question ask(kh_st_finder *f, const kh_st_cue *c, bool nested) {
  const uint32_t last = kh_st_without_marks(f, c->content, c->content_last);
  return (question){.f = f,
                    .c = c,
                    .item = f->item,
                    .frame = kh_st_frame_fact(c),
                    .cue = kh_lemma_fact(f->d, c->token),
                    .part = c->frame ? kh_st_part_of(f, c->token) : 0,
                    .form = kh_st_form_of(f, c),
                    .nested = nested,
                    .content = kh_phrase_span(f->d, c->content, last),
                    .subject_before = subject_before(f, c->token),
                    .reference =
                        kh_entity_before(f->d, c->token, kh_reading(f->d, c->token)->features)};
}

// Does its gender fit the cue's? 0 unknown, 1 it does, 2 it does not.
static uint32_t gender_fits(const question *q, int32_t entity) {
  const kh_document *d = q->f->d;
  const uint32_t gender = d->mentions->entities.at[entity].gender;
  const uint32_t wanted = kh_reading(d, q->c->token)->features & (KH_F_MASC | KH_F_FEM);
  if (!gender || !wanted) return 0;
  return gender & wanted ? 1 : 2;
}

// How many sentences ago the last statement was: 0 to 3, 4 none.
static uint32_t since_last(const kh_st_finder *f, uint32_t t) {
  if (f->sentence_of == UINT32_MAX) return 4;
  const uint32_t gap = f->tokens[t].sentence - f->sentence_of;
  return gap > 3 ? 3 : gap;
}

// How the rules came to their choice: 0 none, 1 named, 2 from before.
static uint32_t rule_way(const question *q, const speakers *all) {
  if (all->ruled < 0) return 0;
  return all->ruled_span.start == q->c->span.start || all->ruled_span.end == 0 ? 2 : 1;
}

static uint32_t at_most_three(uint32_t n) { return n > 3 ? 3 : n; }

// Where the mention stands to the cue: before, after, subject, object, before the verb as subject.
static uint32_t place_of(const question *q, const kh_candidate *m) {
  const kh_clause *clause = q->c->clause;
  if (clause && clause->subject <= m->np && m->np < clause->subject_last)
    return m->np == clause->subject ? 3 : 4;
  if (clause && clause->object <= m->np && m->np < clause->object_last) return 5;
  if (clause && clause->subject_relative && clause->first > 0 && m->last == clause->first - 1)
    return 6;
  if (m->np < q->c->token) return 1;
  return m->np < q->c->between_last ? 2 : 7;
}

static void mention_facts(const question *q, const kh_candidate *m, uint32_t rule, uint32_t kind,
                          kh_facts *x) {
  const kh_document *d = q->f->d;
  const uint32_t inner = m->np != m->head;
  const uint32_t place = place_of(q, m) | inner << 3;
  uint32_t prep = 0;
  for (unsigned bits = m->prep; bits; bits >>= 1) prep++;
  const bool before = m->np < q->c->token;
  const uint32_t from = before ? m->last : q->c->last;
  const uint32_t to = before ? q->c->token : m->np;
  const uint32_t marks = at_most_three(kh_marks_between(d, from, to));
  const uint32_t verbs = at_most_three(kh_verbs_between(d, from, to));
  const uint32_t gap = kh_bucket(to > from ? to - from : 0);
  const uint32_t where = place | prep << 4 | verbs << 10;
  kh_fact(x, S_PLACE, where, q->form, 0);
  kh_fact(x, S_PLACE_PART, where, q->part, marks);
  kh_fact(x, S_PLACE_PART, place | prep << 4, q->part, q->frame);
  kh_fact(x, S_PLACE_RULE, where, rule, q->part);
  kh_fact(x, S_PLACE_CUE, place | prep << 4, q->cue, 0);
  kh_fact(x, S_GAP, gap, place, verbs);
  kh_fact(x, S_GAP, gap, place | marks << 4, rule);
  kh_fact(x, S_KIND, kind, place | prep << 4, q->part);
  kh_fact(x, S_BEFORE, m->np > 0 ? kh_lemma_fact(d, m->np - 1) : 0, place, 0);
  kh_fact(x, S_NEXT, m->last < d->tokens->count ? kh_lemma_fact(d, m->last) : 0, place, 0);
  if (inner) kh_fact(x, S_HEAD, kh_lemma_fact(d, m->head), place, 0);
  kh_fact(x, S_HEAD, kh_lemma_fact(d, m->np), rule, 1);
  kh_fact(x, S_NAMED, d->mentions->name_at[m->np] >= 0, place, rule);
  const bool quoted = q->f->tokens[m->np].quote != q->f->tokens[q->c->token].quote;
  kh_fact(x, S_OUTER, quoted, place, 9);
}

static void judge_speaker(const question *q, speakers *all, int32_t entity, const kh_candidate *m,
                          kh_span span) {
  const kh_st_finder *f = q->f;
  const kh_document *d = f->d;
  const kh_ranker *ranker = &d->engine->frames->statements;
  const kh_draft *e = &d->mentions->entities.at[entity];
  const uint32_t way = rule_way(q, all);
  const uint32_t rule = (uint32_t)(entity == all->ruled) | way << 1;
  const uint32_t kind = (uint32_t)e->kind << 5 | (uint32_t)e->sector;
  const uint32_t spoke = spoke_before(f, entity);
  const uint32_t fits = gender_fits(q, entity);
  const uint32_t since = since_last(f, q->c->token);
  const kh_clause *clause = q->c->clause;
  const uint32_t subject = clause ? 1 + (clause->subject != clause->subject_last) : 0;
  const uint32_t joined = kh_reading(d, q->c->token)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA);
  kh_facts x;
  kh_facts_begin(&x, ranker, KH_RANK_SPEAKER, KH_RANK_SPEAKER);
  kh_fact(&x, S_BIAS, q->part, q->form, 0);
  kh_fact(&x, S_RULE, rule, 0, 0);
  kh_fact(&x, S_RULE_PART, rule, q->part, subject);
  kh_fact(&x, S_RULE_FRAME, rule, q->frame, 0);
  kh_fact(&x, S_RULE_FRAME, rule, q->cue, 1);
  kh_fact(&x, S_RULE_BACK, rule, spoke, since);
  kh_fact(&x, S_KIND, kind, q->part, 99);
  kh_fact(&x, S_KIND_RULE, kind, rule, 0);
  kh_fact(&x, S_KIND_CUE, (uint32_t)e->kind, q->cue, 0);
  kh_fact(&x, S_GENDER, fits, rule, subject);
  kh_fact(&x, S_GENDER, fits, spoke, m != NULL);
  kh_fact(&x, S_LAST, spoke, since, subject | joined << 2);
  kh_fact(&x, S_LAST_RULE, spoke, rule, m != NULL);
  kh_fact(&x, S_OUTER, q->nested, kh_st_enclosing_speaker(f, q->c->token) == entity, rule);
  kh_fact(&x, S_CLAUSE, m != NULL, subject, rule);
  if (m) {
    mention_facts(q, m, rule, kind, &x);
  } else {
    const uint32_t is = (uint32_t)(entity == q->subject_before) |
                        (uint32_t)(entity == q->reference) << 1 | spoke << 2;
    kh_fact(&x, S_ABSENT, is, since, subject);
    kh_fact(&x, S_ABSENT, is, q->part, joined);
    kh_fact(&x, S_ABSENT_RULE, is, rule, kind >> 5);
  }
  tell(q, KH_RANK_SPEAKER, entity, span, entity == all->ruled, &x);
  if (!ranker->weights) return;
  const float likely = kh_rank(&x, 0);
  for (uint32_t i = 0; i < all->count; i++) {
    if (all->at[i].entity != entity) continue;
    if (likely > all->at[i].likely) all->at[i] = (speaker){entity, span, likely};
    return;
  }
  if (all->count < MAX_SPEAKERS) all->at[all->count++] = (speaker){entity, span, likely};
}

static bool is_candidate(const speakers *all, const kh_candidate *at, uint32_t count,
                         int32_t entity) {
  if (entity < 0) return true;
  for (uint32_t i = 0; i < count; i++)
    if (at[i].entity == entity) return true;
  for (uint32_t i = 0; i < all->count; i++)
    if (all->at[i].entity == entity) return true;
  return false;
}

// The dead do not speak; where more than one do («طلبوا», «أعربوا»), no single person does.
static bool cannot_speak(const question *q, int32_t entity) {
  const kh_document *d = q->f->d;
  const kh_draft *e = &d->mentions->entities.at[entity];
  const uint32_t t = kh_entity_state_of(d, entity)->first_token;
  const bool actor = e->kind == KH_KIND_ACTOR;
  if (actor && kh_word_has(d, t, KH_CLASS_HM_KILLED) && kh_word_has(d, t, KH_CLASS_CN_PERSONS))
    return true;
  // «القمة العربية الـ29 قمة القدس»: an ordinal in digits heads nobody
  if (actor && t + 1 < d->tokens->count && d->tokens->at[t + 1].kind == KH_TOKEN_NUMBER &&
      !(d->tokens->at[t + 1].flags & KH_TOKEN_SPACE_BEFORE))
    return true;
  const kh_word *cue = kh_reading(d, q->c->token);
  if (q->part != KH_PART_VERB || !(cue->features & KH_F_PLUR) || cue->features & KH_F_FIRST)
    return false;
  return e->kind == KH_KIND_PERSON ||
         (actor &&
          (kh_word_has(d, t, KH_CLASS_ONE_OF) ||
           (kh_word_has(d, t, KH_CLASS_PERSON_ROLE) && kh_reading(d, t)->features & KH_F_SING)));
}

static void judge_speakers(const question *q, int32_t *chosen, kh_span *chosen_span) {
  kh_document *d = q->f->d;
  const kh_ranker *ranker = &d->engine->frames->statements;
  speakers all = {.ruled = *chosen, .ruled_span = *chosen_span};
  kh_candidate at[KH_MAX_CANDIDATES];
  uint32_t count = 0;
  const uint32_t found = kh_candidates(d, q->f->tokens[q->c->token].sentence, at);
  for (uint32_t i = 0; i < found; i++) // who is spoken of does not speak
    if (at[i].np < q->c->content || at[i].np >= q->c->content_last) at[count++] = at[i];
  for (uint32_t i = 0; i < count; i++)
    judge_speaker(q, &all, at[i].entity, &at[i], kh_phrase_span(d, at[i].np, at[i].last));
  const int32_t others[] = {all.ruled,
                            q->f->speaker,
                            kh_st_enclosing_speaker(q->f, q->c->token),
                            speaker_before_last(q->f),
                            q->subject_before,
                            q->reference};
  for (uint32_t i = 0; i < sizeof others / sizeof *others; i++)
    if (!is_candidate(&all, at, count, others[i]) || (i == 0 && all.ruled >= 0 && !count))
      judge_speaker(q, &all, others[i], NULL, i == 0 ? all.ruled_span : q->c->span);
  if (!ranker->weights) return;
  const speaker *best = NULL;
  for (uint32_t i = 0; i < all.count; i++)
    if ((!best || all.at[i].likely > best->likely) && !cannot_speak(q, all.at[i].entity))
      best = &all.at[i];
  if (!best || best->entity == all.ruled) return;
  *chosen = best->entity;
  *chosen_span = best->span;
}

void kh_st_judge(kh_st_finder *f, const kh_st_cue *c, bool nested, int32_t *chosen, kh_span *span) {
  const kh_engine *engine = f->d->engine;
  if (*chosen < 0 || (!engine->frames->statements.weights && !engine->learner)) return;
  const question q = ask(f, c, nested);
  judge_speakers(&q, chosen, span);
}
