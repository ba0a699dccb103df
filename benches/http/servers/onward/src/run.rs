//! Onward with one thread per core, which is one thread here.

mod routes;

use onward::http;
use routes::products;

fn main() -> std::io::Result<()> {
    http::create_server(products).run(app::address())
}
