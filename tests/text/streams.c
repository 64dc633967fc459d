// SPDX-License-Identifier: Apache-2.0
// Feeds, archives of the web, and compressed streams of them.
#include <khutwa/reader.h>

#include "tests.h"
#include "text/feed_item.h"
#include "text/http.h"

#include <stdio.h>
#include <stdlib.h>
#include <zlib.h>
#include <zstd.h>

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

static const size_t steps[] = {1, 7, 100, 1 << 20};
enum { STEPS = sizeof steps / sizeof *steps };

static kh_reader *open_reader(stream *s, const kh_reader_options *options) {
  kh_reader *reader = NULL;
  assert_int_equal(kh_reader_open(&reader, give, s, options, NULL), KH_OK);
  return reader;
}

static void assert_item(const kh_item *item, const char *bytes) {
  assert_int_equal(item->len, strlen(bytes));
  assert_memory_equal(item->bytes, bytes, item->len);
}

static void assert_raw(const kh_item *item, const char *raw) {
  assert_non_null(item->source.raw);
  assert_int_equal(item->source.raw_len, strlen(raw));
  assert_memory_equal(item->source.raw, raw, strlen(raw));
}

// ------------------------------------------------------------------ feeds

#define ITEM_1                                                                                     \
  "<item a='x > y'><title>A &amp;amp; B &nbsp; c</title><media:title>no</media:title>"             \
  "<link>https://a.example/1</link><guid isPermaLink='false'>g1</guid>"                            \
  "<pubDate>Thu, 30 May 2019 10:00:00 +0300</pubDate><description>short</description>"             \
  "<content:encoded><![CDATA[<p>x > y</p>]]></content:encoded><title>later</title></item>"
#define ITEM_2                                                                                     \
  "<item><guid>https://a.example/2</guid><dc:date>2019-06-01T01:02:03Z</dc:date>"                  \
  "<description>&lt;p&gt;z&lt;/p&gt;</description><source url='u'>Other</source></item>"
#define ITEM_3 "<item><title>bare</title><link>nowhere</link><pubDate>soon</pubDate></item>"

static const char RSS[] =
    "<?xml version='1.0'?>\n<rss version='2.0' "
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'>"
    "<channel><title>Voice &amp;amp; Echo</title><image><title>no</title></image>\n" ITEM_1
    "\n" ITEM_2 ITEM_3 "</channel></rss>";

static void feeds(void **state) {
  (void)state;
  for (size_t i = 0; i < STEPS; i++) {
    stream s = {.bytes = RSS, .len = strlen(RSS), .step = steps[i]};
    const kh_reader_options options = {.defaults = {.outlet = "o", .title = "never"}};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    assert_int_equal(kh_reader_container(reader), KH_CONTAINER_AUTO);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_int_equal(kh_reader_container(reader), KH_CONTAINER_RSS);
    assert_item(&item, "<p>x > y</p>");
    assert_raw(&item, ITEM_1);
    assert_string_equal(item.source.title, "A & B c");
    assert_string_equal(item.source.outlet, "Voice & Echo");
    assert_string_equal(item.source.id, "g1");
    assert_string_equal(item.source.uri, "https://a.example/1");
    assert_string_equal(item.source.published, "2019-05-30");
    assert_int_equal(item.source.published_from, KH_PUBLISHED_INPUT);
    assert_int_equal(item.source.format, KH_FORMAT_FRAGMENT);
    assert_int_equal(item.line, 3);
    assert_int_equal(item.number, 0);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_item(&item, "<p>z</p>");
    assert_raw(&item, ITEM_2);
    assert_string_equal(item.source.id, "https://a.example/2");
    assert_string_equal(item.source.uri, "https://a.example/2");
    assert_string_equal(item.source.published, "2019-06-01");
    assert_string_equal(item.source.outlet, "Other");
    assert_null(item.source.title);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_item(&item, "");
    assert_string_equal(item.source.title, "bare");
    assert_null(item.source.uri);
    assert_null(item.source.published);
    assert_null(item.source.id);
    assert_int_equal(item.number, 2);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
    kh_reader_close(reader);
  }
}

