// SPDX-License-Identifier: Apache-2.0
// Statements: every case of tests/cases/statements.tsv, read and compared field by field.
#include "frame_examples.h"

#include <khutwa/khutwa.h>

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { TEXT, CUE, SPEAKER, CONTENT, MODE, VIA, FIELDS };

static kh_engine *engine;

static int open_engine(void **state) {
  (void)state;
  return kh_engine_open(&engine, NULL, NULL) == KH_OK ? 0 : -1;
}

static int close_engine(void **state) {
  (void)state;
  kh_engine_close(engine);
  return 0;
}

static bool spans(const kh_document *d, kh_span span, const char *wanted) {
  const char *text = kh_document_text(d, NULL);
  const size_t len = strlen(wanted);
  return span.end - span.start == len && memcmp(text + span.start, wanted, len) == 0;
}

// Is the entity called so by any of its mentions?
static bool is_called(const kh_document *d, int32_t entity, const char *wanted) {
  size_t count;
  const kh_entity *entities = kh_document_entities(d, &count);
  if (entity < 0 || (size_t)entity >= count) return false;
  for (uint32_t m = 0; m < entities[entity].mention_count; m++) {
    const kh_span span = entities[entity].mentions[m].span;
    const size_t len = strlen(wanted);
    const char *text = kh_document_text(d, NULL) + span.start;
    if (span.end - span.start >= len && memcmp(text, wanted, len) == 0) return true;
    if (spans(d, span, wanted)) return true;
  }
  return false;
}

static const kh_statement *with_cue(const kh_document *d, char *const *field) {
  size_t count;
  const kh_statement *s = kh_document_statements(d, &count);
  for (size_t i = 0; i < count; i++)
    if (spans(d, s[i].cue, field[CUE]) && spans(d, s[i].content, field[CONTENT])) return &s[i];
  return NULL;
}

static bool expect_miss; // a known miss is read: its errors are wanted

static void complain(unsigned line, const char *what, const char *detail) {
  if (!expect_miss) print_error("line %u: %s %s\n", line, what, detail);
}

static unsigned check(const kh_document *d, unsigned line, char *const *field) {
  if (strcmp(field[CUE], "-") == 0) {
    size_t count;
    const kh_statement *s = kh_document_statements(d, &count);
    if (!count || strcmp(field[TEXT], "") == 0) return 0;
    complain(line, "nobody speaks, but something is reported by", s[0].origin.rule);
    return 1;
  }
  const kh_statement *s = with_cue(d, field);
  unsigned wrong = 0;
  if (!s) {
    complain(line, "no statement of that cue and content", "");
    return 1;
  }
  if (!is_called(d, s->speaker, field[SPEAKER])) {
    complain(line, "another speaker than", field[SPEAKER]);
    wrong = 1;
  }
  if (strcmp(kh_statement_mode_name(s->mode), field[MODE]) != 0) {
    complain(line, "mode", kh_statement_mode_name(s->mode));
    wrong = 1;
  }
  const bool wants_outlet = strcmp(field[VIA], "-") != 0;
  if (wants_outlet != (s->via >= 0) || (wants_outlet && !is_called(d, s->via, field[VIA]))) {
    complain(line, "another outlet than", field[VIA]);
    wrong = 1;
  }
  return wrong;
}

static bool split(char *line, char **field) {
  line[strcspn(line, "\r\n")] = '\0';
  for (int i = 0; i < FIELDS; i++) {
    field[i] = line;
    line += strcspn(line, "\t");
    if (*line) *line++ = '\0';
  }
  return field[CUE][0] != '\0';
}

static void every_case(void **state) {
  (void)state;
  FILE *file = fopen(KH_SOURCE_DIR "/tests/cases/statements.tsv", "r");
  assert_non_null(file);
  static char line[4096];
  unsigned number = 0;
  unsigned cases = 0;
  unsigned wrong = 0;
  while (fgets(line, sizeof line, file)) {
    char *field[FIELDS];
    number++;
    if (line[0] == '#' || strncmp(line, "text\t", 5) == 0 || !split(line, field)) continue;
    expect_miss = field[TEXT][0] == '!';
    field[TEXT] += expect_miss;
    kh_document *d = NULL;
    assert_int_equal(kh_document_read(&d, engine, field[TEXT], strlen(field[TEXT]), NULL, NULL),
                     KH_OK);
    const unsigned missed = check(d, number, field);
    if (expect_miss && !missed) print_error("line %u: a known miss is cured: mark it so\n", number);
    wrong += expect_miss ? !missed : missed;
    cases++;
    kh_document_close(d);
  }
  fclose(file);
  assert_true(cases >= 350);
  assert_int_equal(wrong, 0);
}

// Does a sentence make a statement by the rule?
static bool fires(const char *sentence, const char *rule) {
  kh_document *d = NULL;
  assert_int_equal(kh_document_read(&d, engine, sentence, strlen(sentence), NULL, NULL), KH_OK);
  size_t count;
  const kh_statement *s = kh_document_statements(d, &count);
  bool found = false;
  for (size_t i = 0; i < count; i++) found |= strcmp(s[i].origin.rule, rule) == 0;
  kh_document_close(d);
  return found;
}

static void every_frame_fires_on_its_example_alone(void **state) {
  (void)state;
  kh_check_frame_examples("rules/claim/statements.tsv", 20, fires);
}

int main(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(every_case),
                                     cmocka_unit_test(every_frame_fires_on_its_example_alone)};
  return cmocka_run_group_tests(tests, open_engine, close_engine);
}
