// SPDX-License-Identifier: Apache-2.0
// The stage: each different word of a document is read once, then one reading is chosen a token.
#include "morph/morph.h"
#include "lexicon/index.h"
#include "morph/choose.h"
#include "morph/cut.h"
#include "morph/ready.h"

#include <string.h>

/// What beside its readings is kept of a word that occurs in the document.
typedef struct kind_letters {
  uint32_t fold; // index into the letters of the token layer
  uint8_t len;
  uint8_t phrase_states;                        // in use
  kh_automaton_state phrases[KH_READY_PHRASES]; // after this word and a blank
} kind_letters;

typedef struct reader {
  kh_document *document;
  const kh_lexicon *lexicon;
  const kh_index *phrases;
  kh_morph_layer *layer;
  const kh_morph_tables *tables; // NULL when there are none
  const int16_t *weights;        // of the model of readings; NULL when there is none
  KH_ARRAY(kh_word_kind) kinds;
  KH_ARRAY(kind_letters) letters; // of each kind
  uint32_t *slots;                // hash table over kinds; 0 is free, else number + 1
  uint32_t mask;
  uint32_t candidate_room;
  uint32_t *kind_at; // of each token; UINT32_MAX for marks
} reader;

static kh_word *add_candidates(reader *r, uint32_t count) {
  kh_morph_layer *layer = r->layer;
  if (r->candidate_room - layer->candidate_count < count) {
    const uint32_t room = 2 * r->candidate_room + 256;
    kh_word *wider = kh_arena_alloc(&r->document->arena, room * sizeof *wider);
    if (layer->candidate_count)
      memcpy(wider, layer->candidates, layer->candidate_count * sizeof *wider);
    layer->candidates = wider;
    r->candidate_room = room;
  }
  kh_word *added = layer->candidates + layer->candidate_count;
  layer->candidate_count += count;
  return added;
}

// ---- fixed phrases

// The longest phrase that goes on from `state` with token `next`; its last token + 1, or 0.
static uint32_t follow_phrase(const reader *r, kh_automaton_state state, uint32_t next,
                              uint32_t *phrase) {
  const kh_token_layer *tokens = r->document->tokens;
  const uint32_t limit = tokens->sentences[tokens->at[next - 1].sentence].last;
  uint32_t end = 0;
  for (uint32_t t = next; t < limit; ++t) {
    const kh_token *token = &tokens->at[t];
    if (token->kind == KH_TOKEN_PUNCT) break;
    const uint8_t *letters = kh_token_letters(tokens, t);
    bool spelt = true;
    for (uint32_t i = 0; spelt && i < token->fold_len; ++i)
      spelt = kh_automaton_step(&r->phrases->keys, &state, letters[i]);
    if (!spelt) break;
    uint32_t key;
    uint32_t count;
    if (kh_automaton_accepts(&r->phrases->keys, state, &key)) {
      const uint32_t *values = kh_index_values(r->phrases, key, &count);
      if (count) {
        *phrase = values[0];
        end = t + 1;
      }
    }
    if (!kh_automaton_step(&r->phrases->keys, &state, ' ')) break;
  }
  return end;
}

static void find_phrases(const reader *r) {
  const uint32_t count = r->document->tokens->count;
  kh_morph_layer *layer = r->layer;
  uint32_t inside_until = 0;
  for (uint32_t t = 0; t < count; ++t) {
    layer->phrase[t] = -1;
    if (t < inside_until) {
      layer->inside_phrase[t] = 1;
      continue;
    }
    if (r->kind_at[t] == UINT32_MAX || !r->letters.at) continue;
    const kind_letters *kind = &r->letters.at[r->kind_at[t]];
    for (uint32_t i = 0; i < kind->phrase_states; ++i) {
      uint32_t phrase = 0;
      const uint32_t end = follow_phrase(r, kind->phrases[i], t + 1, &phrase);
      if (end <= inside_until || end - t > UINT8_MAX) continue;
      layer->phrase[t] = (int32_t)phrase;
      layer->phrase_tokens[t] = (uint8_t)(end - t);
      inside_until = end;
    }
  }
}

// ---- readings

static void take_readings(reader *r, kh_word_kind *kind, const kh_word *readings, uint32_t count) {
  kh_word *added = add_candidates(r, count);
  memcpy(added, readings, count * sizeof *added);
  kind->to = r->layer->candidate_count;
  kind->from = kind->to - count;
}

