// SPDX-License-Identifier: Apache-2.0
// Statements: cue, speaker, content. The cue's frame says in which forms its content may come; the
// clause gives the speaker; the content runs to the end of its sentence or quotation, unless
// another cue of the same level or an attribution at the end cuts it short.
// The order cue, source, content follows Citron (BBC, 2021).
#include "claim/frames.h"

#include <string.h>

enum {
  MIN_QUOTE = 3,
  MAX_REACH = 60,
  MAX_TO = 4,
  MAX_CONTENT = 2000,
  MAX_LATE = 40,
  MAX_BACK = 80
};

typedef struct finder {
  kh_document *d;
  const struct kh_frames *frames;
  const struct kh_phrases *phrases;
  const kh_token *tokens;
  int32_t speaker;      // of the statement before, or KH_NONE
  kh_span speaker_span; // where that speaker was named
  kh_span cue;          // of the statement before
  uint32_t sentence_of; // the sentence of the statement before
} finder;

// What one cue says.
typedef struct cue {
  uint32_t token; // first token of the cue
  uint32_t last;  // end of the cue
  kh_span span;
  const kh_speech_frame *frame;
  const kh_clause *clause; // of a finite verb; NULL
  uint32_t content;        // first token of the content
  uint32_t content_last;
  uint32_t between_last; // end of the stretch between cue and content, where `via` and `to` stand
} cue;

static uint32_t paragraph_last(const finder *f, uint32_t t) {
  return f->d->tokens->paragraphs[kh_sentence_of(f->d, t)->paragraph].last;
}

static kh_span word_span(const finder *f, uint32_t t) {
  return (kh_span){kh_word_start(f->d, t, true), f->tokens[t].end};
}

// The quotation that token t opens, or KH_NONE.
static int32_t quote_opened(const finder *f, uint32_t t, uint32_t limit) {
  if (!kh_is_mark(f->d, t, KH_MARK_QUOTE) || t + 1 >= limit) return KH_NONE;
  const int32_t q = f->tokens[t + 1].quote;
  return q >= 0 && f->d->tokens->quotes[q].first == t + 1 ? q : KH_NONE;
}

// The last word of «على أن» is one as well.
static bool is_complementizer(const finder *f, uint32_t t) {
  if (!kh_is_word(f->d, t) || !kh_word_has(f->d, t, KH_CLASS_COMPLEMENT)) return false;
  return !f->d->morph->inside_phrase[t] ||
         (f->d->morph->phrase_tokens[t - 1] == 2 && kh_phrase_at(f->d, t - 1, KH_CLASS_COMPLEMENT));
}

// May the word be a verbal noun, by any of its readings? «وقف», «تدخل» are nouns of their own.
static bool is_masdar(const finder *f, uint32_t t) {
  const kh_morph_layer *m = f->d->morph;
  if (!kh_is_word(f->d, t) || f->d->mentions->name_at[t] >= 0) return false;
  if (kh_reading(f->d, t)->pos != KH_POS_NOUN) return false;
  if (kh_word_has(f->d, t, KH_CLASS_ST_STOP)) return true;
  for (uint32_t i = m->from[t]; i < m->to[t]; i++)
    if (m->candidates[i].features & KH_F_MASDAR) return true;
  return false;
}

// ------------------------------------------------------------------ which words are cues

static unsigned part_of(const finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t);
  if (w->pos == KH_POS_VERB) return KH_PART_VERB;
  if (w->features & KH_F_MASDAR || kh_word_has(f->d, t, KH_CLASS_SPEECH_NOUN)) return KH_PART_NOUN;
  if (w->features & KH_F_ACTIVE_PART) return KH_PART_PARTICIPLE;
  return 0;
}

static bool is_cue_word(const finder *f, uint32_t t) {
  if (!kh_is_word(f->d, t) || f->d->mentions->name_at[t] >= 0 || f->d->morph->inside_phrase[t])
    return false;
  return kh_word_in_set(f->d, t, &f->frames->speech_cues);
}

// A participle of speech in the accusative: «..., مضيفا أن», «مشيرة إلى».
static bool is_participle_cue(const finder *f, uint32_t t) {
  if (!is_cue_word(f, t) || part_of(f, t) != KH_PART_PARTICIPLE) return false;
  const kh_word *w = kh_reading(f->d, t);
  if (w->proclitics & ~(KH_CLITIC_WA | KH_CLITIC_FA)) return false;
  return w->enclitic == KH_ENC_NONE;
}

// ------------------------------------------------------------------ where contents end

static bool is_according(const finder *f, uint32_t t) {
  if (!kh_is_word(f->d, t) || f->d->morph->inside_phrase[t]) return false;
  return kh_phrase_at(f->d, t, KH_CLASS_ACCORDING) ||
         kh_phrase_at(f->d, t, KH_CLASS_ACCORDING_VERB) ||
         (f->d->morph->phrase_tokens[t] == 0 && (kh_word_has(f->d, t, KH_CLASS_ACCORDING) ||
                                                 kh_word_has(f->d, t, KH_CLASS_ACCORDING_VERB)));
}

// Is the next finite verb after the conjunction at t one of speech?
static bool opens_other_statement(const finder *f, uint32_t t, uint32_t limit) {
  const uint32_t after = t + f->d->morph->phrase_tokens[t];
  if (after > t && after < limit && kh_reading(f->d, after)->pos == KH_POS_ADJ)
    return false; // «في وقت متأخر»
  for (uint32_t i = t + 1; i < limit && i < t + 14 && !is_complementizer(f, i); i++)
    if (kh_clause_of(f->d, i) && !kh_word_has(f->d, i, KH_CLASS_AUXILIARY))
      return is_cue_word(f, i);
  return false;
}

