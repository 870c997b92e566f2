//! The server for `tests/schemathesis.sh`: the world of these tests behind a real socket.

use super::world::World;
use std::io::{Read, Write};
use std::time::Duration;
use tokio::net::TcpListener;
use waterbus::service::{app, serve};

/// Serves until standard input ends; the first line says the address, the admin's key and what there is to ask for.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "run by tests/schemathesis.sh"]
async fn serve_for_schemathesis() {
    let world = World::with(|settings| {
        // nobody works on the jobs here, so that a stream would stay open
        settings.limits.stream_time = Duration::from_millis(200);
        settings.limits.stream_pause = Duration::from_millis(50);
        settings.open_metrics = true;
    })
    .await;
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let line = format!("READY {address} {} {} {}\n", world.keys["admin"].1, world.published, world.job);
    std::io::stdout().write_all(line.as_bytes()).unwrap();
    let ended = async {
        let _ = tokio::task::spawn_blocking(|| std::io::stdin().read_to_end(&mut Vec::new())).await;
    };
    serve(listener, app(world.state.clone()), ended).await;
    world.state.store.check_ready().await.unwrap();
}
