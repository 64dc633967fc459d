// SPDX-License-Identifier: Apache-2.0
// Who is let in, and which path leads where.
#include "app/web/guard.h"
#include "app/web/route.h"
#include "web/web_tests.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static kh_verdict ask(const kh_guard *guard, const char *method, const char *host,
                      const char *origin, const char *site, const char *mark) {
  const kh_visitor visitor = {
      .method = method, .host = host, .origin = origin, .site = site, .mark = mark};
  return kh_guard_check(guard, &visitor);
}

void test_hosts(void **state) {
  (void)state;
  const kh_guard loopback = {4321, true, NULL};
  static const struct {
    const char *host;
    kh_verdict verdict;
  } cases[] = {
      {"127.0.0.1:4321", KH_LET_IN},
      {"localhost:4321", KH_LET_IN},
      {"LOCALHOST:4321", KH_LET_IN},
      {"[::1]:4321", KH_LET_IN},
      {"127.0.0.1", KH_WRONG_HOST},         // port 80 is not ours
      {"127.0.0.1:4322", KH_WRONG_HOST},    // another server's
      {"127.0.0.1:4321x", KH_WRONG_HOST},   // no port
      {"127.0.0.1:+4321", KH_WRONG_HOST},   // strtoul would take it
      {"evil.example:4321", KH_WRONG_HOST}, // a name that somebody pointed here
      {"localhost.evil.example:4321", KH_WRONG_HOST},
      {"192.0.2.7:4321", KH_WRONG_HOST},
      {"[::1:4321", KH_WRONG_HOST},
      {"[::1]x4321", KH_WRONG_HOST},
      {"", KH_WRONG_HOST},
      {NULL, KH_WRONG_HOST},
  };
  for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
    assert_int_equal(ask(&loopback, "GET", cases[i].host, NULL, NULL, NULL), cases[i].verdict);
  const kh_guard open = {4321, false, NULL};
  assert_int_equal(ask(&open, "GET", "192.0.2.7:4321", NULL, NULL, NULL), KH_LET_IN);
  assert_int_equal(ask(&open, "GET", "evil.example:4321", NULL, NULL, NULL), KH_WRONG_HOST);
}

void test_origins(void **state) {
  (void)state;
  const kh_guard guard = {4321, true, NULL};
  const char *host = "localhost:4321";
  assert_int_equal(ask(&guard, "POST", host, "http://localhost:4321", "same-origin", "1"),
                   KH_LET_IN);
  assert_int_equal(ask(&guard, "POST", host, NULL, NULL, "1"), KH_LET_IN); // a script, no browser
  assert_int_equal(ask(&guard, "POST", host, "http://evil.example", NULL, "1"), KH_WRONG_ORIGIN);
  assert_int_equal(ask(&guard, "GET", host, "http://evil.example", NULL, NULL), KH_WRONG_ORIGIN);
  assert_int_equal(ask(&guard, "GET", host, "http://127.0.0.1:4321", NULL, NULL), KH_WRONG_ORIGIN);
  assert_int_equal(ask(&guard, "POST", host, "null", NULL, "1"), KH_WRONG_ORIGIN);
  assert_int_equal(ask(&guard, "POST", host, NULL, "cross-site", "1"), KH_WRONG_ORIGIN);
  assert_int_equal(ask(&guard, "POST", host, NULL, "same-site", "1"), KH_WRONG_ORIGIN);
  assert_int_equal(ask(&guard, "POST", host, NULL, NULL, NULL), KH_NO_MARK);
  assert_int_equal(ask(&guard, "DELETE", host, NULL, NULL, NULL), KH_NO_MARK);
  assert_int_equal(ask(&guard, "GET", host, NULL, "cross-site", NULL), KH_LET_IN); // a link
}

void test_tokens(void **state) {
  (void)state;
  const kh_guard guard = {4321, false, "a token of some length"};
  kh_visitor visitor = {.method = "GET", .host = "192.0.2.7:4321"};
  assert_int_equal(kh_guard_check(&guard, &visitor), KH_NO_TOKEN);
  visitor.authorization = "Bearer a token of some length";
  assert_int_equal(kh_guard_check(&guard, &visitor), KH_LET_IN);
  visitor.authorization = "Bearer a token of some lengt";
  assert_int_equal(kh_guard_check(&guard, &visitor), KH_NO_TOKEN);
  visitor.cookie = "a token of some length";
  assert_int_equal(kh_guard_check(&guard, &visitor), KH_LET_IN);
  visitor.cookie = "";
  assert_int_equal(kh_guard_check(&guard, &visitor), KH_NO_TOKEN);
  visitor.query_token = "a token of some length";
  assert_int_equal(kh_guard_check(&guard, &visitor), KH_LET_IN);
}

void test_paths(void **state) {
  (void)state;
  kh_parameters parameters;
  memset(&parameters, 0, sizeof parameters);
  assert_true(
      kh_route_match("/api/documents/:/claims/:", "/api/documents/D7/claims/v3", &parameters));
  assert_string_equal(parameters.at[0], "D7");
  assert_string_equal(parameters.at[1], "v3");
  assert_false(kh_route_match("/api/documents/:", "/api/documents/", &parameters));
  assert_false(kh_route_match("/api/documents/:", "/api/documents/D7/x", &parameters));
  assert_false(kh_route_match("/api/documents", "/api/documentsx", &parameters));
  char path[400] = "/api/documents/";
  memset(path + 15, 'x', 300);
  path[315] = 0;
  assert_false(kh_route_match("/api/documents/:", path, &parameters));
}
