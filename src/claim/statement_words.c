// SPDX-License-Identifier: Apache-2.0
// Small questions that the readers of statements ask of words.
#include "claim/statement.h"

enum { MIN_QUOTE = 3 };

uint32_t kh_st_paragraph_last(const kh_st_finder *f, uint32_t t) {
  return f->d->tokens->paragraphs[kh_sentence_of(f->d, t)->paragraph].last;
}

kh_span kh_st_word_span(const kh_st_finder *f, uint32_t t) {
  return (kh_span){kh_word_start(f->d, t, true), f->tokens[t].end};
}

int32_t kh_st_quote_opened(const kh_st_finder *f, uint32_t t, uint32_t limit) {
  if (!kh_is_mark(f->d, t, KH_MARK_QUOTE) || t + 1 >= limit) return KH_NONE;
  const int32_t q = f->tokens[t + 1].quote;
  return q >= 0 && f->d->tokens->quotes[q].first == t + 1 ? q : KH_NONE;
}

bool kh_st_is_complementizer(const kh_st_finder *f, uint32_t t) {
  if (!kh_has_sign(f->d, t, KH_SIGN_COMPLEMENT)) return false;
  return !f->d->morph->inside_phrase[t] ||
         (f->d->morph->phrase_tokens[t - 1] == 2 && kh_phrase_at(f->d, t - 1, KH_CLASS_COMPLEMENT));
}

// «تخصيص», «انسحاب», «إغلاق», «تعاون»: a noun of which no verb is known, in the form of a verbal
// noun.
static bool looks_like_masdar(const kh_st_finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t);
  const uint8_t *stem = kh_token_letters(f->d->tokens, t) + w->stem_at;
  if (!w->known || w->features & (KH_F_PLUR | KH_F_DUAL | KH_F_FEM) || w->stem_len < 5)
    return false;
  if (stem[0] == KH_LETTER_TA && w->stem_len == 5)
    return stem[3] == KH_LETTER_YA || stem[2] == KH_LETTER_ALEF;
  return stem[0] == KH_LETTER_ALEF && stem[w->stem_len - 2] == KH_LETTER_ALEF &&
         (w->stem_len > 5 || w->features & KH_F_HAMZA_BELOW);
}

bool kh_st_is_masdar(const kh_st_finder *f, uint32_t t) {
  const kh_morph_layer *m = f->d->morph;
  if (!kh_is_word(f->d, t) || f->d->mentions->name_at[t] >= 0) return false;
  if (kh_reading(f->d, t)->pos != KH_POS_NOUN) return false;
  if (kh_word_has(f->d, t, KH_CLASS_ST_STOP) || kh_word_has(f->d, t, KH_CLASS_NEG_NOUN))
    return true;
  if (looks_like_masdar(f, t)) return true;
  for (uint32_t i = m->from[t]; i < m->to[t]; i++)
    if (m->candidates[i].features & KH_F_MASDAR) return true;
  return false;
}

// «..., مطالبة المجتمع الدولي بالتحرك»: after a comma the word is the participle, not the verbal
// noun that is spelt alike.
static bool is_circumstance(const kh_st_finder *f, uint32_t t) {
  const kh_morph_layer *m = f->d->morph;
  const kh_word *w = kh_reading(f->d, t);
  if (w->pos != KH_POS_NOUN || w->proclitics & ~(KH_CLITIC_WA | KH_CLITIC_FA)) return false;
  if (w->enclitic != KH_ENC_NONE || t == 0 || !kh_is_mark(f->d, t - 1, KH_MARK_COMMA)) return false;
  if (f->tokens[t].flags & KH_TOKEN_TANWIN && w->features & KH_F_FEM) return true;
  if (!(w->features & KH_F_MASDAR)) return false;
  for (uint32_t c = m->from[t]; c < m->to[t]; c++)
    if (m->candidates[c].features & KH_F_ACTIVE_PART) return true;
  return false;
}

unsigned kh_st_part_of(const kh_st_finder *f, uint32_t t) {
  const kh_word *w = kh_reading(f->d, t);
  if (w->pos == KH_POS_VERB) return KH_PART_VERB;
  if (is_circumstance(f, t)) return KH_PART_PARTICIPLE;
  if (w->features & KH_F_MASDAR || kh_word_has(f->d, t, KH_CLASS_SPEECH_NOUN)) return KH_PART_NOUN;
  if (w->features & KH_F_ACTIVE_PART) return KH_PART_PARTICIPLE;
  return 0;
}

bool kh_st_is_cue_word(const kh_st_finder *f, uint32_t t) {
  return kh_has_sign(f->d, t, KH_SIGN_SPEECH) && f->d->mentions->name_at[t] < 0 &&
         !f->d->morph->inside_phrase[t];
}

