// SPDX-License-Identifier: Apache-2.0
// Names and their kinds: known names, then the model's tags, then the spans they make.
#include "mention/names.h"

static bool begins(uint8_t tag) {
  return tag == KH_TAG_B_PER || tag == KH_TAG_B_LOC || tag == KH_TAG_B_ORG;
}

/// Byte where a name begins in its first token: after proclitics, as a known name or the likely
/// stem has it.
static uint32_t name_start(kh_document *document, const kh_features *features, uint32_t token) {
  const int32_t at = features->hit_at[token];
  const kh_form *form = &features->forms[features->form_of[token]];
  uint32_t cut = form->cut;
  if (at >= 0 && features->hits.at[at].first == token) cut = features->hits.at[at].cut;
  return cut ? kh_token_byte(document, token, cut) : document->tokens->at[token].start;
}

static kh_entity_kind kind_of_tag(uint8_t tag) {
  if (tag == KH_TAG_B_PER) return KH_KIND_PERSON;
  return tag == KH_TAG_B_LOC ? KH_KIND_PLACE : KH_KIND_ORG;
}

static void add_name(kh_document *document, const kh_features *features, uint32_t first,
                     uint32_t last, kh_entity_kind kind) {
  kh_mention_layer *mentions = document->mentions;
  kh_name *name = KH_ADD(&document->arena, &mentions->names);
  *name =
      (kh_name){.first = first,
                .last = last,
                .span = {name_start(document, features, first), document->tokens->at[last - 1].end},
                .entity = KH_NONE,
                .form = KH_FORM_NAME,
                .kind = (uint8_t)kind};
  for (uint32_t t = first; t < last; t++) mentions->name_at[t] = (int32_t)mentions->names.count - 1;
}

static bool heads_place(const kh_document *document, const kh_features *features, uint32_t token) {
  const kh_form *form = &features->forms[features->form_of[token]];
  const kh_known *known = document->engine->names->known;
  for (uint32_t e = 0; e < form->known_count; e++)
    if (known[form->known[e]].kind == KH_KNOWN_HEAD)
      return known[form->known[e]].level == KH_KNOWN_PLACE;
  return false;
}

/// Names by the model's tags.
static void names_of_tags(kh_document *document, const kh_features *features, const uint8_t *tags) {
  const uint32_t count = document->tokens->count;
  for (uint32_t t = 0; t < count;) {
    if (!begins(tags[t])) {
      t++;
      continue;
    }
    uint32_t last = t + 1;
    while (last < count && tags[last] == tags[t] + 1) last++;
    kh_entity_kind kind = kind_of_tag(tags[t]);
    // «معبر ...», «مطار ...»: places are called after persons
    if (kind == KH_KIND_PERSON && last - t > 1 && heads_place(document, features, t))
      kind = KH_KIND_PLACE;
    add_name(document, features, t, last, kind);
    t = last;
  }
}

/// «توني كيلام ... وقال كيلام»: what looks like a proclitic belongs to the name when another name
/// of the report has the whole word.
static void keep_letters(kh_document *document, const kh_features *features) {
  kh_mention_layer *mentions = document->mentions;
  uint8_t *whole = kh_arena_zero(&document->arena, features->form_count + 1);
  for (uint32_t i = 0; i < mentions->names.count; i++) {
    const kh_name *name = &mentions->names.at[i];
    for (uint32_t t = name->first + 1; t < name->last; t++)
      if (document->tokens->at[t].kind == KH_TOKEN_WORD) whole[features->form_of[t]] = 1;
  }
  for (uint32_t i = 0; i < mentions->names.count; i++) {
    kh_name *name = &mentions->names.at[i];
    const uint32_t form = features->form_of[name->first];
    const uint8_t letter = features->forms[form].letters[0];
    const bool doubtful = letter == KH_LETTER_KAF || letter == KH_LETTER_BA ||
                          letter == KH_LETTER_LAM || letter == KH_LETTER_FA;
    if (whole[form] && doubtful && name->kind == KH_KIND_PERSON)
      name->span.start = document->tokens->at[name->first].start;
  }
}

/// Without a model: known names that are nothing else.
static void names_of_hits(kh_document *document, const kh_features *features) {
  const kh_known *known = document->engine->names->known;
  for (uint32_t h = 0; h < features->hits.count; h++) {
    const kh_known_hit *hit = &features->hits.at[h];
    const kh_known *line = &known[hit->entries[0]];
    const uint8_t kind = line->kind == KH_KNOWN_PATTERN ? line->level : line->kind;
    if (kind > KH_KNOWN_PEOPLE || (line->flags & KH_KNOWN_WORD)) continue;
    add_name(document, features, hit->first, hit->first + hit->tokens, (kh_entity_kind)kind);
  }
}

void kh_names(kh_document *document) {
  const struct kh_names *names = document->engine->names;
  if (!names) return;
  kh_features *features = kh_name_features(document, names->ready.words ? &names->ready : NULL);
  document->mentions->features = features;
  if (!names->has_model) {
    names_of_hits(document, features);
    return;
  }
  uint8_t *tags = kh_arena_zero(&document->arena, document->tokens->count + 1);
  kh_name_tags_agreed(document, &names->model, features, tags);
  kh_name_tags_join(document, features, tags);
  kh_name_tags_doubt(document, features, tags);
  names_of_tags(document, features, tags);
  keep_letters(document, features);
}
