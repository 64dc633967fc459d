// SPDX-License-Identifier: Apache-2.0
// When the name of a state or capital stands for its government.
#include "mention/entity.h"

#include "token/letters.h"

#include <string.h>

enum { MAX_LIST = 12 };

/// What the words around one mention tell.
typedef enum stance {
  STANCE_OPEN,
  STANCE_PLACE, // a mere place: «في», «شمال», a clitic «بـ», the title of a report («سوريا: ...»)
  STANCE_PARTY, // somebody who acts: after a verb or «مع», before one, in a list of states
} stance;

/// The letter of a proclitic right before the name in its own token; 0.
static uint8_t proclitic(const kh_document *document, const kh_name *name) {
  const kh_features *features = document->mentions->features;
  const kh_form *form = kh_form_of(document, name->first);
  const int32_t at = features->hit_at[name->first];
  const uint32_t cut =
      at >= 0 && features->hits.at[at].first == name->first ? features->hits.at[at].cut : form->cut;
  return cut ? form->letters[cut - 1] : 0;
}

/// Does the name open its paragraph and a colon or dots follow («سوريا: مقتل ...»)?
static bool opens_title(const kh_document *document, const kh_name *name) {
  const kh_token_layer *tokens = document->tokens;
  if (name->last >= tokens->count) return false;
  const kh_token *after = &tokens->at[name->last];
  if (after->kind != KH_TOKEN_PUNCT ||
      (after->mark != KH_MARK_COLON && after->mark != KH_MARK_ELLIPSIS))
    return false;
  const uint32_t paragraph = tokens->sentences[tokens->at[name->first].sentence].paragraph;
  return tokens->paragraphs[paragraph].first == name->first;
}

bool kh_is_located(const kh_document *document, const kh_name *name) {
  if (opens_title(document, name)) return true;
  const uint8_t before = proclitic(document, name);
  if (before) return before == KH_LETTER_BA;
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  if (name->first == start) return false;
  const uint32_t at = name->first - 1;
  if (kh_known_word(document, at, KH_KNOWN_LOCATIVE) || kh_known_word(document, at, KH_KNOWN_HEAD))
    return true;
  // «الحدود مع تركيا», «السيطرة على صنعاء»
  return at > start && document->morph->best[at].pos == KH_POS_PREP &&
         kh_known_word(document, at - 1, KH_KNOWN_LOCATIVE) &&
         document->morph->best[at - 1].pos != KH_POS_PREP;
}

static bool is_finite_verb(const kh_document *document, uint32_t token) {
  const kh_word *word = &document->morph->best[token];
  return word->pos == KH_POS_VERB && word->known;
}

/// The stance of a mention by itself.
static stance own_stance(const kh_document *document, const kh_name *name) {
  const kh_token_layer *tokens = document->tokens;
  const kh_sentence *sentence = &tokens->sentences[tokens->at[name->first].sentence];
  if (kh_is_located(document, name)) return STANCE_PLACE;
  const uint8_t before = proclitic(document, name);
  if (before == KH_LETTER_WAW || before == KH_LETTER_FA || before == KH_LETTER_LAM)
    return STANCE_PARTY;
  if (before) return STANCE_OPEN;
  if (name->first > sentence->first &&
      (kh_known_word(document, name->first - 1, KH_KNOWN_PARTNER) ||
       is_finite_verb(document, name->first - 1)))
    return STANCE_PARTY;
  if (name->last < sentence->last && is_finite_verb(document, name->last)) return STANCE_PARTY;
  return STANCE_OPEN;
}

/// Is the place joined by «و» to the place right before it?
static bool goes_on(const kh_document *document, uint32_t index) {
  const kh_name *name = &document->mentions->names.at[index];
  return index && proclitic(document, name) == KH_LETTER_WAW && name[-1].last == name->first &&
         name[-1].kind == KH_KIND_PLACE;
}

/// The stance of a mention; members of a list («في أوسلو والقاهرة») stand as its head does.
static stance stance_of(const kh_document *document, uint32_t index) {
  uint32_t head = index;
  while (index - head < MAX_LIST && goes_on(document, head)) head--;
  const stance own = own_stance(document, &document->mentions->names.at[head]);
  return head < index && own == STANCE_OPEN ? STANCE_PARTY : own;
}

/// Is a name with so many mentions of each stance that of a government? The report's own country
/// (`here`) must act to be one; of names whose mentions tell nothing, states more often are one,
/// capitals are not.
static bool stands_for_government(const uint32_t counts[3], bool here, bool is_state) {
  const uint32_t places = counts[STANCE_PLACE];
  const uint32_t parties = counts[STANCE_PARTY];
  if (parties > places || (parties >= 2 && (!here || 2 * parties > places))) return true;
  if (parties) return !here;
  return !places && is_state;
}

void kh_state_judge(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  if (draft->kind != KH_KIND_PLACE || !state->known) return;
  if (!(state->known->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL))) return;
  uint32_t counts[3] = {0};
  for (int32_t i = state->first_name; i != KH_NONE; i = mentions->next_name[i])
    counts[stance_of(document, (uint32_t)i)]++;
  state->mostly_place = counts[STANCE_PLACE] && !counts[STANCE_PARTY];
  const bool here = strcmp(draft->country, mentions->country) == 0;
  if (stands_for_government(counts, here, state->known->flags & KH_KNOWN_STATE))
    draft->sector = KH_SECTOR_GOV;
}
