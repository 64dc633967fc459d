// SPDX-License-Identifier: Apache-2.0
// Counts: quantities with their counted nouns, and bare nouns that count one or two.
#include "claim/figure.h"
#include "mention/calendar_lex.h"

enum { MAX_GROUP = 10 };

// The enumerations and the classes stand in the same order (rules/classes.tsv, claim.h).
_Static_assert((int)KH_CLASS_CN_OTHER - (int)KH_CLASS_CN_PERSONS == KH_COUNTED_OTHER,
               "classes cn_* follow kh_counted");
_Static_assert((int)KH_CLASS_HM_OTHER - (int)KH_CLASS_HM_KILLED == KH_HARM_OTHER,
               "classes hm_* follow kh_harm");

int kh_counted_of(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return -1;
  if (d->morph->phrase_tokens[t] && kh_phrase_at(d, t, KH_CLASS_CN_OTHER)) return KH_COUNTED_OTHER;
  if (d->morph->phrase_tokens[t] && kh_phrase_at(d, t, KH_CLASS_CN_SHELLS))
    return KH_COUNTED_SHELLS;
  // «مقاتلات» are aircraft before they are women
  if (kh_word_has(d, t, KH_CLASS_CN_AIRCRAFT)) return KH_COUNTED_AIRCRAFT;
  for (int i = 0; i <= KH_COUNTED_OTHER; i++)
    if (kh_word_has(d, t, (kh_class)(KH_CLASS_CN_PERSONS + i))) return i;
  return -1;
}

// «1,3 مليون يمني» may have been read as a verb.
static bool has_nisba_reading(const kh_document *d, uint32_t t) {
  if (d->mentions->time_at[t] >= 0) return false;
  for (uint32_t c = d->morph->from[t]; c < d->morph->to[t]; c++)
    if (d->morph->candidates[c].features & KH_F_NISBA && !d->morph->candidates[c].proclitics)
      return true;
  return false;
}

// «المثقفين», «المشاركون»: the sound masculine plural is of people.
static bool is_human_plural(const kh_word *w) {
  return w->features & KH_F_PLUR && w->features & KH_F_MASC &&
         w->features & (KH_F_NOM | KH_F_OBL) && !(w->features & (KH_F_FEM | KH_F_BROKEN)) &&
         w->pos != KH_POS_VERB && w->pos != KH_POS_NUM;
}

// A noun that a number counts: also by a reading that was not chosen («18 متمردا» is no
// adjective there).
static int counted_after_number(const kh_document *d, uint32_t t) {
  const int chosen = kh_counted_of(d, t);
  if (chosen >= 0) return chosen;
  for (int i = 0; i <= KH_COUNTED_OTHER; i++)
    if (kh_word_any(d, t, (kh_class)(KH_CLASS_CN_PERSONS + i), KH_POS_NOUN)) return i;
  const kh_word *w = kh_reading(d, t);
  if (w->features & KH_F_NISBA || (w->pos == KH_POS_VERB && has_nisba_reading(d, t)))
    return KH_COUNTED_PERSONS;
  const int harm = w->features & KH_F_PASSIVE_PART ? kh_harm_of(d, t) : -1;
  if (harm == KH_HARM_DETAINED || harm == KH_HARM_ABDUCTED) return KH_COUNTED_DETAINEES;
  if (harm >= 0 && harm <= KH_HARM_REFUGEES) return KH_COUNTED_PERSONS;
  return is_human_plural(w) && !kh_word_has(d, t, KH_CLASS_SPORT) ? KH_COUNTED_PERSONS : -1;
}

// «خرج الآلاف في مظاهرات»: they took to the streets, nobody brought them away.
static bool is_of_protest(const kh_document *d, uint32_t t) {
  enum { REACH = 14 };
  if (!kh_word_has(d, t, KH_CLASS_GATHER)) return false;
  const kh_sentence *s = kh_sentence_of(d, t);
  const uint32_t first = t > s->first + REACH ? t - REACH : s->first;
  for (uint32_t i = first; i < s->last && i < t + REACH; i++)
    if (i != t && kh_cue_at(d, i, KH_CLASS_EV_PROTEST)) return true;
  return false;
}

