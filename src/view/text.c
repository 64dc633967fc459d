// SPDX-License-Identifier: Apache-2.0
#include "view/writer.h"

kh_status kh_view_text(const kh_document *document, const kh_view_text_options *options,
                       kh_write_fn write, void *context, kh_error *error) {
  (void)options;
  return kh_view_json(document, write, context, error);
}