static void atom(void **state) {
  (void)state;
  static const char text[] =
      "<feed xmlns='http://www.w3.org/2005/Atom'><title>Agency</title><entry><title "
      "type='html'>one &lt;b&gt;two&lt;/b&gt;</title><id>urn:1</id><link rel='self' "
      "href='https://x.example/no'/><link href='https://x.example/1'/><link rel='alternate' "
      "href='https://x.example/2'/><updated>2020-01-05T03:04:05Z</updated><content "
      "type='xhtml'><div><p>a &lt;b&gt; &amp; c</p></div></content><source><title>no</title></"
      "source></entry></feed>";
  stream s = {.bytes = text, .len = strlen(text), .step = 50};
  kh_reader *reader = open_reader(&s, NULL);
  kh_item item;
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
  assert_int_equal(kh_reader_container(reader), KH_CONTAINER_ATOM);
  assert_item(&item, "<div><p>a &lt;b> &amp; c</p></div>");
  assert_string_equal(item.source.title, "one two");
  assert_string_equal(item.source.id, "urn:1");
  assert_string_equal(item.source.uri, "https://x.example/1");
  assert_string_equal(item.source.published, "2020-01-05");
  assert_string_equal(item.source.outlet, "Agency");
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
  kh_reader_close(reader);
}

static void feeds_that_are_refused(void **state) {
  (void)state;
  static const struct {
    const char *text;
    unsigned before; // items that are given all the same
    const char *word;
  } cases[] = {
      {"<?xml version='1.0'?><!DOCTYPE rss [<!ENTITY a 'b'>]><rss><channel><item/></channel></rss>",
       0, "declares entities"},
      {"<?xml version='1.0'?><opml><item/></opml>", 0, "no feed"},
      {"<rss><channel><item><title>a</title></item><item><title>b", 1, "not well-formed"},
      {"<rss><channel>", 0, "not well-formed"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    stream s = {.bytes = cases[i].text, .len = strlen(cases[i].text), .step = 9};
    kh_reader *reader = open_reader(&s, NULL);
    kh_item item;
    kh_error error;
    for (unsigned k = 0; k < cases[i].before; k++)
      assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_FORMAT);
    if (!strstr(error.message, cases[i].word)) fail_msg("%s", error.message);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
    kh_reader_close(reader);
  }
}

static void feeds_that_are_large(void **state) {
  (void)state;
  enum { LONG = 400000 };
  char *text = malloc(LONG + 200);
  assert_non_null(text);
  const int head = snprintf(text, 200, "<rss><channel><item><title>big</title><description>");
  memset(text + head, 'x', LONG);
  (void)snprintf(text + head + LONG, 100,
                 "</description></item><item><title>small</title></item></channel></rss>");
  for (size_t max = 1000; max <= 1000000; max *= 1000) {
    stream s = {.bytes = text, .len = strlen(text), .step = 5000};
    const kh_reader_options options = {.max_document = max};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    kh_error error;
    const kh_status wanted = max == 1000 ? KH_ERROR_LIMIT : KH_OK;
    assert_int_equal(kh_reader_next(reader, &item, &error), wanted);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_OK);
    assert_string_equal(item.source.title, "small");
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
    kh_reader_close(reader);
  }
  free(text);
}

