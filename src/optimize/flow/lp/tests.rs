use super::*;
use crate::domain::Limit;
use crate::optimize::control::Control;
use crate::optimize::solver::{Limits, Model, Sense, Status, solve};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Three legs in a row of 10 slots; the long way earns less than the two short ones it displaces.
#[test]
fn cargo_that_earns_more_a_leg_displaces_cargo_that_earns_less() {
    let mut lp = FlowLp::new();
    let legs: Vec<RowIdx> = (0..3).map(|_| lp.add_row(10.0)).collect();
    let mut add = |volume: f64, value: f64, on: &[usize]| {
        let commodity = lp.add_commodity(volume);
        lp.add_way(&Way { commodity, value, uses: on.iter().map(|leg| (legs[*leg], 1.0)).collect() });
        commodity
    };
    let long = add(10.0, 100.0, &[0, 1, 2]);
    add(4.0, 60.0, &[0]);
    add(6.0, 70.0, &[1, 2]);
    assert!(lp.solve(&mut NoPricing, 1000, f64::NEG_INFINITY));
    // 6 of the two short together earn 130 a slot pair for 4: (60 + 70) > 100; then 70 alone < 100 keeps the long one.
    assert!((lp.value() - (4.0 * 130.0 + 6.0 * 100.0)).abs() < 1e-6, "{}", lp.value());
    assert!((lp.commodity_price(long)).abs() < 1e-9);
}

/// A network that grows and shrinks at random, and the same program for HiGHS.
struct Mirror {
    rows: Vec<(RowIdx, f64)>,
    volumes: Vec<f64>,
    ways: Vec<Way>,
}

impl Mirror {
    fn optimum(&self) -> f64 {
        let mut model = Model::new();
        let columns: Vec<_> = self.ways.iter().map(|way| model.add_continuous(way.value, 0.0, f64::INFINITY)).collect();
        for (row, capacity) in &self.rows {
            let mut terms = Vec::new();
            for (way, column) in self.ways.iter().zip(&columns) {
                terms.extend(way.uses.iter().filter(|(used, _)| used == row).map(|(_, units)| (*column, *units)));
            }
            if !terms.is_empty() {
                model.add_row("row", terms, Sense::AtMost, *capacity);
            }
        }
        for (own, volume) in self.volumes.iter().enumerate() {
            let of_it = self.ways.iter().zip(&columns).filter(|(way, _)| way.commodity.0 as usize == own);
            let terms: Vec<_> = of_it.map(|(_, column)| (*column, 1.0)).collect();
            if !terms.is_empty() {
                model.add_row("volume", terms, Sense::AtMost, *volume);
            }
        }
        let answer = solve(&model, &Limits::default(), &Control::silent(Limit::Work(1)), &|_, _| {});
        assert_eq!(answer.status, Status::Optimal);
        answer.objective
    }

    fn add_service(&mut self, lp: &mut FlowLp, rng: &mut ChaCha8Rng) {
        let legs: Vec<RowIdx> = (0..rng.random_range(2..7usize))
            .map(|_| {
                let capacity = f64::from(rng.random_range(0..4u32)) * 25.0;
                let row = lp.add_row(capacity);
                self.rows.push((row, capacity));
                row
            })
            .collect();
        for _ in 0..rng.random_range(3..30usize) {
            let from = rng.random_range(0..legs.len());
            let to = rng.random_range(from..legs.len());
            let mut uses: Vec<(RowIdx, f64)> =
                legs[from..=to].iter().map(|leg| (*leg, f64::from(rng.random_range(1..3u32)))).collect();
            if rng.random_range(0..3u32) == 0
                && let Some((other, _)) = self.rows.get(rng.random_range(0..self.rows.len()))
                && !uses.iter().any(|(row, _)| row == other)
            {
                uses.push((*other, f64::from(rng.random_range(-1..2i32))));
            }
            let commodity = CommodityIdx(rng.random_range(0..self.volumes.len() as u32));
            let way = Way { commodity, value: f64::from(rng.random_range(-20..200i32)), uses: uses.into() };
            self.ways.push(way.clone());
            lp.add_way(&way);
        }
    }

