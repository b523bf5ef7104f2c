//! What may have been meant by a name that is not there.

/// The name at the smallest edit distance from `word`, when that is small enough to be a slip: one edit for short words, two
/// for long ones. Letters in the wrong case are the smallest of slips.
pub fn nearest<'a>(word: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    let len = word.chars().count();
    let most = if len < 5 { 1 } else { 2 };
    let folded: Vec<char> = word.to_lowercase().chars().collect();
    let close = names.filter(|n| *n != word && n.chars().count().abs_diff(len) <= most);
    close
        .map(|n| {
            let other: Vec<char> = n.to_lowercase().chars().collect();
            // A letter left out is the commonest slip: of equally near names, the longest.
            (distance(&folded, &other), std::cmp::Reverse(other.len()), n)
        })
        .min()
        .filter(|&(d, _, n)| d <= most && d < n.chars().count() && (d == 0 || len > 2))
        .map(|(_, _, n)| n)
}

/// How many letters must be changed, added, left out, or swapped with their neighbour.
fn distance(a: &[char], b: &[char]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for i in 0..a.len() {
        let mut next = vec![i + 1];
        for j in 0..b.len() {
            let mut d = (row[j] + usize::from(a[i] != b[j]))
                .min(row[j + 1] + 1)
                .min(next[j] + 1);
            if i > 0 && j > 0 && a[i] == b[j - 1] && a[i - 1] == b[j] {
                d = d.min(before[j - 1] + 1);
            }
            next.push(d);
        }
        before = std::mem::replace(&mut row, next);
    }
    row[b.len()]
}

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn slips_are_small() {
        let near = |word, names: &'static str| nearest(word, names.split(' '));
        assert_eq!(near("Printn", "Print Println Printf"), Some("Println"));
        assert_eq!(near("pritnln", "print println"), Some("println"));
        assert_eq!(near("string", "bytes strings"), Some("strings"));
        assert_eq!(near("foo", "bar baz"), None);
        assert_eq!(near("x", "y z X"), Some("X"));
        assert_eq!(near("ab", "ac"), None);
        assert_eq!(near("check", "check dump"), None);
    }
}
