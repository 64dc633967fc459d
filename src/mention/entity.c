// SPDX-License-Identifier: Apache-2.0
// Which names of a report are one entity.
#include "mention/entity.h"

#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum { MAX_WORDS = 12 };

// ---- drafts

int32_t kh_entity_add(kh_document *document, kh_entity_kind kind, const char *rule) {
  kh_mention_layer *mentions = document->mentions;
  const uint32_t index = mentions->entities.count;
  kh_draft *draft = KH_ADD(&document->arena, &mentions->entities);
  draft->kind = kind;
  draft->rule = rule;
  draft->confidence = -1;
  if (index >= mentions->state_room) {
    const uint32_t room = mentions->state_room ? mentions->state_room * 2 : 32;
    kh_entity_state *wider = kh_arena_zero(&document->arena, room * sizeof *wider);
    if (index) memcpy(wider, mentions->states, index * sizeof *wider);
    mentions->states = wider;
    mentions->state_room = room;
  }
  mentions->states[index].first_name = KH_NONE;
  mentions->states[index].last_name = KH_NONE;
  return (int32_t)index;
}

kh_entity_state *kh_entity_state_of(const kh_document *document, int32_t entity) {
  return &document->mentions->states[entity];
}

// Marks of hashtags and invisible controls (bidi, zero width) are no part of a name, wherever they
// stand in it: «محمود #عباس», «#رام_الله».
static bool is_unseen(uint32_t c) {
  return c == '#' || c == 0x061C || c == 0xFEFF || c == 0xAD || (c >= 0x200B && c <= 0x200F) ||
         (c >= 0x202A && c <= 0x202E) || (c >= 0x2060 && c <= 0x2069);
}

// «للأمم المتحدة» is said of «الأمم المتحدة»: its article has lost the alef.
static bool lost_alef(const kh_document *document, kh_span span, uint32_t first) {
  if (!document->morph || span.start == document->tokens->at[first].start) return false;
  const uint16_t both = KH_CLITIC_LI | KH_CLITIC_AL;
  if ((document->morph->best[first].proclitics & both) != both) return false;
  return memcmp(document->text->bytes + span.start, "\xD9\x84", 2) == 0; // lam
}

const char *kh_entity_text(kh_document *document, kh_span span, uint32_t first) {
  const size_t size = span.end - span.start;
  const size_t alef = lost_alef(document, span, first) ? 2 : 0;
  char *text = kh_arena_alloc(&document->arena, alef + size + 1);
  memcpy(text, "\xD8\xA7", alef);
  memcpy(text + alef, document->text->bytes + span.start, size);
  size_t kept = alef;
  for (size_t at = alef; at < alef + size;) {
    size_t width;
    const uint32_t c = kh_utf8_decode((const uint8_t *)text + at, &width);
    if (c == '_')
      text[kept++] = ' ';
    else if (!is_unseen(c))
      for (size_t i = 0; i < width; i++) text[kept++] = text[at + i];
    at += width;
  }
  text[kept] = '\0';
  return text;
}

// ---- names compared

/// The words of a name: hashes as names are compared, and hashes of their consonants alone.
typedef struct name_words {
  uint32_t count;
  uint32_t exact[MAX_WORDS];
  uint32_t rough[MAX_WORDS];
  uint8_t len[MAX_WORDS];
} name_words;

/// Letters that transliterations of one foreign sound vary between count as one; long vowels
/// inside a word vanish.
static uint32_t rough_hash(const uint8_t *letters, uint32_t len) {
  uint8_t out[66];
  uint32_t n = 0;
  for (uint32_t i = 0; i < len && i < sizeof out; i++) {
    uint8_t letter = letters[i];
    if (i && (letter == KH_LETTER_ALEF || letter == KH_LETTER_WAW || letter == KH_LETTER_YA ||
              letter == KH_LETTER_HA || letter == KH_LETTER_HAMZA))
      continue;
    if (letter == KH_LETTER_GHAYN || letter == KH_LETTER_KAF || letter == KH_LETTER_QAF)
      letter = KH_LETTER_JIM;
    if (letter == KH_LETTER_THA || letter == KH_LETTER_SHIN || letter == KH_LETTER_SAD)
      letter = KH_LETTER_SIN;
    if (letter == KH_LETTER_TAH) letter = KH_LETTER_TA;
    if (letter == KH_LETTER_THAL || letter == KH_LETTER_ZAH) letter = KH_LETTER_ZAY;
    if (n && out[n - 1] == letter) continue;
    out[n++] = letter;
  }
  return kh_name_hash(out, n);
}

