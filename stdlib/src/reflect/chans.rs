//! Channels and select. What waits keeps its state where the collector sees it: in its argument slots.

use super::convert::assign;
use super::*;
use crate::util::WordsType;
use minigo_runtime::heap::mallocgc;
use minigo_runtime::{
    ChanResult, CloseError, Hchan, Scase, SelectResult, chanrecv, chanrecv_finish, chansend,
    chansend_finish, closechan, makechan, selectgo, selectgo_finish,
};
use minigo_vm::native;
use minigo_vm::native::{Args, park, raise_plain_error};

/// Directions of channels. (reflect.ChanDir)
const RECV: u64 = 1;
const SEND: u64 = 2;

static WORD_GC: WordsType<1> = WordsType::new(1);

/// Words that the collector looks at, zeroed.
pub(super) unsafe fn alloc_words(gp: *mut G, n: usize) -> *mut u64 {
    // SAFETY: `gp` is the running goroutine.
    unsafe { mallocgc(gp, n.max(1) * 8, WORD_GC.get(), true).cast() }
}

/// What a native written without the macro answers when something failed.
macro_rules! check {
    ($result:expr) => {
        match $result {
            Ok(v) => v,
            Err(ret) => return ret,
        }
    };
}
pub(super) use check;

unsafe fn send_on_closed(gp: *mut G) -> NativeRet {
    // SAFETY: `gp` is the running goroutine.
    unsafe { raise_plain_error(gp, "send on closed channel") }
}

/// The channel of a value, which must have this direction.
unsafe fn channel(gp: *mut G, v: &Val, dir: u64, method: &str, wrong: &str) -> Result<*mut Hchan> {
    // SAFETY: the kind is checked.
    unsafe {
        v.must_be(gp, Kind::Chan, method)?;
        v.must_be_exported(gp, method)?;
        match v.ty().len & dir {
            0 => fail(gp, format!("reflect{wrong}")),
            _ => Ok(v.word() as *mut Hchan),
        }
    }
}

/// `v.Send(x)`, whose argument slots from `at` hold v and x.
unsafe fn start_send(gp: *mut G, args: *mut u64, at: usize, block: bool) -> Result<bool> {
    // SAFETY: as the signature says.
    unsafe {
        let args = Args(args);
        let (v, x): (Val, Val) = (args.get(at), args.get(at + 3));
        let method = ["reflect.Value.TrySend", "reflect.Value.Send"][block as usize];
        let c = channel(gp, &v, SEND, method, ": send on recv-only channel")?;
        x.must_be_exported(gp, method)?;
        let x = assign(gp, x, v.ty().elem(), "reflect.Value.Send")?;
        // Where it stays while the goroutine waits.
        args.set(at + 3, x);
        let place = match x.is_indirect() {
            true => x.address(),
            false => args.0.add(at + 4).cast::<u8>().cast_const(),
        };
        match chansend(gp, c, place, block) {
            ChanResult::Done(sent) => Ok(sent),
            ChanResult::WouldBlock => Ok(false),
            ChanResult::Closed => Err(send_on_closed(gp)),
            ChanResult::Park(p) => Err(park(gp, p, Some(sent))),
        }
    }
}

unsafe extern "C" fn send(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: func (v Value) Send(x Value)
    unsafe { start_send(gp, args, 0, true).map_or_else(|ret| ret, |_| NativeRet::Done) }
}

unsafe extern "C" fn sent(gp: *mut G, _args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `chansend`.
    unsafe {
        match chansend_finish(gp) {
            true => NativeRet::Done,
            false => send_on_closed(gp),
        }
    }
}

unsafe extern "C" fn try_send(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: func (v Value) TrySend(x Value) bool
    unsafe {
        *args = check!(start_send(gp, args, 1, false)) as u64;
        NativeRet::Done
    }
}

/// `x, ok = v.Recv()`: x, ok, v.
unsafe fn start_recv(gp: *mut G, args: *mut u64, block: bool) -> NativeRet {
    // SAFETY: as the signature says.
    unsafe {
        let v: Val = Args(args).get(4);
        let method = ["reflect.Value.TryRecv", "reflect.Value.Recv"][block as usize];
        let wrong = ": recv on send-only channel";
        let c = check!(channel(gp, &v, RECV, method, wrong));
        let cell = alloc(gp, v.ty().elem());
        *args = cell as u64;
        match chanrecv(gp, c, cell, block) {
            ChanResult::Done(ok) => finish_recv(gp, args, ok),
            ChanResult::Park(p) => park(gp, p, Some(received)),
            ChanResult::WouldBlock | ChanResult::Closed => {
                Args(args).set(0, Val::NONE);
                Args(args).set(3, false);
                NativeRet::Done
            }
        }
    }
}

