// SPDX-License-Identifier: Apache-2.0
/// \file
/// Header fields as WARC and HTTP write them, and the page inside of an HTTP response.
#ifndef KHUTWA_TEXT_HTTP_H
#define KHUTWA_TEXT_HTTP_H

#include "text/page.h"
#include "text/stream.h"

/// Bytes of the head that begins at `bytes`, the empty line that ends it included; 0 when `len`
/// bytes do not hold all of it.
size_t kh_head_length(const char *bytes, size_t len);

/// The value of a field of a head (name in lower case), blanks around it left out; at == NULL when
/// it is not there.
kh_slice kh_head_field(kh_slice head, const char *name);

/// Is it what a report can be in, by its media type: a page or plain text?
bool kh_media_is_page(kh_slice type);
bool kh_media_is_text(kh_slice type);

/// The charset that a media type names; empty when it names none.
kh_slice kh_media_charset(kh_slice type);

/// The status of a response's first line, 0 when there is none.
unsigned kh_http_status(kh_slice head);

/// Takes the codings off a response's body: chunks, then gzip or deflate. `*body` then points into
/// reader->decoded where there were any. Errors: KH_ERROR_FORMAT (damage, codings that are not
/// known, what expands too far), KH_ERROR_LIMIT, KH_ERROR_MEMORY.
kh_status kh_http_decode(kh_reader *reader, kh_slice head, kh_slice *body, kh_error *error);

#endif
