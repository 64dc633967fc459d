// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include "store/query.h"
#include "store/snippet.h"

#include <stdio.h>
#include <string.h>

static kh_query query;

// The expression with marks of reach left out: "a" AND ...
static void compiles_to(const char *text, const char *expected) {
  kh_error error;
  char out[KH_QUERY_ROOM];
  char plain[KH_QUERY_ROOM];
  if (kh_query_parse(&query, text, &error) != KH_OK) fail_msg("%s: %s", text, error.message);
  kh_query_compile(&query, KH_REACH_PART, out);
  size_t n = 0;
  for (const char *c = out; *c; c++) {
    if ((unsigned char)*c == 0xEE) {
      c += 2;
      continue;
    }
    plain[n++] = *c;
  }
  plain[n] = '\0';
  assert_string_equal(plain, expected);
}

static void queries_compile(void **state) {
  (void)state;
  compiles_to("قصف", "((\"قصف\"))");
  compiles_to("قصف حلب", "((\"قصف\") AND (\"حلب\"))");
  compiles_to("a OR b c", "((\"a\" OR \"b\") AND (\"c\"))");
  compiles_to("a|b | c", "((\"a\" OR \"b\" OR \"c\"))");
  compiles_to("a AND b", "((\"a\") AND (\"b\"))");
  compiles_to("\"a b\" -c NOT d", "((\"a b\")) NOT \"c\" NOT \"d\"");
  compiles_to("«a bc»* “c”", "((\"a bc\"*) AND (\"c\"))");
  compiles_to("abc*", "((\"abc\"*))");
  compiles_to("- -- a !", "((\"a\"))");
  compiles_to("(a) NEAR(b)", "((\"(a)\") AND (\"NEAR(b)\"))");
  compiles_to("\xE2\x80\x8F"
              "a\xC2\xA0"
              "b\xE2\x81\xA9",
              "((\"a\") AND (\"b\"))");
  compiles_to("outlet:x", "");
}

static void filters_are_taken_out(void **state) {
  (void)state;
  compiles_to("a actor:\"b c\" type:ASSAULT مكان:حلب from:2019-01-01 إلى:2019-02-01 ناشر:«ص و»",
              "((\"a\"))");
  assert_string_equal(query.filters[KH_QUERY_ACTOR], "b c");
  assert_string_equal(query.filters[KH_QUERY_TYPE], "ASSAULT");
  assert_string_equal(query.filters[KH_QUERY_PLACE], "حلب");
  assert_string_equal(query.filters[KH_QUERY_FROM], "2019-01-01");
  assert_string_equal(query.filters[KH_QUERY_TO], "2019-02-01");
  assert_string_equal(query.filters[KH_QUERY_OUTLET], "ص و");
  compiles_to("10:30 قال:نعم", "((\"10:30\") AND (\"قال:نعم\"))");
}

static void not_understood(const char *text, kh_status expected, const char *word) {
  kh_error error;
  assert_int_equal(kh_query_parse(&query, text, &error), expected);
  if (!strstr(error.message, word)) fail_msg("\"%s\" lacks \"%s\"", error.message, word);
  assert_true(error.span.end <= strlen(text));
}

static void mistakes_are_told(void **state) {
  (void)state;
  char many[400] = "";
  char phrase[200] = "\"";
  char longest[KH_QUERY_BYTES + 2];
  for (int i = 0; i < 33; i++) strcat(many, "a ");
  for (int i = 0; i < 17; i++) strcat(phrase, "a ");
  strcat(phrase, "\"");
  memset(longest, 'a', sizeof longest - 1);
  longest[sizeof longest - 1] = '\0';
  not_understood("a \"b", KH_ERROR_ARGUMENT, "no partner");
  not_understood("actor:\"b", KH_ERROR_ARGUMENT, "no partner");
  not_understood("actor:", KH_ERROR_ARGUMENT, "colon");
  not_understood("-actor:a", KH_ERROR_ARGUMENT, "not for filters");
  not_understood("from:a from:b", KH_ERROR_ARGUMENT, "twice");
  not_understood("a OR", KH_ERROR_ARGUMENT, "wanted after");
  not_understood("OR a", KH_ERROR_ARGUMENT, "between two");
  not_understood("-a OR b", KH_ERROR_ARGUMENT, "between two");
  not_understood("a OR -b", KH_ERROR_ARGUMENT, "after OR");
  not_understood("a NOT", KH_ERROR_ARGUMENT, "wanted after");
  not_understood("a OR OR b", KH_ERROR_ARGUMENT, "between two");
  not_understood("a NOT OR b", KH_ERROR_ARGUMENT, "between two");
  not_understood("a NOT NOT b", KH_ERROR_ARGUMENT, "after OR");
  not_understood("a OR outlet:b", KH_ERROR_ARGUMENT, "for words");
  not_understood("a -outlet:b", KH_ERROR_ARGUMENT, "for words");
  not_understood("a OR !", KH_ERROR_ARGUMENT, "a word is wanted here");
  not_understood("a \"...\"*", KH_ERROR_ARGUMENT, "a word is wanted here");
  not_understood("a -!", KH_ERROR_ARGUMENT, "a word is wanted here");
  not_understood("*", KH_ERROR_ARGUMENT, "a word is wanted here");
  not_understood("a*", KH_ERROR_ARGUMENT, "two letters");
  not_understood("-a", KH_ERROR_ARGUMENT, "leave out");
  not_understood("-a outlet:b", KH_ERROR_ARGUMENT, "leave out");
  not_understood("", KH_ERROR_ARGUMENT, "no word");
  not_understood("...", KH_ERROR_ARGUMENT, "no word");
  assert_int_equal(kh_query_parse(&query, "\"a", NULL), KH_ERROR_ARGUMENT);
  static const char *const cut[] = {"a \xE2\x80\x8E", "a \xE2\x81\xAA", "a \xE2", "a \xE2\x81",
                                    "a \xE2\x80",     "a \xE2\x81\xA5", "a \xC2", "a\xE2\x81\xA6",
                                    "a\x7F",          "a «b»"};
  for (size_t i = 0; i < sizeof cut / sizeof *cut; i++)
    assert_int_equal(kh_query_parse(&query, cut[i], NULL), KH_OK);
  not_understood(many, KH_ERROR_LIMIT, "32 words");
  not_understood(phrase, KH_ERROR_LIMIT, "16 words");
  not_understood(longest, KH_ERROR_LIMIT, "1001 bytes");
}

