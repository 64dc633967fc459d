// SPDX-License-Identifier: Apache-2.0
#include "base/arena.h"

#include <stdalign.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { FIRST_BLOCK = 64 * 1024, ALIGN = alignof(max_align_t) };

struct kh_arena_block {
  kh_arena_block *next;
  size_t size; // bytes of the whole block, header included
};

static void *libc_resize(void *context, void *pointer, size_t old_size, size_t size) {
  (void)context;
  (void)old_size;
  if (size == 0) {
    free(pointer);
    return NULL;
  }
  return realloc(pointer, size);
}

void kh_arena_init(kh_arena *arena, const kh_allocator *allocator) {
  memset(arena, 0, sizeof *arena);
  if (allocator)
    arena->allocator = *allocator;
  else
    arena->allocator.resize = libc_resize;
}

void kh_arena_free(kh_arena *arena) {
  kh_arena_block *block = arena->blocks;
  while (block) {
    kh_arena_block *next = block->next;
    arena->allocator.resize(arena->allocator.context, block, block->size, 0);
    block = next;
  }
  arena->blocks = NULL;
  arena->at = arena->end = NULL;
}

static size_t round_up(size_t size) { return (size + ALIGN - 1) & ~(size_t)(ALIGN - 1); }

void *kh_arena_alloc(kh_arena *arena, size_t size) {
  if (size > SIZE_MAX / 4) longjmp(*arena->guard, 1);
  size = round_up(size);
  if ((size_t)(arena->end - arena->at) < size || !arena->at) {
    const size_t header = round_up(sizeof(kh_arena_block));
    // blocks double, so that a document of any size needs few of them
    size_t want = arena->blocks ? arena->blocks->size * 2 : FIRST_BLOCK;
    if (want > (size_t)4 << 20) want = (size_t)4 << 20;
    if (want < size + header) want = size + header;
    kh_arena_block *block = arena->allocator.resize(arena->allocator.context, NULL, 0, want);
    if (!block) longjmp(*arena->guard, 1);
    block->next = arena->blocks;
    block->size = want;
    arena->blocks = block;
    arena->at = (char *)block + header;
    arena->end = (char *)block + want;
  }
  void *result = arena->at;
  arena->at += size;
  return result;
}

void *kh_arena_zero(kh_arena *arena, size_t size) {
  void *result = kh_arena_alloc(arena, size);
  memset(result, 0, size);
  return result;
}

char *kh_arena_copy(kh_arena *arena, const char *bytes, size_t len) {
  char *copy = kh_arena_alloc(arena, len + 1);
  if (len) memcpy(copy, bytes, len);
  copy[len] = '\0';
  return copy;
}

void *kh_array_widen(kh_arena *arena, const void *at, uint32_t count, uint32_t *room, size_t size) {
  if (count > UINT32_MAX / 2) longjmp(*arena->guard, 1);
  const uint32_t wider = count ? count * 2 : 8;
  void *moved = kh_arena_alloc(arena, wider * size);
  if (count) memcpy(moved, at, count * size);
  *room = wider;
  return moved;
}
