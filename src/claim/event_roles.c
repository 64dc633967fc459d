// SPDX-License-Identifier: Apache-2.0
// Who does it to whom, where and when: the slots of an event's frame, filled from the clause of a
// verb, or from what completes and follows a noun.
#include "claim/event.h"

#include <string.h>

// In tokens and phrases: how far from its trigger an argument may stand.
enum { MAX_SLOTS = 6, MAX_REACH = 24, MAX_JOINED = 5, MAX_BACK = 30 };

typedef struct filler {
  kh_document *d;
  const struct kh_phrases *p;
  const kh_trigger *t;
  kh_event_roles *out;
  uint32_t limit; // slots after the trigger begin before this token
} filler;

// ------------------------------------------------------------------ entities

static const kh_draft *draft(const kh_document *d, int32_t entity) {
  return &d->mentions->entities.at[entity];
}

void kh_role_add(kh_role_list *list, int32_t entity) {
  if (entity < 0 || list->count >= KH_MAX_ROLE) return;
  for (uint32_t i = 0; i < list->count; i++)
    if (list->at[i] == entity) return;
  list->at[list->count++] = entity;
}

bool kh_is_armed(const kh_document *d, int32_t entity) {
  if (entity < 0) return false;
  const kh_draft *e = draft(d, entity);
  return e->kind == KH_KIND_ARMED || e->sector == KH_SECTOR_MIL || e->sector == KH_SECTOR_REB ||
         e->sector == KH_SECTOR_COP || e->sector == KH_SECTOR_SPY;
}

bool kh_is_doer(const kh_document *d, int32_t entity) {
  if (entity < 0) return false;
  const kh_draft *e = draft(d, entity);
  if (e->kind == KH_KIND_ARMED) return true;
  switch (e->sector) {
  case KH_SECTOR_GOV:
  case KH_SECTOR_MIL:
  case KH_SECTOR_REB:
  case KH_SECTOR_COP:
  case KH_SECTOR_SPY:
  case KH_SECTOR_IGO:
    return true;
  default:
    return false;
  }
}

// A place that no government stands behind: a scene, nobody who acts.
static bool is_scene(const kh_document *d, int32_t entity) {
  return draft(d, entity)->kind == KH_KIND_PLACE && draft(d, entity)->sector != KH_SECTOR_GOV;
}

static bool is_place(const kh_document *d, int32_t entity) {
  return entity >= 0 && draft(d, entity)->kind == KH_KIND_PLACE;
}

static bool is_quantity(const kh_document *d, uint32_t t) {
  const int32_t q = d->mentions->quantity_at[t];
  return q >= 0 && d->mentions->quantities.at[q].first == t;
}

static bool has_name(const kh_document *d, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++)
    if (d->mentions->name_at[t] >= 0) return true;
  return false;
}

// The owner of a thing: «مواقع للحوثيين», «نقطة تابعة للمتمردين». `last` ends the thing's phrase.
static int32_t owner_of(filler *f, uint32_t last) {
  kh_slot slot;
  if (!kh_slot_next(f->d, last, last + 3 < f->limit ? last + 3 : f->limit, &slot)) return KH_NONE;
  if (slot.first > last + 1 || kh_slot_prep(f->d, &slot) != KH_PREP_LI) return KH_NONE;
  return kh_entity_of(f->d, slot.np, f->p->end[slot.np], true);
}

// The owner within the phrase: «مواقع حزب العمال», «معقل الحوثيين».
static int32_t tail_of(filler *f, uint32_t first, uint32_t last) {
  for (uint32_t t = first + 1; t < last; t++) {
    if (f->p->end[t] != last || f->d->mentions->time_at[t] >= 0) continue;
    const int32_t entity = kh_entity_of(f->d, t, last, true);
    if (entity >= 0) return entity;
  }
  return KH_NONE;
}

// Does a figure count the people that the phrase names?
static bool is_counted(const kh_document *d, uint32_t first, uint32_t last) {
  const kh_claim_layer *claims = d->claims;
  const uint32_t start = d->tokens->at[first].start;
  const uint32_t end = d->tokens->at[last - 1].end;
  uint32_t low = 0;
  uint32_t high = claims->figures.count;
  while (low < high) { // figures stand in the order of the text
    const uint32_t middle = (low + high) / 2;
    if (claims->figures.at[middle].span.end <= start)
      low = middle + 1;
    else
      high = middle;
  }
  return low < claims->figures.count && claims->figures.at[low].span.start < end;
}

// Somebody named by the phrase, or the owner of the thing it names. People merely counted are
// figures when it befalls them.
static int32_t somebody(filler *f, uint32_t first, uint32_t last, bool owners) {
  if (last <= first) return KH_NONE;
  if (owners && !has_name(f->d, first, last) &&
      (is_quantity(f->d, first) || is_counted(f->d, first, last)))
    return KH_NONE;
  if (is_quantity(f->d, first)) {
    const uint32_t after = f->d->mentions->quantities.at[f->d->mentions->quantity_at[first]].last;
    if (after < last && !owners) first = after;
    if (first + 1 < last && kh_is_word(f->d, first) && kh_word_has(f->d, first, KH_CLASS_FROM))
      first++;
  }
  const int32_t entity = kh_entity_of(f->d, first, last, true);
  if (entity >= 0 || !owners) return entity;
  const int32_t owner = tail_of(f, first, last);
  return owner >= 0 ? owner : owner_of(f, last);
}

static void add_phrase(filler *f, kh_role_list *list, uint32_t first, uint32_t last, bool actor) {
  const int32_t entity = somebody(f, first, last, !actor);
  if (entity < 0) return;
  if (is_scene(f->d, entity)) {
    if (actor) return;
    if (f->out->place < 0) f->out->place = entity;
    // an attacked place is where it happens; a seized one is also what is seized
    if (f->t->frame->type == KH_EVENT_ASSAULT) return;
  }
  kh_role_add(list, entity);
}

