// SPDX-License-Identifier: Apache-2.0
// Tags, attributes and character references of HTML, each read in one pass.
#include "text/page.h"

#include "text/day.h"

#include <string.h>

typedef struct element_name {
  const char *name;
  kh_element element;
} element_name;

static const element_name elements[] = {
    {"a", KH_EL_A},
    {"address", KH_EL_BLOCK},
    {"article", KH_EL_ARTICLE},
    {"aside", KH_EL_ASIDE},
    {"audio", KH_EL_RAW},
    {"base", KH_EL_VOID},
    {"blockquote", KH_EL_BLOCK},
    {"body", KH_EL_BODY},
    {"br", KH_EL_BR},
    {"button", KH_EL_RAW},
    {"canvas", KH_EL_RAW},
    {"caption", KH_EL_CAPTION},
    {"center", KH_EL_BLOCK},
    {"col", KH_EL_VOID},
    {"dd", KH_EL_LI},
    {"details", KH_EL_BLOCK},
    {"dialog", KH_EL_NAV},
    {"div", KH_EL_DIV},
    {"dl", KH_EL_BLOCK},
    {"dt", KH_EL_LI},
    {"embed", KH_EL_VOID},
    {"fieldset", KH_EL_BLOCK},
    {"figcaption", KH_EL_CAPTION},
    {"figure", KH_EL_BLOCK},
    {"footer", KH_EL_FOOTER},
    {"form", KH_EL_BLOCK},
    {"h1", KH_EL_H1},
    {"h2", KH_EL_HEADING},
    {"h3", KH_EL_HEADING},
    {"h4", KH_EL_HEADING},
    {"h5", KH_EL_HEADING},
    {"h6", KH_EL_HEADING},
    {"header", KH_EL_HEADER},
    {"hr", KH_EL_BR},
    {"html", KH_EL_BLOCK},
    {"iframe", KH_EL_RAW},
    {"img", KH_EL_VOID},
    {"input", KH_EL_VOID},
    {"li", KH_EL_LI},
    {"link", KH_EL_VOID},
    {"main", KH_EL_MAIN},
    {"math", KH_EL_RAW},
    {"menu", KH_EL_NAV},
    {"meta", KH_EL_META},
    {"nav", KH_EL_NAV},
    {"noembed", KH_EL_RAW},
    {"noframes", KH_EL_RAW},
    {"noscript", KH_EL_RAW},
    {"object", KH_EL_RAW},
    {"ol", KH_EL_BLOCK},
    {"p", KH_EL_P},
    {"param", KH_EL_VOID},
    {"pre", KH_EL_BLOCK},
    {"script", KH_EL_SCRIPT},
    {"section", KH_EL_SECTION},
    {"select", KH_EL_RAW},
    {"source", KH_EL_VOID},
    {"style", KH_EL_RAW},
    {"svg", KH_EL_RAW},
    {"table", KH_EL_BLOCK},
    {"tbody", KH_EL_BLOCK},
    {"td", KH_EL_TD},
    {"template", KH_EL_RAW},
    {"textarea", KH_EL_RAW},
    {"tfoot", KH_EL_BLOCK},
    {"th", KH_EL_TD},
    {"thead", KH_EL_BLOCK},
    {"time", KH_EL_TIME},
    {"title", KH_EL_TITLE},
    {"tr", KH_EL_TR},
    {"track", KH_EL_VOID},
    {"ul", KH_EL_BLOCK},
    {"video", KH_EL_RAW},
    {"wbr", KH_EL_VOID},
};

static char lower(char c) { return (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c); }
static bool is_blank(char c) {
  return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}
static bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
static bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool kh_slice_is(kh_slice slice, const char *low) {
  size_t i = 0;
  while (i < slice.len && low[i] && lower(slice.at[i]) == low[i]) i++;
  return i == slice.len && !low[i];
}

bool kh_slice_has(kh_slice slice, const char *low) {
  const size_t len = strlen(low);
  for (size_t i = 0; i + len <= slice.len; i++) {
    size_t k = 0;
    while (k < len && lower(slice.at[i + k]) == low[k]) k++;
    if (k == len) return true;
  }
  return false;
}

