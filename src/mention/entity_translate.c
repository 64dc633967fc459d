// SPDX-License-Identifier: Apache-2.0
// Names of bodies and places in translation. Arabic puts the noun first, then what it is of, then
// adjectives; English turns that round: «مجلس القضاء الأعلى» is noun, noun, adjective and becomes
// «Supreme Judiciary Council», whichever noun the adjective belongs to. That makes it safe without
// understanding, as long as every word but proper names is listed (rules/names/spellings.tsv) and
// articles agree; otherwise the name is spelt. Prepositions begin a part of their own, and what
// stands after «و» is turned round by itself.
#include "mention/english.h"

#include <string.h>

enum { MOST_ITEMS = 12, LARGE_PLACE = 100000 };

typedef enum item_kind { NOUN, ADJECTIVE, NATION, NAME } item_kind;

/// What one word, or some that are listed together, is.
typedef struct item {
  item_kind kind;
  bool article;
  const char *en;     ///< NULL: a name to be spelt
  const char *before; ///< of a noun: how it stands before another
  uint32_t from;      ///< of a name to be spelt: letters and words
  uint32_t first;
  uint32_t last;
} item;

/// Items [first, last) that are turned round together.
typedef struct group {
  uint32_t first;
  uint32_t last;
  const char *joint; ///< what stands before it: "" , "for", "in"
  bool also;         ///< stands after «و»
} group;

typedef struct reading {
  kh_english *e;
  item items[MOST_ITEMS];
  uint32_t count;
  group groups[MOST_ITEMS];
  uint32_t group_count;
} reading;

// ---- what a word is

static const char *text_of(const reading *r, uint32_t offset) {
  return kh_tables_text(r->e->tables, offset);
}

/// The gazetteer's line of one of some kinds (bits) for letters [from, end); NULL.
static const kh_known *known_line(const reading *r, uint32_t from, uint32_t end, unsigned kinds) {
  const struct kh_names *names = r->e->names;
  uint32_t count;
  const uint32_t *line = kh_index_find(&names->keys, r->e->letters + from, end - from, &count);
  for (uint32_t i = 0; i < count; i++) {
    const kh_known *known = &names->known[line[i]];
    if (kinds >> known->kind & 1U && *text_of(r, known->en)) return known;
  }
  return NULL;
}

/// A name that the gazetteer has and that is no ordinary word. Of single words only states and
/// large towns: many a village is called after something.
static const kh_known *known_name(const reading *r, uint32_t from, uint32_t end, uint32_t span) {
  const unsigned named = 1U << KH_KNOWN_PERSON | 1U << KH_KNOWN_PLACE | 1U << KH_KNOWN_ORG |
                         1U << KH_KNOWN_ARMED | 1U << KH_KNOWN_MEDIA;
  const kh_known *known = known_line(r, from, end, span > 1 ? named : 1U << KH_KNOWN_PLACE);
  if (!known || known->flags & KH_KNOWN_WORD) return NULL;
  if (span > 1 || known->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL)) return known;
  return known->size >= LARGE_PLACE ? known : NULL;
}

/// Has the line an article inside («هيئة الأركان»)? It is what adjectives after it agree with.
static bool has_inner_article(const kh_english *e, uint32_t from, uint32_t end) {
  for (uint32_t i = from; i < end; i++)
    if (e->letters[i] == ' ' && kh_english_article(e, i + 1, end)) return true;
  return false;
}

static bool as_noun(const reading *r, uint32_t from, uint32_t end, uint32_t span, item *found) {
  bool article;
  const kh_spelling *line = kh_english_find(r->e, KH_SPELL_NOUN, from, end, &article);
  if (line) {
    const char *en = text_of(r, line->en);
    *found = (item){.kind = NOUN,
                    .article = article || has_inner_article(r->e, from, end),
                    .en = en,
                    .before = line->before ? text_of(r, line->before) : en};
    return true;
  }
  const kh_known *head = span == 1 ? known_line(r, from, end, 1U << KH_KNOWN_HEAD) : NULL;
  if (!head) return false;
  const char *en = text_of(r, head->en);
  article = kh_english_article(r->e, from, end) != 0;
  *found = (item){.kind = NOUN, .article = article, .en = en, .before = en};
  return true;
}

static bool as_adjective(const reading *r, uint32_t from, uint32_t end, item *found) {
  bool article;
  const kh_spelling *line = kh_english_find(r->e, KH_SPELL_ADJECTIVE, from, end, &article);
  const kh_known *nation = line ? NULL : known_line(r, from, end, 1U << KH_KNOWN_NISBA);
  if (!line && !nation) return false;
  if (nation) article = kh_english_article(r->e, from, end) != 0;
  *found = (item){.kind = nation ? NATION : ADJECTIVE,
                  .article = article,
                  .en = text_of(r, line ? line->en : nation->en)};
  return true;
}

