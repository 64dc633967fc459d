// SPDX-License-Identifier: Apache-2.0
// Known names: rules/names/*.tsv, and the weights of the name model as they are.
#include "mention/names.h"
#include "khc.h"
#include "mention/name_letters.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct maker {
  const khc_rules *rules;
  khc_out *out;
  khc_buffer *lines;
  khc_keys *keys;
  uint32_t count;
  khc_people people;
  khc_table divisions; // rules/names/admin1.tsv
} maker;

static const char *const KINDS[] = {"person", "place", "org",     "armed",    "media",   "people",
                                    "actor",  "nisba", "title",   "head",     "pattern", "locative",
                                    "link",   "role",  "partner", "relation", "belongs"};
static const char *const SECTORS[] = {"",    "GOV", "MIL", "REB", "OPP", "PTY", "COP",
                                      "JUD", "SPY", "LEG", "IGO", "NGO", "JRN", "HLH",
                                      "EDU", "BUS", "CRM", "REL", "CVL", "REF", "LAB"};

static const char *const LEVELS[] = {
    "",       "country", "capital",  "city", "town", "village", "neighbourhood", "governorate",
    "region", "camp",    "crossing", "road", "dam",  "base",    "island",        "mountain"};
static const char *const RELATIONS[] = {"rural", "after", "distance", "unit", "from"};

#define COUNT(array) (sizeof(array) / sizeof *(array))

static int named(const char *const *names, size_t count, const char *name) {
  for (size_t i = 0; i < count; i++)
    if (strcmp(names[i], name) == 0) return (int)i;
  return -1;
}

static uint8_t kind_of(maker *m, const khc_row *row, const char *name) {
  const int kind = named(KINDS, COUNT(KINDS), name);
  if (kind < 0)
    khc_fault(m->rules, row,
              "no kind \"%s\"; use person, place, org, armed, media, people, actor, "
              "title or head",
              name);
  return kind < 0 ? 0 : (uint8_t)kind;
}

static uint8_t sector_of(maker *m, const khc_row *row, const char *name) {
  const int sector = named(SECTORS, COUNT(SECTORS), name);
  if (sector < 0) khc_fault(m->rules, row, "no sector \"%s\"; see plover's list", name);
  return sector < 0 ? 0 : (uint8_t)sector;
}

static bool has_class(const maker *m, const char *classes, const char *name) {
  uint32_t count;
  const char **piece = khc_split(m->rules, classes, '|', &count);
  for (uint32_t i = 0; i < count; i++)
    if (strcmp(piece[i], name) == 0) return true;
  return false;
}

static void put(maker *m, const kh_known *line) {
  khc_put_bytes(m->lines, line, sizeof *line);
  m->count++;
}

/// Adds a spelling of line `m->count`.
static void add_key(maker *m, const khc_row *row, const char *spelling) {
  const khc_key key = khc_fold(m->rules, spelling);
  uint8_t *letters = kh_arena_alloc(m->rules->arena, key.len + 1);
  for (uint32_t i = 0; i < key.len; i++) letters[i] = kh_name_letter(key.letters[i]);
  if (!key.len) {
    khc_fault(m->rules, row, "a spelling without letters");
    return;
  }
  khc_keys_add(m->keys, letters, key.len, m->count);
}

static void add_spellings(maker *m, const khc_row *row, const char *field, kh_known *line) {
  uint32_t count;
  const char **spelling = khc_split(m->rules, field, '|', &count);
  if (!count) khc_fault(m->rules, row, "no Arabic name");
  for (uint32_t i = 0; i < count; i++) add_key(m, row, spelling[i]);
  line->ar = count ? khc_text(m->out, spelling[0]) : 0;
}

static void set_country(maker *m, const khc_row *row, const char *code, kh_known *line) {
  if (strlen(code) > 3) {
    khc_fault(m->rules, row, "country \"%s\" is no code of three letters", code);
    return;
  }
  memcpy(line->country, code, strlen(code));
}

