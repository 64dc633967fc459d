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

# ---- the bytes as they came
page = ("<html><head><title>قصف على حلب</title></head><body><article><p>قال المتحدث باسم الجيش إن خمسة مدنيين قتلوا في "
        "قصف على حلب أمس.</p><p>وطالبت الأمم المتحدة بوقف إطلاق النار في المدينة وفتح المعبر.</p></article></body></html>")
item = "<item><title>زيارة</title><description>التقى المبعوث وزير الدفاع في صنعاء وبحثا تمديد الهدنة.</description></item>"
line = '{"id": "x", "text": "أعلنت وزارة الصحة أن سبعة مدنيين قتلوا في قصف على إدلب."}'
http = ("HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + page.replace("خمسة", "تسعة")).encode()
came = {"page.html": page.encode(), "old.html": page.replace("حلب", "حمص").encode("windows-1256"),
        "feed.rss": ('<?xml version="1.0"?><rss version="2.0"><channel>%s</channel></rss>' % item).encode(),
        "one.jsonl": line.encode() + b"\n", "plain.txt": "وصل الوفد إلى دمشق أمس.".encode(),
        "marked.txt": b"\xef\xbb\xbf" + "غادر الوفد دمشق أمس.".encode(),
        "a.warc": b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
                  b"WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
                  b"Content-Length: %d\r\n\r\n%s\r\n\r\n" % (len(http), http)}
wanted = {"page.html": came["page.html"], "old.html": came["old.html"], "feed.rss": item.encode(),
          "one.jsonl": line.encode(), "plain.txt": None, "marked.txt": came["marked.txt"], "a.warc": http.split(b"\r\n\r\n", 1)[1]}
os.mkdir(path_of("came"))
for name, data in came.items():
    open(path_of("came/" + name), "wb").write(data)
for kept in (True, False):
    record = path_of("raw%d.khutwa" % kept)
    done = add(*(["--keep-raw"] if kept else []), record, path_of("came"))
    test("keep-raw: read", done.returncode == 0, done)
    db = sqlite3.connect(record)
    rows = db.execute("SELECT c.path, d.raw_sha256, b.raw, b.text FROM document d JOIN body b ON b.doc = d.doc "
                      "JOIN container c ON c.container = d.container").fetchall()
    db.close()
    test("keep-raw: all", len(rows) == len(came), rows)
    for path, digest, raw, text in rows:
        name = os.path.basename(path)
        data = subprocess.run(["zstd", "-dc"], input=raw, capture_output=True).stdout if raw else None
        whole = data if data is not None else wanted[name] or text.encode()
        if kept:
            test("keep-raw: " + name, data == wanted[name], (data, wanted[name]))
        else:
            test("no raw: " + name, raw is None)
        # the digest is that of these bytes, kept or not
        test("raw digest: " + name, hashlib.sha256(whole).digest() == digest)
    done = subprocess.run([program, "verify", record], capture_output=True)
    test("keep-raw: verify", done.returncode == 0, done)
    if kept:
        db = sqlite3.connect(record)
        db.execute("UPDATE body SET raw = x'28B52FFD00' WHERE doc = 1")
        db.commit()
        db.close()
        done = subprocess.run([program, "verify", record], capture_output=True)
        test("keep-raw: altered", done.returncode == 1 and b"D1" in done.stdout + done.stderr, done)

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
