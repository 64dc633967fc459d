// SPDX-License-Identifier: Apache-2.0
/// \file
/// The engine: compiled rules, lexicon and models. Immutable once opened, shared freely by threads.
#ifndef KHUTWA_ENGINE_H
#define KHUTWA_ENGINE_H

#include <khutwa/status.h>

#ifdef __cplusplus
extern "C" {
#endif

typedef struct kh_engine kh_engine;

/// An allocator in one function: like realloc, with the old size told. `size` 0 frees and returns
/// NULL. Returned memory is aligned for any type. Called from the thread that calls the library.
typedef struct kh_allocator {
  void *(*resize)(void *context, void *pointer, size_t old_size, size_t size);
  void *context;
} kh_allocator;

/// Zero-initialise, then set what you need; zero means the default everywhere.
typedef struct kh_engine_options {
  const kh_allocator *allocator; ///< Copied. NULL: the C library's.
  const char *tables;            ///< Path of a compiled table file. NULL: the built-in one.
  size_t max_document; ///< Bytes of a document that is still read. 0: 16 MiB. At most 1 GiB.
  /// Items whose confidence was measured and is below this (0..1) are left out of records.
  float min_confidence;
} kh_engine_options;

/// Opens an engine. `options` and `error` may be NULL. `*out` is yours to close; NULL on failure.
/// A damaged table file, or one of another version, is refused with KH_ERROR_TABLE.
kh_status kh_engine_open(kh_engine **out, const kh_engine_options *options, kh_error *error);

/// Closes the engine. All its documents must have been closed before. NULL is allowed.
void kh_engine_close(kh_engine *engine);

/// The library's version, e.g. "0.1.0". Static.
const char *kh_version(void);

/// A digest (hexadecimal SHA-256) of the compiled tables in use. Lives as long as the engine.
const char *kh_engine_tables_digest(const kh_engine *engine);

#ifdef __cplusplus
}
#endif
#endif
