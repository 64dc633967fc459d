// SPDX-License-Identifier: Apache-2.0
// What is said of an entity around its names: kind, country, sector, role; its English name.
#include "mention/entity.h"

#include "text/text.h"

#include <string.h>

enum { MAX_ROLE_TOKENS = 9, MAX_APPOSITION = 4 };

static bool fits_known(kh_entity_kind kind, uint8_t known) {
  switch (kind) {
  case KH_KIND_PERSON:
    return known == KH_KNOWN_PERSON;
  case KH_KIND_PLACE:
    return known == KH_KNOWN_PLACE;
  case KH_KIND_ORG:
  case KH_KIND_ARMED:
  case KH_KIND_MEDIA:
    return known == KH_KNOWN_ORG || known == KH_KNOWN_ARMED || known == KH_KNOWN_MEDIA;
  default:
    return known <= KH_KNOWN_ACTOR;
  }
}

/// Is the token a head that says nothing of its own («حركة», «مدينة», «حزب»)? «بعثة» or «وزارة»
/// name another body than the word after them.
static bool is_mere_head(const kh_document *document, uint32_t token) {
  const kh_known *head = kh_known_word(document, token, KH_KNOWN_HEAD);
  return head && (head->level != KH_KNOWN_ORG || head->sector == KH_SECTOR_PTY);
}

/// Does a hit cover the name but for generic heads before the one or the other?
static bool covers(const kh_document *document, const kh_known_hit *hit, uint32_t first,
                   uint32_t last) {
  if (hit->first + hit->tokens != last) return false;
  if (hit->first == first + 1) return is_mere_head(document, first);
  return hit->first <= first && hit->first + 3 >= first;
}

/// How well a place fits the report, but for its size: what is written with the shadda that the
/// text has («عمّان»), then what lies in the country that the report speaks of, then a state, then
/// a capital.
static int fitness(const kh_document *document, const kh_known *line, bool shadda) {
  const char *country = document->mentions->country;
  const bool here = country[0] && strcmp(line->country, country) == 0;
  const bool written =
      shadda && strstr(kh_tables_text(document->engine->tables, line->ar), "\xD9\x91");
  return (written ? 8 : 0) + (here ? 4 : 0) + (line->flags & KH_KNOWN_STATE ? 2 : 0) +
         (line->flags & KH_KNOWN_CAPITAL ? 1 : 0);
}

/// The line of a hit that fits the kind; of several places with one name the likeliest, then the
/// largest.
static const kh_known *fitting_line(const kh_document *document, const kh_known_hit *hit,
                                    kh_entity_kind kind) {
  const kh_known *known = document->engine->names->known;
  const kh_known *best = NULL;
  const bool shadda = document->tokens->at[hit->first].flags & KH_TOKEN_SHADDA;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (!fits_known(kind, line->kind == KH_KNOWN_PATTERN ? line->level : line->kind)) continue;
    if (line->kind != KH_KNOWN_PLACE) return line;
    const int ahead = best ? fitness(document, line, shadda) - fitness(document, best, shadda) : 1;
    if (ahead > 0 || (ahead == 0 && line->size > best->size)) best = line;
  }
  return best;
}

const kh_known *kh_known_of(const kh_document *document, uint32_t first, uint32_t last,
                            kh_entity_kind kind, const kh_known **state) {
  const kh_features *features = document->mentions->features;
  *state = NULL;
  const int32_t at = last > first ? features->hit_at[last - 1] : KH_NONE;
  if (at < 0 || !covers(document, &features->hits.at[at], first, last)) return NULL;
  const kh_known *line = fitting_line(document, &features->hits.at[at], kind);
  if (line) *state = features->hits.at[at].state;
  return line;
}

const kh_known *kh_known_word(const kh_document *document, uint32_t token, kh_known_kind kind) {
  const kh_form *form = kh_form_of(document, token);
  const kh_known *known = document->engine->names->known;
  for (uint32_t e = 0; e < form->known_count; e++)
    if (known[form->known[e]].kind == kind) return &known[form->known[e]];
  return NULL;
}

