//! Registering, logging in and logging out.

use super::layout::page;
use super::visitor::Member;
use super::{Visitor, password, site};
use crate::error::ShopError;
use crate::store::Store;
use maud::html;
use onward::prelude::*;
use onward::redirect;
use serde::Deserialize;

const MAX_NAME: usize = 30;
const MIN_PASSWORD: usize = 8;
/// The maximum length of a password, in bytes. A longer one would only keep the processor busy.
const MAX_PASSWORD: usize = 256;

/// The fields of both forms.
#[derive(Deserialize)]
pub struct Credentials {
    name: String,
    password: String,
    /// The page to show once the form is accepted.
    #[serde(default)]
    next: String,
}

pub fn register_page(res: Response, visitor: &Visitor, next: &str) -> Sent {
    res.send(form(visitor, &REGISTER, "", next, None))
}

pub fn login_page(res: Response, visitor: &Visitor, next: &str) -> Sent {
    res.send(form(visitor, &LOG_IN, "", next, None))
}

/// Adds a member and logs the member in.
pub async fn register(
    res: Response,
    visitor: &Visitor,
    store: &Store,
    Credentials {
        name,
        password,
        next,
    }: Credentials,
) -> Result<Sent, ShopError> {
    let name = name.trim().to_owned();
    if let Some(fault) = fault(&name, &password) {
        return Ok(rejected(res, visitor, &REGISTER, &name, &next, &fault));
    }
    let hash = password::hash(password).await?;
    let Some(id) = store.add_user(name.clone(), hash).await? else {
        let fault = "This name is taken.";
        return Ok(rejected(res, visitor, &REGISTER, &name, &next, fault));
    };
    visitor.log_in(Member { id, name })?;
    visitor.set_message("Welcome to the shop.")?;
    Ok(res.send(redirect(next).or("/")))
}

/// Returns the reason why a name or a password is not accepted, or `None` if both are.
fn fault(name: &str, password: &str) -> Option<String> {
    let length = name.chars().count();
    if length == 0 || length > MAX_NAME || name.chars().any(char::is_control) {
        return Some(format!("A name has 1 to {MAX_NAME} characters."));
    }
    if password.chars().count() < MIN_PASSWORD || password.len() > MAX_PASSWORD {
        return Some(format!(
            "A password has at least {MIN_PASSWORD} characters and at most {MAX_PASSWORD} bytes."
        ));
    }
    None
}

pub async fn log_in(
    res: Response,
    visitor: &Visitor,
    store: &Store,
    Credentials {
        name,
        password,
        next,
    }: Credentials,
) -> Result<Sent, ShopError> {
    let name = name.trim().to_owned();
    let user = match password.len() > MAX_PASSWORD {
        true => None,
        false => password::check(store.find_user(name.clone()).await?, password).await?,
    };
    let Some(user) = user else {
        // The message does not state which of the two is wrong, so that it does not reveal who is a member.
        let fault = "The name or the password is wrong.";
        return Ok(rejected(res, visitor, &LOG_IN, &name, &next, fault));
    };
    visitor.log_in(Member {
        id: user.id,
        name: user.name,
    })?;
    visitor.set_message("You are logged in.")?;
    // `next` was sent by the client, so a URL of another site is ignored.
    Ok(res.send(redirect(next).or("/")))
}

pub fn log_out(res: Response, visitor: &Visitor) -> Result<Sent, ShopError> {
    visitor.log_out()?;
    Ok(res.send(redirect("/")))
}

/// Redirects a visitor who is not logged in to the login page, which leads back to the requested page.
pub fn ask_to_log_in(req: &Request, res: Response, visitor: &Visitor) -> Result<Sent, Failure> {
    visitor.set_message("Please log in first.")?;
    // The path to which a form is sent is not a page, so the visitor returns to the page with the form.
    let next = match req.url.path() {
        "/checkout" => "/cart",
        path => path.strip_suffix("/picture").unwrap_or(path),
    };
    Ok(res.send(redirect(site::login(next.to_owned()))))
}

/// The differences between the two forms.
struct Texts {
    title: &'static str,
    action: &'static str,
    password_label: &'static str,
    /// The `autocomplete` attribute of the password field, for password managers.
    autocomplete: &'static str,
    /// The link to the other form.
    other_title: &'static str,
    other: fn(&str) -> String,
}

const REGISTER: Texts = Texts {
    title: "Register",
    action: "/register",
    password_label: "Password (at least 8 characters)",
    autocomplete: "new-password",
    other_title: "Log in instead",
    other: |next| site::login(next.to_owned()),
};

const LOG_IN: Texts = Texts {
    title: "Log in",
    action: "/login",
    password_label: "Password",
    autocomplete: "current-password",
    other_title: "Register instead",
    other: |next| site::register(next.to_owned()),
};

fn rejected(
    res: Response,
    visitor: &Visitor,
    texts: &Texts,
    name: &str,
    next: &str,
    fault: &str,
) -> Sent {
    let page = form(visitor, texts, name, next, Some(fault));
    res.send((StatusCode::UNPROCESSABLE_ENTITY, page))
}

fn form(
    visitor: &Visitor,
    texts: &Texts,
    name: &str,
    next: &str,
    fault: Option<&str>,
) -> Html<String> {
    let content = html! {
        @if let Some(fault) = fault { p.fault role="alert" { (fault) } }
        form.box method="post" action=(texts.action) {
            label for="name" { "Name" }
            input id="name" name="name" type="text" value=(name) required maxlength=(MAX_NAME) autocomplete="username";
            label for="password" { (texts.password_label) }
            input id="password" name="password" type="password" required minlength=(MIN_PASSWORD)
                autocomplete=(texts.autocomplete);
            input name="next" type="hidden" value=(next);
            button.main type="submit" { (texts.title) }
        }
        p { a href=((texts.other)(next)) { (texts.other_title) } }
    };
    page(visitor, texts.title, content)
}
