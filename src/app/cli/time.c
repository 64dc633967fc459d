// SPDX-License-Identifier: Apache-2.0
// khutwa time, khutwa number: times or numbers alone, without the rest of a record.
#include "app/cli/input.h"

#include <errno.h>
#include <getopt.h>
#include <khutwa/time.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct settings {
  const char *command; // "time" or "number"
  bool numbers;
  bool json;
  bool done; // help was asked for
  const char *date;
  kh_engine_options engine;
  kh_reader_options reader;
} settings;

// A text under way: its title set before it, and how far code points have been counted.
typedef struct page {
  char *bytes;
  size_t room;
  size_t len;
  const kh_item *item;
  size_t byte;
  size_t point;
} page;

// ------------------------------------------------------------------ options

static bool container_option(const char *value, kh_container *container) {
  if (strcmp(value, "text") == 0)
    *container = KH_CONTAINER_TEXT;
  else if (strcmp(value, "jsonl") == 0)
    *container = KH_CONTAINER_JSONL;
  else
    return false;
  return true;
}

static bool take_option(settings *s, int option, const char *value) {
  switch (option) {
  case 'J':
    s->json = true;
    return true;
  case 'D':
    s->date = value;
    return true;
  case 'T':
    s->engine.tables = value;
    return true;
  case 'F':
    if (container_option(value, &s->reader.container)) return true;
    kh_say("--from %s: known are text and jsonl", value);
    return false;
  case 'h':
    s->done = true;
    return true;
  default:
    return false;
  }
}

static bool take_options(settings *s, int argc, char **argv) {
  static const struct option options[] = {
      {"json", no_argument, NULL, 'J'},         {"date", required_argument, NULL, 'D'},
      {"tables", required_argument, NULL, 'T'}, {"from", required_argument, NULL, 'F'},
      {"help", no_argument, NULL, 'h'},         {NULL, 0, NULL, 0},
  };
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":h", options, NULL)) != -1) {
    if (option == ':') {
      kh_say("%s wants a value; khutwa help %s tells which", argv[optind - 1], s->command);
      return false;
    }
    if (option == '?') {
      kh_say("%s is no option of khutwa %s; khutwa help %s lists them", argv[optind - 1],
             s->command, s->command);
      return false;
    }
    if (!take_option(s, option, optarg)) return false;
  }
  if (s->done || optind < argc) return true;
  kh_say("name the files to read, or - for standard input");
  return false;
}

// ------------------------------------------------------------------ output

static void put(const char *bytes, size_t len) { (void)fwrite(bytes, 1, len, stdout); }

// A JSON string. Runs of ordinary bytes are written at once.
static void put_string(const char *text, size_t len) {
  size_t from = 0;
  putchar('"');
  for (size_t i = 0; i < len; i++) {
    const unsigned char c = (unsigned char)text[i];
    if (c >= 0x20 && c != '"' && c != '\\') continue;
    put(text + from, i - from);
    from = i + 1;
    if (c == '"' || c == '\\')
      (void)printf("\\%c", c);
    else
      (void)printf("\\u%04x", c);
  }
  put(text + from, len - from);
  putchar('"');
}

// Code points before a byte; spans come in rising order, so that the text is walked once.
static size_t points_before(page *p, size_t byte) {
  if (byte < p->byte) p->byte = p->point = 0;
  p->point += kh_span_code_points(p->bytes + p->byte, byte - p->byte);
  p->byte = byte;
  return p->point;
}

static void put_span(page *p, kh_span span) {
  const size_t start = points_before(p, span.start);
  const size_t end = points_before(p, span.end);
  (void)printf("{\"start\":%zu,\"end\":%zu,\"text\":", start, end);
  put_string(p->bytes + span.start, span.end - span.start);
}

static void put_day(const char *name, const char *day) {
  if (*day)
    (void)printf(",\"%s\":\"%s\"", name, day);
  else
    (void)printf(",\"%s\":null", name);
}

static void put_value(const char *name, double value) {
  if (fabs(value) < 1e15 && value == floor(value))
    (void)printf(",\"%s\":%.0f", name, value);
  else
    (void)printf(",\"%s\":%.17g", name, value);
}

static void json_time(page *p, const kh_time *time) {
  put_span(p, time->span);
  (void)printf(",\"type\":\"%s\",\"value\":\"%s\"", kh_time_type_name(time->type), time->value);
  put_day("begin", time->begin);
  put_day("until", time->until);
  (void)printf(",\"inferred\":%s,\"conflict\":%s,\"rule\":\"%s\"}",
               time->inferred ? "true" : "false", time->conflict ? "true" : "false",
               time->origin.rule ? time->origin.rule : "");
}

static void json_number(page *p, const kh_number *number) {
  put_span(p, number->span);
  (void)printf(",\"kind\":\"%s\"", kh_number_kind_name(number->kind));
  put_value("value", number->value);
  if (number->high >= 0)
    put_value("high", number->high);
  else
    (void)printf(",\"high\":null");
  (void)printf(",\"bound\":\"%s\"", kh_bound_name(number->bound));
  if (number->unit && *number->unit)
    (void)printf(",\"unit\":\"%s\"}", number->unit);
  else
    (void)printf(",\"unit\":null}");
}

