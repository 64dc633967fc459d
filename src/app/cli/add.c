// SPDX-License-Identifier: Apache-2.0
// khutwa add
#include "app/cli/cli.h"
#include "app/cli/files.h"
#include "app/cli/input.h"
#include "app/cli/options.h"
#include "app/cli/progress.h"
#include "app/cli/record.h"
#include "app/ingest/ingest.h"

#include <errno.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif
#include <getopt.h>
#include <khutwa/ask.h>
#include <stdio.h>
#include <string.h>

enum { EXIT_INTERRUPTED = 130 };

typedef struct settings {
  const char *user;
  kh_engine_options engine;
  kh_reader_options reader;
  kh_store_options store;
  kh_view_language language;
  unsigned workers;
  bool help;
} settings;

typedef struct run {
  const settings *settings;
  kh_ingest *ingest;
  kh_progress progress;
} run;

// ------------------------------------------------------------------ options

enum {
  OPTION_USER = 256,
  OPTION_DATE,
  OPTION_SOURCE,
  OPTION_FROM,
  OPTION_CHARSET,
  OPTION_SIZE,
  OPTION_RAW,
  OPTION_LANG,
  OPTION_TABLES
};

static const struct option long_options[] = {
    {"user", required_argument, NULL, OPTION_USER},
    {"date", required_argument, NULL, OPTION_DATE},
    {"source", required_argument, NULL, OPTION_SOURCE},
    {"from", required_argument, NULL, OPTION_FROM},
    {"charset", required_argument, NULL, OPTION_CHARSET},
    {"max-size", required_argument, NULL, OPTION_SIZE},
    {"keep-raw", no_argument, NULL, OPTION_RAW},
    {"lang", required_argument, NULL, OPTION_LANG},
    {"tables", required_argument, NULL, OPTION_TABLES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool take_option(settings *s, int option, const char *value) {
  switch (option) {
  case OPTION_USER:
    s->user = value;
    return true;
  case OPTION_DATE:
    if (!*value) return kh_wrong_value("--date", "\"\"", "is no date; write it as YYYY-MM-DD");
    s->reader.defaults.published = value;
    s->reader.defaults.published_from = KH_PUBLISHED_OPTION;
    return true;
  case OPTION_SOURCE:
    s->reader.defaults.outlet = value;
    return true;
  case OPTION_FROM:
    return kh_container_option(value, &s->reader.container) ||
           kh_wrong_value("--from", value, "known are text, html, jsonl, rss, atom, warc and wet");
  case OPTION_CHARSET:
    s->reader.defaults.charset = value;
    return true;
  case OPTION_SIZE:
    if (!kh_size_option(value, &s->engine.max_document)) return false;
    s->reader.max_document = s->engine.max_document;
    return true;
  case OPTION_RAW:
    s->store.keep_raw = true;
    return true;
  case OPTION_LANG:
    return kh_language_option(value, &s->language) ||
           kh_wrong_value("--lang", value, "known are en and ar");
  case OPTION_TABLES:
    s->engine.tables = value;
    return true;
  case 'j':
    return kh_workers_option(value, &s->workers);
  default:
    s->help = true;
    return true;
  }
}

static bool take_options(settings *s, int argc, char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":j:h", long_options, NULL)) != -1) {
    if (option == ':') {
      kh_say("%s wants a value; khutwa help add tells which", argv[optind - 1]);
      return false;
    }
    if (option == '?') {
      kh_say("%s is no option of khutwa add; khutwa help add lists them", argv[optind - 1]);
      return false;
    }
    if (!take_option(s, option, optarg)) return false;
  }
  if (s->help || argc - optind >= 2) return true;
  kh_say("name the record, then what to add: khutwa add RECORD.khutwa PATH...");
  return false;
}

// ------------------------------------------------------------------ the ingest

static volatile sig_atomic_t interrupted;

static void on_interrupt(int signal_number) {
  (void)signal_number;
  interrupted = 1;
}

// The first Ctrl-C ends the ingest in good order; a second one ends the program.
static void watch_interrupts(void) {
  struct sigaction action = {.sa_handler = on_interrupt, .sa_flags = (int)SA_RESETHAND};
  (void)sigemptyset(&action.sa_mask);
  (void)sigaction(SIGINT, &action, NULL);
  (void)sigaction(SIGTERM, &action, NULL);
}

static void tell(const kh_ingest_count *count, void *context) {
  kh_progress_tell(&((run *)context)->progress, count);
}