int kh_harm_of(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return -1;
  for (int i = 0; i <= KH_HARM_OTHER; i++) {
    if (!kh_cue_at(d, t, (kh_class)(KH_CLASS_HM_KILLED + i))) continue;
    return i == KH_HARM_EVACUATED && is_of_protest(d, t) ? KH_HARM_OTHER : i;
  }
  return -1;
}

static bool is_third_plural(uint8_t enclitic) {
  return enclitic == KH_ENC_3MP || enclitic == KH_ENC_3FP || enclitic == KH_ENC_3FS ||
         enclitic == KH_ENC_3D;
}

bool kh_is_among(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return false;
  if (!is_third_plural(kh_reading(d, t)->enclitic)) return false;
  return kh_word_has(d, t, KH_CLASS_AMONG) || kh_word_has(d, t, KH_CLASS_BETWEEN) ||
         kh_word_has(d, t, KH_CLASS_FROM) || kh_word_has(d, t, KH_CLASS_P_FI);
}

// ------------------------------------------------------------------ who a group is

static int counted_of_sector(kh_sector sector) {
  switch (sector) {
  case KH_SECTOR_MIL:
    return KH_COUNTED_SOLDIERS;
  case KH_SECTOR_REB:
    return KH_COUNTED_FIGHTERS;
  case KH_SECTOR_COP:
    return KH_COUNTED_POLICE;
  default:
    return -1;
  }
}

// By the body that a word or name tells: «قوات», «الشرطة», «داعش».
static int counted_of_body(const kh_document *d, uint32_t t) {
  const int32_t name = d->mentions->name_at[t];
  if (name >= 0) {
    const kh_name *n = &d->mentions->names.at[name];
    if (n->kind == KH_KIND_PEOPLE) return KH_COUNTED_PERSONS;
    const int counted =
        n->entity < 0 ? -1 : counted_of_sector(d->mentions->entities.at[n->entity].sector);
    return counted < 0 && n->kind == KH_KIND_ARMED ? KH_COUNTED_FIGHTERS : counted;
  }
  if (!kh_is_word(d, t)) return -1;
  if (kh_word_has(d, t, KH_CLASS_SEC_COP)) return KH_COUNTED_POLICE;
  if (kh_word_has(d, t, KH_CLASS_SEC_MIL)) return KH_COUNTED_SOLDIERS;
  if (kh_word_has(d, t, KH_CLASS_SEC_REB)) return KH_COUNTED_FIGHTERS;
  if (kh_word_has(d, t, KH_CLASS_SEC_GOV) && kh_word_has(d, t, KH_CLASS_STATE_NOUN))
    return KH_COUNTED_OFFICIALS;
  return -1;
}

// Nouns for people that no class of counted things names: «من الأكراد», «فلسطينيا».
static bool names_people(const kh_document *d, uint32_t t) {
  if (!kh_is_word(d, t)) return false;
  const kh_word *w = kh_reading(d, t);
  return (w->features & KH_F_NISBA) != 0 || is_human_plural(w) ||
         kh_word_has(d, t, KH_CLASS_CROWD) || kh_word_has(d, t, KH_CLASS_PERSON_ROLE) ||
         kh_word_has(d, t, KH_CLASS_SOURCE_NOUN);
}

