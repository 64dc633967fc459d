// SPDX-License-Identifier: Apache-2.0
#include "store/near_text.h"

#include "base/utf8.h"
#include "token/letters.h"

#include <string.h>

enum {
  SHINGLE = 8,    // words in a row that a fingerprint takes together
  ROW = 4,        // words in a row that are shared, and not by chance
  FEW_WORDS = 12, // below it a text has no fingerprint: it is a headline
  ANCHOR = 3,     // words that a shared row is found by
  MOST_TRIES = 16,
  GAP = 6,  // words that may differ within a shared passage
  EDGE = 3, // ... where less than a row follows
};

static const uint32_t FNV_START = 2166136261U;
static const uint32_t FNV_FACTOR = 16777619U;

static uint32_t mixed(uint32_t h) {
  h ^= h >> 16;
  h *= 0x7feb352dU;
  h ^= h >> 15;
  h *= 0x846ca68bU;
  return h ^ h >> 16;
}

// ------------------------------------------------------------------ words

// What outlets confuse is one letter; 0 vanishes.
static uint8_t careless(uint8_t letter) {
  switch (letter) {
  case KH_LETTER_TA_MARBUTA:
    return KH_LETTER_HA;
  case KH_LETTER_ALEF_MAQSURA:
    return KH_LETTER_YA;
  case KH_LETTER_WAW_HAMZA:
    return KH_LETTER_WAW;
  case KH_LETTER_YA_HAMZA:
    return KH_LETTER_YA;
  case KH_LETTER_HAMZA:
    return KH_LETTER_NONE;
  default:
    return letter;
  }
}

typedef struct spelling {
  uint32_t hash;
  unsigned letters;
  unsigned digits;
} spelling;

static void add_letter(spelling *s, uint8_t letter) {
  if (letter == KH_LETTER_NONE) return;
  s->hash = (s->hash ^ letter) * FNV_FACTOR;
  s->letters++;
  if (kh_letter_is_digit(letter)) s->digits++;
}

// Ends the word at hand, if there is one.
static void end_word(kh_near_text *words, spelling *s) {
  if (s->letters && words->count < KH_NEAR_WORDS) {
    words->word[words->count] = mixed(s->hash);
    words->number[words->count++] = s->letters == s->digits;
  }
  *s = (spelling){.hash = FNV_START};
}

// Marks between the digits of one number: «1,200», «٣٫٥».
static bool joins_digits(uint32_t c) {
  return c == ',' || c == '.' || c == 0x60C || c == 0x66B || c == 0x66C;
}

// Bytes of the character that begins at text[at], 1 where it is cut off.
static uint32_t character(const char *text, size_t len, size_t at, size_t *width) {
  static const char none[4] = {0};
  const unsigned char first = (unsigned char)text[at];
  const size_t size = first < 0x80 ? 1 : first < 0xE0 ? 2 : first < 0xF0 ? 3 : 4;
  *width = 1;
  if (at + size > len) return (uint32_t)none[0];
  return kh_utf8_decode((const uint8_t *)text + at, width);
}

static bool digit_at(const char *text, size_t len, size_t at) {
  size_t width = 0;
  return at < len && kh_letter_is_digit(kh_fold_of(character(text, len, at, &width)).letter);
}

void kh_near_words(const char *text, size_t len, kh_near_text *words) {
  words->count = 0;
  spelling s = {.hash = FNV_START};
  size_t width = 0;
  for (size_t i = 0; i < len && words->count < KH_NEAR_WORDS; i += width) {
    const uint32_t c = character(text, len, i, &width);
    const kh_fold fold = kh_fold_of(c);
    if (fold.letter == KH_LETTER_OTHER || fold.letter == ' ' || fold.letter == KH_LETTER_FOREIGN) {
      const bool inside =
          s.digits && s.digits == s.letters && joins_digits(c) && digit_at(text, len, i + width);
      if (!inside) end_word(words, &s);
      continue;
    }
    add_letter(&s, careless(fold.letter));
    add_letter(&s, careless(fold.second));
  }
  end_word(words, &s);
}

// ------------------------------------------------------------------ fingerprints

