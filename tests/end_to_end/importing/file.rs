//! Files as offices save them, and as nobody should.

use base64::Engine;
use encoding_rs::SHIFT_JIS;
use serde_json::{Value, json};
use std::io::{Cursor, Write};
use zip::{ZipWriter, write::SimpleFileOptions};

/// The letters a .csv is saved in.
#[derive(Clone, Copy, Debug)]
pub(super) enum Form {
    Utf8,
    Utf8WithMark,
    Cp932,
}

/// The manual's form 1 as an office keeps it: four rows that are well, three that are not, blank ones.
/// The marks 〜 and ① are written in whatever way the letters have.
pub(super) const BEGINNING: &[&[&str]] = &[
    &["", "", "", "", "薬剤師会"],
    &["【一次連携】 第1回薬剤師連携に関する打合せ会"],
    &["", "", "", "", "令和8年11月20日(金)"],
    &["No", "職種", "発言者", "意　見", "備考"],
    &[
        "1",
        "薬剤師",
        "",
        "①薬局によって在宅医療への姿勢がまちまちだ",
        "患者、家族",
    ],
    &[
        "2",
        "薬剤師",
        "見本花子",
        "退院のときの連絡が病院から来ない",
        "病院",
    ],
    &[
        "3",
        "ケアマネ",
        "",
        "サービス担当者会議に、\n薬剤師にも出てほしい",
        "",
    ],
    &[
        "4",
        "薬剤師会",
        "",
        "地域全体でICTをどう活かすか話し合いたい",
        "ICT運営協議会",
    ],
    &["5", "薬剤士", "", "研修の日程が合わない", ""],
    &["6", "薬剤師", "", "", "病院"],
    &["7", "薬剤師", "", "連絡先は090-0000-1122です", ""],
    &["8"],
    &["9"],
];

/// A file as an option of a command takes it.
pub(crate) fn file(name: &str, bytes: &[u8]) -> Value {
    let bytes = base64::engine::general_purpose::STANDARD.encode(bytes);
    json!({ "name": name, "bytes_base64": bytes })
}

/// A .csv with these cells.
pub(super) fn csv(rows: &[&[&str]], form: Form) -> Vec<u8> {
    let line = |row: &&[&str]| {
        let cells = row.iter().map(|cell| {
            if cell.contains(['"', ',', '\n']) {
                format!("\"{}\"", cell.replace('"', "\"\""))
            } else {
                (*cell).to_owned()
            }
        });
        cells.collect::<Vec<_>>().join(",") + "\r\n"
    };
    let text: String = rows.iter().map(line).collect();
    match form {
        Form::Utf8 => text.into_bytes(),
        Form::Utf8WithMark => [&b"\xEF\xBB\xBF"[..], text.as_bytes()].concat(),
        Form::Cp932 => {
            let (bytes, _, broken) = SHIFT_JIS.encode(&text);
            assert!(!broken, "CP932 has all of these letters");
            bytes.into_owned()
        }
    }
}

/// Parts packed together.
pub(super) fn packed(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        archive
            .start_file(*name, SimpleFileOptions::default())
            .expect("a part begins");
        archive.write_all(bytes).expect("a part is written");
    }
    archive.finish().expect("an archive ends").into_inner()
}

const TYPES: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>"#;
const RELATIONS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#;
const WORKBOOK: &str = r#"<?xml version="1.0" encoding="UTF-8"?><workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="一覧" sheetId="1" r:id="rId1"/></sheets></workbook>"#;
const SHEETS: &str = r#"<?xml version="1.0" encoding="UTF-8"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/></Relationships>"#;

/// A workbook of one sheet with this inside, and other parts besides.
pub(super) fn workbook(sheet: &str, others: &[(&str, &[u8])]) -> Vec<u8> {
    let sheet = format!(
        r#"<?xml version="1.0" encoding="UTF-8"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{sheet}</worksheet>"#
    );
    let mut parts: Vec<(&str, &[u8])> = vec![
        ("[Content_Types].xml", TYPES.as_bytes()),
        ("_rels/.rels", RELATIONS.as_bytes()),
        ("xl/workbook.xml", WORKBOOK.as_bytes()),
        ("xl/_rels/workbook.xml.rels", SHEETS.as_bytes()),
        ("xl/worksheets/sheet1.xml", sheet.as_bytes()),
    ];
    for other in others {
        parts.retain(|part| part.0 != other.0);
        parts.push(*other);
    }
    packed(&parts)
}

/// A .xlsx with these cells; running numbers are numbers.
pub(super) fn xlsx(rows: &[&[&str]]) -> Vec<u8> {
    let rows = rows
        .iter()
        .map(|row| row.iter().map(|cell| (*cell).to_owned()).collect());
    xlsx_of(rows)
}

/// As [`xlsx`], for many rows.
pub(crate) fn xlsx_of(rows: impl Iterator<Item = Vec<String>>) -> Vec<u8> {
    let mut data = String::from("<sheetData>");
    for (row, cells) in (1..).zip(rows) {
        data.push_str(&format!("<row r=\"{row}\">"));
        for (column, cell) in ('A'..).zip(&cells) {
            if cell.is_empty() {
                continue;
            }
            if cell.parse::<u32>().is_ok() {
                data.push_str(&format!("<c r=\"{column}{row}\"><v>{cell}</v></c>"));
                continue;
            }
            let text = cell.replace('&', "&amp;").replace('<', "&lt;");
            data.push_str(&format!(
                "<c r=\"{column}{row}\" t=\"inlineStr\"><is><t xml:space=\"preserve\">{text}</t></is></c>"
            ));
        }
        data.push_str("</row>");
    }
    data.push_str("</sheetData>");
    workbook(&data, &[])
}
