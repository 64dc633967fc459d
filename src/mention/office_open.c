// SPDX-License-Identifier: Apache-2.0
// The tables of offices and their holders, checked.
#include "mention/names.h"

enum { FIRST_DAY = 10000101, LAST_DAY = 99991231 };

kh_status kh_offices_open(struct kh_names *names, const kh_tables *tables, kh_error *error) {
  kh_offices *offices = &names->offices;
  size_t size;
  const kh_office *lines = kh_tables_section(tables, "OFFN", &size);
  if (!lines) return KH_OK; // tables without offices
  if (size % sizeof *lines) return kh_tables_damaged(error, "OFFN", "its size is odd");
  const uint32_t count = (uint32_t)(size / sizeof *lines);
  for (uint32_t i = 0; i < count; i++)
    if (lines[i].country[3] != '\0')
      return kh_tables_damaged(error, "OFFN", "a country has no end");
  const kh_term *terms = kh_tables_section(tables, "OFFT", &size);
  if (!terms) return kh_tables_damaged(error, "OFFT", "it is missing");
  if (size % sizeof *terms) return kh_tables_damaged(error, "OFFT", "its size is odd");
  const uint32_t term_count = (uint32_t)(size / sizeof *terms);
  for (uint32_t i = 0; i < term_count; i++) {
    const kh_term *term = &terms[i];
    if (term->country[3] != '\0' || term->person >= names->known_count ||
        names->known[term->person].kind != KH_KNOWN_PERSON)
      return kh_tables_damaged(error, "OFFT", "a term is nobody's");
    if (term->from < FIRST_DAY || term->until > LAST_DAY || term->from > term->until)
      return kh_tables_damaged(error, "OFFT", "a term has no days");
  }
  const kh_status status = kh_index_open(&offices->keys, tables, "OFFK", "OFFV", count, error);
  if (status != KH_OK) return status;
  offices->offices = lines;
  offices->office_count = count;
  offices->terms = terms;
  offices->term_count = term_count;
  return KH_OK;
}