// The phrase and those joined to it: «الجيش والشرطة».
static void add_joined(filler *f, kh_role_list *list, uint32_t first, uint32_t last, bool actor) {
  add_phrase(f, list, first, last, actor);
  for (uint32_t n = 0, next = kh_conjunct(f->d, last); next && n < MAX_JOINED; n++) {
    if (f->p->clause_at[next] >= 0) return;
    const uint32_t end = f->p->end[next];
    add_phrase(f, list, next, end, actor);
    next = kh_conjunct(f->d, end);
  }
}

static uint32_t pronoun_features(uint8_t enclitic) {
  switch (enclitic) {
  case KH_ENC_3MS:
    return KH_F_MASC | KH_F_SING;
  case KH_ENC_3FS:
    return KH_F_FEM | KH_F_SING;
  case KH_ENC_3D:
    return KH_F_DUAL;
  case KH_ENC_3MP:
    return KH_F_MASC | KH_F_PLUR;
  case KH_ENC_3FP:
    return KH_F_FEM | KH_F_PLUR;
  default:
    return 0;
  }
}

// Whom the pronoun at the end of a word points back to.
static int32_t back_reference(filler *f, uint32_t token, uint32_t features);
static int32_t pronoun_of(filler *f, uint32_t t) {
  const uint8_t enclitic = kh_reading(f->d, t)->enclitic;
  const uint32_t features = pronoun_features(enclitic);
  if (!features) {
    const int32_t s = kh_statement_over(f->d, t);
    if (s >= 0 && (enclitic == KH_ENC_1S || enclitic == KH_ENC_1P))
      return f->d->claims->statements.at[s].speaker;
    return KH_NONE;
  }
  return back_reference(f, t, features | KH_F_THIRD);
}

// ------------------------------------------------------------------ statements whose cue it is

static int32_t statement_of_cue(const filler *f) {
  const kh_claim_layer *claims = f->d->claims;
  const uint32_t start = f->d->tokens->at[f->t->token].start;
  const uint32_t end = f->d->tokens->at[f->t->token].end;
  uint32_t low = 0; // cues stand in the order of the text but for a few
  uint32_t high = claims->statements.count;
  while (high - low > 16) {
    const uint32_t middle = (low + high) / 2;
    if (claims->statements.at[middle].cue.start < start)
      low = middle - 4 > low ? middle - 4 : low + 1;
    else
      high = middle + 4 < high ? middle + 4 : high - 1;
  }
  for (uint32_t i = low; i < high; i++) {
    const kh_span cue = claims->statements.at[i].cue;
    if (cue.start >= start && cue.end <= end) return (int32_t)i;
  }
  return KH_NONE;
}

static void from_statement(filler *f) {
  const kh_event_frame *frame = f->t->frame;
  if (!((frame->actor | frame->recipient) & (KH_ROLE_SPEAKER | KH_ROLE_TO))) return;
  const int32_t i = statement_of_cue(f);
  if (i < 0) return;
  const kh_statement *s = &f->d->claims->statements.at[i];
  if (frame->actor & KH_ROLE_SPEAKER) {
    kh_role_add(&f->out->actors, s->speaker);
    for (uint32_t k = 0; k < s->with.count; k++) kh_role_add(&f->out->actors, s->with.at[k]);
  }
  if (frame->recipient & KH_ROLE_TO)
    for (uint32_t k = 0; k < s->to.count; k++) kh_role_add(&f->out->recipients, s->to.at[k]);
}

// ------------------------------------------------------------------ slots after the trigger

static void to_roles(filler *f, unsigned kind, uint32_t first, uint32_t last) {
  if (f->t->frame->actor & kind) add_joined(f, &f->out->actors, first, last, true);
  if (f->t->frame->recipient & kind) add_joined(f, &f->out->recipients, first, last, false);
}

// May the phrase belong to another happening, so that what follows is no longer ours?
static bool names_event(const filler *f, uint32_t t) {
  if (!kh_is_word(f->d, t) || f->d->mentions->name_at[t] >= 0) return false;
  if (f->d->morph->inside_phrase[t]) return false;
  static const kh_class types[] = {KH_CLASS_EV_ASSAULT, KH_CLASS_EV_COERCE, KH_CLASS_EV_CONSULT,
                                   KH_CLASS_EV_AGREE, KH_CLASS_EV_YIELD};
  for (size_t i = 0; i < sizeof types / sizeof *types; i++)
    if (kh_cue_at(f->d, t, types[i])) return true;
  return false;
}

// Does the phrase of «ل» name who does what a verbal noun of force names? When nothing completes
// the noun and the phrase is armed: «قصف للتحالف».
static bool li_acts(filler *f, const kh_slot *slot) {
  if (f->t->part != KH_PART_MASDAR || f->t->frame->type != KH_EVENT_ASSAULT) return false;
  const uint32_t tail = f->t->last - 1;
  if (kh_reading(f->d, tail)->enclitic != KH_ENC_NONE || f->out->actors.count) return false;
  for (uint32_t t = f->t->last; t < f->p->end[tail]; t++)
    if (f->d->mentions->name_at[t] >= 0 || kh_reading(f->d, t)->pos != KH_POS_ADJ) return false;
  return kh_is_doer(f->d, kh_entity_of(f->d, slot->np, slot->last, true));
}