// «عناصر قوات الأمن», «رجال الشرطة», «مقاتلي الحركة»: members count as what they belong to.
static int counted_of_group(const kh_document *d, uint32_t first, uint32_t end) {
  int members = -1;
  if (end > first + MAX_GROUP) end = first + MAX_GROUP;
  for (uint32_t t = first; t < end; t++)
    if (counted_of_body(d, t) == KH_COUNTED_POLICE) return KH_COUNTED_POLICE;
  for (uint32_t t = first; t < end; t++) {
    const int body = counted_of_body(d, t);
    const int own = kh_counted_of(d, t);
    if (own >= 0 && !kh_word_has(d, t, KH_CLASS_CN_PART) && members < 0) return own;
    if (body >= 0 && (own < 0 || body == KH_COUNTED_POLICE)) return body;
    if (own >= 0 && kh_word_has(d, t, KH_CLASS_CN_PART) && members < 0) members = own;
    if (members < 0 && kh_word_has(d, t, KH_CLASS_CN_PART)) members = KH_COUNTED_PERSONS;
  }
  if (members >= 0) return members;
  for (uint32_t t = first; t < end; t++)
    if (names_people(d, t)) return KH_COUNTED_PERSONS;
  return -1;
}

// ------------------------------------------------------------------ numbers

// The noun that a number counts may stand behind a quotation mark: «25 "هدفا عسكريا"».
static uint32_t counted_noun(const kh_document *d, const kh_quantity *q) {
  uint32_t head = q->last;
  while (kh_share_sentence(d, q->first, head) && head < q->last + 2 &&
         kh_is_mark(d, head, KH_MARK_QUOTE))
    head++;
  return kh_share_sentence(d, q->first, head) ? head : q->last;
}

static bool heads_phrase(const kh_document *d, uint32_t t) {
  return d->claims->phrases->end[t] && d->mentions->time_at[t] < 0;
}

// «ثلاثة من عناصر الشرطة»; `from` is the token of «من».
static void read_members(const kh_document *d, kh_count *c, uint32_t from) {
  const uint32_t np = from + 1;
  if (!kh_share_sentence(d, c->first, np) || !heads_phrase(d, np)) return;
  const uint32_t end = d->claims->phrases->end[np];
  const int group = counted_of_group(d, np, end);
  if (group < 0) return;
  const bool people = c->counted >= 0 && c->counted < KH_COUNTED_STRIKES;
  const bool theirs = kh_reading(d, np)->enclitic != KH_ENC_NONE;
  if ((people || theirs) && group >= KH_COUNTED_STRIKES) return; // «فر 20 شخصا من قراهم»
  // «19 شخصا من القوات» are persons, «اثنين آخرين من الشرطة» police
  const bool vague = c->counted == KH_COUNTED_PERSONS && (c->others || c->head == c->last);
  if (c->counted < 0 || vague || kh_word_has(d, c->head, KH_CLASS_CN_PART)) c->counted = group;
  c->others = false;
  if (c->head == c->last) c->head = np;
  c->last = c->phrase_end = end;
}

// «7 آلاف مدني ومسلح»: two nouns counted together; people of two kinds are persons.
static void read_joined_noun(const kh_document *d, kh_count *c) {
  const uint32_t t = c->head + 1;
  if (c->value < 11 || !kh_share_sentence(d, c->first, t) || !kh_is_word(d, t)) return;
  const kh_word *w = kh_reading(d, t);
  const bool plural = (w->features & KH_F_PLUR) != 0;
  if (!(kh_reading(d, c->head)->features & KH_F_PLUR) != !plural || w->features & KH_F_DUAL) return;
  // «آلاف المقاتلين والمدنيين»
  const uint8_t article = c->vague && plural ? KH_CLITIC_AL : 0;
  if (w->proclitics != (KH_CLITIC_WA | article) || (plural && !article)) return;
  const int other = kh_counted_of(d, t);
  if (other < 0 || kh_harm_of(d, t) >= 0) return;
  if (c->counted < KH_COUNTED_STRIKES && other != c->counted &&
      !(c->counted == KH_COUNTED_SOLDIERS && other == KH_COUNTED_POLICE))
    c->counted = KH_COUNTED_PERSONS;
  c->last = t + 1;
  if (c->phrase_end < c->last) c->phrase_end = c->last;
}

