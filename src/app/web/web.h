// SPDX-License-Identifier: Apache-2.0
/// \file
/// The review page's server: a client of the public headers that answers over HTTP.
///
///   http.c     sockets and HTTP (libmicrohttpd), deadlines, headers that every answer carries
///   guard.c    who may ask: Host, Origin, token
///   route.c    paths to handlers; knows nothing of sockets, so that it can be tested and fuzzed
///   api_*.c    the handlers, one file a part of docs/openapi.yaml
///   assets.c   the page itself, linked into the program
#ifndef KHUTWA_APP_WEB_WEB_H
#define KHUTWA_APP_WEB_WEB_H

#include <khutwa/khutwa.h>

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kh_web kh_web;

typedef struct kh_web_options {
  const char *record;  ///< Path of the record's file.
  const char *address; ///< Numeric address to listen on. NULL: 127.0.0.1.
  uint16_t port;       ///< 0: a free one.
  const char *token;   ///< What a request must show. NULL is allowed on loopback addresses only.
  const char *user;    ///< Who decides, where the page does not say. NULL: "reviewer".
  unsigned threads;    ///< That answer. 0: four.
  unsigned patience_s; ///< Seconds in which a request's head must have come. 0: 20.
} kh_web_options;

/// Opens the record and begins to listen. `*out` is yours to stop. Errors: KH_ERROR_ARGUMENT (an
/// address beyond loopback without a token), KH_ERROR_IO (the port is taken), and those of
/// kh_store_open.
kh_status kh_web_start(kh_web **out, const kh_web_options *options, kh_error *error);

/// "http://127.0.0.1:43210/". Borrowed.
const char *kh_web_url(const kh_web *web);

/// Answers what has begun, ends imports at a clean point, closes the record. NULL is allowed.
void kh_web_stop(kh_web *web);

#endif
