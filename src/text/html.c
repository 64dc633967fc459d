// SPDX-License-Identifier: Apache-2.0
#include "text/html.h"

#include "base/error.h"
#include "text/json_line.h"
#include "text/page.h"

#include <string.h>

enum {
  MOST_DEPTH = 512,         // blocks inside blocks
  MOST_INLINE_DEPTH = 8192, // unclosed inline elements: old pages have many
  CHARSET_LOOK = 4096,      // bytes in which a page says its charset
  MOST_TITLES = 4,
  NAME_KINDS = 256,
  MOST_OBJECT = 64 * 1024, // bytes of an object in structured data
};

static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

// ------------------------------------------------------------------ told apart by content

static kh_slice trimmed_start(const char *bytes, size_t len) {
  size_t i = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
  while (i < len && is_blank(bytes[i])) i++;
  const size_t left = len - i < CHARSET_LOOK ? len - i : CHARSET_LOOK;
  return (kh_slice){bytes + i, left};
}

static bool begins(kh_slice s, const char *lower) {
  const size_t len = strlen(lower);
  return s.len >= len && kh_slice_is((kh_slice){s.at, len}, lower);
}

bool kh_is_html(const char *bytes, size_t len) {
  static const char *const surely[] = {"<!doctype html", "<html", "<head", "<body"};
  static const char *const perhaps[] = {"<?xml",   "<!--",     "<meta",  "<title", "<link",
                                        "<script", "<div",     "<p>",    "<p ",    "<article",
                                        "<main",   "<section", "<style", "<h1"};
  const kh_slice s = trimmed_start(bytes, len);
  for (size_t i = 0; i < sizeof surely / sizeof *surely; i++) {
    if (begins(s, surely[i])) return true;
  }
  for (size_t i = 0; i < sizeof perhaps / sizeof *perhaps; i++) {
    if (!begins(s, perhaps[i])) continue;
    return i < 2 ? kh_slice_has(s, "<html") : kh_slice_has(s, "</");
  }
  return false;
}

kh_charset kh_html_charset(const char *bytes, size_t len) {
  const kh_slice s = {bytes, len < CHARSET_LOOK ? len : CHARSET_LOOK};
  static const char *const keys[] = {"charset=", "encoding="};
  for (size_t k = 0; k < sizeof keys / sizeof *keys; k++) {
    for (size_t i = 0; i + strlen(keys[k]) < s.len; i++) {
      if (!begins((kh_slice){s.at + i, s.len - i}, keys[k])) continue;
      size_t from = i + strlen(keys[k]);
      while (from < s.len && (s.at[from] == '"' || s.at[from] == '\'' || s.at[from] == ' ')) from++;
      size_t to = from;
      while (to < s.len && to - from < 20 && !strchr("\"'> ;/?", s.at[to])) to++;
      const kh_charset charset = kh_charset_named(s.at + from, to - from);
      // a page in which these letters can be read is not in UTF-16, whatever it says
      if (charset == KH_CHARSET_UTF16LE || charset == KH_CHARSET_UTF16BE) return KH_CHARSET_UTF8;
      if (charset != KH_CHARSET_UNKNOWN) return charset;
    }
  }
  return KH_CHARSET_UNKNOWN;
}

// ------------------------------------------------------------------ one pass over the page

typedef struct open_element {
  uint8_t element;
  int32_t holder; // the one it made, or that of its parent
  kh_slice name;
} open_element;

typedef struct pass {
  kh_slice html;
  kh_page *page;
  kh_blocks blocks;
  char *text; // collected; never longer than the page
  size_t used;
  size_t block_start;
  size_t link_bytes; // of the block at hand
  bool blank;        // a blank is due before the next character
  uint8_t block_element;
  unsigned links;   // open <a>
  unsigned inlines; // open inline elements
  unsigned depth;
  unsigned open[NAME_KINDS]; // how many elements of each kind of name are open
  open_element stack[MOST_DEPTH];
  kh_slice titles[MOST_TITLES]; // h1, first to last
  unsigned title_count;
  kh_slice og_title;
  kh_slice head_title;
  kh_slice outlet;
  kh_slice publisher; // of the page's structured data, its escapes resolved
  kh_slice application;
  int date_rank; // lower is better; 0 none
  bool too_deep;
} pass;