const char *kh_country_in(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  for (uint32_t t = first; t < last; t++) {
    const int32_t at = features->hit_at[t];
    if (at < 0) continue;
    const kh_known_hit *hit = &features->hits.at[at];
    if (hit->state && hit->state->country[0]) return hit->state->country;
    for (uint32_t e = 0; e < hit->count; e++) {
      const kh_known *line = &known[hit->entries[e]];
      if (line->kind <= KH_KNOWN_NISBA && line->kind != KH_KNOWN_PERSON && line->country[0] &&
          !(line->flags & KH_KNOWN_WORD))
        return line->country;
    }
  }
  return NULL;
}

// ---- roles

/// Where the role phrase before a person's name begins: the head noun of a role, then words of
/// the phrase up to the name. Gives false when there is none.
static bool role_before(const kh_document *document, const kh_name *name, uint32_t *first,
                        uint32_t *last, const kh_known **head) {
  const kh_token_layer *tokens = document->tokens;
  const uint32_t start = tokens->sentences[tokens->at[name->first].sentence].first;
  uint32_t at = name->first;
  if (at > start && kh_token_is(document, at - 1, KH_MARK_COMMA)) at--;
  *last = at;
  *head = NULL;
  for (uint32_t n = 0; n < MAX_ROLE_TOKENS && at > start; n++) {
    at--;
    const kh_token *token = &tokens->at[at];
    if (token->kind == KH_TOKEN_PUNCT) break;
    const int32_t other = document->mentions->name_at[at];
    if (other != KH_NONE && document->mentions->names.at[other].kind == KH_KIND_PERSON) break;
    const kh_known *role = kh_known_word(document, at, KH_KNOWN_ROLE);
    if (!role || !(role->flags & KH_KNOWN_ONE_PERSON)) continue;
    *head = role; // the outermost head wins: «نائب وزير الخارجية»
    *first = at;
    // a definite head or one with a preposition begins its phrase
    const kh_form *form = kh_form_of(document, at);
    const bool of = form->cut && form->letters[form->cut - 1] == KH_LETTER_LAM;
    if ((form->article || form->cut) && !of) break;
  }
  return *head != NULL;
}

/// The role phrase after a name, between commas: «فلان، وزير الخارجية».
static bool role_after(const kh_document *document, const kh_name *name, uint32_t *first,
                       uint32_t *last, const kh_known **head) {
  const kh_token_layer *tokens = document->tokens;
  const uint32_t end = tokens->sentences[tokens->at[name->first].sentence].last;
  uint32_t at = name->last;
  if (at >= end || !kh_token_is(document, at, KH_MARK_COMMA)) {
    // «إبراهيم كالن المتحدث باسم أردوغان»
    if (at >= end || kh_form_of(document, at)->article != 2) return false;
  } else {
    at++;
  }
  if (at >= end) return false;
  *head = kh_known_word(document, at, KH_KNOWN_ROLE);
  if (!*head || !((*head)->flags & KH_KNOWN_ONE_PERSON)) return false;
  *first = at;
  for (*last = at + 1; *last < end && *last - at < MAX_ROLE_TOKENS; ++*last)
    if (tokens->at[*last].kind == KH_TOKEN_PUNCT) break;
  return true;
}

/// The sector of a body that stands at a token, or none.
static kh_sector sector_of_body(const kh_document *document, uint32_t token) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  const int32_t at = features->hit_at[token];
  if (at >= 0) {
    const kh_known_hit *hit = &features->hits.at[at];
    for (uint32_t e = 0; e < hit->count; e++) {
      const kh_known *line = &known[hit->entries[e]];
      const bool body = line->kind == KH_KNOWN_ORG || line->kind == KH_KNOWN_ARMED ||
                        line->kind == KH_KNOWN_MEDIA || line->kind == KH_KNOWN_PATTERN;
      if (body && line->sector) return (kh_sector)line->sector;
    }
  }
  const kh_known *role = kh_known_word(document, token, KH_KNOWN_ROLE);
  if (role && !(role->flags & (KH_KNOWN_ONE_PERSON | KH_KNOWN_WEAK)))
    return (kh_sector)role->sector;
  return KH_SECTOR_NONE;
}

