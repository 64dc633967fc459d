// SPDX-License-Identifier: Apache-2.0
// Figures: who or what was counted, what befell them, how many, where, since when, counted by whom.
// Counts come from figure_count.c, what befell them from figure_fate.c; here they are joined: the
// parts of a whole, the items of a list, a number given again in another unit, place and source.
#include "claim/figure.h"

#include <string.h>

enum {
  MAX_PLACE_REACH = 45,
  MAX_LEAD = 5,
  MAX_SINCE = 11,
  MAX_WHOLE_BACK = 24,
  MAX_OPENING = 8,
  MAX_LIST_REACH = 14,
  MAX_PERIOD = 60
};

typedef struct finder {
  kh_document *d;
  const struct kh_phrases *phrases;
  uint32_t sentence;   // of the figures below
  uint32_t paragraph;  // of the sentence
  int32_t before;      // the last figure of the sentence before in the paragraph, or KH_NONE
  int32_t last_figure; // the figure before in the sentence, or KH_NONE
  uint32_t last_end;   // token after its noun phrase
  int32_t whole;       // the figure that a breakdown refers to
  bool in_parts;       // the figure before is a part of `whole`
} finder;

// ------------------------------------------------------------------ how counts hang together

// An empty one when there is none (last_figure < 0).
static const kh_figure *figure_before(const finder *f) {
  static const kh_figure none = {.counted = KH_COUNTED_OTHER, .part_of = KH_NONE};
  return f->last_figure < 0 ? &none : &f->d->claims->figures.at[f->last_figure];
}

// «مقتل 23 عنصرا، هم خمسة من ... و18 من ...»
static bool names_them(const finder *f, uint32_t t) {
  const kh_document *d = f->d;
  if (!kh_is_word(d, t) || kh_reading(d, t)->pos != KH_POS_PRON || f->last_figure < 0) return false;
  if (figure_before(f)->counted >= KH_COUNTED_STRIKES) return false;
  const kh_word *w = kh_reading(d, t);
  return kh_word_has(d, t, KH_CLASS_THEY) && t < f->last_end + 6 &&
         (kh_is_mark(d, t - 1, KH_MARK_COMMA) || w->proclitics & KH_CLITIC_WA);
}

static bool breaks_down(const finder *f, const kh_count *c) {
  const uint32_t least = kh_sentence_of(f->d, c->first)->first;
  for (uint32_t back = 1; back <= 2 && c->outer >= least + back; back++) {
    const uint32_t t = c->outer - back;
    // «تظاهرات شارك فيها الآلاف»: what the verb resumes is no whole
    if (t > least && kh_is_among(f->d, t) && kh_clause_of(f->d, t - 1) &&
        kh_word_has(f->d, t, KH_CLASS_P_FI))
      return false;
    if (kh_is_among(f->d, t) || names_them(f, t)) return true;
    if (kh_is_word(f->d, t)) return false;
  }
  return false;
}

static bool in_brackets_after(const finder *f, const kh_count *c) {
  const uint32_t open = c->outer - 1;
  return c->outer > 0 && kh_is_mark(f->d, open, KH_MARK_OPEN) && f->last_end <= open &&
         open < f->last_end + 2;
}

static bool is_people(int counted) { return counted >= 0 && counted < KH_COUNTED_STRIKES; }

// Does the word keep a list of counts from going on over it?
static bool ends_list(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t))
    return !kh_is_mark(d, t, KH_MARK_COMMA) && !kh_is_mark(d, t, KH_MARK_QUOTE) &&
           d->tokens->at[t].kind == KH_TOKEN_PUNCT;
  if (kh_clause_of(d, t)) return true;
  if (d->morph->inside_phrase[t]) return false;
  return kh_word_has(d, t, KH_CLASS_COMPLEMENT) || kh_word_has(d, t, KH_CLASS_RELATIVE) ||
         kh_word_has(d, t, KH_CLASS_OPENS_CLAUSE) || kh_word_has(d, t, KH_CLASS_BETWEEN) ||
         is_people(kh_counted_of(d, t)) || (kh_reading(d, t)->proclitics & KH_CLITIC_WA) != 0;
}

