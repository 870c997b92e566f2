//! `waterbus db`: backup, restore and verify.

use super::args::{Db, VerifyArgs};
use super::{Exit, output};
use crate::service::store::{BackupError, Store};
use anyhow::Context;

pub fn run(command: &Db) -> anyhow::Result<Exit> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().context("the database cannot be opened")?;
    runtime.block_on(async {
        match command {
            Db::Backup(args) => {
                let store = open(&args.database.url).await?;
                store.backup(&args.file).await?;
                output::print(&format!("backup written to {}\n", args.file.display()))?;
                Ok(Exit::Success)
            }
            Db::Restore(args) => match Store::open(&args.database.url).await?.restore(&args.file).await {
                Ok(()) => {
                    output::print("restored, and every hash is as it was\n")?;
                    Ok(Exit::Success)
                }
                Err(error @ BackupError::Damaged(_)) => {
                    output::tell(&error.to_string());
                    Ok(Exit::Negative)
                }
                Err(error) => Err(error.into()),
            },
            Db::Verify(args) => verify(args).await,
        }
    })
}

/// Opens a database that must be there: to verify or back up a new and empty file would tell nothing.
async fn open(url: &str) -> anyhow::Result<Store> {
    let file = url.strip_prefix("sqlite:").map(|rest| rest.trim_start_matches("//").split('?').next().unwrap_or_default());
    if let Some(file) = file {
        anyhow::ensure!(std::path::Path::new(file).exists(), "{file}: there is no such database");
    }
    Ok(Store::open(url).await?)
}

async fn verify(args: &VerifyArgs) -> anyhow::Result<Exit> {
    let found = open(&args.database.url).await?.verify().await?;
    if args.json {
        output::print_json(&serde_json::json!({ "damage": found }))?;
    } else if found.is_empty() {
        output::print("every hash is as it was written\n")?;
    }
    for damage in found.iter().filter(|_| !args.json) {
        output::print(&format!("{} {}: {}\n", damage.table, damage.place, damage.what))?;
    }
    Ok(if found.is_empty() { Exit::Success } else { Exit::Negative })
}
