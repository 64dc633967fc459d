// SPDX-License-Identifier: Apache-2.0
#include "text/language.h"
#include "base/utf8.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

// Letters of the Arabic script that Arabic itself does not use, by the language they speak for.
typedef struct evidence {
  size_t letters;   // of any script
  size_t arabic;    // of the Arabic script
  size_t latin;     // of the Latin script
  size_t words;     // in the Arabic script
  size_t article;   // ... that begin with alef and lam, or with a particle and them
  size_t marbuta;   // ta marbuta: Arabic alone writes it freely
  size_t eastern;   // peh, cheh, zheh, gaf: Persian and all its neighbours
  size_t keheh;     // Persian kaf and ya in place of the Arabic ones
  size_t urdu;      // tteh, ddal, rreh, noon ghunna, heh goal, yeh barree
  size_t kurdish;   // ae, yeh and waw with small v, reh and lam with small v
  size_t pashto;    // letters with a ring or two dots below
  size_t elsewhere; // other letters (Uighur, Sindhi, ...)
  size_t english;   // the commonest short words of English
  size_t latin_words;
} evidence;

enum {
  ALEF = 0x627,
  LAM = 0x644,
  WAW = 0x648,
  BA = 0x628,
  FA = 0x641,
  TA_MARBUTA = 0x629,
};

static bool is_eastern(uint32_t c) { return c == 0x67E || c == 0x686 || c == 0x698 || c == 0x6AF; }

static bool is_urdu(uint32_t c) {
  return c == 0x679 || c == 0x688 || c == 0x691 || c == 0x6BA || c == 0x6BE || c == 0x6C1 ||
         c == 0x6D2 || c == 0x6D3 || c == 0x6C2;
}

static bool is_kurdish(uint32_t c) {
  return c == 0x6D5 || c == 0x6CE || c == 0x6C6 || c == 0x695 || c == 0x6B5;
}

static bool is_pashto(uint32_t c) {
  return c == 0x67C || c == 0x681 || c == 0x685 || c == 0x689 || c == 0x693 || c == 0x696 ||
         c == 0x69A || c == 0x6AB || c == 0x6BC || c == 0x6CD || c == 0x6D0;
}

// Alef wasla of old spelling, and the letters of the Maghreb for g and v.
static bool is_rare_arabic(uint32_t c) { return c == 0x671 || c == 0x6A4 || c == 0x6A8; }

static bool is_arabic_letter(uint32_t c) {
  return (c >= 0x620 && c <= 0x64A && c != 0x640) || (c >= 0x66E && c <= 0x6D5 && c != 0x670);
}

static void count_arabic(evidence *e, uint32_t c) {
  e->arabic++;
  e->marbuta += c == TA_MARBUTA;
  if (c < 0x66E || is_rare_arabic(c)) return;
  if (is_eastern(c))
    e->eastern++;
  else if (c == 0x6A9 || c == 0x6CC)
    e->keheh++;
  else if (is_urdu(c))
    e->urdu++;
  else if (is_kurdish(c))
    e->kurdish++;
  else if (is_pashto(c))
    e->pashto++;
  else
    e->elsewhere++;
}

// Does the word of first letters `w` carry the Arabic article, perhaps after one particle?
static bool has_article(const uint32_t w[4], size_t letters) {
  if (letters >= 4 && w[0] == ALEF && w[1] == LAM) return true;
  if (letters >= 4 && w[0] == LAM && w[1] == LAM) return true;
  return letters >= 5 && (w[0] == WAW || w[0] == BA || w[0] == FA) && w[1] == ALEF && w[2] == LAM;
}

static bool is_english_word(const uint32_t w[4], size_t letters) {
  static const char *const words[] = {"the",  "of",  "and",  "to",  "in",
                                      "that", "was", "with", "said"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (strlen(words[i]) != letters) continue;
    size_t same = 0;
    while (same < letters && (w[same] | 0x20U) == (unsigned char)words[i][same]) same++;
    if (same == letters) return true;
  }
  return false;
}

// A word is over: `w` has its first four letters.
static void end_word(evidence *e, const uint32_t w[4], size_t letters, bool arabic) {
  if (letters == 0) return;
  if (arabic) {
    e->words++;
    e->article += has_article(w, letters);
  } else {
    e->latin_words++;
    e->english += letters <= 4 && is_english_word(w, letters);
  }
}

// Diacritics, tatweel, joiners: inside a word, but no letters.
static bool joins(uint32_t c) {
  return (c >= 0x64B && c <= 0x65F) || c == 0x640 || c == 0x670 || c == 0x200C || c == 0x200D;
}

