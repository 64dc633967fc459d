// SPDX-License-Identifier: Apache-2.0
// Roles of persons: the phrase before or after a name, and the sector that it tells.
#include "mention/entity.h"

#include "text/text.h"

#include <string.h>

enum { MAX_ROLE_TOKENS = 9 };

const kh_known *kh_role_at(const kh_document *document, uint32_t token) {
  const kh_features *features = document->mentions->features;
  const int32_t at = features->hit_at[token];
  if (at >= 0 && features->hits.at[at].first == token && features->hits.at[at].tokens > 1) {
    const kh_known_hit *hit = &features->hits.at[at];
    const kh_known *known = document->engine->names->known;
    for (uint32_t e = 0; e < hit->count; e++)
      if (known[hit->entries[e]].kind == KH_KNOWN_ROLE) return &known[hit->entries[e]];
  }
  return kh_known_word(document, token, KH_KNOWN_ROLE);
}

/// The office of one person that a token names; «أمام» is no «إمام», «محققًا هدفا» no investigator.
static const kh_known *person_role_at(const kh_document *document, uint32_t token) {
  if (document->morph->best[token].pos == KH_POS_PREP) return NULL;
  if (document->tokens->at[token].flags & KH_TOKEN_TANWIN) return NULL;
  const kh_known *role = kh_role_at(document, token);
  return role && (role->flags & KH_KNOWN_ONE_PERSON) ? role : NULL;
}

/// Is the mark a quotation mark of a short quotation, as names stand in («رئيس "مجلس ..." فلان»)?
static bool quotes_a_name(const kh_document *document, uint32_t mark) {
  const kh_token_layer *tokens = document->tokens;
  if (!kh_token_is(document, mark, KH_MARK_QUOTE)) return false;
  if (mark && document->mentions->name_at[mark - 1] != KH_NONE && tokens->at[mark - 1].quote < 0)
    return false; // «المتحدث باسم فلان "..."»
  int32_t quote = mark + 1 < tokens->count ? tokens->at[mark + 1].quote : KH_NONE;
  if (quote == KH_NONE && mark) quote = tokens->at[mark - 1].quote;
  return quote != KH_NONE && tokens->quotes[quote].last - tokens->quotes[quote].first <= 4;
}

/// May a token stand inside the phrase of a role? No verb, conjunction or clause does, nor a
/// preposition but those that tell whose or where the office is.
static bool inside_role(const kh_document *document, uint32_t token) {
  const kh_word *word = &document->morph->best[token];
  if (document->tokens->at[token].kind == KH_TOKEN_PUNCT) return quotes_a_name(document, token);
  if (document->mentions->name_at[token] != KH_NONE) return true;
  if (document->mentions->features->hit_at[token] != KH_NONE) return true;
  return !(word->pos == KH_POS_VERB && word->known) && word->pos != KH_POS_CONJ &&
         word->pos != KH_POS_PRON && word->pos != KH_POS_PART &&
         !kh_word_has(document, token, KH_CLASS_WITH) &&
         !kh_word_has(document, token, KH_CLASS_AGAINST) &&
         !kh_word_has(document, token, KH_CLASS_ACCORDING);
}

bool kh_role_before(const kh_document *document, const kh_name *name, kh_role_phrase *role) {
  const kh_token_layer *tokens = document->tokens;
  const uint32_t start = tokens->sentences[tokens->at[name->first].sentence].first;
  uint32_t at = name->first;
  if (at > start && kh_token_is(document, at - 1, KH_MARK_COMMA)) at--;
  *role = (kh_role_phrase){.last = at};
  for (uint32_t n = 0; n < MAX_ROLE_TOKENS && at > start; n++) {
    at--;
    if (!inside_role(document, at)) break;
    const int32_t other = document->mentions->name_at[at];
    if (other != KH_NONE && document->mentions->names.at[other].kind == KH_KIND_PERSON) break;
    const kh_known *head = person_role_at(document, at);
    if (!head) continue;
    role->head = head; // the outermost head wins: «نائب وزير الخارجية»
    role->first = at;
    // a definite head or one with a preposition begins its phrase, but for a title: «وزير
    // الداخلية اللواء فلان»
    const kh_form *form = kh_form_of(document, at);
    const bool of = form->cut && form->letters[form->cut - 1] == KH_LETTER_LAM;
    if ((form->article || form->cut) && !of && !kh_known_word(document, at, KH_KNOWN_TITLE)) break;
  }
  return role->head != NULL;
}

