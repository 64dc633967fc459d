// SPDX-License-Identifier: Apache-2.0
#include "mention/calendar_lex.h"

#include "base/error.h"
#include "text/text.h"

#include <string.h>

enum { MAX_PHRASE = 6 };

// ------------------------------------------------------------------ tables

static kh_status damaged(kh_error *error) {
  return kh_fail(error, KH_ERROR_TABLE, KH_STAGE_MENTION,
                 "the tables of times and numbers are damaged; compile rules/ again");
}

static uint32_t pair_letter(uint8_t letter) {
  return kh_letter_is_arabic(letter) ? letter - 0xC0U : 0;
}

// Where the automaton stands after two Arabic letters: most words of a text fall out here.
static void note_starts(struct kh_calendar *calendar) {
  const kh_automaton *keys = &calendar->words.keys;
  for (uint32_t first = 1; first < KH_PAIR_LETTERS; first++) {
    kh_automaton_state state = kh_automaton_start(keys);
    if (!kh_automaton_step(keys, &state, (uint8_t)(0xC0 + first))) continue;
    for (uint32_t second = 1; second < KH_PAIR_LETTERS; second++) {
      kh_automaton_state next = state;
      if (kh_automaton_step(keys, &next, (uint8_t)(0xC0 + second)))
        calendar->starts[first][second] = next;
    }
  }
}

kh_status kh_calendar_load(struct kh_calendar *calendar, const kh_tables *tables, kh_error *error) {
  memset(calendar, 0, sizeof *calendar);
  calendar->tables = tables;
  size_t size = 0;
  calendar->senses = kh_tables_section(tables, "SENS", &size);
  calendar->sense_count = (uint32_t)(size / sizeof(kh_sense));
  if (!calendar->senses || size % sizeof(kh_sense)) return damaged(error);
  for (uint32_t i = 0; i < calendar->sense_count; i++)
    if (calendar->senses[i].kind >= KH_SENSE_KINDS) return damaged(error);
  calendar->hijri.first = kh_tables_section(tables, "HIJR", &size);
  const size_t months = size / sizeof(int32_t);
  calendar->hijri.years = (int32_t)(months / 12);
  if (months && months % 12 != 1) return damaged(error);
  for (size_t i = 0; i + 1 < months; i++) {
    const int64_t days = (int64_t)calendar->hijri.first[i + 1] - calendar->hijri.first[i];
    if (days < 28 || days > 31) return damaged(error);
  }
  calendar->feasts = kh_tables_section(tables, "FEST", &size);
  calendar->feast_count = (uint32_t)(size / sizeof(kh_feast));
  calendar->money = kh_tables_section(tables, "MONY", &size);
  calendar->money_count = (uint32_t)(size / sizeof(uint32_t));
  const kh_status status =
      kh_index_open(&calendar->words, tables, "TIMK", "TIMV", calendar->sense_count, error);
  if (status != KH_OK) return status;
  const uint32_t keys = calendar->words.keys.words;
  calendar->masks = kh_tables_section(tables, "TIMM", &size);
  if (keys >= UINT16_MAX || size != keys * sizeof(kh_sense_masks)) return damaged(error);
  note_starts(calendar);
  return KH_OK;
}

kh_status kh_calendar_open(kh_engine *engine, kh_error *error) {
  struct kh_calendar *calendar = kh_arena_zero(&engine->arena, sizeof *calendar);
  const kh_status status = kh_calendar_load(calendar, engine->tables, error);
  if (status == KH_OK) engine->calendar = calendar;
  return status;
}

// ------------------------------------------------------------------ words

typedef struct match {
  uint32_t key;
  uint32_t tokens; // 0: none
} match;

// May a phrase go on at the token? Words stand apart by blanks; the full stop of an
// abbreviation («ت. غ») may stand between.
static bool continues(const kh_time_words *r, uint32_t *token) {
  uint32_t next = *token;
  if (next >= r->count) return false;
  if (r->tokens[next].mark == KH_MARK_FULL_STOP && r->tokens[next - 1].fold_len == 1 &&
      !(r->tokens[next].flags & KH_TOKEN_SPACE_BEFORE))
    next++;
  if (next >= r->count || r->tokens[next].kind != KH_TOKEN_WORD ||
      r->tokens[next].sentence != r->tokens[*token - 1].sentence)
    return false;
  *token = next;
  return true;
}

// The longest key that begins at a letter of a token and ends with a token.
static match longest_key(const kh_time_words *r, uint32_t token, uint32_t letter) {
  const kh_automaton *keys = &r->calendar->words.keys;
  match found = {0, 0};
  uint32_t at = token;
  const uint8_t *start = kh_token_letters(r->document->tokens, token) + letter;
  const bool two = r->tokens[token].fold_len >= letter + 2;
  const uint32_t first = two ? pair_letter(start[0]) : 0;
  const uint32_t second = two ? pair_letter(start[1]) : 0;
  kh_automaton_state state;
  if (first && second) {
    state = r->calendar->starts[first][second];
    if (!state.node) return found;
    letter += 2;
  } else {
    state = kh_automaton_start(keys);
  }
  for (uint32_t words = 1; words <= MAX_PHRASE; words++) {
    const uint8_t *letters = kh_token_letters(r->document->tokens, at);
    const uint32_t len = r->tokens[at].fold_len;
    for (uint32_t i = letter; i < len; i++)
      if (!kh_automaton_step(keys, &state, letters[i])) return found;
    letter = 0;
    at++;
    uint32_t key;
    if (kh_automaton_accepts(keys, state, &key)) found = (match){key, at - token};
    if (!kh_automaton_step(keys, &state, ' ') || !continues(r, &at)) return found;
  }
  return found;
}

