// SPDX-License-Identifier: Apache-2.0
#include <khutwa/reader.h>

#include "tests.h"
#include "text/json_line.h"

#include <stdio.h>
#include <stdlib.h>

// A stream in memory that gives at most `step` bytes at once and fails when told to.
typedef struct stream {
  const char *bytes;
  size_t len;
  size_t at;
  size_t step;
  bool fails_at_end;
} stream;

static ptrdiff_t give(void *context, char *into, size_t room) {
  stream *s = context;
  size_t len = s->len - s->at;
  if (len > s->step) len = s->step;
  if (len > room) len = room;
  if (len == 0 && s->fails_at_end) return -1;
  memcpy(into, s->bytes + s->at, len);
  s->at += len;
  return (ptrdiff_t)len;
}

static stream stream_of(const char *text, size_t step) {
  return (stream){.bytes = text, .len = strlen(text), .step = step};
}

static kh_reader *open_reader(stream *s, const kh_reader_options *options) {
  kh_reader *reader = NULL;
  assert_int_equal(kh_reader_open(&reader, give, s, options, NULL), KH_OK);
  assert_non_null(reader);
  return reader;
}

static void whole_files(void **state) {
  (void)state;
  static const struct {
    const char *text;
    kh_format format;
  } cases[] = {{"قال", KH_FORMAT_TEXT},
               {"", KH_FORMAT_TEXT},
               {"{ no JSON", KH_FORMAT_TEXT},
               {"<html><p>x</p>", KH_FORMAT_HTML}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    for (size_t step = 1; step < 40; step += 7) {
      stream s = stream_of(cases[i].text, step);
      const kh_reader_options options = {.defaults = {.id = "a", .outlet = "b"}};
      kh_reader *reader = open_reader(&s, &options);
      kh_item item;
      assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
      assert_int_equal(item.len, strlen(cases[i].text));
      assert_memory_equal(item.bytes, cases[i].text, item.len);
      assert_int_equal(item.source.format, cases[i].format);
      assert_string_equal(item.source.id, "a");
      assert_int_equal(item.line, 0);
      assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
      assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
      assert_int_equal(kh_reader_count(reader), 1);
      kh_reader_close(reader);
    }
  }
}

static void told_what_it_is(void **state) {
  (void)state;
  stream s = stream_of("{\"text\":\"x\"}", 100);
  const kh_reader_options options = {.container = KH_CONTAINER_TEXT};
  kh_reader *reader = open_reader(&s, &options);
  kh_item item;
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
  assert_int_equal(item.len, 12);
  kh_reader_close(reader);
}

static void lines(void **state) {
  (void)state;
  static const char text[] = "\xEF\xBB\xBF{\"id\":\"a\",\"source\":\"s\",\"published\":\"2019-05-"
                             "30\",\"title\":\"t\",\"text\":\"x\\u0000y\"}\n"
                             "\r\n   \t\n"
                             "{\"id\":7,\"text\":\"z\",\"title\":null,\"more\":[1]}\r\n"
                             "{\"text\":\"\",\"published\":\"\"}";
  for (size_t step = 1; step < 200; step += 13) {
    stream s = stream_of(text, step);
    const kh_reader_options options = {.defaults = {.outlet = "o",
                                                    .title = "never",
                                                    .charset = "latin1",
                                                    .published = "2001-01-01",
                                                    .published_from = KH_PUBLISHED_OPTION}};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_string_equal(item.source.id, "a");
    assert_string_equal(item.source.outlet, "s");
    assert_string_equal(item.source.title, "t");
    assert_string_equal(item.source.published, "2019-05-30");
    assert_int_equal(item.source.published_from, KH_PUBLISHED_INPUT);
    assert_string_equal(item.source.charset, "utf-8");
    assert_int_equal(item.source.format, KH_FORMAT_TEXT);
    assert_int_equal(item.len, 3);
    assert_memory_equal(item.bytes, "x\0y", 3);
    assert_int_equal(item.line, 1);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_string_equal(item.source.id, "7");
    assert_string_equal(item.source.outlet, "o");
    assert_null(item.source.title);
    assert_string_equal(item.source.published, "2001-01-01");
    assert_int_equal(item.source.published_from, KH_PUBLISHED_OPTION);
    assert_int_equal(item.line, 4);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_null(item.source.id);
    assert_int_equal(item.len, 0);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
    assert_int_equal(kh_reader_count(reader), 3);
    kh_reader_close(reader);
  }
}

