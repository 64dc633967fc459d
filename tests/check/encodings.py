#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Gate 8: the bytes that came are digested; windows-1256, UTF-16 and UTF-8 with or without a mark are
decoded as declared or detected; what is no text is refused with the offset."""
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile

program = sys.argv[1]
TEXT = ("أعلن المتحدث باسم الدفاع المدني يوسف بركات الخميس أن خمسة مدنيين قتلوا في قصف على أطراف حلب.\n"
        "وقال بركات: «نطالب بوقف إطلاق النار»، مضيفا أن 24 شخصا نقلوا إلى المشفى.\n")
passed = failed = 0


def read(data, name):
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, name)
        with open(path, "wb") as file:
            file.write(data)
        out = subprocess.run([program, "read", "--json", "--date", "2019-05-30", path],
                             capture_output=True)
        return out.returncode, out.stdout.decode(), out.stderr.decode()


def body(out):
    record = json.loads(out)
    del record["document"]
    return record


def case(name, data, text=TEXT, file="a.txt"):
    global passed, failed
    status, out, err = read(data, file)
    wrong = None
    if status:
        wrong = "status %d: %s" % (status, err.strip())
    else:
        document = json.loads(out)["document"]
        if document["text"] != text:
            wrong = "decoded as %r" % document["text"][:60]
        elif document["raw_sha256"] != hashlib.sha256(data).hexdigest():
            wrong = "raw_sha256 is not of the bytes that came"
        elif document["text_sha256"] != hashlib.sha256(text.encode()).hexdigest():
            wrong = "text_sha256 is not of the text"
        elif text == TEXT and body(out) != plain:
            wrong = "another record than from UTF-8"
    passed, failed = passed + (not wrong), failed + bool(wrong)
    print(("FAILED  %s: %s" % (name, wrong)) if wrong else "ok      " + name)


def refused(name, data):
    global passed, failed
    status, out, err = read(data, "a.txt")
    good = status == 1 and not out and re.search(r"\b\d+\b", err)
    if not good and status == 0:  # decoded with the damage marked is as good
        good = "\ufffd" in json.loads(out)["document"]["text"] and \
            json.loads(out)["document"]["raw_sha256"] == hashlib.sha256(data).hexdigest()
    passed, failed = passed + bool(good), failed + (not good)
    print(("ok      %s: %s" % (name, err.strip()[-100:])) if good else
          "FAILED  %s: status %d %s" % (name, status, err))


plain = body(read(TEXT.encode(), "a.txt")[1])
case("UTF-8", TEXT.encode())
case("UTF-8 with a mark", b"\xef\xbb\xbf" + TEXT.encode())
case("UTF-16, little", b"\xff\xfe" + TEXT.encode("utf-16-le"))
case("UTF-16, big", b"\xfe\xff" + TEXT.encode("utf-16-be"))
case("windows-1256, detected", TEXT.encode("cp1256"))
case("CR LF is kept", TEXT.replace("\n", "\r\n").encode(), TEXT.replace("\n", "\r\n"))
refused("a byte that is none", TEXT.encode()[:60] + b"\xff" + TEXT.encode()[60:])
refused("a character cut at the end", TEXT.encode().rstrip(b".\n")[:-1])
refused("surrogates as bytes", TEXT.encode() + b"\xed\xa0\x80" + TEXT.encode())
refused("overlong forms", TEXT.encode() + b"\xc0\xaf\xe0\x80\xaf" + TEXT.encode())
refused("beyond U+10FFFF", TEXT.encode() + b"\xf4\x90\x80\x80" + TEXT.encode())
page = '<html><head>%s<title>x</title></head><body><article><p>' + \
    TEXT.strip().replace("\n", "</p><p>") + "</p></article></body></html>"
for charset in ["utf-8", "windows-1256"]:
    data = (page % ('<meta charset="%s">' % charset)).encode(charset)
    status, out, err = read(data, "a.html")
    text = json.loads(out)["document"]["text"] if status == 0 else err
    good = status == 0 and "نطالب بوقف إطلاق النار" in text and \
        json.loads(out)["document"]["raw_sha256"] == hashlib.sha256(data).hexdigest()
    passed, failed = passed + good, failed + (not good)
    print("%s a page in %s" % ("ok     " if good else "FAILED " + text, charset))
print("%d passed, %d failed" % (passed, failed))
sys.exit(failed > 0)
