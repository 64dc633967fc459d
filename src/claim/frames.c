// SPDX-License-Identifier: Apache-2.0
#include "claim/frames.h"

#include "base/error.h"
#include "claim/figure.h"
#include "claim/step.h"

#include <string.h>

enum {
  SPEECH_FRAME_SIZE = 12,
  EVENT_FRAME_SIZE = 32,
  MODE_SIZE = 8,
  PROPOSED_SIZE = 6,
  NO_CLASS = 0xFFFF
};

static uint16_t u16_at(const uint8_t *p) { return (uint16_t)(p[0] | p[1] << 8); }

static uint32_t u32_at(const uint8_t *p) {
  return (uint32_t)(u16_at(p) | (uint32_t)u16_at(p + 2) << 16);
}

static kh_status damaged(kh_error *error, const char *message) {
  return kh_fail(error, KH_ERROR_TABLE, KH_STAGE_CLAIM, "%s", message);
}

static kh_status open_speech(kh_engine *engine, struct kh_frames *frames, kh_error *error) {
  size_t size;
  const uint8_t *at = kh_tables_section(engine->tables, "SPCH", &size);
  if (size % SPEECH_FRAME_SIZE) return damaged(error, "the frames of statements are cut short");
  const uint32_t count = (uint32_t)(size / SPEECH_FRAME_SIZE);
  kh_speech_frame *speech = kh_arena_zero(&engine->arena, count * sizeof *speech);
  for (uint32_t i = 0; i < count; i++, at += SPEECH_FRAME_SIZE) {
    speech[i] = (kh_speech_frame){
        .id = kh_tables_text(engine->tables, u32_at(at)),
        .cue = (kh_class)u16_at(at + 4),
        .preps = u16_at(at + 6),
        .to = u16_at(at + 8),
        .parts = at[10],
        .complements = at[11],
    };
    if (speech[i].cue >= KH_CLASS_COUNT || !speech[i].id)
      return damaged(error, "a frame of statements names an unknown class");
    kh_class_set_add(&frames->speech_cues, speech[i].cue, speech[i].cue);
  }
  frames->speech = speech;
  frames->speech_count = count;
  return KH_OK;
}

// Reads class numbers; unused places become KH_CLASS_COUNT. False when one is unknown.
static bool read_classes(const uint8_t *at, kh_class *out, size_t count) {
  for (size_t i = 0; i < count; i++) {
    const unsigned number = u16_at(at + 2 * i);
    if (number != NO_CLASS && number >= KH_CLASS_COUNT) return false;
    out[i] = number == NO_CLASS ? KH_CLASS_COUNT : (kh_class)number;
  }
  return true;
}

static kh_status open_events(kh_engine *engine, struct kh_frames *frames, kh_error *error) {
  size_t size;
  const uint8_t *at = kh_tables_section(engine->tables, "EVNT", &size);
  if (size % EVENT_FRAME_SIZE) return damaged(error, "the frames of events are cut short");
  const uint32_t count = (uint32_t)(size / EVENT_FRAME_SIZE);
  if (count > KH_MOST_EVENT_FRAMES) return damaged(error, "there are too many frames of events");
  kh_frame_set *by_cue = kh_arena_zero(&engine->arena, KH_CLASS_COUNT * sizeof *by_cue);
  kh_event_frame *events = kh_arena_zero(&engine->arena, count * sizeof *events);
  for (uint32_t i = 0; i < count; i++, at += EVENT_FRAME_SIZE) {
    kh_event_frame *frame = &events[i];
    frame->id = kh_tables_text(engine->tables, u32_at(at));
    frame->actor = u32_at(at + 4);
    frame->recipient = u32_at(at + 8);
    frame->parts = at[28];
    frame->type = (int8_t)(at[29] - 1);
    frame->needs = u16_at(at + 30);
    if (!frame->id || frame->type > KH_EVENT_ASSAULT ||
        !read_classes(at + 12, frame->cue, KH_FRAME_CUES) ||
        !read_classes(at + 18, frame->without, KH_FRAME_WITHOUT) || frame->cue[0] == KH_CLASS_COUNT)
      return damaged(error, "a frame of events names an unknown class or type");
    if (frame->needs & KH_NEED_LISTED && frame->type >= 0)
      for (unsigned part = 0; part < KH_FRAME_PARTS; part++)
        if (frame->parts >> part & 1) frames->proposals[frame->type][part] = frame;
    frames->event_cues[frame->cue[0] / 64] |= 1ULL << (frame->cue[0] % 64);
    by_cue[frame->cue[0]].bits[i / 64] |= 1ULL << (i % 64);
    for (const char *c = frame->id; *c; c++) frame->fact = frame->fact * 31U + (uint8_t)*c;
  }
  frames->by_cue = by_cue;
  frames->events = events;
  frames->event_count = count;
  at = kh_tables_section(engine->tables, "MODE", &size);
  for (size_t i = 0; i + MODE_SIZE <= size; i += MODE_SIZE) {
    const uint32_t number = u32_at(at + i);
    if (number >= KH_CLASS_COUNT) return damaged(error, "a mode of events has an unknown class");
    frames->modes[number] = kh_tables_text(engine->tables, u32_at(at + i + 4));
  }
  return KH_OK;
}

