// SPDX-License-Identifier: Apache-2.0
// Which of the places of one name is meant: by its head («قرية»), the country named beside it, the
// country of the report, the places around it, and its size.
#include "mention/entity.h"

#include <string.h>

enum { MAX_CANDIDATES = 16, MAX_ANCHORS = 64, MAX_LOOKED_AT = 8, BESIDE_TOKENS = 5 };

/// How much each kind of evidence weighs; a place is meant when it is DECISIVE ahead of all that
/// lie elsewhere.
enum {
  WRITTEN = 80, // the shadda that the text writes («عمّان»)
  BESIDE = 60, // its country stands beside the name: «طرابلس شمالي لبنان», «طرابلس الليبية»
  HEADED = 40, // a head before the name is one of its level
  HERE = 30,   // in the country that the report is about
  STATE = 30,
  SENTENCE = 20, // its country is named in the sentence
  USUAL = 10,    // far larger than all others of the name
  CAPITAL = 10,
  DECISIVE = 12,
};

enum { SAME_SPOT_KM = 25, FAR_KM = 800, SMALL = 100000 };

// ---- distances

typedef struct point {
  double latitude;
  double longitude;
} point;

static bool has_point(const kh_known *line) {
  return line->latitude != INT32_MIN && line->longitude != INT32_MIN;
}

static point point_of(const kh_known *line) {
  return (point){line->latitude / 1e6, line->longitude / 1e6};
}

/// The square of the distance in kilometres, as on a plane; good to a few per cent where reports
/// take place.
static double apart_squared(point a, point b) {
  const double radians = (a.latitude + b.latitude) / 2 * 0.017453292519943295;
  const double square = radians * radians;
  const double cosine = 1 - square / 2 + square * square / 24;
  double east = b.longitude - a.longitude;
  if (east > 180) east -= 360;
  if (east < -180) east += 360;
  const double x = east * cosine * 111.2;
  const double y = (b.latitude - a.latitude) * 111.2;
  return x * x + y * y;
}

static bool within(point a, point b, double kilometres) {
  return apart_squared(a, b) <= kilometres * kilometres;
}

static bool one_spot(const kh_known *a, const kh_known *b) {
  if (a == b) return true;
  return has_point(a) && has_point(b) && within(point_of(a), point_of(b), SAME_SPOT_KM);
}

// ---- anchors: places that can be no other

struct kh_anchors {
  uint32_t count;
  struct {
    uint32_t token;
    point at;
    const char *country;
  } place[MAX_ANCHORS];
};

/// The hit of known names that a name is; NULL.
static const kh_known_hit *hit_of(const kh_document *document, const kh_name *name) {
  const kh_features *features = document->mentions->features;
  const int32_t at = features->hit_at[name->last - 1];
  return at < 0 ? NULL : &features->hits.at[at];
}

/// The only place of the hit with a point, when all of its places lie on one spot; NULL.
static const kh_known *only_place(const kh_document *document, const kh_known_hit *hit) {
  const kh_known *known = document->engine->names->known;
  const kh_known *only = NULL;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind != KH_KNOWN_PLACE) continue;
    if (!has_point(line) || (line->flags & KH_KNOWN_STATE)) return NULL;
    if (only && !one_spot(only, line)) return NULL;
    if (!only) only = line;
  }
  return only && !(only->flags & KH_KNOWN_WORD) ? only : NULL;
}

void kh_places_anchor(kh_document *document) {
  kh_mention_layer *mentions = document->mentions;
  struct kh_anchors *anchors = kh_arena_zero(&document->arena, sizeof *anchors);
  mentions->anchors = anchors;
  for (uint32_t i = 0; i < mentions->names.count && anchors->count < MAX_ANCHORS; i++) {
    const kh_name *name = &mentions->names.at[i];
    const kh_known_hit *hit = name->kind == KH_KIND_PLACE ? hit_of(document, name) : NULL;
    const kh_known *place = hit ? only_place(document, hit) : NULL;
    if (!place) continue;
    anchors->place[anchors->count].token = name->first;
    anchors->place[anchors->count].country = place->country;
    anchors->place[anchors->count++].at = point_of(place);
  }
}