static void feeds_told_apart(void **state) {
  (void)state;
  static const struct {
    const char *text;
    kh_container container;
  } cases[] = {{"<rss version='2.0'>", KH_CONTAINER_RSS},
               {" \n<!-- x --><rdf:RDF xmlns='y'>", KH_CONTAINER_RSS},
               {"<RDF>", KH_CONTAINER_RSS},
               {"<?xml version='1.0'?><feed>", KH_CONTAINER_ATOM},
               {"<!DOCTYPE feed>", KH_CONTAINER_ATOM},
               {"<!DOCTYPE rss [", KH_CONTAINER_RSS},
               {"<!DOCTYPE rdf:RDF [", KH_CONTAINER_RSS},
               {"<?xml version='1.0'?><lolz>", KH_CONTAINER_RSS},
               {"<?xml version='1.0'?><html>", KH_CONTAINER_AUTO},
               {"<?xml version='1.0'?><!DOCTYPE html>", KH_CONTAINER_AUTO},
               {"<rssx>", KH_CONTAINER_AUTO},
               {"<p>x</p>", KH_CONTAINER_AUTO},
               {"text", KH_CONTAINER_AUTO},
               {"<?xml version='1.0'?><!doctype html>", KH_CONTAINER_AUTO},
               {"<?xml version='1.0'?><!DOCTYPE HTML>", KH_CONTAINER_AUTO},
               {"<?xml version='1.0'?>text", KH_CONTAINER_AUTO},
               {"<?php x ?><y>", KH_CONTAINER_AUTO},
               {"<rss", KH_CONTAINER_RSS},
               {"<feed/>", KH_CONTAINER_ATOM},
               {"<!-- never closed", KH_CONTAINER_AUTO},
               {"", KH_CONTAINER_AUTO}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(kh_feed_of(cases[i].text, strlen(cases[i].text)), cases[i].container);
  assert_int_equal(kh_feed_of("\xFF\xFE<\0r\0s\0s\0>\0", 12), KH_CONTAINER_RSS);
}

// ------------------------------------------------------------------ heads

static void heads(void **state) {
  (void)state;
  static const char head[] =
      "HTTP/1.1 404 Gone\r\nContent-Type:  text/html; charset=\"x\" \r\n\r\n";
  const kh_slice all = {head, strlen(head)};
  assert_int_equal(kh_head_length(head, all.len), all.len);
  assert_int_equal(kh_head_length(head, all.len - 1), 0);
  assert_int_equal(kh_head_length("a\n\n", 3), 3);
  assert_int_equal(kh_http_status(all), 404);
  assert_int_equal(kh_http_status((kh_slice){"HTTP/1.1 2x0 no", 15}), 0);
  assert_int_equal(kh_http_status((kh_slice){"nothing of HTTP", 15}), 0);
  assert_int_equal(kh_http_status((kh_slice){"HTTP/1.1     ", 13}), 0);
  assert_int_equal(kh_http_status((kh_slice){"HTTP/1.1.1.1.1", 14}), 0);
  assert_int_equal(kh_http_status((kh_slice){"HTTP/1.1 2\x7F\x7F", 12}), 0);
  assert_int_equal(kh_http_status((kh_slice){"HTTP/", 5}), 0);
  assert_int_equal(kh_head_length("\n\n", 2), 2);
  assert_int_equal(kh_head_length("a\r\nbx\n", 7), 0);
  assert_null(kh_head_field((kh_slice){"a: b", 4}, "c").at);
  assert_int_equal(kh_head_field((kh_slice){"a:\tb", 4}, "a").len, 1);
  const kh_slice type = kh_head_field(all, "content-type");
  assert_true(kh_media_is_page(type));
  assert_false(kh_media_is_text(type));
  const kh_slice charset = kh_media_charset(type);
  assert_int_equal(charset.len, 1);
  assert_int_equal(charset.at[0], 'x');
  assert_int_equal(kh_media_charset((kh_slice){"text/plain", 10}).len, 0);
  assert_int_equal(kh_media_charset((kh_slice){"a;charset=utf-8;b", 17}).len, 5);
  assert_null(kh_head_field(all, "content-length").at);
}

// ------------------------------------------------------------------ archives of the web

// Writes one record; `head` begins an HTTP response where the record is one.
static size_t put_record(char *to, size_t room, const char *type, const char *media,
                         const char *head, const char *body, size_t body_len) {
  const size_t head_len = strlen(head);
  const int len = snprintf(to, room,
                           "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Record-ID: <urn:1>\r\nWARC-Date: "
                           "2021-03-04T05:06:07Z\r\nWARC-Target-URI: http://www.a.example/1\r\n"
                           "Content-Type: %s\r\nContent-Length: %zu\r\n\r\n%s",
                           type, media, head_len + body_len, head);
  memcpy(to + len, body, body_len);
  memcpy(to + (size_t)len + body_len, "\r\n\r\n", 4);
  return (size_t)len + body_len + 4;
}

#define HTTP(fields) "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n" fields "\r\n"
#define RESPONSE "application/http; msgtype=response"

static void archives(void **state) {
  (void)state;
  static char text[8192];
  size_t len = 0;
  len += put_record(text + len, 1000, "warcinfo", "application/warc-fields", "", "a: b", 4);
  len +=
      put_record(text + len, 1000, "request", "application/http", "GET / HTTP/1.1\r\n\r\n", "", 0);
  len += put_record(text + len, 1000, "response", RESPONSE, HTTP(""), "<p>one</p>", 10);
  len += put_record(text + len, 1000, "response", RESPONSE, "HTTP/1.1 404 no\r\n\r\n", "x", 1);
  len += put_record(text + len, 1000, "response", RESPONSE, "no head at all", "", 0);
  len += put_record(text + len, 1000, "response", RESPONSE, "", "", 0);
  len += put_record(text + len, 1000, "response", "image/png", "", "x", 1);
  len += put_record(text + len, 1000, "response", RESPONSE, HTTP("Transfer-Encoding: chunked\r\n"),
                    "3\r\n<p>\r\n7;x=y\r\ntwo</p>\r\n0\r\n\r\n", 29);
  len += put_record(text + len, 1000, "response", RESPONSE, HTTP("Transfer-Encoding: chunked\r\n"),
                    "<p>no chunks</p>", 16);
  len += put_record(text + len, 1000, "resource", "text/plain", "", "three", 5);
  for (size_t i = 0; i < STEPS; i++) {
    stream s = {.bytes = text, .len = len, .step = steps[i]};
    const kh_reader_options options = {.defaults = {.title = "never", .outlet = "o"}};
    kh_reader *reader = open_reader(&s, &options);
    kh_item item;
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_int_equal(kh_reader_container(reader), KH_CONTAINER_WARC);
    assert_item(&item, "<p>one</p>");
    assert_raw(&item, "<p>one</p>");
    assert_string_equal(item.source.id, "urn:1");
    assert_string_equal(item.source.uri, "http://www.a.example/1");
    assert_string_equal(item.source.fetched, "2021-03-04T05:06:07Z");
    assert_string_equal(item.source.charset, "utf-8");
    assert_string_equal(item.source.outlet, "o");
    assert_null(item.source.title);
    assert_int_equal(item.source.format, KH_FORMAT_HTML);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_item(&item, "<p>two</p>");
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_item(&item, "<p>no chunks</p>");
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
    assert_item(&item, "three");
    assert_int_equal(item.source.format, KH_FORMAT_TEXT);
    assert_null(item.source.charset);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
    kh_reader_close(reader);
  }
}

static void texts_of_archives(void **state) {
  (void)state;
  static char text[1000];
  const size_t len = put_record(text, 1000, "conversion", "text/plain", "", "text", 4);
  stream s = {.bytes = text, .len = len, .step = 100};
  const kh_reader_options options = {.max_document = 4};
  kh_reader *reader = open_reader(&s, &options);
  kh_item item;
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
  assert_int_equal(kh_reader_container(reader), KH_CONTAINER_WET);
  assert_item(&item, "text");
  assert_string_equal(item.source.charset, "utf-8");
  kh_reader_close(reader);
  const kh_reader_options small = {.max_document = 3};
  s.at = 0;
  reader = open_reader(&s, &small);
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_ERROR_LIMIT);
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
  kh_reader_close(reader);
}