// Does token t, after a comma, begin what the reporter adds: «فيما ...», «وقد ...», «وهو ما ...»?
// A content that is a phrase, not a clause, ends at any new clause.
static bool begins_aside(const finder *f, uint32_t t, bool phrase) {
  if (kh_cue_at(f->d, t, KH_CLASS_ASIDE)) return true;
  const kh_word *w = kh_reading(f->d, t);
  const bool joined = (w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
  if (joined && w->pos == KH_POS_PART && kh_word_has(f->d, t, KH_CLASS_MODAL_CAN)) return true;
  if (joined && kh_word_has(f->d, t, KH_CLASS_DEMONSTRATIVE)) return true; // «..., وذلك في»
  if (!phrase) return false;
  if (kh_cue_at(f->d, t, KH_CLASS_OPENS_CLAUSE) || (joined && kh_clause_of(f->d, t))) return true;
  return kh_cue_at(f->d, t, KH_CLASS_ADJUNCT); // «..., بعد إعلان النصر», «..., تزامنا مع العيد»
}

// Does token t begin something that is no longer part of the content begun at `first`?
static bool cuts(const finder *f, uint32_t first, uint32_t t, uint32_t limit, bool phrase) {
  if (!kh_is_word(f->d, t) || t == first) return false;
  const bool comma = kh_is_mark(f->d, t - 1, KH_MARK_COMMA);
  const bool after_quote = kh_is_mark(f->d, t - 1, KH_MARK_QUOTE);
  const kh_word *w = kh_reading(f->d, t);
  const bool joined = (w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
  if (is_participle_cue(f, t) &&
      (comma || joined || after_quote || w->features & (KH_F_ACC | KH_F_FEM)))
    return true;
  const kh_clause *c = kh_clause_of(f->d, t);
  if (c && !c->passive && is_cue_word(f, t) && (joined || comma || after_quote))
    return c->complement != 0 || joined;
  if (comma && begins_aside(f, t, phrase)) return true;
  if (kh_cue_at(f->d, t, KH_CLASS_OPENS_CLAUSE)) return opens_other_statement(f, t, limit);
  return is_according(f, t) && (comma || after_quote);
}

// A quotation of sentences, not of a name.
static bool is_speech(const finder *f, int32_t q) {
  const kh_quote *quote = &f->d->tokens->quotes[q];
  if (quote->last - quote->first >= 6) return true;
  for (uint32_t t = quote->first; t < quote->last; t++)
    if (f->phrases->clause_at[t] >= 0) return quote->last - quote->first >= MIN_QUOTE;
  return false;
}

// End of an indirect content that begins at `first`: an exclusive token.
static uint32_t indirect_end(const finder *f, uint32_t first, bool phrase) {
  // «دعا إلى "تحقيق مستقل" في الحادث»: a quoted piece at the beginning is not the whole
  const bool piece = first > 0 && quote_opened(f, first - 1, first + 1) >= 0 &&
                     !is_speech(f, f->tokens[first].quote);
  const uint32_t limit = kh_complement_end(f->d, piece ? first - 1 : first);
  const int32_t quote = piece ? f->tokens[first - 1].quote : f->tokens[first].quote;
  for (uint32_t t = first; t < limit; t++) {
    if (f->tokens[t].quote != quote && f->tokens[t].kind != KH_TOKEN_PUNCT) continue; // inside
    if (cuts(f, first, t, limit, phrase)) return t;
  }
  return limit;
}

static uint32_t without_marks(const finder *f, uint32_t first, uint32_t last) {
  while (last > first && f->tokens[last - 1].kind == KH_TOKEN_PUNCT &&
         f->tokens[last - 1].mark != KH_MARK_CLOSE && f->tokens[last - 1].mark != KH_MARK_PERCENT)
    last--;
  return last;
}

// ------------------------------------------------------------------ contents

// A document that speaks («وتابع البيان») speaks for who issued it.
static bool is_document(const finder *f, uint32_t t) {
  return kh_is_word(f->d, t) &&
         (kh_word_has(f->d, t, KH_CLASS_SPEECH_NOUN) || kh_word_has(f->d, t, KH_CLASS_REPORT_DOC));
}

static bool set_content(cue *c, uint32_t first, uint32_t last, uint32_t between_last) {
  if (last > first + MAX_CONTENT) last = first + MAX_CONTENT;
  c->content = first;
  c->content_last = last;
  c->between_last = between_last;
  return last > first;
}

// Content that begins at token `first` after a complementizer, a colon or in quotes: a quotation,
// or words up to the end of the clause. A quotation without a complementizer ends with its mark.
static bool content_from(const finder *f, cue *c, uint32_t first, uint32_t between_last,
                         bool complementizer) {
  const uint32_t limit = paragraph_last(f, first);
  while (first < limit && (kh_is_mark(f->d, first, KH_MARK_COLON) || is_complementizer(f, first))) {
    complementizer |= is_complementizer(f, first);
    first++;
  }
  if (first >= limit) return false;
  const int32_t q = quote_opened(f, first, limit);
  if (q >= 0) {
    const kh_quote *quote = &f->d->tokens->quotes[q];
    uint32_t after = quote->last;
    while (after < limit && f->tokens[after].kind == KH_TOKEN_PUNCT) after++;
    const bool ends_there =
        after >= limit || f->tokens[after].sentence != f->tokens[first].sentence;
    // «"عثرنا على 8 جثث" في منطقة تل شرف»: the words go on without marks
    const bool runs_on = after == quote->last + 1 && !ends_there && kh_is_word(f->d, after) &&
                         kh_word_has(f->d, after, KH_CLASS_P_FI);
    if (runs_on && is_speech(f, q))
      return set_content(c, quote->first, indirect_end(f, first, false), between_last);
    if (is_speech(f, q) && (!complementizer || ends_there || cuts(f, first, after, limit, false)))
      return set_content(c, quote->first, quote->last, between_last);
  }
  return set_content(c, first, indirect_end(f, first, false), between_last);
}

// A quotation soon after the cue: «قال فلان "..."», «وأضاف: "..."».
static bool find_quote_after(const finder *f, cue *c, uint32_t from) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t own = f->tokens[c->token].quote;
  for (uint32_t t = from; t < s->last && t < from + MAX_REACH; t++) {
    const int32_t q = quote_opened(f, t, paragraph_last(f, t));
    if (q >= 0 && f->d->tokens->quotes[q].parent == own && is_speech(f, q))
      return content_from(f, c, t, t, false);
    if (kh_clause_of(f->d, t) && t != c->token && f->tokens[t].quote == own && is_cue_word(f, t))
      return false;
  }
  return false;
}

// Where the words «وفق ما», «كما», «حسبما» before a verb of speech begin; the verb when there are
// none.
static uint32_t according_before(const finder *f, uint32_t verb) {
  const uint32_t first = kh_sentence_of(f->d, verb)->first;
  for (uint32_t back = 1; back <= 3 && verb >= first + back; back++) {
    const uint32_t t = verb - back;
    if (!kh_is_word(f->d, t) || !kh_cue_at(f->d, t, KH_CLASS_ACCORDING_VERB)) continue;
    const uint32_t tokens = f->d->morph->phrase_tokens[t];
    return t + (tokens ? tokens : 1) == verb ? t : verb;
  }
  return verb;
}

// «في مقابلة نشرتها الصحيفة», «في بيان صدر أمس»: a verb that tells of the noun right before it,
// without a relative pronoun.
static bool is_resumptive(const finder *f, uint32_t t) {
  const uint32_t first = kh_sentence_of(f->d, t)->first;
  if (t == first || kh_reading(f->d, t)->proclitics || !kh_is_word(f->d, t - 1)) return false;
  uint32_t np = t - 1; // the beginning of the phrase that ends there
  while (np > first && t - np < 5 && f->phrases->end[np - 1] == t) np--;
  if (f->phrases->end[np] != t || f->d->mentions->name_at[np] >= 0) return false;
  if (kh_reading(f->d, np)->proclitics & KH_CLITIC_AL) return false;
  return is_document(f, np) || kh_word_has(f->d, np, KH_CLASS_SPEECH_EVENT);
}

// Verbs whose content may come after what stands between.
static bool may_be_late(const finder *f, uint32_t t) {
  static const kh_class classes[] = {KH_CLASS_SAY,     KH_CLASS_REPORT,   KH_CLASS_QUOTE,
                                     KH_CLASS_CONFIRM, KH_CLASS_POINT_TO, KH_CLASS_DECLARE};
  for (size_t i = 0; i < sizeof classes / sizeof *classes; i++)
    if (kh_word_has(f->d, t, classes[i])) return true;
  return false;
}

// «قال المتحدث فلان الذي فر من المبنى، إن ...»: the complementizer after a relative clause.
static bool find_late_clause(const finder *f, cue *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t own = f->tokens[c->token].quote;
  bool told = false; // something was told of a noun between
  if (c->clause->complement || !may_be_late(f, c->token)) return false;
  for (uint32_t t = c->clause->last; t + 1 < s->last && t < c->token + MAX_LATE; t++) {
    if (f->tokens[t].quote != own) continue;
    if (is_participle_cue(f, t)) return false; // «..., قائلا إن»
    const kh_clause *other = kh_clause_of(f->d, t);
    const bool aside =
        other && (kh_reading(f->d, t)->enclitic >= KH_ENC_3MS || is_resumptive(f, t));
    told |= aside;
    if (other && !other->passive && is_cue_word(f, t) && according_before(f, t) == t && !aside)
      return false;
    if (!is_complementizer(f, t) || kh_reading(f->d, t)->proclitics & KH_CLITIC_WA) continue;
    const bool inna = (kh_reading(f->d, t)->features & KH_F_HAMZA_BELOW) != 0;
    const bool to = kh_is_word(f->d, t - 1) && kh_word_has(f->d, t - 1, KH_CLASS_P_ILA);
    if (inna || to || told || kh_reading(f->d, t)->proclitics & KH_CLITIC_BI ||
        kh_is_mark(f->d, t - 1, KH_MARK_COMMA) || kh_is_mark(f->d, t - 1, KH_MARK_QUOTE))
      return content_from(f, c, t + 1, t, true);
  }
  return false;
}

static bool find_clause(const finder *f, cue *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  if (c->clause) {
    if (c->clause->complement && c->clause->particle >= 0)
      return content_from(f, c, c->clause->complement, (uint32_t)c->clause->particle, true);
    return find_late_clause(f, c);
  }
  // participles and masdars: the complementizer must follow soon
  const uint32_t reach = c->frame->parts & KH_PART_NOUN ? 12 : 6;
  for (uint32_t t = c->last; t < s->last && t < c->last + reach; t++) {
    if (is_complementizer(f, t) && t + 1 < s->last) return content_from(f, c, t + 1, t, true);
    if (f->phrases->clause_at[t] >= 0 || kh_is_mark(f->d, t, KH_MARK_SEMICOLON)) return false;
  }
  return false;
}

static bool find_colon(const finder *f, cue *c) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const uint32_t limit = c->clause ? c->clause->last + 1 : c->last + 6;
  for (uint32_t t = c->last; t < s->last && t < limit; t++)
    if (kh_is_mark(f->d, t, KH_MARK_COLON) && t + 1 < paragraph_last(f, t))
      return content_from(f, c, t + 1, t, false);
  return false;
}

