//! Rust source to the paths it names. Not a parser: words and signs are enough to find `use` trees and paths, in any nesting of modules.

/// A path as written, and the module it is written in.
#[derive(Debug, PartialEq)]
pub struct Named {
    pub module: Vec<String>,
    pub path: Vec<String>,
}

#[derive(Clone, Debug, PartialEq)]
enum Token {
    Word(String),
    Colons,
    Sign(char),
}

impl Named {
    /// The path from the crate's root; `None` for other crates and for names of the module itself.
    pub fn absolute(&self) -> Option<Vec<String>> {
        let (head, mut rest) = self.path.split_first()?;
        let mut base = match head.as_str() {
            "crate" | "waterbus" => Vec::new(),
            "self" | "super" => self.module.clone(),
            _ => return None,
        };
        if head == "super" {
            base.pop();
            while let Some((next, tail)) = rest.split_first().filter(|(next, _)| *next == "super") {
                debug_assert_eq!(next, "super");
                base.pop();
                rest = tail;
            }
        }
        base.extend(rest.iter().filter(|part| *part != "self").cloned());
        Some(base)
    }
}

/// The module that a file of `src/` is, from the crate's root. The program's own file counts as part of `cli`.
pub fn module_of(path: &str) -> Vec<String> {
    let inside = path.trim_start_matches("src/").trim_end_matches(".rs");
    if inside == "main" || inside.starts_with("bin/") {
        return vec!["cli".to_owned()];
    }
    let mut parts: Vec<String> = inside.split('/').map(str::to_owned).collect();
    if parts.last().is_some_and(|last| last == "mod" || last == "lib") {
        parts.pop();
    }
    parts
}

/// Every path of two parts or more, and every path of a `use`, in the order of the file. Comments and text in quotes are passed over.
pub fn find_paths(text: &str, module: &[String]) -> Vec<Named> {
    let tokens = read_tokens(text);
    let mut found = Vec::new();
    let mut modules = module.to_vec();
    let mut opened = Vec::new();
    let mut depth = 0_usize;
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        at = match token {
            Token::Word(word) if word == "mod" && is_sign(&tokens, at + 2, '{') => {
                modules.extend(word_at(&tokens, at + 1).map(str::to_owned));
                opened.push(depth);
                depth += 1;
                at + 3
            }
            Token::Word(word) if word == "use" && !is_sign(&tokens, at + 1, '<') => {
                read_use(&tokens, at + 1, Vec::new(), &mut |path| found.push(Named { module: modules.clone(), path }))
            }
            Token::Word(word) if word == "pub" && is_sign(&tokens, at + 1, '(') => after_bracket(&tokens, at + 1),
            Token::Word(_) => {
                let (path, next) = read_path(&tokens, at);
                if path.len() > 1 && !continues_a_type(&tokens, at) {
                    found.push(Named { module: modules.clone(), path });
                }
                next
            }
            Token::Sign('{') => {
                depth += 1;
                at + 1
            }
            Token::Sign('}') => {
                depth = depth.saturating_sub(1);
                if opened.pop_if(|start| *start == depth).is_some() {
                    modules.pop();
                }
                at + 1
            }
            _ => at + 1,
        };
    }
    found
}

/// Reads one branch of a `use` tree from `at`; gives each leaf's path to `leaf` and returns where the branch ends.
fn read_use(tokens: &[Token], mut at: usize, mut path: Vec<String>, leaf: &mut impl FnMut(Vec<String>)) -> usize {
    loop {
        match tokens.get(at) {
            Some(Token::Word(word)) if word == "as" => at += 2,
            Some(Token::Word(word)) => {
                path.push(word.clone());
                at += 1;
            }
            Some(Token::Colons) => at += 1,
            Some(Token::Sign('*')) => {
                path.push("*".to_owned());
                at += 1;
            }
            Some(Token::Sign('{')) => {
                at += 1;
                while !is_sign(tokens, at, '}') && at < tokens.len() {
                    at = read_use(tokens, at, path.clone(), leaf);
                    if is_sign(tokens, at, ',') {
                        at += 1;
                    }
                }
                return at + 1;
            }
            _ => {
                leaf(path);
                return at;
            }
        }
    }
}

fn read_path(tokens: &[Token], mut at: usize) -> (Vec<String>, usize) {
    let mut path = Vec::new();
    while let Some(word) = word_at(tokens, at) {
        path.push(word.to_owned());
        at += 1;
        if tokens.get(at) != Some(&Token::Colons) || word_at(tokens, at + 1).is_none() {
            break;
        }
        at += 1;
    }
    (path, at)
}

