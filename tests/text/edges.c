// SPDX-License-Identifier: Apache-2.0
// What feeds, archives and pages have of oddities, a line each.
#include <khutwa/reader.h>

#include "tests.h"
#include "text/around.h"
#include "text/feed_item.h"
#include "text/http.h"
#include "text/text.h"

#include <stdio.h>
#include <stdlib.h>

typedef struct stream {
  const char *bytes;
  size_t left;
  bool fails;
} stream;

static ptrdiff_t give(void *context, char *into, size_t room) {
  stream *s = context;
  const size_t len = s->left < room ? s->left : room;
  if (!len && s->fails) return -1;
  memcpy(into, s->bytes, len);
  s->bytes += len;
  s->left -= len;
  return (ptrdiff_t)len;
}

// The first report of a stream, its strings copied; and how many there are.
typedef struct got {
  kh_status status; // of the first
  kh_status last;   // the last that was not KH_END
  unsigned count;   // given
  char body[256];
  char title[128];
  char id[128];
  char uri[128];
  char outlet[128];
  char published[32];
  char fetched[64];
  char charset[32];
  bool raw;
  kh_format format;
} got;

static void copy(char *to, size_t room, const char *from, size_t len) {
  if (len >= room) len = room - 1;
  if (len) memcpy(to, from, len);
  to[len] = '\0';
}

static void copy_string(char *to, size_t room, const char *from) {
  copy(to, room, from ? from : "", from ? strlen(from) : 0);
}

static got read_bytes(const char *text, size_t len, const kh_reader_options *options, bool fails) {
  got g = {0};
  stream s = {text, len, fails};
  kh_reader *reader = NULL;
  assert_int_equal(kh_reader_open(&reader, give, &s, options, NULL), KH_OK);
  kh_item item;
  kh_status status;
  bool first = true;
  while ((status = kh_reader_next(reader, &item, NULL)) != KH_END) {
    if (first) g.status = status;
    g.last = status;
    g.count += status == KH_OK;
    if (first && status == KH_OK) {
      copy(g.body, sizeof g.body, item.bytes, item.len < 250 ? item.len : 250);
      copy_string(g.title, sizeof g.title, item.source.title);
      copy_string(g.id, sizeof g.id, item.source.id);
      copy_string(g.uri, sizeof g.uri, item.source.uri);
      copy_string(g.outlet, sizeof g.outlet, item.source.outlet);
      copy_string(g.published, sizeof g.published, item.source.published);
      copy_string(g.fetched, sizeof g.fetched, item.source.fetched);
      copy_string(g.charset, sizeof g.charset, item.source.charset);
      g.raw = item.source.raw != NULL;
      g.format = item.source.format;
    }
    first = false;
  }
  kh_reader_close(reader);
  return g;
}

static got read_text(const char *text) { return read_bytes(text, strlen(text), NULL, false); }

// ------------------------------------------------------------------ feeds

#define NAMES                                                                                      \
  "xmlns:dc='http://purl.org/dc/elements/1.1/' "                                                   \
  "xmlns:content='http://purl.org/rss/1.0/modules/content/' xmlns:a='http://www.w3.org/2005/Atom'"
#define FEED(item) "<rss " NAMES "><channel><title>T</title>" item "</channel></rss>"

