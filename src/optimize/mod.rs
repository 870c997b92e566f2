//! The planning stages. In: problem and waterway. Out: an audited [`crate::domain::Plan`]. The stages never import one another (`flow` aside); they meet
//! in `domain`.