static void archives_that_are_damaged(void **state) {
  (void)state;
  static char text[70000];
  static const struct {
    const char *text;
    const char *word;
  } cases[] = {{"WARC/1.0\r\nWARC-Type: response\r\n\r\n", "without its length"},
               {"WARC/1.0\r\nContent-Length: x\r\n\r\n", "without its length"},
               {"WARC/1.0\r\nContent-Length: 9999999999999999999\r\n\r\n", "without its length"},
               {"WARC/1.0\r\nContent-Length: 10\r\n\r\nshort", "ends inside a record"},
               {"WARC/1.0\r\nContent-Le", "ends inside a record"},
               {"WARC/1.0\r\nContent-Length: 1\r\n\r\nx\r\n\r\nno record\r\n\r\n", "no record"}};
  kh_item item;
  kh_error error;
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    stream s = {.bytes = cases[i].text, .len = strlen(cases[i].text), .step = 10};
    kh_reader *reader = open_reader(&s, NULL);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_FORMAT);
    if (!strstr(error.message, cases[i].word)) fail_msg("%s", error.message);
    assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
    kh_reader_close(reader);
  }
  memset(text, 'x', sizeof text);
  memcpy(text, "WARC/1.0\r\n", 10);
  stream s = {.bytes = text, .len = sizeof text, .step = 9999};
  kh_reader *reader = open_reader(&s, NULL);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_ERROR_FORMAT);
  assert_non_null(strstr(error.message, "head without an end"));
  kh_reader_close(reader);
}

