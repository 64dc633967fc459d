// SPDX-License-Identifier: Apache-2.0
#include "token/token.h"

#include "base/utf8.h"
#include "text/text.h"

#include <string.h>

enum {
  MAX_LETTERS = 64,
  MAX_QUOTE_DEPTH = 8,
  // Tokens. Later stages look through a sentence for each of its words; text without stops must
  // not make that take forever.
  MAX_SENTENCE = 512,
};

typedef enum char_class {
  CHAR_ARABIC,
  CHAR_DIGIT,
  CHAR_LATIN,   // letters of any other script
  CHAR_JOINING, // combining marks and tatweel: belong to the letter before
  CHAR_CONTROL, // zero-width and bidi controls: belong to nothing
  CHAR_BLANK,
  CHAR_LINE_END,
  CHAR_PUNCT,
} char_class;

typedef struct scanner {
  kh_document *document;
  const uint8_t *bytes;
  uint32_t len;
  uint32_t at;
  bool space; // a blank stood before
  KH_ARRAY(kh_token) tokens;
  KH_ARRAY(uint8_t) letters;
  KH_ARRAY(kh_sentence) sentences;
  KH_ARRAY(kh_paragraph) paragraphs;
  KH_ARRAY(kh_quote) quotes;
  uint32_t sentence_first; // first token of the sentence under way
  uint32_t paragraph_first;
  uint32_t paragraph_start; // byte
} scanner;

static uint32_t decode(const scanner *s, uint32_t at, uint32_t *size) {
  size_t width;
  const uint32_t c = kh_utf8_decode(s->bytes + at, &width);
  *size = (uint32_t)width;
  return c;
}

static char_class class_of_ascii(uint32_t c) {
  if (c == '\n' || c == '\r' || c == '\f' || c == '\v') return CHAR_LINE_END;
  if (c == ' ' || c == '\t') return CHAR_BLANK;
  if (c >= '0' && c <= '9') return CHAR_DIGIT;
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z')) return CHAR_LATIN;
  if (c < 0x20 || c == 0x7F) return CHAR_CONTROL;
  return CHAR_PUNCT;
}

static bool is_general_punctuation(uint32_t c) {
  return (c >= 0xA1 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) || c == 0xD7 ||
         c == 0xF7 || (c >= 0x2010 && c <= 0x2BFF) || (c >= 0x3000 && c <= 0x303F) ||
         (c >= 0xFD3E && c <= 0xFD4F) || (c >= 0xFF01 && c <= 0xFF0F) || c >= 0x1F000 ||
         c == 0xFFFD;
}

static char_class class_of(uint32_t c) {
  if (c < 0x80) return class_of_ascii(c);
  if (c >= 0x0621 && c <= 0x064A) return c == 0x0640 ? CHAR_JOINING : CHAR_ARABIC;
  if (c == 0x0085 || c == 0x2028 || c == 0x2029) return CHAR_LINE_END;
  if (c == 0xA0 || (c >= 0x2000 && c <= 0x200A) || c == 0x202F || c == 0x205F || c == 0x3000)
    return CHAR_BLANK;
  if ((c >= 0x0660 && c <= 0x0669) || (c >= 0x06F0 && c <= 0x06F9)) return CHAR_DIGIT;
  const bool arabic_block = (c >= 0x0600 && c <= 0x06FF) || (c >= 0x0750 && c <= 0x077F) ||
                            (c >= 0x08A0 && c <= 0x08FF) || (c >= 0xFB50 && c <= 0xFDFF) ||
                            (c >= 0xFE70 && c <= 0xFEFC);
  const kh_fold fold = kh_fold_of(c);
  if (fold.letter == KH_LETTER_NONE) {
    const bool control = c == 0x061C || (c >= 0x200B && c <= 0x206F) || c == 0xFEFF || c == 0xAD;
    return control ? CHAR_CONTROL : CHAR_JOINING;
  }
  if (arabic_block) {
    if (fold.letter == KH_LETTER_OTHER || is_general_punctuation(c)) return CHAR_PUNCT;
    return c == 0x06D4 || c == 0x06DD || c == 0x06DE || c == 0x06E9 ? CHAR_PUNCT : CHAR_ARABIC;
  }
  return is_general_punctuation(c) ? CHAR_PUNCT : CHAR_LATIN;
}

