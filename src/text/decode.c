// SPDX-License-Identifier: Apache-2.0
#include "text/decode.h"

#include "base/error.h"

#include <string.h>

// What bytes 0x80..0xFF stand for; 0 where nothing does.
static const uint16_t windows_1256[128] = {
    0x20AC, 0x067E, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0679, 0x2039,
    0x0152, 0x0686, 0x0698, 0x0688, 0x06AF, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
    0x06A9, 0x2122, 0x0691, 0x203A, 0x0153, 0x200C, 0x200D, 0x06BA, 0x00A0, 0x060C, 0x00A2, 0x00A3,
    0x00A4, 0x00A5, 0x00A6, 0x00A7, 0x00A8, 0x00A9, 0x06BE, 0x00AB, 0x00AC, 0x00AD, 0x00AE, 0x00AF,
    0x00B0, 0x00B1, 0x00B2, 0x00B3, 0x00B4, 0x00B5, 0x00B6, 0x00B7, 0x00B8, 0x00B9, 0x061B, 0x00BB,
    0x00BC, 0x00BD, 0x00BE, 0x061F, 0x06C1, 0x0621, 0x0622, 0x0623, 0x0624, 0x0625, 0x0626, 0x0627,
    0x0628, 0x0629, 0x062A, 0x062B, 0x062C, 0x062D, 0x062E, 0x062F, 0x0630, 0x0631, 0x0632, 0x0633,
    0x0634, 0x0635, 0x0636, 0x00D7, 0x0637, 0x0638, 0x0639, 0x063A, 0x0640, 0x0641, 0x0642, 0x0643,
    0x00E0, 0x0644, 0x00E2, 0x0645, 0x0646, 0x0647, 0x0648, 0x00E7, 0x00E8, 0x00E9, 0x00EA, 0x00EB,
    0x0649, 0x064A, 0x00EE, 0x00EF, 0x064B, 0x064C, 0x064D, 0x064E, 0x00F4, 0x064F, 0x0650, 0x00F7,
    0x0651, 0x00F9, 0x0652, 0x00FB, 0x00FC, 0x200E, 0x200F, 0x06D2,
};

// Bytes 0x80..0x9F of windows-1252; the rest is Latin-1.
static const uint16_t windows_1252[32] = {
    0x20AC, 0x0000, 0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
    0x2039, 0x0152, 0x0000, 0x017D, 0x0000, 0x0000, 0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
    0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x0000, 0x017E, 0x0178,
};

typedef struct charset_name {
  const char *name;
  kh_charset charset;
} charset_name;

// In lower case, without hyphens and underscores.
static const charset_name charset_names[] = {
    {"utf8", KH_CHARSET_UTF8},
    {"utf16", KH_CHARSET_UTF16LE},
    {"utf16le", KH_CHARSET_UTF16LE},
    {"utf16be", KH_CHARSET_UTF16BE},
    {"windows1256", KH_CHARSET_WINDOWS_1256},
    {"cp1256", KH_CHARSET_WINDOWS_1256},
    {"xcp1256", KH_CHARSET_WINDOWS_1256},
    {"iso88596", KH_CHARSET_ISO_8859_6},
    {"arabic", KH_CHARSET_ISO_8859_6},
    {"asmo708", KH_CHARSET_ISO_8859_6},
    {"ecma114", KH_CHARSET_ISO_8859_6},
    {"windows1252", KH_CHARSET_WINDOWS_1252},
    {"cp1252", KH_CHARSET_WINDOWS_1252},
    {"iso88591", KH_CHARSET_WINDOWS_1252},
    {"latin1", KH_CHARSET_WINDOWS_1252},
    {"usascii", KH_CHARSET_WINDOWS_1252},
    {"ascii", KH_CHARSET_WINDOWS_1252},
};

