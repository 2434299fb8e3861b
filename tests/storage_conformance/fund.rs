//! Funds: a catalogue is kept whole, changed whole and taken back whole; projects are linked with its lines.

use crate::town::{COORDINATOR, Town, morning};
use domain::{
    era::FiscalYear,
    fund::{
        Entry, Fund, Use,
        difference::{Change, New},
    },
    id::{FundId, ProjectId},
};
use storage::{Conflict, Error, fund};

const YEAR: FiscalYear = FiscalYear::starting_in(2023);

fn line(number: i64, title: &str) -> Entry {
    Entry {
        number: Some(number),
        sub: Some('ロ'),
        title: title.to_owned(),
        content: "新人の研修を行う\n経費".to_owned(),
        ..Entry::default()
    }
}

fn news(entries: &[Entry]) -> Vec<New> {
    let lines = entries.iter().cloned().zip(0..);
    lines
        .map(|(entry, position)| New { position, entry })
        .collect()
}

impl Town {
    async fn funds(&self, year: FiscalYear) -> Vec<Fund> {
        let office = self.office;
        look!(self.store, |connection| fund::of_year(
            connection, office, year
        )
        .await)
    }

    async fn brings(&self, new: Vec<New>, changed: Vec<Change>) -> storage::Result<fund::Applied> {
        let office = self.office;
        let before = self.funds(YEAR).await;
        change!(self.store, [new, changed, before], |tx| {
            let by = (COORDINATOR, morning());
            fund::apply(tx, office, YEAR, (&new, &changed), &before, by).await
        })
    }
}

on_both! {
    async fn a_catalogue_is_kept_changed_and_taken_back_whole(town) {
        let office = town.office;
        let new = news(&[line(1, "研修事業"), line(2, "調査事業")]);
        let applied = town.brings(new, Vec::new()).await.expect("kept");
        assert_eq!(applied.new, [FundId(1), FundId(2)]);
        let kept = town.funds(YEAR).await;
        assert_eq!(kept.len(), 2);
        assert_eq!(kept[0].entry, line(1, "研修事業"));
        assert_eq!(kept[1].position, 1);
        assert_eq!(town.funds(YEAR.next()).await, []);
        let years = look!(town.store, |connection| fund::years(connection, office).await);
        assert_eq!(years, [YEAR]);
        let change = Change {
            fund: FundId(2),
            revision: 1,
            position: 5,
            entry: line(2, "実態調査事業"),
            withdrawn: false,
        };
        let changed = town.brings(news(&[line(3, "表彰事業")]), vec![change.clone()]).await.expect("kept");
        assert_eq!(town.funds(YEAR).await[2].entry.title, "実態調査事業");
        let stale = town.brings(Vec::new(), vec![change]).await;
        assert!(matches!(stale, Err(Error::Conflict(Conflict::StaleRevision))), "{stale:?}");
        let back = changed.clone();
        change!(town.store, [back], |tx| fund::take_back(tx, office, &back, morning()).await).expect("taken back");
        let kept = town.funds(YEAR).await;
        let second = kept.iter().find(|fund| fund.id == FundId(2)).expect("kept");
        assert_eq!((second.entry.title.as_str(), second.position), ("調査事業", 1));
        assert!(kept.iter().any(|fund| fund.id == FundId(3) && fund.withdrawn));
        let again = change!(town.store, [changed], |tx| fund::take_back(tx, office, &changed, morning()).await);
        assert!(matches!(again, Err(Error::Conflict(Conflict::StaleRevision))), "{again:?}");
    }

    async fn a_link_needs_a_fund_and_a_project(town) {
        let office = town.office;
        town.brings(news(&[line(1, "研修事業")]), Vec::new()).await.expect("kept");
        let of = Use { fund: FundId(1), project: ProjectId(9), year: YEAR, yen: Some(150_000) };
        let nowhere = change!(town.store, [of], |tx| {
            fund::link(tx, office, &of, (COORDINATOR, morning())).await
        });
        assert!(matches!(nowhere, Err(Error::Conflict(Conflict::Missing))), "{nowhere:?}");
        let uses = look!(town.store, |connection| fund::uses_in(connection, office, YEAR).await);
        assert_eq!(uses, []);
        let project = crate::project::insert(&town, &crate::project::planned(&[])).await.expect("kept");
        let of = Use { project: project.id, ..of };
        for yen in [Some(150_000), None] {
            let of = Use { yen, ..of.clone() };
            change!(town.store, [of], |tx| {
                fund::link(tx, office, &of, (COORDINATOR, morning())).await
            }).expect("linked");
            let uses = look!(town.store, |connection| fund::uses_of(connection, office, FundId(1)).await);
            assert_eq!(uses, std::slice::from_ref(&of));
            let uses = look!(town.store, |connection| fund::uses_in(connection, office, YEAR).await);
            let paid = fund::Paid { of, entry: line(1, "研修事業"), project: project.title.clone() };
            assert_eq!(uses, [paid]);
            let count = look!(town.store, |connection| fund::uses_count(connection, office, YEAR).await);
            assert_eq!(count, 1);
        }
        let key = (FundId(1), project.id, YEAR);
        assert!(change!(town.store, |tx| fund::unlink(tx, office, key).await).expect("taken away"));
        let gone = change!(town.store, |tx| fund::unlink(tx, office, (FundId(1), ProjectId(9), YEAR)).await);
        assert!(!gone.expect("asked"));
    }
}
