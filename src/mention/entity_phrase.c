// SPDX-License-Identifier: Apache-2.0
// Whom a noun phrase or a dropped subject points to.
#include "mention/entity.h"

#include "text/text.h"

#include <string.h>

enum {
  MAX_PHRASE = 40,
  LOOK_BACK_SENTENCES = 3,
  MAX_GAP = 9,
  MAX_TAIL = 8,
  MAX_OTHERS = 256,
  SAME_ROLE_WORDS = 4
};

/// Searches go over the entities that came last: a report has few, and a book must not take
/// forever.
static uint32_t oldest(const kh_mention_layer *mentions) {
  const uint32_t count = mentions->entities.count;
  return count > KH_ENTITY_SEARCH ? count - KH_ENTITY_SEARCH : 0;
}

// ---- phrases

/// Skips what stands before the head: marks and prepositions are the caller's business, but a
/// quotation mark or a demonstrative may open the phrase, and «كل من» (each of) a list.
static uint32_t head_token(const kh_document *document, uint32_t first, uint32_t last) {
  while (first < last && document->tokens->at[first].kind == KH_TOKEN_PUNCT) first++;
  if (first + 2 < last && kh_word_has(document, first, KH_CLASS_QUANTIFIER) &&
      !kh_word_has(document, first, KH_CLASS_ONE_OF) &&
      kh_word_has(document, first + 1, KH_CLASS_FROM) &&
      document->morph->best[first + 1].enclitic == KH_ENC_NONE)
    first += 2;
  return first;
}

static void refer(kh_document *document, int32_t entity, uint32_t token, bool speaker) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  draft->used = true;
  if (token > state->last_token) state->last_token = token;
  if (speaker && token > state->last_speech) state->last_speech = token;
  const bool stands_for_state =
      state->known && (state->known->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL));
  const int32_t name = mentions->name_at[token];
  if (name != KH_NONE && kh_is_located(document, &mentions->names.at[name])) return;
  if (state->mostly_place) return;
  if (speaker && draft->kind == KH_KIND_PLACE && stands_for_state &&
      draft->sector == KH_SECTOR_NONE)
    draft->sector = KH_SECTOR_GOV;
}

/// Does the token let a person's name follow in apposition? A definite word, an adjective of
/// nationality, the end of another name, a mark, or a title.
static bool opens_apposition(const kh_document *document, uint32_t token) {
  if (document->tokens->at[token].kind == KH_TOKEN_PUNCT) return true;
  if (kh_form_of(document, token)->article) return true;
  if (document->mentions->name_at[token] != KH_NONE) return true;
  return kh_known_word(document, token, KH_KNOWN_NISBA) != NULL ||
         kh_known_word(document, token, KH_KNOWN_TITLE) != NULL;
}

static bool heads_a_person(const kh_document *document, uint32_t token) {
  const kh_known *role = kh_known_word(document, token, KH_KNOWN_ROLE);
  if (role) return role->flags & KH_KNOWN_ONE_PERSON;
  return kh_word_has(document, token, KH_CLASS_PERSON_ROLE);
}

/// Is the mark one of a short quotation, as names stand in, and not of speech?
static bool quotes_a_name(const kh_document *document, uint32_t mark) {
  const kh_token_layer *tokens = document->tokens;
  int32_t quote = mark + 1 < tokens->count ? tokens->at[mark + 1].quote : KH_NONE;
  if (quote == KH_NONE && mark) quote = tokens->at[mark - 1].quote;
  return quote != KH_NONE && tokens->quotes[quote].last - tokens->quotes[quote].first <= 4;
}

/// May the token stand between a role and the name of its holder, beyond the noun phrase itself:
/// «رئيس هيئة الأركان في اليمن، اللواء فلان»?
static bool between_role_and_name(const kh_document *document, uint32_t token) {
  if (kh_token_is(document, token, KH_MARK_COMMA)) return true;
  if (kh_token_is(document, token, KH_MARK_QUOTE)) return quotes_a_name(document, token);
  if (document->tokens->at[token].kind != KH_TOKEN_WORD) return false;
  if (document->mentions->name_at[token] != KH_NONE) return true;
  if (document->mentions->features->hit_at[token] != KH_NONE) return true;
  if (kh_form_of(document, token)->article && document->morph->best[token].pos != KH_POS_VERB)
    return true;
  return document->morph->best[token].pos == KH_POS_PREP &&
         !kh_word_has(document, token, KH_CLASS_WITH);
}

