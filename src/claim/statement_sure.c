// SPDX-License-Identifier: Apache-2.0
// Whether what the rules take for a statement is one: judged over its cue, its content and who
// speaks.
#include "claim/statement_rank.h"

// Kinds of facts. The numbers are hashed into the model: never give one another meaning.
enum fact {
  K_FRAME = 224,
  K_CUE,
  K_FORM,
  K_CONTENT,
  K_HEAD,
  K_LENGTH,
  K_SPEAKER,
  K_WAY,
  K_SCOPE,
  K_CLAUSE,
  K_BEFORE,
  K_NEXT,
  K_GAP,
  K_PLACE,
  K_LAST,
  K_END,
};

typedef struct look {
  const kh_st_finder *f;
  const kh_st_cue *c;
  uint32_t frame;
  uint32_t cue;
  uint32_t form; // with the part of speech of the cue
  uint32_t last; // end of the content without the marks there
} look;

// What the word is as the head of a content.
static uint32_t head_of(const kh_st_finder *f, uint32_t t) {
  const kh_document *d = f->d;
  if (!kh_is_word(d, t)) return 1;
  if (d->mentions->name_at[t] >= 0) return 2;
  const kh_word *w = kh_reading(d, t);
  const uint32_t article = (w->proclitics & KH_CLITIC_AL) != 0;
  const uint32_t masdar = w->pos == KH_POS_NOUN && kh_st_is_masdar(f, t);
  const uint32_t own = w->enclitic >= KH_ENC_3MS;
  const uint32_t tense = w->features & KH_F_PAST ? 1 : w->features & KH_F_PRESENT ? 2 : 0;
  return 4U | w->pos << 4 | article << 8 | masdar << 9 | own << 10 | tense << 11;
}

static void content_facts(const look *q, kh_facts *x) {
  const kh_document *d = q->f->d;
  const uint32_t first = q->c->content;
  const uint32_t head = head_of(q->f, first);
  const uint32_t word = kh_lemma_fact(d, first);
  uint32_t verbs = 0;
  for (uint32_t t = first; t < q->last && t < first + 30; t++)
    if (q->f->phrases->clause_at[t] >= 0 && verbs < 2) verbs++;
  const uint32_t length = kh_bucket(q->last - first);
  kh_fact(x, K_CONTENT, word, q->form, 0);
  kh_fact(x, K_CONTENT, word, q->frame, 1);
  kh_fact(x, K_CONTENT, kh_cluster_fact(d, first), q->form, 2);
  kh_fact(x, K_HEAD, head, q->form, 0);
  kh_fact(x, K_HEAD, head, q->frame, 1);
  kh_fact(x, K_HEAD, head, q->cue, 2);
  kh_fact(x, K_HEAD, head, length, 3);
  kh_fact(x, K_LENGTH, length, q->form, verbs);
  kh_fact(x, K_LENGTH, length, q->frame, 4);
  kh_fact(x, K_LENGTH, length, verbs, 8U | q->form << 8);
  if (first + 1 < q->last) kh_fact(x, K_NEXT, kh_lemma_fact(d, first + 1), head, 1);
  // what follows it
  const uint32_t count = d->tokens->count;
  const uint32_t after = q->c->content_last < count ? kh_lemma_fact(d, q->c->content_last) : 0;
  kh_fact(x, K_END, after, q->form, 0);
  kh_fact(x, K_END, q->last > first ? kh_lemma_fact(d, q->last - 1) : 0, q->form, 1);
  const int32_t quote = q->f->tokens[first].quote;
  const bool whole = quote >= 0 && d->tokens->quotes[quote].first == first &&
                     d->tokens->quotes[quote].last <= q->c->content_last;
  kh_fact(x, K_PLACE, whole, quote == q->f->tokens[q->c->token].quote, q->form);
}