/// May a word be an adjective of what stands before it? Their articles must agree; «جامعة النجاح
/// الوطنية» has that of the name.
static bool may_qualify(const reading *r, bool article) {
  if (!r->count) return false;
  const item *last = &r->items[r->count - 1];
  return last->article == article;
}

/// What a noun that waits for the next has said: «وزارة …», not «الوزارة».
static bool is_open(const reading *r) {
  if (!r->count) return true;
  const group *g = &r->groups[r->group_count - 1];
  if (g->first == r->count) return true; // a part begins
  const item *last = &r->items[r->count - 1];
  return last->kind == NAME || (last->kind == NOUN && !last->article);
}

/// «الملك خالد» inside of another name: what comes after belongs to it.
static bool as_title(const reading *r, uint32_t from, uint32_t at, item *found) {
  if (at + 1 == r->e->count) return false;
  bool article;
  const kh_spelling *line =
      kh_english_find(r->e, KH_SPELL_TITLE, from, r->e->words[at].end, &article);
  if (!line || !article) return false;
  *found = (item){.kind = NAME, .article = true, .en = text_of(r, line->en)};
  return true;
}

/// The longest listed noun or name of at least `least` words that begins at letters `from` of a
/// word; gives its words, 0 for none.
static uint32_t read_noun(const reading *r, uint32_t from, uint32_t at, uint32_t least,
                          item *found) {
  const kh_english *e = r->e;
  for (uint32_t span = KH_SPELL_WORDS; span >= least; span--) {
    if (at + span > e->count) continue;
    const uint32_t end = e->words[at + span - 1].end;
    const kh_known *known = at ? known_name(r, from, end, span) : NULL;
    if (known) {
      *found = (item){.kind = NAME, .article = true, .en = text_of(r, known->en)};
      return span;
    }
    if (span == 1 && at && as_title(r, from, at, found)) return 1;
    if (as_noun(r, from, end, span, found)) return span;
  }
  return 0;
}

static uint32_t read_item(const reading *r, uint32_t at, item *found) {
  const kh_english *e = r->e;
  const uint32_t from = e->words[at].from;
  const bool open = is_open(r);
  uint32_t span = open ? read_noun(r, from, at, 2, found) : 0;
  if (span) return span;
  if (as_adjective(r, from, e->words[at].end, found) && may_qualify(r, found->article)) return 1;
  if (open) span = read_noun(r, from, at, 1, found);
  if (span || !at || !open) return span;
  *found = (item){.kind = NAME, .article = true, .first = at, .last = at + 1};
  return 1;
}

// ---- what joins them

static void begin_group(reading *r, const char *joint, bool also) {
  group *g = &r->groups[r->group_count++];
  *g = (group){.first = r->count, .last = r->count, .joint = joint, .also = also};
}

/// «والتنمية», when the rest is known: the letter is «and».
static uint32_t read_also(reading *r, uint32_t at) {
  const kh_english_word *word = &r->e->words[at];
  item found;
  if (!r->count || word->end - word->from < 4 || r->e->letters[word->from] != KH_LETTER_WAW)
    return 0;
  if (as_noun(r, word->from, word->end, 1, &found) ||
      as_adjective(r, word->from, word->end, &found))
    return 0;
  const item *last = &r->items[r->count - 1];
  uint32_t span = 0;
  if (as_adjective(r, word->from + 1, word->end, &found) && found.article == last->article &&
      (last->kind == ADJECTIVE || last->kind == NATION))
    span = 1;
  else if (!(span = read_noun(r, word->from + 1, at, 1, &found)))
    return 0;
  begin_group(r, "", true);
  r->items[r->count++] = found;
  return span;
}

/// «للانتخابات», «لحقوق الإنسان», when the rest is known.
static uint32_t read_for(reading *r, uint32_t at) {
  const kh_english_word *word = &r->e->words[at];
  const uint8_t *letters = r->e->letters + word->from;
  if (!r->count || word->end - word->from < 4 || letters[0] != KH_LETTER_LAM) return 0;
  item found;
  if (as_noun(r, word->from, word->end, 1, &found) ||
      as_adjective(r, word->from, word->end, &found))
    return 0;
  const bool article = letters[1] == KH_LETTER_LAM;
  const uint32_t span = read_noun(r, word->from + (article ? 2 : 1), at, 1, &found);
  if (!span) return 0;
  found.article = found.article || article;
  begin_group(r, "for", false);
  r->items[r->count++] = found;
  return span;
}

static uint32_t read_preposition(reading *r, uint32_t at) {
  const kh_english *e = r->e;
  const uint32_t from = e->words[at].from;
  for (uint32_t span = 2; span && r->count; span--) {
    if (at + span >= e->count) continue;
    const kh_spelling *line =
        kh_spelling_find(&e->names->spellings, KH_SPELL_PREPOSITION, e->letters + from,
                         e->words[at + span - 1].end - from);
    if (!line) continue;
    begin_group(r, text_of(r, line->en), false);
    return span;
  }
  return 0;
}