static kh_element element_of(kh_slice name) {
  if (name.len > 10) return KH_EL_INLINE;
  const char first = lower(name.at[0]);
  for (size_t i = 0; i < sizeof elements / sizeof *elements; i++) {
    if (elements[i].name[0] == first && kh_slice_is(name, elements[i].name))
      return elements[i].element;
  }
  return KH_EL_INLINE;
}

// Behind the next `end` (a string) from `at`, or the end of the page.
static size_t behind(kh_slice html, size_t at, const char *end) {
  const size_t len = strlen(end);
  while (at + len <= html.len) {
    const char *hit = memchr(html.at + at, end[0], html.len - at - len + 1);
    if (!hit) break;
    at = (size_t)(hit - html.at);
    if (memcmp(hit, end, len) == 0) return at + len;
    at++;
  }
  return html.len;
}

// The '>' that ends a tag, quoted values passed over; html.len when there is none.
static size_t tag_end(kh_slice html, size_t at) {
  char quote = 0;
  for (; at < html.len; at++) {
    const char c = html.at[at];
    if (quote) {
      if (c == quote) quote = 0;
    } else if (c == '>') {
      return at;
    } else if ((c == '"' || c == '\'') && html.at[at - 1] == '=') {
      quote = c;
    }
  }
  return at;
}

bool kh_tag_read(kh_slice html, size_t *at, kh_tag *tag) {
  size_t i = *at + 1;
  memset(tag, 0, sizeof *tag);
  if (i >= html.len) return false;
  if (html.at[i] == '!' || html.at[i] == '?') {
    const bool comment = i + 2 < html.len && memcmp(html.at + i, "!--", 3) == 0;
    *at = comment ? behind(html, i + 1, "-->") : behind(html, i, ">");
    return true;
  }
  tag->closing = html.at[i] == '/';
  i += tag->closing;
  if (i >= html.len || !is_letter(html.at[i])) return false;
  const size_t name = i;
  while (i < html.len && !is_blank(html.at[i]) && html.at[i] != '>' && html.at[i] != '/') i++;
  const size_t name_len = i - name;
  const size_t end = tag_end(html, i);
  if (end == html.len) { // cut in the middle of a tag: nothing more can be read
    *at = html.len;
    return true;
  }
  tag->name = (kh_slice){html.at + name, name_len};
  tag->attributes = (kh_slice){html.at + i, end - i};
  tag->element = element_of(tag->name);
  *at = end + 1;
  return true;
}

size_t kh_raw_end(kh_slice html, size_t at, kh_slice name) {
  for (;;) {
    const char *hit = at < html.len ? memchr(html.at + at, '<', html.len - at) : NULL;
    if (!hit) return html.len;
    at = (size_t)(hit - html.at);
    if (at + 2 + name.len > html.len) return html.len;
    size_t k = 0;
    while (k < name.len && lower(hit[2 + k]) == lower(name.at[k])) k++;
    if (hit[1] == '/' && k == name.len) return at;
    at++;
  }
}

// The next attribute from *at on: its name and value. False when there are no more.
static bool next_attribute(kh_slice s, size_t *at, kh_slice *name, kh_slice *value) {
  size_t i = *at;
  while (i < s.len && (is_blank(s.at[i]) || s.at[i] == '/')) i++;
  if (i == s.len) return false;
  const size_t from = i;
  do i++;
  while (i < s.len && !is_blank(s.at[i]) && s.at[i] != '=' && s.at[i] != '/');
  *name = (kh_slice){s.at + from, i - from};
  *value = (kh_slice){s.at + i, 0};
  while (i < s.len && is_blank(s.at[i])) i++;
  if (i < s.len && s.at[i] == '=') {
    do i++;
    while (i < s.len && is_blank(s.at[i]));
    const char quote = i < s.len && (s.at[i] == '"' || s.at[i] == '\'') ? s.at[i] : 0;
    const size_t start = i += quote != 0;
    while (i < s.len && (quote ? s.at[i] != quote : !is_blank(s.at[i]))) i++;
    *value = (kh_slice){s.at + start, i - start};
    i += quote && i < s.len;
  }
  *at = i;
  return true;
}

