// SPDX-License-Identifier: Apache-2.0
// khutwa decide: what persons say of claims, and what they said.
#include "app/cli/record.h"

#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct settings {
  kh_decision_request request;
  const char *user;
  bool user_told;
  bool unattached;
  bool help;
} settings;

enum { OPTION_LAYER = 256, OPTION_SET, OPTION_NOTE, OPTION_SEEN, OPTION_USER, OPTION_UNATTACHED };

static const struct option long_options[] = {
    {"layer", required_argument, NULL, OPTION_LAYER},
    {"set", required_argument, NULL, OPTION_SET},
    {"note", required_argument, NULL, OPTION_NOTE},
    {"seen", required_argument, NULL, OPTION_SEEN},
    {"user", required_argument, NULL, OPTION_USER},
    {"unattached", no_argument, NULL, OPTION_UNATTACHED},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool number_option(const char *value, int64_t *number) {
  char *end = NULL;
  *number = strtoll(value, &end, 10);
  return end != value && *end == '\0' && *number >= 0;
}

static bool take_options(settings *s, int argc, char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
    switch (option) {
    case OPTION_LAYER:
      s->request.layer = optarg;
      break;
    case OPTION_SET:
      s->request.after = optarg;
      break;
    case OPTION_NOTE:
      s->request.note = optarg;
      break;
    case OPTION_SEEN:
      if (number_option(optarg, &s->request.seen)) break;
      kh_say("--seen %s: a version is a number from 0", optarg);
      return false;
    case OPTION_USER:
      s->user = optarg;
      s->user_told = true;
      break;
    case OPTION_UNATTACHED:
      s->unattached = true;
      break;
    case 'h':
      s->help = true;
      return true;
    default:
      kh_say(option == ':' ? "%s wants a value; khutwa help decide tells which"
                           : "%s is no option; khutwa help decide lists those that there are",
             argv[optind - 1]);
      return false;
    }
  }
  if (argc - optind == 1 || argc - optind >= 3) return true;
  kh_say("say what is decided: khutwa decide RECORD.khutwa accept D12.v3");
  return false;
}

// What is shown may hold anything that somebody typed: control characters become question marks.
static void put(const char *text) {
  for (const char *c = text; *c; c++)
    (void)putchar((unsigned char)*c < 0x20 || *c == 0x7F ? '?' : *c);
}

static bool show(void *context, const kh_decision *d) {
  (void)context;
  (void)printf("%lld\t%s\t", (long long)d->id, d->at);
  put(d->user);
  (void)printf("\t%s\t%s", d->action, d->target);
  for (size_t i = 0; i < d->other_count; i++) (void)printf(" %s", d->others[i]);
  (void)printf("\t%s\t", d->undone ? "undone" : d->attached ? "holds" : "unattached");
  if (d->after) put(d->after);
  if (d->note) {
    (void)putchar('\t');
    put(d->note);
  }
  (void)putchar('\n');
  return !ferror(stdout);
}

static kh_status list(const settings *s, const char *path, kh_error *error) {
  const kh_store_options options = {.read_only = true};
  kh_store *store = kh_open_record(path, &options, NULL);
  if (!store) return KH_END;
  const kh_decision_filter filter = {.unattached = s->unattached,
                                     .user = s->user_told ? s->user : NULL};
  const kh_status status = kh_store_decisions(store, &filter, show, NULL, error);
  (void)kh_close_record(path, store);
  return status;
}

static kh_status decide(kh_store *store, const settings *s, kh_decided *decided, kh_error *error) {
  const char *action = s->request.action;
  const bool undo = strcmp(action, "undo") == 0;
  if (!undo && strcmp(action, "redo") != 0)
    return kh_store_decide(store, &s->request, decided, error);
  int64_t decision = 0;
  (void)number_option(s->request.target, &decision);
  return undo ? kh_store_undo(store, decision, s->request.seen, decided, error)
              : kh_store_redo(store, decision, s->request.seen, decided, error);
}

static int change(const settings *s, const char *path) {
  const kh_store_options options = {.existing = true};
  kh_store *store = kh_open_record(path, &options, s->user);
  if (!store) return KH_EXIT_INPUT;
  kh_error error;
  kh_decided decided;
  kh_status status = decide(store, s, &decided, &error);
  if (status == KH_OK) (void)printf("decision %lld\n", (long long)decided.decision);
  if (status == KH_OK) status = kh_store_merge(store, &error);
  if (status == KH_OK) status = kh_store_index(store, &error);
  if (status != KH_OK) kh_say("%s: %s", path, error.message);
  if (!kh_close_record(path, store)) return KH_EXIT_OUTPUT;
  if (status == KH_ERROR_ARGUMENT) return KH_EXIT_USAGE;
  return status == KH_OK ? KH_EXIT_OK : KH_EXIT_INPUT;
}

int kh_command_decide(int argc, char **argv) {
  settings s = {.request.seen = -1};
  if (!take_options(&s, argc, argv)) return KH_EXIT_USAGE;
  if (s.help) return kh_help("decide", KH_VIEW_ENGLISH) ? KH_EXIT_OK : KH_EXIT_USAGE;
  const char *path = argv[optind];
  if (argc - optind == 1) {
    kh_error error;
    const kh_status status = list(&s, path, &error);
    if (status == KH_OK) return KH_EXIT_OK;
    if (status != KH_END) kh_say("%s: %s", path, error.message);
    return KH_EXIT_INPUT;
  }
  s.request.action = argv[optind + 1];
  s.request.target = argv[optind + 2];
  s.request.others = (const char *const *)&argv[optind + 3];
  s.request.other_count = (size_t)(argc - optind - 3);
  return change(&s, path);
}
