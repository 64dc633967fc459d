// SPDX-License-Identifier: Apache-2.0
#include "tests.h"

#include <stdlib.h>
#include <string.h>

typedef struct page {
  char text[65536];
  size_t len;
  kh_question question;
  kh_view_text_options options;
} page;

static bool keep(void *context, const char *bytes, size_t len) {
  page *p = context;
  if (p->len + len >= sizeof p->text) return false;
  memcpy(p->text + p->len, bytes, len);
  p->len += len;
  p->text[p->len] = '\0';
  return true;
}

static bool show(void *context, const char *json, size_t len) {
  page *p = context;
  (void)len;
  return kh_view_answer(p->question, json, &p->options, keep, p, NULL) == KH_OK;
}

// What is shown of an answer holds all of these.
static void shown(kh_question question, const kh_selection *selection, kh_view_language language,
                  const char *const *pieces) {
  page *p = calloc(1, sizeof *p);
  assert_non_null(p);
  p->question = question;
  p->options = (kh_view_text_options){.language = language, .colour = language == KH_VIEW_ARABIC};
  kh_error error;
  if (kh_ask(store, question, selection, show, p, NULL, &error) != KH_OK)
    fail_msg("%s", error.message);
  for (; *pieces; pieces++)
    if (!strstr(p->text, *pieces)) fail_msg("\"%s\" is not in:\n%s", *pieces, p->text);
  // isolates are closed on their line
  int open = 0;
  for (const char *c = p->text; *c; c++) {
    if (strncmp(c, "\xE2\x81\xA8", 3) == 0) open++;
    if (strncmp(c, "\xE2\x81\xA9", 3) == 0) open--;
    if (*c == '\n') assert_int_equal(open, 0);
  }
  free(p);
}
#define SHOWN(question, language, selection, ...)                                                  \
  shown((question), &(kh_selection)selection, (language), (const char *const[]){__VA_ARGS__, NULL})
#define WITH(...)                                                                                  \
  { __VA_ARGS__ }

static void rows_are_shown_to_people(void **state) {
  (void)state;
  SHOWN(KH_ASK_SEARCH, KH_VIEW_ENGLISH, WITH(.text = "حلب"), "D1        2019-05-13 ",
        "\xE2\x81\xA8قصف في حلب\xE2\x81\xA9", "*حلب*", "source");
  SHOWN(KH_ASK_SEARCH, KH_VIEW_ARABIC, WITH(.text = "الصليب"), "بلا عنوان", "\x1b[1mالصليب\x1b[0m");
  SHOWN(KH_ASK_DOCUMENTS, KH_VIEW_ENGLISH, WITH(0), "D4        -", "claims");
  SHOWN(KH_ASK_TIMELINE, KH_VIEW_ENGLISH, WITH(.type = "ASSAULT", .place = "حلب"), "2019-05-12 ",
        "assault      H", "mentions", "sources");
  SHOWN(KH_ASK_TIMELINE, KH_VIEW_ARABIC, WITH(0), "اعتداء", "المصادر");
  SHOWN(KH_ASK_FIGURES, KH_VIEW_ENGLISH, WITH(.type = "killed"),
        "(5\xE2\x80\x93"
        "7)",
        "civilians", "disputed");
  SHOWN(KH_ASK_STEPS, KH_VIEW_ENGLISH, WITH(0), "2019-06-01 violated     L2.2", "waits for",
        "is waited for by", "opening: ");
  SHOWN(KH_ASK_STEPS, KH_VIEW_ARABIC, WITH(0), "منتهكة", "تنتظر");
  SHOWN(KH_ASK_CHANGES, KH_VIEW_ENGLISH, WITH(.from = "2019-05-14"),
        "promised \xE2\x86\x92 violated");
  SHOWN(KH_ASK_CHANGES, KH_VIEW_ARABIC, WITH(.from = "2019-05-14"), " \xE2\x86\x90 ");
  SHOWN(KH_ASK_ACTORS, KH_VIEW_ENGLISH, WITH(.text = "حكومة"), "SYR", "GOV", "reports 3");
  SHOWN(KH_ASK_OUTLETS, KH_VIEW_ENGLISH, WITH(0), "reports 2", "since");
  SHOWN(KH_ASK_SHOW, KH_VIEW_ENGLISH, WITH(.id = "D1"), "SHA-256", "Statements", "Events",
        "Figures", "D1.f1");
  SHOWN(KH_ASK_SHOW, KH_VIEW_ENGLISH, WITH(.id = "D1.v1"), "D1.v1", "2019-05-13");
  SHOWN(KH_ASK_SHOW, KH_VIEW_ENGLISH, WITH(.id = "L2.2"), "violated", "D3.p1");
  SHOWN(KH_ASK_SHOW, KH_VIEW_ENGLISH, WITH(.id = "E1"), "E1 ");
  SHOWN(KH_ASK_DIFF, KH_VIEW_ENGLISH, WITH(.id = "D1", .other = "D2"), "\xE2\x89\xA0", "[5]",
        "[7]");
}

static void odd_rows_do_no_harm(void **state) {
  (void)state;
  static page p;
  kh_error error;
  static const char *const rows[] = {
      "{}", "{\"id\":7,\"marks\":[{\"start\":9,\"end\":3}],\"text\":\"a\"}",
      "{\"text\":\"a\",\"marks\":{}}", "{\"id\":\"H1\",\"quotes\":3}",
      "{\"title\":\"\\u202Ea\\u001b[2J\"}"};
  for (int q = 0; q < KH_ASK_QUESTIONS; q++) {
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
      p.len = 0;
      assert_int_equal(kh_view_answer((kh_question)q, rows[i], NULL, keep, &p, &error), KH_OK);
      assert_null(strchr(p.text, 0x1b));
    }
  }
  assert_int_equal(kh_view_answer(KH_ASK_SHOW, "[]", NULL, keep, &p, &error), KH_ERROR_FORMAT);
  assert_int_equal(kh_view_answer(KH_ASK_SHOW, "{", NULL, keep, &p, &error), KH_ERROR_FORMAT);
  assert_int_equal(kh_view_answer(KH_ASK_QUESTIONS, "{}", NULL, keep, &p, &error),
                   KH_ERROR_ARGUMENT);
}

int answer_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(rows_are_shown_to_people),
      cmocka_unit_test(odd_rows_do_no_harm),
  };
  return cmocka_run_group_tests_name("answer", tests, open_record, close_record);
}
