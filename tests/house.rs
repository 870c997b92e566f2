//! The rules of the house, read from the files themselves: which room may use which, formulas and code that carry the same tags, files
//! of a size one can review, nothing that ties the tree to one machine.

#[path = "house/files.rs"]
mod files;
#[path = "house/rooms.rs"]
mod rooms;
#[path = "house/source.rs"]
mod source;
#[path = "house/tags.rs"]
mod tags;
#[path = "house/tree.rs"]
mod tree;
