// SPDX-License-Identifier: Apache-2.0
// Where something lies by a place: «شمالي إدلب», «ريف حماة الشمالي», «على بعد 120 كلم شمال بغداد».
#include "mention/entity.h"

#include "text/text.h"

enum { MAX_BEFORE = 4, MAX_DISTANCE = 6 };

/// The relation word at a token that has all of `flags`; NULL.
static const kh_known *relation_at(const kh_document *document, uint32_t token, uint8_t flags) {
  const kh_known *relation = kh_known_word(document, token, KH_KNOWN_RELATION);
  return relation && (relation->flags & flags) == flags ? relation : NULL;
}

/// Is the token a word that tells a direction or nearness by itself?
static const kh_known *plain_relation(const kh_document *document, uint32_t token) {
  const kh_known *relation = relation_at(document, token, 0);
  return relation && !(relation->flags & ~(unsigned)KH_KNOWN_RURAL) ? relation : NULL;
}

/// Where a distance that ends before `end` begins («على بعد 120 كلم»); `end` when none does.
static uint32_t distance_before(const kh_document *document, uint32_t start, uint32_t end) {
  if (end < start + 3 || !relation_at(document, end - 1, KH_KNOWN_UNIT)) return end;
  uint32_t at = end - 2;
  while (at > start && end - at < MAX_DISTANCE && document->mentions->quantity_at[at] != KH_NONE)
    at--;
  if (at + 2 == end || !relation_at(document, at, KH_KNOWN_DISTANCE)) return end;
  // «على بعد» and «على مسافة»
  return at > start && document->morph->best[at - 1].pos == KH_POS_PREP ? at - 1 : at;
}

// Bytes of a bidi control or joiner (U+061C, U+200B...200F, 202A...202E, 2066...2069) at `text`; 0.
static size_t control_at(const unsigned char *text, size_t len) {
  if (len >= 2 && text[0] == 0xD8 && text[1] == 0x9C) return 2;
  if (len < 3 || text[0] != 0xE2) return 0;
  const bool general = text[1] == 0x80 && ((text[2] >= 0x8B && text[2] <= 0x8F) ||
                                           (text[2] >= 0xAA && text[2] <= 0xAE));
  return general || (text[1] == 0x81 && text[2] >= 0xA6 && text[2] <= 0xA9) ? 3 : 0;
}

// Copies the words without controls, which would make two of the same relation.
static size_t copy_plain(char *out, const kh_document *document, kh_span span) {
  const unsigned char *text = (const unsigned char *)document->text->bytes + span.start;
  const size_t len = span.end - span.start;
  size_t used = 0;
  for (size_t i = 0; i < len;) {
    const size_t control = control_at(text + i, len - i);
    if (!control) out[used++] = (char)text[i];
    i += control ? control : 1;
  }
  return used;
}

static const char *joined(kh_document *document, kh_span before, kh_span after) {
  static const char DOTS[] = " \xE2\x80\xA6 ";
  const size_t room = (size_t)(before.end - before.start) + (after.end - after.start) + sizeof DOTS;
  char *both = kh_arena_alloc(&document->arena, room);
  size_t used = copy_plain(both, document, before);
  if (after.end > after.start) {
    for (size_t i = 0; i + 1 < sizeof DOTS; i++) both[used++] = DOTS[i];
    used += copy_plain(both + used, document, after);
  }
  both[used] = '\0';
  return both;
}

const char *kh_place_relation(kh_document *document, const kh_name *name) {
  const kh_token_layer *tokens = document->tokens;
  const kh_sentence *sentence = &tokens->sentences[tokens->at[name->first].sentence];
  uint32_t end = name->first;
  // a proclitic («لبغداد») or mark joins the name to nothing before
  if (name->span.start > tokens->at[name->first].start) return NULL;
  // «شمالي مدينة حلب»: the head is not part of the relation
  while (end > sentence->first && name->first - end < 2 &&
         document->mentions->name_at[end - 1] == KH_NONE &&
         kh_known_word(document, end - 1, KH_KNOWN_HEAD) && !plain_relation(document, end - 1))
    end--;
  uint32_t last = end;
  if (last > sentence->first + 1 && relation_at(document, last - 1, KH_KNOWN_FROM)) last--;
  uint32_t first = last;
  bool rural = false;
  while (first > sentence->first && last - first < MAX_BEFORE &&
         document->mentions->name_at[first - 1] == KH_NONE) {
    const kh_known *relation = plain_relation(document, first - 1);
    if (!relation) break;
    rural = rural || (relation->flags & KH_KNOWN_RURAL);
    first--;
  }
  first = distance_before(document, sentence->first, first);
  if (first == last) return NULL;
  const bool after =
      rural && name->last < sentence->last && relation_at(document, name->last, KH_KNOWN_AFTER);
  kh_span following = {0, 0};
  if (after) following = (kh_span){tokens->at[name->last].start, tokens->at[name->last].end};
  const kh_span before = {kh_word_start(document, first, true), tokens->at[last - 1].end};
  return joined(document, before, following);
}
