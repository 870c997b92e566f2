//! Room publish.