static void cue_facts(const look *q, bool nested, kh_facts *x) {
  const kh_document *d = q->f->d;
  const uint32_t t = q->c->token;
  const kh_clause *clause = q->c->clause;
  const uint32_t sentence_first = kh_sentence_of(d, t)->first;
  const uint32_t gap = q->c->content > q->c->last ? kh_bucket(q->c->content - q->c->last) : 7;
  const uint32_t scope = q->f->phrases->scope[t];
  kh_fact(x, K_FRAME, q->frame, q->form, 0);
  kh_fact(x, K_CUE, q->cue, q->form, 0);
  kh_fact(x, K_FORM, q->form, gap, 0);
  kh_fact(x, K_GAP, gap, q->frame, 0);
  kh_fact(x, K_GAP, gap, q->cue, 1);
  kh_fact(x, K_SCOPE, scope, q->form, 0);
  kh_fact(x, K_SCOPE, scope, q->frame, 1);
  kh_fact(x, K_BEFORE, t > sentence_first ? kh_lemma_fact(d, t - 1) : 0, q->form, 0);
  kh_fact(x, K_BEFORE, t > sentence_first ? kh_lemma_fact(d, t - 1) : 0, q->cue, 1);
  kh_fact(x, K_NEXT, t + 1 < d->tokens->count ? kh_lemma_fact(d, t + 1) : 0, q->cue, 0);
  kh_fact(x, K_NEXT, t + 1 < d->tokens->count ? kh_lemma_fact(d, t + 1) : 0, q->form, 2);
  kh_fact(x, K_PLACE, kh_bucket(t - sentence_first), nested, q->form);
  if (!clause) return;
  const kh_word *w = kh_reading(d, t);
  const uint32_t is = (uint32_t)clause->passive | (uint32_t)clause->subject_before << 1 |
                      (uint32_t)clause->subject_relative << 2 |
                      (uint32_t)(clause->subject != clause->subject_last) << 3 |
                      (uint32_t)(clause->object != clause->object_last) << 4 |
                      (uint32_t)(w->enclitic >= KH_ENC_3MS) << 5;
  const uint32_t tense = w->features & (KH_F_PAST | KH_F_PRESENT | KH_F_FIRST);
  kh_fact(x, K_CLAUSE, is, q->form, 0);
  kh_fact(x, K_CLAUSE, is, q->frame, 1);
  kh_fact(x, K_CLAUSE, tense, q->form, 2);
  kh_fact(x, K_CLAUSE, tense, q->cue, 3);
  kh_fact(x, K_CLAUSE, tense, is, 4);
}

bool kh_st_judges(const kh_st_finder *f) {
  const kh_engine *engine = f->d->engine;
  const kh_ranker *ranker = &engine->frames->statements;
  return engine->learner || (ranker->weights && ranker->questions > KH_RANK_SAID);
}

bool kh_st_is_said(kh_st_finder *f, const kh_st_cue *c, bool nested, int32_t speaker,
                   kh_span speaker_span) {
  const kh_engine *engine = f->d->engine;
  const kh_ranker *ranker = &engine->frames->statements;
  if (!c->frame) return true;
  if (!kh_st_judges(f)) return true;
  const look q = {.f = f,
                  .c = c,
                  .frame = kh_st_frame_fact(c),
                  .cue = kh_lemma_fact(f->d, c->token),
                  .form = kh_st_form_of(f, c) | kh_st_part_of(f, c->token) << 2,
                  .last = kh_st_without_marks(f, c->content, c->content_last)};
  const kh_draft *who = &f->d->mentions->entities.at[speaker];
  const uint32_t kind = (uint32_t)who->kind << 5 | (uint32_t)who->sector;
  // named, told by the cue alone, or nowhere
  const uint32_t way = speaker_span.end == 0 ? 0 : speaker_span.start == c->span.start ? 1 : 2;
  kh_facts x;
  kh_facts_begin(&x, ranker, KH_RANK_SAID, KH_RANK_SAID);
  cue_facts(&q, nested, &x);
  content_facts(&q, &x);
  kh_fact(&x, K_SPEAKER, kind, q.frame, 0);
  kh_fact(&x, K_SPEAKER, kind, q.form, 1);
  kh_fact(&x, K_SPEAKER, (uint32_t)who->kind, q.cue, 2);
  kh_fact(&x, K_WAY, way, q.form, q.frame);
  kh_fact(&x, K_WAY, way, (uint32_t)who->kind, q.form);
  kh_fact(&x, K_LAST, speaker == f->speaker, way, nested);
  kh_fact(&x, K_LAST, kh_st_enclosing_speaker(f, c->token) == speaker, nested, q.form);
  if (engine->learner) {
    const kh_learn_item item = {.question = KH_RANK_SAID,
                                .trigger = kh_phrase_span(f->d, c->content, q.last),
                                .type = (int)q.form,
                                .entity = speaker,
                                .item = f->item,
                                .span = speaker_span,
                                .ruled = true};
    engine->learner->see(engine->learner->context, &item, &x);
  }
  return !ranker->weights || kh_rank(&x, 0) >= ranker->question[KH_RANK_SAID].least;
}
