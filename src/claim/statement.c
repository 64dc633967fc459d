// SPDX-License-Identifier: Apache-2.0
// Statements: cue, speaker, content. The cue's frame says in which forms its content may come; the
// clause gives the speaker; the content runs to the end of its sentence or quotation, unless
// another cue of the same level or an attribution at the end cuts it short.
// The order cue, source, content follows Citron (BBC, 2021).
#include "claim/statement.h"

// «الذي يعتبر محركا للاقتصاد», «فيما يتوقع أنه»: a passive without anybody who thinks so.
static bool is_impersonal(const kh_st_finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t);
  const kh_clause *c = kh_clause_of(f->d, t);
  if (w->features & KH_F_PAST || w->enclitic != KH_ENC_NONE || w->proclitics) return false;
  if (kh_phrase_at(f->d, t, KH_CLASS_TURN_TOPIC)) return true; // «يذكر أن», «يشار إلى أن»
  if (!kh_word_has(f->d, t, KH_CLASS_OPINE) && !kh_word_has(f->d, t, KH_CLASS_EXPECT) &&
      !kh_word_has(f->d, t, KH_CLASS_BELIEVE))
    return false;
  if (w->features & (KH_F_PLUR | KH_F_DUAL | KH_F_FIRST)) return false;
  if (c->subject_relative) return true;
  return c->subject == c->subject_last && t > 0 &&
         !(kh_is_word(f->d, t - 1) && kh_reading(f->d, t - 1)->enclitic != KH_ENC_NONE) &&
         !(kh_is_word(f->d, t - 1) && kh_reading(f->d, t - 1)->pos == KH_POS_PRON);
}

// «أصدرت الوزارة بيانا قالت فيه»: who issued the document speaks in it.
static bool resumes_document(const kh_st_finder *f, uint32_t t) {
  return kh_share_sentence(f->d, t, t + 1) && kh_is_word(f->d, t + 1) &&
         kh_reading(f->d, t + 1)->enclitic >= KH_ENC_3MS && kh_word_has(f->d, t + 1, KH_CLASS_P_FI);
}

static void read_word_cue(kh_st_finder *f, uint32_t t) {
  kh_st_cue c = {.token = t, .last = t + 1, .span = kh_st_word_span(f, t)};
  const unsigned part = kh_st_part_of(f, t);
  bool told_in_it = false; // «بيانا قال فيه»
  if (part == KH_PART_VERB) {
    if (f->phrases->clause_at[t] < 0 || is_impersonal(f, t)) return;
    told_in_it = kh_st_is_resumptive(f, t);
    if (told_in_it && !resumes_document(f, t)) return;
    c.clause = &f->phrases->clauses.at[f->phrases->clause_at[t]];
    if (kh_st_read_according_verb(f, t) || c.clause->passive) return;
  } else if (part == KH_PART_PARTICIPLE && !kh_st_is_participle_cue(f, t)) {
    return;
  }
  if (f->phrases->scope[t] & KH_SCOPE_NEGATED) return; // «لم يؤكد», «دون إعلان» say nothing
  if (!part || !kh_st_read_cue(f, &c)) return;
  kh_span span = {0, 0};
  int32_t speaker = KH_NONE;
  if (part == KH_PART_VERB)
    speaker = told_in_it ? kh_st_speaker_of_clause_before(f, &c, &span)
                         : kh_st_speaker_of_verb(f, &c, &span);
  if (part == KH_PART_PARTICIPLE) speaker = kh_st_speaker_of_participle(f, &c, &span);
  if (part == KH_PART_NOUN) speaker = kh_st_speaker_of_noun(f, &c, &span);
  kh_st_add_statement(f, &c, speaker, span);
}

// «موسكو: لن نقبل بالشروط»: a place that says «we».
static bool speaks_of_itself(const kh_st_finder *f, uint32_t first) {
  enum { REACH = 4 };
  for (uint32_t t = first; t < first + REACH && kh_share_sentence(f->d, first, t); t++)
    if (kh_clause_of(f->d, t) && kh_reading(f->d, t)->features & KH_F_FIRST) return true;
  return false;
}