static uint32_t row_hash(const uint32_t *word, unsigned len) {
  uint32_t h = len;
  for (unsigned i = 0; i < len; i++) h = mixed(h * 31 + word[i]);
  return h;
}

// Keeps the smallest, ascending.
static size_t keep(uint32_t *print, size_t count, uint32_t hash) {
  size_t at = count;
  while (at && print[at - 1] > hash) at--;
  if (at && print[at - 1] == hash) return count;
  if (at == KH_NEAR_PRINT) return count;
  if (count < KH_NEAR_PRINT) count++;
  memmove(print + at + 1, print + at, (count - at - 1) * sizeof *print);
  print[at] = hash;
  return count;
}

size_t kh_near_print(const kh_near_text *words, uint32_t print[KH_NEAR_PRINT]) {
  size_t count = 0;
  if (words->count < FEW_WORDS) return 0;
  for (uint32_t i = 0; i + SHINGLE <= words->count; i++) {
    const uint32_t hash = row_hash(words->word + i, SHINGLE);
    if (count < KH_NEAR_PRINT || hash < print[count - 1]) count = keep(print, count, hash);
  }
  return count;
}

// ------------------------------------------------------------------ comparing

static uint32_t slot_of(const uint32_t *word) {
  return row_hash(word, ANCHOR) & (KH_NEAR_SLOTS - 1);
}

static void enter(const kh_near_text *text, kh_near_room *room) {
  memset(room->slot, 0, sizeof room->slot);
  if (text->count < ANCHOR) return;
  for (uint32_t i = text->count - ANCHOR + 1; i-- > 0;) { // so that earlier places come first
    uint32_t *slot = &room->slot[slot_of(text->word + i)];
    room->next[i] = *slot;
    *slot = i + 1;
  }
}

static uint32_t common(const kh_near_text *a, uint32_t i, const kh_near_text *b, uint32_t j) {
  uint32_t len = 0;
  while (i + len < a->count && j + len < b->count && a->word[i + len] == b->word[j + len]) len++;
  return len;
}

typedef struct block {
  uint32_t first; // place in the first text, and in the second
  uint32_t second;
  uint32_t len;
} block;

// The longest row of the second text from `j` that the first has, too; nearest behind `after` among
// equals.
static block longest(const kh_near_text *first, const kh_near_text *second, uint32_t j,
                     uint32_t after, const kh_near_room *room) {
  block best = {.second = j};
  if (j + ANCHOR > second->count) return best;
  unsigned tries = 0;
  for (uint32_t at = room->slot[slot_of(second->word + j)]; at && tries < MOST_TRIES;
       at = room->next[at - 1], tries++) {
    const uint32_t len = common(first, at - 1, second, j);
    const bool nearer = len == best.len && best.first < after && at - 1 >= after;
    if (len > best.len || nearer) best = (block){at - 1, j, len};
  }
  return best;
}

static uint32_t gap(uint32_t from, uint32_t to) { return to >= from ? to - from : UINT32_MAX; }

// The numbers of two stretches, as sets of few.
static bool same_numbers(const kh_near_text *a, uint32_t i, uint32_t len, const kh_near_text *b,
                         uint32_t j, uint32_t other_len) {
  for (uint32_t x = 0; x < len; x++) {
    if (!a->number[i + x]) continue;
    bool there = false;
    for (uint32_t y = 0; y < other_len; y++) there = there || a->word[i + x] == b->word[j + y];
    if (!there) return false;
  }
  return true;
}

static bool has_number(const kh_near_text *text, uint32_t at, uint32_t len) {
  for (uint32_t i = 0; i < len; i++) {
    if (text->number[at + i]) return true;
  }
  return false;
}

// Notes that `a` words of the first text from `i` on are `b` words of the second from `j` on.
static void note_change(const kh_near_text *first, uint32_t i, uint32_t a,
                        const kh_near_text *second, uint32_t j, uint32_t b, kh_near_match *match) {
  match->changed++;
  if (has_number(first, i, a) && has_number(second, j, b) &&
      !(same_numbers(first, i, a, second, j, b) && same_numbers(second, j, b, first, i, a)))
    match->numbers++;
}

