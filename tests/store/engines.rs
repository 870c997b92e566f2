//! One database for each test, of either engine.

use super::postgres;
use sqlx::{AnyPool, AssertSqlSafe};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::atomic::{AtomicU32, Ordering};
use tempfile::TempDir;
use waterbus::service::store::Store;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}

/// An empty database. An SQLite file goes with it; one in PostgreSQL goes with the server.
pub struct Database {
    pub engine: Engine,
    pub url: String,
    pub folder: TempDir,
}

impl Database {
    /// `None` where there is no such engine.
    pub async fn new(engine: Engine) -> Option<Self> {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let folder = tempfile::tempdir().expect("a temporary folder");
        let url = match engine {
            Engine::Sqlite => format!("sqlite://{}", folder.path().join("waterbus.sqlite").display()),
            Engine::Postgres => {
                let name = format!("waterbus_{}", COUNT.fetch_add(1, Ordering::SeqCst));
                let server = postgres::server()?;
                let admin = raw(&server.address("postgres")).await;
                sqlx::query(AssertSqlSafe(format!("CREATE DATABASE {name}"))).execute(&admin).await.expect("a new database");
                admin.close().await;
                server.address(&name)
            }
        };
        Some(Self { engine, url, folder })
    }

    pub async fn store(&self) -> Store {
        Store::open(&self.url).await.expect("the database opens")
    }

    /// The database without the store's rules.
    pub async fn raw(&self) -> AnyPool {
        raw(&self.url).await
    }
}

async fn raw(url: &str) -> AnyPool {
    sqlx::any::install_default_drivers();
    AnyPool::connect(url).await.expect("the database answers")
}

/// Runs a case on a database of its own.
pub fn run(engine: Engine, case: impl AsyncFnOnce(Database)) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().expect("a runtime");
    let whole = catch_unwind(AssertUnwindSafe(|| {
        runtime.block_on(async {
            if let Some(database) = Database::new(engine).await {
                case(database).await;
            }
        });
    }));
    // a planner may still sleep: a failed case must not wait for it
    runtime.shutdown_background();
    if let Err(failure) = whole {
        resume_unwind(failure);
    }
}

/// Makes two tests of each case.
macro_rules! on_both_engines {
    ($($case:ident),+ $(,)?) => {
        mod sqlite {
            $(#[test] fn $case() { crate::engines::run(crate::engines::Engine::Sqlite, super::$case); })+
        }
        mod postgres {
            $(#[test] fn $case() { crate::engines::run(crate::engines::Engine::Postgres, super::$case); })+
        }
    };
}
pub(crate) use on_both_engines;
