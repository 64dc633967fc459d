// SPDX-License-Identifier: Apache-2.0
// Runs a fuzz target over files, and over the files of folders, without a fuzzer.
#include "fuzz.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>

static unsigned replayed;

static bool replay_file(const char *path) {
  FILE *file = fopen(path, "rb");
  if (!file) {
    perror(path);
    return false;
  }
  size_t size = 0;
  size_t room = 1 << 16;
  uint8_t *data = malloc(room);
  size_t got;
  while (data && (got = fread(data + size, 1, room - size, file)) > 0) {
    size += got;
    if (size == room) {
      uint8_t *wider = realloc(data, room *= 2);
      if (!wider) free(data);
      data = wider;
    }
  }
  fclose(file);
  if (!data) return false;
  // exactly as long as the input, so that a read beyond it is seen
  uint8_t *exact = realloc(data, size ? size : 1);
  if (!exact) exact = data;
  LLVMFuzzerTestOneInput(exact, size);
  free(exact);
  replayed++;
  return true;
}

static bool replay(const char *path) {
  DIR *folder = opendir(path);
  if (!folder) return replay_file(path);
  bool good = true;
  for (const struct dirent *entry; (entry = readdir(folder));) {
    if (entry->d_name[0] == '.') continue;
    char inner[4096];
    const int len = snprintf(inner, sizeof inner, "%s/%s", path, entry->d_name);
    good = len > 0 && (size_t)len < sizeof inner && replay_file(inner) && good;
  }
  closedir(folder);
  return good;
}

int main(int argc, char **argv) {
  bool good = true;
  for (int i = 1; i < argc; i++) good = replay(argv[i]) && good;
  printf("%u inputs replayed\n", replayed);
  return good && replayed ? EXIT_SUCCESS : EXIT_FAILURE;
}
