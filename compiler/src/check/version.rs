//! Language versions: what a package or file may use, and what is said when it may not. (Go: types2/version.go)
//!
//! A package has the version of its module, or that of `-lang`; a file may ask for another one in its `//go:build` line, but
//! for none before 1.21, since older releases ignore what those lines say. Library packages have the latest.
//!
//! Knows nothing of: go.mod.

use minigo_syntax::ast::File;
use minigo_syntax::codes::Code;
use minigo_syntax::version::Version;

use super::{At, Checker, PackageMode, PkgId};

/// The version that holds where something is checked.
#[derive(Copy, Clone, Debug, PartialEq, Eq)]
pub struct Lang {
    /// The version.
    pub version: Version,
    /// Whether the file asked for just that version itself.
    pub by_file: bool,
}

impl Lang {
    /// What holds when nobody says anything.
    pub const LATEST: Lang = Lang {
        version: Version::LATEST,
        by_file: false,
    };
}

/// The first version in which `//go:build` lines matter.
const FILE_VERSIONS: Version = Version(21);

impl<'a> Checker<'a> {
    /// Determines the version of a file of a package.
    pub(crate) fn set_file_lang(&mut self, pkg: PkgId, file: &File) {
        if self.pkg(pkg).mode == PackageMode::Lazy {
            return;
        }
        let lang = match file.version {
            Some(v) => {
                if v > Version::LATEST {
                    let msg = format!("file requires newer Go version {v}");
                    self.error(file.name, Code::TooNew, msg);
                }
                Lang {
                    version: v.max(FILE_VERSIONS),
                    by_file: v >= FILE_VERSIONS,
                }
            }
            None => Lang {
                version: self.pkg(pkg).lang,
                by_file: false,
            },
        };
        if lang != Lang::LATEST {
            self.langs.insert(file.file, lang);
        }
    }

    /// Whether what came with version 1.`minor` may be used here.
    pub(crate) fn allows(&self, minor: u16) -> bool {
        self.env.lang.version.0 >= minor
    }

    /// Reports `what` unless what came with version 1.`minor` may be used here; gives whether it may.
    pub(crate) fn verify_version(
        &mut self,
        at: impl At,
        minor: u16,
        what: impl FnOnce(&Checker<'a>) -> String,
    ) -> bool {
        let ok = self.allows(minor);
        if !ok {
            let msg = format!("{} requires {} or later", what(self), Version(minor));
            self.error(at, Code::UnsupportedFeature, msg);
        }
        ok
    }

    /// Where the version comes from that forbids what a message says, as gc appends it.
    pub(crate) fn version_hint(&self, msg: &str) -> Option<String> {
        let at = msg.find("requires go1.")?;
        if !msg[at..].contains(" or later") || self.as_types2 {
            return None;
        }
        Some(if self.env.lang.by_file {
            format!(" (file declares //go:build {})", self.env.lang.version)
        } else {
            let lang = self.pkg(self.env.pkg).lang;
            format!(" (-lang was set to {lang}; check go.mod)")
        })
    }
}
