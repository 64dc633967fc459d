// SPDX-License-Identifier: Apache-2.0
#include "app/cli/record.h"

#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

void kh_now(char now[KH_NOW_BYTES]) {
  struct tm parts;
  const time_t seconds = time(NULL);
  now[0] = '\0';
  if (gmtime_r(&seconds, &parts)) (void)strftime(now, KH_NOW_BYTES, "%Y-%m-%dT%H:%M:%SZ", &parts);
}

const char *kh_user_name(void) {
  const char *told = getenv("KHUTWA_USER");
  if (told && *told) return told;
  const struct passwd *who = getpwuid(geteuid());
  return who && who->pw_name && *who->pw_name ? who->pw_name : "unknown";
}

kh_store *kh_open_record(const char *path, const kh_store_options *options, const char *user) {
  char now[KH_NOW_BYTES];
  kh_now(now);
  kh_store_options whole = options ? *options : (kh_store_options){0};
  whole.user = user ? user : kh_user_name();
  whole.at = now;
  kh_store *store = NULL;
  kh_error error;
  if (kh_store_open(&store, path, &whole, &error) == KH_OK) return store;
  kh_say("%s: %s", path, error.message);
  return NULL;
}

bool kh_close_record(const char *path, kh_store *store) {
  kh_error error;
  if (kh_store_close(store, &error) == KH_OK) return true;
  kh_say("%s: %s", path, error.message);
  return false;
}
