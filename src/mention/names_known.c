// SPDX-License-Identifier: Apache-2.0
// Known names found in a text: the gazetteer's keys spelt along the tokens.
#include "mention/names.h"

#include <string.h>

enum { MAX_KNOWN_TOKENS = 10 };

/// A match under way or done.
typedef struct found {
  uint32_t key;
  uint16_t tokens; // 0: none
  uint8_t cut;
} found;

/// May a name run on from the token before into this one?
static bool joined(const kh_token_layer *tokens, uint32_t token, uint32_t end) {
  return token < end && tokens->at[token].kind <= KH_TOKEN_LATIN;
}

/// The longest key whose first word has been spelt.
static found longest(const kh_document *document, const kh_features *features,
                     const kh_key_start *start, uint32_t token, uint32_t end) {
  const kh_automaton *keys = &document->engine->names->keys.keys;
  kh_automaton_state state = start->state;
  found best = {0};
  for (uint32_t n = 1;; n++) {
    uint32_t key;
    if (kh_automaton_accepts(keys, state, &key)) best = (found){.key = key, .tokens = (uint16_t)n};
    if (!start->goes_on) return best;
    if (n < MAX_KNOWN_TOKENS && kh_joins_words(document, token + n, end)) n++;
    if (n == MAX_KNOWN_TOKENS || !joined(document->tokens, token + n, end)) return best;
    if (!kh_automaton_step(keys, &state, ' ')) return best;
    const kh_token *next = &document->tokens->at[token + n];
    const kh_form *form = &features->forms[features->form_of[token + n]];
    // the form of a number tells its length only: «فرانس 24» needs the digits
    const bool number = next->kind == KH_TOKEN_NUMBER;
    const uint8_t *letters = number ? kh_token_letters(document->tokens, token + n) : form->letters;
    if (!kh_automaton_spell(keys, &state, letters, number ? next->fold_len : form->len))
      return best;
  }
}

/// The longest key that begins with one of the ways to read a token's form.
static found find_at(const kh_document *document, const kh_features *features, uint32_t token,
                     uint32_t end, bool whole) {
  const kh_form *form = &features->forms[features->form_of[token]];
  found best = {0};
  for (uint32_t s = 0; s < form->start_count; s++) {
    const kh_key_start *start = &form->starts[s];
    if (whole && start->cut) break;
    found now = longest(document, features, start, token, end);
    now.cut = (uint8_t)start->cut;
    if (now.tokens > best.tokens) best = now;
  }
  return best;
}

/// The adjective or name of a state at a token that completes a pattern; NULL. `*size` gets its
/// tokens.
static const kh_known *completion(const kh_document *document, const kh_features *features,
                                  uint32_t token, uint32_t end, const kh_known *pattern,
                                  uint16_t *size) {
  const struct kh_names *names = document->engine->names;
  if (!joined(document->tokens, token, end)) return NULL;
  const found next = find_at(document, features, token, end, true);
  if (!next.tokens) return NULL;
  const kh_form *form = &features->forms[features->form_of[token]];
  const bool feminine = form->letters[form->len - 1] == KH_LETTER_HA;
  uint32_t count;
  const uint32_t *entries = kh_index_values(&names->keys, next.key, &count);
  *size = next.tokens;
  for (uint32_t e = 0; e < count; e++) {
    const kh_known *known = &names->known[entries[e]];
    const bool state =
        known->kind == KH_KNOWN_PLACE && (known->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL));
    if (state && (pattern->flags & KH_KNOWN_OF_STATE)) return known;
    if (known->kind != KH_KNOWN_NISBA || form->article != 2) continue;
    if (feminine ? pattern->flags & KH_KNOWN_NEEDS_FEM : pattern->flags & KH_KNOWN_NEEDS_MASC)
      return known;
  }
  return NULL;
}

/// Adds what was found, with the state that completes a pattern. Gives the tokens used; 0 when it
/// was a pattern that nothing completes.
static uint32_t add_hit(kh_document *document, kh_features *features, uint32_t token, uint32_t end,
                        found what) {
  const kh_token_layer *tokens = document->tokens;
  const struct kh_names *names = document->engine->names;
  uint32_t count;
  const uint32_t *entries = kh_index_values(&names->keys, what.key, &count);
  const kh_known *state = NULL;
  bool named = false;
  uint16_t more = 0;
  for (uint32_t e = 0; e < count && !state; e++) {
    const kh_known *known = &names->known[entries[e]];
    if (known->kind != KH_KNOWN_PATTERN || (known->flags & KH_KNOWN_ALONE)) named = true;
    if (known->kind != KH_KNOWN_PATTERN) continue;
    state = completion(document, features, token + what.tokens, end, known, &more);
    if (!state) continue;
    entries += e;
    count = 1;
  }
  if (!state && !named) return 0;
  kh_known_hit *hit = KH_ADD(&document->arena, &features->hits);
  hit->first = token;
  hit->tokens = (uint16_t)(what.tokens + (state ? more : 0));
  hit->cut = what.cut;
  hit->state = state;
  hit->entries = entries;
  hit->count = count;
  const int32_t quote = tokens->at[token].quote;
  hit->whole_quote = quote >= 0 && tokens->quotes[quote].first == token &&
                     tokens->quotes[quote].last == token + hit->tokens;
  for (uint32_t t = token; t < token + hit->tokens; t++)
    features->hit_at[t] = (int32_t)features->hits.count - 1;
  return hit->tokens;
}