static bool is_preposition(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && (kh_reading(d, t)->pos == KH_POS_PREP ||
                              kh_reading(d, t)->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI));
}

// «قتل شرطيان مسؤولان عن الأمن ومدني», «ثلاثة في حلب وخمسة في إدلب»: the list goes on over what
// belongs to the item before.
static bool continues_over(const finder *f, const kh_count *c) {
  const kh_document *d = f->d;
  if (f->last_figure < 0 || c->outer <= f->last_end || c->outer > f->last_end + MAX_LIST_REACH)
    return false;
  if (!(kh_reading(d, c->outer)->proclitics & KH_CLITIC_WA)) return false;
  const bool counts = c->head < c->last;
  if (counts && c->counted >= KH_COUNTED_STRIKES) return false;
  if (counts && figure_before(f)->counted >= KH_COUNTED_STRIKES) return false;
  if (!counts && !(kh_share_sentence(d, c->first, c->last) && is_preposition(d, c->last) &&
                   is_preposition(d, f->last_end)))
    return false;
  for (uint32_t t = f->last_end; t < c->outer; t++)
    if (ends_list(d, t)) return false;
  return true;
}

// «... و3 جنود»: joined to the figure before.
static bool continues_list(const finder *f, const kh_count *c) {
  if (continues_over(f, c)) return true;
  if (f->last_figure < 0 || c->outer > f->last_end + 3 || c->outer < f->last_end) return false;
  bool mark = false;
  bool besides = false;
  for (uint32_t t = f->last_end; t < c->outer; t++) {
    if (kh_is_mark(f->d, t, KH_MARK_COMMA))
      mark = true;
    else if (kh_cue_at(f->d, t, KH_CLASS_BESIDES) || f->d->morph->inside_phrase[t])
      besides = true; // «إضافة إلى 16 طفلا»
    else if (!kh_is_word(f->d, t) || kh_reading(f->d, t)->pos != KH_POS_CONJ)
      return false;
    else
      mark = true;
  }
  const kh_word *w = kh_reading(f->d, c->outer);
  return (w->proclitics & KH_CLITIC_WA) != 0 || besides || (mark && c->kind == KH_COUNT_NUMBER);
}

// ------------------------------------------------------------------ place

// What leads to a name: the preposition before it, over generic heads and adjectives between
// («في مدينة بنغازي», «شمالي حلب»), or the verb whose subject or object it is («شهدتها بلدة طفس»).
typedef enum lead {
  LEAD_NONE,
  LEAD_IN,
  LEAD_TO,
  LEAD_FROM,
} lead;

static bool is_government(const kh_document *d, const kh_name *name) {
  return name->entity >= 0 && d->mentions->entities.at[name->entity].sector != KH_SECTOR_NONE;
}

static bool cut_by_bi(const kh_document *d, const kh_name *name) {
  const kh_token *t = &d->tokens->at[name->first];
  if (name->span.start == t->start) return false;
  const uint8_t *letters = kh_token_letters(d->tokens, name->first);
  return letters[0] == KH_LETTER_BA || (t->fold_len > 1 && letters[1] == KH_LETTER_BA);
}

static lead lead_of_preposition(const kh_document *d, uint32_t t) {
  if (kh_word_has(d, t, KH_CLASS_P_FI) || kh_word_has(d, t, KH_CLASS_P_ALA)) return LEAD_IN;
  if (kh_word_has(d, t, KH_CLASS_FROM)) return LEAD_FROM;
  if (kh_word_has(d, t, KH_CLASS_P_ILA)) return LEAD_TO;
  static const kh_class others[] = {KH_CLASS_ACCORDING, KH_CLASS_WITH, KH_CLASS_BETWEEN,
                                    KH_CLASS_AGAINST,   KH_CLASS_P_AN, KH_CLASS_AGENT_BY};
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (kh_cue_at(d, t, others[i])) return LEAD_NONE;
  return LEAD_IN; // «قرب», «داخل», «وسط»
}

