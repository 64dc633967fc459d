// SPDX-License-Identifier: Apache-2.0
// Events: who did what to whom. A verb, noun or fixed phrase of an event class is a candidate; the
// first frame of rules/claim/events.tsv that fits its classes and whose needs are met makes it an
// event of a type, with roles from the shallow syntax. Words of one happening in a sentence (the
// means and the harm) become one event.
#include "claim/event_rank.h"

#include "text/text.h"

#include <string.h>

// How many events back another word of the same happening is looked for; the same in tellings.
enum { MAX_MERGE = 12, MAX_BACK = 64 };

typedef struct reader {
  kh_document *d;
  const struct kh_frames *frames;
  const struct kh_phrases *p;
  uint32_t first_of_sentence; // index of the first event of the sentence
  kh_class_set calm;          // words beside which violence is a figure of speech
  kh_class_set violent;       // words of violence
  KH_ARRAY(kh_telling) tellings;
  bool judged;        // a model decides what the rules doubt
  uint16_t *left_out; // per token: types proposed for it that it cannot tell, a bit each
} reader;

// ------------------------------------------------------------------ which words may name events

// The classes of the word or of the fixed phrase that begins there.
static bool has(const kh_document *d, uint32_t t, kh_class class_id) {
  return d->morph->phrase_tokens[t] ? kh_phrase_at(d, t, class_id) : kh_word_has(d, t, class_id);
}

// «حمل بعنف على», «رد بعنف»: how, not what.
static bool tells_manner(const kh_document *d, uint32_t t) {
  const uint16_t proclitics = kh_reading(d, t)->proclitics & (KH_CLITIC_BI | KH_CLITIC_AL);
  return proclitics == KH_CLITIC_BI && kh_word_has(d, t, KH_CLASS_MANNER);
}

static bool may_name_event(const reader *r, uint32_t t) {
  const kh_document *d = r->d;
  return !tells_manner(d, t) && kh_is_word(d, t) && d->mentions->name_at[t] < 0 &&
         !d->morph->inside_phrase[t] && d->mentions->time_at[t] < 0;
}

static unsigned part_of(const reader *r, uint32_t t) {
  if (r->p->clause_at[t] >= 0) return KH_PART_VERB;
  const kh_word *w = kh_reading(r->d, t);
  if (w->pos == KH_POS_VERB) return 0;
  if (r->d->morph->phrase_tokens[t]) return KH_PART_NOUN;
  if (w->features & KH_F_MASDAR) return KH_PART_MASDAR;
  if (w->features & (KH_F_ACTIVE_PART | KH_F_PASSIVE_PART)) return KH_PART_PARTICIPLE;
  return w->pos == KH_POS_NOUN ? KH_PART_NOUN : 0;
}

static bool fits(const reader *r, const kh_event_frame *frame, uint32_t t, unsigned part) {
  if (!(frame->parts & part)) return false;
  for (int i = 0; i < KH_FRAME_CUES; i++)
    if (frame->cue[i] != KH_CLASS_COUNT && !kh_cue_at(r->d, t, frame->cue[i])) return false;
  for (int i = 0; i < KH_FRAME_WITHOUT; i++)
    if (frame->without[i] != KH_CLASS_COUNT && kh_cue_at(r->d, t, frame->without[i])) return false;
  return true;
}

// A noun that only tells what an office, body or document is about: «وزير الدفاع», «محكمة جرائم
// الحرب», «ذكرى الحرب».
static bool is_attribute(const reader *r, uint32_t t) {
  static const kh_class heads[] = {KH_CLASS_JUDGEMENT,  KH_CLASS_PERSON_ROLE,     KH_CLASS_BODY,
                                   KH_CLASS_MEDIA_HEAD, KH_CLASS_PAST_BACKGROUND, KH_CLASS_METAPHOR,
                                   KH_CLASS_WEAPON};
  if (t == 0 || !r->p->end[t - 1]) return false;
  if (kh_reading(r->d, t)->proclitics & KH_CLITIC_BI) // «حكم بالإعدام»
    return kh_word_has(r->d, t - 1, KH_CLASS_JUDGEMENT);
  if (r->p->end[t - 1] <= t) return false;
  if (kh_reading(r->d, t)->proclitics & ~KH_CLITIC_AL) return false;
  for (size_t i = 0; i < sizeof heads / sizeof *heads; i++)
    if (kh_word_has(r->d, t - 1, heads[i])) return true;
  return has(r->d, t, KH_CLASS_EV_STATE) && kh_word_has(r->d, t - 1, KH_CLASS_PLACE_HEAD);
}

static bool is_force(const kh_event_frame *frame) {
  return frame->type == KH_EVENT_ASSAULT || frame->type == KH_EVENT_COERCE ||
         frame->type == KH_EVENT_MOBILIZE;
}

// Is the noun aimed at only: «للتوصل إلى اتفاق», «لإجلاء المقاتلين»? Force aimed at is an event to
// come; other moves aimed at are steps.
static bool is_aim(const reader *r, const kh_trigger *t) {
  const kh_word *w = kh_reading(r->d, t->token);
  // «عاقبتها لرفضها»: a cause; «الصور الأولى للقصف»: whose they are
  if (t->frame->type == KH_EVENT_REJECT || t->frame->type == KH_EVENT_ACCUSE) return false;
  if (w->proclitics & KH_CLITIC_AL && is_force(t->frame) && t->token > 0 &&
      kh_is_nominal(r->d, t->token - 1))
    return false;
  if (t->clause && kh_word_has(r->d, t->clause->verb, KH_CLASS_SUFFER)) return false;
  return t->part == KH_PART_MASDAR && w->proclitics & KH_CLITIC_LI;
}