static bool is_body(kh_entity_kind kind) {
  return kind == KH_KIND_ORG || kind == KH_KIND_ARMED || kind == KH_KIND_MEDIA;
}

/// «وكالة أنباء ...»: a head, a plain noun, the name of a body.
static int32_t name_after_head(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  if (first + 2 >= last || kh_form_of(document, first)->article ||
      kh_form_of(document, first + 1)->article || kh_form_of(document, first + 1)->cut ||
      !kh_known_word(document, first, KH_KNOWN_HEAD))
    return KH_NONE;
  const int32_t name = mentions->name_at[first + 2];
  if (name == KH_NONE || mentions->names.at[name].first != first + 2) return KH_NONE;
  return is_body((kh_entity_kind)mentions->names.at[name].kind) ? name : KH_NONE;
}

/// The name that the phrase is about: one that begins it (but for a generic head and marks), or a
/// person in apposition to a role.
static int32_t name_in_phrase(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  uint32_t at = first;
  while (at < last &&
         (document->tokens->at[at].kind == KH_TOKEN_PUNCT ||
          (mentions->name_at[at] == KH_NONE && (kh_known_word(document, at, KH_KNOWN_HEAD) ||
                                                kh_known_word(document, at, KH_KNOWN_TITLE)))))
    at++;
  if (at == last && last < document->tokens->count && at > first &&
      document->tokens->at[at].kind == KH_TOKEN_PUNCT && at + 1 < document->tokens->count)
    at++; // «قناة (...)»: the name in brackets after a bare head
  if (at < document->tokens->count && mentions->name_at[at] != KH_NONE &&
      document->tokens->at[at].sentence == document->tokens->at[first].sentence &&
      (at < last || at == last + 1))
    return mentions->name_at[at];
  const int32_t outlet = name_after_head(document, first, last);
  if (outlet != KH_NONE) return outlet;
  if (!heads_a_person(document, first)) return KH_NONE;
  const uint32_t end = document->tokens->sentences[document->tokens->at[first].sentence].last;
  uint32_t commas = 0;
  for (uint32_t t = first + 1; t < end && t < last + MAX_GAP; t++) {
    const int32_t name = mentions->name_at[t];
    if (name != KH_NONE && mentions->names.at[name].kind == KH_KIND_PERSON &&
        mentions->names.at[name].first == t && opens_apposition(document, t - 1))
      return name;
    if (t < last) continue;
    commas += kh_token_is(document, t, KH_MARK_COMMA);
    if (commas > 1 || !between_role_and_name(document, t)) break;
  }
  return KH_NONE;
}

static bool same_country(const char *a, const char *b) { return a && b && strcmp(a, b) == 0; }

/// Was the person introduced with this role: the same head, and, where the phrase says more than
/// the head, the same next word?
static bool same_role(const kh_document *document, const kh_entity_state *state,
                      const kh_known *role, uint32_t first, uint32_t last) {
  if (!state->role) return false;
  if (role->flags & KH_KNOWN_ANY_ROLE) return true;
  if (state->role != role) return false;
  if (kh_form_of(document, first)->article) return true;
  // an indefinite head must agree in the words that follow: «متحدث باسم ...» is often another
  uint32_t n = 1;
  while (n < SAME_ROLE_WORDS && first + n < last && state->role_first + n < state->role_last &&
         kh_bare_word(document, first + n) == kh_bare_word(document, state->role_first + n))
    n++;
  return n > 1 && (first + n >= last || n == SAME_ROLE_WORDS);
}

