//! Named points: places in the product where a crash would tell most, and at which a test may end the
//! process.
//!
//! At each the product says `tracing::trace!(target: "renkei::point", point = "…")`, which costs nothing
//! while nobody listens. `renkei_under_test` listens when it is asked to. `tests/tidy` holds this list
//! against the product.

/// The target under which points are told.
pub const TARGET: &str = "renkei::point";

/// A place in the product.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Point {
    /// Its name.
    pub name: &'static str,
    /// Where it is, and what a crash there leaves behind.
    pub what: &'static str,
}

/// Every point, in the order in which one use of a command passes them.
pub const POINTS: [Point; 9] = [
    Point {
        name: "between-claim-and-change",
        what: "in the transaction of a change: the interaction is taken, nothing is changed yet",
    },
    Point {
        name: "before-commit",
        what: "a group of changes is complete and not on the disk: none of them has happened",
    },
    Point {
        name: "after-commit",
        what: "it is on the disk, and nobody was told: neither people nor the outbox",
    },
    Point {
        name: "before-answer",
        what: "the answer to a person is ready: they will not learn that it was recorded",
    },
    Point {
        name: "after-answer",
        what: "the person has the answer: from here on it must be so",
    },
    Point {
        name: "claimed",
        what: "a row of the outbox is in hand, and nothing was sent",
    },
    Point {
        name: "before-send",
        what: "right before a request that changes something at Discord",
    },
    Point {
        name: "after-send",
        what: "right after it: Discord has done it, and the database does not know",
    },
    Point {
        name: "after-word",
        what: "the outbox knows what became of the row",
    },
];

/// The point of a name.
#[must_use]
pub fn named(name: &str) -> Option<Point> {
    POINTS.into_iter().find(|point| point.name == name)
}
