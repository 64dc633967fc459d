// SPDX-License-Identifier: Apache-2.0
// What a statement has beside cue, speaker and content: mode, time, outlet, addressees.
#include "claim/statement_rank.h"

enum { MAX_TO = 4 };

static kh_statement_mode mode_of(const kh_st_finder *f, const kh_st_cue *c) {
  const uint32_t first = c->content;
  const int32_t quote = f->tokens[first].quote;
  if (quote >= 0 && quote != f->tokens[c->token].quote &&
      f->d->tokens->quotes[quote].first == first &&
      f->d->tokens->quotes[quote].last >= c->content_last)
    return KH_MODE_DIRECT;
  for (uint32_t t = first; t < c->content_last; t++) {
    if (!kh_is_mark(f->d, t, KH_MARK_QUOTE)) continue;
    // a quoted name alone makes nothing mixed
    if (t + 1 < c->content_last && f->d->mentions->name_at[t + 1] >= 0) {
      const kh_name *name = &f->d->mentions->names.at[f->d->mentions->name_at[t + 1]];
      if (kh_is_mark(f->d, name->last, KH_MARK_QUOTE)) {
        t = name->last;
        continue;
      }
    }
    return KH_MODE_MIXED;
  }
  return KH_MODE_INDIRECT;
}

static int32_t time_between(const kh_st_finder *f, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++) {
    const int32_t time = f->d->mentions->time_at[t];
    if (time < 0) continue;
    const kh_time_type type = f->d->mentions->times.at[time].time.type;
    if (type == KH_TIME_DATE || type == KH_TIME_TIME) return time;
  }
  return KH_NONE;
}

// Does a preposition lead to the name, over heads of outlets and quotation marks («لشبكة CNN»,
// «في حديث إلى قناة "العربية"»)? «مراسل رويترز» is led to by nothing: its outlet belongs to whom it
// employs.
static bool is_led_to(const kh_st_finder *f, const kh_name *name, uint32_t least) {
  enum { MAX_HEADS = 4 };
  const kh_token *first = &f->tokens[name->first];
  if (name->span.start != first->start)
    return !(kh_reading(f->d, name->first)->proclitics & KH_CLITIC_WA);
  for (uint32_t t = name->first; t > least && name->first - t < MAX_HEADS; t--) {
    const uint32_t before = t - 1;
    if (kh_is_mark(f->d, before, KH_MARK_QUOTE)) continue;
    if (!kh_is_word(f->d, before)) return false;
    const kh_word *w = kh_reading(f->d, before);
    if (w->pos == KH_POS_PREP) return !kh_word_has(f->d, before, KH_CLASS_FROM);
    if (!kh_cue_at(f->d, before, KH_CLASS_MEDIA_HEAD) &&
        !kh_cue_at(f->d, before, KH_CLASS_MEDIA_CHANNEL) && !f->d->morph->inside_phrase[before])
      return false;
    if (w->proclitics & (KH_CLITIC_LI | KH_CLITIC_BI)) return true;
  }
  return false;
}

int32_t kh_st_outlet_led_to(const kh_st_finder *f, uint32_t first, uint32_t last, int32_t speaker) {
  for (uint32_t t = first; t < last; t++) {
    const int32_t index = f->d->mentions->name_at[t];
    if (index < 0) continue;
    const kh_name *name = &f->d->mentions->names.at[index];
    if (name->first == t && name->entity != speaker && kh_st_is_outlet(f, name->entity) &&
        is_led_to(f, name, first))
      return name->entity;
  }
  return KH_NONE;
}

// Outlet and addressees in the stretch between cue and content.
static void find_channels(kh_st_finder *f, const kh_st_cue *c, kh_statement *s) {
  int32_t to[MAX_TO];
  uint32_t count = 0;
  const uint32_t from = c->last;
  kh_slot slot;
  uint32_t at = from;
  while (kh_slot_next(f->d, at, c->between_last, &slot)) {
    at = slot.last;
    const unsigned prep = kh_slot_prep(f->d, &slot);
    const bool inside_subject =
        c->clause && slot.np >= c->clause->subject && slot.last <= c->clause->subject_last;
    if (inside_subject) continue;
    if (!prep) {
      if (!(c->frame->to & KH_PREP_OBJECT) || !c->clause || slot.np != c->clause->object) continue;
    }
    const int32_t name = f->d->mentions->name_at[slot.np];
    const int32_t entity = kh_entity_of(f->d, slot.np, slot.last, true);
    if (entity < 0 || entity == s->speaker) continue;
    if (kh_st_is_outlet(f, entity)) {
      if (s->via == KH_NONE) s->via = entity;
    } else if ((prep == 0 || prep & (KH_PREP_LI | c->frame->to)) && count < MAX_TO &&
               (name >= 0 || !prep)) {
      to[count++] = entity;
    }
  }
  s->to = kh_refs_copy(f->d, to, count);
  // «قال فلان، نائب المتحدث باسم الوزارة، لشبكة CNN إن»: behind the subject and its apposition
  if (s->via == KH_NONE) s->via = kh_st_outlet_led_to(f, from, c->between_last, s->speaker);
}