static void begin_json(const kh_item *item) {
  (void)printf("{\"id\":");
  if (item->source.id)
    put_string(item->source.id, strlen(item->source.id));
  else
    (void)printf("null");
  (void)printf(",\"items\":[");
}

// For people: value, what it is, and the words, which a terminal may turn round as it must.
static void text_times(const page *p, const kh_time *times, size_t count) {
  for (size_t i = 0; i < count; i++) {
    (void)printf("%-8s %-16s \xE2\x81\xA8", kh_time_type_name(times[i].type), times[i].value);
    put(p->bytes + times[i].span.start, times[i].span.end - times[i].span.start);
    (void)printf("\xE2\x81\xA9%s\n", times[i].conflict ? " (its parts disagree)" : "");
  }
}

static void text_numbers(const page *p, const kh_number *numbers, size_t count) {
  for (size_t i = 0; i < count; i++) {
    (void)printf("%-8s %.10g", kh_number_kind_name(numbers[i].kind), numbers[i].value);
    if (numbers[i].high >= 0) (void)printf("-%.10g", numbers[i].high);
    (void)printf(" %s%s%s \xE2\x81\xA8", kh_bound_name(numbers[i].bound),
                 numbers[i].unit ? " " : "", numbers[i].unit ? numbers[i].unit : "");
    put(p->bytes + numbers[i].span.start, numbers[i].span.end - numbers[i].span.start);
    (void)printf("\xE2\x81\xA9\n");
  }
}

// ------------------------------------------------------------------ one text

// Title, a blank line, text; without a title the item's own bytes.
static bool lay_out(page *p, const kh_item *item) {
  p->item = item;
  p->byte = p->point = 0;
  const char *title = item->source.title;
  const size_t head = title && *title ? strlen(title) + 2 : 0;
  p->len = head + item->len;
  if (!p->bytes || p->len + 1 > p->room) {
    char *wider = realloc(p->bytes, p->len + 1);
    if (!wider) return false;
    p->bytes = wider;
    p->room = p->len + 1;
  }
  if (title && head) {
    memcpy(p->bytes, title, head - 2);
    memcpy(p->bytes + head - 2, "\n\n", 2);
  }
  if (item->len) memcpy(p->bytes + head, item->bytes, item->len);
  p->bytes[p->len] = '\0';
  return true;
}

static kh_status read_one(const settings *s, kh_time_reader *reader, page *p, kh_error *error) {
  size_t count = 0;
  const kh_time *times = NULL;
  const kh_number *numbers = NULL;
  const char *date = s->date ? s->date : p->item->source.published;
  const kh_status status = s->numbers
                               ? kh_number_read(reader, p->bytes, p->len, &numbers, &count, error)
                               : kh_time_read(reader, p->bytes, p->len, date && *date ? date : NULL,
                                              &times, &count, error);
  if (status != KH_OK) return status;
  if (!s->json) {
    if (s->numbers)
      text_numbers(p, numbers, count);
    else
      text_times(p, times, count);
    return KH_OK;
  }
  begin_json(p->item);
  for (size_t i = 0; i < count; i++) {
    if (i) putchar(',');
    if (s->numbers)
      json_number(p, &numbers[i]);
    else
      json_time(p, &times[i]);
  }
  put("]}\n", 3);
  return KH_OK;
}

static int read_all(const settings *s, kh_time_reader *reader, char *const *files, int count) {
  kh_input input = {.files = files, .file_count = count, .options = s->reader};
  kh_item item = {0};
  kh_error error;
  kh_status status;
  page p = {0};
  bool failed = false;
  while ((status = kh_input_next(&input, &item, &error)) != KH_END && !ferror(stdout)) {
    if (status == KH_OK && !lay_out(&p, &item)) {
      kh_say("%s: out of memory", input.name);
      failed = true;
      continue;
    }
    if (status == KH_OK) status = read_one(s, reader, &p, &error);
    if (status == KH_OK) continue;
    failed = true;
    kh_say_error(input.name, &error);
  }
  kh_input_close(&input);
  free(p.bytes);
  if (fflush(stdout) != 0 || ferror(stdout)) return kh_say_unwritten(errno);
  return failed ? KH_EXIT_INPUT : KH_EXIT_OK;
}

static int command(settings *s, int argc, char **argv) {
  if (!take_options(s, argc, argv)) return KH_EXIT_USAGE;
  if (s->done) {
    (void)kh_help(s->command, KH_VIEW_ENGLISH);
    return fflush(stdout) == 0 ? KH_EXIT_OK : kh_say_unwritten(errno);
  }
  kh_time_reader *reader = NULL;
  kh_error error;
  if (kh_time_reader_open(&reader, &s->engine, &error) != KH_OK) {
    kh_say("%s", error.message);
    return KH_EXIT_INPUT;
  }
  const kh_time *none;
  int exit_status = KH_EXIT_USAGE;
  if (s->date && kh_time_read(reader, "", 0, s->date, &none, NULL, &error) != KH_OK)
    kh_say("--date %s: write it as YYYY-MM-DD", s->date);
  else
    exit_status = read_all(s, reader, argv + optind, argc - optind);
  kh_time_reader_close(reader);
  return exit_status;
}

int kh_command_time(int argc, char **argv) {
  settings s = {.command = "time"};
  return command(&s, argc, argv);
}

int kh_command_number(int argc, char **argv) {
  settings s = {.command = "number", .numbers = true};
  return command(&s, argc, argv);
}
