// SPDX-License-Identifier: Apache-2.0
#include "store/merge_heap.h"

#include <stdlib.h>
#include <string.h>

static void *from_c_library(void *context, void *pointer, size_t old_size, size_t size) {
  (void)context;
  (void)old_size;
  if (size) return realloc(pointer, size);
  free(pointer);
  return NULL;
}

void kh_heap_init(kh_heap *heap, const kh_allocator *allocator) {
  *heap = (kh_heap){.failed = false};
  if (allocator)
    heap->allocator = *allocator;
  else
    heap->allocator.resize = from_c_library;
}

bool kh_heap_reserve(kh_heap *heap, void *at, uint32_t *room, uint32_t count, size_t size) {
  if (count <= *room) return true;
  // An eighth more: arrays of a million items are not to cost twice their size, and moving large
  // blocks costs the system little.
  uint64_t wanted = (uint64_t)*room + *room / 8 + 64;
  if (wanted < count) wanted = count;
  if (wanted >= UINT32_MAX || wanted > SIZE_MAX / size) {
    heap->failed = true;
    return false;
  }
  void *old;
  memcpy(&old, at, sizeof old); // the item's type is the caller's
  void *const now =
      heap->allocator.resize(heap->allocator.context, old, *room * size, (size_t)wanted * size);
  if (!now) {
    heap->failed = true;
    return false;
  }
  memcpy(at, &now, sizeof now);
  *room = (uint32_t)wanted;
  return true;
}

void kh_heap_free(kh_heap *heap, void *at, uint32_t room, size_t size) {
  if (at) heap->allocator.resize(heap->allocator.context, at, room * size, 0);
}