/// What the anchors say for a place named at a token: those of its own sentence most.
static int nearness(const kh_document *document, const kh_known *line, uint32_t token) {
  static const struct {
    int kilometres;
    int in_sentence;
    int elsewhere;
  } STEPS[] = {{60, 40, 25}, {150, 30, 15}, {400, 10, 6}};
  const kh_token_layer *tokens = document->tokens;
  const struct kh_anchors *anchors = document->mentions->anchors;
  if (!has_point(line)) return 0;
  int best = 0;
  for (uint32_t a = 0; a < anchors->count; a++) {
    if (anchors->place[a].token == token) continue;
    const bool near = tokens->at[anchors->place[a].token].sentence == tokens->at[token].sentence;
    for (uint32_t s = 0; s < sizeof STEPS / sizeof *STEPS; s++) {
      if (!within(point_of(line), anchors->place[a].at, STEPS[s].kilometres)) continue;
      const int points = near ? STEPS[s].in_sentence : STEPS[s].elsewhere;
      best = points > best ? points : best;
      break;
    }
  }
  return best;
}

/// Do all anchors lie far away?
static bool is_far(const kh_document *document, const kh_known *line) {
  const struct kh_anchors *anchors = document->mentions->anchors;
  for (uint32_t a = 0; a < anchors->count; a++)
    if (within(point_of(line), anchors->place[a].at, FAR_KM)) return false;
  return anchors->count > 0;
}

// ---- countries around a name

/// The country that a token's known name or adjective points to; "" when none.
static const char *country_at(const kh_document *document, uint32_t token) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  const int32_t at = features->hit_at[token];
  if (at < 0) return "";
  const kh_known_hit *hit = &features->hits.at[at];
  if (hit->state) return hit->state->country;
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    const bool tells = line->kind == KH_KNOWN_NISBA ||
                       (line->kind == KH_KNOWN_PLACE && (line->flags & KH_KNOWN_STATE));
    if (tells && !(line->flags & KH_KNOWN_WORD)) return line->country;
  }
  return "";
}

/// Does the country stand right after the name, with no other noun between: «طرابلس الليبية»,
/// «طرابلس في شمال لبنان»?
static bool stands_beside(const kh_document *document, const kh_name *name, const char *country) {
  const kh_token_layer *tokens = document->tokens;
  const uint32_t end = tokens->sentences[tokens->at[name->first].sentence].last;
  for (uint32_t t = name->last; t < end && t < name->last + BESIDE_TOKENS; t++) {
    const char *here = country_at(document, t);
    if (here[0]) return strcmp(here, country) == 0;
    if (!kh_known_word(document, t, KH_KNOWN_LOCATIVE) &&
        !kh_known_word(document, t, KH_KNOWN_RELATION))
      return false;
  }
  return false;
}

static bool in_sentence(const kh_document *document, const kh_name *name, const char *country) {
  enum { REACH = 40 };
  const kh_token_layer *tokens = document->tokens;
  const kh_sentence *sentence = &tokens->sentences[tokens->at[name->first].sentence];
  const uint32_t first =
      name->first > sentence->first + REACH ? name->first - REACH : sentence->first;
  for (uint32_t t = first; t < sentence->last && t < name->last + REACH; t++)
    if (strcmp(country_at(document, t), country) == 0) return true;
  return false;
}

/// The levels of places that the head before a name tells, a bit each; 0 any.
static uint32_t levels_told(const kh_document *document, const kh_name *name) {
  const kh_known *own = kh_known_word(document, name->first, KH_KNOWN_HEAD);
  if (own && own->level == KH_KNOWN_PLACE && name->last - name->first > 1) return own->size;
  if (!name->first) return 0;
  uint32_t at = name->first - 1;
  if (at && kh_token_is(document, at, KH_MARK_QUOTE)) at--;
  const kh_known *head = kh_known_word(document, at, KH_KNOWN_HEAD);
  return head && head->level == KH_KNOWN_PLACE ? head->size : 0;
}

// ---- the choice

int kh_place_fitness(const kh_document *document, const kh_known *line, bool shadda) {
  const char *country = document->mentions->country;
  const bool here = country[0] && strcmp(line->country, country) == 0;
  const bool written =
      shadda && strstr(kh_tables_text(document->engine->tables, line->ar), "\xD9\x91");
  return (written ? WRITTEN : 0) + (here ? HERE : 0) + (line->flags & KH_KNOWN_STATE ? STATE : 0) +
         (line->flags & KH_KNOWN_CAPITAL ? CAPITAL : 0);
}

