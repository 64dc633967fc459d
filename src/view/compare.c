// SPDX-License-Identifier: Apache-2.0
// The measure of records against gold. Its figures are compared over years and programs; so each
// step here is part of a definition (docs/gold.md) and must not be improved in passing.
#include "view/compare.h"

#include "base/error.h"
#include "view/heads.h"

#include <stdlib.h>
#include <string.h>

#if defined(__clang__)
#pragma STDC FP_CONTRACT OFF // equal scores must be equal on every machine
#endif

enum { NOBODY = -1, UNKNOWN = -2 };

static const char *const layer_names[] = {"names",  "coref",     "times", "figures",   "statements",
                                          "events", "arguments", "steps", "step_slots"};
static const char *const slot_names[] = {
    "country",          "event_irrealis",  "event_reality",     "figure_bound",   "figure_part_of",
    "figure_place",     "figure_restates", "figure_since",      "figure_source",  "figure_value",
    "killed_precision", "sector",          "statement_content", "statement_mode", "statement_via",
    "step_status",      "time_span"};

const char *kh_layer_name(kh_layer layer) { return layer_names[layer]; }
const char *kh_slot_name(kh_slot_kind slot) { return slot_names[slot]; }

// ------------------------------------------------------------------ the two sides

typedef struct party { // an entity of either side
  const json_t *json;
  const char *id;
  const char *kind;
  const char *category; // "PER", "LOC", "ORG", or NULL
  kh_stretch *spans;    // bare; {0, 0} for none
  size_t span_count;
  bool *home; // of a system's entity: per gold entity, is it at home there?
} party;

typedef struct side {
  party *parties;
  size_t count;
} side;

typedef struct name {
  kh_stretch at;
  const char *category;
  size_t party;
} name;

typedef struct names {
  name *at;
  size_t count;
} names;

typedef struct doc {
  kh_arena *arena;
  const json_t *gold;
  const json_t *record;
  const char *id;
  kh_gold_text text;
  side g;
  side s;
  kh_tallies *tallies;
  bool outside; // a span of the record lies outside of the text
} doc;

// ------------------------------------------------------------------ small readings of JSON

static const json_t *get(const json_t *object, const char *key) {
  return json_object_get(object, key);
}

// The string of a field, or NULL.
static const char *string_of(const json_t *object, const char *key) {
  return json_string_value(get(object, key));
}

static bool same_string(const char *a, const char *b) {
  return a && b ? strcmp(a, b) == 0 : a == b;
}

// "" counts as nothing.
static const char *or_null(const char *s) { return s && *s ? s : NULL; }

// Is something there that counts as true: no null, no empty string, list or object, no zero?
static bool is_filled(const json_t *value) {
  if (!value || json_is_null(value) || json_is_false(value)) return false;
  if (json_is_string(value)) return json_string_length(value) > 0;
  if (json_is_array(value)) return json_array_size(value) > 0;
  if (json_is_object(value)) return json_object_size(value) > 0;
  return !json_is_number(value) || json_number_value(value) != 0.0;
}

static bool has(const json_t *object, const char *key) { return is_filled(get(object, key)); }

// What the gold does not tell apart.
static const char *merged_type(const char *type) {
  if (type && (strcmp(type, "CONCEDE") == 0 || strcmp(type, "RETREAT") == 0)) return "YIELD";
  return type;
}

static const char *sector_of(const json_t *entity) {
  const char *sector = or_null(string_of(entity, "sector"));
  return sector && strcmp(sector, "JRN") == 0 ? "MED" : sector;
}

static const char *category_of(const char *kind) {
  static const char *const table[][2] = {
      {"person", "PER"}, {"place", "LOC"}, {"org", "ORG"}, {"armed", "ORG"}, {"media", "ORG"}};
  for (size_t i = 0; kind && i < sizeof table / sizeof *table; i++) {
    if (strcmp(kind, table[i][0]) == 0) return table[i][1];
  }
  return NULL;
}

// ------------------------------------------------------------------ stretches

static int32_t overlap(kh_stretch a, kh_stretch b) {
  const int32_t start = a.start > b.start ? a.start : b.start;
  const int32_t end = a.end < b.end ? a.end : b.end;
  return end > start ? end - start : 0;
}

// Intersection over union.
static double iou(kh_stretch a, kh_stretch b) {
  const int32_t o = overlap(a, b);
  return o ? (double)o / (double)((a.end - a.start) + (b.end - b.start) - o) : 0.0;
}

static bool equal(kh_stretch a, kh_stretch b) { return a.start == b.start && a.end == b.end; }

static bool is_junk(uint32_t c) {
  static const uint32_t junk[] = {' ',    '\n', '\t',  0x200F, 0x200E, '"',    '\'',   0x201C,
                                  0x201D, 0xAB, 0xBB,  '(',    ')',    '[',    ']',    0x60C,
                                  ',',    '.',  0x61B, ';',    ':',    0x2026, 0x2013, '-'};
  for (size_t i = 0; i < sizeof junk / sizeof *junk; i++) {
    if (c == junk[i]) return true;
  }
  return false;
}