// «100 قتيل وجريح»: one number for those whom one harm or the other befell.
static void read_joined_harm(const kh_document *d, kh_count *c) {
  const uint32_t t = c->head + 1;
  if (c->value < 3 || c->last != t || !kh_share_sentence(d, c->first, t) || !kh_is_word(d, t))
    return;
  const kh_word *w = kh_reading(d, t);
  const int own = kh_harm_of(d, c->head);
  const int other = kh_harm_of(d, t);
  if (w->proclitics != KH_CLITIC_WA || own < 0 || other < 0 || own == other) return;
  if (kh_counted_of(d, t) < 0 || kh_clause_of(d, t)) return;
  const uint32_t number = KH_F_SING | KH_F_PLUR;
  if (!(w->features & kh_reading(d, c->head)->features & number)) return;
  c->both = true;
  c->last = t + 1;
  if (c->phrase_end < c->last) c->phrase_end = c->last;
}

// «29 جثة لأطفال»: whose the bodies are.
static void read_whose_bodies(const kh_document *d, kh_count *c) {
  const uint32_t t = c->last;
  if (c->counted != KH_COUNTED_PERSONS || c->last != c->head + 1) return;
  if (!kh_share_sentence(d, c->first, t) || !kh_is_word(d, t)) return;
  if (!(kh_reading(d, t)->proclitics & KH_CLITIC_LI)) return;
  const int whose = kh_counted_of(d, t);
  if (kh_harm_of(d, c->head) != KH_HARM_KILLED || whose < 0 || whose >= KH_COUNTED_STRIKES) return;
  c->counted = whose;
  c->last = t + 1;
  if (c->phrase_end < c->last) c->phrase_end = c->last;
}

// «70 حالة اختناق», «3 حالات وفاة»: persons, whom the harm befell.
static bool read_cases(const kh_document *d, kh_count *c) {
  const uint32_t t = c->head + 1;
  if (!kh_word_has(d, c->head, KH_CLASS_CASE_OF) || !kh_share_sentence(d, c->head, t)) return false;
  const int harm = kh_harm_of(d, t);
  if (harm < 0 || harm > KH_HARM_REFUGEES || kh_reading(d, t)->proclitics) return false;
  c->counted = KH_COUNTED_PERSONS;
  c->head = t;
  c->last = t + 1;
  if (c->phrase_end < c->last) c->phrase_end = c->last;
  return true;
}

static void read_noun(const kh_document *d, kh_count *c, uint32_t head) {
  c->head = head;
  c->last = head + 1;
  c->phrase_end = d->claims->phrases->end[head];
  if (c->phrase_end <= head) c->phrase_end = head + 1;
  for (uint32_t t = head + 1; t < c->phrase_end; t++)
    if (kh_is_word(d, t) && kh_reading(d, t)->enclitic != KH_ENC_NONE) c->phrase_end = t; // «نصفهم»
  if (d->mentions->name_at[head] >= 0) {
    c->counted = counted_of_body(d, head);
    if (c->counted < 0) c->head = c->last = head; // counts nothing that is known
    return;
  }
  c->counted = counted_after_number(d, head);
  if (c->counted < 0 && has_nisba_reading(d, head)) c->counted = KH_COUNTED_PERSONS; // «4 أكراد»
  if (read_cases(d, c)) return;
  if (d->morph->phrase_tokens[head] &&
      (kh_phrase_at(d, head, KH_CLASS_CN_OTHER) || kh_phrase_at(d, head, KH_CLASS_CN_SHELLS))) {
    c->last = head + d->morph->phrase_tokens[head]; // «12 عملية إرهابية»
    if (c->phrase_end < c->last) c->phrase_end = c->last;
    return;
  }
  c->others = c->counted == KH_COUNTED_PERSONS && kh_word_has(d, head, KH_CLASS_OTHER_ONE);
  if (kh_word_has(d, head, KH_CLASS_CN_PART) && c->phrase_end > head + 1) {
    const int inner = counted_of_group(d, head + 1, c->phrase_end);
    if (inner >= 0 && (inner != KH_COUNTED_PERSONS || c->counted < 0)) {
      c->counted = inner;
      c->last = c->phrase_end;
    }
  }
  if (c->counted >= 0) {
    read_joined_noun(d, c);
    read_joined_harm(d, c);
  }
  read_whose_bodies(d, c);
  if (kh_share_sentence(d, head, c->phrase_end) && c->phrase_end > head &&
      kh_word_has(d, c->phrase_end, KH_CLASS_FROM) && c->counted < KH_COUNTED_STRIKES)
    read_members(d, c, c->phrase_end);
}

