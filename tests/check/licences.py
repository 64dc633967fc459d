#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Every file tells its licence, in the manner of REUSE: in its first lines, in FILE.license, or in
.reuse/dep5; the text of each licence named stands in LICENSES/, and none that is not named."""
import fnmatch
import os
import re
import subprocess
import sys

os.chdir(os.path.join(os.path.dirname(os.path.abspath(__file__)), "../.."))
TAG = re.compile(rb"SPDX-License-Identifier:[ \t]*([A-Za-z0-9.+ ()-]+)")


def words(expression):
    return [w for w in re.split(r"[ ()]+", expression) if w and w not in ("AND", "OR", "WITH", "--")]


def dep5():
    """Patterns and their licence, in order; the last that fits holds."""
    found = []
    text = open(".reuse/dep5", encoding="utf-8").read()
    for paragraph in re.split(r"\n\s*\n", text):
        fields = dict(re.findall(r"^([A-Za-z-]+):((?:.*)(?:\n[ \t].*)*)", paragraph, re.M))
        if "Files" in fields:
            for pattern in fields["Files"].split():
                found.append((pattern, fields["License"].strip()))
    return found


def main():
    listed = subprocess.run(["git", "ls-files", "-co", "--exclude-standard", "-z"],
                            capture_output=True, check=True).stdout.decode().split("\0")
    files = [f for f in listed if f and os.path.isfile(f)]
    patterns = dep5()
    named, bad = set(), 0
    for f in files:
        if f.startswith("LICENSES/") or f.endswith(".license") or f == ".reuse/dep5":
            continue
        beside = f + ".license"
        source = beside if os.path.exists(beside) else f
        with open(source, "rb") as handle:
            match = TAG.search(handle.read(2048))
        licence = match.group(1).decode().strip() if match else None
        if not licence:
            for pattern, its in patterns:
                if fnmatch.fnmatch(f, pattern):
                    licence = its
        if not licence:
            print(f"{f}: no licence told")
            bad += 1
            continue
        named.update(words(licence))
    texts = {os.path.splitext(f)[0] for f in os.listdir("LICENSES")}
    # hunspell-ar is read at build time only: see NOTICE
    for name in sorted(named - texts):
        print(f"LICENSES/{name}.txt is missing")
        bad += 1
    for name in sorted(texts - named - {"MPL-1.1"}):
        print(f"LICENSES/{name}.txt: no file is under it")
        bad += 1
    print(f"# {len(files)} files, {len(named)} licences")
    return bad > 0


sys.exit(main())
