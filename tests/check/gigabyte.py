#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gate 18: streams without end, each read with less than 200 MB above what reading nothing takes,
or refused in words. gigabyte.py PROGRAM (KHUTWA_LONG=1: a gigabyte each, instead of 24 MB)

Streams come through a pipe, or through a file where a pipe cannot serve; none is ever whole in
memory. Each is made so that it would fill memory if anything of it were gathered."""
import gzip, os, subprocess, sys, tempfile, threading, time

program = os.path.abspath(sys.argv[1])
SIZE = (1 << 30) if os.environ.get("KHUTWA_LONG") else 24 << 20
MOST = 200  # MB
WORDS = "قال وزير الخارجية إن ثلاثة مدنيين قتلوا في قصف على حلب أمس وطالب بوقف إطلاق النار. "
passed = failed = 0


def repeated(piece, size=None):
    """The piece over and over, in blocks of a megabyte."""
    piece = piece if isinstance(piece, bytes) else piece.encode()
    block = piece * max(1, (1 << 20) // len(piece))
    left = size or SIZE
    while left > 0:
        yield block
        left -= len(block)


def one_line():
    yield b'{"text": "'
    yield from repeated(WORDS)
    yield b'"}\n'


def lines():
    line = '{"id": "%d", "published": "2020-01-01", "text": "%s"}\n'
    left = SIZE
    number = 0
    filler = "lorem ipsum dolor sit amet " * 600
    while left > 0:
        block = b"".join((line % (number + i, WORDS + filler)).encode() for i in range(40))
        number += 40
        left -= len(block)
        yield block


def plain():
    yield from repeated(WORDS)


def html():
    yield b"<html><body><p>"
    yield from repeated(WORDS)
    yield b"</p></body></html>"


def feed_one():
    yield b'<?xml version="1.0"?><rss version="2.0"><channel><item><description>'
    yield from repeated(WORDS)
    yield b"</description></item></channel></rss>"


def feed_many():
    yield b'<?xml version="1.0"?><rss version="2.0"><channel>'
    filler = "lorem ipsum dolor sit amet " * 2000
    yield from repeated(f"<item><title>t</title><description>{WORDS}{filler}</description></item>")
    yield b"</channel></rss>"


def warc(body, piece):
    head = ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: http://example.org/\r\n"
            "WARC-Date: 2020-01-01T00:00:00Z\r\nContent-Type: application/http; msgtype=response\r\n"
            "Content-Length: %d\r\n\r\n")
    answer = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"
    left = SIZE
    while left > 0:
        size = len(answer) + body
        yield (head % size).encode() + answer
        yield from sized(piece, body)
        yield b"\r\n\r\n"
        left -= size


def sized(piece, size):
    for block in repeated(piece, size):
        yield block[:size]
        size -= len(block)


def zipped(blocks):
    squeeze = gzip.zlib.compressobj(1, wbits=31)
    for block in blocks:
        yield squeeze.compress(block)
    yield squeeze.flush()


def run(name, blocks, suffix, command, statuses):
    global passed, failed
    folder = tempfile.mkdtemp(prefix="khutwa-gigabyte")
    path = os.path.join(folder, "in" + suffix)
    with open(path, "wb") as out:
        for block in blocks:
            out.write(block)
    size = os.path.getsize(path)
    record = os.path.join(folder, "r.khutwa")
    arguments = [program, *[record if a == "RECORD" else path if a == "IN" else a for a in command]]
    begin = time.monotonic()
    child = subprocess.Popen(arguments, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    errors = []
    reader = threading.Thread(target=lambda: errors.append(child.stderr.read().decode()))
    reader.start()
    _, status, usage = os.wait4(child.pid, 0)
    reader.join()
    child.returncode = os.waitstatus_to_exitcode(status)
    memory = usage.ru_maxrss / 1000
    wrong = []
    if child.returncode not in statuses:
        wrong.append(f"exit status {child.returncode}")
    if child.returncode and not errors[0].strip():
        wrong.append("it says nothing")
    if memory > MOST:
        wrong.append(f"{memory:.0f} MB")
    kept = os.path.getsize(record) / 1e6 if os.path.exists(record) else 0
    print(f"{'ok    ' if not wrong else 'FAILED'} {name}: {size / 1e6:.0f} MB, peak {memory:.0f} MB, "
          f"{time.monotonic() - begin:.1f} s, {usage.ru_utime + usage.ru_stime:.1f} s of processor, "
          f"record {kept:.0f} MB, status {child.returncode} {'; '.join(wrong)} "
          f"{errors[0].strip().splitlines()[-1][:160] if errors[0].strip() else ''}", flush=True)
    passed, failed = passed + (not wrong), failed + bool(wrong)
    subprocess.run(["rm", "-rf", folder])


CASES = [
    ("one line of JSON", one_line, ".jsonl", (0, 1)),
    ("many lines of JSON", lines, ".jsonl", (0,)),
    ("plain text", plain, ".txt", (0, 1)),
    ("a page", html, ".html", (0, 1)),
    ("a feed of one item", feed_one, ".rss", (0, 1)),
    ("a feed of many items", feed_many, ".rss", (0, 1)),
    ("an archive of one page", lambda: warc(SIZE, WORDS), ".warc", (0, 1)),
    ("an archive of many pages", lambda: warc(200000, "<p>lorem ipsum dolor sit amet "), ".warc", (0, 1)),
    ("a squeezed line of JSON", lambda: zipped(one_line()), ".jsonl.gz", (0, 1)),
    ("a squeezed archive", lambda: zipped(warc(200000, os.urandom(50000).hex())), ".warc.gz", (0, 1)),
]
only = sys.argv[2:]
for name, blocks, suffix, statuses in CASES:
    if not only or name in only:
        run(name, blocks(), suffix, ["add", "RECORD", "IN"], statuses)
print(f"# {passed} streams of {SIZE >> 20} MB within {MOST} MB")
print(f"{passed} passed, {failed} failed")
sys.exit(failed > 0)
