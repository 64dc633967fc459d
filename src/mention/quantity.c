// SPDX-License-Identifier: Apache-2.0
// Quantities: numbers with their bounds, ranges, percent signs and currencies.
#include "mention/calendar_lex.h"
#include "text/text.h"

#include <string.h>

enum { REACH_OF_BOUND = 5 }; // words between a number and «على الأقل»

typedef struct bound_words {
  uint32_t tokens;
  kh_bound bound;
} bound_words;

static bound_words bound_at(const kh_time_words *r, uint32_t token) {
  static const struct {
    kh_sense_kind kind;
    kh_bound bound;
  } kinds[] = {{KH_SENSE_about, KH_BOUND_ABOUT},
               {KH_SENSE_at_least, KH_BOUND_AT_LEAST},
               {KH_SENSE_at_most, KH_BOUND_AT_MOST}};
  for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
    if (kh_has_sense(r, token, kinds[i].kind))
      return (bound_words){r->at[token].tokens, kinds[i].bound};
  return (bound_words){0, KH_BOUND_EXACT};
}

static bool has_mark(const kh_time_words *r, uint32_t token, kh_mark mark) {
  return token < r->count && r->tokens[token].mark == mark;
}

static bool touches(const kh_time_words *r, uint32_t token) {
  return token < r->count && !(r->tokens[token].flags & KH_TOKEN_SPACE_BEFORE);
}

static bool is_number_token(const kh_time_words *r, uint32_t token) {
  return token < r->count && r->tokens[token].kind == KH_TOKEN_NUMBER;
}

// ------------------------------------------------------------------ what is no count

// Digits that stand in a name, a phone number, a score, a clock time or a version.
static bool in_name(const kh_time_words *r, const kh_numeral *n) {
  const uint32_t i = n->first;
  if (i > 0 && r->tokens[i - 1].sentence == r->tokens[i].sentence) {
    uint32_t head = i - 1;
    if (has_mark(r, head, KH_MARK_DASH) && touches(r, i) && touches(r, head) && head > 0 &&
        !is_number_token(r, head - 1))
      return true; // «إف-16»
    while (head > 0 && r->at[head].word == 0 && r->tokens[head].mark != KH_MARK_NONE &&
           i - head < 3 &&
           (r->tokens[head].mark == KH_MARK_OPEN || r->tokens[head].mark == KH_MARK_COLON ||
            r->tokens[head].mark == KH_MARK_HASH || r->tokens[head].mark == KH_MARK_QUOTE))
      head--;
    if (n->digits && kh_has_sense(r, head, KH_SENSE_named)) return true;
    if (n->digits && r->tokens[i - 1].kind == KH_TOKEN_LATIN && touches(r, i)) return true;
    if (has_mark(r, i - 1, KH_MARK_HASH)) return true;
  }
  if (!is_number_token(r, i)) return false;
  // «(البقرة: 255)», a verse
  if (i >= 3 && has_mark(r, i - 1, KH_MARK_COLON) && has_mark(r, i - 3, KH_MARK_OPEN)) return true;
  const uint8_t *letters = kh_token_letters(r->document->tokens, i);
  const uint32_t len = r->tokens[i].fold_len;
  const bool plain = memchr(letters, '.', len) == NULL && memchr(letters, ',', len) == NULL;
  if (len > 1 && letters[0] == '0' && plain) return true; // a code or phone number
  if (i > 0 && r->tokens[i - 1].end == r->tokens[i].start &&
      r->document->text->bytes[r->tokens[i - 1].start] == '+')
    return true;
  const bool colon_before = has_mark(r, i - 1, KH_MARK_COLON) && touches(r, i) && i >= 2 &&
                            is_number_token(r, i - 2) && touches(r, i - 1);
  const bool colon_after = has_mark(r, i + 1, KH_MARK_COLON) && touches(r, i + 1) &&
                           is_number_token(r, i + 2) && touches(r, i + 2);
  if (colon_before || colon_after) return true;
  return n->last < r->count && r->tokens[n->last].kind == KH_TOKEN_LATIN && touches(r, n->last) &&
         !kh_has_sense(r, n->last, KH_SENSE_money) && !kh_has_sense(r, n->last, KH_SENSE_coin);
}

