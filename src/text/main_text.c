// SPDX-License-Identifier: Apache-2.0
// Which of a page's blocks are the report? Paragraphs stand together; what stands around them is
// short, or made of links, or marked as something else.
#include "text/around.h"
#include "text/page.h"

#include <string.h>

enum {
  GOOD = 80,     // bytes of a block that counts as a paragraph (some 40 letters)
  TEASER = 1000, // bytes of a part that only makes curious, at most
  REPORT = 400,  // bytes of paragraphs beside which readers' comments are no report
  SHORT = 90,    // bytes of a line that may be a byline, a date, a heading of links
};

static uint32_t size_of(const kh_block *block) { return block->end - block->start; }

// Mostly links: a list of other reports.
static bool is_links(const kh_block *block) { return block->link * 2 > size_of(block); }

static bool is_good(const kh_block *block) {
  return size_of(block) >= GOOD && block->link * 3 < size_of(block) &&
         block->element != KH_EL_CAPTION;
}

// Arabic and Latin marks that end a sentence.
static bool ends_sentence(const char *text, const kh_block *block) {
  const uint32_t end = block->end;
  if (end == block->start) return false;
  const char last = text[end - 1];
  if (last == '.' || last == '!' || last == '?' || last == '"') return true;
  static const char *const marks[] = {"\xD8\x9F", "\xC2\xBB", "\xE2\x80\x9D", "\xE2\x80\xA6"};
  for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
    const size_t len = strlen(marks[i]);
    if (size_of(block) >= len && memcmp(text + end - len, marks[i], len) == 0) return true;
  }
  return false;
}

// How much text, and how much of it in paragraphs, the page has and each of its parts.
static void measure(kh_blocks *page, uint32_t *all, uint32_t *all_good) {
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    const uint32_t good = is_good(block) ? size_of(block) : 0;
    *all += size_of(block);
    *all_good += good;
    if (block->holder < 0) continue;
    page->holders.at[block->holder].text += size_of(block);
    page->holders.at[block->holder].good += good;
  }
  for (uint32_t i = page->holders.count; i-- > 0;) { // children stand behind their parents
    const kh_holder *holder = &page->holders.at[i];
    if (holder->parent < 0) continue;
    page->holders.at[holder->parent].text += holder->text;
    page->holders.at[holder->parent].good += holder->good;
  }
}

// A part under a heading that is a link: it tells of another report.
static void mark_teasers(kh_blocks *page) {
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    if (block->element != KH_EL_HEADING || block->holder < 0 || !is_links(block)) continue;
    kh_holder *holder = &page->holders.at[block->holder];
    const bool report = holder->element == KH_EL_ARTICLE && holder->good >= REPORT;
    if (!report && !holder->body && holder->text < TEASER && holder->element != KH_EL_MAIN &&
        holder->element != KH_EL_BODY)
      holder->junk = true;
  }
}

// A marked part that holds three quarters of the page's text, or of its paragraphs, is no mere
// surrounding, whatever its name; and what is named as the report's text is that wherever it
// stands.
static void forgive(kh_blocks *page, uint32_t all, uint32_t all_good) {
  for (uint32_t i = 0; i < page->holders.count; i++) {
    kh_holder *holder = &page->holders.at[i];
    // readers write much, but not instead of the report
    const bool beside = holder->comments && all_good - holder->good >= REPORT;
    if (!beside &&
        (holder->text > all / 4 * 3 || (holder->good && holder->good > all_good / 4 * 3)))
      holder->junk = false;
    holder->good = 0; // counted anew when the junk is known
    if (holder->parent >= 0 && page->holders.at[holder->parent].junk && !holder->body)
      holder->junk = true;
  }
}

static bool is_junk(const kh_blocks *page, const kh_block *block) {
  return block->holder >= 0 && page->holders.at[block->holder].junk;
}

static void weigh(kh_blocks *page) {
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    if (!is_good(block) || is_junk(page, block)) continue;
    float points = 1.0F + (float)(size_of(block) < 1000 ? size_of(block) : 1000) / 200.0F;
    int32_t at = block->holder;
    if (at >= 0) page->holders.at[at].good += size_of(block);
    for (int level = 0; level < 3 && at >= 0; level++, points /= 2) {
      page->holders.at[at].score += points;
      at = page->holders.at[at].parent;
    }
  }
  for (uint32_t i = page->holders.count; i-- > 0;) {
    const kh_holder *holder = &page->holders.at[i];
    if (holder->parent >= 0) page->holders.at[holder->parent].good += holder->good;
  }
}

// The holder with most good text among those a test picks, or -1.
static int32_t most_good(const kh_blocks *page, bool (*picks)(const kh_holder *)) {
  int32_t best = -1;
  for (uint32_t i = 0; i < page->holders.count; i++) {
    const kh_holder *holder = &page->holders.at[i];
    if (holder->junk || !holder->good || !picks(holder)) continue;
    if (best < 0 || holder->good > page->holders.at[best].good) best = (int32_t)i;
  }
  return best;
}

