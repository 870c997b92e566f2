//! Ways for a box, held against an enumeration of everything that can be done with a timetable.

mod journeys {
    mod brute;
    mod generated;
    mod plans;
}
