// SPDX-License-Identifier: Apache-2.0
// Contents: the cue's frame says in which forms its content may come, and the first form that is
// there is taken. Clauses and quotations; noun phrases are read in statement_object.c.
#include "claim/statement.h"

enum { MAX_LATE = 40 };

bool kh_st_set_content(kh_st_cue *c, uint32_t first, uint32_t last, uint32_t between_last) {
  if (last > first + KH_ST_MAX_CONTENT) last = first + KH_ST_MAX_CONTENT;
  c->content = first;
  c->content_last = last;
  c->between_last = between_last;
  return last > first;
}

bool kh_st_content_from(const kh_st_finder *f, kh_st_cue *c, uint32_t first, uint32_t between_last,
                        bool complementizer) {
  const uint32_t limit = kh_st_paragraph_last(f, first);
  while (first < limit &&
         (kh_is_mark(f->d, first, KH_MARK_COLON) || kh_st_is_complementizer(f, first))) {
    complementizer |= kh_st_is_complementizer(f, first);
    first++;
  }
  if (first >= limit) return false;
  const int32_t q = kh_st_quote_opened(f, first, limit);
  if (q >= 0) {
    const kh_quote *quote = &f->d->tokens->quotes[q];
    uint32_t after = quote->last;
    while (after < limit && f->tokens[after].kind == KH_TOKEN_PUNCT) after++;
    const bool ends_there =
        after >= limit || f->tokens[after].sentence != f->tokens[first].sentence;
    // «"عثرنا على 8 جثث" في منطقة تل شرف», «"..." وإن "..."»: the words go on without marks
    const bool runs_on =
        after == quote->last + 1 && !ends_there && kh_is_word(f->d, after) &&
        (kh_word_has(f->d, after, KH_CLASS_P_FI) ||
         (kh_st_is_complementizer(f, after) && kh_reading(f->d, after)->proclitics & KH_CLITIC_WA));
    if (runs_on && kh_st_is_speech(f, q))
      return kh_st_set_content(c, quote->first, kh_st_indirect_end(f, first, false), between_last);
    if (kh_st_is_speech(f, q) &&
        (!complementizer || ends_there || kh_st_cuts(f, first, after, limit, false)))
      return kh_st_set_content(c, quote->first, quote->last, between_last);
  }
  return kh_st_set_content(c, first, kh_st_indirect_end(f, first, false), between_last);
}

// A quotation soon after the cue: «قال فلان "..."», «وأضاف: "..."».
static bool find_quote_after(const kh_st_finder *f, kh_st_cue *c, uint32_t from) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t own = f->tokens[c->token].quote;
  for (uint32_t t = from; t < s->last && t < from + KH_ST_MAX_REACH; t++) {
    const int32_t q = kh_st_quote_opened(f, t, kh_st_paragraph_last(f, t));
    if (q >= 0 && f->d->tokens->quotes[q].parent == own && kh_st_is_speech(f, q))
      return kh_st_content_from(f, c, t, t, false);
    const kh_clause *other = kh_clause_of(f->d, t);
    if (other && t != c->token && f->tokens[t].quote == own && !other->passive &&
        kh_st_is_cue_word(f, t) && !kh_st_is_resumptive(f, t))
      return false;
  }
  return false;
}

// Verbs whose content may come after what stands between.
static bool may_be_late(const kh_st_finder *f, uint32_t t) {
  static const kh_class classes[] = {KH_CLASS_SAY,     KH_CLASS_REPORT,   KH_CLASS_QUOTE,
                                     KH_CLASS_CONFIRM, KH_CLASS_POINT_TO, KH_CLASS_DECLARE};
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
    if (kh_word_has(f->d, t, classes[i])) return true;
  return false;
}

// «قال المتحدث فلان الذي فر من المبنى، إن ...»: the complementizer after a relative clause.
static bool find_late_clause(const kh_st_finder *f, kh_st_cue *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t own = f->tokens[c->token].quote;
  bool told = false; // something was told of a noun between
  if (c->clause->complement || !may_be_late(f, c->token)) return false;
  for (uint32_t t = c->clause->last; t + 1 < s->last && t < c->token + MAX_LATE; t++) {
    if (f->tokens[t].quote != own) continue;
    if (kh_st_is_participle_cue(f, t)) return false; // «..., قائلا إن»
    const kh_clause *other = kh_clause_of(f->d, t);
    // «عضو اللجنة الذي لم يكشف اسمه»: a verb that has its object takes no clause as well
    const bool describes =
        other && kh_st_in_relative(f, other) && other->object != other->object_last;
    const bool aside = other && (kh_reading(f->d, t)->enclitic >= KH_ENC_3MS ||
                                 kh_st_is_resumptive(f, t) || describes);
    told |= aside || (other && f->phrases->scope[t] & KH_SCOPE_NEGATED); // «لم يكشف اسمه»
    if (other && !other->passive && kh_st_is_cue_word(f, t) && kh_st_according_before(f, t) == t &&
        !aside && !(f->phrases->scope[t] & KH_SCOPE_NEGATED))
      return false;
    if (!kh_st_is_complementizer(f, t) || kh_reading(f->d, t)->proclitics & KH_CLITIC_WA) continue;
    const bool inna = (kh_reading(f->d, t)->features & KH_F_HAMZA_BELOW) != 0;
    const bool to = kh_is_word(f->d, t - 1) && kh_word_has(f->d, t - 1, KH_CLASS_P_ILA);
    if (inna || to || told || kh_reading(f->d, t)->proclitics & KH_CLITIC_BI ||
        kh_is_mark(f->d, t - 1, KH_MARK_COMMA) || kh_is_mark(f->d, t - 1, KH_MARK_QUOTE))
      return kh_st_content_from(f, c, t + 1, t, true);
  }
  return false;
}