static bool is_space(uint32_t c) {
  return (c >= 9 && c <= 13) || (c >= 0x1C && c <= 0x20) || c == 0x85 || c == 0xA0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F ||
         c == 0x3000;
}

// Without blanks, quotation marks and punctuation at its ends.
static kh_stretch tight(const doc *d, kh_stretch s) {
  while (s.start < s.end && is_junk(d->text.at[s.start])) s.start++;
  while (s.end > s.start && is_junk(d->text.at[s.end - 1])) s.end--;
  return s;
}

static bool is_head(const doc *d, int32_t start, int32_t end) {
  for (size_t i = 0; i < sizeof kh_heads / sizeof *kh_heads; i++) {
    const uint16_t *head = kh_heads[i];
    int32_t k = 0;
    while (start + k < end && head[k] && d->text.at[start + k] == head[k]) k++;
    if (start + k == end && !head[k]) return true;
  }
  return false;
}

// A name's stretch without a generic head and the article's lam after a preposition.
static kh_stretch bare(const doc *d, kh_stretch s) {
  enum { LAM = 0x644 };
  s = tight(d, s);
  for (;;) {
    int32_t end = s.start;
    while (end < s.end && !is_space(d->text.at[end])) end++;
    int32_t next = end;
    while (next < s.end && is_space(d->text.at[next])) next++;
    if (end == s.start || next == end || !is_head(d, s.start, end)) break;
    s = tight(d, (kh_stretch){next, s.end});
  }
  if (s.start && s.start < d->text.count && d->text.at[s.start - 1] == LAM &&
      d->text.at[s.start] == LAM)
    s.start++;
  return s;
}

static bool ends_sentence(uint32_t c) { return c == '.' || c == '!' || c == '?' || c == 0x61F; }

// Where the sentence of a position begins and ends.
static kh_stretch sentence_of(const doc *d, int32_t at) {
  const uint32_t *text = d->text.at;
  int32_t start = at;
  for (; start > 0; start--) {
    if (text[start - 1] == '\n') break;
    if (start < at && ends_sentence(text[start - 1]) && is_space(text[start])) break;
  }
  int32_t end = at;
  while (end < d->text.count) {
    const uint32_t c = text[end++];
    if (c == '\n') break;
    if (ends_sentence(c) && end < d->text.count && is_space(text[end])) break;
  }
  return (kh_stretch){start, end};
}

static kh_stretch locate(const doc *d, const json_t *reference) {
  kh_stretch at = {0, 0};
  (void)kh_gold_locate(d->arena, &d->text, reference, &at); // kh_gold_check found them all
  return at;
}

static kh_stretch gold_at(const doc *d, const json_t *item, const char *key) {
  return tight(d, locate(d, get(item, key)));
}

// A record's span as it stands.
static kh_stretch span_of(doc *d, const json_t *span) {
  const json_int_t start = json_integer_value(get(span, "start"));
  const json_int_t end = json_integer_value(get(span, "end"));
  if (start < 0 || end < start || end > d->text.count) {
    d->outside = true;
    return (kh_stretch){0, 0};
  }
  return (kh_stretch){(int32_t)start, (int32_t)end};
}

// ------------------------------------------------------------------ matching

typedef struct pair {
  double score;
  size_t gold;
  size_t system;
} pair;

typedef struct pairs {
  pair *at;
  size_t count;
} pairs;

static int by_score(const void *left, const void *right) {
  const pair *l = left;
  const pair *r = right;
  if (l->score != r->score) return l->score > r->score ? -1 : 1;
  if (l->gold != r->gold) return l->gold < r->gold ? -1 : 1;
  return l->system < r->system ? -1 : l->system > r->system;
}

typedef double (*score_fn)(doc *d, const void *gold, const void *system);

// Greedy matching of one with one by falling score, ties by position; 0 is no match.
static pairs pair_up(doc *d, const void *gold, size_t gold_count, size_t gold_size,
                     const void *system, size_t system_count, size_t system_size, score_fn score) {
  KH_ARRAY(pair) candidates = {0};
  for (size_t i = 0; i < gold_count; i++) {
    for (size_t j = 0; j < system_count; j++) {
      const double value =
          score(d, (const char *)gold + i * gold_size, (const char *)system + j * system_size);
      if (value <= 0) continue;
      pair *p = KH_ADD(d->arena, &candidates);
      *p = (pair){value, i, j};
    }
  }
  if (candidates.count > 1) qsort(candidates.at, candidates.count, sizeof *candidates.at, by_score);
  bool *gold_taken = kh_arena_zero(d->arena, gold_count + 1);
  bool *system_taken = kh_arena_zero(d->arena, system_count + 1);
  pairs out = {candidates.at, 0};
  for (uint32_t k = 0; k < candidates.count; k++) {
    const pair p = candidates.at[k];
    if (gold_taken[p.gold] || system_taken[p.system]) continue;
    gold_taken[p.gold] = system_taken[p.system] = true;
    out.at[out.count++] = p;
  }
  return out;
}

