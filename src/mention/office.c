// SPDX-License-Identifier: Apache-2.0
#include "mention/office.h"

#include "mention/entity.h"

#include <string.h>

enum { MAX_OFFICE_TOKENS = 12 };

// ---- phrases

/// The longest name of an office that begins at `first`: its key, and in `*end` the token after.
static bool longest_name(const kh_document *document, uint32_t first, uint32_t last, uint32_t *key,
                         uint32_t *end) {
  static const uint8_t ALEF[] = {KH_LETTER_ALEF};
  const kh_automaton *keys = &document->engine->names->offices.keys.keys;
  kh_automaton_state state = kh_automaton_start(keys);
  bool found = false;
  for (uint32_t t = first; t < last && t - first < MAX_OFFICE_TOKENS; t++) {
    const kh_form *form = kh_form_of(document, t);
    const uint32_t cut = t == first ? form->cut : 0;
    if (t > first && !kh_automaton_step(keys, &state, ' ')) break;
    // «للرئيس» is «الرئيس»
    if (cut && form->article == 1 && !kh_automaton_spell(keys, &state, ALEF, 1)) break;
    if (!kh_automaton_spell(keys, &state, form->letters + cut, (uint32_t)form->len - cut)) break;
    if (!kh_automaton_accepts(keys, state, key)) continue;
    *end = t + 1;
    found = true;
  }
  uint32_t again;
  if (found && !kh_automaton_accepts(keys, state, &again)) {
    // the walk went on past the longest name: spell it once more for its number
    state = kh_automaton_start(keys);
    for (uint32_t t = first; t < *end; t++) {
      const kh_form *form = kh_form_of(document, t);
      const uint32_t cut = t == first ? form->cut : 0;
      if (t > first) kh_automaton_step(keys, &state, ' ');
      if (cut && form->article == 1) kh_automaton_spell(keys, &state, ALEF, 1);
      kh_automaton_spell(keys, &state, form->letters + cut, (uint32_t)form->len - cut);
    }
    return kh_automaton_accepts(keys, state, key);
  }
  return found;
}

/// The country that every token of [first, last) tells, as adjective or name of one state; NULL
/// when there is none or the words say more.
static const char *country_alone(const kh_document *document, uint32_t first, uint32_t last) {
  const kh_features *features = document->mentions->features;
  const kh_known *known = document->engine->names->known;
  const char *country = NULL;
  for (uint32_t t = first; t < last;) {
    const int32_t at = features->hit_at[t];
    if (at < 0) return NULL;
    const kh_known_hit *hit = &features->hits.at[at];
    const char *own = NULL;
    for (uint32_t e = 0; e < hit->count && !own; e++) {
      const kh_known *line = &known[hit->entries[e]];
      if (line->kind == KH_KNOWN_NISBA ||
          (line->kind == KH_KNOWN_PLACE && (line->flags & KH_KNOWN_STATE)))
        own = line->country;
    }
    if (!own || !own[0] || (country && strcmp(country, own) != 0)) return NULL;
    country = own;
    t = hit->first + hit->tokens;
  }
  return country;
}

/// Does a word go on after the name that would make it another office («السابق»)?
static bool goes_on(const kh_document *document, uint32_t token, uint32_t limit) {
  return token < limit && document->tokens->at[token].kind == KH_TOKEN_WORD &&
         kh_form_of(document, token)->article == 2 &&
         document->mentions->name_at[token] == KH_NONE &&
         document->mentions->features->hit_at[token] == KH_NONE &&
         document->morph->best[token].pos != KH_POS_VERB;
}

bool kh_office_named(const kh_document *document, uint32_t first, uint32_t last,
                     kh_office_phrase *phrase) {
  const kh_offices *offices = &document->engine->names->offices;
  const kh_token_layer *tokens = document->tokens;
  if (!offices->office_count || !document->mentions->features) return false;
  // the name may go on after what the caller took for the phrase («الأمين العام» + «للأمم المتحدة»)
  const uint32_t limit = tokens->sentences[tokens->at[first].sentence].last;
  uint32_t key;
  uint32_t end;
  if (!longest_name(document, first, limit, &key, &end)) return false;
  uint32_t count;
  const uint32_t *lines = kh_index_values(&offices->keys, key, &count);
  const kh_office *office = &offices->offices[lines[0]];
  const char *told = end < last ? country_alone(document, end, last) : NULL;
  if (end < last && !told) return false;
  phrase->office = office->office;
  phrase->country = office->country[0] ? office->country : told;
  phrase->end = end > last ? end : last;
  if (goes_on(document, phrase->end, limit)) return false;
  return phrase->country && (!told || strcmp(told, phrase->country) == 0);
}

// ---- terms

/// The day of the report as a number such as 20180426; 0 unknown.
static uint32_t day_of(const kh_document *document) {
  const char *day = kh_report_day(document);
  uint32_t number = 0;
  uint32_t digits = 0;
  for (; *day && digits < 8; day++) {
    if (*day == '-') continue;
    if (*day < '0' || *day > '9') return 0;
    number = number * 10 + (uint32_t)(*day - '0');
    digits++;
  }
  return digits == 8 ? number : 0;
}

static bool is_of(const kh_term *term, const kh_office_phrase *phrase) {
  return term->office == phrase->office && strcmp(term->country, phrase->country) == 0;
}

const kh_known *kh_office_holder(const kh_document *document, const kh_office_phrase *phrase) {
  const kh_offices *offices = &document->engine->names->offices;
  const uint32_t day = day_of(document);
  const kh_known *holder = NULL;
  for (uint32_t i = 0; day && i < offices->term_count; i++) {
    const kh_term *term = &offices->terms[i];
    if (!is_of(term, phrase) || day < term->from || day > term->until) continue;
    if (holder) return NULL; // the day of a change
    holder = &document->engine->names->known[term->person];
  }
  return holder;
}

bool kh_office_ever_held(const kh_document *document, const kh_office_phrase *phrase,
                         const kh_known *person) {
  const kh_offices *offices = &document->engine->names->offices;
  const kh_known *known = document->engine->names->known;
  for (uint32_t i = 0; i < offices->term_count; i++)
    if (is_of(&offices->terms[i], phrase) && known[offices->terms[i].person].id == person->id)
      return true;
  return false;
}
