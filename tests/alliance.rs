//! What sets of members earn, how the profit is divided, and swaps of slots: against games whose answers are published, against HiGHS, and
//! on hundreds of generated alliances.

mod alliance {
    mod games;
    mod generated;
    mod kit;
    mod swaps;
    mod toy;
    mod values;
}
