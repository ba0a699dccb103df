//! The package that the editor opens.

use std::fs;
use std::path::{Path, PathBuf};

/// A package that depends on onward by path, with the lock file of the workspace.
pub(crate) struct Package {
    folder: PathBuf,
}

impl Package {
    pub(crate) fn write(main: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("editor");
        let workspace = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        fs::create_dir_all(folder.join("src")).expect("a folder for tests");
        let lock = fs::copy(workspace.join("Cargo.lock"), folder.join("Cargo.lock"));
        lock.expect("a workspace that is built has a lock file");
        let package = Self { folder };
        package.add("Cargo.toml", &manifest(&workspace.join("runtime")));
        package.add("src/main.rs", main);
        package
    }

    pub(crate) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Returns the target directory of the server. It is kept, so that the next run does not need to build anything.
    pub(crate) fn target(&self) -> PathBuf {
        self.folder.join("target")
    }

    pub(crate) fn uri(&self) -> String {
        let path = self.folder.display().to_string().replace('\\', "/");
        format!("file:///{}", path.trim_start_matches('/'))
    }

    pub(crate) fn main_uri(&self) -> String {
        format!("{}/src/main.rs", self.uri())
    }

    fn add(&self, name: &str, text: &str) {
        fs::write(self.folder.join(name), text).expect("a file for tests");
    }
}

fn manifest(onward: &Path) -> String {
    format!(
        "[package]\n\
         name = \"editor\"\n\
         version = \"0.0.0\"\n\
         edition = \"2024\"\n\
         \n\
         [dependencies]\n\
         onward = {{ path = {onward:?} }}\n\
         serde = {{ version = \"1\", features = [\"derive\"] }}\n\
         \n\
         [workspace]\n"
    )
}
