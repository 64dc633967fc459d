// SPDX-License-Identifier: Apache-2.0
// Words and phrases: rules/words/*.tsv become forms with their readings.
#include "words.h"

#include <stdlib.h>
#include <string.h>

// ---- lemmas and forms

uint32_t khc_class_set(khc_lexicon *lexicon, const khc_classes_set *set) {
  for (uint32_t i = 0; i < lexicon->sets.count; ++i)
    if (memcmp(&lexicon->sets.at[i], set, sizeof *set) == 0) return i;
  khc_classes_set *added = KH_ADD(lexicon->rules->arena, &lexicon->sets);
  *added = *set;
  return lexicon->sets.count - 1;
}

uint32_t khc_add_lemma(khc_lexicon *lexicon, const khc_spelling *lemma, uint32_t set) {
  char text[2 * KHC_SPELLING_MAX + 1];
  for (uint8_t i = 0; i < lemma->len; ++i) {
    const uint32_t c = 0x0600u + lemma->at[i] - 0xA0u;
    text[2 * i] = (char)(0xC0 | c >> 6);
    text[2 * i + 1] = (char)(0x80 | (c & 0x3F));
  }
  text[2 * lemma->len] = '\0';
  khc_lemma *added = KH_ADD(lexicon->rules->arena, &lexicon->lemmas);
  added->text = khc_text(lexicon->out, text);
  added->set = set;
  return lexicon->lemmas.count - 1;
}

// How likely a reading is before its context is seen; lower is likelier.
static uint8_t cost_of(kh_pos pos, uint32_t features) {
  unsigned cost = 10;
  if (pos == KH_POS_PREP || pos == KH_POS_CONJ || pos == KH_POS_PART || pos == KH_POS_PRON)
    cost = 0;
  if (pos == KH_POS_ADJ) cost = 11;
  if (pos == KH_POS_VERB) cost = 12;
  if (features & (KH_F_ACTIVE_PART | KH_F_PASSIVE_PART)) cost += 2;
  if (features & KH_F_PASSIVE) cost += 8;
  if (features & KH_F_CONSTRUCT) cost += 10;
  if (features & KH_F_DUAL) cost += 3;
  if (features & KH_F_FIRST) cost += features & KH_F_SING ? 22 : 15;
  if ((features & KH_F_SECOND) && !(features & KH_F_FIRST)) cost += 25;
  if (pos == KH_POS_VERB && (features & KH_F_FEM) && (features & KH_F_PLUR)) cost += 20;
  if (features & KH_F_GENERAL) cost += 12;
  return (uint8_t)cost;
}

// The first alef with a hamza, as the token layer notes it.
static uint32_t first_hamza(const khc_spelling *form) {
  for (uint8_t i = 0; i < form->len; ++i) {
    if (form->at[i] == KHC_ALEF_BELOW) return KH_F_HAMZA_BELOW;
    if (form->at[i] == KHC_ALEF_HAMZA) return KH_F_HAMZA_ABOVE;
  }
  return 0;
}

void khc_add_form(khc_lexicon *lexicon, const khc_spelling *form, uint32_t lemma, kh_pos pos,
                  uint32_t features) {
  uint8_t *letters = kh_arena_alloc(lexicon->rules->arena, form->len);
  khc_entry *entry = KH_ADD(lexicon->rules->arena, &lexicon->entries);
  entry->len = (uint8_t)khc_spelling_fold(form, letters);
  entry->letters = letters;
  entry->lemma = lemma;
  entry->features = features;
  entry->features |= first_hamza(form);
  entry->pos = (uint8_t)pos;
  entry->cost = cost_of(pos, entry->features);
}

/// Where the forms of a paradigm go.
typedef struct target {
  khc_lexicon *lexicon;
  uint32_t lemma;
  kh_pos pos;
  uint32_t features;
} target;

static void take_form(void *context, const khc_spelling *form, uint32_t features) {
  const target *to = context;
  khc_add_form(to->lexicon, form, to->lemma, to->pos, features | to->features);
}

