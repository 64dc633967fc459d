// SPDX-License-Identifier: Apache-2.0
// Figures: who or what was counted, what befell them, how many, where, since when, counted by whom.
// A candidate is a quantity with its counted noun, or a bare noun in the singular or dual where
// words of harm govern it. What befell it comes from the counted noun itself (قتيل), from the
// masdar (مقتل) or verb that governs it, or from the figure that it breaks down or continues.
#include "claim/frames.h"

#include <string.h>

enum { MAX_GOVERN = 4, MAX_PLACE_REACH = 25 };

// The enumerations and the classes stand in the same order (rules/classes.tsv, claim.h).
_Static_assert((int)KH_CLASS_CN_OTHER - (int)KH_CLASS_CN_PERSONS == KH_COUNTED_OTHER,
               "classes cn_* follow kh_counted");
_Static_assert((int)KH_CLASS_HM_OTHER - (int)KH_CLASS_HM_KILLED == KH_HARM_OTHER,
               "classes hm_* follow kh_harm");

typedef struct candidate {
  uint32_t first; // of the span
  uint32_t last;
  uint32_t head;  // counted noun; == last when there is none
  uint32_t outer; // first token with bound words
  double value;
  double high;
  kh_bound bound;
  bool bare;   // a noun without a number
  int counted; // kh_counted, or -1
} candidate;

typedef struct finder {
  kh_document *d;
  const struct kh_phrases *phrases;
  kh_class_set counted; // classes of counted nouns
  uint32_t sentence;    // of the figures below
  int32_t last_figure;  // the figure before in the sentence, or KH_NONE
  uint32_t last_end;    // token after it
  int32_t whole;        // the figure that a breakdown refers to
} finder;

static int counted_of(const kh_document *d, uint32_t t) {
  for (int i = 0; i <= KH_COUNTED_OTHER; i++)
    if (kh_word_has(d, t, (kh_class)(KH_CLASS_CN_PERSONS + i))) return i;
  return -1;
}

static int harm_of(const kh_document *d, uint32_t t) {
  for (int i = 0; i <= KH_HARM_OTHER; i++)
    if (kh_word_has(d, t, (kh_class)(KH_CLASS_HM_KILLED + i))) return i;
  return -1;
}

static bool same_sentence(const kh_document *d, uint32_t a, uint32_t b) {
  return b < d->tokens->count && d->tokens->at[a].sentence == d->tokens->at[b].sentence;
}

// ------------------------------------------------------------------ candidates

static bool quantity_candidate(const finder *f, uint32_t t, candidate *c) {
  const kh_document *d = f->d;
  const int32_t index = d->mentions->quantity_at[t];
  if (index < 0) return false;
  const kh_quantity *q = &d->mentions->quantities.at[index];
  if (q->first != t || q->in_time || q->in_name) return false;
  if (q->kind != KH_QUANTITY_NUMBER && q->kind != KH_QUANTITY_VAGUE) return false;
  *c = (candidate){.first = q->first,
                   .last = q->last,
                   .head = q->last,
                   .outer = q->bound_first < q->first ? q->bound_first : q->first,
                   .value = q->value,
                   .high = q->high,
                   .bound = q->bound,
                   .counted = -1};
  uint32_t head = q->last;
  if (!same_sentence(d, t, head)) return true;
  if (kh_is_word(d, head) && kh_word_has(d, head, KH_CLASS_FROM) && same_sentence(d, t, head + 1))
    head++;
  if (!f->phrases->end[head] || d->mentions->time_at[head] >= 0 || d->mentions->name_at[head] >= 0)
    return true;
  const kh_word *w = kh_reading(d, head);
  if (w->proclitics & ~KH_CLITIC_AL) return true;
  c->counted = counted_of(d, head);
  c->head = head;
  c->last = head + 1;
  // «ثلاثة من عناصر الشرطة»: the members are counted as what they are members of
  if (kh_word_has(d, head, KH_CLASS_CN_PART) && f->phrases->end[head] > head + 1) {
    const int inner = counted_of(d, head + 1);
    if (inner >= 0) c->counted = inner;
    c->last = f->phrases->end[head];
  } else if (head > q->last) {
    c->last = f->phrases->end[head];
  }
  return true;
}

