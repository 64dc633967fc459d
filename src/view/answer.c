// SPDX-License-Identifier: Apache-2.0
// Rows of answers for a person at a terminal: a line that is aligned as far as its words have a
// known width (days, kinds, ids), then what reports say, each value isolated.
#include "base/error.h"
#include "base/utf8.h"
#include "view/isolate.h"
#include "view/labels.h"

#include <jansson.h>
#include <khutwa/ask.h>
#include <string.h>

enum { DAY_COLUMN = 10, ID_COLUMN = 9, KIND_COLUMN = 12 };

typedef struct page {
  kh_writer out;
  kh_view_text_options options;
} page;

typedef enum style { PLAIN, BOLD, DIM, ACCENT } style;

static void set_style(page *p, style s) {
  static const char *const codes[] = {"\x1b[0m", "\x1b[1m", "\x1b[2m", "\x1b[36m"};
  if (p->options.colour) kh_puts(&p->out, codes[s]);
}

// ------------------------------------------------------------------ pieces

static const char *text_of(const json_t *row, const char *key) {
  const char *text = json_string_value(json_object_get(row, key));
  return text ? text : "";
}

static const char *label(const page *p, kh_label which) {
  return kh_label_text(which, p->options.language);
}

static const char *term(const page *p, const char *word) {
  return *word ? kh_label_term(word, p->options.language) : word;
}

// A word in a column of its own, filled up with blanks.
static void put_column(page *p, style s, const char *text, size_t width) {
  size_t points = 0;
  size_t size = 1;
  for (const char *at = text; *at; at += size, points++)
    (void)kh_utf8_decode((const unsigned char *)at, &size);
  set_style(p, s);
  kh_put_safe(&p->out, text, strlen(text));
  set_style(p, PLAIN);
  do kh_putc(&p->out, ' ');
  while (points++ < width);
}

static void put_value(page *p, const char *text) {
  if (*text) kh_put_isolated(&p->out, text, strlen(text));
}

static void begin_note(page *p, kh_label which) {
  kh_puts(&p->out, " \xC2\xB7 ");
  set_style(p, DIM);
  kh_puts(&p->out, label(p, which));
  set_style(p, PLAIN);
  kh_putc(&p->out, ' ');
}

static void note_text(page *p, kh_label which, const char *text) {
  if (!*text) return;
  begin_note(p, which);
  put_value(p, text);
}

static void note_name(page *p, kh_label which, const json_t *ref) {
  note_text(p, which, text_of(ref, "name"));
}

static void note_names(page *p, kh_label which, const json_t *list) {
  size_t i;
  json_t *ref;
  if (!json_array_size(list)) return;
  begin_note(p, which);
  json_array_foreach(list, i, ref) {
    if (i) kh_puts(&p->out, label(p, KH_LABEL_COMMA));
    put_value(p, text_of(ref, "name"));
  }
}

static void note_count(page *p, kh_label which, const json_t *row, const char *key) {
  const json_t *value = json_object_get(row, key);
  if (!json_is_number(value)) return;
  begin_note(p, which);
  kh_put_double(&p->out, json_number_value(value));
}

static void note_word(page *p, const char *word) {
  if (!*word) return;
  kh_puts(&p->out, " \xC2\xB7 ");
  kh_puts(&p->out, word);
}

static void note_truth(page *p, kh_label which, const json_t *row, const char *key) {
  if (json_is_true(json_object_get(row, key))) note_word(p, label(p, which));
}

static void end_line(page *p) { kh_putc(&p->out, '\n'); }

static void put_number(page *p, const json_t *number) {
  if (json_is_number(number)) kh_put_double(&p->out, json_number_value(number));
}

