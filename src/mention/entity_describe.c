// SPDX-License-Identifier: Apache-2.0
// What is said of an entity around its names: kind, country, sector.
#include "mention/entity.h"

#include "text/text.h"

#include <string.h>

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

/// Is the name a facility called after the place of the line («مطار القاهرة», «سجن الحديدة»)? Its
/// head tells levels that the place has not, and none of settlements.
static bool is_facility_at(const kh_document *document, const kh_known_hit *hit, uint32_t first,
                           const kh_known *line) {
  enum {
    FACILITIES =
        1U << KH_LEVEL_CROSSING | 1U << KH_LEVEL_ROAD | 1U << KH_LEVEL_DAM | 1U << KH_LEVEL_BASE
  };
  if (hit->first != first + 1) return false;
  const kh_known *head = kh_known_word(document, first, KH_KNOWN_HEAD);
  if (!head || head->level != KH_KNOWN_PLACE || !head->size) return false;
  return !(head->size & ~(uint32_t)FACILITIES) && !(head->size >> line->level & 1U);
}

/// The line of a hit that fits the kind; of several places with one name the likeliest, then the
/// largest.
static const kh_known *fitting_line(const kh_document *document, const kh_known_hit *hit,
                                    kh_entity_kind kind, uint32_t first) {
  const kh_known *known = document->engine->names->known;
  const kh_known *best = NULL;
  const bool shadda = document->tokens->at[hit->first].flags & KH_TOKEN_SHADDA;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (!fits_known(kind, line->kind == KH_KNOWN_PATTERN ? line->level : line->kind)) continue;
    if (line->kind != KH_KNOWN_PLACE) return line;
    if (is_facility_at(document, hit, first, line)) continue;
    const int ahead =
        best ? kh_place_fitness(document, line, shadda) - kh_place_fitness(document, best, shadda)
             : 1;
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
  const kh_known *line = fitting_line(document, &features->hits.at[at], kind, first);
  if (line) *state = features->hits.at[at].state;
  return line;
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

// ---- bodies and places

/// A head noun that tells the kind of a body: the word before its name, or its own first word.
static const kh_known *own_head_of(const kh_document *document, const kh_name *name) {
  const uint32_t start =
      document->tokens->sentences[document->tokens->at[name->first].sentence].first;
  const kh_known *own = kh_known_word(document, name->first, KH_KNOWN_HEAD);
  if (own && name->last - name->first > 1) return own;
  uint32_t at = name->first;
  if (at > start && kh_token_is(document, at - 1, KH_MARK_QUOTE)) at--;
  return at > start ? kh_known_word(document, at - 1, KH_KNOWN_HEAD) : NULL;
}

/// Its own head, or that of the row it stands in («أحزاب الدعوة والفضيلة والحكمة»).
static const kh_known *head_of(const kh_document *document, const kh_name *name) {
  enum { MAX_ROW = 8 };
  const kh_name *first = document->mentions->names.at;
  const kh_known *head = own_head_of(document, name);
  for (uint32_t n = 0; !head && n < MAX_ROW && name > first; n++) {
    const kh_form *form = kh_form_of(document, name->first);
    const bool joined = form->cut && form->letters[0] == KH_LETTER_WAW;
    if (!joined || name[-1].last != name->first) break;
    name--;
    head = own_head_of(document, name);
  }
  return head;
}

static bool is_body(kh_entity_kind kind) {
  return kind == KH_KIND_ORG || kind == KH_KIND_ARMED || kind == KH_KIND_MEDIA;
}

/// Does a word of this sector inside a body's name tell the sector of the body? «الدفاع المدني» is
/// no army, «صندوق الشباب» no citizen.
static bool tells_of_body(kh_sector sector) {
  return sector == KH_SECTOR_GOV || sector == KH_SECTOR_LEG || sector == KH_SECTOR_JUD ||
         sector == KH_SECTOR_PTY || sector == KH_SECTOR_REB;
}

/// May a head alone be the body («التحالف», «الحكومة», not «الشباب»)?
static bool stands_for_body(kh_sector sector) {
  return sector == KH_SECTOR_MIL || sector == KH_SECTOR_GOV || sector == KH_SECTOR_LEG ||
         sector == KH_SECTOR_JUD || sector == KH_SECTOR_COP;
}

/// Does the token begin with «لـ» («للحوثيين»)?
static bool has_lam(const kh_document *document, uint32_t token) {
  const kh_form *form = kh_form_of(document, token);
  return form->cut && form->letters[form->cut - 1] == KH_LETTER_LAM;
}

/// The armed group that a body is said to belong to («التابعة للحوثيين», «المجلس السياسي
/// للحوثيين»); NULL.
static const kh_known *rebels_behind(const kh_document *document, const kh_name *name) {
  const kh_mention_layer *mentions = document->mentions;
  const uint32_t count = document->tokens->count;
  uint32_t at = name->last;
  if (at < count && kh_token_is(document, at, KH_MARK_QUOTE)) at++;
  if (at + 1 >= count) return NULL;
  const bool said = kh_known_word(document, at, KH_KNOWN_BELONGS);
  if (!said && !has_lam(document, at)) return NULL;
  uint32_t whose = said ? at + 1 : at;
  if (mentions->name_at[whose] == KH_NONE && kh_known_word(document, whose, KH_KNOWN_HEAD)) whose++;
  if (whose >= count || mentions->name_at[whose] == KH_NONE) return NULL;
  const kh_name *owner = &mentions->names.at[mentions->name_at[whose]];
  const kh_known *state;
  const kh_known *line =
      kh_known_of(document, owner->first, owner->last, (kh_entity_kind)owner->kind, &state);
  return line && line->sector == KH_SECTOR_REB ? line : NULL;
}

/// The sector that the words of a body's name tell: «مكتب حاكم ...», «مجلس قضاء ...».
static kh_sector sector_inside(const kh_document *document, const kh_name *name) {
  for (uint32_t t = name->first + 1; t < name->last; t++) {
    const kh_known *role = kh_role_at(document, t);
    if (role && tells_of_body((kh_sector)role->sector) && !(role->flags & KH_KNOWN_WEAK))
      return (kh_sector)role->sector;
  }
  return KH_SECTOR_NONE;
}

/// The sector of a body whose name begins with a head noun; where the head is one of many bodies
/// («قوة», «غرفة عمليات») the words after it go first.
static kh_sector sector_of_head(const kh_document *document, const kh_name *name,
                                const kh_known *role) {
  if (!(role->flags & KH_KNOWN_WEAK)) return (kh_sector)role->sector;
  for (uint32_t t = name->first + 1; t < name->last; t++) {
    const kh_known *inside = kh_role_at(document, t);
    if (inside && inside->sector == KH_SECTOR_MIL) return KH_SECTOR_MIL;
    if (inside && tells_of_body((kh_sector)inside->sector) && !(inside->flags & KH_KNOWN_WEAK))
      return (kh_sector)inside->sector;
  }
  return (kh_sector)role->sector;
}

/// Is it a body that every state has one of («المفوضية العليا للانتخابات»)?
static bool is_of_some_state(const kh_draft *draft) {
  return draft->kind == KH_KIND_ORG &&
         (draft->sector == KH_SECTOR_GOV || draft->sector == KH_SECTOR_LEG ||
          draft->sector == KH_SECTOR_JUD);
}

/// «وزارة الخارجية في بيونغ يانغ»: the country of the place that follows.
static const char *country_where(const kh_document *document, const kh_name *name) {
  const kh_mention_layer *mentions = document->mentions;
  const uint32_t at = name->last;
  if (at + 1 >= document->tokens->count || mentions->name_at[at + 1] == KH_NONE) return NULL;
  if (document->morph->best[at].pos != KH_POS_PREP) return NULL;
  if (!kh_known_word(document, at, KH_KNOWN_LOCATIVE)) return NULL;
  const kh_name *where = &mentions->names.at[mentions->name_at[at + 1]];
  if (where->kind != KH_KIND_PLACE) return NULL;
  return kh_country_in(document, where->first, where->last);
}

static void describe_name(kh_document *document, kh_draft *draft, const kh_name *name) {
  const kh_known *state;
  const kh_known *line = kh_known_of(document, name->first, name->last, draft->kind, &state);
  if (line && line->kind == KH_KNOWN_PATTERN) {
    draft->kind = (kh_entity_kind)line->level;
    if (draft->sector == KH_SECTOR_NONE) draft->sector = (kh_sector)line->sector;
    if (state && !draft->country[0]) memcpy(draft->country, state->country, 4);
    if (!draft->name_en) draft->name_en = kh_pattern_in_english(document, line, state);
  }
  if (is_body(draft->kind) && draft->sector == KH_SECTOR_NONE && !line) {
    const kh_known *role = kh_role_at(document, name->first);
    const bool alone = name->last - name->first == 1;
    if (role && (!alone || stands_for_body((kh_sector)role->sector)))
      draft->sector = sector_of_head(document, name, role);
  }
  const bool owned = draft->kind == KH_KIND_ORG || draft->kind == KH_KIND_ARMED;
  const kh_known *rebels = owned ? rebels_behind(document, name) : NULL;
  if (rebels) {
    draft->sector = KH_SECTOR_REB;
    if (!draft->country[0]) memcpy(draft->country, rebels->country, 4);
  }
  if (is_body(draft->kind) && draft->sector == KH_SECTOR_NONE && !line)
    draft->sector = sector_inside(document, name);
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
    if (!country && is_of_some_state(draft)) country = country_where(document, name);
    if (country) memcpy(draft->country, country, 4);
  }
  if (draft->sector == KH_SECTOR_NONE && draft->kind == KH_KIND_MEDIA)
    draft->sector = KH_SECTOR_JRN;
}

