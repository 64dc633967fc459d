// SPDX-License-Identifier: Apache-2.0
// khutwa export
#include "app/cli/record.h"

#include <khutwa/export.h>

#include <errno.h>
#include <getopt.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

typedef struct exporting {
  kh_export_options options;
  kh_selection selection;
  const char *user;
  const char *output; // NULL: standard output
  FILE *file;
  int unwritten; // errno of a write that failed
  bool told;     // a format was named
  bool help;
} exporting;

enum {
  OPTION_FORMAT = 256,
  OPTION_LAYER,
  OPTION_BOM,
  OPTION_USER,
  OPTION_TEXT,
  OPTION_DOCUMENT,
  OPTION_ACTOR,
  OPTION_TYPE,
  OPTION_PLACE,
  OPTION_FROM,
  OPTION_TO,
  OPTION_OUTLET,
};

static const struct option long_options[] = {
    {"format", required_argument, NULL, OPTION_FORMAT},
    {"layer", required_argument, NULL, OPTION_LAYER},
    {"bom", no_argument, NULL, OPTION_BOM},
    {"output", required_argument, NULL, 'o'},
    {"user", required_argument, NULL, OPTION_USER},
    {"search", required_argument, NULL, OPTION_TEXT},
    {"document", required_argument, NULL, OPTION_DOCUMENT},
    {"actor", required_argument, NULL, OPTION_ACTOR},
    {"type", required_argument, NULL, OPTION_TYPE},
    {"place", required_argument, NULL, OPTION_PLACE},
    {"from", required_argument, NULL, OPTION_FROM},
    {"to", required_argument, NULL, OPTION_TO},
    {"outlet", required_argument, NULL, OPTION_OUTLET},
    {"help", no_argument, NULL, 'h'},
    {NULL, 0, NULL, 0},
};

static bool format_option(exporting *e, const char *value) {
  e->told = kh_export_find(value, &e->options.format);
  if (!e->told) kh_say("--format %s: khutwa help export lists the formats", value);
  return e->told;
}

static bool take_option(exporting *e, int option, const char *value) {
  kh_selection *w = &e->selection;
  switch (option) {
  case OPTION_FORMAT:
    return format_option(e, value);
  case OPTION_LAYER:
    e->options.layer = value;
    return true;
  case OPTION_BOM:
    return e->options.bom = true;
  case 'o':
    e->output = strcmp(value, "-") == 0 ? NULL : value;
    return true;
  case OPTION_USER:
    e->user = value;
    return true;
  case OPTION_TEXT:
    w->text = value;
    return true;
  case OPTION_DOCUMENT:
    w->id = value;
    return true;
  case OPTION_ACTOR:
    w->actor = value;
    return true;
  case OPTION_TYPE:
    w->type = value;
    return true;
  case OPTION_PLACE:
    w->place = value;
    return true;
  case OPTION_FROM:
    w->from = value;
    return true;
  case OPTION_TO:
    w->to = value;
    return true;
  case OPTION_OUTLET:
    w->outlet = value;
    return true;
  case 'h':
    return e->help = true;
  default:
    return false;
  }
}

static bool take_options(exporting *e, int argc, char **argv) {
  opterr = 0;
  int option;
  while ((option = getopt_long(argc, argv, ":ho:", long_options, NULL)) != -1) {
    if (option == ':') {
      kh_say("%s wants a value; khutwa help export tells which", argv[optind - 1]);
      return false;
    }
    if (option == '?') {
      kh_say("%s is no option of khutwa export; khutwa help export lists them", argv[optind - 1]);
      return false;
    }
    if (!take_option(e, option, optarg)) return false;
  }
  if (e->help) return true;
  if (argc - optind != 1 || !e->told) {
    kh_say("write: khutwa export RECORD --format FORMAT; khutwa help export tells more");
    return false;
  }
  return true;
}

static bool write_out(void *context, const char *bytes, size_t len) {
  exporting *e = context;
  if (fwrite(bytes, 1, len, e->file) == len) return true;
  e->unwritten = errno;
  return false;
}

// Beside a file whose format has no room for notes stands one that says what it lacks.
static bool write_notes(const exporting *e) {
  const kh_export_format f = e->options.format;
  if (!e->output || f == KH_EXPORT_GEOJSON || f == KH_EXPORT_GRAPHML || f == KH_EXPORT_PROV ||
      f == KH_EXPORT_ANNOTATION)
    return true;
  char path[4096];
  if (snprintf(path, sizeof path, "%s.notes.txt", e->output) >= (int)sizeof path) return true;
  const kh_export_about *about = kh_export_describe(f);
  FILE *notes = fopen(path, "w");
  if (!notes) return false;
  (void)fprintf(notes, "%s: %s\n\nWhat is not in it: %s\n", e->output, about->name, about->loses);
  return fclose(notes) == 0;
}

static int run(exporting *e, const char *record) {
  const kh_store_options options = {.existing = true};
  kh_store *store = kh_open_record(record, &options, e->user);
  if (!store) return KH_EXIT_INPUT;
  kh_error error;
  uint64_t rows = 0;
  e->options.selection = &e->selection;
  e->options.to = e->output ? e->output : "standard output";
  kh_status status = kh_export(store, &e->options, write_out, e, &rows, &error);
  if (status == KH_OK && fflush(e->file) != 0) {
    e->unwritten = errno;
    status = KH_ERROR_IO;
  }
  const bool closed = kh_close_record(record, store);
  if (e->unwritten) return kh_say_unwritten(e->unwritten);
  if (status != KH_OK) kh_say("%s", error.message);
  if (status == KH_ERROR_ARGUMENT || status == KH_ERROR_LIMIT) return KH_EXIT_USAGE;
  if (status != KH_OK || !closed) return KH_EXIT_INPUT;
  if (e->output) (void)fprintf(stderr, "%llu rows: %s\n", (unsigned long long)rows, e->output);
  return KH_EXIT_OK;
}

int kh_command_export(int argc, char **argv) {
  exporting e = {.file = stdout};
  if (!take_options(&e, argc, argv)) return KH_EXIT_USAGE;
  if (e.help) {
    (void)kh_help("export", KH_VIEW_ENGLISH);
    return fflush(stdout) == 0 ? KH_EXIT_OK : kh_say_unwritten(errno);
  }
  if (e.output && !(e.file = fopen(e.output, "wb"))) {
    kh_say("%s: cannot be written: %s", e.output, strerror(errno));
    return KH_EXIT_OUTPUT;
  }
  int exit_status = run(&e, argv[optind]);
  if (e.output && fclose(e.file) != 0 && exit_status == KH_EXIT_OK)
    exit_status = kh_say_unwritten(errno);
  if (e.output && exit_status == KH_EXIT_OK && !write_notes(&e)) {
    kh_say("%s.notes.txt cannot be written: %s", e.output, strerror(errno));
    exit_status = KH_EXIT_OUTPUT;
  }
  return exit_status;
}
