//! As much of WebDriver (W3C, <https://www.w3.org/TR/webdriver2/>) as the tests need: Chromium,
//! driven through chromedriver, over plain HTTP on the local machine.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

/// Keys that are no letters.
pub const ENTER: &str = "\u{e007}";
pub const ESCAPE: &str = "\u{e00c}";
pub const TAB: &str = "\u{e004}";
pub const RIGHT: &str = "\u{e014}";
pub const DOWN: &str = "\u{e015}";

/// How long a condition may take to come true.
const PATIENCE: u32 = 20_000;

const FLAGS: [&str; 9] = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,900",
];

/// One browser at a time: each takes a core or two.
static TURN: Mutex<()> = Mutex::new(());

/// A browser that ends with its test.
pub struct Browser {
    driver: Child,
    port: u16,
    session: String,
    profile: PathBuf,
    _turn: MutexGuard<'static, ()>,
}

/// What a browser may be asked to be like.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wishes {
    pub no_scripts: bool,
}

impl Browser {
    /// Starts a browser. Where there is none, says so and gives none; on a build server that is a
    /// failure. A busy machine may need a second try.
    pub fn start(wishes: Wishes) -> Option<Browser> {
        let why = match Browser::try_start(wishes).or_else(|_| Browser::try_start(wishes)) {
            Ok(browser) => return Some(browser),
            Err(why) => why,
        };
        assert!(
            std::env::var_os("CI").is_none(),
            "install chromium and chromium-driver: {why}"
        );
        // Past the test harness, which keeps to itself what tests print that pass.
        let _ = writeln!(
            std::io::stderr(),
            "SKIPPED: a test needs chromium and chromedriver: {why}"
        );
        None
    }

    fn try_start(wishes: Wishes) -> Result<Browser, String> {
        let turn = TURN.lock().unwrap_or_else(PoisonError::into_inner);
        let started = Command::new("chromedriver")
            .arg("--port=0")
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn();
        let mut driver =
            started.map_err(|error| format!("chromedriver can’t be started: {error}"))?;
        let port = port(&mut driver);
        let profile =
            std::env::temp_dir().join(format!("hanjung-browser-{}-{port}", std::process::id()));
        let mut browser = Browser {
            driver,
            port,
            session: String::new(),
            profile,
            _turn: turn,
        };
        let capabilities =
            json!({ "capabilities": { "alwaysMatch": browser.capabilities(wishes) } });
        let session = browser.try_send("POST", "/session", &capabilities)?;
        browser.session = session["sessionId"]
            .as_str()
            .expect("a session has an id")
            .to_owned();
        Ok(browser)
    }

    fn capabilities(&self, wishes: Wishes) -> Value {
        let mut flags: Vec<String> = FLAGS.iter().map(|flag| (*flag).to_owned()).collect();
        flags.push(format!("--user-data-dir={}", self.profile.display()));
        let scripts = if wishes.no_scripts { 2 } else { 1 };
        json!({
            "browserName": "chrome",
            "goog:chromeOptions": { "args": flags, "prefs": { "profile.managed_default_content_settings.javascript": scripts } },
            "goog:loggingPrefs": { "browser": "ALL" },
        })
    }

    /// Opens a file, at a state of the page or at none, and waits until the page is ready.
    pub fn open(&self, page: &Path, state: &str) {
        self.visit("about:blank");
        self.visit(&format!("file://{}{state}", page.display()));
        self.wait("document.body.dataset.ready");
    }

    /// Goes to an address.
    pub fn visit(&self, url: &str) {
        self.ask("POST", "/url", &json!({ "url": url }));
    }

    /// The value of an expression on the page.
    pub fn value(&self, expression: &str) -> Value {
        self.ask(
            "POST",
            "/execute/sync",
            &json!({ "script": format!("return ({expression});"), "args": [] }),
        )
    }

    /// The value of an expression on the page, as text.
    pub fn text(&self, expression: &str) -> String {
        self.value(expression)
            .as_str()
            .unwrap_or_default()
            .to_owned()
    }

    /// Waits until an expression holds, looking at it each time the page is drawn.
    pub fn wait(&self, expression: &str) {
        let script = format!(
            "const done = arguments[0], end = performance.now() + {PATIENCE};
             const look = () => {{
               let holds = false;
               try {{ holds = Boolean({expression}); }} catch {{}}
               if (holds || performance.now() > end) done(holds); else requestAnimationFrame(look);
             }};
             look();"
        );
        let holds = self.ask(
            "POST",
            "/execute/async",
            &json!({ "script": script, "args": [] }),
        );
        assert_eq!(
            holds,
            json!(true),
            "never came true: {expression}\n{}",
            self.text("document.body.innerText")
        );
    }

