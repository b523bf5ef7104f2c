//! `minigo env`: what programs and compilations take from their surroundings, under the go command's names.

use crate::cli::{self, LANGUAGE};
use crate::files::Files;
use crate::goroot;
use crate::modules::Module;
use crate::options::Parsed;
use std::path::Path;

/// Names and values, sorted.
fn values() -> Vec<(&'static str, String)> {
    let set =
        |name: &str, default: &str| std::env::var(name).unwrap_or_else(|_| default.to_string());
    let module = Module::around(&Files::default(), Path::new("."));
    let go_mod = module.map(|m| m.root.join("go.mod").display().to_string());
    let src = goroot::src();
    let root = src.and_then(|s| Some(s.parent()?.display().to_string()));
    let mut all = vec![
        ("GOARCH", cli::goarch().to_string()),
        ("GODEBUG", set("GODEBUG", "")),
        ("GOGC", set("GOGC", "100")),
        (
            "GOMAXPROCS",
            set("GOMAXPROCS", &minigo_runtime::ncpu().to_string()),
        ),
        ("GOMEMLIMIT", set("GOMEMLIMIT", "off")),
        ("GOMOD", go_mod.unwrap_or_else(|| "/dev/null".to_string())),
        ("GOOS", std::env::consts::OS.to_string()),
        ("GOROOT", root.unwrap_or_default()),
        ("GOVERSION", LANGUAGE.to_string()),
        ("MINIGO_DEBUG", set("MINIGO_DEBUG", "")),
        ("MINIGO_VERSION", env!("CARGO_PKG_VERSION").to_string()),
        ("NO_COLOR", set("NO_COLOR", "")),
    ];
    all.sort();
    all
}

/// Runs the command: all of them as assignments for a shell, or the values of those that are named; with `-json` an object.
pub fn env(parsed: &Parsed) -> u8 {
    let all = values();
    let value = |name: &str| {
        all.iter()
            .find(|(n, _)| *n == name)
            .map_or("", |(_, v)| v.as_str())
    };
    let named: Vec<(&str, &str)> = match parsed.args.is_empty() {
        true => all.iter().map(|(n, v)| (*n, v.as_str())).collect(),
        false => parsed.args.iter().map(|n| (n.as_str(), value(n))).collect(),
    };
    let text: String = if parsed.is_set("json") {
        let members: Vec<String> = named
            .iter()
            .map(|(n, v)| {
                format!(
                    "\t{}: {}",
                    crate::test::json_string(n),
                    crate::test::json_string(v)
                )
            })
            .collect();
        format!("{{\n{}\n}}\n", members.join(",\n"))
    } else if parsed.args.is_empty() {
        let quoted = |v: &str| v.replace('\'', r"'\''");
        named
            .iter()
            .map(|(n, v)| format!("{n}='{}'\n", quoted(v)))
            .collect()
    } else {
        named.iter().map(|(_, v)| format!("{v}\n")).collect()
    };
    cli::print(&text)
}
