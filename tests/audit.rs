//! The auditor from outside: a network that meets every rule, a plan for it worked out by hand, every fault that can be planted in it,
//! and plans that no stage would ever make.

#[path = "audit/cargo_faults.rs"]
mod cargo_faults;
#[path = "audit/changes.rs"]
mod changes;
#[path = "audit/faultless.rs"]
mod faultless;
#[path = "audit/faults.rs"]
mod faults;
#[path = "audit/hostile.rs"]
mod hostile;
#[path = "audit/network.rs"]
mod network;
#[path = "audit/permits.rs"]
mod permits;
#[path = "audit/plan.rs"]
mod plan;
#[path = "audit/service_faults.rs"]
mod service_faults;
#[path = "audit/time_faults.rs"]
mod time_faults;
#[path = "audit/trade_faults.rs"]
mod trade_faults;
