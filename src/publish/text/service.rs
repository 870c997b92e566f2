//! One service as a table: calls down the page, sailings across.

use super::*;

/// Columns left of the sailings: call number, code, name, and which time it is.
const NAME: usize = 26;
const LABEL: usize = 5;

/// A service with its terms, its calls in blocks of as many sailings as fit, and the members' slots.
pub fn table(view: &View, service: &Service, clock: Clock) -> String {
    let mut text = titled(&cut(&format!("{}  {}", service.service, route(view, service)), WIDTH), '-');
    text += &hanging("", &view.terms(service));
    let sailings = view.sailings(service);
    let table = Table::new(view, service, clock);
    for block in sailings.chunks(table.per_block(sailings.len())) {
        text.push('\n');
        text += &table.block(block);
    }
    text.push('\n');
    for (legs, shares) in view.allotments(service) {
        text += &hanging("Allotments  ", &format!("TEU on {legs}: {shares}"));
    }
    text
}

/// The names of the terminals in the order of the first visit.
fn route<'a>(view: &View<'a>, service: &'a Service) -> String {
    let mut names: Vec<&str> = Vec::new();
    for call in &service.calls {
        let name = view.name(call);
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names.join(" - ")
}

struct Table<'a> {
    view: &'a View<'a>,
    service: &'a Service,
    clock: Clock,
    /// Width of the terminals' codes.
    code: usize,
}

impl<'a> Table<'a> {
    fn new(view: &'a View<'a>, service: &'a Service, clock: Clock) -> Self {
        let code = service.calls.iter().map(|code| code.0.chars().count()).max().unwrap_or(0);
        Self { view, service, clock, code: code.clamp(3, 8) }
    }

    fn lead_width(&self) -> usize {
        2 + 2 + self.code + 2 + NAME + 1 + LABEL
    }

    /// Sailings side by side: as many as fit, in blocks of about the same size.
    fn per_block(&self, sailings: usize) -> usize {
        let fit = ((WIDTH - self.lead_width()) / (self.clock.width() + 2)).max(1);
        sailings.div_ceil(sailings.div_ceil(fit).max(1)).max(1)
    }

    /// One line: what stands on the left, then a cell for each sailing.
    fn line(&self, left: &str, label: &str, cells: impl Iterator<Item = String>) -> String {
        let room = self.lead_width() - LABEL - 1;
        let mut line = format!("{:<room$} {label:<LABEL$}", cut(left, room));
        for cell in cells {
            line += &format!("  {cell:<width$}", width = self.clock.width());
        }
        line.trim_end().to_owned() + "\n"
    }

    fn block(&self, sailings: &[&Sailing]) -> String {
        let mut text = self.line("", "", sailings.iter().map(|s| format!("sailing {}", s.number)));
        for (place, code) in self.service.calls.iter().enumerate() {
            text += &self.call(place, code, sailings);
            text += &self.leg(place, sailings);
        }
        let back = self.service.calls.first().map_or("", |code| code.0.as_str());
        text + &self.line(&format!("    back at {back}"), "arr", sailings.iter().map(|s| self.clock.show(s.back_at_min)))
    }

    /// Arrival, berthing and departure of a call.
    fn call(&self, place: usize, code: &'a TerminalCode, sailings: &[&Sailing]) -> String {
        let mut name = wrapped(self.view.name(code), NAME).into_iter();
        let indent = " ".repeat(2 + 2 + self.code + 2);
        let first =
            format!("{place:>2}  {:<width$}  {}", cut(&code.0, self.code), name.next().unwrap_or_default(), width = self.code);
        let second = format!("{indent}{}", cut(&name.collect::<Vec<_>>().join(" "), NAME));
        let stay = format!("{indent}{}", self.stay(place, sailings));
        let time = |of: fn(&CallTimes) -> Minutes| {
            sailings.iter().map(move |s| s.calls.get(place).map_or(UNKNOWN.to_owned(), |call| self.clock.show(of(call))))
        };
        self.line(&first, "arr", time(|call| call.arrival_min))
            + &self.line(&second, "berth", time(|call| call.berthing_min))
            + &self.line(&stay, "dep", time(|call| call.departure_min))
    }

    /// How long vessels wait off the terminal and lie alongside, from the shortest to the longest of these sailings.
    fn stay(&self, place: usize, sailings: &[&Sailing]) -> String {
        let calls: Vec<_> = sailings.iter().filter_map(|s| s.calls.get(place)).collect();
        let wait = span(calls.iter().map(|call| call.berthing_min - call.arrival_min));
        let alongside = span(calls.iter().map(|call| call.departure_min - call.berthing_min));
        // the first call's wait lasts from the voyage before
        let name = if place == 0 { "layover" } else { "wait" };
        format!("{name} {wait}, stay {alongside}")
    }

    /// Slots used and left from a call to the next.
    fn leg(&self, place: usize, sailings: &[&Sailing]) -> String {
        let next = self.view.next_call(self.service, place).map_or(UNKNOWN, |code| code.0.as_str());
        let cells = sailings.iter().map(|s| self.view.used_and_free(&self.service.service, s.number, place));
        self.line(&format!("    to {next}: TEU used / free"), "", cells)
    }
}

/// `1:30`, or `1:30-2:00` when times differ.
fn span(times: impl Iterator<Item = Minutes> + Clone) -> String {
    match (times.clone().min(), times.max()) {
        (Some(least), Some(most)) if least == most => figures::duration(least),
        (Some(least), Some(most)) => format!("{}-{}", figures::duration(least), figures::duration(most)),
        _ => UNKNOWN.to_owned(),
    }
}
