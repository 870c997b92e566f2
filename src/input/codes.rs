//! The catalogue of error codes. A code keeps its number for good: people search for it and scripts rely on it.
//!
//! | group | about |
//! |---|---|
//! | I0xx | files |
//! | I1xx | columns, cells and settings, each for itself |
//! | I2xx | keys and references between tables |
//! | I3xx | values that do not fit each other |
//! | I4xx | the waterway network |
//! | I5xx | the files of LINERLIB |
//! | I6xx | the files of PESPlib |
//! | I7xx | what is to stay of a former plan |

use serde::{Serialize, Serializer};

/// Defines the codes once: variant, number and meaning, which is also the doc comment.
macro_rules! codes {
    ($(#[doc = $meaning:literal] $name:ident = $code:literal,)*) => {
        /// What is wrong, as a stable code.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ErrorCode {
            $(#[doc = $meaning] $name,)*
        }

        impl ErrorCode {
            /// Every code there is, in order of number.
            pub const ALL: &[Self] = &[$(Self::$name),*];

            /// The code as printed, such as `I204`.
            pub fn text(self) -> &'static str {
                match self {
                    $(Self::$name => $code,)*
                }
            }

            /// What the code stands for, in one sentence.
            pub fn meaning(self) -> &'static str {
                match self {
                    $(Self::$name => $meaning,)*
                }
                .trim()
            }
        }
    };
}

