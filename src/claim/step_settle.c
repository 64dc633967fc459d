// SPDX-License-Identifier: Apache-2.0
// The end of reading steps: verdicts of the model take effect, once nothing hangs any more on what
// the rules read.
#include "claim/step_rank.h"

// Steps looked back at, steps in the words of another, bytes between two words for one step.
enum { MAX_SAME = 24, MAX_OVER = 8, MAX_GAP = 14 };

void kh_add_step(kh_step_judge *j, const kh_step *s, const kh_verdict *v) {
  kh_document *d = j->document;
  *(kh_step *)KH_ADD(&d->arena, &d->claims->steps) = *s;
  *(kh_verdict *)KH_ADD(&d->arena, &j->verdicts) = *v;
}

void kh_add_faint_step(kh_step_judge *j, const kh_step *s, const kh_verdict *v) {
  *(kh_judged_step *)KH_ADD(&j->document->arena, &j->faint) = (kh_judged_step){*s, *v, true};
}

static kh_step settled(const kh_judged_step *judged) {
  kh_step s = judged->step;
  const kh_verdict *v = &judged->verdict;
  // a condition that was found later outweighs what the move alone told
  const bool bound = s.status != v->ruled && s.status != v->status;
  if (v->kind != s.kind || (!bound && v->status != v->ruled)) s.origin.rule = "sp.learned";
  s.kind = v->kind;
  if (!bound) s.status = v->status;
  s.by = v->by;
  s.asked_by = v->asked_by;
  s.according_to = v->according_to;
  s.place = v->place;
  s.origin.confidence = v->likely;
  return s;
}

static int32_t same_before(const kh_step *at, uint32_t count, const kh_step *s) {
  for (uint32_t i = count, n = 0; i-- > 0 && n < MAX_SAME; n++)
    if (at[i].kind == s->kind && s->kind != KH_STEP_OTHER && at[i].place == s->place)
      return (int32_t)i;
  return KH_NONE;
}

// How much a step counts beside others of the same words: one whose kind is known is worth more.
static float weight_of(const kh_judged_step *s) {
  return s->verdict.likely + (s->verdict.kind == KH_STEP_OTHER ? 0.0F : 0.1F);
}

// Do two steps in the order of the text stand for one: in the same words, or side by side and alike
// («المفاوضات ستستأنف»)?
static bool are_one(const kh_judged_step *a, const kh_judged_step *b) {
  if (b->step.what.start < a->step.what.end) return true;
  if (a->verdict.kind != b->verdict.kind || a->verdict.status != b->verdict.status) return false;
  const uint32_t gap = b->step.what.start - a->step.what.end;
  return gap < 2 || (gap < MAX_GAP && (a->faint || b->faint)); // a blank alone, or a word more
}

// Of steps that stand for one, the likeliest stays; the others get no likelihood.
static void drop_shared(kh_judged_step *at, uint32_t count) {
  for (uint32_t i = 0; i < count; i++)
    for (uint32_t k = i + 1; k < count && k <= i + MAX_OVER; k++) {
      if (at[k].step.what.start >= at[i].step.what.end + MAX_GAP) break;
      if (at[i].verdict.likely < 0) break;
      if (at[k].verdict.likely < 0 || !are_one(&at[i], &at[k])) continue;
      kh_judged_step *loser = weight_of(&at[k]) > weight_of(&at[i]) ? &at[i] : &at[k];
      loser->verdict.likely = -1;
    }
}

// All steps that the model believes in, in the order of the text.
static uint32_t gather(const kh_step_judge *j, kh_judged_step *all) {
  const kh_claim_layer *claims = j->document->claims;
  const float least = j->document->engine->frames->steps.question[KH_RANK_STEP].least;
  uint32_t count = 0;
  for (uint32_t i = 0, k = 0; i < claims->steps.count || k < j->faint.count;) {
    const bool faint =
        i == claims->steps.count ||
        (k < j->faint.count && j->faint.at[k].step.what.start < claims->steps.at[i].what.start);
    if (faint)
      all[count] = j->faint.at[k++];
    else {
      all[count] = (kh_judged_step){claims->steps.at[i], j->verdicts.at[i], false};
      i++;
    }
    if (all[count].verdict.likely >= least) count++;
  }
  return count;
}

void kh_settle_steps(kh_step_judge *j) {
  kh_document *d = j->document;
  kh_claim_layer *claims = d->claims;
  const uint32_t most = claims->steps.count + j->faint.count;
  if (!most) return;
  kh_judged_step *all = kh_arena_alloc(&d->arena, most * sizeof *all);
  uint32_t count = most;
  if (d->engine->frames->steps.weights) {
    count = gather(j, all);
    drop_shared(all, count);
  } else {
    for (uint32_t i = 0; i < most; i++)
      all[i] = (kh_judged_step){claims->steps.at[i], j->verdicts.at[i], false};
  }
  claims->steps.count = 0;
  for (uint32_t i = 0; i < count; i++) {
    if (d->engine->frames->steps.weights && all[i].verdict.likely < 0) continue;
    kh_step s = settled(&all[i]);
    s.same_as = same_before(claims->steps.at, claims->steps.count, &s);
    *(kh_step *)KH_ADD(&d->arena, &claims->steps) = s;
  }
}
