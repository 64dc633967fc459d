#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""corpus.py [--articles N] [--megabytes M] [--copies SHARE] [--seed N] [--gold FILE]

News of five to eight outlets over eight years as JSON Lines, to standard output: 200,000 articles
unless told otherwise. About one in five repeats another one as outlets print what agencies send
(--copies); seven in ten tell of other things than conflict, as in an archive (--everyday). --gold FILE gets a line a copy: its id, a tab, the id of the first article that it
repeats, directly or through others. --megabytes ends once that much was written.
"""
import argparse
import datetime
import json
import random
import sys

import copies
import everyday
import news

FIRST_DAY = datetime.date(2015, 1, 1)
DAYS = 8 * 365


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=200000)
    parser.add_argument("--megabytes", type=float, default=0)
    parser.add_argument("--copies", type=float, default=0.2)
    parser.add_argument("--everyday", type=float, default=0.7)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--gold")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    gold = open(options.gold, "w", encoding="utf-8") if options.gold else None
    out = sys.stdout.buffer
    written = number = stories = 0
    most = int(options.megabytes * 1e6) if options.megabytes else sys.maxsize
    if options.megabytes:
        options.articles = sys.maxsize
    while number < options.articles and written < most:
        stories += 1
        plain = rng.random() < options.everyday
        story = (everyday.Everyday if plain else news.Story)(rng, stories, FIRST_DAY, DAYS)
        originals = []  # (id, title, text)
        for _ in range(min(1 + int(rng.expovariate(0.45)), 30)):
            if number == options.articles or written >= most:
                break
            number += 1
            name = "a%d" % number
            outlet = rng.choice(news.OUTLETS)
            day = story.day + datetime.timedelta(days=rng.randint(0, 2))
            if originals and rng.random() < options.copies * 1.8:
                first, title, text = rng.choice(originals)
                title, text = copies.copy(rng, title, text, outlet, story.facts["town"])
                if gold:
                    gold.write("%s\t%s\n" % (name, first))
            else:
                title, text = story.tell(rng, outlet, rng.randint(140, 370))
                originals.append((name, title, text))
            line = json.dumps({"id": name, "source": outlet, "published": day.isoformat(),
                               "title": title, "text": text,
                               "uri": "https://outlet%d.example/%d" % (
                                   news.OUTLETS.index(outlet), number)},
                              ensure_ascii=False, separators=(",", ":"))
            written += out.write(line.encode() + b"\n")
    if gold:
        gold.close()
    sys.stderr.write("%d articles, %d stories, %.1f MB\n" % (number, stories, written / 1e6))


if __name__ == "__main__":
    main()
