//! Damage is found wherever it is. The guards are taken away first, as somebody with the file in hand could do.

use super::engines::{Database, on_both_engines};
use super::sample;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use sqlx::{AnyPool, AssertSqlSafe, Row};
use waterbus::service::store::{Damage, Store};

on_both_engines!(
    an_untouched_database_has_no_damage,
    each_kind_of_damage_is_found_and_named,
    a_thousand_random_byte_flips_in_published_plans_are_a_thousand_findings,
);

/// Three published plans, one of them withdrawn.
async fn with_plans(database: &Database) -> Store {
    let store = database.store().await;
    let instance = sample::add_toy(&store).await;
    for number in 1..=3 {
        let plan = sample::add_plan(&store, &instance, number).await;
        store.publish_plan(&plan.id, "for winter", "planner").await.unwrap();
        if number == 2 {
            store.withdraw_plan(&plan.id, "low water", "planner").await.unwrap();
        }
    }
    store
}

/// The database without its guards.
async fn unguarded(database: &Database) -> AnyPool {
    const SQLITE: &str = "SELECT name FROM sqlite_master WHERE type = 'trigger'";
    let raw = database.raw().await;
    match database.engine {
        super::engines::Engine::Sqlite => {
            let names: Vec<String> = sqlx::query_scalar(SQLITE).fetch_all(&raw).await.unwrap();
            for name in names {
                sqlx::query(AssertSqlSafe(format!("DROP TRIGGER {name}"))).execute(&raw).await.unwrap();
            }
        }
        super::engines::Engine::Postgres => {
            for table in ["plans", "publications", "audit_trail"] {
                let drop = format!("ALTER TABLE {table} DISABLE TRIGGER USER");
                sqlx::query(AssertSqlSafe(drop)).execute(&raw).await.unwrap();
            }
        }
    }
    raw
}

/// Table, place, and what is wrong.
type Finding<'a> = (&'a str, &'a str, &'a str);

fn seen(found: &[Damage]) -> Vec<Finding<'_>> {
    found.iter().map(|damage| (damage.table, damage.place.as_str(), damage.what.as_str())).collect()
}

async fn an_untouched_database_has_no_damage(database: Database) {
    let empty = database.store().await;
    assert_eq!(empty.verify().await.unwrap(), []);
    assert_eq!(with_plans(&database).await.verify().await.unwrap(), []);
}

/// One act of damage at a time, each undone before the next.
async fn each_kind_of_damage_is_found_and_named(database: Database) {
    const END: &str = "the chain does not end where it ended when it was last written";
    const FIELDS: &str = "its fields are not those that its hash names";
    const FOLLOWS: &str = "it does not follow from the record before";
    let store = with_plans(&database).await;
    let raw = unguarded(&database).await;
    let cases: [(&str, &[Finding]); 11] = [
        ("UPDATE plans SET profit_cents = profit_cents + 1 WHERE seq = 2", &[("plans", "2", FIELDS)]),
        (
            "UPDATE plans SET document = document || ' ' WHERE seq = 3",
            &[("plans", "3", "its document is not the one that its hash names")],
        ),
        ("UPDATE plans SET record_hash = 'x' WHERE seq = 1", &[("plans", "1", FIELDS), ("plans", "2", FOLLOWS)]),
        (
            "DELETE FROM audit_trail WHERE seq = 3",
            &[("audit_trail", "4", "records before it are missing"), ("audit_trail", "4", FOLLOWS)],
        ),
        ("DELETE FROM publications WHERE seq > 3", &[("publications", "3", END)]),
        ("DELETE FROM audit_trail", &[("audit_trail", "0", END)]),
        ("UPDATE publications SET action = 'published' WHERE seq = 3", &[("publications", "3", FIELDS)]),
        ("UPDATE chains SET hash = 'x' WHERE name = 'publications'", &[("publications", "4", END)]),
        ("DELETE FROM chains WHERE name = 'plans'", &[("plans", "3", END)]),
        ("UPDATE audit_trail SET made_by = 'nobody' WHERE seq = 1", &[("audit_trail", "1", FIELDS)]),
        ("UPDATE instances SET tables = '{}'", &[("instances", "ID", "its tables are not those that its hash names")]),
    ];
    let instance: String = sqlx::query_scalar("SELECT id FROM instances").fetch_one(&raw).await.unwrap();
    for (damage, expected) in cases {
        let copies = copy_tables(&raw).await;
        sqlx::query(AssertSqlSafe(damage)).execute(&raw).await.unwrap();
        let found = store.verify().await.unwrap();
        let expected: Vec<_> = expected
            .iter()
            .map(|(table, place, what)| (*table, if *place == "ID" { instance.as_str() } else { place }, *what))
            .collect();
        assert_eq!(seen(&found), expected, "{damage}");
        bring_back(&raw, &copies).await;
        assert_eq!(store.verify().await.unwrap(), [], "after {damage}");
    }
}

