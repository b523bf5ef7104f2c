//! Package internal/deflate: DEFLATE by miniz_oxide.

use crate::util::on_deep_stack;
use minigo_vm::native;
use minigo_vm::native::{GoSlice, NativeTable, make_bytes, new_bytes};
use miniz_oxide::deflate::core::{
    CompressorOxide, TDEFLFlush, TDEFLStatus, compress, create_comp_flags_from_zip_params,
};
use miniz_oxide::inflate::TINFLStatus;
use miniz_oxide::inflate::core::inflate_flags::TINFL_FLAG_HAS_MORE_INPUT;
use miniz_oxide::inflate::core::{DecompressorOxide, decompress};

fn deflated(level: i64, mut data: &[u8], last: bool) -> Vec<u8> {
    const HUFFMAN_ONLY: i32 = 2;
    let (level, strategy) = match level {
        -2 => (1, HUFFMAN_ONLY),
        l => (l as i32, 0),
    };
    // No window bits mean that there is no zlib header.
    let mut state = CompressorOxide::new(create_comp_flags_from_zip_params(level, 0, strategy));
    let mut out = vec![0; data.len() / 2 + 64];
    let mut done = 0;
    let flush = if last {
        TDEFLFlush::Finish
    } else {
        TDEFLFlush::Sync
    };
    loop {
        let (status, consumed, produced) = compress(&mut state, data, &mut out[done..], flush);
        data = &data[consumed..];
        done += produced;
        if status != TDEFLStatus::Okay || !last && data.is_empty() && done < out.len() {
            out.truncate(done);
            return out;
        }
        let size = out.len() * 2;
        out.resize(size, 0);
    }
}

native! {
    fn new_state(gp) -> GoSlice {
        // Plain data without pointers, so that the collector's memory can hold it.
        let state = make_bytes(gp, size_of::<DecompressorOxide>());
        state.ptr.cast::<DecompressorOxide>().write(DecompressorOxide::new());
        state
    }
    fn inflate(gp, state: GoSlice, input: GoSlice, window: GoSlice, pos: usize, more: bool) -> (i64, usize, usize) {
        let state = &mut *state.ptr.cast::<DecompressorOxide>();
        let flags = if more { TINFL_FLAG_HAS_MORE_INPUT } else { 0 };
        let (input, window) = (input.bytes(), window.bytes_mut());
        let decode = || decompress(state, input, window, pos, flags);
        let (status, consumed, produced) = on_deep_stack(gp, decode);
        let status = match status {
            TINFLStatus::Done => 0,
            TINFLStatus::NeedsMoreInput | TINFLStatus::FailedCannotMakeProgress => 1,
            TINFLStatus::HasMoreOutput => 2,
            _ => -1,
        };
        (status, consumed, produced)
    }
    fn deflate(gp, level: i64, data: GoSlice, last: bool) -> GoSlice {
        let out = on_deep_stack(gp, || deflated(level, data.bytes(), last));
        new_bytes(gp, &out)
    }
}

pub(crate) const NATIVES: &NativeTable = &[
    ("internal/deflate.Deflate", deflate),
    ("internal/deflate.Inflate", inflate),
    ("internal/deflate.NewState", new_state),
];
