#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""How often the analyser chooses the part of speech of a treebank.

usage: pos_score.py KHC TABLES FILE.conllu [--errors N]

Reads Universal Dependencies for Arabic in CoNLL-U. Of each written word the part of speech of its
stem is compared (clitics are words of their own there). Prints the share of words that are
right: with proper and common nouns apart ("strict"); and together, with determiners, adverbs and
numbers counted right as nouns or function words ("coarse"), since dictionaries differ there; then
precision and recall of each class.
"""
import collections
import os
import subprocess
import sys
import tempfile

TO_OURS = {"NOUN": "noun", "PROPN": "propn", "ADJ": "adj", "VERB": "verb", "AUX": "verb",
           "NUM": "num", "PRON": "func", "DET": "func", "ADP": "func", "CCONJ": "func",
           "SCONJ": "func", "PART": "func", "ADV": "adv", "INTJ": "func", "X": "noun"}
FUNCTION = {"pron", "prep", "conj", "part", "intj"}
CLITIC = {"ADP", "CCONJ", "SCONJ", "PRON", "PART", "DET", "AUX"}


def sentences(path):
    """Yields (text, [(start, end, tag)]) with code point offsets into the text."""
    rows = []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if line and not line.startswith("#"):
            fields = line.split("\t")
            if fields[0].isdigit():
                rows.append(fields)
        elif not line and rows:
            text, words = "", []
            for fields in rows:
                words.append((len(text), len(text) + len(fields[1]), fields[3]))
                text += fields[1] + ("" if "SpaceAfter=No" in fields[9] else " ")
            yield text, words
            rows = []


def stem_tag(parts):
    """The tag of a written word made of treebank words."""
    stems = [p for p in parts if p[2] not in CLITIC and p[2] not in ("PUNCT", "SYM")]
    if not stems:
        stems = [p for p in parts if p[2] not in ("PUNCT", "SYM")]
    return max(stems, key=lambda p: p[1] - p[0])[2] if stems else None


def main():
    khc, tables, path = sys.argv[1:4]
    show = int(sys.argv[5]) if len(sys.argv) > 5 else 0
    text, gold = "", []
    for sentence, words in sentences(path):
        base = len(text)
        gold += [(base + s, base + e, tag) for s, e, tag in words]
        text += sentence.rstrip() + "\n"
    with tempfile.NamedTemporaryFile("w", encoding="utf-8", suffix=".txt", delete=False) as file:
        file.write(text)
    out = subprocess.run([khc, "analyse", tables, "--table", file.name], check=True,
                         capture_output=True, text=True).stdout
    os.unlink(file.name)
    code_point, at = {}, 0
    for i, letter in enumerate(text):
        code_point[at] = i
        at += len(letter.encode())
    code_point[at] = len(text)
    right = coarse = total = 0
    known = 0
    pairs = collections.Counter()
    errors = collections.Counter()
    next_gold = 0
    for line in out.splitlines():
        fields = line.split("\t")
        start, end = code_point[int(fields[0])], code_point[int(fields[1])]
        while next_gold < len(gold) and gold[next_gold][1] <= start:
            next_gold += 1
        parts, i = [], next_gold
        while i < len(gold) and gold[i][0] < end:
            parts.append(gold[i])
            i += 1
        tag = stem_tag(parts)
        if tag is None:
            continue
        want = TO_OURS[tag]
        got = "func" if fields[4] in FUNCTION else fields[4]
        total += 1
        known += fields[7] == "1"
        right += want == got
        merged = {"propn": "noun", "adv": "func"}
        free = tag in ("DET", "ADV", "NUM") and got in ("noun", "func", "adv", "num")
        coarse += free or merged.get(want, want) == merged.get(got, got)
        pairs[want, got] += 1
        if want != got:
            errors[text[start:end], want, got] += 1
    print(f"{total} words, known {known / total:.3f}, strict {right / total:.3f}, "
          f"coarse {coarse / total:.3f}")
    for tag in sorted({t for pair in pairs for t in pair}):
        hit = pairs[tag, tag]
        ours = sum(n for (_, got), n in pairs.items() if got == tag)
        theirs = sum(n for (want, _), n in pairs.items() if want == tag)
        print(f"  {tag:6} precision {hit / max(ours, 1):.3f} recall {hit / max(theirs, 1):.3f} "
              f"of {theirs}")
    for (word, want, got), n in errors.most_common(show):
        print(f"{n:4} {word}\t{want}\tnot {got}")


if __name__ == "__main__":
    main()
