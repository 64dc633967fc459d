// SPDX-License-Identifier: Apache-2.0
/// \file
/// A request and its answer, free of sockets.
#ifndef KHUTWA_APP_WEB_REPLY_H
#define KHUTWA_APP_WEB_REPLY_H

#include <khutwa/khutwa.h>

#include <jansson.h>
#include <stdbool.h>
#include <stddef.h>

/// What was asked. Strings are borrowed for the time of the call.
typedef struct kh_request {
  const char *method;
  const char *path; ///< Decoded, begins with '/'.
  /// An argument of the query, decoded; NULL when absent.
  const char *(*arg)(void *context, const char *name);
  void *arg_context;
  bool arabic;      ///< Who asks reads Arabic.
  const char *user; ///< Who asks, as the page says; NULL.
  const char *body; ///< Bytes of a small body (JSON); NULL when there is none.
  size_t body_len;
  int body_fd; ///< A file that holds a large body (an import), at its start; -1: none.
} kh_request;

/// What is answered. `bytes` is the reply's own (malloc) unless `borrowed`.
typedef struct kh_reply {
  unsigned status;
  const char *type; ///< Content-Type; static.
  char *bytes;
  size_t len;
  bool borrowed;
  bool lasting;      ///< May be kept by the browser: its address names its content.
  int fd;            ///< When >= 0: the content is this file, which the server closes.
  const char *etag;  ///< Static or of the assets; NULL.
  char download[96]; ///< File name to save it under; "" when it is to be shown.
  const char *code;  ///< Of an error: "not_found" ...; static; NULL.
} kh_reply;

/// An empty answer: nothing is owned.
kh_reply kh_reply_empty(void);
void kh_reply_free(kh_reply *reply);

/// Answers with JSON. Takes the reference `value`; NULL (no memory) gives 500.
kh_reply kh_reply_json(unsigned status, json_t *value);

/// {"error": {"code", "message"}}: `code` (static) is for programs; `message` is English, one line.
kh_reply kh_reply_error(unsigned status, const char *code, const char *message);

/// The same error for somebody who reads Arabic.
void kh_reply_in_arabic(kh_reply *reply);

/// The same out of an error of the library, with the HTTP status that fits it.
kh_reply kh_reply_failure(const kh_error *error);

/// Text that grows; `failed` when memory ran out, after which it takes nothing more.
typedef struct kh_bytes {
  char *bytes;
  size_t len;
  size_t room;
  bool failed;
} kh_bytes;

bool kh_bytes_put(kh_bytes *buffer, const char *bytes, size_t len);
bool kh_bytes_text(kh_bytes *buffer, const char *text);
/// A kh_write_fn over a kh_bytes.
bool kh_bytes_write(void *buffer, const char *bytes, size_t len);
/// Answers with the buffer's bytes, which it takes.
kh_reply kh_reply_buffer(unsigned status, const char *type, kh_bytes *buffer);

/// The argument `name` as a number in [low, high]; `otherwise` when absent; false when it is none.
bool kh_arg_number(const kh_request *request, const char *name, long low, long high, long otherwise,
                   long *out);
const char *kh_arg(const kh_request *request, const char *name);

#endif