// The signs that words of each set of classes bear.
static void find_signs(kh_engine *engine, struct kh_frames *frames) {
  struct {
    unsigned sign;
    kh_class_set cues;
  } kinds[] = {
      {.sign = KH_SIGN_COMPLEMENT},   {.sign = KH_SIGN_RELATIVE},
      {.sign = KH_SIGN_OPENS_CLAUSE}, {.sign = KH_SIGN_SPEECH, .cues = frames->speech_cues},
      {.sign = KH_SIGN_STEP},         {.sign = KH_SIGN_COUNTED},
      {.sign = KH_SIGN_SCOPE},        {.sign = KH_SIGN_EVENT}};
  kh_class_set_add(&kinds[0].cues, KH_CLASS_COMPLEMENT, KH_CLASS_COMPLEMENT);
  kh_class_set_add(&kinds[1].cues, KH_CLASS_RELATIVE, KH_CLASS_RELATIVE);
  kh_class_set_add(&kinds[2].cues, KH_CLASS_OPENS_CLAUSE, KH_CLASS_OPENS_CLAUSE);
  kh_step_cues(&kinds[4].cues);
  kh_counted_cues(&kinds[5].cues);
  kh_scope_cues(&kinds[6].cues);
  memcpy(kinds[7].cues.bits, frames->event_cues, sizeof frames->event_cues);
  const uint32_t count = kh_class_set_count(engine->lexicon);
  uint8_t *signs = kh_arena_zero(&engine->arena, count + 1);
  for (uint32_t i = 0; i < count; i++) {
    const uint64_t *classes = kh_class_set_numbered(engine->lexicon, i);
    for (size_t k = 0; k < sizeof kinds / sizeof *kinds; k++)
      for (uint32_t w = 0; w < KH_CLASS_WORDS; w++)
        if (classes[w] & kinds[k].cues.bits[w]) signs[i] |= (uint8_t)kinds[k].sign;
  }
  frames->signs = signs;
}

// Section "PROP": for each word the number of its lemma's letters as facts have it (kh_ranker) and
// its types, 4 and 2 bytes, sorted by the numbers.
static kh_status open_proposed(kh_engine *engine, struct kh_frames *frames, kh_error *error) {
  size_t size;
  const uint8_t *at = kh_tables_section(engine->tables, "PROP", &size);
  if (size % PROPOSED_SIZE) return damaged(error, "the words of events are cut short");
  const uint32_t words = (uint32_t)(size / PROPOSED_SIZE);
  const uint32_t lemmas = kh_lexicon_lemma_count(engine->lexicon);
  for (uint32_t i = 0; i < lemmas && words; i++) {
    const uint32_t wanted = frames->lemmas[i].fact;
    uint32_t low = 0;
    for (uint32_t high = words; low < high;) {
      const uint32_t middle = (low + high) / 2;
      if (u32_at(at + (size_t)PROPOSED_SIZE * middle) < wanted)
        low = middle + 1;
      else
        high = middle;
    }
    const uint8_t *found = at + (size_t)PROPOSED_SIZE * low;
    if (low < words && u32_at(found) == wanted) frames->lemmas[i].types = u16_at(found + 4);
  }
  return KH_OK;
}

