// SPDX-License-Identifier: Apache-2.0
// How words of names are written in English: rules/names/spellings.tsv.
#include "khc.h"
#include "mention/name_letters.h"
#include "mention/spellings.h"

#include <stdlib.h>
#include <string.h>

enum { AR, KIND, EN, BEFORE };

static const char *const KINDS[KH_SPELL_KINDS] = {"name", "noun", "adj", "prep", "fore", "title"};

/// A spelling of a line, to find what stands twice.
typedef struct entry {
  khc_key key;
  uint32_t line;
  uint32_t kind;
  const char *en;
  const khc_row *row;
} entry;

typedef struct maker {
  const khc_rules *rules;
  khc_out *out;
  khc_buffer *lines;
  uint32_t count;
  KH_ARRAY(entry) entries;
} maker;

static int kind_of(const char *name) {
  for (int k = 0; k < KH_SPELL_KINDS; k++)
    if (strcmp(KINDS[k], name) == 0) return k;
  return -1;
}

static khc_key compared(const maker *m, const char *arabic) {
  const khc_key key = khc_fold(m->rules, arabic);
  uint8_t *letters = kh_arena_alloc(m->rules->arena, key.len + 1);
  for (uint32_t i = 0; i < key.len; i++) letters[i] = kh_name_letter(key.letters[i]);
  return (khc_key){letters, key.len};
}

static int compare_keys(const khc_key *a, const khc_key *b) {
  const uint32_t shorter = a->len < b->len ? a->len : b->len;
  const int order = memcmp(a->letters, b->letters, shorter);
  return order ? order : (a->len > b->len) - (a->len < b->len);
}

static int by_key(const void *left, const void *right) {
  const entry *a = left;
  const entry *b = right;
  const int order = compare_keys(&a->key, &b->key);
  if (order) return order;
  if (a->kind != b->kind) return a->kind < b->kind ? -1 : 1;
  return (a->line > b->line) - (a->line < b->line);
}

static const entry *find(const maker *m, khc_key key, uint32_t kind) {
  uint32_t low = 0;
  uint32_t high = m->entries.count;
  while (low < high) {
    const uint32_t mid = low + (high - low) / 2;
    const entry *e = &m->entries.at[mid];
    const int order = compare_keys(&e->key, &key);
    if (order < 0 || (order == 0 && e->kind < kind))
      low = mid + 1;
    else
      high = mid;
  }
  const entry *e = low < m->entries.count ? &m->entries.at[low] : NULL;
  return e && compare_keys(&e->key, &key) == 0 && e->kind == kind ? e : NULL;
}

// ---- reading

static void check_latin(const maker *m, const khc_row *row, const char *en) {
  for (const char *c = en; *c; c++) {
    const bool letter = (*c >= 'a' && *c <= 'z') || (*c >= 'A' && *c <= 'Z');
    if (letter || strchr(" '-", *c)) continue;
    khc_fault(m->rules, row, "\"%s\" is no English spelling; write a-z, blanks, ' and - only", en);
    return;
  }
}

static void add_entry(maker *m, const khc_row *row, const char *arabic, uint32_t kind) {
  const khc_key key = compared(m, arabic);
  uint32_t words = 1;
  for (uint32_t i = 0; i < key.len; i++) words += key.letters[i] == ' ';
  static const uint32_t MOST[KH_SPELL_KINDS] = {KH_SPELL_WORDS, KH_SPELL_WORDS, 1, 2, 2, 1};
  const uint32_t most = MOST[kind];
  if (!key.len || words > most) {
    khc_fault(m->rules, row, "\"%s\" can never be found: a %s has 1 to %u words", arabic,
              KINDS[kind], most);
    return;
  }
  entry *e = KH_ADD(m->rules->arena, &m->entries);
  *e = (entry){.key = key, .line = m->count, .kind = kind, .en = row->at[EN], .row = row};
}

/// An adjective's feminine, unless it has one of its own («أعلى», «عليا»).
static void add_feminine(maker *m, const khc_row *row, const char *arabic) {
  const khc_key key = compared(m, arabic);
  const uint8_t last = key.len ? key.letters[key.len - 1] : KH_LETTER_NONE;
  const bool regular = last != KH_LETTER_HA && last != KH_LETTER_ALEF && last != KH_LETTER_HAMZA;
  const size_t len = strlen(arabic);
  const bool maqsura = len > 1 && memcmp(arabic + len - 2, "\xD9\x89", 2) == 0;
  if (regular && !maqsura)
    add_entry(m, row, khc_print(m->rules, "%sة", arabic), KH_SPELL_ADJECTIVE);
}

