//! Plans and publishes a water freight bus.