const kh_event_frame *kh_frame_proposed(const struct kh_frames *frames, int type, unsigned part) {
  if (type < 0 || type > KH_EVENT_ASSAULT) return NULL;
  for (unsigned i = 0; i < KH_FRAME_PARTS; i++)
    if (part >> i & 1) return frames->proposals[type][i];
  return NULL;
}

kh_status kh_frames_open(kh_engine *engine, kh_error *error) {
  struct kh_frames *frames = kh_arena_zero(&engine->arena, sizeof *frames);
  engine->frames = frames;
  kh_status status = open_speech(engine, frames, error);
  if (status == KH_OK) status = open_events(engine, frames, error);
  find_signs(engine, frames);
  frames->lemmas = kh_lemma_traits(engine);
  if (status == KH_OK) status = kh_ranker_open(&frames->ranker, engine, "RANK", error);
  if (status == KH_OK) status = open_proposed(engine, frames, error);
  if (status == KH_OK) status = kh_ranker_open(&frames->steps, engine, "STEP", error);
  if (status == KH_OK) status = kh_ranker_open(&frames->statements, engine, "SAID", error);
  if (status == KH_OK) kh_mark_step_lemmas(engine, &frames->steps);
  return status;
}

void kh_frames_begun(const struct kh_frames *frames, const uint64_t *classes, kh_frame_set *begun) {
  *begun = (kh_frame_set){{0}};
  for (uint32_t w = 0; w < KH_CLASS_WORDS; w++)
    for (uint64_t rest = classes[w] & frames->event_cues[w]; rest; rest &= rest - 1) {
      const kh_frame_set *more = &frames->by_cue[64 * w + (uint32_t)__builtin_ctzll(rest)];
      for (uint32_t i = 0; i < KH_MOST_EVENT_FRAMES / 64; i++) begun->bits[i] |= more->bits[i];
    }
}

uint32_t kh_frame_next(const kh_frame_set *set, uint32_t at) {
  while (at < KH_MOST_EVENT_FRAMES) {
    const uint64_t rest = set->bits[at / 64] >> at % 64;
    if (rest) return at + (uint32_t)__builtin_ctzll(rest);
    at = (at / 64 + 1) * 64;
  }
  return KH_MOST_EVENT_FRAMES;
}

// «بـ "قرار متسرع"»: a preposition of one letter that stands by itself.
static unsigned letter_prep(const kh_document *document, uint32_t token) {
  if (document->tokens->at[token].fold_len != 1) return 0;
  switch (kh_token_letters(document->tokens, token)[0]) {
  case KH_LETTER_BA:
    return KH_PREP_BI;
  case KH_LETTER_LAM:
    return KH_PREP_LI;
  case KH_LETTER_KAF:
    return KH_PREP_KA;
  default:
    return 0;
  }
}

unsigned kh_slot_prep(const kh_document *document, const kh_slot *slot) {
  static const struct {
    kh_class cue;
    unsigned bit;
  } words[] = {
      {KH_CLASS_P_ILA, KH_PREP_ILA},     {KH_CLASS_P_AN, KH_PREP_AN},
      {KH_CLASS_P_ALA, KH_PREP_ALA},     {KH_CLASS_FROM, KH_PREP_MIN},
      {KH_CLASS_P_FI, KH_PREP_FI},       {KH_CLASS_WITH, KH_PREP_MAA},
      {KH_CLASS_BETWEEN, KH_PREP_BAYNA}, {KH_CLASS_AGAINST, KH_PREP_DIDD},
  };
  if (slot->prep >= 0) {
    if (kh_cue_at(document, slot->first, KH_CLASS_AGENT_BY)) return KH_PREP_BY;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
      if (kh_word_has(document, (uint32_t)slot->prep, words[i].cue)) return words[i].bit;
    const unsigned letter = letter_prep(document, (uint32_t)slot->prep);
    return letter ? letter : KH_PREP_OTHER;
  }
  if (slot->clitic & KH_CLITIC_BI) return KH_PREP_BI;
  if (slot->clitic & KH_CLITIC_LI) return KH_PREP_LI;
  if (slot->clitic & KH_CLITIC_KA) return KH_PREP_KA;
  return 0;
}
