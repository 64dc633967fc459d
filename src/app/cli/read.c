// SPDX-License-Identifier: Apache-2.0
// khutwa read
#include "app/cli/cli.h"
#include "app/cli/input.h"
#include "app/cli/options.h"
#include "app/ingest/pool.h"

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

enum { AUTO = 0, JSON, TEXT };

typedef struct settings {
  int view; // AUTO, JSON, TEXT
  kh_view_text_options text;
  kh_engine_options engine;
  kh_reader_options reader;
  unsigned workers;
  bool done; // help was asked for and given
} settings;

typedef struct run {
  const settings *settings;
  bool failed;   // some input could not be read
  int unwritten; // errno of a write that failed
  bool stopped;  // ... and whether one did
  bool progress; // told on standard error
  size_t taken;
  struct timespec told;
} run;

// ------------------------------------------------------------------ options

static bool confidence_option(const char *value, float *confidence) {
  char *end = NULL;
  *confidence = strtof(value, &end);
  if (end != value && *end == '\0' && *confidence >= 0 && *confidence <= 1) return true;
  return kh_wrong_value("--min-confidence", value, "a number from 0 to 1 is wanted");
}

enum {
  OPTION_LANG = 256,
  OPTION_WHY,
  OPTION_DATE,
  OPTION_SOURCE,
  OPTION_FROM,
  OPTION_CHARSET,
  OPTION_CONFIDENCE,
  OPTION_SIZE,
  OPTION_TABLES,
  OPTION_JSON,
  OPTION_TEXT
};

static const struct option long_options[] = {
    {"json", no_argument, NULL, OPTION_JSON},
    {"text", no_argument, NULL, OPTION_TEXT},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"why", no_argument, NULL, OPTION_WHY},
    {"date", required_argument, NULL, OPTION_DATE},
    {"source", required_argument, NULL, OPTION_SOURCE},
    {"from", required_argument, NULL, OPTION_FROM},
    {"charset", required_argument, NULL, OPTION_CHARSET},
    {"min-confidence", required_argument, NULL, OPTION_CONFIDENCE},
    {"max-size", required_argument, NULL, OPTION_SIZE},
    {"tables", required_argument, NULL, OPTION_TABLES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool take_option(settings *s, int option, const char *value) {
  kh_source *defaults = &s->reader.defaults;
  switch (option) {
  case OPTION_JSON:
    s->view = JSON;
    return true;
  case OPTION_TEXT:
    s->view = TEXT;
    return true;
  case OPTION_WHY:
    s->text.why = true;
    return true;
  case OPTION_SOURCE:
    defaults->outlet = value;
    return true;
  case OPTION_CHARSET:
    defaults->charset = value;
    return true;
  case OPTION_TABLES:
    s->engine.tables = value;
    return true;
  case OPTION_DATE:
    if (!*value) return kh_wrong_value("--date", "\"\"", "is no date; write it as YYYY-MM-DD");
    if (!*value) return kh_wrong_value("--date", value, "write YYYY-MM-DD");
    defaults->published = value;
    defaults->published_from = KH_PUBLISHED_OPTION;
    return true;
  case OPTION_LANG:
    return kh_language_option(value, &s->text.language) ||
           kh_wrong_value("--lang", value, "known are en and ar");
  case OPTION_FROM:
    return kh_container_option(value, &s->reader.container) ||
           kh_wrong_value("--from", value, "known are text, html, jsonl, rss, atom, warc and wet");
  case OPTION_SIZE:
    if (!kh_size_option(value, &s->engine.max_document)) return false;
    s->reader.max_document = s->engine.max_document;
    return true;
  case OPTION_CONFIDENCE:
    return confidence_option(value, &s->engine.min_confidence);
  case 'j':
    return kh_workers_option(value, &s->workers);
  case 'h':
    s->done = true;
    return true;
  default:
    return false;
  }
}

static bool take_options(settings *s, int argc, char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":j:h", long_options, NULL)) != -1) {
    if (option == ':') {
      kh_say("%s wants a value; khutwa help read tells which", argv[optind - 1]);
      return false;
    }
    if (option == '?') {
      kh_say("%s is no option of khutwa read; khutwa help read lists them", argv[optind - 1]);
      return false;
    }
    if (!take_option(s, option, optarg)) return false;
  }
  if (s->done) return true;
  if (optind == argc) {
    kh_say("name the files to read, or - for standard input");
    return false;
  }
  return true;
}

