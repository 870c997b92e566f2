//! Formulas and code carry the same tags: `models/` states a rule as `[TT-4]`, and the code that builds its rows says `[TT-4]` too.

use super::files::find_texts_ending;
use std::collections::BTreeMap;

/// Network design, cargo flow, timetable, slots, alliance, journeys, ledger.
const FAMILIES: [&str; 7] = ["ND", "CF", "TT", "SL", "AL", "JN", "LG"];

/// A rule without code is a promise not kept; code without a rule cannot be reviewed.
#[test]
fn every_rule_of_the_models_is_built_and_every_built_rule_is_written_down() {
    let models = tags_in("models", ".md");
    let code = tags_in("src", ".rs");
    let mut complaints: Vec<String> = Vec::new();
    complaints.extend(
        models.iter().filter(|(tag, _)| !code.contains_key(*tag)).map(|(tag, path)| format!("[{tag}] of {path} is not in src")),
    );
    complaints.extend(
        code.iter()
            .filter(|(tag, _)| !models.contains_key(*tag))
            .map(|(tag, path)| format!("[{tag}] of {path} is not in models")),
    );
    complaints.extend(
        models
            .iter()
            .filter(|(tag, _)| !is_of_a_family(tag))
            .map(|(tag, path)| format!("[{tag}] of {path}: family unknown here")),
    );
    assert!(complaints.is_empty(), "\n{}\n", complaints.join("\n"));
}

/// What counts as a tag, and what only looks like one.
#[test]
fn tags_are_two_or_three_capitals_a_dash_and_a_number_in_brackets() {
    let text = "rows [TT-4] and [ND-12], not [T-4], [TT-], [tt-4], [TTTT-4], [TT-4b], TT-5, [TT-6 or [CF-1]";
    assert_eq!(find_tags(text), ["TT-4", "ND-12", "CF-1"]);
}

/// Tags and one file each; in code only tags of our families count, for brackets mean other things there too.
fn tags_in(folder: &str, ending: &str) -> BTreeMap<String, String> {
    let mut found = BTreeMap::new();
    for file in find_texts_ending(folder, ending) {
        for tag in find_tags(&file.text) {
            if ending == ".md" || is_of_a_family(tag) {
                found.entry(tag.to_owned()).or_insert_with(|| file.path.clone());
            }
        }
    }
    found
}

fn is_of_a_family(tag: &str) -> bool {
    tag.split_once('-').is_some_and(|(family, _)| FAMILIES.contains(&family))
}

fn find_tags(text: &str) -> Vec<&str> {
    text.split('[').skip(1).filter_map(|rest| rest.split_once(']')).map(|(tag, _)| tag).filter(|tag| is_tag(tag)).collect()
}

fn is_tag(text: &str) -> bool {
    let Some((family, number)) = text.split_once('-') else {
        return false;
    };
    (2..=3).contains(&family.len())
        && family.bytes().all(|letter| letter.is_ascii_uppercase())
        && !number.is_empty()
        && number.bytes().all(|digit| digit.is_ascii_digit())
}
