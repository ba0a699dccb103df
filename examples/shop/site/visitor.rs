//! The session of a visitor: the member, the cart, and a message for the next page.

use onward::prelude::*;
use onward::sessions::{Session, Sessions};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The content of a session.
#[derive(Clone, Default, Deserialize, Serialize)]
struct State {
    user: Option<Member>,
    /// The count of each product, by its id.
    cart: BTreeMap<i64, u32>,
    message: Option<String>,
}

/// A member who is logged in.
#[derive(Clone, Deserialize, Serialize)]
pub struct Member {
    pub id: i64,
    pub name: String,
}

/// The visitor of a page.
pub struct Visitor(Session<State>);

/// Opens the session of a request. A visitor who only looks around gets no cookie, because an empty session is not
/// stored.
pub async fn open(
    sessions: &Sessions,
    req: &Request,
    res: &mut Response,
) -> Result<Visitor, Failure> {
    sessions.open(req, res).await.map(Visitor)
}

impl Visitor {
    pub fn user(&self) -> Option<Member> {
        self.0.with(|it| it.user.clone())
    }

    pub fn cart(&self) -> BTreeMap<i64, u32> {
        self.0.with(|it| it.cart.clone())
    }

    /// Changes the cart. The change may be applied again, to the result of another request of this visitor.
    pub fn edit_cart(
        &self,
        change: impl Fn(&mut BTreeMap<i64, u32>) + Send + 'static,
    ) -> Result<(), Failure> {
        self.0.edit(move |it| change(&mut it.cart))
    }

    /// Logs a member in. The session gets a new id, so an id that an attacker knew before is useless.
    pub fn log_in(&self, user: Member) -> Result<(), Failure> {
        self.0.renew()?;
        self.0.edit(move |it| it.user = Some(user.clone()))
    }

    /// Deletes the session.
    pub fn log_out(&self) -> Result<(), Failure> {
        self.0.destroy()
    }

    /// Shows a message on the next page (a flash message).
    pub fn set_message(&self, message: impl Into<String>) -> Result<(), Failure> {
        let message = message.into();
        self.0.edit(move |it| it.message = Some(message.clone()))
    }

    /// Returns the message for this page, and removes it.
    pub fn take_message(&self) -> Option<String> {
        let message = self.0.with(|it| it.message.clone())?;
        // If the session can no longer be changed, the next page shows the message again.
        let _ = self.0.edit(|it| it.message = None);
        Some(message)
    }
}