void kh_draft_take(kh_document *document, kh_draft *draft, const kh_known *known) {
  const kh_tables *tables = document->engine->tables;
  draft->kind = known->kind <= KH_KNOWN_ACTOR ? (kh_entity_kind)known->kind : draft->kind;
  memcpy(draft->country, known->country, 4);
  draft->sector = (kh_sector)known->sector;
  draft->name_en = kh_tables_text(tables, known->en);
  draft->known_id = kh_tables_text(tables, known->id);
  if (!*draft->known_id) draft->known_id = NULL;
  if (!*draft->name_en) draft->name_en = NULL;
}

/// Notes the relation of each mention of a place; the entity has one where all of them share it.
static void relate(kh_document *document, kh_draft *draft, int32_t first_name) {
  kh_mention_layer *mentions = document->mentions;
  bool shared = true;
  for (int32_t i = first_name; i != KH_NONE; i = mentions->next_name[i]) {
    kh_name *name = &mentions->names.at[i];
    name->relation = kh_place_relation(document, name);
    if (i == first_name)
      draft->relation = name->relation;
    else if (!name->relation || !draft->relation || strcmp(name->relation, draft->relation) != 0)
      shared = false;
  }
  if (!shared) draft->relation = NULL;
}

/// May the entity be of the report's own state where nothing tells another? Companies, and bodies
/// that are named in Latin letters, are more often those of others.
static bool may_be_native(const kh_document *document, const kh_draft *draft, const kh_name *name) {
  if (draft->kind != KH_KIND_ORG) return true;
  return draft->sector != KH_SECTOR_BUS && document->tokens->at[name->first].kind != KH_TOKEN_LATIN;
}