// ---- fields

static bool spell(const khc_lexicon *lexicon, const khc_row *row, const char *field,
                  khc_spelling *out) {
  if (khc_spell(field, out)) return true;
  khc_fault(lexicon->rules, row, "\"%s\" is no Arabic word of at most %d letters", field,
            KHC_SPELLING_MAX - 8);
  return false;
}

/// The classes of a verb's finite forms, masdar and participles: "say:v" holds only for the first.
typedef struct verb_classes {
  khc_classes_set verb;
  khc_classes_set noun;
  khc_classes_set participle;
} verb_classes;

static void add_class(const khc_lexicon *lexicon, const khc_row *row, const char *name,
                      verb_classes *to) {
  const char *colon = strchr(name, ':');
  const char part = colon ? colon[1] : '\0';
  if (colon && (!strchr("vnp", part) || !part || colon[2])) {
    khc_fault(lexicon->rules, row, "\"%s\": after the colon stands v, n or p", name);
    return;
  }
  const char *plain =
      colon ? kh_arena_copy(lexicon->rules->arena, name, (size_t)(colon - name)) : name;
  if (!part || part == 'v') khc_classes(lexicon->rules, row, plain, to->verb.bits);
  if (!part || part == 'n') khc_classes(lexicon->rules, row, plain, to->noun.bits);
  if (!part || part == 'p') khc_classes(lexicon->rules, row, plain, to->participle.bits);
}

static verb_classes classes_of_verb(const khc_lexicon *lexicon, const khc_row *row,
                                    const char *field) {
  verb_classes classes = {0};
  uint32_t count;
  const char **names = khc_split(lexicon->rules, field, '|', &count);
  for (uint32_t i = 0; i < count; ++i) add_class(lexicon, row, names[i], &classes);
  return classes;
}

static uint32_t class_set_of(khc_lexicon *lexicon, const khc_row *row, const char *field) {
  khc_classes_set set = {0};
  khc_classes(lexicon->rules, row, field, set.bits);
  return khc_class_set(lexicon, &set);
}

// ---- duplicates

static int by_key(const void *a, const void *b) {
  const khc_row *const *x = a;
  const khc_row *const *y = b;
  const int order = strcmp((*x)->at[0], (*y)->at[0]);
  if (order) return order;
  const int file = strcmp((*x)->file, (*y)->file);
  return file ? file : ((*x)->line > (*y)->line) - ((*x)->line < (*y)->line);
}

typedef struct row_list {
  KH_ARRAY(const khc_row *) rows;
} row_list;

static void remember(const khc_lexicon *lexicon, row_list *list, const khc_table *table) {
  for (uint32_t i = 0; i < table->count; ++i) {
    const khc_row **row = KH_ADD(lexicon->rules->arena, &list->rows);
    *row = &table->rows[i];
  }
}

// Rows whose first field and whose column `also` (or none when 0) are equal stand twice.
static void find_duplicates(const khc_lexicon *lexicon, row_list *list, unsigned also) {
  if (!list->rows.count) return;
  qsort(list->rows.at, list->rows.count, sizeof *list->rows.at, by_key);
  for (uint32_t i = 1; i < list->rows.count; ++i) {
    const khc_row *row = list->rows.at[i];
    for (uint32_t j = i; j-- && strcmp(list->rows.at[j]->at[0], row->at[0]) == 0;) {
      const khc_row *before = list->rows.at[j];
      if (also && strcmp(before->at[also], row->at[also]) != 0) continue;
      khc_fault(lexicon->rules, row, "\"%s\" stands already in %s:%u; bring the two lines together",
                row->at[0], before->file, before->line);
      break;
    }
  }
}

// ---- verbs

enum {
  V_LEMMA,
  V_FORM,
  V_PAST,
  V_PRESENT,
  V_PASSIVE,
  V_MASDAR,
  V_ACTIVE,
  V_PASSIVE_PART,
  V_CLASSES
};

