// SPDX-License-Identifier: Apache-2.0
// A name in letters of English, for names that the gazetteer does not know: the simplified
// transliteration of the Library of Congress without diacritics and, since newspapers print none,
// without short vowels.
#include "mention/entity.h"

#include <stdio.h>
#include <string.h>

static const char *latin_of(uint8_t letter) {
  static const char *const LATIN[] = {
      [KH_LETTER_HAMZA - 0xC1] = "'",     [KH_LETTER_WAW_HAMZA - 0xC1] = "u'",
      [KH_LETTER_YA_HAMZA - 0xC1] = "i'", [KH_LETTER_ALEF - 0xC1] = "a",
      [KH_LETTER_BA - 0xC1] = "b",        [KH_LETTER_TA_MARBUTA - 0xC1] = "a",
      [KH_LETTER_TA - 0xC1] = "t",        [KH_LETTER_THA - 0xC1] = "th",
      [KH_LETTER_JIM - 0xC1] = "j",       [KH_LETTER_HAH - 0xC1] = "h",
      [KH_LETTER_KHAH - 0xC1] = "kh",     [KH_LETTER_DAL - 0xC1] = "d",
      [KH_LETTER_THAL - 0xC1] = "dh",     [KH_LETTER_RA - 0xC1] = "r",
      [KH_LETTER_ZAY - 0xC1] = "z",       [KH_LETTER_SIN - 0xC1] = "s",
      [KH_LETTER_SHIN - 0xC1] = "sh",     [KH_LETTER_SAD - 0xC1] = "s",
      [KH_LETTER_DAD - 0xC1] = "d",       [KH_LETTER_TAH - 0xC1] = "t",
      [KH_LETTER_ZAH - 0xC1] = "z",       [KH_LETTER_AYN - 0xC1] = "'",
      [KH_LETTER_GHAYN - 0xC1] = "gh",    [KH_LETTER_FA - 0xC1] = "f",
      [KH_LETTER_QAF - 0xC1] = "q",       [KH_LETTER_KAF - 0xC1] = "k",
      [KH_LETTER_LAM - 0xC1] = "l",       [KH_LETTER_MIM - 0xC1] = "m",
      [KH_LETTER_NUN - 0xC1] = "n",       [KH_LETTER_HA - 0xC1] = "h",
      [KH_LETTER_WAW - 0xC1] = "u",       [KH_LETTER_ALEF_MAQSURA - 0xC1] = "a",
      [KH_LETTER_YA - 0xC1] = "i",
  };
  if (!kh_letter_is_arabic(letter)) return NULL;
  return LATIN[letter - 0xC1];
}

static bool is_long_vowel(uint8_t letter) {
  return letter == KH_LETTER_ALEF || letter == KH_LETTER_WAW || letter == KH_LETTER_YA ||
         letter == KH_LETTER_ALEF_MAQSURA;
}

/// Waw and ya as consonants: at the head of a word, and beside an alef.
static const char *semivowel(const uint8_t *letters, size_t at, size_t from, size_t end) {
  const uint8_t letter = letters[at];
  if (letter != KH_LETTER_WAW && letter != KH_LETTER_YA) return NULL;
  const bool head = at == from && at + 1 < end;
  const bool before = at + 1 < end && letters[at + 1] == KH_LETTER_ALEF;
  const bool after = at > from && letters[at - 1] == KH_LETTER_ALEF;
  const bool doubled = at > from && at + 1 < end && is_long_vowel(letters[at - 1]);
  if (!head && !before && !after && !doubled) return NULL;
  return letter == KH_LETTER_WAW ? "w" : "y";
}

typedef struct writer {
  char out[1024];
  size_t n;
  bool capital; ///< the next letter is one
} writer;

static void write_latin(writer *w, const char *latin) {
  for (size_t k = 0; latin[k] && w->n + 1 < sizeof w->out; k++) {
    char c = latin[k];
    if (w->capital && c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
    if (c != '\'') w->capital = false;
    w->out[w->n++] = c;
  }
}

/// One word: letters [from, end).
static void write_word(writer *w, const uint8_t *letters, size_t from, size_t end) {
  w->capital = true;
  if (end - from > 3 && letters[from] == KH_LETTER_ALEF && letters[from + 1] == KH_LETTER_LAM) {
    w->capital = w->n == 0;
    write_latin(w, "al-");
    w->capital = true;
    from += 2;
  }
  for (size_t i = from; i < end; i++) {
    const char own[2] = {(char)letters[i], '\0'};
    const char *latin = semivowel(letters, i, from, end);
    if (!latin) latin = latin_of(letters[i]);
    if (!latin) latin = letters[i] > ' ' && letters[i] < 0x7F ? own : "";
    write_latin(w, latin);
  }
}

const char *kh_transliterate(kh_document *document, const char *arabic) {
  uint8_t letters[256];
  const size_t len = kh_fold_utf8(arabic, strlen(arabic), letters, sizeof letters);
  writer w = {.n = 0};
  for (size_t from = 0; from < len;) {
    size_t end = from;
    while (end < len && letters[end] != ' ') end++;
    if (w.n && end > from) write_latin(&w, " ");
    write_word(&w, letters, from, end);
    from = end + 1;
  }
  return kh_arena_copy(&document->arena, w.out, w.n);
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
  const bool body =
      draft->kind == KH_KIND_ORG || draft->kind == KH_KIND_ARMED || draft->kind == KH_KIND_MEDIA;
  const kh_known *head = name->last - name->first > 1 && body
                             ? kh_known_word(document, name->first, KH_KNOWN_HEAD)
                             : NULL;
  const char *called = head ? kh_tables_text(document->engine->tables, head->en) : "";
  const char *rest = strchr(draft->name, ' ');
  if (!*called || !rest || kh_form_of(document, name->first)->article)
    return kh_transliterate(document, draft->name);
  rest = kh_transliterate(document, rest + 1);
  const size_t size = strlen(rest) + strlen(called) + 2;
  char *whole = kh_arena_alloc(&document->arena, size);
  snprintf(whole, size, "%s %s", rest, called);
  return whole;
}
