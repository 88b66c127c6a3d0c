/** The scripts that shells read: each asks `vppmux completion --line` for what can follow. */

const BASH = `_vppmux() {
  local line="\${COMP_LINE:0:COMP_POINT}"
  local word="\${line##*[[:space:]]}"
  mapfile -t COMPREPLY < <(vppmux completion --line "$line" 2>/dev/null)
  # What is in front of an equals sign is a word of its own to bash.
  if [[ "$word" == *=* && "$COMP_WORDBREAKS" == *=* ]]; then COMPREPLY=("\${COMPREPLY[@]#"\${word%%=*}="}"); fi
  if [[ \${#COMPREPLY[@]} -eq 1 && "\${COMPREPLY[0]}" == *[=.] ]]; then compopt -o nospace 2>/dev/null; fi
}
complete -o default -F _vppmux vppmux`;

const ZSH = `#compdef vppmux
_vppmux() {
  local -a found
  found=(\${(f)"$(vppmux completion --line "\${(j: :)words[1,CURRENT]}" 2>/dev/null)"})
  if (( \${#found} )); then compadd -S '' -Q -- $found; else _files; fi
}
compdef _vppmux vppmux`;

const FISH = `complete -c vppmux -f -n 'test (count (vppmux completion --line (commandline -cp | string collect) 2>/dev/null)) -gt 0' -a '(vppmux completion --line (commandline -cp | string collect) 2>/dev/null)'`;

export const SCRIPTS: Readonly<Record<string, string>> = { bash: BASH, zsh: ZSH, fish: FISH };
