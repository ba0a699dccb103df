use onward::bridge::Bridge;

fn main() {
    let _ = Bridge::over("redis://127.0.0.1/");
}
