#!/bin/bash
# SPDX-License-Identifier: Apache-2.0
# Completion offers the options of --help, and the values of those that have some. $1: the program.
set -eu
cd "$(dirname "$0")/../.."
# shellcheck source=packaging/khutwa.bash
. packaging/khutwa.bash
complete_line() {
  COMP_WORDS=("$@")
  COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
  COMPREPLY=()
  _khutwa
  printf '%s\n' "${COMPREPLY[@]}" | sort -u
}
expect() { # wanted, got
  [ "$1" = "$2" ] || { printf 'wanted:\n%s\ngot:\n%s\n' "$1" "$2"; exit 1; }
}
commands=$("$1" help | sed -n 's/^  khutwa \([a-z]*\) .*/\1/p')
expect "$(printf '%s\n' $commands --help --version | sort)" "$(complete_line khutwa '')"
for command in $commands; do
  [ "$command" != help ] || continue
  helped=$("$1" help $command | grep -oE '(^|[^-[:alnum:]])(--[a-z]+(-[a-z]+)*|-[a-z])\b' |
    grep -oE -e '--?[a-z-]+' | sort -u)
  expect "$helped" "$(complete_line khutwa $command -)"
done
expect "$(printf 'ar\nen')" "$(complete_line khutwa read --lang '')"
expect "$(printf 'atom\nhtml\njsonl\nrss\ntext\nwarc\nwet')" "$(complete_line khutwa read --from '')"
expect "$(printf 'jsonl\ntext')" "$(complete_line khutwa time --from '')"
expect "read" "$(complete_line khutwa rea)"
expect "README.md" "$(complete_line khutwa read READM)"
