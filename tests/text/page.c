// SPDX-License-Identifier: Apache-2.0
#include "text/page.h"

#include "tests.h"

#include <stdlib.h>

#define P1 "قال رئيس المجلس المحلي إن الطريق بين المدينتين سيفتح صباح الخميس بعد شهرين من الإغلاق."
#define P2                                                                                         \
  "وأضاف أن شاحنات الإغاثة ستعبر أولا، وأن الحافلات تنتظر إذنا من الطرفين قبل نهاية الأسبوع."
#define P3                                                                                         \
  "ولم يصدر تعليق من الحكومة على ما أعلنه المجلس، لكن مصدرا فيها رحب بما وصفه بالخطوة الأولى."

typedef struct result {
  kh_status status;
  kh_error error;
  char text[8192];
  char title[512];
  char outlet[256];
  char published[11];
} result;

static void copy(char *to, size_t room, const char *from, size_t len) {
  assert_true(len < room);
  if (len) memcpy(to, from, len);
  to[len] = '\0';
}

static result read_page(const char *html, size_t len) {
  WITH_ARENA(arena);
  result r = {0};
  kh_page page = {0};
  r.status = kh_html_read(&arena, html, len, &page, &r.error);
  if (r.status == KH_OK) {
    copy(r.text, sizeof r.text, page.text, page.text_len);
    copy(r.title, sizeof r.title, page.title, page.title_len);
    copy(r.outlet, sizeof r.outlet, page.outlet, page.outlet_len);
    memcpy(r.published, page.published, sizeof r.published);
  }
  kh_arena_free(&arena);
  return r;
}

static result page_of(const char *html) { return read_page(html, strlen(html)); }

static void assert_text(const char *html, const char *text) {
  const result r = page_of(html);
  assert_int_equal(r.status, KH_OK);
  assert_string_equal(r.text, text);
}

static void told_apart(void **state) {
  (void)state;
  static const char *const pages[] = {"<!DOCTYPE html><p>",
                                      " \n<HTML>",
                                      "\xEF\xBB\xBF<html>",
                                      "<head>",
                                      "<?xml version='1.0'?><html>",
                                      "<!-- x --><html>",
                                      "<div>a</div>",
                                      "<p>a</p>",
                                      "<article><h1>a</h1>",
                                      "<body>"};
  static const char *const others[] = {"",
                                       "<",
                                       "نص",
                                       "<rss><channel></channel></rss>",
                                       "<p>",
                                       "a < b",
                                       "<?xml version='1.0'?><rss></rss>",
                                       "<!-- x -->"};
  for (size_t i = 0; i < sizeof pages / sizeof *pages; i++)
    if (!kh_is_html(pages[i], strlen(pages[i]))) fail_msg("%s is a page", pages[i]);
  for (size_t i = 0; i < sizeof others / sizeof *others; i++)
    if (kh_is_html(others[i], strlen(others[i]))) fail_msg("%s is no page", others[i]);
}

