//! The independent evaluator, asked for what it reads and what services cost.

use serde_json::{Value, json};
use std::env;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use waterbus::domain::liner::Case;

/// Loads the script as a module, reads an instance and costs each service by itself.
const ASK: &str = r#"
import importlib.util, json, sys, types
spec = importlib.util.spec_from_file_location("evaluator", sys.argv[1])
m = importlib.util.module_from_spec(spec)
sys.modules["evaluator"] = m
spec.loader.exec_module(m)
q = json.load(sys.stdin)
D = m.load(q["folder"], q["instance"], q["case"], True, None, q["transit"])
D.iportset = set(D.iports)
opt = types.SimpleNamespace(bunker=600., slack=True)
def ask(s):
    errs = []
    try:
        r = m.cost_service(D, s, opt, errs, "it")
    except m.Bad as e:
        return {"refused": str(e)}
    return dict(r, refused="; ".join(errs))
ports = set(D.iports)
print(json.dumps({
    "ports": [D.ports[p]._asdict() for p in D.iports],
    "classes": [dict(v._asdict(), vessels=D.fleet.get(v.name, 0)) for v in D.classes.values()],
    "demands": [x._asdict() for x in D.demands],
    "ways": [[a, b, kind, d, draft] for (a, b), ways in D.dist.items() if a in ports and b in ports for kind, d, draft in ways],
    "services": [ask(s) for s in q["services"]],
}))
"#;

/// Where the evaluator is.
pub struct Evaluator {
    script: PathBuf,
    python: String,
}

impl Evaluator {
    /// The evaluator, or the word that it is not there.
    pub fn find() -> Option<Self> {
        let python = env::var("WATERBUS_PYTHON").unwrap_or_else(|_| "python3".to_owned());
        match env::var_os("WATERBUS_LINERLIB_EVAL") {
            Some(script) => Some(Self { script: script.into(), python }),
            None => {
                tell_skipped("WATERBUS_LINERLIB_EVAL does not name the evaluator");
                None
            }
        }
    }

    /// What it reads of an instance, and what it says of services.
    pub fn ask(&self, folder: &Path, instance: &str, case: Case, transit: bool, services: &[Value]) -> Value {
        let question = json!({
            "folder": folder, "instance": instance, "case": case.text(), "transit": transit, "services": services,
        });
        let mut python = Command::new(&self.python)
            .args(["-c", ASK])
            .arg(&self.script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("Python starts");
        python.stdin.take().expect("it is piped").write_all(question.to_string().as_bytes()).expect("it listens");
        let output = python.wait_with_output().expect("Python ends");
        assert!(output.status.success(), "the evaluator failed");
        serde_json::from_slice(&output.stdout).expect("the answer is JSON")
    }

    /// Its verdict on a whole file of services; `None` when the Python there is cannot solve the cargo flow.
    pub fn judge(&self, folder: &Path, instance: &str, services: &Path) -> Option<Value> {
        let able = Command::new(&self.python).args(["-c", "import numpy, scipy, highspy"]).stderr(Stdio::null()).status();
        if !able.is_ok_and(|status| status.success()) {
            tell_skipped(&format!("{} lacks numpy, scipy or highspy", self.python));
            return None;
        }
        let output = Command::new(&self.python).arg(&self.script).arg(folder).arg(instance).arg(services).output();
        let text = String::from_utf8(output.expect("Python starts").stdout).expect("the answer is text");
        let start = text.find('{').expect("the answer has a value");
        Some(serde_json::from_str(&text[start..]).expect("the answer is JSON"))
    }
}

#[expect(clippy::print_stdout, reason = "a test that proves nothing must say so")]
fn tell_skipped(why: &str) {
    println!("skipped: {why}");
}

/// The public data, or the word that it is not there.
pub fn find_data() -> Option<PathBuf> {
    let folder = env::var_os("WATERBUS_LINERLIB").map(PathBuf::from);
    if folder.is_none() {
        tell_skipped("WATERBUS_LINERLIB does not name the folder of the public data");
    }
    folder
}

/// Instances of a folder: what has a fleet and a demand.
pub fn find_instances(folder: &Path) -> Vec<String> {
    let files = std::fs::read_dir(folder).expect("the folder can be listed");
    let names = files.map(|file| file.expect("its files too").file_name().to_string_lossy().into_owned());
    let instance = |name: String| Some(name.strip_prefix("fleet_")?.strip_suffix(".csv")?.to_owned());
    let mut found: Vec<String> =
        names.filter_map(instance).filter(|name| folder.join(format!("Demand_{name}.csv")).exists()).collect();
    found.sort();
    assert!(!found.is_empty(), "{} holds no instance", folder.display());
    found
}
