// SPDX-License-Identifier: Apache-2.0
// RSS and Atom through libxml2's SAX, piece by piece: no tree, no entities but those of HTML, no
// DTD is read, nothing is opened. The items that a piece completes wait in a queue.
#include "base/error.h"
#include "text/feed_item.h"
#include "text/page.h"

#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <string.h>

enum {
  PIECE = 8 * 1024,
  MOST_DEPTH = 256,
  MOST_ITEM_DEPTH = 4,
  MOST_WAITING = 128 * 1024, // bytes of a tag or a comment that libxml2 waits for the end of
  LINE_FACTOR = 3,           // markup of a report beside its text
  EXTRA = 64 * 1024,
};

struct kh_feed {
  kh_reader *reader;
  xmlParserCtxt *parser;
  xmlEntity entity; // the one at hand, of HTML
  xmlChar entity_text[8];
  uint64_t base;       // where reader->from is in the stream
  uint64_t fed;        // bytes of it that libxml2 was given
  const char *refusal; // why reading was stopped
  bool no_memory;
  bool ended;
  bool atom;
  bool rooted; // its outermost element was seen
  unsigned depth;
  unsigned feed_depth;  // of what the feed's title stands in; 0: not yet seen
  unsigned item_depth;  // of the item that is open; 0: none
  unsigned field_depth; // of the field that is open; 0: none
  kh_feed_field field;
  size_t field_at;      // where it begins in reader->strings, or in `title`
  bool xhtml;           // the field holds elements, its text is to be written as markup
  const xmlChar *space; // the namespace of the item (or the feed) that is open
  kh_feed_item now;     // the item that is open
  size_t now_at;        // where its strings begin
  kh_room title;        // of the feed, as it was read
  kh_room outlet;       // ... and as a string
  kh_feed_item *queue;
  size_t queued;
  size_t given;
  size_t queue_room;
  kh_status failed; // what is to be told once the queue is empty
  kh_error failure;
};

static void stop(struct kh_feed *f, const char *why) {
  if (!f->refusal) f->refusal = why;
  xmlStopParser(f->parser);
}

static void out_of_memory(struct kh_feed *f) {
  f->no_memory = true;
  xmlStopParser(f->parser);
}

// ------------------------------------------------------------------ told apart by content

enum { LOOK = 1024 };

// The letters of the beginning, whatever the width of its units: only ASCII counts.
static size_t ascii_of(const char *bytes, size_t len, char *out) {
  size_t used = 0;
  for (size_t i = 0; i < len && used < LOOK; i++) {
    if (bytes[i] > 0) out[used++] = bytes[i];
  }
  return used;
}

static bool begins(const char *at, size_t len, const char *with) {
  return len >= strlen(with) && memcmp(at, with, strlen(with)) == 0;
}

static size_t behind(const char *at, size_t len, const char *end) {
  for (size_t i = 0; i < len; i++) {
    if (begins(at + i, len - i, end)) return i + strlen(end);
  }
  return len;
}

// Is it the name of this element, or of this document type?
static bool named(const char *at, size_t len, const char *name) {
  const size_t width = strlen(name);
  return begins(at, len, name) && (len == width || strchr(" \t\r\n>/[", at[width]));
}

kh_container kh_feed_of(const char *bytes, size_t len) {
  char ascii[LOOK];
  const size_t used = ascii_of(bytes, len, ascii);
  bool xml = false; // it says so
  for (size_t i = 0; i < used;) {
    const char *at = ascii + i;
    const size_t left = used - i;
    if (strchr(" \t\r\n", *at)) {
      i++;
    } else if (begins(at, left, "<?")) {
      xml = xml || begins(at, left, "<?xml ");
      i += behind(at, left, "?>");
    } else if (begins(at, left, "<!--")) {
      i += behind(at, left, "-->");
    } else {
      if (named(at, left, "<feed") || named(at, left, "<!DOCTYPE feed")) return KH_CONTAINER_ATOM;
      if (named(at, left, "<rss") || named(at, left, "<rdf:RDF") || named(at, left, "<RDF") ||
          named(at, left, "<!DOCTYPE rss") || named(at, left, "<!DOCTYPE rdf:RDF"))
        return KH_CONTAINER_RSS;
      const bool html = named(at, left, "<html") || begins(at, left, "<!DOCTYPE html") ||
                        begins(at, left, "<!doctype") || begins(at, left, "<!DOCTYPE HTML");
      return xml && *at == '<' && !html ? KH_CONTAINER_RSS : KH_CONTAINER_AUTO;
    }
  }
  return KH_CONTAINER_AUTO;
}

