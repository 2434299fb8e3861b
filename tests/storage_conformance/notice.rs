//! Notices: kept with scopes, changes and wordings, listed, searched, told apart.

use crate::{
    schema::by_hand,
    town::{
        COORDINATOR, PHARMACIST, SERVER, Town, kept, later, morning, new_office, store_association,
    },
};
use chrono::NaiveDate;
use domain::{
    id::{NoticeId, OfficeId, ServerId, TopicId},
    notice::{Change, Notice, Origin, State, Topic, What, scope},
    search::{Asked, Query},
};
use std::collections::BTreeSet;
use storage::{
    Conflict, Error,
    notice::{self, Filter},
};

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).expect("a day")
}

fn today() -> NaiveDate {
    day(2026, 11, 20)
}

pub(crate) fn masks() -> Notice {
    Notice {
        id: NoticeId(0),
        revision: 0,
        draft: false,
        title: "布製マスクの配布について".to_owned(),
        number: Some("事務連絡".to_owned()),
        issuer: Some("厚生労働省医政局経済課".to_owned()),
        date: Some(day(2020, 3, 19)),
        topic: None,
        link: Some("https://www.mhlw.go.jp/".to_owned()),
        scopes: vec!["全サービス共通".to_owned()],
        changes: Vec::new(),
        origin: Origin::Form,
        added_by: Some(COORDINATOR),
        created_at: morning(),
        changed_at: morning(),
        retracted: false,
    }
}

fn titled(title: &str, scopes: &str) -> Notice {
    Notice {
        title: title.to_owned(),
        scopes: scope::read(scopes),
        ..masks()
    }
}

pub(crate) async fn insert(
    town: &Town,
    notice: &Notice,
    wording: Option<&'static str>,
) -> storage::Result<Notice> {
    let office = town.office;
    change!(town.store, [notice], |tx| {
        notice::insert(tx, office, &notice, wording).await
    })
}

async fn update(town: &Town, notice: &Notice) -> storage::Result<Notice> {
    let office = town.office;
    change!(town.store, [notice], |tx| notice::update(
        tx, office, &notice
    )
    .await)
}

async fn find(town: &Town, office: OfficeId, id: NoticeId) -> Option<Notice> {
    look!(town.store, |connection| notice::find(
        connection, office, id
    )
    .await)
}

async fn topic(town: &Town, name: &'static str) -> Topic {
    let office = town.office;
    change!(town.store, |tx| notice::topic::ensure(tx, office, name)
        .await)
    .expect("a topic")
}

async fn list(town: &Town, filter: &Filter) -> Vec<i64> {
    let office = town.office;
    let page = look!(town.store, [filter], |connection| {
        notice::list(connection, office, &filter, 0, 100).await
    });
    assert_eq!(page.total, i64::try_from(page.items.len()).expect("few"));
    page.items.into_iter().map(|notice| notice.id.0).collect()
}

async fn search(town: &Town, written: &'static str, drafts: bool) -> notice::Found {
    let office = town.office;
    let Ok(Asked::Words(query)) = Query::read(written, &[]) else {
        panic!("{written} is no query");
    };
    look!(town.store, [query], |connection| {
        notice::search(connection, office, (&query, today(), drafts), 0, 10).await
    })
}

async fn found(town: &Town, written: &'static str) -> Vec<i64> {
    let found = search(town, written, false).await;
    found.items.into_iter().map(|notice| notice.id.0).collect()
}

fn is<T>(conflict: Conflict, result: &storage::Result<T>) -> bool {
    matches!(result, Err(Error::Conflict(found)) if *found == conflict)
}

