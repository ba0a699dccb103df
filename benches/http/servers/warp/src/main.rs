use app::{HELLO, Item, Message, Product};
use warp::Filter;
use warp::reply::json;

#[tokio::main(worker_threads = 1)]
async fn main() -> std::io::Result<()> {
    let hello = warp::path::end().and(warp::get()).map(|| HELLO);
    let message = warp::path!("json")
        .and(warp::get())
        .map(|| json(&Message::HELLO));
    let product = warp::path!("products" / u32)
        .and(warp::get())
        .map(|id| json(&Product::find(id)));
    let create = warp::path!("products")
        .and(warp::post())
        .and(warp::body::json())
        .map(|item: Item| json(&item));
    let routes = hello.or(message).or(product).or(create);
    let listener = tokio::net::TcpListener::from_std(app::listener()?)?;
    warp::serve(routes).incoming(listener).run().await;
    Ok(())
}