codes! {
    /// The instance folder is missing, is not a folder or cannot be listed.
    FolderUnreadable = "I001",
    /// A required table is missing.
    FileMissing = "I002",
    /// A folder, a pipe or a device stands where a table should be.
    NotAFile = "I003",
    /// A table exists but cannot be read.
    FileUnreadable = "I004",
    /// A table is larger than 100 MB, or the settings are larger than 10 kB.
    FileTooLarge = "I005",
    /// A `.csv`, `.toml` or `.geojson` file is not one of an instance's, so a misnamed one is noticed.
    UnknownFile = "I006",
    /// A table is not UTF-8 text.
    NotUtf8 = "I007",
    /// A table has no header line.
    FileEmpty = "I008",
    /// A table that must have rows has only its header.
    NoRows = "I009",
    /// A table has more rows than a planning task can have.
    TooManyRows = "I010",
    /// `instance.toml` is not valid TOML.
    TomlSyntax = "I011",
    /// A map is not the GeoJSON that is read.
    BadMap = "I012",

    /// A column is not one of the table's.
    UnknownColumn = "I101",
    /// A required column is missing.
    MissingColumn = "I102",
    /// A column occurs twice.
    DuplicateColumn = "I103",
    /// A row has more or fewer cells than the header.
    WrongCellCount = "I104",
    /// A quoted cell is not closed, or a lone quote stands in a row.
    OpenQuote = "I105",
    /// A required cell is empty.
    EmptyCell = "I106",
    /// A cell or setting is not a finite number, or not a whole one where only whole numbers make sense.
    NotANumber = "I107",
    /// A number is outside the range that makes sense.
    OutOfRange = "I108",
    /// A cell holds a word that is not one of the choices.
    UnknownWord = "I109",
    /// A text is too long.
    TextTooLong = "I110",
    /// A text holds a control character, such as a line break or a tab.
    ControlCharacter = "I111",
    /// A code does not follow its pattern.
    BadCode = "I112",
    /// A setting is not one of those in `instance.toml`.
    UnknownSetting = "I113",
    /// A required setting is missing.
    MissingSetting = "I114",
    /// A setting is of the wrong type.
    WrongSettingType = "I115",

    /// A key occurs twice in its table.
    DuplicateKey = "I201",
    /// Two fleet rows have the same operator, class and registration.
    DuplicateFleet = "I202",
    /// A junction has the code of a terminal.
    JunctionIsTerminal = "I203",
    /// A terminal is named that is not in `terminals.csv`.
    UnknownTerminal = "I204",
    /// A link ends at neither a terminal nor a junction.
    UnknownNode = "I205",
    /// A draught-critical point is on a link that is not in `links.csv`.
    UnknownLink = "I206",
    /// A vessel class is named that is not in the table of classes.
    UnknownClass = "I207",
    /// An operator is named that is not in `operators.csv`.
    UnknownOperator = "I208",
    /// A mother vessel is named that is not in `mother_vessels.csv`.
    UnknownMother = "I209",
    /// A cross-border path is listed twice.
    DuplicatePath = "I210",
    /// A charge is not one of those the model knows.
    UnknownCharge = "I211",
    /// A charge that must be there is missing.
    MissingCharge = "I212",

    /// The committed shares of the operators do not add up to 1.
    SharesNotOne = "I301",
    /// The frequencies are empty or not ascending.
    BadFrequencies = "I302",
    /// No frequency reaches `least_sailings`.
    NoFrequencyLeft = "I303",
    /// The cycle is not a whole number of days and slots.
    CycleNotWhole = "I304",
    /// An agreed window is empty, reversed or reaches beyond the cycle.
    WindowOutsideCycle = "I305",
    /// Two agreed windows of one terminal overlap.
    WindowsOverlap = "I306",
    /// Opening hours are reversed, or only one end is given.
    BadOpeningHours = "I307",
    /// A facility code is not the UN/LOCODE, a dash and the terminal's key, which makes it unique.
    BadFacility = "I308",
    /// A hub under `one_clearance` is the terminal itself, not a hub, or named twice.
    BadClearance = "I309",
    /// A demand's origin is its destination.
    SameTerminal = "I310",
    /// A terminal does not handle the trade of a demand (R4).
    TradeNotHandled = "I311",
    /// Domestic cargo starts or ends in Hong Kong or Macau.
    DomesticOutside = "I312",
    /// Cross-border domestic cargo has no path in `cross_border.csv` (R8).
    NoPath = "I313",
    /// A cross-border path does not run from the mainland over Hong Kong or Macau to the mainland.
    BadPath = "I314",
    /// Empty boxes are given as reefer or dangerous cargo.
    EmptyNotDry = "I315",
    /// A mother vessel berths at another terminal than its cargo's destination.
    MotherElsewhere = "I316",
    /// Cargo other than exports has a mother vessel.
    MotherNotExport = "I317",
    /// A mother vessel berths after the end of the cycle.
    MotherOutsideCycle = "I318",
    /// A vessel class lacks a number that its energy needs, or has one that its energy has no use for.
    EnergyMismatch = "I319",
    /// A class's draught is not smaller when light than when full.
    DraftsReversed = "I320",
    /// A lock lacks its times or its capacity, or these stand without a lock.
    LockIncomplete = "I321",
    /// A charge is not given in the unit the model uses.
    WrongUnit = "I322",
    /// Some rows of demand name the member that brings the cargo, and this one does not.
    MemberMissing = "I323",
    /// A vessel class is slower at its usual speed than at its slowest.
    SlowestAboveUsual = "I324",

    /// A link starts and ends at the same place.
    SelfLoop = "I401",
    /// A terminal is cut off: no chain of links joins it to the others.
    CutOff = "I402",
    /// No link ends at a junction.
    LooseJunction = "I403",

    /// The first line of a table is a row, where the names of the columns should be.
    NoHeader = "I501",
    /// A column stands where another belongs.
    ColumnMoved = "I502",
    /// A port is named that is not in `ports.csv`.
    UnknownPort = "I503",
    /// A port that has demand lacks one of its costs.
    PortWithoutCosts = "I504",
    /// The lowest speed of a vessel class is above its highest.
    SpeedsReversed = "I505",
    /// A point in a quantity cannot be a thousand separator.
    BadThousands = "I506",
    /// Two distances are given for the same way between two ports.
    DuplicateRoute = "I507",

    /// The first line of an event network is not its three sizes.
    BadSizes = "I601",
    /// The sizes in the first line are not those of the lines below it.
    SizesDiffer = "I602",
    /// The number of an event is beyond the events that the first line announces.
    UnknownEvent = "I603",
    /// The shortest duration of an activity is above its longest.
    SpanReversed = "I604",
    /// The weights of all activities are too large to be added up.
    TooHeavy = "I605",

    /// A file of pins is missing, too large, or not a JSON list of them.
    PinsUnreadable = "I701",
    /// A pin names a service that the plan does not have.
    PinOfNoService = "I702",
    /// Two pins name one service.
    RepeatedPin = "I703",
    /// A pin names a call that the service does not have.
    PinOfNoCall = "I704",
    /// A pin keeps all times and some.
    PinOfAllAndSome = "I705",
    /// A pin keeps times that the plan does not have.
    PinWithoutTimes = "I706",
    /// The instance does not allow a pinned service as it is.
    PinNotAllowed = "I707",
}

impl Serialize for ErrorCode {
    fn serialize<S: Serializer>(&self, out: S) -> Result<S::Ok, S::Error> {
        out.serialize_str(self.text())
    }
}
