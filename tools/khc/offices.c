// SPDX-License-Identifier: Apache-2.0
// Offices: rules/names/office-names.tsv and offices.tsv.
#include "mention/office.h"

#include "khc.h"
#include "mention/name_letters.h"

#include <stdlib.h>
#include <string.h>

typedef struct maker {
  const khc_rules *rules;
  khc_table names;
  const khc_people *people;
} maker;

/// An office's number: that of the first line with its name; -1.
static int number_of(const maker *m, const char *office) {
  for (uint32_t i = 0; i < m->names.count; i++)
    if (strcmp(m->names.rows[i].at[0], office) == 0) return (int)i;
  return -1;
}

static void set_country(const maker *m, const khc_row *row, const char *code, char country[4]) {
  if (strlen(code) > 3)
    khc_fault(m->rules, row, "country \"%s\" is no code of three letters", code);
  else
    memcpy(country, code, strlen(code));
}

static void write_names(const maker *m, khc_out *out) {
  khc_buffer *lines = khc_section(out, "OFFN");
  khc_keys *keys = khc_keys_new(out);
  for (uint32_t i = 0; i < m->names.count; i++) {
    const khc_row *row = &m->names.rows[i];
    kh_office office = {.office = (uint32_t)number_of(m, row->at[0])};
    set_country(m, row, row->at[2], office.country);
    uint32_t count;
    const char **spelling = khc_split(m->rules, row->at[1], '|', &count);
    for (uint32_t s = 0; s < count; s++) {
      const khc_key key = khc_fold(m->rules, spelling[s]);
      uint8_t *letters = kh_arena_alloc(m->rules->arena, key.len + 1);
      for (uint32_t k = 0; k < key.len; k++) letters[k] = kh_name_letter(key.letters[k]);
      khc_keys_add(keys, letters, key.len, i);
    }
    khc_put_bytes(lines, &office, sizeof office);
  }
  khc_keys_write(keys, "OFFK", "OFFV");
}

/// A day of a term as a number such as 20180426. A month or year is wholly inside the term, so
/// that a beginning moves to the one after, an end to the one before.
static uint32_t day_of(const maker *m, const khc_row *row, const char *field, bool begins) {
  unsigned part[3] = {0, 0, 0};
  unsigned parts = 0;
  for (const char *at = field; *at && parts < 3; parts++) {
    char *end;
    part[parts] = (unsigned)strtoul(at, &end, 10);
    at = *end == '-' ? end + 1 : end;
    if (*end && *end != '-') break;
  }
  unsigned year = part[0];
  unsigned month = part[1];
  unsigned day = part[2];
  if (year < 1900 || year > 2100 || month > 12 || day > 31) {
    khc_fault(m->rules, row, "\"%s\" is no day; write 2018-04-26, 2018-04 or 2018", field);
    return 19000101;
  }
  if (parts == 1) {
    year += begins ? 1U : 0U;
    month = day = 1;
  } else if (parts == 2) {
    month += begins ? 1U : 0U;
    if (month > 12) {
      month = 1;
      year++;
    }
    day = 1;
  }
  const uint32_t number = year * 10000 + month * 100 + day;
  // an end in a month or year: the day before its first is as good as that first, less one
  return parts == 3 || begins ? number : number - 1;
}

static int by_office(const void *left, const void *right) {
  const kh_term *a = left;
  const kh_term *b = right;
  if (a->office != b->office) return a->office < b->office ? -1 : 1;
  const int country = strcmp(a->country, b->country);
  if (country) return country;
  return (a->from > b->from) - (a->from < b->from);
}

static void write_terms(const maker *m, khc_out *out) {
  const khc_table table =
      khc_read(m->rules, "names/offices.tsv", "office country person from until");
  kh_term *terms = kh_arena_zero(m->rules->arena, (table.count + 1) * sizeof *terms);
  uint32_t count = 0;
  for (uint32_t i = 0; i < table.count; i++) {
    const khc_row *row = &table.rows[i];
    const int office = number_of(m, row->at[0]);
    const int64_t person = khc_person(m->people, row->at[2]);
    if (office < 0)
      khc_fault(m->rules, row, "no office \"%s\" in names/office-names.tsv", row->at[0]);
    if (person < 0) khc_fault(m->rules, row, "no person \"%s\" in names/persons*.tsv", row->at[2]);
    if (office < 0 || person < 0) continue;
    kh_term *term = &terms[count];
    term->office = (uint32_t)office;
    term->person = (uint32_t)person;
    term->from = day_of(m, row, row->at[3], true);
    term->until = day_of(m, row, row->at[4], false);
    set_country(m, row, row->at[1], term->country);
    if (term->from > term->until)
      khc_fault(m->rules, row, "the term ends before it begins");
    else
      count++;
  }
  qsort(terms, count, sizeof *terms, by_office);
  khc_put_bytes(khc_section(out, "OFFT"), terms, count * sizeof *terms);
}

void khc_offices(const khc_rules *rules, khc_out *out, const khc_people *people) {
  if (!khc_exists(rules, "names/offices.tsv")) return;
  maker m = {.rules = rules,
             .names = khc_read(rules, "names/office-names.tsv", "office ar country"),
             .people = people};
  write_names(&m, out);
  write_terms(&m, out);
}
