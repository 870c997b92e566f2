//! Intervals on the circle of one cycle. Intervals that only touch do not overlap.

/// A time something is held: from a minute of the cycle, for some minutes.
#[derive(Clone, Copy)]
pub(super) struct Span {
    pub start: i128,
    pub length: i128,
}

/// A stretch of the cycle that does not wrap, held so many times over.
struct Piece {
    from: i128,
    to: i128,
    times: i128,
    span: usize,
}

/// Cuts spans at the end of the cycle; what is longer than the cycle holds all of it, several times if need be.
fn pieces(spans: &[Span], cycle: i128) -> Vec<Piece> {
    let mut pieces = Vec::with_capacity(spans.len() + 1);
    for (span, Span { start, length }) in spans.iter().enumerate().filter(|(_, span)| span.length > 0) {
        let (times, rest, from) = (length / cycle, length % cycle, start.rem_euclid(cycle));
        let over = (from + rest - cycle).max(0);
        let cut = [(0, cycle, times), (from, from + rest - over, 1), (0, over, 1)];
        pieces.extend(cut.into_iter().filter(|(from, to, times)| to > from && *times > 0).map(|(from, to, times)| Piece {
            from,
            to,
            times,
            span,
        }));
    }
    pieces
}

/// The most spans held at once and the first minute at which they are.
pub(super) fn find_peak(spans: &[Span], cycle: i128) -> (i128, i128) {
    let mut changes = Vec::new();
    for piece in pieces(spans, cycle) {
        changes.push((piece.from, piece.times));
        changes.push((piece.to, -piece.times));
    }
    // ends sort before starts at the same minute
    changes.sort_unstable();
    let (mut held, mut peak, mut at) = (0, 0, 0);
    for (minute, change) in changes {
        held += change;
        if held > peak {
            (peak, at) = (held, minute);
        }
    }
    (peak, at)
}

/// Pairs of spans that hold the same minute; a span longer than the cycle meets itself. Each span that comes too early is named once,
/// with the span before it that ends last.
pub(super) fn find_clashes(spans: &[Span], cycle: i128) -> Vec<(usize, usize)> {
    let mut pieces = pieces(spans, cycle);
    pieces.sort_unstable_by_key(|piece| (piece.from, piece.to, piece.span));
    let mut clashes = Vec::new();
    let mut latest: Option<(i128, usize)> = None;
    for piece in pieces {
        if piece.times > 1 {
            clashes.push((piece.span, piece.span));
        }
        match latest {
            Some((end, span)) if piece.from < end => {
                clashes.push((span, piece.span));
                latest = Some(if piece.to > end { (piece.to, piece.span) } else { (end, span) });
            }
            _ => latest = Some((piece.to, piece.span)),
        }
    }
    clashes
}

#[cfg(test)]
mod tests {
    use super::{Span, find_clashes, find_peak};

    fn spans(list: &[(i128, i128)]) -> Vec<Span> {
        list.iter().map(|(start, length)| Span { start: *start, length: *length }).collect()
    }

    /// One vessel may take the berth in the minute another leaves it, also around the end of the cycle.
    #[test]
    fn touching_calls_do_not_overlap() {
        let touching = spans(&[(90, 20), (10, 30), (40, 50)]);
        assert_eq!(find_peak(&touching, 100), (1, 0));
        assert!(find_clashes(&touching, 100).is_empty());
    }

    /// A call that runs over the end of the cycle meets the first call of the next one.
    #[test]
    fn calls_meet_around_the_end_of_the_cycle() {
        let meeting = spans(&[(90, 20), (5, 30)]);
        assert_eq!(find_peak(&meeting, 100), (2, 5));
        assert_eq!(find_clashes(&meeting, 100), [(0, 1)]);
    }

    /// The plan repeats, so a call longer than the cycle needs two berths.
    #[test]
    fn a_call_longer_than_the_cycle_meets_itself() {
        let long = spans(&[(-30, 110)]);
        assert_eq!(find_peak(&long, 100).0, 2);
        assert_eq!(find_clashes(&long, 100), [(0, 0)]);
        assert_eq!(find_clashes(&spans(&[(0, 200)]), 100), [(0, 0)]);
        assert!(find_clashes(&spans(&[(7, 100)]), 100).is_empty());
    }
}
