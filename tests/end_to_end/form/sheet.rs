//! Sheets: cells, layout, who gets which.

use super::{
    add, ask, file, gather,
    reader::{heights, part, read},
    sort, talk,
};
use domain::id::IssueId;
use serde_json::json;
use tests::{database::Database, world::world};

#[tokio::test]
async fn the_desk_takes_form_1_out_with_speakers_in_the_order_it_was_said() {
    world(Database::Sqlite, async |world| {
        talk(world).await;
        let options = json!({"form": 1, "tier": 1, "association": "薬剤師会"});
        let answer = ask(world, "コーディネーター", "issue export", options).await;
        assert!(
            answer.content.contains("9件") && answer.content.contains("発言者の列"),
            "{}",
            answer.content
        );
        let file = file(world, &answer);
        assert_eq!(file.filename, "form1-2026-11-20-tier1-association3.xlsx");
        assert_eq!(
            file.description.as_deref(),
            Some("様式1（令和8年11月20日(金)）")
        );
        let sheet = read(&file.bytes);
        assert_eq!(sheet.name, "様式1");
        assert_eq!(sheet.rows[0][0], "【一次連携】 課題・アイデア一覧");
        assert_eq!(sheet.rows[1][0], "薬剤師会");
        assert_eq!(sheet.rows[1][4], "令和8年11月20日(金) 現在");
        assert_eq!(sheet.rows[2], ["No", "職種", "発言者", "意見", "備考"]);
        assert_eq!(
            sheet.rows[3],
            [
                "1",
                "薬剤師",
                "仮名坂 十兵衛",
                "顔の見える連携が弱い",
                "病院と地域の相談員"
            ]
        );
        assert_eq!(
            sheet.rows[11],
            ["9", "薬剤師", "", "連絡する相手の見当がつかない", ""],
            "whose opinion another stands for said it too"
        );
        assert_eq!(sheet.rows.len(), 12);
    })
    .await;
}

#[tokio::test]
async fn form_2_ranks_categories_and_joins_their_cells() {
    world(Database::Sqlite, async |world| {
        talk(world).await;
        let answer = ask(
            world,
            "コーディネーター",
            "issue export",
            json!({"form": 2}),
        )
        .await;
        let file = file(world, &answer);
        assert_eq!(file.filename, "form2-2026-11-20.xlsx");
        let sheet = read(&file.bytes);
        assert_eq!(sheet.rows[2], ["順位", "カテゴリ", "課題/アイデア", "意見"]);
        let body: Vec<Vec<&str>> = sheet.rows[3..]
            .iter()
            .map(|row| row.iter().map(String::as_str).collect())
            .collect();
        assert_eq!(
            body,
            [
                [
                    "1",
                    "多職種連携\n（6件）",
                    "課題",
                    "・誰に連絡してよいかわからない（2件）"
                ],
                ["", "", "", "・顔の見える連携が弱い"],
                ["", "", "", "・自分たちの情報発信力が弱い"],
                ["", "", "", "・情報共有が足りない"],
                ["", "", "アイデア", "・合同研修会をしたい"],
                // Equal counts share a rank.
                [
                    "2",
                    "他職種への職能の周知\n（2件）",
                    "課題",
                    "・自分たちの情報発信力が弱い【再掲】"
                ],
                ["", "", "アイデア", "・市の広報で職能を知らせる"],
                [
                    "2",
                    "情報共有ツール\n（2件）",
                    "課題",
                    "・地域の情報共有ツールが知られていない"
                ],
                ["", "", "", "・情報共有が足りない【再掲】"],
                ["", "未分類\n（1件）", "課題", "・駐車場が足りない"],
            ]
        );
        let expected = [
            (0, 0, 0, 3),
            (1, 0, 1, 2),
            (3, 0, 7, 0),
            (3, 1, 7, 1),
            (3, 2, 6, 2),
            (8, 0, 9, 0),
            (8, 1, 9, 1),
            (10, 0, 11, 0),
            (10, 1, 11, 1),
            (10, 2, 11, 2),
        ];
        assert_eq!(sheet.joined, expected);
    })
    .await;
}