// ------------------------------------------------------------------ fields

// The feed's own title stands outside of items.
static kh_room *target(struct kh_feed *f) {
  return f->item_depth ? &f->reader->strings : &f->title;
}

static void add(struct kh_feed *f, const char *bytes, size_t len) {
  if (f->item_depth && f->now.dropped) return;
  kh_room *room = target(f);
  if (room->len - f->field_at + len > f->reader->options.max_document) {
    room->len = f->field_at;
    if (f->item_depth)
      f->now.dropped = true;
    else
      f->field_depth = 0; // the feed has no title that could be one
    return;
  }
  if (!kh_room_add(f->reader, room, bytes, len)) out_of_memory(f);
}

static void add_escaped(struct kh_feed *f, const char *bytes, size_t len) {
  size_t from = 0;
  for (size_t i = 0; i < len; i++) {
    const char *reference = bytes[i] == '&' ? "&amp;" : bytes[i] == '<' ? "&lt;" : NULL;
    if (!reference) continue;
    add(f, bytes + from, i - from);
    add(f, reference, strlen(reference));
    from = i + 1;
  }
  add(f, bytes + from, len - from);
}

static void on_text(void *context, const xmlChar *text, int len) {
  struct kh_feed *f = context;
  if (!f->field_depth || len <= 0) return;
  if (f->xhtml)
    add_escaped(f, (const char *)text, (size_t)len);
  else
    add(f, (const char *)text, (size_t)len);
}

static void begin_field(struct kh_feed *f, kh_feed_field field) {
  f->field = field;
  f->field_depth = f->depth;
  f->field_at = target(f)->len;
  f->xhtml = false;
}

static void end_field(struct kh_feed *f) {
  f->field_depth = 0;
  if (!f->item_depth) return;
  const size_t len = f->reader->strings.len - f->field_at;
  if (f->now.len[f->field] || f->now.dropped) { // the first that says something counts
    f->reader->strings.len = f->field_at;
    return;
  }
  f->now.at[f->field] = f->field_at;
  f->now.len[f->field] = len;
}

// The value of an attribute without a namespace; at == NULL when it is not there.
static kh_slice attribute(const xmlChar **attributes, int count, const char *name) {
  for (int i = 0; i < count; i++) {
    const xmlChar **a = attributes + (size_t)i * 5; // name, prefix, namespace, value, its end
    if (!a[1] && strcmp((const char *)a[0], name) == 0)
      return (kh_slice){(const char *)a[3], (size_t)(a[4] - a[3])};
  }
  return (kh_slice){NULL, 0};
}

static void set_field(struct kh_feed *f, kh_feed_field field, kh_slice value) {
  begin_field(f, field);
  add(f, value.at, value.len);
  end_field(f);
}

// ------------------------------------------------------------------ items

// Where in the stream libxml2 is, as long as it reads the bytes as they are.
static uint64_t position(const struct kh_feed *f) {
  const xmlParserInput *input = f->parser->input;
  return input->consumed + (uint64_t)(input->cur - input->base);
}

static void begin_item(struct kh_feed *f, const xmlChar *space) {
  f->now = (kh_feed_item){.line = (unsigned)f->parser->input->line};
  f->item_depth = f->depth;
  f->space = space;
  f->now_at = f->reader->strings.len;
  f->now.start = UINT64_MAX;
  if (f->parser->input->buf && f->parser->input->buf->encoder) return; // other bytes than those fed
  // its tag has been read: back to where that begins
  const char *bytes = f->reader->buffer + f->reader->from;
  for (uint64_t at = position(f); at-- > f->base && at < f->fed;) {
    if (bytes[at - f->base] != '<') continue;
    f->now.start = at;
    return;
  }
}

static void end_item(struct kh_feed *f) {
  kh_reader *reader = f->reader;
  f->item_depth = 0;
  f->now.end = position(f);
  if (f->queued == f->queue_room) {
    const size_t room = f->queue_room ? f->queue_room * 2 : 8;
    kh_feed_item *wider =
        reader->allocator.resize(reader->allocator.context, f->queue,
                                 f->queue_room * sizeof *f->queue, room * sizeof *f->queue);
    if (!wider) {
      out_of_memory(f);
      return;
    }
    f->queue = wider;
    f->queue_room = room;
  }
  f->queue[f->queued++] = f->now;
}