static void broken_lines(void **state) {
  (void)state;
  static const char *const broken[] = {"{\"text\":",
                                       "[1,2]",
                                       "3",
                                       "nonsense",
                                       "{\"id\":\"a\"}",
                                       "{\"text\":7}",
                                       "{\"text\":\"x\",\"id\":[]}",
                                       "{\"text\":\"x\",\"id\":1.5}",
                                       "{\"text\":\"x\",\"title\":\"a\\u0000b\"}",
                                       "{\"text\":\"x\",\"source\":1}",
                                       "{\"text\":\"x\",\"published\":20190530}",
                                       "{\"text\":\"\\ud800\"}",
                                       "{\"text\":\"\xFF\"}",
                                       "{\"text\":\"x\"} more"};
  for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
    char text[256];
    (void)snprintf(text, sizeof text, "{\"text\":\"before\"}\n%s\n{\"text\":\"after\"}\n",
                   broken[i]);
    stream s = stream_of(text, 5);
    kh_reader *reader = open_reader(&s, NULL);
    kh_item item;
    kh_error error;
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
    const kh_status status = kh_reader_next(reader, &item, &error);
    if (status != KH_ERROR_FORMAT) fail_msg("%s is taken", broken[i]);
    assert_int_equal(error.line, 2);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
    assert_int_equal(item.len, 5);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
    kh_reader_close(reader);
  }
}

static void fields_of_a_line(void **state) {
  (void)state;
  static const struct {
    const char *line;
    const char *text; // NULL: no JSON
  } cases[] = {
      {"{\"text\":\"\\u0642\\u0627\\u0644 \\\"\\\\\\/\\b\\f\\n\\r\\t\"}", "قال \"\\/\b\f\n\r\t"},
      {"{\"text\":\"\\ud83d\\uDD4A\"}", "\xF0\x9F\x95\x8A"},
      {"{\"t\\u0065xt\":\"a\"}", "a"},
      {" { \"x\" : [ ] , \"y\":{},\"text\" :\t\"a\" } \r", "a"},
      {"{\"text\":\"a\",\"text\":\"b\"}", "b"},
      {"{\"x\":[1,-0.5e+7,0,10E2,{\"text\":\"no\",\"z\":[[],[{}]]},true,false,null,\"\\n\"],"
       "\"text\":\"a\"}",
       "a"},
      {"{\"text\":\"\"}", ""},
      {"{\"text\":\"\\ud83d\"}", NULL},
      {"{\"text\":\"\\ud83dxxxxxx\"}", NULL},
      {"{\"text\":\"\\ud83d\\u0041\"}", NULL},
      {"{\"text\":\"\\udd4a\"}", NULL},
      {"{\"text\":\"\\u12\"}", NULL},
      {"{\"text\":\"\\u12g4\"}", NULL},
      {"{\"text\":\"\\x\"}", NULL},
      {"{\"text\":\"\\", NULL},
      {"{\"text\":\"a\tb\"}", NULL},
      {"{\"text\":\"a", NULL},
      {"{\"text\":\"a\"", NULL},
      {"{\"text\":\"a\",}", NULL},
      {"{\"text\" \"a\"}", NULL},
      {"{text:\"a\"}", NULL},
      {"{\"text\":", NULL},
      {"{\"x\":", NULL},
      {"{\"x\":01,\"text\":\"a\"}", NULL},
      {"{\"x\":00,\"text\":\"a\"}", NULL},
      {"{\"x\":-,\"text\":\"a\"}", NULL},
      {"{\"x\":1.,\"text\":\"a\"}", NULL},
      {"{\"x\":1e,\"text\":\"a\"}", NULL},
      {"{\"x\":nul,\"text\":\"a\"}", NULL},
      {"{\"x\":[1 2],\"text\":\"a\"}", NULL},
      {"{\"x\":[1}],\"text\":\"a\"}", NULL},
      {"{\"x\":{\"y\" 1},\"text\":\"a\"}", NULL},
      {"{\"x\":{\"y\":1,2},\"text\":\"a\"}", NULL},
      {"{\"x\":[1,],\"text\":\"a\"}", NULL},
      {"{\"x\":\"\\q\",\"text\":\"a\"}", NULL},
      {"{\"text\":\"a\"}}", NULL},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    stream s = stream_of(cases[i].line, 1000);
    const kh_reader_options options = {.container = KH_CONTAINER_JSONL};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    kh_error error;
    const kh_status status = kh_reader_next(reader, &item, &error);
    if ((status == KH_OK) != (cases[i].text != NULL))
      fail_msg("%s gives %d", cases[i].line, status);
    if (cases[i].text) assert_string_equal(item.bytes, cases[i].text);
    kh_reader_close(reader);
  }
}

