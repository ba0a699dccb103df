//! Invalid files: the error names the file and the problem.

use onward::http::Tls;

use crate::certificates::Authority;

fn error(result: std::io::Result<Tls>) -> String {
    result.unwrap_err().to_string()
}

#[test]
fn each_error_names_the_file_and_the_problem() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue("a", &["a.example"]);
    let (_, other_key) = authority.issue("b", &["b.example"]);
    let write = |name: &str, text: &str| {
        let path = authority.path(name);
        std::fs::write(&path, text).unwrap();
        path
    };
    let empty = write("empty.pem", "");
    let text = write("text.pem", "hello");
    let cut = std::fs::read_to_string(&certificate).unwrap();
    let cut = write("cut.pem", &cut[..cut.len() / 2]);
    let encrypted =
        "-----BEGIN ENCRYPTED PRIVATE KEY-----\nAAAA\n-----END ENCRYPTED PRIVATE KEY-----\n";
    let encrypted = write("encrypted.pem", encrypted);
    let garbage = write(
        "garbage.pem",
        "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n",
    );
    let bad_key = write(
        "bad-key.pem",
        "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n",
    );
    for (certificate, key, problem) in [
        (
            &authority.path("missing.pem"),
            &key,
            "`…missing.pem` cannot be read: No such file",
        ),
        (
            &certificate,
            &authority.path("none.pem"),
            "`…none.pem` cannot be read: No such file",
        ),
        (&empty, &key, "`…empty.pem` contains no certificate"),
        (&text, &key, "`…text.pem` contains no certificate"),
        (&cut, &key, "`…cut.pem` is not a valid PEM file"),
        (
            &key,
            &key,
            "`…a-key.pem` contains no certificate; it contains a private key",
        ),
        (&garbage, &key, "`…garbage.pem` is not a valid certificate"),
        (
            &certificate,
            &certificate,
            "`…a.pem` contains no private key; it contains a certificate",
        ),
        (
            &certificate,
            &encrypted,
            "`…encrypted.pem` contains an encrypted private key; decrypt it",
        ),
        (
            &certificate,
            &bad_key,
            "`…bad-key.pem` is not a usable private key",
        ),
        (
            &certificate,
            &other_key,
            "`…b-key.pem` does not belong to the first certificate of",
        ),
    ] {
        let message = error(Tls::pem(certificate, key));
        let folder = authority.path("").display().to_string();
        let message = message.replace(&folder, "…");
        assert!(message.starts_with(problem), "{message}, not {problem}");
    }
}

#[test]
fn the_authority_for_certificates_of_clients_is_checked() {
    let authority = Authority::new();
    let (certificate, key) = authority.issue("a", &["a.example"]);
    let tls = Tls::pem(&certificate, &key).unwrap();
    let message = error(tls.require_client_certificate(&key));
    assert!(message.ends_with("contains no certificate; it contains a private key"));
}
