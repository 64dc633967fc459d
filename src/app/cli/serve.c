// SPDX-License-Identifier: Apache-2.0
// khutwa serve: the review page of a record
#include "app/cli/cli.h"
#include "app/web/web.h"

#include <errno.h>
#include <getopt.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

typedef struct settings {
  kh_web_options web;
  char token[128];
  bool done; // help was asked for and given
} settings;

static bool port_option(const char *value, uint16_t *port) {
  char *end = NULL;
  errno = 0;
  const unsigned long number = strtoul(value, &end, 10);
  if (errno || end == value || *end || value[0] == '-' || number > 65535) {
    kh_say("--port %s: a number from 0 (a free one) to 65535 is wanted", value);
    return false;
  }
  *port = (uint16_t)number;
  return true;
}

// The token stands in a file, since a command line can be read by everybody on the machine.
static bool token_option(const char *path, char *token, size_t room) {
  FILE *file = fopen(path, "r");
  const bool read = file && fgets(token, (int)room, file);
  if (!read) kh_say("--token-file %s: %s", path, file ? "it is empty" : strerror(errno));
  if (file) (void)fclose(file);
  if (!read) return false;
  token[strcspn(token, "\r\n")] = 0;
  for (const char *c = token; *c; c++) {
    if (*c <= ' ' || *c >= 0x7F || *c == ';' || *c == ',' || *c == '"' || *c == '\\') {
      kh_say("--token-file %s: a token is made of letters, digits and -_.~", path);
      return false;
    }
  }
  if (strlen(token) >= 16) return true;
  kh_say("--token-file %s: a token has at least 16 characters", path);
  return false;
}

static bool parse(int argc, char **argv, settings *given) {
  static const struct option options[] = {{"port", required_argument, NULL, 'p'},
                                          {"listen", required_argument, NULL, 'l'},
                                          {"token-file", required_argument, NULL, 't'},
                                          {"user", required_argument, NULL, 'u'},
                                          {"patience", required_argument, NULL, 'w'},
                                          {"help", no_argument, NULL, 'h'},
                                          {NULL, 0, NULL, 0}};
  const char *token_file = NULL;
  for (int option; (option = getopt_long(argc, argv, "p:u:h", options, NULL)) != -1;) {
    switch (option) {
    case 'p':
      if (!port_option(optarg, &given->web.port)) return false;
      break;
    case 'l':
      given->web.address = optarg;
      break;
    case 't':
      token_file = optarg;
      break;
    case 'u':
      given->web.user = optarg;
      break;
    case 'w':
      given->web.patience_s = (unsigned)strtoul(optarg, NULL, 10);
      break;
    case 'h':
      given->done = kh_help("serve", KH_VIEW_ENGLISH);
      return true;
    default:
      return false; // getopt has said why
    }
  }
  if (optind + 1 != argc) {
    kh_say("say which record to serve, for example: khutwa serve RECORD.khutwa");
    return false;
  }
  given->web.record = argv[optind];
  if (token_file && !token_option(token_file, given->token, sizeof given->token)) return false;
  if (token_file) given->web.token = given->token;
  return true;
}

// Waits for Ctrl-C or a polite kill; both are blocked in every thread, so that they wait, too.
static void wait_for_end(const sigset_t *ends) {
  int signal_number = 0;
  while (sigwait(ends, &signal_number) != 0) {
  }
}

int kh_command_serve(int argc, char **argv) {
  settings given;
  memset(&given, 0, sizeof given);
  if (!parse(argc, argv, &given)) return KH_EXIT_USAGE;
  if (given.done) return KH_EXIT_OK;
  sigset_t ends;
  (void)sigemptyset(&ends);
  (void)sigaddset(&ends, SIGINT);
  (void)sigaddset(&ends, SIGTERM);
  (void)sigaddset(&ends, SIGHUP);
  (void)pthread_sigmask(SIG_BLOCK, &ends, NULL);
  kh_web *web = NULL;
  kh_error error;
  if (kh_web_start(&web, &given.web, &error) != KH_OK) {
    kh_say_error(given.web.record, &error);
    return KH_EXIT_INPUT;
  }
  (void)printf("%s\n", kh_web_url(web));
  if (fflush(stdout) != 0) {
    kh_web_stop(web);
    return kh_say_unwritten(errno);
  }
  if (isatty(STDERR_FILENO)) kh_say("open this address in a browser; Ctrl-C ends the server");
  wait_for_end(&ends);
  kh_web_stop(web);
  return KH_EXIT_OK;
}
