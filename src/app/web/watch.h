// SPDX-License-Identifier: Apache-2.0
/// \file
/// Deadlines of connections: a client that sends its request a byte at a time keeps a connection
/// busy without ever being idle, so that idleness alone does not end it.
#ifndef KHUTWA_APP_WEB_WATCH_H
#define KHUTWA_APP_WEB_WATCH_H

#include <stdbool.h>
#include <stdint.h>

typedef struct kh_watch kh_watch;
typedef struct kh_watched kh_watched;

/// Starts the watching thread. NULL when there is no memory or thread.
kh_watch *kh_watch_start(unsigned capacity, unsigned patience_s);
void kh_watch_stop(kh_watch *watch);

/// A connection has opened. NULL when all places are taken.
kh_watched *kh_watch_open(kh_watch *watch, int fd);
void kh_watch_close(kh_watch *watch, kh_watched *place);

/// A new request may begin now: its head must come within the patience.
void kh_watch_wait(kh_watch *watch, kh_watched *place);
/// Bytes of a body have come: it may go on for as long as they come at 16 kB a second or faster.
void kh_watch_progress(kh_watch *watch, kh_watched *place, uint64_t bytes);
/// The request is whole: how long the answer takes is up to us.
void kh_watch_rest(kh_watch *watch, kh_watched *place);

#endif
