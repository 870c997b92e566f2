//! Instances from files to the checked problem: every error code has a broken file here, every generated instance reads, and no bytes
//! make the reader panic.

#[path = "input/broken_cells.rs"]
mod broken_cells;
#[path = "input/broken_files.rs"]
mod broken_files;
#[path = "input/broken_linerlib.rs"]
mod broken_linerlib;
#[path = "input/broken_pesplib.rs"]
mod broken_pesplib;
#[path = "input/broken_pins.rs"]
mod broken_pins;
#[path = "input/broken_references.rs"]
mod broken_references;
#[path = "input/broken_values.rs"]
mod broken_values;
#[path = "input/catalogue.rs"]
mod catalogue;
#[path = "input/fixture.rs"]
mod fixture;
#[path = "input/generated.rs"]
mod generated;
#[path = "input/linked.rs"]
mod linked;
#[path = "input/mutations.rs"]
mod mutations;
#[path = "input/repository.rs"]
mod repository;
#[path = "input/together.rs"]
mod together;
