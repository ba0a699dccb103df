//! The cost of this process's child processes.

use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike;

#[derive(Clone, Copy)]
pub struct Cost {
    /// User and system time.
    pub cpu_seconds: f64,
    /// The peak memory of the largest child.
    pub peak_megabytes: f64,
}

impl Cost {
    /// Returns the cost of all children that have been waited for so far, including their own children.
    pub fn of_children() -> Self {
        let usage =
            getrusage(UsageWho::RUSAGE_CHILDREN).expect("the operating system counts resources");
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
