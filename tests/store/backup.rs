//! Backups: one file of either engine, brought back into either engine with every hash as it was.

use super::engines::{Database, Engine, on_both_engines};
use super::sample::{self, request};
use sqlx::{AnyPool, AssertSqlSafe, Row};
use std::path::PathBuf;
use std::time::Duration;
use waterbus::service::access::Role;
use waterbus::service::store::{BackupError, JobState, NewKey, Store};

on_both_engines!(
    a_backup_comes_back_into_either_engine_as_it_was,
    a_backup_under_load_is_of_one_moment,
    a_database_with_rows_takes_no_backup,
    a_damaged_backup_is_refused,
    a_backup_takes_the_place_of_the_one_before_whole,
    a_job_that_ran_during_the_backup_is_taken_again,
);

/// Every table and column of the schema, each with its rows as text.
async fn contents(raw: &AnyPool, engine: Engine) -> Vec<String> {
    let tables = match engine {
        Engine::Sqlite => "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%' ORDER BY name",
        Engine::Postgres => {
            "SELECT CAST(tablename AS TEXT) AS name FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename COLLATE \"C\""
        }
    };
    let tables: Vec<String> = sqlx::query_scalar(tables).fetch_all(raw).await.unwrap();
    let mut lines = Vec::new();
    for table in tables.into_iter().filter(|table| table != "_sqlx_migrations") {
        let columns = match engine {
            Engine::Sqlite => format!("SELECT name FROM pragma_table_info('{table}') ORDER BY name"),
            Engine::Postgres => format!(
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns WHERE table_schema = 'public' \
                 AND table_name = '{table}' ORDER BY column_name COLLATE \"C\""
            ),
        };
        let columns: Vec<String> = sqlx::query_scalar(AssertSqlSafe(columns)).fetch_all(raw).await.unwrap();
        let texts: Vec<String> = columns.iter().map(|name| format!("COALESCE(CAST({name} AS TEXT), 'NULL')")).collect();
        let rows = format!("SELECT {} AS line FROM {table}", texts.join(" || '|' || "));
        let rows = sqlx::query(AssertSqlSafe(rows)).fetch_all(raw).await.unwrap();
        let mut rows: Vec<String> = rows.iter().map(|row| format!("{table}: {}", row.get::<String, _>("line"))).collect();
        rows.sort();
        lines.push(format!("{table}: {}", columns.join("|")));
        lines.extend(rows);
    }
    lines
}

/// Something in every table.
async fn full(database: &Database) -> Store {
    let store = database.store().await;
    store.add_member("YH", "Yuehai", "粤海", "console").await.unwrap();
    store.create_key(NewKey { role: Role::Member, member: Some("YH"), label: "desk", made_by: "console" }).await.unwrap();
    store.shared_setting("cookie", "secret").await.unwrap();
    let instance = sample::add_toy(&store).await;
    let plan = sample::add_plan(&store, &instance, 1).await;
    store.publish_plan(&plan.id, "for 'winter'", "planner").await.unwrap();
    sample::add_job(&store, &instance, &request(3)).await;
    store
}

fn file(database: &Database) -> PathBuf {
    database.folder.path().join("back up?.sqlite")
}

async fn a_backup_comes_back_into_either_engine_as_it_was(database: Database) {
    let store = full(&database).await;
    store.backup(&file(&database)).await.unwrap();
    let before = contents(&database.raw().await, database.engine).await;
    assert!(before.len() > 20, "{before:?}");
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let Some(target) = Database::new(engine).await else {
            continue;
        };
        let restored = target.store().await;
        restored.restore(&file(&database)).await.unwrap();
        assert_eq!(contents(&target.raw().await, engine).await, before, "{:?} to {engine:?}", database.engine);
        assert_eq!(restored.verify().await.unwrap(), []);
        // the chains go on where they were
        let instance = sample::add_toy(&restored).await;
        assert_eq!(sample::add_plan(&restored, &instance, 2).await.seq, 2);
        assert_eq!(restored.verify().await.unwrap(), []);
    }
}