    /// A service with up to five sailings: each of its ways is there on every one of them, at the same value.
    fn add_alike_sailings(&mut self, lp: &mut FlowLp, rng: &mut ChaCha8Rng) {
        let (legs, sailings) = (rng.random_range(2..7usize), rng.random_range(1..6usize));
        let capacity = f64::from(rng.random_range(1..4u32)) * 25.0;
        let rows: Vec<RowIdx> = (0..legs * sailings).map(|_| lp.add_row(capacity)).collect();
        self.rows.extend(rows.iter().map(|row| (*row, capacity)));
        for _ in 0..rng.random_range(5..40u32) {
            let from = rng.random_range(0..legs);
            let to = rng.random_range(from..legs);
            let commodity = CommodityIdx(rng.random_range(0..self.volumes.len() as u32));
            let value = f64::from(rng.random_range(1..6u32)) * 50.0;
            for sailing in 0..sailings {
                let uses = (from..=to).map(|leg| (rows[sailing * legs + leg], 1.0)).collect();
                let way = Way { commodity, value, uses };
                lp.add_way(&way);
                self.ways.push(way);
            }
        }
    }

    fn drop_service(&mut self, lp: &mut FlowLp, rng: &mut ChaCha8Rng) {
        let from = rng.random_range(0..self.rows.len());
        let to = (from + rng.random_range(1..6usize)).min(self.rows.len());
        let gone: Vec<RowIdx> = self.rows.drain(from..to).map(|(row, _)| row).collect();
        self.ways.retain(|way| !way.uses.iter().any(|(row, _)| gone.contains(row)));
        lp.retire(&Footprint { rows: gone, commodities: Vec::new() });
    }
}

/// After each of thousands of random changes the warm program has the value HiGHS finds from nothing, and keeps every capacity.
#[test]
fn a_warm_start_reaches_the_optimum_of_a_cold_one() {
    for seed in 0..40 {
        let mut rng = ChaCha8Rng::seed_from_u64(seed);
        let mut lp = FlowLp::new();
        let mut mirror = Mirror { rows: Vec::new(), volumes: Vec::new(), ways: Vec::new() };
        for _ in 0..rng.random_range(3..40usize) {
            let volume = f64::from(rng.random_range(0..60u32));
            lp.add_commodity(volume);
            mirror.volumes.push(volume);
        }
        for change in 0..60 {
            if mirror.rows.len() < 6 || (rng.random_range(0..5u32) < 3 && mirror.rows.len() < 60) {
                mirror.add_service(&mut lp, &mut rng);
            } else {
                mirror.drop_service(&mut lp, &mut rng);
                mirror.add_service(&mut lp, &mut rng);
            }
            assert!(lp.solve(&mut NoPricing, 1_000_000, f64::NEG_INFINITY), "seed {seed}, change {change}");
            let optimum = mirror.optimum();
            let close = (lp.value() - optimum).abs() <= 1e-6 * (1.0 + optimum.abs());
            assert!(close, "seed {seed}, change {change}: {} instead of {optimum}", lp.value());
        }
    }
}

/// Ways that the program learns only when they are worth it.
struct Delayed<'a>(&'a [Way]);

impl Pricing for Delayed<'_> {
    fn price(&mut self, lp: &FlowLp, found: &mut Vec<Way>) -> f64 {
        let best = self.0.iter().filter(|way| lp.reduced_value(way) > WORTH);
        found.extend(best.max_by(|a, b| lp.reduced_value(a).total_cmp(&lp.reduced_value(b))).cloned());
        f64::INFINITY
    }
}

