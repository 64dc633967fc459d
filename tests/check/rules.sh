#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# A mistake in a rule file stops the rules compiler with file and line. $1: a build folder.
set -u
cd "$(dirname "$0")/../.."
khc=$1/khc
work=build/check/rules
passed=0 failed=0

# mistake NAME FILE SCRIPT: the sed script makes a mistake; the complaint must name FILE and a line
mistake() {
  rm -rf "$work"
  cp -r rules "$work"
  file=$2
  case $3 in
  +*) printf '%b\n' "${3#+}" >>"$work/$file" ;;
  *) sed -i "$3" "$work/$file" ;;
  esac
  if "$khc" tables "$work" build/check/rules.bin >build/check/rules.out 2>&1; then
    echo "FAILED  $1: compiles"
    failed=$((failed + 1))
  elif grep -qaE "$file:[0-9]+: " build/check/rules.out; then
    echo "ok      $1: $(grep -aE "$file:[0-9]+: " build/check/rules.out | head -n 1 | sed "s,^.*$work/,,")"
    passed=$((passed + 1))
  else
    echo "FAILED  $1: the complaint names no line of $file:"
    head -n 5 build/check/rules.out
    failed=$((failed + 1))
  fi
}

first() { find rules/"$1" -name "$2" | sort | head -n 1 | cut -d/ -f2-; }
verbs=$(first words 'verbs*.tsv')
nouns=$(first words 'nouns*.tsv')
phrases=$(first words 'phrases*.tsv')
places=names/places.tsv

mistake "a field too many" "$nouns" '+كتاب\tm\tكتب\t\tbook\tmore'
mistake "a field too few" "$nouns" '+كتاب\tm'
mistake "an unknown class" "$nouns" '+كتاب\tm\tكتب\tno_such_class\tbook'
mistake "an unknown gender" "$nouns" '+كتاب\tx\tكتب\t\tbook'
mistake "another header" "$nouns" 's/^lemma\tgender/lemma\tsex/'
mistake "Persian letters" "$nouns" '+کتاب\tm\tكتب\t\tbook'
mistake "a tatweel" "$nouns" '+كتـاب\tm\tكتب\t\tbook'
mistake "invalid UTF-8" "$nouns" '+\0331\0277\0377\tm\t\t\tbook'
mistake "blanks at a field's edge" "$nouns" '+ كتاب\tm\tكتب\t\tbook'
mistake "Latin letters for a word" "$nouns" '+kitab\tm\tكتب\t\tbook'
mistake "an entry that repeats another" "$nouns" '$p'
mistake "an unknown form of the verb" "$verbs" '+كتب\tXI\tكتب\tيكتب\t\tكتابة\tكاتب\tمكتوب\t\twrite'
mistake "a phrase of nothing" "$phrases" '+empty\t\tsay\tnothing'
mistake "a phrase id twice" "$phrases" '$p'
mistake "a phrase that another hides" "$phrases" '+one-id\tعلى سبيل المثال\tsay\tone\nother-id\tعلي سبيل المثال|على سبيل المثال\tsay\ttwo'
[ ! -f "rules/$places" ] || mistake "a place cut short" "$places" '+p0\tplace'

spellings=names/spellings.tsv
mistake "a spelling twice" "$spellings" '+محمد\tname\tMohamed\t'
mistake "a spelling whose article makes it again" "$spellings" '+السيد\tname\tal-Sayyid\t'
mistake "a spelling of too many words" "$spellings" '+عبد الله بن علي\tname\tAbdullah bin Ali\t'
mistake "a spelling in no Latin letters" "$spellings" '+شمهان\tname\tشمهان\t'
mistake "a spelling of no kind" "$spellings" '+شمهان\tperson\tShamhan\t'
mistake "a noun that heads.tsv translates" "$spellings" '+حزب\tnoun\tParty\t'
mistake "a name that stands before another" "$spellings" '+شمهان\tname\tShamhan\tShamhan'

# classes become C before there is a compiler of rules
class_mistake() {
  cp rules/classes.tsv build/check/classes.tsv
  printf '%b\n' "$2" >>build/check/classes.tsv
  if cmake -DIN=build/check/classes.tsv -DOUT=build/check/classes.h -P cmake/classes.cmake \
    >build/check/rules.out 2>&1; then
    echo "FAILED  $1: compiles"
    failed=$((failed + 1))
  else
    echo "ok      $1: $(grep -a 'classes.tsv' build/check/rules.out | tail -n 1)"
    passed=$((passed + 1))
  fi
}
class_mistake "a class twice" 'say\tsaid'
class_mistake "a class that is no name in C" 'no-name\tnothing'

rm -rf "$work"
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ]
