// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include <stdio.h>

static sink out;

// Code points: title 0-4, text from 7: «قال سالم إن عشرة قتلوا في حلب.»
#define GOLD                                                                                        \
  "{\"id\":\"a\",\"source\":null,\"published\":\"2019-05-30\",\"title\":\"خبر.\","               \
  "\"paragraphs\":[\"قال سالم إن عشرة قتلوا في حلب.\",\"ثم سكت.\"],"    \
  "\"entities\":[{\"e\":\"E1\",\"kind\":\"person\",\"name\":\"سالم\",\"country\":\"SYR\","      \
  "\"sector\":\"GOV\",\"mentions\":[[1,\"سالم\"]]},{\"e\":\"E2\",\"kind\":\"place\","           \
  "\"name\":\"حلب\",\"country\":\"SYR\",\"sector\":null,\"mentions\":[[1,\"حلب\"]]}],"        \
  "\"times\":[{\"at\":[1,\"في\"],\"type\":\"DATE\",\"value\":\"2019\"}],"                         \
  "\"figures\":[{\"at\":[1,\"عشرة\"],\"value\":10,\"bound\":\"exact\",\"counted\":\"persons\"," \
  "\"what\":\"killed\",\"part_of\":null,\"restates\":null,\"place\":[1,\"حلب\"],\"since\":null," \
  "\"source\":\"E1\"}],"                                                                            \
  "\"statements\":[{\"cue\":[1,\"قال\"],\"speaker\":\"E1\",\"mode\":\"indirect\","               \
  "\"content\":[1,\"عشرة قتلوا في حلب\"],\"to\":[],\"via\":null,\"time\":null}],"     \
  "\"events\":[{\"trigger\":[1,\"قتلوا\"],\"type\":\"ASSAULT\",\"actors\":[],\"recipients\":[" \
  "\"E1\"],"                                                                                        \
  "\"reality\":\"actual\",\"negated\":false,\"place\":[1,\"حلب\"],\"time\":[1,\"في\"]}],"      \
  "\"steps\":[{\"what\":[2,\"سكت\"],\"kind\":\"other\",\"by\":[\"E1\"],\"asked_by\":[],"         \
  "\"for\":[1,\"قتلوا\"],\"place\":[1,\"حلب\"],\"status\":\"met\",\"according_to\":\"E1\"}]}"

#define RECORD                                                                                                           \
  "{\"document\":{\"id\":\"a\",\"text\":\"خبر.\\n\\nقال سالم إن عشرة قتلوا في حلب.\\n\\nثم " \
  "سكت.\"},"                                                                                                          \
  "\"entities\":[{\"id\":\"e1\",\"kind\":\"person\",\"name\":\"سالم\",\"country\":\"SYR\","                          \
  "\"sector\":\"GOV\",\"mentions\":[{\"start\":10,\"end\":14,\"form\":\"name\"}]},"                                      \
  "{\"id\":\"e2\",\"kind\":\"place\",\"name\":\"حلب\",\"country\":\"SYR\",\"sector\":null,"                           \
  "\"mentions\":[{\"start\":32,\"end\":35,\"form\":\"name\"}]}],"                                                        \
  "\"times\":[{\"id\":\"t1\",\"start\":29,\"end\":31,\"type\":\"DATE\",\"value\":\"2019\"}],"                            \
  "\"figures\":[{\"id\":\"f1\",\"start\":18,\"end\":22,\"value\":10,\"bound\":\"exact\","                                \
  "\"counted\":\"persons\",\"what\":\"killed\",\"part_of\":null,\"restates\":null,\"place\":"                            \
  "\"e2\","                                                                                                              \
  "\"since\":null,\"source\":\"e1\"}],"                                                                                  \
  "\"statements\":[{\"id\":\"s1\",\"speaker\":\"e1\",\"mode\":\"indirect\",\"content\":"                                 \
  "{\"start\":18,\"end\":35},\"via\":null}],"                                                                            \
  "\"events\":[{\"id\":\"v1\",\"trigger\":{\"start\":23,\"end\":28},\"type\":\"ASSAULT\","                               \
  "\"actors\":[],\"recipients\":[\"e1\"],\"reality\":\"actual\",\"negated\":false,"                                      \
  "\"place\":\"e2\",\"time\":\"t1\"}],"                                                                                  \
  "\"steps\":[{\"id\":\"p1\",\"what\":{\"start\":41,\"end\":44},\"kind\":\"other\",\"by\":["                             \
  "\"e1\"],"                                                                                                             \
  "\"asked_by\":[],\"for\":{\"start\":23,\"end\":28},\"place\":\"e2\",\"status\":\"met\","                               \
  "\"according_to\":\"e1\"}]}"

