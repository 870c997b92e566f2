//! Three identities, three endings: `...Code` is text from outside, `...Idx` a row of a table of the checked problem, `CallPos` a
//! place in a rotation. A terminal may occur twice in a rotation, so a call is known by its position, never by its terminal.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Defines a dense index into one table of [`crate::domain::Problem`].
macro_rules! index {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The row number, for indexing a table.
            pub fn row(self) -> usize {
                self.0 as usize
            }
        }
        impl From<usize> for $name {
            /// Tables are far shorter than `u32::MAX`: `input` limits the size of every file.
            fn from(row: usize) -> Self {
                Self(row as u32)
            }
        }
    };
}

index!(
    /// A row of `problem.terminals`.
    TerminalIdx
);
index!(
    /// A row of `problem.nodes`: terminals first, in their order, then junctions.
    NodeIdx
);
index!(
    /// A row of `problem.links`.
    LinkIdx
);
index!(
    /// A row of `problem.classes`.
    ClassIdx
);
index!(
    /// A row of `problem.operators`.
    OperatorIdx
);
index!(
    /// A row of `problem.fleets`.
    FleetIdx
);
index!(
    /// A row of `problem.demands`.
    DemandIdx
);
index!(
    /// A row of `problem.mothers`.
    MotherIdx
);

/// Defines a code that comes from outside and goes out again unchanged.
macro_rules! code {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
        #[serde(transparent)]
        pub struct $name(pub String);

        impl std::fmt::Display for $name {
            fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                out.pad(&self.0)
            }
        }
        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self(text.to_owned())
            }
        }
    };
}

code!(
    /// Key of a terminal, such as `NSA`. Not its UN/LOCODE, which several terminals may share.
    TerminalCode
);
code!(
    /// Key of a vessel class, such as `B100`.
    ClassCode
);
code!(
    /// Key of an alliance member, such as `OP1`.
    OperatorCode
);
code!(
    /// Key of a demand row, such as `HOP-NSA-EX`.
    DemandCode
);
code!(
    /// Key of a mother vessel's weekly berthing.
    MotherCode
);
code!(
    /// Key of a service in a plan, such as `S03`.
    ServiceCode
);

/// Place of a call in a rotation, from 0. In a shipment it runs on past the end of the rotation: position `calls` is call 0 of the
/// vessel's next voyage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(transparent)]
pub struct CallPos(pub u16);

impl CallPos {
    /// The position as a number for indexing.
    pub fn row(self) -> usize {
        usize::from(self.0)
    }
}
