//! The session without a terminal: takes an entry, gives what happened.
//!
//! An entry is read, checked against all that came before, compiled, loaded, and run on a goroutine of its own, each part
//! once ([`super::entry`]). Checking comes first for all parts: an entry with an error changes nothing. A part that fails
//! when it runs takes its own variables and what follows it along; what came before stands.
//!
//! Entries have names, `input[7]`, under which diagnostics and tracebacks show their lines.

use super::entry::{self, Part, PartKind, Read};
use super::values::{self, Shown};
use crate::packages::{Packages, Store};
use crate::snippet;
use minigo_compiler::check::session::{Extension, RESULT, Work};
use minigo_compiler::check::{Checker, ObjId, ObjectKind, Type};
use minigo_compiler::render::{self, Form, Limit};
use minigo_compiler::{Emitted, Growing, Step};
use minigo_syntax::ast::ExprKind;
use minigo_syntax::codes::Code;
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::source::{Pos, SourceFile, Span};
use minigo_syntax::symbol::Symbol;
use minigo_vm::session::{self as vm, Ending};
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// Who is shown what happens.
pub trait Screen {
    /// Something worth knowing that is neither a result nor a mistake.
    fn note(&mut self, text: &str);
    /// Diagnostics, or a command's complaint; ends in a newline.
    fn error(&mut self, text: &str);
    /// A value.
    fn value(&mut self, value: &Shown);
    /// What a command found out; ends in a newline.
    fn text(&mut self, text: &str);
    /// How diagnostics look.
    fn form(&self) -> Form;
    /// Columns.
    fn width(&self) -> usize;
    /// Whether the user wants the running entry to end; asked some twenty times a second.
    fn interrupted(&mut self) -> bool;
}

/// What became of an entry.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Outcome {
    /// It is done.
    Done,
    /// It needs more lines.
    Unfinished,
    /// It was wrong, and changed nothing.
    Wrong,
    /// It ended before its end.
    Failed(Failed),
}

/// How an entry failed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Failed {
    /// `os.Exit` with this status.
    Exited(i32),
    /// A panic, a fatal error, a deadlock, an interrupt.
    Died,
}

/// For a result, the variables that get what its String or Error method says, if it has one.
type Texts = Option<[ObjId; 2]>;

/// A part that was run, and stands.
pub(super) struct Done {
    pub kind: PartKind,
    /// Its text.
    pub text: String,
    /// The imports in it, or made for it.
    pub imports: Vec<String>,
    /// An expression that is a call.
    pub is_call: bool,
    /// What it declared, by name.
    pub names: Vec<(Symbol, ObjId)>,
    ext: Extension<'static>,
    /// Functions whose places its own took.
    replaced: Vec<(ObjId, ObjId)>,
}

/// An entry that was run, and stands.
pub(super) struct Entered {
    pub number: usize,
    pub parts: Vec<Done>,
}

/// The session.
pub struct Session {
    pub(super) growing: Growing<'static>,
    pub(super) store: &'static Store,
    pub(super) entries: Vec<Entered>,
    /// Number of the last entry.
    number: usize,
    /// How long the last part ran.
    pub(super) took: Duration,
}

/// What every session begins with: the text of a value, if its type has a method for that.
const PRELUDE: &str = "package main
func ʀtext(v any) (text string, ok bool) {
	defer func() {
		if recover() != nil {
			ok = false
		}
	}()
	switch v := v.(type) {
	case error:
		return v.Error(), true
	case interface{ String() string }:
		return v.String(), true
	}
	return \"\", false
}
";

