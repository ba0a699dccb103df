use std::io::{self, Write};

use onward::observe::AccessLog;
use tokio::sync::mpsc;

use crate::served::soon;

/// The lines of a log, each without its line feed.
pub(crate) struct Lines {
    received: mpsc::UnboundedReceiver<Vec<u8>>,
    text: String,
}

struct Destination(mpsc::UnboundedSender<Vec<u8>>);

impl Lines {
    /// Returns the log with its lines.
    pub(crate) fn of(log: AccessLog) -> (AccessLog, Self) {
        let (sender, received) = mpsc::unbounded_channel();
        let log = log.write_to(Destination(sender));
        let text = String::new();
        (log, Self { received, text })
    }

    pub(crate) async fn next(&mut self) -> String {
        loop {
            if let Some((line, rest)) = self.text.split_once('\n') {
                let line = line.to_owned();
                self.text = rest.to_owned();
                return line;
            }
            let bytes = soon("a line", self.received.recv()).await.unwrap();
            self.text.push_str(str::from_utf8(&bytes).unwrap());
        }
    }

    /// Returns the remaining lines, up to the end of the log, which ends when it is dropped.
    pub(crate) async fn rest(mut self) -> Vec<String> {
        while let Some(bytes) = soon("the end of the log", self.received.recv()).await {
            self.text.push_str(str::from_utf8(&bytes).unwrap());
        }
        assert!(self.text.is_empty() || self.text.ends_with('\n'));
        self.text.lines().map(ToOwned::to_owned).collect()
    }
}

impl Write for Destination {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.send(bytes.to_vec()).unwrap();
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