#[tokio::test]
async fn a_sheet_is_made_for_a4_across_with_its_header_on_every_page() {
    world(Database::Sqlite, async |world| {
        let long = "夜間に連絡がつかないことがあり、朝まで待つことになる。".repeat(60);
        add(world, "薬剤師会の会長", json!({"text": long, "tier": 1})).await;
        add(world, "薬剤師会の会長", json!({"text": "短い", "tier": 1})).await;
        for form in [1, 2] {
            let options = json!({"form": form});
            let answer = ask(world, "コーディネーター", "issue export", options).await;
            let bytes = file(world, &answer).bytes;
            let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
            for wanted in [
                "paperSize=\"9\"",
                "orientation=\"landscape\"",
                "fitToHeight=\"0\"",
                "<pageSetUpPr fitToPage=\"1\"/>",
                "<oddFooter>&amp;C&amp;P / &amp;N</oddFooter>",
                "state=\"frozen\"",
            ] {
                assert!(sheet.contains(wanted), "{wanted} in form {form}");
            }
            let book = part(&bytes, "xl/workbook.xml");
            assert!(
                book.contains("_xlnm.Print_Titles") && book.contains("$3:$3"),
                "{book}"
            );
            let styles = part(&bytes, "xl/styles.xml");
            assert!(styles.contains("游ゴシック") && styles.contains("charset val=\"128\""));
            assert!(styles.contains("wrapText=\"1\"") && styles.contains("vertical=\"top\""));
            let properties = part(&bytes, "docProps/core.xml");
            assert!(
                properties.contains("2026-11-20T01:00:00Z"),
                "the office's clock"
            );
            // 1,620 letters in a column of some 45 need more than a row may be high: it goes on below.
            let heights = heights(&bytes);
            assert!(heights.iter().all(|height| (18.0..=409.0).contains(height)));
            assert!(heights.iter().sum::<f64>() > 36.0 * 18.0, "{heights:?}");
            assert_eq!(
                read(&bytes).rows[3]
                    .iter()
                    .filter(|cell| cell.contains("朝まで"))
                    .count(),
                1
            );
        }
    })
    .await;
}