// «ثلاثة أو خمسة مسلحين»: the lower number counts, its noun stands after the higher one.
static void read_or(const kh_document *d, kh_count *c) {
  const uint32_t t = c->last;
  if (!kh_share_sentence(d, c->first, t + 2) || c->high >= 0 || !kh_is_word(d, t)) return;
  if (kh_reading(d, t)->pos != KH_POS_CONJ) return;
  const int32_t index = d->mentions->quantity_at[t + 1];
  if (index < 0) return;
  const kh_quantity *q = &d->mentions->quantities.at[index];
  if (q->first != t + 1 || q->kind != KH_QUANTITY_NUMBER || q->value <= c->value || q->in_time)
    return;
  if (q->value > 20 * c->value || kh_reading(d, t + 1)->proclitics) return;
  c->high = q->value;
  c->last = c->head = c->phrase_end = q->last;
}

// A number taken for the day of a time («أمس 28 مخطوفا») when it ends the time and counts people.
static bool counts_after_time(const kh_document *d, const kh_quantity *q) {
  if (!kh_share_sentence(d, q->first, q->last) || d->mentions->time_at[q->last] >= 0) return false;
  if (d->mentions->time_at[q->first] < 0 || q->bound_first < q->first) return false;
  const kh_time_mention *time = &d->mentions->times.at[d->mentions->time_at[q->first]];
  return time->last == q->last && time->first < q->first && kh_counted_of(d, q->last) >= 0 &&
         !(kh_reading(d, q->last)->proclitics);
}

// The token after «على الأقل», «فقط» and their like when they stand at the token, else the token.
static uint32_t after_bound(const kh_document *d, uint32_t t) {
  const kh_time_words *words = d->mentions->time_words;
  if (kh_has_sense(words, t, KH_SENSE_at_least_after) ||
      kh_has_sense(words, t, KH_SENSE_at_most_after) ||
      kh_has_sense(words, t, KH_SENSE_about_after))
    return t + words->at[t].tokens;
  return kh_reading(d, t)->pos == KH_POS_ADV ? t + 1 : t;
}

static bool number_at(const kh_document *d, uint32_t t, kh_count *c) {
  const int32_t index = d->mentions->quantity_at[t];
  if (index < 0) return false;
  const kh_quantity *q = &d->mentions->quantities.at[index];
  if (q->first != t || q->in_name || (q->in_time && !counts_after_time(d, q))) return false;
  if (q->kind != KH_QUANTITY_NUMBER && q->kind != KH_QUANTITY_VAGUE) return false;
  *c = (kh_count){.first = q->first,
                  .last = q->last,
                  .head = q->last,
                  .outer = q->bound_first < q->first ? q->bound_first : q->first,
                  .phrase_end = q->last,
                  .value = q->value,
                  .high = q->high,
                  .bound = q->bound,
                  .kind = KH_COUNT_NUMBER,
                  .vague = q->kind == KH_QUANTITY_VAGUE,
                  .counted = -1};
  if (c->first + 1 >= c->last && q->kind == KH_QUANTITY_NUMBER) read_or(d, c);
  uint32_t head = c->last == q->last ? counted_noun(d, q) : c->last;
  if (!kh_share_sentence(d, t, head) || !kh_is_word(d, head)) return true;
  const uint32_t from = after_bound(d, head);
  if (from > head && kh_share_sentence(d, t, from) && kh_word_has(d, from, KH_CLASS_FROM))
    head = from; // «اثنين على الأقل من الجنود»
  const bool each = q->value < 2 && t > 0 && kh_share_sentence(d, t - 1, t) &&
                    kh_word_any(d, t - 1, KH_CLASS_QUANTIFIER, KH_POS_NONE);
  if (each) return false; // «كل واحدة منها»
  if (kh_word_has(d, head, KH_CLASS_FROM)) {
    if (kh_reading(d, head)->enclitic == KH_ENC_NONE) {
      read_members(d, c, head);
    } else {
      c->of_before = true;
      c->last = c->head = c->phrase_end = head + 1;
      if (kh_share_sentence(d, t, head + 1) && kh_word_has(d, head + 1, KH_CLASS_FROM))
        read_members(d, c, head + 1); // «ثلاثة منهم من الشرطة»
    }
    return true;
  }
  if (!heads_phrase(d, head) && !has_nisba_reading(d, head)) return true;
  // «إلى 20 إضافة إلى», «إلى 121 عدد القتلى»
  if (kh_phrase_at(d, head, KH_CLASS_BESIDES) || kh_word_has(d, head, KH_CLASS_NUMBER_NOUN) ||
      kh_cue_at(d, head, KH_CLASS_TALLY))
    return true;
  if (kh_reading(d, head)->proclitics & ~KH_CLITIC_AL) return true;
  if (kh_reading(d, head)->proclitics & KH_CLITIC_AL && !c->vague) return true;
  read_noun(d, c, head);
  return true;
}

