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

static kh_status open_file(kh_input *input, kh_error *error) {
  const char *name = input->files[input->next_file++];
  const bool standard = strcmp(name, "-") == 0;
  input->name = standard ? "standard input" : name;
  input->descriptor = standard ? STANDARD_INPUT : open(name, O_RDONLY | O_CLOEXEC);
  if (input->descriptor < 0) {
    if (errno == ENOENT) return cannot(error, "there is no such file");
    if (errno == EACCES) return cannot(error, "cannot be opened: no permission to read it");
    return cannot(error, strerror(errno));
  }
  struct stat about;
  if (fstat(input->descriptor, &about) == 0 && S_ISDIR(about.st_mode)) {
    kh_input_close(input);
    return cannot(error, "is a directory; name the files in it");
  }
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