static kh_score *scorer(const char *gold, const char *record) {
  kh_score *score = NULL;
  kh_error error;
  assert_int_equal(kh_score_open(&score, NULL), KH_OK);
  if (gold && kh_score_add_gold(score, gold, strlen(gold), &error) != KH_OK)
    fail_msg("%s", error.message);
  if (record && kh_score_add_record(score, record, strlen(record), &error) != KH_OK)
    fail_msg("%s", error.message);
  return score;
}

static const char *report(kh_score *score, const kh_score_options *options) {
  memset(&out, 0, sizeof out);
  kh_error error;
  if (kh_score_report(score, options, sink_write, &out, &error) != KH_OK)
    fail_msg("%s", error.message);
  return out.at;
}

static void all_is_right(void **state) {
  (void)state;
  kh_score *score = scorer(GOLD, RECORD);
  const kh_score_options json = {.json = true};
  assert_string_equal(
      report(score, &json),
      "{\"documents\": 1, \"missing\": [], \"overall\": 1.0, \"f1\": {\"names\": 1.0, \"coref\": "
      "1.0, "
      "\"times\": 1.0, \"figures\": 1.0, \"statements\": 1.0, \"events\": 1.0, \"arguments\": 1.0, "
      "\"steps\": 1.0, \"step_slots\": 1.0}, \"slots\": {\"country\": 1.0, \"event_reality\": 1.0, "
      "\"figure_bound\": 1.0, \"figure_place\": 1.0, \"figure_source\": 1.0, \"figure_value\": "
      "1.0, "
      "\"killed_precision\": 1.0, \"sector\": 1.0, \"statement_content\": 1.0, \"statement_mode\": "
      "1.0, "
      "\"step_status\": 1.0, \"time_span\": 1.0}}\n");
  assert_non_null(
      strstr(report(score, NULL), "overall                     1.000      mean of the nine"));
  static const char *const layers[] = {"names",      "times",  "figures",
                                       "statements", "events", "steps"};
  for (size_t i = 0; i < sizeof layers / sizeof *layers; i++) {
    const kh_score_options errors = {.errors = layers[i]};
    assert_string_equal(report(score, &errors), "");
  }
  assert_int_equal(kh_score_gold_count(score), 1);
  kh_score_close(score);
}

static void all_is_missing(void **state) {
  (void)state;
  kh_score *score = scorer(GOLD, NULL);
  const char *table = report(score, NULL);
  assert_non_null(strstr(table, "1 documents, 1 without a record: a\n"));
  assert_non_null(strstr(table, "names         0.000  0.000  0.000      2      0\n"));
  static const struct {
    const char *layer;
    const char *listed;
  } errors[] = {{"names", "- a: PER «سالم»\n- a: LOC «حلب»\n"},
                {"times", "- a: DATE 2019 «في»\n"},
                {"figures", "- a: 10 persons killed «عشرة»\n"},
                {"statements", "- a: سالم: «عشرة قتلوا في حلب»\n"},
                {"events", "- a: ASSAULT «قتلوا»\n"},
                {"steps", "- a: other met «سكت»\n"}};
  for (size_t i = 0; i < sizeof errors / sizeof *errors; i++) {
    const kh_score_options options = {.errors = errors[i].layer};
    assert_string_equal(report(score, &options), errors[i].listed);
  }
  kh_score_close(score);
}

