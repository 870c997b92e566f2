//! `waterbus db` and `waterbus worker` as an operator runs them.

use super::engines::{Database, on_both_engines};
use super::sample;
use std::process::{Command, Output};

on_both_engines!(an_operator_backs_up_restores_and_verifies);

fn waterbus(arguments: &[&str]) -> (Option<i32>, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_waterbus")).args(arguments).output().unwrap();
    (status.code(), String::from_utf8(stdout).unwrap() + &String::from_utf8(stderr).unwrap())
}

/// Exit status 0 when all is well, 1 when there is damage, 2 when the command itself is wrong.
async fn an_operator_backs_up_restores_and_verifies(database: Database) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    sample::add_plan(&store, &instance, 1).await;
    let file = database.folder.path().join("backup");
    let file = file.to_str().unwrap();
    let db = |act: &str, url: &str, rest: &[&str]| waterbus(&[&["db", act, "--database", url], rest].concat());
    assert_eq!(db("backup", &database.url, &[file]).0, Some(0));
    let target = Database::new(database.engine).await.expect("the engine is there");
    assert_eq!(db("restore", &target.url, &[file]), (Some(0), "restored, and every hash is as it was\n".to_owned()));
    let (status, said) = db("restore", &target.url, &[file]);
    assert!(status == Some(2) && said.contains("not empty"), "{said}");
    assert_eq!(db("verify", &target.url, &[]), (Some(0), "every hash is as it was written\n".to_owned()));
    let raw = target.raw().await;
    sqlx::query("UPDATE chains SET seq = 7 WHERE name = 'plans'").execute(&raw).await.unwrap();
    let (status, said) = db("verify", &target.url, &[]);
    assert_eq!((status, said.as_str()), (Some(1), "plans 1: the chain does not end where it ended when it was last written\n"));
    let (status, said) = db("verify", &target.url, &["--json"]);
    assert!(status == Some(1) && said.contains(r#""place": "1""#), "{said}");
    let (status, said) = db("verify", "sqlite://none.sqlite", &[]);
    assert!(status == Some(2) && said.contains("there is no such database"), "{said}");
    assert_eq!(db("verify", "mysql://x", &[]).0, Some(2));
    assert_eq!(waterbus(&["worker"]).0, Some(2), "a worker needs a database");
}
