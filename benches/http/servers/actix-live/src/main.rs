use actix_web::{App, Error, HttpRequest, HttpResponse, HttpServer, get, rt, web};
use actix_ws::{Message, MessageStream, Session};

#[actix_web::main]
async fn main() -> std::io::Result<()> {
    HttpServer::new(|| App::new().service(upgrade))
        .workers(1)
        .tcp_nodelay(true)
        .bind(app::address())?
        .run()
        .await
}

#[get("/echo")]
async fn upgrade(request: HttpRequest, body: web::Payload) -> Result<HttpResponse, Error> {
    let (response, session, messages) = actix_ws::handle(&request, body)?;
    rt::spawn(echo(session, messages));
    Ok(response)
}

async fn echo(mut session: Session, mut messages: MessageStream) {
    while let Some(Ok(message)) = messages.recv().await {
        let sent = match message {
            Message::Text(text) => session.text(text).await,
            Message::Binary(bytes) => session.binary(bytes).await,
            Message::Ping(bytes) => session.pong(&bytes).await,
            _ => return,
        };
        if sent.is_err() {
            return;
        }
    }
}