/// Is the person whom a verb just before makes a speaker, or no subject of a verb at all? «التقى
/// فلان رئيس ...» names two persons.
static bool takes_bare_role(const kh_document *document, const kh_name *name) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  uint32_t before = name->first;
  while (before > start && kh_known_word(document, before - 1, KH_KNOWN_TITLE)) before--;
  if (before == start) return false;
  before--;
  if (kh_word_has(document, before, KH_CLASS_EV_CONSULT)) return false;
  const kh_word *word = &document->morph->best[before];
  if (word->pos != KH_POS_VERB || !word->known) return true;
  return kh_word_has(document, before, KH_CLASS_SAY) ||
         kh_word_has(document, before, KH_CLASS_DECLARE) ||
         kh_word_has(document, before, KH_CLASS_CONFIRM) ||
         kh_word_has(document, before, KH_CLASS_OPINE) ||
         kh_word_has(document, before, KH_CLASS_REPORT);
}

bool kh_role_after(const kh_document *document, const kh_name *name, kh_role_phrase *role) {
  const kh_token_layer *tokens = document->tokens;
  const uint32_t end = tokens->sentences[tokens->at[name->first].sentence].last;
  uint32_t at = name->last;
  if (at >= end) return false;
  bool comma = kh_token_is(document, at, KH_MARK_COMMA);
  if (comma && ++at >= end) return false;
  // «فلان، وهو عضو في ...»
  if (document->morph->best[at].pos == KH_POS_PRON) {
    comma = true;
    if (++at >= end) return false;
  }
  *role = (kh_role_phrase){.head = person_role_at(document, at), .first = at};
  if (!role->head) return false;
  // «إبراهيم كالن المتحدث باسم أردوغان»; without comma and article, «فلان قائد ...»
  const kh_form *form = kh_form_of(document, at);
  if (!comma && form->article != 2 && (form->cut || !takes_bare_role(document, name))) return false;
  for (role->last = at + 1; role->last < end && role->last - at < MAX_ROLE_TOKENS; role->last++)
    if (tokens->at[role->last].kind == KH_TOKEN_PUNCT && !quotes_a_name(document, role->last))
      break;
  return true;
}

/// The sector of a body that stands at a token, or none; that of an office holder too when
/// `of_person` («نائب وزير ...»).
static kh_sector sector_at(const kh_document *document, uint32_t token, bool of_person) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  const int32_t at = features->hit_at[token];
  if (at >= 0) {
    const kh_known_hit *hit = &features->hits.at[at];
    for (uint32_t e = 0; e < hit->count; e++) {
      const kh_known *line = &known[hit->entries[e]];
      const bool body = line->kind == KH_KNOWN_ORG || line->kind == KH_KNOWN_ARMED ||
                        line->kind == KH_KNOWN_MEDIA || line->kind == KH_KNOWN_PATTERN;
      const bool holder = line->kind == KH_KNOWN_PERSON && hit->first == token;
      if ((body || holder) && line->sector) return (kh_sector)line->sector;
    }
  }
  const kh_known *role = kh_role_at(document, token);
  if (!role || (role->flags & KH_KNOWN_WEAK)) return KH_SECTOR_NONE;
  if ((role->flags & KH_KNOWN_ONE_PERSON) && !of_person) return KH_SECTOR_NONE;
  return (kh_sector)role->sector;
}