static int32_t holder_now(const pass *p) { return p->depth ? p->stack[p->depth - 1].holder : -1; }

static void end_block(pass *p) {
  if (p->used > p->block_start) {
    kh_block *block = KH_ADD(p->blocks.arena, &p->blocks.blocks);
    block->start = (uint32_t)p->block_start;
    block->end = (uint32_t)p->used;
    block->link = (uint32_t)p->link_bytes;
    block->holder = holder_now(p);
    block->element = p->block_element;
  }
  p->block_start = p->used;
  p->link_bytes = 0;
  p->blank = false;
  p->block_element = p->depth ? p->stack[p->depth - 1].element : KH_EL_BODY;
}

static void add_bytes(pass *p, const char *bytes, size_t len) {
  if (p->blank && p->used > p->block_start) {
    p->text[p->used++] = ' ';
    if (p->links) p->link_bytes++;
  }
  p->blank = false;
  memcpy(p->text + p->used, bytes, len);
  p->used += len;
  if (p->links) p->link_bytes += len;
}

static void add_text(pass *p, kh_slice s) {
  for (size_t i = 0; i < s.len;) {
    char one[8];
    size_t one_len = 0;
    const char c = s.at[i];
    const size_t width =
        c == '&' ? kh_reference((kh_slice){s.at + i, s.len - i}, one, &one_len) : 0;
    if (width) {
      if (one_len == 1 && is_blank(one[0]))
        p->blank = true;
      else
        add_bytes(p, one, one_len);
      i += width;
    } else if (is_blank(c)) {
      p->blank = true;
      i++;
    } else if (c == '\xC2' && i + 1 < s.len && s.at[i + 1] == '\xA0') { // no-break space
      p->blank = true;
      i += 2;
    } else {
      const size_t from = i;
      do i++;
      while (i < s.len && s.at[i] != '&' && s.at[i] != '\xC2' && !is_blank(s.at[i]));
      add_bytes(p, s.at + from, i - from);
    }
  }
}

// ------------------------------------------------------------------ elements

// Words of a class or id that speak of what stands around a report.
static bool sounds_like_junk(kh_slice s) {
  static const char *const words[] = {
      "comment",   "related",    "share",      "social",    "sidebar",  "widget",     "promo",
      "advert",    "breadcrumb", "footer",     "navbar",    "menu",     "newsletter", "subscri",
      "cookie",    "popup",      "modal",      "most-read", "mostread", "trending",   "recommend",
      "read-more", "readmore",   "read-also",  "readalso",  "see-also", "more-news",  "toolbar",
      "paginat",   "copyright",  "author-bio", "caption",   "credit",   "byline",     "tags"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (kh_slice_has(s, words[i])) return true;
  }
  return false;
}

// ... and those that speak of its text.
static bool sounds_like_body(kh_slice s) {
  static const char *const words[] = {
      "articlebody",      "article-body",  "article_body", "article__body", "story-body",
      "story__body",      "entry-content", "post-content", "post-body",     "article-content",
      "article__content", "news-content",  "news-body",    "article-text",  "wysiwyg",
      "content-body",     "body-text",     "news-text"};
  for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
    if (kh_slice_has(s, words[i])) return true;
  }
  return false;
}

static bool sounds_like_comments(kh_slice s) {
  return kh_slice_has(s, "comment") || kh_slice_has(s, "disqus");
}

static bool is_hidden(kh_slice attributes) {
  if (kh_attribute(attributes, "hidden").at) return true;
  const kh_slice style = kh_attribute(attributes, "style");
  return style.at && (kh_slice_has(style, "display:none") || kh_slice_has(style, "display: none"));
}

