// SPDX-License-Identifier: Apache-2.0
/// \file
/// The gazetteer and the name model of an engine, and what the parts of the name stage share.
#ifndef KHUTWA_MENTION_NAMES_H
#define KHUTWA_MENTION_NAMES_H

#include "lexicon/index.h"
#include "mention/mention.h"
#include "mention/names_ready.h"
#include "mention/office.h"
#include "mention/spellings.h"

// ---- known names (rules/names/*.tsv)

/// What a known name is. The first seven are kinds of entities; the others help to find and to
/// join them.
typedef enum kh_known_kind {
  KH_KNOWN_PERSON,
  KH_KNOWN_PLACE,
  KH_KNOWN_ORG,
  KH_KNOWN_ARMED,
  KH_KNOWN_MEDIA,
  KH_KNOWN_PEOPLE,
  KH_KNOWN_ACTOR,
  KH_KNOWN_NISBA, ///< an adjective of nationality; `country` tells which
  KH_KNOWN_TITLE, ///< stands before a person's name
  KH_KNOWN_HEAD,  ///< a generic head that the bare name does without («مدينة», «حركة»)
  KH_KNOWN_PATTERN,  ///< begins a name that an adjective or name of a state completes
  KH_KNOWN_LOCATIVE, ///< stands before a place that is only a place («في», «شمال»)
  KH_KNOWN_LINK,     ///< joins an unnamed actor to whom he acts for («باسم»)
  KH_KNOWN_ROLE,     ///< head noun of somebody who acts or speaks; `sector` tells his
  KH_KNOWN_PARTNER, ///< stands before a state that acts, not before a mere place («مع», «موقف»)
  KH_KNOWN_RELATION, ///< where something lies by a place («شمالي», «ريف»); `flags` tell its class
  KH_KNOWN_BELONGS, ///< says of a body whose it is («التابعة»)
  KH_KNOWN_KINDS,
} kh_known_kind;

enum {
  KH_KNOWN_STATE = 1,     ///< a state
  KH_KNOWN_CAPITAL = 2,   ///< a capital or seat that stands for its government
  KH_KNOWN_WORD = 4,      ///< also an ordinary word: evidence is needed before it counts as a name
  KH_KNOWN_DUPLICATE = 8, ///< names several places or things
  KH_KNOWN_USUAL = 16,    ///< of the places of one name the one far larger than all others
  KH_KNOWN_ONE_PERSON = 8, ///< of a role: of one person («وزير»), not of a body («وزارة»)
  KH_KNOWN_WEAK = 2,       ///< of a role: a body that it names tells the sector («رئيس»)
  KH_KNOWN_OWN_COUNTRY = 4,  ///< of a role: «his country»
  KH_KNOWN_ANY_ROLE = 1,     ///< of a role: any office holder may be called so («المسؤول»)
  KH_KNOWN_COUNTERPART = 16, ///< of a role: what the person named before is («نظيره»)
  KH_KNOWN_RURAL = 1,    ///< of a relation: «ريف», after which a direction may follow the name
  KH_KNOWN_AFTER = 2,    ///< of a relation: a direction that follows the name («الشمالي»)
  KH_KNOWN_DISTANCE = 4, ///< of a relation: begins a distance («بعد», «مسافة»)
  KH_KNOWN_UNIT = 8,     ///< of a relation: a unit of length
  KH_KNOWN_FROM = 16,    ///< of a relation: joins it to the name («من»)
  KH_KNOWN_ALONE = 16,   ///< a pattern whose head is a name by itself
  KH_KNOWN_NEEDS_MASC = 32,
  KH_KNOWN_NEEDS_FEM = 64,
  KH_KNOWN_OF_STATE = 128, ///< the name of a state completes the pattern too
};

/// A line of the gazetteer, as the rules compiler writes it. Offsets are into the shared text of
/// the tables.
typedef struct kh_known {
  uint32_t id;
  uint32_t ar; ///< the usual spelling
  uint32_t en;
  uint32_t note;
  uint32_t classes;
  uint32_t place; ///< text "admin1|admin2|code of the first-level division"
  uint16_t from;  ///< year, 0 unknown
  uint16_t until;
  char country[4];
  uint8_t kind;   ///< kh_known_kind
  uint8_t sector; ///< kh_sector
  uint8_t flags;
  uint8_t level;    ///< kh_place_level
  uint32_t size;    ///< people who live there, 0 unknown; of a head: a bit for each level it tells
  int32_t latitude; ///< millionths of a degree; INT32_MIN when unknown
  int32_t longitude;
} kh_known;

