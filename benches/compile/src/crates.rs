//! Crates that are generated next to the other output of the build, and built by cargo.

use crate::cost::Cost;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

/// The name of every generated crate.
pub(crate) const APP: &str = "app";

pub struct Crate {
    folder: PathBuf,
    incremental: bool,
}

#[derive(Clone, Copy)]
pub enum Profile {
    Debug,
    Release,
}

impl Profile {
    pub const BOTH: [Self; 2] = [Self::Debug, Self::Release];

    pub fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Release => "release",
        }
    }
}

impl Crate {
    /// Creates a crate in its own folder, with the lines under its `[dependencies]`. The profiles are cargo's own; a
    /// release is stripped, so that sizes are comparable. The versions are the same as in this workspace.
    pub fn new(bench: &str, name: &str, dependencies: &str) -> Self {
        let program = env::current_exe().expect("the path of this program is known");
        let output = program
            .ancestors()
            .nth(2)
            .expect("cargo built this program in a folder of the target folder");
        let folder = output.join("compile-bench").join(bench).join(name);
        fs::create_dir_all(folder.join("src")).expect("the target folder can be written to");
        let manifest = format!(
            "[package]\nname = {APP:?}\nversion = \"0.0.0\"\nedition = \"2024\"\n\n[workspace]\n\n\
             [dependencies]\n{dependencies}\n[profile.release]\nstrip = true\n"
        );
        fs::write(folder.join("Cargo.toml"), manifest)
            .expect("the target folder can be written to");
        let versions = concat!(env!("CARGO_MANIFEST_DIR"), "/../Cargo.lock");
        fs::copy(versions, folder.join("Cargo.lock")).expect("this workspace has been built");
        Self {
            folder,
            incremental: false,
        }
    }

    /// Returns the same crate, to be built incrementally, as during development.
    #[must_use]
    pub fn incremental(self) -> Self {
        Self {
            incremental: true,
            ..self
        }
    }

    /// Returns the same crate with a profile in which macros are optimized. Cargo does not optimize them by default.
    #[must_use]
    pub fn with_optimized_macros(self) -> Self {
        let path = self.folder.join("Cargo.toml");
        let mut manifest = fs::read_to_string(&path).expect("the manifest was written");
        manifest.push_str("\n[profile.dev.build-override]\nopt-level = 1\n");
        fs::write(path, manifest).expect("the target folder can be written to");
        self
    }

    pub fn write(&self, main: &str) {
        fs::write(self.folder.join("src/main.rs"), main)
            .expect("the target folder can be written to");
    }

    /// Runs `cargo build` and returns the processor time in seconds: that of cargo and of all the processes that it
    /// starts.
    pub fn timed_build(&self, profile: Profile) -> f64 {
        let before = Cost::of_children().cpu_seconds;
        self.build(profile, None);
        Cost::of_children().cpu_seconds - before
    }

    /// Runs `cargo build` for the profile. With `log`, the cost of the rustc process that compiles the crate itself is
    /// written to that file.
    pub fn build(&self, profile: Profile, log: Option<&Path>) {
        let mut cargo = self.cargo("build");
        if let Profile::Release = profile {
            cargo.arg("--release");
        }
        self.run(cargo, log);
    }

    /// Runs `cargo check`. With `log`, the cost of the rustc process that checks the crate itself is written to that
    /// file.
    pub fn check(&self, log: Option<&Path>) {
        self.run(self.cargo("check"), log);
    }

    fn run(&self, mut cargo: Command, log: Option<&Path>) {
        if let Some(log) = log {
            let program = env::current_exe().expect("the path of this program is known");
            cargo
                .env("RUSTC_WORKSPACE_WRAPPER", program)
                .env(crate::rustc::LOG, log);
        }
        let status = cargo.arg("--quiet").status().expect("cargo can be started");
        assert!(status.success(), "{} does not build", self.folder.display());
    }

    /// Downloads all dependencies, so that a timed build downloads nothing.
    pub fn fetch(&self) {
        let status = self
            .cargo("fetch")
            .arg("--quiet")
            .status()
            .expect("cargo can be started");
        assert!(status.success(), "the dependencies cannot be fetched");
    }

    /// Returns the number of crates that are compiled for this crate, excluding itself.
    pub fn dependencies(&self) -> usize {
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

    /// Removes the output of the build.
    pub fn clean(&self) {
        let target = self.folder.join("target");
        if target.exists() {
            fs::remove_dir_all(target).expect("the target folder can be written to");
        }
    }

    /// Returns the size of the program in bytes.
    pub fn size(&self, profile: Profile) -> u64 {
        let program = self.folder.join("target").join(profile.name()).join(APP);
        fs::metadata(program)
            .expect("the program has been built")
            .len()
    }

    pub fn log(&self) -> PathBuf {
        self.folder.join("cost")
    }

    fn cargo(&self, command: &str) -> Command {
        let mut cargo = Command::new("cargo");
        cargo.arg(command).current_dir(&self.folder);
        cargo
            .env(
                "CARGO_INCREMENTAL",
                if self.incremental { "1" } else { "0" },
            )
            .env("CARGO_TARGET_DIR", self.folder.join("target"));
        cargo
    }
}