// A text with its hits marked: by a style, or where there is none by asterisks.
static void put_marked(page *p, const char *text, const json_t *marks) {
  size_t from = 0;
  size_t i;
  json_t *mark;
  const size_t len = strlen(text);
  kh_puts(&p->out, "\xE2\x81\xA8");
  json_array_foreach(marks, i, mark) {
    const size_t start = kh_span_byte_of_code_point(
        text, len, (size_t)json_integer_value(json_object_get(mark, "start")));
    const size_t end = kh_span_byte_of_code_point(
        text, len, (size_t)json_integer_value(json_object_get(mark, "end")));
    if (start < from || end < start) continue;
    kh_put_safe(&p->out, text + from, start - from);
    set_style(p, BOLD);
    if (!p->options.colour) kh_putc(&p->out, '*');
    kh_put_safe(&p->out, text + start, end - start);
    if (!p->options.colour) kh_putc(&p->out, '*');
    set_style(p, PLAIN);
    from = end;
  }
  kh_put_safe(&p->out, text + from, len - from);
  kh_puts(&p->out, "\xE2\x81\xA9");
}

static void put_sentence(page *p, const json_t *row) {
  const char *text = text_of(row, "text");
  if (!*text) return;
  kh_puts(&p->out, "    ");
  put_marked(p, text, json_object_get(row, "marks"));
  end_line(p);
}

// A mention as evidence, on a line of its own.
static void put_quote(page *p, const json_t *quote) {
  kh_puts(&p->out, "    ");
  put_column(p, DIM, text_of(quote, "claim"), ID_COLUMN);
  put_value(p, text_of(quote, "outlet"));
  kh_putc(&p->out, ' ');
  put_value(p, text_of(quote, "published"));
  note_truth(p, KH_LABEL_COPY, quote, "copy");
  kh_puts(&p->out, ": ");
  put_marked(p, text_of(quote, "text"), json_object_get(quote, "marks"));
  end_line(p);
}

static void put_quotes(page *p, const json_t *list) {
  size_t i;
  json_t *quote;
  json_array_foreach(list, i, quote) put_quote(p, quote);
}

static void put_days(page *p, const char *from, const char *until) {
  const bool range = *until && strcmp(from, until) != 0;
  put_column(p, PLAIN, *from || !range ? (*from ? from : "-") : until, DAY_COLUMN);
  if (range && *from) {
    kh_puts(&p->out, "\xE2\x80\x93 ");
    put_column(p, PLAIN, until, DAY_COLUMN);
  }
}

// ------------------------------------------------------------------ rows

static void put_document(page *p, const json_t *row) {
  put_column(p, DIM, text_of(row, "id"), ID_COLUMN);
  const char *day = text_of(row, "published");
  char cut[DAY_COLUMN + 1] = "";
  strncat(cut, day, DAY_COLUMN);
  put_column(p, PLAIN, *cut ? cut : "-", DAY_COLUMN);
  const char *title = text_of(row, "title");
  set_style(p, ACCENT);
  put_value(p, *title ? title : text_of(row, "source_id"));
  set_style(p, PLAIN);
  note_text(p, KH_LABEL_SOURCE, text_of(row, "outlet"));
  note_count(p, KH_LABEL_CLAIMS, row, "claims");
  note_text(p, KH_LABEL_COPY_OF, text_of(row, "copy_of"));
  end_line(p);
}

static void put_hit(page *p, const json_t *row) {
  put_column(p, DIM, text_of(row, "id"), ID_COLUMN);
  char cut[DAY_COLUMN + 1] = "";
  strncat(cut, text_of(row, "day"), DAY_COLUMN);
  put_column(p, PLAIN, *cut ? cut : "-", DAY_COLUMN);
  const char *title = text_of(row, "title");
  set_style(p, ACCENT);
  if (*title)
    put_value(p, title);
  else
    kh_puts(&p->out, label(p, KH_LABEL_UNTITLED));
  set_style(p, PLAIN);
  note_text(p, KH_LABEL_SOURCE, text_of(row, "outlet"));
  note_text(p, KH_LABEL_COPY_OF, text_of(row, "copy_of"));
  end_line(p);
  put_sentence(p, row);
}