static lead lead_of_name(const kh_document *d, const kh_name *name, uint32_t least) {
  if (cut_by_bi(d, name)) return LEAD_IN;
  const kh_token *first = &d->tokens->at[name->first];
  if (name->span.start != first->start && !(kh_reading(d, name->first)->proclitics & KH_CLITIC_WA))
    return LEAD_NONE; // «لتركيا»
  bool head = false;
  for (uint32_t t = name->first; t > least && name->first - t < MAX_LEAD;) {
    t--;
    if (kh_is_mark(d, t, KH_MARK_QUOTE) || kh_is_mark(d, t, KH_MARK_OPEN)) continue;
    if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0) return LEAD_NONE;
    const kh_word *w = kh_reading(d, t);
    if (w->pos == KH_POS_VERB) return head || !is_government(d, name) ? LEAD_IN : LEAD_NONE;
    if (w->pos == KH_POS_PREP) return lead_of_preposition(d, t);
    const bool heads = kh_word_has(d, t, KH_CLASS_PLACE_HEAD);
    // «بمديرية باجل», but not «بمجلس حلب»
    if (!heads && (kh_word_has(d, t, KH_CLASS_FORCE) || kh_word_has(d, t, KH_CLASS_PERSON_ROLE) ||
                   kh_word_has(d, t, KH_CLASS_BODY)))
      return LEAD_NONE;
    if (w->proclitics & KH_CLITIC_BI || w->pos == KH_POS_ADV) return LEAD_IN;
    if (heads && kh_word_has(d, t, KH_CLASS_BODY)) {
      head = true;
      continue;
    }
    if (heads) head = true;
    // «تابعة للجيش شرق القاهرة»: a direction leads by itself
    if (heads && t + 1 == name->first && kh_word_any(d, t, KH_CLASS_PLACE_HEAD, KH_POS_PREP))
      return LEAD_IN;
  }
  return LEAD_NONE;
}

static bool leads_there(lead l, int what) {
  switch (l) {
  case LEAD_IN:
    return true;
  case LEAD_TO:
    return what == KH_HARM_DEPLOYED || what == KH_HARM_RETURNED || what == KH_HARM_REFUGEES;
  case LEAD_FROM:
    return what == KH_HARM_DISPLACED || what == KH_HARM_EVACUATED;
  default:
    return false;
  }
}

static const kh_name *place_at(const kh_document *d, uint32_t t) {
  const int32_t index = d->mentions->name_at[t];
  if (index < 0) return NULL;
  const kh_name *name = &d->mentions->names.at[index];
  return name->first == t && name->kind == KH_KIND_PLACE ? name : NULL;
}

// The nearest place after the count, before what begins anew («كما قتل ...», «مضيفا أن ...»).
static int32_t place_after(const kh_document *d, const kh_count *c, int what) {
  const kh_sentence *s = kh_sentence_of(d, c->first);
  const uint32_t limit = c->last + MAX_PLACE_REACH < s->last ? c->last + MAX_PLACE_REACH : s->last;
  for (uint32_t t = c->last; t < limit; t++) {
    if (kh_is_mark(d, t, KH_MARK_SEMICOLON)) return KH_NONE;
    if (kh_is_word(d, t) && !d->morph->inside_phrase[t] &&
        ((kh_word_has(d, t, KH_CLASS_OPENS_CLAUSE) && !kh_word_has(d, t, KH_CLASS_WHEN)) ||
         kh_word_has(d, t, KH_CLASS_COMPLEMENT) || kh_cue_at(d, t, KH_CLASS_ACCORDING)))
      return KH_NONE;
    const kh_name *name = place_at(d, t);
    if (name && leads_there(lead_of_name(d, name, s->first), what)) return name->entity;
  }
  return KH_NONE;
}

