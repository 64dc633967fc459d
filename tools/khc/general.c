// SPDX-License-Identifier: Apache-2.0
// The general lexicon: Debian's hunspell-ar, expanded without clitics. Its dictionary lists verbs
// with their lemma and tense, of which we take the past and the present and conjugate ourselves;
// and nouns with classes of endings, whose comments in ar.aff say what they are:
//   A singular or broken plural; B the same, takes ta marbuta; C D E F G duals; H sound feminine
//   plural; I sound masculine plural; J tanwin; K loses its ya; L M nisba; N plural of the nisba.
#include "spelling.h"
#include "words.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct noun {
  khc_spelling word;
  uint32_t classes; // bit n: class 'A' + n
} noun;

typedef struct verb_form {
  khc_spelling lemma;
  khc_spelling word;
  bool present;
  bool indicative; // takes the prefix of the future
  bool transitive; // takes object pronouns
} verb_form;

typedef struct dictionary {
  khc_lexicon *lexicon;
  KH_ARRAY(const char *) flags;      // AF lines
  KH_ARRAY(const char *) morphology; // AM lines
  KH_ARRAY(noun) nouns;
  KH_ARRAY(verb_form) verbs;
} dictionary;

// ---- reading

// Calls `take` with each line of a file in rules->hunspell.
static bool each_line(dictionary *d, const char *name, void (*take)(dictionary *, char *)) {
  const char *path = khc_print(d->lexicon->rules, "%s/%s", d->lexicon->rules->hunspell, name);
  FILE *file = fopen(path, "rb");
  if (!file) {
    khc_fault(d->lexicon->rules, NULL,
              "cannot read %s; install hunspell-ar or leave --hunspell out", path);
    return false;
  }
  char line[4096];
  while (fgets(line, sizeof line, file)) {
    line[strcspn(line, "\r\n")] = '\0';
    take(d, line);
  }
  fclose(file);
  return true;
}

// "AF TbTc # 1" and "AM is:pst st:X po:verb"; the first line of each kind counts the others.
static void take_affix_line(dictionary *d, char *line) {
  kh_arena *arena = d->lexicon->rules->arena;
  const bool flags = strncmp(line, "AF ", 3) == 0;
  if (!flags && strncmp(line, "AM ", 3) != 0) return;
  const size_t len = flags ? strcspn(line + 3, " ") : strlen(line + 3);
  const char **added = flags ? KH_ADD(arena, &d->flags) : KH_ADD(arena, &d->morphology);
  *added = kh_arena_copy(arena, line + 3, len);
}

static const char *alias(const char *const *at, uint32_t count, const char *number) {
  const unsigned long index = strtoul(number, NULL, 10);
  return index > 0 && index < count ? at[index] : "";
}

static bool has_flag(const char *flags, const char *pair) {
  for (; flags[0] && flags[1]; flags += 2)
    if (flags[0] == pair[0] && flags[1] == pair[1]) return true;
  return false;
}

static void take_verb(dictionary *d, const khc_spelling *word, const char *flags,
                      const char *about) {
  const char *lemma = strstr(about, "st:");
  const bool past = strstr(about, "is:pst") != NULL;
  const bool present = strstr(about, "is:prst") != NULL;
  char text[64];
  khc_spelling spelling;
  if (!lemma || (!past && !present)) return;
  snprintf(text, sizeof text, "%.*s", (int)strcspn(lemma + 3, " "), lemma + 3);
  if (!khc_spell(text, &spelling)) return;
  verb_form *form = KH_ADD(d->lexicon->rules->arena, &d->verbs);
  form->lemma = spelling;
  form->word = *word;
  form->present = present && !past;
  // short forms take the prefix of the future too, but not the ending of the plural
  form->indicative =
      has_flag(flags, "Qx") || (khc_is_defective(&spelling) && has_flag(flags, "Pj"));
  form->transitive = has_flag(flags, "Hi") || has_flag(flags, "Gi");
}

static void take_noun(dictionary *d, const khc_spelling *word, const char *flags) {
  uint32_t classes = 0;
  for (; flags[0] && flags[1]; flags += 2)
    if (flags[0] >= 'A' && flags[0] <= 'N') classes |= 1u << (flags[0] - 'A');
  if (!classes) return;
  noun *added = KH_ADD(d->lexicon->rules->arena, &d->nouns);
  added->word = *word;
  added->classes = classes;
}

