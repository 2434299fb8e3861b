//! Files that are no lists, or are made to do harm: each is refused in a sentence that says what to do,
//! and the bot goes on.

use super::{
    CONFIRM, button,
    file::{Form, csv, file, packed, workbook},
    hand_in, press, stored,
};
use std::time::Duration;
use tests::{database::Database, world::world};

const COMPOUND: [u8; 8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];
const HEAD: &str = r#"<row r="1"><c r="A1" t="inlineStr"><is><t>意見</t></is></c></row>"#;

fn sheet(rows: &str) -> String {
    format!("<sheetData>{HEAD}{rows}</sheetData>")
}

/// Workbooks that hold too much, what we do not run, or nothing that can be read, with the words their
/// refusal holds.
fn workbooks() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let locked: Vec<u8> = COMPOUND
        .into_iter()
        .chain([0; 512])
        .chain("EncryptedPackage".encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let many = |said: &str| {
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" count="1" uniqueCount="{said}"><si><t>意見</t></si></sst>"#
        )
    };
    let macros = br#"<Types><Override ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>"#;
    let bomb = vec![b' '; 60 * 1024 * 1024];
    let rows: String = (2..=20_002)
        .map(|row| format!("<row r=\"{row}\"><c r=\"A{row}\"><v>1</v></c></row>"))
        .collect();
    let good = workbook(&sheet(""), &[]);
    vec![
        ("大きい.csv", vec![b'a'; 5 * 1024 * 1024 + 1], "5MBまで"),
        (
            "爆弾.xlsx",
            workbook(&sheet(""), &[("xl/media/a.bin", &bomb)]),
            "中身が大きすぎて",
        ),
        (
            "数.xlsx",
            workbook(
                &sheet(""),
                &[("xl/sharedStrings.xml", many("99999999999999").as_bytes())],
            ),
            "中身が大きすぎて",
        ),
        (
            "桁.xlsx",
            workbook(
                &sheet(""),
                &[(
                    "xl/sharedStrings.xml",
                    many(&format!("{}9999999999", "0".repeat(400))).as_bytes(),
                )],
            ),
            "中身が大きすぎて",
        ),
        ("行.xlsx", workbook(&sheet(&rows), &[]), "20000行まで"),
        (
            "遠い.xlsx",
            workbook(
                &sheet(r#"<row r="1048576"><c r="A1048576"><v>1</v></c></row>"#),
                &[],
            ),
            "20000行まで",
        ),
        (
            "列.xlsx",
            workbook(&sheet(r#"<row r="2"><c r="XFD2"><v>1</v></c></row>"#), &[]),
            "列が多すぎます",
        ),
        (
            "マクロ.xlsm",
            workbook(&sheet(""), &[("[Content_Types].xml", macros)]),
            "マクロ",
        ),
        (
            "マクロ.xlsx",
            workbook(&sheet(""), &[("xl/vbaProject.bin", b"x")]),
            "マクロ",
        ),
        ("古い.xls", [&COMPOUND[..], &[0; 512]].concat(), "古い形式"),
        ("鍵.xlsx", locked, "パスワード"),
        ("切れた.xlsx", good[..good.len() / 2].to_vec(), "壊れている"),
        (
            "ちがう.xlsx",
            workbook("<sheetData><row><c></row></sheetData>", &[]),
            "壊れている",
        ),
    ]
}

/// Files that are no workbooks, or no lists.
fn others() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    vec![
        (
            "文書.docx",
            packed(&[("word/document.xml", b"<w/>")]),
            "表のファイルではない",
        ),
        (
            "文書.pdf",
            b"%PDF-1.7 \xe2\xe3".to_vec(),
            "表のファイルではない",
        ),
        (
            "網.xls",
            b"<html><table><tr><td>1</td></tr></table></html>".to_vec(),
            "表のファイルではない",
        ),
        (
            "文字.csv",
            vec![0x82, 0xA0, 0xFF, 0xFF, b'\n'],
            "文字を読み取れません",
        ),
        ("命令.csv", b"a,b\0c".to_vec(), "文字を読み取れません"),
        (
            "引用.csv",
            format!("意見\n\"{}", "あ\n".repeat(40_000)).into_bytes(),
            "閉じているか",
        ),
        ("空.csv", Vec::new(), "何も書かれていません"),
        (
            "空.xlsx",
            workbook("<sheetData/>", &[]),
            "何も書かれていません",
        ),
        (
            "文.csv",
            "会議に出たいという声があった".as_bytes().to_vec(),
            "一覧が見つかりません",
        ),
        (
            "見出し.csv",
            csv(&[&["No", "意見"]], Form::Utf8),
            "取り込める行がありません",
        ),
    ]
}

#[tokio::test]
async fn each_file_that_is_no_list_is_refused_with_what_to_do() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        for (name, bytes, expected) in workbooks().into_iter().chain(others()) {
            let answer = hand_in(world, &coordinator, file(name, &bytes)).await;
            assert!(answer.ephemeral);
            assert!(
                answer.text().contains(expected),
                "{name}: {}",
                answer.text()
            );
            assert!(
                answer
                    .buttons()
                    .iter()
                    .all(|button| !button.label.contains(CONFIRM)),
                "{name}: there is nothing to take"
            );
        }
        assert!(stored(world).await.is_empty());
        assert!(
            !world.log().contains("会議に出たい"),
            "nothing of a file is logged"
        );
    })
    .await;
}