static void items_of_feeds(void **state) {
  (void)state;
  static const struct {
    const char *item;
    const char *title;
    const char *body;
    const char *published;
    const char *uri;
  } cases[] = {
      {"<item><title>&copy; &foo; &averyveryverylongname; x</title></item>", "© x", "", "", ""},
      {"<item><title>a</title><dc:issued>2019-05-30</dc:issued></item>", "a", "", "2019-05-30", ""},
      {"<item><title>a</title><dc:creator>2019-05-30</dc:creator></item>", "a", "", "", ""},
      {"<item><title>a</title><content:other>b</content:other></item>", "a", "", "", ""},
      {"<item><title>a</title><a:updated>2019-05-30</a:updated></item>", "a", "", "", ""},
      {"<item><title>a</title><x:encoded>b</x:encoded></item>", "a", "", "", ""},
      {"<item><description>a <b>c</b> d</description></item>", "", "a <b>c</b> d", "", ""},
      {"<item><description> \n a & b \n</description></item>", "", "a  b", "", ""},
      {"<item><description>a &amp;lt; b</description></item>", "", "a &lt; b", "", ""},
      {"<item><description>3 &lt; 4</description></item>", "", "3 < 4", "", ""},
      {"<item><description>a &lt;!-- b --></description></item>", "", "a <!-- b -->", "", ""},
      {"<item><description>a&lt;/p></description></item>", "", "a</p>", "", ""},
      {"<item><title><![CDATA[<b>a</b> < c]]></title></item>", "a < c", "", "", ""},
      {"<item><title>a</title><item><title>b</title></item></item>", "a", "", "", ""},
      {"<x><y><z><item><title>deep</title></item></z></y></x><item><title>a</title></item>", "a",
       "", "", ""},
      {"<item>text<title>a</title></item>", "a", "", "", ""},
      {"<item><title>a</title><link>\n http://b.example/c \n</link></item>", "a", "", "",
       "http://b.example/c"},
      {"<item><title>a</title><guid>http://b.example/</guid></item>", "a", "", "",
       "http://b.example/"},
      {"<item><title>a</title><guid isPermaLink='false'>http://b.example/</guid></item>", "a", "",
       "", ""},
      {"<item><title>a</title><guid>not an address</guid></item>", "a", "", "", ""},
      {"<item><title>a</title><description>long enough</description><content:encoded>no"
       "</content:encoded></item>",
       "a", "long enough", "", ""},
      {"<title>second</title><entry><title>a</title></entry>", "a", "", "", ""},
      {"<item><title/><title>a</title></item>", "a", "", "", ""},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char feed[2048];
    (void)snprintf(feed, sizeof feed, "<rss " NAMES "><channel><title>T</title>%s</channel></rss>",
                   cases[i].item);
    const got g = read_text(feed);
    if (g.status != KH_OK) fail_msg("%s gives %d", cases[i].item, (int)g.status);
    assert_string_equal(g.title, cases[i].title);
    assert_string_equal(g.body, cases[i].body);
    assert_string_equal(g.published, cases[i].published);
    assert_string_equal(g.uri, cases[i].uri);
    assert_string_equal(g.outlet, "T");
    assert_true(g.raw);
  }
}

static void oddities_of_feeds(void **state) {
  (void)state;
  // many items in one piece
  char *many = calloc(1, 4000);
  assert_non_null(many);
  strcpy(many, "<rss><channel>");
  for (int i = 0; i < 60; i++) strcat(many, "<item><title>a</title></item>");
  strcat(many, "</channel></rss>");
  assert_int_equal(read_text(many).count, 60);
  free(many);
  // prefixes that are not declared
  got g = read_text("<rss><channel><item><title>a</title><content:encoded>b</content:encoded>"
                    "<dc:date>2019-05-30</dc:date></item></channel></rss>");
  assert_string_equal(g.body, "b");
  assert_string_equal(g.published, "2019-05-30");
  // RSS 1.0: items stand beside the channel
  g = read_text("<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
                "xmlns='http://purl.org/rss/1.0/'><channel><title>T</title></channel><item>"
                "<title>a</title></item></rdf:RDF>");
  assert_string_equal(g.title, "a");
  assert_string_equal(g.outlet, "T");
  // no title of the feed, or one of another vocabulary
  g = read_text("<rss xmlns:m='urn:m'><channel><m:title>no</m:title><item><title>a</title></item>"
                "</channel></rss>");
  assert_string_equal(g.outlet, "");
  // in another encoding the item's bytes are not those of the stream
  g = read_text(
      "<?xml version='1.0' encoding='windows-1256'?><rss><channel><item><title>\xDE\xC7\xE1"
      "</title></item></channel></rss>");
  assert_string_equal(g.title, "قال");
  assert_false(g.raw);
  // told, not seen
  const kh_reader_options told = {.container = KH_CONTAINER_ATOM};
  assert_int_equal(read_bytes("", 0, &told, false).status, KH_ERROR_FORMAT);
  assert_int_equal(read_bytes("x", 1, &told, false).status, KH_ERROR_FORMAT);
  assert_int_equal(read_bytes("<a:RDF xmlns:a='b'/>", 20, &told, false).count, 0);
  assert_int_equal(read_bytes("<rss>\0</rss>", 12, &told, false).count, 0);
  static const char cut[] = FEED("<item><title>a</title></item>");
  g = read_bytes(cut, strlen(cut) - 20, NULL, true);
  assert_int_equal(g.last, KH_ERROR_IO);
}

