// SPDX-License-Identifier: Apache-2.0
// A word in Latin letters. Newspapers print no short vowels, so that they are guessed from how
// Arabic builds syllables: none begins with two consonants, none inside a word ends in two.
// Between consonants that no syllable could hold stands an «a», as in most names of three letters
// («خلف» Khalaf), after a long «a» an «i» («طالب» Talib). Vowel signs that are printed go first.
// The lexicon is of no help: its lemmas have no vowels either.
#include "mention/latin.h"

#include "base/utf8.h"
#include "token/letters.h"

#include <stdbool.h>
#include <string.h>

enum { MOST = 64 }; // letters of a word; longer ones are cut

enum {
  FATHA = 1,
  DAMMA = 2,
  KASRA = 4,
  SUKUN = 8,
  SHADDA = 16,
  HAMZA_BELOW = 32,
  HAMZA_ABOVE = 64,
};

typedef struct glyph {
  uint8_t letter;
  uint8_t marks;
} glyph;

typedef enum shape {
  CONSONANT = 'c',
  LONG_A = 'A',
  LONG_OTHER = 'L', // also «ay» and «aw»
  SHORT = 's',      // a vowel that has a letter of its own: of a first alef, a ta marbuta
} shape;

typedef struct sound {
  const char *latin;
  uint8_t shape;
  char vowel; // of a consonant: what follows it, 0: nothing
  bool fixed; // the text prints it
} sound;

typedef struct word {
  glyph at[MOST];
  size_t count;
  sound sounds[3 * MOST];
  size_t heard;
} word;

static const char *latin_of(uint8_t letter) {
  static const char *const LATIN[] = {
      [KH_LETTER_HAMZA - 0xC1] = "'",        [KH_LETTER_WAW_HAMZA - 0xC1] = "'",
      [KH_LETTER_YA_HAMZA - 0xC1] = "'",     [KH_LETTER_BA - 0xC1] = "b",
      [KH_LETTER_TA - 0xC1] = "t",           [KH_LETTER_THA - 0xC1] = "th",
      [KH_LETTER_JIM - 0xC1] = "j",          [KH_LETTER_HAH - 0xC1] = "h",
      [KH_LETTER_KHAH - 0xC1] = "kh",        [KH_LETTER_DAL - 0xC1] = "d",
      [KH_LETTER_THAL - 0xC1] = "dh",        [KH_LETTER_RA - 0xC1] = "r",
      [KH_LETTER_ZAY - 0xC1] = "z",          [KH_LETTER_SIN - 0xC1] = "s",
      [KH_LETTER_SHIN - 0xC1] = "sh",        [KH_LETTER_SAD - 0xC1] = "s",
      [KH_LETTER_DAD - 0xC1] = "d",          [KH_LETTER_TAH - 0xC1] = "t",
      [KH_LETTER_ZAH - 0xC1] = "z",          [KH_LETTER_AYN - 0xC1] = "'",
      [KH_LETTER_GHAYN - 0xC1] = "gh",       [KH_LETTER_FA - 0xC1] = "f",
      [KH_LETTER_QAF - 0xC1] = "q",          [KH_LETTER_KAF - 0xC1] = "k",
      [KH_LETTER_LAM - 0xC1] = "l",          [KH_LETTER_MIM - 0xC1] = "m",
      [KH_LETTER_NUN - 0xC1] = "n",          [KH_LETTER_HA - 0xC1] = "h",
      [KH_LETTER_WAW - 0xC1] = "w",          [KH_LETTER_YA - 0xC1] = "y",
      [KH_LETTER_ALEF_MAQSURA - 0xC1] = "y",
  };
  static const char *const FOREIGN[] = {"p", "ch", "zh", "g", "v"};
  if (kh_letter_is_arabic(letter)) return LATIN[letter - 0xC1];
  return letter >= KH_LETTER_PEH && letter <= KH_LETTER_VEH ? FOREIGN[letter - KH_LETTER_PEH]
                                                            : NULL;
}

static bool is_script(uint8_t letter) {
  return kh_letter_is_arabic(letter) || (letter >= KH_LETTER_PEH && letter <= KH_LETTER_FOREIGN);
}