/// «نظيره»: the sector of the person named before.
static kh_sector sector_of_counterpart(const kh_document *document, uint32_t first) {
  const kh_mention_layer *mentions = document->mentions;
  const uint32_t start = document->tokens->sentences[document->tokens->at[first].sentence].first;
  for (uint32_t t = first; t-- > start && first - t < 40;) {
    const int32_t name = mentions->name_at[t];
    if (name != KH_NONE && mentions->names.at[name].kind == KH_KIND_PERSON)
      return mentions->entities.at[mentions->names.at[name].entity].sector;
  }
  return KH_SECTOR_NONE;
}

bool kh_is_above_states(const char *country) {
  return country && (strcmp(country, "UNO") == 0 || strcmp(country, "IGO") == 0);
}

kh_sector kh_role_sector(const kh_document *document, const kh_role_phrase *role) {
  const kh_sector own = (kh_sector)role->head->sector;
  const bool weak = role->head->flags & KH_KNOWN_WEAK;
  if (role->head->flags & KH_KNOWN_COUNTERPART) return sector_of_counterpart(document, role->first);
  if (own == KH_SECTOR_GOV && kh_is_above_states(kh_country_in(document, role->first, role->last)))
    return KH_SECTOR_IGO; // «المبعوث الأممي»
  if (own != KH_SECTOR_NONE && !weak) return own;
  const kh_features *features = document->mentions->features;
  const int32_t at = features->hit_at[role->first];
  const bool begins = at >= 0 && features->hits.at[at].first == role->first;
  const uint32_t of = role->first + (begins ? features->hits.at[at].tokens : 1U);
  for (uint32_t t = of; t < role->last; t++) {
    const kh_sector sector = sector_at(document, t, weak);
    if (sector != KH_SECTOR_NONE) return sector;
  }
  const bool above = kh_is_above_states(kh_country_in(document, role->first, role->last));
  return above ? KH_SECTOR_IGO : own;
}

static void add_role(kh_document *document, kh_draft *draft, const kh_role_phrase *phrase) {
  kh_role *role = KH_ADD(&document->arena, &draft->roles);
  role->span = (kh_span){kh_word_start(document, phrase->first, true),
                         document->tokens->at[phrase->last - 1].end};
}

/// The sector that the titles before a name tell («اللواء», «القاضي»).
static kh_sector sector_of_titles(const kh_document *document, const kh_name *name) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  for (uint32_t t = name->first; t-- > start;) {
    const kh_known *title = kh_known_word(document, t, KH_KNOWN_TITLE);
    if (!title) break;
    if (title->sector) return (kh_sector)title->sector;
  }
  return KH_SECTOR_NONE;
}

/// «بينهم القيادي فلان»: of an office holder whose body the phrase leaves out, the sector of the
/// party or armed group named shortly before.
static kh_sector sector_of_group_before(const kh_document *document, const kh_role_phrase *role) {
  enum { REACH = 10 };
  const kh_mention_layer *mentions = document->mentions;
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[role->first].sentence].first;
  for (uint32_t t = role->first; t-- > start && role->first - t <= REACH;) {
    if (mentions->name_at[t] == KH_NONE) continue;
    const kh_name *name = &mentions->names.at[mentions->name_at[t]];
    const kh_known *state;
    const kh_known *line =
        kh_known_of(document, name->first, name->last, (kh_entity_kind)name->kind, &state);
    if (line && (line->sector == KH_SECTOR_REB || line->sector == KH_SECTOR_PTY))
      return (kh_sector)line->sector;
  }
  return KH_SECTOR_NONE;
}

static void describe_by(kh_document *document, int32_t entity, const kh_role_phrase *role) {
  kh_draft *draft = &document->mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  add_role(document, draft, role);
  const char *country = kh_country_in(document, role->first, role->last);
  if (country && !draft->country[0]) memcpy(draft->country, country, 4);
  if (draft->sector == KH_SECTOR_NONE) draft->sector = kh_role_sector(document, role);
  if (draft->sector == KH_SECTOR_NONE && (role->head->flags & KH_KNOWN_ANY_ROLE))
    draft->sector = sector_of_group_before(document, role);
  if (!state->role) {
    state->role = role->head;
    state->role_first = role->first;
    state->role_last = role->last;
  }
  const kh_form *form = kh_form_of(document, role->first);
  if (form->len && form->letters[form->len - 1] == KH_LETTER_HA) draft->gender = KH_F_FEM;
}

