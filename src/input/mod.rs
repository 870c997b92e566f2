//! Instance files to a checked [`crate::domain::Problem`]. In: a folder. Out: a problem, or every error at once, each with a code, file, line, field
//! and what to do. Only this room builds a problem. It also writes instances and generates them from a seed.