static uint8_t mark_of(uint32_t code_point) {
  switch (code_point) {
  case 0x064E:
  case 0x0670:
    return FATHA;
  case 0x064F:
    return DAMMA;
  case 0x0650:
    return KASRA;
  case 0x0651:
    return SHADDA;
  case 0x0652:
    return SUKUN;
  case 0x0623:
    return HAMZA_ABOVE;
  case 0x0625:
    return HAMZA_BELOW;
  default:
    return 0;
  }
}

/// Reads letters from `*at` on into the word until one that is none of the script.
static void read_letters(word *w, const char *text, size_t len, size_t *at) {
  w->count = w->heard = 0;
  while (*at < len) {
    size_t width;
    const uint32_t c = kh_utf8_decode((const uint8_t *)text + *at, &width);
    const kh_fold fold = kh_fold_of(c);
    if (fold.letter != KH_LETTER_NONE && !is_script(fold.letter)) return;
    *at += width;
    if (fold.letter == KH_LETTER_NONE) {
      if (w->count) w->at[w->count - 1].marks |= mark_of(c);
      continue;
    }
    const uint8_t letters[2] = {fold.letter, fold.second};
    for (int k = 0; k < 2 && letters[k] && w->count < MOST; k++)
      w->at[w->count++] = (glyph){letters[k], mark_of(c)};
  }
}

// ---- letters to sounds

static uint8_t letter_at(const word *w, size_t at) {
  return at < w->count ? w->at[at].letter : KH_LETTER_NONE;
}

static bool is_weak(uint8_t letter) {
  return letter == KH_LETTER_ALEF || letter == KH_LETTER_ALEF_MAQSURA || letter == KH_LETTER_WAW ||
         letter == KH_LETTER_YA;
}

static void add(word *w, const char *latin, shape what) {
  w->sounds[w->heard++] = (sound){.latin = latin, .shape = (uint8_t)what};
}

static uint8_t last_shape(const word *w) { return w->heard ? w->sounds[w->heard - 1].shape : 0; }

static bool after_long(const word *w) {
  return last_shape(w) == LONG_A || last_shape(w) == LONG_OTHER;
}

static void add_consonant(word *w, size_t at, const char *latin) {
  const unsigned marks = w->at[at].marks;
  if (marks & SHADDA && latin[0] && !latin[1]) {
    add(w, latin, CONSONANT);
    w->sounds[w->heard - 1].fixed = true;
  }
  add(w, latin, CONSONANT);
  sound *s = &w->sounds[w->heard - 1];
  s->vowel = marks & FATHA ? 'a' : marks & DAMMA ? 'u' : marks & KASRA ? 'i' : '\0';
  s->fixed = s->vowel || marks & SUKUN;
}

/// The alef that begins a word; gives the letters that it takes.
static size_t add_first_alef(word *w) {
  const uint8_t next = letter_at(w, 1);
  const unsigned marks = w->at[0].marks;
  const bool free = w->count > 2 && !is_weak(letter_at(w, 2));
  if (free && next == KH_LETTER_WAW) { // «أوغلو»
    add(w, "u", LONG_OTHER);
    return 2;
  }
  if (free && next == KH_LETTER_YA && !(marks & HAMZA_ABOVE)) { // «إيمان»
    add(w, "i", LONG_OTHER);
    return 2;
  }
  if (marks & DAMMA) {
    add(w, "u", SHORT);
    return 1;
  }
  add(w, marks & (HAMZA_BELOW | KASRA) ? "i" : "a", SHORT);
  return 1;
}

static bool has_foreign_letters(const word *w) {
  for (size_t i = 0; i < w->count; i++)
    if (!kh_letter_is_arabic(w->at[i].letter)) return true;
  return false;
}

/// «زيد», «زينب», «زيدان», «زيدي», «خيمة»: after the first consonant a ya is mostly «ay», a waw
/// «aw», but «نور», «نوري».
static bool is_diphthong(const word *w, size_t at) {
  if (at != 1 || last_shape(w) != CONSONANT || has_foreign_letters(w)) return false;
  const bool ya = w->at[at].letter != KH_LETTER_WAW;
  const uint8_t last = letter_at(w, 3);
  if (w->count == 3) return ya;
  if (w->count == 4) return is_weak(last) ? ya && last == KH_LETTER_YA : true;
  return w->count > 4 && last == KH_LETTER_ALEF;
}

/// Is the waw or ya a consonant?
static bool is_semivowel(const word *w, size_t at) {
  if (at == 0) return w->count > 1;
  if (after_long(w) || last_shape(w) == SHORT) return true;
  if (w->at[at].marks & (FATHA | SHADDA)) return true;
  return is_weak(letter_at(w, at + 1)) || letter_at(w, at + 1) == KH_LETTER_TA_MARBUTA;
}