#[tokio::test]
async fn officers_take_out_what_is_theirs_and_members_what_they_were_told() {
    world(Database::Sqlite, async |world| {
        talk(world).await;
        let secret = "ケアマネジャーから在宅復帰を断られることが続いている";
        let hospital = json!({
            "text": secret, "tier": 2, "about": "介護支援専門員", "speaker": "見本坂 五郎丸",
            "note": "地域包括ケア会議で話せそう",
        });
        let number = add(world, "病院連携室の会長", hospital).await;
        sort(world, number, &["退院時の連携"]).await;
        let words = "退院前の話し合いを早めに始められると助かります";
        let share = json!({"number": number.to_string(), "audience": "tier2", "wording": words});
        let shared = ask(world, "コーディネーター", "issue share", share).await;
        assert!(shared.text().contains("共有しました"), "{}", shared.text());
        let open = json!({
            "text": "災害のときの連絡体制を地域で決めたい", "tier": 3, "origin": "open",
            "profession": "医師会",
        });
        add(world, "コーディネーター", open).await;

        // An officer: the own association's, without the column.
        for form in [1, 2] {
            let options = json!({"form": form});
            let answer = ask(world, "薬剤師会の会長", "issue export", options).await;
            assert!(answer.content.contains("薬剤師会"), "{}", answer.content);
            assert!(!answer.content.contains("発言者"), "{}", answer.content);
            let file = file(world, &answer);
            let sheet = read(&file.bytes);
            let text = sheet.rows.concat().join("\n");
            assert!(text.contains("顔の見える連携が弱い"));
            for other in ["発言者", "仮名坂", "見本坂", "在宅復帰", "退院", "災害"]
            {
                assert!(!text.contains(other), "{other} in form {form}: {text}");
            }
        }
        let named = json!({"form": 1, "association": "病院連携室"});
        let answer = ask(world, "薬剤師会の会長", "issue export", named).await;
        assert!(answer.attachments.is_empty(), "{}", answer.text());
        assert!(answer.content.contains("ファイルは作りませんでした"));

        // A member who was told by the share alone: its words, nobody's name, no note, no category.
        for form in [1, 2] {
            let options = json!({"form": form, "tier": 2});
            let member = "介護支援専門員連絡協議会の会員";
            let answer = ask(world, member, "issue export", options).await;
            let file = file(world, &answer);
            let text = read(&file.bytes).rows.concat().join("\n");
            assert!(text.contains(words), "{text}");
            for inner in [
                "在宅復帰",
                "見本坂",
                "包括",
                "病院",
                "退院時の連携",
                "発言者",
            ] {
                assert!(!text.contains(inner), "{inner} in form {form}: {text}");
            }
        }

        // The desk: everything.
        let answer = ask(
            world,
            "コーディネーター",
            "issue export",
            json!({"form": 1}),
        )
        .await;
        let text = read(&file(world, &answer).bytes).rows.concat().join("\n");
        for inner in [secret, "見本坂 五郎丸", "災害", "顔の見える"] {
            assert!(text.contains(inner), "{inner}: {text}");
        }
        // The desk again, for somebody who may not know the names.
        let options = json!({"form": 1, "speakers": false});
        let answer = ask(world, "コーディネーター", "issue export", options).await;
        assert!(!answer.content.contains("発言者"), "{}", answer.content);
        let text = read(&file(world, &answer).bytes).rows.concat().join("\n");
        assert!(text.contains(secret), "{text}");
        for inner in ["見本坂", "仮名坂", "発言者"] {
            assert!(!text.contains(inner), "{inner}: {text}");
        }
        // Nobody else gets the names by asking for them.
        let options = json!({"form": 1, "speakers": true});
        let answer = ask(world, "薬剤師会の会長", "issue export", options).await;
        let text = read(&file(world, &answer).bytes).rows.concat().join("\n");
        assert!(
            !text.contains("仮名坂") && !text.contains("発言者"),
            "{text}"
        );
        // Whoever the office does not know: nothing.
        let answer = ask(world, "所属のない人", "issue export", json!({"form": 1})).await;
        assert!(answer.attachments.is_empty());
        assert!(
            answer
                .content
                .contains("連携コーディネーターにお尋ねください")
        );
    })
    .await;
}

#[tokio::test]
async fn what_begins_as_a_formula_stays_text() {
    world(Database::Sqlite, async |world| {
        let written = [
            "=HYPERLINK(\"https://example.invalid\",\"押す\")",
            "+81と書いてある番号のこと",
            "-5度の日の送迎",
            "@SUM(1,1)のこと",
            "_x0041_と<b>&amp;のこと",
        ];
        for words in written {
            add(world, "薬剤師会の会長", json!({"text": words, "tier": 1})).await;
        }
        let answer = ask(
            world,
            "コーディネーター",
            "issue export",
            json!({"form": 1}),
        )
        .await;
        let bytes = file(world, &answer).bytes;
        let rows = read(&bytes).rows;
        let found: Vec<&str> = rows[3..].iter().map(|row| row[3].as_str()).collect();
        assert_eq!(found, written);
        let sheet = part(&bytes, "xl/worksheets/sheet1.xml");
        assert!(!sheet.contains("<f>"), "no cell is a formula");
        let styles = part(&bytes, "xl/styles.xml");
        assert!(
            styles.contains("quotePrefix=\"1\""),
            "nor becomes one when it is edited"
        );
    })
    .await;
}

#[tokio::test]
async fn taking_a_form_out_is_written_down_once_without_its_words() {
    world(Database::Sqlite, async |world| {
        let options = json!({"form": 1});
        let answer = ask(world, "コーディネーター", "issue export", options.clone()).await;
        assert!(answer.attachments.is_empty(), "an empty list makes no file");
        talk(world).await;
        let place = world.channel("広場");
        let twice = world.person("コーディネーター").twice();
        let answer = twice.slash(place, "issue export", options).await;
        file(world, &answer.expect_message());
        let audit = ask(world, "コーディネーター", "office audit", json!({})).await;
        let text = audit.text();
        assert_eq!(text.matches("一覧の書き出し").count(), 1, "{text}");
        assert!(text.contains("様式1、9件、発言者の列あり"), "{text}");
        assert!(!text.contains("顔の見える"), "{text}");
    })
    .await;
}

