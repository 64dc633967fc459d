// SPDX-License-Identifier: Apache-2.0
// A name in English, for names that the gazetteer does not know: its words as they are usually
// spelt (rules/names/spellings.tsv), and where they are not listed by their letters.
#include "base/utf8.h"
#include "mention/english.h"
#include "mention/latin.h"
#include "mention/name_letters.h"

#include <stdio.h>
#include <string.h>

void kh_english_put(kh_english *e, const char *text) {
  const size_t len = strlen(text);
  if (e->len + len > sizeof e->out) return;
  memcpy(e->out + e->len, text, len);
  e->len += len;
}

uint32_t kh_english_article(const kh_english *e, uint32_t from, uint32_t end) {
  const uint8_t *at = e->letters + from;
  return end - from > 3 && at[0] == KH_LETTER_ALEF && at[1] == KH_LETTER_LAM ? 2 : 0;
}

const kh_spelling *kh_english_find(const kh_english *e, kh_spelling_kind kind, uint32_t from,
                                   uint32_t end, bool *article) {
  *article = false;
  const kh_spellings *spellings = &e->names->spellings;
  const kh_spelling *line = kh_spelling_find(spellings, kind, e->letters + from, end - from);
  const uint32_t cut = line ? 0 : kh_english_article(e, from, end);
  if (!cut) return line;
  *article = true;
  return kh_spelling_find(spellings, kind, e->letters + from + cut, end - from - cut);
}

// ---- a name cut into words

/// Adds a word; false when there is no room for it.
static bool add_word(kh_english *e, const char *text, size_t bytes) {
  const uint32_t from = e->count ? e->words[e->count - 1].end + 1 : 0;
  if (e->count == KH_ENGLISH_WORDS || from + bytes > sizeof e->letters) return false;
  if (from) e->letters[from - 1] = ' ';
  const size_t len = kh_fold_utf8(text, bytes, e->letters + from, sizeof e->letters - from);
  for (size_t i = 0; i < len; i++) e->letters[from + i] = kh_name_letter(e->letters[from + i]);
  if (!len) return true;
  e->words[e->count++] = (kh_english_word){from, from + (uint32_t)len, text, (uint32_t)bytes};
  return true;
}

static void cut_words(kh_english *e, const char *arabic) {
  for (const char *at = arabic; *at;) {
    at += strspn(at, " \t\r\n");
    const size_t bytes = strcspn(at, " \t\r\n");
    if (!bytes || !add_word(e, at, bytes)) return;
    at += bytes;
  }
}

// ---- words spelt

/// Letters at the head of a word that are none of it, and how they are written.
typedef struct proclitic {
  const char *latin;
  uint32_t letters;
} proclitic;

/// «والتنمية», «للمقاومة», «الحوراني»; persons' names begin with an article at most.
static proclitic proclitic_of(const kh_english *e, const kh_english_word *word) {
  const uint8_t *at = e->letters + word->from;
  const uint32_t len = word->end - word->from;
  const bool body = e->kind != KH_KIND_PERSON;
  if (kh_english_article(e, word->from, word->end)) return (proclitic){"al-", 2};
  if (body && len > 5 && at[0] == KH_LETTER_WAW && at[1] == KH_LETTER_ALEF &&
      at[2] == KH_LETTER_LAM)
    return (proclitic){"wal-", 3};
  if (body && len > 4 && at[0] == KH_LETTER_LAM && at[1] == KH_LETTER_LAM)
    return (proclitic){"lil-", 2};
  return (proclitic){"", 0};
}

/// The bytes of a word's first letters; 0 where one of them is an alef with hamza, which is none of
/// an article's («ألمانيا», «إلياس»), or a ligature goes on behind them.
static uint32_t plain_bytes(const kh_english_word *word, uint32_t letters) {
  uint32_t at = 0;
  for (uint32_t met = 0; at < word->bytes && met < letters;) {
    size_t width;
    const uint32_t c = kh_utf8_decode((const uint8_t *)word->text + at, &width);
    const kh_fold fold = kh_fold_of(c);
    at += (uint32_t)width;
    if (c == 0x0622 || c == 0x0623 || c == 0x0625) return 0;
    if (fold.letter == KH_LETTER_NONE) continue;
    met += fold.second ? 2 : 1;
    if (met > letters) return 0;
  }
  return at;
}

static void put_latin(kh_english *e, const char *text, size_t bytes) {
  e->len += kh_latin_word(text, bytes, e->out + e->len, sizeof e->out - e->len);
}

enum { SERVANT = 3 };

