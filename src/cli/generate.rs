//! `waterbus generate`: writes a random instance.

use super::args::GenerateArgs;
use super::{Exit, output};
use crate::input::{Size, generate};
use anyhow::{Context, ensure};
use std::fs;

pub fn run(args: &GenerateArgs) -> anyhow::Result<Exit> {
    let out = &args.out;
    fs::create_dir_all(out).with_context(|| format!("{} cannot be made", out.display()))?;
    let mut entries = fs::read_dir(out).with_context(|| format!("{} cannot be read", out.display()))?;
    ensure!(entries.next().is_none(), "{} is not empty; name a new folder", out.display());
    let tables = generate(&size(usize::from(args.terminals)), args.seed);
    for (name, bytes) in &tables {
        let file = out.join(name);
        fs::write(&file, bytes).with_context(|| format!("{} cannot be written", file.display()))?;
    }
    output::print(&format!("{} tables in {}\n", tables.len(), out.display()))?;
    Ok(Exit::Success)
}

/// Hubs, vessels and cargo in proportion to the terminals, about as in the sample network.
fn size(terminals: usize) -> Size {
    Size {
        terminals,
        hubs: (terminals / 8).clamp(1, 3),
        outside_hub: terminals >= 16,
        classes: (terminals / 5).clamp(2, 6),
        operators: (terminals / 8).clamp(2, 8),
        demands: terminals * 8,
        mothers: (terminals / 4).max(1),
    }
}
