// SPDX-License-Identifier: Apache-2.0
#include "store/cluster.h"

/// Days before its publication that a report without a date may tell of.
enum { FRESH_DAYS = 2 };

/// Days before that, within which a day told once goes for the whole report.
enum { RECENT_DAYS = 7 };

/// Bytes between a count and the word for what happened, at the most.
enum { TOLL_REACH = 400 };

/// How far an event fits to a node of its own document; negative when it does not.
static int fits(const kh_merge_record *record, const kh_profile *event, const kh_profile *node) {
  if (event->type != node->type || !kh_modes_agree(event->mode, node->mode)) return -1;
  int worth = 0;
  if (event->lo != KH_NO_DAY && node->lo != KH_NO_DAY &&
      (event->hi < node->lo || event->lo > node->hi)) {
    // A report may tell of last week's happening and name its day once; what lies longer back
    // does not go with the news.
    const int32_t gap = event->hi < node->lo ? node->lo - event->hi : event->lo - node->hi;
    if (event->told == node->told || gap > RECENT_DAYS) return -1;
    worth--;
  }
  const kh_relation places = kh_places(record, event->place, node->place);
  if (places == KH_PLACES_APART) return -1;
  const kh_kinship actors =
      kh_parts_compare(record, event->actors, event->actor_count, node->actors, node->actor_count);
  const kh_kinship recipients = kh_parts_compare(record, event->recipients, event->recipient_count,
                                                 node->recipients, node->recipient_count);
  if (actors == KH_PARTS_RIVAL || actors == KH_PARTS_KIN) return -1;
  if (kh_parts_other_persons(record, event->recipients, event->recipient_count, node->recipients,
                             node->recipient_count))
    return -1;
  static const int by_place[] = {
      [KH_PLACES_OPEN] = 3, [KH_PLACES_UNSURE] = 0, [KH_PLACES_SAME] = 6,
      [KH_PLACES_NEAR] = 5, [KH_PLACES_INSIDE] = 4, [KH_PLACES_WIDE] = 3};
  worth += by_place[places];
  // «الحزم مركز محافظة الجوف»: the same deed of the same doer, with a name that says where
  if (places == KH_PLACES_UNSURE &&
      (actors != KH_PARTS_SHARED || !event->mode || event->mode != node->mode))
    return -1;
  if (actors == KH_PARTS_SHARED) worth += 2;
  if (recipients == KH_PARTS_SHARED) worth += 2;
  if (recipients == KH_PARTS_RIVAL || recipients == KH_PARTS_KIN) worth--;
  return worth;
}

/// Types of events that happen somewhere, rather than are said by somebody.
static bool has_scene(uint8_t type) {
  return type == KH_EVENT_ASSAULT || type == KH_EVENT_COERCE || type == KH_EVENT_PROTEST ||
         type == KH_EVENT_CONSULT;
}

/// Where an event happened: as told; a place that it befell; the only town that is spoken of.
static uint32_t scene_of(const kh_merge_record *record, const kh_merge_event *e, uint32_t town) {
  if (e->place != KH_NOBODY || !has_scene(e->type)) return e->place;
  for (uint32_t i = 0; e->type != KH_EVENT_CONSULT && i < e->recipients.count; i++) {
    const uint32_t taker = record->parts.at[e->recipients.first + i];
    if (record->entities.at[taker].kind == KH_KIND_PLACE &&
        record->entities.at[taker].width != KH_WIDTH_COUNTRY)
      return taker;
  }
  return town;
}

static kh_node node_of_event(const kh_merge_document *document, uint32_t number,
                             const kh_merge_event *e) {
  kh_node node = {.document = number,
                  .n = e->n,
                  .place = e->place,
                  .lo = e->day,
                  .actors = e->actors.first,
                  .recipients = e->recipients.first,
                  .actor_count = (uint8_t)e->actors.count,
                  .recipient_count = (uint8_t)e->recipients.count,
                  .toll = {KH_NO_TOLL, KH_NO_TOLL, KH_NO_TOLL},
                  .type = e->type,
                  .mode = e->mode,
                  .told = e->day != KH_NO_DAY};
  if (node.told && e->until != KH_NO_DAY && e->until > e->day) {
    const int64_t days = (int64_t)e->until - e->day;
    node.days = (uint16_t)(days > UINT16_MAX ? UINT16_MAX : days);
  }
  if (!node.told && document->day != KH_NO_DAY) {
    node.lo = document->day - FRESH_DAYS;
    node.days = FRESH_DAYS;
  }
  return node;
}

/// Takes an event into a node: the narrower place, the told day, those who take part where the
/// node has none.
static void take_in(const kh_merge_record *record, kh_node *node, const kh_node *event) {
  if (kh_place_narrower(record, event->place, node->place)) node->place = event->place;
  if (event->told && (!node->told || event->days < node->days)) {
    node->lo = event->lo;
    node->days = event->days;
    node->told = true;
  }
  if (!node->actor_count) {
    node->actors = event->actors;
    node->actor_count = event->actor_count;
  }
  if (!node->recipient_count) {
    node->recipients = event->recipients;
    node->recipient_count = event->recipient_count;
  }
  if (!node->mode) node->mode = event->mode;
}