// «قالت تركيا التي تعتبر الحزب منظمة إرهابية إنها»: إن after a relative clause that has its object
// goes with the verb outside.
static bool belongs_outside(const kh_st_finder *f, const kh_clause *clause) {
  return kh_st_in_relative(f, clause) && clause->object != clause->object_last &&
         kh_reading(f->d, (uint32_t)clause->particle)->features & KH_F_HAMZA_BELOW;
}

static bool find_clause(const kh_st_finder *f, kh_st_cue *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  if (c->clause) {
    if (c->clause->complement && c->clause->particle >= 0 && !belongs_outside(f, c->clause))
      return kh_st_content_from(f, c, c->clause->complement, (uint32_t)c->clause->particle, true);
    return find_late_clause(f, c);
  }
  // participles and masdars: the complementizer must follow soon
  const uint32_t reach = c->frame->parts & KH_PART_NOUN ? 12 : 6;
  for (uint32_t t = c->last; t < s->last && t < c->last + reach; t++) {
    if (kh_st_is_complementizer(f, t) && t + 1 < s->last)
      return kh_st_content_from(f, c, t + 1, t, true);
    if (f->phrases->clause_at[t] >= 0 || kh_is_mark(f->d, t, KH_MARK_SEMICOLON)) return false;
  }
  return false;
}

static bool find_colon(const kh_st_finder *f, kh_st_cue *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const uint32_t limit = c->clause ? c->clause->last + 1 : c->last + 6;
  for (uint32_t t = c->last; t < s->last && t < limit; t++)
    if (kh_is_mark(f->d, t, KH_MARK_COLON) && t + 1 < kh_st_paragraph_last(f, t))
      return kh_st_content_from(f, c, t + 1, t, false);
  return false;
}

// «...»، قال فلان
static bool find_before(const kh_st_finder *f, kh_st_cue *c) {
  if (!c->clause) return false;
  const uint32_t first = f->d->tokens->paragraphs[kh_sentence_of(f->d, c->token)->paragraph].first;
  uint32_t t = c->token;
  while (t > first &&
         (kh_is_mark(f->d, t - 1, KH_MARK_COMMA) || kh_is_mark(f->d, t - 1, KH_MARK_FULL_STOP)))
    t--;
  if (t <= first + 1 || !kh_is_mark(f->d, t - 1, KH_MARK_QUOTE)) return false;
  const int32_t q = f->tokens[t - 2].quote;
  if (q < 0 || f->d->tokens->quotes[q].last != t - 1) return false;
  if (t == c->token && !kh_st_is_speech(f, q)) return false; // «"الحرة" قالت»: a name, its verb
  if (f->tokens[c->token].quote == q) return false;
  kh_st_set_content(c, f->d->tokens->quotes[q].first, t - 1, c->clause->last);
  return true;
}

// «شدد على ضرورة الحل "وفق خطة ..."», «اعتبرت الهجمات "تهديدا ..."»: the content begins before
// the quotation, which is a part of it.
static bool find_before_quote(kh_st_finder *f, kh_st_cue *c) {
  if (!c->clause || !c->clause->complement || c->clause->particle >= 0) return false;
  const int32_t q = f->tokens[c->clause->complement].quote;
  if (q < 0 || f->tokens[c->token].quote == q) return false;
  const uint32_t quote = f->d->tokens->quotes[q].first;
  kh_st_cue other = *c;
  if (c->frame->preps && kh_st_find_phrase(f, &other, c->frame->preps) &&
      other.content + 1 < quote && kh_st_is_masdar(f, other.content)) {
    *c = other;
    return true;
  }
  other = *c;
  const bool object = c->frame->complements & KH_COMPLEMENT_OBJECT &&
                      kh_word_has(f->d, c->token, KH_CLASS_OPINE) && kh_st_find_object(f, &other);
  if (!object || other.content + 1 >= quote) return false;
  *c = other;
  return true;
}

bool kh_st_find_said(const kh_st_finder *f, kh_st_cue *c) {
  return find_clause(f, c) || find_colon(f, c) || find_quote_after(f, c, c->last);
}

static bool find_content(kh_st_finder *f, kh_st_cue *c) {
  const unsigned forms = c->frame->complements;
  if (find_before_quote(f, c)) return true;
  if (forms & KH_COMPLEMENT_CLAUSE && find_clause(f, c)) return true;
  if (forms & KH_COMPLEMENT_COLON && find_colon(f, c)) return true;
  if (forms & KH_COMPLEMENT_QUOTE && find_quote_after(f, c, c->last)) return true;
  if (forms & KH_COMPLEMENT_BEFORE && find_before(f, c)) return true;
  const bool with_object = (forms & KH_COMPLEMENT_OBJECT) != 0;
  kh_st_cue other = *c; // of an object and a phrase, what stands first
  const bool object = with_object && kh_st_find_object(f, &other);
  const bool phrase = c->frame->preps && kh_st_find_phrase(f, c, c->frame->preps);
  const bool second = (c->frame->to & KH_PREP_OBJECT) != 0;
  if (object && (!phrase || (!second && other.content < c->content))) *c = other;
  return object || phrase;
}

bool kh_st_read_cue(kh_st_finder *f, kh_st_cue *c) {
  const unsigned part = kh_st_part_of(f, c->token);
  for (uint32_t i = 0; i < f->frames->speech_count; i++) {
    const kh_speech_frame *frame = &f->frames->speech[i];
    if (!(frame->parts & part) || !kh_word_has(f->d, c->token, frame->cue)) continue;
    c->frame = frame;
    if (find_content(f, c)) return true;
  }
  return false;
}