static void add_word(name_words *words, const uint8_t *letters, uint32_t len) {
  if (words->count == MAX_WORDS) return;
  words->exact[words->count] = kh_name_hash(letters, len);
  words->rough[words->count] = rough_hash(letters, len);
  words->len[words->count] = (uint8_t)len;
  words->count++;
}

/// Letters of a name's first token before the name.
static uint32_t cut_of(const kh_document *document, const kh_name *name) {
  const kh_features *features = document->mentions->features;
  if (name->span.start == document->tokens->at[name->first].start) return 0;
  const int32_t at = features->hit_at[name->first];
  if (at >= 0 && features->hits.at[at].first == name->first) return features->hits.at[at].cut;
  return kh_form_of(document, name->first)->cut;
}

static name_words words_of(const kh_document *document, const kh_name *name) {
  name_words words = {0};
  for (uint32_t t = name->first; t < name->last; t++) {
    const kh_form *form = kh_form_of(document, t);
    if (form->kind == KH_TOKEN_PUNCT) continue;
    uint8_t letters[68];
    uint32_t from = t == name->first ? cut_of(document, name) : 0;
    uint32_t n = 0;
    // «للأمم» and «الأمم» are one word
    if (t == name->first && from && from < form->len && form->letters[from] == KH_LETTER_LAM &&
        form->letters[from - 1] == KH_LETTER_LAM)
      letters[n++] = KH_LETTER_ALEF;
    if (from > form->len) from = form->len;
    memcpy(letters + n, form->letters + from, form->len - from);
    add_word(&words, letters, n + form->len - from);
  }
  return words;
}

static bool same_words(const name_words *a, const name_words *b) {
  return a->count == b->count && memcmp(a->exact, b->exact, a->count * sizeof *a->exact) == 0;
}

static bool alike(const name_words *a, uint32_t i, const name_words *b, uint32_t j) {
  if (a->exact[i] == b->exact[j]) return true;
  return a->len[i] >= 4 && b->len[j] >= 4 && a->rough[i] == b->rough[j];
}

/// Are all words of the shorter name words of the longer, in order?
static bool contained(const name_words *small, const name_words *large) {
  uint32_t at = 0;
  for (uint32_t i = 0; i < small->count; i++) {
    while (at < large->count && !alike(small, i, large, at)) at++;
    if (at++ == large->count) return false;
  }
  return small->count > 0;
}

/// May two names of persons be one person? Full against short («جيمس جيفري», «جيفري»), or spelt a
/// little differently.
static bool same_person(const name_words *a, const name_words *b) {
  return a->count <= b->count ? contained(a, b) : contained(b, a);
}

/// A body's short name begins its long one («مجلس الأمن» of «مجلس الأمن الدولي») or leaves out
/// words inside («الجيش الحر»).
static bool same_body(const name_words *a, const name_words *b) {
  const name_words *small = a->count <= b->count ? a : b;
  const name_words *large = small == a ? b : a;
  if (small->count == large->count) return same_words(a, b) || contained(a, b);
  if (small->exact[0] == large->exact[0]) return contained(small, large);
  // «الدفاع» of «وزارة الدفاع»; «الحكومة الأفغانية» is not «القوات الحكومية الأفغانية»
  return small->count + 1 == large->count &&
         memcmp(small->exact, large->exact + 1, small->count * sizeof *small->exact) == 0;
}

