#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""ingest.py [--articles N] [--keep FILE] PROGRAM: how fast a record grows, how large it is, what it
takes; and are copies known in so large a record?

Articles a second are told on the clock and for the processor time that was used, since other work on
the machine does not count there. --keep leaves the record for bench/latency.py.
"""
import argparse
import os
import sqlite3
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--articles", type=int, default=200000)
    parser.add_argument("--keep")
    parser.add_argument("program")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        news, gold = os.path.join(folder, "news.jsonl"), os.path.join(folder, "gold.tsv")
        record = options.keep or os.path.join(folder, "news.khutwa")
        with open(news, "wb") as out:
            subprocess.run([sys.executable, os.path.join(HERE, "corpus.py"), "--articles",
                            str(options.articles), "--gold", gold], stdout=out, check=True)
        begin = time.perf_counter()
        child = subprocess.Popen([options.program, "add", record, news])
        _, status, usage = os.wait4(child.pid, 0)
        child.returncode = os.waitstatus_to_exitcode(status)
        took = time.perf_counter() - begin
        processor = usage.ru_utime + usage.ru_stime
        print("ingest            %6.0f articles/s on the clock (%.0f s), %.0f on two cores by processor "
              "time" % (options.articles / took, took, 2 * options.articles / processor))
        print("peak memory       %6.0f MB" % (usage.ru_maxrss / 1000))
        db = sqlite3.connect(record)
        text, = db.execute("SELECT sum(length) FROM document").fetchone()
        size = os.path.getsize(record)
        print("file              %6.0f MB for %.0f MB of text: %.2f times" % (
            size / 1e6, text / 1e6, size / text))
        repeats = dict(line.split() for line in open(gold, encoding="utf-8"))
        found = db.execute("SELECT d.id, o.id FROM document d JOIN document o ON o.doc = d.copy_of")

        def root(name):
            while name in repeats:
                name = repeats[name]
            return name
        right = wrong = 0
        for name, original in found:
            right, wrong = (right + 1, wrong) if root(name) == root(original) else (right, wrong + 1)
        print("copies            precision %.4f, recall %.4f of %d" % (
            right / max(1, right + wrong), right / max(1, len(repeats)), len(repeats)))
        return child.returncode


sys.exit(main())