static bool read_verb(const khc_lexicon *lexicon, const khc_row *row, khc_verb *verb) {
  memset(verb, 0, sizeof *verb);
  verb->form = (khc_verb_form)khc_verb_form_of(row->at[V_FORM]);
  if (!verb->form) {
    khc_fault(lexicon->rules, row, "\"%s\" is no verb form; write I to X, or Q", row->at[V_FORM]);
    return false;
  }
  if (!spell(lexicon, row, row->at[V_PAST], &verb->past) ||
      !spell(lexicon, row, row->at[V_PRESENT], &verb->present))
    return false;
  if (verb->present.at[0] != KH_LETTER_YA || verb->present.len < 2) {
    khc_fault(lexicon->rules, row, "the present \"%s\" must begin with ي", row->at[V_PRESENT]);
    return false;
  }
  const char *passive = row->at[V_PASSIVE];
  verb->passive = *passive != '\0';
  if (*passive && strcmp(passive, "+") != 0)
    return spell(lexicon, row, passive, &verb->passive_past);
  return true;
}

static bool is_ending(const khc_spelling *word, uint8_t letter) {
  return word->len > 2 && word->at[word->len - 1] == letter;
}

// Masdars of defective verbs of forms V and VI end in ya, which the indefinite drops: تحد, التحدي.
static void add_masdar(const khc_verb *verb, khc_spelling masdar, target *to) {
  const bool defective =
      khc_is_defective(&verb->past) && (verb->form == KHC_FORM_V || verb->form == KHC_FORM_VI);
  const bool feminine = is_ending(&masdar, KH_LETTER_TA_MARBUTA);
  const uint32_t gender = feminine ? KH_F_FEM : KH_F_MASC;
  if (defective && !feminine) {
    if (is_ending(&masdar, KH_LETTER_YA)) --masdar.len;
    take_form(to, &masdar, gender | KH_F_SING);
    masdar.at[masdar.len++] = KH_LETTER_YA;
  }
  khc_decline_singular(&masdar, gender, take_form, to);
  const khc_spelling plural = {{KH_LETTER_ALEF, KH_LETTER_TA}, 2, false};
  if (feminine || verb->form != KHC_FORM_I)
    khc_decline_plural(&masdar, &plural, KH_F_FEM, take_form, to);
}

static void add_masdars(khc_lexicon *lexicon, const khc_row *row, const khc_verb *verb,
                        uint32_t lemma) {
  uint32_t count;
  const char **masdars = khc_split(lexicon->rules, row->at[V_MASDAR], '|', &count);
  target to = {lexicon, lemma, KH_POS_NOUN, KH_F_MASDAR};
  for (uint32_t i = 0; i < count; ++i) {
    khc_spelling masdar;
    if (spell(lexicon, row, masdars[i], &masdar)) add_masdar(verb, masdar, &to);
  }
}

static void add_participle(const khc_verb *verb, khc_spelling participle, bool active, target *to) {
  if (active && khc_is_defective(&verb->past)) {
    if (is_ending(&participle, KH_LETTER_YA)) --participle.len;
    khc_decline_defective(&participle, take_form, to);
  } else {
    khc_decline_adjective(&participle, take_form, to);
  }
}

static void add_participles(khc_lexicon *lexicon, const khc_row *row, const khc_verb *verb,
                            unsigned column, uint32_t lemma) {
  uint32_t count;
  const char **participles = khc_split(lexicon->rules, row->at[column], '|', &count);
  const bool active = column == V_ACTIVE;
  const uint32_t feature = active ? KH_F_ACTIVE_PART : KH_F_PASSIVE_PART;
  for (uint32_t i = 0; i < count; ++i) {
    khc_spelling participle;
    if (!spell(lexicon, row, participles[i], &participle)) continue;
    target noun = {lexicon, lemma, KH_POS_NOUN, feature};
    target adjective = {lexicon, lemma, KH_POS_ADJ, feature};
    add_participle(verb, participle, active, &adjective);
    add_participle(verb, participle, active, &noun);
  }
}