static void charsets(void **state) {
  (void)state;
  static const struct {
    const char *html;
    kh_charset charset;
  } cases[] = {
      {"<meta charset=\"windows-1256\">", KH_CHARSET_WINDOWS_1256},
      {"<META CHARSET=utf-8>", KH_CHARSET_UTF8},
      {"<meta http-equiv='Content-Type' content='text/html; charset=windows-1256'>",
       KH_CHARSET_WINDOWS_1256},
      {"<?xml version=\"1.0\" encoding=\"iso-8859-6\"?>", KH_CHARSET_ISO_8859_6},
      {"<meta charset=\"utf-16\">", KH_CHARSET_UTF8},
      {"<meta charset=\"nonsense\">", KH_CHARSET_UNKNOWN},
      {"<meta charset=", KH_CHARSET_UNKNOWN},
      {"<p>", KH_CHARSET_UNKNOWN},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(kh_html_charset(cases[i].html, strlen(cases[i].html)), cases[i].charset);
}

static void paragraphs(void **state) {
  (void)state;
  assert_text("<body><p>" P1 "</p><p>" P2 "</p>", P1 "\n\n" P2);
  assert_text("<body><p>" P1 "<p>" P2, P1 "\n\n" P2); // end tags left out
  assert_text("<div>" P1 "<br><br/>" P2 "</div>", P1 "\n\n" P2);
  assert_text("<table><tr><td>" P1 "<td>" P2 "<tr><td>" P3 "</table>", P1 "\n\n" P2 "\n\n" P3);
  assert_text("<ul><li>" P1 "<li>" P2 "</ul>", P1 "\n\n" P2);
  assert_text("<p>" P1 " <b>" P2 "</b>\n\t<i> " P3 " </i></p>", P1 " " P2 " " P3);
  assert_text("<p>" P1 "</p></div></ul></nothing><p>" P2 "</p>", P1 "\n\n" P2);
  assert_text("", "");
  assert_text("<html>", "");
}

static void what_is_no_text(void **state) {
  (void)state;
  assert_text("<script>var a = '<p>" P2 "</p>';</script><p>" P1 "</p><style>p{}</style>", P1);
  assert_text("<!-- <p>" P2 "</p> --><p>" P1 "</p><![CDATA[x]]><?php x ?>", P1);
  assert_text("<p>" P1 "</p><!-- never closed <p>" P2, P1);
  assert_text("<p>" P1 "</p><script>never closed <p>" P2, P1);
  assert_text("<p>" P1 "</p><p class='cut", P1);
  assert_text("<p title='a > b'>" P1 "</p>", P1);
  assert_text("<p>" P1 " 3 < 5 <3</p>", P1 " 3 < 5 <3");
  assert_text("<p>" P1 "</p><svg><text>" P2 "</text></svg><noscript>" P3 "</noscript>", P1);
}

static void references(void **state) {
  (void)state;
  assert_text("<p>" P1
              " &laquo;&#1602;&#x627;&#x644;&raquo;&nbsp;&amp;&quot;&hellip;&#150;&#8207;</p>",
              P1 " «قال» &\"…–\xE2\x80\x8F");
  assert_text("<p>" P1 " &unknown; &; &#; &#x; &#xZ; & &#0; &#xD800; &#99999999999;</p>",
              P1 " &unknown; &; &#; &#x; &#xZ; & \xEF\xBF\xBD \xEF\xBF\xBD \xEF\xBF\xBD");
  assert_text("<p>" P1 "&#160;\xC2\xA0\xC2\xBB</p>", P1 " »");
}

static void around_the_report(void **state) {
  (void)state;
  assert_text("<header>" P2 "</header><nav><p>" P3 "</p></nav><main><p>" P1 "</p><p>" P1
              "</p><p>" P1 "</p></main><footer><p>" P3 "</p></footer>",
              P1 "\n\n" P1 "\n\n" P1);
  assert_text("<div class='story-body'><p>" P1 "</p><p>" P2 "</p></div><div class='comments'><p>" P3
              "</p></div>",
              P1 "\n\n" P2);
  assert_text("<article><p>" P1 "</p><p>" P2 "</p><div hidden><p>" P3 "</p></div>"
              "<div style='display: none'>" P3 "</div></article>",
              P1 "\n\n" P2);
  assert_text("<article><figure><figcaption>" P3 "</figcaption></figure><p>" P1 "</p></article>",
              P1);
  // a name that sounds like junk does not hide what is most of the page
  assert_text("<div class='page with-sidebar'><p>" P1 "</p><p>" P2 "</p></div>", P1 "\n\n" P2);
  // nor do the classes of the whole page
  assert_text("<body class='comments-open'><article class='post has-share-buttons'><p>" P1
              "</p><p>" P2 "</p></article><ul><li><a href=1>" P3 "</a><li><a href=2>" P3
              "</a><li><a href=3>" P3 "</a><li><a href=4>" P3 "</a></ul>",
              P1 "\n\n" P2);
  assert_text("<div class='widget-wrap'><div class='widget post-content'><p>" P1
              "</p></div></div><div class='comments'><p>" P2 "</p><p>" P3 "</p></div>",
              P1);
  // two columns: the paragraphs that stand together win
  assert_text("<div><div><p>" P1 "</p><p>" P2 "</p><p>" P3 "</p></div><div><p>" P3
              "</p></div></div>",
              P1 "\n\n" P2 "\n\n" P3);
  // paragraphs spread over several boxes of one parent
  assert_text("<div><div><p>" P1 "</p></div><div><p>" P2 "</p></div><div><p>" P3 "</p></div></div>",
              P1 "\n\n" P2 "\n\n" P3);
}

static void links_to_other_reports(void **state) {
  (void)state;
  assert_text("<article><p>" P1 "</p><p>اقرأ أيضا: <a href='/1'>" P3 "</a></p><p>" P2
              "</p></article>",
              P1 "\n\n" P2);
  assert_text("<article><p>" P1 "</p><p>" P2 "</p><h3>مواضيع ذات صلة</h3><ul><li><a href=1>" P3
              "</a></li></ul></article>",
              P1 "\n\n" P2);
  assert_text("<article><p>كتب: مراسل الشمال</p><p>" P1 "</p><h2>فتح المعبر</h2><p>" P2
              "</p></article>",
              P1 "\n\nفتح المعبر\n\n" P2);
  assert_text("<article><p>" P1 "</p><p>للمزيد:</p><p><a href=1>" P3 "</a></p><p>" P2
              "</p></article>",
              P1 "\n\n" P2);
}

static void about_itself(void **state) {
  (void)state;
  const result r =
      page_of("<html><head><title>فتح الطريق بين المدينتين | صوت الجسر</title>"
              "<meta property='og:title' content='فتح الطريق بين المدينتين'>"
              "<meta property='og:site_name' content='صوت &quot;الجسر&quot;'>"
              "<meta name=date content='2018-01-01'>"
              "<meta property='article:published_time' content='2019-05-30T10:00:00+03:00'>"
              "<meta name='x'><meta content='y'></head>"
              "<body><h1>فتح الطريق بين المدينتين</h1><time datetime='2017-01-01'>x</time><p>" P1
              "</p></body>");
  assert_string_equal(r.title, "فتح الطريق بين المدينتين");
  assert_string_equal(r.outlet, "صوت \"الجسر\"");
  assert_string_equal(r.published, "2019-05-30");
  assert_string_equal(r.text, P1);
}

static void headlines(void **state) {
  (void)state;
  static const struct {
    const char *html;
    const char *title;
  } cases[] = {
      {"<title>فتح الطريق بين المدينتين | صوت الجسر</title>", "فتح الطريق بين المدينتين"},
      {"<meta property=og:site_name content='صوت'><title>فتح الطريق - صوت</title>", "فتح الطريق"},
      {"<title>فتح الطريق - وإغلاق الجسر</title>", "فتح الطريق - وإغلاق الجسر"},
      {"<title>صوت الجسر</title><h1>فتح الطريق بين المدينتين غدا</h1>",
       "فتح الطريق بين المدينتين غدا"},
      {"<title>فتح الطريق</title><h1>الجسر</h1>", "فتح الطريق"},
      {"<p>" P1 "</p>", ""},
      {"<title>فتح الطريق بين المدينتين|صوت</title>", "فتح الطريق بين المدينتين"},
      {"<title>أ | ب</title>", "أ | ب"},
      {"<title>فتح الطريق بين المدينتين |</title>", "فتح الطريق بين المدينتين"},
      {"<title>فتح الطريق -</title>", "فتح الطريق -"},
      {"<title>قبل-بعد - </title>", "قبل-بعد -"},
      {"<title>فتح الطريق بين المدينتين | " P1 "</title>", "فتح الطريق بين المدينتين | " P1},
      {"<meta property=og:site_name content=صوت><meta property=og:site_name content=b>"
       "<meta property=og:title content='فتح - صوت'><meta property=og:title content=b>",
       "فتح"},
      {"<meta property=og:site_name content=صوت><title>فتح - بوق</title>", "فتح - بوق"},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_string_equal(page_of(cases[i].html).title, cases[i].title);
}

static void structured_data(void **state) {
  (void)state;
  const result r =
      page_of("<script type='application/ld+json'>{\"@type\":\"NewsArticle\",\"datePublished\" : "
              "\"2020-02-03T00:00Z\",\"publisher\":{\"@type\":\"Organization\",\"name\":\"الجسر\"}}"
              "</script>"
              "<script type='application/ld+json'>{\"datePublished\":\"2021-01-01\"}</script><p>" P1
              "</p>");
  assert_string_equal(r.published, "2020-02-03");
  assert_string_equal(r.outlet, "الجسر");
  assert_string_equal(
      page_of("<script type='application/ld+json'>{\"datePublished\":\"2020").published, "");
  assert_string_equal(
      page_of("<script type='application/ld+json'>{\"datePublished\":\"\\u0032020\",\"publisher\"")
          .published,
      "");
  assert_string_equal(page_of("<p>" P1 "</p><time datetime='2019-05-30'>").published, "2019-05-30");
}

static char *repeated(const char *piece, size_t times, size_t *len) {
  const size_t width = strlen(piece);
  *len = width * times;
  char *all = malloc(*len + 1);
  assert_non_null(all);
  for (size_t i = 0; i < *len; i++) all[i] = piece[i % width];
  return all;
}

static void hostile(void **state) {
  (void)state;
  static const struct {
    const char *piece;
    kh_status status;
  } cases[] = {{"<div>", KH_ERROR_FORMAT},
               {"<b>", KH_ERROR_FORMAT},
               {"<p>", KH_OK},
               {"<li>", KH_OK},
               {"</div>", KH_OK},
               {"<", KH_OK},
               {"<!--", KH_OK},
               {"<a href='", KH_OK},
               {"<script>", KH_OK},
               {"<ul><ol></ul>", KH_OK},
               {"&#x", KH_OK},
               {"<a ", KH_OK},
               {"<td><tr>", KH_OK},
               {"<x/>", KH_OK},
               {"<ul></ol>", KH_ERROR_FORMAT},
               {"\"publisher\"", KH_OK}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    WITH_ARENA(arena);
    size_t len = 0;
    char *html = repeated(cases[i].piece, 100000, &len);
    kh_page page = {0};
    kh_error error;
    const kh_status status = kh_html_read(&arena, html, len, &page, &error);
    if (status != cases[i].status) fail_msg("%s gives %d", cases[i].piece, (int)status);
    kh_arena_free(&arena);
    free(html);
  }
}

// Every construct the reader knows, well-formed or nearly so.
static const char rich[] =
    "\xEF\xBB\xBF<?xml version='1.0' encoding = \"UTF-8\"?><!DOCTYPE html><HTML lang=ar><head>"
    "<META content=\"\" name = 'DATE'><meta property=og:title content='فتح &amp; إغلاق - صوت'/>"
    "<meta name content><meta name='date' content='30 may 2019' / ><meta = content=x name=y>"
    "<script type='application/ld+json'>{\"name\":\"x\",\"publisher\":[{\"name\" : \"صوت\"}],"
    "\"datePublished\":7,\"datePublished\":\"2019-01-01\"}</script ><script "
    "src=a></scripty></script>"
    "<title>فتح &amp; إغلاق | صوت الناس في المدينة القديمة والجديدة وما بينهما من القرى</title>"
    "<title>again</title><base><link></head><body class=x id=\"\" itemprop=articleBody>"
    "<table><tbody><tr><td>a<td>b<tr><th>c</table><ul><li>a<li>b<p>c</ul><dl><dt>a<dd>b</dl>"
    "<h1></h1><h1>فتح الطريق</h1><h1>فتح &amp; إغلاق</h1><h1>1</h1><h1>2</h1><h1>3</h1>"
    "<time>x</time><time datetime=2019-05-30>x</time><div style='color:red' hidden=hidden>z</div>"
    "<p class='caption'>&quot;&#34;&#x22;&apos;&#;&#x;&quot &ampx;&toolonganame; "
    "&1;\xC2\xA0\xC2\xAB</p>"
    "<p/><a href=x>a<a>b</a> c</a></a><br/><hr><img src='a>b'><wbr><b/><i / "
    "><custom-tag>t</custom-tag>"
    "</b></b><!-- c --><!x><!-><![CDATA[ ]]><1><><"
    "/1></ p><p =x>" P1 "</p>" P2 "<h2>" P3 "</h2>"
    "<h3>x:</h3><p><a>" P1 "</a></p><p>z</p>\"</body></html><p>after";

static void a_page_cut_anywhere(void **state) {
  (void)state;
  for (size_t len = 0; len < sizeof rich; len++) {
    char *copy = malloc(len + 1); // so that a sanitizer sees what reads beyond
    assert_non_null(copy);
    memcpy(copy, rich, len);
    (void)kh_is_html(copy, len);
    (void)kh_html_charset(copy, len);
    assert_int_equal(read_page(copy, len).status, KH_OK);
    free(copy);
  }
  for (size_t from = 0; from < sizeof rich; from++) {
    (void)kh_is_html(rich + from, sizeof rich - 1 - from);
    assert_int_equal(read_page(rich + from, sizeof rich - 1 - from).status, KH_OK);
  }
}

static void attributes(void **state) {
  (void)state;
  static const struct {
    const char *attributes;
    const char *value; // of "b"; NULL: not there
  } cases[] = {{" b=1", "1"},     {" a b", ""},       {" a=\"b=2\" B = '3 4'", "3 4"},
               {" b=", ""},       {" b='cut", "cut"}, {"/b=5/", "5/"},
               {" c", NULL},      {"", NULL},         {" ", NULL},
               {" b  ", ""},      {" b =", ""},       {" ba=1", NULL},
               {" a='1'b=2", "2"}};
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
    const kh_slice found =
        kh_attribute((kh_slice){cases[i].attributes, strlen(cases[i].attributes)}, "b");
    assert_int_equal(found.at != NULL, cases[i].value != NULL);
    if (!cases[i].value) continue;
    assert_int_equal(found.len, strlen(cases[i].value));
    assert_memory_equal(found.at, cases[i].value, found.len);
  }
}

int run_page_tests(void) {
  const struct CMUnitTest tests[] = {
      cmocka_unit_test(told_apart),
      cmocka_unit_test(charsets),
      cmocka_unit_test(paragraphs),
      cmocka_unit_test(what_is_no_text),
      cmocka_unit_test(references),
      cmocka_unit_test(around_the_report),
      cmocka_unit_test(links_to_other_reports),
      cmocka_unit_test(about_itself),
      cmocka_unit_test(headlines),
      cmocka_unit_test(structured_data),
      cmocka_unit_test(hostile),
      cmocka_unit_test(a_page_cut_anywhere),
      cmocka_unit_test(attributes),
  };
  return cmocka_run_group_tests_name("page", tests, NULL, NULL);
}
