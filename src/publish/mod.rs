//! A plan as documents. In: a plan and the auditor's report of it. Out: JSON with its schema, the timetable as text, load
//! lists per call, boards per terminal, the comparison of two plans, and the timetable rolled out to dates: schedules of DCSA, calendars,
//! tables and workbooks. Rules guarded: a file is whole or absent, never half; what is
//! printed is the auditor's number; the same plan gives the same bytes.

mod booking;
mod compare;
mod dates;
pub mod dcsa;
mod document;
mod figures;
mod ical;
mod liner;
mod loads;
mod pesplib;
mod rollout;
mod settlement;
mod tables;
mod text;
mod timetable_case;
mod view;
mod xlsx;

pub use booking::{BookingPaper, PaperItem, PaperRide, booking_calendar, confirmation};
pub use compare::{CargoChange, Comparison, Difference, Efficiency, ServiceChange, SideFacts, compare};
pub use dates::{Clock, local_time};
pub use document::{MOST_BYTES, PlanDocument, PublishError, check_writable, read_plan, read_wishes, schema, to_json, write_plan};
pub use ical::{Weeks, service_calendar, terminal_calendar};
pub use liner::{services_json, services_summary, write_services};
pub use loads::{CallKey, CallLoads, LoadLine, build_loads};
pub use pesplib::{contradiction_text, times_summary, times_text, write_times};
pub use rollout::{DatedRide, FIRST_CYCLE, Rollout, Voyage, YEARS, date_of, minutes_at, minutes_of, shown_at};
pub use settlement::{AllianceSettlement, Check, MemberSettlement, MemberShare, OwnLeg, SetProof, member_settlement};
pub use tables::{Cell, Table, berth_plan_table, slots_table, timetable_table};
pub use text::{
    board, comparison, findings, member_settlement_text, moved_calls, service, settlement_text, standing_alone, summary, swaps,
    timetable,
};
pub use timetable_case::{case_summary, write_case};
pub use xlsx::workbook;
