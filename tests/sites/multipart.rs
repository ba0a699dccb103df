//! Forms with files.

use onward::http;
use onward::multipart::{Multipart, TempFile};
use onward::prelude::*;
use serde::Deserialize;

use crate::client::{Received, exchange, request};
use crate::served::serve;

const TYPE: &str = "multipart/form-data; boundary=b";

/// Returns a part of a body. `parameters` are written as in `name="a"`.
fn part(parameters: &str, content: &str) -> String {
    format!("--b\r\nContent-Disposition: form-data; {parameters}\r\n\r\n{content}\r\n")
}

fn form(parts: &[(&str, &str)]) -> String {
    let parts: String = parts
        .iter()
        .map(|(parameters, content)| part(parameters, content))
        .collect();
    parts + "--b--\r\n"
}

fn read(body: impl Into<Vec<u8>>) -> Multipart {
    let req = Request::post("/")
        .header("content-type", TYPE)
        .body(body.into());
    Multipart::new(req.body).unwrap()
}

#[derive(Debug, Deserialize)]
struct Signup {
    name: String,
    age: u8,
    tags: Option<Vec<String>>,
    avatar: Option<TempFile>,
    #[serde(default)]
    pictures: Vec<TempFile>,
}

const VALID: [(&str, &str); 6] = [
    ("name=\"name\"", "Ada"),
    ("name=\"age\"", "36"),
    ("name=\"tags\"", "a"),
    ("name=\"tags\"", "b"),
    ("name=\"avatar\"; filename=\"../é\\\"x.png\"", "PNG"),
    ("name=\"pictures\"; filename=\"1.png\"", ""),
];

#[tokio::test]
async fn a_form_is_read_into_a_struct_whose_files_are_temporary() {
    let signup: Signup = read(form(&VALID)).form().await.unwrap();
    assert_eq!((&*signup.name, signup.age), ("Ada", 36));
    assert_eq!(
        signup.tags.as_deref(),
        Some(&["a".to_owned(), "b".to_owned()][..])
    );
    let avatar = signup.avatar.unwrap();
    assert_eq!((avatar.file_name(), avatar.size()), ("é\"x.png", 3));
    assert_eq!(signup.pictures.len(), 1);
    let path = avatar.path().to_owned();
    assert_eq!(std::fs::read(&path).unwrap(), b"PNG");
    drop(avatar);
    assert!(!path.exists());

    let kept = std::env::temp_dir().join(format!("onward-kept-{}", std::process::id()));
    let picture = signup.pictures.into_iter().next().unwrap();
    let path = picture.path().to_owned();
    picture.persist(&kept).await.unwrap();
    assert!(kept.exists() && !path.exists());
    std::fs::remove_file(kept).unwrap();
}

#[tokio::test]
async fn a_file_input_without_a_file_is_missing() {
    let parts = [VALID[0], VALID[1], ("name=\"avatar\"; filename=\"\"", "")];
    let signup: Signup = read(form(&parts)).form().await.unwrap();
    assert!(signup.avatar.is_none() && signup.pictures.is_empty() && signup.tags.is_none());
}

#[tokio::test]
async fn faults_of_the_client_name_the_field() {
    let long = "x".repeat(70_000);
    for (parts, status, field) in [
        (vec![VALID[0]], 400, Some("age")),
        (vec![VALID[0], ("name=\"age\"", "old")], 400, Some("age")),
        (
            vec![VALID[0], ("name=\"age\"; filename=\"a\"", "36")],
            400,
            Some("age"),
        ),
        (
            vec![VALID[0], VALID[1], ("name=\"avatar\"", "text")],
            400,
            Some("avatar"),
        ),
        (vec![("name=\"name\"", &long)], 413, Some("name")),
        (vec![("x=\"name\"", "a")], 400, None),
    ] {
        let failure = read(form(&parts)).form::<Signup>().await.unwrap_err();
        assert_eq!(failure.status().as_u16(), status, "{failure}");
        assert_eq!(failure.field(), field, "{failure}");
        assert!(
            field.is_none_or(|field| failure.message().contains(field)),
            "{failure}"
        );
    }
    let body = [
        part(VALID[0].0, "").as_bytes(),
        b"--b\r\nContent-Disposition: form-data; name=\"age\"\r\n\r\n\xff\r\n--b--",
    ]
    .concat();
    let failure = read(body).form::<Signup>().await.unwrap_err();
    assert_eq!(
        (failure.status().as_u16(), failure.field()),
        (400, Some("age"))
    );
}