// ------------------------------------------------------------------ reality

// Does a verb of denial govern it: «نفى المتحدث مقتل الجنود»? What follows a denial at once is its
// object, even where it looks like a verb («نفى ... فرض حظر التجول»).
static bool denied_by_verb(const reader *r, const kh_trigger *t) {
  const kh_document *d = r->d;
  const uint32_t first = kh_sentence_of(d, t->token)->first;
  for (uint32_t i = t->token; i-- > first && t->token - i < 12;) {
    if (kh_is_mark(d, i, KH_MARK_COMMA)) return false;
    if (!kh_is_word(d, i) || d->mentions->name_at[i] >= 0) continue;
    if (kh_word_has(d, i, KH_CLASS_COMPLEMENT) || kh_word_has(d, i, KH_CLASS_RELATIVE) ||
        kh_word_has(d, i, KH_CLASS_OPENS_CLAUSE))
      return false;
    if (i + 1 == t->token && kh_word_has(d, i, KH_CLASS_LIGHT_VERB)) continue;
    if (kh_clause_of(d, i)) return kh_word_has(d, i, KH_CLASS_DENY);
  }
  return false;
}

// Is it what a denial denies? Not what the denial mentions in a relative clause.
static bool denied(const reader *r, uint32_t t, int32_t statement) {
  if (statement < 0) return false;
  const kh_statement *s = &r->d->claims->statements.at[statement];
  if (!s->origin.rule || strcmp(s->origin.rule, "st.deny") != 0) return false;
  while (t > 0 && r->d->tokens->at[t - 1].start >= s->content.start)
    if (kh_is_word(r->d, --t) && kh_word_has(r->d, t, KH_CLASS_RELATIVE)) return false;
  return true;
}

// Does the negation of a verb reach a noun in its clause? Not a definite one that the verb merely
// speaks of: «لم تتبن أي جهة الهجوم».
static bool negation_reaches(const reader *r, const kh_trigger *t) {
  if (!(t->part & (KH_PART_NOUN | KH_PART_MASDAR))) return true;
  if (t->clause && t->clause->verb < t->token) {
    // «لم تعلن جهة مسؤوليتها عن هجوم», «لم يمنعها من شن هجوم», «لم يدخلوا البلدة، الواقعة تحت
    // سيطرة»
    if (kh_word_has(r->d, t->clause->verb, KH_CLASS_PREVENT)) return false;
    for (uint32_t i = t->clause->verb + 1; i < t->token; i++)
      if (kh_is_mark(r->d, i, KH_MARK_COMMA) ||
          (kh_is_word(r->d, i) && kh_word_has(r->d, i, KH_CLASS_RESPONSIBILITY)))
        return false;
  }
  if (!(kh_reading(r->d, t->token)->proclitics & KH_CLITIC_AL)) return true;
  static const kh_class verbs[] = {KH_CLASS_HAPPEN, KH_CLASS_LIGHT_VERB, KH_CLASS_OUTBREAK,
                                   KH_CLASS_BEGIN,  KH_CLASS_HELD,       KH_CLASS_REACH,
                                   KH_CLASS_DECLARE};
  if (!t->clause) return false;
  for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++)
    if (kh_word_has(r->d, t->clause->verb, verbs[i])) return true;
  return false;
}

// «هجمات محتملة», «زيارة مرتقبة»
static kh_reality told_by_adjective(const reader *r, const kh_trigger *t) {
  const uint32_t end = r->p->end[t->last - 1];
  for (uint32_t i = t->last; i < end && i < t->last + 4; i++) {
    if (!kh_is_word(r->d, i) || r->d->mentions->name_at[i] >= 0) break;
    if (kh_word_has(r->d, i, KH_CLASS_POSSIBLE)) return KH_REALITY_POSSIBLE;
    if (kh_word_has(r->d, i, KH_CLASS_FUTURE) || kh_word_has(r->d, i, KH_CLASS_PLANNED))
      return KH_REALITY_FUTURE;
  }
  return KH_REALITY_ACTUAL;
}

// Does a word of class `class` govern the phrase that the noun stands in: «بعد فشل المفاوضات»?
static bool is_governed_by(const reader *r, const kh_trigger *t, kh_class class) {
  const kh_document *d = r->d;
  if (!(t->part & (KH_PART_NOUN | KH_PART_MASDAR))) return false;
  const uint32_t first = kh_sentence_of(d, t->token)->first;
  for (uint32_t i = t->token; i-- > first && t->token - i <= 4;) {
    if (kh_word_has(d, i, class)) return true;
    if (d->morph->inside_phrase[i]) continue;
    // «التحقيق في مقتل», «المسؤولية عن هجوم»
    if (class == KH_CLASS_GIVEN_FORCE && i > first && kh_word_has(d, i, KH_CLASS_P_FI))
      return kh_word_has(d, i - 1, KH_CLASS_MODE_INVESTIGATE);
    // in an idafa, or as what follows its head: «إثر تجدد القصف»
    if (!kh_is_word(d, i) || r->p->end[i] <= t->token || r->p->clause_at[i] >= 0) return false;
  }
  return false;
}

// «بعد هجوم», «منذ إطاحة الحكومة»: what a time is counted from, and what is the cause of something,
// has happened, whatever is demanded or to come around it; what is to be stopped goes on.
static bool is_given(const reader *r, const kh_trigger *t) {
  return is_governed_by(r, t, KH_CLASS_GIVEN) || is_governed_by(r, t, KH_CLASS_ST_STOP) ||
         (is_force(t->frame) && is_governed_by(r, t, KH_CLASS_GIVEN_FORCE));
}

