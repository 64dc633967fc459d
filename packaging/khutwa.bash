# SPDX-License-Identifier: Apache-2.0
# Completion of khutwa's command line in bash.
_khutwa() {
  local word=${COMP_WORDS[COMP_CWORD]} before=${COMP_WORDS[COMP_CWORD - 1]}
  COMPREPLY=()
  if [ "$COMP_CWORD" -eq 1 ]; then
    mapfile -t COMPREPLY < <(compgen -W 'read score --help --version' -- "$word")
    return
  fi
  case $before in
  --lang)
    mapfile -t COMPREPLY < <(compgen -W 'en ar' -- "$word")
    return
    ;;
  --from)
    mapfile -t COMPREPLY < <(compgen -W 'text html jsonl' -- "$word")
    return
    ;;
  --date | --max-document | -j) return ;;
  esac
  if [[ $word == -* ]]; then
    local options='--help'
    case ${COMP_WORDS[1]} in
    read) options='--date --json --text --lang --why -j --from --max-document --help' ;;
    score) options='--help' ;;
    esac
    mapfile -t COMPREPLY < <(compgen -W "$options" -- "$word")
    return
  fi
  compopt -o filenames 2>/dev/null
  mapfile -t COMPREPLY < <(compgen -f -- "$word")
}
complete -F _khutwa khutwa