static void read_slots(filler *f, uint32_t at) {
  kh_slot slot;
  for (uint32_t seen = 0; seen < MAX_SLOTS && kh_slot_next(f->d, at, f->limit, &slot); seen++) {
    at = slot.last > at ? slot.last : at + 1;
    if (f->d->mentions->time_at[slot.np] >= 0) continue;
    const unsigned prep = kh_slot_prep(f->d, &slot);
    if (!prep) continue;
    if (prep != KH_PREP_BY && names_event(f, slot.np)) return;
    // «هجوم للمقاومة», «قصف لطيران التحالف»: a doer after «ل» follows at once
    if (prep == KH_PREP_LI && seen && f->t->frame->actor & KH_PREP_LI) continue;
    if (prep == KH_PREP_LI && !seen && li_acts(f, &slot)) {
      add_joined(f, &f->out->actors, slot.np, slot.last, true);
      continue;
    }
    // «وجهت القوات ضربة للمسلحين»: who does it is known already
    if (prep == KH_PREP_LI && f->t->frame->actor & KH_PREP_LI && f->out->actors.count)
      add_joined(f, &f->out->recipients, slot.np, slot.last, false);
    else
      to_roles(f, prep, slot.np, slot.last);
  }
}

// ------------------------------------------------------------------ verbs

static bool governs(const filler *f, const kh_clause *c);

static bool is_empty(uint32_t first, uint32_t last) { return first >= last; }

// Has the verb an object? Of harm, one that stands before any prepositional phrase: «قتل جنديان في
// هجوم ...» has none.
static bool near_object(const filler *f) {
  const kh_clause *c = f->t->clause;
  if (is_empty(c->object, c->object_last)) return false;
  if (!kh_cue_at(f->d, c->verb, KH_CLASS_HM_KILLED) &&
      !kh_cue_at(f->d, c->verb, KH_CLASS_HM_WOUNDED))
    return true;
  kh_slot slot;
  uint32_t at = c->subject_last > c->verb ? c->subject_last : c->verb + 1;
  while (at <= c->object && kh_slot_next(f->d, at, c->last, &slot)) {
    if (slot.np >= c->object) return true;
    if (kh_slot_prep(f->d, &slot)) return false;
    at = slot.last > at ? slot.last : at + 1;
  }
  return true;
}

// «قُتل», or «قتل» with nobody that it could be done to.
static bool reads_passive(const filler *f) {
  const kh_clause *c = f->t->clause;
  if (c->passive) return true;
  const kh_word *w = kh_reading(f->d, c->verb);
  if (!(w->features & KH_F_MAYBE_PASSIVE) || w->enclitic != KH_ENC_NONE) return false;
  switch (f->t->frame->type) {
  case KH_EVENT_ASSAULT:
  case KH_EVENT_COERCE:
  case KH_EVENT_SANCTION:
  case KH_EVENT_RETREAT:
    return f->t->frame->recipient & KH_PREP_OBJECT && !near_object(f);
  default:
    return false;
  }
}

static void relative_subject(filler *f, unsigned kind) {
  const kh_clause *c = f->t->clause;
  if (c->first == 0) return;
  const uint32_t first = kh_antecedent(f->d, c->first - 1);
  if (first < c->first - 1) to_roles(f, kind, first, f->p->end[first]);
}

static void add_entity(filler *f, unsigned kind, int32_t entity) {
  if (entity < 0) return;
  if (f->t->frame->actor & kind && !is_scene(f->d, entity)) kh_role_add(&f->out->actors, entity);
  if (f->t->frame->recipient & kind) kh_role_add(&f->out->recipients, entity);
}

// Whom a dropped subject or a pronoun at `token` points back to: the speaker, after «إنه»; the
// subject of a clause before it in the sentence; else a name before it.
static int32_t back_reference(filler *f, uint32_t token, uint32_t features) {
  kh_document *d = f->d;
  const kh_sentence *s = kh_sentence_of(d, token);
  for (uint32_t t = token; t-- > s->first && token - t < MAX_BACK;) {
    if (kh_is_word(d, t) && kh_word_has(d, t, KH_CLASS_COMPLEMENT)) {
      // «قال إنه»: the speaker; otherwise what stands outside the content is not its subject
      const int32_t statement = kh_statement_over(d, token);
      if (kh_reading(d, t)->enclitic == KH_ENC_NONE || statement < 0) return KH_NONE;
      return d->claims->statements.at[statement].speaker;
    }
    const kh_clause *c = kh_clause_of(d, t);
    if (!c || is_empty(c->subject, c->subject_last) || c->subject >= token) continue;
    if (!kh_agrees(d, features, c->subject, true)) continue;
    const int32_t entity = kh_entity_of(d, c->subject, c->subject_last, true);
    if (entity >= 0 && !is_scene(d, entity)) return entity;
  }
  const int32_t entity = kh_entity_before(d, token, features);
  if (entity >= 0) d->mentions->entities.at[entity].used = true;
  return entity;
}

static void dropped_subject(filler *f, unsigned kind) {
  const kh_word *w = kh_reading(f->d, f->t->token);
  if (w->features & (KH_F_FIRST | KH_F_SECOND)) {
    const int32_t s = kh_statement_over(f->d, f->t->token);
    if (w->features & KH_F_FIRST && s >= 0)
      add_entity(f, kind, f->d->claims->statements.at[s].speaker);
    return;
  }
  add_entity(f, kind, back_reference(f, f->t->token, w->features));
}

