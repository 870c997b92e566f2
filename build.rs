//! The built page is part of a release: whoever builds the page anew gets a program with it. Nothing is built here, and development
//! builds read the page from its folder.

fn main() {
    let is_release = std::env::var("PROFILE").is_ok_and(|profile| profile == "release");
    println!("cargo:rerun-if-changed={}", if is_release { "web/dist" } else { "build.rs" });
}
