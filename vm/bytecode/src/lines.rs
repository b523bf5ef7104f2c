//! Line tables: instruction → file:line:column, for tracebacks and tools.

/// Position of one instruction and all following ones up to the next entry.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub struct LineEntry {
    /// Word index from the start of the function's code.
    pub pc: u32,
    /// 1-based line; 0 = unknown.
    pub line: u32,
    /// 1-based column in bytes.
    pub col: u32,
}

/// The line table of one function, sorted by pc.
#[derive(Clone, Debug, Default)]
pub struct LineTable {
    /// Entries in ascending pc order.
    pub entries: Vec<LineEntry>,
    /// Positions of index and slice expressions with bounds of unsigned 64-bit types, and which: 1 for an index or lower
    /// bound, 2 for the upper, 4 for the capacity. What looks negative in a panic there is large.
    pub unsigned: Vec<(u32, u32, u8)>,
    /// Where code begins that is of another file than what is before it, or than the function: word index, and index into
    /// `Program::files`. `//line` directives in functions do that.
    pub files: Vec<(u32, u32)>,
}

impl LineTable {
    /// Notes that code from word `pc` on belongs to `line:col`. Calls come with ascending `pc`.
    pub fn push(&mut self, pc: u32, line: u32, col: u32) {
        match self.entries.last_mut() {
            Some(last) if last.line == line && last.col == col => {}
            Some(last) if last.pc == pc => (last.line, last.col) = (line, col),
            _ => self.entries.push(LineEntry { pc, line, col }),
        }
    }

    /// Notes that code from word `pc` on is of a file. Calls come with ascending `pc`; `own` is the function's file.
    pub fn push_file(&mut self, pc: u32, file: u32, own: u32) {
        if self.files.last().map_or(own, |f| f.1) != file {
            self.files.push((pc, file));
        }
    }

    /// The file of word `pc`, if it is not the function's.
    pub fn file_at(&self, pc: u32) -> Option<u32> {
        let after = self.files.partition_point(|f| f.0 <= pc);
        after.checked_sub(1).map(|i| self.files[i].1)
    }

    /// Which bounds at word `pc` are unsigned.
    pub fn unsigned_at(&self, pc: u32) -> u8 {
        let here = self.lookup(pc).map(|e| (e.line, e.col));
        let found = |u: &&(u32, u32, u8)| here == Some((u.0, u.1));
        self.unsigned.iter().find(found).map_or(0, |u| u.2)
    }

    /// The entry that covers word `pc`, if any.
    pub fn lookup(&self, pc: u32) -> Option<LineEntry> {
        let after = self.entries.partition_point(|e| e.pc <= pc);
        after.checked_sub(1).map(|i| self.entries[i])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_covers_up_to_the_next() {
        let mut t = LineTable::default();
        t.push(0, 3, 1);
        t.push(2, 3, 1);
        t.push(4, 5, 2);
        assert_eq!(t.entries.len(), 2);
        assert_eq!(t.lookup(3).map(|e| e.line), Some(3));
        assert_eq!(t.lookup(4).map(|e| e.line), Some(5));
        assert_eq!(LineTable::default().lookup(0), None);
    }

    #[test]
    fn a_file_lasts_until_the_next() {
        let mut t = LineTable::default();
        t.push_file(0, 7, 7);
        t.push_file(3, 8, 7);
        t.push_file(4, 8, 7);
        t.push_file(6, 7, 7);
        assert_eq!(t.files, [(3, 8), (6, 7)]);
        assert_eq!(
            [2, 3, 5, 6].map(|pc| t.file_at(pc)),
            [None, Some(8), Some(8), Some(7)]
        );
    }
}
