#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""latency.py PROGRAM RECORD [--runs N] [--limit N]

How long questions to a record take, and how much memory: search, timeline, figures, steps, actors, with
words, actors and days taken from the record itself. Milliseconds from start to end of the program, and of
the processor alone (what a busy machine does not stretch); the 95th percentile of N runs a question.
"""
import argparse
import os
import random
import re
import sqlite3
import subprocess
import sys
import time


def ask(program, record, question, arguments, limit):
    begin = time.monotonic()
    process = subprocess.Popen([program, question, record, *arguments, "--json", "--limit", str(limit)],
                               stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    message = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        sys.exit("%s %s: %s" % (question, arguments, message.decode()))
    return ((time.monotonic() - begin) * 1000, (usage.ru_utime + usage.ru_stime) * 1000, usage.ru_maxrss / 1024)


def percentile(values, share):
    values = sorted(values)
    return values[min(len(values) - 1, int(len(values) * share))]


def samples(record, rng, runs):
    """For each question a list of arguments."""
    database = sqlite3.connect("file:%s?mode=ro" % record, uri=True)
    most = database.execute("SELECT max(doc) FROM document").fetchone()[0]
    texts = [database.execute("SELECT text FROM body WHERE doc >= ? LIMIT 1", (rng.randint(1, most),)).fetchone()[0]
             for _ in range(200)]
    words = [re.findall(r"\w+", text) for text in texts]
    actors = [row[0] for row in database.execute("SELECT entity FROM entity_count ORDER BY documents DESC LIMIT 2000")]
    places = [row[0] for row in database.execute("SELECT c.entity FROM entity_count c JOIN entity e USING (entity) "
                                                 "WHERE e.kind = 'place' ORDER BY documents DESC LIMIT 200")]
    days = [row[0][:10] for row in database.execute("SELECT published FROM document WHERE published IS NOT NULL "
                                                    "ORDER BY random() LIMIT 200")]
    types = [row[0] for row in database.execute("SELECT DISTINCT type FROM happening")]
    kinds = [row[0] for row in database.execute("SELECT DISTINCT kind FROM ledger")]
    whats = [row[0] for row in database.execute("SELECT DISTINCT what FROM series")]
    database.close()

    def phrase():
        text = rng.choice(words)
        at = rng.randrange(max(1, len(text) - 3))
        return '"%s"' % " ".join(text[at:at + rng.randint(2, 3)])

    def word():
        return rng.choice(rng.choice(words))

    queries = [word, phrase, lambda: word() + " " + word(), lambda: word() + " -" + word(), lambda: phrase() + " " + word(),
               lambda: word() + " OR " + word()]
    filters = {
        "search": [lambda: [], lambda: ["--from", rng.choice(days)], lambda: ["--actor", "E%d" % rng.choice(actors)]],
        "timeline": [lambda: [], lambda: ["--from", rng.choice(days)], lambda: ["--type", rng.choice(types)],
                     lambda: ["--actor", "E%d" % rng.choice(actors)], lambda: ["--place", "E%d" % rng.choice(places)],
                     lambda: ["--reverse"]],
        "figures": [lambda: [], lambda: ["--from", rng.choice(days)], lambda: ["--type", rng.choice(whats)],
                    lambda: ["--place", "E%d" % rng.choice(places)]],
        "steps": [lambda: [], lambda: ["--type", rng.choice(kinds)], lambda: ["--asked-of", "E%d" % rng.choice(actors)],
                  lambda: ["--not-kept"], lambda: ["--changed-since", rng.choice(days)], lambda: ["--open"],
                  lambda: ["--blocks", "E%d" % rng.choice(actors)]],
        "actors": [lambda: [], lambda: ["--type", "person"], lambda: ["--sector", "GOV"]],
        "documents": [lambda: [], lambda: ["--from", rng.choice(days)], lambda: ["--actor", "E%d" % rng.choice(actors)]],
    }
    asked = {}
    for question, ways in filters.items():
        asked[question] = []
        for i in range(runs):
            arguments = ways[i % len(ways)]()
            if question == "search":
                arguments = arguments + ["--", queries[i % len(queries)]()]
                arguments = arguments[:-2] + arguments[-1:] if not arguments[-1].startswith("-") else arguments
            asked[question].append(arguments)
    return asked


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("program")
    parser.add_argument("record")
    parser.add_argument("--runs", type=int, default=60)
    parser.add_argument("--limit", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    rng = random.Random(options.seed)
    print("%-10s %8s %8s %8s %8s %8s" % ("question", "median", "95 %", "cpu", "cpu 95%", "MB"))
    slow = []
    for question, asked in samples(options.record, rng, options.runs).items():
        times = []
        for arguments in asked:
            times.append(ask(options.program, options.record, question, arguments, options.limit))
            slow.append((times[-1][1], question, arguments))
        wall, cpu, memory = zip(*times)
        print("%-10s %8.0f %8.0f %8.0f %8.0f %8.0f" % (question, percentile(wall, 0.5), percentile(wall, 0.95),
                                                        percentile(cpu, 0.5), percentile(cpu, 0.95), max(memory)))
    print("slowest: " + "; ".join("%.0f ms %s %s" % (ms, question, " ".join(arguments))
                                  for ms, question, arguments in sorted(slow, reverse=True)[:5]))


main()
