/**
 * What each shell evaluates. The scripts only hand the words up to the cursor to the program, by the name under which it was called, and
 * take what `plumbline complete` answers as it is: nothing of it is ever expanded, as names come from files.
 */
export const scripts = {
  bash: `# Completion of plumbline in bash. Evaluate it in ~/.bashrc: eval "$(plumbline completion bash)"
_plumbline() {
  local line value whole at last=-1
  local -a words=()
  # bash cuts words at "=" and ":"; the program takes them as they were typed.
  for ((at = 1; at <= COMP_CWORD; at++)); do
    if ((last >= 0)) && [[ \${COMP_WORDS[at]} == "=" || \${COMP_WORDS[at - 1]} == "=" ]]; then
      words[last]="\${words[last]}\${COMP_WORDS[at]}"
    else
      last=$((last + 1))
      words[last]="\${COMP_WORDS[at]}"
    fi
  done
  whole="\${words[last]}"
  COMPREPLY=()
  while IFS= read -r line; do
    case "$line" in
      :files) compopt -o default 2>/dev/null ;;
      :folders) compopt -o dirnames 2>/dev/null ;;
      *)
        value="\${line%%$'\\t'*}"
        # What stands before the word at which bash cut is there already.
        [[ $whole == *=* && $COMP_WORDBREAKS == *=* ]] && value="\${value#*=}"
        COMPREPLY+=("$value")
        ;;
    esac
  done < <("$1" complete -- "\${words[@]}" 2>/dev/null)
}
complete -F _plumbline plumbline
`,
  zsh: `#compdef plumbline
# Completion of plumbline in zsh. Put it as _plumbline into a folder of $fpath, or evaluate it behind compinit: eval "$(plumbline completion zsh)"
_plumbline() {
  local line
  local -a described
  while IFS= read -r line; do
    case "$line" in
      :files) _files ;;
      :folders) _files -/ ;;
      *$'\\t'*) described+=("\${\${line%%$'\\t'*}//:/\\\\:}:\${line#*$'\\t'}") ;;
      *) described+=("\${line//:/\\\\:}") ;;
    esac
  done < <("\${words[1]}" complete -- "\${(@)words[2,CURRENT]}" 2>/dev/null)
  ((\${#described})) && _describe -V plumbline described
}
if [[ $zsh_eval_context[-1] == loadautofunc ]]; then
  _plumbline "$@"
else
  compdef _plumbline plumbline
fi
`,
  fish: `# Completion of plumbline in fish: plumbline completion fish > ~/.config/fish/completions/plumbline.fish
function __plumbline_complete
  set -l words (commandline -opc)
  set -l current (commandline -ct)
  for line in ($words[1] complete -- $words[2..-1] $current 2>/dev/null)
    switch $line
      case ':files'
        __fish_complete_path $current
      case ':folders'
        __fish_complete_directories $current
      case '*'
        echo $line
    end
  end
end
complete -c plumbline -f -a '(__plumbline_complete)'
`,
} as const;