static bool bare_candidate(const finder *f, uint32_t t, candidate *c) {
  const kh_document *d = f->d;
  if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->mentions->time_at[t] >= 0)
    return false;
  if (d->mentions->quantity_at[t] >= 0 || d->morph->inside_phrase[t]) return false;
  const kh_word *w = kh_reading(d, t);
  if (w->pos != KH_POS_NOUN && w->pos != KH_POS_ADJ) return false;
  if (w->proclitics & (KH_CLITIC_AL | KH_CLITIC_LI | KH_CLITIC_KA | KH_CLITIC_BI)) return false;
  if (w->enclitic != KH_ENC_NONE || w->features & KH_F_PLUR) return false;
  if (!kh_class_set_at(d, t, &f->counted)) return false;
  const int counted = counted_of(d, t);
  if (counted < 0 || counted >= KH_COUNTED_STRIKES) return false;
  const bool dual = (w->features & KH_F_DUAL) != 0;
  if (!dual && !(w->features & KH_F_SING)) return false;
  *c = (candidate){.first = t,
                   .last = t + 1,
                   .head = t,
                   .outer = t,
                   .value = dual ? 2 : 1,
                   .high = -1,
                   .bound = KH_BOUND_EXACT,
                   .bare = true,
                   .counted = counted};
  return true;
}

// ------------------------------------------------------------------ what befell them

// The masdar or noun of harm right before: «مقتل 3», «مقتل وإصابة العشرات». Gives up to two.
static int governing_nouns(const finder *f, const candidate *c, int what[2]) {
  const kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, c->first);
  int count = 0;
  uint32_t t = c->outer;
  for (uint32_t back = 0; back < MAX_GOVERN && t > s->first && count < 2; back++) {
    t--;
    if (!kh_is_word(d, t)) break;
    const kh_word *w = kh_reading(d, t);
    const int harm = harm_of(d, t);
    if (w->pos == KH_POS_VERB) break;
    if (harm >= 0 && w->enclitic == KH_ENC_NONE && !(w->proclitics & KH_CLITIC_AL)) {
      what[count++] = harm;
      if (!(w->proclitics & KH_CLITIC_WA)) break;
      continue;
    }
    // between the masdar and the number only words of measure («مقتل ما لا يقل عن»)
    if (t >= c->outer || count > 0 || back > 0) break;
    if (!kh_word_has(d, t, KH_CLASS_QUANTIFIER)) break;
  }
  return count;
}

static bool covers(uint32_t first, uint32_t last, const candidate *c) {
  return first <= c->outer && c->first < last;
}

// The finite verb of harm whose victim the candidate is.
static int governing_verb(const finder *f, const candidate *c) {
  const kh_document *d = f->d;
  const kh_clause *clause = kh_clause_around(d, c->first);
  if (!clause) return -1;
  const int harm = harm_of(d, clause->verb);
  if (harm < 0) return -1;
  const bool is_subject =
      clause->subject != clause->subject_last && covers(clause->subject, clause->subject_last, c);
  const bool is_object =
      clause->object != clause->object_last && covers(clause->object, clause->object_last, c);
  if (is_object) return harm;
  if (!is_subject) return -1;
  // the victim of a verb without object: passive («قتل 3 مدنيين») or intransitive («نزح»)
  if (clause->passive || clause->object == clause->object_last) return harm;
  return -1;
}

// «3 أشخاص قتلوا»: the verb comes after its victims.
static int following_verb(const finder *f, const candidate *c) {
  const kh_document *d = f->d;
  const uint32_t end = f->phrases->end[c->first] > c->last ? f->phrases->end[c->first] : c->last;
  for (uint32_t t = end; t < end + 3 && same_sentence(d, c->first, t); t++) {
    const kh_clause *clause = kh_clause_of(d, t);
    if (!clause) continue;
    if (clause->object != clause->object_last && !clause->passive) return -1;
    return harm_of(d, t);
  }
  return -1;
}

static bool breaks_down(const finder *f, const candidate *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->first);
  for (uint32_t back = 1; back <= 2 && c->outer >= s->first + back; back++)
    if (kh_cue_at(f->d, c->outer - back, KH_CLASS_AMONG)) return true;
  return false;
}

static bool in_brackets_after(const finder *f, const candidate *c) {
  return c->outer > 0 && kh_is_mark(f->d, c->outer - 1, KH_MARK_OPEN) &&
         c->outer - 1 == f->last_end;
}

// «... و3 جنود»: joined to the figure before.
static bool continues_list(const finder *f, const candidate *c) {
  if (f->last_figure < 0 || c->outer > f->last_end + 2) return false;
  for (uint32_t t = f->last_end; t < c->outer; t++)
    if (!kh_is_mark(f->d, t, KH_MARK_COMMA) && !kh_is_word(f->d, t)) return false;
  const kh_word *w = kh_reading(f->d, c->outer);
  return (w->proclitics & KH_CLITIC_WA) != 0 || c->outer > f->last_end;
}

// ------------------------------------------------------------------ place, source, period