/// The person introduced with the same role whom a definite phrase points back to.
static int32_t person_of_role(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  if (!role || !(role->flags & KH_KNOWN_ONE_PERSON)) return KH_NONE;
  // «المسؤولين» are several, «المحافظة» is the governorate rather than a woman who governs it
  const kh_word *word = &document->morph->best[first];
  if (word->features & (KH_F_PLUR | KH_F_DUAL) || kh_word_has(document, first, KH_CLASS_PLACE_HEAD))
    return KH_NONE;
  const bool definite = kh_form_of(document, first)->article;
  if (!definite && last < first + 2) return KH_NONE;
  const char *country = kh_country_in(document, first + 1, last);
  if ((role->flags & KH_KNOWN_ANY_ROLE) && !definite) return KH_NONE;
  int32_t best = KH_NONE;
  for (uint32_t e = oldest(mentions); e < mentions->entities.count; e++) {
    const kh_draft *draft = &mentions->entities.at[e];
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (draft->kind != KH_KIND_PERSON || !same_role(document, state, role, first, last)) continue;
    if (country && draft->country[0] && !same_country(country, draft->country)) continue;
    const bool later = state->first_token > first;
    if (later && (role->flags & KH_KNOWN_ANY_ROLE)) continue;
    if (best == KH_NONE || state->last_token > kh_entity_state_of(document, best)->last_token)
      best = (int32_t)e;
  }
  return best;
}

/// The person named in the report who holds the office that a phrase names: on the day of the
/// report, or, where that is not known, the only one named who ever held it.
static int32_t holder_named(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  kh_office_phrase phrase;
  if (!kh_office_named(document, first, last, &phrase)) return KH_NONE;
  const bool dated = kh_report_day(document)[0];
  const kh_known *holder = kh_office_holder(document, &phrase);
  int32_t found = KH_NONE;
  for (uint32_t e = oldest(mentions); e < mentions->entities.count && (holder || !dated); e++) {
    const kh_known *person = kh_entity_state_of(document, (int32_t)e)->known;
    if (!person || person->kind != KH_KNOWN_PERSON) continue;
    if (holder ? person->id != holder->id : !kh_office_ever_held(document, &phrase, person))
      continue;
    if (found != KH_NONE) return KH_NONE;
    found = (int32_t)e;
  }
  return found;
}

// ---- bodies pointed back to

/// Does one of the entity's names hold the word, or stand after it?
static bool is_called(const kh_entity_state *state, uint32_t word) {
  for (uint32_t i = 0; i < state->word_count; i++)
    if (state->words[i] == word) return true;
  return false;
}

/// May an entity be called by the word? False is certain.
static bool may_be_called(const kh_mention_layer *mentions, uint32_t word) {
  return ((mentions->actor_heads | mentions->called[word % 256 / 64]) >> word % 64 & 1) != 0;
}

/// The body, or unnamed actor, named before that a definite noun alone points back to:
/// «المجلس», «الوزارة», «التنظيم», «المصدر ذاته».
static int32_t body_before(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  if (!kh_form_of(document, first)->article) return KH_NONE;
  const uint32_t word = kh_bare_word(document, first);
  const kh_known *head = kh_known_word(document, first, KH_KNOWN_HEAD);
  const bool tells_kind =
      head && head->level != KH_KNOWN_ORG && is_body((kh_entity_kind)head->level);
  if (!tells_kind && !may_be_called(mentions, word)) return KH_NONE; // most words, at once
  const char *country = kh_country_in(document, first + 1, last);
  if (last > first + 1 && !country && !kh_word_has(document, first + 1, KH_CLASS_DEMONSTRATIVE) &&
      last > first + 2)
    return KH_NONE;
  if (last == first + 2 && !country && kh_form_of(document, first + 1)->article) return KH_NONE;
  int32_t best = KH_NONE;
  bool best_called = false;
  for (uint32_t e = oldest(mentions); e < mentions->entities.count; e++) {
    const kh_draft *draft = &mentions->entities.at[e];
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (state->first_token >= first) continue;
    if (country && draft->country[0] && !same_country(country, draft->country)) continue;
    bool called = false;
    bool of_kind = false;
    if (draft->kind == KH_KIND_ACTOR)
      called = state->head == word;
    else if (is_body(draft->kind))
      called = is_called(state, word);
    if (tells_kind)
      of_kind = draft->kind == (kh_entity_kind)head->level &&
                (draft->kind != KH_KIND_ARMED || draft->sector == KH_SECTOR_REB);
    if (!called && !of_kind) continue;
    if (best != KH_NONE && best_called && !called) continue;
    if (best == KH_NONE || called > best_called ||
        state->last_token >= kh_entity_state_of(document, best)->last_token) {
      best = (int32_t)e;
      best_called = called;
    }
  }
  return best;
}

