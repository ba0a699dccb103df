//! Pictures that members upload. Uploads are served only as pictures.

use crate::error::ShopError;
use onward::files::Files;
use onward::http::header;
use onward::multipart::TempFile;
use onward::prelude::*;
use std::path::PathBuf;
use tokio::fs;
use tokio::io::AsyncReadExt;

/// The maximum size of a picture, in bytes.
pub const MAX_BYTES: u64 = 2 << 20;

/// The folder of the pictures; clones share it.
#[derive(Clone)]
pub struct Pictures {
    folder: PathBuf,
    files: Files,
}

impl Pictures {
    /// Uses a folder, which is created when the first picture is stored.
    pub fn new(folder: impl Into<PathBuf>) -> Self {
        let folder = folder.into();
        let files = Files::new(&folder).no_index();
        Self { folder, files }
    }

    /// Stores a picture and returns its URL. The name of the file is random, and its content determines its extension:
    /// neither the name nor the type that the client sent is used.
    pub async fn store(&self, upload: TempFile) -> Result<String, ShopError> {
        let mut start = Vec::new();
        let file = fs::File::open(upload.path()).await?;
        file.take(12).read_to_end(&mut start).await?;
        let extension = extension(&start).ok_or_else(|| {
            let what = "a picture must be PNG, JPEG, GIF or WebP";
            Failure::new(StatusCode::UNSUPPORTED_MEDIA_TYPE, what)
        })?;
        let mut random = [0; 16];
        getrandom::fill(&mut random).map_err(std::io::Error::other)?;
        let name = format!("{:032x}.{extension}", u128::from_ne_bytes(random));
        fs::create_dir_all(&self.folder).await?;
        upload.persist(self.folder.join(&name)).await?;
        Ok(super::site::picture(&name))
    }

    /// Removes a picture that was replaced. If that fails, the file remains, which does no harm.
    pub async fn remove(&self, url: &str) {
        if let Some(name) = url.strip_prefix(&super::site::picture("")) {
            let _ = fs::remove_file(self.folder.join(name)).await;
        }
    }

    /// Sends a picture. `security_headers` has set `nosniff`, so that browsers respect the type of the picture; the
    /// policy makes sure that nothing in the file can run.
    pub async fn send(
        &self,
        req: &Request,
        mut res: Response,
        name: &str,
    ) -> Result<Sent, Failure> {
        res.set_header(
            header::CONTENT_SECURITY_POLICY,
            "default-src 'none'; sandbox",
        );
        // A name is never used again.
        res.set_header(header::CACHE_CONTROL, "public, max-age=31536000, immutable");
        self.files.send(req, res, name).await
    }
}

/// Returns the extension of a picture, by its first bytes. SVG is not supported, because it can contain scripts.
fn extension(start: &[u8]) -> Option<&'static str> {
    match start {
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("png"),
        [0xff, 0xd8, 0xff, ..] => Some("jpg"),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("gif"),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P'] => Some("webp"),
        _ => None,
    }
}
