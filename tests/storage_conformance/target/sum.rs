//! What records come to: the query against the rule, whatever happened in whichever order.

use super::{table::table, *};
use domain::target::record as rule;
use tests::dice::Dice;

on_both! {
    async fn sums_follow_from_the_records_whatever_the_order_of_what_happened(town) {
        let office = town.office;
        let table = table();
        let whole: Vec<NaiveDate> = day(4, 1).iter_days().take(300).collect();
        let targets = apply(&town, &table).await.expect("stored").targets;
        for seed in 1..=3 {
            let mut dice = Dice::of(seed, 0);
            let mut written_down: Vec<Record> = Vec::new();
            for _ in 0..25 {
                let at = dice.below(written_down.len().max(1));
                match dice.below(5) {
                    0 => drop(apply(&town, &table).await.expect("the file once more")),
                    1 if !written_down.is_empty() => {
                        let amount = i64::try_from(dice.below(50)).ok();
                        let record = Record { amount, ..written_down[at].clone() };
                        written_down[at] = correct(&town, &record).await.expect("corrected");
                    }
                    2 if !written_down.is_empty() => {
                        let withdrawn = !written_down[at].withdrawn;
                        let record = Record { withdrawn, ..written_down[at].clone() };
                        written_down[at] = correct(&town, &record).await.expect("withdrawn or back");
                    }
                    _ => {
                        let of = if dice.below(2) == 0 { &targets[..1] } else { &targets[..] };
                        let on = whole[dice.below(whole.len())];
                        let unit = [None, Some("回".to_owned()), Some("人".to_owned())]
                            [dice.below(3)]
                            .clone();
                        let amount = i64::try_from(dice.below(9)).ok().filter(|_| dice.chance(75));
                        let again = written_down.first().map(|first| first.id).filter(|_| dice.below(6) == 0);
                        let record = Record { unit, again, ..written(on, amount, of) };
                        written_down.push(note(&town, &record).await.expect("noted"));
                    }
                }
            }
            // The query says the same as the rule, on any day.
            let everything = look!(town.store, |connection| {
                target::record::between(connection, office, (day(4, 1), day(3, 31))).await
            });
            for on in [day(4, 1), day(8, 15), day(12, 31), day(3, 31)] {
                let expected = rule::sums(&everything, (YEAR, 4), on);
                let page = list(&town, target::Filter { on, ..filter() }, (0, 100)).await;
                for item in page.items {
                    let of = expected.get(&item.target.id).cloned().unwrap_or_default();
                    assert_eq!(item.recorded, of, "seed {seed}, {on}");
                }
            }
        }
    }
}
