//! Expressions, types and signatures.

use super::*;
use crate::builder::receive_only;

impl Diagnoser<'_, '_> {
    pub(super) fn expr(&mut self) -> Expr {
        self.binary(0)
    }

    /// Operands joined by operators that bind tighter than `precedence`.
    fn binary(&mut self, precedence: u8) -> Expr {
        let x = self.unary();
        self.binary_from(x, precedence)
    }

    pub(super) fn binary_from(&mut self, mut x: Expr, precedence: u8) -> Expr {
        while let Some(op) = binary_op(self.tok()).filter(|op| op.precedence() > precedence) {
            let pos = self.next().span.lo;
            let y = self.binary(op.precedence());
            x = self.b.binary(x, op, pos, y);
        }
        x
    }

    fn unary(&mut self) -> Expr {
        self.nested(Self::unary_here)
    }

    fn unary_here(&mut self) -> Expr {
        match self.tok() {
            Token::Star
            | Token::Add
            | Token::Sub
            | Token::Not
            | Token::Xor
            | Token::Tilde
            | Token::And => {
                let op = self.next();
                let x = self.unary();
                self.b.unary(op, x)
            }
            Token::Arrow => {
                let arrow = self.next();
                let mut x = self.unary();
                if !matches!(x.kind, ExprKind::ChanType(_)) {
                    return self.b.unary(arrow, x);
                }
                // `<-` before a channel type belongs to it.
                if let Err(met) = channel_met(&x) {
                    let met = met.map_or_else(|| "<-".to_string(), |elem| elem.to_string());
                    self.syntax_error(format!("unexpected {met}, expected chan"));
                }
                let _ = receive_only(&mut x);
                x.span = arrow.span.to(x.span);
                x
            }
            _ => {
                let x = self.operand();
                self.operand_tail(x)
            }
        }
    }

    fn operand(&mut self) -> Expr {
        match self.tok() {
            Token::Name => {
                let name = self.next();
                self.b.name(name)
            }
            tok if tok.is_literal() => {
                let lit = self.next();
                self.b.literal(lit)
            }
            Token::Lparen => {
                let l = self.next();
                self.nesting += 1;
                let x = self.expr();
                self.nesting -= 1;
                let r = self.want(Token::Rparen);
                self.b.paren(l, x, r)
            }
            Token::Func => {
                let func = self.next();
                let (_, sig) = self.func_type("function type");
                if self.tok() != Token::Lbrace {
                    return self.b.func_type(func, sig);
                }
                self.nesting += 1;
                let body = self.func_body();
                self.nesting -= 1;
                self.b.func_lit(func, sig, body)
            }
            Token::Lbrack | Token::Chan | Token::Map | Token::Struct | Token::Interface => {
                self.type_()
            }
            _ => {
                let x = self.bad_expr();
                self.syntax_error("expected expression");
                self.advance(CLOSERS);
                x
            }
        }
    }

    /// `go` and `defer` are followed by an operand and what is applied to it.
    pub(super) fn primary(&mut self) -> Expr {
        self.nested(|p| {
            let x = p.operand();
            p.operand_tail(x)
        })
    }

