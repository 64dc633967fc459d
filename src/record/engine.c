// SPDX-License-Identifier: Apache-2.0
// Here rather than in src/base, since opening the engine opens the tables of every stage.
#include "base/error.h"
#include "base/layers.h"
#include "claim/frames.h"
#include "mention/calendar_lex.h"
#include "mention/names.h"
#include "morph/ready.h"

#include <string.h>

enum { DEFAULT_MAX_DOCUMENT = 16 << 20, GREATEST_MAX_DOCUMENT = 1 << 30 };

const char *kh_version(void) { return KH_VERSION; }

const char *kh_engine_tables_digest(const kh_engine *engine) {
  return engine->tables ? engine->tables->digest : "";
}

// The tables, then what each stage reads from them, in the order of the stages.
static kh_status open_stages(kh_engine *engine, const kh_engine_options *options, kh_error *error) {
  kh_tables *tables = kh_arena_zero(&engine->arena, sizeof *tables);
  kh_status status = options->tables ? kh_tables_map(tables, options->tables, error)
                                     : kh_tables_builtin(tables, error);
  if (status != KH_OK) return status;
  engine->tables = tables;
  status = kh_lexicon_open(engine, error);
  if (status == KH_OK) status = kh_morph_open(engine, error);
  if (status == KH_OK) status = kh_calendar_open(engine, error);
  if (status == KH_OK) status = kh_names_open(engine, error);
  if (status == KH_OK) status = kh_frames_open(engine, error);
  return status;
}

// Runs open_stages with a guard for memory that runs out.
static kh_status open_guarded(kh_engine *engine, const kh_engine_options *options,
                              kh_error *error) {
  jmp_buf guard;
  engine->arena.guard = &guard;
  kh_status status;
  if (setjmp(guard) == 0)
    status = open_stages(engine, options, error);
  else
    status = kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_LEXICON, "out of memory");
  engine->arena.guard = NULL;
  return status;
}

kh_status kh_engine_open(kh_engine **out, const kh_engine_options *options, kh_error *error) {
  static const kh_engine_options defaults = {0};
  if (!out) return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE, "no place for the engine");
  *out = NULL;
  if (!options) options = &defaults;
  if (options->max_document > GREATEST_MAX_DOCUMENT)
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE,
                   "max_document is %zu; at most %d bytes are allowed", options->max_document,
                   GREATEST_MAX_DOCUMENT);
  if (!(options->min_confidence >= 0.0F && options->min_confidence <= 1.0F))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_NONE, "min_confidence is outside of 0..1");
  kh_arena arena;
  kh_arena_init(&arena, options->allocator);
  kh_engine *engine = arena.allocator.resize(arena.allocator.context, NULL, 0, sizeof *engine);
  if (!engine) return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_NONE, "out of memory");
  memset(engine, 0, sizeof *engine);
  engine->arena = arena;
  engine->allocator = arena.allocator;
  engine->max_document = options->max_document ? options->max_document : DEFAULT_MAX_DOCUMENT;
  engine->min_confidence = options->min_confidence;
  const kh_status status = open_guarded(engine, options, error);
  if (status != KH_OK) {
    kh_engine_close(engine);
    return status;
  }
  *out = engine;
  return KH_OK;
}

void kh_engine_close(kh_engine *engine) {
  if (!engine) return;
  const kh_allocator allocator = engine->allocator;
  if (engine->tables) kh_tables_close((kh_tables *)engine->tables);
  kh_arena_free(&engine->arena);
  allocator.resize(allocator.context, engine, sizeof *engine, 0);
}