static void share(doc *d, kh_slot_kind slot, bool right) {
  d->tallies->slot[slot].seen = true;
  d->tallies->slot[slot].all++;
  d->tallies->slot[slot].right += right;
}

// ------------------------------------------------------------------ listing errors

static void put_cut(doc *d, kh_stretch s) {
  enum { MOST = 90 };
  kh_writer *out = d->tallies->errors;
  kh_puts(out, "\xC2\xAB");
  for (int32_t i = s.start; i < s.end && i < s.start + MOST; i++) {
    char utf8[4];
    const uint32_t c = d->text.at[i] == '\n' ? ' ' : d->text.at[i];
    size_t len = 0;
    if (c < 0x80) {
      utf8[len++] = (char)c;
    } else if (c < 0x800) {
      utf8[len++] = (char)(0xC0U | c >> 6);
      utf8[len++] = (char)(0x80U | (c & 0x3FU));
    } else if (c < 0x10000) {
      utf8[len++] = (char)(0xE0U | c >> 12);
      utf8[len++] = (char)(0x80U | (c >> 6 & 0x3FU));
      utf8[len++] = (char)(0x80U | (c & 0x3FU));
    } else {
      utf8[len++] = (char)(0xF0U | c >> 18);
      utf8[len++] = (char)(0x80U | (c >> 12 & 0x3FU));
      utf8[len++] = (char)(0x80U | (c >> 6 & 0x3FU));
      utf8[len++] = (char)(0x80U | (c & 0x3FU));
    }
    kh_put(out, utf8, len);
  }
  kh_puts(out, "\xC2\xBB");
}

static void put_word(doc *d, const char *word) {
  kh_puts(d->tallies->errors, word ? word : "None");
  kh_putc(d->tallies->errors, ' ');
}

typedef void (*show_fn)(doc *d, const void *item);

static void list_missed(doc *d, char sign, const void *items, size_t count, size_t size,
                        const bool *matched, show_fn show) {
  for (size_t i = 0; i < count; i++) {
    if (matched[i]) continue;
    const char lead[] = {sign, ' ', '\0'};
    kh_puts(d->tallies->errors, lead);
    kh_puts(d->tallies->errors, d->id);
    kh_puts(d->tallies->errors, ": ");
    show(d, (const char *)items + i * size);
    kh_putc(d->tallies->errors, '\n');
  }
}

// Counts a layer and lists its errors where they were asked for.
static pairs record(doc *d, kh_layer layer, const void *gold, size_t gold_count, const void *system,
                    size_t system_count, size_t size, score_fn score, show_fn show) {
  const pairs matched = pair_up(d, gold, gold_count, size, system, system_count, size, score);
  kh_tally *tally = &d->tallies->layer[layer];
  tally->both += matched.count;
  tally->gold += gold_count;
  tally->system += system_count;
  if (!d->tallies->errors || d->tallies->errors_of != layer) return matched;
  bool *found = kh_arena_zero(d->arena, gold_count + 1);
  bool *right = kh_arena_zero(d->arena, system_count + 1);
  for (size_t k = 0; k < matched.count; k++) {
    found[matched.at[k].gold] = true;
    right[matched.at[k].system] = true;
  }
  list_missed(d, '-', gold, gold_count, size, found, show);
  list_missed(d, '+', system, system_count, size, right, show);
  return matched;
}

// ------------------------------------------------------------------ entities

static int party_of(const side *s, const json_t *id) {
  const char *wanted = json_string_value(id);
  if (!id || json_is_null(id)) return NOBODY;
  for (size_t i = 0; wanted && i < s->count; i++) {
    if (s->parties[i].id && strcmp(s->parties[i].id, wanted) == 0) return (int)i;
  }
  return UNKNOWN;
}

static void read_side(doc *d, side *s, const json_t *list, bool gold) {
  s->parties = kh_arena_zero(d->arena, (json_array_size(list) + 1) * sizeof *s->parties);
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *entity = json_array_get(list, i);
    const json_t *mentions = get(entity, "mentions");
    party *p = &s->parties[s->count++];
    p->json = entity;
    p->id = string_of(entity, gold ? "e" : "id");
    p->kind = string_of(entity, "kind");
    p->category = category_of(p->kind);
    p->span_count = json_array_size(mentions);
    p->spans = kh_arena_zero(d->arena, (p->span_count + 1) * sizeof *p->spans);
    for (size_t k = 0; k < p->span_count; k++) {
      const json_t *mention = json_array_get(mentions, k);
      p->spans[k] = bare(d, gold ? locate(d, mention) : span_of(d, mention));
    }
  }
}

