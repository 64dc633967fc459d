// SPDX-License-Identifier: Apache-2.0
// Works out the readings of frequent words with the tables just made (src/morph/ready.h).
#include "morph/ready.h"
#include "khc.h"
#include "lexicon/index.h"
#include "mention/name_letters.h"
#include "morph/model.h"

#include <stdio.h>
#include <string.h>

typedef struct maker {
  const khc_rules *rules;
  const kh_lexicon *lexicon;
  const int16_t *weights;
  const kh_automaton *times; // keys of times and numbers; NULL when there are none
  const kh_automaton *names;
  khc_buffer *words;
  khc_buffer *letters;
  khc_buffer *readings;
  uint32_t *slots;
  uint32_t mask;
  uint32_t count;
} maker;

static void put_reading(khc_buffer *to, const kh_word *word) {
  khc_put_u32(to, word->lemma);
  khc_put_u32(to, word->features);
  khc_put_u8(to, word->pos);
  khc_put_u8(to, word->proclitics);
  khc_put_u8(to, word->enclitic);
  khc_put_u8(to, word->stem_at);
  khc_put_u8(to, word->stem_len);
  khc_put_u8(to, word->known);
  khc_put_u16(to, (uint16_t)word->score);
}

// The free slot of a word, or NULL when it stands there already.
static uint32_t *free_slot(const maker *m, uint32_t form, const khc_key *key) {
  uint32_t at = form & m->mask;
  for (; m->slots[at]; at = (at + 1) & m->mask) {
    const kh_ready *other = (const kh_ready *)(const void *)m->words->at + (m->slots[at] - 1);
    if (other->len == key->len &&
        memcmp(m->letters->at + other->letters, key->letters, key->len) == 0)
      return NULL;
  }
  return &m->slots[at];
}

// Does a key go through all the letters, and end there or go on with another word?
static bool begins_key(const kh_automaton *keys, kh_automaton_state state, const uint8_t *letters,
                       uint32_t len) {
  uint32_t number;
  return kh_automaton_spell(keys, &state, letters, len) &&
         (kh_automaton_accepts(keys, state, &number) || kh_automaton_step(keys, &state, ' '));
}

// At most a conjunction, a preposition and the article stand before a word of times.
static bool may_begin_time(const maker *m, const khc_key *key) {
  enum { PROCLITICS = 4 };
  for (uint32_t cut = 0; cut <= PROCLITICS && cut < key->len; cut++)
    if (begins_key(m->times, kh_automaton_start(m->times), key->letters + cut, key->len - cut))
      return true;
  return false;
}

// ... and a conjunction and a preposition before a name, whose article «لل» may have swallowed.
static bool may_begin_name(const maker *m, const khc_key *key) {
  enum { PROCLITICS = 2 };
  static const uint8_t article[] = {KH_LETTER_ALEF, KH_LETTER_LAM};
  uint8_t letters[64];
  for (uint32_t i = 0; i < key->len; i++) letters[i] = kh_name_letter(key->letters[i]);
  for (uint32_t before = 0; before <= sizeof article; before++) {
    kh_automaton_state start = kh_automaton_start(m->names);
    if (!kh_automaton_spell(m->names, &start, article, before)) return false;
    for (uint32_t cut = 0; cut <= PROCLITICS && cut < key->len; cut++)
      if (begins_key(m->names, start, letters + cut, key->len - cut)) return true;
  }
  return false;
}

static uint32_t never_of(const maker *m, const khc_key *key) {
  uint32_t never = 0;
  if (m->times && !may_begin_time(m, key)) never |= KH_NEVER_TIME;
  if (m->names && !may_begin_name(m, key)) never |= KH_NEVER_NAME;
  return never;
}

