//! Many files as one, for places that take only a few.

use std::io::{Cursor, Write};

use zip::ZipWriter;
use zip::write::SimpleFileOptions;

/// The files in one archive; the same files always give the same bytes.
#[must_use]
pub fn bundle(files: &[(String, Vec<u8>)]) -> Vec<u8> {
    const BUG: &str = "BUG: memory takes whatever is written";
    let mut archive = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        archive.start_file(name, SimpleFileOptions::default()).expect(BUG);
        archive.write_all(bytes).expect(BUG);
    }
    archive.finish().expect(BUG).into_inner()
}