// How well a system's entity covers the mentions of a gold one.
static double nearness(const party *g, const party *s) {
  double sum = 0;
  for (size_t k = 0; k < s->span_count; k++) {
    double best = 0;
    for (size_t i = 0; i < g->span_count; i++) {
      const double value = iou(g->spans[i], s->spans[k]);
      if (value > best) best = value;
    }
    sum += best;
  }
  return sum;
}

// Each of the system's entities is at home in the gold entity it covers best (ties: in all).
static void find_homes(doc *d) {
  double *near = kh_arena_zero(d->arena, (d->g.count + 1) * sizeof *near);
  for (size_t j = 0; j < d->s.count; j++) {
    party *s = &d->s.parties[j];
    s->home = kh_arena_zero(d->arena, d->g.count + 1);
    double best = 0;
    for (size_t i = 0; i < d->g.count; i++) {
      near[i] = nearness(&d->g.parties[i], s);
      if (near[i] > best) best = near[i];
    }
    for (size_t i = 0; i < d->g.count; i++) s->home[i] = best >= 0.5 && near[i] == best;
  }
}

// Do an entity of the gold and one of the system mean the same?
static bool same(const doc *d, int gold, int system) {
  if (gold == NOBODY || system == NOBODY) return gold == system;
  if (gold == UNKNOWN || system == UNKNOWN) return false;
  const party *g = &d->g.parties[gold];
  const party *s = &d->s.parties[system];
  if (s->home[gold]) return true;
  // a capital or a country for its government
  const bool place = same_string(g->kind, "place") || same_string(s->kind, "place");
  const char *country = or_null(string_of(g->json, "country"));
  return place && same_string(string_of(g->json, "sector"), "GOV") && country &&
         same_string(country, string_of(s->json, "country")) &&
         same_string(sector_of(g->json), sector_of(s->json));
}

static bool same_field(const doc *d, const json_t *gold, const json_t *system, const char *key) {
  return same(d, party_of(&d->g, get(gold, key)), party_of(&d->s, get(system, key)));
}

static bool at_place(const doc *d, const json_t *reference, const json_t *id) {
  const kh_stretch at = tight(d, locate(d, reference));
  const int system = party_of(&d->s, id);
  if (system < 0) return false;
  const party *p = &d->s.parties[system];
  for (size_t i = 0; i < p->span_count; i++) {
    if (overlap(at, p->spans[i])) return true;
  }
  return false;
}

static bool at_time(doc *d, const json_t *reference, const json_t *id) {
  const json_t *times = get(d->record, "times");
  const char *wanted = json_string_value(id);
  bool hit = false;
  for (size_t i = 0; wanted && i < json_array_size(times); i++) {
    const json_t *time = json_array_get(times, i);
    if (same_string(or_null(string_of(time, "id")), wanted))
      hit = overlap(locate(d, reference), span_of(d, time)) > 0;
  }
  return hit;
}

static double score_party(doc *d, const void *gold, const void *system) {
  return same(d, *(const int *)gold, *(const int *)system) ? 1 : 0;
}

static int *party_list(doc *d, const side *s, const json_t *list, size_t *count) {
  *count = json_array_size(list);
  int *out = kh_arena_alloc(d->arena, (*count + 1) * sizeof *out);
  for (size_t i = 0; i < *count; i++) out[i] = party_of(s, json_array_get(list, i));
  return out;
}

// How many of the parties in a role agree.
static size_t roles(doc *d, const json_t *gold, const json_t *system, const char *key) {
  size_t gold_count = 0;
  size_t system_count = 0;
  const int *g = party_list(d, &d->g, get(gold, key), &gold_count);
  const int *s = party_list(d, &d->s, get(system, key), &system_count);
  return pair_up(d, g, gold_count, sizeof *g, s, system_count, sizeof *s, score_party).count;
}

// ------------------------------------------------------------------ names and coreference

static double score_name(doc *d, const void *gold, const void *system) {
  (void)d;
  const name *g = gold;
  const name *s = system;
  return equal(g->at, s->at) && strcmp(g->category, s->category) == 0 ? 1 : 0;
}

static void show_name(doc *d, const void *item) {
  const name *n = item;
  put_word(d, n->category);
  put_cut(d, n->at);
}

static names names_of(doc *d, const side *s, bool gold) {
  KH_ARRAY(name) list = {0};
  for (size_t i = 0; i < s->count; i++) {
    const party *p = &s->parties[i];
    const json_t *mentions = get(p->json, "mentions");
    for (size_t k = 0; p->category && k < p->span_count; k++) {
      if (!gold && !same_string(string_of(json_array_get(mentions, k), "form"), "name")) continue;
      name *n = KH_ADD(d->arena, &list);
      *n = (name){p->spans[k], p->category, i};
    }
  }
  return (names){list.at, list.count};
}