impl Session {
    /// Opens the session of this process, in a folder whose module's packages can be imported.
    pub fn open(dir: &Path, report: vm::Report) -> Result<Session, String> {
        vm::open(report);
        let store: &'static Store = Box::leak(Box::default());
        let checker: &'static mut Checker<'static> = Box::leak(Box::new(Checker::new(Box::new(
            Packages::new(store, dir, None),
        ))));
        let file_of: &'static dyn Fn(Pos) -> Option<Arc<SourceFile>> =
            Box::leak(Box::new(|pos| store.sources().file_of(pos).cloned()));
        let growing = Growing::new(checker, file_of)
            .map_err(|diags| render::render(&store.sources(), &diags, Form::Short, Limit::Ten))?;
        let mut session = Session {
            growing,
            store,
            entries: Vec::new(),
            number: 0,
            took: Duration::ZERO,
        };
        let read = entry::read(store, "prelude", PRELUDE)?;
        if let Read::Parts(parts) = read
            && let Some(part) = parts.first()
        {
            session
                .growing
                .checker()
                .extend_package(part.file, part.work);
        }
        vm::grow(session.growing.program(), &[], minigo_stdlib::NATIVES)
            .map_err(|e| format!("internal error: the session cannot be loaded: {e}\n"))?;
        Ok(session)
    }

    /// The name of the entry that comes next.
    pub fn next_name(&self) -> String {
        format!("input[{}]", self.number + 1)
    }

    /// Whether a text is an entry as it stands, or needs more lines. A wrong one needs no more.
    pub fn is_unfinished(text: &str) -> bool {
        use minigo_syntax::ast::NodeIds;
        use minigo_syntax::parser::{Input, Mode, parse_file, parse_input};
        use minigo_syntax::source::SourceMap;
        if text.trim().is_empty() || text.trim_start().starts_with(':') {
            return false;
        }
        let mut sources = SourceMap::new();
        let Ok(file) = sources.add("input", text.to_owned()) else {
            return false;
        };
        if entry::is_program(text) {
            let (_, diags) = parse_file(&file, Mode::default(), &mut NodeIds::new());
            return diags.iter().any(|d| d.message.contains("unexpected EOF"));
        }
        matches!(parse_input(&file, &mut NodeIds::new()), Input::Unfinished)
    }

    /// Runs an entry.
    pub fn enter(&mut self, text: &str, screen: &mut dyn Screen) -> Outcome {
        if text.trim().is_empty() {
            return Outcome::Done;
        }
        let name = self.next_name();
        self.enter_named(&name, text, screen)
    }

    /// Runs an entry that diagnostics know by another name.
    pub fn enter_named(&mut self, name: &str, text: &str, screen: &mut dyn Screen) -> Outcome {
        let checked = match self.check(name, text) {
            Ok(Some(checked)) => checked,
            Ok(None) => return Outcome::Unfinished,
            Err(diags) => {
                self.complain(&diags, screen);
                return Outcome::Wrong;
            }
        };
        self.number += 1;
        if !checked.imports.is_empty() {
            let list: Vec<String> = checked.imports.iter().map(|p| format!("{p:?}")).collect();
            screen.note(&format!("import {}", list.join(", ")));
        }
        self.run(checked, text, screen)
    }

    pub(super) fn complain(&self, diags: &[Diagnostic], screen: &mut dyn Screen) {
        let text = render::render(&self.store.sources(), diags, screen.form(), Limit::Ten);
        screen.error(&text);
    }

