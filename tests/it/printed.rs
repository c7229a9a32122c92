//! What is printed is what is on the canvas: the text of a rehearsal's A4 document, as a reader's program
//! takes it out of the file, against every line of its `canvas.json`.
//!
//! Left out unless `JOINTPATH_PRINTED` names the folder that a rehearsal left (`.ci/run` does). It needs
//! `pdftotext`, of Debian's poppler-utils.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

#[test]
fn the_document_says_every_line_of_the_canvas() {
    let Ok(folder) = std::env::var("JOINTPATH_PRINTED") else {
        eprintln!("left out: the text of a printed canvas (JOINTPATH_PRINTED)");
        return;
    };
    let folder = Path::new(&folder);
    let told =
        Command::new("pdftotext").arg(folder.join("canvas-a4.pdf")).arg("-").output().expect("pdftotext is there");
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    let printed = bare(&String::from_utf8(told.stdout).unwrap());
    let canvas: Value = serde_json::from_slice(&std::fs::read(folder.join("canvas.json")).unwrap()).unwrap();
    let mut lines = Vec::new();
    for section in canvas["sections"].as_array().unwrap() {
        lines.extend(section["title"].as_str());
        said(&section["body"], &mut lines);
        said(&section["put_aside"], &mut lines);
    }
    assert!(lines.len() > 100, "a rehearsed canvas holds more than {} lines", lines.len());
    let missing: Vec<_> = lines.into_iter().filter(|line| !printed.contains(&bare(line))).collect();
    assert!(missing.is_empty(), "not printed: {missing:#?}");
}

/// Everything that a part of the canvas says, but where it comes from, what only explains a chosen card, and what was
/// there to be taken and is neither held nor needed.
fn said<'a>(value: &'a Value, lines: &mut Vec<&'a str>) {
    match value {
        Value::Array(list) => list.iter().for_each(|one| said(one, lines)),
        Value::Object(fields)
            if fields.get("held") == Some(&0.into())
                && fields.get("supported") == Some(&0.into())
                && fields.get("nobody_yet") == Some(&false.into()) => {}
        Value::Object(fields) => {
            for (key, inner) in fields {
                match (key.as_str(), inner) {
                    ("source" | "beside" | "parts", _) => {}
                    ("text" | "reason", Value::String(text)) => lines.push(text),
                    ("cells", Value::Array(cells)) => {
                        lines.extend(
                            cells
                                .iter()
                                .flat_map(|cell| cell.as_array().into_iter().flatten())
                                .filter_map(Value::as_str),
                        );
                    }
                    _ => said(inner, lines),
                }
            }
        }
        _ => {}
    }
}

/// A text without what only makes room in it: spaces, breaks, and the hyphen of a divided word.
fn bare(text: &str) -> String {
    text.replace("-\n", "").chars().filter(|letter| letter.is_alphanumeric()).collect()
}
