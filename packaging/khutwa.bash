# SPDX-License-Identifier: Apache-2.0
# Completion of khutwa's command line in bash.
_khutwa() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W 'read add search documents timeline figures steps actors outlets show diff export decide reread verify seal serve score time number help --help --version' -- "$word")
    return
  fi
  case $before in
  --lang)
    mapfile -t COMPREPLY < <(compgen -W 'en ar' -- "$word")
    return
    ;;
  --format)
    mapfile -t COMPREPLY < <(compgen -W 'jsonl csv acled ged plover cameo geojson hxl graphml annotation prov' -- "$word")
    return
    ;;
  --layer)
    if [ "${COMP_WORDS[1]}" = decide ]; then
      mapfile -t COMPREPLY < <(compgen -W 'f s v p' -- "$word")
      return
    fi
    mapfile -t COMPREPLY < <(compgen -W 'documents entities statements events figures steps' -- "$word")
    return
    ;;
  --from)
    [[ ${COMP_WORDS[1]} == @(read|add|time|number) ]] || return
    local kinds='text jsonl'
    [[ ${COMP_WORDS[1]} != @(read|add) ]] || kinds+=' html rss atom warc wet'
    mapfile -t COMPREPLY < <(compgen -W "$kinds" -- "$word")
    return
    ;;
  --charset)
    mapfile -t COMPREPLY < <(compgen -W 'UTF-8 UTF-16 windows-1256 ISO-8859-6 windows-1252' -- "$word")
    return
    ;;
  --errors)
    mapfile -t COMPREPLY < <(compgen -W 'names times figures statements events steps' -- "$word")
    return
    ;;
  --actor | --by | --on | --asked-by | --asked-of | --blocks | --changed-since | --place | --to | --outlet) return ;;
  --type | --counted | --status | --country | --sector | --limit | --offset | --search | --document) return ;;
  --set | --note | --seen | --head) return ;;
  --date | --source | --user | --min-confidence | --max-size | --port | --listen | --patience | -j) return ;;
  esac
  if [ "${COMP_WORDS[1]}" = help ]; then
    mapfile -t COMPREPLY < <(compgen -W 'read add search documents timeline figures steps actors outlets show diff export decide reread verify seal serve score time number --lang' -- "$word")
    return
  fi
  if [[ $word == -* ]]; then
    local options='--help'
    case ${COMP_WORDS[1]} in
    read)
      options='--json --text --lang --why --date --source --from --charset --min-confidence'
      options+=' --max-size --tables -j'
      ;;
    add)
      options='--user --date --source --from --charset --max-size --keep-raw --tables --lang -j'
      ;;
    search)
      options='--actor --type --place --from --to --outlet'
      options+=' --brief --limit --offset --json --text --lang'
      ;;
    documents)
      options='--actor --place --from --to --outlet'
      options+=' --reverse --limit --offset --json --text --lang'
      ;;
    timeline)
      options='--actor --by --on --type --place --from --to'
      options+=' --outlet --disputed --reverse --limit --offset --json --text --lang'
      ;;
    figures)
      options='--actor --type --counted --place --from --to --outlet'
      options+=' --disputed --brief --reverse --limit --offset --json --text --lang'
      ;;
    steps)
      options='--asked-of --blocks --not-kept --changed-since --open --by --asked-by --actor --type --status --place'
      options+=' --from --to --outlet --disputed --brief --reverse --limit --offset --json --text --lang'
      ;;
    actors)
      options='--type --country --sector --from --to --outlet'
      options+=' --brief --reverse --limit --offset --json --text --lang'
      ;;
    outlets) options='--limit --offset --json --text --lang' ;;
    show) options='--json --text --lang' ;;
    diff) options='--limit --offset --json --text --lang' ;;
    export)
      options='--format --layer --bom -o --output --user --search'
      options+=' --document --type --actor --place --from --to --outlet'
      ;;
    decide) options='--set --layer --note --seen --user --unattached' ;;
    reread) options='--all --user --tables' ;;
    verify) options='--head' ;;
    seal) options='' ;;
    serve) options='--port --user --listen --token-file --patience' ;;
    score) options='--records --errors --json --tables' ;;
    time) options='--date --json --from --tables' ;;
    number) options='--json --from --tables' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -F _khutwa khutwa
