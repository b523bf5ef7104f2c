//! The table of error codes: what each means, and a program that triggers it.
//!
//! The names are types2's, so that they mean to a reader what they mean there. (Go: internal/types/errors/codes.go)
//! The examples are whole files without their package clause. Codes that no single file can show have none, nor those
//! that types2 names but never uses.

macro_rules! codes {
    ($(#[doc = $meaning:literal] $name:ident: $example:literal,)*) => {
        /// What kind of mistake a diagnostic reports.
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
        pub enum Code {
            $(#[doc = $meaning] $name,)*
        }

        impl Code {
            pub const ALL: &[Code] = &[$(Code::$name,)*];

            pub fn name(self) -> &'static str {
                match self {
                    $(Code::$name => stringify!($name),)*
                }
            }

            /// One sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Code::$name => $meaning.trim_ascii(),)*
                }
            }

            /// A file, without its package clause, that triggers the code; empty if there can be none.
            pub fn example(self) -> &'static str {
                match self {
                    $(Code::$name => $example,)*
                }
            }
        }
    };
}

codes! {
    /// A function that only the checker's own tests have found what it is to report.
    Test: "",
    /// A directive (`//go:…`) stands where it means nothing.
    MisplacedDirective: "//go:noinline\nvar x int",
    /// The text is no Go: a misplaced token, a malformed literal, an illegal character.
    Syntax: "func f( {",
    /// The tree is one that no correct text has.
    InvalidSyntaxTree: "func f() { var x any; _ = x.(type) }",
    /// A package is named `_`.
    BlankPkgName: "",
    /// The files of a package disagree about its name.
    MismatchedPkgName: "",
    /// A package's name stands where a value or a type must.
    InvalidPkgUse: "import \"unsafe\"\nvar _ = unsafe",
    /// An import path is malformed.
    BadImportPath: "import \"a b\"",
    /// The imported package could not be found or did not compile.
    BrokenImport: "import \"no/such/package\"",
    /// The import of "C" is given a name.
    ImportCRenamed: "",
    /// Nothing of an imported package is used.
    UnusedImport: "import \"unsafe\"",
    /// The initial value of a package variable depends on itself.
    InvalidInitCycle: "var x = f()\nfunc f() int { return x }",
    /// A name is declared twice in a block.
    DuplicateDecl: "var x = 1\nvar x = 2",
    /// A declaration refers to itself in a way that never ends.
    InvalidDeclCycle: "var n = 1\ntype T [len(T{})]int",
    /// A type contains itself.
    InvalidTypeCycle: "",
    /// The initial value of a constant is none.
    InvalidConstInit: "var x = 1\nconst c = x",
    /// The value of a constant cannot be computed or kept.
    InvalidConstVal: "const c = 1 << \"a\"",
    /// Values of a constant's type cannot be constant.
    InvalidConstType: "const c *int = nil",
    /// `nil` stands where no type can be inferred from it.
    UntypedNilUse: "var x = nil",
    /// The two sides of an assignment differ in number.
    WrongAssignCount: "var x = 1, 2",
    /// What is assigned to is no variable.
    UnassignableOperand: "const c = 1\nfunc f() { c = 2 }",
    /// A `:=` declares nothing new.
    NoNewVar: "func f() { x := 1; x := 2; _ = x }",
    /// An `op=` has several operands on a side.
    MultiValAssignOp: "",
    /// A value is assigned to an interface that its type does not implement.
    InvalidIfaceAssign: "type T struct{}\nvar _ interface{ m() } = T{}",
    /// A channel is assigned to one of another direction or element.
    InvalidChanAssign: "",
    /// The type of a value does not fit what it is assigned to.
    IncompatibleAssign: "var x string = 1.5",
    /// A field of a struct in a map is assigned to.
    UnaddressableFieldAssign: "var m map[int]struct{ f int }\nfunc x() { m[0].f = 1 }",
    /// What stands in the place of a type is none.
    NotAType: "var x = 1\nvar y x",
    /// The length of an array is no constant, or no non-negative integer.
    InvalidArrayLen: "var n = 1\nvar a [n]int",
    /// An interface has a method named `_`.
    BlankIfaceMethod: "type I interface{ _() }",
    /// The keys of a map cannot be compared.
    IncomparableMapKey: "var m map[[]int]int",
    /// A struct embeds a pointer to a pointer or to an interface.
    InvalidPtrEmbed: "type P *int\ntype T struct{ *P }",
    /// A method has no receiver, or several.
    BadRecv: "",
    /// A method's receiver is of a type that can have no methods.
    InvalidRecv: "func (int) m() {}",
    /// A type has a field and a method of one name.
    DuplicateFieldAndMethod: "type T struct{ m int }\nfunc (T) m() {}",
    /// A type has two methods of one name.
    DuplicateMethod: "type T int\nfunc (T) m() {}\nfunc (T) m() {}",
    /// The value of `_` is used.
    InvalidBlank: "var x = _",
    /// `iota` is used outside of a constant declaration.
    InvalidIota: "var x = iota",
    /// A function `init` has no body.
    MissingInitBody: "func init()",
    /// A function `init` has parameters or results.
    InvalidInitSig: "",
    /// `init` is declared as something other than a function.
    InvalidInitDecl: "var init = 1",
    /// `main` of package main is no function.
    InvalidMainDecl: "",
    /// A call with several results stands where one value must.
    TooManyValues: "func f() (int, int) { return 1, 2 }\nvar x = f() + 1",
    /// What stands in the place of a value is none.
    NotAnExpr: "type T int\nvar x = T",
    /// A constant with a fraction is made an integer.
    TruncatedFloat: "var x int = 1.5",
    /// A constant does not fit its type.
    NumericOverflow: "var x int8 = 1000",
    /// An operator is not defined for the type of its operands.
    UndefinedOp: "var x = \"a\" - \"b\"",
    /// The operands of an operator are of different types.
    MismatchedTypes: "var a int\nvar b string\nvar x = a + b",
    /// A division by the constant zero.
    DivByZero: "var a int\nvar x = a / 0",
    /// `++` or `--` is applied to what is no number.
    NonNumericIncDec: "var s string\nfunc f() { s++ }",
    /// `&` is applied to what has no address.
    UnaddressableOperand: "var x = &1",
    /// `*` is applied to what is no pointer.
    InvalidIndirection: "var x int\nvar y = *x",
    /// What is indexed has no elements.
    NonIndexableOperand: "",
    /// An index is no integer, or constant and out of range.
    InvalidIndex: "var a [2]int\nvar y = a[2]",
    /// The constant bounds of a slice expression descend.
    SwappedSliceIndices: "var s []int\nvar t = s[2:1]",
    /// What is sliced cannot be.
    NonSliceableOperand: "var x int\nvar y = x[:]",
    /// A slice expression with three bounds is applied to a string.
    InvalidSliceExpr: "var s string\nvar t = s[0:1:2]",
    /// The count of a shift is no integer, or negative.
    InvalidShiftCount: "var x = 1 << -1",
    /// What is shifted is no integer.
    InvalidShiftOperand: "var x = 1.5 << 1",
    /// A value is received from what is no channel, or one to send on.
    InvalidReceive: "var c chan<- int\nfunc f() { <-c }",
    /// A value is sent to what is no channel, or one to receive from.
    InvalidSend: "var c <-chan int\nfunc f() { c <- 1 }",
    /// A key stands twice in a literal.
    DuplicateLitKey: "var m = map[string]int{\"a\": 1, \"a\": 2}",
    /// An element of a map literal has no key.
    MissingLitKey: "var m = map[string]int{1}",
    /// A key in an array or slice literal is no constant index.
    InvalidLitIndex: "var i = 1\nvar s = []int{i: 2}",
    /// An array literal has more elements than the array.
    OversizeArrayLit: "var a = [1]int{1, 2}",
    /// A struct literal mixes elements with and without field names.
    MixedStructLit: "var x = struct{ a, b int }{a: 1, 2}",
    /// A struct literal without field names has too few or too many values.
    InvalidStructLit: "var x = struct{ a, b int }{1}",
    /// A struct literal names a field that the struct does not have.
    MissingLitField: "var x = struct{ a int }{b: 1}",
    /// A struct literal names a field twice.
    DuplicateLitField: "var x = struct{ a int }{a: 1, a: 2}",
    /// A struct literal sets a field of another package that is not exported.
    UnexportedLitField: "",
    /// A key in a struct literal is no name.
    InvalidLitField: "var x = struct{ a int }{1: 2}",
    /// A literal has no type, and none can be inferred.
    UntypedLit: "var x = struct{ a []int }{{1}}",
    /// Literals of the type do not exist.
    InvalidLit: "type P *int\nvar x = P{}",
    /// A selector finds several fields or methods at the same depth.
    AmbiguousSelector: "type A struct{ x int }\ntype B struct{ x int }\nvar c struct { A; B }\nvar y = c.x",
    /// A package does not have the name that is selected.
    UndeclaredImportedName: "import \"unsafe\"\nvar x = unsafe.Nothing",
    /// A name of another package that is not exported is selected.
    UnexportedName: "",
    /// A name is declared nowhere.
    UndeclaredName: "var x = y",
    /// A type has no field or method of that name.
    MissingFieldOrMethod: "var x struct{}\nvar y = x.f",
    /// `...` stands where it means nothing.
    BadDotDotDotSyntax: "",
    /// `...` is used in a call of a function that is not variadic.
    NonVariadicDotDotDot: "func f(a []int) {}\nfunc g() { f(nil...) }",
    /// `...` is used where no list is taken over.
    InvalidDotDotDot: "func f() { _ = len([]int{}...) }",
    /// A built-in function is used without being called.
    UncalledBuiltin: "var x = len",
    /// What is appended to is no slice.
    InvalidAppend: "var x = append(1, 2)",
    /// `cap` is applied to what has no capacity.
    InvalidCap: "var x = cap(\"a\")",
    /// `close` is applied to what is no channel, or one to receive from.
    InvalidClose: "var c <-chan int\nfunc f() { close(c) }",
    /// The operands of `copy` are not slices of one element type.
    InvalidCopy: "func f() { copy(1, 2) }",
    /// The operands of `complex` are not two floats of one type.
    InvalidComplex: "var x = complex(\"a\", 1)",
    /// What is deleted from is no map.
    InvalidDelete: "func f() { delete(1, 2) }",
    /// `imag` is applied to what is not complex.
    InvalidImag: "var x = imag(\"a\")",
    /// `len` is applied to what has no length.
    InvalidLen: "var x = len(1)",
    /// The length given to `make` is greater than the capacity.
    SwappedMakeArgs: "var x = make([]int, 2, 1)",
    /// `make` is asked for what it does not make.
    InvalidMake: "var x = make(int)",
    /// `real` is applied to what is not complex.
    InvalidReal: "var x = real(\"a\")",
    /// A type assertion is applied to what is no interface.
    InvalidAssert: "var x int\nvar y = x.(int)",
    /// A type assertion can never hold.
    ImpossibleAssert: "type T int\nvar x interface{ m() }\nvar y = x.(T)",
    /// A value cannot be converted to the type.
    InvalidConversion: "var x = []int(\"a\")",
    /// An untyped value has no form of the type that it needs.
    InvalidUntypedConversion: "",
    /// The operand of unsafe.Offsetof is no selector.
    BadOffsetofSyntax: "import \"unsafe\"\nvar x int\nvar y = unsafe.Offsetof(x)",
    /// unsafe.Offsetof is applied to a method, or through an embedded pointer.
    InvalidOffsetof: "import \"unsafe\"\ntype T struct{}\nfunc (T) m() {}\nvar t T\nvar y = unsafe.Offsetof(t.m)",
    /// The value of an expression is used for nothing.
    UnusedExpr: "func f(x int) { x + 1 }",
    /// A local variable is declared and not used.
    UnusedVar: "func f() { x := 1 }",
    /// A function with results can end without `return`.
    MissingReturn: "func f() int {}",
    /// A `return` has too few or too many values.
    WrongResultCount: "func f() int { return 1, 2 }",
    /// A bare `return` stands where a result's name means something else.
    OutOfScopeResult: "func f() (x int) { { x := 1; _ = x; return } }",
    /// A condition is not boolean.
    InvalidCond: "func f() { if 1 {} }",
    /// A `for` declares a variable in its post statement.
    InvalidPostDecl: "",
    /// A `range` clause has too many variables.
    InvalidIterVar: "func f() { for a, b, c := range []int{} {} }",
    /// What is ranged over cannot be.
    InvalidRangeExpr: "func f() { for range 1.5 {} }",
    /// A `break` stands outside of a loop, switch or select.
    MisplacedBreak: "func f() { break }",
    /// A `continue` stands outside of a loop.
    MisplacedContinue: "func f() { continue }",
    /// A `fallthrough` does not end a case that another follows.
    MisplacedFallthrough: "func f() { fallthrough }",
    /// A case stands twice in a switch.
    DuplicateCase: "func f(x int) { switch x { case 1, 1: } }",
    /// A switch or select has two defaults.
    DuplicateDefault: "func f() { switch { default: default: } }",
    /// `.(type)` is used outside of a type switch.
    BadTypeKeyword: "",
    /// What a type switch asks about is no interface, or its variable is `_`.
    InvalidTypeSwitch: "func f(x int) { switch x.(type) {} }",
    /// The value of a switch cannot be compared.
    InvalidExprSwitch: "func f(x struct{ s []int }) { switch x {} }",
    /// A case of a select is no send or receive.
    InvalidSelectCase: "func f() { select { case 1: } }",
    /// A label is declared nowhere.
    UndeclaredLabel: "func f() { goto L }",
    /// A label is declared twice in a function.
    DuplicateLabel: "func f() { L: goto L; L: }",
    /// A label names no enclosing statement that fits.
    MisplacedLabel: "func f() { L: for {}; for { break L } }",
    /// A label is declared and not used.
    UnusedLabel: "func f() { L: }",
    /// A `goto` jumps over the declaration of a variable.
    JumpOverDecl: "func f() { goto L; x := 1; _ = x; L: }",
    /// A `goto` jumps into a block.
    JumpIntoBlock: "func f() { goto L; { L: } }",
    /// A method of the pointer type is taken from the value type.
    InvalidMethodExpr: "type T int\nfunc (*T) m() {}\nvar x = T.m",
    /// A call has too few or too many arguments.
    WrongArgCount: "func f(int) {}\nfunc g() { f() }",
    /// What is called is no function.
    InvalidCall: "var x int\nfunc f() { x() }",
    /// The result of a call that is deferred or started, and does nothing else, is dropped.
    UnusedResults: "func f() { defer len(\"a\") }",
    /// What is deferred is no call of a function.
    InvalidDefer: "func f(g func()) { defer g }",
    /// What is started is no call of a function.
    InvalidGo: "func f(g func()) { go g }",
    /// A declaration is malformed.
    BadDecl: "",
    /// A name stands twice on the left side of a `:=`.
    RepeatedDecl: "func f() { a, a := 1, 2; _ = a }",
    /// The length given to unsafe.Add is no integer.
    InvalidUnsafeAdd: "import \"unsafe\"\nfunc f(p unsafe.Pointer, n float64) { _ = unsafe.Add(p, n) }",
    /// The operands of unsafe.Slice are no pointer and length.
    InvalidUnsafeSlice: "import \"unsafe\"\nfunc f() { _ = unsafe.Slice(1, 2) }",
    /// The language version of the file does not have the feature.
    UnsupportedFeature: "",
    /// Type arguments are given to a type that takes none.
    NotAGenericType: "type T int\nvar x T[int]",
    /// There are too few or too many type arguments.
    WrongTypeArgCount: "type T[P any] int\nvar x T[int, int]",
    /// Type arguments are missing and cannot be inferred.
    CannotInferTypeArgs: "func f[P any]() {}\nfunc g() { f() }",
    /// A type argument does not satisfy its constraint.
    InvalidTypeArg: "type T[P comparable] int\nvar x T[[]int]",
    /// A generic function or type instantiates itself without end.
    InvalidInstanceCycle: "func f[P any]() { f[*P]() }",
    /// A term of a union is not allowed there, or overlaps another.
    InvalidUnion: "type I interface{ int | int }",
    /// A constraint interface is used as the type of a variable.
    MisplacedConstraintIface: "var x interface{ ~int }",
    /// A method has type parameters where it may not.
    InvalidMethodTypeParams: "",
    /// A type parameter stands where it cannot.
    MisplacedTypeParam: "type T[P any] struct{ P }",
    /// The operand of unsafe.SliceData is no slice.
    InvalidUnsafeSliceData: "import \"unsafe\"\nvar x = unsafe.SliceData(1)",
    /// The operands of unsafe.String are no byte pointer and length.
    InvalidUnsafeString: "import \"unsafe\"\nfunc f(p *byte, n float64) { _ = unsafe.String(p, n) }",
    /// `clear` is applied to what is no map or slice.
    InvalidClear: "func f() { clear(1) }",
    /// The size of a type exceeds what memory can hold.
    TypeTooLarge: "import \"unsafe\"\nvar x [1 << 40][1 << 40]int\nconst n = unsafe.Sizeof(x)",
    /// An operand of `min` or `max` cannot be ordered.
    InvalidMinMaxOperand: "var x = min(true, false)",
    /// The package asks for a newer language version.
    TooNew: "",
    /// The text nests deeper than the compiler follows.
    TooDeep: "",
    /// A `//go:embed` line is wrong, or what it wants cannot be embedded.
    InvalidEmbed: "",
}

impl std::fmt::Display for Code {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(self.name())
    }
}
