//! The door, from outside: who gets in, who is shown out, and when.

use axum::routing::get;
use futures_util::stream;
use tokio::io::{AsyncReadExt, AsyncWriteExt};

use super::*;

/// Longer than any test; nobody is closed for saying nothing.
const LONG: Duration = Duration::from_hours(1);
const SHORT: Duration = Duration::from_millis(100);

/// A door on this machine, behind which there is a word, and a stream of two words of which the second comes late.
async fn open(connections: usize, head_within: Duration) -> SocketAddr {
    opened(Width { connections, head_within, taken_within: LONG }).await
}

async fn opened(width: Width) -> SocketAddr {
    let late = || async {
        let words = stream::unfold(0, |nth| async move {
            tokio::time::sleep(SHORT * 3 * nth).await;
            (nth < 2).then(|| (Ok::<_, Error>(Bytes::from(format!("word {nth}\n"))), nth + 1))
        });
        Body::from_stream(words)
    };
    let silent = || async { Body::from_stream(stream::pending::<Result<Bytes, Error>>()) };
    // More than lies between two programs of one machine while nobody reads.
    let large = || async { vec![b'x'; 64 << 20] };
    let router = Router::new()
        .route("/large", get(large))
        .route("/health", get(|| async { "ok" }))
        .route("/late", get(late))
        .route("/silent", get(silent));
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let at = listener.local_addr().unwrap();
    drop(tokio::spawn(serve(listener, router, width)));
    at
}

async fn says(at: SocketAddr, words: &str) -> TcpStream {
    let mut stream = TcpStream::connect(at).await.unwrap();
    stream.write_all(words.as_bytes()).await.unwrap();
    stream
}

async fn read(mut from: TcpStream) -> String {
    let mut heard = Vec::new();
    // Somebody who is shown out may hear a reset. A door that does neither must not keep the tests waiting for ever.
    let ended = tokio::time::timeout(Duration::from_secs(20), from.read_to_end(&mut heard)).await;
    assert!(ended.is_ok(), "nothing ends this: {}", String::from_utf8_lossy(&heard));
    String::from_utf8(heard).unwrap()
}

async fn answer(at: SocketAddr, path: &str) -> String {
    read(says(at, &format!("GET {path} HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n")).await).await
}

/// Waits until it is being answered.
async fn streams(at: SocketAddr) -> TcpStream {
    let mut stream = says(at, "GET /silent HTTP/1.1\r\nhost: here\r\n\r\n").await;
    assert!(stream.read_u8().await.is_ok());
    stream
}

#[tokio::test]
async fn who_says_nothing_keeps_nobody_out() {
    let at = open(4, LONG).await;
    let mut halves = Vec::new();
    for nth in 0..40 {
        halves.push(says(at, if nth % 2 == 0 { "" } else { "GET /health HTTP/1.1\r\nhost: he" }).await);
    }
    assert!(answer(at, "/health").await.ends_with("ok"));
    assert_eq!(read(halves.swap_remove(0)).await, "", "the first of them was shown out");
}

#[tokio::test]
async fn who_keeps_a_connection_after_an_answer_keeps_nobody_out_either() {
    let at = open(4, LONG).await;
    let mut kept = Vec::new();
    for _ in 0..12 {
        let mut stream = says(at, "GET /health HTTP/1.1\r\nhost: here\r\n\r\n").await;
        let answered = async { while stream.read_u8().await.unwrap() != b'k' {} };
        tokio::time::timeout(Duration::from_secs(20), answered).await.expect("an answer");
        kept.push(stream);
    }
    assert!(answer(at, "/health").await.ends_with("ok"));
}

#[tokio::test]
async fn who_is_being_answered_stays() {
    let at = open(2, LONG).await;
    let mut streams = vec![streams(at).await, streams(at).await];
    assert_eq!(answer(at, "/health").await, "", "there is no place, and nobody waits who could be shown out");
    drop(streams.pop());
    // A place is free once the door has seen that nobody reads there any more.
    while !answer(at, "/health").await.ends_with("ok") {
        tokio::task::yield_now().await;
    }
    let one = streams.remove(0);
    assert!(one.writable().await.is_ok());
    let more = tokio::time::timeout(SHORT, one.readable()).await;
    let rest = more.map(|_| one.try_read(&mut [0; 4096]).unwrap());
    assert_ne!(rest, Ok(0), "it is still open");
}

#[tokio::test]
async fn a_head_has_an_end_to_its_time_and_a_late_answer_has_none() {
    let at = open(4, SHORT).await;
    let half = says(at, "GET /health HTTP/1.1\r\nhost: he").await;
    assert_eq!(read(says(at, "").await).await, "");
    let _ = read(half).await;
    let late = answer(at, "/late").await;
    assert!(late.contains("word 0\n") && late.contains("word 1\n"), "{late}");
}

#[tokio::test]
async fn a_head_without_end_is_not_read() {
    let at = open(4, LONG).await;
    let endless = format!("GET /health HTTP/1.1\r\nhost: {}", "x".repeat(4 * HEAD_BYTES_MAX));
    let mut stream = TcpStream::connect(at).await.unwrap();
    let _ = stream.write_all(endless.as_bytes()).await;
    assert!(!read(stream).await.contains("200"));
}

/// Has asked for more than the line holds, and takes one byte of it.
async fn reader(at: SocketAddr) -> TcpStream {
    let mut reader = says(at, "GET /large HTTP/1.1\r\nhost: here\r\nconnection: close\r\n\r\n").await;
    assert!(reader.read_u8().await.is_ok(), "the answer has begun");
    reader
}

#[tokio::test]
async fn whose_answer_is_still_on_its_way_stays() {
    let at = open(1, LONG).await;
    let mut reader = reader(at).await;
    for _ in 0..3 {
        assert_eq!(answer(at, "/health").await, "", "the only place is taken");
    }
    let mut taken = Vec::new();
    reader.read_to_end(&mut taken).await.unwrap();
    assert!(taken.len() >= 64 << 20, "all of it came: {}", taken.len());
}

#[tokio::test]
async fn who_leaves_an_answer_where_it_is_goes() {
    let at = opened(Width { connections: 1, head_within: LONG, taken_within: SHORT }).await;
    let mut reader = reader(at).await;
    let began = Instant::now();
    while !answer(at, "/health").await.ends_with("ok") {
        assert!(began.elapsed() < Duration::from_secs(20), "the only place is not free again");
        tokio::time::sleep(SHORT).await;
    }
    let taken = tokio::time::timeout(Duration::from_secs(20), reader.read_to_end(&mut Vec::new())).await;
    assert!(taken.is_ok_and(|read| read.is_err() || read.is_ok_and(|bytes| bytes < 64 << 20)), "it was cut off");
}

#[tokio::test]
async fn who_reads_slowly_gets_all_of_it() {
    let taken_within = Duration::from_secs(5);
    let at = opened(Width { connections: 1, head_within: LONG, taken_within }).await;
    let (mut reader, began) = (reader(at).await, Instant::now());
    let (mut bytes, mut part) = (0, vec![0; 1 << 20]);
    loop {
        tokio::time::sleep(SHORT * 2).await;
        match reader.read(&mut part).await.unwrap() {
            0 => break,
            more => bytes += more,
        }
    }
    assert!(bytes >= 64 << 20, "{bytes}");
    assert!(began.elapsed() > taken_within, "it took longer than an answer may stand still");
}