static void add_verb(khc_lexicon *lexicon, const khc_row *row) {
  khc_verb verb;
  if (!read_verb(lexicon, row, &verb)) return;
  const verb_classes classes = classes_of_verb(lexicon, row, row->at[V_CLASSES]);
  khc_spelling lemma;
  if (!spell(lexicon, row, row->at[V_LEMMA], &lemma)) return;
  const uint32_t set = khc_class_set(lexicon, &classes.verb);
  const uint32_t noun_set = khc_class_set(lexicon, &classes.noun);
  const uint32_t participle_set = khc_class_set(lexicon, &classes.participle);
  const uint32_t number = khc_add_lemma(lexicon, &lemma, set);
  const uint32_t noun = noun_set == set ? number : khc_add_lemma(lexicon, &lemma, noun_set);
  const uint32_t participle =
      participle_set == set ? number : khc_add_lemma(lexicon, &lemma, participle_set);
  target finite = {lexicon, number, KH_POS_VERB, 0};
  khc_conjugate(&verb, take_form, &finite);
  add_masdars(lexicon, row, &verb, noun);
  add_participles(lexicon, row, &verb, V_ACTIVE, participle);
  add_participles(lexicon, row, &verb, V_PASSIVE_PART, participle);
}

// ---- nouns, adjectives, particles

enum { N_LEMMA, N_GENDER, N_PLURAL, N_CLASSES };

static void add_noun(khc_lexicon *lexicon, const khc_row *row) {
  khc_spelling lemma;
  if (!spell(lexicon, row, row->at[N_LEMMA], &lemma)) return;
  const char *gender = row->at[N_GENDER];
  if (strcmp(gender, "m") != 0 && strcmp(gender, "f") != 0) {
    khc_fault(lexicon->rules, row, "the gender is \"%s\"; write m or f", gender);
    return;
  }
  const uint32_t feature = *gender == 'm' ? KH_F_MASC : KH_F_FEM;
  const uint32_t set = class_set_of(lexicon, row, row->at[N_CLASSES]);
  target to = {lexicon, khc_add_lemma(lexicon, &lemma, set), KH_POS_NOUN, 0};
  khc_decline_singular(&lemma, feature, take_form, &to);
  uint32_t count;
  const char **plurals = khc_split(lexicon->rules, row->at[N_PLURAL], '|', &count);
  for (uint32_t i = 0; i < count; ++i) {
    khc_spelling plural;
    if (spell(lexicon, row, plurals[i], &plural))
      khc_decline_plural(&lemma, &plural, feature, take_form, &to);
  }
}

enum { A_LEMMA, A_PLURAL, A_CLASSES };

static void add_adjective(khc_lexicon *lexicon, const khc_row *row) {
  khc_spelling lemma;
  if (!spell(lexicon, row, row->at[A_LEMMA], &lemma)) return;
  const uint32_t set = class_set_of(lexicon, row, row->at[A_CLASSES]);
  const uint32_t nisba = is_ending(&lemma, KH_LETTER_YA) && lemma.len > 3 ? KH_F_NISBA : 0;
  target to = {lexicon, khc_add_lemma(lexicon, &lemma, set), KH_POS_ADJ, nisba};
  khc_decline_adjective(&lemma, take_form, &to);
  uint32_t count;
  const char **plurals = khc_split(lexicon->rules, row->at[A_PLURAL], '|', &count);
  for (uint32_t i = 0; i < count; ++i) {
    khc_spelling plural;
    if (spell(lexicon, row, plurals[i], &plural))
      khc_decline_plural(&lemma, &plural, KH_F_MASC, take_form, &to);
  }
}