const TABLES: [&str; 5] = ["instances", "plans", "publications", "audit_trail", "chains"];

async fn copy_tables(raw: &AnyPool) -> Vec<String> {
    let mut copies = Vec::new();
    for table in TABLES {
        let copy = format!("copy_of_{table}");
        for act in [format!("DROP TABLE IF EXISTS {copy}"), format!("CREATE TABLE {copy} AS SELECT * FROM {table}")] {
            sqlx::query(AssertSqlSafe(act)).execute(raw).await.unwrap();
        }
        copies.push(copy);
    }
    copies
}

/// Rows that others name stay where they are and get their old values back.
async fn bring_back(raw: &AnyPool, copies: &[String]) {
    for (table, copy) in TABLES.iter().zip(copies) {
        let acts = match *table {
            "instances" => vec![format!("UPDATE instances SET tables = (SELECT tables FROM {copy})")],
            "plans" => vec![format!(
                "UPDATE plans SET profit_cents = c.profit_cents, document = c.document, record_hash = c.record_hash \
                 FROM {copy} c WHERE plans.seq = c.seq"
            )],
            _ => vec![format!("DELETE FROM {table}"), format!("INSERT INTO {table} SELECT * FROM {copy}")],
        };
        for act in acts {
            sqlx::query(AssertSqlSafe(act)).execute(raw).await.unwrap();
        }
    }
}

/// Text of a published plan, its document and all that its record says, and numbers too.
const TEXTS: [&str; 7] = ["document", "document", "document", "content_hash", "made_by", "previous_hash", "record_hash"];

/// Reliability goal 15. Each flip changes one byte of one plan; PostgreSQL refuses bytes that are no UTF-8, so there a flip keeps the
/// byte's top bit and never makes it zero.
async fn a_thousand_random_byte_flips_in_published_plans_are_a_thousand_findings(database: Database) {
    const FLIPS: u32 = 1_000;
    let store = with_plans(&database).await;
    let raw = unguarded(&database).await;
    let mut random = ChaCha8Rng::seed_from_u64(15);
    let mut found = 0;
    for _ in 0..FLIPS {
        let (column, seq) = (TEXTS[random.random_range(0..TEXTS.len())], random.random_range(1..=3_i64));
        let read = format!("SELECT CAST({column} AS TEXT) AS text FROM plans WHERE seq = $1");
        let row = sqlx::query(AssertSqlSafe(read)).bind(seq).fetch_one(&raw).await.unwrap();
        let whole: String = row.get("text");
        if whole.is_empty() {
            // the first plan follows none: put a byte where none was
            write(&database, &raw, column, seq, b"x").await;
        } else {
            let flipped = flip(&database, whole.as_bytes(), &mut random);
            write(&database, &raw, column, seq, &flipped).await;
        }
        let damage = store.verify().await.unwrap();
        found += u32::from(damage.iter().any(|damage| damage.table == "plans"));
        write(&database, &raw, column, seq, whole.as_bytes()).await;
    }
    assert_eq!(found, FLIPS);
    assert_eq!(store.verify().await.unwrap(), [], "all flips were undone");
}

fn flip(database: &Database, whole: &[u8], random: &mut ChaCha8Rng) -> Vec<u8> {
    let mut bytes = whole.to_vec();
    loop {
        let (place, bit) = (random.random_range(0..bytes.len()), 1_u8 << random.random_range(0..8));
        let flipped = bytes[place] ^ bit;
        let storable =
            database.engine == super::engines::Engine::Sqlite || (bytes[place].is_ascii() && flipped.is_ascii() && flipped != 0);
        if storable {
            bytes[place] = flipped;
            return bytes;
        }
    }
}

async fn write(database: &Database, raw: &AnyPool, column: &str, seq: i64, bytes: &[u8]) {
    let hex: String = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
    let text = match database.engine {
        super::engines::Engine::Sqlite => format!("CAST(X'{hex}' AS TEXT)"),
        super::engines::Engine::Postgres => format!("convert_from('\\x{hex}'::bytea, 'UTF8')"),
    };
    let update = format!("UPDATE plans SET {column} = {text} WHERE seq = {seq}");
    sqlx::query(AssertSqlSafe(update)).execute(raw).await.unwrap();
}