#[tokio::test]
async fn what_cells_hold_besides_text_is_read_as_people_see_it() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let rows = concat!(
            r#"<row r="2"><c r="A2" t="str"><f>CONCATENATE("会議に","出たい")</f><v>会議に出たい</v></c></row>"#,
            r##"<row r="3"><c r="A3" t="e"><f>Sheet2!A1</f><v>#REF!</v></c></row>"##,
            r#"<row r="4"><c r="A4" t="s"><v>0</v></c></row>"#,
            r#"<row r="5"><c r="A5" t="b"><v>1</v></c></row>"#,
            r#"<row r="6"><c r="A6" t="inlineStr"><is><t>=HYPERLINK("https://example.org","押して")</t></is></c></row>"#,
        );
        // Spreadsheets in Japanese keep how a word is read beside the word.
        let shared = concat!(
            r#"<?xml version="1.0" encoding="UTF-8"?><sst xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" "#,
            r#"count="1" uniqueCount="1"><si><r><t>研修</t></r><r><t>をしたい</t></r><rPh sb="0" eb="2"><t>ケンシュウ</t></rPh></si></sst>"#
        );
        let bytes = workbook(&sheet(rows), &[("xl/sharedStrings.xml", shared.as_bytes())]);
        let preview = hand_in(world, &coordinator, file("一覧.xlsx", &bytes)).await;
        assert!(preview.text().contains("3行目　計算の誤り（"), "{}", preview.text());
        let guessed = press(&coordinator, &preview, "推し量った").await.text();
        for expected in ["会議に出たい」（", "計算の結果", "研修をしたい", "TRUE", "HYPERLINK"] {
            assert!(guessed.contains(expected), "{expected}: {guessed}");
        }
        assert!(!guessed.contains("ケンシュウ"), "{guessed}");
        assert!(button(&preview, CONFIRM).starts_with("v1:import-confirm:"));
    })
    .await;
}

#[tokio::test]
async fn a_file_whose_address_has_expired_is_asked_for_again() {
    world(Database::Sqlite, async |world| {
        let coordinator = world.person("コーディネーター");
        let life = Duration::from_secs(3_600);
        world
            .fake
            .set(|switches| switches.attachment_life = Duration::ZERO);
        world.fake.set_clock_ahead(Duration::from_secs(2));
        let given = || {
            file(
                "一覧.csv",
                &csv(&[&["意見"], &["会議に出たい"]], Form::Utf8),
            )
        };
        let refused = hand_in(world, &coordinator, given()).await;
        assert!(
            refused.text().contains("もう一度、ファイルを付けて"),
            "{}",
            refused.text()
        );
        world.fake.set(|switches| switches.attachment_life = life);
        let preview = hand_in(world, &coordinator, given()).await;
        assert!(
            preview.text().contains("1件を取り込む"),
            "{}",
            preview.text()
        );
    })
    .await;
}