// «وقع الهجوم العام الماضي»: all of its time is over when the report is published.
static bool is_over(const kh_document *d, const kh_event *e) {
  if (e->time < 0) return false;
  const kh_time *time = &d->mentions->times.at[e->time].time;
  const char *day = kh_report_day(d);
  return time->type != KH_TIME_SET && time->until[0] && day[0] && strcmp(time->until, day) < 0;
}

// «تبدأ المحادثات الأحد المقبل»: its time has not come when the report is published.
static bool is_ahead(const kh_document *d, const kh_trigger *t, const kh_event *e) {
  if (e->time < 0 || !(t->part & (KH_PART_NOUN | KH_PART_MASDAR))) return false;
  if (e->type != KH_EVENT_CONSULT && e->type != KH_EVENT_PROTEST) return false;
  const kh_time *time = &d->mentions->times.at[e->time].time;
  const char *day = kh_report_day(d);
  return time->type != KH_TIME_SET && time->begin[0] && day[0] && strcmp(time->begin, day) > 0;
}

// «قبل ثلاثة أيام من لقاء»: what is counted towards is still to come.
static bool is_counted_towards(const reader *r, const kh_trigger *t) {
  const kh_document *d = r->d;
  const uint32_t first = kh_sentence_of(d, t->token)->first;
  if (t->token < first + 3 || !kh_word_has(d, t->token - 1, KH_CLASS_FROM)) return false;
  for (uint32_t i = t->token - 1; i-- > first && t->token - i <= 5;) {
    if (d->mentions->time_at[i] >= 0 || d->mentions->quantity_at[i] >= 0) continue;
    return kh_is_word(d, i) && kh_word_has(d, i, KH_CLASS_UNLESS) &&
           kh_reading(d, i)->pos == KH_POS_PREP;
  }
  return false;
}

// «فشلوا في خطف الفتيات», «بعد فشلهم في السيطرة»: it was tried in vain.
static bool is_failed(const reader *r, const kh_trigger *t) {
  const kh_document *d = r->d;
  if (t->part != KH_PART_MASDAR || !is_force(t->frame)) return false;
  const uint32_t first = kh_sentence_of(d, t->token)->first;
  if (t->token < first + 2 || !kh_word_has(d, t->token - 1, KH_CLASS_P_FI)) return false;
  const uint32_t verb = t->clause && t->clause->verb < t->token ? t->clause->verb : t->token - 2;
  return kh_word_has(d, t->token - 2, KH_CLASS_FAIL) || kh_word_has(d, verb, KH_CLASS_FAIL);
}

// «قررت المحكمة توقيفه»: what somebody who rules decides to impose is imposed.
static bool is_decided(const reader *r, const kh_trigger *t) {
  const kh_clause *c = t->clause;
  if (t->frame->type != KH_EVENT_COERCE && t->frame->type != KH_EVENT_SANCTION) return false;
  return c && c->verb < t->token && t->token < c->verb + 10 &&
         kh_word_has(r->d, c->verb, KH_CLASS_DECIDE) &&
         kh_reading(r->d, c->verb)->features & KH_F_PAST && r->p->clause_at[t->token] < 0;
}

// «الهدنة ستستمر», «العمليات ضد التنظيم ستستمر»: it is the subject of what will be.
static bool is_subject_of_future(const reader *r, const kh_trigger *t) {
  const kh_clause *clause = t->clause;
  if (!(t->part & (KH_PART_NOUN | KH_PART_MASDAR)) || !clause) return false;
  return clause->subject_before && clause->subject <= t->token && t->token < clause->verb &&
         t->token < clause->subject_last && r->p->scope[clause->verb] & KH_SCOPE_FUTURE;
}

// What somebody demands or refuses stands behind «that» when it is a verb; a verb of another clause
// («المطلوبين الذين يرفضون»), and a participle beside («مهددا») tell what they do.
static bool is_wanted(const reader *r, const kh_trigger *t) {
  if (!(r->p->scope[t->token] & (KH_SCOPE_DEMANDED | KH_SCOPE_REFUSED))) return false;
  if (t->part & (KH_PART_NOUN | KH_PART_MASDAR)) return true;
  if (t->part != KH_PART_VERB) return false;
  const uint32_t first = kh_sentence_of(r->d, t->token)->first;
  for (uint32_t i = t->token; i-- > first && t->token - i <= 6;) {
    if (kh_word_has(r->d, i, KH_CLASS_RELATIVE) || r->p->clause_at[i] >= 0) return false;
    if (kh_word_has(r->d, i, KH_CLASS_COMPLEMENT) || kh_word_has(r->d, i, KH_CLASS_MODAL_MUST))
      return true;
  }
  return false;
}

// «أعلنت الحركة هدنة»: what is declared is to come.
static bool is_declared(const reader *r, const kh_trigger *t) {
  if (!has(r->d, t->token, KH_CLASS_MODE_CEASEFIRE) || t->part == KH_PART_VERB) return false;
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  for (uint32_t i = t->token; i-- > s->first && t->token - i < 10;) {
    if (!kh_is_word(r->d, i)) continue;
    if (kh_word_has(r->d, i, KH_CLASS_STATUS_VIOLATED) ||
        kh_word_has(r->d, i, KH_CLASS_STATUS_MET) || kh_word_has(r->d, i, KH_CLASS_OPENS_CLAUSE))
      return false;
    if (kh_word_has(r->d, i, KH_CLASS_DECLARE) || kh_word_has(r->d, i, KH_CLASS_AGREE)) return true;
  }
  for (uint32_t i = t->last; i < s->last && i < t->last + 3; i++) // «هدنة أعلنتها الحكومة»
    if (kh_clause_of(r->d, i)) return kh_word_has(r->d, i, KH_CLASS_DECLARE);
  return false;
}