static void feeds_without_end(void **state) {
  (void)state;
  enum { ROOM = 400000 };
  char *text = malloc(ROOM);
  assert_non_null(text);
  static const struct {
    const char *head;
    const char *piece;
    const char *tail;
    kh_status status;
    unsigned count;
  } cases[] = {{"<rss><channel><item>", "<b>", "", KH_ERROR_FORMAT, 0},
               {"<rss ", "a", "='x'/>", KH_ERROR_FORMAT, 0},
               {"<rss><!--", "-x", "--></rss>", KH_ERROR_FORMAT, 0},
               {"<rss><channel><title>", "long ",
                "</title><item><title>a</title></item></channel>"
                "</rss>",
                KH_OK, 1}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    size_t len = (size_t)snprintf(text, ROOM, "%s", cases[i].head);
    const size_t piece = strlen(cases[i].piece);
    for (; len + piece + 200 < ROOM; len += piece) memcpy(text + len, cases[i].piece, piece);
    len += (size_t)snprintf(text + len, 200, "%s", cases[i].tail);
    const kh_reader_options options = {.max_document = 100000};
    const got g = read_bytes(text, len, &options, false);
    assert_int_equal(g.status, cases[i].status);
    assert_int_equal(g.count, cases[i].count);
  }
  free(text);
}

// ------------------------------------------------------------------ archives of the web

static got read_record(const char *head, const char *body, bool fails) {
  static char text[8192];
  const int len = snprintf(text, sizeof text, "WARC/1.0\r\n%sContent-Length: %zu\r\n\r\n%s\r\n\r\n",
                           head, strlen(body), body);
  assert_true(len > 0 && (size_t)len < sizeof text);
  return read_bytes(text, (size_t)len, NULL, fails);
}

#define RESOURCE "WARC-Type: resource\r\nContent-Type: text/html\r\n"
#define RESPONSE "WARC-Type: response\r\nContent-Type: application/http\r\n"

