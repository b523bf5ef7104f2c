//! `minigo completions`: scripts that teach shells the commands and flags of the table.

use crate::options::{COMMANDS, Command, FlagKind};

/// The script for a shell, if it is one that we know.
pub fn script(shell: &str) -> Option<String> {
    match shell {
        "bash" => Some(bash()),
        "zsh" => Some(zsh()),
        "fish" => Some(fish()),
        _ => None,
    }
}

/// The shells, for errors.
pub const SHELLS: &[&str] = &["bash", "zsh", "fish"];

fn names() -> String {
    let names: Vec<&str> = COMMANDS.iter().map(|c| c.name).collect();
    names.join(" ")
}

/// Words that may follow a command besides flags, when they are few; otherwise files.
fn fixed_args(c: &Command) -> Option<String> {
    match c.name {
        "help" => Some(names()),
        "completions" => Some(SHELLS.join(" ")),
        "version" | "man" => Some(String::new()),
        _ => None,
    }
}

/// Values of a flag, if they are a choice written `a|b`.
fn choices(kind: FlagKind) -> Option<Vec<&'static str>> {
    match kind {
        FlagKind::Value(v) if v.contains('|') => Some(
            v.split('|')
                .filter(|w| w.chars().all(|c| c.is_ascii_lowercase()))
                .collect(),
        ),
        _ => None,
    }
}

fn bash() -> String {
    let mut text = String::from(
        "# minigo completion for bash: source <(minigo completions bash)\n_minigo() {\n    local cur prev cmd flags words i files=1\n    \
         COMPREPLY=()\n    cur=${COMP_WORDS[COMP_CWORD]}\n    prev=${COMP_WORDS[COMP_CWORD-1]}\n    cmd=${COMP_WORDS[1]}\n    \
         words=\n    if ((COMP_CWORD == 1)); then\n",
    );
    text += &format!("        words='{}'\n        flags='-e'\n", names());
    text += "    else\n        case $cmd in\n";
    for c in COMMANDS {
        let flags: Vec<String> = c.all_flags().map(|f| format!("-{}", f.name)).collect();
        text += &format!("        {}) flags='{}'", c.name, flags.join(" "));
        if let Some(words) = fixed_args(c) {
            text += &format!("; words='{words}'; files=");
        }
        text += " ;;\n";
    }
    text += "        esac\n        case $cmd:${prev#-} in\n";
    for c in COMMANDS {
        for f in c.all_flags() {
            if let Some(values) = choices(f.kind) {
                text += &format!(
                    "        {}:{}) words='{}'; flags= files= ;;\n",
                    c.name,
                    f.name,
                    values.join(" ")
                );
            }
        }
    }
    text += r#"        esac
    fi
    if [[ $cur == -* ]]; then
        COMPREPLY=($(compgen -W "$flags" -- "$cur"))
        return
    fi
    COMPREPLY=($(compgen -W "$words" -- "$cur"))
    if [[ $files ]]; then
        while IFS= read -r i; do
            COMPREPLY+=("$i")
        done < <(compgen -f -X '!*.go' -- "$cur"; compgen -d -- "$cur")
    fi
}
complete -o filenames -F _minigo minigo
"#;
    text
}

/// A description in single quotes, with what zsh and fish take for something else made harmless.
fn quoted(text: &str) -> String {
    text.replace('\'', "’")
        .replace('[', "(")
        .replace(']', ")")
        .replace(':', ";")
}

fn zsh() -> String {
    let mut text = String::from(
        "#compdef minigo\n# minigo completion for zsh: put it as _minigo into a folder of $fpath\n_minigo() {\n  \
         local -a commands\n  if ((CURRENT == 2)); then\n    commands=(\n",
    );
    for c in COMMANDS {
        text += &format!("      '{}:{}'\n", c.name, quoted(c.summary));
    }
    text += "    )\n    _describe command commands\n    _files -g '*.go'\n    return\n  fi\n  local cmd=$words[2]\n  \
             shift words\n  ((CURRENT--))\n  case $cmd in\n";
    for c in COMMANDS {
        text += &format!("  {})\n    _arguments \\\n", c.name);
        for f in c.all_flags() {
            let help = quoted(f.help);
            let value = match (f.kind, choices(f.kind)) {
                (FlagKind::Bool, _) => String::new(),
                (_, Some(values)) => format!(":value:({})", values.join(" ")),
                (FlagKind::Value(v), None) => format!(":{}:", quoted(v)),
            };
            text += &format!("      '-{}[{help}]{value}' \\\n", f.name);
        }
        let rest = match fixed_args(c) {
            Some(words) => format!("({words})"),
            None => "_files".to_string(),
        };
        text += &format!("      '*:argument:{rest}'\n    ;;\n");
    }
    text += "  *) _files ;;\n  esac\n}\n_minigo \"$@\"\n";
    text
}

fn fish() -> String {
    let mut text = String::from("# minigo completion for fish: minigo completions fish | source\n");
    text += "function __minigo_first\n    test (count (commandline -opc)) -eq 1\nend\n";
    text += "function __minigo_is\n    set -l words (commandline -opc)\n    test (count $words) -gt 1; and test $words[2] = $argv[1]\nend\n";
    for c in COMMANDS {
        text += &format!(
            "complete -c minigo -n __minigo_first -a {} -d '{}'\n",
            c.name,
            quoted(c.summary)
        );
        for f in c.all_flags() {
            text += &format!(
                "complete -c minigo -n '__minigo_is {}' -o {} -d '{}'",
                c.name,
                f.name,
                quoted(f.help)
            );
            text += &match (f.kind, choices(f.kind)) {
                (FlagKind::Bool, _) => String::new(),
                (_, Some(values)) => format!(" -x -a '{}'", values.join(" ")),
                _ => " -r".to_string(),
            };
            text.push('\n');
        }
        if let Some(words) = fixed_args(c) {
            text += &format!(
                "complete -c minigo -n '__minigo_is {}' -f -a '{words}'\n",
                c.name
            );
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_flag_is_in_every_script() {
        for shell in SHELLS {
            let script = script(shell).unwrap();
            for c in COMMANDS {
                assert!(script.contains(c.name));
                assert!(
                    c.all_flags().all(|f| script.contains(f.name)),
                    "{shell} {}",
                    c.name
                );
            }
            assert_eq!(script.matches('\'').count() % 2, 0, "{shell}");
        }
        assert!(script("csh").is_none());
    }
}