// ------------------------------------------------------------------ bare nouns

static bool is_free_word(const kh_document *d, uint32_t t) {
  return kh_is_word(d, t) && d->mentions->name_at[t] < 0 && d->mentions->time_at[t] < 0 &&
         d->mentions->quantity_at[t] < 0 && !d->morph->inside_phrase[t];
}

// «أحد المهاجمين», «إحدى مقاتلاتها»
static bool one_of_at(const kh_document *d, uint32_t t, kh_count *c) {
  if (!kh_is_word(d, t) || d->mentions->name_at[t] >= 0 || d->morph->inside_phrase[t] ||
      d->mentions->time_at[t] >= 0)
    return false;
  if (!kh_word_has(d, t, KH_CLASS_ONE_OF) || !kh_share_sentence(d, t, t + 1)) return false;
  if (kh_reading(d, t)->proclitics & KH_CLITIC_AL) return false;
  uint32_t head = t + 1;
  if (kh_word_has(d, head, KH_CLASS_FROM) && kh_share_sentence(d, t, head + 1)) head++;
  if (!kh_is_word(d, head) || !heads_phrase(d, head)) return false;
  const kh_word *w = kh_reading(d, head);
  if (!(w->features & (KH_F_PLUR | KH_F_DUAL)) && kh_counted_of(d, head) < 0 &&
      !kh_word_has(d, head, KH_CLASS_CROWD))
    return false;
  const uint32_t end = d->claims->phrases->end[head];
  const int counted = counted_of_group(d, head, end);
  if (counted < 0) return false;
  *c = (kh_count){.first = t,
                  .last = head + 1,
                  .head = head,
                  .outer = t,
                  .phrase_end = end,
                  .value = 1,
                  .high = -1,
                  .bound = KH_BOUND_EXACT,
                  .kind = KH_COUNT_ONE_OF,
                  .counted = counted};
  return true;
}

// A noun that follows another noun is its adjective or genitive («هجوم مسلح»), unless that noun
// tells a harm («مقتل مسلح») or counts («عدة»).
static bool belongs_to_noun_before(const kh_document *d, uint32_t t) {
  if (t == 0 || kh_reading(d, t)->proclitics || !kh_share_sentence(d, t - 1, t)) return false;
  if (kh_word_any(d, t - 1, KH_CLASS_QUANTIFIER, KH_POS_NONE)) return true; // «أي جندي», «كل شخص»
  const uint32_t before = t - 1;
  if (!d->claims->phrases->end[before] || d->claims->phrases->end[before] <= t) return false;
  return kh_harm_of(d, before) < 0 || d->morph->inside_phrase[before];
}