static bool repeats(const kh_st_finder *f, const kh_statement *s) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < 8;) {
    const kh_statement *old = &claims->statements.at[i];
    if (old->content.start == s->content.start && old->content.end == s->content.end) return true;
  }
  return false;
}

// «نقلت الوكالة عن الوزير قوله إن»: the cue is «قوله», the subject the channel.
static void read_relay(kh_st_finder *f, const kh_st_cue *c, kh_statement *s) {
  if (!c->clause || !kh_word_has(f->d, c->token, KH_CLASS_QUOTE)) return;
  if (c->clause->subject != c->clause->subject_last) {
    const int32_t relay = kh_entity_of(f->d, c->clause->subject, c->clause->subject_last, true);
    if (relay >= 0 && relay != s->speaker) s->via = relay;
  }
  for (uint32_t t = c->between_last; t-- > c->last && c->between_last - t < 4;) {
    const kh_word *w = kh_reading(f->d, t);
    if (kh_st_is_cue_word(f, t) && w->enclitic != KH_ENC_NONE &&
        kh_st_part_of(f, t) == KH_PART_NOUN)
      s->cue = kh_st_word_span(f, t);
  }
}

// «قالت الوزارة في بيان إن»: whoever speaks issued the document.
static bool names_document(const kh_st_finder *f, const kh_st_cue *c) {
  for (uint32_t t = c->last; t + 1 < c->between_last; t++)
    if (kh_is_word(f->d, t) && kh_word_has(f->d, t, KH_CLASS_P_FI) &&
        kh_reading(f->d, t)->enclitic == KH_ENC_NONE && kh_st_is_document(f, t + 1))
      return true;
  return false;
}

void kh_st_add_statement(kh_st_finder *f, const kh_st_cue *c, int32_t speaker,
                         kh_span speaker_span) {
  const bool nested = kh_st_enclosing_speaker(f, c->token) >= 0;
  const uint32_t last = kh_st_without_marks(f, c->content, c->content_last);
  if (speaker < 0 || last <= c->content) return;
  f->item++;
  if (!kh_st_is_said(f, c, nested, speaker, speaker_span)) return;
  // in a headline («فلان: ...») who stands before the colon speaks
  if (c->frame) kh_st_judge(f, c, nested, &speaker, &speaker_span);
  kh_statement s = {.cue = c->span,
                    .speaker = speaker,
                    .speaker_span = speaker_span,
                    .mode = mode_of(f, c),
                    .content = kh_phrase_span(f->d, c->content, last),
                    .via = KH_NONE,
                    .time = KH_NONE,
                    .inside = KH_NONE,
                    .origin = {c->frame ? c->frame->id : "st.headline", -1}};
  // «إن للحكومة خطة»: only what the cue governs stands without its proclitic
  if (c->content > 0 && kh_share_sentence(f->d, c->content - 1, c->content) &&
      kh_st_is_complementizer(f, c->content - 1))
    s.content.start = f->tokens[c->content].start;
  if (repeats(f, &s)) return;
  f->d->mentions->entities.at[speaker].used = true;
  if (c->between_last > c->last) {
    s.time = time_between(f, c->last, c->between_last);
    if (c->frame) find_channels(f, c, &s);
    read_relay(f, c, &s);
  }
  *(kh_statement *)KH_ADD(&f->d->arena, &f->d->claims->statements) = s;
  if (nested) return; // «وأضاف» goes on with who spoke outside
  if (names_document(f, c)) f->issuer = speaker;
  f->speaker = speaker;
  f->speaker_span = speaker_span;
  f->cue = c->span;
  f->sentence_of = f->tokens[c->token].sentence;
}
