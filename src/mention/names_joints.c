// SPDX-License-Identifier: Apache-2.0
// Names whose words are joined by a mark («كيم جونغ-أون», «حزب_الأمة»), and names
// that «و» joins and that are two («ترامب وبن سلمان»).
#include "mention/names.h"

#include "text/text.h"

bool kh_joins_words(const kh_document *document, uint32_t token, uint32_t end) {
  if (token + 1 >= end) return false;
  const kh_token *mark = &document->tokens->at[token];
  if (mark->kind != KH_TOKEN_PUNCT || mark[1].kind == KH_TOKEN_PUNCT) return false;
  if ((mark->flags | mark[1].flags) & KH_TOKEN_SPACE_BEFORE) return false;
  return mark->mark == KH_MARK_DASH || document->text->bytes[mark->start] == '_';
}

static bool is_inside(uint8_t tag) { return tag != KH_TAG_O && tag % 2 == 0; }

/// The tag inside a name of the class of a tag.
static uint8_t inside_of(uint8_t tag) { return is_inside(tag) ? tag : (uint8_t)(tag + 1); }

/// Is the token a whole known name of its own («ترامب-كيم»)?
static bool is_known_alone(const kh_document *document, const kh_features *features,
                           uint32_t token) {
  const int32_t at = features->hit_at[token];
  if (at < 0 || features->hits.at[at].first != token) return false;
  const kh_known *line = &document->engine->names->known[features->hits.at[at].entries[0]];
  return line->kind <= KH_KNOWN_PEOPLE;
}

/// Words joined by «_» are one; of those that «-» joins, persons' names of which the second part is
/// no name by itself.
static void join_by_marks(const kh_document *document, const kh_features *features, uint8_t *tags) {
  const kh_token_layer *tokens = document->tokens;
  for (uint32_t t = 1; t + 1 < tokens->count; t++) {
    if (tags[t - 1] == KH_TAG_O || !kh_joins_words(document, t, tokens->count)) continue;
    const bool dash = tokens->at[t].mark == KH_MARK_DASH;
    const bool person = tags[t - 1] == KH_TAG_B_PER || tags[t - 1] == KH_TAG_I_PER;
    if (dash && is_known_alone(document, features, t + 1)) {
      if (is_inside(tags[t + 1])) tags[t + 1]--; // «ترامب-كيم»
      tags[t] = KH_TAG_O;
    } else if (!dash || person) {
      tags[t] = tags[t + 1] = inside_of(tags[t - 1]);
    }
  }
}

/// «سالم العتيبي؛ وزير ...»: a mark that ends a clause ends a name.
static void part_at_marks(const kh_document *document, uint8_t *tags) {
  const kh_token_layer *tokens = document->tokens;
  for (uint32_t t = 0; t < tokens->count; t++) {
    const uint8_t mark = tokens->at[t].kind == KH_TOKEN_PUNCT ? tokens->at[t].mark : 0;
    if (tags[t] == KH_TAG_O || (mark != KH_MARK_SEMICOLON && mark != KH_MARK_QUESTION &&
                                mark != KH_MARK_EXCLAMATION && mark != KH_MARK_ELLIPSIS))
      continue;
    tags[t] = KH_TAG_O;
    if (t + 1 < tokens->count && is_inside(tags[t + 1])) tags[t + 1]--;
  }
}

/// A known name that reaches over the token from before it.
static bool is_in_known_name(const kh_features *features, uint32_t token) {
  const int32_t at = features->hit_at[token];
  return at >= 0 && features->hits.at[at].first < token;
}

/// A person's or place's name begins anew at a word with «و».
static void part_at_waw(const kh_document *document, const kh_features *features, uint8_t *tags) {
  for (uint32_t t = 1; t < document->tokens->count; t++) {
    if (tags[t] != KH_TAG_I_PER && tags[t] != KH_TAG_I_LOC) continue;
    const kh_form *form = &features->forms[features->form_of[t]];
    if (form->cut != 1 || form->letters[0] != KH_LETTER_WAW) continue;
    if (!is_in_known_name(features, t)) tags[t]--;
  }
}

void kh_name_tags_join(const kh_document *document, const kh_features *features, uint8_t *tags) {
  join_by_marks(document, features, tags);
  part_at_marks(document, tags);
  part_at_waw(document, features, tags);
}