static void tell_refused(const char *name, size_t number, const kh_error *why, void *context) {
  (void)number;
  kh_progress_clear(&((run *)context)->progress);
  kh_say_error(name, why);
}

static kh_status add_file(const run *r, const char *path, kh_error *error) {
  kh_ingest_stream stream;
  kh_error why;
  int descriptor;
  if (!kh_stream_open(&stream, path, &descriptor, &why))
    return kh_ingest_refuse(r->ingest, path, &why, error);
  const kh_status status = kh_ingest_take(r->ingest, &stream, error);
  kh_stream_close(&descriptor);
  return status;
}

static void summarise(const settings *s, const kh_ingest_count *count) {
  const bool arabic = s->language == KH_VIEW_ARABIC;
  (void)printf(arabic ? "%llu أضيفت، %llu معروفة من قبل، %llu رُفضت\n"
                      : "%llu added, %llu known already, %llu refused\n",
               (unsigned long long)count->added, (unsigned long long)count->known,
               (unsigned long long)count->refused);
  if (interrupted)
    kh_say("%s", arabic ? "توقفت قبل النهاية؛ الأمر نفسه يتابع من حيث وقفت"
                        : "stopped before the end; the same command goes on from here");
}

static int add_all(run *r, kh_ingest_options *options, const char *record, const kh_files *files) {
  kh_error error;
  kh_ingest_count count = {0};
  r->ingest = kh_ingest_open(options, &error);
  if (!r->ingest) {
    kh_say("%s", error.message);
    return KH_EXIT_OUTPUT;
  }
  kh_progress_begin(&r->progress, r->settings->language, files->bytes);
  kh_status status = KH_OK;
  for (size_t i = 0; i < files->count && status == KH_OK && !interrupted; i++)
    status = add_file(r, files->at[i], &error);
  status = kh_ingest_close(r->ingest, &count, &error);
  kh_progress_clear(&r->progress);
#ifdef __GLIBC__
  (void)malloc_trim(0); // what the workers needed is not needed any longer
#endif
  // what follows from the reports; after an interruption the next time does it
  if (status == KH_OK && !interrupted) status = kh_store_merge(options->store, &error);
  if (status == KH_OK && !interrupted) status = kh_store_index(options->store, &error);
  if (status != KH_OK) {
    kh_say("%s: %s", record, error.message);
    return KH_EXIT_OUTPUT;
  }
  summarise(r->settings, &count);
  if (fflush(stdout) != 0) return kh_say_unwritten(errno);
  if (interrupted) return EXIT_INTERRUPTED;
  return count.refused ? KH_EXIT_INPUT : KH_EXIT_OK;
}

static int add(const settings *s, const char *record, const kh_files *files) {
  kh_engine *engine = kh_open_engine(&s->engine);
  if (!engine) return KH_EXIT_INPUT;
  int exit_status = KH_EXIT_USAGE;
  if (kh_check_defaults(engine, &s->reader.defaults)) {
    exit_status = KH_EXIT_OUTPUT;
    kh_store *store = kh_open_record(record, &s->store, s->user);
    if (store) {
      run r = {.settings = s};
      kh_ingest_options options = {.engine = engine,
                                   .store = store,
                                   .workers = s->workers,
                                   .reader = s->reader,
                                   .progress = tell,
                                   .refused = tell_refused,
                                   .context = &r,
                                   .cancel = &interrupted};
      watch_interrupts();
      exit_status = add_all(&r, &options, record, files);
      if (!kh_close_record(record, store)) exit_status = KH_EXIT_OUTPUT;
    }
  }
  kh_engine_close(engine);
  return exit_status;
}

int kh_command_add(int argc, char **argv) {
  settings s = {0};
  (void)kh_workers_option("0", &s.workers);
  if (!take_options(&s, argc, argv)) return KH_EXIT_USAGE;
  if (s.help) {
    (void)kh_help("add", s.language);
    return fflush(stdout) == 0 ? KH_EXIT_OK : kh_say_unwritten(errno);
  }
  kh_files files = {0};
  bool listed = true;
  for (int i = optind + 1; listed && i < argc; i++) {
    listed = kh_files_add(&files, argv[i]);
    if (!listed) kh_say("%s: folders lie too deep in one another, or memory is out", argv[i]);
  }
  const int exit_status = listed ? add(&s, argv[optind], &files) : KH_EXIT_INPUT;
  kh_files_free(&files);
  return exit_status;
}