// "word/flags<TAB>morphology", both by number; either may be missing.
static void take_word_line(dictionary *d, char *line) {
  char *about = strchr(line, '\t');
  if (about) *about++ = '\0';
  char *flags = strchr(line, '/');
  if (flags) *flags++ = '\0';
  khc_spelling word;
  if (!khc_spell(line, &word)) return;
  const char *flag_list = flags ? alias(d->flags.at, d->flags.count, flags) : "";
  if (about)
    take_verb(d, &word, flag_list, alias(d->morphology.at, d->morphology.count, about));
  else
    take_noun(d, &word, flag_list);
}

// ---- forms

typedef struct general_target {
  khc_lexicon *lexicon;
  uint32_t lemma;
  kh_pos pos;
  uint32_t features;
} general_target;

// Forms that the news hardly prints cost more room and doubt than they give.
static bool is_rare(kh_pos pos, uint32_t features) {
  if (features & KH_F_DUAL && features & KH_F_CONSTRUCT) return true;
  if (pos != KH_POS_VERB) return false;
  if (features & KH_F_SECOND && !(features & KH_F_FIRST)) return true;
  return features & KH_F_FEM && features & KH_F_PLUR;
}

static void take_form(void *context, const khc_spelling *form, uint32_t features) {
  const general_target *to = context;
  if (is_rare(to->pos, features)) return;
  khc_add_form(to->lexicon, form, to->lemma, to->pos, features | to->features | KH_F_GENERAL);
}

static int compare_spellings(const khc_spelling *a, const khc_spelling *b) {
  const uint8_t shorter = a->len < b->len ? a->len : b->len;
  const int order = memcmp(a->at, b->at, shorter);
  return order ? order : (int)a->len - (int)b->len;
}

// ---- nouns

static bool has_class(const noun *word, char class_name) {
  return word->classes >> (class_name - 'A') & 1;
}

// Patterns of broken plurals: مفاعل، مفاعيل، فعائل، أفعال، فعلاء، أفعلاء.
static bool looks_broken(const khc_spelling *word) {
  const uint8_t *at = word->at;
  const uint8_t n = word->len;
  if (khc_last(word) == KH_LETTER_TA_MARBUTA || khc_last(word) == KH_LETTER_ALEF) return false;
  if ((n == 5 || n == 6) && at[2] == KH_LETTER_ALEF && at[0] != KH_LETTER_ALEF &&
      at[0] != KHC_ALEF_BELOW && (n == 5 || at[4] == KH_LETTER_YA))
    return true;
  if (n == 5 && at[0] == KHC_ALEF_HAMZA && at[3] == KH_LETTER_ALEF) return true;
  return n >= 5 && at[n - 1] == KH_LETTER_HAMZA && at[n - 2] == KH_LETTER_ALEF &&
         at[0] != KHC_ALEF_BELOW && at[0] != KH_LETTER_ALEF;
}

static void add_nisba(khc_lexicon *lexicon, const noun *word, uint32_t set) {
  khc_spelling stem = word->word;
  if (khc_last(&stem) == KH_LETTER_TA_MARBUTA) stem = khc_without_last(&stem);
  const uint8_t last = khc_last(&stem);
  if (last == KH_LETTER_ALEF || last == KH_LETTER_ALEF_MAQSURA || last == KH_LETTER_YA) return;
  if (last == KH_LETTER_HAMZA) stem = khc_replace_last(&stem, KH_LETTER_YA_HAMZA);
  if (last == KHC_ALEF_HAMZA) stem = khc_replace_last(&stem, KH_LETTER_YA_HAMZA);
  const khc_spelling nisba = khc_with(&stem, KH_LETTER_YA);
  general_target to = {lexicon, khc_add_lemma(lexicon, &nisba, set), KH_POS_ADJ, KH_F_NISBA};
  const khc_sink sink = {take_form, &to};
  take_form(&to, &nisba, KH_F_MASC | KH_F_SING);
  khc_join(&sink, &nisba, "p", KH_F_FEM | KH_F_SING);
  khc_join(&sink, &nisba, "A", KH_F_MASC | KH_F_SING | KH_F_ACC);
  khc_join(&sink, &nisba, "At", KH_F_FEM | KH_F_PLUR);
  if (!has_class(word, 'N')) return;
  khc_join(&sink, &nisba, "wn", KH_F_MASC | KH_F_PLUR | KH_F_NOM);
  khc_join(&sink, &nisba, "yn", KH_F_MASC | KH_F_PLUR | KH_F_OBL);
}