static void read_ready(reader *r, kh_word_kind *kind, kind_letters *kept, const kh_ready *ready) {
  take_readings(r, kind, r->tables->readings + ready->from, ready->count);
  kind->code = ready->code;
  kind->never = (uint8_t)ready->never;
  kept->phrase_states = ready->phrase_states;
  memcpy(kept->phrases, ready->phrases, sizeof kept->phrases);
}

static void read_kind(reader *r, kh_word_kind *kind, kind_letters *kept) {
  const uint8_t *letters = r->document->tokens->letters + kept->fold;
  kh_readings readings;
  kh_read_word(r->lexicon, letters, kept->len, &readings);
  kh_score_alone(r->weights, letters, kind->form, &readings);
  take_readings(r, kind, readings.at, readings.count);
  kind->code = readings.count ? kh_tag_code(kh_likeliest(&readings)) : 0;
  kind->never = kh_may_tell(r->lexicon, readings.at, readings.count);
  kept->phrase_states = kh_phrase_starts(r->lexicon, letters, kept->len, kept->phrases);
}

static uint32_t kind_of(reader *r, const kh_token *token) {
  const uint8_t *all = r->document->tokens->letters;
  const uint8_t *letters = all + token->fold;
  const uint32_t len = token->fold_len < 64 ? token->fold_len : 64;
  const uint32_t form = kh_tag_form(letters, len);
  uint32_t at = form & r->mask;
  for (; r->slots[at]; at = (at + 1) & r->mask) {
    const kind_letters *kept = &r->letters.at[r->slots[at] - 1];
    if (kept->len == len && memcmp(all + kept->fold, letters, len) == 0) return r->slots[at] - 1;
  }
  kh_word_kind *kind = KH_ADD(&r->document->arena, &r->kinds);
  kind_letters *kept = KH_ADD(&r->document->arena, &r->letters);
  kind->form = form;
  kept->fold = token->fold;
  kept->len = (uint8_t)len;
  r->slots[at] = r->kinds.count;
  return r->kinds.count - 1;
}

// The tables are too large for the caches near the processor: what the next words need is on its
// way while a word is read.
static void find_ready(reader *r, uint32_t *number) {
  enum { SLOT_AHEAD = 12, WORD_AHEAD = 8, REST_AHEAD = 4 };
  const uint32_t count = r->kinds.count;
  for (uint32_t k = 0; k < count; ++k) {
    if (k + SLOT_AHEAD < count) kh_ready_fetch_slot(r->tables, r->kinds.at[k + SLOT_AHEAD].form);
    if (k + WORD_AHEAD < count) kh_ready_fetch_word(r->tables, r->kinds.at[k + WORD_AHEAD].form);
    if (k + REST_AHEAD < count) kh_ready_fetch_rest(r->tables, r->kinds.at[k + REST_AHEAD].form);
    const kind_letters *kept = &r->letters.at[k];
    const kh_ready *ready = kh_ready_find(r->tables, r->kinds.at[k].form,
                                          r->document->tokens->letters + kept->fold, kept->len);
    number[k] = ready ? (uint32_t)(ready - r->tables->words) : UINT32_MAX;
  }
}

// Has the lexicon's words for the next kinds that are not ready fetched; gives the kind after them.
static uint32_t fetch_kinds(const reader *r, uint32_t k) {
  kh_letters words[KH_FETCH_MAX];
  uint32_t count = 0;
  for (; k < r->kinds.count && count < KH_FETCH_MAX; ++k)
    if (r->layer->ready[k] == UINT32_MAX)
      words[count++] =
          (kh_letters){r->document->tokens->letters + r->letters.at[k].fold, r->letters.at[k].len};
  kh_fetch_words(r->lexicon, words, count);
  return k;
}

static void read_kinds(reader *r) {
  const uint32_t count = r->kinds.count;
  r->layer->ready = kh_arena_alloc(&r->document->arena, count * sizeof *r->layer->ready);
  find_ready(r, r->layer->ready);
  uint32_t fetched = 0;
  for (uint32_t k = 0; k < count; ++k) {
    const uint32_t number = r->layer->ready[k];
    if (number != UINT32_MAX) {
      read_ready(r, &r->kinds.at[k], &r->letters.at[k], &r->tables->words[number]);
      continue;
    }
    if (k >= fetched) fetched = fetch_kinds(r, k);
    read_kind(r, &r->kinds.at[k], &r->letters.at[k]);
  }
}