static bool same(const xmlChar *a, const xmlChar *b) {
  return a == b || (a && b && strcmp((const char *)a, (const char *)b) == 0);
}

static void begin_in_item(struct kh_feed *f, const char *name, const xmlChar *prefix,
                          const xmlChar *space, const xmlChar **attributes, int count) {
  const bool own = same(space, f->space) && (space || !prefix);
  // a prefix that is not declared stands for what it usually does
  const char *known = space || !prefix ? (const char *)space : kh_feed_space((const char *)prefix);
  kh_feed_field field = kh_feed_field_of(name, known, own);
  if (field == KH_FEED_OUTLET && f->atom) field = KH_FEED_NOTHING; // a feed inside of an entry
  if (field == KH_FEED_NOTHING) return;
  if (field == KH_FEED_LINK && f->atom) {
    const kh_slice rel = attribute(attributes, count, "rel");
    if (!rel.at || kh_slice_is(rel, "alternate"))
      set_field(f, field, attribute(attributes, count, "href"));
    return;
  }
  if (field == KH_FEED_ID)
    f->now.permalink = !kh_slice_is(attribute(attributes, count, "isPermaLink"), "false");
  begin_field(f, field);
  f->xhtml = kh_slice_is(attribute(attributes, count, "type"), "xhtml");
}

static void on_start(void *context, const xmlChar *local, const xmlChar *prefix,
                     const xmlChar *space, int namespaces, const xmlChar **spaces,
                     int attribute_count, int defaulted, const xmlChar **attributes) {
  (void)namespaces, (void)spaces, (void)defaulted;
  struct kh_feed *f = context;
  const char *name = (const char *)local;
  if (++f->depth > MOST_DEPTH) {
    stop(f, "its elements are nested too deeply; this is no feed");
    return;
  }
  if (f->depth == 1) {
    f->rooted = true;
    f->atom = strcmp(name, "feed") == 0;
    f->reader->options.container = f->atom ? KH_CONTAINER_ATOM : KH_CONTAINER_RSS;
    if (!f->atom && strcmp(name, "rss") != 0 && strcmp(name, "RDF") != 0 &&
        strcmp(name, "rdf:RDF") != 0)
      stop(f, "this XML is no feed; khutwa reads RSS and Atom");
  }
  if (f->field_depth) { // markup written as elements
    add(f, "<", 1);
    add(f, name, strlen(name));
    add(f, ">", 1);
  } else if (f->item_depth) {
    if (f->depth == f->item_depth + 1)
      begin_in_item(f, name, prefix, space, attributes, attribute_count);
  } else if (f->depth <= MOST_ITEM_DEPTH &&
             (strcmp(name, "item") == 0 || strcmp(name, "entry") == 0)) {
    begin_item(f, space);
  } else if (!f->feed_depth && (strcmp(name, "channel") == 0 || strcmp(name, "feed") == 0)) {
    f->feed_depth = f->depth;
    f->space = space;
  } else if (f->feed_depth && f->depth == f->feed_depth + 1 && strcmp(name, "title") == 0 &&
             same(space, f->space) && !f->title.len) {
    begin_field(f, KH_FEED_TITLE);
  }
}

static void on_end(void *context, const xmlChar *local, const xmlChar *prefix,
                   const xmlChar *space) {
  (void)prefix, (void)space;
  struct kh_feed *f = context;
  if (f->field_depth && f->depth > f->field_depth) {
    add(f, "</", 2);
    add(f, (const char *)local, strlen((const char *)local));
    add(f, ">", 1);
  } else if (f->field_depth) {
    end_field(f);
  } else if (f->item_depth == f->depth && f->depth) {
    end_item(f);
  }
  if (f->depth) f->depth--;
}

// ------------------------------------------------------------------ entities

static xmlEntity *on_entity(void *context, const xmlChar *name) {
  struct kh_feed *f = context;
  char reference[16] = "&";
  const size_t len = strlen((const char *)name);
  if (len > sizeof reference - 3) return NULL;
  memcpy(reference + 1, name, len);
  reference[1 + len] = ';';
  size_t used = 0;
  if (!kh_reference((kh_slice){reference, len + 2}, (char *)f->entity_text, &used)) return NULL;
  f->entity_text[used] = '\0';
  f->entity = (xmlEntity){.type = XML_ENTITY_DECL,
                          .name = name,
                          .content = f->entity_text,
                          .length = (int)used,
                          .etype = XML_INTERNAL_PREDEFINED_ENTITY};
  return &f->entity;
}