// ------------------------------------------------------------------ what follows a number

static const char *currency_at(const kh_time_words *r, uint32_t token) {
  const int32_t row = kh_sense_at(r, token, KH_SENSE_money);
  if (row <= 0 || (uint32_t)row > r->calendar->money_count) return NULL;
  return kh_tables_text(r->calendar->tables, r->calendar->money[row - 1]);
}

// «20$ و43c», «ألف دينار و20 مليما»
static void add_coins(const kh_time_words *r, kh_quantity *q) {
  uint32_t at = q->unit_last;
  kh_numeral coins;
  if (kh_has_sense(r, at, KH_SENSE_and)) at++;
  if (!kh_read_cardinal(r, at, &coins)) return;
  const int32_t share = kh_sense_at(r, coins.last, KH_SENSE_coin);
  if (share <= 0 || coins.value >= share) return;
  q->value += coins.value / share;
  q->unit_last = coins.last + 1;
}

static void read_unit(const kh_time_words *r, kh_quantity *q) {
  const uint32_t next = q->last;
  q->unit_last = next;
  if (next >= r->count || r->tokens[next].sentence != r->tokens[q->first].sentence) return;
  if (has_mark(r, next, KH_MARK_PERCENT) || kh_has_sense(r, next, KH_SENSE_percent)) {
    q->kind = KH_QUANTITY_PERCENT;
    q->unit = "%";
    q->unit_last = next + (r->at[next].tokens ? r->at[next].tokens : 1U);
    return;
  }
  if (kh_has_sense(r, next, KH_SENSE_per_mille)) {
    q->kind = KH_QUANTITY_PERCENT;
    q->unit = "‰";
    q->unit_last = next + r->at[next].tokens;
    return;
  }
  const uint8_t foreign = KH_CLITIC_WA | KH_CLITIC_FA | KH_CLITIC_BI | KH_CLITIC_LI | KH_CLITIC_KA;
  if (r->at[next].clitics & foreign) return;
  const char *code = currency_at(r, next);
  const int32_t coin = kh_sense_at(r, next, KH_SENSE_coin);
  if (!code && coin <= 0) return;
  q->kind = KH_QUANTITY_MONEY;
  q->unit = code ? code : "";
  q->unit_last = next + r->at[next].tokens;
  if (code) add_coins(r, q);
}

static void read_bound_after(const kh_time_words *r, kh_quantity *q) {
  if (q->bound != KH_BOUND_EXACT && q->bound != KH_BOUND_ABOUT) return;
  const uint32_t from = q->unit_last;
  for (uint32_t i = from; i < r->count && i <= from + REACH_OF_BOUND; i++) {
    if (r->tokens[i].sentence != r->tokens[q->first].sentence ||
        r->tokens[i].kind == KH_TOKEN_NUMBER ||
        (r->tokens[i].kind == KH_TOKEN_PUNCT && r->tokens[i].mark != KH_MARK_QUOTE &&
         !has_mark(r, i, KH_MARK_COMMA)))
      return;
    // another number has its own bound, and a clause after a comma its own words
    if (i > from && (kh_has_sense(r, i, KH_SENSE_unit) || kh_has_sense(r, i, KH_SENSE_tens)))
      return;
    if (has_mark(r, i, KH_MARK_COMMA)) {
      if (!kh_has_sense(r, i + 1, KH_SENSE_at_least_after) &&
          !kh_has_sense(r, i + 1, KH_SENSE_at_most_after))
        return;
      continue;
    }
    if (kh_has_sense(r, i, KH_SENSE_at_least_after))
      q->bound = KH_BOUND_AT_LEAST;
    else if (kh_has_sense(r, i, KH_SENSE_at_most_after))
      q->bound = KH_BOUND_AT_MOST;
    else if (kh_has_sense(r, i, KH_SENSE_about_after))
      q->bound = KH_BOUND_ABOUT;
    else
      continue;
    return;
  }
}