static void put_happening(page *p, const json_t *row) {
  put_days(p, text_of(row, "day"), text_of(row, "until"));
  put_column(p, ACCENT, term(p, text_of(row, "type")), KIND_COLUMN);
  put_column(p, DIM, text_of(row, "id"), ID_COLUMN);
  put_value(p, text_of(json_object_get(row, "place"), "name"));
  note_names(p, KH_LABEL_BY, json_object_get(row, "actors"));
  note_names(p, KH_LABEL_ON, json_object_get(row, "recipients"));
  note_truth(p, KH_LABEL_DENIED, row, "denied");
  note_count(p, KH_LABEL_MENTIONS, row, "mentions");
  note_count(p, KH_LABEL_SOURCES, row, "sources");
  end_line(p);
  const json_t *quotes = json_object_get(row, "quotes");
  if (quotes)
    put_quotes(p, quotes);
  else
    put_sentence(p, row);
}

static void put_bounds(page *p, const json_t *row) {
  const double low = json_number_value(json_object_get(row, "low"));
  const double high = json_number_value(json_object_get(row, "high"));
  set_style(p, BOLD);
  put_number(p, json_object_get(row, "best"));
  set_style(p, PLAIN);
  if (low < high) {
    kh_puts(&p->out, " (");
    kh_put_double(&p->out, low);
    kh_puts(&p->out, "\xE2\x80\x93");
    kh_put_double(&p->out, high);
    kh_putc(&p->out, ')');
  }
}

static void put_value_of_figure(page *p, const json_t *figure) {
  const char *bound = term(p, text_of(figure, "bound"));
  if (*bound) {
    kh_puts(&p->out, bound);
    kh_putc(&p->out, ' ');
  }
  put_number(p, json_object_get(figure, "value"));
  if (json_is_number(json_object_get(figure, "high"))) {
    kh_puts(&p->out, "\xE2\x80\x93");
    put_number(p, json_object_get(figure, "high"));
  }
}

static void put_figures(page *p, const json_t *list) {
  size_t i;
  json_t *figure;
  json_array_foreach(list, i, figure) {
    const json_t *quote = json_object_get(figure, "quote");
    kh_puts(&p->out, "    ");
    put_column(p, DIM, text_of(figure, "claim"), ID_COLUMN);
    put_value_of_figure(p, figure);
    note_text(p, KH_LABEL_SOURCE, text_of(figure, "outlet"));
    kh_putc(&p->out, ' ');
    put_value(p, text_of(figure, "day"));
    note_name(p, KH_LABEL_ACCORDING_TO, json_object_get(figure, "source"));
    note_truth(p, KH_LABEL_COPY, figure, "copy");
    kh_puts(&p->out, ": ");
    put_marked(p, text_of(quote, "text"), json_object_get(quote, "marks"));
    end_line(p);
  }
}

static void put_series(page *p, const json_t *row) {
  put_days(p, text_of(row, "since"), text_of(row, "until"));
  put_column(p, ACCENT, term(p, text_of(row, "what")), KIND_COLUMN);
  put_column(p, DIM, text_of(row, "id"), ID_COLUMN);
  put_bounds(p, row);
  kh_putc(&p->out, ' ');
  kh_puts(&p->out, term(p, text_of(row, "counted")));
  note_name(p, KH_LABEL_WHERE, json_object_get(row, "place"));
  note_count(p, KH_LABEL_SOURCES, row, "sources");
  note_truth(p, KH_LABEL_DISPUTED, row, "disputed");
  end_line(p);
  put_figures(p, json_object_get(row, "figures"));
}

static void put_history(page *p, const json_t *list) {
  size_t i;
  json_t *line;
  json_array_foreach(list, i, line) {
    const json_t *quote = json_object_get(line, "quote");
    kh_puts(&p->out, "    ");
    put_days(p, text_of(line, "day"), "");
    put_column(p, PLAIN, term(p, text_of(line, "status")), KIND_COLUMN);
    put_column(p, DIM, text_of(quote, "claim"), ID_COLUMN);
    put_value(p, text_of(quote, "outlet"));
    note_name(p, KH_LABEL_ACCORDING_TO, json_object_get(line, "according_to"));
    kh_puts(&p->out, ": ");
    put_marked(p, text_of(quote, "text"), json_object_get(quote, "marks"));
    end_line(p);
  }
}

