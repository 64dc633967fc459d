// SPDX-License-Identifier: Apache-2.0
// The corpus of cases: tests/cases/time*.tsv and number*.tsv, one text a line with what must be
// found in it. Several expressions of one text stand in one field, with | between; "-" means that
// nothing may be found; "?" that a value is not told.
#include "tests.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { LINE_MAX_BYTES = 4096, FIELDS = 8, PIECES = 16 };

typedef struct pieces {
  char *at[PIECES];
  size_t count;
} pieces;

static size_t split(char *line, char mark, char **fields, size_t room) {
  size_t count = 0;
  fields[count++] = line;
  for (char *c = line; *c; c++) {
    if (*c != mark || count == room) continue;
    *c = '\0';
    fields[count++] = c + 1;
  }
  return count;
}

static pieces pieces_of(char *field) {
  pieces p = {{0}, 0};
  if (strcmp(field, "-") != 0) p.count = split(field, '|', p.at, PIECES);
  return p;
}

static bool same_text(const char *text, kh_span span, const char *expected) {
  return strlen(expected) == span.end - span.start &&
         memcmp(text + span.start, expected, span.end - span.start) == 0;
}

static bool agrees(const char *expected, const char *found) {
  return strcmp(expected, "?") == 0 || strcmp(expected, found ? found : "-") == 0;
}

typedef struct run {
  kh_time_reader *reader;
  unsigned cases;
  unsigned failed;
} run;

static void complain(run *r, const char *file, unsigned line, const char *text, const char *what) {
  r->failed++;
  (void)fprintf(stderr, "%s:%u: %s\n  %s\n", file, line, what, text);
}

// ------------------------------------------------------------------ times

enum { TIME_TEXT, TIME_REFERENCE, TIME_SPAN, TIME_TYPE, TIME_VALUE, TIME_BEGIN, TIME_UNTIL };

static void check_times(run *r, const char *file, unsigned line, char **fields) {
  const char *text = fields[TIME_TEXT];
  const char *reference = strcmp(fields[TIME_REFERENCE], "-") ? fields[TIME_REFERENCE] : NULL;
  const pieces spans = pieces_of(fields[TIME_SPAN]);
  const pieces types = pieces_of(fields[TIME_TYPE]);
  const pieces values = pieces_of(fields[TIME_VALUE]);
  const pieces begins = pieces_of(fields[TIME_BEGIN]);
  const pieces untils = pieces_of(fields[TIME_UNTIL]);
  const kh_time *times;
  size_t count;
  char what[512];
  if (kh_time_read(r->reader, text, strlen(text), reference, &times, &count, NULL) != KH_OK) {
    complain(r, file, line, text, "is not read");
    return;
  }
  if (count != spans.count) {
    (void)snprintf(what, sizeof what, "%zu times instead of %zu (%s)", count, spans.count,
                   count ? times[0].value : "none");
    complain(r, file, line, text, what);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const kh_time *t = &times[i];
    const bool span = same_text(text, t->span, spans.at[i]);
    const bool type = i >= types.count || agrees(types.at[i], kh_time_type_name(t->type));
    const bool value = i >= values.count || agrees(values.at[i], t->value);
    const bool begin = i >= begins.count || agrees(begins.at[i], *t->begin ? t->begin : "-");
    const bool until = i >= untils.count || agrees(untils.at[i], *t->until ? t->until : "-");
    if (span && type && value && begin && until) continue;
    (void)snprintf(what, sizeof what, "%s %s %s to %s «%.*s»", kh_time_type_name(t->type), t->value,
                   t->begin, t->until, (int)(t->span.end - t->span.start), text + t->span.start);
    complain(r, file, line, text, what);
    return;
  }
}

// ------------------------------------------------------------------ numbers

enum {
  NUMBER_TEXT,
  NUMBER_SPAN,
  NUMBER_KIND,
  NUMBER_VALUE,
  NUMBER_HIGH,
  NUMBER_BOUND,
  NUMBER_UNIT
};