static void add_plural(const noun *word, uint8_t first, uint8_t second, uint32_t gender,
                       general_target *to) {
  const khc_spelling ending = {{first, second}, 2, false};
  khc_decline_plural(&word->word, &ending, gender, take_form, to);
}

static void add_noun(khc_lexicon *lexicon, const noun *word) {
  const khc_spelling *spelling = &word->word;
  const bool feminine = khc_last(spelling) == KH_LETTER_TA_MARBUTA;
  const uint32_t gender = feminine ? KH_F_FEM : KH_F_MASC;
  const bool duals = word->classes & (1u << 2 | 1u << 4 | 1u << 5 | 1u << 6);
  const bool plural = !duals && !has_class(word, 'H') && looks_broken(spelling);
  const uint32_t lemma = khc_add_lemma(lexicon, spelling, 0);
  general_target to = {lexicon, lemma, KH_POS_NOUN, 0};
  if (has_class(word, 'B') || (has_class(word, 'D') && has_class(word, 'I'))) {
    to.pos = KH_POS_ADJ;
    khc_decline_adjective(spelling, take_form, &to);
    to.pos = KH_POS_NOUN;
    if (has_class(word, 'A')) { // a noun as well, often a plural: «دموع»
      const khc_sink sink = {take_form, &to};
      take_form(&to, spelling, gender);
      if (has_class(word, 'J') && !feminine) khc_join(&sink, spelling, "A", gender | KH_F_ACC);
    }
  } else if (plural) {
    khc_decline_plural(spelling, spelling, gender, take_form, &to);
  } else if (duals) {
    khc_decline_singular(spelling, gender, take_form, &to);
  } else {
    const khc_sink sink = {take_form, &to};
    take_form(&to, spelling, gender | (feminine ? (uint32_t)KH_F_SING : 0));
    if (has_class(word, 'J') && !feminine) khc_join(&sink, spelling, "A", gender | KH_F_ACC);
  }
  if (has_class(word, 'H') && !has_class(word, 'B'))
    add_plural(word, KH_LETTER_ALEF, KH_LETTER_TA, KH_F_FEM, &to);
  if (has_class(word, 'I') && !has_class(word, 'B') && !feminine)
    add_plural(word, KH_LETTER_WAW, KH_LETTER_NUN, KH_F_MASC, &to);
  if (has_class(word, 'K') && khc_last(spelling) == KH_LETTER_YA) {
    const khc_spelling shorter = khc_without_last(spelling);
    take_form(&to, &shorter, gender);
  }
  if (has_class(word, 'L') || has_class(word, 'M') || has_class(word, 'N'))
    add_nisba(lexicon, word, 0);
}

static int by_word(const void *a, const void *b) {
  return compare_spellings(&((const noun *)a)->word, &((const noun *)b)->word);
}

static void add_nouns(dictionary *d) {
  if (d->nouns.count) qsort(d->nouns.at, d->nouns.count, sizeof *d->nouns.at, by_word);
  for (uint32_t i = 0; i < d->nouns.count;) {
    noun merged = d->nouns.at[i];
    for (++i; i < d->nouns.count && by_word(&merged, &d->nouns.at[i]) == 0; ++i)
      merged.classes |= d->nouns.at[i].classes;
    add_noun(d->lexicon, &merged);
  }
}

// ---- verbs

// Which of two presents is the active third person singular? يقول before يقال and يقل, يدعو before
// يدعى, يجد before يوجد, يأخذ before يؤخذ.
static int rank_present(const verb_form *form) {
  const khc_spelling *word = &form->word;
  const khc_spelling *lemma = &form->lemma;
  const uint8_t last = khc_last(word);
  const uint8_t middle = khc_before_last(word);
  int rank = form->indicative ? 0 : 8;
  if (khc_is_defective(lemma)) {
    const bool ends_in_ya = khc_last(lemma) == KH_LETTER_YA;
    if (last == KH_LETTER_ALEF_MAQSURA) return rank + (ends_in_ya ? 0 : 2);
    if (last == KH_LETTER_YA) return rank + 1;
    return rank + (last == KH_LETTER_WAW ? 0 : 6);
  }
  if (middle == KH_LETTER_ALEF && lemma->at[lemma->len - 2] == KH_LETTER_ALEF) rank += 2;
  if (lemma->at[0] == KH_LETTER_WAW && lemma->len == 3 && word->at[1] == KH_LETTER_WAW) rank += 2;
  if (word->at[1] == KH_LETTER_WAW_HAMZA && lemma->len == 3) rank += 2;
  if (last == KHC_ALEF_HAMZA && khc_last(lemma) != KHC_ALEF_HAMZA) rank += 1;
  return rank;
}

