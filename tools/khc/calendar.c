// SPDX-License-Identifier: Apache-2.0
// Words of time and number, the Umm al-Qura calendar, feasts and currencies.
#include "khc.h"

#include "mention/calendar.h"
#include "mention/calendar_kinds.h"

#include <stdlib.h>
#include <string.h>

typedef struct sense_kind {
  const char *name;
  int32_t low;
  int32_t high;
} sense_kind;

#define KIND_ROW(kind, low, high) {#kind, low, high},
static const sense_kind kinds[] = {{"", 0, 0}, KH_SENSES(KIND_ROW)};
#undef KIND_ROW

// One meaning of one spelling.
typedef struct entry {
  khc_key key;
  uint32_t sense;
} entry;

typedef struct lexicon {
  const khc_rules *rules;
  KH_ARRAY(kh_sense) senses;
  KH_ARRAY(entry) entries;
} lexicon;

static uint32_t sense_number(lexicon *lex, kh_sense sense) {
  for (uint32_t i = 0; i < lex->senses.count; i++)
    if (memcmp(&lex->senses.at[i], &sense, sizeof sense) == 0) return i;
  kh_sense *added = KH_ADD(lex->rules->arena, &lex->senses);
  *added = sense;
  return lex->senses.count - 1;
}

static void add_key(lexicon *lex, khc_key key, uint32_t sense) {
  entry *added = KH_ADD(lex->rules->arena, &lex->entries);
  added->key = key;
  added->sense = sense;
}

// The key with the last letter of each word changed from one letter to another; false when that
// changes nothing.
static bool respell(const khc_rules *rules, khc_key key, uint8_t from, uint8_t to, khc_key *out) {
  uint8_t *letters = kh_arena_alloc(rules->arena, key.len);
  bool changed = false;
  for (uint32_t i = 0; i < key.len; i++) {
    const bool last = i + 1 == key.len || key.letters[i + 1] == ' ';
    const bool swap = last && key.letters[i] == from;
    letters[i] = swap ? to : key.letters[i];
    changed |= swap;
  }
  *out = (khc_key){letters, key.len};
  return changed;
}

// «الساعة» is listed as «ساعة» that needs the article, so that no meaning hides another.
static const char *without_article(const char *word, kh_sense *sense) {
  static const char article[] = "ال";
  const size_t len = sizeof article - 1;
  if (sense->article != KH_ARTICLE_ANY || strncmp(word, article, len) != 0 ||
      strlen(word + len) < 4)
    return word;
  sense->article = KH_ARTICLE_WITH;
  return word + len;
}

// Adds a word with what newspapers print for it: ha for ta marbuta, ya and alef maqsura confused.
static void add_word(lexicon *lex, const khc_row *row, const char *word, kh_sense sense) {
  word = without_article(word, &sense);
  const uint32_t number = sense_number(lex, sense);
  const khc_key key = khc_fold(lex->rules, word);
  if (key.len == 0) {
    khc_fault(lex->rules, row, "no word; give its letters");
    return;
  }
  khc_key open;
  khc_key other;
  add_key(lex, key, number);
  const bool ha = respell(lex->rules, key, KH_LETTER_TA_MARBUTA, KH_LETTER_HA, &open);
  if (ha) add_key(lex, open, number);
  static const uint8_t ya[2] = {KH_LETTER_YA, KH_LETTER_ALEF_MAQSURA};
  for (int i = 0; i < 2; i++) {
    if (respell(lex->rules, key, ya[i], ya[1 - i], &other)) add_key(lex, other, number);
    if (ha && respell(lex->rules, open, ya[i], ya[1 - i], &other)) add_key(lex, other, number);
  }
}

static int kind_of(const char *name) {
  for (size_t i = 1; i < sizeof kinds / sizeof *kinds; i++)
    if (strcmp(kinds[i].name, name) == 0) return (int)i;
  return 0;
}

enum { WORD, KIND, VALUE, ARTICLE };