static int32_t add_holder(pass *p, const kh_tag *tag) {
  const int32_t parent = holder_now(p);
  const int32_t index = (int32_t)p->blocks.holders.count;
  kh_holder *holder = KH_ADD(p->blocks.arena, &p->blocks.holders);
  holder->parent = parent;
  holder->element = (uint8_t)tag->element;
  holder->junk = tag->element == KH_EL_ASIDE || tag->element == KH_EL_FOOTER ||
                 tag->element == KH_EL_NAV || tag->element == KH_EL_HEADER;
  const bool whole = tag->element == KH_EL_BODY || tag->element == KH_EL_MAIN ||
                     tag->element == KH_EL_ARTICLE; // their classes speak of the page
  if (tag->attributes.len < 2) return index;
  const kh_slice names[] = {kh_attribute(tag->attributes, "class"),
                            kh_attribute(tag->attributes, "id"),
                            kh_attribute(tag->attributes, "itemprop")};
  for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
    if (!names[i].at) continue;
    holder->body = holder->body || sounds_like_body(names[i]);
    holder->comments = holder->comments || (!whole && sounds_like_comments(names[i]));
    holder->junk = holder->junk || (holder->comments && !holder->body);
    holder->junk = holder->junk || (!whole && !holder->body && sounds_like_junk(names[i]));
  }
  if (is_hidden(tag->attributes)) holder->junk = true;
  return index;
}

static bool holds_blocks(kh_element element) {
  switch (element) {
  case KH_EL_ARTICLE:
  case KH_EL_ASIDE:
  case KH_EL_BLOCK:
  case KH_EL_BODY:
  case KH_EL_DIV:
  case KH_EL_FOOTER:
  case KH_EL_HEADER:
  case KH_EL_MAIN:
  case KH_EL_NAV:
  case KH_EL_SECTION:
  case KH_EL_TD:
    return true;
  default:
    return false;
  }
}

// Names of elements, told apart well enough to know that none of a name is open.
static unsigned name_kind(kh_slice name) {
  unsigned kind = (unsigned)name.len;
  for (size_t i = 0; i < name.len; i++) kind = kind * 31 + ((unsigned char)name.at[i] | 0x20U);
  return kind % NAME_KINDS;
}

static void push(pass *p, const kh_tag *tag) {
  if (p->depth == MOST_DEPTH) {
    p->too_deep = true;
    return;
  }
  const int32_t holder = holds_blocks(tag->element) ? add_holder(p, tag) : holder_now(p);
  p->stack[p->depth++] = (open_element){(uint8_t)tag->element, holder, tag->name};
  p->open[name_kind(tag->name)]++;
}

static void pop(pass *p) { p->open[name_kind(p->stack[--p->depth].name)]--; }

static bool top_is(const pass *p, kh_element element) {
  return p->depth && p->stack[p->depth - 1].element == element;
}

// End tags that pages leave out.
static void close_implied(pass *p, kh_element element) {
  if (top_is(p, KH_EL_P)) pop(p);
  if (element == KH_EL_LI && top_is(p, KH_EL_LI)) pop(p);
  if ((element == KH_EL_TD || element == KH_EL_TR) && top_is(p, KH_EL_TD)) pop(p);
  if (element == KH_EL_TR && top_is(p, KH_EL_TR)) pop(p);
}

static void open_block(pass *p, const kh_tag *tag) {
  end_block(p);
  close_implied(p, tag->element);
  push(p, tag);
  p->block_element = (uint8_t)tag->element;
}

static bool same_name(kh_slice a, kh_slice b) {
  if (a.len != b.len) return false;
  for (size_t i = 0; i < a.len; i++) {
    if ((a.at[i] | 0x20) != (b.at[i] | 0x20)) return false;
  }
  return true;
}

// Closes up to the element of that name; where none is open, nothing is closed.
static void close_block(pass *p, const kh_tag *tag) {
  end_block(p);
  if (!p->open[name_kind(tag->name)]) return;
  unsigned at = p->depth;
  while (at &&
         !(p->stack[at - 1].element == tag->element && same_name(p->stack[at - 1].name, tag->name)))
    at--;
  if (!at) return;
  while (p->depth >= at) pop(p);
  p->block_element = p->depth ? p->stack[p->depth - 1].element : KH_EL_BODY;
}

