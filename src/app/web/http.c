// SPDX-License-Identifier: Apache-2.0
#include "app/web/http.h"

#include "app/web/guard.h"
#include "app/web/watch.h"

#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <microhttpd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { CONNECTIONS = 128, CONNECTIONS_A_CLIENT = 64, IDLE_S = 30 };

struct kh_http {
  struct MHD_Daemon *daemon;
  kh_watch *watch;
  kh_http_options options;
  kh_guard guard;
  char *token;
  uint16_t port;
};

// One request under way.
typedef struct exchange {
  bool refused;
  bool to_file;
  bool too_long;
  bool failed;
  uint64_t taken;
  kh_bytes body;
  FILE *file;
  kh_watched *place;
  kh_watch *watch;
} exchange;

// ---- answers

static void add_headers(struct MHD_Response *response, const kh_reply *reply) {
  // Scripts, styles, fonts and pictures of the page's own alone; nobody may frame it.
  static const char *const always[][2] = {
      {"Content-Security-Policy",
       "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
       "font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; "
       "frame-ancestors 'none'"},
      {"X-Content-Type-Options", "nosniff"},
      {"Referrer-Policy", "no-referrer"},
      {"Cross-Origin-Opener-Policy", "same-origin"},
      {"Cross-Origin-Resource-Policy", "same-origin"},
      {"X-Frame-Options", "DENY"},
  };
  for (size_t i = 0; i < sizeof always / sizeof *always; i++)
    (void)MHD_add_response_header(response, always[i][0], always[i][1]);
  (void)MHD_add_response_header(response, "Cache-Control",
                                reply->lasting ? "private, max-age=31536000, immutable"
                                : reply->etag  ? "no-cache"
                                               : "no-store");
  if (reply->etag) (void)MHD_add_response_header(response, "ETag", reply->etag);
  if (reply->type) (void)MHD_add_response_header(response, "Content-Type", reply->type);
  if (reply->download[0]) {
    char line[160];
    (void)snprintf(line, sizeof line, "attachment; filename=\"%s\"", reply->download);
    (void)MHD_add_response_header(response, "Content-Disposition", line);
  }
}

static struct MHD_Response *make_response(kh_reply *reply) {
  if (reply->fd >= 0) {
    const off_t end = lseek(reply->fd, 0, SEEK_END);
    struct MHD_Response *response =
        end < 0 ? NULL : MHD_create_response_from_fd64((uint64_t)end, reply->fd);
    if (response) reply->fd = -1; // the response closes it
    return response;
  }
  struct MHD_Response *response = MHD_create_response_from_buffer(
      reply->len, reply->bytes, reply->borrowed ? MHD_RESPMEM_PERSISTENT : MHD_RESPMEM_MUST_FREE);
  if (response) {
    reply->bytes = NULL;
    reply->borrowed = true;
  }
  return response;
}

static bool reads_arabic(struct MHD_Connection *connection) {
  const char *languages =
      MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_ACCEPT_LANGUAGE);
  return languages && strncmp(languages, "ar", 2) == 0;
}

static enum MHD_Result send_reply(struct MHD_Connection *connection, kh_reply *reply) {
  if (reply->code && reads_arabic(connection)) kh_reply_in_arabic(reply);
  if (reply->etag) {
    const char *known =
        MHD_lookup_connection_value(connection, MHD_HEADER_KIND, MHD_HTTP_HEADER_IF_NONE_MATCH);
    if (known && strcmp(known, reply->etag) == 0) {
      kh_reply same = kh_reply_empty();
      same.status = MHD_HTTP_NOT_MODIFIED;
      same.etag = reply->etag;
      same.lasting = reply->lasting;
      same.borrowed = true;
      same.bytes = (char *)"";
      kh_reply_free(reply);
      *reply = same;
    }
  }
  struct MHD_Response *response = make_response(reply);
  if (!response) {
    kh_reply_free(reply);
    return MHD_NO; // the connection ends
  }
  add_headers(response, reply);
  const enum MHD_Result result = MHD_queue_response(connection, reply->status, response);
  MHD_destroy_response(response);
  kh_reply_free(reply);
  return result;
}

