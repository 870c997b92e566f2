//! The words of the ledger: what a shipper asks for, and what became of it.

use crate::domain::{CallPos, Cargo, Kg, Minutes, ServiceCode, TerminalCode, Teu, Trade};
use crate::service::journey::{Footprint, Quote};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a booking takes up on every leg it rides.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Load {
    pub teu: Teu,
    /// Gross mass of all boxes together.
    pub kg: Kg,
    /// Reefer plugs: one for each TEU of a reefer.
    pub plugs: Teu,
    /// Slots for dangerous goods.
    pub dangerous: Teu,
}

impl Load {
    /// Boxes of one kind.
    pub fn new(teu: Teu, kg: Kg, cargo: Cargo) -> Self {
        let of = |kind| if cargo == kind { teu } else { Teu(0) };
        Self { teu, kg, plugs: of(Cargo::Reefer), dangerous: of(Cargo::Dangerous) }
    }

    /// Takes up another load too.
    pub fn add(&mut self, other: &Self) {
        self.teu += other.teu;
        self.kg += other.kg;
        self.plugs += other.plugs;
        self.dangerous += other.dangerous;
    }

    /// Takes up no more than another load in anything.
    pub fn is_within(&self, other: &Self) -> bool {
        self.teu <= other.teu && self.kg <= other.kg && self.plugs <= other.plugs && self.dangerous <= other.dangerous
    }
}

/// One leg of one voyage on its date, with all the room it has and whose that is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leg {
    pub plan_id: String,
    pub service: ServiceCode,
    /// Cycle of the timetable in which the voyage starts, counted from [`crate::publish::FIRST_CYCLE`].
    pub cycle: i64,
    pub sailing: u32,
    pub leg: CallPos,
    /// Loading starts at the call where the leg starts.
    pub berthing: Minutes,
    pub capacity: Load,
    /// Slots that are kept for members; what is left of the capacity is open to everybody.
    pub shares: Vec<(String, Teu)>,
}

impl Leg {
    /// Its key in the ledger; rows are always locked in the order of these keys.
    pub fn place(&self) -> String {
        format!("{}:{}:{}:{}:{}", self.plan_id, self.service, self.cycle, self.sailing, self.leg.0)
    }
}

/// Where a booking stands, by the names of DCSA Booking 2.0.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub enum State {
    /// On the waiting list: no slots are held.
    Received,
    /// Slots are held and offered until a time; the shipper says yes or no.
    PendingUpdate,
    /// Slots are held.
    Confirmed,
    /// Was confirmed, but the timetable published since does not carry it: the shipper takes another way or cancels.
    PendingAmendment,
    /// Never came to be: the offer ran out or was declined, the waiting list closed, or the way it waited for no longer sails.
    Rejected,
    /// Ended after it was confirmed, because no other way was taken in time.
    Declined,
    /// Taken back by the shipper.
    Cancelled,
    /// The boxes were carried.
    Completed,
}

impl State {
    pub const ALL: [Self; 8] = [
        Self::Received,
        Self::PendingUpdate,
        Self::Confirmed,
        Self::PendingAmendment,
        Self::Rejected,
        Self::Declined,
        Self::Cancelled,
        Self::Completed,
    ];

    /// As DCSA and the database write it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Received => "RECEIVED",
            Self::PendingUpdate => "PENDING_UPDATE",
            Self::Confirmed => "CONFIRMED",
            Self::PendingAmendment => "PENDING_AMENDMENT",
            Self::Rejected => "REJECTED",
            Self::Declined => "DECLINED",
            Self::Cancelled => "CANCELLED",
            Self::Completed => "COMPLETED",
        }
    }

    /// Nothing becomes of it any more.
    pub fn is_final(self) -> bool {
        matches!(self, Self::Rejected | Self::Declined | Self::Cancelled | Self::Completed)
    }
}

impl TryFrom<String> for State {
    type Error = String;

    fn try_from(text: String) -> Result<Self, String> {
        Self::ALL.into_iter().find(|state| state.name() == text).ok_or_else(|| format!("{text} is no state of a booking"))
    }
}

