// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

/// Cuts a character that the end of the buffer split.
static void trim_split_character(char *message) {
  size_t len = strlen(message);
  size_t tail = 0;
  while (tail < len && tail < 4 && ((unsigned char)message[len - 1 - tail] & 0xC0) == 0x80) tail++;
  if (tail == len) return;
  const unsigned char lead = (unsigned char)message[len - 1 - tail];
  const size_t wanted = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : lead >= 0xC0 ? 1 : 0;
  if (tail < wanted) message[len - 1 - tail] = '\0';
}

kh_status kh_fail(kh_error *error, kh_status code, kh_stage stage, const char *format, ...) {
  if (!error) return code;
  memset(error, 0, sizeof *error);
  error->code = code;
  error->stage = stage;
  va_list arguments;
  va_start(arguments, format);
  vsnprintf(error->message, sizeof error->message, format, arguments);
  va_end(arguments);
  trim_split_character(error->message);
  return code;
}
