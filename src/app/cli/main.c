// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cli.h"

#include <signal.h>
#include <stdio.h>
#include <string.h>

int main(int argc, char **argv) {
  signal(SIGPIPE, SIG_IGN); // a closed pipe is an error of writing, not a death
  if (argc >= 2 && strcmp(argv[1], "read") == 0) return kh_command_read(argc - 1, argv + 1);
  (void)fprintf(stderr, "khutwa: say what to do: khutwa read FILE...\n");
  return KH_EXIT_USAGE;
}