// Is the phrase of a bare noun definite by what completes it («قائد الشرطة», «مراسل رويترز»)?
static bool completed_definite(const kh_document *d, uint32_t t, uint32_t end) {
  for (uint32_t i = t + 1; i < end; i++) {
    if (d->mentions->name_at[i] >= 0) return true;
    if (kh_is_word(d, i) && kh_reading(d, i)->proclitics & KH_CLITIC_AL) return true;
  }
  return false;
}

// Does «واحد» or «اثنان» in any form stand at the token, so that it counts the noun before it?
// Gives 1 or 2, else 0.
static int number_behind(const kh_document *d, uint32_t t) {
  if (!kh_share_sentence(d, t - 1, t) || d->mentions->quantity_at[t] < 0) return 0;
  const kh_quantity *q = &d->mentions->quantities.at[d->mentions->quantity_at[t]];
  if (q->first != t || q->last != t + 1 || !kh_is_word(d, t)) return 0;
  if (q->kind != KH_QUANTITY_NUMBER || kh_reading(d, t)->proclitics || q->in_time) return 0;
  return q->value >= 1 && q->value <= 2 ? (int)q->value : 0;
}

// The dual of a noun that was read as a participle in the plural: «ضابطين».
static const kh_word *dual_noun(const kh_document *d, uint32_t t) {
  if (!(kh_reading(d, t)->features & KH_F_ACTIVE_PART) || kh_counted_of(d, t) >= 0) return NULL;
  for (uint32_t c = d->morph->from[t]; c < d->morph->to[t]; c++) {
    const kh_word *w = &d->morph->candidates[c];
    if (w->pos != KH_POS_NOUN || !(w->features & KH_F_DUAL) || !w->known) continue;
    for (int i = 0; i < KH_COUNTED_STRIKES; i++)
      if (kh_lexicon_has(d->engine->lexicon, w->lemma, (kh_class)(KH_CLASS_CN_PERSONS + i)))
        return w;
  }
  return NULL;
}

// May the adjective be a noun for people: «مدني», «صحفي»?
static bool is_counted_noun(const kh_document *d, uint32_t t) {
  for (int i = 0; i < KH_COUNTED_STRIKES; i++)
    if (kh_word_any(d, t, (kh_class)(KH_CLASS_CN_PERSONS + i), KH_POS_NOUN)) return true;
  return false;
}

// «مقتل فلسطيني», «قتل سوري»: right after the word of harm a nationality is a person.
static bool is_victim_of_nation(const kh_document *d, uint32_t t) {
  if (!kh_word_has(d, t, KH_CLASS_NISBA_STATE) || t == 0 || !kh_share_sentence(d, t - 1, t))
    return false;
  const kh_word *before = kh_reading(d, t - 1);
  const int harm = kh_harm_of(d, t - 1);
  return (harm == KH_HARM_KILLED || harm == KH_HARM_WOUNDED) && before->enclitic == KH_ENC_NONE &&
         !(before->proclitics & KH_CLITIC_AL) &&
         (before->pos == KH_POS_VERB || !kh_clause_of(d, t - 1));
}

