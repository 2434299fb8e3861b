//! Nothing said in confidence reaches anybody outside its audience: offices drawn by chance, in which
//! people do what they may and what they may not, and a model of who may read what, written from the
//! contract alone.
//!
//! More of them: `RENKEI_SECRECY_SEEDS=20 cargo test --workspace --test secrecy further`; one of them again:
//! `RENKEI_SECRECY_SEED=7 cargo test --workspace --test secrecy further`.

mod across;
mod ask;
mod category;
mod comparison;
mod course;
mod decided;
mod desk;
mod feed;
mod feedback;
mod forge;
mod fund;
mod handover;
mod import;
mod judge;
mod keeping;
mod look;
mod memo;
mod menu;
mod model;
mod notice;
mod number;
mod office;
mod people;
mod press;
mod project;
mod proposal;
mod records;
mod retention;
mod review;
mod rule;
mod search;
mod session;
mod step;
mod tally;
mod target;
mod tie;
mod told;
mod trail;

use office::Plan;
use rstest::rstest;
use step::Life;
use tally::Tally;
use tests::{
    database::Database,
    dice::Dice,
    world::{SetUp, World, world_with},
};
use trail::{Teller, Trail};

/// Variable with the number of further seeds.
const SEEDS_VARIABLE: &str = "RENKEI_SECRECY_SEEDS";
/// Variable with the one further seed that is lived instead.
const SEED_VARIABLE: &str = "RENKEI_SECRECY_SEED";
/// The first further seed.
const FURTHER: u64 = 100;
/// The seed that is lived on PostgreSQL.
const POSTGRES: u64 = 50;
/// Steps of each office.
const STEPS: usize = 84;
/// The first steps only write down, so that there is something to share.
const STEPS_OF_WRITING: usize = 8;
/// The first of them write down both halves of the manual's pair.
const STEPS_OF_HALVES: usize = 2;

/// Of a hundred offices so many are deleted in the end; the others let go of what was kept long enough.
const ENDED: usize = 50;
/// The seed of what comes after the last step.
const AFTER: usize = STEPS + 1;
/// The seed of who tries what the desk is about to do.
const TRIES: usize = STEPS + 2;

/// One kind of step.
#[derive(Clone, Copy, Debug)]
enum Step {
    Add,
    Edit,
    Change,
    Share,
    Propose,
    Approve,
    Sort,
    Tie,
    TieAcross,
    Search,
    Plan,
    NoteMeeting,
    ListBySession,
    ListByCategory,
    BringTogether,
    NotePerson,
    Import,
    TakeUp,
    Bring,
    Divide,
    AnswerIdea,
    Finish,
    Remember,
    StopMemo,
    FeedBack,
    LookBack,
    Hold,
    HoldTogether,
    ChangeSession,
    Record,
    AskAround,
    SetTarget,
    NoteProgress,
    TellProgress,
    AddNotice,
    TellNotices,
    TakeFunds,
    SuggestFunds,
    Pay,
    HandOut,
    ForgetName,
    HandOver,
    WatchFeed,
    Compare,
    SwitchRule,
    WaitForDeadline,
    Wait,
    Look,
    LookAtForms,
    Press,
    Forge,
    People,
    Drift,
    Mend,
    Restart,
}

/// How often each is done.
const WEIGHTS: [(usize, Step); 53] = [
    (6, Step::Add),
    (6, Step::Edit),
    (8, Step::Change),
    (16, Step::Share),
    (2, Step::Propose),
    (4, Step::Approve),
    (8, Step::Sort),
    (12, Step::Tie),
    (6, Step::Search),
    (5, Step::Plan),
    (4, Step::NoteMeeting),
    (4, Step::ListBySession),
    (3, Step::ListByCategory),
    (5, Step::BringTogether),
    (4, Step::NotePerson),
    (3, Step::Import),
    (3, Step::TakeUp),
    (4, Step::Bring),
    (4, Step::Divide),
    (3, Step::AnswerIdea),
    (3, Step::Finish),
    (4, Step::Remember),
    (3, Step::StopMemo),
    (4, Step::FeedBack),
    (5, Step::LookBack),
    (5, Step::Hold),
    (2, Step::HoldTogether),
    (4, Step::ChangeSession),
    (4, Step::Record),
    (5, Step::AskAround),
    (3, Step::SetTarget),
    (4, Step::NoteProgress),
    (2, Step::TellProgress),
    (3, Step::AddNotice),
    (2, Step::TellNotices),
    (1, Step::TakeFunds),
    (2, Step::SuggestFunds),
    (3, Step::Pay),
    (1, Step::HandOut),
    (2, Step::ForgetName),
    (1, Step::HandOver),
    (1, Step::WatchFeed),
    (1, Step::Compare),
    (2, Step::SwitchRule),
    (3, Step::Wait),
    (9, Step::Look),
    (1, Step::LookAtForms),
    (18, Step::Press),
    (8, Step::Forge),
    (7, Step::People),
    (9, Step::Drift),
    (2, Step::Mend),
    (1, Step::Restart),
];

