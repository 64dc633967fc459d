// SPDX-License-Identifier: Apache-2.0
/// \file
/// A line on a terminal that tells how far an ingest has come; nothing where there is no terminal.
#ifndef KHUTWA_APP_CLI_PROGRESS_H
#define KHUTWA_APP_CLI_PROGRESS_H

#include "app/cli/cli.h"
#include "app/ingest/ingest.h"

#include <time.h>

typedef struct kh_progress {
  bool shown; ///< There is a terminal.
  bool drawn; ///< A line stands there.
  kh_view_language language;
  int64_t bytes; ///< Of all that is to be read; negative: unknown.
  struct timespec begun;
  struct timespec told;
} kh_progress;

/// Begins; `bytes` is what there is to read.
void kh_progress_begin(kh_progress *progress, kh_view_language language, int64_t bytes);

/// Draws the line anew, a few times a second.
void kh_progress_tell(kh_progress *progress, const kh_ingest_count *count);

/// Takes the line away, so that something else can be said.
void kh_progress_clear(kh_progress *progress);

#endif
