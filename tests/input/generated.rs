//! Generated instances: sensible for every size and seed, and the same on every machine.

use proptest::prelude::*;
use std::collections::BTreeSet;
use waterbus::domain::Trade;
use waterbus::input::{LINES_PER_TERMINAL, Size, generate, read_instance, read_tables, write_tables};

fn size() -> impl Strategy<Value = Size> {
    let network = (2..=60_usize, 1..=3_usize, any::<bool>());
    (network, 1..=7_usize, 1..=8_usize, 1..=120_usize, 0..=8_usize).prop_map(
        |((terminals, hubs, outside_hub), classes, operators, demands, mothers)| Size {
            terminals,
            hubs,
            outside_hub,
            classes,
            operators,
            demands,
            mothers,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    /// Whatever the size and seed, the tables read without errors and have the size that was asked for.
    #[test]
    fn every_generated_instance_reads_without_errors(size in size(), seed in any::<u64>()) {
        let problem = match read_tables(&generate(&size, seed)) {
            Ok(problem) => problem,
            Err(errors) => return Err(TestCaseError::fail(errors.to_string())),
        };
        prop_assert_eq!(problem.terminals.len(), size.terminals);
        prop_assert_eq!(problem.classes.len(), size.classes);
        prop_assert_eq!(problem.operators.len(), size.operators);
        prop_assert_eq!(problem.demands.len(), size.demands);
        prop_assert_eq!(problem.mothers.len(), size.mothers);
        prop_assert_eq!(problem.terminals.iter().any(|terminal| terminal.region.is_outside()), size.outside_hub);
    }
}

/// Sizes that no instance can have are brought back to ones it can.
#[test]
fn absurd_sizes_still_give_an_instance() {
    let nothing = Size { terminals: 0, hubs: 0, outside_hub: true, classes: 0, operators: 0, demands: 0, mothers: 0 };
    let problem = read_tables(&generate(&nothing, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((problem.terminals.len(), problem.demands.len()), (2, 1));
    let most = usize::MAX;
    let everything =
        Size { terminals: most, hubs: most, outside_hub: true, classes: most, operators: most, demands: most, mothers: most };
    let problem = read_tables(&generate(&everything, 1)).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((problem.terminals.len(), problem.classes.len()), (900, 100));
}

/// Same size and seed, same bytes; another seed, another river.
#[test]
fn the_same_seed_gives_the_same_bytes() {
    let size = Size::default();
    assert_eq!(generate(&size, 7), generate(&size, 7));
    assert_ne!(generate(&size, 7), generate(&size, 8));
}

/// The bytes are part of the tests that use them: a change of the generator changes what those tests prove. Renew it knowingly.
#[test]
fn the_default_instance_stays_as_it_is() {
    let problem = read_tables(&generate(&Size::default(), 1)).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(problem.hash, "7c25610eed90916821ac974e5b7b5554dcbf7b73772f4acb751a35d18316d1e4");
}

/// A network of 120 terminals can have 5,000 lines of cargo; the usual ones of a network this size stay among them as they are, and of
/// the others no two differ in rate, volume or transit time only.
#[test]
fn a_large_network_can_have_five_thousand_lines_of_cargo() {
    let size =
        |demands: usize| Size { terminals: 120, hubs: 3, outside_hub: true, classes: 6, operators: 33, demands, mothers: 30 };
    let rows = |demands: usize| {
        let tables = generate(&size(demands), 1);
        let text = String::from_utf8(tables["demand.csv"].clone()).expect("tables are text");
        text.lines().skip(1).map(str::to_owned).collect::<Vec<String>>()
    };
    let (usual, all) = (rows(120 * LINES_PER_TERMINAL), rows(5000));
    assert_eq!((all.len(), &all[..usual.len()]), (5000, usual.as_slice()));
    let key = |row: &String| {
        let cells: Vec<&str> = row.split(',').collect();
        [cells[1], cells[2], cells[3], cells[4], cells[9]].map(str::to_owned)
    };
    let further: BTreeSet<_> = all[usual.len()..].iter().map(key).collect();
    assert_eq!(further.len(), 5000 - usual.len());
    assert!(usual.iter().map(key).all(|line| !further.contains(&line)));
    let problem = read_tables(&generate(&size(5000), 1)).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!((problem.terminals.len(), problem.demands.len()), (120, 5000));
}

/// Over a few seeds every kind of cargo and of vessel use occurs, so that tests on generated instances meet all rules.
#[test]
fn generated_instances_meet_all_rules() {
    let size = Size { terminals: 12, hubs: 3, outside_hub: true, classes: 5, operators: 4, demands: 60, mothers: 4 };
    let problems: Vec<_> =
        (0..20).map(|seed| read_tables(&generate(&size, seed)).unwrap_or_else(|errors| panic!("{errors}"))).collect();
    let trades = [Trade::Export, Trade::Import, Trade::Transit, Trade::Domestic, Trade::CrossBorderDomestic, Trade::Empty];
    for trade in trades {
        assert!(problems.iter().any(|problem| problem.demands.iter().any(|demand| demand.trade == trade)), "{trade:?}");
    }
    assert!(problems.iter().all(|problem| problem.links.iter().any(|link| link.border)));
    assert!(problems.iter().all(|problem| problem.fleets.iter().any(|fleet| fleet.registered)));
    assert!(problems.iter().any(|problem| problem.links.iter().any(|link| link.lock.is_some())));
    assert!(problems.iter().any(|problem| problem.demands.iter().any(|demand| demand.mother.is_some())));
    assert!(problems.iter().any(|problem| problem.terminals.iter().any(|terminal| !terminal.windows.is_empty())));
    assert!(problems.iter().any(|problem| problem.terminals.iter().any(|terminal| terminal.open.is_some())));
}

/// Generated tables are an instance folder like any other.
#[test]
fn a_generated_instance_can_be_written_and_read() {
    let folder = tempfile::tempdir().expect("a folder for the test");
    let tables = generate(&Size::default(), 3);
    write_tables(&tables, folder.path()).expect("the tables can be written");
    let problem = read_instance(folder.path()).unwrap_or_else(|errors| panic!("{errors}"));
    assert_eq!(problem.hash, read_tables(&tables).map(|problem| problem.hash).unwrap_or_default());
}