// «لن نتفاوض», «لن يوقع»: who will not agree, meet or yield rejects it.
static bool is_rejection(const kh_event *e, uint8_t scope) {
  if (!e->negated || !(scope & KH_SCOPE_FUTURE) || scope & KH_SCOPE_CONDITIONAL) return false;
  switch (e->type) {
  case KH_EVENT_AGREE:
  case KH_EVENT_CONSULT:
  case KH_EVENT_CONCEDE:
  case KH_EVENT_COOPERATE:
  case KH_EVENT_RETREAT:
    return true;
  default:
    return false;
  }
}

// «الغارات التي شنها الجيش», «عملية بدأتها القوات»: told in the past right after it.
static bool told_after(const reader *r, const kh_trigger *t) {
  const uint32_t last = kh_sentence_of(r->d, t->token)->last;
  uint32_t i = r->p->end[t->last - 1] > t->last ? r->p->end[t->last - 1] : t->last;
  if (i < last && kh_is_word(r->d, i) && kh_word_has(r->d, i, KH_CLASS_RELATIVE)) i++;
  const kh_clause *c = i < last ? kh_clause_of(r->d, i) : NULL;
  return c && kh_reading(r->d, i)->features & KH_F_PAST &&
         kh_reading(r->d, i)->enclitic != KH_ENC_NONE &&
         !(kh_reading(r->d, i)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA));
}

// What stands as a fact inside what is planned, feared or conditional: a lasting state told in a
// relative clause («حماس التي تسيطر على غزة»), a participle of support, what something has led to.
static bool stands_as_fact(const reader *r, const kh_trigger *t) {
  const kh_clause *c = t->clause;
  if (t->part == KH_PART_PARTICIPLE) return t->frame->type == KH_EVENT_SUPPORT;
  if (t->part != KH_PART_VERB)
    return told_after(r, t) ||
           (c && c->verb < t->token && kh_word_has(r->d, c->verb, KH_CLASS_CAUSE_HARM) &&
            kh_reading(r->d, c->verb)->features & KH_F_PAST &&
            !(r->p->scope[c->verb] & (KH_SCOPE_POSSIBLE | KH_SCOPE_CONDITIONAL)));
  if (!c || c->first == 0 || !kh_is_word(r->d, c->first - 1) ||
      !kh_word_has(r->d, c->first - 1, KH_CLASS_RELATIVE) || t->token > c->first + 2)
    return false;
  // «وحدات حماية الشعب التي تصنفها أنقرة إرهابية»: told of somebody by the way
  if (t->token == c->first && kh_reading(r->d, t->token)->features & KH_F_PRESENT &&
      !(kh_reading(r->d, t->token)->proclitics & KH_CLITIC_SA) &&
      r->d->tokens->at[c->first - 1].end - r->d->tokens->at[c->first - 1].start > 4)
    return true;
  const bool lasts = t->frame->type == KH_EVENT_REJECT ||
                     (t->frame->type == KH_EVENT_COERCE && has(r->d, t->token, KH_CLASS_EV_STATE));
  return lasts && !(kh_reading(r->d, t->token)->proclitics & KH_CLITIC_SA);
}

// «حاول التنظيم السيطرة»: what is tried or wanted is not done yet.
static bool is_tried(const reader *r, const kh_trigger *t) {
  const kh_clause *c = t->clause;
  if (!c || t->part != KH_PART_MASDAR || !is_force(t->frame)) return false;
  if (t->token <= c->verb || t->token > c->verb + 8) return false;
  if (c->subject <= t->token && t->token < c->subject_last) return false;
  return kh_word_has(r->d, c->verb, KH_CLASS_STATUS_DEMANDED) &&
         !kh_word_has(r->d, c->verb, KH_CLASS_SAY);
}

// What the scope of the trigger makes of it. What is demanded, refused or aimed at only is a step
// rather than an event: a doubt.
static void set_reality(const reader *r, kh_trigger *t, kh_event *e) {
  const bool given = is_given(r, t);
  uint8_t scope = r->p->scope[t->token];
  if (given || stands_as_fact(r, t)) scope &= KH_SCOPE_NEGATED;
  e->negated = scope & KH_SCOPE_NEGATED && !given && negation_reaches(r, t);
  if (scope & KH_SCOPE_CONDITIONAL)
    e->reality = KH_REALITY_CONDITIONAL;
  else if (scope & KH_SCOPE_POSSIBLE)
    e->reality = KH_REALITY_POSSIBLE;
  else if (scope & (KH_SCOPE_FUTURE | KH_SCOPE_PURPOSE))
    e->reality = KH_REALITY_FUTURE;
  else
    e->reality = told_by_adjective(r, t);
  if (e->reality == KH_REALITY_ACTUAL && is_tried(r, t)) e->reality = KH_REALITY_POSSIBLE;
  if (is_aim(r, t)) {
    if (!is_force(t->frame)) t->doubts |= KH_DOUBT_WANTED;
    if (e->reality == KH_REALITY_ACTUAL) e->reality = KH_REALITY_FUTURE;
  }
  if (is_rejection(e, scope)) {
    e->type = KH_EVENT_REJECT;
    e->mode = NULL;
    e->negated = false;
    e->reality = KH_REALITY_ACTUAL;
  }
  if (e->reality == KH_REALITY_ACTUAL && !is_over(r->d, e) &&
      (is_declared(r, t) || is_governed_by(r, t, KH_CLASS_EVE) || is_subject_of_future(r, t) ||
       is_ahead(r->d, t, e) || is_counted_towards(r, t)))
    e->reality = KH_REALITY_FUTURE;
  if (e->reality == KH_REALITY_FUTURE && is_decided(r, t)) e->reality = KH_REALITY_ACTUAL;
  if (is_failed(r, t)) e->negated = true;
  if (e->reality == KH_REALITY_FUTURE && is_over(r->d, e)) e->reality = KH_REALITY_ACTUAL;
  if (denied(r, t->token, e->statement) || denied_by_verb(r, t)) e->negated = true;
  if (scope && !given && is_wanted(r, t)) {
    t->doubts |= KH_DOUBT_WANTED;
    // a refused request was made all the same
    if (e->reality == KH_REALITY_ACTUAL && e->type != KH_EVENT_REQUEST)
      e->reality = KH_REALITY_DEMANDED;
  }
}