/// Steps the desk takes whatever the dice say, so that no office goes without.
const FIXED: [(usize, Step); 52] = [
    (5, Step::Sort),
    (7, Step::Plan),
    (9, Step::BringTogether),
    (10, Step::Bring),
    (11, Step::Remember),
    (12, Step::NoteMeeting),
    (13, Step::Share),
    (14, Step::SetTarget),
    (15, Step::Search),
    (16, Step::AddNotice),
    (17, Step::Divide),
    (18, Step::NotePerson),
    (19, Step::TakeFunds),
    (20, Step::LookBack),
    (21, Step::Import),
    (22, Step::AnswerIdea),
    (23, Step::SwitchRule),
    (24, Step::TellNotices),
    (25, Step::Drift),
    (26, Step::Wait),
    (27, Step::SuggestFunds),
    (28, Step::Record),
    (29, Step::Tie),
    (30, Step::FeedBack),
    (31, Step::ListByCategory),
    (32, Step::Mend),
    (33, Step::ListBySession),
    (34, Step::AskAround),
    (35, Step::Propose),
    (37, Step::TakeUp),
    (39, Step::Pay),
    (40, Step::ForgetName),
    (41, Step::Search),
    (42, Step::AddNotice),
    (43, Step::Hold),
    (44, Step::NoteProgress),
    (45, Step::ChangeSession),
    (46, Step::HoldTogether),
    (47, Step::Finish),
    (50, Step::HandOut),
    (51, Step::TieAcross),
    (52, Step::FeedBack),
    (53, Step::Wait),
    (54, Step::Share),
    (55, Step::AskAround),
    (57, Step::WatchFeed),
    (58, Step::SuggestFunds),
    (59, Step::Compare),
    (60, Step::TellProgress),
    (61, Step::HandOver),
    (62, Step::WaitForDeadline),
    (63, Step::LookAtForms),
];

async fn live(seed: u64, database: Database) -> Tally {
    let trail = Trail::of(seed);
    let _teller = Teller(trail.clone());
    let mut tally = Tally::default();
    world_with(database, SetUp::Nothing, async |world: &mut World| {
        world.leave_leaks_to_the_test();
        let dice = &mut Dice::of(seed, 0);
        let plan = Plan::draw(world, dice);
        let mut life = Life::new(world, plan, trail.clone(), Dice::of(seed, TRIES));
        life.set_up(dice).await;
        life.judge().await;
        for step in 1..=STEPS {
            life.step = step;
            take(&mut life, seed).await;
            life.judge().await;
        }
        life.mend_all();
        life.judge().await;
        life.check_outside().await;
        let dice = &mut Dice::of(seed, AFTER);
        if dice.chance(ENDED) {
            life.end(dice).await;
        } else {
            life.let_go(dice).await;
        }
        life.check_outside().await;
        tally = life.tally;
    })
    .await;
    tally
}