kh_slice kh_attribute(kh_slice attributes, const char *name) {
  size_t at = 0;
  kh_slice found;
  kh_slice value;
  while (next_attribute(attributes, &at, &found, &value)) {
    if (kh_slice_is(found, name)) return value;
  }
  return (kh_slice){NULL, 0};
}

// ------------------------------------------------------------------ character references

typedef struct reference {
  const char *name;
  uint32_t code_point;
} reference;

static const reference references[] = {
    {"amp", '&'},       {"lt", '<'},       {"gt", '>'},        {"quot", '"'},
    {"apos", '\''},     {"nbsp", ' '},     {"laquo", 0xAB},    {"raquo", 0xBB},
    {"ldquo", 0x201C},  {"rdquo", 0x201D}, {"lsquo", 0x2018},  {"rsquo", 0x2019},
    {"sbquo", 0x201A},  {"bdquo", 0x201E}, {"lsaquo", 0x2039}, {"rsaquo", 0x203A},
    {"hellip", 0x2026}, {"ndash", 0x2013}, {"mdash", 0x2014},  {"minus", 0x2212},
    {"zwnj", 0x200C},   {"zwj", 0x200D},   {"lrm", 0x200E},    {"rlm", 0x200F},
    {"shy", 0xAD},      {"ensp", ' '},     {"emsp", ' '},      {"thinsp", ' '},
    {"middot", 0xB7},   {"bull", 0x2022},  {"copy", 0xA9},     {"reg", 0xAE},
    {"trade", 0x2122},  {"times", 0xD7},   {"divide", 0xF7},   {"deg", 0xB0},
    {"euro", 0x20AC},   {"pound", 0xA3},   {"yen", 0xA5},      {"cent", 0xA2},
    {"sect", 0xA7},     {"para", 0xB6},    {"prime", 0x2032},  {"Prime", 0x2033},
    {"frac12", 0xBD},   {"frac14", 0xBC},  {"frac34", 0xBE},   {"sup2", 0xB2},
    {"eacute", 0xE9},   {"egrave", 0xE8},  {"agrave", 0xE0},   {"ccedil", 0xE7},
    {"ouml", 0xF6},     {"uuml", 0xFC},    {"auml", 0xE4},     {"iuml", 0xEF},
    {"num", '#'},       {"comma", ','},    {"colon", ':'},     {"lpar", '('},
    {"rpar", ')'},      {"excl", '!'},     {"quest", '?'},     {"period", '.'},
};

// Numbers 128..159 mean windows-1252, as browsers have it.
static uint32_t numbered(uint32_t value) {
  static const uint16_t old[32] = {0x20AC, 0x0081, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008D, 0x017D, 0x008F,
                                   0x0090, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x009D, 0x017E, 0x0178};
  if (value >= 0x80 && value <= 0x9F) return old[value - 0x80];
  if (value == 0xA0) return ' ';
  return value ? value : 0xFFFD;
}

static size_t number_reference(kh_slice s, uint32_t *code_point) {
  const bool hexadecimal = s.len > 2 && lower(s.at[2]) == 'x';
  size_t i = hexadecimal ? 3 : 2;
  const size_t from = i;
  uint32_t value = 0;
  for (; i < s.len; i++) {
    const char c = lower(s.at[i]);
    uint32_t digit;
    if (is_digit(c))
      digit = (uint32_t)(c - '0');
    else if (hexadecimal && c >= 'a' && c <= 'f')
      digit = (uint32_t)(c - 'a') + 10;
    else
      break;
    if (value <= 0x10FFFF) value = value * (hexadecimal ? 16 : 10) + digit;
  }
  if (i == from) return 0;
  *code_point = numbered(value);
  return i + (i < s.len && s.at[i] == ';');
}