// «فلان: ...» at the head of a paragraph.
static void read_headline(kh_st_finder *f, const kh_paragraph *p) {
  if (p->last - p->first > 40 || !f->phrases->end[p->first]) return;
  uint32_t end = f->phrases->end[p->first];
  // «سفير البلاد في الخرطوم: ...», «الوزير لوكالة الأنباء: ...»
  kh_slot slot;
  while (end < p->last && !kh_is_mark(f->d, end, KH_MARK_COLON) &&
         kh_slot_next(f->d, end, p->last, &slot) && slot.first == end &&
         (slot.prep >= 0 || slot.clitic))
    end = slot.last;
  if (end >= p->last || !kh_is_mark(f->d, end, KH_MARK_COLON) || end + 2 >= p->last) return;
  if (end - p->first > 10) return;
  kh_st_cue c = {.token = end, .last = end + 1, .span = {f->tokens[end].start, f->tokens[end].end}};
  kh_span span;
  const int32_t speaker = kh_st_resolve(f, p->first, f->phrases->end[p->first], &span);
  if (speaker < 0) return;
  // a place is the topic («سوريا: ...»), an outlet the byline
  const kh_entity_kind kind = f->d->mentions->entities.at[speaker].kind;
  if (kind == KH_KIND_MEDIA || (kind == KH_KIND_PLACE && !speaks_of_itself(f, end + 1))) return;
  if (!kh_st_content_from(f, &c, end + 1, 0, false)) return;
  kh_st_add_statement(f, &c, speaker, span);
}

// A paragraph that is one quotation and has no cue goes on with the last speaker's words.
static void read_continuation(kh_st_finder *f, const kh_paragraph *p, uint32_t statements_before) {
  static const kh_speech_frame frame = {.id = "st.goes-on", .parts = KH_PART_NOUN};
  if (f->speaker < 0 || f->d->claims->statements.count != statements_before) return;
  const int32_t q = kh_st_quote_opened(f, p->first, p->last);
  if (q < 0) return;
  const kh_quote *quote = &f->d->tokens->quotes[q];
  uint32_t rest = quote->last;
  while (rest < p->last && f->tokens[rest].kind == KH_TOKEN_PUNCT) rest++;
  if (rest < p->last || quote->last - quote->first < 6) return;
  kh_st_cue c = {.token = quote->first, .last = quote->first, .span = f->cue, .frame = &frame};
  kh_st_set_content(&c, quote->first, quote->last, 0);
  const uint32_t before = f->d->claims->statements.count;
  kh_st_add_statement(f, &c, f->speaker, f->speaker_span);
  if (f->d->claims->statements.count > before)
    f->d->claims->statements.at[before].mode = KH_MODE_DIRECT;
}

static void nest(kh_document *d) {
  for (uint32_t i = 0; i < d->claims->statements.count; i++) {
    kh_statement *inner = &d->claims->statements.at[i];
    uint32_t best = UINT32_MAX;
    for (uint32_t back = 1; back <= i && back < 16; back++) {
      const kh_statement *outer = &d->claims->statements.at[i - back];
      const uint32_t size = outer->content.end - outer->content.start;
      if (outer->content.start <= inner->cue.start && inner->content.end <= outer->content.end &&
          size < best) {
        best = size;
        inner->inside = (int32_t)(i - back);
      }
    }
  }
}

// For every token the innermost statement that holds it.
static void cover(kh_document *d) {
  const uint32_t count = d->tokens->count;
  int32_t *at = kh_arena_alloc(&d->arena, (count + 1) * sizeof *at);
  for (uint32_t t = 0; t < count; t++) at[t] = KH_NONE;
  uint32_t from = 0; // statements come in the order of their cues; contents may precede them
  for (uint32_t i = 0; i < d->claims->statements.count; i++) {
    const kh_span content = d->claims->statements.at[i].content;
    while (from > 0 && d->tokens->at[from].start > content.start) from--;
    while (from < count && d->tokens->at[from].end <= content.start) from++;
    for (uint32_t t = from; t < count && d->tokens->at[t].end <= content.end; t++) {
      if (at[t] >= 0) {
        const kh_span other = d->claims->statements.at[at[t]].content;
        if (other.end - other.start <= content.end - content.start) continue;
      }
      at[t] = (int32_t)i;
    }
  }
  d->claims->statement_at = at;
}

void kh_statements(kh_document *d) {
  kh_st_finder f = {.d = d,
                    .frames = d->engine->frames,
                    .phrases = d->claims->phrases,
                    .tokens = d->tokens->at,
                    .speaker = KH_NONE,
                    .issuer = KH_NONE,
                    .sentence_of = UINT32_MAX};
  for (uint32_t i = 0; i < d->tokens->paragraph_count; i++) {
    const kh_paragraph *p = &d->tokens->paragraphs[i];
    const uint32_t before = d->claims->statements.count;
    read_headline(&f, p);
    for (uint32_t t = p->first; t < p->last; t++) {
      if (f.d->morph->phrase_tokens[t] && kh_st_read_report_in(&f, t)) continue;
      if (kh_st_according_at(&f, t))
        kh_st_read_according(&f, t);
      else if (kh_st_is_cue_word(&f, t))
        read_word_cue(&f, t);
    }
    read_continuation(&f, p, before);
  }
  nest(d);
  cover(d);
}