static void add_weak(word *w, size_t at) {
  const bool waw = w->at[at].letter == KH_LETTER_WAW;
  // «سعدية»: the ending of adjectives, where more than two consonants precede
  if (!waw && at > 2 && letter_at(w, at + 1) == KH_LETTER_TA_MARBUTA && !after_long(w))
    add(w, "i", LONG_OTHER);
  if (is_semivowel(w, at)) {
    add_consonant(w, at, waw ? "w" : "y");
    return;
  }
  const sound *before = w->heard ? &w->sounds[w->heard - 1] : NULL;
  const bool diphthong = before && before->fixed ? before->vowel == 'a' : is_diphthong(w, at);
  if (diphthong)
    add(w, waw ? "aw" : "ay", LONG_OTHER);
  else
    add(w, waw ? "u" : "i", LONG_OTHER);
}

/// «لانغ» Lang, «بيلجيتش» Biljich: two letters that foreign names have for one sound; gives its
/// letters, 0 for none.
static size_t add_foreign(word *w, size_t at) {
  const uint8_t letter = w->at[at].letter;
  const uint8_t next = letter_at(w, at + 1);
  if (at < 2) return 0;
  if (letter == KH_LETTER_TA && next == KH_LETTER_SHIN) {
    add(w, "ch", CONSONANT);
    return 2;
  }
  if (letter == KH_LETTER_NUN && next == KH_LETTER_GHAYN && at + 2 == w->count) {
    add(w, "ng", CONSONANT);
    return 2;
  }
  return 0;
}

static void add_letter(word *w, size_t at) {
  const uint8_t letter = w->at[at].letter;
  const bool last = at + 1 == w->count;
  switch (letter) {
  case KH_LETTER_ALEF:
    add(w, "a", LONG_A);
    return;
  case KH_LETTER_ALEF_MAQSURA:
    if (last)
      add(w, "a", LONG_A);
    else
      add_weak(w, at);
    return;
  case KH_LETTER_WAW:
  case KH_LETTER_YA:
    add_weak(w, at);
    return;
  case KH_LETTER_TA_MARBUTA:
    if (last_shape(w) == LONG_A)
      add(w, "t", CONSONANT);
    else
      add(w, "a", SHORT);
    return;
  case KH_LETTER_HAMZA:
    if (last && after_long(w)) return;
    break;
  case KH_LETTER_WAW_HAMZA: // «مؤمن»
    if (last_shape(w) == CONSONANT && !w->sounds[w->heard - 1].fixed) {
      w->sounds[w->heard - 1].vowel = 'u';
      w->sounds[w->heard - 1].fixed = true;
    }
    break;
  case KH_LETTER_AYN: // names are printed without a first one
    if (at == 0) {
      add_consonant(w, at, "");
      return;
    }
    break;
  default:
    break;
  }
  const char *latin = latin_of(letter);
  if (latin) add_consonant(w, at, latin);
}

// ---- short vowels

static void set_vowel(sound *s, char vowel) {
  if (!s->fixed) s->vowel = vowel;
}

/// Consonants [from, to) that stand together, `to` before a vowel or at the word's end.
static void fill_run(word *w, size_t from, size_t to) {
  const bool at_end = to == w->heard;
  const uint8_t before = from ? w->sounds[from - 1].shape : 0;
  const size_t count = to - from;
  char vowel = 'a';
  bool closes = before == SHORT; // may the first end the syllable before?
  if (before == LONG_A) {
    closes = count > 2;
    if (!closes) vowel = 'i';
  } else if (before == LONG_OTHER) {
    closes = !at_end || count > 2;
    if (at_end && count == 2 && from > 2) return; // «بورغ»: of no Arabic pattern
  }
  if (closes && count >= (at_end ? 3U : 2U)) from++;
  // the last consonant ends the word, or begins the syllable of the vowel after it
  for (size_t i = from; i + 1 < to; i += 2) set_vowel(&w->sounds[i], vowel);
  if (at_end && to - from > 1) set_vowel(&w->sounds[to - 2], vowel);
  for (size_t i = from + 1; i < to; i++) // a consonant that is printed without a vowel ends one
    if (w->sounds[i].fixed && !w->sounds[i].vowel) set_vowel(&w->sounds[i - 1], vowel);
}

