//! Workbooks and documents, opened again: a zip of XML, read by a strict reader.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

/// The files of an archive, by name; every one that is XML is well-formed.
pub fn files(bytes: &[u8]) -> BTreeMap<String, Vec<u8>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut files = BTreeMap::new();
    let is_xml = |name: &str| [".xml", ".rels"].iter().any(|end| name.ends_with(end));
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = Vec::new();
        file.read_to_end(&mut text).unwrap();
        if is_xml(file.name()) {
            let read = roxmltree::Document::parse(std::str::from_utf8(&text).unwrap());
            assert!(read.is_ok(), "{}: {:?}", file.name(), read.err());
        }
        files.insert(file.name().to_owned(), text);
    }
    files
}

/// One of them, as text.
pub fn xml(files: &BTreeMap<String, Vec<u8>>, name: &str) -> String {
    String::from_utf8(files[name].clone()).unwrap()
}

/// The sheets of a workbook: name, and rows of cells as they are stored.
pub fn sheets(bytes: &[u8]) -> Vec<(String, Vec<Vec<String>>)> {
    let files = files(bytes);
    let strings = xml(&files, "xl/sharedStrings.xml");
    let strings = roxmltree::Document::parse(&strings).unwrap();
    let strings: Vec<String> = elements(strings.root(), "si").map(|item| text_of(item)).collect();
    let book = xml(&files, "xl/workbook.xml");
    let book = roxmltree::Document::parse(&book).unwrap();
    let names = elements(book.root(), "sheet").map(|sheet| sheet.attribute("name").unwrap().to_owned());
    let sheets = (1..).zip(names).map(|(nth, name)| {
        let page = xml(&files, &format!("xl/worksheets/sheet{nth}.xml"));
        let page = roxmltree::Document::parse(&page).unwrap();
        assert_eq!(elements(page.root(), "f").count(), 0, "{name} holds a formula");
        assert_eq!(elements(page.root(), "hyperlink").count(), 0, "{name} holds a link");
        let cell = |cell: roxmltree::Node<'_, '_>| match cell.attribute("t") {
            Some("s") => strings[text_of(cell).parse::<usize>().unwrap()].clone(),
            None => text_of(cell),
            other => panic!("a cell of type {other:?}"),
        };
        let rows = elements(page.root(), "row").map(|row| elements(row, "c").map(cell).collect());
        (name, rows.collect())
    });
    sheets.collect()
}

fn elements<'a, 'b>(node: roxmltree::Node<'a, 'b>, name: &'a str) -> impl Iterator<Item = roxmltree::Node<'a, 'b>> {
    node.descendants().filter(move |node| node.tag_name().name() == name)
}

fn text_of(node: roxmltree::Node<'_, '_>) -> String {
    node.descendants().filter(roxmltree::Node::is_text).filter_map(|node| node.text()).collect()
}