/// «عبدالحكيم» in one word: what «عبد» is written as, when it is one.
static const char *servant_of(const kh_english *e, const kh_english_word *word) {
  enum { LEAST = 8 };
  const uint32_t end = word->from + SERVANT;
  if (word->end - word->from < LEAST || !kh_english_article(e, end, word->end)) return NULL;
  const uint8_t *at = e->letters + word->from;
  if (at[0] != KH_LETTER_AYN || at[1] != KH_LETTER_BA || at[2] != KH_LETTER_DAL) return NULL;
  bool article;
  const kh_spelling *line = kh_english_find(e, KH_SPELL_NAME, word->from, end, &article);
  return line ? kh_tables_text(e->tables, line->en) : NULL;
}

static void spell_word(kh_english *e, const kh_english_word *word) {
  const char *servant = servant_of(e, word);
  kh_english_word rest = *word;
  uint32_t bytes = servant ? plain_bytes(word, SERVANT) : 0;
  if (bytes) {
    kh_english_put(e, servant);
    kh_english_put(e, " ");
    rest.from += SERVANT;
    rest.text += bytes;
    rest.bytes -= bytes;
  }
  const proclitic before = proclitic_of(e, &rest);
  bytes = before.letters ? plain_bytes(&rest, before.letters) : 0;
  if (bytes) {
    kh_english_put(e, before.latin);
    rest.from += before.letters;
    rest.text += bytes;
    rest.bytes -= bytes;
  }
  const kh_spelling *line = kh_spelling_find(&e->names->spellings, KH_SPELL_NAME,
                                             e->letters + rest.from, rest.end - rest.from);
  if (line)
    kh_english_put(e, kh_tables_text(e->tables, line->en));
  else
    put_latin(e, rest.text, rest.bytes);
}

/// Writes the longest listed name that begins at a word, whole; gives its words, 0 for none.
static uint32_t spell_listed(kh_english *e, uint32_t at, uint32_t last) {
  for (uint32_t span = KH_SPELL_WORDS; span; span--) {
    if (at + span > last) continue;
    const uint32_t from = e->words[at].from;
    const kh_spelling *line = kh_spelling_find(
        &e->names->spellings, KH_SPELL_NAME, e->letters + from, e->words[at + span - 1].end - from);
    if (!line) continue;
    kh_english_put(e, kh_tables_text(e->tables, line->en));
    return span;
  }
  return 0;
}

void kh_english_spell(kh_english *e, uint32_t first, uint32_t last) {
  for (uint32_t at = first; at < last;) {
    if (at > first) kh_english_put(e, " ");
    uint32_t span = spell_listed(e, at, last);
    if (!span) {
      spell_word(e, &e->words[at]);
      span = 1;
    }
    at += span;
  }
}

const char *kh_transliterate(kh_document *document, const char *arabic, kh_entity_kind kind) {
  kh_english e = {
      .names = document->engine->names, .tables = document->engine->tables, .kind = kind};
  cut_words(&e, arabic);
  if (kind == KH_KIND_PERSON || !kh_english_translate(&e)) kh_english_spell(&e, 0, e.count);
  if (e.len && e.out[0] >= 'a' && e.out[0] <= 'z') e.out[0] = (char)(e.out[0] - 'a' + 'A');
  return kh_arena_copy(&document->arena, e.out, e.len);
}

const char *kh_pattern_in_english(kh_document *document, const kh_known *pattern,
                                  const kh_known *state) {
  static const char SLOT[] = "{en}";
  const kh_tables *tables = document->engine->tables;
  const char *whole = kh_tables_text(tables, pattern->en);
  const char *slot = strstr(whole, SLOT);
  if (!slot) return *whole ? whole : NULL;
  const char *en = state ? kh_tables_text(tables, state->en) : "";
  const char *rest = slot + sizeof SLOT - 1;
  if (!*en && (slot > whole || *rest != ' ')) return NULL; // «Government of»
  if (!*en) return rest + 1;
  const size_t size = (size_t)(slot - whole) + strlen(en) + strlen(rest) + 1;
  char *out = kh_arena_alloc(&document->arena, size);
  snprintf(out, size, "%.*s%s%s", (int)(slot - whole), whole, en, rest);
  return out;
}

const char *kh_name_in_english(kh_document *document, const kh_draft *draft, const kh_name *name) {
  static const char ALEF[] = "\xD8\xA7";
  const char *arabic = draft->name;
  // «للبلدة القديمة»: the cut left the lam of its article alone
  if (kh_form_of(document, name->first)->article == 1) {
    const size_t size = strlen(arabic) + sizeof ALEF;
    char *whole = kh_arena_alloc(&document->arena, size);
    snprintf(whole, size, "%s%s", ALEF, arabic);
    arabic = whole;
  }
  return kh_transliterate(document, arabic, draft->kind);
}