int32_t kh_entity_called(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  if (!mentions->features) return KH_NONE;
  if (!kh_form_of(document, first)->article || last > first + 1) return KH_NONE;
  const uint32_t word = kh_bare_word(document, first);
  if (!(mentions->actor_heads >> word % 64 & 1)) return KH_NONE;
  int32_t best = KH_NONE;
  for (uint32_t e = oldest(mentions); e < mentions->entities.count; e++) {
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (mentions->entities.at[e].kind != KH_KIND_ACTOR || state->head != word) continue;
    if (state->first_token >= first) continue;
    if (best == KH_NONE || state->last_token > kh_entity_state_of(document, best)->last_token)
      best = (int32_t)e;
  }
  return best;
}

/// A person by a word of his name that was not taken for a name here; never a word that tells
/// somebody's role.
static int32_t person_called(const kh_document *document, uint32_t first) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_form *form = kh_form_of(document, first);
  if (form->kind != KH_TOKEN_WORD || form->len - form->cut < 4) return KH_NONE;
  if (!(mentions->surnames >> form->stem_hash % 64 & 1)) return KH_NONE; // most words, at once
  if (kh_known_word(document, first, KH_KNOWN_ROLE)) return KH_NONE;
  for (uint32_t e = mentions->entities.count; e-- > oldest(mentions);) {
    if (mentions->entities.at[e].kind != KH_KIND_PERSON) continue;
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (state->first_token < first && state->surname == form->stem_hash) return (int32_t)e;
  }
  return KH_NONE;
}

// ---- unnamed actors

static bool tells_who(const kh_document *document, uint32_t token) {
  return document->mentions->name_at[token] != KH_NONE ||
         kh_known_word(document, token, KH_KNOWN_NISBA) ||
         kh_known_word(document, token, KH_KNOWN_HEAD) ||
         kh_known_word(document, token, KH_KNOWN_ROLE);
}

/// Does a word with «بـ» belong to the verb rather than to the actor before it?
static bool leaves_phrase(const kh_document *document, uint32_t token) {
  const kh_form *form = kh_form_of(document, token);
  return form->cut && form->letters[form->cut - 1] == KH_LETTER_BA &&
         !kh_known_word(document, token, KH_KNOWN_LINK) && !tells_who(document, token);
}

/// Where the phrase ends by itself: at a mark, or at a word that belongs to the verb.
static uint32_t core_end(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_token_layer *tokens = document->tokens;
  uint32_t end = first + 1;
  while (end < last && end - first < MAX_PHRASE && tokens->at[end].kind != KH_TOKEN_PUNCT &&
         !leaves_phrase(document, end))
    end++;
  return end;
}

/// Where the words of an unnamed actor end: at a mark, or after phrases that tell whose or where
/// he is («في شرطة ...», «من قبيلة ...», «باسم ...»).
static uint32_t actor_end(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_token_layer *tokens = document->tokens;
  uint32_t end = core_end(document, first, last);
  if (end > first + 1 && kh_known_word(document, end - 1, KH_KNOWN_LINK)) end--; // «... باسم»
  const uint32_t limit = tokens->sentences[tokens->at[first].sentence].last;
  if (end + 1 < last) return end;
  for (uint32_t tail = 0; tail < MAX_TAIL && end + 1 < limit; tail++) {
    const kh_known *joint = kh_known_word(document, end, KH_KNOWN_LINK);
    const bool link = joint && !(joint->flags & KH_KNOWN_WEAK);
    const bool prep = joint || kh_known_word(document, end, KH_KNOWN_LOCATIVE);
    if (!link && !(prep && tells_who(document, end + 1))) break;
    // «من» before a place belongs to the verb: «طرد مقاتلي ... من المدينة»
    const int32_t name = document->mentions->name_at[end + 1];
    if (name != KH_NONE && document->mentions->names.at[name].kind == KH_KIND_PLACE && joint &&
        !link)
      break;
    if (tokens->at[end + 1].kind == KH_TOKEN_PUNCT) break;
    end += 2;
    while (link && end < limit && tokens->at[end].kind == KH_TOKEN_WORD &&
           kh_form_of(document, end)->article == 2 && !kh_form_of(document, end)->cut)
      end++;
    while (end < limit && tokens->at[end].kind == KH_TOKEN_WORD && tells_who(document, end) &&
           !(kh_form_of(document, end)->cut))
      end++;
  }
  return end;
}

static uint32_t phrase_key(const kh_document *document, uint32_t first, uint32_t last) {
  uint32_t key = 0;
  for (uint32_t t = first; t < last; t++) key = key * 0x01000193U ^ kh_bare_word(document, t);
  return key ? key : 1;
}

