//! Games from the literature, whose divisions are known.

use num_rational::BigRational;
use waterbus::domain::members_of;
use waterbus::optimize::alliance::{Game, Number, certify, least_core, nearest_in_core, nucleolus};

/// A game in whole numbers: as fractions and as machine numbers.
struct Known {
    name: &'static str,
    members: usize,
    value: fn(usize) -> i64,
    shapley: &'static [f64],
    nucleolus: &'static [f64],
    /// Least core, up to 0 for a core that is not empty.
    least_core: f64,
}

fn sum(parts: &[i64], set: usize) -> i64 {
    members_of(set).map(|member| parts[member]).sum()
}

fn bankruptcy(estate: i64, set: usize) -> i64 {
    (estate - sum(&[100, 200, 300], 7 & !set)).max(0)
}

const THIRD: f64 = 1.0 / 3.0;

/// The table of published values; the games of costs are played with costs below zero.
const KNOWN: &[Known] = &[
    Known {
        name: "bankruptcy, estate 100",
        members: 3,
        value: |set| bankruptcy(100, set),
        shapley: &[100.0 / 3.0; 3],
        nucleolus: &[100.0 / 3.0; 3],
        least_core: -100.0 / 3.0,
    },
    Known {
        name: "bankruptcy, estate 200",
        members: 3,
        value: |set| bankruptcy(200, set),
        shapley: &[100.0 / 3.0, 250.0 / 3.0, 250.0 / 3.0],
        nucleolus: &[50.0, 75.0, 75.0],
        least_core: -50.0,
    },
    Known {
        name: "bankruptcy, estate 300",
        members: 3,
        value: |set| bankruptcy(300, set),
        shapley: &[50.0, 100.0, 150.0],
        nucleolus: &[50.0, 100.0, 150.0],
        least_core: -50.0,
    },
    Known {
        name: "gloves, one left and two right",
        members: 3,
        value: |set| i64::from(set & 1 == 1 && set & 6 != 0),
        shapley: &[2.0 / 3.0, 1.0 / 6.0, 1.0 / 6.0],
        nucleolus: &[1.0, 0.0, 0.0],
        least_core: 0.0,
    },
    Known {
        name: "airport, costs 1, 2, 3",
        members: 3,
        value: |set| -members_of(set).map(|member| member as i64 + 1).max().unwrap_or(0),
        shapley: &[-THIRD, -5.0 / 6.0, -11.0 / 6.0],
        nucleolus: &[-0.5, -0.75, -1.75],
        least_core: -0.5,
    },
    Known {
        name: "Tennessee Valley Authority",
        members: 3,
        value: |set| -[0, 163_520, 140_826, 301_607, 250_096, 378_821, 367_370, 412_584][set],
        shapley: &[-117_829.0, -100_756.5, -193_998.5],
        nucleolus: &[-116_234.0, -93_540.0, -202_810.0],
        least_core: -47_286.0,
    },
    Known {
        name: "majority of three",
        members: 3,
        value: |set| i64::from(set.count_ones() >= 2),
        shapley: &[THIRD; 3],
        nucleolus: &[THIRD; 3],
        least_core: THIRD,
    },
    Known {
        name: "weighted majority [6; 4, 3, 2, 1]",
        members: 4,
        value: |set| i64::from(sum(&[4, 3, 2, 1], set) >= 6),
        shapley: &[5.0 / 12.0, 0.25, 0.25, 1.0 / 12.0],
        nucleolus: &[THIRD, THIRD, THIRD, 0.0],
        least_core: THIRD,
    },
];

impl Known {
    fn game(&self) -> Game {
        Game::of(self.members, |set| (self.value)(set) as f64)
    }

    fn fractions(&self) -> Game<BigRational> {
        Game::of(self.members, |set| BigRational::of((self.value)(set)))
    }
}

fn check_close(name: &str, has: &[f64], right: &[f64]) {
    assert_eq!(has.len(), right.len(), "{name}");
    for (has, right) in has.iter().zip(right) {
        assert!((has - right).abs() <= 1e-9, "{name}: {has} instead of {right}");
    }
}

fn scaled_nucleolus(game: &Game) -> Vec<f64> {
    let (scaled, size) = game.scaled();
    nucleolus(&scaled).iter().map(|share| share * size).collect()
}

/// The divisions everybody knows; a wrong formula shows here before it shows in anybody's money.
#[test]
fn published_games_are_divided_as_published() {
    for known in KNOWN {
        check_close(known.name, &known.game().shapley(), known.shapley);
        check_close(known.name, &scaled_nucleolus(&known.game()), known.nucleolus);
        let (scaled, size) = known.game().scaled();
        let least = least_core(&scaled).map(|least| least * size);
        check_close(known.name, &[least.unwrap_or(f64::NAN)], &[known.least_core]);
    }
}

/// Worked out in fractions, the nucleolus is the same, and Kohlberg's criterion holds without any rounding.
#[test]
fn the_nucleolus_holds_in_fractions() {
    for known in KNOWN {
        let game = known.fractions();
        let shares = nucleolus(&game);
        let machine: Vec<f64> = shares.iter().map(Number::to_machine).collect();
        check_close(known.name, &machine, known.nucleolus);
        let levels = certify(&game, &shares, 1000);
        assert!(levels.is_some_and(|levels| !levels.is_empty()), "{}: not certified", known.name);
    }
}

/// The proof is of the nucleolus and of nothing else: shares that are a hundredth off have none.
#[test]
fn no_other_division_is_certified() {
    for known in KNOWN {
        let game = known.fractions();
        let off = BigRational::of(1) / BigRational::of(100);
        for (from, to) in [(0, 1), (1, 2), (2, 0)] {
            let mut shares = nucleolus(&game);
            shares[from] = shares[from].clone() - off.clone();
            shares[to] = shares[to].clone() + off.clone();
            assert_eq!(certify(&game, &shares, 1000), None, "{}: {from} gives to {to}", known.name);
        }
    }
}

fn nearest(game: &Game) -> Vec<f64> {
    nearest_in_core(game, &game.shapley()).map(|nearest| nearest.shares).unwrap_or_default()
}

/// Equal claims on an estate of 100 put the Shapley value of the glove game outside its core, which is one point.
#[test]
fn the_nearest_point_of_the_core_is_in_the_core_and_nearest() {
    let gloves = KNOWN[3].game();
    assert!(!gloves.is_in_core(&gloves.shapley()));
    check_close("gloves", &nearest(&gloves), &[1.0, 0.0, 0.0]);
    let estate = KNOWN[1].game();
    assert!(estate.is_in_core(&estate.shapley()));
    check_close("in the core already", &nearest(&estate), KNOWN[1].shapley);
    let majority = KNOWN[6].game();
    assert_eq!(nearest_in_core(&majority, &majority.shapley()), None, "the core is empty");
}

/// A member alone keeps everything; nothing is divided by zero.
#[test]
fn an_alliance_of_one_keeps_its_profit() {
    let game = Game::of(1, |_| 42.0);
    assert_eq!(game.shapley(), [42.0]);
    assert_eq!(nucleolus(&game), [42.0]);
    assert_eq!(least_core(&game), None);
    assert_eq!(nearest(&game), [42.0]);
}