/// Whose slots a booking uses on a leg.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Account {
    /// Slots open to everybody.
    Open,
    /// The allotment of a member.
    Member(String),
}

impl Account {
    /// As the database writes it: nothing for open slots.
    pub fn code(&self) -> &str {
        match self {
            Self::Open => "",
            Self::Member(member) => member,
        }
    }

    /// The account that the database names.
    pub fn of(code: &str) -> Self {
        if code.is_empty() { Self::Open } else { Self::Member(code.to_owned()) }
    }
}

/// What a shipper asked for and was promised.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Detail {
    pub origin: TerminalCode,
    pub destination: TerminalCode,
    pub trade: Trade,
    pub cargo: Cargo,
    /// The shipper's own reference.
    pub reference: String,
    /// The boxes must be there by then, where that was asked for.
    pub arrive_by: Option<Minutes>,
    pub itinerary: Itinerary,
    /// What it costs, item by item; `None` where the instance publishes no tariff.
    pub quote: Option<Quote>,
    pub footprint: Option<Footprint>,
    /// The best other way, where the timetable published since does not carry the booking.
    pub alternative: Option<Itinerary>,
}

/// A way on its dates. Times are minutes since [`crate::publish::FIRST_CYCLE`].
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Itinerary {
    /// Names every ride, for a booking.
    pub routing_reference: String,
    /// The boxes must be in the terminal by then.
    pub hand_over_min: Minutes,
    /// They can be fetched from then on.
    pub fetch_min: Minutes,
    pub rides: Vec<BookedRide>,
}

/// A stay on board of one barge.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct BookedRide {
    pub service: ServiceCode,
    /// Voyage at the loading.
    pub voyage: String,
    pub from: TerminalCode,
    pub from_name: String,
    pub to: TerminalCode,
    pub to_name: String,
    pub berthing_min: Minutes,
    pub departure_min: Minutes,
    pub arrival_min: Minutes,
    /// The barge leaves the terminal of discharge: the boxes are ashore.
    pub ashore_min: Minutes,
}

/// A booking as the ledger keeps it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Booking {
    pub id: String,
    /// Place in the waiting list.
    pub line: String,
    /// One more with each change.
    pub version: i64,
    pub state: State,
    /// The published plan it sails by.
    pub plan_id: String,
    /// Key of who booked.
    pub made_by: String,
    /// The member through whom it was booked, who sees it and whose allotment it may use.
    pub member: Option<String>,
    pub load: Load,
    /// Nothing is booked or changed from then on.
    pub closes_min: Minutes,
    /// The first barge is berthed.
    pub loads_min: Minutes,
    /// The boxes are ashore.
    pub ends_min: Minutes,
    /// The slots are kept for the shipper's answer until then.
    pub offer_until_min: Option<Minutes>,
    /// Why it is not carried, where it is not.
    pub reason: Option<String>,
    pub detail: Detail,
    /// Legs that it needs, by key, and whose slots it holds there; `None` while it holds none.
    pub legs: Vec<(String, Option<String>)>,
    pub created_at: String,
    pub changed_at: String,
}

/// What is to be done where there is no room.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum IfFull {
    #[default]
    Refuse,
    /// Join the waiting list.
    Wait,
}

/// A booking to make, or what an amended one shall be.
#[derive(Clone, Debug, PartialEq)]
pub struct Order {
    pub plan_id: String,
    pub made_by: String,
    pub member: Option<String>,
    pub load: Load,
    pub legs: Vec<Leg>,
    pub closes: Minutes,
    pub loads: Minutes,
    pub ends: Minutes,
    pub if_full: IfFull,
    pub detail: Detail,
}

impl Order {
    /// Keys of its legs, in the order in which rows are locked.
    pub fn places(&self) -> Vec<String> {
        let mut places: Vec<String> = self.legs.iter().map(Leg::place).collect();
        places.sort_unstable();
        places.dedup();
        places
    }
}
