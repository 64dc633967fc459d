// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cli.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

typedef struct command {
  const char *name;
  int (*run)(int argc, char **argv);
} command;

static const command commands[] = {
    {"read", kh_command_read},     {"add", kh_command_add},       {"score", kh_command_score},
    {"time", kh_command_time},     {"number", kh_command_number}, {"search", kh_command_ask},
    {"documents", kh_command_ask}, {"timeline", kh_command_ask},  {"figures", kh_command_ask},
    {"steps", kh_command_ask},     {"actors", kh_command_ask},    {"outlets", kh_command_ask},
    {"show", kh_command_ask},      {"diff", kh_command_ask},      {"serve", kh_command_serve},
    {"export", kh_command_export}, {"decide", kh_command_decide}, {"reread", kh_command_reread},
    {"verify", kh_command_verify}, {"seal", kh_command_seal},
};

static int finish_output(int exit_status) {
  if (fflush(stdout) != 0) return kh_say_unwritten(errno);
  return exit_status;
}

// khutwa help [COMMAND] [--lang en|ar], and the same as options.
static int help(int argc, char **argv) {
  kh_view_language language = KH_VIEW_ENGLISH;
  const char *about = NULL;
  for (int i = 1; i < argc && argv[i]; i++) {
    const char *word = argv[i];
    const bool apart = strcmp(word, "--lang") == 0 && i + 1 < argc;
    if (apart) i++;
    const char *value = apart ? argv[i] : strncmp(word, "--lang=", 7) == 0 ? word + 7 : NULL;
    if (value && !kh_language_option(value, &language)) {
      kh_say("--lang %s: known are en and ar", value);
      return KH_EXIT_USAGE;
    }
    if (!value && word[0] != '-') about = word;
  }
  if (kh_help(about, language)) return finish_output(KH_EXIT_OK);
  kh_say("there is no command \"%s\"; khutwa --help lists them", about);
  return KH_EXIT_USAGE;
}

static int run(int argc, char **argv) {
  if (argc < 2) {
    kh_say("say what to do, for example: khutwa read FILE; khutwa --help tells more");
    return KH_EXIT_USAGE;
  }
  const char *name = argv[1];
  if (strcmp(name, "--version") == 0 || strcmp(name, "-V") == 0) {
    (void)printf("khutwa %s\n", kh_version());
    return finish_output(KH_EXIT_OK);
  }
  if (strcmp(name, "help") == 0 || strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0)
    return help(argc - 1, argv + 1);
  for (size_t i = 0; i < sizeof commands / sizeof *commands; i++) {
    if (strcmp(name, commands[i].name) == 0) return commands[i].run(argc - 1, argv + 1);
  }
  kh_say("there is no command \"%s\"; khutwa --help lists them", name);
  return KH_EXIT_USAGE;
}

int main(int argc, char **argv) {
  // a closed pipe is then an error of writing, seen and reported as such, not a death
  (void)signal(SIGPIPE, SIG_IGN);
  return run(argc, argv);
}