// What stands between two shared rows; false: they do not follow one another in both texts.
static bool judge_gap(const kh_near_text *first, const kh_near_text *second, const block *before,
                      const block *now, kh_near_match *match) {
  const uint32_t i = before->first + before->len;
  const uint32_t j = before->second + before->len;
  const uint32_t a = gap(i, now->first);
  const uint32_t b = gap(j, now->second);
  if (a > GAP || b > GAP) return false;
  if (a && b) note_change(first, i, a, second, j, b, match); // else words left out or put in
  return true;
}

static bool same_pair(const kh_near_text *first, uint32_t i, const kh_near_text *second,
                      uint32_t j) {
  return i + 1 < first->count && j + 1 < second->count && first->word[i] == second->word[j] &&
         first->word[i + 1] == second->word[j + 1];
}

// A sentence may go on alike behind other words, though too shortly for a row: «... reached 17
// degrees in the shade». Looks behind a row, and before it.
static void judge_end(const kh_near_text *first, const kh_near_text *second, const block *row,
                      kh_near_match *match) {
  const uint32_t i = row->first + row->len;
  const uint32_t j = row->second + row->len;
  for (uint32_t both = 2; both <= 2 * EDGE; both++) {
    for (uint32_t a = 1; a < both && a <= EDGE; a++) {
      const uint32_t b = both - a;
      if (b > EDGE || !same_pair(first, i + a, second, j + b)) continue;
      note_change(first, i, a, second, j, b, match);
      return;
    }
  }
}

static void judge_begin(const kh_near_text *first, const kh_near_text *second, const block *row,
                        kh_near_match *match) {
  for (uint32_t both = 2; both <= 2 * EDGE; both++) {
    for (uint32_t a = 1; a < both && a <= EDGE; a++) {
      const uint32_t b = both - a;
      if (b > EDGE || row->first < a + 2 || row->second < b + 2) continue;
      if (!same_pair(first, row->first - a - 2, second, row->second - b - 2)) continue;
      note_change(first, row->first - a, a, second, row->second - b, b, match);
      return;
    }
  }
}

kh_near_match kh_near_compare(const kh_near_text *first, const kh_near_text *second,
                              kh_near_room *room) {
  kh_near_match match = {.shorter = first->count < second->count ? first->count : second->count};
  enter(first, room);
  block before = {0};
  for (uint32_t j = 0; j < second->count;) {
    const uint32_t after = before.first + before.len;
    const block now = longest(first, second, j, after, room);
    if (now.len < ROW) {
      j++;
      continue;
    }
    if (!before.len || !judge_gap(first, second, &before, &now, &match)) {
      if (before.len) judge_end(first, second, &before, &match);
      judge_begin(first, second, &now, &match);
    }
    match.shared += now.len;
    match.rows++;
    before = now;
    j += now.len;
  }
  if (before.len) judge_end(first, second, &before, &match);
  return match;
}

// The bounds were chosen on pairs as bench/pairs.py makes them (another seed): of copies, one in a
// hundred shares less than 0.69 of the shorter text, in rows of less than 18 words; of reports in
// one form of words, one in a hundred has rows longer than 8 words.
bool kh_near_is_copy(const kh_near_match *m) {
  enum { ROW_WORDS = 12, CHANGE_WORDS = 32, SHORT_ROW_WORDS = 8, SHORT_CHANGE_WORDS = 100 };
  if (m->shared < FEW_WORDS || m->shared * 5ULL < m->shorter * 3ULL) return false;
  // where paragraphs were set in another order, nearly all is shared, in shorter rows
  if (m->rows * (uint64_t)ROW_WORDS > m->shared)
    return m->shared * 20ULL >= m->shorter * 17ULL &&
           m->rows * (uint64_t)SHORT_ROW_WORDS <= m->shared &&
           (m->changed + 2ULL * m->numbers) * SHORT_CHANGE_WORDS <= m->shared;
  // one change in so many shared words is an editor's; another number weighs as three changes
  return (m->changed + 2ULL * m->numbers) * CHANGE_WORDS <= m->shared;
}
