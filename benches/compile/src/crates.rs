//! Crates that are generated, beside the build's other output, and built by cargo.

use crate::app::Framework;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The name of every generated crate.
pub(crate) const APP: &str = "app";

pub(crate) struct Crate {
    folder: PathBuf,
}

#[derive(Clone, Copy)]
pub(crate) enum Profile {
    Debug,
    Release,
}

impl Profile {
    pub(crate) const BOTH: [Self; 2] = [Self::Debug, Self::Release];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

impl Crate {
    /// A crate in a folder of its own, with cargo's own profiles; a release is stripped, so that its size tells
    /// something.
    pub(crate) fn new(name: &str, framework: Framework) -> Self {
        let program = env::current_exe().expect("the system knows where this program is");
        let output = program
            .ancestors()
            .nth(2)
            .expect("cargo built it in a folder of its target folder");
        let folder = output
            .join("compile-bench")
            .join(name)
            .join(framework.name());
        fs::create_dir_all(folder.join("src")).expect("the target folder can be written to");
        let dependencies = framework.dependencies();
        let manifest = format!(
            "[package]\nname = {APP:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)
            .expect("the target folder can be written to");
        Self { folder }
    }

    pub(crate) fn write(&self, main: &str) {
        fs::write(self.folder.join("src/main.rs"), main)
            .expect("the target folder can be written to");
    }

    /// `cargo build` for the profile. With `log`, the cost of the crate's own rustc is written there.
    pub(crate) fn build(&self, profile: Profile, log: Option<&Path>) {
        let mut cargo = self.cargo("build");
        if let Profile::Release = profile {
            cargo.arg("--release");
        }
        if let Some(log) = log {
            let program = env::current_exe().expect("the system knows where this program is");
            cargo
                .env("RUSTC_WORKSPACE_WRAPPER", program)
                .env(crate::rustc::LOG, log);
        }
        let status = cargo.arg("--quiet").status().expect("cargo can be started");
        assert!(status.success(), "{} does not build", self.folder.display());
    }

    /// Everything that has to be downloaded, so that a build that is timed downloads nothing.
    pub(crate) fn fetch(&self) {
        let status = self
            .cargo("fetch")
            .arg("--quiet")
            .status()
            .expect("cargo can be started");
        assert!(status.success(), "the dependencies cannot be fetched");
    }

    /// How many crates are compiled for it, itself not counted.
    pub(crate) fn dependencies(&self) -> usize {
        let mut cargo = self.cargo("tree");
        cargo.args([
            "--edges",
            "normal,build",
            "--prefix",
            "none",
            "--format",
            "{p}",
        ]);
        let output = cargo.output().expect("cargo can be started");
        let listed = String::from_utf8_lossy(&output.stdout);
        let names = listed
            .lines()
            .map(|line| line.trim_end_matches(" (*)"))
            .filter(|line| !line.is_empty());
        let mut names: Vec<&str> = names.collect();
        names.sort_unstable();
        names.dedup();
        names.len() - 1
    }

    /// Removes what was built.
    pub(crate) fn clean(&self) {
        let target = self.folder.join("target");
        if target.exists() {
            fs::remove_dir_all(target).expect("the target folder can be written to");
        }
    }

    /// The size of the program in bytes.
    pub(crate) fn size(&self, profile: Profile) -> u64 {
        let program = self.folder.join("target").join(profile.name()).join(APP);
        fs::metadata(program).expect("it has been built").len()
    }

    pub(crate) fn log(&self) -> PathBuf {
        self.folder.join("cost")
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.arg(command).current_dir(&self.folder);
        // Everything from scratch, into the crate's own folder.
        cargo
            .env("CARGO_INCREMENTAL", "0")
            .env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo
    }
}
