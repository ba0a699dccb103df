//! The notifications that a server sends to the service manager.

use std::os::unix::net::UnixDatagram;
use std::time::Duration;

use onward::http;

use crate::child::Program;

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn server() {
    let server = http::create_server(|_req, res| async move { res.send("hello") })
        .close_on_signal(Duration::from_secs(10))
        .notify_systemd();
    server.listen("127.0.0.1:0").await.unwrap();
}

fn receive(manager: &UnixDatagram) -> String {
    let mut state = [0; 64];
    let len = manager.recv(&mut state).unwrap();
    String::from_utf8(state[..len].to_vec()).unwrap()
}

#[test]
fn systemd_is_notified_of_each_state() {
    let path = std::env::temp_dir().join(format!("onward-notify-{}", std::process::id()));
    let manager = UnixDatagram::bind(&path).unwrap();
    manager
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let variables = format!(
        "export NOTIFY_SOCKET={} WATCHDOG_USEC=100000 WATCHDOG_PID=$$;",
        path.display()
    );
    let mut program = Program::start(&variables, "notify::server", None);
    assert_eq!(receive(&manager), "READY=1");
    assert_eq!(receive(&manager), "WATCHDOG=1");
    assert_eq!(receive(&manager), "WATCHDOG=1");
    program.signal("TERM");
    while receive(&manager) == "WATCHDOG=1" {}
    assert!(program.wait().success());
    std::fs::remove_file(path).unwrap();
}

#[cfg(target_os = "linux")]
#[test]
fn an_abstract_socket_is_notified() {
    use std::os::linux::net::SocketAddrExt;

    let name = format!("onward-notify-{}", std::process::id());
    let addr = std::os::unix::net::SocketAddr::from_abstract_name(&name).unwrap();
    let manager = UnixDatagram::bind_addr(&addr).unwrap();
    manager
        .set_read_timeout(Some(Duration::from_secs(20)))
        .unwrap();
    let variables = format!("export NOTIFY_SOCKET=@{name};");
    let mut program = Program::start(&variables, "notify::server", None);
    assert_eq!(receive(&manager), "READY=1");
    program.signal("TERM");
    assert_eq!(receive(&manager), "STOPPING=1");
    assert!(program.wait().success());
}
