use onward::http;

onward::events! { ChatEvents { Said(str) } }

fn main() {
    let server = http::create_server(|_req, res| async move { res.end() });
    server.on(Said, |text| println!("{text}"));
}