// Each stretch once, where it stood first, with the entity that named it last.
static names by_stretch(doc *d, names all) {
  names out = {kh_arena_alloc(d->arena, (all.count + 1) * sizeof *out.at), 0};
  for (size_t i = 0; i < all.count; i++) {
    size_t k = 0;
    while (k < out.count && !equal(out.at[k].at, all.at[i].at)) k++;
    if (k == out.count) out.at[out.count++] = all.at[i];
    out.at[k].party = all.at[i].party;
  }
  return out;
}

// B-cubed over the named stretches that both sides have.
static void score_coref(doc *d, names gold, names system) {
  gold = by_stretch(d, gold);
  system = by_stretch(d, system);
  size_t *g = kh_arena_alloc(d->arena, (gold.count + 1) * sizeof *g);
  size_t *s = kh_arena_alloc(d->arena, (gold.count + 1) * sizeof *s);
  size_t both = 0;
  for (size_t i = 0; i < gold.count; i++) {
    for (size_t k = 0; k < system.count; k++) {
      if (!equal(gold.at[i].at, system.at[k].at)) continue;
      g[both] = gold.at[i].party;
      s[both++] = system.at[k].party;
    }
  }
  for (size_t i = 0; i < both; i++) {
    size_t same_g = 0;
    size_t same_s = 0;
    size_t shared = 0;
    for (size_t k = 0; k < both; k++) {
      same_g += g[k] == g[i];
      same_s += s[k] == s[i];
      shared += g[k] == g[i] && s[k] == s[i];
    }
    d->tallies->coref_precision += (double)shared / (double)same_s;
    d->tallies->coref_recall += (double)shared / (double)same_g;
    d->tallies->coref_mentions++;
  }
}

static bool share_stretch(const party *a, const party *b) {
  for (size_t i = 0; i < a->span_count; i++) {
    for (size_t k = 0; k < b->span_count; k++) {
      if (equal(a->spans[i], b->spans[k])) return true;
    }
  }
  return false;
}

static void score_countries(doc *d) {
  for (size_t i = 0; i < d->g.count; i++) {
    const party *g = &d->g.parties[i];
    if (!g->category) continue;
    for (size_t k = 0; k < d->s.count; k++) {
      const party *s = &d->s.parties[k];
      if (!s->category || !share_stretch(g, s)) continue;
      share(d, KH_SLOT_COUNTRY,
            same_string(or_null(string_of(s->json, "country")), string_of(g->json, "country")));
      share(d, KH_SLOT_SECTOR, same_string(sector_of(s->json), sector_of(g->json)));
      break;
    }
  }
}

static void score_names(doc *d) {
  const names g = names_of(d, &d->g, true);
  const names s = names_of(d, &d->s, false);
  (void)record(d, KH_LAYER_NAMES, g.at, g.count, s.at, s.count, sizeof(name), score_name,
               show_name);
  score_coref(d, g, s);
  score_countries(d);
}

// ------------------------------------------------------------------ other layers

typedef struct item { // of either side, whichever the layer
  kh_stretch at;
  const char *type; // type, or counted, or kind
  const char *what; // value of a time, or what of a figure
  double value;
  const json_t *json;
} item;

typedef struct items {
  item *at;
  size_t count;
} items;

typedef item (*read_fn)(doc *d, const json_t *json);

// The items of one side; of the system's, those whose field `needs` is there (NULL: all).
static items items_of(doc *d, const json_t *list, read_fn read, const char *needs) {
  items out = {kh_arena_alloc(d->arena, (json_array_size(list) + 1) * sizeof *out.at), 0};
  for (size_t i = 0; i < json_array_size(list); i++) {
    const json_t *json = json_array_get(list, i);
    if (!needs || has(json, needs)) out.at[out.count++] = read(d, json);
  }
  return out;
}

static pairs match(doc *d, kh_layer layer, items g, items s, score_fn score, show_fn show) {
  return record(d, layer, g.at, g.count, s.at, s.count, sizeof(item), score, show);
}

static double number_of(const json_t *json, const char *key) {
  return json_number_value(get(json, key));
}

// Times: overlapping, of equal type and value.

static item gold_time(doc *d, const json_t *json) {
  return (item){gold_at(d, json, "at"), string_of(json, "type"), string_of(json, "value"), 0, json};
}

static item system_time(doc *d, const json_t *json) {
  return (item){tight(d, span_of(d, json)), string_of(json, "type"), string_of(json, "value"), 0,
                json};
}

static double score_time(doc *d, const void *gold, const void *system) {
  (void)d;
  const item *g = gold;
  const item *s = system;
  const double value = iou(g->at, s->at);
  return value >= 0.5 && same_string(g->type, s->type) && same_string(g->what, s->what) ? value : 0;
}