#[tokio::test]
async fn a_large_form_follows_as_soon_as_it_is_ready() {
    world(Database::Sqlite, async |world| {
        // Letters without order cannot be packed small.
        let mut letter = 0_u32;
        let mut wording = || -> String {
            let letters = (0..1_900).map(|_| {
                letter = letter.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                char::from_u32(0x4E00 + (letter >> 8) % 0x5000).expect("a kanji")
            });
            letters.collect()
        };
        let number = add(
            world,
            "薬剤師会の会長",
            json!({"text": "夜間のこと", "tier": 1}),
        )
        .await;
        let wordings: Vec<String> = (0..250).map(|_| wording()).collect();
        let office = super::office(world).await;
        let last = wordings[249].clone();
        world
            .store()
            .write(move |tx| {
                let wordings = wordings.clone();
                Box::pin(async move {
                    let found = storage::issue::find(tx, office, IssueId(number)).await?;
                    let mut issue = found.expect("the issue is there");
                    for wording in wordings {
                        issue.text = wording;
                        storage::issue::insert(tx, office, &issue).await?;
                    }
                    Ok(())
                })
            })
            .await
            .expect("they are kept");
        let answer = ask(
            world,
            "コーディネーター",
            "issue export",
            json!({"form": 1}),
        )
        .await;
        let file = file(world, &answer);
        assert!(file.bytes.len() > 512 * 1024, "{} bytes", file.bytes.len());
        let rows = read(&file.bytes).rows;
        assert!(rows.iter().any(|row| row[3] == last));
    })
    .await;
}

#[tokio::test]
async fn the_form_of_a_gathering_bears_its_title_and_its_day() {
    world(Database::Sqlite, async |world| {
        let said = "夜間の当番の組み方で困っている";
        let said_there = json!({"text": said, "tier": 1});
        let number = add(world, "薬剤師会の連携担当", said_there).await;
        gather(world, number).await;
        let elsewhere = json!({"text": "集まりの外の話", "tier": 1});
        add(world, "薬剤師会の連携担当", elsewhere).await;
        let options = json!({"form": 1, "session": "#1"});
        for key in ["コーディネーター", "薬剤師会の会長"] {
            let answer = ask(world, key, "issue export", options.clone()).await;
            let file = file(world, &answer);
            assert_eq!(file.filename, "form1-2026-11-20-session1.xlsx");
            let rows = read(&file.bytes).rows;
            assert_eq!(
                rows[0][0],
                "【一次連携】 第1回 薬剤師会との連携に関する打合せ会"
            );
            assert_eq!(rows[1][0], "薬剤師会");
            assert_eq!(rows[1].last().expect("a date"), "令和8年11月18日(水)");
            assert_eq!(rows.len(), 4, "what was said elsewhere is not in it");
            assert!(rows[3].iter().any(|cell| cell == said));
        }
        // A gathering one may not know of and one that does not exist are answered alike.
        let mut refusals = Vec::new();
        for number in ["1", "77"] {
            let options = json!({"form": 1, "session": number});
            let answer = ask(world, "医師会の会長", "issue export", options).await;
            assert!(answer.attachments.is_empty());
            refusals.push(answer.text());
        }
        assert!(!refusals[0].contains("打合せ会"), "{}", refusals[0]);
        assert_eq!(refusals[0], refusals[1]);
        let options = json!({"form": 1, "session": "いつもの"});
        let answer = ask(world, "コーディネーター", "issue export", options).await;
        assert!(
            answer.text().contains("候補から選ぶか"),
            "{}",
            answer.text()
        );
        let place = world.channel("広場");
        for (who, sees) in [
            ("コーディネーター", true),
            ("薬剤師会の会長", true),
            ("医師会の会長", false),
        ] {
            let (person, options) = (world.person(who), json!({"form": 1, "session": ""}));
            let offered = person
                .autocomplete(place, "issue export", options, "session")
                .await;
            let offered = offered.choices().expect("choices");
            let named = offered
                .iter()
                .any(|choice| choice.name.contains("打合せ会"));
            assert_eq!(named, sees, "{who}");
        }
    })
    .await;
}