// RECORD with one stretch replaced.
static char *changed(const char *from, const char *to) {
  const char *at = strstr(RECORD, from);
  assert_non_null(at);
  char *copy = malloc(sizeof RECORD + strlen(to));
  assert_non_null(copy);
  const size_t before = (size_t)(at - (const char *)RECORD);
  (void)sprintf(copy, "%.*s%s%s", (int)before, RECORD, to, at + strlen(from));
  return copy;
}

static void what_is_spurious(void **state) {
  (void)state;
  static const struct {
    const char *from;
    const char *to;
    const char *layer;
    const char *listed;
  } cases[] = {
      {"\"kind\":\"place\"", "\"kind\":\"org\"", "names", "- a: LOC «حلب»\n+ a: ORG «حلب»\n"},
      {"\"value\":\"2019\"", "\"value\":null", "times",
       "- a: DATE 2019 «في»\n+ a: DATE None «في»\n"},
      {"\"value\":10", "\"value\":2e6", "figures",
       "- a: 10 persons killed «عشرة»\n+ a: 2e+06 persons killed «عشرة»\n"},
      {"\"speaker\":\"e1\"", "\"speaker\":\"e9\"", "statements",
       "- a: سالم: «عشرة قتلوا في حلب»\n+ a: None: «عشرة قتلوا في حلب»\n"},
      {"\"type\":\"ASSAULT\"", "\"type\":\"RETREAT\"", "events",
       "- a: ASSAULT «قتلوا»\n+ a: YIELD «قتلوا»\n"},
      {"\"kind\":\"other\"", "\"kind\":\"talks\"", "steps",
       "- a: other met «سكت»\n+ a: talks met «سكت»\n"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char *record = changed(cases[i].from, cases[i].to);
    kh_score *score = scorer(GOLD, record);
    const kh_score_options options = {.errors = cases[i].layer};
    assert_string_equal(report(score, &options), cases[i].listed);
    kh_score_close(score);
    free(record);
  }
}

static void the_last_record_counts(void **state) {
  (void)state;
  kh_score *score = scorer(GOLD, "{\"document\":{\"id\":\"a\",\"text\":\"x\"}}");
  kh_error error;
  memset(&out, 0, sizeof out);
  assert_int_equal(kh_score_report(score, NULL, sink_write, &out, &error), KH_ERROR_FORMAT);
  assert_non_null(strstr(error.message, "not the text of the gold"));
  assert_int_equal(kh_score_add_record(score, RECORD, strlen(RECORD), &error), KH_OK);
  assert_non_null(strstr(report(score, NULL), "1.000      mean of the nine"));
  kh_score_close(score);
}

static void spans_outside(void **state) {
  (void)state;
  static const char *const ends[] = {"\"end\":999", "\"end\":-1", "\"end\":9"};
  for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
    char *record = changed("\"end\":14", ends[i]);
    kh_score *score = scorer(GOLD, record);
    kh_error error;
    memset(&out, 0, sizeof out);
    assert_int_equal(kh_score_report(score, NULL, sink_write, &out, &error), KH_ERROR_FORMAT);
    kh_score_close(score);
    free(record);
  }
}