    /// Reads and checks an entry. `None`: it is unfinished.
    pub(super) fn check(
        &mut self,
        name: &str,
        text: &str,
    ) -> Result<Option<Checked>, Vec<Diagnostic>> {
        let mut imports: Vec<String> = Vec::new();
        let mut exts: Vec<(Option<Part>, Extension<'static>)> = Vec::new();
        loop {
            // What was checked before is read anew: facts about nodes belong to one check.
            let too_large =
                |text| vec![Diagnostic::error(Code::InvalidSyntaxTree, Span::NONE, text)];
            let parts = match entry::read(self.store, name, text).map_err(too_large)? {
                Read::Parts(parts) => parts,
                Read::Unfinished => return Ok(None),
                Read::Wrong(diags) => return Err(diags),
            };
            if !imports.is_empty() {
                let list: String = imports.iter().map(|p| format!("import {p:?}\n")).collect();
                let list = format!("package main\n{list}");
                let read = entry::read(self.store, snippet::IMPORTS, &list).map_err(too_large)?;
                if let Read::Parts(list) = read
                    && let Some(part) = list.first()
                    && let Some(ext) = self.growing.checker().extend_package(part.file, part.work)
                {
                    exts.push((None, ext));
                }
            }
            let mut diags = Vec::new();
            for part in parts {
                let ck = self.growing.checker();
                match ck.extend_package(part.file, part.work) {
                    Some(ext) => exts.push((Some(part), ext)),
                    None => {
                        diags = ck.take_diagnostics();
                        break;
                    }
                }
            }
            if diags.is_empty() {
                self.growing.checker().take_diagnostics();
                return Ok(Some(Checked { imports, exts }));
            }
            for (_, ext) in exts.drain(..).rev() {
                self.growing.checker().retract(ext);
            }
            // Whatever is undefined and looks like a package of the library is imported, and all is tried again.
            let before = imports.len();
            for name in undefined(&diags) {
                let members = members_of(text, &name);
                if let Some(path) = snippet::library_package(&name, &members)
                    && !members.is_empty()
                    && !imports.iter().any(|p| p == path)
                {
                    imports.push(path.to_owned());
                }
            }
            if imports.len() == before {
                return Err(diags);
            }
        }
    }

    /// Compiles, loads and runs what was checked.
    fn run(&mut self, checked: Checked, text: &str, screen: &mut dyn Screen) -> Outcome {
        let mut done = Vec::new();
        let mut failed = None;
        let mut emitted = Vec::new();
        let mut left: Vec<(Option<Part>, Extension<'static>)> = checked.exts;
        // All is compiled before anything runs.
        for (part, ext) in &left {
            let (replaced, notes) = self.replaced(ext);
            let result = self.emit(part.as_ref(), ext, &replaced);
            match result {
                Ok((code, texts)) => emitted.push((code, texts, replaced, notes)),
                Err(diags) => {
                    self.complain(&diags, screen);
                    for (_, ext) in left.into_iter().rev() {
                        self.growing.checker().retract(ext);
                    }
                    for (_, _, replaced, _) in emitted {
                        self.growing.restore(&replaced);
                    }
                    return Outcome::Wrong;
                }
            }
        }
        left.reverse();
        for (code, texts, replaced, notes) in emitted {
            let Some((part, ext)) = left.pop() else { break };
            let how = self.execute(&code, &texts, &ext, part.as_ref(), screen);
            for note in notes {
                screen.note(&note);
            }
            let undefine = how != Ending::Done
                && matches!(
                    part.as_ref().map(|p| p.kind),
                    Some(PartKind::Define | PartKind::Value)
                );
            if undefine {
                left.push((part, ext));
            } else {
                done.push(self.keep(part.as_ref(), ext, replaced, text, &checked.imports));
            }
            if how == Ending::Goexit {
                screen.error("runtime.Goexit has ended the entry\n");
            }
            if how != Ending::Done {
                failed = Some(match how {
                    Ending::Exited(code) => Failed::Exited(code),
                    _ => Failed::Died,
                });
                break;
            }
        }
        // What did not come to its end, or was not begun, is as if it had never been typed.
        for (_, ext) in left {
            self.growing.checker().retract(ext);
        }
        if !done.is_empty() {
            self.entries.push(Entered {
                number: self.number,
                parts: done,
            });
        }
        failed.map_or(Outcome::Done, Outcome::Failed)
    }

    fn keep(
        &mut self,
        part: Option<&Part>,
        ext: Extension<'static>,
        replaced: Vec<(ObjId, ObjId)>,
        text: &str,
        auto: &[String],
    ) -> Done {
        let ck = self.growing.checker();
        let names = ext
            .objects
            .iter()
            .map(|&o| (ck.objs[o].name, o))
            .filter(|(name, _)| !name.as_str().starts_with(RESULT))
            .collect();
        let is_call = matches!(part.map(|p| p.work), Some(Work::Value(e))
            if matches!(e.unparen().kind, ExprKind::Call(_)));
        let (kind, text) = match part {
            Some(part) => {
                let source = self.store.sources().file_of(part.span.lo).cloned();
                let range = source
                    .map(|s| s.offset(part.span.lo) as usize..s.offset(part.span.hi) as usize);
                let text = range.and_then(|r| text.get(r)).unwrap_or(text);
                (part.kind, text.trim_end().to_owned())
            }
            None => (PartKind::Decls, String::new()),
        };
        let imports = match part {
            None => auto.iter().map(|p| format!("{p:?}")).collect(),
            Some(_) if text.contains("import") && kind == PartKind::Decls => self.imports_in(&text),
            Some(_) => Vec::new(),
        };
        Done {
            kind,
            text,
            imports,
            is_call,
            names,
            ext,
            replaced,
        }
    }

    /// The functions that this part's take the places of, and what the user should know about names that changed.
    fn replaced(&mut self, ext: &Extension<'static>) -> (Vec<(ObjId, ObjId)>, Vec<String>) {
        let mut same = Vec::new();
        let mut notes = Vec::new();
        let pairs: Vec<(ObjId, ObjId)> = ext.replaced.iter().chain(&ext.methods).copied().collect();
        for (old, new) in pairs {
            if self.growing.can_replace(old, new) {
                same.push((old, new));
                continue;
            }
            let ck = self.growing.checker();
            let name = ck.objs[old].name;
            if name.is_blank() || name.as_str().starts_with(RESULT) {
                continue;
            }
            let users = self.users_of(old);
            if !users.is_empty() {
                let kind = match self.growing.checker().objs[old].kind {
                    ObjectKind::TypeName => "have the earlier type",
                    ObjectKind::PkgName { .. } => continue,
                    _ => "use the earlier",
                };
                let verb = match (users.len(), kind) {
                    (1, "use the earlier") => "still uses the earlier",
                    (_, "use the earlier") => "still use the earlier",
                    (1, _) => "still has the earlier type",
                    _ => "still have the earlier type",
                };
                notes.push(format!("{} {verb} {name}", users.join(", ")));
            }
        }
        (same, notes)
    }

    /// Names that stand and were declared with the help of `old`.
    fn users_of(&mut self, old: ObjId) -> Vec<String> {
        let ck = self.growing.checker();
        let old_type = match ck.objs[old].kind {
            ObjectKind::TypeName => match ck.types.get(ck.objs.ty(old)) {
                Type::Named(n) => Some(n),
                _ => None,
            },
            _ => None,
        };
        let mut users = Vec::new();
        for (name, obj) in ck.session_names() {
            if obj == old || name.is_blank() || name.as_str().starts_with(RESULT) {
                continue;
            }
            let is_type = ck.objs[obj].is_type_name();
            let uses = match old_type {
                Some(named) => {
                    let ty = ck.objs.ty(obj);
                    let ty = if is_type { ck.under(ty) } else { ty };
                    ck.type_mentions(ty, named)
                }
                // A variable has its value already; only code looks again.
                None => ck.objs[obj].is_func() && ck.mentioned_by(obj).contains(&old),
            };
            if uses {
                users.push(name.as_str().to_owned());
            }
        }
        users
    }

    /// Compiles a part. Beside its code gives, for each result, the variables that get what its String or Error method
    /// says.
    fn emit(
        &mut self,
        part: Option<&Part>,
        ext: &Extension<'static>,
        replaced: &[(ObjId, ObjId)],
    ) -> Result<(Emitted, Vec<Texts>), Vec<Diagnostic>> {
        let mut steps: Vec<Step<'static>> =
            ext.init_order.iter().cloned().map(Step::Init).collect();
        steps.extend(ext.inits.iter().map(|&f| Step::Call(f)));
        let mut texts = Vec::new();
        if let Some(value) = &ext.value {
            steps.push(Step::Init(value.clone()));
            for &obj in &value.lhs {
                let vars = self.text_of(obj);
                if let Some((init, vars)) = vars {
                    steps.extend(init.into_iter().map(Step::Init));
                    texts.push(Some(vars));
                } else {
                    texts.push(None);
                }
            }
        }
        let name = part.and_then(|p| p.call);
        let called = name.and_then(|name| {
            let ck = self.growing.checker();
            let named = |&&o: &&ObjId| ck.objs[o].name == name && ck.objs[o].is_func();
            ext.objects.iter().find(named).copied()
        });
        steps.extend(called.map(Step::Call));
        let code = self.growing.emit(&steps, replaced, ext.new_methods)?;
        Ok((code, texts))
    }

    /// Variables for what a value's String or Error method says, and their initialisation; if its type has such a method,
    /// or may turn out to have one.
    fn text_of(
        &mut self,
        obj: ObjId,
    ) -> Option<(
        Vec<minigo_compiler::check::Initializer<'static>>,
        [ObjId; 2],
    )> {
        let ck = self.growing.checker();
        let ty = ck.objs.ty(obj);
        if !ck.may_have_text(ty) {
            return None;
        }
        let name = ck.objs[obj].name;
        let (a, b) = (format!("{name}s"), format!("{name}k"));
        let text = format!("{a}, {b} := {RESULT}text({name})");
        let Ok(Read::Parts(parts)) = entry::read(self.store, "text", &text) else {
            return None;
        };
        let ck = self.growing.checker();
        ck.rebind(name, Some(obj));
        let ext = parts
            .first()
            .and_then(|p| ck.extend_package(p.file, p.work));
        ck.rebind(name, None);
        ck.take_diagnostics();
        let ext = ext?;
        let vars = [*ext.objects.first()?, *ext.objects.get(1)?];
        let init = ext.init_order.clone();
        ck.retract(ext);
        Some((init, vars))
    }

    /// Loads and runs a part, and shows its value.
    fn execute(
        &mut self,
        code: &Emitted,
        texts: &[Option<[ObjId; 2]>],
        ext: &Extension<'static>,
        part: Option<&Part>,
        screen: &mut dyn Screen,
    ) -> Ending {
        if let Err(e) = self.load(code) {
            screen.error(&format!(
                "minigo: internal error: the entry cannot be loaded: {e}\n"
            ));
            return Ending::Fatal;
        }
        let started = Instant::now();
        for calls in [&code.inits, &code.steps] {
            if calls.is_empty() {
                continue;
            }
            if let Err(e) = vm::run(calls) {
                screen.error(&format!(
                    "minigo: internal error: the entry cannot be run: {e}\n"
                ));
                return Ending::Fatal;
            }
            let how = wait(screen);
            if how != Ending::Done {
                self.took = started.elapsed();
                return how;
            }
        }
        self.took = started.elapsed();
        if let Some(shown) = &ext.shown {
            screen.value(&Shown {
                value: shown.value.clone(),
                ty: Some(shown.ty.clone()),
                remark: None,
            });
        }
        let _ = part;
        if let Some(value) = &ext.value {
            for (i, &obj) in value.lhs.iter().enumerate() {
                let said = texts.get(i).copied().flatten();
                if let Some(shown) = self.shown(obj, said, screen.width()) {
                    screen.value(&shown);
                }
            }
        }
        Ending::Done
    }

    fn load(&mut self, code: &Emitted) -> Result<(), String> {
        vm::grow(
            self.growing.program(),
            &code.touched,
            minigo_stdlib::NATIVES,
        )
        .map_err(|e| e.to_string())?;
        for &(from, to) in &code.redirects {
            vm::redirect(from, Some(to)).map_err(|e| e.to_string())?;
        }
        Ok(())
    }

    /// A variable's value, and what its method said.
    pub(super) fn shown(
        &mut self,
        obj: ObjId,
        said: Option<[ObjId; 2]>,
        width: usize,
    ) -> Option<Shown> {
        let (off, ty) = self.growing.global(obj)?;
        let at = vm::global(off)? as usize;
        let ty = vm::rtype(ty)?;
        let said = said.and_then(|[text, ok]| {
            let text = vm::global(self.growing.global(text)?.0)? as usize;
            let ok = vm::global(self.growing.global(ok)?.0)? as usize;
            Some((text, ok))
        });
        let static_type = {
            let ck = self.growing.checker();
            let t = ck.objs.ty(obj);
            values::type_name(&ck.type_text(t))
        };
        Some(vm::with_world_stopped(move |_| {
            // SAFETY: globals of these types lie there; the world is stopped.
            unsafe {
                let mut shown = values::show(ty, at as *const u8, width);
                if shown.ty.is_some() {
                    shown.ty = Some(static_type);
                }
                if let Some((text, ok)) = said
                    && *(ok as *const bool)
                {
                    let text = (*(text as *const minigo_vm::value::GoStr))
                        .text()
                        .into_owned();
                    // What a method says of a struct often fills lines.
                    shown.remark = Some(text.chars().take(500).collect());
                }
                shown
            }
        }))
    }

    /// Takes the last entry back. Gives its number.
    pub(super) fn undo(&mut self) -> Option<usize> {
        let entered = self.entries.pop()?;
        for part in entered.parts.into_iter().rev() {
            self.growing.checker().retract(part.ext);
            for f in self.growing.restore(&part.replaced) {
                let _ = vm::redirect(f, None);
            }
        }
        Some(entered.number)
    }
}

/// What was checked and is to be run.
pub(super) struct Checked {
    /// Packages that were imported for it.
    pub imports: Vec<String>,
    /// Its parts, those imports first.
    pub exts: Vec<(Option<Part>, Extension<'static>)>,
}

/// Waits for the entry's end, and passes interrupts on.
fn wait(screen: &mut dyn Screen) -> Ending {
    let mut asked: Option<Instant> = None;
    loop {
        let pause = if asked.is_some() { 10 } else { 50 };
        if let Some(how) = vm::wait(Duration::from_millis(pause)) {
            return how;
        }
        if screen.interrupted() {
            asked = Some(Instant::now());
        }
        if let Some(since) = asked {
            // It may have missed the request; and what waits for the outside cannot be waited for.
            let stuck = vm::interrupt();
            let patience = if stuck { 300 } else { 3000 };
            if since.elapsed() > Duration::from_millis(patience) {
                vm::let_go();
                screen.note("the goroutine does not stop where it is; it ends when it can");
                return Ending::Interrupted;
            }
        }
    }
}

/// Names that diagnostics call undefined.
fn undefined(diags: &[Diagnostic]) -> Vec<String> {
    let mut names: Vec<String> = diags
        .iter()
        .filter_map(|d| d.message.strip_prefix("undefined: "))
        .filter(|name| !name.contains('.'))
        .map(str::to_owned)
        .collect();
    names.sort();
    names.dedup();
    names
}

/// The names that the text selects from `name`.
fn members_of(text: &str, name: &str) -> Vec<Symbol> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(i) = rest.find(name) {
        let before = rest[..i].chars().next_back();
        let behind = &rest[i + name.len()..];
        if !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '.')
            && let Some(member) = behind.trim_start().strip_prefix('.')
        {
            let member = member.trim_start();
            let end = member
                .find(|c: char| !(c.is_alphanumeric() || c == '_'))
                .unwrap_or(member.len());
            out.push(Symbol::intern(&member[..end]));
        }
        rest = behind;
    }
    out
}
