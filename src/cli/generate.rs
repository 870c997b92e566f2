//! `waterbus generate`: writes a random instance.

use super::args::GenerateArgs;
use super::{Exit, output};
use crate::input::{LINES_PER_TERMINAL, Size, generate};
use anyhow::{Context, ensure};
use std::fs;

/// Rows of demand from one terminal to another beyond which they would hardly differ.
const LINES_PER_PAIR: usize = 8;
/// Rows of demand above the usual number for which there is one member more, with about four vessels: as many boxes a vessel as in the
/// sample network.
const LINES_PER_MEMBER: usize = 160;

pub fn run(args: &GenerateArgs) -> anyhow::Result<Exit> {
    let size = size(args)?;
    let out = &args.out;
    fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
    let mut entries = fs::read_dir(out).with_context(|| format!("{} cannot be read", out.display()))?;
    ensure!(entries.next().is_none(), "{} is not empty; name a new folder", out.display());
    let tables = generate(&size, args.seed);
    for (name, bytes) in &tables {
        let file = out.join(name);
        fs::write(&file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    output::print(&format!("{} tables in {}\n", tables.len(), out.display()))?;
    Ok(Exit::Success)
}

/// Hubs, vessels and cargo in proportion to the terminals, about as in the sample network. With more cargo than usual there are more members
/// and vessels to carry it.
fn size(args: &GenerateArgs) -> anyhow::Result<Size> {
    let terminals = usize::from(args.terminals);
    let usual = terminals * LINES_PER_TERMINAL;
    let demands = args.demands.map_or(usual, |demands| demands as usize);
    let most = terminals * (terminals - 1) * LINES_PER_PAIR;
    ensure!(demands <= most, "--demands {demands} is too many for {terminals} terminals; it may be at most {most}");
    Ok(Size {
        terminals,
        hubs: (terminals / 8).clamp(1, 3),
        outside_hub: terminals >= 16,
        classes: (terminals / 5).clamp(2, 6),
        operators: (terminals / 8).clamp(2, 8) + demands.saturating_sub(usual) / LINES_PER_MEMBER,
        demands,
        mothers: (terminals / 4).max(1),
    })
}
