//! The routes for the staff: a separate server, because all of its routes need a key.

use crate::error::LibraryError;
use crate::public::change;
use crate::shelf::{Book, Change, Shelf};
use onward::http::header;
use onward::openapi::Security;
use onward::prelude::*;

const KEY: Security = Security::header("x-staff-key").described("The key is `let-me-in`.");

/// Routes for the staff.
#[server(openapi = strict, security = [Security::bearer(), KEY])]
pub async fn staff(req: Request, mut res: Response, shelf: Shelf) -> Result<Sent, LibraryError> {
    route!(unmatched);
    authorize(&req, &mut res)?;

    /// Adds a book.
    route!(POST "/books" (Json(book): Json<Book>) as add -> Created<Json<Book>> => {
        let book = shelf.add(book);
        res.set_header(header::LOCATION, format!("/books/{}", book.id));
        Created(Json(book))
    });

    /// Changes a book.
    route!(PATCH "/books/{id: u32}" (Json(new): Json<Change>) as change -> Option<Json<Book>> =>
        change(&shelf, id, new).map(Json));

    /// Removes a book.
    route!(DELETE "/books/{id: u32}" as remove -> Option<NoContent> =>
        shelf.lock().books.remove(&id).map(|_| NoContent));

    /// The number of books.
    route!("/count" as count -> Json<usize> => Json(shelf.lock().books.len()));
}

fn authorize(req: &Request, res: &mut Response) -> Result<(), Failure> {
    let bearer = req.headers.get(header::AUTHORIZATION);
    let key = req.headers.get("x-staff-key");
    let is_right = bearer.is_some_and(|it| it.as_bytes() == b"Bearer let-me-in")
        || key.is_some_and(|it| it.as_bytes() == b"let-me-in");
    if is_right {
        return Ok(());
    }
    res.set_header(header::WWW_AUTHENTICATE, "Bearer realm=\"staff\"");
    Err(Failure::new(
        StatusCode::UNAUTHORIZED,
        "the routes for the staff require a key",
    ))
}