// ------------------------------------------------------------------ what pages say of themselves

static void offer_date(pass *p, kh_slice value, int rank) {
  char day[11];
  if (!value.at || (p->date_rank && p->date_rank <= rank)) return;
  if (!kh_page_day(value, day)) return;
  memcpy(p->page->published, day, sizeof day);
  p->date_rank = rank;
}

static void take_meta(pass *p, kh_slice attributes) {
  static const struct {
    const char *name;
    int rank;
  } dates[] = {
      {"article:published_time", 1},
      {"og:article:published_time", 1},
      {"datepublished", 1},
      {"parsely-pub-date", 2},
      {"sailthru.date", 2},
      {"publishdate", 2},
      {"publish-date", 2},
      {"pubdate", 2},
      {"dc.date.issued", 2},
      {"dcterms.created", 2},
      {"dc.date", 3},
      {"date", 3},
      {"cxenseparse:recs:publishtime", 3},
      {"og:published_time", 2},
  };
  const kh_slice content = kh_attribute(attributes, "content");
  if (!content.at) return;
  kh_slice name = kh_attribute(attributes, "property");
  if (!name.at) name = kh_attribute(attributes, "name");
  if (!name.at) name = kh_attribute(attributes, "itemprop");
  if (!name.at) return;
  if (kh_slice_is(name, "og:title") && !p->og_title.at) p->og_title = content;
  if (kh_slice_is(name, "og:site_name") && !p->outlet.at) p->outlet = content;
  if (kh_slice_is(name, "application-name") && !p->application.at) p->application = content;
  for (size_t i = 0; i < sizeof dates / sizeof *dates; i++) {
    if (kh_slice_is(name, dates[i].name)) offer_date(p, content, dates[i].rank);
  }
}

// The string behind the first `"key":` of `json`; escapes other than \/ make it useless.
static kh_slice json_string_of(kh_slice json, const char *key) {
  const size_t len = strlen(key);
  for (size_t i = 0; i + len < json.len; i++) {
    const char *hit = memchr(json.at + i, '"', json.len - i);
    if (!hit) break;
    i = (size_t)(hit - json.at);
    if (i + len + 2 >= json.len || memcmp(hit + 1, key, len) != 0 || hit[1 + len] != '"') continue;
    size_t k = i + len + 2;
    while (k < json.len && (is_blank(json.at[k]) || json.at[k] == ':')) k++;
    if (k >= json.len || json.at[k] != '"') continue;
    const size_t from = ++k;
    while (k < json.len && json.at[k] != '"' && json.at[k] != '\\') k++;
    if (k < json.len && json.at[k] == '"') return (kh_slice){json.at + from, k - from};
  }
  return (kh_slice){NULL, 0};
}

// The object behind `: `, to the brace that closes it; empty where there is none.
static kh_slice object_behind(kh_slice json) {
  size_t at = 0;
  while (at < json.len && (is_blank(json.at[at]) || json.at[at] == ':')) at++;
  const size_t from = at;
  size_t depth = 0;
  for (bool quoted = false; at < json.len && at - from < MOST_OBJECT; at++) {
    const char c = json.at[at];
    if (quoted && c == '\\')
      at++;
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == '{')
      depth++;
    else if (!quoted && c == '}' && --depth == 0)
      return (kh_slice){json.at + from, at + 1 - from};
    if (!depth) break; // something else than an object
  }
  return (kh_slice){NULL, 0};
}

// The "name" of an object, its escapes resolved.
static kh_slice name_of(pass *p, kh_slice json) {
  const kh_slice object = object_behind(json);
  if (!object.len) return object;
  kh_json_field name = {.name = "name"};
  kh_json_fault fault;
  char *copy = kh_arena_copy(p->blocks.arena, object.at, object.len);
  const bool read = kh_json_line(copy, object.len, &name, 1, &fault);
  if (!read || name.kind != KH_JSON_STRING) return (kh_slice){NULL, 0};
  return (kh_slice){name.at, name.len};
}