static kh_mark mark_of(uint32_t c) {
  switch (c) {
  case ',':
  case 0x060C:
  case 0x066C:
  case 0xFF0C:
    return KH_MARK_COMMA;
  case ';':
  case 0x061B:
    return KH_MARK_SEMICOLON;
  case ':':
    return KH_MARK_COLON;
  case '.':
  case 0x06D4:
    return KH_MARK_FULL_STOP;
  case '?':
  case 0x061F:
    return KH_MARK_QUESTION;
  case '!':
    return KH_MARK_EXCLAMATION;
  case 0x2026:
    return KH_MARK_ELLIPSIS;
  case '(':
  case '[':
  case '{':
  case 0xFD3E:
    return KH_MARK_OPEN;
  case ')':
  case ']':
  case '}':
  case 0xFD3F:
    return KH_MARK_CLOSE;
  case '"':
  case 0xAB:
  case 0xBB:
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0x201F:
  case 0x2039:
  case 0x203A:
  case 0x2018:
  case 0x2019:
  case 0x201A:
  case 0x201B:
  case '\'':
  case '`':
  case 0x2032:
  case 0x2033:
  case 0xFF02:
    return KH_MARK_QUOTE;
  case '-':
  case 0x2010:
  case 0x2011:
  case 0x2012:
  case 0x2013:
  case 0x2014:
  case 0x2015:
  case 0x2212:
  case 0x06D5:
    return KH_MARK_DASH;
  case '/':
  case '\\':
    return KH_MARK_SLASH;
  case '%':
  case 0x066A:
    return KH_MARK_PERCENT;
  case '#':
    return KH_MARK_HASH;
  default:
    return KH_MARK_OTHER;
  }
}

// ------------------------------------------------------------------ quotations

typedef enum quote_family { QUOTE_STRAIGHT, QUOTE_CURLY, QUOTE_ANGLE, QUOTE_SINGLE } quote_family;

static quote_family family_of(uint32_t c) {
  switch (c) {
  case 0xAB:
  case 0xBB:
  case 0x2039:
  case 0x203A:
    return QUOTE_ANGLE;
  case 0x201C:
  case 0x201D:
  case 0x201E:
  case 0x201F:
    return QUOTE_CURLY;
  case '\'':
  case '`':
  case 0x2018:
  case 0x2019:
  case 0x201A:
  case 0x201B:
  case 0x2032:
    return QUOTE_SINGLE;
  default:
    return QUOTE_STRAIGHT;
  }
}

// Does the mark's own shape open (1), close (-1), or say nothing (0)?
static int shape_of(uint32_t c) {
  switch (c) {
  case 0xAB:
  case 0x2039:
  case 0x201C:
  case 0x201E:
  case 0x201F:
  case 0x2018:
    return 1;
  case 0xBB:
  case 0x203A:
  case 0x201D:
  case 0x2019:
    return -1;
  default:
    return 0;
  }
}

typedef struct open_quote {
  int32_t quote;
  quote_family family;
} open_quote;

static void close_quotes(scanner *s, open_quote *stack, uint32_t *depth, uint32_t down_to,
                         uint32_t token, bool open) {
  while (*depth > down_to) {
    kh_quote *quote = &s->quotes.at[stack[--*depth].quote];
    quote->last = token;
    quote->open = open || *depth > down_to; // an inner one that its own mark never closed
  }
}

static uint32_t quotes_after(const scanner *s, uint32_t token, uint32_t last, quote_family family) {
  uint32_t n = 0;
  for (uint32_t i = token + 1; i < last && n < 4; i++) {
    if (s->tokens.at[i].mark != KH_MARK_QUOTE) continue;
    uint32_t size;
    n += family_of(decode(s, s->tokens.at[i].start, &size)) == family;
  }
  return n;
}

// A mark opens when what surrounds it and its shape say so. Outlets print closing shapes for
// opening ones and the other way round, so the blanks around it outweigh the shape.
static bool opens(const scanner *s, uint32_t i, uint32_t last, const open_quote *stack,
                  uint32_t depth) {
  const kh_token *token = &s->tokens.at[i];
  uint32_t size;
  const uint32_t c = decode(s, token->start, &size);
  const quote_family family = family_of(c);
  const bool blank_before = (token->flags & KH_TOKEN_SPACE_BEFORE) != 0;
  const bool blank_after = i + 1 >= last || (s->tokens.at[i + 1].flags & KH_TOKEN_SPACE_BEFORE);
  bool pending = false;
  for (uint32_t d = 0; d < depth; d++) pending |= stack[d].family == family;
  if (!pending) return true; // nothing to close; a stray closing mark is sorted out by the caller
  if (blank_before == blank_after) {
    const bool word_after = i + 1 < last && s->tokens.at[i + 1].kind != KH_TOKEN_PUNCT;
    return shape_of(c) > 0 && (blank_before || word_after);
  }
  if (!blank_before) return false;
  // Something of this family is open and here stands what looks like an opening mark: a
  // quotation inside the quotation if marks enough follow to close both.
  return shape_of(c) > 0 || (shape_of(c) == 0 && quotes_after(s, i, last, family) >= 2);
}

