#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gates 6 and 7: what expands without end, archives in archives, entity bombs, external entities and
markup 100,000 deep are refused soon, in little memory, with nothing opened. bombs.py PROGRAM

Time is that of the processor, and both are counted above what reading nothing takes.
"""
import gzip
import os
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import zlib

program = os.path.abspath(sys.argv[1])
folder = tempfile.mkdtemp()
passed = failed = 0
TEXT = "قال وزير الخارجية سالم الحداد إن ثلاثة مدنيين قتلوا في قصف على حلب."


def run(*paths):
    """Exit status, standard error, seconds of processor, MB at the peak."""
    errors = tempfile.TemporaryFile()
    child = subprocess.Popen([program, "read", "--json", *paths], stdout=subprocess.DEVNULL,
                             stderr=errors)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    errors.seek(0)
    return (child.returncode, errors.read().decode(), usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1000)


def put(name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as out:
        out.write(data if isinstance(data, bytes) else data.encode())
    return path


def check(name, data, seconds, megabytes, status=1, word=""):
    global passed, failed
    path = put(name, data)
    got, errors, took, memory = run(path)
    took, memory = took - BASE_SECONDS, memory - BASE_MEMORY
    wrong = []
    if got != status:
        wrong.append("status %d, wanted %d" % (got, status))
    if status and (len(errors.splitlines()) != 1 or word not in errors):
        wrong.append("said %r" % errors)
    if took > seconds:
        wrong.append("took %.2f s" % took)
    if memory > megabytes:
        wrong.append("took %.0f MB" % memory)
    if wrong:
        failed += 1
        print("%s: %s" % (name, "; ".join(wrong)))
    else:
        passed += 1
        print("    %-24s %5.2f s %5.1f MB  %s" % (name, max(took, 0), max(memory, 0), errors.strip()[-100:]))


def zstd(piece, times, *options):
    """`piece` so many times, packed; in pieces, since a child's peak counts from its parent's."""
    with tempfile.TemporaryFile() as out:
        child = subprocess.Popen(["zstd", "-q", "-c", *options], stdin=subprocess.PIPE, stdout=out)
        for _ in range(times):
            child.stdin.write(piece)
        child.stdin.close()
        child.wait()
        out.seek(0)
        return out.read()


def zeros(megabytes, fill=b"\0"):
    """A gzip member that expands so far, made piece by piece."""
    maker = zlib.compressobj(9, zlib.DEFLATED, 31)
    piece = fill * (1 << 20)
    return b"".join([maker.compress(piece) for _ in range(megabytes)] + [maker.flush()])


def warc(body, http):
    block = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + http + b"\r\n" + body
    return (b"WARC/1.0\r\nWARC-Type: response\r\nContent-Type: application/http\r\n"
            b"Content-Length: %d\r\n\r\n" % len(block)) + block + b"\r\n\r\n"


empty = put("empty.txt", "")
BASE_SECONDS, BASE_MEMORY = min(run(empty)[2] for _ in range(3)), min(run(empty)[3] for _ in range(3))

# ---- gate 6
bomb = zeros(1500)
check("zeros.gz", bomb, 1, 64, word="expand more than 100 times")
check("blanks.jsonl.gz", zeros(600, b" "), 1, 64, word="expand more than 100 times")
check("lines.jsonl.gz", zeros(600, b"\n"), 1, 64, word="expand more than 100 times")
check("members.gz", b"".join(gzip.compress(b" " * 1000000) for _ in range(300)), 1, 64,
      word="expand more than 100 times")
check("twice.gz", gzip.compress(bomb), 1, 64, word="compressed twice")
check("quine.gz.gz.gz", gzip.compress(gzip.compress(gzip.compress(TEXT.encode()))), 1, 64,
      word="compressed twice")
if shutil.which("zstd"):
    check("zeros.zst", zstd(bytes(1 << 20), 300), 1, 64, word="expand more than 100 times")
    check("mixed.gz", gzip.compress(zstd(TEXT.encode(), 1)), 1, 64, word="compressed twice")
    check("window.zst", zstd(os.urandom(1 << 20), 80, "--ultra", "-22", "--long=27"), 1, 64,
          word="more than 32 MiB")
check("body.warc", warc(bomb, b"Content-Encoding: gzip\r\n"), 1, 64, word="expand more than 100 times")
check("body.warc.gz", gzip.compress(warc(bomb, b"Content-Encoding: gzip\r\n")), 1, 64,
      word="expand more than 100 times")
check("inner.warc", warc(gzip.compress(gzip.compress(b"<p>x</p>")), b"Content-Encoding: gzip\r\n"), 1,
      64, word="compressed twice")
# less steep, but without end
maker = zlib.compressobj(6, zlib.DEFLATED, 31)
packed = []
for _ in range(290):
    lines = b"".join(b'{"text":"x","more":"%s%s"}\n' % (os.urandom(24).hex().encode(), b"a" * 1900)
                     for _ in range(512))
    packed.append(maker.compress(lines))
check("member.jsonl.gz", b"".join(packed + [maker.flush()]), 20, 64,
      word="256 MiB in one compressed member")

# ---- gate 7
laughs = "".join('<!ENTITY l%d "%s">' % (i, ("&l%d;" % (i - 1)) * 10 if i else "lol") for i in range(12))
RSS = "<rss><channel><item><title>%s</title></item></channel></rss>"
check("laughs.xml", "<?xml version='1.0'?><!DOCTYPE rss [" + laughs + "]>" + RSS % "&l11;", 0.1, 32,
      word="declares entities")
check("quadratic.xml", "<!DOCTYPE rss [<!ENTITY a '" + "a" * 100000 + "'>]>" + RSS % ("&a;" * 50000),
      0.1, 32, word="declares entities")
listener = socket.socket()
listener.bind(("127.0.0.1", 0))
listener.listen()
pipe = os.path.join(folder, "pipe")
os.mkfifo(pipe)  # whoever opened it would wait for ever
for name, address in [("file", "file://" + pipe), ("path", pipe),
                      ("net", "http://127.0.0.1:%d/x" % listener.getsockname()[1])]:
    for kind in ("x", "% x"):
        check("entity-%s%s.xml" % (name, "-parameter" if kind != "x" else ""),
              "<!DOCTYPE rss [<!ENTITY %s SYSTEM '%s'>%s]>%s" % (
                  kind, address, "%x;" if kind != "x" else "", RSS % "&x;"), 0.1, 32,
              word="declares entities")
    check("dtd-%s.xml" % name, "<!DOCTYPE rss SYSTEM '%s'>%s" % (address, RSS % TEXT), 0.1, 32, status=0)
    check("include-%s.xml" % name,
          "<rss xmlns:xi='http://www.w3.org/2001/XInclude'><channel><item><title>%s</title><xi:include "
          "href='%s'/></item></channel></rss>" % (TEXT, address), 0.1, 32, status=0)
if select.select([listener], [], [], 0)[0]:
    failed += 1
    print("something was fetched")
check("deep.xml", "<rss><channel><item>" + "<b>" * 100000, 0.1, 32, word="nested too deeply")
check("attributes.xml", "<rss " + " ".join("a%d=''" % i for i in range(100000)) + "/>", 0.1, 32,
      word="does not end")
check("deep.html", "<html><body>" + "<div>" * 100000 + TEXT, 0.1, 32, word="nested more than")
check("deep.jsonl", '{"text":' + "[" * 100000 + "]" * 100000 + "}\n", 0.1, 32, word="nested too deeply")
check("objects.jsonl", '{"text":"x","more":' + '{"a":' * 100000 + "1" + "}" * 100000 + "}\n", 0.1, 32,
      word="nested too deeply")
# a word that is a name only sometimes, again and again: a minute if each were held against all others
check("names.txt", TEXT + " الشباب عادوا" * 150000, 20, 600, status=0)
shutil.rmtree(folder)
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