/// Whether the word goes on after a type, as `row` in `<T as Table>::row`, and so names no module.
fn continues_a_type(tokens: &[Token], at: usize) -> bool {
    at >= 2 && tokens[at - 1] == Token::Colons && tokens[at - 2] == Token::Sign('>')
}

fn after_bracket(tokens: &[Token], at: usize) -> usize {
    let length = tokens[at..].iter().position(|token| *token == Token::Sign(')')).unwrap_or(0);
    at + length + 1
}

fn is_sign(tokens: &[Token], at: usize, sign: char) -> bool {
    tokens.get(at) == Some(&Token::Sign(sign))
}

fn word_at(tokens: &[Token], at: usize) -> Option<&str> {
    match tokens.get(at) {
        Some(Token::Word(word)) => Some(word),
        _ => None,
    }
}

fn read_tokens(text: &str) -> Vec<Token> {
    let chars: Vec<char> = text.chars().collect();
    let mut tokens = Vec::new();
    let mut at = 0;
    while at < chars.len() {
        let rest = &chars[at..];
        at += if let Some(length) = passed_over(rest) {
            length
        } else if is_letter(rest[0]) {
            let length = rest.iter().take_while(|c| is_letter(**c)).count();
            tokens.push(Token::Word(rest[..length].iter().collect()));
            length
        } else if rest.starts_with(&[':', ':']) {
            tokens.push(Token::Colons);
            2
        } else {
            tokens.extend(Some(rest[0]).filter(|c| !c.is_whitespace()).map(Token::Sign));
            1
        };
    }
    tokens
}

fn is_letter(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Length of the comment, text or character that starts here, if one does.
fn passed_over(rest: &[char]) -> Option<usize> {
    match rest {
        ['/', '/', ..] => Some(rest.iter().position(|c| *c == '\n').unwrap_or(rest.len())),
        ['/', '*', ..] => Some(block_comment(rest)),
        ['"', ..] => Some(quoted(rest, '"')),
        ['\'', '\\', ..] | ['\'', _, '\'', ..] => Some(quoted(rest, '\'')),
        ['r', ..] | ['b', 'r', ..] => raw_text(rest),
        _ => None,
    }
}

fn block_comment(rest: &[char]) -> usize {
    let (mut depth, mut at) = (0, 0);
    while at < rest.len() {
        match rest[at..] {
            ['/', '*', ..] => depth += 1,
            ['*', '/', ..] => depth -= 1,
            _ => {
                at += 1;
                continue;
            }
        }
        at += 2;
        if depth == 0 {
            break;
        }
    }
    at
}

fn quoted(rest: &[char], end: char) -> usize {
    let mut at = 1;
    while at < rest.len() && rest[at] != end {
        at += if rest[at] == '\\' { 2 } else { 1 };
    }
    at + 1
}

/// `r"..."` with any number of `#`; a word that only starts with `r` is none.
fn raw_text(rest: &[char]) -> Option<usize> {
    let start = rest.iter().position(|c| *c == 'r')? + 1;
    let marks = rest[start..].iter().take_while(|c| **c == '#').count();
    let body = start + marks + 1;
    if rest.get(body - 1) != Some(&'"') {
        return None;
    }
    let end: Vec<char> = std::iter::once('"').chain(std::iter::repeat_n('#', marks)).collect();
    let length = rest[body..].windows(end.len()).position(|window| window == end)?;
    Some(body + length + end.len())
}

/// Paths are found in every shape in which Rust lets one write them; else a forbidden import could hide.
#[test]
fn paths_are_found_in_trees_nested_modules_and_expressions() {
    let text = r##"
        //! See [`crate::cli::run`].
        use crate::{domain::{Plan, Problem as Task}, audit::*};
        pub(in crate::service) fn open<'a>(text: &'a str) { /* crate::cli */ crate::waterway::find("crate::cli", '"', r#"crate::cli"#) }
        mod inner { use super::{super::sibling, own}; mod deep { use super::x; } }
        fn after(x: impl Sized + use<>) -> <T as Table>::row::Of { ::highs::Model::new() }
    "##;
    let module = ["optimize".to_owned(), "design".to_owned()];
    let found = find_paths(text, &module);
    let absolute: Vec<String> = found.iter().filter_map(Named::absolute).map(|path| path.join("::")).collect();
    let expected =
        ["domain::Plan", "domain::Problem", "audit::*", "waterway::find", "optimize::sibling", "optimize::design::own"];
    assert_eq!(absolute[..6], expected);
    assert_eq!(absolute[6..], ["optimize::design::inner::x"]);
    assert!(found.iter().any(|named| named.path[0] == "highs"), "{found:?}");
    assert!(!found.iter().any(|named| named.path[0] == "row"), "{found:?}");
}