enum { MOST_STARTS = 5 };

/// Ways to begin a known name while they are found.
typedef struct start_list {
  kh_key_start at[MOST_STARTS];
  uint32_t count;
} start_list;

/// Notes that keys end or go on with a blank after the letters of `before` and a form's letters
/// from `cut` on.
static void add_start(const kh_automaton *keys, start_list *list, const kh_form *form, uint32_t cut,
                      uint32_t before) {
  static const uint8_t article[] = {KH_LETTER_ALEF, KH_LETTER_LAM};
  kh_automaton_state state = kh_automaton_start(keys);
  if (!kh_automaton_spell(keys, &state, article, before)) return;
  if (!kh_automaton_spell(keys, &state, form->letters + cut, (uint32_t)form->len - cut)) return;
  kh_automaton_state next = state;
  uint32_t key;
  const bool goes_on = kh_automaton_step(keys, &next, ' ');
  if (!goes_on && !kh_automaton_accepts(keys, state, &key)) return;
  list->at[list->count++] =
      (kh_key_start){.state = state, .cut = (uint16_t)cut, .goes_on = goes_on};
}

static bool is_one_letter_proclitic(uint8_t letter) {
  return letter == KH_LETTER_BA || letter == KH_LETTER_LAM || letter == KH_LETTER_KAF;
}

/// The ways in which keys may begin with a form: whole, or without proclitics.
static void list_starts(const kh_automaton *keys, start_list *list, const kh_form *form) {
  add_start(keys, list, form, 0, 0);
  uint32_t at = 0;
  const bool word = form->kind == KH_TOKEN_WORD;
  if (word && form->len > 3 &&
      (form->letters[0] == KH_LETTER_WAW || form->letters[0] == KH_LETTER_FA)) {
    at = 1;
    // «فرانس» is a word of its own, not «ف» and the town «رانس»
    if (form->letters[0] == KH_LETTER_WAW || form->cut || !form->fact)
      add_start(keys, list, form, 1, 0);
  }
  if (word && form->len > at + 2 && is_one_letter_proclitic(form->letters[at])) {
    add_start(keys, list, form, at + 1, 0);
    // «للأمم» is «الأمم», «للجنة» is «اللجنة»
    if (form->letters[at] == KH_LETTER_LAM && form->letters[at + 1] == KH_LETTER_LAM) {
      add_start(keys, list, form, at + 1, 1);
      add_start(keys, list, form, at + 1, 2);
    }
  }
}

static void find_starts(kh_document *document, kh_form *form) {
  start_list list = {.count = 0};
  list_starts(&document->engine->names->keys.keys, &list, form);
  form->start_count = (uint8_t)list.count;
  if (!list.count) return;
  const size_t size = list.count * sizeof *list.at;
  form->starts = memcpy(kh_arena_alloc(&document->arena, size), list.at, size);
}

/// The lines that are a word by itself: as it stands, or without its likely proclitics.
static void look_up(const kh_document *document, kh_form *form) {
  const struct kh_names *names = document->engine->names;
  for (uint32_t s = 0; s < form->start_count; s++) {
    const kh_key_start *start = &form->starts[s];
    uint32_t key;
    if (start->cut && start->cut != form->cut) continue;
    if (!kh_automaton_accepts(&names->keys.keys, start->state, &key)) continue;
    form->known = kh_index_values(&names->keys, key, &form->known_count);
    return;
  }
}

void kh_known_hits(kh_document *document, kh_features *features) {
  const kh_token_layer *tokens = document->tokens;
  features->hit_at =
      kh_arena_alloc(&document->arena, (tokens->count + 1) * sizeof *features->hit_at);
  for (uint32_t t = 0; t < tokens->count; t++) features->hit_at[t] = KH_NONE;
  const struct kh_names *names = document->engine->names;
  if (!names || !names->has_known) return;
  const uint8_t *never = document->morph ? document->morph->never : NULL;
  for (uint32_t f = 0; f < features->form_count; f++) {
    kh_form *form = &features->forms[f];
    if (form->kind > KH_TOKEN_LATIN || form->weights) continue;
    if (never && never[form->token] & KH_NEVER_NAME) continue;
    find_starts(document, form);
    look_up(document, form);
  }
  for (uint32_t s = 0; s < tokens->sentence_count; s++) {
    const kh_sentence *sentence = &tokens->sentences[s];
    for (uint32_t t = sentence->first; t < sentence->last;) {
      const found what = find_at(document, features, t, sentence->last, false);
      const uint32_t used = what.tokens ? add_hit(document, features, t, sentence->last, what) : 0;
      t += used ? used : 1;
    }
  }
}