// ------------------------------------------------------------------ needs

static bool figure_near(const reader *r, const kh_trigger *t) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  const kh_claim_layer *claims = r->d->claims;
  const uint32_t from = r->d->tokens->at[s->first].start;
  const uint32_t to = r->d->tokens->at[s->last - 1].end;
  uint32_t low = 0;
  uint32_t high = claims->figures.count;
  while (low < high) { // figures stand in the order of the text
    const uint32_t middle = (low + high) / 2;
    if (claims->figures.at[middle].span.start < from)
      low = middle + 1;
    else
      high = middle;
  }
  for (; low < claims->figures.count && claims->figures.at[low].span.start < to; low++)
    if (claims->figures.at[low].what == KH_HARM_KILLED ||
        claims->figures.at[low].what == KH_HARM_WOUNDED)
      return true;
  return false;
}

static bool is_completed(const reader *r, const kh_trigger *t) {
  const uint32_t tail = t->last - 1;
  if (kh_reading(r->d, tail)->enclitic != KH_ENC_NONE) return true;
  return !(kh_reading(r->d, tail)->proclitics & KH_CLITIC_AL) && r->p->end[tail] > t->last;
}

// «انسحب من الاتفاق», «خروجها من المنظمة»: what is left is an agreement or a body, not a place.
static bool leaves_pact(const reader *r, const kh_trigger *t) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  const uint32_t limit = t->last + 8 < s->last ? t->last + 8 : s->last;
  kh_slot slot;
  uint32_t at = t->last;
  for (int seen = 0; seen < 4 && kh_slot_next(r->d, at, limit, &slot); seen++) {
    at = slot.last > at ? slot.last : at + 1;
    if (kh_slot_prep(r->d, &slot) != KH_PREP_MIN) continue;
    if (has(r->d, slot.np, KH_CLASS_ST_AGREEMENT) || has(r->d, slot.np, KH_CLASS_EV_AGREE) ||
        has(r->d, slot.np, KH_CLASS_BODY))
      return true;
    const int32_t name = r->d->mentions->name_at[slot.np];
    return name >= 0 && r->d->mentions->names.at[name].kind == KH_KIND_ORG;
  }
  return false;
}

// «أطلقت صاروخا», «إطلاق الحركة قذائف»
static bool weapon_follows(const reader *r, const kh_trigger *t) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  for (uint32_t i = t->last; i < s->last && i < t->last + 6; i++) {
    if (r->p->clause_at[i] >= 0) return false;
    if (kh_is_word(r->d, i) && kh_cue_at(r->d, i, KH_CLASS_WEAPON)) return true;
  }
  return false;
}

// A word of the class among the next ones of its clause: «أطلقت السلطات أمس سراح السجناء».
static bool clause_goes_on_with(const reader *r, const kh_trigger *t, kh_class class) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  for (uint32_t i = t->last; i < s->last && i < t->last + 12; i++) {
    if (r->p->clause_at[i] >= 0) return false;
    if (kh_is_word(r->d, i) && kh_word_has(r->d, i, class)) return true;
  }
  return false;
}

// Without these the word names something else, and no model is asked.
static bool strict_needs_met(const reader *r, const kh_trigger *t, unsigned needs) {
  if (needs & KH_NEED_FREED) return clause_goes_on_with(r, t, KH_CLASS_HM_RELEASED);
  return clause_goes_on_with(r, t, KH_CLASS_RESPONSIBILITY);
}

// «رفع المتظاهرون لافتات»: demonstrators, banners or slogans within a few words.
static bool demonstrators(const reader *r, const kh_trigger *t) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  const uint32_t from = t->token > s->first + 5 ? t->token - 5 : s->first;
  for (uint32_t i = from; i < s->last && i < t->last + 8; i++)
    if (kh_is_word(r->d, i) &&
        (kh_cue_at(r->d, i, KH_CLASS_DEMONSTRATOR) || kh_cue_at(r->d, i, KH_CLASS_BANNER)))
      return true;
  return false;
}

// «هاجم الرئيس وسائل الإعلام», «هاجمت الصحيفة الحكومة»: politicians and outlets attack with words,
// unless somebody is hurt or a weapon is told.
static bool attacks_with_words(const reader *r, const kh_trigger *t, const kh_event_roles *roles) {
  if (figure_near(r, t) || weapon_follows(r, t)) return false;
  for (uint32_t i = 0; i < roles->actors.count; i++) {
    const kh_draft *actor = &r->d->mentions->entities.at[roles->actors.at[i]];
    if (actor->kind == KH_KIND_MEDIA) return true;
    const bool one = actor->kind == KH_KIND_PERSON ||
                     (actor->kind == KH_KIND_ACTOR && t->clause && t->clause->subject > 0 &&
                      has(r->d, t->clause->subject, KH_CLASS_PERSON_ROLE));
    if (one && (actor->sector == KH_SECTOR_GOV || actor->sector == KH_SECTOR_LEG ||
                actor->sector == KH_SECTOR_OPP || actor->sector == KH_SECTOR_PTY ||
                actor->sector == KH_SECTOR_IGO))
      return true;
  }
  return false;
}