static void put_conditions(page *p, kh_label which, const json_t *list, const char *key) {
  size_t i;
  json_t *condition;
  json_array_foreach(list, i, condition) {
    const char *other = text_of(condition, key);
    kh_puts(&p->out, "    ");
    set_style(p, DIM);
    kh_puts(&p->out, label(p, which));
    set_style(p, PLAIN);
    kh_putc(&p->out, ' ');
    if (*other) put_column(p, DIM, other, ID_COLUMN);
    kh_puts(&p->out, term(p, text_of(condition, "kind")));
    note_word(p, term(p, text_of(condition, "status")));
    note_text(p, KH_LABEL_FOR, text_of(condition, "for"));
    end_line(p);
  }
}

static void put_entry_line(page *p, const json_t *row) {
  put_days(p, text_of(row, "last_day"), "");
  put_column(p, ACCENT, term(p, text_of(row, "status")), KIND_COLUMN);
  put_column(p, DIM, text_of(row, "id"), ID_COLUMN);
  kh_puts(&p->out, term(p, text_of(row, "kind")));
  kh_puts(&p->out, ": ");
  put_value(p, text_of(row, "text"));
  note_names(p, KH_LABEL_BY, json_object_get(row, "by"));
  note_names(p, KH_LABEL_ASKED_BY, json_object_get(row, "asked_by"));
  note_name(p, KH_LABEL_WHERE, json_object_get(row, "place"));
  note_text(p, KH_LABEL_SINCE, text_of(row, "first_day"));
  note_count(p, KH_LABEL_MENTIONS, row, "mentions");
  note_count(p, KH_LABEL_SOURCES, row, "sources");
  note_truth(p, KH_LABEL_DISPUTED, row, "disputed");
  end_line(p);
}

static void put_entry(page *p, const json_t *row) {
  put_entry_line(p, row);
  put_history(p, json_object_get(row, "history"));
  put_conditions(p, KH_LABEL_NEEDS, json_object_get(row, "needs"), "needs");
  put_conditions(p, KH_LABEL_NEEDED_BY, json_object_get(row, "needed_by"), "entry");
}

static void put_change(page *p, const json_t *row) {
  const json_t *entry = json_object_get(row, "entry");
  const char *before = term(p, text_of(row, "before"));
  put_days(p, text_of(row, "day"), "");
  put_column(p, DIM, text_of(entry, "id"), ID_COLUMN);
  kh_puts(&p->out, term(p, text_of(entry, "kind")));
  kh_puts(&p->out, ": ");
  set_style(p, ACCENT);
  if (*before) {
    kh_puts(&p->out, before);
    // an arrow that points the way of the line
    kh_puts(&p->out, p->options.language == KH_VIEW_ARABIC ? " \xE2\x86\x90 " : " \xE2\x86\x92 ");
  }
  kh_puts(&p->out, term(p, text_of(row, "status")));
  set_style(p, PLAIN);
  note_names(p, KH_LABEL_BY, json_object_get(entry, "by"));
  note_name(p, KH_LABEL_ACCORDING_TO, json_object_get(row, "according_to"));
  end_line(p);
  put_quote(p, json_object_get(row, "quote"));
}

static void put_roles(page *p, const json_t *roles) {
  size_t i;
  json_t *role;
  json_array_foreach(roles, i, role) {
    kh_puts(&p->out, "    ");
    put_days(p, text_of(role, "first_day"), text_of(role, "last_day"));
    put_value(p, text_of(role, "role"));
    end_line(p);
  }
}

static void put_actor(page *p, const json_t *row) {
  put_column(p, DIM, text_of(row, "id"), ID_COLUMN);
  put_column(p, PLAIN, term(p, text_of(row, "kind")), KIND_COLUMN);
  set_style(p, ACCENT);
  put_value(p, text_of(row, "name"));
  set_style(p, PLAIN);
  kh_putc(&p->out, ' ');
  put_value(p, text_of(row, "name_en"));
  note_word(p, text_of(row, "country"));
  note_word(p, text_of(row, "sector"));
  note_count(p, KH_LABEL_REPORTS, row, "mentions");
  note_text(p, KH_LABEL_SINCE, text_of(row, "first_day"));
  note_text(p, KH_LABEL_UNTIL, text_of(row, "last_day"));
  end_line(p);
  put_roles(p, json_object_get(row, "roles"));
}