/// The sector of a role phrase: its head's, unless the head is one of any body («رئيس»,
/// «متحدث»), where the body tells.
static kh_sector sector_of_role(const kh_document *document, uint32_t first, uint32_t last,
                                const kh_known *head) {
  const kh_sector own = (kh_sector)head->sector;
  if (own != KH_SECTOR_NONE && !(head->flags & KH_KNOWN_WEAK)) return own;
  for (uint32_t t = first + 1; t < last; t++) {
    const kh_sector sector = sector_of_body(document, t);
    if (sector != KH_SECTOR_NONE) return sector;
  }
  return own;
}

static void add_role(kh_document *document, kh_draft *draft, uint32_t first, uint32_t last) {
  kh_role *role = KH_ADD(&document->arena, &draft->roles);
  role->span = (kh_span){kh_word_start(document, first, true), document->tokens->at[last - 1].end};
}

static void describe_person(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  for (int32_t i = kh_entity_state_of(document, entity)->first_name; i != KH_NONE;
       i = mentions->next_name[i]) {
    const kh_name *name = &mentions->names.at[i];
    uint32_t first;
    uint32_t last;
    const kh_known *head;
    if (!role_before(document, name, &first, &last, &head) &&
        !role_after(document, name, &first, &last, &head))
      continue;
    kh_draft *draft = &mentions->entities.at[entity];
    kh_entity_state *state = kh_entity_state_of(document, entity);
    add_role(document, draft, first, last);
    const char *country = kh_country_in(document, first, last);
    if (country && !draft->country[0]) memcpy(draft->country, country, 4);
    const kh_sector sector = sector_of_role(document, first, last, head);
    if (draft->sector == KH_SECTOR_NONE) draft->sector = sector;
    if (!state->role) {
      state->role = head;
      state->role_first = first;
      state->role_last = last;
    }
    const kh_form *form = kh_form_of(document, first);
    if (form->len && form->letters[form->len - 1] == KH_LETTER_HA) draft->gender = KH_F_FEM;
  }
  kh_draft *draft = &mentions->entities.at[entity];
  if (!draft->gender) draft->gender = KH_F_MASC;
}

// ---- bodies and places

/// A head noun that tells the kind of a body: the word before its name, or its own first word.
static const kh_known *head_of(const kh_document *document, const kh_name *name) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  const kh_known *own = kh_known_word(document, name->first, KH_KNOWN_HEAD);
  if (own && name->last - name->first > 1) return own;
  uint32_t at = name->first;
  if (at > start && kh_token_is(document, at - 1, KH_MARK_QUOTE)) at--;
  return at > start ? kh_known_word(document, at - 1, KH_KNOWN_HEAD) : NULL;
}

static bool is_body(kh_entity_kind kind) {
  return kind == KH_KIND_ORG || kind == KH_KIND_ARMED || kind == KH_KIND_MEDIA;
}