// «القس الذي تحتجزه تركيا», «المدينة التي تسيطر عليها المعارضة»: what the relative pronoun points
// back to is the object.
static void relative_object(filler *f) {
  const kh_clause *c = f->t->clause;
  if (c->subject_relative || c->first == 0 || !kh_is_word(f->d, c->first - 1) ||
      !kh_word_has(f->d, c->first - 1, KH_CLASS_RELATIVE))
    return;
  const uint32_t after = c->verb + 1;
  bool resumes = kh_reading(f->d, c->verb)->enclitic != KH_ENC_NONE;
  if (!resumes && after < c->last && kh_is_word(f->d, after))
    resumes = kh_reading(f->d, after)->enclitic != KH_ENC_NONE &&
              kh_reading(f->d, after)->pos == KH_POS_PREP;
  const uint32_t first = kh_antecedent(f->d, c->first - 1);
  if (resumes && first < c->first - 1 && f->t->frame->recipient)
    add_joined(f, &f->out->recipients, first, f->p->end[first], false);
}

static void read_verb(filler *f) {
  const kh_clause *c = f->t->clause;
  const bool passive = reads_passive(f);
  const unsigned subject = passive ? KH_PREP_OBJECT : KH_ROLE_SUBJECT;
  if (c->subject_relative)
    relative_subject(f, subject);
  else if (!is_empty(c->subject, c->subject_last))
    to_roles(f, subject, c->subject, c->subject_last);
  else if (!passive && !f->out->actors.count)
    dropped_subject(f, subject);
  relative_object(f);
  if (!passive) {
    if (kh_reading(f->d, c->verb)->enclitic != KH_ENC_NONE) {
      if (!f->out->recipients.count) add_entity(f, KH_PREP_OBJECT, pronoun_of(f, c->verb));
    } else if (!is_empty(c->object, c->object_last))
      to_roles(f, KH_PREP_OBJECT, c->object, c->object_last);
  }
  read_slots(f, f->t->last);
}

// ------------------------------------------------------------------ nouns

// Is the word an adjective of the noun rather than its complement: «هجوم مسلح», «تفجيرات
// انتحارية»?
static bool describes(const filler *f, uint32_t noun, uint32_t t) {
  if (f->d->mentions->name_at[t] >= 0) return false;
  const kh_word *a = kh_reading(f->d, noun);
  const kh_word *b = kh_reading(f->d, t);
  const uint32_t adjective = KH_F_ACTIVE_PART | KH_F_PASSIVE_PART | KH_F_NISBA;
  if (b->proclitics & KH_CLITIC_AL || (b->pos != KH_POS_ADJ && !(b->features & adjective)))
    return false;
  if (kh_cue_at(f->d, f->t->token, KH_CLASS_HM_KILLED)) return false;
  const bool feminine = a->features & (KH_F_FEM | KH_F_PLUR);
  return b->features & KH_F_SING && ((b->features & KH_F_FEM) != 0) == feminine;
}

// The states that adjectives of the noun name: «الغارات التركية», «قصف سوري روسي».
static void read_adjectives(filler *f) {
  if (!(f->t->frame->actor & KH_ROLE_IDAFA_DOER)) return;
  const uint32_t end = f->p->end[f->t->last - 1];
  for (uint32_t t = f->t->token + 1; t < end && t < f->t->token + 6; t++) {
    if (f->d->mentions->name_at[t] >= 0 || !kh_word_has(f->d, t, KH_CLASS_NISBA_STATE)) continue;
    const kh_word *w = kh_reading(f->d, t);
    if (w->pos != KH_POS_ADJ || w->features & KH_F_PLUR) continue;
    kh_role_add(&f->out->actors, kh_state_of_adjective(f->d, t, true));
  }
}

// «هجوم شنه مسلحون», «الغارات التي ينفذها التحالف»: the subject of the clause that tells of it.
static void read_relative(filler *f) {
  if (!(f->t->frame->actor & KH_ROLE_GOVERNOR) || f->out->actors.count) return;
  uint32_t t = f->p->end[f->t->last - 1];
  const kh_sentence *s = kh_sentence_of(f->d, f->t->token);
  if (t < s->last && kh_is_word(f->d, t) && kh_word_has(f->d, t, KH_CLASS_RELATIVE)) t++;
  if (t >= s->last) return;
  const kh_clause *c = kh_clause_of(f->d, t);
  if (!c || kh_reading(f->d, t)->enclitic == KH_ENC_NONE || is_empty(c->subject, c->subject_last) ||
      c->subject < c->verb)
    return;
  to_roles(f, KH_ROLE_GOVERNOR, c->subject, c->subject_last);
}

// Does [first, last), which completes the trigger, name who does it? After a verbal noun of force,
// only when its object follows or when it is a weapon: «قصف الطيران», «اقتحام الجيش للمقر».
static bool is_subject(filler *f, uint32_t first, uint32_t last) {
  const bool force = f->t->frame->type == KH_EVENT_ASSAULT || f->t->frame->type == KH_EVENT_COERCE;
  if (f->t->part == KH_PART_MASDAR && force) {
    const kh_clause *c = f->t->clause; // «تعرضت لقصف القوات»
    if (c && c->verb < f->t->token && kh_word_has(f->d, c->verb, KH_CLASS_SUFFER) && governs(f, c))
      return true;
    if (kh_word_has(f->d, first, KH_CLASS_FORCE_THING)) return true;
    kh_slot slot;
    if (!kh_slot_next(f->d, last, f->limit, &slot) || slot.first != last) return false;
    if (f->d->mentions->time_at[slot.np] >= 0) return false;
    const unsigned prep = kh_slot_prep(f->d, &slot);
    if (prep == KH_PREP_LI || prep == KH_PREP_ALA) {
      // «قصف معسكرات للحزب» are the camps of the party
      return kh_is_doer(f->d, kh_entity_of(f->d, first, last, true));
    }
    return !prep && !kh_conjunct(f->d, last);
  }
  const int32_t head = somebody(f, first, last, false);
  return kh_is_doer(f->d, head) && !(force && is_place(f->d, head));
}

