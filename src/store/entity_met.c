// SPDX-License-Identifier: Apache-2.0
// Entities that documents named lately, so that the file need not be asked for the same few again
// and again. A digest of all that describes an entity stands for it; its key is made anew in each
// run, so that no report can be written to be mistaken. Rows of entities and their spellings are
// only ever added while documents are, hence what was found once is found again.
#include "store/entity.h"

#include <sodium.h>
#include <string.h>

enum { PLACES = 8192, BYTES = 1024 };

typedef struct met {
  unsigned char digest[crypto_shorthash_siphashx24_BYTES];
  int64_t entity; // 0: free
  bool as_row;
} met;

struct kh_met {
  unsigned char key[crypto_shorthash_siphashx24_KEYBYTES];
  unsigned char digest[crypto_shorthash_siphashx24_BYTES]; // of the one asked for last
  bool asked;
  met at[PLACES];
};

typedef struct description {
  unsigned char bytes[BYTES];
  size_t len;
  bool whole; // false: too long to be remembered
} description;

static void put(description *d, const void *bytes, size_t len) {
  if (len > BYTES - d->len) {
    d->whole = false;
    return;
  }
  if (len) memcpy(d->bytes + d->len, bytes, len);
  d->len += len;
}

// With its NUL; NULL is told from "".
static void put_text(description *d, const char *text) {
  const unsigned char there = text != NULL;
  put(d, &there, 1);
  if (text) put(d, text, strlen(text) + 1);
}

static void describe(description *d, const kh_entity *e, bool named) {
  const unsigned char flags[] = {(unsigned char)e->kind, (unsigned char)e->sector, named,
                                 e->name_en_transliterated, e->located};
  d->len = 0;
  d->whole = true;
  put(d, flags, sizeof flags);
  put_text(d, e->name);
  put_text(d, e->name_en);
  put_text(d, e->known_id);
  put_text(d, e->country);
  put_text(d, e->place_code);
  put_text(d, e->admin1);
  put_text(d, e->admin2);
  if (!e->located) return;
  put(d, &e->latitude, sizeof e->latitude);
  put(d, &e->longitude, sizeof e->longitude);
}

static struct kh_met *met_of(kh_store *store) {
  if (store->met) return store->met;
  const kh_allocator *a = &store->allocator;
  struct kh_met *m = a->resize(a->context, NULL, 0, sizeof *m);
  if (!m) return NULL; // the file is asked, then
  memset(m, 0, sizeof *m);
  randombytes_buf(m->key, sizeof m->key);
  return store->met = m;
}

static met *place_of(struct kh_met *m) {
  uint32_t at = 0;
  memcpy(&at, m->digest, sizeof at);
  return &m->at[at % PLACES];
}

bool kh_entity_met(kh_store *store, const kh_entity *entity, bool named, kh_resolved *resolved) {
  struct kh_met *m = met_of(store);
  if (!m) return false;
  description d;
  describe(&d, entity, named);
  m->asked = d.whole;
  if (!d.whole) return false;
  (void)crypto_shorthash_siphashx24(m->digest, d.bytes, d.len, m->key);
  const met *known = place_of(m);
  if (!known->entity || memcmp(known->digest, m->digest, sizeof m->digest) != 0) return false;
  *resolved = (kh_resolved){.entity = known->entity, .as_row = known->as_row};
  return true;
}

void kh_entity_meet(kh_store *store, const kh_resolved *resolved) {
  struct kh_met *m = store->met;
  if (!m || !m->asked) return;
  met *place = place_of(m);
  memcpy(place->digest, m->digest, sizeof m->digest);
  place->entity = resolved->entity;
  place->as_row = resolved->as_row;
}

void kh_entities_forget(kh_store *store) {
  const kh_allocator *a = &store->allocator;
  if (store->met) a->resize(a->context, store->met, sizeof *store->met, 0);
  store->met = NULL;
}
