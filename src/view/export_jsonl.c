// SPDX-License-Identifier: Apache-2.0
// Reports with their claims, in the form that khutwa read writes.
#include "view/export.h"

#include "base/error.h"

static bool put(void *context, const char *bytes, size_t len) {
  kh_writer *out = context;
  kh_put(out, bytes, len);
  return !out->failed;
}

static kh_status put_report(kh_exporting *x, int64_t doc) {
  kh_document *document = NULL;
  kh_status status = kh_store_document(&document, x->store, doc, KH_STORE_EFFECTIVE, x->error);
  if (status == KH_OK) status = kh_view_json(document, put, &x->out, x->error);
  kh_document_close(document);
  x->rows++;
  return status;
}

kh_status kh_export_jsonl(kh_exporting *x) {
  kh_select s;
  kh_select_begin(&s, x->store, x->error);
  kh_select_add(&s, "SELECT doc FROM temp.chosen ORDER BY doc");
  kh_status status;
  while ((status = kh_select_next(&s)) == KH_OK) {
    status = put_report(x, kh_select_number(&s, 0));
    if (status != KH_OK) break;
  }
  kh_select_end(&s);
  return status == KH_END ? KH_OK : status;
}