static void show_time(doc *d, const void *shown) {
  const item *t = shown;
  put_word(d, t->type);
  put_word(d, t->what);
  put_cut(d, t->at);
}

static void score_times(doc *d) {
  const items g = items_of(d, get(d->gold, "times"), gold_time, NULL);
  const items s = items_of(d, get(d->record, "times"), system_time, NULL);
  (void)match(d, KH_LAYER_TIMES, g, s, score_time, show_time);
  d->tallies->slot[KH_SLOT_TIME_SPAN].seen = true;
  for (size_t i = 0; i < g.count; i++) {
    bool found = false;
    for (size_t k = 0; k < s.count; k++) found = found || iou(g.at[i].at, s.at[k].at) >= 0.5;
    share(d, KH_SLOT_TIME_SPAN, found);
  }
}

// Figures: overlapping, of equal value, counted and what.

static item gold_figure(doc *d, const json_t *json) {
  return (item){gold_at(d, json, "at"), string_of(json, "counted"), string_of(json, "what"),
                number_of(json, "value"), json};
}

static item system_figure(doc *d, const json_t *json) {
  return (item){tight(d, span_of(d, json)), string_of(json, "counted"), string_of(json, "what"),
                number_of(json, "value"), json};
}

static double score_figure(doc *d, const void *gold, const void *system) {
  (void)d;
  const item *g = gold;
  const item *s = system;
  const bool alike = overlap(g->at, s->at) && g->value == s->value &&
                     same_string(g->type, s->type) && same_string(g->what, s->what);
  return alike ? iou(g->at, s->at) + 0.1 : 0;
}

static void show_figure(doc *d, const void *shown) {
  const item *f = shown;
  kh_put_general(d->tallies->errors, f->value);
  kh_putc(d->tallies->errors, ' ');
  put_word(d, f->type);
  put_word(d, f->what);
  put_cut(d, f->at);
}

// A figure's tie to another one of the same document.
static void share_tie(doc *d, kh_slot_kind slot, const char *key, pairs matched, items s,
                      const json_t *gold, const json_t *system) {
  const json_t *a = get(gold, key);
  const json_t *b = get(system, key);
  const bool there_a = a && !json_is_null(a);
  const bool there_b = b && !json_is_null(b);
  if (!there_a && !there_b) return;
  bool right = false;
  for (size_t k = 0; there_a && there_b && k < matched.count; k++) {
    if ((json_int_t)matched.at[k].gold == json_integer_value(a))
      right = json_equal(get(s.at[matched.at[k].system].json, "id"), b);
  }
  share(d, slot, right);
}

static void score_figure_slots(doc *d, items g, items s, pairs matched) {
  for (size_t k = 0; k < matched.count; k++) {
    const json_t *a = g.at[matched.at[k].gold].json;
    const json_t *b = s.at[matched.at[k].system].json;
    share(d, KH_SLOT_FIGURE_BOUND, same_string(string_of(a, "bound"), string_of(b, "bound")));
    share_tie(d, KH_SLOT_FIGURE_PART_OF, "part_of", matched, s, a, b);
    share_tie(d, KH_SLOT_FIGURE_RESTATES, "restates", matched, s, a, b);
    if (has(a, "source") || has(b, "source"))
      share(d, KH_SLOT_FIGURE_SOURCE, same_field(d, a, b, "source"));
    if (has(a, "since") || has(b, "since"))
      share(d, KH_SLOT_FIGURE_SINCE, same_string(string_of(a, "since"), string_of(b, "since")));
    if (has(a, "place") || has(b, "place"))
      share(d, KH_SLOT_FIGURE_PLACE,
            has(a, "place") && at_place(d, get(a, "place"), get(b, "place")));
  }
}

static void score_figures(doc *d) {
  const items g = items_of(d, get(d->gold, "figures"), gold_figure, NULL);
  const items s = items_of(d, get(d->record, "figures"), system_figure, NULL);
  const pairs matched = match(d, KH_LAYER_FIGURES, g, s, score_figure, show_figure);
  d->tallies->slot[KH_SLOT_FIGURE_VALUE].seen = true;
  d->tallies->slot[KH_SLOT_KILLED_PRECISION].seen = true;
  for (size_t i = 0; i < g.count; i++) {
    bool found = false;
    for (size_t k = 0; k < s.count; k++)
      found = found || (overlap(g.at[i].at, s.at[k].at) && g.at[i].value == s.at[k].value);
    share(d, KH_SLOT_FIGURE_VALUE, found);
  }
  score_figure_slots(d, g, s, matched);
  // of the deaths that the record tells, how many the gold has with that number
  for (size_t k = 0; k < s.count; k++) {
    if (!same_string(s.at[k].what, "killed")) continue;
    bool found = false;
    for (size_t i = 0; i < g.count; i++)
      found = found || (overlap(g.at[i].at, s.at[k].at) && g.at[i].value == s.at[k].value &&
                        same_string(g.at[i].what, "killed"));
    share(d, KH_SLOT_KILLED_PRECISION, found);
  }
}

