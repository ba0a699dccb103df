//! A link between a replica and the engine, which can be cut.

use std::net::SocketAddr;

use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

#[derive(Clone, Copy, PartialEq, Eq)]
enum LinkState {
    Open,
    /// Connections are closed.
    Cut,
    /// Nothing is forwarded, and nothing is closed, as if a cable were unplugged.
    Silent,
}

pub(crate) struct Proxy {
    pub(crate) addr: SocketAddr,
    state: watch::Sender<LinkState>,
}

impl Proxy {
    pub(crate) async fn start(port: u16) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let addr = listener.local_addr().unwrap();
        let state = watch::Sender::new(LinkState::Open);
        let receiver = state.subscribe();
        tokio::spawn(async move {
            while let Ok((client, _)) = listener.accept().await {
                tokio::spawn(pass_on(client, port, receiver.clone()));
            }
        });
        Self { addr, state }
    }

    pub(crate) fn cut(&self) {
        self.state.send_replace(LinkState::Cut);
    }

    pub(crate) fn silence(&self) {
        self.state.send_replace(LinkState::Silent);
    }

    /// Forwards new connections. Those that were silent are closed.
    pub(crate) fn restore(&self) {
        self.state.send_replace(LinkState::Open);
    }
}

async fn pass_on(mut client: TcpStream, port: u16, mut state: watch::Receiver<LinkState>) {
    let Ok(mut server) = TcpStream::connect(("127.0.0.1", port)).await else {
        return;
    };
    if *state.borrow_and_update() == LinkState::Open {
        tokio::select! {
            _ = tokio::io::copy_bidirectional(&mut client, &mut server) => return,
            _ = state.changed() => {}
        }
    }
    let _ = state.wait_for(|it| *it != LinkState::Silent).await;
}