/// What a place is; as in the column `level`. Heads of names («قرية») tell a set of them.
typedef enum kh_place_level {
  KH_LEVEL_NONE,
  KH_LEVEL_COUNTRY,
  KH_LEVEL_CAPITAL,
  KH_LEVEL_CITY,
  KH_LEVEL_TOWN,
  KH_LEVEL_VILLAGE,
  KH_LEVEL_NEIGHBOURHOOD,
  KH_LEVEL_GOVERNORATE,
  KH_LEVEL_REGION,
  KH_LEVEL_CAMP,
  KH_LEVEL_CROSSING,
  KH_LEVEL_ROAD,
  KH_LEVEL_DAM,
  KH_LEVEL_BASE,
  KH_LEVEL_ISLAND,
  KH_LEVEL_MOUNTAIN,
  KH_LEVEL_OTHER,
  KH_LEVELS,
} kh_place_level;

/// A known name found in a text: tokens [first, first + tokens).
typedef struct kh_known_hit {
  const uint32_t *entries; ///< numbers of gazetteer lines, best first
  uint32_t count;
  uint32_t first;
  uint16_t tokens;
  uint8_t cut;           ///< letters of the first token before the name
  bool whole_quote;      ///< stands alone between quotation marks
  const kh_known *state; ///< the state that completes a pattern; NULL
} kh_known_hit;

// ---- the model (models/names.bin)

enum {
  KH_TAG_O,
  KH_TAG_B_PER,
  KH_TAG_I_PER,
  KH_TAG_B_LOC,
  KH_TAG_I_LOC,
  KH_TAG_B_ORG,
  KH_TAG_I_ORG,
  KH_TAGS,
  KH_TAG_ROOM = 8,    ///< weights of a feature: one cache line holds four positions
  KH_WORD_PLACES = 4, ///< a word's features count at positions -2, -1, 0, +1 of the tag
  KH_WORD_ROW = KH_TAG_ROOM * KH_WORD_PLACES,
  KH_FIXED_SPOTS = 10, ///< features that every place has
  KH_OTHER_SPOTS = 6,  ///< ... and that some have besides
  KH_MOST_SPOTS = KH_FIXED_SPOTS + KH_OTHER_SPOTS,
  KH_SEEN = 5,
};

/// What unlabelled text taught of a word form; the form itself is kept as a hash alone.
typedef struct kh_word_fact {
  uint32_t hash; ///< 0: free slot
  uint16_t fine; ///< word cluster
  uint8_t middle;
  uint8_t coarse;
  uint8_t frequency; ///< 2 * log2 of the count
  uint8_t leaning;   ///< how often a first model took it for a name, by category
  uint16_t reserved;
} kh_word_fact;

typedef struct kh_name_model {
  const int16_t *word_rows; ///< [word_mask + 1][KH_WORD_ROW]
  const int16_t *spot_rows; ///< [spot_mask + 1][KH_TAG_ROOM]
  const int16_t *steps;     ///< [KH_TAG_ROOM][KH_TAG_ROOM], from and to; row KH_TAGS: the start
  const kh_word_fact *facts;
  uint32_t word_mask;
  uint32_t spot_mask;
  uint32_t fact_mask;
} kh_name_model;

/// The head of a model section, little-endian. Then facts, steps, word rows, spot rows, each
/// 64-byte aligned.
typedef struct kh_name_model_head {
  char magic[8]; ///< "khnames1"
  uint32_t fact_slots;
  uint32_t word_slots;
  uint32_t spot_slots;
  uint32_t features; ///< KH_NAME_FEATURES of the code that trained it
  uint8_t reserved[40];
} kh_name_model_head;

/// Raised whenever features change their meaning; models of another number are refused.
enum { KH_NAME_FEATURES = 2 };

struct kh_names {
  const kh_known *known;
  uint32_t known_count;
  kh_index keys;
  kh_offices offices;
  kh_spellings spellings;
  bool has_known;
  bool has_model;
  kh_name_model model;
  kh_ready_names ready;
};

/// Reads and checks the sections of known names and of the name model; fills engine->names.
/// Either may be missing. Errors: KH_ERROR_TABLE.
kh_status kh_names_open(kh_engine *engine, kh_error *error);

/// Reads and checks the section of known names alone; none leaves `names` without any.
kh_status kh_known_open(struct kh_names *names, const kh_tables *tables, kh_error *error);

/// Checks a model in memory. Errors: KH_ERROR_TABLE.
kh_status kh_name_model_open(kh_name_model *model, const void *section, size_t size,
                             kh_error *error);

// ---- words of a document

/// A hash of letters as names are compared (kh_name_letter); never 0.
uint32_t kh_name_hash(const uint8_t *letters, size_t len);