on_both! {
    async fn a_notice_is_kept_with_everything_that_stands_on_it(town) {
        let topic = topic(&town, "布製マスクの配布について").await;
        let whole = Notice {
            topic: Some(topic.id),
            scopes: vec!["入所施設".to_owned(), "居住系".to_owned(), "障害福祉、その他".to_owned()],
            ..masks()
        };
        let stored = insert(&town, &whole, Some("再利用可能な布製マスクが配布される。")).await.expect("kept");
        let expected = Notice {
            id: NoticeId(1),
            revision: 1,
            created_at: kept(morning()),
            changed_at: kept(morning()),
            ..whole
        };
        assert_eq!(stored, expected);
        assert_eq!(find(&town, town.office, stored.id).await, Some(expected));
        let bare = Notice {
            draft: true,
            number: None,
            issuer: None,
            date: None,
            link: None,
            scopes: Vec::new(),
            origin: Origin::Feed,
            added_by: None,
            ..masks()
        };
        let bare = insert(&town, &bare, None).await.expect("kept");
        assert_eq!(bare.id, NoticeId(2));
        assert_eq!(find(&town, town.office, bare.id).await, Some(bare));
        assert_eq!(find(&town, town.office, NoticeId(3)).await, None);
    }

    async fn a_changed_notice_counts_its_changes_and_a_stale_one_is_refused(town) {
        let read = insert(&town, &masks(), None).await.expect("kept");
        let next = insert(&town, &titled("追加配布", "全サービス共通"), None).await.expect("kept");
        let changes = vec![
            Change { what: What::Partly, from: None, by: Some(next.id), part: Some("問1～3".to_owned()) },
            Change { what: What::Abolished, from: Some(day(2021, 4, 1)), by: None, part: None },
        ];
        let mut changed = Notice {
            title: "布製マスクの追加配布".to_owned(),
            scopes: vec!["訪問系".to_owned()],
            changes,
            changed_at: later(5),
            ..read.clone()
        };
        let stored = update(&town, &changed).await.expect("changed");
        changed.revision = 2;
        changed.changed_at = kept(later(5));
        assert_eq!(stored, changed);
        assert_eq!(find(&town, town.office, read.id).await, Some(changed));
        assert!(is(Conflict::StaleRevision, &update(&town, &read).await));
        let nowhere = Notice { id: NoticeId(9), ..read };
        assert!(is(Conflict::Missing, &update(&town, &nowhere).await));
    }

    async fn a_notice_refers_to_nothing_that_is_not_there(town) {
        let read = insert(&town, &masks(), None).await.expect("kept");
        let unknown = Notice { topic: Some(TopicId(4)), ..masks() };
        assert!(is(Conflict::Missing, &insert(&town, &unknown, None).await));
        let by = Change { what: What::Replaced, from: None, by: Some(NoticeId(7)), part: None };
        let replaced = Notice { changes: vec![by], ..read };
        assert!(is(Conflict::Missing, &update(&town, &replaced).await));
        let other = new_office(&town.store, ServerId(12)).await;
        assert_ne!(other, town.office);
        assert_eq!(find(&town, other, NoticeId(1)).await, None);
        let nobody = change!(town.store, |tx| {
            notice::insert(tx, OfficeId(99), &masks(), None).await
        });
        assert!(is(Conflict::Missing, &nobody), "{SERVER} has one office");
    }

    async fn wordings_are_kept_in_versions_that_never_change(town) {
        let office = town.office;
        let read = insert(&town, &masks(), Some("二枚ずつ配る。")).await.expect("kept");
        let put = |text: &'static str, minutes: i64| {
            let store = &town.store;
            let id = read.id;
            async move {
                change!(store, |tx| {
                    notice::put_wording(tx, office, id, text, Some(COORDINATOR), later(minutes)).await
                })
            }
        };
        assert_eq!(put("二枚ずつ配る。", 1).await.expect("the same").version, 1);
        assert_eq!(put("三枚ずつ配る。", 2).await.expect("another").version, 2);
        assert_eq!(put("二枚ずつ配る。", 3).await.expect("back again").version, 3);
        let at = |version: Option<i64>| {
            let store = &town.store;
            let id = read.id;
            async move {
                look!(store, |connection| notice::wording(connection, office, id, version).await)
            }
        };
        assert_eq!(at(None).await.expect("the latest").version, 3);
        let second = at(Some(2)).await.expect("the second");
        assert_eq!(second.text, "三枚ずつ配る。");
        assert_eq!((second.added_by, second.added_at), (Some(COORDINATOR), kept(later(2))));
        assert_eq!(at(Some(4)).await, None);
        let id = read.id;
        let versions = look!(town.store, |connection| notice::versions(connection, office, id).await);
        let instants = [morning(), later(2), later(3)].map(kept);
        assert_eq!(versions, (1..).zip(instants).collect::<Vec<_>>());
        let nothing = change!(town.store, |tx| {
            notice::put_wording(tx, office, NoticeId(5), "なし", None, later(4)).await
        });
        assert!(is(Conflict::Missing, &nothing));
    }

    async fn lists_know_how_a_notice_stands_on_the_day(town) {
        let next = insert(&town, &titled("第13報", "通所系"), None).await.expect("kept").id;
        let mut first = insert(&town, &Notice { date: Some(day(2020, 6, 1)), ..titled("第12報", "通所系") }, None)
            .await
            .expect("kept");
        let partly = Change { what: What::Partly, from: None, by: Some(next), part: None };
        let over = Change { what: What::Abolished, from: Some(day(2027, 4, 1)), by: None, part: None };
        first.changes = vec![partly, over];
        update(&town, &first).await.expect("changed");
        let draft = Notice { draft: true, date: None, ..titled("新着", "") };
        let draft = insert(&town, &draft, None).await.expect("kept").id;
        let back = Notice { retracted: true, ..titled("誤り", "通所系") };
        insert(&town, &back, None).await.expect("kept");
        let of = |state: Option<State>, today: NaiveDate, drafts: bool| Filter {
            state,
            drafts,
            ..Filter::on(today)
        };
        let then = day(2027, 4, 1);
        for (filter, expected) in [
            (of(None, today(), false), vec![2, 1]),
            (of(None, today(), true), vec![draft.0, 2, 1]),
            (of(Some(State::Draft), today(), true), vec![draft.0]),
            (of(Some(State::Draft), today(), false), vec![]),
            (of(Some(State::Partly), today(), false), vec![2]),
            (of(Some(State::Abolished), today(), false), vec![]),
            (of(Some(State::Partly), then, false), vec![]),
            (of(Some(State::Abolished), then, false), vec![2]),
            (of(Some(State::Standing), then, false), vec![1]),
        ] {
            assert_eq!(list(&town, &filter).await, expected, "{filter:?}");
        }
    }

    async fn lists_narrow_by_tags_topic_and_page(town) {
        let topic = topic(&town, "動画について").await;
        let visits = Notice { topic: Some(topic.id), ..titled("訪問の動画", "訪問系") };
        insert(&town, &visits, None).await.expect("kept");
        insert(&town, &titled("入所の動画", "入所施設・居住系"), None).await.expect("kept");
        insert(&town, &titled("範囲のない通知", ""), None).await.expect("kept");
        insert(&town, &titled("割引", "100%"), None).await.expect("kept");
        let tags = |list: &[&str]| Filter {
            tags: Some(list.iter().map(|tag| (*tag).to_owned()).collect::<BTreeSet<_>>()),
            ..Filter::on(today())
        };
        for (filter, expected) in [
            (tags(&["訪問系"]), vec![1]),
            (tags(&["居住系", "訪問系"]), vec![2, 1]),
            (tags(&["%"]), vec![]),
            (tags(&["100%"]), vec![4]),
            (tags(&[]), vec![]),
            (Filter { untagged: true, ..Filter::on(today()) }, vec![3]),
            (Filter { topic: Some(topic.id), ..Filter::on(today()) }, vec![1]),
        ] {
            assert_eq!(list(&town, &filter).await, expected, "{filter:?}");
        }
        let office = town.office;
        let page = look!(town.store, |connection| {
            notice::list(connection, office, &Filter::on(today()), 1, 2).await
        });
        let ids: Vec<i64> = page.items.iter().map(|notice| notice.id.0).collect();
        assert_eq!((ids, page.total), (vec![3, 2], 4));
    }

    async fn a_topic_gathers_its_notices_by_their_days(town) {
        let office = town.office;
        let topic = topic(&town, "人員基準等の臨時的な取扱いについて").await;
        for date in [day(2020, 3, 6), day(2020, 2, 28), day(2021, 8, 11)] {
            let notice = Notice { topic: Some(topic.id), date: Some(date), ..masks() };
            insert(&town, &notice, None).await.expect("kept");
        }
        let draft = Notice { topic: Some(topic.id), draft: true, ..masks() };
        insert(&town, &draft, None).await.expect("kept");
        let id = topic.id;
        let notices = look!(town.store, |connection| notice::of_topic(connection, office, id).await);
        let ids: Vec<i64> = notices.iter().map(|notice| notice.id.0).collect();
        assert_eq!(ids, [2, 1, 3]);
    }

    async fn topics_are_told_apart_by_their_letters(town) {
        let office = town.office;
        let one = topic(&town, "動画について").await;
        assert_eq!(topic(&town, "動画 について。").await, one);
        let other = topic(&town, "オンライン面会").await;
        assert_ne!(one.id, other.id);
        let all = look!(town.store, |connection| notice::topic::list(connection, office).await);
        assert_eq!(all, [one, other]);
    }

    async fn what_replaces_which_is_known_both_ways(town) {
        let office = town.office;
        let next = insert(&town, &titled("第2版", "全サービス共通"), None).await.expect("kept").id;
        let whole = Change { what: What::Replaced, from: Some(day(2021, 3, 9)), by: Some(next), part: None };
        let first = Notice { changes: vec![whole.clone()], ..titled("第1版", "全サービス共通") };
        let first = insert(&town, &first, None).await.expect("kept").id;
        let back = Notice { changes: vec![whole.clone()], retracted: true, ..masks() };
        insert(&town, &back, None).await.expect("kept");
        let successors = look!(town.store, |connection| notice::successors(connection, office).await);
        assert_eq!(successors.into_iter().collect::<Vec<_>>(), [(first, vec![(What::Replaced, next)])]);
        let replaced = look!(town.store, |connection| {
            notice::replaced_by(connection, office, next).await
        });
        assert_eq!(replaced, [(first, whole)]);
    }

    async fn a_search_finds_words_wherever_they_stand_the_standing_first(town) {
        let topic = topic(&town, "感染対策の手引き").await;
        let over = Change { what: What::Abolished, from: None, by: None, part: None };
        let first = Notice { changes: vec![over], ..titled("マスクの洗い方の動画", "訪問系") };
        insert(&town, &first, None).await.expect("kept");
        insert(&town, &titled("消毒液の使い方", "訪問系"), Some("マスクとあわせて使うこと。")).await.expect("kept");
        insert(&town, &titled("布製ﾏｽｸの配布", "訪問系"), None).await.expect("kept");
        let book = Notice { topic: Some(topic.id), issuer: Some("老健局".to_owned()), ..titled("第2版の公表", "") };
        insert(&town, &book, None).await.expect("kept");
        insert(&town, &Notice { draft: true, ..titled("マスクの新着", "") }, None).await.expect("kept");
        insert(&town, &Notice { retracted: true, ..titled("マスクの誤り", "") }, None).await.expect("kept");
        assert_eq!(found(&town, "マスク").await, [3, 2, 1]);
        assert_eq!(found(&town, "ますく -動画").await, [3, 2]);
        assert_eq!(found(&town, "手引き").await, [4]);
        assert_eq!(found(&town, "老健局 手引").await, [4]);
        assert_eq!(found(&town, "手袋").await, Vec::<i64>::new());
        let desk = search(&town, "マスク", true).await;
        assert_eq!(desk.total, 4);
    }

    async fn a_search_follows_what_a_notice_becomes(town) {
        let office = town.office;
        let read = insert(&town, &masks(), Some("二枚ずつ配る。")).await.expect("kept");
        assert_eq!(found(&town, "二枚").await, [1]);
        let id = read.id;
        change!(town.store, |tx| {
            notice::put_wording(tx, office, id, "三枚ずつ配る。", None, later(1)).await
        })
        .expect("another wording");
        assert_eq!(found(&town, "二枚").await, Vec::<i64>::new());
        update(&town, &Notice { title: "手袋の配布".to_owned(), ..read }).await.expect("changed");
        assert_eq!(found(&town, "手袋 三枚").await, [1]);
        by_hand(&town, "update notice_letters set made_by = 0, grams = null, folded = '', beside = ''").await;
        assert_eq!(found(&town, "手袋").await, Vec::<i64>::new());
        let anew = change!(town.store, |tx| notice::make_anew(tx, 10).await).expect("made anew");
        assert_eq!(anew, 1);
        assert_eq!(found(&town, "手袋").await, [1]);
        let again = change!(town.store, |tx| notice::make_anew(tx, 10).await).expect("nothing to do");
        assert_eq!(again, 0);
    }

    async fn what_is_known_already_is_handed_out_for_comparing(town) {
        let office = town.office;
        insert(&town, &masks(), None).await.expect("kept");
        insert(&town, &Notice { retracted: true, ..masks() }, None).await.expect("kept");
        insert(&town, &Notice { date: None, ..titled("日付なし", "") }, None).await.expect("kept");
        let after = |id: i64| {
            let store = &town.store;
            async move {
                look!(store, |connection| {
                    notice::known(connection, office, NoticeId(id), 10).await
                })
            }
        };
        let ids = |known: Vec<notice::Known>| known.iter().map(|one| one.id.0).collect::<Vec<_>>();
        assert_eq!(ids(after(0).await), [1, 3]);
        assert_eq!(ids(after(1).await), [3]);
        let first = after(0).await.remove(0);
        assert_eq!((first.title.as_str(), first.date), ("布製マスクの配布について", Some(day(2020, 3, 19))));
        let years = (day(2020, 1, 1), day(2020, 12, 31));
        let count = look!(town.store, |connection| {
            notice::issued_between(connection, office, years).await
        });
        assert_eq!(count, 1);
    }
}