bool kh_st_is_participle_cue(const kh_st_finder *f, uint32_t t) {
  if (!kh_st_is_cue_word(f, t) || kh_st_part_of(f, t) != KH_PART_PARTICIPLE) return false;
  const kh_word *w = kh_reading(f->d, t);
  if (w->proclitics & ~(KH_CLITIC_WA | KH_CLITIC_FA)) return false;
  if (w->enclitic != KH_ENC_NONE) return false;
  if (w->proclitics || w->features & (KH_F_ACC | KH_F_OBL) || t == 0 || !kh_is_word(f->d, t - 1))
    return true;
  // «مؤكدة أن»; without a mark before it «معبر رأس جدير», «شركات متهمة» are nouns and adjectives
  if (!(w->features & KH_F_FEM) || !kh_share_sentence(f->d, t, t + 1)) return false;
  const uint32_t next = t + 1;
  return kh_st_is_complementizer(f, next) || kh_is_mark(f->d, next, KH_MARK_QUOTE) ||
         kh_is_mark(f->d, next, KH_MARK_COLON) ||
         (kh_is_word(f->d, next) && kh_reading(f->d, next)->pos == KH_POS_PREP);
}

bool kh_st_is_document(const kh_st_finder *f, uint32_t t) {
  return kh_is_word(f->d, t) &&
         (kh_word_has(f->d, t, KH_CLASS_SPEECH_NOUN) || kh_word_has(f->d, t, KH_CLASS_REPORT_DOC));
}

bool kh_st_according_at(const kh_st_finder *f, uint32_t t) {
  if (!kh_is_word(f->d, t) || f->d->morph->inside_phrase[t]) return false;
  return kh_phrase_at(f->d, t, KH_CLASS_ACCORDING) ||
         kh_phrase_at(f->d, t, KH_CLASS_ACCORDING_VERB) ||
         (f->d->morph->phrase_tokens[t] == 0 && (kh_word_has(f->d, t, KH_CLASS_ACCORDING) ||
                                                 kh_word_has(f->d, t, KH_CLASS_ACCORDING_VERB)));
}

uint32_t kh_st_according_before(const kh_st_finder *f, uint32_t verb) {
  const uint32_t first = kh_sentence_of(f->d, verb)->first;
  for (uint32_t back = 1; back <= 3 && verb >= first + back; back++) {
    const uint32_t t = verb - back;
    if (!kh_is_word(f->d, t) || !kh_cue_at(f->d, t, KH_CLASS_ACCORDING_VERB)) continue;
    const uint32_t tokens = f->d->morph->phrase_tokens[t];
    return t + (tokens ? tokens : 1) == verb ? t : verb;
  }
  return verb;
}

bool kh_st_is_speech(const kh_st_finder *f, int32_t q) {
  const kh_quote *quote = &f->d->tokens->quotes[q];
  if (quote->last - quote->first >= 6) return true;
  for (uint32_t t = quote->first; t < quote->last; t++)
    if (f->phrases->clause_at[t] >= 0) return quote->last - quote->first >= MIN_QUOTE;
  return false;
}

bool kh_st_is_outlet(const kh_st_finder *f, int32_t entity) {
  return entity >= 0 && f->d->mentions->entities.at[entity].kind == KH_KIND_MEDIA;
}

uint32_t kh_st_document_head(const kh_st_finder *f, uint32_t np, uint32_t end) {
  const bool latest =
      kh_is_word(f->d, np) && np + 1 < end && kh_st_is_document(f, np + 1) &&
      (kh_reading(f->d, np)->features & KH_F_ELATIVE || kh_word_has(f->d, np, KH_CLASS_OTHER_ONE));
  return latest ? np + 1 : np;
}

bool kh_st_is_resumptive(const kh_st_finder *f, uint32_t t) {
  const uint32_t first = kh_sentence_of(f->d, t)->first;
  if (t == first || kh_reading(f->d, t)->proclitics || !kh_is_word(f->d, t - 1)) return false;
  uint32_t np = t - 1; // the beginning of the phrase that ends there
  while (np > first && t - np < 5 && f->phrases->end[np - 1] == t) np--;
  if (f->phrases->end[np] != t || f->d->mentions->name_at[np] >= 0) return false;
  np = kh_st_document_head(f, np, t);
  if (kh_reading(f->d, np)->proclitics & KH_CLITIC_AL) return false;
  return kh_st_is_document(f, np) || kh_word_has(f->d, np, KH_CLASS_SPEECH_EVENT);
}

bool kh_st_in_relative(const kh_st_finder *f, const kh_clause *clause) {
  return clause->first > 0 && kh_is_word(f->d, clause->first - 1) &&
         kh_word_has(f->d, clause->first - 1, KH_CLASS_RELATIVE);
}
