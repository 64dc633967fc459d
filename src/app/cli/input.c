// SPDX-License-Identifier: Apache-2.0
#include "app/cli/input.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

enum { STANDARD_INPUT = 0 };

bool kh_container_option(const char *value, kh_container *container) {
  for (kh_container c = KH_CONTAINER_TEXT; c <= KH_CONTAINER_WET; c++) {
    if (strcmp(value, kh_container_name(c)) != 0) continue;
    *container = c;
    return true;
  }
  return false;
}

static ptrdiff_t from_descriptor(void *context, char *into, size_t room) {
  const int *descriptor = context;
  ssize_t got;
  do got = read(*descriptor, into, room);
  while (got < 0 && errno == EINTR);
  return got;
}

static bool ends_in(const char *name, const char *ending) {
  const size_t len = strlen(name);
  const size_t tail = strlen(ending);
  return len > tail && strcasecmp(name + len - tail, ending) == 0;
}

static kh_container container_of(const char *name, kh_container told) {
  if (told != KH_CONTAINER_AUTO) return told;
  if (ends_in(name, ".jsonl") || ends_in(name, ".ndjson")) return KH_CONTAINER_JSONL;
  if (ends_in(name, ".html") || ends_in(name, ".htm") || ends_in(name, ".xhtml"))
    return KH_CONTAINER_HTML;
  return KH_CONTAINER_AUTO;
}

static kh_status cannot(kh_error *error, const char *what) {
  memset(error, 0, sizeof *error);
  error->code = KH_ERROR_IO;
  error->stage = KH_STAGE_READ;
  (void)snprintf(error->message, sizeof error->message, "%s", what);
  return KH_ERROR_IO;
}

// A descriptor, or -1 with `error` filled. Folders are refused.
static int open_path(const char *name, struct stat *about, kh_error *error) {
  const bool standard = strcmp(name, "-") == 0;
  const int descriptor = standard ? STANDARD_INPUT : open(name, O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) {
    if (errno == ENOENT)
      (void)cannot(error, "there is no such file");
    else if (errno == EACCES)
      (void)cannot(error, "cannot be opened: no permission to read it");
    else
      (void)cannot(error, strerror(errno));
    return -1;
  }
  if (fstat(descriptor, about) == 0 && !S_ISDIR(about->st_mode)) return descriptor;
  if (!standard) (void)close(descriptor);
  (void)cannot(error, "is a directory; name the files in it");
  return -1;
}

static ptrdiff_t from_interrupted(void *context, char *into, size_t room) {
  const int *descriptor = context;
  return read(*descriptor, into, room); // a signal ends it: who set it asks what it means
}

bool kh_stream_open(kh_ingest_stream *stream, const char *path, int *descriptor, kh_error *error) {
  struct stat about;
  *descriptor = open_path(path, &about, error);
  if (*descriptor < 0) return false;
  const bool file = S_ISREG(about.st_mode) && *descriptor != STANDARD_INPUT;
  *stream = (kh_ingest_stream){.path = path,
                               .size = file ? about.st_size : -1,
                               .mtime = file ? about.st_mtime : -1,
                               .container = container_of(path, KH_CONTAINER_AUTO),
                               .read = from_interrupted,
                               .context = descriptor};
  return true;
}

void kh_stream_close(int *descriptor) {
  if (*descriptor > STANDARD_INPUT) (void)close(*descriptor);
  *descriptor = -1;
}

// A date or charset that cannot hold for any report is a mistake of the command line.
bool kh_check_defaults(const kh_engine *engine, const kh_source *defaults) {
  kh_error error;
  kh_document *document = NULL;
  const kh_status status = kh_document_read(&document, engine, "", 0, defaults, &error);
  kh_document_close(document);
  if (status != KH_OK) kh_say("%s", error.message);
  return status == KH_OK;
}

static kh_status open_file(kh_input *input, kh_error *error) {
  const char *name = input->files[input->next_file++];
  const bool standard = strcmp(name, "-") == 0;
  input->name = standard ? "standard input" : name;
  struct stat about;
  input->descriptor = open_path(name, &about, error);
  if (input->descriptor < 0) return KH_ERROR_IO;
  kh_reader_options options = input->options;
  options.container = container_of(name, options.container);
  if (!standard) options.defaults.id = name;
  const kh_status status =
      kh_reader_open(&input->reader, from_descriptor, &input->descriptor, &options, error);
  if (status != KH_OK) kh_input_close(input);
  return status;
}

kh_status kh_input_next(kh_input *input, kh_item *item, kh_error *error) {
  for (;;) {
    if (!input->reader) {
      if (input->next_file == input->file_count) return KH_END;
      const kh_status status = open_file(input, error);
      if (status != KH_OK) return status;
    }
    const kh_status status = kh_reader_next(input->reader, item, error);
    if (status != KH_END) return status;
    kh_input_close(input);
  }
}

void kh_input_close(kh_input *input) {
  kh_reader_close(input->reader);
  input->reader = NULL;
  if (input->descriptor > STANDARD_INPUT) (void)close(input->descriptor);
  input->descriptor = -1;
}
