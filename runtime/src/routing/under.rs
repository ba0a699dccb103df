//! A file path below a directory.

use std::io;
use std::path::{Path, PathBuf};

/// The conversion of text from a request to the path of a file below a directory.
///
/// It is implemented for `str`, and so for every `{name}`; [`Rest`](crate::http::Rest) has the same methods for
/// `{rest..}`. The prelude exports it. Node.js: no counterpart; Express: `res.sendFile(name, { root })`.
///
/// # Examples
///
/// ```
/// use onward::prelude::*;
/// use std::path::Path;
///
/// assert_eq!("a.txt".under("public"), Some(Path::new("public").join("a.txt")));
/// assert_eq!("../a.txt".under("public"), None);
/// ```
pub trait Under {
    /// Returns the path of the file with this name below `dir`, or `None` if the name is not safe on every platform.
    ///
    /// `/` separates directories and may be the last character; the empty name is `dir` itself. A segment is not safe
    /// if it is empty or `.` or `..`, if it contains a backslash, a colon (a drive letter or an alternate data stream
    /// on Windows) or a control character, if it ends with a dot or a space (Windows removes them), or if it is the
    /// name of a Windows device, with or without an extension, such as `con` or `nul.txt`. The rules are the same on
    /// all platforms, so a program behaves the same everywhere. Symbolic links below `dir` are not checked: see
    /// [`under_resolved`](Self::under_resolved). Node.js: no counterpart; Express: `res.sendFile(name, { root })`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    /// use std::path::Path;
    ///
    /// assert_eq!("docs/a.txt".under("public"), Some(Path::new("public").join("docs").join("a.txt")));
    /// for name in ["/etc/passwd", "a/../../b", "..\\a", "C:a", "a.txt:stream", "nul.txt", "a."] {
    ///     assert_eq!(name.under("public"), None);
    /// }
    /// ```
    #[must_use]
    fn under(&self, dir: impl AsRef<Path>) -> Option<PathBuf>;

    /// Returns the path of the existing file with this name below `dir`, with symbolic links resolved.
    ///
    /// The result is `None` if the name is not safe (see [`under`](Self::under)), if there is no such file, or if a
    /// symbolic link leads out of `dir`. The method reads the file system and blocks while it does so. A process that
    /// may write to `dir` can still replace a directory with a link before the returned path is opened. Node.js:
    /// `fs.realpathSync(path)`, without the check.
    ///
    /// # Errors
    ///
    /// - The I/O error of `dir` if it cannot be resolved.
    /// - The I/O error of the file if it cannot be resolved, for example `PermissionDenied`.
    ///
    /// # Examples
    ///
    /// ```
    /// use onward::prelude::*;
    ///
    /// # fn main() -> std::io::Result<()> {
    /// assert!("Cargo.toml".under_resolved(".")?.is_some());
    /// assert!("no-such-file".under_resolved(".")?.is_none());
    /// # Ok(())
    /// # }
    /// ```
    fn under_resolved(&self, dir: impl AsRef<Path>) -> io::Result<Option<PathBuf>>;
}

impl Under for str {
    #[inline]
    fn under(&self, dir: impl AsRef<Path>) -> Option<PathBuf> {
        let mut path = dir.as_ref().to_path_buf();
        let name = self.strip_suffix('/').unwrap_or(self);
        if self.is_empty() {
            return Some(path);
        }
        for segment in name.split('/') {
            if !is_safe(segment) {
                return None;
            }
            path.push(segment);
        }
        Some(path)
    }

    #[inline]
    fn under_resolved(&self, dir: impl AsRef<Path>) -> io::Result<Option<PathBuf>> {
        let dir = dir.as_ref().canonicalize()?;
        let Some(path) = self.under(&dir) else {
            return Ok(None);
        };
        match path.canonicalize() {
            Ok(path) => Ok(path.starts_with(&dir).then_some(path)),
            Err(error) => match error.kind() {
                io::ErrorKind::NotFound
                | io::ErrorKind::NotADirectory
                | io::ErrorKind::InvalidFilename => Ok(None),
                _ => Err(error),
            },
        }
    }
}

