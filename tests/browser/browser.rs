//! Headless Chromium, driven by chromedriver (WebDriver). No requests are intercepted, so the browser applies all of
//! its own rules to them.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant, SystemTime};

use serde_json::{Value, json};

/// The time after which a test counts as hung. No result depends on it.
const HANGS: Duration = Duration::from_secs(30);

/// The maximum time that a script takes. A script that takes longer never ends, because its page was replaced while the
/// script started.
const LOST: Duration = Duration::from_secs(5);

/// The key under which WebDriver passes an element.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// The messages that the console shows about requests to a server that is not running.
pub(crate) const UNREACHABLE: [&str; 5] = [
    "WebSocket connection to",
    "net::ERR_CONNECTION_REFUSED",
    "net::ERR_CONNECTION_RESET",
    "net::ERR_EMPTY_RESPONSE",
    "net::ERR_INCOMPLETE_CHUNKED_ENCODING",
];

/// A browser with one window and its own cookies.
pub(crate) struct Browser {
    driver: Child,
    session: String,
}

impl Browser {
    pub(crate) fn start() -> Self {
        let driver = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .spawn();
        let mut driver = driver.expect("`chromedriver` starts (Debian: chromium-driver)");
        let output = BufReader::new(driver.stdout.take().expect("stdout is piped"));
        let port = output.lines().find_map(|line| {
            let line = line.expect("text");
            let (_, port) = line.split_once("successfully on port ")?;
            port.trim_end_matches('.').parse::<u16>().ok()
        });
        let url = format!(
            "http://127.0.0.1:{}/session",
            port.expect("chromedriver prints its port")
        );
        let options = json!({
            "args": [
                "--headless=new",
                // Tests may run as root, for which Chromium has no sandbox. They open only their own pages.
                "--no-sandbox",
                "--disable-dev-shm-usage",
                "--window-size=1100,900",
                // A host name without TLS: different rules apply to it than to localhost.
                "--host-resolver-rules=MAP shop.test 127.0.0.1",
            ],
        });
        let started = ask(
            "POST",
            &url,
            &json!({ "capabilities": { "alwaysMatch": {
                "goog:chromeOptions": options,
                "goog:loggingPrefs": { "browser": "ALL" },
                "timeouts": { "script": LOST.as_millis() },
            } } }),
        );
        let started = started.unwrap_or_else(|error| panic!("Chromium starts: {error}"));
        let id = started["sessionId"].as_str().expect("the id of a session");
        Self {
            driver,
            session: format!("{url}/{id}"),
        }
    }

    pub(crate) fn open(&self, url: &str) {
        self.post("/url", json!({ "url": url }));
    }

    /// Returns the path of the page.
    pub(crate) fn path(&self) -> String {
        text(&self.run("return location.pathname"))
    }

    /// Runs the body of a function, which may be asynchronous, and returns its result.
    pub(crate) fn run(&self, script: &str) -> Value {
        self.try_run(script)
            .unwrap_or_else(|error| panic!("{script}: {error}"))
    }

    fn try_run(&self, script: &str) -> Result<Value, String> {
        let script = format!(
            "const done = arguments[arguments.length - 1];
             (async () => {{ {script} }})().then(done, error => done({{ failed: String(error) }}));"
        );
        let url = format!("{}/execute/async", self.session);
        let value = ask("POST", &url, &json!({ "script": script, "args": [] }))?;
        match value.get("failed") {
            Some(error) => Err(error.to_string()),
            None => Ok(value),
        }
    }

    /// Waits until an expression is true. It is evaluated after each change to the page.
    pub(crate) fn until(&self, condition: &str) {
        let script = format!(
            "const is = () => {{ try {{ return {condition} }} catch {{ return false }} }};
             await new Promise(resolve => {{
                 const check = () => is() && resolve();
                 new MutationObserver(check).observe(document,
                     {{ attributes: true, characterData: true, childList: true, subtree: true }});
                 addEventListener('load', check, true);
                 check();
             }});"
        );
        let start = Instant::now();
        // While another page is being loaded, a script cannot wait.
        while let Err(error) = self.try_run(&script) {
            let page = self.try_run("return document.body.innerText");
            assert!(start.elapsed() < HANGS, "{condition}: {error}, on {page:?}");
        }
    }

    /// Records, as long as this page is open, which texts elements show and when, and when a form is sent. The times
    /// do not depend on how fast the test is.
    pub(crate) fn record(&self, css: &str) {
        self.run(&format!(
            "window.shown = {{}};
             new MutationObserver(() => {{
                 for (const it of document.querySelectorAll({css:?})) window.shown[it.textContent] ??= Date.now();
             }}).observe(document, {{ attributes: true, characterData: true, childList: true, subtree: true }});
             addEventListener('submit', () => window.sent = Date.now(), true);"
        ));
    }

    /// Waits until a recorded element shows a text that ends with `end`. Returns how long this took,
    /// counted from `since`.
    pub(crate) fn shown(&self, end: &str, since: SystemTime) -> Duration {
        let shown = format!("Object.entries(window.shown).find(it => it[0].endsWith({end:?}))");
        self.until(&format!("{shown} !== undefined"));
        let at = time(&self.run(&format!("return {shown}[1]")));
        // The browser's clock has a resolution of a millisecond, so `at` may seem to be before `since`.
        at.duration_since(since).unwrap_or_default()
    }

    /// Returns the time at which a form was last sent.
    pub(crate) fn sent(&self) -> SystemTime {
        time(&self.run("return window.sent"))
    }

    pub(crate) fn click(&self, css: &str) {
        let element = self.element(css);
        self.post(&format!("{element}/click"), json!({}));
    }