/// Legs are cut in two and joined again, in small programs and in large ones: the flow keeps its basis and reaches the optimum that HiGHS
/// finds, with ways that come in one by one.
#[test]
fn legs_cut_and_joined_reach_the_optimum_with_delayed_ways() {
    for seed in 0..40 {
        let mut rng = ChaCha8Rng::seed_from_u64(1000 + seed);
        let mut lp = FlowLp::new();
        let mut mirror = Mirror { rows: Vec::new(), volumes: Vec::new(), ways: Vec::new() };
        for _ in 0..rng.random_range(3..120usize) {
            let volume = f64::from(rng.random_range(0..60u32));
            lp.add_commodity(volume);
            mirror.volumes.push(volume);
        }
        let mut legs: Vec<RowIdx> = (0..rng.random_range(3..40usize)).map(|_| lp.add_row(50.0)).collect();
        for change in 0..60 {
            for _ in 0..rng.random_range(0..12u32) {
                let from = rng.random_range(0..legs.len());
                let to = (from + rng.random_range(0..6usize)).min(legs.len() - 1);
                let commodity = CommodityIdx(rng.random_range(0..mirror.volumes.len() as u32));
                let uses = legs[from..=to].iter().map(|leg| (*leg, 1.0)).collect();
                mirror.ways.push(Way { commodity, value: f64::from(rng.random_range(-20..200i32)), uses });
            }
            for _ in 0..rng.random_range(1..4u32) {
                let at = rng.random_range(0..legs.len());
                if rng.random_bool(0.5) && at + 1 < legs.len() && legs.len() > 3 {
                    let gone = legs.remove(at + 1);
                    lp.join_rows(legs[at], gone);
                    lp.retire(&Footprint::default());
                    let takes = |way: &Way, leg: RowIdx| way.uses.iter().any(|(row, _)| *row == leg);
                    mirror.ways.retain(|way| takes(way, legs[at]) == takes(way, gone));
                    for way in &mut mirror.ways {
                        way.uses = way.uses.iter().copied().filter(|(row, _)| *row != gone).collect();
                    }
                } else {
                    let new = lp.split_row(legs[at]);
                    for way in mirror.ways.iter_mut().filter(|way| way.uses.iter().any(|(row, _)| *row == legs[at])) {
                        way.uses = way.uses.iter().copied().chain([(new, 1.0)]).collect();
                    }
                    legs.insert(at + 1, new);
                }
            }
            mirror.rows = legs.iter().map(|leg| (*leg, 50.0)).collect();
            let solved = lp.solve(&mut Delayed(&mirror.ways), 1_000_000, f64::NEG_INFINITY);
            assert!(solved, "seed {seed}, change {change}");
            let optimum = mirror.optimum();
            let close = (lp.value() - optimum).abs() <= 1e-6 * (1.0 + optimum.abs());
            assert!(close, "seed {seed}, change {change}: {} instead of {optimum}", lp.value());
        }
    }
}

/// Falsifies a part of what the program remembers, as the rounding of a long run would, only worse.
fn spoil(lp: &mut FlowLp, rng: &mut ChaCha8Rng) {
    for _ in 0..rng.random_range(1..6u32) {
        let factor = if rng.random_bool(0.5) { 1.0 + 1e-4 * rng.random_range(-1.0..1.0) } else { rng.random_range(-3.0..3.0) };
        match rng.random_range(0..4u32) {
            0 => lp.kernel.spoil(rng.random_range(0..1_000_000usize), factor),
            1 => {
                let row = rng.random_range(0..lp.price.len());
                lp.price[row] = lp.price[row] * factor + (factor - 1.0);
            }
            2 if !lp.level.is_empty() => {
                let place = rng.random_range(0..lp.level.len());
                lp.level[place] *= factor;
            }
            _ => {
                let row = rng.random_range(0..lp.rows.len());
                lp.rows[row].room *= factor;
            }
        }
    }
}

/// A long run adds up rounding. Whatever it has done to inverse, prices and levels, the program ends, and what it calls best is best.
#[test]
fn a_basis_that_rounding_spoiled_is_mended_or_given_up() {
    let mut given_up = 0;
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(2000 + seed);
        let mut lp = FlowLp::new();
        let mut mirror = Mirror { rows: Vec::new(), volumes: Vec::new(), ways: Vec::new() };
        for _ in 0..rng.random_range(3..40usize) {
            let volume = f64::from(rng.random_range(0..60u32));
            lp.add_commodity(volume);
            mirror.volumes.push(volume);
        }
        for change in 0..40 {
            if mirror.rows.len() >= 6 && rng.random_bool(0.4) {
                mirror.drop_service(&mut lp, &mut rng);
            }
            mirror.add_service(&mut lp, &mut rng);
            spoil(&mut lp, &mut rng);
            if !lp.solve(&mut NoPricing, 1_000_000, f64::NEG_INFINITY) {
                given_up += 1;
                break;
            }
            let optimum = mirror.optimum();
            let close = (lp.value() - optimum).abs() <= 1e-6 * (1.0 + optimum.abs());
            assert!(close, "seed {seed}, change {change}: {} instead of {optimum}", lp.value());
        }
    }
    assert!(given_up < 12, "{given_up} of 60 programs were given up");
}

