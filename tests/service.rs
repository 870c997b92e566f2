//! The service through a real socket.

mod service {
    mod asked_to_end;
    mod booked;
    mod killed;
    mod server;
    mod shutdown;
}