static bool is_body(const kh_holder *holder) { return holder->body; }
static bool is_article(const kh_holder *holder) { return holder->element == KH_EL_ARTICLE; }
static bool is_main(const kh_holder *holder) { return holder->element == KH_EL_MAIN; }

// The holder whose own paragraphs weigh most, widened while what is around it holds much more.
static int32_t densest(const kh_blocks *page) {
  int32_t best = -1;
  for (uint32_t i = 0; i < page->holders.count; i++) {
    if (page->holders.at[i].junk) continue;
    if (best < 0 || page->holders.at[i].score > page->holders.at[best].score) best = (int32_t)i;
  }
  while (best >= 0) {
    const int32_t around = page->holders.at[best].parent;
    if (around < 0 || page->holders.at[around].good * 10ULL < page->holders.at[best].good * 14ULL)
      break;
    best = around;
  }
  return best;
}

static int32_t choose(const kh_blocks *page) {
  const int32_t dense = densest(page);
  if (dense < 0) return -1;
  bool (*const picks[])(const kh_holder *) = {is_body, is_article, is_main};
  static const uint64_t shares[] = {4, 2, 2}; // how much smaller than the densest part it may be
  for (size_t i = 0; i < sizeof picks / sizeof *picks; i++) {
    const int32_t told = most_good(page, picks[i]);
    if (told >= 0 && page->holders.at[told].good * shares[i] >= page->holders.at[dense].good)
      return told;
  }
  return dense;
}

// Per holder: does it lie in `root` (or is it it)? Parents stand before their children.
static bool *within(const kh_blocks *page, int32_t root) {
  bool *inside = kh_arena_zero(page->arena, page->holders.count + 1U);
  for (uint32_t i = 0; i < page->holders.count; i++) {
    const int32_t parent = page->holders.at[i].parent;
    inside[i] = (int32_t)i == root || (parent >= 0 && inside[parent]);
  }
  return inside;
}

// Lines before the first paragraph that are no sentences: bylines, dates, names of sections.
static void drop_lead(const kh_blocks *page, bool *kept) {
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    if (!kept[i]) continue;
    if (is_good(block) || ends_sentence(page->text, block)) return;
    if (size_of(block) < SHORT) kept[i] = false;
  }
}

// «Read also:» and its like: a short line without an end, and nothing behind it but links (which
// are dropped already) before the next such line or the end.
static void drop_headings_of_links(const kh_blocks *page, bool *kept) {
  bool text_follows = false;
  bool links_follow = false;
  for (uint32_t i = page->blocks.count; i-- > 0;) {
    const kh_block *block = &page->blocks.at[i];
    if (!kept[i]) {
      if (is_links(block) && !is_junk(page, block)) links_follow = true;
      continue;
    }
    const bool heading = size_of(block) < SHORT && !ends_sentence(page->text, block);
    const bool lonely =
        heading && (!text_follows || (links_follow && page->text[block->end - 1] == ':'));
    if (lonely && (block->element == KH_EL_HEADING || links_follow)) {
      kept[i] = false;
      continue;
    }
    text_follows = !heading || block->element != KH_EL_HEADING;
    links_follow = false;
  }
}

// Lines that say of themselves that they are none of the report.
static void drop_around(const kh_blocks *page, bool *kept) {
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    if (kept[i] && kh_is_around(page->text + block->start, size_of(block))) kept[i] = false;
  }
}

const bool *kh_main_text(kh_blocks *page) {
  bool *kept = kh_arena_zero(page->arena, page->blocks.count + 1U);
  uint32_t all = 0;
  uint32_t all_good = 0;
  measure(page, &all, &all_good);
  mark_teasers(page);
  forgive(page, all, all_good);
  weigh(page);
  const int32_t root = choose(page);
  const bool *inside = within(page, root);
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    const bool there = root < 0 || (block->holder >= 0 && inside[block->holder]);
    kept[i] = there && !is_junk(page, block) && !is_links(block) && block->element != KH_EL_CAPTION;
  }
  drop_lead(page, kept);
  drop_headings_of_links(page, kept);
  drop_around(page, kept);
  return kept;
}

const bool *kh_fragment_text(kh_blocks *page) {
  bool *kept = kh_arena_zero(page->arena, page->blocks.count + 1U);
  for (uint32_t i = 0; i < page->blocks.count; i++) {
    const kh_block *block = &page->blocks.at[i];
    kept[i] = !is_links(block) && block->element != KH_EL_CAPTION && !is_junk(page, block);
  }
  drop_headings_of_links(page, kept);
  drop_around(page, kept);
  return kept;
}