static bool needs_met(const reader *r, const kh_trigger *t, const kh_event_roles *roles) {
  const unsigned needs = t->frame->needs;
  if (!needs) return true;
  if (needs & KH_NEED_ACTOR && roles->actors.count) return true;
  if (needs & KH_NEED_RECIPIENT && roles->recipients.count) return true;
  if (needs & KH_NEED_BOTH && roles->actors.count && (roles->recipients.count || roles->place >= 0))
    return true;
  if (needs & KH_NEED_PLACE && roles->place >= 0) return true;
  if (needs & KH_NEED_DOER)
    for (uint32_t i = 0; i < roles->actors.count; i++)
      if (kh_is_doer(r->d, roles->actors.at[i])) return true;
  if (needs & KH_NEED_SPEAKER && attacks_with_words(r, t, roles)) return true;
  if (needs & KH_NEED_IDAFA && is_completed(r, t)) return true;
  if (needs & KH_NEED_PACT && leaves_pact(r, t)) return true;
  if (needs & KH_NEED_WEAPON && weapon_follows(r, t)) return true;
  if (needs & KH_NEED_CROWD && demonstrators(r, t)) return true;
  if (needs & KH_NEEDS_STRICT) return true; // seen to before
  return needs & KH_NEED_FIGURE && figure_near(r, t);
}

// Does a word of the set stand in the trigger's sentence, but for the trigger itself?
static bool beside(const reader *r, const kh_trigger *t, const kh_class_set *set) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  for (uint32_t i = s->first; i < s->last; i++) {
    if (i >= t->token && i < t->last) continue;
    if (!kh_is_word(r->d, i) || r->d->morph->inside_phrase[i]) continue;
    if (r->d->morph->phrase_tokens[i] ? set == &r->calm && kh_phrase_at(r->d, i, KH_CLASS_CALM)
                                      : kh_class_set_at(r->d, i, set))
      return true;
  }
  return false;
}

// «رفضت الكرة دخول المرمى»: two words of sport beside it.
static bool is_game(const reader *r, const kh_trigger *t) {
  const kh_sentence *s = kh_sentence_of(r->d, t->token);
  uint32_t words = 0;
  for (uint32_t i = s->first; i < s->last; i++)
    if (kh_is_word(r->d, i) && r->d->mentions->name_at[i] < 0 && i != t->token)
      words += kh_cue_at(r->d, i, KH_CLASS_SPORT);
  return words >= 2;
}

// «تنازل اللاعب عن رقمه», «أطلق النادي سراح مدربه»: what players and clubs give up or leave is no
// yielding.
static bool is_player_yielding(const reader *r, const kh_trigger *t) {
  if (t->frame->type != KH_EVENT_CONCEDE && t->frame->type != KH_EVENT_RETREAT) return false;
  const kh_document *d = r->d;
  const kh_clause *c = t->clause;
  if (c && c->subject < c->subject_last && d->mentions->name_at[c->subject] < 0 &&
      kh_word_has(d, c->subject, KH_CLASS_SPORT))
    return true;
  return kh_share_sentence(d, t->token, t->last) && kh_is_word(d, t->last) &&
         d->mentions->name_at[t->last] < 0 && kh_word_has(d, t->last, KH_CLASS_SPORT);
}

// Is it violence at all? Not when nobody armed does it and what it is done to cannot be hurt
// («اقتحمت الشاعرة عالم الرواية»); a wound needs its cause or a count («أصيب في الركبة»).
static bool is_violence(const reader *r, const kh_trigger *t, const kh_event_roles *roles) {
  if (t->frame->type != KH_EVENT_ASSAULT) return true;
  if (!figure_near(r, t) && beside(r, t, &r->calm)) return false;
  for (uint32_t i = 0; i < roles->actors.count; i++)
    if (kh_is_armed(r->d, roles->actors.at[i])) return true;
  // an attack that nobody in particular makes is believed
  if (roles->odd_target && (t->part != KH_PART_NOUN || roles->actors.count)) return false;
  if (t->part != KH_PART_VERB || t->last > t->token + 1) return true;
  const bool wound = has(r->d, t->token, KH_CLASS_HM_WOUNDED) && !roles->actors.count;
  if (wound) return figure_near(r, t) || beside(r, t, &r->violent);
  if (roles->recipients.count || roles->place >= 0 || !(t->frame->recipient & KH_PREP_OBJECT))
    return true;
  return roles->has_target || t->clause->passive || figure_near(r, t);
}

// ------------------------------------------------------------------ one happening, one event

static bool share(kh_refs a, kh_refs b) {
  for (uint32_t i = 0; i < a.count; i++)
    for (uint32_t k = 0; k < b.count; k++)
      if (a.at[i] == b.at[k]) return true;
  return false;
}

// Could both be one happening? Not when both name who did it and nobody is in both, nor when both
// name where and the places differ.
static bool same_happening(const kh_event *a, const kh_event *b) {
  if (a->type != b->type || a->reality != b->reality || a->negated != b->negated) return false;
  if (a->actors.count && b->actors.count && !share(a->actors, b->actors)) return false;
  return a->place < 0 || b->place < 0 || a->place == b->place;
}