    /// Replaces the text of an input by typing. For an input for files, the text is a path.
    pub(crate) fn fill(&self, css: &str, text: &str) {
        let element = self.element(css);
        if self.run(&format!("return document.querySelector({css:?}).type")) != "file" {
            self.post(&format!("{element}/clear"), json!({}));
        }
        self.post(&format!("{element}/value"), json!({ "text": text }));
    }

    /// Presses a key.
    pub(crate) fn press(&self, key: &str) {
        let actions = ["keyDown", "keyUp"].map(|it| json!({ "type": it, "value": key }));
        let keyboard = json!({ "type": "key", "id": "keyboard", "actions": actions });
        self.post("/actions", json!({ "actions": [keyboard] }));
    }

    /// Returns the visible text of an element.
    pub(crate) fn text(&self, css: &str) -> String {
        let element = self.element(css);
        text(&self.command("GET", &format!("{element}/text"), json!({})))
    }

    fn element(&self, css: &str) -> String {
        let found = self.post("/element", json!({ "using": "css selector", "value": css }));
        format!("/element/{}", text(&found[ELEMENT]))
    }

    /// Returns the value of a cookie.
    pub(crate) fn cookie(&self, name: &str) -> Value {
        self.command("GET", &format!("/cookie/{name}"), json!({}))
    }

    /// Sends a command of the DevTools protocol.
    pub(crate) fn devtools(&self, command: &str, params: Value) -> Value {
        self.post(
            "/goog/cdp/execute",
            json!({ "cmd": command, "params": params }),
        )
    }

    /// Writes a screenshot of the window to `target/tmp/screenshots` and returns its path.
    pub(crate) fn screenshot(&self, name: &str) -> PathBuf {
        let png = base64(&text(&self.command("GET", "/screenshot", json!({}))));
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("screenshots");
        std::fs::create_dir_all(&folder).expect("a folder for screenshots");
        let path = folder.join(format!("{name}.png"));
        std::fs::write(&path, png).expect("a file is written");
        path
    }

    /// Sets the color scheme that the user prefers: `light` or `dark`.
    pub(crate) fn color_scheme(&self, scheme: &str) {
        let feature = json!({ "name": "prefers-color-scheme", "value": scheme });
        self.devtools(
            "Emulation.setEmulatedMedia",
            json!({ "features": [feature] }),
        );
    }

    /// Returns what the console has shown since the last call: errors and warnings of scripts, and what a policy
    /// prevented. Requests that failed are included if they are not expected.
    pub(crate) fn errors(&self, expected_failures: &[&str]) -> Vec<String> {
        let entries = self.post("/se/log", json!({ "type": "browser" }));
        let entries = entries.as_array().expect("a list").iter();
        let faults = entries.filter(|it| it["level"] == "SEVERE" || it["level"] == "WARNING");
        let unexpected = faults.filter(|it| {
            let message = text(&it["message"]);
            !expected_failures
                .iter()
                .any(|known| message.contains(known))
        });
        unexpected.map(Value::to_string).collect()
    }

    fn post(&self, path: &str, body: Value) -> Value {
        self.command("POST", path, body)
    }

    fn command(&self, method: &str, path: &str, body: Value) -> Value {
        let result = ask(method, &format!("{}{path}", self.session), &body);
        result.unwrap_or_else(|error| panic!("{path} {body}: {error}"))
    }
}

impl Drop for Browser {
    fn drop(&mut self) {
        // The driver ends the browser. If the driver is no longer running, there is nothing to end.
        let _ = ask("DELETE", &self.session, &json!({}));
        let _ = self.driver.kill();
        let _ = self.driver.wait();
    }
}

/// Sends a command to chromedriver. Returns the value in the response, or the message of the error.
fn ask(method: &str, url: &str, body: &Value) -> Result<Value, String> {
    let request = ureq::http::Request::builder().method(method).uri(url);
    let body = if method == "POST" {
        body.to_string()
    } else {
        String::new()
    };
    let request = request.body(body).map_err(|error| error.to_string())?;
    let config = ureq::config::Config::builder()
        .http_status_as_error(false)
        .build();
    let response = ureq::Agent::new_with_config(config).run(request);
    let mut response = response.map_err(|error| error.to_string())?;
    let status = response.status();
    let text = response
        .body_mut()
        .with_config()
        .limit(64 << 20)
        .read_to_string();
    let text = text.map_err(|error| error.to_string())?;
    let mut content: Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
    let value = content["value"].take();
    match status.is_success() {
        true => Ok(value),
        false => Err(value["message"].to_string()),
    }
}

/// Converts a result of JavaScript's `Date.now()` to a time.
fn time(value: &Value) -> SystemTime {
    let millis = value
        .as_u64()
        .unwrap_or_else(|| panic!("expected a time, found {value}"));
    SystemTime::UNIX_EPOCH + Duration::from_millis(millis)
}

fn text(value: &Value) -> String {
    value
        .as_str()
        .unwrap_or_else(|| panic!("expected text, found {value}"))
        .to_owned()
}

/// Decodes base64, so that the tests need no crate for it.
fn base64(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (mut bits, mut count) = (0u32, 0);
    for it in text.bytes().filter(|it| *it != b'=') {
        let digit = match it {
            b'A'..=b'Z' => it - b'A',
            b'a'..=b'z' => it - b'a' + 26,
            b'0'..=b'9' => it - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => panic!("not base64: {it}"),
        };
        bits = bits << 6 | u32::from(digit);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push(u8::try_from(bits >> count & 0xff).expect("eight bits"));
        }
    }
    bytes
}
