//! The divisions of a profit, and the rule that chooses one.

use super::allotments::round_to;
use super::certificate::{Held, certify};
use super::game::Game;
use super::nearest::{Nearest, nearest_in_core};
use super::nucleolus::{least_core, nucleolus};
use crate::domain::{Cents, Division, SharingRule};
use num_rational::BigRational;

/// Members up to which the nucleolus is worked out in fractions.
const EXACT_MEMBERS: usize = 6;
/// Sets that a certificate may weigh; alliances of many equal members have more.
const MOST_WEIGHED: usize = 1500;

/// The divisions of a game's total, hundredths.
#[derive(Clone, Debug)]
pub struct Divisions {
    pub shapley: Vec<f64>,
    pub nucleolus: Vec<f64>,
    pub owen: Vec<f64>,
    /// Up to 0 the core is not empty.
    pub least_core: f64,
    pub certificate: Vec<Held<f64>>,
}

impl Divisions {
    /// Works all of them out; `owen` comes from the prices.
    pub fn new(values: &[Cents], owen: Vec<f64>) -> Self {
        let game = Game::new(values.iter().map(|value| value.0 as f64).collect());
        if game.members() <= EXACT_MEMBERS {
            return Self::exact(values, &game, owen);
        }
        let (scaled, size) = game.scaled();
        let shares = nucleolus(&scaled);
        let certificate = certify(&scaled, &shares, MOST_WEIGHED).unwrap_or_default();
        let unscaled = |held: Held<f64>| Held { excess: held.excess * size, ..held };
        Self {
            shapley: game.shapley(),
            nucleolus: shares.iter().map(|share| share * size).collect(),
            owen,
            least_core: least_core(&scaled).unwrap_or_default() * size,
            certificate: certificate.into_iter().map(unscaled).collect(),
        }
    }

    fn exact(values: &[Cents], game: &Game, owen: Vec<f64>) -> Self {
        let fractions = Game::new(values.iter().map(|value| BigRational::from_integer(value.0.into())).collect());
        let shares = nucleolus(&fractions);
        let machine = |number: &BigRational| super::number::Number::to_machine(number);
        let certificate = certify(&fractions, &shares, MOST_WEIGHED).unwrap_or_default();
        let rounded = |held: Held<BigRational>| Held {
            excess: machine(&held.excess),
            sets: held.sets,
            weights: held.weights.iter().map(|(set, weight)| (*set, machine(weight))).collect(),
        };
        Self {
            shapley: game.shapley(),
            nucleolus: shares.iter().map(machine).collect(),
            owen,
            least_core: least_core(&fractions).as_ref().map_or(0.0, machine),
            certificate: certificate.into_iter().map(rounded).collect(),
        }
    }

    /// [AL-13] The shares that a rule comes to.
    pub fn choose(&self, values: &[Cents], rule: SharingRule) -> Chosen {
        let plain = |division, shares: &[f64]| Chosen { division, shares: shares.to_vec(), pushes: Vec::new() };
        match rule {
            SharingRule::Shapley => plain(Division::Shapley, &self.shapley),
            SharingRule::Nucleolus => plain(Division::Nucleolus, &self.nucleolus),
            SharingRule::Owen => plain(Division::Owen, &self.owen),
            SharingRule::Fair => {
                let game = Game::new(values.iter().map(|value| value.0 as f64).collect());
                if game.is_in_core(&self.shapley) {
                    return plain(Division::Shapley, &self.shapley);
                }
                match nearest_in_core(&game, &self.shapley) {
                    Some(Nearest { shares, pushes }) => Chosen { division: Division::NearestCore, shares, pushes },
                    None => plain(Division::Nucleolus, &self.nucleolus),
                }
            }
        }
    }
}

/// The division that a rule comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Chosen {
    pub division: Division,
    pub shares: Vec<f64>,
    /// Of the nearest point of the core: the sets that keep it from the Shapley value.
    pub pushes: Vec<(usize, f64)>,
}

/// Shares in whole hundredths that add up to the profit.
pub fn in_cents(profit: Cents, shares: &[f64]) -> Vec<Cents> {
    round_to(profit.0, shares).into_iter().map(Cents).collect()
}