/// Is the word a noun of human beings as they are counted: residents, doctors, students?
static bool is_human_noun(const kh_document *document, uint32_t token) {
  return kh_class_between(document->morph->classes[token], KH_CLASS_CN_PERSONS,
                          KH_CLASS_CN_OFFICIALS) != KH_CLASS_COUNT;
}

static bool is_somebody(const kh_document *document, uint32_t token) {
  if (kh_form_of(document, token)->len < 3) return false;
  if (kh_word_has(document, token, KH_CLASS_QUANTIFIER)) { // «أحد السكان», «عدد من الأطباء»
    uint32_t of = token + 1;
    if (of < document->tokens->count && kh_word_has(document, of, KH_CLASS_FROM)) of++;
    if (of >= document->tokens->count) return false;
    return is_human_noun(document, of) || kh_word_has(document, of, KH_CLASS_ACTOR);
  }
  if (is_human_noun(document, token)) return true;
  if (kh_known_word(document, token, KH_KNOWN_ROLE)) return true;
  return kh_word_has(document, token, KH_CLASS_ACTOR) ||
         kh_word_has(document, token, KH_CLASS_CROWD) ||
         kh_word_has(document, token, KH_CLASS_CIVILIAN) ||
         kh_word_has(document, token, KH_CLASS_FORCE) ||
         kh_word_has(document, token, KH_CLASS_BODY) ||
         kh_word_has(document, token, KH_CLASS_PERSON_ROLE) ||
         kh_word_has(document, token, KH_CLASS_SOURCE_NOUN) ||
         kh_word_has(document, token, KH_CLASS_REPORT_DOC) ||
         kh_word_has(document, token, KH_CLASS_STATE_NOUN);
}

static void add_mention(kh_document *document, uint32_t first, uint32_t last, int32_t entity,
                        kh_mention_form form) {
  document->mentions->other_at[first] = (int32_t)document->mentions->others.count;
  document->mentions->nobody[first].last = 0;
  kh_name *mention = KH_ADD(&document->arena, &document->mentions->others);
  *mention =
      (kh_name){.first = first,
                .last = last,
                .span = {kh_word_start(document, first, true), document->tokens->at[last - 1].end},
                .entity = entity,
                .form = form,
                .kind = (uint8_t)document->mentions->entities.at[entity].kind};
}

/// Is the same phrase a mention already (several claims ask for it)?
static int32_t mention_at(const kh_document *document, uint32_t first) {
  const kh_mention_layer *mentions = document->mentions;
  const uint32_t count = mentions->others.count;
  const uint32_t least = count > MAX_OTHERS ? count - MAX_OTHERS : 0;
  const int32_t at = mentions->other_at[first];
  return at >= (int32_t)least ? mentions->others.at[at].entity : KH_NONE;
}

/// Gives an unnamed office holder the id and English name of the person whose term it was.
static void name_holder(kh_document *document, int32_t entity, uint32_t first, uint32_t last) {
  const kh_tables *tables = document->engine->tables;
  kh_draft *draft = &document->mentions->entities.at[entity];
  kh_office_phrase phrase;
  const kh_known *holder =
      kh_office_named(document, first, last, &phrase) ? kh_office_holder(document, &phrase) : NULL;
  if (!holder) return;
  draft->known_id = kh_tables_text(tables, holder->id);
  draft->name_en = kh_tables_text(tables, holder->en);
  draft->rule = "office";
}

