// SPDX-License-Identifier: Apache-2.0
// Attribution by prepositions and by «وفق ما أفاد»: the content stands around it.
#include "claim/statement.h"

enum { MAX_SOURCE = 20 };

// Where the sentence of the token begins, a dateline left out.
static uint32_t after_dateline(const kh_st_finder *f, uint32_t t) {
  const kh_sentence *s = kh_sentence_of(f->d, t);
  uint32_t first = s->first;
  for (uint32_t i = s->first; i < t && i < s->first + MAX_SOURCE; i++)
    if (kh_ends_dateline(f->d, i)) first = i + 1;
  return first;
}

// Where the clause that ends before token `from` begins: after the last comma with a conjunction.
static uint32_t stretch_first(const kh_st_finder *f, uint32_t from) {
  const uint32_t first = after_dateline(f, from);
  for (uint32_t t = from; t-- > first + 1;)
    if (kh_is_mark(f->d, t - 1, KH_MARK_COMMA) && kh_is_word(f->d, t) &&
        kh_st_begins_aside(f, t, false))
      return from - t > 4 ? t + (f->d->morph->phrase_tokens[t] ? f->d->morph->phrase_tokens[t] : 1U)
                          : first;
  return first;
}

// Where the content of an attribution at the head of its sentence begins: after «فإن» or «فقد», or
// after the comma behind the source («وبحسب مصدر في الشرطة، ...»), else at `to`.
static uint32_t apodosis(const kh_st_finder *f, uint32_t to, uint32_t limit) {
  uint32_t comma = to;
  for (uint32_t t = to; t < limit && t < to + KH_ST_MAX_REACH; t++) {
    const kh_word *w = kh_reading(f->d, t);
    if (!kh_is_word(f->d, t)) {
      if (comma == to && t > to && t < to + MAX_SOURCE && kh_is_mark(f->d, t, KH_MARK_COMMA))
        comma = t + 1;
      continue;
    }
    if (w->proclitics & KH_CLITIC_FA && kh_st_is_complementizer(f, t))
      return t + 1; // «ووفق مصدر، لم يذكر اسمه، فإن»
    if (w->proclitics & KH_CLITIC_FA && w->pos == KH_POS_PART &&
        kh_word_has(f->d, t, KH_CLASS_MODAL_CAN))
      return t + 1; // «فقد»
    // «بحسب حصيلة صدرت عن الوزارة، فإن»: what is told of the source is not what it says
    if (comma == to && kh_clause_of(f->d, t) && !kh_st_is_resumptive(f, t)) return to;
  }
  return comma;
}

// Content of an attribution between `from` and `to`: the longer stretch of its sentence.
static bool stretch_around(const kh_st_finder *f, kh_st_cue *c, uint32_t from, uint32_t to) {
  const kh_sentence *s = kh_sentence_of(f->d, from);
  while (to < s->last && f->tokens[to].kind == KH_TOKEN_PUNCT) to++;
  const uint32_t first = stretch_first(f, from);
  const uint32_t before = kh_st_without_marks(f, first, from) - first;
  const bool anew = to < s->last && kh_is_word(f->d, to) &&
                    (kh_cue_at(f->d, to, KH_CLASS_OPENS_CLAUSE) || kh_st_is_participle_cue(f, to) ||
                     kh_word_has(f->d, to, KH_CLASS_RELATIVE));
  if (from == s->first) {
    const uint32_t begin = apodosis(f, to, s->last);
    return begin < s->last && kh_st_content_from(f, c, begin, 0, begin > to);
  }
  const bool joined = to < s->last && kh_is_mark(f->d, to - 1, KH_MARK_COMMA) &&
                      kh_is_word(f->d, to) && kh_reading(f->d, to)->proclitics & KH_CLITIC_WA;
  const uint32_t after = anew || (joined && before > 3) ? 0 : s->last - to;
  if (before < 3 && after < 3) return false;
  if (before >= after) return kh_st_set_content(c, first, from, 0);
  return kh_st_content_from(f, c, to, 0, false);
}

// «وجاء في بيان الوزارة أن», «وجاء في البيان: "..."»: the document speaks for who issued it.
bool kh_st_read_report_in(kh_st_finder *f, uint32_t t) {
  static const kh_speech_frame frame = {.id = "st.report-in", .parts = KH_PART_NOUN};
  if (!kh_phrase_at(f->d, t, KH_CLASS_REPORT_IN)) return false;
  const kh_sentence *s = kh_sentence_of(f->d, t);
  const uint32_t np = t + f->d->morph->phrase_tokens[t];
  if (np >= s->last || !f->phrases->end[np] || !kh_st_is_document(f, np)) return false;
  kh_st_cue c = {.token = t,
                 .last = f->phrases->end[np],
                 .frame = &frame,
                 .span = {kh_word_start(f->d, t, true), f->tokens[t].end}};
  if (!kh_st_find_said(f, &c)) return false;
  kh_span span = kh_phrase_span(f->d, np, c.last);
  const int32_t speaker = kh_st_source_of_attribution(f, np, f->phrases->end[np], &span);
  kh_st_add_statement(f, &c, speaker, span);
  return true;
}