static void take_structured_data(pass *p, kh_slice json) {
  offer_date(p, json_string_of(json, "datePublished"), 2);
  if (p->publisher.at) return;
  static const char key[] = "\"publisher\"";
  for (size_t i = 0; i + sizeof key < json.len; i++) {
    const char *hit = memchr(json.at + i, '"', json.len - i);
    if (!hit) return;
    i = (size_t)(hit - json.at);
    if (i + sizeof key >= json.len || memcmp(hit, key, sizeof key - 1) != 0) continue;
    const size_t from = i + sizeof key - 1;
    p->publisher = name_of(p, (kh_slice){json.at + from, json.len - from});
    return;
  }
}

// Raw elements: their content is passed over, or read apart.
static size_t take_raw(pass *p, const kh_tag *tag, size_t at) {
  const size_t end = kh_raw_end(p->html, at, tag->name);
  const kh_slice content = {p->html.at + at, end - at};
  if (tag->element == KH_EL_TITLE && !p->head_title.at) p->head_title = content;
  if (tag->element == KH_EL_SCRIPT) {
    const kh_slice type = kh_attribute(tag->attributes, "type");
    if (type.at && kh_slice_is(type, "application/ld+json")) take_structured_data(p, content);
  }
  return end;
}

// ------------------------------------------------------------------ the pass

static void note_title(pass *p) {
  if (top_is(p, KH_EL_H1) && p->used > p->block_start && p->title_count < MOST_TITLES)
    p->titles[p->title_count++] = (kh_slice){p->text + p->block_start, p->used - p->block_start};
}

static void inline_tag(pass *p, const kh_tag *tag) {
  if (tag->element == KH_EL_A) {
    if (tag->closing)
      p->links = 0; // links do not nest
    else
      p->links = 1;
    return;
  }
  if (tag->element == KH_EL_TIME && !tag->closing)
    offer_date(p, kh_attribute(tag->attributes, "datetime"), 4);
  if (tag->closing) {
    if (p->inlines) p->inlines--;
  } else if (tag->attributes.len == 0 || tag->attributes.at[tag->attributes.len - 1] != '/') {
    p->inlines++;
    if (p->inlines > MOST_INLINE_DEPTH) p->too_deep = true;
  }
}

// Gives where reading goes on.
static size_t take_tag(pass *p, const kh_tag *tag, size_t at) {
  switch (tag->element) {
  case KH_EL_INLINE:
  case KH_EL_A:
  case KH_EL_TIME:
    inline_tag(p, tag);
    return at;
  case KH_EL_VOID:
    return at;
  case KH_EL_META:
    take_meta(p, tag->attributes);
    return at;
  case KH_EL_BR:
    end_block(p);
    return at;
  case KH_EL_RAW:
  case KH_EL_SCRIPT:
  case KH_EL_TITLE:
    return tag->closing ? at : take_raw(p, tag, at);
  default:
    if (tag->closing) {
      if (tag->element == KH_EL_H1) note_title(p);
      close_block(p, tag);
    } else {
      open_block(p, tag);
    }
    return at;
  }
}

static void run(pass *p) {
  size_t at = 0;
  while (at < p->html.len && !p->too_deep) {
    if (p->html.at[at] == '<') {
      kh_tag tag;
      const size_t from = at;
      if (kh_tag_read(p->html, &at, &tag)) {
        if (tag.name.len) at = take_tag(p, &tag, at);
        continue;
      }
      add_text(p, (kh_slice){p->html.at + from, 1}); // a bare '<'
      at = from + 1;
      continue;
    }
    const char *next = memchr(p->html.at + at, '<', p->html.len - at);
    const size_t end = next ? (size_t)(next - p->html.at) : p->html.len;
    add_text(p, (kh_slice){p->html.at + at, end - at});
    at = end;
  }
  end_block(p);
}