/// A word form of a document, analysed once.
typedef struct kh_form {
  const uint8_t *letters;     ///< as names compare them, in the arena or in the tables
  const uint32_t *known;      ///< lines of the gazetteer that are this word (its stem) alone
  const kh_key_start *starts; ///< ways to begin a known name
  const int16_t *weights;     ///< sums over its features when the tables have them, else NULL
  const kh_word_fact *fact;   ///< of the whole form; NULL, as also where `weights` are there
  const kh_word_fact *stem;   ///< of the stem; NULL, as also where `weights` are there
  uint32_t hash;
  uint32_t stem_hash; ///< of the stem: «للأمم» and «الأمم» have one
  uint32_t token;     ///< where it stands first
  uint32_t known_count;
  uint32_t first_row; ///< its features are rows [first_row, last_row) of kh_features.rows; none
  uint32_t last_row;  ///< where `weights` are there
  uint16_t middle; ///< cluster of its stem as contexts see it, or a number beyond for what has none
  uint16_t coarse;
  uint8_t len;
  uint8_t start_count;
  uint8_t cut;     ///< letters of proclitics before the likely stem
  uint8_t article; ///< letters of the article after them: 0, 1 («لل») or 2
  uint8_t kind;    ///< kh_token_kind
  uint8_t mark;
  bool in_company; ///< the cut was looked for among the other words of the document
} kh_form;

/// The forms and features of a document.
typedef struct kh_features {
  uint32_t *form_of; ///< per token
  kh_form *forms;
  uint32_t form_count;
  struct {
    uint32_t *at;
    uint32_t count;
  } rows;                      ///< hashes of word features
  KH_ARRAY(kh_known_hit) hits; ///< known names, in order, not overlapping
  int32_t *hit_at;             ///< per token: index of the known name that covers it, or -1
} kh_features;

/// Analyses the words of a document. Lives in its arena. `ready`: what is known of frequent words
/// already; NULL to find everything anew, with `rows` of every form, as the trainers must.
kh_features *kh_name_features(kh_document *document, const kh_ready_names *ready);

/// Parts of it.
void kh_name_forms(kh_document *document, kh_features *features, const kh_ready_names *ready);
void kh_known_hits(kh_document *document, kh_features *features);

/// Sums of the weights of a form's features, for its place before, at and after a tag.
void kh_name_form_weights(const kh_name_model *model, const kh_features *features,
                          const kh_form *form, int16_t sum[KH_WORD_ROW]);

/// Features of the places of one sentence.
typedef struct kh_spots {
  uint32_t room;    ///< tokens of a sentence at most
  uint32_t fixed;   ///< features that every place has
  uint32_t *rows;   ///< their hashes: feature f of the sentence's token i is at f * room + i
  uint32_t *others; ///< hashes of what only some places have: those of token i are at
                    ///< [first_other[i], first_other[i + 1])
  uint32_t *first_other;
  uint32_t *seen[KH_SEEN]; ///< what they are made from; see src/mention/names_spots.c
} kh_spots;

/// Room in the arena for any sentence of the document.
kh_spots kh_spots_new(kh_document *document);
void kh_spots_find(const kh_document *document, const kh_features *features,
                   const kh_sentence *sentence, kh_spots *spots);

/// Tokens of the longest sentence, at least 1.
uint32_t kh_longest_sentence(const kh_token_layer *tokens);

/// Tags every token, then once more with what the first look made of the same words elsewhere.
void kh_name_tags_agreed(kh_document *document, const kh_name_model *model,
                         const kh_features *features, uint8_t *tags);

/// Makes one name of words that a mark joins («كيم جونغ-أون»), two of persons or places that «و»
/// joins.
void kh_name_tags_join(const kh_document *document, const kh_features *features, uint8_t *tags);

/// Takes the tags, and known names that nothing speaks for, from words that are names only
/// sometimes («الشباب»), and from fixed phrases of the class no_name («مسقط رأسه»).
void kh_name_tags_doubt(kh_document *document, kh_features *features, uint8_t *tags);

/// Does the mark at a token join the words around it as a blank does («كوريا_الشمالية»)?
bool kh_joins_words(const kh_document *document, uint32_t token, uint32_t end);

/// Scores of the tags of every token: KH_TAG_ROOM numbers each, in the arena. `model` is the
/// engine's where the features were made with `ready`.
int32_t *kh_name_scores(kh_document *document, const kh_name_model *model,
                        const kh_features *features);

/// Fills `tags` (one a token) with the best sequence for the scores, sentence by sentence; where
/// `sentences` is not NULL, only for those that it marks.
void kh_name_tags(kh_document *document, const kh_name_model *model, const int32_t *scores,
                  const bool *sentences, uint8_t *tags);

#endif
