// SPDX-License-Identifier: Apache-2.0
/// \file
/// Arrays of a merging. They grow by the caller's allocator; a failure is remembered, so that a
/// stage may go on to its end and ask once.
#ifndef KHUTWA_STORE_MERGE_HEAP_H
#define KHUTWA_STORE_MERGE_HEAP_H

#include <khutwa/engine.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

typedef struct kh_heap {
  kh_allocator allocator;
  bool failed; ///< Some array could not grow. Never taken back.
} kh_heap;

/// Declares a growable array: `KH_LIST(kh_node) nodes;`. All zero is an empty one.
#define KH_LIST(T)                                                                                 \
  struct {                                                                                         \
    T *at;                                                                                         \
    uint32_t count;                                                                                \
    uint32_t room;                                                                                 \
  }

/// `allocator` NULL: the C library's.
void kh_heap_init(kh_heap *heap, const kh_allocator *allocator);

/// Makes room for `count` items of `size` bytes at `*at`, a pointer to any kind of item. Gives
/// false, and leaves everything as it was, when there is no memory.
bool kh_heap_reserve(kh_heap *heap, void *at, uint32_t *room, uint32_t count, size_t size);
void kh_heap_free(kh_heap *heap, void *at, uint32_t room, size_t size);

/// Adds one uninitialised item and yields its address, or NULL without memory. `list` is evaluated
/// several times.
#define KH_LIST_ADD(heap, list)                                                                    \
  (kh_heap_reserve((heap), &(list)->at, &(list)->room, (list)->count + 1, sizeof *(list)->at)      \
       ? &(list)->at[(list)->count++]                                                              \
       : NULL)

/// Room for `n` items in all, none of them added.
#define KH_LIST_RESERVE(heap, list, n)                                                             \
  kh_heap_reserve((heap), &(list)->at, &(list)->room, (n), sizeof *(list)->at)

/// Frees the items; the list is empty afterwards.
#define KH_LIST_FREE(heap, list)                                                                   \
  (kh_heap_free((heap), (list)->at, (list)->room, sizeof *(list)->at), (list)->at = NULL,          \
   (list)->count = (list)->room = 0)

#endif