    /// What is applied to an operand: selectors, indices, arguments, literal values.
    pub(super) fn operand_tail(&mut self, mut x: Expr) -> Expr {
        loop {
            match self.tok() {
                Token::Dot => {
                    let dot = self.next();
                    match self.tok() {
                        Token::Name => {
                            let sel = self.next();
                            x = self.b.selector(x, dot, sel);
                        }
                        Token::Lparen => {
                            self.next();
                            let ty = if self.got(Token::Type) {
                                None
                            } else {
                                Some(self.type_())
                            };
                            let r = self.want(Token::Rparen);
                            x = self.b.type_assert(x, dot, ty, r);
                        }
                        _ => {
                            self.syntax_error("expected name or (");
                            self.advance(Set::of(&[Token::Semi, Token::Rparen]));
                        }
                    }
                }
                Token::Lbrack => x = self.index_or_slice(x),
                Token::Lparen => {
                    let l = self.next();
                    let mut args = Vec::new();
                    let mut dots = None;
                    self.nesting += 1;
                    let r = self.list("argument list", Token::Comma, Token::Rparen, |p| {
                        args.push(p.expr());
                        if p.tok() == Token::DotDotDot {
                            dots = Some(p.next());
                        }
                        dots.is_some()
                    });
                    self.nesting -= 1;
                    x = self.b.call(x, l, args, dots, r);
                }
                Token::Lbrace => {
                    let ty = x.unparen();
                    let can_be_literal = match &ty.kind {
                        ExprKind::Ident(_) | ExprKind::Selector(_) => self.nesting >= 0,
                        ExprKind::Index(_) => self.nesting >= 0 && !is_value(ty),
                        ExprKind::ArrayType(_)
                        | ExprKind::SliceType(_)
                        | ExprKind::StructType(_)
                        | ExprKind::MapType(_) => true,
                        _ => false,
                    };
                    if !can_be_literal {
                        return x;
                    }
                    if matches!(x.kind, ExprKind::Paren(_)) {
                        self.syntax_error("cannot parenthesize type in composite literal");
                    }
                    let value = self.literal_value();
                    x = self.b.composite(Some(x), value);
                }
                _ => return x,
            }
        }
    }

    fn index_or_slice(&mut self, x: Expr) -> Expr {
        let l = self.next();
        let mut bounds = [None, None, None];
        if self.tok() != Token::Colon {
            let (mut list, comma) = if self.tok() == Token::Rbrack {
                self.syntax_error("expected operand");
                (vec![self.bad_expr()], false)
            } else {
                self.type_list(false)
            };
            if comma || self.tok() == Token::Rbrack {
                let r = self.want(Token::Rbrack);
                return self.b.index(x, Bracketed::list(l, list, r));
            }
            bounds[0] = list.pop();
        }
        if !self.got(Token::Colon) {
            self.syntax_error("expected comma, : or ]");
            self.advance(Set::of(&[Token::Comma, Token::Colon, Token::Rbrack]));
        }
        self.nesting += 1;
        if !matches!(self.tok(), Token::Colon | Token::Rbrack) {
            bounds[1] = Some(self.expr());
        }
        let full = self.tok() == Token::Colon;
        if full {
            if bounds[1].is_none() {
                self.error("middle index required in 3-index slice");
                bounds[1] = Some(self.bad_expr());
            }
            self.next();
            bounds[2] = Some(if self.tok() == Token::Rbrack {
                self.error("final index required in 3-index slice");
                self.bad_expr()
            } else {
                self.expr()
            });
        }
        self.nesting -= 1;
        let r = self.want(Token::Rbrack);
        self.b.slice(x, l, bounds, full, r)
    }

    fn literal_value(&mut self) -> Box<CompositeLit> {
        self.nested(|p| {
            p.nesting += 1;
            let l = p.want(Token::Lbrace);
            let mut elems = Vec::new();
            let r = p.list("composite literal", Token::Comma, Token::Rbrace, |p| {
                let mut x = p.element_value();
                if p.tok() == Token::Colon {
                    let colon = p.next();
                    let value = p.element_value();
                    x = p.b.key_value(x, colon, value);
                }
                elems.push(x);
                false
            });
            p.nesting -= 1;
            p.b.literal_value(l, elems, r)
        })
    }

