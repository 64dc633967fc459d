// SPDX-License-Identifier: Apache-2.0
/// \file
/// Happenings: which mentions of events tell one thing.
///
/// Mentions are first gathered a document at a time into nodes; the nodes of all documents are
/// then joined to clusters, each of which is a happening. docs/merging.md has the rules in words.
#ifndef KHUTWA_STORE_CLUSTER_H
#define KHUTWA_STORE_CLUSTER_H

#include "store/merge_model.h"

/// Counts that help to tell happenings apart.
typedef enum kh_toll {
  KH_TOLL_KILLED,
  KH_TOLL_WOUNDED,
  KH_TOLL_HELD, ///< Detained, abducted, released.
  KH_TOLLS,
} kh_toll;

/// What one document says of one happening. There are millions: kept small.
typedef struct kh_node {
  uint32_t document;
  uint32_t n; ///< The first mention.
  uint32_t place;
  int32_t lo;              ///< The first day that it may have happened on; KH_NO_DAY when unknown.
  uint16_t days;           ///< So many days after it may have been the last one.
  uint16_t toll[KH_TOLLS]; ///< KH_NO_TOLL: not told.
  uint32_t actors, recipients; ///< The first of each, as in kh_parts.
  uint8_t actor_count, recipient_count;
  uint8_t type;
  uint8_t mode;
  uint32_t cluster;
  bool told; ///< The report tells the day, or a week, a month.
} kh_node;

enum { KH_NO_TOLL = 0xFFFF };

/// A mention of a happening. Its document is that of the node.
typedef struct kh_mention_of {
  uint32_t node;
  uint32_t n : 31;
  uint32_t negated : 1;
} kh_mention_of;

typedef struct kh_clusters {
  kh_merge_record *record;
  KH_LIST(kh_node) nodes;
  KH_LIST(kh_mention_of) mentions; ///< By document and n.
  KH_LIST(uint32_t) counted;       ///< Of each figure: the node that it counts, or KH_NOBODY.
  uint32_t *first;                 ///< Of each cluster: the node with the first mention.
  uint32_t count;
  uint32_t first_room;
} kh_clusters;

/// Gathers the events of a document. `node_of[i]` (room for all events) gets the node of event i.
void kh_clusters_gather(kh_clusters *clusters, const kh_report *report, uint32_t *node_of);

/// Whether a figure of `what` can count what an event of `type` did.
bool kh_event_counts(uint8_t type, uint8_t what);
/// The event of the report that a figure counts, by its place in `report->events`; KH_NOBODY.
uint32_t kh_event_of_figure(const kh_merge_record *record, const kh_report *report,
                            const kh_merge_figure *figure);

/// Joins the nodes of all documents: sets kh_node.cluster (numbered from 0 by first mention),
/// `first` and `count`. False without memory.
bool kh_clusters_join(kh_clusters *clusters);
/// Numbers the clusters anew by their first mentions: kh_node.cluster may have any values below
/// `count`. False without memory.
bool kh_clusters_number(kh_clusters *clusters, uint32_t count);
void kh_clusters_free(kh_clusters *clusters);

// ---- how alike two are

/// How the takers of a part on one side stand to those on the other.
typedef enum kh_kinship {
  KH_PARTS_OPEN,   ///< One side names nobody.
  KH_PARTS_SHARED, ///< Somebody named is the same.
  KH_PARTS_ALIKE, ///< Described alike, of one state: «الشرطة العراقية» (the Iraqi police).
  KH_PARTS_KIN, ///< Nobody is the same, but they belong to one state.
  KH_PARTS_RIVAL,
} kh_kinship;

kh_kinship kh_parts_compare(const kh_merge_record *record, const uint32_t *a, uint32_t a_count,
                            const uint32_t *b, uint32_t b_count);
/// True when the two lists name persons, and none of them twice.
bool kh_parts_other_persons(const kh_merge_record *record, const uint32_t *a, uint32_t a_count,
                            const uint32_t *b, uint32_t b_count);

enum { KH_SIDE_PARTS = 4 };

/// What is known of a happening from all nodes seen so far, or of one node.
typedef struct kh_profile {
  int32_t lo, hi;
  uint32_t place;
  float toll_low[KH_TOLLS], toll_high[KH_TOLLS]; ///< Negative: not told.
  uint32_t actors[KH_SIDE_PARTS], recipients[KH_SIDE_PARTS];
  uint8_t actor_count, recipient_count;
  uint8_t type, mode;
  bool told;
} kh_profile;

void kh_profile_of(const kh_merge_record *record, const kh_node *node, kh_profile *profile);
/// Takes what `node` says into the profile.
void kh_profile_add(const kh_merge_record *record, kh_profile *profile, const kh_profile *node);

enum {
  KH_JOIN = 45, ///< From this on two are one.
  KH_VETO = -1000,
};

/// How much speaks for one happening; KH_VETO where it cannot be. Both have the same type.
int kh_profile_alike(const kh_merge_record *record, const kh_profile *a, const kh_profile *b);

#endif