static void a_line_cut_anywhere(void **state) {
  (void)state;
  static const char line[] = "{\"id\":-7,\"x\":[1.5e-3,{\"a\":null,\"b\":[true]},"
                             "\"\\ud83d\\udd4a\"],\"text\":\"\\u0642\"}";
  for (size_t len = 1; len < sizeof line - 1; len++) {
    char *copy = malloc(len); // so that a sanitizer sees what reads beyond
    assert_non_null(copy);
    memcpy(copy, line, len);
    kh_json_field fields[] = {{.name = "id"}, {.name = "text"}};
    kh_json_fault fault;
    assert_false(kh_json_line(copy, len, fields, 2, &fault));
    assert_non_null(fault.what);
    assert_true(fault.at <= len);
    free(copy);
  }
  char *copy = malloc(sizeof line - 1);
  assert_non_null(copy);
  memcpy(copy, line, sizeof line - 1);
  kh_json_field fields[] = {{.name = "id"}, {.name = "text"}, {.name = "none"}};
  kh_json_fault fault;
  assert_true(kh_json_line(copy, sizeof line - 1, fields, 3, &fault));
  assert_int_equal(fields[0].kind, KH_JSON_NUMBER);
  assert_string_equal(fields[0].at, "-7");
  assert_string_equal(fields[1].at, "ق");
  assert_int_equal(fields[2].kind, KH_JSON_MISSING);
  free(copy);
}

static void json_over_several_lines(void **state) {
  (void)state;
  static const char *const texts[] = {"{\n \"id\": \"a\",\n \"text\": \"b\"\n}\n",
                                      " [ \r\n{\"text\":\"a\"}\n]"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    stream s = stream_of(texts[i], 100);
    const kh_reader_options options = {.container = i ? KH_CONTAINER_JSONL : KH_CONTAINER_AUTO};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    kh_error error;
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_FORMAT);
    assert_non_null(strstr(error.message, "several lines"));
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
    kh_reader_close(reader);
  }
}

static void errors_may_be_ignored(void **state) {
  (void)state;
  stream s = stream_of("{\"text\":\n{\"id\":1}\n[]\n{\"id\":null,\"text\":\"a\"}\n", 100);
  kh_reader *reader = open_reader(&s, NULL);
  kh_item item;
  for (int i = 0; i < 3; i++)
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_ERROR_FORMAT);
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
  kh_reader_close(reader);
}

static void a_stream_that_fails_in_a_long_line(void **state) {
  (void)state;
  enum { LONG = 1 << 20 };
  char *text = malloc(LONG + 1);
  assert_non_null(text);
  memset(text, 'x', LONG);
  text[LONG] = '\0';
  stream s = stream_of(text, 5000);
  s.fails_at_end = true;
  const kh_reader_options options = {.container = KH_CONTAINER_JSONL, .max_document = 1000};
  kh_reader *reader = open_reader(&s, &options);
  kh_item item;
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_ERROR_IO);
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
  kh_reader_close(reader);
  free(text);
}

static void deep_lines(void **state) {
  (void)state;
  enum { DEPTH = 100000 };
  char *text = malloc(2 * DEPTH + 100);
  assert_non_null(text);
  size_t len = (size_t)sprintf(text, "{\"text\":\"a\"}\n{\"text\":");
  memset(text + len, '[', DEPTH);
  memcpy(text + len + DEPTH, "\n", 2);
  stream s = stream_of(text, 1000);
  kh_reader *reader = open_reader(&s, NULL);
  kh_item item;
  kh_error error;
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_FORMAT);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
  kh_reader_close(reader);
  free(text);
}

// An allocator that counts what is out, and fails from the n-th call on.
typedef struct counting {
  size_t out;
  size_t most;
  size_t calls;
  size_t fails_from; // 0: never
} counting;

static void *count_resize(void *context, void *pointer, size_t old_size, size_t size) {
  counting *c = context;
  c->out -= pointer ? old_size : 0;
  if (size == 0) {
    free(pointer);
    return NULL;
  }
  c->calls++;
  if (c->fails_from && c->calls >= c->fails_from) {
    c->out += pointer ? old_size : 0;
    return NULL;
  }
  c->out += size;
  if (c->out > c->most) c->most = c->out;
  return realloc(pointer, size);
}

