// SPDX-License-Identifier: Apache-2.0
// khutwa add
#include "app/cli/input.h"
#include "app/cli/record.h"

#include <khutwa/ask.h>

#include <getopt.h>
#include <stdio.h>
#include <string.h>

enum { BATCH = 500 }; // reports that come into the record together

typedef struct settings {
  const char *user;
  kh_engine_options engine;
  kh_reader_options reader;
  bool help;
} settings;

enum { OPTION_USER = 256, OPTION_DATE, OPTION_SOURCE, OPTION_TABLES };

static const struct option long_options[] = {
    {"user", required_argument, NULL, OPTION_USER},
    {"date", required_argument, NULL, OPTION_DATE},
    {"source", required_argument, NULL, OPTION_SOURCE},
    {"tables", required_argument, NULL, OPTION_TABLES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool take_options(settings *s, int argc, char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
    switch (option) {
    case OPTION_USER:
      s->user = optarg;
      break;
    case OPTION_DATE:
      s->reader.defaults.published = optarg;
      s->reader.defaults.published_from = KH_PUBLISHED_OPTION;
      break;
    case OPTION_SOURCE:
      s->reader.defaults.outlet = optarg;
      break;
    case OPTION_TABLES:
      s->engine.tables = optarg;
      break;
    case 'h':
      s->help = true;
      return true;
    case ':':
      kh_say("%s wants a value; khutwa help add tells which", argv[optind - 1]);
      return false;
    default:
      kh_say("%s is no option of khutwa add; khutwa help add lists them", argv[optind - 1]);
      return false;
    }
  }
  if (argc - optind >= 2) return true;
  kh_say("name the record, then the files to add: khutwa add RECORD.khutwa FILE...");
  return false;
}

typedef struct adding {
  const char *path;
  kh_store *store;
  const kh_engine *engine;
  const char *container_name;
  kh_store_progress progress;
  size_t in_batch;
  size_t added;
  size_t known;
  size_t refused;
} adding;

static bool failed(const adding *a, const kh_error *error) {
  kh_say("%s: %s", a->path, error->message);
  return false;
}

// Closes a full batch and begins another.
static bool turn_batch(adding *a, bool last) {
  kh_error error;
  if (a->progress.container && kh_store_set_progress(a->store, &a->progress, &error) != KH_OK)
    return failed(a, &error);
  if (kh_store_commit(a->store, &error) != KH_OK) return failed(a, &error);
  a->in_batch = 0;
  if (!last && kh_store_begin(a->store, &error) != KH_OK) return failed(a, &error);
  return true;
}

static bool enter_container(adding *a, const char *name) {
  if (a->container_name && strcmp(a->container_name, name) == 0) return true;
  kh_error error;
  if (a->progress.container && kh_store_set_progress(a->store, &a->progress, &error) != KH_OK)
    return failed(a, &error);
  const kh_store_container container = {.path = name, .kind = "text", .size = -1, .mtime = -1};
  if (kh_store_open_container(a->store, &container, &a->progress, &error) != KH_OK)
    return failed(a, &error);
  a->progress.items = 0;
  a->container_name = name;
  return true;
}

static bool add_one(adding *a, const kh_item *item, kh_status status, kh_error *why) {
  kh_document *document = NULL;
  kh_error error;
  if (status == KH_OK)
    status = kh_document_read(&document, a->engine, item->bytes, item->len, &item->source, why);
  bool going = true;
  if (status == KH_OK) {
    kh_store_added added;
    const kh_store_item whole = {.document = document,
                                 .container = a->progress.container,
                                 .position = a->progress.items,
                                 .line = item->line};
    going = kh_store_add(a->store, &whole, &added, &error) == KH_OK || failed(a, &error);
    if (going && added.known) a->known++;
    if (going && !added.known) a->added++;
  } else {
    kh_say_error(a->container_name, why);
    a->refused++;
    a->progress.refused++;
    going =
        kh_store_refuse(a->store, a->progress.container, a->progress.items, why, &error) == KH_OK ||
        failed(a, &error);
  }
  a->progress.items++;
  kh_document_close(document);
  if (going && ++a->in_batch >= BATCH) going = turn_batch(a, false);
  return going;
}

static int add_all(adding *a, const settings *s, char *const *files, int count) {
  kh_input input = {.files = files, .file_count = count, .options = s->reader};
  kh_item item = {0};
  kh_error error;
  kh_status status;
  bool going = kh_store_begin(a->store, &error) == KH_OK || failed(a, &error);
  while (going && (status = kh_input_next(&input, &item, &error)) != KH_END)
    going = enter_container(a, input.name) && add_one(a, &item, status, &error);
  going = going && turn_batch(a, true);
  if (going && kh_store_merge(a->store, &error) != KH_OK) going = failed(a, &error);
  going = going && (kh_store_index(a->store, &error) == KH_OK || failed(a, &error));
  kh_input_close(&input);
  if (!going) return KH_EXIT_OUTPUT;
  (void)printf("%zu added, %zu known already, %zu refused\n", a->added, a->known, a->refused);
  return a->refused ? KH_EXIT_INPUT : KH_EXIT_OK;
}

int kh_command_add(int argc, char **argv) {
  settings s = {0};
  if (!take_options(&s, argc, argv)) return KH_EXIT_USAGE;
  if (s.help) {
    (void)kh_help("add", KH_VIEW_ENGLISH);
    return KH_EXIT_OK;
  }
  adding a = {.path = argv[optind]};
  kh_engine *engine = kh_open_engine(&s.engine);
  if (!engine) return KH_EXIT_INPUT;
  a.engine = engine;
  a.store = kh_open_record(a.path, NULL, s.user);
  int exit_status = KH_EXIT_OUTPUT;
  if (a.store) {
    exit_status = add_all(&a, &s, argv + optind + 1, argc - optind - 1);
    if (!kh_close_record(a.path, a.store)) exit_status = KH_EXIT_OUTPUT;
  }
  kh_engine_close(engine);
  return exit_status;
}
