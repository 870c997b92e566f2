//! A linear or mixed-integer model as the stages write it: columns, rows with the tag of their formulation, one objective.

use std::collections::BTreeMap;

/// A column of a [`Model`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Col(pub(super) u32);

impl Col {
    /// Position in [`super::Answer::values`].
    pub fn row(self) -> usize {
        self.0 as usize
    }
}

#[derive(Clone, Debug)]
pub(super) struct Column {
    pub cost: f64,
    pub lower: f64,
    pub upper: f64,
    pub integer: bool,
}

/// Largest price that counts as none: a solver's tolerance.
const UNPRICED: f64 = 1e-7;

/// How a row compares with its right-hand side.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sense {
    AtMost,
    AtLeast,
    Equal,
}

#[derive(Clone, Debug)]
pub(super) struct Row {
    pub tag: &'static str,
    pub terms: Vec<(Col, f64)>,
    pub sense: Sense,
    pub rhs: f64,
}

impl Row {
    /// Left-hand side of an assignment.
    fn left(&self, values: &[f64]) -> f64 {
        self.terms.iter().map(|(col, factor)| factor * values[col.row()]).sum()
    }
}

/// A model to maximise.
#[derive(Clone, Debug, Default)]
pub struct Model {
    pub(super) columns: Vec<Column>,
    pub(super) rows: Vec<Row>,
}

impl Model {
    pub fn new() -> Self {
        Self::default()
    }

    /// A continuous variable; `value` is its objective coefficient.
    pub fn add_continuous(&mut self, value: f64, lower: f64, upper: f64) -> Col {
        self.add(value, lower, upper, false)
    }

    /// An integer variable.
    pub fn add_integer(&mut self, value: f64, lower: f64, upper: f64) -> Col {
        self.add(value, lower, upper, true)
    }

    fn add(&mut self, cost: f64, lower: f64, upper: f64, integer: bool) -> Col {
        self.columns.push(Column { cost, lower, upper, integer });
        Col(self.columns.len() as u32 - 1)
    }

    /// A row of the formulation's family `tag`; its number, or `None` for a row without terms, which is left out: it binds nothing.
    pub fn add_row(&mut self, tag: &'static str, terms: Vec<(Col, f64)>, sense: Sense, rhs: f64) -> Option<usize> {
        if terms.is_empty() {
            return None;
        }
        self.rows.push(Row { tag, terms, sense, rhs });
        Some(self.rows.len() - 1)
    }

    /// Adds to a variable's objective coefficient.
    pub fn add_value(&mut self, col: Col, value: f64) {
        self.columns[col.row()].cost += value;
    }

    /// Fixes a variable to one value.
    pub fn fix(&mut self, col: Col, value: f64) {
        self.columns[col.row()].lower = value;
        self.columns[col.row()].upper = value;
    }

    /// Drops the integrality of every variable.
    pub fn relax(&mut self) {
        for column in &mut self.columns {
            column.integer = false;
        }
    }

    /// Leaves out the rows of a family that have no price in a solved relaxation: its value stays the same without them.
    pub fn leave_out_unpriced(&mut self, tag: &'static str, prices: &[f64]) {
        let mut prices = prices.iter();
        self.rows.retain(|row| {
            let price = prices.next().copied().unwrap_or_default();
            row.tag != tag || price.abs() > UNPRICED
        });
    }

    /// True when an assignment keeps every row, within a hundred thousandth.
    pub fn is_kept(&self, values: &[f64]) -> bool {
        self.rows.iter().all(|row| {
            let (over, most) = (row.left(values) - row.rhs, 1e-5 * (1.0 + row.rhs.abs()));
            match row.sense {
                Sense::AtMost => over <= most,
                Sense::AtLeast => over >= -most,
                Sense::Equal => over.abs() <= most,
            }
        })
    }

    pub fn columns(&self) -> usize {
        self.columns.len()
    }

    pub fn rows(&self) -> usize {
        self.rows.len()
    }

    /// Number of rows by tag: the size of the model in the words of its formulation.
    pub fn size_by_tag(&self) -> BTreeMap<&'static str, usize> {
        let mut sizes = BTreeMap::new();
        for row in &self.rows {
            *sizes.entry(row.tag).or_default() += 1;
        }
        sizes
    }

    /// Objective value of an assignment.
    pub fn value_of(&self, values: &[f64]) -> f64 {
        self.columns.iter().zip(values).map(|(column, value)| column.cost * value).sum()
    }
}