static int pos_of(const char *name) {
  static const struct {
    const char *name;
    kh_pos pos;
  } all[] = {
      {"verb", KH_POS_VERB}, {"noun", KH_POS_NOUN}, {"adj", KH_POS_ADJ},   {"propn", KH_POS_PROPN},
      {"pron", KH_POS_PRON}, {"prep", KH_POS_PREP}, {"conj", KH_POS_CONJ}, {"part", KH_POS_PART},
      {"adv", KH_POS_ADV},   {"num", KH_POS_NUM},   {"intj", KH_POS_INTJ},
  };
  for (size_t i = 0; i < sizeof all / sizeof *all; ++i)
    if (strcmp(all[i].name, name) == 0) return (int)all[i].pos;
  return -1;
}

enum { P_FORM, P_POS, P_CLASSES };

static void add_particle(khc_lexicon *lexicon, const khc_row *row) {
  khc_spelling form;
  if (!spell(lexicon, row, row->at[P_FORM], &form)) return;
  const int pos = pos_of(row->at[P_POS]);
  if (pos < 0) {
    khc_fault(lexicon->rules, row,
              "\"%s\" is no part of speech; write prep, conj, part, pron, adv, num, noun, adj, "
              "verb, propn or intj",
              row->at[P_POS]);
    return;
  }
  const uint32_t set = class_set_of(lexicon, row, row->at[P_CLASSES]);
  khc_add_form(lexicon, &form, khc_add_lemma(lexicon, &form, set), (kh_pos)pos, 0);
}

// Adjectives of states and peoples stand with the names they come from.
static void add_nisbas(khc_lexicon *lexicon) {
  if (!khc_exists(lexicon->rules, "names/nisbas.tsv")) return;
  const khc_table table = khc_read(lexicon->rules, "names/nisbas.tsv", "iso3 nisba en");
  khc_classes_set set = {0};
  if (table.count) khc_classes(lexicon->rules, table.rows, "nisba_state", set.bits);
  for (uint32_t i = 0; i < table.count; ++i) {
    const khc_row *row = &table.rows[i];
    uint32_t count;
    const char **words = khc_split(lexicon->rules, row->at[1], '|', &count);
    const khc_classes_set none = {0};
    const uint32_t classes = khc_class_set(lexicon, *row->at[0] ? &set : &none);
    for (uint32_t j = 0; j < count; ++j) {
      khc_spelling nisba;
      if (strchr(words[j], ' ') || !spell(lexicon, row, words[j], &nisba)) continue;
      target to = {lexicon, khc_add_lemma(lexicon, &nisba, classes), KH_POS_ADJ, KH_F_NISBA};
      khc_decline_adjective(&nisba, take_form, &to);
    }
  }
}

typedef void add_row(khc_lexicon *lexicon, const khc_row *row);

static void add_files(khc_lexicon *lexicon, const char *prefix, const char *columns, add_row *add,
                      unsigned also) {
  uint32_t count;
  const char **files = khc_files(lexicon->rules, "words", prefix, ".tsv", &count);
  row_list list = {0};
  for (uint32_t i = 0; i < count; ++i) {
    const khc_table table = khc_read(lexicon->rules, files[i], columns);
    for (uint32_t j = 0; j < table.count; ++j) add(lexicon, &table.rows[j]);
    remember(lexicon, &list, &table);
  }
  find_duplicates(lexicon, &list, also);
}

// ---- phrases

static void check_phrase(const khc_rules *rules, const khc_row *row, const khc_key *key) {
  bool blank = false;
  for (uint32_t i = 0; i < key->len; ++i) {
    blank |= key->letters[i] == ' ';
    if (key->letters[i] == KH_LETTER_OTHER) {
      khc_fault(rules, row, "\"%s\" can never match: it holds a mark that is no part of a word",
                row->at[1]);
      return;
    }
  }
  if (!blank)
    khc_fault(rules, row, "\"%s\" is one word; put it into particles.tsv or nouns.tsv", row->at[1]);
}

