// SPDX-License-Identifier: Apache-2.0
/// \file
/// The files that paths of the command line stand for: folders with all in them, patterns with
/// what fits them.
#ifndef KHUTWA_APP_CLI_FILES_H
#define KHUTWA_APP_CLI_FILES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kh_files {
  char **at; ///< Each as it is to be opened; "-" is standard input. The list is the caller's.
  size_t count;
  size_t room;
  int64_t bytes; ///< Of all; negative where standard input is among them.
} kh_files;

/// Adds what `path` stands for, in the order of names: a folder's files, at any depth, but those
/// that are hidden or by their names pictures, style sheets and the like; the files that a pattern
/// with * ? [ fits, where no file has that name itself. A path that is neither is added as it is.
/// False when memory is out, or folders lie too deep in one another.
bool kh_files_add(kh_files *files, const char *path);

void kh_files_free(kh_files *files);

#endif
