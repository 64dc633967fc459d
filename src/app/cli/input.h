// SPDX-License-Identifier: Apache-2.0
/// \file
/// Reports out of the files named on the command line, one after another.
#ifndef KHUTWA_APP_CLI_INPUT_H
#define KHUTWA_APP_CLI_INPUT_H

#include "app/cli/cli.h"
#include "app/ingest/ingest.h"

typedef struct kh_input {
  char *const *files; // "-" is standard input
  int file_count;
  int next_file;
  kh_reader_options options;
  const char *name; // of the file at hand, for messages
  int descriptor;
  kh_reader *reader;
} kh_input;

/// "text", "html", "jsonl", "rss", "atom", "warc" or "wet" to a container; false for anything else.
bool kh_container_option(const char *value, kh_container *container);

/// Gives the next report, or KH_END after the last file. Any other status concerns one report or
/// file (input->name), is told in `error`, and the next call goes on behind it.
kh_status kh_input_next(kh_input *input, kh_item *item, kh_error *error);

/// Opens a file ("-": standard input) as a stream of an ingest. `path` and `descriptor` must
/// outlive it. False, and `error` filled, when that cannot be.
bool kh_stream_open(kh_ingest_stream *stream, const char *path, int *descriptor, kh_error *error);
void kh_stream_close(int *descriptor);

/// False, and said, where the date or charset of an option cannot hold for any report.
bool kh_check_defaults(const kh_engine *engine, const kh_source *defaults);

/// Closes what is open.
void kh_input_close(kh_input *input);

#endif
