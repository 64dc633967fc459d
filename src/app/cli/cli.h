// SPDX-License-Identifier: Apache-2.0
/// \file
/// The program: a client of the public headers alone.
#ifndef KHUTWA_APP_CLI_CLI_H
#define KHUTWA_APP_CLI_CLI_H

#include <khutwa/khutwa.h>
#include <khutwa/reader.h>

/// Exit statuses.
enum {
  KH_EXIT_OK = 0,
  KH_EXIT_INPUT = 1, ///< Some input could not be read; the rest was.
  KH_EXIT_USAGE = 2,
  KH_EXIT_OUTPUT = 3, ///< The output could not be written.
};

/// The commands. `argv[0]` is the command's name.
int kh_command_read(int argc, char **argv);
int kh_command_score(int argc, char **argv);

#endif