static int32_t place_of(const finder *f, const candidate *c) {
  kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, c->first);
  kh_slot slot;
  uint32_t at = c->last;
  uint32_t limit = c->last + MAX_PLACE_REACH < s->last ? c->last + MAX_PLACE_REACH : s->last;
  for (int pass = 0; pass < 2; pass++) {
    while (kh_slot_next(d, at, limit, &slot)) {
      at = slot.last;
      if (!(kh_slot_prep(d, &slot) & (KH_PREP_FI | KH_PREP_BI))) continue;
      for (uint32_t t = slot.np; t < slot.last; t++) {
        const int32_t name = d->mentions->name_at[t];
        if (name >= 0 && d->mentions->names.at[name].kind == KH_KIND_PLACE)
          return d->mentions->names.at[name].entity;
      }
    }
    at = s->first;
    limit = c->first;
  }
  return KH_NONE;
}

static const char *since_of(const finder *f, const candidate *c) {
  const kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, c->first);
  for (uint32_t t = s->first; t + 1 < s->last; t++) {
    if (!kh_cue_at(d, t, KH_CLASS_SINCE)) continue;
    const int32_t time = d->mentions->time_at[t + 1];
    if (time >= 0 && d->mentions->times.at[time].time.type == KH_TIME_DATE)
      return d->mentions->times.at[time].time.value;
  }
  return NULL;
}

static int32_t source_of(const finder *f, const candidate *c) {
  const int32_t statement = kh_statement_over(f->d, c->first);
  return statement < 0 ? KH_NONE : f->d->claims->statements.at[statement].speaker;
}

// ------------------------------------------------------------------ assembly

static void add_figure(finder *f, const candidate *c, int what, int32_t part_of, int32_t restates,
                       const char *rule) {
  kh_document *d = f->d;
  kh_figure figure = {.span = kh_phrase_span(d, c->first, c->last),
                      .value = c->value,
                      .high = c->high,
                      .bound = c->bound,
                      .counted = c->counted < 0 ? KH_COUNTED_PERSONS : (kh_counted)c->counted,
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
  f->last_end = c->last;
  if (part_of < 0) f->whole = f->last_figure;
}

static kh_harm harm_before(const finder *f) {
  return f->d->claims->figures.at[f->last_figure].what;
}

static void read_candidate(finder *f, const candidate *c) {
  const kh_document *d = f->d;
  if (!c->bare && c->head < c->last && c->counted < 0) return; // counts something else
  int what[2];
  const int nouns = governing_nouns(f, c, what);
  for (int i = nouns; i-- > 0;) add_figure(f, c, what[i], KH_NONE, KH_NONE, "fg.masdar");
  if (nouns) return;
  const int own = c->head < c->last ? harm_of(d, c->head) : -1;
  if (f->last_figure >= 0 && breaks_down(f, c)) {
    add_figure(f, c, own >= 0 ? own : (int)harm_before(f), f->whole, KH_NONE, "fg.among");
    return;
  }
  if (c->bare && own < 0) {
    const int verb = governing_verb(f, c);
    if (verb >= 0) add_figure(f, c, verb, KH_NONE, KH_NONE, "fg.verb");
    return;
  }
  if (own >= 0) {
    add_figure(f, c, own, KH_NONE, KH_NONE, "fg.counted");
    return;
  }
  if (f->last_figure >= 0 && in_brackets_after(f, c) && c->counted >= 0) {
    add_figure(f, c, (int)harm_before(f), KH_NONE, f->last_figure, "fg.restates");
    return;
  }
  int harm = governing_verb(f, c);
  if (harm < 0 && c->counted >= 0) harm = following_verb(f, c);
  if (harm >= 0) {
    add_figure(f, c, harm, KH_NONE, KH_NONE, "fg.verb");
    return;
  }
  if (c->counted >= 0 && continues_list(f, c)) {
    add_figure(f, c, (int)harm_before(f), KH_NONE, KH_NONE, "fg.list");
    return;
  }
  if (c->counted >= KH_COUNTED_STRIKES && c->counted <= KH_COUNTED_ROCKETS)
    add_figure(f, c, KH_HARM_ATTACKS, KH_NONE, KH_NONE, "fg.attacks");
}

void kh_figures(kh_document *d) {
  finder f = {.d = d, .phrases = d->claims->phrases, .sentence = UINT32_MAX};
  kh_class_set_add(&f.counted, KH_CLASS_CN_PERSONS, KH_CLASS_CN_OTHER);
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (d->tokens->at[t].sentence != f.sentence) {
      f.sentence = d->tokens->at[t].sentence;
      f.last_figure = f.whole = KH_NONE;
      f.last_end = 0;
    }
    candidate c;
    if (quantity_candidate(&f, t, &c)) {
      read_candidate(&f, &c);
      if (c.last > t + 1) t = c.last - 1;
    } else if (bare_candidate(&f, t, &c)) {
      read_candidate(&f, &c);
    }
  }
}