#[tokio::test]
async fn limits_hold() {
    let many: Vec<(&str, &str)> = std::iter::repeat_n(("name=\"a\"", "1"), 101).collect();
    for (form, field) in [
        (read(form(&VALID)).max_file(2), Some("avatar")),
        (read(form(&VALID)).max_of("avatar", 2), Some("avatar")),
        (read(form(&VALID)).max_field(2), Some("name")),
        (read(form(&VALID)).max_parts(5), None),
        (read(form(&VALID)).max_total(100), None),
        (read(form(&many)), None),
    ] {
        let failure = form.form::<Signup>().await.unwrap_err();
        assert_eq!(
            (failure.status().as_u16(), failure.field()),
            (413, field),
            "{failure}"
        );
    }
    let form = read(form(&VALID))
        .max_file(2)
        .max_of("avatar", 3)
        .max_field(3)
        .max_parts(6);
    assert!(form.form::<Signup>().await.is_ok());
}

#[tokio::test]
async fn parts_that_are_not_read_are_skipped() {
    let mut form = read(form(&VALID));
    let mut names = Vec::new();
    while let Some(mut part) = form.next().await.unwrap() {
        names.push(part.name().to_owned());
        if part.name() == "avatar" {
            assert_eq!(part.next().await.unwrap().unwrap(), "PNG");
            assert!(part.next().await.unwrap().is_none());
            assert!(part.next().await.unwrap().is_none());
        }
    }
    assert_eq!(names, ["name", "age", "tags", "tags", "avatar", "pictures"]);
    assert!(form.next().await.unwrap().is_none());
}

#[test]
fn a_file_is_not_json() {
    for json in ["null", "1", "\"a\"", "{}", "[]"] {
        assert!(serde_json::from_str::<TempFile>(json).is_err(), "{json}");
    }
}

#[server]
async fn site(req: Request, res: Response) -> Result {
    route!(POST "/" => {
        let signup: Signup = Multipart::new(req.body)?.form().await?;
        format!("{signup:?}")
    });
    route!(POST "/route" (form: Multipart) => {
        let signup: Signup = form.form().await?;
        signup.name
    });
    route!(POST "/sizes" => {
        let mut form = Multipart::new(req.body)?.max_file(2 << 30).max_total(2 << 30);
        let mut sizes = Vec::new();
        while let Some(part) = form.next().await? {
            let name = part.name().to_owned();
            let file = part.save().await?;
            sizes.push((name, file.map_or(0, |file| file.size())));
        }
        Json(sizes)
    });
}

#[tokio::test]
async fn a_body_that_is_truncated_anywhere_is_a_400() {
    let served = serve(http::create_server(site));
    let body = form(&VALID);
    let end = body.len() - "\r\n".len();
    for at in 1..=body.len() {
        let bytes = request(
            &["POST /", &format!("content-type: {TYPE}")],
            &body.as_bytes()[..at],
        );
        let received = Received::parse(&exchange(served.addr, &bytes).await);
        let expected = if at < end { 400 } else { 200 };
        assert_eq!(received.status, expected, "{at}: {}", received.text());
    }
    served.server.close();
    served.closed().await;
}

#[tokio::test]
async fn a_form_is_the_body_of_a_route() {
    let body = form(&VALID);
    let req = Request::post("/route")
        .header("content-type", TYPE)
        .body(body);
    let sent = site(req, Response::new()).await.unwrap();
    assert_eq!(sent.text(), "Ada");
    let error = site(Request::post("/route").body("a=1"), Response::new())
        .await
        .unwrap_err();
    assert_eq!(error.status(), StatusCode::UNSUPPORTED_MEDIA_TYPE);
}

#[tokio::test]
async fn another_type_is_a_415() {
    let served = serve(http::create_server(site));
    for content_type in [
        "text/plain",
        "multipart/form-data",
        "multipart/mixed; boundary=b",
    ] {
        let bytes = request(
            &["POST /", &format!("content-type: {content_type}")],
            b"--b--",
        );
        let received = Received::parse(&exchange(served.addr, &bytes).await);
        assert_eq!(received.status, 415, "{content_type}");
    }
    served.server.close();
    served.closed().await;
}
