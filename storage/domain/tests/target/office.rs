//! An office in memory: it stores what a table brings, as the real one does.

use chrono::{DateTime, NaiveDate, Utc};
use domain::{
    era::FiscalYear,
    id::{RecordId, TargetId, UserId},
    sheet::Sheet,
    target::{
        Goal, Record, Target,
        difference::{Difference, RecordRef, TargetRef},
        goal::Content,
        plan::{
            Known, Plan,
            compared::{Compared, compare},
            read,
            written::{Headings, Kept, Written},
        },
        record::Source,
    },
};
use std::collections::BTreeSet;

/// When everything is stored.
const AT: DateTime<Utc> = DateTime::<Utc>::UNIX_EPOCH;

/// The numbers that what is new gets.
struct Numbers {
    target: i64,
    record: i64,
}

impl Numbers {
    /// Those after what is kept.
    fn after(kept: &Kept) -> Self {
        let targets = kept.targets.iter().map(|it| it.id.0);
        let records = kept.records.iter().map(|it| it.id.0);
        Self {
            target: targets.max().unwrap_or(0) + 1,
            record: records.max().unwrap_or(0) + 1,
        }
    }

    fn target(&self, of: TargetRef) -> TargetId {
        match of {
            TargetRef::Kept(id) => id,
            TargetRef::New(new) => TargetId(self.target + i64::try_from(new).expect("few")),
        }
    }

    fn record(&self, of: RecordRef) -> RecordId {
        match of {
            RecordRef::Kept(id) => id,
            RecordRef::New(new) => RecordId(self.record + i64::try_from(new).expect("few")),
        }
    }
}

#[derive(Clone, Debug, Default)]
pub(super) struct Office {
    pub(super) kept: Kept,
    /// Every version of every goal.
    pub(super) versions: Vec<Goal>,
}

pub(super) fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2020, 2, 3).expect("a real day")
}

impl Office {
    pub(super) fn new() -> Self {
        let mut office = Self::default();
        office.kept.start_month = 4;
        office
    }

    pub(super) fn areas(&self) -> Vec<String> {
        let areas = self.kept.targets.iter().map(|it| it.area.clone());
        areas.collect::<BTreeSet<_>>().into_iter().collect()
    }

    pub(super) fn read(&self, sheets: &[Sheet]) -> Plan {
        let areas = self.areas();
        let known = Known {
            year: None,
            areas: &areas,
            start_month: 4,
            today: today(),
        };
        read(sheets, &known).expect("a plan")
    }

    pub(super) fn compare(&self, plan: &Plan) -> Compared {
        let keys = self.kept.records.iter().filter_map(|it| match &it.source {
            Source::Import(key) => Some(key.clone()),
            Source::Hand | Source::Session(_) => None,
        });
        compare(plan, &self.kept, &keys.collect(), today())
    }

    /// Hands a table in and stores what it brings.
    pub(super) fn import(&mut self, sheets: &[Sheet]) -> Compared {
        let compared = self.compare(&self.read(sheets));
        self.store(&compared.difference);
        compared
    }

    pub(super) fn store(&mut self, difference: &Difference) {
        let numbers = Numbers::after(&self.kept);
        self.store_targets(difference, &numbers);
        self.store_goals(difference, &numbers);
        self.store_records(difference, &numbers);
    }

    fn store_targets(&mut self, difference: &Difference, numbers: &Numbers) {
        for (new, brought) in difference.targets.iter().enumerate() {
            self.kept.targets.push(Target {
                id: numbers.target(TargetRef::New(new)),
                revision: 1,
                area: brought.area.clone(),
                number: brought.number.clone(),
                item: brought.item.clone(),
                position: brought.position,
                owner: None,
                counts: None,
                withdrawn: false,
                added_by: UserId(1),
                created_at: AT,
                changed_at: AT,
            });
        }
        for item in &difference.items {
            let mut kept = self.kept.targets.iter_mut();
            let kept = kept.find(|it| it.id == item.target).expect("it is kept");
            assert_eq!(kept.revision, item.revision);
            kept.item.clone_from(&item.item);
            kept.position = item.position;
            kept.revision += 1;
        }
        self.kept.targets.sort_by_key(|it| (it.position, it.id));
    }

    fn store_goals(&mut self, difference: &Difference, numbers: &Numbers) {
        for goal in &difference.goals {
            let of = numbers.target(goal.target);
            let version = self
                .kept
                .goals
                .get(&(of, goal.year))
                .map_or(1, |it| it.version + 1);
            let goal = Goal {
                target: of,
                year: goal.year,
                version,
                day: goal.day,
                content: Content {
                    text: goal.content.text.clone(),
                    plan: goal.content.plan.clone(),
                    quantity: goal.content.quantity.clone(),
                    state: goal.content.state,
                    again: goal.content.again.map(|of| numbers.target(of)),
                },
                reason: goal.reason.clone(),
                set_by: UserId(1),
                since: AT,
                retracted: false,
            };
            self.kept.goals.insert((of, goal.year), goal.clone());
            self.versions.push(goal);
        }
    }

    fn store_records(&mut self, difference: &Difference, numbers: &Numbers) {
        for (new, brought) in difference.records.iter().enumerate() {
            self.kept.records.push(Record {
                id: numbers.record(RecordRef::New(new)),
                revision: 1,
                date: brought.date,
                text: brought.text.clone(),
                amount: brought.amount,
                unit: brought.unit.clone(),
                mark: brought.mark,
                source: Source::Import(brought.key.clone()),
                again: brought.again.map(|of| numbers.record(of)),
                targets: brought
                    .targets
                    .iter()
                    .map(|of| numbers.target(*of))
                    .collect(),
                withdrawn: false,
                recorded_by: UserId(1),
                created_at: AT,
                changed_at: AT,
            });
        }
        for corrected in &difference.corrected {
            let mut kept = self.kept.records.iter_mut();
            let kept = kept.find(|it| it.id == corrected.id).expect("it is kept");
            *kept = corrected.clone();
            kept.revision += 1;
        }
        let keys: BTreeSet<_> = self
            .kept
            .records
            .iter()
            .map(|it| &it.source)
            .collect::<Vec<_>>()
            .into_iter()
            .filter_map(|source| match source {
                Source::Import(key) => Some(key.clone()),
                Source::Hand | Source::Session(_) => None,
            })
            .collect();
        let imported = self.kept.records.iter();
        let imported = imported.filter(|it| matches!(it.source, Source::Import(_)));
        assert_eq!(
            keys.len(),
            imported.count(),
            "no key stands for two records"
        );
    }

    /// The table of a year as it goes out.
    pub(super) fn written(&self, year: FiscalYear) -> (Written, Sheet) {
        let written = Written::of(&self.kept, year);
        let sheet = written.sheet(&headings(&written, year));
        (written, sheet)
    }
}

/// The words above the columns, as the product writes them.
fn headings(written: &Written, year: FiscalYear) -> Headings {
    let named = |year: FiscalYear| format!("{}年度", year.western());
    Headings {
        area: "領域".to_owned(),
        number: "番号".to_owned(),
        item: "項目".to_owned(),
        goals: "年度の進捗目標".to_owned(),
        years: written.years.iter().copied().map(named).collect(),
        done: format!("{}の進捗（2020年1月31日時点）", named(year)),
        planned: format!("{}の計画案", named(year.next())),
    }
}