static void gold_that_is_none(void **state) {
  (void)state;
  static const struct {
    const char *from; // in GOLD; NULL: all of it
    const char *to;
    const char *says;
  } cases[] = {
      {NULL, "", "not a JSON object"},
      {NULL, "[]", "not a JSON object"},
      {NULL, "{}", "\"id\""},
      {"\"id\":\"a\"", "\"id\":1", "\"id\""},
      {"\"title\":\"خبر.\"", "\"title\":1", "\"title\""},
      {"\"ثم سكت.\"", "3", "\"paragraphs\""},
      {"\"times\":[", "\"tides\":[", "\"times\""},
      {"[1,\"سالم\"]", "[1,\"سالمة\"]", "entities 0: \"mentions\""},
      {"[1,\"سالم\"]", "[1,\"سالم\",2]", "entities 0: \"mentions\""},
      {"[1,\"سالم\"]", "[9,\"سالم\"]", "entities 0: \"mentions\""},
      {"[1,\"سالم\"]", "[1,\"\"]", "entities 0: \"mentions\""},
      {"[1,\"سالم\"]", "[1,\"سالم\",\"x\"]", "entities 0: \"mentions\""},
      {"[[1,\"سالم\"]]", "[]", "entities 0: \"mentions\""},
      {"\"country\":\"SYR\"", "\"country\":7", "entities 0: \"country\""},
      {"\"value\":\"2019\"", "\"value\":2019", "times 0: \"value\""},
      {"\"value\":10", "\"value\":\"10\"", "figures 0: \"value\""},
      {"\"part_of\":null", "\"part_of\":0", "figures 0: \"part_of\""},
      {"\"restates\":null", "\"restates\":\"x\"", "figures 0: \"restates\""},
      {"\"source\":\"E1\"", "\"source\":\"E3\"", "figures 0: \"source\""},
      {"\"speaker\":\"E1\"", "\"speaker\":\"E3\"", "statements 0: \"speaker\""},
      {"\"mode\":\"indirect\"", "\"mode\":null", "statements 0: \"mode\""},
      {"\"recipients\":[\"E1\"]", "\"recipients\":[\"E3\"]", "events 0: \"recipients\""},
      {"\"actors\":[]", "\"actors\":null", "events 0: \"actors\""},
      {"\"negated\":false", "\"negated\":0", "events 0: \"negated\""},
      {"\"for\":[1,", "\"for\":[2,", "steps 0: \"for\""},
      {"\"status\":\"met\"", "\"stage\":\"met\"", "steps 0: \"status\""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char gold[sizeof GOLD + 100];
    if (cases[i].from) {
      const char *at = strstr(GOLD, cases[i].from);
      assert_non_null(at);
      (void)sprintf(gold, "%.*s%s%s", (int)(at - (const char *)GOLD), GOLD, cases[i].to,
                    at + strlen(cases[i].from));
    } else {
      (void)snprintf(gold, sizeof gold, "%s", cases[i].to);
    }
    kh_score *score = scorer(NULL, NULL);
    kh_error error;
    assert_int_equal(kh_score_add_gold(score, gold, strlen(gold), &error), KH_ERROR_FORMAT);
    if (!strstr(error.message, cases[i].says))
      fail_msg("%s is told as: %s", cases[i].to, error.message);
    assert_int_equal(kh_score_gold_count(score), 0);
    kh_score_close(score);
  }
}

static void records_that_are_none(void **state) {
  (void)state;
  static const char *const records[] = {
      "", "3", "[]", "{}", "{\"document\":{}}", "{\"document\":{\"id\":7}}"};
  kh_score *score = scorer(NULL, NULL);
  for (size_t i = 0; i < sizeof records / sizeof *records; i++)
    assert_int_equal(kh_score_add_record(score, records[i], strlen(records[i]), NULL),
                     KH_ERROR_FORMAT);
  const kh_score_options options = {.errors = "nonsense"};
  assert_int_equal(kh_score_report(score, &options, sink_write, &out, NULL), KH_ERROR_ARGUMENT);
  assert_false(kh_score_layer("nonsense"));
  assert_true(kh_score_layer("step_slots"));
  kh_score_close(score);
  kh_score_close(NULL);
  assert_int_equal(kh_score_open(NULL, NULL), KH_ERROR_ARGUMENT);
}

static void the_engine_reads_the_gold(void **state) {
  (void)state;
  kh_engine *engine = NULL;
  kh_error error;
  assert_int_equal(kh_engine_open(&engine, NULL, &error), KH_OK);
  kh_score *score = scorer(GOLD, NULL);
  assert_int_equal(kh_score_read(score, engine, &error), KH_OK);
  assert_non_null(strstr(report(score, NULL), "1 documents\n"));
  kh_score_close(score);
  kh_engine_close(engine);
}

int run_score_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(all_is_right),          cmocka_unit_test(all_is_missing),
      cmocka_unit_test(what_is_spurious),      cmocka_unit_test(the_last_record_counts),
      cmocka_unit_test(spans_outside),         cmocka_unit_test(gold_that_is_none),
      cmocka_unit_test(records_that_are_none), cmocka_unit_test(the_engine_reads_the_gold)};
  return cmocka_run_group_tests_name("score", tests, NULL, NULL);
}