on_both! {
    async fn bulletins_are_kept_with_how_each_notice_stood_and_are_confirmed_once(town) {
        let office = town.office;
        let pharmacists = store_association(&town.store, office, "薬剤師会").await;
        let doctors = store_association(&town.store, office, "医師会").await;
        let first = insert(&town, &masks(), None).await.expect("kept").id;
        let second = insert(&town, &titled("第2版", "訪問系"), None).await.expect("kept").id;
        let told = vec![
            (pharmacists, vec![(first, State::Standing), (second, State::Partly)]),
            (doctors, Vec::new()),
        ];
        let posted = change!(town.store, [told], |tx| {
            notice::bulletin::post(tx, office, &told, (COORDINATOR, morning())).await
        })
        .expect("posted");
        assert_eq!(posted.len(), 1, "who is told nothing gets none");
        let id = posted[0].id;
        let found = look!(town.store, |connection| notice::bulletin::find(connection, office, id).await);
        assert_eq!(found.as_ref(), Some(&posted[0]));
        let known = look!(town.store, |connection| notice::bulletin::told(connection, office).await);
        assert_eq!(known[&pharmacists][&second], State::Partly);
        let waiting = async |minutes: i64| {
            look!(town.store, |connection| {
                notice::bulletin::unconfirmed(connection, office, later(minutes)).await
            })
        };
        assert_eq!(waiting(0).await, posted, "posted then or later");
        assert_eq!(waiting(1).await, [], "posted before");
        let confirm = |minutes: i64| {
            let store = &town.store;
            async move {
                change!(store, |tx| {
                    notice::bulletin::confirm(tx, office, id, (PHARMACIST, later(minutes))).await
                })
                .expect("asked")
            }
        };
        let confirmed = confirm(1).await.expect("the first time");
        assert_eq!(confirmed.confirmed, Some((PHARMACIST, kept(later(1)))));
        assert_eq!(confirmed.revision, 2);
        assert_eq!(confirm(2).await, None);
        assert_eq!(waiting(0).await, [], "nobody waits for it any more");
        let latest = look!(town.store, |connection| notice::bulletin::latest(connection, office).await);
        assert_eq!(latest, [confirmed]);
        let used = look!(town.store, |connection| notice::bulletin::is_told(connection, office, first).await);
        assert!(used);
    }
}
