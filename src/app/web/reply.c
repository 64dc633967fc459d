// SPDX-License-Identifier: Apache-2.0
#include "app/web/reply.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static const char json_content[] = "application/json; charset=utf-8";

kh_reply kh_reply_empty(void) {
  kh_reply reply;
  memset(&reply, 0, sizeof reply);
  reply.fd = -1;
  return reply;
}

void kh_reply_free(kh_reply *reply) {
  if (!reply->borrowed) free(reply->bytes);
  if (reply->fd >= 0) (void)close(reply->fd);
  *reply = kh_reply_empty();
}

static kh_reply no_memory(void) {
  static char text[] =
      "{\"error\":{\"code\":\"memory\",\"message\":\"there is not enough memory\"}}";
  kh_reply reply = kh_reply_empty();
  reply.status = 500;
  reply.type = json_content;
  reply.bytes = text;
  reply.len = sizeof text - 1;
  reply.borrowed = true;
  return reply;
}

kh_reply kh_reply_json(unsigned status, json_t *value) {
  char *text = value ? json_dumps(value, JSON_COMPACT) : NULL;
  json_decref(value);
  if (!text) return no_memory();
  kh_reply reply = kh_reply_empty();
  reply.status = status;
  reply.type = json_content;
  reply.bytes = text;
  reply.len = strlen(text);
  return reply;
}

kh_reply kh_reply_error(unsigned status, const char *code, const char *message) {
  // a message may quote what was asked, and that may be anything
  json_t *text = json_string(message);
  if (!text) text = json_string("the request holds bytes that are no UTF-8");
  kh_reply reply =
      kh_reply_json(status, json_pack("{s:{s:s,s:o}}", "error", "code", code, "message", text));
  reply.code = code;
  return reply;
}

void kh_reply_in_arabic(kh_reply *reply) {
  static const char *const texts[][2] = {
      {"bad_request", "في الطلب قيمة لا تُفهم"},
      {"not_found", "لا شيء في هذا السجل بهذا العنوان"},
      {"conflict", "سبقك غيرك إلى قرار في هذا البند"},
      {"too_large", "المرسل أكبر مما يُقبل"},
      {"host", "هذا الخادم لا يجيب إلا على عنوانه؛ افتح العنوان الذي طبعه khutwa serve"},
      {"origin", "لا يحق لصفحة من مصدر آخر أن تسأل هذا الخادم"},
      {"mark", "كل طلب يغير السجل يحمل الترويسة X-Khutwa: 1"},
      {"token", "هذا الخادم يطلب رمزا: افتح العنوان مع ?token="},
      {"busy", "السجل مشغول بكتابة أخرى؛ أعد المحاولة بعد قليل"},
      {"io", "تعذرت قراءة السجل أو كتابته؛ الأمر khutwa verify يبين سلامته"},
      {"memory", "الذاكرة لا تكفي"},
      {"method", "هذا العنوان لا يقبل هذه الطريقة"},
      {"damaged", "السجل تالف أو ليس من سجلات خطوة؛ الأمر khutwa verify يبين موضع التلف"},
  };
  for (size_t i = 0; reply->code && i < sizeof texts / sizeof *texts; i++) {
    if (strcmp(texts[i][0], reply->code) != 0) continue;
    kh_reply arabic = kh_reply_error(reply->status, reply->code, texts[i][1]);
    kh_reply_free(reply);
    *reply = arabic;
    return;
  }
}

static unsigned http_status(kh_status code) {
  switch (code) {
  case KH_ERROR_ARGUMENT:
  case KH_ERROR_ENCODING:
  case KH_ERROR_FORMAT:
    return 400;
  case KH_ERROR_LIMIT:
    return 413;
  case KH_ERROR_BUSY:
    return 503;
  default:
    return 500;
  }
}

static const char *code_word(kh_status code) {
  switch (code) {
  case KH_ERROR_ARGUMENT:
  case KH_ERROR_ENCODING:
  case KH_ERROR_FORMAT:
    return "bad_request";
  case KH_ERROR_LIMIT:
    return "too_large";
  case KH_ERROR_BUSY:
    return "busy";
  case KH_ERROR_STORE:
    return "damaged";
  case KH_ERROR_MEMORY:
    return "memory";
  case KH_ERROR_IO:
    return "io";
  default:
    return "internal";
  }
}

kh_reply kh_reply_failure(const kh_error *error) {
  return kh_reply_error(http_status(error->code), code_word(error->code), error->message);
}

bool kh_bytes_put(kh_bytes *buffer, const char *bytes, size_t len) {
  if (buffer->failed) return false;
  if (len >= buffer->room - buffer->len || buffer->room == 0) {
    size_t room = buffer->room ? buffer->room : 4096;
    while (room - buffer->len <= len) {
      if (room > SIZE_MAX / 2) {
        buffer->failed = true;
        return false;
      }
      room *= 2;
    }
    char *grown = realloc(buffer->bytes, room);
    if (!grown) {
      buffer->failed = true;
      return false;
    }
    buffer->bytes = grown;
    buffer->room = room;
  }
  if (len) memcpy(buffer->bytes + buffer->len, bytes, len);
  buffer->len += len;
  buffer->bytes[buffer->len] = 0;
  return true;
}

bool kh_bytes_text(kh_bytes *buffer, const char *text) {
  return kh_bytes_put(buffer, text, strlen(text));
}

bool kh_bytes_write(void *buffer, const char *bytes, size_t len) {
  return kh_bytes_put(buffer, bytes, len);
}

kh_reply kh_reply_buffer(unsigned status, const char *type, kh_bytes *buffer) {
  if (buffer->failed) {
    free(buffer->bytes);
    memset(buffer, 0, sizeof *buffer);
    return no_memory();
  }
  kh_reply reply = kh_reply_empty();
  reply.status = status;
  reply.type = type ? type : json_content;
  reply.bytes = buffer->bytes;
  reply.len = buffer->len;
  memset(buffer, 0, sizeof *buffer);
  return reply;
}

const char *kh_arg(const kh_request *request, const char *name) {
  const char *value = request->arg ? request->arg(request->arg_context, name) : NULL;
  return value && value[0] ? value : NULL;
}

bool kh_arg_number(const kh_request *request, const char *name, long low, long high, long otherwise,
                   long *out) {
  const char *value = kh_arg(request, name);
  *out = otherwise;
  if (!value) return true;
  char *end = NULL;
  errno = 0;
  const long number = strtol(value, &end, 10);
  if (errno || end == value || *end || number < low || number > high) return false;
  *out = number;
  return true;
}
