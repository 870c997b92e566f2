//! Lowers the bound of the relaxed problem by its prices. The bound is convex in them, with kinks; steps go against a running mean of the
//! slack, each price at its own scale (the rule known as Adam), and get shorter over the time there is.

use super::relaxed::{Answer, Link, Relaxed};

/// Weight of the past in the running means of the slack and of its square.
const PAST: f64 = 0.99;
const PAST_SQUARE: f64 = 0.99;
/// First and last step, as a share of the first prices.
const FIRST_STEP: f64 = 0.03;
const LAST_STEP: f64 = 0.001;
/// Share of the work after which pairs that demands take become links.
const LINKS_FROM: f64 = 0.5;

/// The lowest bound found.
#[derive(Clone, Debug, Default)]
pub struct Lowest {
    pub bound: f64,
    /// Links that had a price there.
    pub links: Vec<Link>,
}

/// Prices on their way.
#[derive(Clone, Debug, Default)]
struct Steps {
    prices: Vec<f64>,
    /// What a step of each price is a share of.
    scales: Vec<f64>,
    mean: Vec<f64>,
    square: Vec<f64>,
}

impl Steps {
    /// From first prices, with the mean of those above zero for the scale of the others.
    fn new(prices: Vec<f64>) -> Self {
        let mut steps = Self { scales: prices.clone(), ..Self::default() };
        steps.grow(prices.len(), mean_above_zero(&prices));
        steps.prices = prices;
        steps
    }

    /// Makes place for more prices, zero for now.
    fn grow(&mut self, rows: usize, scale: f64) {
        self.scales.resize(rows, scale);
        self.scales.iter_mut().filter(|known| **known <= 0.0).for_each(|known| *known = scale);
        [&mut self.prices, &mut self.mean, &mut self.square].into_iter().for_each(|values| values.resize(rows, 0.0));
    }

    fn step(&mut self, slack: &[f64], share: f64) {
        for (row, slack) in slack.iter().enumerate() {
            let price = self.prices[row];
            // a price of zero cannot fall
            let slack = if price <= 0.0 { slack.min(0.0) } else { *slack };
            self.mean[row] = PAST * self.mean[row] + (1.0 - PAST) * slack;
            self.square[row] = PAST_SQUARE * self.square[row] + (1.0 - PAST_SQUARE) * slack * slack;
            if self.square[row] > 0.0 {
                self.prices[row] = (price - share * self.scales[row] * self.mean[row] / self.square[row].sqrt()).max(0.0);
            }
        }
    }
}

fn mean_above_zero(prices: &[f64]) -> f64 {
    let (sum, count) =
        prices.iter().filter(|price| **price > 0.0).fold((0.0, 0u32), |(sum, count), price| (sum + price, count + 1));
    if count > 0 { sum / f64::from(count) } else { 1.0 }
}

/// Steps until the share of the work that is done, asked for by the number of steps, has come to 1.
pub fn lower(relaxed: &mut Relaxed, mut done: impl FnMut(u64) -> f64) -> Lowest {
    let mut steps = Steps::new(relaxed.first_prices());
    let scale = mean_above_zero(&steps.prices);
    let mut best = Lowest { bound: f64::INFINITY, ..Lowest::default() };
    let mut best_prices = Vec::new();
    let mut answer = Answer::default();
    let mut taken = 0;
    loop {
        let share = done(taken);
        relaxed.answer(&steps.prices, share >= LINKS_FROM, &mut answer);
        if answer.bound < best.bound {
            best.bound = answer.bound;
            best_prices.clone_from(&steps.prices);
        }
        if share >= 1.0 {
            break;
        }
        steps.grow(answer.slack.len(), scale);
        steps.step(&answer.slack, FIRST_STEP * (LAST_STEP / FIRST_STEP).powf(share));
        taken += 1;
    }
    let rows = relaxed.first_link()..best_prices.len();
    best.links = relaxed.links().iter().zip(rows).filter(|(_, row)| best_prices[*row] > 0.0).map(|(link, _)| *link).collect();
    best
}
