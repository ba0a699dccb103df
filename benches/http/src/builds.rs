//! Builds the servers: cargo for Rust, npm for Node.

use crate::contender::{Contender, Program, Source};
use std::io::{self, Error};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::{env, fs};

pub(crate) fn build(contender: &Contender) -> io::Result<Program> {
    match &contender.source {
        Source::Rust {
            package,
            program,
            peer,
        } => rust(package, program, peer),
        Source::Node { file, peer } => node(file, *peer),
        Source::Program(path) => Ok(Program {
            words: vec![path.canonicalize()?.into()],
            version: String::new(),
            compiles_itself: false,
        }),
    }
}

const HERE: &str = env!("CARGO_MANIFEST_DIR");

fn rust(package: &str, program: &str, peer: &str) -> io::Result<Program> {
    let target = target_folder()?;
    let mut cargo = cargo("build");
    cargo.args(["--release", "--package", package, "--bin", program]);
    cargo.arg("--target-dir").arg(&target);
    succeed(cargo)?;
    Ok(Program {
        words: vec![target.join("release").join(program).into()],
        version: version_of_crate(package, peer)?,
        compiles_itself: false,
    })
}

/// Returns the version of the crate `peer`, a dependency of `package`, such as `0.8.9`.
fn version_of_crate(package: &str, peer: &str) -> io::Result<String> {
    if peer.is_empty() {
        return Ok(String::new());
    }
    let mut tree = cargo("tree");
    tree.args(["--package", package, "--depth", "1", "--prefix", "none"]);
    let listed = succeed(tree)?;
    let line = listed
        .lines()
        .find_map(|line| line.strip_prefix(peer)?.strip_prefix(" v"));
    let version = line.and_then(|line| line.split(' ').next());
    Ok(version.unwrap_or_default().to_owned())
}

fn cargo(command: &str) -> Command {
    let mut cargo = Command::new("cargo");
    cargo.args([command, "--quiet", "--manifest-path"]);
    cargo.arg(Path::new(HERE).join("Cargo.toml"));
    cargo
}

/// Creates a program that Node runs. Its files are in the target folder, where npm installs their dependencies.
fn node(file: &str, peer: Option<&str>) -> io::Result<Program> {
    let folder = node_folder()?;
    let version = match peer {
        Some(peer) => version_of_package(&folder.join("node_modules").join(peer))?,
        None => {
            let mut node = Command::new("node");
            node.arg("--version");
            succeed(node)?.trim().trim_start_matches('v').to_owned()
        }
    };
    Ok(Program {
        words: vec!["node".into(), folder.join(file).into()],
        version,
        compiles_itself: true,
    })
}

/// Returns cargo's target folder, which contains this program.
fn target_folder() -> io::Result<PathBuf> {
    let own = env::current_exe()?;
    let target = own.ancestors().nth(2);
    Ok(target.ok_or(Error::other("no target folder"))?.to_owned())
}

/// Creates a folder in the target folder.
pub(crate) fn folder(name: &str) -> io::Result<PathBuf> {
    let folder = target_folder()?.join(name);
    fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn node_folder() -> io::Result<PathBuf> {
    let folder = folder("node")?;
    let mut changed = !folder.join("node_modules").exists();
    for entry in fs::read_dir(Path::new(HERE).join("node"))? {
        let from = entry?.path();
        let Some(name) = from.file_name() else {
            continue;
        };
        let to = folder.join(name);
        let text = fs::read(&from)?;
        changed |= name == "package.json" && fs::read(&to).ok().as_ref() != Some(&text);
        fs::write(to, text)?;
    }
    if changed {
        let mut npm = Command::new("npm");
        npm.args(["install", "--no-audit", "--no-fund", "--loglevel=error"]);
        npm.current_dir(&folder);
        succeed(npm)?;
    }
    Ok(folder)
}

fn version_of_package(package: &Path) -> io::Result<String> {
    let manifest = fs::read(package.join("package.json"))?;
    let manifest: serde_json::Value = serde_json::from_slice(&manifest)?;
    Ok(manifest["version"].as_str().unwrap_or_default().to_owned())
}

/// The number of lines of a command's output that are shown if it fails, usually enough for the first error.
const LINES: usize = 8;

/// Runs the command, and returns its output if the command succeeds.
fn succeed(mut command: Command) -> io::Result<String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let output = command
        .output()
        .map_err(|error| Error::other(format!("{name} cannot be started: {error}")))?;
    if output.status.success() {
        Ok(String::from_utf8_lossy(&output.stdout).into_owned())
    } else {
        let stderr = String::from_utf8_lossy(&output.stderr);
        let first: Vec<&str> = stderr.trim().lines().take(LINES).collect();
        Err(Error::other(format!("{name}: {}", first.join("\n"))))
    }
}