// What completes the noun: «قصف الطيران», «اعتقاله».
static void read_idafa(filler *f) {
  const unsigned wanted = KH_ROLE_IDAFA | KH_ROLE_IDAFA_DOER | KH_ROLE_IDAFA_OTHER;
  if (!((f->t->frame->actor | f->t->frame->recipient) & wanted)) return;
  const uint32_t tail = f->t->last - 1; // the pronoun or complement belongs to the last word
  const kh_word *w = kh_reading(f->d, tail);
  if (w->enclitic != KH_ENC_NONE) {
    const int32_t entity = pronoun_of(f, tail);
    if (entity < 0) return;
    f->d->mentions->entities.at[entity].used = true;
    add_entity(f, KH_ROLE_IDAFA, entity);
    const bool doer = f->t->part == KH_PART_MASDAR
                          ? f->t->frame->actor & KH_ROLE_IDAFA_DOER && !f->out->actors.count &&
                                f->t->frame->type != KH_EVENT_COERCE
                          : kh_is_doer(f->d, entity);
    add_entity(f, doer ? KH_ROLE_IDAFA_DOER : KH_ROLE_IDAFA_OTHER, entity);
    return;
  }
  const uint32_t next = f->t->last;
  if (w->proclitics & KH_CLITIC_AL || next >= f->limit || next >= f->p->end[tail]) return;
  if (!f->p->end[next] || f->d->mentions->time_at[next] >= 0) return;
  if (describes(f, tail, next)) return;
  const uint32_t end = f->p->end[next];
  to_roles(f, KH_ROLE_IDAFA, next, end);
  if (!is_subject(f, next, end)) {
    to_roles(f, KH_ROLE_IDAFA_OTHER, next, end);
    return;
  }
  to_roles(f, KH_ROLE_IDAFA_DOER, next, end);
  kh_slot slot; // «قصف الطيران 7 معسكرات»
  if (f->t->part == KH_PART_MASDAR && kh_slot_next(f->d, end, f->limit, &slot) &&
      slot.first == end && !kh_slot_prep(f->d, &slot))
    to_roles(f, KH_PREP_OBJECT, slot.np, slot.last);
}

static bool word_in(const kh_document *d, uint32_t t, const kh_class *classes, size_t count) {
  for (size_t i = 0; i < count; i++)
    if (kh_cue_at(d, t, classes[i])) return true;
  return false;
}

// Verbs whose subject does not do what their complement names.
static const kh_class others_do[] = {
    KH_CLASS_SAY,     KH_CLASS_REPORT,     KH_CLASS_WITNESS,   KH_CLASS_HAPPEN,   KH_CLASS_OUTBREAK,
    KH_CLASS_FEAR,    KH_CLASS_CAUSE_HARM, KH_CLASS_CAUSED_BY, KH_CLASS_TOPIC,    KH_CLASS_HOST,
    KH_CLASS_CONDEMN, KH_CLASS_SPEAK,      KH_CLASS_SHOW,      KH_CLASS_DOCUMENT,
};
static const kh_class happenings[] = {
    KH_CLASS_EV_ASSAULT, KH_CLASS_EV_VICTIM, KH_CLASS_HM_KILLED,
    KH_CLASS_HM_WOUNDED, KH_CLASS_EV_COERCE, KH_CLASS_EV_YIELD,
};

// Verbs whose complement after «في» is done by their subject.
static const kh_class goes_into[] = {
    KH_CLASS_TAKE_PART,
    KH_CLASS_ENTER,
    KH_CLASS_BEGIN,
};

#define WORD_IN(f, t, classes) word_in((f)->d, (t), (classes), sizeof(classes) / sizeof *(classes))

// Is the trigger the object of the verb, or its complement after a preposition: «شن هجوما»,
// «تمكن من اقتحام», «بدأ بقصف»? Governing masdars may stand between («بدأت شن غارات»).
static bool governs(const filler *f, const kh_clause *c) {
  if (f->t->token <= c->verb || f->t->token >= c->last || c->passive) return false;
  // «وقع الطرفان اتفاقا»: a verb that has an object did not merely happen
  const bool signs = kh_word_has(f->d, c->verb, KH_CLASS_HAPPEN) && c->object < c->object_last &&
                     c->subject < c->subject_last && c->object <= f->t->token;
  const bool truce = kh_cue_at(f->d, f->t->token, KH_CLASS_MODE_CEASEFIRE);
  const bool claims = kh_word_has(f->d, c->verb, KH_CLASS_CLAIM_RESP) ||
                      (truce && kh_word_has(f->d, c->verb, KH_CLASS_DECLARE));
  if (!signs && !claims && WORD_IN(f, c->verb, others_do)) return false;
  if (c->object < c->object_last) return c->object <= f->t->token && f->t->token <= c->object + 1;
  if (WORD_IN(f, c->verb, happenings) && !kh_word_has(f->d, c->verb, KH_CLASS_SUFFER)) return false;
  const uint32_t from = c->subject_last > c->verb ? c->subject_last : c->verb + 1;
  if (f->t->token < from || f->t->token > from + 2) return false;
  kh_slot slot;
  if (!kh_slot_next(f->d, from, c->last, &slot)) return false;
  const unsigned allowed = KH_PREP_BI | KH_PREP_MIN | KH_PREP_ILA | KH_PREP_ALA |
                           (WORD_IN(f, c->verb, goes_into) ? KH_PREP_FI : 0);
  const unsigned also = kh_word_has(f->d, c->verb, KH_CLASS_SUFFER) ? KH_PREP_LI : 0;
  return slot.np <= f->t->token && f->t->token <= slot.np + 1 &&
         kh_slot_prep(f->d, &slot) & (allowed | also);
}