static void add_word(maker *m, const khc_row *row) {
  const khc_key key = khc_fold(m->rules, row->at[0]);
  if (key.len == 0 || key.len > 64) {
    khc_fault(m->rules, row, "\"%s\" has %u letters; 1 to 64 are possible", row->at[0], key.len);
    return;
  }
  const uint32_t form = kh_tag_form(key.letters, key.len);
  uint32_t *slot = free_slot(m, form, &key);
  if (!slot) {
    khc_fault(m->rules, row, "\"%s\" stands twice; take one line out", row->at[0]);
    return;
  }
  kh_readings readings;
  kh_read_word(m->lexicon, key.letters, key.len, &readings);
  kh_score_alone(m->weights, key.letters, form, &readings);
  kh_automaton_state states[KH_READY_PHRASES] = {{0, 0}};
  const uint8_t state_count = kh_phrase_starts(m->lexicon, key.letters, key.len, states);
  khc_put_u32(m->words, form);
  khc_put_u32(m->words, (uint32_t)m->letters->len);
  khc_put_u32(m->words, (uint32_t)(m->readings->len / sizeof(kh_word)));
  khc_put_u32(m->words, kh_tag_code(kh_likeliest(&readings)));
  khc_put_u16(m->words, readings.count);
  khc_put_u8(m->words, key.len);
  khc_put_u8(m->words, state_count);
  for (int i = 0; i < KH_READY_PHRASES; ++i) {
    khc_put_u32(m->words, states[i].node);
    khc_put_u32(m->words, states[i].number);
  }
  khc_put_u32(m->words, never_of(m, &key) | kh_may_tell(m->lexicon, readings.at, readings.count));
  khc_put_bytes(m->letters, key.letters, key.len);
  for (uint32_t i = 0; i < readings.count; ++i) put_reading(m->readings, &readings.at[i]);
  *slot = ++m->count;
}

static const kh_automaton *keys_of(const kh_engine *engine, const char *tag, kh_automaton *keys) {
  size_t size;
  const void *section = kh_tables_section(engine->tables, tag, &size);
  return section && kh_automaton_open(keys, section, size, NULL) == KH_OK ? keys : NULL;
}

static void make(const khc_rules *rules, khc_out *out, kh_engine *engine) {
  const khc_table table = khc_read(rules, "words/frequent.tsv", "form");
  size_t size;
  kh_automaton times;
  kh_automaton names;
  uint32_t room = 64;
  while (room < 2 * table.count) room *= 2;
  maker m = {.rules = rules,
             .lexicon = engine->lexicon,
             .weights = kh_tables_section(engine->tables, "POSM", &size),
             .times = keys_of(engine, "TIMK", &times),
             .names = keys_of(engine, "NAMK", &names),
             .words = khc_section(out, "RDYT"),
             .letters = khc_section(out, "RDYL"),
             .readings = khc_section(out, "RDYW"),
             .slots = kh_arena_zero(rules->arena, room * sizeof(uint32_t)),
             .mask = room - 1};
  for (uint32_t i = 0; i < table.count; ++i) add_word(&m, &table.rows[i]);
  khc_buffer *slots = khc_section(out, "RDYS");
  for (uint32_t i = 0; i < room; ++i) khc_put_u32(slots, m.slots[i]);
  khc_ready_names(rules, out, engine, &(khc_ready_words){m.words, m.letters, m.readings});
}

int khc_ready(const khc_rules *rules, khc_out *out) {
  if (!khc_exists(rules, "words/frequent.tsv") || rules->log->faults) return 0;
  khc_buffer block = {.arena = rules->arena};
  khc_out_block(out, &block);
  kh_error error = {0};
  kh_tables tables;
  kh_status status = kh_tables_check(&tables, block.at, block.len, false, &error);
  kh_engine engine = {.tables = &tables};
  kh_arena_init(&engine.arena, NULL);
  engine.arena.guard = rules->arena->guard;
  if (status == KH_OK) status = kh_lexicon_open(&engine, &error);
  if (status == KH_OK)
    make(rules, out, &engine);
  else
    khc_fault(rules, NULL, "the tables just made do not open: %s", error.message);
  kh_arena_free(&engine.arena);
  return 0;
}