// ------------------------------------------------------------------ ranges

// «20-30», «من 20 إلى 30», «بين 20 و30»: reads the upper end that begins at `at`.
static bool read_high(const kh_time_words *r, kh_quantity *q, uint32_t at) {
  kh_numeral high;
  if (!kh_read_cardinal(r, at, &high) || !kh_same_sentence(r, q->first, high.last)) return false;
  double low = q->value;
  if (high.value > low * 1000 && low < 1000) { // «بين 3 و5 ملايين»: millions both
    double scale = 1;
    while (high.value / scale >= 1000) scale *= 1000;
    low *= scale;
  }
  if (high.value <= low) return false;
  // «عام 2016 إلى مئة ألف» is a year and a count
  if (low >= 1800 && low < 2100 && high.value > 3000) return false;
  q->value = low;
  q->high = high.value;
  q->last = high.last;
  return true;
}

static bool is_dash_between(const kh_time_words *r, uint32_t dash) {
  return has_mark(r, dash, KH_MARK_DASH) && touches(r, dash) && touches(r, dash + 1) &&
         is_number_token(r, dash + 1) && dash > 0 && is_number_token(r, dash - 1);
}

static void read_range(const kh_time_words *r, kh_quantity *q, const kh_numeral *n) {
  const bool between = n->first > 0 && kh_has_sense(r, n->first - 1, KH_SENSE_between);
  const bool from = n->first > 0 && kh_has_sense(r, n->first - 1, KH_SENSE_from);
  const uint32_t next = n->last;
  if (next >= r->count) return;
  if (is_dash_between(r, next)) {
    if (!read_high(r, q, next + 1) ||
        (q->high < 16 && (q->last >= r->count || r->tokens[q->last].kind != KH_TOKEN_WORD ||
                          kh_has_sense(r, q->last, KH_SENSE_and)))) {
      q->in_name = true; // a score, or the seasons of a league
      q->last = next + 2;
    }
    return;
  }
  if (kh_has_sense(r, next, KH_SENSE_to)) {
    if (read_high(r, q, next + 1) && from) q->bound_first = n->first - 1;
    return;
  }
  if (between) {
    const bool joined =
        kh_has_sense(r, next, KH_SENSE_and) || (r->at[next].clitics & KH_CLITIC_WA) != 0;
    const uint32_t at = kh_has_sense(r, next, KH_SENSE_and) ? next + 1 : next;
    if (joined && read_high(r, q, at)) q->bound_first = n->first - 1;
  }
}

// After «بين» a number stops before the «و» that joins the other end («بين مئة ومئتين»).
static bool read_lower_end(const kh_time_words *r, uint32_t token, kh_numeral *n) {
  if (token == 0 || !kh_has_sense(r, token - 1, KH_SENSE_between) || !n->last) return false;
  for (uint32_t i = token + 1; i < n->last; i++) {
    kh_numeral low;
    kh_numeral high;
    kh_time_words part = *r;
    const bool alone = kh_has_sense(r, i, KH_SENSE_and);
    if (!alone && !(r->at[i].clitics & KH_CLITIC_WA)) continue;
    part.count = i;
    if (kh_read_cardinal(&part, token, &low) && low.last == i &&
        kh_read_cardinal(r, alone ? i + 1 : i, &high) && high.value > low.value) {
      *n = low;
      return true;
    }
  }
  return false;
}

// ------------------------------------------------------------------ the stage