// «الدول المستخدمة للقناة», «المرتبطين بالحزب»: the phrase at t completes a participle.
static bool belongs_to_participle(const finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t - 1);
  return kh_is_word(f->d, t - 1) && w->proclitics & KH_CLITIC_AL &&
         f->d->mentions->time_at[t - 1] < 0 && w->features & (KH_F_ACTIVE_PART | KH_F_PASSIVE_PART);
}

static bool find_phrase(const finder *f, cue *c, unsigned preps) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const uint32_t limit = c->clause ? c->clause->last : s->last;
  kh_slot slot;
  uint32_t at = c->last;
  for (int seen = 0; seen < 6 && kh_slot_next(f->d, at, limit, &slot); seen++) {
    at = slot.last;
    if (slot.first > c->last + 14) break;
    if (!(kh_slot_prep(f->d, &slot) & preps)) continue;
    if (slot.clitic && slot.first > c->last && belongs_to_participle(f, slot.first)) continue;
    const int32_t name = f->d->mentions->name_at[slot.np];
    if (name >= 0 && slot.last - slot.np <= 3) continue; // «دعا ... إلى دمشق»: a place or person
    if (kh_reading(f->d, slot.np)->pos == KH_POS_PRON) continue;
    // «كشف عن تفاصيل» names a topic, «كشف عن مقتل» says something
    if (kh_word_has(f->d, c->token, KH_CLASS_REVEAL) && !is_masdar(f, slot.np) &&
        !kh_word_has(f->d, slot.np, KH_CLASS_EV_ASSAULT))
      continue;
    return set_content(c, slot.np, indirect_end(f, slot.np, true), slot.first);
  }
  return false;
}

// «ناشدت المفوضية الأطراف توفير ممر آمن»: the object is the addressee, the masdar after it the
// content.
static bool find_second_object(const finder *f, cue *c) {
  kh_slot slot;
  uint32_t at = c->clause->object_last;
  for (int seen = 0; seen < 4 && kh_slot_next(f->d, at, c->clause->last, &slot); seen++) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) || f->d->mentions->time_at[slot.np] >= 0) continue;
    if (!(kh_reading(f->d, slot.np)->features & KH_F_MASDAR)) return false;
    return set_content(c, slot.np, indirect_end(f, slot.np, true), slot.np);
  }
  return false;
}

// May the noun phrase be what was said, rather than a thing that the verb does something to?
static bool is_sayable(const finder *f, const cue *c, uint32_t np) {
  const kh_document *d = f->d;
  if (kh_reading(d, np)->pos == KH_POS_PRON) return false;     // «نفى ذلك»
  if (kh_word_has(d, c->token, KH_CLASS_HARDEN)) return false; // «شدد الإجراءات»
  if (c->frame->cue == KH_CLASS_ASK) return is_masdar(f, np);
  if (c->frame->cue != KH_CLASS_CLAIM_RESP) return true;
  for (uint32_t t = np; t < f->phrases->end[np]; t++) // «تبنى الهجوم», not «تبنى القرار»
    if (kh_word_has(d, t, KH_CLASS_EV_ASSAULT)) return true;
  return false;
}

// «وأكد استمرار الجهود»: the verbal noun after the verb is no subject when it is nobody.
static bool find_masdar(finder *f, cue *c) {
  const kh_clause *clause = c->clause;
  if (clause->subject == clause->subject_last || clause->subject < c->token) return false;
  if (clause->object != clause->object_last || clause->passive) return false;
  if (!is_masdar(f, clause->subject) || kh_reading(f->d, clause->subject)->proclitics ||
      kh_word_has(f->d, clause->subject, KH_CLASS_ACTOR) ||
      kh_word_has(f->d, clause->subject, KH_CLASS_BODY) || is_document(f, clause->subject))
    return false;
  if (kh_entity_of(f->d, clause->subject, clause->subject_last, true) >= 0) return false;
  return set_content(c, clause->subject, indirect_end(f, clause->subject, true), clause->subject);
}

// «الذي تعتبره تركيا منظمة إرهابية»: the object is a pronoun, what it is called the content.
static bool find_predicate(const finder *f, cue *c) {
  const kh_clause *clause = c->clause;
  if (kh_reading(f->d, c->token)->enclitic < KH_ENC_3MS || clause->subject < c->token) return false;
  if (clause->subject == clause->subject_last) return false;
  if (!kh_word_has(f->d, c->token, KH_CLASS_OPINE) &&
      !kh_word_has(f->d, c->token, KH_CLASS_DESCRIBE))
    return false;
  uint32_t at = clause->subject_last;
  const uint32_t other = kh_conjunct(f->d, at); // «تركيا والغرب»
  if (other) at = f->phrases->end[other];
  kh_slot slot;
  if (!kh_slot_next(f->d, at, clause->last, &slot)) return false;
  if (slot.first != at || kh_slot_prep(f->d, &slot)) return false;
  return set_content(c, slot.np, indirect_end(f, slot.np, true), slot.np);
}

