//! The service through a real socket.

mod service {
    mod shutdown;
}