/// The words of a phrase, and where they stand.
typedef struct phrase_key {
  khc_key key;
  const khc_row *row;
} phrase_key;

static int by_words(const void *a, const void *b) {
  const phrase_key *x = a;
  const phrase_key *y = b;
  const uint32_t shorter = x->key.len < y->key.len ? x->key.len : y->key.len;
  const int order = memcmp(x->key.letters, y->key.letters, shorter);
  if (order) return order;
  if (x->key.len != y->key.len) return x->key.len < y->key.len ? -1 : 1;
  const int file = strcmp(x->row->file, y->row->file);
  return file ? file : (x->row->line > y->row->line) - (x->row->line < y->row->line);
}

// Of two phrases with the same words the second can never match.
static void find_equal_phrases(const khc_rules *rules, phrase_key *keys, uint32_t count) {
  if (count) qsort(keys, count, sizeof *keys, by_words);
  for (uint32_t i = 1; i < count; ++i) {
    const khc_key *a = &keys[i - 1].key;
    const khc_key *b = &keys[i].key;
    if (a->len == b->len && memcmp(a->letters, b->letters, a->len) == 0)
      khc_fault(rules, keys[i].row,
                "\"%s\" can never match: it is read like the phrase in %s:%u; bring them together",
                keys[i].row->at[1], keys[i - 1].row->file, keys[i - 1].row->line);
  }
}

static void write_phrases(khc_lexicon *lexicon) {
  const khc_rules *rules = lexicon->rules;
  uint32_t file_count;
  const char **files = khc_files(rules, "words", "phrases", ".tsv", &file_count);
  khc_keys *keys = khc_keys_new(lexicon->out);
  khc_buffer *table = khc_section(lexicon->out, "PHRS");
  row_list ids = {0};
  KH_ARRAY(phrase_key) spelt = {0};
  uint32_t number = 0;
  for (uint32_t f = 0; f < file_count; ++f) {
    const khc_table rows = khc_read(rules, files[f], "id phrase classes gloss");
    remember(lexicon, &ids, &rows);
    for (uint32_t i = 0; i < rows.count; ++i) {
      const khc_row *row = &rows.rows[i];
      uint32_t count;
      const char **spellings = khc_split(rules, row->at[1], '|', &count);
      if (!count) khc_fault(rules, row, "phrase \"%s\" has no words; write them", row->at[0]);
      for (uint32_t j = 0; j < count; ++j) {
        const khc_key key = khc_fold(rules, spellings[j]);
        check_phrase(rules, row, &key);
        phrase_key *kept = KH_ADD(rules->arena, &spelt);
        *kept = (phrase_key){key, row};
        khc_keys_add(keys, key.letters, key.len, number);
      }
      khc_put_u32(table, khc_text(lexicon->out, row->at[0]));
      khc_put_u32(table, class_set_of(lexicon, row, row->at[2]));
      ++number;
    }
  }
  find_duplicates(lexicon, &ids, 0);
  find_equal_phrases(rules, spelt.at, spelt.count);
  khc_keys_write(keys, "PHRK", "PHRV");
}

// ---- writing

static int by_form(const void *a, const void *b) {
  const khc_entry *x = a;
  const khc_entry *y = b;
  const size_t shorter = x->len < y->len ? x->len : y->len;
  const int letters = memcmp(x->letters, y->letters, shorter);
  if (letters) return letters;
  if (x->len != y->len) return x->len < y->len ? -1 : 1;
  const bool general = x->features & KH_F_GENERAL;
  if (general != ((y->features & KH_F_GENERAL) != 0)) return general ? 1 : -1;
  if (x->cost != y->cost) return x->cost < y->cost ? -1 : 1;
  if (x->lemma != y->lemma) return x->lemma < y->lemma ? -1 : 1;
  if (x->pos != y->pos) return x->pos < y->pos ? -1 : 1;
  return (x->features > y->features) - (x->features < y->features);
}