static void heads_of_records(void **state) {
  (void)state;
  static const struct {
    const char *head;
    const char *id;
    const char *uri;
    const char *fetched;
  } cases[] = {
      {"", "", "", ""},
      {"WARC-Target-URI: <http://a.example/>\r\n", "", "http://a.example/", ""},
      {"WARC-Target-URI: <\r\nWARC-Record-ID: x>\r\n", "x>", "<", ""},
      {"WARC-Target-URI: \xFF\r\nWARC-Record-ID: \xFF\r\n", "", "", ""},
      {"WARC-Date: soon\r\n", "", "", ""},
      {"WARC-Date: 2021-03-04T05:06:07Z2021-03-04T05:06:07Z2021-03-04T05:06:07Z\r\n", "", "", ""},
      {"WARC-Date: 2021-03-04\r\n", "", "", "2021-03-04"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char head[1000];
    (void)snprintf(head, sizeof head, RESOURCE "%s", cases[i].head);
    const got g = read_record(head, "<p>x</p>", false);
    assert_int_equal(g.status, KH_OK);
    assert_string_equal(g.id, cases[i].id);
    assert_string_equal(g.uri, cases[i].uri);
    assert_string_equal(g.fetched, cases[i].fetched);
  }
  char head[6000];
  const int len = snprintf(head, sizeof head, RESOURCE "WARC-Target-URI: http://a.example/");
  memset(head + len, 'x', 5000);
  memcpy(head + len + 5000, "\r\n", 3);
  assert_string_equal(read_record(head, "<p>x</p>", false).uri, "");
}

static void bodies_of_records(void **state) {
  (void)state;
  static const struct {
    const char *head;
    const char *body;
    const char *text; // NULL: passed over
    const char *charset;
    kh_format format;
  } cases[] = {
      {RESOURCE, "", "", "", KH_FORMAT_HTML},
      {"WARC-Type: resource\r\nContent-Type: application/xhtml+xml\r\n", "x", "x", "",
       KH_FORMAT_HTML},
      {"WARC-Type: resource\r\nContent-Type: image/png\r\n", "x", NULL, "", KH_FORMAT_AUTO},
      {"WARC-Type: revisit\r\nContent-Type: text/html\r\n", "x", NULL, "", KH_FORMAT_AUTO},
      {"Content-Type: text/html\r\n", "x", NULL, "", KH_FORMAT_AUTO},
      {RESPONSE, "HTTP/1.0 200 OK\nContent-Type: text/plain\n\nx", "x", "", KH_FORMAT_TEXT},
      {RESPONSE, "HTTP/1.0 200 OK\nContent-Type: text/html; charset='windows-1256'\n\nx", "x",
       "windows-1256", KH_FORMAT_HTML},
      {RESPONSE, "HTTP/1.0 200 OK\nContent-Type: text/html; charset=klingon\n\nx", "x", "",
       KH_FORMAT_HTML},
      {RESPONSE, "HTTP/1.0 200 OK\nContent-Type: text/html;charset=\n\nx", "x", "", KH_FORMAT_HTML},
      {RESPONSE, "HTTP/1.0 200 OK\nContent-Type: image/png\n\nx", NULL, "", KH_FORMAT_AUTO},
      {RESPONSE, "HTTP/1.0 200 OK\n\nx", NULL, "", KH_FORMAT_AUTO},
      {RESPONSE, "HTTP/1.0 200 OK\nContent-Type: text/html\n\n", "", "", KH_FORMAT_HTML},
      {RESPONSE, "ICY 200 OK\nContent-Type: text/html\n\nx", NULL, "", KH_FORMAT_AUTO},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const got g = read_record(cases[i].head, cases[i].body, false);
    assert_int_equal(g.count, cases[i].text != NULL);
    if (!cases[i].text) continue;
    assert_string_equal(g.body, cases[i].text);
    assert_string_equal(g.charset, cases[i].charset);
    assert_int_equal(g.format, cases[i].format);
  }
  // cut inside a response's head, or inside what is passed over
  static const char *const cut[] = {
      "WARC/1.0\r\n" RESPONSE "Content-Length: 100\r\n\r\nHTTP/1.1 200",
      "WARC/1.0\r\nContent-Length: 100\r\n\r\nx",
      "WARC/1.0\r\n" RESPONSE "Content-Length: 99999999999\r\n\r\nHTTP/1.1 200 OK\nContent-Type: "
      "text/html\n\nx"};
  for (size_t i = 0; i < sizeof cut / sizeof *cut; i++) {
    assert_int_equal(read_text(cut[i]).status, KH_ERROR_FORMAT);
    assert_int_equal(read_bytes(cut[i], strlen(cut[i]), NULL, true).status, KH_ERROR_IO);
  }
}

static void chunks(void **state) {
  (void)state;
  static const struct {
    const char *body;
    const char *text;
  } cases[] = {{"A\r\n0123456789\r\n0\r\n\r\n", "0123456789"},
               {"a\n0123456789\n0\n\n", "0123456789"},
               {"5\r\n01234", "01234"},
               {"ff\r\nshort", "short"},
               {"5\r\n01234\r\nnonsense", "01234"},
               {"000000005\r\n01234\r\n", "000000005\r\n01234\r\n"},
               {"5 without a line", "5 without a line"},
               {"", ""}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char body[300];
    (void)snprintf(body, sizeof body,
                   "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\nTransfer-Encoding: "
                   "chunked\r\n\r\n%s",
                   cases[i].body);
    assert_string_equal(read_record(RESPONSE, body, false).body, cases[i].text);
  }
  assert_int_equal(
      read_record(RESPONSE,
                  "HTTP/1.1 200 OK\nContent-Type: text/html\nContent-Encoding: a-coding-whose-name-"
                  "is-longer-than-any-that-anybody-knows\n\nx",
                  false)
          .status,
      KH_ERROR_FORMAT);
}

// ------------------------------------------------------------------ addresses and lines

static void hosts_are_outlets(void **state) {
  (void)state;
  static const struct {
    const char *uri;
    const char *outlet;
  } cases[] = {{"https://www.a.example/b", "a.example"},
               {"http://a.example:80/", "a.example"},
               {"https://user@a.example/", NULL},
               {"ftp://a.example/", NULL},
               {"a.example", NULL},
               {"https://", NULL}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document document = {0};
    static jmp_buf guard;
    kh_arena_init(&document.arena, NULL);
    document.arena.guard = &guard;
    if (setjmp(guard)) fail_msg("out of memory");
    const kh_source source = {.uri = cases[i].uri, .raw = "raw", .raw_len = 3};
    assert_int_equal(kh_text_stage(&document, "x", 1, &source, NULL), KH_OK);
    if (cases[i].outlet)
      assert_string_equal(document.text->outlet, cases[i].outlet);
    else
      assert_null(document.text->outlet);
    assert_string_equal(document.text->raw_sha256,
                        "d7439bee24773bcbfa2d0a97947ee36227b10d1022b1a55847e928965bb6bfde");
    kh_arena_free(&document.arena);
  }
}

static void sources_that_are_wrong(void **state) {
  (void)state;
  static const kh_source sources[] = {
      {.uri = "\xFF"}, {.fetched = "soon"}, {.fetched = "2019-05-31T25:00:00Z"}};
  for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
    kh_document document = {0};
    static jmp_buf guard;
    kh_arena_init(&document.arena, NULL);
    document.arena.guard = &guard;
    if (setjmp(guard)) fail_msg("out of memory");
    assert_int_not_equal(kh_text_stage(&document, "x", 1, &sources[i], NULL), KH_OK);
    kh_arena_free(&document.arena);
  }
}