static void too_long(void **state) {
  (void)state;
  enum { LONG = 4 << 20 };
  char *text = malloc(LONG + 200);
  assert_non_null(text);
  size_t len = (size_t)sprintf(text, "{\"text\":\"a\"}\n{\"text\":\"");
  memset(text + len, 'x', LONG);
  static const char rest[] = "\"}\n{\"text\":\"b\"}\n";
  memcpy(text + len + LONG, rest, sizeof rest);
  counting memory = {0};
  const kh_allocator allocator = {count_resize, &memory};
  const kh_reader_options options = {.max_document = 1000, .allocator = &allocator};
  stream s = stream_of(text, 100000);
  kh_reader *reader = open_reader(&s, &options);
  kh_item item;
  kh_error error;
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_LIMIT);
  assert_int_equal(error.line, 2);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
  assert_memory_equal(item.bytes, "b", 1);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
  kh_reader_close(reader);
  assert_int_equal(memory.out, 0);
  assert_true(memory.most < 300000);

  text[len + LONG] = '\0'; // and at the end of the stream
  s = stream_of(text, 100000);
  reader = open_reader(&s, &options);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_LIMIT);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
  kh_reader_close(reader);

  const kh_reader_options whole = {.max_document = 100000, .container = KH_CONTAINER_TEXT};
  s = stream_of(text, 5000);
  reader = open_reader(&s, &whole);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_LIMIT);
  assert_true(s.at < 300000); // not read to its end
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
  kh_reader_close(reader);
  free(text);
}

static void just_long_enough(void **state) {
  (void)state;
  char text[70001];
  memset(text, 'x', 70000);
  text[70000] = '\0';
  for (size_t most = 69999; most <= 70001; most++) {
    stream s = stream_of(text, 65536);
    const kh_reader_options options = {.max_document = most};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    const kh_status status = kh_reader_next(reader, &item, NULL);
    assert_int_equal(status, most < 70000 ? KH_ERROR_LIMIT : KH_OK);
    kh_reader_close(reader);
  }
}

static void streams_that_fail(void **state) {
  (void)state;
  static const char *const texts[] = {"", "قال", "{\"text\":\"a\"}\n{\"te"};
  for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
    stream s = stream_of(texts[i], 100);
    s.fails_at_end = true;
    kh_reader *reader = open_reader(&s, NULL);
    kh_item item;
    kh_error error = {0};
    kh_status status = KH_OK;
    int items = 0;
    while ((status = kh_reader_next(reader, &item, &error)) == KH_OK && items < 9) items++;
    assert_int_equal(status, KH_ERROR_IO);
    assert_int_equal(error.code, KH_ERROR_IO);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
    kh_reader_close(reader);
  }
}

static void memory_that_fails(void **state) {
  (void)state;
  char text[200000];
  memset(text, 'x', sizeof text - 1);
  text[sizeof text - 1] = '\0';
  for (size_t n = 1; n < 6; n++) {
    counting memory = {.fails_from = n};
    const kh_allocator allocator = {count_resize, &memory};
    const kh_reader_options options = {.allocator = &allocator};
    stream s = stream_of(text, 1000);
    kh_reader *reader = NULL;
    kh_item item;
    kh_status status = kh_reader_open(&reader, give, &s, &options, NULL);
    if (status == KH_OK) status = kh_reader_next(reader, &item, NULL);
    if (status != KH_OK) assert_int_equal(status, KH_ERROR_MEMORY);
    if (n < 3) assert_int_not_equal(status, KH_OK);
    kh_reader_close(reader);
    assert_int_equal(memory.out, 0);
  }
}

static void null_pointers(void **state) {
  (void)state;
  kh_reader *reader = NULL;
  stream s = stream_of("", 1);
  assert_int_equal(kh_reader_open(NULL, give, &s, NULL, NULL), KH_ERROR_ARGUMENT);
  assert_int_equal(kh_reader_open(&reader, NULL, &s, NULL, NULL), KH_ERROR_ARGUMENT);
  kh_reader_close(NULL);
}

int run_reader_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(whole_files),
      cmocka_unit_test(told_what_it_is),
      cmocka_unit_test(lines),
      cmocka_unit_test(broken_lines),
      cmocka_unit_test(errors_may_be_ignored),
      cmocka_unit_test(json_over_several_lines),
      cmocka_unit_test(fields_of_a_line),
      cmocka_unit_test(a_line_cut_anywhere),
      cmocka_unit_test(a_stream_that_fails_in_a_long_line),
      cmocka_unit_test(deep_lines),
      cmocka_unit_test(too_long),
      cmocka_unit_test(just_long_enough),
      cmocka_unit_test(streams_that_fail),
      cmocka_unit_test(memory_that_fails),
      cmocka_unit_test(null_pointers),
  };
  return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