// The statement between whose cue and content token t stands.
static kh_statement *statement_around(const kh_st_finder *f, uint32_t t) {
  kh_claim_layer *claims = f->d->claims;
  if (!claims->statements.count) return NULL;
  kh_statement *s = &claims->statements.at[claims->statements.count - 1];
  const uint32_t at = f->tokens[t].start;
  return s->cue.start < at && at < s->content.start ? s : NULL;
}

// The statement, if any, whose content ends right before token t in the same sentence: an outlet
// named there is its channel.
static kh_statement *statement_ending(const kh_st_finder *f, uint32_t t) {
  kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < 4;) {
    kh_statement *s = &claims->statements.at[i];
    if (s->cue.start >= f->tokens[kh_sentence_of(f->d, t)->first].start &&
        s->cue.start < f->tokens[t].start)
      return s;
  }
  return NULL;
}

bool kh_st_read_according_verb(kh_st_finder *f, uint32_t verb) {
  static const kh_speech_frame frame = {.id = "st.according-verb", .parts = KH_PART_VERB};
  const kh_clause *clause = kh_clause_of(f->d, verb);
  const uint32_t from = kh_st_according_before(f, verb);
  if (from == verb || clause->passive) return false;
  // «كما» is «as» after a comma, before a verb without content; else «also»
  const bool as = kh_cue_at(f->d, from, KH_CLASS_OPENS_CLAUSE);
  if (as && (clause->complement || from == kh_sentence_of(f->d, from)->first ||
             !kh_is_mark(f->d, from - 1, KH_MARK_COMMA)))
    return false;
  kh_st_cue c = {.token = verb,
                 .last = verb + 1,
                 .span = kh_st_word_span(f, verb),
                 .frame = &frame,
                 .clause = clause,
                 .content = UINT32_MAX};
  kh_span span = {0, 0};
  const int32_t speaker = kh_st_speaker_of_verb(f, &c, &span);
  uint32_t to = clause->subject_last > verb ? clause->subject_last : verb + 1;
  kh_slot slot; // «... لوكالة فرانس برس»
  while (kh_slot_next(f->d, to, clause->last, &slot) && slot.first == to) to = slot.last;
  kh_statement *holder = statement_around(f, from);
  // «قال المتحدث إن ...، وفق ما نقلت الوكالة»
  if (!holder) {
    kh_statement *before = statement_ending(f, from);
    if (before && (kh_st_is_outlet(f, speaker) || before->speaker == speaker)) holder = before;
  }
  if (holder) { // «قال المتحدث، وفق ما نقلت الوكالة، إن ...»
    if (kh_st_is_outlet(f, speaker) && holder->speaker != speaker) holder->via = speaker;
    if (holder->via == KH_NONE) // «وفق ما نشر على موقع تويتر»
      holder->via = kh_st_outlet_led_to(f, verb + 1, clause->last, holder->speaker);
    return true;
  }
  if (!stretch_around(f, &c, from, to)) return true;
  kh_st_add_statement(f, &c, speaker, span);
  return true;
}

void kh_st_read_according(kh_st_finder *f, uint32_t t) {
  static const kh_speech_frame frame = {.id = "st.according", .parts = KH_PART_NOUN};
  if (!kh_cue_at(f->d, t, KH_CLASS_ACCORDING)) return; // «كما» and its like want a verb
  const kh_sentence *s = kh_sentence_of(f->d, t);
  const uint32_t tokens = f->d->morph->phrase_tokens[t] ? f->d->morph->phrase_tokens[t] : 1;
  uint32_t np = t + tokens;
  if (np >= s->last) return;
  if (kh_is_mark(f->d, np, KH_MARK_QUOTE) && np + 1 < s->last) np++;
  if (f->phrases->clause_at[np] >= 0) return; // «حسب ما ذكر»: the verb is the cue
  if (!f->phrases->end[np]) return;
  uint32_t end = f->phrases->end[np];
  kh_span span = kh_phrase_span(f->d, np, end);
  const int32_t speaker = kh_st_source_of_attribution(f, np, end, &span);
  if (speaker < 0) return;
  kh_statement *holder = statement_ending(f, t);
  if (holder) {
    if (kh_st_is_outlet(f, speaker) && holder->speaker != speaker) holder->via = speaker;
    return;
  }
  while (end < s->last &&
         (kh_is_mark(f->d, end, KH_MARK_QUOTE) || kh_is_mark(f->d, end, KH_MARK_CLOSE)))
    end++;
  kh_st_cue c = {.token = t,
                 .last = np,
                 .frame = &frame,
                 .span = {kh_word_start(f->d, t, true), f->tokens[t + tokens - 1].end}};
  if (!stretch_around(f, &c, t, end)) return;
  kh_st_add_statement(f, &c, speaker, span);
}
