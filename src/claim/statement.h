// SPDX-License-Identifier: Apache-2.0
/// \file
/// The parts of reading statements: words that are cues, contents and where they end, speakers,
/// outlets and addressees.
#ifndef KHUTWA_CLAIM_STATEMENT_H
#define KHUTWA_CLAIM_STATEMENT_H

#include "claim/frames.h"

enum {
  KH_ST_MAX_REACH = 60,     // tokens from a cue to a quotation after it
  KH_ST_MAX_CONTENT = 2000, // tokens of one content
};

/// What the reader of statements remembers while it goes through a report.
typedef struct kh_st_finder {
  kh_document *d;
  const struct kh_frames *frames;
  const struct kh_phrases *phrases;
  const kh_token *tokens;
  int32_t speaker;      // of the statement before, or KH_NONE
  kh_span speaker_span; // where that speaker was named
  kh_span cue;          // of the statement before
  int32_t issuer;       // of the last document that spoke or was spoken in, or KH_NONE
  uint32_t sentence_of; // the sentence of the statement before
  uint32_t item;        // how many statements were judged
} kh_st_finder;

/// What one cue says. Token ranges are half-open.
typedef struct kh_st_cue {
  uint32_t token; // first token of the cue
  uint32_t last;  // end of the cue
  kh_span span;
  const kh_speech_frame *frame; // NULL: a headline
  const kh_clause *clause;      // of a finite verb; NULL
  uint32_t content;             // first token of the content
  uint32_t content_last;
  uint32_t between_last; // end of the stretch between cue and content, where `via` and `to` stand
} kh_st_cue;

// ------------------------------------------------------------------ words (statement_words.c)

/// End of the paragraph of the token.
uint32_t kh_st_paragraph_last(const kh_st_finder *f, uint32_t t);

/// Bytes of the word without its proclitics.
kh_span kh_st_word_span(const kh_st_finder *f, uint32_t t);

/// The quotation that the token opens, or KH_NONE.
int32_t kh_st_quote_opened(const kh_st_finder *f, uint32_t t, uint32_t limit);

/// Is it a quotation of sentences, not of a name?
bool kh_st_is_speech(const kh_st_finder *f, int32_t quote);

/// أن, إن, بأن; the last word of «على أن» is one as well.
bool kh_st_is_complementizer(const kh_st_finder *f, uint32_t t);

/// May the word be a verbal noun, by any of its readings? «وقف», «تدخل» are nouns of their own.
bool kh_st_is_masdar(const kh_st_finder *f, uint32_t t);

/// The part of a cue's paradigm that the word is: a KH_PART_ bit, or 0.
unsigned kh_st_part_of(const kh_st_finder *f, uint32_t t);

/// Does a frame of speech read the word?
bool kh_st_is_cue_word(const kh_st_finder *f, uint32_t t);

/// A participle of speech in the accusative: «..., مضيفا أن», «مشيرة إلى».
bool kh_st_is_participle_cue(const kh_st_finder *f, uint32_t t);

/// A document that speaks («وتابع البيان») speaks for who issued it.
bool kh_st_is_document(const kh_st_finder *f, uint32_t t);

/// Where the document of the phrase [np, end) stands: behind «آخر», «أحدث» («آخر حصيلة»), else at
/// np.
uint32_t kh_st_document_head(const kh_st_finder *f, uint32_t np, uint32_t end);

/// Does «وفق», «بحسب», «كما» or their like begin at the token?
bool kh_st_according_at(const kh_st_finder *f, uint32_t t);

/// Where the words «وفق ما», «كما», «حسبما» before a verb of speech begin; the verb when there are
/// none.
uint32_t kh_st_according_before(const kh_st_finder *f, uint32_t verb);

/// «في مقابلة نشرتها الصحيفة», «في بيان صدر أمس»: a verb that tells of the noun right before it,
/// without a relative pronoun.
bool kh_st_is_resumptive(const kh_st_finder *f, uint32_t t);

/// Does a relative pronoun open the clause?
bool kh_st_in_relative(const kh_st_finder *f, const kh_clause *clause);

/// The outlet other than the speaker to which a preposition leads between two tokens («لشبكة CNN»),
/// as an entity; KH_NONE.
int32_t kh_st_outlet_led_to(const kh_st_finder *finder, uint32_t first, uint32_t last,
                            int32_t speaker);