// «سالب خمسة», «-1200» standing alone.
static bool negative(const kh_time_words *r, const kh_numeral *n, uint32_t *first) {
  if (n->first == 0) return false;
  const uint32_t before = n->first - 1;
  if (kh_has_sense(r, before, KH_SENSE_minus)) {
    *first = before;
    return true;
  }
  // a dash begins a sentence and touches the number; elsewhere it is punctuation
  if (!has_mark(r, before, KH_MARK_DASH) || !touches(r, n->first) ||
      !is_number_token(r, n->first) ||
      (before > 0 && r->tokens[before - 1].sentence == r->tokens[before].sentence))
    return false;
  if (n->last < r->count && r->tokens[n->last].kind == KH_TOKEN_WORD) return false;
  *first = before;
  return true;
}

// «77/100»
static void read_slash(const kh_time_words *r, kh_numeral *n) {
  kh_numeral below;
  if (!n->digits || !has_mark(r, n->last, KH_MARK_SLASH) || !touches(r, n->last) ||
      !touches(r, n->last + 1) || !is_number_token(r, n->last + 1) ||
      has_mark(r, n->last + 2, KH_MARK_SLASH) ||
      (n->first > 0 && has_mark(r, n->first - 1, KH_MARK_SLASH)) ||
      !kh_read_cardinal(r, n->last + 1, &below) || !below.digits || below.value == 0)
    return;
  n->value /= below.value;
  n->kind = KH_QUANTITY_FRACTION;
  n->last = below.last;
  n->digits = false;
}

// «مئة على خمسة وثلاثين»
static void read_over(const kh_time_words *r, kh_numeral *n) {
  kh_numeral below;
  if (n->kind != KH_QUANTITY_NUMBER || !kh_has_sense(r, n->last, KH_SENSE_over) ||
      !kh_read_cardinal(r, n->last + 1, &below) || below.value == 0 ||
      (below.last < r->count && r->tokens[below.last].kind == KH_TOKEN_WORD))
    return;
  n->value /= below.value;
  n->kind = KH_QUANTITY_FRACTION;
  n->last = below.last;
}

static kh_span span_of(const kh_time_words *r, uint32_t first, uint32_t last) {
  return (kh_span){kh_time_word_start(r, first), r->tokens[last - 1].end};
}

// «الـ13», «لـ 20»: the article written to digits belongs to the number.
static uint32_t with_article(const kh_time_words *r, uint32_t first) {
  if (first == 0 || !is_number_token(r, first)) return first;
  const kh_token *before = &r->tokens[first - 1];
  if (before->kind != KH_TOKEN_WORD || before->fold_len != 2) return first;
  const uint8_t *letters = kh_token_letters(r->document->tokens, first - 1);
  return letters[0] == KH_LETTER_ALEF && letters[1] == KH_LETTER_LAM ? first - 1 : first;
}

static uint32_t add_quantity(kh_document *document, const kh_time_words *r, kh_numeral *n,
                             uint32_t bound_first, kh_bound bound) {
  kh_mention_layer *mentions = document->mentions;
  read_lower_end(r, n->first, n);
  read_slash(r, n);
  read_over(r, n);
  kh_quantity q = {0};
  q.first = n->first;
  q.last = n->last;
  q.kind = n->kind;
  q.value = n->value;
  q.high = -1;
  q.bound = n->kind == KH_QUANTITY_VAGUE && bound == KH_BOUND_EXACT ? KH_BOUND_ABOUT : bound;
  q.bound_first = bound_first;
  q.in_name = in_name(r, n);
  if (n->kind == KH_QUANTITY_NUMBER && !q.in_name) read_range(r, &q, n);
  uint32_t sign;
  if (q.high < 0 && negative(r, n, &sign)) {
    q.value = -q.value;
    q.first = sign;
    if (q.bound_first == n->first) q.bound_first = sign;
  }
  if (bound_first == n->first && q.bound_first == n->first)
    q.bound_first = q.first = with_article(r, q.first);
  q.unit_first = q.first;
  read_unit(r, &q);
  read_bound_after(r, &q);
  q.span = span_of(r, q.first, q.last);
  *(kh_quantity *)KH_ADD(&document->arena, &mentions->quantities) = q;
  const int32_t index = (int32_t)mentions->quantities.count - 1;
  for (uint32_t i = q.first; i < q.last; i++) mentions->quantity_at[i] = index;
  return q.unit_last > q.last ? q.unit_last : q.last;
}

