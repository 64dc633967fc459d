// SPDX-License-Identifier: Apache-2.0
// khutwa verify, khutwa seal, khutwa reread
#include "app/cli/record.h"

#include <getopt.h>
#include <stdio.h>
#include <string.h>

typedef struct settings {
  const char *head;
  const char *user;
  const char *tables;
  bool all;
  bool help;
} settings;

enum { OPTION_HEAD = 256, OPTION_USER, OPTION_TABLES, OPTION_ALL };

// The options of a command; each knows only its own.
static bool take_options(settings *s, const char *command, const struct option *known, int argc,
                         char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":h", known, NULL)) != -1) {
    switch (option) {
    case OPTION_HEAD:
      s->head = optarg;
      break;
    case OPTION_USER:
      s->user = optarg;
      break;
    case OPTION_TABLES:
      s->tables = optarg;
      break;
    case OPTION_ALL:
      s->all = true;
      break;
    case 'h':
      s->help = true;
      return true;
    default:
      kh_say(option == ':' ? "%s wants a value; khutwa help %s tells which"
                           : "%s is no option; khutwa help %s lists those that there are",
             argv[optind - 1], command);
      return false;
    }
  }
  if (optind + 1 == argc) return true;
  kh_say("name one record: khutwa %s RECORD.khutwa", command);
  return false;
}

static kh_store *open_to_read(const char *path) {
  const kh_store_options options = {.read_only = true};
  return kh_open_record(path, &options, NULL);
}

int kh_command_seal(int argc, char **argv) {
  static const struct option known[] = {{"help", no_argument, NULL, 'h'}, {NULL, 0, NULL, 0}};
  settings s = {0};
  if (!take_options(&s, "seal", known, argc, argv)) return KH_EXIT_USAGE;
  if (s.help) return kh_help("seal", KH_VIEW_ENGLISH) ? KH_EXIT_OK : KH_EXIT_USAGE;
  const char *path = argv[optind];
  kh_store *store = open_to_read(path);
  if (!store) return KH_EXIT_INPUT;
  char seal[KH_SEAL_BYTES];
  kh_error error;
  const kh_status status = kh_store_seal(store, seal, &error);
  if (status == KH_OK)
    (void)puts(seal);
  else
    kh_say("%s: %s", path, error.message);
  (void)kh_close_record(path, store);
  return status == KH_OK ? KH_EXIT_OK : KH_EXIT_INPUT;
}

static void tell(const kh_verified *v) {
  (void)printf("%s: %lld lines of the chain, %lld documents, %lld decisions\n",
               v->sound ? "sound" : "NOT SOUND", (long long)v->lines, (long long)v->documents,
               (long long)v->decisions);
  if (v->sound)
    (void)printf("seal: %s\n", v->seal);
  else if (v->line)
    (void)printf("line %lld (%s): %s\n", (long long)v->line, v->subject, v->what);
  else
    (void)printf("%s: %s\n", v->subject, v->what);
}

int kh_command_verify(int argc, char **argv) {
  static const struct option known[] = {{"head", required_argument, NULL, OPTION_HEAD},
                                        {"help", no_argument, NULL, 'h'},
                                        {NULL, 0, NULL, 0}};
  settings s = {0};
  if (!take_options(&s, "verify", known, argc, argv)) return KH_EXIT_USAGE;
  if (s.help) return kh_help("verify", KH_VIEW_ENGLISH) ? KH_EXIT_OK : KH_EXIT_USAGE;
  const char *path = argv[optind];
  kh_store *store = open_to_read(path);
  if (!store) return KH_EXIT_INPUT;
  kh_verified result;
  kh_error error;
  const kh_status status = kh_store_verify(store, s.head, &result, &error);
  if (status == KH_OK)
    tell(&result);
  else
    kh_say("%s: %s", path, error.message);
  (void)kh_close_record(path, store);
  if (status == KH_ERROR_ARGUMENT) return KH_EXIT_USAGE;
  return status == KH_OK && result.sound ? KH_EXIT_OK : KH_EXIT_INPUT;
}

// ------------------------------------------------------------------ reread

enum { BATCH = 200 }; // documents that are replaced together

typedef struct rereading {
  kh_store *store;
  const kh_engine *engine;
  bool all;
  size_t read;
  size_t current;
  size_t unattached;
} rereading;

static kh_status read_batch(rereading *r, int64_t *doc, kh_error *error) {
  kh_status status = kh_store_begin(r->store, error);
  for (int i = 0; i < BATCH && status == KH_OK; i++) {
    status = kh_store_next_document(r->store, *doc, doc, error);
    if (status != KH_OK) break;
    kh_store_reread result;
    status = kh_store_reread_document(r->store, *doc, r->engine, r->all, &result, error);
    r->read += result.read;
    r->current += !result.read;
    r->unattached += result.unattached;
  }
  if (status != KH_OK && status != KH_END) {
    kh_store_rollback(r->store);
    return status;
  }
  const kh_status committed = kh_store_commit(r->store, error);
  return committed == KH_OK ? status : committed;
}

static int read_all(rereading *r, const char *path) {
  kh_error error;
  int64_t doc = 0;
  kh_status status;
  while ((status = read_batch(r, &doc, &error)) == KH_OK) {
  }
  if (status == KH_END) status = kh_store_merge(r->store, &error);
  if (status == KH_OK) status = kh_store_index(r->store, &error);
  if (status != KH_OK) {
    kh_say("%s: %s", path, error.message);
    return KH_EXIT_OUTPUT;
  }
  (void)printf("%zu read again, %zu read with these rules before\n", r->read, r->current);
  if (r->unattached)
    (void)printf("%zu places of decisions are not found again: khutwa decide %s --unattached lists "
                 "them\n",
                 r->unattached, path);
  return KH_EXIT_OK;
}

int kh_command_reread(int argc, char **argv) {
  static const struct option known[] = {{"user", required_argument, NULL, OPTION_USER},
                                        {"tables", required_argument, NULL, OPTION_TABLES},
                                        {"all", no_argument, NULL, OPTION_ALL},
                                        {"help", no_argument, NULL, 'h'},
                                        {NULL, 0, NULL, 0}};
  settings s = {0};
  if (!take_options(&s, "reread", known, argc, argv)) return KH_EXIT_USAGE;
  if (s.help) return kh_help("reread", KH_VIEW_ENGLISH) ? KH_EXIT_OK : KH_EXIT_USAGE;
  const char *path = argv[optind];
  const kh_engine_options engine_options = {.tables = s.tables};
  const kh_store_options options = {.existing = true};
  kh_engine *engine = kh_open_engine(&engine_options);
  if (!engine) return KH_EXIT_INPUT;
  int exit_status = KH_EXIT_INPUT;
  rereading r = {.engine = engine, .all = s.all};
  r.store = kh_open_record(path, &options, s.user);
  if (r.store) {
    exit_status = read_all(&r, path);
    if (!kh_close_record(path, r.store)) exit_status = KH_EXIT_OUTPUT;
  }
  kh_engine_close(engine);
  return exit_status;
}