/// «انتقال» Intiqal, «استقبال» Istiqbal: the ta is followed by an «i», and nothing else by a vowel.
static void fill_masdar(word *w, const char *shapes) {
  enum { TA = 2, LEAST = 6 };
  if (w->heard < LEAST) return;
  if (strncmp(shapes, "scccAc", 6) != 0 && strncmp(shapes, "sccccAc", 7) != 0) return;
  if (strcmp(w->sounds[TA].latin, "t") != 0 || w->at[0].marks & HAMZA_ABOVE) return;
  if (shapes[4] == CONSONANT && strcmp(w->sounds[1].latin, "s") != 0) return;
  w->sounds[0].latin = "i";
  for (size_t i = 1; i < 5; i++)
    if (w->sounds[i].shape == CONSONANT) set_vowel(&w->sounds[i], i == TA ? 'i' : '\0');
}

/// The prefix of places and participles: «مبارك» Mubarak, «مصباح» Misbah, «منتصر» Muntasir.
static void fill_prefix(word *w) {
  char shapes[9] = "";
  for (size_t i = 0; i < w->heard && i < 8; i++) shapes[i] = (char)w->sounds[i].shape;
  fill_masdar(w, shapes);
  sound *first = &w->sounds[0];
  if (w->heard < 5 || w->heard > 6 || strcmp(first->latin, "m") != 0 || first->fixed) return;
  if (strncmp(shapes, "ccAcc", 5) == 0 && shapes[5] != CONSONANT) {
    first->vowel = 'u';
  } else if (strcmp(shapes, "cccAc") == 0) {
    first->vowel = 'i';
  } else if (strcmp(shapes, "ccccc") == 0 && strcmp(w->sounds[2].latin, "t") == 0) {
    first->vowel = 'u';
    w->sounds[1].vowel = '\0';
    set_vowel(&w->sounds[2], 'a');
    set_vowel(&w->sounds[3], 'i');
  }
}

static void fill_vowels(word *w) {
  for (size_t from = 0; from < w->heard;) {
    size_t to = from;
    while (to < w->heard && w->sounds[to].shape == CONSONANT) to++;
    if (to > from) fill_run(w, from, to);
    from = to > from ? to : from + 1;
  }
  fill_prefix(w);
}

// ---- writing

typedef struct writer {
  char *out;
  size_t room;
  size_t len;
  bool capital; // the next letter is one
} writer;

static void put(writer *to, char c) {
  const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  if (to->capital && c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
  if (letter) to->capital = false;
  if (to->len < to->room) to->out[to->len++] = c;
}

static void put_word(writer *to, const word *w) {
  to->capital = true;
  for (size_t i = 0; i < w->heard; i++) {
    const sound *s = &w->sounds[i];
    for (const char *c = s->latin; *c; c++) put(to, *c);
    const bool is_long = i + 1 < w->heard && w->sounds[i + 1].shape != CONSONANT;
    if (s->shape == CONSONANT && s->vowel && !is_long) put(to, s->vowel);
  }
}

static bool is_foreign(const char *text, size_t len) {
  size_t width;
  for (size_t at = 0; at < len; at += width)
    if (is_script(kh_fold_of(kh_utf8_decode((const uint8_t *)text + at, &width)).letter))
      return false;
  return true;
}

size_t kh_latin_word(const char *text, size_t len, char *out, size_t room) {
  if (is_foreign(text, len)) {
    const size_t fits = len < room ? len : room;
    memcpy(out, text, fits);
    return fits;
  }
  writer to = {.out = out, .room = room};
  for (size_t at = 0; at < len;) {
    word w = {.count = 0};
    read_letters(&w, text, len, &at);
    size_t i = 0;
    if (w.count > 1 && w.at[0].letter == KH_LETTER_ALEF) i = add_first_alef(&w);
    while (i < w.count) {
      const size_t taken = add_foreign(&w, i);
      if (!taken) add_letter(&w, i);
      i += taken ? taken : 1;
    }
    fill_vowels(&w);
    put_word(&to, &w);
    if (at >= len) break;
    size_t width; // «بي.بي.سي», «كي-مون»: the mark stays
    const uint32_t mark = kh_utf8_decode((const uint8_t *)text + at, &width);
    if (mark < 0x80 && mark != '"') put(&to, (char)mark);
    at += width;
  }
  return to.len;
}