    /// Clicks, as a mouse does, what a selector finds.
    pub fn click(&self, selector: &str) {
        let found = self.ask(
            "POST",
            "/element",
            &json!({ "using": "css selector", "value": selector }),
        );
        let id = found
            .as_object()
            .and_then(|found| found.values().next())
            .and_then(Value::as_str);
        self.ask(
            "POST",
            &format!("/element/{}/click", id.expect("an element has an id")),
            &json!({}),
        );
    }

    /// Clicks in the middle of a line.
    pub fn click_on_line(&self, selector: &str) {
        let point = self.value(&format!(
            "(() => {{ const line = document.querySelector({selector:?});
              const at = line.getPointAtLength(line.getTotalLength() / 2).matrixTransform(line.getScreenCTM());
              return [Math.round(at.x), Math.round(at.y)]; }})()"
        ));
        self.drag(&[(point[0].as_i64().unwrap(), point[1].as_i64().unwrap())]);
    }

    /// Presses the mouse at the first point, moves it to the others, and lets go.
    pub fn drag(&self, points: &[(i64, i64)]) {
        let go =
            |(x, y): &(i64, i64)| json!({ "type": "pointerMove", "duration": 0, "x": x, "y": y });
        let mut actions = vec![
            go(&points[0]),
            json!({ "type": "pointerDown", "button": 0 }),
        ];
        actions.extend(points[1..].iter().map(go));
        actions.push(json!({ "type": "pointerUp", "button": 0 }));
        self.ask(
            "POST",
            "/actions",
            &json!({ "actions": [{ "type": "pointer", "id": "mouse", "actions": actions }] }),
        );
    }

    /// Puts two fingers down and moves each to another point.
    pub fn pinch(&self, fingers: [[(i64, i64); 2]; 2]) {
        let go =
            |(x, y): (i64, i64)| json!({ "type": "pointerMove", "duration": 0, "x": x, "y": y });
        let (down, up) = (
            json!({ "type": "pointerDown", "button": 0 }),
            json!({ "type": "pointerUp", "button": 0 }),
        );
        let finger = |(number, [from, to]): (usize, [(i64, i64); 2])| {
            json!({ "type": "pointer", "id": format!("finger {number}"), "parameters": { "pointerType": "touch" },
                    "actions": [go(from), down, go(to), up] })
        };
        let fingers: Vec<Value> = fingers.into_iter().enumerate().map(finger).collect();
        self.ask("POST", "/actions", &json!({ "actions": fingers }));
    }

    /// Turns the wheel over a point; down for a positive number.
    pub fn wheel(&self, (x, y): (i64, i64), by: i64) {
        let turn =
            json!({ "type": "scroll", "x": x, "y": y, "deltaX": 0, "deltaY": by, "duration": 0 });
        self.ask(
            "POST",
            "/actions",
            &json!({ "actions": [{ "type": "wheel", "id": "wheel", "actions": [turn] }] }),
        );
    }

    /// Presses keys one after the other, wherever the focus is.
    pub fn keys(&self, keys: &str) {
        let press = |key: char| {
            [
                json!({ "type": "keyDown", "value": key }),
                json!({ "type": "keyUp", "value": key }),
            ]
        };
        let actions: Vec<Value> = keys.chars().flat_map(press).collect();
        self.ask(
            "POST",
            "/actions",
            &json!({ "actions": [{ "type": "key", "id": "keys", "actions": actions }] }),
        );
    }

    /// Goes back to where the browser was.
    pub fn back(&self) {
        self.ask("POST", "/back", &json!({}));
    }

    /// Goes forward again.
    pub fn forward(&self) {
        self.ask("POST", "/forward", &json!({}));
    }

    /// Sets the size of the page, and what its style sheet is told of the reader's screen.
    pub fn emulate(&self, width: u32, height: u32, scheme: &str, media: &str) {
        let size =
            json!({ "width": width, "height": height, "deviceScaleFactor": 1, "mobile": false });
        self.tell("Emulation.setDeviceMetricsOverride", &size);
        // Without motion what is seen is what it comes to, at whatever moment one looks.
        let features = json!([
            { "name": "prefers-color-scheme", "value": scheme },
            { "name": "prefers-reduced-motion", "value": "reduce" },
        ]);
        self.tell(
            "Emulation.setEmulatedMedia",
            &json!({ "media": media, "features": features }),
        );
    }

    fn tell(&self, command: &str, params: &Value) {
        self.ask(
            "POST",
            "/goog/cdp/execute",
            &json!({ "cmd": command, "params": params }),
        );
    }

    /// A picture of the page, as PNG.
    pub fn screenshot(&self) -> Vec<u8> {
        let picture = self.ask("GET", "/screenshot", &Value::Null);
        STANDARD
            .decode(picture.as_str().unwrap_or_default())
            .expect("a picture comes in base 64")
    }

    /// What the browser has complained of since it was asked last.
    pub fn complaints(&self) -> Vec<String> {
        let log = self.ask("POST", "/se/log", &json!({ "type": "browser" }));
        log.as_array()
            .into_iter()
            .flatten()
            .map(|entry| entry["message"].to_string())
            .collect()
    }

    fn ask(&self, method: &str, path: &str, body: &Value) -> Value {
        self.send(method, &format!("/session/{}{path}", self.session), body)
    }

    fn send(&self, method: &str, path: &str, body: &Value) -> Value {
        self.try_send(method, path, body)
            .unwrap_or_else(|why| panic!("{method} {path} {body}: {why}"))
    }

    /// Sends a command and waits for what comes of it.
    fn try_send(&self, method: &str, path: &str, body: &Value) -> Result<Value, String> {
        let body = if body.is_null() {
            String::new()
        } else {
            body.to_string()
        };
        let mut stream = connected(self.port).expect("chromedriver listens");
        let length = body.len();
        let head = format!(
            "{method} {path} HTTP/1.1\r\nHost: localhost:{}\r\nContent-Type: application/json\r\n",
            self.port
        );
        let request = format!("{head}Content-Length: {length}\r\nConnection: close\r\n\r\n{body}");
        stream
            .write_all(request.as_bytes())
            .expect("chromedriver listens");
        let reply = response(stream);
        let value =
            serde_json::from_str::<Value>(&reply).expect("chromedriver answers in JSON")["value"]
                .take();
        if value.get("error").is_some() {
            Err(value["message"].to_string())
        } else {
            Ok(value)
        }
    }
}

