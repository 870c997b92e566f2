//! The server: connections in, and an end that always comes. axum's own `serve` waits for ever for a client that has sent half a request
//! head, hence this loop.

use axum::Router;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use hyper_util::service::TowerToHyperService;
use std::future::Future;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tower::util::MapRequest;

/// A client that has not sent its request head after this time is dropped.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);

/// Requests that still run this long after the shutdown are cut off.
const SHUTDOWN_TIMEOUT: Duration = Duration::from_secs(5);

/// Pause after a failed accept, such as one for want of file descriptors, before the next try.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);

/// Connections at once; more wait in the system's queue. Idle ones cost little, and a crowd of them must not keep a health check out.
const MOST_CONNECTIONS: usize = 8192;

/// Serves the app, telling it the peer of each request, until `shutdown` is ready; then takes no more connections, and returns when the
/// last request is answered or 5 seconds have passed. Failures of single connections end these connections alone.
pub async fn serve(listener: TcpListener, app: Router, shutdown: impl Future<Output = ()>) {
    let graceful = GracefulShutdown::new();
    let room = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let mut shutdown = std::pin::pin!(shutdown);
    loop {
        tokio::select! {
            () = &mut shutdown => break,
            accepted = accept(&listener, &room) => match accepted {
                Ok((stream, peer, permit)) => start(stream, peer, permit, &app, &graceful),
                Err(_) => tokio::time::sleep(ACCEPT_PAUSE).await,
            },
        }
    }
    drop(listener);
    tokio::select! {
        () = graceful.shutdown() => {}
        () = tokio::time::sleep(SHUTDOWN_TIMEOUT) => {}
    }
}

/// The next connection, once there is room for it.
async fn accept(listener: &TcpListener, room: &Arc<Semaphore>) -> io::Result<(TcpStream, SocketAddr, OwnedSemaphorePermit)> {
    let permit = Arc::clone(room).acquire_owned().await.map_err(io::Error::other)?;
    let (stream, peer) = listener.accept().await?;
    // the last packet of an answer must not wait for an acknowledgement; a connection that is gone already ends by itself
    let _ = stream.set_nodelay(true);
    Ok((stream, peer, permit))
}

/// Lets a connection run on its own.
fn start(stream: TcpStream, peer: SocketAddr, permit: OwnedSemaphorePermit, app: &Router, graceful: &GracefulShutdown) {
    let app = MapRequest::new(app.clone(), move |mut request: Request<Incoming>| {
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    });
    let service = TowerToHyperService::new(app);
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(HEAD_TIMEOUT);
    let connection = graceful.watch(server.serve_connection(TokioIo::new(stream), service));
    tokio::spawn(async move {
        // the client went away or spoke no HTTP: its loss alone
        let _ = connection.await;
        drop(permit);
    });
}