async fn take(life: &mut Life<'_>, seed: u64) {
    let dice = &mut Dice::of(seed, life.step);
    let fixed = FIXED.iter().find(|(at, _)| *at == life.step);
    life.sure = fixed.is_some();
    let step = match fixed {
        Some((_, step)) => *step,
        None if life.step <= STEPS_OF_HALVES => {
            return life.add_half(dice, life.step).await;
        }
        None if life.step <= STEPS_OF_WRITING => Step::Add,
        None => dice.weighed(&WEIGHTS),
    };
    match step {
        Step::Add => life.add(dice).await,
        Step::Edit => life.edit(dice).await,
        Step::Change => life.change(dice).await,
        Step::Share => life.share(dice).await,
        Step::Propose => life.propose(dice).await,
        Step::Approve => life.approve(dice).await,
        Step::Sort => life.sort(dice).await,
        Step::Tie => life.tie(dice).await,
        Step::TieAcross => life.tie_across(dice).await,
        Step::Search => life.search(dice).await,
        Step::Plan => life.plan(dice).await,
        Step::NoteMeeting => life.note_meeting(dice).await,
        Step::ListBySession => life.list_by_session(dice).await,
        Step::ListByCategory => life.list_by_category(dice).await,
        Step::BringTogether => life.bring_together(dice).await,
        Step::NotePerson => life.note_person(dice).await,
        Step::Import => life.import(dice).await,
        Step::TakeUp => life.take_up(dice).await,
        Step::Bring => life.bring(dice).await,
        Step::Divide => life.divide(dice).await,
        Step::AnswerIdea => life.answer_idea(dice).await,
        Step::Finish => life.finish(dice).await,
        Step::Remember => life.remember(dice).await,
        Step::StopMemo => life.stop_memo(dice).await,
        Step::FeedBack => life.feed_back(dice).await,
        Step::LookBack => life.look_back(dice).await,
        Step::Hold => life.hold(dice).await,
        Step::HoldTogether => life.hold_together(dice).await,
        Step::ChangeSession => life.change_session(dice).await,
        Step::Record => life.record(dice).await,
        Step::AskAround => life.ask_around(dice).await,
        Step::SetTarget => life.set_target(dice).await,
        Step::NoteProgress => life.note_progress(dice).await,
        Step::TellProgress => life.tell_progress(dice).await,
        Step::AddNotice => life.add_notice(dice).await,
        Step::TellNotices => life.tell_notices(dice).await,
        Step::TakeFunds => life.take_funds(dice).await,
        Step::SuggestFunds => life.suggest_funds(dice).await,
        Step::Pay => life.pay(dice).await,
        Step::HandOut => life.hand_out(dice).await,
        Step::ForgetName => life.forget_name(dice).await,
        Step::HandOver => life.hand_over(dice).await,
        Step::WatchFeed => life.watch_feed(dice).await,
        Step::Compare => life.compare(dice).await,
        Step::SwitchRule => life.switch_rule(dice).await,
        Step::WaitForDeadline => life.wait_for_deadline().await,
        Step::Wait => life.wait(dice).await,
        Step::Look => life.look(dice).await,
        Step::LookAtForms => life.look_at_forms(dice).await,
        Step::Press => life.press(dice).await,
        Step::Forge => life.forge(dice).await,
        Step::People => life.change_people(dice),
        Step::Drift => life.drift(dice),
        Step::Mend => life.mend_all(),
        Step::Restart => {
            life.trail.note(life.step, "the bot is started anew");
            life.world.restart().await;
        }
    }
}

/// A life in which hardly anything happened would show nothing.
fn assert_lived(seed: u64, tally: Tally) {
    let shared = tally.issues >= 4 && tally.approved >= 1 && tally.drifts >= 1;
    let tried = tally.refused >= 5 && tally.pressed >= 3 && tally.looks >= 20 && tally.forged >= 1;
    let done = [
        tally.sorted,
        tally.linked + tally.merged,
        tally.looks_across,
        tally.planned,
        tally.known,
        tally.at_once,
        tally.imported,
        tally.searched_in_vain,
        tally.narrowed,
        tally.projects,
        tally.surveyed,
        tally.memos,
        tally.fed_back,
        tally.held,
        tally.moved,
        tally.accounts,
        tally.due,
        tally.asked_in_vain,
        tally.targets,
        tally.entries,
        tally.progress,
        tally.notices,
        tally.bulletins,
        tally.suggested,
        tally.exported,
        tally.removed,
        tally.handed_over,
        tally.watched,
        tally.compared,
        tally.rules,
    ];
    let lived = shared && tried && done.iter().all(|times| *times >= 1);
    assert!(lived, "seed {seed} shows little: {tally:?}");
}

#[rstest]
#[case(1)]
#[case(2)]
#[case(3)]
#[case(4)]
#[case(5)]
#[case(6)]
#[case(7)]
#[case(8)]
#[tokio::test]
async fn what_is_said_in_confidence_reaches_nobody_else(#[case] seed: u64) {
    assert_lived(seed, live(seed, Database::Sqlite).await);
}

/// The other database tells nobody more.
#[tokio::test]
async fn the_same_holds_on_postgres() {
    assert_lived(POSTGRES, live(POSTGRES, Database::Postgres).await);
}

#[tokio::test]
async fn further_offices_keep_it_as_well() {
    let variable = |name| Some(std::env::var(name).ok()?.parse().expect("a number"));
    let seeds = match variable(SEED_VARIABLE) {
        Some(chosen) => chosen..chosen + 1,
        None => FURTHER..FURTHER + variable(SEEDS_VARIABLE).unwrap_or(1),
    };
    for seed in seeds {
        assert_lived(seed, live(seed, Database::Sqlite).await);
    }
}