// «إعلان الحكومة وقفا لإطلاق النار»: after the noun of speech who speaks, then what.
static bool find_object_of_noun(const finder *f, cue *c) {
  const uint32_t limit = kh_sentence_of(f->d, c->token)->last;
  if (kh_reading(f->d, c->token)->enclitic != KH_ENC_NONE || c->last >= limit) return false;
  const uint32_t np = f->phrases->end[c->last];
  if (!np || kh_reading(f->d, c->last)->proclitics & ~KH_CLITIC_AL || np >= limit) return false;
  if (!f->phrases->end[np] || kh_reading(f->d, np)->proclitics || f->d->mentions->name_at[np] >= 0)
    return false;
  const bool deed = is_masdar(f, np) || kh_phrase_at(f->d, np, KH_CLASS_ST_CEASEFIRE);
  return deed && set_content(c, np, indirect_end(f, np, true), np);
}

// «في هجوم تبنته الحركة»: the deed is named before the verb.
static bool find_deed_before(const finder *f, cue *c) {
  enum { REACH = 12 };
  if (c->frame->cue != KH_CLASS_CLAIM_RESP) return false;
  if (kh_reading(f->d, c->token)->enclitic < KH_ENC_3MS) return false;
  const uint32_t first = kh_sentence_of(f->d, c->token)->first;
  for (uint32_t t = c->token; t-- > first && c->token - t < REACH;) {
    if (!f->phrases->end[t] || !kh_cue_at(f->d, t, KH_CLASS_EV_ASSAULT)) continue;
    if (kh_clause_of(f->d, t) || f->phrases->end[t] > c->token) return false;
    return set_content(c, t, f->phrases->end[t], t);
  }
  return false;
}

static bool find_object(finder *f, cue *c) {
  if (c->clause && find_deed_before(f, c)) return true;
  if (part_of(f, c->token) == KH_PART_NOUN) return find_object_of_noun(f, c);
  if (c->clause && (find_predicate(f, c) || find_masdar(f, c))) return true;
  if (c->clause && kh_reading(f->d, c->token)->enclitic >= KH_ENC_3MS) return false; // «أعلنته»
  if (c->clause && c->clause->object != c->clause->object_last &&
      !is_sayable(f, c, c->clause->object))
    return false;
  if (c->clause) {
    uint32_t object = c->clause->object;
    if (object == c->clause->object_last) return false;
    if (c->frame->to & KH_PREP_OBJECT) return find_second_object(f, c);
    if (f->tokens[object].quote != f->tokens[c->token].quote &&
        f->d->mentions->name_at[object] >= 0)
      return false; // a quoted second name of the subject
    // «أعلن المجلس، الذراع السياسية للحركة، عن»: an apposition of the subject
    const kh_word *head = kh_reading(f->d, object);
    if (kh_is_mark(f->d, object - 1, KH_MARK_COMMA) && !is_masdar(f, object) &&
        (head->proclitics & KH_CLITIC_AL || head->features & KH_F_ELATIVE ||
         f->d->mentions->name_at[object] >= 0))
      return false;
    return set_content(c, object, indirect_end(f, object, true), object);
  }
  if (c->last < kh_sentence_of(f->d, c->token)->last && f->phrases->end[c->last] &&
      !(kh_reading(f->d, c->last)->proclitics & ~KH_CLITIC_AL))
    return set_content(c, c->last, indirect_end(f, c->last, true), c->last);
  return false;
}

// «...»، قال فلان
static bool find_before(const finder *f, cue *c) {
  if (!c->clause) return false;
  const uint32_t first = f->d->tokens->paragraphs[kh_sentence_of(f->d, c->token)->paragraph].first;
  uint32_t t = c->token;
  while (t > first &&
         (kh_is_mark(f->d, t - 1, KH_MARK_COMMA) || kh_is_mark(f->d, t - 1, KH_MARK_FULL_STOP)))
    t--;
  if (t <= first + 1 || !kh_is_mark(f->d, t - 1, KH_MARK_QUOTE)) return false;
  const int32_t q = f->tokens[t - 2].quote;
  if (q < 0 || f->d->tokens->quotes[q].last != t - 1) return false;
  if (t == c->token && !is_speech(f, q)) return false; // «"الحرة" قالت»: a name, its verb
  if (f->tokens[c->token].quote == q) return false;
  set_content(c, f->d->tokens->quotes[q].first, t - 1, c->clause->last);
  return true;
}

// «شدد على ضرورة الحل "وفق خطة ..."», «اعتبرت الهجمات "تهديدا ..."»: the content begins before
// the quotation, which is a part of it.
static bool find_before_quote(finder *f, cue *c) {
  if (!c->clause || !c->clause->complement || c->clause->particle >= 0) return false;
  const int32_t q = f->tokens[c->clause->complement].quote;
  if (q < 0 || f->tokens[c->token].quote == q) return false;
  const uint32_t quote = f->d->tokens->quotes[q].first;
  cue other = *c;
  if (c->frame->preps && find_phrase(f, &other, c->frame->preps) && other.content + 1 < quote &&
      is_masdar(f, other.content)) {
    *c = other;
    return true;
  }
  other = *c;
  const bool object = c->frame->complements & KH_COMPLEMENT_OBJECT &&
                      kh_word_has(f->d, c->token, KH_CLASS_OPINE) && find_object(f, &other);
  if (!object || other.content + 1 >= quote) return false;
  *c = other;
  return true;
}

static bool find_content(finder *f, cue *c) {
  const unsigned forms = c->frame->complements;
  if (find_before_quote(f, c)) return true;
  if (forms & KH_COMPLEMENT_CLAUSE && find_clause(f, c)) return true;
  if (forms & KH_COMPLEMENT_COLON && find_colon(f, c)) return true;
  if (forms & KH_COMPLEMENT_QUOTE && find_quote_after(f, c, c->last)) return true;
  if (forms & KH_COMPLEMENT_BEFORE && find_before(f, c)) return true;
  const bool with_object = (forms & KH_COMPLEMENT_OBJECT) != 0;
  cue other = *c; // of an object and a phrase, what stands first
  const bool object = with_object && find_object(f, &other);
  const bool phrase = c->frame->preps && find_phrase(f, c, c->frame->preps);
  const bool second = (c->frame->to & KH_PREP_OBJECT) != 0;
  if (object && (!phrase || (!second && other.content < c->content))) *c = other;
  return object || phrase;
}

// The first frame that fits the cue and finds its content.
static bool read_cue(finder *f, cue *c) {
  const unsigned part = part_of(f, c->token);
  for (uint32_t i = 0; i < f->frames->speech_count; i++) {
    const kh_speech_frame *frame = &f->frames->speech[i];
    if (!(frame->parts & part) || !kh_word_has(f->d, c->token, frame->cue)) continue;
    c->frame = frame;
    if (find_content(f, c)) return true;
  }
  return false;
}