    fn element_value(&mut self) -> Expr {
        if self.tok() == Token::Lbrace {
            let value = self.literal_value();
            return self.b.composite(None, value);
        }
        self.expr()
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Types

    pub(super) fn type_(&mut self) -> Expr {
        match self.type_or_none() {
            Some(ty) => ty,
            None => {
                let ty = self.bad_expr();
                self.syntax_error("expected type");
                self.advance(CLOSERS.with(Set::of(&[Token::Comma, Token::Colon, Token::Semi])));
                ty
            }
        }
    }

    pub(super) fn type_or_none(&mut self) -> Option<Expr> {
        self.nested(Self::type_here)
    }

    fn type_here(&mut self) -> Option<Expr> {
        Some(match self.tok() {
            Token::Star => {
                let star = self.next();
                let elem = self.type_();
                self.b.unary(star, elem)
            }
            Token::Arrow => {
                let arrow = self.next();
                self.want(Token::Chan);
                let elem = self.chan_elem();
                self.b.chan_type(arrow, ChanDir::Recv, elem)
            }
            Token::Func => {
                let func = self.next();
                let (_, sig) = self.func_type("function type");
                self.b.func_type(func, sig)
            }
            Token::Lbrack => {
                let l = self.next();
                if self.got(Token::Rbrack) {
                    let elem = self.type_();
                    self.b.slice_type(l, elem)
                } else {
                    self.array_type(l, None)
                }
            }
            Token::Chan => {
                let chan = self.next();
                let dir = if self.got(Token::Arrow) {
                    ChanDir::Send
                } else {
                    ChanDir::Both
                };
                let elem = self.chan_elem();
                self.b.chan_type(chan, dir, elem)
            }
            Token::Map => {
                let map = self.next();
                self.want(Token::Lbrack);
                let key = self.type_();
                self.want(Token::Rbrack);
                let value = self.type_();
                self.b.map_type(map, key, value)
            }
            Token::Struct => self.struct_type(),
            Token::Interface => self.interface_type(),
            Token::Name => self.qualified_name(None),
            Token::Lparen => {
                self.next();
                let ty = self.type_();
                self.want(Token::Rparen);
                ty
            }
            _ => return None,
        })
    }

    fn chan_elem(&mut self) -> Expr {
        match self.type_or_none() {
            Some(ty) => ty,
            None => {
                let ty = self.bad_expr();
                self.syntax_error("missing channel element type");
                ty
            }
        }
    }

    /// Behind its `[`; `len` may have been read already.
    pub(super) fn array_type(&mut self, l: Lexeme, len: Option<Expr>) -> Expr {
        let mut len = len;
        if len.is_none() && !self.got(Token::DotDotDot) {
            self.nesting += 1;
            len = Some(self.expr());
            self.nesting -= 1;
        }
        if self.tok() == Token::Comma {
            self.syntax_error("unexpected comma; expected ]");
            self.next();
        }
        self.want(Token::Rbrack);
        let elem = self.type_();
        self.b.array_type(l, len, elem)
    }

    /// At the `[` behind a name: an array or slice type that the name names, or the name's type arguments.
    fn array_or_args(&mut self) -> Result<Expr, Bracketed> {
        let l = self.want(Token::Lbrack);
        if self.got(Token::Rbrack) {
            let elem = self.type_();
            return Ok(self.b.slice_type(l, elem));
        }
        let (mut list, comma) = self.type_list(false);
        let r = self.want(Token::Rbrack);
        if !comma && let Some(elem) = self.type_or_none() {
            return Ok(self.b.array_type(l, list.pop(), elem));
        }
        Err(Bracketed::list(l, list, r))
    }

    fn struct_type(&mut self) -> Expr {
        let keyword = self.next();
        self.want(Token::Lbrace);
        let mut fields = Vec::new();
        let r = self.list("struct type", Token::Semi, Token::Rbrace, |p| {
            fields.extend(p.field_decl().map(|f| *f));
            false
        });
        self.b.struct_type(keyword, fields, r)
    }

    fn tag(&mut self) -> Option<Lexeme> {
        self.tok().is_literal().then(|| self.next())
    }

    fn field_decl(&mut self) -> Option<Box<Field>> {
        let mut names = Vec::new();
        let ty = match self.tok() {
            Token::Name => {
                let name = self.next();
                let embedded = matches!(self.tok(), Token::Dot | Token::Semi | Token::Rbrace);
                if embedded || self.tok().is_literal() {
                    self.qualified_name(Some(name))
                } else {
                    names.push(name);
                    while self.got(Token::Comma) {
                        names.push(self.name());
                    }
                    if names.len() == 1 && self.tok() == Token::Lbrack {
                        match self.array_or_args() {
                            Ok(ty) => ty,
                            Err(args) => {
                                names.clear();
                                let x = self.b.name(name);
                                self.b.index(x, args)
                            }
                        }
                    } else {
                        self.type_()
                    }
                }
            }
            Token::Star => {
                let star = self.next();
                let parenthesized = self.tok() == Token::Lparen;
                if parenthesized {
                    self.syntax_error("cannot parenthesize embedded type");
                    self.next();
                }
                let ty = self.qualified_name(None);
                if parenthesized {
                    self.got(Token::Rparen);
                }
                self.b.unary(star, ty)
            }
            Token::Lparen => {
                self.syntax_error("cannot parenthesize embedded type");
                self.next();
                let star = (self.tok() == Token::Star).then(|| self.next());
                let mut ty = self.qualified_name(None);
                if let Some(star) = star {
                    ty = self.b.unary(star, ty);
                }
                self.got(Token::Rparen);
                ty
            }
            _ => {
                self.syntax_error("expected field name or embedded type");
                self.advance(Set::of(&[Token::Semi, Token::Rbrace]));
                return None;
            }
        };
        let tag = self.tag();
        Some(self.b.field(names, ty, tag))
    }

    fn interface_type(&mut self) -> Expr {
        let keyword = self.next();
        self.want(Token::Lbrace);
        let mut elems = Vec::new();
        let r = self.list("interface type", Token::Semi, Token::Rbrace, |p| {
            let elem = if p.tok() == Token::Name {
                p.method_or_type()
            } else {
                let x = p.embedded_term();
                InterfaceElem::Type(x)
            };
            elems.push(match elem {
                InterfaceElem::Type(x) => InterfaceElem::Type(p.union_from(x)),
                method => method,
            });
            false
        });
        self.b.interface_type(keyword, elems, r)
    }

    fn method_or_type(&mut self) -> InterfaceElem {
        const CONTEXT: &str = "interface method";
        let name = self.next();
        match self.tok() {
            Token::Lparen => self.method(name, CONTEXT),
            Token::Lbrack => {
                let l = self.next();
                if self.tok() == Token::Rbrack {
                    let r = self.next();
                    if self.tok() == Token::Lparen {
                        self.error_at(r.span, "empty type parameter list");
                        return self.method(name, CONTEXT);
                    }
                    self.error_at(r.span, "empty type argument list");
                    return InterfaceElem::Type(self.b.name(name));
                }
                // Type arguments look like parameters without names.
                let list = self.param_list(None, Token::Rbrack, false, false);
                if list.fields.is_empty() {
                    if self.tok() == Token::Lparen {
                        return self.method(name, CONTEXT);
                    }
                    return InterfaceElem::Type(self.b.name(name));
                }
                if list.fields.iter().any(|f| !f.names.is_empty()) {
                    let method = self.method(name, CONTEXT);
                    self.error_at(l.span, "interface method must have no type parameters");
                    return method;
                }
                let end = Lexeme {
                    tok: Token::Rbrack,
                    text: Symbol::EMPTY,
                    span: list.span.hi.span(),
                };
                let args = list.fields.into_iter().map(|f| f.ty).collect();
                let x = self.b.name(name);
                InterfaceElem::Type(self.b.index(x, Bracketed::list(l, args, end)))
            }
            _ => InterfaceElem::Type(self.qualified_name(Some(name))),
        }
    }

    fn method(&mut self, name: Lexeme, context: &str) -> InterfaceElem {
        let (_, sig) = self.func_type(context);
        let name = self.b.ident(name);
        InterfaceElem::Method(Box::new(MethodElem { name, sig: *sig }))
    }

    /// `{ "|" term }` behind the first term of a union.
    fn union_from(&mut self, mut x: Expr) -> Expr {
        while self.tok() == Token::Or {
            let pos = self.next().span.lo;
            let y = self.embedded_term();
            x = self.b.binary(x, BinaryOp::Or, pos, y);
        }
        x
    }

    fn embedded_term(&mut self) -> Expr {
        if self.tok() == Token::Tilde {
            let tilde = self.next();
            let ty = self.type_();
            return self.b.unary(tilde, ty);
        }
        match self.type_or_none() {
            Some(ty) => ty,
            None => {
                let ty = self.bad_expr();
                self.syntax_error("expected ~ term or type");
                while !is_operator(self.tok()) && self.tok() != Token::Eof {
                    let stop = CLOSERS.with(Set::of(&[Token::Semi]));
                    let stop = if self.functions > 0 {
                        stop.with(STATEMENTS)
                    } else {
                        stop
                    };
                    if stop.has(self.tok()) {
                        break;
                    }
                    self.next();
                }
                ty
            }
        }
    }

    // ------------------------------------------------------------------------------------------------------------------
    // Signatures

    /// Type parameters, parameters and results, behind `func` or a name. Where a `context` is given, type parameters
    /// are refused.
    pub(super) fn func_type(&mut self, context: &str) -> (Vec<Field>, Box<FuncType>) {
        let start = self.span();
        let mut tparams = Vec::new();
        if self.got(Token::Lbrack) {
            if !context.is_empty() {
                self.syntax_error_at(start, format!("{context} must have no type parameters"));
            }
            if self.tok() == Token::Rbrack {
                self.syntax_error("empty type parameter list");
                self.next();
            } else {
                tparams = self.param_list(None, Token::Rbrack, true, false).fields;
            }
        }
        let l = self.want(Token::Lparen);
        let mut params = self.param_list(None, Token::Rparen, false, true);
        params.span = Span::new(l.span.lo, params.span.hi);
        let results = if self.tok() == Token::Lparen {
            let l = self.next();
            let mut results = self.param_list(None, Token::Rparen, false, false);
            results.span = Span::new(l.span.lo, results.span.hi);
            Some(Box::new(results))
        } else {
            self.type_or_none().map(|ty| self.b.single_result(ty))
        };
        (tparams, self.b.signature(Box::new(params), results))
    }

    /// One entry, whose first name may have been read already.
    fn param(&mut self, name: Option<Lexeme>, close: Token) -> Option<Param> {
        // Unions are for type parameters.
        let unions = close == Token::Rbrack;
        if name.is_none() && unions && self.tok() == Token::Tilde {
            let x = self.embedded_term();
            return Some(Param::Type(self.union_from(x)));
        }
        let name = match name {
            None if self.tok() == Token::Name => Some(self.next()),
            name => name,
        };
        if let Some(name) = name {
            let at_union = |p: &Self| unions && p.tok() == Token::Or;
            if self.tok() == Token::Lbrack {
                return Some(match self.array_or_args() {
                    Ok(ty) => {
                        let ty = if at_union(self) {
                            self.union_from(ty)
                        } else {
                            ty
                        };
                        Param::Named(Box::new((name, ty)))
                    }
                    Err(args) => {
                        let x = self.b.name(name);
                        let x = self.b.index(x, args);
                        Param::Type(if at_union(self) {
                            self.union_from(x)
                        } else {
                            x
                        })
                    }
                });
            }
            if self.tok() == Token::Dot {
                let x = self.qualified_name(Some(name));
                return Some(Param::Type(if at_union(self) {
                    self.union_from(x)
                } else {
                    x
                }));
            }
            if at_union(self) {
                let x = self.b.name(name);
                return Some(Param::Type(self.union_from(x)));
            }
        }
        let ty = if self.tok() == Token::DotDotDot {
            let dots = self.next();
            Some(match self.type_or_none() {
                Some(elem) => self.b.ellipsis(dots, elem),
                None => {
                    let bad = self.bad_expr();
                    self.syntax_error("... is missing type");
                    bad
                }
            })
        } else if unions && self.tok() == Token::Tilde {
            let x = self.embedded_term();
            Some(self.union_from(x))
        } else {
            let ty = self.type_or_none();
            match ty {
                Some(x) if unions => Some(self.union_from(x)),
                ty => ty,
            }
        };
        match (name, ty) {
            (Some(name), Some(ty)) => Some(Param::Named(Box::new((name, ty)))),
            (Some(name), None) => Some(Param::Name(name)),
            (None, Some(ty)) => Some(Param::Type(ty)),
            (None, None) => {
                self.syntax_error(format!("expected {}", token_name(close)));
                self.advance(Set::of(&[Token::Comma, close]));
                None
            }
        }
    }

    /// Parameters, results, a receiver or type parameters, behind the opening bracket. `first` is a name, and perhaps its
    /// type, that was read already. The span ends behind the closing bracket.
    pub(super) fn param_list(
        &mut self,
        first: Option<(Lexeme, Option<Expr>)>,
        close: Token,
        require_names: bool,
        dots_ok: bool,
    ) -> Params {
        let kind = if require_names {
            ParamKind::TypeParams
        } else {
            ParamKind::Params
        };
        let mut first = first;
        if let Some((name, Some(_))) = &first
            && self.tok() == close
        {
            let name = *name;
            let ty = first.and_then(|f| f.1).expect("seen above");
            let end = self.next().span.hi;
            let fields = self
                .b
                .group_params(vec![Param::Named(Box::new((name, ty)))], kind);
            return Params {
                span: Span::new(name.span.lo, end),
                fields,
            };
        }
        let lo = self.span().lo;
        let mut list = Vec::new();
        let end = self.list("parameter list", Token::Comma, close, |p| {
            let param = match first.take() {
                Some((name, Some(ty))) => Some(Param::Named(Box::new((name, ty)))),
                Some((name, None)) => p.param(Some(name), close),
                None => p.param(None, close),
            };
            list.extend(param);
            false
        });
        self.check_params(&list, end.span, require_names, dots_ok);
        let fields = self.b.group_params(list, kind);
        Params {
            span: Span::new(lo, end.span.hi),
            fields,
        }
    }

    fn check_params(&mut self, list: &[Param], end: Span, require_names: bool, dots_ok: bool) {
        let named = list.iter().filter(|p| matches!(p, Param::Named(_))).count();
        let typed = list.iter().filter(|p| !matches!(p, Param::Name(_))).count();
        // The type of each entry: names share the one that follows them.
        let mut types: Vec<Option<&Expr>> = vec![None; list.len()];
        if named == 0 && !require_names {
            for (ty, param) in types.iter_mut().zip(list) {
                if let Param::Type(x) = param {
                    *ty = Some(x);
                }
            }
        } else {
            let mut fault = None;
            let mut last = None;
            for (ty, param) in types.iter_mut().zip(list).rev() {
                match param {
                    Param::Named(p) => last = Some(&p.1),
                    Param::Type(x) => {
                        last = Some(x);
                        fault = Some(x.start_pos().span());
                    }
                    Param::Name(name) if last.is_none() => fault = Some(name.span),
                    Param::Name(_) => {}
                }
                *ty = last;
            }
            if let Some(at) = fault.filter(|_| named != list.len()) {
                let (at, message) = match (named == typed, require_names) {
                    // Names without types at the end.
                    (true, true) => (end, "missing type constraint"),
                    (true, false) => (end, "missing parameter type"),
                    (false, true) if list.len() == 1 => {
                        (at, "missing type parameter name or invalid array length")
                    }
                    (false, true) => (at, "missing type parameter name"),
                    (false, false) => (at, "missing parameter name"),
                };
                self.syntax_error_at(at, message);
            }
        }
        let misplaced = types.iter().enumerate().find_map(|(i, ty)| {
            let dots = ty.filter(|ty| matches!(ty.kind, ExprKind::Ellipsis(_)))?;
            (!dots_ok || i + 1 < list.len()).then_some(dots.span)
        });
        if let Some(span) = misplaced {
            let message = if dots_ok {
                "can only use ... with final parameter"
            } else {
                "invalid use of ..."
            };
            self.error_at(span, message);
        }
    }
}

/// What an arrow before a channel type meets: no complaint if it turns a channel into a receiving one; else nothing for
/// an arrow that is there already, or the element that is no channel.
fn channel_met(x: &Expr) -> Result<(), Option<&Expr>> {
    let mut x = x;
    loop {
        let ExprKind::ChanType(c) = &x.kind else {
            return Err(Some(x));
        };
        match c.dir {
            ChanDir::Both => return Ok(()),
            ChanDir::Recv => return Err(None),
            ChanDir::Send => x = &c.elem,
        }
    }
}