// ------------------------------------------------------------------ compressed streams

static size_t gzipped(const char *bytes, size_t len, char *to, size_t room, int window) {
  z_stream z = {0};
  assert_int_equal(deflateInit2(&z, 9, Z_DEFLATED, window, 8, Z_DEFAULT_STRATEGY), Z_OK);
  z.next_in = (unsigned char *)(uintptr_t)bytes;
  z.avail_in = (unsigned)len;
  z.next_out = (unsigned char *)to;
  z.avail_out = (unsigned)room;
  assert_int_equal(deflate(&z, Z_FINISH), Z_STREAM_END);
  const size_t made = room - z.avail_out;
  assert_int_equal(deflateEnd(&z), Z_OK);
  return made;
}

enum { GZIP = 31, ZLIB = 15, BARE = -15 };

static void compressed(void **state) {
  (void)state;
  static const char lines[] = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
  static char packed[4][4096];
  size_t len[4];
  len[0] = gzipped(lines, strlen(lines), packed[0], 4096, GZIP);
  len[1] = ZSTD_compress(packed[1], 4096, lines, strlen(lines), 3);
  // two members, and what tapes are filled up with
  len[2] = gzipped(lines, 15, packed[2], 4096, GZIP);
  len[2] += gzipped(lines + 15, 15, packed[2] + len[2], 4000, GZIP);
  memset(packed[2] + len[2], 0, 20);
  len[2] += 20;
  memcpy(packed[3], "\x50\x2A\x4D\x18\x02\0\0\0ab", 10); // a frame to pass over
  len[3] = 10 + ZSTD_compress(packed[3] + 10, 4000, lines, strlen(lines), 3);
  for (size_t k = 0; k < 4; k++) {
    for (size_t i = 0; i < STEPS; i++) {
      stream s = {.bytes = packed[k], .len = len[k], .step = steps[i]};
      kh_reader *reader = open_reader(&s, NULL);
      kh_item item;
      assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
      assert_item(&item, "one");
      assert_raw(&item, "{\"text\":\"one\"}");
      assert_int_equal(kh_reader_next(reader, &item, NULL), KH_OK);
      assert_item(&item, "two");
      assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
      kh_reader_close(reader);
    }
  }
}

static void assert_refused(const char *bytes, size_t len, bool fails, kh_status status,
                           const char *word) {
  stream s = {.bytes = bytes, .len = len, .step = 1000, .fails_at_end = fails};
  kh_reader *reader = open_reader(&s, NULL);
  kh_item item;
  kh_error error;
  kh_status got = KH_OK;
  for (int i = 0; got == KH_OK && i < 10; i++) got = kh_reader_next(reader, &item, &error);
  assert_int_equal(got, status);
  if (!strstr(error.message, word)) fail_msg("%s", error.message);
  assert_int_equal(kh_reader_next(reader, &item, &error), KH_END);
  kh_reader_close(reader);
}