static uint8_t flags_of(const maker *m, const char *classes) {
  unsigned flags = 0;
  if (has_class(m, classes, "state")) flags |= KH_KNOWN_STATE;
  if (has_class(m, classes, "capital")) flags |= KH_KNOWN_CAPITAL;
  if (has_class(m, classes, "common_word")) flags |= KH_KNOWN_WORD;
  if (has_class(m, classes, "ambiguous") || has_class(m, classes, "duplicate"))
    flags |= KH_KNOWN_DUPLICATE;
  if (has_class(m, classes, "usual")) flags |= KH_KNOWN_USUAL;
  return (uint8_t)flags;
}

// ---- places

enum {
  P_ID,
  P_KIND,
  P_AR,
  P_EN,
  P_COUNTRY,
  P_LEVEL,
  P_LAT,
  P_LON,
  P_ADMIN1,
  P_ADMIN2,
  P_GEONAMES,
  P_PCODE,
  P_POP,
  P_CLASSES
};

/// Waters and whatever else has no level of its own are KH_LEVEL_OTHER.
static uint8_t level_of(const char *name) {
  const int level = named(LEVELS, COUNT(LEVELS), name);
  return level < 0 ? KH_LEVEL_OTHER : (uint8_t)level;
}

static int32_t degrees(maker *m, const khc_row *row, const char *field) {
  return *field ? (int32_t)(khc_number(m->rules, row, field) * 1e6) : INT32_MIN;
}

enum { A_COUNTRY, A_ADMIN1, A_AR, A_EN, A_PCODE };

/// The P-code of a first-level division; "" when none is known.
static const char *pcode_of(const maker *m, const char *country, const char *admin1) {
  for (uint32_t i = 0; i < m->divisions.count; i++) {
    const char *const *at = m->divisions.rows[i].at;
    if (strcmp(at[A_COUNTRY], country) == 0 && strcmp(at[A_ADMIN1], admin1) == 0)
      return at[A_PCODE];
  }
  return "";
}

static void places(maker *m, const char *path) {
  const khc_table table = khc_read(m->rules, path,
                                   "id kind ar en country level lat lon admin1 admin2 geonames "
                                   "pcode pop classes");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    const char *const *at = row->at;
    kh_known line = {.id = khc_text(m->out, at[P_ID]),
                     .en = khc_text(m->out, at[P_EN]),
                     .kind = kind_of(m, row, at[P_KIND]),
                     .classes = khc_text(m->out, at[P_CLASSES]),
                     .flags = flags_of(m, at[P_CLASSES]),
                     .latitude = degrees(m, row, at[P_LAT]),
                     .longitude = degrees(m, row, at[P_LON])};
    set_country(m, row, at[P_COUNTRY], &line);
    line.level = level_of(at[P_LEVEL]);
    if (*at[P_POP]) line.size = (uint32_t)khc_number(m->rules, row, at[P_POP]);
    if (*at[P_PCODE])
      line.note = khc_text(m->out, at[P_PCODE]);
    else if (*at[P_GEONAMES])
      line.note = khc_text(m->out, khc_print(m->rules, "geonames:%s", at[P_GEONAMES]));
    line.place = khc_text(m->out, khc_print(m->rules, "%s|%s|%s", at[P_ADMIN1], at[P_ADMIN2],
                                            pcode_of(m, at[P_COUNTRY], at[P_ADMIN1])));
    add_spellings(m, row, at[P_AR], &line);
    put(m, &line);
  }
}

// ---- adjectives of nationality

enum { N_ISO3, N_NISBA, N_EN };

/// The forms of an adjective of one or two words, each word inflected alike: «كوري شمالي»,
/// «الكورية الشمالية».
static void nisba_forms(maker *m, const khc_row *row, const char *adjective, bool feminine) {
  static const char *const ENDS[] = {"", "ون", "ين", "ا", "ان", "ة", "تان", "تين", "ات"};
  const size_t ends = feminine ? COUNT(ENDS) : 5;
  uint32_t words;
  const char **word = khc_split(m->rules, adjective, ' ', &words);
  for (size_t e = 0; e < ends; e++)
    for (int article = 0; article < 2; article++) {
      const char *form = "";
      for (uint32_t w = 0; w < words; w++)
        form = khc_print(m->rules, "%s%s%s%s%s", form, w ? " " : "", article ? "ال" : "", word[w],
                         ENDS[e]);
      add_key(m, row, form);
    }
}

// columns of the other files
enum { O_ID, O_KIND, O_AR, O_EN, O_COUNTRY, O_SECTOR, O_FROM, O_UNTIL, O_CLASSES, O_NOTE };