static void read_tokens(reader *r) {
  const kh_token_layer *tokens = r->document->tokens;
  for (uint32_t t = 0; t < tokens->count; ++t) {
    r->kind_at[t] = UINT32_MAX;
    if (tokens->at[t].kind != KH_TOKEN_WORD || !tokens->at[t].fold_len) continue;
    r->kind_at[t] = kind_of(r, &tokens->at[t]);
  }
  read_kinds(r);
  const kh_word_kind *kinds = r->kinds.at;
  for (uint32_t t = 0; kinds && t < tokens->count; ++t) {
    if (r->kind_at[t] == UINT32_MAX) continue;
    const kh_word_kind *kind = &kinds[r->kind_at[t]];
    r->layer->from[t] = kind->from;
    r->layer->to[t] = kind->to;
    r->layer->never[t] = kind->never;
  }
}

// A power of two that keeps the table at most half full.
static uint32_t slots_for(uint32_t tokens) {
  uint32_t slots = 64;
  while (slots < (1u << 30) && slots / 2 < tokens) slots *= 2;
  return slots;
}

kh_chooser kh_morph_read(kh_document *document) {
  kh_arena *arena = &document->arena;
  const uint32_t count = document->tokens->count;
  kh_morph_layer *layer = kh_arena_zero(arena, sizeof *layer);
  layer->best = kh_arena_zero(arena, count * sizeof *layer->best);
  layer->classes = kh_arena_alloc(arena, count * sizeof *layer->classes);
  layer->from = kh_arena_zero(arena, count * sizeof *layer->from);
  layer->to = kh_arena_zero(arena, count * sizeof *layer->to);
  layer->never = kh_arena_zero(arena, count);
  layer->phrase = kh_arena_alloc(arena, count * sizeof *layer->phrase);
  layer->phrase_tokens = kh_arena_zero(arena, count);
  layer->inside_phrase = kh_arena_zero(arena, count);
  document->morph = layer;
  const uint32_t slots = slots_for(count);
  reader r = {
      .document = document,
      .lexicon = document->engine->lexicon,
      .phrases = kh_lexicon_phrases(document->engine->lexicon),
      .layer = layer,
      .tables = document->engine->morph,
      .weights = document->engine->morph ? document->engine->morph->weights : NULL,
      .slots = kh_arena_zero(arena, slots * sizeof(uint32_t)),
      .mask = slots - 1,
      .kind_at = kh_arena_alloc(arena, count * sizeof(uint32_t)),
  };
  read_tokens(&r);
  layer->kind_at = r.kind_at;
  layer->kind_count = r.kinds.count;
  find_phrases(&r);
  kh_chooser chooser = {
      .document = document, .weights = r.weights, .kinds = r.kinds.at, .kind_at = r.kind_at};
  kh_chooser_init(&chooser);
  return chooser;
}

void kh_morph_stage(kh_document *document) {
  const kh_chooser chooser = kh_morph_read(document);
  kh_choose_readings(&chooser, document->morph);
}

// ---- questions

const kh_word *kh_word_any(const kh_document *document, uint32_t token, kh_class class_id,
                           kh_pos pos) {
  const kh_morph_layer *layer = document->morph;
  for (uint32_t i = layer->from[token]; i < layer->to[token]; ++i) {
    const kh_word *word = &layer->candidates[i];
    if (word->known && (pos == KH_POS_NONE || word->pos == pos) &&
        kh_lexicon_has(document->engine->lexicon, word->lemma, class_id))
      return word;
  }
  return NULL;
}

bool kh_phrase_at(const kh_document *document, uint32_t token, kh_class class_id) {
  const int32_t phrase = document->morph->phrase[token];
  return phrase >= 0 && kh_phrase_has(document->engine->lexicon, (uint32_t)phrase, class_id);
}

uint32_t kh_word_start(const kh_document *document, uint32_t token, bool keep_article) {
  const kh_word *word = &document->morph->best[token];
  uint32_t at = word->stem_at;
  if (keep_article && word->proclitics & KH_CLITIC_AL) {
    const uint8_t *letters = kh_token_letters(document->tokens, token);
    if (!(word->proclitics & KH_CLITIC_LI))
      at -= at >= 2 ? 2 : at;
    else if (at >= 2 &&
             letters[at - 2] == KH_LETTER_LAM) // «للأمم»: its second lam is the article's
      at -= 1;
  }
  return kh_token_byte(document, token, at);
}
