//! A plan as documents. In: a plan and the auditor's report of it. Out: JSON with its schema, the timetable as text and as a page, load
//! lists per call, boards per terminal, and the comparison of two plans. Rules guarded: a file is whole or absent, never half; what is
//! printed is the auditor's number; the same plan gives the same bytes.

mod compare;
mod dates;
mod document;
mod figures;
mod html;
mod liner;
mod loads;
mod text;
mod view;

pub use compare::{CargoChange, Comparison, Difference, Efficiency, ServiceChange, SideFacts, compare};
pub use dates::{Clock, local_time};
pub use document::{MOST_BYTES, PlanDocument, PublishError, check_writable, read_plan, schema, to_json, write_plan};
pub use html::page;
pub use liner::{services_json, services_summary, write_services};
pub use loads::{CallKey, CallLoads, LoadLine, build_loads};
pub use text::{board, comparison, findings, service, summary, timetable};