static void match_quotes(scanner *s, uint32_t first, uint32_t last) {
  open_quote stack[MAX_QUOTE_DEPTH];
  uint32_t depth = 0;
  for (uint32_t i = first; i < last; i++) {
    kh_token *token = &s->tokens.at[i];
    if (token->mark != KH_MARK_QUOTE) {
      token->quote = depth ? stack[depth - 1].quote : KH_NONE;
      continue;
    }
    uint32_t size;
    const uint32_t c = decode(s, token->start, &size);
    const quote_family family = family_of(c);
    if (!opens(s, i, last, stack, depth)) {
      uint32_t d = depth;
      while (d > 0 && stack[d - 1].family != family) d--;
      close_quotes(s, stack, &depth, d - 1, i, false);
      token->quote = depth ? stack[depth - 1].quote : KH_NONE;
      continue;
    }
    token->quote = depth ? stack[depth - 1].quote : KH_NONE;
    const bool blank_before = i == first || (token->flags & KH_TOKEN_SPACE_BEFORE);
    const bool blank_after = i + 1 >= last || (s->tokens.at[i + 1].flags & KH_TOKEN_SPACE_BEFORE);
    if (!blank_before && blank_after && shape_of(c) <= 0) continue; // closes what never opened
    if (family == QUOTE_SINGLE && !blank_before) continue;          // an apostrophe
    if (depth == MAX_QUOTE_DEPTH || i + 1 >= last) continue;
    kh_quote *quote = KH_ADD(&s->document->arena, &s->quotes);
    quote->first = i + 1;
    quote->parent = depth ? stack[depth - 1].quote : KH_NONE;
    stack[depth++] = (open_quote){(int32_t)s->quotes.count - 1, family};
  }
  close_quotes(s, stack, &depth, 0, last, true);
}

// ------------------------------------------------------------------ tokens

static void end_sentence(scanner *s) {
  const uint32_t count = s->tokens.count;
  if (count == s->sentence_first) return;
  kh_sentence *sentence = KH_ADD(&s->document->arena, &s->sentences);
  sentence->first = s->sentence_first;
  sentence->last = count;
  sentence->paragraph = s->paragraphs.count;
  for (uint32_t i = sentence->first; i < count; i++)
    s->tokens.at[i].sentence = s->sentences.count - 1;
  s->sentence_first = count;
}

static void end_paragraph(scanner *s, uint32_t end) {
  end_sentence(s);
  if (s->tokens.count > s->paragraph_first) {
    kh_paragraph *paragraph = KH_ADD(&s->document->arena, &s->paragraphs);
    *paragraph = (kh_paragraph){s->paragraph_start, end, s->paragraph_first, s->tokens.count};
    match_quotes(s, s->paragraph_first, s->tokens.count);
    s->paragraph_first = s->tokens.count;
  }
}

static kh_token *add_token(scanner *s, kh_token_kind kind, uint32_t start) {
  if (s->tokens.count - s->sentence_first == MAX_SENTENCE) end_sentence(s);
  if (s->tokens.count == s->paragraph_first) s->paragraph_start = start;
  kh_token *token = KH_ADD(&s->document->arena, &s->tokens);
  token->kind = (uint8_t)kind;
  token->start = start;
  token->fold = s->letters.count;
  token->quote = KH_NONE;
  if (s->space) token->flags |= KH_TOKEN_SPACE_BEFORE;
  s->space = false;
  return token;
}

static void add_letter(scanner *s, kh_token *token, uint8_t letter) {
  if (token->fold_len == MAX_LETTERS) return;
  *(uint8_t *)KH_ADD(&s->document->arena, &s->letters) = letter;
  token->fold_len++;
}

static void note_marks(kh_token *token, uint32_t c) {
  if (c == 0x064F && token->fold_len == 1) token->flags |= KH_TOKEN_DAMMA_FIRST;
  if (c >= 0x064B && c <= 0x064D) token->flags |= KH_TOKEN_TANWIN;
  if (c == 0x0651) token->flags |= KH_TOKEN_SHADDA;
}

static void note_hamza(kh_token *token, uint32_t c) {
  const uint8_t seen = KH_TOKEN_HAMZA_ABOVE | KH_TOKEN_HAMZA_BELOW;
  if (token->flags & seen) return;
  if (c == 0x0623) token->flags |= KH_TOKEN_HAMZA_ABOVE;
  if (c == 0x0625) token->flags |= KH_TOKEN_HAMZA_BELOW;
}

