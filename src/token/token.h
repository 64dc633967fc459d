// SPDX-License-Identifier: Apache-2.0
/// \file
/// Words, marks, sentences and quotations of a text.
#ifndef KHUTWA_TOKEN_TOKEN_H
#define KHUTWA_TOKEN_TOKEN_H

#include "base/layers.h"
#include "token/letters.h"

typedef enum kh_token_kind {
  KH_TOKEN_WORD, ///< Arabic letters (with marks on them)
  KH_TOKEN_NUMBER, ///< digits of any kind; separators inside belong to it («1,200», «3.5», «٤٢٥»)
  KH_TOKEN_LATIN, ///< a word in another script
  KH_TOKEN_PUNCT, ///< one mark; `mark` tells which
} kh_token_kind;

/// Marks, with their look-alikes brought together.
typedef enum kh_mark {
  KH_MARK_NONE,
  KH_MARK_COMMA,       // , ،
  KH_MARK_SEMICOLON,   // ; ؛
  KH_MARK_COLON,       // :
  KH_MARK_FULL_STOP,   // .
  KH_MARK_QUESTION,    // ? ؟
  KH_MARK_EXCLAMATION, // !
  KH_MARK_ELLIPSIS,    // … and runs of dots
  KH_MARK_OPEN,        // ( [ {
  KH_MARK_CLOSE,       // ) ] }
  KH_MARK_QUOTE,       // " “ ” « » ‹ › ‘ ’ and doubled single marks; see kh_quote
  KH_MARK_DASH,        // - – — (between blanks or at a word's edge)
  KH_MARK_SLASH,       // /
  KH_MARK_PERCENT,     // % ٪
  KH_MARK_HASH,        // #
  KH_MARK_OTHER,
} kh_mark;

enum {
  KH_TOKEN_SPACE_BEFORE = 1, // a blank or line end stands before it
  KH_TOKEN_DAMMA_FIRST = 2,  // damma on the first letter: «قُتل» is passive
  KH_TOKEN_TANWIN = 4,       // ends in a tanwin sign: a noun or adjective, indefinite
  KH_TOKEN_SHADDA = 8,       // a shadda somewhere
  KH_TOKEN_HAMZA_BELOW = 16, // first alef (after proclitics not looked at) written إ
  KH_TOKEN_HAMZA_ABOVE = 32, // ... written أ
  KH_TOKEN_JOINED = 64,      // a WORD right after a NUMBER or DASH without blank, e.g. «الـ13»
};

typedef struct kh_token {
  uint32_t start; // bytes of the document's text
  uint32_t end;
  uint32_t fold;     // index into kh_token_layer.letters
  uint16_t fold_len; // letters; words of more than 64 letters are cut there
  uint8_t kind;      // kh_token_kind
  uint8_t mark;      // kh_mark
  uint8_t flags;
  uint32_t sentence; // index of its sentence
  int32_t quote;     // innermost quotation it stands inside, or KH_NONE; the marks stand outside
} kh_token;

/// Tokens [first, last). A sentence ends at . ! ? ؟ followed by a blank, or at a line end, as
/// the scorer has it, and at the latest after 512 tokens; a quotation may run over sentences.
typedef struct kh_sentence {
  uint32_t first;
  uint32_t last;
  uint32_t paragraph; // index of its paragraph (line)
} kh_sentence;

typedef struct kh_paragraph {
  uint32_t start; // bytes
  uint32_t end;
  uint32_t first; // tokens [first, last)
  uint32_t last;
} kh_paragraph;

/// A stretch between quotation marks. An opening mark without its partner ends with its
/// paragraph and is `open`: the quotation may go on in the next one.
typedef struct kh_quote {
  uint32_t first; // tokens inside [first, last), marks excluded
  uint32_t last;
  int32_t parent; // enclosing quotation or KH_NONE
  bool open;
} kh_quote;

typedef struct kh_token_layer {
  kh_token *at;
  uint32_t count;
  uint8_t *letters; // folded letters of all tokens
  uint32_t letter_count;
  kh_sentence *sentences;
  uint32_t sentence_count;
  kh_paragraph *paragraphs;
  uint32_t paragraph_count;
  kh_quote *quotes;
  uint32_t quote_count;
} kh_token_layer;

/// Fills document->tokens from document->text.
void kh_token_stage(kh_document *document);

/// Byte of the document's text where folded letter number `letter` of a token begins (marks that
/// belong to the letter before are skipped); letter == fold_len gives the token's end.
uint32_t kh_token_byte(const kh_document *document, uint32_t token, uint32_t letter);

static inline const uint8_t *kh_token_letters(const kh_token_layer *tokens, uint32_t token) {
  return tokens->letters + tokens->at[token].fold;
}

#endif
