// SPDX-License-Identifier: Apache-2.0
#include "app/cli/progress.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { BAR = 24, SETTLED = 2 }; // seconds before a rate means something
static const double REDRAW = 0.2;

static double seconds_since(const struct timespec *then, const struct timespec *now) {
  return (double)(now->tv_sec - then->tv_sec) + (double)(now->tv_nsec - then->tv_nsec) / 1e9;
}

void kh_progress_begin(kh_progress *p, kh_view_language language, int64_t bytes) {
  *p = (kh_progress){.shown = isatty(STDERR_FILENO) != 0, .language = language, .bytes = bytes};
  (void)clock_gettime(CLOCK_MONOTONIC, &p->begun);
  p->told = p->begun;
}

// "1 h 20 min", "3 min", "40 s"
static void write_time(char *out, size_t room, double seconds, bool arabic) {
  const unsigned long whole = (unsigned long)(seconds + 0.5);
  if (whole >= 3600)
    (void)snprintf(out, room, arabic ? "%lu س %lu د" : "%lu h %lu min", whole / 3600,
                   whole % 3600 / 60);
  else if (whole >= 90)
    (void)snprintf(out, room, arabic ? "%lu د" : "%lu min", (whole + 30) / 60);
  else
    (void)snprintf(out, room, arabic ? "%lu ث" : "%lu s", whole);
}

void kh_progress_tell(kh_progress *p, const kh_ingest_count *count) {
  struct timespec now;
  if (!p->shown || clock_gettime(CLOCK_MONOTONIC, &now) != 0) return;
  if (p->drawn && seconds_since(&p->told, &now) < REDRAW) return;
  p->told = now;
  p->drawn = true;
  const bool arabic = p->language == KH_VIEW_ARABIC;
  const double took = seconds_since(&p->begun, &now);
  const unsigned long long done = count->added + count->known + count->refused;
  char bar[BAR + 1];
  char left[64] = "";
  (void)fputs("\r\033[K", stderr);
  if (p->bytes > 0) {
    double share = (double)count->bytes / (double)p->bytes;
    if (share > 1) share = 1;
    const size_t full = (size_t)(share * BAR);
    memset(bar, '-', BAR);
    memset(bar, '#', full);
    bar[BAR] = '\0';
    (void)fprintf(stderr, "[%s] %3d %%  ", bar, (int)(share * 100));
    if (took >= SETTLED && share > 0) write_time(left, sizeof left, took / share - took, arabic);
  }
  (void)fprintf(stderr, arabic ? "%llu تقرير" : "%llu reports", done);
  if (took > 0) (void)fprintf(stderr, arabic ? "  %.0f/ث" : "  %.0f/s", (double)done / took);
  if (*left) (void)fprintf(stderr, arabic ? "  بقي %s" : "  %s left", left);
  (void)fflush(stderr);
}

void kh_progress_clear(kh_progress *p) {
  if (p->drawn) (void)fputs("\r\033[K", stderr);
  p->drawn = false;
}
