// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cli.h"

#include <stdio.h>
#include <string.h>

static ptrdiff_t from_file(void *context, char *into, size_t room) {
  FILE *file = context;
  const size_t got = fread(into, 1, room, file);
  return got == 0 && ferror(file) ? -1 : (ptrdiff_t)got;
}

static bool to_file(void *context, const char *bytes, size_t len) {
  return fwrite(bytes, 1, len, context) == len;
}

static int read_one(const kh_engine *engine, const char *name) {
  kh_error error;
  FILE *file = strcmp(name, "-") == 0 ? stdin : fopen(name, "rb");
  if (!file) {
    (void)fprintf(stderr, "khutwa: %s: cannot be opened\n", name);
    return KH_EXIT_INPUT;
  }
  int exit_status = KH_EXIT_OK;
  kh_reader *reader = NULL;
  kh_reader_options options = {.defaults = {.id = name}};
  kh_status status = kh_reader_open(&reader, from_file, file, &options, &error);
  kh_item item;
  while (status != KH_END && (status = kh_reader_next(reader, &item, &error)) != KH_END) {
    kh_document *document = NULL;
    if (status == KH_OK)
      status = kh_document_read(&document, engine, item.bytes, item.len, &item.source, &error);
    if (status == KH_OK) status = kh_view_json(document, to_file, stdout, &error);
    if (status != KH_OK) {
      (void)fprintf(stderr, "khutwa: %s: %s\n", name, error.message);
      exit_status = KH_EXIT_INPUT;
    }
    kh_document_close(document);
  }
  kh_reader_close(reader);
  if (file != stdin) (void)fclose(file);
  return exit_status;
}

int kh_command_read(int argc, char **argv) {
  kh_engine *engine = NULL;
  kh_error error;
  if (kh_engine_open(&engine, NULL, &error) != KH_OK) {
    (void)fprintf(stderr, "khutwa: %s\n", error.message);
    return KH_EXIT_INPUT;
  }
  int exit_status = KH_EXIT_OK;
  for (int i = 1; i < argc; i++) {
    if (strcmp(argv[i], "--json") == 0) continue;
    const int one = read_one(engine, argv[i]);
    if (one > exit_status) exit_status = one;
  }
  kh_engine_close(engine);
  return exit_status;
}