/// What all of the text says for a place, over the mentions of its entity.
static int evidence(const kh_document *document, const kh_known *line, int32_t first_name) {
  const kh_mention_layer *mentions = document->mentions;
  const kh_name *first = &mentions->names.at[first_name];
  const bool shadda = document->tokens->at[first->first].flags & KH_TOKEN_SHADDA;
  int points = kh_place_fitness(document, line, shadda);
  int headed = 0;
  int beside = 0;
  uint32_t seen = 0;
  for (int32_t i = first_name; i != KH_NONE && seen < MAX_LOOKED_AT; i = mentions->next_name[i]) {
    const kh_name *name = &mentions->names.at[i];
    const uint32_t levels = levels_told(document, name);
    if (levels && (levels >> line->level & 1U)) headed = HEADED;
    if (!line->country[0] || beside == BESIDE) continue;
    if (stands_beside(document, name, line->country))
      beside = BESIDE;
    else if (!beside && in_sentence(document, name, line->country))
      beside = SENTENCE;
    seen++;
  }
  points += headed + beside + nearness(document, line, first->first);
  if (line->flags & KH_KNOWN_USUAL) points += USUAL;
  return points + (line->size >= 5 * SMALL ? 10 : line->size >= SMALL ? 5 : 0);
}

/// The country that a place is likeliest in of which the gazetteer knows none: that of a place
/// known for certain near by in the sentence («شمال دهوك»), else that of the report.
static const char *likely_country(const kh_document *document, const kh_name *name) {
  enum { REACH = 12 };
  const kh_token_layer *tokens = document->tokens;
  const struct kh_anchors *anchors = document->mentions->anchors;
  const char *best = NULL;
  uint32_t nearest = REACH + 1;
  for (uint32_t t = name->last; t < tokens->count && t < name->last + BESIDE_TOKENS; t++) {
    if (tokens->at[t].sentence != tokens->at[name->first].sentence) break;
    const char *beside = country_at(document, t);
    if (beside[0] && stands_beside(document, name, beside)) return beside;
  }
  for (uint32_t a = 0; a < anchors->count; a++) {
    const uint32_t token = anchors->place[a].token;
    if (tokens->at[token].sentence != tokens->at[name->first].sentence) continue;
    const uint32_t apart = token > name->first ? token - name->first : name->first - token;
    if (apart && apart < nearest && anchors->place[a].country[0]) {
      nearest = apart;
      best = anchors->place[a].country;
    }
  }
  return best ? best : document->mentions->country;
}

void kh_place_guess_country(kh_document *document, int32_t entity) {
  kh_draft *draft = &document->mentions->entities.at[entity];
  const kh_entity_state *state = kh_entity_state_of(document, entity);
  const kh_name *name = &document->mentions->names.at[state->first_name];
  memcpy(draft->country, likely_country(document, name), 4);
}

/// Piece `number` of a text with bars between, in the arena; NULL when it is empty.
static const char *piece(kh_document *document, const char *text, uint32_t number) {
  while (number && *text)
    if (*text++ == '|') number--;
  const size_t len = strcspn(text, "|");
  return len && !number ? kh_arena_copy(&document->arena, text, len) : NULL;
}

/// Do all of the entity's names stand after a head that only divisions have («محافظة إدلب»)?
static bool is_division(const kh_document *document, int32_t first_name) {
  const kh_mention_layer *mentions = document->mentions;
  for (int32_t i = first_name; i != KH_NONE; i = mentions->next_name[i])
    if (!(levels_told(document, &mentions->names.at[i]) >> KH_LEVEL_GOVERNORATE & 1U)) return false;
  return true;
}