/// Money and capacities of sizes that no sum of floats can hold together: there may be no best flow to find, but the search for it ends.
#[test]
fn a_program_beyond_all_rounding_ends() {
    let mut solved = 0;
    for seed in 0..200 {
        let mut rng = ChaCha8Rng::seed_from_u64(3000 + seed);
        let mut lp = FlowLp::new();
        let size = |rng: &mut ChaCha8Rng| 10f64.powf(rng.random_range(-9.0..9.0));
        let rows: Vec<RowIdx> = (0..rng.random_range(2..12usize)).map(|_| lp.add_row(size(&mut rng))).collect();
        let commodities: Vec<CommodityIdx> =
            (0..rng.random_range(2..20usize)).map(|_| lp.add_commodity(size(&mut rng))).collect();
        for _ in 0..rng.random_range(10..200usize) {
            let commodity = commodities[rng.random_range(0..commodities.len())];
            let uses = rows.iter().filter(|_| rng.random_bool(0.6)).copied().collect::<Vec<_>>();
            let uses =
                uses.into_iter().map(|row| (row, size(&mut rng) * if rng.random_bool(0.8) { 1.0 } else { -1.0 })).collect();
            lp.add_way(&Way { commodity, value: size(&mut rng), uses });
        }
        solved += u32::from(lp.solve(&mut NoPricing, u64::MAX / 2, f64::NEG_INFINITY));
    }
    assert!(solved > 0);
}

/// Always finds the same way, however often it has been added.
struct Same(Way, u32);

impl Pricing for Same {
    fn price(&mut self, _: &FlowLp, found: &mut Vec<Way>) -> f64 {
        self.1 += 1;
        assert!(self.1 < 100, "asked for ever");
        found.push(self.0.clone());
        f64::INFINITY
    }
}

/// Prices that rounding has moved make a way look better than what is carried, and yet worth nothing by itself: it cannot enter, and pricing
/// would find it again and again.
#[test]
fn a_way_that_rounding_keeps_out_is_not_found_for_ever() {
    let mut lp = FlowLp::new();
    let row = lp.add_row(30.0);
    let add = |lp: &mut FlowLp, value: f64| {
        let commodity = lp.add_commodity(20.0);
        lp.add_way(&Way { commodity, value, uses: [(row, 1.0)].into() });
        assert!(lp.solve(&mut NoPricing, 1000, f64::NEG_INFINITY));
        commodity
    };
    let commodity = add(&mut lp, 5.0);
    add(&mut lp, 8.0);
    lp.guess_price(row, 5.0 + 5e-6);
    let way = Way { commodity, value: 5.0 + 3e-6, uses: [(row, 1.0)].into() };
    assert!(lp.reduced_value(&way) > WORTH, "{}", lp.reduced_value(&way));
    assert!(lp.solve(&mut Same(way, 0), 1000, f64::NEG_INFINITY));
    assert!((lp.value() - (20.0 * 8.0 + 10.0 * 5.0)).abs() < 1e-3, "{}", lp.value());
}

/// Capacities and volumes come and go as members of an alliance do, many services with sailings that are alike: the value is that of a cold
/// start each time.
#[test]
fn capacities_that_change_lead_to_the_optimum_of_a_cold_start() {
    for seed in 0..60 {
        let mut rng = ChaCha8Rng::seed_from_u64(4000 + seed);
        let mut lp = FlowLp::new();
        let mut mirror = Mirror { rows: Vec::new(), volumes: Vec::new(), ways: Vec::new() };
        for _ in 0..rng.random_range(3..30usize) {
            mirror.volumes.push(f64::from(rng.random_range(1..60u32)));
            lp.add_commodity(mirror.volumes[mirror.volumes.len() - 1]);
        }
        for _ in 0..rng.random_range(1..6u32) {
            mirror.add_alike_sailings(&mut lp, &mut rng);
        }
        let whole = (mirror.rows.clone(), mirror.volumes.clone());
        let mut resizable = Resizable::new(lp, 1_000_000).unwrap();
        for change in 0..40 {
            let part = |rng: &mut ChaCha8Rng| [0.0, 0.25, 0.5, 1.0][rng.random_range(0..4usize)];
            for place in 0..mirror.rows.len() {
                if rng.random_bool(0.4) {
                    let (row, capacity) = whole.0[place];
                    mirror.rows[place].1 = capacity * part(&mut rng);
                    resizable.set_capacity(row, mirror.rows[place].1);
                }
            }
            for place in 0..mirror.volumes.len() {
                if rng.random_bool(0.4) {
                    mirror.volumes[place] = whole.1[place] * part(&mut rng);
                    resizable.set_volume(CommodityIdx::nth(place as u32), mirror.volumes[place]);
                }
            }
            let Some(value) = resizable.resolve(1_000_000) else { panic!("seed {seed}, change {change}: given up") };
            let optimum = mirror.optimum();
            let close = (value - optimum).abs() <= 1e-6 * (1.0 + optimum.abs());
            assert!(close, "seed {seed}, change {change}: {value} instead of {optimum}");
        }
    }
}
