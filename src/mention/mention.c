// SPDX-License-Identifier: Apache-2.0
// The stage of mentions: quantities, then times, then names, then entities.
#include "mention/mention.h"

#include "text/text.h"

#include <string.h>

enum { DATELINE_PARAGRAPHS = 3, DATELINE_TOKENS = 14 };

static int32_t *no_index(kh_document *document) {
  const size_t count = document->tokens->count;
  int32_t *index = kh_arena_alloc(&document->arena, count * sizeof *index);
  for (size_t i = 0; i < count; i++) index[i] = KH_NONE;
  return index;
}

static bool is_whole_day(const char *value) {
  return strlen(value) == 10 && value[0] != 'X' && value[4] == '-' && value[7] == '-';
}

// A verb that tells something; not a town that is spelt like one («عدن –», «عدن/»).
static bool is_verb(const kh_document *document, uint32_t token) {
  const kh_word *word = &document->morph->best[token];
  const kh_mark after = (kh_mark)document->tokens->at[token + 1].mark;
  return word->pos == KH_POS_VERB && word->known && after != KH_MARK_DASH &&
         after != KH_MARK_COLON && after != KH_MARK_SLASH && after != KH_MARK_OPEN;
}

// Is the time the date of a dateline: a whole day near the head of its paragraph, with no verb
// before it, in a line of its own or set off by a dash or colon?
static bool is_dateline(const kh_document *document, const kh_time_mention *mention) {
  const kh_token_layer *tokens = document->tokens;
  if (mention->time.type != KH_TIME_DATE || mention->time.conflict) return false;
  if (!is_whole_day(mention->time.value)) return false;
  const uint32_t index = tokens->sentences[tokens->at[mention->first].sentence].paragraph;
  if (index >= DATELINE_PARAGRAPHS) return false;
  const kh_paragraph *paragraph = &tokens->paragraphs[index];
  if (mention->first - paragraph->first > DATELINE_TOKENS) return false;
  for (uint32_t t = paragraph->first; t < mention->first; t++)
    if (is_verb(document, t)) return false;
  if (paragraph->last - paragraph->first <= DATELINE_TOKENS) return true;
  for (uint32_t t = mention->last; t < paragraph->last && t < mention->last + 4; t++)
    if (tokens->at[t].mark == KH_MARK_DASH || tokens->at[t].mark == KH_MARK_COLON) return true;
  return false;
}

// A report that nobody dated may date itself; its other times are then read against that day.
static bool find_dateline(kh_document *document) {
  kh_mention_layer *mentions = document->mentions;
  for (uint32_t i = 0; i < mentions->times.count && i < 8; i++) {
    const kh_time_mention *mention = &mentions->times.at[i];
    if (!is_dateline(document, mention)) continue;
    memcpy(mentions->dateline, mention->time.value, sizeof mentions->dateline);
    return true;
  }
  return false;
}

const char *kh_report_day(const kh_document *document) {
  const char *told = document->text->published;
  if (told[0] || !document->mentions) return told;
  return document->mentions->dateline;
}

void kh_mention_begin(kh_document *document) {
  kh_mention_layer *mentions = kh_arena_zero(&document->arena, sizeof *mentions);
  mentions->name_at = no_index(document);
  mentions->time_at = no_index(document);
  mentions->quantity_at = no_index(document);
  document->mentions = mentions;
  kh_quantities(document);
  kh_times(document);
  if (!document->text->published[0] && find_dateline(document)) {
    mentions->times.count = 0;
    mentions->time_at = no_index(document);
    kh_times(document);
  }
}

void kh_mention_stage(kh_document *document) {
  kh_mention_begin(document);
  kh_names(document);
  kh_entities(document);
}