static kh_refs joined(kh_document *d, kh_refs a, kh_refs b) {
  kh_role_list list = {.count = 0};
  for (uint32_t i = 0; i < a.count; i++) kh_role_add(&list, a.at[i]);
  for (uint32_t i = 0; i < b.count; i++) kh_role_add(&list, b.at[i]);
  return list.count == a.count ? a : kh_refs_copy(d, list.at, list.count);
}

// The last word that told event number `event`; NULL if none did.
static const kh_trigger *last_told(const reader *r, uint32_t event) {
  for (uint32_t i = r->tellings.count, n = 0; i-- > 0 && n < MAX_BACK; n++)
    if (r->tellings.at[i].event == event) return &r->tellings.at[i].trigger;
  return NULL;
}

// Is event number `event` one that other words may tell too?
static bool may_be_joined(const reader *r, uint32_t event) {
  if (!r->judged) return true;
  const kh_telling *t = &r->tellings.at[event];
  return t->event == event && !(t->trigger.doubts & KH_DOUBT_PROPOSED);
}

// Do two words of a type name two happenings, though nothing else tells them apart? Two finite
// verbs do: «أغلقت المعبر واعتقلت ثلاثة»; of violence the same verb twice («فجر ... وفجر آخر»), and
// an attack that another answers or follows («قصف ... ردا على هجوم»).
static bool two_deeds(const reader *r, const kh_trigger *old, const kh_trigger *t) {
  if (!old) return false;
  const bool same_word = kh_lemma_fact(r->d, old->token) == kh_lemma_fact(r->d, t->token);
  const bool verbs = old->part == KH_PART_VERB && t->part == KH_PART_VERB;
  if (t->frame->type != KH_EVENT_ASSAULT) return verbs && !same_word;
  return verbs && same_word;
}

// Gives the event that tells of the same happening after joining both; the number of events when
// there is none.
static uint32_t merge(reader *r, const kh_trigger *t, const kh_event *e) {
  kh_claim_layer *claims = r->d->claims;
  uint32_t seen = 0;
  for (uint32_t i = claims->events.count, n = 0; i-- > r->first_of_sentence && n < MAX_BACK; n++) {
    if (!may_be_joined(r, i)) continue;
    if (++seen > MAX_MERGE) break;
    kh_event *old = &claims->events.at[i];
    if (!same_happening(old, e) || two_deeds(r, last_told(r, i), t)) continue;
    old->actors = joined(r->d, old->actors, e->actors);
    if (old->type == KH_EVENT_ASSAULT || !old->recipients.count)
      old->recipients = joined(r->d, old->recipients, e->recipients);
    if (old->place < 0) old->place = e->place;
    if (old->time < 0) old->time = e->time;
    return i;
  }
  return claims->events.count;
}

// ------------------------------------------------------------------ reading

static const char *mode_of(const reader *r, uint32_t t) {
  const uint64_t *classes = r->p->cues[t];
  kh_class c = KH_CLASS_MODE_VISIT;
  for (;; c++) {
    c = kh_class_between(classes, c, KH_CLASS_MODE_UNCONVENTIONAL);
    if (c == KH_CLASS_COUNT) return NULL;
    if (r->frames->modes[c]) return r->frames->modes[c];
  }
}

static void add_event(reader *r, kh_trigger *t, const kh_event_roles *roles) {
  kh_document *d = r->d;
  kh_event e = {.trigger = kh_phrase_span(d, t->token, t->last),
                .type = (kh_event_type)t->frame->type,
                .mode = mode_of(r, t->token),
                .place = roles->place,
                .time = roles->time,
                .statement = kh_statement_over(d, t->token),
                .origin = {t->frame->id, -1}};
  if (e.trigger.end <= e.trigger.start) return;
  set_reality(r, t, &e);
  if (t->doubts & ~(unsigned)KH_DOUBT_NOBODY && !r->judged) return;
  e.actors = kh_refs_copy(d, roles->actors.at, roles->actors.count);
  e.recipients = kh_refs_copy(d, roles->recipients.at, roles->recipients.count);
  const bool proposed = t->doubts & KH_DOUBT_PROPOSED;
  const uint32_t next = d->claims->events.count;
  const uint32_t event = proposed ? next : merge(r, t, &e);
  // what it is merged into: the judge may think otherwise
  if (event == next || r->judged) *(kh_event *)KH_ADD(&d->arena, &d->claims->events) = e;
  *(kh_telling *)KH_ADD(&d->arena, &r->tellings) =
      (kh_telling){.trigger = *t, .event = event, .roles = *roles};
}

// «دعمت الأسمدة نمو الأشجار», «استعاد لياقته»: a subject is told and it is nobody, or what is
// seized cannot be.
static bool subject_is_nobody(const kh_trigger *t, const kh_event_roles *roles) {
  if (t->frame->type == KH_EVENT_COERCE && roles->odd_target) return true;
  return t->part == KH_PART_VERB && t->frame->type != KH_EVENT_ASSAULT && !t->clause->passive &&
         t->clause->subject < t->clause->subject_last && !roles->actors.count;
}

// Is there a further frame for the word, from number `from` on?
static bool fits_later(const reader *r, const kh_frame_set *begun, uint32_t from, uint32_t token,
                       unsigned part) {
  for (uint32_t i = from; (i = kh_frame_next(begun, i)) < KH_MOST_EVENT_FRAMES; i++)
    if (!(r->frames->events[i].needs & (KH_NEED_MODEL | KH_NEED_LISTED)) &&
        fits(r, &r->frames->events[i], token, part))
      return r->frames->events[i].type >= 0;
  return false;
}

