// SPDX-License-Identifier: Apache-2.0
// Figures: who or what was counted, what befell them, how many, where, since when, counted by whom.
// Counts come from figure_count.c, what befell them from figure_fate.c; here they are joined: the
// parts of a whole, the items of a list, a number given again in another unit, place and source.
#include "claim/figure.h"

#include <string.h>

enum { MAX_PLACE_REACH = 45, MAX_LEAD = 5 };

typedef struct finder {
  kh_document *d;
  const struct kh_phrases *phrases;
  kh_class_set counted; // words that may begin a count without a number
  uint32_t sentence;    // of the figures below
  int32_t last_figure;  // the figure before in the sentence, or KH_NONE
  uint32_t last_end;    // token after its noun phrase
  int32_t whole;        // the figure that a breakdown refers to
  bool in_parts;        // the figure before is a part of `whole`
} finder;

static bool same_sentence(const kh_document *d, uint32_t a, uint32_t b) {
  return b < d->tokens->count && d->tokens->at[a].sentence == d->tokens->at[b].sentence;
}

// ------------------------------------------------------------------ how counts hang together

static bool breaks_down(const finder *f, const kh_count *c) {
  const uint32_t least = kh_sentence_of(f->d, c->first)->first;
  for (uint32_t back = 1; back <= 2 && c->outer >= least + back; back++) {
    const uint32_t t = c->outer - back;
    if (kh_is_among(f->d, t)) return true;
    if (kh_is_word(f->d, t)) return false;
  }
  return false;
}

static bool in_brackets_after(const finder *f, const kh_count *c) {
  const uint32_t open = c->outer - 1;
  return c->outer > 0 && kh_is_mark(f->d, open, KH_MARK_OPEN) && f->last_end <= open &&
         open < f->last_end + 2;
}

// «... و3 جنود»: joined to the figure before.
static bool continues_list(const finder *f, const kh_count *c) {
  if (f->last_figure < 0 || c->outer > f->last_end + 2 || c->outer < f->last_end) return false;
  bool mark = false;
  for (uint32_t t = f->last_end; t < c->outer; t++) {
    if (kh_is_mark(f->d, t, KH_MARK_COMMA))
      mark = true;
    else if (!kh_is_word(f->d, t) || kh_reading(f->d, t)->pos != KH_POS_CONJ)
      return false;
    else
      mark = true;
  }
  const kh_word *w = kh_reading(f->d, c->outer);
  return (w->proclitics & KH_CLITIC_WA) != 0 || (mark && c->kind == KH_COUNT_NUMBER);
}

// ------------------------------------------------------------------ place

// What leads to a name: the preposition before it, over generic heads and adjectives between
// («في مدينة بنغازي», «شمالي حلب»).
typedef enum lead { LEAD_NONE, LEAD_IN, LEAD_ON, LEAD_FROM, LEAD_OTHER } lead;

static lead lead_of_name(const kh_document *d, const kh_name *name, uint32_t least) {
  const kh_word *own = kh_reading(d, name->first);
  if (name->span.start != d->tokens->at[name->first].start || own->proclitics & KH_CLITIC_BI) {
    if (own->proclitics & KH_CLITIC_BI) return LEAD_IN;
    if (own->proclitics & KH_CLITIC_LI) return LEAD_OTHER;
  }
  for (uint32_t t = name->first; t > least && name->first - t < MAX_LEAD;) {
    t--;
    if (!kh_is_word(d, t)) {
      if (kh_is_mark(d, t, KH_MARK_QUOTE)) continue;
      return LEAD_NONE;
    }
    const kh_word *w = kh_reading(d, t);
    if (d->mentions->name_at[t] >= 0 || w->pos == KH_POS_VERB) return LEAD_NONE;
    if (kh_word_has(d, t, KH_CLASS_P_FI)) return LEAD_IN;
    if (kh_word_has(d, t, KH_CLASS_P_ALA)) return LEAD_ON;
    if (kh_word_has(d, t, KH_CLASS_FROM)) return LEAD_FROM;
    if (w->pos == KH_POS_PREP) return kh_word_has(d, t, KH_CLASS_P_ILA) ? LEAD_OTHER : LEAD_IN;
    if (kh_word_has(d, t, KH_CLASS_ACTOR) || kh_word_has(d, t, KH_CLASS_FORCE) ||
        kh_word_has(d, t, KH_CLASS_PERSON_ROLE))
      return LEAD_OTHER;
    if (w->proclitics & KH_CLITIC_BI) return LEAD_IN;
    if (w->pos == KH_POS_ADV) return LEAD_IN;
  }
  return LEAD_NONE;
}

static int32_t place_between(const finder *f, uint32_t from, uint32_t to, uint32_t least) {
  const kh_document *d = f->d;
  for (uint32_t t = from; t < to; t++) {
    const int32_t index = d->mentions->name_at[t];
    if (index < 0) continue;
    const kh_name *name = &d->mentions->names.at[index];
    if (name->first != t || name->kind != KH_KIND_PLACE) continue;
    const lead l = lead_of_name(d, name, least);
    if (l == LEAD_IN || l == LEAD_ON) return name->entity;
  }
  return KH_NONE;
}

static int32_t place_of(const finder *f, const kh_count *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->first);
  const uint32_t limit = c->last + MAX_PLACE_REACH < s->last ? c->last + MAX_PLACE_REACH : s->last;
  const uint32_t from =
      c->first > s->first + MAX_PLACE_REACH ? c->first - MAX_PLACE_REACH : s->first;
  const int32_t after = place_between(f, c->last, limit, s->first);
  return after >= 0 ? after : place_between(f, from, c->first, s->first);
}