/// Is the entity an outlet? KH_NONE is none.
bool kh_st_is_outlet(const kh_st_finder *f, int32_t entity);

// ------------------------------------------------------------------ ends (statement_end.c)

/// Does token t begin what the reporter adds («فيما ...», «وقد ...», «وهو ما ...»)? A content that
/// is a phrase, not a clause, ends at any new clause.
bool kh_st_begins_aside(const kh_st_finder *f, uint32_t t, bool phrase);

/// Does token t begin something that is no longer part of the content begun at `first`?
bool kh_st_cuts(const kh_st_finder *f, uint32_t first, uint32_t t, uint32_t limit, bool phrase);

/// End of an indirect content that begins at `first`.
uint32_t kh_st_indirect_end(const kh_st_finder *f, uint32_t first, bool phrase);

/// `last` without the marks before it.
uint32_t kh_st_without_marks(const kh_st_finder *f, uint32_t first, uint32_t last);

// ------------------------------------------------------------------ contents (statement_content.c)

/// Sets the content to [first, last), cut at KH_ST_MAX_CONTENT. False when it is empty.
bool kh_st_set_content(kh_st_cue *c, uint32_t first, uint32_t last, uint32_t between_last);

/// Content that begins at `first` after a complementizer, a colon or in quotes: a quotation, or
/// words up to the end of the clause. A quotation without a complementizer ends with its mark.
bool kh_st_content_from(const kh_st_finder *f, kh_st_cue *c, uint32_t first, uint32_t between_last,
                        bool complementizer);

/// A clause, a quotation or words after a colon behind the cue.
bool kh_st_find_said(const kh_st_finder *f, kh_st_cue *c);

/// The first frame that fits the cue and finds its content.
bool kh_st_read_cue(kh_st_finder *f, kh_st_cue *c);

/// The content is the phrase of one of the prepositions (statement_object.c).
bool kh_st_find_phrase(const kh_st_finder *f, kh_st_cue *c, unsigned preps);

/// The content is a noun phrase without a preposition (statement_object.c).
bool kh_st_find_object(kh_st_finder *f, kh_st_cue *c);

// ------------------------------------------------------------------ speakers (statement_speaker.c)
// Each sets `span` to where the speaker is named and gives an entity or KH_NONE.

/// The speaker of the innermost statement that holds the token; KH_NONE.
int32_t kh_st_enclosing_speaker(const kh_st_finder *f, uint32_t t);

/// Whom the noun phrase [first, last) names.
int32_t kh_st_resolve(kh_st_finder *f, uint32_t first, uint32_t last, kh_span *span);

int32_t kh_st_speaker_of_verb(kh_st_finder *f, const kh_st_cue *c, kh_span *span);
int32_t kh_st_speaker_of_participle(kh_st_finder *f, const kh_st_cue *c, kh_span *span);
/// The subject of the nearest clause before the cue in its sentence that fits it, else who spoke
/// last.
int32_t kh_st_speaker_of_clause_before(kh_st_finder *f, const kh_st_cue *c, kh_span *span);

int32_t kh_st_speaker_of_noun(kh_st_finder *f, const kh_st_cue *c, kh_span *span);

/// «وفق الشرطة», «بحسب بيان صدر عن المجلس», «وحسب البيان»: a document speaks for who issued it,
/// one known before for who spoke last.
int32_t kh_st_source_of_attribution(kh_st_finder *f, uint32_t np, uint32_t end, kh_span *span);

// ------------------------------------------------------------------ statements

/// Adds the statement with its mode, time, outlet and addressees, unless its content is there
/// already or the model finds it unlikely (statement_add.c).
void kh_st_add_statement(kh_st_finder *f, const kh_st_cue *c, int32_t speaker,
                         kh_span speaker_span);

/// «..., وفق ما أفاد المرصد»: a verb of speech without content of its own. False when the verb is
/// no such (statement_according.c).
bool kh_st_read_according_verb(kh_st_finder *f, uint32_t verb);

/// «وجاء في بيان الوزارة أن». False when it is no such (statement_according.c).
bool kh_st_read_report_in(kh_st_finder *f, uint32_t t);

/// «..., بحسب الشرطة» (statement_according.c).
void kh_st_read_according(kh_st_finder *f, uint32_t t);

#endif
