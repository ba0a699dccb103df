//! Three nginx proxies in a row. Needs Debian's `nginx`.

use std::net::SocketAddr;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};

use crate::tool::tool;
use crate::{ask, request, serve, whoami};

struct Nginx {
    process: Child,
    folder: PathBuf,
}

impl Drop for Nginx {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn free_port() -> u16 {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    listener.local_addr().unwrap().port()
}

/// Starts proxies, each of which forwards to the next one, and the last one to `to`. Returns `None` if nginx is not
/// installed.
fn nginx(to: SocketAddr) -> Option<(Nginx, SocketAddr)> {
    let program = tool("nginx", "nginx")?;
    let folder = std::env::temp_dir().join(format!("onward-nginx-{}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    let ports = [free_port(), free_port(), free_port(), to.port()];
    let servers: String = ports
        .windows(2)
        .map(|pair| {
            format!(
                "server {{ listen 127.0.0.1:{}; location / {{\n\
                 proxy_set_header X-Forwarded-For $proxy_add_x_forwarded_for;\n\
                 proxy_pass http://127.0.0.1:{}; }} }}\n",
                pair[0], pair[1]
            )
        })
        .collect();
    let paths = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"];
    let paths: String = paths
        .map(|it| format!("{it}_temp_path temp_{it};\n"))
        .concat();
    let config = format!(
        "daemon off; master_process off; pid nginx.pid; error_log stderr;\n\
         events {{}}\nhttp {{ access_log off;\n{paths}{servers}}}\n"
    );
    std::fs::write(folder.join("nginx.conf"), config).unwrap();
    let process = Command::new(program)
        .args(["-p", folder.to_str().unwrap(), "-c", "nginx.conf"])
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let first = SocketAddr::from(([127, 0, 0, 1], ports[0]));
    Some((Nginx { process, folder }, first))
}

#[tokio::test]
async fn three_proxies_report_the_address_of_a_client_that_forges_headers() {
    let addr = serve(whoami().trust_proxy(["127.0.0.1"]));
    let Some((_nginx, first)) = nginx(addr) else {
        return;
    };
    // Waits until nginx is listening.
    while tokio::net::TcpStream::connect(first).await.is_err() {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    for headers in [
        "",
        "x-forwarded-for: 6.6.6.6\r\n",
        "x-forwarded-for: 6.6.6.6, 127.0.0.1\r\nx-forwarded-for: 7.7.7.7\r\n",
        "forwarded: for=6.6.6.6\r\nx-real-ip: 6.6.6.6\r\n",
        "x-forwarded-for: unknown,\r\n",
    ] {
        let body = ask(first, "127.0.0.9", request(headers).as_bytes()).await;
        assert!(body.contains("127.0.0.9 127.0.0.1:"), "{headers}: {body}");
    }
}