static void titles_are_held_to_the_limit(void **state) {
  (void)state;
  const kh_engine engine = {.max_document = 10};
  static const struct {
    const char *title;
    const char *text;
    kh_status status;
  } cases[] = {{"short", "text", KH_OK},
               {"a title much longer than ten", "", KH_ERROR_LIMIT},
               {"12345678", "12345678901", KH_ERROR_LIMIT},
               {NULL, "12345678901234567890", KH_OK}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    kh_document document = {.engine = &engine};
    static jmp_buf guard;
    kh_arena_init(&document.arena, NULL);
    document.arena.guard = &guard;
    if (setjmp(guard)) fail_msg("out of memory");
    const kh_source source = {.title = cases[i].title};
    assert_int_equal(kh_text_stage(&document, cases[i].text, strlen(cases[i].text), &source, NULL),
                     cases[i].status);
    kh_arena_free(&document.arena);
  }
}

static void lines_around_reports(void **state) {
  (void)state;
  static const char *const around[] = {
      "اقرأ أيضا: خبر آخر", "إقرأ أيضاً",           "- اقرأ المزيد",  "اقـرأ أيضا",
      "المصدر: وكالات",     "[شاهد أيضا] خبر",     "مواضيع ذات صلة", &"«اقرأ أيضا» خبر"[2],
      "تابعونا على تلغرام", "الكلمات المفتاحية، س"};
  static const char *const report[] = {"المصدر نفسه قال إن الطريق مفتوح",
                                       "اقرأ",
                                       "",
                                       "شاهد عيان قال",
                                       "مواضيع ذات صلةوثيقة",
                                       "قال سالم: اقرأ أيضا",
                                       "اشترك في المؤتمر ستون وفدا"};
  for (size_t i = 0; i < sizeof around / sizeof *around; i++)
    if (!kh_is_around(around[i], strlen(around[i]))) fail_msg("%s is kept", around[i]);
  for (size_t i = 0; i < sizeof report / sizeof *report; i++)
    if (kh_is_around(report[i], strlen(report[i]))) fail_msg("%s is left out", report[i]);
  char longer[300];
  memset(longer, 'x', sizeof longer);
  memcpy(longer, around[0], strlen(around[0]));
  assert_false(kh_is_around(longer, sizeof longer));
  assert_false(kh_is_around("\xD8", 1));
}