// The nearest place before the count; the first of a chain («في بيجي في محافظة صلاح الدين»).
// Before «إن», where the speaker may stand, only a place that opens the sentence.
static int32_t place_before(const kh_document *d, const kh_count *c, int what) {
  const kh_sentence *s = kh_sentence_of(d, c->first);
  const kh_name *found = NULL;
  bool told = false;
  for (uint32_t t = c->first; t-- > s->first && c->first - t < 2 * MAX_PLACE_REACH;) {
    if (kh_is_word(d, t) && !d->morph->inside_phrase[t] && kh_word_has(d, t, KH_CLASS_COMPLEMENT))
      told = true;
    const kh_name *name = place_at(d, t);
    if (found && (!name || name->last + 4 < found->first)) {
      if (found->first > t + 8) break;
      continue;
    }
    if (!name || !leads_there(lead_of_name(d, name, s->first), what)) continue;
    if (told) {
      bool opens = t < s->first + MAX_OPENING;
      for (uint32_t v = s->first; v < t && opens; v++) opens = kh_clause_of(d, v) == NULL;
      if (!opens) continue;
    }
    found = name;
  }
  return found ? found->entity : KH_NONE;
}

// «ليبيا.. مقتل العشرات»: a place that heads the paragraph alone.
static int32_t place_heading(const kh_document *d, const kh_count *c) {
  const uint32_t index = d->tokens->at[c->first].sentence;
  if (index == 0) return KH_NONE;
  const kh_sentence *before = &d->tokens->sentences[index - 1];
  if (before->paragraph != d->tokens->sentences[index].paragraph) return KH_NONE;
  const kh_name *name = before->first < before->last ? place_at(d, before->first) : NULL;
  return name && name->last + 1 >= before->last ? name->entity : KH_NONE;
}

// «مالي: الهجوم ... يوقع ثلاثة قتلى»: a place and a colon head the paragraph.
static int32_t place_of_topic(const kh_document *d, const kh_count *c) {
  const kh_sentence *s = kh_sentence_of(d, c->first);
  const kh_name *name = s->first < s->last ? place_at(d, s->first) : NULL;
  return name && name->last < s->last && kh_is_mark(d, name->last, KH_MARK_COLON) ? name->entity
                                                                                  : KH_NONE;
}

// «ووقع التفجير في المدينة. وأسفر عن إصابة 30»: the last place of the sentence before, in the same
// paragraph, when this one names none.
static int32_t place_of_scene(const kh_document *d, const kh_count *c, int what) {
  const uint32_t index = d->tokens->at[c->first].sentence;
  if (index == 0) return KH_NONE;
  const kh_sentence *before = &d->tokens->sentences[index - 1];
  if (before->paragraph != d->tokens->sentences[index].paragraph) return KH_NONE;
  const kh_sentence *own = &d->tokens->sentences[index];
  for (uint32_t t = own->first; t < own->last; t++)
    if (place_at(d, t)) return KH_NONE;
  for (uint32_t t = before->last; t-- > before->first;) {
    const kh_name *name = place_at(d, t);
    if (name && leads_there(lead_of_name(d, name, before->first), what)) return name->entity;
  }
  return KH_NONE;
}

static int32_t place_of(const finder *f, const kh_count *c, int what) {
  int32_t place = place_of_topic(f->d, c);
  if (place < 0) place = place_after(f->d, c, what);
  if (place < 0) place = place_before(f->d, c, what);
  if (place < 0) place = place_heading(f->d, c);
  return place >= 0 ? place : place_of_scene(f->d, c, what);
}

// ------------------------------------------------------------------ period, source

// Does a verb that tells another matter stand between the period and the count?
static bool other_clause_between(const kh_document *d, uint32_t from, uint32_t to) {
  for (uint32_t t = from; t < to; t++)
    if (kh_clause_of(d, t) && kh_harm_of(d, t) < 0) return true;
  return false;
}