// «أعلن التنظيم مسؤوليته عن الهجوم»
static bool is_claimed(const filler *f, const kh_clause *c) {
  const uint32_t t = f->t->token;
  return t > c->verb + 2 && kh_reading(f->d, t - 2)->enclitic != KH_ENC_NONE &&
         kh_word_has(f->d, t - 2, KH_CLASS_RESPONSIBILITY);
}

// «إعلان الحكومة وقفا لإطلاق النار»: what completes a verbal noun right before the trigger does it.
static void read_masdar_before(filler *f) {
  const uint32_t token = f->t->token;
  const uint32_t first = kh_sentence_of(f->d, token)->first;
  if (f->out->actors.count || kh_reading(f->d, token)->proclitics & ~KH_CLITIC_AL) return;
  for (uint32_t t = token; t-- > first && token - t < 7;) {
    if (f->p->end[t] != token || f->d->mentions->name_at[t] >= 0) continue;
    if (!(kh_reading(f->d, t)->features & KH_F_MASDAR) || !f->p->end[t + 1]) continue;
    to_roles(f, KH_ROLE_GOVERNOR, t + 1, token);
    return;
  }
}

// The subject of the verb that governs the noun.
static void read_governor(filler *f) {
  const kh_clause *c = f->t->clause;
  if (!((f->t->frame->actor | f->t->frame->recipient) & KH_ROLE_GOVERNOR)) return;
  read_masdar_before(f);
  if (!c || (!governs(f, c) && !is_claimed(f, c))) return;
  if (kh_word_has(f->d, c->verb, KH_CLASS_SUFFER)) { // «تعرضت المدينة لقصف»
    if (c->subject < c->subject_last)
      add_joined(f, &f->out->recipients, c->subject, c->subject_last, false);
    return;
  }
  filler verb = *f; // the verb's subject in the noun's name
  kh_trigger own = *f->t;
  own.token = c->verb;
  verb.t = &own;
  if (c->subject_relative)
    relative_subject(&verb, KH_ROLE_GOVERNOR);
  else if (c->subject < c->subject_last)
    to_roles(f, KH_ROLE_GOVERNOR, c->subject, c->subject_last);
  else
    dropped_subject(&verb, KH_ROLE_GOVERNOR);
}

// A fixed phrase that ends in a preposition takes the phrase after it: «الإفراج عن فلان».
static void read_tail(filler *f) {
  const uint32_t last = f->t->last;
  if (last < f->t->token + 2 || last >= f->limit || !f->p->end[last]) return;
  if (kh_reading(f->d, last - 1)->pos != KH_POS_PREP) return;
  add_joined(f, &f->out->recipients, last, f->p->end[last], false);
}

// «تقدم الجيش بدعم من روسيا»: who is supported is the subject of the clause.
static void read_clause(filler *f) {
  const kh_clause *c = f->t->clause;
  if (!c || c->passive) return;
  if (f->t->frame->actor & KH_ROLE_CLAUSE) { // «جاء القرار بعد لقاء مع الوزير»: one side only
    if (f->out->actors.count != 1 || kh_word_has(f->d, c->verb, KH_CLASS_HAPPEN)) return;
  } else if (!(f->t->frame->recipient & KH_ROLE_CLAUSE) || f->out->recipients.count ||
             !(kh_reading(f->d, f->t->token)->proclitics & KH_CLITIC_BI)) {
    return;
  }
  if (!is_empty(c->subject, c->subject_last) && f->t->token >= c->subject_last)
    to_roles(f, KH_ROLE_CLAUSE, c->subject, c->subject_last);
}

static void read_noun(filler *f) {
  read_tail(f);
  read_idafa(f);
  read_governor(f);
  read_adjectives(f);
  read_relative(f);
  const uint32_t end = f->p->end[f->t->last - 1];
  read_slots(f, end > f->t->last ? end : f->t->last);
  read_clause(f);
}

// «المدعومة من تركيا»: the noun before the participle, and its prepositional phrases.
static void read_participle(filler *f) {
  if ((f->t->frame->actor | f->t->frame->recipient) & KH_ROLE_NOUN) {
    const uint32_t first = kh_sentence_of(f->d, f->t->token)->first;
    uint32_t head = f->t->token;
    for (uint32_t t = f->t->token; t-- > first && f->t->token - t < MAX_BACK;)
      if (f->p->end[t] > f->t->token) head = t;
    // «المدعومة من تركيا» is whom it befalls, «الموالية لتركيا» who does it
    kh_slot slot;
    const bool next = kh_slot_next(f->d, f->t->last, f->limit, &slot) && slot.first == f->t->last;
    const bool acts = next && kh_slot_prep(f->d, &slot) & (KH_PREP_LI | KH_PREP_BI);
    if (head < f->t->token)
      add_joined(f, acts ? &f->out->actors : &f->out->recipients, head, f->t->token, acts);
  }
  read_slots(f, f->t->last);
}

// ------------------------------------------------------------------ where and when

static int32_t place_in(const filler *f, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++) {
    const int32_t n = f->d->mentions->name_at[t];
    if (n < 0) continue;
    const kh_name *name = &f->d->mentions->names.at[n];
    if (name->kind == KH_KIND_PLACE && name->entity >= 0) return name->entity;
    return KH_NONE;
  }
  return KH_NONE;
}

// «جنوبي سوريا»: a bare phrase whose head says in which part of the place.
static bool is_direction(const filler *f, const kh_slot *slot) {
  const kh_word *w = kh_reading(f->d, slot->np);
  if (f->d->mentions->name_at[slot->np] >= 0 || w->proclitics) return false;
  if (slot->np + 1 >= slot->last || f->d->mentions->name_at[slot->np + 1] < 0) return false;
  return w->pos == KH_POS_ADJ || kh_word_has(f->d, slot->np, KH_CLASS_PLACE_HEAD);
}

