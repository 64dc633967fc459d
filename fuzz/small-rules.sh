#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# small-rules.sh KHC RULES FOLDER OUT: a small block of tables, from the first lines of every rule
# file; a line that cannot do without those left out is left out, too. For fuzzing.
set -eu
khc=$1 rules=$2 folder=$3 out=$4
rm -rf "$folder"
mkdir -p "$folder"
cp "$rules/classes.tsv" "$folder/"
(cd "$rules" && find . -mindepth 2 -name '*.tsv') | sort | while read -r file; do
  mkdir -p "$folder/$(dirname "$file")"
  awk '/^#/ || /^$/ { next } n++ < 15' "$rules/$file" >"$folder/$file"
done
round=0
until "$khc" tables "$folder" "$out" 2>"$folder/log"; do
  round=$((round + 1))
  [ $round -lt 30 ] || { head -n 20 "$folder/log" >&2; exit 1; }
  # from the last line up, so that line numbers hold
  sed -n "s,^.*$folder/\\([^:]*\\):\\([1-9][0-9]*\\): error.*,\\1 \\2,p" "$folder/log" |
    sort -k1,1 -k2,2nr -u >"$folder/wrong"
  [ -s "$folder/wrong" ] || { head -n 20 "$folder/log" >&2; exit 1; }
  while read -r file line; do sed -i "${line}d" "$folder/$file"; done <"$folder/wrong"
done