static const char *since_of(const finder *f, const kh_count *c) {
  const kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, c->first);
  uint32_t t = c->first > s->first + MAX_PERIOD ? c->first - MAX_PERIOD : s->first;
  for (; t + 1 < s->last && t < c->last + MAX_PERIOD; t++) {
    if (!kh_is_word(d, t) || !kh_cue_at(d, t, KH_CLASS_SINCE)) continue;
    const bool before = t < c->first;
    if (other_clause_between(d, before ? t : c->last, before ? c->first : t)) continue;
    // «منذ 29 نيسان», «منذ الانتخابات التي جرت في 7 حزيران»
    for (uint32_t at = t + 1; at < s->last && at < t + MAX_SINCE; at++) {
      const int32_t time = d->mentions->time_at[at];
      if (kh_is_mark(d, at, KH_MARK_COMMA)) break;
      if (time < 0) continue;
      const kh_time *when = &d->mentions->times.at[time].time;
      if (when->type == KH_TIME_DATE && when->value[0] >= '0' && when->value[0] <= '9')
        return when->value;
      break;
    }
  }
  return NULL;
}

static int32_t source_of(const finder *f, const kh_count *c) {
  const int32_t statement = kh_statement_over(f->d, c->first);
  return statement < 0 ? KH_NONE : f->d->claims->statements.at[statement].speaker;
}

// ------------------------------------------------------------------ assembly

// «وأصيب 28 آخرون», «وإصابة ثمانية»: of the same kind as those counted before.
static kh_counted counted_of(const finder *f, const kh_count *c, int told) {
  if (told >= 0 && (c->counted < 0 || c->counted == KH_COUNTED_PERSONS)) return (kh_counted)told;
  if (c->counted < 0 && c->vague && !c->of_before) return KH_COUNTED_PERSONS; // «جرح العشرات»
  if (c->counted >= 0 && !c->others && !(c->of_before && c->head == c->last))
    return (kh_counted)c->counted;
  const kh_figure *before = figure_before(f);
  if (f->last_figure >= 0 && before->counted < KH_COUNTED_STRIKES) return before->counted;
  return KH_COUNTED_PERSONS;
}

static void add_figure(finder *f, const kh_count *c, int what, int told, int32_t part_of,
                       int32_t restates, const char *rule) {
  kh_document *d = f->d;
  kh_figure figure = {.span = kh_phrase_span(d, c->first, c->last),
                      .value = c->value,
                      .high = c->high,
                      .bound = c->bound,
                      .counted = counted_of(f, c, told),
                      .what = (kh_harm)what,
                      .part_of = part_of,
                      .restates = restates,
                      .place = place_of(f, c, what),
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

// The total that «القتلى» or «من بين القتلى» refers to: the figure before of the same harm.
static int32_t total_before(const finder *f, const kh_count *c, int what) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->figures.count, n = 0; i-- > 0 && n < MAX_WHOLE_BACK; n++) {
    const kh_figure *old = &claims->figures.at[i];
    if ((int)old->what == what && old->value > c->value && old->part_of < 0) return (int32_t)i;
  }
  return KH_NONE;
}

// «17 شخصا قتلوا، 12 جنديا و5 ...»: a smaller number after a comma tells who the others were.
static bool spells_out(const finder *f, const kh_count *c) {
  const kh_figure *before = figure_before(f);
  if (f->last_figure < 0 || before->part_of >= 0 || c->kind != KH_COUNT_NUMBER ||
      c->value >= before->value)
    return false;
  if (before->counted != KH_COUNTED_PERSONS || c->counted < 0 || c->others) return false;
  const kh_word *w = kh_reading(f->d, c->outer);
  return !w->proclitics && c->outer > 0 && kh_is_mark(f->d, c->outer - 1, KH_MARK_COMMA) &&
         c->outer < f->last_end + 4;
}

