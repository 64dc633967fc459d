// SPDX-License-Identifier: Apache-2.0
#include "app/web/web.h"

#include "app/web/core.h"
#include "app/web/http.h"
#include "app/web/import.h"
#include "app/web/route.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { THREADS = 4, PATIENCE_S = 20 };

struct kh_web {
  kh_core *core;
  kh_http *http;
  char url[128];
};

static kh_reply answer(void *context, const kh_request *request) {
  return kh_route_answer(context, request);
}

kh_status kh_web_start(kh_web **out, const kh_web_options *options, kh_error *error) {
  *out = NULL;
  kh_web *web = calloc(1, sizeof *web);
  if (!web) {
    if (error)
      *error = (kh_error){.code = KH_ERROR_MEMORY, .message = "there is not enough memory"};
    return KH_ERROR_MEMORY;
  }
  const char *address = options->address ? options->address : "127.0.0.1";
  kh_status status =
      kh_core_open(&web->core, options->record, options->user ? options->user : "reviewer", error);
  if (status == KH_OK) {
    const kh_http_options http = {
        .address = address,
        .port = options->port,
        .token = options->token,
        .threads = options->threads ? options->threads : THREADS,
        .patience_s = options->patience_s ? options->patience_s : PATIENCE_S,
        .to_file = kh_import_takes_file,
        .file_limit = KH_IMPORT_LIMIT,
        .answer = answer,
        .context = web->core,
    };
    status = kh_http_start(&web->http, &http, error);
  }
  if (status != KH_OK) {
    kh_web_stop(web);
    return status;
  }
  const bool six = strchr(address, ':') != NULL;
  (void)snprintf(web->url, sizeof web->url, six ? "http://[%s]:%u/" : "http://%s:%u/", address,
                 (unsigned)kh_http_port(web->http));
  *out = web;
  return KH_OK;
}

const char *kh_web_url(const kh_web *web) { return web->url; }

void kh_web_stop(kh_web *web) {
  if (!web) return;
  kh_http_stop(web->http); // no request is under way after this
  kh_core_close(web->core);
  free(web);
}