// Types that the list of words proposes for the word, but for what a frame made of it (`known`).
static void propose(reader *r, const kh_trigger *trigger, unsigned types, int known) {
  for (int type = 0; types; type++, types >>= 1) {
    if (!(types & 1) || type == known) continue;
    kh_trigger t = *trigger;
    t.frame = kh_frame_proposed(r->frames, type, t.part);
    if (!t.frame) continue;
    t.doubts = KH_DOUBT_PROPOSED;
    if (kh_is_vain_proposal(r->d, &t)) {
      r->left_out[t.token] |= (uint16_t)(1U << type);
      continue;
    }
    if (t.part & (KH_PART_NOUN | KH_PART_MASDAR) && is_attribute(r, t.token))
      t.doubts |= KH_DOUBT_ATTRIBUTE;
    const kh_event_roles nobody = {.place = KH_NONE, .time = KH_NONE};
    add_event(r, &t, &nobody);
  }
}

// Gives the type of the event that a frame makes of the word; -1: none; KH_NO_EVENT: a frame says
// that it tells none.
static int read_frames(reader *r, kh_trigger t) {
  const uint32_t token = t.token;
  kh_frame_set begun; // the few frames that can fit at all
  kh_frames_begun(r->frames, r->p->cues[token], &begun);
  for (uint32_t i = 0; (i = kh_frame_next(&begun, i)) < KH_MOST_EVENT_FRAMES; i++) {
    const kh_event_frame *frame = &r->frames->events[i];
    if (frame->needs & KH_NEED_LISTED || !fits(r, frame, token, t.part)) continue;
    if (frame->type < 0) return KH_NO_EVENT;
    if (frame->needs & KH_NEEDS_STRICT && !strict_needs_met(r, &t, frame->needs)) continue;
    kh_event_roles roles;
    t.frame = frame;
    if (is_player_yielding(r, &t)) return KH_NO_EVENT;
    t.doubts = 0;
    if (t.part & (KH_PART_NOUN | KH_PART_MASDAR) && is_attribute(r, token))
      t.doubts |= KH_DOUBT_ATTRIBUTE;
    kh_event_roles_fill(r->d, &t, &roles);
    if (!needs_met(r, &t, &roles)) t.doubts |= KH_DOUBT_NEEDS;
    if (!is_violence(r, &t, &roles) || is_game(r, &t)) t.doubts |= KH_DOUBT_HARMLESS;
    if (subject_is_nobody(&t, &roles)) t.doubts |= KH_DOUBT_NOBODY;
    // a later frame may fit without a doubt
    if ((t.doubts & ~(unsigned)KH_DOUBT_NOBODY) == KH_DOUBT_NEEDS &&
        fits_later(r, &begun, i + 1, token, t.part))
      continue;
    add_event(r, &t, &roles);
    return frame->type;
  }
  return -1;
}

static void read_trigger(reader *r, uint32_t token) {
  const kh_document *d = r->d;
  const uint8_t fixed = d->morph->phrase_tokens[token];
  const unsigned types = fixed || !r->judged ? 0 : d->claims->facts[token].types;
  const bool cue = kh_has_sign(d, token, KH_SIGN_EVENT);
  if ((!types && !cue) || !may_name_event(r, token)) return;
  kh_trigger t = {.token = token, .last = token + (fixed ? fixed : 1), .part = part_of(r, token)};
  if (!t.part) return;
  t.clause = t.part == KH_PART_VERB ? kh_clause_of(d, token) : kh_clause_around(d, token);
  const int known = cue ? read_frames(r, t) : -1;
  if (types && known != KH_NO_EVENT) propose(r, &t, types, known);
}

// Where the report's own title stands again at the end of a paragraph (links to the report do
// that): a byte, or the paragraph's end.
static uint32_t repeated_title(const kh_document *d, const kh_paragraph *p) {
  const kh_text_layer *text = d->text;
  if (text->title_len < 12 || p->start < text->title_len) return p->end;
  if (p->end - p->start < text->title_len) return p->end;
  const uint32_t start = p->end - text->title_len;
  return memcmp(text->bytes + start, text->bytes, text->title_len) == 0 ? start : p->end;
}

void kh_events(kh_document *d) {
  reader r = {.d = d, .frames = d->engine->frames, .p = d->claims->phrases};
  r.left_out = kh_arena_zero(&d->arena, (d->tokens->count + 1) * sizeof *r.left_out);
  r.judged = r.frames->ranker.weights || d->engine->learner;
  kh_class_set_add(&r.calm, KH_CLASS_SPORT, KH_CLASS_SPORT);
  kh_class_set_add(&r.calm, KH_CLASS_CALM, KH_CLASS_CALM);
  static const kh_class violent[] = {KH_CLASS_EV_ASSAULT, KH_CLASS_WEAPON, KH_CLASS_HM_KILLED};
  for (size_t i = 0; i < sizeof violent / sizeof *violent; i++)
    kh_class_set_add(&r.violent, violent[i], violent[i]);
  for (uint32_t i = 0; i < d->tokens->sentence_count; i++) {
    const kh_sentence *s = &d->tokens->sentences[i];
    const uint32_t end = repeated_title(d, &d->tokens->paragraphs[s->paragraph]);
    r.first_of_sentence = d->claims->events.count;
    for (uint32_t t = s->first; t < s->last && d->tokens->at[t].start < end; t++)
      read_trigger(&r, t);
  }
  if (r.judged) kh_judge_events(d, r.tellings.at, r.tellings.count, r.left_out);
}