// Deaths that are threatened, feared, demanded or denied are not counted.
static bool is_only_feared(const kh_document *d, const kh_count *c) {
  const kh_clause *clause = kh_clause_around(d, c->outer); // «نفى المتحدث مقتل ثلاثة»
  if (clause && clause->verb < c->outer && kh_word_has(d, clause->verb, KH_CLASS_DENY)) return true;
  const int32_t told = kh_statement_over(d, c->first);
  if (told >= 0 && strcmp(d->claims->statements.at[told].origin.rule, "st.deny") == 0) return true;
  return (d->claims->phrases->scope[c->outer] &
          (KH_SCOPE_NEGATED | KH_SCOPE_POSSIBLE | KH_SCOPE_CONDITIONAL | KH_SCOPE_FUTURE)) != 0;
}

// Does a rule of the name give the fate?
static bool is_by(const kh_fate *fate, const char *rule) {
  return fate->count > 0 && fate->rule && strcmp(fate->rule, rule) == 0;
}

// People who are counted though nothing befell them: «تظاهر الآلاف», «شارك 500 مسؤول». Millions are
// populations, and those that a thing is for or has («لثمانية أطفال», «وعددهم 40 ألف موظف») its
// size.
static bool is_crowd(const finder *f, const kh_count *c) {
  enum { POPULATION = 1000000 };
  const kh_document *d = f->d;
  if (c->kind != KH_COUNT_NUMBER || c->value < 2 || c->value >= POPULATION) return false;
  if (d->claims->phrases->scope[c->outer] & (KH_SCOPE_NEGATED | KH_SCOPE_CONDITIONAL)) return false;
  const uint32_t before = c->outer > 0 ? c->outer - 1 : 0;
  if (kh_reading(d, c->outer)->proclitics & (KH_CLITIC_BI | KH_CLITIC_LI) ||
      kh_word_has(d, before, KH_CLASS_NUMBER_NOUN))
    return false;
  if (c->head >= c->last) // «تظاهر الآلاف»
    return c->vague && !c->of_before && c->last == c->first + 1 &&
           (kh_reading(d, c->first)->proclitics & KH_CLITIC_AL) != 0;
  if (!is_people(c->counted) || c->others || kh_word_has(d, c->head, KH_CLASS_CN_SIZE))
    return false;
  if (kh_counted_of(d, c->head) >= 0) return true;
  // «مئات العراقيين»; «20 سوريا» alone may be anybody's
  const uint32_t told_by_form = KH_F_NISBA | KH_F_NOM | KH_F_OBL;
  if (c->vague && kh_reading(d, c->head)->features & told_by_form) return true;
  for (int i = 0; i < KH_COUNTED_STRIKES; i++) // «500 مسؤول», read as an adjective
    if (kh_word_any(d, c->head, (kh_class)(KH_CLASS_CN_PERSONS + i), KH_POS_NOUN)) return true;
  return false;
}