static int32_t actor_of(kh_document *document, uint32_t first, uint32_t last) {
  kh_mention_layer *mentions = document->mentions;
  kh_office_phrase office;
  uint32_t end = actor_end(document, first, last);
  if (kh_office_named(document, first, end, &office)) end = office.end;
  const uint32_t key = phrase_key(document, first, end);
  for (uint32_t e = oldest(mentions); e < mentions->entities.count; e++)
    if (mentions->entities.at[e].kind == KH_KIND_ACTOR &&
        kh_entity_state_of(document, (int32_t)e)->key == key) {
      add_mention(document, first, end, (int32_t)e, KH_FORM_NOMINAL);
      return (int32_t)e;
    }
  const int32_t entity = kh_entity_add(document, KH_KIND_ACTOR, "actor");
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  state->key = key;
  state->head = kh_bare_word(document, first);
  mentions->actor_heads |= 1ULL << state->head % 64;
  state->first_token = first;
  state->last_token = first;
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  if (role) draft->sector = (kh_sector)role->sector;
  const char *country = kh_country_in(document, first, end);
  if (country) memcpy(draft->country, country, 4);
  if (draft->sector == KH_SECTOR_GOV && kh_is_above_states(country)) draft->sector = KH_SECTOR_IGO;
  name_holder(document, entity, first, end);
  const kh_form *form = kh_form_of(document, first);
  draft->gender = form->len && form->letters[form->len - 1] == KH_LETTER_HA ? KH_F_FEM : KH_F_MASC;
  add_mention(document, first, end, entity, KH_FORM_NOMINAL);
  draft->name =
      kh_entity_text(document, mentions->others.at[mentions->others.count - 1].span, first);
  return entity;
}

/// How many names begin before a token.
static uint32_t names_before(const kh_mention_layer *mentions, uint32_t token) {
  uint32_t low = 0;
  uint32_t high = mentions->names.count;
  while (low < high) {
    const uint32_t middle = low + (high - low) / 2;
    if (mentions->names.at[middle].first < token)
      low = middle + 1;
    else
      high = middle;
  }
  return low;
}

/// The country of whoever was spoken of last before a token, named or not; NULL.
static const char *country_before(const kh_document *document, uint32_t token) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_name *last = NULL;
  const uint32_t count = names_before(mentions, token);
  for (uint32_t i = count; i-- > 0 && count - i < MAX_OTHERS && !last;)
    if (mentions->names.at[i].kind == KH_KIND_PERSON) last = &mentions->names.at[i];
  const uint32_t others = mentions->others.count;
  for (uint32_t i = others; i-- > 0 && others - i < MAX_OTHERS;) {
    const kh_name *other = &mentions->others.at[i];
    if (other->first >= token || (last && other->first < last->first)) continue;
    if (other->kind == KH_KIND_PERSON || other->kind == KH_KIND_ACTOR) last = other;
  }
  return last ? mentions->entities.at[last->entity].country : NULL;
}

/// The line of the state of a country named in the report; NULL.
static int32_t state_named(const kh_document *document, const char *country) {
  const kh_mention_layer *mentions = document->mentions;
  for (uint32_t e = oldest(mentions); country[0] && e < mentions->entities.count; e++) {
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (state->known && (state->known->flags & KH_KNOWN_STATE) &&
        state->known->kind == KH_KNOWN_PLACE && same_country(state->known->country, country))
      return (int32_t)e;
  }
  return KH_NONE;
}

int32_t kh_state_of_adjective(kh_document *document, uint32_t token, bool speaker) {
  if (!document->mentions->features) return KH_NONE;
  const kh_known *nisba = kh_known_word(document, token, KH_KNOWN_NISBA);
  const int32_t state = nisba ? state_named(document, nisba->country) : KH_NONE;
  if (state != KH_NONE) refer(document, state, token, speaker);
  return state;
}

/// The state that «his country» means: that of the one spoken of last before. `*country` gets it
/// even where the report does not name the state.
static int32_t own_country(const kh_document *document, uint32_t first, const char **country) {
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  *country = NULL;
  if (!role || !(role->flags & KH_KNOWN_OWN_COUNTRY)) return KH_NONE;
  *country = country_before(document, first);
  return *country ? state_named(document, *country) : KH_NONE;
}

/// The body named before that another of its names means («المنظمة الدولية» for the United
/// Nations).
static int32_t alias_before(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_mention_layer *mentions = document->mentions;
  const int32_t at = mentions->features->hit_at[first];
  if (at < 0) return KH_NONE;
  const kh_known_hit *hit = &mentions->features->hits.at[at];
  if (hit->first != first || hit->tokens < 2 || hit->first + hit->tokens > last) return KH_NONE;
  const kh_known *known = document->engine->names->known;
  for (uint32_t e = oldest(mentions); e < mentions->entities.count; e++) {
    const kh_entity_state *state = kh_entity_state_of(document, (int32_t)e);
    if (!state->known || state->first_token >= first) continue;
    for (uint32_t i = 0; i < hit->count; i++)
      if (known[hit->entries[i]].kind != KH_KNOWN_PLACE &&
          kh_same_known(document, &known[hit->entries[i]], state->known))
        return (int32_t)e;
  }
  return KH_NONE;
}

