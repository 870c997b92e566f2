//! Answers kept ready. Plans never change, so an answer made from one is right for ever; the shelf is bounded, and what was not asked for
//! lately leaves first.

use super::body::Prepared;
use super::parts::Part;
use super::view::View;
use crate::publish::PlanDocument;
use moka::sync::Cache;
use std::sync::Arc;

/// Plans kept in memory, for parts that are asked for the first time.
const MOST_DOCUMENTS: u64 = 16;

/// An answer: which part of which plan, as whom.
type Place = (String, View, Part);

/// Plans and answers made from them.
pub struct Shelf {
    documents: Cache<String, Arc<PlanDocument>>,
    answers: Cache<Place, Prepared>,
}

impl Shelf {
    pub fn new(most_bytes: u64) -> Self {
        let weight = |place: &Place, answer: &Prepared| u32::try_from(place.0.len() + answer.size() + 256).unwrap_or(u32::MAX);
        Self { documents: Cache::new(MOST_DOCUMENTS), answers: Cache::builder().weigher(weight).max_capacity(most_bytes).build() }
    }

    pub fn find_document(&self, plan: &str) -> Option<Arc<PlanDocument>> {
        self.documents.get(plan)
    }

    pub fn keep_document(&self, plan: &str, document: &Arc<PlanDocument>) {
        self.documents.insert(plan.to_owned(), Arc::clone(document));
    }

    pub fn find(&self, place: &Place) -> Option<Prepared> {
        self.answers.get(place)
    }

    pub fn keep(&self, place: Place, answer: &Prepared) {
        self.answers.insert(place, answer.clone());
    }
}