static bool bare_at(const kh_document *d, uint32_t t, kh_count *c) {
  const kh_word *as_dual = dual_noun(d, t);
  const kh_word *w = as_dual ? as_dual : kh_reading(d, t);
  if (w->pos != KH_POS_NOUN && w->pos != KH_POS_ADJ) return false;
  if (w->proclitics & ~(KH_CLITIC_WA | KH_CLITIC_FA) || w->enclitic != KH_ENC_NONE) return false;
  const int number = number_behind(d, t + 1);
  const bool two = number == 2; // «شخصين اثنين»
  if (w->features & KH_F_PLUR && !two) return false;
  const bool dual = two || (w->features & KH_F_DUAL) != 0;
  if (!dual && !(w->features & KH_F_SING)) return false;
  int counted = counted_after_number(d, t);
  const bool nation = (w->features & KH_F_ACC) != 0 && kh_word_has(d, t, KH_CLASS_NISBA_STATE);
  if (kh_counted_of(d, t) < 0 && w->features & KH_F_NISBA && !dual && !nation &&
      !is_counted_noun(d, t) && !is_victim_of_nation(d, t))
    return false;
  if (counted < 0 || counted == KH_COUNTED_STRIKES || counted == KH_COUNTED_OTHER) return false;
  uint32_t end = d->claims->phrases->end[t];
  for (uint32_t i = t + 1; i < end; i++)
    if (d->mentions->time_at[i] >= 0) end = i; // «مسلح مساء الأربعاء»
  if (!end || belongs_to_noun_before(d, t) || completed_definite(d, t, end)) return false;
  if (end > t + 1 && kh_word_has(d, t, KH_CLASS_CN_PART)) {
    const int inner = counted_of_group(d, t + 1, end);
    if (inner >= 0 && inner < KH_COUNTED_STRIKES) counted = inner; // «قائد مقاتلة» is a man
  }
  const bool others = kh_word_has(d, t, KH_CLASS_OTHER_ONE);
  if (others && end > t + 1) return false; // «آخر معقل»: the last one
  *c = (kh_count){.first = t,
                  .last = number ? t + 2 : t + 1,
                  .head = t,
                  .outer = t,
                  .phrase_end = number && end < t + 2 ? t + 2 : end,
                  .value = dual ? 2 : 1,
                  .high = -1,
                  .bound = KH_BOUND_EXACT,
                  .kind = KH_COUNT_BARE,
                  .others = others,
                  .counted = counted};
  if (kh_share_sentence(d, t, end) && kh_word_has(d, end, KH_CLASS_FROM) &&
      counted < KH_COUNTED_STRIKES)
    read_members(d, c, end);
  return true;
}

// «أطفالها الثلاثة», «أفراد الطاقم الخمسة»: a number behind its definite noun.
static bool definite_at(const kh_document *d, uint32_t t, kh_count *c) {
  const kh_word *w = kh_reading(d, t);
  if (!(w->features & KH_F_PLUR) || w->proclitics & ~(KH_CLITIC_WA | KH_CLITIC_AL)) return false;
  const int counted = kh_counted_of(d, t);
  if (counted < 0 || counted >= KH_COUNTED_STRIKES || belongs_to_noun_before(d, t)) return false;
  uint32_t n = t + 1; // the number, over a noun that completes the counted one
  if (kh_share_sentence(d, t, n) && d->mentions->quantity_at[n] < 0) n++;
  if (!kh_share_sentence(d, t, n) || d->mentions->quantity_at[n] < 0) return false;
  const kh_quantity *q = &d->mentions->quantities.at[d->mentions->quantity_at[n]];
  if (q->first != n || q->kind != KH_QUANTITY_NUMBER || q->in_time || q->in_name) return false;
  if (!kh_is_word(d, n) || !(kh_reading(d, n)->proclitics & KH_CLITIC_AL)) return false;
  const uint32_t last_noun = n - 1;
  const kh_word *noun = kh_reading(d, last_noun);
  if (!(noun->proclitics & KH_CLITIC_AL) && noun->enclitic == KH_ENC_NONE) return false;
  if (last_noun > t && (noun->pos != KH_POS_NOUN || w->proclitics & KH_CLITIC_AL)) return false;
  *c = (kh_count){.first = t,
                  .last = q->last,
                  .head = t,
                  .outer = t,
                  .phrase_end = q->last,
                  .value = q->value,
                  .high = -1,
                  .bound = q->bound,
                  .kind = KH_COUNT_DEFINITE,
                  .counted = counted};
  return q->value >= 2;
}

bool kh_count_at(const kh_document *d, uint32_t t, kh_count *c) {
  if (one_of_at(d, t, c) || number_at(d, t, c)) return true;
  if (!is_free_word(d, t)) return false;
  if (definite_at(d, t, c)) return true;
  return bare_at(d, t, c);
}
