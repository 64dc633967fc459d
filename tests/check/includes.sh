#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Stages include earlier stages only:
# base < text < token < lexicon < morph < mention < claim < record < store < view < app.
# Programs (app, examples, bench) see the public headers alone; tools may use src/.
set -eu
cd "$(dirname "$0")/../.."
grep -rnE '^[[:space:]]*#[[:space:]]*include[[:space:]]*"' src tools examples bench include 2>/dev/null |
  awk -F: '
    BEGIN {
      n = split("base text token lexicon morph mention claim record store view", stage, " ")
      for (i = 1; i <= n; i++) rank[stage[i]] = i
    }
    {
      split($1, path, "/")
      text = $0
      sub(/^[^"]*"/, "", text)
      sub(/".*/, "", text)
      if (path[1] == "tools") next
      if (path[1] != "src") { wrong = "a client includes khutwa/ headers only" }
      else if (path[2] == "app") {
        if (text !~ /^app\//) wrong = "the programs include khutwa/ headers only"; else wrong = ""
      } else if (text !~ /\//) { wrong = "write the path from src/" }
      else {
        split(text, target, "/")
        if (!(path[2] in rank)) wrong = "src/" path[2] " is no stage"
        else if (!(target[1] in rank)) wrong = target[1] " is no stage"
        else if (rank[target[1]] > rank[path[2]]) wrong = path[2] " may not include " target[1]
        else wrong = ""
      }
      checked++
      if (wrong) { print $1 ":" $2 ": \"" text "\": " wrong; bad++ }
    }
    END { print "# " checked + 0 " includes"; exit bad > 0 }'