static bool number_agrees(const char *expected, double found, bool none) {
  if (strcmp(expected, "?") == 0) return true;
  if (strcmp(expected, "-") == 0) return none;
  const double wanted = strtod(expected, NULL);
  const double off = wanted - found;
  const double near = 1e-9 * (wanted < 0 ? -wanted : wanted) + 1e-12;
  return !none && off <= near && off >= -near;
}

static void check_numbers(run *r, const char *file, unsigned line, char **fields) {
  const char *text = fields[NUMBER_TEXT];
  const pieces spans = pieces_of(fields[NUMBER_SPAN]);
  pieces told[4];
  for (int i = 0; i < 4; i++) told[i] = pieces_of(fields[NUMBER_KIND + i]);
  const pieces units = pieces_of(fields[NUMBER_UNIT]);
  const kh_number *numbers;
  size_t count;
  char what[512];
  if (kh_number_read(r->reader, text, strlen(text), &numbers, &count, NULL) != KH_OK) {
    complain(r, file, line, text, "is not read");
    return;
  }
  if (count != spans.count) {
    (void)snprintf(what, sizeof what, "%zu numbers instead of %zu (%.10g)", count, spans.count,
                   count ? numbers[0].value : 0);
    complain(r, file, line, text, what);
    return;
  }
  for (size_t i = 0; i < count; i++) {
    const kh_number *n = &numbers[i];
    const bool right =
        same_text(text, n->span, spans.at[i]) &&
        (i >= told[0].count || agrees(told[0].at[i], kh_number_kind_name(n->kind))) &&
        (i >= told[1].count || number_agrees(told[1].at[i], n->value, false)) &&
        (i >= told[2].count || number_agrees(told[2].at[i], n->high, n->high < 0)) &&
        (i >= told[3].count || agrees(told[3].at[i], kh_bound_name(n->bound))) &&
        (i >= units.count || agrees(units.at[i], n->unit && *n->unit ? n->unit : NULL));
    if (right) continue;
    (void)snprintf(what, sizeof what, "%s %.10g to %.10g %s %s «%.*s»",
                   kh_number_kind_name(n->kind), n->value, n->high, kh_bound_name(n->bound),
                   n->unit ? n->unit : "-", (int)(n->span.end - n->span.start),
                   text + n->span.start);
    complain(r, file, line, text, what);
    return;
  }
}

// ------------------------------------------------------------------ files

typedef void (*checker)(run *r, const char *file, unsigned line, char **fields);

static void run_file(run *r, const char *file, checker check) {
  char path[512];
  (void)snprintf(path, sizeof path, "%s/tests/cases/%s", KH_SOURCE_DIR, file);
  FILE *in = fopen(path, "r");
  assert_non_null(in);
  char line[LINE_MAX_BYTES];
  unsigned number = 0;
  bool header = false;
  while (fgets(line, sizeof line, in)) {
    number++;
    line[strcspn(line, "\n")] = '\0';
    if (!*line || *line == '#') continue;
    char *fields[FIELDS];
    const size_t count = split(line, '\t', fields, FIELDS);
    if (!header) {
      header = true;
      continue;
    }
    r->cases++;
    if (count != 7)
      complain(r, file, number, line, "has not seven fields");
    else
      check(r, file, number, fields);
  }
  (void)fclose(in);
}

static void all_cases(void **state) {
  run r = {.reader = *state};
  run_file(&r, "time.tsv", check_times);
  run_file(&r, "number.tsv", check_numbers);
  (void)printf("%u cases of times and numbers\n", r.cases);
  assert_true(r.cases >= 900);
  assert_int_equal(r.failed, 0);
}

static int open_reader(void **state) {
  return kh_time_reader_open((kh_time_reader **)state, NULL, NULL) == KH_OK ? 0 : -1;
}

static int close_reader(void **state) {
  kh_time_reader_close(*state);
  return 0;
}

int run_case_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test_setup_teardown(all_cases, open_reader, close_reader)};
  return cmocka_run_group_tests_name("cases of times and numbers", tests, NULL, NULL);
}
