// SPDX-License-Identifier: Apache-2.0
/// \file
/// The words of a document analysed: clitics cut, candidates listed, one chosen in context.
#ifndef KHUTWA_MORPH_MORPH_H
#define KHUTWA_MORPH_MORPH_H

#include "lexicon/lexicon.h"
#include "token/token.h"

/// Proclitics, a bit set. Order in the word: question alef, wa/fa, sa or bi/li/ka, al.
enum {
  KH_CLITIC_WA = 1,
  KH_CLITIC_FA = 2,
  KH_CLITIC_BI = 4,
  KH_CLITIC_LI = 8,
  KH_CLITIC_KA = 16,
  KH_CLITIC_SA = 32, // future
  KH_CLITIC_AL = 64, // article (also in «لل»)
  KH_CLITIC_A = 128, // question
};

/// Enclitic pronouns; 0 none.
typedef enum kh_enclitic {
  KH_ENC_NONE,
  KH_ENC_1S,  // ي ني
  KH_ENC_1P,  // نا
  KH_ENC_2S,  // ك
  KH_ENC_2P,  // كم
  KH_ENC_3MS, // ه
  KH_ENC_3FS, // ها
  KH_ENC_3D,  // هما
  KH_ENC_3MP, // هم
  KH_ENC_3FP, // هن
} kh_enclitic;

/// One reading of a token.
typedef struct kh_word {
  uint32_t lemma; // index in the lexicon; UINT32_MAX when the word is unknown
  uint32_t features;
  uint8_t pos; // kh_pos; a guess for unknown words
  uint8_t proclitics;
  uint8_t enclitic;
  uint8_t stem_at; // letters before the stem. The article counts as a proclitic
  uint8_t stem_len;
  uint8_t known; // 1: in the lexicon, 0: guessed by shape
  int16_t score; // higher is likelier
} kh_word;

/// What is known of a word by itself. What it never begins, whatever proclitics are cut off, is not
/// looked for at it.
enum {
  KH_NEVER_TIME = 1, // a word or phrase of times and numbers
  KH_NEVER_NAME = 2, // a known name
  KH_MAY_TELL = 4,   // one of its readings is a verb of speech, or «that»
};

typedef struct kh_morph_layer {
  kh_word *best;            // one a token: the reading chosen in context (zeroed for marks)
  const uint64_t **classes; // of the chosen readings: KH_CLASS_WORDS words a token, never NULL
  kh_word *candidates;      // all readings; equal words share theirs
  uint32_t *from;           // candidates of token i: [from[i], to[i]), likeliest first
  uint32_t *to;
  uint32_t candidate_count;
  const uint32_t *kind_at; // number of the word at a token among the different words; UINT32_MAX
  uint32_t kind_count;     // for what is no word
  uint32_t *ready;         // per kind: its number among the frequent words of src/morph/ready.h, or
                           // UINT32_MAX
  uint8_t *never;          // KH_NEVER_..., KH_MAY_TELL of each token
  int32_t *phrase;         // index of the fixed phrase that begins at a token, or -1
  uint8_t *phrase_tokens;  // its tokens; 0 where none begins. Inner tokens: see inside_phrase
  uint8_t *inside_phrase;  // 1 for tokens after the first of a phrase
} kh_morph_layer;

/// Fills document->morph from the tokens.
void kh_morph_stage(kh_document *document);

/// Has the chosen reading's lemma the class? Here, as claims ask it some hundred times a word.
static inline bool kh_word_has(const kh_document *document, uint32_t token, kh_class class_id) {
  return kh_in_class_set(document->morph->classes[token], class_id);
}
/// Has any reading of the token a lemma of the class (with part of speech `pos`, or any when
/// KH_POS_NONE)? Gives that reading, or NULL.
const kh_word *kh_word_any(const kh_document *document, uint32_t token, kh_class class_id,
                           kh_pos pos);
/// Does a fixed phrase of the class begin at the token?
bool kh_phrase_at(const kh_document *document, uint32_t token, kh_class class_id);
/// Byte where the word begins after its proclitics (the article stays when `keep_article`).
uint32_t kh_word_start(const kh_document *document, uint32_t token, bool keep_article);

#endif