// ------------------------------------------------------------------ pages

#define GOOD "<p>قال رئيس لجنة الوساطة سالم الحداد أمس إن الطرفين وافقا على هدنة لمدة أسبوع.</p>"
#define WROTE                                                                                      \
  "<p>كتب قارئ أن ما جرى كان متوقعا منذ أشهر وأن أحدا لم يتحرك لمنعه قبل ذلك بوقت طويل.</p>"

// Gives the page's text in `text` and its outlet in `outlet`.
static void page_of(const char *html, kh_format format, char *text, size_t room, char *outlet) {
  kh_document document = {0};
  static jmp_buf guard;
  kh_arena_init(&document.arena, NULL);
  document.arena.guard = &guard;
  if (setjmp(guard)) fail_msg("out of memory");
  const kh_source source = {.format = format, .charset = ""};
  assert_int_equal(kh_text_stage(&document, html, strlen(html), &source, NULL), KH_OK);
  copy_string(text, room, document.text->bytes);
  copy_string(outlet, 128, document.text->outlet);
  kh_arena_free(&document.arena);
}

static void outlets_of_pages(void **state) {
  (void)state;
  static const struct {
    const char *head;
    const char *outlet;
  } cases[] = {
      {"<meta name='application-name' content='A'><meta name='application-name' content='B'>", "A"},
      {"<meta property='og:site_name' content='A'><meta property='og:site_name' content='B'>", "A"},
      {"<meta name='application-name'>", ""},
      {"<meta content='A'>", ""},
#define LD(json) "<script type='application/ld+json'>" json "</script>"
      {LD("{\"publisher\":{\"name\":\"\\u0635\\u0648\\u062a\"}}"), "صوت"},
      {LD("{\"publisher\" : {\"logo\":{\"name\":\"L\"},\"name\":\"A\"}}"), "A"},
      {LD("{\"publisher\":{\"a\":\"}\\\"}\",\"name\":\"A\"}}"), "A"},
      {LD("{\"publisher\":{\"name\":7}}"), ""},
      {LD("{\"publisher\":{\"@id\":\"x\"}}"), ""},
      {LD("{\"publisher\":\"A\"}"), ""},
      {LD("{\"publisher\":}"), ""},
      {LD("{\"publisher\":"), ""},
      {LD("{\"publisher\""), ""},
      {LD("{\"publisher\":{\"name\":\"A\""), ""},
      {LD("{\"publisher\":{\"name\" \"A\"}}"), ""},
      {LD("{\"a\":\"b\",\"c\":\"publisher\"}"), ""},
      {LD("{\"publisher\":{\"name\":\"A\"}}") LD("{\"publisher\":{\"name\":\"B\"}}"), "A"},
      {"<script type='text/javascript'>{\"publisher\":{\"name\":\"A\"}}</script>", ""},
      {"<script>{\"publisher\":{\"name\":\"A\"}}</script>", ""},
      {LD("nothing"), ""},
      {LD(""), ""},
  };
  char text[2048];
  char outlet[128];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    char html[2048];
    (void)snprintf(html, sizeof html, "<html><head>%s</head><body>" GOOD, cases[i].head);
    page_of(html, KH_FORMAT_HTML, text, sizeof text, outlet);
    assert_string_equal(outlet, cases[i].outlet);
  }
}

static unsigned times(const char *text, const char *word) {
  unsigned count = 0;
  for (const char *at = text; (at = strstr(at, word)); at++) count++;
  return count;
}

