// SPDX-License-Identifier: Apache-2.0
/// \file
/// Sockets and HTTP, by libmicrohttpd; what is answered comes from a function.
#ifndef KHUTWA_APP_WEB_HTTP_H
#define KHUTWA_APP_WEB_HTTP_H

#include "app/web/reply.h"

#include <stdint.h>

typedef struct kh_http kh_http;

typedef struct kh_http_options {
  const char *address; ///< Numeric.
  uint16_t port;       ///< 0: a free one.
  const char *token;   ///< NULL: none is asked for.
  unsigned threads;
  unsigned patience_s;
  /// Whether the body of a POST to `path` goes to a file (at most `file_limit` bytes).
  bool (*to_file)(const char *path);
  uint64_t file_limit;
  /// Answers a request that was let in. Called from several threads.
  kh_reply (*answer)(void *context, const kh_request *request);
  void *context;
} kh_http_options;

/// Bytes of a body that does not go to a file.
enum { KH_HTTP_BODY_LIMIT = 1 << 20 };

kh_status kh_http_start(kh_http **out, const kh_http_options *options, kh_error *error);
uint16_t kh_http_port(const kh_http *http);
void kh_http_stop(kh_http *http);

#endif
