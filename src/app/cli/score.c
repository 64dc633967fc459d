// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cli.h"

int kh_command_score(int argc, char **argv) {
  (void)argc;
  (void)argv;
  kh_say("not yet");
  return KH_EXIT_USAGE;
}
