// SPDX-License-Identifier: Apache-2.0
// Writing the block of tables: sections, shared strings, header.
#include "khc.h"
#include "lexicon/tables.h"

#include <errno.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>

enum { HEADER_SIZE = 56, ENTRY_SIZE = 24, SECTION_ALIGN = 64 };

// ---- buffers

static void reserve(khc_buffer *to, size_t more) {
  if (to->room - to->len >= more) return;
  size_t room = to->room ? to->room : 1024;
  while (room - to->len < more) room *= 2;
  uint8_t *wider = kh_arena_alloc(to->arena, room);
  if (to->len) memcpy(wider, to->at, to->len);
  to->at = wider;
  to->room = room;
}

void khc_put_bytes(khc_buffer *to, const void *bytes, size_t len) {
  if (!len) return;
  reserve(to, len);
  memcpy(to->at + to->len, bytes, len);
  to->len += len;
}

void khc_put_u8(khc_buffer *to, unsigned value) {
  const uint8_t byte = (uint8_t)value;
  khc_put_bytes(to, &byte, 1);
}

static void put_little_endian(khc_buffer *to, uint64_t value, unsigned size) {
  uint8_t bytes[8];
  for (unsigned i = 0; i < size; ++i) bytes[i] = (uint8_t)(value >> 8 * i);
  khc_put_bytes(to, bytes, size);
}

void khc_put_u16(khc_buffer *to, unsigned value) { put_little_endian(to, value, 2); }
void khc_put_u32(khc_buffer *to, uint32_t value) { put_little_endian(to, value, 4); }
void khc_put_u64(khc_buffer *to, uint64_t value) { put_little_endian(to, value, 8); }

void khc_put_f64(khc_buffer *to, double value) {
  uint64_t bits;
  memcpy(&bits, &value, sizeof bits);
  khc_put_u64(to, bits);
}

void khc_put_align(khc_buffer *to, size_t to_multiple) {
  while (to->len % to_multiple) khc_put_u8(to, 0);
}

khc_buffer *khc_section(khc_out *out, const char *tag) {
  for (uint32_t i = 0; i < out->sections.count; ++i)
    if (memcmp(out->sections.at[i]->tag, tag, 4) == 0)
      khc_fault(out->rules, NULL, "section %.4s is made twice; choose another tag", tag);
  khc_buffer *section = kh_arena_zero(out->arena, sizeof *section);
  section->arena = out->arena;
  memcpy(section->tag, tag, 4);
  khc_buffer **slot = KH_ADD(out->arena, &out->sections);
  *slot = section;
  return section;
}

// ---- shared strings

static uint32_t hash_of(const char *text) {
  uint32_t hash = 2166136261u;
  for (; *text; ++text) hash = (hash ^ (uint8_t)*text) * 16777619u;
  return hash;
}

// The slot of a string, or the free slot where it would go.
static uint32_t *slot_of(const khc_out *out, const char *text) {
  uint32_t at = hash_of(text) & (out->text_room - 1);
  while (out->text_slots[at] &&
         strcmp((const char *)out->text->at + out->text_slots[at], text) != 0)
    at = (at + 1) & (out->text_room - 1);
  return &out->text_slots[at];
}

static void widen_slots(khc_out *out) {
  const uint32_t *old = out->text_slots;
  const uint32_t old_room = out->text_room;
  out->text_room = old_room ? old_room * 2 : 1u << 16;
  out->text_slots = kh_arena_zero(out->arena, out->text_room * sizeof *out->text_slots);
  for (uint32_t i = 0; i < old_room; ++i)
    if (old[i]) *slot_of(out, (const char *)out->text->at + old[i]) = old[i];
}

uint32_t khc_text(khc_out *out, const char *text) {
  if (!*text) return 0;
  if (out->text_count * 2 >= out->text_room) widen_slots(out);
  uint32_t *slot = slot_of(out, text);
  if (!*slot) {
    *slot = (uint32_t)out->text->len;
    khc_put_bytes(out->text, text, strlen(text) + 1);
    ++out->text_count;
  }
  return *slot;
}

// ---- the block

void khc_out_init(khc_out *out, const khc_rules *rules) {
  memset(out, 0, sizeof *out);
  out->arena = rules->arena;
  out->rules = rules;
  out->text = khc_section(out, "TEXT");
  khc_put_u8(out->text, 0); // offset 0 is ""
  widen_slots(out);
}

void khc_out_block(const khc_out *out, khc_buffer *block) {
  const size_t body = HEADER_SIZE + out->sections.count * (size_t)ENTRY_SIZE;
  khc_buffer contents = {.arena = out->arena};
  khc_buffer directory = {.arena = out->arena};
  for (uint32_t i = 0; i < out->sections.count; ++i) {
    const khc_buffer *section = out->sections.at[i];
    while ((body + contents.len) % SECTION_ALIGN) khc_put_u8(&contents, 0);
    khc_put_bytes(&directory, section->tag, 4);
    khc_put_u32(&directory, 0);
    khc_put_u64(&directory, body + contents.len);
    khc_put_u64(&directory, section->len);
    khc_put_bytes(&contents, section->at, section->len);
  }
  uint8_t digest[32];
  crypto_hash_sha256(digest, contents.at, contents.len);
  khc_put_bytes(block, "khutwa\0T", 8);
  khc_put_u32(block, KH_TABLES_VERSION);
  khc_put_u32(block, out->sections.count);
  khc_put_u64(block, body + contents.len);
  khc_put_bytes(block, digest, sizeof digest);
  khc_put_bytes(block, directory.at, directory.len);
  khc_put_bytes(block, contents.at, contents.len);
}

int khc_out_write(const khc_out *out, const char *path) {
  if (out->sections.count > KH_TABLES_MAX_SECTIONS) {
    khc_fault(out->rules, NULL, "%u sections; raise KH_TABLES_MAX_SECTIONS", out->sections.count);
    return 1;
  }
  khc_buffer block = {.arena = out->arena};
  khc_out_block(out, &block);
  FILE *file = fopen(path, "wb");
  bool written = file && fwrite(block.at, 1, block.len, file) == block.len;
  if (file && fclose(file) != 0) written = false;
  if (!written) fprintf(stderr, "khc: %s: %s\n", path, strerror(errno));
  return !written;
}
