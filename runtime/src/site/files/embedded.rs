//! Files that are embedded in the program.

use std::collections::BTreeMap;
use std::hash::{DefaultHasher, Hasher as _};
use std::ops::Bound;
use std::path::{Component, Path};

use bytes::Bytes;

use super::conditions::{Conditions, Validators};
use super::content::Content;
use super::encoding::Encoding;
use super::media_type;
use super::open::{Found, Opened};

/// Files by their paths, whose segments are separated by `/`.
#[derive(Clone, Debug)]
pub(super) struct Embedded(BTreeMap<String, File>);

#[derive(Clone, Debug)]
struct File {
    bytes: Bytes,
    /// The hash that identifies the content.
    hash: u64,
}

impl Embedded {
    pub(super) fn new<P: AsRef<Path>, B: Into<Bytes>>(
        files: impl IntoIterator<Item = (P, B)>,
    ) -> Self {
        let files = files.into_iter().map(|(path, bytes)| {
            let bytes = bytes.into();
            let hash = hash(&bytes);
            (with_slashes(path.as_ref()), File { bytes, hash })
        });
        Self(files.collect())
    }

    pub(super) fn open(
        &self,
        path: &str,
        encodings: &[Encoding],
        conditions: &Conditions,
    ) -> Found {
        let Some(file) = self.0.get(path) else {
            return match self.is_directory(path) {
                true => Found::Directory,
                false => Found::Missing,
            };
        };
        let encoded = encodings.iter().find_map(|encoding| {
            let file = self.0.get(&format!("{path}{}", encoding.extension()))?;
            Some((file, Some(*encoding)))
        });
        let (file, encoding) = encoded.unwrap_or((file, None));
        let len = file.bytes.len() as u64;
        let variant = encoding.map_or("", Encoding::extension);
        let validators = Validators {
            etag: format!("\"{:x}-{len:x}{variant}\"", file.hash),
            modified: None,
        };
        let selection = conditions.select(&validators, len);
        Found::File(Box::new(Opened {
            content: Content::Memory(file.bytes.clone()),
            first: Bytes::new(),
            media_type: media_type::of(Path::new(path)),
            validators,
            encoding,
            selection,
        }))
    }

    fn is_directory(&self, path: &str) -> bool {
        if path.is_empty() {
            return true;
        }
        let path = format!("{path}/");
        let from = (Bound::Included(&*path), Bound::Unbounded);
        let mut below = self.0.range::<str, _>(from);
        below
            .next()
            .is_some_and(|(next, _)| next.starts_with(&path))
    }
}

fn with_slashes(path: &Path) -> String {
    let names = path.components().filter_map(|it| match it {
        Component::Normal(name) => Some(name.to_string_lossy()),
        _ => None,
    });
    names.collect::<Vec<_>>().join("/")
}

/// Returns a hash of the content that is the same in all processes of one program.
fn hash(bytes: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(bytes);
    hasher.finish()
}
