// SPDX-License-Identifier: Apache-2.0
// What the name model sees of each place in the text, sentence by sentence: what the templates ask
// of the words is gathered in rows first, so that a template's hashes are made for several places
// at a time.
#include "mention/names_templates.h"

enum { EDGE = 0x5EED };

/// Of the words of a sentence; token i stands at [1 + i], what is beyond its ends is EDGE.
enum { STEM, MIDDLE, COARSE, READING, KNOWN };
_Static_assert(KNOWN + 1 == KH_SEEN, "rows of what is seen");
enum { BEFORE = 1, AFTER = 2 }; // words beyond the ends that templates ask for

/// What the gazetteer says of a token: kinds of the name that covers it, and the token's part.
static uint32_t known_of(const kh_document *document, const kh_features *features, uint32_t token) {
  const int32_t at = features->hit_at[token];
  if (at < 0) return 0;
  const kh_known_hit *hit = &features->hits.at[at];
  const kh_known *known = document->engine->names->known;
  uint32_t kinds = 0;
  uint32_t flags = UINT32_MAX;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (!kh_tells_of_names(line)) continue;
    const bool pattern = line->kind == KH_KNOWN_PATTERN;
    kinds |= 1U << (pattern ? line->level : line->kind);
    flags &= pattern ? (hit->state ? 16U : 0U) : line->flags;
  }
  if (!kinds) return 0;
  const uint32_t place = hit->tokens == 1                        ? 0
                         : token == hit->first                   ? 1
                         : token == hit->first + hit->tokens - 1 ? 2
                                                                 : 3;
  return kinds | place << 16 | (flags & 31U) << 20;
}

/// Where a token stands in a quotation: 0 outside; else whether first, last, and how long.
static uint32_t quote_of(const kh_token_layer *tokens, uint32_t token) {
  const int32_t q = tokens->at[token].quote;
  if (q < 0) return 0;
  const kh_quote *quote = &tokens->quotes[q];
  const uint32_t size = quote->last - quote->first;
  if (size > 6) return 1;
  return 2U + size * 4U + (token == quote->first ? 1U : 0U) + (token + 1 == quote->last ? 2U : 0U);
}

/// The reading chosen in context: part of speech, whether known, article, nisba.
static uint32_t reading_of(const kh_document *document, uint32_t token) {
  const kh_token *at = &document->tokens->at[token];
  if (at->kind != KH_TOKEN_WORD) return 0x100U + at->kind * 32U + at->mark;
  const kh_word *word = &document->morph->best[token];
  return word->pos | (word->known ? 16U : 0U) | (word->features & KH_F_NISBA ? 32U : 0U) |
         (word->proclitics & KH_CLITIC_AL ? 64U : 0U);
}

static void see(const kh_document *document, const kh_features *features,
                const kh_sentence *sentence, kh_spots *spots) {
  const uint32_t count = sentence->last - sentence->first;
  for (uint32_t i = 0; i < count; i++) {
    const uint32_t token = sentence->first + i;
    const kh_form *form = &features->forms[features->form_of[token]];
    spots->seen[STEM][BEFORE + i] = form->stem_hash;
    spots->seen[MIDDLE][BEFORE + i] = form->middle;
    spots->seen[COARSE][BEFORE + i] = form->coarse;
    spots->seen[READING][BEFORE + i] = document->morph ? reading_of(document, token) : 0;
    spots->seen[KNOWN][BEFORE + i] = known_of(document, features, token);
  }
  for (uint32_t s = 0; s < KH_SEEN; s++)
    spots->seen[s][0] = spots->seen[s][count + BEFORE] = spots->seen[s][count + BEFORE + 1] = EDGE;
}

// ---- features that every place has

/// Of one word.
static void single(uint32_t template, const uint32_t *a, uint32_t count, uint32_t *restrict out) {
  for (uint32_t i = 0; i < count; i++) out[i] = kh_name_mix(template, a[i]);
}

/// Of two words.
static void both(uint32_t template, const uint32_t *a, const uint32_t *b, uint32_t count,
                 uint32_t *restrict out) {
  for (uint32_t i = 0; i < count; i++) out[i] = kh_name_mix(template, kh_name_pair(a[i], b[i]));
}

