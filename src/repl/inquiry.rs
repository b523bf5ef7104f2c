//! What can be asked of a session without running anything: types, members, documentation, the program it stands for.

use super::entry::{self, PartKind, Read};
use super::session::Session;
use minigo_bytecode::typedesc::FuncIdx;
use minigo_compiler::check::session::RESULT;
use minigo_compiler::check::{ObjId, ObjectKind, PkgId, TypeId};
use minigo_stdlib::packages;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::symbol::Symbol;
use std::collections::BTreeSet;
use std::fmt::Write;

impl Session {
    /// Names that were declared and stand.
    pub fn names(&mut self) -> Vec<String> {
        let names = self.growing.checker().session_names();
        let names = names.into_iter().map(|n| n.0.as_str());
        names
            .filter(|n| *n != "_" && !n.starts_with(RESULT))
            .map(str::to_owned)
            .collect()
    }

    /// Whether a name still means this object.
    pub(super) fn stands(&self, (name, obj): &(Symbol, ObjId)) -> bool {
        self.growing.meaning(*name) == Some(*obj) || self.growing.is_method(*obj)
    }

    /// The variables that stand.
    pub(super) fn variables(&mut self) -> Vec<(String, ObjId)> {
        let ck = self.growing.checker();
        let names = ck.session_names();
        names
            .into_iter()
            .filter(|(name, obj)| {
                ck.objs[*obj].is_var() && !name.is_blank() && !name.as_str().starts_with(RESULT)
            })
            .map(|(name, obj)| (name.as_str().to_owned(), obj))
            .collect()
    }

    /// The types of an expression's values.
    pub(super) fn type_of(&mut self, expr: &str) -> Result<Vec<String>, Vec<Diagnostic>> {
        Ok(self
            .types_of(expr)?
            .into_iter()
            .map(|(text, _)| super::values::type_name(&text))
            .collect())
    }

    fn types_of(&mut self, expr: &str) -> Result<Vec<(String, Option<TypeId>)>, Vec<Diagnostic>> {
        let Some(checked) = self.check("expression", expr)? else {
            return Ok(vec![("unfinished".to_owned(), None)]);
        };
        let mut types = Vec::new();
        let ck = self.growing.checker();
        if let Some((_, ext)) = checked.exts.last() {
            if let Some(shown) = &ext.shown {
                types.push((shown.ty.clone(), None));
            }
            for &obj in ext.value.iter().flat_map(|v| &v.lhs) {
                let ty = ck.objs.ty(obj);
                types.push((ck.type_text(ty), Some(ty)));
            }
        }
        for (_, ext) in checked.exts.into_iter().rev() {
            ck.retract(ext);
        }
        if types.is_empty() {
            types.push(("no value".to_owned(), None));
        }
        Ok(types)
    }

    /// The package that a name stands for: imported, or one of the library.
    fn package(&mut self, name: &str) -> Option<PkgId> {
        let ck = self.growing.checker();
        if let Some(obj) = ck.session_lookup(Symbol::intern(name)) {
            return match ck.objs[obj].kind {
                ObjectKind::PkgName { imported } => Some(imported),
                _ => None,
            };
        }
        let public = |p: &&packages::Package| !p.path.split('/').any(|part| part == "internal");
        let all = packages::PACKAGES.iter().filter(public);
        let found = all
            .filter(|p| p.name == name || p.path == name)
            .min_by_key(|p| (p.path != name, p.path.len()))?;
        ck.library_package(found.path)
    }

    /// What may stand behind the dot of `x.`.
    pub(super) fn members(&mut self, x: &str) -> Vec<String> {
        if let Some(pkg) = self.package(x) {
            return self.growing.checker().exported_names(pkg);
        }
        let Ok(types) = self.types_of(x) else {
            return Vec::new();
        };
        match types.first() {
            Some((_, Some(ty))) => self.growing.checker().member_names(*ty),
            _ => Vec::new(),
        }
    }

    /// The function that an operand denotes, as a declaration.
    pub(super) fn signature(&mut self, x: &str) -> Option<String> {
        if let Some(obj) = self.object(x) {
            let ck = self.growing.checker();
            return ck.objs[obj].is_func().then(|| describe(self, obj));
        }
        if x.contains(['(', '[']) {
            return None; // checking calls at every key would be slow
        }
        let types = self.types_of(x).ok()?;
        let (text, _) = types.first()?;
        let sig = text.strip_prefix("func(")?;
        Some(super::values::type_name(&format!("func {x}({sig}")))
    }

    /// The object behind `name` or `pkg.Name`, or a method or field's type behind `T.Name`.
    fn object(&mut self, x: &str) -> Option<ObjId> {
        let name = |s: &str| Symbol::intern(s);
        match x.rsplit_once('.') {
            None => self.growing.checker().session_lookup(name(x)),
            Some((first, member)) => {
                if let Some(pkg) = self.package(first) {
                    return self.growing.checker().package_member(pkg, name(member));
                }
                let of = self.object(first)?;
                let ck = self.growing.checker();
                let ty = ck.objs.ty(of);
                ck.method_of(ty, name(member))
            }
        }
    }

