#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Ingest from outside: gate 5 (killed at any moment, then run again), gate 18 (memory), the same
record with one worker or many, folders, patterns, standard input, Ctrl-C. ingest.py PROGRAM

KHUTWA_LONG=1: 1,000 kills, and 1 GB of JSON Lines.
"""
import glob
import gzip
import hashlib
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1])
LONG = bool(os.environ.get("KHUTWA_LONG"))
HERE = os.path.dirname(os.path.abspath(__file__))
folder = tempfile.mkdtemp()
passed = failed = 0


def test(name, holds, what=""):
    global passed, failed
    passed, failed = passed + bool(holds), failed + (not holds)
    if not holds:
        print("%s fails: %s" % (name, what))


def add(*arguments, **options):
    return subprocess.run([program, "add", "--user", "tester", *arguments], capture_output=True,
                          **options)


def content(record):
    """A digest of all that a record holds, but when it was written and the chain that says so."""
    db = sqlite3.connect(record)
    if db.execute("PRAGMA integrity_check").fetchone() != ("ok",):
        return "damaged"
    names = [name for name, sql in db.execute(
        "SELECT name, sql FROM sqlite_master WHERE type = 'table' ORDER BY name")
        if not sql.startswith("CREATE VIRTUAL") and not name.startswith("search")
        and name not in ("audit", "meta")]
    digest = hashlib.sha256()
    for name in names:
        columns = [c[1] for c in db.execute("PRAGMA table_info(%s)" % name)
                   if c[1] not in ("at", "mtime", "path")]
        digest.update(name.encode())
        for row in sorted(db.execute("SELECT %s FROM %s" % (", ".join(columns), name)), key=repr):
            digest.update(repr(row).encode())
    steps = [row for row in db.execute("SELECT action, subject, detail, digest FROM audit ORDER BY seq")
             if row[0] == "import"]
    digest.update(repr(steps).encode())
    db.close()
    return digest.hexdigest()


def corpus(path, *options):
    with open(path, "wb") as out:
        subprocess.run([sys.executable, os.path.join(HERE, "../../bench/corpus.py"), *options],
                       stdout=out, stderr=subprocess.DEVNULL, check=True)
    return path


def path_of(name):
    return os.path.join(folder, name)


# ---- one worker or many, packed or not: one record
news = corpus(path_of("news.jsonl"), "--articles", "1200")
whole = path_of("whole.khutwa")
done = add("-j", "1", whole, news)
test("add", done.returncode == 0 and done.stdout == b"1200 added, 0 known already, 0 refused\n", done)
test("silence in a pipe", done.stderr == b"", done.stderr)
wanted = content(whole)
for workers in ("2", "7"):
    record = path_of("j%s.khutwa" % workers)
    add("-j", workers, record, news)
    test("-j " + workers, content(record) == wanted)
again = add(whole, news)
test("again", again.stdout == b"0 added, 0 known already, 0 refused\n" and content(whole) == wanted, again)
copied = shutil.copy(news, path_of("copied.jsonl"))
again = add(whole, copied)
test("known", again.stdout == b"0 added, 1200 known already, 0 refused\n", again)

# ---- killed, and run again
kills = 1000 if LONG else 20
rng = random.Random(5)
record, round_, spent = path_of("killed.khutwa"), 0, 0
begin = time.monotonic()
add(path_of("timed.khutwa"), news)
full = time.monotonic() - begin
good = True
for kill in range(kills):
    child = subprocess.Popen([program, "add", "--user", "tester", record, news],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(rng.uniform(0, full * 0.7))
    child.kill()
    if child.wait() == 0 or kill == kills - 1:  # it was done before the blow fell
        add(record, news)
        good = good and content(record) == wanted
        for path in glob.glob(record + "*"):
            os.remove(path)
add(record, news)
test("%d kills" % kills, good and content(record) == wanted)

# ---- Ctrl-C
record = path_of("stopped.khutwa")
child = subprocess.Popen([program, "add", "--user", "tester", record, news], stdout=subprocess.PIPE,
                         stderr=subprocess.PIPE)
time.sleep(full * 0.3)
child.send_signal(signal.SIGINT)
out, err = child.communicate(timeout=60)
if child.returncode != 0:  # else it was quicker
    test("Ctrl-C", child.returncode == 130 and b"goes on from here" in err, (child.returncode, err))
add(record, news)
test("after Ctrl-C", content(record) == wanted)

# ---- folders, patterns, standard input, what cannot be read
os.makedirs(path_of("tree/b/c"))
lines = open(news, "rb").read().splitlines(True)
with gzip.open(path_of("tree/a.jsonl.gz"), "wb") as packed:
    packed.writelines(lines[:10])
with open(path_of("tree/b/c/d.jsonl"), "wb") as plain:
    plain.writelines(lines[10:30])
with open(path_of("tree/b/broken.jsonl"), "wb") as broken:
    broken.writelines([lines[30], b"{\n", lines[31]])
with open(path_of("tree/b/picture.jpg"), "wb") as picture:
    picture.write(b"\xff\xd8")
record = path_of("tree.khutwa")
done = add(record, path_of("tree"))
test("folder", done.stdout == b"32 added, 0 known already, 1 refused\n" and done.returncode == 1, done)
db = sqlite3.connect(record)
test("order of names", [row[0] for row in db.execute("SELECT path FROM container ORDER BY container")] ==
     [path_of("tree/" + n) for n in ("a.jsonl.gz", "b/broken.jsonl", "b/c/d.jsonl")])
test("refusal", db.execute("SELECT position, line, code FROM refusal").fetchall() ==
     [(1, 2, "format error")] and "one report a line" in
     db.execute("SELECT message FROM refusal").fetchone()[0])
db.close()
done = add(path_of("glob.khutwa"), path_of("tree/b/*/*.jsonl"))
test("pattern", done.stdout == b"20 added, 0 known already, 0 refused\n", done)
for _ in range(2):
    done = add(path_of("stdin.khutwa"), "-", input=b"".join(lines[:5]))
test("standard input", done.stdout == b"0 added, 5 known already, 0 refused\n", done)
done = add(path_of("stdin.khutwa"), path_of("nothing"))
test("no file", done.returncode == 1 and b"there is no such file" in done.stderr, done)
done = add(path_of("stdin.khutwa"), "--lang", "ar", path_of("nothing"))
test("in Arabic", "رُفضت".encode() in done.stdout, done)

# ---- memory
big = corpus(path_of("big.jsonl"), "--megabytes", "1000" if LONG else "10")
child = subprocess.Popen([program, "add", path_of("big.khutwa"), big], stdout=subprocess.DEVNULL)
_, status, usage = os.wait4(child.pid, 0)
child.returncode = os.waitstatus_to_exitcode(status)
memory = usage.ru_maxrss / 1000
most = 200 if LONG else 120
test("memory", child.returncode == 0 and memory < most, "%.0f MB" % memory)
shutil.rmtree(folder)
print("# %d kills, %.0f MB over %s of JSON Lines" % (kills, memory, "1 GB" if LONG else "10 MB"))
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