static void read_count(finder *f, const kh_count *c) {
  const kh_document *d = f->d;
  const bool counts = c->head < c->last;
  if (counts && c->counted < 0 && !c->of_before) return; // counts something else
  const kh_figure *before = figure_before(f);
  const bool any = f->last_figure >= 0;
  const kh_fate fate = kh_fate_of(d, c);
  if (fate.count && fate.what[0] == KH_HARM_KILLED && is_only_feared(d, c)) return;
  // «... 20 شخصا. ومن بينهم ثلاثة أطفال»
  if (!any && f->before >= 0 && breaks_down(f, c) &&
      d->claims->figures.at[f->before].value > c->value) {
    f->whole = f->before;
    const int what = fate.count ? fate.what[0] : (int)d->claims->figures.at[f->whole].what;
    add_figure(f, c, what, -1, f->whole, KH_NONE, "fg.among");
    return;
  }
  const bool part =
      any && f->whole >= 0 &&
      (c->of_before || breaks_down(f, c) || (f->in_parts && continues_list(f, c) && !fate.count));
  if (part) {
    const int what = fate.count && !is_by(&fate, "fg.strength")
                         ? fate.what[0]
                         : (int)d->claims->figures.at[f->whole].what;
    add_figure(f, c, what, -1, f->whole, KH_NONE, "fg.among");
    return;
  }
  if (any && in_brackets_after(f, c) && is_by(&fate, "fg.counted") && c->value < before->value) {
    // «بلغ عدد الضحايا المدنيين 1091 (335 قتيلا ...)»
    add_figure(f, c, fate.what[0], (int)before->counted, f->last_figure, KH_NONE, "fg.among");
    return;
  }
  const bool weak = is_by(&fate, "fg.strength");
  if (is_by(&fate, "fg.nominal")) {
    // «من بين القتلى سبعة أطفال وثلاث نساء»: of one whole
    const bool beside = any && (int)before->what == fate.what[0] && continues_list(f, c);
    const int32_t whole = beside ? before->part_of : total_before(f, c, fate.what[0]);
    add_figure(f, c, fate.what[0], -1, whole, KH_NONE, fate.rule);
    return;
  }
  if (fate.count && !weak) {
    for (int i = 0; i < fate.count; i++)
      add_figure(f, c, fate.what[i], fate.counted, KH_NONE, KH_NONE, fate.rule);
    return;
  }
  if (any && in_brackets_after(f, c) && counts) {
    add_figure(f, c, (int)before->what, -1, KH_NONE, f->last_figure, "fg.restates");
    return;
  }
  if (spells_out(f, c)) {
    add_figure(f, c, (int)before->what, -1, f->last_figure, KH_NONE, "fg.among");
    return;
  }
  if (any && continues_list(f, c) &&
      (counts || before->counted >= KH_COUNTED_STRIKES || continues_over(f, c))) {
    add_figure(f, c, (int)before->what, -1, KH_NONE, KH_NONE, "fg.list");
    return;
  }
  if (weak) {
    add_figure(f, c, fate.what[0], -1, KH_NONE, KH_NONE, fate.rule);
    return;
  }
  if (is_crowd(f, c)) add_figure(f, c, KH_HARM_OTHER, -1, KH_NONE, KH_NONE, "fg.people");
}

// Participles count by a noun of the same spelling («مقتل مسلح»).
static bool may_begin(const kh_document *d, uint32_t t) {
  if (d->mentions->quantity_at[t] >= 0) return true;
  if (!kh_is_word(d, t)) return false;
  const kh_word *w = kh_reading(d, t);
  return d->morph->phrase_tokens[t] || kh_has_sign(d, t, KH_SIGN_COUNTED) || w->pos == KH_POS_ADJ ||
         w->features & (KH_F_NISBA | KH_F_ACTIVE_PART | KH_F_PASSIVE_PART);
}

void kh_counted_cues(kh_class_set *set) {
  kh_class_set_add(set, KH_CLASS_CN_PERSONS, KH_CLASS_CN_OTHER);
  kh_class_set_add(set, KH_CLASS_ONE_OF, KH_CLASS_ONE_OF);
}

void kh_figures(kh_document *d) {
  finder f = {.d = d,
              .phrases = d->claims->phrases,
              .sentence = UINT32_MAX,
              .paragraph = UINT32_MAX,
              .before = KH_NONE,
              .last_figure = KH_NONE};
  for (uint32_t t = 0; t < d->tokens->count; t++) {
    if (d->tokens->at[t].sentence != f.sentence) {
      f.sentence = d->tokens->at[t].sentence;
      f.before =
          f.paragraph == d->tokens->sentences[f.sentence].paragraph ? f.last_figure : KH_NONE;
      f.paragraph = d->tokens->sentences[f.sentence].paragraph;
      f.last_figure = f.whole = KH_NONE;
      f.last_end = 0;
      f.in_parts = false;
    }
    kh_count c;
    if (!may_begin(d, t) || !kh_count_at(d, t, &c)) continue;
    read_count(&f, &c);
    if (c.last > t + 1 && kh_share_sentence(d, t, c.last - 1)) t = c.last - 1;
  }
}
