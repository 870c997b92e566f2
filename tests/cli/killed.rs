//! A planner whose machine dies keeps the plan it had, or has the new one whole.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Plans the toy; the same every time.
fn start(out: &Path) -> Child {
    Command::new(env!("CARGO_BIN_EXE_waterbus"))
        .args(["plan", "instances/toy", "--work-limit", "2", "--seed", "1", "--threads", "1", "-o"])
        .arg(out)
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .expect("the program starts")
}

/// Killed at moments spread over a whole run and beyond, later and later until a run was through: what stands under the name is the old
/// file or the new one, never a part.
#[test]
fn a_killed_plan_leaves_the_old_file_or_the_new_one_whole() {
    let folder = tempfile::tempdir().unwrap();
    let whole = folder.path().join("whole.json");
    let begun = Instant::now();
    assert!(start(&whole).wait().unwrap().success());
    let length = begun.elapsed();
    let new = std::fs::read_to_string(&whole).unwrap();
    let out = folder.path().join("plan.json");
    let (mut old_kept, mut new_there) = (0, 0);
    for moment in 0..20 * KILLS {
        if moment >= KILLS && new_there > 0 {
            break;
        }
        std::fs::write(&out, OLD).unwrap();
        let mut child = start(&out);
        std::thread::sleep(length.mul_f64(1.3 * f64::from(moment) / f64::from(KILLS)) + Duration::from_millis(1));
        child.kill().unwrap();
        child.wait().unwrap();
        match std::fs::read_to_string(&out).unwrap() {
            text if text == OLD => old_kept += 1,
            text if text == new => new_there += 1,
            text => panic!("a part of a plan: {} bytes", text.len()),
        }
    }
    assert!(old_kept > 0 && new_there > 0, "{old_kept} kills before the end, {new_there} after it");
}

const KILLS: u32 = 40;
const OLD: &str = "the plan before";
