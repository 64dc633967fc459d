// SPDX-License-Identifier: Apache-2.0
#include "text/text.h"

#include "base/error.h"
#include "text/day.h"
#include "text/decode.h"
#include "text/html.h"
#include "text/language.h"

#include <nettle/sha2.h>
#include <string.h>

// A NUL-terminated copy in the arena; NULL for NULL or "".
static const char *copied(kh_arena *arena, const char *text) {
  return text && *text ? kh_arena_copy(arena, text, strlen(text)) : NULL;
}

// By Nettle rather than libsodium: it asks the processor for its own instructions, which is five
// times as fast, and this is as much work as a twentieth of all reading otherwise.
static void digest(const char *bytes, size_t len, char hex[65]) {
  static const char digits[] = "0123456789abcdef";
  struct sha256_ctx context;
  uint8_t sum[SHA256_DIGEST_SIZE];
  sha256_init(&context);
  sha256_update(&context, len, (const uint8_t *)bytes);
  sha256_digest(&context, sizeof sum, sum);
  for (size_t i = 0; i < sizeof sum; i++) {
    hex[2 * i] = digits[sum[i] >> 4];
    hex[2 * i + 1] = digits[sum[i] & 15];
  }
  hex[2 * sizeof sum] = '\0';
}

// Text given by the caller rather than read: it must be UTF-8 too.
static kh_status check_given(const char *what, const char *value, kh_error *error) {
  if (!value || kh_utf8_valid(value, strlen(value)) == strlen(value)) return KH_OK;
  return kh_fail(error, KH_ERROR_ENCODING, KH_STAGE_TEXT, "the %s is not valid UTF-8", what);
}

static kh_status take_source(kh_document *document, const kh_source *source, kh_error *error) {
  kh_text_layer *text = document->text;
  kh_status status = check_given("id", source->id, error);
  if (status == KH_OK) status = check_given("source", source->outlet, error);
  if (status == KH_OK) status = check_given("title", source->title, error);
  if (status == KH_OK) status = check_given("address", source->uri, error);
  if (status != KH_OK) return status;
  text->id = copied(&document->arena, source->id);
  text->outlet = copied(&document->arena, source->outlet);
  text->title = copied(&document->arena, source->title);
  text->uri = copied(&document->arena, source->uri);
  text->fetched = copied(&document->arena, source->fetched);
  char day[11];
  if (text->fetched && !kh_day_read(text->fetched, day))
    return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_TEXT,
                   "\"%.60s\" is no time of fetching; write it as YYYY-MM-DDThh:mm:ssZ",
                   text->fetched);
  if (source->published && *source->published) {
    if (!kh_day_read(source->published, text->published))
      return kh_fail(error, KH_ERROR_ARGUMENT, KH_STAGE_TEXT,
                     "\"%.60s\" is no date; write it as YYYY-MM-DD", source->published);
    text->published_from = source->published_from ? source->published_from : KH_PUBLISHED_INPUT;
  }
  return KH_OK;
}

static kh_status declared_charset(const kh_source *source, kh_charset *charset, kh_error *error) {
  *charset = KH_CHARSET_UNKNOWN;
  if (!source->charset || !*source->charset) return KH_OK;
  *charset = kh_charset_named(source->charset, strlen(source->charset));
  if (*charset != KH_CHARSET_UNKNOWN) return KH_OK;
  return kh_fail(error, KH_ERROR_ENCODING, KH_STAGE_TEXT,
                 "charset \"%.60s\" is not known; known are UTF-8, UTF-16, windows-1256, "
                 "ISO-8859-6, windows-1252",
                 source->charset);
}

// What a page says of itself fills what the caller left open.
static void take_page(kh_document *document, const kh_page *page) {
  kh_text_layer *text = document->text;
  if (!text->title && page->title_len)
    text->title = kh_arena_copy(&document->arena, page->title, page->title_len);
  if (!text->outlet && page->outlet_len)
    text->outlet = kh_arena_copy(&document->arena, page->outlet, page->outlet_len);
  if (!text->published[0] && page->published[0]) {
    memcpy(text->published, page->published, sizeof text->published);
    text->published_from = KH_PUBLISHED_PAGE;
  }
}

