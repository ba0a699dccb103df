//! Generates one `#[server]` with the thousand routes of REST-1000, followed by the routes of the app.

use std::fmt::Write;
use std::path::Path;
use std::{env, fs};

const TABLE: &str = "../../../data/rest1000.routes";

fn main() {
    println!("cargo::rerun-if-changed={TABLE}");
    let table = fs::read_to_string(TABLE).expect("the table is in data/");
    let mut routes = String::new();
    for line in table.lines() {
        let (method, path) = line.split_once('\t').expect("a line is method, tab, path");
        // A route must use every parameter.
        let names = path
            .split('{')
            .skip(1)
            .filter_map(|text| text.split_once('}'));
        let names: Vec<&str> = names.map(|(name, _)| name).collect();
        let answer = match names.as_slice() {
            [] => "\"\"".to_owned(),
            names => format!("[{}].concat()", names.join(", ")),
        };
        let _ = writeln!(routes, "    route!({method} {path:?} => {answer});");
    }
    let code = format!(
        "#[server]
pub(crate) async fn products(req: Request, res: Response) -> Result {{
{routes}    route!(\"/\" => HELLO);
    route!(\"/json\" => json!({{ \"message\": \"Hello, world!\" }}));
    route!(\"/products/{{id: u32}}\" => json!({{ \"id\": id, \"name\": format!(\"product {{id}}\") }}));
    route!(POST \"/products\" => Json(req.body.json::<Item>().await?));
}}
"
    );
    let out = env::var_os("OUT_DIR").expect("cargo sets OUT_DIR");
    fs::write(Path::new(&out).join("products.rs"), code).expect("OUT_DIR can be written to");
}