static void words(lexicon *lex, const char *path) {
  const khc_table table = khc_read(lex->rules, path, "word kind value article gloss");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    kh_sense sense = {0};
    sense.kind = (uint8_t)kind_of(row->at[KIND]);
    sense.value = (int32_t)khc_number(lex->rules, row, row->at[VALUE]);
    if (strcmp(row->at[ARTICLE], "with") == 0)
      sense.article = KH_ARTICLE_WITH;
    else if (strcmp(row->at[ARTICLE], "no") == 0)
      sense.article = KH_ARTICLE_WITHOUT;
    else if (*row->at[ARTICLE])
      khc_fault(lex->rules, row, "article is \"with\", \"no\" or \"-\", not \"%s\"",
                row->at[ARTICLE]);
    if (!sense.kind)
      khc_fault(lex->rules, row, "unknown kind \"%s\"; src/mention/calendar_kinds.h has them all",
                row->at[KIND]);
    else if (sense.value < kinds[sense.kind].low || sense.value > kinds[sense.kind].high)
      khc_fault(lex->rules, row, "%s takes a value from %d to %d", row->at[KIND],
                kinds[sense.kind].low, kinds[sense.kind].high);
    else
      add_word(lex, row, row->at[WORD], sense);
  }
}

static void pieces(lexicon *lex, const khc_row *row, const char *field, kh_sense sense) {
  uint32_t count;
  const char **piece = khc_split(lex->rules, field, '|', &count);
  for (uint32_t i = 0; i < count; i++) add_word(lex, row, piece[i], sense);
}

static void signs(lexicon *lex, const char *field, kh_sense sense) {
  uint32_t count;
  const char **piece = khc_split(lex->rules, field, '|', &count);
  const uint32_t number = sense_number(lex, sense);
  for (uint32_t i = 0; i < count; i++) {
    khc_key key = khc_fold(lex->rules, piece[i]);
    const uint8_t first = (uint8_t)piece[i][0];
    const bool letter = (first >= 'A' && first <= 'Z') || (first >= 'a' && first <= 'z');
    // a sign is looked up by its bytes, a code by its folded letters
    if (!letter) key = (khc_key){(const uint8_t *)piece[i], (uint32_t)strlen(piece[i])};
    add_key(lex, key, number);
  }
}

static void money(lexicon *lex, khc_out *out) {
  enum { CODE, NAME, OF, SIGN, COIN, SHARE };
  const khc_table table = khc_read(lex->rules, "number/money.tsv", "code word of sign coin share");
  khc_buffer *codes = khc_section(out, "MONY");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    khc_put_u32(codes, khc_text(out, row->at[CODE]));
    const kh_sense sense = {.kind = KH_SENSE_money, .value = (int32_t)i + 1};
    pieces(lex, row, row->at[NAME], sense);
    if (*row->at[OF]) {
      uint32_t count;
      const char **name = khc_split(lex->rules, row->at[NAME], '|', &count);
      for (uint32_t n = 0; n < count; n++) {
        uint32_t of_count;
        const char **of = khc_split(lex->rules, row->at[OF], '|', &of_count);
        for (uint32_t o = 0; o < of_count; o++)
          add_word(lex, row, khc_print(lex->rules, "%s %s", name[n], of[o]), sense);
      }
    }
    signs(lex, row->at[SIGN], sense);
    if (*row->at[COIN]) {
      const kh_sense coin = {.kind = KH_SENSE_coin,
                             .value = (int32_t)khc_number(lex->rules, row, row->at[SHARE])};
      pieces(lex, row, row->at[COIN], coin);
    }
  }
}

static void feasts(lexicon *lex, khc_out *out) {
  enum { NAME, CALENDAR, MONTH, DAY };
  const khc_table table = khc_read(lex->rules, "time/feasts.tsv", "name calendar month day");
  khc_buffer *section = khc_section(out, "FEST");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    const char calendar = row->at[CALENDAR][0];
    if (!calendar || !strchr("gheo", calendar) || row->at[CALENDAR][1])
      khc_fault(lex->rules, row, "calendar is g, h, e or o");
    const double month = *row->at[MONTH] ? khc_number(lex->rules, row, row->at[MONTH]) : 0;
    const double day = khc_number(lex->rules, row, row->at[DAY]);
    if (month < 0 || month > 12 || day < -60 || day > 60)
      khc_fault(lex->rules, row, "month is 1 to 12 and day a day of it");
    khc_put_u8(section, (uint8_t)calendar);
    khc_put_u8(section, (unsigned)month);
    khc_put_u16(section, (uint16_t)(int16_t)day);
    if (i >= 60) khc_fault(lex->rules, row, "more than 60 feasts");
    const kh_sense sense = {.kind = KH_SENSE_feast, .value = (int32_t)i + 1};
    add_word(lex, row, row->at[NAME], sense);
  }
}