void kh_entity_describe(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  const kh_entity_state *state = kh_entity_state_of(document, entity);
  if (state->known) kh_draft_take(document, draft, state->known);
  if (state->known && state->known->kind == KH_KNOWN_PLACE) kh_place_resolve(document, entity);
  if (draft->kind == KH_KIND_PLACE) relate(document, draft, state->first_name);
  if (draft->kind == KH_KIND_PERSON) kh_person_describe(document, entity);
  for (int32_t i = state->first_name; i != KH_NONE; i = mentions->next_name[i])
    describe_name(document, draft, &mentions->names.at[i]);
  kh_state_judge(document, entity);
  if (!draft->country[0] && !state->known && draft->kind == KH_KIND_PLACE)
    kh_place_guess_country(document, entity);
  else if (!draft->country[0] && (!state->known || is_of_some_state(draft)) &&
           may_be_native(document, draft, &mentions->names.at[state->longest]))
    memcpy(draft->country, mentions->country, 4);
  draft->name = kh_entity_text(document, mentions->names.at[state->longest].span,
                               mentions->names.at[state->longest].first);
  if (!draft->name_en) {
    draft->name_en = kh_name_in_english(document, draft, &mentions->names.at[state->longest]);
    draft->name_en_transliterated = true;
  }
}