// Reads to the end whatever comes; the reader must say how it ended, and end.
static void read_out(const char *bytes, size_t len, size_t step) {
  stream s = {.bytes = bytes, .len = len, .step = step};
  kh_reader *reader = open_reader(&s, NULL);
  kh_item item;
  kh_error error;
  kh_status status = KH_OK;
  unsigned rounds = 0;
  while (status != KH_END && rounds++ < 1000) {
    error.message[0] = '\0';
    status = kh_reader_next(reader, &item, &error);
    if (status != KH_OK && status != KH_END) assert_true(error.message[0] != '\0');
  }
  assert_int_equal(status, KH_END);
  kh_reader_close(reader);
}

// Every byte changed in turn, and every length.
static void damage(const char *bytes, size_t len) {
  char *copy = malloc(len + 1);
  assert_non_null(copy);
  for (size_t i = 0; i < len; i++) {
    static const unsigned char masks[] = {0x01, 0x20, 0x80, 0xFF};
    for (size_t k = 0; k < sizeof masks; k++) {
      memcpy(copy, bytes, len);
      copy[i] = (char)((unsigned char)copy[i] ^ masks[k]);
      read_out(copy, len, k % 2 ? len : 7);
    }
    read_out(bytes, i, i % 2 ? 1 : 64);
  }
  free(copy);
}

static void damaged_anywhere(void **state) {
  (void)state;
  static const char lines[] = "{\"text\":\"one\"}\n{\"text\":\"two\"}\n";
  static const char feed[] =
      "<?xml version=\"1.0\"?><rss version=\"2.0\" xmlns:content=\"c\"><channel><title>t</title>"
      "<item><title>a &amp; b</title><link>http://x.example/</link><pubDate>Tue, 14 May 2019 "
      "10:00:00 "
      "GMT</pubDate><description><![CDATA[<p>one</p>]]></description></item></channel></rss>";
  static const char atom[] =
      "<feed xmlns=\"http://www.w3.org/2005/Atom\"><entry><title type=\"html\">a</title><link "
      "rel=\"alternate\" "
      "href=\"http://x.example/\"/><updated>2019-05-14T10:00:00Z</updated><content "
      "type=\"html\">&lt;p&gt;one&lt;/p&gt;</content></entry></feed>";
  static const char archive[] =
      "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://x.example/\r\nWARC-Date: "
      "2019-05-14T10:00:00Z\r\nContent-Type: application/http\r\nContent-Length: 92\r\n\r\n"
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\n<p>\r\n1\r\na\r\n0\r\n\r\n\r\n\r\n";
  char packed[4096];
  size_t len = gzipped(lines, strlen(lines), packed, sizeof packed, GZIP);
  damage(packed, len);
  len = gzipped(archive, strlen(archive), packed, sizeof packed, GZIP);
  damage(packed, len);
  damage(packed, ZSTD_compress(packed, sizeof packed, lines, strlen(lines), 3));
  damage(lines, strlen(lines));
  damage(feed, strlen(feed));
  damage(atom, strlen(atom));
  damage(archive, strlen(archive));
}

static void compressed_and_refused(void **state) {
  (void)state;
  enum { LARGE = 3 << 20 };
  static char packed[40000];
  static char twice[40000];
  char *large = calloc(1, LARGE);
  assert_non_null(large);
  size_t len = gzipped(large, LARGE, packed, sizeof packed, GZIP);
  assert_refused(packed, len, false, KH_ERROR_FORMAT, "more than 100 times");
  const size_t twice_len = gzipped(packed, len, twice, sizeof twice, GZIP);
  assert_refused(twice, twice_len, false, KH_ERROR_FORMAT, "compressed twice");
  len = ZSTD_compress(packed, sizeof packed, large, LARGE, 3);
  assert_refused(packed, len, false, KH_ERROR_FORMAT, "more than 100 times");
  free(large);
  len = gzipped("{\"text\":\"one\"}\n", 15, packed, sizeof packed, GZIP);
  assert_refused(packed, len - 9, false, KH_ERROR_FORMAT, "end too early");
  assert_refused(packed, len - 9, true, KH_ERROR_IO, "cannot be read");
  packed[len - 6] ^= 1;
  assert_refused(packed, len, false, KH_ERROR_FORMAT, "damaged");
  len = ZSTD_compress(packed, sizeof packed, "{\"text\":\"one\"}\n", 15, 3);
  memset(packed + 5, 0xFF, len - 5);
  assert_refused(packed, len, false, KH_ERROR_FORMAT, "");
}