// ------------------------------------------------------------------ speakers

static bool first_person(const finder *f, const cue *c) {
  return c->clause && kh_reading(f->d, c->token)->features & KH_F_FIRST;
}

static int32_t enclosing_speaker(const finder *f, uint32_t t) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < 12;) {
    const kh_statement *s = &claims->statements.at[i];
    if (s->content.start <= f->tokens[t].start && f->tokens[t].end <= s->content.end)
      return s->speaker;
  }
  return KH_NONE;
}

static bool may_refer_back(const finder *f, int32_t entity, uint32_t features) {
  if (entity < 0) return false;
  const uint32_t gender = f->d->mentions->entities.at[entity].gender;
  const uint32_t wanted = features & (KH_F_MASC | KH_F_FEM);
  return !gender || !wanted || (gender & wanted);
}

static bool is_body_or_place(const finder *f, uint32_t t) {
  return f->d->mentions->name_at[t] >= 0 || kh_word_has(f->d, t, KH_CLASS_BODY) ||
         kh_word_has(f->d, t, KH_CLASS_FORCE) || kh_word_has(f->d, t, KH_CLASS_STATE_NOUN) ||
         kh_word_has(f->d, t, KH_CLASS_PLACE_HEAD) || kh_word_has(f->d, t, KH_CLASS_ACTOR);
}

// Does somebody who is «of» it speak for the body, rather than to an outlet?
static bool belongs_to_body(const finder *f, uint32_t t) {
  const int32_t name = f->d->mentions->name_at[t];
  if (name >= 0) {
    const uint8_t kind = f->d->mentions->names.at[name].kind;
    return kind == KH_KIND_ORG || kind == KH_KIND_ARMED;
  }
  return is_body_or_place(f, t) && !kh_word_has(f->d, t, KH_CLASS_MEDIA_HEAD);
}

// What belongs to an unnamed speaker: «مسؤول في الشرطة», «متحدث باسم الجيش», «مصادر من التيار».
static uint32_t with_attributes(const finder *f, uint32_t first, uint32_t last) {
  const kh_document *d = f->d;
  const uint32_t limit = kh_sentence_of(d, first)->last;
  if (d->mentions->name_at[first] >= 0) return last;
  const bool definite = (kh_reading(d, first)->proclitics & KH_CLITIC_AL) != 0;
  kh_slot slot;
  for (int n = 0; n < 2 && last < limit && kh_slot_next(d, last, limit, &slot); n++) {
    if (slot.first != last || d->mentions->time_at[slot.np] >= 0) break;
    const bool names = slot.prep >= 0 && kh_word_has(d, (uint32_t)slot.prep, KH_CLASS_P_NAME);
    const unsigned prep = kh_slot_prep(d, &slot);
    const bool of = prep == KH_PREP_LI && belongs_to_body(f, slot.np); // «ممثل للجيش»
    if (!names && !of && (definite || !(prep & (KH_PREP_MIN | KH_PREP_FI | KH_PREP_BI)))) break;
    if (prep == KH_PREP_BI && !is_body_or_place(f, slot.np)) break; // «بالحكومة», not «بالعمل»
    if (kh_word_has(d, slot.np, KH_CLASS_SPEECH_EVENT) ||
        kh_word_has(d, slot.np, KH_CLASS_SPEECH_NOUN) ||
        kh_word_has(d, slot.np, KH_CLASS_REPORT_DOC))
      break;
    last = slot.last;
  }
  return last;
}

// «عدد من الفصائل», «بعض السكان»: some of those who can speak.
static bool is_some_of(const finder *f, uint32_t first, uint32_t last) {
  if (!kh_is_word(f->d, first)) return false;
  if (!kh_word_has(f->d, first, KH_CLASS_QUANTIFIER) &&
      !kh_word_has(f->d, first, KH_CLASS_NUMBER_NOUN))
    return false;
  for (uint32_t t = first + 1; t < last; t++)
    if (f->d->mentions->name_at[t] >= 0 || kh_word_has(f->d, t, KH_CLASS_ACTOR) ||
        kh_word_has(f->d, t, KH_CLASS_CROWD) || kh_word_has(f->d, t, KH_CLASS_PERSON_ROLE) ||
        kh_word_has(f->d, t, KH_CLASS_SOURCE_NOUN) || kh_word_has(f->d, t, KH_CLASS_BODY))
      return true;
  return false;
}

static int32_t resolve(finder *f, uint32_t first, uint32_t last, kh_span *span) {
  last = with_attributes(f, first, last);
  int32_t entity = kh_entity_of(f->d, first, last, true);
  if (entity < 0 && is_some_of(f, first, last)) entity = kh_entity_of_speaker(f->d, first, last);
  if (entity >= 0) *span = kh_phrase_span(f->d, first, last);
  return entity;
}

// May the subject of the clause be who the cue's dropped subject or participle means?
static bool fits_subject(const finder *f, const kh_clause *clause, int32_t entity, const cue *c) {
  const uint32_t features = kh_reading(f->d, c->token)->features;
  const kh_word *head = kh_reading(f->d, clause->subject);
  if (!may_refer_back(f, entity, features)) return false;
  if (f->d->mentions->name_at[clause->subject] >= 0 || !head->known) return true;
  const uint32_t genders = KH_F_MASC | KH_F_FEM;
  const uint32_t own = head->features & KH_F_PLUR && head->features & KH_F_BROKEN
                           ? genders
                           : head->features & genders;
  return !own || !(features & genders) || (own & features);
}

// «ووقع الرئيس القرار، وقال إن»: the subject of the sentence's first clause goes on speaking.
static int32_t doer_before(finder *f, const cue *c, kh_span *span) {
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  const int32_t quote = f->tokens[c->token].quote;
  for (uint32_t t = s->first; t < c->token; t++) {
    const kh_clause *clause = kh_clause_of(f->d, t);
    if (!clause || f->tokens[t].quote != quote || clause->subject_relative) continue;
    if (clause->subject == clause->subject_last || clause->passive) continue;
    if (clause->subject_last > c->token) return KH_NONE;
    const int32_t entity = resolve(f, clause->subject, clause->subject_last, span);
    return entity >= 0 && fits_subject(f, clause, entity, c) ? entity : KH_NONE;
  }
  return KH_NONE;
}

static int32_t back_reference(finder *f, const cue *c, kh_span *span) {
  *span = c->span;
  const bool nested = enclosing_speaker(f, c->token) >= 0;
  if (!nested && f->sentence_of != f->tokens[c->token].sentence) {
    const int32_t doer = doer_before(f, c, span);
    if (doer >= 0) return doer;
  }
  if (!nested && may_refer_back(f, f->speaker, kh_reading(f->d, c->token)->features))
    return f->speaker;
  return kh_entity_before(f->d, c->token, kh_reading(f->d, c->token)->features);
}