static bool is_latin(uint32_t c) {
  return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') ||
         (c >= 0xC0 && c <= 0x24F && c != 0xD7 && c != 0xF7);
}

// Letters of other scripts, near enough: Greek to Thaana without Arabic, and from Indic on.
static bool is_other_letter(uint32_t c) {
  return (c >= 0x370 && c < 0x600) || (c >= 0x700 && c < 0x2000) || (c >= 0x2C00 && c < 0x2E00) ||
         (c >= 0x3040 && c < 0xA000) || (c >= 0xA500 && c < 0xE000);
}

// The letter that begins at `s`, when it is one of Arabic's own, of two bytes; else 0. Nearly all
// of an Arabic text are.
static uint32_t own_letter(const unsigned char *s, size_t left) {
  if (left < 2 || (s[0] != 0xD8 && s[0] != 0xD9)) return 0;
  const uint32_t c = (s[0] & 0x1FU) << 6 | (s[1] & 0x3FU);
  return c > 0x620 && c <= 0x64A && c != 0x640 ? c : 0;
}

/// A word while it is read: its first four letters, and how many there are.
typedef struct word {
  uint32_t first[4];
  size_t letters;
  bool arabic;
} word;

/// Takes Arabic's own letters from `i` on; gives where they end.
static size_t take_own(evidence *e, word *w, const unsigned char *s, size_t i, size_t len) {
  const size_t from = i;
  uint32_t c;
  for (; (c = own_letter(s + i, len - i)) != 0; i += 2) {
    if (w->letters < 4) w->first[w->letters] = c;
    w->letters++;
    e->marbuta += c == TA_MARBUTA;
  }
  e->letters += (i - from) / 2;
  e->arabic += (i - from) / 2;
  if (i > from) w->arabic = true;
  return i;
}

static void finish(evidence *e, word *w) {
  end_word(e, w->first, w->letters, w->arabic);
  w->letters = 0;
}

static void look(evidence *e, const char *text, size_t len) {
  const unsigned char *s = (const unsigned char *)text;
  word w = {.letters = 0};
  size_t width = 1;
  for (size_t i = 0; i < len; i += width) {
    if (w.arabic || !w.letters) i = take_own(e, &w, s, i, len);
    if (i >= len) break;
    uint32_t c = kh_utf8_decode(s + i, &width);
    if (joins(c)) continue;
    if (c >= 0xFB50 && c <= 0xFEFC) c = ALEF; // presentation forms: some Arabic letter
    const bool here = is_arabic_letter(c);
    if (!here && !is_latin(c)) {
      finish(e, &w);
      e->letters += is_other_letter(c);
      continue;
    }
    if (w.letters && here != w.arabic) finish(e, &w);
    w.arabic = here;
    e->letters++;
    if (here)
      count_arabic(e, c);
    else
      e->latin++;
    if (w.letters < 4) w.first[w.letters] = c;
    w.letters++;
  }
  finish(e, &w);
}

static const char *of_arabic_script(const evidence *e) {
  const size_t all = e->arabic;
  const size_t foreign = e->eastern + e->urdu + e->kurdish + e->pashto + e->elsewhere;
  const size_t typed = foreign + e->keheh;
  // Arabic begins a quarter of its words with the article; its neighbours hardly any.
  const bool articles = e->article * 100 >= e->words * 12;
  const bool few_articles = e->article * 100 < e->words * 5;
  if (foreign * 1000 < all * 12 && (typed * 100 < all * 4 || articles)) return "ar";
  // some write Arabic with the look-alikes of other keyboards
  if (articles && e->marbuta * 100 >= all && foreign * 100 < all * 10) return "ar";
  if (!few_articles && foreign * 100 < all * 2 && e->marbuta * 100 >= all) return "ar";
  if (e->elsewhere * 100 >= all * 3) return "und";
  if (e->kurdish * 100 >= all * 3) return "ckb";
  if (e->pashto * 100 >= all * 1 && e->pashto >= e->urdu) return "ps";
  if (e->urdu * 100 >= all * 2) return "ur";
  return "fa";
}

const char *kh_language(const char *text, size_t len) {
  evidence e = {0};
  look(&e, text, len);
  if (e.letters == 0) return "und";
  if (e.arabic * 2 >= e.letters) return of_arabic_script(&e);
  if (e.latin * 2 >= e.letters && e.english * 10 >= e.latin_words) return "en";
  return "und";
}