/// Of a word and those before and after it.
static void around(uint32_t template, const uint32_t *a, uint32_t count, uint32_t *restrict out) {
  for (uint32_t i = 0; i < count; i++)
    out[i] = kh_name_mix(template, kh_name_pair(kh_name_pair(a[i], a[i + 1]), a[i + 2]));
}

static void fixed_rows(kh_spots *spots, uint32_t count) {
  const uint32_t *stem = spots->seen[STEM];
  const uint32_t *middle = spots->seen[MIDDLE];
  const uint32_t *reading = spots->seen[READING];
  const uint32_t room = spots->room;
  uint32_t *out = spots->rows;
  both(SPOT_PAIR_BEFORE, stem, stem + 1, count, out);
  both(SPOT_PAIR_AFTER, stem + 1, stem + 2, count, out += room);
  both(SPOT_MIDDLE_BEFORE, middle, middle + 1, count, out += room);
  both(SPOT_MIDDLE_AFTER, middle + 1, middle + 2, count, out += room);
  around(SPOT_COARSE_AROUND, spots->seen[COARSE], count, out += room);
  both(SPOT_AROUND, middle, middle + 2, count, out += room);
  single(SPOT_SECOND_AFTER, stem + 3, count, out += room);
  single(SPOT_SECOND_MIDDLE, middle + 3, count, out += room);
  if (spots->fixed < KH_FIXED_SPOTS) return;
  both(SPOT_POS_BEFORE, reading, reading + 1, count, out += room);
  around(SPOT_POS_AROUND, reading, count, out + room);
}

// ---- features that some places have

static void other_rows(const kh_document *document, const kh_sentence *sentence, kh_spots *spots) {
  const kh_token_layer *tokens = document->tokens;
  const uint32_t count = sentence->last - sentence->first;
  const uint32_t *known = spots->seen[KNOWN];
  uint32_t *out = spots->others;
  for (uint32_t i = 0; i < count; i++) {
    spots->first_other[i] = (uint32_t)(out - spots->others);
    const uint32_t quote = quote_of(tokens, sentence->first + i);
    if (quote) *out++ = kh_name_mix(SPOT_QUOTE, quote);
    if (i == 0) *out++ = kh_name_mix(SPOT_PLACE, sentence->paragraph ? 1 : 0);
    if (known[i + 1]) {
      *out++ = kh_name_mix(SPOT_KNOWN, known[i + 1]);
      *out++ = kh_name_mix(SPOT_KNOWN_FORM, kh_name_pair(known[i + 1], spots->seen[MIDDLE][i]));
    }
    if (known[i]) *out++ = kh_name_mix(SPOT_KNOWN_BEFORE, known[i]);
    if (known[i + 2]) *out++ = kh_name_mix(SPOT_KNOWN_AFTER, known[i + 2]);
  }
  spots->first_other[count] = (uint32_t)(out - spots->others);
}

kh_spots kh_spots_new(kh_document *document) {
  kh_arena *arena = &document->arena;
  const size_t room = kh_longest_sentence(document->tokens);
  kh_spots spots = {
      .room = (uint32_t)room,
      .fixed = document->morph ? KH_FIXED_SPOTS : KH_FIXED_SPOTS - 2,
      .rows = kh_arena_alloc(arena, room * KH_FIXED_SPOTS * sizeof *spots.rows),
      .others = kh_arena_alloc(arena, room * KH_OTHER_SPOTS * sizeof *spots.others),
      .first_other = kh_arena_alloc(arena, (room + 1) * sizeof *spots.first_other),
  };
  for (uint32_t s = 0; s < KH_SEEN; s++)
    spots.seen[s] = kh_arena_alloc(arena, (BEFORE + room + AFTER) * sizeof *spots.seen[s]);
  return spots;
}

void kh_spots_find(const kh_document *document, const kh_features *features,
                   const kh_sentence *sentence, kh_spots *spots) {
  see(document, features, sentence, spots);
  fixed_rows(spots, sentence->last - sentence->first);
  other_rows(document, sentence, spots);
}