// ------------------------------------------------------------------ period, source

static const char *since_of(const finder *f, const kh_count *c) {
  const kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, c->first);
  for (uint32_t t = s->first; t + 1 < s->last; t++) {
    if (!kh_is_word(d, t) || !kh_cue_at(d, t, KH_CLASS_SINCE)) continue;
    const int32_t time = d->mentions->time_at[t + 1];
    if (time < 0) continue;
    const kh_time *at = &d->mentions->times.at[time].time;
    if (at->type == KH_TIME_DATE) return at->value;
    if (at->type == KH_TIME_DURATION && at->begin[0]) return at->begin;
  }
  return NULL;
}

static int32_t source_of(const finder *f, const kh_count *c) {
  const int32_t statement = kh_statement_over(f->d, c->first);
  return statement < 0 ? KH_NONE : f->d->claims->statements.at[statement].speaker;
}

// ------------------------------------------------------------------ assembly

static const kh_figure *figure_before(const finder *f) {
  return f->last_figure < 0 ? NULL : &f->d->claims->figures.at[f->last_figure];
}

// «وأصيب 28 آخرون», «وإصابة ثمانية»: of the same kind as those counted before.
static kh_counted counted_of(const finder *f, const kh_count *c) {
  if (c->counted >= 0 && !c->others && !(c->of_before && c->head == c->last))
    return (kh_counted)c->counted;
  const kh_figure *before = figure_before(f);
  if (before && before->counted < KH_COUNTED_STRIKES) return before->counted;
  return KH_COUNTED_PERSONS;
}

static void add_figure(finder *f, const kh_count *c, int what, int32_t part_of, int32_t restates,
                       const char *rule) {
  kh_document *d = f->d;
  kh_figure figure = {.span = kh_phrase_span(d, c->first, c->last),
                      .value = c->value,
                      .high = c->high,
                      .bound = c->bound,
                      .counted = counted_of(f, c),
                      .what = (kh_harm)what,
                      .part_of = part_of,
                      .restates = restates,
                      .place = place_of(f, c),
                      .source = source_of(f, c),
                      .since = since_of(f, c),
                      .origin = {rule, -1}};
  if (figure.span.end <= figure.span.start) return;
  *(kh_figure *)KH_ADD(&d->arena, &d->claims->figures) = figure;
  f->last_figure = (int32_t)d->claims->figures.count - 1;
  f->last_end = c->phrase_end > c->last ? c->phrase_end : c->last;
  f->in_parts = part_of >= 0;
  if (part_of < 0) f->whole = f->last_figure;
}

static void read_count(finder *f, const kh_count *c) {
  const kh_document *d = f->d;
  const bool counts = c->head < c->last;
  if (counts && c->counted < 0 && !c->of_before) return; // counts something else
  const kh_figure *before = figure_before(f);
  const kh_fate fate = kh_fate_of(d, c);
  const bool part =
      before && f->whole >= 0 &&
      (c->of_before || breaks_down(f, c) || (f->in_parts && continues_list(f, c) && !fate.count));
  if (part) {
    const int what = fate.count && strcmp(fate.rule, "fg.strength") != 0
                         ? fate.what[0]
                         : (int)d->claims->figures.at[f->whole].what;
    add_figure(f, c, what, f->whole, KH_NONE, "fg.among");
    return;
  }
  const bool weak = fate.count && (strcmp(fate.rule, "fg.strength") == 0);
  if (fate.count && !weak) {
    for (int i = 0; i < fate.count; i++)
      add_figure(f, c, fate.what[i], KH_NONE, KH_NONE, fate.rule);
    return;
  }
  if (before && in_brackets_after(f, c) && counts) {
    add_figure(f, c, (int)before->what, KH_NONE, f->last_figure, "fg.restates");
    return;
  }
  if (before && continues_list(f, c) && (counts || before->counted >= KH_COUNTED_STRIKES)) {
    add_figure(f, c, (int)before->what, KH_NONE, KH_NONE, "fg.list");
    return;
  }
  if (weak) add_figure(f, c, fate.what[0], KH_NONE, KH_NONE, fate.rule);
}

// Participles count by a noun of the same spelling («مقتل مسلح»).
static bool may_begin(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  if (d->mentions->quantity_at[t] >= 0) return true;
  if (!kh_is_word(d, t)) return false;
  const kh_word *w = kh_reading(d, t);
  return kh_class_set_at(d, t, &f->counted) || w->pos == KH_POS_ADJ ||
         w->features & (KH_F_NISBA | KH_F_ACTIVE_PART | KH_F_PASSIVE_PART);
}

void kh_figures(kh_document *d) {
  finder f = {.d = d, .phrases = d->claims->phrases, .sentence = UINT32_MAX};
  kh_class_set_add(&f.counted, KH_CLASS_CN_PERSONS, KH_CLASS_CN_OTHER);
  kh_class_set_add(&f.counted, KH_CLASS_ONE_OF, KH_CLASS_ONE_OF);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (d->tokens->at[t].sentence != f.sentence) {
      f.sentence = d->tokens->at[t].sentence;
      f.last_figure = f.whole = KH_NONE;
      f.last_end = 0;
      f.in_parts = false;
    }
    kh_count c;
    if (!may_begin(&f, t) || !kh_count_at(d, t, &c)) continue;
    read_count(&f, &c);
    if (c.last > t + 1 && same_sentence(d, t, c.last - 1)) t = c.last - 1;
  }
}
