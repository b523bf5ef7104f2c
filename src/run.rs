//! `minigo run`: compile, and become the program. What its flags mean stands in `options.rs`.

use crate::cli::{compiled, fail, usage_error};
use crate::limits::limits;
use crate::options::Parsed;
use crate::{driver, seeds};
use minigo_runtime::{Config, choices, tracefile};

/// Returns only if there is nothing to run.
pub fn run(parsed: &Parsed) -> u8 {
    if let Err(text) = minigo_runtime::debug::parse_env() {
        return usage_error(&format!("{text}\n"));
    }
    if let Some(range) = parsed.value("seeds") {
        return seeds::search(parsed, range);
    }
    let config = match config(parsed) {
        Ok(config) => config,
        Err(text) => return usage_error(&format!("minigo run: {text}\n")),
    };
    let compiled = compiled(parsed, |session, input| {
        let pkg = session.check(input)?;
        let mut args = vec![input.name.clone()];
        args.extend_from_slice(&input.rest);
        Ok((session.compile(pkg)?, args))
    });
    match compiled {
        Ok((program, args)) => fail(&driver::execute(program, args, config)),
        Err(status) => status,
    }
}

/// What the flags say about the runtime.
fn config(parsed: &Parsed) -> Result<Config, String> {
    let mut config = Config {
        limits: limits(parsed)?,
        ..Config::default()
    };
    if let Some(text) = parsed.value("seed") {
        config.seed = Some(seed(text)?);
    }
    if let Some(path) = parsed.value("replay") {
        if config.seed.is_some() {
            return Err(
                "-seed and -replay exclude each other: a recording has its seed".to_string(),
            );
        }
        config.seed = Some(choices::replay_from(path)?);
    }
    if let Some(path) = parsed.value("record") {
        choices::record_to(path)
            .map_err(|e| format!("{path}: {}", crate::modules::error_text(&e)))?;
        if config.seed.is_none() {
            // Any will do; the recording names it.
            config.seed = Some(minigo_runtime::nondet::fresh_seed());
        }
    }
    if let Some(path) = parsed.value("trace") {
        tracefile::start(path)
            .map_err(|e| format!("{path}: {}", crate::modules::error_text(&e)))?;
    }
    Ok(config)
}

/// A seed as the user writes it.
pub fn seed(text: &str) -> Result<u64, String> {
    text.parse()
        .map_err(|_| format!("invalid seed {text:?}: want a whole number below 2 to the 64th"))
}