static void describe_name(kh_document *document, kh_draft *draft, const kh_name *name) {
  const kh_known *state;
  const kh_known *line = kh_known_of(document, name->first, name->last, draft->kind, &state);
  if (line && line->kind == KH_KNOWN_PATTERN) {
    draft->kind = (kh_entity_kind)line->level;
    if (draft->sector == KH_SECTOR_NONE) draft->sector = (kh_sector)line->sector;
    if (state && !draft->country[0]) memcpy(draft->country, state->country, 4);
  }
  if (is_body(draft->kind) && draft->sector == KH_SECTOR_NONE && name->last - name->first > 1) {
    const kh_known *role = kh_known_word(document, name->first, KH_KNOWN_ROLE);
    if (role && !line) draft->sector = (kh_sector)role->sector;
  }
  if (is_body(draft->kind) && !line) {
    const kh_known *head = head_of(document, name);
    if (head && is_body((kh_entity_kind)head->level)) {
      if (draft->kind == KH_KIND_ORG) draft->kind = (kh_entity_kind)head->level;
      if (draft->sector == KH_SECTOR_NONE) draft->sector = (kh_sector)head->sector;
    }
  }
  // «الجيش الروسي», «مدينة عفرين السورية»: the state named inside or right after
  if (!draft->country[0] && draft->kind != KH_KIND_PERSON) {
    const uint32_t count = document->tokens->count;
    const char *country = kh_country_in(document, name->first, name->last);
    if (!country && name->last < count && kh_known_word(document, name->last, KH_KNOWN_NISBA))
      country = kh_country_in(document, name->last, name->last + 1);
    if (country) memcpy(draft->country, country, 4);
  }
  if (draft->sector == KH_SECTOR_NONE && draft->kind == KH_KIND_MEDIA)
    draft->sector = KH_SECTOR_JRN;
}

static void from_known(kh_document *document, kh_draft *draft, const kh_known *known) {
  const kh_tables *tables = document->engine->tables;
  draft->kind = known->kind <= KH_KNOWN_ACTOR ? (kh_entity_kind)known->kind : draft->kind;
  memcpy(draft->country, known->country, 4);
  draft->sector = (kh_sector)known->sector;
  draft->name_en = kh_tables_text(tables, known->en);
  draft->known_id = kh_tables_text(tables, known->id);
  if (!*draft->known_id) draft->known_id = NULL;
  if (!*draft->name_en) draft->name_en = NULL;
}

// ---- which of the places of one name

enum { MAX_CANDIDATES = 16 };

/// Sets coordinates and codes from a line; the text of its place is "admin1|admin2".
static void locate(kh_document *document, kh_draft *draft, const kh_known *known) {
  const kh_tables *tables = document->engine->tables;
  if (*kh_tables_text(tables, known->note)) draft->place_code = kh_tables_text(tables, known->note);
  const char *admin = kh_tables_text(tables, known->place);
  const char *bar = strchr(admin, '|');
  if (bar && bar > admin)
    draft->admin1 = kh_arena_copy(&document->arena, admin, (size_t)(bar - admin));
  if (bar && bar[1]) draft->admin2 = bar + 1;
  if (known->latitude == INT32_MIN || known->longitude == INT32_MIN) return;
  draft->located = true;
  draft->latitude = known->latitude / 1e6;
  draft->longitude = known->longitude / 1e6;
}

/// Is the chosen line the only place of its name that can be meant: the only one at all, a state
/// or capital, the only one in the country of the report, or by far the best known?
static bool is_decided(const kh_document *document, const kh_known_hit *hit,
                       const kh_known *chosen) {
  const kh_known *known = document->engine->names->known;
  const char *country = document->mentions->country;
  uint32_t places = 0;
  uint32_t here = 0;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind != KH_KNOWN_PLACE) continue;
    places++;
    here += country[0] && strcmp(line->country, country) == 0;
  }
  if (places <= 1 || (chosen->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL))) return true;
  if (here == 1 && strcmp(chosen->country, country) == 0) return true;
  return here == 0 && strstr(kh_tables_text(document->engine->tables, chosen->classes), "usual");
}

static void resolve_place(kh_document *document, kh_draft *draft, const kh_known *chosen,
                          const kh_name *name) {
  const kh_features *features = document->mentions->features;
  const int32_t at = features->hit_at[name->last - 1];
  if (at < 0 || is_decided(document, &features->hits.at[at], chosen)) {
    locate(document, draft, chosen);
    return;
  }
  const kh_known_hit *hit = &features->hits.at[at];
  const kh_known *known = document->engine->names->known;
  draft->known_id = NULL;
  for (uint32_t e = 0; e < hit->count && draft->candidates.count < MAX_CANDIDATES; e++) {
    const kh_known *line = &known[hit->entries[e]];
    const char *code = kh_tables_text(document->engine->tables, line->note);
    if (line->kind != KH_KNOWN_PLACE) continue;
    // undecided between countries: the report's own is likelier than any of them
    if (strcmp(line->country, draft->country) != 0)
      memcpy(draft->country, document->mentions->country, 4);
    if (!*code) continue;
    const char **candidate = KH_ADD(&document->arena, &draft->candidates);
    *candidate = code;
  }
}