// Money told before the number: «$ 10», «بالمئة 20».
static bool read_prefixed(kh_document *document, const kh_time_words *r, uint32_t *token) {
  const uint32_t i = *token;
  const bool percent = kh_has_sense(r, i, KH_SENSE_percent);
  const uint32_t number_at = i + r->at[i].tokens;
  if (!is_number_token(r, number_at)) return false;
  const char *code = r->tokens[i].kind == KH_TOKEN_WORD ? NULL : currency_at(r, i);
  kh_numeral n;
  if ((!percent && !code) || !kh_read_cardinal(r, number_at, &n)) return false;
  const uint32_t next = add_quantity(document, r, &n, n.first, KH_BOUND_EXACT);
  kh_quantity *q = &document->mentions->quantities.at[document->mentions->quantities.count - 1];
  q->kind = percent ? KH_QUANTITY_PERCENT : KH_QUANTITY_MONEY;
  q->unit_first = i;
  q->unit = percent ? "%" : code;
  *token = next;
  return true;
}

// The kinds of words that begin a quantity or the bound before it: most known words are of none.
static void note_starters(uint64_t starters[2]) {
  static const uint8_t kinds[] = {
      KH_SENSE_about,        KH_SENSE_at_least,   KH_SENSE_at_most, KH_SENSE_percent,
      KH_SENSE_money,        KH_SENSE_ordinal,    KH_SENSE_tens,    KH_SENSE_ordinal_one,
      KH_SENSE_unit,         KH_SENSE_ten,        KH_SENSE_teen,    KH_SENSE_hundred,
      KH_SENSE_hundreds,     KH_SENSE_scale,      KH_SENSE_scales,  KH_SENSE_scale_dual,
      KH_SENSE_several,      KH_SENSE_tens_vague, KH_SENSE_zero,    KH_SENSE_fraction,
      KH_SENSE_fraction_dual};
  starters[0] = starters[1] = 0;
  for (size_t i = 0; i < sizeof kinds; i++) starters[kinds[i] / 64] |= (uint64_t)1 << kinds[i] % 64;
}

void kh_quantities(kh_document *document) {
  if (!document->engine->calendar) return;
  const kh_time_words *r = kh_time_words_of(document);
  uint64_t starters[2];
  note_starters(starters);
  uint32_t i = 0;
  while (i < r->count) {
    kh_numeral n;
    const uint64_t *bits = kh_sense_bits(r, i);
    if (!(bits[0] & starters[0]) && !(bits[1] & starters[1]) &&
        r->tokens[i].kind != KH_TOKEN_NUMBER) {
      i++;
      continue;
    }
    uint32_t at = i;
    kh_bound bound = KH_BOUND_EXACT;
    for (int words = 0; words < 2; words++) { // «لأكثر من نحو مئة»
      const bound_words b = bound_at(r, at);
      if (!b.tokens) break;
      at += b.tokens;
      if (bound == KH_BOUND_EXACT || b.bound != KH_BOUND_ABOUT) bound = b.bound;
    }
    if (at > i && kh_has_sense(r, at, KH_SENSE_between)) at++;
    if (at < r->count && kh_same_sentence(r, i, at + 1)) {
      if (at == i && read_prefixed(document, r, &i)) continue;
      const bool ordinal = at == i && kh_read_ordinal(r, i, &n);
      if (ordinal || kh_read_numeral(r, at, &n)) {
        i = add_quantity(document, r, &n, i, bound);
        continue;
      }
    }
    i++;
  }
}