static int toll_of(const kh_merge_figure *f) {
  if (f->part || f->restates) return -1;
  switch ((kh_harm)f->what) {
  case KH_HARM_KILLED:
    return KH_TOLL_KILLED;
  case KH_HARM_WOUNDED:
    return KH_TOLL_WOUNDED;
  case KH_HARM_DETAINED:
  case KH_HARM_ABDUCTED:
  case KH_HARM_RELEASED:
    return KH_TOLL_HELD;
  default:
    return -1;
  }
}

bool kh_event_counts(uint8_t type, uint8_t what) {
  switch ((kh_harm)what) {
  case KH_HARM_KILLED:
  case KH_HARM_WOUNDED:
  case KH_HARM_ABDUCTED:
  case KH_HARM_ATTACKS:
    return type == KH_EVENT_ASSAULT;
  case KH_HARM_DETAINED:
    return type == KH_EVENT_COERCE;
  case KH_HARM_RELEASED:
    return type == KH_EVENT_RETREAT;
  case KH_HARM_DESTROYED:
  case KH_HARM_DAMAGED:
    return type == KH_EVENT_ASSAULT || type == KH_EVENT_COERCE;
  default:
    return false;
  }
}

uint32_t kh_event_of_figure(const kh_merge_record *record, const kh_report *report,
                            const kh_merge_figure *figure) {
  uint32_t best = KH_NOBODY;
  uint32_t best_far = TOLL_REACH;
  for (uint32_t i = 0; i < report->events.count; i++) {
    const kh_merge_event *e = &report->events.at[i];
    if (!kh_event_counts(e->type, figure->what) || e->negated) continue;
    if (kh_places(record, e->place, figure->place) == KH_PLACES_APART) continue;
    const uint32_t far =
        e->start < figure->start ? figure->start - e->start : e->start - figure->start;
    if (far < best_far) {
      best_far = far;
      best = i;
    }
  }
  return best;
}

/// Notes which node a figure counts; its toll helps to know the node again.
static void count_figure(kh_clusters *clusters, const kh_report *report, const kh_merge_figure *f,
                         const uint32_t *node_of) {
  uint32_t *node = KH_LIST_ADD(&clusters->record->heap, &clusters->counted);
  if (!node) return;
  // What counts since a day counts more than one happening.
  const uint32_t event =
      f->since == KH_NO_DAY ? kh_event_of_figure(clusters->record, report, f) : KH_NOBODY;
  *node = event == KH_NOBODY ? KH_NOBODY : node_of[event];
  const int toll = toll_of(f);
  if (*node == KH_NOBODY || toll < 0 || f->value < 0) return;
  uint16_t *told = &clusters->nodes.at[*node].toll[toll];
  if (*told == KH_NO_TOLL) *told = (uint16_t)(f->value < KH_NO_TOLL ? f->value : KH_NO_TOLL - 1);
}

void kh_clusters_gather(kh_clusters *clusters, const kh_report *report, uint32_t *node_of) {
  kh_merge_record *record = clusters->record;
  const kh_merge_document *document = &record->documents.at[report->document];
  const uint32_t begin = clusters->nodes.count;
  const uint32_t town = kh_only_town(record, report->places.at, report->places.count);
  for (uint32_t i = 0; i < report->events.count; i++) {
    const kh_merge_event *e = &report->events.at[i];
    kh_node alone = node_of_event(document, report->document, e);
    alone.place = scene_of(record, e, town);
    kh_profile profile, other;
    kh_profile_of(record, &alone, &profile);
    uint32_t best = KH_NOBODY;
    int best_fit = -1;
    // The nearest before it wins among equals. Long lists are cut: a report has few happenings.
    const uint32_t end = clusters->nodes.count;
    const uint32_t from = end - begin > 64 ? end - 64 : begin;
    for (uint32_t k = end; k-- > from;) {
      kh_profile_of(record, &clusters->nodes.at[k], &other);
      const int fit = fits(record, &profile, &other);
      if (fit > best_fit) {
        best_fit = fit;
        best = k;
      }
    }
    if (best == KH_NOBODY) {
      kh_node *node = KH_LIST_ADD(&record->heap, &clusters->nodes);
      if (!node) return;
      *node = alone;
      best = end;
    } else {
      take_in(record, &clusters->nodes.at[best], &alone);
    }
    node_of[i] = best;
    kh_mention_of *mention = KH_LIST_ADD(&record->heap, &clusters->mentions);
    if (!mention) return;
    *mention = (kh_mention_of){best, e->n & INT32_MAX, e->negated};
  }
  for (uint32_t i = 0; i < report->figures.count; i++)
    count_figure(clusters, report, &report->figures.at[i], node_of);
}