/// A bit for each level in a note («town|village»); 0: any.
static uint32_t levels_of(maker *m, const khc_row *row, const char *note) {
  uint32_t count;
  uint32_t levels = 0;
  const char **name = khc_split(m->rules, note, '|', &count);
  for (uint32_t i = 0; i < count; i++) {
    const int level = named(LEVELS, COUNT(LEVELS), name[i]);
    if (level < 0)
      khc_fault(m->rules, row, "no level \"%s\" of places", name[i]);
    else
      levels |= 1U << level;
  }
  return levels;
}

/// The forms of a head noun: with article; feminine, dual, sound plurals of a role.
static void head_forms(maker *m, const khc_row *row, const char *field, bool role) {
  uint32_t count;
  const char **noun = khc_split(m->rules, field, '|', &count);
  for (uint32_t i = 0; i < count; i++) {
    if (role) {
      nisba_forms(m, row, noun[i], !has_class(m, row->at[O_CLASSES], "masculine"));
      if (strchr(noun[i], ' ')) continue;
      add_key(m, row, khc_print(m->rules, "%sو", noun[i]));
      add_key(m, row, khc_print(m->rules, "%sي", noun[i]));
      continue;
    }
    add_key(m, row, noun[i]);
    add_key(m, row, khc_print(m->rules, "ال%s", noun[i]));
  }
}

static void nisbas(maker *m, const char *path) {
  const khc_table table = khc_read(m->rules, path, "iso3 nisba en");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    kh_known line = {.kind = KH_KNOWN_NISBA,
                     .en = khc_text(m->out, row->at[N_EN]),
                     .latitude = INT32_MIN,
                     .longitude = INT32_MIN};
    set_country(m, row, row->at[N_ISO3], &line);
    uint32_t count;
    const char **adjective = khc_split(m->rules, row->at[N_NISBA], '|', &count);
    for (uint32_t a = 0; a < count; a++) nisba_forms(m, row, adjective[a], true);
    line.ar = count ? khc_text(m->out, adjective[0]) : 0;
    put(m, &line);
  }
}

// ---- names made of a head and a state

enum { T_HEAD, T_AGREE, T_OF, T_KIND, T_SECTOR, T_NEED, T_EN };

static void patterns(maker *m, const char *path) {
  const khc_table table = khc_read(m->rules, path, "head agree of kind sector need en");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    const char *const *at = row->at;
    kh_known line = {.kind = KH_KNOWN_PATTERN,
                     .en = khc_text(m->out, at[T_EN]),
                     .sector = sector_of(m, row, at[T_SECTOR]),
                     .level = kind_of(m, row, at[T_KIND]), // what the whole is
                     .latitude = INT32_MIN,
                     .longitude = INT32_MIN};
    unsigned flags = 0;
    if (strcmp(at[T_NEED], "yes") != 0) flags |= KH_KNOWN_ALONE;
    if (strcmp(at[T_AGREE], "m") == 0) flags |= KH_KNOWN_NEEDS_MASC;
    if (strcmp(at[T_AGREE], "f") == 0) flags |= KH_KNOWN_NEEDS_FEM;
    if (strcmp(at[T_OF], "state") == 0) flags |= KH_KNOWN_OF_STATE;
    line.flags = (uint8_t)flags;
    add_spellings(m, row, at[T_HEAD], &line);
    put(m, &line);
  }
}

// ---- all others

static uint16_t year_of(maker *m, const khc_row *row, const char *field) {
  if (!*field) return 0;
  char year[5] = {0};
  strncpy(year, field, 4);
  const double value = khc_number(m->rules, row, year);
  return value > 0 && value < 10000 ? (uint16_t)value : 0;
}