// The first place named in [first, last) after one of the prepositions, or with its direction.
static int32_t place_between(const filler *f, uint32_t first, uint32_t last, unsigned preps) {
  kh_slot slot;
  uint32_t at = first;
  for (uint32_t seen = 0; seen < 12 && kh_slot_next(f->d, at, last, &slot); seen++) {
    at = slot.last > at ? slot.last : at + 1;
    const unsigned prep = kh_slot_prep(f->d, &slot);
    if (prep ? !(prep & preps) : !is_direction(f, &slot)) continue;
    const int32_t place = place_in(f, slot.np, slot.last);
    if (place >= 0) return place;
  }
  return KH_NONE;
}

static int32_t time_between(const filler *f, uint32_t first, uint32_t last) {
  for (uint32_t t = first; t < last; t++) {
    const int32_t time = f->d->mentions->time_at[t];
    if (time < 0) continue;
    if (f->d->mentions->times.at[time].time.type != KH_TIME_SET) return time;
  }
  return KH_NONE;
}

// Where what follows the trigger ends: the clause that tells of a noun counts («الاشتباكات التي
// اندلعت في ...», «الهجوم وقع في ...»).
static uint32_t after_limit(const filler *f) {
  if (f->t->part == KH_PART_VERB) return f->limit;
  uint32_t t = f->p->end[f->t->last - 1];
  const uint32_t last = kh_sentence_of(f->d, f->t->token)->last;
  if (t < last && kh_is_word(f->d, t) && kh_word_has(f->d, t, KH_CLASS_RELATIVE)) t++;
  const kh_clause *c = t < last ? kh_clause_of(f->d, t) : NULL;
  return c && c->last > f->limit ? c->last : f->limit;
}

// Does what stands in the clause before the trigger belong to it? Not when the clause only speaks
// of it: «أعلن المتحدث الثلاثاء مقتل ...», «عاد إلى المدينة بعد هجوم».
static bool owns_clause(const filler *f) {
  const kh_clause *c = f->t->clause;
  if (f->t->part == KH_PART_VERB)
    return !(kh_reading(f->d, f->t->token)->proclitics & (KH_CLITIC_WA | KH_CLITIC_FA));
  if (!c || c->first >= f->t->token) return !c;
  if (kh_word_has(f->d, c->verb, KH_CLASS_SAY) || kh_word_has(f->d, c->verb, KH_CLASS_REPORT))
    return false;
  if (c->subject <= f->t->token && f->t->token < c->subject_last) return true;
  return governs(f, c) || WORD_IN(f, c->verb, happenings);
}

static uint32_t clause_first(const filler *f) {
  const kh_clause *c = f->t->clause;
  const uint32_t first =
      c && c->first < f->t->token ? c->first : kh_sentence_of(f->d, f->t->token)->first;
  return f->t->token - first < MAX_BACK ? first : f->t->token - MAX_BACK;
}

static bool has_place(kh_event_type type) {
  switch (type) {
  case KH_EVENT_REQUEST:
  case KH_EVENT_ACCUSE:
  case KH_EVENT_REJECT:
  case KH_EVENT_THREATEN:
  case KH_EVENT_SUPPORT:
  case KH_EVENT_AGREE:
  case KH_EVENT_SANCTION:
  case KH_EVENT_COOPERATE:
    return false;
  default:
    return true;
  }
}

static void find_place(filler *f) {
  kh_event_roles *out = f->out;
  if (!has_place((kh_event_type)f->t->frame->type)) {
    out->place = KH_NONE;
    return;
  }
  const uint32_t limit = after_limit(f);
  const kh_clause *c = f->t->clause;
  if (out->place < 0) out->place = place_between(f, f->t->last, limit, KH_PREP_FI | KH_PREP_BI);
  // «شهدت عدن اشتباكات»
  if (out->place < 0 && c && f->t->part != KH_PART_VERB && f->t->token > c->verb &&
      kh_word_has(f->d, c->verb, KH_CLASS_WITNESS))
    out->place = place_in(f, c->subject, c->subject_last);
  if (out->place < 0 && owns_clause(f))
    out->place = place_between(f, clause_first(f), f->t->token, KH_PREP_FI | KH_PREP_BI);
  if (out->place < 0) // «قرب حلب», «على مأرب»
    out->place = place_between(f, f->t->last, limit, KH_PREP_OTHER | KH_PREP_ALA);
}

static void find_time(filler *f) {
  const kh_event_type type = (kh_event_type)f->t->frame->type;
  if (type == KH_EVENT_SUPPORT && f->t->part == KH_PART_PARTICIPLE) return;
  if (has_place(type) || type == KH_EVENT_AGREE || type == KH_EVENT_SANCTION) {
    f->out->time = time_between(f, f->t->last, after_limit(f));
  } else { // what stands after is asked for, refused, ...: only what is right beside counts
    const int32_t statement = statement_of_cue(f);
    if (statement >= 0) f->out->time = f->d->claims->statements.at[statement].time;
  }
  if (f->out->time < 0 && owns_clause(f))
    f->out->time = time_between(f, clause_first(f), f->t->token);
}

