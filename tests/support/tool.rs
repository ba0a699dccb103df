//! Programs of other projects that a test runs.

use std::path::PathBuf;

/// Finds a program. If it is not installed, the test is skipped with a message, or fails if `ONWARD_REQUIRE_TOOLS` is
/// set.
pub(crate) fn tool(name: &str, package: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let folders =
        std::env::split_paths(&path).chain(["/usr/sbin".into(), "/usr/local/sbin".into()]);
    let found = folders
        .map(|folder| folder.join(name))
        .find(|it| it.is_file());
    if found.is_none() {
        let missing = format!("`{name}` is not installed (apt-get install {package})");
        assert!(
            std::env::var_os("ONWARD_REQUIRE_TOOLS").is_none(),
            "{missing}"
        );
        eprintln!("skipped: {missing}");
    }
    found
}