kh_charset kh_charset_named(const char *name, size_t len) {
  char plain[16];
  size_t used = 0;
  for (size_t i = 0; i < len; i++) {
    const char c = name[i];
    if (c == '-' || c == '_' || c == ' ') continue;
    if (used + 1 >= sizeof plain) return KH_CHARSET_UNKNOWN;
    plain[used++] = (char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
  }
  plain[used] = '\0';
  for (size_t i = 0; i < sizeof charset_names / sizeof *charset_names; i++) {
    if (strcmp(plain, charset_names[i].name) == 0) return charset_names[i].charset;
  }
  return KH_CHARSET_UNKNOWN;
}

// Bytes of the valid sequence at `s` (at most `left` bytes), or 0.
static size_t sequence(const unsigned char *s, size_t left) {
  const unsigned char lead = s[0];
  if (lead < 0x80) return 1;
  if (lead < 0xC2 || lead > 0xF4) return 0;
  const size_t width = lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  if (left < width) return 0;
  for (size_t i = 1; i < width; i++) {
    if ((s[i] & 0xC0U) != 0x80U) return 0;
  }
  // longer than need be, surrogates, beyond U+10FFFF
  if (lead == 0xE0 && s[1] < 0xA0) return 0;
  if (lead == 0xED && s[1] > 0x9F) return 0;
  if (lead == 0xF0 && s[1] < 0x90) return 0;
  if (lead == 0xF4 && s[1] > 0x8F) return 0;
  return width;
}

// Eight bytes, the first of them lowest.
static uint64_t eight_bytes(const unsigned char *s) {
  uint64_t bytes = 0;
  for (unsigned i = 0; i < 8; i++) bytes |= (uint64_t)s[i] << 8 * i;
  return bytes;
}

// Are the bytes whole characters of one or two bytes: ASCII, Latin, Arabic? Nearly all of an Arabic
// text are, so eight are looked at a time. `*open`: the last one begins a character whose second
// byte is yet to come.
static bool are_short(uint64_t bytes, bool *open) {
  const uint64_t top = 0x8080808080808080U; // everything below is said by the top bit of each byte
  const uint64_t second = bytes << 1;
  const uint64_t third = bytes << 2;
  const uint64_t follows = bytes & ~second & top;
  const uint64_t leads = bytes & second & ~third & top;
  const uint64_t longer = bytes & second & third & top;
  // two bytes where one would do: 0xC0, 0xC1
  const uint64_t needless = leads & ~(bytes << 3 | bytes << 4 | bytes << 5 | bytes << 6);
  const uint64_t wanted = leads << 8 | (*open ? 0x80U : 0);
  if (longer | needless | (follows ^ wanted)) return false;
  *open = leads >> 63;
  return true;
}

// Bytes, from the first on, that are short characters; of the last one both.
static size_t short_characters(const unsigned char *s, size_t len) {
  bool open = false;
  size_t i = 0;
  while (len - i >= 8 && are_short(eight_bytes(s + i), &open)) i += 8;
  return open ? i - 1 : i;
}

size_t kh_utf8_valid(const char *bytes, size_t len) {
  const unsigned char *s = (const unsigned char *)bytes;
  size_t i = 0;
  while (i < len) {
    i += short_characters(s + i, len - i);
    // what ended them, and the rest of its eight bytes
    for (const size_t end = len - i < 8 ? len : i + 8; i < end;) {
      const size_t width = sequence(s + i, len - i);
      if (width == 0) return i;
      i += width;
    }
  }
  return len;
}

size_t kh_utf8_put(char *out, uint32_t code_point) {
  if (code_point > 0x10FFFF || (code_point >= 0xD800 && code_point <= 0xDFFF)) code_point = 0xFFFD;
  if (code_point < 0x80) {
    out[0] = (char)code_point;
    return 1;
  }
  if (code_point < 0x800) {
    out[0] = (char)(0xC0U | code_point >> 6);
    out[1] = (char)(0x80U | (code_point & 0x3FU));
    return 2;
  }
  if (code_point < 0x10000) {
    out[0] = (char)(0xE0U | code_point >> 12);
    out[1] = (char)(0x80U | (code_point >> 6 & 0x3FU));
    out[2] = (char)(0x80U | (code_point & 0x3FU));
    return 3;
  }
  out[0] = (char)(0xF0U | code_point >> 18);
  out[1] = (char)(0x80U | (code_point >> 12 & 0x3FU));
  out[2] = (char)(0x80U | (code_point >> 6 & 0x3FU));
  out[3] = (char)(0x80U | (code_point & 0x3FU));
  return 4;
}

static kh_status bad_bytes(kh_error *error, size_t at, size_t width, const char *charset) {
  kh_fail(error, KH_ERROR_ENCODING, KH_STAGE_TEXT,
          "not valid %s at byte %zu; convert the file to UTF-8, or name its charset", charset, at);
  if (error) error->span = (kh_span){(uint32_t)at, (uint32_t)(at + width)};
  return KH_ERROR_ENCODING;
}

static uint32_t unit16(const char *bytes, size_t at, bool big) {
  const unsigned char *s = (const unsigned char *)bytes + at;
  return big ? (uint32_t)s[0] << 8 | s[1] : (uint32_t)s[1] << 8 | s[0];
}

static bool is_high(uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
static bool is_low(uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

static kh_status decode_utf16(kh_arena *arena, const char *bytes, size_t len, bool big,
                              const char **out, size_t *out_len, kh_error *error) {
  const char *name = big ? "UTF-16BE" : "UTF-16LE";
  size_t i = len >= 2 && unit16(bytes, 0, big) == 0xFEFF ? 2 : 0;
  char *text = kh_arena_alloc(arena, len / 2 * 3 + 4);
  size_t used = 0;
  for (; i + 1 < len; i += 2) {
    uint32_t c = unit16(bytes, i, big);
    if (is_low(c)) return bad_bytes(error, i, 2, name);
    if (is_high(c)) {
      const uint32_t low = i + 3 < len ? unit16(bytes, i + 2, big) : 0;
      if (!is_low(low)) return bad_bytes(error, i, 2, name);
      c = 0x10000 + ((c - 0xD800) << 10) + (low - 0xDC00);
      i += 2;
    }
    used += kh_utf8_put(text + used, c);
  }
  if (i < len) return bad_bytes(error, i, 1, name);
  *out = text;
  *out_len = used;
  return KH_OK;
}

// The character of one byte, 0 for none but NUL.
static uint32_t single(kh_charset charset, unsigned char byte) {
  if (byte < 0x80) return byte;
  if (charset == KH_CHARSET_WINDOWS_1256) return windows_1256[byte - 0x80];
  if (charset == KH_CHARSET_WINDOWS_1252) return byte < 0xA0 ? windows_1252[byte - 0x80] : byte;
  // ISO 8859-6: the Arabic block in its own order
  if (byte == 0xAC || byte == 0xBB || byte == 0xBF || (byte >= 0xC1 && byte <= 0xDA) ||
      (byte >= 0xE0 && byte <= 0xF2))
    return 0x0600U + byte - 0xA0U;
  return byte <= 0xA0 || byte == 0xA4 || byte == 0xAD ? byte : 0;
}

static kh_status decode_single(kh_arena *arena, const char *bytes, size_t len, kh_charset charset,
                               const char **out, size_t *out_len, kh_error *error) {
  static const char *const names[] = {[KH_CHARSET_WINDOWS_1256] = "windows-1256",
                                      [KH_CHARSET_ISO_8859_6] = "ISO-8859-6",
                                      [KH_CHARSET_WINDOWS_1252] = "windows-1252"};
  char *text = kh_arena_alloc(arena, len * 3 + 4);
  size_t used = 0;
  for (size_t i = 0; i < len; i++) {
    const uint32_t c = single(charset, (unsigned char)bytes[i]);
    if (c == 0 && bytes[i] != 0) return bad_bytes(error, i, 1, names[charset]);
    used += kh_utf8_put(text + used, c);
  }
  *out = text;
  *out_len = used;
  return KH_OK;
}

// ------------------------------------------------------------------ detection

enum { LOOK = 64 * 1024 }; // bytes that detection looks at

typedef struct magic {
  const char *bytes;
  size_t len;
  const char *what;
} magic;

#define MAGIC(bytes, what)                                                                         \
  { bytes, sizeof bytes - 1, what }

static const magic magics[] = {
    MAGIC("%PDF-", "a PDF"),
    MAGIC("PK\x03\x04", "a ZIP archive or office document"),
    MAGIC("\xD0\xCF\x11\xE0", "an office document"),
    MAGIC("\x1F\x8B", "gzip-compressed"),
    MAGIC("\x28\xB5\x2F\xFD", "zstd-compressed"),
    MAGIC("\xFD"
          "7zXZ",
          "xz-compressed"),
    MAGIC("BZh", "bzip2-compressed"),
    MAGIC("\x89PNG", "a picture"),
    MAGIC("\xFF\xD8\xFF", "a picture"),
    MAGIC("GIF8", "a picture"),
    MAGIC("\x7F"
          "ELF",
          "a program"),
    MAGIC("SQLite format 3", "a database"),
};

static const char *known_binary(const char *bytes, size_t len) {
  for (size_t i = 0; i < sizeof magics / sizeof *magics; i++) {
    if (len >= magics[i].len && memcmp(bytes, magics[i].bytes, magics[i].len) == 0)
      return magics[i].what;
  }
  return NULL;
}

// Characters that a text has none of, or nearly none.
static bool is_control(unsigned char byte) {
  return byte < 0x20 && byte != '\t' && byte != '\n' && byte != '\r' && byte != '\f' &&
         byte != 0x1B;
}

static bool is_high_byte(unsigned char byte) {
  return byte == 0x06 || byte == 0x00 || byte == 0x20;
}

// UTF-16 without a mark: the high bytes are nearly all those of Arabic, Latin and punctuation,
// the low bytes are not.
static kh_charset guess_utf16(const char *bytes, size_t len) {
  const size_t look = (len < LOOK ? len : LOOK) & ~(size_t)1;
  if (look < 4 || len % 2) return KH_CHARSET_UNKNOWN;
  const size_t units = look / 2;
  size_t high[2] = {0, 0};
  for (size_t i = 0; i < look; i += 2) {
    high[0] += is_high_byte((unsigned char)bytes[i]);
    high[1] += is_high_byte((unsigned char)bytes[i + 1]);
    // what is nothing of the kind shows it soon
    const size_t others = i / 2 + 1;
    if ((others - high[0]) * 10 > units && (others - high[1]) * 10 > units)
      return KH_CHARSET_UNKNOWN;
  }
  if (high[1] * 10 >= units * 9 && high[0] * 2 < units) return KH_CHARSET_UTF16LE;
  if (high[0] * 10 >= units * 9 && high[1] * 2 < units) return KH_CHARSET_UTF16BE;
  return KH_CHARSET_UNKNOWN;
}

// Arabic in one byte a character: the article, alef and lam, is by far the commonest pair of
// letters, and lam is what the two charsets write differently.
static kh_charset guess_single(const char *bytes, size_t len) {
  const size_t look = len < LOOK ? len : LOOK;
  size_t upper = 0;
  size_t none = 0; // not assigned in ISO 8859-6
  size_t article_1256 = 0;
  size_t article_8859 = 0;
  for (size_t i = 0; i < look; i++) {
    const unsigned char b = (unsigned char)bytes[i];
    if (is_control(b)) return KH_CHARSET_UNKNOWN;
    if (b < 0x80) continue;
    upper++;
    none += single(KH_CHARSET_ISO_8859_6, b) == 0;
    if (b == 0xC7 && i + 1 < look) {
      article_1256 += (unsigned char)bytes[i + 1] == 0xE1;
      article_8859 += (unsigned char)bytes[i + 1] == 0xE4;
    }
  }
  // of Arabic letters in news, about one in nine begins the pair
  const size_t article = article_1256 > article_8859 ? article_1256 : article_8859;
  if (article == 0 || article * 40 < upper) return KH_CHARSET_UNKNOWN;
  return article_8859 > article_1256 && none == 0 ? KH_CHARSET_ISO_8859_6 : KH_CHARSET_WINDOWS_1256;
}

static bool mostly_controls(const char *bytes, size_t len) {
  enum { FEW = 255 };
  const size_t look = len < LOOK ? len : LOOK;
  size_t controls = 0;
  for (size_t from = 0; from < look; from += FEW) {
    const size_t end = look - from < FEW ? look : from + FEW;
    uint8_t here = 0; // of one byte, so that many are counted at a time
    for (size_t i = from; i < end; i++) here += is_control((unsigned char)bytes[i]);
    controls += here;
  }
  return controls * 10 > look;
}

static kh_status not_text(kh_error *error, const char *what) {
  return kh_fail(error, KH_ERROR_FORMAT, KH_STAGE_TEXT,
                 "%s, not a text; give the report as plain text, HTML or JSON Lines", what);
}

// A byte order mark, or what was declared, or KH_CHARSET_UNKNOWN.
static kh_charset marked(const char *bytes, size_t len, kh_charset declared) {
  if (len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0) return KH_CHARSET_UTF8;
  if (len >= 2 && memcmp(bytes, "\xFF\xFE", 2) == 0) return KH_CHARSET_UTF16LE;
  if (len >= 2 && memcmp(bytes, "\xFE\xFF", 2) == 0) return KH_CHARSET_UTF16BE;
  return declared;
}

kh_status kh_decode(kh_arena *arena, const char *bytes, size_t len, kh_charset declared,
                    const char **out, size_t *out_len, kh_error *error) {
  const char *binary = known_binary(bytes, len);
  if (binary) return not_text(error, binary);
  kh_charset charset = marked(bytes, len, declared);
  if (charset == KH_CHARSET_UNKNOWN) charset = guess_utf16(bytes, len);
  if (charset == KH_CHARSET_UTF16LE || charset == KH_CHARSET_UTF16BE)
    return decode_utf16(arena, bytes, len, charset == KH_CHARSET_UTF16BE, out, out_len, error);

  const size_t good = kh_utf8_valid(bytes, len);
  // bytes that are valid UTF-8 were never written in another charset, whatever a header says
  if (good == len) {
    if (mostly_controls(bytes, len)) return not_text(error, "a binary file");
    const size_t mark = len >= 3 && memcmp(bytes, "\xEF\xBB\xBF", 3) == 0 ? 3 : 0;
    *out = bytes + mark;
    *out_len = len - mark;
    return KH_OK;
  }
  if (charset == KH_CHARSET_UNKNOWN) charset = guess_single(bytes, len);
  if (charset == KH_CHARSET_UNKNOWN && mostly_controls(bytes, len))
    return not_text(error, "a binary file");
  if (charset == KH_CHARSET_UNKNOWN || charset == KH_CHARSET_UTF8)
    return bad_bytes(error, good, 1, "UTF-8");
  return decode_single(arena, bytes, len, charset, out, out_len, error);
}