static bool fits(const kh_sense *sense, uint8_t clitics) {
  const bool article = (clitics & KH_CLITIC_AL) != 0;
  return sense->article == KH_ARTICLE_ANY || (sense->article == KH_ARTICLE_WITH) == article;
}

static bool any_fits(const struct kh_calendar *calendar, uint32_t key, uint8_t clitics) {
  const uint64_t *bits = calendar->masks[key].bits[(clitics & KH_CLITIC_AL) != 0];
  return bits[0] || bits[1];
}

static bool try_at(const kh_time_words *r, uint32_t token, uint8_t bare, uint8_t stem,
                   uint8_t clitics) {
  const match found = longest_key(r, token, stem);
  if (!found.tokens || !any_fits(r->calendar, found.key, clitics)) return false;
  r->at[token] =
      (kh_time_word){(uint16_t)(found.key + 1), (uint8_t)found.tokens, clitics, bare, stem};
  return true;
}

// The word from letter `at` on: as it stands, or after the article.
static bool try_noun(const kh_time_words *r, uint32_t token, uint8_t at, uint8_t clitics) {
  if (try_at(r, token, at, at, clitics)) return true;
  const uint8_t *letters = kh_token_letters(r->document->tokens, token) + at;
  const uint32_t len = r->tokens[token].fold_len - at;
  if (len <= 3 || letters[0] != KH_LETTER_ALEF || letters[1] != KH_LETTER_LAM ||
      !try_at(r, token, at, (uint8_t)(at + 2), clitics | KH_CLITIC_AL))
    return false;
  // the article's alef has no hamza and no madda: «آلان» is a name, «الآن» is now
  const uint32_t byte = kh_token_byte(r->document, token, at);
  if (memcmp(r->document->text->bytes + byte, "\xD8\xA7", 2) == 0) return true;
  r->at[token] = (kh_time_word){0};
  return false;
}

// ... and after one of ب ك ل, which takes the alef of the article away («للأسبوع»).
static bool try_preposition(const kh_time_words *r, uint32_t token, uint8_t at, uint8_t clitics) {
  const uint8_t *letters = kh_token_letters(r->document->tokens, token) + at;
  if (r->tokens[token].fold_len < at + 3U) return false;
  switch (letters[0]) {
  case KH_LETTER_BA:
    return try_noun(r, token, (uint8_t)(at + 1), clitics | KH_CLITIC_BI);
  case KH_LETTER_KAF:
    return try_noun(r, token, (uint8_t)(at + 1), clitics | KH_CLITIC_KA);
  case KH_LETTER_LAM:
    if (letters[1] == KH_LETTER_LAM && try_at(r, token, (uint8_t)(at + 1), (uint8_t)(at + 2),
                                              clitics | KH_CLITIC_LI | KH_CLITIC_AL))
      return true;
    return try_noun(r, token, (uint8_t)(at + 1), clitics | KH_CLITIC_LI);
  default:
    return false;
  }
}

static void read_word(const kh_time_words *r, uint32_t token) {
  if (try_noun(r, token, 0, 0) || try_preposition(r, token, 0, 0)) return;
  const uint8_t first = kh_token_letters(r->document->tokens, token)[0];
  if (r->tokens[token].fold_len < 3) return;
  if (first == KH_LETTER_WAW || first == KH_LETTER_FA) {
    const uint8_t clitic = first == KH_LETTER_WAW ? KH_CLITIC_WA : KH_CLITIC_FA;
    if (!try_noun(r, token, 1, clitic)) try_preposition(r, token, 1, clitic);
  }
}

// Signs of money («$», «€») are keys by their bytes.
static void read_sign(const kh_time_words *r, uint32_t token) {
  const kh_token *t = &r->tokens[token];
  uint32_t key;
  const uint8_t *bytes = (const uint8_t *)r->document->text->bytes + t->start;
  if (t->end - t->start <= 4 &&
      kh_automaton_find(&r->calendar->words.keys, bytes, t->end - t->start, &key))
    r->at[token] = (kh_time_word){(uint16_t)(key + 1), 1, 0, 0, 0};
}

const kh_time_words *kh_time_words_of(kh_document *document) {
  kh_mention_layer *mentions = document->mentions;
  if (mentions->time_words) return mentions->time_words;
  kh_time_words *r = kh_arena_alloc(&document->arena, sizeof *r);
  r->calendar = document->engine->calendar;
  r->document = document;
  r->tokens = document->tokens->at;
  r->count = document->tokens->count;
  r->at = kh_arena_zero(&document->arena, r->count * sizeof *r->at);
  const uint8_t *never = document->morph ? document->morph->never : NULL;
  for (uint32_t i = 0; i < r->count; i++) {
    const kh_token *token = &r->tokens[i];
    if (never && never[i] & KH_NEVER_TIME) continue;
    if (token->kind == KH_TOKEN_WORD || token->kind == KH_TOKEN_LATIN)
      read_word(r, i);
    else if (token->mark == KH_MARK_OTHER)
      read_sign(r, i);
  }
  mentions->time_words = r;
  return r;
}

int32_t kh_sense_value(const kh_time_words *r, uint32_t token, kh_sense_kind kind) {
  uint32_t count;
  const uint32_t *values = kh_index_values(&r->calendar->words, r->at[token].word - 1U, &count);
  for (uint32_t i = 0; i < count; i++) {
    const kh_sense *sense = &r->calendar->senses[values[i]];
    if (sense->kind == kind && fits(sense, r->at[token].clitics)) return sense->value;
  }
  return KH_NO_SENSE;
}

uint32_t kh_time_word_start(const kh_time_words *r, uint32_t token) {
  return kh_token_byte(r->document, token, r->at[token].bare);
}
