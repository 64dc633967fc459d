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

/// Room for twice as many items of `size` bytes as `count`, the first `count` of them copied from
/// `at`. Gives where they are now, and raises `*room`.
void *kh_array_widen(kh_arena *arena, const void *at, uint32_t count, uint32_t *room, size_t size);

/// Adds a zeroed item to `array` (a KH_ARRAY) and yields a `void *` to it; pointers into the array
/// die. `array` is evaluated several times.
#define KH_ADD(arena, array)                                                                       \
  (((array)->count == (array)->room                                                                \
        ? (void)((array)->at = kh_array_widen((arena), (array)->at, (array)->count,                \
                                              &(array)->room, sizeof *(array)->at))                \
        : (void)0),                                                                                \
   memset(&(array)->at[(array)->count++], 0, sizeof *(array)->at))

#endif