bool kh_is_located(const kh_document *document, const kh_name *name) {
  const kh_form *form = kh_form_of(document, name->first);
  const kh_features *features = document->mentions->features;
  const int32_t at = features->hit_at[name->first];
  const uint32_t cut =
      at >= 0 && features->hits.at[at].first == name->first ? features->hits.at[at].cut : form->cut;
  if (cut) return form->letters[cut - 1] == KH_LETTER_BA;
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  if (name->first == start) return false;
  return kh_known_word(document, name->first - 1, KH_KNOWN_LOCATIVE) ||
         kh_known_word(document, name->first - 1, KH_KNOWN_HEAD);
}

/// A state or capital counts as a government when it is oftener a party than a place, and is not
/// the country that the report is about.
static void judge_state(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  if (draft->kind != KH_KIND_PLACE || !state->known) return;
  if (!(state->known->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL))) return;
  uint32_t places = 0;
  uint32_t all = 0;
  for (int32_t i = state->first_name; i != KH_NONE; i = mentions->next_name[i]) {
    all++;
    places += kh_is_located(document, &mentions->names.at[i]);
  }
  state->mostly_place = 2 * places >= all + 1;
  const bool here = strcmp(draft->country, mentions->country) == 0;
  if (2 * places < all + (here ? 0 : 1) && !(here && (state->known->flags & KH_KNOWN_STATE)))
    draft->sector = KH_SECTOR_GOV;
}

void kh_entity_describe(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  const kh_entity_state *state = kh_entity_state_of(document, entity);
  if (state->known) from_known(document, draft, state->known);
  if (state->known && state->known->kind == KH_KNOWN_PLACE)
    resolve_place(document, draft, state->known, &mentions->names.at[state->known_name]);
  if (draft->kind == KH_KIND_PERSON) describe_person(document, entity);
  for (int32_t i = state->first_name; i != KH_NONE; i = mentions->next_name[i])
    describe_name(document, draft, &mentions->names.at[i]);
  judge_state(document, entity);
  if (!draft->country[0] && !state->known) memcpy(draft->country, mentions->country, 4);
  draft->name = kh_entity_text(document, mentions->names.at[state->longest].span);
  if (!draft->name_en) {
    draft->name_en = kh_transliterate(document, draft->name);
    draft->name_en_transliterated = true;
  }
}

// ---- the country of the report

/// Counts of countries; a report names few.
typedef struct country_count {
  char code[4];
  uint32_t count;
} country_count;

enum { MAX_COUNTRIES = 64 };

static void count_country(country_count *counts, uint32_t *used, const char *code) {
  if (!code[0] || strcmp(code, "UNO") == 0 || strcmp(code, "IGO") == 0) return;
  uint32_t i = 0;
  while (i < *used && strcmp(counts[i].code, code) != 0) i++;
  if (i == MAX_COUNTRIES) return;
  if (i == *used) {
    memcpy(counts[i].code, code, 4);
    (*used)++;
  }
  counts[i].count++;
}