static void scan_word(scanner *s, kh_token_kind kind) {
  const char_class own = kind == KH_TOKEN_WORD ? CHAR_ARABIC : CHAR_LATIN;
  kh_token *token = add_token(s, kind, s->at);
  if (s->tokens.count > 1 && !(token->flags & KH_TOKEN_SPACE_BEFORE)) {
    const kh_token *before = token - 1;
    if (before->kind == KH_TOKEN_NUMBER || before->mark == KH_MARK_DASH)
      token->flags |= KH_TOKEN_JOINED;
  }
  uint32_t at = s->at;
  while (at < s->len) {
    uint32_t size;
    const uint32_t c = decode(s, at, &size);
    const char_class class = class_of(c);
    if (class == own) {
      const kh_fold fold = kh_fold_of(c);
      add_letter(s, token, fold.letter);
      if (fold.second) add_letter(s, token, fold.second);
      note_hamza(token, c);
      token->end = at + size;
    } else if (class == CHAR_JOINING) {
      note_marks(token, c);
      token->end = at + size;
    } else if (class != CHAR_CONTROL) {
      break;
    }
    at += size;
  }
  s->at = token->end;
}

// The next byte from `at` on that no control stands at: bidi marks may stand within a number.
static uint32_t after_controls(const scanner *s, uint32_t at) {
  uint32_t size;
  while (at < s->len && class_of(decode(s, at, &size)) == CHAR_CONTROL) at += size;
  return at;
}

static bool digit_at(const scanner *s, uint32_t at) {
  uint32_t size;
  at = after_controls(s, at);
  return at < s->len && class_of(decode(s, at, &size)) == CHAR_DIGIT;
}

// Digits that follow one another from `at` on, at most 4 counted.
static uint32_t digits_from(const scanner *s, uint32_t at) {
  uint32_t n = 0;
  uint32_t size;
  at = after_controls(s, at);
  while (n < 4 && at < s->len && class_of(decode(s, at, &size)) == CHAR_DIGIT) {
    at = after_controls(s, at + size);
    n++;
  }
  return n;
}

// A separator inside a number: a point or comma of either script between digits. The Arabic
// comma is also a comma between two numbers; it counts only before a group of three digits.
static bool separates_digits(const scanner *s, uint32_t c, uint32_t after) {
  if (c == '.' || c == ',' || c == 0x066B || c == 0x066C) return digit_at(s, after);
  return c == 0x060C && digits_from(s, after) == 3;
}

static uint8_t folded_separator(uint32_t c) { return c == '.' || c == 0x066B ? '.' : ','; }

static void scan_number(scanner *s) {
  kh_token *token = add_token(s, KH_TOKEN_NUMBER, s->at);
  uint32_t at = s->at;
  while (at < s->len) {
    uint32_t size;
    const uint32_t c = decode(s, at, &size);
    const char_class class = class_of(c);
    if (class == CHAR_DIGIT) {
      add_letter(s, token, kh_fold_of(c).letter);
      token->end = at + size;
    } else if (separates_digits(s, c, at + size)) {
      add_letter(s, token, folded_separator(c));
    } else if (class != CHAR_CONTROL) {
      break;
    }
    at += size;
  }
  s->at = token->end;
}

static bool ends_sentence(const scanner *s, const kh_token *token) {
  if (token->mark != KH_MARK_FULL_STOP && token->mark != KH_MARK_QUESTION &&
      token->mark != KH_MARK_EXCLAMATION)
    return false;
  // an initial («أ. محمد») ends nothing
  if (token->mark == KH_MARK_FULL_STOP && s->tokens.count > 1) {
    const kh_token *before = token - 1;
    const bool letter = before->kind == KH_TOKEN_WORD || before->kind == KH_TOKEN_LATIN;
    if (letter && before->fold_len == 1 && before->end == token->start) return false;
  }
  return true;
}

static void scan_punct(scanner *s) {
  uint32_t size;
  const uint32_t c = decode(s, s->at, &size);
  kh_token *token = add_token(s, KH_TOKEN_PUNCT, s->at);
  token->mark = (uint8_t)mark_of(c);
  uint32_t end = s->at + size;
  uint32_t next_size;
  if (c == '.' && end < s->len && s->bytes[end] == '.') {
    while (end < s->len && s->bytes[end] == '.') end++;
    token->mark = KH_MARK_ELLIPSIS;
  } else if (family_of(c) == QUOTE_SINGLE && token->mark == KH_MARK_QUOTE && end < s->len &&
             decode(s, end, &next_size) == c) {
    end += next_size; // two single marks make a double one
  }
  token->end = end;
  s->at = end;
}