static void put_outlet(page *p, const json_t *row) {
  put_value(p, text_of(row, "name"));
  note_count(p, KH_LABEL_REPORTS, row, "documents");
  note_text(p, KH_LABEL_SINCE, text_of(row, "first_day"));
  note_text(p, KH_LABEL_UNTIL, text_of(row, "last_day"));
  end_line(p);
}

static void put_difference(page *p, const json_t *row) {
  static const struct {
    const char *change;
    const char *sign;
  } signs[] = {{"same", "="}, {"differs", "\xE2\x89\xA0"}, {"only_a", "A"}, {"only_b", "B"}};
  for (size_t i = 0; i < sizeof signs / sizeof *signs; i++)
    if (strcmp(signs[i].change, text_of(row, "change")) == 0) put_column(p, BOLD, signs[i].sign, 1);
  put_column(p, ACCENT, term(p, text_of(row, "type")), KIND_COLUMN);
  static const char *const sides[2][3] = {{"a", "a_value", "a_text"}, {"b", "b_value", "b_text"}};
  for (int i = 0; i < 2; i++) {
    if (!*text_of(row, sides[i][0])) continue;
    put_column(p, DIM, text_of(row, sides[i][0]), ID_COLUMN);
    put_value(p, text_of(row, sides[i][2]));
    if (*text_of(row, sides[i][1])) {
      kh_puts(&p->out, " [");
      kh_puts(&p->out, term(p, text_of(row, sides[i][1])));
      kh_putc(&p->out, ']');
    }
    kh_puts(&p->out, "  ");
  }
  end_line(p);
}

// ------------------------------------------------------------------ one thing, whole

static void put_claim_notes(page *p, const json_t *claim) {
  note_names(p, KH_LABEL_BY, json_object_get(claim, "actors"));
  note_names(p, KH_LABEL_BY, json_object_get(claim, "by"));
  note_names(p, KH_LABEL_ON, json_object_get(claim, "recipients"));
  note_names(p, KH_LABEL_ASKED_BY, json_object_get(claim, "asked_by"));
  note_names(p, KH_LABEL_WITH, json_object_get(claim, "with"));
  note_names(p, KH_LABEL_TO, json_object_get(claim, "to"));
  note_name(p, KH_LABEL_VIA, json_object_get(claim, "via"));
  note_name(p, KH_LABEL_WHERE, json_object_get(claim, "place"));
  note_name(p, KH_LABEL_ACCORDING_TO, json_object_get(claim, "according_to"));
  note_name(p, KH_LABEL_ACCORDING_TO, json_object_get(claim, "source"));
  note_text(p, KH_LABEL_FOR, text_of(claim, "for"));
  note_text(p, KH_LABEL_WHEN, text_of(claim, "day"));
  note_text(p, KH_LABEL_SINCE, text_of(claim, "since"));
  note_truth(p, KH_LABEL_NOT, claim, "negated");
  if (strcmp(text_of(claim, "reality"), "actual") != 0)
    note_word(p, term(p, text_of(claim, "reality")));
  note_text(p, KH_LABEL_IN_STATEMENT, text_of(claim, "statement"));
}

static void put_claim(page *p, const json_t *claim) {
  static const char *const kinds[] = {"type", "what", "kind", "mode"};
  const json_t *speaker = json_object_get(claim, "speaker");
  kh_puts(&p->out, "  ");
  put_column(p, DIM, text_of(claim, "id"), ID_COLUMN);
  const char *kind = "";
  for (size_t i = 0; i < 4 && !*kind; i++) kind = text_of(claim, kinds[i]);
  set_style(p, ACCENT);
  if (speaker)
    put_value(p, text_of(speaker, "name"));
  else
    kh_puts(&p->out, term(p, kind));
  if (*text_of(claim, "status")) {
    kh_puts(&p->out, " \xE2\x80\x93 ");
    kh_puts(&p->out, term(p, text_of(claim, "status")));
  }
  set_style(p, PLAIN);
  if (json_object_get(claim, "bound")) {
    kh_putc(&p->out, ' ');
    put_value_of_figure(p, claim);
    kh_putc(&p->out, ' ');
    kh_puts(&p->out, term(p, text_of(claim, "counted")));
  }
  kh_puts(&p->out, ": ");
  put_value(p, text_of(claim, "text"));
  put_claim_notes(p, claim);
  end_line(p);
}

