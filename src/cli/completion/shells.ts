// What each shell is told of a completion, and the script by which it asks. Scripts run nothing that stands in the line which
// is being typed; they hand it over as it is.
import type { Completion } from './candidates.ts';
import { escapeFor, readLine } from './line.ts';

export const SHELLS = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof SHELLS)[number];

/**
 * The lines that a script reads: one for each candidate, then one that begins with a colon and says what else holds.
 * @param replaced what bash will put a candidate in the place of: the word at the cursor, as it is typed, from its last break
 */
export function linesFor(shell: Shell, { candidates, goesOn, files }: Completion, line: string, replaced = ''): readonly string[] {
  const { current, quote } = readLine(line);
  const shown = candidates.filter(({ value }) => !CONTROL.test(value));
  const lines = shell === 'bash'
    ? shown.filter(({ value }) => value.startsWith(current)).map(({ value }) => `${replaced}${escapeFor(quote, value.slice(current.length))}`)
    : shown.map(({ value, description }) => `${value}\t${short(description)}`);
  return [...lines, `:${[...(goesOn ? ['goes-on'] : []), ...(files === undefined ? [] : [files])].join(' ')}`];
}

// oxlint-disable-next-line no-control-regex -- a candidate that holds one is none
const CONTROL = /[\u0000-\u001f\u007f-\u009f]/;
const WIDEST = 60;

function short(description: string): string {
  // oxlint-disable-next-line no-control-regex -- control characters are what must be kept out
  const plain = description.replace(/[\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
  return plain.length > WIDEST ? `${plain.slice(0, WIDEST - 1)}…` : plain;
}

export const SCRIPTS: Readonly<Record<Shell, string>> = {
  bash: `# Completion of konektor for bash: source <(konektor completion bash)
_konektor() {
  local program=\${1/#\\~/$HOME} line
  type -P -- "$program" >/dev/null || program=konektor
  COMPREPLY=()
  while IFS= read -r line; do
    case $line in
      :*) [[ $line == *goes-on* ]] && compopt -o nospace
          [[ $line == *files* ]] && compopt -o default
          [[ $line == *folders* ]] && compopt -o dirnames ;;
      *) COMPREPLY+=("$line") ;;
    esac
  done < <("$program" __complete bash "\${COMP_LINE:0:COMP_POINT}" "$2" 2>/dev/null)
} 2>/dev/null
complete -F _konektor konektor
`,
  zsh: `#compdef konektor
# Completion of konektor for zsh, below compinit: source <(konektor completion zsh)
_konektor() {
  local program=\${~words[1]} line value
  local -a values shown ending
  whence -p -- $program >/dev/null || program=konektor
  while IFS= read -r line; do
    case $line in
      :*) [[ $line == *goes-on* ]] && ending=(-S '')
          [[ $line == *files* ]] && _files
          [[ $line == *folders* ]] && _files -/ ;;
      *) value=\${line%%$'\\t'*}
         values+=("\${value#$IPREFIX}")
         shown+=("$value\${\${line#*$'\\t'}:+  -- \${line#*$'\\t'}}") ;;
    esac
  done < <($program __complete zsh "\${(j: :)words[1,CURRENT-1]} $QIPREFIX$IPREFIX$PREFIX" 2>/dev/null)
  (( $#values )) && compadd -l -d shown $ending -- $values
}
(( $+functions[compdef] )) && compdef _konektor konektor
`,
  fish: `# Completion of konektor for fish: konektor completion fish | source
function __konektor_complete
    set -l program (commandline -opc)[1]
    type -q -- "$program"; or set program konektor
    for line in ($program __complete fish (commandline -cp | string collect) 2>/dev/null)
        switch $line
            case ':*files*'
                __fish_complete_path (commandline -ct)
            case ':*folders*'
                __fish_complete_directories (commandline -ct)
            case ':*'
            case '*'
                echo -- $line
        end
    end
end
complete -c konektor -f -a '(__konektor_complete)'
`,
};