static enum MHD_Result send_error(struct MHD_Connection *connection, unsigned status,
                                  const char *code, const char *message) {
  kh_reply reply = kh_reply_error(status, code, message);
  return send_reply(connection, &reply);
}

// ---- who asks

static const char *header(struct MHD_Connection *connection, const char *name) {
  return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static kh_visitor visitor_of(struct MHD_Connection *connection, const char *method,
                             const char *path) {
  kh_visitor visitor;
  memset(&visitor, 0, sizeof visitor);
  visitor.method = method;
  visitor.host = header(connection, MHD_HTTP_HEADER_HOST);
  visitor.origin = header(connection, MHD_HTTP_HEADER_ORIGIN);
  visitor.site = header(connection, "Sec-Fetch-Site");
  visitor.authorization = header(connection, MHD_HTTP_HEADER_AUTHORIZATION);
  visitor.mark = header(connection, "X-Khutwa");
  visitor.cookie = MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, "khutwa_token");
  if (strcmp(path, "/") == 0)
    visitor.query_token = MHD_lookup_connection_value(connection, MHD_GET_ARGUMENT_KIND, "token");
  return visitor;
}

static enum MHD_Result refuse(struct MHD_Connection *connection, kh_verdict verdict) {
  switch (verdict) {
  case KH_WRONG_HOST:
    return send_error(connection, 421, "host",
                      "this server answers to its own address alone; open the address that khutwa "
                      "serve printed");
  case KH_WRONG_ORIGIN:
    return send_error(connection, 403, "origin",
                      "a page of another origin may not ask this server");
  case KH_NO_MARK:
    return send_error(connection, 403, "mark",
                      "a request that changes the record must carry the header X-Khutwa: 1");
  default:
    return send_error(connection, 401, "token",
                      "this server asks for a token: Authorization: Bearer TOKEN, or open the "
                      "address with ?token=TOKEN");
  }
}

// After "/?token=..." the browser keeps the token as a cookie, and the address loses it.
static enum MHD_Result welcome(const kh_http *http, struct MHD_Connection *connection) {
  struct MHD_Response *response =
      MHD_create_response_from_buffer(0, (void *)"", MHD_RESPMEM_PERSISTENT);
  if (!response) return MHD_NO;
  char cookie[256];
  const int len = snprintf(cookie, sizeof cookie,
                           "khutwa_token=%s; HttpOnly; SameSite=Strict; Path=/", http->token);
  kh_reply plain = kh_reply_empty();
  add_headers(response, &plain);
  if (len > 0 && (size_t)len < sizeof cookie)
    (void)MHD_add_response_header(response, MHD_HTTP_HEADER_SET_COOKIE, cookie);
  (void)MHD_add_response_header(response, MHD_HTTP_HEADER_LOCATION, "/");
  const enum MHD_Result result = MHD_queue_response(connection, MHD_HTTP_SEE_OTHER, response);
  MHD_destroy_response(response);
  return result;
}

// ---- requests

static const char *query_arg(void *context, const char *name) {
  return MHD_lookup_connection_value(context, MHD_GET_ARGUMENT_KIND, name);
}

static exchange *new_exchange(const kh_http *http, struct MHD_Connection *connection,
                              const char *method, const char *path) {
  exchange *now = calloc(1, sizeof *now);
  if (!now) return NULL;
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
  now->place = info ? info->socket_context : NULL;
  now->watch = http->watch;
  now->to_file =
      strcmp(method, "POST") == 0 && http->options.to_file && http->options.to_file(path);
  return now;
}