static void parts_of_pages(void **state) {
  (void)state;
  static const struct {
    const char *html;
    unsigned good; // how often the report's sentence stays, and readers' or others' sentence
    unsigned wrote;
  } cases[] = {
      // readers' words beside the report, in parts named in several ways
      {"<div>" GOOD GOOD GOOD GOOD "</div><div class='comments'>" WROTE WROTE WROTE "</div>", 4, 0},
      {"<div>" GOOD GOOD GOOD GOOD "</div><div id='disqus_thread'>" WROTE WROTE WROTE WROTE WROTE
           WROTE WROTE WROTE WROTE WROTE WROTE WROTE WROTE "</div>",
       4, 0},
      // ... and where there is nothing else
      {"<div class='comment-page'>" WROTE WROTE "</div>", 0, 2},
      {"<body class='comments-open'>" GOOD GOOD "</body>", 2, 0},
      // what tells of other reports
      {"<div>" GOOD GOOD GOOD GOOD GOOD "</div><div><h3><a href=x>خبر آخر</a></h3>" WROTE "</div>",
       5, 0},
      {"<div>" GOOD GOOD GOOD GOOD GOOD "</div><article><h3><a href=x>خبر</a></h3>" WROTE
       "</article>",
       5, 0},
      {"<main><h3><a href=x>قسم</a></h3>" GOOD GOOD GOOD GOOD GOOD "</main>", 5, 0},
      {"<body><h3><a href=x>قسم</a></h3>" GOOD GOOD "</body>", 2, 0},
      {"<div class='article-body'><h3><a href=x>قسم</a></h3>" GOOD GOOD "</div>", 2, 0},
      {"<h3><a href=x>قسم</a></h3>" GOOD GOOD, 2, 0},
      {"<div>" GOOD GOOD GOOD "</div><div style='display: none'>" WROTE "</div>", 3, 0},
      {"<div>" GOOD GOOD GOOD "</div><div style='color:red'>" WROTE "</div>", 3, 0},
      {"<div>" GOOD GOOD GOOD "</div><div hidden>" WROTE "</div>", 3, 0},
      {"<div>" GOOD GOOD GOOD "</div><footer>" WROTE "</footer>", 3, 0},
      {"<div>" GOOD GOOD GOOD "</div><header>" WROTE "</header>", 3, 0},
      {"<article>" GOOD "</article><article>" GOOD GOOD GOOD "</article>", 3, 0},
      {"<main>" GOOD "</main><div>" WROTE WROTE WROTE WROTE "</div>", 0, 4},
      {"<div itemprop='articleBody'>" GOOD "</div><div>" WROTE "</div>", 1, 0},
  };
  char text[16384];
  char outlet[128];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    page_of(cases[i].html, KH_FORMAT_HTML, text, sizeof text, outlet);
    const unsigned good = times(text, "لجنة الوساطة");
    const unsigned wrote = times(text, "كتب قارئ");
    if (good != cases[i].good || wrote != cases[i].wrote)
      fail_msg("%zu: %u and %u of\n%s", i, good, wrote, cases[i].html);
  }
}

static void fragments(void **state) {
  (void)state;
  static const struct {
    const char *html;
    const char *text;
  } cases[] = {{"<p>a</p><p>b</p>", "a\n\nb"},
               {"a<br>b", "a\n\nb"},
               {"<p>a.</p><p><a href=x>another</a></p>", "a."},
               {"<p>a.</p><p>اقرأ أيضا: خبر</p>", "a."},
               {"<p>a</p><figcaption>picture</figcaption>", "a"},
               {"<div class='share'>Share</div><p>a</p>", "a"},
               {"<p>The post a appeared first on b.</p><p>c</p>", "c"},
               {"", ""}};
  char text[1024];
  char outlet[128];
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    page_of(cases[i].html, KH_FORMAT_FRAGMENT, text, sizeof text, outlet);
    assert_string_equal(text, cases[i].text);
  }
}

int run_edge_tests(void) {
  const struct CMUnitTest tests[] = {cmocka_unit_test(items_of_feeds),
                                     cmocka_unit_test(oddities_of_feeds),
                                     cmocka_unit_test(feeds_without_end),
                                     cmocka_unit_test(heads_of_records),
                                     cmocka_unit_test(bodies_of_records),
                                     cmocka_unit_test(chunks),
                                     cmocka_unit_test(hosts_are_outlets),
                                     cmocka_unit_test(sources_that_are_wrong),
                                     cmocka_unit_test(titles_are_held_to_the_limit),
                                     cmocka_unit_test(lines_around_reports),
                                     cmocka_unit_test(outlets_of_pages),
                                     cmocka_unit_test(parts_of_pages),
                                     cmocka_unit_test(fragments)};
  return cmocka_run_group_tests_name("edges", tests, NULL, NULL);
}
