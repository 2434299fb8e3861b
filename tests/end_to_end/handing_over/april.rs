//! Whoever comes in April: what the year before has left is handed over, too.

use super::handed_over;
use crate::{at, progressing::plan};
use tests::{database::Database, world::world};

const TARGETS: &str = "年度目標";
const FIRST: &str = "はじめに";

#[tokio::test]
async fn in_spring_the_targets_the_year_before_has_left_are_handed_over_too() {
    world(Database::Sqlite, async |world| {
        plan(world).await;
        at(world, "2027-03-26 10:00").await;
        let (_, march) = handed_over(world).await;
        let left = march.lines(TARGETS);
        assert!(left[0].contains("多職種連携研修を開催する"), "{left:?}");
        at(world, "2027-04-05 10:00").await;
        let (_, april) = handed_over(world).await;
        insta::assert_snapshot!("handover_targets_april", april.text(TARGETS));
        // The new year has no plan yet; what was missed is nobody's to catch up with.
        let first = april.text(FIRST);
        assert!(
            first.contains("目標は全部で 8 件（前の年度の 4 件を含む）"),
            "{first}"
        );
        assert!(!first.contains("要確認の年度目標"), "{first}");
        at(world, "2027-06-30 10:00").await;
        let (_, june) = handed_over(world).await;
        assert_eq!(june.lines(TARGETS), april.lines(TARGETS));
        at(world, "2027-07-01 10:00").await;
        let (_, july) = handed_over(world).await;
        let none = july.text(TARGETS);
        assert!(
            none.contains("要確認の目標も、未着手の目標もありません"),
            "{none}"
        );
    })
    .await;
}
