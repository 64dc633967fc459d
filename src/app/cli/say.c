// SPDX-License-Identifier: Apache-2.0
#include "app/cli/cli.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

void kh_say(const char *format, ...) {
  char line[1024];
  va_list values;
  va_start(values, format);
  (void)vsnprintf(line, sizeof line, format, values);
  va_end(values);
  for (char *c = line; *c; c++) {
    if ((unsigned char)*c < 0x20 || *c == 0x7F) *c = '?';
  }
  (void)fprintf(stderr, "khutwa: %s\n", line);
}

void kh_say_error(const char *input, const kh_error *error) {
  if (error->line)
    kh_say("%s:%u: %s", input, error->line, error->message);
  else
    kh_say("%s: %s", input, error->message);
}

int kh_say_unwritten(int why) {
  if (why == ENOSPC)
    kh_say("the output cannot be written: the disk is full; free some space and run again");
  else if (why != EPIPE)
    kh_say("the output cannot be written: %s", why ? strerror(why) : "unknown reason");
  return KH_EXIT_OUTPUT;
}

bool kh_language_option(const char *value, kh_view_language *language) {
  if (strcmp(value, "en") == 0)
    *language = KH_VIEW_ENGLISH;
  else if (strcmp(value, "ar") == 0)
    *language = KH_VIEW_ARABIC;
  else
    return false;
  return true;
}

kh_engine *kh_open_engine(const kh_engine_options *options) {
  kh_engine *engine = NULL;
  kh_error error;
  if (kh_engine_open(&engine, options, &error) == KH_OK) return engine;
  kh_say("%s%s%s", options && options->tables ? options->tables : "",
         options && options->tables ? ": " : "", error.message);
  return NULL;
}
