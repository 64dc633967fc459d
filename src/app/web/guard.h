// SPDX-License-Identifier: Apache-2.0
/// \file
/// Who may ask. A page of another origin that runs in the same browser must not read the record or
/// decide in it; neither must a name that another server lets point at this machine.
#ifndef KHUTWA_APP_WEB_GUARD_H
#define KHUTWA_APP_WEB_GUARD_H

#include <stdbool.h>
#include <stdint.h>

typedef struct kh_guard {
  uint16_t port;
  bool loopback;     ///< Listens on a loopback address alone.
  const char *token; ///< NULL: none is asked for.
} kh_guard;

/// The headers of a request that matter here; NULL where absent.
typedef struct kh_visitor {
  const char *method;
  const char *host;
  const char *origin;
  const char *site;          ///< Sec-Fetch-Site.
  const char *authorization; ///< "Bearer ..."
  const char *cookie;        ///< The value of the cookie khutwa_token.
  const char *query_token;   ///< ?token=, accepted for "/" alone.
  const char *mark;          ///< X-Khutwa, which no form of another page can send.
} kh_visitor;

typedef enum kh_verdict {
  KH_LET_IN,
  KH_WRONG_HOST,
  KH_WRONG_ORIGIN,
  KH_NO_MARK,
  KH_NO_TOKEN,
} kh_verdict;

kh_verdict kh_guard_check(const kh_guard *guard, const kh_visitor *visitor);

/// "127.0.0.1", "::1" and their kin, numeric.
bool kh_is_loopback(const char *address);

/// Equal, in a time that does not tell where they differ. Neither is NULL.
bool kh_same_secret(const char *a, const char *b);

#endif
