//! Attackers that speak HTTP/2, and send or receive as slowly as they can, in a separate process.

use std::path::PathBuf;
use std::time::Duration;

use nix::sys::resource::{Resource, getrlimit, setrlimit};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::task::JoinSet;

use crate::attacked::Attacked;
use crate::certificates::Connector;
use crate::child::Program;
use crate::http2_frames::{
    ACK, CONTINUATION, DATA, END_HEADERS, END_STREAM, HEADERS, PREFACE, SETTINGS, WINDOW_UPDATE,
    field, frame, head, initial_window,
};
use crate::normal::Target;

/// The number of streams on a connection.
const STREAMS: u32 = 4;

/// The number of attackers, each of which has a connection.
pub(crate) const ATTACKERS: u64 = 1000;

/// The number of attackers that connect per second.
pub(crate) const RATE: u32 = 200;

/// A shell command that gives the attackers a low priority: on separate machines, they would not take the server's
/// processor time.
pub(crate) const LOW_PRIORITY: &str = "chrt --idle --pid 0 $$ > /dev/null;";

/// The time between two parts of what an attacker sends.
const PACE: Duration = Duration::from_secs(1);

/// The size of an attacker's receive buffer, in bytes. It is small, because data in it no longer occupies the server's
/// memory.
const RECEIVE_BUFFER: u32 = 4096;

const GET: u8 = 0x82;
const POST: u8 = 0x83;
const LAST: u8 = END_HEADERS | END_STREAM;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Attack {
    /// A head that continues field by field.
    Headers,
    /// Request bodies that continue byte by byte.
    Body,
    /// Responses whose flow-control window is opened byte by byte.
    Window,
    /// Responses that are never read from the socket.
    Unread,
    /// Requests for many ranges of a file, whose responses are not read beyond the default flow-control window.
    Ranges,
}

const ATTACKS: [Attack; 5] = [
    Attack::Headers,
    Attack::Body,
    Attack::Window,
    Attack::Unread,
    Attack::Ranges,
];

impl Attack {
    /// Starts the attackers. They end when the program is dropped.
    pub(crate) fn start(self, server: &Attacked, target: &Target) -> Program {
        let authority = match target.connector {
            Some(_) => server.authority.path("authority.pem"),
            None => PathBuf::new(),
        };
        let before = format!(
            "{LOW_PRIORITY} export ONWARD_ATTACK={self:?} ONWARD_ATTACK_ADDR={} ONWARD_ATTACK_AUTHORITY={};",
            target.addr,
            authority.display()
        );
        Program::start(&before, "attackers::program", None)
    }

    fn settings(self) -> Vec<u8> {
        match self {
            Self::Window => initial_window(0),
            Self::Unread => initial_window(i32::MAX.cast_unsigned()),
            _ => Vec::new(),
        }
    }

    /// Returns the frames that an attacker sends first.
    fn begin(self) -> Vec<u8> {
        let mut bytes = PREFACE.to_vec();
        bytes.extend(frame(SETTINGS, 0, 0, &self.settings()));
        bytes.extend(frame(SETTINGS, ACK, 0, &[]));
        if self == Self::Unread {
            // This update raises the window of the connection to its maximum.
            let window: u32 = i32::MAX.cast_unsigned() - 65_535;
            bytes.extend(frame(WINDOW_UPDATE, 0, 0, &window.to_be_bytes()));
        }
        for stream in self.streams() {
            bytes.extend(match self {
                Self::Headers => frame(HEADERS, END_STREAM, stream, &head(GET, "/")),
                Self::Body => frame(HEADERS, END_HEADERS, stream, &head(POST, "/upload")),
                Self::Window | Self::Unread => frame(HEADERS, LAST, stream, &head(GET, "/large")),
                Self::Ranges => {
                    let head = [head(GET, "/file"), field("range", &ranges())].concat();
                    frame(HEADERS, LAST, stream, &head)
                }
            });
        }
        bytes
    }

    /// Returns the frames that an attacker then sends every second.
    fn next(self) -> Vec<u8> {
        let one = 1_u32.to_be_bytes();
        let frames = self.streams().map(|stream| match self {
            Self::Headers => frame(CONTINUATION, 0, stream, &field("x-a", "b")),
            Self::Body => frame(DATA, 0, stream, b"x"),
            Self::Window => frame(WINDOW_UPDATE, 0, stream, &one),
            Self::Unread | Self::Ranges => Vec::new(),
        });
        frames.collect::<Vec<_>>().concat()
    }

    /// Returns the streams of a connection. A slow head has only one, because nothing may come between its frames.
    fn streams(self) -> impl Iterator<Item = u32> {
        let count = if self == Self::Headers { 1 } else { STREAMS };
        (0..count).map(|number| 2 * number + 1)
    }
}

/// Returns as many ranges as fit into a frame. All of them are valid.
fn ranges() -> String {
    let ranges: Vec<_> = (0..1500).map(|start| format!("{start}-")).collect();
    format!("bytes={}", ranges.join(","))
}

#[tokio::test]
#[ignore = "a program that other tests start"]
async fn program() {
    let variable = |name: &str| std::env::var(format!("ONWARD_ATTACK{name}")).unwrap();
    let (_, most) = getrlimit(Resource::RLIMIT_NOFILE).unwrap();
    setrlimit(Resource::RLIMIT_NOFILE, most, most).unwrap();
    let name = variable("");
    let mut attacks = ATTACKS.into_iter();
    let kind = attacks.find(|it| format!("{it:?}") == name).unwrap();
    let authority = PathBuf::from(variable("_AUTHORITY"));
    let target = Target {
        addr: variable("_ADDR").parse().unwrap(),
        connector: authority
            .is_file()
            .then(|| Connector::trusting(&authority, "h2")),
        is_http2: true,
    };
    let mut attackers = JoinSet::new();
    for _ in 0..ATTACKERS {
        attackers.spawn(attack(target.clone(), kind));
        tokio::time::sleep(Duration::from_secs(1) / RATE).await;
    }
    attackers.join_all().await;
    // The program that started this process decides when it ends.
    std::future::pending::<()>().await;
}

/// Attacks over one connection until the server ends it. Attackers that do not read do not notice the end.
async fn attack(target: Target, attack: Attack) {
    let stream = target.connect_with(RECEIVE_BUFFER).await.unwrap();
    let (mut reader, mut writer) = tokio::io::split(stream);
    let writing = async {
        let mut bytes = attack.begin();
        loop {
            let written = writer.write_all(&bytes).await;
            if written.and(writer.flush().await).is_err() {
                break;
            }
            tokio::time::sleep(PACE).await;
            bytes = attack.next();
        }
    };
    let reading = async {
        if attack == Attack::Unread {
            std::future::pending::<()>().await;
        }
        let mut buffer = [0; 1024];
        while reader.read(&mut buffer).await.is_ok_and(|read| read > 0) {}
    };
    tokio::select! {
        () = writing => {}
        () = reading => {}
    }
}