// The form by shape: only what the conjugator needs to know, where the verb is weak.
static khc_verb_form form_of(const khc_spelling *past) {
  const uint8_t *at = past->at;
  if (past->len <= 3 && at[0] != KHC_ALEF_MADDA) return KHC_FORM_I;
  if (past->len == 4 && at[0] == KHC_ALEF_HAMZA && at[2] == KH_LETTER_ALEF) return KHC_FORM_IV;
  if (past->len == 5 && at[0] == KH_LETTER_ALEF && at[3] == KH_LETTER_ALEF) return KHC_FORM_VIII;
  if (past->len == 6 && at[0] == KH_LETTER_ALEF && at[4] == KH_LETTER_ALEF) return KHC_FORM_X;
  return KHC_FORM_II;
}

static void set_passive(khc_verb *verb) {
  const khc_spelling *past = &verb->past;
  if (khc_is_defective(past)) {
    if (khc_last(past) != KH_LETTER_YA) verb->passive_past = khc_replace_last(past, KH_LETTER_YA);
  } else if (khc_before_last(past) == KH_LETTER_ALEF && verb->form != KHC_FORM_II) {
    verb->passive_past = khc_replace_at(past, (uint8_t)(past->len - 2), KH_LETTER_YA);
  } else if (past->len == 4 && past->at[1] == KH_LETTER_ALEF) {
    verb->passive_past = khc_replace_at(past, 1, KH_LETTER_WAW); // قاتل, قوتل
  }
}

// All dictionary forms of one lemma.
static void add_verb(khc_lexicon *lexicon, const verb_form *forms, uint32_t count) {
  khc_verb verb = {0};
  verb.past = forms->lemma;
  verb.past.doubled = false;
  const khc_spelling doubled = khc_with(&verb.past, khc_last(&verb.past));
  int best_rank = 1000;
  for (uint32_t i = 0; i < count; ++i) {
    const verb_form *form = &forms[i];
    if (!form->present && compare_spellings(&form->word, &doubled) == 0) verb.past.doubled = true;
    if (!form->present && compare_spellings(&form->word, &verb.past) == 0)
      verb.passive |= form->transitive;
    if (!form->present || form->word.at[0] != KH_LETTER_YA || form->word.len < 3) continue;
    const int rank = rank_present(form);
    if (rank >= best_rank) continue;
    best_rank = rank;
    verb.present = form->word;
  }
  if (best_rank == 1000) return;
  verb.form = form_of(&verb.past);
  if (verb.passive) set_passive(&verb);
  general_target to = {lexicon, khc_add_lemma(lexicon, &verb.past, 0), KH_POS_VERB, 0};
  khc_conjugate(&verb, take_form, &to);
}

static int by_lemma(const void *a, const void *b) {
  const verb_form *x = a;
  const verb_form *y = b;
  const int order = compare_spellings(&x->lemma, &y->lemma);
  return order ? order : compare_spellings(&x->word, &y->word);
}

static void add_verbs(dictionary *d) {
  if (d->verbs.count) qsort(d->verbs.at, d->verbs.count, sizeof *d->verbs.at, by_lemma);
  for (uint32_t i = 0, next; i < d->verbs.count; i = next) {
    next = i + 1;
    while (next < d->verbs.count &&
           compare_spellings(&d->verbs.at[i].lemma, &d->verbs.at[next].lemma) == 0)
      ++next;
    add_verb(d->lexicon, d->verbs.at + i, next - i);
  }
}

void khc_general_words(khc_lexicon *lexicon) {
  dictionary *d = kh_arena_zero(lexicon->rules->arena, sizeof *d);
  d->lexicon = lexicon;
  if (!each_line(d, "ar.aff", take_affix_line) || !each_line(d, "ar.dic", take_word_line)) return;
  if (d->flags.count < 2 || d->morphology.count < 2 || !d->nouns.count || !d->verbs.count)
    khc_fault(lexicon->rules, NULL, "%s/ar.dic is no hunspell-ar of the kind we know",
              lexicon->rules->hunspell);
  add_nouns(d);
  add_verbs(d);
}
