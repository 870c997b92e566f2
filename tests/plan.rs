//! Whole plans against what is known without the planner: an optimum derived by hand, a search through everything in small networks, a
//! second solver.

mod plan {
    mod brute;
    mod charging;
    mod crosscheck;
    mod large;
    mod pins;
    mod planning;
    mod real;
    mod speeds;
    mod staying;
    mod toy;
    mod weights;
}
