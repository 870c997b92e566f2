//! The schedules of DCSA over HTTP. Where `WATERBUS_DCSA` names the specification's `CS_v1.0.3.yaml`, every answer is held against it.

mod dcsa {
    mod asking;
    mod description;
    mod mistakes;
    mod pages;
    mod scenarios;
    mod specification;
}
