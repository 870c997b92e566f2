//! Whether the links join all terminals into one network.

use super::ErrorCode::*;
use super::errors::{At, Errors};
use super::keys::{AllKeys, RawTables};
use super::schema::{JUNCTIONS, LINKS, TERMINALS};
use crate::domain::NodeIdx;
use petgraph::unionfind::UnionFind;

/// Both ends of every link, in the order of the links.
pub(super) fn link_ends(raw: &RawTables, keys: &AllKeys, errors: &mut Errors) -> Vec<[Option<NodeIdx>; 2]> {
    let mut ends = Vec::new();
    for link in &raw.links.rows {
        let at = At::line(LINKS.file, link.line);
        let (from, to) = (&link.row.from, &link.row.to);
        ends.push([find_node(raw, keys, from, at.field("from"), errors), find_node(raw, keys, to, at.field("to"), errors)]);
        if from == to && !from.is_empty() {
            errors.add(SelfLoop, at.field("to"), format!("the link starts and ends at {from}"), "correct one of its ends");
        }
    }
    ends
}

/// A node is a terminal or a junction. Without a whole table of both, a code that is not found may be fine.
fn find_node(raw: &RawTables, keys: &AllKeys, code: &str, at: At, errors: &mut Errors) -> Option<NodeIdx> {
    if let Some(row) = keys.terminals.row(code) {
        return Some(NodeIdx::from(row));
    }
    let after_terminals = |row| NodeIdx::from(raw.terminals.rows.len() + row);
    if raw.terminals.whole {
        keys.junctions.find(code, at, errors).map(after_terminals)
    } else {
        keys.junctions.row(code).map(after_terminals)
    }
}

/// Names the terminals that are cut off from the largest part of the network, and junctions without links. Nothing is said when a
/// table is not whole or a link's end is in doubt: it may be the one that joins them.
pub(super) fn check_network(raw: &RawTables, keys: &AllKeys, ends: &[[Option<NodeIdx>; 2]], errors: &mut Errors) {
    let terminals = raw.terminals.rows.len();
    let nodes = terminals + raw.junctions.rows.len();
    if !raw.links.whole || !keys.name_all_nodes() || ends.iter().flatten().any(Option::is_none) {
        return;
    }
    let mut parts = UnionFind::<usize>::new(nodes);
    let mut touched = vec![false; nodes];
    for [from, to] in ends.iter().map(|ends| ends.map(|end| end.map_or(0, NodeIdx::row))) {
        parts.union(from, to);
        touched[from] = true;
        touched[to] = true;
    }
    let parts = parts.into_labeling();
    report_cut_off(raw, &parts[..terminals], errors);
    for (raw, _) in raw.junctions.rows.iter().zip(&touched[terminals..]).filter(|(_, touched)| !**touched) {
        let what = format!("no link ends at {}", raw.row.junction);
        errors.add(LooseJunction, At::line(JUNCTIONS.file, raw.line).field("junction"), what, "add its links or remove it");
    }
}

fn report_cut_off(raw: &RawTables, parts: &[usize], errors: &mut Errors) {
    let mut sizes = vec![0_usize; parts.iter().max().map_or(0, |most| most + 1)];
    for part in parts {
        sizes[*part] += 1;
    }
    let most = sizes.iter().max().copied().unwrap_or(0);
    let main = parts.iter().find(|part| sizes[**part] == most);
    for (raw, _) in raw.terminals.rows.iter().zip(parts).filter(|(_, part)| Some(*part) != main) {
        let what = format!("{} is cut off from the other terminals", raw.row.terminal);
        let do_this = "add the missing link to links.csv or remove the terminal";
        errors.add(CutOff, At::line(TERMINALS.file, raw.line).field("terminal"), what, do_this);
    }
}