uint32_t kh_bare_word(const kh_document *document, uint32_t token) {
  const kh_form *form = kh_form_of(document, token);
  uint32_t at = form->cut + form->article;
  if (at >= form->len) at = 0;
  const uint8_t *letters = form->letters + at;
  uint32_t len = (uint32_t)form->len - at;
  if (len > 4 && letters[len - 1] == KH_LETTER_NUN &&
      (letters[len - 2] == KH_LETTER_WAW || letters[len - 2] == KH_LETTER_YA))
    len -= 2;
  return kh_name_hash(letters, len);
}

// ---- clusters

static bool fits(kh_entity_kind a, kh_entity_kind b) {
  const bool body_a = a == KH_KIND_ORG || a == KH_KIND_ARMED || a == KH_KIND_MEDIA;
  const bool body_b = b == KH_KIND_ORG || b == KH_KIND_ARMED || b == KH_KIND_MEDIA;
  return a == b || (body_a && body_b);
}

typedef struct linker {
  kh_document *document;
  name_words *words; // per entity: those of its longest name
} linker;

static bool in_brackets_after(const kh_document *document, const kh_name *before,
                              const kh_name *name) {
  uint32_t at = before->last;
  if (at < name->first && kh_token_is(document, at, KH_MARK_QUOTE)) at++;
  if (at >= name->first || name->first - at > 2) return false;
  return kh_token_is(document, at, KH_MARK_OPEN) &&
         (at + 1 == name->first || kh_token_is(document, at + 1, KH_MARK_QUOTE));
}

bool kh_same_known(const kh_document *document, const kh_known *a, const kh_known *b) {
  if (!a || !b) return false;
  // several lines with one id are one thing
  return a == b || (a->id == b->id && *kh_tables_text(document->engine->tables, a->id));
}

/// Are a name with its known line and an entity one?
static bool is_same(const linker *l, const kh_name *name, const name_words *words,
                    const kh_known *known, int32_t entity) {
  const kh_draft *draft = &l->document->mentions->entities.at[entity];
  const kh_known *other = kh_entity_state_of(l->document, entity)->known;
  if (!fits((kh_entity_kind)name->kind, draft->kind)) return false;
  if (known && other) return kh_same_known(l->document, known, other);
  if (same_words(words, &l->words[entity])) return true;
  switch (draft->kind) {
  case KH_KIND_PERSON:
    return same_person(words, &l->words[entity]);
  case KH_KIND_PLACE:
    return words->count == l->words[entity].count && contained(words, &l->words[entity]);
  default:
    return same_body(words, &l->words[entity]);
  }
}

static int32_t find_entity(const linker *l, const kh_name *name, const name_words *words,
                           const kh_known *known) {
  const kh_mention_layer *mentions = l->document->mentions;
  int32_t best = KH_NONE;
  const uint32_t count = mentions->entities.count;
  const uint32_t first = count > KH_ENTITY_SEARCH ? count - KH_ENTITY_SEARCH : 0;
  for (uint32_t e = count; e-- > first;) {
    if (!is_same(l, name, words, known, (int32_t)e)) continue;
    const kh_known *other = kh_entity_state_of(l->document, (int32_t)e)->known;
    if (kh_same_known(l->document, known, other) || same_words(words, &l->words[e]))
      return (int32_t)e;
    if (best == KH_NONE) best = (int32_t)e;
  }
  return best;
}

static void remember_word(kh_entity_state *about, uint32_t word) {
  for (uint32_t i = 0; i < about->word_count; i++)
    if (about->words[i] == word) return;
  if (about->word_count < KH_ENTITY_WORDS) about->words[about->word_count++] = word;
}