    /// What is known about a name, with the comment of its declaration.
    pub(super) fn doc(&mut self, x: &str) -> Option<String> {
        if !x.contains('.') || packages::find(x).is_some() {
            let known = self.growing.checker().session_lookup(Symbol::intern(x));
            let is_package = known.is_none_or(|o| {
                matches!(
                    self.growing.checker().objs[o].kind,
                    ObjectKind::PkgName { .. }
                )
            });
            if is_package && let Some(pkg) = self.package(x) {
                return Some(self.package_doc(pkg));
            }
        }
        let obj = self.object(x)?;
        let mut text = describe(self, obj);
        text.push('\n');
        let pos = self.growing.checker().objs[obj].pos;
        if let Some(file) = self.store.sources().file_of(pos) {
            let source = String::from_utf8_lossy(file.bytes());
            let line = file.line_col(pos).0 as usize;
            let lines: Vec<&str> = source.lines().collect();
            let above = lines.get(..line.saturating_sub(1)).unwrap_or(&[]);
            let n = above
                .iter()
                .rev()
                .take_while(|l| l.trim_start().starts_with("//"))
                .count();
            for comment in &above[above.len() - n..] {
                let comment = comment.trim_start().trim_start_matches('/');
                let _ = writeln!(text, "    {}", comment.strip_prefix(' ').unwrap_or(comment));
            }
        }
        Some(text)
    }

    fn package_doc(&mut self, pkg: PkgId) -> String {
        let ck = self.growing.checker();
        let path = ck.pkg(pkg).path.as_str();
        let mut text = format!("package {} // import {path:?}\n", ck.pkg(pkg).name);
        if let Some(package) = packages::find(path) {
            for source in package.files.iter().map(|f| f.text) {
                let end = source.find("\npackage ").unwrap_or(0);
                for line in source[..end].lines().filter(|l| l.starts_with("//")) {
                    let line = line.trim_start_matches('/');
                    let _ = writeln!(text, "    {}", line.strip_prefix(' ').unwrap_or(line));
                }
            }
        }
        text.push('\n');
        for name in ck.exported_names(pkg) {
            if let Some(obj) = self
                .growing
                .checker()
                .package_member(pkg, Symbol::intern(&name))
            {
                let line = describe(self, obj);
                let short: String = line.chars().take(100).collect();
                let _ = writeln!(
                    text,
                    "{short}{}",
                    if short.len() < line.len() { " …" } else { "" }
                );
            }
        }
        text
    }

    /// The compiled function of a name or of a method `T.M`.
    pub(super) fn function(&mut self, name: &str) -> Option<FuncIdx> {
        let obj = self.object(
            name.trim_start_matches(['(', '*'])
                .replace(')', "")
                .as_str(),
        )?;
        if !self.growing.checker().is_plain_func(obj) {
            return None;
        }
        self.growing.function(obj).ok()
    }

    /// A line of an entry or file.
    pub(super) fn line_of(&self, file: &str, line: u32) -> Option<String> {
        let sources = self.store.sources();
        let found = sources.files().iter().find(|f| f.name == file)?;
        let text = String::from_utf8_lossy(found.bytes());
        text.lines().nth(line as usize - 1).map(str::to_owned)
    }

    /// What stands of the session, as a program: declarations, then the statements in `main`, in order. What does not fit
    /// the rest any more, because it meant an earlier declaration, becomes a comment.
    pub(super) fn program_text(&mut self) -> String {
        let mut imports = BTreeSet::new();
        let mut decls: Vec<String> = Vec::new();
        let mut body: Vec<String> = Vec::new();
        for entered in &self.entries {
            for part in &entered.parts {
                let stands = part.names.iter().any(|n| self.stands(n));
                imports.extend(part.imports.iter().cloned());
                match part.kind {
                    PartKind::Decls if part.text.is_empty() => {}
                    PartKind::Decls if stands || part.names.is_empty() => {
                        decls.push(part.text.clone())
                    }
                    PartKind::Define if stands => {
                        let text = part.text.as_str();
                        decls.push(match text.split_once(":=") {
                            Some((names, values)) if !text.starts_with("var") => {
                                format!("var {} = {}", names.trim(), values.trim())
                            }
                            _ if text.starts_with("var") => text.to_owned(),
                            _ => format!("var {text}"),
                        });
                    }
                    PartKind::Stmt => body.push(part.text.clone()),
                    PartKind::Value if part.is_call => body.push(part.text.clone()),
                    _ => {}
                }
            }
        }
        decls.retain(|d| !d.starts_with("import"));
        let write = |decls: &[String], body: &[String]| {
            let mut text = String::from("package main\n");
            if !imports.is_empty() {
                text.push_str("\nimport (\n");
                for i in &imports {
                    let _ = writeln!(text, "\t{i}");
                }
                text.push_str(")\n");
            }
            for d in decls {
                let _ = write!(text, "\n{d}\n");
            }
            text.push_str("\nfunc main() {\n");
            for s in body {
                for line in s.lines() {
                    let _ = writeln!(text, "\t{line}");
                }
            }
            text.push_str("}\n");
            text
        };
        super::saving::settle(decls, body, write)
    }

    /// Reads imports out of a part's text, for the program.
    pub(super) fn imports_in(&self, text: &str) -> Vec<String> {
        let file = format!("package main\n{text}\n");
        let Ok(Read::Parts(parts)) = entry::read(self.store, "imports", &file) else {
            return Vec::new();
        };
        use minigo_syntax::ast::Decl;
        let mut out = Vec::new();
        for part in &parts {
            for decl in &part.file.decls {
                if let Decl::Import(group) = decl {
                    for s in &group.specs {
                        let name = s.name.map_or(String::new(), |n| format!("{} ", n.name));
                        out.push(format!("{name}{}", s.path.text));
                    }
                }
            }
        }
        out
    }
}

fn describe(session: &mut Session, obj: ObjId) -> String {
    let ck = session.growing.checker();
    super::values::type_name(&ck.describe_object(obj))
}