void kh_country_of_report(kh_document *document) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  country_count counts[MAX_COUNTRIES] = {0};
  uint32_t used = 0;
  uint32_t all = 0;
  for (uint32_t h = 0; h < features->hits.count; h++) {
    const kh_known_hit *hit = &features->hits.at[h];
    const kh_known *line = &known[hit->entries[0]];
    const bool sure = hit->count == 1 || (line->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL)) ||
                      line->kind == KH_KNOWN_NISBA;
    if (hit->state) {
      line = hit->state;
    } else if (!sure || (line->flags & (KH_KNOWN_WORD | KH_KNOWN_DUPLICATE)) ||
               (line->kind != KH_KNOWN_PLACE && line->kind != KH_KNOWN_NISBA)) {
      continue;
    }
    all++;
    count_country(counts, &used, line->country);
  }
  uint32_t best = 0;
  for (uint32_t i = 1; i < used; i++)
    if (counts[i].count > counts[best].count) best = i;
  if (used && counts[best].count >= 2 && counts[best].count * 4 >= all)
    memcpy(document->mentions->country, counts[best].code, 4);
}

// ---- transliteration

static const char *latin_of(uint8_t letter) {
  static const char *const LATIN[] = {
      [KH_LETTER_HAMZA - 0xC1] = "'",     [KH_LETTER_WAW_HAMZA - 0xC1] = "u'",
      [KH_LETTER_YA_HAMZA - 0xC1] = "i'", [KH_LETTER_ALEF - 0xC1] = "a",
      [KH_LETTER_BA - 0xC1] = "b",        [KH_LETTER_TA_MARBUTA - 0xC1] = "a",
      [KH_LETTER_TA - 0xC1] = "t",        [KH_LETTER_THA - 0xC1] = "th",
      [KH_LETTER_JIM - 0xC1] = "j",       [KH_LETTER_HAH - 0xC1] = "h",
      [KH_LETTER_KHAH - 0xC1] = "kh",     [KH_LETTER_DAL - 0xC1] = "d",
      [KH_LETTER_THAL - 0xC1] = "dh",     [KH_LETTER_RA - 0xC1] = "r",
      [KH_LETTER_ZAY - 0xC1] = "z",       [KH_LETTER_SIN - 0xC1] = "s",
      [KH_LETTER_SHIN - 0xC1] = "sh",     [KH_LETTER_SAD - 0xC1] = "s",
      [KH_LETTER_DAD - 0xC1] = "d",       [KH_LETTER_TAH - 0xC1] = "t",
      [KH_LETTER_ZAH - 0xC1] = "z",       [KH_LETTER_AYN - 0xC1] = "'",
      [KH_LETTER_GHAYN - 0xC1] = "gh",    [KH_LETTER_FA - 0xC1] = "f",
      [KH_LETTER_QAF - 0xC1] = "q",       [KH_LETTER_KAF - 0xC1] = "k",
      [KH_LETTER_LAM - 0xC1] = "l",       [KH_LETTER_MIM - 0xC1] = "m",
      [KH_LETTER_NUN - 0xC1] = "n",       [KH_LETTER_HA - 0xC1] = "h",
      [KH_LETTER_WAW - 0xC1] = "u",       [KH_LETTER_ALEF_MAQSURA - 0xC1] = "a",
      [KH_LETTER_YA - 0xC1] = "i",
  };
  if (!kh_letter_is_arabic(letter)) return NULL;
  return LATIN[letter - 0xC1];
}

const char *kh_transliterate(kh_document *document, const char *arabic) {
  uint8_t letters[256];
  const size_t len = kh_fold_utf8(arabic, strlen(arabic), letters, sizeof letters);
  char out[3 * sizeof letters + 1];
  size_t n = 0;
  bool start = true;
  for (size_t i = 0; i < len; i++) {
    const char *latin = latin_of(letters[i]);
    const char own[2] = {(char)letters[i], '\0'};
    if (!latin) latin = letters[i] >= ' ' && letters[i] < 0x7F ? own : "";
    for (size_t k = 0; latin[k] && n + 1 < sizeof out; k++) {
      char c = latin[k];
      if (start && c >= 'a' && c <= 'z') c = (char)(c - 'a' + 'A');
      if (c != '\'') start = false;
      out[n++] = c;
    }
    if (letters[i] == ' ') start = true;
  }
  return kh_arena_copy(&document->arena, out, n);
}