// The snippet with its hits between < and >.
static void shows(const char *words, const char *text, const char *expected) {
  static kh_matcher matcher;
  kh_snippet snippet;
  kh_error error;
  char out[1024] = "";
  assert_int_equal(kh_query_parse(&query, words, &error), KH_OK);
  kh_matcher_prepare(&matcher, &query);
  kh_snippet_find(&matcher, text, strlen(text), &snippet);
  uint32_t from = snippet.span.start;
  for (unsigned i = 0; i < snippet.count; i++) {
    strncat(out, text + from, snippet.hits[i].start - from);
    strcat(out, "<");
    strncat(out, text + snippet.hits[i].start, snippet.hits[i].end - snippet.hits[i].start);
    strcat(out, ">");
    from = snippet.hits[i].end;
  }
  strncat(out, text + from, snippet.span.end - from);
  assert_string_equal(out, expected);
}

static void snippets_show_where_words_stand(void **state) {
  (void)state;
  shows("حلب", "في حلب وحلب", "في <حلب> <وحلب>");
  shows("\"مدينة حلب\"", "حلب مدينة حلب مدينة", "حلب <مدينة حلب> مدينة");
  shows("مفاو*", "قال المفاوض إن مفاوضين", "قال <المفاوض> إن <مفاوضين>");
  shows("a -b", "a b", "<a> b");
  shows("غائب", "نص قصير\n", "نص قصير");
  shows("b", "a\n\nx b", "x <b>");
  shows("outlet:a", "نص", "نص");
  // the words that stand near one another decide
  char text[1200] = "one ";
  for (int i = 0; i < 90; i++) strcat(text, "filler ");
  strcat(text, "one two end");
  static kh_matcher matcher;
  kh_snippet snippet;
  assert_int_equal(kh_query_parse(&query, "one two", NULL), KH_OK);
  kh_matcher_prepare(&matcher, &query);
  kh_snippet_find(&matcher, text, strlen(text), &snippet);
  assert_int_equal(snippet.count, 2);
  assert_true(snippet.span.start > 300 && snippet.span.end == strlen(text));
}

static void snippets_have_bounds(void **state) {
  (void)state;
  static kh_matcher matcher;
  static char text[9000];
  kh_snippet snippet;
  // more words than are looked for, more hits than are weighed
  char many[KH_QUERY_BYTES + 1] = "";
  for (int i = 0; i < 20; i++) strcat(many, "\"a b c d e\" ");
  assert_int_equal(kh_query_parse(&query, many, NULL), KH_OK);
  kh_matcher_prepare(&matcher, &query);
  assert_true(matcher.count <= KH_MATCHER_WORDS && matcher.count % 5 == 0);
  for (int i = 0; i < 800; i++) strcat(text, "a b c d e ");
  kh_snippet_find(&matcher, text, strlen(text), &snippet);
  assert_true(snippet.count > 0 && snippet.count <= KH_SNIPPET_HITS);
  // no blank to end at, and characters of three bytes
  text[0] = '\0';
  for (int i = 0; i < 400; i++) strcat(text, "\xE6\x9D\xB1");
  strcat(text, " a");
  assert_int_equal(kh_query_parse(&query, "a", NULL), KH_OK);
  kh_matcher_prepare(&matcher, &query);
  kh_snippet_find(&matcher, text, strlen(text), &snippet);
  assert_int_equal(snippet.count, 1);
  assert_int_equal((unsigned char)text[snippet.span.start] & 0xC0, 'a' & 0xC0);
  assert_int_equal(kh_query_parse(&query, "zz", NULL), KH_OK);
  kh_matcher_prepare(&matcher, &query);
  kh_snippet_find(&matcher, text, strlen(text), &snippet);
  assert_int_equal(snippet.count, 0);
  assert_int_equal(snippet.span.end % 3, 0);
}

int query_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(queries_compile),      cmocka_unit_test(filters_are_taken_out),
      cmocka_unit_test(mistakes_are_told),    cmocka_unit_test(snippets_show_where_words_stand),
      cmocka_unit_test(snippets_have_bounds),
  };
  return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
