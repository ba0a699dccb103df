//! Reads certificates and keys from PEM files. Errors name the file and state what is wrong with it.

use std::fs;
use std::io;
use std::path::Path;

use tokio_rustls::rustls::pki_types::pem::{Error as PemError, PemObject};
use tokio_rustls::rustls::pki_types::{CertificateDer, PrivateKeyDer};

/// Reads all certificates of a file.
pub(super) fn read_certificates(path: &Path) -> io::Result<Vec<CertificateDer<'static>>> {
    let text = read(path)?;
    let certificates: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(&text).collect();
    match certificates {
        Ok(certificates) if certificates.is_empty() => {
            let found = match PrivateKeyDer::from_pem_slice(&text) {
                Ok(_) => "; it contains a private key",
                Err(_) => "",
            };
            Err(invalid(path, format!("contains no certificate{found}")))
        }
        Ok(certificates) => Ok(certificates),
        Err(error) => Err(invalid(path, format!("is not a valid PEM file: {error}"))),
    }
}

/// Reads the first private key of a file.
pub(super) fn read_key(path: &Path) -> io::Result<PrivateKeyDer<'static>> {
    let text = read(path)?;
    match PrivateKeyDer::from_pem_slice(&text) {
        Ok(key) => Ok(key),
        Err(PemError::NoItemsFound) if contains(&text, b"BEGIN ENCRYPTED PRIVATE KEY") => {
            let message = "contains an encrypted private key; decrypt it with `openssl pkey`";
            Err(invalid(path, message))
        }
        Err(PemError::NoItemsFound) if contains(&text, b"BEGIN CERTIFICATE") => Err(invalid(
            path,
            "contains no private key; it contains a certificate",
        )),
        Err(PemError::NoItemsFound) => Err(invalid(path, "contains no private key")),
        Err(error) => Err(invalid(path, format!("is not a valid PEM file: {error}"))),
    }
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    fs::read(path).map_err(|error| {
        let message = format!("`{}` cannot be read: {error}", path.display());
        io::Error::new(error.kind(), message)
    })
}

fn contains(text: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(text, part).is_some()
}

/// Creates an error about the content of a file.
pub(super) fn invalid(path: &Path, what: impl AsRef<str>) -> io::Error {
    let message = format!("`{}` {}", path.display(), what.as_ref());
    io::Error::new(io::ErrorKind::InvalidData, message)
}