static void put_claims(page *p, const json_t *row, const char *key, kh_label heading) {
  const json_t *list = json_object_get(row, key);
  size_t i;
  json_t *claim;
  if (!json_array_size(list)) return;
  set_style(p, BOLD);
  kh_puts(&p->out, label(p, heading));
  set_style(p, PLAIN);
  end_line(p);
  json_array_foreach(list, i, claim) put_claim(p, claim);
}

static void put_report(page *p, const json_t *row) {
  put_document(p, row);
  note_text(p, KH_LABEL_FILE, text_of(row, "container"));
  note_text(p, KH_LABEL_ADDRESS, text_of(row, "uri"));
  end_line(p);
  kh_puts(&p->out, "   SHA-256 ");
  kh_puts(&p->out, text_of(row, "raw_sha256"));
  end_line(p);
  end_line(p);
  const char *text = text_of(row, "text");
  while (*text) { // a paragraph a line
    const size_t len = strcspn(text, "\n");
    if (len) kh_put_isolated(&p->out, text, len);
    end_line(p);
    text += len + (text[len] ? 1 : 0);
  }
  end_line(p);
  put_claims(p, row, "statements", KH_LABEL_STATEMENTS);
  put_claims(p, row, "events", KH_LABEL_EVENTS);
  put_claims(p, row, "figures", KH_LABEL_FIGURES);
  put_claims(p, row, "steps", KH_LABEL_STEPS);
}

static void put_proposals(page *p, const json_t *list) {
  size_t i;
  json_t *proposal;
  json_array_foreach(list, i, proposal) {
    const json_t *other = json_object_get(proposal, "other");
    kh_puts(&p->out, "    ");
    kh_puts(&p->out, label(p, KH_LABEL_MAY_BE));
    kh_putc(&p->out, ' ');
    put_column(p, DIM, text_of(other, "id"), ID_COLUMN);
    put_value(p, text_of(other, "name"));
    end_line(p);
  }
}

static void put_whole(page *p, const json_t *row) {
  const char *id = text_of(row, "id");
  switch (*id) {
  case 'H':
    put_happening(p, row);
    return;
  case 'R':
    put_series(p, row);
    return;
  case 'L':
    put_entry(p, row);
    return;
  case 'E':
    put_actor(p, row);
    put_proposals(p, json_object_get(row, "proposals"));
    return;
  default:
    break;
  }
  if (!*text_of(row, "layer")) {
    put_report(p, row);
    return;
  }
  put_claim(p, row);
  put_quote(p, json_object_get(row, "quote"));
}

// ------------------------------------------------------------------ the door

typedef void (*put_fn)(page *p, const json_t *row);

static const put_fn writers[KH_ASK_QUESTIONS] = {
    [KH_ASK_DOCUMENTS] = put_document, [KH_ASK_SEARCH] = put_hit,
    [KH_ASK_TIMELINE] = put_happening, [KH_ASK_FIGURES] = put_series,
    [KH_ASK_STEPS] = put_entry,        [KH_ASK_CHANGES] = put_change,
    [KH_ASK_ACTORS] = put_actor,       [KH_ASK_SHOW] = put_whole,
    [KH_ASK_DIFF] = put_difference,    [KH_ASK_OUTLETS] = put_outlet,
};

kh_status kh_view_answer(kh_question question, const char *json,
                         const kh_view_text_options *options, kh_write_fn write, void *context,
                         kh_error *error) {
  if ((unsigned)question >= KH_ASK_QUESTIONS || !json || !write)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_VIEW, "a null pointer was given");
  json_t *row = json_loads(json, 0, NULL);
  if (!json_is_object(row)) {
    json_decref(row);
    return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_VIEW, "this is no row of an answer");
  }
  page p = {0};
  if (options) p.options = *options;
  kh_writer_begin(&p.out, write, context);
  writers[question](&p, row);
  json_decref(row);
  return kh_writer_end(&p.out, error);
}
