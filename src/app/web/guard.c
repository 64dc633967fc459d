// SPDX-License-Identifier: Apache-2.0
#include "app/web/guard.h"

#include <arpa/inet.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

bool kh_is_loopback(const char *address) {
  struct in_addr four;
  struct in6_addr six;
  if (inet_pton(AF_INET, address, &four) == 1) return (ntohl(four.s_addr) >> 24) == 127;
  if (inet_pton(AF_INET6, address, &six) == 1) return IN6_IS_ADDR_LOOPBACK(&six);
  return false;
}

static bool is_numeric(const char *address) {
  struct in_addr four;
  struct in6_addr six;
  return inet_pton(AF_INET, address, &four) == 1 || inet_pton(AF_INET6, address, &six) == 1;
}

bool kh_same_secret(const char *a, const char *b) {
  const size_t len_a = strlen(a);
  const size_t len_b = strlen(b);
  unsigned difference = len_a != len_b;
  for (size_t i = 0; i < len_a; i++)
    difference |= (unsigned char)a[i] ^ (unsigned char)b[len_b ? i % len_b : 0];
  return difference == 0;
}

// "host", "host:port" or "[v6]:port" in its two parts; the port must be ours (80 when left out).
static bool split_host(const char *host, char *name, size_t room, uint16_t ours) {
  const char *end = NULL;
  const char *colon = NULL;
  if (host[0] == '[') {
    host++;
    end = strchr(host, ']');
    if (!end) return false;
    if (end[1] == ':')
      colon = end + 1;
    else if (end[1])
      return false;
  } else {
    colon = strchr(host, ':');
    end = colon ? colon : host + strlen(host);
  }
  const size_t len = (size_t)(end - host);
  if (len == 0 || len >= room) return false;
  memcpy(name, host, len);
  name[len] = 0;
  if (!colon) return ours == 80;
  char *rest = NULL;
  if (colon[1] < '0' || colon[1] > '9') return false;
  const unsigned long port = strtoul(colon + 1, &rest, 10);
  return *rest == 0 && port == ours;
}

// A name can be made to point here by whoever owns it; an address can not, nor can "localhost".
static bool host_is_ours(const kh_guard *guard, const char *host) {
  char name[64];
  if (!host || !split_host(host, name, sizeof name, guard->port)) return false;
  if (strcasecmp(name, "localhost") == 0 || kh_is_loopback(name)) return true;
  return !guard->loopback && is_numeric(name);
}

static bool origin_is_ours(const kh_visitor *visitor) {
  const char *origin = visitor->origin;
  if (!origin) return true;
  return strncmp(origin, "http://", 7) == 0 && strcasecmp(origin + 7, visitor->host) == 0;
}

static bool shows_token(const kh_guard *guard, const kh_visitor *visitor) {
  if (!guard->token) return true;
  const char *bearer = visitor->authorization;
  if (bearer && strncasecmp(bearer, "Bearer ", 7) == 0 && kh_same_secret(guard->token, bearer + 7))
    return true;
  if (visitor->cookie && kh_same_secret(guard->token, visitor->cookie)) return true;
  return visitor->query_token && kh_same_secret(guard->token, visitor->query_token);
}

kh_verdict kh_guard_check(const kh_guard *guard, const kh_visitor *visitor) {
  if (!host_is_ours(guard, visitor->host)) return KH_WRONG_HOST;
  if (!origin_is_ours(visitor)) return KH_WRONG_ORIGIN;
  const bool reads = strcmp(visitor->method, "GET") == 0 || strcmp(visitor->method, "HEAD") == 0;
  // A link on another page may lead here ("navigate" to the page itself is a GET), but nothing
  // that changes the record may come from elsewhere.
  if (!reads && visitor->site && strcmp(visitor->site, "same-origin") != 0 &&
      strcmp(visitor->site, "none") != 0)
    return KH_WRONG_ORIGIN;
  if (!reads && !visitor->mark) return KH_NO_MARK;
  if (!shows_token(guard, visitor)) return KH_NO_TOKEN;
  return KH_LET_IN;
}
