// SPDX-License-Identifier: Apache-2.0
/// \file
/// Memory that is freed all at once: one arena a document, one an engine.
///
/// Allocation never returns NULL. When the allocator has nothing left, control returns to the
/// guard that the owner of the arena set (kh_arena.guard, a jmp_buf), which frees the arena and
/// reports KH_ERROR_MEMORY. Code that holds anything but arena memory (a file, a parser of
/// another library) must therefore not allocate from an arena while it holds it.
#ifndef KHUTWA_BASE_ARENA_H
#define KHUTWA_BASE_ARENA_H

#include <khutwa/engine.h>
#include <setjmp.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

typedef struct kh_arena_block kh_arena_block;

typedef struct kh_arena {
  kh_allocator allocator;
  kh_arena_block *blocks; // newest first
  char *at;
  char *end;
  jmp_buf *guard; // where to go when memory is out; never NULL while allocating
} kh_arena;

/// `allocator` NULL: the C library's.
void kh_arena_init(kh_arena *arena, const kh_allocator *allocator);
void kh_arena_free(kh_arena *arena);

/// `size` bytes, aligned for any type, not initialised. Size 0 gives a valid pointer.
void *kh_arena_alloc(kh_arena *arena, size_t size);
/// The same, all zero.
void *kh_arena_zero(kh_arena *arena, size_t size);
/// A NUL-terminated copy of `len` bytes.
char *kh_arena_copy(kh_arena *arena, const char *bytes, size_t len);

/// A growable array in an arena: declare `struct { T *at; uint32_t count, room; }` through this.
#define KH_ARRAY(T)                                                                                \
  struct {                                                                                         \
    T *at;                                                                                         \
    uint32_t count;                                                                                \
    uint32_t room;                                                                                 \
  }

/// Room for more items of `size` bytes: `*room` doubles and `*at` moves.
void kh_array_widen(kh_arena *arena, void **at, uint32_t count, uint32_t *room, size_t size);

/// Room for one more item of `size` bytes, zeroed; raises `*count`. Pointers into the array die.
static inline void *kh_array_grow(kh_arena *arena, void **at, uint32_t *count, uint32_t *room,
                                  size_t size) {
  if (*count == *room) kh_array_widen(arena, at, *count, room, size);
  void *item = (char *)*at + (size_t)*count * size;
  memset(item, 0, size);
  ++*count;
  return item;
}

/// Adds a zeroed item to `array` (a KH_ARRAY) and yields a `void *` to it.
#define KH_ADD(arena, array)                                                                       \
  kh_array_grow((arena), (void **)&(array)->at, &(array)->count, &(array)->room,                   \
                sizeof *(array)->at)

#endif