static void take(const kh_http *http, exchange *now, const char *bytes, size_t len) {
  now->taken += len;
  kh_watch_progress(http->watch, now->place, len);
  const uint64_t limit = now->to_file ? http->options.file_limit : (uint64_t)KH_HTTP_BODY_LIMIT;
  if (now->taken > limit) now->too_long = true;
  if (now->too_long || now->failed) return; // the rest is read and dropped
  if (!now->to_file) {
    now->failed = !kh_bytes_put(&now->body, bytes, len);
    return;
  }
  if (!now->file) now->file = tmpfile();
  now->failed = !now->file || fwrite(bytes, 1, len, now->file) != len;
}

// The name stands percent-encoded in its header, since headers hold no UTF-8.
static const char *user_of(struct MHD_Connection *connection, char *name, size_t room) {
  const char *given = header(connection, "X-Khutwa-User");
  if (!given || strlen(given) >= room) return NULL;
  memcpy(name, given, strlen(given) + 1);
  (void)MHD_http_unescape(name);
  json_t *text = json_string(name); // NULL where it is no UTF-8
  json_decref(text);
  return text && name[0] ? name : NULL;
}

static enum MHD_Result answer_whole(const kh_http *http, struct MHD_Connection *connection,
                                    exchange *now, const char *path, const char *method) {
  kh_watch_rest(http->watch, now->place);
  if (now->too_long)
    return send_error(connection, 413, "too_large", "the body of the request is too long");
  if (now->file && (fflush(now->file) != 0 || fseek(now->file, 0, SEEK_SET) != 0))
    now->failed = true;
  if (now->failed)
    return send_error(connection, 500, "io",
                      "the body could not be kept; free some memory or space and try again");
  char user[600];
  const kh_request request = {.method = method,
                              .path = path,
                              .arg = query_arg,
                              .arg_context = connection,
                              .arabic = reads_arabic(connection),
                              .user = user_of(connection, user, sizeof user),
                              .body = now->body.bytes,
                              .body_len = now->body.len,
                              .body_fd = now->file ? fileno(now->file) : -1};
  kh_reply reply = http->options.answer(http->options.context, &request);
  return send_reply(connection, &reply);
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
                                  const char *path, const char *method, const char *version,
                                  const char *bytes, size_t *len, void **state) {
  (void)version;
  const kh_http *http = context;
  exchange *now = *state;
  if (!now) { // the head has come
    now = new_exchange(http, connection, method, path);
    if (!now) return MHD_NO;
    *state = now;
    const kh_visitor visitor = visitor_of(connection, method, path);
    const kh_verdict verdict = kh_guard_check(&http->guard, &visitor);
    if (verdict == KH_LET_IN) {
      if (http->token && visitor.query_token) return welcome(http, connection);
      return MHD_YES;
    }
    now->refused = true;
    return refuse(connection, verdict);
  }
  if (now->refused) {
    *len = 0;
    return MHD_YES;
  }
  if (*len > 0) {
    take(http, now, bytes, *len);
    *len = 0;
    return MHD_YES;
  }
  return answer_whole(http, connection, now, path, method);
}

static void on_end(void *context, struct MHD_Connection *connection, void **state,
                   enum MHD_RequestTerminationCode why) {
  (void)connection;
  (void)why;
  const kh_http *http = context;
  exchange *now = *state;
  if (!now) return;
  free(now->body.bytes);
  if (now->file) (void)fclose(now->file);
  kh_watch_wait(http->watch, now->place);
  free(now);
  *state = NULL;
}

static void on_connection(void *context, struct MHD_Connection *connection, void **socket_context,
                          enum MHD_ConnectionNotificationCode what) {
  const kh_http *http = context;
  if (what == MHD_CONNECTION_NOTIFY_CLOSED) {
    kh_watch_close(http->watch, *socket_context);
    *socket_context = NULL;
    return;
  }
  const union MHD_ConnectionInfo *info =
      MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
  *socket_context = info ? kh_watch_open(http->watch, info->connect_fd) : NULL;
}

// ---- start and stop