static void others(maker *m, const char *path) {
  const khc_table table =
      khc_read(m->rules, path, "id kind ar en country sector from until classes note");
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    const char *const *at = row->at;
    kh_known line = {.id = khc_text(m->out, at[O_ID]),
                     .en = khc_text(m->out, at[O_EN]),
                     .note = khc_text(m->out, at[O_NOTE]),
                     .classes = khc_text(m->out, at[O_CLASSES]),
                     .kind = kind_of(m, row, at[O_KIND]),
                     .sector = sector_of(m, row, at[O_SECTOR]),
                     .flags = flags_of(m, at[O_CLASSES]),
                     .from = year_of(m, row, at[O_FROM]),
                     .until = year_of(m, row, at[O_UNTIL]),
                     .latitude = INT32_MIN,
                     .longitude = INT32_MIN};
    set_country(m, row, at[O_COUNTRY], &line);
    if (has_class(m, at[O_CLASSES], "one_person")) line.flags |= KH_KNOWN_ONE_PERSON;
    if (has_class(m, at[O_CLASSES], "any_role")) line.flags |= KH_KNOWN_ANY_ROLE;
    const bool own_country = has_class(m, at[O_CLASSES], "own_country");
    if (own_country) line.flags |= KH_KNOWN_OWN_COUNTRY;
    if (has_class(m, at[O_CLASSES], "counterpart")) line.flags |= KH_KNOWN_COUNTERPART;
    if (has_class(m, at[O_CLASSES], "weak")) line.flags |= KH_KNOWN_WEAK;
    for (uint32_t r = 0; line.kind == KH_KNOWN_RELATION && r < COUNT(RELATIONS); r++)
      if (has_class(m, at[O_CLASSES], RELATIONS[r])) line.flags |= (uint8_t)(1U << r);
    if (line.kind == KH_KNOWN_HEAD) {
      line.level = kind_of(m, row, at[O_CLASSES]); // what the name after it is
      line.size = levels_of(m, row, at[O_NOTE]);
      head_forms(m, row, at[O_AR], false);
    } else if (line.kind == KH_KNOWN_ROLE && !own_country) {
      head_forms(m, row, at[O_AR], true);
    } else {
      add_spellings(m, row, at[O_AR], &line);
    }
    if (line.kind == KH_KNOWN_PERSON && khc_person(&m->people, at[O_ID]) < 0) {
      const char **id = KH_ADD(m->rules->arena, &m->people.ids);
      uint32_t *number = KH_ADD(m->rules->arena, &m->people.lines);
      *id = at[O_ID];
      *number = m->count;
    }
    put(m, &line);
  }
}

int64_t khc_person(const khc_people *people, const char *id) {
  for (uint32_t i = 0; i < people->ids.count; i++)
    if (strcmp(people->ids.at[i], id) == 0) return people->lines.at[i];
  return -1;
}

// ---- the model

/// Copies a model into its own section; the library checks it.
void khc_model(const khc_rules *rules, khc_out *out, const char *name, const char *tag) {
  if (!rules->models) return;
  FILE *file = fopen(khc_print(rules, "%s/%s", rules->models, name), "rb");
  if (!file) return;
  khc_buffer *section = khc_section(out, tag);
  static char bytes[1 << 16];
  size_t size;
  while ((size = fread(bytes, 1, sizeof bytes, file)) > 0) khc_put_bytes(section, bytes, size);
  fclose(file);
}

static bool starts(const char *text, const char *with) {
  return strncmp(text, with, strlen(with)) == 0;
}

int khc_names(const khc_rules *rules, khc_out *out) {
  maker m = {
      .rules = rules, .out = out, .lines = khc_section(out, "NAMS"), .keys = khc_keys_new(out)};
  if (khc_exists(rules, "names/admin1.tsv"))
    m.divisions = khc_read(rules, "names/admin1.tsv", "country admin1 ar en pcode");
  uint32_t count;
  const char **path = khc_files(rules, "names", "", ".tsv", &count);
  for (uint32_t i = 0; i < count; i++) {
    // see offices.c, english.c and places()
    if (starts(path[i], "names/office") || starts(path[i], "names/admin1") ||
        starts(path[i], "names/spellings"))
      continue;
    if (starts(path[i], "names/countries") || starts(path[i], "names/places"))
      places(&m, path[i]);
    else if (starts(path[i], "names/nisbas"))
      nisbas(&m, path[i]);
    else if (starts(path[i], "names/patterns"))
      patterns(&m, path[i]);
    else
      others(&m, path[i]);
  }
  khc_keys_write(m.keys, "NAMK", "NAMV");
  khc_offices(rules, out, &m.people);
  khc_model(rules, out, "names.bin", "NMOD");
  return 0;
}