/// Is the phrase known to refer to nobody?
static bool found_nobody(const kh_mention_layer *mentions, uint32_t first, uint32_t last) {
  const kh_nobody *n = &mentions->nobody[first];
  return n->last == last && (n->head == KH_NO_HEAD || !(mentions->actor_heads >> n->head & 1));
}

/// Remembers that the phrase refers to nobody. Names, roles and persons are all there before the
/// first phrase is asked for; an unnamed actor that is met later may only be what a definite noun
/// points back to. What «his country» is hangs on the mentions, too.
static void remember_nobody(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_known *role = kh_known_word(document, first, KH_KNOWN_ROLE);
  if (role && role->flags & KH_KNOWN_OWN_COUNTRY) return;
  const bool definite = kh_form_of(document, first)->article;
  document->mentions->nobody[first] =
      (kh_nobody){last, definite ? (uint8_t)(kh_bare_word(document, first) % 64) : KH_NO_HEAD};
}

int32_t kh_entity_of(kh_document *document, uint32_t first, uint32_t last, bool speaker) {
  const kh_mention_layer *mentions = document->mentions;
  if (!mentions->features || last > document->tokens->count) return KH_NONE;
  first = head_token(document, first, last);
  if (first >= last || found_nobody(mentions, first, last)) return KH_NONE;
  const int32_t name = name_in_phrase(document, first, last);
  if (name != KH_NONE) {
    refer(document, mentions->names.at[name].entity, first, speaker);
    return mentions->names.at[name].entity;
  }
  int32_t entity = mention_at(document, first);
  if (entity != KH_NONE) return entity;
  const char *country;
  entity = own_country(document, first, &country);
  if (entity != KH_NONE) {
    add_mention(document, first, first + 1, entity, KH_FORM_NOMINAL);
    refer(document, entity, first, speaker);
    return entity;
  }
  const uint32_t core = core_end(document, first, last);
  entity = person_of_role(document, first, core);
  if (entity == KH_NONE) entity = holder_named(document, first, core);
  const int32_t actor = entity == KH_NONE ? KH_NONE : kh_entity_called(document, first, core);
  if (actor != KH_NONE && kh_entity_state_of(document, actor)->last_token >
                              kh_entity_state_of(document, entity)->last_token)
    entity = actor;
  if (entity != KH_NONE) {
    add_mention(document, first, actor_end(document, first, last), entity, KH_FORM_ROLE);
    refer(document, entity, first, speaker);
    return entity;
  }
  entity = alias_before(document, first, core);
  if (entity == KH_NONE) entity = body_before(document, first, core);
  if (entity != KH_NONE) {
    add_mention(document, first, actor_end(document, first, last), entity, KH_FORM_NOMINAL);
    refer(document, entity, first, speaker);
    return entity;
  }
  entity = person_called(document, first);
  if (entity != KH_NONE) {
    add_mention(document, first, first + 1, entity, KH_FORM_NOMINAL);
    refer(document, entity, first, speaker);
    return entity;
  }
  if (!is_somebody(document, first)) {
    remember_nobody(document, first, last);
    return KH_NONE;
  }
  entity = actor_of(document, first, last);
  if (country && !mentions->entities.at[entity].country[0])
    memcpy(mentions->entities.at[entity].country, country, 4);
  refer(document, entity, first, speaker);
  return entity;
}

int32_t kh_entity_of_speaker(kh_document *document, uint32_t first, uint32_t last) {
  const int32_t entity = kh_entity_of(document, first, last, true);
  if (entity != KH_NONE || !document->mentions->features) return entity;
  first = head_token(document, first, last);
  if (first >= last || document->tokens->at[first].kind != KH_TOKEN_WORD) return KH_NONE;
  if (document->morph->best[first].pos == KH_POS_PRON) return KH_NONE;
  const int32_t actor = actor_of(document, first, last);
  refer(document, actor, first, true);
  return actor;
}

// ---- dropped subjects

