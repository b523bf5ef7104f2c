//! The program that `-e TEXT` stands for: statements become the body of `main`, functions, types and imports are declared
//! around it, and packages of the library are imported for the names that the text uses and nothing in it declares.
//!
//! Positions stay those of the text: the tree is put together from its parts, never the text.

use crate::packages::Store;
use minigo_stdlib::packages::{self, Package};
use minigo_syntax::ast::{
    Block, Decl, File, FuncBody, FuncDecl, FuncType, Ident, NodeIds, Stmt, StmtKind,
};
use minigo_syntax::diag::Diagnostic;
use minigo_syntax::directive::Directives;
use minigo_syntax::lexer::{Lexeme, lex};
use minigo_syntax::parser::{Mode, parse_stmts};
use minigo_syntax::source::{Pos, SourceFile, Span};
use minigo_syntax::symbol::Symbol;
use minigo_syntax::token::Token;
use std::collections::BTreeMap;

/// The name of the text in diagnostics and tracebacks.
pub const NAME: &str = "-e";

/// Where the imports stand that the text does not write. One that is not used is no error.
pub const IMPORTS: &str = "<imports>";

/// Parses the text as a package `main`.
pub fn parse<'a>(store: &'a Store, text: &str) -> Result<(&'a File, Vec<Diagnostic>), String> {
    let source = store.add(NAME.to_string(), text.as_bytes().to_vec())?;
    let (stmts, diags) = parse_stmts(&source, &mut store.ids());
    let mut decls = Vec::new();
    let mut body = Vec::new();
    // Functions see package-level names only.
    let has_funcs = stmts
        .iter()
        .any(|s| matches!(&s.kind, StmtKind::Decl(d) if matches!(**d, Decl::Func(_))));
    for stmt in stmts {
        match stmt.kind {
            StmtKind::Decl(d) if has_funcs || !matches!(*d, Decl::Var(_) | Decl::Const(_)) => {
                decls.push(*d);
            }
            _ => body.push(stmt),
        }
    }
    decls.extend(imports(store, &source, &declared(&decls))?);
    let is_main =
        |d: &Decl| matches!(d, Decl::Func(f) if f.recv.is_none() && f.name.name.as_str() == "main");
    let ids = &mut store.ids();
    if !body.is_empty() || !decls.iter().any(is_main) {
        decls.push(Decl::Func(Box::new(main_func(&source, body, ids))));
    }
    // Imports come first, wherever they stand.
    decls.sort_by_key(|d| !matches!(d, Decl::Import(_)));
    let file = File {
        version: None,
        directives: Directives::default(),
        id: ids.fresh(),
        file: source.id,
        span: whole(&source),
        package: source.start(),
        name: ident("main", source.start(), ids),
        decls,
        comments: Vec::new(),
    };
    Ok((store.trees.keep(file), diags))
}

fn whole(source: &SourceFile) -> Span {
    Span::new(source.start(), source.end())
}

fn ident(name: &str, at: Pos, ids: &mut NodeIds) -> Ident {
    Ident {
        id: ids.fresh(),
        name: Symbol::intern(name),
        span: at.span(),
    }
}

fn main_func(source: &SourceFile, stmts: Vec<Stmt>, ids: &mut NodeIds) -> FuncDecl {
    let at = source.start();
    FuncDecl {
        id: ids.fresh(),
        span: whole(source),
        pos: at,
        recv: None,
        name: ident("main", at, ids),
        tparams: Vec::new(),
        sig: FuncType {
            id: ids.fresh(),
            lparen: at,
            span: at.span(),
            params: Vec::new(),
            results: Vec::new(),
        },
        body: FuncBody::Parsed(Block {
            id: ids.fresh(),
            span: whole(source),
            stmts,
        }),
    }
}

/// The import declarations for names that look like packages: `name.Member` where the text does not declare `name`.
fn imports(store: &Store, source: &SourceFile, declared: &[Symbol]) -> Result<Vec<Decl>, String> {
    let tokens = lex(source, 0, source.bytes().len() as u32, false).tokens;
    let mut wanted: BTreeMap<Symbol, Vec<Symbol>> = BTreeMap::new();
    let is = |i: Option<usize>, tok| {
        i.and_then(|i| tokens.get(i))
            .is_some_and(|t: &Lexeme| t.tok == tok)
    };
    for (i, t) in tokens.iter().enumerate() {
        if t.tok == Token::Name && is(Some(i + 1), Token::Dot) && !is(i.checked_sub(1), Token::Dot)
        {
            let member = tokens.get(i + 2).map_or(Symbol::BLANK, |m| m.text);
            wanted.entry(t.text).or_default().push(member);
        }
    }
    wanted.retain(|name, _| !declared.contains(name));
    let paths = wanted
        .iter()
        .filter_map(|(name, members)| library_package(name.as_str(), members));
    let text: String = std::iter::once("package main\n".to_string())
        .chain(paths.map(|path| format!("import {path:?}\n")))
        .collect();
    let (file, _) = store.parse_owned(IMPORTS.to_string(), text, Mode::default())?;
    Ok(file.decls)
}

/// The names that the declarations give a meaning to at package level. (A local meaning merely hides an import.)
fn declared(decls: &[Decl]) -> Vec<Symbol> {
    let mut names = Vec::new();
    for decl in decls {
        match decl {
            Decl::Import(d) => names.extend(d.specs.iter().map(|s| match s.name {
                Some(name) => name.name,
                None => {
                    let path = s.path.text.as_str().trim_matches(['"', '`']);
                    Symbol::intern(path.rsplit('/').next().unwrap_or(path))
                }
            })),
            Decl::Const(d) => {
                names.extend(d.specs.iter().flat_map(|s| s.names.iter().map(|n| n.name)))
            }
            Decl::Var(d) => {
                names.extend(d.specs.iter().flat_map(|s| s.names.iter().map(|n| n.name)))
            }
            Decl::Type(d) => names.extend(d.specs.iter().map(|s| s.name.name)),
            Decl::Func(f) if f.recv.is_none() => names.push(f.name.name),
            Decl::Func(_) => {}
        }
    }
    names
}

/// The package of that name that has most of the members; of several, the one with the shortest path.
pub fn library_package(name: &str, members: &[Symbol]) -> Option<&'static str> {
    let defines = |p: &Package, member: &str| {
        p.files.iter().any(|f| {
            f.text.lines().any(|line| {
                let keywords = ["func ", "type ", "var ", "const ", "\t"];
                let name = keywords.iter().find_map(|k| line.strip_prefix(k));
                let behind = name.and_then(|n| n.strip_prefix(member));
                behind.is_some_and(|b| !b.starts_with(|c: char| c.is_alphanumeric() || c == '_'))
            })
        })
    };
    let has = |p: &Package| members.iter().filter(|m| defines(p, m.as_str())).count();
    let same = packages::PACKAGES
        .iter()
        .filter(|p| p.name == name && !p.path.split('/').any(|part| part == "internal"));
    same.max_by_key(|p| (has(p), std::cmp::Reverse(p.path.len())))
        .map(|p| p.path)
}