// Who issued a document that speaks: «بيان للتحالف», «تقرير المنظمة»; KH_NONE when it is not said.
static int32_t issuer_of(finder *f, uint32_t first, uint32_t last, kh_span *span) {
  if (last > first + 1) {
    const int32_t entity = resolve(f, first + 1, last, span);
    if (entity >= 0) return entity;
  }
  kh_slot slot;
  const uint32_t limit = kh_sentence_of(f->d, first)->last;
  for (uint32_t n = 0, at = last; n < 3 && kh_slot_next(f->d, at, limit, &slot); n++) {
    if (slot.first > last + 4) break;
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) & (KH_PREP_LI | KH_PREP_AN))
      return resolve(f, slot.np, slot.last, span);
  }
  return KH_NONE;
}

// «نقلت الوكالة عن الوزير أن», «نقل عن الوزير قوله»: who is quoted; KH_NONE when only the subject
// is.
static int32_t quoted_speaker(finder *f, const cue *c, kh_span *span) {
  if (!kh_word_has(f->d, c->token, KH_CLASS_QUOTE)) return KH_NONE;
  kh_slot slot;
  uint32_t at = c->last;
  while (kh_slot_next(f->d, at, c->between_last, &slot)) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) != KH_PREP_AN) continue;
    const int32_t entity = resolve(f, slot.np, slot.last, span);
    if (entity >= 0) return entity;
  }
  return KH_NONE;
}

// «المصدر ذاته»: a source named before.
static bool is_same_source(const finder *f, uint32_t first, uint32_t last) {
  return last - first <= 2 && kh_word_has(f->d, first, KH_CLASS_SOURCE_NOUN) &&
         !kh_word_has(f->d, first, KH_CLASS_PERSON_ROLE) &&
         kh_reading(f->d, first)->proclitics & KH_CLITIC_AL;
}

static int32_t speaker_of_verb(finder *f, const cue *c, kh_span *span) {
  const kh_clause *clause = c->clause;
  const int32_t quoted = quoted_speaker(f, c, span);
  if (quoted >= 0) return quoted;
  if (first_person(f, c)) {
    *span = c->span;
    return enclosing_speaker(f, c->token);
  }
  if (clause->subject_relative) {
    const uint32_t relative = clause->first - 1;
    const uint32_t first = kh_antecedent(f->d, relative);
    if (first < relative) {
      const int32_t entity = resolve(f, first, f->phrases->end[first], span);
      if (entity >= 0) return entity;
    }
  }
  if (clause->subject != clause->subject_last && clause->subject != c->content) {
    if (is_same_source(f, clause->subject, clause->subject_last) && f->speaker >= 0 &&
        kh_entity_called(f->d, clause->subject, clause->subject_last) == KH_NONE) {
      *span = kh_phrase_span(f->d, clause->subject, clause->subject_last);
      return f->speaker;
    }
    if (is_document(f, clause->subject)) {
      const int32_t issuer = issuer_of(f, clause->subject, clause->subject_last, span);
      if (issuer >= 0) return issuer;
      const kh_word *w = kh_reading(f->d, clause->subject);
      if (w->proclitics & KH_CLITIC_AL) return back_reference(f, c, span);
      return resolve(f, clause->subject, clause->subject_last, span);
    }
    const int32_t entity = resolve(f, clause->subject, clause->subject_last, span);
    if (entity >= 0) return entity;
    // «ووصف الخطة بأنها»: what is described, not who describes
    if (c->frame && c->frame->cue == KH_CLASS_DESCRIBE && clause->object == clause->object_last)
      return back_reference(f, c, span);
    // a subject that is nobody («أكد ذلك», «يشير الرقم»), but who says is somebody
    if (!kh_word_has(f->d, c->token, KH_CLASS_UTTER)) return KH_NONE;
    *span = kh_phrase_span(f->d, clause->subject, clause->subject_last);
    return kh_entity_of_speaker(f->d, clause->subject, clause->subject_last);
  }
  return back_reference(f, c, span);
}

// The subject of the nearest clause before the cue in its sentence that fits it, else who spoke
// last.
static int32_t speaker_of_clause_before(finder *f, const cue *c, kh_span *span) {
  const uint32_t first = kh_sentence_of(f->d, c->token)->first;
  for (uint32_t t = c->token; t-- > first && c->token - t < MAX_BACK;) {
    const kh_clause *clause = kh_clause_of(f->d, t);
    if (!clause || clause->subject == clause->subject_last || clause->passive) continue;
    const int32_t entity = resolve(f, clause->subject, clause->subject_last, span);
    if (entity >= 0 && fits_subject(f, clause, entity, c)) return entity;
  }
  return back_reference(f, c, span);
}

// «قوله», «إعلان الحكومة أن»: the enclitic, or the noun after the masdar.
static int32_t speaker_of_noun(finder *f, const cue *c, kh_span *span) {
  const kh_word *w = kh_reading(f->d, c->token);
  // «علق الوزير على ذلك بالقول إن»: the subject of the verb before
  if (w->proclitics & KH_CLITIC_BI && w->proclitics & KH_CLITIC_AL)
    return c->frame->cue == KH_CLASS_SAY ? speaker_of_clause_before(f, c, span) : KH_NONE;
  if (w->enclitic == KH_ENC_NONE) {
    if (c->last < c->between_last && f->phrases->end[c->last])
      return resolve(f, c->last, f->phrases->end[c->last], span);
    return KH_NONE;
  }
  // «نقلت الوكالة عن الوزير قوله»: the phrase of عن before it
  const kh_sentence *s = kh_sentence_of(f->d, c->token);
  kh_slot slot;
  uint32_t at = c->token > s->first + 24 ? c->token - 24 : s->first;
  int32_t found = KH_NONE;
  while (kh_slot_next(f->d, at, c->token, &slot)) {
    at = slot.last;
    if (kh_slot_prep(f->d, &slot) != KH_PREP_AN) continue;
    const int32_t entity = resolve(f, slot.np, slot.last, span);
    if (entity >= 0) found = entity;
  }
  if (found >= 0) return found;
  *span = c->span;
  return may_refer_back(f, f->speaker, 0) ? f->speaker : kh_entity_before(f->d, c->token, 0);
}

// A participle speaks for the subject of the statement before it in the sentence, else for the
// subject of its clause.
static int32_t speaker_of_participle(finder *f, const cue *c, kh_span *span) {
  *span = c->span;
  if (f->speaker >= 0 && f->sentence_of == f->tokens[c->token].sentence) {
    const uint32_t features = kh_reading(f->d, c->token)->features;
    if (features & KH_F_FEM && !(features & KH_F_MASC) &&
        !may_refer_back(f, f->speaker, features)) {
      const int32_t entity = speaker_of_clause_before(f, c, span);
      if (entity >= 0 && f->d->mentions->entities.at[entity].gender) return entity;
    }
    *span = f->speaker_span;
    return f->speaker;
  }
  return speaker_of_clause_before(f, c, span);
}

// ------------------------------------------------------------------ the rest of a statement

static kh_statement_mode mode_of(const finder *f, const cue *c) {
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

static int32_t time_between(const finder *f, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++) {
    const int32_t time = f->d->mentions->time_at[t];
    if (time < 0) continue;
    const kh_time_type type = f->d->mentions->times.at[time].time.type;
    if (type == KH_TIME_DATE || type == KH_TIME_TIME) return time;
  }
  return KH_NONE;
}

static bool is_media(const finder *f, int32_t entity) {
  return entity >= 0 && f->d->mentions->entities.at[entity].kind == KH_KIND_MEDIA;
}