unsafe extern "C" fn received(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `chanrecv`.
    unsafe {
        let ok = chanrecv_finish(gp);
        finish_recv(gp, args, ok)
    }
}

unsafe fn finish_recv(gp: *mut G, args: *mut u64, ok: bool) -> NativeRet {
    // SAFETY: slot 0 holds the cell.
    unsafe {
        let elem = Args(args).get::<Val>(4).ty().elem();
        Args(args).set(0, cell_value(gp, elem, *args as *mut u8));
        Args(args).set(3, ok);
        NativeRet::Done
    }
}

/// What was received into a cell of its own.
unsafe fn cell_value(gp: *mut G, ty: &'static Rtype, cell: *mut u8) -> Val {
    match ty.is_direct() {
        // SAFETY: the cell holds a value of the type.
        true => unsafe { Val::copy(gp, ty, cell, 0) },
        false => Val::at(ty, cell, 0),
    }
}

unsafe extern "C" fn recv(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: as the callee.
    unsafe { start_recv(gp, args, true) }
}

unsafe extern "C" fn try_recv(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: as the callee.
    unsafe { start_recv(gp, args, false) }
}

// ---- select ----

/// reflect.SelectCase
#[repr(C)]
#[derive(Clone, Copy)]
struct Case {
    dir: i64,
    chan: Val,
    send: Val,
}

/// What a select keeps while it waits: counts, then arrays behind each other in one object.
struct Selecting {
    words: *mut u64,
    n: usize,
}

impl Selecting {
    const HEAD: usize = 3;

    fn size(n: usize) -> usize {
        // Cases, their numbers and types of elements, values to send, the runtime's scratch.
        Self::HEAD + 2 * n + 2 * n + n + n
    }
    unsafe fn of(words: *mut u64) -> Selecting {
        // SAFETY: the first word is the number of cases that there is room for.
        let n = unsafe { *words as usize };
        Selecting { words, n }
    }
    fn cases(&self) -> *mut Scase {
        self.words.wrapping_add(Self::HEAD).cast()
    }
    /// Of each case: its number in the program's list, and the type of what it receives.
    fn origin(&self, i: usize) -> *mut (u64, *const Rtype) {
        let all = self.words.wrapping_add(Self::HEAD + 2 * self.n);
        all.wrapping_add(2 * i).cast()
    }
    fn word(&self, i: usize) -> *mut u64 {
        self.words.wrapping_add(Self::HEAD + 4 * self.n + i)
    }
    fn scratch(&self) -> *mut u16 {
        self.words.wrapping_add(Self::HEAD + 5 * self.n).cast()
    }
    unsafe fn counts(&self) -> (usize, usize) {
        // SAFETY: behind the number of cases.
        unsafe { (*self.words.add(1) as usize, *self.words.add(2) as usize) }
    }
}

/// Checks the cases and lays them out, sends first. Also says which one is the default.
unsafe fn prepare(gp: *mut G, list: &[Case]) -> Result<(Selecting, Option<usize>)> {
    // SAFETY: the arrays have room for all cases.
    unsafe {
        let wrong = |what: &str| fail(gp, format!("reflect.Select: {what}"));
        if list.len() > 65536 {
            return wrong("too many cases (max 65536)");
        }
        let words = alloc_words(gp, Selecting::size(list.len()));
        *words = list.len() as u64;
        let s = Selecting::of(words);
        let (mut n, mut default) = (0, None);
        for (i, case) in list.iter().enumerate() {
            match case.dir {
                1 | 2 => {}
                3 if default.is_some() => return wrong("multiple default cases"),
                3 if !case.chan.ty.is_null() => return wrong("default case has Chan value"),
                3 if !case.send.ty.is_null() => return wrong("default case has Send value"),
                3 => default = Some(i),
                _ => return wrong("invalid Dir"),
            }
        }
        for dir in [1, 2] {
            let before = n;
            for (i, case) in list.iter().enumerate().filter(|c| c.1.dir == dir) {
                if dir == 2 && !case.send.ty.is_null() {
                    return wrong("RecvDir case has Send value");
                }
                if case.chan.ty.is_null() {
                    continue;
                }
                let what = match dir {
                    1 => ".Select: SendDir case using recv-only channel",
                    _ => ".Select: RecvDir case using send-only channel",
                };
                let want = if dir == 1 { SEND } else { RECV };
                let c = channel(gp, &case.chan, want, "unknown method", what)?;
                let elem = case.chan.ty().elem();
                let place: *mut u8 = if dir == 2 {
                    alloc(gp, elem)
                } else if case.send.ty.is_null() {
                    return wrong("SendDir case missing Send value");
                } else {
                    case.send.must_be_exported(gp, "unknown method")?;
                    let x = assign(gp, case.send, elem, "reflect.Select")?;
                    match x.is_indirect() {
                        true => x.address().cast_mut(),
                        false => {
                            *s.word(n) = x.word();
                            s.word(n).cast()
                        }
                    }
                };
                *s.cases().add(n) = Scase { c, elem: place };
                *s.origin(n) = (i as u64, elem);
                n += 1;
            }
            *words.add(dir as usize) = (n - before) as u64;
        }
        Ok((s, default))
    }
}