static void coded_pages(void **state) {
  (void)state;
  static const char page[] = "<html><p>x</p></html>";
  static char text[8192];
  static char packed[1000];
  static const struct {
    const char *head;
    int window; // 0: as it is
    kh_status status;
  } cases[] = {{HTTP("Content-Encoding: gzip\r\n"), GZIP, KH_OK},
               {HTTP("Content-Encoding: x-gzip\r\n"), GZIP, KH_OK},
               {HTTP("Content-Encoding: deflate\r\n"), ZLIB, KH_OK},
               {HTTP("Content-Encoding: deflate\r\n"), BARE, KH_OK},
               {HTTP("Content-Encoding: identity\r\n"), 0, KH_OK},
               {HTTP("Content-Encoding: gzip\r\n"), 0, KH_OK}, // decoded by the archiver
               {HTTP("Content-Encoding: br\r\n"), 0, KH_OK},
               {HTTP("Content-Encoding: zstd\r\n"), 0, KH_OK},
               {HTTP("Content-Encoding: br\r\n"), BARE, KH_ERROR_FORMAT}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t len = strlen(page);
    const char *body = page;
    if (cases[i].window) {
      len = gzipped(page, strlen(page), packed, sizeof packed, cases[i].window);
      body = packed;
    }
    len = put_record(text, 4000, "response", RESPONSE, cases[i].head, body, len);
    stream s = {.bytes = text, .len = len, .step = 100};
    kh_reader *reader = open_reader(&s, NULL);
    kh_item item;
    assert_int_equal(kh_reader_next(reader, &item, NULL), cases[i].status);
    if (cases[i].status == KH_OK) assert_item(&item, page);
    assert_int_equal(kh_reader_next(reader, &item, NULL), KH_END);
    kh_reader_close(reader);
  }
  enum { LONG = 20000 }; // decoded, it is longer than a report may be
  static char noise[LONG];
  static char long_packed[LONG * 2];
  uint32_t random = 1;
  for (size_t i = 0; i < LONG; i++) noise[i] = (char)('a' + (random = random * 1664525 + 7) % 3);
  static char archive[LONG * 2];
  const size_t packed_len = gzipped(noise, LONG, long_packed, sizeof long_packed, GZIP);
  const size_t len = put_record(archive, 4000, "response", RESPONSE,
                                HTTP("Content-Encoding: gzip\r\n"), long_packed, packed_len);
  stream s = {.bytes = archive, .len = len, .step = 100};
  const kh_reader_options options = {.max_document = LONG - 1};
  kh_reader *reader = open_reader(&s, &options);
  kh_item item;
  assert_int_equal(kh_reader_next(reader, &item, NULL), KH_ERROR_LIMIT);
  kh_reader_close(reader);
}

// ------------------------------------------------------------------ memory

typedef struct scarce {
  size_t calls;
  size_t fails; // the call that gives nothing
} scarce;

static void *resize(void *context, void *pointer, size_t old_size, size_t size) {
  (void)old_size;
  scarce *s = context;
  if (!size) {
    free(pointer);
    return NULL;
  }
  if (s->calls++ == s->fails) return NULL;
  return realloc(pointer, size);
}

