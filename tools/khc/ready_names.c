// SPDX-License-Identifier: Apache-2.0
// Works out what the name stage makes of frequent words (src/mention/names_ready.h): each is read
// as a report of one word.
#include "khc.h"
#include "mention/names.h"
#include "morph/ready.h"

typedef struct maker {
  const khc_rules *rules;
  const kh_engine *engine;
  khc_buffer *words;
  khc_buffer *letters;
  khc_buffer *starts;
  khc_buffer *weights;
} maker;

/// The layers of a report of one word.
typedef struct report {
  kh_document document;
  kh_token token;
  kh_sentence sentence;
  kh_token_layer tokens;
  kh_morph_layer morph;
  uint32_t first; // reading
  uint32_t last;
  uint32_t kind;
  uint8_t never;
} report;

static void make_report(report *r, const maker *m, const kh_ready *word, const uint8_t *letters,
                        kh_word *readings) {
  *r = (report){
      .token = {.fold_len = word->len, .kind = KH_TOKEN_WORD, .quote = KH_NONE},
      .sentence = {.last = 1},
      .last = word->count,
      .never = (uint8_t)word->never,
  };
  r->tokens = (kh_token_layer){.at = &r->token,
                               .count = 1,
                               .letters = (uint8_t *)(uintptr_t)letters,
                               .letter_count = word->len,
                               .sentences = &r->sentence,
                               .sentence_count = 1};
  r->morph = (kh_morph_layer){.candidates = readings,
                              .candidate_count = word->count,
                              .from = &r->first,
                              .to = &r->last,
                              .kind_at = &r->kind,
                              .kind_count = 1,
                              .never = &r->never};
  r->document = (kh_document){.engine = m->engine, .tokens = &r->tokens, .morph = &r->morph};
  kh_arena_init(&r->document.arena, NULL);
  r->document.arena.guard = m->rules->arena->guard;
}

static void put_form(maker *m, const kh_form *form) {
  const kh_index *keys = &m->engine->names->keys;
  const size_t first_start = m->starts->len / sizeof(kh_key_start);
  unsigned flags = form->in_company || form->known_count > UINT16_MAX ? 0 : KH_READY_USABLE;
  if (form->stem) flags |= KH_READY_STEM;
  khc_put_u32(m->words, form->hash);
  khc_put_u32(m->words, form->stem_hash);
  khc_put_u32(m->words, (uint32_t)m->letters->len);
  khc_put_u32(m->words, form->known ? (uint32_t)(form->known - keys->values) : 0);
  khc_put_u32(m->words, (uint32_t)first_start);
  khc_put_u16(m->words, form->known_count & UINT16_MAX);
  khc_put_u8(m->words, form->start_count);
  khc_put_u8(m->words, form->len);
  khc_put_u8(m->words, form->cut);
  khc_put_u8(m->words, form->article);
  khc_put_u8(m->words, form->stem ? form->stem->middle : 0);
  khc_put_u8(m->words, form->stem ? form->stem->coarse : 0);
  khc_put_u8(m->words, flags);
  khc_put_align(m->words, sizeof(kh_ready_name));
  khc_put_bytes(m->letters, form->letters, form->len);
  for (uint32_t i = 0; i < form->start_count; ++i) {
    khc_put_u32(m->starts, form->starts[i].state.node);
    khc_put_u32(m->starts, form->starts[i].state.number);
    khc_put_u16(m->starts, form->starts[i].cut);
    khc_put_u16(m->starts, form->starts[i].goes_on);
  }
}

static void add_word(maker *m, const kh_ready *word, const uint8_t *letters, kh_word *readings) {
  report r;
  make_report(&r, m, word, letters, readings);
  const kh_features *features = kh_name_features(&r.document, NULL);
  int16_t weights[KH_WORD_ROW];
  kh_name_form_weights(&m->engine->names->model, features, &features->forms[0], weights);
  put_form(m, &features->forms[0]);
  for (int i = 0; i < KH_WORD_ROW; ++i) khc_put_u16(m->weights, (uint16_t)weights[i]);
  kh_arena_free(&r.document.arena);
}

void khc_ready_names(const khc_rules *rules, khc_out *out, kh_engine *engine,
                     const khc_ready_words *made) {
  kh_error error = {0};
  if (kh_names_open(engine, &error) != KH_OK) {
    khc_fault(rules, NULL, "the tables just made do not open: %s", error.message);
    return;
  }
  if (!engine->names->has_known || !engine->names->has_model) return;
  maker m = {.rules = rules,
             .engine = engine,
             .words = khc_section(out, "RDYN"),
             .letters = khc_section(out, "RDYM"),
             .starts = khc_section(out, "RDYA"),
             .weights = khc_section(out, "RDYR")};
  const kh_ready *words = (const kh_ready *)(const void *)made->words->at;
  kh_word *readings = (kh_word *)(void *)made->readings->at;
  for (size_t i = 0; i < made->words->len / sizeof *words; ++i)
    add_word(&m, &words[i], made->letters->at + words[i].letters, readings + words[i].from);
}