/// func Select(cases []SelectCase) (chosen int, recv Value, recvOK bool)
unsafe extern "C" fn select(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: as the signature says.
    unsafe {
        let list: GoSlice = Args(args).get(5);
        let (s, default) = check!(prepare(gp, list.elems()));
        *args = s.words as u64;
        let (sends, recvs) = s.counts();
        let block = default.is_none();
        match selectgo(gp, s.cases(), s.scratch(), sends, recvs, block) {
            SelectResult::Park(p) => park(gp, p, Some(selected)),
            SelectResult::Done(-1, _) => {
                chosen(args, default.unwrap_or(0) as i64, Val::NONE, false)
            }
            done => selected_case(gp, args, &s, done),
        }
    }
}

unsafe extern "C" fn selected(gp: *mut G, args: *mut u64) -> NativeRet {
    // SAFETY: we were parked by `selectgo`, and slot 0 holds its arrays.
    unsafe {
        let s = Selecting::of(*args as *mut u64);
        let (sends, recvs) = s.counts();
        let done = selectgo_finish(gp, s.cases(), s.scratch(), sends, recvs);
        selected_case(gp, args, &s, done)
    }
}

unsafe fn selected_case(
    gp: *mut G,
    args: *mut u64,
    s: &Selecting,
    done: SelectResult,
) -> NativeRet {
    // SAFETY: the case is one of those laid out.
    unsafe {
        let SelectResult::Done(i, ok) = done else {
            return send_on_closed(gp);
        };
        let i = i as usize;
        let (number, elem) = *s.origin(i);
        let value = match i < s.counts().0 {
            true => Val::NONE,
            false => cell_value(gp, &*elem, (*s.cases().add(i)).elem),
        };
        chosen(args, number as i64, value, ok)
    }
}

unsafe fn chosen(args: *mut u64, number: i64, value: Val, ok: bool) -> NativeRet {
    // SAFETY: an int, a Value, a bool.
    unsafe {
        Args(args).set(0, number);
        Args(args).set(1, value);
        Args(args).set(4, ok);
        NativeRet::Done
    }
}

native! {
    fn make(gp, t: Iface, n: i64) -> Result<Val> {
        let t = need_type(gp, t)?;
        if t.kind != Kind::Chan {
            return fail(gp, "reflect.MakeChan of non-chan type");
        }
        if n < 0 {
            return fail(gp, "reflect.MakeChan: negative buffer size");
        }
        if t.len != RECV | SEND {
            return fail(gp, "reflect.MakeChan: unidirectional channel type");
        }
        match makechan(gp, &raw const t.elem().gc, n) {
            Some(c) => Ok(Val::direct(t, c as u64, 0)),
            None => Err(raise_plain_error(gp, "makechan: size out of range")),
        }
    }
    fn close(gp, v: Val) -> Result<()> {
        let wrong = ": close of receive-only channel";
        let c = channel(gp, &v, SEND, "reflect.Value.Close", wrong)?;
        match closechan(gp, c) {
            Ok(()) => Ok(()),
            Err(CloseError::Nil) => Err(raise_plain_error(gp, "close of nil channel")),
            Err(CloseError::Closed) => Err(raise_plain_error(gp, "close of closed channel")),
        }
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("reflect.MakeChan", make),
    ("reflect.Select", select),
    ("reflect.Value.Close", close),
    ("reflect.Value.Recv", recv),
    ("reflect.Value.Send", send),
    ("reflect.Value.TryRecv", try_recv),
    ("reflect.Value.TrySend", try_send),
];
