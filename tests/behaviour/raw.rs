//! The servers of the note, by hand.

use onward::prelude::*;

use crate::client::serve;

#[tokio::test]
async fn the_server_of_the_note_answers() {
    let served = serve(http::create_server(|req, mut res| async move {
        if req.url == "/" {
            res.write("hello");
            res.end();
        }
    }));
    let answer = served.get("/").await;
    assert_eq!((answer.status, answer.text()), (200, "hello"));
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn a_request_that_is_not_answered_is_not_found() {
    let served = serve(http::create_server(|req, mut res| async move {
        if req.url == "/" {
            res.write("hello");
            res.end();
        }
    }));
    let answer = served.get("/nowhere").await;
    assert_eq!(answer.status, 404);
    assert_eq!(answer.detail(), "");
}

#[tokio::test]
async fn what_is_written_and_not_ended_is_ended() {
    let served = serve(http::create_server(|_req, mut res| async move {
        res.write("hello, ");
        res.write("world");
    }));
    let answer = served.get("/").await;
    assert_eq!((answer.status, answer.text()), (200, "hello, world"));
    assert_eq!(answer.header("transfer-encoding"), Some("chunked"));
}

#[tokio::test]
async fn handlers_return_nothing_or_what_they_sent_or_a_result() {
    async fn sent(_req: Request, res: Response) -> Sent {
        res.send("sent")
    }
    async fn result(req: Request, res: Response) -> Result {
        Ok(res.send(req.url.query::<String>("q")?))
    }
    async fn unit_result(_req: Request, mut res: Response) -> Result<()> {
        res.write("unit").await?;
        Ok(())
    }
    let served = serve(http::create_server(sent));
    assert_eq!(served.get("/").await.text(), "sent");
    let served = serve(http::create_server(result));
    assert_eq!(served.get("/?q=a%20b").await.text(), "a b");
    let answer = served.get("/").await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.detail(), "query parameter `q` is missing");
    let served = serve(http::create_server(unit_result));
    assert_eq!(served.get("/").await.text(), "unit");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_ordinary_client_is_served() {
    let served = serve(http::create_server(|req, res| async move {
        let text = req.body.text().await?;
        Ok::<_, Error>(res.send(Json([text, req.method.to_string()])))
    }));
    let url = format!("http://{}/", served.addr);
    let answers = tokio::task::spawn_blocking(move || {
        let agent = ureq::agent();
        let mut answers = Vec::new();
        for body in ["one", "two"] {
            let mut answer = agent.post(&url).send(body).unwrap();
            assert_eq!(answer.headers()["content-type"], "application/json");
            answers.push(answer.body_mut().read_to_string().unwrap());
        }
        answers
    });
    assert_eq!(
        answers.await.unwrap(),
        [r#"["one","POST"]"#, r#"["two","POST"]"#]
    );
}
