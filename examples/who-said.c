// SPDX-License-Identifier: Apache-2.0
// Prints who said what in a report.
//   cc who-said.c $(pkg-config --cflags --libs khutwa) -o who-said && ./who-said report.txt
#include <khutwa/khutwa.h>

#include <stdio.h>
#include <stdlib.h>

static char *read_file(const char *path, size_t *len) {
  FILE *file = fopen(path, "rb");
  if (!file) return NULL;
  char *bytes = NULL;
  if (fseek(file, 0, SEEK_END) == 0) {
    const long size = ftell(file);
    if (size >= 0 && fseek(file, 0, SEEK_SET) == 0) bytes = malloc((size_t)size + 1);
    if (bytes) *len = fread(bytes, 1, (size_t)size, file);
  }
  fclose(file);
  return bytes;
}

int main(int argc, char **argv) {
  if (argc != 2) {
    fprintf(stderr, "usage: %s REPORT\n", argv[0]);
    return 2;
  }
  size_t len = 0;
  char *bytes = read_file(argv[1], &len);
  if (!bytes) {
    perror(argv[1]);
    return 1;
  }
  kh_error error;
  kh_engine *engine = NULL;
  kh_document *report = NULL;
  kh_status status = kh_engine_open(&engine, NULL, &error);
  if (status == KH_OK) {
    const kh_source source = {.id = argv[1]};
    status = kh_document_read(&report, engine, bytes, len, &source, &error);
  }
  free(bytes);
  if (status != KH_OK) {
    fprintf(stderr, "%s: %s: %s\n", argv[1], kh_status_name(status), error.message);
  } else {
    const char *text = kh_document_text(report, NULL);
    size_t count;
    const kh_statement *statements = kh_document_statements(report, &count);
    const kh_entity *entities = kh_document_entities(report, NULL);
    for (size_t i = 0; i < count; i++) {
      const kh_span said = statements[i].content;
      printf("%s: %.*s\n", entities[statements[i].speaker].name, (int)(said.end - said.start),
             text + said.start);
    }
  }
  kh_document_close(report);
  kh_engine_close(engine);
  return status == KH_OK ? 0 : 1;
}