static void on_declaration(void *context, const xmlChar *name, int type, const xmlChar *public_id,
                           const xmlChar *system_id, xmlChar *content) {
  (void)name, (void)type, (void)public_id, (void)system_id, (void)content;
  stop(context, "it declares entities of its own, which khutwa does not expand; write out what "
                "they stand for");
}

// ------------------------------------------------------------------ reading

static struct kh_feed *open_feed(kh_reader *reader) {
  static const xmlSAXHandler handler = {
      .initialized = XML_SAX2_MAGIC,
      .startElementNs = on_start,
      .endElementNs = on_end,
      .characters = on_text,
      .ignorableWhitespace = on_text,
      .cdataBlock = on_text,
      .getEntity = on_entity,
      .entityDecl = on_declaration,
  };
  struct kh_feed *f = reader->allocator.resize(reader->allocator.context, NULL, 0, sizeof *f);
  if (!f) return NULL;
  memset(f, 0, sizeof *f);
  reader->feed = f;
  f->reader = reader;
  xmlSAXHandler sax = handler;
  f->parser = xmlCreatePushParserCtxt(&sax, f, NULL, 0, NULL);
  if (!f->parser) return NULL;
  xmlCtxtUseOptions(f->parser, XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR |
                                   XML_PARSE_NOWARNING | XML_PARSE_NOCDATA);
  // fields without a value stand at the empty string
  reader->strings.len = 0;
  return kh_room_add(reader, &reader->strings, "", 1) ? f : NULL;
}

void kh_feed_close(kh_reader *reader) {
  struct kh_feed *f = reader->feed;
  if (!f) return;
  const kh_allocator *a = &reader->allocator;
  if (f->parser) {
    if (f->parser->myDoc) xmlFreeDoc(f->parser->myDoc);
    f->parser->myDoc = NULL;
    xmlFreeParserCtxt(f->parser);
  }
  if (f->queue) a->resize(a->context, f->queue, f->queue_room * sizeof *f->queue, 0);
  if (f->title.at) a->resize(a->context, f->title.at, f->title.room, 0);
  if (f->outlet.at) a->resize(a->context, f->outlet.at, f->outlet.room, 0);
  a->resize(a->context, f, sizeof *f, 0);
  reader->feed = NULL;
}

// All that waited was given: its strings go, those of an item that is still open stay.
static void empty_queue(struct kh_feed *f) {
  kh_room *strings = &f->reader->strings;
  f->queued = f->given = 0;
  const size_t keep = f->item_depth ? f->now_at : strings->len;
  if (keep <= 1) return;
  memmove(strings->at + 1, strings->at + keep, strings->len - keep);
  strings->len -= keep - 1;
  f->now_at -= f->item_depth ? keep - 1 : 0;
  f->field_at -= f->item_depth ? keep - 1 : 0;
  for (int i = 0; f->item_depth && i < KH_FEED_FIELDS; i++) {
    if (f->now.at[i]) f->now.at[i] -= keep - 1;
  }
}

// More bytes behind those that libxml2 has; those of an open item stay in the buffer.
static kh_status more_bytes(struct kh_feed *f, kh_error *error) {
  kh_reader *reader = f->reader;
  const size_t most = reader->options.max_document * LINE_FACTOR + EXTRA;
  const bool keeps = f->item_depth && !f->now.dropped && f->now.start != UINT64_MAX;
  // so do those that libxml2 waits with: an item's tag may begin in them
  const uint64_t used = position(f);
  const uint64_t keep = keeps ? f->now.start : used > f->base && used < f->fed ? used : f->fed;
  reader->from += (size_t)(keep - f->base);
  f->base = keep;
  if (reader->to - reader->from > (size_t)(f->fed - f->base)) return KH_OK;
  const kh_status status = kh_stream_more(reader, most, error);
  reader->finished = false; // not before the items that wait are given
  if (status != KH_ERROR_LIMIT) return status;
  f->now.dropped = true; // the item goes on and on: nothing of it is kept
  reader->from = reader->to;
  f->base = f->fed;
  return KH_OK;
}

