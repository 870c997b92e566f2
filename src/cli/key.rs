//! `waterbus key`: who may come in, when there is nobody yet whom the service would obey.

use super::args::KeyCreateArgs;
use super::{Exit, output, runtime};
use crate::service::store::{NewKey, Store};

/// Written down as the maker of what is made on the command line.
pub const COMMAND_LINE: &str = "command line";

pub fn create(args: &KeyCreateArgs) -> anyhow::Result<Exit> {
    runtime()?.block_on(async {
        let store = Store::open(&args.database.database).await?;
        let new = NewKey { role: args.role, member: args.member.as_deref(), label: &args.label, made_by: COMMAND_LINE };
        let (_, secret) = store.create_key(new).await?;
        output::print(&format!("{}\n", secret.reveal()))?;
        output::tell("the key is shown this once; only its hash is kept");
        store.close().await;
        Ok(Exit::Success)
    })
}