// Outlet and addressees in the stretch between cue and content.
static void find_channels(finder *f, const cue *c, kh_statement *s) {
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
    } else if (!(prep & (KH_PREP_LI | KH_PREP_ALA | KH_PREP_MAA | KH_PREP_OTHER | c->frame->to))) {
      continue;
    }
    const int32_t name = f->d->mentions->name_at[slot.np];
    const int32_t entity = kh_entity_of(f->d, slot.np, slot.last, true);
    if (entity < 0 || entity == s->speaker) continue;
    if (is_media(f, entity)) {
      if (s->via == KH_NONE) s->via = entity;
    } else if ((prep == 0 || prep & (KH_PREP_LI | c->frame->to)) && count < MAX_TO &&
               (name >= 0 || !prep)) {
      to[count++] = entity;
    }
  }
  s->to = kh_refs_copy(f->d, to, count);
}

static bool repeats(const finder *f, const kh_statement *s) {
  const kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < 8;) {
    const kh_statement *old = &claims->statements.at[i];
    if (old->content.start == s->content.start && old->content.end == s->content.end) return true;
  }
  return false;
}

// «نقلت الوكالة عن الوزير قوله إن»: the cue is «قوله», the subject the channel.
static void read_relay(finder *f, const cue *c, kh_statement *s) {
  if (!c->clause || !kh_word_has(f->d, c->token, KH_CLASS_QUOTE)) return;
  if (c->clause->subject != c->clause->subject_last) {
    const int32_t relay = kh_entity_of(f->d, c->clause->subject, c->clause->subject_last, true);
    if (relay >= 0 && relay != s->speaker) s->via = relay;
  }
  for (uint32_t t = c->between_last; t-- > c->last && c->between_last - t < 4;) {
    const kh_word *w = kh_reading(f->d, t);
    if (is_cue_word(f, t) && w->enclitic != KH_ENC_NONE && part_of(f, t) == KH_PART_NOUN)
      s->cue = word_span(f, t);
  }
}

static void add_statement(finder *f, const cue *c, int32_t speaker, kh_span speaker_span) {
  const uint32_t last = without_marks(f, c->content, c->content_last);
  if (speaker < 0 || last <= c->content) return;
  kh_statement s = {.cue = c->span,
                    .speaker = speaker,
                    .speaker_span = speaker_span,
                    .mode = mode_of(f, c),
                    .content = kh_phrase_span(f->d, c->content, last),
                    .via = KH_NONE,
                    .time = KH_NONE,
                    .inside = KH_NONE,
                    .origin = {c->frame ? c->frame->id : "st.headline", -1}};
  if (repeats(f, &s)) return;
  f->d->mentions->entities.at[speaker].used = true;
  if (c->between_last > c->last) {
    s.time = time_between(f, c->last, c->between_last);
    if (c->frame) find_channels(f, c, &s);
    read_relay(f, c, &s);
  }
  const bool nested = enclosing_speaker(f, c->token) >= 0;
  *(kh_statement *)KH_ADD(&f->d->arena, &f->d->claims->statements) = s;
  if (nested) return; // «وأضاف» goes on with who spoke outside
  f->speaker = speaker;
  f->speaker_span = speaker_span;
  f->cue = c->span;
  f->sentence_of = f->tokens[c->token].sentence;
}

// Where the clause that ends before token `from` begins: after the last comma with a conjunction.
static uint32_t stretch_first(const finder *f, uint32_t from) {
  const uint32_t first = kh_sentence_of(f->d, from)->first;
  for (uint32_t t = from; t-- > first + 1;)
    if (kh_is_mark(f->d, t - 1, KH_MARK_COMMA) && kh_is_word(f->d, t) && begins_aside(f, t, false))
      return from - t > 4 ? t + (f->d->morph->phrase_tokens[t] ? f->d->morph->phrase_tokens[t] : 1U)
                          : first;
  return first;
}

// Content of an attribution between `from` and `to`: the longer stretch of its sentence.
static bool stretch_around(const finder *f, cue *c, uint32_t from, uint32_t to) {
  const kh_sentence *s = kh_sentence_of(f->d, from);
  while (to < s->last && f->tokens[to].kind == KH_TOKEN_PUNCT) to++;
  const uint32_t first = stretch_first(f, from);
  const uint32_t before = without_marks(f, first, from) - first;
  const bool anew = to < s->last && kh_is_word(f->d, to) &&
                    (kh_cue_at(f->d, to, KH_CLASS_OPENS_CLAUSE) || is_participle_cue(f, to) ||
                     kh_word_has(f->d, to, KH_CLASS_RELATIVE));
  for (uint32_t t = to; from == s->first && t < s->last && t < to + MAX_REACH; t++)
    if (is_complementizer(f, t) && kh_reading(f->d, t)->proclitics & KH_CLITIC_FA)
      return content_from(f, c, t + 1, 0, true); // «ووفق مصدر، لم يذكر اسمه، فإن»
  const uint32_t after = anew ? 0 : s->last - to;
  if (before < 3 && after < 3) return false;
  if (before >= after) return set_content(c, first, from, 0);
  return content_from(f, c, to, 0, false);
}

// The statement between whose cue and content token t stands.
static kh_statement *statement_around(const finder *f, uint32_t t) {
  kh_claim_layer *claims = f->d->claims;
  if (!claims->statements.count) return NULL;
  kh_statement *s = &claims->statements.at[claims->statements.count - 1];
  const uint32_t at = f->tokens[t].start;
  return s->cue.start < at && at < s->content.start ? s : NULL;
}

// «..., وفق ما أفاد المرصد»: a verb of speech without content of its own.
static bool read_according_verb(finder *f, uint32_t verb) {
  static const kh_speech_frame frame = {.id = "st.according-verb", .parts = KH_PART_VERB};
  const kh_clause *clause = kh_clause_of(f->d, verb);
  const uint32_t from = according_before(f, verb);
  if (from == verb || clause->passive) return false;
  // «كما» is «as» after a comma, before a verb without content; else «also»
  const bool as = kh_cue_at(f->d, from, KH_CLASS_OPENS_CLAUSE);
  if (as && (clause->complement || from == kh_sentence_of(f->d, from)->first ||
             !kh_is_mark(f->d, from - 1, KH_MARK_COMMA)))
    return false;
  cue c = {.token = verb,
           .last = verb + 1,
           .span = word_span(f, verb),
           .frame = &frame,
           .clause = clause,
           .content = UINT32_MAX};
  kh_span span = {0, 0};
  const int32_t speaker = speaker_of_verb(f, &c, &span);
  uint32_t to = clause->subject_last > verb ? clause->subject_last : verb + 1;
  kh_slot slot; // «... لوكالة فرانس برس»
  while (kh_slot_next(f->d, to, clause->last, &slot) && slot.first == to) to = slot.last;
  kh_statement *holder = statement_around(f, from);
  if (holder) { // «قال المتحدث، وفق ما نقلت الوكالة، إن ...»
    if (is_media(f, speaker) && holder->speaker != speaker) holder->via = speaker;
    return true;
  }
  if (!stretch_around(f, &c, from, to)) return true;
  add_statement(f, &c, speaker, span);
  return true;
}

