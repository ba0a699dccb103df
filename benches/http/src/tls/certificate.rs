//! The certificate of the servers.

use rcgen::{CertifiedKey, generate_simple_self_signed};
use std::fs;
use std::io::{self, Error};
use std::path::PathBuf;

/// Writes `cert.pem` and `key.pem` to a folder in the target folder, and returns that folder. The key is for ECDSA with
/// P-256.
pub(super) fn folder() -> io::Result<PathBuf> {
    let folder = crate::builds::folder("certificate")?;
    let CertifiedKey { cert, signing_key } =
        generate_simple_self_signed(["localhost".to_owned()]).map_err(Error::other)?;
    fs::write(folder.join("cert.pem"), cert.pem())?;
    fs::write(folder.join("key.pem"), signing_key.serialize_pem())?;
    Ok(folder)
}