// ------------------------------------------------------------------ the result

static kh_slice unescaped(pass *p, kh_slice s) {
  if (!s.at) return s;
  char *out = kh_arena_alloc(p->blocks.arena, s.len + 4);
  return (kh_slice){out, kh_unescape(s, out)};
}

// Headlines in <title> and og:title often end in the site's name behind a bar or a dash.
static kh_slice without_site(kh_slice title, kh_slice site) {
  for (size_t i = title.len; i-- > 1;) {
    const bool bar = title.at[i] == '|' || (title.at[i] == '-' && title.at[i - 1] == ' ' &&
                                            i + 1 < title.len && title.at[i + 1] == ' ');
    if (!bar) continue;
    size_t from = i + 1;
    while (from < title.len && title.at[from] == ' ') from++;
    const kh_slice tail = {title.at + from, title.len - from};
    const bool named = site.len && tail.len == site.len && memcmp(tail.at, site.at, site.len) == 0;
    if (!named && (title.at[i] != '|' || tail.len > 60 || i < 20)) return title;
    while (i && title.at[i - 1] == ' ') i--;
    return (kh_slice){title.at, i};
  }
  return title;
}

static bool contains(kh_slice all, kh_slice part) {
  for (size_t i = 0; i + part.len <= all.len; i++) {
    if (memcmp(all.at + i, part.at, part.len) == 0) return true;
  }
  return false;
}

// The headline: an h1 that the page's metadata confirm, or the metadata, or the first h1.
static kh_slice headline(pass *p, kh_slice og, kh_slice head, kh_slice site) {
  for (unsigned i = 0; i < p->title_count; i++) {
    if (p->titles[i].len >= 10 && (contains(og, p->titles[i]) || contains(head, p->titles[i])))
      return p->titles[i];
  }
  if (og.len) return without_site(og, site);
  for (unsigned i = 0; i < p->title_count; i++) {
    if (p->titles[i].len >= 30) return p->titles[i];
  }
  return without_site(head, site);
}

static void finish(pass *p) {
  kh_page *page = p->page;
  const bool *kept = page->fragment ? kh_fragment_text(&p->blocks) : kh_main_text(&p->blocks);
  const kh_slice said = p->outlet.at ? p->outlet : p->publisher;
  const kh_slice site = unescaped(p, said.at ? said : p->application);
  const kh_slice title = headline(p, unescaped(p, p->og_title), unescaped(p, p->head_title), site);
  page->title = title.at;
  page->title_len = title.len;
  page->outlet = site.at;
  page->outlet_len = site.len;
  // a blank line between blocks: at most two bytes more a block
  char *text = kh_arena_alloc(p->blocks.arena, p->used + 2 * (size_t)p->blocks.blocks.count + 1);
  size_t used = 0;
  for (uint32_t i = 0; i < p->blocks.blocks.count; i++) {
    const kh_block *block = &p->blocks.blocks.at[i];
    const size_t len = block->end - block->start;
    const bool again = len == title.len && memcmp(p->text + block->start, title.at, len) == 0;
    if (!kept[i] || again || block->element == KH_EL_H1) continue;
    for (int line = 0; used && line < 2; line++) text[used++] = '\n';
    memcpy(text + used, p->text + block->start, len);
    used += len;
  }
  page->text = text;
  page->text_len = used;
}

kh_status kh_html_read(kh_arena *arena, const char *html, size_t len, kh_page *page,
                       kh_error *error) {
  pass *p = kh_arena_zero(arena, sizeof *p);
  p->html = (kh_slice){html, len};
  p->page = page;
  p->blocks.arena = arena;
  p->text = kh_arena_alloc(arena, len + 16);
  p->blocks.text = p->text;
  p->block_element = KH_EL_BODY;
  run(p);
  if (p->too_deep)
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_TEXT,
                   "elements are nested more than %d deep; this is no page of a report",
                   MOST_DEPTH);
  finish(p);
  return KH_OK;
}
