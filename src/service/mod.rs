//! Room service.