// ------------------------------------------------------------------ output

static kh_status render(const kh_document *document, kh_buffer *out, void *context,
                        kh_error *error) {
  const run *r = context;
  if (r->settings->view == TEXT)
    return kh_view_text(document, &r->settings->text, kh_buffer_write, out, error);
  return kh_view_json(document, kh_buffer_write, out, error);
}

static bool write_out(run *r, const char *bytes, size_t len) {
  if (fwrite(bytes, 1, len, stdout) == len) return true;
  r->unwritten = errno;
  r->stopped = true;
  return false;
}

static void tell_progress(run *r) {
  struct timespec now;
  if (!r->progress || clock_gettime(CLOCK_MONOTONIC, &now) != 0 || now.tv_sec == r->told.tv_sec)
    return;
  r->told = now;
  (void)fprintf(stderr, "\r%zu reports", r->taken);
}

static bool take(kh_job *job, void *context) {
  run *r = context;
  r->taken++;
  if (job->status != KH_OK) {
    r->failed = true;
    kh_say_error(job->name, &job->error);
    return true;
  }
  if (job->withheld)
    kh_say("%s: %zu items broke a promise of the record and were left out (a defect of khutwa)",
           job->name, job->withheld);
  tell_progress(r);
  return write_out(r, job->out.at, job->out.len);
}

static int finish(run *r) {
  if (r->progress && r->told.tv_sec) (void)fputc('\n', stderr);
  if (!r->stopped && fflush(stdout) != 0) {
    r->unwritten = errno;
    r->stopped = true;
  }
  if (r->stopped) return kh_say_unwritten(r->unwritten);
  return r->failed ? KH_EXIT_INPUT : KH_EXIT_OK;
}

static int read_all(const kh_engine *engine, const settings *s, char *const *files, int count) {
  run r = {.settings = s, .progress = isatty(STDERR_FILENO) && !isatty(STDOUT_FILENO)};
  (void)clock_gettime(CLOCK_MONOTONIC, &r.told);
  kh_pool *pool = kh_pool_open(engine, s->workers, render, take, &r);
  if (!pool) {
    kh_say("out of memory");
    return KH_EXIT_INPUT;
  }
  kh_input input = {.files = files, .file_count = count, .options = s->reader};
  kh_item item = {0};
  kh_error error;
  kh_status status;
  bool going = true;
  while (going && (status = kh_input_next(&input, &item, &error)) != KH_END)
    going = kh_pool_give(pool, input.name, NULL, &item, status, &error);
  if (!kh_pool_close(pool) && !r.stopped) {
    kh_say("%s: out of memory", input.name);
    r.failed = true;
  }
  kh_input_close(&input);
  return finish(&r);
}

int kh_command_read(int argc, char **argv) {
  settings s = {.workers = 1};
  if (!take_options(&s, argc, argv)) return KH_EXIT_USAGE;
  if (s.done) {
    (void)kh_help("read", s.text.language);
    return fflush(stdout) == 0 ? KH_EXIT_OK : kh_say_unwritten(errno);
  }
  const bool terminal = isatty(STDOUT_FILENO);
  if (s.view == AUTO) s.view = terminal ? TEXT : JSON;
  s.text.colour = terminal;
  kh_engine *engine = kh_open_engine(&s.engine);
  if (!engine) return KH_EXIT_INPUT;
  int exit_status = KH_EXIT_USAGE;
  if (kh_check_defaults(engine, &s.reader.defaults))
    exit_status = read_all(engine, &s, argv + optind, argc - optind);
  kh_engine_close(engine);
  return exit_status;
}