static void memory_that_fails(void **state) {
  (void)state;
  static char archive[4096];
  static char packed[2][8192];
  const size_t archive_len =
      put_record(archive, 2000, "response", RESPONSE, HTTP("Transfer-Encoding: chunked\r\n"),
                 "3\r\n<p>\r\n0\r\n\r\n", 13);
  const size_t len[2] = {gzipped(RSS, strlen(RSS), packed[0], 8192, GZIP),
                         gzipped(archive, archive_len, packed[1], 8192, GZIP)};
  for (size_t k = 0; k < 2; k++) {
    bool failed = true;
    for (size_t fails = 0; failed && fails < 200; fails++) {
      scarce few = {.fails = fails};
      const kh_allocator allocator = {resize, &few};
      const kh_reader_options options = {.allocator = &allocator};
      stream s = {.bytes = packed[k], .len = len[k], .step = 100};
      kh_reader *reader = NULL;
      kh_item item;
      kh_status status = kh_reader_open(&reader, give, &s, &options, NULL);
      for (int i = 0; status == KH_OK && i < 10; i++) status = kh_reader_next(reader, &item, NULL);
      failed = status == KH_ERROR_MEMORY;
      if (!failed) assert_int_equal(status, KH_END);
      kh_reader_close(reader);
    }
    assert_false(failed);
  }
}

// Fields so long that every one of them asks for more memory.
static void memory_that_fails_late(void **state) {
  (void)state;
  enum { LONG = 9000, URI = 4000, ROOM = 120000 };
  static char text[2][ROOM];
  static char word[LONG + 1];
  memset(word, 'x', LONG);
  const int feed =
      snprintf(text[0], ROOM,
               "<rss><channel><title>%s</title><item><title>%s</title><link>http://%s</link>"
               "<guid>%s</guid><source>%s</source><description>%s<b>%s</b></description></item>"
               "</channel></rss>",
               word, word, word, word, word, word, word);
  int warc = 0;
  word[URI] = '\0';
  for (int i = 0; i < 2; i++)
    warc += snprintf(text[1] + warc, ROOM - (size_t)warc,
                     "WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
                     "WARC-Record-ID: %s\r\nWARC-Target-URI: %s\r\nWARC-Date: 2021-03-04\r\n"
                     "Content-Length: 90\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html; "
                     "charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n%.3s\r\n\r\n",
                     word, word, "0\r\n");
  const size_t len[2] = {(size_t)feed, (size_t)warc};
  for (size_t k = 0; k < 2; k++) {
    for (size_t fails = 0; fails < 60; fails++) {
      scarce few = {.fails = fails};
      const kh_allocator allocator = {resize, &few};
      const kh_reader_options options = {.allocator = &allocator};
      stream s = {.bytes = text[k], .len = len[k], .step = 3000};
      kh_reader *reader = NULL;
      kh_item item;
      kh_status status = kh_reader_open(&reader, give, &s, &options, NULL);
      for (int i = 0; status == KH_OK && i < 10; i++) status = kh_reader_next(reader, &item, NULL);
      const bool known = status == KH_ERROR_MEMORY || status == KH_END || status == KH_ERROR_FORMAT;
      if (!known) fail_msg("%zu, call %zu: %d", k, fails, (int)status);
      kh_reader_close(reader);
    }
  }
}

static void names_of_containers(void **state) {
  (void)state;
  assert_string_equal(kh_container_name(KH_CONTAINER_WET), "wet");
  assert_string_equal(kh_container_name(KH_CONTAINER_AUTO), "auto");
  assert_string_equal(kh_container_name((kh_container)99), "auto");
}

int run_stream_tests(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(feeds),
                                     cmocka_unit_test(atom),
                                     cmocka_unit_test(feeds_that_are_refused),
                                     cmocka_unit_test(feeds_that_are_large),
                                     cmocka_unit_test(feeds_told_apart),
                                     cmocka_unit_test(heads),
                                     cmocka_unit_test(archives),
                                     cmocka_unit_test(texts_of_archives),
                                     cmocka_unit_test(archives_that_are_damaged),
                                     cmocka_unit_test(compressed),
                                     cmocka_unit_test(damaged_anywhere),
                                     cmocka_unit_test(compressed_and_refused),
                                     cmocka_unit_test(coded_pages),
                                     cmocka_unit_test(memory_that_fails),
                                     cmocka_unit_test(memory_that_fails_late),
                                     cmocka_unit_test(names_of_containers)};
  return cmocka_run_group_tests_name("streams", tests, NULL, NULL);
}
