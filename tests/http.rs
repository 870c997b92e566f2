//! The service over HTTP, asked without a socket: who may do what, what each answer says, and what it refuses.

mod http {
    mod contract;
    mod jobs;
    mod limits;
    mod people;
    mod plans;
    mod roles;
    mod server;
    mod uploads;
    mod world;
}