// Where words that may belong to the trigger end: a semicolon, a conjunction that opens a clause,
// a verb that begins anew.
static uint32_t reach_of(const kh_document *d, const kh_trigger *t) {
  const kh_sentence *s = kh_sentence_of(d, t->token);
  const int32_t quote = d->tokens->at[t->token].quote;
  uint32_t i = t->last;
  for (; i < s->last && i < t->last + MAX_REACH; i++) {
    if (kh_is_mark(d, i, KH_MARK_SEMICOLON) || kh_is_mark(d, i, KH_MARK_COLON)) break;
    if (quote >= 0 && d->tokens->quotes[quote].last <= i) break;
    if (!kh_is_word(d, i)) continue;
    if (kh_word_has(d, i, KH_CLASS_OPENS_CLAUSE) || kh_word_has(d, i, KH_CLASS_COMPLEMENT)) break;
    if (d->claims->phrases->clause_at[i] >= 0) break;
  }
  return i;
}

// ------------------------------------------------------------------ metaphors

// May what the phrase names be hurt: somebody, a place, a weapon, anything that reports count?
// Words that are not known may.
static bool can_be_hurt(const filler *f, uint32_t first, uint32_t last) {
  static const kh_class bodies[] = {
      KH_CLASS_ACTOR,      KH_CLASS_FORCE,      KH_CLASS_CIVILIAN,    KH_CLASS_CROWD,
      KH_CLASS_BODY,       KH_CLASS_PLACE_HEAD, KH_CLASS_PERSON_ROLE, KH_CLASS_MEDIA_HEAD,
      KH_CLASS_WEAPON,     KH_CLASS_TARGET,     KH_CLASS_FORCE_THING, KH_CLASS_NISBA_STATE,
      KH_CLASS_STATE_NOUN, KH_CLASS_STATE,
  };
  static const kh_class_set none = {{0}};
  kh_class_set counted = none;
  kh_class_set_add(&counted, KH_CLASS_CN_PERSONS, KH_CLASS_CN_PART);
  for (size_t i = 0; i < sizeof bodies / sizeof *bodies; i++)
    kh_class_set_add(&counted, bodies[i], bodies[i]);
  for (uint32_t t = first; t < last && t < first + 5; t++) {
    if (f->d->mentions->name_at[t] >= 0 || f->d->mentions->quantity_at[t] >= 0) return true;
    if (!kh_is_word(f->d, t)) continue;
    const kh_word *w = kh_reading(f->d, t);
    if (!w->known || kh_class_set_at(f->d, t, &counted)) return true;
    const uint32_t human = KH_F_NOM | KH_F_OBL; // «ـون», «ـين»: people
    if (w->features & human && !(w->features & KH_F_FEM)) return true;
    if (w->features & KH_F_ELATIVE) return true; // «أكثر من ...»
  }
  return is_counted(f->d, first, last);
}

// Does a noun, no adjective, complete the trigger?
static bool is_completed(const filler *f) {
  const uint32_t tail = f->t->last - 1;
  const uint32_t next = f->t->last;
  if (f->p->end[tail] <= next || !f->p->end[next]) return false;
  const kh_word *a = kh_reading(f->d, tail);
  const kh_word *b = kh_reading(f->d, next);
  if (a->proclitics & KH_CLITIC_AL || a->enclitic != KH_ENC_NONE) return false;
  const uint32_t adjective = KH_F_ACTIVE_PART | KH_F_PASSIVE_PART | KH_F_NISBA;
  return f->d->mentions->name_at[next] >= 0 || b->proclitics & KH_CLITIC_AL ||
         (b->pos != KH_POS_ADJ && !(b->features & adjective));
}

// Looks at what the happening is done to, in the object or complement.
static void judge_target(filler *f) {
  const kh_clause *c = f->t->clause;
  uint32_t first = 0;
  uint32_t last = 0;
  kh_slot slot;
  if (f->t->part == KH_PART_VERB) {
    if (reads_passive(f)) {
      first = c->subject;
      last = c->subject_last;
    } else if (!is_empty(c->object, c->object_last)) {
      first = c->object;
      last = c->object_last;
    } else if (kh_reading(f->d, c->verb)->enclitic != KH_ENC_NONE) {
      f->out->has_target = true;
      return;
    }
  } else if (is_completed(f)) {
    first = f->t->last;
    last = f->p->end[f->t->last];
  }
  if (is_empty(first, last) &&
      kh_slot_next(f->d,
                   f->p->end[f->t->last - 1] > f->t->last ? f->p->end[f->t->last - 1] : f->t->last,
                   f->limit, &slot) &&
      kh_slot_prep(f->d, &slot) & (KH_PREP_ALA | KH_PREP_DIDD) && slot.first <= f->t->last + 3) {
    first = slot.np;
    last = slot.last;
  }
  if (is_empty(first, last) || f->d->mentions->time_at[first] >= 0) return;
  f->out->has_target = true;
  f->out->odd_target = !can_be_hurt(f, first, last);
}

void kh_event_roles_fill(kh_document *d, const kh_trigger *t, kh_event_roles *out) {
  *out = (kh_event_roles){.place = KH_NONE, .time = KH_NONE};
  filler f = {.d = d, .p = d->claims->phrases, .t = t, .out = out, .limit = reach_of(d, t)};
  from_statement(&f);
  if (t->part == KH_PART_VERB)
    read_verb(&f);
  else if (t->part == KH_PART_PARTICIPLE)
    read_participle(&f);
  else
    read_noun(&f);
  // whoever acts is not also acted upon
  for (uint32_t i = 0; i < out->recipients.count;) {
    bool actor = false;
    for (uint32_t k = 0; k < out->actors.count; k++)
      actor = actor || out->actors.at[k] == out->recipients.at[i];
    if (actor)
      out->recipients.at[i] = out->recipients.at[--out->recipients.count];
    else
      i++;
  }
  find_place(&f);
  find_time(&f);
  const bool force = t->frame->type == KH_EVENT_ASSAULT || t->frame->type == KH_EVENT_COERCE;
  if (force && t->last == t->token + 1) judge_target(&f);
}