// Where neither the report nor its page names an outlet: the host of its address.
static void take_host(kh_document *document) {
  kh_text_layer *text = document->text;
  if (text->outlet || !text->uri) return;
  const char *host = strstr(text->uri, "://");
  if (!host || strncmp(text->uri, "http", 4) != 0) return;
  host += 3;
  if (strncmp(host, "www.", 4) == 0) host += 4;
  const size_t len = strcspn(host, "/:?#@");
  if (len && host[len] != '@') text->outlet = kh_arena_copy(&document->arena, host, len);
}

// Sets the title before the body, and makes what later stages read.
static kh_status join(kh_document *document, const char *body, size_t len, kh_error *error) {
  kh_text_layer *text = document->text;
  const size_t title_len = text->title ? strlen(text->title) : 0;
  const size_t before = title_len ? title_len + 2 : 0;
  // positions have 32 bits; decoding may double what the engine's limit let in
  const size_t most = document->engine ? 2 * document->engine->max_document : UINT32_MAX / 2;
  if (before + len > most || before > most / 2)
    return kh_fail(
        error, KH_ERROR_LIMIT, KH_STAGE_TEXT,
        "%zu bytes with the title are more than the limit; raise it, or split the report",
        before + len);
  char *bytes = kh_arena_alloc(&document->arena, before + len + 1);
  if (title_len) {
    memcpy(bytes, text->title, title_len);
    memcpy(bytes + title_len, "\n\n", 2);
  }
  if (len) memcpy(bytes + before, body, len);
  bytes[before + len] = '\0';
  text->bytes = bytes;
  text->len = (uint32_t)(before + len);
  text->title_len = (uint32_t)title_len;
  return KH_OK;
}

static bool is_page(const kh_source *source, const char *bytes, size_t len) {
  return source->format == KH_FORMAT_HTML || source->format == KH_FORMAT_FRAGMENT ||
         (source->format == KH_FORMAT_AUTO && kh_is_html(bytes, len));
}

kh_status kh_text_stage(kh_document *document, const char *bytes, size_t len,
                        const kh_source *source, kh_error *error) {
  static const kh_source nothing = {0};
  if (!source) source = &nothing;
  kh_text_layer *text = kh_arena_zero(&document->arena, sizeof *text);
  document->text = text;
  if (source->raw)
    digest(source->raw, source->raw_len, text->raw_sha256);
  else
    digest(bytes, len, text->raw_sha256);
  kh_charset charset = KH_CHARSET_UNKNOWN;
  kh_status status = take_source(document, source, error);
  if (status == KH_OK) status = declared_charset(source, &charset, error);
  if (status != KH_OK) return status;

  const bool page = is_page(source, bytes, len);
  if (page && charset == KH_CHARSET_UNKNOWN) charset = kh_html_charset(bytes, len);
  const char *body = NULL;
  size_t body_len = 0;
  status = kh_decode(&document->arena, bytes, len, charset, &body, &body_len, error);
  if (status != KH_OK) return status;
  if (page) {
    kh_page found = {0};
    found.fragment = source->format == KH_FORMAT_FRAGMENT;
    status = kh_html_read(&document->arena, body, body_len, &found, error);
    if (status != KH_OK) return status;
    take_page(document, &found);
    body = found.text;
    body_len = found.text_len;
  }
  take_host(document);
  status = join(document, body, body_len, error);
  if (status != KH_OK) return status;
  if (!source->raw && text->len == len && memcmp(text->bytes, bytes, len) == 0)
    memcpy(text->text_sha256, text->raw_sha256, sizeof text->raw_sha256);
  else
    digest(text->bytes, text->len, text->text_sha256);
  const char *lang = kh_language(text->bytes, text->len);
  memcpy(text->lang, lang, strlen(lang) + 1);
  text->arabic = strcmp(lang, "ar") == 0;
  return KH_OK;
}
