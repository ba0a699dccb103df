//! What the children of this process took.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

#[derive(Clone, Copy)]
pub struct Cost {
    /// User and system time.
    pub cpu_seconds: f64,
    /// The most memory that one of them held.
    pub peak_megabytes: f64,
}

impl Cost {
    /// Of all children so far that have been waited for, theirs included.
    pub fn of_children() -> Self {
        let usage = getrusage(UsageWho::RUSAGE_CHILDREN).expect("the system tells what it counted");
        let cpu = usage.user_time().num_microseconds() + usage.system_time().num_microseconds();
        // Linux counts in KiB, macOS in bytes.
        let unit = if cfg!(target_os = "macos") {
            1.0
        } else {
            1024.0
        };
        Self {
            cpu_seconds: cpu as f64 / 1e6,
            peak_megabytes: usage.max_rss() as f64 * unit / 1e6,
        }
    }
}