// Statements: mostly the same stretch, the same speaker.

static item gold_statement(doc *d, const json_t *json) {
  return (item){gold_at(d, json, "content"), NULL, NULL, 0, json};
}

static item system_statement(doc *d, const json_t *json) {
  return (item){tight(d, span_of(d, get(json, "content"))), NULL, NULL, 0, json};
}

static double score_statement(doc *d, const void *gold, const void *system) {
  const item *g = gold;
  const item *s = system;
  const double value = iou(g->at, s->at);
  if (value < 0.7) return 0;
  const int speaker = party_of(&d->s, get(s->json, "speaker"));
  if (same(d, party_of(&d->g, get(g->json, "speaker")), speaker)) return value;
  const json_t *also = get(g->json, "also");
  for (size_t i = 0; i < json_array_size(also); i++) {
    if (same(d, party_of(&d->g, json_array_get(also, i)), speaker)) return value;
  }
  return 0;
}

static void show_statement(doc *d, const void *shown) {
  const item *s = shown;
  const bool gold = s->type != NULL;
  const side *parties = gold ? &d->g : &d->s;
  const int speaker = party_of(parties, get(s->json, "speaker"));
  const char *who = speaker < 0 ? NULL : string_of(parties->parties[speaker].json, "name");
  kh_puts(d->tallies->errors, who ? who : "None");
  kh_puts(d->tallies->errors, ": ");
  put_cut(d, s->at);
}

static void score_statements(doc *d) {
  const items g = items_of(d, get(d->gold, "statements"), gold_statement, NULL);
  const items s = items_of(d, get(d->record, "statements"), system_statement, "content");
  for (size_t i = 0; i < g.count; i++) g.at[i].type = "gold"; // tells the sides apart when shown
  const pairs matched = match(d, KH_LAYER_STATEMENTS, g, s, score_statement, show_statement);
  d->tallies->slot[KH_SLOT_STATEMENT_CONTENT].seen = true;
  for (size_t i = 0; i < g.count; i++) {
    bool found = false;
    for (size_t k = 0; k < s.count; k++) found = found || iou(g.at[i].at, s.at[k].at) >= 0.7;
    share(d, KH_SLOT_STATEMENT_CONTENT, found);
  }
  for (size_t k = 0; k < matched.count; k++) {
    const json_t *a = g.at[matched.at[k].gold].json;
    const json_t *b = s.at[matched.at[k].system].json;
    share(d, KH_SLOT_STATEMENT_MODE, same_string(string_of(a, "mode"), string_of(b, "mode")));
    if (has(a, "via") || has(b, "via")) share(d, KH_SLOT_STATEMENT_VIA, same_field(d, a, b, "via"));
  }
}

// Events: equal type, the trigger overlapping or at least in the same sentence.

static item gold_event(doc *d, const json_t *json) {
  return (item){gold_at(d, json, "trigger"), string_of(json, "type"), NULL, 0, json};
}

static item system_event(doc *d, const json_t *json) {
  return (item){tight(d, span_of(d, get(json, "trigger"))), merged_type(string_of(json, "type")),
                NULL, 0, json};
}

static double score_event(doc *d, const void *gold, const void *system) {
  const item *g = gold;
  const item *s = system;
  if (!same_string(g->type, s->type)) return 0;
  if (overlap(g->at, s->at)) return iou(g->at, s->at) + 0.1;
  return equal(sentence_of(d, g->at.start), sentence_of(d, s->at.start)) ? 0.05 : 0;
}

static void show_event(doc *d, const void *shown) {
  const item *v = shown;
  put_word(d, v->type);
  put_cut(d, v->at);
}

static size_t arguments_of(items list) {
  size_t count = 0;
  for (size_t i = 0; i < list.count; i++) {
    const json_t *v = list.at[i].json;
    count += json_array_size(get(v, "actors")) + json_array_size(get(v, "recipients"));
    count += (size_t)has(v, "place") + (size_t)has(v, "time");
  }
  return count;
}