static bool same_form(const khc_entry *x, const khc_entry *y) {
  return x->len == y->len && memcmp(x->letters, y->letters, x->len) == 0;
}

// Does one of our own entries say the same of this form as a general one? Ours are sorted first.
static bool is_known_better(const khc_entry *entries, uint32_t at) {
  const khc_entry *entry = &entries[at];
  if (!(entry->features & KH_F_GENERAL)) return false;
  for (uint32_t i = at; i-- && same_form(&entries[i], entry);) {
    const uint32_t features = entries[i].features;
    // «عالمي» worldwide is more than the construct plural of عالم, «خطأ» than an accusative of خط
    const uint32_t endings = KH_F_CONSTRUCT | KH_F_ACC | KH_F_DUAL;
    const bool weaker = (features & endings) != 0 && !(entry->features & endings);
    if (!(features & KH_F_GENERAL) && entries[i].pos == entry->pos && !weaker) return true;
  }
  return false;
}

static void write_forms(khc_lexicon *lexicon) {
  khc_entry *entries = lexicon->entries.at;
  if (lexicon->entries.count) qsort(entries, lexicon->entries.count, sizeof *entries, by_form);
  khc_keys *keys = khc_keys_new(lexicon->out);
  khc_buffer *analyses = khc_section(lexicon->out, "ANLS");
  uint32_t number = 0;
  const khc_entry *last = NULL;
  for (uint32_t i = 0; i < lexicon->entries.count; ++i) {
    const khc_entry *entry = &entries[i];
    if (last && (by_form(last, entry) == 0 || is_known_better(entries, i))) continue;
    last = entry;
    khc_keys_add(keys, entry->letters, entry->len, number++);
    khc_put_u32(analyses, entry->lemma | (uint32_t)entry->cost << 24);
    khc_put_u32(analyses, entry->features | (uint32_t)entry->pos << 26);
  }
  khc_keys_write_plain(keys, "FORM", "FRMA");
}

static void write_lemmas(const khc_lexicon *lexicon) {
  khc_buffer *lemmas = khc_section(lexicon->out, "LEMM");
  for (uint32_t i = 0; i < lexicon->lemmas.count; ++i) {
    khc_put_u32(lemmas, lexicon->lemmas.at[i].text);
    khc_put_u32(lemmas, lexicon->lemmas.at[i].set);
  }
  // the classes' names are digested, so that tables and library agree on their numbers
  khc_buffer *sets = khc_section(lexicon->out, "CLAS");
  khc_put_u32(sets, KH_CLASS_WORDS);
  khc_put_u32(sets, KH_CLASS_COUNT);
  for (uint32_t i = 0; i < lexicon->sets.count; ++i)
    for (uint32_t j = 0; j < KH_CLASS_WORDS; ++j) khc_put_u64(sets, lexicon->sets.at[i].bits[j]);
}

int khc_words(const khc_rules *rules, khc_out *out) {
  khc_lexicon lexicon = {.rules = rules, .out = out};
  const khc_classes_set none = {0};
  khc_class_set(&lexicon, &none); // set 0 is empty
  if (rules->classes.count != KH_CLASS_COUNT)
    khc_fault(rules, NULL, "khc was built for %d classes, rules/classes.tsv has %u; build it again",
              (int)KH_CLASS_COUNT, rules->classes.count);
  add_files(&lexicon, "particles", "form pos classes gloss", add_particle, P_POS);
  add_files(&lexicon, "nouns", "lemma gender plural classes gloss", add_noun, N_GENDER);
  add_files(&lexicon, "adjectives", "lemma plural classes gloss", add_adjective, 0);
  add_files(&lexicon, "verbs",
            "lemma form past present passive masdar active passive_part classes gloss", add_verb,
            V_FORM);
  add_nisbas(&lexicon);
  if (rules->hunspell) khc_general_words(&lexicon);
  write_phrases(&lexicon);
  write_forms(&lexicon);
  write_lemmas(&lexicon);
  return 0;
}