/// Is the head a rank or address («اللواء», «الشيخ»)? A role that says more goes before it.
static bool is_rank(const kh_document *document, const kh_role_phrase *role) {
  return role->last == role->first + 1 &&
         kh_known_word(document, role->first, KH_KNOWN_TITLE) != NULL;
}

/// Takes what the roles around the entity's names tell; in the first round ranks alone wait.
static void describe_by_roles(kh_document *document, int32_t entity, bool ranks) {
  const kh_mention_layer *mentions = document->mentions;
  for (int32_t i = kh_entity_state_of(document, entity)->first_name; i != KH_NONE;
       i = mentions->next_name[i]) {
    const kh_name *name = &mentions->names.at[i];
    kh_role_phrase role;
    if (kh_role_before(document, name, &role) && is_rank(document, &role) == ranks)
      describe_by(document, entity, &role);
    if (kh_role_after(document, name, &role) && is_rank(document, &role) == ranks)
      describe_by(document, entity, &role);
    kh_draft *draft = &mentions->entities.at[entity];
    if (ranks && draft->sector == KH_SECTOR_NONE) draft->sector = sector_of_titles(document, name);
  }
}

/// «النجم البرتغالي فلان», «زوجته السورية فلانة»: the adjective of nationality right before a name.
static const char *country_before(const kh_document *document, const kh_name *name) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  uint32_t at = name->first;
  while (at > start && kh_known_word(document, at - 1, KH_KNOWN_TITLE)) at--;
  if (at == start || !kh_form_of(document, at - 1)->article) return NULL;
  const kh_known *nisba = kh_known_word(document, at - 1, KH_KNOWN_NISBA);
  return nisba && nisba->country[0] ? nisba->country : NULL;
}

/// «القياديان فلان وفلان»: is the name the next of a row of persons whom one plural role
/// introduces?
static int32_t before_in_row(const kh_document *document, int32_t index) {
  const kh_mention_layer *mentions = document->mentions;
  if (!index) return KH_NONE;
  const kh_name *name = &mentions->names.at[index];
  const kh_form *form = kh_form_of(document, name->first);
  if (name[-1].kind != KH_KIND_PERSON || name[-1].last != name->first) return KH_NONE;
  if (!form->cut || form->letters[0] != KH_LETTER_WAW) return KH_NONE;
  const kh_entity_state *before = kh_entity_state_of(document, name[-1].entity);
  const bool several =
      before->role && document->morph->best[before->role_first].features & (KH_F_DUAL | KH_F_PLUR);
  return several ? name[-1].entity : KH_NONE;
}

static void describe_by_row(kh_document *document, int32_t entity) {
  kh_entity_state *state = kh_entity_state_of(document, entity);
  const int32_t other = before_in_row(document, state->first_name);
  if (other == KH_NONE || other == entity || state->role) return;
  const kh_entity_state *before = kh_entity_state_of(document, other);
  const kh_draft *like = &document->mentions->entities.at[other];
  kh_draft *draft = &document->mentions->entities.at[entity];
  if (draft->sector == KH_SECTOR_NONE) draft->sector = like->sector;
  if (!draft->country[0]) memcpy(draft->country, like->country, 4);
  state->role = before->role;
  state->role_first = before->role_first;
  state->role_last = before->role_last;
}

void kh_person_describe(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  describe_by_roles(document, entity, false);
  describe_by_roles(document, entity, true);
  describe_by_row(document, entity);
  kh_draft *draft = &mentions->entities.at[entity];
  for (int32_t i = kh_entity_state_of(document, entity)->first_name;
       i != KH_NONE && !draft->country[0]; i = mentions->next_name[i]) {
    const char *country = country_before(document, &mentions->names.at[i]);
    if (country) memcpy(draft->country, country, 4);
  }
  if (!draft->gender) draft->gender = KH_F_MASC;
}