impl Drop for Browser {
    /// Ends the browser first: chromedriver alone would leave it running.
    fn drop(&mut self) {
        if let (false, Ok(mut stream)) = (self.session.is_empty(), connected(self.port)) {
            let head = format!(
                "DELETE /session/{} HTTP/1.1\r\nHost: localhost:{}\r\n",
                self.session, self.port
            );
            let _ = write!(
                stream,
                "{head}Content-Length: 0\r\nConnection: close\r\n\r\n"
            );
            let _ = BufReader::new(stream).read_line(&mut String::new());
        }
        let _ = self.driver.kill();
        let _ = self.driver.wait();
        let _ = std::fs::remove_dir_all(&self.profile);
    }
}

/// A connection on which no answer within a minute is a failure, so that no test waits for ever.
fn connected(port: u16) -> std::io::Result<TcpStream> {
    let stream = TcpStream::connect(("127.0.0.1", port))?;
    stream.set_read_timeout(Some(Duration::from_secs(60)))?;
    Ok(stream)
}

/// The port that chromedriver says it listens on.
fn port(driver: &mut Child) -> u16 {
    let lines = BufReader::new(driver.stdout.take().expect("its output is piped")).lines();
    let port = lines.map_while(Result::ok).find_map(|line| {
        let (_, port) = line.split_once("started successfully on port ")?;
        port.trim_end_matches('.').parse().ok()
    });
    port.expect("chromedriver says on which port it listens")
}

/// The body of an HTTP response; its length is given in the head.
fn response(stream: TcpStream) -> String {
    let (mut reader, mut length) = (BufReader::new(stream), 0);
    loop {
        let mut line = String::new();
        reader.read_line(&mut line).expect("chromedriver answers");
        if line.trim().is_empty() {
            break;
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().expect("a length is a number");
        }
    }
    let mut body = vec![0; length];
    reader
        .read_exact(&mut body)
        .expect("chromedriver answers whole");
    String::from_utf8(body).expect("chromedriver answers in UTF-8")
}
