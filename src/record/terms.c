// SPDX-License-Identifier: Apache-2.0
// The words of the record's enumerations.
#include <khutwa/claim.h>

#include <stddef.h>

// The name of `value`, or the last one for a value that is none of the enumeration's.
static const char *look_up(const char *const *names, size_t count, unsigned value) {
  return names[value < count ? value : count - 1];
}

#define LOOK_UP(names, value) look_up(names, sizeof(names) / sizeof *(names), (unsigned)(value))

const char *kh_entity_kind_name(kh_entity_kind kind) {
  static const char *const names[] = {"person", "place",  "org",  "armed",
                                      "media",  "people", "actor"};
  return LOOK_UP(names, kind);
}

const char *kh_sector_name(kh_sector sector) {
  static const char *const names[] = {NULL,  "GOV", "MIL", "REB", "OPP", "PTY", "COP",
                                      "JUD", "SPY", "LEG", "IGO", "NGO", "JRN", "HLH",
                                      "EDU", "BUS", "CRM", "REL", "CVL", "REF", "LAB"};
  return LOOK_UP(names, sector);
}

const char *kh_mention_form_name(kh_mention_form form) {
  static const char *const names[] = {"name", "role", "nominal", "pronoun"};
  return LOOK_UP(names, form);
}

const char *kh_time_type_name(kh_time_type type) {
  static const char *const names[] = {"DATE", "TIME", "DURATION", "SET"};
  return LOOK_UP(names, type);
}

const char *kh_bound_name(kh_bound bound) {
  static const char *const names[] = {"exact", "about", "at_least", "at_most"};
  return LOOK_UP(names, bound);
}

const char *kh_counted_name(kh_counted counted) {
  static const char *const names[] = {
      "persons",  "civilians",  "children",  "women",    "men",         "families",  "fighters",
      "soldiers", "police",     "medics",    "rescuers", "journalists", "detainees", "refugees",
      "students", "workers",    "officials", "strikes",  "shells",      "rockets",   "vehicles",
      "houses",   "facilities", "villages",  "tents",    "aircraft",    "other"};
  return LOOK_UP(names, counted);
}

const char *kh_harm_name(kh_harm what) {
  static const char *const names[] = {
      "killed",   "wounded",   "displaced",   "returned",  "detained", "released", "missing",
      "abducted", "evacuated", "besieged",    "in_need",   "refugees", "attacks",  "destroyed",
      "damaged",  "deployed",  "surrendered", "shot_down", "other"};
  return LOOK_UP(names, what);
}

const char *kh_statement_mode_name(kh_statement_mode mode) {
  static const char *const names[] = {"direct", "indirect", "mixed"};
  return LOOK_UP(names, mode);
}

const char *kh_event_type_name(kh_event_type type) {
  static const char *const names[] = {
      "AGREE",  "CONSULT", "SUPPORT",  "CONCEDE", "COOPERATE", "AID",      "RETREAT", "REQUEST",
      "ACCUSE", "REJECT",  "THREATEN", "PROTEST", "SANCTION",  "MOBILIZE", "COERCE",  "ASSAULT"};
  return LOOK_UP(names, type);
}

const char *kh_reality_name(kh_reality reality) {
  static const char *const names[] = {"actual", "future", "possible", "demanded", "conditional"};
  return LOOK_UP(names, reality);
}

const char *kh_step_kind_name(kh_step_kind kind) {
  static const char *const names[] = {"ceasefire",
                                      "withdrawal",
                                      "talks",
                                      "agreement",
                                      "political_process",
                                      "consent",
                                      "detainees",
                                      "aid_access",
                                      "return",
                                      "sanctions_relief",
                                      "elections",
                                      "disarmament",
                                      "deployment_of_observers",
                                      "safe_zone",
                                      "opening",
                                      "investigation",
                                      "counterterrorism",
                                      "recognition",
                                      "reconstruction",
                                      "evacuation",
                                      "security_guarantee",
                                      "other"};
  return LOOK_UP(names, kind);
}

const char *kh_step_status_name(kh_step_status status) {
  static const char *const names[] = {"demanded",  "conditional", "promised", "agreed",
                                      "under_way", "met",         "not_met",  "refused",
                                      "violated",  "suspended"};
  return LOOK_UP(names, status);
}