/// Sets coordinates and codes from a line.
static void locate(kh_document *document, kh_draft *draft, const kh_known *known,
                   int32_t first_name) {
  const kh_tables *tables = document->engine->tables;
  if (*kh_tables_text(tables, known->note)) draft->place_code = kh_tables_text(tables, known->note);
  const char *admin = kh_tables_text(tables, known->place);
  draft->admin1 = piece(document, admin, 0);
  draft->admin2 = piece(document, admin, 1);
  const char *division = piece(document, admin, 2);
  if (division && is_division(document, first_name)) draft->place_code = division;
  if (!has_point(known)) return;
  draft->located = true;
  draft->latitude = known->latitude / 1e6;
  draft->longitude = known->longitude / 1e6;
}

/// Undecided: the codes of all that may be meant, and a country only where they share it.
static void leave_open(kh_document *document, kh_draft *draft, const kh_known_hit *hit,
                       const kh_name *name) {
  const kh_known *known = document->engine->names->known;
  const char *shared = NULL;
  bool differ = false;
  draft->known_id = draft->name_en = NULL; // one of them is not all of them
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind != KH_KNOWN_PLACE) continue;
    if (shared && strcmp(shared, line->country) != 0) differ = true;
    if (!shared) shared = line->country;
    const char *code = kh_tables_text(document->engine->tables, line->note);
    if (!*code || draft->candidates.count == MAX_CANDIDATES) continue;
    const char **candidate = KH_ADD(&document->arena, &draft->candidates);
    *candidate = code;
  }
  if (!differ) return;
  // that of the report only where one of them lies in it
  const char *likely = likely_country(document, name);
  draft->country[0] = '\0';
  for (uint32_t e = 0; e < hit->count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind == KH_KNOWN_PLACE && strcmp(line->country, likely) == 0)
      memcpy(draft->country, likely, 4);
  }
}

/// Does a head before one of the entity's names tell another level than the line's («حي»)?
static bool is_misheaded(const kh_document *document, const kh_known *line, int32_t first_name) {
  const uint32_t levels = levels_told(document, &document->mentions->names.at[first_name]);
  return levels && (line->flags & KH_KNOWN_WORD) && !(levels >> line->level & 1U);
}

/// A small place in another country than that of the report, far from all that it names, is more
/// likely one that is not known.
static bool is_out_of_place(const kh_document *document, const kh_known *line, int points) {
  const char *country = document->mentions->country;
  return line->size < SMALL && has_point(line) && points < SENTENCE &&
         !(line->flags & (KH_KNOWN_STATE | KH_KNOWN_CAPITAL)) && line->level >= KH_LEVEL_CITY &&
         line->level <= KH_LEVEL_NEIGHBOURHOOD &&
         ((country[0] && strcmp(line->country, country) != 0) || is_far(document, line));
}

const kh_known *kh_place_resolve(kh_document *document, int32_t entity) {
  kh_mention_layer *mentions = document->mentions;
  kh_draft *draft = &mentions->entities.at[entity];
  kh_entity_state *state = kh_entity_state_of(document, entity);
  const kh_known *known = document->engine->names->known;
  const kh_known_hit *hit = hit_of(document, &mentions->names.at[state->known_name]);
  if (!hit) {
    locate(document, draft, state->known, state->first_name);
    return state->known;
  }
  const kh_known *best = NULL;
  int most = INT32_MIN;
  int points[MAX_CANDIDATES * 4];
  uint32_t count = 0;
  for (uint32_t e = 0; e < hit->count && count < MAX_CANDIDATES * 4; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind != KH_KNOWN_PLACE) continue;
    points[count] = evidence(document, line, state->first_name);
    const bool larger = best && points[count] == most && line->size > best->size;
    if (!best || points[count] > most || larger) best = line;
    most = points[count] > most ? points[count] : most;
    count++;
  }
  if (!best) return state->known;
  bool decided =
      !is_out_of_place(document, best, most) && !is_misheaded(document, best, state->first_name);
  for (uint32_t e = 0, n = 0; e < hit->count && n < count; e++) {
    const kh_known *line = &known[hit->entries[e]];
    if (line->kind != KH_KNOWN_PLACE) continue;
    if (points[n++] + DECISIVE > most && !one_spot(line, best)) decided = false;
  }
  state->known = best;
  if (decided) {
    kh_draft_take(document, draft, best);
    locate(document, draft, best, state->first_name);
  } else {
    leave_open(document, draft, hit, &mentions->names.at[state->first_name]);
    if (count == 1) kh_place_guess_country(document, entity);
  }
  return best;
}
