// SPDX-License-Identifier: Apache-2.0
/// \file
/// What a report says, as values: entities, times, figures, statements, events, steps.
///
/// All strings are UTF-8, NUL-terminated, and owned by the document; NULL means unknown.
/// All references to other items of the same document are indices into its arrays; KH_NONE is none.
#ifndef KHUTWA_CLAIM_H
#define KHUTWA_CLAIM_H

#include <khutwa/span.h>
#include <stdbool.h>

#ifdef __cplusplus
extern "C" {
#endif

#define KH_NONE (-1)

/// A list of indices.
typedef struct kh_refs {
  const int32_t *at;
  uint32_t count;
} kh_refs;

/// Where an item comes from: the rule or model that made it, and how sure it is.
typedef struct kh_origin {
  const char *rule; ///< Id of a rule or model, never NULL in a finished record.
  float confidence; ///< 0..1; negative where it was not measured.
} kh_origin;

typedef enum kh_entity_kind {
  KH_KIND_PERSON,
  KH_KIND_PLACE,
  KH_KIND_ORG,
  KH_KIND_ARMED,
  KH_KIND_MEDIA,
  KH_KIND_PEOPLE,
  KH_KIND_ACTOR, ///< Unnamed: «متحدث باسم الجيش» (a spokesman of the army).
} kh_entity_kind;

/// PLOVER's actor sectors.
typedef enum kh_sector {
  KH_SECTOR_NONE,
  KH_SECTOR_GOV,
  KH_SECTOR_MIL,
  KH_SECTOR_REB,
  KH_SECTOR_OPP,
  KH_SECTOR_PTY,
  KH_SECTOR_COP,
  KH_SECTOR_JUD,
  KH_SECTOR_SPY,
  KH_SECTOR_LEG,
  KH_SECTOR_IGO,
  KH_SECTOR_NGO,
  KH_SECTOR_JRN,
  KH_SECTOR_HLH,
  KH_SECTOR_EDU,
  KH_SECTOR_BUS,
  KH_SECTOR_CRM,
  KH_SECTOR_REL,
  KH_SECTOR_CVL,
  KH_SECTOR_REF,
  KH_SECTOR_LAB,
} kh_sector;

typedef enum kh_mention_form {
  KH_FORM_NAME,
  KH_FORM_ROLE,    ///< «المبعوث الأمريكي» (the American envoy).
  KH_FORM_NOMINAL, ///< «المعارضة» (the opposition).
  KH_FORM_PRONOUN, ///< Also the dropped subject of a verb; the span is then the verb.
} kh_mention_form;

typedef struct kh_mention {
  kh_span span; ///< Without proclitics.
  kh_mention_form form;
  const char *relation; ///< Of a place: where by it («شمالي», «ريف … الشمالي», a distance); NULL.
} kh_mention;

typedef struct kh_role {
  kh_span span; ///< «وزير الدفاع» (minister of defence), as it stands.
} kh_role;

typedef struct kh_entity {
  kh_entity_kind kind;
  const char *name;    ///< Fullest form in the document.
  const char *name_en; ///< NULL when not known.
  bool name_en_transliterated;
  const char *known_id; ///< Stable id over documents (a Wikidata number or our own); NULL.
  char country[4];      ///< ISO 3166 alpha-3, UNO, IGO; "" when unclear.
  kh_sector sector;
  const kh_role *roles;
  uint32_t role_count;
  const kh_mention *mentions;
  uint32_t mention_count;
  bool located; ///< `latitude` and `longitude` (degrees, WGS 84) hold.
  double latitude;
  double longitude;
  const char *place_code; ///< GeoNames id ("geonames:170063") or P-code.
  const char *admin1;
  const char *admin2;
  const char *const *candidates; ///< Place codes when undecided.
  uint32_t candidate_count;
  const char *relation; ///< The relation that all mentions of a place share; NULL.
  kh_origin origin;
} kh_entity;

typedef enum kh_time_type {
  KH_TIME_DATE,
  KH_TIME_TIME,
  KH_TIME_DURATION,
  KH_TIME_SET
} kh_time_type;

typedef struct kh_time {
  kh_span span;
  kh_time_type type;
  const char *value; ///< TIMEX3 value.
  char begin[11];    ///< First day, "YYYY-MM-DD"; "" when unknown.
  char until[11];    ///< Last day, inclusive; "" when unknown.
  bool inferred;     ///< A part came from the report's date.
  bool conflict;     ///< The parts contradict one another.
  kh_origin origin;
} kh_time;

typedef enum kh_bound {
  KH_BOUND_EXACT,
  KH_BOUND_ABOUT,
  KH_BOUND_AT_LEAST,
  KH_BOUND_AT_MOST
} kh_bound;

typedef enum kh_counted {
  KH_COUNTED_PERSONS,
  KH_COUNTED_CIVILIANS,
  KH_COUNTED_CHILDREN,
  KH_COUNTED_WOMEN,
  KH_COUNTED_MEN,
  KH_COUNTED_FAMILIES,
  KH_COUNTED_FIGHTERS,
  KH_COUNTED_SOLDIERS,
  KH_COUNTED_POLICE,
  KH_COUNTED_MEDICS,
  KH_COUNTED_RESCUERS,
  KH_COUNTED_JOURNALISTS,
  KH_COUNTED_DETAINEES,
  KH_COUNTED_REFUGEES,
  KH_COUNTED_STUDENTS,
  KH_COUNTED_WORKERS,
  KH_COUNTED_OFFICIALS,
  KH_COUNTED_STRIKES,
  KH_COUNTED_SHELLS,
  KH_COUNTED_ROCKETS,
  KH_COUNTED_VEHICLES,
  KH_COUNTED_HOUSES,
  KH_COUNTED_FACILITIES,
  KH_COUNTED_VILLAGES,
  KH_COUNTED_TENTS,
  KH_COUNTED_AIRCRAFT,
  KH_COUNTED_OTHER,
} kh_counted;

typedef enum kh_harm {
  KH_HARM_KILLED,
  KH_HARM_WOUNDED,
  KH_HARM_DISPLACED,
  KH_HARM_RETURNED,
  KH_HARM_DETAINED,
  KH_HARM_RELEASED,
  KH_HARM_MISSING,
  KH_HARM_ABDUCTED,
  KH_HARM_EVACUATED,
  KH_HARM_BESIEGED,
  KH_HARM_IN_NEED,
  KH_HARM_REFUGEES,
  KH_HARM_ATTACKS,
  KH_HARM_DESTROYED,
  KH_HARM_DAMAGED,
  KH_HARM_DEPLOYED,
  KH_HARM_SURRENDERED,
  KH_HARM_SHOT_DOWN,
  KH_HARM_OTHER,
} kh_harm;

typedef struct kh_figure {
  kh_span span; ///< Number and counted noun.
  double value;
  double high; ///< Upper end of a range; negative when there is none.
  kh_bound bound;
  kh_counted counted;
  kh_harm what;
  int32_t part_of;   ///< Figure, or KH_NONE.
  int32_t restates;  ///< Figure, or KH_NONE.
  int32_t place;     ///< Entity, or KH_NONE.
  int32_t source;    ///< Entity that counted, or KH_NONE.
  const char *since; ///< TIMEX3 value; NULL.
  const char *until;
  kh_origin origin;
} kh_figure;

typedef enum kh_statement_mode {
  KH_MODE_DIRECT,
  KH_MODE_INDIRECT,
  KH_MODE_MIXED
} kh_statement_mode;

typedef struct kh_statement {
  kh_span cue;
  int32_t speaker; ///< Entity.
  kh_refs with;    ///< Other speakers of a joint statement.
  kh_span speaker_span;
  kh_statement_mode mode;
  kh_span content;
  kh_refs to;     ///< Entities addressed.
  int32_t via;    ///< Outlet, or KH_NONE.
  int32_t time;   ///< Time, or KH_NONE.
  int32_t inside; ///< The statement this one is nested in, or KH_NONE.
  kh_origin origin;
} kh_statement;

/// PLOVER's current sixteen types.
typedef enum kh_event_type {
  KH_EVENT_AGREE,
  KH_EVENT_CONSULT,
  KH_EVENT_SUPPORT,
  KH_EVENT_CONCEDE,
  KH_EVENT_COOPERATE,
  KH_EVENT_AID,
  KH_EVENT_RETREAT,
  KH_EVENT_REQUEST,
  KH_EVENT_ACCUSE,
  KH_EVENT_REJECT,
  KH_EVENT_THREATEN,
  KH_EVENT_PROTEST,
  KH_EVENT_SANCTION,
  KH_EVENT_MOBILIZE,
  KH_EVENT_COERCE,
  KH_EVENT_ASSAULT,
} kh_event_type;

typedef enum kh_reality {
  KH_REALITY_ACTUAL,
  KH_REALITY_FUTURE,
  KH_REALITY_POSSIBLE,
  KH_REALITY_DEMANDED,
  KH_REALITY_CONDITIONAL,
} kh_reality;

typedef struct kh_event {
  kh_span trigger;
  kh_event_type type;
  const char *mode; ///< PLOVER mode ("aerial"); NULL.
  kh_refs actors;
  kh_refs recipients;
  kh_reality reality;
  bool negated;
  int32_t place;     ///< Entity, or KH_NONE.
  int32_t time;      ///< Time, or KH_NONE.
  int32_t statement; ///< The statement that reports it, or KH_NONE.
  kh_origin origin;
} kh_event;

typedef enum kh_step_kind {
  KH_STEP_CEASEFIRE,
  KH_STEP_WITHDRAWAL,
  KH_STEP_TALKS,
  KH_STEP_AGREEMENT,
  KH_STEP_POLITICAL_PROCESS,
  KH_STEP_CONSENT,
  KH_STEP_DETAINEES,
  KH_STEP_AID_ACCESS,
  KH_STEP_RETURN,
  KH_STEP_SANCTIONS_RELIEF,
  KH_STEP_ELECTIONS,
  KH_STEP_DISARMAMENT,
  KH_STEP_DEPLOYMENT_OF_OBSERVERS,
  KH_STEP_SAFE_ZONE,
  KH_STEP_OPENING,
  KH_STEP_INVESTIGATION,
  KH_STEP_COUNTERTERRORISM,
  KH_STEP_RECOGNITION,
  KH_STEP_RECONSTRUCTION,
  KH_STEP_EVACUATION,
  KH_STEP_SECURITY_GUARANTEE,
  KH_STEP_OTHER,
} kh_step_kind;

typedef enum kh_step_status {
  KH_STATUS_DEMANDED,
  KH_STATUS_CONDITIONAL,
  KH_STATUS_PROMISED,
  KH_STATUS_AGREED,
  KH_STATUS_UNDER_WAY,
  KH_STATUS_MET,
  KH_STATUS_NOT_MET,
  KH_STATUS_REFUSED,
  KH_STATUS_VIOLATED,
  KH_STATUS_SUSPENDED,
} kh_step_status;

typedef struct kh_step {
  kh_span what;
  kh_step_kind kind;
  kh_refs by;
  kh_refs asked_by;
  kh_span condition_for; ///< "for" in the record; {0, 0} when none.
  int32_t place;         ///< Entity, or KH_NONE.
  kh_step_status status;
  int32_t according_to; ///< Entity, or KH_NONE where the report itself says so.
  int32_t statement;    ///< Statement, or KH_NONE.
  char as_of[11];       ///< Day of the status; "" when unknown.
  int32_t same_as;      ///< An earlier step of this document, or KH_NONE.
  kh_origin origin;
} kh_step;

/// Names as the record writes them ("at_least", "in_need"). Never NULL for a value of the enum.
const char *kh_entity_kind_name(kh_entity_kind kind);
const char *kh_sector_name(kh_sector sector); ///< NULL for KH_SECTOR_NONE.
const char *kh_mention_form_name(kh_mention_form form);
const char *kh_time_type_name(kh_time_type type);
const char *kh_bound_name(kh_bound bound);
const char *kh_counted_name(kh_counted counted);
const char *kh_harm_name(kh_harm what);
const char *kh_statement_mode_name(kh_statement_mode mode);
const char *kh_event_type_name(kh_event_type type);
const char *kh_reality_name(kh_reality reality);
const char *kh_step_kind_name(kh_step_kind kind);
const char *kh_step_status_name(kh_step_status status);

#ifdef __cplusplus
}
#endif
#endif