/// Grammatical gender of an entity: a person's own, a body's from its first word. 0: either.
static uint32_t gender_of(const kh_document *document, const kh_draft *draft,
                          const kh_name *mention) {
  if (draft->kind == KH_KIND_PERSON) return draft->gender;
  if (draft->kind == KH_KIND_PLACE) return KH_F_FEM;
  const kh_form *form = kh_form_of(document, mention->first);
  if (form->len && form->letters[form->len - 1] == KH_LETTER_HA) return KH_F_FEM;
  const kh_word *word = &document->morph->best[mention->first];
  if (!word->known || word->pos != KH_POS_NOUN) return 0;
  // plurals of things and groups take the feminine
  if (word->features & KH_F_PLUR) return KH_F_FEM;
  const uint32_t gender = word->features & (KH_F_MASC | KH_F_FEM);
  return gender == (KH_F_MASC | KH_F_FEM) ? 0 : gender;
}

static bool agrees(const kh_document *document, const kh_draft *draft, const kh_name *mention,
                   uint32_t features) {
  if (features & (KH_F_FIRST | KH_F_SECOND)) return false;
  const uint32_t wanted = features & (KH_F_MASC | KH_F_FEM);
  const uint32_t gender = gender_of(document, draft, mention);
  if (features & (KH_F_PLUR | KH_F_DUAL))
    return draft->kind == KH_KIND_ACTOR || draft->kind == KH_KIND_PEOPLE;
  if (draft->kind == KH_KIND_PLACE && draft->sector != KH_SECTOR_GOV) return false;
  return !wanted || wanted == (KH_F_MASC | KH_F_FEM) || !gender || (gender & wanted);
}

static bool is_governed(const kh_document *document, const kh_name *mention) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[mention->first].sentence].first;
  const kh_form *form = kh_form_of(document, mention->first);
  if (form->cut && form->letters[form->cut - 1] != KH_LETTER_WAW) return true;
  if (mention->first == start) return false;
  const kh_word *before = &document->morph->best[mention->first - 1];
  return before->pos == KH_POS_PREP ||
         kh_known_word(document, mention->first - 1, KH_KNOWN_LOCATIVE);
}

static bool follows_verb(const kh_document *document, const kh_name *mention) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[mention->first].sentence].first;
  return mention->first == start || document->morph->best[mention->first - 1].pos == KH_POS_VERB;
}

/// How likely a mention is what the subject at `token` points back to; higher is likelier.
static int32_t salience(const kh_document *document, const kh_name *mention, uint32_t token) {
  const kh_token_layer *tokens = document->tokens;
  const kh_draft *draft = &document->mentions->entities.at[mention->entity];
  const kh_entity_state *state = kh_entity_state_of(document, mention->entity);
  const uint32_t sentences = tokens->at[token].sentence - tokens->at[mention->first].sentence;
  int32_t score = -60 * (int32_t)sentences - (int32_t)((token - mention->first) / 2);
  if (draft->kind == KH_KIND_PERSON) score += 40;
  if (draft->kind == KH_KIND_PLACE) score -= 30;
  if (state->last_speech && state->last_speech < token) score += 30;
  if (is_governed(document, mention)) score -= 45;
  if (follows_verb(document, mention)) score += 35;
  return score;
}

int32_t kh_entity_before(kh_document *document, uint32_t token, uint32_t features) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_token_layer *tokens = document->tokens;
  if (!mentions->features || token >= tokens->count) return KH_NONE;
  const uint32_t sentence = tokens->at[token].sentence;
  int32_t best = KH_NONE;
  int32_t best_score = INT32_MIN;
  for (uint32_t pass = 0; pass < 2; pass++) {
    const kh_name *list = pass ? mentions->others.at : mentions->names.at;
    const uint32_t count = pass ? mentions->others.count : names_before(mentions, token);
    const uint32_t least = pass && count > MAX_OTHERS ? count - MAX_OTHERS : 0;
    // names lie in the order of the text, so the search can stop far before the token
    for (uint32_t i = count; i-- > least;) {
      const kh_name *mention = &list[i];
      if (mention->first >= token) continue;
      if (tokens->at[mention->first].sentence + LOOK_BACK_SENTENCES < sentence) {
        if (pass == 0) break;
        continue;
      }
      const kh_draft *draft = &mentions->entities.at[mention->entity];
      if (!agrees(document, draft, mention, features)) continue;
      const int32_t score = salience(document, mention, token);
      if (score <= best_score) continue;
      best = mention->entity;
      best_score = score;
    }
  }
  if (best != KH_NONE) refer(document, best, token, true);
  return best;
}
