//! The server ends when told to, whatever its clients do.

use axum::Router;
use axum::routing::get;
use std::time::Duration;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

/// A server with one address, its socket and the way to stop it.
async fn running() -> (std::net::SocketAddr, oneshot::Sender<()>, JoinHandle<()>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let address = listener.local_addr().expect("a bound socket");
    let (stop, stopped) = oneshot::channel::<()>();
    let app = Router::new().route("/", get(async || "here"));
    let server = tokio::spawn(waterbus::service::serve(listener, app, async {
        let _ = stopped.await;
    }));
    (address, stop, server)
}

// a client that sends half a request head and then nothing must not keep the server alive
#[tokio::test]
async fn half_a_request_head_does_not_block_the_shutdown() {
    let (address, stop, server) = running().await;
    let mut half = TcpStream::connect(address).await.unwrap();
    half.write_all(b"GET / HTTP/1.1\r\nHost: a").await.unwrap();
    let mut whole = TcpStream::connect(address).await.unwrap();
    whole.write_all(b"GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n").await.unwrap();
    let mut answer = String::new();
    whole.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("here"), "{answer}");
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(8), server).await.expect("the server ends within its bound").unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "nobody listens any more");
}

// without clients there is nothing to wait for
#[tokio::test]
async fn an_idle_server_ends_at_once() {
    let (_, stop, server) = running().await;
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(1), server).await.expect("at once").unwrap();
}