/// Reads all words from `at` on; false where they are not known well enough.
static bool read_all(reading *r, uint32_t at) {
  begin_group(r, "", false);
  while (at < r->e->count) {
    if (r->count + 1 >= MOST_ITEMS || r->group_count + 1 >= MOST_ITEMS) return false;
    uint32_t span = read_preposition(r, at);
    if (!span) span = read_also(r, at);
    if (!span) span = read_for(r, at);
    if (!span) {
      span = read_item(r, at, &r->items[r->count]);
      if (!span) return false;
      r->count++;
    }
    r->groups[r->group_count - 1].last = r->count;
    at += span;
  }
  return r->count && r->items[0].kind == NOUN;
}

// ---- turned round

static void put_separated(kh_english *e, const char *text) {
  if (e->len && e->out[e->len - 1] != ' ') kh_english_put(e, " ");
  kh_english_put(e, text);
}

static void put_item(reading *r, const item *i, bool head) {
  if (i->en) {
    put_separated(r->e, i->kind == NOUN && !head ? i->before : i->en);
    return;
  }
  put_separated(r->e, "");
  kh_english_spell(r->e, i->first, i->last);
}

/// Adjectives of states, which go before all others.
static void put_nations(reading *r, uint32_t first, uint32_t last) {
  for (uint32_t i = last; i-- > first;)
    if (r->items[i].kind == NATION) put_item(r, &r->items[i], false);
}

/// Items [first, last) but those adjectives turned round; names that stand together keep their
/// order, and the adjectives after them follow them («al-Najah National University»). `headed`: the
/// first is the head, which nothing follows.
static void put_round(reading *r, uint32_t first, uint32_t last, bool headed) {
  for (uint32_t end = last; end > first;) {
    uint32_t names = end;
    while (names > first &&
           (r->items[names - 1].kind == ADJECTIVE || r->items[names - 1].kind == NATION))
      names--;
    const uint32_t adjectives = names;
    while (names > first && r->items[names - 1].kind == NAME) names--;
    for (uint32_t i = names; i < adjectives; i++) put_item(r, &r->items[i], false);
    for (uint32_t i = end; i-- > adjectives;)
      if (r->items[i].kind == ADJECTIVE) put_item(r, &r->items[i], false);
    if (names == adjectives && names > first) {
      names--;
      put_item(r, &r->items[names], headed && names == first);
    }
    end = names;
  }
}

/// Do the first groups share the head of the first? Not «المجلس الوطني والحكومة».
static bool is_shared(const reading *r, uint32_t groups) {
  if (groups < 2 || r->groups[0].last < 2) return false;
  return !r->items[0].article || r->items[r->groups[1].first].kind != NOUN;
}

/// A part: a group and those joined to it. «وزارة الشباب والرياضة» has its head last, for both.
static uint32_t put_part(reading *r, uint32_t at) {
  uint32_t next = at + 1;
  while (next < r->group_count && r->groups[next].also) next++;
  const group *g = &r->groups[at];
  if (*g->joint) put_separated(r->e, g->joint);
  const bool shared = at == 0 && is_shared(r, next);
  // «قوات الدفاع والأمن الأفغانية»: what stands last qualifies all, but «اللجنة السورية والعراقية»
  const bool all = shared && r->items[r->groups[next - 1].first].kind != NATION;
  put_nations(r, g->first, all ? r->groups[next - 1].last : g->last);
  put_round(r, shared ? g->first + 1 : g->first, g->last, !shared);
  for (uint32_t i = at + 1; i < next; i++) {
    put_separated(r->e, "and");
    if (!all) put_nations(r, r->groups[i].first, r->groups[i].last);
    put_round(r, r->groups[i].first, r->groups[i].last, !shared);
  }
  if (shared) put_item(r, &r->items[g->first], true);
  return next;
}

/// A direction that begins a place's name («شمال غرب كردستان»): its words, 0 for none.
static uint32_t put_fore(kh_english *e) {
  for (uint32_t span = 2; e->kind == KH_KIND_PLACE && span; span--) {
    if (span >= e->count) continue;
    const kh_spelling *line =
        kh_spelling_find(&e->names->spellings, KH_SPELL_FORE, e->letters, e->words[span - 1].end);
    if (!line) continue;
    kh_english_put(e, kh_tables_text(e->tables, line->en));
    return span;
  }
  return 0;
}

bool kh_english_translate(kh_english *e) {
  reading r = {.e = e};
  const uint32_t at = put_fore(e);
  if (at) { // what follows is a place by itself
    item found = {0};
    kh_english_put(e, " ");
    const uint32_t span = read_noun(&r, e->words[at].from, at, 1, &found);
    if (at + span == e->count && found.kind == NAME)
      put_item(&r, &found, true);
    else
      kh_english_spell(e, at, e->count);
    return true;
  }
  if (!e->count || (e->count == 1 && e->kind == KH_KIND_PLACE)) return false;
  if (!read_all(&r, 0)) return false;
  for (uint32_t g = 0; g < r.group_count;) g = put_part(&r, g);
  return true;
}
