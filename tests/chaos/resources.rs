//! An operating system without space or descriptors.

use futures_util::future::join_all;
use tokio::io::AsyncWriteExt;
use tokio::net::TcpStream;

use crate::client::{Counts, get, request, send, upload};
use crate::server::Running;

/// A limit on the size of files simulates a full disk: both make a write fail. Unlike a small disk, it needs no
/// privileges.
#[tokio::test]
#[ignore = "writes temporary files"]
async fn a_full_disk() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().display();
    let limits = format!("trap '' XFSZ; ulimit -f 64; export TMPDIR={path};");
    let mut server = Running::start(&limits);
    let before = server.counts().await;
    let (mut failed, mut stored) = (0, 0);
    for _ in 0..50 {
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        let (status, _) = send(&mut stream, &upload(1024 * 1024)).await.unwrap();
        assert_eq!(status, 500);
        failed += 1;
        let mut stream = TcpStream::connect(server.addr).await.unwrap();
        let (status, body) = send(&mut stream, &upload(10_000)).await.unwrap();
        assert_eq!((status, body.as_slice()), (200, &b"10000"[..]));
        stored += 1;
    }
    println!("error: {}", server.program.wait_for("error "));
    println!("{failed} uploads failed with a 500, {stored} smaller ones were stored");
    server.returns_to(before).await;
    assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
}

#[tokio::test]
#[ignore = "takes ten seconds"]
async fn too_few_descriptors() {
    const CLIENTS: usize = 200;
    let server = Running::start("ulimit -n 64;");
    let before = server.counts().await;
    // All clients connect before the first one sends its request.
    let streams = join_all((0..CLIENTS).map(|_| TcpStream::connect(server.addr))).await;
    let mut counts = Counts::default();
    let mut open = Vec::new();
    for stream in streams {
        let mut stream = stream.unwrap();
        stream.write_all(&request("/slow")).await.unwrap();
        open.push(stream);
    }
    for result in join_all(
        open.into_iter()
            .map(|mut stream| async move { send(&mut stream, b"").await }),
    )
    .await
    {
        counts.add(&result);
    }
    println!("{CLIENTS} clients, 64 descriptors: {counts:?}");
    assert_eq!((counts.whole, counts.aborted), (CLIENTS, 0));
    server.returns_to(before).await;
    assert_eq!(get(server.addr, "/").await.unwrap(), "hello");
}