static kh_status fail(kh_error *error, kh_status code, const char *what, const char *why) {
  if (error) {
    memset(error, 0, sizeof *error);
    error->code = code;
    error->stage = KH_STAGE_VIEW;
    (void)snprintf(error->message, sizeof error->message, "%s%s", what, why);
  }
  return code;
}

static bool socket_address(const char *address, uint16_t port, struct sockaddr_storage *out) {
  memset(out, 0, sizeof *out);
  struct sockaddr_in *four = (struct sockaddr_in *)(void *)out;
  struct sockaddr_in6 *six = (struct sockaddr_in6 *)(void *)out;
  if (inet_pton(AF_INET, address, &four->sin_addr) == 1) {
    four->sin_family = AF_INET;
    four->sin_port = htons(port);
    return true;
  }
  if (inet_pton(AF_INET6, address, &six->sin6_addr) == 1) {
    six->sin6_family = AF_INET6;
    six->sin6_port = htons(port);
    return true;
  }
  return false;
}

static void quiet(void *context, const char *format, va_list values) {
  (void)context;
  (void)format;
  (void)values;
}

static bool listen_on(kh_http *http, const struct sockaddr_storage *address) {
  unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_ERROR_LOG;
  if (address->ss_family == AF_INET6) flags |= MHD_USE_IPv6;
  http->daemon = MHD_start_daemon(
      flags, http->port, NULL, NULL, on_request, http,
      // first, so that it holds for all that follows
      MHD_OPTION_EXTERNAL_LOGGER, quiet, NULL, MHD_OPTION_SOCK_ADDR, address,
      MHD_OPTION_THREAD_POOL_SIZE, http->options.threads, MHD_OPTION_CONNECTION_LIMIT,
      (unsigned)CONNECTIONS, MHD_OPTION_PER_IP_CONNECTION_LIMIT, (unsigned)CONNECTIONS_A_CLIENT,
      MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)IDLE_S, MHD_OPTION_CONNECTION_MEMORY_LIMIT,
      (size_t)(32 * 1024), MHD_OPTION_NOTIFY_COMPLETED, on_end, http, MHD_OPTION_NOTIFY_CONNECTION,
      on_connection, http, MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_END);
  if (!http->daemon) return false;
  const union MHD_DaemonInfo *info = MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT);
  if (info && info->port) http->port = info->port;
  http->guard.port = http->port;
  return true;
}

kh_status kh_http_start(kh_http **out, const kh_http_options *options, kh_error *error) {
  *out = NULL;
  struct sockaddr_storage address;
  if (!socket_address(options->address, options->port, &address))
    return fail(error, KH_ERROR_ARGUMENT, options->address,
                ": a numeric address is wanted, such as 127.0.0.1");
  const bool loopback = kh_is_loopback(options->address);
  if (!loopback && !(options->token && strlen(options->token) >= 16))
    return fail(
        error, KH_ERROR_ARGUMENT, options->address,
        " can be reached from other machines, which takes a token of at least 16 characters");
  kh_http *http = calloc(1, sizeof *http);
  if (!http) return fail(error, KH_ERROR_MEMORY, "there is not enough memory", "");
  http->options = *options;
  http->port = options->port;
  http->token = options->token ? strdup(options->token) : NULL;
  http->guard = (kh_guard){options->port, loopback, http->token};
  http->watch = kh_watch_start(CONNECTIONS, options->patience_s);
  if (http->watch && (http->token || !options->token) && listen_on(http, &address)) {
    *out = http;
    return KH_OK;
  }
  const int why = errno;
  kh_http_stop(http);
  if (why == EADDRINUSE)
    return fail(error, KH_ERROR_IO, "the port is taken; choose another, or none for a free one",
                "");
  return fail(error, KH_ERROR_IO, "listening is not possible: ", strerror(why));
}

uint16_t kh_http_port(const kh_http *http) { return http->port; }

void kh_http_stop(kh_http *http) {
  if (!http) return;
  if (http->daemon) MHD_stop_daemon(http->daemon);
  kh_watch_stop(http->watch);
  free(http->token);
  free(http);
}
