//! txtar archives: several files in one text, as the Go playground shares them.
//!
//! A line `-- NAME --` begins a file; what stands before the first is a comment, or, in the playground's habit, the file
//! `prog.go` when it is not empty. (Go: golang.org/x/tools/txtar)

/// The name in a line that begins a file.
fn marker(line: &[u8]) -> Option<&str> {
    let line = line.strip_suffix(b"\r").unwrap_or(line);
    let name = line.strip_prefix(b"-- ")?.strip_suffix(b" --")?;
    let name = std::str::from_utf8(name).ok()?.trim();
    (!name.is_empty()).then_some(name)
}

/// The files of an archive in their order, or nothing if the text is none.
pub fn parse(text: &[u8]) -> Option<Vec<(String, Vec<u8>)>> {
    let mut files = vec![("prog.go".to_string(), Vec::new())];
    for line in text.split_inclusive(|&b| b == b'\n') {
        match marker(line.strip_suffix(b"\n").unwrap_or(line)) {
            Some(name) => files.push((name.to_string(), Vec::new())),
            None => files.last_mut()?.1.extend_from_slice(line),
        }
    }
    if files.len() == 1 {
        return None;
    }
    if !is_program(&files[0].1) {
        files.remove(0);
    }
    Some(files)
}

/// Whether the text before the first file is Go rather than a comment on the archive.
fn is_program(text: &[u8]) -> bool {
    text.split(|&b| b == b'\n')
        .any(|line| line.starts_with(b"package "))
}

/// Whether a name stays inside the archive's folder.
pub fn is_local(name: &str) -> bool {
    !name.starts_with('/') && !name.split('/').any(|part| part == ".." || part.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_and_comments_are_not() {
        let names = |text: &str| -> Option<Vec<String>> {
            Some(parse(text.as_bytes())?.into_iter().map(|f| f.0).collect())
        };
        assert_eq!(names("package main\n"), None);
        assert_eq!(
            names("-- a.go --\nx\n-- b/c.go --\r\n").unwrap(),
            ["a.go", "b/c.go"]
        );
        assert_eq!(names("A comment.\n-- a.go --\n").unwrap(), ["a.go"]);
        assert_eq!(
            names("package main\n-- go.mod --\nmodule m\n").unwrap(),
            ["prog.go", "go.mod"]
        );
        let files = parse(b"-- a --\n1\n2\n-- b --\n3").unwrap();
        assert_eq!(files[0].1, b"1\n2\n");
        assert_eq!(files[1].1, b"3");
        assert!(
            is_local("a/b.go") && !is_local("../x") && !is_local("/etc/x") && !is_local("a//b")
        );
    }
}
