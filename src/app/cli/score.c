// SPDX-License-Identifier: Apache-2.0
// khutwa score
#include "app/cli/cli.h"

#include <khutwa/score.h>

#include <dirent.h>
#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

typedef struct settings {
  const char *records;
  kh_engine_options engine;
  kh_score_options score;
  bool done; // help was asked for and given
} settings;

enum { OPTION_RECORDS = 256, OPTION_ERRORS, OPTION_JSON, OPTION_TABLES };

static const struct option long_options[] = {
    {"records", required_argument, NULL, OPTION_RECORDS},
    {"errors", required_argument, NULL, OPTION_ERRORS},
    {"json", no_argument, NULL, OPTION_JSON},
    {"tables", required_argument, NULL, OPTION_TABLES},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool take_option(settings *s, int option, const char *value) {
  switch (option) {
  case OPTION_RECORDS:
    s->records = value;
    return true;
  case OPTION_JSON:
    s->score.json = true;
    return true;
  case OPTION_TABLES:
    s->engine.tables = value;
    return true;
  case 'h':
    s->done = true;
    return true;
  case OPTION_ERRORS:
    s->score.errors = value;
    if (kh_score_layer(value)) return true;
    kh_say("--errors %s: known are names, times, figures, statements, events and steps", value);
    return false;
  default:
    return false;
  }
}

static bool take_options(settings *s, int argc, char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":h", long_options, NULL)) != -1) {
    if (option == ':' || option == '?') {
      kh_say(option == ':' ? "%s wants a value; khutwa help score tells which"
                           : "%s is no option of khutwa score; khutwa help score lists them",
             argv[optind - 1]);
      return false;
    }
    if (!take_option(s, option, optarg)) return false;
  }
  if (s->done || optind < argc) return true;
  kh_say("name the gold files, or the folders they are in");
  return false;
}

// ------------------------------------------------------------------ files

// A whole file in memory, NUL-terminated, yours to free; NULL after saying why not.
static char *read_whole(const char *path, size_t *len) {
  enum { STEP = 64 * 1024 };
  FILE *file = fopen(path, "rb");
  char *bytes = NULL;
  size_t room = 0;
  *len = 0;
  while (file) {
    if (*len == room) {
      char *wider = realloc(bytes, room = room ? room * 2 : STEP);
      if (!wider) break;
      bytes = wider;
    }
    const size_t got = fread(bytes + *len, 1, room - *len, file);
    *len += got;
    if (got) continue;
    if (ferror(file)) break;
    (void)fclose(file);
    bytes[*len] = '\0'; // there is room: reading found the end with some left
    return bytes;
  }
  kh_say("%s: %s", path, errno == ENOENT ? "there is no such file" : strerror(errno));
  if (file) (void)fclose(file);
  free(bytes);
  return NULL;
}

static bool add_gold(kh_score *score, const char *path) {
  kh_error error;
  size_t len = 0;
  char *bytes = read_whole(path, &len);
  if (!bytes) return false;
  const kh_status status = kh_score_add_gold(score, bytes, len, &error);
  free(bytes);
  if (status != KH_OK) kh_say_error(path, &error);
  return status == KH_OK;
}

static int is_json(const struct dirent *entry) {
  const size_t len = strlen(entry->d_name);
  return entry->d_name[0] != '.' && len > 5 && strcmp(entry->d_name + len - 5, ".json") == 0;
}

static int by_name(const struct dirent **left, const struct dirent **right) {
  return strcmp((*left)->d_name, (*right)->d_name);
}

// The *.json of a folder in the order of their names.
static bool add_folder(kh_score *score, const char *path) {
  struct dirent **entries = NULL;
  const int count = scandir(path, &entries, is_json, by_name);
  bool good = count >= 0;
  if (!good) kh_say("%s: %s", path, strerror(errno));
  for (int i = 0; i < count; i++) {
    char file[4096];
    const int len = snprintf(file, sizeof file, "%s/%s", path, entries[i]->d_name);
    if (len < 0 || (size_t)len >= sizeof file) {
      kh_say("%s: the path is too long", path);
      good = false;
    } else if (!add_gold(score, file)) {
      good = false;
    }
    free(entries[i]);
  }
  free(entries);
  return good;
}

static bool add_all_gold(kh_score *score, char *const *paths, int count) {
  bool good = true;
  for (int i = 0; i < count; i++) {
    struct stat about;
    const bool folder = stat(paths[i], &about) == 0 && S_ISDIR(about.st_mode);
    if (!(folder ? add_folder(score, paths[i]) : add_gold(score, paths[i]))) good = false;
  }
  return good;
}

// ------------------------------------------------------------------ records

static bool add_records(kh_score *score, const char *path) {
  size_t len = 0;
  char *bytes = read_whole(path, &len);
  if (!bytes) return false;
  bool good = true;
  unsigned line = 0;
  for (size_t at = 0; at < len;) {
    const char *end = memchr(bytes + at, '\n', len - at);
    const size_t size = end ? (size_t)(end - bytes) - at : len - at;
    kh_error error;
    line++;
    if (strspn(bytes + at, " \t\r") < size &&
        kh_score_add_record(score, bytes + at, size, &error) != KH_OK) {
      error.line = line;
      kh_say_error(path, &error);
      good = false;
    }
    at += size + 1;
  }
  free(bytes);
  return good;
}

static bool make_records(kh_score *score, const kh_engine_options *options) {
  kh_error error;
  kh_engine *engine = kh_open_engine(options);
  if (!engine) return false;
  const kh_status status = kh_score_read(score, engine, &error);
  kh_engine_close(engine);
  if (status != KH_OK) kh_say("%s", error.message);
  return status == KH_OK;
}

static bool to_stdout(void *context, const char *bytes, size_t len) {
  (void)context;
  return fwrite(bytes, 1, len, stdout) == len;
}

static int run(kh_score *score, const settings *s, char *const *paths, int count) {
  kh_error error;
  const bool good = add_all_gold(score, paths, count);
  if (!(s->records ? add_records(score, s->records) : make_records(score, &s->engine)))
    return KH_EXIT_INPUT;
  const kh_status status = kh_score_report(score, &s->score, to_stdout, NULL, &error);
  if (status == KH_ERROR_IO || (status == KH_OK && fflush(stdout) != 0))
    return kh_say_unwritten(errno);
  if (status != KH_OK) kh_say("%s", error.message);
  return good && status == KH_OK ? KH_EXIT_OK : KH_EXIT_INPUT;
}

int kh_command_score(int argc, char **argv) {
  settings s = {0};
  if (!take_options(&s, argc, argv)) return KH_EXIT_USAGE;
  if (s.done) {
    (void)kh_help("score", KH_VIEW_ENGLISH);
    return fflush(stdout) == 0 ? KH_EXIT_OK : kh_say_unwritten(errno);
  }
  kh_score *score = NULL;
  if (kh_score_open(&score, NULL) != KH_OK) {
    kh_say("out of memory");
    return KH_EXIT_INPUT;
  }
  const int exit_status = run(score, &s, argv + optind, argc - optind);
  kh_score_close(score);
  return exit_status;
}