// Month lengths add up to the beginning of the next year, so that a slip of the pen shows.
static void umm_al_qura(const khc_rules *rules, khc_out *out) {
  enum { YEAR, BEGINS, MONTHS };
  const khc_table table = khc_read(rules, "time/hijri.tsv", "year begins months");
  khc_buffer *section = khc_section(out, "HIJR");
  int32_t next = KH_DAY_NONE;
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    if ((int32_t)khc_number(rules, row, row->at[YEAR]) != KH_UMM_AL_QURA_FIRST + (int32_t)i)
      khc_fault(rules, row, "years run from %d on without a gap", KH_UMM_AL_QURA_FIRST);
    const int32_t first =
        strlen(row->at[BEGINS]) == 10 ? kh_day_parse(row->at[BEGINS]) : KH_DAY_NONE;
    if (first == KH_DAY_NONE) khc_fault(rules, row, "begins is a day, YYYY-MM-DD");
    if (next != KH_DAY_NONE && next != first)
      khc_fault(rules, row, "the year before ends on another day than this one begins");
    next = first;
    uint32_t count;
    const char **month = khc_split(rules, row->at[MONTHS], ' ', &count);
    if (count != 12) khc_fault(rules, row, "a year has 12 months, not %u", count);
    for (uint32_t m = 0; m < count; m++) {
      khc_put_u32(section, (uint32_t)next);
      const double days = khc_number(rules, row, month[m]);
      if (days < 28 || days > 31) khc_fault(rules, row, "a month has 28 to 31 days");
      next += (int32_t)days;
    }
  }
  if (table.count) khc_put_u32(section, (uint32_t)next);
}

static int compare_entries(const void *a, const void *b) {
  const entry *x = a;
  const entry *y = b;
  const uint32_t shorter = x->key.len < y->key.len ? x->key.len : y->key.len;
  const int order = memcmp(x->key.letters, y->key.letters, shorter);
  if (order) return order;
  if (x->key.len != y->key.len) return x->key.len < y->key.len ? -1 : 1;
  return (x->sense > y->sense) - (x->sense < y->sense);
}

// Which kinds each key has, without and with the article, as bit sets: most questions that the
// readers ask of a word are answered by one test.
static void put_masks(const lexicon *lex, khc_out *out) {
  khc_buffer *section = khc_section(out, "TIMM");
  for (uint32_t i = 0; i < lex->entries.count;) {
    uint64_t masks[2][2] = {{0, 0}, {0, 0}};
    uint32_t next = i;
    for (; next < lex->entries.count; next++) {
      const khc_key *key = &lex->entries.at[next].key;
      const khc_key *first = &lex->entries.at[i].key;
      if (key->len != first->len || memcmp(key->letters, first->letters, key->len) != 0) break;
      const kh_sense *sense = &lex->senses.at[lex->entries.at[next].sense];
      const uint64_t bit = (uint64_t)1 << (sense->kind % 64);
      if (sense->article != KH_ARTICLE_WITH) masks[0][sense->kind / 64] |= bit;
      if (sense->article != KH_ARTICLE_WITHOUT) masks[1][sense->kind / 64] |= bit;
    }
    for (int m = 0; m < 4; m++) khc_put_u64(section, masks[m / 2][m % 2]);
    i = next;
  }
}

int khc_calendar(const khc_rules *rules, khc_out *out) {
  lexicon lex = {.rules = rules};
  words(&lex, "number/words.tsv");
  words(&lex, "time/words.tsv");
  money(&lex, out);
  feasts(&lex, out);
  umm_al_qura(rules, out);
  if (lex.entries.count) qsort(lex.entries.at, lex.entries.count, sizeof(entry), compare_entries);
  khc_keys *keys = khc_keys_new(out);
  for (uint32_t i = 0; i < lex.entries.count; i++) {
    const entry *e = &lex.entries.at[i];
    if (i && compare_entries(e, e - 1) == 0) continue;
    khc_keys_add(keys, e->key.letters, e->key.len, e->sense);
  }
  khc_keys_write(keys, "TIMK", "TIMV");
  put_masks(&lex, out);
  khc_buffer *section = khc_section(out, "SENS");
  for (uint32_t i = 0; i < lex.senses.count; i++) {
    const kh_sense *sense = &lex.senses.at[i];
    khc_put_u8(section, sense->kind);
    khc_put_u8(section, sense->article);
    khc_put_u16(section, 0);
    khc_put_u32(section, (uint32_t)sense->value);
  }
  return 0;
}
