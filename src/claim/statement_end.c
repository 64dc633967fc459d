// SPDX-License-Identifier: Apache-2.0
// Where contents end: at another cue of the same level, at an aside of the reporter, at an
// attribution behind the content.
#include "claim/statement.h"

// Is the next finite verb after the conjunction at t one of speech?
static bool opens_other_statement(const kh_st_finder *f, uint32_t t, uint32_t limit) {
  const uint32_t after = t + f->d->morph->phrase_tokens[t];
  if (after > t && after < limit && kh_reading(f->d, after)->pos == KH_POS_ADJ)
    return false; // «في وقت متأخر»
  for (uint32_t i = t + 1; i < limit && i < t + 14 && !kh_st_is_complementizer(f, i); i++)
    if (kh_clause_of(f->d, i) && !kh_word_has(f->d, i, KH_CLASS_AUXILIARY))
      return kh_st_is_cue_word(f, i);
  return false;
}

// «وذلك بحسب», «وذلك وفق ما»; «وذلك في بيان» tells where it was said.
static bool leads_to_source(const kh_st_finder *f, uint32_t t) {
  if (!kh_share_sentence(f->d, t, t + 1) || !kh_is_word(f->d, t + 1)) return false;
  return kh_st_according_at(f, t + 1) || kh_word_has(f->d, t + 1, KH_CLASS_P_FI);
}

bool kh_st_begins_aside(const kh_st_finder *f, uint32_t t, bool phrase) {
  if (kh_cue_at(f->d, t, KH_CLASS_ASIDE)) return true;
  const kh_word *w = kh_reading(f->d, t);
  const bool joined = (w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
  if (joined && w->pos == KH_POS_PART && kh_word_has(f->d, t, KH_CLASS_MODAL_CAN)) return true;
  // «..., وذلك بحسب المرصد», but not «..., وذلك بعد ساعات»
  if (joined && kh_word_has(f->d, t, KH_CLASS_DEMONSTRATIVE)) return leads_to_source(f, t);
  if (!phrase) return false;
  if (kh_cue_at(f->d, t, KH_CLASS_OPENS_CLAUSE) || (joined && kh_clause_of(f->d, t))) return true;
  return kh_cue_at(f->d, t, KH_CLASS_ADJUNCT); // «..., بعد إعلان النصر», «..., تزامنا مع العيد»
}

bool kh_st_cuts(const kh_st_finder *f, uint32_t first, uint32_t t, uint32_t limit, bool phrase) {
  if (!kh_is_word(f->d, t) || t == first) return false;
  const bool comma = kh_is_mark(f->d, t - 1, KH_MARK_COMMA);
  const bool after_quote = kh_is_mark(f->d, t - 1, KH_MARK_QUOTE);
  const kh_word *w = kh_reading(f->d, t);
  const bool joined = (w->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA)) != 0;
  if (kh_st_is_participle_cue(f, t) &&
      (comma || joined || after_quote || w->features & (KH_F_ACC | KH_F_FEM)))
    return true;
  if (kh_phrase_at(f->d, t, KH_CLASS_ASIDE) && kh_phrase_at(f->d, t, KH_CLASS_ADJUNCT))
    return true; // «... في إشارة إلى»
  const kh_clause *c = kh_clause_of(f->d, t);
  if (c && !c->passive && kh_st_is_cue_word(f, t) && (joined || comma || after_quote))
    return c->complement != 0 || joined;
  if (comma && kh_st_begins_aside(f, t, phrase)) return true;
  // «..., لكنه استثنى الجماعات المتشددة»: what he said ends, what he did follows
  if (comma && kh_word_has(f->d, t, KH_CLASS_TURN_BACK)) return true;
  if (kh_cue_at(f->d, t, KH_CLASS_OPENS_CLAUSE)) return opens_other_statement(f, t, limit);
  return kh_st_according_at(f, t) && (comma || after_quote);
}

uint32_t kh_st_indirect_end(const kh_st_finder *f, uint32_t first, bool phrase) {
  // «دعا إلى "تحقيق مستقل" في الحادث»: a quoted piece at the beginning is not the whole
  const bool piece = first > 0 && kh_st_quote_opened(f, first - 1, first + 1) >= 0 &&
                     !kh_st_is_speech(f, f->tokens[first].quote);
  const uint32_t limit = kh_complement_end(f->d, piece ? first - 1 : first);
  const int32_t quote = piece ? f->tokens[first - 1].quote : f->tokens[first].quote;
  for (uint32_t t = first; t < limit; t++) {
    if (f->tokens[t].quote != quote && f->tokens[t].kind != KH_TOKEN_PUNCT) continue; // inside
    if (kh_st_cuts(f, first, t, limit, phrase)) return t;
  }
  return limit;
}

uint32_t kh_st_without_marks(const kh_st_finder *f, uint32_t first, uint32_t last) {
  while (last > first && f->tokens[last - 1].kind == KH_TOKEN_PUNCT &&
         f->tokens[last - 1].mark != KH_MARK_CLOSE && f->tokens[last - 1].mark != KH_MARK_PERCENT)
    last--;
  return last;
}
