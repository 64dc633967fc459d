// SPDX-License-Identifier: Apache-2.0
#include "base/error.h"
#include "view/writer.h"

#include <khutwa/ask.h>
#include <string.h>

kh_status kh_view_answer(kh_question question, const char *json,
                         const kh_view_text_options *options, kh_write_fn write, void *context,
                         kh_error *error) {
  (void)question;
  (void)options;
  kh_writer out;
  kh_writer_begin(&out, write, context);
  kh_puts(&out, json);
  kh_putc(&out, '\n');
  return kh_writer_end(&out, error);
}