// «الذي يعتبر محركا للاقتصاد», «فيما يتوقع أنه»: a passive without anybody who thinks so.
static bool is_impersonal(const finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t);
  const kh_clause *c = kh_clause_of(f->d, t);
  if (w->features & KH_F_PAST || w->enclitic != KH_ENC_NONE || w->proclitics) return false;
  if (!kh_word_has(f->d, t, KH_CLASS_OPINE) && !kh_word_has(f->d, t, KH_CLASS_EXPECT) &&
      !kh_word_has(f->d, t, KH_CLASS_BELIEVE))
    return false;
  if (w->features & (KH_F_PLUR | KH_F_DUAL | KH_F_FIRST)) return false;
  if (c->subject_relative) return true;
  return c->subject == c->subject_last && t > 0 &&
         !(kh_is_word(f->d, t - 1) && kh_reading(f->d, t - 1)->enclitic != KH_ENC_NONE) &&
         !(kh_is_word(f->d, t - 1) && kh_reading(f->d, t - 1)->pos == KH_POS_PRON);
}

static void read_word_cue(finder *f, uint32_t t) {
  cue c = {.token = t, .last = t + 1, .span = word_span(f, t)};
  const unsigned part = part_of(f, t);
  if (part == KH_PART_VERB) {
    if (f->phrases->clause_at[t] < 0 || is_impersonal(f, t) || is_resumptive(f, t)) return;
    c.clause = &f->phrases->clauses.at[f->phrases->clause_at[t]];
    if (read_according_verb(f, t) || c.clause->passive) return;
  } else if (part == KH_PART_PARTICIPLE && !is_participle_cue(f, t)) {
    return;
  }
  if (f->phrases->scope[t] & KH_SCOPE_NEGATED) return; // «لم يؤكد», «دون إعلان» say nothing
  if (!part || !read_cue(f, &c)) return;
  kh_span span = {0, 0};
  int32_t speaker = KH_NONE;
  if (part == KH_PART_VERB) speaker = speaker_of_verb(f, &c, &span);
  if (part == KH_PART_PARTICIPLE) speaker = speaker_of_participle(f, &c, &span);
  if (part == KH_PART_NOUN) speaker = speaker_of_noun(f, &c, &span);
  add_statement(f, &c, speaker, span);
}

// ------------------------------------------------------------------ prepositional attribution

// The statement, if any, whose content ends right before token t in the same sentence: an outlet
// named there is its channel.
static kh_statement *statement_ending(const finder *f, uint32_t t) {
  kh_claim_layer *claims = f->d->claims;
  for (uint32_t i = claims->statements.count; i-- > 0 && claims->statements.count - i < 4;) {
    kh_statement *s = &claims->statements.at[i];
    if (s->cue.start >= f->tokens[kh_sentence_of(f->d, t)->first].start &&
        s->cue.start < f->tokens[t].start)
      return s;
  }
  return NULL;
}

// «وفق الشرطة», «بحسب بيان صدر عن المجلس», «وحسب البيان»: a document speaks for who issued it,
// one known before for who spoke last.
static int32_t source_of_attribution(finder *f, uint32_t np, uint32_t end, kh_span *span) {
  if (is_document(f, np)) {
    const int32_t issuer = issuer_of(f, np, end, span);
    if (issuer >= 0) return issuer;
    if (kh_reading(f->d, np)->proclitics & KH_CLITIC_AL && f->speaker >= 0) return f->speaker;
  }
  if (is_same_source(f, np, end) && end > np + 1 && f->speaker >= 0 &&
      kh_entity_called(f->d, np, end) == KH_NONE)
    return f->speaker;
  return resolve(f, np, end, span);
}

static void read_according(finder *f, uint32_t t) {
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
  const int32_t speaker = source_of_attribution(f, np, end, &span);
  if (speaker < 0) return;
  kh_statement *holder = statement_ending(f, t);
  if (holder) {
    if (is_media(f, speaker) && holder->speaker != speaker) holder->via = speaker;
    return;
  }
  while (end < s->last &&
         (kh_is_mark(f->d, end, KH_MARK_QUOTE) || kh_is_mark(f->d, end, KH_MARK_CLOSE)))
    end++;
  cue c = {.token = t,
           .last = np,
           .frame = &frame,
           .span = {kh_word_start(f->d, t, true), f->tokens[t + tokens - 1].end}};
  if (!stretch_around(f, &c, t, end)) return;
  add_statement(f, &c, speaker, span);
}

// ------------------------------------------------------------------ headlines, quotations that go
// on

// «فلان: ...» at the head of a paragraph.
static void read_headline(finder *f, const kh_paragraph *p) {
  if (p->last - p->first > 40 || !f->phrases->end[p->first]) return;
  const uint32_t end = f->phrases->end[p->first];
  if (end >= p->last || !kh_is_mark(f->d, end, KH_MARK_COLON) || end + 2 >= p->last) return;
  if (end - p->first > 8) return;
  cue c = {.token = end, .last = end + 1, .span = {f->tokens[end].start, f->tokens[end].end}};
  kh_span span;
  const int32_t speaker = resolve(f, p->first, end, &span);
  if (speaker < 0) return;
  // a place is the topic («سوريا: ...»), an outlet the byline
  const kh_entity_kind kind = f->d->mentions->entities.at[speaker].kind;
  if (kind == KH_KIND_MEDIA || kind == KH_KIND_PLACE) return;
  if (!content_from(f, &c, end + 1, 0, false)) return;
  add_statement(f, &c, speaker, span);
}

// A paragraph that is one quotation and has no cue goes on with the last speaker's words.
static void read_continuation(finder *f, const kh_paragraph *p, uint32_t statements_before) {
  static const kh_speech_frame frame = {.id = "st.goes-on", .parts = KH_PART_NOUN};
  if (f->speaker < 0 || f->d->claims->statements.count != statements_before) return;
  const int32_t q = quote_opened(f, p->first, p->last);
  if (q < 0) return;
  const kh_quote *quote = &f->d->tokens->quotes[q];
  uint32_t rest = quote->last;
  while (rest < p->last && f->tokens[rest].kind == KH_TOKEN_PUNCT) rest++;
  if (rest < p->last || quote->last - quote->first < 6) return;
  cue c = {.token = quote->first, .last = quote->first, .span = f->cue, .frame = &frame};
  set_content(&c, quote->first, quote->last, 0);
  const uint32_t before = f->d->claims->statements.count;
  add_statement(f, &c, f->speaker, f->speaker_span);
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
  finder f = {.d = d,
              .frames = d->engine->frames,
              .phrases = d->claims->phrases,
              .tokens = d->tokens->at,
              .speaker = KH_NONE,
              .sentence_of = UINT32_MAX};
  for (uint32_t i = 0; i < d->tokens->paragraph_count; i++) {
    const kh_paragraph *p = &d->tokens->paragraphs[i];
    const uint32_t before = d->claims->statements.count;
    read_headline(&f, p);
    for (uint32_t t = p->first; t < p->last; t++) {
      if (is_according(&f, t))
        read_according(&f, t);
      else if (is_cue_word(&f, t))
        read_word_cue(&f, t);
    }
    read_continuation(&f, p, before);
  }
  nest(d);
  cover(d);
}