/// Adds a name to its entity's list, and its words to those the entity may be called by.
static void remember_name(kh_document *document, kh_entity_state *about, uint32_t index) {
  kh_mention_layer *mentions = document->mentions;
  const kh_name *name = &mentions->names.at[index];
  mentions->next_name[index] = KH_NONE;
  if (about->last_name == KH_NONE)
    about->first_name = (int32_t)index;
  else
    mentions->next_name[about->last_name] = (int32_t)index;
  about->last_name = (int32_t)index;
  for (uint32_t t = name->first; t < name->last; t++)
    remember_word(about, kh_bare_word(document, t));
  uint32_t before = name->first;
  if (before && kh_token_is(document, before - 1, KH_MARK_QUOTE)) before--;
  // «صحيفة ...», «حزب ...»: the generic head calls the entity too
  if (before && !kh_form_of(document, before - 1)->article &&
      kh_known_word(document, before - 1, KH_KNOWN_HEAD))
    remember_word(about, kh_bare_word(document, before - 1));
}

static void link_name(linker *l, uint32_t index) {
  kh_mention_layer *mentions = l->document->mentions;
  kh_name *name = &mentions->names.at[index];
  const name_words words = words_of(l->document, name);
  const kh_known *state = NULL;
  const kh_known *known =
      kh_known_of(l->document, name->first, name->last, (kh_entity_kind)name->kind, &state);
  if (known && known->kind == KH_KNOWN_PATTERN) known = NULL;
  int32_t entity = KH_NONE;
  if (index && in_brackets_after(l->document, name - 1, name) &&
      fits((kh_entity_kind)name->kind, (kh_entity_kind)name[-1].kind) &&
      name->kind != KH_KIND_PLACE)
    entity = name[-1].entity;
  if (entity == KH_NONE) entity = find_entity(l, name, &words, known);
  if (entity == KH_NONE) {
    entity = kh_entity_add(l->document, (kh_entity_kind)name->kind, "name");
    l->words[entity] = words;
    kh_entity_state_of(l->document, entity)->longest = index;
    kh_entity_state_of(l->document, entity)->first_token = name->first;
  }
  kh_entity_state *about = kh_entity_state_of(l->document, entity);
  if (known && !about->known) {
    about->known = known;
    about->known_name = index;
  }
  if (!about->surname || words.count > l->words[entity].count)
    about->surname = kh_form_of(l->document, name->last - 1)->stem_hash;
  if (words.count > l->words[entity].count) {
    l->words[entity] = words;
    about->longest = index;
  }
  about->last_token = name->first;
  name->entity = entity;
  remember_name(l->document, about, index);
}

void kh_entities(kh_document *document) {
  kh_mention_layer *mentions = document->mentions;
  if (!mentions->features) return;
  kh_country_of_report(document);
  mentions->next_name =
      kh_arena_alloc(&document->arena, (mentions->names.count + 1) * sizeof *mentions->next_name);
  linker l = {document,
              kh_arena_alloc(&document->arena, (mentions->names.count + 1) * sizeof(name_words))};
  for (uint32_t i = 0; i < mentions->names.count; i++) link_name(&l, i);
  kh_places_anchor(document);
  for (uint32_t e = 0; e < mentions->entities.count; e++) kh_entity_describe(document, (int32_t)e);
  for (uint32_t i = 0; i < mentions->names.count; i++) {
    kh_name *name = &mentions->names.at[i];
    name->kind = (uint8_t)mentions->entities.at[name->entity].kind;
  }
  const uint32_t tokens = document->tokens->count;
  mentions->other_at = kh_arena_alloc(&document->arena, (tokens + 1) * sizeof *mentions->other_at);
  for (uint32_t t = 0; t < tokens; t++) mentions->other_at[t] = KH_NONE;
  mentions->nobody = kh_arena_zero(&document->arena, (tokens + 1) * sizeof *mentions->nobody);
  for (uint32_t e = 0; e < mentions->entities.count; e++) {
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    mentions->surnames |= 1ULL << state->surname % 64;
    for (uint32_t i = 0; i < state->word_count; i++)
      mentions->called[state->words[i] % 256 / 64] |= 1ULL << state->words[i] % 64;
  }
}
