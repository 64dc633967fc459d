// SPDX-License-Identifier: Apache-2.0
// The stage as a whole: bytes and a source in, the text layer out.
#include "tests.h"
#include "text/text.h"

static kh_error last;

// Runs the stage; on success the document is to be freed with kh_arena_free.
static kh_status stage(kh_document *document, const char *bytes, const kh_source *source) {
  static jmp_buf guard;
  memset(document, 0, sizeof *document);
  memset(&last, 0, sizeof last);
  kh_arena_init(&document->arena, NULL);
  document->arena.guard = &guard;
  if (setjmp(guard)) fail_msg("out of memory");
  const kh_status status = kh_text_stage(document, bytes, strlen(bytes), source, &last);
  if (status != KH_OK) kh_arena_free(&document->arena);
  return status;
}

static void titles_stand_before_texts(void **state) {
  (void)state;
  static const struct {
    const char *title;
    const char *body;
    const char *text;
  } cases[] = {{"عنوان", "نص", "عنوان\n\nنص"},
               {NULL, "نص", "نص"},
               {"", "نص", "نص"},
               {"عنوان", "", "عنوان\n\n"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document document;
    const kh_source source = {.title = cases[i].title, .id = "", .outlet = "o"};
    assert_int_equal(stage(&document, cases[i].body, &source), KH_OK);
    const kh_text_layer *text = document.text;
    assert_string_equal(text->bytes, cases[i].text);
    assert_int_equal(text->len, strlen(cases[i].text));
    assert_int_equal(text->title_len, cases[i].title ? strlen(cases[i].title) : 0);
    assert_null(text->id);
    assert_string_equal(text->outlet, "o");
    assert_true(text->arabic);
    kh_arena_free(&document.arena);
  }
}

static void digests(void **state) {
  (void)state;
  kh_document document;
  assert_int_equal(stage(&document,
                         "\xEF\xBB\xBF"
                         "abc",
                         NULL),
                   KH_OK);
  assert_string_equal(document.text->bytes, "abc");
  assert_string_equal(document.text->raw_sha256,
                      "1c28dc3f1f804a1ad9c9b4b4cf5e2658d16ad4ed08e3020d04a8d2865018947c");
  assert_string_equal(document.text->text_sha256,
                      "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  assert_false(document.text->arabic);
  kh_arena_free(&document.arena);
}

static void sources_that_are_wrong(void **state) {
  (void)state;
  static const struct {
    kh_source source;
    kh_status status;
  } cases[] = {
      {{.id = "\xFF"}, KH_ERROR_ENCODING},         {{.outlet = "\xFF"}, KH_ERROR_ENCODING},
      {{.title = "\xFF"}, KH_ERROR_ENCODING},      {{.published = "soon"}, KH_ERROR_ARGUMENT},
      {{.charset = "klingon"}, KH_ERROR_ENCODING}, {{.charset = "utf-16"}, KH_ERROR_ENCODING}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document document;
    assert_int_equal(stage(&document, "abc", &cases[i].source), cases[i].status);
    assert_int_equal(last.code, cases[i].status);
  }
}

static void days_of_publication(void **state) {
  (void)state;
  static const struct {
    kh_source source;
    const char *day;
    kh_published_from from;
  } cases[] = {{{.published = "2019-05-30T10:00:00+03:00"}, "2019-05-30", KH_PUBLISHED_INPUT},
               {{.published = "2019-05-30", .published_from = KH_PUBLISHED_OPTION},
                "2019-05-30",
                KH_PUBLISHED_OPTION},
               {{.published = ""}, "", KH_PUBLISHED_NONE},
               {{.published = NULL}, "", KH_PUBLISHED_NONE}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document document;
    assert_int_equal(stage(&document, "abc", &cases[i].source), KH_OK);
    assert_string_equal(document.text->published, cases[i].day);
    assert_int_equal(document.text->published_from, cases[i].from);
    kh_arena_free(&document.arena);
  }
}

static const char PAGE[] =
    "<html><head><title>عنوان الصفحة</title><meta property='og:site_name' content='صوت'>"
    "<meta name='date' content='2019-05-30'></head><body><p>قال سالم إن الطريق مفتوح منذ الصباح "
    "أمام "
    "الحافلات القادمة من المدينة وإن أحدا لم يصب.</p></body></html>";

static void pages_fill_what_is_not_told(void **state) {
  (void)state;
  kh_document document;
  assert_int_equal(stage(&document, PAGE, NULL), KH_OK);
  assert_string_equal(document.text->title, "عنوان الصفحة");
  assert_string_equal(document.text->outlet, "صوت");
  assert_string_equal(document.text->published, "2019-05-30");
  assert_int_equal(document.text->published_from, KH_PUBLISHED_PAGE);
  kh_arena_free(&document.arena);
  const kh_source told = {.title = "آخر",
                          .outlet = "غيره",
                          .published = "2001-01-01",
                          .format = KH_FORMAT_HTML,
                          .charset = "utf-8"};
  assert_int_equal(stage(&document, PAGE, &told), KH_OK);
  assert_string_equal(document.text->title, "آخر");
  assert_string_equal(document.text->outlet, "غيره");
  assert_string_equal(document.text->published, "2001-01-01");
  kh_arena_free(&document.arena);
  const kh_source as_text = {.format = KH_FORMAT_TEXT};
  assert_int_equal(stage(&document, PAGE, &as_text), KH_OK);
  assert_string_equal(document.text->bytes, PAGE);
  kh_arena_free(&document.arena);
  const kh_source html = {.format = KH_FORMAT_HTML};
  assert_int_equal(stage(&document, "<p>\xFF", &html), KH_ERROR_ENCODING);
  assert_int_equal(stage(&document, "no markup", &html), KH_OK);
  assert_null(document.text->title);
  kh_arena_free(&document.arena);
}

int run_stage_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(titles_stand_before_texts), cmocka_unit_test(digests),
      cmocka_unit_test(sources_that_are_wrong), cmocka_unit_test(days_of_publication),
      cmocka_unit_test(pages_fill_what_is_not_told)};
  return cmocka_run_group_tests_name("stage", tests, NULL, NULL);
}