/// Plans are added while the backup is written: it holds the first so many of them, and its chains end there.
async fn a_backup_under_load_is_of_one_moment(database: Database) {
    let store = full(&database).await;
    let busy = database.store().await;
    let writing = tokio::spawn(async move {
        let instance = sample::add_toy(&busy).await;
        for number in 2..40 {
            sample::add_plan(&busy, &instance, number).await;
        }
    });
    for _ in 0..5 {
        store.backup(&file(&database)).await.unwrap();
        let target = Database::new(Engine::Sqlite).await.expect("SQLite is always there");
        target.store().await.restore(&file(&database)).await.unwrap();
    }
    writing.await.unwrap();
}

async fn a_database_with_rows_takes_no_backup(database: Database) {
    let store = full(&database).await;
    store.backup(&file(&database)).await.unwrap();
    let before = contents(&database.raw().await, database.engine).await;
    let refused = store.restore(&file(&database)).await;
    assert!(matches!(refused, Err(BackupError::NotEmpty(_))), "{refused:?}");
    assert_eq!(contents(&database.raw().await, database.engine).await, before);
    let missing = database.store().await.restore(&database.folder.path().join("none")).await;
    assert!(matches!(missing, Err(BackupError::File { .. })), "{missing:?}");
}

async fn a_damaged_backup_is_refused(database: Database) {
    full(&database).await.backup(&file(&database)).await.unwrap();
    let plain = database.folder.path().join("plain.sqlite");
    std::fs::copy(file(&database), &plain).unwrap();
    let raw = AnyPool::connect(&format!("sqlite://{}", plain.display())).await.unwrap();
    for act in ["DROP TRIGGER plans_refuse_update", "UPDATE plans SET made_by = 'nobody'"] {
        sqlx::query(act).execute(&raw).await.unwrap();
    }
    raw.close().await;
    let target = Database::new(database.engine).await.expect("the engine is there");
    let empty = target.store().await;
    let refused = empty.restore(&plain).await;
    assert!(matches!(&refused, Err(BackupError::Damaged(found)) if found.len() == 1), "{refused:?}");
    assert!(!empty.has_keys().await.unwrap(), "nothing was kept");
}

async fn a_backup_takes_the_place_of_the_one_before_whole(database: Database) {
    let store = full(&database).await;
    std::fs::write(file(&database), "an older one").unwrap();
    store.backup(&file(&database)).await.unwrap();
    let beside = |entry: std::io::Result<std::fs::DirEntry>| entry.unwrap().file_name().into_string().unwrap();
    let names: Vec<String> = std::fs::read_dir(database.folder.path()).unwrap().map(beside).collect();
    assert!(names.iter().all(|name| !name.starts_with(".waterbus")), "{names:?}");
    let target = Database::new(Engine::Sqlite).await.expect("SQLite is always there");
    target.store().await.restore(&file(&database)).await.unwrap();
    let nowhere = store.backup(&database.folder.path().join("none/backup")).await;
    assert!(matches!(nowhere, Err(BackupError::File { .. })), "{nowhere:?}");
}

async fn a_job_that_ran_during_the_backup_is_taken_again(database: Database) {
    let store = full(&database).await;
    let lease = Duration::from_millis(1);
    let held = store.claim_job("a", lease).await.unwrap().expect("a part waits");
    store.backup(&file(&database)).await.unwrap();
    let target = Database::new(database.engine).await.expect("the engine is there");
    let restored = target.store().await;
    restored.restore(&file(&database)).await.unwrap();
    let again = loop {
        let claim = restored.claim_job("b", Duration::from_secs(60)).await.unwrap().expect("parts wait");
        if claim.job_id == held.job_id {
            break claim;
        }
    };
    assert_eq!((again.attempt, again.lost), (2, 1));
    assert_eq!(restored.find_job(&held.job_id).await.unwrap().state, JobState::Running);
}