// Does the sentence end here: after its stop and any closing quotation marks and brackets?
static bool sentence_over(const scanner *s) {
  const uint32_t count = s->tokens.count;
  if (count == s->sentence_first) return false;
  uint32_t i = count - 1;
  while (i > s->sentence_first &&
         (s->tokens.at[i].mark == KH_MARK_QUOTE || s->tokens.at[i].mark == KH_MARK_CLOSE) &&
         !(s->tokens.at[i].flags & KH_TOKEN_SPACE_BEFORE))
    i--;
  return ends_sentence(s, &s->tokens.at[i]);
}

// «.77»: a point with digits behind it, that no digits stand before.
static bool leads_decimals(const scanner *s, uint32_t c, uint32_t size) {
  return (c == '.' || c == 0x066B) && s->at + size < s->len && digits_from(s, s->at + size) > 0;
}

// «#عباس»: the mark of a hashtag is no word of its own, before a letter.
static bool marks_hashtag(const scanner *s, uint32_t c, uint32_t size) {
  if (c != '#') return false;
  uint32_t next_size;
  const uint32_t next = after_controls(s, s->at + size);
  if (next >= s->len) return false;
  const char_class class = class_of(decode(s, next, &next_size));
  return class == CHAR_ARABIC || class == CHAR_LATIN;
}

static void scan(scanner *s) {
  while (s->at < s->len) {
    uint32_t size;
    const uint32_t c = decode(s, s->at, &size);
    switch (class_of(c)) {
    case CHAR_ARABIC:
      scan_word(s, KH_TOKEN_WORD);
      break;
    case CHAR_LATIN:
      scan_word(s, KH_TOKEN_LATIN);
      break;
    case CHAR_DIGIT:
      scan_number(s);
      break;
    case CHAR_PUNCT:
      if (marks_hashtag(s, c, size))
        s->at += size;
      else if (s->space && leads_decimals(s, c, size))
        scan_number(s);
      else
        scan_punct(s);
      break;
    case CHAR_JOINING: // a tatweel that lengthens nothing is a dash; other marks are lost ones
      if (c == 0x0640) {
        kh_token *token = add_token(s, KH_TOKEN_PUNCT, s->at);
        token->mark = KH_MARK_DASH;
        token->end = s->at + size;
      }
      s->at += size;
      break;
    case CHAR_CONTROL:
      s->at += size;
      break;
    case CHAR_BLANK:
      if (sentence_over(s)) end_sentence(s);
      s->space = true;
      s->at += size;
      break;
    case CHAR_LINE_END:
      end_paragraph(s, s->at);
      s->space = true;
      s->at += size;
      break;
    }
  }
  end_paragraph(s, s->len);
}

void kh_token_stage(kh_document *document) {
  kh_token_layer *layer = kh_arena_zero(&document->arena, sizeof *layer);
  scanner s;
  memset(&s, 0, sizeof s);
  s.document = document;
  s.bytes = (const uint8_t *)document->text->bytes;
  s.len = document->text->len;
  s.space = true;
  // A word and its blank take some ten bytes, a letter two; more than asked for is never touched.
  s.tokens.room = s.len / 8 + 8;
  s.tokens.at = kh_arena_alloc(&document->arena, s.tokens.room * sizeof *s.tokens.at);
  s.letters.room = s.len + 8;
  s.letters.at = kh_arena_alloc(&document->arena, s.letters.room);
  scan(&s);
  layer->at = s.tokens.at;
  layer->count = s.tokens.count;
  layer->letters = s.letters.at;
  layer->letter_count = s.letters.count;
  layer->sentences = s.sentences.at;
  layer->sentence_count = s.sentences.count;
  layer->paragraphs = s.paragraphs.at;
  layer->paragraph_count = s.paragraphs.count;
  layer->quotes = s.quotes.at;
  layer->quote_count = s.quotes.count;
  document->tokens = layer;
}

uint32_t kh_token_byte(const kh_document *document, uint32_t token, uint32_t letter) {
  const kh_token *t = &document->tokens->at[token];
  const scanner s = {.bytes = (const uint8_t *)document->text->bytes, .len = document->text->len};
  uint32_t seen = 0;
  uint32_t size;
  for (uint32_t at = t->start; at < t->end; at += size) {
    const uint32_t c = decode(&s, at, &size);
    const kh_fold fold = kh_fold_of(c);
    if (fold.letter == KH_LETTER_NONE) continue;
    if (seen == letter) return at;
    seen += fold.second ? 2 : 1;
    if (seen > letter) return at; // the second half of a ligature
  }
  return t->end;
}