static kh_status malformed(struct kh_feed *f, kh_error *error) {
  const xmlError *last = xmlCtxtGetLastError(f->parser);
  size_t len = last && last->message ? strcspn(last->message, "\r\n") : 0;
  if (len > 200) len = 200;
  kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ,
          "the feed is not well-formed (%.*s); the items before were read", (int)len,
          len ? last->message : "");
  if (error && last && last->line > 0) error->line = (unsigned)last->line;
  return KH_ERROR_FORMAT;
}

// What stopped libxml2, if anything did.
static kh_status stopped(struct kh_feed *f, kh_error *error) {
  f->ended = true;
  if (f->no_memory || f->parser->errNo == XML_ERR_NO_MEMORY)
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  if (!f->refusal) return malformed(f, error);
  return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_READ, "%s", f->refusal);
}

static bool is_stopped(const struct kh_feed *f) {
  return f->refusal || f->no_memory || f->parser->disableSAX ||
         f->parser->instate == XML_PARSER_EOF;
}

// Gives libxml2 a piece. KH_END at the end of the feed.
static kh_status read_piece(struct kh_feed *f, kh_error *error) {
  kh_reader *reader = f->reader;
  const kh_status status = more_bytes(f, error);
  if (status == KH_END) {
    f->ended = true;
    xmlParseChunk(f->parser, NULL, 0, 1);
    if (f->depth || !f->rooted) return malformed(f, error);
    return is_stopped(f) && f->refusal ? stopped(f, error) : KH_END;
  }
  if (status != KH_OK) return status;
  const char *bytes = reader->buffer + reader->from + (f->fed - f->base);
  size_t len = reader->to - reader->from - (size_t)(f->fed - f->base);
  if (len > PIECE) len = PIECE;
  f->fed += len;
  xmlParseChunk(f->parser, bytes, (int)len, 0);
  if (is_stopped(f)) return stopped(f, error);
  // libxml2 compares all attributes of a tag with one another: it gets none without end
  const xmlParserInput *input = f->parser->input;
  if (input && input->end - input->cur > MOST_WAITING)
    f->refusal = "a tag or a comment of it does not end";
  return f->refusal ? stopped(f, error) : KH_OK;
}

// The feed's title as a string, once an item asks for it.
static const char *outlet_of(struct kh_feed *f) {
  if (f->outlet.len || !f->title.len) return f->outlet.at;
  if (!kh_room_make(f->reader, &f->outlet, f->title.len + 8)) return NULL;
  f->outlet.len = kh_unescape((kh_slice){f->title.at, f->title.len}, f->outlet.at);
  f->outlet.at[f->outlet.len++] = '\0';
  return f->outlet.at;
}

static kh_status give(struct kh_feed *f, kh_item *item, kh_error *error) {
  const kh_feed_item *entry = &f->queue[f->given++];
  kh_reader *reader = f->reader;
  if (entry->dropped) {
    kh_fail(error, KH_ERROR_LIMIT, KH_STAGE_READ,
            "an item larger than the limit of %zu bytes; raise the limit",
            reader->options.max_document);
    if (error) error->line = entry->line;
    return KH_ERROR_LIMIT;
  }
  const kh_status status = kh_feed_give(reader, entry, outlet_of(f), item, error);
  if (status == KH_OK && entry->start >= f->base && entry->end <= f->fed &&
      entry->start < entry->end) {
    item->source.raw = reader->buffer + reader->from + (entry->start - f->base);
    item->source.raw_len = (size_t)(entry->end - entry->start);
  }
  return status;
}

kh_status kh_feed_next(kh_reader *reader, kh_item *item, kh_error *error) {
  if (!reader->feed && !open_feed(reader)) {
    reader->finished = true;
    return kh_fail(error, KH_ERROR_MEMORY, KH_STAGE_READ, "out of memory");
  }
  struct kh_feed *f = reader->feed;
  while (f->given == f->queued && f->failed == KH_OK && !f->ended) {
    empty_queue(f);
    const kh_status status = read_piece(f, &f->failure);
    if (status != KH_OK && status != KH_END) f->failed = status;
  }
  if (f->given < f->queued) return give(f, item, error);
  reader->finished = true;
  if (f->failed == KH_OK) return KH_END;
  if (error) *error = f->failure;
  return f->failed;
}