static void score_events(doc *d) {
  const items g = items_of(d, get(d->gold, "events"), gold_event, NULL);
  const items s = items_of(d, get(d->record, "events"), system_event, "trigger");
  const pairs matched = match(d, KH_LAYER_EVENTS, g, s, score_event, show_event);
  size_t hit = 0;
  for (size_t k = 0; k < matched.count; k++) {
    const json_t *a = g.at[matched.at[k].gold].json;
    const json_t *b = s.at[matched.at[k].system].json;
    hit += roles(d, a, b, "actors") + roles(d, a, b, "recipients");
    if (has(a, "place") && has(b, "place")) hit += at_place(d, get(a, "place"), get(b, "place"));
    if (has(a, "time") && has(b, "time")) hit += at_time(d, get(a, "time"), get(b, "time"));
    const char *real_a = string_of(a, "reality");
    const char *real_b = string_of(b, "reality");
    const bool negated_a = json_is_true(get(a, "negated"));
    const bool negated_b = has(b, "negated");
    const bool right = same_string(real_a, real_b) && negated_a == negated_b;
    share(d, KH_SLOT_EVENT_REALITY, right);
    const bool plain_a = same_string(real_a, "actual") && !negated_a;
    const bool plain_b = same_string(real_b, "actual") && !negated_b;
    if (!plain_a || !plain_b) share(d, KH_SLOT_EVENT_IRREALIS, right);
  }
  kh_tally *tally = &d->tallies->layer[KH_LAYER_ARGUMENTS];
  tally->both += hit;
  tally->gold += arguments_of(g);
  tally->system += arguments_of(s);
}

// Steps: overlapping phrase, equal kind; then their slots.

static item gold_step(doc *d, const json_t *json) {
  return (item){gold_at(d, json, "what"), string_of(json, "kind"), string_of(json, "status"), 0,
                json};
}

static item system_step(doc *d, const json_t *json) {
  return (item){tight(d, span_of(d, get(json, "what"))), string_of(json, "kind"),
                string_of(json, "status"), 0, json};
}

static double score_step(doc *d, const void *gold, const void *system) {
  (void)d;
  const item *g = gold;
  const item *s = system;
  if (!overlap(g->at, s->at) || !same_string(g->type, s->type)) return 0;
  const double value = iou(g->at, s->at) + 0.1;
  return same_string(g->what, s->what) ? value + 0.05 : value;
}

static void show_step(doc *d, const void *shown) {
  const item *p = shown;
  put_word(d, p->type);
  put_word(d, p->what);
  put_cut(d, p->at);
}

static size_t filled_slots(items list) {
  size_t count = 0;
  for (size_t i = 0; i < list.count; i++) {
    const json_t *p = list.at[i].json;
    count += json_array_size(get(p, "by")) + json_array_size(get(p, "asked_by")) + 1;
    count += (size_t)has(p, "place") + (size_t)has(p, "for") + (size_t)has(p, "according_to");
  }
  return count;
}

static void score_steps(doc *d) {
  const items g = items_of(d, get(d->gold, "steps"), gold_step, NULL);
  const items s = items_of(d, get(d->record, "steps"), system_step, "what");
  const pairs matched = match(d, KH_LAYER_STEPS, g, s, score_step, show_step);
  size_t hit = 0;
  for (size_t k = 0; k < matched.count; k++) {
    const item *a = &g.at[matched.at[k].gold];
    const item *b = &s.at[matched.at[k].system];
    const bool status = same_string(a->what, b->what);
    hit += roles(d, a->json, b->json, "by") + roles(d, a->json, b->json, "asked_by") + status;
    if (has(a->json, "place") && has(b->json, "place"))
      hit += at_place(d, get(a->json, "place"), get(b->json, "place"));
    if (has(a->json, "for") && has(b->json, "for"))
      hit += iou(gold_at(d, a->json, "for"), tight(d, span_of(d, get(b->json, "for")))) >= 0.5;
    if (has(a->json, "according_to") && has(b->json, "according_to"))
      hit += same_field(d, a->json, b->json, "according_to");
    share(d, KH_SLOT_STEP_STATUS, status);
  }
  kh_tally *tally = &d->tallies->layer[KH_LAYER_STEP_SLOTS];
  tally->both += hit;
  tally->gold += filled_slots(g);
  tally->system += filled_slots(s);
}

// ------------------------------------------------------------------ a document

static bool has_this_text(doc *d) {
  const json_t *text = get(get(d->record, "document"), "text");
  if (!json_is_string(text)) return false;
  int32_t count = 0;
  const uint32_t *points = kh_code_points(d->arena, text, &count);
  return count == d->text.count && memcmp(points, d->text.at, (size_t)count * sizeof *points) == 0;
}

kh_status kh_compare(kh_arena *arena, const json_t *gold, const json_t *record, kh_tallies *tallies,
                     kh_error *error) {
  doc d = {.arena = arena, .gold = gold, .record = record, .tallies = tallies};
  d.id = string_of(gold, "id");
  d.text = kh_gold_text_of(arena, gold);
  if (record && !has_this_text(&d))
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW,
                   "%.100s: the record's text is not the text of the gold file", d.id);
  read_side(&d, &d.g, get(gold, "entities"), true);
  read_side(&d, &d.s, get(record, "entities"), false);
  find_homes(&d);
  score_names(&d);
  score_times(&d);
  score_figures(&d);
  score_statements(&d);
  score_events(&d);
  score_steps(&d);
  if (d.outside)
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW,
                   "%.100s: a span of the record lies outside of its text", d.id);
  return KH_OK;
}
