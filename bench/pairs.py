#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""pairs.py PROGRAM [--pairs N] [--seed N] [--wrong]: does khutwa know who repeats whom?

Adds pairs of reports to a record and looks whether the second is linked to the first. Copies: one
to four of the edits of copies.py. No copies: two outlets' own reports of one happening; one form of
words with other facts; with other numbers and names alone; reports that quote one another's
background. Prints precision and recall of the links, and how many of each kind were linked.
Exit 1 below 0.99 or 0.95.
"""
import argparse
import datetime
import json
import os
import random
import re
import sqlite3
import subprocess
import sys
import tempfile

import copies
import news

DAY = datetime.date(2019, 1, 1)


def edited(rng, story):
    title, text = story.tell(rng, "صوت المرفأ", rng.randint(100, 320))
    return (title, text), copies.copy(rng, title, text, rng.choice(news.OUTLETS),
                                      story.facts["town"])


def retold(rng, story):
    return (story.tell(rng, "صوت المرفأ", rng.randint(90, 200)),
            story.tell(rng, "الديوان", rng.randint(90, 200)))


def same_form(rng, story):
    """One template, filled in with the facts of two stories."""
    body = rng.sample(news.BODY, rng.randint(5, 12))
    lead, background = rng.choice(news.LEADS[story.kind]), rng.choice(news.BACKGROUND)
    other = news.Story(rng, 0, DAY, 1500)
    form = lambda: (story.kind, lead, list(body), background)  # noqa: E731
    return (story.tell(rng, "الديوان", 1000, form()), other.tell(rng, "الديوان", 1000, form()))


def other_numbers(rng, story):
    """The same bulletin of another day: numbers and names differ, nothing else."""
    title, text = story.tell(rng, "نسائم", rng.randint(100, 250))
    def other(match):
        return str(int(match.group()) + rng.randint(1, 40))
    changed = re.sub(r"[0-9٠-٩]+", other, text)
    for old in set(re.findall("|".join(news.FIRST), changed)):
        changed = changed.replace(old, rng.choice(news.FIRST))
    for old in set(re.findall("|".join(news.LAST), changed)):
        changed = changed.replace(old, rng.choice(news.LAST))
    for number in news.WORDS.values():
        changed = changed.replace(number + " ", rng.choice(list(news.WORDS.values())) + " ")
    return (title, text), (title, changed)


def same_background(rng, story):
    """Two reports that end in the same paragraphs of background."""
    more = "\n\n".join(rng.sample(copies.OTHER_BACKGROUND, 3))
    one, two = retold(rng, story)
    return (one[0], one[1] + "\n\n" + more), (two[0], two[1] + "\n\n" + more)


KINDS = [(edited, True, 6), (retold, False, 2), (same_form, False, 2), (other_numbers, False, 1),
         (same_background, False, 1)]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("--pairs", type=int, default=1200)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--wrong", action="store_true", help="show what was linked wrongly or missed")
    options = parser.parse_args()
    rng = random.Random(options.seed)
    turns = [kind for kind in KINDS for _ in range(kind[2])]
    made, lines = [], []
    for i in range(options.pairs):
        make, copy, _ = turns[i % len(turns)]
        pair = make(rng, news.Story(rng, i, DAY, 1500))
        made.append((make.__name__, copy, pair))
        for side, (title, text) in zip("ab", pair):
            lines.append(json.dumps({"id": "p%d%s" % (i, side), "title": title, "text": text,
                                     "source": news.OUTLETS[side == "b"],
                                     "published": "2019-05-30"}, ensure_ascii=False))
    with tempfile.TemporaryDirectory() as folder:
        record = os.path.join(folder, "pairs.khutwa")
        subprocess.run([options.program, "add", record, "-"], check=True,
                       input="\n".join(lines).encode(), stdout=subprocess.DEVNULL)
        found = dict(sqlite3.connect(record).execute(
            "SELECT d.id, o.id FROM document d LEFT JOIN document o ON o.doc = d.copy_of"))
    right = wrong = copies_there = 0
    kinds = {}
    for i, (kind, copy, pair) in enumerate(made):
        linked = found["p%db" % i] == "p%da" % i
        astray = {name for name in ("p%da" % i, "p%db" % i)
                  if found[name] and found[name] != "p%da" % i}
        kinds.setdefault(kind, [0, 0])
        kinds[kind][0] += linked
        kinds[kind][1] += 1
        copies_there += copy
        right += linked and copy
        wrong += (linked and not copy) + len(astray)
        if options.wrong and (linked != copy or astray):
            print("---- %s: %s\n%s\n----\n%s" % (kind, astray or ("linked" if linked else "missed"),
                                                 pair[0][1], pair[1][1]))
    precision = right / max(1, right + wrong)
    recall = right / max(1, copies_there)
    for kind, (linked, count) in kinds.items():
        print("%-16s %4d of %4d linked" % (kind, linked, count))
    print("# copies: precision %.3f, recall %.3f over %d pairs" % (precision, recall, options.pairs))
    return precision < 0.99 or recall < 0.95


sys.exit(main())
