//! What is written stays, whoever asks the database to change it.

use super::engines::{Database, on_both_engines};
use super::sample;
use sqlx::AssertSqlSafe;
use waterbus::service::store::StoreError;

on_both_engines!(published_rows_refuse_to_be_changed_or_deleted, two_openings_at_once_make_the_tables_once);

/// A correction is a new version: not even somebody at the database's own prompt changes a plan, a publication or the audit trail.
async fn published_rows_refuse_to_be_changed_or_deleted(database: Database) {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    let plan = sample::add_plan(&store, &instance, 1).await;
    store.publish_plan(&plan.id, "", "planner").await.unwrap();
    let raw = database.raw().await;
    for (table, column) in [("plans", "document"), ("publications", "note"), ("audit_trail", "detail")] {
        for change in [format!("UPDATE {table} SET {column} = 'x'"), format!("DELETE FROM {table}")] {
            let refused = sqlx::query(AssertSqlSafe(change.clone())).execute(&raw).await;
            let error = refused.expect_err(&change).to_string();
            assert!(error.contains(&format!("{table} cannot be changed")), "{change}: {error}");
        }
    }
    assert_eq!(store.verify().await.unwrap(), []);
}

/// Servers that start together find one set of tables.
async fn two_openings_at_once_make_the_tables_once(database: Database) {
    let (one, other) = tokio::join!(database.store(), database.store());
    let instance = sample::add_toy(&one).await;
    assert_eq!(other.find_instance(&instance).await.unwrap().id, instance);
}

/// Whoever cannot write in time is told to come again, and not that the database is broken.
#[test]
fn a_writer_who_waits_too_long_is_told_that_the_database_is_busy() {
    super::engines::run(super::engines::Engine::Sqlite, async |database: Database| {
        let store = database.store().await;
        let raw = database.raw().await;
        let other = raw.begin_with("BEGIN IMMEDIATE").await.unwrap();
        let refused = store.add_member("YH", "Yuehai", "粤海", "console").await;
        assert!(matches!(refused, Err(StoreError::Busy)), "{refused:?}");
        other.rollback().await.unwrap();
        store.add_member("YH", "Yuehai", "粤海", "console").await.unwrap();
    });
}
