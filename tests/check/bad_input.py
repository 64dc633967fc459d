#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Bad input of every kind: one clear line on stderr, or a clean record; the other files go on; the
exit status tells; memory stays bounded. bad_input.py PROGRAM"""
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

program = os.path.abspath(sys.argv[1])
GOOD = "قال وزير الخارجية سالم الحداد إن ثلاثة مدنيين قتلوا في قصف على حلب.\n"
LAYERS = ["entities", "times", "figures", "statements", "events", "steps"]
passed = failed = 0


class Wrong(Exception):
    pass


def demand(holds, what):
    if not holds:
        raise Wrong(what)


def limit_memory():
    resource.setrlimit(resource.RLIMIT_AS, (600 << 20, 600 << 20))


def read(*arguments, stdin=None, stdout=subprocess.PIPE):
    begin = time.monotonic()
    child = subprocess.Popen([program, "read", *arguments], stdin=subprocess.PIPE, stdout=stdout,
                             stderr=subprocess.PIPE, preexec_fn=limit_memory)
    out, err = child.communicate(stdin if stdin is not None else b"", timeout=60)
    demand(child.returncode in (0, 1, 2, 3), "ended with status %d" % child.returncode)
    lines = err.decode("utf-8").splitlines()
    for line in lines:
        demand(line.startswith("khutwa: "), "complaint %r does not begin with the program's name" % line)
    demand(time.monotonic() - begin < 20, "took too long")
    return child.returncode, out, lines


def records(out):
    return [json.loads(line) for line in out.decode("utf-8").splitlines()]


def no_claims(record):
    demand(not any(record[layer] for layer in LAYERS), "claims where there can be none")


def refused(path, *words):
    """One line that names the file, status 1, no record; and a good file beside it is still read."""
    status, out, lines = read("--json", path)
    demand(status == 1, "status %d, wanted 1" % status)
    demand(len(lines) == 1, "%d lines of complaint, wanted 1: %r" % (len(lines), lines))
    demand(os.path.basename(path) in lines[0], "the complaint does not name the file: " + lines[0])
    for word in words:
        demand(word in lines[0], "the complaint does not say %r: %s" % (word, lines[0]))
    demand(out == b"", "a record all the same")
    status, out, lines = read("--json", good, path, good)
    demand(status == 1 and len(lines) == 1 and len(records(out)) == 2, "the other files do not go on")
    print("    " + lines[0].replace(folder, "…"))


def empty_record(path, lang=None):
    status, out, lines = read("--json", path)
    demand(status == 0 and not lines, "status %d, %r" % (status, lines))
    (record,) = records(out)
    no_claims(record)
    if lang:
        demand(record["document"]["lang"] == lang, "lang is %r" % record["document"]["lang"])
    return record


def put(name, data):
    path = os.path.join(folder, name)
    with open(path, "wb") as file:
        file.write(data if isinstance(data, bytes) else data.encode())
    return path


def one_line_of_100_mb():
    path = os.path.join(folder, "huge.txt")
    piece = (GOOD.strip() + " ").encode() * 1000
    with open(path, "wb") as file:
        for _ in range(100_000_000 // len(piece) + 1):
            file.write(piece)
    refused(path, "16")
    path = os.path.join(folder, "huge.jsonl")
    with open(path, "wb") as file:
        file.write(b'{"id":"x","text":"')
        for _ in range(100_000_000 // len(piece) + 1):
            file.write(piece)
        file.write(b'"}\n')
        file.write(json.dumps({"id": "y", "text": GOOD}).encode() + b"\n")
    status, out, lines = read("--json", path)
    demand(status == 1 and len(lines) == 1, "status %d, %r" % (status, lines))
    demand([r["document"]["id"] for r in records(out)] == ["y"], "the line after it is lost")


def jsonl_with_broken_lines():
    path = put("broken.jsonl", "\n".join([
        json.dumps({"id": "a", "text": GOOD}), '{"id": "b", "text": ', "[1, 2]", '{"id": "c"}', "",
        json.dumps({"id": "d", "text": 7}), json.dumps({"id": "e", "text": GOOD}), "nonsense"]) + "\n")
    status, out, lines = read("--json", path)
    demand(status == 1, "status %d" % status)
    demand([r["document"]["id"] for r in records(out)] == ["a", "e"], "wrong records")
    demand(len(lines) == 5, "%d complaints, wanted 5: %r" % (len(lines), lines))
    demand("2" in lines[0], "the first complaint names no line: " + lines[0])


def invalid_utf8():
    data = GOOD.encode()
    path = put("invalid.txt", data[:29] + b"\xff\xfe\x80" + data[29:])
    status, out, lines = read("--json", path)
    if status == 0:
        (record,) = records(out)
        demand("\ufffd" in record["document"]["text"], "the damage is not marked")
    else:
        refused(path)
        demand(any(c.isdigit() for c in lines[0].split("invalid.txt")[1]), "no offset: " + lines[0])


def wrong_date():
    for date in ["2019-13-01", "2019-02-30", "yesterday", "", "2019"]:
        status, out, lines = read("--json", "--date", date, good)
        demand(status == 2 and lines and not out, "--date %r: status %d" % (date, status))
    path = put("date.jsonl", json.dumps({"id": "a", "published": "soon", "text": GOOD}) + "\n" +
               json.dumps({"id": "b", "published": "2019-05-30", "text": GOOD}) + "\n")
    status, out, lines = read("--json", path)
    demand("b" in [r["document"]["id"] for r in records(out)], "the good line is lost")
    demand(status == (1 if lines else 0), "status %d with %r" % (status, lines))


def closed_pipe():
    path = put("many.jsonl", (json.dumps({"id": "a", "text": GOOD * 20}) + "\n") * 3000)
    reading, writing = os.pipe()
    child = subprocess.Popen([program, "read", "--json", path], stdout=writing, stderr=subprocess.PIPE)
    os.close(writing)
    os.read(reading, 10)
    os.close(reading)
    _, err = child.communicate(timeout=60)
    demand(len(err.splitlines()) <= 1, "it complains at length: %r" % err)
    demand(child.returncode != 0, "status 0")
    demand(child.returncode in (1, 3, -13, 141), "status %d" % child.returncode)


def full_disk():
    for mode in ["--json", "--text"]:
        with open("/dev/full", "wb") as full:
            status, _, lines = read(mode, good, stdout=full)
        demand(status not in (0, 2), "status %d" % status)
        demand(len(lines) == 1, "%d lines of complaint: %r" % (len(lines), lines))


def other_languages():
    texts = {
        "en": "The minister said on Thursday that three people were killed in the city of Aleppo.\n",
        "fa": "وزیر امور خارجه گفت که گفت‌وگوها در تهران ادامه خواهد یافت و چهار نفر در این حمله کشته شدند. "
              "او افزود که این تصمیم پس از بررسی‌های طولانی گرفته شده است و به زودی اجرا می‌شود.\n",
        "ur": "وزیر خارجہ نے کہا ہے کہ مذاکرات جاری رہیں گے اور اس حملے میں چار افراد ہلاک ہوئے ہیں۔ "
              "انھوں نے کہا کہ یہ فیصلہ بہت سوچ سمجھ کر کیا گیا ہے اور اس پر جلد عمل ہو گا۔\n",
        "ckb": "وەزیری دەرەوە ڕایگەیاند کە گفتوگۆکان بەردەوام دەبن و چوار کەس لەم هێرشەدا کوژران. "
               "ئەو گوتی ئەم بڕیارە دوای لێکۆڵینەوەیەکی درێژ دراوە و بەم زووانە جێبەجێ دەکرێت.\n"}
    for lang, text in texts.items():
        empty_record(put(lang + ".txt", text * 3), lang)


def no_arabic():
    empty_record(put("digits.txt", "12 34 56 !!! 2019-05-30\n\n\n"))


def nothing():
    empty_record(put("empty.txt", ""))
    empty_record(put("blanks.txt", " \r\n\t\n\n"))
    empty_record(put("empty.html", "<html><body></body></html>"))
    status, out, lines = read("--json", put("empty.jsonl", ""))
    demand(status == 0 and out == b"" and not lines, "status %d %r" % (status, lines))


def command_line():
    for arguments in [["--nonsense", good], [], ["--lang", "fr", good], ["-j", "-1", good],
                      ["-j", "x", good], ["--from", "pdf", good], ["--date"]]:
        status, out, lines = read(*arguments)
        demand(status == 2 and lines and not out, "%r: status %d, %r" % (arguments, status, lines))


def standard_input():
    status, out, lines = read("--json", "-", stdin=GOOD.encode())
    demand(status == 0 and len(records(out)) == 1, "status %d %r" % (status, lines))


def deep_markup():
    begin = time.monotonic()
    page = put("deep.html", "<div>" * 100000 + GOOD + "</div>" * 100000)
    status, _, lines = read("--json", page)
    demand(status in (0, 1) and len(lines) == status, "status %d %r" % (status, lines))
    line = put("deep.jsonl", '{"text": ' + "[" * 100000 + "\n")
    status, _, lines = read("--json", line)
    demand(status == 1 and len(lines) == 1, "status %d %r" % (status, lines))
    demand(time.monotonic() - begin < 2, "took too long")


def limit_is_an_option():
    small = put("small.txt", GOOD * 10)
    status, _, lines = read("--json", "--max-size", "100", small)
    demand(status == 1 and len(lines) == 1 and "100" in lines[0], "status %d %r" % (status, lines))


CASES = [
    ("nothing", nothing),
    ("a binary file", lambda: refused(put("noise.bin", bytes(range(256)) * 40))),
    ("a PNG", lambda: refused(put("picture.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + bytes(200)))),
    ("a PDF", lambda: refused(put("paper.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n"), "PDF")),
    ("a gzip file", lambda: refused(put("news.gz", b"\x1f\x8b\x08\0" + bytes(range(90))))),
    ("invalid UTF-8", invalid_utf8),
    ("a missing file", lambda: refused(os.path.join(folder, "missing.txt"))),
    ("a folder", lambda: refused(folder)),
    ("100 MB on one line", one_line_of_100_mb),
    ("broken lines of JSON", jsonl_with_broken_lines),
    ("a date that is none", wrong_date),
    ("a closed pipe", closed_pipe),
    ("a full disk", full_disk),
    ("other languages", other_languages),
    ("no Arabic word", no_arabic),
    ("wrong command lines", command_line),
    ("standard input", standard_input),
    ("markup 100,000 deep", deep_markup),
    ("the limit is an option", limit_is_an_option),
]

with tempfile.TemporaryDirectory() as folder:
    good = put("good.txt", GOOD)
    for name, case in CASES:
        try:
            case()
            passed += 1
            print("ok      " + name)
        except (Wrong, subprocess.TimeoutExpired, ValueError, KeyError) as wrong:
            failed += 1
            print("FAILED  %s: %s" % (name, wrong))
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