static void read_line(maker *m, const khc_row *row) {
  const int kind = kind_of(row->at[KIND]);
  if (kind < 0) {
    khc_fault(m->rules, row, "no kind \"%s\"; use name, noun, adj, prep, fore or title",
              row->at[KIND]);
    return;
  }
  if (!*row->at[EN]) khc_fault(m->rules, row, "no English spelling");
  if (*row->at[BEFORE] && kind != KH_SPELL_NOUN)
    khc_fault(m->rules, row, "only a noun has a form before another");
  check_latin(m, row, row->at[EN]);
  check_latin(m, row, row->at[BEFORE]);
  uint32_t count;
  const char **arabic = khc_split(m->rules, row->at[AR], '|', &count);
  if (!count) khc_fault(m->rules, row, "no Arabic word");
  for (uint32_t i = 0; i < count; i++) {
    add_entry(m, row, arabic[i], (uint32_t)kind);
    if (kind == KH_SPELL_ADJECTIVE) add_feminine(m, row, arabic[i]);
  }
  const kh_spelling line = {
      .en = khc_text(m->out, row->at[EN]),
      .before = *row->at[BEFORE] ? khc_text(m->out, row->at[BEFORE]) : 0,
      .kind = (uint32_t)kind,
  };
  khc_put_bytes(m->lines, &line, sizeof line);
  m->count++;
}

// ---- what can never count

static bool has_article(khc_key key) {
  return key.len > 3 && key.letters[0] == KH_LETTER_ALEF && key.letters[1] == KH_LETTER_LAM;
}

static void check_entries(const maker *m) {
  for (uint32_t i = 0; i < m->entries.count; i++) {
    const entry *e = &m->entries.at[i];
    if (i && e->kind == e[-1].kind && compare_keys(&e->key, &e[-1].key) == 0)
      khc_fault(m->rules, e->row, "\"%s\" stands on line %u already", e->row->at[AR],
                e[-1].row->line);
    if (!has_article(e->key)) continue;
    const entry *bare = find(m, (khc_key){e->key.letters + 2, e->key.len - 2}, e->kind);
    if (bare &&
        (e->kind != KH_SPELL_NAME || strcmp(e->en, khc_print(m->rules, "al-%s", bare->en)) == 0))
      khc_fault(m->rules, e->row, "\"%s\" is line %u with its article; leave it out",
                e->row->at[AR], bare->row->line);
  }
}

/// Heads with an English name (heads.tsv) are found without a line here.
static void check_heads(const maker *m) {
  enum { HEAD_AR = 2, HEAD_EN = 3 };
  if (!khc_exists(m->rules, "names/heads.tsv")) return;
  const khc_table heads =
      khc_read(m->rules, "names/heads.tsv", "id kind ar en country sector from until classes note");
  for (uint32_t i = 0; i < heads.count; i++) {
    uint32_t count;
    const char **arabic = khc_split(m->rules, heads.rows[i].at[HEAD_AR], '|', &count);
    for (uint32_t a = 0; a < count && *heads.rows[i].at[HEAD_EN]; a++) {
      const entry *e = find(m, compared(m, arabic[a]), KH_SPELL_NOUN);
      if (e && strcmp(e->en, heads.rows[i].at[HEAD_EN]) == 0)
        khc_fault(m->rules, e->row, "\"%s\" is translated in names/heads.tsv", arabic[a]);
    }
  }
}

int khc_english(const khc_rules *rules, khc_out *out) {
  if (!khc_exists(rules, "names/spellings.tsv")) return 0;
  maker m = {.rules = rules, .out = out, .lines = khc_section(out, "SPEL")};
  const khc_table table = khc_read(rules, "names/spellings.tsv", "ar kind en before");
  for (uint32_t i = 0; i < table.count; i++) read_line(&m, &table.rows[i]);
  if (m.entries.count) qsort(m.entries.at, m.entries.count, sizeof(entry), by_key);
  check_entries(&m);
  check_heads(&m);
  khc_keys *keys = khc_keys_new(out);
  for (uint32_t i = 0; i < m.entries.count; i++)
    khc_keys_add(keys, m.entries.at[i].key.letters, m.entries.at[i].key.len, m.entries.at[i].line);
  khc_keys_write(keys, "SPEK", "SPEV");
  return 0;
}
