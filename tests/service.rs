//! The service through a real socket.

mod service {
    mod killed;
    mod server;
    mod shutdown;
}