static size_t named_reference(kh_slice s, uint32_t *code_point) {
  size_t i = 1;
  while (i < s.len && i < 10 && (is_letter(s.at[i]) || is_digit(s.at[i]))) i++;
  if (i == s.len || s.at[i] != ';') return 0;
  for (size_t k = 0; k < sizeof references / sizeof *references; k++) {
    if (strlen(references[k].name) != i - 1 || memcmp(references[k].name, s.at + 1, i - 1) != 0)
      continue;
    *code_point = references[k].code_point;
    return i + 1;
  }
  return 0;
}

size_t kh_reference(kh_slice s, char *out, size_t *used) {
  uint32_t code_point = 0;
  const size_t width = s.len > 2 && s.at[1] == '#' ? number_reference(s, &code_point)
                                                   : named_reference(s, &code_point);
  if (width) *used = kh_utf8_put(out, code_point);
  return width;
}

size_t kh_unescape(kh_slice slice, char *out) {
  size_t used = 0;
  bool blank = false;
  for (size_t i = 0; i < slice.len;) {
    char one[8] = {slice.at[i]};
    size_t one_len = 1;
    const size_t width =
        one[0] == '&' ? kh_reference((kh_slice){slice.at + i, slice.len - i}, one, &one_len) : 0;
    i += width ? width : 1;
    if (one_len == 1 && is_blank(one[0])) {
      blank = used > 0;
      continue;
    }
    if (blank) out[used++] = ' ';
    blank = false;
    memcpy(out + used, one, one_len);
    used += one_len;
  }
  return used;
}

// ------------------------------------------------------------------ days

static bool take_day(unsigned year, unsigned month, unsigned day, char out[11]) {
  if (year > 9999 || month > 99 || day > 99) return false;
  const char iso[11] = {(char)('0' + year / 1000),
                        (char)('0' + year / 100 % 10),
                        (char)('0' + year / 10 % 10),
                        (char)('0' + year % 10),
                        '-',
                        (char)('0' + month / 10),
                        (char)('0' + month % 10),
                        '-',
                        (char)('0' + day / 10),
                        (char)('0' + day % 10),
                        '\0'};
  return year >= 1900 && kh_day_read(iso, out);
}

// "30 May 2019" somewhere in the value.
static bool english_day(kh_slice s, char day[11]) {
  static const char months[] = "janfebmaraprmayjunjulaugsepoctnovdec";
  unsigned numbers[2] = {0, 0};
  unsigned month = 0;
  size_t found = 0;
  for (size_t i = 0; i < s.len && found < 2;) {
    if (is_digit(s.at[i])) {
      unsigned value = 0;
      for (; i < s.len && is_digit(s.at[i]); i++)
        if (value < 100000) value = value * 10 + (unsigned)(s.at[i] - '0');
      numbers[found++] = value;
    } else if (is_letter(s.at[i])) {
      const size_t from = i;
      while (i < s.len && is_letter(s.at[i])) i++;
      for (unsigned m = 0; i - from >= 3 && m < 12 && !month; m++) {
        const char *name = months + (size_t)m * 3;
        if (lower(s.at[from]) == name[0] && lower(s.at[from + 1]) == name[1] &&
            lower(s.at[from + 2]) == name[2])
          month = m + 1;
      }
    } else {
      i++;
    }
  }
  return month && found == 2 && take_day(numbers[1], month, numbers[0], day);
}

bool kh_page_day(kh_slice s, char day[11]) {
  unsigned parts[3] = {0, 0, 0};
  size_t i = 0;
  while (i < s.len && is_blank(s.at[i])) i++;
  static const size_t widths[] = {4, 2, 2};
  bool numeric = true;
  for (size_t k = 0; k < 3 && numeric; k++) {
    for (size_t n = 0; n < widths[k]; n++, i++) {
      numeric = numeric && i < s.len && is_digit(s.at[i]);
      if (numeric) parts[k] = parts[k] * 10 + (unsigned)(s.at[i] - '0');
    }
    if (numeric && k < 2 && i < s.len && (s.at[i] == '-' || s.at[i] == '/')) i++;
  }
  if (numeric && (i == s.len || !is_digit(s.at[i])))
    return take_day(parts[0], parts[1], parts[2], day);
  return english_day(s, day);
}