/// Returns whether a segment is a file name that no platform interprets in a special way.
#[inline]
fn is_safe(segment: &str) -> bool {
    let is_special = |c: char| matches!(c, '/' | '\\' | ':') || c.is_control();
    !segment.is_empty()
        && !segment.ends_with(['.', ' '])
        && !segment.contains(is_special)
        && !is_windows_device(segment)
}

/// Returns whether Windows opens a device for this file name, regardless of its extension.
#[inline]
fn is_windows_device(segment: &str) -> bool {
    const DEVICES: [&str; 7] = ["CON", "PRN", "AUX", "NUL", "CONIN$", "CONOUT$", "CLOCK$"];
    let stem = segment.split('.').next().unwrap_or_default().trim_end();
    let is_numbered = |prefix: &str| {
        let number = stem.split_at_checked(3);
        number.is_some_and(|(name, number)| {
            let mut digits = number.chars();
            let is_digit = |c: char| c.is_ascii_digit() || matches!(c, '¹' | '²' | '³');
            name.eq_ignore_ascii_case(prefix)
                && digits.next().is_some_and(is_digit)
                && digits.next().is_none()
        })
    };
    let is_device = DEVICES.iter().any(|name| stem.eq_ignore_ascii_case(name));
    is_device || is_numbered("COM") || is_numbered("LPT")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn safe_names_are_below_the_directory() {
        let dir = Path::new("dir");
        assert_eq!("".under(dir), Some(dir.to_owned()));
        assert_eq!("a".under(dir), Some(dir.join("a")));
        assert_eq!("a/b.c/".under(dir), Some(dir.join("a").join("b.c")));
        for name in [
            ".a",
            "..a",
            "a..b",
            "con-tent",
            "com",
            "com10",
            "console",
            "nulls.txt",
            "é",
        ] {
            assert_eq!(name.under(dir), Some(dir.join(name)), "{name}");
        }
    }

    #[test]
    fn unsafe_names_are_rejected_on_every_platform() {
        let names = [
            "/",
            "/a",
            "//",
            "a//b",
            "a//",
            ".",
            "..",
            "./a",
            "../a",
            "a/..",
            "a/./b",
            "..\\a",
            "a\\b",
            "\\a",
            "C:",
            "C:a",
            "C:/a",
            "a:b",
            "a\0b",
            "a\nb",
            "a.",
            "a ",
            "a /b",
            "...",
            "CON",
            "con.txt",
            "a/nul",
            "Aux.tar.gz",
            "com1",
            "LPT9.x",
            "com¹",
            "conin$",
            "CONOUT$",
            "con .txt",
            "prn.",
        ];
        for name in names {
            assert_eq!(name.under("dir"), None, "{name:?}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn links_out_of_the_directory_are_rejected_when_resolved() -> io::Result<()> {
        let root = std::env::temp_dir().join(format!("onward-under-{}", std::process::id()));
        let dir = root.join("dir");
        std::fs::create_dir_all(dir.join("inner"))?;
        std::fs::write(root.join("secret"), "")?;
        std::fs::write(dir.join("inner/file"), "")?;
        std::os::unix::fs::symlink("../secret", dir.join("out"))?;
        std::os::unix::fs::symlink("inner", dir.join("alias"))?;
        std::os::unix::fs::symlink("../dir-not", dir.join("dangling"))?;
        let resolved = |name: &str| name.under_resolved(&dir);
        let file = dir.canonicalize()?.join("inner/file");
        assert_eq!(resolved("inner/file")?, Some(file.clone()));
        assert_eq!(resolved("alias/file")?, Some(file));
        assert_eq!(resolved("")?, Some(dir.canonicalize()?));
        for name in [
            "out",
            "dangling",
            "missing",
            "inner/file/x",
            "..",
            &"n".repeat(5000),
        ] {
            assert_eq!(resolved(name)?, None, "{name}");
        }
        assert!("a".under_resolved(root.join("missing")).is_err());
        std::fs::remove_dir_all(root)
    }
}
