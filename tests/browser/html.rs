//! Checks pages with html-validate.

use std::path::Path;
use std::process::Command;

use crate::browser::Browser;

/// The pages that a test visited.
#[derive(Default)]
pub(crate) struct Pages(Vec<(String, String)>);

impl Pages {
    /// Remembers the current page, as the server sends it to this browser.
    pub(crate) fn add(&mut self, browser: &Browser) {
        let html = browser.run("return await (await fetch(location.href, { headers: { accept: 'text/html' } })).text()");
        let html = html.as_str().expect("text").to_owned();
        self.0.push((browser.path(), html));
    }

    /// Remembers a page that was sent in another way.
    pub(crate) fn add_text(&mut self, name: &str, html: String) {
        self.0.push((name.to_owned(), html));
    }

    /// Fails if the pages have faults, and lists all of them.
    pub(crate) fn check(self, name: &str) {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR"))
            .join("pages")
            .join(name);
        let _ = std::fs::remove_dir_all(&folder);
        std::fs::create_dir_all(&folder).expect("a folder for pages");
        for (index, (path, html)) in self.0.iter().enumerate() {
            let file = format!("{index}{}.html", path.replace('/', "-"));
            std::fs::write(folder.join(file), html).expect("a page is written");
        }
        let tests = Path::new(env!("CARGO_MANIFEST_DIR"));
        let root = tests.parent().expect("the repository");
        let output = Command::new(
            root.join("target/html-validate/node_modules/.bin/html-validate"),
        )
        .arg("--config")
        .arg(tests.join("browser/htmlvalidate.json"))
        .arg(&folder)
        .output()
        .expect("html-validate runs (npm install --prefix target/html-validate html-validate@10)");
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(
            output.status.success(),
            "{printed}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
